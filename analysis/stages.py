"""How far an act has gone: one scale for every table, figure and verdict.

A meeting counts by what it adopted. What was held for its own sake, such as games or a conference,
works on the day on which it was held.
"""

import pandas as pd

#: From the first word to the thing itself, with what each stage means.
STAGES = {
    "promised": "proposed or announced, or agreed in a declaration, a communiqué, a memorandum or "
    "a plan, which bind nobody",
    "signed": "signed, adopted or ratified by those whom it concerns",
    "in force": "it binds: the day on which it took effect has come",
    "working": "what it set up does its work; an event was held; a text came out",
}
#: What the book calls done: more than a promise.
DONE = ("signed", "in force", "working")


def done(acts: pd.DataFrame) -> pd.DataFrame:
    """Take the acts that are done: signed, in force or working, by their column ``stage``.

    Examples
    --------
    >>> acts = pd.DataFrame({"act": ["Draft", "Treaty", "Fund"],
    ...                      "stage": ["promised", "signed", "working"]})
    >>> list(done(acts)["act"])
    ['Treaty', 'Fund']
    """
    return acts[acts["stage"].isin(DONE)]
