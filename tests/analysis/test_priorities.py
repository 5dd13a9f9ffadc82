"""What the book holds to be true of the eight priorities and their indicators."""

from pathlib import Path

import pandas as pd
import pytest

from analysis import article, priorities, tables, trade
from analysis.countries import FIVE
from analysis.errors import ReckoningError, TableError

#: Indicators that are counted from other tables than ``indicators``.
COUNTED = {"shared_elements", "widely_shared", "trade_with_members"}

NAMED = (
    "Traditions", "Unification", "Reforms", "Knowledge",
    "Trust", "Investments", "Mediation", "Energy",
)  # fmt: skip


def valued(indicator, *rows, basis="reported"):
    """(country, year, value) of one indicator."""
    return pd.DataFrame(
        [(indicator, c, y, float(v), "points", basis, "first", float("nan"), f"s{indicator}")
         for c, y, v in rows],
        columns=["indicator", "country", "year", "value", "unit", "basis", "vintage",
                 "standard_error", "source_keys"],
    )  # fmt: skip


def listed(*rows):
    """(indicator, position, direction of better)."""
    return pd.DataFrame(
        [(i, p, i.title(), "points", better, "x", "y", "s") for i, p, better in rows],
        columns=["indicator", "position", "name", "unit", "better", "stands_for", "fails",
                 "source_keys"],
    )  # fmt: skip


# A goes 0, 1, 1, 4: its largest move in a year is 3. B goes 0, 0, 0, 3. C goes 5, 4, 3, 1.
SCORES = valued(
    "law",
    *[("AZE", 2013 + n, v) for n, v in enumerate((0, 1, 1, 4))],
    *[("KAZ", 2013 + n, v) for n, v in enumerate((0, 0, 0, 3))],
    *[("KGZ", 2013 + n, v) for n, v in enumerate((5, 4, 3, 1))],
)
LIST = listed(("law", 1, "higher"))


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


def test_a_letter_without_a_priority_is_refused():
    eight = tables.read("priorities")
    with pytest.raises(ReckoningError, match=r"letter 'K', place 4: no priority"):
        priorities.letters(eight[eight["position"] != 4])
    wrong = eight.assign(priority=eight["priority"].replace("Trust", "Loyalty"))
    with pytest.raises(ReckoningError, match=r"letter 'T', place 5: priority 'Loyalty' .*with T"):
        priorities.letters(wrong)


def test_a_priority_is_measured_if_an_indicator_with_a_direction_stands_for_it():
    eight = tables.read("priorities")
    rows = listed(("law", 1, "higher"), ("money", 1, "lower"), ("size", 8, "none"))
    covered = priorities.coverage(eight, rows)
    assert covered["indicators"].tolist() == [2, *[0] * 7]
    assert covered["measured"].tolist() == ["over time", *["not measured"] * 7]
    assert priorities.measured(covered, "not measured", ("s",)).value == 7


def test_mediation_alone_is_left_empty():
    covered = priorities.coverage(tables.read("priorities"), tables.read("indicator_list"))
    empty = covered.loc[covered["measured"] == "not measured", "priority"]
    assert empty.tolist() == ["Mediation"]


def test_every_priority_says_what_a_good_measurement_would_need():
    assert tables.read("priorities")["needs"].str.len().gt(20).all()


def test_every_indicator_in_the_table_is_on_the_list_in_its_unit_for_the_five_members():
    values, chosen = tables.read("indicators"), tables.read("indicator_list")
    units = dict(zip(chosen["indicator"], chosen["unit"], strict=True))
    assert set(values["indicator"]) <= set(units)
    for name, rows in values.groupby("indicator"):
        assert set(rows["country"]) == set(FIVE.codes)
        assert set(rows["unit"]) == {units[name]}


def test_what_is_on_the_list_and_not_in_the_table_is_counted_from_other_tables():
    values, chosen = tables.read("indicators"), tables.read("indicator_list")
    assert set(chosen["indicator"]) - set(values["indicator"]) == COUNTED


