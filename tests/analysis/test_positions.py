"""Opinions, positions and intents, and words cut from their claims: each on altered evidence."""

import pandas as pd
import pytest

from analysis.claims import positions
from analysis.claims.forms import Earlier
from tests.quantity_checks import act, altered, with_acts


def borders(*rows):
    frame = pd.DataFrame(list(rows), columns=["neighbour", "across"])
    return frame.assign(country="KAZ", source_keys="bls2026")


def responses(*rows):
    columns = ["date", "who", "standing", "country", "what", "how", "source_keys"]
    return pd.DataFrame([(*row, "bls2026") for row in rows], columns=columns)


PRAISE = ("2024-07-06", "Heads of state", "heads of state", None, "declaration of Shusha",
          "praised what was done under it")  # fmt: skip
WORDS = ("2023-11-05", "A think tank", "institute", "TUR", "Analysis", "took up all eight words")
NAMED = ("2023-11-03", "Heads of state", "heads of state", None, "declaration of Astana",
         "named it as its theme")  # fmt: skip


# --- neighbours ---------------------------------------------------------------------------------


def test_neighbours_by_land_and_by_sea_are_named_and_so_is_who_is_none(evidence):
    # By the map: two borders on land, the Caspian Sea to Azerbaijan, none to Türkiye.
    verdict = positions.neighbours("", evidence)
    assert verdict.rating == "supported in part"
    assert verdict.reason == (
        "Kyrgyzstan and Uzbekistan border Kazakhstan on land; Azerbaijan faces it across the "
        "Caspian Sea; Türkiye is not a neighbour."
    )
    assert "two of the four other members border Kazakhstan" in verdict.depends[0].otherwise
    assert verdict.numbers[0].value == 2


@pytest.mark.parametrize(
    ("rows", "rating", "reason", "alone"),
    [
        ([(code, "land") for code in ("AZE", "KGZ", "TUR", "UZB")], "supported",
         "Azerbaijan, Kyrgyzstan, Türkiye and Uzbekistan border Kazakhstan on land.",
         "four of the four other members border"),
        ([("KGZ", "land"), ("AZE", "sea"), ("UZB", "sea")], "supported in part",
         "Kyrgyzstan borders Kazakhstan on land; Azerbaijan and Uzbekistan face it across the "
         "Caspian Sea; Türkiye is not a neighbour.", "one of the four other members borders"),
        ([("KGZ", "land"), ("AZE", "sea")], "supported in part",
         "Kyrgyzstan borders Kazakhstan on land; Azerbaijan faces it across the Caspian Sea; "
         "Türkiye and Uzbekistan are not neighbours.", "one of the four other members borders"),
        ([("AZE", "sea")], "supported in part",
         "Azerbaijan faces it across the Caspian Sea; Kyrgyzstan, Türkiye and Uzbekistan are "
         "not neighbours.", "none of the four other members border"),
        ([("TKM", "land")], "contradicted",
         "Azerbaijan, Kyrgyzstan, Türkiye and Uzbekistan are not neighbours.",
         "none of the four other members border"),
    ],
)  # fmt: skip
def test_borders_decide_who_is_a_neighbour(evidence, rows, rating, reason, alone):
    verdict = positions.neighbours("", altered(evidence, borders=borders(*rows)))
    assert (verdict.rating, verdict.reason) == (rating, reason)
    assert verdict.depends[0].otherwise == f"on land alone, {alone} Kazakhstan"
    assert verdict.sources == ("bls2026",)


# --- how the priorities were received -------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "rating", "words"),
    [
        ([PRAISE, WORDS], "supported",
         "Heads of state praised what was done under the motto in the declaration of Shusha (6 "
         "July 2024). One other text took up the eight words themselves, by A think tank."),
        ([PRAISE], "supported in part",
         "(6 July 2024). We found no text that takes up the eight words themselves."),
        ([WORDS], "supported in part",
         "We found no text in which heads of state praised what was done under the motto. One text "
         "took up the eight words themselves, by A think tank."),
        # Praise by others is none by heads of state; a body is named with its article.
        ([(*PRAISE[:1], "assembly", "body", *PRAISE[3:]), (*WORDS[:1], "Hungary", "state", "HUN",
           *WORDS[4:]), (*WORDS[:1], "assembly", "body", *WORDS[3:])], "supported in part",
         "We found no text in which heads of state praised what was done under the motto. Two "
         "texts took up the eight words themselves, by Hungary and the assembly."),
        ([PRAISE, ("2024-01-01", *PRAISE[1:4], "declaration", PRAISE[5])], "supported in part",
         "in the declaration (1 January 2024) and the declaration of Shusha (6 July 2024). We"),
        # A summit that bears a motto has not yet said what it thinks of it.
        ([NAMED], "unverifiable", "We found no text in which heads of state praised"),
        # On the day of the interview and after it, praise comes too late.
        ([("2025-01-03", *PRAISE[1:])], "unverifiable", "We found no text in which"),
    ],
)  # fmt: skip
def test_interest_is_shown_by_what_others_wrote_before_the_interview(evidence, rows, rating, words):
    found = altered(evidence, motto_responses=responses(*rows))
    verdict = positions.interest("", found)
    assert verdict.rating == rating
    assert words in verdict.reason
    assert verdict.sources == ("bls2026",)


