"""What each member reports of its own trade with the others, and the sum of those reports.

Nobody has published how an official total is made. The plainest way is to add what each member
says of its own turnover with the rest: each flow then stands in two reports.
"""

import pandas as pd

from ..countries import FIVE, NAMES, Membership, pair_name
from ..errors import ReckoningError
from ..quantities import Quantity, keys_of, merge
from ..rows import one
from .sides import BILLION
from .turnovers import FLOWS, GROUP, Stated, mean_of_sum, sums_with

READINGS = ("low", "central", "stated", "high")
#: A reading: USD, how it was come by, whether that is an estimate, and the source keys.
_Reading = tuple[float, str, bool, tuple[str, ...]]


def national(
    stated: pd.DataFrame,
    sums: pd.DataFrame,
    year: int,
    membership: Membership = FIVE,
    *,
    by_pair: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """List what each member's reports of a year say of its trade with the other members.

    A member's stated total with the group is taken where there is one; else the sum of its pairs,
    where a pair that it has not stated is taken from the partner. A member that stated only its
    exports with the group is read in up to four ways: the yearly mean of a published sum over
    several years; plausible exports with mean imports, if the path ``by_pair`` says what is
    plausible; the stated exports with mean imports; and the same with the imports from one partner
    as its minister stated them for the year.

    Plausible exports are those stated by partner; for a partner without them, the part of the
    path's two-way trade that exports were in the last year that states both, and all of it where
    no year does: at most that.

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
            found = _read_in_four_ways(reports, sums, code, year, membership, by_pair)
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


def _read_in_four_ways(
    reports: Stated,
    sums: pd.DataFrame,
    code: str,
    year: int,
    membership: Membership,
    by_pair: pd.DataFrame | None,
) -> dict[str, _Reading]:
    sold, bought = (mean_of_sum(sums, code, GROUP, year, flow) for flow in FLOWS)
    of_years, keys = f"yearly mean of {sold.years} years", merge(sold.sources, bought.sources)
    exports = reports.flow(code, GROUP, year, "export")
    if exports is None:
        return {"central": (sold.usd + bought.usd, of_years, True, keys)}
    as_said = (
        exports.usd + bought.usd,
        f"exports stated for {year}, imports the {of_years}",
        True,
        merge(exports.sources, keys),
    )
    found: dict[str, _Reading] = {
        "low": (sold.usd + bought.usd, f"{of_years}, exports and imports", True, keys),
        "central": as_said,
        "stated": as_said,
    }
    if by_pair is not None:
        usd, more = _plausible_exports(reports, code, year, membership, by_pair)
        how = f"exports as far as each partner's trade bears them, imports the {of_years}"
        found["central"] = (usd + bought.usd, how, True, merge(more, keys))
    for partner in sorted(set(sums.loc[sums["reporter"] == code, "partner"]) - {GROUP}):
        imports = reports.flow(code, partner, year, "import")
        if imports is None:
            continue
        published = mean_of_sum(sums, code, partner, year, "import")
        found["high"] = (
            exports.usd + bought.usd - published.usd + imports.usd,
            f"exports stated, imports from {NAMES[partner]} as its minister stated them",
            True,
            merge(exports.sources, keys, imports.sources),
        )
    return found


def _plausible_exports(
    reports: Stated, code: str, year: int, membership: Membership, by_pair: pd.DataFrame
) -> tuple[float, tuple[str, ...]]:
    """Add up a member's exports, partner by partner, as `national` explains."""
    usd, keys = 0.0, []
    for partner in sorted(set(membership.codes) - {code}):
        said = reports.flow(code, partner, year, "export")
        if said:
            usd += said.usd
            keys.append(said.sources)
            continue
        pair = one(by_pair, "path", pair=pair_name(code, partner), year=year)
        part: float = 1.0
        found: tuple[str, ...] = ()
        for before in range(year - 1, year - 6, -1):
            ways = [reports.flow(code, partner, before, flow) for flow in FLOWS]
            if all(ways):
                sold, bought = (way.usd for way in ways if way)
                part, found = sold / (sold + bought), ways[0].sources if ways[0] else ()
                break
        usd += part * float(pair["central"]) * BILLION
        keys += [keys_of([pair["source_keys"]]), found]
    return usd, merge(*keys)
