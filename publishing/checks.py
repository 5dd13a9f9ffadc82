"""What must hold before a book is published.

`chapters` looks at what is about to be built, `screen` and `printed` at what was built beside the
last good book. Each refuses with one line that says where, and that book stays. What a reader would
be shown is compared with what was executed: nothing can change a number, a cell or a picture on its
way from the chapter to the page.
"""

import codecs
import csv
import hashlib
import json
import re
import zipfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag
from docutils.nodes import make_id
from nbformat import NotebookNode

from analysis import sources
from analysis.chapter import mime
from analysis.chapter.outputs import digest_of, svg_of
from analysis.chapter.sentences import typed
from analysis.errors import BuildError, ChapterError, SourceError
from analysis.project import ROOT

from . import execute, links

#: Bytes: of one page; of a page with all that its first view loads; of the printed book.
PAGE_WEIGHT, VIEW_WEIGHT, PDF_WEIGHT = 600_000, 2_500_000, 10_000_000
LEAST_ALT = 40
_FILE_NAME = re.compile(r"_images|\.(?:svg|png)")

#: A column of a table may read its row by a `lambda`; whatever has a name belongs in a module.
_DEFINITION = re.compile(r"^\s*(?:def|class|async def) ", re.M)
#: A link of Markdown: what it says is the name of what it leads to.
_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)")
_NAMED = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_BLOCK = re.compile(r"(?m)^> ?(.+)$")
_QUOTED = re.compile(r"“([^”]+)”")
#: A claim, words in quotation marks, or a rating.
_RATED = re.compile(
    r"\]\((?:[\w-]+\.ipynb)?#(?P<claim>claim-[\w-]+)\)|“(?P<quoted>[^”]+)”"
    r"|\[(?P<rating>[^\]]+)\]\(#rating-"
)
_GRADE = re.compile(r"\[([ABCE])\]")
#: What the helpers show.
_OURS = {mime.HERO, mime.PROSE, mime.TABLE, mime.REGISTER, mime.ARTICLE, mime.VERDICT}
_CITED = re.compile(r"\{cite(?::\w+)?\}`([^`]+)`")
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


# --- before the build ---------------------------------------------------------------------------


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
    prose = _prose(notebook)
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


def destinations(root: Path | None = None) -> None:
    """Look where the links of the chapters' sentences and the ways to the evidence lead.

    Raises
    ------
    ChapterError
        To a card, a figure, a table, a claim, a page or a heading that is not there.
    """
    root = root or ROOT
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


def quotations(root: Path | None = None) -> None:
    """Hold what the chapters quote against the article, the evidence and the bibliography.

    A block of quotation stands in the article to the letter, between its omissions; so do three
    words or more between quotation marks, or else in a row or a title.

    Raises
    ------
    ChapterError
        Words that nobody has written.
    """
    root = root or ROOT
    article = _letters(_all_text(root.glob("seeds/*.txt"))).lower()
    rows = [*root.glob("data/*.csv"), *root.glob("seeds/*.toml"), root / "references.bib"]
    known = article + _letters(_all_text(rows)).replace('""', '"').lower()
    for path in execute.chapters(root):
        notebook = execute.read(path)
        said = [it.get("data", {}).get(mime.PROSE, {}) for it in execute.outputs_of(notebook)]
        for text in [*_prose(notebook), *(it["text"] for it in said if it)]:
            words = _NAMED.sub(r"\1", links.NUMBER.sub("\0", text))
            blocks = [part for line in _BLOCK.findall(words) for part in line.split("[…]")]
            for part, place in (
                *((part, article) for part in blocks),
                *(
                    (part, known)
                    for part in _QUOTED.findall(words)
                    if len(part.split()) >= 3 and "\0" not in part
                ),
            ):
                quoted = _letters(part).lower().strip('"').rstrip('.,"')
                if quoted not in place:
                    raise ChapterError(
                        f"{part.strip()[:80]!r} is quoted", where=f"chapters/{path.name}",
                        allowed="words of the article" + " or of a row" * (place is known),
                    )  # fmt: skip


