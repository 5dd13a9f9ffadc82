"""Verdicts on what was done, and on what somebody means to do, by the acts on record.

The record is not complete: where it holds nothing, nothing was found.
"""

from collections.abc import Iterable

import pandas as pd

from .. import context, priorities, stages
from ..countries import FIVE, NAMES
from ..errors import ClaimError
from ..formats import counted, dated, in_words, listed, of_all
from ..formats import day as spoken
from ..quantities import keys_of
from .forms import Dependence, Earlier, Evidence, Verdict, history

CHAIR = "KAZ"
#: The members besides the one in the chair.
OTHERS = tuple(code for code in FIVE.codes if code != CHAIR)
_EDUCATION, _CULTURE = "education", "cultural-humanitarian"
#: Fields that paragraphs two and four name, as they are spelt there.
_FIELDS = (
    "political", "trade-economic", "transport-logistics", "cultural-humanitarian",
    "energy", "industry", "agriculture", "digitalization",
)  # fmt: skip
#: How a sentence names a sphere that the article gives an adjective.
_SPHERES = {
    "political": "politics", "trade-economic": "trade", "transport-logistics": "transport",
    "cultural-humanitarian": "culture",
}  # fmt: skip
#: What the table of the fund would call the day on which it began to work, and what it calls that
#: of its agreement, of its announced launch, and of a word that it had begun.
OPERATING, _AGREED = "operation began", "agreement signed"
_LAUNCHED, _TOLD = "launch of operations announced", "said to have begun work"


def attention(quotation: str, evidence: Evidence) -> Verdict:
    """Judge "special attention" in the spheres that the quotation names.

    Supported if each has more acts on record that are done, as `analysis.stages` has it, within the
    term of the chair than within the term before, as far as that is on record at all; in part if
    some have one; unverifiable if none has.
    """
    acts, term, named = evidence["acts"], _term(evidence), fields_of(quotation)
    record = context.acts_on_record(acts, named, *term)
    past = _before(evidence, term[0])
    had = [int((past["field"] == field).sum()) for field in named]
    short = _named(record.loc[record["done"] <= had, "field"])
    more = len(past) > 0 and not short
    done = int((record["done"] > 0).sum())
    each = listed(
        f"{in_words(row.done)} in {sphere}"
        for row, sphere in zip(record.itertuples(), _named(record["field"]), strict=True)
    )
    if not len(past):
        weighed = "Our record holds no act of the term before, so “special” cannot be weighed."
    elif more:
        weighed = "The term before had fewer in each."
    else:
        weighed = (
            f"The term before had at least as many in {listed(short)}, so “special” goes "
            "beyond the record there."
        )
    return Verdict(
        rating="supported" if more else "supported in part" if done else "unverifiable",
        reason=(
            "Acts signed, in force or working, and not merely promised, are on record for "
            f"{of_all(done, len(record)).lower()} spheres during the chairmanship "
            f"({spoken(term[0])} to {spoken(term[1])}): {each}. {weighed}"
        ),
        sources=_keys(record, acts),
        depends=(
            Dependence(
                "what shows attention",
                "we count what was signed, took effect or began to work; promises and plans alone "
                "do not count, and how well an act works is not asked",
                "fewer such acts in every sphere in the term before would make it supported, none "
                "in this term unverifiable",
            ),
            *_handed_over(acts, record, had, term[0]),
        ),
    )


