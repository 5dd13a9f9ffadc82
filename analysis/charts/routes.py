"""Figures of the routes chapter."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.transforms import Bbox

from ..countries import FIVE, NAMES
from ..quantities import Quantity, keys_of
from . import maps, style
from .chart import Chart, CitedChart

#: How a leg is drawn: colour, line style, and what the key says.
LEGS: dict[str, tuple[str, Any, str]] = {
    "member": ("#0b5c86", "-", "Rail in a member state"),
    "other": ("#c2560a", (0, (2.2, 1)), "Rail elsewhere"),
    "sea": ("#1b2a36", (0, (0.8, 1.1)), "Sea"),
}
#: How a share of the way is filled: colour, hatch, colour of the words on it.
PARTS = {
    "member": ("#0b6e99", "", "white"),
    "sea": ("#c3dbe6", "---", style.INK),
    "other": ("#f0cfa6", "////", style.INK),
}
SERIES = {"A": ("#0b6e99", "o", "-"), "B": ("#c2560a", "s", "--"), "other": ("#5b6770", "x", "")}
OFFICIAL, OBSERVED = "#c3dbe6", "#0b5c86"


@dataclass(frozen=True)
class Panel:
    """What is written on one panel of the map, and where."""

    #: Where a place's name stands from its dot: points right, points up, alignment.
    places: dict[str, tuple[float, float, str]]
    #: Where the name of a country or a sea stands, and the length of a leg: longitude, latitude.
    lands: dict[str, tuple[float, float]]
    lengths: dict[str, tuple[float, float]]


WHOLE = Panel(
    {"Xi'an": (2, -10, "right"), "Khorgos": (4, 11, "center"), "Istanbul": (-14, 10, "left")},
    {
        "Kazakhstan": (66.5, 50.2),
        "Uzbekistan": (61.5, 39.6),
        "Kyrgyzstan": (77.6, 40.0),
        "Türkiye": (35.6, 36.3),
        "China": (98.5, 37.3),
    },
    {
        "Xi'an to Khorgos": (97.2, 43.3),
        "Khorgos to Aktau": (62.6, 45.3),
        "Kars to Istanbul": (32.9, 37.75),
    },
)
CLOSE_UP = Panel(
    {
        "Aktau": (8, -2, "left"),
        "Alat": (0, -11, "right"),
        "Boyuk Kesik": (5, 9, "left"),
        "Tbilisi": (4, 10, "left"),
        "Akhalkalaki": (-6, 5, "right"),
        "Poti": (-8, 2, "right"),
        "Kars": (0, -11, "center"),
    },
    {
        "Kazakhstan": (52.6, 43.0),
        "Azerbaijan": (48.1, 40.95),
        "Georgia": (43.0, 42.4),
        "Türkiye": (41.8, 39.75),
        "Armenia": (44.95, 40.2),
        "Russia": (46.0, 43.6),
        "Caspian\nSea": (49.3, 41.9),
        "Black\nSea": (39.9, 42.2),
    },
    {
        "Aktau to Alat": (51.3, 41.7),
        "Alat to Boyuk Kesik": (46.9, 40.25),
        "Boyuk Kesik to Poti": (43.9, 42.25),
    },
)
#: What the close-up holds: longitude and latitude of its middle, width and height in metres.
_NEAR = (46.6, 41.75), 1.24e6, 0.62e6
_HALO = [patheffects.withStroke(linewidth=2.2, foreground="white")]
_BACK = [patheffects.withStroke(linewidth=3, foreground="white")]


def label(
    ax: Axes, text: str, point: tuple[Any, Any], offset: tuple[float, float], **look: Any
) -> None:
    """Write beside a point, so many points of print right and up of it."""
    usual: dict[str, Any] = {"va": "center", "fontsize": 9.5}
    ax.annotate(text, point, offset, textcoords="offset points", **(usual | look))


@dataclass(frozen=True)
class RouteMap(CitedChart):
    """The route on a map, its legs by mode and owner, over shaded member states.

    Below it stands a close-up of the way from the Caspian Sea to the Black Sea. The frame is that
    of `analysis.routes.pieces`; the ax takes the map's limits, in metres.

    Parameters
    ----------
    length, members, sea, georgia : Quantity
        Of the way from Khorgos to Poti: its length, and the shares that the caption names.
    """

    length: Quantity
    members: Quantity
    sea: Quantity
    georgia: Quantity
    tables: ClassVar[tuple[str, ...]] = ("route_legs", "route_places")
    height: ClassVar[float] = 5.25

    @property
    def caption(self) -> str:
        """The main line by owner."""
        return (
            f"Of the {self.length} from the Chinese border at Khorgos to Poti, {self.members} are "
            f"rail in member states, {self.sea} the Caspian crossing and {self.georgia} rail in "
            "Georgia. Thick: the main line; thin: the branch to Türkiye; below, the framed part "
            "close up. Lines between named places are schematic; borders are those of the map "
            "library."
        )

    @property
    def alt(self) -> str:
        """Its legs from east to west with owner and length."""
        lines = []
        for line, name in (("main", "Main line"), ("branch", "Branch")):
            legs = self.frame[self.frame["line"] == line].drop_duplicates("leg")
            parts = [
                f"{leg.leg} {leg.km:,.0f} km "
                + ("by sea" if leg.mode == "sea" else f"by rail in {NAMES[leg.country]}")
                for leg in legs.itertuples()
            ]
            lines.append(f"{name}: " + "; ".join(parts) + ".")
        return (
            "Map of the route from China to the Black Sea and Türkiye, the Caucasus close up. "
            + " ".join(lines)
        )

    def draw(self, ax: Axes) -> Axes:
        """Draw the map, its close-up and their key."""
        self._draw_panel(ax, WHOLE)
        ax.set_anchor("N")
        project = maps.ground().project
        middle, across, up = _NEAR
        left, low = (at - side / 2 for at, side in zip(project(*middle), (across, up), strict=True))
        wide, tall = maps.ground().size
        part = up / across * wide / tall
        near = ax.inset_axes((0, -part - 0.04, 1, part))
        self._draw_panel(near, CLOSE_UP, Bbox.from_bounds(left, low, across, up))
        frame = Rectangle((left, low), across, up)
        frame.set(facecolor="none", edgecolor=style.INK, linewidth=1, zorder=6)
        ax.add_patch(frame)
        key: list[Any] = [
            Line2D([], [], color=color, ls=line, lw=2.4, label=name)
            for color, line, name in LEGS.values()
        ]
        key.append(Patch(facecolor=maps.SHADE, edgecolor=maps.PATTERN, hatch="////", lw=0,
                         label="Member state"))  # fmt: skip
        ax.legend(handles=key, loc="upper center", bbox_to_anchor=(0.5, -part - 0.04), ncols=2,
                  fontsize=9, handlelength=2.6, borderaxespad=0.4)  # fmt: skip
        return ax

    def _draw_panel(self, ax: Axes, panel: Panel, window: Bbox | None = None) -> None:
        pieces = self.frame
        maps.draw_ground(ax, FIVE.codes, window)
        project = maps.ground().project
        for piece in pieces.sort_values("line").to_dict("records"):
            color, line, _ = LEGS[piece["group"]]
            x, y = project(
                [piece["from_lon"], piece["to_lon"]], [piece["from_lat"], piece["to_lat"]]
            )
            width = 2.6 if piece["line"] == "main" else 1.5
            ax.plot(x, y, color="white", lw=width + 1.8, zorder=2, solid_capstyle="round")
            ax.plot(x, y, color=color, ls=line, lw=width, zorder=3, solid_capstyle="round")
        middle: dict[str, Any] = {
            "ha": "center", "va": "center", "fontsize": 8.5, "path_effects": _HALO,
        }  # fmt: skip
        for name, point in panel.lands.items():
            color = "#3d6480" if name.endswith("Sea") else style.MUTED
            x, y = project(*point)
            ax.text(x, y, name, color=color, fontstyle="italic", zorder=4, clip_on=True, **middle)
        km = pieces.drop_duplicates("leg").set_index("leg")["km"]
        for leg, point in panel.lengths.items():
            x, y = project(*point)
            ax.text(x, y, f"{km[leg]:,.0f} km", zorder=5, **middle)
        for place, (lon, lat) in _stops(pieces, panel.places).items():
            x, y = project(lon, lat)
            ax.plot(x, y, "o", color=style.INK, markersize=3.6, markeredgecolor="white", zorder=4)
            right, up, side = panel.places[place]
            label(ax, place, (x, y), (right, up), ha=side, fontweight="bold", path_effects=_HALO,
                  zorder=5)  # fmt: skip


@dataclass(frozen=True)
class Shares(CitedChart):
    """Each way as one bar of 100 %, members first, then the sea, then others.

    A whisker at the end of the members' part spans what the lengths in the sources allow. The
    frame is that of `analysis.routes.split`, first way on top.

    Parameters
    ----------
    from_border, from_xian : pair of Quantity
        Lowest and highest share of the members that the caption names, by where the way starts.
    """

    from_border: tuple[Quantity, Quantity]
    from_xian: tuple[Quantity, Quantity]
    tables: ClassVar[tuple[str, ...]] = ("route_legs",)
    height: ClassVar[float] = 3.8

    @property
    def caption(self) -> str:
        """The members' shares."""
        (low, high), (least, most) = self.from_border, self.from_xian
        return (
            f"Members own most of the way from the Chinese border, {low:bare} to {high} by its "
            f"end, and {least:bare} to {most} of the way from Xi'an. Ranges in brackets, and "
            "whiskers, span the lengths in the sources."
        )

    @property
    def alt(self) -> str:
        """For each way, the members' share, its range and its parts."""
        ways = []
        for name, rows in self.frame.groupby("way", sort=False):
            head = rows.iloc[0]
            parts = ", ".join(
                f"{NAMES.get(part['part'], 'sea')} {part['share_percent']:.0f}"
                for part in _members_first(rows)
            )
            ways.append(
                f"{name}: members {head['members_percent']:.0f} % of the way "
                f"({head['members_low']:.0f} to {head['members_high']:.0f}); {parts}"
            )
        return "Bars of the way by whose track it uses, in %. " + ". ".join(ways) + "."

    def draw(self, ax: Axes) -> Axes:
        """Draw the bars."""
        split = self.frame
        ways = list(dict.fromkeys(split["way"]))
        for place, name in enumerate(ways):
            rows = split[split["way"] == name]
            self._draw_way(ax, place, _members_first(rows))
            low, middle, high = rows.iloc[0][["members_low", "members_percent", "members_high"]]
            ax.errorbar(middle, place - 0.38, xerr=[[middle - low], [high - middle]],
                        color=style.INK, capsize=2.5, lw=1.2, marker="v",
                        markersize=4.5)  # fmt: skip
            ax.text(middle - 4, place - 0.43, f"members {middle:.0f} % ({low:.0f}–{high:.0f})",
                    ha="right", va="center", fontsize=9)  # fmt: skip
        ax.set_yticks(range(len(ways)), [name.replace(" to ", "\nto ") for name in ways])
        ax.set(xlim=(0, 100), ylim=(len(ways) - 0.55, -0.68), xlabel="Share of the way, %")
        ax.tick_params(axis="y", length=0, labelcolor=style.INK)
        ax.spines["left"].set_visible(False)
        others = dict.fromkeys(split.loc[split["group"] == "other", "part"])
        names = {
            "member": "Members' track",
            "sea": "Caspian Sea",
            "other": "Track in " + " and ".join(sorted(NAMES[code] for code in others)),
        }
        key = [
            Patch(facecolor=color, hatch=hatch, edgecolor="#8a97a0", lw=0.8, label=names[group])
            for group, (color, hatch, _) in PARTS.items()
        ]
        ax.legend(handles=key, loc="upper center", bbox_to_anchor=(0.4, -0.17), ncols=3,
                  handlelength=1.6, columnspacing=1.2)  # fmt: skip
        return ax

    @staticmethod
    def _draw_way(ax: Axes, place: int, parts: list[dict[str, Any]]) -> None:
        left = 0.0
        for part in parts:
            color, hatch, ink = PARTS[part["group"]]
            share, member = part["share_percent"], part["group"] == "member"
            ax.barh(place, share, left=left, height=0.62, color=color, hatch=hatch,
                    edgecolor="white" if member else "#8a97a0", linewidth=0.8)  # fmt: skip
            if share > 6.2:
                name = NAMES.get(part["part"], "Sea")
                ax.text(left + share / 2, place, name if share > 2 * len(name) else part["part"],
                        ha="center", va="center", fontsize=9, color=ink,
                        path_effects=None if member else _BACK)  # fmt: skip
            left += share


