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


@pytest.mark.parametrize(
    "text",
    ["On 6 November 2024.", "He said “more than $45 billion”.", "## What 45% means", "In 2024.",
     "[it](https://x.org/12.5%)", "On 10 and 11 May 2024."],
)  # fmt: skip
def test_dates_years_quotations_headings_and_addresses_are_not_figures(text):
    assert not typed(text)


# --- what a number is, and what its sentence says of it -------------------------------------------

ONE_WAY = Quantity(
    25.04, "USD billion", "exporters' reports of five members, each flow once", (), (), 2024
)
LESS, MORE = (Quantity(it, "%", "share", (), (), None) for it in (3.0, 6.0))


@pytest.mark.parametrize(
    ("words", "values", "refusal"),
    [
        # Another year than the number's; the years of its rule and of its neighbours are its own.
        ("In 2014 it was {n}.", {"n": ONE_WAY}, r"^\$25.0 billion is of 2024 and stands with 2014"),
        ("In 2014 and 2019 it was {n}.", {"n": ONE_WAY}, "stands with 2014, 2019"),
        # Another side, count, membership, than the rule's.
        ("Importers reported {n}.", {"n": ONE_WAY}, "'importer' beside .*allowed: exporters'"),
        ("Counted twice it is {n}.", {"n": ONE_WAY}, "'twice' beside"),
        ("With the observers it is {n}.", {"n": ONE_WAY}, "'observer' beside"),
        # Another unit after it, or its own once more.
        ("It came to {n} million.", {"n": ONE_WAY}, r"\$25.0 billion million"),
        ("It came to {n} billion.", {"n": ONE_WAY}, r"\$25.0 billion billion"),
        ("It came to ${n:bare} million.", {"n": ONE_WAY}, "25.0 million .allowed: USD billion"),
        ("It rose by {n:bare} per cent.", {"n": ONE_WAY}, "25.0 per cent"),
        # Low and high exchanged.
        ("Between {a} to {b}.", {"a": MORE, "b": LESS}, r"6% to 3% .allowed: the lower end first"),
        # Numbers in words, or with another unit.
        ("It passed forty-five billion.", {}, "'forty-five billion' is typed"),
        ("A rise of 12 per cent.", {}, "'12 per cent' is typed"),
        ("A rise of twelve percent.", {}, "'twelve percent' is typed"),
        ("It took 3 weeks.", {}, "'3 weeks' is typed"),
        ("It is 3,200 km.", {}, "'3,200 km' is typed"),
        ("So did 4.5 of them.", {}, "'4.5' is typed"),
    ],
)  # fmt: skip
def test_words_that_say_another_thing_than_their_number_are_refused(words, values, refusal):
    with pytest.raises(ChapterError, match=refusal):
        compose(words, values, "trade")


def test_words_that_fit_their_number_pass():
    growth = Quantity(2.1, "times", "total of 2024 over total of 2014", (), (), 2024)
    for words, values in (
        ("Since 2014 it grew {g}, to {n}.", {"g": growth, "n": ONE_WAY}),
        ("From the trough of 2014 it rose {g}.", {"g": growth}),
        ("Once it is ${n:bare} billion. Twice is more.", {"n": ONE_WAY}),
        ("It fell from {b} to {a}; {a} to {b} is the range.", {"a": LESS, "b": MORE}),
        ("The five of them; a thousand tonnes; one in ten.", {}),
    ):
        assert compose(words, values, "trade").text


def test_the_year_right_after_a_number_is_its_own_whatever_a_number_beside_it_is_of():
    first, last = (
        Quantity(value, "USD billion", "each flow once", (), (), year)
        for value, year in ((13.0, 2014), (25.0, 2024))
    )
    good = "From {first} in 2014 it went to {last} in 2024."
    assert compose(good, {"first": first, "last": last}, "trade").text.endswith("in 2024.")
    wrong = "From {first} in 2024 it went to {last}; {first} is of 2014."
    with pytest.raises(ChapterError, match=r"\$13\.0 billion is of 2014 and stands with 2024"):
        compose(wrong, {"first": first, "last": last}, "trade")
