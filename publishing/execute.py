"""Chapters: executed, stamped, and told fresh from stale.

A chapter's stamp, in its metadata, lists what it read when it was executed: the modules of
``analysis/`` that were imported and the tables that were asked for. It holds two digests: one of
those files, the seeds, the bibliography, the lock and the chapter's own code; one of its outputs.
So neither an edited helper nor an edited output is ever published, and a change elsewhere makes
nothing stale.

Each chapter has a kernel of its own (`publishing.kernel`): eleven as Jupyter starts them took 92
seconds of processor time where these take 60.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from threading import Lock
from typing import Any

import nbformat
from nbformat import NotebookNode

from analysis.errors import ChapterError
from analysis.project import ROOT

from . import kernel

#: The tag of the cell that holds what a re-runner may change; papermill knows it by this name.
PARAMETERS = "parameters"
_STAMP = "evidence"
#: What every chapter follows from, besides what it imports and reads.
_SHARED = ("seeds/*", "references.bib", "requirements.txt")
#: Run after a chapter's last cell: which modules and tables it has asked for.
_RECORD = """\
import json, sys
print(json.dumps([
    [m.__file__ for n, m in sorted(sys.modules.items())
     if n.split(".")[0] == "analysis" and getattr(m, "__file__", None)],
    sorted(getattr(sys.modules.get("analysis.tables"), "consulted", ())),
]))
"""
#: Seconds a cell may take. The slowest takes under ten.
CELL_LIMIT = 120


def chapters(root: Path | None = None) -> list[Path]:
    """List the notebooks of the book, in alphabetical order."""
    return sorted((root or ROOT).glob("chapters/*.ipynb"))


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """List a chapter's cells of code."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def prose(notebook: NotebookNode) -> list[str]:
    """List a chapter's typed texts."""
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def outputs_of(notebook: NotebookNode) -> list[NotebookNode]:
    """List what a chapter shows, in order."""
    return [output for cell in code_cells(notebook) for output in cell.outputs]


def read(path: Path) -> NotebookNode:
    """Read a chapter.

    Raises
    ------
    ChapterError
        The file is not a notebook.
    """
    try:
        notebook: NotebookNode = nbformat.read(path, as_version=4)
    except (ValueError, nbformat.ValidationError, OSError) as error:
        raise ChapterError(
            f"not a notebook: {' '.join(str(error).split())[:120]}", where=f"chapters/{path.name}"
        ) from None
    return notebook


# --- the stamp ----------------------------------------------------------------------------------


def inputs_digest(root: Path) -> str:
    """Give the SHA-256 of all files that any of the chapters follows from."""
    return _digest({name for path in chapters(root) for name in reads(read(path))}, root)


def is_fresh(notebook: NotebookNode, root: Path | None = None) -> bool:
    """Say whether a chapter's outputs are those that its code and its inputs give."""
    stamp = notebook.metadata.get(_STAMP)
    return bool(stamp == _stamp(notebook, reads(notebook), root or ROOT))


def stale(root: Path | None = None) -> list[Path]:
    """List the chapters whose outputs may no longer be published."""
    return [path for path in chapters(root) if not is_fresh(read(path), root)]


def reads(notebook: NotebookNode) -> list[str]:
    """List the modules and tables that a chapter read, as paths inside the project."""
    return list(notebook.metadata.get(_STAMP, {}).get("reads", ()))


def _stamp(notebook: NotebookNode, reads: list[str], root: Path) -> dict[str, Any]:
    code = code_cells(notebook)
    inputs = [_digest(reads, root), [cell.source for cell in code]]
    outputs = [[cell.execution_count, cell.outputs] for cell in code]
    told = [json.dumps(part, sort_keys=True).encode() for part in (inputs, outputs)]
    digests = [hashlib.sha256(part).hexdigest() for part in told]
    return {"reads": reads, **dict(zip(("inputs", "outputs"), digests, strict=True))}


def _digest(names: Iterable[str], root: Path) -> str:
    """Give the digest of some files, and of those that all chapters follow from.

    A table that a chapter asked for and that was not there counts as well: it may come.
    """
    shared = {path.relative_to(root).as_posix() for part in _SHARED for path in root.glob(part)}
    total = hashlib.sha256()
    for name in sorted(shared.union(names)):
        file = root / name
        total.update(name.encode() + b"\0")
        total.update(hashlib.sha256(file.read_bytes()).digest() if file.is_file() else b"absent")
    return total.hexdigest()


# --- execution ----------------------------------------------------------------------------------


def refresh(paths: list[Path], root: Path) -> None:
    """Run chapters and keep their outputs: all of them, or none if one fails, as in `executed`."""
    for path, notebook in zip(paths, executed(paths, root), strict=True):
        write(path, notebook)


