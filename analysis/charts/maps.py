"""The ground that maps are drawn on: land, coasts, borders, and countries shaded with a pattern.

The coasts and borders come with the basemap package: GSHHG 2.3.6 of 19 August 2016, its borders
from WDB II. They are drawn to find one's way, and say nothing on any claim to territory.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from contourpy import FillType, contour_generator
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox
from mpl_toolkits.basemap import Basemap

from . import style

#: Points of print, 72 to an inch: what lies nearer to a straight line is drawn as one. The coasts
#: come with ten times the points that the eye can tell apart.
_FINEST = 0.3
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
    base = Basemap(projection="lcc", lat_0=43.0, lon_0=68.0, lat_1=37.0, lat_2=49.0, width=7.9e6,
                   height=2.9e6, resolution="l", area_thresh=100000)  # fmt: skip
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


def draw_ground(ax: Axes, shaded: Iterable[str], window: Bbox | None = None) -> Axes:
    """Draw land, coasts and borders, and shade countries with a colour and a pattern.

    Nothing is drawn outside of the window, and nothing finer than a reader sees in it.

    Parameters
    ----------
    ax : Axes
        Its limits become the window.
    shaded : iterable of str
        Country codes of `INSIDE`. Neighbours are shaded together: the border that ran through the
        Aral Sea is not in the data, so one of them alone would spill into the other.
    window : Bbox, optional
        The part that is drawn, in metres of `ground`; the whole of it if none is given.
    """
    base = ground()
    window = window or Bbox.from_extents(0, 0, *base.size)
    ax.spines[:].set(visible=True, linewidth=0.6)
    ax.set(xlim=window.intervalx, ylim=window.intervaly, aspect="equal", xticks=[], yticks=[])
    _lay(ax, visible(base.land, window), visible(base.waters, window), LAND, SEA)
    if parts := visible(_outlines(tuple(sorted(shaded))), window):
        shade = Path.make_compound_path(*(Path(part, closed=True) for part in parts))
        ax.add_patch(PathPatch(shade, fc=SHADE, ec=PATTERN, hatch="////", linewidth=0, zorder=1.2))
    for lines, width in ((base.borders, 0.4), (base.coasts, 0.5)):
        parts = visible(lines, window, filled=False)
        ax.add_collection(LineCollection(parts, colors=style.MUTED, linewidths=width, zorder=1.4))
    return ax


def visible(lines: Iterable[np.ndarray], window: Bbox, *, filled: bool = True) -> list[np.ndarray]:
    """Cut lines to a window as wide as a figure, and leave out points that no reader sees.

    Parameters
    ----------
    lines : iterable of ndarray
        Points in metres, one in a row.
    window : Bbox
        What is kept.
    filled : bool, optional
        True for outlines of areas: what is cut of them is closed along the window's edge.

    Examples
    --------
    >>> window = Bbox.from_extents(0, 0, 100, 100)
    >>> outline = np.array([(-50, 20), (50, 20), (50, 80), (-50, 80), (-50, 20)])
    >>> np.unique(visible([outline], window)[0].round(), axis=0).tolist()
    [[0.0, 20.0], [0.0, 80.0], [50.0, 20.0], [50.0, 80.0]]
    """
    scale = style.WIDTH * 72 / window.width
    print_of = Affine2D().translate(-window.x0, -window.y0).scale(scale)
    wide, tall = window.width * scale, window.height * scale
    found: list[np.ndarray] = []
    for line in lines:
        path = Path(line).clip_to_bbox(window) if filled else Path(line)
        path.should_simplify, path.simplify_threshold = True, _FINEST
        size = (0.0, 0.0) if filled else (wide, tall)
        found += map(np.asarray, path.to_polygons(print_of, *size, closed_only=filled))
    # Ends come twice from there.
    steps = [np.r_[True, (np.diff(points, axis=0) != 0).any(axis=1)] for points in found]
    metres = print_of.inverted()
    return [
        metres.transform(points[step])
        for points, step in zip(found, steps, strict=True)
        if step.sum() > 1
    ]


def _lay(
    ax: Axes, lands: Sequence[np.ndarray], waters: Sequence[np.ndarray], land: str, sea: str
) -> None:
    ax.set_facecolor(sea)
    ax.add_collection(PolyCollection(lands, facecolors=land, edgecolors="none", zorder=1))
    ax.add_collection(PolyCollection(waters, facecolors=sea, edgecolors="none", zorder=1.1))


@cache
def _outlines(codes: tuple[str, ...]) -> tuple[np.ndarray, ...]:
    """Give the outlines of countries, holes among them."""
    x, y, inside = _territory(codes)
    contours: Any = contour_generator(x, y, inside, fill_type=FillType.OuterOffset)
    points, offsets = contours.filled(0.5, 2)
    return tuple(
        ring
        for part, starts in zip(points, offsets, strict=True)
        for ring in np.split(part, starts[1:-1])
    )


@cache
def _territory(codes: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Find the cells of a grid that lie inside countries, by flooding from a point inside each.

    The library knows borders as lines, not as areas.
    """
    base, wide = ground(), 1400
    tall = round(wide * base.size[1] / base.size[0])
    x, y = (
        (np.arange(count) + 0.5) * metres / count
        for count, metres in zip((wide, tall), base.size, strict=True)
    )
    inside = np.zeros((tall, wide), dtype=bool)
    for code in codes:
        for point in INSIDE[code]:
            across, up = base.project(*point)
            inside[int(up / base.size[1] * tall), int(across / base.size[0] * wide)] = True
    free = _open_cells(base, wide, tall)
    while True:
        grown = _grown(inside) & free
        if np.array_equal(grown, inside):
            break
        inside = grown
    # Up to the middle of the border, which carries a line three cells wide.
    inside = _grown(inside)
    return x, y, inside.astype(float)


def _grown(inside: np.ndarray) -> np.ndarray:
    """Add to cells those that share a side with one of them."""
    grown = inside.copy()
    grown[1:] |= inside[:-1]
    grown[:-1] |= inside[1:]
    grown[:, 1:] |= inside[:, :-1]
    grown[:, :-1] |= inside[:, 1:]
    return grown


def _open_cells(base: Ground, wide: int, tall: int) -> np.ndarray:
    """Mark the cells of a grid that are land and carry no border."""
    figure = Figure(figsize=(wide / 100, tall / 100), dpi=100)
    canvas = FigureCanvasAgg(figure)
    ax = figure.add_axes((0, 0, 1, 1), aspect="auto")
    ax.set(xlim=(0, base.size[0]), ylim=(0, base.size[1]), xticks=[], yticks=[])
    _lay(ax, base.land, base.waters, "white", "black")
    ax.add_collection(LineCollection(base.borders + base.coasts, colors="black", linewidths=1.2))
    shown: Any = canvas
    shown.draw()
    return np.asarray(shown.buffer_rgba())[::-1, :, 0] > 200
