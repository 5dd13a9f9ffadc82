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
    margin,
    other_choices,
    pairs,
    progressed,
    tally,
    tell_apart,
    tested,
    trend,
)  # fmt: skip
from .exchange import trade_with_members
from .heritage import added, elements, held_by_all, holders, shared_elements
from .level import levels, normalise
from .money import fund_fact, invested, investment
from .slogan import SLOGAN, Match, horizon, match, scopes
from .topics import (
    acts_of,
    acts_on_topics,
    reached,
    step_board,
    step_line,
    steps_within,
)  # fmt: skip
from .values import ends, gaps, listing, panels, series, spread

__all__ = [
    "LEVEL", "SLOGAN", "Match", "acts_of", "acts_on_topics", "added", "agreement", "apart",
    "attention", "by_country", "by_indicator", "changes", "choice_matters", "coded", "elements",
    "ends", "false_alarms", "fund_fact", "gaps", "held_by_all", "holders", "horizon", "invested",
    "investment", "levels", "lexicon", "listing", "margin", "match", "normalise", "other_choices",
    "pairs", "panels", "progressed", "reached", "scopes", "series", "shared_elements", "speaks",
    "spoken_to", "spread", "step_board", "step_line", "steps_within", "tally", "tell_apart",
    "tested", "trade_with_members", "trend",
]  # fmt: skip
