"""The ladder: totals of two years by every rule that the words allow."""

import pandas as pd

from ..countries import Membership
from ..errors import ReckoningError
from ..quantities import Quantity, keys_of, merge
from .paths import total_of
from .reports import rebuilt
from .rules import CountingRule
from .sides import BILLION, COUNTS


def ladder(
    flows: pd.DataFrame, by_pair: pd.DataFrame, membership: Membership, observers: Membership
) -> pd.DataFrame:
    """Count the last two years by every rule that five members or seven allow.

    A year for which ``flows`` hold a reconciled matrix is measured. Without one for the last year
    of the path, the observers' trade in it is not known: that of the measured year before is
    added, which is an estimate.

    Parameters
    ----------
    flows : DataFrame
        The table ``trade_flows``.
    by_pair : DataFrame
        As `path` gives it.
    membership, observers : Membership
        The members, and the members with observers.

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
        return _rungs(rows)
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
    return _rungs(rows)


def _rungs(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    columns = ["year", "count", "membership", "low", "central", "high", "estimate", "sources"]
    out = pd.DataFrame(rows, columns=columns)
    out["sources"] = out["sources"].map(" ".join)
    return out.sort_values(["year", "central"], ignore_index=True)


def rung(rungs: pd.DataFrame, year: int, count: str, membership: Membership) -> Quantity:
    """Take one total from the ladder.

    Raises
    ------
    ReckoningError
        The ladder has no such rung.
    """
    row = rungs[
        (rungs["year"] == year)
        & (rungs["count"] == count)
        & (rungs["membership"] == membership.name)
    ]
    if row.empty:
        raise ReckoningError(
            f"no rung for {year}, {count}, {membership.name}",
            where="ladder",
            allowed="; ".join(
                f"{r['year']} {r['count']} {r['membership']}" for _, r in rungs.iterrows()
            ),
        )
    only = row.iloc[0]
    guess = bool(only["estimate"])
    return Quantity(
        value=float(only["central"]),
        unit="USD billion",
        rule=f"{membership.name} in {year}, each flow counted {count}"
        + (", from the path; the observers' part as in the year before" if guess else ", BACI"),
        sources=tuple(only["sources"].split()),
        tables=("trade_flows", "trade_pairs", "trade_stated") if guess else ("trade_flows",),
        year=year,
        estimate=guess,
    )


def passing(rungs: pd.DataFrame, year: int, amount: float) -> tuple[int, int]:
    """Count the rungs of a year whose total is more than an amount, and all rungs of that year.

    Examples
    --------
    >>> rungs = pd.DataFrame({"year": [1, 2, 2], "central": [50.0, 45.0, 46.0]})
    >>> passing(rungs, 2, 45)
    (1, 2)
    """
    now = rungs.loc[rungs["year"] == year, "central"]
    return int((now > amount).sum()), len(now)


def with_reports(rungs: pd.DataFrame, reports: pd.DataFrame, year: int) -> pd.DataFrame:
    """Add to the ladder the sum of the members' own reports of a year, a double count.

    Parameters
    ----------
    rungs : DataFrame
        As `ladder` gives it.
    reports : DataFrame
        As `analysis.trade.national` gives it.
    year : int
        Their year.

    Returns
    -------
    DataFrame
        The rungs with one more, whose ``count`` is ``twice, own reports``.
    """
    low, central, high = (rebuilt(reports, year, which) for which in ("low", "central", "high"))
    rung = {
        "year": year,
        "count": "twice, own reports",
        "membership": "five members",
        "low": low.value,
        "central": central.value,
        "high": high.value,
        "estimate": central.estimate,
        "sources": " ".join(merge(low.sources, central.sources, high.sources)),
    }
    return pd.concat([rungs, pd.DataFrame([rung])], ignore_index=True).sort_values(
        ["year", "central"], ignore_index=True
    )


def with_interval(rungs: pd.DataFrame, low: Quantity, high: Quantity) -> pd.DataFrame:
    """Give the estimated rungs of a year the interval of its single count as their range.

    A rung of the five members counted twice spans twice the interval; the observers' part, which
    has no interval of its own, moves it. The sum of own reports keeps the range of its readings. An
    interval of no width gives no range.

    Parameters
    ----------
    rungs : DataFrame
        As `ladder` or `with_reports` gives it.
    low, high : Quantity
        As `analysis.trade.interval` gives them.

    Raises
    ------
    ReckoningError
        The ladder has no single count of the interval's year.

    Examples
    --------
    >>> ends = [Quantity(v, "USD billion", "", (), (), 2024) for v in (20.0, 30.0)]
    >>> rungs = pd.DataFrame({"year": 2024, "count": ["once", "twice"], "central": [25.0, 50.0],
    ...     "low": 0.0, "high": 0.0, "membership": "five members", "estimate": True})
    >>> with_interval(rungs, *ends)[["low", "high"]].values.tolist()
    [[20.0, 30.0], [40.0, 60.0]]
    """
    rows = rungs[(rungs["year"] == low.year) & rungs["count"].isin(COUNTS)]
    once = rows[rows["count"] == "once"]["central"]
    if once.empty:
        raise ReckoningError(f"no single count of {low.year}", where="ladder")
    out = rungs.copy()
    if low.value == high.value:
        return out
    for index, row in rows.iterrows():
        times = {"once": 1, "twice": 2}[row["count"]]
        moved = row["central"] - times * float(once.min())
        out.loc[index, ["low", "high"]] = times * low.value + moved, times * high.value + moved
    return out


def rival(
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

    Parameters
    ----------
    flows, by_pair : DataFrame
        The table ``trade_flows`` and the path.
    membership, observers : Membership
        The members, and the members with observers.
    reporter : str
        The observer that reports both years.

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
    mine = flows[
        (flows["year"] == measured)
        & (flows["side"] == "reconciled")
        & (
            ((flows["exporter"] == reporter) & flows["importer"].isin(membership.codes))
            | ((flows["importer"] == reporter) & flows["exporter"].isin(membership.codes))
        )
    ]
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
        tables=("trade_flows", "trade_pairs", "trade_stated"),
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


def rise_needed(rungs: pd.DataFrame, membership: Membership, amount: float) -> Quantity:
    """Say by how many percent the measured single count must rise in a year to reach an amount.

    Parameters
    ----------
    rungs : DataFrame
        As `ladder` gives it.
    membership : Membership
        The countries counted.
    amount : float
        USD billion.

    Raises
    ------
    ReckoningError
        The ladder has no measured rung for them.
    """
    measured = rungs[~rungs["estimate"].astype(bool)]
    found = rung(measured, int(measured["year"].max()), "once", membership)
    return found.like(
        100 * (amount / found.value - 1),
        "%",
        f"{amount:.0f} over {membership.name} counted once in {found.year}, less 1",
    )


def _reported(
    flows: pd.DataFrame, reporter: str, year: int, membership: Membership
) -> tuple[float, tuple[str, ...]]:
    """Add up what one country reports of its trade with the members: exports and imports."""
    rows = flows[
        (flows["year"] == year)
        & (
            (
                (flows["exporter"] == reporter)
                & (flows["side"] == "exporter")
                & flows["importer"].isin(membership.codes)
            )
            | (
                (flows["importer"] == reporter)
                & (flows["side"] == "importer")
                & flows["exporter"].isin(membership.codes)
            )
        )
    ]
    if len(rows) != 2 * len(membership.codes):
        raise ReckoningError(
            f"{len(rows)} flows reported by {reporter} in {year}",
            where="trade_flows",
            allowed=f"{2 * len(membership.codes)}: both ways with every member",
        )
    return float(rows["value_usd"].sum()) / BILLION, keys_of(rows["source_keys"])
