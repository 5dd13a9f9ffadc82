"""The corridors beside each other: their lengths, what they cost, and what is left without a leg.

A corridor here is a row of ``route_corridors``. Its days come as a frame from
`analysis.simulation`; nothing here simulates.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise

import networkx as nx
import numpy as np
import pandas as pd

from ..countries import FIVE
from ..errors import ReckoningError
from ..quantities import Quantity, keys_of, merge
from ..settings import setting_of
from .legs import Way
from .network import total

_FEU = "USD per FEU"


def with_days(legs: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """Give legs the days of the stage that has the same ends, where there is one.

    A stage over several legs, or a stay at a border, has none: its days cannot be shared out.

    Parameters
    ----------
    legs : DataFrame
        As `corridor` takes it.
    stages : DataFrame
        As the table ``route_stages``.

    Returns
    -------
    DataFrame
        ``legs`` with ``days_low``, ``days``, ``days_high``; and the stage's sources besides.
    """
    told = stages[["start", "end", "days_low", "days", "days_high", "source_keys"]]
    return _joined(legs, told)


def with_capacities(legs: pd.DataFrame, limits: pd.DataFrame) -> pd.DataFrame:
    """Give legs the capacity that is told for the same ends, where one is.

    Parameters
    ----------
    legs : DataFrame
        As `corridor` takes it.
    limits : DataFrame
        As the table ``route_limits``; limits of ports are passed over.

    Returns
    -------
    DataFrame
        ``legs`` with ``capacity`` and its ``measure``; and the limit's sources besides.
    """
    told = limits.loc[limits["start"] != limits["end"]].rename(columns={"value": "capacity"})
    return _joined(legs, told[["start", "end", "capacity", "measure", "source_keys"]])


def with_costs(legs: pd.DataFrame, stages: pd.DataFrame, costs: pd.DataFrame) -> pd.DataFrame:
    """Give legs the latest cost of the stage that has the same ends, where there is one.

    Parameters
    ----------
    legs : DataFrame
        As `corridor` takes it.
    stages, costs : DataFrame
        As the tables ``route_stages`` and ``route_stage_costs``.

    Returns
    -------
    DataFrame
        ``legs`` with ``usd_low``, ``usd``, ``usd_high``, ``usd_unit``, ``usd_year``; and the
        cost's sources besides.
    """
    latest = costs.sort_values("year").drop_duplicates("stage", keep="last")
    told = stages[["stage", "start", "end"]].merge(latest, on="stage")
    told = told.rename(columns={"unit": "usd_unit", "year": "usd_year"})
    columns = ["start", "end", "usd_low", "usd", "usd_high", "usd_unit", "usd_year", "source_keys"]
    return _joined(legs, told[columns])


def along(net: nx.Graph, stops: Iterable[str], name: str = "way") -> Way:
    """Follow legs from place to place.

    Parameters
    ----------
    net : Graph
        As `corridor` builds it.
    stops : iterable of str
        Ends of legs, in the order of travel.
    name : str, optional
        For the refusal.

    Raises
    ------
    ReckoningError
        The corridor is disconnected: no leg joins two stops.
    """
    places, found = list(stops), []
    for here, there in pairwise(places):
        if not net.has_edge(here, there):
            raise ReckoningError(
                f"disconnected: no leg {here} to {there}",
                where=name,
                allowed=", ".join(sorted(net.neighbors(here))) if here in net else "a known place",
            )
        leg = net.edges[here, there]["leg"]
        found.append(leg if leg.start == here else leg.turned())
    return tuple(found)


def measured(net: nx.Graph, corridors: pd.DataFrame) -> dict[str, Way]:
    """Give the legs of each corridor, as far as their lengths are known, by its name."""
    return {
        row.corridor: along(net, row.stops.split(";"), f"corridor {row.corridor}")
        for row in corridors.itertuples()
    }


def lengths(ways: Mapping[str, Way]) -> pd.DataFrame:
    """Split each way by mode and by whose track it is.

    Returns
    -------
    DataFrame
        ``corridor``, ``start``, ``end`` (of the part that is measured), ``km``, ``km_low``,
        ``km_high``, ``rail_percent``, ``sea_percent``, ``members_percent``, ``georgia_percent``,
        ``china_percent``, ``others_percent``, ``derived`` (true where a length is not stated),
        ``source_keys``.
    """
    rows = []
    for name, legs in ways.items():
        whole = total(legs)

        def share(fits, legs=legs, whole=whole) -> float:
            return 100 * sum(leg.km.central for leg in legs if fits(leg)) / whole.central

        row = {
            "corridor": name,
            "start": legs[0].start,
            "end": legs[-1].end,
            "km": whole.central,
            "km_low": whole.low,
            "km_high": whole.high,
            "rail_percent": share(lambda leg: leg.mode == "rail"),
            "sea_percent": share(lambda leg: leg.mode == "sea"),
            "members_percent": share(lambda leg: leg.country in FIVE.codes),
            "georgia_percent": share(lambda leg: leg.country == "GEO"),
            "china_percent": share(lambda leg: leg.country == "CHN"),
        }
        own = ("sea_percent", "members_percent", "georgia_percent", "china_percent")
        row["others_percent"] = max(100 - sum(row[part] for part in own), 0.0)
        row["derived"] = any(leg.basis == "derived" for leg in legs)
        row["source_keys"] = " ".join(merge(*(leg.sources for leg in legs)))
        rows.append(row)
    return pd.DataFrame(rows)


def share_of(found: pd.DataFrame, corridor: str, part: str) -> Quantity:
    """Give one share of a corridor's measured way.

    Parameters
    ----------
    found : DataFrame
        As `lengths` gives it.
    corridor : str
        Its name.
    part : str
        ``"members"``, ``"georgia"``, ``"china"``, ``"others"``, ``"rail"`` or ``"sea"``.

    Raises
    ------
    ReckoningError
        No such corridor.
    """
    rows = found[found["corridor"] == corridor]
    if rows.empty:
        raise ReckoningError(f"no corridor {corridor!r}", allowed=", ".join(found["corridor"]))
    row = rows.iloc[0]
    return Quantity(
        float(row[f"{part}_percent"]),
        "%",
        f"share of {part} in the way {row['start']} to {row['end']}, {corridor}",
        keys_of([row["source_keys"]]),
        ("route_legs", "route_other_legs"),
        estimate=bool(row["derived"]),
    )


def rates(costs: pd.DataFrame, ways: Mapping[str, Way]) -> pd.DataFrame:
    """Bring what each corridor costs to USD for a forty-foot container.

    A rate given as a multiple is multiplied with the Northern rate of the same year, low with low
    and high with high. A rate for a kilometre is multiplied with the measured length.

    Parameters
    ----------
    costs : DataFrame
        As the table ``route_costs``.
    ways : mapping of str to tuple of Leg
        As `measured` gives them.

    Returns
    -------
    DataFrame
        ``corridor``, ``year``, ``low``, ``usd`` (the middle), ``high``, ``basis``, ``scope``,
        ``source_keys``.

    Raises
    ------
    ReckoningError
        Naming the corridor: a low rate above the high one, a multiple without its base, or a rate
        by length without a length.
    """
    rows = []
    for row in costs.itertuples():
        where = f"corridor {row.corridor}, {row.year}"
        if not 0 < row.low <= row.high:
            raise ReckoningError(
                f"rates {row.low:g} to {row.high:g}", where=where, allowed="rising"
            )
        low, high, keys = row.low, row.high, row.source_keys
        if row.unit == "times Northern":
            fits = (costs["corridor"] == "Northern") & (costs["year"] == row.year)
            base = costs[fits & (costs["unit"] == _FEU)]
            if base.empty:
                raise ReckoningError("no Northern rate of that year", where=where)
            low, high = low * base["low"].iloc[0], high * base["high"].iloc[0]
            keys = " ".join(keys_of([keys, base["source_keys"].iloc[0]]))
        elif row.unit != _FEU:
            if row.corridor not in ways:
                raise ReckoningError("no length for a rate per km", where=where)
            km = total(ways[row.corridor]).central
            low, high = low * km, high * km
        middle = (low + high) / 2
        rows.append((row.corridor, row.year, low, middle, high, row.basis, row.scope, keys))
    columns = ["corridor", "year", "low", "usd", "high", "basis", "scope", "source_keys"]
    return pd.DataFrame(rows, columns=columns)


def stage_cost(costs: pd.DataFrame, stage: str, year: int) -> Quantity:
    """Give what a stage cost in a year, as the source tells it.

    Parameters
    ----------
    costs : DataFrame
        As the table ``route_stage_costs``.

    Raises
    ------
    ReckoningError
        No cost of that stage and year.
    """
    rows = costs[(costs["stage"] == stage) & (costs["year"] == year)]
    if rows.empty:
        told = (f"{row.stage} {row.year}" for row in costs.itertuples())
        raise ReckoningError(f"no cost of {stage!r} in {year}", allowed="; ".join(told))
    row = rows.iloc[0]
    return Quantity(
        float(row["usd"]),
        row["unit"],
        f"cost of the stage {stage}: {row['note']}",
        keys_of([row["source_keys"]]),
        ("route_stage_costs",),
        year,
        estimate=row["basis"] == "derived",
    )


def options(prices: pd.DataFrame, days: pd.DataFrame) -> pd.DataFrame:
    """Join what a corridor costs to how long it takes.

    Parameters
    ----------
    prices : DataFrame
        As `rates` gives it.
    days : DataFrame
        ``corridor``, ``market``, ``ends``, ``mean``, ``p10``, ``median``, ``p90``.

    Returns
    -------
    DataFrame
        A row a rate: the columns of both, sorted by market, then by days.
    """
    found = prices.merge(days, on="corridor", validate="many_to_one")
    return found.sort_values(["market", "median", "year"], ignore_index=True)


def break_evens(choices: pd.DataFrame) -> pd.DataFrame:
    """Set every two options of a market against each other.

    The quicker one is worth its price to a shipper whose day costs more than the price difference
    over the difference in mean days. Where the quicker is not the dearer one, it wins at any value.

    Parameters
    ----------
    choices : DataFrame
        As `options` gives it.

    Returns
    -------
    DataFrame
        ``market``, ``quicker``, ``slower`` and their years ``quicker_year``, ``slower_year``;
        ``days_saved``; ``usd`` a day for a forty-foot container at the middle prices, ``low`` and
        ``high`` at the ends of the prices nearest and farthest apart (zero where the quicker may be
        the cheaper); ``basis``, the weaker of the two prices; ``source_keys``.
    """
    rank = ["stated", "derived", "assumed"]
    rows = []
    for market, group in choices.groupby("market", sort=True):
        ordered = group.sort_values("mean", kind="stable").to_dict("records")
        for place, quick in enumerate(ordered):
            for slow in ordered[place + 1 :]:
                saved = slow["mean"] - quick["mean"]
                if quick["corridor"] == slow["corridor"] or saved <= 0:
                    continue
                gaps = [
                    quick["low"] - slow["high"],
                    quick["usd"] - slow["usd"],
                    quick["high"] - slow["low"],
                ]
                low, middle, high = (max(gap / saved, 0.0) for gap in gaps)
                rows.append(
                    {
                        "market": market,
                        "quicker": quick["corridor"],
                        "quicker_year": quick["year"],
                        "slower": slow["corridor"],
                        "slower_year": slow["year"],
                        "days_saved": saved,
                        "usd": middle,
                        "low": low,
                        "high": high,
                        "basis": max(quick["basis"], slow["basis"], key=rank.index),
                        "source_keys": " ".join(
                            keys_of([quick["source_keys"], slow["source_keys"]])
                        ),
                    }
                )
    return pd.DataFrame(rows)


def break_even(pairs: pd.DataFrame, quicker: str, slower: str, what: str = "usd") -> Quantity:
    """Give one break-even value of a day, in USD for a forty-foot container.

    Where a corridor has rates of several years, the latest is taken.

    Raises
    ------
    ReckoningError
        The two are not compared: other markets, or no rate.
    """
    rows = pairs[(pairs["quicker"] == quicker) & (pairs["slower"] == slower)]
    if rows.empty:
        told = (f"{row.quicker} over {row.slower}" for row in pairs.itertuples())
        raise ReckoningError(f"no break-even of {quicker} over {slower}", allowed="; ".join(told))
    row = rows.sort_values(["quicker_year", "slower_year"]).iloc[-1]
    return Quantity(
        float(row[what]),
        "USD a day",
        f"price of {quicker} ({row['quicker_year']}) less price of {slower} "
        f"({row['slower_year']}), over the days saved, for a forty-foot container",
        keys_of([row["source_keys"]]),
        ("route_costs", "route_stages"),
        estimate=True,
    )


def worth(day: Quantity, percent: float, keys: Iterable[str]) -> Quantity:
    """Give what goods in a container must be worth for a day to be worth so much, to 1,000 USD.

    Parameters
    ----------
    day : Quantity
        USD a day.
    percent : float
        What a day in transit costs, in % of the goods' value.
    keys : iterable of str
        Sources of the percentage.

    Examples
    --------
    >>> worth(Quantity(420, "USD a day", "rule", (), ()), 2.1, ()).value
    20000.0
    """
    return Quantity(
        round(day.value * 100 / percent, -3),
        "USD",
        f"{day.rule}; over {percent:g} % of the goods' value for a day",
        merge(day.sources, keys),
        merge(day.tables, ("route_settings",)),
        estimate=True,
    )


def generalised(choices: pd.DataFrame, values: Iterable[float]) -> pd.DataFrame:
    """Add the days, at a value for each, to the price.

    Returns
    -------
    DataFrame
        ``corridor``, ``year``, ``market``, ``basis``, ``usd_a_day``, ``usd`` (price and days),
        ``best``: true for the lowest of its market at that value among options whose price is not
        assumed; ``best_of_all``: the same among all.
    """
    rows = [
        (row.corridor, row.year, row.market, row.basis, value, row.usd + value * row.mean)
        for value in values
        for row in choices.itertuples()
    ]
    columns = ["corridor", "year", "market", "basis", "usd_a_day", "usd"]
    found = pd.DataFrame(rows, columns=columns)
    open_ones = found[found["basis"] != "assumed"]
    least = open_ones.groupby(["market", "usd_a_day"])["usd"].idxmin()
    of_all = found.groupby(["market", "usd_a_day"])["usd"].idxmin()
    return found.assign(best=found.index.isin(least), best_of_all=found.index.isin(of_all))


def percent_of(settings: pd.DataFrame, name: str, *, less: bool = False) -> Quantity:
    """Give a setting that is a share in %, or with ``less`` what it leaves of the whole."""
    told = setting_of(settings, name)
    value = 100 * (1 - told.value if less else told.value)
    return told.like(value, "%", f"one less {name}: {told.rule}" if less else told.rule)


def winners(
    choices: pd.DataFrame,
    values: Iterable[float],
    cases: Mapping[str, tuple[str, tuple[str, ...]]],
) -> pd.DataFrame:
    """Name the corridor of lowest generalised cost at each value of a day, case by case.

    Parameters
    ----------
    choices : DataFrame
        As `options` gives it; the latest price of a corridor counts.
    values : iterable of float
        USD a day for a forty-foot container.
    cases : mapping of str to (str, tuple of str)
        By its name in words: the market, and the corridors that are not to be had.

    Returns
    -------
    DataFrame
        ``usd_a_day``, ``case``, ``corridor``, ``usd``; and ``with_assumed``, the corridor that an
        assumed price would make the lowest instead, or empty.
    """
    latest = choices.sort_values("year").drop_duplicates("corridor", keep="last")
    rows = []
    for case, (market, gone) in cases.items():
        left = latest[(latest["market"] == market) & ~latest["corridor"].isin(gone)]
        costs = generalised(left, values)
        for value, group in costs.groupby("usd_a_day"):
            best = group[group["best"]].iloc[0]
            of_all = group[group["best_of_all"]].iloc[0]
            other = of_all["corridor"] if of_all["corridor"] != best["corridor"] else ""
            rows.append((value, case, best["corridor"], best["usd"], other))
    return pd.DataFrame(rows, columns=["usd_a_day", "case", "corridor", "usd", "with_assumed"])


def without(
    corridors: pd.DataFrame,
    days: pd.DataFrame,
    prices: pd.DataFrame,
    closures: Mapping[str, Iterable[str]],
    market: str,
) -> pd.DataFrame:
    """Take stages away and see which corridors of a market are left.

    Parameters
    ----------
    corridors : DataFrame
        As the table ``route_corridors``.
    days : DataFrame
        ``corridor``, ``median``.
    prices : DataFrame
        As `rates` gives it; the latest of a corridor counts, assumed ones do not.
    closures : mapping of str to iterable of str
        What is closed in words, and the stages that this takes away.
    market : str
        Whose corridors.

    Returns
    -------
    DataFrame
        ``closed``, ``lost`` and ``left`` (names, by days), ``fastest``, ``median`` (its days),
        ``extra_days`` over the fastest when all is open, ``usd`` (its price), ``extra_usd``; empty
        or missing where nothing is left or no price is known.

    Raises
    ------
    ReckoningError
        A stage that no corridor has.
    """
    known = {stage for told in corridors["stages"] for stage in told.split(";")}
    of_market = corridors[corridors["market"] == market].set_index("corridor")["stages"]
    medians = days.set_index("corridor")["median"]
    told = (
        prices[prices["basis"] != "assumed"].sort_values("year").groupby("corridor")["usd"].last()
    )
    order = sorted(of_market.index, key=lambda name: medians[name])
    first = order[0]
    rows = []
    for closed, stages in closures.items():
        gone = set(stages)
        if gone - known:
            raise ReckoningError(
                f"no such stage: {', '.join(sorted(gone - known))}",
                where=closed,
                allowed=", ".join(sorted(known)),
            )
        left = [name for name in order if not gone & set(of_market[name].split(";"))]
        best = left[0] if left else ""
        price = told.get(best, np.nan)
        rows.append(
            {
                "closed": closed,
                "lost": ", ".join(name for name in order if name not in left),
                "left": ", ".join(left),
                "fastest": best,
                "median": medians[best] if best else np.nan,
                "extra_days": medians[best] - medians[first] if best else np.nan,
                "usd": price,
                "extra_usd": price - told.get(first, np.nan),
            }
        )
    return pd.DataFrame(rows)


def left_in_words(row: object, medians: Mapping[str, float] | None = None) -> str:
    """Say what a closure leaves: the fastest corridor with its days and price, then the others.

    Parameters
    ----------
    row : named tuple
        A row of `without`.
    medians : mapping of str to float, optional
        Days by corridor; without them the others are left out.

    Examples
    --------
    >>> row = pd.DataFrame(
    ...     [("x", "far, by sea", 31.2, 13.0, 5675.0)],
    ...     columns=["fastest", "left", "median", "extra_days", "usd"],
    ... ).itertuples()
    >>> left_in_words(next(row), {"by sea": 45})
    'x, 31 days (+13), $5,675; by sea 45'
    """
    if not row.fastest:
        return "nothing left"
    told = f"{row.fastest}, {row.median:.0f} days"
    if row.extra_days:
        told += f" ({row.extra_days:+.0f})"
    told += ", no public price" if pd.isna(row.usd) else f", ${row.usd:,.0f}"
    others = [] if medians is None else row.left.split(", ")[1:]
    return told + "".join(f"; {name} {medians[name]:.0f}" for name in others)


def _joined(legs: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """Join what is told for the ends of a leg, and its sources to the leg's own."""
    found = legs.merge(told, on=["start", "end"], how="left", suffixes=("", "_told"))
    keys = found["source_keys"] + (" " + found.pop("source_keys_told")).fillna("")
    return found.assign(source_keys=[" ".join(keys_of([cell])) for cell in keys])
