"""The route as a graph of legs: ways through it, their lengths, and what no way avoids."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

from ..countries import FIVE
from ..errors import ReckoningError, refused_at
from ..geodesy import great_circle
from ..quantities import Quantity, keys_of, merge
from .legs import Capacity, Leg, Spread, Way


def build_network(legs: pd.DataFrame, places: pd.DataFrame) -> nx.Graph:
    """Build the route from its legs.

    Where days and capacities are wanted, ``legs`` have the columns of `with_days` and
    `with_capacities` besides those of the table ``route_legs``.

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
            capacity=_capacity(row, where) if _given(row.get("capacity")) else None,
        )
        net.add_edge(leg.start, leg.end, leg=leg, km=leg.km.central)
    return net


def way(net: nx.Graph, start: str, end: str) -> Way:
    """Find the shortest way between two places.

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
    return along(net, stops)


def along(net: nx.Graph, stops: Iterable[str], name: str = "way") -> Way:
    """Follow legs from place to place, in the order and direction of travel.

    Raises
    ------
    ReckoningError
        By ``name``: the way is disconnected, as no leg joins two of its stops.
    """
    found = []
    for start, end in pairwise(stops):
        if not net.has_edge(start, end):
            raise ReckoningError(
                f"disconnected: no leg {start} to {end}",
                where=name,
                allowed=", ".join(sorted(net.neighbors(start)))
                if start in net
                else "a known place",
            )
        leg: Leg = net.edges[start, end]["leg"]
        found.append(leg if leg.start == start else leg.turned())
    return tuple(found)


def total(legs: Way, what: str = "km") -> Spread:
    """Add up a spread over the legs of a way: all lows, all centrals, all highs.

    Raises
    ------
    ReckoningError
        A leg lacks ``what``: ``"km"`` or ``"days"``.
    """
    parts: list[Spread] = []
    for leg in legs:
        part = getattr(leg, what)
        if part is None:
            raise ReckoningError(f"no {what}", where=f"leg {leg.name}", allowed=f"{what} on each")
        parts.append(part)
    return Spread(
        sum(part.low for part in parts),
        sum(part.central for part in parts),
        sum(part.high for part in parts),
    )


def length(legs: Way) -> Quantity:
    """Give the length of a way in km, rail and sea together."""
    return quantity_of(total(legs).central, "km", f"sum of {len(legs)} legs, {ends_of(legs)}", legs)


def unavoidable(net: nx.Graph, start: str, ends: tuple[str, ...]) -> tuple[str, ...]:
    """List the countries, alphabetically by code, without whose track no end can be reached."""
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
    """Cut the route into straight pieces for drawing; legs off the main line are a branch.

    Returns
    -------
    DataFrame
        One row a piece: ``leg``, ``line`` (``"main"`` or ``"branch"``), ``mode``, ``group``
        (``"member"``, ``"other"``, ``"sea"``), ``country``, ``km`` (of the leg), ``start``,
        ``end`` and their coordinates ``from_lat``, ``from_lon``, ``to_lat``, ``to_lon``.
    """
    on_main = {frozenset((leg.start, leg.end)) for leg in main}
    rows = []
    for *_, data in net.edges(data=True):
        leg: Leg = data["leg"]
        owner = "member" if leg.country in FIVE.codes else "other"
        for start, end in pairwise((leg.start, *leg.via, leg.end)):
            rows.append(
                {
                    "leg": leg.name,
                    "line": "main" if frozenset((leg.start, leg.end)) in on_main else "branch",
                    "mode": leg.mode,
                    "group": "sea" if leg.mode == "sea" else owner,
                    "country": leg.country or "",
                    "km": leg.km.central,
                    "start": start,
                    "end": end,
                }
            )
    return _placed(pd.DataFrame(rows), places)


def others(places: pd.DataFrame) -> pd.DataFrame:
    """Give the rivals by land, and the other crossings of the two seas, as lines for drawing.

    Returns
    -------
    DataFrame
        ``way``, ``start``, ``end`` and their coordinates, named as in `pieces`.
    """
    ways = {
        "Northern Corridor": ("Khorgos", "Kartaly", "Krasnoye", "Brest", "Kunowice"),
        "Southern Corridor": ("Khorgos", "Bolashak", "Incheh Borun", "Tehran"),
        "Poti to Constanta by sea": ("Poti", "Constanta"),
        "Kuryk to Alat by ferry": ("Kuryk", "Alat"),
        "Turkmenbashi to Alat by sea": ("Turkmenbashi", "Alat"),
    }
    rows = [(name, *ends) for name, stops in ways.items() for ends in pairwise(stops)]
    return _placed(pd.DataFrame(rows, columns=["way", "start", "end"]), places)


def _placed(lines: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Add the coordinates of both ends; `ReckoningError` for one that is no place."""
    at = places.set_index("place")[["latitude", "longitude"]]
    if lost := sorted({*lines["start"], *lines["end"]} - set(at.index)):
        raise ReckoningError(f"no place {lost[0]}", where="route_places", allowed="each end")
    for end, side in (("start", "from"), ("end", "to")):
        lines[[f"{side}_lat", f"{side}_lon"]] = at.loc[lines[end]].to_numpy()
    return lines


def compare_lengths(stated: pd.DataFrame, net: nx.Graph, places: pd.DataFrame) -> pd.DataFrame:
    """Hold stated lengths against the great circle and against the book's own length.

    Returns
    -------
    DataFrame
        The rows of ``stated``, as the table ``route_lengths``, with ``straight_km``; ``book_km``,
        the book's length of the same mode between the same ends, missing where the ends are not
        ends of legs; and ``possible``, false where the length is below the great circle. Rail
        between ends that a sea parts is a sum of stretches: it is tested against the sum of the
        great circles of the book's rail legs.
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


def _given(value: object) -> bool:
    return value is not None and not (isinstance(value, float) and np.isnan(value))


def _capacity(row: dict[str, Any], where: str) -> Capacity:
    with refused_at(where):
        return Capacity(row["capacity"], row["measure"])


def _spread(row: dict[str, Any], what: str, where: str) -> Spread:
    with refused_at(where, what):
        return Spread(row[f"{what}_low"], row[what], row[f"{what}_high"])


def ends_of(legs: Way) -> str:
    """Name the two ends of a way."""
    return f"{legs[0].start} to {legs[-1].end}"


def quantity_of(value: float, unit: str, rule: str, legs: Way) -> Quantity:
    """Make a quantity that rests on the legs of a way; an estimate where a length is derived."""
    sources = merge(*(leg.sources for leg in legs))
    estimate = any(leg.basis == "derived" for leg in legs)
    return Quantity(value, unit, rule, sources, ("route_legs",), estimate=estimate)
