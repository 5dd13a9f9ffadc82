"""What stands on a picture, held against the data that readers may take with it.

A bar is drawn whole, from zero or from where another ends. A number written on the picture, or in
the words for those who do not see it, is a value of the chart's data as rounded, a count of them,
or the sum of a column.
"""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.container import BarContainer
from matplotlib.figure import Figure

from ..charts.chart import Chart
from ..errors import ChapterError
from ..quantities import Quantity

_NUMBER = re.compile(r"(?<![\w.,])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w])")
#: What no drawing can be finer than, of an axis's length.
_HAIR = 1e-6


def hold(figure: Figure, chart: Chart, where: str) -> None:
    """Refuse a bar that is cut, and a number that the chart's data do not give.

    Raises
    ------
    ChapterError
        The first, with what was allowed.
    """
    axes = [one for top in figure.axes for one in (top, *top.child_axes)]
    for ax in axes:
        _hold_bars(ax, where)
    known = np.array(sorted({abs(value) for value in _values(chart)}))
    written = [text.get_text() for ax in axes for text in ax.texts]
    for place, words in [("the picture", text) for text in written] + [("its words", chart.alt)]:
        halves = "to half a" in words
        for number in _NUMBER.findall(words):
            if not _rounds(number, known, halves=halves):
                raise ChapterError(
                    f"{number} stands in {place}", where=where,
                    allowed="a value of its data, as rounded, a count or a sum of them",
                )  # fmt: skip


def _hold_bars(ax: Any, where: str) -> None:
    bars = [
        (container.orientation, patch)
        for container in ax.containers
        if isinstance(container, BarContainer)
        for patch in container.patches
    ]
    for way, patch in bars:
        lying = way == "horizontal"
        start = patch.get_x() if lying else patch.get_y()
        length = patch.get_width() if lying else patch.get_height()
        low, high = sorted(ax.get_xlim() if lying else ax.get_ylim())
        hair = _HAIR * (high - low)
        ends = sorted((start, start + length))
        if np.isfinite(ends).all() and not (low - hair <= ends[0] and ends[1] <= high + hair):
            raise ChapterError(
                f"a bar from {ends[0]:g} to {ends[1]:g} on an axis from {low:g} to {high:g}",
                where=where,
                allowed="an axis that holds the whole bar",
            )


def _rounds(written: str, known: "np.ndarray[Any, Any]", *, halves: bool = False) -> bool:
    """Say whether a number as written is one of those that are known, as rounded.

    Examples
    --------
    >>> known = np.array([2.37, 25.04])
    >>> [_rounds(written, known) for written in ("2.4", "25", "25.1", "2.5")]
    [True, True, False, False]
    >>> _rounds("2.5", known, halves=True)
    True
    """
    value = float(written.replace(",", ""))
    step = 0.5 if halves else 10.0 ** -len(written.partition(".")[2])
    return bool(len(known)) and bool(np.abs(known - value).min() <= step / 2 + 1e-9)


def _values(thing: Any) -> Iterator[float]:
    """List the numbers that a chart is made of: its frames with sums and counts, its options."""
    if isinstance(thing, pd.DataFrame):
        yield from (len(thing), len(thing.columns))
        for name in thing.columns:
            column = thing[name]
            cells = [value for cell in column for value in _values(cell)]
            yield from cells
            yield column.astype(str).nunique()
            yield sum(cells)
    elif isinstance(thing, Quantity):
        yield thing.value
    elif isinstance(thing, Chart) or (is_dataclass(thing) and not isinstance(thing, type)):
        for field in fields(thing):  # type: ignore[arg-type]
            yield from _values(getattr(thing, field.name))
    elif isinstance(thing, str):
        yield from (float(it.replace(",", "")) for it in _NUMBER.findall(thing))
    elif isinstance(thing, Real) and not isinstance(thing, bool):
        if np.isfinite(value := float(thing)):
            yield value
    elif isinstance(thing, dict):
        yield from (value for part in thing.values() for value in _values(part))
    elif isinstance(thing, (list, tuple, set, frozenset, pd.Series)):
        yield len(thing)
        yield from (value for part in thing for value in _values(part))
