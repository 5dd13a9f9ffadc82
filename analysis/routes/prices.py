"""What the corridors cost, and the value of a day at which one pays over another."""

from collections.abc import Iterable, Mapping
from itertools import combinations

import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity, keys_of, merge
from ..rows import chosen, one
from ..settings import setting_of
from .legs import Way
from .network import total

_FEU = "USD per FEU"


def rates(costs: pd.DataFrame, ways: Mapping[str, Way]) -> pd.DataFrame:
    """Bring what each corridor costs, in ``route_costs``, to USD for a forty-foot container.

    A rate given as a multiple is multiplied with the Northern rate of the same year, low with low
    and high with high. A rate for a kilometre is multiplied with the measured length.

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
            base = one(costs, where, corridor="Northern", year=row.year, unit=_FEU)
            low, high = low * base["low"], high * base["high"]
            keys = " ".join(keys_of([keys, base["source_keys"]]))
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
    """Give what a stage cost in a year, as the source states it in ``route_stage_costs``.

    Raises
    ------
    ReckoningError
        No cost of that stage and year.
    """
    row = one(costs, "route_stage_costs", stage=stage, year=year)
    rule, tables = f"cost of the stage {stage}: {row['note']}", ("route_stage_costs",)
    derived = row["basis"] == "derived"
    return Quantity.of(row, row["usd"], row["unit"], rule, tables, year=year, estimate=derived)


def options(prices: pd.DataFrame, days: pd.DataFrame) -> pd.DataFrame:
    """Join what a corridor costs, as `rates`, to how long it takes, as `simulation.summary`.

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
        for quick, slow in combinations(ordered, 2):
            saved = slow["mean"] - quick["mean"]
            if quick["corridor"] == slow["corridor"] or saved <= 0:
                continue
            gaps = {"usd": "usd", "low": "high", "high": "low"}
            rows.append(
                {
                    "market": market,
                    "quicker": quick["corridor"],
                    "quicker_year": quick["year"],
                    "slower": slow["corridor"],
                    "slower_year": slow["year"],
                    "days_saved": saved,
                    **{end: max((quick[end] - slow[gaps[end]]) / saved, 0.0) for end in gaps},
                    "basis": max(quick["basis"], slow["basis"], key=rank.index),
                    "source_keys": " ".join(keys_of([quick["source_keys"], slow["source_keys"]])),
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
    rows = chosen(pairs, "break-evens", quicker=quicker, slower=slower)
    row = rows.sort_values(["quicker_year", "slower_year"]).iloc[-1]
    rule = (
        f"price of {quicker} ({row['quicker_year']}) less price of {slower} "
        f"({row['slower_year']}), over the days saved, for a forty-foot container"
    )
    tables = ("route_costs", "route_stages")
    return Quantity.of(row, row[what], "USD a day", rule, tables, estimate=True)


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
    not_assumed = found[found["basis"] != "assumed"]
    least = not_assumed.groupby(["market", "usd_a_day"])["usd"].idxmin()
    of_all = found.groupby(["market", "usd_a_day"])["usd"].idxmin()
    return found.assign(best=found.index.isin(least), best_of_all=found.index.isin(of_all))


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
    for case, (market, closed) in cases.items():
        left = latest[(latest["market"] == market) & ~latest["corridor"].isin(closed)]
        for value, group in generalised(left, values).groupby("usd_a_day"):
            best = group[group["best"]].iloc[0]
            of_all = group[group["best_of_all"]].iloc[0]
            other = of_all["corridor"] if of_all["corridor"] != best["corridor"] else ""
            rows.append((value, case, best["corridor"], best["usd"], other))
    return pd.DataFrame(rows, columns=["usd_a_day", "case", "corridor", "usd", "with_assumed"])


def percent_of(settings: pd.DataFrame, name: str, *, less: bool = False) -> Quantity:
    """Give a setting that is a share in %, or with ``less`` what it leaves of the whole."""
    share = setting_of(settings, name)
    if less:
        return share.derived(100 * (1 - share.value), "%", f"one less {name}: {share.rule}")
    return share.derived(100 * share.value, "%", share.rule)
