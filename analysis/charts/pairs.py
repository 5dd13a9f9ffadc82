"""Pictures of the pairs: the path of each, and the gaps between two reports of it."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
from matplotlib.axes import Axes

from ..formats import of_all
from ..trade import ESTIMATED, names_of
from . import style
from .chart import Chart, divided

_OF_PATH = ("trade_pairs", "trade_flows", "trade_stated")


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
    "USD billion, scales differ; band: smallest to largest figure; dashed:\n"
    "exporters' reports, dotted: importers'; dot: {start}; diamond: estimate"
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
        key.text(0, 0.5, _KEY_OF_PANELS.format(start=self.start), color=style.MUTED, va="center")
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
        return f"{names_of(sizes.idxmax())} accounts for {share:.0f}% of the gaps of {self.year}."

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
