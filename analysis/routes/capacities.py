"""What parts of the route can carry in a year, and what is left of it."""

import pandas as pd

from .. import rows
from ..errors import ReckoningError
from ..quantities import Quantity, merge


def capacity(capacities: pd.DataFrame, part: str, year: int) -> Quantity:
    """Give what the whole route was said to carry in a year, in million t or in thousand TEU.

    Raises
    ------
    ReckoningError
        The table has no such part in that year.
    """
    row = rows.one(capacities, "route_capacities", object=part, year=year)
    rule = f"{part}, as stated"
    return Quantity.of(row, row["value"], row["unit"], rule, ("route_capacities",), year=year)


def limit_of(limits: pd.DataFrame, part: str, column: str = "value") -> Quantity:
    """Give what one part of the route can carry, or with ``planned`` what it is to carry.

    Raises
    ------
    ReckoningError
        No such part, or several.
    """
    measures = limits.loc[limits["part"] == part, "measure"]
    row = rows.one(limits, "route_limits", part=part)
    unit = "thousand TEU a year" if measures.iloc[0] == "containers" else "million t a year"
    which = "planned" if column == "planned" else f"as of {row['as_of']}, {row['direction']}"
    year = int(row["as_of"][:4])
    return Quantity.of(row, row[column], unit, f"{part}, {which}", ("route_limits",), year=year)


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
