"""What the verdicts say, word by word: on the book's evidence, and on altered evidence."""

import dataclasses
import re
from itertools import chain

import pandas as pd
import pytest

from analysis import article, claims
from analysis.claims import acts, context, forms, positions, priorities, routes, trade
from analysis.claims.forms import Claim, Dependence, Earlier, Evidence, Verdict
from tests.quantity_checks import act, altered, refused, with_acts

#: What verdicts may write in capitals.
ABBREVIATIONS = re.compile(r"\b(CEPII|OTS|TURKTIME|TV|US|USD)\b")

# --- as it stands -------------------------------------------------------------------------------


def test_the_numbers_behind_the_verdicts_are_those_that_their_reasons_name(entries):
    found = {e.claim.name: [f"{q:1 bare}" for q in e.verdict.numbers] for e in entries}
    # Counted by hand from the tables: publishers, day of the term, countries, borders, days, years.
    assert found["interview"][0] == "4.0"  # five reports, the article's own among them
    assert found["nomad-games"] == ["89.0"]
    assert found["neighbors"] == ["2.0"]
    assert found["slogan"] == ["369.0", "10.0"]
    assert found["concrete-results"] == ["500.0"]
    for name in ("eighty-events", "forty-five-billion", "ten-years", "route-role"):
        entry = next(e for e in entries if e.claim.name == name)
        for number in entry.verdict.numbers[:2]:
            pattern = "{:.2f}" if name == "ten-years" else "{:.0f}"
            assert pattern.format(number.value) in entry.verdict.reason


def test_no_verdict_has_a_word_that_is_shouted_or_a_number_that_is_none(entries):
    for entry in entries:
        verdict = entry.verdict
        depends = [(it.on, it.otherwise, it.flips) for it in verdict.depends]
        earlier = [(it.date, it.who, it.statement) for it in verdict.earlier]
        for text in (verdict.reason, *chain(*depends, *earlier)):
            assert not re.search(r"\b[A-Z]{2}\w*|\bnan\b", ABBREVIATIONS.sub("", text)), text


# --- the forms ----------------------------------------------------------------------------------

REPORT = article.parse("date 2025-01-04 (X) First words.\n\nTrade grew. Trade fell.")
GOOD = Verdict("supported", "Seen.", ("imf2022",))


def entered(verdict=GOOD, quotation="Trade grew."):
    return claims.enter(trial(verdict, quotation), REPORT, Evidence({}))


def trial(verdict=GOOD, quotation="Trade grew.", kind="trend", **more):
    more = {"checked": "2026-11-28", "sentence": "Trade grew.", **more}
    return Claim("trial", "A trial", quotation, kind, "fig-a-b", lambda *_: verdict, **more)


def test_a_verdict_that_is_not_well_formed_is_refused_with_what_would_be():
    good = dataclasses.replace
    refused(
        lambda: entered(good(GOOD, rating="true")),
        "claim trial: rating 'true' (allowed: supported, supported in part, depends on definition, "
        "unverifiable, contradicted)",
    )
    refused(lambda: entered(good(GOOD, reason=" ")), "claim trial: a verdict without a reason")
    refused(
        lambda: entered(good(GOOD, sources=())),
        "claim trial: a verdict without a source (allowed: one source or more)",
    )
    with pytest.raises(claims.ClaimError) as refusal:
        entered(good(GOOD, sources=("nobody",)))
    assert str(refusal.value).startswith("claim trial: unknown source key 'nobody' (allowed: ")
    with pytest.raises(claims.ClaimError) as refusal:
        entered(quotation="Trade")
    assert str(refusal.value).startswith("claim trial: ")
    assert "2 times" in str(refusal.value)
    assert "(allowed: " in str(refusal.value)
    kinds = "quantity, event, attribution, trend, fact, opinion, position, intent"
    refused(lambda: trial(kind="rumour"), f"claim trial: kind 'rumour' (allowed: {kinds})")
    refused(lambda: Evidence({"b": None, "a": None})["c"], "no evidence called 'c' (allowed: a, b)")