def ratings(root: Path | None = None) -> None:
    """Hold each rating in a sentence against the verdict on the claim that it follows.

    The claim is the last one before it that a link names, or whose words stand in quotation marks.

    Raises
    ------
    ChapterError
        The rating is another claim's.
    """
    root = root or ROOT
    verdicts: dict[str, tuple[str, str]] = {}
    texts: list[tuple[str, str]] = []
    for path in execute.chapters(root):
        notebook = execute.read(path)
        for output in execute.outputs_of(notebook):
            data = output.get("data", {})
            if verdict := data.get(mime.VERDICT):
                verdicts[verdict["name"]] = verdict["rating"], _letters(verdict["quotation"][1])
        for cell in notebook.cells:
            shown = [it.data[mime.PROSE]["text"] for it in cell.get("outputs", ())
                     if mime.PROSE in it.get("data", {})]  # fmt: skip
            texts += [(f"chapters/{path.name}", text) for text in shown]
    for where, text in texts:
        meant = ""
        for part in _RATED.finditer(text):
            if part["claim"] in verdicts:
                meant = part["claim"]
            elif part["quoted"]:
                words = _letters(_NAMED.sub(r"\1", part["quoted"])).lower()
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
    heads = re.findall(r"(?m)^#+ (.+)$", "\n".join(_prose(notebook)))
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


def citations(root: Path | None = None, *, planned: bool = False) -> None:
    """Hold citations against the bibliography, both ways.

    With ``planned`` an entry counts as cited from when a chapter or a module names it, run or not.

    Raises
    ------
    SourceError
        A key without an entry, or an entry that no row, no chapter and no result cites.
    """
    root = root or ROOT
    entries = set(sources.read(root / "references.bib"))
    used = {sources.ARTICLE}
    _refuse_anothers(root)
    for key, where in _cited(root):
        if key not in entries:
            raise SourceError(
                f"{key!r} is cited and has no entry", where=where, allowed="keys of references.bib"
            )
        used.add(key)
    if planned:
        for path in (*root.glob("chapters/*.ipynb"), *root.glob("analysis/**/*.py")):
            used.update(re.findall(r"[\w-]+", path.read_text(encoding="utf-8")))
    if unused := sorted(entries - used):
        raise SourceError(
            f"cited nowhere: {', '.join(unused)}",
            where="references.bib",
            allowed="entries that a row or a chapter cites",
        )


def _refuse_anothers(root: Path) -> None:
    """Refuse a citation of rows that nothing shown here rests on: it is another chapter's.

    A source that no row names, such as a method's, may be cited anywhere, and so may a verdict's.
    Corrections are rows of the book's own record.
    """
    rows: dict[str, set[str]] = {}
    for path in {*root.glob("data/*.csv")} - {root / "data" / "corrections.csv"}:
        with path.open(encoding="utf-8", newline="") as file:
            for cells in csv.DictReader(file):
                for key in (cells.get("source_keys") or "").split():
                    rows.setdefault(key, set()).add(path.stem)
    shown: dict[str, set[str]] = {}
    judged: set[str] = set()
    cited: list[tuple[str, str, str]] = []
    for path in execute.chapters(root):
        topic = path.stem.removesuffix("-evidence")
        for output in execute.outputs_of(execute.read(path)):
            data, metadata = output.get("data", {}), output.get("metadata", {}).get("text/html", {})
            prose = data.get(mime.PROSE, {})
            for part in (metadata, data.get(mime.TABLE), prose):
                shown.setdefault(topic, set()).update(_keys(part))
            judged.update(_keys(data.get(mime.VERDICT)))
            for made in (metadata.get("figure", {}), *prose.get("numbers", ())):
                shown[topic].update(f"data/{table}" for table in made.get("tables", ()))
            cited += [
                (topic, path.name, key) for key in links.SOURCE.findall(prose.get("text", ""))
            ]
    for topic, name, key in cited:
        here = shown[topic] | judged
        if key in rows and key not in here and not {f"data/{it}" for it in rows[key]} & here:
            raise SourceError(
                f"{key!r} is cited, a source of {', '.join(sorted(rows[key]))} alone",
                where=f"chapters/{name}",
                allowed="sources of what the chapter shows",
            )


