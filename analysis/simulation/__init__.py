"""Journeys and queues simulated: days by Monte Carlo, the Caspian crossing by discrete events."""

from ..settings import setting
from .crossing import (
    Fleet,
    Year,
    check,
    check_quantities,
    curve,
    erlang_wait,
    fleet,
    interval,
    replicate,
    run_year,
    ships_for,
    storms,
    wait,
    yearly,
)
from .journeys import (
    Corridor,
    Departures,
    Stage,
    budget,
    capped,
    chances,
    corridors,
    densities,
    faster,
    miss,
    quantity,
    section,
    share,
    simulate,
    spread_of,
    stages,
    summary,
    walk,
)
from .pert import Pert

__all__ = [
    "Corridor", "Departures", "Fleet", "Pert", "Stage", "Year", "budget", "capped",
    "chances", "check", "check_quantities", "corridors", "curve", "densities", "erlang_wait",
    "faster", "fleet", "interval", "miss", "quantity", "replicate", "run_year",
    "section", "setting", "share", "ships_for", "simulate", "spread_of", "stages", "storms",
    "summary", "wait", "walk", "yearly",
]  # fmt: skip
