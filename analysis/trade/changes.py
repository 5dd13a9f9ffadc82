"""Growth, falls and prices: how one year's total compares with another's."""

from dataclasses import replace

import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity, keys_of, merge
from ..rows import one
from .paths import ESTIMATED, KINDS, TABLES, editions_between, total_of

#: Column of the table ``prices`` -> how a reader would say it.
DEFLATORS = {"index_1982_84": "US CPI-U", "gdp_deflator_2017": "US GDP deflator"}


def growth(by_pair: pd.DataFrame, start: int, end: int) -> Quantity:
    """Say how many times the trade of ``start`` that of ``end`` is, in current dollars.

    Raises
    ------
    ReckoningError
        The path lacks a year.
    """
    first, last = total_of(by_pair, start), total_of(by_pair, end)
    return Quantity(
        value=last.value / first.value,
        unit="times",
        rule=f"total of {end} over total of {start}, each flow once, current dollars",
        sources=merge(first.sources, last.sources),
        tables=last.tables,
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


#: The scenarios that take the partner's side, and whose figure each takes.
_SPEAKERS = {"statistics": "Türkiye's statistics", "minister": "Türkiye's minister"}


def choices(
    by_pair: pd.DataFrame, partners: pd.DataFrame, table: pd.DataFrame, start: int, end: int
) -> pd.DataFrame:
    """Give the growth between two years by each choice that is the same at both ends.

    Azerbaijan's pair with Türkiye has two sides. A ratio that takes the one in the first year and
    the other in the last measures the difference between the sides; these do not. ``partners`` is
    the path by the partners' reports, as `by_partners` gives it, and ``table`` what
    `analysis.trade.scenarios` gives: its other side of the last year.

    Returns
    -------
    DataFrame
        The smallest growth first: ``side`` (``own``, ``partners``; ``firm`` where both are
        reconciled), ``choice``, ``first``, ``last`` (USD billion), ``ratio``, ``start``,
        ``source_keys``.

    Raises
    ------
    ReckoningError
        A path lacks a year.
    """
    if start >= end:
        raise ReckoningError(f"growth from {start} to {end}", allowed=f"a year before {end}")
    own = total_of(by_pair, start), total_of(by_pair, end)
    theirs = total_of(partners, start)
    found: list[tuple[str, str, float, float, tuple[str, ...]]] = [
        ("own", "Azerbaijan's side at both ends", own[0].value, own[1].value, own[1].sources)
    ]
    if theirs.value != own[0].value:  # in a measured year the sides are reconciled
        last = total_of(partners, end)
        if last.value != own[1].value:
            name = "Partners' side at both ends"
            found.append(("partners", name, theirs.value, last.value, last.sources))
        for row in table[table["year"] == end].itertuples():
            if row.scenario in _SPEAKERS:
                name = f"Partners' side at both ends, {end} by {_SPEAKERS[row.scenario]}"
                keys = tuple(row.source_keys.split())
                found.append(("partners", name, theirs.value, row.usd_billion, keys))
    both = measured_pairs(by_pair, start, end)
    rows = by_pair[by_pair["pair"].isin(both) & ~by_pair["pair"].str.contains("AZE")]
    if len(rows):
        firm = total_of(rows, start), total_of(rows, end)
        crossed = ", of two editions" if editions_between(rows, start, end) else ""
        name = f"The six pairs without Azerbaijan, by CEPII at both ends{crossed}"
        found.append(("firm", name, firm[0].value, firm[1].value, firm[1].sources))
    out = pd.DataFrame(
        [(side, name, first, last, last / first, start, " ".join(keys))
         for side, name, first, last, keys in found],
        columns=["side", "choice", "first", "last", "ratio", "start", "source_keys"],
    )  # fmt: skip
    return out.sort_values("ratio", ignore_index=True)


def choice_of(found: pd.DataFrame, which: str, side: str = "") -> Quantity:
    """Take the smallest (``least``) or the largest (``most``) growth of `choices`, or of a side."""
    rows = found[found["side"] == side] if side else found
    row = rows.iloc[{"least": 0, "most": -1}[which]]
    return Quantity.of(
        row, row["ratio"], "times", f"growth since {row['start']}: {row['choice']}", TABLES,
        estimate=True,
    )  # fmt: skip


def grew(least: Quantity, most: Quantity) -> str:
    """Say of two ratios: both above one (``rose``), both below (``fell``) or ``mixed``."""
    return "rose" if least.value > 1 else "fell" if most.value < 1 else "mixed"


def against(least: Quantity, most: Quantity, bar: Quantity) -> str:
    """Say where two ratios lie: both ``above`` a third, both ``below`` it, or ``between``."""
    return "above" if least.value > bar.value else "between" if most.value > bar.value else "below"


def made(percent: Quantity) -> str:
    """Say what percent of a change are: a ``part``, more than ``all``, or ``against`` it."""
    return "against" if percent.value < 0 else "part" if percent.value <= 100 else "all"


def part_of_fall(by_pair: pd.DataFrame, pair: str, start: int, end: int) -> Quantity:
    """Give the part of the total's change between two years that one pair made, in percent."""
    return share_of_change(contributions(by_pair, start, end), (pair,))


#: Percent by less than which a total has not moved.
LEVEL = 0.5


def way(percent: float) -> str:
    """Say which way a change goes: ``fell``, ``rose`` or ``level``.

    Examples
    --------
    >>> way(-9.9), way(0.4), way(3.0)
    ('fell', 'level', 'rose')
    """
    return "level" if abs(percent) < LEVEL else "fell" if percent < 0 else "rose"


def direction(by_pair: pd.DataFrame, start: int, end: int) -> str:
    """Say which way the total went between two years."""
    return way(change(by_pair, start, end).value)


def size(signed: Quantity) -> Quantity:
    """Give a change without its sign."""
    return signed.derived(abs(signed.value), signed.unit, signed.rule)


def peak(by_pair: pd.DataFrame, start: int, end: int) -> int:
    """Name the year, from ``start`` to ``end``, with the largest total."""
    by_year = by_pair[by_pair["year"].between(start, end)].groupby("year")["central"].sum()
    return int(by_year.idxmax())


def deflated(ratio: Quantity, prices: pd.DataFrame, start: int, end: int) -> Quantity:
    """Put a growth into constant dollars, by US consumer prices."""
    return replace(
        ratio,
        value=ratio.value / inflation(prices, start, end),
        rule=f"{ratio.rule}, over the rise of US consumer prices",
        sources=merge(ratio.sources, keys_of(prices["source_keys"])),
        tables=merge(ratio.tables, ("prices",)),
    )


def prices_rose(prices: pd.DataFrame, start: int, end: int) -> Quantity:
    """Give the rise of US consumer prices between two years, in percent."""
    rows = prices[prices["year"].isin((start, end))]
    return Quantity.of(
        rows, 100 * (inflation(prices, start, end) - 1), "%",
        f"US consumer prices, {end} over {start}, less 1", ("prices",), year=end,
    )  # fmt: skip


def gas_volume(gas: pd.DataFrame, buyer: str, year: int) -> Quantity:
    """Take the gas that a buyer took in a whole year, in billion cubic metres."""
    row = one(gas, "trade_gas", buyer=buyer, year=year, months=12)
    return Quantity.of(
        row, row["volume_bcm"], "billion cubic metres",
        f"gas from Azerbaijan to {buyer} in {year}", ("trade_gas",), year=year,
    )  # fmt: skip


def gas_change(gas: pd.DataFrame, what: str, year: int) -> Quantity:
    """Take by how much the volume or the value of all gas sold changed, with its sign."""
    row = one(gas, "trade_gas", buyer="WLD", year=year)
    return Quantity.of(
        row, row[f"{what}_change_percent"], "%",
        f"change of the {what} of Azerbaijan's gas exports, first {row['months']} months of "
        f"{row['year']}", ("trade_gas",), year=int(row["year"]),
    )  # fmt: skip


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


def measured_pairs(by_pair: pd.DataFrame, *years: int) -> pd.Index:
    """Name the pairs that are measured in each of some years."""
    rows = by_pair[by_pair["year"].isin(years) & (by_pair["basis"].map(KINDS) == "measured")]
    counts = rows["pair"].value_counts(sort=False)
    return counts.index[counts == len(set(years))]


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
