"""Verdicts on who spoke, what was counted, and what was declared."""

import pandas as pd

from .. import context, priorities, sources
from ..formats import counted, in_words, number, of_all
from ..formats import day as spoken
from ..quantities import keys_of, merge
from .acts import CHAIR, said_before
from .forms import Dependence, Earlier, Evidence, Verdict, amount, besides_article, history

_EDITION, _CITY = 5.0, "Astana"


def interview(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge the attribution to an interview with *Ana Tili*.

    Supported if two publishers or more besides the article's reported the interview; in part if
    one did; otherwise unverifiable.
    """
    reports = evidence["interview_reports"]
    others, keys = context.outlets(reports), keys_of(reports["source_keys"])
    count = int(others.value)
    if not count:
        reason = "No publisher besides the article's reported it."
        return Verdict("unverifiable", reason, keys, numbers=(others,))
    first = spoken(context.first_report(reports).isoformat())
    wordings = evidence["statement_wordings"]
    again, words = context.repetition(wordings), context.compared(wordings)
    passages = in_words(wordings["topic"].nunique())
    origins = sources.independent(keys)
    return Verdict(
        rating="supported" if count > 1 else "supported in part",
        reason=(
            f"{counted(count, 'other publisher').capitalize()} reported the interview, the first "
            f"on {first}. {of_all(len(keys), len(keys))} reports, the article's among them, go "
            f"back to {counted(origins, 'text')}, so they are {counted(origins, 'witness')} to "
            f"what was said. Not all of it was new: {passages} passages, {words} in all, match the "
            "President's speech at Bishkek on 6 November 2024, which has "
            f"{number(again.value, '%')} of their distinct words. We count speech and interview as "
            "one statement made twice, not as two confirmations."
        ),
        sources=merge(others.sources, keys, again.sources),
        depends=(
            Dependence(
                "reports by other publishers",
                "the newspaper's own page was not available to us",
                f"one publisher instead of {in_words(count)} would make it supported in part, none "
                "unverifiable"
                if count > 1
                else "a second publisher would make it supported, none unverifiable",
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
    stated = context.count_history(counts, evidence["events"], CHAIR)
    if context.has_list(counts, CHAIR):
        lists = counts[(counts["chair"] == CHAIR) & (counts["list_published"] == "found")]
        most = int(lists["count"].max())
        rating = "supported" if most > claimed else "contradicted"
        return Verdict(
            rating, f"A published list holds {most} events.", keys_of(lists["source_keys"])
        )
    first, date = context.first_stated(stated, claimed), context.first_date(stated, claimed)
    later = stated[stated["date"].between(date.isoformat(), stated["end"])]
    kept = ", and did not change to its end" if (later["count"] == claimed).all() else ""
    return Verdict(
        rating="unverifiable",
        reason=(
            f"The number was first given on {spoken(date.isoformat())}, day {first:bare} of a "
            f"chairmanship of {stated['term'].iloc[0]} days{kept}. It comes from the chair and the "
            "Secretariat alone. We found no list of the events, and nobody says what counts as one"
            f"{_with_games(counts)}."
        ),
        sources=besides_article(keys_of(stated["source_keys"])),
        depends=(
            Dependence(
                "a published list",
                "without one the number rests on the word of those who ran the events",
                f"a list of {claimed + 1} or more would make it supported, one of {claimed} or "
                "fewer contradicted",
            ),
        ),
        numbers=(first,),
        earlier=_counted_before(counts),
    )


def games(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge "The 5th World Nomad Games were held in Astana"."""
    rows = evidence["games"]
    held = rows[rows["stage"] == "reported"]
    versions = {item: set(part["version"]) for item, part in held.groupby("item")}
    keys = keys_of(rows["source_keys"])
    if not {"edition", "place", "opened", "closed", "countries"} <= set(versions):
        return Verdict("unverifiable", "No report says that they were held, where and when.", keys)
    edition = set(held.loc[held["item"] == "edition", "value"])
    right = edition == {_EDITION} and versions["place"] == {_CITY}
    countries = context.reported(rows, "countries")
    days = _from_to(_any(versions["opened"]), _any(versions["closed"]))
    disputed = sorted(item for item, several in versions.items() if len(several) > 1)
    return Verdict(
        rating="supported" if right else "contradicted",
        reason=(
            f"Reports call these Games the {_any(versions['edition']).lower()} and place them in "
            f"{_any(versions['place'])} from {days}, with athletes from {countries}. "
            f"{_differ(disputed)}"
        ),
        sources=keys,
        depends=(
            Dependence(
                "the edition and the place",
                "whatever else the reports disagree on is not part of the claim",
                "another edition or another place would make it contradicted",
            ),
        ),
        numbers=(countries,),
        earlier=said_before(evidence, "Games"),
    )


def turkistan(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge "declared the spiritual capital of the Turkic world in 2021".

    Supported if the summit's own text speaks of one capital alone; in part if it leaves room for
    others; unverifiable if its own text is not at hand.
    """
    wordings = evidence["place_wordings"]
    keys = besides_article(keys_of(wordings["source_keys"]))
    own = wordings[wordings["kind"] == "own text"]
    if own.empty:
        return Verdict("unverifiable", "The summit's own text was not available to us.", keys)
    documents = context.readings(wordings).set_index("reading")["documents"]
    text = own.iloc[0]
    in_year, sole = str(text["date"]).startswith("2021"), text["reading"] == "sole"
    return Verdict(
        rating="contradicted" if not in_year else "supported" if sole else "supported in part",
        reason=(
            f"The city was given a title at the summit of {spoken(text['date'])}, under the theme "
            f"“{text['wording']}”. The article says “the”, as if there could be no other. Of the "
            f"documents that we compared, {in_words(documents['shared'])} leave room for others "
            f"and {in_words(documents['sole'])} do not."
        ),
        sources=keys,
        depends=(
            Dependence(
                "one small word",
                f"“a” or “the” in “{text['wording']}”",
                "“the” in the summit's text would make it supported, another year contradicted",
            ),
        ),
        earlier=_worded_before(wordings),
    )


def slogan(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge that TURKTIME was Kazakhstan's slogan during its chairmanship.

    Supported if it was announced within the term, contradicted if outside it, unverifiable if no
    day is on record.
    """
    events = evidence["events"]
    rows = events[events["event"].str.contains(priorities.SLOGAN, regex=False)]
    if rows.empty:
        keys = keys_of(evidence["priorities"]["source_keys"])
        return Verdict("unverifiable", "No day on which it was announced is on record.", keys)
    day = rows["date"].min()
    term = context.terms(events).set_index("country").loc[CHAIR]
    start, end = term["start"], term["end"]
    length = context.chairmanship_days(events, CHAIR)
    began = f"Kazakhstan took the chair on {'that day' if day == start else spoken(start)}"
    years = priorities.horizon(evidence["priorities"])
    return Verdict(
        rating="supported" if start <= day <= end else "contradicted",
        reason=(
            f"{priorities.SLOGAN} was announced on {spoken(day)}. {began} and held it for "
            f"{length}. The priorities behind the slogan were set for "
            f"{in_words(int(years.value))} years, well beyond the term."
        ),
        sources=merge(keys_of(rows["source_keys"]), length.sources, years.sources),
        depends=(
            Dependence(
                "the day on which it was announced",
                "the slogan belongs to the chair, the horizon to the organisation",
                f"a day before {spoken(start)} or after {spoken(end)} would make it contradicted",
            ),
        ),
        numbers=(length, years),
    )


def _differ(items: list[str]) -> str:
    if not items:
        return ""
    return f"They disagree on the {' and the '.join(items)}, which the article does not mention."


def _with_games(counts: pd.DataFrame) -> str:
    """Say, at the end of a sentence, whether the Games are one of the events counted."""
    notes = counts.loc[counts["chair"] == CHAIR, "note"]
    among = notes.str.contains("Games among them", na=False).any()
    return "; the foreign ministry counts the World Nomad Games among them" if among else ""


def _any(versions: set[str]) -> str:
    return " or ".join(sorted(versions))


def _from_to(first: str, last: str) -> str:
    """Write two dates, the month and the year once where they are the same.

    Examples
    --------
    >>> _from_to("8 September 2024", "13 September 2024"), _from_to("30 May 2024", "2 June 2024")
    ('8 to 13 September 2024', '30 May 2024 to 2 June 2024')
    """
    day, _, month = first.partition(" ")
    return f"{day if last.endswith(f' {month}') else first} to {last}"


def _counted_before(counts: pd.DataFrame) -> tuple[Earlier, ...]:
    rows = counts[(counts["chair"] == CHAIR) & (counts["source_keys"] != sources.ARTICLE)]
    return history(
        rows.sort_values("date"),
        lambda row: f"{row['speaker']}, {row['office']}",
        lambda row: f"{row['bound']} {row['count']} {row['counted']}".removeprefix("exactly "),
    )


def _worded_before(wordings: pd.DataFrame) -> tuple[Earlier, ...]:
    """List the documents by date; one that names its year alone comes last of that year."""
    rows = wordings[wordings["kind"] != "article"].sort_values(
        "date", key=lambda dates: dates.str.ljust(10, "9")
    )
    return history(rows, lambda row: row["document"], lambda row: row["wording"])