def test_an_indicator_without_a_direction_or_a_unit_is_refused():
    with pytest.raises(ReckoningError, match=r"list of indicators, law: no better \(allowed"):
        priorities.told_of(LIST.assign(better=""), "law")
    with pytest.raises(ReckoningError, match=r"list of indicators, law: no unit"):
        priorities.told_of(LIST.assign(unit=float("nan")), "law")
    with pytest.raises(ReckoningError, match=r"'luck' is not on the list \(allowed: law\)"):
        priorities.told_of(LIST, "luck")


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [(",higher,", ",,", "better"), (",higher,", ",up,", "better"), (",elements,", ",,", "unit")],
)
def test_such_an_indicator_does_not_get_past_the_table(copy, old, new, column):
    path = copy / "data" / "indicator_list.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(TableError, match=f"indicator_list.csv, row 2, column {column}"):
        tables.read("indicator_list", copy)


# --- gaps -----------------------------------------------------------------------------------------


def test_a_year_that_one_country_lacks_is_a_gap_and_one_that_all_lack_is_a_round():
    part = SCORES[(SCORES["country"] != "KAZ") | (SCORES["year"] != 2014)]
    part = part[part["year"] != 2015]
    found = priorities.gaps(part, "law", ("AZE", "KAZ", "KGZ"), 2013)
    assert found.to_numpy().tolist() == [["KAZ", 2014]]


def test_a_gap_reaches_the_picture_as_a_gap():
    part = SCORES[(SCORES["country"] != "KAZ") | (SCORES["year"] != 2015)]
    rows = priorities.panels(part, LIST, ("law",), 2013)
    gap = rows[rows["basis"] == "gap"]
    assert gap[["country", "year"]].to_numpy().tolist() == [["KAZ", 2015]]
    assert gap["value"].isna().all()
    assert len(rows) == 12  # three countries, four years


def test_the_gaps_of_the_book_s_own_indicators_are_these():
    values = tables.read("indicators")
    found = {
        name: priorities.gaps(values, name, FIVE.codes, 2013).to_numpy().tolist()
        for name in ("lpi_overall", "internet_users", "energy_intensity", "expected_schooling")
    }
    assert found["lpi_overall"] == [["AZE", 2016], ["AZE", 2018]]
    assert found["internet_users"] == [["AZE", 2023], ["KGZ", 2023]]
    assert found["energy_intensity"] == [["KGZ", 2022]]
    assert found["expected_schooling"] == []


def test_values_in_another_unit_than_the_list_s_are_refused():
    with pytest.raises(ReckoningError, match=r"law: values in points \(allowed: metres\)"):
        priorities.panels(SCORES, LIST.assign(unit="metres"), ("law",), 2013)


# --- levels ---------------------------------------------------------------------------------------


def test_a_level_runs_from_the_worst_value_to_the_best():
    # 0 to 5 are the ends: 4 is 0.8, and 0.2 where lower is better.
    wide = priorities.series(SCORES, "law")
    assert priorities.normalise(wide, "higher").loc[2016, "AZE"] == pytest.approx(0.8)
    assert priorities.normalise(wide, "lower").loc[2016, "AZE"] == pytest.approx(0.2)


def test_a_level_without_a_direction_or_a_difference_is_refused():
    wide = priorities.series(SCORES, "law")
    with pytest.raises(ReckoningError, match=r"direction of better 'none' \(allowed: higher, lo"):
        priorities.normalise(wide, "none")
    with pytest.raises(ReckoningError, match="all values are 3"):
        priorities.normalise(wide * 0 + 3, "higher")


def test_levels_give_each_country_s_last_value_with_its_own_year():
    part = SCORES[(SCORES["country"] != "KAZ") | (SCORES["year"] < 2016)]
    rows = priorities.levels(part, LIST, ("law",), 2013).set_index("country")
    assert rows.loc["KAZ", ["year", "value", "level"]].tolist() == [2015, 0, 0]
    assert rows.loc["AZE", ["year", "value", "level"]].tolist() == [2016, 4, 0.8]


# --- attention ------------------------------------------------------------------------------------

REPORT = article.parse(
    "date 2025-01-04 (X) Trade grew and energy was saved. Trust, Energy, Reforms, Knowledge and "
    "Traditions were named. Nothing else was said. Its tradesmen met."
)
WORDS = pd.DataFrame(
    [(1, "tradition*", "name"), (3, "reform*", "name"), (4, "knowledge", "name"),
     (5, "trust*", "name"), (8, "energ*", "name"), (2, "trade", "scope")],
    columns=["position", "word", "basis"],
)  # fmt: skip


