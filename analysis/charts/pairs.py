"""Pictures of the pairs: what each added, its path, who sells to whom, and the mirror gaps."""

import math
from dataclasses import dataclass, field
from typing import ClassVar

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from ..countries import NAMES
from ..formats import of_all
from ..quantities import keys_of, merge
from ..trade import ESTIMATED, names_of
from . import style
from .chart import Chart, divided

_FELL = "#9a5b00"
#: Words on any of them have a contrast of 4.5 to 1 or more, on white pages and on dark ones.
_SHADES = LinearSegmentedColormap.from_list("intensity", ["#eef5f8", "#82a6b7"])
_OF_PATH = ("trade_pairs", "trade_flows", "trade_stated")


@dataclass(frozen=True)
class Waterfall(Chart):
    """How the pairs lead from one year's total to another's.

    ``frame`` is as `analysis.trade.contributions` gives it for ``start`` and ``end``. ``others``
    holds for a pair the lowest and the highest other figure of its last year, USD billion: its
    step carries a line between where they would lead; ``other_sources`` gave them.
    """

    frame: pd.DataFrame
    start: int
    end: int
    others: dict[str, tuple[float, float]] = field(default_factory=dict)
    other_sources: tuple[str, ...] = ()
    tables: ClassVar = (*_OF_PATH, "trade_sums")
    height: ClassVar = 5.9

    def draw(self, ax: Axes) -> Axes:
        """Draw a step a pair, from the first total to the last."""
        level = float(self.frame["start"].sum())
        ax.barh(0, level, 0.5, color=style.MUTED)
        _step_text(ax, 0, f"All pairs, {self.start}", level, f"{level:.1f}")
        for position, row in enumerate(self.frame.itertuples(), 1):
            estimate = row.basis in ESTIMATED
            color = style.MEASURED if row.change >= 0 else _FELL
            ax.barh(
                position,
                row.change,
                0.5,
                left=level,
                color=style.GROUND if estimate else color,
                edgecolor=style.ESTIMATE if estimate else color,
                hatch="////" if estimate else None,
            )
            ax.plot([level, level], [position - 1 + 0.25, position - 0.25], color=style.MUTED,
                    linewidth=0.8)  # fmt: skip
            text, right = _signed(row.change), max(level, level + row.change)
            if row.pair in self.others:
                low, high = (level + value - row.start for value in self.others[row.pair])
                ax.errorbar(
                    level + row.change, position,
                    xerr=[[level + row.change - low], [high - level - row.change]], fmt="none",
                    ecolor=style.INK, elinewidth=1.4, capsize=3,
                )  # fmt: skip
                text += (
                    " (" + " to ".join(_signed(v - row.start) for v in self.others[row.pair]) + ")"
                )
                right = max(right, high)
            level += row.change
            _step_text(ax, position, names_of(row.pair), right, text)
        last = len(self.frame) + 1
        ax.barh(last, level, 0.5, color=style.MUTED)
        _step_text(ax, last, f"All pairs, {self.end}", level, f"{level:.1f}")
        ax.set_yticks([])
        ax.spines["left"].set_visible(False)
        ax.set_ylim(last + 0.5, -0.75)
        ax.set_xlim(0, max(level, float(self.frame["start"].sum())) * 1.14)
        notes = ["hatched: estimate"] if self.frame["basis"].isin(ESTIMATED).any() else []
        notes += ["line: its other figures"] if self.others else []
        ax.set_xlabel("USD billion, each flow once" + (f" ({'; '.join(notes)})" if notes else ""))
        style.grid(ax, "x")
        return ax

    @property
    def caption(self) -> str:
        """Say which pairs made the change."""
        first = self.frame.head(2)
        names = " and ".join(names_of(pair) for pair in first["pair"])
        share = float(first["share"].sum())
        if self.frame["change"].sum() <= 0:
            made = (
                f"{names_of(self.frame.iloc[-1]['pair'])} lost most from {self.start} to {self.end}"
            )
        elif share > 100:
            made = f"{names} added more than the whole growth from {self.start} to {self.end}"
        else:
            made = f"{names} made {share:.0f}% of the growth from {self.start} to {self.end}"
        return f"{made}."

    @property
    def alt(self) -> str:
        """List the steps."""
        steps = "; ".join(
            f"{names_of(row.pair)} {_signed(row.change)}"
            + (
                f" ({' to '.join(_signed(value - row.start) for value in self.others[row.pair])} "
                "by other figures)"
                if row.pair in self.others
                else ""
            )
            for row in self.frame.itertuples()
        )
        return (
            f"Steps from the total of {self.start}, {self.frame['start'].sum():.1f} USD billion, "
            f"to that of {self.end}, {self.frame['end'].sum():.1f}, each flow once, by pair: "
            f"{steps}."
        )

    @property
    def sources(self) -> tuple[str, ...]:
        """Those of its rows and of the other figures."""
        return merge(keys_of(self.frame["source_keys"]), self.other_sources)

    @property
    def further(self) -> tuple[float, ...]:
        """What other figures of a pair would change on its first."""
        first = self.frame.set_index("pair")["start"]
        return tuple(value - first[pair] for pair, ends in self.others.items() for value in ends)


