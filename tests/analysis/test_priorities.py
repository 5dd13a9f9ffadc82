"""The eight priorities and their indicators: rules on tables made by hand, then the evidence."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis import article, priorities, stages, tables, trade
from analysis.countries import FIVE
from analysis.errors import ReckoningError
from analysis.quantities import keys_of
from tests.quantity_checks import act, refused, same

NAN = float("nan")
COLUMNS = ["indicator", "country", "year", "value", "unit", "basis", "vintage", "standard_error",
           "source_keys"]  # fmt: skip


def values(*rows):
    """(indicator, country, year, value, unit, standard error, keys)."""
    return pd.DataFrame(
        [(i, c, y, float(v), u, "reported", f"of {y}", e, k) for i, c, y, v, u, e, k in rows],
        columns=COLUMNS,
    )


#: Law in points: A 2, 3, 8 and B 4, 4, 3. Money in percent, without a figure of B in the end.
ROWS = values(
    ("law", "AZE", 2020, 2, "points", 0.3, "l1"), ("law", "AZE", 2021, 3, "points", 0.3, "l1"),
    ("law", "AZE", 2022, 8, "points", 0.4, "l2 l1"), ("law", "KAZ", 2020, 4, "points", 0.3, "l1"),
    ("law", "KAZ", 2021, 4, "points", 0.3, "l1"), ("law", "KAZ", 2022, 3.9, "points", 0.4, "l1"),
    ("money", "AZE", 2020, 50, "%", NAN, "m1"), ("money", "AZE", 2021, 52, "%", NAN, "m1"),
    ("money", "AZE", 2022, 45, "%", NAN, "m1"), ("money", "KAZ", 2020, 10, "%", NAN, "m2"),
    ("money", "KAZ", 2021, 11, "%", NAN, "m2"),
)  # fmt: skip
LIST = pd.DataFrame(
    [("law", 3, "Rule of law", "points", "higher", "levels", "x", "y", "s"),
     ("money", 1, "Money kept", "%", "lower", "levels", "x", "y", "s"),
     ("size", 2, "Size", "people", "none", "levels", "x", "y", "s")],
    columns=["indicator", "position", "name", "unit", "better", "counts", "stands_for", "fails",
             "source_keys"],
)  # fmt: skip


# --- values -------------------------------------------------------------------------------------


def test_what_is_not_on_the_list_or_without_values_is_refused():
    refused(
        lambda: priorities.listing(LIST, "luck"),
        "list of indicators: no indicator luck (allowed: law, money, size)",
    )
    for field, allowed in (("unit", "some text"), ("better", "higher, lower, none")):
        refused(
            lambda f=field: priorities.listing(LIST.assign(**{f: " "}), "law"),
            f"list of indicators, law: no {field} (allowed: {allowed})",
        )
    refused(
        lambda: priorities.series(ROWS, "law", 2023),
        "no value of law since 2023 (allowed: 2022 or before)",
    )
    assert priorities.series(ROWS, "law", 2022).index.tolist() == [2022]
    assert priorities.series(ROWS, "law").index.tolist() == [2020, 2021, 2022]
    assert priorities.listing(LIST, "money")["name"] == "Money kept"


def test_a_year_has_its_ends():
    ends = {"low": 3.9, "lowest": "KAZ", "high": 8.0, "highest": "AZE"}
    assert priorities.ends(ROWS, "law", 2022).to_dict() == ends
    refused(
        lambda: priorities.ends(ROWS, "law", 2023),
        "table indicators, indicator law: no year 2023 (allowed: 2020, 2021, 2022)",
    )


def test_panels_hold_rows_and_gaps_by_country_and_year():
    rows = priorities.panels(ROWS[::-1], LIST, ("money", "law"), 2021)
    expected = pd.DataFrame(
        [
            ("Money kept", "%", "lower", "AZE", 2021, 52.0, NAN, "reported"),
            ("Money kept", "%", "lower", "AZE", 2022, 45.0, NAN, "reported"),
            ("Money kept", "%", "lower", "KAZ", 2021, 11.0, NAN, "reported"),
            ("Money kept", "%", "lower", "KAZ", 2022, NAN, NAN, "gap"),
            ("Rule of law", "points", "higher", "AZE", 2021, 3.0, 0.3, "reported"),
            ("Rule of law", "points", "higher", "AZE", 2022, 8.0, 0.4, "reported"),
            ("Rule of law", "points", "higher", "KAZ", 2021, 4.0, 0.3, "reported"),
            ("Rule of law", "points", "higher", "KAZ", 2022, 3.9, 0.4, "reported"),
        ],
        columns=["panel", "unit", "better", "country", "year", "value", "standard_error", "basis"],
    )
    assert_frame_equal(rows, expected)
    gaps = priorities.gaps(ROWS, "money", ("KAZ", "AZE", "KGZ"), 2021)
    assert gaps.to_numpy().tolist() == [["KAZ", 2022], ["KGZ", 2021], ["KGZ", 2022]]
    assert gaps.columns.tolist() == ["country", "year"]
    refused(
        lambda: priorities.panels(ROWS, LIST.assign(unit="m"), ("money",), 2021),
        "money: values in % (allowed: m)",
    )


# --- change -------------------------------------------------------------------------------------


def test_changes_are_given_country_by_country_with_what_they_rest_on():
    margin = 0.5 * 1.6448536
    expected = pd.DataFrame(
        [
            ("money", "Money kept", "%", "lower", 1, "AZE", 2020, 2022, 50.0, 45.0, -5.0, NAN,
             "trend", "too few figures", ""),
            ("money", "Money kept", "%", "lower", 1, "KAZ", 2020, 2021, 10.0, 11.0, 1.0, NAN,
             "trend", "too few figures", ""),
            ("law", "Rule of law", "points", "higher", 3, "AZE", 2020, 2022, 2.0, 8.0, 6.0, margin,
             "standard errors", "rose", "better"),
            ("law", "Rule of law", "points", "higher", 3, "KAZ", 2020, 2022, 4.0, 3.9, -0.1,
             margin, "standard errors", "no clear change", ""),
        ],
        columns=["indicator", "name", "unit", "better", "position", "country", "first_year",
                 "last_year", "first", "last", "change", "margin", "rests_on", "verdict",
                 "progress"],
    )  # fmt: skip
    found = priorities.changes(ROWS, LIST, ("money", "law"), 2020)
    assert_frame_equal(found, expected, rtol=1e-6)
    wide = priorities.changes(ROWS, LIST, ("law",), 2020, level=0.95)
    assert wide["margin"].tolist() == pytest.approx([0.98, 0.98], abs=1e-3)
    # An error at one end alone is no published margin.
    half = ROWS.assign(standard_error=ROWS["standard_error"].where(ROWS["year"] > 2020))
    assert set(priorities.changes(half, LIST, ("law",), 2020)["rests_on"]) == {"trend"}


def path(*figures, **described):
    """The change of one country that takes a path, without standard errors."""
    frame = values(
        *(("law", "AZE", 2013 + n, v, "points", NAN, "k") for n, v in enumerate(figures))
    )
    row = priorities.changes(frame, LIST.assign(**described), ("law",), 2013).iloc[0]
    return row["verdict"], row["progress"]


def test_a_trend_is_what_chance_would_seldom_order_so():
    # Mann (1945), by hand. Four figures in order: S = 6, variance 26/3, z = 5 / 2.944 = 1.698.
    assert priorities.trend([1, 2, 3, 4]) == pytest.approx(0.0894, abs=1e-4)
    assert priorities.trend([4, 3, 2, 1]) == priorities.trend([1, 2, 3, 4])
    # One pair turned round: S = 4, z = 3 / 2.944 = 1.019.
    assert priorities.trend([1, 3, 2, 4]) == pytest.approx(0.308, abs=1e-3)
    # Equal figures: S = 5, variance (156 - 18) / 18 = 7.667, z = 4 / 2.769 = 1.4446.
    assert priorities.trend([1, 1, 2, 3]) == pytest.approx(0.1486, abs=1e-3)
    assert priorities.trend([2, 2, 2, 2]) == 1


def test_a_steady_change_is_clear_beside_one_large_jump():
    # The old bar, the largest move of any member in a year, was 30 here, and hid a rise of 9.
    steady = [("law", "AZE", 2013 + n, n, "points", NAN, "k") for n in range(10)]
    jumpy = [("law", "KAZ", 2013 + n, 30 * (n == 5), "points", NAN, "k") for n in range(10)]
    found = priorities.changes(values(*steady, *jumpy), LIST, ("law",), 2013)
    assert found["verdict"].tolist() == ["rose", "no clear change"]
    hidden = priorities.changes(values(*steady, *jumpy), LIST, ("law",), 2013, rule="jump")
    assert hidden["verdict"].tolist() == ["no clear change", "no clear change"]
    own = priorities.changes(values(*steady, *jumpy), LIST, ("law",), 2013, rule="own")
    assert own["margin"].tolist() == [1, 30]


def test_better_and_worse_follow_from_the_direction():
    assert path(0, 1, 2, 3, 4) == ("rose", "better")
    assert path(4, 3, 2, 1, 0) == ("fell", "worse")
    assert path(0, 1, 2, 3, 4, better="lower") == ("rose", "worse")
    assert path(4, 3, 2, 1, 0, better="none") == ("fell", "")
    with pytest.raises(ReckoningError, match=r"^rule 'eye' \(allowed: published, jump, own"):
        priorities.changes(ROWS, LIST, ("law",), 2020, rule="eye")
    # What can only be added to is not tested for a change.
    assert path(0, 1, 2, 3, 4, counts="additions") == ("not tested", "")
    apart = values(("law", "AZE", 2020, 1, "p", NAN, "k"), ("law", "KAZ", 2021, 1, "p", NAN, "k"))
    refused(
        lambda: priorities.changes(apart, LIST, ("law",), 2020),
        "no year since 2020 has law of every country (allowed: a year with a value of each)",
    )


def test_fewer_than_four_figures_or_one_alone_are_no_test():
    assert path(0, 5, 9) == ("too few figures", "")
    assert path(0, 3, 6, 9) == ("rose", "better")
    one = values(("law", "AZE", 2020, 1, "points", 0.1, "k"))
    found = priorities.changes(one, LIST, ("law",), 2020)
    assert found.loc[0, "verdict"] == "too few figures"


def test_pairs_without_a_later_figure_are_not_counted_as_compared():
    # 75 pairs with one that has no later figure are 74.
    changed = pd.DataFrame({"verdict": ["rose"] * 74 + ["too few figures"]})
    assert priorities.pairs(changed, ("k",)).value == 74


def test_other_rules_count_the_same_pairs():
    found = priorities.other_choices(SCORES.assign(standard_error=1.5), LIST, ("law",), 2013)
    # 90%: 3.49, so +4 and −4; 95%: 4.16, none; any member's move 3, own moves 3, 3, 2: +4, −4.
    assert found[["better", "worse", "unclear", "untested"]].to_numpy().tolist() == [
        [1, 1, 1, 0], [0, 0, 3, 0], [1, 1, 1, 0], [1, 1, 1, 0],
    ]  # fmt: skip
    assert found["rule"].tolist() == [
        "the source's errors, elsewhere a trend, at 90%",
        "the same, at 95%",
        "the largest move of any member in a year",
        "the largest move of the member itself in a year",
    ]


def test_scores_are_told_apart_pair_by_pair():
    scores = values(
        ("law", "KGZ", 2022, 3.9, "p", 0.4, "k"), ("law", "AZE", 2022, 8, "p", 0.3, "k"),
        ("law", "KAZ", 2022, 4, "p", 0.3, "k"),
    )  # fmt: skip
    even, uneven = 0.3 * 2**0.5 * 1.6448536, 0.5 * 1.6448536
    expected = pd.DataFrame(
        [("AZE", "KAZ", 2022, 4.0, even, True), ("AZE", "KGZ", 2022, 4.1, uneven, True),
         ("KAZ", "KGZ", 2022, 0.1, uneven, False)],
        columns=["first", "second", "year", "difference", "margin", "apart"],
    )  # fmt: skip
    compared = priorities.apart(scores, "law", 2022)
    assert_frame_equal(compared, expected, rtol=1e-6)
    refused(lambda: priorities.apart(scores, "law", 2021),
            "law lacks a standard error in 2021 (allowed: 2022)")  # fmt: skip
    strict = priorities.apart(scores, "law", 2022, 0.95)
    assert strict["margin"].iloc[0] == pytest.approx(0.3 * 2**0.5 * 1.96, abs=1e-3)
    # Each pair has its own margin: 1.0 is above 1.645 x 0.3 x √2, and below 1.645 x √(0.3² + 0.6²).
    near = values(
        ("law", "AZE", 2022, 0, "p", 0.3, "k"), ("law", "KAZ", 2022, 1, "p", 0.3, "k"),
        ("law", "KGZ", 2022, 2, "p", 0.6, "k"),
    )  # fmt: skip
    assert priorities.apart(near, "law", 2022)["apart"].tolist() == [True, True, False]
    # A difference of just its margin is none.
    close = values(("law", "A", 1, 0, "p", 0, "k"), ("law", "B", 1, 0, "p", 0, "k"))
    assert not priorities.apart(close, "law", 1)["apart"].any()
    for frame in (scores.assign(standard_error=[0.4, NAN, 0.3]), scores[:0]):
        refused(
            lambda f=frame: priorities.apart(f, "law", 2022),
            "law lacks a standard error in 2022 (allowed: a year that has each)",
        )
    same(priorities.tell_apart(compared, ("k",)), 2, "pairs",
         "pairs of members told apart by a score", ("k",), ("indicators",), 2022)  # fmt: skip
    same(priorities.tell_apart(compared, ("k",), every=True), 3, "pairs",
         "pairs of members and score compared", ("k",), ("indicators",), 2022)  # fmt: skip


CHANGED = pd.DataFrame(
    [("A", 4, "AZE", "rose", "better"), ("A", 4, "KAZ", "rose", "better"),
     ("B", 4, "AZE", "fell", "worse"), ("B", 4, "KAZ", "no clear change", ""),
     ("C", 3, "KAZ", "too few figures", ""), ("C", 3, "AZE", "no clear change", "")],
    columns=["name", "position", "country", "verdict", "progress"],
)  # fmt: skip


def test_verdicts_are_counted_by_indicator_by_country_and_in_all():
    tables = ("indicators", "indicator_list")
    same(priorities.tally(CHANGED, "rose", ("k",)), 2, "pairs",
         "pairs of indicator and country: rose", ("k",), tables)  # fmt: skip
    same(priorities.pairs(CHANGED, ("k",)), 5, "pairs", "pairs of indicator and country tested",
         ("k",), tables)  # fmt: skip
    compared = priorities.by_indicator(CHANGED)
    expected = pd.DataFrame(
        [(3, "C", 0, 0), (4, "A", 2, 0), (4, "B", 0, 1)],
        columns=["position", "name", "better", "worse"],
    )
    assert_frame_equal(compared, expected)
    same(priorities.choice_matters(compared, ("k",)), 1, "priorities",
         "priorities whose indicators tell different numbers of clear changes", ("k",),
         ("indicators", "indicator_list", "shared_heritage"), estimate=True)  # fmt: skip
    assert priorities.by_country(CHANGED, "rose").to_numpy().tolist() == [["AZE", 1], ["KAZ", 1]]
    assert priorities.by_country(CHANGED, "fell").columns.tolist() == ["country", "indicators"]


# --- level --------------------------------------------------------------------------------------


def test_levels_come_with_their_year_and_value():
    expected = pd.DataFrame(
        [
            ("money", "Money kept", "%", 1, "AZE", 2022, 45.0, 7 / 42),
            ("money", "Money kept", "%", 1, "KAZ", 2021, 11.0, 41 / 42),
            ("law", "Rule of law", "points", 3, "AZE", 2022, 8.0, 1.0),
            ("law", "Rule of law", "points", 3, "KAZ", 2022, 3.9, 1.9 / 6),
        ],
        columns=["indicator", "name", "unit", "position", "country", "year", "value", "level"],
    )
    assert_frame_equal(priorities.levels(ROWS, LIST, ("money", "law"), 2020), expected)
    # From 2021 on the ends are others: law runs from 3 to 8.
    later = priorities.levels(ROWS, LIST, ("law",), 2021)
    assert later["level"].tolist() == pytest.approx([1, 0.18])
    wide = priorities.series(ROWS, "law")
    refused(
        lambda: priorities.normalise(wide, "none"),
        "direction of better 'none' (allowed: higher, lower)",
    )
    refused(
        lambda: priorities.normalise(wide * 0, "lower"),
        "all values are 0 (allowed: two values that differ)",
    )


# --- money --------------------------------------------------------------------------------------

MONEY = values(
    ("gross_capital_formation", "AZE", 2020, 20, "%", NAN, "g1"),
    ("gross_capital_formation", "KAZ", 2020, 50, "%", NAN, "g2"),
    ("gross_capital_formation", "AZE", 2021, 25, "%", NAN, "g1"),
    ("gdp_current_usd", "AZE", 2020, 60, "USD billion", NAN, "d"),
    ("gdp_current_usd", "KAZ", 2020, 40, "USD billion", NAN, "d"),
    ("gdp_current_usd", "AZE", 2021, 80, "USD billion", NAN, "d"),
    ("gdp_current_usd", "KAZ", 2021, 90, "USD billion", NAN, "d"),
)
MONEY["basis"] = ["reported", "estimate", "reported", "estimate", *["reported"] * 3]


def test_investment_is_each_share_of_each_output():
    # 20 % of 60 and 50 % of 40 are 32 of 100. 2021 lacks a country.
    expected = pd.DataFrame(
        {"year": [2020], "gdp": [100.0], "invested": [32.0], "share": [32.0], "estimates": [2]}
    )
    assert_frame_equal(priorities.investment(MONEY), expected)
    unequal = MONEY.assign(value=[20, 50, 25, 120, 80, 80, 90.0])
    keys = ("g1", "g2")
    same(
        priorities.invested(unequal, 2020),
        64,
        "USD billion",
        "shares of GDP times GDP, added over the five members",
        keys,
        ("indicators",),
        2020,
    )
    same(priorities.invested(unequal, 2020, "share"), 32, "%",
         "investment of the five members over their GDP", keys, ("indicators",), 2020)  # fmt: skip
    refused(lambda: priorities.invested(MONEY, 2021), "investment: no year 2021 (allowed: 2020)")
    # Nor does a year count that lacks the GDP of a country.
    whole = pd.concat([MONEY, MONEY[2:3].assign(country="KAZ", value=10.0)])
    assert priorities.investment(whole)["invested"].tolist() == [32, 29]  # 20 of 80, 9 of 90
    poor = whole[(whole["indicator"] != "gdp_current_usd") | (whole["value"] != 90)]
    assert priorities.investment(poor)["year"].tolist() == [2020]
    measured = MONEY.assign(basis="reported")
    assert priorities.investment(measured)["estimates"].tolist() == [0]


FUND = pd.DataFrame(
    [("2023-03-16", "agreement signed", NAN, None, "a"),
     ("2024-05-18", "paid in", 500.0, "USD million", "b c")],
    columns=["date", "fact", "value", "unit", "source_keys"],
)  # fmt: skip


def test_a_fact_of_the_fund_has_its_day():
    same(priorities.fund_fact(FUND, "paid in"), 500, "USD million", "paid in, 2024-05-18",
         ("b", "c"), ("fund",), 2024)  # fmt: skip
    with pytest.raises(ReckoningError):  # without a figure
        priorities.fund_fact(FUND, "agreement signed")


# --- the slogan ---------------------------------------------------------------------------------

EIGHT = pd.DataFrame(
    {
        "position": [2, 1, *range(3, 9)],
        "letter": list("UTRKTIME"),
        "priority": ["Unity", "Trust", "Reforms", "Knowledge", "Trade", "Income", "Media", "Earth"],
        "scope_status": ["stated", "stated", "inferred", *["not found"] * 5],
        "horizon_years": 10,
        "source_keys": ["a b", "a", "a c", "a", "a", "a", "a", "a"],
    }
)


def test_a_list_of_names_is_held_against_the_places():
    found = priorities.match(EIGHT, ("Trust", "Unity"))
    sources = ("a", "b", "c")
    assert found == priorities.Match(names=False, order=False, slogan="TU", sources=sources)
    names = tuple(EIGHT.sort_values("position")["priority"])
    whole = priorities.match(EIGHT, names)
    assert (whole.names, whole.order, whole.slogan) == (True, True, "TURKTIME")
    turned = priorities.match(EIGHT, names[::-1])
    assert (turned.names, turned.order) == (True, False)


def test_the_horizon_is_one_and_rests_on_what_names_all():
    same(priorities.horizon(EIGHT), 10, "years", "as announced", ("a",), ("priorities",), 2023)
    refused(
        lambda: priorities.horizon(EIGHT.assign(horizon_years=[10] * 7 + [5])),
        "horizons [5, 10], common sources ['a'] (allowed: one)",
    )
    refused(
        lambda: priorities.horizon(EIGHT.assign(source_keys=list("abcdefgh"))),
        "horizons [10], common sources [] (allowed: one)",
    )
    both = EIGHT.assign(source_keys="z b")
    assert priorities.horizon(both).sources == ("b", "z")


def test_scopes_are_counted_with_their_sources():
    same(priorities.scopes(EIGHT, "inferred"), 1, "priorities",
         "priorities whose scope is inferred", ("a", "c"), ("priorities",), 2023)  # fmt: skip
    # A count of none rests on all the rows that were looked at.
    same(priorities.scopes(EIGHT, "secret"), 0, "priorities", "priorities whose scope is secret",
         ("a", "b", "c"), ("priorities",), 2023)  # fmt: skip


# --- attention ----------------------------------------------------------------------------------

REPORT = article.parse(
    "date 2025-01-04 (X) Trade grew and energy was saved by trade. Trust, Unity, Reforms and "
    "Knowledge were named. Trust, unity and reforms came first. Its tradesmen met."
)
WORDS = pd.DataFrame(
    [(8, "energ*", "scope"), (1, "trust*", "name"), (2, "unity", "name"), (3, "reform*", "name"),
     (4, "knowledge", "name"), (5, "trade", "scope"), (5, "grew", "scope")],
    columns=["position", "word", "basis"],
)  # fmt: skip


def test_four_names_are_a_list_and_three_are_not():
    spoken = priorities.speaks(REPORT, WORDS)
    compared = spoken[["sentence", "position", "words"]].to_numpy().tolist()
    assert compared == [[1, 5, "trade, grew"], [1, 8, "energy"], [3, 1, "trust"], [3, 2, "unity"],
                    [3, 3, "reforms"]]  # fmt: skip
    assert spoken["text"].iloc[0].endswith("Trade grew and energy was saved by trade.")
    given = priorities.attention(REPORT, spoken, EIGHT)
    assert given.columns.tolist() == ["position", "priority", "sentences", "which", "share"]
    assert given["position"].tolist() == [1, 2, 3, 4, 5, 6, 7, 8]
    # "(X)" counts as a word of the first sentence: 9, 7, 6 and 3 words.
    lengths = [len(span.of(REPORT.text).split()) for span in REPORT.sentences]
    assert given["which"].tolist()[:5] == [(3,), (3,), (3,), (), (1,)]
    assert given["share"].tolist() == pytest.approx(
        [100 * n / sum(lengths) for n in (6, 6, 6, 0, lengths[0], 0, 0, lengths[0])]
    )
    same(priorities.spoken_to(given, ("k",)), 5, "priorities",
         "priorities with a word of their scope in a sentence that does not merely list them",
         ("k",), ("priority_words",), 2025, estimate=True)  # fmt: skip


# --- heritage and topics ------------------------------------------------------------------------

HELD = pd.DataFrame(
    [("yurt", "KAZ", 2014, "u1"), ("yurt", "KGZ", 2014, "u1"), ("yurt", "UZB", 2016, "u2"),
     ("kite", "KAZ", 2015, "u3"), ("kite", "HUN", 2015, "u3")],
    columns=["element", "country", "since", "source_keys"],
)  # fmt: skip


def test_shared_elements_are_rows_as_of_an_indicator():
    rows = priorities.shared_elements(HELD, ("KAZ", "UZB", "TUR"), (2016, 2015))
    assert rows["country"].tolist() == ["KAZ", "KAZ", "UZB", "UZB", "TUR", "TUR"]
    assert rows["year"].tolist() == [2016, 2015] * 3
    assert rows["value"].tolist() == [1, 0, 1, 0, 0, 0]
    first = rows.drop(columns="standard_error").iloc[0].to_dict()
    assert first == {
        "country": "KAZ", "year": 2016, "value": 1.0, "indicator": "shared_elements",
        "unit": "elements", "basis": "reported", "vintage": "lists to 2025, as gathered",
        "source_keys": "u1 u2 u3",
    }  # fmt: skip
    assert np.isnan(rows["standard_error"]).all()
    both = pd.concat([HELD[:2], HELD[:2].assign(element="felt", since=[2013, 2015])])
    counted = priorities.shared_elements(both, ("KAZ", "KGZ"), (2014, 2015))
    assert counted["value"].tolist() == [1, 2, 1, 2]
    refused(
        lambda: priorities.shared_elements(HELD, ("TUR", "AZE"), (2016,)),
        "no element is held by the group (allowed: TUR, AZE)",
    )


def test_elements_held_by_two_or_by_all_are_counted_by_their_year():
    keys = ("u1", "u2", "u3")
    same(priorities.elements(HELD, 2014), 1, "elements",
         "elements that two members or more were inscribed with by 2014", keys,
         ("shared_heritage",), 2014)  # fmt: skip
    assert priorities.elements(HELD, 2015).value == 2
    assert priorities.held_by_all(HELD, ("KAZ", "KGZ"), 2014) == ("yurt",)
    assert priorities.held_by_all(HELD, ("KAZ", "KGZ", "UZB"), 2015) == ()
    assert priorities.held_by_all(HELD, ("KAZ",), 2015) == ("yurt", "kite")


def test_each_element_names_its_holders_in_the_order_in_which_they_were_inscribed():
    later_first = HELD[::-1].reset_index(drop=True)
    expected = pd.DataFrame(
        [("yurt", "Kyrgyzstan 2014, Kazakhstan 2014, Uzbekistan 2016", "u1 u2"),
         ("kite", "Hungary 2015, Kazakhstan 2015", "u3")],
        columns=["element", "holders", "source_keys"],
    )  # fmt: skip
    assert_frame_equal(priorities.holders(later_first), expected)


# --- rules on three countries ---------------------------------------------------------------------


def valued(indicator, *rows):
    """(country, year, value) of one indicator."""
    return values(*((indicator, c, y, v, "points", NAN, "s") for c, y, v in rows))


# A goes 0, 1, 1, 4: its largest move in a year is 3. B goes 0, 0, 0, 3. C goes 5, 4, 3, 1.
SCORES = pd.concat(
    valued("law", *((code, 2013 + n, v) for n, v in enumerate(path)))
    for code, path in (("AZE", (0, 1, 1, 4)), ("KAZ", (0, 0, 0, 3)), ("KGZ", (5, 4, 3, 1)))
)


def test_an_indicator_starts_in_the_first_year_that_all_have():
    late = SCORES[(SCORES["country"] != "KAZ") | (SCORES["year"] > 2013)]
    changed = priorities.changes(late, LIST, ("law",), 2013)
    assert changed["first_year"].unique().tolist() == [2014]


def test_a_year_that_one_country_lacks_is_a_gap_and_one_that_all_lack_is_a_round():
    part = SCORES[(SCORES["country"] != "KAZ") | (SCORES["year"] != 2014)]
    part = part[part["year"] != 2015]
    found = priorities.gaps(part, "law", ("AZE", "KAZ", "KGZ"), 2013)
    assert found.to_numpy().tolist() == [["KAZ", 2014]]


# --- the evidence ---


def test_a_scope_is_given_unless_none_was_found():
    eight = tables.read("priorities")
    assert (eight["scope"].isna() == (eight["scope_status"] == "not found")).all()
    found = [priorities.scopes(eight, s).value for s in ("stated", "inferred", "not found")]
    assert found == [5, 2, 1]


def test_every_priority_says_what_a_good_measurement_would_need():
    assert tables.read("priorities")["needs"].str.len().gt(20).all()


def test_every_indicator_has_its_unit_for_the_five_members_or_is_counted_from_other_tables():
    values, chosen = tables.read("indicators"), tables.read("indicator_list")
    units = dict(zip(chosen["indicator"], chosen["unit"], strict=True))
    assert set(units) - set(values["indicator"]) == {"shared_elements", "trade_with_members"}
    for name, rows in values.groupby("indicator"):
        assert set(rows["country"]) == set(FIVE.codes)
        assert set(rows["unit"]) == {units[name]}


def test_the_rule_finds_nothing_that_the_hand_did_not_and_misses_traditions_alone():
    # The Games, Turkistan and Altai speak to Traditions without any of its words.
    rows = priorities.speaks(article.read(), tables.read("priority_words"))
    rule = set(zip(rows["sentence"], rows["position"], strict=True))
    hand = pd.read_csv(Path(__file__).parent / "data" / "attention_by_hand.csv")
    hand = set(hand.itertuples(index=False, name=None))
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
    assert (held.groupby("element")["country"].nunique() >= 2).all()
    # Half of the fourteen added came in 2022 and 2023.
    assert priorities.added(held, 2013, 2025).value == 14
    assert priorities.added(held, 2021, 2023).value == 7


@pytest.fixture(scope="module")
def traded():
    path = trade.path(
        tables.read("trade_pairs"), tables.read("trade_flows"), tables.read("trade_stated")
    )
    return path, trade.share_path(path, tables.read("trade_totals"))


def test_trade_with_members_is_a_share_of_all_trade_of_each(traded):
    path, shares = traded
    rows = priorities.trade_with_members(shares, path, FIVE.codes, trade.ESTIMATED)
    held = rows.set_index(["country", "year"])
    # Kyrgyzstan in 2013: 1,058.0 with Kazakhstan, 531.7 with Türkiye, 256.6 with Uzbekistan (BACI)
    # and 14.5 with Azerbaijan (its reports), of 2,058 and 6,070 with the world: 1,860.9 of 8,128.
    assert held.loc[("KGZ", 2013), "value"] == pytest.approx(22.895, abs=1e-3)
    assert set(rows["country"]) == set(FIVE.codes)  # the group as a whole is no member


def test_shares_of_trade_become_rows_of_an_indicator_by_country_and_year():
    shares = pd.DataFrame(
        [("KAZ", 2024, 9.0, "k"), ("OTS", 2024, 5.0, "o"), ("AZE", 2024, 14.0, "a b"),
         ("AZE", 2023, 12.0, "a")],
        columns=["country", "year", "share", "source_keys"],
    )  # fmt: skip
    pairs = pd.DataFrame({"pair": ["AZE–TUR", "AZE–TUR"], "year": [2023, 2024],
                          "basis": ["reconciled", "residual"]})  # fmt: skip
    expected = pd.DataFrame(
        [("AZE", 2023, 12.0, "reported", "a"), ("AZE", 2024, 14.0, "estimate", "a b"),
         ("KAZ", 2024, 9.0, "reported", "k")],
        columns=["country", "year", "value", "basis", "source_keys"],
    ).assign(indicator="trade_with_members", unit="% of goods trade", standard_error=NAN,
             vintage="the trade chapter's once-counted path over WDI totals")  # fmt: skip
    found = priorities.trade_with_members(shares, pairs, ("AZE", "KAZ"), ("residual",))
    assert_frame_equal(found, expected[COLUMNS])
    refused(
        lambda: priorities.trade_with_members(shares, pairs, ("AZE", "UZB", "TUR"), ()),
        "no share of TUR, UZB (allowed: AZE, UZB, TUR)",
    )


def test_scores_of_governance_have_standard_errors_at_both_ends():
    values = tables.read("indicators")
    scores = values[values["indicator"].str.startswith("wgi_") & values["year"].isin((2013, 2023))]
    assert len(scores) == 50
    assert scores["standard_error"].between(0.1, 0.35).all()
    # They say that they are relative and of which edition.
    chosen = tables.read("indicator_list")
    scores = chosen[chosen["indicator"].str.startswith("wgi_")]
    assert scores["fails"].str.contains("relative to all countries").all()
    assert scores["fails"].str.contains("edition of 2025").all()


def test_turkiye_fell_in_four_scores_and_uzbekistan_rose_in_four():
    # By hand for regulatory quality: +1.02 against 1.645 √(0.16² + 0.19²) = 0.41.
    values, chosen = tables.read("indicators"), tables.read("indicator_list")
    scores = tuple(n for n in chosen["indicator"] if n.startswith("wgi_"))
    changed = priorities.changes(values, chosen, scores, 2013)
    assert priorities.by_country(changed, "fell").to_numpy().tolist() == [["TUR", 4]]
    assert priorities.by_country(changed, "rose").to_numpy().tolist() == [["KAZ", 2], ["UZB", 4]]


def test_the_fund_s_capital_is_its_two_parts():
    fund = tables.read("fund")
    whole, paid, callable_ = (
        priorities.fund_fact(fund, fact).value
        for fact in ("authorised capital", "paid-in part of the capital",
                     "callable part of the capital")
    )  # fmt: skip
    assert whole == paid + callable_ == 500


def test_every_field_and_topic_of_the_article_has_its_acts_and_the_claim_it_belongs_to():
    by_hand = priorities.acts_on_topics(
        pd.DataFrame({"order": [2, 1], "topic": ["Energy", "Industry"], "claim": ["b", "a"],
                      "field": ["energy", "industry"], "source_keys": ["t2", "t1"]}),
        pd.DataFrame([act("2024-02-01", "energy", "Treaty", keys="k2"), act("2024-01-01", "trade"),
                      act("2024-01-01", "energy", "Plan", stage="promised", keys="k1 k3")]),
    )  # fmt: skip
    columns = ["topic", "claim", "first", "date", "act", "stage", "source_keys"]
    expected = [("Industry", "a", True, "", "none found", "", "t1"),
                ("Energy", "b", True, "2024-01-01", "Plan", "promised", "k1 k3"),
                ("Energy", "b", False, "2024-02-01", "Treaty", "signed", "k2")]  # fmt: skip
    assert_frame_equal(by_hand, pd.DataFrame(expected, columns=columns))
    rows = priorities.acts_on_topics(tables.read("topics"), tables.read("acts"))
    assert rows.loc[rows["first"], "topic"].tolist() == [
        "Energy", "Industry", "Agriculture", "Digitalization", "The Altai concept",
        "Common heritage",
    ]  # fmt: skip
    assert set(rows["claim"]) == {"four-fields", "altai", "heritage"}
    done = stages.done(rows)
    assert set(done["topic"]) == {
        "Energy",
        "Digitalization",
        "The Altai concept",
        "Common heritage",
    }


@pytest.fixture(scope="module")
def steps():
    rows = priorities.step_line(tables.read("priorities"), tables.read("priority_steps"))
    return rows.set_index("step")


@pytest.mark.parametrize(
    ("words", "date", "stage"),
    [
        # Ordered first, and adopted a year later.
        ("to be drafted", "2023-11-03", "promised"),
        ("Permanent Representatives", "2024-11-06", "signed"),
        # Older than the term.
        ("Agreement on the Turkic Investment Fund", "2023-03-16", "signed"),
        # After the term, and before the interview.
        ("green energy", "2024-11-13", "signed"),
    ],
)
def test_a_step_has_its_day_and_its_stage(steps, words, date, stage):
    step = steps[steps.index.str.contains(words, regex=False)].iloc[0]
    assert (step["date"], step["stage"]) == (date, stage)


def test_the_talks_in_almaty_were_hosted_and_not_mediated(steps):
    talks = steps[steps.index.str.contains("Almaty")].iloc[0]
    assert talks[["priority", "date", "stage"]].tolist() == ["Mediation", "2024-05-10", "working"]
    assert "10 and 11 May" in talks.name
    assert "without assuming the role of a mediator" in talks["note"]


def test_eight_steps_of_the_term_went_beyond_a_promise():
    # Flags, metrology, the financial centre; the Secretariat, the fund's board; the talks; the
    # Charter and the representatives.
    term = priorities.steps_within(tables.read("priority_steps"), "2023-11-03", "2024-11-06")
    assert term.value == 8


def test_three_steps_that_are_done_are_no_acts_on_record():
    # The book of a party's institute, the delegate named after the term, the talks in Almaty.
    rows = stages.done(tables.read("priority_steps"))
    assert rows.loc[rows["act"].isna(), "date"].tolist() == [
        "2025-09-30", "2025-05-21", "2024-05-10",
    ]  # fmt: skip
    assert rows["unrecorded"].notna().sum() == 3


def test_trust_alone_has_no_step_for_its_scope_was_not_read():
    board = priorities.step_board(tables.read("priorities"), tables.read("priority_steps"))
    empty = board[(board[list(stages.STAGES)] == "").all(axis=1)]
    assert empty["priority"].tolist() == ["Trust"]
    assert empty["scope_cell"].tolist() == ["Not in the excerpts read"]
    assert board.loc[board["priority"] == "Mediation", "scope_cell"].item() == (
        "Conflicts settled by constructive dialogue (6 July 2024)"
    )
    ours = board["scope_cell"].str.startswith("Our match: ")
    assert board.loc[ours, "priority"].tolist() == ["Reforms", "Knowledge"]
    found = [priorities.reached(board, stage) for stage in stages.STAGES]
    assert [f"{it}" for it in found] == [f"{number} priorities" for number in (6, 5, 2, 3)]


def test_trade_of_the_group_with_itself_rose_more_steadily_than_chance(traded):
    # 3.8% in 2014, 5.8% in 2024: the largest move of any member in a year hid it.
    _, shares = traded
    group = shares[(shares["country"] == "OTS") & shares["year"].between(2014, 2024)]
    assert priorities.trend(list(group["share"])) < 0.1


def test_a_step_of_no_priority_is_refused():
    steps = tables.read("priority_steps").assign(position=9)
    with pytest.raises(ReckoningError, match=r"priority_steps: steps of place 9 \(allowed: 1, 2"):
        priorities.step_board(tables.read("priorities"), steps)


def test_the_acts_on_the_motto_are_five():
    acts = tables.read("acts")
    # The declarations of Astana, Karabakh and Bishkek, the Secretary General's article, the plan.
    keys = keys_of(acts.loc[acts["field"] == "TURKTIME", "source_keys"])
    same(priorities.acts_of(acts, "TURKTIME"), 5, "acts", "acts on record: TURKTIME", keys,
         ("acts",))  # fmt: skip
