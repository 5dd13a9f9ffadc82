"""The refreshes that were applied: what the last one changed, and which went before."""

from typing import Any

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx

from analysis.chapter.table import Table
from refresh import tables

from . import sections

#: USD billion that a pair must move to be listed in the book.
_LARGE = 0.05


class _LastRefresh(sections.Appendix):
    """``{last-refresh}``: verdicts, sums and pairs, old and new, of the last refresh."""

    def run(self) -> list[nodes.Node]:
        self.follow(tables.RECORD, "references.bib")
        found = tables.records(self.root)
        if not found:
            return [sections.paragraph("No refresh has been applied to this edition of the book.")]
        *before, last = found
        parts = [self._what(last), *self._verdicts(last), *self._moved(last)]
        parts += [sections.paragraph(f"{words}.") for words in last["left"]]
        return [*parts, self._before(before)] if before else parts

    def _what(self, told: dict[str, Any]) -> nodes.Node:
        known = sections.bibliography(self.root)
        keys = [it["key"] for it in told["sources"] if it["key"] in known]
        self.cite(keys)
        return sections.paragraph(
            f"{told['name']} ", *(["(", *sections.cited(keys, self.root), ") "] if keys else []),
            f"was read on {tables.spoken(told['day'])}. {tables.counted(told['counts'])}",
        )  # fmt: skip

    def _verdicts(self, told: dict[str, Any]) -> list[nodes.Node]:
        if not told["flips"]:
            return [sections.paragraph("No rating changed.")]
        parts = []
        for it in told["flips"]:
            name = nodes.strong("", it["title"])
            parts += [
                sections.paragraph(name, f": {it['before']} → {it['after']}"),
                sections.paragraph(it["reason"]),
            ]
        return [sections.paragraph("Ratings that changed:"), *parts]

    def _moved(self, told: dict[str, Any]) -> list[nodes.Node]:
        parts = []
        if told["sums"]:
            parts.append(_grid(tables.sums_table(_frame(told["sums"]), shares=False)))
        pairs = _frame(told["pairs"])
        if len(pairs):
            large = pairs[(pairs["new"] - pairs["old"]).abs() >= _LARGE]
            parts += [_grid(tables.pairs_table(large))] if len(large) else []
        return [node for pair in parts for node in pair]

    def _before(self, found: list[dict[str, Any]]) -> nodes.Node:
        rows = [
            (
                it["name"],
                tables.spoken(it["day"]),
                f"{len(it['flips'])}",
                f"{it['counts']['new']:,}",
                f"{it['counts']['revised']:,}",
            )
            for it in reversed(found)
        ]
        heads = ("Source", "Read on", "Ratings changed", "New figures", "Revised figures")
        table = sections.grid("Earlier refreshes", heads, rows, "llrrr", kind="list")
        return sections.section("earlier-refreshes", "Earlier refreshes", table)


def _frame(records: list[dict[str, Any]]) -> pd.DataFrame:
    """Read a table of the record; what is missing there is no number."""
    frame = pd.DataFrame(records)
    return frame.astype({name: float for name in ("old", "new") if name in frame})


def _grid(table: Table) -> list[nodes.Node]:
    rows = [[str(cell) for cell in row] for row in table.rows]
    return [
        sections.paragraph(table.caption),
        sections.grid(table.caption, table.columns, rows, table.align, kind="list"),
    ]


def setup(app: Sphinx) -> None:
    """Make the directive known."""
    app.add_directive("last-refresh", _LastRefresh)
