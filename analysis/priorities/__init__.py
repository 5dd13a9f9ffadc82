"""TURKTIME: what its eight words are said to hold, and what can be measured of them.

The indicators are the book's own choice: no official one, and no target, was found. Functions take
frames of ``data/`` and give frames or a `Quantity`.
"""

from .attention import attention, speaks, spoken_to
from .change import (
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
    steadily,
    tally,
    tell_apart,
    trend,
)
from .exchange import trade_with_members
from .heritage import added, elements, held_by_all, holders, shared_elements
from .level import levels, normalise
from .money import fund_fact, invested, investment
from .slogan import SLOGAN, Match, horizon, match, scopes
from .topics import acts_of, acts_on_topics, reached, step_board, step_line, steps_within
from .values import ends, gaps, listing, panels, series
