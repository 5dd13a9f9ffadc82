"""How each figure and number was made: function, data files with digests, sources, commit."""

import os
import re
import subprocess
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from .. import execute, state
from . import catalogue, evidence, register, results, sections

#: The libraries that a result may depend on.
LIBRARIES = (
    "jupyter-book", "sphinx", "myst-nb", "matplotlib", "pandas", "numpy", "pandera", "networkx",
    "basemap", "pypandoc-binary", "typst",
)  # fmt: skip
#: Digits of a digest in a table; the catalogue holds the whole.
_DIGITS = 12


def versions(root: Path) -> dict[str, str]:
    """Read the versions of the main libraries from ``requirements.txt``."""
    text = (root / "requirements.txt").read_text(encoding="utf-8")
    # A package may be pinned once for each version of Python.
    pins: dict[str, list[str]] = {}
    for name, version in re.findall(r"(?m)^([a-z0-9-]+)==(\S+)", text):
        pins.setdefault(name, []).append(version)
    return {name: " or ".join(pins[name]) for name in LIBRARIES if name in pins}


def commit(root: Path) -> str:
    """Give the commit of a clone and whether files differ from it; nothing for another folder."""
    if not (root / ".git").exists():
        return ""
    # Variables such as GIT_DIR, which git sets for its hooks, would name another repository.
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}

    def git(*words: str) -> str:
        command = ["git", "-C", str(root), *words]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=own)
        return done.stdout.strip()

    try:
        at = git("rev-parse", "HEAD")
        # A test or a tool that differs changes nothing in the book.
        changes = git("status", "--porcelain", "--", *(f":(glob){it}" for it in state.PARTS))
    except (OSError, subprocess.CalledProcessError):
        return ""
    return f"{at}, changed since" if changes else at


class _HowMade(sections.Appendix):
    """``{how-made}``: the build as a whole, then a table for each chapter."""

    def run(self) -> list[nodes.Node]:
        chapters = results.chapters(self.root)
        self.follow("requirements.txt", *(f"{it.docname}.ipynb" for it in chapters))
        whole = sections.section(
            "the-build", "The build", self._build(), nodes.raw("", _POINTER, format="html"),
            nodes.container("", self._files(), classes=[sections.SCREEN]),
        )  # fmt: skip
        return [whole, *(part for it in chapters for part in self._chapter(it))]

    def _build(self) -> nodes.Node:
        at = commit(self.root)
        pins = ", ".join(f"{name} {version}" for name, version in versions(self.root).items())
        return sections.definitions(
            # Not on paper: one commit gives one PDF, also from a folder that is no clone.
            *([("Commit", [sections.code(at)], [sections.SCREEN])] if at else []),
            ("Inputs", [sections.code(execute.inputs_digest(self.root))], []),
            ("Libraries", [pins], []),
        )

    def _files(self) -> nodes.Node:
        rows = [
            (
                _file_link(it.described["path"].removesuffix(".csv")),
                f"{len(it.rows):,}",
                sections.code(sections.digest_of(it.data)[:_DIGITS]),
            )
            for it in catalogue.read(self.root)
        ]
        return sections.grid("Data files", ("Data file", "Rows", "SHA-256 begins"), rows, "lrl")

    def _chapter(self, chapter: results.Chapter) -> list[nodes.Node]:
        rows = [
            (
                sections.numbered(result.name, self.env.docname),
                sections.code(result.function, "._"),
                _files(result),
                sections.cited(result.sources, self.root),
            )
            for result in chapter.all("figure")
        ]
        content: list[nodes.Node] = []
        if rows:
            heads = ("Shown", "Function", "Data files", "Sources and grade")
            content.append(sections.grid(f"Made in {chapter.short}", heads, rows, kind="made"))
        # The numbers of a chapter without a page of evidence have their rows here.
        here = evidence.home(self.root, chapter.page) == self.env.docname.split("/")[-1]
        if here and chapter.all("number"):
            content.append(register.render(self.env, chapter.page))
        if not content:
            return []
        name = f"made-{chapter.page}"
        return [sections.section(name, chapter.short, *content, classes=[sections.SCREEN])]


#: Shown on paper alone: a browser shows nothing of a template.
_POINTER = (
    '<template class="paper"><p>'
    "On screen, this appendix goes on with a table for each chapter: for every figure and every "
    "number in its text the function that made it, its data files with their digests, and its "
    "sources. They are left out here, as are the registers that end the chapters, for they serve "
    "those who check with the files at hand."
    "</p></template>"
)


def _file_link(table: str) -> nodes.reference:
    return sections.link(f"{table}.csv", f"catalogue.html#{catalogue.anchor(table)}")


def _files(result: results.Result) -> list[nodes.Node]:
    out: list[nodes.Node] = []
    for table, digest in result.tables:
        out += [nodes.Text(", ")] if out else []
        out.append(_file_link(table))
        if digest:
            out += [nodes.Text(" "), sections.code(digest[:_DIGITS])]
    return out or [nodes.Text("the article")]


def setup(app: Sphinx) -> None:
    """Make the directive known."""
    app.add_directive("how-made", _HowMade)
