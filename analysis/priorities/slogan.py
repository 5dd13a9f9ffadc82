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
    sources : tuple of str
        Keys of the bibliography that give the priorities.
    """

    names: bool
    order: bool
    slogan: str
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
        sources=keys_of(rows["source_keys"]),
    )


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
