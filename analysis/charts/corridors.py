"""Figures that set the corridors beside each other: days, cost, the queue at the Caspian Sea."""

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from . import style


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


def distributions(bins: pd.DataFrame, ax: Axes, *, summary: pd.DataFrame) -> Axes:
    """Draw the days of each corridor as a curve above its line, with P10, median and P90.

    Parameters
    ----------
    bins : DataFrame
        As `analysis.simulation.densities` gives it.
    ax : Axes
        Corridors down, days across, from zero.
    summary : DataFrame
        As `analysis.simulation.summary` gives it; its order within each market is kept.
    """
    place, ticks = 0.0, []
    for market, group in summary.groupby("market", sort=False):
        ax.text(0.3, place + 0.12, f"To {_market(market)}", fontsize=9.5, fontweight="bold")
        place += 0.95
        for row in group.sort_values("median").itertuples():
            look = CORRIDORS[row.corridor]
            one = bins[bins["corridor"] == row.corridor]
            tall = 0.82 * one["percent"] / one["percent"].max()
            ax.fill_between(
                one["days"],
                place - tall,
                place,
                facecolor="white",
                edgecolor=look.color,
                hatch=look.hatch,
                lw=0.9,
            )
            ax.fill_between(one["days"], place - tall, place, color=look.color, alpha=0.28, lw=0)
            ax.plot([row.p10, row.p90], [place + 0.1] * 2, color=look.color, lw=3.2)
            ax.plot(row.median, place + 0.1, "o", color="white", markeredgecolor=look.color, ms=5.5)
            ax.annotate(
                f"{row.median:.0f} ({row.p10:.0f}–{row.p90:.0f})",
                (one["days"].max(), place),
                (4, 6),
                textcoords="offset points",
                fontsize=9.2,
                bbox=_PLATE,
            )
            start, end = row.ends.split(" to ")
            ticks.append((place - 0.2, f"{row.corridor}\n{start}–{end}"))
            place += 1.15
        place += 0.05
    ax.set_yticks([tick for tick, _ in ticks], [told for _, told in ticks], fontsize=9)
    ax.set(xlim=(0, 1.16 * bins["days"].max()), ylim=(place - 0.7, -0.25), xlabel="Days")
    ax.tick_params(axis="y", length=0, labelcolor=style.INK)
    ax.spines["left"].set_visible(False)
    style.grid(ax, "x")
    return ax


def distributions_alt(summary: pd.DataFrame) -> str:
    """Say the curves in words: median and range of each corridor with its ends."""
    told = [
        f"{row.corridor}, {row.ends}: median {row.median:.0f} days, "
        f"eight in ten between {row.p10:.0f} and {row.p90:.0f}"
        for row in summary.itertuples()
    ]
    return "Simulated days of the corridors. " + "; ".join(told) + "."


def budget(parts: pd.DataFrame, ax: Axes, *, kinds: dict[str, str]) -> Axes:
    """Draw a stretch stage by stage: the schedule, the simulation, what was stated and observed.

    Parameters
    ----------
    parts : DataFrame
        As `analysis.simulation.budget` gives it.
    ax : Axes
        Rows down, days across, from zero.
    kinds : dict of str to str
        ``"rail"``, ``"sea"`` or ``"border"`` by stage.
    """
    names = {
        "schedule": "schedules,\nstage by stage",
        "simulated": "simulated mean,\nstage by stage",
        "official": "official,\nwhole way",
        "observed": "observed,\nwhole way",
    }
    for place, name in enumerate(names):
        rows, left = parts[parts["row"] == name], 0.0
        for row in rows.itertuples():
            if row.stage:
                fill, hatch = _FILLS[kinds[row.stage]]
                ax.barh(
                    place, row.days, left=left, height=0.56, color=fill, hatch=hatch,
                    edgecolor="white", lw=0.9,
                )  # fmt: skip
                short = row.stage.replace("Chinese border", "Border").replace(" Sea", "")
                ax.text(
                    left + row.days / 2,
                    place - 0.42,
                    short,
                    ha="center",
                    va="center",
                    fontsize=9,
                )
                ax.text(
                    left + row.days / 2,
                    place,
                    f"{row.days:.1f}",
                    ha="center",
                    va="center",
                    fontsize=9,
                    color="white" if kinds[row.stage] == "rail" else style.INK,
                    bbox=None if kinds[row.stage] == "rail" else _PLATE,
                )
                left += row.days
            else:
                seen = name == "observed"
                ax.barh(
                    place,
                    row.high - row.low,
                    left=row.low,
                    height=0.42,
                    color=style.CLAIM if seen else "#f2c9c5",
                    edgecolor=style.CLAIM,
                    hatch="" if seen else "////",
                    lw=0.9,
                )
                left = row.high
        span = f"{left:.1f} days"
        if name in ("official", "observed"):
            span = f"{rows['low'].iloc[0]:.0f} to {rows['high'].iloc[0]:.0f} days"
        ax.annotate(
            span, (left, place), (5, 0), textcoords="offset points", va="center", fontsize=9.3
        )
    ax.set_yticks(range(len(names)), list(names.values()))
    most = 1.3 * parts["high"].max()
    ax.set(
        xlim=(0, most), ylim=(len(names) - 0.55, -0.7), xlabel="Days", xticks=range(0, int(most), 4)
    )
    ax.tick_params(axis="y", length=0, labelcolor=style.INK)
    style.grid(ax, "x")
    return ax


