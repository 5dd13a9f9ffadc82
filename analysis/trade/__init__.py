"""Trade among the members: counting rules, the once-counted path, growth, shares, targets.

A total of "mutual trade" depends on three choices: whether each flow is counted once (as exports
from one member to another) or twice (in the turnover of both), whose report is taken, and which
countries belong. `CountingRule` holds the choices; `path` gives one series that counts each flow
once, with the smallest and the largest figure that any side or source gives.

Frames go by one name everywhere: ``flows``, ``pairs``, ``stated``, ``sums``, ``parts``, ``totals``,
``targets`` and ``statements`` are the tables ``trade_flows`` and so on; ``by_pair`` is a path as
`path` gives it, ``reports`` what `national` gives.
"""

from .changes import (
    DEFLATORS,
    absolute_change,
    against,
    change,
    choice_of,
    choices,
    contributions,
    deflated,
    direction,
    gas_change,
    gas_volume,
    grew,
    growth,
    inflation,
    made,
    part_of_fall,
    peak,
    prices_rose,
    real,
    share_of_change,
    size,
    way,
)
from .counts import (
    OWN,
    count_of,
    counts,
    excess,
    observer_change,
    passing,
    reads,
    refuse_crossed,
    verdict_of,
)
from .groups import beside_others, group_intensity, share_of_group, world_growth
from .paths import (
    BASES,
    ESTIMATED,
    beside_matrix,
    breaks,
    by_partners,
    editions_between,
    jump,
    matrix_over,
    member_totals,
    names_of,
    of_pair,
    path,
    total_of,
    yearly,
)
from .reports import READINGS, national, rebuilt
from .rules import CountingRule
from .scenarios import Records, rest_of_year, scenario, scenarios
from .shares import (
    WDI,
    intensity,
    member_shares,
    share_by,
    share_of,
    share_path,
    world_trade,
)
from .sides import (
    BILLION,
    COUNTS,
    editions,
    editions_apart,
    gaps,
    last_mirrored_year,
    mirrors,
    side_of,
)
from .statements import (
    GROUPS,
    LINES,
    TOLERANCE,
    amount_of,
    bases,
    chain,
    days_to_end,
    first_of,
    lines,
    origin,
    stated_share,
    stated_whole,
    statements_in,
    whole_of,
    wholes,
)
from .targets import needed
from .turnovers import months_stated, stated_by
