"""Growth, falls and prices: how one year's total compares with another's."""

import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity, keys_of, merge
from .paths import total_of


def growth(
    by_pair: pd.DataFrame, start: int, end: int, prices: pd.DataFrame | None = None
) -> Quantity:
    """Say how many times the trade of ``start`` that of ``end`` is.

    Parameters
    ----------
    by_pair : DataFrame
        As `path` gives it.
    start, end : int
        Years.
    prices : DataFrame, optional
        The table ``prices``; with it the ratio is in constant dollars (US CPI-U).

    Returns
    -------
    Quantity
        A ratio.

    Raises
    ------
    ReckoningError
        The path or the prices lack a year.
    """
    first, last = total_of(by_pair, start), total_of(by_pair, end)
    ratio, how, keys, tables = last.value / first.value, "current dollars", (), ()
    if prices is not None:
        ratio /= inflation(prices, start, end)
        how = "constant dollars (US CPI-U)"
        keys, tables = keys_of(prices["source_keys"]), ("prices",)
    return Quantity(
        value=ratio,
        unit="times",
        rule=f"total of {end} over total of {start}, each flow once, {how}",
        sources=merge(first.sources, last.sources, keys),
        tables=(*last.tables, *tables),
        year=end,
        estimate=first.estimate or last.estimate,
    )


def change(by_pair: pd.DataFrame, start: int, end: int) -> Quantity:
    """Give the change of the total between two years, in percent of the first.

    Raises
    ------
    ReckoningError
        The path lacks a year.
    """
    ratio = growth(by_pair, start, end)
    return ratio.like(100 * (ratio.value - 1), "%", f"change of the total from {start} to {end}")


def fall(by_pair: pd.DataFrame, start: int, end: int) -> Quantity:
    """Give by how many percent the total fell between two years.

    Raises
    ------
    ReckoningError
        It did not fall, or the path lacks a year.
    """
    moved = change(by_pair, start, end)
    if moved.value >= 0:
        raise ReckoningError(f"no fall from {start} to {end}", where="path", allowed="a fall")
    return moved.like(-moved.value, "%", f"fall of the total from {start} to {end}")


def inflation(prices: pd.DataFrame, start: int, end: int) -> float:
    """Give the ratio of US consumer prices between two years.

    Raises
    ------
    ReckoningError
        A year is absent.

    Examples
    --------
    >>> inflation(pd.DataFrame({"year": [1, 2], "index_1982_84": [200.0, 250.0]}), 1, 2)
    1.25
    """
    index = prices.set_index("year")["index_1982_84"]
    for year in (start, end):
        if year not in index:
            raise ReckoningError(
                f"no price index for {year}",
                where="prices",
                allowed=f"{index.index.min()} to {index.index.max()}",
            )
    return float(index[end] / index[start])
