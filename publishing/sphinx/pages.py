"""How figures, tables and numbers of a chapter become parts of a page.

`Results` is found by myst-nb through the entry point ``myst_nb.mime_renderers``; `setup` makes the
module a Sphinx extension, named in ``_config.yml``. Texts of a result are put in as text, never
parsed, so what looks like markup in a source shows as it stands.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer
from pybtex import plugin
from sphinx.addnodes import download_reference
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

from analysis.chapter import mime
from analysis.chapter.outputs import svg_of

from .. import execute, pictures
from . import (
    appendices,
    asks,
    bibliography,
    cards,
    draft,
    evidence,
    languages,
    register,
    sections,
    theme,
    verdicts,
)

_CSS_PIXELS = 96
#: Characters from which a cell asks for a wide column. With one such column a table of three is
#: too wide for a phone, and so is any of four that does more than compare figures, or that has a
#: list of links: there each of its rows becomes a card.
_WORDY, _BROAD = 60, 4
#: A date, a number, one or two ranges, a pair of names: a line that ends within is read as two.
_WHOLE = re.compile(r"(?=.*\d)[^A-Za-z\s]{1,12}(?: e|; [^A-Za-z\s]{1,7})?|[^\W\d]+–[^\W\d]+")
#: Where a value of a figure in words ends; an initial is no end.
_END = re.compile(r"; |(?:(?<=[\d)%])|(?<=[a-z]{2}))\. ")


class Results:
    """The renderer of the book's own outputs."""

    mime_priority_overrides: ClassVar[Sequence[tuple[str, str, int | None]]] = [
        ("*", mime.TABLE, 1),
        ("*", mime.VERDICT, 1),
        ("*", mime.ARTICLE, 1),
        ("*", mime.HERO, 1),
        ("*", mime.PROSE, 1),
        ("*", mime.REGISTER, 1),
    ]

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: bool
    ) -> list[nodes.Element] | None:
        """Render one output, or leave it to myst-nb with ``None``."""
        if inline:
            return None
        shown: list[nodes.Element] | None = None
        match data.mime_type:
            case mime.TABLE:
                shown = _table(renderer, _content(data))
            case mime.HERO:
                shown = [_hero(_content(data))]
            case mime.PROSE:
                shown = cards.render(renderer, data)
            case mime.REGISTER:
                name = _content(data)["chapter"]
                shown = [register.render(renderer.renderer.sphinx_env, name)]
            case mime.ARTICLE:
                shown = verdicts.article(renderer, data)
            case mime.VERDICT:
                shown = verdicts.verdict(renderer, data)
            case _:
                figure = data.output_metadata.get(data.mime_type, {}).get("figure")
                shown = None if figure is None else _figure(renderer, data, figure)
        return shown


def _content(data: MimeData) -> dict[str, Any]:
    content: Any = data.content
    return dict(content)


def _hero(content: dict[str, Any]) -> nodes.Element:
    """Give the head of the first page; paper has its cover instead."""
    before, marked, after = content["quotation"]
    return nodes.container(
        "",
        sections.paragraph(content["origin"]),
        sections.paragraph(before, nodes.inline("", marked, classes=["marked"]), after),
        sections.paragraph(content["answer"]),
        classes=[sections.SCREEN, "hero"],
    )


def _figure(
    renderer: NbElementRenderer, data: MimeData, result: dict[str, Any]
) -> list[nodes.Node]:
    svg = svg_of(data.string)
    (image,) = renderer.render_image(MimeData("image/svg+xml", svg, line=data.line))
    image["alt"] = result["alt"]
    image["classes"] = ["drawn"]
    width, height = (round(inches * _CSS_PIXELS) for inches in result["size"])
    image["width"], image["height"] = f"{width}", f"{height}"
    figure = nodes.figure("", image, classes=["result"])
    figure += nodes.caption("", result["caption"])
    env = renderer.renderer.sphinx_env
    proof = evidence.address(env, result["evidence"])
    foot = nodes.paragraph("", "Sources: ", classes=["provenance"])
    keys = [key for key, _ in result["sources"]]
    foot += evidence.cited(env, keys, proof)
    foot += nodes.Text(".")
    if made := evidence.made(env):
        foot += [nodes.Text(" "), sections.link("How it was made", made, "made-by")]
    figure += nodes.legend("", foot, _downloads(renderer, svg, result))
    sections.target(renderer, figure, result["name"])
    return [figure, *asks.form(result["name"], result.get("ask"))]


