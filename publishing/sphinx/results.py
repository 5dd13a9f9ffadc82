"""What the chapters show, read from the outputs that are published.

A number's function is read from the chapter's own code, for a value knows its rule and its rows but
not who called: the call that stands in ``chapter.number(name, call, ...)``, or the one that origins
the variable that stands there.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from analysis.chapter import mime

from .. import execute

_GLUED = "application/papermill.record/text/plain"


@dataclass(frozen=True)
class Result:
    """A figure, a table or a number of a chapter."""

    kind: str
    #: Its anchor on its page.
    name: str
    #: The caption, or the number as it is shown.
    text: str
    #: Module and name of the function that gave it; empty for a table.
    function: str = ""
    #: The data tables behind it; for a figure with the SHA-256 that they had.
    tables: tuple[tuple[str, str], ...] = ()
    #: Keys of the bibliography.
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """A chapter: the name of its page, its title, and what it shows, in order."""

    docname: str
    title: str
    results: tuple[Result, ...]

    @property
    def short(self) -> str:
        """The title without what follows its colon."""
        return self.title.split(":")[0]

    @property
    def computed(self) -> list[Result]:
        """What functions gave, figures first; tables cite their sources in place."""
        found = [it for it in self.results if it.kind != "table"]
        return sorted(found, key=lambda it: it.kind)


@cache
def chapters(root: Path) -> tuple[Chapter, ...]:
    """Read the book's notebooks, in the order of its contents."""
    return tuple(
        read(path, docname)
        for docname in _order(root)
        if (path := root / f"{docname}.ipynb").is_file()
    )


def read(path: Path, docname: str) -> Chapter:
    """Read one notebook."""
    notebook = execute.read(path)
    prose = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    titles = [line[2:] for text in prose for line in text.splitlines() if line.startswith("# ")]
    calls = _calls([cell.source for cell in execute.code_cells(notebook)])
    return Chapter(docname, titles[0], tuple(_results(execute.outputs_of(notebook), calls)))


def _order(root: Path) -> list[str]:
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    return [toc["root"]] + [it["file"] for part in toc["parts"] for it in part["chapters"]]


def _results(outputs: Iterable[dict[str, Any]], calls: dict[str, str]) -> Iterator[Result]:
    numbers, register = [], None
    for output in outputs:
        data, metadata = output.get("data", {}), output.get("metadata", {})
        if "number" in metadata:
            name = metadata["number"].get("by") or metadata["scrapbook"]["name"]
            numbers.append((name, metadata["number"]["target"]))
        for value in metadata.values():
            if isinstance(value, dict) and "figure" in value:
                yield _figure(value["figure"])
        if mime.TABLE in data:
            table = data[mime.TABLE]
            if "anchors" in table:
                register = table
            else:
                yield Result("table", table["name"], table["caption"])
    if register:
        rows = dict(zip(register["anchors"], register["rows"], strict=True))
        for name, anchor in numbers:
            yield _number(anchor, rows[anchor], calls.get(name, ""))


def _figure(figure: dict[str, Any]) -> Result:
    return Result(
        "figure",
        figure["name"],
        figure["caption"],
        figure["function"].removeprefix("analysis."),
        tuple(figure["tables"].items()),
        tuple(key for key, _ in figure["sources"]),
    )


def _number(anchor: str, row: list[dict[str, Any]], function: str) -> Result:
    text, _, rows, cite = row
    files = [name.removesuffix(".csv") for name in rows["text"].split(", ")]
    return Result(
        "number",
        anchor,
        text["text"],
        function,
        tuple((name, "") for name in files if name != "the article"),
        tuple(key for key, _ in cite["cite"]),
    )


def _calls(sources: list[str]) -> dict[str, str]:
    """Say for each glued number, or sentence, which function gave it.

    Examples
    --------
    >>> head = "from analysis import trade"
    >>> _calls([head, "a = trade.fall(p, 2023)", "chapter.number('x', a, '{}')"])
    {'x': 'trade.fall'}
    >>> _calls([head, "chapter.number('x', trade.Rule('once').total(f), '{}')"])
    {'x': 'trade.Rule.total'}
    """
    origins: dict[str, str] = {}
    found: dict[str, str] = {}
    for node in (node for source in sources for node in ast.walk(ast.parse(source))):
        if isinstance(node, ast.ImportFrom) and node.module:
            place = node.module.removeprefix("analysis").removeprefix(".")
            for alias in node.names:
                origins[alias.asname or alias.name] = f"{place}.{alias.name}".removeprefix(".")
    for source in sources:  # a variable holds what it was given last
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Assign):
                origins |= _assigned(node.targets[0], node.value, origins)
            elif isinstance(node, ast.Call) and _glues(node):
                name, value = node.args[:2]
                if isinstance(name, ast.Constant):
                    found[str(name.value)] = _function(value, origins)
    return found


def _glues(call: ast.Call) -> bool:
    return (
        isinstance(call.func, ast.Attribute)
        and call.func.attr in ("number", "sentence")
        and len(call.args) > 1
    )


def _assigned(target: ast.expr, value: ast.expr, origins: dict[str, str]) -> dict[str, str]:
    if isinstance(target, ast.Name):
        return {target.id: _function(value, origins)}
    if isinstance(target, ast.Tuple):
        values = value.elts if isinstance(value, ast.Tuple) else [value] * len(target.elts)
        pairs = zip(target.elts, values, strict=False)
        return {name: f for part, of in pairs for name, f in _assigned(part, of, origins).items()}
    return {}


def _function(value: ast.expr, origins: dict[str, str]) -> str:
    """Give the dotted name of what was called last; indices and arguments are left out."""
    match value:
        case ast.Call(func=called):
            return _function(called, origins)
        case ast.Attribute(value=inner, attr=attr):
            return f"{before}.{attr}" if (before := _function(inner, origins)) else ""
        case ast.Subscript(value=inner):
            return _function(inner, origins)
        case ast.DictComp(generators=[first, *_]) | ast.ListComp(generators=[first, *_]):
            return _function(first.iter, origins)
        case ast.Name(id=name):
            return origins.get(name, "")
    return ""
