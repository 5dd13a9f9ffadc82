"""Verdicts on the Trans-Caspian route."""

from collections.abc import Iterable

from .. import routes
from ..countries import FIVE, NAMES
from ..formats import in_words, listed
from ..quantities import merge
from .forms import Dependence, Evidence, Verdict

_START, _ENDS = "Khorgos", ("Poti", "Kars")


def role(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge "Our countries play an important role" by whose track the main line uses.

    Supported if every member carries a part of the way from the Chinese border to the Black Sea or
    to Kars, in part if some do, contradicted if none does.
    """
    net = routes.build_network(evidence["route_legs"], evidence["route_places"])
    main = routes.way(net, _START, _ENDS[0])
    ways = [main, routes.way(net, _START, _ENDS[1])]
    carrying = tuple(dict.fromkeys(code for legs in ways for code in routes.members_on(legs)))
    absent = tuple(code for code in FIVE.codes if code not in carrying)
    share = routes.share_in_members(main)
    other = routes.share_in_members(ways[1])
    rating = "supported" if not absent else "supported in part" if carrying else "contradicted"
    needed = [code for code in routes.unavoidable(net, _START, _ENDS) if code not in FIVE.codes]
    return Verdict(
        rating=rating,
        reason=(
            f"From the Chinese border to the Black Sea at {_ENDS[0]}, {share} of "
            f"the way, rail and sea, lies on the track of members; to {_ENDS[1]} it is "
            f"{other}. "
            f"{_names(carrying)} carry the main line; {_names(absent)} do not. No way leads past "
            f"{_names(needed)}, which is no member."
        ),
        sources=merge(share.sources, other.sources),
        depends=(
            Dependence(
                "which line is meant",
                "with the planned railway from China through Kyrgyzstan and Uzbekistan the two "
                "others would carry a branch",
                f"{in_words(len(FIVE.codes))} members on the line instead of "
                f"{in_words(len(carrying))} (supported) or none (contradicted)",
            ),
            Dependence(
                "what makes a role important",
                "measured here by length alone; volumes, days, queues and costs are in the chapter",
            ),
        ),
        numbers=(share, other),
    )


def _names(codes: Iterable[str]) -> str:
    return listed((NAMES[code] for code in codes), empty="None of the members")
