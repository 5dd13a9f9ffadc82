"""Verdicts on their page, and the article whose claims open them in place.

Words of the article, of sources and of reasons are put in as text, never parsed.
"""

from collections.abc import Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from analysis.formats import capitalised, listed

from . import cards, metadata, sections


class Verdict(nodes.container):
    """A verdict; ``data`` says its rating, kind and paragraph, for whoever sorts the page."""


class Fold(nodes.container):
    """What is read on demand, under its ``summary``: no script opens it, and paper unfolds it."""


def verdict(renderer: NbElementRenderer, data: MimeData) -> list[nodes.Node]:
    """Make the verdict on one claim, and its review for catalogues of fact-checks."""
    content: Any = data.content
    env = renderer.renderer.sphinx_env
    sorts = {name: content[name] for name in ("rating", "kind", "paragraph")}
    box = Verdict("", classes=["verdict"], data=sorts)
    said = _place(content["name"])
    box += sections.paragraph(
        sections.badge(content["rating"]), f" {content['speaker']}, ",
        sections.reference(f"paragraph {content['paragraph']}", said, env.docname), ". Evidence: ",
        sections.numbered(content["shown"], env.docname), ".", classes=["said"],
    )  # fmt: skip
    before, claim, after = content["quotation"]
    # The article stands to the letter: Sphinx may not make its straight quotes curly.
    words = sections.paragraph(
        before, nodes.strong("", claim, support_smartquotes=False), after, support_smartquotes=False
    )
    box += [nodes.block_quote("", words), nodes.paragraph("", content["reason"])]
    told = [_told(*dependence) for dependence in content["depends"]]
    if len(told) == 1:
        box += sections.paragraph("It depends on ", *told[0], classes=["hangs"])
    elif told:
        box += nodes.paragraph("", "It depends on:", classes=["depends", "hangs"])
        box += nodes.bullet_list("", *(_item(*parts) for parts in told), classes=["hangs"])
    box += _fold(content, env.srcdir)
    sections.target(renderer, box, content["name"])
    out: list[nodes.Node] = [box]
    if content["review"]:
        page = f"{env.docname}.html#{content['name']}"
        out.append(review(content["review"], env.config.html_baseurl, page))
    return out


def review(described: Mapping[str, Any], base: str, page: str) -> nodes.raw:
    """Give a review as an element of the page.

    Its address and its author's stand in it once the book's own is known, as Google's rules ask:
    https://developers.google.com/search/docs/appearance/structured-data/factcheck.

    Examples
    --------
    >>> review({"author": {}}, "https://a.org", "v.html#a").astext()[35:]
    '{"author":{"url":"https://a.org/"},"url":"https://a.org/v.html#a"}</script>'
    """
    found = dict(described)
    if base:
        found["url"] = f"{base.rstrip('/')}/{page}"
        found["author"] = found["author"] | {"url": f"{base.rstrip('/')}/"}
    return nodes.raw("", metadata.script(found), format="html")


def article(renderer: NbElementRenderer, data: MimeData) -> list[nodes.Node]:
    """Mark the claims in the article: a line under the words, and the rating, which opens a card.

    The card has the rating, the first sentence of the reason and the way to the full verdict.
    """
    content: Any = data.content
    docname = renderer.renderer.sphinx_env.docname
    box = nodes.container("", classes=["annotated"])
    opened: list[nodes.Node] = []
    for pieces in content["paragraphs"]:
        paragraph = nodes.paragraph("", support_smartquotes=False)
        for piece in pieces:
            if "rating" not in piece:
                # No line may begin with what ends the claim's sentence, or closes a quotation.
                marks = takewhile(lambda it: not (it.isalnum() or it.isspace()), piece["text"])
                ending = "".join(marks) if len(paragraph) else ""
                if ending:
                    paragraph += sections.tied(paragraph.pop(), nodes.Text(ending))
                paragraph += nodes.Text(piece["text"].removeprefix(ending))
                continue
            kind = sections.kind_of(piece["rating"])
            marked = nodes.inline(
                "", piece["text"], classes=["claim", f"claim-{kind}"], support_smartquotes=False
            )
            sections.target(renderer, marked, _place(piece["name"]))
            card = f"card-{piece['name']}"
            opener = cards.Opener(
                "", piece["rating"], card=card, classes=["rating", f"rating-{kind}"]
            )
            # No line may end between the claim's last word and its rating.
            paragraph += [marked, nodes.Text("\N{NO-BREAK SPACE}"), opener]
            opened.append(_card(piece, card, docname))
        box += paragraph
    return [box, *opened]


def _card(piece: Mapping[str, str], name: str, docname: str) -> cards.Card:
    card = cards.Card("", name=name, label=f"The verdict: {piece['title']}")
    card += sections.paragraph(
        nodes.strong("", piece["title"]),
        " ",
        sections.badge(piece["rating"]),
        classes=["card-value"],
    )
    card += nodes.paragraph("", piece["gist"])
    card += sections.paragraph(sections.reference("The full verdict", piece["name"], docname))
    return card


def _told(on: str, follows: str) -> list[str | nodes.Node]:
    """Say what a verdict depends on, and what follows from it."""
    return [nodes.emphasis("", on), f": {follows}"]


def _fold(content: Mapping[str, Any], root: Path) -> Fold:
    """Give what stands behind a verdict: what would settle it, sources, what was said before."""
    parts = {
        "what would settle it": content["settle"],
        "sources": True,
        "history": content["earlier"],
    }
    held = capitalised(listed(part for part, found in parts.items() if found))
    fold = Fold("", classes=["more"], summary=held)
    if content["settle"]:
        fold += sections.paragraph(
            nodes.strong("", "What would settle it: "),
            f"{content['settle']}. Who could say: {content['ask']} (not asked).",
            classes=["hangs"],
        )
    foot: list[str | nodes.Node] = [
        f"{content['count']}, checked on {content['checked']}: ",
        *sections.cited((key for key, _ in content["sources"]), root),
        ".",
    ]
    if content["address"]:
        original = nodes.reference("", content["words_of"], refuri=content["address"])
        foot += [" The original: ", original, "."]
    fold += sections.paragraph(*foot, classes=["provenance"])
    if content["earlier"]:
        fold += nodes.paragraph("", "Its history:", classes=["depends", "past"])
        fold += nodes.bullet_list(
            "",
            *(
                _item(
                    f"{when}, {who}: {statement} (",
                    *sections.cited((key for key, _ in keys), root),
                    ")",
                )
                for when, who, statement, keys in content["earlier"]
            ),
            classes=["past"],
        )
    return fold


def _place(name: str) -> str:
    """Name the place of a claim in the article."""
    return f"said-{name}"


def _item(*parts: str | nodes.Node) -> nodes.list_item:
    return nodes.list_item("", sections.paragraph(*parts))


def _visit_verdict(translator: HTML5Translator, node: Verdict) -> None:
    data = {f"data-{name}": str(value) for name, value in node["data"].items()}
    translator.body.append(translator.starttag(node, "div", **data))


def _visit_fold(translator: HTML5Translator, node: Fold) -> None:
    summary = translator.encode(node["summary"])
    translator.body.append(f"{translator.starttag(node, 'details')}<summary>{summary}</summary>\n")


def setup(app: Sphinx) -> None:
    """Make the nodes known."""
    app.add_node(Verdict, html=(_visit_verdict, sections.ended_by("</div>\n")))
    app.add_node(Fold, html=(_visit_fold, sections.ended_by("</details>\n")))
