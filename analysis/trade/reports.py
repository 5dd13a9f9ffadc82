"""What each member reports of its own trade with the others, and the sum of those reports.

Nobody has published how an official total is made. The plainest way is to add what each member
says of its own turnover with the rest: each flow then stands in two reports.
"""

import pandas as pd

from ..countries import FIVE, NAMES, Membership
from ..errors import ReckoningError
from ..quantities import Quantity, merge
from .sides import BILLION
from .turnovers import FLOWS, GROUP, Stated, mean_of_sum, sums_with

READINGS = ("low", "central", "high")
#: A reading: USD, how it was come by, whether that is an estimate, and the source keys.
_Reading = tuple[float, str, bool, tuple[str, ...]]


def national(
    stated: pd.DataFrame, sums: pd.DataFrame, year: int, membership: Membership = FIVE
) -> pd.DataFrame:
    """List what each member's reports of a year say of its trade with the other members.

    A member's stated total with the group is taken where there is one; else the sum of its pairs,
    where a pair that it has not stated is taken from the partner. A member that stated only its
    exports with the group is read in up to three ways: the yearly mean of a published sum over
    several years; the stated exports with mean imports; and the same with the imports from one
    partner as its minister stated them for the year.

    Returns
    -------
    DataFrame
        One row a member and reading: ``reporter``, ``reading`` (of `READINGS`; a member with one
        reading has only ``central``), ``usd_billion``, ``how``, ``estimate``, ``source_keys``.

    Raises
    ------
    ReckoningError
        A member's reports give no total.
    """
    reports = Stated.of(stated)
    rows = []
    for code in sorted(membership.codes):
        whole = reports.turnover(code, GROUP, year)
        if whole:
            how = f"stated total{whole.scaling}"
            found = {"central": (whole.usd, how, whole.estimate, whole.sources)}
        elif sums_with(sums, code, GROUP, year).empty:
            found = {"central": _added_up(reports, code, year, membership)}
        else:
            found = _read_in_three_ways(reports, sums, code, year)
        for reading, (usd, how, estimate, keys) in found.items():
            rows.append((code, reading, usd / BILLION, how, estimate, " ".join(keys)))
    columns = ["reporter", "reading", "usd_billion", "how", "estimate", "source_keys"]
    return pd.DataFrame(rows, columns=columns)


def rebuilt(reports: pd.DataFrame, year: int, which: str = "central") -> Quantity:
    """Add up the members' own reports: a total in which each flow stands twice.

    A member without the reading (of `READINGS`) enters with its central one.

    Raises
    ------
    ReckoningError
        An unknown reading, or a member without a central one.

    Examples
    --------
    >>> reports = pd.DataFrame({"reporter": ["AZE", "TUR", "TUR"], "usd_billion": [7.0, 16.0, 12.0],
    ...     "reading": ["central", "central", "low"], "estimate": True, "source_keys": "k"})
    >>> rebuilt(reports, 2024).value, rebuilt(reports, 2024, "low").value
    (23.0, 19.0)
    """
    if which not in READINGS:
        raise ReckoningError(f"reading {which!r}", allowed=", ".join(READINGS))
    chosen = []
    for code, rows in reports.groupby("reporter"):
        by_reading = rows.set_index("reading")
        if "central" not in by_reading.index:
            raise ReckoningError(f"no central reading of {code}", where="national reports")
        chosen.append(by_reading.loc[which if which in by_reading.index else "central"])
    return Quantity.of(
        pd.DataFrame(chosen),
        sum(row["usd_billion"] for row in chosen),
        "USD billion",
        f"sum of the {len(chosen)} members' own reports of {year}, {which} reading",
        ("trade_stated", "trade_sums"),
        year=year,
    )


