"""What the appendices are built of: sections, tables without numbers, links to sources."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.core.render import NbElementRenderer
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.roles import CitationRef

from analysis import sources

#: Pages that paper does without: the printed book has lists of its own before its text.
SCREEN_ONLY = frozenset({"chapters/figures"})
#: The class of what is left out on paper.
SCREEN = "screen"


class Grid(nodes.table):
    """A table that has no number and no place in the list of tables; ``label`` names it."""


class Cited(nodes.inline):
    """A source, to become a link to its place in the bibliography; ``key`` is its key."""


class Appendix(SphinxDirective):
    """A directive without content that makes part of a page from the project's files."""

    has_content = False

    @property
    def root(self) -> Path:
        """The project's folder."""
        return Path(self.env.app.srcdir)

    def follow(self, *names: str) -> None:
        """Say which files the page follows from, so that Sphinx makes it anew with them."""
        for name in names:
            self.env.note_dependency(str(self.root / name))


def badge(rating: str) -> nodes.inline:
    """Give a rating that wears its colour and its frame."""
    return nodes.inline("", rating, classes=["rating", f"rating-{kind_of(rating)}"])


def kind_of(rating: str) -> str:
    """Name the class of a rating."""
    return rating.replace(" ", "-")


def reference(words: str, target: str, docname: str) -> pending_xref:
    """Give a link with its own words to a named place of the book."""
    return pending_xref(
        "", nodes.inline("", words), refdoc=docname, refdomain="std", reftype="ref",
        reftarget=target, refexplicit=True, refwarn=True,
    )  # fmt: skip


def target(renderer: NbElementRenderer, node: nodes.Element, name: str) -> None:
    """Make a node a place that the book can lead to, with its name as its anchor."""
    node["names"], node["ids"] = [name], [name]
    renderer.renderer.document.note_explicit_target(node)


def section(name: str, title: str, *content: nodes.Node, **options: Any) -> nodes.section:
    """Give a section with its heading and its anchor."""
    return nodes.section("", nodes.title("", title), *content, ids=[name], names=[name], **options)


def paragraph(*parts: str | nodes.Node, **options: Any) -> nodes.paragraph:
    """Give a paragraph of texts and nodes; text is taken as it stands, never as markup."""
    return nodes.paragraph("", "", *map(_node, parts), **options)


def grid(
    label: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Any]],
    align: str = "",
    *,
    kind: str = "",
    screen: Collection[str] = (),
) -> Grid:
    """Give a table whose first column heads its rows.

    A cell is a text, a node or a list of both; ``label`` says what the table holds to those who do
    not see it; ``align`` has a letter per column, ``l`` or ``r``; ``kind`` is a class for the style
    sheet; ``screen`` names the columns that are left out on paper.
    """
    sides = align or "l" * len(heads)
    kinds = [[f"side-{side}", *([SCREEN] if head in screen else [])]
             for head, side in zip(heads, sides, strict=True)]  # fmt: skip
    # On a phone each row is a card, but in a mere list.
    cards = ["cards"] * (kind != "list")
    table = Grid("", classes=["grid", *cards, *([kind] if kind else [])], label=label)
    group = nodes.tgroup("", cols=len(heads))
    group += nodes.colspec("", colwidth=1, stub=1)
    group.extend(nodes.colspec("", colwidth=1) for _ in heads[1:])
    group += nodes.thead("", _row(heads, kinds))
    group += nodes.tbody("", *(_row(cells, kinds) for cells in rows))
    table += group
    return table


def code(text: str, breaks: str = "") -> nodes.literal:
    """Give a literal that may break after the letters of ``breaks``.

    Examples
    --------
    >>> code("trade.total_of", "._").astext() == "trade.\u200btotal_\u200bof"
    True
    """
    for letter in breaks:
        text = text.replace(letter, f"{letter}\u200b")
    return nodes.literal("", text)


