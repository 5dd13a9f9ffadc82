"""What is traded: the table of pairs, and whether the evidence has it."""

import pandas as pd

from .. import trade
from .table import Table

#: How many of a pair's sections the table names.
_NAMED = 3


def availability(shown: bool) -> str:
    """Say whether a figure and a table of what is traded follow."""
    if shown:
        return (
            "That file is part of the evidence of this edition: {numref}`fig-trade-goods` adds all "
            "pairs up, {numref}`tab-trade-goods-by-pair` has each."
        )
    return "That file is not part of the evidence of this edition, so nothing follows here."


def table(frame: pd.DataFrame, start: int, end: int) -> Table:
    """Set out what each pair trades most.

    Parameters
    ----------
    frame : DataFrame
        As `analysis.trade.goods.by_pair` gives it.
    start, end : int
        The two years.
    """
    rows = []
    for pair, part in frame.groupby("pair", sort=False):
        largest = [
            f"{row.name} {row.share:.0f}\N{NO-BREAK SPACE}%"
            for row in part.head(_NAMED).itertuples()
        ]
        risen = part.loc[part["change"].idxmax()]
        grew = f"{risen['name']} {risen['change']:+.2f}"
        rows.append((trade.names_of(pair), f"{part['end'].sum():.2f}",
                     *largest, *[""] * (_NAMED - len(largest)), grew))  # fmt: skip
    return Table(
        f"What each pair trades: goods both ways in {end}, USD billion, the three largest sections "
        f"with their share, and the section that grew most since {start}, USD billion.",
        ("Pair", "All", "Largest", "Second", "Third", "Grew most"),
        rows,
        "lrllll",
    )
