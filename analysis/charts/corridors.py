"""Figures that compare the corridors: days, the scoreboard, and the crossing of the Caspian Sea."""

from calendar import month_name
from dataclasses import dataclass
from textwrap import fill
from typing import Any, ClassVar

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from ..formats import in_words
from ..quantities import Quantity
from . import style
from .chart import CitedChart, stacked
from .routes import label


@dataclass(frozen=True)
class Look:
    """How a corridor is drawn everywhere: colour, marker, hatch of its filled shapes."""

    color: str
    marker: str
    hatch: str


#: No hatch of dots: as circles they weigh 150 KB in an SVG.
CORRIDORS = {
    "Middle via Poti": Look("#0b5c86", "o", ""),
    "Middle via Kars": Look("#0b5c86", "P", "xx"),
    "Middle to Poti": Look("#0b5c86", "^", ""),
    "Northern": Look("#c2560a", "s", "///"),
    "Southern via Iran": Look("#2e7d4f", "D", "|||"),
    "Sea via Suez": Look("#5b6770", "v", "---"),
    "Sea via the Cape": Look("#8a5fb0", "X", "\\\\\\"),
    "Sea to Poti": Look("#8a5fb0", "h", "\\\\\\"),
    "Sea to Istanbul": Look("#8a5fb0", "d", "\\\\\\"),
}
#: Letters of a line of a journey's name.
_NAME_OF_A_JOURNEY = 26
#: The month that the longest is held against.
_JULY = 7
_MONTHS = ("J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D")
#: What a reader calls a setting of the crossing.
_SETTINGS = {
    "load": "Load of a ship",
    "containers": "Containers in all",
    "westbound": "Share going west",
    "closure": "Length of a closure",
    "lower water": "Lower water",
    "train": "Size of a train",
    "handling": "Hours to load and unload",
    "storms": "Days of storm",
}
#: Days of the mean wait that two runs of the simulation may differ by.
_NOISE = 0.05
#: Ground behind a name. A halo would draw each letter twice and weigh ten times as much.
_PLATE = {"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.85}


@dataclass(frozen=True)
class Distributions(CitedChart):
    """The days of each corridor as a curve above its line, with P10, median and P90.

    The frame is that of `analysis.simulation.densities`.

    Parameters
    ----------
    summary : DataFrame
        As `analysis.simulation.summary` gives it; its order within each market is kept.
    """

    summary: pd.DataFrame
    tables: ClassVar[tuple[str, ...]] = ("route_stages", "route_corridors")
    height: ClassVar[float] = 6.4

    @property
    def caption(self) -> str:
        """The medians to the Rhine."""
        median = self.summary.set_index("corridor")["median"]
        return (
            f"The Rhine is {median['Northern']:.0f} days away through Russia, "
            f"{median['Middle via Poti']:.0f} via the Middle Corridor."
        )

    @property
    def alt(self) -> str:
        """Median and range of each corridor with its ends."""
        corridors = [
            f"{row.corridor}, {row.ends}: median {row.median:.0f} days, "
            f"eight in ten between {row.p10:.0f} and {row.p90:.0f}"
            for row in self.summary.itertuples()
        ]
        return "Simulated days of the corridors. " + "; ".join(corridors) + "."

    def draw(self, ax: Axes) -> Axes:
        """Draw corridors down, days across, from zero."""
        place, ticks = 0.0, []
        for (market, ends), group in self.summary.groupby(["market", "ends"], sort=False):
            name = market if market == "Türkiye" else f"the {market}"
            ax.text(0.3, place, f"To {name}: {ends}", fontweight="bold")
            place += 1.2
            for row in group.sort_values("median").itertuples():
                self._draw_corridor(ax, place, row)
                ticks.append((place - 0.2, row.corridor))
                place += 1.15
            place += 0.05
        ax.set_yticks([tick for tick, _ in ticks], [name for _, name in ticks])
        most = self.frame["days"].max()
        ax.set(
            xlim=(0, 1.26 * most),
            ylim=(place - 0.7, -0.35),
            xlabel="Days; bars from P10 to P90, ring at the median",
        )
        ax.tick_params(axis="y", length=0, labelcolor=style.INK)
        ax.spines["left"].set_visible(False)
        style.grid(ax, "x")
        return ax

    def _draw_corridor(self, ax: Axes, place: float, row: Any) -> None:
        look = CORRIDORS[row.corridor]
        bins = self.frame[self.frame["corridor"] == row.corridor]
        days, top = bins["days"], place - 0.82 * bins["percent"] / bins["percent"].max()
        ax.fill_between(days, top, place, facecolor="white", edgecolor=look.color, hatch=look.hatch,
                        lw=0.9)  # fmt: skip
        ax.fill_between(days, top, place, color=look.color, alpha=0.28, lw=0)
        ax.plot([row.p10, row.p90], [place + 0.1] * 2, color=look.color, lw=3.2)
        ax.plot(row.median, place + 0.1, "o", color="white", markeredgecolor=look.color, ms=5.5)
        label(ax, f"{row.median:.0f} ({row.p10:.0f} to {row.p90:.0f})", (days.max(), place), (4, 6),
              va="baseline", bbox=_PLATE)  # fmt: skip


@dataclass(frozen=True)
class Scoreboard(CitedChart):
    """Each journey observed as a mark on the model's days for the same ends.

    The frame is that of `analysis.simulation.scoreboard`, its tests alone.

    Parameters
    ----------
    hits, tests : Quantity
        How many were hits, of how many.
    """

    hits: Quantity
    tests: Quantity
    tables: ClassVar[tuple[str, ...]] = ("route_journeys", "route_stages", "route_storms")
    height: ClassVar[float] = 7.6

    @property
    def caption(self) -> str:
        """Hits of all."""
        return (
            "The model's range, meant to cover four in five journeys, covers "
            f"{self.hits:bare} of {self.tests:bare}."
        )

    @property
    def alt(self) -> str:
        """Each journey with the model's days."""
        rows = [
            f"{row.journey}: {_days(row)} days, model {row.p10:.0f} to {row.p90:.0f}, "
            f"{'hit' if row.hit else 'miss'}"
            for row in self.frame.itertuples()
        ]
        return "Journeys observed against the model. " + "; ".join(rows) + "."

    def draw(self, ax: Axes) -> Axes:
        """Draw journeys down, days across, from zero."""
        for place, row in enumerate(self.frame.itertuples()):
            ax.plot([row.p10, row.p90], [place] * 2, color="#9fc6da", lw=7, solid_capstyle="butt")
            ax.plot(row.median, place, "|", color="#0b5c86", ms=9, mew=2)
            color = style.INK if row.hit else style.CLAIM
            if row.days_high > row.days_low:
                ax.plot([row.days_low, row.days_high], [place] * 2, color=color, lw=1.6)
            ax.plot(row.days, place, "D" if row.hit else "X", color=color, ms=6.5 if row.hit else 8,
                    markeredgecolor="white", mew=0.7, zorder=4)  # fmt: skip
            if row.told_high > 0:
                ax.plot(row.told_high, place, "o", color=style.INK, markerfacecolor="white", ms=4.5,
                        zorder=3)  # fmt: skip
        style.rows(ax, [_in_two(it) for it in self.frame["journey"]], 0.6)
        most = self.frame["days_high"].max()
        ax.set(xlim=(0, 1.04 * most), xlabel="Days")
        ax.set_xticks(range(0, int(most) + 1, 10))
        mark: dict[str, Any] = {"ls": "", "markeredgecolor": "white", "ms": 7}
        key = [
            Line2D([], [], color="#9fc6da", lw=7, label="model, P10 to P90"),
            Line2D([], [], color=style.INK, marker="D", label="observed: a hit", **mark),
            Line2D([], [], color="#0b5c86", marker="|", ls="", mew=2, label="model, median"),
            Line2D([], [], color=style.CLAIM, marker="X", label="observed: a miss", **mark),
            Line2D([], [], color=style.INK, marker="o", ls="", markerfacecolor="white", ms=4.5,
                   label="planned or stated"),
        ]  # fmt: skip
        ax.legend(handles=key, loc="upper center", bbox_to_anchor=(0.3, -0.08), ncols=2,
                  handlelength=1.6, columnspacing=1.1)  # fmt: skip
        style.grid(ax, "x")
        return ax


@dataclass(frozen=True)
class CrossingByMonth(CitedChart):
    """Days from the arrival at Aktau to the end of unloading at Alat, by month of arrival.

    The frame is that of `analysis.simulation.by_month`, with ``closed`` (days), and
    ``closed_low`` and ``closed_high``.
    """

    tables: ClassVar[tuple[str, ...]] = ("route_settings", "route_storms")
    height: ClassVar[float] = 4.2

    @property
    def caption(self) -> str:
        """The longest month against July."""
        longest, july = (in_words(round(days)) for days in self._told["p90"])
        month = month_name[self._told["month"].iloc[0]]
        return f"One in ten containers takes {longest} days or more in {month}, {july} in July."

    @property
    def _told(self) -> pd.DataFrame:
        months = self.frame.set_index("month", drop=False)
        return months.loc[[months["p90"].idxmax(), _JULY]]

    @property
    def alt(self) -> str:
        """Each month."""
        rows = [
            f"{month_name[row.month]}: median {_half(row.median)}, P90 {_half(row.p90)}, days with "
            f"the ports closed {row.closed:g}"
            for row in self.frame.itertuples()
        ]
        return "Days of the crossing by month, simulated, to half a day. " + "; ".join(rows) + "."

    def draw(self, ax: Axes) -> Axes:
        """Draw the days of the crossing above, the days of closure below."""
        above, below = stacked(ax, (3, 1.5), 0.12)
        month = self.frame["month"]
        above.vlines(month, self.frame["p10"], self.frame["p90"], color="#9fc6da", lw=11)
        above.plot(month, self.frame["median"], "_", color="#0b5c86", ms=13, mew=2.4)
        for row in self._told.itertuples():
            at = (row.month, row.p90)
            label(above, f"{row.p90:.0f}", at, (0, 8), ha="center", fontweight="bold")
        above.set(ylim=(0, 1.12 * self.frame["p90"].max()), ylabel="Days, Aktau\nto Alat")
        above.tick_params(axis="x", labelbottom=False, length=0)
        key = [
            Line2D([], [], color="#9fc6da", lw=9, label="P10 to P90"),
            Line2D([], [], color="#0b5c86", marker="_", ls="", ms=12, mew=2.4, label="median"),
        ]
        above.legend(handles=key, loc="upper center", ncols=2)
        below.bar(
            month, self.frame["closed"], width=0.6, color=style.BAND, edgecolor=style.MEASURED
        )
        below.vlines(month, self.frame["closed_low"], self.frame["closed_high"], color=style.INK,
                     lw=1.1)  # fmt: skip
        below.set(ylabel="Days closed\n(range)", xlim=(0.4, 12.6))
        below.set_xticks(range(1, 13), _MONTHS)
        for panel in (above, below):
            style.grid(panel, "y")
        return ax


@dataclass(frozen=True)
class Sensitivity(CitedChart):
    """What the range of each setting does to the mean wait at Aktau.

    The frame is that of `analysis.simulation.sensitivity`.
    """

    tables: ClassVar[tuple[str, ...]] = ("route_settings", "route_storms")
    height: ClassVar[float] = 3.2

    @property
    def caption(self) -> str:
        """The settings that matter most."""
        first, second = (_SETTINGS[name] for name in self.frame["setting"][:2])
        return f"{first} and {second[0].lower()}{second[1:]} matter most for the wait."

    @property
    def alt(self) -> str:
        """Each setting with its range."""
        rows = [
            f"{_SETTINGS[row.setting]} {_half(row.low)} to {_half(row.high)}"
            for row in self.frame.itertuples()
        ]
        return (
            "Mean wait at Aktau at both ends of each setting, to half a day: "
            + "; ".join(rows)
            + "."
        )

    def draw(self, ax: Axes) -> Axes:
        """Draw settings down, days across, from zero."""
        for place, row in enumerate(self.frame.itertuples()):
            ax.barh(place, row.high - row.low, left=row.low, height=0.6, color=style.BAND,
                    edgecolor=style.MEASURED)  # fmt: skip
            if row.high - row.low < _NOISE:
                label(ax, "hardly any effect", (row.high, place), (6, 0), bbox=_PLATE)
        ax.axvline(self.frame["value"].iloc[0], color=style.INK, lw=1.2)
        style.rows(ax, [_SETTINGS[name] for name in self.frame["setting"]], 0.6)
        ax.set(xlim=(0, 1.15 * self.frame["high"].max()),
               xlabel="Mean wait at Aktau, days; line: central case")  # fmt: skip
        style.grid(ax, "x")
        return ax


def _in_two(journey: str) -> str:
    """Break a name after its comma if both parts fit, and elsewhere if they do not.

    Examples
    --------
    >>> _in_two("Xi'an to Baku, May 2025")
    "Xi'an to Baku,\\nMay 2025"
    >>> _in_two("China to Europe via the Middle Corridor, June 2024")
    'China to Europe via the\\nMiddle Corridor, June 2024'
    """
    head, comma, tail = journey.partition(", ")
    if comma and max(len(head), len(tail)) < _NAME_OF_A_JOURNEY:
        return f"{head},\n{tail}"
    return fill(journey, _NAME_OF_A_JOURNEY)


def _days(row: Any) -> str:
    return f"{row.days_low:g}" + (f" to {row.days_high:g}" if row.days_high > row.days_low else "")


def _half(days: float) -> str:
    """Write days to the nearest half: more would be noise of the simulation."""
    return f"{round(2 * days) / 2:g}"
