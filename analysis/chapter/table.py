"""The faces of a table: HTML for JupyterLab, Markdown, plain text, and data for the book.

Cells are text, never markup: what looks like HTML or Typst in a source shows as it stands.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pandas as pd

from .. import formats, sources
from ..errors import ChapterError


@dataclass(frozen=True)
class Cite:
    """A cell, or the end of one, that cites: each source is followed by its grade."""

    keys: tuple[str, ...]

    def __str__(self) -> str:
        """Say it in plain text: publisher, year and grade of each source."""
        found = [sources.lookup(key) for key in self.keys]
        return "; ".join(f"{s.publisher} {s.year} [{s.grade}]" for s in found)


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
    right : bool
        Whether cells that are not numbers stand on the right, too.

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
    right: bool = False

    def cell(self, row: pd.Series) -> "Cell":
        """Give the cell of one row; a missing number is a dash."""
        value = row[self.of] if isinstance(self.of, str) else self.of(row)
        if isinstance(value, Cell):
            return value
        return "–" if pd.isna(value) else formats.number(float(value), self.unit, self.spec)

    @property
    def side(self) -> str:
        """Say on which side its cells stand: ``l`` or ``r``."""
        return "r" if self.right or self.unit or self.spec else "l"


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
    >>> print(Table("Two totals.", ("Rule", "USD billion"), [("once", "29.4")], "lr").text())
    Two totals.
    Rule  USD billion
    once         29.4
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
        heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in self.columns)
        body = []
        for head, *cells in self.rows:
            rest = "".join(
                f'<td style="text-align:{"right" if side == "r" else "left"}">{escape(str(c))}</td>'
                for c, side in zip(cells, self.align[1:], strict=True)
            )
            body.append(f'<tr><th scope="row">{escape(str(head))}</th>{rest}</tr>')
        return (
            f"<table><caption>{escape(self.caption)}</caption>"
            f"<thead><tr>{heads}</tr></thead><tbody>{''.join(body)}</tbody></table>"
        )

    def markdown(self) -> str:
        """Give a pipe table under its caption."""
        rule = ["---:" if side == "r" else ":---" for side in self.align]
        lines = [self.columns, rule, *self.rows]
        pipes = ["| " + " | ".join(str(c).replace("|", "\\|") for c in row) + " |" for row in lines]
        return "\n".join([self.caption, "", *pipes])

    def text(self) -> str:
        """Give columns of equal width, for a terminal and a screen reader."""
        lines = [[str(cell) for cell in row] for row in [self.columns, *self.rows]]
        wide = [max(len(row[i]) for row in lines) for i in range(len(self.columns))]
        out = [
            "  ".join(
                cell.rjust(width) if side == "r" else cell.ljust(width)
                for cell, width, side in zip(row, wide, self.align, strict=True)
            ).rstrip()
            for row in lines
        ]
        return "\n".join([self.caption, *out])

    def data(self, name: str) -> dict[str, Any]:
        """Give the face that the book is made from: plain JSON, cells tagged by what they are."""
        return {
            "name": name,
            "caption": self.caption,
            "columns": list(self.columns),
            "align": self.align,
            "rows": [[_tagged(cell) for cell in row] for row in self.rows],
        }


def _tagged(cell: Cell) -> dict[str, Any]:
    match cell:
        case Cite(keys):
            return {"cite": [[key, sources.lookup(key).grade] for key in keys]}
        case Link(text, target):
            return {"link": [text, target]}
        case Links(links):
            return {"links": [[link.text, link.target] for link in links]}
        case Badge(rating):
            return {"rating": rating}
        case _:
            return {"text": cell}