def _step_text(ax: Axes, position: int, name: str, right: float, value: str) -> None:
    ax.text(0.15, position - 0.46, name, va="center", ha="left", bbox=style.PLATE, zorder=0.8)
    ax.text(right + 0.3, position, value, fontweight="bold", va="center", ha="left")


def _signed(value: float) -> str:
    """Write a change with its sign.

    Examples
    --------
    >>> _signed(4.342), _signed(-2), _signed(-0.002)
    ('+4.34', '−2.00', '0.00')
    """
    text = f"{value:+.2f}".replace("-", "\N{MINUS SIGN}")
    return text if float(f"{value:.2f}") else "0.00"


_KEY_OF_PANELS = (
    "USD billion; band: smallest to largest figure; dashed: exporters'\n"
    "reports, dotted: importers'; diamond: estimate"
)


@dataclass(frozen=True)
class Panels(Chart):
    """The path of every pair with its band.

    Thin lines in the band are the reports of either side. ``start`` and ``end`` are compared.
    """

    frame: pd.DataFrame
    start: int
    end: int
    tables: ClassVar = _OF_PATH
    height: ClassVar = 7.7

    def draw(self, ax: Axes) -> Axes:
        """Draw a panel a pair in two columns, the largest first; the ax is left blank."""
        last = self.frame["year"].max()
        order = self.frame[self.frame["year"] == last].sort_values("central", ascending=False)[
            "pair"
        ]
        rows = (len(order) + 1) // 2
        heights = (*(1.0,) * rows, 0.3)
        figure, cells = divided(ax, rows + 1, 2, hspace=0.06, wspace=0.04, height_ratios=heights)
        for place, pair in enumerate(order):
            panel = figure.add_subplot(cells[divmod(place, 2)])
            _panel(self.frame[self.frame["pair"] == pair], panel, self.start)
        key = figure.add_subplot(cells[rows, :])
        key.set_axis_off()
        key.text(0, 0.5, _KEY_OF_PANELS, color=style.MUTED, va="center")
        return ax

    @property
    def caption(self) -> str:
        """Say how many pairs traded more than before, and fewer than in between."""
        wide = self.frame.pivot(index="pair", columns="year", values="central")
        grew = int((wide[self.end] > wide[self.start]).sum())
        return f"{of_all(grew, len(wide))} pairs traded more in {self.end} than in {self.start}."

    @property
    def alt(self) -> str:
        """List the first, a middle and the last figure of each pair."""
        last = self.frame["year"].max()
        panels = []
        for pair, rows in self.frame.groupby("pair"):
            by_year = rows.set_index("year")["central"]
            years = (by_year.index.min(), last - 10, last)
            panels.append(
                f"{names_of(pair)}: "
                + ", ".join(f"{by_year[year]:.2g} in {year}" for year in years)
            )
        return f"Ten small panels, trade of each pair in USD billion. {'; '.join(panels)}."


