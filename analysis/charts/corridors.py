"""Figures that compare the corridors: days, cost, and the queue at the Caspian Sea."""

from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ..quantities import Quantity
from . import style
from .chart import CitedChart
from .routes import label


@dataclass(frozen=True)
class Look:
    """How a corridor is drawn everywhere: colour, marker, hatch of its filled shapes."""

    color: str
    marker: str
    hatch: str


#: No hatch of dots: as circles they weigh 150 KB in an SVG.
CORRIDORS = {
    "Middle by Poti": Look("#0b5c86", "o", ""),
    "Middle by Kars": Look("#0b5c86", "P", "xx"),
    "Middle to Georgia": Look("#0b5c86", "^", ""),
    "Northern": Look("#c2560a", "s", "///"),
    "Southern by Iran": Look("#2e7d4f", "D", "|||"),
    "Sea by Suez": Look("#5b6770", "v", "---"),
    "Sea by the Cape": Look("#8a5fb0", "X", "\\\\\\"),
    "Sea to Georgia": Look("#8a5fb0", "h", "\\\\\\"),
}
#: How a stage of the time budget is filled.
_FILLS = {"rail": ("#0b5c86", ""), "border": ("#e08a00", "xxx"), "sea": ("#9fc6da", "---")}
SEAS = {
    "calm": ("#5b6770", "-", "o", "calm sea"),
    "storms": ("#0b6e99", "--", "s", "winter storms"),
    "storms, lower water": ("#b3261e", ":", "D", "storms and lower water"),
}
#: Where the names of the seas stand: use in %, height as a part of the whole, side.
_SEA_NAMES = {
    "calm": (89.8, 0.125, "left"),
    "storms": (90.6, 0.39, "right"),
    "storms, lower water": (71.5, 0.26, "right"),
}
#: Where a corridor's name stands from its mark: points right, points up, side.
_NAMES = {
    "Southern by Iran": (-9, -19, "right"),
    "Sea by Suez": (8, -20, "left"),
    "Middle to Georgia": (-8, 7, "right"),
    "Sea by the Cape": (5, 10, "left"),
}
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
    height: ClassVar[float] = 5.6

    @property
    def caption(self) -> str:
        """The medians to the Rhine."""
        median = self.summary.set_index("corridor")["median"]
        return (
            f"To the Rhine the Middle Corridor takes {median['Middle by Poti']:.0f} days at the "
            f"median, the Northern {median['Northern']:.0f}, the sea {median['Sea by Suez']:.0f} "
            f"by Suez and {median['Sea by the Cape']:.0f} by the Cape. Bars: eight departures in "
            "ten. One million simulated departures over each; the ends differ and stand under each "
            "name."
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
        for market, group in self.summary.groupby("market", sort=False):
            name = "the Rhine" if market == "Rhine" else market
            ax.text(0.3, place + 0.12, f"To {name}", fontsize=9.5, fontweight="bold")
            place += 0.95
            for row in group.sort_values("median").itertuples():
                self._draw_corridor(ax, place, row)
                start, end = row.ends.split(" to ")
                ticks.append((place - 0.2, f"{row.corridor}\n{start}–{end}"))
                place += 1.15
            place += 0.05
        ax.set_yticks([tick for tick, _ in ticks], [name for _, name in ticks], fontsize=9)
        most = self.frame["days"].max()
        ax.set(xlim=(0, 1.16 * most), ylim=(place - 0.7, -0.25), xlabel="Days")
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
        label(ax, f"{row.median:.0f} ({row.p10:.0f}–{row.p90:.0f})", (days.max(), place), (4, 6),
              va="baseline", fontsize=9.2, bbox=_PLATE)  # fmt: skip


@dataclass(frozen=True)
class TimeBudget(CitedChart):
    """A stretch stage by stage: the schedule, the simulation, what was stated and observed.

    The frame is that of `analysis.simulation.budget`.

    Parameters
    ----------
    kinds : dict of str to str
        ``"rail"``, ``"sea"`` or ``"border"`` by stage.
    """

    kinds: dict[str, str]
    tables: ClassVar[tuple[str, ...]] = ("route_stages", "route_times")
    height: ClassVar[float] = 3.2

    @property
    def caption(self) -> str:
        """The sums of the stages against what trains took."""
        days = self.frame.groupby("row")["days"].sum()
        observed = self.frame[self.frame["row"] == "observed"].iloc[0]
        return (
            f"Schedules add up to {days['schedule']:.0f} days without a stay at the border. With "
            f"it, and with delays, the simulated mean is {days['simulated']:.1f}; trains of the "
            f"winter took {observed['low']:.0f} to {observed['high']:.0f}. Stages end at the port "
            "of Alat; statements and observations say Baku."
        )

    @property
    def alt(self) -> str:
        """Stages of the schedule and of the simulation, then the wholes."""
        bars = []
        for name in ("schedule", "simulated"):
            rows = self.frame[self.frame["row"] == name]
            stages = ", ".join(f"{row.stage} {row.days:.1f}" for row in rows.itertuples())
            bars.append(f"{name} {rows['days'].sum():.1f} days: {stages}")
        for name in ("official", "observed"):
            row = self.frame[self.frame["row"] == name].iloc[0]
            bars.append(f"{name} for the whole {row['low']:.0f} to {row['high']:.0f} days")
        return "Days from Xi'an over the Caspian Sea. " + "; ".join(bars) + "."

    def draw(self, ax: Axes) -> Axes:
        """Draw rows down, days across, from zero."""
        names = {
            "schedule": "schedules,\nstage by stage",
            "simulated": "simulated mean,\nstage by stage",
            "official": "official,\nwhole way",
            "observed": "observed,\nwhole way",
        }
        for place, name in enumerate(names):
            rows, left = self.frame[self.frame["row"] == name], 0.0
            for row in rows.itertuples():
                if row.stage:
                    self._draw_stage(ax, place, left, row)
                    left += row.days
                else:
                    seen = name == "observed"
                    ax.barh(place, row.high - row.low, left=row.low, height=0.42,
                            color=style.CLAIM if seen else "#f2c9c5", edgecolor=style.CLAIM,
                            hatch="" if seen else "////", lw=0.9)  # fmt: skip
                    left = row.high
            span = f"{left:.1f} days"
            if name in ("official", "observed"):
                span = f"{rows['low'].iloc[0]:.0f} to {rows['high'].iloc[0]:.0f} days"
            label(ax, span, (left, place), (5, 0), fontsize=9.3)
        ax.set_yticks(range(len(names)), list(names.values()))
        most = 1.3 * self.frame["high"].max()
        ax.set(xlim=(0, most), ylim=(len(names) - 0.55, -0.7), xlabel="Days",
               xticks=range(0, int(most), 4))  # fmt: skip
        ax.tick_params(axis="y", length=0, labelcolor=style.INK)
        style.grid(ax, "x")
        return ax

    def _draw_stage(self, ax: Axes, place: int, left: float, row: Any) -> None:
        fill, hatch = _FILLS[self.kinds[row.stage]]
        ax.barh(place, row.days, left=left, height=0.56, color=fill, hatch=hatch, edgecolor="white",
                lw=0.9)  # fmt: skip
        middle: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 9}
        short = row.stage.replace("Chinese border", "Border").replace(" Sea", "")
        ax.text(left + row.days / 2, place - 0.42, short, **middle)
        rail = self.kinds[row.stage] == "rail"
        ax.text(left + row.days / 2, place, f"{row.days:.1f}", **middle,
                color="white" if rail else style.INK, bbox=None if rail else _PLATE)  # fmt: skip


