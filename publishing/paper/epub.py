"""The portable book: one EPUB 3 made from the pages that the printed book is made from.

The parts are written as they stand in the cleaned page, not through a converter: what a converter
does not know, such as the scope of a header, the language of a word, the formula as it was set, it
would drop. Nothing of the machine or of the day goes in: the same page gives the same bytes.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from bs4 import BeautifulSoup, Tag

from analysis.errors import BuildError

from . import page as single
from . import pdf
from .pdf import Edition

_SHEET = Path(__file__).parent / "epub.css"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TYPES = {
    ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
    ".gif": "image/gif", ".webp": "image/webp", ".xhtml": "application/xhtml+xml",
    ".css": "text/css",
}  # fmt: skip
#: What Sphinx and the notebook wrap around a part, and means nothing in a book.
_WRAPPINGS = {"cell", "cell_output", "docutils", "line"}
#: Classes that `epub.css` knows.
_CLASSES = {
    "annotated", "attribution", "caption", "claim", "depends", "label", "legend", "provenance",
    "rating", "rating-head", "references", "scroll", "side-r", "title", "verdict", "verdict-title",
    "whole",
}  # fmt: skip
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>]*>\s*")
_SUMMARY = (
    "Every figure carries a description with the figures that matter; every table has headers for "
    "its columns and rows; sections, figures and tables are listed and linked; words of other "
    "languages say which. The book checks these points itself each time it is made; nobody else "
    "has evaluated it."
)

_PAGE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"\
 lang="{language}" xml:lang="{language}">
<head>
<title>{title}</title>
<meta name="viewport" content="width=device-width" />
<link rel="stylesheet" type="text/css" href="epub.css" />
</head>
<body{kind}>
{body}
</body>
</html>
"""
_CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="book/book.opf" media-type="application/oebps-package+xml" />
</rootfiles>
</container>
"""
_PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"\
 xml:lang="{language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
{metadata}
</metadata>
<manifest>
{manifest}
</manifest>
<spine>
{spine}
</spine>
</package>
"""


