"""The Trans-Caspian route reckoned: whose track it is, what it carries, when, and how fast.

The route is a graph. Each leg has one mode and one country, so a share of the way is a sum of legs.
Two counts of cargo, the ministry's and the association's, exist side by side and are never joined.
"""

from ..geodesy import EARTH_RADIUS, great_circle
from ..settings import setting_of
from .capacities import capacity, limit_of, rail_containers, ratio
from .closures import without
from .corridors import lengths, measured, share_of, with_capacities, with_days
from .legs import MODES, Capacity, Leg, Spread, Way
from .limits import binding, binding_order, flow_network, is_lower_bound
from .network import (
    along,
    build_network,
    compare_lengths,
    length,
    others,
    pieces,
    total,
    unavoidable,
    way,
)
from .plans import plan_outcome, planned, plans_against_outcomes, plans_met
from .shares import members_off, members_on, share_bounds, share_in, share_in_members, split
from .shipper import (
    break_even,
    cheapest,
    day_in_transit,
    days_saved,
    emissions,
    for_a_shipper,
    land_against_sea,
    land_over_sea,
    price_for,
    worth,
)
from .volumes import (
    cargo,
    cargo_by_kind,
    cargo_gap,
    cargo_growth,
    cargo_in,
    container_growth,
    containers,
    containers_in,
    kind_in,
    stated,
)

__all__ = [
    "EARTH_RADIUS",
    "MODES",
    "Capacity",
    "Leg",
    "Spread",
    "Way",
    "along",
    "binding",
    "binding_order",
    "break_even",
    "build_network",
    "capacity",
    "cargo",
    "cargo_by_kind",
    "cargo_gap",
    "cargo_growth",
    "cargo_in",
    "cheapest",
    "compare_lengths",
    "container_growth",
    "containers",
    "containers_in",
    "day_in_transit",
    "days_saved",
    "emissions",
    "flow_network",
    "for_a_shipper",
    "great_circle",
    "is_lower_bound",
    "kind_in",
    "land_against_sea",
    "land_over_sea",
    "length",
    "lengths",
    "limit_of",
    "measured",
    "members_off",
    "members_on",
    "others",
    "pieces",
    "plan_outcome",
    "planned",
    "plans_against_outcomes",
    "plans_met",
    "price_for",
    "rail_containers",
    "ratio",
    "setting_of",
    "share_bounds",
    "share_in",
    "share_in_members",
    "share_of",
    "split",
    "stated",
    "total",
    "unavoidable",
    "way",
    "with_capacities",
    "with_days",
    "without",
    "worth",
]  # fmt: skip
