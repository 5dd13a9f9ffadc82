"""Verdicts on what was done, and on what somebody means to do, by the acts on record.

The record is not complete: where it holds nothing, nothing was found.
"""

from datetime import date

import pandas as pd

from .. import context, priorities, stages
from ..countries import FIVE, NAMES
from ..errors import ClaimError
from ..formats import counted, in_words, listed, of_all
from ..formats import day as spoken
from ..quantities import keys_of
from .forms import Dependence, Earlier, Evidence, Verdict, history

CHAIR = "KAZ"
#: The members besides the one in the chair.
OTHERS = tuple(code for code in FIVE.codes if code != CHAIR)
_EDUCATION, _CULTURE, _HERITAGE = "education", "cultural-humanitarian", "heritage"
#: Fields that paragraphs two and four name, as they are spelt there.
_FIELDS = (
    "political", "trade-economic", "transport-logistics", "cultural-humanitarian",
    "energy", "industry", "agriculture", "digitalization",
)  # fmt: skip
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
    more = len(past) > 0 and all(record["done"] > had)
    done = int((record["done"] > 0).sum())
    each = listed(f"{in_words(row.done)} {row.field}" for row in record.itertuples())
    weighed = (
        f"In the term before, {counted(sum(had), 'such act')} of these spheres went as far."
        if len(past)
        else "Our record holds no act of the term before to compare with, so the word “special” "
        "cannot be weighed."
    )
    return Verdict(
        rating="supported" if more else "supported in part" if done else "unverifiable",
        reason=(
            f"Acts that went beyond a promise (signed, in force or working) are on record in "
            f"{of_all(done, len(record)).lower()} spheres within the chairmanship, "
            f"{spoken(term[0])} to {spoken(term[1])}: {each}. {weighed}"
        ),
        sources=_keys(record, acts),
        depends=(
            Dependence(
                "an act signed, in force or working as the sign of attention",
                "promises alone would not do; how well an act works is not asked",
                "fewer such acts of the term before in each sphere, once they are on record "
                "(supported) or none in the term (unverifiable)",
            ),
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
    term, said = _term(evidence), _said(evidence)
    record = context.acts_on_record(acts, (*_FIELDS, _EDUCATION), *term)
    number = int(record["done"].sum())
    works = bool(((fund["fact"] == OPERATING) & (fund["date"] <= said)).any())
    capital = priorities.fund_fact(fund, "authorised capital")
    return Verdict(
        rating=("unverifiable", "supported in part", "supported")[bool(number) + works],
        reason=(
            f"Results: {counted(number, 'act')} of the chairmanship went beyond a promise, in "
            f"{counted(int((record['done'] > 0).sum()), 'field')}. Projects: the article names "
            "none. The one joint project for which we found a sum, the Turkic Investment Fund of "
            f"{capital}, {_at_work(fund, said, works=works)}"
        ),
        sources=keys_of([*record["source_keys"], *fund["source_keys"]]),
        depends=(
            Dependence(
                "what counts as a project implemented",
                "measured here by the fund alone; if an event counts, the World Nomad Games were "
                "one and both parts hold",
                "one joint project working by the interview (supported) or no act that is signed, "
                "in force or working (unverifiable)",
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
    within = record.iloc[0]
    older = stages.done(acts[(acts["field"] == _EDUCATION) & (acts["date"] < term[0])])
    partly = within["not_done"] + len(older)
    return Verdict(
        rating="supported" if within["done"] else "supported in part" if partly else "unverifiable",
        reason=(
            "In education the record of the chairmanship holds "
            f"{counted(int(within['done']), 'act')} signed, in force or working and "
            f"{counted(int(within['not_done']), 'promise')}"
            f"{': ' + within['acts'] if within['acts'] else ''}. "
            f"Done before it: {listed(_dated(older))}. For creative circles it holds: "
            f"{record.iloc[1]['acts'] or 'none'}. No source measures how close a tie is."
        ),
        sources=keys_of([*_keys(record, acts), *older["source_keys"]]),
        depends=(
            Dependence(
                "whether “established” means in this term",
                "ties that are older than the chairmanship are counted in part",
                "one act of education signed, in force or working within the chairmanship "
                "(supported)",
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
    rows = rows[(rows["topic"] == topic) & (rows["date"] < _said(evidence))].sort_values("date")
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


def _said(evidence: Evidence) -> str:
    return context.first_report(evidence["interview_reports"]).isoformat()


def _before(evidence: Evidence, start: str) -> pd.DataFrame:
    """Give the acts of the chairmanship before that are done."""
    terms, acts = context.terms(evidence["events"]), evidence["acts"]
    since = [*terms.loc[terms["end"] == start, "start"], start]
    span = (acts["date"] >= since[0]) & (acts["date"] < start)
    return stages.done(acts[span])


def _at_work(fund: pd.DataFrame, said: str, *, works: bool) -> str:
    """Say how far the fund had come by a day: the end of a sentence."""
    days = fund.set_index("fact")["date"]
    agreed = (
        f"; its agreement of {spoken(days[_AGREED])} is older than the chairmanship"
        if _AGREED in days else ""
    )  # fmt: skip
    if works:
        return f"had begun to work{agreed}."
    told = [
        date.fromisoformat(f"{day}-01"[:10])
        for fact, day in days.items()
        if fact.startswith(_TOLD) and day <= said
    ]
    launch = [spoken(day) for day in days[days.index == _LAUNCHED] if day > said]
    return (
        "was not yet working by the interview"
        + (f", though the Secretary General said in {told[0]:%B %Y} that it was" if told else "")
        + (f": its launch was announced on {launch[0]}" if launch else "")
        + f"{agreed}."
    )


def _dated(rows: pd.DataFrame) -> list[str]:
    return [f"{row.act}, {spoken(row.date)}" for row in rows.itertuples()]


def _keys(record: pd.DataFrame, acts: pd.DataFrame) -> tuple[str, ...]:
    return keys_of(record["source_keys"]) or keys_of(acts["source_keys"])
