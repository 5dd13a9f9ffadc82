"""The organisation: its parties, its chair, its neighbours."""

import pandas as pd

from ..countries import Membership
from ..errors import ReckoningError
from ..quantities import Quantity, keys_of
from .dates import day, decimal_year


def parties(members: pd.DataFrame, role: str, by: str = "9999") -> tuple[str, ...]:
    """List the codes of the states that had a role by a date, in alphabetical order.

    Parameters
    ----------
    members : DataFrame
        Table ``members``.
    role : str
        ``member`` or ``observer``.
    by : str, optional
        ISO date; today's list by default.

    Returns
    -------
    tuple of str
        Parties without a code of their own are left out.

    Examples
    --------
    >>> frame = pd.DataFrame({"country": ["UZB", "AZE"], "role": ["member"] * 2,
    ...                       "since": ["2019-10", "2009-10-03"]})
    >>> parties(frame, "member"), parties(frame, "member", by="2019-09")
    (('AZE', 'UZB'), ('AZE',))
    """
    rows = members[(members["role"] == role) & (members["since"] <= by)]
    return tuple(sorted(rows["country"].dropna()))


def terms(events: pd.DataFrame) -> pd.DataFrame:
    """Lay out the chairmanships: who, from when, to when, how many days.

    Parameters
    ----------
    events : DataFrame
        Table ``events``; a term ends on the day on which the next begins.

    Returns
    -------
    DataFrame
        Columns ``country``, ``name``, ``start``, ``end``, ``days``, ``source_keys``, by start. The
        term that has no successor in the table has no end.
    """
    rows = events[events["kind"] == "chairmanship"].sort_values("date").reset_index(drop=True)
    ends = rows["date"].shift(-1)
    return pd.DataFrame(
        {
            "country": rows["country"],
            "name": rows["short"],
            "start": rows["date"],
            "end": ends,
            "days": pd.array(
                [
                    None if pd.isna(end) else (day(end) - day(start)).days
                    for start, end in zip(rows["date"], ends, strict=True)
                ],
                dtype="Int64",
            ),
            "source_keys": [
                " ".join(dict.fromkeys(f"{own} {nxt}".split()))
                for own, nxt in zip(
                    rows["source_keys"], rows["source_keys"].shift(-1, fill_value=""), strict=True
                )
            ],
        }
    )


def chairmanship_days(events: pd.DataFrame, country: str) -> Quantity:
    """Count the days that a state held the chair.

    Parameters
    ----------
    events : DataFrame
        Table ``events``.
    country : str
        Code of the state.

    Returns
    -------
    Quantity
        In days, from the day it took the chair to the day it passed it on.

    Raises
    ------
    ReckoningError
        The table holds no ended term of that state, or more than one.
    """
    term = term_of(events, country)
    return Quantity(
        float(term["days"]),
        "days",
        f"from {term['start']} to {term['end']}",
        tuple(term["source_keys"].split()),
        ("events",),
        int(term["end"][:4]),
    )


def timeline(events: pd.DataFrame) -> pd.DataFrame:
    """Place the events on an axis of years, and the terms of the chair beside them.

    Returns
    -------
    DataFrame
        Columns ``kind``, ``label``, ``date``, ``when`` (decimal year), ``until`` (decimal year,
        for ended terms), ``days`` (for ended terms).
    """
    chairs = terms(events).set_index("start")
    rows = events.assign(when=events["date"].map(decimal_year))
    rows = rows.sort_values(["when", "kind"]).reset_index(drop=True)
    is_term = rows["kind"] == "chairmanship"
    end = rows["date"].map(chairs["end"]).where(is_term)
    return pd.DataFrame(
        {
            "kind": rows["kind"],
            "label": rows["short"],
            "date": rows["date"],
            "when": rows["when"],
            "until": end.map(decimal_year, na_action="ignore").astype(float),
            "days": rows["date"].map(chairs["days"]).where(is_term).astype("Int64"),
        }
    )


def neighbours(borders: pd.DataFrame, country: str, group: Membership) -> Quantity:
    """Count the other members of a group that share a land border with a country.

    Parameters
    ----------
    borders : DataFrame
        Table ``borders``.
    country : str
        Code of the country.
    group : Membership
        The group; the country itself is left out.
    """
    rows = borders[
        (borders["country"] == country) & borders["neighbour"].isin(set(group.codes) - {country})
    ]
    return Quantity(
        float(len(rows)),
        "members",
        f"{group.name} with a land border with {country}",
        keys_of(rows["source_keys"]),
        ("borders",),
        2026,
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
