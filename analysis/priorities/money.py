"""Investment in dollars, and the fund that was to bring it."""

import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity, keys_of
from .values import series


def investment(indicators: pd.DataFrame) -> pd.DataFrame:
    """Turn shares of GDP into dollars and add the countries up.

    A year counts in which every country has both its share and its GDP: a missing one is not a
    zero.

    Returns
    -------
    DataFrame
        Columns ``year``, ``gdp`` and ``invested`` (USD billion, current), ``share`` (per cent of
        the joint GDP), ``estimates`` (figures that the publisher marks as estimates).
    """
    share = series(indicators, "gross_capital_formation").dropna()
    output = series(indicators, "gdp_current_usd")[share.columns].dropna()
    years = share.index.intersection(output.index)
    share, output = share.loc[years], output.loc[years]
    invested = (share / 100 * output).sum(axis=1)
    chosen = indicators[
        indicators["indicator"].isin(["gross_capital_formation", "gdp_current_usd"])
    ]
    marked = chosen[chosen["basis"] == "estimate"].groupby("year").size()
    total = output.sum(axis=1)
    return pd.DataFrame(
        {
            "year": share.index,
            "gdp": total.to_numpy(),
            "invested": invested.to_numpy(),
            "share": (100 * invested / total).to_numpy(),
            "estimates": [int(marked.get(year, 0)) for year in share.index],
        }
    )


def invested_by(indicators: pd.DataFrame, years: tuple[int, ...]) -> pd.DataFrame:
    """Turn each country's share of GDP into dollars.

    Returns
    -------
    DataFrame
        Columns ``country``, ``year``, ``gdp`` (USD billion), ``share`` (per cent of it) and
        ``invested`` (USD billion), by country and year.

    Raises
    ------
    ReckoningError
        A country lacks its share or its GDP in a year.

    Examples
    --------
    >>> rows = pd.DataFrame({"indicator": ["gross_capital_formation", "gdp_current_usd"],
    ...                      "country": "KAZ", "year": 2013, "value": [25.0, 200.0]})
    >>> invested_by(rows, (2013,))["invested"].tolist()
    [50.0]
    """
    share = series(indicators, "gross_capital_formation")
    output = series(indicators, "gdp_current_usd")
    found = []
    for country in share.columns:
        for year in years:
            told = [
                wide[country].get(year) if country in wide else None for wide in (output, share)
            ]
            if pd.isna(told).any():
                raise ReckoningError(f"no share or no GDP of {country} in {year}")
            gdp, part = map(float, told)
            found.append((country, year, gdp, part, gdp * part / 100))
    return pd.DataFrame(found, columns=["country", "year", "gdp", "share", "invested"])


def invested(indicators: pd.DataFrame, year: int, column: str = "invested") -> Quantity:
    """Give one figure of `investment`.

    Parameters
    ----------
    indicators : DataFrame
        Table ``indicators``.
    year : int
        Calendar year.
    column : str, optional
        ``invested`` (USD billion) or ``share`` (per cent of GDP).

    Raises
    ------
    ReckoningError
        The year is not covered.
    """
    rows = investment(indicators)
    rows = rows[rows["year"] == year]
    if rows.empty:
        raise ReckoningError(f"no investment in {year}")
    chosen = indicators[indicators["indicator"] == "gross_capital_formation"]
    unit, rule = {
        "invested": ("USD billion", "shares of GDP times GDP, added over the five members"),
        "share": ("%", "investment of the five members over their GDP"),
    }[column]
    return Quantity(
        float(rows.iloc[0][column]),
        unit,
        rule,
        keys_of(chosen["source_keys"]),
        ("indicators",),
        year,
    )


def fund_fact(fund: pd.DataFrame, fact: str) -> Quantity:
    """Look up one figure of the Turkic Investment Fund.

    Raises
    ------
    ReckoningError
        No such fact, or it has no figure.
    """
    rows = fund[(fund["fact"] == fact) & fund["value"].notna()]
    if rows.empty:
        raise ReckoningError(
            f"the fund has no figure for {fact!r}",
            allowed=", ".join(fund.loc[fund["value"].notna(), "fact"]),
        )
    row = rows.iloc[0]
    return Quantity(
        float(row["value"]),
        row["unit"],
        f"{fact}, {row['date']}",
        tuple(row["source_keys"].split()),
        ("fund",),
        int(row["date"][:4]),
    )
