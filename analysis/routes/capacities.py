"""What parts of the route can carry in a year, and how full they were."""

import pandas as pd

from .. import rows
from ..errors import ReckoningError
from ..quantities import Quantity, keys_of, merge
from .plans import plan_of
from .volumes import containers, containers_in

_FLEET = "feeder fleet Aktau to Alat"


def capacity(capacities: pd.DataFrame, part: str, year: int) -> Quantity:
    """Give what a part of the route can carry in a year, in million t or in thousand TEU.

    Raises
    ------
    ReckoningError
        The table has no such part in that year.
    """
    row = rows.one(capacities, "route_capacities", object=part, year=year)
    rule = f"{part}, as stated"
    return Quantity.of(row, row["value"], row["unit"], rule, ("route_capacities",), year=year)


def containers_and_room(volumes: pd.DataFrame, capacities: pd.DataFrame) -> pd.DataFrame:
    """Set the containers of each year against what the route could carry.

    Returns
    -------
    DataFrame
        ``year``, ``what`` (``"carried"``, ``"whole route"``, ``"feeder fleet"``),
        ``teu_thousand``, ``estimate``; carried first, by year.
    """
    names = {"whole route, containers": "whole route", _FLEET: "feeder fleet"}
    room = capacities.rename(columns={"value": "teu_thousand"}).assign(
        what=capacities["object"].map(names), estimate=False
    )
    columns = ["year", "what", "teu_thousand", "estimate"]
    room = room.dropna(subset="what").sort_values("year")[columns]
    carried = containers(volumes).assign(what="carried")[columns]
    return pd.concat([carried, room], ignore_index=True)


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
    fleet, carried = capacity(capacities, _FLEET, year), containers_in(volumes, year)
    whole, part = (
        plan_of(plans, metric, year) for metric in ("containers", "containers Aktau to Alat")
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
        upper.value * float(part["value"] / whole["value"]),
        "%",
        "the share of containers planned for Aktau to Alat, over the capacity of the feeder fleet",
        merge(upper.sources, keys_of([whole["source_keys"], part["source_keys"]])),
        (*upper.tables, "route_plans"),
        year,
        estimate=True,
    )
    return lower, upper


def spare(
    volumes: pd.DataFrame, capacities: pd.DataFrame, plans: pd.DataFrame, year: int
) -> tuple[Quantity, Quantity]:
    """Give the fewest and most thousand TEU that the feeder fleet could have carried besides."""
    fleet = capacity(capacities, _FLEET, year)
    lower, upper = (
        use.derived(
            fleet.value * (1 - use.value / 100),
            "thousand TEU",
            f"yearly capacity of the feeder fleet, less its use: {use.rule}",
        )
        for use in feeder_use(volumes, capacities, plans, year)
    )
    return upper, lower


def rail_containers(volumes: pd.DataFrame, year: int) -> Quantity:
    """Give the containers between China and the European Union by all rail ways, thousand TEU.

    Raises
    ------
    ReckoningError
        No count of that year.
    """
    row = rows.one(volumes, "route_volumes", metric="rail China to EU and back", year=year)
    return Quantity.of(
        row,
        row["value"] / 1000,
        "thousand TEU",
        "containers between China and the European Union by all rail ways, both directions",
        ("route_volumes",),
        year=year,
    )
