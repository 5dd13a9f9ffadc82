"""What the chapters show, read from the outputs that are published.

A number's function is read from the chapter's own code, for a value knows its rule and its rows but
not who called: the call that stands in ``chapter.number(name, call, ...)``, or the one that made
the variable that stands there.
"""

import ast
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from analysis.chapter import mime

_GLUED = "application/papermill.record/text/plain"


@dataclass(frozen=True)
class Result:
    """A figure, a table or a number of a chapter.

    Parameters
    ----------
    kind : str
        ``figure``, ``table`` or ``number``.
    name : str
        Its anchor on its page.
    words : str
        The caption, or the number as it is shown.
    function : str
        Who made it: module and name; empty for a table.
    tables : dict of str to str
        Names of the data tables behind it; for a figure with the SHA-256 that they had.
    sources : tuple of str
        Keys of the bibliography.
    """

    kind: str
    name: str
    words: str
    function: str = ""
    tables: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """A chapter: the name of its page, its title, and what it shows, in order."""

    docname: str
    title: str
    results: tuple[Result, ...]

    @property
    def short(self) -> str:
        """The title without what follows its colon."""
        return self.title.split(":")[0]


@cache
def chapters(root: Path) -> tuple[Told, ...]:
    """Read the book's notebooks, in the order of its contents."""
    return tuple(
        read(path, docname)
        for docname in _order(root)
        if (path := root / f"{docname}.ipynb").is_file()
    )


def read(path: Path, docname: str) -> Told:
    """Read one notebook."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    prose = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    titles = [line[2:] for text in prose for line in text.splitlines() if line.startswith("# ")]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    calls = _calls(["".join(cell["source"]) for cell in code])
    outputs = [output for cell in code for output in cell.get("outputs", [])]
    return Told(docname, titles[0], tuple(_results(outputs, calls)))


def _order(root: Path) -> list[str]:
    told = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    return [told["root"]] + [it["file"] for part in told["parts"] for it in part["chapters"]]


def _results(outputs: list[dict[str, Any]], calls: dict[str, str]) -> Iterator[Result]:
    numbers, register = [], None
    for output in outputs:
        data, metadata = output.get("data", {}), output.get("metadata", {})
        if "number" in metadata:
            name = metadata["number"].get("by") or metadata["scrapbook"]["name"]
            numbers.append((name, metadata["number"]["target"]))
        for told in metadata.values():
            if isinstance(told, dict) and "figure" in told:
                yield _figure(told["figure"])
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


def _figure(told: dict[str, Any]) -> Result:
    return Result(
        "figure",
        told["name"],
        told["caption"],
        told["function"].removeprefix("analysis."),
        tuple(told["tables"].items()),
        tuple(key for key, _ in told["sources"]),
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
    made: dict[str, str] = {}
    found: dict[str, str] = {}
    for node in (node for source in sources for node in ast.walk(ast.parse(source))):
        if isinstance(node, ast.ImportFrom) and node.module:
            place = node.module.removeprefix("analysis").removeprefix(".")
            for name in node.names:
                made[name.asname or name.name] = f"{place}.{name.name}".removeprefix(".")
    for source in sources:  # a variable holds what it was given last
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Assign):
                made |= _assigned(node.targets[0], node.value, made)
            elif isinstance(node, ast.Call) and _glues(node):
                name, value = node.args[:2]
                if isinstance(name, ast.Constant):
                    found[str(name.value)] = _function(value, made)
    return found


def _glues(call: ast.Call) -> bool:
    return (
        isinstance(call.func, ast.Attribute)
        and call.func.attr in ("number", "sentence")
        and len(call.args) > 1
    )


def _assigned(target: ast.expr, value: ast.expr, made: dict[str, str]) -> dict[str, str]:
    if isinstance(target, ast.Name):
        return {target.id: _function(value, made)}
    if isinstance(target, ast.Tuple):
        values = value.elts if isinstance(value, ast.Tuple) else [value] * len(target.elts)
        pairs = zip(target.elts, values, strict=False)
        return {name: f for part, of in pairs for name, f in _assigned(part, of, made).items()}
    return {}


def _function(value: ast.expr, made: dict[str, str]) -> str:
    """Give the dotted name of what was called last; indices and arguments are left out."""
    match value:
        case ast.Call(func=called):
            return _function(called, made)
        case ast.Attribute(value=inner, attr=attr):
            return f"{before}.{attr}" if (before := _function(inner, made)) else ""
        case ast.Subscript(value=inner):
            return _function(inner, made)
        case ast.DictComp(generators=[first, *_]) | ast.ListComp(generators=[first, *_]):
            return _function(first.iter, made)
        case ast.Name(id=name):
            return made.get(name, "")
    return ""
