"""The ladder: totals of two years by every rule that the words allow."""

from collections.abc import Iterable

import pandas as pd

from ..countries import Membership
from ..errors import ReckoningError
from ..quantities import Quantity, keys_of, merge
from ..rows import one
from .paths import total_of
from .reports import rebuilt
from .rules import CountingRule
from .sides import BILLION, COUNTS

_OF_PATH = ("trade_flows", "trade_pairs", "trade_stated")


def ladder(
    flows: pd.DataFrame, by_pair: pd.DataFrame, membership: Membership, observers: Membership
) -> pd.DataFrame:
    """Count the last two years by every rule that five members or seven allow.

    A year for which ``flows`` hold a reconciled matrix is measured. Without one for the last year
    of the path, the observers' trade in it is not known: that of the measured year before is
    added, which is an estimate.

    Returns
    -------
    DataFrame
        One row a rule and year: ``year``, ``count``, ``membership``, ``low``, ``central``,
        ``high`` (USD billion), ``estimate``, ``sources`` (keys separated by spaces).
    """
    last = int(by_pair["year"].max())
    matrices = {int(year) for year in flows.loc[flows["side"] == "reconciled", "year"]}
    measured = max(matrices - {last}, default=last)
    rows = []
    for year in sorted({measured, *(matrices & {last})}):
        for group in (membership, observers):
            for count in COUNTS:
                q = CountingRule(count, "reconciled", group).total(flows, year)
                rows.append((year, count, group.name, q.value, q.value, q.value, False, q.sources))
    if last in matrices:
        return _in_order(rows)
    inner = CountingRule("once", "reconciled", membership).total(flows, measured)
    outer = CountingRule("once", "reconciled", observers).total(flows, measured)
    for group, added in ((membership, 0.0), (observers, outer.value - inner.value)):
        for times, count in enumerate(COUNTS, 1):
            found = [
                total_of(by_pair, last, times=times, which=w) for w in ("low", "central", "high")
            ]
            low, central, high = (q.value + times * added for q in found)
            keys = merge(found[1].sources, outer.sources if added else ())
            rows.append((last, count, group.name, low, central, high, True, keys))
    return _in_order(rows)


def _in_order(rows: Iterable[tuple[object, ...]]) -> pd.DataFrame:
    columns = ["year", "count", "membership", "low", "central", "high", "estimate", "sources"]
    out = pd.DataFrame(rows, columns=columns)
    out["sources"] = out["sources"].map(" ".join)
    return out.sort_values(["year", "central"], ignore_index=True)


def ladder_total(ladder: pd.DataFrame, year: int, count: str, membership: Membership) -> Quantity:
    """Take one total from the ladder.

    Raises
    ------
    ReckoningError
        The ladder has no such total.
    """
    row = one(ladder, "ladder", year=year, membership=membership.name, count=count)
    estimate = bool(row["estimate"])
    return Quantity(
        value=float(row["central"]),
        unit="USD billion",
        rule=f"{membership.name} in {year}, each flow counted {count}"
        + (", from the path; the observers' part as in the year before" if estimate else ", BACI"),
        sources=tuple(row["sources"].split()),
        tables=_OF_PATH if estimate else ("trade_flows",),
        year=year,
        estimate=estimate,
    )


def rules_passing(ladder: pd.DataFrame, year: int, amount: float) -> tuple[int, int]:
    """Count the totals of a year that are more than an amount, and all totals of that year.

    Examples
    --------
    >>> ladder = pd.DataFrame({"year": [1, 2, 2], "central": [50.0, 45.0, 46.0]})
    >>> rules_passing(ladder, 2, 45)
    (1, 2)
    """
    totals = ladder.loc[ladder["year"] == year, "central"]
    return int((totals > amount).sum()), len(totals)


def with_reports(ladder: pd.DataFrame, reports: pd.DataFrame, year: int) -> pd.DataFrame:
    """Add to the ladder the sum of the members' own reports of a year.

    It is a double count, whose ``count`` is ``twice, own reports``.
    """
    low, central, high = (rebuilt(reports, year, which) for which in ("low", "central", "high"))
    total = {
        "year": year,
        "count": "twice, own reports",
        "membership": "five members",
        "low": low.value,
        "central": central.value,
        "high": high.value,
        "estimate": central.estimate,
        "sources": " ".join(merge(low.sources, central.sources, high.sources)),
    }
    return pd.concat([ladder, pd.DataFrame([total])], ignore_index=True).sort_values(
        ["year", "central"], ignore_index=True
    )


