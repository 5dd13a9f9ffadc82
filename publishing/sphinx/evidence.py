"""Ways from a figure, a number or a cell to what proves it: the page of evidence, and the sources.

A chapter ``NAME`` is proved on ``NAME-evidence``; a chapter without one is its own evidence, and
its numbers are explained on *How this was made*.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from docutils import nodes
from sphinx.environment import BuildEnvironment

from .. import links
from . import results, sections

_ENDING = "-evidence"
_MADE = "made"


def reading(name: str) -> str:
    """Name the chapter that a page of evidence belongs to.

    Examples
    --------
    >>> reading("trade-evidence"), reading("verdicts")
    ('trade', 'verdicts')
    """
    return name.removesuffix(_ENDING)


def notebooks(root: Path, name: str) -> list[results.Chapter]:
    """Give a chapter and its page of evidence, as far as they are there."""
    pair = [f"chapters/{reading(name)}", f"chapters/{reading(name)}{_ENDING}"]
    return [it for it in results.chapters(root) if it.docname in pair]


def home(root: Path, name: str) -> str:
    """Name the page where the rows of a chapter's numbers stand; empty where there is none."""
    for chapter in reversed(notebooks(root, name)):
        if chapter.registers:
            return chapter.page
    return _MADE if (root / "chapters" / f"{_MADE}.md").is_file() else ""


def row(root: Path, name: str, anchor: str) -> str:
    """Give the address of a number's row, for a page of the same folder; empty without one."""
    page = home(root, name)
    return f"{page}.html#row-{anchor}" if page else ""


def made(env: BuildEnvironment) -> str:
    """Give the address of what says how the figures of this page were made; empty without one."""
    there = (Path(env.srcdir) / "chapters" / f"{_MADE}.md").is_file()
    return f"{_MADE}.html#made-{env.docname.split('/')[-1]}" if there else ""


def address(env: BuildEnvironment, anchor: str) -> str:
    """Give the address of a chapter's evidence, at a heading of it; empty where it has none.

    Before a ``#`` stands the notebook, where that is another chapter's.
    """
    here = env.docname.split("/")[-1]
    other, _, anchor = anchor.rpartition("#")
    found = notebooks(Path(env.srcdir), other.removesuffix(".ipynb") or here)
    proof = next((it for it in found if it.page.endswith(_ENDING)), *found[:1])
    place = f"#{anchor_of(proof, anchor)}" if anchor else ""
    return place if proof.page in (here, reading(here)) else f"{proof.page}.html{place}"


def anchor_of(chapter: results.Chapter, anchor: str) -> str:
    """Give the anchor that a heading has on its page, from that which Markdown gives it."""
    return next((nodes.make_id(it) for it in chapter.headings if links.slug(it) == anchor), anchor)


def cited(env: BuildEnvironment, keys: Iterable[str], proof: str = "") -> list[nodes.Node]:
    """Name sources with their grades, best grade first.

    ``proof`` is where all of them are named; a list of more than `links.MOST` and one ends in a
    link there.
    """
    found = list(dict.fromkeys(keys))
    if not proof or len(found) <= links.MOST + 1:
        return sections.cited(found, Path(env.srcdir))
    more = sections.link(f"all {len(found)} in the evidence", proof)
    return [*sections.cited(found, Path(env.srcdir), links.MOST), nodes.Text("; "), more]


def marks(table: str, numbers: Sequence[int]) -> list[nodes.Node]:
    """Mark a cell of a table with the numbers of its notes."""
    out: list[nodes.Node] = []
    for number in numbers:
        link = sections.link(f"{number}", f"#{_note(table, number)}")
        out += [nodes.Text("\N{NO-BREAK SPACE}"), nodes.superscript("", "", link, classes=["note"])]
    return out


def notes(env: BuildEnvironment, table: str, groups: Sequence[Sequence[str]]) -> list[nodes.Node]:
    """Give the notes under a table: a number, and the sources that it stands for."""
    lines = []
    for number, keys in enumerate(groups, 1):
        parts = sections.cited(keys, Path(env.srcdir))
        mark = nodes.superscript("", f"{number}")
        lines.append(
            nodes.paragraph(
                "", "", mark, nodes.Text(" "), *parts, nodes.Text("."),
                ids=[_note(table, number)], classes=["provenance", "note"],
            )
        )  # fmt: skip
    return [nodes.container("", *lines, classes=["notes"])] if lines else []


def _note(table: str, number: int) -> str:
    return f"{table}-note-{number}"