def test_the_texts_on_the_motto_are_its_history(evidence):
    found = altered(evidence, motto_responses=responses(PRAISE, WORDS))
    assert positions.interest("", found).earlier == (
        Earlier("2023-11-05", "A think tank", "Analysis; took up all eight words", ("bls2026",)),
        Earlier("2024-07-06", "Heads of state",
                "declaration of Shusha; praised what was done under it", ("bls2026",)),
    )  # fmt: skip


def test_no_text_of_governments_shows_what_an_entire_community_thinks(evidence):
    rows = (WORDS, PRAISE, (*WORDS[:2], "state", "HUN", *WORDS[4:]), (*WORDS[:2], "body", None,
            *WORDS[4:]))  # fmt: skip
    for count, told in ((2, "governments and an institute"),
                        (4, "governments, bodies of the organisation, single states and an "
                            "institute")):  # fmt: skip
        found = altered(evidence, motto_responses=responses(*rows[:count]))
        verdict = positions.community("", found)
        assert verdict.rating == "unverifiable"
        assert verdict.reason == (
            f"The texts that we found come from {told}. None says how the interest of an entire "
            "community was seen or measured, and we know of no survey that asked about the "
            "priorities."
        )
    late = altered(evidence, motto_responses=responses(("2025-01-03", *WORDS[1:])))
    assert positions.community("", late).reason == (
        "We found no text on the priorities that is older than the interview, and we know of no "
        "survey that asked about the priorities."
    )
    assert positions.community("", late).sources == ("bls2026",)


def test_an_institute_in_a_member_state_is_not_beyond_the_members(evidence):
    verdict = positions.beyond("", altered(evidence, motto_responses=responses(PRAISE, WORDS)))
    assert verdict.rating == "unverifiable"
    assert verdict.reason == (
        "We found nobody outside the member states who took the priorities up, and the article "
        "names nobody. One institute did, A think tank, but Türkiye is a member."
    )
    two = responses(WORDS, (WORDS[0], "Another", WORDS[2], "KAZ", *WORDS[4:]))
    assert positions.beyond("", altered(evidence, motto_responses=two)).reason.endswith(
        "One institute did, A think tank, but Türkiye is a member. So did Another, of Kazakhstan."
    )
    # One in an observer state is.
    outside = responses((*WORDS[:3], "HUN", *WORDS[4:]))
    verdict = positions.beyond("", altered(evidence, motto_responses=outside))
    assert verdict.rating == "supported"
    assert (
        verdict.reason == "Outside the member states the priorities were taken up by A think tank."
    )
    late = responses(("2025-05-21", *WORDS[1:3], "HUN", *WORDS[4:]))
    assert positions.beyond("", altered(evidence, motto_responses=late)).rating == "unverifiable"


# --- opinions, positions, intents -----------------------------------------------------------------


def test_an_opinion_stays_one_whatever_the_evidence(evidence):
    members = evidence["members"].head(1)
    assert positions.vital("", altered(evidence, members=members)).rating == "opinion"
    wordings = evidence["place_wordings"]
    bare = altered(evidence, place_wordings=wordings[wordings["kind"] != "own text"])
    verdict = positions.role_of_turkistan("", bare)
    assert verdict.rating == "opinion"
    assert verdict.reason.endswith("gives the city its title was not available to us.")


def test_summits_in_the_city_are_counted_after_its_title(evidence):
    events = pd.DataFrame(
        [("2021-03-31", "informal", "Turkistan"), ("2021-04-01", "summit", "Turkistan"),
         ("2022-01-01", "informal", "Turkestan"), ("2022-02-01", "summit", "Baku"),
         ("2022-03-01", "meeting", "Turkistan")],
        columns=["date", "kind", "place"],
    ).assign(source_keys="bls2026")  # fmt: skip
    verdict = positions.role_of_turkistan("", altered(evidence, events=events))
    assert verdict.reason.endswith(
        "Of the three summits on our record since the city received its title, on 31 March 2021, "
        "two took place there."
    )
    for met, told in (
        (events[3:4], "Of the one summit on our record since the city received its title, on 31 "
                      "March 2021, none took place there."),
        (events[:1], "No summit is on our record since the city received its title, on 31 March "
                     "2021."),
    ):  # fmt: skip
        found = positions.role_of_turkistan("", altered(evidence, events=met))
        assert found.reason.endswith(told)
    # The article says what it says of the city; it is no source for that.
    assert "tokayev2025ana" not in verdict.sources
    assert "vlast2025" not in verdict.sources


