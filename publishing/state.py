"""What a book is made from, held still: what was looked at is what is published.

`digests` is taken before the chapters are looked at and again before the book is put in its place;
`moved` says what changed meanwhile. `drifted` holds the installed libraries against the lock, and
`uncompiled` makes Python read the sources that are there and no older form of them.
"""

import hashlib
import re
import shutil
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.requirements import Requirement

from analysis.errors import BuildError

#: What a book follows from, and no folder beside it.
PARTS = (
    "analysis/**/*", "publishing/**/*", "refresh/**/*", "chapters/*", "data/*", "seeds/*",
    "references.bib", "CITATION.cff", "LICENSE", "_config.yml", "_toc.yml", "requirements.txt",
)  # fmt: skip
#: Also as it stands in a line of a notebook.
_UNMERGED = re.compile(rb'(?m)^[ "]*(?:<{7}|>{7}|\|{7})(?: |\\n|"|\r?$)')


def digests(root: Path) -> dict[str, str]:
    """Give the SHA-256 of each file that a book follows from, by its path in the project.

    Raises
    ------
    BuildError
        A file holds the marks of a merge that nobody has ended.
    """
    found = {}
    for path in sorted({path for part in PARTS for path in root.glob(part)}):
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith("."):
            data, name = path.read_bytes(), path.relative_to(root).as_posix()
            if mark := _UNMERGED.search(data):
                row = data.count(b"\n", 0, mark.start()) + 1
                raise BuildError(
                    "the mark of a merge", where=f"{name}, row {row}", allowed="a merge ended"
                )
            found[name] = hashlib.sha256(data).hexdigest()
    return found


def moved(before: Mapping[str, str], root: Path) -> None:
    """Refuse a book whose files changed while it was made: its pages would be of two states.

    Raises
    ------
    BuildError
        The first file that changed, came or went.
    """
    after = digests(root)
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            raise BuildError(
                "it changed while the book was made", where=name, allowed="a second `make book`"
            )


def drifted(root: Path) -> None:
    """Hold the installed libraries against the lock, which the book names as its own.

    Raises
    ------
    BuildError
        The first that is missing, or of another version.
    """
    text = (root / "requirements.txt").read_text(encoding="utf-8")
    for line in re.findall(r"(?m)^[\w.\[\]-]+==[^\\\n]+", text):
        pin = Requirement(line.strip())
        if pin.marker and not pin.marker.evaluate():
            continue
        try:
            here = version(pin.name)
        except PackageNotFoundError:
            here = ""
        if not here or here not in pin.specifier:
            raise BuildError(
                f"{pin.name} {here or 'none'} is installed",
                where="requirements.txt",
                allowed=f"{pin.specifier}; `rm -r .venv` and `make setup` install the lock",
            )


def uncompiled(root: Path) -> None:
    """Drop compiled sources: Python takes one of the same second and size for the source's own."""
    for folder in [*root.glob("analysis/**/__pycache__"), *root.glob("publishing/**/__pycache__")]:
        shutil.rmtree(folder, ignore_errors=True)
