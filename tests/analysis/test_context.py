"""What the book holds to be true of the speaker, the organisation and its counts."""

import re

import pandas as pd
import pytest

from analysis import article, context, tables
from analysis.countries import FIVE, FOUR, WITH_OBSERVERS, Membership
from analysis.errors import ReckoningError

TWO = Membership("two members", ("AZE", "KAZ"))


def chairs(*rows):
    """(date, code, name) of each change of the chair."""
    return pd.DataFrame(
        [(date, "chairmanship", "x", name, "", code, "", f"s{code}") for date, code, name in rows],
        columns=["date", "kind", "event", "short", "place", "country", "note", "source_keys"],
    )


TERMS = chairs(
    ("2023-11-03", "KAZ", "Kazakhstan"),
    ("2024-11-06", "KGZ", "Kyrgyzstan"),
)


def counted(*rows):
    """(date, count, bound) of the chair of Kazakhstan."""
    return pd.DataFrame(
        [
            (date, "Somebody", "x", "term", "KAZ", bound, count, "events", "whole", "none found",
             "", f"s{date}")
            for date, count, bound in rows
        ],
        columns=["date", "speaker", "office", "period", "chair", "bound", "count", "counted",
                 "covers", "list_published", "note", "source_keys"],
    )  # fmt: skip


# Ten events on day 10, thirty on day 20; the number then stays.
COUNTS = counted(
    ("2023-11-13", 10, "about"),
    ("2023-11-23", 30, "more than"),
    ("2023-12-03", 30, "more than"),
)


# --- membership -----------------------------------------------------------------------------------


def test_the_lists_that_totals_use_agree_with_the_table_of_members():
    members = tables.read("members")
    assert context.parties(members, "member") == FIVE.codes
    assert context.parties(members, "member", by="2019-09") == FOUR.codes
    states = {*context.parties(members, "member"), *context.parties(members, "observer")}
    assert states == set(WITH_OBSERVERS.codes)


def test_a_party_without_statistics_of_its_own_is_in_the_table_and_in_no_list():
    members = tables.read("members")
    assert members["country"].isna().sum() == 2
    assert (members["listing"] == "disputed").sum() == 1


# --- the chair ------------------------------------------------------------------------------------


def test_a_term_of_the_chair_ends_on_the_day_on_which_the_next_begins():
    # 2024 is a leap year: 366 days to 3 November 2024, and 3 more.
    found = context.chairmanship_days(TERMS, "KAZ")
    assert (found.value, found.unit) == (369, "days")
    assert found.sources == ("sKAZ", "sKGZ")


def test_kazakhstan_held_the_chair_for_369_days():
    assert context.chairmanship_days(tables.read("events"), "KAZ").value == 369


def test_a_term_that_has_not_ended_has_no_length():
    with pytest.raises(ReckoningError, match="0 ended chairmanships of 'KGZ'"):
        context.chairmanship_days(TERMS, "KGZ")


def test_days_are_not_counted_from_a_date_that_is_a_month():
    with pytest.raises(ReckoningError, match="'2018-09' is not exact to the day"):
        context.terms(chairs(("2018-09", "KGZ", "x"), ("2019-10-15", "AZE", "y")))


def test_events_stand_on_the_line_of_time_in_the_order_in_which_they_happened():
    line = context.timeline(tables.read("events"))
    assert line["when"].is_monotonic_increasing
    assert line.loc[line["days"].notna(), "days"].tolist() == [357, 369, 335]


# --- size -----------------------------------------------------------------------------------------


def measured(*rows):
    """(country, measure, value) of 2024."""
    return pd.DataFrame(
        [(c, m, 2024, v, "x", "first", "reported", f"s{c}") for c, m, v in rows],
        columns=["country", "measure", "year", "value", "unit", "vintage", "basis", "source_keys"],
    )


SIZES = measured(("AZE", "area", 86_600), ("KAZ", "area", 2_724_900), ("HUN", "area", 93_028))


def test_a_sum_covers_its_list_and_nothing_else():
    # 86,600 and 2,724,900 km² are 2.8115 million km²; Hungary is not on the list.
    total = context.size(context.sums(SIZES, (TWO,)), "area", "two members", 2024, "first")
    assert total.value == pytest.approx(2.8115)
    assert total.unit == "million km²"
    assert total.sources == ("sAZE", "sKAZ")


def test_two_releases_of_one_year_stand_side_by_side():
    early = measured(("AZE", "gdp", 80), ("AZE", "population", 10))
    later = early.assign(vintage="second", value=[60.0, 10.0])
    found = context.between_releases(
        pd.concat([early, later]), Membership("one", ("AZE",)), 2024, ("first", "second")
    )
    # 80 became 60, a quarter less; the people stayed.
    assert found[["measure", "first", "second", "change"]].to_numpy().tolist() == [
        ["gdp", 80, 60, -25],
        ["population", 10, 10, 0],
    ]
    with pytest.raises(ReckoningError, match="AZE"):
        context.between_releases(early, Membership("one", ("AZE",)), 2024, ("first", "second"))


