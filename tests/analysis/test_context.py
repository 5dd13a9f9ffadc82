"""Who speaks, the organisation and its counts: rules on tables made by hand, then the evidence."""

import datetime
import re

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis import article, context, dates, stages, tables
from analysis.context import sizes
from analysis.countries import FIVE, FOUR, WITH_OBSERVERS, Membership
from analysis.errors import ReckoningError
from analysis.quantities import Quantity
from tests.quantity_checks import refused, same

NAN = float("nan")
TWO = Membership("two members", ("AZE", "KAZ"))


# --- dates --------------------------------------------------------------------------------------


def test_dates_are_placed_on_an_axis_of_years():
    refused(
        lambda: dates.day("2024-02"),
        "date '2024-02' is not exact to the day (allowed: YYYY-MM-DD)",
    )
    # 31 days of January of 366; a month stands at its fifteenth.
    assert dates.decimal_year("2024-02-01") == pytest.approx(2024 + 31 / 366)
    assert dates.decimal_year("2024-02") == pytest.approx(2024 + 45 / 366)


# --- the chair ----------------------------------------------------------------------------------

EVENTS = pd.DataFrame(
    [
        ("2024-11-06", "chairmanship", "KGZ", "e3"),
        ("2023-11-03", "chairmanship", "KAZ", "e1 e2"),
        ("2023-11-13", "chairmanship", "UZB", "e2"),
        ("2009", "founding", None, "e4"),
        ("2023-11-03", "summit", None, "e5"),
    ],
    columns=["date", "kind", "country", "source_keys"],
)


def test_a_term_ends_where_the_next_begins():
    expected = pd.DataFrame(
        {
            "country": ["KAZ", "UZB", "KGZ"],
            "start": ["2023-11-03", "2023-11-13", "2024-11-06"],
            "end": ["2023-11-13", "2024-11-06", None],
            "days": pd.array([10, 359, None], dtype="Int64"),
            "source_keys": ["e1 e2", "e2 e3", "e3"],
        }
    )  # fmt: skip
    assert_frame_equal(context.terms(EVENTS), expected)
    same(context.chairmanship_days(EVENTS, "UZB"), 359, "days", "from 2023-11-13 to 2024-11-06",
         ("e2", "e3"), ("events",), 2024)  # fmt: skip
    refused(
        lambda: context.terms(EVENTS.assign(date=EVENTS["date"].str[:7])),
        "date '2023-11' is not exact to the day (allowed: YYYY-MM-DD)",
    )
    for code in ("KGZ", "AZE"):
        refused(
            lambda c=code: context.chairmanship_days(EVENTS, c),
            f"table events: 0 ended chairmanships of '{code}' (allowed: one)",
        )


BORDERS = pd.DataFrame(
    [("KAZ", "KGZ", "land", "b1"), ("KAZ", "CHN", "land", "b2"), ("KAZ", "UZB", "land", "b3"),
     ("KGZ", "UZB", "land", "b4"), ("KAZ", "KAZ", "land", "b5"), ("KAZ", "AZE", "sea", "b6")],
    columns=["country", "neighbour", "across", "source_keys"],
)  # fmt: skip


def test_neighbours_are_those_of_the_list():
    same(context.neighbours(BORDERS, "KAZ", FIVE), 2, "members",
         "five members with a land border with KAZ", ("b1", "b3"), ("borders",), 2026)  # fmt: skip
    same(context.neighbours(BORDERS, "KAZ", FIVE, "sea"), 1, "members",
         "five members with a sea border with KAZ", ("b6",), ("borders",), 2026)  # fmt: skip


# --- counts of events ---------------------------------------------------------------------------

COUNTS = pd.DataFrame(
    [
        ("2023-11-07", "B", "term", "UZB", "exactly", 3, "whole", "none found", "x"),
        ("2023-11-09", "A", "term", "KAZ", "about", 12, "whole", "none found", "c2"),
        ("2023-11-05", "A", "term", "KAZ", "more than", 4, "part", "none found", "c1"),
        ("2023-11-11", "B", "term", "KAZ", "more than", 12, "whole", "none found", "c3 c2"),
        ("2022-01-01", "C", "2022", None, "exactly", 62, "whole", "found", "c4"),
    ],
    columns=["date", "speaker", "period", "chair", "bound", "count", "covers", "list_published",
             "source_keys"],
)  # fmt: skip
HISTORY = context.count_history(COUNTS, EVENTS, "KAZ")