@dataclass(frozen=True)
class VarianceShares(CitedChart):
    """Which stages make the spread of a corridor's days, as shares of its variance.

    The frame is that of `analysis.simulation.spread_of`, of the Middle Corridor by Poti.
    """

    tables: ClassVar[tuple[str, ...]] = ("route_stages", "route_corridors")
    height: ClassVar[float] = 3.1

    @property
    def caption(self) -> str:
        """What the two seas make of it."""
        share = self.frame.set_index("stage")["share_percent"]
        black, caspian = share["Black Sea"], share["Caspian Sea"]
        return (
            f"The two seas make {black + caspian:.0f} % of the spread of the days to the Rhine: "
            f"the Black Sea {black:.0f} %, the Caspian {caspian:.0f} %. Hatched: some or all of "
            "the stage's days are ours."
        )

    @property
    def alt(self) -> str:
        """Each stage with its share."""
        stages = ", ".join(
            f"{row.stage} {row.share_percent:.0f} %"
            + ("" if row.basis == "sourced" else " (partly ours)")
            for row in self.frame.itertuples()
        )
        return f"Shares of the variance of the days of the Middle Corridor by Poti: {stages}."

    def draw(self, ax: Axes) -> Axes:
        """Draw stages down in the order of travel, % across, from zero."""
        for place, row in enumerate(self.frame.itertuples()):
            own = row.basis != "sourced"
            ax.barh(place, row.share_percent, height=0.62,
                    color="white" if own else style.MEASURED,
                    edgecolor=style.ESTIMATE if own else style.MEASURED,
                    hatch="////" if own else "", lw=1)  # fmt: skip
            label(ax, f"{row.share_percent:.0f} %", (row.share_percent, place), (4, 0),
                  fontsize=9.3)  # fmt: skip
        ax.set_yticks(range(len(self.frame)), list(self.frame["stage"]))
        ax.set(xlim=(0, 1.15 * self.frame["share_percent"].max()),
               ylim=(len(self.frame) - 0.5, -0.6),
               xlabel="Share of the variance of the days, %")  # fmt: skip
        key = [
            Patch(facecolor=style.MEASURED, label="days from sources"),
            Patch(facecolor="white", edgecolor=style.ESTIMATE, hatch="////",
                  label="some or all days are ours"),
        ]  # fmt: skip
        ax.legend(handles=key, loc="upper right", bbox_to_anchor=(1, 0.99))
        ax.tick_params(axis="y", length=0, labelcolor=style.INK)
        style.grid(ax, "x")
        return ax


