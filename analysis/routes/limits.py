"""How much the whole route can carry: the minimum cut through its legs and ports."""

import math
from collections.abc import Iterable
from operator import itemgetter

import networkx as nx
import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity
from ..rows import one

_END = "(end)"


def flow_network(
    net: nx.Graph,
    limits: pd.DataFrame,
    ends: Iterable[str],
    measure: str,
    tonnes: float,
    westbound: float = 1.0,
) -> nx.DiGraph:
    """Build the network that a flow runs through: legs and ports with what they can carry.

    A port is a place cut in two, with its limit between the halves. A leg without a limit of its
    own is taken to carry anything. Containers have no railway to themselves: of a limit in million
    t they get what others leave, turned into thousand TEU. Of a limit that counts both directions
    they get the westbound share.

    Parameters
    ----------
    net : Graph
        As `build_network` gives it.
    limits : DataFrame
        As the table ``route_limits``.
    ends : iterable of str
        Where the flow may leave.
    measure : str
        ``"cargo"`` (million t a year) or ``"containers"`` (thousand TEU a year). Rail lines count
        for containers too; ports whose containers are told apart do not count twice.
    tonnes : float
        Tonnes in a TEU.
    westbound : float, optional
        Share of the containers that goes west.

    Raises
    ------
    ReckoningError
        Naming the leg or port: a capacity of zero or less; a leg that the route does not have.
    """
    narrow: dict[tuple[str, str], tuple[float, str]] = {}
    for row in limits.itertuples():
        where = f"leg {row.start} to {row.end}" if row.start != row.end else f"port {row.start}"
        if not row.value > 0:
            raise ReckoningError(f"capacity {row.value:g}", where=where, allowed="above 0")
        if row.start not in net or (row.start != row.end and not net.has_edge(row.start, row.end)):
            raise ReckoningError("the route has no such part", where=where)
        value = row.value
        if row.measure != measure:
            if measure != "containers" or row.start == row.end:
                continue
            value = 1000 * (value - (0 if pd.isna(row.others) else row.others)) / tonnes
        if measure == "containers" and row.direction == "both":
            value *= westbound
        limit = narrow.get((row.start, row.end), (math.inf, ""))
        narrow[row.start, row.end] = min(limit, (value, row.part), key=itemgetter(0))
    flow = nx.DiGraph()
    for place in net.nodes:
        _join(flow, (place, "in"), (place, "out"), narrow.get((place, place)))
    for *_, data in net.edges(data=True):
        leg = data["leg"]
        _join(flow, (leg.start, "out"), (leg.end, "in"), narrow.get((leg.start, leg.end)))
    for end in ends:
        _join(flow, (end, "out"), (_END, "in"), None)
    return flow


def binding_order(flow: nx.DiGraph, start: str) -> pd.DataFrame:
    """Find what binds a flow from ``start``, widen it without limit, find the next, and so on.

    Returns
    -------
    DataFrame
        ``step`` from 1, ``parts`` of the minimum cut, ``capacity`` of the whole route at that step.
        The last step is the one after which nothing in the table limits the flow.
    """
    rest = flow.copy()
    rows: list[tuple[int, str, float]] = []
    while True:
        try:
            value, (near, _) = nx.minimum_cut(rest, (start, "in"), (_END, "in"))
        except nx.NetworkXUnbounded:
            break
        cut = [(a, b) for a, b in rest.edges if a in near and b not in near]
        rows.append((len(rows) + 1, " and ".join(rest.edges[e]["part"] for e in cut), value))
        for edge in cut:
            del rest.edges[edge]["capacity"]
    return pd.DataFrame(rows, columns=["step", "parts", "capacity"])


def binding(order: pd.DataFrame, limits: pd.DataFrame, measure: str, step: int = 1) -> Quantity:
    """Give the capacity of the whole route at one step of `binding_order`.

    Raises
    ------
    ReckoningError
        No such step.
    """
    row = one(order, "what binds", step=step)
    unit = "thousand TEU a year" if measure == "containers" else "million t a year"
    parts = limits[limits["part"].isin(row["parts"].split(" and "))]
    rule = f"minimum cut of the route's limits, {row['parts']}"
    if step > 1:
        rule += f", once what binds before is widened (step {step})"
    return Quantity.of(parts, row["capacity"], unit, rule, ("route_limits", "route_legs"))


def is_lower_bound(limits: pd.DataFrame, parts: str, measure: str) -> bool:
    """Tell whether a limit of `binding_order` rests on what was carried: more may be possible."""
    port = limits["start"] == limits["end"]
    counts = (limits["measure"] == measure) | (~port & (measure == "containers"))
    named = limits["part"].isin(parts.split(" and "))
    return bool((limits.loc[counts & named, "basis"] == "carried").any())


def _join(
    flow: nx.DiGraph, start: tuple[str, str], end: tuple[str, str], limit: tuple[float, str] | None
) -> None:
    if limit is None:
        flow.add_edge(start, end)
    else:
        flow.add_edge(start, end, capacity=limit[0], part=limit[1])
