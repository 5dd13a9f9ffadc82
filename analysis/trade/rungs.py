"""The ladder: totals of two years by every rule that the words allow."""

import pandas as pd

from ..countries import Membership
from ..errors import ReckoningError
from ..quantities import Quantity, merge
from .paths import total_of
from .rules import CountingRule
from .sides import COUNTS


def ladder(
    flows: pd.DataFrame, by_pair: pd.DataFrame, membership: Membership, observers: Membership
) -> pd.DataFrame:
    """Count the last two years by every rule that five members or seven allow.

    For the last year of ``flows`` with reconciled figures the totals are measured. For the last
    year of the path, the observers' trade is not known: that of the measured year is added, which
    is an estimate.

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
    measured = int(flows.loc[flows["side"] == "reconciled", "year"].max())
    last = int(by_pair["year"].max())
    rows = []
    for group in (membership, observers):
        for count in COUNTS:
            q = CountingRule(count, "reconciled", group).total(flows, measured)
            rows.append((measured, count, group.name, q.value, q.value, q.value, False, q.sources))
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
