"""Pages of copies: a chapter as it is being written, or as it would be otherwise.

The copies lie in a folder of their own under ``_build``, which Sphinx keeps its notes of, so that
after the first time only what changed is read and written. The book and its chapters stay as they
are.
"""

import os
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from nbformat import NotebookNode

from analysis.errors import BuildError
from analysis.project import ROOT

from . import editions, execute

#: Where the copies lie: of a chapter being written, and of what would be otherwise.
PAGE, WHATIF = Path("_build", "page"), Path("_build", "whatif")
#: What a build reads besides the chapters and the tables.
_READ = ("_config.yml", "_toc.yml", "CITATION.cff", "references.bib", "requirements.txt", "seeds",
         "analysis", "publishing")  # fmt: skip


def page(name: str, root: Path | None = None) -> Path:
    """Run one chapter and build its page, the chapter itself left alone; at first, all pages.

    Raises
    ------
    BookError
        There is no such chapter; it stops; Sphinx warns.
    """
    root = root or ROOT
    paths = {path.stem: path for path in execute.chapters(root)}
    if name not in paths:
        raise BuildError(f"no chapter {name!r}", allowed=", ".join(paths))
    with ThreadPoolExecutor(1) as thread:
        running = thread.submit(execute.executed, [paths[name]], root)
        editions.load()  # meanwhile
        [notebook] = running.result()
    return pages(root, root / PAGE, {name: notebook}, root / "data", name)


def pages(
    root: Path, place: Path, notebooks: Mapping[str, NotebookNode], data: Path, first: str
) -> Path:
    """Build pages of the project with some chapters and the tables taken from elsewhere.

    The ``notebooks``, by name, stand for the project's, and the folder ``data`` for its own; copies
    and pages lie in ``place``. Returns the page of the chapter ``first``.
    """
    source = place / "source"
    (source / "chapters").mkdir(parents=True, exist_ok=True)
    for name in _READ:
        if not (source / name).is_symlink():
            os.symlink(root / name, source / name)
    shutil.copytree(data, source / "data", dirs_exist_ok=True, copy_function=_copy)
    for path in (*root.glob("chapters/*.md"), *execute.chapters(root)):
        if path.stem not in notebooks:
            _copy(path, source / "chapters" / path.name)
    for name, notebook in notebooks.items():
        execute.write(source / "chapters" / f"{name}.ipynb", notebook)
    editions.sphinx(source, place / "html", draft=f"chapters/{first}")
    return place / "html" / "chapters" / f"{first}.html"


def _copy(old: Path | str, new: Path | str) -> None:
    """Copy a file if it has changed: what was not touched is not read again."""
    old, new = Path(old), Path(new)
    if not new.is_file() or old.read_bytes() != new.read_bytes():
        shutil.copyfile(old, new)
