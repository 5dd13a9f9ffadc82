"""What was said of the group's trade: whose trade a figure is, how counted, and copied from whom.

A speaker who gives an amount of his own and its share shows what he divided by. `bases` derives
that whole and holds it against what four, five, six and seven members export, and export and
import; `lines` sorts the statements by what follows. Where the amount repeats another's, its share
does not show how it was counted: one amount was called a share of three wholes.
"""

import math
from collections.abc import Mapping
from functools import cache, partial
from typing import Any

import pandas as pd

from ..countries import FIVE, FOUR, WITH_HUNGARY, WITH_OBSERVERS, Membership
from ..errors import ReckoningError
from ..quantities import Quantity, last_digit, merge
from ..rows import one
from .shares import world_trade

_TABLE = ("trade_statements",)
GROUPS = (FOUR, FIVE, WITH_HUNGARY, WITH_OBSERVERS)
_WHAT = ("exports", "exports and imports")
#: A whole fits a group's total within this part of it. The one statement whose membership is
#: stated with its share, the exports of four in 2016, is 5.3% from the total of today.
TOLERANCE = 0.06
#: Lines, in the order in which a statement is held against them -> what a reader is told.
LINES = {
    "slip": "not the group's trade",
    "secretariat": "the Secretariat: no rule given",
    "claim": "42, then 45: one origin",
    "exports": "Türkiye's ministry and the chambers: exports, once; shares fit with observers",
    "once": "Kazakhstan's figures: fit the five, once",
    "other": "no line",
}


def amount_of(statements: pd.DataFrame, name: str) -> Quantity:
    """Take the amount of one statement, by its id.

    Raises
    ------
    ReckoningError
        There is no such statement, or it gives no amount.
    """
    row = _stating(statements, name, "usd_billion", "amount")
    return Quantity.of(
        row, row["usd_billion"], "USD billion", f"as stated by {row['speaker']} on {row['date']}",
        _TABLE, year=None if pd.isna(row["year"]) else int(row["year"]),
    )  # fmt: skip


def whole_of(statements: pd.DataFrame, name: str) -> Quantity:
    """Give the whole of which a statement is the share that it says: amount over share.

    Raises
    ------
    ReckoningError
        As `amount_of`, or the statement has no share.

    Examples
    --------
    >>> said = pd.DataFrame({"id": ["a"], "usd_billion": 33.0, "share_percent": 6.0, "year": 2022,
    ...                      "speaker": "A", "date": "2024", "source_keys": "k"})
    >>> whole_of(said, "a").value
    550.0
    """
    row = one(statements, "trade_statements", id=name)
    share, amount = stated_share(statements, name), amount_of(statements, name)
    return amount.derived(
        100 * amount.value / share.value, "USD billion",
        f"amount over share, both as stated by {row['speaker']} on {row['date']}",
    )  # fmt: skip


def stated_whole(statements: pd.DataFrame, name: str) -> Quantity:
    """Take the whole of which a statement says that it is a share.

    Raises
    ------
    ReckoningError
        It stated none.
    """
    row = _stating(statements, name, "whole_usd_billion", "whole")
    return Quantity.of(
        row, row["whole_usd_billion"], "USD billion",
        f"all trade, as stated by {row['speaker']} on {row['date']}", _TABLE,
    )  # fmt: skip


def stated_share(statements: pd.DataFrame, name: str) -> Quantity:
    """Take the share that a statement gives.

    Raises
    ------
    ReckoningError
        It gave none.
    """
    row = _stating(statements, name, "share_percent", "share")
    return Quantity.of(
        row, row["share_percent"], "%", f"as stated by {row['speaker']} on {row['date']}", _TABLE
    )


def _stating(statements: pd.DataFrame, name: str, column: str, what: str) -> pd.Series:
    row = one(statements, "trade_statements", id=name)
    if pd.isna(row[column]):
        raise ReckoningError(f"{name} states no {what}", where="trade_statements")
    return row