def test_an_entry_holds_its_place_and_its_verdict():
    entry = entered()
    assert entry.span.of(REPORT.text) == "Trade grew."
    assert (entry.paragraph, entry.verdict, entry.publishers, entry.texts) == (2, GOOD, 1, 1)


@pytest.mark.parametrize(
    ("kind", "own"),
    [("opinion", "opinion"), ("position", "position"), ("intent", "statement of intent")],
)
def test_what_cannot_be_checked_has_one_rating_and_no_threshold(kind, own):
    def judged(**more):
        verdict = dataclasses.replace(GOOD, **{"rating": own, **more})
        return claims.enter(trial(verdict, kind=kind, sentence=""), REPORT, Evidence({}))

    assert judged(depends=(Dependence("a word", "it may be read so"),)).verdict.rating == own
    refused(lambda: judged(rating="supported"),
            f"claim trial: rating 'supported' (allowed: {own})")  # fmt: skip
    refused(
        lambda: judged(depends=(Dependence("a word", "it may be read so", "one more act"),)),
        f"claim trial: a threshold, 'one more act', though it is of kind {kind} (allowed: none: no "
        "evidence turns it true or false)",
    )


def test_what_can_be_checked_is_no_opinion():
    with pytest.raises(claims.ClaimError, match="rating 'opinion'"):
        entered(dataclasses.replace(GOOD, rating="opinion"))


@pytest.mark.parametrize("key", ["tokayev2025ana", "vlast2025", "mundo2025"])
def test_the_article_and_what_repeats_its_text_are_no_evidence_for_it(key):
    """Its publisher's page, a report of the same interview, the text that both carry."""
    verdict = dataclasses.replace(GOOD, sources=("imf2022", key))
    refused(
        lambda: entered(verdict),
        f"claim trial: {key!r} is the article itself or repeats its text (allowed: sources other "
        "than what is judged)",
    )
    # Who said it, and where, is what such reports can show.
    said = claims.enter(trial(verdict, kind="attribution"), REPORT, Evidence({}))
    assert (said.publishers, said.texts) == (2, 2)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"checked": ""}, "no date checked (allowed: the day of the last check, as 2026-11-28)"),
        ({"checked": "2026"}, "checked '2026' (allowed: the day"),
        ({"checked": "last week"}, "checked 'last week' (allowed: the day"),
        ({"sentence": ""}, "sentence '' (allowed: a whole sentence)"),
        ({"sentence": "exceeded $45 billion"}, "sentence 'exceeded $45 billion' (allowed: a whole"),
        ({"voice": "crowd"}, "voice 'crowd' (allowed: speaker, newspaper)"),
    ],
)
def test_a_claim_without_its_date_or_a_whole_sentence_is_refused(more, words):
    with pytest.raises(claims.ClaimError) as refusal:
        trial(**more)
    assert str(refusal.value).startswith(f"claim trial: {words}")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("$4.5 billion", 4.5e9), ("12 thousand in 2023", 12e3), ("3 million", 3e6),
        ("1.2 trillion", 1.2e12), ("80 events of the 5th term", 80), ("1899 events", 1899),
        ("2100 events", 2100), ("2024 million", 2024e6),
    ],
)  # fmt: skip
def test_amounts_have_their_scale_and_years_are_none(words, expected):
    assert forms.amount(words) == expected


def test_words_with_no_amount_or_two_are_refused_with_their_beginning():
    long = "x" * 70
    refused(
        lambda: forms.amount(long),
        f"0 amounts in {'x' * 60!r} (allowed: a quotation with one amount)",
    )
    for words, count in (("3 of 4", 2), ("in 2024", 0), ("the 5th Games", 0)):
        refused(
            lambda words=words: forms.amount(words),
            f"{count} amounts in {words!r} (allowed: a quotation with one amount)",
        )


# --- acts, where the record is another ----------------------------------------------------------


WORDS = "cooperation in the political, and transport-logistics spheres"


