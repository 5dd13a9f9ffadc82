"""Chapters: run, stamped, and told stale from fresh.

A chapter is fresh while two digests in its metadata hold: one of everything its outputs follow
from (``analysis/``, ``data/``, ``seeds/``, the bibliography, the lock file and its own code), one
of the outputs themselves. So neither an edited helper nor an edited output is ever published.
"""

import asyncio
import atexit
import hashlib
import json
import logging
import os
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from analysis.errors import ChapterError
from analysis.project import ROOT

from . import kernels

_STAMP = "evidence"
_INPUTS = ("analysis", "data", "seeds", "references.bib", "requirements.txt")
_SKIPPED = {"__pycache__", ".ipynb_checkpoints"}
#: Seconds a cell may take. The slowest takes under ten.
CELL_LIMIT = 120
#: Seconds a kernel may take to answer: kernels start together, and machines are busy.
START_LIMIT = 120


def chapters(root: Path | None = None) -> list[Path]:
    """List the notebooks of the book, in alphabetical order."""
    return sorted((root or ROOT).glob("chapters/*.ipynb"))


def inputs_digest(root: Path | None = None) -> str:
    """Give the SHA-256 of everything that all chapters follow from.

    Parameters
    ----------
    root : Path, optional
        The project's folder.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    root = root or ROOT
    total = hashlib.sha256()
    for name in _INPUTS:
        place = root / name
        files = [place] if place.is_file() else sorted(place.rglob("*"))
        for file in files:
            inside = file.relative_to(root)
            if file.is_file() and not _SKIPPED & set(inside.parts) and file.suffix != ".pyc":
                total.update(inside.as_posix().encode() + b"\0")
                total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def is_fresh(notebook: NotebookNode, inputs: str) -> bool:
    """Tell whether a chapter's outputs are those that its inputs give.

    Parameters
    ----------
    notebook : NotebookNode
        As read from disk.
    inputs : str
        As `inputs_digest` gives it.
    """
    return notebook.metadata.get(_STAMP) == _stamp(notebook, inputs)


def read(path: Path) -> NotebookNode:
    """Read a chapter.

    Raises
    ------
    ChapterError
        The file is not a notebook.
    """
    try:
        return nbformat.read(path, as_version=4)
    except (ValueError, nbformat.ValidationError, OSError) as error:
        raise ChapterError(
            f"not a notebook: {' '.join(str(error).split())[:120]}", where=f"chapters/{path.name}"
        ) from None


def stale(root: Path | None = None) -> list[Path]:
    """List the chapters whose outputs may no longer be published."""
    inputs = inputs_digest(root)
    return [path for path in chapters(root) if not is_fresh(read(path), inputs)]


def refresh(paths: list[Path], root: Path | None = None) -> None:
    """Run chapters and keep their outputs: all of them, or none if one fails.

    Parameters
    ----------
    paths : list of Path
        Notebooks.
    root : Path, optional
        The project's folder.

    Raises
    ------
    ChapterError
        A cell raised, wrote to stderr, took more than `CELL_LIMIT` seconds, or its kernel died.
    """
    if not paths:
        return
    inputs = inputs_digest(root)
    done = asyncio.run(_run_all(paths))
    for path, notebook in zip(paths, done, strict=True):
        notebook.metadata[_STAMP] = _stamp(notebook, inputs)
        _write(path, notebook)


async def _run_all(paths: list[Path]) -> list[NotebookNode]:
    kernels.use()
    # One more than there are cores, for a starting kernel waits more than it works.
    places = asyncio.Semaphore((os.cpu_count() or 1) + 1)

    async def run_in_turn(path: Path) -> NotebookNode:
        async with places:
            return await run(path)

    # What shows most takes longest: begun last, it would run on alone.
    longest = sorted(paths, key=lambda path: path.stat().st_size, reverse=True)
    tasks = {path: asyncio.create_task(run_in_turn(path)) for path in longest}
    try:
        return await asyncio.gather(*(tasks[path] for path in paths))
    finally:
        # After the first refusal the others are stopped, and what they have to say is dropped:
        # a refusal is one line.
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)


async def run(path: Path) -> NotebookNode:
    """Run one chapter from a fresh kernel, in its own folder.

    Parameters
    ----------
    path : Path
        The notebook; it is not changed on disk.

    Returns
    -------
    NotebookNode
        With outputs, counted from 1, without times or versions that would differ elsewhere.

    Raises
    ------
    ChapterError
        See `refresh`.
    """
    notebook = read(path)
    where = f"chapters/{path.name}"
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    client = NotebookClient(
        notebook,
        timeout=CELL_LIMIT,
        startup_timeout=START_LIMIT,
        kernel_name="python3",
        record_timing=False,
        shutdown_kernel="immediate",
        # Kernels talk over loopback only; their warning about that would fill every build's log.
        extra_arguments=["--IPKernelApp.log_level=40"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.log.setLevel(logging.CRITICAL)
    try:
        await client.async_execute(env={**os.environ, "MPLBACKEND": "agg", "PYTHONHASHSEED": "0"})
    except CellExecutionError as error:
        raise ChapterError(f"{error.ename}: {error.evalue}", where=_cell(where, notebook)) from None
    except CellTimeoutError:
        raise ChapterError(
            "the cell does not end", where=_cell(where, notebook), allowed=f"{CELL_LIMIT} s a cell"
        ) from None
    except (DeadKernelError, AssertionError):  # the latter is nbclient's, of one that never began
        raise ChapterError("the kernel died", where=_cell(where, notebook)) from None
    except RuntimeError:  # nbclient's, of a kernel that started and gave no sign of life
        raise ChapterError(
            "the kernel does not answer",
            where=where,
            allowed=f"an answer over the loopback network within {START_LIMIT} s",
        ) from None
    finally:
        # Else nbclient clears the same kernel once more at exit, and says so in a traceback.
        atexit.unregister(client._cleanup_kernel)
    _refuse_noise(notebook, where)
    notebook.metadata = NotebookNode(
        kernelspec={"display_name": "Python 3", "language": "python", "name": "python3"},
        language_info={"name": "python"},
    )
    return notebook


def _cell(where: str, notebook: NotebookNode) -> str:
    """Say which cell was the last that ran."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    ran = sum(1 for cell in code if cell.execution_count is not None)
    return f"{where}, code cell {max(ran, 1)}"


