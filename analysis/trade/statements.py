"""What was said of the group's trade, by whom and when."""

import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity, keys_of


def said(statements: pd.DataFrame, date: str, speaker: str) -> Quantity:
    """Take what somebody said the group's trade was.

    Raises
    ------
    ReckoningError
        Nobody of that name is in the table on that date.
    """
    row = statements[(statements["date"] == date) & (statements["speaker"] == speaker)]
    if len(row) != 1:
        raise ReckoningError(
            f"{len(row)} statements of {speaker} on {date}", where="trade_statements", allowed="one"
        )
    only = row.iloc[0]
    return Quantity(
        value=float(only["usd_billion"]),
        unit="USD billion",
        rule=f"as stated by {speaker} on {date}",
        sources=tuple(only["source_keys"].split()),
        tables=("trade_statements",),
        year=None if pd.isna(only["year"]) else int(only["year"]),
    )


def days_left(statements: pd.DataFrame, year: int, billions: float) -> Quantity:
    """Count the days from the first statement of an amount to the end of the year it is about.

    Parameters
    ----------
    statements : DataFrame
        The table ``trade_statements``.
    year : int
        The year described.
    billions : float
        The amount stated, in USD billion.

    Raises
    ------
    ReckoningError
        Nobody stated it, or not to the day.

    Examples
    --------
    >>> said = pd.DataFrame({"date": ["2024-11-06"], "year": [2024], "usd_billion": [45.0],
    ...                      "source_keys": ["a"]})
    >>> days_left(said, 2024, 45).value
    55.0
    """
    same = statements[(statements["year"] == year) & (statements["usd_billion"] == billions)]
    dates = sorted(date for date in same["date"] if len(date) == len("2024-11-06"))
    if not dates:
        raise ReckoningError(
            f"nobody stated {billions:g} of {year} on a known day", where="trade_statements"
        )
    first = same[same["date"] == dates[0]]
    days = (pd.Timestamp(year=year, month=12, day=31) - pd.Timestamp(dates[0])).days
    return Quantity(
        value=float(days),
        unit="days",
        rule=f"from {dates[0]} to 31 December {year}",
        sources=keys_of(first["source_keys"]),
        tables=("trade_statements",),
        year=year,
    )
