"""The house style of every figure: size, type, colours with a meaning, and small helpers.

Colours are distinct in hue and in lightness, and never carry a meaning alone: a line style, a
marker or a label repeats it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:  # the printed book takes its colours from here, and need not load matplotlib
    from matplotlib.axes import Axes

#: Inches, and points: narrow on purpose, for on a phone of 390 px the type still measures 11 px.
WIDTH, SIZE = 5.4, 12
#: The sans of the text's own family, in files beside this module.
TYPE = Path(__file__).with_name("type")

INK, MUTED, GRID, GROUND = "#1b2a36", "#5b6770", "#d9dee2", "#ffffff"
#: What is said in the article.
CLAIM = "#b3261e"
EXPORTER_SIDE, IMPORTER_SIDE = "#0b6e99", "#e08a00"
MEASURED, ESTIMATE, BAND = "#0b6e99", "#8a5fb0", "#c3dbe6"

#: Settings that `analysis.chapter.outputs` draws under; nothing here changes global state.
HOUSE = {
    "font.family": ["Libertinus Sans", "DejaVu Sans"],
    "font.size": SIZE,
    "axes.titlesize": SIZE,
    "axes.labelsize": SIZE,
    "axes.labelcolor": MUTED,
    "axes.edgecolor": MUTED,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": False,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelsize": SIZE,
    "ytick.labelsize": SIZE,
    "text.color": INK,
    "legend.frameon": False,
    "legend.fontsize": SIZE,
    "lines.linewidth": 2,
    "figure.facecolor": GROUND,
    "savefig.facecolor": GROUND,
    "svg.fonttype": "path",
    "svg.hashsalt": "turkic-states-in-figures",
    "hatch.linewidth": 0.6,
}


@dataclass(frozen=True)
class Mark:
    """How one country is drawn everywhere."""

    color: str
    marker: str
    line: str | tuple[int, tuple[int, ...]]


COUNTRIES = {
    "AZE": Mark("#0b6e99", "o", "-"),
    "KAZ": Mark("#d9730d", "s", "--"),
    "KGZ": Mark("#2e7d4f", "^", "-."),
    "TUR": Mark("#8c1d40", "D", ":"),
    "UZB": Mark("#6a4c93", "v", (0, (5, 1, 1, 1, 1, 1))),
}


def grid(ax: "Axes", axis: Literal["x", "y"]) -> None:
    """Draw light lines across ``axis`` and drop its ticks, for reading values off."""
    ax.grid(visible=True, axis=axis)
    ax.tick_params(axis=axis, length=0)


#: Behind a name that stands on lines of the grid.
PLATE = {"facecolor": GROUND, "edgecolor": "none", "pad": 0.6}


def rows(ax: "Axes", names: Sequence[str], above: float = 0.5, **text: Any) -> None:
    """Name rows from the top down, with ``above`` left over the first."""
    ax.set_yticks(range(len(names)), names, **text)
    ax.set_ylim(len(names) - 0.5, -above)
    ax.tick_params(axis="y", length=0, labelcolor=INK)


def spread(positions: list[float], least: float) -> list[float]:
    """Move labels apart so that none is nearer than ``least`` to the next, order kept.

    Positions are in axis units; the mean of each crowded group stays.

    Examples
    --------
    >>> spread([1.0, 1.0, 5.0], 1.0)
    [0.5, 1.5, 5.0]
    """
    order = sorted(range(len(positions)), key=positions.__getitem__)
    groups: list[list[float]] = []  # [centre, count], merged while they touch
    for index in order:
        groups.append([positions[index], 1])
        while len(groups) > 1:
            (lower, below), (upper, above) = groups[-2:]
            if upper - lower >= least * (below + above) / 2:
                break
            groups[-2:] = [[(lower * below + upper * above) / (below + above), below + above]]
    placed = [
        centre + least * (step - (count - 1) / 2)
        for centre, count in groups
        for step in range(int(count))
    ]
    out = [0.0] * len(positions)
    for index, position in zip(order, placed, strict=True):
        out[index] = position
    return out
