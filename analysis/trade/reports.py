"""What each member reports of its own trade with the others, and the sum of those reports.

Nobody has published how an official total is made. The plainest way is to add what each member
says of its own turnover with the rest: each flow then stands in two reports.
"""

import pandas as pd

from ..countries import FIVE, NAMES, Membership
from ..errors import ReckoningError
from ..quantities import Quantity, keys_of, merge
from .paths import MONTHS
from .sides import BILLION

_BOTH = ["export", "import"]
#: A reading: USD, how it was come by, whether that is an estimate, and the source keys.
_Reading = tuple[float, str, bool, tuple[str, ...]]


def national(
    stated: pd.DataFrame, sums: pd.DataFrame, year: int, membership: Membership = FIVE
) -> pd.DataFrame:
    """List what each member's reports of a year say of its trade with the other members.

    A member's stated total with the group is taken where there is one; else the sum of its pairs,
    where a pair that it has not stated is taken from the partner. Months short of twelve are
    scaled. A member that stated only its exports with the group is read in up to three ways: the
    yearly mean of a published sum over several years; the stated exports with mean imports; and
    the same with the imports from one partner as its minister stated them for the year.

    Parameters
    ----------
    stated, sums : DataFrame
        The tables ``trade_stated`` and ``trade_sums``.
    year : int
        The year.
    membership : Membership
        The members.

    Returns
    -------
    DataFrame
        One row a member and reading: ``reporter``, ``reading`` (``low``, ``central`` or ``high``;
        a member with one reading has only ``central``), ``usd_billion``, ``how``, ``estimate``,
        ``source_keys``.

    Raises
    ------
    ReckoningError
        A member's reports give no total.
    """
    rows = []
    for code in sorted(membership.codes):
        whole = _turnover(stated, code, "OTS", year)
        if whole:
            found = {"central": (whole[0], "stated total" + whole[1], *whole[2:])}
        elif _rows(sums, code, "OTS", year).empty:
            found = {"central": _added(stated, code, year, membership)}
        else:
            found = _read_in_three_ways(stated, sums, code, year)
        for reading, (value, how, guess, keys) in found.items():
            rows.append((code, reading, value / BILLION, how, guess, " ".join(keys)))
    columns = ["reporter", "reading", "usd_billion", "how", "estimate", "source_keys"]
    return pd.DataFrame(rows, columns=columns)