@dataclass(frozen=True)
class _Chapter:
    """A chapter: its file, its part of the book, its body, and what the contents list of it."""

    file: str
    part: str
    title: str
    body: str
    heads: tuple[tuple[str, str], ...]
    figures: tuple[tuple[str, str], ...]
    tables: tuple[tuple[str, str], ...]
    formulas: bool


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
        What `print.page` refuses, in one line; an edition without an identifier or rights.
    """
    for name in ("identifier", "rights"):
        if not getattr(edition, name):
            raise BuildError(f"no {name}", where="the portable book", allowed="text")
    made = parts(page, edition)
    # Beside it first: a folder never holds half a book.
    unfinished = out.with_suffix(".part")
    with ZipFile(unfinished, "w") as archive:
        for name, data in made.items():
            info = ZipInfo(name, (edition.day.year, edition.day.month, edition.day.day, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o644 << 16
            # Readers know the book by its first bytes: the type comes first, and as it is.
            info.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            archive.writestr(info, data)
    unfinished.replace(out)


def parts(page: Path, edition: Edition) -> dict[str, bytes]:
    """Give the files of the book by name, in the order in which they are packed."""
    clean = single.read(page)
    chapters = list(_chapters(clean))
    cover = (
        '<section epub:type="cover" aria-label="Cover">\n'
        f'<h1><img src="cover.png" role="doc-cover" alt="{escape(_cover_words(edition))}" /></h1>\n'
        "</section>"
    )
    texts = {
        "cover.xhtml": _text(edition, "Cover", cover, ' class="cover"'),
        "title.xhtml": _text(edition, edition.title, _title_page(edition)),
        "nav.xhtml": _text(edition, "Contents", _contents(chapters)),
    }
    for chapter in chapters:
        texts[chapter.file] = _text(edition, chapter.title, chapter.body)
    files = {name: text.encode() for name, text in texts.items()}
    files["epub.css"] = _SHEET.read_bytes()
    files["cover.png"] = pdf.cover(edition)
    for name, data in clean.pictures.items():
        files[name] = _DOCTYPE.sub(b"", data, count=1) if name.endswith(".svg") else data
    formulas = {chapter.file for chapter in chapters if chapter.formulas}
    package = _package(edition, files, list(texts), formulas)
    return {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": _CONTAINER.encode(),
        "book/book.opf": package.encode(),
        **{f"book/{name}": data for name, data in files.items()},
    }


def _text(edition: Edition, title: str, body: str, kind: str = "") -> str:
    return _PAGE.format(language=edition.language, title=escape(title), body=body, kind=kind)


def _cover_words(edition: Edition) -> str:
    told = f"Cover: {edition.title}. {edition.subtitle}. {edition.line}."
    return f"{told} “{edition.quotation}” {edition.question}".strip(" “”")


def _title_page(edition: Edition) -> str:
    lines = [
        f'<h1 epub:type="title">{escape(edition.title)}</h1>',
        f'<p class="subtitle">{escape(edition.subtitle)}</p>',
        f"<p>{escape(edition.author)}, {edition.day.day} {edition.day:%B %Y}</p>",
        *(f'<p class="imprint">{escape(line)}</p>' for line in edition.imprint),
    ]
    return '<section epub:type="titlepage">\n' + "\n".join(lines) + "\n</section>"


# --- chapters -----------------------------------------------------------------------------------


def _chapters(clean: single.Page) -> Iterator[_Chapter]:
    soup = BeautifulSoup("", "html.parser")
    sections = clean.chapters
    home = {
        str(tag["id"]): f"chapter-{number}.xhtml"
        for number, section in enumerate(sections, 1)
        for tag in section.find_all(id=True)
    }
    # A figure's and a table's label becomes its id only here.
    for number, section in enumerate(sections, 1):
        for tag in section.find_all(attrs={"data-label": True}):
            home[str(tag["data-label"])] = f"chapter-{number}.xhtml"
    for number, section in enumerate(sections, 1):
        yield _chapter(soup, section, number, clean.parts, home)


def _chapter(
    soup: BeautifulSoup, section: Tag, number: int, parts: dict[str, str], home: dict[str, str]
) -> _Chapter:
    file = f"chapter-{number}.xhtml"
    for scroll in section.find_all("div", class_="scroll"):
        scroll.unwrap()
    figures, tables = (
        [make(soup, box, f"{number}-{count}") for count, box in enumerate(boxes, 1)]
        for make, boxes in (
            (_figure, section.find_all("div", class_="book-figure")),
            (_table, section.find_all("div", class_="book-table")),
        )
    )
    _references(soup, section)
    for box in section.find_all("div", class_="box"):
        _aside(soup, box)
    for formula in section.find_all("span", class_="formula"):
        formula.math["xmlns"] = "http://www.w3.org/1998/Math/MathML"
        formula.math["alttext"] = formula["data-alt"]
        formula.unwrap()
    for link in section.find_all("a", href=True):
        address = str(link["href"])
        if address.startswith("#") and home[address[1:]] != file:
            link["href"] = home[address[1:]] + address
    heads = []
    for count, head in enumerate(section.find_all(_HEADINGS), 1):
        head["id"] = head.get("id") or f"section-{number}-{count}"
        if head.name == "h2":
            heads.append((str(head["id"]), _words(head)))
    title = section.find(_HEADINGS)
    for tag in section.find_all(True):
        _plain(tag)
    kind = "bibliography" if section.find(class_="references") else "chapter"
    section.attrs = {
        "epub:type": kind,
        "role": f"doc-{kind}",
        "aria-labelledby": title["id"],
    }
    return _Chapter(
        file,
        parts.get(f"chapter-{number}", ""),
        _words(title),
        str(section),
        tuple(heads),
        tuple(it for it in figures if it[1]),
        tuple(it for it in tables if it[1]),
        section.find("math") is not None,
    )


def _plain(tag: Tag) -> None:
    """Leave of a part what a reader has use for."""
    classes = tag.get_attribute_list("class", [])
    kept = [name for name in classes if name in _CLASSES or name.startswith("rating-")]
    if tag.name == "div" and not _WRAPPINGS.isdisjoint(classes) and _CLASSES.isdisjoint(classes):
        tag.unwrap()
        return
    if lang := tag.get("lang"):
        tag["xml:lang"] = lang
    if kept:
        tag["class"] = kept
    else:
        tag.attrs.pop("class", None)
    for name in [name for name in tag.attrs if name.startswith("data-")]:
        del tag[name]
    if tag.name == "span" and not tag.attrs:
        tag.unwrap()


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def _part(box: Tag, kind: str) -> list[Tag]:
    found = box.find("div", class_=kind, recursive=False)
    return list(found.extract().contents) if found else []


def _named(soup: BeautifulSoup, box: Tag, new: Tag, number: str) -> tuple[list[Tag], str]:
    """Give the words of a caption, its name before them; and how a list calls the whole."""
    new["id"] = box["data-label"] or f"{new.name}-{number}"
    caption = _part(box, "caption")
    words = " ".join("".join(it if isinstance(it, str) else it.text for it in caption).split())
    if not box["data-name"]:
        return caption, ""
    name = soup.new_tag("span", attrs={"class": "label"}, string=str(box["data-name"]))
    return [name, " ", *caption], f"{box['data-name']}: {words}"


def _figure(soup: BeautifulSoup, box: Tag, number: str) -> tuple[str, str]:
    new = soup.new_tag("figure")
    caption, listed = _named(soup, box, new, number)
    new.append(soup.new_tag("img", attrs={"src": box["data-src"], "alt": box["data-alt"]}))
    words = soup.new_tag("figcaption")
    line = soup.new_tag("p", attrs={"class": "caption"})
    line.extend(caption)
    words.append(line)
    words.extend(_part(box, "legend"))
    new.append(words)
    box.replace_with(new)
    return str(new["id"]), listed


def _table(soup: BeautifulSoup, box: Tag, number: str) -> tuple[str, str]:
    table = box.table
    caption, listed = _named(soup, box, table, number)
    if caption:
        words = soup.new_tag("caption")
        words.extend(caption)
        table.insert(0, words)
    # A table written as Markdown has heads without a scope.
    for row in table.find_all("tr"):
        for head in row.find_all("th"):
            head["scope"] = head.get("scope") or ("col" if row.find_parent("thead") else "row")
    box.replace_with(table)
    # By keyboard, too: a region that scrolls must be reached.
    named = {"role": "region", "tabindex": "0", "aria-label": box["data-name"] or "Table"}
    table.wrap(soup.new_tag("div", attrs={"class": "scroll", **named}))
    return str(table["id"]), listed


def _references(soup: BeautifulSoup, section: Tag) -> None:
    for listed in section.find_all("div", class_="references"):
        listed.name = "ul"
        for source in listed.find_all("div", class_="reference"):
            label = soup.new_tag("span", attrs={"class": "label"}, string=source["data-label"])
            source.name, source.attrs = "li", {}
            if source.p:
                source.p.insert(0, " ")
                source.p.insert(0, label)


def _aside(soup: BeautifulSoup, box: Tag) -> None:
    words = box["data-title"]
    box.name, box.attrs = "aside", {"role": "note"}
    if words:
        box["aria-label"] = words
        box.insert(0, soup.new_tag("p", attrs={"class": "title"}, string=words))


# --- contents and catalogue ---------------------------------------------------------------------


def _contents(chapters: list[_Chapter]) -> str:
    lines, part = [], ""
    for chapter in chapters:
        if chapter.part != part:
            lines.append("</ol></li>" if part else "")
            lines.append(f"<li><span>{escape(chapter.part)}</span><ol>" if chapter.part else "")
            part = chapter.part
        lines.append(f"<li>{_link(chapter.file, '', chapter.title)}")
        if chapter.heads:
            lines.append("<ol>")
            lines += [f"<li>{_link(chapter.file, *head)}</li>" for head in chapter.heads]
            lines.append("</ol>")
        lines.append("</li>")
    lines.append("</ol></li>" if part else "")
    text = (
        '<nav epub:type="toc" role="doc-toc" aria-labelledby="contents">\n'
        '<h1 id="contents">Contents</h1>\n'
        f"<ol>\n{chr(10).join(filter(None, lines))}\n</ol>\n</nav>\n"
    )
    for kind, name, listed in (
        ("lof", "Figures", [(it.file, *figure) for it in chapters for figure in it.figures]),
        ("lot", "Tables", [(it.file, *table) for it in chapters for table in it.tables]),
    ):
        if listed:
            items = "\n".join(f"<li>{_link(*it)}</li>" for it in listed)
            text += (
                f'<nav epub:type="{kind}" aria-labelledby="{kind}">\n'
                f'<h2 id="{kind}">{name}</h2>\n<ol>\n{items}\n</ol>\n</nav>\n'
            )
    marks = [
        ("toc", "nav.xhtml", "Contents"),
        ("bodymatter", chapters[0].file, "Start of the book"),
    ]
    marks += [
        ("bibliography", it.file, it.title) for it in chapters if "doc-bibliography" in it.body
    ]
    items = "\n".join(
        f'<li><a epub:type="{kind}" href="{file}">{escape(words)}</a></li>'
        for kind, file, words in marks
    )
    return (
        f'{text}<nav epub:type="landmarks" hidden="hidden" aria-labelledby="landmarks">\n'
        f'<h2 id="landmarks">Landmarks</h2>\n<ol>\n{items}\n</ol>\n</nav>'
    )


def _link(file: str, anchor: str, words: str) -> str:
    return f'<a href="{file}{"#" + anchor if anchor else ""}">{escape(words)}</a>'


def _package(
    edition: Edition, files: dict[str, bytes], order: list[str], formulas: set[str]
) -> str:
    day = edition.day.isoformat()
    said = [
        ("dc:identifier", edition.identifier, "id"),
        ("dc:title", edition.title, "title"),
        ("dc:title", edition.subtitle, "subtitle"),
        ("dc:creator", edition.author, "author"),
        ("dc:language", edition.language, ""),
        ("dc:date", day, ""),
        ("dc:publisher", edition.author, ""),
        ("dc:rights", edition.rights, ""),
        ("dc:description", f"{edition.line}. {edition.question}".strip(), ""),
        *(("dc:subject", word, "") for word in edition.keywords),
    ]
    lines = [
        f'<{name} id="{key}">{escape(words)}</{name}>'
        if key
        else f"<{name}>{escape(words)}</{name}>"
        for name, words, key in said
    ]
    lines += [
        '<meta refines="#title" property="title-type">main</meta>',
        '<meta refines="#subtitle" property="title-type">subtitle</meta>',
        '<meta refines="#author" property="role" scheme="marc:relators">aut</meta>',
        f'<meta property="dcterms:modified">{day}T00:00:00Z</meta>',
        '<meta name="cover" content="cover.png" />',
    ]
    features = ["alternativeText", "readingOrder", "structuralNavigation", "tableOfContents"]
    told = [
        ("accessMode", "textual"),
        ("accessMode", "visual"),
        ("accessModeSufficient", "textual"),
        ("accessModeSufficient", "textual,visual"),
        *(("accessibilityFeature", it) for it in features + ["MathML"] * bool(formulas)),
        ("accessibilityHazard", "none"),
        ("accessibilitySummary", _SUMMARY),
    ]
    lines += [f'<meta property="schema:{name}">{escape(words)}</meta>' for name, words in told]
    properties = {"nav.xhtml": "nav", "cover.png": "cover-image"} | dict.fromkeys(
        formulas, "mathml"
    )
    manifest = [
        f'<item id="{name}" href="{name}" media-type="{_TYPES[posixpath.splitext(name)[1]]}"'
        + (f' properties="{properties[name]}"' if name in properties else "")
        + " />"
        for name in files
    ]
    return _PACKAGE.format(
        language=edition.language,
        metadata="\n".join(lines),
        manifest="\n".join(manifest),
        spine="\n".join(f'<itemref idref="{name}" />' for name in order),
    )