def test_attention_is_stated_by_sphere_and_against_the_term_before(evidence):
    # Kazakhstan's term: 3 November 2023 to 6 November 2024, both included; before it Uzbekistan's,
    # from 11 November 2022.
    found = with_acts(
        evidence,
        act("2023-11-03", "political", keys="bls2026"), act("2024-11-06", "transport-logistics"),
        act("2024-11-07", "political"), act("2024-01-01", "political", stage="promised"),
        act("2023-11-02", "energy"), act("2022-11-11", "energy"), act("2022-11-10", "political"),
        act("2023-05-05", "political", stage="promised"),
    )  # fmt: skip
    verdict = acts.attention(WORDS, found)
    assert verdict.rating == "supported"
    assert verdict.reason == (
        "Acts signed, in force or working, and not merely promised, are on record for both spheres "
        "during the chairmanship (3 November 2023 to 6 November 2024): one in politics and one in "
        "transport. The term before had fewer in each."
    )
    assert verdict.sources == ("bls2026", "imf2022")
    # As many before in one sphere is not fewer.
    found = with_acts(
        evidence, act("2023-11-03", "political"), act("2024-11-06", "transport-logistics"),
        act("2023-11-02", "political"),
    )  # fmt: skip
    assert acts.attention(WORDS, found).rating == "supported in part"
    assert acts.attention(WORDS, found).reason.endswith(
        "The term before had at least as many in politics, so “special” goes beyond the record "
        "there."
    )
    # One sphere alone, nothing of the term before.
    one = with_acts(evidence, act("2023-11-03", "political"))
    assert acts.attention(WORDS, one).rating == "supported in part"
    assert acts.attention(WORDS, one).reason.endswith(
        "one in politics and none in transport. Our record holds no act of the term "
        "before, so “special” cannot be weighed."
    )
    none = with_acts(evidence, act("2023-11-03", "energy", keys="bls2026"))
    assert acts.attention(WORDS, none).rating == "unverifiable"
    assert acts.attention(WORDS, none).sources == ("bls2026",)


def test_attention_says_what_the_acts_of_the_handover_weigh(evidence):
    # Three acts of the term, one of them of 3 November 2023, its first day; one of the term before.
    rows = (
        act("2023-11-03", "political"), act("2024-02-02", "political"),
        act("2024-11-06", "transport-logistics"), act("2023-01-01", "energy"),
    )  # fmt: skip
    _, handover = acts.attention(WORDS, with_acts(evidence, *rows)).depends
    # One against one in politics, one against none in transport.
    assert handover.otherwise.endswith(
        "the one act of 3 November 2023 would leave it with at least as many in politics"
    )
    more = with_acts(evidence, *rows, act("2024-03-03", "political"))
    assert acts.attention(WORDS, more).depends[1].otherwise.endswith("with fewer in each sphere")
    none = with_acts(evidence, *rows[1:])
    assert [it.on for it in acts.attention(WORDS, none).depends] == ["what shows attention"]


def test_an_opinion_on_the_members_rests_on_what_names_them_alone(evidence):
    members = evidence["members"].assign(source_keys="bls2026")
    members.loc[members["role"] == "member", "source_keys"] = "imf2022"
    assert positions.vital("", altered(evidence, members=members)).sources == ("imf2022",)


def test_results_are_stated_with_the_state_of_the_fund(evidence):
    fund = evidence["fund"]
    fund = fund[fund["date"] < "2025-01-03"].copy()
    fund.loc[fund.index[-1], ["date", "fact"]] = ["2025-01-03", acts.OPERATING]
    found = altered(evidence, fund=fund, acts=pd.DataFrame([act("2024-01-01", "energy")]))
    verdict = acts.results("", found)
    assert verdict.rating == "supported"
    assert verdict.reason == (
        "There were results: one act of the chairmanship, in one field, went beyond a promise. The "
        "article names no project. The only joint one for which we found a budget, the Turkic "
        "Investment Fund with its $500 million, had begun to work. Its agreement, of 16 March "
        "2023, is older than the chairmanship."
    )
    late = acts.results("", altered(found, fund=evidence["fund"]))
    assert late.rating == "supported in part"
    assert late.reason.endswith(
        "was not yet at work when the interview appeared: its launch was announced on 5 December "
        "2025, though the Secretary General had said in November 2024 that it was working. Its "
        "agreement, of 16 March 2023, is older than the chairmanship."
    )


