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
SERIES = {
    "ministry": ("#0b6e99", "o", "-"),
    "association": ("#c2560a", "s", "--"),
    "other": ("#5b6770", "x", ""),
}
OTHER = "#5b6770"


@dataclass(frozen=True)
class Panel:
    """What is written on one panel of the map, and where."""

    #: Where a place's name stands from its dot: points right, points up, alignment.
    places: dict[str, tuple[float, float, str]]
    #: Where the name of a country or a sea stands, and the length of a leg: longitude, latitude.
    lands: dict[str, tuple[float, float]]
    lengths: dict[str, tuple[float, float]]


WHOLE = Panel(
    {
        "Xi'an": (2, -10, "right"),
        "Khorgos": (4, 11, "center"),
        "Istanbul": (-14, 10, "left"),
        "Constanta": (4, 9, "left"),
        "Tehran": (-6, 0, "right"),
    },
    {
        "Kazakhstan": (71.0, 50.9),
        "Uzbekistan": (63.6, 41.9),
        "Kyrgyzstan": (78.6, 39.6),
        "Türkiye": (36.6, 35.6),
        "China": (98.5, 37.3),
        "Northern Corridor": (58.5, 53.6),
        "Southern Corridor": (63.8, 36.2),
    },
    {
        "Xi'an to Khorgos": (97.2, 43.3),
        "Khorgos to Aktau": (56.8, 47.9),
        "Kars to Istanbul": (32.4, 38.1),
    },
)
CLOSE_UP = Panel(
    {
        "Aktau": (8, 4, "left"),
        "Kuryk": (8, -4, "left"),
        "Turkmenbashi": (0, 12, "center"),
        "Alat": (-6, -10, "right"),
        "Boyuk Kesik": (5, 9, "left"),
        "Tbilisi": (4, 10, "left"),
        "Akhalkalaki": (-6, 5, "right"),
        "Poti": (-8, 2, "right"),
        "Kars": (0, -11, "center"),
    },
    {
        "Kazakhstan": (52.6, 42.6),
        "Azerbaijan": (47.6, 40.95),
        "Georgia": (42.6, 42.95),
        "Türkiye": (41.8, 39.75),
        "Armenia": (44.95, 40.2),
        "Russia": (46.0, 43.6),
        "Caspian\nSea": (49.3, 42.65),
        "Black\nSea": (39.6, 42.72),
    },
    {
        "Aktau to Alat": (49.55, 41.75),
        "Alat to Boyuk Kesik": (46.9, 40.25),
        "Boyuk Kesik to Poti": (44.1, 42.3),
    },
)
#: What the close-up holds: longitude and latitude of its middle, width and height in metres.
_NEAR = (46.7, 41.75), 1.26e6, 0.64e6
_COUNTS = (
    ("ministry", "Ministry"),
    ("association", "Association"),
    ("other", "Other statements"),
)
_HALO = [patheffects.withStroke(linewidth=2.2, foreground="white")]


def label(
    ax: Axes, text: str, point: tuple[Any, Any], offset: tuple[float, float], **look: Any
) -> None:
    """Write beside a point, so many points of print right and up of it."""
    usual: dict[str, Any] = {"va": "center"}
    ax.annotate(text, point, offset, textcoords="offset points", **(usual | look))


