"""Drawings of the context chapter."""

from datetime import date
from textwrap import fill

import pandas as pd
from matplotlib.axes import Axes

from ..countries import NAMES
from . import style

_YEAR = 4
#: Years between the ticks of the timeline, and the height of one line of its labels, in years.
_ROUND, _LINE = 5, 0.4

_MARKERS = {"founding": "s", "summit": "o", "informal": "o", "accession": "P", "statement": "D"}
_TITLES = {
    "area": "Area",
    "population": "Population",
    "gdp": "GDP at current prices",
    "gdp_ppp": "GDP at purchasing power",
}
_SHORT_UNITS = {
    "area": "million km²",
    "population": "million, 2024",
    "gdp": "USD billion, 2024",
    "gdp_ppp": "billion int. dollars, 2024",
}
_SAID_UNITS = {"area": "million km²", "population": "million", "gdp": "USD billion"}
_LIST_MARKS = {
    "four founding members": "v",
    "five members": "o",
    "five members and Hungary": "<",
    "five members and Turkmenistan": ">",
    "with Hungary and Turkmenistan": "D",
}
_WORDING = {"exactly": "", "about": "about ", "nearly": "nearly ", "more than": "more than "}


def timeline(frame: pd.DataFrame, ax: Axes) -> Axes:
    """Draw the organisation's events down an axis of years, with the chair beside them.

    The longest term is the dark one; an open mark is an informal summit.

    Parameters
    ----------
    frame : DataFrame
        From `analysis.context.timeline`.
    ax : Axes
        Where to draw.
    """
    points = frame[frame["kind"] != "chairmanship"]
    ended = frame[frame["days"].notna()]
    first, last = frame["when"].min(), frame["when"].max() + 0.35
    free = ended["when"].min() - 1 if len(ended) else last
    ax.plot([0, 0], [first - 0.3, last], color=style.MUTED, linewidth=1.2)
    for year in range(int(first) + 1, int(free) + 1):
        if year % _ROUND == 0:
            ax.plot([-0.02, 0], [year, year], color=style.MUTED, linewidth=1)
            ax.text(-0.03, year, year, fontsize=9, ha="right", va="center", color=style.MUTED)
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
    places = style.spread(list(points["when"]), _LINE)
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
    for row in ended.itertuples():
        longest = row.days == ended["days"].max()
        ax.barh(
            (row.when + row.until) / 2,
            0.28,
            row.until - row.when,
            left=-0.33,
            color=style.MEASURED if longest else style.BAND,
            edgecolor=style.GROUND,
            linewidth=1.5,
        )
        ax.text(
            -0.19,
            (row.when + row.until) / 2,
            f"{row.label}\n{row.days} days",
            fontsize=9,
            ha="center",
            va="center",
            linespacing=1.1,
            color=style.GROUND if longest else style.INK,
        )
    if len(ended):
        ax.text(
            -0.19,
            ended["when"].min() - 0.12,
            "In the chair",
            fontsize=9,
            ha="center",
            va="bottom",
            color=style.MUTED,
        )
    ax.set_xlim(-0.34, 1.0)
    ax.set_ylim(last, first - 0.4)
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


