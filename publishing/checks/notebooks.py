"""Chapters before a build: what they show, how they say it, and where their links lead."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from docutils.nodes import make_id
from nbformat import NotebookNode

from analysis.chapter import mime
from analysis.chapter.outputs import digest_of
from analysis.chapter.sentences import typed
from analysis.errors import ChapterError
from analysis.project import ROOT

from .. import execute, links
from .cited import citations
from .words import LEAST_ALT, is_poor, letters

#: A column of a table may read its row by a `lambda`; whatever has a name belongs in a module.
_DEFINITION = re.compile(r"^\s*(?:def|class|async def) ", re.M)
_BLOCK = re.compile(r"(?m)^> ?(.+)$")
_QUOTED = re.compile(r"“([^”]+)”")
#: A claim, words in quotation marks, or a rating.
_RATED = re.compile(
    r"\]\((?:[\w-]+\.ipynb)?#(?P<claim>claim-[\w-]+)\)|“(?P<quoted>[^”]+)”"
    r"|\[(?P<rating>[^\]]+)\]\(#rating-"
)
#: What the helpers show.
_OURS = {mime.HERO, mime.PROSE, mime.TABLE, mime.REGISTER, mime.ARTICLE, mime.VERDICT}


def chapters(root: Path | None = None) -> None:
    """Look at the chapters that are about to be published, and at their citations.

    Raises
    ------
    ChapterError
        A chapter is stale, was not executed from 1 on in order, has an error or stderr among its
        outputs, shows something past the helpers, holds a definition, does not begin with what a
        re-runner may change, leaves code unfolded, has a number or a role typed in its prose, a
        link that leads nowhere, or a figure without words, caption or its own data.
    SourceError
        A citation has no entry, or an entry is cited nowhere.
    """
    root = root or ROOT
    for path in execute.chapters(root):
        notebook = execute.read(path)
        chapter(notebook, f"chapters/{path.name}")
        if not execute.is_fresh(notebook, root):
            raise ChapterError(
                "stale: its outputs are not those of its code and of the evidence as they are now",
                where=f"chapters/{path.name}",
                allowed="what `make run` gives",
            )
    for path in sorted(root.glob("chapters/*.md")):
        _refuse_typed(path.read_text(encoding="utf-8"), f"chapters/{path.name}")
    destinations(root)
    quotations(root)
    ratings(root)
    citations(root)


def chapter(notebook: NotebookNode, where: str) -> None:
    """Look at one executed chapter.

    Raises
    ------
    ChapterError
        See `chapters`.
    """
    code = execute.code_cells(notebook)
    for number, cell in enumerate(code, 1):
        place = f"{where}, code cell {number}"
        if cell.execution_count is None:
            raise ChapterError("not executed", where=place, allowed="what `make run` gives")
        if cell.execution_count != number:
            raise ChapterError(
                f"executed as number {cell.execution_count}", where=place, allowed=f"{number}"
            )
        if definition := _DEFINITION.search(cell.source):
            raise ChapterError(f"{definition[0].strip()!r}", where=place, allowed="calls only")
        for output in cell.outputs:
            _refuse_output(output, place)
    prose = execute.prose(notebook)
    _refuse_unfolded(code, where)
    for number, cell in enumerate(notebook.cells, 1):
        if cell.cell_type == "markdown" and (role := links.ROLE.search(cell.source)):
            raise ChapterError(
                f"{role[0]!r} is typed in prose",
                where=f"{where}, cell {number}",
                allowed="Markdown; `chapter.say` for numbers and citations",
            )
    for text in prose:
        _refuse_typed(text, where)


def destinations(root: Path) -> None:
    """Look where the links of the chapters' sentences and the ways to the evidence lead.

    Raises
    ------
    ChapterError
        To a card, a figure, a table, a claim, a page or a heading that is not there.
    """
    notebooks = {path.name: execute.read(path) for path in execute.chapters(root)}
    pages = {path.name for path in root.glob("chapters/*.md")} | set(notebooks)
    heads = {name: _headings(notebook) for name, notebook in notebooks.items()}
    named = {it for notebook in notebooks.values() for it in _named(notebook)}

    def refuse(address: str, here: str, place: str, *, heading: bool = False) -> None:
        page, _, anchor = address.partition("#")
        known = page in pages if page else True
        if known and anchor and (heading or anchor not in named):
            known = anchor in heads.get(page or here, {anchor})
        if not known:
            raise ChapterError(f"the link {address} leads nowhere", where=f"chapters/{place}")

    for name, notebook in notebooks.items():
        proof = f"{name.removesuffix('.ipynb').removesuffix('-evidence')}-evidence.ipynb"
        for number, cell in enumerate(execute.code_cells(notebook), 1):
            place = f"{name}, code cell {number}"
            for output in cell.outputs:
                figure = output.get("metadata", {}).get("text/html", {}).get("figure", {})
                if anchor := figure.get("evidence"):
                    where = proof if proof in notebooks else name
                    address = anchor if "#" in anchor else f"{where}#{anchor}"
                    refuse(address, name, place, heading=True)
                text = output.get("data", {}).get(mime.PROSE, {}).get("text", "")
                for address in links.INSIDE.findall(links.RATING.sub("", text)):
                    refuse(address, name, place)


def quotations(root: Path) -> None:
    """Hold what the chapters quote against the article, the evidence and the bibliography.

    A block of quotation stands in the article to the letter, between its omissions; so do three
    words or more between quotation marks, or else in a row or a title.

    Raises
    ------
    ChapterError
        Words that nobody has written.
    """
    article = letters(_all_text(root.glob("seeds/*.txt"))).lower()
    rows = [*root.glob("data/*.csv"), *root.glob("seeds/*.toml"), root / "references.bib"]
    known = article + letters(_all_text(rows)).replace('""', '"').lower()
    for path in execute.chapters(root):
        notebook = execute.read(path)
        said = [it.get("data", {}).get(mime.PROSE, {}) for it in execute.outputs_of(notebook)]
        for text in [*execute.prose(notebook), *(it["text"] for it in said if it)]:
            words = links.WORDS.sub(r"\1", links.NUMBER.sub("\0", text))
            blocks = [part for line in _BLOCK.findall(words) for part in line.split("[…]")]
            for part, place in (
                *((part, article) for part in blocks),
                *(
                    (part, known)
                    for part in _QUOTED.findall(words)
                    if len(part.split()) >= 3 and "\0" not in part
                ),
            ):
                quoted = letters(part).lower().strip('"').rstrip('.,"')
                if quoted not in place:
                    raise ChapterError(
                        f"{part.strip()[:80]!r} is quoted", where=f"chapters/{path.name}",
                        allowed="words of the article" + " or of a row" * (place is known),
                    )  # fmt: skip


def ratings(root: Path) -> None:
    """Hold each rating in a sentence against the verdict on the claim that it follows.

    The claim is the last one before it that a link names, or whose words stand in quotation marks.

    Raises
    ------
    ChapterError
        The rating is another claim's.
    """
    verdicts: dict[str, tuple[str, str]] = {}
    texts: list[tuple[str, str]] = []
    for path in execute.chapters(root):
        for output in execute.outputs_of(execute.read(path)):
            data = output.get("data", {})
            if verdict := data.get(mime.VERDICT):
                verdicts[verdict["name"]] = verdict["rating"], letters(verdict["quotation"][1])
            if mime.PROSE in data:
                texts.append((f"chapters/{path.name}", data[mime.PROSE]["text"]))
    for where, text in texts:
        meant = ""
        for part in _RATED.finditer(text):
            if part["claim"] in verdicts:
                meant = part["claim"]
            elif part["quoted"]:
                words = letters(links.WORDS.sub(r"\1", part["quoted"])).lower()
                found = [name for name, (_, said) in verdicts.items() if words in said.lower()]
                meant = found[0] if len(found) == 1 else meant
            elif part["rating"] and meant and verdicts[meant][0] != part["rating"]:
                raise ChapterError(
                    f"{part['rating']!r} beside {meant}", where=where, allowed=verdicts[meant][0]
                )


def _all_text(paths: Iterable[Path]) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(paths))


def _headings(notebook: NotebookNode) -> set[str]:
    """List the anchors of a chapter's headings, as Markdown and as the pages write them."""
    heads = re.findall(r"(?m)^#+ (.+)$", "\n".join(execute.prose(notebook)))
    return {form(head) for head in heads for form in (links.slug, make_id)}


