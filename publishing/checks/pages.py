"""Files that were built: what pages fetch, where they lead, what they weigh and say."""

import codecs
import hashlib
import json
import re
import zipfile
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag

from analysis.errors import BuildError

from .. import execute
from .beside import same
from .words import LEAST_ALT, is_poor

#: Bytes: of one page; of a page with all that its first view loads; of the printed book.
PAGE_WEIGHT, VIEW_WEIGHT, PDF_WEIGHT = 600_000, 2_500_000, 10_000_000
_FETCHED = {
    "script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src",
    "audio": "src", "embed": "src", "object": "data", "link": "href",
}  # fmt: skip
_LINKS_THAT_FETCH = {
    "stylesheet", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "icon",
    "manifest",
}  # fmt: skip
_OUTSIDE = re.compile(
    r"(?:url\(|@import|src\s*=|fetch\(|import\()\s*[\"']?\s*((?:https?:)?//[^\"')\s]+)"
)


def screen(root: Path, html: Path, coming: Collection[str] = ()) -> None:
    """Look at pages that were built and are not yet published.

    Files that are ``coming`` are still being built, and will lie in the folder of the pages.

    Raises
    ------
    BuildError
        A page asks another host for something, leads nowhere, is too heavy, shows a traceback, a
        picture without words, or something else than its chapter: a number, a cell of a table, a
        picture.
    """
    pages = Pages(html, coming)
    for path in sorted(html.glob("*.html")) + sorted(html.glob("chapters/*.html")):
        page(path, pages)
    for path in sorted(html.rglob("*.css")):
        _refuse_outside(path.read_text(encoding="utf-8"), path.relative_to(html).as_posix())
    for path in execute.chapters(root):
        shown = html / "chapters" / f"{path.stem}.html"
        if not shown.exists():
            raise BuildError("the page is missing", where=f"chapters/{path.stem}.html")
        same(execute.read(path), pages.read(shown), shown)
        _rows(pages, shown)
    files(root, html)


def files(root: Path, html: Path) -> None:
    """Hold the tables that readers take, each and in the archive, against those of the project.

    Raises
    ------
    BuildError
        The first that is missing or other; a description that names another digest.
    """
    place = html / "data"
    if not place.is_dir():
        return
    described = json.loads((place / "datapackage.json").read_text(encoding="utf-8"))
    hashes = {it["path"]: it.get("hash") for it in described["resources"]}
    with zipfile.ZipFile(next(place.glob("*.zip"))) as archive:
        packed = {Path(name).name: archive.read(name) for name in archive.namelist()}
    for path in sorted((root / "data").glob("*.csv")):
        # Spreadsheets read letters right only after a byte order mark.
        data, shown = codecs.BOM_UTF8 + path.read_bytes(), place / path.name
        digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
        same = shown.is_file() and shown.read_bytes() == data == packed.get(path.name)
        if not same or hashes.get(path.name) != digest:
            raise BuildError("it is not the book's own table", where=f"data/{path.name}")


class Pages:
    """The pages of a book, each read once."""

    def __init__(self, html: Path, coming: Collection[str] = ()) -> None:
        self.html = html
        self.coming = {(html / name).resolve() for name in coming}
        self.read = cache(_soup)
        self.anchors = cache(
            lambda path: {it["id"]: it for it in self.read(path).find_all(id=True)}
        )


def _soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def page(path: Path, pages: Pages | None = None) -> None:
    """Look at one page by itself: what it fetches, where it leads, its words and its weight.

    Raises
    ------
    BuildError
        See `screen`.
    """
    pages = pages or Pages(path.parent)
    where = path.relative_to(pages.html).as_posix()
    soup = pages.read(path)
    weight = path.stat().st_size
    if weight > PAGE_WEIGHT:
        raise BuildError(f"{weight} bytes", where=where, allowed=f"{PAGE_WEIGHT} a page")
    for name, address in _fetched(soup):
        parts = urlsplit(address)
        if parts.netloc:
            raise BuildError(f"<{name}> asks {parts.netloc}", where=where, allowed="the book's own")
        if parts.scheme == "data":
            continue
        file = (path.parent / unquote(parts.path)).resolve()
        if not file.is_file():
            raise BuildError(f"<{name}> of {address} finds nothing", where=where)
        weight += file.stat().st_size
    if weight > VIEW_WEIGHT:
        raise BuildError(
            f"{weight} bytes with all that it loads", where=where, allowed=f"{VIEW_WEIGHT}"
        )
    for tag in soup.find_all(["script", "style"]):
        if tag.get("type") != "application/ld+json":
            _refuse_outside(tag.string or "", where)
    for tag in soup.find_all(style=True):
        _refuse_outside(str(tag["style"]), where)
    _refuse_idle(soup, pages.anchors(path), where)
    for link in soup.find_all("a", href=True):
        _follow(str(link["href"]), path, where, pages)
    article = soup.find("article")
    if isinstance(article, Tag):
        _read_article(article, where)