def test_the_history_of_a_count_runs_by_the_days_of_the_term():
    expected = pd.DataFrame(
        {
            "date": ["2023-11-05", "2023-11-09", "2023-11-11"], "day": [2, 6, 8],
            "speaker": ["A", "A", "B"], "bound": ["more than", "about", "more than"],
            "count": [4, 12, 12], "term": 10, "start": "2023-11-03", "end": "2023-11-13",
            "source_keys": ["c1", "c2", "c3 c2"],
        }
    )  # fmt: skip
    assert_frame_equal(HISTORY, expected)
    refused(
        lambda: context.count_history(COUNTS[:1], EVENTS, "KAZ"),
        "table event_counts: no chair KAZ (allowed: UZB)",
    )


def test_a_count_says_when_it_was_first_stated_and_what_was_left():
    tables = ("event_counts", "events")
    same(context.first_stated(HISTORY, 12), 6, "days into the term", "first stated on 2023-11-09",
         ("c2",), tables, 2023)  # fmt: skip
    same(context.stated_count(HISTORY, "2023-11-11"), 12, "events",
         "as stated on 2023-11-11: more than", ("c3", "c2"), ("event_counts",), 2023)  # fmt: skip
    assert context.first_date(HISTORY, 12) == datetime.date(2023, 11, 9)
    same(
        context.days_left(HISTORY, 12),
        4,
        "days",
        "first stated on 2023-11-09, to the end of the term on 2023-11-13",
        ("c2",),
        tables,
        2023,
    )
    same(context.stated_times(HISTORY, 12), 2, "times", "statements of 12 events", ("c2", "c3"),
         ("event_counts",))  # fmt: skip
    refused(
        lambda: context.first_stated(HISTORY, 5),
        "stated numbers of events: no count 5 (allowed: 4, 12)",
    )
    refused(
        lambda: context.stated_count(HISTORY, "2023-11-06"),
        "stated numbers of events: no date 2023-11-06 (allowed: 2023-11-05, 2023-11-09, "
        "2023-11-11)",
    )


def test_events_per_day_run_from_the_last_lower_count_or_from_the_beginning():
    tables = ("event_counts", "events")
    same(context.events_per_day(HISTORY, 12), 2, "events a day",
         "(12 − 4) over the days from day 2 to day 6", ("c1", "c2"), tables, 2023)  # fmt: skip
    same(context.events_per_day(HISTORY, 4), 2, "events a day",
         "(4 − 0) over the days from day 0 to day 2", ("c1",), tables, 2023)  # fmt: skip
    # Of two lower counts the later one; a count of the same day is not before it.
    more = pd.concat(
        [HISTORY[:1], HISTORY[:1].assign(day=4, count=6, source_keys="c0"), HISTORY[1:]]
    )
    assert context.events_per_day(more, 12).value == 3
    assert context.events_per_day(more, 12).sources == ("c0", "c2")
    equal = pd.concat([HISTORY[:1].assign(day=6), HISTORY[1:]])
    assert context.events_per_day(equal, 12).value == 2  # 12 in six days


def test_a_list_of_events_is_found_only_where_the_table_says_so():
    assert not context.has_list(COUNTS, "KAZ")
    assert context.has_list(COUNTS.assign(list_published="found"), "KAZ")


# --- the Games ----------------------------------------------------------------------------------

GAMES = pd.DataFrame(
    [
        ("countries", "reported", "89", 89.0, "countries", "g1"),
        ("third", "reported", "Russia", NAN, None, "g1 g2"),
        ("countries", "announced", "More than 100", 100.0, "countries", "g3"),
        ("third", "reported", "Uzbekistan", NAN, None, "g4"),
        ("edition", "reported", "Fifth", 5.0, None, "g1"),
        ("budget", "reported", "5.7", 5.7, "KZT", "g5"),
        ("budget", "reported", "8", 8.0, "KZT", "g6"),
    ],
    columns=["item", "stage", "version", "value", "unit", "source_keys"],
)  # fmt: skip


