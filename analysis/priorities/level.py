"""Levels made comparable: each indicator on one scale from 0 to 1."""

import pandas as pd

from ..errors import ReckoningError
from .values import series, told_of


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

    Returns
    -------
    DataFrame
        Of the same shape.

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
    indicators: pd.DataFrame, indicator_list: pd.DataFrame, chosen: tuple[str, ...], since: int
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
    found = []
    for indicator in chosen:
        told = told_of(indicator_list, indicator)
        wide = series(indicators, indicator, since)
        scaled = normalise(wide, told["better"])
        for country in wide.columns:
            year = int(wide[country].dropna().index[-1])
            found.append(
                (
                    indicator,
                    told["name"],
                    told["unit"],
                    int(told["position"]),
                    country,
                    year,
                    float(wide.loc[year, country]),
                    float(scaled.loc[year, country]),
                )
            )
    return pd.DataFrame(
        found,
        columns=["indicator", "name", "unit", "position", "country", "year", "value", "level"],
    )
