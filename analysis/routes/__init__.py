"""The Trans-Caspian route reckoned: whose track it is, what it carries, when, and how fast.

The route is a graph. Each leg has one mode and one country, so a share of the way is a sum of legs.
Two counts of cargo exist side by side, series A and series B; nothing here joins them.
"""

from ..geodesy import EARTH_RADIUS, great_circle
from ..settings import setting_of
from .capacities import capacity, containers_and_room, feeder_use, rail_containers, ratio, spare
from .closures import alternatives, without
from .corridors import lengths, measured, share_of, with_capacities, with_costs, with_days
from .legs import MODES, Capacity, Cost, Leg, Spread, Way
from .limits import binding, binding_order, flow_network, is_lower_bound
from .network import along, build_network, compare_lengths, length, pieces, total, unavoidable, way
from .plans import plan_outcome, planned, plans_against_outcomes, plans_met
from .prices import (
    break_even,
    break_evens,
    generalised,
    options,
    percent_of,
    rates,
    stage_cost,
    winners,
    worth,
)
from .shares import members_off, members_on, share_bounds, share_in, share_in_members, split
from .times import days
from .volumes import (
    cargo,
    cargo_gap,
    cargo_growth,
    cargo_in,
    container_growth,
    containers,
    containers_in,
    outside_series_b,
    stated,
)

__all__ = [
    "EARTH_RADIUS", "MODES", "Capacity", "Cost", "Leg", "Spread", "Way", "along",
    "alternatives", "binding", "binding_order", "break_even", "break_evens", "build_network",
    "capacity", "cargo", "cargo_gap", "cargo_growth", "cargo_in", "compare_lengths",
    "container_growth", "containers", "containers_and_room", "containers_in", "days",
    "feeder_use", "flow_network", "generalised", "great_circle", "is_lower_bound", "length",
    "lengths", "measured", "members_off", "members_on", "options", "outside_series_b",
    "percent_of", "pieces", "plan_outcome", "planned", "plans_against_outcomes", "plans_met",
    "rail_containers", "rates", "ratio", "setting_of", "share_bounds", "share_in",
    "share_in_members", "share_of", "spare", "split", "stage_cost", "stated", "total",
    "unavoidable", "way", "winners", "with_capacities", "with_costs", "with_days", "without",
    "worth",
]  # fmt: skip
