"""What a shipper asks of each way between the same inland points: days, price, emissions."""

from collections.abc import Mapping

import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity, merge
from ..rows import chosen, one
from .legs import Leg, Way

#: Seas on which the ships are small.
_INLAND = {"Aktau to Alat", "Poti to Constanta"}


def emissions(
    ways: Mapping[str, Way], ends: pd.DataFrame, factors: pd.DataFrame, tonnes: float
) -> pd.DataFrame:
    """Add up what a container of so many tonnes emits on each way, in kg CO2e per TEU.

    ``ways`` are as `measured` gives them, ``ends`` and ``factors`` as the tables
    ``route_corridors`` and ``route_emissions``.

    Returns
    -------
    DataFrame
        ``corridor``, ``low``, ``high`` (kg; missing where a part of the way is not measured).
    """
    rows = []
    for corridor in ends.itertuples():
        legs = ways[corridor.corridor]
        low = high = float("nan")
        if (legs[0].start, legs[-1].end) == (corridor.start, corridor.end):
            low, high = (
                sum(getattr(leg.km, end) * _factor(leg, factors, end, tonnes) for leg in legs)
                for end in ("low", "high")
            )
        rows.append((corridor.corridor, low, high))
    return pd.DataFrame(rows, columns=["corridor", "low", "high"])


def price_for(prices: pd.DataFrame, corridor: pd.Series) -> pd.DataFrame:
    """Find prices for a corridor between its own two ends; most often there is none."""
    same = (
        (prices["way"] == corridor["corridor"])
        & (prices["start"] == corridor["start"])
        & (prices["end"] == corridor["end"])
        & (prices["unit"] == "USD")
    )
    return prices[same]


def for_a_shipper(
    corridors: pd.DataFrame,
    days: pd.DataFrame,
    prices: pd.DataFrame,
    emitted: pd.DataFrame,
) -> pd.DataFrame:
    """Put what a shipper asks of each way side by side, in the order of the markets and of days.

    Returns
    -------
    DataFrame
        The rows of ``corridors`` with ``p10``, ``median``, ``p90``, ``low`` and ``high`` (kg CO2e
        per TEU), and ``prices`` (how many are published between the very ends).
    """
    found = corridors.merge(days[["corridor", "p10", "median", "p90"]], on="corridor")
    found = found.merge(emitted, on="corridor")
    found["prices"] = [len(price_for(prices, row)) for _, row in corridors.iterrows()]
    order = {market: place for place, market in enumerate(("Black Sea", "Türkiye", "Rhine"))}
    return found.sort_values(
        ["market", "median"],
        key=lambda cells: cells.map(order) if cells.name == "market" else cells,
    ).reset_index(drop=True)


def land_against_sea(asked: pd.DataFrame) -> dict[str, list[str]]:
    """Tell how the ranges of emissions by land lie to those by sea, end by end.

    Returns
    -------
    dict of str to list of str
        The ends at which land emits ``"more"`` or ``"less"``, and those of an ``"overlap"``.
    """
    known = asked.dropna(subset="low").assign(sea=asked["corridor"].str.startswith("Sea"))
    found: dict[str, list[str]] = {"more": [], "less": [], "overlap": []}
    for end, group in known.groupby("end", sort=False):
        land, sea = group[~group["sea"]], group[group["sea"]]
        above = land["low"].min() > sea["high"].max()
        below = land["high"].max() < sea["low"].min()
        found["more" if above else "less" if below else "overlap"].append(str(end))
    return found


def land_over_sea(prices: pd.DataFrame) -> Quantity:
    """Give the one ratio of prices in like units, points of an index: by land over by sea.

    Raises
    ------
    ReckoningError
        The table has not one index of each, of one year.
    """
    land = one(prices, "route_prices", kind="index", way="Land, mixed routes")
    sea = one(prices, "route_prices", kind="index", way="Sea via Suez")
    if land["year"] != sea["year"]:
        raise ReckoningError(f"indices of {land['year']} and {sea['year']}", allowed="one year")
    return Quantity.of(
        pd.DataFrame([land, sea]), land["low"] / sea["low"], "times",
        f"index of a 20 ft container by land, {land['start']} to {land['end']}, over that by sea, "
        f"{sea['start']} to {sea['end']}", ("route_prices",), year=int(land["year"]),
    )  # fmt: skip


def days_saved(slower: Quantity, quicker: Quantity) -> Quantity:
    """Give how many days one way saves on another."""
    rule = f"{slower.rule}, less {quicker.rule}"
    return slower.derived(slower.value - quicker.value, "days", rule, quicker)


