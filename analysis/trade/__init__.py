"""Trade among the members: counting rules, the once-counted path, growth, shares, targets.

A total of "mutual trade" depends on three choices: whether each flow is counted once (as exports
from one member to another) or twice (in the turnover of both), whose report is taken, and which
countries belong. `CountingRule` holds the choices; `path` gives one series that counts each flow
once, with the smallest and the largest figure that any side or source gives.

Frames go by one name everywhere: ``flows``, ``pairs``, ``stated``, ``sums``, ``parts``, ``totals``,
``targets`` and ``statements`` are the tables ``trade_flows`` and so on; ``by_pair`` is a path as
`path` gives it, ``reports`` what `national` gives, ``ladder`` what `ladder` gives.
"""

from .changes import (
    DEFLATORS,
    absolute_change,
    annual_growth,
    change,
    contributions,
    extremes,
    growth,
    inflation,
    measured_change,
    measured_pairs,
    real,
    relative_change,
    share_of_change,
)
from .estimates import (
    DRAWS,
    QUESTIONS,
    SEED,
    Readings,
    chance,
    histogram,
    interval,
    observed_rate,
    questions,
    readings,
    rest_of_year,
    simulate,
)
from .ladders import (
    ladder,
    ladder_total,
    observer_change,
    rise_needed,
    rules_passing,
    single_count_with_observers,
    with_interval,
    with_reports,
)
from .paths import (
    BASES,
    ESTIMATED,
    KINDS,
    basis_of,
    breaks,
    by_partners,
    estimated,
    first_months,
    member_totals,
    names_of,
    of_pair,
    own_reports,
    path,
    total_of,
    yearly,
)
from .reports import national, rebuilt, restated
from .rules import CountingRule
from .shares import (
    BACI,
    WDI,
    concentration,
    equal_pairs,
    imports_of,
    intensity,
    intensity_of,
    member_shares,
    share_of,
    share_path,
    weight,
    world_trade,
)
from .sides import (
    BILLION,
    SIDES,
    edition_gap,
    editions,
    gap_share,
    gaps,
    last_mirrored_year,
    mirrors,
    side_of,
)
from .statements import (
    COUNTS,
    compare_statements,
    days_left,
    first_statement,
    implied_whole,
    stated_share,
    stated_total,
    stated_world_trade,
)
from .targets import needed, target_of
from .turnovers import flow_stated, stated_by, yearly_mean

__all__ = [
    "BACI", "BASES", "BILLION", "COUNTS", "DEFLATORS", "DRAWS", "ESTIMATED", "KINDS",
    "QUESTIONS", "SEED", "SIDES", "WDI", "CountingRule", "Readings", "absolute_change",
    "annual_growth", "basis_of", "breaks", "by_partners", "chance", "change",
    "compare_statements", "concentration", "contributions", "days_left", "edition_gap",
    "editions", "equal_pairs", "estimated", "extremes", "first_months", "first_statement",
    "flow_stated", "gap_share", "gaps", "growth", "histogram", "implied_whole", "imports_of",
    "inflation", "intensity", "intensity_of", "interval", "ladder", "ladder_total",
    "last_mirrored_year", "measured_change", "measured_pairs", "member_shares", "member_totals",
    "mirrors", "names_of", "national", "needed", "observed_rate", "observer_change", "of_pair",
    "own_reports", "path", "questions", "readings", "real", "rebuilt", "relative_change",
    "rest_of_year", "restated", "rise_needed", "rules_passing", "share_of", "share_of_change",
    "share_path", "side_of", "simulate", "single_count_with_observers", "stated_by",
    "stated_share", "stated_total", "stated_world_trade", "target_of", "total_of", "weight",
    "with_interval", "with_reports", "world_trade", "yearly", "yearly_mean",
]  # fmt: skip