@dataclass(frozen=True)
class Waiting(CitedChart):
    """The mean wait at Aktau against the use of the ships, with its interval.

    Hollow where the queue has no steady state in that sea. The frame is that of
    `analysis.simulation.curve`.

    Parameters
    ----------
    use : pair of float
        Lower and upper reading of the use in 2025, in %.
    planned : float
        Use that the plan for that year asked for, in %.
    calm, storms : Quantity
        Wait at the upper reading.
    years : int
        Simulated years behind each point.
    """

    use: tuple[float, float]
    planned: float
    calm: Quantity
    storms: Quantity
    years: int
    tables: ClassVar[tuple[str, ...]] = ("route_settings",)
    height: ClassVar[float] = 4.0

    @property
    def caption(self) -> str:
        """The wait at the upper reading."""
        return (
            f"At {self.use[1]:.0f} % of their stated capacity the ships let a container wait "
            f"{self.calm:1} in a calm sea and {self.storms:1 bare} with winter storms; with loads "
            "cut by lower water besides, the queue only grows. Hollow: more comes than the ships "
            f"can take. Whiskers: two standard errors of the mean of {self.years} simulated years."
        )

    @property
    def alt(self) -> str:
        """The wait at each use, by the state of the sea."""
        seas = []
        for sea, rows in self.frame.groupby("sea", sort=False):
            points = ", ".join(
                f"{row.use_percent:.0f} % {row.wait:.1f}"
                + (" (no steady state)" if row.load_percent >= 100 else "")
                for row in rows.itertuples()
            )
            seas.append(f"{sea}: {points}")
        return "Mean days of waiting at Aktau by use of the ships. " + "; ".join(seas) + "."

    def draw(self, ax: Axes) -> Axes:
        """Draw use of the stated capacity across, days up, from zero to 21."""
        top = 21.0
        ax.axvspan(*self.use, color="#f3e3c3", lw=0, zorder=0)
        ax.text(sum(self.use) / 2, top * 0.02, "2025", ha="center", va="bottom", fontsize=9.3,
                color="#7a5a10")  # fmt: skip
        for sea, (color, line, marker, name) in SEAS.items():
            rows = self.frame[self.frame["sea"] == sea]
            steady = rows[rows["load_percent"] < 100]
            ax.plot(rows["use_percent"], rows["wait"], color=color, ls=line, lw=1.8)
            ax.errorbar(rows["use_percent"], rows["wait"],
                        yerr=[rows["wait"] - rows["low"], rows["high"] - rows["wait"]], fmt="none",
                        ecolor=color, capsize=2.2, lw=1)  # fmt: skip
            for part, fill in ((rows, "white"), (steady, color)):
                ax.plot(part["use_percent"], part["wait"], ls="", marker=marker, ms=5.5,
                        color=color, markerfacecolor=fill, zorder=4)  # fmt: skip
            x, y, side = _SEA_NAMES[sea]
            ax.text(x, y * top, name, ha=side, va="center", color=color, fontsize=9.3, bbox=_PLATE)
        ax.axvline(self.planned, color=style.CLAIM, lw=1.2, ls=(0, (4, 2)))
        ax.text(self.planned - 0.6, 0.8 * top, f"planned for\n2025: {self.planned:.0f} %",
                ha="right", va="center", fontsize=9, color=style.CLAIM, bbox=_PLATE)  # fmt: skip
        ax.set(xlim=(self.frame["use_percent"].min() - 2, 101.0), ylim=(0, top),
               xlabel="Use of the ships, % of the stated capacity",
               ylabel="Mean wait at Aktau, days", yticks=range(0, int(top) + 1, 3))  # fmt: skip
        style.grid(ax, "y")
        return ax