def test_a_sum_with_a_country_missing_is_refused():
    with pytest.raises(ReckoningError, match="no area of KAZ in 2024"):
        context.sums(SIZES[SIZES["country"] != "KAZ"], (TWO,))


def test_a_release_that_is_not_there_is_refused():
    with pytest.raises(ReckoningError, match="0 sums of gdp over two members"):
        context.size(context.sums(SIZES, (TWO,)), "gdp", "two members", 2024, "first")


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
    assert context.excess(said, five).value == pytest.approx(6.07, abs=0.01)  # 4.5 / 4.242413
    assert context.excess(said, wide).value == pytest.approx(-6.71, abs=0.01)  # 4.5 / 4.823541


def test_figures_in_different_units_are_not_compared():
    said = context.stated_size(tables.read("size_statements"), "gdp", "2024-03-10", "K.-J. Tokayev")
    total = context.size(context.sums(SIZES, (TWO,)), "area", "two members", 2024, "first")
    with pytest.raises(ReckoningError, match="USD billion against million km²"):
        context.excess(said, total)


def test_the_share_of_the_world_is_the_sum_over_the_world_s_own_figure():
    sizes = measured(("AZE", "gdp", 74.0), ("KAZ", "gdp", 291.0), ("WLD", "gdp", 111_000.0))
    # 365 of 111,000 is 0.3288 per cent.
    share = context.share_of_world(sizes, TWO, 2024, "first")
    assert share.value == pytest.approx(0.3288, abs=1e-4)
    with pytest.raises(ReckoningError, match="no GDP of the world"):
        context.share_of_world(sizes[:2], TWO, 2024, "first")


def stated(*rows):
    """(measure, bound, value) of 2024."""
    return pd.DataFrame(
        [("2024-03-10", "A. Speaker", "x", m, b, v, "x", "not stated", 2024, "", "s")
         for m, b, v in rows],
        columns=["date", "speaker", "office", "measure", "bound", "value", "unit", "covers",
                 "of_year", "note", "source_keys"],
    )  # fmt: skip


def test_a_stated_figure_has_room_for_half_its_last_digit_and_more_where_the_wording_opens():
    assert context.room(4.5, "exactly") == pytest.approx((4.45, 4.55))
    assert context.room(4.5, "about") == pytest.approx((4.4, 4.6))
    assert context.room(160, "more than") == (155, 170)
    assert context.room(170, "nearly") == (160, 175)


def test_a_statement_is_held_against_every_list():
    # 2,811,500 km² for two members, 2,904,528 with Hungary: 2.8 fits the first, 2.9 the second.
    wide = Membership("with Hungary", (*TWO.codes, "HUN"))
    held = context.fits(SIZES, stated(("area", "exactly", 2.8)), (TWO, wide))
    assert held["list"].tolist() == ["two members", "with Hungary"]
    assert held["fits"].tolist() == [True, False]
    assert held["off"].tolist() == pytest.approx([0.41, 3.73], abs=0.01)
    held = context.fits(SIZES, stated(("area", "exactly", 2.9)), (TWO, wide))
    assert held["fits"].tolist() == [False, True]


def test_a_statement_is_held_against_the_earliest_release_that_has_its_year():
    later = SIZES.assign(vintage="second", value=SIZES["value"] * 2)
    held = context.fits(pd.concat([later, SIZES]), stated(("area", "exactly", 2.8)), (TWO,))
    assert held["vintage"].tolist() == ["first"]


def test_a_statement_of_a_year_without_sums_is_refused():
    with pytest.raises(ReckoningError, match=r"A\. Speaker, 2024-03-10: no gdp in 2024"):
        context.fits(SIZES, stated(("gdp", "exactly", 1.0)), (TWO,))


def test_the_official_area_fits_no_list_and_the_official_population_the_five():
    held = context.fits(tables.read("sizes"), tables.read("size_statements"))
    assert held["list"].nunique() == 5
    assert not held.loc[held["measure"] == "area", "fits"].any()
    said = held[(held["date"] == "2024-03-10") & (held["measure"] == "population")]
    assert "five members" in set(said.loc[said["fits"], "list"])
    assert "with Hungary and Turkmenistan" not in set(said.loc[said["fits"], "list"])
    assert context.unfitted(held, "area", ("s",)).value == 2