@dataclass(frozen=True)
class Volumes(Chart):
    """Series A and series B as two lines that never join, other statements as crosses.

    The frame is that of `analysis.routes.cargo`: years across, million t up, from zero.

    Parameters
    ----------
    growth_a, growth_b : Quantity
        Of each series in 2024.
    """

    frame: pd.DataFrame
    growth_a: Quantity
    growth_b: Quantity
    tables: ClassVar[tuple[str, ...]] = ("route_volumes",)

    @property
    def sources(self) -> tuple[str, ...]:
        """Behind every count."""
        return keys_of(self.frame["source_keys"])

    @property
    def caption(self) -> str:
        """How far the counts differ."""
        return (
            f"The two counts agree in 2023 and part in 2024: series A grew by {self.growth_a}, "
            f"series B by about {self.growth_b}. Hollow square: derived from the growth stated for "
            "2024. Crosses: other statements for whole years."
        )

    @property
    def alt(self) -> str:
        """Each series year by year, then the other statements."""
        lines = []
        for series, name in (("A", "Series A"), ("B", "Series B"), ("other", "Other statements")):
            points = ", ".join(
                f"{row.year} {row.mt:.2f}{' (estimate)' if row.estimate else ''}"
                for row in self.frame[self.frame["series"] == series].itertuples()
            )
            lines.append(f"{name}: {points}")
        return "Cargo of the route in million t a year, counts that are not joined. " + (
            ". ".join(lines) + "."
        )

    def draw(self, ax: Axes) -> Axes:
        """Draw the lines and the crosses."""
        cargo = self.frame
        for series in ("A", "B"):
            self._draw_series(ax, series)
        last = cargo[cargo["series"] == "A"].iloc[-1]
        ax.text(2022.75, last["mt"], "Series A (ministry)", ha="right", va="bottom",
                color=SERIES["A"][0], fontsize=10)  # fmt: skip
        end = cargo[cargo["series"] == "B"].iloc[-1]
        label(ax, "Series B\n(association,\nrailway)", (end["year"], end["mt"]), (9, -20), va="top",
              color=SERIES["B"][0])  # fmt: skip
        rest = cargo[cargo["series"] == "other"]
        color, marker, _ = SERIES["other"]
        ax.plot(rest["year"], rest["mt"], ls="", marker=marker, color=color, markersize=6, zorder=5)
        first = rest.iloc[0]
        label(ax, "× other statements", (first["year"], first["mt"]), (-8, 18), ha="right",
              va="baseline", color=color)  # fmt: skip
        years = sorted(cargo["year"].unique())
        ax.set(xlim=(years[0] - 0.4, years[-1] + 0.75), ylim=(0, 1.12 * cargo["high"].max()),
               ylabel="Million t a year", xticks=years)  # fmt: skip
        style.grid(ax, "y")
        return ax

    def _draw_series(self, ax: Axes, series: str) -> None:
        cargo = self.frame
        rows = cargo[cargo["series"] == series]
        color, marker, line = SERIES[series]
        ax.plot(rows["year"], rows["mt"], color=color, ls=line, zorder=3)
        ax.errorbar(rows["year"], rows["mt"],
                    yerr=[rows["mt"] - rows["low"], rows["high"] - rows["mt"]], fmt="none",
                    ecolor=color, capsize=2.5, lw=1.2)  # fmt: skip
        for estimate, fill in ((False, color), (True, "white")):
            kind = rows[rows["estimate"] == estimate]
            ax.plot(kind["year"], kind["mt"], ls="", marker=marker, markersize=6.5, color=color,
                    markerfacecolor=fill, markeredgewidth=1.5, zorder=4)  # fmt: skip
        for row in rows[~((rows["series"] == "B") & rows["estimate"])].itertuples():
            top = cargo[(cargo["year"] == row.year) & (cargo["mt"] > row.mt + 0.1)].empty
            label(ax, f"{row.mt:.1f}", (row.year, row.mt), (-9, 7) if top else (9, -9),
                  ha="center" if top else "left", va="baseline" if top else "center",
                  color=color)  # fmt: skip