@dataclass(frozen=True)
class Choice(CitedChart):
    """What each corridor of a market costs against how long it takes, and the break-even lines.

    A line joins two corridors; its slope is the value of a day at which they come to the same. The
    frame is that of `analysis.routes.options`.

    Parameters
    ----------
    lines : DataFrame
        The rows of `analysis.routes.break_evens` to draw.
    """

    lines: pd.DataFrame
    tables: ClassVar[tuple[str, ...]] = ("route_costs", "route_stages")

    @property
    def alt(self) -> str:
        """Days and price of each corridor, then the break-even values."""
        points = [
            f"{row.corridor} {row.mean:.0f} days, {row.usd:,.0f} USD in {row.year}"
            + ("" if row.basis == "stated" else f" ({row.basis})")
            for row in self.frame.itertuples()
        ]
        lines = [
            f"{line.quicker} ({line.quicker_year}) over {line.slower} {line.usd:,.0f} USD a day"
            for line in self.lines.itertuples()
        ]
        return (
            f"Days and price for a forty-foot container. {'; '.join(points)}. "
            f"Break-even: {'; '.join(lines)}."
        )

    def draw(self, ax: Axes) -> Axes:
        """Draw days across, thousand USD up, both from zero."""
        for row in self.frame.itertuples():
            self._draw_corridor(ax, row)
        points = {
            (row.corridor, row.year): (row.mean, row.usd / 1000) for row in self.frame.itertuples()
        }
        for line in self.lines.itertuples():
            x1, y1 = points[line.quicker, line.quicker_year]
            x2, y2 = points[line.slower, line.slower_year]
            ax.plot([x1, x2], [y1, y2], color=style.INK, lw=0.9, ls=(0, (4, 2)), zorder=2)
            ax.text(0.5 * (x1 + x2), 0.5 * (y1 + y2), f"${line.usd:,.0f} a day", ha="center",
                    va="center", fontsize=9.2, bbox=_PLATE, zorder=5)  # fmt: skip
        ax.set(xlim=(0, 1.12 * self.frame["p90"].max()),
               ylim=(0, 1.12 * self.frame["high"].max() / 1000),
               xlabel="Days (mean; whiskers from P10 to P90)",
               ylabel="Thousand USD per FEU")  # fmt: skip
        dot: dict[str, Any] = {"marker": "o", "ls": "", "color": style.INK}
        key = [
            Line2D([], [], **dot, label="stated price"),
            Line2D([], [], **dot, markerfacecolor="white", label="derived or assumed price"),
            Line2D([], [], ls=(0, (4, 2)), lw=0.9, color=style.INK, label="break-even"),
        ]
        ax.legend(handles=key, loc="upper center", bbox_to_anchor=(0.45, -0.2), ncols=3,
                  handlelength=1.8, columnspacing=1.2, fontsize=9.2)  # fmt: skip
        style.grid(ax, "y")
        return ax

    @staticmethod
    def _draw_corridor(ax: Axes, row: Any) -> None:
        look, assumed = CORRIDORS[row.corridor], row.basis == "assumed"
        color, usd = "#8d979e" if assumed else look.color, row.usd / 1000
        ax.errorbar(row.mean, usd, xerr=[[row.mean - row.p10], [row.p90 - row.mean]],
                    yerr=[[(row.usd - row.low) / 1000], [(row.high - row.usd) / 1000]], color=color,
                    lw=1.2, ls="", capsize=2.5, marker=look.marker, ms=8,
                    markerfacecolor=color if row.basis == "stated" else "white",
                    markeredgecolor=color, zorder=4)  # fmt: skip
        word = {"derived": ", derived", "assumed": ", ASSUMED"}.get(row.basis, "")
        right, up, side = _NAMES.get(row.corridor, (7, 6, "left"))
        label(ax, f"{row.corridor}\n{row.year}{word}", (row.mean, usd), (right, up), ha=side,
              va="baseline", fontsize=9.2, color=style.MUTED if assumed else color, bbox=_PLATE,
              zorder=6)  # fmt: skip


