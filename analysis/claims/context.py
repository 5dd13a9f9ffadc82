"""Verdicts on who spoke, what was counted, and what was declared."""

from .. import context
from ..errors import ReckoningError
from ..quantities import keys_of, merge
from .forms import Dependence, Evidence, Verdict, amount, percent, spoken

_CHAIR = "KAZ"
_EDITION, _CITY = 5.0, "Astana"


def interview(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge the attribution to an interview with *Ana Tili*.

    Supported if two publishers or more besides the article's reported the interview; in part if
    one did; otherwise unverifiable.
    """
    reports = evidence["interview_reports"]
    others = context.outlets(reports)
    count = int(others.value)
    rating = "supported" if count > 1 else "supported in part" if count else "unverifiable"
    if not count:
        return Verdict(
            rating, "No publisher besides the article's reported it.",
            keys_of(reports["source_keys"]), numbers=(others,),
        )  # fmt: skip
    first = context.first_report(reports)
    again = context.repetition(evidence["statement_wordings"])
    return Verdict(
        rating=rating,
        reason=(
            f"{count} other publishers reported the interview, the first on "
            f"{spoken(first.isoformat())}. The wording is older: {percent(again.value)} of the "
            "distinct words compared stood already in the speech at the Bishkek summit of "
            "6 November 2024. So speech and interview are one statement made twice, not two "
            "confirmations."
        ),
        sources=merge(others.sources, again.sources),
        depends=(
            Dependence(
                "whether the publishers read the newspaper or each other",
                "the newspaper's own page was not at hand; one source in truth would leave it "
                "supported in part",
            ),
        ),
        numbers=(others, again),
    )


def events(quotation: str, evidence: Evidence) -> Verdict:
    """Judge "more than 80 events".

    Without a list of the events the number cannot be checked. With one, it is supported if the
    list holds more than the number, and contradicted if it does not.
    """
    claimed = int(amount(quotation))
    counts = evidence["event_counts"]
    history = context.count_history(counts, evidence["events"], _CHAIR)
    sources = keys_of(history["source_keys"])
    if context.has_list(counts, _CHAIR):
        listed = counts[(counts["chair"] == _CHAIR) & (counts["list_published"] == "found")]
        most = int(listed["count"].max())
        return Verdict(
            "supported" if most > claimed else "contradicted",
            f"A published list holds {most} events.",
            keys_of(listed["source_keys"]),
        )
    first = context.first_stated(history, claimed)
    date = context.first_date(history, claimed)
    term = int(history["term"].iloc[0])
    return Verdict(
        rating="unverifiable",
        reason=(
            f"The number was first stated on {spoken(date.isoformat())}, day {first.value:.0f} "
            f"of a chairmanship of {term} days, and stood unchanged to its end. Only the chair "
            "and the Secretariat have stated it, no list of the events was found, and nobody says "
            "what counts as one."
        ),
        sources=sources,
        depends=(
            Dependence(
                "a published list",
                f"with more than {claimed} entries the claim would be supported, with fewer "
                "contradicted",
            ),
        ),
        numbers=(first,),
    )


def games(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge "The 5th World Nomad Games were held in Astana"."""
    rows = evidence["games"]
    held = rows[rows["stage"] == "reported"]
    told = {item: set(part["version"]) for item, part in held.groupby("item")}
    keys = keys_of(rows["source_keys"])
    if not {"edition", "place", "opened", "closed"} <= set(told):
        return Verdict("unverifiable", "No report says that they were held, where and when.", keys)
    edition = set(held.loc[held["item"] == "edition", "value"])
    right = edition == {_EDITION} and told["place"] == {_CITY}
    number = context.reported(rows, "countries")
    disputed = sorted(item for item, versions in told.items() if len(versions) > 1)
    return Verdict(
        rating="supported" if right else "contradicted",
        reason=(
            f"Reports place them in {_any(told['place'])} from {_any(told['opened'])} to "
            f"{_any(told['closed'])}, with athletes from {number.value:.0f} countries. Sources "
            f"differ on {_listed(disputed)}, which the article does not mention."
        ),
        sources=keys,
        depends=(),
        numbers=(number,),
    )


def turkistan(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge "declared the spiritual capital of the Turkic world in 2021".

    Supported if the summit's own text speaks of one capital alone; in part if it leaves room for
    others; unverifiable if its own text is not at hand.
    """
    wordings = evidence["place_wordings"]
    own = wordings[wordings["kind"] == "own text"]
    keys = keys_of(wordings["source_keys"])
    if own.empty:
        return Verdict("unverifiable", "The summit's own text is not at hand.", keys)
    readings = context.readings(wordings).set_index("reading")
    words = own.iloc[0]
    in_year = str(words["date"]).startswith("2021")
    sole = words["reading"] == "sole"
    return Verdict(
        rating="contradicted" if not in_year else "supported" if sole else "supported in part",
        reason=(
            f"The city was given the title at the summit of {spoken(words['date'])}. The summit's "
            f"own theme reads “{words['wording']}”. Of the documents compared "
            f"{readings.loc['shared', 'documents']} leave room for further capitals and "
            f"{readings.loc['sole', 'documents']} do not; the article says “the”."
        ),
        sources=keys,
        depends=(
            Dependence(
                "the article “a” or “the” in the summit's text",
                "with “the” in its own text the claim would be supported",
            ),
        ),
    )


def _any(words: set[str]) -> str:
    return " or ".join(sorted(words))


def _listed(words: list[str]) -> str:
    if not words:
        raise ReckoningError("no disputed item", where="games")
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]
