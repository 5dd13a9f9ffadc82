"""Cells of the tables in the routes chapter, each made from a row of a frame."""

from collections.abc import Callable
from typing import Any

import networkx as nx
import pandas as pd

from .. import formats, routes
from ..countries import NAMES
from ..quantities import keys_of
from .table import Cite


def span(low: float, high: float) -> str:
    """Write a range, or one number where both ends are the same."""
    return f"{low:,.0f}" if low == high else f"{low:,.0f}–{high:,.0f}"


def outcome(row: pd.Series) -> str:
    """Write what came of a plan, a row of `routes.plans_against_outcomes`."""
    if row["open"]:
        return "not yet due"
    if pd.isna(row["percent"]):
        return "none published"
    stated = "" if row["outcome_year"] == row["due"] else f", stated in {row['outcome_year']}"
    return f"{row['outcome']:.3g} ({row['percent']:.0f} %){stated}"


def outcome_sources(row: pd.Series) -> Cite:
    """Cite a plan and its outcome."""
    return Cite(keys_of([row["source_keys"], row["outcome_keys"]]))


def binding_steps(order: dict[str, pd.DataFrame], limits: pd.DataFrame) -> pd.DataFrame:
    """Put the steps of `routes.binding_order` by measure into one frame, with their ``limit``."""
    rows = []
    for measure, steps in order.items():
        unit, spec = ("million t", "1") if measure == "cargo" else ("thousand TEU", "0")
        for row in steps.itertuples():
            more = " or more" if routes.is_lower_bound(limits, row.parts, measure) else ""
            rows.append(
                (measure, row.step, row.parts, formats.number(row.capacity, unit, spec) + more)
            )
    return pd.DataFrame(rows, columns=["measure", "step", "parts", "limit"])


def cheapest(best: pd.DataFrame) -> pd.DataFrame:
    """Put the winners of `routes.winners` side by side: a row a value of a day, a column a case."""
    daggers = best["with_assumed"].map(lambda name: "\N{NO-BREAK SPACE}†" if name else "")
    cells = best["corridor"] + best["usd"].map(", ${:,.0f}".format) + daggers
    wide = best.assign(cell=cells).pivot(index="usd_a_day", columns="case", values="cell")
    return wide[list(dict.fromkeys(best["case"]))].reset_index()


def left_by_market(left: dict[str, pd.DataFrame], medians: pd.Series) -> pd.DataFrame:
    """Say what each closure leaves, a column a market; to the Rhine with the other corridors."""
    return pd.DataFrame(
        {"closed": left["Rhine"]["closed"]}
        | {
            market: [
                routes.alternatives(row, medians if market == "Rhine" else None)
                for row in rows.itertuples()
            ]
            for market, rows in left.items()
        }
    )


def legs(net: nx.Graph, rows: pd.DataFrame) -> pd.DataFrame:
    """Describe the legs in the order of their rows.

    Returns
    -------
    DataFrame
        ``leg`` and its track, ``km`` with the range, ``straight_km``, ``details``, ``source_keys``.
    """
    found: list[dict[str, Any]] = []
    for row in rows.itertuples():
        leg: routes.Leg = net.edges[row.start, row.end]["leg"]
        ends = f" ({span(leg.km.low, leg.km.high)})" if leg.km.low < leg.km.high else ""
        found.append(
            {
                "leg": f"{leg.name}, "
                + (f"rail in {NAMES[leg.country]}" if leg.country else "sea"),
                "km": f"{leg.km.central:,.0f}{ends}"
                + (", derived" if leg.basis == "derived" else ""),
                "straight_km": leg.straight_km,
                "details": leg.details,
                "source_keys": " ".join(leg.sources),
            }
        )
    return pd.DataFrame(found)


def count_name(row: pd.Series) -> str:
    """Name what was counted, with its series."""
    series = f", series {row['series']}" if row["series"] in "AB" else ""
    return f"{row['metric'][0].upper()}{row['metric'][1:]}{series}"


def count_year(row: pd.Series) -> str:
    """Write the year of a count, with its months where they are not twelve."""
    return f"{row['year']}" + ("" if row["months"] == 12 else f", {row['months']} months")


def growth(row: pd.Series) -> str:
    """Write a stated growth with its sign, as exactly as it was stated."""
    if pd.isna(row["growth_percent"]):
        return "–"
    return f"{row['growth_percent']:+g}".replace("-", "\N{MINUS SIGN}")


def span_of(low: str, high: str) -> Callable[[pd.Series], str]:
    """Give a cell that writes the range of two columns: see `span`."""
    return lambda row: span(row[low], row[high])


def stage_cost(row: pd.Series) -> str:
    """Write the range of a stage's cost, with what it is for."""
    return span(row["usd_low"], row["usd_high"]) + str(row["unit"]).removeprefix("USD")