def results(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge "concrete results" and "large-scale projects … implemented".

    Two parts: results hold if an act that is done, as `analysis.stages` has it, is on record within
    the term of the chair; projects hold if the one joint project with a published sum, the Turkic
    Investment Fund, had begun to work by the day of the interview. Supported if both hold, in part
    if one does, unverifiable if neither.
    """
    acts, fund = evidence["acts"], evidence["fund"]
    term, day = _term(evidence), said(evidence)
    record = context.acts_on_record(acts, (*_FIELDS, _EDUCATION), *term)
    number, fields = int(record["done"].sum()), int((record["done"] > 0).sum())
    works = bool(((fund["fact"] == OPERATING) & (fund["date"] <= day)).any())
    capital = priorities.fund_fact(fund, "authorised capital")
    found = (
        f"There were results: {counted(number, 'act')} of the chairmanship, in "
        f"{counted(fields, 'field')}, went beyond a promise."
        if number
        else "We found no act of the chairmanship that went beyond a promise."
    )
    return Verdict(
        rating=("unverifiable", "supported in part", "supported")[bool(number) + works],
        reason=(
            f"{found} The article names no project. The only joint one for which we found a "
            f"budget, the Turkic Investment Fund with its {capital}, "
            f"{_at_work(fund, day, term[0], works=works)}"
        ),
        sources=keys_of([*record["source_keys"], *fund["source_keys"]]),
        depends=(
            Dependence(
                "what counts as a project",
                "we measure by the fund alone; if an event counts, the World Nomad Games were one, "
                "and the whole claim stands",
                "one joint project at work by the day of the interview would make it supported; no "
                "act beyond a promise, unverifiable",
            ),
        ),
        numbers=(capital,),
        earlier=said_before(evidence, "results"),
    )


def ties(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge "close ties … between educational and academic structures and creative intellectuals".

    Supported if an act in education was done, as `analysis.stages` has it, within the term of the
    chair, in part if only an older one or promises are on record, unverifiable if nothing is.
    """
    acts, term = evidence["acts"], _term(evidence)
    record = context.acts_on_record(acts, (_EDUCATION, _CULTURE), *term)
    last = context.acts_within(acts, (_EDUCATION,), *term).sort_values("date").tail(1)
    creative = context.acts_within(acts, (_CULTURE,), *term)["act"]
    within = record.iloc[0]
    older = stages.done(acts[(acts["field"] == _EDUCATION) & (acts["date"] < term[0])])
    partly = within["not_done"] + len(older)
    return Verdict(
        rating="supported" if within["done"] else "supported in part" if partly else "unverifiable",
        reason=(
            f"{_in_term(within, last)} {_before_term(older)} For creative circles we found "
            f"{listed(map(in_sentence, creative), empty='nothing')}. No source measures how close "
            "a tie is."
        ),
        sources=keys_of([*_keys(record, acts), *older["source_keys"]]),
        depends=(
            Dependence(
                "whether the ties had to be new",
                "those older than the chairmanship count in part",
                "one act in education signed, in force or working within the chairmanship would "
                "make it supported",
            ),
        ),
    )


def fields_of(quotation: str) -> tuple[str, ...]:
    """Read the fields that a quotation names, in its order.

    Raises
    ------
    ClaimError
        It names none.

    Examples
    --------
    >>> fields_of("in the fields of energy, industry, and digitalization")
    ('energy', 'industry', 'digitalization')
    """
    found = sorted((quotation.find(field), field) for field in _FIELDS if field in quotation)
    if not found:
        raise ClaimError(f"no field in {quotation[:40]!r}", allowed=", ".join(_FIELDS))
    return tuple(field for _, field in found)


def said_before(evidence: Evidence, topic: str) -> tuple[Earlier, ...]:
    """Give the wordings of a topic that are older than the interview, by date."""
    rows = evidence["statement_wordings"]
    rows = rows[(rows["topic"] == topic) & (rows["date"] < said(evidence))].sort_values("date")
    return history(
        rows, lambda row: f"K.-J. Tokayev, {row['occasion']}", lambda row: row["wording"]
    )


def _term(evidence: Evidence) -> tuple[str, str]:
    rows = context.terms(evidence["events"])
    ended = rows[(rows["country"] == CHAIR) & rows["days"].notna()]
    if ended.empty:
        raise ClaimError(
            f"no term of {NAMES[CHAIR]} with both its ends", where="data/events.csv",
            allowed="the summit that gave it the chair and the next one",
        )  # fmt: skip
    return ended["start"].iloc[0], ended["end"].iloc[0]


def said(evidence: Evidence) -> str:
    """Give the day of the interview, ISO 8601: the first on which it was reported."""
    return context.first_report(evidence["interview_reports"]).isoformat()


def _before(evidence: Evidence, start: str) -> pd.DataFrame:
    """Give the acts of the chairmanship before that are done."""
    terms, acts = context.terms(evidence["events"]), evidence["acts"]
    since = [*terms.loc[terms["end"] == start, "start"], start]
    span = (acts["date"] >= since[0]) & (acts["date"] < start)
    return stages.done(acts[span])


def _named(fields: Iterable[str]) -> list[str]:
    return [_SPHERES.get(field, field) for field in fields]


def _handed_over(
    acts: pd.DataFrame, record: pd.DataFrame, had: list[int], day: str
) -> tuple[Dependence, ...]:
    """Say what follows if the acts of the day on which the chair passed are of the term before."""
    passed = stages.done(acts[(acts["date"] == day) & acts["field"].isin(record["field"])])
    if passed.empty:
        return ()
    moved = record["field"].map(passed["field"].value_counts()).fillna(0)
    short = _named(record.loc[record["done"] - moved <= moved + had, "field"])
    where = "every sphere" if len(short) == len(record) else listed(short)
    more = f"at least as many in {where}" if short else "fewer in each sphere"
    return (
        Dependence(
            "whose the acts of a handover are",
            f"given to the term before, the {counted(len(passed), 'act')} of {spoken(day)} would "
            f"leave it with {more}",
        ),
    )


def _at_work(fund: pd.DataFrame, said: str, start: str, *, works: bool) -> str:
    """Say how far the fund had come by a day: the end of a sentence.

    ``start`` is the day on which the chairmanship began.
    """
    days = fund.set_index("fact")["date"]
    agreed = "".join(
        f" Its agreement, of {spoken(signed)}, "
        f"{'is older than' if signed < start else 'fell within'} the chairmanship."
        for signed in days[days.index == _AGREED]
    )
    if works:
        return f"had begun to work.{agreed}"
    told = [day[:7] for fact, day in days.items() if fact.startswith(_TOLD) and day <= said]
    launch = [dated(day) for day in days[days.index == _LAUNCHED] if day > said]
    return (
        "was not yet at work when the interview appeared"
        + (f": its launch was announced {launch[0]}" if launch else "")
        + (
            f", though the Secretary General had said {dated(told[0])} that it was working"
            if told
            else ""
        )
        + f".{agreed}"
    )


def in_sentence(act: str) -> str:
    """Name an act within a sentence: its cell starts with a common noun or an adjective.

    Examples
    --------
    >>> in_sentence("Opening of the Turkic Academy")
    'the opening of the Turkic Academy'
    """
    return f"the {act[:1].lower()}{act[1:]}"


def _in_term(within: pd.Series, last: pd.DataFrame) -> str:
    """Say what the record of the term holds in education."""
    done, promises = int(within["done"]), int(within["not_done"])
    if not len(last):
        return "In education we found no act of the chairmanship."
    named = f"{in_sentence(last['act'].iloc[0])} ({spoken(last['date'].iloc[0])})"
    told = f"the last one {named}" if done + promises > 1 else named
    if not done:
        return (
            "In education we found nothing that was signed, took effect or began to work during "
            f"the chairmanship, but {counted(promises, 'promise')}, {told}."
        )
    also = f" and {counted(promises, 'promise')}" if promises else ""
    return (
        f"In education we found {counted(done, 'act')} of the chairmanship beyond a promise{also}, "
        f"{told}."
    )


def _before_term(older: pd.DataFrame) -> str:
    """Say what had been done in education before the term."""
    if not len(older):
        return "We know of nothing that was done before it."
    each = listed(f"{in_sentence(row.act)} ({row.date[:4]})" for row in older.itertuples())
    return f"What was done is older: {each}."


def _keys(record: pd.DataFrame, acts: pd.DataFrame) -> tuple[str, ...]:
    return keys_of(record["source_keys"]) or keys_of(acts["source_keys"])
