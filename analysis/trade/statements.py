"""What was said of the group's trade, by whom and when."""

import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity, keys_of, merge
from .paths import yearly
from .reports import rebuilt


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


def said_share(statements: pd.DataFrame, date: str, speaker: str) -> Quantity:
    """Give the share, in percent, that a speaker's two totals make: mutual trade over all trade.

    Raises
    ------
    ReckoningError
        Nobody of that name is in the table on that date, or set no total beside it.
    """
    stated = said(statements, date, speaker)
    row = statements[(statements["date"] == date) & (statements["speaker"] == speaker)].iloc[0]
    if pd.isna(row["world_usd_billion"]):
        raise ReckoningError(
            f"{speaker} set no world trade beside it on {date}", where="trade_statements"
        )
    return stated.like(
        100 * stated.value / float(row["world_usd_billion"]),
        "%",
        f"mutual trade over trade with the world, both as stated by {speaker} on {date}",
    )


def said_world(statements: pd.DataFrame, date: str, speaker: str) -> Quantity:
    """Take the trade with the whole world that a speaker set beside the group's.

    Raises
    ------
    ReckoningError
        As `said_share`.
    """
    share = said_share(statements, date, speaker)
    total = said(statements, date, speaker)
    return total.like(
        100 * total.value / share.value,
        "USD billion",
        f"the members' trade with the world, as stated by {speaker} on {date}",
    )


def beside(
    statements: pd.DataFrame, by_pair: pd.DataFrame, reports: pd.DataFrame, reported: int
) -> pd.DataFrame:
    """Put beside each statement what the path gives for the year that it is about.

    Parameters
    ----------
    statements : DataFrame
        The table ``trade_statements``.
    by_pair : DataFrame
        As `analysis.trade.path` gives it.
    reports : DataFrame
        As `analysis.trade.national` gives it: they widen the double count of their year.
    reported : int
        The year of the reports.

    Returns
    -------
    DataFrame
        The statements by date, with ``of`` (the year compared with: the one named, else the last
        whole year before the statement, else the path's last), ``named`` (whether it was named),
        ``once_low``, ``once_high``, ``twice_low``, ``twice_high`` (the bands, USD billion),
        ``reads`` (``once`` or ``twice`` where the band of that count holds the amount; else
        ``below``, ``between`` or ``above`` them) and ``path_keys``, the sources of the row with
        those of the bands.

    Raises
    ------
    ReckoningError
        A named year is not in the path.
    """
    years = yearly(by_pair).set_index("year")
    rows = []
    for row in statements.sort_values("date", kind="stable").to_dict("records"):
        named = not pd.isna(row["year"])
        year = int(row["year"]) if named else min(int(row["date"][:4]) - 1, int(years.index.max()))
        if year not in years.index:
            raise ReckoningError(
                f"a statement about {year}",
                where="trade_statements",
                allowed=f"{years.index.min()} to {years.index.max()}",
            )
        low, high = float(years.loc[year, "low"]), float(years.loc[year, "high"])
        bands = (low, high, 2 * low, 2 * high)
        keys = [row["source_keys"].split(), years.loc[year, "source_keys"].split()]
        if year == reported:
            ends = [rebuilt(reports, year, which) for which in ("low", "high")]
            bands = (low, high, min(2 * low, ends[0].value), max(2 * high, ends[1].value))
            keys += [end.sources for end in ends]
        names = ("once_low", "once_high", "twice_low", "twice_high")
        rows.append(
            row
            | {"of": year, "named": named, "reads": _reading(row["usd_billion"], bands)}
            | dict(zip(names, bands, strict=True))
            | {"path_keys": " ".join(merge(*keys))}
        )
    return pd.DataFrame(rows)


def _reading(amount: float, bands: tuple[float, float, float, float]) -> str:
    """Say which count's band holds an amount.

    Examples
    --------
    >>> bands = (10.0, 12.0, 20.0, 24.0)
    >>> [_reading(amount, bands) for amount in (9.0, 11.0, 15.0, 22.0, 30.0)]
    ['below', 'once', 'between', 'twice', 'above']
    """
    once_low, once_high, twice_low, twice_high = bands
    if amount < once_low:
        return "below"
    if amount <= once_high:
        return "once"
    if amount < twice_low:
        return "between"
    return "twice" if amount <= twice_high else "above"
