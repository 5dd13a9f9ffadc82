"""Sums of the evidence that must agree, from table to table.

A model holds each cell to its range, and a lost digit may stay within it. What two tables say of
the same thing tells it all the same.
"""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from ..errors import TableError
from . import read

#: Two editions of one source may part by so much of the later one: for 2023 Kyrgyzstan and Türkiye
#: part by 18 percent, the other pairs by 3 or less.
APART = 0.25


def check(root: Path | None = None) -> None:
    """Hold the tables of trade of a folder against one another: see `hold`."""
    hold(lambda name: read(name, root))


#: The tables that `hold` looks at.
HELD = ("trade_flows", "trade_pairs", "trade_totals", "trade_stated")
#: From one year to the next no series moves by so many times, nor is a stated turnover so many
#: times the nearest year's: a figure in thousands taken for millions does.
STEP = 10


def hold(table: Callable[[str], pd.DataFrame]) -> None:
    """Hold the tables of trade, which ``table`` gives by their names, against one another.

    `TableError` where a pair's trade is not the sum of its two flows, a country sends or takes more
    within the group than in the whole world, or a figure is out of all proportion.
    """
    flows = table("trade_flows").query("side == 'reconciled'")
    pairs, totals = table("trade_pairs"), table("trade_totals")
    pairs_are_sums(pairs, flows)
    inside_the_world(flows, totals)
    steps_are_small(pairs, "trade_pairs", ["first", "second"], "value_usd")
    for column in ("exports_usd", "imports_usd"):
        steps_are_small(totals, "trade_totals", ["country", "edition"], column)
    stated_are_near(table("trade_stated"), pairs)


def pairs_are_sums(pairs: pd.DataFrame, flows: pd.DataFrame) -> None:
    """Hold a pair's trade against the sum of its two flows, where another edition gives them.

    `TableError` where they differ by more than `APART` of the sum.
    """
    between: dict[tuple[frozenset[str], int], list[float]] = {}
    for flow in flows.itertuples():
        key = frozenset((flow.exporter, flow.importer)), flow.year
        between.setdefault(key, []).append(flow.value_usd)
    for row in pairs.itertuples():
        both = between.get((frozenset((row.first, row.second)), row.year), [])
        total = sum(both)
        if len(both) == 2 and abs(row.value_usd - total) > APART * total:
            raise TableError(
                f"{row.value_usd:.0f}",
                where=f"data/trade_pairs.csv, row {row.Index + 2}, column value_usd",
                allowed=f"{total:.0f}, its two flows in trade_flows.csv, give or take {APART:.0%}",
            )


def inside_the_world(flows: pd.DataFrame, totals: pd.DataFrame) -> None:
    """Hold what a country trades within the group against all that it trades, by one edition.

    Two editions may truly differ: partners report more of Kyrgyzstan's exports than it does.
    `TableError` where the part is more than the whole.
    """
    for row in totals.itertuples():
        for end, whole in (("exporter", row.exports_usd), ("importer", row.imports_usd)):
            own = flows[
                (flows[end] == row.country)
                & (flows["year"] == row.year)
                & (flows["edition"] == row.edition)
            ]
            if own["value_usd"].sum() > whole:
                raise TableError(
                    f"{whole:.0f}, with the world",
                    where=f"data/trade_totals.csv, row {row.Index + 2}",
                    allowed=f"{own['value_usd'].sum():.0f} or more, as {end} in trade_flows.csv",
                )


def steps_are_small(frame: pd.DataFrame, table: str, keys: list[str], column: str) -> None:
    """Hold each figure of a series against the one before it: see `STEP`."""
    for _, rows in frame.sort_values("year").groupby(keys):
        before = rows[column].shift()
        for place, (figure, last) in zip(
            rows.index, zip(rows[column], before, strict=True), strict=True
        ):
            if last > 0 and figure > 0 and not 1 / STEP < figure / last < STEP:
                raise _out_of_proportion(figure, last, table, place, column)


def stated_are_near(stated: pd.DataFrame, pairs: pd.DataFrame) -> None:
    """Hold each stated turnover of a pair, as of a whole year, against the nearest year's."""
    for row in stated[stated["flow"] == "turnover"].itertuples():
        same = pairs[
            pairs["first"].isin((row.reporter, row.partner))
            & pairs["second"].isin((row.reporter, row.partner))
        ]
        if same.empty:
            continue
        near = same.loc[(same["year"] - row.year).abs().idxmin(), "value_usd"]
        if not 1 / STEP < row.value_usd * 12 / row.months / near < STEP:
            raise _out_of_proportion(row.value_usd, near, "trade_stated", row.Index, "value_usd")


def _out_of_proportion(
    came: float, other: float, table: str, place: int, column: str
) -> TableError:
    return TableError(
        f"{came:.0f}", where=f"data/{table}.csv, row {place + 2}, column {column}",
        allowed=f"less than {STEP} times {other:.0f}, the figure beside it, and more than a part",
    )  # fmt: skip