def test_a_sentence_speaks_to_a_priority_if_it_holds_one_of_its_words():
    rows = priorities.speaks(REPORT, WORDS)
    # "tradesmen" is not "trade"; the sentence that lists five names speaks to none of them.
    assert rows[["sentence", "position", "words"]].to_numpy().tolist() == [
        [1, 2, "trade"],
        [1, 8, "energy"],
    ]


def test_each_word_is_counted_by_sentences_also_one_that_the_report_lacks():
    eight = pd.DataFrame({"position": range(1, 9), "priority": [f"P{n}" for n in range(1, 9)]})
    words = pd.concat([WORDS, pd.DataFrame([(8, "oil", "synonym")], columns=WORDS.columns)])
    words = words.assign(source_keys="s").reset_index(drop=True)
    found = priorities.lexicon(REPORT, words, eight)
    assert list(found["position"]) == sorted(words["position"])
    told = found.set_index("word")["sentences"]
    # Trust, Knowledge and Reforms stand in the sentence that merely lists them; oil stands nowhere.
    assert told[told > 0].to_dict() == {"trade": 1, "energ*": 1}
    assert found.loc[found["word"] == "oil", "priority"].tolist() == ["P8"]
    with pytest.raises(ReckoningError, match="words of place 8"):
        priorities.lexicon(REPORT, words, eight[:7])


def test_attention_is_the_share_of_words_in_the_sentences_that_speak():
    eight = tables.read("priorities")
    found = priorities.attention(REPORT, priorities.speaks(REPORT, WORDS), eight)
    # 7 words ("(X)" is one) of 7, 8, 4 and 3.
    assert found.set_index("priority").loc["Energy", "share"] == pytest.approx(100 * 7 / 22)
    assert found.set_index("priority").loc["Energy", "which"] == (1,)
    assert found.set_index("priority").loc["Trust", "sentences"] == 0


def test_kappa_is_nil_by_chance_and_one_in_full_agreement():
    assert priorities.agreement([True, True, False, False], [True, False, True, False]) == 0
    assert priorities.agreement([True, False], [True, False]) == 1
    with pytest.raises(ReckoningError, match="codings of 1 and 2 answers"):
        priorities.agreement([True], [True, False])
    with pytest.raises(ReckoningError, match="one answer throughout"):
        priorities.agreement([True], [True])


def codings():
    """The rule's pairs of sentence and priority, those of a reading by hand, the sentences."""
    report = article.read()
    rows = priorities.speaks(report, tables.read("priority_words"))
    rule = set(zip(rows["sentence"], rows["position"], strict=True))
    hand = pd.read_csv(Path(__file__).parent / "data" / "attention_by_hand.csv")
    return rule, set(hand.itertuples(index=False, name=None)), range(1, len(report.sentences) + 1)


def test_the_rule_agrees_with_a_reading_by_hand_almost_perfectly():
    # Above 0.8 is "almost perfect" on the scale of Landis and Koch (1977).
    rule, hand, sentences = codings()
    first, second = (priorities.coded(each, sentences, range(1, 9)) for each in (rule, hand))
    assert priorities.agreement(first, second) > 0.8


def test_the_rule_finds_nothing_that_the_hand_did_not_and_misses_traditions_alone():
    # The Games, Turkistan and Altai speak to Traditions without any of its words.
    rule, hand, _ = codings()
    assert rule - hand == set()
    assert {position for _, position in hand - rule} == {1}
    assert sorted(number for number, _ in hand - rule) == [4, 6, 14]


def test_reforms_trust_and_mediation_are_named_and_not_spoken_to():
    report, eight = article.read(), tables.read("priorities")
    found = priorities.attention(report, priorities.speaks(report, tables.read("priority_words")),
                                 eight)  # fmt: skip
    silent = found.loc[found["sentences"] == 0, "priority"]
    assert silent.tolist() == ["Reforms", "Trust", "Mediation"]


def test_every_priority_has_its_own_name_among_its_words():
    words, eight = tables.read("priority_words"), tables.read("priorities")
    for row in eight.itertuples():
        own = words[(words["position"] == row.position) & (words["basis"] == "name")]
        stems = tuple(word.removesuffix("*") for word in own["word"])
        assert row.priority.lower().startswith(stems), row.priority


