"""The Trans-Caspian route reckoned: whose track it is, what it carries, when, and how fast.

The route is a graph. Each leg has one mode and one country, so a share of the way is a sum of legs.
Two counts of cargo exist side by side, series A and series B; nothing here joins them.
"""

from calendar import month_name
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import networkx as nx
import numpy as np
import pandas as pd

from .countries import FIVE, NAMES, Membership
from .errors import ReckoningError
from .quantities import Quantity, keys_of, merge

MODES = ("rail", "sea")
#: Mean radius of the Earth, km (IUGG).
EARTH_RADIUS = 6371.0088

Way = tuple["Leg", ...]


@dataclass(frozen=True)
class Spread:
    """A value between the lowest and the highest that the sources allow.

    Raises
    ------
    ReckoningError
        The values are not in order, or one is below zero.

    Examples
    --------
    >>> Spread(420, 468, 508).central
    468
    """

    low: float
    central: float
    high: float

    def __post_init__(self) -> None:
        """Refuse values out of order."""
        if not 0 <= self.low <= self.central <= self.high:
            raise ReckoningError(
                f"low {self.low:g}, central {self.central:g}, high {self.high:g}",
                allowed="0 <= low <= central <= high",
            )


@dataclass(frozen=True)
class Leg:
    """One stretch of the route with one mode and one country.

    Parameters
    ----------
    start, end : str
        Places at its ends.
    mode : str
        ``"rail"`` or ``"sea"``.
    country : str or None
        Whose track it is; nobody's at sea.
    km : Spread
        Length.
    straight_km : float
        Great circle between the ends.
    sources : tuple of str
        Keys of ``references.bib``.
    via : tuple of str, optional
        Places that it is drawn through.
    basis : str, optional
        ``"stated"``, or ``"derived"`` by the arithmetic in the row's note.
    days : Spread, optional
        Time on the leg; a sum of days refuses a leg without it.

    Raises
    ------
    ReckoningError
        An unknown mode or country, track that belongs to nobody, sea that belongs to somebody, or
        a length below the great circle.
    """

    start: str
    end: str
    mode: str
    country: str | None
    km: Spread
    straight_km: float
    sources: tuple[str, ...]
    via: tuple[str, ...] = ()
    basis: str = "stated"
    days: Spread | None = None

    @property
    def name(self) -> str:
        """What a reader calls the leg."""
        return f"{self.start} to {self.end}"

    def __post_init__(self) -> None:
        """Refuse what no leg can be."""
        where = f"leg {self.name}"
        if self.mode not in MODES:
            raise ReckoningError(f"mode {self.mode!r}", where=where, allowed=", ".join(MODES))
        if self.mode == "sea" and self.country is not None:
            raise ReckoningError(f"country {self.country!r}", where=where, allowed="none at sea")
        if self.mode == "rail" and self.country not in NAMES:
            raise ReckoningError(
                f"country {self.country!r}", where=where, allowed="a code of analysis/countries.py"
            )
        if self.km.low < self.straight_km:
            raise ReckoningError(
                f"{self.km.low:,.0f} km by {self.mode}",
                where=where,
                allowed=f"the great circle, {self.straight_km:,.0f} km, or more",
            )

    def turned(self) -> "Leg":
        """Give the same leg travelled the other way."""
        parts = vars(self) | {"start": self.end, "end": self.start, "via": self.via[::-1]}
        return Leg(**parts)


def great_circle(
    first: tuple[float, float] | pd.Series, second: tuple[float, float] | pd.Series
) -> float:
    """Measure the shortest way over a sphere of the Earth's mean radius (haversine formula).

    Parameters
    ----------
    first, second : pair of float
        Latitude and longitude in degrees.

    Returns
    -------
    float
        Kilometres.

    Examples
    --------
    A quarter of the way round the equator:

    >>> round(great_circle((0, 0), (0, 90)))
    10008
    """
    (lat1, lon1), (lat2, lon2) = np.radians([tuple(first), tuple(second)])
    half = np.sin((lat2 - lat1) / 2) ** 2
    half += np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return float(2 * EARTH_RADIUS * np.arcsin(np.sqrt(half)))


