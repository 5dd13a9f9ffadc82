"""The printed book: one PDF made from the finished pages, no TeX, no browser.

The pages are made one and clean (`paper.page`), pandoc writes it as Typst, and the compiler sets it
by our template as PDF/UA-1. That standard refuses a picture or a formula without words, a letter
that no embedded type holds, a level of headings left out, a file without a title. What the compiler
cannot tag yet, the heads of rows, is tagged in its file, which is packed to half its size. Nothing
of the machine or of the day goes in: the same pages give the same bytes.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from io import BytesIO
from itertools import compress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
import typst

from analysis.charts import style
from analysis.errors import BuildError
from analysis.formats import day

from .. import pictures
from . import page as single
from .pandoc import convert, midnight

_PARTS = Path(__file__).parent
_START = '#import "book.typ": *\n#show: book\n\n'
#: Dots an inch: a cover of 1,488 by 2,105.
_COVER_DOTS = 180


@dataclass(frozen=True)
class Edition:
    """What the cover, the imprint and the file's own description say.

    Parameters
    ----------
    title, subtitle, author : str
        Of the book.
    line : str
        What the book reads: the outlet and the day of the article.
    day : date
        The day of the edition, never the day of the build.
    keywords : tuple of str
        For catalogues.
    quotation, marked : str, optional
        Words of the article for the cover, and those among them that are underlined.
    question : str, optional
        What the book asks of them.
    imprint : tuple of str, optional
        Paragraphs for the page behind the cover: licence, how to cite.
    language : str, optional
        Of the book, as a code.
    identifier, rights : str, optional
        For catalogues: a name that no other book bears, and the licence.

    Raises
    ------
    BuildError
        A text is empty, or ``marked`` does not stand once in ``quotation``.
    """

    title: str
    subtitle: str
    author: str
    line: str
    day: date
    keywords: tuple[str, ...]
    quotation: str = ""
    marked: str = ""
    question: str = ""
    imprint: tuple[str, ...] = field(default=())
    language: str = "en"
    identifier: str = ""
    rights: str = ""

    def __post_init__(self) -> None:
        """Refuse an edition that says too little."""
        for name in ("title", "subtitle", "author", "line", "keywords", "language"):
            if not getattr(self, name):
                raise BuildError(f"no {name}", where="the printed book", allowed="text")
        if self.quotation and self.quotation.count(self.marked or "\0") != 1:
            raise BuildError(
                f"marked words {self.marked!r}",
                where="the cover",
                allowed="words that stand once in the quotation",
            )


def make(page: Path, out: Path, edition: Edition) -> None:
    """Print the book.

    Parameters
    ----------
    page : Path
        The first page of the book as it was built, the others and their pictures beside it.
    out : Path
        The PDF; its folder must exist.
    edition : Edition
        What goes on the cover.

    Raises
    ------
    BuildError
        In one line: what `paper.page` refuses, what pandoc cannot read, or what the compiler
        will not put into a PDF/UA-1, with the place.
    """
    clean = single.read(page)
    files = project(clean, edition)
    # On disk, for the compiler takes no picture of bytes from memory.
    with TemporaryDirectory(dir=out.parent) as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        try:
            compiler: Any = typst.Compiler(
                Path(folder) / "main.typ", root=folder, ignore_system_fonts=True
            )
            result = compiler.compile_with_warnings(
                format="pdf", pdf_standards="ua-1", timestamp=midnight(edition.day)
            )
        except typst.TypstError as error:
            where = _place(error.diagnostic, files)
            raise BuildError(error.message, where=where, allowed="PDF/UA-1") from error
    data, warnings = result
    for warning in warnings:
        raise BuildError(warning.message, where=_place(warning.diagnostic, files))
    out.write_bytes(_with_row_heads(data, clean.row_heads))


def project(clean: single.Page, edition: Edition) -> dict[str, bytes]:
    """Give the files that the compiler is given: the text, the template, the pictures."""
    options = {
        "writer": "typst",
        "wrap": "none",
        "sandbox": True,
        "filters": [str(_PARTS / "filter.lua")],
    }
    return {
        "main.typ": f"{_START}{convert(clean.html, options)}".encode(),
        **_template(edition, clean.parts),
        **clean.pictures,
    }


def _with_row_heads(data: bytes, heads: tuple[bool, ...]) -> bytes:
    """Tag the first cell of a row as its head where ``heads`` says so, and pack the file.

    Readers that speak a cell name first what its ``Headers`` list: the compiler put the head of its
    column there.
    """
    with pikepdf.open(BytesIO(data)) as file:
        rows = list(_rows(file.Root.StructTreeRoot))
        if len(rows) != len(heads):
            raise BuildError(f"{len(rows)} rows", where="the printed book", allowed=f"{len(heads)}")
        named = pikepdf.NameTree(file.Root.StructTreeRoot.IDTree) if rows else {}
        for number, row in enumerate(compress(rows, heads), 1):
            head, *cells = row.K.as_list()
            name = f"row {number}"
            head.S, head.ID, named[name] = pikepdf.Name.TH, name, head
            _table_attributes(head).Scope = pikepdf.Name.Row
            for cell in cells:
                _table_attributes(cell).Headers.append(pikepdf.String(name))
        packed = BytesIO()
        file.save(
            packed, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True
        )
    return packed.getvalue()


def _rows(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Give the rows below the heads of columns, in the order in which they are read."""
    if element.get("/S") == "/TBody":
        yield from element.K.as_list()
    elif isinstance(parts := element.get("/K"), pikepdf.Array):
        for part in parts.as_list():
            if isinstance(part, pikepdf.Dictionary):
                yield from _rows(part)


def _table_attributes(cell: pikepdf.Object) -> Any:
    return next(it for it in cell.A.as_list() if it.O == "/Table")


def cover(edition: Edition) -> bytes:
    """Draw the cover alone, as PNG, for shelves that show covers."""
    return pictures.draw(_START, _template(edition, {}), _COVER_DOTS)


def _template(edition: Edition, parts: dict[str, str]) -> dict[str, bytes]:
    described = asdict(edition) | {
        "date": day(edition.day),
        "day": [edition.day.year, edition.day.month, edition.day.day],
        "measure": single.MEASURE,
        "parts": parts,
        "colours": {
            "ink": style.INK,
            "muted": style.MUTED,
            "grid": style.GRID,
            "ground": "#f4f6f7",
            "accent": style.MEASURED,
            "claim": style.CLAIM,
            "second": style.IMPORTER_SIDE,
        },
    }
    return {
        "book.typ": (_PARTS / "book.typ").read_bytes(),
        "edition.json": json.dumps(described, ensure_ascii=False).encode(),
    }


def _place(diagnostic: str, files: dict[str, bytes]) -> str:
    """Say under which heading the compiler stopped, and at which words."""
    found = re.search(r"┌─ \S*main\.typ:(\d+):", diagnostic)
    if not found:
        return "the printed book"
    lines = files["main.typ"].decode().splitlines()[: int(found[1])]
    heads = [line for line in lines if re.match("=+ ", line)]
    head = re.sub(r"^=+ |\\", "", heads[-1]) if heads else "the printed book"
    words = re.sub(r'#anchor\("[^"]*"\)|\\(?=\W)', "", lines[-1]).strip()
    return f"{head}, at {words[:80]!r}"
