"""What parts of the route can carry in a year, and how full they were."""

import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity, keys_of, merge
from .plans import plan_of
from .volumes import containers, containers_in


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
        upper.value * float(part["value"] / planned["value"]),
        "%",
        "the share of containers planned for Aktau to Alat, over the capacity of the feeder fleet",
        merge(upper.sources, keys_of([planned["source_keys"], part["source_keys"]])),
        (*upper.tables, "route_plans"),
        year,
        estimate=True,
    )
    return lower, upper


def spare(
    volumes: pd.DataFrame, capacities: pd.DataFrame, plans: pd.DataFrame, year: int
) -> tuple[Quantity, Quantity]:
    """Give what the feeder fleet could have carried besides, by the two readings of its use.

    Returns
    -------
    pair of Quantity
        Fewest and most thousand TEU.
    """
    fleet = capacity(capacities, "feeder fleet Aktau to Alat", year)
    lower, upper = feeder_use(volumes, capacities, plans, year)
    return tuple(
        use.like(
            fleet.value * (1 - use.value / 100),
            "thousand TEU",
            f"yearly capacity of the feeder fleet, less its use: {use.rule}",
        )
        for use in (upper, lower)
    )


def rail_beside(volumes: pd.DataFrame, year: int) -> Quantity:
    """Give the containers between China and the European Union by all rail ways, thousand TEU.

    Raises
    ------
    ReckoningError
        No count of that year.
    """
    rows = volumes[(volumes["metric"] == "rail China to EU and back") & (volumes["year"] == year)]
    if rows.empty:
        raise ReckoningError(f"no count of containers by all rail ways in {year}")
    row = rows.iloc[0]
    return Quantity(
        float(row["value"]) / 1000,
        "thousand TEU",
        "containers between China and the European Union by all rail ways, both directions",
        keys_of([row["source_keys"]]),
        ("route_volumes",),
        year,
    )
