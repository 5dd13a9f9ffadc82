"""Who speaks, of what and when: membership, chairmanship, size, counts of events, wordings.

Every function takes frames of ``data/`` and gives frames or a `Quantity`.
"""

from .counts import (
    count_history,
    days_left,
    events_per_day,
    first_date,
    first_stated,
    has_list,
    stated_count,
    stated_times,
)
from .games import disputed, reported, versions
from .organisation import chairmanship_days, neighbours, term_of, terms
from .record import acts_on_record, acts_within
from .sizes import (
    EVERY_LIST,
    between_releases,
    country_sizes,
    fits,
    one_size,
    percent_above,
    share_of_world,
    size,
    stated_size,
    sums,
    unfitted,
)
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
)
