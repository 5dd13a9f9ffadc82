"""A page held against its chapter: nothing changes a number, a cell or a picture on its way."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from bs4 import BeautifulSoup, Tag
from nbformat import NotebookNode

from analysis.chapter import mime
from analysis.chapter.outputs import svg_of
from analysis.chapter.table import text_of
from analysis.errors import BuildError

from .. import execute, links
from .words import letters, normal

#: Years of one publisher, and the grade that they share.
_GRADE = re.compile(r"((?:\d{4}[a-z]?, )*)\S+ \[([A-E])\]")


def same(notebook: NotebookNode, soup: BeautifulSoup, path: Path) -> None:
    """Hold a page against the outputs of its chapter: sentences, cells of tables, pictures.

    Raises
    ------
    BuildError
        The first that is missing or other.
    """
    where = f"chapters/{path.name}"
    _same_prose(notebook, soup, where)
    _same_description(soup, where)
    _same_reviews(notebook, soup, where)
    found = {str(tag["id"]): tag for tag in soup.find_all(id=True)}
    order = []
    for output in execute.outputs_of(notebook):
        data = output.get("data", {})
        if mime.TABLE in data:
            _same_table(data[mime.TABLE], found, where)
            order.append(data[mime.TABLE]["name"])
        if hero := data.get(mime.HERO):
            words = letters("".join((hero["origin"], *hero["quotation"], hero["answer"])))
            if [letters(it.get_text()) for it in soup.select(".hero")] != [words]:
                raise BuildError("the head of the first page has other words", where=where)
        if figure := output.get("metadata", {}).get("text/html", {}).get("figure"):
            _same_figure(svg_of(data["text/html"]), figure, found, path, where)
            order.append(figure["name"])
        if mime.VERDICT in data:
            _same_verdict(data[mime.VERDICT], found, where)
    on_page = [str(it.get("id")) for it in soup.select("figure.result, table.result")]
    if [name for name in on_page if name in order] != order:
        raise BuildError(
            "figures and tables in another order", where=where, allowed="its chapter's"
        )


def _same_prose(notebook: NotebookNode, soup: BeautifulSoup, where: str) -> None:
    """Find all its words on the page, in order, typed or computed; each number has its card."""
    sentences: list[dict[str, Any]] = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            sentences.append({"text": cell.source})
        sentences += [it.data[mime.PROSE] for it in cell.get("outputs", ())
                      if mime.PROSE in it.get("data", {})]  # fmt: skip
    article = soup.find("article")
    whole = letters(article.get_text() if isinstance(article, Tag) else "")
    computed: dict[str, set[str]] = {}
    at = 0
    for sentence in sentences:
        for words in links.pieces(sentence["text"]):
            piece = letters(words)
            found = whole.find(piece, at)
            if found < 0:
                raise BuildError(f"{words.strip()[:80]!r} is not on the page", where=where)
            at = found + len(piece)
        for text, target in links.NUMBER.findall(sentence["text"]):
            computed.setdefault(target, set()).add(normal(text))
    shown: dict[str, set[str]] = {}
    for button in soup.select("button.number"):
        target = str(button["popovertarget"])
        shown.setdefault(target, set()).add(normal(button.get_text()))
    for target in computed.keys() | shown.keys():
        if shown.get(target) != computed.get(target):
            raise BuildError(
                f"the number {target} reads {', '.join(sorted(shown.get(target, ['nothing'])))}",
                where=where,
                allowed=f"{', '.join(sorted(computed.get(target, ['none'])))}, as it was computed",
            )


def _same_description(soup: BeautifulSoup, where: str) -> None:
    """Find what the page tells machines among its own words: never a quotation of the article."""
    article = soup.find("article")
    if not isinstance(article, Tag):
        return
    own = letters("".join(
        it for it in article.find_all(string=True) if not it.find_parent(("blockquote", "script"))
    ))  # fmt: skip
    told = [str(it.get("content")) for it in soup.select('meta[name="description"]')]
    told += [it.get("description", "") for it in _described(soup) if it.get("@type") == "Article"]
    for words in told:
        if letters(words.removesuffix(" …")) not in own:
            raise BuildError(f"it is described as {words[:60]!r}", where=where, allowed="its words")


def _described(soup: BeautifulSoup) -> list[dict[str, Any]]:
    scripts = soup.find_all("script", type="application/ld+json")
    return [json.loads(script.string or "{}") for script in scripts]


def _same_reviews(notebook: NotebookNode, soup: BeautifulSoup, where: str) -> None:
    """Hold the reviews for programs against the verdicts, in order."""
    outputs = [it.get("data", {}).get(mime.VERDICT) for it in execute.outputs_of(notebook)]
    computed = [it["review"] for it in outputs if it and it["review"]]
    shown = [it for it in _described(soup) if it.get("@type") == "ClaimReview"]
    for review in shown:
        review.pop("url", None)
    if shown != computed:
        other = next((it for it in shown if it not in computed), {"claimReviewed": "fewer or more"})
        raise BuildError(
            f"a review for programs: {str(other['claimReviewed'])[:60]}", where=where,
            allowed="what the verdicts say",
        )  # fmt: skip


def _same_verdict(computed: dict[str, Any], found: dict[str, Tag], where: str) -> None:
    box = found.get(computed["name"])
    shown = letters(box.get_text()) if box else ""
    rating = box.find(class_="rating") if box else None
    said = box.find("strong") if box else None
    told = [*(part for parts in computed["depends"] for part in parts[:1]), computed["reason"]]
    for words, there in (
        (computed["rating"], rating and letters(rating.get_text())),
        (computed["quotation"][1], said and letters(said.get_text())),
        *((words, shown) for words in told),
    ):
        if not there or letters(words) not in there:
            raise BuildError(f"{computed['name']} lacks {words[:60]!r}", where=where)
    _same_grades(computed["sources"], _words(box), computed["name"], where)


def _words(tag: Any) -> str:
    """Give the words of a tag; of none, none."""
    return tag.get_text() if isinstance(tag, Tag) else ""


def _same_grades(cited: list[list[str]], words: str, name: str, where: str) -> None:
    """Count the sources by grade: every one is named, or the best of them and how many all are."""
    grades = sorted(grade for _, grade in cited)
    counted = f"; all {len(grades)} in the evidence" in words
    named = grades[: links.MOST] if counted else grades
    shown = [grade for years, grade in _GRADE.findall(words) for _ in range(years.count(",") + 1)]
    if missing := Counter(named) - Counter(shown):
        lacking = ", ".join(sorted(missing))
        raise BuildError(f"{name} names too few sources of grade {lacking}", where=where)


def _same_table(computed: dict[str, Any], found: dict[str, Tag], where: str) -> None:
    name, table = computed["name"], found.get(computed["name"])
    if table is None:
        raise BuildError(f"table {name} is not on the page", where=where)
    heads = [head.get_text() for head in table.select("thead th")]
    caption = table.select_one(".caption-text")
    for words, shown in zip(
        [computed["caption"], *computed["columns"]],
        [caption.get_text() if caption else "", *heads],
        strict=len(heads) == len(computed["columns"]),
    ):
        if normal(words) != normal(shown):
            raise BuildError(f"table {name}: {shown.strip()!r}", where=where, allowed=repr(words))
    for number, note in enumerate(computed["notes"], 1):
        line = found.get(f"{name}-note-{number}")
        _same_grades(note["cite"], _words(line), f"{name}, note {number}", where)
    rows = [row.find_all(["th", "td"]) for row in table.select("tbody tr")]
    if len(rows) != len(computed["rows"]):
        raise BuildError(
            f"table {name} has {len(rows)} rows", where=where, allowed=f"{len(computed['rows'])}"
        )
    for number, (cells, row) in enumerate(zip(computed["rows"], rows, strict=True), 1):
        for cell, on_page in zip(cells, row, strict=True):
            for mark in on_page.find_all("sup", class_="note"):
                mark.extract()
            text = text_of(cell)
            if normal(text) != normal(on_page.get_text()):
                raise BuildError(
                    f"table {name}, row {number}: {on_page.get_text().strip()[:60]!r}",
                    where=where,
                    allowed=f"{text[:60]!r}, as it was computed",
                )


def _same_figure(
    picture: str, computed: dict[str, Any], found: dict[str, Tag], path: Path, where: str
) -> None:
    name, figure = computed["name"], found.get(computed["name"])
    image = figure and figure.find("img")
    if not figure or not isinstance(image, Tag):
        raise BuildError(f"figure {name} is not on the page", where=where)
    if normal(str(image.get("alt"))) != normal(computed["alt"]):
        raise BuildError(f"figure {name} has other words", where=where)
    caption = figure.select_one(".caption-text")
    if caption is None or normal(caption.get_text()) != normal(computed["caption"]):
        raise BuildError(f"figure {name} has another caption", where=where)
    sources = figure.select_one("p.provenance")
    _same_grades(computed["sources"], _words(sources), name, where)
    file = path.parent / unquote(str(image["src"]))
    if file.suffix == ".svg" and file.read_text(encoding="utf-8").strip() != picture.strip():
        raise BuildError(f"figure {name} is another picture", where=where)
    links = (unquote(str(link.get("href", ""))) for link in figure.find_all("a"))
    data = [path.parent / link for link in links if link.endswith(f"{name}.csv")]
    if not any(file.read_text(encoding="utf-8-sig") == computed["csv"] for file in data):
        raise BuildError(f"figure {name} offers other data", where=where)