def test_an_intention_is_told_with_what_followed(evidence):
    # The chairmanship began on 3 November 2023.
    words = "in the fields of energy, industry, and agriculture"
    found = with_acts(
        evidence, act("2023-11-03", "energy"), act("2030-01-01", "industry", stage="promised"),
        act("2023-11-02", "agriculture"),
    )  # fmt: skip
    verdict = positions.fields(words, found)
    assert (verdict.rating, verdict.depends) == ("statement of intent", ())
    assert verdict.reason == (
        "An intention is neither true nor false, but what came of it can be seen. Since 3 November "
        "2023 something has been signed, taken effect or begun to work in energy. In industry we "
        "found meetings, declarations and proposals, but nothing beyond a promise. In agriculture "
        "we found nothing."
    )
    # Where nothing is on record, the record itself is the source.
    nothing = with_acts(evidence, act("2024-01-01", "energy", keys="rferl2023"))
    assert positions.fields("agriculture", nothing).sources == ("rferl2023",)
    # All of it carried out, it is an intention still.
    whole = positions.fields("energy", with_acts(evidence, act("2024-01-01", "energy")))
    assert whole.rating == "statement of intent"
    assert whole.reason.endswith("taken effect or begun to work in energy.")


@pytest.mark.parametrize(
    ("rows", "reason", "who"),
    [
        # By date, whatever the order of the table; what was done by the day itself is not since.
        ([("2025-09-17", "KAZ", "working"), ("2025-02-01", "KAZ", "working"),
          ("2025-01-03", "KAZ", "working"), ("2024-10-09", "RUS", "working")],
         "we found one conference on it in Russia. Kazakhstan has acted in line with it twice "
         "since the interview, first on 1 February 2025. We found no paper", "Russia Kazakhstan "
         "Kazakhstan Kazakhstan"),
        ([("2025-02-01", "KAZ", "working"), ("2025-03-01", "KAZ", "working"),
          ("2025-04-01", "KAZ", "promised")],
         "we found no conference on it in Russia. Kazakhstan has acted in line with it three times "
         "since the interview, first on 1 February 2025. Our record ends with an announcement, on "
         "1 April 2025, of a further conference. We", "Kazakhstan Kazakhstan Kazakhstan"),
        ([("2025-01-04", "KAZ", "working")], "we found no conference on it in Russia. Kazakhstan "
         "has acted in line with it once since the interview, on 4 January 2025. We found no "
         "paper", "Kazakhstan"),
        # An announcement that something followed is not the end of the record.
        ([("2025-02-01", "KAZ", "promised"), ("2025-03-01", "RUS", "working"),
          ("2025-03-02", None, "signed"), ("2024-03-01", "RUS", "working")],
         "we found two conferences on it in Russia. Kazakhstan has acted in line with it once "
         "since the interview, on 1 February 2025. We", "Russia Kazakhstan Russia a joint act"),
        ([("2025-01-02", "KAZ", "working")], "we found no conference on it in Russia. We found no "
         "act of Kazakhstan since the interview. We found no paper", "Kazakhstan"),
    ],
)  # fmt: skip
def test_acts_on_the_altai_concept_are_told_by_date_and_by_whom(evidence, rows, reason, who):
    made = [act(day, "Altai", stage=stage, by=by) for day, by, stage in rows]
    other = act("2025-02-02", "heritage", "A museum in the Altai", by="KAZ", keys="bls2026")
    verdict = positions.altai("", with_acts(evidence, *made, other))
    assert verdict.rating == "position"
    assert f"The concept is Russian: {reason}" in verdict.reason
    assert " ".join(step.who for step in verdict.earlier) == who
    assert verdict.sources == ("imf2022",)
    assert positions.altai("", with_acts(evidence, other)).sources == ("bls2026",)


def test_support_for_initiatives_is_a_position_with_proposals_before_the_interview(evidence):
    found = with_acts(
        evidence, act("2025-01-03", "energy", stage="promised", by="KAZ"),
        act("2025-01-04", "energy", stage="promised", by="KAZ"),
        act("2024-01-01", "energy", stage="promised", by="UZB"),
    )  # fmt: skip
    verdict = positions.initiatives("", found)
    assert verdict.rating == "position"
    assert "one proposal that Kazakhstan had itself made in the organisation" in verdict.reason
    assert verdict.sources == ("imf2022", "nurnews2025")
    # What was signed is no proposal.
    none = with_acts(evidence, act("2024-01-01", "energy", by="KAZ"))
    assert "holds no proposal that Kazakhstan had" in positions.initiatives("", none).reason
    assert positions.initiatives("", none).sources == ("nurnews2025",)


def test_to_continue_is_told_with_what_was_done_before(evidence):
    found = with_acts(
        evidence, act("2025-01-03", "heritage", "Fund"), act("2025-01-04", "education"),
        act("2020-01-01", "cultural-humanitarian", stage="promised"),
    )  # fmt: skip
    verdict = positions.heritage("", found)
    assert verdict.rating == "statement of intent"
    assert verdict.reason.endswith(
        "In education, culture and heritage our record holds the fund (2025)."
    )
    assert verdict.sources == ("imf2022",)
    other = with_acts(evidence, act("2024-01-01", "energy", keys="bls2026"))
    assert positions.heritage("", other).sources == ("bls2026",)
    late = positions.heritage("", with_acts(evidence, act("2025-01-04", "education")))
    assert late.rating == "statement of intent"
    assert "“Continue” needs something done before" in late.reason
