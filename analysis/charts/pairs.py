"""Pictures of the pairs: what each added, its path, who sells to whom, and the mirror gaps."""

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from ..countries import NAMES
from . import style

_FELL = "#9a5b00"
_SHADES = LinearSegmentedColormap.from_list("intensity", ["#eef5f8", "#0b4f6e"])


def waterfall(frame: pd.DataFrame, ax: Axes, *, start: int, end: int, guessed: tuple[str, ...],
              spans: dict[str, tuple[float, float]]) -> Axes:  # fmt: skip
    """Draw how the pairs lead from one year's total to another's.

    Parameters
    ----------
    frame : DataFrame
        As `analysis.trade.contributions` gives it.
    ax : Axes
        Where to draw.
    start, end : int
        Its years.
    guessed : tuple of str
        Bases that are estimates: their steps are hatched.
    spans : dict
        Pair -> the lowest and the highest other figure of its last year, USD billion: its step
        carries a line between where they would lead.
    """
    level = float(frame["start"].sum())
    ax.barh(0, level, 0.5, color=style.MUTED)
    _step_text(ax, 0, f"All pairs, {start}", level, f"{level:.1f}")
    for position, row in enumerate(frame.itertuples(), 1):
        estimate = row.basis in guessed
        color = style.MEASURED if row.change >= 0 else _FELL
        ax.barh(position, row.change, 0.5, left=level, color=style.GROUND if estimate else color,
                edgecolor=style.ESTIMATE if estimate else color,
                hatch="////" if estimate else None)  # fmt: skip
        ax.plot([level, level], [position - 1 + 0.25, position - 0.25], color=style.MUTED,
                linewidth=0.8)  # fmt: skip
        told, right = _signed(row.change), max(level, level + row.change)
        if row.pair in spans:
            low, high = (level + value - row.start for value in spans[row.pair])
            ax.errorbar(
                level + row.change, position,
                xerr=[[level + row.change - low], [high - level - row.change]], fmt="none",
                ecolor=style.INK, elinewidth=1.4, capsize=3,
            )  # fmt: skip
            told += " (" + " to ".join(_signed(v - row.start) for v in spans[row.pair]) + ")"
            right = max(right, high)
        level += row.change
        _step_text(ax, position, _long(row.pair), right, told)
    last = len(frame) + 1
    ax.barh(last, level, 0.5, color=style.MUTED)
    _step_text(ax, last, f"All pairs, {end}", level, f"{level:.1f}")
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.set_ylim(last + 0.5, -0.75)
    ax.set_xlim(0, max(level, float(frame["start"].sum())) * 1.14)
    notes = ["hatched: estimate"] if frame["basis"].isin(guessed).any() else []
    notes += ["line: its other figures"] if spans else []
    ax.set_xlabel("USD billion, each flow once" + (f" ({'; '.join(notes)})" if notes else ""))
    style.grid(ax, "x")
    return ax


def _step_text(ax: Axes, position: int, name: str, right: float, value: str) -> None:
    ax.text(0.15, position - 0.4, name, fontsize=9.5, va="center", ha="left",
            bbox={"facecolor": style.GROUND, "edgecolor": "none", "pad": 0.4})  # fmt: skip
    ax.text(right + 0.3, position, value, fontsize=9, fontweight="bold", va="center", ha="left")


def _signed(value: float) -> str:
    """Write a change with its sign.

    Examples
    --------
    >>> _signed(4.342), _signed(-2)
    ('+4.34', '−2.00')
    """
    return f"{value:+.2f}".replace("-", "\N{MINUS SIGN}")


def waterfall_alt(
    frame: pd.DataFrame, *, start: int, end: int, spans: dict[str, tuple[float, float]]
) -> str:
    """Say the waterfall in words."""
    steps = "; ".join(
        f"{_long(row.pair)} {_signed(row.change)}"
        + (
            f" ({' to '.join(_signed(value - row.start) for value in spans[row.pair])} by other "
            "figures)"
            if row.pair in spans
            else ""
        )
        for row in frame.itertuples()
    )
    return (
        f"Steps from the total of {start}, {frame['start'].sum():.1f} USD billion, to that of "
        f"{end}, {frame['end'].sum():.1f}, each flow once, by pair: {steps}."
    )