def corridor(legs: pd.DataFrame, places: pd.DataFrame) -> nx.Graph:
    """Build the route from its legs.

    The rule that no leg is shorter than its great circle is held here, as each `Leg` is made:
    this is the first place where lengths and coordinates, two tables, meet.

    Parameters
    ----------
    legs : DataFrame
        ``start``, ``end``, ``mode``, ``country``, ``km``, ``km_low``, ``km_high``, ``basis``,
        ``via``, ``source_keys``; with ``days_low``, ``days``, ``days_high`` where times are known.
    places : DataFrame
        ``place``, ``latitude``, ``longitude``.

    Returns
    -------
    Graph
        Places as nodes; each edge holds its `Leg` as ``leg`` and its length as ``km``.

    Raises
    ------
    ReckoningError
        A leg that `Leg` refuses, a place without coordinates, a second leg between the same places.
    """
    at = places.set_index("place")[["latitude", "longitude"]]
    net = nx.Graph()
    for row in legs.to_dict("records"):
        via = tuple(str(row["via"]).split(";")) if _given(row.get("via")) else ()
        where = f"leg {row['start']} to {row['end']}"
        for place in (row["start"], row["end"], *via):
            if place not in at.index:
                raise ReckoningError(
                    f"no coordinates for {place!r}", where=where, allowed=", ".join(at.index)
                )
        if net.has_edge(row["start"], row["end"]):
            raise ReckoningError("a second leg", where=where, allowed="one leg between two places")
        leg = Leg(
            start=row["start"],
            end=row["end"],
            mode=row["mode"],
            country=row["country"] if _given(row["country"]) else None,
            km=_spread(row, "km", where),
            straight_km=great_circle(at.loc[row["start"]], at.loc[row["end"]]),
            sources=keys_of([row["source_keys"]]),
            via=via,
            basis=row["basis"],
            days=_spread(row, "days", where) if _given(row.get("days")) else None,
        )
        net.add_edge(leg.start, leg.end, leg=leg, km=leg.km.central)
    return net


def way(net: nx.Graph, start: str, end: str) -> Way:
    """Find the shortest way between two places.

    Returns
    -------
    tuple of Leg
        In the order and direction of travel.

    Raises
    ------
    ReckoningError
        A place that no leg touches, or no way between the two.
    """
    for place in (start, end):
        if place not in net:
            raise ReckoningError(f"no leg touches {place!r}", allowed=", ".join(net.nodes))
    if start == end:
        raise ReckoningError(f"a way from {start!r} to itself", allowed="two places")
    try:
        stops = nx.shortest_path(net, start, end, weight="km")
    except nx.NetworkXNoPath:
        reached = ", ".join(sorted(nx.node_connected_component(net, start)))
        raise ReckoningError(
            f"no way from {start!r} to {end!r}", allowed=f"from {start!r}: {reached}"
        ) from None
    found = []
    for here, there in pairwise(stops):
        leg = net.edges[here, there]["leg"]
        found.append(leg if leg.start == here else leg.turned())
    return tuple(found)


def total(legs: Way, what: str = "km") -> Spread:
    """Add up a spread over the legs of a way: all lows, all centrals, all highs.

    Parameters
    ----------
    legs : tuple of Leg
        A way.
    what : str
        ``"km"`` or ``"days"``.

    Raises
    ------
    ReckoningError
        A leg lacks the spread.
    """
    for leg in legs:
        if getattr(leg, what) is None:
            raise ReckoningError(f"no {what}", where=f"leg {leg.name}", allowed=f"{what} on each")
    parts = [getattr(leg, what) for leg in legs]
    return Spread(*(sum(getattr(p, end) for p in parts) for end in ("low", "central", "high")))


def length(legs: Way) -> Quantity:
    """Give the length of a way in km, rail and sea together."""
    return _quantity(total(legs).central, "km", f"sum of {len(legs)} legs, {_ends(legs)}", legs)


def share_in(legs: Way, part: str) -> Quantity:
    """Give the share of a way's length on one country's track, or at sea.

    Parameters
    ----------
    legs : tuple of Leg
        A way.
    part : str
        A country code, or ``"sea"``.

    Returns
    -------
    Quantity
        In % of the way's length, rail and sea together.
    """
    km = sum(leg.km.central for leg in legs if _part(leg) == part)
    named = "at sea" if part == "sea" else f"on the track of {NAMES[part]}"
    rule = f"length {named}, as a share of the whole way {_ends(legs)}"
    return _quantity(100 * km / total(legs).central, "%", rule, legs)


def share_in_members(legs: Way, *, members: Membership = FIVE, with_sea: bool = False) -> Quantity:
    """Give the share of a way's length on the track of member states.

    Parameters
    ----------
    legs : tuple of Leg
        A way, as `way` gives it.
    members : Membership, optional
        Whose track counts.
    with_sea : bool, optional
        Count a sea leg as the members' own where the legs on both its sides are theirs.

    Returns
    -------
    Quantity
        In % of the way's length, rail and sea together.

    Examples
    --------
    >>> rail = Leg("A", "B", "rail", "KAZ", Spread(300, 300, 300), 0, ())
    >>> rest = Leg("B", "C", "rail", "GEO", Spread(100, 100, 100), 0, ())
    >>> share_in_members((rail, rest)).value
    75.0
    """
    own = _owned(legs, members, with_sea=with_sea)
    km = sum(leg.km.central for leg, mine in zip(legs, own, strict=True) if mine)
    rule = f"track of the {members.name}{' and the sea between' if with_sea else ''}"
    rule += f", as a share of the whole way {_ends(legs)}, rail and sea"
    return _quantity(100 * km / total(legs).central, "%", rule, legs)


