"""Acts on record, field by field."""

import pandas as pd

from .. import stages
from ..quantities import keys_of


def acts_within(acts: pd.DataFrame, fields: tuple[str, ...], start: str, end: str) -> pd.DataFrame:
    """Give the acts of some fields in a span of time, field by field, in the order of the table.

    The span has both its ends, ISO dates.

    Examples
    --------
    >>> acts = pd.DataFrame({"field": ["energy", "trade", "energy"],
    ...                      "date": ["2024-05-01", "2024-06-01", "2025-01-01"]})
    >>> list(acts_within(acts, ("trade", "energy"), "2024-01-01", "2024-12-31")["date"])
    ['2024-06-01', '2024-05-01']
    """
    span = acts[acts["date"].between(start, end)]
    return pd.concat([span[span["field"] == field] for field in fields])


def acts_on_record(
    acts: pd.DataFrame, fields: tuple[str, ...], start: str, end: str
) -> pd.DataFrame:
    """Count the acts of `acts_within` by how far they went; a field without any has zeros.

    Returns
    -------
    DataFrame
        Columns ``field``, ``done`` (see `analysis.stages`), ``not_done``, ``acts`` (their names
        joined by "; "), ``source_keys``.
    """
    counts = []
    span = acts_within(acts, fields, start, end)
    for field in fields:
        rows = span[span["field"] == field]
        done = len(stages.done(rows))
        keys = " ".join(keys_of(rows["source_keys"]))
        counts.append((field, done, len(rows) - done, "; ".join(rows["act"]), keys))
    return pd.DataFrame(counts, columns=["field", "done", "not_done", "acts", "source_keys"])
