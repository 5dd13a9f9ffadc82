"""Growth, falls and prices: how one year's total compares with another's."""

import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity, keys_of, merge
from .paths import ESTIMATED, KINDS, TABLES, total_of

#: Column of the table ``prices`` -> how a reader would say it.
DEFLATORS = {"index_1982_84": "US CPI-U", "gdp_deflator_2017": "US GDP deflator"}


def growth(
    by_pair: pd.DataFrame,
    start: int,
    end: int,
    prices: pd.DataFrame | None = None,
    deflator: str = "index_1982_84",
) -> Quantity:
    """Say how many times the trade of ``start`` that of ``end`` is.

    With the table ``prices`` the ratio is in constant dollars, by a key of `DEFLATORS`.

    Raises
    ------
    ReckoningError
        The path or the prices lack a year.
    """
    first, last = total_of(by_pair, start), total_of(by_pair, end)
    ratio, dollars, keys = last.value / first.value, "current dollars", merge()
    if prices is not None:
        ratio /= inflation(prices, start, end, deflator)
        dollars = f"constant dollars ({DEFLATORS[deflator]})"
        keys = keys_of(prices["source_keys"])
    return Quantity(
        value=ratio,
        unit="times",
        rule=f"total of {end} over total of {start}, each flow once, {dollars}",
        sources=merge(first.sources, last.sources, keys),
        tables=last.tables if prices is None else (*last.tables, "prices"),
        year=end,
        estimate=first.estimate or last.estimate,
    )


def change(by_pair: pd.DataFrame, start: int, end: int) -> Quantity:
    """Give the change of the total between two years, in percent of the first.

    Raises
    ------
    ReckoningError
        The path lacks a year.
    """
    ratio = growth(by_pair, start, end)
    return ratio.derived(100 * (ratio.value - 1), "%", f"change of the total from {start} to {end}")


def absolute_change(by_pair: pd.DataFrame, start: int, end: int) -> Quantity:
    """Give by how many percent the total fell or rose between two years, as its rule says.

    Raises
    ------
    ReckoningError
        The path lacks a year.
    """
    signed = change(by_pair, start, end)
    way = "fall" if signed.value < 0 else "rise"
    return signed.derived(abs(signed.value), "%", f"{way} of the total from {start} to {end}")


def extremes(
    by_pair: pd.DataFrame, start: int, end: int, prices: pd.DataFrame
) -> tuple[Quantity, Quantity]:
    """Give the least and the most growth, in constant dollars, that any choice of source gives.

    Returns
    -------
    tuple of Quantity
        Ratios: the lowest total of ``end`` over the highest of ``start``, and the other way about.

    Raises
    ------
    ReckoningError
        The path or the prices lack a year.
    """
    rise = inflation(prices, start, end)
    found = []
    names = {"low": "lowest", "high": "highest"}
    for of_start, of_end in (("high", "low"), ("low", "high")):
        first = total_of(by_pair, start, which=of_start)
        last = total_of(by_pair, end, which=of_end)
        rule = f"{names[of_end]} total of {end} over {names[of_start]} of {start}, deflated"
        found.append(last.derived(last.value / first.value / rise, "times", rule))
    return found[0], found[1]


def inflation(prices: pd.DataFrame, start: int, end: int, deflator: str = "index_1982_84") -> float:
    """Give the ratio of US prices between two years.

    Raises
    ------
    ReckoningError
        A year is absent, or the deflator is unknown.

    Examples
    --------
    >>> inflation(pd.DataFrame({"year": [1, 2], "index_1982_84": [200.0, 250.0]}), 1, 2)
    1.25
    """
    if deflator not in DEFLATORS:
        raise ReckoningError(f"deflator {deflator!r}", allowed=", ".join(DEFLATORS))
    index = prices.set_index("year")[deflator]
    for year in (start, end):
        if year not in index:
            raise ReckoningError(
                f"no price index for {year}",
                where="prices",
                allowed=f"{index.index.min()} to {index.index.max()}",
            )
    return float(index[end] / index[start])


def real(
    years: pd.DataFrame, prices: pd.DataFrame, base: int, deflator: str = "index_1982_84"
) -> pd.DataFrame:
    """Put the years that `yearly` gives into the dollars of one year, ``base``.

    Returns
    -------
    DataFrame
        ``year`` and ``real`` (USD billion of ``base``), for the years that have prices.

    Raises
    ------
    ReckoningError
        The base year has no prices, or the deflator is unknown.

    Examples
    --------
    >>> years = pd.DataFrame({"year": [1, 2], "central": [10.0, 10.0]})
    >>> prices = pd.DataFrame({"year": [1, 2], "index_1982_84": [200.0, 250.0]})
    >>> real(years, prices, 2)["real"].tolist()
    [12.5, 10.0]
    """
    priced = years[years["year"].isin(prices["year"])]
    factors = [inflation(prices, int(year), base, deflator) for year in priced["year"]]
    return pd.DataFrame(
        {"year": priced["year"].to_numpy(), "real": priced["central"].to_numpy() * factors}
    )