def test_versions_of_the_games_stand_beside_each_other():
    expected = pd.DataFrame(
        [("countries", "89", "More than 100", False, "g1 g3"),
         ("third", "Russia / Uzbekistan", "", True, "g1 g2 g4"),
         ("edition", "Fifth", "", False, "g1"), ("budget", "5.7 / 8", "", True, "g5 g6")],
        columns=["item", "reported", "announced", "disputed", "source_keys"],
    )  # fmt: skip
    assert_frame_equal(context.versions(GAMES), expected)
    same(context.disputed(GAMES), 2, "items", "items reported in more than one version",
         ("g1", "g2", "g4", "g5", "g6"), ("games",), 2024)  # fmt: skip
    same(context.reported(GAMES, "countries"), 89, "countries", "countries, as reported", ("g1",),
         ("games",), 2024)  # fmt: skip
    assert context.reported(GAMES, "edition").unit == ""
    for item, versions in (("budget", 2), ("third", 2), ("fee", 0)):
        refused(
            lambda i=item: context.reported(GAMES, i),
            f"{versions} reported versions of '{item}' (allowed: one version, with a figure)",
        )
    refused(
        lambda: context.reported(GAMES[:2], "third"),
        "1 reported versions of 'third' (allowed: one version, with a figure)",
    )


# --- acts ---------------------------------------------------------------------------------------

ACTS = pd.DataFrame(
    [("2024-01-01", "energy", "Treaty", "signed", "a1"),
     ("2024-12-31", "energy", "Plan", "promised", "a2"),
     ("2024-05-05", "trade", "Fund", "promised", "a3 a1"),
     ("2025-01-01", "trade", "Bank", "in force", "a4"),
     ("2023-12-31", "trade", "Talks", "working", "a5")],
    columns=["date", "field", "act", "stage", "source_keys"],
)  # fmt: skip


def test_acts_of_a_span_include_both_its_ends():
    expected = pd.DataFrame(
        [("trade", 0, 1, "Fund", "a3 a1"), ("games", 0, 0, "", ""),
         ("energy", 1, 1, "Treaty; Plan", "a1 a2")],
        columns=["field", "done", "not_done", "acts", "source_keys"],
    )  # fmt: skip
    fields = ("trade", "games", "energy")
    assert_frame_equal(context.acts_on_record(ACTS, fields, "2024-01-01", "2024-12-31"), expected)
    within = context.acts_within(ACTS, fields, "2024-01-01", "2024-12-31")
    assert within["act"].tolist() == ["Fund", "Treaty", "Plan"]


def test_done_is_signed_in_force_or_working_and_a_promise_is_not():
    assert stages.DONE == tuple(stages.STAGES)[1:] == ("signed", "in force", "working")
    for name in ("acts", "priority_steps"):
        assert set(tables.read(name)["stage"]) <= set(stages.STAGES), name


def test_declarations_communiques_memoranda_and_plans_are_promises():
    acts = tables.read("acts")
    words = acts["act"].str.contains(
        "declaration|communiqué|memorandum|action plan|plan of action|programme|strategy",
        case=False,
    )
    assert set(acts.loc[words, "stage"]) == {"promised"}


# --- size ---------------------------------------------------------------------------------------

SIZES = pd.DataFrame(
    [
        ("AZE", "gdp", 2023, 40.0, "USD billion", "April", "z3"),
        ("KAZ", "gdp", 2023, 60.0, "USD billion", "April", "z3"),
        ("WLD", "gdp", 2023, 5000.0, "USD billion", "April", "z4"),
        ("AZE", "gdp", 2023, 45.0, "USD billion", "May", "z5"),
        ("KAZ", "gdp", 2023, 65.0, "USD billion", "May", "z5"),
        ("AZE", "area", 2026, 1.0e6, "km²", "book", "z1"),
        ("KAZ", "area", 2026, 3.0e6, "km²", "book", "z2 z1"),
    ],
    columns=["country", "measure", "year", "value", "unit", "vintage", "source_keys"],
)
ONE = Membership("one", ("KAZ",))


