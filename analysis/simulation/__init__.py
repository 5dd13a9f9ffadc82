"""Journeys and queues simulated: days by Monte Carlo, the Caspian crossing by discrete events."""

from ..settings import setting
from .crossing import (
    Crossing,
    Year,
    by_month,
    check,
    check_quantities,
    crossing_of,
    crossing_quantity,
    curve,
    erlang_wait,
    interval,
    replicate,
    run_year,
    sensitivity,
    stage_days,
)
from .journeys import (
    Circumstances,
    Corridor,
    Departures,
    Stage,
    circumstances,
    corridors,
    densities,
    faster,
    own_stages,
    quantity,
    section,
    share,
    simulate,
    spread_of,
    stages,
    summary,
    walk,
)
from .model import Model
from .observed import coverage, month_of, scoreboard
from .pert import Empirical, Pert

__all__ = [
    "Circumstances", "Corridor", "Crossing", "Departures", "Empirical", "Model", "Pert", "Stage",
    "Year", "by_month", "check", "check_quantities", "circumstances", "corridors", "coverage",
    "crossing_of", "crossing_quantity", "curve", "densities", "erlang_wait", "faster", "interval",
    "month_of", "own_stages", "quantity", "replicate", "run_year", "scoreboard", "section",
    "sensitivity", "setting", "share", "simulate", "spread_of", "stage_days", "stages", "summary",
    "walk",
]  # fmt: skip
