"""TURKTIME: what its eight words are said to hold, and what can be measured of them.

The indicators are the book's own choice: no official one, and no target, was found. Functions take
frames of ``data/`` and give frames or a `Quantity`.
"""

from .change import changes, pairs, steady, tally, who, yardstick
from .money import fund_fact, invested, investment
from .slogan import SLOGAN, Match, coverage, horizon, letters, match, measured, scopes
from .values import distance, latest, panels, series, spread, value

__all__ = [
    "SLOGAN",
    "Match",
    "changes",
    "coverage",
    "distance",
    "fund_fact",
    "horizon",
    "invested",
    "investment",
    "latest",
    "letters",
    "match",
    "measured",
    "pairs",
    "panels",
    "scopes",
    "series",
    "spread",
    "steady",
    "tally",
    "value",
    "who",
    "yardstick",
]
