"""The book, built aside and put in place whole.

``_build/releases`` holds finished books; ``_build/book`` is a link to the one that is published,
moved in a single step, and ``_build/html``, ``_build/pdf`` and ``_build/epub`` lead through it. So
a build that fails, or is killed, leaves the last good book where readers find it.
"""

import multiprocessing
import os
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from analysis import article, sources
from analysis.errors import BuildError
from analysis.project import REFRESH_JOURNAL, ROOT
from analysis.seeds import book

from . import checks, editions, kernels, notebooks

_FACES = ("html", "pdf", "epub")


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
    for name in tables.models(root):
        tables.read(name, root)
    agreement.check(root)


def run(root: Path | None = None) -> None:
    """Run every chapter in place.

    Raises
    ------
    BookError
        See `check`, `notebooks.refresh`; another build is at work, or the disk refuses.
    """
    root = root or ROOT
    with _alone(root):
        check(root)
        notebooks.refresh(notebooks.chapters(root), root)


def build(root: Path | None = None) -> dict[str, Path]:
    """Run what is stale, build HTML, PDF and EPUB, look at them, and publish them at once.

    Parameters
    ----------
    root : Path, optional
        The project's folder.

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
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, spawned, kernels.die_with_parent) as pool:
        pool.submit(editions.load)  # meanwhile the chapters are run
        # A fresh chapter was run on these very inputs after they had passed the check.
        if stale := notebooks.stale(root):
            check(root)
            notebooks.refresh(stale, root)
        checks.chapters(root)
        _make(root, pool)


def _make(root: Path, pool: ProcessPoolExecutor) -> None:
    # Made in a place whose name is always the same, for Sphinx puts the name into addresses.
    making = root / "_build" / "making"
    release = root / "_build" / "releases" / str(time.time_ns())
    making.mkdir()
    try:
        pool.submit(editions.html, root, making).result()
        books = [pool.submit(make, root, making) for make in (editions.pdf, editions.epub)]
        checks.screen(root, making / "html", (editions.PDF_NAME, editions.EPUB_NAME))
        for book in books:
            book.result()
        editions.join(root, making)
        checks.printed(making / "pdf")
        shutil.rmtree(making / "made")
        release.parent.mkdir(exist_ok=True)
        os.replace(making, release)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    publish(release)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Let nobody else build here meanwhile, and tell in a line what the machine refuses.

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
    for left in (*place.glob(".book-*"), *place.glob(".old-*")):
        if left.is_symlink() or left.is_file():
            left.unlink()
        else:
            shutil.rmtree(left, ignore_errors=True)
    notebooks.sweep(root)


def publish(release: Path) -> None:
    """Point the published book at a finished release, in one step, and drop the others."""
    place = release.parent.parent
    link = place / f".book-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(Path("releases") / release.name, target_is_directory=True)
    os.replace(link, place / "book")
    for face in _FACES:
        entry = place / face
        if entry.is_symlink():
            continue
        old = place / f".old-{face}"
        if entry.exists():  # left by a plain `jupyter-book build .`
            os.replace(entry, old)
        entry.symlink_to(Path("book") / face, target_is_directory=True)
        shutil.rmtree(old, ignore_errors=True)
    for old in (place / "releases").iterdir():
        if old != release:
            shutil.rmtree(old, ignore_errors=True)
