"""The ground that maps are drawn on: land, coasts, borders, and countries shaded with a pattern.

The coasts and borders come with the basemap package (GSHHG and WDB II). They are drawn to find
one's way, and say nothing on any claim to territory.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from mpl_toolkits.basemap import Basemap

from . import style

SEA, LAND, SHADE, PATTERN = "#e6edf2", "#ffffff", "#e3efd3", "#a9c68c"
#: A point of land (longitude, latitude) inside each separate part of a country.
INSIDE = {
    "AZE": ((47.5, 40.3), (45.4, 39.3)),
    "KAZ": ((68.0, 48.0),),
    "KGZ": ((75.0, 41.7),),
    "TUR": ((34.0, 39.5), (27.2, 41.3)),
    "UZB": ((63.5, 41.5), (71.3, 40.75)),
}


@dataclass(frozen=True)
class Ground:
    """A projection with its land, waters and borders, in metres from the lower left corner."""

    project: Basemap
    land: tuple[np.ndarray, ...]
    waters: tuple[np.ndarray, ...]
    coasts: tuple[np.ndarray, ...]
    borders: tuple[np.ndarray, ...]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in metres."""
        return self.project.xmax, self.project.ymax


@cache
def ground() -> Ground:
    """Give the ground of every map, made once: Lambert conformal around 43° N, 68° E.

    It reaches from Thrace to the Yellow River. Lakes and islands below 100,000 square km are left
    out, which also drops the outdated Aral Sea.
    """
    base = Basemap(
        projection="lcc",
        lat_0=43.0,
        lon_0=68.0,
        lat_1=37.0,
        lat_2=49.0,
        width=7.9e6,
        height=2.9e6,
        resolution="l",
        area_thresh=100000,
    )
    # The library reads borders only when it draws them, and ties itself to that figure: hence a
    # figure of its own here, and plain lines from it everywhere else.
    base.drawcountries(ax=Figure().subplots())
    kinds = list(zip(base.coastpolygons, base.coastpolygontypes, strict=True))
    return Ground(
        project=base,
        land=tuple(np.column_stack(line) for line, kind in kinds if kind in (1, 3)),
        waters=tuple(np.column_stack(line) for line, kind in kinds if kind in (2, 4)),
        coasts=tuple(np.asarray(line) for line in base.coastsegs),
        borders=tuple(np.asarray(line) for line in base.cntrysegs),
    )


def draw_ground(ax: Axes, shaded: Iterable[str] = ()) -> Axes:
    """Draw land, coasts and borders, and shade countries with a colour and a pattern.

    Parameters
    ----------
    ax : Axes
        Its limits become those of `ground`, in metres.
    shaded : iterable of str
        Country codes of `INSIDE`. Neighbours are shaded together: the border that ran through the
        Aral Sea is not in the data, so one of them alone would spill into the other.
    """
    here = ground()
    _lay(ax, here, LAND, SEA)
    x, y, inside = _territory(tuple(sorted(shaded)))
    if inside.any():
        ax.contourf(
            x, y, inside, levels=[0.5, 1.5], colors=[SHADE], hatches=["////"], zorder=1.2
        ).set(edgecolor=PATTERN, linewidth=0)
    ax.add_collection(LineCollection(here.borders, colors=style.MUTED, linewidths=0.4, zorder=1.4))
    ax.add_collection(LineCollection(here.coasts, colors=style.MUTED, linewidths=0.5, zorder=1.4))
    return ax


def _lay(ax: Axes, here: Ground, land: str, sea: str) -> None:
    wide, tall = here.size
    ax.spines[:].set(visible=True, linewidth=0.6)
    ax.set(xlim=(0, wide), ylim=(0, tall), aspect="equal", facecolor=sea, xticks=[], yticks=[])
    ax.add_collection(PolyCollection(here.land, facecolors=land, edgecolors="none", zorder=1))
    ax.add_collection(PolyCollection(here.waters, facecolors=sea, edgecolors="none", zorder=1.1))


@cache
def _territory(codes: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Find the cells of a grid that lie inside countries, by flooding from a point inside each.

    The library knows borders as lines, not as areas.
    """
    here, wide = ground(), 1400
    tall = round(wide * here.size[1] / here.size[0])
    x, y = (
        (np.arange(count) + 0.5) * metres / count
        for count, metres in zip((wide, tall), here.size, strict=True)
    )
    inside = np.zeros((tall, wide), dtype=bool)
    for code in codes:
        for point in INSIDE[code]:
            across, up = here.project(*point)
            inside[int(up / here.size[1] * tall), int(across / here.size[0] * wide)] = True
    free = _open_cells(here, wide, tall)
    while True:
        grown = inside.copy()
        grown[1:] |= inside[:-1]
        grown[:-1] |= inside[1:]
        grown[:, 1:] |= inside[:, :-1]
        grown[:, :-1] |= inside[:, 1:]
        grown &= free
        if np.array_equal(grown, inside):
            return x, y, inside.astype(float)
        inside = grown


def _open_cells(here: Ground, wide: int, tall: int) -> np.ndarray:
    """Mark the cells of a grid that are land and carry no border."""
    figure = Figure(figsize=(wide / 100, tall / 100), dpi=100)
    canvas = FigureCanvasAgg(figure)
    ax = figure.add_axes((0, 0, 1, 1), aspect="auto")
    _lay(ax, here, "white", "black")
    ax.set_aspect("auto")
    ax.add_collection(LineCollection(here.borders + here.coasts, colors="black", linewidths=1.2))
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[::-1, :, 0] > 200
