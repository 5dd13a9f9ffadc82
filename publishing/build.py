"""The book, built aside and put in place whole.

``_build/releases`` holds finished books; ``_build/book`` is a link to the one that is published,
moved in a single step, and ``_build/html``, ``_build/pdf`` and ``_build/epub`` lead through it. So
a build that fails, or is killed, leaves the last good book where readers find it.
"""

import multiprocessing
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from analysis import article, sources
from analysis.errors import BuildError, TableError
from analysis.project import REFRESH_JOURNAL, ROOT
from analysis.seeds import book

from . import checks, editions, execute, kernel, state

_EDITIONS = ("html", "pdf", "epub")


def check(root: Path | None = None) -> None:
    """Read the article, the bibliography and every table, and refuse what is wrong.

    Raises
    ------
    BookError
        The first fault, with its place.
    """
    root = root or ROOT
    if (root / REFRESH_JOURNAL).exists():
        raise BuildError(
            "a refresh was cut off between two files",
            where="data",
            allowed="`python -m analysis refresh undo`, which takes it back",
        )
    # Reading tables takes a second to load, which a build of fresh chapters need not wait for.
    from analysis import claims, tables  # noqa: PLC0415
    from analysis.tables import agreement  # noqa: PLC0415

    article.read(root / "seeds" / f"{book().article}.txt")
    claims.read(root / "seeds" / f"{book().article}.claims.toml")
    sources.read(root / "references.bib")
    for name in tables.models():
        _refuse_semicolons(tables.file_of(name, root))
        tables.read(name, root)
    agreement.check(root)


def _refuse_semicolons(path: Path) -> None:
    """Name what a spreadsheet writes where a comma is the sign of decimals."""
    with path.open("rb") as file:
        head = file.readline()
    if b";" in head and b"," not in head:
        problem = "semicolons between the cells"
        raise TableError(problem, where=f"data/{path.name}, row 1", allowed="commas")


def run(names: Sequence[str] = (), root: Path | None = None) -> None:
    """Run chapters in place, all of them or those named.

    Raises
    ------
    BookError
        See `check`, `execute.refresh`; an unknown name; another build is at work, or the disk
        refuses.
    """
    root = root or ROOT
    chapters = {path.stem: path for path in execute.chapters(root)}
    if unknown := sorted(set(names) - set(chapters)):
        raise BuildError(f"no chapter {unknown[0]!r}", allowed=", ".join(chapters))
    with _alone(root):
        state.uncompiled(root)
        check(root)
        execute.refresh([chapters[name] for name in names or chapters], root)


def build(root: Path | None = None) -> dict[str, Path]:
    """Run what is stale, build HTML, PDF and EPUB, look at them, and publish them at once.

    Returns
    -------
    dict
        ``html``, ``pdf`` and ``epub``: the paths that a reader opens.

    Raises
    ------
    BookError
        The last good book is then still in place.
    """
    root = root or ROOT
    with _alone(root):
        _build(root)
    return {
        "html": root / "_build" / "html" / "index.html",
        "pdf": root / "_build" / "pdf" / editions.PDF_NAME,
        "epub": root / "_build" / "epub" / editions.EPUB_NAME,
    }


def _build(root: Path) -> None:
    state.drifted(root)
    state.uncompiled(root)
    spawned = multiprocessing.get_context("spawn")
    with _Pool(2, spawned, kernel.die_with_parent) as pool:
        pool.submit(editions.load)  # meanwhile the chapters are run
        # A fresh chapter was run on these very inputs after they had passed the check.
        if stale := execute.stale(root):
            check(root)
            execute.refresh(stale, root)
        execute.tidy(root)
        before = state.digests(root)
        checks.chapters(root)
        _build_all(root, pool, before)


class _Pool(ProcessPoolExecutor):
    """Processes that Ctrl-C, which a terminal sends to all, does not reach: their parent tells."""

    def submit(self, *call: Any, **options: Any) -> Future[Any]:
        """Start what a call needs to run, deaf from its birth, and whole before a stop is heard."""
        with kernel.deaf():
            return super().submit(*call, **options)


def _build_all(root: Path, pool: ProcessPoolExecutor, before: dict[str, str]) -> None:
    # Built in a place whose name is always the same, for Sphinx puts the name into addresses.
    making = root / "_build" / "making"
    release = root / "_build" / "releases" / str(time.time_ns())
    making.mkdir()
    try:
        pool.submit(editions.html, root, making).result()
        books = [pool.submit(edition, root, making) for edition in (editions.pdf, editions.epub)]
        checks.screen(root, making / "html", (editions.PDF_NAME, editions.EPUB_NAME))
        for book in books:
            book.result()
        editions.join(root, making)
        checks.printed(making / "pdf")
        state.moved(before, root)
        shutil.rmtree(making / "made")
        release.parent.mkdir(exist_ok=True)
        os.replace(making, release)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    publish(release)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Let nobody else build here meanwhile, and say in a line what the machine refuses.

    The lock is the system's: it goes with the process that holds it, however that ends.
    """
    place = root / "_build"
    try:
        place.mkdir(exist_ok=True)
        with FileLock(place / ".lock", blocking=False):
            _sweep(root)
            yield
    except Timeout:
        raise BuildError(
            "another build is at work here", where=str(place), allowed="one at a time"
        ) from None
    except BrokenProcessPool:
        raise BuildError(
            "a process of the build was killed; the machine may be short of memory"
        ) from None
    except OSError as error:
        raise BuildError(
            f"the system refuses: {(error.strerror or str(error)).lower()}",
            where=str(error.filename or place).replace(f"{root}/", ""),
        ) from None


def _sweep(root: Path) -> None:
    """Remove what a build that was killed has left."""
    place = root / "_build"
    shutil.rmtree(place / "making", ignore_errors=True)
    for link in place.glob(".book-*"):
        link.unlink()
    for folder in place.glob(".old-*"):
        shutil.rmtree(folder, ignore_errors=True)
    execute.sweep(root)


def publish(release: Path) -> None:
    """Point the published book at a finished release, in one step, and drop the others."""
    place = release.parent.parent
    link = place / f".book-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(Path("releases") / release.name, target_is_directory=True)
    os.replace(link, place / "book")
    for edition in _EDITIONS:
        entry = place / edition
        if entry.is_symlink():
            continue
        old = place / f".old-{edition}"
        if entry.exists():  # left by a plain `jupyter-book build .`
            os.replace(entry, old)
        entry.symlink_to(Path("book") / edition, target_is_directory=True)
        shutil.rmtree(old, ignore_errors=True)
    for old in (place / "releases").iterdir():
        if old != release:
            shutil.rmtree(old, ignore_errors=True)