# --- heritage -------------------------------------------------------------------------------------

HELD = pd.DataFrame(
    [("yurt", "KAZ", 2014), ("yurt", "KGZ", 2014), ("yurt", "UZB", 2016), ("kite", "KAZ", 2015),
     ("kite", "HUN", 2015)],
    columns=["element", "country", "since"],
).assign(source_keys="s")  # fmt: skip


def test_an_element_counts_from_the_year_in_which_a_second_member_holds_it():
    rows = priorities.shared_elements(HELD, FIVE.codes, (2013, 2015, 2016))
    wide = rows.pivot_table(index="year", columns="country", values="value")
    # The kite is shared with an observer alone, and does not count.
    assert wide["KAZ"].tolist() == [0, 1, 1]
    assert wide["UZB"].tolist() == [0, 0, 1]
    assert wide["TUR"].tolist() == [0, 0, 0]
    wider = priorities.shared_elements(HELD, FIVE.codes, (2016,), least=2)
    assert wider.set_index("country").loc["KGZ", "value"] == 1


def test_a_group_that_holds_nothing_is_refused():
    with pytest.raises(ReckoningError, match=r"no element is held by the group \(allowed: TUR\)"):
        priorities.shared_elements(HELD, ("TUR",), (2016,))


def test_nowruz_and_nasreddin_are_held_by_all_five():
    held = tables.read("shared_heritage")
    assert priorities.held_by_all(held, FIVE.codes, 2025) == (
        "Nowruz",
        "Anecdotes of Nasreddin Hodja",
    )
    assert priorities.held_by_all(held, FIVE.codes, 2015) == ()
    # Türkiye's ministry counted 30 elements in all at the end of 2023: 12 is part of that.
    rows = priorities.shared_elements(held, FIVE.codes, (2023,)).set_index("country")
    assert rows.loc["TUR", "value"] < 30


def test_every_element_is_held_by_two_members_or_more():
    held = tables.read("shared_heritage")
    assert (held.groupby("element")["country"].nunique() >= 2).all()


# --- trade with the other members ----------------------------------------------------------------


def traded():
    path = trade.path(
        tables.read("trade_pairs"), tables.read("trade_flows"), tables.read("trade_stated")
    )
    return path, trade.share_path(path, tables.read("trade_totals"))


def test_trade_with_members_is_a_share_of_all_trade_of_each():
    path, shares = traded()
    rows = priorities.trade_with_members(shares, path, FIVE.codes, trade.ESTIMATED)
    held = rows.set_index(["country", "year"])
    # Kyrgyzstan in 2013: 1,058.0 with Kazakhstan, 531.7 with Türkiye, 256.6 with Uzbekistan (BACI)
    # and 14.5 with Azerbaijan (its reports), of 2,058 and 6,070 with the world: 1,860.9 of 8,128.
    assert held.loc[("KGZ", 2013), "value"] == pytest.approx(22.895, abs=1e-3)
    assert set(rows["country"]) == set(FIVE.codes)  # the group as a whole is no member


def test_a_share_that_rests_on_an_estimated_pair_is_an_estimate():
    # Azerbaijan's figure with Türkiye for 2024 is its total less its other pairs.
    path, shares = traded()
    rows = priorities.trade_with_members(shares, path, FIVE.codes, trade.ESTIMATED)
    marked = rows[rows["basis"] == "estimate"]
    assert {("AZE", 2024), ("TUR", 2024)} <= set(
        zip(marked["country"], marked["year"], strict=True)
    )
    assert marked["year"].min() > 2020
    assert ("KAZ", 2024) not in set(zip(marked["country"], marked["year"], strict=True))


def test_a_member_without_a_share_is_refused():
    path, shares = traded()
    with pytest.raises(ReckoningError, match=r"no share of UZB \(allowed: AZE, KAZ"):
        priorities.trade_with_members(
            shares[shares["country"] != "UZB"], path, FIVE.codes, trade.ESTIMATED
        )


def test_every_letter_but_mediation_has_two_indicators_for_five_members():
    covered = priorities.coverage(tables.read("priorities"), tables.read("indicator_list"))
    counts = dict(zip(covered["priority"], covered["indicators"], strict=True))
    assert counts.pop("Mediation") == 0
    assert min(counts.values()) >= 2
    # Those in the table have a first and a later figure for all five; logistics lacks one later.
    values = tables.read("indicators")
    for name, rows in values.groupby("indicator"):
        spans = rows.groupby("country")["year"].agg(lambda years: years.max() > years.min())
        assert spans.all(), name


