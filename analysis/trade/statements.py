"""What was said of the group's trade, by whom and when."""

import math
from typing import Any

import pandas as pd

from ..countries import WITH_OBSERVERS
from ..errors import ReckoningError
from ..quantities import Quantity, keys_of, merge
from .paths import yearly
from .reports import rebuilt


def said(statements: pd.DataFrame, date: str, speaker: str, year: int | None = None) -> Quantity:
    """Take what somebody said the group's trade was.

    Parameters
    ----------
    statements : DataFrame
        The table ``trade_statements``.
    date, speaker : str
        When it was said, and by whom.
    year : int, optional
        Of which year, for a speaker who told of several.

    Raises
    ------
    ReckoningError
        Nobody of that name is in the table on that date, or told of several years.
    """
    row = statements[(statements["date"] == date) & (statements["speaker"] == speaker)]
    if year is not None:
        row = row[row["year"] == year]
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


def implied(statements: pd.DataFrame, date: str, speaker: str) -> Quantity:
    """Give the whole of which a stated amount is the share that its speaker says.

    A speaker who gives an amount and its share gives away how large the group is that he counts:
    its exports, where he speaks of exports, else its trade.

    Raises
    ------
    ReckoningError
        Nobody of that name is in the table on that date, or stated no share.
    """
    stated = said(statements, date, speaker)
    row = statements[(statements["date"] == date) & (statements["speaker"] == speaker)].iloc[0]
    if pd.isna(row["share_percent"]):
        raise ReckoningError(f"{speaker} stated no share on {date}", where="trade_statements")
    return stated.like(
        100 * stated.value / float(row["share_percent"]),
        "USD billion",
        f"amount over share, both as stated by {speaker} on {date}",
    )


#: What a stated amount can agree with -> how a reader would say it.
COUNTS = {
    "once": "once",
    "twice": "twice",
    "once+": "once, with observers",
    "twice+": "twice, with observers",
    "none": "none",
}


def beside(
    statements: pd.DataFrame,
    by_pair: pd.DataFrame,
    reports: pd.DataFrame,
    reported: int,
    *,
    founders: pd.DataFrame,
    rungs: pd.DataFrame,
) -> pd.DataFrame:
    """Put beside each statement what the book computes for the year that it is about.

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
    founders : DataFrame
        The path of the founding four, for what was said of them.
    rungs : DataFrame
        As `analysis.trade.with_interval` gives them: the counts with observers, of the years that
        have them.

    Returns
    -------
    DataFrame
        The statements by date, with ``of`` (the year compared with: the one named, else the last
        whole year before the statement, else the path's last), ``named`` (whether it was named),
        ``low`` and ``high`` of each count (``once_low``, ``twice+_high`` and so on, USD billion;
        empty where the count cannot be made), ``reads`` (the first of `COUNTS` whose band holds the
        amount, else ``none``) and ``path_keys``, the sources of the row with those of the bands.

    Raises
    ------
    ReckoningError
        A named year is not in the path.

    Notes
    -----
    A statement is as exact as its digits: 27 stands for 26.5 to 27.5, 42.3 for 42.25 to 42.35. A
    “more than” is read as its amount. Exports to each other are held against single counts only.
    """
    years = {
        "not said": yearly(by_pair).set_index("year"),
        "founding four": yearly(founders).set_index("year"),
    }
    rows = []
    for row in statements.sort_values("date", kind="stable").to_dict("records"):
        counted = years[row["members"]]
        named = not pd.isna(row["year"])
        last = int(counted.index.max())
        year = int(row["year"]) if named else min(int(row["date"][:4]) - 1, last)
        if year not in counted.index:
            raise ReckoningError(
                f"a statement about {year}",
                where="trade_statements",
                allowed=f"{counted.index.min()} to {last}",
            )
        low, high = float(counted.loc[year, "low"]), float(counted.loc[year, "high"])
        bands = {"once": (low, high), "twice": (2 * low, 2 * high)}
        keys = [row["source_keys"].split(), counted.loc[year, "source_keys"].split()]
        if row["members"] == "not said":
            if year == reported:
                ends = [rebuilt(reports, year, which) for which in ("low", "high")]
                bands["twice"] = (min(2 * low, ends[0].value), max(2 * high, ends[1].value))
                keys += [end.sources for end in ends]
            wider = rungs[(rungs["year"] == year) & (rungs["membership"] == WITH_OBSERVERS.name)]
            for _, rung in wider.iterrows():
                bands[f"{rung['count']}+"] = float(rung["low"]), float(rung["high"])
                keys.append(rung["sources"].split())
        rows.append(
            row
            | {"of": year, "named": named, "reads": _reading(row, bands)}
            | {
                f"{count}_{end}": bands.get(count, (math.nan, math.nan))[place]
                for count in COUNTS
                if count != "none"
                for place, end in enumerate(("low", "high"))
            }
            | {"path_keys": " ".join(merge(*keys))}
        )
    return pd.DataFrame(rows)


def agreeing(beside: pd.DataFrame, count: str) -> Quantity:
    """Count the statements that agree with one way of counting.

    Parameters
    ----------
    beside : DataFrame
        As `beside` gives it.
    count : str
        A key of `COUNTS`.

    Raises
    ------
    ReckoningError
        An unknown way of counting.
    """
    if count not in COUNTS:
        raise ReckoningError(f"count {count!r}", allowed=", ".join(COUNTS))
    rows = beside[beside["reads"] == count]
    return Quantity(
        value=float(len(rows)),
        unit="statements",
        rule=f"stated totals that agree with: {COUNTS[count]}",
        sources=keys_of(beside["source_keys"]),
        tables=("trade_statements", "trade_pairs", "trade_flows", "trade_stated", "trade_sums"),
    )


def _reading(row: dict[str, Any], bands: dict[str, tuple[float, float]]) -> str:
    """Say which count's band holds an amount, as exact as its digits are.

    Examples
    --------
    >>> bands = {"once": (10.0, 12.0), "twice": (20.0, 24.0)}
    >>> [_reading({"usd_billion": told, "measure": "trade"}, bands) for told in (9.5, 12.0, 24.2)]
    ['none', 'once', 'none']
    >>> _reading({"usd_billion": 22.0, "measure": "exports"}, bands)
    'none'
    """
    amount = float(row["usd_billion"])
    grain = 0.5 if amount.is_integer() else 0.05
    for count in COUNTS:
        if count not in bands or (row["measure"] == "exports" and count.startswith("twice")):
            continue
        low, high = bands[count]
        if low - grain <= amount <= high + grain:
            return count
    return "none"
