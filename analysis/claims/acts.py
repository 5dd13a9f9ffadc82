"""Verdicts on what was done, and on what somebody means to do, by the acts on record.

The record is not complete: where it holds nothing, nothing was found.
"""

import pandas as pd

from .. import context, priorities
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
#: What the table of the fund would call the day on which it began to work.
OPERATING = "operation began"


def attention(quotation: str, evidence: Evidence) -> Verdict:
    """Judge "special attention" in the spheres that the quotation names.

    Supported if each has more completed acts on record within the term of the chair than within the
    term before, as far as that is on record at all; in part if some have a completed act;
    unverifiable if none has.
    """
    acts, term, named = evidence["acts"], _term(evidence), fields_of(quotation)
    record = context.acts_on_record(acts, named, *term)
    past = _before(evidence, term[0])
    had = [int((past["field"] == field).sum()) for field in named]
    more = len(past) > 0 and all(record["done"] > had)
    done = int((record["done"] > 0).sum())
    each = listed(f"{in_words(row.done)} {row.field}" for row in record.itertuples())
    weighed = (
        f"In the term before they had {counted(sum(had), 'completed act')}."
        if len(past)
        else "Our record holds no act of the term before to compare with, so the word “special” "
        "cannot be weighed."
    )
    return Verdict(
        rating="supported" if more else "supported in part" if done else "unverifiable",
        reason=(
            f"{of_all(done, len(record))} spheres have completed acts on record within the "
            f"chairmanship, {spoken(term[0])} to {spoken(term[1])}: {each}. {weighed}"
        ),
        sources=_keys(record, acts),
        depends=(
            Dependence(
                "a completed act as the sign of attention",
                "proposals alone would not do; how well an act works is not asked",
                "fewer acts of the term before in each sphere, once they are on record (supported) "
                "or no completed act (unverifiable)",
            ),
        ),
    )


def results(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge "concrete results" and "large-scale projects … implemented".

    Two parts: results hold if a completed act is on record within the term of the chair; projects
    hold if the one joint project with a published sum, the Turkic Investment Fund, had begun to
    work by the day of the interview. Supported if both hold, in part if one does, unverifiable if
    neither.
    """
    acts, fund = evidence["acts"], evidence["fund"]
    term = _term(evidence)
    record = context.acts_on_record(acts, (*_FIELDS, _EDUCATION), *term)
    number = int(record["done"].sum())
    works = bool(((fund["fact"] == OPERATING) & (fund["date"] <= _said(evidence))).any())
    capital = priorities.fund_fact(fund, "authorised capital")
    last = fund.sort_values("date").iloc[-1]
    state = (
        "had begun to work"
        if works
        else f"was not yet at work by the interview: the last entry on record, of "
        f"{spoken(last['date'])}, reads “{last['fact']}”"
    )
    return Verdict(
        rating=("unverifiable", "supported in part", "supported")[bool(number) + works],
        reason=(
            f"Results: {counted(number, 'completed act')} of the chairmanship on record, in "
            f"{counted(int((record['done'] > 0).sum()), 'field')}. Projects: the article names "
            "none. The one joint project for which we found a sum, the Turkic Investment Fund of "
            f"{capital}, {state}."
        ),
        sources=keys_of([*record["source_keys"], *fund["source_keys"]]),
        depends=(
            Dependence(
                "what counts as a project implemented",
                "measured here by the fund alone; if an event counts, the World Nomad Games were "
                "one and both parts hold",
                "one joint project at work by the interview (supported) or no completed act "
                "(unverifiable)",
            ),
        ),
        numbers=(capital,),
        earlier=said_before(evidence, "results"),
    )


def ties(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge "close ties … between educational and academic structures and creative intellectuals".

    Supported if an act in education was completed within the term of the chair, in part if only an
    older one or proposals are on record, unverifiable if nothing is.
    """
    acts, term = evidence["acts"], _term(evidence)
    record = context.acts_on_record(acts, (_EDUCATION, _CULTURE), *term)
    within = record.iloc[0]
    older = acts[
        (acts["field"] == _EDUCATION) & (acts["stage"] == "done") & (acts["date"] < term[0])
    ]
    partly = within["not_done"] + len(older)
    return Verdict(
        rating="supported" if within["done"] else "supported in part" if partly else "unverifiable",
        reason=(
            "In education the record of the chairmanship holds "
            f"{counted(int(within['done']), 'completed act')} and "
            f"{counted(int(within['not_done']), 'proposal')}"
            f"{': ' + within['acts'] if within['acts'] else ''}. "
            f"Completed before it: {listed(_dated(older))}. For creative circles it holds: "
            f"{record.iloc[1]['acts'] or 'none'}. No source measures how close a tie is."
        ),
        sources=keys_of([*_keys(record, acts), *older["source_keys"]]),
        depends=(
            Dependence(
                "whether “established” means in this term",
                "ties that are older than the chairmanship are counted in part",
                "one completed act of education within the chairmanship (supported)",
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
    """Give the completed acts of the chairmanship before."""
    terms, acts = context.terms(evidence["events"]), evidence["acts"]
    since = [*terms.loc[terms["end"] == start, "start"], start]
    span = (acts["date"] >= since[0]) & (acts["date"] < start)
    return acts[span & (acts["stage"] == "done")]


def _dated(rows: pd.DataFrame) -> list[str]:
    return [f"{row.act}, {spoken(row.date)}" for row in rows.itertuples()]


def _keys(record: pd.DataFrame, acts: pd.DataFrame) -> tuple[str, ...]:
    return keys_of(record["source_keys"]) or keys_of(acts["source_keys"])
