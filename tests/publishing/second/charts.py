"""The one drawing of a second book."""

import pandas as pd
from matplotlib.axes import Axes


def bars(frame: pd.DataFrame, ax: Axes) -> Axes:
    """Draw each value as a bar, the labels as they stand."""
    ax.barh(frame["label"], frame["value"])
    ax.set_xlim(0)
    ax.set_xlabel("USD billion, $now$")
    return ax