def share_bounds(legs: Way, *, members: Membership = FIVE) -> tuple[Quantity, Quantity]:
    """Give the lowest and highest share on members' track that the lengths in the sources allow.

    Lowest: members' legs at their lowest lengths and all others at their highest. Highest: the
    other way round. The sea counts as nobody's.
    """
    own = _owned(legs, members, with_sea=False)
    pairs = list(zip(legs, own, strict=True))
    found = []
    for mine, others, name in (("low", "high", "lowest"), ("high", "low", "highest")):
        ours = sum(getattr(leg.km, mine) for leg, is_ours in pairs if is_ours)
        rest = sum(getattr(leg.km, others) for leg, is_ours in pairs if not is_ours)
        rule = f"{name} share on members' track {_ends(legs)} that the lengths in the sources allow"
        found.append(_quantity(100 * ours / (ours + rest), "%", rule, legs))
    return found[0], found[1]


def split(ways: Mapping[str, Way], *, members: Membership = FIVE) -> pd.DataFrame:
    """Split ways by whose track they use.

    Parameters
    ----------
    ways : mapping of str to tuple of Leg
        Ways by the name that readers see.
    members : Membership, optional
        Who is a member.

    Returns
    -------
    DataFrame
        One row a way and part: ``way``, ``part`` (country code or ``"sea"``), ``group``
        (``"member"``, ``"sea"``, ``"other"``), ``km``, ``share_percent``; and on each row the
        way's ``members_percent``, ``members_low``, ``members_high``.
    """
    rows = []
    for name, legs in ways.items():
        low, high = share_bounds(legs, members=members)
        for part in dict.fromkeys(_part(leg) for leg in legs):
            group = "sea" if part == "sea" else "member" if part in members.codes else "other"
            km = sum(leg.km.central for leg in legs if _part(leg) == part)
            rows.append(
                {
                    "way": name,
                    "part": part,
                    "group": group,
                    "km": km,
                    "share_percent": 100 * km / total(legs).central,
                    "members_percent": share_in_members(legs, members=members).value,
                    "members_low": low.value,
                    "members_high": high.value,
                }
            )
    return pd.DataFrame(rows)


def members_on(legs: Way, *, members: Membership = FIVE) -> tuple[str, ...]:
    """List the members whose track a way uses, in the order of travel.

    Examples
    --------
    >>> rail = Leg("A", "B", "rail", "KAZ", Spread(300, 300, 300), 0, ())
    >>> members_on((rail,))
    ('KAZ',)
    """
    return tuple(dict.fromkeys(leg.country for leg in legs if leg.country in members.codes))


def members_off(ways: Iterable[Way], *, members: Membership = FIVE) -> tuple[str, ...]:
    """List the members whose track none of the ways uses, alphabetically."""
    used = {code for legs in ways for code in members_on(legs, members=members)}
    return tuple(sorted(set(members.codes) - used))


def named(codes: Iterable[str]) -> str:
    """Name countries in a row of words; ``none`` where there are none.

    Examples
    --------
    >>> named(["KAZ", "AZE", "TUR"])
    'Kazakhstan, Azerbaijan and Türkiye'
    """
    *first, last = [NAMES[code] for code in codes] or ["none"]
    return f"{', '.join(first)} and {last}" if first else last


def unavoidable(net: nx.Graph, start: str, ends: tuple[str, ...]) -> tuple[str, ...]:
    """List the countries without whose track no end can be reached.

    Parameters
    ----------
    net : Graph
        As `corridor` builds it.
    start : str
        Where every way begins.
    ends : tuple of str
        Where a way may end; each is reachable in ``net``.

    Returns
    -------
    tuple of str
        Country codes, alphabetically.
    """
    for end in ends:
        way(net, start, end)
    owners = {data["leg"].country for *_, data in net.edges(data=True)} - {None}
    found = []
    for owner in sorted(owners):
        rest = net.copy()
        rest.remove_edges_from(
            [(a, b) for a, b, data in net.edges(data=True) if data["leg"].country == owner]
        )
        if not any(nx.has_path(rest, start, end) for end in ends):
            found.append(owner)
    return tuple(found)


