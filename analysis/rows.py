"""Rows of a frame, chosen by what their columns hold, or refused."""

from typing import Any

import pandas as pd

from .errors import ReckoningError


def chosen(frame: pd.DataFrame, where: str, /, **conditions: Any) -> pd.DataFrame:
    """Take the rows that meet every condition; one at least.

    Parameters
    ----------
    frame : DataFrame
        Any.
    where : str
        What the frame is, for the refusal: ``"trade_stated"``.
    **conditions
        Column = the value, or a tuple of the values, that it must hold.

    Raises
    ------
    ReckoningError
        No row meets them; the message says which values the first failing column has.

    Examples
    --------
    >>> frame = pd.DataFrame({"pair": ["A–B", "A–C"], "year": [2023, 2024], "usd": [1.0, 2.0]})
    >>> chosen(frame, "path", year=(2023, 2024))["usd"].sum()
    np.float64(3.0)
    >>> chosen(frame, "path", pair="A–B", year=2024)
    Traceback (most recent call last):
    analysis.errors.ReckoningError: path, pair A–B: no year 2024 (allowed: 2023)
    """
    met: list[str] = [where]
    for column, value in conditions.items():
        values = value if isinstance(value, tuple) else (value,)
        found = frame[frame[column].isin(values)]
        if found.empty:
            there = sorted(set(frame[column].dropna()))
            raise ReckoningError(
                f"no {column} {' or '.join(map(str, values))}",
                where=", ".join(met),
                allowed=", ".join(map(str, there)) or "nothing: there are no rows",
            )
        frame = found
        met.append(f"{column} {' or '.join(map(str, values))}")
    return frame


def one(frame: pd.DataFrame, where: str, /, **conditions: Any) -> pd.Series:
    """Take the one row that meets every condition: see `chosen`.

    Raises
    ------
    ReckoningError
        None meets them, or more than one.

    Examples
    --------
    >>> frame = pd.DataFrame({"setting": ["ships", "ships"], "value": [2, 3]})
    >>> one(frame, "settings", setting="ships")
    Traceback (most recent call last):
    analysis.errors.ReckoningError: settings: 2 rows with setting ships (allowed: one)
    """
    found = chosen(frame, where, **conditions)
    if len(found) > 1:
        said = ", ".join(f"{column} {value}" for column, value in conditions.items())
        raise ReckoningError(f"{len(found)} rows with {said}", where=where, allowed="one")
    return found.iloc[0]