def numbered(name: str, docname: str) -> pending_xref:
    """Give a link that says the number of a figure or table: ``Figure 3``."""
    return pending_xref(
        "", nodes.inline("", name), refdoc=docname, refdomain="std", reftype="numref",
        reftarget=name, refexplicit=False, refwarn=True,
    )  # fmt: skip


def definitions(*facts: tuple[str, Sequence[str | nodes.Node], Sequence[str]]) -> nodes.Node:
    """Give a list of facts: name, what is said, classes of both."""
    found = nodes.definition_list("", classes=["facts"])
    for name, parts, classes in facts:
        term = nodes.term("", name, classes=[*classes])
        text = nodes.definition("", paragraph(*parts), classes=[*classes])
        found += nodes.definition_list_item("", term, text)
    return found


def link(text: str, address: str, *classes: str) -> nodes.reference:
    """Give a link to an address as it stands."""
    return nodes.reference("", text, refuri=address, internal=True, classes=list(classes))


def cited(keys: Iterable[str], root: Path, most: int | None = None) -> list[nodes.Node]:
    """Name sources with their grades, best grade first; a publisher once, with all its years.

    ``most`` says how many are named; all by default.
    """
    entries = bibliography(root)
    found = sorted(
        (entries[key] for key in set(keys)),
        key=lambda source: (source.grade, source.publisher, source.cited_year),
    )
    out: list[nodes.Node] = []
    for (grade, publisher), group in groupby(found[:most], key=lambda s: (s.grade, s.publisher)):
        of_one = list(group)
        for number, source in enumerate(of_one):
            out += [nodes.Text(", " if number else "; ")] if out else []
            words = source.cited_year if number else f"{publisher} {source.cited_year}"
            words += f" [{grade}]" if source is of_one[-1] else ""
            out.append(Cited("", words, key=source.key, reftitle=source.title))
    return out


#: What is read as two where a line ends within it: a day, three quantiles, a number and its unit.
_WHOLE = re.compile(
    r"\d{4}-\d\d(?:-\d\d)?|[\d.]+(?: · [\d.]+)+"
    r"|\d[\d.,]* (?:thousand |million |billion )?(?:t|km|m|TEU|FEU)\b"
)


def unbroken(text: str) -> list[nodes.Node]:
    """Give a text in which no line ends within a day, or between a number and its unit.

    Examples
    --------
    >>> [node.astext() for node in unbroken("2024-11-06: 1,485 thousand t, 3 · 1.5 · 3")]
    ['2024-11-06', ': ', '1,485 thousand t', ', ', '3 · 1.5 · 3']
    """
    out: list[nodes.Node] = []
    at = 0
    for found in _WHOLE.finditer(text):
        out += [nodes.Text(text[at : found.start()])] if found.start() > at else []
        out.append(nodes.inline("", found[0], classes=["whole"]))
        at = found.end()
    return [*out, nodes.Text(text[at:])] if text[at:] or not out else out


def tied(node: nodes.Node, *marks: nodes.Node) -> list[nodes.Node]:
    """Tie marks to the end of a node: to its last word, where it is a text.

    Browsers end a line before what is a block within it, also after a no-break space.

    Examples
    --------
    >>> [it.astext() for it in tied(nodes.Text("Kazakhstan–Uzbekistan"), nodes.Text(" 5"))]
    ['Kazakhstan–', 'Uzbekistan 5']
    """
    if not marks:
        return [node]
    if not isinstance(node, nodes.Text):
        return [nodes.inline("", "", node, *marks, classes=["whole"])]
    before, last = re.fullmatch(r"(?s)(.*[\s–/-])?(.*)", node.astext()).groups("")  # type: ignore[union-attr]
    whole = nodes.inline("", "", nodes.Text(last), *marks, classes=["whole"])
    return [*([nodes.Text(before)] if before else []), whole]


@cache
def bibliography(root: Path) -> dict[str, sources.Source]:
    """Read the bibliography once a build."""
    return sources.read(root / "references.bib")


