"""What the verdicts say, word by word: on the book's evidence, and on altered evidence."""

import dataclasses

import nbformat
import pandas as pd
import pytest

from analysis import article, claims
from analysis.chapter import mime
from analysis.chapter.ledger import Ledger
from analysis.claims import acts, context, forms, priorities, routes, trade
from analysis.claims.forms import Claim, Dependence, Earlier, Evidence, Framing, Verdict
from analysis.project import ROOT
from tests.quantity_checks import altered, refused


@pytest.fixture(scope="module")
def entries(report, evidence):
    return claims.ledger(report, evidence)


# --- as it stands -------------------------------------------------------------------------------


def test_the_ledger_of_the_chapter_is_what_the_evidence_gives(entries, report):
    """Every reason, dependence, history and source of every claim, as readers get them."""
    chapter = nbformat.read(ROOT / "chapters" / "verdicts.ipynb", as_version=4)
    code = [cell for cell in chapter.cells if cell.cell_type == "code"]
    (shown,) = (o.data for cell in code for o in cell.outputs if mime.LEDGER in o.get("data", {}))
    ledger = Ledger(entries, report)
    assert shown["text/plain"] == ledger.text()
    assert shown[mime.LEDGER] == ledger.data()


def test_the_numbers_behind_the_verdicts_are_those_that_their_reasons_name(entries):
    found = {e.claim.name: [f"{q:1 bare}" for q in e.verdict.numbers] for e in entries}
    # Counted by hand from the tables: publishers, day of the term, countries, borders, days, years.
    assert found["interview"][0] == "4.0"  # five reports, the article's own among them
    assert found["nomad-games"] == ["89.0"]
    assert found["partners-neighbors"] == ["2.0"]
    assert found["slogan"] == ["369.0", "10.0"]
    assert found["concrete-results"] == ["500.0"]
    for name in ("eighty-events", "forty-five-billion", "ten-years", "route-role"):
        entry = next(e for e in entries if e.claim.name == name)
        for number in entry.verdict.numbers[:2]:
            pattern = "{:.1f}" if name == "ten-years" else "{:.0f}"
            assert pattern.format(number.value) in entry.verdict.reason


def test_a_sentence_is_met_by_what_lies_in_it_and_not_by_what_only_touches_it():
    span = article.Span
    assert claims._meet(span(0, 5), span(4, 9))
    assert claims._meet(span(4, 9), span(0, 5))
    assert not claims._meet(span(0, 5), span(5, 9))
    assert not claims._meet(span(5, 9), span(0, 5))


def test_what_does_not_stand_in_the_article_is_refused_by_its_name():
    other = article.parse("date 2025-01-04 (X) Trade grew.")
    claim = Claim("growth", "Growth", "Trade fell", "trend", "x", lambda *_: GOOD)
    for thing, name in ((claim, "claim growth"), (Framing("Trade fell", "why"), "framing")):
        refused(
            lambda thing=thing: thing.find(other),
            f"{name}: quotation 'Trade fell' stands in the article 0 times (allowed: exactly once)",
        )


# --- the forms ----------------------------------------------------------------------------------

REPORT = article.parse("date 2025-01-04 (X) First words.\n\nTrade grew. Trade fell.")
GOOD = Verdict("supported", "Seen.", ("imf2022",))


def entered(verdict=GOOD, quotation="Trade grew."):
    claim = Claim("trial", "A trial", quotation, "trend", "fig", lambda words, found: verdict)
    return claims.enter(claim, REPORT, Evidence({}))


