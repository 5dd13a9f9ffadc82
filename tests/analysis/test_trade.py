"""What the book's own evidence says of trade, held against reckonings by hand."""

import pytest

from analysis import tables, trade
from analysis.countries import FIVE
from analysis.errors import ReckoningError
from analysis.quantities import Quantity
from analysis.trade import turnovers


@pytest.fixture(scope="module")
def evidence():
    return {name: tables.read(name) for name in ("trade_flows", "trade_pairs", "trade_stated")}


@pytest.fixture(scope="module")
def path(evidence):
    return trade.path(evidence["trade_pairs"], evidence["trade_flows"], evidence["trade_stated"])


def test_every_year_from_2005_to_2024_is_there_and_lies_in_its_band(path):
    years = trade.yearly(path)
    assert list(years["year"]) == list(range(2005, 2025))
    assert (path["low"] <= path["central"]).all()
    assert (path["central"] <= path["high"]).all()
    # Only 2022 and later rest on estimates.
    assert set(years.loc[years["estimated"] > 0, "year"]) == {2022, 2023, 2024}
    # The release of BACI changes in 2024 only.
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


@pytest.fixture(scope="module")
def world():
    names = ("trade_flows", "trade_pairs", "trade_stated", "trade_sums", "trade_parts",
             "trade_totals", "trade_targets", "trade_statements", "trade_member_totals",
             "prices")  # fmt: skip
    return {name.removeprefix("trade_"): tables.read(name) for name in names}


def test_members_turnovers_by_baci_sum_to_twice_the_single_count(world):
    shares = trade.member_shares(world["flows"], world["totals"], 2023)
    twice = trade.CountingRule("twice", "reconciled").total(world["flows"], 2023)
    assert shares["inside"].sum() == pytest.approx(twice.value)


@pytest.mark.parametrize(
    ("code", "percent"),
    # BACI 2023, both parts, added up by hand.
    [("AZE", 18.0), ("UZB", 14.5), ("KGZ", 13.5), ("KAZ", 8.7), ("TUR", 3.6)],
)
def test_shares_of_2023_from_one_source(world, code, percent):
    shares = trade.member_shares(world["flows"], world["totals"], 2023)
    assert trade.share_of(shares, code).value == pytest.approx(percent, abs=0.05)


@pytest.mark.parametrize(("year", "billions"), [(2022, 862), (2023, 879), (2024, 866)])
def test_members_trade_with_the_world(world, year, billions):
    # World Bank, exports and imports of the five added up by hand.
    assert trade.world_trade(world["totals"], year).value == pytest.approx(billions, abs=0.5)


def test_the_share_rose_for_three_members_and_not_for_two(world, path):
    # The chapter says so in words.
    shares = trade.share_path(path, world["totals"])
    rose = {
        code
        for code in FIVE.codes
        if trade.share_of(shares, code, 2024).value > trade.share_of(shares, code, 2014).value
    }
    assert rose == {"AZE", "KAZ", "TUR"}


def test_the_reports_of_2024_rebuild_a_total_around_the_claim(world):
    reports = trade.national(world["stated"], world["sums"], 2024)
    # By hand: 5.7725 x 1.2 + 11.4 + 2.427 + (4.2 + 0.8461 + 2.614 x 12 / 11 + 0.252), with
    # Türkiye at 62.6 / 5, at 11.1 + 26 / 5, and at that less 5.3 / 5 with 4.8.
    others = 6.927 + 11.4 + 2.427 + 8.149736
    for which, turkiye in (("low", 12.52), ("stated", 16.3), ("high", 20.04)):
        assert trade.rebuilt(reports, 2024, which).value == pytest.approx(others + turkiye)