@dataclass(frozen=True)
class RouteMap(CitedChart):
    """The route on a map, its legs by mode and owner, over shaded member states.

    Below it stands a close-up of the way from the Caspian Sea to the Black Sea. The frame is that
    of `analysis.routes.pieces`; the ax takes the map's limits, in metres.

    Parameters
    ----------
    length, members : Quantity
        Of the way from Khorgos to Poti: its length, and the share on members' track.
    others : DataFrame
        As `analysis.routes.others` gives it: the rivals, and other crossings of the seas.
    """

    length: Quantity
    members: Quantity
    others: pd.DataFrame
    tables: ClassVar[tuple[str, ...]] = ("route_legs", "route_other_legs", "route_places")
    height: ClassVar[float] = 5.8

    @property
    def caption(self) -> str:
        """Whose track it is."""
        return f"Members own the track on {self.members} of the way from China's border to Poti."

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
            + f" Khorgos to Poti measures {self.length}. Thin grey: "
            + ", ".join(dict.fromkeys(self.others["way"]))
            + "."
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
        key.insert(3, Line2D([], [], color=OTHER, ls=(0, (4, 1.6)), lw=1.2,
                             label="Rivals and other crossings"))  # fmt: skip
        key.append(Patch(facecolor=maps.SHADE, edgecolor=maps.PATTERN, hatch="////", lw=0,
                         label="Member state"))  # fmt: skip
        ax.legend(handles=key, loc="upper center", bbox_to_anchor=(0.5, -part - 0.04), ncols=2,
                  handlelength=2.6, borderaxespad=0.4,
                  title="Thick: main line; thin: branch to Türkiye. Lines are schematic.\n"
                  "Borders: World Data Bank II as in GSHHG, drawn by basemap 2.0")  # fmt: skip
        return ax

    def _draw_panel(self, ax: Axes, panel: Panel, window: Bbox | None = None) -> None:
        pieces = self.frame
        maps.draw_ground(ax, FIVE.codes, window)
        project = maps.ground().project
        for line in self.others.to_dict("records"):
            x, y = project([line["from_lon"], line["to_lon"]], [line["from_lat"], line["to_lat"]])
            ax.plot(x, y, color=OTHER, ls=(0, (4, 1.6)), lw=1.2, zorder=2.5)
        for piece in pieces.sort_values("line").to_dict("records"):
            color, line, _ = LEGS[piece["group"]]
            x, y = project(
                [piece["from_lon"], piece["to_lon"]], [piece["from_lat"], piece["to_lat"]]
            )
            width = 2.6 if piece["line"] == "main" else 1.5
            ax.plot(x, y, color="white", lw=width + 1.8, zorder=2, solid_capstyle="round")
            ax.plot(x, y, color=color, ls=line, lw=width, zorder=3, solid_capstyle="round")
        middle: dict[str, Any] = {
            "ha": "center", "va": "center", "path_effects": _HALO,
        }  # fmt: skip
        for name, point in panel.lands.items():
            color = "#3d6480" if name.endswith("Sea") else style.MUTED
            x, y = project(*point)
            ax.text(x, y, name, color=color, fontstyle="italic", zorder=4, clip_on=True, **middle)
        km = pieces.drop_duplicates("leg").set_index("leg")["km"]
        for leg, point in panel.lengths.items():
            x, y = project(*point)
            ax.text(x, y, f"{km[leg]:,.0f} km", zorder=5, **middle)
        for place, (lon, lat) in _stops(pd.concat([pieces, self.others]), panel.places).items():
            x, y = project(lon, lat)
            ax.plot(x, y, "o", color=style.INK, markersize=3.6, markeredgecolor="white", zorder=4)
            right, up, side = panel.places[place]
            label(ax, place, (x, y), (right, up), ha=side, fontweight="bold", path_effects=_HALO,
                  zorder=5)  # fmt: skip


