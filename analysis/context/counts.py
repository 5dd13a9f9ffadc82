"""How many events were held, as stated through time."""

from datetime import date, timedelta

import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity, keys_of, merge
from .dates import day
from .organisation import term_of


def count_history(counts: pd.DataFrame, events: pd.DataFrame, chair: str) -> pd.DataFrame:
    """Follow the stated number of events of one chairmanship, statement by statement.

    Parameters
    ----------
    counts : DataFrame
        Table ``event_counts``.
    events : DataFrame
        Table ``events``.
    chair : str
        Code of the state in the chair.

    Returns
    -------
    DataFrame
        Columns ``date``, ``day`` (days since the term began), ``speaker``, ``bound``, ``count``,
        ``term`` (its length in days), ``start``, ``end``, ``source_keys``, by date.

    Raises
    ------
    ReckoningError
        Nobody stated a number for that chair.
    """
    term = term_of(events, chair)
    rows = counts[counts["chair"] == chair].sort_values("date")
    if rows.empty:
        raise ReckoningError(f"no number of events was stated for the chair of {chair}")
    return pd.DataFrame(
        {
            "date": rows["date"],
            "day": [(day(when) - day(term["start"])).days for when in rows["date"]],
            "speaker": rows["speaker"],
            "bound": rows["bound"],
            "count": rows["count"],
            "term": int(term["days"]),
            "start": term["start"],
            "end": term["end"],
            "source_keys": rows["source_keys"],
        }
    ).reset_index(drop=True)


def first_stated(history: pd.DataFrame, count: int) -> Quantity:
    """Find the day of the term on which a number was first stated.

    Parameters
    ----------
    history : DataFrame
        From `count_history`.
    count : int
        The number.

    Raises
    ------
    ReckoningError
        The number was never stated.
    """
    rows = history[history["count"] == count]
    if rows.empty:
        raise ReckoningError(
            f"{count} events were never stated",
            allowed=", ".join(str(value) for value in sorted(set(history["count"]))),
        )
    row = rows.iloc[0]
    return Quantity(
        float(row["day"]),
        "days into the term",
        f"first stated on {row['date']}",
        tuple(row["source_keys"].split()),
        ("event_counts", "events"),
        int(row["date"][:4]),
    )


def stated_count(history: pd.DataFrame, when: str) -> Quantity:
    """Give the number stated on a date.

    Raises
    ------
    ReckoningError
        Nothing was stated on that date.
    """
    rows = history[history["date"] == when]
    if rows.empty:
        raise ReckoningError(f"no number stated on {when}", allowed=", ".join(history["date"]))
    row = rows.iloc[0]
    return Quantity(
        float(row["count"]),
        "events",
        f"as stated on {when}: {row['bound']}",
        tuple(row["source_keys"].split()),
        ("event_counts",),
        int(when[:4]),
    )


def first_date(history: pd.DataFrame, count: int) -> date:
    """Give the date on which a number was first stated (see `first_stated`)."""
    found = first_stated(history, count)
    return day(history["start"].iloc[0]) + timedelta(days=int(found.value))


def pace(history: pd.DataFrame, count: int) -> Quantity:
    """Say how many events a day were held for a stated number to be reached.

    Parameters
    ----------
    history : DataFrame
        From `count_history`.
    count : int
        A stated number.

    Returns
    -------
    Quantity
        In events a day, since the last lower number was stated, or since the term began.

    Raises
    ------
    ReckoningError
        The number was never stated.
    """
    later = first_stated(history, count)
    before = history[(history["day"] < later.value) & (history["count"] < count)]
    base, since, keys = 0, 0, ()
    if len(before):
        row = before.iloc[-1]
        base, since, keys = int(row["count"]), int(row["day"]), tuple(row["source_keys"].split())
    return Quantity(
        (count - base) / (later.value - since),
        "events a day",
        f"({count} − {base}) over the days from day {since} to day {later.value:.0f}",
        merge(keys, later.sources),
        ("event_counts", "events"),
        later.year,
    )


def days_left(history: pd.DataFrame, count: int) -> Quantity:
    """Count the days of the term that were left when a number was first stated.

    Raises
    ------
    ReckoningError
        The number was never stated.
    """
    found = first_stated(history, count)
    return found.like(
        float(history["term"].iloc[0]) - found.value,
        "days",
        f"{found.rule}, to the end of the term on {history['end'].iloc[0]}",
    )


def stated_times(history: pd.DataFrame, count: int) -> Quantity:
    """Count how often a number was stated."""
    rows = history[history["count"] == count]
    return Quantity(
        float(len(rows)),
        "times",
        f"statements of {count} events",
        keys_of(rows["source_keys"]),
        ("event_counts",),
    )


def has_list(counts: pd.DataFrame, chair: str) -> bool:
    """Tell whether a list of the events of a chairmanship was found."""
    return bool((counts.loc[counts["chair"] == chair, "list_published"] == "found").any())


def counts_by_period(counts: pd.DataFrame) -> pd.DataFrame:
    """Give the lowest and the highest number stated for each period as a whole.

    Parameters
    ----------
    counts : DataFrame
        Table ``event_counts``; numbers of a part of a period are left out.

    Returns
    -------
    DataFrame
        Columns ``period``, ``lowest`` and ``highest`` with their ``lowest_bound`` and ``bound``,
        ``statements`` (how many), ``source_keys``, in the order of the table.
    """
    found = []
    for period, rows in counts[counts["covers"] == "whole"].groupby("period", sort=False):
        top, low = rows.loc[rows["count"].idxmax()], rows.loc[rows["count"].idxmin()]
        found.append(
            (
                period,
                int(low["count"]),
                low["bound"],
                int(top["count"]),
                top["bound"],
                len(rows),
                " ".join(keys_of(rows["source_keys"])),
            )
        )
    return pd.DataFrame(
        found,
        columns=[
            "period",
            "lowest",
            "lowest_bound",
            "highest",
            "bound",
            "statements",
            "source_keys",
        ],
    )