def digest_of(data: bytes) -> str:
    """Give the SHA-256 of some bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def _node(part: str | nodes.Node) -> nodes.Node:
    return nodes.Text(part) if isinstance(part, str) else part


def _row(cells: Sequence[Any], kinds: Sequence[list[str]]) -> nodes.row:
    row = nodes.row("")
    for cell, classes in zip(cells, kinds, strict=True):
        parts = cell if isinstance(cell, list) else [cell]
        told = [
            it for part in parts for it in (unbroken(part) if isinstance(part, str) else [part])
        ]
        row += nodes.entry("", paragraph(*told), classes=[*classes])
    return row


class _Sources(SphinxPostTransform):
    """Let sources lead to the bibliography."""

    default_priority = 200

    def run(self, **_: Any) -> None:
        """Replace every `Cited` by a link."""
        if found := list(self.document.findall(Cited)):
            domain: Any = self.env.get_domain("cite")
            places = {it.key: (it.bibliography_key.docname, it.citation_id)
                      for it in domain.citations}  # fmt: skip
        for node in found:
            docname, anchor = places[node["key"]]
            page = self.app.builder.get_relative_uri(self.env.docname, docname)
            new = nodes.reference(
                "", node.astext(), refuri=f"{page}#{anchor}", internal=True,
                reftitle=node["reftitle"],
            )  # fmt: skip
            node.replace_self(new)


def _mark_screen_only(app: Sphinx, tree: nodes.document) -> None:
    if app.env.docname in SCREEN_ONLY:
        for part in tree.findall(nodes.section):
            part["classes"].append("screen-only")
            return


def _mark_way_back(app: Sphinx, tree: nodes.document) -> None:
    """Mark a paragraph that is one link to another page: the way back, first under a heading."""
    for part in tree.findall(nodes.section):
        way = next(iter(part.findall(nodes.paragraph)), None)
        inside = way is None or isinstance(way.parent, nodes.list_item | nodes.entry)
        if way and not inside and len(way) == 1 and isinstance(way[0], pending_xref):
            way["classes"].append("back")


def _enter(app: Sphinx, tree: nodes.document) -> None:
    """Enter the sources of a page into the bibliography.

    One entry for all: a citation of each by its own role would take seconds.
    """
    if keys := sorted({node["key"] for node in tree.findall(Cited)}):
        domain: Any = app.env.get_domain("cite")
        targets = list(parse_citation_targets(",".join(keys)))
        domain.citation_refs.append(
            CitationRef(f"{app.env.docname}-sources", app.env.docname, 0, targets)
        )


def scrolling(translator: HTML5Translator, label: str) -> None:
    """Open a frame that scrolls and can be reached by keyboard, and is closed by `leave`.

    Two tables may have one title on a page; two landmarks may not have one name.
    """
    names: Counter[str] = translator.__dict__.setdefault("frames", Counter())
    names[label] += 1
    if names[label] > 1:
        label = f"{label} ({names[label]})"
    translator.body.append(
        f'<div class="scroll" role="region" tabindex="0" aria-label="{translator.attval(label)}">'
    )


def ended_by(tag: str) -> Callable[[HTML5Translator, nodes.Element], None]:
    """Give what ends an element of the page."""
    return lambda translator, _: translator.body.append(tag)


def leave(translator: HTML5Translator, node: nodes.table) -> None:
    """End a table, and its frame."""
    HTML5Translator.depart_table(translator, node)
    translator.body.append("</div>")


def _visit_grid(translator: HTML5Translator, node: Grid) -> None:
    scrolling(translator, node["label"])
    HTML5Translator.visit_table(translator, node)


def setup(app: Sphinx) -> None:
    """Make the nodes known."""
    app.add_node(Grid, html=(_visit_grid, leave))
    app.add_node(Cited)
    app.add_post_transform(_Sources)
    app.connect("doctree-read", _mark_screen_only)
    app.connect("doctree-read", _mark_way_back)
    app.connect("doctree-read", _enter)