def test_ties_are_stated_with_what_is_older(evidence):
    found = with_acts(
        evidence,
        act("2023-11-02", "education", "Founding of an academy", keys="bls2026"),
        act("2024-01-01", "education", "Plan of a union", stage="promised"),
        act("2023-11-03", "cultural-humanitarian", "Games", keys="imf2025weo"),
        act("2023-01-01", "education", "A plan", stage="promised"),
    )
    verdict = acts.ties("", found)
    assert verdict.rating == "supported in part"
    assert verdict.reason == (
        "In education we found nothing that was signed, took effect or began to work during the "
        "chairmanship, but one promise, the plan of a union (1 January 2024). What was done is "
        "older: the founding of an academy (2023). For creative circles we found the games. No "
        "source measures how close a tie is."
    )
    assert verdict.sources == ("imf2022", "imf2025weo", "bls2026")
    # A proposal alone, or an older act alone, is a part.
    for row in (act("2024-01-01", "education", stage="promised"), act("2023-11-02", "education")):
        assert acts.ties("", with_acts(evidence, row)).rating == "supported in part"
    bare = acts.ties("", with_acts(evidence, act("2024-01-01", "energy")))
    assert bare.rating == "unverifiable"
    assert bare.reason.startswith(
        "In education we found no act of the chairmanship. We know of nothing that was done before "
        "it. For creative circles we found nothing."
    )
    both = with_acts(
        evidence, act("2024-01-01", "education", "Treaty"),
        act("2024-02-01", "education", "Plan", stage="promised"),
    )  # fmt: skip
    assert acts.ties("", both).rating == "supported"
    assert acts.ties("", both).reason.startswith(
        "In education we found one act of the chairmanship beyond a promise and one promise, the "
        "last one the plan (1 February 2024)."
    )


def test_only_wordings_older_than_the_interview_are_its_history(evidence):
    wordings = pd.DataFrame(
        [("results", "B", "2025-01-02", "later", "bls2026"),
         ("results", "A", "2024-01-01", "first", "x y"),
         ("results", "C", "2025-01-03", "that day", "x"),
         ("games", "D", "2024-01-01", "other", "x")],
        columns=["topic", "occasion", "date", "wording", "source_keys"],
    )  # fmt: skip
    history = acts.said_before(altered(evidence, statement_wordings=wordings), "results")
    assert history == (
        Earlier("2024-01-01", "K.-J. Tokayev, A", "first", ("x", "y")),
        Earlier("2025-01-02", "K.-J. Tokayev, B", "later", ("bls2026",)),
    )


# --- context, where the evidence is another -----------------------------------------------------


def test_an_interview_that_nobody_else_reports_is_unverifiable(evidence):
    reports = evidence["interview_reports"]
    own = reports["source_keys"] == "tokayev2025ana"
    bare = context.interview("", altered(evidence, interview_reports=reports[own]))
    assert (bare.rating, bare.reason, bare.sources, [n.value for n in bare.numbers]) == (
        "unverifiable", "No publisher besides the article's reported it.", ("tokayev2025ana",), [0],
    )  # fmt: skip


def test_a_published_list_is_stated_with_its_length(evidence):
    counts = evidence["event_counts"].copy()
    rows = counts.index[counts["chair"] == "KAZ"]
    counts.loc[rows[-1], ["list_published", "count", "source_keys"]] = ["found", 81, "bls2026"]
    found = context.events("more than 80 events", altered(evidence, event_counts=counts))
    assert found == Verdict("supported", "A published list holds 81 events.", ("bls2026",))
    counts.loc[rows[-1], "count"] = 80
    found = context.events("more than 80 events", altered(evidence, event_counts=counts))
    assert (found.rating, found.reason) == ("contradicted", "A published list holds 80 events.")
    # Of two lists the longer one; a list of another chair is none.
    counts.loc[rows[0], ["list_published", "count"]] = ["found", 90]
    longer = context.events("more than 80 events", altered(evidence, event_counts=counts))
    assert longer.reason == "A published list holds 90 events."
    other = evidence["event_counts"].copy()
    other.loc[other["chair"] != "KAZ", "list_published"] = "found"
    found = context.events("more than 80 events", altered(evidence, event_counts=other))
    assert found.rating == "unverifiable"


