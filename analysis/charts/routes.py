"""Figures of the routes chapter."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.transforms import Bbox

from ..countries import FIVE, NAMES
from . import maps, style

#: How a leg is drawn: colour, line style, and what the key says.
LEGS = {
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

#: Where a place's name stands: points right, points up, alignment.
_NAMES = {
    "Xi'an": (2, -10, "right"),
    "Khorgos": (4, 11, "center"),
    "Istanbul": (-14, 10, "left"),
}
_NEAR_NAMES = {
    "Aktau": (8, -2, "left"),
    "Alat": (0, -11, "right"),
    "Boyuk Kesik": (5, 9, "left"),
    "Tbilisi": (4, 10, "left"),
    "Akhalkalaki": (-6, 5, "right"),
    "Poti": (-8, 2, "right"),
    "Kars": (0, -11, "center"),
}
#: Where a country's or a sea's name stands: longitude, latitude.
_LANDS = {
    "Kazakhstan": (66.5, 50.2),
    "Uzbekistan": (61.5, 39.6),
    "Kyrgyzstan": (77.6, 40.0),
    "Türkiye": (35.6, 36.3),
    "China": (98.5, 37.3),
}
_NEAR_LANDS = {
    "Kazakhstan": (52.6, 43.0),
    "Azerbaijan": (48.1, 40.95),
    "Georgia": (43.0, 42.4),
    "Türkiye": (41.8, 39.75),
    "Armenia": (44.95, 40.2),
    "Russia": (46.0, 43.6),
    "Caspian\nSea": (49.3, 41.9),
    "Black\nSea": (39.9, 42.2),
}
#: Where a leg's length stands: longitude, latitude.
_LENGTHS = {
    "Xi'an to Khorgos": (97.2, 43.3),
    "Khorgos to Aktau": (62.6, 45.3),
    "Kars to Istanbul": (32.9, 37.75),
}
_NEAR_LENGTHS = {
    "Aktau to Alat": (51.3, 41.7),
    "Alat to Boyuk Kesik": (46.9, 40.25),
    "Boyuk Kesik to Poti": (43.9, 42.25),
}
#: What the close-up holds: longitude and latitude of its middle, width and height in metres.
_NEAR = (46.6, 41.75), 1.24e6, 0.62e6
_HALO = [patheffects.withStroke(linewidth=2.2, foreground="white")]


def route_map(pieces: pd.DataFrame, ax: Axes, *, shaded: Iterable[str] = FIVE.codes) -> Axes:
    """Draw the route on a map, its legs by mode and owner, over shaded member states.

    Below it stands a close-up of the way from the Caspian Sea to the Black Sea.

    Parameters
    ----------
    pieces : DataFrame
        As `analysis.routes.pieces` gives it.
    ax : Axes
        Takes the map's limits, in metres; the close-up is its one child.
    shaded : iterable of str, optional
        Countries to shade.
    """
    codes = tuple(shaded)
    _draw_route(pieces, ax, codes, None, _NAMES, _LANDS, _LENGTHS)
    ax.set_anchor("N")
    project = maps.ground().project
    middle, across, up = _NEAR
    left, low = (at - side / 2 for at, side in zip(project(*middle), (across, up), strict=True))
    wide, tall = maps.ground().size
    part = up / across * wide / tall
    near = ax.inset_axes([0, -part - 0.04, 1, part])
    window = Bbox.from_bounds(left, low, across, up)
    _draw_route(pieces, near, codes, window, _NEAR_NAMES, _NEAR_LANDS, _NEAR_LENGTHS)
    frame = Rectangle((left, low), across, up)
    frame.set(facecolor="none", edgecolor=style.INK, linewidth=1, zorder=6)
    ax.add_patch(frame)
    key = [Line2D([], [], color=c, ls=line, lw=2.4, label=told) for c, line, told in LEGS.values()]
    key.append(
        Patch(
            facecolor=maps.SHADE, edgecolor=maps.PATTERN, hatch="////", lw=0, label="Member state"
        )
    )
    ax.legend(
        handles=key,
        loc="upper center",
        bbox_to_anchor=(0.5, -part - 0.04),
        ncols=2,
        fontsize=9,
        handlelength=2.6,
        borderaxespad=0.4,
    )
    return ax


def _draw_route(
    pieces: pd.DataFrame,
    ax: Axes,
    shaded: tuple[str, ...],
    window: Bbox | None,
    names: dict[str, tuple[float, float, str]],
    lands: dict[str, tuple[float, float]],
    lengths: dict[str, tuple[float, float]],
) -> None:
    maps.draw_ground(ax, shaded, window)
    project = maps.ground().project
    for piece in pieces.sort_values("line").to_dict("records"):
        color, line, _ = LEGS[piece["group"]]
        x, y = project([piece["from_lon"], piece["to_lon"]], [piece["from_lat"], piece["to_lat"]])
        width = 2.6 if piece["line"] == "main" else 1.5
        ax.plot(x, y, color="white", lw=width + 1.8, zorder=2, solid_capstyle="round")
        ax.plot(x, y, color=color, ls=line, lw=width, zorder=3, solid_capstyle="round")
    for name, point in lands.items():
        sea = name.endswith("Sea")
        ax.text(
            *project(*point),
            name,
            ha="center",
            va="center",
            fontsize=8.5,
            color="#3d6480" if sea else style.MUTED,
            fontstyle="italic",
            path_effects=_HALO,
            zorder=4,
            clip_on=True,
        )
    km = pieces.drop_duplicates("leg").set_index("leg")["km"]
    for leg, point in lengths.items():
        ax.text(
            *project(*point),
            f"{km[leg]:,.0f} km",
            ha="center",
            va="center",
            fontsize=8.5,
            path_effects=_HALO,
            zorder=5,
        )
    for place, (lon, lat) in _stops(pieces, names).items():
        x, y = project(lon, lat)
        ax.plot(x, y, "o", color=style.INK, markersize=3.6, markeredgecolor="white", zorder=4)
        right, up, side = names[place]
        ax.annotate(
            place,
            (x, y),
            (right, up),
            textcoords="offset points",
            ha=side,
            va="center",
            fontsize=9.5,
            fontweight="bold",
            path_effects=_HALO,
            zorder=5,
        )


def route_map_alt(pieces: pd.DataFrame) -> str:
    """Say the map in words: its legs from east to west with owner and length."""
    told = []
    for line, name in (("main", "Main line"), ("branch", "Branch")):
        legs = pieces[pieces["line"] == line].drop_duplicates("leg")
        parts = [
            f"{leg.leg} {leg.km:,.0f} km "
            + ("by sea" if leg.mode == "sea" else f"by rail in {NAMES[leg.country]}")
            for leg in legs.itertuples()
        ]
        told.append(f"{name}: " + "; ".join(parts) + ".")
    return (
        "Map of the route from China to the Black Sea and Türkiye, the Caucasus close up. "
        + " ".join(told)
    )


def shares(split: pd.DataFrame, ax: Axes) -> Axes:
    """Draw each way as one bar of 100 %, members first, then the sea, then others.

    A whisker at the end of the members' part spans what the lengths in the sources allow.

    Parameters
    ----------
    split : DataFrame
        As `analysis.routes.split` gives it.
    ax : Axes
        Takes the bars, first way on top.
    """
    ways = list(dict.fromkeys(split["way"]))
    for place, name in enumerate(ways):
        left = 0.0
        for part in _ordered(split[split["way"] == name]):
            color, hatch, ink = PARTS[part["group"]]
            share = part["share_percent"]
            ax.barh(
                place,
                share,
                left=left,
                height=0.62,
                color=color,
                hatch=hatch,
                edgecolor="white" if part["group"] == "member" else "#8a97a0",
                linewidth=0.8,
            )
            if share > 6.2:
                name_of = NAMES.get(part["part"], "Sea")
                ax.text(
                    left + share / 2,
                    place,
                    name_of if share > 2 * len(name_of) else part["part"],
                    ha="center",
                    va="center",
                    fontsize=9,
                    color=ink,
                    path_effects=None if part["group"] == "member" else _BACK,
                )
            left += share
        row = split[split["way"] == name].iloc[0]
        middle = row["members_percent"]
        ax.errorbar(
            middle,
            place - 0.38,
            xerr=[[middle - row["members_low"]], [row["members_high"] - middle]],
            color=style.INK,
            capsize=2.5,
            lw=1.2,
            marker="v",
            markersize=4.5,
        )
        ax.text(
            middle - 4,
            place - 0.43,
            f"members {middle:.0f} % ({row['members_low']:.0f}–{row['members_high']:.0f})",
            ha="right",
            va="center",
            fontsize=9,
        )
    ax.set_yticks(range(len(ways)), [name.replace(" to ", "\nto ") for name in ways])
    ax.set(xlim=(0, 100), ylim=(len(ways) - 0.55, -0.68), xlabel="Share of the way, %")
    ax.tick_params(axis="y", length=0, labelcolor=style.INK)
    ax.spines["left"].set_visible(False)
    others = dict.fromkeys(split.loc[split["group"] == "other", "part"])
    told = {
        "member": "Members' track",
        "sea": "Caspian Sea",
        "other": "Track in " + " and ".join(sorted(NAMES[code] for code in others)),
    }
    ax.legend(
        handles=[
            Patch(facecolor=color, hatch=hatch, edgecolor="#8a97a0", lw=0.8, label=told[group])
            for group, (color, hatch, _) in PARTS.items()
        ],
        loc="upper center",
        bbox_to_anchor=(0.4, -0.17),
        ncols=3,
        handlelength=1.6,
        columnspacing=1.2,
    )
    return ax


def shares_alt(split: pd.DataFrame) -> str:
    """Say the bars in words: for each way, the members' share, its range and its parts."""
    told = []
    for name, rows in split.groupby("way", sort=False):
        head = rows.iloc[0]
        parts = ", ".join(
            f"{'sea' if part['part'] == 'sea' else NAMES[part['part']]} {part['share_percent']:.0f}"
            for part in _ordered(rows)
        )
        told.append(
            f"{name}: members {head['members_percent']:.0f} % of the way "
            f"({head['members_low']:.0f} to {head['members_high']:.0f}); {parts}"
        )
    return "Bars of the way by whose track it uses, in %. " + ". ".join(told) + "."