@dataclass(frozen=True)
class Containers(CitedChart):
    """The containers of each year as bars, and what could be carried as lines above them.

    The frame is that of `analysis.routes.containers_and_room`: thousand TEU, from zero.

    Parameters
    ----------
    carried, use_low, use_high : Quantity
        Containers of the last year, and the two readings of how full the feeder ships were.
    """

    carried: Quantity
    use_low: Quantity
    use_high: Quantity
    tables: ClassVar[tuple[str, ...]] = ("route_volumes", "route_capacities", "route_plans")
    height: ClassVar[float] = 3.2

    @property
    def caption(self) -> str:
        """How full the ships were."""
        return (
            f"Containers reached {self.carried} in {self.carried.year}, {self.use_low:bare} to "
            f"{self.use_high} of what the feeder ships between Aktau and Alat can take. Lines: "
            "capacity as stated, in the year of the statement."
        )

    @property
    def alt(self) -> str:
        """Containers by year, then what could be carried."""
        carried = self.frame["what"] == "carried"
        bars = ", ".join(
            f"{row.year} {row.teu_thousand:.3g}{' (estimate)' if row.estimate else ''}"
            for row in self.frame[carried].itertuples()
        )
        lines = ", ".join(
            f"{row.what} {row.year} {row.teu_thousand:.3g}"
            for row in self.frame[~carried].itertuples()
        )
        return f"Containers of the route in thousand TEU: {bars}. Stated capacity: {lines}."

    def draw(self, ax: Axes) -> Axes:
        """Draw the bars and the lines."""
        room = self.frame
        carried = room[room["what"] == "carried"]
        for row in carried.itertuples():
            edge = style.ESTIMATE if row.estimate else style.MEASURED
            ax.bar(row.year, row.teu_thousand, width=0.62,
                   color="white" if row.estimate else style.MEASURED, edgecolor=edge,
                   hatch="////" if row.estimate else "", linewidth=1)  # fmt: skip
            label(ax, f"{row.teu_thousand:.3g}", (row.year, row.teu_thousand), (0, 3), ha="center",
                  va="baseline")  # fmt: skip
        for row in room[room["what"] != "carried"].itertuples():
            fleet = row.what == "feeder fleet"
            color, line = (style.CLAIM, (0, (3, 1))) if fleet else (style.INK, "-")
            ax.plot([row.year - 0.4, row.year + 0.4], [row.teu_thousand] * 2, color=color, ls=line,
                    lw=2.2)  # fmt: skip
            name = "feeder fleet" if fleet else "route said to carry"
            end = row.year + (0.4 if fleet else -0.45)
            label(ax, f"{name} {row.teu_thousand:.0f}", (end, row.teu_thousand),
                  (0, 7) if fleet else (0, 0), ha="right", color=color, fontsize=9)  # fmt: skip
        for row in carried[carried["estimate"]][:1].itertuples():
            label(ax, "hatched: from the\nnext year's growth", (row.year, row.teu_thousand),
                  (-18, 32), ha="left", va="baseline", color=style.ESTIMATE,
                  fontsize=9)  # fmt: skip
        years = sorted(room["year"].unique())
        ax.set(xlim=(years[0] - 0.6, years[-1] + 0.6), ylim=(0, 1.12 * room["teu_thousand"].max()),
               ylabel="Thousand TEU a year", xticks=years)  # fmt: skip
        style.grid(ax, "y")
        return ax