def _panel(rows: pd.DataFrame, ax: Axes, start: int) -> None:
    ax.fill_between(rows["year"], rows["low"], rows["high"], color=style.BAND, linewidth=0)
    for side, dashes in (("exporters", (4, 2)), ("importers", (1, 1.5))):
        ax.plot(rows["year"], rows[side], color=style.MUTED, linewidth=0.9, dashes=dashes)
    ax.plot(rows["year"], rows["central"], color=style.MEASURED, linewidth=1.6)
    then = rows[rows["year"] == start]
    ax.plot(then["year"], then["central"], "o", color=style.MEASURED, markersize=4)
    marked = rows[rows["basis"].isin(ESTIMATED)]
    ax.plot(marked["year"], marked["central"], "D", markersize=4.5, linestyle="none",
            markerfacecolor=style.GROUND, markeredgecolor=style.ESTIMATE)  # fmt: skip
    end = rows.iloc[-1]
    ax.annotate(
        f"{end['central']:.2g}" if end["central"] < 1 else f"{end['central']:.1f}",
        (end["year"], end["central"]), xytext=(6, 0), textcoords="offset points", va="center",
        fontweight="bold",
    )  # fmt: skip
    ax.set_title(names_of(end["pair"]), loc="left", fontweight="bold")
    ax.set_ylim(0, float(rows["high"].max()) * 1.12)
    ax.set_xlim(rows["year"].min() - 0.5, rows["year"].max() + 4.2)
    ax.set_xticks([rows["year"].min(), start, rows["year"].max()])
    ax.locator_params(axis="y", nbins=3)
    style.grid(ax, "y")


@dataclass(frozen=True)
class Matrix(Chart):
    """Who sells to whom in a year, as `analysis.trade.intensity` gives it."""

    frame: pd.DataFrame
    year: int
    tables: ClassVar = ("trade_flows", "trade_totals")
    height: ClassVar = 4.4

    @property
    def further(self) -> tuple[float, ...]:
        """What each country sells and buys in all."""
        sides = (self.frame.groupby(side)["usd_billion"].sum() for side in ("exporter", "importer"))
        return tuple(value for sums in sides for value in sums)

    def draw(self, ax: Axes) -> Axes:
        """Draw the amount in each cell, shaded by trade intensity."""
        codes = sorted(set(self.frame["exporter"]))
        place = {code: index for index, code in enumerate(codes)}
        most, largest = math.log(self.frame["intensity"].max()), self.frame["usd_billion"].max()
        for row in self.frame.itertuples():
            x, y = place[row.importer], place[row.exporter]
            depth = max(0.0, math.log(max(row.intensity, 1.0)) / most)
            ax.fill(
                [x - 0.48, x + 0.48, x + 0.48, x - 0.48],
                [y - 0.46, y - 0.46, y + 0.46, y + 0.46],
                facecolor=_SHADES(depth),
                edgecolor=style.CLAIM,
                linewidth=2 if row.usd_billion == largest else 0,
            )
            ax.text(x, y - 0.12, f"{row.usd_billion:.2f}", ha="center", va="center",
                    fontweight="bold")  # fmt: skip
            ax.text(x, y + 0.24, f"×\N{THIN SPACE}{row.intensity:.0f}", ha="center", va="center")
        total = len(codes)
        for code in codes:
            sold = self.frame.loc[self.frame["exporter"] == code, "usd_billion"].sum()
            bought = self.frame.loc[self.frame["importer"] == code, "usd_billion"].sum()
            ax.text(total - 0.05, place[code], f"{sold:.1f}", ha="center", va="center")
            ax.text(place[code], total - 0.2, f"{bought:.1f}", ha="center", va="center")
        ax.text(total - 0.05, total - 0.2, f"{self.frame['usd_billion'].sum():.1f}", ha="center",
                va="center", fontweight="bold")  # fmt: skip
        names = [NAMES[code] for code in codes]
        # Every second head stands a line higher: at a readable size they are wider than the cells.
        heads = [name + "\n" * (place % 2) for place, name in enumerate(names)]
        ax.set_xticks([*range(total), total - 0.05], [*heads, "all"])
        ax.set_yticks([*range(total), total - 0.2], [*names, "all"])
        ax.xaxis.tick_top()
        ax.xaxis.set_label_position("top")
        ax.set_xlabel(
            "sellers in rows, buyers in columns; USD billion, and × trade\n"
            "intensity, which the shade repeats; framed: the largest flow",
            labelpad=9,
        )
        ax.set_xlim(-0.5, total + 0.3)
        ax.set_ylim(total + 0.1, -0.5)
        ax.tick_params(length=0, labelcolor=style.INK)
        for spine in ax.spines.values():
            spine.set_visible(False)
        return ax

    @property
    def caption(self) -> str:
        """Say which flow is largest, and how many are intense."""
        top = self.frame.loc[self.frame["usd_billion"].idxmax()]
        return (
            f"{NAMES[top['exporter']]} to {NAMES[top['importer']]} was the largest flow of "
            f"{self.year}."
        )

    @property
    def alt(self) -> str:
        """List the flows, the largest first."""
        cells = "; ".join(
            f"{NAMES[row.exporter]} to {NAMES[row.importer]} {row.usd_billion:.2f} (intensity "
            f"{row.intensity:.1f})"
            for row in self.frame.sort_values("usd_billion", ascending=False).itertuples()
        )
        return (
            "Matrix of trade among the five members, USD billion, sellers in rows, buyers in "
            f"columns, shaded by trade intensity: {cells}. All flows: "
            f"{self.frame['usd_billion'].sum():.1f}."
        )


