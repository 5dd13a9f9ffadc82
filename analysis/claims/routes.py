"""Verdicts on the Trans-Caspian route."""

from collections.abc import Iterable

from .. import routes
from ..countries import FIVE, NAMES
from ..formats import in_words, listed
from ..quantities import merge
from .forms import Dependence, Evidence, Verdict

_START, _MAIN, _BRANCH = "Khorgos", "Poti", "Kars"


def role(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge "Our countries play an important role" by whose track the main line uses.

    "Our countries" need not mean each of the five. Supported if members own more than half of the
    way from the Chinese border to the Black Sea and no way leads past them; in part if one of the
    two holds; contradicted if neither does. Length is that of the whole way, the sea nobody's.
    """
    net = routes.build_network(evidence["route_legs"], evidence["route_places"])
    main, branch = (routes.way(net, _START, end) for end in (_MAIN, _BRANCH))
    needed = routes.unavoidable(net, _START, (_MAIN, _BRANCH))
    share, other = routes.share_in_members(main), routes.share_in_members(branch)
    away = tuple(code for code in needed if code not in FIVE.codes)
    parts = dict.fromkeys(leg.country or "sea" for leg in main if leg.country not in FIVE.codes)
    rest = [f"{NAMES.get(it, 'the sea')} ({routes.share_in(main, it)})" for it in parts]
    on_main = routes.members_on(main)
    on_branch = tuple(code for code in routes.members_on(branch) if code not in on_main)
    absent = routes.members_off((main, branch))
    neither = f"; neither enters {_names(absent, 'or')}" if absent else ""
    crossed = (
        f" Every route also crosses {_names(away)}, which "
        f"{'is not a member' if len(away) == 1 else 'are not members'}."
        if away
        else ""
    )
    met = (share.value > evidence.assumed.most) + bool(set(needed) & set(FIVE.codes))
    return Verdict(
        rating=("contradicted", "supported in part", "supported")[met],
        reason=(
            f"Members own the track on {share} of the main line from the Chinese border to the "
            f"Black Sea at {_MAIN}; the rest is {listed(rest)}. On the branch to {_BRANCH} they "
            f"own {other}. The main line runs through {_names(on_main)}, the branch also through "
            f"{_names(on_branch)}{neither}.{crossed}"
        ),
        sources=merge(share.sources, other.sources),
        depends=(
            Dependence(
                "which countries “our countries” means",
                "we read it as some of the members, for the quotation does not say all",
                f"if each of the {in_words(len(FIVE.codes))} were meant, it would be supported in "
                "part",
            ),
            Dependence(
                "what makes a role important",
                "we measure length of track, and what no route avoids; cargo, days and bottlenecks "
                "are in the chapter",
            ),
        ),
        numbers=(share, other),
    )


def _names(codes: Iterable[str], word: str = "and") -> str:
    return listed((NAMES[code] for code in codes), word, "none of the members")
