"""Verdicts on opinions, positions and intents, and on words that were cut from their claims."""

import pandas as pd

from .. import context, stages
from ..countries import FIVE, NAMES
from ..formats import counted, in_words, listed
from ..formats import day as spoken
from ..quantities import keys_of, merge
from .acts import CHAIR, OTHERS, fields_of, in_sentence, said
from .forms import Dependence, Evidence, Verdict, besides_article, history

_PRAISED, _ALL_EIGHT = "praised what was done under it", "took up all eight words"
_STANCE = "A president's own words show where his country stands."
_SHARED = ("education", "cultural-humanitarian", "heritage")


def vital(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge "vital geopolitical partners": an opinion, whatever the evidence."""
    members = evidence["members"].query("role == 'member'")
    return Verdict(
        rating="opinion",
        reason=(
            "Whether a partner is vital is a judgement that no figure can settle. The other word "
            "of the sentence, “neighbors”, can be checked and is rated separately."
        ),
        sources=keys_of(members["source_keys"]),
    )


def neighbours(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge "and neighbors" by the borders of Kazakhstan on land and at sea.

    Supported if each other member has such a border, in part if some have, contradicted if none.
    """
    borders = evidence["borders"]
    rows = borders[(borders["country"] == CHAIR) & borders["neighbour"].isin(OTHERS)]
    land = context.neighbours(borders, CHAIR, FIVE)
    near, sea = _across(rows, "land"), _across(rows, "sea")
    far = [NAMES[code] for code in OTHERS if code not in set(rows["neighbour"])]
    alone = f"{in_words(int(land.value))} of the {in_words(len(OTHERS))} other members"
    parts = [
        f"{listed(near)} {'border' if len(near) > 1 else 'borders'} Kazakhstan on land"
        if near else "",
        f"{listed(sea)} {'face' if len(sea) > 1 else 'faces'} it across the Caspian Sea"
        if sea else "",
        f"{listed(far)} {'are not neighbours' if len(far) > 1 else 'is not a neighbour'}"
        if far else "",
    ]  # fmt: skip
    return Verdict(
        rating="supported" if not far else "supported in part" if len(rows) else "contradicted",
        reason=f"{'; '.join(filter(None, parts))}.",
        sources=keys_of(rows["source_keys"]) or keys_of(borders["source_keys"]),
        depends=(
            Dependence(
                "whether a sea makes neighbours",
                f"on land alone, {alone} {'borders' if land.value == 1 else 'border'} Kazakhstan",
            ),
        ),
        numbers=(land,),
    )


def role_of_turkistan(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge "plays a special role in bringing our peoples closer together": an opinion."""
    wordings, events = evidence["place_wordings"], evidence["events"]
    own = wordings[wordings["kind"] == "own text"]
    given = own["date"].iloc[0] if len(own) else ""
    met = events[events["kind"].isin(("summit", "informal")) & (events["date"] > given)]
    there = int(met["place"].isin(("Turkistan", "Turkestan")).sum())
    if not given:
        since = "The text that gives the city its title was not available to us."
    elif met.empty:
        since = f"No summit is on our record since the city received its title, on {spoken(given)}."
    else:
        since = (
            f"Of the {counted(len(met), 'summit')} on our record since the city received its "
            f"title, on {spoken(given)}, {in_words(there)} took place there."
        )
    return Verdict(
        rating="opinion",
        reason=(f"Whether a role is special is a judgement, and no source measures it. {since}"),
        sources=besides_article(keys_of([*own["source_keys"], *met["source_keys"]]))
        or besides_article(keys_of(wordings["source_keys"])),
    )


def fields(quotation: str, evidence: Evidence) -> Verdict:
    """Judge the intention to work together in the fields that the quotation names: an intent."""
    acts, named = evidence["acts"], fields_of(quotation)
    start = context.terms(evidence["events"]).set_index("country").loc[CHAIR, "start"]
    record = context.acts_on_record(acts, named, start, acts["date"].max())
    done = list(record.loc[record["done"] > 0, "field"])
    begun = list(record.loc[(record["done"] == 0) & (record["not_done"] > 0), "field"])
    nothing = [field for field in named if field not in (*done, *begun)]
    parts = [
        f" Since {spoken(start)} something has been signed, taken effect or begun to work in "
        f"{listed(done)}." if done else "",
        f" In {listed(begun)} we found meetings, declarations and proposals, but nothing beyond a "
        "promise." if begun else "",
        f" In {listed(nothing)} we found nothing." if nothing else "",
    ]  # fmt: skip
    return Verdict(
        rating="statement of intent",
        reason=(
            "An intention is neither true nor false, but what came of it can be seen."
            f"{''.join(parts)}"
        ),
        sources=keys_of(record["source_keys"]) or keys_of(acts["source_keys"]),
    )


def interest(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge "These priorities have been met with interest" by what others wrote of the motto.

    Supported if heads of state praised what was done under it and others took up the priorities
    themselves, in part if one of the two, otherwise unverifiable; each by the interview.
    """
    rows = _responses(evidence)
    praised = rows[(rows["how"] == _PRAISED) & (rows["standing"] == "heads of state")]
    taken = rows[rows["how"] == _ALL_EIGHT]
    praise = (
        f"Heads of state praised what was done under the motto in {_texts(praised)}."
        if len(praised)
        else "We found no text in which heads of state praised what was done under the motto."
    )
    words = (
        f"{counted(len(taken), 'other text' if len(praised) else 'text').capitalize()} took up the "
        "eight words themselves, by "
        f"{listed(_named(taken))}."
        if len(taken)
        else "We found no text that takes up the eight words themselves."
    )
    held = bool(len(praised)) + bool(len(taken))
    return Verdict(
        rating=("unverifiable", "supported in part", "supported")[held],
        reason=f"{praise} {words}",
        sources=keys_of((rows if held else evidence["motto_responses"])["source_keys"]),
        depends=(
            Dependence(
                "what counts as interest",
                "a government's praise in a joint text is courtesy as well as interest",
                "no such text by the day of the interview would make it unverifiable",
            ),
        ),
        earlier=history(rows, lambda row: row["who"], lambda row: f"{row['what']}; {row['how']}"),
    )


def community(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge "by the entire Turkic community": unverifiable, as nobody asked the community.

    A joint text binds governments; what a whole community thinks, only a survey could show.
    """
    rows = _responses(evidence)
    kinds = {"heads of state": "governments", "body": "bodies of the organisation",
             "state": "single states", "institute": "an institute"}  # fmt: skip
    heard = [kinds[kind] for kind in kinds if kind in set(rows["standing"])]
    found = (
        f"The texts that we found come from {listed(heard)}. None says how the interest of an "
        "entire community was seen or measured"
        if heard
        else "We found no text on the priorities that is older than the interview"
    )
    return Verdict(
        rating="unverifiable",
        reason=f"{found}, and we know of no survey that asked about the priorities.",
        sources=keys_of((rows if len(rows) else evidence["motto_responses"])["source_keys"]),
        depends=(
            Dependence(
                "who the community is",
                "if governments speak for it, the claim says no more than the one before it",
            ),
        ),
    )


def beyond(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge "not limited to the OTS countries".

    Supported if a state or an institute outside the members took the priorities up by the
    interview, otherwise unverifiable.
    """
    rows = _responses(evidence)
    outside = rows[rows["country"].notna() & ~rows["country"].isin(FIVE.codes)]
    inside = rows[(rows["standing"] == "institute") & rows["country"].isin(FIVE.codes)]
    near = "".join(
        f" So did {row.who}, of {NAMES[row.country]}."
        if place
        else f" One institute did, {row.who}, but {NAMES[row.country]} is a member."
        for place, row in enumerate(inside.itertuples())
    )
    found = (
        f"Outside the member states the priorities were taken up by {listed(_named(outside))}."
        if len(outside)
        else "We found nobody outside the member states who took the priorities up, and the "
        f"article names nobody.{near}"
    )
    return Verdict(
        rating="supported" if len(outside) else "unverifiable",
        reason=found,
        sources=keys_of((rows if len(rows) else evidence["motto_responses"])["source_keys"]),
        depends=(
            Dependence(
                "where “the OTS countries” end",
                "we count observers as outside, since they are not members",
                "one text from outside by the day of the interview would make it supported",
            ),
        ),
    )


def initiatives(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge "Kazakhstan supports all creative initiatives": a position."""
    acts = evidence["acts"]
    rows = acts[(acts["by"] == CHAIR) & (acts["stage"] == "promised")]
    before = rows[rows["date"] <= said(evidence)]
    return Verdict(
        rating="position",
        reason=(
            f"{_STANCE} Our record holds {counted(len(before), 'proposal')} that Kazakhstan had "
            "itself made in the organisation by then; that it supports “all” initiatives no record "
            "could show. The Russian text says “constructive” where the English says “creative”."
        ),
        sources=merge(keys_of(before["source_keys"]), ("nurnews2025",)),
    )


def altai(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge the positive view of the Russian concept "Altai - the cradle of the Turks": a position.

    What bears on it is what was done about that concept, and not all that concerns the Altai.
    """
    acts, day = evidence["acts"], said(evidence)
    rows = acts[acts["field"] == "Altai"].sort_values("date")
    theirs, own = rows[rows["by"] == "RUS"], rows[rows["by"] == CHAIR]
    later = own[own["date"] > day]
    last = rows.tail(1)
    ends = "".join(
        f" Our record ends with an announcement, on {spoken(row.date)}, of a further conference."
        for row in last[last["stage"] == "promised"].itertuples()
    )
    kept = (
        f"Kazakhstan has acted in line with it {_times(len(later))} since the interview, "
        f"{'first ' if len(later) > 1 else ''}on {spoken(later['date'].iloc[0])}.{ends}"
        if len(later)
        else "We found no act of Kazakhstan since the interview."
    )
    return Verdict(
        rating="position",
        reason=(
            f"{_STANCE} The concept is Russian: we found {counted(len(theirs), 'conference')} on "
            f"it in Russia. {kept} We found no paper that sets the concept out."
        ),
        sources=keys_of(rows["source_keys"]) or keys_of(acts["source_keys"]),
        earlier=history(
            rows,
            lambda row: NAMES[row["by"]] if isinstance(row["by"], str) else "a joint act",
            lambda row: row["act"],
        ),
    )


def heritage(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge "will continue to contribute to the deepening of ties" and to heritage: an intent."""
    acts, day = evidence["acts"], said(evidence)
    rows = stages.done(acts[acts["field"].isin(_SHARED) & (acts["date"] <= day)])
    each = listed(f"{in_sentence(row.act)} ({row.date[:4]})" for row in rows.itertuples())
    before = (
        "“Continue” fits what came before. In education, culture and heritage our record holds "
        f"{each}."
        if len(rows)
        else "“Continue” needs something done before, and our record of education, culture and "
        "heritage holds nothing."
    )
    return Verdict(
        rating="statement of intent",
        reason=(
            "A promise is neither true nor false, and this one names no target and no date by "
            f"which it could be judged. {before}"
        ),
        sources=keys_of((rows if len(rows) else acts)["source_keys"]),
    )


def _across(rows: pd.DataFrame, what: str) -> list[str]:
    return [NAMES[code] for code in rows.loc[rows["across"] == what, "neighbour"]]


def _responses(evidence: Evidence) -> pd.DataFrame:
    """Give the texts on the motto that are older than the interview, by date."""
    rows = evidence["motto_responses"]
    return rows[rows["date"] < said(evidence)].sort_values("date")


def _texts(rows: pd.DataFrame) -> str:
    return listed(f"the {row.what} ({spoken(row.date)})" for row in rows.itertuples())


def _named(rows: pd.DataFrame) -> list[str]:
    """Name whose texts these are, in the middle of a sentence."""
    return [f"{'the ' if row.standing == 'body' else ''}{row.who}" for row in rows.itertuples()]


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{in_words(count)} times")