def _named(notebook: NotebookNode) -> Iterator[str]:
    """List the figures, tables, claims and cards that a chapter shows."""
    for output in execute.outputs_of(notebook):
        data, metadata = output.get("data", {}), output.get("metadata", {})
        if figure := metadata.get("text/html", {}).get("figure"):
            yield figure["name"]
        if mime.TABLE in data:
            yield data[mime.TABLE]["name"]
        yield from (number["anchor"] for number in data.get(mime.PROSE, {}).get("numbers", ()))
        for kind in (mime.VERDICT, mime.ARTICLE):
            for claim in re.findall(r"\bclaim-[\w-]+", json.dumps(data.get(kind, ""))):
                yield from (claim, f"said-{claim}")


def _refuse_unfolded(code: list[NotebookNode], where: str) -> None:
    """Refuse assumptions that do not stand first, and other code in view in Jupyter."""
    for number, cell in enumerate(code, 1):
        place = f"{where}, code cell {number}"
        first = execute.PARAMETERS in cell.metadata.get("tags", ())
        if first and number > 1:
            raise ChapterError(
                "assumptions that do not stand first",
                where=place,
                allowed=f"the first code cell, tagged {execute.PARAMETERS!r}",
            )
        if not first and not cell.metadata.get("jupyter", {}).get("source_hidden"):
            raise ChapterError("code in view", where=place, allowed="what `make run` gives")


