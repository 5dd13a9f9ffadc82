"""Investment in dollars, and the fund that was to bring it."""

import pandas as pd

from ..quantities import Quantity
from ..rows import chosen, one
from .values import series

_SHARE, _OUTPUT = "gross_capital_formation", "gdp_current_usd"
#: Column of `investment` -> unit and rule of its figures.
_FIGURES = {
    "invested": ("USD billion", "shares of GDP times GDP, added over the five members"),
    "share": ("%", "investment of the five members over their GDP"),
}


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
    share = series(indicators, _SHARE).dropna()
    output = series(indicators, _OUTPUT)[share.columns].dropna()
    years = share.index.intersection(output.index)
    share, output = share.loc[years], output.loc[years]
    gdp, invested = output.sum(axis=1), (share / 100 * output).sum(axis=1)
    rows = indicators[indicators["indicator"].isin([_SHARE, _OUTPUT])]
    estimates = rows[rows["basis"] == "estimate"].groupby("year").size()
    columns = {
        "gdp": gdp, "invested": invested, "share": 100 * invested / gdp,
        "estimates": estimates.reindex(years, fill_value=0),
    }  # fmt: skip
    return pd.DataFrame(columns, index=years).rename_axis("year").reset_index()


def invested(indicators: pd.DataFrame, year: int, column: str = "invested") -> Quantity:
    """Give one figure of `investment`, a column of it; refuse a year that it does not cover."""
    row = one(investment(indicators), "investment", year=year)
    rows = chosen(indicators, "table indicators", indicator=_SHARE)
    unit, rule = _FIGURES[column]
    return Quantity.of(rows, row[column], unit, rule, ("indicators",), year=year, estimate=False)


def fund_fact(fund: pd.DataFrame, fact: str) -> Quantity:
    """Look up one figure of the Turkic Investment Fund; refuse a fact without one."""
    row = chosen(fund[fund["value"].notna()], "figures of the fund", fact=fact).iloc[0]
    rule, year = f"{fact}, {row['date']}", int(row["date"][:4])
    return Quantity.of(row, row["value"], row["unit"], rule, ("fund",), year=year)
