"""A sentence holds what its values say, in every state, and nothing typed."""

import pytest

from analysis.chapter.sentences import compose, pick, typed
from analysis.chapter.table import Badge
from analysis.errors import ChapterError, SourceError
from analysis.quantities import Quantity

ONCE = Quantity(25.04, "USD billion", "sum of ten pairs", ("imf2022",), ("trade_pairs",), 2024)
FALL = Quantity(9.6, "%", "change on the year before", (), ())


def said(template, **values):
    return compose(template, values, "trade").text


def test_a_number_is_written_as_its_unit_is_and_leads_to_its_card():
    assert (
        said("It came to {once}.", once=ONCE) == "It came to [$25.0 billion](#number-trade-once)."
    )
    assert said("About {once:0}.", once=ONCE) == "About [$25 billion](#number-trade-once)."


def test_words_for_the_state_of_the_evidence_may_hold_numbers_themselves():
    moved = pick("fell", fell="fell by {change}", rose="rose by {change}", level="hardly moved")
    assert said("It {moved}.", moved=moved, change=FALL).startswith("It fell by [10")
    level = pick("level", fell="fell by {change}", rose="rose by {change}", level="hardly moved")
    assert said("It {moved}.", moved=level, change=FALL) == "It hardly moved."


def test_a_year_and_a_name_are_words_and_a_rating_is_a_badge():
    text = said(
        "{who} in {year}: {rating}.", who="Kazakhstan", year=2024, rating=Badge("supported")
    )
    assert text == "Kazakhstan in 2024: [supported](#rating-supported)."


def test_a_citation_is_a_link_to_its_source_that_names_its_key():
    text = said("It was said [@tokayev2025ana].")
    assert text.startswith("It was said ([")
    assert text.endswith(' "cite:tokayev2025ana")).')
    with pytest.raises(SourceError, match="unknown source key 'nobody2024'"):
        said("It was said [@nobody2024].")


def test_roles_of_the_pages_are_left_alone():
    assert said("See {numref}`fig-trade-ladder`.") == "See {numref}`fig-trade-ladder`."


@pytest.mark.parametrize(
    ("template", "values", "refusal"),
    [
        ("It was {total}.", {}, "no value for {total}"),
        ("It was large.", {"once": ONCE}, "no place for 'once'"),
        ("It {moved}.", {"moved": pick(True, {True: "fell by {x}", False: ""})},
         "no value for {x}"),
        ("It {moved}.", {"moved": pick(False, {True: "fell by {x}", False: ""})},
         "no value for {x}"),  # a state that the evidence is not in needs its values all the same
        ("It was $45 billion.", {}, "'\\$45' is typed in prose"),
        ("It {moved}.", {"moved": pick("a", a="rose", b="rose by 12%")}, "'12%' is typed in prose"),
        ("Of {n} claims", {"n": 14}, "n is 14 .*a whole number only as a year"),
        ("It was {x}", {"x": 2.5}, "x is 2.5"),
    ],
)  # fmt: skip
def test_what_would_lie_by_accident_is_refused(template, values, refusal):
    with pytest.raises(ChapterError, match=refusal):
        compose(template, values, "trade")


def test_a_state_without_words_is_refused():
    with pytest.raises(
        ChapterError, match=r"no words for the state 'level' \(allowed: fell, rose\)"
    ):
        pick("level", fell="fell", rose="rose")


@pytest.mark.parametrize(
    "text",
    ["On 6 November 2024.", "He said “more than $45 billion”.", "## What 45% means", "In 2024.",
     "[it](https://x.org/12.5%)", "On 10 and 11 May 2024."],
)  # fmt: skip
def test_dates_years_quotations_headings_and_addresses_are_not_figures(text):
    assert not typed(text)
