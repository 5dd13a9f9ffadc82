"""Sentences and tables that follow from results: captions, and the rows that readers see."""

from collections.abc import Iterable

import pandas as pd

from .. import trade
from ..countries import Membership
from ..quantities import keys_of
from .faces import Cite, Table


def sources(frame: pd.DataFrame, column: str) -> tuple[str, ...]:
    """List the source keys of a frame's rows."""
    return keys_of(frame[column])


def ladder(rungs: pd.DataFrame, *, claimed: float, year: int) -> str:
    """Say what the ladder of counting rules shows."""
    now = rungs[rungs["year"] == year]
    above = now[now["central"] > claimed]
    counts = " and ".join(sorted(set(above["count"]))) or "neither once nor twice"
    return (
        f"For {year} the claimed ${claimed:.0f} billion is passed only when each flow is counted "
        f"{counts}: trade among the members by counting rule, USD billion."
    )


def bands(rungs: pd.DataFrame, membership: Membership) -> dict[str, tuple[float, float]]:
    """Give the lowest and highest computed totals, counted once and twice, in USD billion."""
    own = rungs[rungs["membership"] == membership.name]
    return {
        count: (
            float(own.loc[own["count"] == count, "central"].min()),
            float(own.loc[own["count"] == count, "central"].max()),
        )
        for count in ("once", "twice")
    }


def statements(frame: pd.DataFrame, rungs: pd.DataFrame, membership: Membership) -> str:
    """Say what the statements through time show."""
    near = frame[frame["date"] >= "2023"]
    low, high = near["usd_billion"].min(), near["usd_billion"].max()
    once = bands(rungs, membership)["once"]
    return (
        f"Since 2023 officials and others have put the trade of the group between ${low:g} billion "
        f"and ${high:g} billion; counted once it was between ${once[0]:.0f} and ${once[1]:.0f} "
        "billion."
    )


def path(by_pair: pd.DataFrame, prices: pd.DataFrame, start: int, end: int) -> str:
    """Say what the once-counted path shows."""
    nominal = trade.growth(by_pair, start, end).value
    real = trade.growth(by_pair, start, end, prices).value
    years = trade.yearly(by_pair)
    peak = int(years.loc[years["central"].idxmax(), "year"])
    tail = f", and it fell after {peak}" if peak < end else ""
    return (
        f"Counted once, trade among the five members grew {nominal:.1f} times from {start} to "
        f"{end} in current dollars and {real:.1f} times in constant ones{tail}."
    )


def rules_table(flows: pd.DataFrame, by_pair: pd.DataFrame, rungs: pd.DataFrame) -> Table:
    """Set out every total by every rule that the data of a year can answer."""
    both = [
        trade.CountingRule("once", side) for side in ("smaller", "importers", "exporters", "larger")
    ] + [trade.CountingRule("twice", "own")]
    rows = []
    last = int(flows.loc[flows["side"] == "importer", "year"].max())
    for rule in both:
        q = rule.total(flows, last)
        rows.append((str(last), rule.count, trade.SIDES[rule.side], rule.membership.name,
                     f"{q.value:.1f}", Cite(q.sources)))  # fmt: skip
    for _, rung in rungs.iterrows():
        side = "path (part estimated)" if rung["estimate"] else trade.SIDES["reconciled"]
        keys = tuple(rung["sources"].split())
        rows.append((str(rung["year"]), rung["count"], side, rung["membership"],
                     f"{rung['central']:.1f}", Cite(_main(keys))))  # fmt: skip
    return Table(
        "Trade among the members by every rule that the data can answer, USD billion.",
        ("Year", "Each flow", "Whose report", "Countries", "USD billion", "Sources"),
        rows,
        "llllrl",
    )


def pairs_table(by_pair: pd.DataFrame, years: Iterable[int]) -> Table:
    """Set out the pairs by year, each flow counted once."""
    years = tuple(years)
    wide = by_pair.pivot(index="pair", columns="year", values="central")
    guessed = by_pair.pivot(index="pair", columns="year", values="basis").isin(trade.ESTIMATED)
    rows = [
        (trade.names_of(pair), *(_marked(wide.loc[pair, y], guessed.loc[pair, y]) for y in years))
        for pair in wide.sort_values(years[-1], ascending=False).index
    ]
    sums = wide.sum()
    rows.append(("All ten pairs", *(_marked(sums[y], guessed[y].any()) for y in years)))
    return Table(
        "Trade of each pair, each flow counted once, USD billion; e marks an estimate.",
        ("Pair", *(str(y) for y in years)),
        rows,
        "l" + "r" * len(years),
    )


def _marked(value: float, estimate: bool) -> str:
    return f"{value:.2f} e" if estimate else f"{value:.2f}"


def _main(keys: tuple[str, ...], most: int = 3) -> tuple[str, ...]:
    """Keep the statistical sources of a long list; the register holds them all."""
    first = tuple(k for k in keys if k.startswith(("cepii", "imf")))
    return (first or keys)[:most]
