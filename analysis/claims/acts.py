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


def fields(quotation: str, evidence: Evidence) -> Verdict:
    """Judge the intention to work together in the fields that the quotation names.

    A statement of intent, until a completed act is on record in each of the fields since the chair
    took office; then supported.
    """
    acts = evidence["acts"]
    named, start = fields_of(quotation), _term(evidence)[0]
    record = context.acts_on_record(acts, named, start, acts["date"].max())
    begun = record[record["done"] + record["not_done"] > 0]
    lacking = record[record["done"] == 0]
    each = "; ".join(
        f"{row.field}: {in_words(row.done)} completed, {in_words(row.not_done)} agreed or proposed"
        for row in begun.itertuples()
    )
    without = [field for field in named if field not in set(begun["field"])]
    return Verdict(
        rating="supported" if lacking.empty else "statement of intent",
        reason=(
            f"An intention is not true or false yet. {of_all(len(begun), len(record))} fields have "
            f"acts on record since {spoken(start)}{f' ({each})' if each else ''}"
            f"{f'; fields with nothing found: {listed(without)}' if without else ''}."
        ),
        sources=_keys(record, acts),
        depends=(
            Dependence(
                "what would carry the intention out",
                f"completed acts are lacking in {listed(lacking['field'])}",
                f"a completed act in each of the {in_words(len(record))} fields, "
                f"{in_words(len(lacking))} more than now (supported)",
            ),
        ),
    )


def altai(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge the positive attitude to "Altai - the cradle of the Turks", a Russian concept.

    A statement of intent, unless Kazakhstan had acted on it by the day of the interview; then
    supported.
    """
    acts, said = evidence["acts"], _said(evidence)
    rows = acts[acts["field"] == "Altai"]
    own = rows[rows["by"] == CHAIR]
    before, after = own[own["date"] <= said], own[own["date"] > said]
    theirs = rows[rows["by"] == "RUS"]
    return Verdict(
        rating="supported" if len(before) else "statement of intent",
        reason=(
            f"By the day of the interview the record holds {counted(len(before), 'act')} of "
            f"Kazakhstan in this matter. {_agrees(after)} The concept is called Russian; on record "
            f"{'is' if len(theirs) < 2 else 'are'} {counted(len(theirs), 'conference')} announced "
            "or held in Russia. We found no paper that sets it out."
        ),
        sources=_keys(rows, acts),
        depends=(
            Dependence(
                "the day by which an act must be on record",
                "later acts show that the words were kept, not that they were true when said",
                f"one act of Kazakhstan by {spoken(said)} (supported)",
            ),
        ),
        earlier=history(
            rows.sort_values("date"), lambda row: _actor(row["by"]), lambda row: row["act"]
        ),
    )


def heritage(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge "will continue to contribute to the deepening of ties" and to the common heritage.

    What will be done is intent. The word "continue" can be checked: it needs a completed act in
    education, culture or heritage before the interview; without one the claim is unverifiable.
    """
    acts, said = evidence["acts"], _said(evidence)
    rows = stages.done(acts[acts["field"].isin((_EDUCATION, _CULTURE, _HERITAGE))])
    before = rows[rows["date"] <= said]
    each = "; ".join(_dated(before))
    return Verdict(
        rating="statement of intent" if len(before) else "unverifiable",
        reason=(
            "What will be done is not true or false yet. The word “continue” needs something done "
            f"before: the record holds {counted(len(before), 'completed act')} in education, "
            f"culture and heritage before the interview{': ' + each if each else ''}. No target "
            "and no date is named that the promise could be held to."
        ),
        sources=_keys(rows, acts),
        depends=(
            Dependence(
                "the word “continue”",
                "it presupposes that something was done before",
                "no completed act before the interview (unverifiable)",
            ),
        ),
    )


def community(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge "met with interest by the entire Turkic community".

    Supported if every other member and a state outside took the priorities up by acts of their own,
    in part if some did, unverifiable if none.
    """
    rows, bodies, states = _taken_up(evidence)
    members = [code for code in OTHERS if code in states]
    outside = [code for code in states if code not in FIVE.codes]
    whole = len(members) == len(OTHERS) and bool(outside)
    return Verdict(
        rating="supported" if whole else "supported in part" if states else "unverifiable",
        reason=(
            f"The priorities stand in {counted(len(bodies), 'joint act')} on record, from the "
            "declaration of the heads of state to the bodies of the organisation. Acts of a single "
            f"state other than the chair were found for {in_words(len(members))} of the "
            f"{in_words(len(OTHERS))} other members and for {in_words(len(outside))} outside. We "
            "found no text that says how the interest was seen or measured."
        ),
        sources=_keys(rows, evidence["acts"]),
        depends=(
            Dependence(
                "what shows the interest of a whole community",
                "joint acts show that members agreed to a motto, not how it was received",
                "one state's own act (supported in part), or one of each of the "
                f"{in_words(len(OTHERS))} members and one from outside (supported)",
            ),
        ),
    )


def beyond(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge "not limited to the OTS countries".

    Supported if a state that is no member took the priorities up, otherwise unverifiable.
    """
    rows, _, states = _taken_up(evidence)
    outside = [NAMES[code] for code in states if code not in FIVE.codes]
    return Verdict(
        rating="supported" if outside else "unverifiable",
        reason=f"{_from_outside(rows, outside)} The article does not say who showed interest.",
        sources=_keys(rows, evidence["acts"]),
        depends=(
            Dependence(
                "a voice from outside the organisation",
                "observers would count as outside, since they are no members",
                "one such voice on record (supported)",
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


def _taken_up(evidence: Evidence) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    """Give the acts on the priorities, the joint ones, and the states that acted but the chair."""
    acts = evidence["acts"]
    rows = acts[acts["field"] == priorities.SLOGAN]
    states = [code for code in dict.fromkeys(rows["by"].dropna()) if code != CHAIR]
    return rows, rows[rows["by"].isna()], states


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


def _from_outside(rows: pd.DataFrame, outside: list[str]) -> str:
    """Say how many of the acts on the priorities came from states that are no members."""
    if rows.empty:
        return "No act on record names the priorities."
    named = f" ({listed(outside)})" if outside else ""
    return (
        f"Of the {counted(len(rows), 'act')} on record that name the priorities, "
        f"{in_words(len(outside))} came from a state outside the organisation{named}."
    )


def _agrees(after: pd.DataFrame) -> str:
    """Say what Kazakhstan did after the interview, if anything."""
    if after.empty:
        return "Nothing later was found."
    many = len(after) > 1
    return (
        f"{in_words(len(after)).capitalize()} later {'ones agree' if many else 'one agrees'} with "
        f"the words: {'; '.join(_dated(after))}."
    )


def _dated(rows: pd.DataFrame) -> list[str]:
    return [f"{row.act}, {spoken(row.date)}" for row in rows.itertuples()]


def _actor(code: str | float) -> str:
    return NAMES[code] if isinstance(code, str) else "a joint act"


def _keys(record: pd.DataFrame, acts: pd.DataFrame) -> tuple[str, ...]:
    return keys_of(record["source_keys"]) or keys_of(acts["source_keys"])