def test_a_verdict_that_is_not_well_formed_is_refused_with_what_would_be():
    good = dataclasses.replace
    ratings = ", ".join(claims.RATINGS)
    refused(
        lambda: entered(good(GOOD, rating="true")),
        f"claim trial: rating 'true' (allowed: {ratings})",
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
    kinds = "quantity, event, attribution, trend, opinion, intent"
    refused(
        lambda: Claim("x", "X", "words", "rumour", "fig", lambda *_: GOOD),
        f"claim x: kind 'rumour' (allowed: {kinds})",
    )
    refused(lambda: Evidence({"b": None, "a": None})["c"], "no evidence called 'c' (allowed: a, b)")


def test_an_entry_holds_its_place_and_its_verdict():
    entry = entered()
    assert entry.span.of(REPORT.text) == "Trade grew."
    assert (entry.paragraph, entry.verdict, entry.independent) == (2, GOOD, 1)


def test_verdicts_and_sources_are_counted():
    three = [entered(), entered(), entered(dataclasses.replace(GOOD, rating="opinion"))]
    board = claims.scoreboard(three)
    assert board.to_numpy().tolist() == [
        ["supported", 2, claims.RATINGS["supported"]], ["opinion", 1, claims.RATINGS["opinion"]],
    ]  # fmt: skip
    assert board.columns.tolist() == ["rating", "claims", "meaning"]
    many = dataclasses.replace(GOOD, sources=("imf2022", "bls2026", "tokayev2025ana"))
    grades = {"imf2022": "C", "bls2026": "A", "tokayev2025ana": "A"}
    found = claims.sources_by_grade([entered(), entered(many)], grades)
    assert found.columns.tolist() == ["claim", "A", "C"]
    assert found.to_numpy().tolist() == [["A trial", 0, 1], ["A trial", 2, 1]]


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


def act(date, field, name="A treaty", stage="done", by=None, keys="imf2022"):
    return {"date": date, "field": field, "act": name, "stage": stage, "by": by, "note": None,
            "source_keys": keys}  # fmt: skip


def with_acts(evidence, *rows):
    return altered(evidence, acts=pd.DataFrame(list(rows)))


WORDS = "cooperation in the political, and transport-logistics spheres"


def test_attention_is_stated_by_sphere_and_against_the_term_before(evidence):
    # Kazakhstan's term: 3 November 2023 to 6 November 2024, both included; before it Uzbekistan's,
    # from 11 November 2022.
    found = with_acts(
        evidence,
        act("2023-11-03", "political", keys="bls2026"), act("2024-11-06", "transport-logistics"),
        act("2024-11-07", "political"), act("2024-01-01", "political", stage="proposed"),
        act("2023-11-02", "energy"), act("2022-11-11", "energy"), act("2022-11-10", "political"),
        act("2023-05-05", "political", stage="proposed"),
    )  # fmt: skip
    verdict = acts.attention(WORDS, found)
    assert verdict.rating == "supported"
    assert verdict.reason == (
        "Both spheres have completed acts on record within the chairmanship, 3 November 2023 to 6 "
        "November 2024: one political and one transport-logistics. In the term before they had no "
        "completed act."
    )
    assert verdict.sources == ("bls2026", "imf2022")
    # As many before in one sphere is not fewer.
    found = with_acts(
        evidence, act("2023-11-03", "political"), act("2024-11-06", "transport-logistics"),
        act("2023-11-02", "political"),
    )  # fmt: skip
    assert acts.attention(WORDS, found).rating == "supported in part"
    assert acts.attention(WORDS, found).reason.endswith("before they had one completed act.")
    # One sphere alone, nothing of the term before.
    one = with_acts(evidence, act("2023-11-03", "political"))
    assert acts.attention(WORDS, one).rating == "supported in part"
    assert acts.attention(WORDS, one).reason.endswith(
        "one political and none transport-logistics. Our record holds no act of the term before to "
        "compare with, so the word “special” cannot be weighed."
    )
    none = with_acts(evidence, act("2023-11-03", "energy", keys="bls2026"))
    assert acts.attention(WORDS, none).rating == "unverifiable"
    assert acts.attention(WORDS, none).sources == ("bls2026",)


def test_results_are_stated_with_the_state_of_the_fund(evidence):
    fund = evidence["fund"]
    fund = fund[fund["date"] < "2025-01-03"].copy()
    fund.loc[fund.index[-1], ["date", "fact"]] = ["2025-01-03", acts.OPERATING]
    found = altered(evidence, fund=fund, acts=pd.DataFrame([act("2024-01-01", "energy")]))
    verdict = acts.results("", found)
    assert verdict.rating == "supported"
    assert verdict.reason == (
        "Results: one completed act of the chairmanship on record, in one field. Projects: the "
        "article names none. The one joint project for which we found a sum, the Turkic Investment "
        "Fund of $500 million, had begun to work."
    )
    fund.loc[fund.index[-1], "date"] = "2025-01-04"  # a day after the interview
    late = acts.results("", altered(found, fund=fund))
    assert late.rating == "supported in part"
    assert late.reason.endswith(
        "was not yet at work by the interview: the last entry on record, of 4 January 2025, reads "
        f"“{acts.OPERATING}”."
    )


def test_ties_are_stated_with_what_is_older(evidence):
    found = with_acts(
        evidence,
        act("2023-11-02", "education", "An academy", keys="bls2026"),
        act("2024-01-01", "education", "A union", stage="proposed"),
        act("2023-11-03", "cultural-humanitarian", "Games", keys="imf2025weo"),
        act("2023-01-01", "education", "A plan", stage="proposed"),
    )
    verdict = acts.ties("", found)
    assert verdict.rating == "supported in part"
    assert verdict.reason == (
        "In education the record of the chairmanship holds no completed act and one proposal: "
        "A union. Completed before it: An academy, 2 November 2023. For creative circles it "
        "holds: Games. No source measures how close a tie is."
    )
    assert verdict.sources == ("imf2022", "imf2025weo", "bls2026")
    # A proposal alone, or an older act alone, is a part.
    for row in (act("2024-01-01", "education", stage="proposed"), act("2023-11-02", "education")):
        assert acts.ties("", with_acts(evidence, row)).rating == "supported in part"
    bare = acts.ties("", with_acts(evidence, act("2024-01-01", "energy")))
    assert bare.rating == "unverifiable"
    assert "and no proposal. Completed before it: none. For creative circles it holds: none." in (
        bare.reason
    )
    assert acts.ties("", with_acts(evidence, act("2024-01-01", "education"))).rating == "supported"


def test_fields_are_stated_by_what_was_completed_and_what_is_lacking(evidence):
    words = "in the fields of energy, industry, and agriculture"
    found = with_acts(
        evidence, act("2023-11-03", "energy"), act("2030-01-01", "industry", stage="announced"),
        act("2023-11-02", "agriculture"),
    )  # fmt: skip
    verdict = acts.fields(words, found)
    assert verdict.rating == "statement of intent"
    assert verdict.reason == (
        "An intention is not true or false yet. Two of the three fields have acts on record since "
        "3 November 2023 (energy: one completed, none agreed or proposed; industry: none "
        "completed, one agreed or proposed); fields with nothing found: agriculture."
    )
    assert verdict.depends == (
        Dependence(
            "what would carry the intention out",
            "completed acts are lacking in industry and agriculture",
            "a completed act in each of the three fields, two more than now (supported)",
        ),
    )
    nothing = acts.fields(words, with_acts(evidence, act("2023-11-02", "energy", keys="bls2026")))
    assert nothing.reason.endswith(
        "None of the three fields have acts on record since 3 November 2023; fields with nothing "
        "found: energy, industry and agriculture."
    )
    assert nothing.sources == ("bls2026",)
    whole = acts.fields("energy", with_acts(evidence, act("2023-11-03", "energy")))
    assert whole.rating == "supported"
    assert whole.reason.endswith(
        "since 3 November 2023 (energy: one completed, none agreed or proposed)."
    )
    refused(
        lambda: acts.fields_of("x" * 50),
        f"no field in {'x' * 40!r} (allowed: political, trade-economic, transport-logistics, "
        "cultural-humanitarian, energy, industry, agriculture, digitalization)",
    )
    assert acts.fields_of("industry, then energy") == ("industry", "energy")


def test_an_attitude_is_stated_with_its_acts_before_and_after(evidence):
    found = with_acts(
        evidence,
        act("2025-01-04", "Altai", "A visit", by="KAZ", keys="bls2026"),
        act("2024-10-15", "Altai", "A forum", by="RUS"),
        act("2025-01-03", "Altai", "A letter", by="KAZ"), act("2020-01-01", "Altai", "A motto"),
    )  # fmt: skip
    verdict = acts.altai("", found)
    assert verdict.rating == "supported"
    assert verdict.reason == (
        "By the day of the interview the record holds one act of Kazakhstan in this matter. One "
        "later one agrees with the words: A visit, 4 January 2025. The concept is called Russian; "
        "on record is one conference announced or held in Russia. We found no paper that sets it "
        "out."
    )
    assert verdict.sources == ("bls2026", "imf2022")
    assert verdict.earlier == (
        Earlier("2020-01-01", "a joint act", "A motto", ("imf2022",)),
        Earlier("2024-10-15", "Russia", "A forum", ("imf2022",)),
        Earlier("2025-01-03", "Kazakhstan", "A letter", ("imf2022",)),
        Earlier("2025-01-04", "Kazakhstan", "A visit", ("bls2026",)),
    )
    bare = acts.altai("", with_acts(evidence, act("2020-01-01", "energy", keys="bls2026")))
    assert bare.rating == "statement of intent"
    assert "holds no act of Kazakhstan in this matter. Nothing later was found." in bare.reason
    assert "on record is no conference announced or held in Russia" in bare.reason
    assert bare.sources == ("bls2026",)


def test_to_continue_is_stated_with_what_was_done(evidence):
    found = with_acts(
        evidence, act("2025-01-03", "heritage", "A fund"),
        act("2025-01-04", "education", "A school"),
        act("2020-01-01", "cultural-humanitarian", "Games", stage="proposed"),
    )  # fmt: skip
    verdict = acts.heritage("", found)
    assert verdict.rating == "statement of intent"
    assert (
        "one completed act in education, culture and heritage before the interview: A fund, 3 "
        "January 2025." in verdict.reason
    )
    late = acts.heritage("", with_acts(evidence, act("2025-01-04", "education", keys="bls2026")))
    assert late.rating == "unverifiable"
    assert (
        "no completed act in education, culture and heritage before the interview. No "
        in late.reason
    )
    assert late.sources == ("bls2026",)
    other = acts.heritage("", with_acts(evidence, act("2020-01-04", "energy", keys="imf2022")))
    assert other.sources == ("imf2022",)


def test_interest_is_stated_by_members_and_by_states_outside(evidence):
    found = with_acts(
        evidence, act("2024-01-01", "TURKTIME", keys="bls2026"),
        act("2024-01-01", "TURKTIME", by="KAZ"), act("2024-02-01", "TURKTIME", by="AZE"),
        act("2024-02-01", "TURKTIME", by="HUN"), act("2024-02-01", "energy", by="TUR"),
    )  # fmt: skip
    verdict = acts.community("", found)
    assert verdict.rating == "supported in part"
    assert verdict.reason == (
        "The priorities stand in one joint act on record, from the declaration of the heads of "
        "state to the bodies of the organisation. Acts of a single state other than the chair were "
        "found for one of the four other members and for one outside. We found no text that says "
        "how the interest was seen or measured."
    )
    assert verdict.sources == ("bls2026", "imf2022")
    beyond = acts.beyond("", found)
    assert beyond.rating == "supported"
    assert beyond.reason == (
        "Of the four acts on record that name the priorities, one came from a state outside the "
        "organisation (Hungary). The article does not say who showed interest."
    )
    bare = with_acts(evidence, act("2024-01-01", "energy", keys="bls2026"))
    for judge in (acts.community, acts.beyond):
        assert judge("", bare).rating == "unverifiable"
        assert judge("", bare).sources == ("bls2026",)
    assert (
        "for none of the four other members and for none outside" in acts.community("", bare).reason
    )
    assert "no joint act on record" in acts.community("", bare).reason
    assert "No act on record names the priorities." in acts.beyond("", bare).reason


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


@pytest.mark.parametrize("item", ["edition", "place", "opened", "closed"])
def test_games_without_a_report_of_one_part_are_not_judged(evidence, item):
    games = evidence["games"]
    gone = altered(evidence, games=games[games["item"] != item])
    verdict = context.games("", gone)
    assert (verdict.rating, verdict.reason) == (
        "unverifiable", "No report says that they were held, where and when.",
    )  # fmt: skip
    assert len(verdict.sources) > 1


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
    for judge, words in (
        (context.turkistan, "The summit's own text is not at hand."),
        (context.role_of_turkistan, "The text that gives the city its title is not at hand."),
    ):
        verdict = judge("", altered(evidence, place_wordings=bare))
        assert (verdict.rating, verdict.reason) == ("unverifiable", words)
        assert set(bare["source_keys"].iloc[0].split()) <= set(verdict.sources)


def test_neighbours_are_named_and_so_are_those_who_are_none(evidence):
    borders = pd.DataFrame(
        [("KAZ", "KGZ", 1, "bls2026"), ("KAZ", "TKM", 1, "bls2026"), ("KGZ", "UZB", 1, "bls2026")],
        columns=["country", "neighbour", "kilometres", "source_keys"],
    )
    members = pd.DataFrame(
        [("HUN", "observer", "2018", "imf2022"), ("TKM", "observer", "2021", "imf2022"),
         ("KGZ", "member", "2009", "imf2022")],
        columns=["country", "role", "since", "source_keys"],
    )  # fmt: skip
    verdict = context.partners("", altered(evidence, borders=borders, members=members))
    assert verdict.rating == "opinion"
    assert verdict.reason == (
        "That partners are vital is a judgement. That they are neighbors, taken as a land border, "
        "holds for one of the four other members (Kyrgyzstan), not for Azerbaijan, Türkiye and "
        "Uzbekistan. Of the observers it holds for Turkmenistan."
    )
    assert verdict.sources == ("bls2026", "imf2022")
    none = context.partners("", altered(evidence, borders=borders[1:], members=members[:1]))
    assert none.rating == "contradicted"
    assert "holds for none of the four other members (none), not for Azerbaijan, " in none.reason
    assert none.reason.endswith("Of the observers it holds for none.")


def test_summits_in_the_city_are_counted_after_its_title(evidence):
    events = pd.DataFrame(
        [("2021-03-31", "informal", "Turkistan"), ("2021-04-01", "summit", "Turkistan"),
         ("2022-01-01", "informal", "Turkestan"), ("2022-02-01", "summit", "Baku"),
         ("2022-03-01", "meeting", "Turkistan")],
        columns=["date", "kind", "place"],
    ).assign(source_keys="bls2026")  # fmt: skip
    verdict = context.role_of_turkistan("", altered(evidence, events=events))
    assert (
        "title of 31 March 2021. Of the three summits since then in our list, two met in the city;"
        in (verdict.reason)
    )
    assert "bls2026" in verdict.sources
    far = context.role_of_turkistan("", altered(evidence, events=events[3:]))
    assert "Of the one summit since then in our list, none met in the city;" in far.reason


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


def test_spans_of_days_are_written_shortly():
    assert context._from_to("8 May 2024", "9 May 2024") == "8 to 9 May 2024"
    assert context._from_to("8 May 2023", "9 May 2024") == "8 May 2023 to 9 May 2024"
    assert context._any({"b", "a", "c"}) == "a or b or c"


# --- priorities, the route and trade ------------------------------------------------------------

NAMES = "eight priorities: Traditions, Unification, Reforms, Knowledge, Trust, Investments, " \
        "Mediation, and Energy"  # fmt: skip


def test_a_list_is_stated_by_its_number_its_order_and_its_letters(evidence):
    swapped = NAMES.replace("Trust", "X").replace("Energy", "Trust").replace("X", "Energy")
    verdict = priorities.eight(swapped, evidence)
    assert verdict.rating == "supported in part"
    assert verdict.reason == (
        "The article names eight priorities, not in the order of the official list; their first "
        "letters spell TURKEIMT. It leaves out the horizon of ten years that the summit speech set."
    )
    seven = priorities.eight(NAMES.replace(", and Energy", ""), evidence)
    assert seven.rating == "contradicted"
    assert seven.reason.startswith("The article names seven priorities, not in the order")
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
    told = routes.role("", evidence).reason
    assert "main line runs through Kazakhstan and Azerbaijan, the branch also through T" in told
    assert "no leg in Kyrgyzstan or Uzbekistan" in told
    assert [number.value for number in none.numbers] == [0, 0]


def test_total_trade_is_stated_with_where_it_stands(evidence):
    assert (trade._side(45.1, 45.0), trade._side(45.0, 45.0)) == ("above", "not above")
    rungs = pd.DataFrame(
        [("once", 25.0), ("twice", 50.0), ("once", 35.0), ("twice", 70.0)],
        columns=["count", "central"],
    )
    # Members once 25: they need 45, 22.5; with ten more from outside 35 and 12.5.
    assert trade._needed(rungs, 25.0, 45.0) == [45, 22.5, 35, 12.5]


def said(*rows):
    columns = ["date", "speaker", "office", "year", "bound", "usd_billion", "source_keys"]
    return pd.DataFrame(rows, columns=columns)


def test_the_day_of_a_statement_is_stated_before_or_after_its_year():
    rows = said(("2025-02-01", "A", "x", 2024, "exactly", 45.0, "s1 s2"))
    assert trade._timing(rows, 2024, 45.0) == (
        "It was first said on 1 February 2025.", ("s1", "s2"),
    )  # fmt: skip
    rows = said(("2024-12-31", "A", "x", 2024, "exactly", 45.0, "s"))
    assert trade._timing(rows, 2024, 45.0)[0] == "It was first said on 31 December 2024."
    rows = said(("2024-12-30", "A", "x", 2024, "exactly", 45.0, "s"))
    assert trade._timing(rows, 2024, 45.0) == (
        "The same words were first said on 30 December 2024, 1 days before the year was over.",
        ("s",),
    )
    assert trade._timing(rows, 2023, 45.0) == ("It is not found in an earlier statement.", ())


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
