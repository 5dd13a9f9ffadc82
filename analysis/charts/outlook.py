"""Pictures of what trade weighs: its share, the last year's interval, the targets ahead."""

import pandas as pd
from matplotlib.axes import Axes

from ..countries import NAMES
from . import style


def shares(frame: pd.DataFrame, ax: Axes, *, level: pd.DataFrame, year: int) -> Axes:
    """Draw the share of each member's trade that is with the others, through the years.

    Parameters
    ----------
    frame : DataFrame
        As `analysis.trade.share_path` gives it.
    ax : Axes
        Where to draw.
    level : DataFrame
        As `analysis.trade.member_shares` gives it: drawn as open rings in ``year``.
    year : int
        The year of ``level``.
    """
    last = int(frame["year"].max())
    ends = {}
    for code, rows in frame.groupby("country"):
        group = code == "OTS"
        mark = None if group else style.COUNTRIES[code]
        ax.plot(rows["year"], rows["share"], color=style.INK if group else mark.color,
                linestyle="-" if group else mark.line, linewidth=2.6 if group else 1.7)  # fmt: skip
        ends[code] = float(rows.loc[rows["year"] == last, "share"].iloc[0])
    for row in level.itertuples():
        mark = style.COUNTRIES[row.country]
        ax.plot(year, row.share, mark.marker, markersize=7, markerfacecolor=style.GROUND,
                markeredgecolor=mark.color, markeredgewidth=1.6)  # fmt: skip
    placed = style.spread(list(ends.values()), 2.3)
    for (code, value), height in zip(ends.items(), placed, strict=True):
        color = style.INK if code == "OTS" else style.COUNTRIES[code].color
        ax.text(last + 0.5, height, f"{'all five' if code == 'OTS' else NAMES[code]} {value:.0f} %",
                color=color, fontsize=9.5, va="center", ha="left",
                fontweight="bold" if code == "OTS" else "normal")  # fmt: skip
    ax.set_xlim(frame["year"].min() - 0.3, last + 8.2)
    ax.set_ylim(0, float(frame["share"].max()) * 1.06)
    ax.set_xticks([y for y in sorted(set(frame["year"])) if y % 5 == 0])
    ax.set_ylabel("% of trade with the world")
    ax.set_xlabel(f"open marks: {year} from one source (BACI)")
    style.grid(ax, "y")
    return ax


def shares_alt(frame: pd.DataFrame, *, level: pd.DataFrame, year: int) -> str:
    """Say the shares in words."""
    last = int(frame["year"].max())
    told = []
    for code, rows in frame.groupby("country"):
        by_year = rows.set_index("year")["share"]
        name = "all five together" if code == "OTS" else NAMES[code]
        told.append(f"{name} {by_year[last - 10]:.1f} % in {last - 10}, {by_year[last]:.1f} % in "
                    f"{last}")  # fmt: skip
    rings = ", ".join(f"{NAMES[row.country]} {row.share:.1f} %" for row in level.itertuples())
    return (
        f"Lines of the share of each member's trade with the world that is with the other members: "
        f"{'; '.join(told)}. Open marks give {year} from one source: {rings}."
    )


def estimate(frame: pd.DataFrame, ax: Axes, *, asked: pd.DataFrame, central: float,
             before: tuple[int, float]) -> Axes:  # fmt: skip
    """Draw the spread of the draws over the interval that each open question makes alone.

    Parameters
    ----------
    frame : DataFrame
        As `analysis.trade.histogram` gives it.
    ax : Axes
        Its place in the figure is divided between two panels; it is itself left blank.
    asked : DataFrame
        As `analysis.trade.questions` gives it.
    central : float
        The path's own figure, USD billion.
    before : tuple of (int, float)
        An earlier year and its figure, for comparison.
    """
    ax.set_axis_off()
    cells = ax.get_subplotspec().subgridspec(2, 1, height_ratios=(1, 1.35), hspace=0.05)
    above = ax.get_figure().add_subplot(cells[0])
    below = ax.get_figure().add_subplot(cells[1], sharex=above)
    whole = asked[asked["question"] == "all"].iloc[0]
    inside = (frame["low"] >= whole["low"]) & (frame["high"] <= whole["high"])
    above.bar(frame["low"], frame["share"], frame["high"] - frame["low"], align="edge",
              color=[style.ESTIMATE if ok else style.BAND for ok in inside],
              edgecolor=style.GROUND, linewidth=0.4)  # fmt: skip
    for panel in (above, below):
        panel.axvline(central, color=style.INK, linewidth=1.2)
        panel.axvline(before[1], color=style.MUTED, linewidth=1.2, linestyle=":")
    top = float(frame["share"].max())
    above.text(central, top * 1.04, f"path: {central:.1f}", ha="center", va="bottom", fontsize=9.5,
               fontweight="bold",
               bbox={"facecolor": style.GROUND, "edgecolor": "none", "pad": 1})  # fmt: skip
    above.text(before[1], top * 1.04, f"{before[0]}: {before[1]:.1f} ", ha="right", va="bottom",
               fontsize=9.5, color=style.MUTED)  # fmt: skip
    above.set_ylim(0, top * 1.25)
    above.set_yticks([])
    above.spines["left"].set_visible(False)
    above.tick_params(axis="x", labelbottom=False, length=0)
    for position, row in enumerate(asked.itertuples()):
        all_open = row.question == "all"
        below.plot([row.low, row.high], [position + 0.12] * 2, linewidth=6 if all_open else 4,
                   color=style.ESTIMATE, solid_capstyle="butt")  # fmt: skip
        below.text(float(frame["low"].min()), position - 0.32,
                   f"{row.text} {row.low:.1f} to {row.high:.1f}", fontsize=9.5, va="center",
                   fontweight="bold" if all_open else "normal",
                   bbox={"facecolor": style.GROUND, "edgecolor": "none", "pad": 0.3})  # fmt: skip
    below.set_ylim(len(asked) - 0.4, -0.75)
    below.set_yticks([])
    below.spines["left"].set_visible(False)
    below.set_xlabel("USD billion, each flow once; bars hold 90 % of the draws")
    style.grid(below, "x")
    return ax