def panels(frame: pd.DataFrame, ax: Axes, *, guessed: tuple[str, ...]) -> Axes:
    """Draw the path of every pair with its band, in two columns, the largest first.

    Thin lines in the band are the reports of either side, exporters' dashed, importers' dotted.

    Parameters
    ----------
    frame : DataFrame
        As `analysis.trade.path` gives it.
    ax : Axes
        Its place in the figure is divided among the panels; it is itself left blank.
    guessed : tuple of str
        Bases that are estimates: their years carry a diamond.
    """
    ax.set_axis_off()
    last = frame["year"].max()
    order = frame[frame["year"] == last].sort_values("central", ascending=False)["pair"]
    rows = (len(order) + 1) // 2
    cells = ax.get_subplotspec().subgridspec(rows, 2, hspace=0.06, wspace=0.04)
    for place, pair in enumerate(order):
        panel = ax.get_figure().add_subplot(cells[divmod(place, 2)])
        _panel(frame[frame["pair"] == pair], panel, guessed)
    return ax


def _panel(rows: pd.DataFrame, ax: Axes, guessed: tuple[str, ...]) -> None:
    ax.fill_between(rows["year"], rows["low"], rows["high"], color=style.BAND, linewidth=0)
    for side, dashes in (("exporters", (4, 2)), ("importers", (1, 1.5))):
        ax.plot(rows["year"], rows[side], color=style.MUTED, linewidth=0.9, dashes=dashes)
    ax.plot(rows["year"], rows["central"], color=style.MEASURED, linewidth=1.6)
    marked = rows[rows["basis"].isin(guessed)]
    ax.plot(marked["year"], marked["central"], "D", markersize=4.5, linestyle="none",
            markerfacecolor=style.GROUND, markeredgecolor=style.ESTIMATE)  # fmt: skip
    end = rows.iloc[-1]
    ax.annotate(
        f"{end['central']:.2g}" if end["central"] < 1 else f"{end['central']:.1f}",
        (end["year"], end["central"]), xytext=(6, 0), textcoords="offset points", va="center",
        fontsize=9, fontweight="bold",
    )  # fmt: skip
    ax.set_title(_long(end["pair"]), loc="left", fontsize=9.5, fontweight="bold")
    ax.set_ylim(0, float(rows["high"].max()) * 1.12)
    ax.set_xlim(rows["year"].min() - 0.5, rows["year"].max() + 4.2)
    ax.set_xticks([rows["year"].min(), 2014, rows["year"].max()])
    ax.locator_params(axis="y", nbins=3)
    ax.tick_params(labelsize=9)
    style.grid(ax, "y")


def panels_alt(frame: pd.DataFrame) -> str:
    """Say the panels in words: first, middle and last figure of each pair."""
    last = frame["year"].max()
    told = []
    for pair, rows in frame.groupby("pair"):
        by_year = rows.set_index("year")["central"]
        years = (by_year.index.min(), last - 10, last)
        told.append(
            f"{_long(pair)}: " + ", ".join(f"{by_year[year]:.2g} in {year}" for year in years)
        )
    return f"Ten small panels, trade of each pair in USD billion. {'; '.join(told)}."


def matrix(frame: pd.DataFrame, ax: Axes) -> Axes:
    """Draw who sells to whom: the amount in each cell, the shade by trade intensity.

    Parameters
    ----------
    frame : DataFrame
        As `analysis.trade.intensity` gives it.
    ax : Axes
        Where to draw.
    """
    codes = sorted(set(frame["exporter"]))
    place = {code: index for index, code in enumerate(codes)}
    most = math.log(frame["intensity"].max())
    for row in frame.itertuples():
        x, y = place[row.importer], place[row.exporter]
        depth = max(0.0, math.log(max(row.intensity, 1.0)) / most)
        ax.fill([x - 0.48, x + 0.48, x + 0.48, x - 0.48], [y - 0.46, y - 0.46, y + 0.46, y + 0.46],
                color=_SHADES(depth), linewidth=0)  # fmt: skip
        ink = style.GROUND if depth > 0.55 else style.INK
        ax.text(x, y - 0.12, f"{row.usd_billion:.2f}", ha="center", va="center", color=ink,
                fontsize=10, fontweight="bold")  # fmt: skip
        ax.text(x, y + 0.24, f"×\N{THIN SPACE}{row.intensity:.0f}", ha="center", va="center",
                color=ink, fontsize=9.5)  # fmt: skip
    total = len(codes)
    for code in codes:
        sold = frame.loc[frame["exporter"] == code, "usd_billion"].sum()
        bought = frame.loc[frame["importer"] == code, "usd_billion"].sum()
        ax.text(total - 0.05, place[code], f"{sold:.1f}", ha="center", va="center", fontsize=9.5)
        ax.text(place[code], total - 0.2, f"{bought:.1f}", ha="center", va="center", fontsize=9.5)
    ax.text(total - 0.05, total - 0.2, f"{frame['usd_billion'].sum():.1f}", ha="center",
            va="center", fontsize=10, fontweight="bold")  # fmt: skip
    names = [NAMES[code] for code in codes]
    # Every second head stands a line higher: at a readable size they are wider than the cells.
    heads = [name + "\n" * (place % 2) for place, name in enumerate(names)]
    ax.set_xticks([*range(total), total - 0.05], [*heads, "all"], fontsize=9.5)
    ax.set_yticks([*range(total), total - 0.2], [*names, "all"], fontsize=9.5)
    ax.xaxis.tick_top()
    ax.xaxis.set_label_position("top")
    ax.set_xlabel("sellers in rows, buyers in columns; USD billion and × intensity")
    ax.set_xlim(-0.5, total + 0.3)
    ax.set_ylim(total + 0.1, -0.5)
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    return ax