def pieces(net: nx.Graph, places: pd.DataFrame, main: Way) -> pd.DataFrame:
    """Cut the route into straight pieces for drawing.

    Parameters
    ----------
    net : Graph
        As `corridor` builds it.
    places : DataFrame
        ``place``, ``latitude``, ``longitude``.
    main : tuple of Leg
        The main line; legs elsewhere are a branch.

    Returns
    -------
    DataFrame
        One row a piece: ``leg``, ``line`` (``"main"`` or ``"branch"``), ``mode``, ``group``
        (``"member"``, ``"other"``, ``"sea"``), ``country``, ``km`` (of the leg), ``start``,
        ``end`` and their coordinates ``from_lat``, ``from_lon``, ``to_lat``, ``to_lon``.
    """
    at = places.set_index("place")
    on_main = {frozenset((leg.start, leg.end)) for leg in main}
    rows = []
    for *_, data in net.edges(data=True):
        leg: Leg = data["leg"]
        owner = "member" if leg.country in FIVE.codes else "other"
        stops = (leg.start, *leg.via, leg.end)
        for here, there in pairwise(stops):
            rows.append(
                {
                    "leg": leg.name,
                    "line": "main" if frozenset((leg.start, leg.end)) in on_main else "branch",
                    "mode": leg.mode,
                    "group": "sea" if leg.mode == "sea" else owner,
                    "country": leg.country or "",
                    "km": leg.km.central,
                    "start": here,
                    "end": there,
                    "from_lat": at.loc[here, "latitude"],
                    "from_lon": at.loc[here, "longitude"],
                    "to_lat": at.loc[there, "latitude"],
                    "to_lon": at.loc[there, "longitude"],
                }
            )
    return pd.DataFrame(rows)


def compare_lengths(stated: pd.DataFrame, net: nx.Graph, places: pd.DataFrame) -> pd.DataFrame:
    """Hold stated lengths against the great circle and against the book's own length.

    Parameters
    ----------
    stated : DataFrame
        ``start``, ``end``, ``mode`` (``"rail"``, ``"sea"``, ``"all"``), ``km``, ``source_keys``.
    net : Graph
        As `corridor` builds it.
    places : DataFrame
        ``place``, ``latitude``, ``longitude``.

    Returns
    -------
    DataFrame
        The rows of ``stated`` with ``straight_km``; ``book_km``, the book's length of the same
        mode between the same ends, missing where the ends are not ends of legs; and ``possible``,
        false where the length is below the great circle. Rail between ends that a sea parts is a
        sum of stretches: it is tested against the sum of the great circles of the book's rail legs.
    """
    at = places.set_index("place")[["latitude", "longitude"]]
    rows = []
    for row in stated.itertuples():
        straight, book = great_circle(at.loc[row.start], at.loc[row.end]), float("nan")
        if row.start in net and row.end in net and nx.has_path(net, row.start, row.end):
            same = [leg for leg in way(net, row.start, row.end) if row.mode in (leg.mode, "all")]
            book = sum(leg.km.central for leg in same)
            if row.mode != "all":
                straight = sum(leg.straight_km for leg in same)
        rows.append((straight, book, row.km >= straight))
    found = pd.DataFrame(rows, columns=["straight_km", "book_km", "possible"], index=stated.index)
    return stated.join(found)


def cargo(volumes: pd.DataFrame) -> pd.DataFrame:
    """List the yearly counts of cargo: series A, series B, and what else was stated.

    Series B is published for one year with its growth; the year before follows from that growth,
    as the middle between the speakers, and is marked as an estimate.

    Parameters
    ----------
    volumes : DataFrame
        ``metric``, ``series``, ``year``, ``months``, ``value`` (thousand t), ``growth_percent``,
        ``speaker``, ``source_keys``. Counts of part of a year are left out.

    Returns
    -------
    DataFrame
        ``series``, ``year``, ``mt`` (million t), ``low``, ``high``, ``estimate``, ``speaker``,
        ``source_keys``; sorted, one row a year in each of A and B.
    """
    rows = volumes[(volumes["metric"] == "cargo") & (volumes["months"] == 12)]
    found = [
        (row.series, row.year, row.value, row.value, row.value, False, row.speaker, row.source_keys)
        for row in rows.itertuples()
        if row.series != "B"
    ]
    for year, group in rows[rows["series"] == "B"].groupby("year"):
        keys = " ".join(keys_of(group["source_keys"]))
        speakers = " and ".join(dict.fromkeys(group["speaker"]))
        counts = group["value"]
        told = ("B", year, counts.mean(), counts.min(), counts.max(), False, speakers, keys)
        before = _before(group)
        earlier = (year - 1, before.central, before.low, before.high, True)
        found += [("B", *earlier, speakers, keys), told]
    columns = ["series", "year", "mt", "low", "high", "estimate", "speaker", "source_keys"]
    out = pd.DataFrame(found, columns=columns).sort_values(["series", "year", "mt"])
    out[["mt", "low", "high"]] /= 1000
    return out.reset_index(drop=True)


