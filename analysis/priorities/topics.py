"""The fields and further topics that the article names: agreed, done, and what a figure shows."""

import pandas as pd

from ..quantities import keys_of
from .values import series, told_of


def topics_on_record(
    topics: pd.DataFrame,
    acts: pd.DataFrame,
    indicators: pd.DataFrame,
    indicator_list: pd.DataFrame,
) -> pd.DataFrame:
    """Set out, topic by topic, what was agreed, what was done and what an indicator shows.

    Parameters
    ----------
    topics, acts, indicators, indicator_list : DataFrame
        The tables of those names.

    Returns
    -------
    DataFrame
        Columns ``topic``, ``claim``, ``agreed`` (acts agreed, announced or proposed) and ``done``,
        each act with its year, joined by "; ", ``shows`` (the range of the members in the first
        and in the last year that all have; empty without an indicator), ``needs``,
        ``source_keys``.
    """
    found = []
    for row in topics.sort_values("order").itertuples():
        rows = acts[acts["field"] == row.field].sort_values("date")
        done = rows["stage"] == "done"
        has = isinstance(row.indicator, str) and row.indicator != ""
        keys = [*rows["source_keys"], *([row.source_keys] if has or rows.empty else [])]
        found.append(
            (
                row.topic,
                row.claim,
                _named(rows[~done]),
                _named(rows[done]),
                _range(indicators, indicator_list, row.indicator) if has else "",
                row.needs if isinstance(row.needs, str) else "",
                " ".join(keys_of(keys)),
            )
        )
    return pd.DataFrame(
        found, columns=["topic", "claim", "agreed", "done", "shows", "needs", "source_keys"]
    )


def _named(rows: pd.DataFrame) -> str:
    return "; ".join(f"{row.act} ({row.date[:4]})" for row in rows.itertuples())


def _range(indicators: pd.DataFrame, indicator_list: pd.DataFrame, indicator: str) -> str:
    told = told_of(indicator_list, indicator)
    full = series(indicators, indicator).dropna()
    ends = [
        f"{full.loc[year].min():.0f} to {full.loc[year].max():.0f} in {year}"
        for year in (full.index[0], full.index[-1])
    ]
    return f"{told['name']}, {told['unit']}, lowest to highest member: {', '.join(ends)}"
