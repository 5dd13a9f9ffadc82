"""Indicators through time, country by country."""

from typing import Any

import pandas as pd

from ..errors import ReckoningError
from ..rows import chosen, one


def listing(indicator_list: pd.DataFrame, indicator: str) -> dict[str, Any]:
    """Give an indicator's row of the list, by column.

    Raises
    ------
    ReckoningError
        It is not on the list, or without a unit or a direction of better.
    """
    row: dict[str, Any] = one(indicator_list, "list of indicators", indicator=indicator).to_dict()
    for field, allowed in (("unit", "some text"), ("better", "higher, lower, none")):
        if not isinstance(row.get(field), str) or not row[field].strip():
            raise ReckoningError(
                f"no {field}", where=f"list of indicators, {indicator}", allowed=allowed
            )
    return row


def series(indicators: pd.DataFrame, indicator: str, since: int = 0) -> pd.DataFrame:
    """Lay out one indicator as years by countries.

    Raises
    ------
    ReckoningError
        No value of that indicator since that year.
    """
    rows = chosen(indicators, "table indicators", indicator=indicator)
    if rows["year"].max() < since:
        raise ReckoningError(
            f"no value of {indicator} since {since}", allowed=f"{rows['year'].max()} or before"
        )
    return (
        rows[rows["year"] >= since]
        .pivot(index="year", columns="country", values="value")
        .sort_index()
    )


def gaps(
    indicators: pd.DataFrame, indicator: str, codes: tuple[str, ...], since: int
) -> pd.DataFrame:
    """List the years in which one country of a group has a value and another has none.

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
    wide = series(indicators, indicator, since)
    missing = [
        (country, int(year))
        for country in sorted(codes)
        for year in wide.index
        if country not in wide or pd.isna(wide.loc[year, country])
    ]
    return pd.DataFrame(missing, columns=["country", "year"])


def panels(
    indicators: pd.DataFrame, indicator_list: pd.DataFrame, names: tuple[str, ...], since: int
) -> pd.DataFrame:
    """Prepare indicators, in the order of the panels, for small multiples.

    Returns
    -------
    DataFrame
        Columns ``panel`` (name for readers), ``unit``, ``better``, ``country``, ``year``,
        ``value``, ``standard_error``, ``basis``, by panel, country and year. A gap (see `gaps`)
        is a row of basis ``gap`` without a value.

    Raises
    ------
    ReckoningError
        See `listing` and `series`; or values that are not in the unit of the list.
    """
    parts = []
    for name in names:
        listed = listing(indicator_list, name)
        rows = indicators[(indicators["indicator"] == name) & (indicators["year"] >= since)]
        strange = sorted(set(rows["unit"]) - {listed["unit"]})
        if strange:
            raise ReckoningError(
                f"values in {', '.join(strange)}", where=name, allowed=listed["unit"]
            )
        codes = tuple(sorted(set(rows["country"])))
        empty = gaps(indicators, name, codes, since).assign(basis="gap")
        both = pd.concat([rows, empty]) if len(empty) else rows
        described = both.assign(panel=listed["name"], unit=listed["unit"], better=listed["better"])
        parts.append(described.sort_values(["country", "year"]))
    columns = ["panel", "unit", "better", "country", "year", "value", "standard_error", "basis"]
    return pd.concat(parts)[columns].reset_index(drop=True)


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
    rows = chosen(indicators, "table indicators", indicator=indicator, year=year)
    row = rows.set_index("country")["value"].sort_index()
    return pd.Series(
        {"low": row.min(), "lowest": row.idxmin(), "high": row.max(), "highest": row.idxmax()}
    )
