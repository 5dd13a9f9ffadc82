"""Single numbers that the routes rest on, found by name in the table ``route_settings``."""

import pandas as pd

from . import rows
from .quantities import Quantity


def setting(settings: pd.DataFrame, name: str, end: str = "value") -> float:
    """Give the value of one setting, or the ``"low"`` or ``"high"`` end of its range.

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
    analysis.errors.ReckoningError: route_settings: no setting tugs (allowed: load, ships)
    """
    return float(rows.one(settings, "route_settings", setting=name)[end])


def setting_of(settings: pd.DataFrame, name: str) -> Quantity:
    """Give one setting as a quantity, an estimate unless a source states it.

    Raises
    ------
    ReckoningError
        No such setting.
    """
    row = rows.one(settings, "route_settings", setting=name)
    ours = row["basis"] != "sourced"
    return Quantity.of(
        row, row["value"], row["unit"], row["rule"], ("route_settings",), estimate=ours
    )
