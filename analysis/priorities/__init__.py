"""TURKTIME: what its eight words are said to hold, and what can be measured of them.

The indicators are the book's own choice: no official one, and no target, was found. Functions take
frames of ``data/`` and give frames or a `Quantity`.
"""

from .attention import agreement, attention, coded, lexicon, speaks, spoken_to
from .change import (
    LEVEL,
    apart,
    beyond_usual,
    by_country,
    by_indicator,
    changes,
    choice_matters,
    indistinguishable,
    margin,
    other_choices,
    over_term,
    pairs,
    progressed,
    steady,
    tally,
    tell_apart,
    yardstick,
)  # fmt: skip
from .exchange import trade_with_members
from .heritage import elements, held_by_all, shared_elements
from .level import levels, normalise
from .money import fund_fact, invested, invested_by, investment
from .slogan import SLOGAN, Match, coverage, horizon, letters, match, measured, scopes, used
from .topics import acts_of, acts_on_topics, steps_by_letter, topic_measures
from .values import distance, ends, gaps, listing, panels, series, spread, value

__all__ = [
    "LEVEL", "SLOGAN", "Match", "acts_of", "acts_on_topics", "agreement", "apart", "attention",
    "beyond_usual", "by_country", "by_indicator", "changes", "choice_matters", "coded",
    "coverage", "distance", "elements", "ends", "fund_fact", "gaps", "held_by_all", "horizon",
    "indistinguishable", "invested", "invested_by", "investment", "letters", "levels",
    "lexicon", "listing", "margin", "match", "measured", "normalise", "other_choices",
    "over_term", "pairs", "panels", "progressed", "scopes", "series", "shared_elements",
    "speaks", "spoken_to", "spread", "steady", "steps_by_letter", "tally", "tell_apart",
    "topic_measures", "trade_with_members", "used", "value", "yardstick",
]  # fmt: skip
