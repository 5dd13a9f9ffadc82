"""The portable book: one EPUB 3 that pandoc writes from the pages of the printed book.

Ours are the contents, which pandoc would give without the parts of the book and its figures and
tables, and what `epub.lua` keeps from being dropped. Nothing of the machine or of the day goes in:
the same pages give the same bytes.
"""

import re
from html import escape
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bs4 import Tag

from analysis.errors import BuildError
from analysis.formats import day

from . import page as single
from . import pdf
from .pandoc import convert
from .pdf import Edition

_PARTS = Path(__file__).parent
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>]*>\s*")
_SUMMARY = (
    "Every figure carries a description with the figures that matter; every table has headers for "
    "its columns and rows; sections, figures and tables are listed and linked; words of other "
    "languages say which. The book checks these points itself each time it is made; nobody else "
    "has evaluated it."
)


def make(page: Path, out: Path, edition: Edition) -> None:
    """Write the portable book.

    Parameters
    ----------
    page : Path
        The first page of the book as it was built, the others and their pictures beside it.
    out : Path
        The EPUB; its folder must exist.
    edition : Edition
        What the title page and the catalogue entry say.

    Raises
    ------
    BuildError
        What `paper.page` refuses, in one line; an edition without an identifier or rights.
    """
    for name in ("identifier", "rights"):
        if not getattr(edition, name):
            raise BuildError(f"no {name}", where="the portable book", allowed="text")
    clean = single.read(page)
    formulas = [_formulas(chapter) for chapter in clean.chapters]
    contents = _contents(clean)
    # Beside it first: a folder never holds half a book.
    with TemporaryDirectory(dir=out.parent) as name:
        folder = Path(name)
        for picture, data in clean.pictures.items():
            (folder / picture).write_bytes(_DOCTYPE.sub(b"", data, count=1))
        (folder / "cover.png").write_bytes(pdf.cover(edition))
        options = {
            "writer": "epub3",
            "output-file": "book.epub",
            "template": str(_PARTS / "epub.html"),
            "css": [str(_PARTS / "epub.css")],
            "filters": [str(_PARTS / "epub.lua")],
            "epub-cover-image": "cover.png",
            "split-level": 1,
            "table-of-contents": True,
            "toc-depth": 2,
            "metadata": _metadata(edition, any(formulas)),
            "variables": {
                "language": edition.language,
                "cover-words": escape(_cover_words(edition)),
                "title-page": _title_page(edition),
                "contents": contents,
            },
        }
        convert(clean.html, options, folder, edition.day)
        (folder / "book.epub").replace(out)


def _formulas(chapter: Tag) -> bool:
    """Write formulas as text that `epub.lua` sets free: pandoc would make others of them."""
    formulas = chapter.find_all("span", class_="formula")
    for formula in formulas:
        (math,) = formula.find_all("math")
        math.attrs |= {
            "xmlns": "http://www.w3.org/1998/Math/MathML",
            "alttext": formula["data-alt"],
        }
        formula.name, formula.attrs, formula.string = (
            "code",
            {"class": "formula"},
            str(math),
        )
    return bool(formulas)


def _cover_words(edition: Edition) -> str:
    text = f"Cover: {edition.title}. {edition.subtitle}. {edition.line}."
    return f"{text} “{edition.quotation}” {edition.question}".strip(" “”")


def _title_page(edition: Edition) -> str:
    lines = [
        f'<h1 epub:type="title">{escape(edition.title)}</h1>',
        f'<p class="subtitle">{escape(edition.subtitle)}</p>',
        f"<p>{escape(edition.author)}, {day(edition.day)}</p>",
        *(f'<p class="imprint">{escape(line)}</p>' for line in edition.imprint),
    ]
    return "\n".join(lines)


def _metadata(edition: Edition, formulas: bool) -> dict[str, Any]:
    return {
        "identifier": edition.identifier,
        "title": [
            {"type": "main", "text": edition.title},
            {"type": "subtitle", "text": edition.subtitle},
        ],
        "creator": [{"role": "aut", "text": edition.author}],
        "lang": edition.language,
        "date": edition.day.isoformat(),
        "publisher": edition.author,
        "rights": edition.rights,
        "description": f"{edition.line}. {edition.question}".strip(),
        "subject": list(edition.keywords),
        "accessModes": ["textual", "visual"],
        "accessModeSufficient": ["textual", "textual,visual"],
        "accessibilityFeatures": [
            "alternativeText", "readingOrder", "structuralNavigation", "tableOfContents",
            *["MathML"] * formulas,
        ],
        "accessibilityHazards": ["none"],
        "accessibilitySummary": _SUMMARY,
    }  # fmt: skip


# --- contents -----------------------------------------------------------------------------------


def _contents(clean: single.Page) -> str:
    """List chapters in their parts, sections, figures and tables, after naming each in its page."""
    chapters = [(f"text/ch{n:03}.xhtml", chapter) for n, chapter in enumerate(clean.chapters, 1)]
    toc: list[str] = []
    landmarks = [
        '<a epub:type="toc" href="nav.xhtml">Contents</a>',
        f'<a epub:type="bodymatter" href="{chapters[0][0]}">Start of the book</a>',
    ]
    for part, group in groupby(chapters, key=lambda it: _part(clean, it[1])):
        items = []
        for file, chapter in group:
            title, *sections = chapter.find_all(["h1", "h2"])
            kind = "bibliography" if chapter.find(class_="references") else "chapter"
            title.attrs |= {"epub:type": kind, "role": f"doc-{kind}"}
            below = _items(
                [_link(file, head, f"section-{n}") for n, head in enumerate(sections, 1)]
            )
            items.append(_link(file, title) + below)
            if kind == "bibliography":
                landmarks.append(f'<a epub:type="{kind}" href="{file}">{_words(title)}</a>')
        toc += [f"<span>{escape(part)}</span>{_items(items)}"] if part else items
    figures, tables = (
        [
            _link(file, tag, f"{name}-{n}", f"{tag['data-name']}: ")
            for file, chapter in chapters
            for n, tag in enumerate(chapter.find_all(name), 1)
            if tag["data-name"]
        ]
        for name in ("figure", "table")
    )
    lists = [
        ("toc", "h1", "Contents", toc, 'role="doc-toc"'),
        ("lof", "h2", "Figures", figures, ""),
        ("lot", "h2", "Tables", tables, ""),
        ("landmarks", "h2", "Landmarks", landmarks, 'hidden="hidden"'),
    ]
    return "\n".join(
        f'<nav epub:type="{kind}" aria-labelledby="{kind}" {more}>\n'
        f'<{head} id="{kind}">{name}</{head}>{_items(links)}</nav>'
        for kind, head, name, links, more in lists
        if links
    )


def _part(clean: single.Page, chapter: Tag) -> str:
    (title,) = chapter.find_all("h1")
    return clean.parts.get(str(title["id"]), "")


def _items(links: list[str]) -> str:
    return "\n<ol>\n" + "".join(f"<li>{link}</li>\n" for link in links) + "</ol>\n" if links else ""


def _link(file: str, tag: Tag, name: str = "", before: str = "") -> str:
    """Link what bears a heading or a caption, by the anchor it has or else by a name."""
    tag["id"] = tag.get("id") or f"{Path(file).stem}-{name}"
    caption = tag.select_one("figcaption > p, caption") or tag
    return f'<a href="{file}#{tag["id"]}">{escape(before)}{_words(caption)}</a>'


def _words(tag: Tag) -> str:
    return escape(" ".join(tag.get_text().split()))
