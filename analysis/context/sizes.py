"""Its size: area, people and output, summed and stated."""

import pandas as pd

from ..countries import FIVE, FOUR, WITH_OBSERVERS, Membership
from ..errors import ReckoningError
from ..quantities import Quantity, keys_of, merge

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


def excess(figure: Quantity, other: Quantity) -> Quantity:
    """Say by how many per cent a figure is above another (below it: negative).

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


def portraits(
    sizes: pd.DataFrame, lists: Membership, releases: tuple[tuple[str, int, str], ...]
) -> pd.DataFrame:
    """Set the countries of a list side by side, measure by measure.

    Parameters
    ----------
    sizes : DataFrame
        Table ``sizes``.
    lists : Membership
        The countries, in the order wanted.
    releases : tuple of (str, int, str)
        Measure, year and release to show.

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
    found = []
    for measure, year, vintage in releases:
        told = {
            code: one_size(sizes, code, measure, year, vintage).value
            / (1e6 if measure == "area" else 1)
            for code in lists.codes
        }
        whole = sum(told[code] for code in FIVE.codes)
        for code, value in told.items():
            member = code in FIVE.codes
            found.append(
                (
                    measure,
                    year,
                    vintage,
                    code,
                    member,
                    value,
                    _UNITS[measure],
                    100 * value / whole if member else float("nan"),
                )
            )
    return pd.DataFrame(
        found,
        columns=["measure", "year", "vintage", "country", "member", "value", "unit", "share"],
    )


def between_releases(
    sizes: pd.DataFrame, lists: Membership, year: int, releases: tuple[str, str]
) -> pd.DataFrame:
    """Set output and people of one year in two releases side by side.

    Parameters
    ----------
    sizes : DataFrame
        Table ``sizes``.
    lists : Membership
        The countries, in the order wanted.
    year : int
        The year that both releases have.
    releases : tuple of str
        The earlier and the later one.

    Returns
    -------
    DataFrame
        Columns ``country``, ``measure`` (``gdp``, ``population``), ``first``, ``second`` and
        ``change`` (per cent of the first), by country.

    Raises
    ------
    ReckoningError
        A release lacks a country.
    """
    found = []
    for code in lists.codes:
        for measure in ("gdp", "population"):
            first, second = (one_size(sizes, code, measure, year, r).value for r in releases)
            found.append((code, measure, first, second, 100 * (second / first - 1)))
    return pd.DataFrame(found, columns=["country", "measure", "first", "second", "change"])


def last_digit(value: float) -> float:
    """Give the worth of the last digit that a figure states; closing zeros state nothing.

    Examples
    --------
    >>> last_digit(4.5), last_digit(160.0), last_digit(178.0), last_digit(2110.0)
    (0.1, 10.0, 1.0, 10.0)
    """
    text = f"{value:.6f}".rstrip("0")
    whole, _, part = text.partition(".")
    if part:
        return round(10.0 ** -len(part), 6)
    return 10.0 ** (len(whole) - len(whole.rstrip("0")))


def room(value: float, bound: str) -> tuple[float, float]:
    """Say which sums a stated figure may stand for: the book's own rule.

    Half the worth of its last digit to either side; a whole one on the side that the wording
    opens: below for *nearly*, above for *more than*, both for *about*.

    Parameters
    ----------
    value : float
        As stated.
    bound : str
        ``exactly``, ``about``, ``nearly`` or ``more than``.

    Returns
    -------
    tuple of float
        Lowest and highest sum.

    Examples
    --------
    >>> room(160.0, "more than")
    (155.0, 170.0)
    """
    step = last_digit(value)
    below = step if bound in ("nearly", "about") else step / 2
    above = step if bound in ("more than", "about") else step / 2
    return value - below, value + above


def fits(
    sizes: pd.DataFrame, statements: pd.DataFrame, lists: tuple[Membership, ...] = EVERY_LIST
) -> pd.DataFrame:
    """Hold every stated size against the sum over every list.

    Parameters
    ----------
    sizes, statements : DataFrame
        Tables ``sizes`` and ``size_statements``. A statement is held against the year that its row
        names, in the earliest release that has it.
    lists : tuple of Membership, optional
        All lists by default.

    Returns
    -------
    DataFrame
        Columns ``measure``, ``speaker``, ``date``, ``bound``, ``stated``, ``low`` and ``high``
        (per cent of the stated figure that `room` leaves), ``year``, ``vintage``, ``list``,
        ``sum``, ``off`` (per cent by which the sum is above the stated figure), ``fits``; a row a
        statement and list.

    Raises
    ------
    ReckoningError
        No release has the year.
    """
    totals = sums(sizes[sizes["country"] != "WLD"], lists)
    found = []
    for said in statements.sort_values("date", kind="stable").itertuples():
        rows = totals[(totals["measure"] == said.measure) & (totals["year"] == said.of_year)]
        if rows.empty:
            raise ReckoningError(
                f"no {said.measure} in {said.of_year}", where=f"{said.speaker}, {said.date}"
            )
        vintage = min(rows["vintage"])
        low, high = room(said.value, said.bound)
        for row in rows[rows["vintage"] == vintage].itertuples():
            found.append(
                (
                    said.measure,
                    said.speaker,
                    said.date,
                    said.bound,
                    said.value,
                    100 * (low / said.value - 1),
                    100 * (high / said.value - 1),
                    said.of_year,
                    vintage,
                    row.list,
                    row.value,
                    100 * (row.value / said.value - 1),
                    low <= row.value <= high,
                )
            )
    frame = pd.DataFrame(
        found,
        columns=[
            "measure",
            "speaker",
            "date",
            "bound",
            "stated",
            "low",
            "high",
            "year",
            "vintage",
            "list",
            "sum",
            "off",
            "fits",
        ],
    )
    rank = frame["measure"].map({name: place for place, name in enumerate(_UNITS)})
    return frame.loc[rank.sort_values(kind="stable").index].reset_index(drop=True)


def unfitted(held: pd.DataFrame, measure: str, sources: tuple[str, ...]) -> Quantity:
    """Count the statements of a measure that fit no list (see `fits`)."""
    rows = held[held["measure"] == measure].groupby(["speaker", "date"])["fits"].any()
    return Quantity(
        float((~rows).sum()),
        "statements",
        f"statements of {measure} that the sum over no list fits, of {len(rows)}",
        sources,
        ("sizes", "size_statements"),
        estimate=True,
    )
