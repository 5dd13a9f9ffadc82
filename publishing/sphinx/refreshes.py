"""The refreshes that were applied: what the last one changed, and which went before."""

from typing import Any

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx

from analysis import formats
from analysis.chapter.table import Table

from .. import refresh_record
from . import sections


class _LastRefresh(sections.Appendix):
    """``{last-refresh}``: verdicts, sums and pairs, old and new, of the last refresh."""

    def run(self) -> list[nodes.Node]:
        self.follow(refresh_record.RECORD, "references.bib")
        records = refresh_record.records(self.root)
        if not records:
            return [sections.paragraph("No refresh has been applied to this edition of the book.")]
        *earlier, last = records
        parts = [self._source(last), *_verdicts(last["flips"]), *_figures(last)]
        parts += [sections.paragraph(f"{words}.") for words in last["left"]]
        return [*parts, _earlier(earlier)] if earlier else parts

    def _source(self, record: dict[str, Any]) -> nodes.Node:
        entries = sections.bibliography(self.root)
        keys = [source["key"] for source in record["sources"] if source["key"] in entries]
        return sections.paragraph(
            f"{record['name']} ", *(["(", *sections.cited(keys, self.root), ") "] if keys else []),
            f"was read on {formats.day(record['day'])}. ",
            refresh_record.counts_sentence(record["counts"]),
        )  # fmt: skip


def _verdicts(flips: list[dict[str, Any]]) -> list[nodes.Node]:
    if not flips:
        return [sections.paragraph("No rating changed.")]
    parts = [sections.paragraph("Ratings that changed:")]
    for flip in flips:
        ratings = f": {flip['before']} → {flip['after']}"
        parts += [
            sections.paragraph(nodes.strong("", flip["title"]), ratings),
            sections.paragraph(flip["reason"]),
        ]
    return parts


def _figures(record: dict[str, Any]) -> list[nodes.Node]:
    parts = []
    if record["sums"]:
        parts += _grid(refresh_record.sums_table(_frame(record["sums"]), shares=False))
    pairs = _frame(record["pairs"])
    if len(pairs):
        large = pairs[(pairs["new"] - pairs["old"]).abs() >= refresh_record.LARGE]
        parts += _grid(refresh_record.pairs_table(large)) if len(large) else []
    return parts


def _earlier(records: list[dict[str, Any]]) -> nodes.Node:
    rows = [
        (
            record["name"],
            formats.day(record["day"]),
            f"{len(record['flips'])}",
            f"{record['counts']['new']:,}",
            f"{record['counts']['revised']:,}",
        )
        for record in reversed(records)
    ]
    heads = ("Source", "Read on", "Ratings changed", "New figures", "Revised figures")
    table = sections.grid("Earlier refreshes", heads, rows, "llrrr", kind="list")
    return sections.section("earlier-refreshes", "Earlier refreshes", table)


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Read a table of the record; what is missing there is no number."""
    frame = pd.DataFrame(rows)
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
