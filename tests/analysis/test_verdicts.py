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
    found = {e.claim.name: [f"{q:1}" for q in e.verdict.numbers] for e in entries}
    # Counted by hand from the tables: publishers, day of the term, countries, borders, days, years.
    assert {name: numbers for name, numbers in found.items() if numbers} == {
        "neighbors": ["2.0 members"],
        "interview": ["4.0 outlets", "70.0%"],  # five reports, the article's own among them
        "concrete-results": ["$500.0 million"],
        "eighty-events": ["312.0 days into the term"],
        "nomad-games": ["89.0 countries"],
        "ten-years": ["1.7 times", "2.2 times", "1.4 times", "2.2 times"],
        "forty-five-billion": ["$25.0 billion", "$50.1 billion", "$33.7 billion"],
        "route-role": ["81.5%", "83.6%"],
        "slogan": ["369.0 days", "10.0 years"],
        "eight-priorities": ["10.0 years"],
    }
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
    for rating in ("true", "opinion"):  # what can be checked is no opinion
        refused(
            lambda r=rating: entered(good(GOOD, rating=r)),
            f"claim trial: rating {rating!r} (allowed: supported, supported in part, depends on "
            "definition, unverifiable, contradicted)",
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


@pytest.mark.parametrize(
    ("day", "rating", "weighed"),
    [
        ("2022-11-10", "supported in part", "Our record holds no act of the term before"),
        ("2022-11-11", "supported in part", "at least as many in politics, so"),
        ("2023-11-02", "supported in part", "at least as many in politics, so"),
        ("2023-11-03", "supported in part", "Our record holds no act of the term before"),
    ],
)
def test_the_term_before_runs_from_its_first_day_to_the_day_before_the_handover(
    evidence, day, rating, weighed
):
    own = (act("2023-11-03", "political"), act("2024-11-06", "transport-logistics"))
    verdict = acts.attention(WORDS, with_acts(evidence, *own, act(day, "political")))
    assert verdict.rating == rating
    assert weighed in verdict.reason
    # Where the term before is not on record, neither are its acts.
    events = evidence["events"]
    first = altered(
        with_acts(evidence, *own, act(day, "political")), events=events[events["country"] != "UZB"]
    )
    assert "Our record holds no act of the term before" in acts.attention(WORDS, first).reason


@pytest.mark.parametrize(
    ("before", "words"),
    [
        # Without the two of the handover the term keeps three in politics; the term before gets
        # two more than it had.
        (0, "the two acts of 3 November 2023 would leave it with fewer in each sphere"),
        (1, "would leave it with at least as many in politics"),
    ],
)
def test_acts_of_a_handover_are_added_to_the_term_before(evidence, before, words):
    rows = [act("2023-11-03", "political")] * 2 + [act("2024-02-02", "political")] * 3
    rows += [act("2024-02-02", "transport-logistics"), act("2023-11-03", "energy")]
    rows += [act("2023-01-01", "political")] * before
    handover = acts.attention(WORDS, with_acts(evidence, *rows)).depends[1]
    assert handover.otherwise.endswith(words)
    both = acts.attention("in political spheres", with_acts(evidence, *rows[:4])).depends[1]
    assert both.otherwise.endswith("at least as many in every sphere")


def test_fields_stand_in_the_order_in_which_they_are_first_named():
    words = "in industry, energy and agriculture, and in industry above all"
    assert acts.fields_of(words) == ("industry", "energy", "agriculture")


def test_words_that_name_no_field_are_refused_with_their_beginning():
    refused(
        lambda: acts.fields_of("x" * 50),
        f"no field in {'x' * 40!r} (allowed: political, trade-economic, transport-logistics, "
        "cultural-humanitarian, energy, industry, agriculture, digitalization)",
    )


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


AGREED, LAUNCHED = "agreement signed", "launch of operations announced"
TOLD = "said to have begun work by the Secretary General"


@pytest.mark.parametrize(
    ("works", "facts", "words"),
    [
        (True, {}, "had begun to work."),
        (True, {AGREED: "2023-03-16", LAUNCHED: "2025-12-05", TOLD: "2024-11"},
         "had begun to work. Its agreement, of 16 March 2023, is older than the chairmanship."),
        (False, {}, "was not yet at work when the interview appeared."),
        (False, {LAUNCHED: "2025-12-05"}, "was not yet at work when the interview appeared: its "
         "launch was announced on 5 December 2025."),
        (False, {LAUNCHED: "2025-01-04"}, "was not yet at work when the interview appeared: its "
         "launch was announced on 4 January 2025."),
        # A launch or a word of the day itself is no later, and no earlier, news.
        (False, {LAUNCHED: "2025-01-03"}, "was not yet at work when the interview appeared."),
        (False, {TOLD: "2025-01-03"}, "was not yet at work when the interview appeared, though the "
         "Secretary General had said in January 2025 that it was working."),
        (False, {TOLD: "2025-01-04"}, "was not yet at work when the interview appeared."),
        (False, {f"{TOLD}, again": "2024-11", TOLD: "2024-12-06"}, "was not yet at work when the "
         "interview appeared, though the Secretary General had said in November 2024 that it was "
         "working."),
        (False, {AGREED: "2023-03-16", LAUNCHED: "2025-12-05", TOLD: "2024-11"},
         "was not yet at work when the interview appeared: its launch was announced on 5 December "
         "2025, though the Secretary General had said in November 2024 that it was working. Its "
         "agreement, of 16 March 2023, is older than the chairmanship."),
        # The day on which the chair passes is the term's first.
        (True, {AGREED: "2023-11-03"}, "had begun to work. Its agreement, of 3 November 2023, fell "
         "within the chairmanship."),
    ],
)  # fmt: skip
def test_how_far_the_fund_had_come_is_told_by_the_day_of_the_interview(works, facts, words):
    fund = pd.DataFrame({"fact": facts.keys(), "date": facts.values()}, dtype=str)
    assert acts._at_work(fund, "2025-01-03", "2023-11-03", works=works) == words


def test_a_fund_at_work_is_a_part_of_the_results_without_any_act(evidence):
    begun = evidence["fund"][-1:].assign(date="2025-01-03", fact=acts.OPERATING)
    found = altered(
        with_acts(evidence, act("2024-01-01", "energy", stage="promised")),
        fund=pd.concat([evidence["fund"], begun]),
    )
    verdict = acts.results("", found)
    assert verdict.rating == "supported in part"
    assert verdict.reason.startswith("We found no act of the chairmanship that went beyond a ")
    late = begun.assign(date="2025-01-04")
    found = altered(found, fund=pd.concat([evidence["fund"], late]))
    assert acts.results("", found).rating == "unverifiable"
    # Of two acts in one field, education among them.
    both = with_acts(evidence, *[act("2024-01-01", "education")] * 2)
    assert "two acts of the chairmanship, in one field, went" in acts.results("", both).reason


@pytest.mark.parametrize(
    ("rows", "rating", "reason"),
    [
        # The last one by date, whatever the order of the table; the first and the last day count.
        ([act("2024-11-06", "education", "Treaty"), act("2023-11-03", "education", "School")],
         "supported", "In education we found two acts of the chairmanship beyond a promise, the "
         "last one the treaty (6 November 2024). We know of nothing that was done before it."),
        ([act("2024-01-01", "education", "Treaty")], "supported",
         "In education we found one act of the chairmanship beyond a promise, the treaty (1 "
         "January 2024). We"),
        ([act("2024-01-01", "education", "Plan", "promised"),
          act("2024-01-02", "education", "Idea", "promised")], "supported in part",
         "In education we found nothing that was signed, took effect or began to work during the "
         "chairmanship, but two promises, the last one the idea (2 January 2024). We"),
        ([act("2023-11-02", "education", "Treaty"), act("2010-05-25", "education", "School"),
          act("2024-11-07", "education", "Later"), act("2020-01-01", "energy", "Grid")],
         "supported in part", "In education we found no act of the chairmanship. What was done is "
         "older: the treaty (2023) and the school (2010). For creative circles we found nothing."),
        ([act("2023-11-02", "education", "Plan", "promised")], "unverifiable",
         "In education we found no act of the chairmanship. We know of nothing"),
        ([act("2024-01-01", "cultural-humanitarian", "Games"),
          act("2024-01-02", "cultural-humanitarian", "Film", "promised")], "unverifiable",
         "In education we found no act of the chairmanship. We know of nothing that was done "
         "before it. For creative circles we found the games and the film. No source"),
        ([act("2024-01-01", "education", "Treaty"),
          act("2024-02-01", "education", "Plan", "promised")], "supported",
         "In education we found one act of the chairmanship beyond a promise and one promise, the "
         "last one the plan (1 February 2024)."),
        ([act("2023-11-02", "education", "Treaty"), act("2023-01-01", "education", "Idea",
          "promised"), act("2024-01-01", "education", "Plan", "promised")], "supported in part",
         "In education we found nothing that was signed, took effect or began to work during the "
         "chairmanship, but one promise, the plan (1 January 2024). What was done is older: the "
         "treaty (2023). For creative circles we found nothing. No source measures how close a "
         "tie is."),
    ],
)  # fmt: skip
def test_ties_follow_from_what_was_done_in_education(evidence, rows, rating, reason):
    verdict = acts.ties("", with_acts(evidence, *rows))
    assert verdict.rating == rating
    assert verdict.reason.startswith(reason)


def test_ties_rest_on_the_acts_of_the_term_and_on_what_is_older(evidence):
    found = with_acts(
        evidence, act("2023-11-02", "education", keys="bls2026"), act("2024-01-01", "education"),
        act("2023-11-03", "cultural-humanitarian", keys="imf2025weo"),
    )  # fmt: skip
    assert acts.ties("", found).sources == ("imf2022", "imf2025weo", "bls2026")


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


def test_an_interview_is_as_sure_as_the_publishers_besides_the_articles_are_many(evidence):
    reports = evidence["interview_reports"]
    own = reports["source_keys"] == "tokayev2025ana"
    bare = context.interview("", altered(evidence, interview_reports=reports[own]))
    assert (bare.rating, bare.reason, bare.sources, [n.value for n in bare.numbers]) == (
        "unverifiable", "No publisher besides the article's reported it.", ("tokayev2025ana",), [0],
    )  # fmt: skip
    one = pd.concat([reports[reports["source_keys"] == "vlast2025"], reports[own]])
    verdict = context.interview("", altered(evidence, interview_reports=one))
    assert verdict.rating == "supported in part"
    assert verdict.reason.startswith(
        "One other publisher reported the interview, the first on 3 January 2025. Both reports, "
        "the article's among them, go back to one text, so they are one witness to what was said."
    )
    assert verdict.depends[0].flips == (
        "a second publisher would make it supported, none unverifiable"
    )
    two = pd.concat([one, reports[reports["source_keys"] == "mundo2025"]])
    verdict = context.interview("", altered(evidence, interview_reports=two))
    assert verdict.rating == "supported"
    assert verdict.depends[0].flips.startswith("one publisher instead of two would make it")


def counted_events(*rows):
    """(date, chair, bound, count, note), said by A of no list."""
    columns = ["date", "chair", "bound", "count", "note", "source_keys"]
    return pd.DataFrame(rows, columns=columns).assign(
        speaker="A", office="minister", counted="events", list_published="none found"
    )


def test_a_number_of_events_is_told_with_its_first_day_and_whether_it_stayed(evidence):
    rows = [("2024-11-07", "KAZ", "nearly", 100, None, "bls2026"),
            ("2024-11-05", "KAZ", "more than", 80, None, "imf2022 apa2024"),
            ("2024-07-06", "KAZ", "exactly", 40, None, "rferl2023"),
            ("2025-01-03", "KAZ", "more than", 80, "The claim", "tokayev2025ana"),
            ("2024-08-01", "UZB", "more than", 80, "The Games among them", "imf2022")]  # fmt: skip
    verdict = context.events("more than 80 events",
                             altered(evidence, event_counts=counted_events(*rows)))  # fmt: skip
    # 369 days from 3 November 2023 to 6 November 2024; another chair's Games are not these.
    assert verdict.reason == (
        "The number was first given on 5 November 2024, day 368 of a chairmanship of 369 days, and "
        "did not change to its end. It comes from the chair and the Secretariat alone. We found no "
        "list of the events, and nobody says what counts as one."
    )
    assert verdict.sources == ("rferl2023", "imf2022", "apa2024", "bls2026")
    assert verdict.earlier == (
        Earlier("2024-07-06", "A, minister", "40 events", ("rferl2023",)),
        Earlier("2024-11-05", "A, minister", "more than 80 events", ("imf2022", "apa2024")),
        Earlier("2024-11-07", "A, minister", "nearly 100 events", ("bls2026",)),
    )
    rows[0] = ("2024-11-06", "KAZ", "nearly", 100, "The World Nomad Games among them", "bls2026")
    moved = context.events("more than 80 events",
                           altered(evidence, event_counts=counted_events(*rows)))  # fmt: skip
    assert "a chairmanship of 369 days. It comes from the chair" in moved.reason
    assert moved.reason.endswith("; the foreign ministry counts the World Nomad Games among them.")


def test_a_published_list_is_stated_with_its_length(evidence):
    assert context.events("more than 80 events", evidence).depends[0].flips == (
        "a list of 81 or more would make it supported, one of 80 or fewer contradicted"
    )
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
    # All documents that word it one way: none words it the other.
    for reading, told in (("shared", "five leave room for others and none do not"),
                          ("sole", "none leave room for others and five do not")):  # fmt: skip
        alike = altered(evidence, place_wordings=wordings.assign(reading=reading))
        assert told in context.turkistan("", alike).reason


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
    took = "that day" if day == "2023-11-03" else "3 November 2023"
    assert f"Kazakhstan took the chair on {took} and held it for 369 days." in verdict.reason
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
    assert none.reason.endswith("crosses Georgia and Russia, which are not members.")
    assert "the rest is Russia (81%), the sea (11%) and Georgia (8%)" in none.reason
    reason = routes.role("", evidence).reason
    # Kazakhstan's 3,200 and Azerbaijan's 430 of 4,456 km, 468 at sea and 358 in Georgia.
    assert "own the track on 81% of the main line" in reason
    assert "; the rest is the sea (11%) and Georgia (8%)." in reason
    assert "main line runs through Kazakhstan and Azerbaijan, the branch also through T" in reason
    assert "; neither enters Kyrgyzstan or Uzbekistan." in reason
    assert [number.value for number in none.numbers] == [0, 0]
    # Members all the way: nobody else is crossed, and of the five none is left out.
    legs = evidence["route_legs"].copy()
    land = legs.index[legs["country"].notna()]
    legs.loc[land, "country"] = ["KAZ", "AZE", "KGZ", "UZB", "TUR"] + ["KAZ"] * (len(land) - 5)
    ours = routes.role("", altered(evidence, route_legs=legs)).reason
    assert "neither enters" not in ours
    assert "Every route also crosses" not in ours


def test_a_role_rests_on_the_legs_of_the_main_line_and_of_the_branch(evidence):
    legs = evidence["route_legs"]
    for end in ("Poti", "Kars"):
        keys = legs["source_keys"].mask((legs["start"] == end) | (legs["end"] == end), "bls2026")
        found = altered(evidence, route_legs=legs.assign(source_keys=keys))
        assert "bls2026" in routes.role("", found).sources


def test_more_than_the_assumed_part_of_the_way_is_most_of_it(evidence):
    share = routes.role("", evidence).numbers[0].value  # 81.46%
    for most, rating in ((share - 0.1, "supported"), (share, "supported in part")):
        found = Evidence(evidence.tables, forms.Assumed(most=most))
        assert routes.role("", found).rating == rating


def said(*rows):
    columns = ["date", "speaker", "office", "year", "bound", "usd_billion", "source_keys"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(id=[f"{n}" for n in range(len(frame))], repeats=None, slip=None, months=12)


@pytest.mark.parametrize(
    ("rows", "words", "keys"),
    [
        ([("2025-02-01", 2024, 45.0, "s1 s2", None)], "It was first heard on 1 February 2025.",
         "s1 s2"),
        ([("2025-02-01", 2024, 46.0, "s", None)], "We did not find it in an earlier statement.",
         ""),
        ([("2024-12-01", 2024, 45.0, "s", 1), ("2024-05-03", 2023, 42.0, "t", None)],
         "It was first heard on 1 December 2024, 30 days before the year was over, in a text that "
         "in May 2024 had said $42 billion. We infer that it is most likely a minister's "
         "$42 billion for 2023 carried forward.", "s t"),
        # On the last day of the year none is left.
        ([("2024-12-31", 2024, 45.0, "s", None)], "It was first heard on 31 December 2024.", "s"),
        ([("2024-12-30", 2024, 45.0, "s", None)],
         "It was first heard on 30 December 2024, one day before the year was over.", "s"),
        # First said of no year, then of this one.
        ([("2024-12-01", None, 45.0, "s", None), ("2024-12-06", 2024, 45.0, "t u", None)],
         "It was first heard on 1 December 2024, 30 days before the year was over. For 2024 itself "
         "it was first given on 6 December 2024.", "s t u"),
        # Known to the month alone.
        ([("2024-10", None, 45.0, "s", None), ("2025-01", 2024, 45.0, "t", None)],
         "It was first heard in October 2024. For 2024 itself it was first given in January 2025.",
         "s t"),
        # First said of another year: the amount was of that one.
        ([("2023-12-01", 2023, 45.0, "s", None), ("2025-01-06", 2024, 45.0, "t", None)],
         "It was first heard on 1 December 2023, 396 days before the year was over.", "s"),
        # What is repeated in the end stands at the end of the chain.
        ([("2025-01-06", 2024, 45.0, "s", 1), ("2024-05-06", None, 42.0, "t", 2),
          ("2024-01-06", 2023, 41.6, "u", None)],
         "It was first heard on 6 January 2025, in a text that in May 2024 had said $42 billion. "
         "We infer that it is most likely a minister's $42 billion for 2023 carried forward.",
         "s u"),
    ],
)  # fmt: skip
def test_the_origin_of_an_amount_is_told_by_day_year_and_chain(rows, words, keys):
    frame = said(*((day, "A", "x", of, "exactly", sum_, key) for day, of, sum_, key, _ in rows))
    frame = frame.astype({"year": "Int64"})
    frame["repeats"] = [None if it is None else str(it) for *_, it in rows]
    assert trade._origin(frame, 2024, 45.0) == (words, tuple(keys.split()))


@pytest.mark.parametrize(
    ("low", "high", "where", "over", "words"),
    [
        (20.0, 30.0, "inside", 20.0, "inside the range of a single count of the five members "
         "($25.0 billion; range 20.0 to 30.0)"),
        (25.0, 25.0, "above", 20.4, "20% above a single count of the five members ($25.0 billion)"),
        (25.0, 26.0, "below", -20.6, "21% below a single count of the five members ($25.0 billion; "
         "range 25.0 to 26.0)"),
    ],
)  # fmt: skip
def test_an_amount_lies_inside_a_range_or_so_much_beside_it(low, high, where, over, words):
    row = pd.Series({"count": "once", "membership": "five members", "low": low, "high": high,
                     "central": 25.0, "where": where, "over": over})  # fmt: skip
    assert trade._place(row) == words
    row["count"], row["membership"] = "twice", "with Hungary and Turkmenistan"
    assert trade._place(row) == words.replace("single", "double").replace(
        "five members", "group with observers"
    )


@pytest.mark.parametrize(
    ("rule", "billions", "rating", "words", "flips"),
    [
        # 25.0 and 33.7 once, 50.1 and 67.4 twice, with the observers the larger; 43.5 as reported.
        ("once", 24, "supported", "Counted once, trade in 2024 passed $24 billion, with the "
         "observers or without.", "with every total 29% lower it would be contradicted"),
        ("once", 30, "depends on definition", "Counted once, trade in 2024 passed $30 billion with "
         "the observers and did not without.", "with every total 20% higher it would be supported; "
         "with every total 11% lower it would be contradicted"),
        ("once", 45, "contradicted", "Counted once, trade in 2024 did not pass $45 billion, with "
         "the observers or without.", "with every total 80% higher it would be supported"),
        ("twice", 45, "supported", "Counted twice, trade in 2024 passed $45 billion, with the "
         "observers or without.", "with every total 33% lower it would be contradicted"),
        ("", 24, "supported", "By every way of counting that we know of, trade in 2024 passed $24 "
         "billion.", "with every total 64% lower it would be contradicted"),
        ("", 70, "contradicted", "By no way of counting that we know of did trade in 2024 pass $70 "
         "billion.", "with every total 179% higher it would be supported"),
    ],
)  # fmt: skip
def test_the_answer_speaks_of_the_counts_that_are_meant(
    evidence, rule, billions, rating, words, flips
):
    assumed = forms.Assumed(rule=rule, amount=billions * 1e9, year=2024)
    verdict = trade.exceeded("it exceeded", Evidence(evidence.tables, assumed))
    assert (verdict.rating, verdict.depends[0].flips) == (rating, flips)
    assert verdict.reason.startswith(f"{words} On our data the amount is ")


def test_another_rule_of_counting_is_refused():
    refused(
        lambda: trade._meant(pd.DataFrame({"count": []}), "thrice"),
        "counting rule 'thrice' (allowed: once, twice)",
    )


def test_a_decade_that_ends_in_its_best_year_has_no_later_fall(evidence):
    # Trade peaked in 2023.
    whole, best = (
        trade.strengthened("", Evidence(evidence.tables, forms.Assumed(year=year)))
        for year in (2024, 2023)
    )
    assert " Trade peaked in 2023 and was 10% lower in 2024; the two years come" in whole.reason
    assert "peaked" not in best.reason
    assert " in 2023 as in 2013, in current dollars" in best.reason
    assert whole.depends[3].on == "the year in which the decade ends"
    assert whole.depends[3].otherwise == (
        "in 2023 trade was 2.3 times as large as in 2013, in current dollars"
    )
    assert len(best.depends) == 3
    # The break of 2015 lifts what is compared with 2014 alone.
    assert best.depends[1].otherwise == "it is 2.06 to 2.34 times"
    assert whole.depends[1].otherwise.startswith("a break in Azerbaijan's own series between 2014 ")


def test_trade_that_fell_is_told_as_a_fall(evidence):
    verdict = trade.strengthened("", Evidence(evidence.tables, forms.Assumed(start=2023)))
    assert verdict.rating == "contradicted"
    assert "By none of them did trade grow faster than both US prices, up 3%, and" in verdict.reason
    assert "whole world, down 1%." in verdict.reason
    assert verdict.depends[0].flips == (
        "if either had fallen by 10%, it would be supported in part; if it had fallen by 7%, "
        "contradicted"
    )
    assert verdict.depends[3].on == "the last year"


@pytest.mark.parametrize(
    ("peak", "years", "told"),
    [
        (2023, 10, ("the year in which the decade ends", "in 2023 trade was 3.0 times as large as "
                    "in 2013, in current dollars")),
        (2023, 9, ("the last year", "in 2023 trade was 1.5 times as large as in 2014, in current "
                   "dollars")),
        (2023, 11, None),  # 2012 is not known
        (2024, 10, None),  # the last year is the best
    ],
)  # fmt: skip
def test_as_many_years_to_the_best_one_are_compared_where_they_are_known(peak, years, told):
    by_year = pd.Series({2013: 2.0, 2014: 4.0, 2023: 6.0, 2024: 5.0})
    found = trade._ending(by_year, peak, 2024, years)
    assert found == ((Dependence(*told),) if told else ())


def test_a_quotation_names_one_year():
    assert trade.named_year("in 2024, of 2024 and 12024") == 2024
    for words, count in (("in 2023 and 1999", 2), ("x" * 70, 0), ("of 1824", 0)):
        refused(
            lambda words=words, count=count: trade.named_year(words),
            f"{count} years in {words[:60]!r} (allowed: one year)",
        )


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
    # Of part of a year; repeated by the same speaker; a slip of the tongue; without an amount.
    again = pd.concat([rows[:1].assign(months=11), rows[:1].assign(date="2025-03-01"),
                       rows[:1].assign(usd_billion=9.0, slip="one country"),
                       rows[:1].assign(usd_billion=float("nan")),
                       rows[:1].assign(speaker="C", date="2025-01-01", months=12)])  # fmt: skip
    assert [(it.who, it.statement) for it in trade._totals_before(again, 2024)] == [
        ("C, minister", "$42.3 billion, of 2024"), ("B, minister", "$42.3 billion, of 2024 so far"),
    ]  # fmt: skip