def origin(statements: pd.DataFrame, name: str) -> str:
    """Follow a statement to the one that it repeats in the end: its id.

    Raises
    ------
    ReckoningError
        What it repeats is not in the table, or it repeats itself.

    Examples
    --------
    >>> said = pd.DataFrame({"id": ["a", "b", "c"], "repeats": [None, "a", "b"]})
    >>> origin(said, "c"), origin(said, "a")
    ('a', 'a')
    """
    return next(reversed(chain(statements, name)))


def chain(statements: pd.DataFrame, name: str) -> list[str]:
    """List a statement, the one that it repeats, and so on to the origin."""
    repeats = dict(zip(statements["id"], statements["repeats"], strict=True))
    found = [name]
    while True:
        if found[-1] not in repeats:
            raise ReckoningError(
                f"no statement {found[-1]!r}", where="trade_statements, repeats",
                allowed=", ".join(sorted(repeats)),
            )  # fmt: skip
        after = repeats[found[-1]]
        if pd.isna(after):
            return found
        if after in found:
            raise ReckoningError(f"{after!r} repeats itself", where="trade_statements, repeats")
        found.append(str(after))


def bases(statements: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Hold the whole behind each stated share against the totals of four to seven members.

    The whole is the amount over its share, each as exact as its digits, or the whole as stated
    where no amount was; it fits a total that is within `TOLERANCE` of it. Exports that are named as
    exports are held against exports only. A statement that names no year is held against the two
    years before it.

    Returns
    -------
    DataFrame
        One row a statement with a share: ``id``, ``whole`` (USD billion, the stated one where there
        is one), ``low``, ``high``, ``fits`` (names of the memberships, nearest first, as a tuple),
        ``of`` (``exports`` or ``exports and imports``, of the nearest; empty where none fits),
        ``total`` (USD billion, of the nearest), ``agrees`` (whether amount, share and whole go
        together), ``borrowed`` (whether the amount was first another speaker's, so that the share
        does not show how it was counted), ``source_keys``.
    """
    known = cache(partial(_known, totals))
    rows = []
    speakers = dict(zip(statements["id"], statements["speaker"], strict=True))
    for row in statements.to_dict("records"):
        share, amount, whole = (
            float(row[it]) for it in ("share_percent", "usd_billion", "whole_usd_billion")
        )
        if math.isnan(share) or (math.isnan(amount) and math.isnan(whole)):
            continue
        if math.isnan(amount):
            off = last_digit(whole) / 2
            low, high = whole - off, whole + off
        else:
            off, part = last_digit(amount) / 2, last_digit(share) / 2
            low, high = 100 * (amount - off) / (share + part), 100 * (amount + off) / (share - part)
        point = 100 * amount / share if math.isnan(whole) else whole
        near = sorted(
            (abs(total.value / point - 1), group.name, what, total.value, total.sources)
            for year in _years(row)
            for group in GROUPS
            for what in _WHAT
            if what == "exports" or row["measure"] != "exports"
            if (total := known(year, group, what))
            and low * (1 - TOLERANCE) <= total.value <= high * (1 + TOLERANCE)
        )
        rows.append({
            "id": row["id"], "whole": point, "low": low, "high": high,
            "fits": tuple(dict.fromkeys(it[1] for it in near)),
            "of": near[0][2] if near else "", "total": near[0][3] if near else math.nan,
            "agrees": math.isnan(whole) or math.isnan(amount) or low <= whole <= high,
            "borrowed": speakers[origin(statements, str(row["id"]))] != row["speaker"],
            "source_keys": " ".join(merge(row["source_keys"].split(), *(it[4] for it in near))),
        })  # fmt: skip
    return pd.DataFrame(rows)


def _years(row: Mapping[str, Any] | pd.Series) -> list[int]:
    said = int(str(row["date"])[:4])
    return [said - 1, said - 2] if pd.isna(row["year"]) else [int(row["year"])]


def _known(totals: pd.DataFrame, year: int, group: Membership, what: str) -> Quantity | None:
    try:
        return world_trade(totals, year, group, exports_only=what == "exports")
    except ReckoningError:  # a year that not every member has
        return None


def wholes(statements: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """List the totals that `bases` holds the statements with a share against, in USD billion.

    Returns
    -------
    DataFrame
        One row a year and kind (``of``: ``exports`` or ``exports and imports``), with a column for
        each of `GROUPS` by its name, missing where a member has no total, and ``source_keys``.
    """
    years = {year for row in statements.to_dict("records") for year in _years(row)}
    rows = []
    for year in sorted(years):
        for what in _WHAT:
            found = {group.name: _known(totals, year, group, what) for group in GROUPS}
            values = {name: it.value if it else math.nan for name, it in found.items()}
            keys = merge(*(it.sources for it in found.values() if it))
            rows.append({"year": year, "of": what, **values, "source_keys": " ".join(keys)})
    return pd.DataFrame(rows)


def lines(
    statements: pd.DataFrame, totals: pd.DataFrame, years: pd.DataFrame, claim: str
) -> pd.DataFrame:
    """Sort the statements into `LINES`, the first whose rule a statement meets.

    - ``slip``: the table says that it is not the group's trade;
    - ``secretariat``: said by the organisation's officers;
    - ``claim``: it has the same origin as the statement ``claim``;
    - ``exports``: it is worded as exports, its amount is the speaker's own, and every whole that
      fits its share holds an observer; or it repeats, or is repeated by, one of which that is so;
    - ``once``: said for Kazakhstan or Uzbekistan, within `TOLERANCE` of one count of the five in
      its year (of as many months as it covers; where it names none, of one of the two before).

    ``years`` are as `analysis.trade.yearly` gives them for the five members, ``claim`` is the id of
    the statement that the article reports.

    Returns
    -------
    DataFrame
        The statements by date with ``line``, ``origin`` (an id) and what `bases` found.
    """
    found = bases(statements, totals).drop(columns="source_keys")
    out = statements.merge(found, on="id", how="left").sort_values("date", kind="stable")
    out["origin"] = [origin(statements, it) for it in out["id"]]
    mine = origin(statements, claim)
    observers = {
        row.origin
        for row in out.itertuples()
        if row.measure == "exports" and isinstance(row.fits, tuple) and row.fits
        and not row.borrowed and not {FOUR.name, FIVE.name} & set(row.fits)
    }  # fmt: skip
    by_year = years.set_index("year")["central"]

    def line(row: pd.Series) -> str:
        if not pd.isna(row["slip"]):
            return "slip"
        if row["side"] == "Secretariat":
            return "secretariat"
        if row["origin"] == mine:
            return "claim"
        if row["origin"] in observers:
            return "exports"
        if row["side"] in ("Kazakhstan", "Uzbekistan") and _once(row, by_year):
            return "once"
        return "other"

    out["line"] = out.apply(line, axis=1)
    return out.reset_index(drop=True)


def _once(row: pd.Series, by_year: pd.Series) -> bool:
    amount = float(row["usd_billion"])
    return any(
        abs(amount / (by_year[year] * row["months"] / 12) - 1) <= TOLERANCE
        for year in _years(row)
        if year in by_year
    )


def statements_in(sorted_lines: pd.DataFrame) -> Quantity:
    """Count the statements."""
    rule = "statements on the group's trade that were found"
    return Quantity.of(sorted_lines, len(sorted_lines), "statements", rule, _TABLE)


def first_of(statements: pd.DataFrame, billions: float, year: int | None = None) -> pd.Series:
    """Find the first statement of an amount, in USD billion, or of it for a year, by anybody.

    Raises
    ------
    ReckoningError
        Nobody stated it.
    """
    rows = statements[statements["usd_billion"] == billions]
    if year is not None:
        rows = rows[rows["year"] == year]
    if rows.empty:
        of = "" if year is None else f" of {year}"
        raise ReckoningError(f"nobody stated {billions:g}{of}", where="trade_statements")
    return rows.sort_values("date", kind="stable").iloc[0]


def days_to_end(date: str, year: int, keys: tuple[str, ...]) -> Quantity:
    """Count the days from a statement, ISO 8601, to the end of a year.

    Examples
    --------
    >>> days_to_end("2024-11-06", 2024, ("k",)).value
    55.0
    """
    days = (pd.Timestamp(year=year, month=12, day=31) - pd.Timestamp(date)).days
    return Quantity(float(days), "days", f"from {date} to {year}-12-31", keys, _TABLE, year)
