"""Indicators through time, country by country."""

from typing import Any

import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity, keys_of


def told_of(indicator_list: pd.DataFrame, indicator: str) -> dict[str, Any]:
    """Give what the list says of an indicator.

    Raises
    ------
    ReckoningError
        It is not on the list, or without a unit or a direction of better.
    """
    rows = indicator_list[indicator_list["indicator"] == indicator]
    if rows.empty:
        raise ReckoningError(
            f"indicator {indicator!r} is not on the list",
            allowed=", ".join(indicator_list["indicator"]),
        )
    told = rows.iloc[0].to_dict()
    for field, allowed in (("unit", "some text"), ("better", "higher, lower, none")):
        if not isinstance(told.get(field), str) or not told[field].strip():
            raise ReckoningError(
                f"no {field}", where=f"list of indicators, {indicator}", allowed=allowed
            )
    return told


def series(indicators: pd.DataFrame, indicator: str, since: int = 0) -> pd.DataFrame:
    """Lay out one indicator as years by countries.

    Raises
    ------
    ReckoningError
        No value of that indicator since that year.
    """
    rows = indicators[(indicators["indicator"] == indicator) & (indicators["year"] >= since)]
    if rows.empty:
        raise ReckoningError(
            f"no values of {indicator!r} since {since}",
            allowed=", ".join(sorted(set(indicators["indicator"]))),
        )
    return rows.pivot(index="year", columns="country", values="value").sort_index()


def gaps(
    indicators: pd.DataFrame, indicator: str, codes: tuple[str, ...], since: int
) -> pd.DataFrame:
    """List the years in which one country of a group has a value and another has none.

    Parameters
    ----------
    indicators : DataFrame
        Table ``indicators``.
    indicator : str
        Its short name.
    codes : tuple of str
        The group.
    since : int
        First year looked at.

    Returns
    -------
    DataFrame
        Columns ``country``, ``year``. A year in which nobody has a value is no gap: surveys come
        in rounds.

    Raises
    ------
    ReckoningError
        See `series`.
    """
    wide = series(indicators, indicator, since).reindex(columns=list(codes))
    return pd.DataFrame(
        [
            (country, int(year))
            for country in sorted(codes)
            for year in wide.index[wide[country].isna()]
        ],
        columns=["country", "year"],
    )


def panels(
    indicators: pd.DataFrame, indicator_list: pd.DataFrame, chosen: tuple[str, ...], since: int
) -> pd.DataFrame:
    """Prepare indicators for small multiples.

    Parameters
    ----------
    indicators, indicator_list : DataFrame
        The tables of those names.
    chosen : tuple of str
        Indicators in the order of the panels.
    since : int
        First year.

    Returns
    -------
    DataFrame
        Columns ``panel`` (name for readers), ``unit``, ``better``, ``country``, ``year``,
        ``value``, ``standard_error``, ``basis``, by panel, country and year. A gap (see `gaps`)
        is a row of basis ``gap`` without a value.

    Raises
    ------
    ReckoningError
        See `told_of` and `series`; or values that are not in the unit of the list.
    """
    found = []
    for indicator in chosen:
        told = told_of(indicator_list, indicator)
        rows = indicators[(indicators["indicator"] == indicator) & (indicators["year"] >= since)]
        strange = sorted(set(rows["unit"]) - {told["unit"]})
        if strange:
            raise ReckoningError(
                f"values in {', '.join(strange)}", where=indicator, allowed=told["unit"]
            )
        codes = tuple(sorted(set(rows["country"])))
        empty = gaps(indicators, indicator, codes, since).assign(basis="gap")
        both = pd.concat([rows, empty]) if len(empty) else rows
        found.append(
            both.sort_values(["country", "year"]).assign(
                panel=told["name"], unit=told["unit"], better=told["better"]
            )
        )
    columns = ["panel", "unit", "better", "country", "year", "value", "standard_error", "basis"]
    return pd.concat(found)[columns].reset_index(drop=True)


def spread(indicators: pd.DataFrame, indicator: str, since: int) -> pd.DataFrame:
    """Follow the distance between the highest and the lowest country.

    Returns
    -------
    DataFrame
        Columns ``year``, ``highest``, ``lowest``, ``distance``, ``top`` and ``bottom`` (codes), for
        years in which every country has a value.
    """
    wide = series(indicators, indicator, since).dropna()
    return pd.DataFrame(
        {
            "year": wide.index,
            "highest": wide.max(axis=1).to_numpy(),
            "lowest": wide.min(axis=1).to_numpy(),
            "distance": (wide.max(axis=1) - wide.min(axis=1)).to_numpy(),
            "top": wide.idxmax(axis=1).to_numpy(),
            "bottom": wide.idxmin(axis=1).to_numpy(),
        }
    )


def distance(indicators: pd.DataFrame, indicator: str, since: int, year: int) -> Quantity:
    """Give the distance of `spread` in one year.

    Raises
    ------
    ReckoningError
        Not every country has a value in that year.
    """
    rows = spread(indicators, indicator, since)
    rows = rows[rows["year"] == year]
    if rows.empty:
        raise ReckoningError(f"{indicator} lacks a country in {year}")
    row = rows.iloc[0]
    chosen = indicators[indicators["indicator"] == indicator]
    return Quantity(
        float(row["distance"]),
        str(chosen["unit"].iloc[0]),
        f"highest ({row['top']}) less lowest ({row['bottom']})",
        keys_of(chosen["source_keys"]),
        ("indicators",),
        year,
    )


def value(indicators: pd.DataFrame, indicator: str, country: str, year: int) -> Quantity:
    """Look up one value.

    Raises
    ------
    ReckoningError
        There is none.
    """
    rows = indicators[
        (indicators["indicator"] == indicator)
        & (indicators["country"] == country)
        & (indicators["year"] == year)
    ]
    if rows.empty:
        raise ReckoningError(f"no {indicator} of {country} in {year}")
    row = rows.iloc[0]
    return Quantity(
        float(row["value"]),
        row["unit"],
        f"as published, {row['vintage']}",
        tuple(row["source_keys"].split()),
        ("indicators",),
        year,
    )


def ends(indicators: pd.DataFrame, indicator: str, year: int) -> pd.Series:
    """Give the lowest and the highest value of a year, and whose they are.

    Returns
    -------
    Series
        ``low``, ``lowest`` (code), ``high``, ``highest`` (code).

    Raises
    ------
    ReckoningError
        No value in that year.
    """
    wide = series(indicators, indicator)
    if year not in wide.index:
        raise ReckoningError(f"no {indicator} in {year}", allowed=", ".join(map(str, wide.index)))
    row = wide.loc[year].dropna()
    return pd.Series(
        {"low": row.min(), "lowest": row.idxmin(), "high": row.max(), "highest": row.idxmax()}
    )
