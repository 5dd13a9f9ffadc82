"""Charts of the priorities chapter."""

from dataclasses import dataclass
from functools import partial
from textwrap import fill
from typing import Any, ClassVar

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from .. import formats
from ..countries import NAMES
from ..formats import counted, in_words
from ..stages import done
from . import style
from .chart import Chart, CitedChart, panels

#: Half-width of a 90% interval, in standard errors.
_Z = 1.645
#: Marker of each stage of a step, its colour, and whether it is filled.
_STAGE_MARKS = {
    "promised": ("o", style.MUTED, False), "signed": ("s", style.MEASURED, False),
    "in force": ("s", style.MEASURED, True), "working": ("D", style.MEASURED, True),
}  # fmt: skip
_BETTER_SIDE = {
    "higher": "up is better",
    "lower": "down is better",
    "none": "no direction is better",
}


@dataclass(frozen=True)
class Panels(CitedChart):
    """One small panel an indicator, a line a country, named at its end.

    A line is broken where a year is missing; a country that ends early is named with its last
    year. Thin uprights at a point are 90% intervals, where the source gives standard errors. The
    frame is that of `analysis.priorities.panels`; ``finding`` is what the indicators show;
    ``marked`` are the years that the finding tells of, which are shaded.
    """

    finding: str
    marked: tuple[int, ...] = ()
    tables: ClassVar[tuple[str, ...]] = ("indicators", "indicator_list")
    height = 3.2

    @property
    def caption(self) -> str:
        """What these indicators show."""
        return self.finding

    @property
    def alt(self) -> str:
        """First and last value of each country, panel by panel."""
        parts = []
        for name, rows in self.frame.groupby("panel", sort=False):
            lines = "; ".join(_ends(code, line) for code, line in rows.groupby("country"))
            parts.append(f"{name}: {lines}.")
        return "Small panels, a line a country. " + " ".join(parts)

    def draw(self, ax: Axes) -> Axes:
        """Draw two panels a row; the ax itself is left blank."""
        names = list(dict.fromkeys(self.frame["panel"]))
        places = panels(ax, len(names), min(2, len(names)), hspace=0.05, wspace=0.04)
        for name, panel in zip(names, places, strict=True):
            _panel(self.frame[self.frame["panel"] == name], panel, 0.75 if len(names) > 1 else 0.32)
            if self.marked:
                panel.axvspan(*self.marked, color=style.BAND, alpha=0.6, linewidth=0, zorder=0)
                panel.set_xticks(sorted({*panel.get_xticks(), *self.marked}))
        if self.frame["standard_error"].notna().any():
            places[-1].set_xlabel("uprights: 90% intervals", loc="left")
        return ax


class HeritagePanels(Panels):
    """Indicators that are counted from elements of heritage."""

    tables = ("shared_heritage", "indicator_list")


class TradePanels(Panels):
    """Indicators of which one is a share of trade."""

    tables = (
        "indicators", "indicator_list", "trade_pairs", "trade_flows", "trade_stated",
        "trade_totals",
    )  # fmt: skip


class GovernancePanels(Panels):
    """The five scores of governance."""

    height = 8.6


