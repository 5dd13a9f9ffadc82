"""The faces of a table: HTML for JupyterLab, Markdown, plain text, and data for the book.

Cells are text, never markup: what looks like HTML or Typst in a source shows as it stands.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pandas as pd

from .. import formats, sources
from ..errors import ChapterError
from ..quantities import keys_of


@dataclass(frozen=True)
class Cite:
    """A cell, or the end of one, that cites: each source is followed by its grade."""

    keys: tuple[str, ...]

    @classmethod
    def row(cls, row: pd.Series) -> "Cite":
        """Cite what a row of a table rests on."""
        return cls(keys_of([row["source_keys"]]))

    @property
    def graded(self) -> list[list[str]]:
        """Its keys with their grades, best grade first."""
        return sorted(
            ([key, sources.lookup(key).grade] for key in self.keys), key=lambda pair: pair[1]
        )

    def __str__(self) -> str:
        """Say it in plain text: publisher, year and grade of each source, best grade first."""
        found = [sources.lookup(key) for key, _ in self.graded]
        return "; ".join(f"{s.publisher} {s.cited_year} [{s.grade}]" for s in found)


@dataclass(frozen=True)
class Link:
    """A cell that leads to a named place of the book."""

    text: str
    target: str

    def __str__(self) -> str:
        """Say it in plain text: its words alone."""
        return self.text


@dataclass(frozen=True)
class Links:
    """A cell of several links."""

    links: tuple[Link, ...]

    def __str__(self) -> str:
        """Say it in plain text: their words, one after the other."""
        return "; ".join(map(str, self.links))


@dataclass(frozen=True)
class Badge:
    """A cell that wears the colour and the frame of a rating."""

    rating: str

    def __str__(self) -> str:
        """Say it in plain text: the rating."""
        return self.rating


Cell = str | Cite | Link | Links | Badge


@dataclass(frozen=True)
class Column:
    """One column of a table that is made from a frame.

    Parameters
    ----------
    head : str
        Its head, for readers.
    of : str or callable
        A column of the frame, or a function of a row that gives a cell.
    unit, spec : str, optional
        How numbers are written: see `analysis.formats.number`. Numbers stand on the right.
    align : str, optional
        ``"l"`` or ``"r"``, where the side does not follow from that.

    Examples
    --------
    >>> frame = pd.DataFrame({"rule": ["once"], "usd": [29.37]})
    >>> columns = Column("Rule", "rule"), Column("USD billion", "usd", spec="1")
    >>> Table.of(frame, "A total.", *columns).rows
    [('once', '29.4')]
    """

    head: str
    of: str | Callable[[pd.Series], Any]
    unit: str = ""
    spec: str = ""
    align: str = ""

    def cell(self, row: pd.Series) -> "Cell":
        """Give the cell of one row; a missing number is a dash."""
        value = row[self.of] if isinstance(self.of, str) else self.of(row)
        if isinstance(value, Cell):
            return value
        return "–" if pd.isna(value) else formats.number(float(value), self.unit, self.spec)

    @property
    def side(self) -> str:
        """Say on which side its cells stand: ``l`` or ``r``."""
        return self.align or ("r" if self.unit or self.spec else "l")


def _cited(row: pd.Series) -> Cell:
    keys = tuple(str(row["source_keys"]).split())
    return Cite(keys) if keys else "–"


#: The last column of most tables: what each row's ``source_keys`` name, or a dash.
SOURCE = Column("Source", _cited)


@dataclass(frozen=True)
class Table:
    """A captioned table whose first column heads its rows.

    Parameters
    ----------
    caption : str
        What the table shows, as a sentence.
    columns : sequence of str
        Column heads, none empty.
    rows : sequence of sequence of str, Cite, Link, Links or Badge
        One cell per column; numbers are formatted before they come here.
    align : str, optional
        A letter per column, ``l`` or ``r``; all left by default.

    Raises
    ------
    ChapterError
        No caption, an empty head, a row of another length, a cell that is not text.

    Examples
    --------
    >>> cited = Cite(("tokayev2025ana",))
    >>> rows = [("once", "29.4", cited), ("twice", "58.7", cited)]
    >>> print(Table("Two totals.", ("Rule", "USD billion", "Source"), rows, "lrl").text())
    Two totals.
    Rule     USD billion
    once ¹          29.4
    twice ¹         58.7
    ¹ AzerNews 2025 [B]
    """

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    align: str = field(default="")

    def __post_init__(self) -> None:
        where = f"table {self.caption[:40]!r}"
        if not self.caption.strip():
            raise ChapterError("a table without a caption", allowed="a sentence")
        if not all(head.strip() for head in self.columns):
            raise ChapterError("an empty column head", where=where, allowed="text")
        if not self.rows:
            raise ChapterError("no rows", where=where, allowed="one row or more")
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                raise ChapterError(
                    f"row {number} has {len(row)} cells",
                    where=where,
                    allowed=f"{len(self.columns)} cells",
                )
            for cell in row:
                if not isinstance(cell, Cell):
                    raise ChapterError(
                        f"{cell!r} in row {number}",
                        where=where,
                        allowed="text, Cite, Link, Links or Badge",
                    )
        object.__setattr__(self, "align", self.align or "l" * len(self.columns))

    @classmethod
    def of(cls, frame: pd.DataFrame, caption: str, *columns: Column) -> "Table":
        """Make a table from a frame, a row for each of its rows: see `Column`."""
        rows = [tuple(column.cell(row) for column in columns) for _, row in frame.iterrows()]
        heads = tuple(column.head for column in columns)
        return cls(caption, heads, rows, "".join(column.side for column in columns))

    def html(self) -> str:
        """Give the face that JupyterLab shows."""
        shown = self._noted
        sides = ["right" if side == "r" else "left" for side in shown.align]
        heads = "".join(
            f'<th scope="col" style="text-align:{side}">{escape(head)}</th>'
            for head, side in zip(shown.columns, sides, strict=True)
        )
        body = []
        for head, *cells in shown.rows:
            rest = "".join(
                f'<td style="text-align:{side}">{_marked(cell)}</td>'
                for cell, side in zip(cells, sides[1:], strict=True)
            )
            first = f'<th scope="row" style="text-align:{sides[0]}">{_marked(head)}</th>'
            body.append(f"<tr>{first}{rest}</tr>")
        notes = "<br>".join(
            f"<sup>{number}</sup> {escape(str(note))}" for number, note in enumerate(shown.notes, 1)
        )
        return (
            f"<table><caption>{escape(self.caption)}</caption><thead><tr>{heads}</tr></thead>"
            f"<tbody>{''.join(body)}</tbody></table>{f'<p>{notes}</p>' if notes else ''}"
        )

    def markdown(self) -> str:
        """Give a pipe table under its caption, and the notes under it."""
        shown = self._noted
        rule = ["---:" if side == "r" else ":---" for side in shown.align]
        lines = [shown.columns, rule, *([str(cell) for cell in row] for row in shown.rows)]
        pipes = ["| " + " | ".join(c.replace("|", "\\|") for c in row) + " |" for row in lines]
        notes = [part for line in shown.lines for part in ("", line)]
        return "\n".join([self.caption, "", *pipes, *notes])

    def text(self) -> str:
        """Give columns of equal width, for a terminal and a screen reader, and the notes."""
        shown = self._noted
        lines = [list(shown.columns), *([str(cell) for cell in row] for row in shown.rows)]
        wide = [max(len(row[i]) for row in lines) for i in range(len(shown.columns))]
        out = [
            "  ".join(
                cell.rjust(width) if side == "r" else cell.ljust(width)
                for cell, width, side in zip(row, wide, shown.align, strict=True)
            ).rstrip()
            for row in lines
        ]
        return "\n".join([self.caption, *out, *shown.lines])

    def data(self, name: str) -> dict[str, Any]:
        """Give the face that the book is made from: plain JSON, cells tagged by what they are."""
        shown = self._noted
        return {
            "name": name,
            "caption": self.caption,
            "columns": list(shown.columns),
            "align": shown.align,
            "rows": [[_tagged(cell) for cell in row] for row in shown.rows],
            "notes": [{"cite": note.graded} for note in shown.notes],
        }

    @property
    def _noted(self) -> "_Noted":
        """Turn cells that cite into numbers of notes; the same sources have the same number.

        A column that only cites goes: its numbers stand at the head of the row, or, where several
        columns cite, at the cell before each.
        """
        columns = list(zip(*self.rows, strict=True))
        citing = [
            place > 0
            and any(isinstance(cell, Cite) for cell in column)
            and all(isinstance(cell, Cite) or cell in ("–", "") for cell in column)
            for place, column in enumerate(columns)
        ]
        kept = [place for place, cites in enumerate(citing) if not cites]
        alone = sum(citing) == 1
        notes: dict[frozenset[str], Cite] = {}

        def number_of(cite: Cite) -> int:
            notes.setdefault(frozenset(cite.keys), cite)
            return list(notes).index(frozenset(cite.keys)) + 1

        rows = []
        for row in self.rows:
            numbers: dict[int, list[int]] = {place: [] for place in kept}
            for place, cell in enumerate(row):
                if isinstance(cell, Cite) and cell.keys:
                    at = max(at for at in kept if at <= (0 if alone and citing[place] else place))
                    numbers[at].append(number_of(cell))
            rows.append(
                tuple(
                    Noted("" if isinstance(row[at], Cite) else row[at], tuple(numbers[at]))
                    for at in kept
                )
            )
        return _Noted(
            tuple(self.columns[at] for at in kept),
            "".join(self.align[at] for at in kept),
            tuple(rows),
            tuple(notes.values()),
        )


#: Digits as they stand at a word that a note belongs to.
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Noted:
    """A cell with the numbers of the notes that belong to it."""

    cell: Cell
    notes: tuple[int, ...] = ()

    def __str__(self) -> str:
        """Say it in plain text: its words, and its notes as raised digits."""
        marks = " ".join(map(str, self.notes)).translate(_RAISED)
        return f"{self.cell} {marks}".strip() if marks else str(self.cell)


@dataclass(frozen=True)
class _Noted:
    """A table as it is shown: without columns that only cite, with notes in their place."""

    columns: tuple[str, ...]
    align: str
    rows: tuple[tuple[Noted, ...], ...]
    notes: tuple[Cite, ...]

    @property
    def lines(self) -> list[str]:
        return [f"{str(n).translate(_RAISED)} {note}" for n, note in enumerate(self.notes, 1)]


def _marked(noted: Noted) -> str:
    """Write a cell with its notes as HTML."""
    marks = f"<sup>{' '.join(map(str, noted.notes))}</sup>" if noted.notes else ""
    return "&nbsp;".join(filter(None, (escape(str(noted.cell)).strip(), marks)))


def _tagged(noted: Noted) -> dict[str, Any]:
    tagged = _of_kind(noted.cell)
    return tagged | {"notes": list(noted.notes)} if noted.notes else tagged


def _of_kind(cell: Cell) -> dict[str, Any]:
    match cell:
        case Link(text, target):
            return {"link": [text, target]}
        case Links(links):
            return {"links": [[link.text, link.target] for link in links]}
        case Badge(rating):
            return {"rating": rating}
        case _:
            return {"text": str(cell)}


def text_of(cell: Mapping[str, Any]) -> str:
    """Give the words of a cell as a table shows it, notes left out.

    Examples
    --------
    >>> text_of({"links": [["one", "#a"], ["two", "#b"]]}), text_of({"text": "3%"})
    ('one; two', '3%')
    """
    links = cell.get("links") or [cell.get("link") or ["", ""]]
    return str(cell.get("text") or cell.get("rating") or "; ".join(text for text, _ in links))
