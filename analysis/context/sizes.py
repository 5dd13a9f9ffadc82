"""Its size: area, people and output, summed and stated."""

import pandas as pd

from ..countries import Membership
from ..errors import ReckoningError
from ..quantities import Quantity, keys_of, merge
from .dates import month

_UNITS = {"area": "million km²", "population": "million", "gdp": "USD billion"}


def sums(sizes: pd.DataFrame, lists: tuple[Membership, ...]) -> pd.DataFrame:
    """Add up area, population and GDP over each list of countries, for each year and release.

    Parameters
    ----------
    sizes : DataFrame
        Table ``sizes``.
    lists : tuple of Membership
        The lists.

    Returns
    -------
    DataFrame
        Columns ``measure``, ``list``, ``year``, ``vintage``, ``value``, ``unit`` (million km²,
        million, USD billion), ``source_keys``.

    Raises
    ------
    ReckoningError
        A country of a list has no figure for a measure, year and release that others have.
    """
    found = []
    for (measure, year, vintage), rows in sizes.groupby(["measure", "year", "vintage"], sort=False):
        for each in lists:
            chosen = rows[rows["country"].isin(each.codes)]
            missing = sorted(set(each.codes) - set(chosen["country"]))
            if missing:
                raise ReckoningError(
                    f"no {measure} of {', '.join(missing)} in {year}, {vintage}",
                    where=f"sum over {each.name}",
                    allowed="a figure for every country of the list",
                )
            value = chosen["value"].sum() / (1e6 if measure == "area" else 1)
            found.append(
                (
                    measure,
                    each.name,
                    year,
                    vintage,
                    value,
                    _UNITS[measure],
                    " ".join(keys_of(chosen["source_keys"])),
                )
            )
    return pd.DataFrame(
        found, columns=["measure", "list", "year", "vintage", "value", "unit", "source_keys"]
    )


def size(totals: pd.DataFrame, measure: str, group: str, year: int, vintage: str) -> Quantity:
    """Pick one sum of `sums`.

    Raises
    ------
    ReckoningError
        There is no such sum.
    """
    rows = totals[
        (totals["measure"] == measure)
        & (totals["list"] == group)
        & (totals["year"] == year)
        & (totals["vintage"] == vintage)
    ]
    if len(rows) != 1:
        raise ReckoningError(
            f"{len(rows)} sums of {measure} over {group} in {year}, {vintage}", allowed="one"
        )
    row = rows.iloc[0]
    return Quantity(
        float(row["value"]),
        row["unit"],
        f"sum over {group}, {vintage}",
        tuple(row["source_keys"].split()),
        ("sizes",),
        int(year),
    )


def stated_size(statements: pd.DataFrame, measure: str, when: str, speaker: str) -> Quantity:
    """Pick one statement of size.

    Raises
    ------
    ReckoningError
        Nobody of that name stated that measure on that date.
    """
    rows = statements[
        (statements["measure"] == measure)
        & (statements["date"] == when)
        & (statements["speaker"] == speaker)
    ]
    if len(rows) != 1:
        raise ReckoningError(f"no {measure} stated by {speaker} on {when}")
    row = rows.iloc[0]
    return Quantity(
        float(row["value"]),
        row["unit"],
        f"as stated: {row['bound']}",
        tuple(row["source_keys"].split()),
        ("size_statements",),
        int(when[:4]),
    )


def one_size(sizes: pd.DataFrame, country: str, measure: str, year: int, vintage: str) -> Quantity:
    """Look up one figure of one country in one release.

    Raises
    ------
    ReckoningError
        There is none.
    """
    rows = sizes[
        (sizes["country"] == country)
        & (sizes["measure"] == measure)
        & (sizes["year"] == year)
        & (sizes["vintage"] == vintage)
    ]
    if rows.empty:
        raise ReckoningError(f"no {measure} of {country} in {year}, {vintage}")
    row = rows.iloc[0]
    return Quantity(
        float(row["value"]),
        row["unit"],
        f"as published, {vintage}",
        tuple(row["source_keys"].split()),
        ("sizes",),
        year,
    )


