"""What the members trade: the sections of two years, one over the other."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
from matplotlib.axes import Axes

from . import style
from .chart import Chart


@dataclass(frozen=True)
class Sections(Chart):
    """Each section's trade in two years, as `analysis.trade.goods.by_section` gives it."""

    frame: pd.DataFrame
    start: int
    end: int
    tables: ClassVar = ("trade_sections",)
    height: ClassVar = 5.4

    def draw(self, ax: Axes) -> Axes:
        """Draw the later year as a bar, the earlier as a mark."""
        most = float(self.frame[["start", "end"]].to_numpy().max())
        for position, row in enumerate(self.frame.itertuples()):
            ax.barh(position, row.end, 0.42, color=style.MEASURED)
            for color, width in ((style.GROUND, 4.4), (style.INK, 2.2)):
                ax.plot([row.start] * 2, [position - 0.28, position + 0.28], color=color,
                        linewidth=width, solid_capstyle="butt")  # fmt: skip
            ax.text(0.0, position - 0.43, row.name, fontsize=9.5, va="center", ha="left",
                    bbox={"facecolor": style.GROUND, "edgecolor": "none", "pad": 0.3})  # fmt: skip
            change = f"{row.change:+.1f}".replace("-", "\N{MINUS SIGN}")
            ax.text(max(row.start, row.end) + 0.015 * most, position,
                    f"{row.end:.1f} ({change})", fontsize=9, va="center", ha="left")  # fmt: skip
        ax.set_yticks([])
        ax.spines["left"].set_visible(False)
        ax.set_ylim(len(self.frame) - 0.5, -0.8)
        ax.set_xlim(0, most * 1.24)
        ax.set_xlabel(f"USD billion, each flow once; bars {self.end}, strokes {self.start}")
        style.grid(ax, "x")
        return ax

    @property
    def caption(self) -> str:
        """Say what is traded most, and what grew most."""
        alone = self.frame[self.frame["section"] != ""]
        largest, risen = alone.iloc[0], alone.loc[alone["change"].idxmax()]
        before = 100 * largest["start"] / self.frame["start"].sum()
        if risen["change"] <= 0:
            grew = "no section of the largest grew"
        else:
            same = risen["section"] == largest["section"]
            what = "the same section" if same else f"“{risen['name']}”"
            grew = f"{what} grew most, by {risen['change']:.1f} USD billion"
        return (
            f"“{largest['name']}” made {largest['share']:.0f} % of the members' trade with each "
            f"other in {self.end}, and {before:.0f} % in {self.start}; {grew}: sections of the "
            "Harmonized System, each flow counted once."
        )

    @property
    def alt(self) -> str:
        """List the sections."""
        sections = "; ".join(
            f"{row.name} {row.end:.2f}, before {row.start:.2f}" for row in self.frame.itertuples()
        )
        return (
            f"Bars of what the members sold each other in {self.end}, by section of the Harmonized "
            f"System in USD billion, and strokes for {self.start}: {sections}. All: "
            f"{self.frame['end'].sum():.2f}, before {self.frame['start'].sum():.2f}."
        )
