"""What the members trade: the sections of two years, one over the other."""

import pandas as pd
from matplotlib.axes import Axes

from . import style


def sections(frame: pd.DataFrame, ax: Axes, *, start: int, end: int) -> Axes:
    """Draw each section's trade in the later year as a bar, and that of the earlier as a mark.

    Parameters
    ----------
    frame : DataFrame
        As `analysis.trade.goods.by_section` gives it.
    ax : Axes
        Where to draw.
    start, end : int
        The two years.
    """
    most = float(frame[["start", "end"]].to_numpy().max())
    for position, row in enumerate(frame.itertuples()):
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
    ax.set_ylim(len(frame) - 0.5, -0.8)
    ax.set_xlim(0, most * 1.24)
    ax.set_xlabel(f"USD billion, each flow once; bars {end}, strokes {start}")
    style.grid(ax, "x")
    return ax


def sections_alt(frame: pd.DataFrame, *, start: int, end: int) -> str:
    """Say the sections in words."""
    told = "; ".join(
        f"{row.name} {row.end:.2f}, before {row.start:.2f}" for row in frame.itertuples()
    )
    return (
        f"Bars of what the members sold each other in {end}, by section of the Harmonized System "
        f"in USD billion, and strokes for {start}: {told}. All: {frame['end'].sum():.2f}, before "
        f"{frame['start'].sum():.2f}."
    )
