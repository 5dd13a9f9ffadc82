"""The ledger: what the article claims, and what the evidence says of it.

A verdict is a function of evidence: change the tables and it may change.
"""

from pathlib import Path

from .. import tables
from ..article import Article, Span, read
from ..errors import ArticleError, ClaimError
from . import acts, context, priorities, routes, trade
from .forms import RATINGS, Claim, Entry, Evidence, Framing, enter, scoreboard, sources_by_grade

CLAIMS = (
    Claim(
        "partners-neighbors",
        "Vital partners and neighbors",
        "The member countries of the Organization of Turkic States (OTS) are vital "
        "geopolitical partners and neighbors",
        "opinion",
        "tab-context-members",
        context.partners,
    ),
    Claim(
        "interview",
        "Said in an interview with Ana Tili",
        "stated in an interview with the“Ana Tili” newspaper",
        "attribution",
        "tab-context-wordings",
        context.interview,
    ),
    Claim(
        "four-spheres",
        "Special attention in four spheres",
        "special attention has been paid to intensifying cooperation in the political, trade-"
        "economic, transport-logistics, and cultural-humanitarian spheres",
        "event",
        "tab-context-acts",
        acts.attention,
    ),
    Claim(
        "concrete-results",
        "Concrete results, large-scale projects",
        "Concrete results have been achieved, a number of large-scale projects have been "
        "implemented",
        "event",
        "tab-priorities-fund",
        acts.results,
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
        "academic-ties",
        "Ties between academic and creative circles",
        "Close ties have been established between educational and academic structures and "
        "creative intellectuals.",
        "event",
        "tab-context-acts",
        acts.ties,
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
        "turkistan-role",
        "A special role of Turkistan",
        "plays a special role in bringing our peoples closer together",
        "opinion",
        "tab-context-turkistan",
        context.role_of_turkistan,
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
        "four-fields",
        "Cooperation in four more fields",
        "We intend to develop cooperation in the fields of energy, industry, agriculture, and"
        " digitalization",
        "intent",
        "tab-priorities-topics",
        acts.fields,
    ),
    Claim(
        "slogan",
        "The slogan of the chairmanship",
        "Kazakhstan's slogan during its OTS chairmanship",
        "event",
        "fig-context-timeline",
        context.slogan,
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
    Claim(
        "entire-community",
        "Interest of the entire Turkic community",
        "These priorities have been met with interest by the entire Turkic community",
        "event",
        "tab-priorities-scope",
        acts.community,
    ),
    Claim(
        "beyond-members",
        "Interest beyond the members",
        "not limited to the OTS countries",
        "event",
        "tab-priorities-scope",
        acts.beyond,
    ),
    Claim(
        "altai",
        "A positive view of the Altai concept",
        "Kazakhstan supports all creative initiatives that contribute to the rapprochement of"
        " the Turkic world and also positively approaches the Russian concept of 'Altai - the"
        " cradle of the Turks,'",
        "intent",
        "tab-priorities-topics",
        acts.altai,
    ),
    Claim(
        "heritage",
        "Ties and heritage in future",
        "Our country will continue to contribute to the deepening of ties between all Turkic "
        "peoples and the promotion of our common rich historical and cultural heritage",
        "intent",
        "tab-priorities-topics",
        acts.heritage,
    ),
)

#: What the article says besides its claims: the reporter's words around the quotations.
FRAMING = (
    Framing(
        "The Kazakh President also noted the significant progress in trade among OTS member "
        "states over the past decade.",
        "The reporter's lead to the quotation after it, which is judged.",
    ),
    Framing(
        "Highlighting the strategic importance of regional infrastructure, Tokayev underlined the "
        "role of OTS members in the Trans-Caspian International Transport Route.",
        "The reporter's lead to the quotation after it, which is judged.",
    ),
    Framing(
        "The President affirmed Kazakhstan's commitment to deepening ties among Turkic peoples "
        "and promoting their shared cultural and historical heritage, stating,",
        "The reporter's lead to the quotation after it, which is judged.",
    ),
)


def evidence(root: Path | None = None) -> Evidence:
    """Read every table of the book, or of another folder with its form."""
    return Evidence({name: tables.read(name, root) for name in tables.models(root)})


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


def coverage(article: Article | None = None) -> list[tuple[Span, tuple[str, ...], Framing | None]]:
    """Say for every sentence of the article what of it is judged.

    Parameters
    ----------
    article : Article, optional
        The book's own by default.

    Returns
    -------
    list of (Span, tuple of str, Framing or None)
        Each sentence in order, the names of the claims that lie in it or reach into it, and the
        framing that does, if any. A sentence with neither is a gap in the ledger.

    Raises
    ------
    ClaimError
        A claim or a framing quotes what does not stand in the article once.
    """
    article = article or read()
    claims = [(claim.name, _place(article, claim)) for claim in CLAIMS]
    framing = [(frame, _place(article, frame)) for frame in FRAMING]
    return [
        (
            sentence,
            tuple(name for name, span in claims if _meet(sentence, span)),
            next((frame for frame, span in framing if _meet(sentence, span)), None),
        )
        for sentence in article.sentences
    ]


def _place(article: Article, said: Claim | Framing) -> Span:
    try:
        return article.find(said.quotation)
    except ArticleError as error:
        name = f"claim {said.name}" if isinstance(said, Claim) else "framing"
        raise ClaimError(error.problem, where=name, allowed=error.allowed) from None


def _meet(first: Span, second: Span) -> bool:
    return first.start < second.end and second.start < first.end


__all__ = [
    "CLAIMS", "FRAMING", "RATINGS", "Claim", "Entry", "Evidence", "Framing", "coverage", "enter",
    "evidence", "ledger", "scoreboard", "sources_by_grade",
]  # fmt: skip