def with_interval(ladder: pd.DataFrame, low: Quantity, high: Quantity) -> pd.DataFrame:
    """Give the estimated totals of a year the interval of its single count as their range.

    A total of the five members counted twice spans twice the interval; the observers' part, which
    has no interval of its own, is added. The sum of own reports keeps the range of its readings. An
    interval of no width gives no range.

    Raises
    ------
    ReckoningError
        The ladder has no single count of the interval's year.

    Examples
    --------
    >>> ends = [Quantity(v, "USD billion", "", (), (), 2024) for v in (20.0, 30.0)]
    >>> ladder = pd.DataFrame({"year": 2024, "count": ["once", "twice"], "central": [25.0, 50.0],
    ...     "low": 0.0, "high": 0.0, "membership": "five members", "estimate": True})
    >>> with_interval(ladder, *ends)[["low", "high"]].values.tolist()
    [[20.0, 30.0], [40.0, 60.0]]
    """
    rows = ladder[(ladder["year"] == low.year) & ladder["count"].isin(COUNTS)]
    once = rows[rows["count"] == "once"]["central"]
    if once.empty:
        raise ReckoningError(f"no single count of {low.year}", where="ladder")
    out = ladder.copy()
    if low.value == high.value:
        return out
    for index, row in rows.iterrows():
        times = {"once": 1, "twice": 2}[row["count"]]
        added = row["central"] - times * float(once.min())
        out.loc[index, ["low", "high"]] = times * low.value + added, times * high.value + added
    return out


def single_count_with_observers(
    flows: pd.DataFrame,
    by_pair: pd.DataFrame,
    membership: Membership,
    observers: Membership,
    *,
    reporter: str = "HUN",
) -> Quantity:
    """Count the last year once with the observers, as well as the evidence allows.

    The observers' part is that of the year with a reconciled matrix, in which the part of one
    observer is moved on by the change that its own reports show. The other's stands still. Where
    the last year has a matrix of its own, that is counted, and nothing is moved.

    Returns
    -------
    Quantity
        USD billion; an estimate where something was moved.

    Raises
    ------
    ReckoningError
        A figure is absent.
    """
    measured = int(flows.loc[flows["side"] == "reconciled", "year"].max())
    last = int(by_pair["year"].max())
    if measured == last:
        return CountingRule("once", "reconciled", observers).total(flows, last)
    inner = CountingRule("once", "reconciled", membership).total(flows, measured)
    outer = CountingRule("once", "reconciled", observers).total(flows, measured)
    matrix = flows[(flows["year"] == measured) & (flows["side"] == "reconciled")]
    mine = _with_members(matrix, reporter, membership)
    share = float(mine["value_usd"].sum()) / BILLION
    before = _reported(flows, reporter, measured, membership)
    after = _reported(flows, reporter, last, membership)
    once = total_of(by_pair, last)
    value = once.value + (outer.value - inner.value) + share * (after[0] / before[0] - 1)
    return Quantity(
        value=value,
        unit="USD billion",
        rule=f"{observers.name} in {last}, each flow once: the path, the observers' part of "
        f"{measured} by BACI, the part of {reporter} moved on by its own reports",
        sources=merge(once.sources, outer.sources, after[1]),
        tables=_OF_PATH,
        year=last,
        estimate=True,
    )


def observer_change(
    flows: pd.DataFrame, reporter: str, start: int, end: int, membership: Membership
) -> Quantity:
    """Give the change, in percent, of an observer's trade with the members, by its own reports.

    Raises
    ------
    ReckoningError
        It does not report both ways with every member in both years.
    """
    before, after = (_reported(flows, reporter, year, membership) for year in (start, end))
    return Quantity(
        value=100 * (after[0] / before[0] - 1),
        unit="%",
        rule=f"{reporter} with {membership.name}, both ways, {end} over {start}, its own reports",
        sources=merge(before[1], after[1]),
        tables=("trade_flows",),
        year=end,
    )


def rise_needed(ladder: pd.DataFrame, membership: Membership, amount: float) -> Quantity:
    """Say by how many percent the measured single count must rise in a year to reach an amount.

    Raises
    ------
    ReckoningError
        The ladder has no measured total of them.
    """
    measured = ladder[~ladder["estimate"].astype(bool)]
    found = ladder_total(measured, int(measured["year"].max()), "once", membership)
    return found.derived(
        100 * (amount / found.value - 1),
        "%",
        f"{amount:.0f} over {membership.name} counted once in {found.year}, less 1",
    )


def _reported(
    flows: pd.DataFrame, reporter: str, year: int, membership: Membership
) -> tuple[float, tuple[str, ...]]:
    """Add up what one country reports of its trade with the members: exports and imports."""
    own = ((flows["exporter"] == reporter) & (flows["side"] == "exporter")) | (
        (flows["importer"] == reporter) & (flows["side"] == "importer")
    )
    rows = _with_members(flows[own & (flows["year"] == year)], reporter, membership)
    if len(rows) != 2 * len(membership.codes):
        raise ReckoningError(
            f"{len(rows)} flows reported by {reporter} in {year}",
            where="trade_flows",
            allowed=f"{2 * len(membership.codes)}: both ways with every member",
        )
    return float(rows["value_usd"].sum()) / BILLION, keys_of(rows["source_keys"])


def _with_members(flows: pd.DataFrame, country: str, membership: Membership) -> pd.DataFrame:
    """Choose the flows between a country and the members."""
    members = membership.codes
    return flows[
        ((flows["exporter"] == country) & flows["importer"].isin(members))
        | ((flows["importer"] == country) & flows["exporter"].isin(members))
    ]
