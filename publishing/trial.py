"""Chapters run in memory, on whatever tables are put in the place of the book's own.

Nothing is written and nothing shown: whether a chapter stops on other evidence, and what it would
show, is found without starting a kernel.
"""

import hashlib
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

from analysis import sources, tables
from analysis.chapter import outputs
from analysis.errors import BookError

from . import execute

#: How the face of a figure begins, which holds the picture.
_FACE = "<figure>"


@dataclass
class Script:
    """A chapter as it is run in memory.

    Attributes
    ----------
    name : str
        The notebook's, without its ending.
    cells : list of code
        Its code cells, compiled.
    outputs : list of dict
        What they showed when the chapter was executed, in order, without pictures.
    """

    name: str
    cells: list[CodeType]
    outputs: list[dict[str, Any]]


def stops(folder: Path, root: Path) -> dict[str, str]:
    """Say which chapters stop on other evidence: there is no answer left to what they ask.

    Parameters
    ----------
    folder : Path
        Holds ``data/`` and ``references.bib``, such as a refresh proposes.
    root : Path
        The project, whose chapters are run.

    Returns
    -------
    dict of str to str
        By chapter, the error it stops with.
    """
    frames = {name: tables.read(name, folder) for name in tables.models(folder)}
    out = {}
    with (
        sources.using(sources.read(folder / "references.bib")),
        instead(tables, "read", lambda name, root=None: frames[name].copy()),
        instead(tables, "has", lambda name, root=None: name in frames),
        instead(tables, "digest", lambda name: _digest(tables.file_of(name, folder))),
        instead(outputs, "display", lambda data, **_: None),
        instead(outputs, "_picture", lambda figure: ""),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        for path in execute.chapters(root):
            space: dict[str, Any] = {"__name__": "__main__"}
            try:
                for cell in script_of(path).cells:
                    exec(cell, space)
            except BookError as error:
                out[path.stem] = str(error)
            except Exception as error:  # an error of the chapter's own is a stop all the same
                out[path.stem] = " ".join(f"{type(error).__name__}: {error}".split())[:120]
    return out


def script_of(path: Path) -> Script:
    """Read a chapter's cells, and what they showed when it was executed."""
    code = [cell for cell in execute.read(path).cells if cell.cell_type == "code"]
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


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
