"""What changed, and whether more than the source's own uncertainty."""

import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity, keys_of
from .values import series


def yardstick(indicators: pd.DataFrame, indicator: str, since: int) -> Quantity:
    """Find the largest change that any country's value made in one year.

    A change over ten years that is not larger than this is not called a change: it is within what
    the indicator does in a year. The rule is the book's own (grade E) and stands in for standard
    errors, which the evidence lacks.

    Parameters
    ----------
    indicators : DataFrame
        Table ``indicators``.
    indicator : str
        Its short name.
    since : int
        First year looked at.

    Returns
    -------
    Quantity
        In the unit of the indicator, without sign.
    """
    wide = series(indicators, indicator, since)
    rows = indicators[indicators["indicator"] == indicator]
    return Quantity(
        float(wide.diff().abs().max().max()),
        str(rows["unit"].iloc[0]),
        f"largest one-year move of {indicator} among the countries since {since}",
        keys_of(rows["source_keys"]),
        ("indicators",),
        int(wide.index[-1]),
        estimate=True,
    )


def changes(
    indicators: pd.DataFrame, indicator_list: pd.DataFrame, chosen: tuple[str, ...], since: int
) -> pd.DataFrame:
    """Compare each country's first and last value, and hold the change against the yardstick.

    Parameters
    ----------
    indicators, indicator_list : DataFrame
        The tables of those names.
    chosen : tuple of str
        Indicators in the order wanted.
    since : int
        First year.

    Returns
    -------
    DataFrame
        Columns ``indicator``, ``name``, ``unit``, ``country``, ``first_year``, ``last_year``,
        ``first``, ``last``, ``change``, ``yardstick``, ``verdict`` (``rose``, ``fell`` or
        ``no clear change``).

    Raises
    ------
    ReckoningError
        A country lacks the first year.
    """
    told = indicator_list.set_index("indicator")
    found = []
    for indicator in chosen:
        wide = series(indicators, indicator, since)
        bound = yardstick(indicators, indicator, since).value
        for country in wide.columns:
            values = wide[country].dropna()
            if values.index[0] != since:
                raise ReckoningError(
                    f"{indicator} of {country} starts in {values.index[0]}", allowed=str(since)
                )
            change = float(values.iloc[-1] - values.iloc[0])
            verdict = "no clear change"
            if abs(change) > bound + 1e-9:  # so that equal decimals are equal
                verdict = "rose" if change > 0 else "fell"
            found.append(
                (
                    indicator,
                    told.loc[indicator, "name"],
                    told.loc[indicator, "unit"],
                    country,
                    since,
                    int(values.index[-1]),
                    float(values.iloc[0]),
                    float(values.iloc[-1]),
                    change,
                    bound,
                    verdict,
                )
            )
    return pd.DataFrame(
        found,
        columns=[
            "indicator",
            "name",
            "unit",
            "country",
            "first_year",
            "last_year",
            "first",
            "last",
            "change",
            "yardstick",
            "verdict",
        ],
    )


def tally(changed: pd.DataFrame, verdict: str, sources: tuple[str, ...]) -> Quantity:
    """Count the pairs of indicator and country with a verdict (see `changes`)."""
    return Quantity(
        float((changed["verdict"] == verdict).sum()),
        "pairs",
        f"pairs of indicator and country: {verdict}",
        sources,
        ("indicators", "indicator_list"),
        estimate=True,
    )


def pairs(changed: pd.DataFrame, sources: tuple[str, ...]) -> Quantity:
    """Count all pairs of indicator and country that `changes` compared."""
    return Quantity(
        float(len(changed)),
        "pairs",
        "pairs of indicator and country compared",
        sources,
        ("indicators", "indicator_list"),
    )


def who(changed: pd.DataFrame, verdict: str) -> pd.DataFrame:
    """Count the verdicts of each country.

    Returns
    -------
    DataFrame
        Columns ``country``, ``indicators``; countries without that verdict are left out.
    """
    rows = changed[changed["verdict"] == verdict].groupby("country").size()
    return rows.rename("indicators").reset_index()


def steady(changed: pd.DataFrame) -> tuple[str, ...]:
    """Name the indicators in which no country changed clearly."""
    moved = set(changed.loc[changed["verdict"] != "no clear change", "name"])
    return tuple(name for name in dict.fromkeys(changed["name"]) if name not in moved)