def cargo_in(volumes: pd.DataFrame, series: str, year: int) -> Quantity:
    """Give one year's cargo of series A or B in million t.

    Raises
    ------
    ReckoningError
        The series has no figure for the year.
    """
    row = _cargo_row(volumes, series, year)
    rule = f"series {series}, {row['speaker']}"
    if row["estimate"]:
        rule += f"; from the count of {year + 1} and its stated growth"
    return Quantity(
        float(row["mt"]),
        "million t",
        rule,
        keys_of([row["source_keys"]]),
        ("route_volumes",),
        year,
        bool(row["estimate"]),
    )


def cargo_growth(volumes: pd.DataFrame, series: str, year: int) -> Quantity:
    """Give the growth of a series on the year before, in %.

    For series B this is the middle of the growth that its speakers state.
    """
    now, before = cargo_in(volumes, series, year), cargo_in(volumes, series, year - 1)
    value = 100 * (now.value / before.value - 1)
    now = replace(now, estimate=before.estimate)
    rule = f"series {series}, {year} on {year - 1}"
    if before.estimate:
        rule += ", the middle of the growth rates stated"
    return now.like(value, "%", rule)


def cargo_gap(volumes: pd.DataFrame, year: int) -> Quantity:
    """Give what series A counts above series B in one year, in million t."""
    wide, narrow = (cargo_in(volumes, series, year) for series in ("A", "B"))
    return Quantity(
        wide.value - narrow.value,
        "million t",
        "series A less series B",
        merge(wide.sources, narrow.sources),
        wide.tables,
        year,
        narrow.estimate,
    )


def outside_series_b(volumes: pd.DataFrame, year: int) -> Quantity:
    """Give the share of the growth of series A that series B does not have, in %.

    Raises
    ------
    ReckoningError
        A year is missing from a series, or series A did not grow.
    """
    added = {}
    sources: list[tuple[str, ...]] = []
    for series in ("A", "B"):
        now, before = (cargo_in(volumes, series, y) for y in (year, year - 1))
        added[series] = now.value - before.value
        sources.append(now.sources)
    if added["A"] <= 0:
        raise ReckoningError(
            f"series A changed by {added['A']:g} million t in {year}", allowed="growth"
        )
    return Quantity(
        100 * (1 - added["B"] / added["A"]),
        "%",
        f"1 less (tonnes added in series B / tonnes added in series A), {year - 1} to {year}",
        merge(*sources),
        ("route_volumes",),
        year,
        estimate=True,
    )


def containers(volumes: pd.DataFrame) -> pd.DataFrame:
    """List the containers of the whole route by year.

    A year without a count, whose next year is published with its growth, follows from that growth
    and is marked as an estimate.

    Returns
    -------
    DataFrame
        ``year``, ``teu_thousand``, ``estimate``, ``source_keys``; sorted by year.
    """
    rows = volumes[(volumes["metric"] == "containers") & (volumes["series"] == "route")]
    stated = set(rows["year"])
    found = []
    for row in rows.itertuples():
        found.append((row.year, row.value / 1000, False, row.source_keys))
        if row.year - 1 not in stated and pd.notna(row.growth_percent):
            before = row.value / (1 + row.growth_percent / 100)
            found.append((row.year - 1, before / 1000, True, row.source_keys))
    columns = ["year", "teu_thousand", "estimate", "source_keys"]
    return pd.DataFrame(found, columns=columns).sort_values("year", ignore_index=True)


def containers_in(volumes: pd.DataFrame, year: int) -> Quantity:
    """Give one year's containers of the whole route in thousand TEU.

    Raises
    ------
    ReckoningError
        No figure for the year.
    """
    found = containers(volumes)
    rows = found[found["year"] == year]
    if rows.empty:
        allowed = ", ".join(map(str, found["year"]))
        raise ReckoningError(f"no containers in {year}", allowed=allowed)
    row = rows.iloc[0]
    rule = "containers of the whole route, as stated"
    if row["estimate"]:
        rule = f"containers of {year + 1} over 1 + their stated growth"
    sources, tables = keys_of([row["source_keys"]]), ("route_volumes",)
    value = float(row["teu_thousand"])
    return Quantity(value, "thousand TEU", rule, sources, tables, year, bool(row["estimate"]))


