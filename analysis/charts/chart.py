"""A chart: a picture together with its words."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, cast

import pandas as pd
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpecFromSubplotSpec, SubplotSpec
from matplotlib.text import Text

from ..quantities import keys_of
from . import style

for _file in sorted(style.TYPE.glob("*.ttf")):
    font_manager.fontManager.addfont(_file)


class Chart(ABC):
    """A picture, the finding that it shows, and the same for those who do not see it.

    A chart is a frozen dataclass whose fields are the frame and the options; whatever it says and
    draws follows from them, so that words and picture cannot come from different frames.

    Attributes
    ----------
    frame : DataFrame
        What is drawn; readers may take it as CSV.
    caption : str
        The finding, as a sentence.
    alt : str
        The picture in words, with its figures.
    sources : tuple of str
        Keys of the bibliography; those of the frame's rows, unless a chart says otherwise.
    tables : tuple of str
        Names of the tables in ``data/`` that the frame was made from.
    height : float
        Inches; the width is the house's.
    """

    frame: pd.DataFrame
    tables: ClassVar[tuple[str, ...]] = ()
    height: ClassVar[float] = 3.4

    @abstractmethod
    def draw(self, ax: Axes) -> Axes:
        """Draw on an ax, and give it back."""

    @property
    @abstractmethod
    def caption(self) -> str:
        """The finding, as a sentence."""

    @property
    @abstractmethod
    def alt(self) -> str:
        """The picture in words."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of the bibliography: those of the frame's rows."""
        return keys_of(self.frame["source_keys"])


@dataclass(frozen=True)
class CitedChart(Chart):
    """A chart of a frame without a column of sources; they come beside it."""

    frame: pd.DataFrame
    cites: tuple[str, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of the bibliography, as given."""
        return self.cites


def divided(
    ax: Axes, rows: int, columns: int, **spaces: Any
) -> tuple[Figure, GridSpecFromSubplotSpec]:
    """Divide the place of an ax, which is left blank, into cells for panels."""
    ax.set_axis_off()
    place = cast("SubplotSpec", ax.get_subplotspec())
    return cast("Figure", ax.get_figure()), place.subgridspec(rows, columns, **spaces)


def panels(ax: Axes, count: int, wide: int, **spaces: Any) -> list[Axes]:
    """Put panels in the place of an ax, which is left blank, row by row."""
    figure, cells = divided(ax, -(-count // wide), wide, **spaces)
    return [figure.add_subplot(cells[divmod(number, wide)]) for number in range(count)]


def stacked(ax: Axes, heights: tuple[float, float], hspace: float) -> tuple[Axes, Axes]:
    """Put two panels with one horizontal scale in the place of an ax, which is left blank."""
    figure, cells = divided(ax, 2, 1, height_ratios=heights, hspace=hspace)
    above = figure.add_subplot(cells[0])
    return above, figure.add_subplot(cells[1], sharex=above)


def curl(figure: Figure) -> None:
    """Write every apostrophe of a figure as the text around it does."""

    def curled(text: Text) -> str:
        return str(text.get_text()).replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")

    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            names = axis.get_ticklabels()
            if any("'" in name.get_text() for name in names):
                axis.set_ticklabels([curled(name) for name in names])
    for text in figure.findobj(Text):
        text.set_text(curled(text))
