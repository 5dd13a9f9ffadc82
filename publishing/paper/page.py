"""The pages of the book as one, made clean: what a reader of the printed book is to see, no more.

What comes out is plain HTML whose figures, tables, boxes and references are ``div`` elements that
``filter.lua`` knows, and whose every anchor is unique: two pages may both have a section
``#limitations``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Comment, Tag

from analysis.errors import BuildError

from . import columns

#: Points between the margins of the printed page; `book.typ` takes it from here.
MEASURE = 420.0
_POINTS_PER_PIXEL = 0.75
#: Figures are drawn for the screen; in print their type is a little smaller than that of the text.
_SHRINK = 0.78
#: Points; a table lower than this is kept on one page.
_WHOLE = 360.0
#: Pages that prove what a chapter of the same name says; on paper they stand in the second part.
_EVIDENCE = "-evidence.html"
_PARTS = ("Part I: The reading", "Part II: The annex")

_DROPPED = {"script", "style", "button", "form", "nav", "link"}
_DROPPED_CLASSES = {
    "headerlink", "download", "data", "made-by", "cell_input", "above-input",
    "downloads", "screen", "toctree-wrapper", "number-card",
}  # fmt: skip
_PICTURES = {".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: Asides of every kind, and their titles.
_BOXES = {"admonition", "sidebar", "topic", "sd-card", "dropdown"}
_BOX_TITLES = {
    "admonition-title", "sidebar-title", "topic-title", "sd-card-title", "sd-summary-title",
}  # fmt: skip
#: A figure in one of these cannot leave it for the head of a page.
_FRAMES = ["box", "verdict"]
#: Paragraphs with a look of their own; pandoc's have no class.
_LINES = {"attribution", "provenance", "depends", "back"}


@dataclass(frozen=True)
class Page:
    """What is printed.

    Parameters
    ----------
    chapters : tuple of Tag
        The chapters in order, each a section that opens with its heading of level 1.
    pictures : dict of str to bytes
        Every picture by the name that the chapters give it.
    parts : dict of str to str
        The anchor of a chapter, and the part of the book it stands in.
    """

    chapters: tuple[Tag, ...]
    pictures: dict[str, bytes]
    parts: dict[str, str]

    @property
    def row_heads(self) -> tuple[bool, ...]:
        """By row below the heads of columns, in order, whether a head of its own begins it."""
        rows = (
            row
            for chapter in self.chapters
            for body in chapter.find_all("tbody")
            for row in body.find_all("tr")
        )
        return tuple((row.find(("td", "th")) or row).name == "th" for row in rows)

    @property
    def html(self) -> str:
        """The chapters as one text."""
        return "\n".join(map(str, self.chapters))


def read(path: Path) -> Page:
    """Read the book from its first page on, in the order of the contents beside it.

    Raises
    ------
    BuildError
        A page is missing or is no page of a book; a figure lacks its picture or the words for
        those who do not see it; a formula lacks its words.
    """
    first = _soup(path)
    sections = {path.name: _section(first, path.name)}
    parts = _parts(first, path.name)
    for name in parts.keys() - {path.name}:
        sections[name] = _section(_soup(path.parent / name), name)
    soup = BeautifulSoup("", "html.parser")
    chapters = {
        name: sections[name] for name in parts if "screen-only" not in _classes(sections[name])
    }
    for chapter in chapters.values():
        _drop(chapter)
        _raise_headings(chapter)
    _link(soup, chapters)
    pictures: dict[str, bytes] = {}
    for chapter in chapters.values():
        _formulas(soup, chapter)
        _boxes(soup, chapter)
        _references(chapter)
        _figures(soup, chapter, path.parent, pictures)
    _tables(soup, list(chapters.values()))
    return Page(
        tuple(chapters.values()),
        pictures,
        {
            f"chapter-{number}": parts[name]
            for number, name in enumerate(chapters, 1)
            if parts[name]
        },
    )


def _soup(path: Path) -> BeautifulSoup:
    try:
        return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    except OSError as error:
        raise BuildError(f"no page ({error.strerror})", where=path.name) from error


def _section(page: BeautifulSoup, name: str) -> Tag:
    section = page.select_one("article section")
    if section is None:
        raise BuildError("no article with a section", where=name, allowed="a book's page")
    return section


def _parts(first: BeautifulSoup, name: str) -> dict[str, str]:
    """Name the pages in order, each with the part of the book it stands in."""
    contents = first.find("nav", class_="bd-links")
    if not isinstance(contents, Tag):
        raise BuildError("no list of the book's pages", where=name, allowed="a book's page")
    parts, part = {name: ""}, ""
    for tag in contents.find_all(["p", "a"]):
        if tag.name == "p":
            part = tag.get_text(strip=True)
        elif page := urlsplit(str(tag["href"])).path:
            parts[page] = part
    return _in_two(parts)


def _in_two(parts: dict[str, str]) -> dict[str, str]:
    """Part the book into what is read and what proves it, where chapters have such pages.

    Examples
    --------
    >>> _in_two({"index.html": "", "a.html": "A", "a-evidence.html": "A", "b.html": "B"})
    ... # doctest: +NORMALIZE_WHITESPACE
    {'index.html': 'Part I: The reading', 'a.html': 'Part I: The reading',
     'a-evidence.html': 'Part II: The annex', 'b.html': 'Part II: The annex'}
    """
    proofs = [page for page in parts if page.endswith(_EVIDENCE)]
    if not proofs:
        return parts
    read = {"", parts[proofs[0]]}
    first = [page for page, part in parts.items() if part in read and page not in proofs]
    rest = [page for page in parts if page not in first and page not in proofs]
    return {page: _PARTS[page not in first] for page in (*first, *proofs, *rest)}


def _classes(tag: Tag) -> set[str]:
    return set(str(it) for it in tag.get_attribute_list("class") if it)


def _classed(root: Tag, classes: set[str]) -> list[Tag]:
    # A tenth of the time that a CSS selector takes.
    return [tag for tag in root.find_all(True) if classes & _classes(tag)]


def _drop(whole: Tag) -> None:
    """Drop what does nothing on paper."""
    # Registers serve those who check with the files at hand.
    for register in whole.find_all("table", class_="register"):
        section = register.find_parent("section")
        if section and section.find_parent("section"):
            section.extract()
        else:
            (register.find_parent("div", class_="scroll") or register).extract()
    for tag in list(whole.children):
        if isinstance(tag, Comment):
            tag.extract()
        if not isinstance(tag, Tag):
            continue
        classes = _classes(tag)
        if _idle(tag, classes):
            if "data" in classes and isinstance(tag.next_sibling, str):
                tag.next_sibling.replace_with(tag.next_sibling.lstrip(". "))
            tag.extract()
            continue
        _drop(tag)
        if tag.name == "template" or "image-reference" in classes:
            tag.unwrap()
        elif "number" in classes and tag.name in ("button", "a"):
            tag.name, tag.attrs = "span", {"class": "whole"}
        elif "rating" in classes and tag.name == "button":
            tag.name, tag.attrs = "span", {"class": tag["class"]}
        elif "std-numref" in classes:
            tag["class"] = "whole"


def _idle(tag: Tag, classes: set[str]) -> bool:
    if tag.name == "template":
        return "paper" not in classes
    if tag.name == "button" and classes & {"number", "rating"}:
        return False
    return tag.name in _DROPPED or bool(classes & _DROPPED_CLASSES)


def _heading(section: Tag) -> str:
    head = section.find(_HEADINGS)
    return head.get_text().strip().removesuffix("#") if head else ""


def _head(section: Tag) -> Tag:
    head = section.find(_HEADINGS)
    if not isinstance(head, Tag):
        raise BuildError("a section without a heading", where=section.get_text().strip()[:60])
    return head


def _raise_headings(chapter: Tag) -> None:
    """Let no level be left out between a section and the one it stands in."""
    for head in chapter.find_all(_HEADINGS):
        head.name = f"h{min(len(head.find_parents('section')), 6)}"


def _link(soup: BeautifulSoup, chapters: dict[str, Tag]) -> None:
    """Let links lead where they led on screen; unlink those whose target is not printed."""
    heads = {name: _head(chapter) for name, chapter in chapters.items()}
    named = {
        (name, str(tag["id"])): tag
        for name, chapter in chapters.items()
        for tag in [chapter, *chapter.find_all(id=True)]
        if tag.get("id")
    }
    anchors = {
        id(head): (head, f"chapter-{number}") for number, head in enumerate(heads.values(), 1)
    }
    for name, chapter in chapters.items():
        for link in chapter.find_all("a"):
            address = urlsplit(str(link.get("href", "")))
            if address.scheme in ("http", "https", "mailto"):
                link.attrs = {"href": link["href"]}
                if link.find_parent("div", class_="citation"):
                    link.string = str(link["href"])  # paper shows where a source is
                continue
            page, anchor = address.path or name, unquote(address.fragment)
            found = named.get((page, anchor)) if anchor else heads.get(page)
            if found is None:
                link.unwrap()
                continue
            tag = _target(found)
            _, label = anchors.setdefault(id(tag), (tag, f"to-{len(anchors) + 1}"))
            link.attrs = {"href": f"#{label}"}
    for tag in named.values():
        tag.attrs.pop("id", None)
    for tag, label in anchors.values():
        _anchor(soup, tag, label)


def _target(tag: Tag) -> Tag:
    """Give what can bear an anchor: a mark may be left on the page before what it marks.

    Words of headings and captions stand in the contents once more, so the whole bears theirs.
    """
    if tag.name == "span" and not tag.contents:
        after = tag.find_next_sibling()
        if after is not None and after.name in ("section", "figure", "table", *_HEADINGS):
            tag = after
    if tag.name == "section":
        return _head(tag)
    if tag.find_parent(("caption", "figcaption")):
        return tag.find_parent(("table", "figure")) or tag
    return tag.find_parent(_HEADINGS) or tag


def _anchor(soup: BeautifulSoup, tag: Tag, label: str) -> None:
    mark = soup.new_tag("span", id=label, attrs={"class": "anchor"})
    if tag.name in ("figure", "table", *_HEADINGS):
        tag["id"] = label
    elif tag.name == "tr":
        (tag.find(("td", "th")) or tag).insert(0, mark)
    elif tag.name in ("ul", "ol", "dl"):
        tag.insert_before(mark)
    else:
        tag.insert(0, mark)


def _formulas(soup: BeautifulSoup, chapter: Tag) -> None:
    for formula in chapter.find_all("math"):
        words = str(formula.get("alttext") or formula.get("aria-label") or "").strip()
        if not words:
            raise BuildError(
                f"a formula without words: {formula.get_text(' ', strip=True)[:60]}",
                where=_heading(formula.find_parent("section") or chapter),
                allowed="alttext",
            )
        formula.wrap(soup.new_tag("span", attrs={"class": "formula", "data-alt": words}))
    for formula in _classed(chapter, {"math"}):
        raise BuildError(
            f"a formula that only a script can draw: {formula.get_text(strip=True)[:60]}",
            where=_heading(formula.find_parent("section") or chapter),
            allowed="MathML with alttext",
        )


def _boxes(soup: BeautifulSoup, chapter: Tag) -> None:
    # Paper has no folds, and what stands behind these says itself what it is.
    for fold in [it for box in _classed(chapter, {"verdict"}) for it in box.find_all("details")]:
        for summary in fold.find_all("summary"):
            summary.decompose()
        fold.unwrap()
    for box in _classed(chapter, _BOXES) + chapter.find_all("details"):
        if box.get("data-kind"):
            continue
        titles = [*_classed(box, _BOX_TITLES), *box.find_all("summary")]
        words = titles[0].get_text().strip() if titles else ""
        for title in titles[:1]:
            (title.find_parent("summary") or title).decompose()
        box.name = "div"
        box.attrs = {"class": "box", "data-title": words, "data-kind": "aside"}
    # Most notes are of a word or two: on lines of their own they would take pages.
    for notes in _classed(chapter, {"notes"}):
        first, *rest = notes.find_all("p", recursive=False)
        for note in rest:
            first.append(" ")
            first.extend(list(note.contents))
            note.decompose()
    for line in _classed(chapter, _LINES):
        attributes = {key: str(line[key]) for key in ("role", "aria-level") if line.get(key)}
        attributes["data-kind"] = min(_LINES & _classes(line))
        line.wrap(soup.new_tag("div", attrs={"class": "line"} | attributes))
    for box in _classed(chapter, {"verdict"}):
        box.attrs = {"class": "verdict"}
    for note in chapter.find_all("aside"):
        note.name = "div"
    for code in chapter.find_all("code"):
        code.string = code.get_text()  # Sphinx makes a piece of each word


def _references(chapter: Tag) -> None:
    for listed in _classed(chapter, {"citation-list"}):
        listed.attrs = {"class": "references"}
        for source in _classed(listed, {"citation"}):
            source.attrs = {"class": "reference"}
            if number := source.find("span", class_="label"):  # by which nobody cites
                number.extract()
            mark, paragraph = source.find("span", class_="anchor"), source.find("p")
            if mark and paragraph:
                paragraph.insert(0, mark.extract())


def _figures(soup: BeautifulSoup, chapter: Tag, folder: Path, pictures: dict[str, bytes]) -> None:
    for figure in chapter.find_all("figure"):
        attributes = _number(figure)
        where = attributes["data-name"] or "a figure"
        image = figure.find("img")
        if image is None:
            raise BuildError("a figure without a picture", where=where)
        _picture(image, folder, pictures, where)
        framed = figure.find_parent("div", class_=_FRAMES)
        figure.attrs = {**attributes, "data-way": "whole" if framed else "afloat"}
    for image in chapter.find_all("img", attrs={"data-alt": False}):
        where = f"picture in {_heading(image.find_parent('section') or chapter)!r}"
        _picture(image, folder, pictures, where)


def _number(tag: Tag) -> dict[str, str]:
    """Take ``Figure 3`` out of the caption of a figure or a table: what names it, as attributes."""
    number = tag.find("span", class_="caption-number")
    name = number.extract().get_text().strip() if number else ""
    label = {"id": str(tag["id"])} if tag.get("id") else {}
    return label | {"data-name": name, "data-number": name.rpartition(" ")[2]}


def _picture(image: Tag, folder: Path, pictures: dict[str, bytes], where: str) -> None:
    alt = str(image.get("alt", "")).strip()
    source = unquote(urlsplit(str(image.get("src", ""))).path)
    # Without words of its own a picture gets its file's name from Sphinx, which says nothing.
    if not alt or Path(alt).suffix.lower() in _PICTURES:
        raise BuildError(f"no alternative text for {Path(source).name}", where=where)
    file = folder / source
    if not file.is_file() or file.suffix.lower() not in _PICTURES:
        raise BuildError(
            f"no picture {source!r}", where=where, allowed=", ".join(sorted(_PICTURES))
        )
    data = file.read_bytes()
    name = next((n for n, d in pictures.items() if d == data), None)
    name = name or f"picture-{len(pictures) + 1}{file.suffix.lower()}"
    pictures[name] = data
    pixels = re.search(r"(?<![-\w])width:\s*([\d.]+)px", str(image.get("style", "")))
    width = str(image.get("width", "")) or (pixels[1] if pixels else "")
    image.attrs = {"src": name, "alt": alt, "data-alt": alt}
    if re.fullmatch(r"[\d.]+", width):
        image["width"] = f"{min(MEASURE, float(width) * _POINTS_PER_PIXEL * _SHRINK):.1f}"


def _tables(soup: BeautifulSoup, chapters: list[Tag]) -> None:
    tables = [table for chapter in chapters for table in chapter.find_all("table")]
    ems = columns.measure("".join({*"".join(table.get_text() for table in tables), " "}))
    for table in tables:
        # In a narrow column the frame of a rating would be cut in two.
        for badge in table.find_all("span", class_="rating"):
            badge.name, badge.attrs = "strong", {}
        heads = list(_grid(table.thead.find_all("tr") if table.thead else []))
        rows = list(_grid(table.tbody.find_all("tr") if table.tbody else []))
        attributes = _number(table)
        if not rows:
            raise BuildError("a table without rows", where=attributes["data-name"] or "a table")
        sides = _sides(table, len(rows[0]))
        layout = columns.lay_out(
            heads[-1] if heads else [""] * len(sides), rows, sides, MEASURE, ems
        )
        table.attrs = {
            **attributes,
            "data-sides": sides,
            "data-widths": " ".join(map(str, layout.widths)),
            "data-size": str(layout.size),
            "data-way": "whole" if layout.height < _WHOLE else "long",
            "data-broken": "true" if layout.broken else "false",
        }


def _words(cell: Tag) -> str:
    return " ".join(cell.get_text().split())


def _grid(rows: list[Tag]) -> Iterator[list[str]]:
    """Give the text of each cell in its column; a cell that spans columns leaves them empty."""
    below: dict[int, int] = {}
    for row in rows:
        line: list[str] = []
        for cell in row.find_all(("td", "th"), recursive=False):
            while below.get(len(line), 0):
                below[len(line)] -= 1
                line.append("")
            wide, deep = (int(str(cell.get(key, "1"))) for key in ("colspan", "rowspan"))
            for column in range(len(line), len(line) + wide):
                below[column] = deep - 1
            line += [_words(cell)] if wide == 1 else [""] * wide
        while below.get(len(line), 0):
            below[len(line)] -= 1
            line.append("")
        yield line


def _sides(table: Tag, count: int) -> str:
    """Tell columns of numbers (``r``) from columns of words (``l``)."""
    for row in table.find_all("tr"):
        cells = row.find_all(("td", "th"), recursive=False)
        if len(cells) == count:
            right = ({"side-r", "text-right"} & _classes(cell) for cell in cells)
            return "".join("r" if found else "l" for found in right)
    return "l" * count
