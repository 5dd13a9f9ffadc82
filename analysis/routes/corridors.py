"""The corridors compared: the legs of each with what sources say of them, and their lengths.

A corridor here is a row of ``route_corridors``. Its days come as a frame from
`analysis.simulation`; nothing here simulates.
"""

from collections.abc import Mapping
from typing import Any

import networkx as nx
import pandas as pd

from ..countries import FIVE
from ..quantities import keys_of, merge
from .legs import Way
from .network import along, total


def with_days(legs: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """Give legs the days of the stage that has the same ends, where there is one.

    A stage over several legs, or a stay at a border, has none: its days cannot be shared out.

    Returns
    -------
    DataFrame
        ``legs`` with ``days_low``, ``days``, ``days_high``; and the stage's sources besides.
    """
    return _joined(legs, stages[["start", "end", "days_low", "days", "days_high", "source_keys"]])


def with_capacities(legs: pd.DataFrame, limits: pd.DataFrame) -> pd.DataFrame:
    """Give legs the limit with the same ends, where there is one; limits of ports are passed over.

    Returns
    -------
    DataFrame
        ``legs`` with ``capacity`` and its ``measure``; and the limit's sources besides.
    """
    lines = limits[limits["start"] != limits["end"]].rename(columns={"value": "capacity"})
    return _joined(legs, lines[["start", "end", "capacity", "measure", "source_keys"]])


def measured(net: nx.Graph, corridors: pd.DataFrame) -> dict[str, Way]:
    """Give the legs of each corridor, as far as their lengths are known, by its name."""
    return {
        row.corridor: along(net, row.stops.split(";"), f"corridor {row.corridor}")
        for row in corridors.itertuples()
    }


def lengths(ways: Mapping[str, Way]) -> pd.DataFrame:
    """Split each way by mode and by whose track it is.

    Returns
    -------
    DataFrame
        ``corridor``, ``start``, ``end`` (of the part that is measured), ``km``, ``km_low``,
        ``km_high``, ``rail_percent``, ``sea_percent``, ``members_percent``, ``georgia_percent``,
        ``china_percent``, ``others_percent``, ``derived`` (true where a length is not stated),
        ``source_keys``.
    """
    rows = []
    for name, legs in ways.items():
        whole = total(legs)
        km = {"rail": 0.0, "sea": 0.0, "members": 0.0, "georgia": 0.0, "china": 0.0}
        owners = dict.fromkeys(FIVE.codes, "members") | {"GEO": "georgia", "CHN": "china"}
        for leg in legs:
            km[leg.mode] += leg.km.central
            if owner := owners.get(leg.country or ""):
                km[owner] += leg.km.central
        row: dict[str, Any] = {
            "corridor": name,
            "start": legs[0].start,
            "end": legs[-1].end,
            "km": whole.central,
            "km_low": whole.low,
            "km_high": whole.high,
        } | {f"{part}_percent": 100 * length / whole.central for part, length in km.items()}
        own = ("sea_percent", "members_percent", "georgia_percent", "china_percent")
        row["others_percent"] = max(100 - sum(row[part] for part in own), 0.0)
        row["derived"] = any(leg.basis == "derived" for leg in legs)
        row["source_keys"] = " ".join(merge(*(leg.sources for leg in legs)))
        rows.append(row)
    return pd.DataFrame(rows)


def _joined(legs: pd.DataFrame, extra: pd.DataFrame) -> pd.DataFrame:
    """Join what is given for the ends of a leg, and its sources to the leg's own."""
    found = legs.merge(extra, on=["start", "end"], how="left", suffixes=("", "_extra"))
    keys = found["source_keys"] + (" " + found.pop("source_keys_extra")).fillna("")
    return found.assign(source_keys=[" ".join(keys_of([cell])) for cell in keys])