def excess(stated: Quantity, summed: Quantity) -> Quantity:
    """Say by how many per cent a stated figure is above a sum (below it: negative).

    Raises
    ------
    ReckoningError
        The two are not in one unit.

    Examples
    --------
    >>> said = Quantity(4.5, "million km²", "stated", ("a",), ("size_statements",))
    >>> found = Quantity(4.0, "million km²", "sum", ("b",), ("sizes",))
    >>> excess(said, found).value
    12.5
    """
    if stated.unit != summed.unit:
        raise ReckoningError(f"{stated.unit} against {summed.unit}", allowed="one unit")
    return Quantity(
        100 * (stated.value / summed.value - 1),
        "%",
        "the stated figure over the sum, less one",
        merge(stated.sources, summed.sources),
        merge(stated.tables, summed.tables),
        summed.year,
    )


def share_of_world(sizes: pd.DataFrame, group: Membership, year: int, vintage: str) -> Quantity:
    """Compare the GDP of a list of countries with the world's, in per cent.

    Raises
    ------
    ReckoningError
        The release has no figure for the world.
    """
    rows = sizes[
        (sizes["measure"] == "gdp") & (sizes["year"] == year) & (sizes["vintage"] == vintage)
    ]
    world = rows.loc[rows["country"] == "WLD", "value"]
    if world.empty:
        raise ReckoningError(f"no GDP of the world in {year}, {vintage}")
    part = size(sums(rows, (group,)), "gdp", group.name, year, vintage)
    return part.like(
        100 * part.value / float(world.iloc[0]),
        "%",
        f"GDP of {group.name} over GDP of the world, {vintage}",
    )


def size_comparison(
    totals: pd.DataFrame, statements: pd.DataFrame, releases: tuple[tuple[str, int, str], ...]
) -> pd.DataFrame:
    """Put sums and statements under one another, measure by measure.

    Parameters
    ----------
    totals : DataFrame
        From `sums`.
    statements : DataFrame
        Table ``size_statements``.
    releases : tuple of (str, int, str)
        Measure, year and release of the sums to show.

    Returns
    -------
    DataFrame
        Columns ``measure``, ``kind`` (``sum`` or ``stated``), ``label``, ``bound``, ``value``,
        ``unit``: area first, then population, then GDP; GDP in USD trillion.
    """
    named = zip(totals["measure"], totals["year"], totals["vintage"], strict=True)
    totals = totals[[each in releases for each in named]]
    added = pd.DataFrame(
        {
            "measure": totals["measure"],
            "kind": "sum",
            "label": [
                f"{name[0].upper()}{name[1:]}" + ("" if measure == "area" else f", {year}")
                for measure, name, year in zip(
                    totals["measure"], totals["list"], totals["year"], strict=True
                )
            ],
            "bound": "exactly",
            "value": totals["value"],
            "unit": totals["unit"],
            "vintage": totals["vintage"],
        }
    )
    said = statements.sort_values("date")
    spoken = pd.DataFrame(
        {
            "measure": said["measure"],
            "kind": "stated",
            "label": [
                f"{who.split('. ')[-1]}, {month(when)}"
                for who, when in zip(said["speaker"], said["date"], strict=True)
            ],
            "bound": said["bound"],
            "value": said["value"],
            "unit": said["unit"],
            "vintage": "",
        }
    )
    both = pd.concat([added, spoken], ignore_index=True)
    money = both["measure"] == "gdp"
    both["value"] = both["value"].where(~money, both["value"] / 1000)
    both["unit"] = both["unit"].where(~money, "USD trillion")
    rank = both["measure"].map({name: place for place, name in enumerate(_UNITS)})
    return both.loc[rank.sort_values(kind="stable").index].reset_index(drop=True)
