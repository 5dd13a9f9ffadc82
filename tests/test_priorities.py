"""What the book holds to be true of the eight priorities and their indicators."""

import pandas as pd
import pytest

from analysis import priorities, tables
from analysis.countries import FIVE
from analysis.errors import ReckoningError

NAMED = (
    "Traditions", "Unification", "Reforms", "Knowledge",
    "Trust", "Investments", "Mediation", "Energy",
)  # fmt: skip


def valued(indicator, *rows, basis="reported"):
    """(country, year, value) of one indicator."""
    return pd.DataFrame(
        [(indicator, c, y, float(v), "points", basis, "first", f"s{indicator}")
         for c, y, v in rows],
        columns=["indicator", "country", "year", "value", "unit", "basis", "vintage",
                 "source_keys"],
    )  # fmt: skip


def listed(*rows):
    """(indicator, position, form)."""
    return pd.DataFrame(
        [(i, p, i.title(), "points", "higher", form, "x", "y", "s") for i, p, form in rows],
        columns=["indicator", "position", "name", "unit", "better", "form", "stands_for", "fails",
                 "source_keys"],
    )  # fmt: skip


# A goes 0, 1, 1, 4: its largest move in a year is 3. B goes 0, 0, 0, 3. C goes 5, 4, 3, 1.
SCORES = valued(
    "law",
    *[("AZE", 2013 + n, v) for n, v in enumerate((0, 1, 1, 4))],
    *[("KAZ", 2013 + n, v) for n, v in enumerate((0, 0, 0, 3))],
    *[("KGZ", 2013 + n, v) for n, v in enumerate((5, 4, 3, 1))],
)
LIST = listed(("law", 1, "series"))


# --- the slogan -----------------------------------------------------------------------------------


def test_the_article_gives_the_eight_priorities_in_their_order():
    found = priorities.match(tables.read("priorities"), NAMED)
    assert found.names
    assert found.order
    assert found.slogan == "TURKTIME"
    assert (found.missing, found.unknown) == ((), ())


def test_a_name_left_out_or_added_is_told():
    found = priorities.match(tables.read("priorities"), (*NAMED[:-1], "Ecology"))
    assert not found.names
    assert found.missing == ("Energy",)
    assert found.unknown == ("Ecology",)


def test_the_same_names_in_another_order_are_the_same_names_out_of_order():
    found = priorities.match(tables.read("priorities"), NAMED[::-1])
    assert found.names
    assert not found.order


def test_the_letters_spell_the_slogan_and_each_begins_its_priority():
    eight = tables.read("priorities")
    assert priorities.letters(eight) == priorities.SLOGAN
    assert all(name[0] == letter for name, letter in zip(eight["priority"], eight["letter"],
                                                         strict=True))  # fmt: skip


def test_a_scope_is_given_unless_none_was_found():
    eight = tables.read("priorities")
    assert (eight["scope"].isna() == (eight["scope_status"] == "not found")).all()
    found = [priorities.scopes(eight, s).value for s in ("stated", "inferred", "not found")]
    assert found == [5, 2, 1]


def test_the_horizon_rests_on_a_source_that_names_all_eight():
    found = priorities.horizon(tables.read("priorities"))
    assert (found.value, found.unit, found.sources) == (10, "years", ("zakon2023motto",))
    with pytest.raises(ReckoningError, match=r"horizons \[10\], common sources \[\]"):
        priorities.horizon(tables.read("priorities").assign(source_keys=list("abcdefgh")))


# --- what is measured -----------------------------------------------------------------------------


def test_a_priority_is_measured_over_time_if_one_indicator_is():
    eight = tables.read("priorities")
    rows = listed(("law", 1, "series"), ("money", 1, "snapshot"), ("sun", 8, "snapshot"))
    covered = priorities.coverage(eight, rows)
    assert covered["measured"].tolist() == ["over time", *["not measured"] * 6, "one year only"]
    assert priorities.measured(covered, "not measured", ("s",)).value == 6


def test_traditions_and_mediation_are_left_empty():
    covered = priorities.coverage(tables.read("priorities"), tables.read("indicator_list"))
    empty = covered.loc[covered["measured"] == "not measured", "priority"]
    assert empty.tolist() == ["Traditions", "Mediation"]


def test_every_indicator_in_the_table_is_on_the_list_and_covers_the_five_members():
    values, chosen = tables.read("indicators"), tables.read("indicator_list")
    assert set(values["indicator"]) == set(chosen["indicator"])
    for _, rows in values.groupby("indicator"):
        assert set(rows["country"]) == set(FIVE.codes)


def test_a_series_has_years_enough_for_a_trend_and_a_snapshot_one_year_a_country():
    values = tables.read("indicators")
    for row in tables.read("indicator_list").itertuples():
        years = values[values["indicator"] == row.indicator].groupby("country").size()
        assert (years >= 4).all() if row.form == "series" else (years == 1).all(), row.indicator


# --- change ---------------------------------------------------------------------------------------


def test_the_yardstick_is_the_largest_move_of_any_country_in_one_year():
    found = priorities.yardstick(SCORES, "law", 2013)
    assert found.value == 3
    assert found.estimate  # the rule is the book's own


