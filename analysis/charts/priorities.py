"""Drawings of the priorities chapter."""

from textwrap import fill
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ..countries import NAMES
from . import style

#: Colours of a change, repeated by the direction of the marker.
ROSE, FELL = style.MEASURED, "#9a5b00"
#: Half-width of a 90 % interval, in standard errors.
_Z = 1.645


def panels(frame: pd.DataFrame, ax: Axes) -> Axes:
    """Draw one small panel an indicator, a line a country, named at its end.

    A line is broken where a year is missing; a country that ends early is named with its last
    year. Thin uprights at a point are 90 % intervals, where the source gives standard errors.

    Parameters
    ----------
    frame : DataFrame
        From `analysis.priorities.panels`.
    ax : Axes
        Its place in the figure is divided among the panels; it is itself left blank.
    """
    ax.set_axis_off()
    names = list(dict.fromkeys(frame["panel"]))
    wide = min(2, len(names))
    cells = ax.get_subplotspec().subgridspec(-(-len(names) // wide), wide, hspace=0.05, wspace=0.04)
    for place, name in enumerate(names):
        cell = cells[divmod(place, wide)]
        _panel(frame[frame["panel"] == name], ax.get_figure().add_subplot(cell))
    return ax


def _panel(rows: pd.DataFrame, ax: Axes) -> None:
    ends = []
    first, last = rows["year"].min(), rows["year"].max()
    span = last - first
    for place, (code, line) in enumerate(rows.groupby("country")):
        mark = style.COUNTRIES[code]
        ax.plot(line["year"], line["value"], color=mark.color, linestyle=mark.line, linewidth=1.6)
        known = line[line["value"].notna()]
        end = known.iloc[-1]
        ax.plot(
            [end["year"]],
            [end["value"]],
            mark.marker,
            color=mark.color,
            markersize=5,
            markerfacecolor=style.GROUND if end["basis"] == "estimate" else mark.color,
        )
        for point in known[known["standard_error"].notna()].itertuples():
            half = _Z * point.standard_error
            aside = (place - 2) * 0.012 * span
            ax.plot(
                [point.year + aside] * 2,
                [point.value - half, point.value + half],
                color=mark.color,
                linewidth=0.9,
                alpha=0.75,
            )
        early = "" if end["year"] == last else f" ’{int(end['year']) % 100:02d}"
        ends.append((f"{code}{early}", mark.color, end["value"], end["year"]))
    drawn = rows["value"].dropna()
    low, high = drawn.min(), drawn.max()
    room = 0.06 * (high - low)
    placed = style.spread([end[2] for end in ends], 0.125 * (high - low + 2 * room))
    for (label, colour, value, year), height in zip(ends, placed, strict=True):
        ax.plot(
            [year + 0.015 * span, last + 0.075 * span],
            [value, height],
            color=style.GRID,
            linewidth=0.8,
            zorder=1,
        )
        ax.text(last + 0.09 * span, height, label, color=colour, fontsize=9, va="center")
    margins = _Z * rows["standard_error"].fillna(0)
    bottom = min((rows["value"] - margins).min(), *placed) - room
    top = max((rows["value"] + margins).max(), *placed) + room
    ax.set_xlim(first - 0.05 * span, last + 0.46 * span)
    ax.set_ylim(bottom, top)
    ax.set_xticks([first, last])
    style.grid(ax, "y")
    ax.locator_params(axis="y", nbins=4)
    if bottom < 0 < top:
        ax.axhline(0, color=style.MUTED, linewidth=0.8, zorder=0.5)
    arrow = {"higher": "up is better", "lower": "down is better", "none": "no better side"}
    ax.set_title(
        fill(rows["panel"].iloc[0], 26),
        loc="left",
        fontsize=9.5,
        fontweight="bold",
        linespacing=1.05,
        pad=15,
    )
    ax.text(
        0,
        1.02,
        f"{rows['unit'].iloc[0]}; {arrow[rows['better'].iloc[0]]}",
        transform=ax.transAxes,
        fontsize=8.5,
        color=style.MUTED,
        va="bottom",
    )


def panels_alt(frame: pd.DataFrame) -> str:
    """Tell the panels in words: first and last value of each country."""
    parts = []
    for name, rows in frame.groupby("panel", sort=False):
        told = []
        for code, line in rows.groupby("country"):
            known = line[line["value"].notna()]
            first, last = known.iloc[0], known.iloc[-1]
            missing = [str(year) for year in line.loc[line["value"].isna(), "year"]]
            told.append(
                f"{NAMES[code]} {_plain(first['value'])} in {first['year']}, "
                f"{_plain(last['value'])} in {last['year']}"
                + (f", no figure for {' and '.join(missing)}" if missing else "")
            )
        parts.append(f"{name}: {'; '.join(told)}.")
    return "Small panels, a line a country. " + " ".join(parts)


def changes(frame: pd.DataFrame, ax: Axes) -> Axes:
    """Draw level and change: from an open dot, the first year, to a mark, the last.

    Parameters
    ----------
    frame : DataFrame
        From `analysis.priorities.changes`, of indicators in one unit. The grey bar behind a row
        is the first value more or less the margin.
    ax : Axes
        Where to draw.
    """
    place = 0.0
    marks = {"rose": (">", ROSE), "fell": ("<", FELL)}
    right = max((frame["first"] + frame["margin"]).max(), frame["last"].max())
    left = min((frame["first"] - frame["margin"]).min(), frame["last"].min())
    for name, rows in frame.groupby("name", sort=False):
        ax.text(left - 0.88, place, name, fontsize=9.5, fontweight="bold", va="center")
        for row in rows.itertuples():
            place += 1
            marker, colour = marks.get(row.verdict, ("o", style.MUTED))
            clear = row.verdict in marks
            ax.barh(
                place,
                2 * row.margin,
                0.62,
                left=row.first - row.margin,
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


def board(frame: pd.DataFrame, ax: Axes) -> Axes:
    """Draw level and change of every indicator: a row each, a cell a country.

    The darker a cell, the nearer its level is to the best that any member reached; the figure is
    the last value, with a star where others have a later one; an arrow tells a clear change for
    the better or the worse.

    Parameters
    ----------
    frame : DataFrame
        Columns ``name``, ``unit``, ``letter``, ``country``, ``year``, ``value``, ``level`` (0 to
        1) and ``progress`` (``better``, ``worse`` or empty).
    ax : Axes
        Where to draw.
    """
    codes = sorted(set(frame["country"]))
    place, seen = 0.0, None
    for column, code in enumerate(codes):
        ax.text(column + 0.5, -0.35, code, fontsize=9.5, ha="center", fontweight="bold")
    for (letter, name), rows in frame.groupby(["letter", "name"], sort=False):
        if letter != seen:
            place += 0.22 if seen else 0
            ax.text(-3.4, place + 0.42, letter[0], fontsize=13, fontweight="bold", va="center")
            seen = letter
        ax.text(
            -3.0,
            place + 0.42,
            fill(f"{name}, {rows['unit'].iloc[0]}", 28),
            fontsize=8.5,
            va="center",
            linespacing=1.0,
        )
        for row in rows.itertuples():
            left = codes.index(row.country)
            ax.add_patch(
                Rectangle(
                    (left + 0.03, place),
                    0.94,
                    0.86,
                    facecolor=style.MEASURED,
                    alpha=0.05 + 0.45 * row.level,
                    linewidth=0,
                )
            )
            arrow = {"better": " ▲", "worse": " ▼"}.get(row.progress, "")
            ax.text(
                left + 0.5,
                place + 0.43,
                _cell(row, rows["year"].max()) + arrow,
                fontsize=9,
                ha="center",
                va="center",
                fontweight="bold" if arrow else "normal",
            )
        place += 0.96
    ax.set_xlim(-3.5, len(codes))
    ax.set_ylim(place, -0.8)
    ax.set_axis_off()
    return ax


def board_alt(frame: pd.DataFrame) -> str:
    """Tell level and change of every indicator in words."""
    parts = []
    for name, rows in frame.groupby("name", sort=False):
        told = "; ".join(
            f"{NAMES[row.country]} {_cell(row, row.year)} in {row.year}"
            + (f", clearly {row.progress}" if row.progress else "")
            for row in rows.itertuples()
        )
        parts.append(f"{name}, {rows['unit'].iloc[0]}: {told}.")
    return "A board of last values, a row an indicator, a cell a country. " + " ".join(parts)


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


def _cell(row: Any, latest: int) -> str:
    text = f"{row.value:.0f}" if row.unit == "elements" else _plain(row.value)
    return text if row.year == latest else f"{text}*"


def _plain(value: float) -> str:
    text = f"{value:.1f}" if abs(value) >= 5 else f"{value:.2f}"
    return text.replace("-", "−")
