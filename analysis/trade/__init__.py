"""Trade among the members: counting rules, the once-counted path, growth, shares, targets.

A total of "mutual trade" depends on three choices: whether each flow is counted once (as exports
from one member to another) or twice (in the turnover of both), whose report is taken, and which
countries belong. `CountingRule` holds the choices; `path` gives one series that counts each flow
once, with the smallest and the largest figure that any side or source gives.
"""

from .changes import (
    DEFLATORS,
    change,
    contributions,
    fall,
    growth,
    inflation,
    measured_change,
    pace,
    part,
    real,
)
from .estimates import (
    DRAWS,
    QUESTIONS,
    SEED,
    Readings,
    chance,
    histogram,
    interval,
    paces,
    questions,
    readings,
    simulate,
)
from .paths import BASES, ESTIMATED, KINDS, basis_of, estimated, names_of, path, total_of, yearly
from .reports import national, rebuilt, stated_by
from .rules import CountingRule, totals
from .rungs import ladder, observer_change, rise_needed, rival, rung, with_reports
from .shares import (
    concentration,
    intensity,
    intensity_of,
    member_shares,
    share_of,
    share_path,
    weight,
    world_trade,
)
from .sides import BILLION, SIDES, edition_gap, editions, gap_share, gaps, mirrors, side_of
from .statements import beside, days_left, said, said_share, said_world
from .targets import needed, target_of, years_at

__all__ = [
    "BASES",
    "BILLION",
    "DEFLATORS",
    "DRAWS",
    "ESTIMATED",
    "KINDS",
    "QUESTIONS",
    "SEED",
    "SIDES",
    "CountingRule",
    "Readings",
    "basis_of",
    "beside",
    "chance",
    "change",
    "concentration",
    "contributions",
    "days_left",
    "edition_gap",
    "editions",
    "estimated",
    "fall",
    "gap_share",
    "gaps",
    "growth",
    "histogram",
    "inflation",
    "intensity",
    "intensity_of",
    "interval",
    "ladder",
    "measured_change",
    "member_shares",
    "mirrors",
    "names_of",
    "national",
    "needed",
    "observer_change",
    "pace",
    "paces",
    "part",
    "path",
    "questions",
    "readings",
    "real",
    "rebuilt",
    "rise_needed",
    "rival",
    "rung",
    "said",
    "said_share",
    "said_world",
    "share_of",
    "share_path",
    "side_of",
    "simulate",
    "stated_by",
    "target_of",
    "total_of",
    "totals",
    "weight",
    "with_reports",
    "world_trade",
    "yearly",
    "years_at",
]
