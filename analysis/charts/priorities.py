"""Drawings of the priorities chapter."""

from textwrap import fill

import pandas as pd
from matplotlib.axes import Axes

from ..countries import NAMES
from . import style

#: Colours of a change, repeated by the direction of the marker.
ROSE, FELL = style.MEASURED, "#9a5b00"


def panels(frame: pd.DataFrame, ax: Axes) -> Axes:
    """Draw one small panel an indicator, a line a country, named at its end.

    Parameters
    ----------
    frame : DataFrame
        From `analysis.priorities.panels`.
    ax : Axes
        Its place in the figure is divided among the panels; it is itself left blank.
    """
    ax.set_axis_off()
    names = list(dict.fromkeys(frame["panel"]))
    cells = ax.get_subplotspec().subgridspec((len(names) + 1) // 2, 2, hspace=0.05, wspace=0.04)
    for place, name in enumerate(names):
        _panel(frame[frame["panel"] == name], ax.get_figure().add_subplot(cells[divmod(place, 2)]))
    return ax


def _panel(rows: pd.DataFrame, ax: Axes) -> None:
    ends = []
    for code, line in rows.groupby("country"):
        mark = style.COUNTRIES[code]
        ax.plot(line["year"], line["value"], color=mark.color, linestyle=mark.line, linewidth=1.6)
        last = line.iloc[-1]
        ax.plot(
            [last["year"]],
            [last["value"]],
            mark.marker,
            color=mark.color,
            markersize=5,
            markerfacecolor=style.GROUND if last["basis"] == "estimate" else mark.color,
        )
        ends.append((code, mark.color, last["value"], last["year"]))
    low, high = rows["value"].min(), rows["value"].max()
    room = 0.06 * (high - low)
    first, last = rows["year"].min(), rows["year"].max()
    span = last - first
    placed = style.spread([end[2] for end in ends], 0.105 * (high - low + 2 * room))
    for (code, colour, value, year), height in zip(ends, placed, strict=True):
        ax.plot(
            [year + 0.015 * span, last + 0.075 * span],
            [value, height],
            color=style.GRID,
            linewidth=0.8,
            zorder=1,
        )
        ax.text(last + 0.09 * span, height, code, color=colour, fontsize=9, va="center")
    ax.set_xlim(first - 0.03 * span, last + 0.34 * span)
    ax.set_ylim(min(low, *placed) - room, max(high, *placed) + room)
    ax.set_xticks([first, last])
    style.grid(ax, "y")
    ax.locator_params(axis="y", nbins=4)
    if low < 0 < high:
        ax.axhline(0, color=style.MUTED, linewidth=0.8, zorder=0.5)
    ax.set_title(
        f"{fill(rows['panel'].iloc[0], 24)}",
        loc="left",
        fontsize=9.5,
        fontweight="bold",
        linespacing=1.05,
    )


def panels_alt(frame: pd.DataFrame) -> str:
    """Tell the panels in words: first and last value of each country."""
    parts = []
    for name, rows in frame.groupby("panel", sort=False):
        told = []
        for code, line in rows.groupby("country"):
            first, last = line.iloc[0], line.iloc[-1]
            told.append(
                f"{NAMES[code]} {_plain(first['value'])} in {first['year']}, "
                f"{_plain(last['value'])} in {last['year']}"
            )
        parts.append(f"{name}: {'; '.join(told)}.")
    return "Small panels, a line a country. " + " ".join(parts)


def changes(frame: pd.DataFrame, ax: Axes) -> Axes:
    """Draw level and change: from an open dot, the first year, to a mark, the last.

    Parameters
    ----------
    frame : DataFrame
        From `analysis.priorities.changes`, of indicators in one unit. The grey bar behind a row
        is the first value more or less the yardstick.
    ax : Axes
        Where to draw.
    """
    place = 0.0
    marks = {"rose": (">", ROSE), "fell": ("<", FELL), "no clear change": ("o", style.MUTED)}
    right = max((frame["first"] + frame["yardstick"]).max(), frame["last"].max())
    left = min((frame["first"] - frame["yardstick"]).min(), frame["last"].min())
    for name, rows in frame.groupby("name", sort=False):
        ax.text(left - 0.88, place, name, fontsize=9.5, fontweight="bold", va="center")
        for row in rows.itertuples():
            place += 1
            marker, colour = marks[row.verdict]
            clear = row.verdict != "no clear change"
            ax.barh(
                place,
                2 * row.yardstick,
                0.62,
                left=row.first - row.yardstick,
                color=style.GRID,
                zorder=0.5,
            )
            ax.plot(
                [row.first, row.last],
                [place, place],
                color=colour,
                linewidth=2.4 if clear else 1.1,
                linestyle="-" if clear else ":",
            )
            ax.plot(
                [row.first], [place], "o", color=colour, markersize=5, markerfacecolor=style.GROUND
            )
            ax.plot([row.last], [place], marker, color=colour, markersize=7 if clear else 4.5)
            ax.text(left - 0.88, place, NAMES[row.country], fontsize=9, va="center")
            ax.text(
                right + 0.45,
                place,
                f"{row.change:+.2f}".replace("-", "−"),
                fontsize=9,
                va="center",
                ha="right",
                color=colour,
                fontweight="bold" if clear else "normal",
            )
        place += 1.45
    ax.text(right + 0.45, 0, "change", fontsize=9, va="center", ha="right", color=style.MUTED)
    ax.set_xlim(left - 0.9, right + 0.47)
    ax.set_ylim(place - 0.7, -0.7)
    ax.set_yticks([])
    ax.set_xticks([tick for tick in (-1.5, -1, -0.5, 0, 0.5) if left - 0.2 <= tick <= right + 0.2])
    style.grid(ax, "x")
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    first, last = frame["first_year"].min(), frame["last_year"].max()
    ax.set_xlabel(f"score, from {first} (open dot) to {last}")
    return ax


def changes_alt(frame: pd.DataFrame) -> str:
    """Tell level and change in words."""
    parts = []
    for name, rows in frame.groupby("name", sort=False):
        told = "; ".join(
            f"{NAMES[row.country]} {_plain(row.first)} to {_plain(row.last)}, {row.verdict}"
            for row in rows.itertuples()
        )
        parts.append(f"{name}: {told}.")
    first, last = frame["first_year"].min(), frame["last_year"].max()
    return f"Scores of {first} and {last}, a row a country. " + " ".join(parts)


def distance(frame: pd.DataFrame, ax: Axes) -> Axes:
    """Draw the band between the highest and the lowest country, with who they are.

    Parameters
    ----------
    frame : DataFrame
        From `analysis.priorities.spread`.
    ax : Axes
        Where to draw.
    """
    ax.fill_between(frame["year"], frame["lowest"], frame["highest"], color=style.BAND, linewidth=0)
    for column, who in (("highest", "top"), ("lowest", "bottom")):
        ax.plot(frame["year"], frame[column], color=style.MEASURED, linewidth=1.6)
        up = column == "highest"
        for place in (0, -1):
            row = frame.iloc[place]
            near = frame[column].iloc[:4] if place == 0 else frame[column].iloc[-4:]
            ax.annotate(
                f"{NAMES[row[who]]} {_plain(row[column])}",
                (row["year"], near.max() if up else near.min()),
                (0, 6 if up else -6),
                textcoords="offset points",
                fontsize=9,
                ha="left" if place == 0 else "right",
                va="bottom" if up else "top",
            )
    for place in (0, -1):
        row = frame.iloc[place]
        inner = 0.18 if place == 0 else -0.18
        ax.plot(
            [row["year"] + inner] * 2, [row["lowest"], row["highest"]], color=style.INK, linewidth=1
        )
        ax.text(
            row["year"] + 1.8 * inner,
            (row["lowest"] + row["highest"]) / 2,
            f"{row['distance']:.2f}",
            fontsize=10,
            fontweight="bold",
            va="center",
            ha="left" if place == 0 else "right",
        )
    ax.axhline(0, color=style.MUTED, linewidth=0.8)
    low, high = frame["lowest"].min(), frame["highest"].max()
    ax.set_ylim(low - 0.16 * (high - low), high + 0.16 * (high - low))
    ax.set_xticks([frame["year"].iloc[0], frame["year"].iloc[-1]])
    ax.set_ylabel("score")
    return ax


def distance_alt(frame: pd.DataFrame) -> str:
    """Tell the narrowing or widening in words."""
    first, last = frame.iloc[0], frame.iloc[-1]
    told = [
        f"in {row['year']} from {_plain(row['lowest'])} ({NAMES[row['bottom']]}) to "
        f"{_plain(row['highest'])} ({NAMES[row['top']]}), a distance of {row['distance']:.2f}"
        for row in (first, last)
    ]
    return f"A band between the lowest and the highest member: {'; '.join(told)}."


def _plain(value: float) -> str:
    text = f"{value:.1f}" if abs(value) >= 5 else f"{value:.2f}"
    return text.replace("-", "−")