@dataclass(frozen=True)
class Board(CitedChart):
    """Level and change of every indicator: a row each, a cell a country.

    The stronger a cell's shade, the nearer its level is to the best that any member reached; the
    figure is the last value, with a star where others have a later one; a triangle shows a clear
    change for the better or the worse. The frame has the columns ``name``, ``unit``, ``letter``,
    ``country``, ``year``, ``value``, ``level`` (0 to 1), ``verdict`` (see
    `analysis.priorities.changes`) and ``progress`` (``better``, ``worse`` or empty).
    """

    tables = ("indicators", "indicator_list", "shared_heritage", "trade_pairs", "trade_totals")
    height = 9.4

    @property
    def caption(self) -> str:
        """How many changed clearly."""
        progress, verdict = self.frame["progress"], self.frame["verdict"]
        tested = verdict.isin(("rose", "fell", "no clear change")).sum()
        better, worse = (in_words(int((progress == way).sum())) for way in ("better", "worse"))
        return (
            f"Of {tested} pairs of indicator and member tested, {better} improved clearly and "
            f"{worse} worsened."
        )

    @property
    def alt(self) -> str:
        """Every cell with its year and its change."""
        parts = []
        for name, rows in self.frame.groupby("name", sort=False):
            cells = "; ".join(
                f"{NAMES[row.country]} {_cell(row)} in {row.year}"
                + (f", clearly {row.progress}" if row.progress else "")
                for row in rows.itertuples()
            )
            parts.append(f"{name}, {rows['unit'].iloc[0]}: {cells}.")
        return "A board of last values, a row an indicator, a cell a country. " + " ".join(parts)

    def draw(self, ax: Axes) -> Axes:
        """Draw the cells, each priority's indicators under its letter."""
        codes = sorted(set(self.frame["country"]))
        text = partial(ax.text, va="center")
        for column, code in enumerate(codes):
            # Every second head stands a line higher: names are wider than the cells.
            head = NAMES[code] + "\n" * (column % 2)
            ax.text(column + 0.5, -0.1, head, ha="center", va="bottom", fontweight="bold")
        place, above = 0.0, ""
        for (letter, name), rows in self.frame.groupby(["letter", "name"], sort=False):
            if letter != above:
                place += 0.22 if above else 0
                text(-3.3, place + 0.42, letter[0], fontsize=15, fontweight="bold")
                above = letter
            label = fill(f"{name}, {rows['unit'].iloc[0]}", 21)
            text(-2.92, place + 0.42, label, linespacing=1.0)
            for row in rows.itertuples():
                left, shade = codes.index(row.country), 0.05 + 0.45 * row.level
                ax.add_patch(
                    Rectangle((left + 0.03, place), 0.94, 0.86, facecolor=style.MEASURED,
                              alpha=shade, linewidth=0)
                )  # fmt: skip
                value = _cell(row) + ("" if row.year == rows["year"].max() else "*")
                weight = "bold" if row.progress else "normal"
                text(left + 0.47, place + 0.5, value, ha="center", fontweight=weight)
                if row.progress:
                    arrow = "^" if row.progress == "better" else "v"
                    ax.plot([left + 0.85], [place + 0.15], arrow, color=style.INK, markersize=5.5)
            place += 0.96
        key = (
            "Last value; stronger: nearer to the best of the five; triangle up: clearly\n"
            "better, down: clearly worse; * others have a later figure; Mediation\n"
            "has no indicator"
        )
        text(-3.3, place + 0.75, key, color=style.MUTED, linespacing=1.1)
        ax.set_xlim(-3.35, len(codes))
        ax.set_ylim(place + 1.5, -0.95)
        ax.set_axis_off()
        return ax


@dataclass(frozen=True)
class Steps(Chart):
    """Steps on record along the years, a row a priority; the term of the chair is shaded.

    Parameters
    ----------
    frame : DataFrame
        Table ``priority_steps`` with the column ``priority``.
    names : tuple of str
        All the priorities in their order.
    term : tuple of float
        Beginning and end of the chairmanship, as decimal years.
    said : float
        The day of the article, as a decimal year.
    """

    frame: pd.DataFrame
    names: tuple[str, ...]
    term: tuple[float, float]
    said: float
    tables = ("priority_steps", "priorities", "events")
    height = 4.3

    @property
    def caption(self) -> str:
        """How many steps were done within the term."""
        within = self.frame["when"].between(*self.term)
        own = done(self.frame[within])
        return f"Within the term {counted(len(own), 'step')} went beyond a promise."

    @property
    def alt(self) -> str:
        """Every step with its day and its stage."""
        parts = []
        for name in self.names:
            rows = self.frame[self.frame["priority"] == name]
            steps = "; ".join(
                f"{formats.day(row.date)}, {row.step}: {row.stage}" for row in rows.itertuples()
            )
            parts.append(f"{name}: {steps or 'no step found'}.")
        return "Steps on record by priority, the chairmanship shaded. " + " ".join(parts)

    def draw(self, ax: Axes) -> Axes:
        """Draw a row a priority and a mark a step, its form and fill telling the stage."""
        places = list(range(1, len(self.names) + 1))
        start, end = self.term
        ax.add_patch(
            Rectangle((start, 0), end - start, len(places) + 0.5, color=style.BAND, alpha=0.6,
                      linewidth=0)
        )  # fmt: skip
        ax.text(sum(self.term) / 2, 0.35, "chairmanship", ha="center", color=style.MUTED)
        ax.plot(
            [self.said] * 2, [0, len(places) + 0.5], color=style.CLAIM, linewidth=1.2,
            linestyle="--",
        )  # fmt: skip
        ax.text(self.said + 0.04, 0.35, "the article", color=style.CLAIM)
        for place, name in zip(places, self.names, strict=True):
            ax.plot([2022.6, 2026.1], [place, place], color=style.GRID, linewidth=0.8, zorder=0.5)
            rows = self.frame[self.frame["priority"] == name].sort_values("when")
            for _, same in rows.groupby("when"):
                for shift, row in enumerate(same.itertuples()):
                    marker, color, filled = _STAGE_MARKS[row.stage]
                    ax.plot(
                        [row.when], [place - 0.24 * shift], marker, markersize=7.5,
                        color=color, markeredgewidth=1.2,
                        markerfacecolor=color if filled else style.GROUND,
                    )  # fmt: skip
            if rows.empty:
                none = "none matched"
                ax.text(2022.9, place, none, color=style.MUTED, va="center", bbox=style.PLATE)
        ax.set_yticks(places, list(self.names), color=style.INK)
        ax.set_xticks(range(2023, 2027))
        foot = len(places) + 1.0
        for spot, (stage, (marker, color, filled)) in zip(
            (2022.65, 2023.45, 2024.15, 2024.95), _STAGE_MARKS.items(), strict=True
        ):
            ax.plot([spot], [foot], marker, color=color, markersize=7.5,
                    markerfacecolor=color if filled else style.GROUND)  # fmt: skip
            ax.text(spot + 0.09, foot, stage, va="center")
        ax.set_xlim(2022.55, 2026.15)
        ax.set_ylim(foot + 0.5, 0)
        ax.tick_params(axis="y", length=0)
        ax.spines["left"].set_visible(False)
        return ax


