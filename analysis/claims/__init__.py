"""The ledger: what the article claims, and what the evidence says of it.

A verdict is a function of evidence: change the tables and it may change.
"""

from .. import tables
from ..article import Article, read
from . import context, priorities, routes, trade
from .forms import RATINGS, Claim, Entry, Evidence, enter, scoreboard, sources_by_grade

CLAIMS = (
    Claim(
        "interview",
        "Said in an interview with Ana Tili",
        "stated in an interview with the“Ana Tili” newspaper",
        "attribution",
        "tab-context-wordings",
        context.interview,
    ),
    Claim(
        "eighty-events",
        "More than 80 events",
        "more than 80 events have been organized",
        "quantity",
        "fig-context-count",
        context.events,
    ),
    Claim(
        "nomad-games",
        "World Nomad Games in Astana",
        "The 5th World Nomad Games were held in Astana.",
        "event",
        "tab-context-games",
        context.games,
    ),
    Claim(
        "turkistan",
        "Turkistan, the spiritual capital",
        "Ancient Turkestan, which was declared the spiritual capital of the Turkic world in 2021",
        "event",
        "tab-context-turkistan",
        context.turkistan,
    ),
    Claim(
        "ten-years",
        "Trade strengthened over ten years",
        "Over the past 10 years, trade relations between OTS members have significantly "
        "strengthened",
        "trend",
        "fig-trade-path",
        trade.strengthened,
    ),
    Claim(
        "forty-five-billion",
        "Trade exceeded $45 billion",
        "in 2024, the volume of mutual trade turnover exceeded $45 billion",
        "quantity",
        "fig-trade-ladder",
        trade.exceeded,
    ),
    Claim(
        "route-role",
        "An important role in the Trans-Caspian route",
        "Our countries play an important role in the implementation of the Trans-Caspian "
        "International Transport Route.",
        "trend",
        "fig-routes-shares",
        routes.role,
    ),
    Claim(
        "eight-priorities",
        "TURKTIME holds eight priorities",
        "TURKTIME!, which encapsulates eight priorities: Traditions, Unification, Reforms, "
        "Knowledge, Trust, Investments, Mediation, and Energy",
        "quantity",
        "tab-priorities-scope",
        priorities.eight,
    ),
)


def evidence() -> Evidence:
    """Read every table of the book."""
    return Evidence({name: tables.read(name) for name in tables.models()})


def ledger(article: Article | None = None, found: Evidence | None = None) -> list[Entry]:
    """Judge every claim.

    Parameters
    ----------
    article : Article, optional
        The book's own by default.
    found : Evidence, optional
        All tables by default.

    Returns
    -------
    list of Entry
        In the order of the article.

    Raises
    ------
    ClaimError
        See `analysis.claims.forms.enter`.
    """
    article = article or read()
    found = found or evidence()
    entries = [enter(claim, article, found) for claim in CLAIMS]
    return sorted(entries, key=lambda entry: entry.span.start)


__all__ = [
    "CLAIMS", "RATINGS", "Claim", "Entry", "Evidence", "enter", "evidence", "ledger", "scoreboard",
    "sources_by_grade",
]  # fmt: skip