def estimate_alt(frame: pd.DataFrame, *, asked: pd.DataFrame, central: float) -> str:
    """Say the interval in words."""
    told = "; ".join(f"{row.text} {row.low:.1f} to {row.high:.1f}" for row in asked.itertuples())
    return (
        f"Histogram of drawn totals from {frame['low'].min():.1f} to {frame['high'].max():.1f} USD "
        f"billion around the path's {central:.1f}, over bars of the interval that holds 90 % of "
        f"the draws, by open question: {told}."
    )


def targets(frame: pd.DataFrame, ax: Axes, *, start: int, end: int) -> Axes:
    """Draw for each target the yearly growth it needs beside the growth of the past.

    Parameters
    ----------
    frame : DataFrame
        As `analysis.trade.needed` gives it.
    ax : Axes
        Where to draw.
    start, end : int
        Years between which the past growth is taken.
    """
    left = min(0.0, 1.1 * float(frame[["past", "needed"]].min().min()))
    for position, row in frame.iterrows():
        ax.plot([row["past"], row["needed"]], [position + 0.16] * 2, color=style.MUTED,
                linewidth=1.3)  # fmt: skip
        ax.plot(row["past"], position + 0.16, "o", color=style.MEASURED, markersize=7)
        ax.plot(row["needed"], position + 0.16, "D", markersize=7, markeredgewidth=1.6,
                markeredgecolor=style.CLAIM,
                markerfacecolor=style.CLAIM if row["dated"] else style.GROUND)  # fmt: skip
        who = "" if "–" in row["scope"] else f" ({row['who']})"
        amounts = f"{_amount(row['now'])} to {_amount(row['target'])} billion"
        ax.text(left + 0.1, position - 0.3, f"{row['name']}{who}: {amounts}", fontsize=9.5,
                va="center", ha="left")  # fmt: skip
        right = max(row["past"], row["needed"])
        told = f"{row['needed']:.0f} %".replace("-", "\N{MINUS SIGN}")
        ax.text(right + 0.7, position + 0.16, told, fontsize=9.5, va="center",
                fontweight="bold", ha="left")  # fmt: skip
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.set_ylim(len(frame) - 0.4, -0.7)
    ax.set_xlim(left, max(1.0, float(frame[["past", "needed"]].max().max()) * 1.14))
    ax.set_xlabel(f"growth a year, % (dot: {start} to {end}; diamond: needed to\nmeet the target "
                  "by 2030, filled where the source names that year)")  # fmt: skip
    style.grid(ax, "x")
    return ax


def _amount(value: float) -> str:
    """Write an amount with two digits, or whole from ten on.

    Examples
    --------
    >>> _amount(0.126), _amount(9.46), _amount(100.2)
    ('0.13', '9.5', '100')
    """
    return f"{value:.0f}" if value >= 10 else f"{value:.2g}"


def targets_alt(frame: pd.DataFrame) -> str:
    """Say the targets in words."""
    told = "; ".join(
        f"{row.name_}: {row.target:.3g} billion ({row.who}), {row.needed:.1f} % a year to "
        f"{row.due} against {row.past:.1f} %"
        for row in frame.rename(columns={"name": "name_"}).itertuples()
    )
    return f"Growth a year that each target needs, against that of the past ten years. {told}."
