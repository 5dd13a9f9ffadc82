"""TURKTIME: what its eight words are said to hold, and what can be measured of them.

The indicators are the book's own choice: no official one, and no target, was found. Functions take
frames of ``data/`` and give frames or a `Quantity`.
"""

from .attention import agreement, attention, coded, lexicon, speaks, spoken_to
from .change import (
    LEVEL,
    apart,
    by_country,
    by_indicator,
    changes,
    choice_matters,
    false_alarms,
    indistinguishable,
    margin,
    other_choices,
    pairs,
    progressed,
    steady,
    tally,
    tell_apart,
    tested,
    trend,
)  # fmt: skip
from .exchange import trade_with_members
from .heritage import added, elements, held_by_all, holders, shared_elements
from .level import levels, normalise
from .money import fund_fact, invested, invested_by, investment
from .slogan import SLOGAN, Match, coverage, horizon, letters, match, measured, scopes, used
from .topics import (
    acts_of,
    acts_on_topics,
    reached,
    step_board,
    step_line,
    steps_within,
    topic_measures,
)  # fmt: skip
from .values import distance, ends, gaps, listing, panels, series, spread, value

__all__ = [
    "LEVEL", "SLOGAN", "Match", "acts_of", "acts_on_topics", "added", "agreement", "apart",
    "attention", "by_country", "by_indicator", "changes", "choice_matters", "coded", "coverage",
    "distance", "elements", "ends", "false_alarms", "fund_fact", "gaps", "held_by_all", "holders",
    "horizon", "indistinguishable", "invested", "invested_by", "investment", "letters",
    "levels", "lexicon", "listing", "margin", "match", "measured", "normalise", "other_choices",
    "pairs", "panels", "progressed", "reached", "scopes", "series", "shared_elements", "speaks",
    "spoken_to", "spread", "steady", "step_board", "step_line", "steps_within", "tally",
    "tell_apart",
    "tested", "topic_measures", "trade_with_members", "trend", "used",
    "value",
]  # fmt: skip