def _fetched(soup: BeautifulSoup) -> Iterator[tuple[str, str]]:
    for tag in soup.find_all(list(_FETCHED)):
        if tag.name == "link" and _LINKS_THAT_FETCH.isdisjoint(tag.get("rel") or ()):
            continue
        if address := tag.get(_FETCHED[tag.name]):
            yield tag.name, str(address)
        for part in str(tag.get("srcset", "")).split(","):
            if part.strip():
                yield tag.name, part.split()[0]


def _refuse_outside(text: str, where: str) -> None:
    if found := _OUTSIDE.search(text):
        raise BuildError(
            f"asks {urlsplit(found[1]).netloc}", where=where, allowed="the book's own files"
        )


def _refuse_idle(soup: BeautifulSoup, anchors: Collection[Any], where: str) -> None:
    for button in soup.find_all(popovertarget=True):
        if button["popovertarget"] not in anchors:
            words = f"{button.get_text(strip=True)!r} opens nothing"
            raise BuildError(words, where=where, allowed="a card of its own")


def _follow(address: str, path: Path, where: str, pages: Pages) -> None:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if not target.exists() and target not in pages.coming:
        raise BuildError(f"the link {address} leads nowhere", where=where)
    anchor = unquote(parts.fragment)
    if anchor and target.suffix == ".html" and anchor not in pages.anchors(target):
        raise BuildError(f"the link {address} has no such anchor", where=where)


def _read_article(article: Tag, where: str) -> None:
    if "Traceback (most recent call last)" in article.get_text():
        raise BuildError("a traceback", where=where)
    if article.select_one(".cell_input"):
        raise BuildError("a cell of code", where=where, allowed="what cells show")
    for image in article.find_all("img"):
        alt = str(image.get("alt", ""))
        if is_poor(alt):
            raise BuildError(
                f"the picture {image.get('src')} has the words {alt[:60]!r}",
                where=where,
                allowed=f"{LEAST_ALT} characters or more, with figures",
            )
    for table in article.select("table.result"):
        for head in table.find_all("th"):
            if head.get("scope") not in {"col", "row"} or not head.get_text(strip=True):
                raise BuildError(
                    f"a head {head.get_text(strip=True)!r} in {table.get('id')}",
                    where=where,
                    allowed="words, and a scope",
                )


def _rows(pages: Pages, path: Path) -> None:
    """Follow each card to its row, which shows the same number."""
    where = f"chapters/{path.name}"
    for card in pages.read(path).select("div.number-card[id^=number-]"):
        anchor, value = f"row-{card['id']}", card.find("strong")
        links_there = [str(a["href"]) for a in card.select("a") if anchor in str(a["href"])]
        place = path.parent / urlsplit(links_there[0]).path if links_there else path
        row = pages.anchors(place).get(anchor) if place.is_file() else None
        head = row.find("strong") if isinstance(row, Tag) else None
        if value is None or head is None or value.get_text() != head.get_text():
            raise BuildError(f"the card {card['id']} has no row of its own", where=where)


def printed(folder: Path) -> None:
    """Look at the printed book.

    Raises
    ------
    BuildError
        It is missing, not tagged as PDF/UA, or too heavy.
    """
    files = sorted(folder.glob("*.pdf"))
    if len(files) != 1:
        raise BuildError(f"{len(files)} files", where="pdf", allowed="one printed book")
    data = files[0].read_bytes()
    if not data.startswith(b"%PDF-1.") or b"pdfuaid:part" not in data or b"%%EOF" not in data[-64:]:
        raise BuildError("no whole and tagged PDF", where=files[0].name, allowed="PDF/UA-1")
    if len(data) > PDF_WEIGHT:
        raise BuildError(f"{len(data)} bytes", where=files[0].name, allowed=f"{PDF_WEIGHT}")
