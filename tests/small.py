"""A chapter and its evidence as they are executed, made in memory."""

from copy import deepcopy
from dataclasses import dataclass
from functools import cache

import pandas as pd
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.chapter import Chapter, Cite, Table, outputs
from analysis.charts.chart import Chart
from analysis.quantities import Quantity
from publishing.trial import instead

ONCE = Quantity(25.04, "USD billion", "sum of ten pairs", ("imf2022",), ("trade_flows",), 2024)


@dataclass(frozen=True)
class Bars(Chart):
    """Two bars."""

    frame: pd.DataFrame
    caption: str = "Twice is more than once."
    alt: str = "Two bars in USD billion: 25 counted once and 50 counted twice."
    sources: tuple[str, ...] = ("imf2022",)
    tables: tuple[str, ...] = ("trade_flows",)

    def draw(self, ax):
        """Draw them."""
        ax.bar(self.frame["name"], self.frame["value"])
        return ax


BARS = Bars(pd.DataFrame({"name": ["once", "twice"], "value": [25.0, 50.0]}))


def reading():
    """Make a reading: assumptions, preparation, a sentence, a figure."""
    return deepcopy(_reading())


@cache
def _reading():
    chapter = Chapter("trade")
    said = "It came to {once} in {year} [@imf2022]; see [the bars](#fig-trade-bars)."
    return notebook(
        ("# Trade", None, ""),
        ("YEAR = 2024", None, "parameters"),
        ("import analysis", None, "remove-cell"),
        ("## The answer", None, ""),
        ("chapter.say()", lambda: chapter.say(said, once=ONCE, year=2024), "remove-input"),
        ("chapter.figure()", lambda: chapter.figure("bars", BARS, evidence="rows"), "remove-input"),
    )


def evidence():
    """Make its page of evidence."""
    return deepcopy(_evidence())


@cache
def _evidence():
    chapter = Chapter("trade-evidence")
    table = Table("Rows.", ("Rule", "USD", "Source"), [("once", "25", Cite(("imf2022",)))], "lrl")
    return notebook(
        ("# Trade: the evidence", None, ""),
        ("YEAR = 2024", None, "parameters"),
        ("## Rows", None, ""),
        ("chapter.say()", lambda: chapter.say("Again {once}.", once=ONCE), "remove-input"),
        ("chapter.table()", lambda: chapter.table("rows", table), "remove-input"),
        ("chapter.register()", chapter.register, "remove-input"),
    )


def notebook(*parts):
    """Make an executed notebook of cells: source, what it calls, tag; Markdown has no tag."""
    cells, count = [], 0
    for source, call, tag in parts:
        if not tag:
            cells.append(new_markdown_cell(source))
            continue
        count += 1
        cell = new_code_cell(source, execution_count=count, metadata={"tags": [tag]})
        if tag != "parameters":
            cell.metadata["jupyter"] = {"source_hidden": True}
        cell.outputs = caught(call) if call else []
        cells.append(cell)
    return new_notebook(cells=cells)


def caught(call):
    """Give what a call shows, as outputs of a cell."""
    found = []

    def display(data, metadata=None, raw=False):
        found.append(new_output("display_data", data=data, metadata=metadata or {}))

    with instead(outputs, "display", display):
        call()
    return found