@dataclass(frozen=True)
class Plans(Chart):
    """Outcomes as bars in % of their plans, whose mark is the line at 100.

    Plans without an outcome are left to the table; an outcome by series B is a square. The frame is
    that of `analysis.routes.plans_against_outcomes`.

    Parameters
    ----------
    met, judged, cargo : Quantity
        How many plans were met, of how many; and the outcome of the one for cargo in 2024.
    """

    frame: pd.DataFrame
    met: Quantity
    judged: Quantity
    cargo: Quantity
    tables: ClassVar[tuple[str, ...]] = ("route_plans", "route_volumes", "route_capacities")
    height: ClassVar[float] = 3.6

    @property
    def sources(self) -> tuple[str, ...]:
        """Behind the plans, then behind the outcomes."""
        return keys_of([*self.frame["source_keys"], *self.frame["outcome_keys"]])

    @property
    def caption(self) -> str:
        """How many plans were met."""
        return (
            f"Of {self.judged} that can be held against an outcome, {self.met:bare} was met: the "
            f"forecast for 2024, by series A ({self.cargo}) and not by series B. Cargo is held "
            "against series A; k TEU is thousand TEU, Mt is million t."
        )

    @property
    def alt(self) -> str:
        """Each plan with what came of it."""
        outcomes = [
            f"{_plan_name(row)}: {row.percent:.0f} %"
            + (
                ""
                if np.isnan(row.percent_b)
                else f" by series A, {row.percent_b:.0f} % by series B"
            )
            for row in self._outcomes.itertuples()
        ]
        return "Outcomes in % of their plans. " + ". ".join(outcomes) + "."

    @property
    def _outcomes(self) -> pd.DataFrame:
        return self.frame[self.frame["outcome_year"] == self.frame["due"]]

    def draw(self, ax: Axes) -> Axes:
        """Draw the bars, the squares and the line at 100."""
        outcomes = self._outcomes
        for place, row in enumerate(outcomes.itertuples()):
            met = row.percent >= 100
            ax.barh(place, row.percent, height=0.6, color=style.MEASURED if met else style.BAND,
                    edgecolor=style.MEASURED, hatch="" if met else "\\\\\\",
                    linewidth=0.8)  # fmt: skip
            label(ax, f"{row.percent:.0f} %", (row.percent, place), (5, 0), path_effects=_HALO,
                  zorder=6)  # fmt: skip
            if not np.isnan(row.percent_b):
                color, marker, _ = SERIES["B"]
                ax.plot(row.percent_b, place, marker, color=color, markeredgecolor="white",
                        zorder=5)  # fmt: skip
                label(ax, f"{row.percent_b:.0f} % by series B", (row.percent_b, place), (-7, 0),
                      ha="right", fontsize=9, color="white" if met else style.INK)  # fmt: skip
        ax.axvline(100, color=style.CLAIM, lw=1.6, ls="--")
        ax.text(100, -0.62, "plan", ha="center", va="bottom", color=style.CLAIM, fontsize=9.5)
        ax.set_yticks(range(len(outcomes)), [_plan_name(row) for row in outcomes.itertuples()])
        ax.set(xlim=(0, 1.16 * max(100, outcomes["percent"].max())),
               ylim=(len(outcomes) - 0.5, -0.6), xlabel="Outcome, % of the plan")  # fmt: skip
        ax.tick_params(axis="y", length=0, labelcolor=style.INK)
        style.grid(ax, "x")
        return ax