def test_every_list_that_a_total_may_cover_is_tried():
    names = [each.name for each in context.EVERY_LIST]
    assert len(set(names)) == len(names)
    assert {FOUR.name, FIVE.name, WITH_OBSERVERS.name} <= set(names)
    observers = set(context.parties(tables.read("members"), "observer"))
    extra = {tuple(sorted(set(each.codes) - set(FIVE.codes))) for each in context.EVERY_LIST}
    assert extra == {(), ("HUN",), ("TKM",), tuple(sorted(observers))}


def test_shares_are_of_the_five_and_an_observer_has_none():
    L = "WEO October 2025"
    rows = context.portraits(tables.read("sizes"), WITH_OBSERVERS, (("gdp", 2024, L),))
    members = rows[rows["member"]]
    assert members["share"].sum() == pytest.approx(100)
    assert rows.loc[rows["country"] == "HUN", "share"].isna().all()
    # 1,358.251 of 1,856.5.
    assert members.set_index("country").loc["TUR", "share"] == pytest.approx(73.16, abs=0.01)


def test_output_at_purchasing_power_is_larger_than_at_current_prices_for_each():
    sizes = tables.read("sizes")
    rows = sizes[(sizes["year"] == 2024) & sizes["country"].isin(WITH_OBSERVERS.codes)]
    wide = rows.pivot_table(index="country", columns="measure", values="value")
    assert (wide["gdp_ppp"] > wide["gdp"]).all()
    # The evidence's own sum of the five is 5,142.0.
    assert wide.loc[list(FIVE.codes), "gdp_ppp"].sum() == pytest.approx(5142.0, abs=0.05)


def test_nobody_is_made_to_say_what_he_did_not_say():
    with pytest.raises(ReckoningError, match=r"no gdp stated by K\.-J\. Tokayev on 2020-01-01"):
        context.stated_size(tables.read("size_statements"), "gdp", "2020-01-01", "K.-J. Tokayev")


def test_one_figure_of_one_country_names_its_release():
    found = context.one_size(SIZES, "AZE", "area", 2024, "first")
    assert (found.value, found.rule) == (86_600, "as published, first")
    with pytest.raises(ReckoningError, match="no area of UZB"):
        context.one_size(SIZES, "UZB", "area", 2024, "first")


# --- counts of events -----------------------------------------------------------------------------


def test_a_count_is_dated_by_the_day_of_the_term_on_which_it_was_first_stated():
    history = context.count_history(COUNTS, TERMS, "KAZ")
    assert context.first_stated(history, 30).value == 20
    assert str(context.first_date(history, 30)) == "2023-11-23"
    assert context.days_left(history, 30).value == 369 - 20
    assert context.stated_times(history, 30).value == 2
    assert context.stated_count(history, "2023-11-13").value == 10


def test_the_pace_is_counted_from_the_last_lower_number_or_from_the_start():
    history = context.count_history(COUNTS, TERMS, "KAZ")
    assert context.pace(history, 10).value == 1.0  # 10 events in 10 days
    assert context.pace(history, 30).value == 2.0  # 20 more in 10 more days


def test_a_number_that_was_never_stated_is_refused():
    history = context.count_history(COUNTS, TERMS, "KAZ")
    with pytest.raises(ReckoningError, match=r"80 events were never stated \(allowed: 10, 30\)"):
        context.first_stated(history, 80)
    with pytest.raises(ReckoningError, match="no number stated on 2024-01-01"):
        context.stated_count(history, "2024-01-01")
    ended = chairs(("2020-01-01", "AZE", "x"), ("2021-01-01", "KGZ", "y"))
    with pytest.raises(ReckoningError, match="for the chair of AZE"):
        context.count_history(COUNTS, ended, "AZE")


def test_more_than_80_events_was_first_stated_on_10_september_2024_without_a_list():
    counts = tables.read("event_counts")
    history = context.count_history(counts, tables.read("events"), "KAZ")
    assert str(context.first_date(history, 80)) == "2024-09-10"
    assert context.first_stated(history, 80).value == 312  # 3 Nov to 10 Sep of a leap year
    assert not context.has_list(counts, "KAZ")


def test_a_count_of_a_part_of_a_term_is_not_set_beside_counts_of_whole_ones():
    counts = COUNTS.assign(covers=["part", "whole", "whole"])
    spans = context.counts_by_period(counts)
    assert spans[["lowest", "highest", "statements"]].to_numpy().tolist() == [[30, 30, 2]]


def test_two_figures_for_one_period_are_both_kept():
    spans = context.counts_by_period(tables.read("event_counts")).set_index("period")
    assert spans.loc["2021", ["lowest", "highest"]].tolist() == [43, 47]
    kazakh = spans.loc["chairmanship of Kazakhstan"]
    assert (kazakh["lowest"], kazakh["lowest_bound"]) == (80, "more than")
    assert (kazakh["highest"], kazakh["bound"]) == (100, "nearly")


