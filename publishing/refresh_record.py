"""What refreshes have changed, as the book keeps it, and the tables that show it.

`refresh` writes the record and prints the same tables; the page on fresh figures reads it.
"""

import json
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import formats, trade
from analysis.chapter.table import Table
from analysis.errors import RefreshError

#: Where the book keeps the record.
RECORD = "data/refreshes.json"
#: USD billion that a pair must change by to be listed in the book.
LARGE = 0.05
#: What every entry of the record has.
_PARTS = {"name", "day", "sources", "counts", "flips", "sums", "pairs", "figures", "left"}


def records(root: Path) -> list[dict[str, Any]]:
    """Read what the refreshes that were applied have changed, the last one last.

    Raises
    ------
    RefreshError
        The record is not what a refresh writes.
    """
    try:
        found = json.loads((root / RECORD).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except ValueError:
        found = None
    if isinstance(found, list) and all(
        isinstance(entry, dict) and entry.keys() >= _PARTS for entry in found
    ):
        return found
    raise RefreshError("no list of refreshes", where=RECORD, allowed="what --apply writes")


def counts_sentence(counts: dict[str, int]) -> str:
    """Say how many figures came, by what they change.

    Examples
    --------
    >>> counts_sentence({"new": 12, "revised": 3, "confirmed": 100})
    'Figures that came: 12 new, 3 revised, 100 the same.'
    """
    return (
        f"Figures that came: {counts['new']} new, {counts['revised']} revised, "
        f"{counts['confirmed']} the same."
    )


def sums_table(sums: pd.DataFrame, *, shares: bool = True) -> Table:
    """Set out the sums that change, a year a row; an estimate is marked by a tilde.

    For ``sums`` see `refresh.report.Report`. With ``shares`` it says by how many percent, for which
    there is not always room.

    Examples
    --------
    >>> sums = pd.DataFrame([("five, once", 2024, 25.0, 27.5, True, False)],
    ...     columns=["sum", "year", "old", "new", "old_estimate", "new_estimate"])
    >>> print(sums_table(sums, shares=False).text())
    Sums that move, USD billion; ~ holds an estimate, observers are Hungary and Turkmenistan.
    Year    five, once
    2024  ~25.0 → 27.5
    """

    def cell(row: Any) -> str:
        text = f"{_amount(row.old, row.old_estimate)} → {_amount(row.new, row.new_estimate)}"
        share = change(row.old, row.new)
        return f"{text}  ({share})" if shares and share.endswith("%") else text

    cells = {(row.year, row.sum): cell(row) for row in sums.itertuples()}
    names = list(dict.fromkeys(sums["sum"]))
    rows = [
        (str(year), *(cells.get((year, name), "") for name in names))
        for year in sorted(set(sums["year"]))
    ]
    return Table(
        "Sums that move, USD billion; ~ holds an estimate, observers are Hungary and Turkmenistan.",
        ("Year", *names),
        rows,
        "l" + "r" * len(names),
    )


def pairs_table(pairs: pd.DataFrame) -> Table:
    """Set out the pairs that change, with what their figure rests on, old and new."""
    rows = [
        (
            f"{row.pair} {row.year}",
            _amount(row.old, row.old_basis in trade.ESTIMATED, 2),
            _amount(row.new, row.new_basis in trade.ESTIMATED, 2),
            change(row.old, row.new),
            row.old_basis if row.old_basis == row.new_basis
            else f"{row.old_basis} → {row.new_basis}",
        )
        for row in pairs.itertuples()
    ]  # fmt: skip
    return Table(
        "Pairs that move, both ways, USD billion, with what the figure rests on.",
        ("Pair", "Old", "New", "Change", "Basis"),
        rows,
        "lrrrl",
    )


def change(old: float, new: float) -> str:
    """Write by how many percent a figure changes, or in a word why there is no such number.

    Examples
    --------
    >>> change(10, 12.5), change(float("nan"), 3), change(0, 3), change(3, 3)
    ('+25.0%', 'new', 'from 0', 'same')
    """
    if pd.isna(old) or pd.isna(new):
        return "new" if pd.isna(old) else "gone"
    if old == new:
        return "same"
    return formats.number(100 * (new / old - 1), "%", "+1") if old else "from 0"


def _amount(value: float, estimate: bool, decimals: int = 1) -> str:
    return "none" if pd.isna(value) else f"{'~' if estimate else ''}{value:.{decimals}f}"
