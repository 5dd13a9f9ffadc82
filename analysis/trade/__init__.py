"""Trade among the members: counting rules, the once-counted path, growth.

A total of "mutual trade" depends on three choices: whether each flow is counted once (as exports
from one member to another) or twice (in the turnover of both), whose report is taken, and which
countries belong. `CountingRule` holds the choices; `path` gives one series that counts each flow
once, with the smallest and the largest figure that any side or source gives.
"""

from .changes import change, fall, growth, inflation
from .paths import BASES, ESTIMATED, estimated, names_of, path, total_of, yearly
from .rules import CountingRule, totals
from .rungs import ladder, rung
from .sides import BILLION, SIDES, mirrors, side_of
from .statements import days_left, said

__all__ = [
    "BASES",
    "BILLION",
    "ESTIMATED",
    "SIDES",
    "CountingRule",
    "change",
    "days_left",
    "estimated",
    "fall",
    "growth",
    "inflation",
    "ladder",
    "mirrors",
    "names_of",
    "path",
    "rung",
    "said",
    "side_of",
    "total_of",
    "totals",
    "yearly",
]