def volumes(cargo: pd.DataFrame, ax: Axes) -> Axes:
    """Draw series A and series B as two lines that never join, other statements as crosses.

    Parameters
    ----------
    cargo : DataFrame
        As `analysis.routes.cargo` gives it.
    ax : Axes
        Years across, million t up, from zero.
    """
    names = {"A": "Series A (ministry)", "B": "Series B\n(association,\nrailway)"}
    for series in ("A", "B"):
        rows = cargo[cargo["series"] == series]
        color, marker, line = SERIES[series]
        ax.plot(rows["year"], rows["mt"], color=color, ls=line, zorder=3)
        ax.errorbar(
            rows["year"],
            rows["mt"],
            yerr=[rows["mt"] - rows["low"], rows["high"] - rows["mt"]],
            fmt="none",
            ecolor=color,
            capsize=2.5,
            lw=1.2,
        )
        for estimate, fill in ((False, color), (True, "white")):
            kind = rows[rows["estimate"] == estimate]
            ax.plot(
                kind["year"],
                kind["mt"],
                ls="",
                marker=marker,
                markersize=6.5,
                color=color,
                markerfacecolor=fill,
                markeredgewidth=1.5,
                zorder=4,
            )
        for row in rows[~((rows["series"] == "B") & rows["estimate"])].itertuples():
            above = cargo[(cargo["year"] == row.year) & (cargo["mt"] > row.mt + 0.1)]
            right, up = (-9, 7) if above.empty else (9, -9)
            ax.annotate(
                f"{row.mt:.1f}",
                (row.year, row.mt),
                (right, up),
                textcoords="offset points",
                ha="center" if above.empty else "left",
                va="baseline" if above.empty else "center",
                color=color,
                fontsize=9.5,
            )
    last = cargo[cargo["series"] == "A"].iloc[-1]
    ax.text(
        2022.75, last["mt"], names["A"], ha="right", va="bottom", color=SERIES["A"][0], fontsize=10
    )
    end = cargo[cargo["series"] == "B"].iloc[-1]
    ax.annotate(
        names["B"],
        (end["year"], end["mt"]),
        (9, -20),
        textcoords="offset points",
        va="top",
        color=SERIES["B"][0],
        fontsize=9.5,
    )
    rest = cargo[cargo["series"] == "other"]
    color, marker, _ = SERIES["other"]
    ax.plot(rest["year"], rest["mt"], ls="", marker=marker, color=color, markersize=6, zorder=5)
    first = rest.iloc[0]
    ax.annotate(
        "× other statements",
        (first["year"], first["mt"]),
        (-8, 18),
        textcoords="offset points",
        ha="right",
        color=color,
        fontsize=9.5,
    )
    years = sorted(cargo["year"].unique())
    ax.set(
        xlim=(years[0] - 0.4, years[-1] + 0.75),
        ylim=(0, 1.12 * cargo["high"].max()),
        ylabel="Million t a year",
        xticks=years,
    )
    style.grid(ax, "y")
    return ax


