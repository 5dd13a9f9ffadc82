"""Who speaks, of what and when: membership, chairmanship, size, counts of events, wordings.

Every function takes frames of ``data/`` and gives frames or a `Quantity`.
"""

from .counts import (
    count_history,
    counts_by_period,
    days_left,
    first_date,
    first_stated,
    has_list,
    pace,
    stated_count,
    stated_times,
)
from .dates import day, decimal_year
from .games import disputed, reported, versions
from .organisation import chairmanship_days, neighbours, parties, terms, timeline
from .record import acts_on_record, acts_within
from .sizes import (
    EVERY_LIST,
    between_releases,
    excess,
    fits,
    last_digit,
    one_size,
    portraits,
    room,
    share_of_world,
    size,
    stated_size,
    sums,
    unfitted,
)
from .wordings import (
    days_between,
    documents,
    first_report,
    outlets,
    readings,
    repetition,
    shared_words,
)

__all__ = [
    "EVERY_LIST",
    "acts_on_record",
    "acts_within",
    "between_releases",
    "chairmanship_days",
    "count_history",
    "counts_by_period",
    "day",
    "days_between",
    "days_left",
    "decimal_year",
    "disputed",
    "documents",
    "excess",
    "first_date",
    "first_report",
    "first_stated",
    "fits",
    "has_list",
    "last_digit",
    "neighbours",
    "one_size",
    "outlets",
    "pace",
    "parties",
    "portraits",
    "readings",
    "repetition",
    "reported",
    "room",
    "share_of_world",
    "shared_words",
    "size",
    "stated_count",
    "stated_size",
    "stated_times",
    "sums",
    "terms",
    "timeline",
    "unfitted",
    "versions",
]