# --- change ---------------------------------------------------------------------------------------


def test_the_yardstick_is_the_largest_move_of_any_country_in_one_year():
    found = priorities.yardstick(SCORES, "law", 2013)
    assert found.value == 3
    assert found.estimate  # the rule is the book's own


def with_errors(frame, error):
    return frame.assign(standard_error=error)


def test_the_margin_of_two_scores_is_1_645_times_the_root_of_their_squared_errors():
    # 3 and 4 make 5, and z of a two-sided 90 per cent is 1.6449.
    assert priorities.margin(3, 4) == pytest.approx(8.2243, abs=1e-4)
    assert priorities.margin(3, 4, 0.95) == pytest.approx(9.7998, abs=1e-4)


def test_standard_errors_come_before_the_yardstick():
    # The error of 2 makes a margin of 4.65: no change is beyond it, though the yardstick is 3.
    changed = priorities.changes(with_errors(SCORES, 2.0), LIST, ("law",), 2013)
    assert changed["rests_on"].unique().tolist() == ["standard errors"]
    assert changed["margin"].tolist() == pytest.approx([4.6524] * 3, abs=1e-4)
    assert changed["verdict"].unique().tolist() == ["no clear change"]
    forced = priorities.changes(with_errors(SCORES, 2.0), LIST, ("law",), 2013, rule="yardstick")
    assert forced["verdict"].tolist() == ["rose", "no clear change", "fell"]
    with pytest.raises(ReckoningError, match=r"rule 'luck' \(allowed: published, yardstick, own\)"):
        priorities.changes(SCORES, LIST, ("law",), 2013, rule="luck")


def test_where_lower_is_better_a_fall_is_progress():
    falling = priorities.changes(SCORES, LIST.assign(better="lower"), ("law",), 2013)
    assert falling["progress"].tolist() == ["worse", "", "better"]


def test_a_country_without_a_later_figure_has_no_change():
    part = SCORES[(SCORES["country"] != "KAZ") | (SCORES["year"] == 2013)]
    changed = priorities.changes(part, LIST, ("law",), 2013).set_index("country")
    assert changed.loc["KAZ", "verdict"] == "no later figure"


def test_a_pair_is_told_apart_only_beyond_its_margin():
    # In 2016: 4, 3 and 1; with errors of 1 the margin is 2.33, so only 4 and 1 are apart.
    found = priorities.apart(with_errors(SCORES, 1.0), "law", 2016)
    told = found[found["apart"]]
    assert told[["first", "second"]].to_numpy().tolist() == [["AZE", "KGZ"]]
    with pytest.raises(ReckoningError, match="law lacks a standard error in 2016"):
        priorities.apart(SCORES, "law", 2016)


def test_a_member_may_be_held_against_its_own_largest_move_alone():
    # Azerbaijan moved by 3 at most, Kazakhstan by 3, Kyrgyzstan by 2: its −4 is beyond, +3 is not.
    changed = priorities.changes(SCORES, LIST, ("law",), 2013, rule="own")
    assert changed["margin"].tolist() == [3, 3, 2]
    assert changed["verdict"].tolist() == ["rose", "no clear change", "fell"]
    # Over a gap it is the move from one figure to the next: 5 to 3, then to 1.
    part = SCORES[(SCORES["country"] != "KGZ") | (SCORES["year"] != 2014)]
    found = priorities.changes(part, LIST, ("law",), 2013, rule="own").set_index("country")
    assert found.loc["KGZ", "margin"] == 2


def test_the_ends_of_a_year_may_not_be_told_apart_from_the_next():
    values = tables.read("indicators")
    told = priorities.apart(values, "wgi_regulatory_quality", 2023)
    # Kazakhstan 0.07 and Azerbaijan −0.11: 0.18 against 1.645 √(0.22² + 0.25²) = 0.55.
    assert "AZE" in priorities.beside(told, "KAZ")
    # Kazakhstan and Kyrgyzstan, the ends: 0.69 against 1.645 √(0.22² + 0.20²) = 0.49.
    assert "KGZ" not in priorities.beside(told, "KAZ")
    with pytest.raises(ReckoningError, match="'HUN' was not compared"):
        priorities.beside(told, "HUN")


