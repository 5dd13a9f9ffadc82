"""Words of the glossary become links where a page first uses them.

Authors write nothing for it. Headings, captions, links, code, quotations, tables and formulas stay
as they are; so do bold words, which open lists and stand as headings do, and numbers with their
cards: a button holds no link, and a card is not where a reader first meets a word.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from docutils import nodes
from sphinx.addnodes import glossary
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from .cards import Card, Opener

#: Forms of a term, as patterns, where they are more than the term and its plural in *s*.
FORMS = {
    "mirror statistics": r"mirror (?:statistics?|gaps?|data|reports?)",
    "counting rule": r"counting rules?|rules? of counting",
    "reconciled": r"reconciled|reconciliation",
    "dwell time": r"dwell times?|dwell",
    "utilisation": r"utili[sz]ation",
    "estimate": r"estimated?|estimates",
    "constant dollars": r"constant (?:US )?dollars|real terms",
    "deflator": r"deflators?|deflated",
    "P10 to P90": r"P10|P50|P90",
    "TITR": r"TITR|Trans-Caspian International Transport Route",
    "Middle Corridor": r"Middle Corridor|Trans-Caspian route",
    "BTK": r"BTK|Baku–Tbilisi–Kars",
    "OTS": r"OTS|Organi[sz]ation of Turkic States",
    "PERT": r"(?:Beta-)?PERT",
    "minimum cut": r"minimum cuts?|min-cut",
    "trade intensity": r"(?:trade )?intensit(?:y|ies)",
    "different texts": r"different texts?",
    "c.i.f.": r"c\.i\.f\.|including freight and insurance",
    "f.o.b.": r"f\.o\.b\.|free on board",
    "generalised cost": r"generali[sz]ed costs?",
    # Elsewhere a register is one of disputes, or of ships.
    "register": r"register(?= at the end)",
    "framing": r"framing|frames? (?:one|the report)",
}
_KEPT = (
    nodes.title, nodes.caption, nodes.legend, nodes.figure, nodes.reference, nodes.literal,
    nodes.literal_block, nodes.block_quote, nodes.table, nodes.strong, nodes.math, nodes.math_block,
    nodes.term, nodes.raw, nodes.image, nodes.citation, nodes.footnote, nodes.topic, glossary,
    Card, Opener,
)  # fmt: skip
#: The article as it was printed, the first page's quotation, what is said of a figure, badges.
_KEPT_CLASSES = {
    "annotated", "hero", "provenance", "rating", "grade", "bibtex-citation",
}  # fmt: skip
#: Pages of lists, where a link would explain nothing.
_LISTS = {
    f"chapters/{page}" for page in ("glossary", "catalogue", "made", "figures", "bibliography")
}


def pattern(terms: Iterable[str]) -> re.Pattern[str]:
    """Give a pattern that finds the forms of all terms, the longest first.

    Words in quotation marks are found as a whole, so that nothing is found in them.

    Examples
    --------
    >>> found = pattern(["TEU", "dwell time"])
    >>> [m.group() for m in found.finditer("“TEU” means: a TEU has a dwell time, Dwell times vary")]
    ['“TEU”', 'TEU', 'dwell time', 'Dwell times']
    """
    forms = sorted(((term, _form(term)) for term in terms), key=lambda it: -len(it[0]))
    parts = [f"(?P<t{number}>{form})" for number, (_, form) in enumerate(forms)]
    found = re.compile(rf"“[^”]*”|(?<![\w-])(?:{'|'.join(parts)})(?![\w-])")
    _ORDER[found] = [term for term, _ in forms]
    return found


#: The terms of each pattern, in the order of its groups.
_ORDER: dict[re.Pattern[str], list[str]] = {}


def term_of(found: re.Match[str]) -> str | None:
    """Say which term was found; ``None`` for words in quotation marks."""
    if found.lastgroup is None:
        return None
    return _ORDER[found.re][int(found.lastgroup[1:])]


def _form(term: str) -> str:
    form = FORMS.get(term) or re.escape(term) + "s?"
    if not term[0].islower():
        return form
    # A term of small letters may open a sentence.
    return re.sub(r"^[a-z]", lambda first: f"[{first[0].upper()}{first[0]}]", form)


class _Linked(SphinxPostTransform):
    """Link each term once a page, where it is first used."""

    default_priority = 700
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Walk the page."""
        objects: dict[tuple[str, str], tuple[str, str]]
        objects = self.env.get_domain("std").objects  # type: ignore[attr-defined]
        self._places = {name: place for (kind, name), place in objects.items() if kind == "term"}
        if self._places and self.env.docname not in _LISTS:
            self._pattern = pattern(self._places)
            self._walk(self.document, set())

    def _walk(self, parent: nodes.Element, used: set[str]) -> None:
        for child in list(parent.children):
            if isinstance(child, nodes.Text):
                parts = list(self._parts(str(child), used))
                if len(parts) > 1:
                    parent.replace(child, parts)
            elif isinstance(child, nodes.Element) and not _kept(child):
                self._walk(child, used)

    def _parts(self, text: str, used: set[str]) -> Iterator[nodes.Node]:
        at = 0
        for found in self._pattern.finditer(text):
            term = term_of(found)
            if term is None or term in used:
                continue
            used.add(term)
            docname, anchor = self._places[term]
            page = self.app.builder.get_relative_uri(self.env.docname, docname)
            if found.start() > at:
                yield nodes.Text(text[at : found.start()])
            yield nodes.reference(
                "", found.group(), refuri=f"{page}#{anchor}", internal=True, classes=["term"]
            )
            at = found.end()
        if at < len(text):
            yield nodes.Text(text[at:])


def _kept(node: nodes.Element) -> bool:
    return isinstance(node, _KEPT) or not _KEPT_CLASSES.isdisjoint(node.get("classes", ()))


def setup(app: Sphinx) -> None:
    """Make the links known."""
    app.add_post_transform(_Linked)
