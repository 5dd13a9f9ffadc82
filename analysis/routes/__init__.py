"""The Trans-Caspian route reckoned: whose track it is, what it carries, when, and how fast.

The route is a graph. Each leg has one mode and one country, so a share of the way is a sum of legs.
Two counts of cargo, the ministry's of the whole route and the association's of its seaports, exist
side by side and are never joined.
"""

from ..geodesy import great_circle
from ..settings import setting_of
from .capacities import limit_of
from .closures import without
from .corridors import lengths, measured, with_capacities, with_days
from .legs import Capacity, Leg, Spread
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
from .plans import plans_against_outcomes, plans_met
from .shares import members_off, members_on, share_bounds, share_in, share_in_members, split
from .shipper import (
    break_even,
    cheapest,
    day_in_transit,
    days_saved,
    emissions,
    for_a_shipper,
    goods_of,
    land_against_sea,
    land_over_sea,
    price_for,
    worth,
    worth_of_goods,
)
from .volumes import (
    cargo,
    cargo_by_kind,
    cargo_gap,
    cargo_growth,
    cargo_in,
    containers,
    containers_in,
    kind_in,
    stated,
)
