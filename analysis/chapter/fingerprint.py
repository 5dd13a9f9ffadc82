"""What a figure shows, in a form that can be compared.

Pictures are not compared bit by bit: a fingerprint is taken of what was drawn instead, so a
changed bar, label or limit changes it, and another machine's last digit does not.
"""

import hashlib
from typing import Any

import numpy as np
from matplotlib.collections import Collection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text


def artists(figure: Figure) -> list[str]:
    """List what is drawn: lines, patches, collections and texts with their data, and the limits.

    Numbers are given to five significant digits.

    Examples
    --------
    >>> figure = Figure()
    >>> _ = figure.subplots().plot([1, 2], [3.0, 4.0])
    >>> [artist for artist in artists(figure) if artist.startswith("line")]
    ['line 1,3,2,4']
    """
    found = []
    # A close-up is a child of its ax, and no ax of the figure.
    for ax in [one for top in figure.axes for one in (top, *top.child_axes)]:
        found.append("limits " + _digits([*ax.get_xlim(), *ax.get_ylim()]))
        for artist in ax.get_children():
            match artist:
                case Line2D():
                    found.append("line " + _digits(artist.get_xydata()))
                case Text():
                    if artist.get_text():
                        found.append("text " + artist.get_text())
                case Collection():
                    paths = [path.vertices for path in artist.get_paths()]
                    points = [*paths, artist.get_offsets()]
                    found.append("collection " + ";".join(_digits(p) for p in points))
                case Patch() if artist is not ax.patch:
                    found.append(
                        "patch "
                        + _digits(artist.get_path().vertices)
                        + "@"
                        + _digits(artist.get_patch_transform().get_matrix())
                    )
        for label in [*ax.get_xticklabels(), *ax.get_yticklabels(), ax.xaxis.label, ax.yaxis.label]:
            if label.get_text():
                found.append("label " + label.get_text())
    return found


def fingerprint(figure: Figure) -> str:
    """Give 16 hexadecimal digits that change with what the figure shows."""
    return hashlib.sha256("\n".join(artists(figure)).encode()).hexdigest()[:16]


def _digits(values: object) -> str:
    masked: Any = np.ma  # NumPy gives these functions no types
    flat = masked.filled(masked.asarray(values, dtype=float), np.nan).ravel()
    return ",".join(f"{value:.5g}" for value in flat + 0.0)