def budget_alt(parts: pd.DataFrame) -> str:
    """Say the bars in words: stages of the schedule and of the simulation, then the wholes."""
    told = []
    for name in ("schedule", "simulated"):
        rows = parts[parts["row"] == name]
        stages = ", ".join(f"{row.stage} {row.days:.1f}" for row in rows.itertuples())
        told.append(f"{name} {rows['days'].sum():.1f} days: {stages}")
    for name in ("official", "observed"):
        row = parts[parts["row"] == name].iloc[0]
        told.append(f"{name} for the whole {row['low']:.0f} to {row['high']:.0f} days")
    return "Days from Xi'an over the Caspian Sea. " + "; ".join(told) + "."


def spread(parts: pd.DataFrame, ax: Axes) -> Axes:
    """Draw which stages make the spread of a corridor's days, as shares of its variance.

    Parameters
    ----------
    parts : DataFrame
        As `analysis.simulation.spread_of` gives it.
    ax : Axes
        Stages down in the order of travel, % across, from zero.
    """
    for place, row in enumerate(parts.itertuples()):
        own = row.basis != "sourced"
        ax.barh(
            place,
            row.share_percent,
            height=0.62,
            color="white" if own else style.MEASURED,
            edgecolor=style.ESTIMATE if own else style.MEASURED,
            hatch="////" if own else "",
            lw=1,
        )
        ax.annotate(
            f"{row.share_percent:.0f} %",
            (row.share_percent, place),
            (4, 0),
            textcoords="offset points",
            va="center",
            fontsize=9.3,
        )
    ax.set_yticks(range(len(parts)), list(parts["stage"]))
    ax.set(
        xlim=(0, 1.15 * parts["share_percent"].max()),
        ylim=(len(parts) - 0.5, -0.6),
        xlabel="Share of the variance of the days, %",
    )
    ax.legend(
        handles=[
            Patch(facecolor=style.MEASURED, label="days from sources"),
            Patch(
                facecolor="white",
                edgecolor=style.ESTIMATE,
                hatch="////",
                label="some or all days are ours",
            ),
        ],
        loc="upper right",
        bbox_to_anchor=(1, 0.99),
    )
    ax.tick_params(axis="y", length=0, labelcolor=style.INK)
    style.grid(ax, "x")
    return ax


def spread_alt(parts: pd.DataFrame, corridor: str) -> str:
    """Say the bars in words: each stage with its share."""
    told = ", ".join(
        f"{row.stage} {row.share_percent:.0f} %{'' if row.basis == 'sourced' else ' (partly ours)'}"
        for row in parts.itertuples()
    )
    return f"Shares of the variance of the days of {corridor}: {told}."


def waiting(
    curve: pd.DataFrame, ax: Axes, *, now: tuple[float, float], planned: float, top: float = 21
) -> Axes:
    """Draw the mean wait at Aktau against the use of the ships, with its interval.

    Dotted beyond the point where the queue has no steady state in that sea.

    Parameters
    ----------
    curve : DataFrame
        As `analysis.simulation.curve` gives it.
    ax : Axes
        Use of the stated capacity across, days up, from zero to ``top``.
    now : pair of float
        Lower and upper reading of the use in the last year, in %.
    planned : float
        Use that the plan for that year asked for, in %.
    """
    ax.axvspan(*now, color="#f3e3c3", lw=0, zorder=0)
    ax.text(
        sum(now) / 2, top * 0.02, "2025", ha="center", va="bottom", fontsize=9.3, color="#7a5a10"
    )
    for sea, (color, line, marker, told) in SEAS.items():
        rows = curve[curve["sea"] == sea]
        steady = rows[rows["load_percent"] < 100]
        ax.plot(rows["use_percent"], rows["wait"], color=color, ls=line, lw=1.8)
        ax.errorbar(
            rows["use_percent"],
            rows["wait"],
            yerr=[rows["wait"] - rows["low"], rows["high"] - rows["wait"]],
            fmt="none",
            ecolor=color,
            capsize=2.2,
            lw=1,
        )
        for part, fill in ((rows, "white"), (steady, color)):
            ax.plot(
                part["use_percent"], part["wait"], ls="", marker=marker, ms=5.5, color=color,
                markerfacecolor=fill, zorder=4,
            )  # fmt: skip
        x, y, side = _SEA_NAMES[sea]
        ax.text(x, y * top, told, ha=side, va="center", color=color, fontsize=9.3, bbox=_PLATE)
    right = 101.0
    ax.axvline(planned, color=style.CLAIM, lw=1.2, ls=(0, (4, 2)))
    ax.text(
        planned - 0.6,
        0.8 * top,
        f"planned for\n2025: {planned:.0f} %",
        ha="right",
        va="center",
        fontsize=9,
        color=style.CLAIM,
        bbox=_PLATE,
    )
    ax.set(
        xlim=(curve["use_percent"].min() - 2, right),
        ylim=(0, top),
        xlabel="Use of the ships, % of the stated capacity",
        ylabel="Mean wait at Aktau, days",
        yticks=range(0, int(top) + 1, 3),
    )
    style.grid(ax, "y")
    return ax