def test_a_change_counts_only_beyond_the_yardstick():
    # Azerbaijan +4 and Kyrgyzstan −4 are beyond 3; Kazakhstan's +3 is not.
    changed = priorities.changes(SCORES, LIST, ("law",), 2013)
    assert changed["verdict"].tolist() == ["rose", "no clear change", "fell"]
    assert changed["change"].tolist() == [4, 3, -4]
    assert priorities.tally(changed, "rose", ("s",)).value == 1
    assert priorities.pairs(changed, ("s",)).value == 3
    assert priorities.who(changed, "fell").to_numpy().tolist() == [["KGZ", 1]]
    assert priorities.steady(changed) == ()


def test_an_indicator_in_which_nobody_moved_clearly_is_steady():
    flat = valued("law", ("AZE", 2013, 0), ("AZE", 2014, 1), ("AZE", 2015, 0))
    assert priorities.steady(priorities.changes(flat, LIST, ("law",), 2013)) == ("Law",)


def test_a_change_from_a_year_that_is_missing_is_refused():
    late = SCORES[(SCORES["country"] != "KAZ") | (SCORES["year"] > 2013)]
    with pytest.raises(ReckoningError, match="law of KAZ starts in 2014"):
        priorities.changes(late, LIST, ("law",), 2013)


def test_the_spread_is_the_highest_less_the_lowest_and_names_both():
    spread = priorities.spread(SCORES, "law", 2013)
    assert spread["distance"].tolist() == [5, 4, 3, 3]
    assert spread[["top", "bottom"]].iloc[-1].tolist() == ["AZE", "KGZ"]
    assert priorities.distance(SCORES, "law", 2013, 2013).value == 5
    with pytest.raises(ReckoningError, match="law lacks a country in 2020"):
        priorities.distance(SCORES, "law", 2013, 2020)


def test_a_year_in_which_a_country_is_missing_has_no_spread():
    part = SCORES[(SCORES["country"] != "KAZ") | (SCORES["year"] != 2016)]
    assert priorities.spread(part, "law", 2013)["year"].tolist() == [2013, 2014, 2015]


def test_members_came_closer_in_regulatory_quality():
    # 0.46 (Türkiye) less −1.60 (Uzbekistan); 0.07 (Kazakhstan) less −0.62 (Kyrgyzstan).
    values = tables.read("indicators")
    found = [priorities.distance(values, "wgi_regulatory_quality", 2013, y).value
             for y in (2013, 2023)]  # fmt: skip
    assert found == pytest.approx([2.06, 0.69])


# --- investment and the fund ----------------------------------------------------------------------


def test_investment_in_dollars_is_the_share_of_each_times_its_output():
    # 10 % of 200 and 50 % of 100: 20 and 50, 70 of 300, 23.3 %.
    values = pd.concat(
        [
            valued("gross_capital_formation", ("AZE", 2020, 10)),
            valued("gross_capital_formation", ("KAZ", 2020, 50), basis="estimate"),
            valued("gdp_current_usd", ("AZE", 2020, 200), ("KAZ", 2020, 100)),
        ]
    )
    assert priorities.invested(values, 2020).value == 70
    assert priorities.invested(values, 2020, "share").value == pytest.approx(70 / 3)
    assert priorities.investment(values)["estimates"].tolist() == [1]
    with pytest.raises(ReckoningError, match="no investment in 2021"):
        priorities.invested(values, 2021)


def test_the_fund_s_capital_is_its_two_parts():
    fund = tables.read("fund")
    whole, paid, callable_ = (
        priorities.fund_fact(fund, fact).value
        for fact in ("authorised capital", "paid-in part of the capital",
                     "callable part of the capital")
    )  # fmt: skip
    assert whole == paid + callable_ == 500


def test_a_fact_of_the_fund_without_a_figure_is_refused():
    with pytest.raises(ReckoningError, match="no figure for 'agreement signed'"):
        priorities.fund_fact(tables.read("fund"), "agreement signed")


# --- looking up -----------------------------------------------------------------------------------


def test_an_unknown_indicator_is_refused_with_the_known_ones():
    with pytest.raises(ReckoningError, match=r"no values of 'luck' since 2013 \(allowed: law\)"):
        priorities.series(SCORES, "luck", 2013)


def test_a_value_is_looked_up_with_its_release():
    found = priorities.value(SCORES, "law", "KGZ", 2014)
    assert (found.value, found.unit, found.rule) == (4, "points", "as published, first")
    with pytest.raises(ReckoningError, match="no law of TUR in 2014"):
        priorities.value(SCORES, "law", "TUR", 2014)


def test_the_latest_value_of_each_country_keeps_its_own_year():
    rows = valued("law", ("AZE", 2022, 1), ("KAZ", 2023, 2), ("AZE", 2021, 9))
    found = priorities.latest(rows, "law")
    assert found[["country", "year", "value"]].to_numpy().tolist() == [
        ["AZE", 2022, 1],
        ["KAZ", 2023, 2],
    ]


def test_panels_keep_the_order_asked_for():
    values = pd.concat([SCORES, valued("money", ("AZE", 2013, 1), ("AZE", 2014, 2))])
    rows = priorities.panels(values, listed(("law", 1, "series"), ("money", 2, "series")),
                             ("money", "law"), 2014)  # fmt: skip
    assert rows["panel"].drop_duplicates().tolist() == ["Money", "Law"]
    assert rows["year"].min() == 2014