def _refuse_output(output: NotebookNode, place: str) -> None:
    if output.output_type == "error":
        raise ChapterError(f"{output.ename}: {output.evalue}", where=place)
    if output.output_type != "display_data":
        name = output.get("name", output.output_type)
        text = " ".join(str(output.get("text", "")).split())[:80]
        raise ChapterError(
            f"output to {name}: {text}", where=place, allowed="what the helpers show"
        )
    if figure := output.metadata.get("text/html", {}).get("figure"):
        _refuse_figure(output, figure, place)
    elif not _OURS & set(output.data):
        kinds = ", ".join(sorted(output.data))
        raise ChapterError(f"an output of {kinds}", where=place, allowed="what the helpers show")
    prose = output.data.get(mime.PROSE)
    # Two bare dollar signs are mathematics in JupyterLab.
    if prose and prose["text"] != output.data["text/markdown"].replace(r"\$", "$"):
        raise ChapterError("a sentence with two texts", where=place, allowed="one")


def _refuse_figure(output: NotebookNode, figure: dict[str, Any], place: str) -> None:
    where, alt = f"{place}, {figure['name']}", figure["alt"]
    if is_poor(alt):
        raise ChapterError(
            f"alternative text {alt[:60]!r}",
            where=where,
            allowed=f"{LEAST_ALT} characters or more, with the figures that matter",
        )
    text = output.data["text/plain"]
    digest = hashlib.sha256(figure["csv"].encode()).hexdigest()[:16]
    # nbval compares this text and no metadata: what readers get must be what the text speaks of.
    asked = [f"To ask: {digest_of(figure['ask'])}"] if "ask" in figure else []
    for part in (figure["caption"], f"In words: {alt}\n", f"sha256 {digest}", *asked):
        if part not in text:
            raise ChapterError(
                f"{part.strip()[:60]!r} is not what was computed",
                where=where,
                allowed="the words and the data that the figure's text has",
            )


def _refuse_typed(text: str, where: str) -> None:
    # What a link says is the name of what it leads to.
    if figure := typed(links.WORDS.sub("", text)):
        raise ChapterError(
            f"{figure!r} is typed in prose", where=where, allowed="{name} of `chapter.say`"
        )