def matrix_alt(frame: pd.DataFrame) -> str:
    """Say the matrix in words."""
    cells = "; ".join(
        f"{NAMES[row.exporter]} to {NAMES[row.importer]} {row.usd_billion:.2f} (intensity "
        f"{row.intensity:.1f})"
        for row in frame.sort_values("usd_billion", ascending=False).itertuples()
    )
    return (
        "Matrix of trade among the five members, USD billion, sellers in rows, buyers in columns, "
        f"shaded by trade intensity: {cells}. All flows: {frame['usd_billion'].sum():.1f}."
    )


def mirrors(frame: pd.DataFrame, ax: Axes) -> Axes:
    """Draw the two reports of every pair, and how much of the one the other is.

    Parameters
    ----------
    frame : DataFrame
        As `analysis.trade.gaps` gives it.
    ax : Axes
        Where to draw; its horizontal scale is logarithmic.
    """
    for position, row in frame.iterrows():
        ax.plot([row["exporters"], row["importers"]], [position, position], color=style.MUTED,
                linewidth=1.4)  # fmt: skip
        ax.plot(row["exporters"], position, ">", color=style.EXPORTER_SIDE, markersize=8)
        ax.plot(row["importers"], position, "s", color=style.IMPORTER_SIDE, markersize=6.5)
        both = f"{_amount(row['exporters'])} and {_amount(row['importers'])}"
        ax.text(0.003, position - 0.38, f"{_long(row['pair'])}: {both}", fontsize=9.5, va="center",
                bbox={"facecolor": style.GROUND, "edgecolor": "none", "pad": 0.3})  # fmt: skip
        ax.text(1.01, position, f"{100 * row['ratio']:.0f} %", fontsize=9.5, fontweight="bold",
                va="center", ha="left", transform=ax.get_yaxis_transform())  # fmt: skip
    first = frame.iloc[0]
    for side, color in (("exporters", style.EXPORTER_SIDE), ("importers", style.IMPORTER_SIDE)):
        right = first[side] == max(first["exporters"], first["importers"])
        ax.annotate(f"{side}'", (first[side], 0), xytext=(7 if right else -7, 0),
                    textcoords="offset points", ha="left" if right else "right", va="center",
                    fontsize=9.5, color=color if right else _FELL)  # fmt: skip
    ax.set_xscale("log")
    ax.set_xlim(0.0028, 30)
    ax.set_xticks([0.01, 0.1, 1, 10], ["0.01", "0.1", "1", "10"])
    ax.minorticks_off()
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.set_ylim(len(frame) - 0.5, -0.75)
    ax.set_xlabel("USD billion, both ways, log scale; in percent: importers' of exporters'")
    style.grid(ax, "x")
    return ax


def mirrors_alt(frame: pd.DataFrame) -> str:
    """Say the mirror gaps in words."""
    told = "; ".join(
        f"{_long(row.pair)} {row.exporters:.3g} and {row.importers:.3g}, {100 * row.ratio:.0f} %"
        for row in frame.itertuples()
    )
    return (
        "Two marks a pair, trade both ways by the exporters' and by the importers' reports in USD "
        f"billion, and the second as a share of the first: {told}."
    )


def _amount(value: float) -> str:
    """Write an amount with two decimals, a small one with three.

    Examples
    --------
    >>> _amount(4.683), _amount(0.0069)
    ('4.68', '0.007')
    """
    return f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def _long(pair: str) -> str:
    """Write a pair with the countries' names.

    Examples
    --------
    >>> _long("AZE–TUR")
    'Azerbaijan–Türkiye'
    """
    return "–".join(NAMES[code] for code in pair.split("–"))
