"""Levels made comparable: each indicator on one scale from 0 to 1."""

import pandas as pd

from ..errors import ReckoningError
from .values import listing, series


def normalise(wide: pd.DataFrame, better: str) -> pd.DataFrame:
    """Put an indicator on a scale from 0, its worst value, to 1, its best.

    The min-max rule of OECD and JRC, *Handbook on Constructing Composite Indicators* (2008), step
    5: (x − min) / (max − min), over all countries and years given; turned round where lower is
    better. The ends are those of the group, so a level says nothing of the rest of the world.

    Parameters
    ----------
    wide : DataFrame
        Years by countries; gaps stay gaps.
    better : str
        ``higher`` or ``lower``.

    Raises
    ------
    ReckoningError
        The indicator has no better direction, or all its values are the same.

    Examples
    --------
    >>> normalise(pd.DataFrame({"AZE": [10.0, 20.0], "KAZ": [30.0, None]}), "higher").to_numpy()
    array([[0. , 1. ],
           [0.5, nan]])
    """
    if better not in ("higher", "lower"):
        raise ReckoningError(f"direction of better {better!r}", allowed="higher, lower")
    low, high = wide.min().min(), wide.max().max()
    if not high > low:
        raise ReckoningError(f"all values are {low:g}", allowed="two values that differ")
    level = (wide - low) / (high - low)
    return level if better == "higher" else 1 - level


def levels(
    indicators: pd.DataFrame, indicator_list: pd.DataFrame, names: tuple[str, ...], since: int
) -> pd.DataFrame:
    """Give each country's last value of each indicator, and its level.

    Returns
    -------
    DataFrame
        Columns ``indicator``, ``name``, ``unit``, ``position``, ``country``, ``year``, ``value``,
        ``level`` (see `normalise`).

    Raises
    ------
    ReckoningError
        See `normalise` and `series`.
    """
    rows = []
    for name in names:
        listed = listing(indicator_list, name)
        wide = series(indicators, name, since)
        scaled = normalise(wide, listed["better"])
        described = (name, listed["name"], listed["unit"], int(listed["position"]))
        for country in wide.columns:
            year = int(wide[country].dropna().index[-1])
            last, level = float(wide.loc[year, country]), float(scaled.loc[year, country])
            rows.append((*described, country, year, last, level))
    return pd.DataFrame(
        rows,
        columns=["indicator", "name", "unit", "position", "country", "year", "value", "level"],
    )
