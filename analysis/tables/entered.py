"""Figures of statements and of the press, entered twice: as a number, and as the source wrote them.

A slip in a number shows beside the words that it was read from: the amount, its unit, the year and
whether it was a bound are read there once more.
"""

import re
from pathlib import Path

import pandas as pd

from ..errors import TableError
from . import models, read, schema
from .schema import Table

_MOST_WORDS = 15


class FigureWordings(Table):
    """A figure as its source wrote it, in the source's language, beside the row that holds it.

    Rows whose wording is not known to the letter have none here.
    """

    _key = ("table", "row", "column")

    table: str = schema.text("The table that holds the figure")
    row: str = schema.text("The row, by the cells that no other row has together")
    column: str = schema.text("The column that holds the figure")
    words: str = schema.text("The words of the source, fifteen at most")


#: Tables whose rows come from statements and the press, and how many of their figures have no
#: wording: a figure more comes with its words, or is counted here.
WITHOUT = {
    "trade_statements": {"usd_billion": 15, "share_percent": 9, "whole_usd_billion": 8},
    "trade_stated": {"value_usd": 47},
    "trade_gas": {"volume_bcm": 0},
    "trade_groups": {"share_percent": 1},
    "event_counts": {"count": 14},
    "fund": {"value": 4},
    "route_volumes": {"value": 32},
    "route_plans": {"value": 21},
}

_SCALES = {
    r"trillion|триллион\w*|trilyon": 1e12,
    r"billion|bln|bn|bcm|milyar|milyard|Milliarden|млрд|миллиард\w*": 1e9,
    r"million|mln|milyon|Millionen|млн": 1e6,
    r"thousand|тыс": 1e3,
}
_AMOUNT = re.compile(rf"(?<![\w.,])(\d[\d.,]*\d|\d)\s*({'|'.join(_SCALES)})?", re.I)
#: One amount in two scales.
_JOINED = re.compile(r"(\d+ milyar) (\d+ milyon)")
#: What the unit of a column is called in words, and how much of it one is.
_UNITS = {
    "USD": (r"\$|dolar|dollar|доллар|USD", 1.0),
    "USD million": (r"\$|dolar|dollar|доллар|USD", 1e6),
    "USD billion": (r"\$|dolar|dollar|доллар|USD", 1e9),
    "%": (r"%|per ?cent|процент|yüzde|'i\b", 1.0),
    "billion cubic metres": (r"bcm|cubic|m3", 1e9),
    "thousand t": (r"\bt\b|tons|tonnes|тонн", 1e3),
    "million t": (r"\bt\b|tons|tonnes|тонн", 1e6),
    "thousand TEU": ("TEU", 1e3),
    "TEU": ("TEU", 1.0),
}
_MORE = re.compile(
    r"\b(?:more than|over|exceed|topped|surpass|passe[sd])|свыше|превыс|überschritten|çoxdur|aşkın",
    re.I,
)


def amounts(words: str) -> list[float]:
    """Read the numbers in a few words of any of the sources' languages, with their scale.

    Examples
    --------
    >>> amounts("25,7 milyar dolar"), amounts("11 milyar 478 milyon Sm3"), amounts("433,000 tons")
    ([25700000000.0], [11000000000.0, 478000000.0, 11478000000.0], [433.0, 433000.0])
    """
    found = []
    for digits, scale in _AMOUNT.findall(words):
        times = next((n for names, n in _SCALES.items() if re.fullmatch(names, scale, re.I)), 1.0)
        # "2,166" is two thousand in English, and two and a sixth in most other languages.
        plain = (
            {digits.replace(",", "")} if re.fullmatch(r"\d+(,\d{3})+(\.\d+)?", digits) else set()
        )
        plain |= {digits.replace(",", ".")} if re.fullmatch(r"\d+([.,]\d+)?", digits) else set()
        found += sorted(round(float(it) * times, 6) for it in plain)
    joined = _JOINED.search(words)
    return [*found, sum(amounts(joined[1]) + amounts(joined[2]))] if joined else found