def volumes_alt(cargo: pd.DataFrame) -> str:
    """Say the lines in words: each series year by year, then the other statements."""
    told = []
    names = {"A": "Series A", "B": "Series B", "other": "Other statements"}
    for series, name in names.items():
        rows = cargo[cargo["series"] == series]
        points = ", ".join(
            f"{row.year} {row.mt:.2f}{' (estimate)' if row.estimate else ''}"
            for row in rows.itertuples()
        )
        told.append(f"{name}: {points}")
    return "Cargo of the route in million t a year, counts that are not joined. " + (
        ". ".join(told) + "."
    )


def boxes(room: pd.DataFrame, ax: Axes) -> Axes:
    """Draw the containers of each year as bars, and what could be carried as lines above them.

    Parameters
    ----------
    room : DataFrame
        As `analysis.routes.containers_and_room` gives it.
    ax : Axes
        Years across, thousand TEU up, from zero.
    """
    carried = room[room["what"] == "carried"]
    for row in carried.itertuples():
        ax.bar(
            row.year,
            row.teu_thousand,
            width=0.62,
            color="white" if row.estimate else style.MEASURED,
            edgecolor=style.ESTIMATE if row.estimate else style.MEASURED,
            hatch="////" if row.estimate else "",
            linewidth=1,
        )
        ax.annotate(
            f"{row.teu_thousand:.3g}",
            (row.year, row.teu_thousand),
            (0, 3),
            textcoords="offset points",
            ha="center",
            fontsize=9.5,
        )
    looks = {"whole route": (style.INK, "-"), "feeder fleet": (style.CLAIM, (0, (3, 1)))}
    for row in room[room["what"] != "carried"].itertuples():
        color, line = looks[row.what]
        ax.plot(
            [row.year - 0.4, row.year + 0.4],
            [row.teu_thousand] * 2,
            color=color,
            ls=line,
            lw=2.2,
        )
        fleet = row.what == "feeder fleet"
        told = "feeder fleet" if fleet else "route said to carry"
        ax.annotate(
            f"{told} {row.teu_thousand:.0f}",
            (row.year + (0.4 if fleet else -0.45), row.teu_thousand),
            (0, 7) if fleet else (0, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            color=color,
            fontsize=9,
        )
    guess = carried[carried["estimate"]]
    if len(guess):
        row = guess.iloc[0]
        ax.annotate(
            "hatched: from the\nnext year's growth",
            (row["year"], row["teu_thousand"]),
            (-18, 32),
            textcoords="offset points",
            ha="left",
            color=style.ESTIMATE,
            fontsize=9,
        )
    years = sorted(room["year"].unique())
    ax.set(
        xlim=(years[0] - 0.6, years[-1] + 0.6),
        ylim=(0, 1.12 * room["teu_thousand"].max()),
        ylabel="Thousand TEU a year",
        xticks=years,
    )
    style.grid(ax, "y")
    return ax


def boxes_alt(room: pd.DataFrame) -> str:
    """Say the bars in words: containers by year, then what could be carried."""
    carried = ", ".join(
        f"{row.year} {row.teu_thousand:.3g}{' (estimate)' if row.estimate else ''}"
        for row in room[room["what"] == "carried"].itertuples()
    )
    could = ", ".join(
        f"{row.what} {row.year} {row.teu_thousand:.3g}"
        for row in room[room["what"] != "carried"].itertuples()
    )
    return f"Containers of the route in thousand TEU: {carried}. Stated capacity: {could}."


def plans(outcomes: pd.DataFrame, ax: Axes) -> Axes:
    """Draw outcomes as bars in % of their plans, whose mark is the line at 100.

    Plans without an outcome are left to the table; an outcome by series B is a square.

    Parameters
    ----------
    outcomes : DataFrame
        As `analysis.routes.plans_against_outcomes` gives it.
    ax : Axes
        Plans down, % across, from zero.
    """
    judged = _judged(outcomes)
    for place, row in enumerate(judged.itertuples()):
        met = row.percent >= 100
        ax.barh(
            place,
            row.percent,
            height=0.6,
            color=style.MEASURED if met else style.BAND,
            edgecolor=style.MEASURED,
            hatch="" if met else "\\\\\\",
            linewidth=0.8,
        )
        ax.annotate(
            f"{row.percent:.0f} %",
            (row.percent, place),
            (5, 0),
            textcoords="offset points",
            va="center",
            fontsize=9.5,
            path_effects=_HALO,
            zorder=6,
        )
        if not np.isnan(row.percent_b):
            color, marker, _ = SERIES["B"]
            ax.plot(row.percent_b, place, marker, color=color, markeredgecolor="white", zorder=5)
            ax.annotate(
                f"{row.percent_b:.0f} % by series B",
                (row.percent_b, place),
                (-7, 0),
                textcoords="offset points",
                ha="right",
                va="center",
                fontsize=9,
                color="white" if met else style.INK,
            )
    ax.axvline(100, color=style.CLAIM, lw=1.6, ls="--")
    ax.text(100, -0.62, "plan", ha="center", va="bottom", color=style.CLAIM, fontsize=9.5)
    ax.set_yticks(range(len(judged)), [_plan_name(row) for row in judged.itertuples()])
    ax.set(
        xlim=(0, 1.16 * max(100, judged["percent"].max())),
        ylim=(len(judged) - 0.5, -0.6),
        xlabel="Outcome, % of the plan",
    )
    ax.tick_params(axis="y", length=0, labelcolor=style.INK)
    style.grid(ax, "x")
    return ax


def plans_alt(outcomes: pd.DataFrame) -> str:
    """Say the bars in words: each plan with what came of it."""
    told = [
        f"{_plan_name(row)}: {row.percent:.0f} %"
        + ("" if np.isnan(row.percent_b) else f" by series A, {row.percent_b:.0f} % by series B")
        for row in _judged(outcomes).itertuples()
    ]
    return "Outcomes in % of their plans. " + ". ".join(told) + "."


def times(days: pd.DataFrame, ax: Axes) -> Axes:
    """Draw official and observed days as bars from the fewest to the most, by their ends.

    Parameters
    ----------
    days : DataFrame
        ``way``, ``kind``, ``period``, ``days_low``, ``days_high``, in the order to be drawn.
    ax : Axes
        Statements down, days across, from zero.
    """
    place, places, labels = 0.0, [], []
    for way, rows in days.groupby("way", sort=False):
        ax.text(0.3, place, way, fontsize=10, fontweight="bold", va="center")
        place += 0.85
        for row in rows.itertuples():
            seen = row.kind == "observed"
            if row.days_low == row.days_high:
                ax.plot(
                    row.days_low,
                    place,
                    "D" if seen else "o",
                    markersize=7,
                    color=OBSERVED,
                    markerfacecolor=OBSERVED if seen else "white",
                    markeredgewidth=1.4,
                )
            else:
                ax.barh(
                    place,
                    row.days_high - row.days_low,
                    left=row.days_low,
                    height=0.5,
                    color=OBSERVED if seen else OFFICIAL,
                    edgecolor=OBSERVED,
                    hatch="" if seen else "////",
                    linewidth=0.8,
                )
            span = f"{row.days_low:.0f}"
            if row.days_high > row.days_low:
                span += f"–{row.days_high:.0f}"
            ax.annotate(
                span,
                (row.days_high, place),
                (8, 0),
                textcoords="offset points",
                va="center",
                fontsize=9.5,
            )
            places.append(place)
            labels.append(f"{row.kind} {row.period[:7]}")
            place += 0.8
        place += 0.25
    ax.set_yticks(places, labels)
    ax.set(xlim=(0, 1.15 * days["days_high"].max()), ylim=(place - 0.5, -0.6), xlabel="Days")
    ax.tick_params(axis="y", length=0, labelcolor=style.INK)
    style.grid(ax, "x")
    return ax


def times_alt(days: pd.DataFrame) -> str:
    """Say the bars in words: for each pair of ends, official and observed days by period."""
    told = []
    for way, rows in days.groupby("way", sort=False):
        parts = ", ".join(
            f"{row.kind} {row.period} {row.days_low:.0f}"
            + (f" to {row.days_high:.0f}" if row.days_high > row.days_low else "")
            for row in rows.itertuples()
        )
        told.append(f"{way}: {parts}")
    return "Days on the way, official and observed. " + ". ".join(told) + "."


_BACK = [patheffects.withStroke(linewidth=3, foreground="white")]


def _stops(pieces: pd.DataFrame, names: Iterable[str]) -> dict[str, tuple[float, float]]:
    found = {}
    for piece in pieces.itertuples():
        found[piece.start] = (piece.from_lon, piece.from_lat)
        found[piece.end] = (piece.to_lon, piece.to_lat)
    return {place: point for place, point in found.items() if place in names}


def _ordered(rows: pd.DataFrame) -> list[dict]:
    order = {"member": 0, "sea": 1, "other": 2}
    return sorted(rows.to_dict("records"), key=lambda part: order[part["group"]])


def _judged(outcomes: pd.DataFrame) -> pd.DataFrame:
    return outcomes[outcomes["outcome_year"] == outcomes["due"]]


def _plan_name(row: object) -> str:
    short = {"million t": "Mt", "thousand TEU": "k TEU"}
    return f"{row.due}: {row.value:g} {short.get(row.unit, row.unit)}"