@dataclass(frozen=True)
class Times(Chart):
    """Official and observed days as bars from the fewest to the most, by their ends.

    The frame has the columns of ``route_times``, its rows in the order to be drawn.

    Parameters
    ----------
    official, observed : pair of Quantity
        Fewest and most days from Xi'an to Baku.
    """

    frame: pd.DataFrame
    official: tuple[Quantity, Quantity]
    observed: tuple[Quantity, Quantity]
    tables: ClassVar[tuple[str, ...]] = ("route_times",)
    height: ClassVar[float] = 5.3

    @property
    def sources(self) -> tuple[str, ...]:
        """Behind every row."""
        return keys_of(self.frame["source_keys"])

    @property
    def caption(self) -> str:
        """Schedule against trains."""
        return (
            f"From Xi'an to Baku officials stated {self.official[0]:bare} to {self.official[1]}; "
            f"trains took {self.observed[0]:bare} to {self.observed[1]:bare} in the winter of 2025 "
            "to 2026. Light and hatched, or hollow: official. Dark: observed."
        )

    @property
    def alt(self) -> str:
        """For each pair of ends, official and observed days by period."""
        ways = []
        for way, rows in self.frame.groupby("way", sort=False):
            parts = ", ".join(
                f"{row.kind} {row.period} {row.days_low:.0f}"
                + (f" to {row.days_high:.0f}" if row.days_high > row.days_low else "")
                for row in rows.itertuples()
            )
            ways.append(f"{way}: {parts}")
        return "Days on the way, official and observed. " + ". ".join(ways) + "."

    def draw(self, ax: Axes) -> Axes:
        """Draw the bars; a point where fewest and most are one."""
        place, places, labels = 0.0, [], []
        for way, rows in self.frame.groupby("way", sort=False):
            ax.text(0.3, place, way, fontsize=10, fontweight="bold", va="center")
            place += 0.85
            for row in rows.itertuples():
                seen, low, high = row.kind == "observed", row.days_low, row.days_high
                if low == high:
                    ax.plot(low, place, "D" if seen else "o", markersize=7, color=OBSERVED,
                            markerfacecolor=OBSERVED if seen else "white",
                            markeredgewidth=1.4)  # fmt: skip
                else:
                    ax.barh(place, high - low, left=low, height=0.5,
                            color=OBSERVED if seen else OFFICIAL, edgecolor=OBSERVED,
                            hatch="" if seen else "////", linewidth=0.8)  # fmt: skip
                span = f"{low:.0f}–{high:.0f}" if high > low else f"{low:.0f}"
                label(ax, span, (high, place), (8, 0))
                places.append(place)
                labels.append(f"{row.kind} {row.period[:7]}")
                place += 0.8
            place += 0.25
        ax.set_yticks(places, labels)
        most = self.frame["days_high"].max()
        ax.set(xlim=(0, 1.15 * most), ylim=(place - 0.5, -0.6), xlabel="Days")
        ax.tick_params(axis="y", length=0, labelcolor=style.INK)
        style.grid(ax, "x")
        return ax


def _stops(pieces: pd.DataFrame, names: Iterable[str]) -> dict[str, tuple[float, float]]:
    found = {}
    for piece in pieces.itertuples():
        found[piece.start] = (piece.from_lon, piece.from_lat)
        found[piece.end] = (piece.to_lon, piece.to_lat)
    return {place: point for place, point in found.items() if place in names}


def _members_first(rows: pd.DataFrame) -> list[dict[str, Any]]:
    parts: list[dict[str, Any]] = rows.to_dict("records")
    return sorted(parts, key=lambda part: list(PARTS).index(part["group"]))


def _plan_name(row: Any) -> str:
    short = {"million t": "Mt", "thousand TEU": "k TEU"}
    return f"{row.due}: {row.value:g} {short.get(row.unit, row.unit)}"