def test_sums_are_made_for_each_measure_release_and_list():
    expected = pd.DataFrame(
        [
            ("gdp", "two members", 2023, "April", 100.0, "USD billion", "z3"),
            ("gdp", "one", 2023, "April", 60.0, "USD billion", "z3"),
            ("gdp", "two members", 2023, "May", 110.0, "USD billion", "z5"),
            ("gdp", "one", 2023, "May", 65.0, "USD billion", "z5"),
            ("area", "two members", 2026, "book", 4.0, "million km²", "z1 z2"),
            ("area", "one", 2026, "book", 3.0, "million km²", "z2 z1"),
        ],
        columns=["measure", "list", "year", "vintage", "value", "unit", "source_keys"],
    )
    totals = context.sums(SIZES, (TWO, ONE))
    assert_frame_equal(totals, expected)
    same(context.size(totals, "gdp", "two members", 2023, "May"), 110, "USD billion",
         "sum over two members, May", ("z5",), ("sizes",), 2023)  # fmt: skip
    refused(
        lambda: context.size(totals, "gdp", "three", 2023, "May"),
        "sums over lists, measure gdp: no list three (allowed: one, two members)",
    )
    refused(
        lambda: context.sums(SIZES, (Membership("three", ("AZE", "UZB", "TUR")),)),
        "sum over three: no gdp of TUR, UZB in 2023, April (allowed: a figure for every country of "
        "the list)",
    )


def test_a_share_of_the_world_is_of_one_release():
    same(context.share_of_world(SIZES, TWO, 2023, "April"), 2, "%",
         "GDP of two members over GDP of the world, April", ("z3", "z4"), ("sizes",),
         2023)  # fmt: skip
    refused(
        lambda: context.share_of_world(SIZES, TWO, 2023, "May"),
        "table sizes, country WLD, measure gdp, year 2023: no vintage May (allowed: April)",
    )


STATEMENTS = pd.DataFrame(
    [
        ("2024-02-01", "B", "gdp", "about", 100.0, "USD billion", 2023, "y1"),
        ("2024-01-01", "A", "gdp", "exactly", 98.0, "USD billion", 2023, "y2 y1"),
        ("2024-03-01", "A", "area", "more than", 3.9, "million km²", 2026, "y3"),
    ],
    columns=["date", "speaker", "measure", "bound", "value", "unit", "of_year", "source_keys"],
)


def test_sizes_are_given_as_stated_and_as_published():
    same(context.stated_size(STATEMENTS, "gdp", "2024-01-01", "A"), 98, "USD billion",
         "as stated: exactly", ("y2", "y1"), ("size_statements",), 2024)  # fmt: skip
    refused(
        lambda: context.stated_size(STATEMENTS, "gdp", "2024-01-01", "B"),
        "table size_statements, measure gdp, speaker B: no date 2024-01-01 (allowed: 2024-02-01)",
    )
    same(context.one_size(SIZES, "KAZ", "area", 2026, "book"), 3e6, "km²", "as published, book",
         ("z2", "z1"), ("sizes",), 2026)  # fmt: skip
    refused(
        lambda: context.one_size(SIZES, "KAZ", "area", 2025, "book"),
        "table sizes, country KAZ, measure area: no year 2025 (allowed: 2026)",
    )
    stated, summed = (Quantity(v, "km²", r, (k, "a"), (t, "t"), y) for v, r, k, t, y in
                   ((3.0, "one", "b", "u", 2020), (4.0, "two", "c", "w", 2021)))  # fmt: skip
    same(context.percent_above(stated, summed), -25, "%", "100 × (a / b − 1), a: one, b: two",
         ("b", "a", "c"), ("u", "t", "w"), 2021)  # fmt: skip
    refused(
        lambda: context.percent_above(stated, summed.derived(1.0, "t", "r")),
        "km² against t (allowed: one unit)",
    )


