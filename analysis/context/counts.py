"""How many events were held, as stated through time."""

from datetime import date, timedelta

import pandas as pd

from ..dates import day
from ..quantities import Quantity, keys_of, merge
from ..rows import chosen
from .organisation import term_of

_TABLES = ("event_counts", "events")


def count_history(counts: pd.DataFrame, events: pd.DataFrame, chair: str) -> pd.DataFrame:
    """Follow the stated number of events of one chairmanship, statement by statement.

    Returns
    -------
    DataFrame
        Columns ``date``, ``day`` (days since the term began), ``speaker``, ``bound``, ``count``,
        ``term`` (its length in days), ``start``, ``end``, ``source_keys``, by date.

    Raises
    ------
    ReckoningError
        Nobody stated a number for that chair, or its term has not ended.
    """
    term = term_of(events, chair)
    rows = chosen(counts, "table event_counts", chair=chair).sort_values("date")
    start = day(term["start"])
    history = rows[["date", "speaker", "bound", "count", "source_keys"]].assign(
        day=[(day(when) - start).days for when in rows["date"]],
        term=int(term["days"]), start=term["start"], end=term["end"],
    )  # fmt: skip
    columns = [
        "date", "day", "speaker", "bound", "count", "term", "start", "end", "source_keys",
    ]  # fmt: skip
    return history[columns].reset_index(drop=True)


def first_stated(history: pd.DataFrame, count: int) -> Quantity:
    """Find the day of the term on which a number of `count_history` was first stated.

    Raises
    ------
    ReckoningError
        The number was never stated.
    """
    row = chosen(history, "stated numbers of events", count=count).iloc[0]
    rule, year = f"first stated on {row['date']}", int(row["date"][:4])
    return Quantity.of(row, row["day"], "days into the term", rule, _TABLES, year=year)


def stated_count(history: pd.DataFrame, when: str) -> Quantity:
    """Give the number stated on a date; refuse a date on which none was."""
    row = chosen(history, "stated numbers of events", date=when).iloc[0]
    rule = f"as stated on {when}: {row['bound']}"
    return Quantity.of(row, row["count"], "events", rule, ("event_counts",), year=int(when[:4]))


def first_date(history: pd.DataFrame, count: int) -> date:
    """Give the date on which a number was first stated (see `first_stated`)."""
    stated = first_stated(history, count)
    return day(history["start"].iloc[0]) + timedelta(days=int(stated.value))


def events_per_day(history: pd.DataFrame, count: int) -> Quantity:
    """Say how many events a day it took to reach a stated number.

    Counted since the last lower number was stated, or since the term began; see `first_stated`.
    """
    later = first_stated(history, count)
    before = history[(history["day"] < later.value) & (history["count"] < count)][-1:]
    base, since = (int(before[column].sum()) for column in ("count", "day"))
    sources = merge(keys_of(before["source_keys"]), later.sources)
    rule = f"({count} − {base}) over the days from day {since} to day {later.value:.0f}"
    rate = (count - base) / (later.value - since)
    return Quantity(rate, "events a day", rule, sources, _TABLES, later.year)


def days_left(history: pd.DataFrame, count: int) -> Quantity:
    """Count the days of the term that were left when a number was first stated."""
    stated = first_stated(history, count)
    rule = f"{stated.rule}, to the end of the term on {history['end'].iloc[0]}"
    return stated.derived(float(history["term"].iloc[0]) - stated.value, "days", rule)


def stated_times(history: pd.DataFrame, count: int) -> Quantity:
    """Count how often a number was stated."""
    rows = history[history["count"] == count]
    return Quantity.of(rows, len(rows), "times", f"statements of {count} events", ("event_counts",))


def has_list(counts: pd.DataFrame, chair: str) -> bool:
    """Say whether a list of the events of a chairmanship was found."""
    return bool((counts.loc[counts["chair"] == chair, "list_published"] == "found").any())
