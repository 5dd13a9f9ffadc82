"""Single numbers that the routes rest on, found by name in the table ``route_settings``."""

import pandas as pd

from .errors import ReckoningError
from .quantities import Quantity, keys_of


def setting(settings: pd.DataFrame, name: str) -> float:
    """Give the value of one setting.

    Parameters
    ----------
    settings : DataFrame
        As the table ``route_settings``.
    name : str
        Name of the setting.

    Raises
    ------
    ReckoningError
        No such setting.

    Examples
    --------
    >>> frame = pd.DataFrame({"setting": ["ships", "load"], "value": [2, 100]})
    >>> setting(frame, "load")
    100.0
    >>> setting(frame, "tugs")
    Traceback (most recent call last):
    analysis.errors.ReckoningError: no setting 'tugs' (allowed: ships, load)
    """
    return float(_row(settings, name)["value"])


def setting_of(settings: pd.DataFrame, name: str) -> Quantity:
    """Give one setting as a quantity, an estimate unless a source states it.

    Parameters
    ----------
    settings : DataFrame
        As the table ``route_settings``.
    name : str
        Name of the setting.

    Raises
    ------
    ReckoningError
        No such setting.
    """
    row = _row(settings, name)
    return Quantity(
        float(row["value"]),
        row["unit"],
        row["rule"],
        keys_of([row["source_keys"]]),
        ("route_settings",),
        estimate=row["basis"] != "sourced",
    )


def _row(settings: pd.DataFrame, name: str) -> pd.Series:
    rows = settings[settings["setting"] == name]
    if rows.empty:
        raise ReckoningError(f"no setting {name!r}", allowed=", ".join(settings["setting"]))
    return rows.iloc[0]
