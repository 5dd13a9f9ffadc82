"""The register of a chapter: where each number of its text comes from.

It stands on the chapter's page of evidence, for both notebooks, and is made with the pages from
what they have shown; a notebook knows only its own numbers.
"""

from pathlib import Path

from docutils import nodes
from sphinx.environment import BuildEnvironment

from . import evidence, sections

_HEADS = ("Number", "Rule", "Rows in")


def render(env: BuildEnvironment, name: str) -> nodes.Node:
    """Give the register of a chapter, on whatever page it stands."""
    chapters = evidence.notebooks(Path(env.srcdir), name)
    for chapter in chapters:
        env.note_dependency(str(Path(env.srcdir) / f"{chapter.docname}.ipynb"))
    numbers = [it for chapter in chapters for it in chapter.all("number")]
    label = f"tab-{evidence.reading(name)}-register"
    groups: dict[frozenset[str], tuple[str, ...]] = {}
    rows = []
    for number in numbers:
        place = frozenset(number.sources)
        if number.sources:
            groups.setdefault(place, number.sources)
        note = [list(groups).index(place) + 1] if number.sources else []
        rows.append(
            (
                sections.tied(nodes.strong("", number.text), *evidence.marks(label, note)),
                f"{number.rule}{' (our estimate, grade E)' * number.estimate}",
                ", ".join(f"{table}.csv" for table, _ in number.tables) or "the article",
            )
        )
    table = sections.grid("Every number with its rule and its rows", _HEADS, rows, kind="register")
    found = [row for body in table.findall(nodes.tbody) for row in body.findall(nodes.row)]
    for row, number in zip(found, numbers, strict=True):
        row["ids"] = [f"row-{number.name}"]
    notes = evidence.notes(env, label, list(groups.values()))
    return nodes.container("", table, *notes, classes=[sections.SCREEN])