def portraits(frame: pd.DataFrame, ax: Axes) -> Axes:
    """Draw the countries as bars from zero, a small panel a measure; observers are hatched.

    Parameters
    ----------
    frame : DataFrame
        From `analysis.context.portraits`.
    ax : Axes
        Its place in the figure is divided among the panels; it is itself left blank.
    """
    ax.set_axis_off()
    measures = list(dict.fromkeys(frame["measure"]))
    cells = ax.get_subplotspec().subgridspec((len(measures) + 1) // 2, 2, hspace=0.06, wspace=0.05)
    for place, measure in enumerate(measures):
        rows = frame[frame["measure"] == measure]
        panel = ax.get_figure().add_subplot(cells[divmod(place, 2)])
        top = rows["value"].max()
        for height, row in enumerate(rows.itertuples()):
            panel.barh(
                height,
                row.value / top,
                0.68,
                color=style.MEASURED if row.member else style.BAND,
                hatch=None if row.member else "///",
                edgecolor=style.MEASURED,
                linewidth=0.8,
            )
            panel.text(-0.03, height, NAMES[row.country], fontsize=9, ha="right", va="center")
            panel.text(
                row.value / top + 0.03,
                height,
                _alike(row.value, rows["value"].min()),
                fontsize=9,
                va="center",
            )
        panel.text(
            -0.78,
            -1.35,
            f"{_TITLES[measure]},\n{_SHORT_UNITS[measure]}",
            fontsize=9.5,
            fontweight="bold",
            va="center",
            linespacing=1.1,
        )
        panel.set_xlim(-0.78, 1.42)
        panel.set_ylim(len(rows) - 0.4, -2.1)
        panel.set_axis_off()
    return ax


def portraits_alt(frame: pd.DataFrame) -> str:
    """Tell the bars in words."""
    parts = []
    for measure, rows in frame.groupby("measure", sort=False):
        least = rows["value"].min()
        told = "; ".join(
            f"{NAMES[row.country]} {_alike(row.value, least)}" for row in rows.itertuples()
        )
        parts.append(f"{_TITLES[measure]} in {rows['unit'].iloc[0]}: {told}.")
    return "Bars, a panel a measure, observers hatched. " + " ".join(parts)


def fits(frame: pd.DataFrame, ax: Axes) -> Axes:
    """Draw how far the sum over each list lies from each stated figure, and the room it has.

    Parameters
    ----------
    frame : DataFrame
        From `analysis.context.fits`. The band of a row is the room that the wording and the last
        digit leave; a filled mark lies within it.
    ax : Axes
        Where to draw.
    """
    lists = list(dict.fromkeys(frame["list"]))
    left = -72.0
    low, high = frame["off"].min() - 3, max(frame["off"].max(), frame["high"].max()) + 3
    place = 0.0
    for name in lists:
        ax.plot([left + 2], [place], _LIST_MARKS[name], color=style.INK, markersize=6)
        ax.text(left + 6, place, name[0].upper() + name[1:], fontsize=9, va="center")
        place += 0.8
    place += 0.3
    first = place
    for measure, part in frame.groupby("measure", sort=False):
        place += 0.5
        ax.text(left, place, _TITLES[measure], fontsize=10, fontweight="bold", va="center")
        place += 1.1
        for _, rows in part.groupby(["date", "speaker"], sort=False):
            row = rows.iloc[0]
            ax.barh(
                place,
                row["high"] - row["low"],
                0.9,
                left=row["low"],
                color=style.BAND,
                edgecolor=style.MEASURED,
                linewidth=0.6,
            )
            for each in rows.itertuples():
                ax.plot(
                    [each.off],
                    [place],
                    _LIST_MARKS[each.list],
                    markersize=6,
                    color=style.INK,
                    markerfacecolor=style.INK if each.fits else style.GROUND,
                    markeredgewidth=1.1,
                )
            ax.text(
                left,
                place,
                f"{_WORDING[row['bound']]}{_grouped(row['stated'])} {_SAID_UNITS[measure]}\n"
                + fill(f"{row['speaker'].split('. ')[-1]}, {_month(row['date'])}", 22),
                fontsize=9,
                va="center",
                linespacing=1.05,
            )
            if not rows["fits"].any():
                ax.text(high, place, "no list fits", fontsize=9, ha="right", va="center")
            place += 1.35
    ax.plot([0, 0], [first, place - 0.6], color=style.MUTED, linewidth=1, zorder=0.5)
    ax.set_xlim(left - 1, high)
    ax.set_ylim(place - 0.5, -0.7)
    ax.set_yticks([])
    ax.set_xticks([tick for tick in (-30, -20, -10, 0, 10, 20) if low < tick < high])
    ax.spines["left"].set_visible(False)
    ax.spines["bottom"].set_bounds(low, high)
    ax.set_xlabel("sum over the list, per cent above the stated figure", loc="right")
    return ax


def fits_alt(frame: pd.DataFrame) -> str:
    """Tell for every statement which lists it fits, and how far off the nearest is."""
    parts = []
    for (_, date_, who), rows in frame.groupby(["measure", "date", "speaker"], sort=False):
        row = rows.iloc[0]
        fitting = list(rows.loc[rows["fits"], "list"])
        nearest = rows.loc[rows["off"].abs().idxmin()]
        parts.append(
            f"{who}, {_month(date_)}, {_WORDING[row['bound']]}{_grouped(row['stated'])} "
            f"{_SAID_UNITS[row['measure']]}: "
            + (
                f"fits {' and '.join(fitting)}"
                if fitting
                else f"fits none, nearest {nearest['list']} at {nearest['off']:+.1f} %"
            )
        )
    return "Stated sizes against sums over five lists. " + "; ".join(parts) + "."


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


def _grouped(value: float) -> str:
    """Write a number as short as its size allows: 4.5, 37.2, 160, 1,858."""
    if value >= 100:
        return f"{value:,.1f}".removesuffix(".0") if value < 1000 else f"{value:,.0f}"
    return f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def _alike(value: float, least: float) -> str:
    """Write a number with the decimals that the smallest of its panel needs: two digits of it."""
    return f"{value:,.{2 if least < 1 else 1 if least < 10 else 0}f}"


def _month(text: str) -> str:
    if len(text) == _YEAR:
        return text
    return date.fromisoformat((text + "-01-01")[:10]).strftime("%b %Y")


def _day(text: str) -> str:
    exact = date.fromisoformat(text)
    return f"{exact.day} {exact.strftime('%b %Y')}"