def worth(days: Quantity, value_of_a_day: float) -> Quantity:
    """Give what days, in whole days, are worth to a shipper, in USD.

    Raises
    ------
    ReckoningError
        A value below zero.
    """
    if value_of_a_day < 0:
        raise ReckoningError(f"value of a day {value_of_a_day:g}", allowed="0 or more")
    rule = f"{days.rule}, in whole days, times the value of a day that the reader enters"
    return days.derived(round(days.value) * value_of_a_day, "USD", rule)


def day_in_transit(end: str, settings: pd.DataFrame) -> Quantity:
    """Give what a day in transit costs, in % of the goods' value: ``"low"`` or ``"high"``."""
    row = one(settings, "route_settings", setting="value of a day")
    rule = f"{row['rule']}, {end}est"
    return Quantity.of(row, row[end], "%", rule, ("route_settings",))


def goods_of(value_of_a_day: float, settings: pd.DataFrame) -> Quantity:
    """Give the goods, in USD, of which a day is worth so much at the middle of the study's range.

    Examples
    --------
    >>> from analysis import tables
    >>> goods_of(675, tables.read("route_settings")).value
    50000.0
    """
    row = one(settings, "route_settings", setting="value of a day")
    value = round(100 * value_of_a_day / row["value"], 6)
    rule = "the value of a day that the reader enters, over its share of the goods' value"
    return Quantity.of(row, value, "USD", rule, ("route_settings",), estimate=True)


def worth_of_goods(days: Quantity, goods: Quantity, percent: Quantity) -> Quantity:
    """Give what days, in whole days, are worth for goods at so many % of their value a day."""
    rule = f"{days.rule}, in whole days, at {percent.value:g}% a day of goods worth {goods}"
    value = round(days.value) * percent.value / 100 * goods.value
    sources = merge(days.sources, percent.sources)
    tables = merge(days.tables, percent.tables)
    return Quantity(value, "USD", rule, sources, tables, estimate=True)


def cheapest(
    days: pd.DataFrame, market: str, price: Mapping[str, float], value_of_a_day: float
) -> pd.DataFrame:
    """Rank the ways of a market by price and the value of their days, as a reader enters them.

    Parameters
    ----------
    days : DataFrame
        ``corridor``, ``market``, ``mean``.
    market : str
        Whose corridors.
    price : mapping of str to float
        USD for one container between the same ends, by corridor; those without are left out.
    value_of_a_day : float
        USD a day for the goods in the container.

    Returns
    -------
    DataFrame
        ``corridor``, ``price``, ``days`` (mean, in whole days, for more is not known), ``cost``
        (price and days), cheapest first.

    Raises
    ------
    ReckoningError
        A corridor that the market lacks, a price of zero or less, a value below zero.
    """
    if value_of_a_day < 0:
        raise ReckoningError(f"value of a day {value_of_a_day:g}", allowed="0 or more")
    means = chosen(days, "corridors", market=market).set_index("corridor")["mean"].round()
    rows = []
    for name, usd in price.items():
        if name not in means.index:
            raise ReckoningError(
                f"no corridor {name!r}", where=market, allowed=", ".join(means.index)
            )
        if not isinstance(usd, int | float) or not 0 < usd < float("inf"):
            raise ReckoningError(f"price {usd!r}", where=name, allowed="a number above 0")
        rows.append((name, usd, means[name], usd + value_of_a_day * means[name]))
    found = pd.DataFrame(rows, columns=["corridor", "price", "days", "cost"])
    return found.sort_values("cost", kind="stable", ignore_index=True)


def break_even(ranked: pd.DataFrame, days: Mapping[str, Quantity]) -> Quantity | None:
    """Give the value of a day at which the two cheapest ways of `cheapest` cost the same, in USD.

    None where fewer than two ways have a price, or the cheaper one is no slower. ``days`` are the
    mean days by corridor, for their sources.
    """
    if len(ranked) < 2:
        return None
    first, second = (ranked.iloc[place] for place in (0, 1))
    saved = second["days"] - first["days"]
    dearer = first["price"] - second["price"]
    if not saved or dearer / saved <= 0:
        return None
    return days[first["corridor"]].derived(
        dearer / saved, "USD",
        f"difference of the prices of {first['corridor']} and {second['corridor']} over that of "
        "their days", days[second["corridor"]],
    )  # fmt: skip


def _factor(leg: Leg, factors: pd.DataFrame, end: str, tonnes: float) -> float:
    kind = "rail" if leg.mode == "rail" else "inland sea" if leg.name in _INLAND else "deep sea"
    row = one(factors, "route_emissions", mode=kind)
    return float(row[end]) * (tonnes if row["unit"] == "kg CO2e per t km" else 1)
