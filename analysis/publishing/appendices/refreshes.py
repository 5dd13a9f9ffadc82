"""The refreshes that were applied: what the last one changed, and which went before."""

from typing import Any

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx

from .. import refreshed
from ..faces import Table
from . import shape

#: USD billion that a pair must move to be listed in the book.
_LARGE = 0.05


class _LastRefresh(shape.Appendix):
    """``{last-refresh}``: verdicts, sums and pairs, old and new, of the last refresh."""

    def run(self) -> list[nodes.Node]:
        self.follow(refreshed.RECORD, "references.bib")
        found = refreshed.records(self.root)
        if not found:
            return [shape.paragraph("No refresh has been applied to this edition of the book.")]
        *before, last = found
        parts = [self._what(last), *self._verdicts(last), *self._moved(last)]
        parts += [shape.paragraph(f"{words}.") for words in last["left"]]
        return [*parts, self._before(before)] if before else parts

    def _what(self, told: dict[str, Any]) -> nodes.Node:
        known = shape.bibliography(self.root)
        keys = [it["key"] for it in told["sources"] if it["key"] in known]
        self.cite(keys)
        return shape.paragraph(
            f"{told['name']} ", *(["(", *shape.cited(keys, self.root), ") "] if keys else []),
            f"was read on {refreshed.spoken(told['day'])}. {refreshed.counted(told['counts'])}",
        )  # fmt: skip

    def _verdicts(self, told: dict[str, Any]) -> list[nodes.Node]:
        if not told["flips"]:
            return [shape.paragraph("No rating changed.")]
        parts = []
        for it in told["flips"]:
            name = nodes.strong("", it["title"])
            parts += [
                shape.paragraph(name, f": {it['before']} → {it['after']}"),
                shape.paragraph(it["reason"]),
            ]
        return [shape.paragraph("Ratings that changed:"), *parts]

    def _moved(self, told: dict[str, Any]) -> list[nodes.Node]:
        parts = []
        if told["sums"]:
            parts.append(_grid(refreshed.sums_table(_frame(told["sums"]), shares=False)))
        pairs = _frame(told["pairs"])
        if len(pairs):
            large = pairs[(pairs["new"] - pairs["old"]).abs() >= _LARGE]
            parts += [_grid(refreshed.pairs_table(large))] if len(large) else []
        return [node for pair in parts for node in pair]

    def _before(self, found: list[dict[str, Any]]) -> nodes.Node:
        rows = [
            (
                it["name"],
                refreshed.spoken(it["day"]),
                f"{len(it['flips'])}",
                f"{it['counts']['new']:,}",
                f"{it['counts']['revised']:,}",
            )
            for it in reversed(found)
        ]
        heads = ("Source", "Read on", "Ratings changed", "New figures", "Revised figures")
        table = shape.grid("Earlier refreshes", heads, rows, "llrrr", kind="list")
        return shape.section("earlier-refreshes", "Earlier refreshes", table)


def _frame(records: list[dict[str, Any]]) -> pd.DataFrame:
    """Read a table of the record; what is missing there is no number."""
    frame = pd.DataFrame(records)
    return frame.astype({name: float for name in ("old", "new") if name in frame})


def _grid(table: Table) -> list[nodes.Node]:
    rows = [[str(cell) for cell in row] for row in table.rows]
    return [
        shape.paragraph(table.caption),
        shape.grid(table.caption, table.columns, rows, table.align, kind="list"),
    ]


def setup(app: Sphinx) -> None:
    """Make the directive known."""
    app.add_directive("last-refresh", _LastRefresh)
