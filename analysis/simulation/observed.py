"""Every observed journey beside the model's days for the same ends: hits, misses, coverage."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity, keys_of
from .journeys import Departures, section

#: What a row of ``route_journeys`` counts as; only a test is a hit or a miss.
COUNTED = "test"
_TABLES = ("route_journeys", "route_stages", "route_storms")


def month_of(journey: Mapping[str, Any]) -> int:
    """Give the month in which a journey ended; 0 where only its year is known.

    Examples
    --------
    >>> month_of({"arrived": "2025-07-21"}), month_of({"arrived": "2022"})
    (7, 0)
    """
    return int(journey["arrived"][5:7] or 0)


def scoreboard(journeys: pd.DataFrame, departures_of: Callable[[int], Departures]) -> pd.DataFrame:
    """Set each journey beside the simulated days of the same stretch in the same month.

    A journey is a hit where the middle of its days lies between the model's P10 and P90, these in
    whole days, as journeys are told in whole days. ``departures_of`` gives departures by month; 0
    is the year.

    Returns
    -------
    DataFrame
        The rows with ``p10``, ``median``, ``p90`` (missing where the ends are not the model's),
        ``days`` (the middle), ``hit`` (missing where the row is no test).
    """
    rows = []
    for journey in journeys.to_dict("records"):
        low = middle = high = np.nan
        if isinstance(journey["corridor"], str):
            stretch = (journey[name] for name in ("corridor", "model_start", "model_end"))
            part = section(departures_of(month_of(journey)), *stretch)
            low, middle, high = np.percentile(next(iter(part.days.values())), (10, 50, 90))
        elif journey["counts"] == COUNTED:
            raise ReckoningError(
                "a test without a corridor", where=journey["journey"], allowed="a corridor"
            )
        days = (journey["days_low"] + journey["days_high"]) / 2
        hit = round(low) <= days <= round(high) if journey["counts"] == COUNTED else pd.NA
        rows.append((float(low), float(middle), float(high), days, hit))
    found = pd.DataFrame(rows, columns=["p10", "median", "p90", "days", "hit"])
    return journeys.reset_index(drop=True).join(found)


def coverage(board: pd.DataFrame) -> dict[str, Quantity]:
    """Count hits and misses of a `scoreboard`.

    Returns
    -------
    dict of str to Quantity
        ``tests``, ``hits``, ``misses``, ``slower`` (misses above the P90), ``quicker``, and
        ``share`` (hits in % of the tests).

    Raises
    ------
    ReckoningError
        Nothing was tested.
    """
    tests = board[board["counts"] == COUNTED]
    if tests.empty:
        raise ReckoningError("no journey to test", allowed="one at least")
    keys = keys_of(tests["source_keys"])
    hits = tests["hit"].astype(bool)
    counts = {
        "tests": (len(tests), "observed journeys and averages that set no value of the model"),
        "hits": (hits.sum(), "of them between the model's P10 and P90"),
        "misses": ((~hits).sum(), "of them outside of the model's P10 to P90"),
        "slower": (
            (~hits & (tests["days"] > tests["median"])).sum(),
            "of them above the model's P90",
        ),
        "quicker": (
            (~hits & (tests["days"] < tests["median"])).sum(),
            "of them below the model's P10",
        ),
    }
    found = {
        name: Quantity(int(count), "journeys", rule, keys, _TABLES, estimate=name != "tests")
        for name, (count, rule) in counts.items()
    }
    rule = "hits in % of the journeys tested"
    found["share"] = found["hits"].derived(100 * hits.mean(), "%", rule)
    return found