def _prose(notebook: NotebookNode) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


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
    if _is_poor(alt):
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


def _is_poor(alt: str) -> bool:
    """Say whether an alternative text is too short, without figures, or the name of a file."""
    return len(alt) < LEAST_ALT or not re.search(r"\d", alt) or bool(_FILE_NAME.search(alt))


def _refuse_typed(text: str, where: str) -> None:
    if figure := typed(_LINK.sub("", text)):
        raise ChapterError(
            f"{figure!r} is typed in prose", where=where, allowed="{name} of `chapter.say`"
        )


def _cited(root: Path) -> Iterator[tuple[str, str]]:
    """List every citation with its place."""
    for path in sorted(root.glob("data/*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row, cells in enumerate(csv.DictReader(file), 2):
                for key in (cells.get("source_keys") or "").split():
                    yield key, f"data/{path.name}, row {row}, column source_keys"
    for path in sorted(root.glob("chapters/*.md")):
        yield from _cited_in([path.read_text(encoding="utf-8")], f"chapters/{path.name}")
    for path in execute.chapters(root):
        notebook, where = execute.read(path), f"chapters/{path.name}"
        yield from _cited_in(_prose(notebook), where)
        for output in execute.outputs_of(notebook):
            data = output.get("data", {})
            parts = map(data.get, (mime.TABLE, mime.VERDICT, mime.PROSE))
            for part in (output.get("metadata", {}).get("text/html"), *parts):
                yield from ((key, where) for key in _keys(part))
            text = data.get(mime.PROSE, {}).get("text", "")
            yield from ((key, where) for key in links.SOURCE.findall(text))


def _cited_in(texts: Iterable[str], where: str) -> Iterator[tuple[str, str]]:
    for citation in _CITED.finditer("\n".join(texts)):
        yield from ((key.strip(), where) for key in citation[1].split(","))


def _keys(value: Any) -> Iterator[str]:
    """Find the source keys in the data of a figure, of a table or of a verdict."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in ("cite", "sources"):
                yield from (key for key, _ in inner)
            else:
                yield from _keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _keys(inner)


# --- after the build ----------------------------------------------------------------------------


def screen(root: Path, html: Path, coming: Collection[str] = ()) -> None:
    """Look at pages that were built and are not yet published.

    Parameters
    ----------
    root : Path
        The project's folder.
    html : Path
        The folder of the pages.
    coming : collection of str, optional
        Files that are still being built, and will lie in that folder.

    Raises
    ------
    BuildError
        A page asks another host for something, leads nowhere, is too heavy, shows a traceback, a
        picture without words, or something else than its chapter: a number, a cell of a table, a
        picture.
    """
    pages = _Pages(html, coming)
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


class _Pages:
    """The pages of a book, each read once."""

    def __init__(self, html: Path, coming: Collection[str] = ()) -> None:
        self.html = html
        self.coming = {(html / name).resolve() for name in coming}
        self.read = cache(_soup)
        self.anchors = cache(lambda path: {tag["id"] for tag in self.read(path).find_all(id=True)})


def _soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def page(path: Path, pages: _Pages | None = None) -> None:
    """Look at one page by itself: what it fetches, where it leads, its words and its weight.

    Raises
    ------
    BuildError
        See `screen`.
    """
    pages = pages or _Pages(path.parent)
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


def _follow(address: str, path: Path, where: str, pages: _Pages) -> None:
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
        if _is_poor(alt):
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
    figures = {str(figure.get("id")): figure for figure in soup.select("figure.result")}
    tables = {str(table.get("id")): table for table in soup.select("table.result")}
    order = []
    for output in execute.outputs_of(notebook):
        data = output.get("data", {})
        if mime.TABLE in data:
            _same_table(data[mime.TABLE], tables, soup, where)
            order.append(data[mime.TABLE]["name"])
        if hero := data.get(mime.HERO):
            words = _letters("".join((hero["origin"], *hero["quotation"], hero["answer"])))
            if [_letters(it.get_text()) for it in soup.select(".hero")] != [words]:
                raise BuildError("the head of the first page has other words", where=where)
        if figure := output.get("metadata", {}).get("text/html", {}).get("figure"):
            _same_figure(svg_of(data["text/html"]), figure, figures, path, where)
            order.append(figure["name"])
        if mime.VERDICT in data:
            _same_verdict(data[mime.VERDICT], soup, where)
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
    whole = _letters(article.get_text() if isinstance(article, Tag) else "")
    computed: dict[str, set[str]] = {}
    at = 0
    for sentence in sentences:
        for words in links.pieces(sentence["text"]):
            piece = _letters(words)
            found = whole.find(piece, at)
            if found < 0:
                raise BuildError(f"{words.strip()[:80]!r} is not on the page", where=where)
            at = found + len(piece)
        for text, target in links.NUMBER.findall(sentence["text"]):
            computed.setdefault(target, set()).add(_normal(text))
    shown: dict[str, set[str]] = {}
    for button in soup.select("button.number"):
        target = str(button["popovertarget"])
        shown.setdefault(target, set()).add(_normal(button.get_text()))
    for target in computed.keys() | shown.keys():
        if shown.get(target) != computed.get(target):
            raise BuildError(
                f"the number {target} reads {', '.join(sorted(shown.get(target, ['nothing'])))}",
                where=where,
                allowed=f"{', '.join(sorted(computed.get(target, ['none'])))}, as it was computed",
            )


def _rows(pages: _Pages, path: Path) -> None:
    """Follow each card to its row, which shows the same number."""
    where = f"chapters/{path.name}"
    for card in pages.read(path).select("div.number-card[id^=number-]"):
        anchor, value = f"row-{card['id']}", card.find("strong")
        links_there = [str(a["href"]) for a in card.select("a") if anchor in str(a["href"])]
        place = path.parent / urlsplit(links_there[0]).path if links_there else path
        row = pages.read(place).find(id=anchor) if place.is_file() else None
        head = row.find("strong") if isinstance(row, Tag) else None
        if value is None or head is None or value.get_text() != head.get_text():
            raise BuildError(f"the card {card['id']} has no row of its own", where=where)


def _letters(text: str) -> str:
    """Give a text without its spaces, for pages break it where they like."""
    return "".join(_normal(text).split())


def _same_description(soup: BeautifulSoup, where: str) -> None:
    """Find what the page tells machines among its own words: never a quotation of the article."""
    article = soup.find("article")
    if not isinstance(article, Tag):
        return
    own = _letters("".join(
        it for it in article.find_all(string=True) if not it.find_parent(("blockquote", "script"))
    ))  # fmt: skip
    told = [str(it.get("content")) for it in soup.select('meta[name="description"]')]
    told += [it.get("description", "") for it in _described(soup) if it.get("@type") == "Article"]
    for words in told:
        if _letters(words.removesuffix(" …")) not in own:
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


def _same_verdict(computed: dict[str, Any], soup: BeautifulSoup, where: str) -> None:
    box = soup.find(id=computed["name"])
    shown = _letters(box.get_text()) if isinstance(box, Tag) else ""
    rating = box.find(class_="rating") if isinstance(box, Tag) else None
    said = box.find("strong") if isinstance(box, Tag) else None
    told = [*(part for parts in computed["depends"] for part in parts[:1]), computed["reason"]]
    for words, there in (
        (computed["rating"], rating and _letters(rating.get_text())),
        (computed["quotation"][1], said and _letters(said.get_text())),
        *((words, shown) for words in told),
    ):
        if not there or _letters(words) not in there:
            raise BuildError(f"{computed['name']} lacks {words[:60]!r}", where=where)
    _same_grades(computed["sources"], _whole(box), computed["name"], where)


def _whole(tag: Any) -> str:
    """Give the words of a tag, with those that are for paper alone."""
    return "".join(tag.find_all(string=True)) if isinstance(tag, Tag) else ""


def _same_grades(cited: list[list[str]], words: str, name: str, where: str) -> None:
    """Count the sources by grade: every one of them is named."""
    computed = Counter(grade for _, grade in cited)
    if missing := computed - Counter(_GRADE.findall(words)):
        grades = ", ".join(sorted(missing))
        raise BuildError(f"{name} names too few sources of grade {grades}", where=where)


def _same_table(
    computed: dict[str, Any], tables: dict[str, Tag], soup: BeautifulSoup, where: str
) -> None:
    name, table = computed["name"], tables.get(computed["name"])
    if table is None:
        raise BuildError(f"table {name} is not on the page", where=where)
    heads = [head.get_text() for head in table.select("thead th")]
    caption = table.select_one(".caption-text")
    for words, shown in zip(
        [computed["caption"], *computed["columns"]],
        [caption.get_text() if caption else "", *heads],
        strict=len(heads) == len(computed["columns"]),
    ):
        if _normal(words) != _normal(shown):
            raise BuildError(f"table {name}: {shown.strip()!r}", where=where, allowed=repr(words))
    for number, note in enumerate(computed["notes"], 1):
        line = soup.find(id=f"{name}-note-{number}")
        _same_grades(note["cite"], _whole(line), f"{name}, note {number}", where)
    rows = [row.find_all(["th", "td"]) for row in table.select("tbody tr")]
    if len(rows) != len(computed["rows"]):
        raise BuildError(
            f"table {name} has {len(rows)} rows", where=where, allowed=f"{len(computed['rows'])}"
        )
    for number, (cells, row) in enumerate(zip(computed["rows"], rows, strict=True), 1):
        for cell, on_page in zip(cells, row, strict=True):
            for mark in on_page.find_all("sup", class_="note"):
                mark.extract()
            text = _text_of(cell)
            if _normal(text) != _normal(on_page.get_text()):
                raise BuildError(
                    f"table {name}, row {number}: {on_page.get_text().strip()[:60]!r}",
                    where=where,
                    allowed=f"{text[:60]!r}, as it was computed",
                )


def _text_of(cell: dict[str, Any]) -> str:
    links_of = cell.get("links") or [cell["link"]] if "link" in cell or "links" in cell else []
    words = "; ".join(text for text, _ in links_of)
    return str(cell.get("text") or cell.get("rating") or words)


def _same_figure(
    picture: str, computed: dict[str, Any], figures: dict[str, Tag], path: Path, where: str
) -> None:
    name, figure = computed["name"], figures.get(computed["name"])
    image = figure and figure.find("img")
    if not figure or not isinstance(image, Tag):
        raise BuildError(f"figure {name} is not on the page", where=where)
    if _normal(str(image.get("alt"))) != _normal(computed["alt"]):
        raise BuildError(f"figure {name} has other words", where=where)
    caption = figure.select_one(".caption-text")
    if caption is None or _normal(caption.get_text()) != _normal(computed["caption"]):
        raise BuildError(f"figure {name} has another caption", where=where)
    sources = figure.select_one("p.provenance")
    _same_grades(computed["sources"], _whole(sources), name, where)
    file = path.parent / unquote(str(image["src"]))
    if file.suffix == ".svg" and file.read_text(encoding="utf-8").strip() != picture.strip():
        raise BuildError(f"figure {name} is another picture", where=where)
    links = (unquote(str(link.get("href", ""))) for link in figure.find_all("a"))
    data = [path.parent / link for link in links if link.endswith(f"{name}.csv")]
    if not any(file.read_text(encoding="utf-8-sig") == computed["csv"] for file in data):
        raise BuildError(f"figure {name} offers other data", where=where)


#: Sphinx makes straight quotes curly and rows of hyphens dashes; no number changes by that.
_SIGNS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "."})


def _normal(text: str) -> str:
    """Give a text with straight quotes, single spaces, hyphens and full stops."""
    return re.sub(r"([-.])\1+", r"\1", " ".join(text.translate(_SIGNS).split()))


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