def container_growth(volumes: pd.DataFrame, year: int) -> Quantity:
    """Give the growth of the route's containers on the year before, in %."""
    now, before = containers_in(volumes, year), containers_in(volumes, year - 1)
    return Quantity(
        100 * (now.value / before.value - 1),
        "%",
        f"containers of the whole route, {year} on {year - 1}",
        merge(now.sources, before.sources),
        now.tables,
        year,
        now.estimate or before.estimate,
    )


def stated(
    volumes: pd.DataFrame, source: str, metric: str, year: int, column: str = "value"
) -> Quantity:
    """Give one figure as one source states it.

    Parameters
    ----------
    volumes : DataFrame
        As the table ``route_volumes``.
    source : str
        A key that the row rests on.
    metric : str
        ``"cargo"`` (given in million t), ``"containers"``, ``"container growth"``, ``"trains"``.
    year : int
        The year described, or of which a part is described.
    column : str, optional
        ``"value"``, or ``"growth_percent"`` for the stated growth.

    Raises
    ------
    ReckoningError
        Not exactly one row fits, or it is silent on the column.
    """
    cites = volumes["source_keys"].map(lambda cell: source in cell.split())
    rows = volumes[cites & (volumes["metric"] == metric) & (volumes["year"] == year)]
    if len(rows) != 1 or pd.isna(rows[column].iloc[0]):
        raise ReckoningError(
            f"{len(rows)} rows of {metric} in {year} by {source!r}", allowed=f"one, with a {column}"
        )
    row = rows.iloc[0]
    months = "" if row["months"] == 12 else f", January to {month_name[row['months']]}"
    value, unit = float(row[column]), "%" if column == "growth_percent" else row["unit"]
    if unit == "thousand t":
        value, unit = value / 1000, "million t"
    rule = f"{metric} as stated by {row['speaker']}{months}"
    return Quantity(value, unit, rule, (source,), ("route_volumes",), year)


def capacity(capacities: pd.DataFrame, part: str, year: int) -> Quantity:
    """Give what a part of the route can carry in a year, in million t or in thousand TEU.

    Raises
    ------
    ReckoningError
        The table has no such part in that year.
    """
    rows = capacities[(capacities["object"] == part) & (capacities["year"] == year)]
    if rows.empty:
        told = (f"{row.object} {row.year}" for row in capacities.itertuples())
        raise ReckoningError(f"no capacity of {part!r} in {year}", allowed="; ".join(told))
    row = rows.iloc[0]
    return Quantity(
        float(row["value"]),
        row["unit"],
        f"{part}, as stated",
        keys_of([row["source_keys"]]),
        ("route_capacities",),
        year,
    )


def containers_and_room(volumes: pd.DataFrame, capacities: pd.DataFrame) -> pd.DataFrame:
    """Set the containers of each year beside what the route could carry.

    Returns
    -------
    DataFrame
        ``year``, ``what`` (``"carried"``, ``"whole route"``, ``"feeder fleet"``),
        ``teu_thousand``, ``estimate``; carried first, by year.
    """
    carried = containers(volumes).assign(what="carried")
    names = {
        "whole route, containers": "whole route",
        "feeder fleet Aktau to Alat": "feeder fleet",
    }
    rows = capacities[capacities["object"].isin(list(names))]
    room = pd.DataFrame(
        {
            "year": rows["year"],
            "what": rows["object"].map(names),
            "teu_thousand": rows["value"],
            "estimate": False,
        }
    )
    columns = ["year", "what", "teu_thousand", "estimate"]
    return pd.concat([carried[columns], room.sort_values("year")[columns]], ignore_index=True)


def ratio(part: Quantity, whole: Quantity) -> Quantity:
    """Give one quantity in % of another of the same unit.

    Raises
    ------
    ReckoningError
        The units differ.
    """
    if part.unit != whole.unit:
        raise ReckoningError(f"{part.unit!r} over {whole.unit!r}", allowed="one unit")
    return Quantity(
        100 * part.value / whole.value,
        "%",
        f"{part.rule}, over {whole.rule}",
        merge(part.sources, whole.sources),
        merge(part.tables, whole.tables),
        whole.year,
        part.estimate or whole.estimate,
    )


