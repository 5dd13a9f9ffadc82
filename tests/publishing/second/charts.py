"""The one drawing of a second book."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
from matplotlib.axes import Axes

from .chart import Chart


@dataclass(frozen=True)
class Bars(Chart):
    """Each value as a bar, the labels as they stand."""

    frame: pd.DataFrame
    tables: ClassVar[tuple[str, ...]] = ("trade_pairs",)
    caption = "Trade of the pair in <i>three</i> years, as $x^2$ is."
    alt = "Bars of <b>3</b> years, the last of them 2024, labelled by signs such as =1+1 & #set."
    sources = ("border2024",)

    def draw(self, ax: Axes) -> Axes:
        """Draw the bars."""
        ax.barh(self.frame["label"], self.frame["value"])
        ax.set_xlim(0)
        ax.set_xlabel("USD billion, $now$")
        return ax
