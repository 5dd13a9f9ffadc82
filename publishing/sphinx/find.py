"""The text of the book, for its search: every section of every page, in the order of the contents.

Sphinx's own search drops numbers, knows pages and no sections, and needs a server for excerpts.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from bs4 import BeautifulSoup, Tag

#: What is no text, is said elsewhere on the page, or is a list of the numbers that the text has.
_NOT_TEXT = (
    "script, style, template, form, .headerlink, .number-card, .downloads, table.register, "
    ".toctree-wrapper, .caption-number"
)


def text_of(pages: Iterable[Path]) -> str:
    """Give a script that holds, for each section, page, anchor, page title, heading and text."""
    found = [section for page in pages for section in _sections(page)]
    return f"const BOOK = {json.dumps(found, ensure_ascii=False, separators=(',', ':'))};\n"


def _sections(page: Path) -> Iterator[list[str]]:
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    article = soup.find("article")
    if not isinstance(article, Tag):
        return
    for tag in article.select(_NOT_TEXT):
        tag.extract()
    # Words of two paragraphs or cells are two; those of a word half in italics are one.
    for tag in article.find_all(["p", "li", "th", "td", "dt", "dd", "div"]):
        tag.append(" ")
    place, title = f"{page.parent.name}/{page.name}", ""
    # From the innermost out, so that each has its own text alone.
    out = []
    for section in reversed(article.find_all("section")):
        heading = section.find(["h1", "h2", "h3", "h4"])
        words = _words(heading.extract()) if isinstance(heading, Tag) else ""
        title = words
        out.append([place, str(section.get("id", "")), words, _words(section.extract())])
    for place, anchor, words, text in reversed(out):
        yield [place, anchor, title, words, text]


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text().split())