def feeder_use(
    volumes: pd.DataFrame, capacities: pd.DataFrame, plans: pd.DataFrame, year: int
) -> tuple[Quantity, Quantity]:
    """Give the use of the feeder fleet between Aktau and Alat: a lower and an upper reading.

    The upper reading lets every container of the route take a feeder ship. The lower one takes the
    share that the plan for the year gave to Aktau and Alat.

    Returns
    -------
    pair of Quantity
        Lower and upper, in % of the fleet's yearly capacity.

    Raises
    ------
    ReckoningError
        The year has no count, no capacity or no plan.
    """
    fleet = capacity(capacities, "feeder fleet Aktau to Alat", year)
    carried = containers_in(volumes, year)
    planned, part = (
        _plan(plans, metric, year) for metric in ("containers", "containers Aktau to Alat")
    )
    upper = Quantity(
        100 * carried.value / fleet.value,
        "%",
        "containers of the whole route, over the yearly capacity of the feeder fleet",
        merge(carried.sources, fleet.sources),
        ("route_volumes", "route_capacities"),
        year,
        estimate=True,
    )
    lower = Quantity(
        upper.value * float(part["value"] / planned["value"]),
        "%",
        "the share of containers planned for Aktau to Alat, over the capacity of the feeder fleet",
        merge(upper.sources, keys_of([planned["source_keys"], part["source_keys"]])),
        (*upper.tables, "route_plans"),
        year,
        estimate=True,
    )
    return lower, upper


def planned(plans: pd.DataFrame, metric: str, due: int) -> Quantity:
    """Give a plan in million t or in thousand TEU, or in trains.

    Raises
    ------
    ReckoningError
        No such plan.
    """
    row = _plan(plans, metric, due)
    rule = f"{metric} for {due}, {row['wording']}, {row['speaker']}, {row['said']}"
    keys = keys_of([row["source_keys"]])
    return Quantity(float(row["value"]), row["unit"], rule, keys, ("route_plans",), due)


def plans_against_outcomes(
    plans: pd.DataFrame, volumes: pd.DataFrame, capacities: pd.DataFrame
) -> pd.DataFrame:
    """Set each plan beside what happened in the year it was for.

    Cargo is held against series A, and against series B where that has the year; containers and
    trains against the counts of the whole route; capacity against the last one stated by that year.

    Returns
    -------
    DataFrame
        The rows of ``plans`` with ``outcome`` in the plan's unit, ``outcome_year`` and
        ``percent`` of the plan, missing where nothing comparable was published or the year has not
        passed; ``percent_b``, the same against series B; ``open``, true where the year lies after
        the last year of series A; and ``outcome_keys``.
    """
    counts = cargo(volumes)
    last = int(counts.loc[counts["series"] == "A", "year"].max())
    boxes, trains = containers(volumes), volumes[volumes["metric"] == "trains"]
    fleet = capacities[capacities["object"] == "whole route, cargo"].sort_values("year")
    known = {
        "cargo": _by_year(counts[counts["series"] == "A"], "mt"),
        "containers": _by_year(boxes, "teu_thousand"),
        "trains": _by_year(trains, "value"),
    }
    in_b = _by_year(counts[counts["series"] == "B"], "mt")
    rows = []
    for plan in plans.itertuples():
        year, found = plan.due, known.get(plan.metric, {}).get(plan.due)
        if plan.metric == "capacity" and plan.due <= last:
            told = fleet[fleet["year"] <= plan.due]
            if len(told):
                year = int(told["year"].iloc[-1])
                found = (float(told["value"].iloc[-1]), told["source_keys"].iloc[-1])
        outcome, keys = found or (float("nan"), "")
        other = in_b.get(plan.due, (float("nan"), ""))[0] if plan.metric == "cargo" else np.nan
        rows.append(
            {
                "outcome": outcome,
                "outcome_year": year if found else pd.NA,
                "percent": 100 * outcome / plan.value,
                "percent_b": 100 * other / plan.value,
                "open": plan.due > last,
                "outcome_keys": keys,
            }
        )
    return plans.join(pd.DataFrame(rows, index=plans.index).astype({"outcome_year": "Int64"}))


def plans_met(outcomes: pd.DataFrame) -> tuple[Quantity, Quantity]:
    """Count the plans that can be held against an outcome, and those of them that were met.

    Parameters
    ----------
    outcomes : DataFrame
        As `plans_against_outcomes` gives it. A plan is judged by an outcome of the very year it
        was for; 100 % or more of the plan meets it.

    Returns
    -------
    pair of Quantity
        Plans that were met, plans that can be judged.
    """
    judged = outcomes[outcomes["outcome_year"] == outcomes["due"]]
    met = judged[judged["percent"] >= 100]
    keys = keys_of([*judged["source_keys"], *judged["outcome_keys"]])
    tables = ("route_plans", "route_volumes")
    rule = "plans whose year has passed and whose outcome was published in the same measure"
    return (
        Quantity(len(met), "plans", f"{rule}, with an outcome of 100 % or more", keys, tables),
        Quantity(len(judged), "plans", rule, keys, tables),
    )


