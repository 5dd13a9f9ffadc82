"""What the book holds to be true of counting trade."""

import pandas as pd
import pytest

from analysis import tables, trade
from analysis.countries import FIVE, WITH_OBSERVERS, Membership
from analysis.errors import ReckoningError

TWO = Membership("two members", ("AZE", "KAZ"))
THREE = Membership("three members", ("AZE", "KAZ", "KGZ"))
COLUMNS = ["exporter", "importer", "year", "side", "value_usd", "edition", "source_keys"]


def flows(*rows):
    """(exporter, importer, side, billions) of 2020, from one edition."""
    return pd.DataFrame(
        [(a, b, 2020, side, value * 1e9, "x", "src") for a, b, side, value in rows],
        columns=COLUMNS,
    )


# Azerbaijan says it sold 3 and bought 5; Kazakhstan says it sold 4 and bought 2.
PAIR = flows(
    ("AZE", "KAZ", "exporter", 3),
    ("KAZ", "AZE", "exporter", 4),
    ("AZE", "KAZ", "importer", 2),
    ("KAZ", "AZE", "importer", 5),
)


@pytest.mark.parametrize(
    ("count", "side", "billions"),
    [
        ("once", "exporters", 7),  # 3 + 4
        ("once", "importers", 7),  # 2 + 5
        ("once", "larger", 8),  # max(3, 2) + max(4, 5)
        ("once", "smaller", 6),  # min(3, 2) + min(4, 5)
        ("twice", "own", 14),  # (3 + 5) of Azerbaijan and (4 + 2) of Kazakhstan
        ("twice", "larger", 16),
    ],
)
def test_a_rule_counts_what_its_name_says(count, side, billions):
    assert trade.CountingRule(count, side, TWO).total(PAIR, 2020).value == billions


def test_each_flow_counted_twice_is_the_sum_of_the_members_turnovers():
    # Turnover of Azerbaijan by its own reports: 3 sold, 5 bought. Of Kazakhstan: 4 and 2.
    turnovers = (3 + 5) + (4 + 2)
    assert trade.CountingRule("twice", "own", TWO).total(PAIR, 2020).value == turnovers


def test_reconciled_exports_once_are_reconciled_imports_once():
    both = flows(("AZE", "KAZ", "reconciled", 3), ("KAZ", "AZE", "reconciled", 4))
    rule = trade.CountingRule("once", "reconciled", TWO)
    assert rule.total(both, 2020).value == 7
    assert trade.CountingRule("twice", "reconciled", TWO).total(both, 2020).value == 14


def test_own_reports_hold_every_flow_twice_and_cannot_count_it_once():
    with pytest.raises(ReckoningError, match="hold every flow twice"):
        trade.CountingRule("once", "own")


@pytest.mark.parametrize(("count", "side"), [("thrice", "larger"), ("once", "customs")])
def test_an_unknown_choice_is_refused_when_the_rule_is_made(count, side):
    with pytest.raises(ReckoningError, match="allowed"):
        trade.CountingRule(count, side)


def test_a_missing_flow_is_refused_and_not_taken_as_zero():
    with pytest.raises(ReckoningError, match="AZE to KGZ in 2020"):
        trade.CountingRule("once", "exporters", THREE).total(PAIR, 2020)


def test_a_year_without_flows_is_refused():
    with pytest.raises(ReckoningError, match="no flows among two members in 1999"):
        trade.CountingRule("once", "exporters", TWO).total(PAIR, 1999)


def test_reconciled_data_cannot_answer_for_the_importers_side():
    both = flows(("AZE", "KAZ", "reconciled", 3), ("KAZ", "AZE", "reconciled", 4))
    with pytest.raises(ReckoningError, match="no importer side"):
        trade.CountingRule("once", "importers", TWO).total(both, 2020)


def test_a_flow_given_twice_is_refused():
    with pytest.raises(ReckoningError, match="AZE to KAZ stands twice"):
        trade.CountingRule("once", "exporters", TWO).total(pd.concat([PAIR, PAIR]), 2020)


def test_two_editions_are_not_added_up():
    mixed = PAIR.assign(edition=["x", "y", "x", "x"])
    with pytest.raises(ReckoningError, match="mixes x and y"):
        trade.CountingRule("once", "exporters", TWO).total(mixed, 2020)