@pytest.mark.parametrize("item", ["edition", "place", "opened", "closed", "countries"])
def test_games_without_a_report_of_one_part_are_not_judged(evidence, item):
    games = evidence["games"]
    gone = altered(evidence, games=games[games["item"] != item])
    verdict = context.games("", gone)
    assert (verdict.rating, verdict.reason) == (
        "unverifiable", "No report says that they were held, where and when.",
    )  # fmt: skip
    assert len(verdict.sources) > 1


def test_games_with_those_parts_alone_are_judged(evidence):
    games = evidence["games"]
    kept = games[games["item"].isin(["edition", "place", "opened", "closed", "countries"])]
    assert context.games("", altered(evidence, games=kept)).rating == "supported"


def test_games_of_two_places_or_another_edition_are_not_those_of_the_article(evidence):
    games = evidence["games"]
    more = pd.concat([games, games[games["item"] == "place"].assign(version="Almaty")])
    verdict = context.games("", altered(evidence, games=more))
    assert verdict.rating == "contradicted"
    assert verdict.reason.startswith(
        "Reports call these Games the fifth and place them in Almaty or Astana from 8 to 13 "
    )
    sixth = games.assign(value=games["value"].where(games["item"] != "edition", 6.0))
    assert context.games("", altered(evidence, games=sixth)).rating == "contradicted"


def test_a_title_is_stated_with_the_documents_that_word_it(evidence):
    wordings = evidence["place_wordings"]
    bare = wordings[wordings["kind"] != "own text"]
    verdict = context.turkistan("", altered(evidence, place_wordings=bare))
    assert (verdict.rating, verdict.reason) == (
        "unverifiable", "The summit's own text was not available to us.",
    )  # fmt: skip
    assert set(bare["source_keys"].iloc[0].split()) <= set(verdict.sources)


@pytest.mark.parametrize(
    ("day", "rating"),
    [("2023-11-02", "contradicted"), ("2023-11-03", "supported"), ("2024-11-06", "supported"),
     ("2024-11-07", "contradicted")],
)  # fmt: skip
def test_the_days_of_the_term_include_both_its_ends(evidence, day, rating):
    events = evidence["events"].copy()
    named = events["event"].str.contains("TURKTIME")
    events.loc[named, "event"] = "A summit"
    announced = events[events["kind"] == "summit"][:1].assign(date=day, event="TURKTIME named")
    found = altered(evidence, events=pd.concat([events, announced], ignore_index=True))
    verdict = context.slogan("", found)
    assert verdict.rating == rating
    bare = context.slogan("", altered(evidence, events=events))
    assert (bare.rating, bare.reason) == (
        "unverifiable", "No day on which it was announced is on record.",
    )  # fmt: skip
    assert bare.sources


# --- priorities, the route and trade ------------------------------------------------------------

NAMES = "eight priorities: Traditions, Unification, Reforms, Knowledge, Trust, Investments, " \
        "Mediation, and Energy"  # fmt: skip


