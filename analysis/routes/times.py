"""Days from end to end, as officials state them and as trains and shippers met them."""

import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity, keys_of


def days(
    times: pd.DataFrame, ends: str, kind: str, *, since: str = ""
) -> tuple[Quantity, Quantity]:
    """Give the fewest and most days between two ends, official or observed.

    Parameters
    ----------
    times : DataFrame
        ``way``, ``kind``, ``period``, ``days_low``, ``days_high``, ``source_keys``.
    ends : str
        A value of ``way``.
    kind : str
        ``"official"`` or ``"observed"``.
    since : str, optional
        The first period that counts, as an ISO date of any length.

    Raises
    ------
    ReckoningError
        No row fits.
    """
    rows = times[(times["way"] == ends) & (times["kind"] == kind) & (times["period"] >= since)]
    if rows.empty:
        raise ReckoningError(
            f"no {kind} days {ends!r}", allowed=", ".join(dict.fromkeys(times["way"]))
        )
    keys, tables = keys_of(rows["source_keys"]), ("route_times",)
    year = int(rows["period"].max()[:4])
    told = f"{kind} days {ends}" + (f" since {since}" if since else "")
    low, high = float(rows["days_low"].min()), float(rows["days_high"].max())
    return (
        Quantity(low, "days", f"fewest {told}", keys, tables, year),
        Quantity(high, "days", f"most {told}", keys, tables, year),
    )