def rebuilt(reports: pd.DataFrame, year: int, which: str = "central") -> Quantity:
    """Add up the members' own reports: a total in which each flow stands twice.

    Parameters
    ----------
    reports : DataFrame
        As `national` gives it.
    year : int
        Its year.
    which : {"low", "central", "high"}
        The reading; a member without it enters with its central one.

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
    if which not in ("low", "central", "high"):
        raise ReckoningError(f"reading {which!r}", allowed="low, central, high")
    chosen = []
    for code, rows in reports.groupby("reporter"):
        by_reading = rows.set_index("reading")
        if "central" not in by_reading.index:
            raise ReckoningError(f"no central reading of {code}", where="national reports")
        chosen.append(by_reading.loc[which if which in by_reading.index else "central"])
    return Quantity(
        value=float(sum(row["usd_billion"] for row in chosen)),
        unit="USD billion",
        rule=f"sum of the {len(chosen)} members' own reports of {year}, {which} reading",
        sources=merge(*(row["source_keys"].split() for row in chosen)),
        tables=("trade_stated", "trade_sums"),
        year=year,
        estimate=any(bool(row["estimate"]) for row in chosen),
    )


def restated(reports: pd.DataFrame, said: pd.DataFrame, year: int) -> pd.DataFrame:
    """Put what members' sides said of another year's total in the place of their reports.

    Where a member's total of that year is at hand it replaces the member's readings, the smallest
    as ``central`` and the largest as ``high``; the other members keep theirs. The sum mixes two
    years: it shows a size, for a year of which some totals are not at hand.

    Parameters
    ----------
    reports : DataFrame
        As `national` gives it.
    said : DataFrame
        The table ``trade_member_totals``.
    year : int
        The other year.

    Raises
    ------
    ReckoningError
        Nobody's total of that year is at hand.

    Examples
    --------
    >>> reports = pd.DataFrame({"reporter": ["AZE", "KAZ"], "reading": "central",
    ...     "usd_billion": [7.0, 11.0], "how": "", "estimate": True, "source_keys": "k"})
    >>> said = pd.DataFrame({"reporter": ["AZE", "AZE"], "year": 2023, "who": ["a", "b"],
    ...                      "usd_billion": [9.0, 8.0], "source_keys": "s"})
    >>> mixed = restated(reports, said, 2023)
    >>> rebuilt(mixed, 2023).value, rebuilt(mixed, 2023, "high").value
    (19.0, 20.0)
    """
    rows = said[said["year"] == year]
    if rows.empty:
        raise ReckoningError(
            f"no member's total of {year}",
            where="trade_member_totals",
            allowed=", ".join(str(y) for y in sorted(set(said["year"]))),
        )
    new = []
    for code, told in rows.sort_values("usd_billion").groupby("reporter"):
        for reading, row in zip(("central", "high"), (told.iloc[0], told.iloc[-1]), strict=True):
            how = f"stated for {year} by {row['who']}"
            new.append((code, reading, row["usd_billion"], how, True, row["source_keys"]))
    kept = reports[~reports["reporter"].isin(set(rows["reporter"]))]
    return pd.concat([kept, pd.DataFrame(new, columns=kept.columns)], ignore_index=True)


def stated_by(stated: pd.DataFrame, reporter: str, partner: str, year: int) -> Quantity:
    """Take a turnover that one side stated for a pair or for the group.

    Raises
    ------
    ReckoningError
        It stated none for the year.
    """
    found = _turnover(stated, reporter, partner, year)
    if found is None:
        raise ReckoningError(
            f"{reporter} stated no turnover with {partner} in {year}", where="trade_stated"
        )
    value, how, guess, keys = found
    return Quantity(
        value=value / BILLION,
        unit="USD billion",
        rule=f"turnover of {year} with {partner} as stated by {reporter}{how}",
        sources=keys,
        tables=("trade_stated",),
        year=year,
        estimate=guess,
    )


def flow_stated(
    stated: pd.DataFrame, reporter: str, partner: str, year: int, flow: str
) -> Quantity:
    """Take the exports or imports of a whole year that one side stated for a pair or the group.

    Raises
    ------
    ReckoningError
        It stated none for the twelve months.
    """
    found = _stated_flow(stated, reporter, partner, year, flow)
    if found is None:
        raise ReckoningError(
            f"{reporter} stated no {flow}s with {partner} in {year}", where="trade_stated"
        )
    return Quantity(
        value=found[0] / BILLION,
        unit="USD billion",
        rule=f"{flow}s of {year} with {partner} as stated by {reporter}",
        sources=found[1],
        tables=("trade_stated",),
        year=year,
    )


def yearly_mean(sums: pd.DataFrame, reporter: str, partner: str, year: int, flow: str) -> Quantity:
    """Give the mean a year of a sum over several years that hold ``year``.

    Raises
    ------
    ReckoningError
        No such sum was published.

    Examples
    --------
    >>> sums = pd.DataFrame({"reporter": ["TUR"], "partner": "AZE", "first_year": 2020,
    ...     "last_year": 2024, "flow": "import", "value_usd": 5e9, "source_keys": "k"})
    >>> yearly_mean(sums, "TUR", "AZE", 2024, "import").value
    1.0
    """
    value = _mean(sums, reporter, partner, year, flow) / BILLION
    rows = _rows(sums, reporter, partner, year)
    row = rows[rows["flow"] == flow].iloc[0]
    return Quantity(
        value=value,
        unit="USD billion",
        rule=f"{flow}s with {partner} as {reporter} reports them, {row['first_year']} to "
        f"{row['last_year']}, mean a year",
        sources=keys_of([row["source_keys"]]),
        tables=("trade_sums",),
        year=year,
    )


def _turnover(stated: pd.DataFrame, reporter: str, partner: str, year: int) -> _Reading | None:
    """Find exports and imports together, scaled to twelve months where they cover fewer."""
    rows = stated[
        (stated["reporter"] == reporter) & (stated["partner"] == partner) & (stated["year"] == year)
    ]
    both = rows[rows["flow"] == "turnover"]
    if both.empty and sorted(rows["flow"]) == _BOTH:
        both = rows
    if both.empty:
        return None
    if len(set(both["months"])) > 1:
        raise ReckoningError(
            f"{reporter} with {partner} in {year} mixes months",
            where="trade_stated",
            allowed="exports and imports over the same months",
        )
    covered = int(both["months"].iloc[0])
    how = f", {covered} months scaled to {MONTHS}" if covered < MONTHS else ""
    guess = covered < MONTHS or (both["basis"] == "derived").any()
    value = float(both["value_usd"].sum()) * MONTHS / covered
    return value, how, bool(guess), keys_of(both["source_keys"])


def _added(stated: pd.DataFrame, code: str, year: int, membership: Membership) -> _Reading:
    """Add up a member's pairs, taking the partner's figure where it gives none of its own."""
    total, keys, guess, borrowed, scaled = 0.0, [], False, [], []
    for partner in sorted(set(membership.codes) - {code}):
        own = _turnover(stated, code, partner, year)
        other = _turnover(stated, partner, code, year)
        found = own or other
        if found is None:
            raise ReckoningError(
                f"no report of {code} with {partner} in {year}",
                where="trade_stated",
                allowed="a turnover by one of the two; a missing one is not a zero",
            )
        total += found[0]
        keys.append(found[3])
        guess = guess or found[2]
        if own is None:
            borrowed.append(NAMES[partner])
        if found[1]:
            scaled.append(NAMES[partner] + found[1])
    how = "sum of its pairs"
    if borrowed:
        how += "; with " + ", ".join(borrowed) + " by the partner's report"
    if scaled:
        how += "; with " + "; ".join(scaled)
    return total, how, guess, merge(*keys)


def _read_in_three_ways(
    stated: pd.DataFrame, sums: pd.DataFrame, code: str, year: int
) -> dict[str, _Reading]:
    mean = {flow: _mean(sums, code, "OTS", year, flow) for flow in _BOTH}
    rows = _rows(sums, code, "OTS", year)
    years = _span(rows.iloc[0])
    keys = keys_of(rows["source_keys"])
    found: dict[str, _Reading] = {}
    plain = sum(mean.values())
    exports = _stated_flow(stated, code, "OTS", year, "export")
    if exports is None:
        return {"central": (plain, f"yearly mean of {years} years", True, keys)}
    found["low"] = (plain, f"yearly mean of {years} years, exports and imports", True, keys)
    found["central"] = (
        exports[0] + mean["import"],
        f"exports stated for {year}, imports the yearly mean of {years} years",
        True,
        merge(exports[1], keys),
    )
    for partner in sorted(set(sums.loc[sums["reporter"] == code, "partner"]) - {"OTS"}):
        bought = _stated_flow(stated, code, partner, year, "import")
        if bought is None:
            continue
        published = _mean(sums, code, partner, year, "import")
        found["high"] = (
            exports[0] + mean["import"] - published + bought[0],
            f"the same, with imports from {NAMES[partner]} as its minister stated them",
            True,
            merge(exports[1], keys, bought[1]),
        )
    return found


def _rows(sums: pd.DataFrame, code: str, partner: str, year: int) -> pd.DataFrame:
    return sums[
        (sums["reporter"] == code)
        & (sums["partner"] == partner)
        & (sums["first_year"] <= year)
        & (sums["last_year"] >= year)
    ]


def _mean(sums: pd.DataFrame, code: str, partner: str, year: int, flow: str) -> float:
    rows = _rows(sums, code, partner, year)
    rows = rows[rows["flow"] == flow]
    if len(rows) != 1:
        raise ReckoningError(
            f"{len(rows)} sums of {code}'s {flow}s with {partner} that hold {year}",
            where="trade_sums",
            allowed="one",
        )
    return float(rows["value_usd"].iloc[0]) / _span(rows.iloc[0])


def _span(row: pd.Series) -> int:
    """Count the years of a sum."""
    return int(row["last_year"]) - int(row["first_year"]) + 1


def _stated_flow(
    stated: pd.DataFrame, reporter: str, partner: str, year: int, flow: str
) -> tuple[float, tuple[str, ...]] | None:
    rows = stated[
        (stated["reporter"] == reporter)
        & (stated["partner"] == partner)
        & (stated["year"] == year)
        & (stated["flow"] == flow)
        & (stated["months"] == MONTHS)
    ]
    if rows.empty:
        return None
    return float(rows["value_usd"].iloc[0]), keys_of(rows["source_keys"])