def test_a_list_is_stated_by_its_number_its_order_and_its_letters(evidence):
    swapped = NAMES.replace("Trust", "X").replace("Energy", "Trust").replace("X", "Energy")
    verdict = priorities.eight(swapped, evidence)
    assert verdict.rating == "supported in part"
    assert verdict.reason == (
        "The article names eight priorities, not in the order of the official list, and their "
        "first letters spell TURKEIMT. It leaves out that the summit speech set them for ten years."
    )
    seven = priorities.eight(NAMES.replace(", and Energy", ""), evidence)
    assert seven.rating == "contradicted"
    assert seven.reason.startswith("The article names seven priorities, not in the order")
    other = priorities.eight(NAMES.replace("Trust", "Hope"), evidence)
    assert other.rating == "contradicted"
    nine = priorities.eight(NAMES + ", Hope", evidence)
    assert nine.reason.startswith("The article names nine priorities")
    two = priorities.eight("two: Trust and Energy", evidence)
    assert two.reason.startswith("The article names two priorities")
    alike = evidence["priorities"].assign(akorda_name=evidence["priorities"]["priority"])
    plain = priorities.eight(NAMES, altered(evidence, priorities=alike))
    assert plain.depends[0].otherwise == "no official text names them otherwise"
    for words in ("no list here", "an empty one: "):
        refused(
            lambda w=words: priorities.named(w),
            f"no list in {words.partition(':')[0][:40]!r} (allowed: names after a colon)",
        )
    assert priorities.named("x: A, B and C.") == ("A", "B", "C")


def test_who_carries_the_line_is_named(evidence):
    legs = evidence["route_legs"].copy()
    legs.loc[legs["country"].isin(["KAZ", "AZE", "TUR"]), "country"] = "RUS"
    none = routes.role("", altered(evidence, route_legs=legs))
    assert none.rating == "contradicted"
    assert "The main line runs through none of the members" in none.reason
    assert none.reason.endswith("crosses Georgia and Russia, which is not a member.")
    assert "the rest is Russia (81%), the sea (11%) and Georgia (8%)" in none.reason
    reason = routes.role("", evidence).reason
    # Kazakhstan's 3,200 and Azerbaijan's 430 of 4,456 km, 468 at sea and 358 in Georgia.
    assert "own the track on 81% of the main line" in reason
    assert "; the rest is the sea (11%) and Georgia (8%)." in reason
    assert "main line runs through Kazakhstan and Azerbaijan, the branch also through T" in reason
    assert "; neither enters Kyrgyzstan or Uzbekistan." in reason
    assert [number.value for number in none.numbers] == [0, 0]


def said(*rows):
    columns = ["date", "speaker", "office", "year", "bound", "usd_billion", "source_keys"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(id=[f"{n}" for n in range(len(frame))], repeats=None, slip=None, months=12)


def test_an_amount_is_told_with_its_first_day_and_what_it_repeats():
    rows = said(("2025-02-01", "A", "x", 2024, "exactly", 45.0, "s1 s2"))
    assert trade._origin(rows, 2024, 45.0) == (
        "It was first heard on 1 February 2025.", ("s1", "s2"),
    )  # fmt: skip
    rows = said(("2024-12-01", "A", "x", 2024, "exactly", 45.0, "s"),
                ("2024-05-03", "A", "x", 2023, "exactly", 42.0, "t"))  # fmt: skip
    rows.loc[0, "repeats"] = rows.loc[1, "id"]
    assert trade._origin(rows, 2024, 45.0) == (
        "It was first heard on 1 December 2024, 30 days before the year was over, in a text that "
        "in May 2024 had said $42 billion. We infer that it is most likely a minister's "
        "$42 billion for 2023 carried forward.",
        ("s", "t"),
    )
    assert trade._origin(rows, 2024, 46.0) == ("We did not find it in an earlier statement.", ())


def test_totals_stated_before_are_the_speakers_own_or_of_the_year():
    rows = said(
        ("2025-02-01", "B", "minister", 2024, "exactly", 42.3, "s1"),
        ("2023-11-03", "K.-J. Tokayev", "President", pd.NA, "more than", 22.0, "s2 s3"),
        ("2024-01-01", "B", "minister", 2023, "exactly", 42.0, "s4"),
        ("2025-01-04", "K.-J. Tokayev", "President", 2024, "more than", 45.0, "tokayev2025ana"),
    )
    assert trade._totals_before(rows, 2024) == (
        Earlier("2023-11-03", "K.-J. Tokayev, President", "more than $22 billion, year not stated",
                ("s2", "s3")),
        Earlier("2025-02-01", "B, minister", "$42.3 billion, of 2024", ("s1",)),
    )  # fmt: skip