def check(root: Path | None = None) -> None:
    """Read every figure once more in the words it was taken from.

    Raises
    ------
    TableError
        A wording without its row; words that give another amount, unit, year or bound; a figure
        of statements more that has no wording.
    """
    wordings = read("figure_wordings", root)
    for table, group in wordings.groupby("table"):
        if table not in models():
            raise TableError(
                f"no table {table!r}", where="data/figure_wordings.csv", allowed=", ".join(models())
            )
        frame = read(str(table), root)
        rows = dict(zip(_keys(str(table), frame), frame.index, strict=True))
        for place, entry in group.iterrows():
            where = f"data/figure_wordings.csv, row {place + 2}"
            if entry["row"] not in rows or entry["column"] not in frame:
                named = f"{entry['row']}, {entry['column']}"
                raise TableError(f"no figure {named}", where=where, allowed=f"one of {table}")
            row = frame.loc[rows[entry["row"]]]
            _hold(entry, row, _unit(str(table), entry["column"], row), where)
    _hold_derived(read("trade_stated", root))
    for table, columns in WITHOUT.items():
        frame, mine = read(table, root), wordings[wordings["table"] == table]
        for column, allowed in columns.items():
            figures = pd.Series(frame[column].notna().to_numpy(), index=_keys(table, frame))
            written = mine.loc[mine["column"] == column, "row"]
            bare = int(figures.drop(written).sum())
            if bare != allowed:
                raise TableError(
                    f"figures without the words of their source: {bare}",
                    where=f"data/{table}.csv, column {column}",
                    allowed=f"{allowed}: a wording in figure_wordings.csv, or one more without",
                )


def _hold_derived(stated: pd.DataFrame) -> None:
    """Hold what was derived against the arithmetic that its note tells."""
    for place, row in stated[stated["basis"] == "derived"].iterrows():
        shares = [float(it) / 100 for it in re.findall(r"([\d.]+) percent", row["note"])]
        sums = [value for value in amounts(row["note"]) if value >= 1e5]
        results = [
            result
            for whole in sums
            for result in (
                *(whole * share for share in shares),
                *(whole / (1 + share) for share in shares),
                *(abs(whole - part) for part in sums),
            )
        ]
        if not any(abs(row["value_usd"] / result - 1) < 1e-3 for result in results if result):
            raise TableError(
                f"{row['value_usd']:.0f}",
                where=f"data/trade_stated.csv, row {place + 2}, column value_usd",
                allowed=f"what follows from its note: {row['note']!r}",
            )


def _keys(table: str, frame: pd.DataFrame) -> list[str]:
    """Name the rows of a table by the cells that no other row has together."""
    cells = frame[models()[table].key()]
    cells = cells.map(lambda cell: f"{cell:g}" if isinstance(cell, float) else str(cell))
    return [" ".join(row) for row in cells.itertuples(index=False)]


def _unit(table: str, column: str, row: pd.Series) -> str:
    """Give the unit of a figure: the row's own, or the column's."""
    described = (models()[table].to_schema().columns[column].metadata or {}).get("unit", "")
    return str(row["unit"]) if column == "value" and "unit" in row else str(described)


def _hold(entry: pd.Series, row: pd.Series, unit: str, where: str) -> None:
    words, name = entry["words"], f"{entry['table']}, {entry['row']}, {entry['column']}"
    sign, one = _UNITS.get(unit, (".", 1.0))

    def refuse(came: str) -> TableError:
        return TableError(came, where=where, allowed=f"what {words!r} says")

    if len(words.split()) > _MOST_WORDS:
        raise TableError(f"{len(words.split())} words", where=where, allowed=f"{_MOST_WORDS}")
    value = float(row[entry["column"]]) * one
    if not any(abs(value - amount) <= 1e-6 * amount for amount in amounts(words)):
        raise refuse(f"{name} is {row[entry['column']]:g} {unit}".strip())
    if not re.search(sign, words, re.I):
        raise refuse(f"{name} is in {unit}")
    if "bound" in row and (row["bound"] == "more than") != bool(_MORE.search(words)):
        raise refuse(f"{name} is meant as {row['bound']!r}")
    years = {int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", words)}
    of = next(
        (row[it] for it in ("year", "of_year", "due") if it in row and pd.notna(row[it])), None
    )
    if years and of is not None and int(of) not in years:
        raise refuse(f"{name} is of {of}")
    if not set(entry["source_keys"].split()) <= set(row["source_keys"].split()):
        raise TableError(
            entry["source_keys"], where=f"{where}, column source_keys", allowed=row["source_keys"]
        )