# --- the Games, Turkistan, the wording ------------------------------------------------------------


def test_an_item_in_two_reported_versions_is_disputed_and_an_announcement_is_not_a_version():
    games = pd.DataFrame(
        [
            ("third", "reported", "A", None, "", "", "s1"),
            ("third", "reported", "B", None, "", "", "s2"),
            ("countries", "reported", "89", 89.0, "countries", "", "s1"),
            ("countries", "announced", "100", 100.0, "countries", "", "s3"),
        ],
        columns=["item", "stage", "version", "value", "unit", "note", "source_keys"],
    )
    assert context.versions(games)["disputed"].tolist() == [True, False]
    assert context.disputed(games).value == 1
    assert context.reported(games, "countries").value == 89
    with pytest.raises(ReckoningError, match="2 reported versions of 'third'"):
        context.reported(games, "third")


def test_the_fifth_games_were_held_in_astana_and_nobody_disputes_it():
    found = context.versions(tables.read("games")).set_index("item")
    assert found.loc["edition", "reported"] == "Fifth"
    assert found.loc["place", "reported"] == "Astana"
    assert not found.loc[["edition", "place", "opened", "closed"], "disputed"].any()
    assert found.loc["third place", "disputed"]


def test_the_summit_s_own_text_leaves_room_for_other_cities():
    found = context.readings(tables.read("place_wordings")).set_index("reading")
    assert found.loc["shared", "own_text"]
    assert not found.loc["sole", "own_text"]
    assert context.documents(tables.read("place_wordings"), "shared").value == 3
    with pytest.raises(ReckoningError, match="no reading 'some'"):
        context.documents(tables.read("place_wordings"), "some")


def spoken(earlier, later):
    return pd.DataFrame(
        [
            ("t", "Bishkek summit", "2024-11-06", earlier, "a"),
            ("t", "Ana Tili interview", "2025-01-03", later, "b"),
        ],
        columns=["topic", "occasion", "date", "wording", "source_keys"],
    )


def test_words_are_shared_whatever_their_case_and_points():
    # Of "the", "games", "were", "in", "astana" the speech has all but "were".
    rows = context.shared_words(spoken("The Games in Astana!", "The games were in Astana."))
    assert rows[["words", "shared", "share"]].to_numpy().tolist() == [[5, 4, 80.0]]
    assert context.repetition(spoken("One", "one two")).value == 50.0


def test_a_topic_without_both_wordings_is_refused():
    with pytest.raises(ReckoningError, match="topic t: no wording for 'Bishkek summit'"):
        context.shared_words(spoken("x", "y")[1:])


def test_the_interview_came_58_days_after_the_speech():
    # 24 days of November, 31 of December, 3 of January.
    assert context.days_between(tables.read("statement_wordings")).value == 58


def test_the_wordings_given_to_the_article_stand_in_it():
    text = " ".join(article.read().text.split())
    for table in ("statement_wordings", "place_wordings"):
        rows = tables.read(table)
        for quoted in rows.loc[rows["source_keys"] == "tokayev2025ana", "wording"]:
            assert quoted in text


def test_the_interview_was_first_reported_on_3_january_2025_by_others_than_the_article():
    reports = tables.read("interview_reports")
    assert str(context.first_report(reports)) == "2025-01-03"
    assert context.outlets(reports).value == 4
    with pytest.raises(ReckoningError, match="no report of the interview is dated to the day"):
        context.first_report(reports[reports["date"] == "2025-01"])


# --- neighbours and acts --------------------------------------------------------------------------


def test_of_kazakhstan_s_fellow_members_two_share_a_land_border_with_it():
    assert context.neighbours(tables.read("borders"), "KAZ", FIVE).value == 2


def test_a_field_with_nothing_on_record_is_shown_as_empty():
    acts = pd.DataFrame(
        [
            ("2024-01-01", "energy", "Plan", "proposed", "", "a"),
            ("2024-02-01", "energy", "Treaty", "done", "", "b"),
            ("2026-01-01", "energy", "Later", "done", "", "c"),
        ],
        columns=["date", "field", "act", "stage", "note", "source_keys"],
    )
    record = context.acts_on_record(acts, ("energy", "industry"), "2023-11-03", "2024-11-06")
    assert record[["done", "not_done"]].to_numpy().tolist() == [[1, 1], [0, 0]]
    assert record["acts"].tolist() == ["Plan; Treaty", ""]


def test_every_act_that_is_not_exact_to_the_day_would_be_refused():
    assert all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", date) for date in tables.read("acts")["date"])
