"""Chapters run in memory, on whatever evidence and assumptions are put in the place of the book's.

Nothing is written and nothing shown: whether a chapter stops, and what it would show, is found
without starting a kernel.
"""

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from types import CodeType
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

from analysis import sources, tables
from analysis.chapter import outputs
from analysis.errors import BookError

from . import execute

#: How the face of a figure begins, which holds the picture.
_FACE = "<figure>"


@dataclass
class Script:
    """A chapter as it is run in memory."""

    #: The notebook's, without its ending.
    name: str
    #: Its code cells, compiled.
    cells: list[CodeType]
    #: What they showed when the chapter was executed, in order, without pictures.
    outputs: list[dict[str, Any]]


def stops(folder: Path, root: Path) -> dict[str, str]:
    """Say which chapters of a project stop on other evidence, each with its error.

    There is no answer left to what they ask. The folder holds ``data/`` and ``references.bib``,
    such as a refresh proposes.
    """
    for name in tables.models():
        tables.read(name, folder)
    with evidence_of(folder), instead(outputs, "_picture", lambda figure: ""):
        ran = {path.stem: run(path) for path in execute.chapters(root)}
    return {name: stop for name, (_, stop) in ran.items() if stop}


@contextmanager
def evidence_of(folder: Path) -> Iterator[None]:
    """Let chapters read the tables and the bibliography of a folder, each table once."""
    read = cache(partial(tables.read, root=folder))
    with (
        sources.using(sources.read(folder / "references.bib")),
        instead(tables, "read", lambda name, root=None: read(name).copy()),
        instead(tables, "digest", partial(tables.digest, root=folder)),
    ):
        yield


def run(path: Path, given: Mapping[str, Any] | None = None) -> tuple[list[list[NotebookNode]], str]:
    """Run a chapter as it is, or with values ``given`` in the place of some of its assumptions.

    Returns
    -------
    list of list of NotebookNode, and str
        What each cell of code shows, as far as the chapter comes; and, if it stops, why, in a line.
    """
    shown: list[list[NotebookNode]] = []

    def display(data: dict[str, Any], metadata: dict[str, Any] | None = None, **_: Any) -> None:
        shown[-1].append(new_output("display_data", data, metadata=metadata or {}))

    space: dict[str, Any] = {"__name__": "__main__"}
    script = script_of(path)
    with instead(outputs, "display", display), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            for cell in script.cells:
                shown.append([])
                exec(cell, space)
                if len(shown) == 1:
                    space.update(given or {})
        except BookError as error:
            return shown, str(error)
        except Exception as error:  # an error of the chapter's own is a stop all the same
            return shown, " ".join(f"{type(error).__name__}: {error}".split())[:120]
    return shown, ""


def script_of(path: Path) -> Script:
    """Read a chapter's cells, and what they showed when it was executed."""
    code = execute.code_cells(execute.read(path))
    cells = [compile(c.source, f"{path.stem}, cell {n}", "exec") for n, c in enumerate(code, 1)]
    shown = [compared(o["data"]) for cell in code for o in cell.outputs if "data" in o]
    return Script(path.stem, cells, shown)


def compared(data: dict[str, Any]) -> dict[str, Any]:
    """Leave out the pictures: they are never compared, what was drawn is."""
    return {kind: value for kind, value in data.items() if not str(value).startswith(_FACE)}


@contextmanager
def instead(owner: Any, name: str, other: Any) -> Iterator[None]:
    """Put another object in the place of one of a module's or a class's, for a while."""
    original = getattr(owner, name)
    setattr(owner, name, other)
    try:
        yield
    finally:
        setattr(owner, name, original)
