"""Citations before a build: each has an entry, is of its own topic, and no entry is idle."""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from analysis import sources
from analysis.chapter import mime
from analysis.errors import SourceError
from analysis.project import ROOT

from .. import execute, links

_CITED = re.compile(r"\{cite(?::\w+)?\}`([^`]+)`")


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
    for key, path, _ in _rows(root):
        if path.stem != "corrections":
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


def _rows(root: Path) -> Iterator[tuple[str, Path, int]]:
    """List every key that a table names, with its file and row."""
    for path in sorted(root.glob("data/*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row, cells in enumerate(csv.DictReader(file), 2):
                yield from ((key, path, row) for key in (cells.get("source_keys") or "").split())


def _cited(root: Path) -> Iterator[tuple[str, str]]:
    """List every citation with its place."""
    for key, path, row in _rows(root):
        yield key, f"data/{path.name}, row {row}, column source_keys"
    for path in sorted(root.glob("chapters/*.md")):
        yield from _cited_in([path.read_text(encoding="utf-8")], f"chapters/{path.name}")
    for path in execute.chapters(root):
        notebook, where = execute.read(path), f"chapters/{path.name}"
        yield from _cited_in(execute.prose(notebook), where)
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
