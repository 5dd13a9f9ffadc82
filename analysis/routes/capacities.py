"""What parts of the route can carry in a year, and what is left of it."""

import pandas as pd

from .. import rows
from ..quantities import Quantity


def limit_of(limits: pd.DataFrame, part: str, column: str = "value") -> Quantity:
    """Give what one part of the route carries, is ``planned`` to, or carries for ``others``.

    Raises
    ------
    ReckoningError
        No such part, or several.
    """
    measures = limits.loc[limits["part"] == part, "measure"]
    row = rows.one(limits, "route_limits", part=part)
    unit = "thousand TEU a year" if measures.iloc[0] == "containers" else "million t a year"
    which = {
        "value": f"as of {row['as_of']}, {row['direction']}",
        "planned": "planned",
        "others": f"used by {row['shared']}",
    }[column]
    year = int(row["as_of"][:4])
    return Quantity.of(row, row[column], unit, f"{part}, {which}", ("route_limits",), year=year)
