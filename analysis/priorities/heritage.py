"""What members hold together: elements of intangible heritage, counted through time."""

from collections.abc import Iterable

import pandas as pd

from ..countries import NAMES
from ..errors import ReckoningError
from ..quantities import Quantity, keys_of

#: Year to which the lists were gathered.
GATHERED = 2025


def shared_elements(
    heritage: pd.DataFrame, codes: tuple[str, ...], years: Iterable[int]
) -> pd.DataFrame:
    """Count, year by year, the elements that each country holds with others of the group.

    An element counts from the year in which both were inscribed with it; what is shared with
    countries outside of the group alone does not count.

    Returns
    -------
    DataFrame
        Rows as in the table ``indicators``, of the indicator ``shared_elements``.

    Raises
    ------
    ReckoningError
        No element is held by a country of the group; no year.

    Examples
    --------
    >>> held = pd.DataFrame({"element": ["yurt", "yurt"], "country": ["KAZ", "KGZ"],
    ...                      "since": [2014, 2016], "source_keys": ["a", "a"]})
    >>> shared_elements(held, ("KAZ", "KGZ"), (2015, 2016))[["country", "year", "value"]].values
    array([['KAZ', 2015, 0.0],
           ['KAZ', 2016, 1.0],
           ['KGZ', 2015, 0.0],
           ['KGZ', 2016, 1.0]], dtype=object)
    """
    ours = heritage[heritage["country"].isin(codes)]
    if ours.empty:
        raise ReckoningError("no element is held by the group", allowed=", ".join(codes))
    if not list(years):
        raise ReckoningError("no year to count shared elements in", allowed="one or more")
    wide = ours.pivot_table(index="element", columns="country", values="since")
    wide = wide.reindex(columns=list(codes))
    counts = []
    for country in codes:
        for year in years:
            held = wide.le(year)
            shared = held[country] & (held.drop(columns=country).any(axis=1))
            counts.append((country, year, float(shared.sum())))
    frame = pd.DataFrame(counts, columns=["country", "year", "value"])
    return frame.assign(
        indicator="shared_elements",
        unit="elements",
        basis="reported",
        vintage=f"lists to {GATHERED}, as gathered",
        standard_error=float("nan"),
        source_keys=" ".join(keys_of(ours["source_keys"])),
    )


def held_by_all(heritage: pd.DataFrame, codes: tuple[str, ...], year: int) -> tuple[str, ...]:
    """Name the elements that every country of a group was inscribed with by a year."""
    ours = heritage[heritage["country"].isin(codes) & (heritage["since"] <= year)]
    holders = ours.groupby("element", sort=False)["country"].nunique()
    return tuple(holders[holders == len(codes)].index)


def holders(heritage: pd.DataFrame) -> pd.DataFrame:
    """List each element with its holders and since when, by the first of them.

    Returns
    -------
    DataFrame
        Columns ``element``, ``holders`` ("Türkiye 2014, Uzbekistan 2016"), ``source_keys``.
    """
    rows = heritage.sort_values("since", kind="stable")
    rows = rows.assign(holders=[f"{NAMES[row.country]} {row.since}" for row in rows.itertuples()])
    by_element = rows.groupby("element", sort=False)
    cells = {"holders": ", ".join, "source_keys": lambda keys: " ".join(keys_of(keys))}
    return by_element.agg(cells).reset_index()


def elements(heritage: pd.DataFrame, year: int) -> Quantity:
    """Count the elements that two countries or more hold together by a year.

    Raises
    ------
    ReckoningError
        A year after `GATHERED`.
    """
    if year > GATHERED:
        raise ReckoningError(f"no lists of {year}", allowed=f"{GATHERED} or before")
    held = heritage[heritage["since"] <= year].groupby("element")["country"].nunique()
    rule = f"elements that two members or more were inscribed with by {year}"
    count = int((held > 1).sum())
    return Quantity.of(heritage, count, "elements", rule, ("shared_heritage",), year=year)


def added(heritage: pd.DataFrame, since: int, until: int) -> Quantity:
    """Count the elements that came to be held together after one year and by another."""
    before, after = elements(heritage, since), elements(heritage, until)
    rule = f"{after.rule}, less those by {since}"
    return after.derived(after.value - before.value, "elements", rule)