def _panel(rows: pd.DataFrame, ax: Axes, room: float) -> None:
    """Draw one indicator: lines with their intervals, then labels, then limits and titles.

    ``room`` is what the names of the countries take beside the lines, as a part of their width.
    """
    first, last = rows["year"].min(), rows["year"].max()
    span = last - first
    ends, faces = [], []
    for place, (code, line) in enumerate(rows.groupby("country")):
        mark = style.COUNTRIES[code]
        ax.plot(line["year"], line["value"], color=mark.color, linestyle=mark.line, linewidth=1.6)
        valued = line[line["value"].notna()]
        end = valued.iloc[-1]
        face = style.GROUND if end["basis"] == "estimate" else mark.color
        faces.append(face)
        ax.plot(
            [end["year"]], [end["value"]], mark.marker, color=mark.color, markersize=5,
            markerfacecolor=face,
        )  # fmt: skip
        for point in valued[valued["standard_error"].notna()].itertuples():
            half, x = _Z * point.standard_error, point.year + (place - 2) * 0.012 * span
            ends_of_interval = [point.value - half, point.value + half]
            ax.plot([x, x], ends_of_interval, color=mark.color, linewidth=0.9, alpha=0.75)
        early = f" {end['year']}" if end["year"] < last else ""
        ends.append((NAMES[code] + early, mark.color, end["value"], end["year"]))
    low, high = rows["value"].min(), rows["value"].max()
    pad = 0.06 * (high - low)
    heights = style.spread([end[2] for end in ends], 0.125 * (high - low + 2 * pad))
    for (label, colour, value, year), height in zip(ends, heights, strict=True):
        leader = [year + 0.015 * span, last + 0.075 * span]
        ax.plot(leader, [value, height], color=style.GRID, linewidth=0.8, zorder=1)
        ax.text(last + 0.09 * span, height, label, color=colour, va="center", bbox=style.PLATE)
    margins = _Z * rows["standard_error"].fillna(0)
    bottom = min((rows["value"] - margins).min(), *heights) - pad
    top = max((rows["value"] + margins).max(), *heights) + pad
    wider = 0.25 * any(year < last for *_, year in ends)
    ax.set_xlim(first - 0.05 * span, last + (room + wider) * span)
    ax.set_ylim(bottom, top)
    ax.set_xticks([first, last])
    style.grid(ax, "y")
    ax.locator_params(axis="y", nbins=4)
    if style.GROUND in faces:
        ax.set_xlabel("hollow: estimate", loc="left")
    if bottom < 0 < top:
        ax.axhline(0, color=style.MUTED, linewidth=0.8, zorder=0.5)
    ax.set_title(
        fill(rows["panel"].iloc[0], 26), loc="left", fontweight="bold",
        linespacing=1.05, pad=32,
    )  # fmt: skip
    unit = f"{rows['unit'].iloc[0]};\n{_BETTER_SIDE[rows['better'].iloc[0]]}"
    ax.text(0, 1.02, unit, transform=ax.transAxes, color=style.MUTED, va="bottom", linespacing=1.05)


def _ends(code: str, line: pd.DataFrame) -> str:
    valued = line[line["value"].notna()]
    first, last = valued.iloc[0], valued.iloc[-1]
    missing = [str(year) for year in line.loc[line["value"].isna(), "year"]]
    return f"{NAMES[code]} {_cell(first)} in {first['year']}, {_cell(last)} in {last['year']}" + (
        f", no figure for {' and '.join(missing)}" if missing else ""
    )


def _cell(row: Any) -> str:
    return f"{row.value:.0f}" if row.unit == "elements" else _short(row.value)


def _short(value: float) -> str:
    return formats.number(value, spec="1" if abs(value) >= 5 else "2")
