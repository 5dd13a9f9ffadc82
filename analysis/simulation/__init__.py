"""Journeys and queues simulated: days by Monte Carlo, the Caspian crossing by discrete events."""

from ..settings import setting
from .crossing import (
    Crossing,
    by_month,
    check,
    check_quantities,
    crossing_of,
    erlang_wait,
    replicate,
    run_year,
    sensitivity,
    stage_days,
)
from .journeys import (
    Circumstances,
    Departures,
    Stage,
    circumstances,
    corridors,
    densities,
    own_stages,
    quantity,
    section,
    share,
    simulate,
    spread_of,
    stages,
    summary,
)
from .model import Model
from .observed import coverage, scoreboard
from .pert import Empirical, Pert
