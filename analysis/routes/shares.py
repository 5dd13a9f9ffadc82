"""Whose track a way uses: shares of its length by country, by membership and at sea."""

from collections.abc import Iterable, Mapping

import pandas as pd

from ..countries import FIVE, NAMES, Membership
from ..quantities import Quantity
from .legs import Leg, Way
from .network import ends_of, quantity_of, total


def share_in(legs: Way, part: str) -> Quantity:
    """Give the share of a way's length on one country's track, or at ``"sea"``, in %."""
    km = sum(leg.km.central for leg in legs if _part(leg) == part)
    where = "at sea" if part == "sea" else f"on the track of {NAMES[part]}"
    rule = f"length {where}, as a share of the whole way {ends_of(legs)}"
    return quantity_of(100 * km / total(legs).central, "%", rule, legs)


def share_in_members(legs: Way, *, members: Membership = FIVE) -> Quantity:
    """Give the share of a way's length on the track of member states.

    Examples
    --------
    >>> from analysis.routes import Leg, Spread
    >>> rail = Leg("A", "B", "rail", "KAZ", Spread(300, 300, 300), 0, ())
    >>> rest = Leg("B", "C", "rail", "GEO", Spread(100, 100, 100), 0, ())
    >>> share_in_members((rail, rest)).value
    75.0
    """
    km = sum(leg.km.central for leg in legs if leg.country in members.codes)
    rule = f"track of the {members.name}, as a share of the whole way {ends_of(legs)}, rail and sea"
    return quantity_of(100 * km / total(legs).central, "%", rule, legs)


def share_bounds(legs: Way, *, members: Membership = FIVE) -> tuple[Quantity, Quantity]:
    """Give the lowest and highest share on members' track that the lengths in the sources allow.

    Lowest: members' legs at their lowest lengths and all others at their highest. Highest: the
    other way round. The sea counts as nobody's.
    """
    pairs = [(leg, leg.country in members.codes) for leg in legs]
    rule = f"share on members' track {ends_of(legs)} that the lengths in the sources allow"
    lowest = _share_of_ends(pairs, "low", "high")
    highest = _share_of_ends(pairs, "high", "low")
    return (
        quantity_of(lowest, "%", f"lowest {rule}", legs),
        quantity_of(highest, "%", f"highest {rule}", legs),
    )


def split(ways: Mapping[str, Way], *, members: Membership = FIVE) -> pd.DataFrame:
    """Split ways, by the name that readers see, by whose track they use.

    Returns
    -------
    DataFrame
        One row a way and part: ``way``, ``part`` (country code or ``"sea"``), ``group``
        (``"member"``, ``"sea"``, ``"other"``), ``km``, ``share_percent``; and on each row the
        way's ``members_percent``, ``members_low``, ``members_high``.
    """
    rows = []
    for name, legs in ways.items():
        low, high = share_bounds(legs, members=members)
        for part in dict.fromkeys(_part(leg) for leg in legs):
            group = "sea" if part == "sea" else "member" if part in members.codes else "other"
            km = sum(leg.km.central for leg in legs if _part(leg) == part)
            rows.append(
                {
                    "way": name,
                    "part": part,
                    "group": group,
                    "km": km,
                    "share_percent": 100 * km / total(legs).central,
                    "members_percent": share_in_members(legs, members=members).value,
                    "members_low": low.value,
                    "members_high": high.value,
                }
            )
    return pd.DataFrame(rows)


def members_on(legs: Way, *, members: Membership = FIVE) -> tuple[str, ...]:
    """List the members whose track a way uses, in the order of travel."""
    return tuple(dict.fromkeys(leg.country for leg in legs if leg.country in members.codes))


def members_off(ways: Iterable[Way], *, members: Membership = FIVE) -> tuple[str, ...]:
    """List the members whose track none of the ways uses, alphabetically."""
    used = {code for legs in ways for code in members_on(legs, members=members)}
    return tuple(sorted(set(members.codes) - used))


def _share_of_ends(pairs: list[tuple[Leg, bool]], own: str, others: str) -> float:
    ours = sum(getattr(leg.km, own) for leg, mine in pairs if mine)
    rest = sum(getattr(leg.km, others) for leg, mine in pairs if not mine)
    return float(100 * ours / (ours + rest))


def _part(leg: Leg) -> str:
    return leg.country or ("sea" if leg.mode == "sea" else "several")
