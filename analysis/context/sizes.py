"""Its size: area, people and output, summed and stated."""

import pandas as pd

from ..countries import FIVE, FOUR, WITH_OBSERVERS, Membership
from ..errors import ReckoningError
from ..quantities import Quantity, keys_of, last_digit, merge
from ..rows import one

_UNITS = {
    "area": "million km²",
    "population": "million",
    "gdp": "USD billion",
    "gdp_ppp": "international dollar billion",
}
_HUN = Membership("five members and Hungary", (*FIVE.codes, "HUN"))
_TKM = Membership("five members and Turkmenistan", (*FIVE.codes, "TKM"))
#: Every list that a total of the organisation may have been taken over, the shortest first.
EVERY_LIST = (FOUR, FIVE, _HUN, _TKM, WITH_OBSERVERS)


def sums(sizes: pd.DataFrame, lists: tuple[Membership, ...]) -> pd.DataFrame:
    """Add up area, population and GDP over each list of countries, for each year and release.

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
    totals = []
    for (measure, year, vintage), rows in sizes.groupby(["measure", "year", "vintage"], sort=False):
        for each in lists:
            part = rows[rows["country"].isin(each.codes)]
            missing = sorted(set(each.codes) - set(part["country"]))
            if missing:
                raise ReckoningError(
                    f"no {measure} of {', '.join(missing)} in {year}, {vintage}",
                    where=f"sum over {each.name}",
                    allowed="a figure for every country of the list",
                )
            value, keys = _scaled(part["value"].sum(), measure), keys_of(part["source_keys"])
            unit = _UNITS[measure]
            totals.append((measure, each.name, year, vintage, value, unit, " ".join(keys)))
    return pd.DataFrame(
        totals, columns=["measure", "list", "year", "vintage", "value", "unit", "source_keys"]
    )


def size(totals: pd.DataFrame, measure: str, group: str, year: int, vintage: str) -> Quantity:
    """Pick one sum of `sums`; refuse what there is none of."""
    row = one(totals, "sums over lists", measure=measure, list=group, year=year, vintage=vintage)
    rule = f"sum over {group}, {vintage}"
    return Quantity.of(row, row["value"], row["unit"], rule, ("sizes",), year=year)


def stated_size(statements: pd.DataFrame, measure: str, when: str, speaker: str) -> Quantity:
    """Pick one statement of size; refuse a speaker, date or measure without one."""
    row = one(statements, "table size_statements", measure=measure, speaker=speaker, date=when)
    rule, year = f"as stated: {row['bound']}", int(when[:4])
    return Quantity.of(row, row["value"], row["unit"], rule, ("size_statements",), year=year)


def one_size(sizes: pd.DataFrame, country: str, measure: str, year: int, vintage: str) -> Quantity:
    """Look up one figure of one country in one release; refuse what there is none of."""
    row = one(sizes, "table sizes", country=country, measure=measure, year=year, vintage=vintage)
    rule = f"as published, {vintage}"
    return Quantity.of(row, row["value"], row["unit"], rule, ("sizes",), year=year)


def percent_above(figure: Quantity, other: Quantity) -> Quantity:
    """Say by how many per cent a figure is above another (below it: negative).

    Raises
    ------
    ReckoningError
        The two are not in one unit.

    Examples
    --------
    >>> stated = Quantity(4.5, "million km²", "stated", ("a",), ("size_statements",))
    >>> summed = Quantity(4.0, "million km²", "sum", ("b",), ("sizes",))
    >>> percent_above(stated, summed).value
    12.5
    """
    if figure.unit != other.unit:
        raise ReckoningError(f"{figure.unit} against {other.unit}", allowed="one unit")
    return Quantity(
        100 * (figure.value / other.value - 1),
        "%",
        f"100 × (a / b − 1), a: {figure.rule}, b: {other.rule}",
        merge(figure.sources, other.sources),
        merge(figure.tables, other.tables),
        other.year,
    )


def share_of_world(sizes: pd.DataFrame, group: Membership, year: int, vintage: str) -> Quantity:
    """Compare the GDP of a list of countries with the world's, in per cent.

    Raises
    ------
    ReckoningError
        The release has no figure for the world, or for a country of the list.
    """
    world = one_size(sizes, "WLD", "gdp", year, vintage)
    release = sizes[
        (sizes["measure"] == "gdp") & (sizes["year"] == year) & (sizes["vintage"] == vintage)
    ]
    part = size(sums(release, (group,)), "gdp", group.name, year, vintage)
    rule = f"GDP of {group.name} over GDP of the world, {vintage}"
    return part.derived(100 * part.value / world.value, "%", rule, world)


def country_sizes(
    sizes: pd.DataFrame, group: Membership, releases: tuple[tuple[str, int, str], ...]
) -> pd.DataFrame:
    """Set the countries of a list side by side, in its order, by measure, year and release.

    Returns
    -------
    DataFrame
        Columns ``measure``, ``year``, ``vintage``, ``country``, ``member`` (whether it is one of
        the five), ``value``, ``unit``, ``share`` (per cent of the five members' sum; missing for
        others).

    Raises
    ------
    ReckoningError
        A country has no figure.
    """
    rows = []
    for measure, year, vintage in releases:
        values = {
            code: _scaled(one_size(sizes, code, measure, year, vintage).value, measure)
            for code in group.codes
        }
        whole = sum(values[code] for code in FIVE.codes)
        for code, value in values.items():
            member = code in FIVE.codes
            share = 100 * value / whole if member else float("nan")
            rows.append((measure, year, vintage, code, member, value, _UNITS[measure], share))
    return pd.DataFrame(
        rows,
        columns=["measure", "year", "vintage", "country", "member", "value", "unit", "share"],
    )


def between_releases(
    sizes: pd.DataFrame, group: Membership, year: int, releases: tuple[str, str]
) -> pd.DataFrame:
    """Set output and people of one year in an earlier and a later release side by side.

    Returns
    -------
    DataFrame
        Columns ``country``, then for ``gdp`` and for ``population`` the value ``_first`` and
        ``_second`` and the ``_change`` (per cent of the first); a row a country, in the order of
        the group.

    Raises
    ------
    ReckoningError
        A release lacks a country.
    """
    rows = []
    for code in group.codes:
        row: dict[str, str | float] = {"country": code}
        for measure in ("gdp", "population"):
            first, second = (one_size(sizes, code, measure, year, r).value for r in releases)
            row |= {f"{measure}_first": first, f"{measure}_second": second}
            row[f"{measure}_change"] = 100 * (second / first - 1)
        rows.append(row)
    return pd.DataFrame(rows)


def rounding_interval(value: float, bound: str) -> tuple[float, float]:
    """Give the lowest and the highest sum that a stated figure may stand for: the book's own rule.

    Half the worth of its last digit to either side; a whole one on the side that the wording
    opens: below for *nearly*, above for *more than*, both for *about*, none for *exactly*.

    Examples
    --------
    >>> rounding_interval(160.0, "more than")
    (155.0, 170.0)
    """
    step = last_digit(value)
    below = step if bound in ("nearly", "about") else step / 2
    above = step if bound in ("more than", "about") else step / 2
    return value - below, value + above


def fits(
    sizes: pd.DataFrame, statements: pd.DataFrame, lists: tuple[Membership, ...] = EVERY_LIST
) -> pd.DataFrame:
    """Compare every stated size with the sum over every list.

    A statement is compared with the year that its row names, in the earliest release that has it.

    Returns
    -------
    DataFrame
        Columns ``measure``, ``speaker``, ``date``, ``bound``, ``stated``, ``low`` and ``high``
        (the `rounding_interval`, in per cent of the stated figure), ``year``, ``vintage``,
        ``list``, ``sum``, ``off`` (per cent by which the sum is above the stated figure),
        ``fits``; a row a statement and list.

    Raises
    ------
    ReckoningError
        No release has the year.
    """
    totals = sums(sizes[sizes["country"] != "WLD"], lists)
    parts = []
    for stated in statements.sort_values("date", kind="stable").itertuples():
        rows = totals[(totals["measure"] == stated.measure) & (totals["year"] == stated.of_year)]
        if rows.empty:
            raise ReckoningError(
                f"no {stated.measure} in {stated.of_year}",
                where=f"{stated.speaker}, {stated.date}",
                allowed=", ".join(str(it) for it in sorted(set(totals["year"]))),
            )  # fmt: skip
        value = stated.value
        low, high = rounding_interval(value, stated.bound)
        rows = rows[rows["vintage"] == min(rows["vintage"])].rename(columns={"value": "sum"})
        parts.append(
            rows.assign(
                speaker=stated.speaker, date=stated.date, bound=stated.bound, stated=value,
                low=100 * (low / value - 1), high=100 * (high / value - 1),
                off=100 * (rows["sum"] / value - 1), fits=rows["sum"].between(low, high),
            )
        )  # fmt: skip
    frame = pd.concat(parts)
    order = frame["measure"].map(list(_UNITS).index)
    columns = [
        "measure", "speaker", "date", "bound", "stated", "low", "high", "year", "vintage", "list",
        "sum", "off", "fits",
    ]  # fmt: skip
    return frame.iloc[order.argsort(kind="stable")][columns].reset_index(drop=True)


def unfitted(fitted: pd.DataFrame, measure: str, sources: tuple[str, ...]) -> Quantity:
    """Count the statements of a measure that fit no list (see `fits`)."""
    rows = fitted[fitted["measure"] == measure].groupby(["speaker", "date"])["fits"].any()
    rule = f"statements of {measure} that the sum over no list fits, of {len(rows)}"
    tables = ("sizes", "size_statements")
    return Quantity(float((~rows).sum()), "statements", rule, sources, tables, estimate=True)


def _scaled(value: float, measure: str) -> float:
    """Turn km² into million km²; other measures are in their unit."""
    return float(value) / (1e6 if measure == "area" else 1)
