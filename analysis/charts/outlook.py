"""Picture of what trade weighs: the share of groups in their own trade."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
from matplotlib.axes import Axes

from . import style
from .chart import Chart


@dataclass(frozen=True)
class Groups(Chart):
    """Groups by the share of their trade that is with each other.

    ``frame`` is as `analysis.trade.beside_others` gives it for ``year``.
    """

    frame: pd.DataFrame
    year: int
    tables: ClassVar = ("trade_groups", "trade_pairs", "trade_flows", "trade_stated",
                        "trade_totals")  # fmt: skip
    height: ClassVar = 2.8

    def draw(self, ax: Axes) -> Axes:
        """Draw a bar a group from zero."""
        for position, row in enumerate(self.frame.itertuples()):
            mine = not row.note
            ax.barh(position, row.share, 0.42, color=style.MEASURED if mine else style.BAND,
                    edgecolor=style.MEASURED)  # fmt: skip
            months = "" if row.months == 12 else f" (first {row.months} months)"
            ax.text(0.2, position - 0.37, f"{row.name}{months}", va="center", bbox=style.PLATE,
                    fontweight="bold" if mine else "normal")  # fmt: skip
            ax.text(row.share + 0.3, position, f"{row.share:.1f}%", va="center",
                    fontweight="bold")  # fmt: skip
        ax.set_yticks([])
        ax.spines["left"].set_visible(False)
        ax.set_ylim(len(self.frame) - 0.5, -0.7)
        ax.set_xlim(0, float(self.frame["share"].max()) * 1.15)
        ax.set_xlabel(f"% of the members' trade with the world, {self.year}; exports and imports")
        style.grid(ax, "x")
        return ax

    @property
    def caption(self) -> str:
        """Say how the five compare with each of the others."""
        mine = self.frame[self.frame["note"] == ""].iloc[0]["share"]
        others = self.frame[self.frame["note"] != ""]
        return (
            f"In {self.year} the five's share was {mine:.1f}%, "
            + ", ".join(
                f"{'the ' * (' ' in row.name)}{row.name}'s {row.share:.1f}%"
                for row in others[["name", "share"]].itertuples(index=False)
            )
            + "."
        )

    @property
    def alt(self) -> str:
        """List the shares."""
        parts = "; ".join(
            f"{row['name']} {row['share']:.1f}%"
            + ("" if row["months"] == 12 else f" in the first {row['months']} months")
            for _, row in self.frame.iterrows()
        )
        return (
            "Bars of the share of groups' trade with the world that is with their own members, "
            f"exports and imports, {self.year}: {parts}."
        )