def test_two_releases_of_one_year_stand_in_one_row():
    people = [(code, "population", 2023, 10.0, "million", release, "z") for code, release in
              (("AZE", "April"), ("AZE", "May"))]  # fmt: skip
    both = pd.concat([SIZES, pd.DataFrame(people, columns=SIZES.columns)])
    azerbaijan = Membership("one", ("AZE",))
    found = context.between_releases(both, azerbaijan, 2023, ("April", "May"))
    # 40 became 45, an eighth more; the people stayed.
    assert found.to_dict("records") == [
        {"country": "AZE", "gdp_first": 40, "gdp_second": 45, "gdp_change": 12.5,
         "population_first": 10, "population_second": 10, "population_change": 0}
    ]  # fmt: skip
    refused(
        lambda: context.between_releases(both, azerbaijan, 2023, ("April", "June")),
        "table sizes, country AZE, measure gdp, year 2023: no vintage June (allowed: April, May)",
    )


def test_countries_share_the_sum_of_the_five_members():
    five = pd.DataFrame(
        [(code, "area", 2026, value * 1e6, "km²", "book", "z") for code, value in
         (("AZE", 1), ("KAZ", 4), ("KGZ", 1), ("TUR", 2), ("UZB", 2), ("HUN", 5))],
        columns=SIZES.columns,
    )  # fmt: skip
    six = Membership("six", ("HUN", *FIVE.codes))
    found = context.country_sizes(five, six, (("area", 2026, "book"),))
    expected = pd.DataFrame(
        [("area", 2026, "book", code, code != "HUN", value, "million km²", share)
         for code, value, share in (("HUN", 5.0, NAN), ("AZE", 1.0, 10.0), ("KAZ", 4.0, 40.0),
                                    ("KGZ", 1.0, 10.0), ("TUR", 2.0, 20.0), ("UZB", 2.0, 20.0))],
        columns=["measure", "year", "vintage", "country", "member", "value", "unit", "share"],
    )  # fmt: skip
    assert_frame_equal(found, expected)


@pytest.mark.parametrize(
    ("value", "bound", "expected"),
    [
        (4.5, "exactly", (4.45, 4.55)),
        (4.5, "nearly", (4.4, 4.55)),
        (4.5, "more than", (4.45, 4.6)),
        (4.5, "about", (4.4, 4.6)),
        (1500.0, "about", (1400, 1600)),
        (178.0, "exactly", (177.5, 178.5)),
        (0.25, "exactly", (0.245, 0.255)),
    ],
)
def test_the_last_digit_leaves_room(value, bound, expected):
    assert sizes.rounding_interval(value, bound) == pytest.approx(expected)


def test_statements_are_compared_with_every_list_by_measure_and_date():
    fitted = context.fits(SIZES, STATEMENTS, (TWO, ONE))
    columns = ["measure", "speaker", "date", "bound", "stated", "low", "high", "year", "vintage",
               "list", "sum", "off", "fits"]  # fmt: skip
    low, high = 100 * (3.85 / 3.9 - 1), 100 * (4.0 / 3.9 - 1)
    half = 100 * 0.5 / 98
    rows = [
        ("area", "A", "2024-03-01", "more than", 3.9, low, high, 2026, "book", "two members", 4.0,
         100 * (4 / 3.9 - 1), True),
        ("area", "A", "2024-03-01", "more than", 3.9, low, high, 2026, "book", "one", 3.0,
         100 * (3 / 3.9 - 1), False),
        # The earliest release of the year, April.
        ("gdp", "A", "2024-01-01", "exactly", 98.0, -half, half, 2023, "April", "two members",
         100.0, 100 * (100 / 98 - 1), False),
        ("gdp", "A", "2024-01-01", "exactly", 98.0, -half, half, 2023, "April", "one", 60.0,
         100 * (60 / 98 - 1), False),
        ("gdp", "B", "2024-02-01", "about", 100.0, -100.0, 100.0, 2023, "April", "two members",
         100.0, 0.0, True),
        ("gdp", "B", "2024-02-01", "about", 100.0, -100.0, 100.0, 2023, "April", "one", 60.0,
         -40.0, True),
    ]  # fmt: skip
    assert_frame_equal(fitted, pd.DataFrame(rows, columns=columns))
    same(context.unfitted(fitted, "gdp", ("k",)), 1, "statements",
         "statements of gdp that the sum over no list fits, of 2", ("k",),
         ("sizes", "size_statements"), estimate=True)  # fmt: skip
    assert context.unfitted(fitted, "area", ("k",)).value == 0
    refused(
        lambda: context.fits(SIZES, STATEMENTS.assign(of_year=2020), (TWO,)),
        "A, 2024-01-01: no gdp in 2020 (allowed: 2023, 2026)",
    )


