"""The fields and further topics that the article names: what was done, and what a figure shows."""

from typing import Any

import pandas as pd

from ..dates import decimal_year
from ..errors import ReckoningError
from ..formats import day
from ..quantities import Quantity, keys_of, merge
from ..rows import chosen
from ..stages import STAGES, done


def acts_on_topics(topics: pd.DataFrame, acts: pd.DataFrame) -> pd.DataFrame:
    """List the acts on record, topic by topic and by date.

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


def step_board(priorities: pd.DataFrame, steps: pd.DataFrame) -> pd.DataFrame:
    """Lay out the steps on record: a row a priority, a column a stage.

    Returns
    -------
    DataFrame
        Columns ``position``, ``letter``, ``priority``, ``scope``, ``scope_status``, ``said``,
        ``scope_cell`` (scope and day, or that none was found), one for each of
        `analysis.stages.STAGES` (the steps by date, each with its day, joined by "; "; empty where
        none was found) and ``source_keys``, of scope and steps.

    Raises
    ------
    ReckoningError
        A step of a place that has no priority.

    Examples
    --------
    >>> priorities = pd.DataFrame({"position": [6], "letter": ["I"], "priority": ["Investments"],
    ...                            "scope": ["A fund"], "scope_status": ["stated"],
    ...                            "said": ["2023-11-03"], "source_keys": ["a"]})
    >>> steps = pd.DataFrame({"position": [6], "date": ["2023-03-16"], "step": ["Agreement"],
    ...                       "stage": ["signed"], "source_keys": ["b"]})
    >>> step_board(priorities, steps).iloc[0][["promised", "signed", "source_keys"]].tolist()
    ['', 'Agreement (16 March 2023)', 'a b']
    """
    strange = sorted(set(steps["position"]) - set(priorities["position"]))
    if strange:
        raise ReckoningError(
            f"steps of place {', '.join(map(str, strange))}",
            where="table priority_steps",
            allowed=", ".join(map(str, sorted(priorities["position"]))),
        )
    columns = ["position", "letter", "priority", "scope", "scope_status", "said", "source_keys"]
    rows = []
    for row in priorities.sort_values("position")[columns].to_dict("records"):
        own = steps[steps["position"] == row["position"]].sort_values("date", kind="stable")
        for stage in STAGES:
            reached = own[own["stage"] == stage]
            row[stage] = "; ".join(f"{it.step} ({day(it.date)})" for it in reached.itertuples())
        row["scope_cell"] = _scope(row)
        keys = merge(row["source_keys"].split(), keys_of(own["source_keys"]))
        rows.append(row | {"source_keys": " ".join(keys)})
    return pd.DataFrame(rows, columns=[*columns[:-1], "scope_cell", *STAGES, "source_keys"])


def _scope(row: dict[str, Any]) -> str:
    """Write what officials said that a word holds, with the day on which they said it."""
    if row["scope_status"] == "not found":
        return "Not in the excerpts read"
    ours = "Our match: " if row["scope_status"] == "inferred" else ""
    return f"{ours}{row['scope']} ({day(row['said'])})"


def step_line(priorities: pd.DataFrame, steps: pd.DataFrame) -> pd.DataFrame:
    """Place the steps on an axis of years: columns ``priority`` and ``when`` beside their own."""
    names = priorities.set_index("position")["priority"]
    return steps.assign(
        priority=steps["position"].map(names), when=steps["date"].map(decimal_year)
    ).sort_values(["position", "when"], kind="stable", ignore_index=True)


def reached(board: pd.DataFrame, stage: str) -> Quantity:
    """Count the priorities with a step on record at a stage (see `step_board`)."""
    rule = f"priorities with a step on record that is {stage}"
    tables = ("priorities", "priority_steps")
    return Quantity.of(board, (board[stage] != "").sum(), "priorities", rule, tables)


def steps_within(steps: pd.DataFrame, start: str, end: str) -> Quantity:
    """Count the steps that are done, as `analysis.stages` has it, in a span of time."""
    rows = done(steps[steps["date"].between(start, end)])
    rule = f"steps signed, in force or working, {start} to {end}"
    return Quantity.of(steps, len(rows), "steps", rule, ("priority_steps",))


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
