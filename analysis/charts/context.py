"""Drawings of the context chapter."""

from datetime import date
from textwrap import fill

import pandas as pd
from matplotlib.axes import Axes

from . import style

_MARKERS = {"founding": "s", "summit": "o", "informal": "o", "statement": "D"}
_TITLES = {"area": "Area", "population": "Population", "gdp": "Gross domestic product"}
_WORDING = {"exactly": "", "about": "about ", "nearly": "nearly ", "more than": "more than "}


def timeline(frame: pd.DataFrame, ax: Axes) -> Axes:
    """Draw the organisation's events down an axis of years, with the chair beside them.

    Parameters
    ----------
    frame : DataFrame
        From `analysis.context.timeline`.
    ax : Axes
        Where to draw.
    """
    points = frame[frame["kind"] != "chairmanship"]
    last = frame["when"].max() + 0.6
    ax.plot([0, 0], [frame["when"].min() - 0.3, last], color=style.MUTED, linewidth=1.2)
    for row in points.itertuples():
        claim = row.kind == "statement"
        colour = style.CLAIM if claim else style.MEASURED
        ax.plot(
            [0],
            [row.when],
            _MARKERS[row.kind],
            color=colour,
            markersize=6.5,
            markerfacecolor=style.GROUND if row.kind == "informal" else colour,
            zorder=3,
        )
    places = style.spread(list(points["when"]), 0.53)
    for row, place in zip(points.itertuples(), places, strict=True):
        ax.plot(
            [0.012, 0.05, 0.07], [row.when, place, place], color=style.GRID, linewidth=0.9, zorder=1
        )
        ax.text(
            0.08,
            place,
            f"{_month(row.date)}  {row.label}",
            fontsize=9,
            va="center",
            color=style.CLAIM if row.kind == "statement" else style.INK,
        )
    for row in frame[frame["days"].notna()].itertuples():
        ax.barh(
            (row.when + row.until) / 2,
            0.3,
            row.until - row.when,
            left=-0.33,
            color=style.BAND,
            edgecolor=style.GROUND,
            linewidth=1.5,
        )
        ax.text(
            -0.18,
            (row.when + row.until) / 2,
            f"{row.label}\n{row.days} days",
            fontsize=9,
            ha="center",
            va="center",
            linespacing=1.05,
        )
    if frame["days"].notna().any():
        first = frame.loc[frame["days"].notna(), "when"].min()
        ax.text(
            -0.18,
            first - 0.15,
            "In the chair",
            fontsize=9,
            ha="center",
            va="bottom",
            color=style.MUTED,
        )
    ax.set_xlim(-0.34, 1.0)
    ax.set_ylim(last, frame["when"].min() - 0.4)
    ax.set_axis_off()
    return ax


def timeline_alt(frame: pd.DataFrame) -> str:
    """Tell the timeline in words."""
    summits = frame[frame["kind"] == "summit"]
    founding = frame[frame["kind"] == "founding"].iloc[0]
    ended = frame[frame["days"].notna()]
    chairs = "; ".join(f"{row.label} {row.days} days" for row in ended.itertuples())
    return (
        f"A line of time from {founding['date'][:4]} to {frame['date'].max()[:4]}. "
        f"{founding['label']} on {_day(founding['date'])}; {len(summits)} regular summits, the "
        f"first in {summits['date'].iloc[0][:4]}, the latest in {summits['date'].iloc[-1][:4]}. "
        f"Ended chairmanships: {chairs}."
    )


def sizes(frame: pd.DataFrame, ax: Axes) -> Axes:
    """Draw sums as bars from zero and stated figures as diamonds, each measure on its own scale.

    Parameters
    ----------
    frame : DataFrame
        From `analysis.context.size_comparison`.
    ax : Axes
        Where to draw.
    """
    place = 0.0
    ax.text(
        1.5,
        place,
        "bars: sums\ndiamonds: stated",
        fontsize=9,
        ha="right",
        va="center",
        color=style.MUTED,
    )
    for measure, rows in frame.groupby("measure", sort=False):
        top = rows["value"].max()
        ax.text(
            0,
            place,
            f"{_TITLES[measure]}, {rows['unit'].iloc[0]}",
            fontsize=10,
            fontweight="bold",
            va="center",
        )
        for row in rows.itertuples():
            label = fill(row.label, 25)
            place += 1.0 + 0.28 * label.count("\n")
            length = row.value / top
            ax.text(-0.02, place, label, fontsize=9, ha="right", va="center", linespacing=0.95)
            if row.kind == "sum":
                wide = row.label.startswith("With")
                ax.barh(
                    place,
                    length,
                    0.66,
                    color=style.BAND if wide else style.MEASURED,
                    hatch="///" if wide else None,
                    edgecolor=style.MEASURED,
                    linewidth=0.8,
                )
            else:
                ax.plot([0, length], [place, place], color=style.GRID, linewidth=1, zorder=1)
                ax.plot([length], [place], "D", color=style.INK, markersize=6)
            gap = 0.025 if row.kind == "sum" else 0.045
            ax.text(
                length + gap,
                place,
                f"{_WORDING[row.bound]}{_short(row.value)}",
                fontsize=9,
                va="center",
            )
            place += 0.14 * label.count("\n")
        place += 1.5
    ax.axvline(0, color=style.MUTED, linewidth=0.8)
    ax.set_xlim(-0.72, 1.5)
    ax.set_ylim(place - 1.0, -0.7)
    ax.set_axis_off()
    return ax