# --- wordings -----------------------------------------------------------------------------------

PLACE = pd.DataFrame(
    [("own text", "shared", "w1"), ("report", "shared", "w2 w1"), ("report", "sole", "w3"),
     ("article", "sole", "w4")],
    columns=["kind", "reading", "source_keys"],
)  # fmt: skip


def test_documents_are_counted_without_the_article():
    expected = pd.DataFrame(
        [("shared", 2, True, "w1 w2"), ("sole", 1, False, "w3")],
        columns=["reading", "documents", "own_text", "source_keys"],
    )
    assert_frame_equal(context.readings(PLACE), expected)
    same(
        context.documents(PLACE, "sole"),
        1,
        "documents",
        "documents besides the article whose wording is sole",
        ("w3",),
        ("place_wordings",),
        2021,
    )
    refused(
        lambda: context.documents(PLACE, "open"),
        "table place_wordings: no reading open (allowed: shared, sole)",
    )


SAID = pd.DataFrame(
    [
        ("games", "Ana Tili interview", "2025-01-03", "The V Games, 80 events!", "v1"),
        ("games", "Bishkek summit", "2024-11-06", "the 5th games and events", "v2 v1"),
        ("amount", "Bishkek summit", "2024-11-06", "about $45", "v3"),
        ("amount", "Ana Tili interview", "2025-01-03", "over $45 of trade-turnover", "v1"),
    ],
    columns=["topic", "occasion", "date", "wording", "source_keys"],
)


def test_words_are_repeated_topic_by_topic():
    # the, 5th, games, 80, events; and over, $45, of, trade-turnover.
    expected = pd.DataFrame(
        [("games", 5, 4, 80.0, "v1 v2"), ("amount", 4, 1, 25.0, "v3 v1")],
        columns=["topic", "words", "shared", "share", "source_keys"],
    )
    assert_frame_equal(context.shared_words(SAID), expected)
    same(context.repetition(SAID), 100 * 5 / 9, "%",
         "distinct words of the interview that the speech has too, over all topics compared",
         ("v1", "v2", "v3"), ("statement_wordings",), 2025)  # fmt: skip
    same(context.days_between(SAID), 58, "days", "from 2024-11-06 to 2025-01-03",
         ("v1", "v2", "v3"), ("statement_wordings",), 2025)  # fmt: skip
    refused(
        lambda: context.shared_words(SAID[:1]),
        "topic games: no occasion Bishkek summit (allowed: Ana Tili interview)",
    )


REPORTS = pd.DataFrame(
    [("2025-01-04", "r1 r2"), ("2025-01", "r3"), ("2025-01-03", "tokayev2025ana")],
    columns=["date", "source_keys"],
)


def test_the_words_compared_are_a_quarter_of_the_words_quoted():
    wordings = tables.read("statement_wordings")
    # By hand: passages of 21, 9, 13 and 11 words, of quotations of 86, 25, 29, 47 and 26; the name
    # of the newspaper stands in quotation marks too and is no quotation.
    assert context.compared(wordings).value == 54
    assert context.quoted(article.read().text).value == 213
    rows = context.shared_words(wordings)
    assert (rows["shared"].sum(), rows["words"].sum()) == (35, 50)
    assert context.repetition(wordings).value == 70
    with pytest.raises(ReckoningError, match=r"^no quotation"):
        context.quoted("He told “Ana Tili”.")
    # The interview came 58 days after the speech.
    # 24 days of November, 31 of December, 3 of January.
    assert context.days_between(tables.read("statement_wordings")).value == 58


def test_reports_are_counted_without_the_interview_itself():
    same(context.outlets(REPORTS), 2, "outlets", "publishers besides the article's",
         ("r1", "r2", "r3"), ("interview_reports",), 2025)  # fmt: skip
    assert context.first_report(REPORTS) == datetime.date(2025, 1, 3)
    refused(
        lambda: context.first_report(REPORTS[1:2]), "no report of the interview is dated to the day"
    )