def test_the_other_choices_are_the_same_changes_under_other_rules():
    found = priorities.other_choices(with_errors(SCORES, 1.5), LIST, ("law",), 2013)
    # 90 per cent: 3.49, so +4 and −4; 95: 4.16, none; any member's move 3, own moves 3, 3 and 2:
    # +4 and −4 both times.
    assert found[["better", "worse", "unclear"]].to_numpy().tolist() == [
        [1, 1, 1],
        [0, 0, 3],
        [1, 1, 1],
        [1, 1, 1],
    ]
    # Where lower is better, the same rise is worse.
    turned = priorities.other_choices(SCORES, LIST.assign(better="lower"), ("law",), 2013)
    assert turned.loc[0, ["better", "worse"]].tolist() == [1, 1]


def test_a_year_without_a_figure_stays_empty_beside_one_with():
    part = SCORES[(SCORES["country"] != "KAZ") | (SCORES["year"] != 2016)]
    rows = priorities.over_term(part, LIST, ("law",), (2015, 2016)).set_index("country")
    assert rows.loc["AZE", "change"] == 3
    assert pd.isna(rows.loc["KAZ", "change"])
    assert priorities.over_term(part, LIST, ("law",), (2016, 2017)).empty


def test_no_move_over_the_chairmanship_is_larger_than_a_move_in_one_year_before():
    # The largest one: Uzbekistan's renewables +6.8 against 11.5 of a single year before.
    values, chosen = tables.read("indicators"), tables.read("indicator_list")
    names = ("gross_capital_formation", "renewable_electricity")
    rows = priorities.over_term(values, chosen, names, (2023, 2024))
    held = rows.set_index(["indicator", "country"])
    assert held.loc[("renewable_electricity", "UZB"), "change"] == pytest.approx(6.8)
    assert held.loc[("renewable_electricity", "UZB"), "usual"] == pytest.approx(11.5)
    assert priorities.beyond_usual(rows, ("s",)).value == 0
    assert priorities.beyond_usual(rows, ("s",), every=True).value == 10


def test_scores_of_governance_have_standard_errors_at_both_ends():
    values = tables.read("indicators")
    scores = values[values["indicator"].str.startswith("wgi_") & values["year"].isin((2013, 2023))]
    assert len(scores) == 50
    assert scores["standard_error"].between(0.1, 0.35).all()


def test_turkiye_fell_in_four_scores_and_uzbekistan_rose_in_four():
    # By hand for regulatory quality: +1.02 against 1.645 √(0.16² + 0.19²) = 0.41.
    values, chosen = tables.read("indicators"), tables.read("indicator_list")
    scores = tuple(n for n in chosen["indicator"] if n.startswith("wgi_"))
    changed = priorities.changes(values, chosen, scores, 2013)
    assert priorities.who(changed, "fell").to_numpy().tolist() == [["TUR", 4]]
    assert priorities.who(changed, "rose").to_numpy().tolist() == [["KAZ", 2], ["UZB", 4]]


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


def test_an_indicator_starts_in_the_first_year_that_all_have():
    late = SCORES[(SCORES["country"] != "KAZ") | (SCORES["year"] > 2013)]
    changed = priorities.changes(late, LIST, ("law",), 2013)
    assert changed["first_year"].unique().tolist() == [2014]
    never = SCORES[(SCORES["country"] != "KAZ") | (SCORES["year"] > 2016)]
    never = pd.concat([never, valued("law", ("KAZ", 2020, 1))])
    with pytest.raises(ReckoningError, match="no year since 2013 has law of every country"):
        priorities.changes(never, LIST, ("law",), 2013)


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


def test_the_ends_of_a_year_name_whose_they_are():
    found = priorities.ends(SCORES, "law", 2013)
    assert found.tolist() == [0, "AZE", 5, "KGZ"]
    with pytest.raises(ReckoningError, match=r"no law in 2020 \(allowed: 2013, 2014"):
        priorities.ends(SCORES, "law", 2020)