def restated(reports: pd.DataFrame, totals: pd.DataFrame, year: int) -> pd.DataFrame:
    """Put what members' sides said of another year's total in the place of their reports.

    Where the table ``trade_member_totals`` has a member's total of that year it replaces the
    member's readings, the smallest as ``central`` and the largest as ``high``; the other members
    keep theirs. The sum mixes two years: it shows a size, for a year that lacks some totals.

    Raises
    ------
    ReckoningError
        The table has no total of that year.

    Examples
    --------
    >>> reports = pd.DataFrame({"reporter": ["AZE", "KAZ"], "reading": "central",
    ...     "usd_billion": [7.0, 11.0], "how": "", "estimate": True, "source_keys": "k"})
    >>> totals = pd.DataFrame({"reporter": ["AZE", "AZE"], "year": 2023, "who": ["a", "b"],
    ...                        "usd_billion": [9.0, 8.0], "source_keys": "s"})
    >>> mixed = restated(reports, totals, 2023)
    >>> rebuilt(mixed, 2023).value, rebuilt(mixed, 2023, "high").value
    (19.0, 20.0)
    """
    rows = totals[totals["year"] == year]
    if rows.empty:
        raise ReckoningError(
            f"no member's total of {year}",
            where="trade_member_totals",
            allowed=", ".join(str(y) for y in sorted(set(totals["year"]))),
        )
    new = []
    for code, stated in rows.sort_values("usd_billion").groupby("reporter"):
        ends = (stated.iloc[0], stated.iloc[-1])
        for reading, row in zip(("central", "high"), ends, strict=True):
            how = f"stated for {year} by {row['who']}"
            new.append((code, reading, row["usd_billion"], how, True, row["source_keys"]))
    kept = reports[~reports["reporter"].isin(set(rows["reporter"]))]
    return pd.concat([kept, pd.DataFrame(new, columns=kept.columns)], ignore_index=True)


def _added_up(reports: Stated, code: str, year: int, membership: Membership) -> _Reading:
    """Add up a member's pairs, taking the partner's figure where it gives none of its own."""
    used, borrowed, scaled = [], [], []
    for partner in sorted(set(membership.codes) - {code}):
        own = reports.turnover(code, partner, year)
        found = own or reports.turnover(partner, code, year)
        if found is None:
            raise ReckoningError(
                f"no report of {code} with {partner} in {year}",
                where="trade_stated",
                allowed="a turnover by one of the two; a missing one is not a zero",
            )
        used.append(found)
        if own is None:
            borrowed.append(NAMES[partner])
        if found.scaling:
            scaled.append(NAMES[partner] + found.scaling)
    how = "sum of its pairs"
    if borrowed:
        how += "; with " + ", ".join(borrowed) + " by the partner's report"
    if scaled:
        how += "; with " + "; ".join(scaled)
    estimate = any(it.estimate for it in used)
    return sum(it.usd for it in used), how, estimate, merge(*(it.sources for it in used))


def _read_in_three_ways(
    reports: Stated, sums: pd.DataFrame, code: str, year: int
) -> dict[str, _Reading]:
    sold, bought = (mean_of_sum(sums, code, GROUP, year, flow) for flow in FLOWS)
    of_years, keys = f"yearly mean of {sold.years} years", merge(sold.sources, bought.sources)
    exports = reports.flow(code, GROUP, year, "export")
    if exports is None:
        return {"central": (sold.usd + bought.usd, of_years, True, keys)}
    found: dict[str, _Reading] = {
        "low": (sold.usd + bought.usd, f"{of_years}, exports and imports", True, keys),
        "central": (
            exports.usd + bought.usd,
            f"exports stated for {year}, imports the {of_years}",
            True,
            merge(exports.sources, keys),
        ),
    }
    for partner in sorted(set(sums.loc[sums["reporter"] == code, "partner"]) - {GROUP}):
        imports = reports.flow(code, partner, year, "import")
        if imports is None:
            continue
        published = mean_of_sum(sums, code, partner, year, "import")
        found["high"] = (
            exports.usd + bought.usd - published.usd + imports.usd,
            f"the same, with imports from {NAMES[partner]} as its minister stated them",
            True,
            merge(exports.sources, keys, imports.sources),
        )
    return found