def _refuse_noise(notebook: NotebookNode, where: str) -> None:
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code, 1):
        for output in cell.outputs:
            if output.output_type == "stream" and output.name == "stderr":
                raise ChapterError(
                    "stderr: " + " ".join(output.text.split())[:160],
                    where=f"{where}, code cell {number}",
                    allowed="no warnings",
                )


def _stamp(notebook: NotebookNode, inputs: str) -> dict[str, str]:
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    sources = json.dumps([inputs, [cell.source for cell in code]])
    outputs = json.dumps([[cell.execution_count, cell.outputs] for cell in code], sort_keys=True)
    return {
        "inputs": hashlib.sha256(sources.encode()).hexdigest(),
        "outputs": hashlib.sha256(outputs.encode()).hexdigest(),
    }


def sweep(root: Path | None = None) -> None:
    """Remove the unfinished chapters of a run that was killed while it wrote."""
    for path in chapters(root):
        for left in path.parent.glob(f".{path.stem}-*"):
            left.unlink()


def _write(path: Path, notebook: NotebookNode) -> None:
    """Replace a chapter whole, or not at all."""
    text = nbformat.writes(notebook)
    with tempfile.NamedTemporaryFile(
        "w", dir=path.parent, prefix=f".{path.stem}-", encoding="utf-8", delete=False
    ) as file:
        try:
            file.write(text if text.endswith("\n") else text + "\n")
            file.flush()
        except OSError:  # a full disk
            os.unlink(file.name)
            raise
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)
