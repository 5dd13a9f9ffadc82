"""Cells of the tables in the routes chapters, each made from a row of a frame."""

from collections.abc import Callable, Mapping
from typing import Any

import networkx as nx
import pandas as pd

from .. import formats, routes
from ..countries import NAMES
from ..quantities import keys_of
from .table import Cite


def span(low: float, high: float, digits: int = 0) -> str:
    """Write a range, or one number where both ends are the same; a dash for none."""
    if pd.isna(low):
        return "–"
    first, last = f"{low:,.{digits}f}", f"{high:,.{digits}f}"
    return first if first == last else f"{first}–{last}"


def span_of(low: str, high: str) -> Callable[[pd.Series], str]:
    """Give a cell that writes the range of two columns: see `span`."""
    return lambda row: span(row[low], row[high])


def setting(row: pd.Series) -> str:
    """Write a setting of a simulation with its range, where it has one, and its unit.

    Examples
    --------
    >>> setting(pd.Series({"low": 50, "value": 75, "high": 100, "unit": "%"}))
    '75% (50–100%)'
    >>> setting(pd.Series({"low": 6, "value": 6, "high": 6, "unit": "ships"}))
    '6 ships'
    """
    sign = "%" if row["unit"].startswith("%") else ""
    varied = f" ({row['low']:g}–{row['high']:g}{sign})" if row["low"] != row["high"] else ""
    return f"{row['value']:g}{sign}{varied} {row['unit'].removeprefix('%').strip()}".strip()


def ends(row: pd.Series) -> str:
    """Name the ends of a journey and its direction."""
    if row["start"] == row["end"]:
        return f"{str(row['start']).lower()}, {row['direction']}"
    return f"{row['start']} to {row['end']}, {row['direction']}"


def outcome(row: pd.Series) -> str:
    """Write what came of a plan, a row of `routes.plans_against_outcomes`."""
    if row["open"]:
        return "not yet due"
    if pd.isna(row["percent"]):
        return "none published"
    stated = "" if row["outcome_year"] == row["due"] else f", stated in {row['outcome_year']}"
    return f"{row['outcome']:.3g} ({row['percent']:.0f}%){stated}"


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


def left_by_market(left: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Say what each closure leaves, a column a market."""
    first = next(iter(left.values()))
    return pd.DataFrame(
        {"closed": first["closed"]}
        | {market: [_fastest(row) for row in rows.itertuples()] for market, rows in left.items()}
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
        track = f"rail in {NAMES[leg.country]}" if leg.country else "sea"
        if leg.mode == "rail" and not leg.country:
            track = "rail in several countries"
        ends = f" ({span(leg.km.low, leg.km.high)})" if leg.km.low < leg.km.high else ""
        derived = ", derived" if leg.basis == "derived" else ""
        found.append(
            {
                "leg": f"{leg.name}, {track}",
                "km": f"{leg.km.central:,.0f}{ends}{derived}",
                "straight_km": leg.straight_km,
                "details": leg.details,
                "source_keys": " ".join(leg.sources),
            }
        )
    return pd.DataFrame(found)


def count_name(row: pd.Series) -> str:
    """Name what was counted, its kind and whose count it is."""
    kind = "" if row["kind"] in ("all", "containers") else f", {row['kind']}"
    return f"{row['metric'][0].upper()}{row['metric'][1:]}{kind}"


def count_year(row: pd.Series) -> str:
    """Write the year of a count, with its months where they are not twelve."""
    return f"{row['year']}" + ("" if row["months"] == 12 else f", {row['months']} months")


def count_value(row: pd.Series) -> str:
    """Write a count with its unit."""
    return f"{row['value']:,.0f} {row['unit']}".replace(" %", "%")


def growth(row: pd.Series) -> str:
    """Write a stated growth with its sign, as exactly as it was stated."""
    if pd.isna(row["growth_percent"]):
        return "–"
    return f"{row['growth_percent']:+g}".replace("-", "\N{MINUS SIGN}")


def limit(row: pd.Series) -> str:
    """Write a limit with its unit, and what is planned."""
    unit = "million t" if row["measure"] == "cargo" else "thousand TEU"
    plan = "" if pd.isna(row["planned"]) else f"; planned {row['planned']:g}"
    return f"{row['value']:g} {unit}{plan}"


def dates(row: pd.Series) -> str:
    """Write when a journey left and arrived, as far as known."""
    if pd.isna(row["departed"]) or row["departed"] == row["arrived"]:
        return str(row["arrived"])
    return f"{row['departed']} to {row['arrived']}"


def taken(row: pd.Series) -> str:
    """Write the days that a journey took, half days too."""
    low, high = row["days_low"], row["days_high"]
    return f"{low:g}" if low == high else f"{low:g}–{high:g}"


def held_against(row: pd.Series) -> str:
    """Write the model's days for a journey, and how it counts."""
    if pd.isna(row["median"]):
        return f"{row['counts']}"
    days = f"{row['p10']:.0f} · {row['median']:.0f} · {row['p90']:.0f}"
    verdict = row["counts"] if pd.isna(row["hit"]) else "hit" if row["hit"] else "miss"
    return f"{days}; {verdict}"


def price(row: pd.Series) -> str:
    """Say how many prices are published between a way's own ends."""
    return f"{row['prices']} published" if row["prices"] else "none published"


def emitted(row: pd.Series) -> str:
    """Write what a container emits, to ten kilograms."""
    return span(round(row["low"], -1), round(row["high"], -1)) if row["low"] > 0 else "not measured"


def _fastest(row: Any) -> str:
    if not row.fastest:
        return "nothing left"
    extra = f" ({row.extra_days:+.0f})" if row.extra_days else ""
    return f"{row.fastest}, {row.median:.0f} days{extra}"


def ask(
    days: pd.DataFrame, market: str, price: Mapping[str, float], value_of_a_day: float
) -> dict[str, Any]:
    """Let a reader enter prices and the value of a day, as `routes.cheapest` takes them."""
    return {
        "kind": "shipper",
        "market": market,
        "prices": dict(price),
        "value": value_of_a_day,
        "rows": [
            {"market": row["market"], "corridor": row["corridor"], "days": round(row["mean"])}
            for _, row in days.iterrows()
        ],
    }