# --- the path, on hand-made figures -------------------------------------------------------------

PAIRS = pd.DataFrame(
    [("KAZ", "KGZ", y, 10e9, "release 1", "baci") for y in (2020, 2024)],
    columns=["first", "second", "year", "value_usd", "edition", "source_keys"],
)
STATED = ["reporter", "partner", "year", "months", "flow", "value_usd", "basis", "source_keys"]


def stated(*rows):
    return pd.DataFrame([(*row, "press") for row in rows], columns=STATED)


def pair_of(path, pair, year):
    return path[(path["pair"] == pair) & (path["year"] == year)].iloc[0]


def whole_flows():
    return flows(
        ("AZE", "KAZ", "exporter", 3),
        ("KAZ", "AZE", "importer", 5),
        ("KAZ", "AZE", "exporter", 4),
        ("AZE", "KAZ", "importer", 2),
        ("AZE", "KGZ", "exporter", 1),
        ("KGZ", "AZE", "importer", 1),
    )


def test_azerbaijans_pairs_are_its_own_reports_to_2020():
    later = stated(
        ("AZE", "KAZ", 2024, 12, "turnover", 9e9, "stated"),
        ("AZE", "KGZ", 2024, 12, "turnover", 1e9, "stated"),
    )
    path = trade.path(PAIRS, whole_flows(), later, THREE)
    row = pair_of(path, "AZE–KAZ", 2020)
    # Sold 3 by Azerbaijan's report, bought 5 by Azerbaijan's report.
    assert (row["central"], row["basis"]) == (8, "reported")
    # The exporters' side is 3 + 4, the importers' 2 + 5: both 7, below the 8.
    assert (row["low"], row["high"]) == (7, 8)


def test_ten_months_are_scaled_to_twelve_and_called_an_estimate():
    later = stated(
        ("AZE", "KAZ", 2024, 10, "turnover", 5e9, "stated"),
        ("AZE", "KGZ", 2024, 12, "turnover", 1e9, "stated"),
    )
    path = trade.path(PAIRS, whole_flows(), later, THREE)
    row = pair_of(path, "AZE–KAZ", 2024)
    assert row["central"] == pytest.approx(6)  # 5 x 12 / 10
    assert row["basis"] == "scaled"
    assert trade.total_of(path, 2024).estimate
    assert not trade.total_of(path, 2020).estimate
    assert trade.estimated(path, 2024).value == pytest.approx(6)


def test_exports_and_imports_stated_apart_make_a_turnover():
    later = stated(
        ("AZE", "KAZ", 2024, 12, "export", 5e9, "stated"),
        ("AZE", "KAZ", 2024, 12, "import", 2e9, "stated"),
        ("AZE", "KGZ", 2024, 12, "turnover", 1e9, "stated"),
    )
    row = pair_of(trade.path(PAIRS, whole_flows(), later, THREE), "AZE–KAZ", 2024)
    assert (row["central"], row["basis"]) == (7, "stated")


def test_a_pair_without_a_figure_is_the_total_less_the_other_pairs():
    five = pd.DataFrame(
        [(a, b, 2024, 1e9, "release 1", "baci") for a, b in FIVE.pairs() if a != "AZE"],
        columns=PAIRS.columns,
    )
    later = stated(
        ("AZE", "OTS", 2024, 6, "turnover", 5e9, "derived"),  # 10 in a year
        ("AZE", "KAZ", 2024, 12, "turnover", 2e9, "stated"),
        ("AZE", "KGZ", 2024, 12, "turnover", 1e9, "stated"),
        ("AZE", "UZB", 2024, 3, "turnover", 0.5e9, "stated"),  # 2 in a year
    )
    row = pair_of(trade.path(five, whole_flows(), later), "AZE–TUR", 2024)
    assert (row["central"], row["basis"]) == (pytest.approx(10 - 2 - 1 - 2), "residual")


def test_a_pair_that_nobody_gives_is_refused():
    with pytest.raises(ReckoningError, match="no figure for AZE–KAZ in 2024"):
        trade.path(PAIRS, whole_flows(), stated(), THREE)


