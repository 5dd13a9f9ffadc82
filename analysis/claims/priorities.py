"""Verdicts on TURKTIME."""

import re

from .. import priorities
from ..errors import ClaimError
from ..formats import in_words, listed
from .forms import Dependence, Evidence, Verdict


def eight(quotation: str, evidence: Evidence) -> Verdict:
    """Judge the list of eight priorities by names and order.

    Supported if the names and their order agree with the official ones, in part if only the names
    do, contradicted otherwise.
    """
    names = named(quotation)
    table = evidence["priorities"]
    found, years = priorities.match(table, names), priorities.horizon(table)
    rating = "supported" if found.order else "supported in part" if found.names else "contradicted"
    other = table[table["akorda_name"] != table["priority"]]
    variants = listed(f"“{row.akorda_name}” for {row.priority}" for row in other.itertuples())
    return Verdict(
        rating=rating,
        reason=(
            f"The article names {in_words(len(names))} priorities, "
            f"{'in' if found.order else 'not in'} the order of the official list, and their first "
            f"letters spell {found.slogan}. It leaves out that the summit speech set them for "
            f"{in_words(int(years.value))} years."
        ),
        sources=found.sources,
        depends=(
            Dependence(
                "how the names are translated",
                f"the President's own English text has {variants}"
                if len(other)
                else "no official text names them otherwise",
                "two names in each other's place would make it supported in part, one other name "
                "contradicted",
            ),
        ),
        numbers=(years,),
    )


def named(quotation: str) -> tuple[str, ...]:
    """Read the names of a list that follows a colon.

    Raises
    ------
    ClaimError
        There is no list.

    Examples
    --------
    >>> named("eight priorities: Trust, Mediation, and Energy")
    ('Trust', 'Mediation', 'Energy')
    """
    head, colon, tail = quotation.partition(":")
    names = tuple(name for name in re.split(r",\s*(?:and\s+)?|\s+and\s+", tail.strip(" .")) if name)
    if not colon or not names:
        raise ClaimError(f"no list in {head[:40]!r}", allowed="names after a colon")
    return names