def plan_outcome(outcomes: pd.DataFrame, metric: str, due: int) -> Quantity:
    """Give an outcome in % of its plan.

    Raises
    ------
    ReckoningError
        No such plan, or no outcome to hold it against.
    """
    row = _plan(outcomes, metric, due)
    if pd.isna(row["percent"]):
        raise ReckoningError(f"no outcome for the plan of {metric} in {due}")
    rule = f"{metric} of {row['outcome_year']}, in % of the plan for {due}"
    keys = keys_of([row["source_keys"], row["outcome_keys"]])
    tables = ("route_plans", "route_capacities" if metric == "capacity" else "route_volumes")
    return Quantity(float(row["percent"]), "%", rule, keys, tables, due)


def days(
    times: pd.DataFrame, ends: str, kind: str, *, since: str = ""
) -> tuple[Quantity, Quantity]:
    """Give the fewest and most days between two ends, official or observed.

    Parameters
    ----------
    times : DataFrame
        ``way``, ``kind``, ``period``, ``days_low``, ``days_high``, ``source_keys``.
    ends : str
        A value of ``way``.
    kind : str
        ``"official"`` or ``"observed"``.
    since : str, optional
        The first period that counts, as an ISO date of any length.

    Raises
    ------
    ReckoningError
        No row fits.
    """
    rows = times[(times["way"] == ends) & (times["kind"] == kind) & (times["period"] >= since)]
    if rows.empty:
        raise ReckoningError(
            f"no {kind} days {ends!r}", allowed=", ".join(dict.fromkeys(times["way"]))
        )
    keys, tables = keys_of(rows["source_keys"]), ("route_times",)
    year = int(rows["period"].max()[:4])
    told = f"{kind} days {ends}" + (f" since {since}" if since else "")
    low, high = float(rows["days_low"].min()), float(rows["days_high"].max())
    return (
        Quantity(low, "days", f"fewest {told}", keys, tables, year),
        Quantity(high, "days", f"most {told}", keys, tables, year),
    )


def _given(value: object) -> bool:
    return value is not None and not (isinstance(value, float) and np.isnan(value))


def _spread(row: dict, what: str, where: str) -> Spread:
    """Read a spread from a row, and say which leg it belongs to where it is out of order."""
    try:
        return Spread(row[f"{what}_low"], row[what], row[f"{what}_high"])
    except ReckoningError as error:
        raise ReckoningError(
            f"{what}: {error.problem}", where=where, allowed="0 <= low <= central <= high"
        ) from error


def _part(leg: Leg) -> str:
    return leg.country or "sea"


def _ends(legs: Way) -> str:
    return f"{legs[0].start} to {legs[-1].end}"


def _owned(legs: Way, members: Membership, *, with_sea: bool) -> list[bool]:
    own = [leg.country in members.codes for leg in legs]
    if not with_sea:
        return own
    inner = range(1, len(legs) - 1)
    between = {i for i in inner if legs[i].mode == "sea" and own[i - 1] and own[i + 1]}
    return [mine or i in between for i, mine in enumerate(own)]


def _quantity(value: float, unit: str, rule: str, legs: Way) -> Quantity:
    sources = merge(*(leg.sources for leg in legs))
    estimate = any(leg.basis == "derived" for leg in legs)
    return Quantity(value, unit, rule, sources, ("route_legs",), estimate=estimate)


def _before(group: pd.DataFrame) -> Spread:
    """Reckon the year before from a count and its stated growth, over all who stated one."""
    found = group["value"] / (1 + group["growth_percent"] / 100)
    return Spread(found.min(), (found.min() + found.max()) / 2, found.max())


def _cargo_row(volumes: pd.DataFrame, series: str, year: int) -> pd.Series:
    found = cargo(volumes)
    rows = found[(found["series"] == series) & (found["year"] == year)]
    if rows.empty:
        years = found.loc[found["series"] == series, "year"]
        raise ReckoningError(
            f"series {series} has no {year}", allowed=", ".join(map(str, years)) or "series A or B"
        )
    return rows.iloc[0]


def _plan(plans: pd.DataFrame, metric: str, due: int) -> pd.Series:
    rows = plans[(plans["metric"] == metric) & (plans["due"] == due)]
    if rows.empty:
        told = (f"{row.metric} {row.due}" for row in plans.itertuples())
        raise ReckoningError(f"no plan of {metric} for {due}", allowed="; ".join(told))
    return rows.iloc[0]


def _by_year(rows: pd.DataFrame, column: str) -> dict[int, tuple[float, str]]:
    return {
        int(row["year"]): (float(row[column]), row["source_keys"])
        for row in rows.to_dict("records")
    }