@dataclass(frozen=True)
class Mirrors(Chart):
    """The two reports of every pair in a year, as `analysis.trade.gaps` gives them."""

    frame: pd.DataFrame
    year: int
    tables: ClassVar = ("trade_flows",)
    height: ClassVar = 5.2

    def draw(self, ax: Axes) -> Axes:
        """Draw a bar a pair: by how much the exporters' reports exceed the importers'."""
        rows = self.frame.sort_values("gap", key=abs, ascending=False, ignore_index=True)
        most = float(rows["gap"].abs().max())
        for position, row in rows.iterrows():
            color = style.EXPORTER_SIDE if row["gap"] >= 0 else style.IMPORTER_SIDE
            ax.barh(position, row["gap"], 0.4, color=color)
            both = f"{_amount(row['exporters'])} and {_amount(row['importers'])}"
            ax.text(
                0.02 * most, position - 0.38, f"{names_of(row['pair'])}: {both}",
                va="center", bbox=style.PLATE, zorder=0.8,
            )  # fmt: skip
            ax.text(max(row["gap"], 0) + 0.02 * most, position, _signed(row["gap"]),
                    fontweight="bold", va="center", ha="left")  # fmt: skip
        ax.axvline(0, color=style.MUTED, linewidth=0.8)
        ax.set_yticks([])
        ax.spines["left"].set_visible(False)
        ax.set_ylim(len(rows) - 0.5, -0.75)
        ax.set_xlim(min(0.0, float(rows["gap"].min())) - 0.05 * most, most * 1.2)
        ax.set_xlabel(
            f"USD billion, both ways, {self.year}: exporters' reports and importers';\n"
            "bar: the first less the second"
        )
        style.grid(ax, "x")
        return ax

    @property
    def caption(self) -> str:
        """Say which gap is widest."""
        sizes = self.frame.set_index("pair")["gap"].abs()
        share = 100 * sizes.max() / sizes.sum()
        return f"{names_of(sizes.idxmax())} made {share:.0f}% of the gaps of {self.year}."

    @property
    def alt(self) -> str:
        """List the two reports of each pair."""
        reports = "; ".join(
            f"{names_of(row.pair)} {row.exporters:.3g} and {row.importers:.3g}, a gap of "
            f"{_signed(row.gap)}"
            for row in self.frame.itertuples()
        )
        return (
            "A bar a pair: trade both ways by the exporters' reports less that by the importers', "
            f"in USD billion: {reports}."
        )


def _amount(value: float) -> str:
    """Write an amount with two decimals, a small one with three.

    Examples
    --------
    >>> _amount(4.683), _amount(0.0069)
    ('4.68', '0.007')
    """
    return f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"
