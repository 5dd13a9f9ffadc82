"""The organisation: its chair, its neighbours."""

import pandas as pd

from ..countries import Membership
from ..dates import day
from ..errors import ReckoningError
from ..quantities import Quantity, keys_of


def terms(events: pd.DataFrame) -> pd.DataFrame:
    """Lay out the chairmanships: who, from when, to when, how many days.

    Returns
    -------
    DataFrame
        Columns ``country``, ``start``, ``end``, ``days``, ``source_keys``, by start. A term ends on
        the day on which the next begins; the one that has no successor in the table has no end.
    """
    rows = events[events["kind"] == "chairmanship"].sort_values("date").reset_index(drop=True)
    starts, ends, keys = rows["date"], rows["date"].shift(-1), rows["source_keys"]
    days = [
        None if pd.isna(end) else (day(end) - day(start)).days
        for start, end in zip(starts, ends, strict=True)
    ]
    both = keys + " " + keys.shift(-1, fill_value="")
    return pd.DataFrame(
        {
            "country": rows["country"],
            "start": starts,
            "end": ends,
            "days": pd.array(days, dtype="Int64"),
            "source_keys": [" ".join(keys_of([cell])) for cell in both],
        }
    )


def term_of(events: pd.DataFrame, country: str) -> pd.Series:
    """Give the one ended chairmanship of a state, as a row of `terms`.

    Raises
    ------
    ReckoningError
        The table holds no ended term of that state, or more than one.
    """
    rows = terms(events)
    rows = rows[(rows["country"] == country) & rows["days"].notna()]
    if len(rows) != 1:
        raise ReckoningError(
            f"{len(rows)} ended chairmanships of {country!r}", where="table events", allowed="one"
        )
    return rows.iloc[0]


def chairmanship_days(events: pd.DataFrame, country: str) -> Quantity:
    """Count the days from the one on which a state took the chair to the one it passed it on.

    Raises
    ------
    ReckoningError
        See `term_of`.
    """
    term = term_of(events, country)
    rule, year = f"from {term['start']} to {term['end']}", int(term["end"][:4])
    return Quantity.of(term, term["days"], "days", rule, ("events",), year=year)


def neighbours(
    borders: pd.DataFrame, country: str, group: Membership, across: str = "land"
) -> Quantity:
    """Count the other members of a group that share a border with a country, by land or by sea."""
    others = set(group.codes) - {country}
    rows = borders[
        (borders["country"] == country)
        & (borders["across"] == across)
        & borders["neighbour"].isin(others)
    ]
    rule = f"{group.name} with a {across} border with {country}"
    return Quantity.of(rows, len(rows), "members", rule, ("borders",), year=2026)
