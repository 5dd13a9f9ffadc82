"""Days from end to end, as officials state them and as trains and shippers met them."""

import pandas as pd

from ..quantities import Quantity
from ..rows import chosen


def days(
    times: pd.DataFrame, ends: str, kind: str, *, since: str = ""
) -> tuple[Quantity, Quantity]:
    """Give the fewest and most days between two ends, official or observed.

    Parameters
    ----------
    times : DataFrame
        As the table ``route_times``.
    ends, kind : str
        A value of its column ``way``; ``"official"`` or ``"observed"``.
    since : str, optional
        The first period that counts, as an ISO date of any length.

    Raises
    ------
    ReckoningError
        No row fits.
    """
    rows = chosen(times[times["period"] >= since], "route_times", way=ends, kind=kind)
    year = int(rows["period"].max()[:4])
    span = f"{kind} days {ends}" + (f" since {since}" if since else "")
    low, high = (
        Quantity.of(rows, value, "days", f"{which} {span}", ("route_times",), year=year)
        for which, value in (("fewest", rows["days_low"].min()), ("most", rows["days_high"].max()))
    )
    return low, high