def executed(paths: list[Path], root: Path) -> list[NotebookNode]:
    """Run chapters, and give them with their outputs.

    Each has a kernel of its own, in its own folder, on the project's own code. It is stamped, its
    cells are counted from 1, and no times or versions that would differ elsewhere are kept.

    Raises
    ------
    ChapterError
        A cell raised, wrote to stderr, took more than `CELL_LIMIT` seconds, or its kernel died.
    """
    return _Run(root).all(paths)


class _Run:
    """Chapters that run side by side; after the first refusal the others are stopped."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.running: set[ForkServerProcess] = set()
        self.lock, self.stopped = Lock(), False

    def all(self, paths: list[Path]) -> list[NotebookNode]:
        kernel.prepare()
        threads = ThreadPoolExecutor(os.cpu_count())
        # What shows most takes longest: begun last, it would run on alone.
        longest = sorted(paths, key=lambda path: path.stat().st_size, reverse=True)
        tasks = {path: threads.submit(self.one, path) for path in longest}
        try:
            for done in as_completed(tasks.values()):
                done.result()
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            with self.lock:
                self.stopped = True
                for process in self.running:
                    process.kill()
            threads.shutdown()
        return [tasks[path].result() for path in paths]

    def one(self, path: Path) -> NotebookNode:
        notebook, where = read(path), f"chapters/{path.name}"
        cells = code_cells(notebook)
        with self.lock:
            if self.stopped:
                raise ChapterError("stopped", where=where)
            sources = [*(cell.source for cell in cells), _RECORD]
            process, told = kernel.start(path.parent, self.root, sources)
            self.running.add(process)
        try:
            for number, cell in enumerate(cells, 1):
                cell.outputs = _next(told, f"{where}, code cell {number}")
                cell.execution_count = number
                _refuse_noise(cell, f"{where}, code cell {number}")
            modules, tables = json.loads(_next(told, where)[0].text)
        finally:
            with self.lock:
                process.kill()
                process.join()
                self.running.remove(process)
        root = self.root.resolve()
        reads = [Path(file).resolve().relative_to(root).as_posix() for file in modules]
        reads = sorted([*reads, *(f"data/{name}.csv" for name in tables)])
        notebook.metadata[_STAMP] = _stamp(notebook, reads, self.root)
        return _bare(notebook)


def _next(told: Connection, where: str) -> list[NotebookNode]:
    """Wait for what the next cell shows."""
    if not told.poll(CELL_LIMIT):
        raise ChapterError("the cell does not end", where=where, allowed=f"{CELL_LIMIT} s a cell")
    try:
        outputs: list[NotebookNode] = told.recv()
    except EOFError:
        raise ChapterError("the kernel died", where=where) from None
    for output in outputs:
        if output.output_type == "error":
            raise ChapterError(f"{output.ename}: {output.evalue}", where=where)
    return outputs


def _bare(notebook: NotebookNode) -> NotebookNode:
    """Take out what Jupyter, nbconvert and papermill leave: times, versions, what is unfolded."""
    for cell in notebook.cells:
        tags = sorted(cell.metadata.get("tags", []))
        cell.metadata = NotebookNode(tags=tags) if cell.cell_type == "code" else NotebookNode()
        if cell.cell_type == "code" and PARAMETERS not in tags:
            # What a re-runner may change stays in view.
            cell.metadata.jupyter = {"source_hidden": True}
    notebook.metadata = NotebookNode(
        kernelspec={"display_name": "Python 3", "language": "python", "name": "python3"},
        language_info={"name": "python"},
        **{_STAMP: notebook.metadata[_STAMP]},
    )
    return notebook


def tidy(root: Path) -> list[Path]:
    """Write fresh chapters as `run` gives them, without what other programs have left in them.

    Returns
    -------
    list of Path
        Those that had something to take out.
    """
    mended = []
    for path in chapters(root):
        notebook = read(path)
        if is_fresh(notebook, root) and _text(_bare(notebook)) != path.read_text(encoding="utf-8"):
            write(path, notebook)
            mended.append(path)
    return mended


def _refuse_noise(cell: NotebookNode, where: str) -> None:
    for output in cell.outputs:
        if output.output_type == "stream" and output.name == "stderr":
            said = " ".join(output.text.split())[:160]
            raise ChapterError(f"stderr: {said}", where=where, allowed="no warnings")


def sweep(root: Path) -> None:
    """Remove the unfinished chapters of a run that was killed while it wrote."""
    for path in chapters(root):
        for unfinished in path.parent.glob(f".{path.stem}-*"):
            unfinished.unlink()


def _text(notebook: NotebookNode) -> str:
    text: str = nbformat.writes(notebook)
    return text if text.endswith("\n") else f"{text}\n"


def write(path: Path, notebook: NotebookNode) -> None:
    """Replace a chapter whole, or not at all."""
    text = _text(notebook)
    with tempfile.NamedTemporaryFile(
        "w", dir=path.parent, prefix=f".{path.stem}-", encoding="utf-8", delete=False
    ) as file:
        try:
            file.write(text)
            file.flush()
        except OSError:  # a full disk
            os.unlink(file.name)
            raise
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)
