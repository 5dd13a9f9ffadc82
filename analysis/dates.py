"""Dates, as exact as their sources give them."""

from datetime import date

from .errors import ReckoningError

#: Length of a year, and of a day, in ISO 8601.
_YEAR, DAY = 4, 10


def day(text: str) -> date:
    """Read a date, ISO 8601, that is exact to the day.

    Raises
    ------
    ReckoningError
        The date is only a month or a year.

    Examples
    --------
    >>> day("2024-11-06")
    datetime.date(2024, 11, 6)
    """
    if len(text) != DAY:
        raise ReckoningError(f"date {text!r} is not exact to the day", allowed="YYYY-MM-DD")
    return date.fromisoformat(text)


def decimal_year(text: str) -> float:
    """Place a date on an axis of years; a bare month or year stands at its middle.

    Examples
    --------
    >>> decimal_year("2024")
    2024.5
    >>> round(decimal_year("2023-12-31"), 3)
    2023.997
    """
    if len(text) == _YEAR:
        return int(text) + 0.5
    exact = date.fromisoformat(text if len(text) == DAY else f"{text}-15")
    first = date(exact.year, 1, 1)
    return exact.year + (exact - first).days / (date(exact.year + 1, 1, 1) - first).days