# --- the evidence ---


def test_the_lists_that_totals_use_agree_with_the_table_of_members():
    parties = tables.read("members").dropna(subset="country").set_index("country")
    joined = parties.loc[parties["role"] == "member", "since"]
    assert set(joined.index) == set(FIVE.codes)
    assert set(joined.index[joined <= "2019-09"]) == set(FOUR.codes)
    assert set(parties.index) == set(WITH_OBSERVERS.codes)
    # A party without statistics of its own is in the table and in no list.
    members = tables.read("members")
    assert members["country"].isna().sum() == 2
    assert (members["listing"] == "disputed").sum() == 1


def test_the_chair_passed_after_357_369_and_335_days():
    days = context.terms(tables.read("events"))["days"]
    assert days.dropna().tolist() == [357, 369, 335]


def test_the_official_area_matches_neither_list():
    totals = context.sums(tables.read("sizes"), (FIVE, WITH_OBSERVERS))
    edition = "World Factbook, May 2026"
    said = context.stated_size(
        tables.read("size_statements"), "area", "2024-03-10", "K.-J. Tokayev"
    )
    five = context.size(totals, "area", FIVE.name, 2026, edition)
    wide = context.size(totals, "area", WITH_OBSERVERS.name, 2026, edition)
    # 4,242,413 and 4,823,541 km² by hand from the Factbook's seven pages.
    assert (five.value, wide.value) == pytest.approx((4.242413, 4.823541))
    assert five.value < said.value < wide.value


def test_the_official_area_fits_no_list_and_the_official_population_the_five():
    fitted = context.fits(tables.read("sizes"), tables.read("size_statements"))
    assert fitted["list"].nunique() == 5
    assert not fitted.loc[fitted["measure"] == "area", "fits"].any()
    people = fitted[(fitted["measure"] == "population") & (fitted["date"] == "2024-03-10")]
    fits = people.set_index("list")["fits"]
    assert fits["five members"]
    assert not fits["with Hungary and Turkmenistan"]
    assert context.unfitted(fitted, "area", ("s",)).value == 2


def test_every_list_that_a_total_may_cover_is_tried():
    names = [each.name for each in context.EVERY_LIST]
    assert len(set(names)) == len(names)
    assert {FOUR.name, FIVE.name, WITH_OBSERVERS.name} <= set(names)
    extra = {tuple(sorted(set(each.codes) - set(FIVE.codes))) for each in context.EVERY_LIST}
    assert extra == {(), ("HUN",), ("TKM",), ("HUN", "TKM")}


def test_output_at_purchasing_power_is_larger_than_at_current_prices_for_each():
    sizes = tables.read("sizes")
    rows = sizes[(sizes["year"] == 2024) & sizes["country"].isin(WITH_OBSERVERS.codes)]
    wide = rows.pivot_table(index="country", columns="measure", values="value")
    assert (wide["gdp_ppp"] > wide["gdp"]).all()
    # The evidence's own sum of the five is 5,142.0.
    assert wide.loc[list(FIVE.codes), "gdp_ppp"].sum() == pytest.approx(5142.0, abs=0.05)


def test_more_than_80_events_was_first_stated_on_10_september_2024_without_a_list():
    counts = tables.read("event_counts")
    history = context.count_history(counts, tables.read("events"), "KAZ")
    assert str(context.first_date(history, 80)) == "2024-09-10"
    assert not context.has_list(counts, "KAZ")
    # Two figures for one year are both kept.
    assert sorted(counts.loc[counts["period"] == "2021", "count"]) == [43, 47]


def test_the_wordings_given_to_the_article_stand_in_it():
    text = " ".join(article.read().text.split())
    for table in ("statement_wordings", "place_wordings"):
        rows = tables.read(table)
        for quoted in rows.loc[rows["source_keys"] == "tokayev2025ana", "wording"]:
            assert quoted in text


def test_every_act_that_is_not_exact_to_the_day_would_be_refused():
    assert all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", date) for date in tables.read("acts")["date"])