def sizes_alt(frame: pd.DataFrame) -> str:
    """Tell the comparison in words."""
    parts = []
    for measure, rows in frame.groupby("measure", sort=False):
        added = [
            f"{row.label[0].lower()}{row.label[1:]}: {_short(row.value)}"
            for row in rows[rows["kind"] == "sum"].itertuples()
        ]
        said = [
            f"{row.label}: {_WORDING[row.bound]}{_short(row.value)}"
            for row in rows[rows["kind"] == "stated"].itertuples()
        ]
        parts.append(
            f"{_TITLES[measure]} in {rows['unit'].iloc[0]}. Sums: {'; '.join(added)}. "
            f"Stated: {'; '.join(said)}."
        )
    return "Bars for sums, diamonds for stated figures. " + " ".join(parts)


def event_count(frame: pd.DataFrame, ax: Axes) -> Axes:
    """Draw the stated number of events of one chairmanship against the days of the term.

    Parameters
    ----------
    frame : DataFrame
        From `analysis.context.count_history`.
    ax : Axes
        Where to draw.
    """
    term = frame["term"].iloc[0]
    ax.axvspan(0, term, color=style.BAND, alpha=0.45, linewidth=0)
    ax.text(term / 2, 3, f"chairmanship, {term} days", fontsize=9, ha="center", color=style.MUTED)
    ax.plot(
        frame["day"],
        frame["count"],
        color=style.MEASURED,
        linewidth=1.4,
        linestyle=":",
        drawstyle="steps-post",
    )
    markers = {"about": "o", "more than": "^", "nearly": "v", "exactly": "s"}
    told: set[int] = set()
    for row in frame.itertuples():
        claim = "tokayev2025ana" in row.source_keys
        ax.plot(
            [row.day],
            [row.count],
            markers[row.bound],
            markersize=8,
            color=style.CLAIM if claim else style.MEASURED,
        )
        if row.count not in told:
            ax.annotate(
                f"{_WORDING[row.bound]}{row.count}\n{_day(row.date)}",
                (row.day, row.count),
                (-9, 0),
                textcoords="offset points",
                ha="right",
                va="center",
                fontsize=9,
                linespacing=1.05,
            )
            told.add(row.count)
        elif claim:
            ax.annotate(
                f"the article,\n{_day(row.date)}",
                (row.day, row.count),
                (4, -12),
                textcoords="offset points",
                va="top",
                fontsize=9,
                color=style.CLAIM,
                linespacing=1.05,
            )
    style.grid(ax, "y")
    ax.set_ylim(0, frame["count"].max() * 1.18)
    ax.set_xlim(0, frame["day"].max() + 25)
    ax.set_xlabel(f"days since {_day(frame['start'].iloc[0])}")
    ax.set_ylabel("events, as stated")
    return ax


def event_count_alt(frame: pd.DataFrame) -> str:
    """Tell the history of the count in words."""
    steps = "; ".join(
        f"day {row.day} ({_day(row.date)}): {_WORDING[row.bound]}{row.count}"
        for row in frame.itertuples()
    )
    return (
        f"Stated number of events against days of a term of {frame['term'].iloc[0]} days. {steps}."
    )


def periods(frame: pd.DataFrame, ax: Axes) -> Axes:
    """Draw the number of events of each period as bars, hatched where statements differ.

    Parameters
    ----------
    frame : DataFrame
        From `analysis.context.counts_by_period`.
    ax : Axes
        Where to draw.
    """
    for place, row in enumerate(frame.itertuples()):
        ax.barh(place, row.lowest, 0.62, color=style.MEASURED)
        if row.highest > row.lowest:
            ax.barh(
                place,
                row.highest - row.lowest,
                0.62,
                left=row.lowest,
                color=style.BAND,
                hatch="///",
                edgecolor=style.MEASURED,
                linewidth=0.8,
            )
        ax.text(row.highest + 2, place, _range(row), va="center", fontsize=9)
    ax.set_yticks(range(len(frame)), [fill(text, 20) for text in frame["period"]], color=style.INK)
    ax.set_ylim(len(frame) - 0.5, -0.5)
    ax.set_xlim(0, frame["highest"].max() * 1.6)
    ax.set_xticks(range(0, int(frame["highest"].max()) + 1, 25))
    ax.tick_params(axis="y", length=0)
    ax.set_xlabel("events, as stated")
    return ax


def periods_alt(frame: pd.DataFrame) -> str:
    """Tell the bars in words."""
    parts = "; ".join(f"{row.period}: {_range(row)}" for row in frame.itertuples())
    return f"Bars of the number of events stated for each period. {parts}."


def _range(row: object) -> str:
    if row.highest > row.lowest:
        low = f"{_WORDING[row.lowest_bound]}{row.lowest}"
        return f"{low} to {_WORDING[row.bound]}{row.highest}"
    return f"{_WORDING[row.bound]}{row.highest}"


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0") if value >= 100 else f"{value:.2f}"


def _month(text: str) -> str:
    return date.fromisoformat((text + "-01-01")[:10]).strftime("%b %Y")


def _day(text: str) -> str:
    exact = date.fromisoformat(text)
    return f"{exact.day} {exact.strftime('%b %Y')}"
