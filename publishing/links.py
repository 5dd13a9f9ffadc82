"""The links that a sentence of a chapter holds: to cards, figures, claims, pages and sources."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt

#: Any link: its words.
WORDS = re.compile(r"\[([^\]]*)\]\([^)]*\)")
NUMBER = re.compile(r"\[([^\]]+)\]\(#(number-[\w-]+)\)")
RATING = re.compile(r"\[([^\]]+)\]\(#rating-[\w-]+\)")
SHOWN = re.compile(r"\[([^\]]*)\]\(#((?:fig|tab)-[\w-]+)\)")
PLACE = re.compile(r"\[([^\]]+)\]\(#((?:claim|said)-[\w-]+)\)")
PAGE = re.compile(r"\[([^\]]+)\]\(([\w-]+)\.(?:ipynb|md)\)")
SOURCE = re.compile(r'\[[^\]]+\]\(\S+ "cite:([\w-]+)"\)')
CITED = re.compile(rf"\(({SOURCE.pattern}(?:; {SOURCE.pattern})*)\)")
#: Any link within the book, with what it leads to.
INSIDE = re.compile(r"\]\(((?:[\w-]+\.(?:ipynb|md))?(?:#[^)\s]*)?)\)")
#: A role of the pages' own language, typed by hand.
ROLE = re.compile(r"\{[a-z][\w:+-]*\}`")
#: What the pages write in their own way: citations, numbers of figures.
_OTHER = "\ue000"
#: Sources that a figure or a card names; the others are counted, and named in the evidence.
MOST = 5
_MARKED = re.compile(r"\[([^\]]+)\]\{[^}]*\}")


def slug(heading: str) -> str:
    """Give the anchor of a heading as Markdown's readers make it.

    Examples
    --------
    >>> slug("What Türkiye's ministry said")
    'what-türkiyes-ministry-said'
    """
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def pieces(text: str) -> Iterator[str]:
    """Give the words that a page must have as a sentence has them, one after the other.

    Examples
    --------
    >>> list(pieces('It *fell* to [$25](#number-x-y) ([IMF](https://imf.org "cite:imf")), see '
    ...             '[it](#fig-x-z).'))
    ['It fell to $25 ', ', see ', '.']
    """
    text = SHOWN.sub(_OTHER, CITED.sub(_OTHER, text))
    text = "\n".join(line for line in text.splitlines() if not line.startswith(":::"))
    for token in MarkdownIt().parse(_MARKED.sub(r"\1", text)):
        inline = token.children or []
        words = "".join(" " if it.type.endswith("break") else it.content for it in inline)
        yield from filter(None, words.split(_OTHER))