@dataclass(frozen=True)
class Volumes(Chart):
    """The two counts as lines that never join, other statements as crosses.

    The frame is that of `analysis.routes.cargo`: years across, million t up, from zero.

    Parameters
    ----------
    ministry, association : Quantity
        Growth of each count in 2024.
    """

    frame: pd.DataFrame
    ministry: Quantity
    association: Quantity
    tables: ClassVar[tuple[str, ...]] = ("route_volumes",)

    @property
    def caption(self) -> str:
        """How far the counts differ."""
        return (
            f"In {self.ministry.year or 2024} one count grew by {self.ministry}, the other by "
            f"about {self.association}."
        )

    @property
    def alt(self) -> str:
        """Each series year by year, then the other statements."""
        lines = []
        for series, name in _COUNTS:
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
        for series in ("ministry", "association"):
            self._draw_series(ax, series)
        last = cargo[cargo["series"] == "ministry"].iloc[-1]
        ax.text(2023.6, last["mt"], "Kazakhstan's transport ministry", ha="right", va="bottom",
                color=SERIES["ministry"][0])  # fmt: skip
        end = cargo[cargo["series"] == "association"].iloc[-1]
        label(ax, "route association,\nKazakhstan's\nrailway", (end["year"], end["mt"]), (9, -20),
              va="top", color=SERIES["association"][0])  # fmt: skip
        rest = cargo[cargo["series"] == "other"]
        color, marker, _ = SERIES["other"]
        ax.plot(rest["year"], rest["mt"], ls="", marker=marker, color=color, markersize=6, zorder=5)
        place = cargo["year"].min() - 0.25, 0.5 * cargo["high"].max()
        key = "× other statements\nhollow: from the growth stated"
        ax.text(*place, key, color=color, va="center")
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
        for row in rows[~((rows["series"] == "association") & rows["estimate"])].itertuples():
            top = cargo[(cargo["year"] == row.year) & (cargo["mt"] > row.mt + 0.1)].empty
            label(ax, f"{row.mt:.1f}", (row.year, row.mt), (-9, 7) if top else (9, -9),
                  ha="center" if top else "left", va="baseline" if top else "center",
                  color=color)  # fmt: skip


@dataclass(frozen=True)
class Plans(Chart):
    """Outcomes as bars in % of their plans, whose mark is the line at 100.

    Plans without an outcome are left to the table; an outcome by the association's count is a
    square. The frame is that of `analysis.routes.plans_against_outcomes`.

    Parameters
    ----------
    met, judged : Quantity
        How many plans were met, of how many.
    """

    frame: pd.DataFrame
    met: Quantity
    judged: Quantity
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
            f"Of {self.judged:words} plans with an outcome for their year, {self.met:words} "
            f"{'was' if self.met.value == 1 else 'were'} met."
        )

    @property
    def alt(self) -> str:
        """Each plan with what came of it."""
        outcomes = [
            f"{_plan_name(row)}: {row.percent:.0f}%"
            + (
                ""
                if np.isnan(row.percent_association)
                else f" by the ministry, {row.percent_association:.0f}% by the association"
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
            label(ax, f"{row.percent:.0f}%", (row.percent, place), (5, 0), path_effects=_HALO,
                  zorder=6)  # fmt: skip
            if not np.isnan(row.percent_association):
                color, marker, _ = SERIES["association"]
                percent = row.percent_association
                ax.plot(percent, place, marker, color=color, markeredgecolor="white", zorder=5)
                label(ax, f"{percent:.0f}% by the association", (percent, place), (-7, 0),
                      ha="right", color="white" if met else style.INK)  # fmt: skip
        ax.axvline(100, color=style.CLAIM, lw=1.6, ls="--")
        ax.text(100, -0.62, "plan", ha="center", va="bottom", color=style.CLAIM)
        style.rows(ax, [_plan_name(row) for row in outcomes.itertuples()], 0.6)
        ax.set(xlim=(0, 1.16 * max(100, outcomes["percent"].max())),
               xlabel="Outcome, % of the plan; hatched: not met")  # fmt: skip
        style.grid(ax, "x")
        return ax


def _stops(pieces: pd.DataFrame, names: Iterable[str]) -> dict[str, tuple[float, float]]:
    found = {}
    for piece in pieces.itertuples():
        found[piece.start] = (piece.from_lon, piece.from_lat)
        found[piece.end] = (piece.to_lon, piece.to_lat)
    return {place: point for place, point in found.items() if place in names}


def _plan_name(row: Any) -> str:
    short = {"million t": "Mt", "thousand TEU": "k TEU"}
    return f"{row.due}: {row.value:g} {short.get(row.unit, row.unit)}"