def test_panels_keep_the_order_asked_for():
    values = pd.concat([SCORES, valued("money", ("AZE", 2013, 1), ("AZE", 2014, 2))])
    rows = priorities.panels(values, listed(("law", 1, "higher"), ("money", 2, "higher")),
                             ("money", "law"), 2014)  # fmt: skip
    assert rows["panel"].drop_duplicates().tolist() == ["Money", "Law"]
    assert rows["year"].min() == 2014


def test_every_field_and_topic_of_the_article_has_its_acts_and_the_claim_it_belongs_to():
    rows = priorities.acts_on_topics(tables.read("topics"), tables.read("acts"))
    assert rows.loc[rows["first"], "topic"].tolist() == [
        "Energy", "Industry", "Agriculture", "Digitalization", "The Altai concept",
        "Common heritage",
    ]  # fmt: skip
    assert set(rows["claim"]) == {"four-fields", "altai", "heritage"}
    done = rows[rows["stage"] == "done"]
    assert set(done["topic"]) == {"Digitalization", "The Altai concept", "Common heritage"}


def test_trust_and_mediation_alone_have_no_step_on_record():
    rows = priorities.steps_by_letter(tables.read("priorities"), tables.read("priority_steps"))
    empty = rows.loc[rows["step"] == "none found", "priority"]
    assert empty.tolist() == ["Trust", "Mediation"]
    assert rows["position"].is_monotonic_increasing


def test_a_step_of_no_priority_is_refused():
    steps = tables.read("priority_steps").assign(position=9)
    with pytest.raises(ReckoningError, match=r"priority_steps: steps of place 9 \(allowed: 1, 2"):
        priorities.steps_by_letter(tables.read("priorities"), steps)


def test_a_field_without_an_act_is_refused():
    acts = tables.read("acts")
    # The declaration, the Secretary General's article, the plan of action.
    assert priorities.acts_of(acts, "TURKTIME").value == 3
    with pytest.raises(ReckoningError, match=r"no act in 'fishing' \(allowed: Altai, "):
        priorities.acts_of(acts, "fishing")


def test_a_topic_is_told_by_the_lowest_and_the_highest_member_in_full_years_alone():
    # Kazakhstan lacks 2016, so 2013 and 2015 are the first and the last full years.
    topics = pd.DataFrame(
        {
            "order": [2, 1], "topic": ["Courts", "Maps"], "indicator": ["law", None],
            "needs": [None, "A paper"], "source_keys": ["s", "s"],
        }
    )  # fmt: skip
    part = SCORES[(SCORES["country"] != "KAZ") | (SCORES["year"] != 2016)]
    full = part.pivot_table(index="year", columns="country", values="value").dropna()
    maps, courts = priorities.topic_measures(topics, part, LIST).to_dict("records")
    assert (maps["topic"], maps["needs"]) == ("Maps", "A paper")
    assert pd.isna(maps["first_year"])
    assert (courts["first_year"], courts["last_year"]) == (2013, 2015)
    assert (courts["first_low"], courts["last_high"]) == (
        full.loc[2013].min(),
        full.loc[2015].max(),
    )


def test_the_answer_of_a_priority_depends_on_the_choice_where_its_indicators_disagree():
    changed = pd.DataFrame(
        [
            (4, "years", "better"), (4, "years", "none"), (4, "internet", "better"),
            (4, "internet", "better"), (5, "law", "worse"), (5, "order", "worse"),
        ],
        columns=["position", "name", "progress"],
    )  # fmt: skip
    told = priorities.by_indicator(changed)
    assert told[["better", "worse"]].to_numpy().tolist() == [[1, 0], [2, 0], [0, 1], [0, 1]]
    assert priorities.choice_matters(told, ("s",)).value == 1


def test_a_member_without_its_output_has_no_investment_in_dollars():
    rows = pd.DataFrame(
        [("gross_capital_formation", "KAZ", 2013, 25.0), ("gdp_current_usd", "KAZ", 2013, 200.0),
         ("gross_capital_formation", "KGZ", 2013, 30.0)],
        columns=["indicator", "country", "year", "value"],
    )  # fmt: skip
    with pytest.raises(ReckoningError, match="no share or no GDP of KGZ in 2013"):
        priorities.invested_by(rows, (2013,))
    with pytest.raises(ReckoningError, match="no share or no GDP of KAZ in 2024"):
        priorities.invested_by(rows[:2], (2024,))