def waiting_alt(curve: pd.DataFrame) -> str:
    """Say the lines in words: the wait at each use, by the state of the sea."""
    told = []
    for sea, rows in curve.groupby("sea", sort=False):
        points = ", ".join(
            f"{row.use_percent:.0f} % {row.wait:.1f}"
            + (" (no steady state)" if row.load_percent >= 100 else "")
            for row in rows.itertuples()
        )
        told.append(f"{sea}: {points}")
    return "Mean days of waiting at Aktau by use of the ships. " + "; ".join(told) + "."


def choice(choices: pd.DataFrame, ax: Axes, *, lines: pd.DataFrame) -> Axes:
    """Draw what each corridor costs against how long it takes, and the break-even lines.

    A line joins two corridors; its slope is the value of a day at which they come to the same.

    Parameters
    ----------
    choices : DataFrame
        As `analysis.routes.options` gives it, of one market.
    ax : Axes
        Days across, thousand USD up, both from zero.
    lines : DataFrame
        The rows of `analysis.routes.break_evens` to draw.
    """
    points = {}
    hollow = {"stated": None, "derived": "white", "assumed": "white"}
    for row in choices.itertuples():
        look = CORRIDORS[row.corridor]
        color = look.color if row.basis != "assumed" else "#8d979e"
        usd = row.usd / 1000
        points[row.corridor, row.year] = (row.mean, usd)
        ax.errorbar(
            row.mean,
            usd,
            xerr=[[row.mean - row.p10], [row.p90 - row.mean]],
            yerr=[[(row.usd - row.low) / 1000], [(row.high - row.usd) / 1000]],
            color=color,
            lw=1.2,
            ls="",
            capsize=2.5,
            marker=look.marker,
            ms=8,
            markerfacecolor=hollow[row.basis] or color,
            markeredgecolor=color,
            zorder=4,
        )
        word = {"derived": ", derived", "assumed": ", ASSUMED"}.get(row.basis, "")
        right, up, side = _NAMES.get(row.corridor, (7, 6, "left"))
        ax.annotate(
            f"{row.corridor}\n{row.year}{word}",
            (row.mean, usd),
            (right, up),
            textcoords="offset points",
            ha=side,
            fontsize=9.2,
            color=color if row.basis != "assumed" else style.MUTED,
            bbox=_PLATE,
            zorder=6,
        )
    for line in lines.itertuples():
        x1, y1 = points[line.quicker, line.quicker_year]
        x2, y2 = points[line.slower, line.slower_year]
        ax.plot([x1, x2], [y1, y2], color=style.INK, lw=0.9, ls=(0, (4, 2)), zorder=2)
        ax.text(
            0.5 * (x1 + x2),
            0.5 * (y1 + y2),
            f"${line.usd:,.0f} a day",
            ha="center",
            va="center",
            fontsize=9.2,
            bbox=_PLATE,
            zorder=5,
        )
    ax.set(
        xlim=(0, 1.12 * choices["p90"].max()),
        ylim=(0, 1.12 * choices["high"].max() / 1000),
        xlabel="Days (mean; whiskers from P10 to P90)",
        ylabel="Thousand USD per FEU",
    )
    ax.legend(
        handles=[
            Line2D([], [], marker="o", ls="", color=style.INK, label="stated price"),
            Line2D(
                [], [], marker="o", ls="", color=style.INK, markerfacecolor="white",
                label="derived or assumed price",
            ),
            Line2D([], [], ls=(0, (4, 2)), lw=0.9, color=style.INK, label="break-even"),
        ],
        loc="upper center",
        bbox_to_anchor=(0.45, -0.2),
        ncols=3,
        handlelength=1.8,
        columnspacing=1.2,
        fontsize=9.2,
    )  # fmt: skip
    style.grid(ax, "y")
    return ax


def choice_alt(choices: pd.DataFrame, lines: pd.DataFrame) -> str:
    """Say the points in words: days and price of each corridor, then the break-even values."""
    told = [
        f"{row.corridor} {row.mean:.0f} days, {row.usd:,.0f} USD in {row.year}"
        + ("" if row.basis == "stated" else f" ({row.basis})")
        for row in choices.itertuples()
    ]
    ends = [
        f"{line.quicker} ({line.quicker_year}) over {line.slower} {line.usd:,.0f} USD a day"
        for line in lines.itertuples()
    ]
    return (
        "Days and price for a forty-foot container. "
        + "; ".join(told)
        + ". Break-even: "
        + "; ".join(ends)
        + "."
    )


def _market(name: str) -> str:
    return {"Rhine": "the Rhine"}.get(name, name)