def _downloads(renderer: NbElementRenderer, svg: str, result: dict[str, Any]) -> nodes.Element:
    """Lead to a figure's evidence; offer its data and its picture."""
    picture = svg.encode()
    files = {"csv": result["csv"].encode("utf-8-sig"), "svg": picture, "png": pictures.png(picture)}
    row = nodes.paragraph("", classes=["downloads"])
    if result["evidence"]:
        proof = evidence.address(renderer.renderer.sphinx_env, result["evidence"])
        row += [sections.link("Show the evidence", proof, "to-evidence"), nodes.Text(" ")]
    for kind, content in files.items():
        uri = renderer.write_file([f"{result['name']}.{kind}"], content, overwrite=True)
        link = download_reference("", "", reftarget=uri, classes=[kind])
        link += nodes.Text(f"{'Data' if kind == 'csv' else 'Picture'} ({kind.upper()})")
        row += [link, nodes.Text(" ")]
    row += nodes.raw("", _values(result["name"], result["alt"]), format="html")
    return row


def _values(figure: str, words: str) -> str:
    """Give a figure in words, a value a line, which open in place: what a reader may ask for."""
    name = escape(f"values-{figure}")
    said = words.removesuffix(".").replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
    lines = escape("\n".join(_END.split(said)))
    return (
        f'<button type="button" class="to-values" popovertarget="{name}">Values in words</button>'
        f'<span popover id="{name}" class="number-card values" role="dialog" '
        f'aria-label="Values in words">{lines}\n{cards.closing(name)}</span>'
    )


def _table(renderer: NbElementRenderer, result: dict[str, Any]) -> list[nodes.Element]:
    """Give a table, and under it the notes that its cells are marked with."""
    wide = f"columns-{min(len(result['columns']), 6)}"
    columns = list(zip(*result["rows"], strict=True))
    wordy = [any(_is_wordy(cell) for cell in column) for column in columns]
    kinds = _kinds(result, wordy)
    table = nodes.table("", classes=["result", wide, *kinds])
    table += nodes.title("", result["caption"])
    group = nodes.tgroup("", cols=len(result["columns"]))
    table += group
    group += nodes.colspec("", colwidth=1, stub=1)
    group.extend(nodes.colspec("", colwidth=1) for _ in result["columns"][1:])
    head = nodes.row("")
    for text, side in zip(result["columns"], result["align"], strict=True):
        head += nodes.entry("", nodes.paragraph("", text), classes=[f"side-{side}"])
    group += nodes.thead("", head)
    body = nodes.tbody("")
    last: object = None
    for cells in result["rows"]:
        # On a card its head need not be said again.
        again = cells[0] == last
        last = cells[0]
        row = nodes.row("", classes=["again"] * again)
        for cell, side, broad in zip(cells, result["align"], wordy, strict=True):
            kind = ["wordy"] * _is_wordy(cell)
            kind += ["line"] * (broad and "cards" in kinds and not kind)
            kind += ["blank"] * (cell.get("text") in ("–", "") and "notes" not in cell)
            kind += ["whole"] * bool(_WHOLE.fullmatch(cell.get("text", "")))
            entry = nodes.entry("", classes=[f"side-{side}", *kind])
            entry += _cell(cell, renderer.renderer.sphinx_env.docname)
            marks = evidence.marks(result["name"], cell.get("notes", ()))
            if marks and len(entry[0]):
                entry[0] += sections.tied(entry[0].pop(), *marks)
            row += entry
        body += row
    group += body
    sections.target(renderer, table, result["name"])
    notes = [[key for key, _ in note["cite"]] for note in result["notes"]]
    below = evidence.notes(renderer.renderer.sphinx_env, result["name"], notes)
    asked = asks.form(result["name"], result.get("ask"))
    # What chooses rows stands before them.
    first = asked if "ratings" in result.get("ask", ()) else []
    return [*first, table, *below, *(asked if not first else [])]


def _is_wordy(cell: dict[str, Any]) -> bool:
    return "links" in cell or len(cell.get("text", "")) > _WORDY


