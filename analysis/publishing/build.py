"""The book, built aside and put in place whole.

``_build/releases`` holds finished books; ``_build/book`` is a link to the one that is published,
moved in a single step, and ``_build/html`` and ``_build/pdf`` lead through it. So a build that
fails, or is killed, leaves the last good book where readers find it.
"""

import multiprocessing
import os
import shutil
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from .. import article, sources
from ..places import ROOT
from . import notebooks, press

_FACES = ("html", "pdf")


def check(root: Path | None = None) -> None:
    """Read the article, the bibliography and every table, and refuse what is wrong.

    Raises
    ------
    BookError
        The first fault, with its place.
    """
    root = root or ROOT
    # Reading tables takes a second to load, which a build of fresh chapters need not wait for.
    from .. import tables  # noqa: PLC0415

    article.read(root / "seeds" / press.SEED)
    sources.read(root / "references.bib")
    for name in tables.models():
        tables.read(name, root)


def build(root: Path | None = None) -> dict[str, Path]:
    """Run what is stale, build HTML and PDF, and publish both at once.

    Parameters
    ----------
    root : Path, optional
        The project's folder.

    Returns
    -------
    dict
        ``html`` and ``pdf``: the paths that a reader opens.

    Raises
    ------
    BookError
        The last good book is then still in place.
    """
    root = root or ROOT
    # A fresh chapter was run on these very inputs after they had passed the check.
    if stale := notebooks.stale(root):
        check(root)
        notebooks.refresh(stale, root)
    # Made in a place whose name is always the same, for Sphinx puts the name into addresses.
    making = root / "_build" / "making"
    shutil.rmtree(making, ignore_errors=True)
    release = root / "_build" / "releases" / str(time.time_ns())
    try:
        # Two processes, for Sphinx works on one core: one by one the faces take half as long again.
        with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
            faces = [pool.submit(make, root, making) for make in (press.html, press.pdf)]
            for face in faces:
                face.result()
        press.join(root, making)
        shutil.rmtree(making / "made")
        release.parent.mkdir(exist_ok=True)
        os.replace(making, release)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    publish(release)
    return {
        "html": root / "_build" / "html" / "index.html",
        "pdf": root / "_build" / "pdf" / press.PDF_NAME,
    }


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
        if entry.exists():  # left by a plain `jupyter-book build .`
            shutil.rmtree(entry)
        entry.symlink_to(Path("book") / face, target_is_directory=True)
    for old in (place / "releases").iterdir():
        if old != release:
            shutil.rmtree(old, ignore_errors=True)
