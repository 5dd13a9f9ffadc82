"""Sentences of a chapter on its page: numbers that open their card in place, citations, references.

A card is a native popover: it needs no script, opens by keyboard and on a phone, and moves nothing.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxRole
from sphinx.writers.html5 import HTML5Translator

from .. import links
from . import evidence, sections


class Opener(nodes.inline):
    """A number in a sentence, or a rating in the article, that opens the card called ``card``."""


class Card(nodes.container):
    """What opens at a number or a claim; ``name`` is what it is called by."""


def source_of(text: str) -> str:
    """Write a sentence of a notebook as the pages' own Markdown has it.

    Examples
    --------
    >>> source_of("It was [$25.0 billion](#number-trade-once) ([IMF 2025](https://imf.org "
    ...           '"cite:imf2025")), see [the ladder](#fig-trade-ladder).')  # doctest: +ELLIPSIS
    'It was {number}`$25.0 billion <number-trade-once>` {cite:p}`imf2025`, see ...'
    """
    text = links.CITED.sub(
        lambda found: "{cite:p}`" + ",".join(links.SOURCE.findall(found[1])) + "`", text
    )
    text = links.NUMBER.sub(r"{number}`\1 <\2>`", text)
    text = links.RATING.sub(r"{rating}`\1`", text)
    text = links.SHOWN.sub(r"{numref}`\2`", text)
    text = links.PLACE.sub(r"{ref}`\1 <\2>`", text)
    return links.PAGE.sub(r"{doc}`\1 <\2>`", text)


def render(renderer: NbElementRenderer, data: MimeData) -> list[nodes.Node]:
    """Make the parts of the page of one sentence, and a card for each number first seen in it."""
    content: Any = data.content
    box = nodes.container("")
    core = renderer.renderer
    with core.current_node_context(box):
        core.nested_render_text(source_of(content["text"]), data.line or 0)
    for number in list(box.findall(Opener)):
        _hold(number)
    env = core.sphinx_env
    seen = env.temp_data.setdefault("cards", set())
    out: list[nodes.Node] = list(box.children)
    for number in content["numbers"]:
        if number["anchor"] not in seen:
            seen.add(number["anchor"])
            out.append(card_of(number, env))
    return out


def _hold(number: Opener) -> None:
    """Tie a number to the signs that it stands between: browsers begin a line with a full stop."""
    parent = number.parent
    at = parent.index(number)
    before = parent[at - 1] if at else None
    after = parent[at + 1] if at + 1 < len(parent) else None
    held = nodes.inline("", classes=["whole"])
    if isinstance(before, nodes.Text) and (found := _OPENING.search(before)):
        parent[at - 1] = nodes.Text(before[: found.start()])
        held += nodes.Text(found[0])
    parent[at] = held
    held += number
    if isinstance(after, nodes.Text) and (found := _CLOSING.match(after)):
        held += nodes.Text(found[0])
        parent[at + 1] = nodes.Text(after[found.end() :])


#: Signs that stand at a word without a space.
_OPENING, _CLOSING = re.compile(r"[^\w\s]+$"), re.compile(r"[^\w\s]+")


def card_of(number: Mapping[str, Any], env: BuildEnvironment) -> Card:
    """Give the card of a number: value, rule, sources by grade, the way to its row."""
    name = number["anchor"]
    card = Card("", name=name, label=f"Where {number['text']} comes from")
    head = nodes.paragraph("", "", nodes.strong("", number["text"]), classes=["card-value"])
    if number["estimate"]:
        head += nodes.Text(", our estimate (grade E)")
    card += head
    rule = number["rule"]
    card += nodes.paragraph("", f"{rule[:1].upper()}{rule[1:].removesuffix('.')}.")
    row = evidence.row(Path(env.srcdir), env.docname.split("/")[-1], name)
    if keys := [key for key, _ in number["sources"]]:
        line = nodes.paragraph("", "Sources: ", classes=["provenance"])
        line += evidence.cited(env, keys, row)
        card += line
    if row:
        card += nodes.paragraph("", "", sections.link("Its row in the evidence", row))
    return card


class _NumberRole(SphinxRole):
    def run(self) -> tuple[list[nodes.Node], list[Any]]:
        words, _, target = self.text.removesuffix(">").rpartition(" <")
        return [Opener("", words, card=target, classes=["number"])], []


class _RatingRole(SphinxRole):
    def run(self) -> tuple[list[nodes.Node], list[Any]]:
        return [sections.badge(self.text)], []


def _visit_opener(translator: HTML5Translator, node: Opener) -> None:
    card, classes = translator.attval(node["card"]), " ".join(node["classes"])
    translator.body.append(f'<button type="button" class="{classes}" popovertarget="{card}">')


def _visit_card(translator: HTML5Translator, node: Card) -> None:
    name, label = translator.attval(node["name"]), translator.attval(node["label"])
    translator.body.append(
        f'<div popover id="{name}" class="number-card" role="dialog" aria-label="{label}">'
    )


def _depart_card(translator: HTML5Translator, node: Card) -> None:
    translator.body.append(f"{closing(translator.attval(node['name']))}</div>")


def closing(name: str) -> str:
    """Give the button that closes what opened in place; ``name`` is its id, escaped."""
    return (
        f'<button type="button" class="card-close" popovertarget="{name}" '
        'popovertargetaction="hide">Close</button>'
    )


def setup(app: Sphinx) -> None:
    """Make the nodes and the roles known."""
    app.add_node(Opener, html=(_visit_opener, sections.ended_by("</button>")))
    app.add_node(Card, html=(_visit_card, _depart_card))
    app.add_role("number", _NumberRole())
    app.add_role("rating", _RatingRole())