def test_baci_2023_lies_within_what_the_two_sides_stated(world):
    # Kazakhstan states 6.0 with Türkiye, Türkiye more than 10; BACI stands between.
    says = trade.side_of(world["flows"], "KAZ", "TUR", 2023, "reconciled").value
    low = trade.stated_by(world["stated"], "KAZ", "TUR", 2023).value
    high = trade.stated_by(world["stated"], "TUR", "KAZ", 2023).value
    assert low < says < high
    # Single figures: Kazakhstan with Uzbekistan 4.5, Kyrgyzstan with Kazakhstan 1.32, Azerbaijan
    # with Türkiye 7.6. BACI lies within 1, 28 and 8 percent of them.
    for reporter, partner, gap in (
        ("KAZ", "UZB", 0.011), ("KGZ", "KAZ", 0.28), ("AZE", "TUR", 0.08),
    ):  # fmt: skip
        baci = trade.side_of(world["flows"], reporter, partner, 2023, "reconciled").value
        own = trade.stated_by(world["stated"], reporter, partner, 2023).value
        assert abs(baci / own - 1) < gap


def test_two_editions_of_baci_differ_by_up_to_22_percent_for_a_pair(world):
    compared = trade.editions(world["flows"], world["pairs"], 2023)
    gaps = compared.set_index("pair")["difference"]
    assert len(gaps) == 6
    assert gaps.idxmax() == "KGZ–TUR"
    assert gaps["KGZ–TUR"] == pytest.approx(0.22, abs=0.01)
    assert (gaps.drop("KGZ–TUR").abs() < 0.035).all()


def test_doubling_by_2030_is_a_twelfth_and_more_a_year(world, path):
    ahead = trade.needed(world["targets"], path, world["totals"], start=2014, horizon=2030)
    ahead = ahead.set_index("who")
    # The sixth root of two.
    assert ahead.loc["Sh. Mirziyoyev", "needed"] == pytest.approx(12.25, abs=0.01)
    # A tenth of 866, halved.
    assert ahead.loc["K. Omuraliev", "target"] == pytest.approx(43.3, abs=0.05)


def test_azerbaijans_own_totals_agree_with_its_pairs_in_the_path(world, path):
    checked = trade.member_totals(path, world["member_totals"])
    own = checked[checked["who"].isin(("AzerNews", "V. Bayramov"))].set_index("year")
    # Four pairs by hand: 0.14 + 0.005 + 4.16 + 0.08 in 2020, 7.6 + 0.313 + 0.047 + 0.243 in 2023.
    assert own["central"].to_dict() == pytest.approx({2020: 4.39, 2023: 8.20}, abs=0.01)
    assert (own["ratio"] - 1).abs().max() < 0.005
    # The chapter says the other members' totals are lower than their pairs.
    others = checked[checked["reporter"] != "AZE"]
    assert (others["ratio"] > 1).all()


def test_turkiyes_imports_from_azerbaijan_have_two_figures(world):
    # 5.3 over five years by its statistics; 4.8 in 2024 by its minister.
    mean = turnovers.mean_of_sum(world["sums"], "TUR", "AZE", 2024, "import")
    assert mean.usd == pytest.approx(1.06e9)
    stated = turnovers.Stated.of(world["stated"])
    assert stated.flow("TUR", "AZE", 2024, "import").usd == 4.8e9
    with pytest.raises(ReckoningError, match="0 sums of TUR's imports with AZE that hold 2019"):
        turnovers.mean_of_sum(world["sums"], "TUR", "AZE", 2019, "import")
    assert stated.flow("TUR", "KAZ", 2024, "import") is None


def times(value):
    return Quantity(value, "times", "a ratio", ("src",), ("trade_pairs",))


@pytest.mark.parametrize(
    ("least", "most", "grown", "beside"),
    [
        (2.1, 2.3, "rose", "above"), (1.2, 1.4, "rose", "below"), (1.2, 1.6, "rose", "between"),
        (0.8, 0.9, "fell", "below"), (0.8, 1.0, "mixed", "below"), (1.0, 1.5, "mixed", "below"),
        (1.5, 1.6, "rose", "between"),
    ],
)  # fmt: skip
def test_growth_by_two_choices_is_told_where_both_lie(least, most, grown, beside):
    assert trade.grew(times(least), times(most)) == grown
    # Trade with the world grew 1.5 times.
    assert trade.against(times(least), times(most), times(1.5)) == beside


@pytest.mark.parametrize(
    ("percent", "word"), [(-1, "against"), (0, "part"), (100, "part"), (101, "all")]
)
def test_a_part_of_a_change_may_be_more_than_the_whole_or_go_against_it(percent, word):
    assert trade.made(times(percent)) == word