@dataclass(frozen=True)
class ChoiceToTheRhine(Choice):
    """The choice of corridor to the Rhine.

    Parameters
    ----------
    cape : Quantity
        Value of a day at which the Middle Corridor and the Cape come to the same.
    """

    cape: Quantity
    height: ClassVar[float] = 4.0

    @property
    def caption(self) -> str:
        """Where the Middle Corridor pays."""
        return (
            "To the Rhine the Northern corridor is faster and cheaper than the Middle one. Against "
            f"the Cape the Middle pays once a day is worth {self.cape} for a forty-foot container "
            "(FEU). Each price has its year; the Southern one is our assumption from a tariff of "
            "2016, and no finding rests on it."
        )


@dataclass(frozen=True)
class ChoiceToGeorgia(Choice):
    """The choice of corridor to Georgia.

    Parameters
    ----------
    at_2023, at_2025 : Quantity
        Value of a day at which it pays, by the year of its price.
    """

    at_2023: Quantity
    at_2025: Quantity
    height: ClassVar[float] = 3.0

    @property
    def caption(self) -> str:
        """From what value of a day the corridor pays."""
        return (
            f"To Poti the Middle Corridor saves {self.lines['days_saved'].iloc[0]:.0f} days on the "
            f"sea and pays from {self.at_2023} a day at its price of 2023 and from {self.at_2025} "
            "at that of 2025, both against the sea at its price of 2025. The ends of both its "
            "prices are uncertain."
        )
