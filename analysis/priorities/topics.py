"""The fields and further topics that the article names: what was done, and what a figure shows."""

import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity
from ..rows import chosen
from .values import listing, series


def acts_on_topics(topics: pd.DataFrame, acts: pd.DataFrame) -> pd.DataFrame:
    """List the acts on record, topic by topic and by date.

    Parameters
    ----------
    topics, acts : DataFrame
        The tables of those names.

    Returns
    -------
    DataFrame
        Columns ``topic``, ``claim``, ``first`` (the first row of its topic), ``date``, ``act``,
        ``stage``, ``source_keys``. A topic without an act has one row that says "none found".

    Examples
    --------
    >>> topics = pd.DataFrame({"order": [1, 2], "topic": ["Energy", "Industry"],
    ...                        "field": ["energy", "industry"], "claim": "fields",
    ...                        "source_keys": "s"})
    >>> acts = pd.DataFrame({"date": ["2024-09-16"], "field": ["energy"], "act": ["Treaty"],
    ...                      "stage": ["done"], "source_keys": ["t"]})
    >>> acts_on_topics(topics, acts)[["topic", "act", "stage"]].to_numpy().tolist()
    [['Energy', 'Treaty', 'done'], ['Industry', 'none found', '']]
    """
    found = []
    for row in topics.sort_values("order").itertuples():
        rows = acts[acts["field"] == row.field].sort_values("date")
        acts_found = rows[["date", "act", "stage", "source_keys"]].to_numpy().tolist()
        for number, act in enumerate(acts_found or [("", "none found", "", row.source_keys)]):
            found.append((row.topic, row.claim, number == 0, *act))
    return pd.DataFrame(
        found, columns=["topic", "claim", "first", "date", "act", "stage", "source_keys"]
    )


def steps_by_letter(priorities: pd.DataFrame, steps: pd.DataFrame) -> pd.DataFrame:
    """List the steps on record, priority by priority and by date.

    Parameters
    ----------
    priorities, steps : DataFrame
        Tables ``priorities`` and ``priority_steps``.

    Returns
    -------
    DataFrame
        Columns ``position``, ``priority``, ``date``, ``step``, ``stage``, ``source_keys``. A
        priority without a step has one row that says "none found", without sources.

    Raises
    ------
    ReckoningError
        A step of a place that has no priority.

    Examples
    --------
    >>> priorities = pd.DataFrame({"position": [5, 6], "priority": ["Trust", "Investments"]})
    >>> steps = pd.DataFrame({"position": [6], "date": ["2024-05-18"], "step": ["First board"],
    ...                       "stage": ["done"], "source_keys": ["s"]})
    >>> steps_by_letter(priorities, steps)[["priority", "step", "stage"]].to_numpy().tolist()
    [['Trust', 'none found', ''], ['Investments', 'First board', 'done']]
    """
    strange = sorted(set(steps["position"]) - set(priorities["position"]))
    if strange:
        raise ReckoningError(
            f"steps of place {', '.join(map(str, strange))}",
            where="table priority_steps",
            allowed=", ".join(map(str, sorted(priorities["position"]))),
        )
    found = []
    for row in priorities.sort_values("position").itertuples():
        rows = steps[steps["position"] == row.position].sort_values("date", kind="stable")
        steps_found = rows[["date", "step", "stage", "source_keys"]].to_numpy().tolist()
        for step in steps_found or [("", "none found", "", "")]:
            found.append((row.position, row.priority, *step))
    return pd.DataFrame(
        found, columns=["position", "priority", "date", "step", "stage", "source_keys"]
    )


def acts_of(acts: pd.DataFrame, field: str) -> Quantity:
    """Count the acts on record in one field; refuse a field without any.

    Examples
    --------
    >>> acts = pd.DataFrame({"field": ["energy"], "source_keys": ["t"]})
    >>> acts_of(acts, "energy").value
    1.0
    """
    rows = chosen(acts, "table acts", field=field)
    return Quantity.of(rows, len(rows), "acts", f"acts on record: {field}", ("acts",))


def topic_measures(
    topics: pd.DataFrame, indicators: pd.DataFrame, indicator_list: pd.DataFrame
) -> pd.DataFrame:
    """Give for every topic what its indicator shows, or what a measurement would need.

    Parameters
    ----------
    topics, indicators, indicator_list : DataFrame
        The tables of those names.

    Returns
    -------
    DataFrame
        Columns ``topic``, ``name`` and ``unit`` of the indicator, ``first_year``, ``first_low``,
        ``first_high``, ``last_year``, ``last_low``, ``last_high``: the lowest and the highest
        country in the first and in the last year for which all have a figure; ``needs``;
        ``source_keys``. What does not apply is missing.
    """
    found = []
    for row in topics.sort_values("order").itertuples():
        if isinstance(row.indicator, str) and row.indicator:
            listed = listing(indicator_list, row.indicator)
            full = series(indicators, row.indicator).dropna()
            first, last = (
                (int(year), full.loc[year].min(), full.loc[year].max())
                for year in (full.index[0], full.index[-1])
            )
            shown = (listed["name"], listed["unit"], *first, *last)
            found.append((row.topic, *shown, None, row.source_keys))
        else:
            found.append((row.topic, *[None] * 8, row.needs, row.source_keys))
    return pd.DataFrame(
        found,
        columns=[
            "topic", "name", "unit", "first_year", "first_low", "first_high", "last_year",
            "last_low", "last_high", "needs", "source_keys",
        ],
    )  # fmt: skip
