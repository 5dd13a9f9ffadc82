"""TURKTIME: eight words, their letters and what they are said to hold."""

from dataclasses import dataclass

import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity, keys_of

SLOGAN = "TURKTIME"


@dataclass(frozen=True)
class Match:
    """How a list of names agrees with the eight priorities.

    Parameters
    ----------
    names : bool
        The same names, whatever their order.
    order : bool
        The same names in the same places.
    slogan : str
        What the first letters of the given names spell.
    missing, unknown : tuple of str
        Priorities that were not given; names that are no priority.
    sources : tuple of str
        Keys of the bibliography that give the priorities.
    """

    names: bool
    order: bool
    slogan: str
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    sources: tuple[str, ...]


def match(priorities: pd.DataFrame, names: tuple[str, ...]) -> Match:
    """Compare a list of names, in the order in which somebody gave them, with the priorities.

    Examples
    --------
    >>> frame = pd.DataFrame({"position": [1, 2], "priority": ["Trust", "Energy"],
    ...                       "source_keys": ["a", "a b"]})
    >>> found = match(frame, ("Energy", "Trust"))
    >>> found.names, found.order, found.slogan, found.sources
    (True, False, 'ET', ('a', 'b'))
    """
    rows = priorities.sort_values("position")
    official = tuple(rows["priority"])
    return Match(
        names=sorted(official) == sorted(names),
        order=official == tuple(names),
        slogan="".join(name[0] for name in names).upper(),
        missing=tuple(name for name in official if name not in names),
        unknown=tuple(name for name in names if name not in official),
        sources=keys_of(rows["source_keys"]),
    )


def letters(priorities: pd.DataFrame) -> str:
    """Spell the slogan from the letters in their order.

    Raises
    ------
    ReckoningError
        A letter of the slogan has no priority, or one that does not begin with it.

    Examples
    --------
    >>> letters(pd.DataFrame({"position": [1], "letter": ["T"], "priority": ["Trust"]}))
    Traceback (most recent call last):
    analysis.errors.ReckoningError: letter 'U', place 2: no priority (allowed: TURKTIME)
    """
    given = dict(zip(priorities["position"], priorities["priority"], strict=True))
    for place, letter in enumerate(SLOGAN, 1):
        where = f"letter {letter!r}, place {place}"
        if place not in given:
            raise ReckoningError("no priority", where=where, allowed=SLOGAN)
        if not str(given[place]).upper().startswith(letter):
            allowed = f"a name that begins with {letter}"
            raise ReckoningError(f"priority {given[place]!r}", where=where, allowed=allowed)
    return "".join(priorities.sort_values("position")["letter"])


def horizon(priorities: pd.DataFrame) -> Quantity:
    """Say how many years the priorities were made for, by the sources that name them all.

    Raises
    ------
    ReckoningError
        The rows differ, or no source is common to them.
    """
    spans = sorted(set(priorities["horizon_years"]))
    common = set.intersection(*(set(keys.split()) for keys in priorities["source_keys"]))
    if len(spans) != 1 or not common:
        raise ReckoningError(f"horizons {spans}, common sources {sorted(common)}", allowed="one")
    sources = tuple(sorted(common))
    return Quantity(float(spans[0]), "years", "as announced", sources, ("priorities",), 2023)


def scopes(priorities: pd.DataFrame, status: str) -> Quantity:
    """Count the priorities whose scope is ``stated``, ``inferred`` or ``not found``."""
    rows = priorities[priorities["scope_status"] == status]
    rule = f"priorities whose scope is {status}"
    # A count of none rests on all the rows that were looked at.
    basis = rows if len(rows) else priorities
    return Quantity.of(basis, len(rows), "priorities", rule, ("priorities",), year=2023)


def coverage(priorities: pd.DataFrame, indicator_list: pd.DataFrame) -> pd.DataFrame:
    """Say for each priority what the book can measure.

    Parameters
    ----------
    priorities, indicator_list : DataFrame
        The tables of those names. An indicator without a better direction measures no priority.

    Returns
    -------
    DataFrame
        Columns ``position``, ``letter``, ``priority``, ``indicators`` (how many), ``measured``
        (``over time`` or ``not measured``).
    """
    rows = priorities.sort_values("position")[["position", "letter", "priority"]]
    directed = list(indicator_list.loc[indicator_list["better"] != "none", "position"])
    counts = [directed.count(place) for place in rows["position"]]
    measured = ["over time" if count else "not measured" for count in counts]
    return rows.assign(indicators=counts, measured=measured).reset_index(drop=True)


def measured(covered: pd.DataFrame, how: str, sources: tuple[str, ...]) -> Quantity:
    """Count the priorities that are measured in one way (see `coverage`)."""
    count = float((covered["measured"] == how).sum())
    rule = f"priorities measured: {how}"
    return Quantity(count, "priorities", rule, sources, ("priorities", "indicator_list"))


def used(indicator_list: pd.DataFrame) -> Quantity:
    """Count the indicators that stand for a priority and have a better direction.

    Examples
    --------
    >>> used(pd.DataFrame({"position": [1, 0, 2], "better": ["higher", "higher", "none"],
    ...                    "source_keys": ["a", "b", "c"]})).value
    1.0
    """
    rows = indicator_list[(indicator_list["better"] != "none") & (indicator_list["position"] > 0)]
    rule = "indicators that stand for a priority and have a better direction"
    return Quantity.of(rows, len(rows), "indicators", rule, ("indicator_list",))
