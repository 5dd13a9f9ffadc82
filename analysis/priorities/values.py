"""Indicators through time, country by country."""

import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity, keys_of


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
    return rows.pivot_table(index="year", columns="country", values="value").sort_index()


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
        Columns ``panel`` (name for readers), ``unit``, ``country``, ``year``, ``value``,
        ``basis``, by panel, country and year.
    """
    told = indicator_list.set_index("indicator")
    rows = indicators[indicators["indicator"].isin(chosen) & (indicators["year"] >= since)]
    rank = rows["indicator"].map({name: place for place, name in enumerate(chosen)})
    rows = rows.assign(rank=rank).sort_values(["rank", "country", "year"])
    return pd.DataFrame(
        {
            "panel": rows["indicator"].map(told["name"]),
            "unit": rows["unit"],
            "country": rows["country"],
            "year": rows["year"],
            "value": rows["value"],
            "basis": rows["basis"],
        }
    ).reset_index(drop=True)


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


def latest(indicators: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """Give each country's last value, with its year."""
    rows = indicators[indicators["indicator"] == indicator].sort_values("year")
    return (
        rows.groupby("country")
        .tail(1)[["country", "year", "value", "unit"]]
        .sort_values("country")
        .reset_index(drop=True)
    )
