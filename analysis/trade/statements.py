"""What was said of the group's trade, by whom and when."""

import math
from typing import Any

import pandas as pd

from ..countries import WITH_OBSERVERS
from ..errors import ReckoningError
from ..quantities import Quantity, merge
from .paths import yearly
from .reports import rebuilt

_TABLE = ("trade_statements",)


def stated_total(
    statements: pd.DataFrame, date: str, speaker: str, year: int | None = None
) -> Quantity:
    """Take what somebody said the group's trade was, on a day; of which year, if of several.

    Raises
    ------
    ReckoningError
        The table ``trade_statements`` has no such statement, or several.
    """
    row = _statement(statements, date, speaker, year)
    return Quantity.of(
        row,
        row["usd_billion"],
        "USD billion",
        f"as stated by {speaker} on {date}",
        _TABLE,
        year=None if pd.isna(row["year"]) else int(row["year"]),
    )


def stated_share(statements: pd.DataFrame, date: str, speaker: str) -> Quantity:
    """Give the share, in percent, that a speaker's two totals make: mutual trade over all trade.

    Raises
    ------
    ReckoningError
        As `stated_total`, or the speaker set no total beside it.
    """
    total = stated_total(statements, date, speaker)
    world = stated_world_trade(statements, date, speaker)
    return total.derived(
        100 * total.value / world.value,
        "%",
        f"mutual trade over trade with the world, both as stated by {speaker} on {date}",
    )


def stated_world_trade(statements: pd.DataFrame, date: str, speaker: str) -> Quantity:
    """Take the trade with the whole world that a speaker set beside the group's.

    Raises
    ------
    ReckoningError
        As `stated_share`.
    """
    world = _statement(statements, date, speaker)["world_usd_billion"]
    if pd.isna(world):
        raise ReckoningError(
            f"{speaker} set no world trade beside it on {date}", where="trade_statements"
        )
    return stated_total(statements, date, speaker).derived(
        float(world),
        "USD billion",
        f"the members' trade with the world, as stated by {speaker} on {date}",
    )


def implied_whole(statements: pd.DataFrame, date: str, speaker: str) -> Quantity:
    """Give the whole of which a stated amount is the share that its speaker says.

    A speaker who gives an amount and its share gives away how large the group is that he counts:
    its exports, where he speaks of exports, else its trade.

    Raises
    ------
    ReckoningError
        As `stated_total`, or the speaker stated no share.
    """
    share = _statement(statements, date, speaker)["share_percent"]
    if pd.isna(share):
        raise ReckoningError(f"{speaker} stated no share on {date}", where="trade_statements")
    total = stated_total(statements, date, speaker)
    return total.derived(
        100 * total.value / float(share),
        "USD billion",
        f"amount over share, both as stated by {speaker} on {date}",
    )


def first_statement(statements: pd.DataFrame, year: int, billions: float) -> pd.Series:
    """Find the first statement of an amount, in USD billion, that is dated to the day.

    Raises
    ------
    ReckoningError
        Nobody stated it of the year, or not to the day.
    """
    same = statements[(statements["year"] == year) & (statements["usd_billion"] == billions)]
    dated = same[same["date"].str.len() == len("2024-11-06")]
    if dated.empty:
        raise ReckoningError(
            f"nobody stated {billions:g} of {year} on a known day", where="trade_statements"
        )
    return dated.sort_values("date", kind="stable").iloc[0]


def days_left(statements: pd.DataFrame, year: int, billions: float) -> Quantity:
    """Count the days from the first statement of an amount to the end of the year it is about.

    Raises
    ------
    ReckoningError
        As `first_statement`.

    Examples
    --------
    >>> statements = pd.DataFrame({"date": ["2024-11-06"], "year": [2024], "usd_billion": [45.0],
    ...                            "source_keys": ["a"]})
    >>> days_left(statements, 2024, 45).value
    55.0
    """
    date = str(first_statement(statements, year, billions)["date"])
    same = statements[(statements["year"] == year) & (statements["usd_billion"] == billions)]
    days = (pd.Timestamp(year=year, month=12, day=31) - pd.Timestamp(date)).days
    rule = f"from {date} to 31 December {year}"
    return Quantity.of(same[same["date"] == date], days, "days", rule, _TABLE, year=year)


def _statement(
    statements: pd.DataFrame, date: str, speaker: str, year: int | None = None
) -> pd.Series:
    rows = statements[(statements["date"] == date) & (statements["speaker"] == speaker)]
    if year is not None:
        rows = rows[rows["year"] == year]
    if len(rows) != 1:
        raise ReckoningError(
            f"{len(rows)} statements of {speaker} on {date}",
            where="trade_statements",
            allowed="one",
        )
    return rows.iloc[0]


#: What a stated amount can agree with -> how a reader would say it.
COUNTS = {
    "once": "once",
    "twice": "twice",
    "once+": "once, with observers",
    "twice+": "twice, with observers",
    "none": "none",
}


def compare_statements(
    statements: pd.DataFrame,
    by_pair: pd.DataFrame,
    reports: pd.DataFrame,
    reported: int,
    *,
    founders: pd.DataFrame,
    ladder: pd.DataFrame,
) -> pd.DataFrame:
    """Put beside each statement what the book computes for the year that it is about.

    The `national` ``reports`` widen the double count of their year, ``reported``; ``founders`` is
    the path of the founding four, for what was said of them; the ``ladder`` gives the counts with
    observers, of the years that have them.

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
            wider = ladder[(ladder["year"] == year) & (ladder["membership"] == WITH_OBSERVERS.name)]
            for _, total in wider.iterrows():
                bands[f"{total['count']}+"] = float(total["low"]), float(total["high"])
                keys.append(total["sources"].split())
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


def _reading(row: dict[str, Any], bands: dict[str, tuple[float, float]]) -> str:
    """Say which count's band holds an amount, as exact as its digits are.

    Examples
    --------
    >>> bands = {"once": (10.0, 12.0), "twice": (20.0, 24.0)}
    >>> [_reading({"usd_billion": said, "measure": "trade"}, bands) for said in (9.5, 12.0, 24.2)]
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
