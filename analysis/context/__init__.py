"""Who speaks, of what and when: membership, chairmanship, size, counts of events, wordings.

Every function takes frames of ``data/`` and gives frames or a `Quantity`.
"""

from .counts import (
    count_history,
    counts_by_period,
    days_left,
    events_per_day,
    first_date,
    first_stated,
    has_list,
    stated_count,
    stated_times,
)  # fmt: skip
from .games import disputed, reported, versions
from .organisation import chairmanship_days, neighbours, parties, term_of, terms, timeline
from .record import acts_on_record, acts_within
from .sizes import (
    EVERY_LIST,
    between_releases,
    country_sizes,
    fits,
    fits_list,
    last_digit,
    one_size,
    percent_above,
    rounding_interval,
    share_of_world,
    size,
    stated_size,
    sums,
    unfitted,
)  # fmt: skip
from .wordings import (
    compared,
    days_between,
    documents,
    first_report,
    outlets,
    quoted,
    readings,
    repetition,
    shared_words,
)  # fmt: skip

__all__ = [
    "EVERY_LIST", "acts_on_record", "acts_within", "between_releases", "chairmanship_days",
    "compared", "count_history", "country_sizes", "counts_by_period", "days_between", "days_left",
    "disputed", "documents", "events_per_day", "first_date", "first_report", "first_stated",
    "fits", "fits_list", "has_list", "last_digit", "neighbours", "one_size", "outlets", "parties",
    "percent_above", "quoted", "readings", "repetition", "reported", "rounding_interval",
    "share_of_world", "shared_words", "size", "stated_count", "stated_size", "stated_times",
    "sums", "term_of", "terms", "timeline", "unfitted", "versions",
]  # fmt: skip
