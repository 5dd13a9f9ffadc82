"""Chapters: executed, stamped, and told fresh from stale.

A chapter's stamp, in its metadata, lists what it read when it was executed: the modules of
``analysis/`` that were imported and the tables that were asked for. It holds two digests: one of
those files, the seeds, the bibliography, the lock and the chapter's own code; one of its outputs.
So neither an edited helper nor an edited output is ever published, and a change elsewhere makes
nothing stale.

Each chapter has a kernel of its own, as Jupyter starts it. Kernels forked from a process that has
loaded the libraries took 32 seconds of processor time for six chapters where these take 35.
"""

import asyncio
import atexit
import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from analysis.errors import ChapterError
from analysis.project import ROOT

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
#: Seconds a kernel may take to answer: kernels start together, and machines are busy.
START_LIMIT = 120


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


def inputs_digest(root: Path | None = None) -> str:
    """Give the SHA-256 of all files that any of the chapters follows from."""
    root = root or ROOT
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


def refresh(paths: list[Path], root: Path | None = None) -> None:
    """Run chapters and keep their outputs: all of them, or none if one fails.

    Raises
    ------
    ChapterError
        A cell raised, wrote to stderr, took more than `CELL_LIMIT` seconds, or its kernel died.
    """
    for path, notebook in zip(paths, asyncio.run(_run_all(paths, root or ROOT)), strict=True):
        write(path, notebook)


async def _run_all(paths: list[Path], root: Path) -> list[NotebookNode]:
    # One more than there are cores, for a starting kernel waits more than it works.
    places = asyncio.Semaphore((os.cpu_count() or 1) + 1)

    async def run_in_turn(path: Path) -> NotebookNode:
        async with places:
            return await run(path, root)

    # nbclient would take the signals to itself, clear one kernel away, and call it dead.
    loop = asyncio.get_running_loop()
    loop.add_signal_handler = loop.remove_signal_handler = lambda *_: True  # type: ignore

    # What shows most takes longest: begun last, it would run on alone.
    longest = sorted(paths, key=lambda path: path.stat().st_size, reverse=True)
    tasks = {path: asyncio.create_task(run_in_turn(path)) for path in longest}
    try:
        return await asyncio.gather(*(tasks[path] for path in paths))
    finally:
        # After the first refusal the others are stopped, and what they have to say is dropped, also
        # what nbclient's watchers say of kernels that are gone by the time they look: a refusal is
        # one line.
        loop.set_exception_handler(lambda *_: None)
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)


async def run(path: Path, root: Path) -> NotebookNode:
    """Run one chapter in a kernel of its own, in its own folder, on the project's own code.

    Parameters
    ----------
    path : Path
        The notebook; it is not changed on disk.
    root : Path
        The project's folder.

    Returns
    -------
    NotebookNode
        Stamped, with outputs, counted from 1, without times or versions that would differ
        elsewhere.

    Raises
    ------
    ChapterError
        See `refresh`.
    """
    notebook = read(path)
    where = f"chapters/{path.name}"
    for cell in code_cells(notebook):
        cell.outputs, cell.execution_count = [], None
    notebook.cells.append(nbformat.v4.new_code_cell(_RECORD))
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
    search = [str(root.resolve()), *filter(None, [os.environ.get("PYTHONPATH")])]
    ours = {"MPLBACKEND": "agg", "PYTHONHASHSEED": "0", "PYTHONPATH": os.pathsep.join(search)}
    try:
        await client.async_execute(env={**os.environ, **ours})
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
    modules, tables = json.loads(notebook.cells.pop().outputs[0].text)
    _refuse_noise(notebook, where)
    reads = [Path(file).resolve().relative_to(root.resolve()).as_posix() for file in modules]
    reads = sorted([*reads, *(f"data/{name}.csv" for name in tables)])
    notebook.metadata[_STAMP] = _stamp(notebook, reads, root)
    return _bare(notebook)


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


def tidy(root: Path | None = None) -> list[Path]:
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


def _cell(where: str, notebook: NotebookNode) -> str:
    """Say which cell was the last that ran."""
    ran = sum(1 for cell in code_cells(notebook) if cell.execution_count is not None)
    return f"{where}, code cell {max(ran, 1)}"


def _refuse_noise(notebook: NotebookNode, where: str) -> None:
    for number, cell in enumerate(code_cells(notebook), 1):
        for output in cell.outputs:
            if output.output_type == "stream" and output.name == "stderr":
                raise ChapterError(
                    "stderr: " + " ".join(output.text.split())[:160],
                    where=f"{where}, code cell {number}",
                    allowed="no warnings",
                )


def sweep(root: Path | None = None) -> None:
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