def _kinds(result: dict[str, Any], wordy: list[bool]) -> list[str]:
    listed = any("links" in cell for row in result["rows"] for cell in row)
    broad = any(wordy) and len(wordy) + sum(wordy) >= _BROAD
    # A matrix of figures stays one, to be compared.
    mixed = len(wordy) >= _BROAD and "l" in result["align"][1:]
    return ["cards"] * (listed or mixed or broad)


def _cell(cell: dict[str, Any], docname: str) -> nodes.Element:
    paragraph = nodes.paragraph("")
    if "rating" in cell:
        paragraph += sections.badge(cell["rating"])
    elif "link" in cell or "links" in cell:
        for number, (text, target) in enumerate(cell.get("links") or [cell["link"]]):
            if number:
                paragraph += nodes.Text("; ")
            paragraph += sections.reference(text, target, docname)
    else:
        paragraph += sections.unbroken(cell["text"])
    return paragraph


def _tell_stale(app: Sphinx) -> None:
    """Warn of chapters that `make book` would run again: a plain build shows them as they are."""
    if "book.stale" in app.config.suppress_warnings:
        return
    for path in execute.stale(Path(app.srcdir)):
        logging.getLogger(__name__).warning(
            "stale: its outputs are not those of its code and of the evidence as they are now; "
            "`make run` gives them",
            location=f"chapters/{path.stem}",
            type="book",
            subtype="stale",
        )


def setup(app: Sphinx) -> dict[str, Any]:
    """Make heads of tables say what they head, and rows of the register reachable."""
    app.connect("builder-inited", _tell_stale)
    app.add_node(nodes.entry, override=True, html=(_visit_entry, HTML5Translator.depart_entry))
    app.add_node(nodes.row, override=True, html=(_visit_row, HTML5Translator.depart_row))
    app.add_node(nodes.table, override=True, html=(_visit_table, sections.leave))
    appendices.setup(app)
    asks.setup(app)
    bibliography.setup(app)
    cards.setup(app)
    draft.setup(app)
    verdicts.setup(app)
    domain: Any = StandardDomain
    domain._resolve_numref_xref = _remembering(domain._resolve_numref_xref)
    app.add_post_transform(languages.Marked)
    theme.setup(app)
    # pybtex reads every package's entry points anew for each of a thousand citations: 7 s a build.
    if not hasattr(plugin._load_entry_point, "cache_info"):
        plugin._load_entry_point = cache(plugin._load_entry_point)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


class _Library:
    """A build environment that reads each page from disk once."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._env = env
        self.get_doctree = cache(env.get_doctree)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._env, name)


def _remembering(resolve: Callable[..., Any]) -> Callable[..., Any]:
    """Let Sphinx look up numbers of figures without reading a whole page anew for each: 3 s."""
    library = cache(_Library)

    def remembering(domain: StandardDomain, env: BuildEnvironment, *rest: Any) -> Any:
        return resolve(domain, library(env), *rest)

    return remembering


def _visit_entry(translator: HTML5Translator, node: nodes.entry) -> None:
    HTML5Translator.visit_entry(translator, node)
    body = node.parent.parent
    scope = "col" if isinstance(body, nodes.thead) else "row"
    translator.body[-1] = re.sub(r"^<th ", f'<th scope="{scope}" ', translator.body[-1])
    table = body.parent.parent
    if "cards" in table["classes"] and scope == "row":
        head = translator.attval(
            next(body.parent.findall(nodes.row))[node.parent.index(node)].astext()
        )
        # A head of letters says itself what it is; a number does not.
        dumb = not any(map(str.isalpha, node.astext())) and "register" not in table["classes"]
        tag = "t[dh]" if dumb else "td"
        translator.body[-1] = re.sub(
            f"^<({tag}) ", rf'<\1 data-head="{head}" ', translator.body[-1]
        )


def _visit_row(translator: HTML5Translator, node: nodes.row) -> None:
    HTML5Translator.visit_row(translator, node)
    if node["ids"] and "id=" not in translator.body[-1]:
        translator.body[-1] = translator.body[-1].replace("<tr", f'<tr id="{node["ids"][0]}"', 1)


def _visit_table(translator: HTML5Translator, node: nodes.table) -> None:
    """Put a table in a frame of its own that scrolls, and can be reached by keyboard."""
    title = node.next_node(nodes.title)
    label = title.astext() if title is not None else "Table"
    sections.scrolling(translator, label)
    HTML5Translator.visit_table(translator, node)
