"""TURKTIME: what its eight words are said to hold, and what can be measured of them.

The indicators are the book's own choice: no official one, and no target, was found. Functions take
frames of ``data/`` and give frames or a `Quantity`.
"""

from dataclasses import dataclass

import pandas as pd

from .errors import ReckoningError
from .quantities import Quantity, keys_of

SLOGAN = "TURKTIME"


@dataclass(frozen=True)
class Match:
    """How a list of names agrees with the eight priorities.

    Parameters
    ----------
    names : bool
        The same names, whatever their order.
    order : bool
        The same names in the same places.
    slogan : str
        What the first letters of the given names spell.
    missing, unknown : tuple of str
        Priorities that were not given; names that are no priority.
    sources : tuple of str
        Keys of the bibliography that give the priorities.
    """

    names: bool
    order: bool
    slogan: str
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    sources: tuple[str, ...]


def match(priorities: pd.DataFrame, names: tuple[str, ...]) -> Match:
    """Hold a list of names against the priorities.

    Parameters
    ----------
    priorities : DataFrame
        Table ``priorities``.
    names : tuple of str
        Names in the order in which somebody gave them.

    Examples
    --------
    >>> frame = pd.DataFrame({"position": [1, 2], "priority": ["Trust", "Energy"],
    ...                       "source_keys": ["a", "a b"]})
    >>> found = match(frame, ("Energy", "Trust"))
    >>> found.names, found.order, found.slogan, found.sources
    (True, False, 'ET', ('a', 'b'))
    """
    rows = priorities.sort_values("position")
    official = tuple(rows["priority"])
    return Match(
        names=sorted(official) == sorted(names),
        order=official == tuple(names),
        slogan="".join(name[0] for name in names).upper(),
        missing=tuple(name for name in official if name not in names),
        unknown=tuple(name for name in names if name not in official),
        sources=keys_of(rows["source_keys"]),
    )


def letters(priorities: pd.DataFrame) -> str:
    """Spell the slogan from the letters in their order."""
    return "".join(priorities.sort_values("position")["letter"])


def horizon(priorities: pd.DataFrame) -> Quantity:
    """Say how many years the priorities were made for, by the sources that name them all.

    Raises
    ------
    ReckoningError
        The rows differ, or no source is common to them.
    """
    spans = sorted(set(priorities["horizon_years"]))
    common = set.intersection(*(set(keys.split()) for keys in priorities["source_keys"]))
    if len(spans) != 1 or not common:
        raise ReckoningError(f"horizons {spans}, common sources {sorted(common)}", allowed="one")
    return Quantity(
        float(spans[0]),
        "years",
        "as announced",
        tuple(sorted(common)),
        ("priorities",),
        2023,
    )


def scopes(priorities: pd.DataFrame, status: str) -> Quantity:
    """Count the priorities whose scope has a status.

    Parameters
    ----------
    priorities : DataFrame
        Table ``priorities``.
    status : str
        ``stated``, ``inferred`` or ``not found``.
    """
    rows = priorities[priorities["scope_status"] == status]
    keys = keys_of((rows if len(rows) else priorities)["source_keys"])
    return Quantity(
        float(len(rows)),
        "priorities",
        f"priorities whose scope is {status}",
        keys,
        ("priorities",),
        2023,
    )


def coverage(priorities: pd.DataFrame, indicator_list: pd.DataFrame) -> pd.DataFrame:
    """Say for each priority what the book can measure.

    Returns
    -------
    DataFrame
        Columns ``position``, ``letter``, ``priority``, ``series`` and ``snapshot`` (numbers of
        indicators), ``measured`` (``over time``, ``one year only`` or ``not measured``).
    """
    rows = priorities.sort_values("position")[["position", "letter", "priority"]].reset_index(
        drop=True
    )
    for form in ("series", "snapshot"):
        chosen = indicator_list[indicator_list["form"] == form]
        rows[form] = [int((chosen["position"] == place).sum()) for place in rows["position"]]
    rows["measured"] = [
        "over time" if series else "one year only" if snapshot else "not measured"
        for series, snapshot in zip(rows["series"], rows["snapshot"], strict=True)
    ]
    return rows


def measured(covered: pd.DataFrame, how: str, sources: tuple[str, ...]) -> Quantity:
    """Count the priorities that are measured in one way (see `coverage`)."""
    return Quantity(
        float((covered["measured"] == how).sum()),
        "priorities",
        f"priorities measured: {how}",
        sources,
        ("priorities", "indicator_list"),
    )


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


def investment(indicators: pd.DataFrame) -> pd.DataFrame:
    """Turn shares of GDP into dollars and add the countries up.

    Returns
    -------
    DataFrame
        Columns ``year``, ``gdp`` and ``invested`` (USD billion, current), ``share`` (per cent of
        the joint GDP), ``estimates`` (figures that the publisher marks as estimates).
    """
    share = series(indicators, "gross_capital_formation").dropna()
    output = series(indicators, "gdp_current_usd").loc[share.index, share.columns]
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