def annual_growth(by_pair: pd.DataFrame, start: int, end: int) -> Quantity:
    """Give the mean growth a year between two years, in percent (geometric).

    Raises
    ------
    ReckoningError
        The path lacks a year, or the years do not follow each other.
    """
    if end <= start:
        raise ReckoningError(f"from {start} to {end}", allowed="an end after the start")
    ratio = growth(by_pair, start, end)
    return ratio.derived(
        100 * (ratio.value ** (1 / (end - start)) - 1),
        "% a year",
        f"yearly growth that leads from the total of {start} to that of {end}",
    )


def relative_change(first: Quantity, last: Quantity) -> Quantity:
    """Give the change, in percent, from one quantity to another of the same unit.

    Raises
    ------
    ReckoningError
        The units differ.

    Examples
    --------
    >>> a, b = (Quantity(v, "USD billion", "r", (), ()) for v in (20.0, 25.0))
    >>> relative_change(a, b).value
    25.0
    """
    if first.unit != last.unit:
        raise ReckoningError(
            f"from {first.unit} to {last.unit}", allowed="two quantities of one unit"
        )
    return Quantity(
        value=100 * (last.value / first.value - 1),
        unit="%",
        rule=f"change from ({first.rule}) to ({last.rule})",
        sources=merge(first.sources, last.sources),
        tables=merge(first.tables, last.tables),
        year=last.year,
        estimate=first.estimate or last.estimate,
    )


def measured_pairs(by_pair: pd.DataFrame, *years: int) -> pd.Index:
    """Name the pairs that are measured in each of some years."""
    rows = by_pair[by_pair["year"].isin(years) & (by_pair["basis"].map(KINDS) == "measured")]
    counts = rows["pair"].value_counts(sort=False)
    return counts.index[counts == len(set(years))]


def measured_change(by_pair: pd.DataFrame, start: int, end: int) -> Quantity:
    """Give the change, in percent, of the pairs that are measured in both years.

    Raises
    ------
    ReckoningError
        No pair is measured in both years.
    """
    both = measured_pairs(by_pair, start, end)
    first, last = (by_pair[by_pair["year"] == year].set_index("pair") for year in (start, end))
    if both.empty:
        raise ReckoningError(f"no pair is measured in {start} and in {end}", where="path")
    ratio = last.loc[both, "central"].sum() / first.loc[both, "central"].sum()
    return Quantity.of(
        pd.concat([first.loc[both], last.loc[both]]),
        100 * (ratio - 1),
        "%",
        f"change from {start} to {end} of the {len(both)} pairs measured in both years",
        ("trade_pairs", "trade_flows"),
        year=end,
    )


def contributions(by_pair: pd.DataFrame, start: int, end: int) -> pd.DataFrame:
    """Split the change of the total between two years over the pairs.

    Returns
    -------
    DataFrame
        One row a pair, largest change first: ``pair``, ``start``, ``end``, ``change`` (USD
        billion), ``share`` (percent of the total's change), ``basis`` of the end year,
        ``source_keys``. Changes sum to the total's change.

    Raises
    ------
    ReckoningError
        The path lacks a year, or a pair has a figure in one of the two years only.

    Examples
    --------
    >>> by_pair = pd.DataFrame({"pair": ["a", "b"] * 2, "year": [1, 1, 2, 2],
    ...     "central": [1.0, 2.0, 4.0, 3.0], "basis": "stated", "source_keys": "k"})
    >>> contributions(by_pair, 1, 2)[["pair", "change", "share"]].values.tolist()
    [['a', 3.0, 75.0], ['b', 1.0, 25.0]]
    """
    for year in (start, end):
        total_of(by_pair, year)
    first, last = (by_pair[by_pair["year"] == year].set_index("pair") for year in (start, end))
    alone = sorted(set(first.index) ^ set(last.index))
    if alone:
        raise ReckoningError(
            f"{', '.join(alone)} has a figure in one of {start} and {end} only",
            where="path",
            allowed="the same pairs in both years",
        )
    last = last.reindex(first.index)
    out = pd.DataFrame({"start": first["central"], "end": last["central"]})
    out["change"] = out["end"] - out["start"]
    out["share"] = 100 * out["change"] / out["change"].sum()
    out["basis"] = last["basis"]
    out["source_keys"] = [
        " ".join(merge(a.split(), b.split()))
        for a, b in zip(first["source_keys"], last["source_keys"], strict=True)
    ]
    return out.reset_index().sort_values("change", ascending=False, ignore_index=True)


def share_of_change(split: pd.DataFrame, pairs: tuple[str, ...]) -> Quantity:
    """Give the share of the total's change that some pairs of `contributions` made, in percent.

    Raises
    ------
    ReckoningError
        A pair is not in the split.
    """
    if missing := sorted(set(pairs) - set(split["pair"])):
        raise ReckoningError(
            f"no pair {', '.join(missing)}",
            where="contributions",
            allowed=", ".join(sorted(split["pair"])),
        )
    rows = split[split["pair"].isin(pairs)]
    return Quantity.of(
        rows,
        rows["share"].sum(),
        "%",
        f"share of the total's change made by {', '.join(pairs)}",
        TABLES,
        estimate=bool(rows["basis"].isin(ESTIMATED).any()),
    )