def test_growth_in_constant_dollars_takes_inflation_out():
    by_pair = pd.DataFrame(
        {
            "pair": "AZE–KAZ", "year": [1, 2], "central": [10.0, 30.0], "basis": "stated",
            "source_keys": "a", "edition": "", "low": 0.0, "high": 0.0,
        }
    )  # fmt: skip
    prices = pd.DataFrame({"year": [1, 2], "index_1982_84": [100.0, 150.0], "source_keys": "b"})
    assert trade.growth(by_pair, 1, 2).value == 3
    assert trade.growth(by_pair, 1, 2, prices).value == 2  # 3 / 1.5
    assert trade.change(by_pair, 1, 2).value == pytest.approx(200)
    with pytest.raises(ReckoningError, match="no fall"):
        trade.fall(by_pair, 1, 2)
    with pytest.raises(ReckoningError, match="no price index for 3"):
        trade.inflation(prices, 1, 3)


# --- the evidence ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def evidence():
    return {name: tables.read(name) for name in ("trade_flows", "trade_pairs", "trade_stated")}


@pytest.fixture(scope="module")
def path(evidence):
    return trade.path(evidence["trade_pairs"], evidence["trade_flows"], evidence["trade_stated"])


def test_the_ten_pairs_add_up_to_the_group(path):
    years = trade.yearly(path).set_index("year")
    assert len(path[path["year"] == 2014]) == 10
    assert years.loc[2014, "central"] == pytest.approx(
        path.loc[path["year"] == 2014, "central"].sum()
    )


def test_every_year_from_2005_to_2024_is_there_and_lies_in_its_band(path):
    years = trade.yearly(path)
    assert list(years["year"]) == list(range(2005, 2025))
    assert (path["low"] <= path["central"]).all()
    assert (path["central"] <= path["high"]).all()


def test_only_2022_and_later_rest_on_estimates(path):
    years = trade.yearly(path)
    assert set(years.loc[years["estimated"] > 0, "year"]) == {2022, 2023, 2024}


def test_the_release_of_baci_changes_in_2024_only(path):
    editions = trade.yearly(path).set_index("year")["edition"]
    assert set(editions[editions.index < 2024]) == {"BACI HS92 V202501"}
    assert editions[2024] == "BACI HS12 V202601"


@pytest.mark.parametrize(
    ("year", "billions"),
    # Computed once by hand from the same sources, before this code: to the first decimal.
    [(2010, 7.7), (2014, 11.5), (2020, 15.0), (2022, 26.1), (2023, 27.8), (2024, 25.0)],
)
def test_the_path_agrees_with_the_reckoning_by_hand(path, year, billions):
    assert trade.total_of(path, year).value == pytest.approx(billions, abs=0.1)


@pytest.mark.parametrize(
    ("count", "group", "billions"),
    # BACI HS22, release V202501, added up by hand.
    [("once", FIVE, 29.4), ("twice", FIVE, 58.7), ("once", WITH_OBSERVERS, 39.6),
     ("twice", WITH_OBSERVERS, 79.1)],
)  # fmt: skip
def test_the_measured_rungs_of_2023(evidence, path, count, group, billions):
    rungs = trade.ladder(evidence["trade_flows"], path, FIVE, WITH_OBSERVERS)
    assert trade.rung(rungs, 2023, count, group).value == pytest.approx(billions, abs=0.05)


def test_a_rung_that_is_not_there_is_refused(evidence, path):
    rungs = trade.ladder(evidence["trade_flows"], path, FIVE, WITH_OBSERVERS)
    with pytest.raises(ReckoningError, match="no rung for 1999"):
        trade.rung(rungs, 1999, "once", FIVE)


def test_the_reconciled_figure_lies_between_the_two_sides_or_near_them(evidence):
    # Where both sides and BACI are known, BACI must be of the same size: within a factor of two.
    pairs = evidence["trade_pairs"]
    big = pairs[(pairs["value_usd"] > 1e9) & (pairs["year"].between(2016, 2020))]
    for _, row in big.iterrows():
        sides = [
            trade.side_of(
                evidence["trade_flows"], row["first"], row["second"], row["year"], side
            ).value
            for side in ("exporter", "importer")
        ]
        assert min(sides) / 2 < row["value_usd"] / 1e9 < max(sides) * 2
