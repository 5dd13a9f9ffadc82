"""Where each number of trade comes from: unit, year, rule, sources, tables, estimate.

The values are simple. What must hold is that a reader is led to the right rows and to no others,
and that a refusal says what would have been accepted.
"""

import math

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis import trade
from analysis.countries import FIVE, Membership
from analysis.errors import ReckoningError
from analysis.quantities import Quantity
from tests.quantity_checks import refused, same

NAN = float("nan")
TWO = Membership("two members", ("AZE", "KAZ"))
THREE = Membership("three members", ("AZE", "KAZ", "TUR"))
PATH = ("trade_pairs", "trade_flows", "trade_stated")


def flows(*rows):
    """(exporter, importer, year, side, billions, keys), of one edition."""
    return pd.DataFrame(
        [(a, b, year, side, value * 1e9, "e", keys) for a, b, year, side, value, keys in rows],
        columns=["exporter", "importer", "year", "side", "value_usd", "edition", "source_keys"],
    )


def path(*rows):
    columns = ["pair", "year", "low", "central", "high", "basis", "edition", "source_keys"]
    return pd.DataFrame(rows, columns=columns)


#: Two pairs in two years; each row has a source of its own.
ROWS = path(
    ("AZE–KAZ", 2014, 1.0, 2.0, 3.0, "reported", "", "imf"),
    ("KAZ–KGZ", 2014, 2.0, 2.0, 4.0, "reconciled", "release 1", "baci"),
    ("AZE–KAZ", 2016, 2.0, 3.0, 4.0, "scaled", "", "press"),
    ("KAZ–KGZ", 2016, 5.0, 6.0, 9.0, "reconciled", "release 2", "baci baci2"),
)
ALL = ("imf", "baci", "press", "baci2")
PRICES = pd.DataFrame(
    {"year": [2014, 2016], "index_1982_84": [200.0, 300.0], "gdp_deflator_2017": [100.0, 125.0],
     "source_keys": ["bls", "bls imf"]}
)  # fmt: skip


# --- the path -----------------------------------------------------------------------------------


def test_a_total_is_the_sum_of_the_pairs_of_its_year():
    same(trade.total_of(ROWS, 2014), 4, "USD billion",
         "sum of 2 pairs in 2014, each flow counted once", ("imf", "baci"), PATH, 2014)  # fmt: skip
    same(trade.total_of(ROWS, 2016, times=2), 18, "USD billion",
         "sum of 2 pairs in 2016, each flow counted twice",
         ("press", "baci", "baci2"), PATH, 2016, estimate=True)  # fmt: skip
    refused(lambda: trade.total_of(ROWS, 2015), "path: no year 2015 (allowed: 2014 to 2016)")


def test_the_years_of_a_path_add_up_its_pairs_by_kind():
    expected = pd.DataFrame(
        {
            "year": [2014, 2016], "low": [3.0, 7.0], "central": [4.0, 9.0], "high": [7.0, 13.0],
            "measured": [4.0, 6.0], "spliced": [0.0, 0.0], "estimated": [0.0, 3.0],
            "edition": ["release 1", "release 2"], "source_keys": ["imf baci", "press baci baci2"],
        }
    )  # fmt: skip
    assert_frame_equal(trade.yearly(ROWS), expected)
    assert trade.yearly(ROWS[::-1])["year"].tolist() == [2014, 2016]
    kinds = ["stated", "residual", "reconciled", "reconciled"]
    mixed = ROWS.assign(edition=["b", "a", "", "c"], year=2014, basis=kinds)
    year = trade.yearly(mixed).iloc[0]
    assert year["edition"] == "a / b / c"
    assert year[["measured", "spliced", "estimated"]].tolist() == [9, 2, 2]


def test_a_path_breaks_where_it_goes_on_from_another_kind_of_figure():
    rows = [("a", 1, "stated", ""), ("b", 1, "reconciled", "x"), ("a", 2, "reported", ""),
            ("b", 2, "reconciled", "x"), ("a", 3, "scaled", ""), ("b", 3, "reconciled", "y"),
            ("a", 4, "stated", ""), ("b", 4, "stated", "")]  # fmt: skip
    by_pair = pd.DataFrame(rows, columns=["pair", "year", "basis", "edition"])
    # The first year has none before it; a pair that was not measured before goes on as it was.
    breaks = [[3, "statements"], [3, "edition"], [4, "statements"]]
    assert trade.breaks(by_pair).to_numpy().tolist() == breaks
    assert trade.breaks(by_pair[::-1]).to_numpy().tolist() == breaks
    assert trade.breaks(by_pair[:2]).columns.tolist() == ["year", "kind"]
    # 1, 2.5 and 6.25 are each two and a half times the one before; 15 is a little less.
    sold = flows(
        *(
            ("AZE", "TUR", year, "exporter", value, "k")
            for year, value in ((0, 0.1), (1, 1.0), (2, 2.5), (3, 6.25), (4, 15.0))
        )
    )
    for since, gas in ((0, [2, 3]), (2, [3]), (3, [])):
        found = trade.breaks(by_pair, sold, since=since)
        assert found.loc[found["kind"] == "gas", "year"].tolist() == gas


#: Azerbaijan sold 3 and bought 5 by its own reports; Kazakhstan says sold 4, bought 2.
REPORTED = flows(
    ("AZE", "KAZ", 2020, "exporter", 3, "a1"),
    ("KAZ", "AZE", 2020, "importer", 5, "a2 a1"),
    ("KAZ", "AZE", 2020, "exporter", 4, "k1"),
    ("AZE", "KAZ", 2020, "importer", 2, "k2"),
)
BACI = pd.DataFrame(
    [("AZE", "KAZ", 2021, 9e9, "release 1", "baci")],
    columns=["first", "second", "year", "value_usd", "edition", "source_keys"],
)
STATED = ["reporter", "partner", "year", "months", "flow", "value_usd", "basis", "source_keys"]


def stated(*rows):
    return pd.DataFrame(rows, columns=STATED)


def in_2020(central_flows, said=None):
    """The row of Azerbaijan and Kazakhstan of 2020, of which the pair series knows nothing."""
    pairs = BACI.assign(first="KAZ", second="TUR", year=2020)
    both = central_flows
    others = stated(("AZE", "TUR", 2020, 12, "turnover", 1e9, "stated", "t"))
    known = pd.concat([others, said]) if said is not None else others
    found = trade.path(pairs, both, known, THREE)
    return found[found["pair"] == "AZE–KAZ"].iloc[0].to_dict()


def test_a_row_of_the_path_names_everybody_who_gives_a_figure():
    assert in_2020(REPORTED) == {
        "pair": "AZE–KAZ", "year": 2020, "low": 7.0, "central": 8.0, "high": 8.0,
        "exporters": 7.0, "importers": 7.0, "basis": "reported", "edition": "",
        "source_keys": "a1 a2 k1 k2",
    }  # fmt: skip


def test_what_either_side_stated_of_a_whole_year_widens_the_band():
    said = stated(
        ("AZE", "KAZ", 2020, 12, "turnover", 6e9, "stated", "s1"),
        ("KAZ", "AZE", 2020, 12, "turnover", 11e9, "stated", "s2"),
    )
    row = in_2020(REPORTED, said)
    assert (row["low"], row["central"], row["high"]) == (6, 8, 11)
    assert row["source_keys"] == "a1 a2 k1 k2 s1 s2"
    # Ten months and arithmetic on a stated figure are no statement of the year.
    for change in ({"months": 10}, {"basis": "derived"}):
        row = in_2020(REPORTED, said.assign(**change))
        assert (row["low"], row["high"]) == (7, 8)


def test_the_pair_series_comes_first_and_its_edition_is_told():
    row = trade.path(BACI, REPORTED, stated(), TWO).iloc[0].to_dict()
    # Neither side's report of that year is at hand.
    assert math.isnan(row.pop("exporters"))
    assert math.isnan(row.pop("importers"))
    assert row == {
        "pair": "AZE–KAZ", "year": 2021, "low": 9.0, "central": 9.0, "high": 9.0,
        "basis": "reconciled", "edition": "release 1", "source_keys": "baci",
    }  # fmt: skip


def test_either_side_has_a_figure_where_it_reports_both_directions():
    one = REPORTED["exporter"] + REPORTED["importer"] + REPORTED["side"] == "AZEKAZimporter"
    other = REPORTED.assign(value_usd=REPORTED["value_usd"].where(~one, 1e9))
    row = in_2020(other)
    assert (row["exporters"], row["importers"]) == (3 + 4, 5 + 1)
    row = in_2020(REPORTED[~one])
    assert row["exporters"] == 7
    assert math.isnan(row["importers"])


def test_a_stated_figure_is_as_firm_as_its_weakest_part():
    apart = stated(
        ("AZE", "KAZ", 2020, 12, "export", 4e9, "stated", "s1"),
        ("AZE", "KAZ", 2020, 12, "import", 1e9, "derived", "s2"),
    )
    row = in_2020(flows(), apart)
    assert (row["central"], row["basis"], row["source_keys"]) == (5, "derived", "s1 s2")
    assert in_2020(flows(), apart.assign(basis="stated"))["basis"] == "stated"
    assert in_2020(flows(), apart.assign(months=6))["central"] == 10
    assert in_2020(flows(), apart.assign(months=6))["basis"] == "scaled"
    with pytest.raises(ReckoningError) as refusal:
        in_2020(flows(), apart.assign(months=[12, 6]))
    assert str(refusal.value) == (
        "trade_stated: AZE with KAZ in 2020 mixes months [6, 12] "
        "(allowed: exports and imports over the same months)"
    )


def test_a_pair_without_a_figure_is_the_total_less_the_other_pairs():
    pairs = [(a, b, 2024, 1e9, "release 1", "baci") for a, b in FIVE.pairs() if a != "AZE"]
    later = stated(
        ("AZE", "OTS", 2024, 6, "turnover", 5e9, "derived", "s"),  # 10 in a year
        ("AZE", "KAZ", 2024, 12, "turnover", 2e9, "stated", "s"),
        ("AZE", "KGZ", 2024, 12, "turnover", 1e9, "stated", "s"),
        ("AZE", "UZB", 2024, 3, "turnover", 0.5e9, "stated", "s"),  # 2 in a year
    )
    path = trade.path(pd.DataFrame(pairs, columns=BACI.columns), flows(), later)
    row = path[path["pair"] == "AZE–TUR"].iloc[0]
    assert (row["central"], row["basis"]) == (pytest.approx(10 - 2 - 1 - 2), "residual")
    with pytest.raises(ReckoningError, match="no figure for AZE–KAZ in 2020"):
        in_2020(flows())


def test_the_partners_reports_replace_only_the_years_that_rest_on_ones_own():
    rows = path(
        ("AZE–KAZ", 2020, 7.0, 8.0, 8.0, "reported", "", "a1"),
        ("KAZ–KGZ", 2020, 1.0, 1.0, 1.0, "reconciled", "r", "b"),
    )
    swapped = trade.by_partners(rows, REPORTED, "AZE")
    assert swapped["central"].tolist() == [6, 1]  # Kazakhstan sold 4 and bought 2
    assert rows["central"].tolist() == [8, 1]
    assert_frame_equal(swapped.drop(columns="central"), rows.drop(columns="central"))
    # Nothing rests on Kyrgyzstan's reports; and half of what a partner says is no report.
    assert trade.by_partners(rows, REPORTED, "KGZ")["central"].tolist() == [8, 1]
    half = REPORTED[REPORTED["side"] == "importer"]
    assert trade.by_partners(rows, half, "AZE")["central"].tolist() == [8, 1]


# --- growth -------------------------------------------------------------------------------------


def test_growth_names_its_years_its_dollars_and_every_source_of_both_ends():
    rule = "total of 2016 over total of 2014, each flow once, current dollars"
    # 9 over 4; over 1.5 of consumer prices.
    grown = trade.growth(ROWS, 2014, 2016)
    same(grown, 2.25, "times", rule, ALL, PATH, 2016, estimate=True)
    same(trade.deflated(grown, PRICES, 2014, 2016), 1.5, "times",
         f"{rule}, over the rise of US consumer prices",
         (*ALL, "bls"), (*PATH, "prices"), 2016, estimate=True)  # fmt: skip
    # Growth rests on an estimate where either end does.
    assert trade.growth(ROWS, 2016, 2014).estimate
    assert not trade.growth(ROWS, 2014, 2014).estimate


def test_prices_that_are_not_known_are_refused_with_those_that_are():
    refused(lambda: trade.inflation(PRICES, 2013, 2016),
            "prices: no price index for 2013 (allowed: 2014 to 2016)")  # fmt: skip
    refused(lambda: trade.inflation(PRICES, 2014, 2016, "gold"),
            "deflator 'gold' (allowed: index_1982_84, gdp_deflator_2017)")  # fmt: skip


def test_a_path_in_constant_dollars_has_the_years_that_have_prices():
    years = pd.DataFrame({"year": [2014, 2015, 2016], "central": [4.0, 5.0, 9.0]})
    expected = pd.DataFrame({"year": [2014, 2016], "real": [6.0, 9.0]})
    assert_frame_equal(trade.real(years, PRICES, 2016), expected)
    assert trade.real(years, PRICES, 2016, "gdp_deflator_2017")["real"].tolist() == [5, 9]


def test_contributions_tell_both_ends_of_each_pair():
    expected = pd.DataFrame(
        {
            "pair": ["KAZ–KGZ", "AZE–KAZ"], "start": [2.0, 2.0], "end": [6.0, 3.0],
            "change": [4.0, 1.0], "share": [80.0, 20.0], "basis": ["reconciled", "scaled"],
            "source_keys": ["baci baci2", "imf press"],
        }
    )  # fmt: skip
    split = trade.contributions(ROWS, 2014, 2016)
    assert_frame_equal(split, expected)
    tables = ("trade_pairs", "trade_flows", "trade_stated")
    same(
        trade.share_of_change(split, ("AZE–KAZ",)),
        20,
        "%",
        "share of the total's change made by AZE–KAZ",
        ("imf", "press"),
        tables,
        estimate=True,
    )
    same(trade.share_of_change(split, ("KAZ–KGZ", "AZE–KAZ")), 100, "%",
         "share of the total's change made by KAZ–KGZ, AZE–KAZ",
         ("baci", "baci2", "imf", "press"), tables, estimate=True)  # fmt: skip
    assert not trade.share_of_change(split, ("KAZ–KGZ",)).estimate
    refused(lambda: trade.share_of_change(split, ("KAZ–TUR", "AZE–TUR")),
            "contributions: no pair AZE–TUR, KAZ–TUR (allowed: AZE–KAZ, KAZ–KGZ)")  # fmt: skip
    with pytest.raises(
        ReckoningError, match=r"^path: AZE–KAZ has a figure in one of 2014 and 2016"
    ):
        trade.contributions(ROWS[1:], 2014, 2016)


# --- rules and sides ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "side", "billions"),
    [
        ("once", "exporters", 7),  # 3 + 4
        ("once", "importers", 7),  # 2 + 5
        ("once", "larger", 8),  # max(3, 2) + max(4, 5)
        ("once", "smaller", 6),  # min(3, 2) + min(4, 5)
        ("twice", "own", 14),  # (3 + 5) of Azerbaijan and (4 + 2) of Kazakhstan
        ("twice", "larger", 16),
        ("once", "reconciled", 3),  # 2 + 1
        ("twice", "reconciled", 6),
    ],
)
def test_a_rule_counts_what_its_name_says(count, side, billions):
    known = pd.concat([REPORTED, MATRIX])
    assert trade.CountingRule(count, side, TWO).total(known, 2020).value == billions


def test_a_rule_tells_its_choices_and_its_flows():
    rule = trade.CountingRule("twice", "own", TWO)
    assert rule.name == "each flow twice, each member's own reports, two members"
    same(rule.total(REPORTED, 2020), 14, "USD billion",
         "2 flows of 2020: each flow twice, each member's own reports, two members",
         ("a1", "k1", "a2", "k2"), ("trade_flows",), 2020)  # fmt: skip


def test_sides_stand_beside_each_other_flow_by_flow():
    mirrored = trade.mirrors(REPORTED, 2020, TWO, ("exporter", "importer"))
    expected = pd.DataFrame(
        {
            "exporter_code": ["AZE", "KAZ"], "importer_code": ["KAZ", "AZE"],
            "exporter": [3e9, 4e9], "importer": [2e9, 5e9], "source_keys": "a1 k1 a2 k2",
        }
    )  # fmt: skip
    assert_frame_equal(mirrored, expected)


@pytest.mark.parametrize(
    ("rows", "needed", "words"),
    [
        (REPORTED, ("reconciled",),
         "trade_flows: no reconciled side in 2020 for two members (allowed: exporter, importer)"),
        (REPORTED.assign(edition=["x", "x", "y", "x"]), ("exporter",),
         "trade_flows: the exporter side of 2020 mixes x and y (allowed: one edition in a total)"),
        (pd.concat([REPORTED, REPORTED[2:3]]), ("exporter",),
         "trade_flows, exporter side: KAZ to AZE stands twice in 2020"),
        (REPORTED[1:], ("exporter",),
         "trade_flows: no exporter figure for AZE to KAZ in 2020 (allowed: a figure for every flow;"
         " a missing one is not a zero)"),
        (REPORTED.assign(year=2019), ("exporter",),
         "trade_flows: no flows among two members in 2020 (allowed: 2019 to 2019, where given)"),
        (REPORTED[:0], ("exporter",),
         "trade_flows: no flows among two members in 2020 (allowed: any year with rows)"),
    ],
)  # fmt: skip
def test_sides_that_cannot_be_set_beside_each_other_are_refused(rows, needed, words):
    refused(lambda: trade.mirrors(rows, 2020, TWO, needed), words)


def test_rules_that_do_not_go_together_are_refused_with_those_that_do():
    refused(lambda: trade.CountingRule("thrice", "own"), "count 'thrice' (allowed: once, twice)")
    refused(
        lambda: trade.CountingRule("once", "customs"),
        "side 'customs' (allowed: exporters, importers, larger, smaller, reconciled, own)",
    )
    refused(lambda: trade.CountingRule("once", "own"),
            "CountingRule(count='once', side='own'): each member's own reports hold every flow "
            "twice (allowed: count='twice' with side='own')")  # fmt: skip


def test_a_side_of_a_pair_needs_both_directions():
    same(
        trade.side_of(REPORTED, "KAZ", "AZE", 2020, "importer"),
        7,
        "USD billion",
        "AZE–KAZ both ways in 2020, importer side",
        ("a2", "a1", "k2"),
        ("trade_flows",),
        2020,
    )
    refused(lambda: trade.side_of(REPORTED[:3], "AZE", "KAZ", 2020, "importer"),
            "trade_flows: no importer side for AZE–KAZ in 2020")  # fmt: skip


#: Two pairs by both sides: 4 against 2, and 1 against 7; the second is the larger.
MIRRORED = flows(*(
    (a, b, 2020, side, value, "m")
    for a, b, out, back in (("AZE", "KAZ", 2.0, 1.0), ("AZE", "TUR", 0.5, 3.5),
                            ("KAZ", "TUR", 1.0, 1.0))
    for side, value in (("exporter", out), ("importer", back))
    for a, b in ((a, b), (b, a))
))  # fmt: skip


def test_gaps_are_told_pair_by_pair_the_largest_first():
    expected = pd.DataFrame(
        {
            "pair": ["AZE–TUR", "AZE–KAZ", "KAZ–TUR"],
            "exporters": [1.0, 4.0, 2.0], "importers": [7.0, 2.0, 2.0], "gap": [-6.0, 2.0, 0.0],
            "ratio": [7.0, 0.5, 1.0], "larger": [7.0, 4.0, 2.0], "smaller": [1.0, 2.0, 2.0],
            "mean": [4.0, 3.0, 2.0], "source_keys": "m",
        }
    )  # fmt: skip
    assert_frame_equal(trade.gaps(MIRRORED, 2020, THREE), expected)
    nothing = MIRRORED.assign(value_usd=[0, 0, *MIRRORED["value_usd"][2:]])
    refused(lambda: trade.gaps(nothing, 2020, THREE),
            "trade_flows: exporters report nothing for AZE–KAZ in 2020 (allowed: a figure above "
            "zero, of which a ratio can be taken)")  # fmt: skip


def test_editions_are_compared_with_their_sources():
    matrix = flows(("AZE", "KAZ", 2021, "reconciled", 5, "m1"),
                   ("KAZ", "AZE", 2021, "reconciled", 4.9, "m2"))  # fmt: skip
    matrix = matrix.assign(edition="BACI HS22 V202501")
    series = BACI.assign(edition="BACI HS92 V202501")
    other = series.assign(first="KAZ", second="UZB")
    compared = trade.editions(matrix, pd.concat([other, series]), 2021, TWO)
    expected = pd.DataFrame(
        {"pair": ["AZE–KAZ"], "matrix": [9.9], "series": [9.0], "difference": [0.1],
         "compared": ["BACI HS22 over BACI HS92, both of release V202501"],
         "source_keys": ["m1 m2 baci"]}
    )  # fmt: skip
    assert_frame_equal(compared, expected)
    assert trade.editions(matrix, BACI, 2020, TWO).columns.tolist() == list(expected.columns)
    # Where matrix and series are of one edition there is nothing to compare.
    assert trade.editions(matrix, BACI.assign(edition="BACI HS22 V202501"), 2021, TWO).empty


# --- weight -------------------------------------------------------------------------------------

MATRIX = flows(("AZE", "KAZ", 2020, "reconciled", 2, "m1"),
               ("KAZ", "AZE", 2020, "reconciled", 1, "m2"))  # fmt: skip
WORLD = pd.DataFrame(
    [
        ("AZE", 2020, 10e9, 5e9, "e", "w1"),
        ("KAZ", 2020, 20e9, 40e9, "e", "w2"),
        ("AZE", 2020, 12e9, 8e9, trade.WDI, "v1"),
        ("KAZ", 2020, 22e9, 58e9, trade.WDI, "v2"),
        ("WLD", 2020, 500e9, 600e9, trade.WDI, "w3"),
    ],
    columns=["country", "year", "exports_usd", "imports_usd", "edition", "source_keys"],
)


def test_shares_of_one_source_tell_both_parts():
    matrix = MATRIX.assign(edition="BACI HS22 V202501")
    world = WORLD.assign(edition=WORLD["edition"].replace("e", "BACI HS22 V202501"))
    shares = trade.member_shares(matrix, world, 2020, TWO)
    expected = pd.DataFrame(
        {"country": ["AZE", "KAZ"], "inside": [3.0, 3.0], "world": [15.0, 60.0],
         "share": [20.0, 5.0], "edition": "BACI HS22 V202501",
         "source_keys": ["m1 m2 w1", "m1 m2 w2"]}
    )  # fmt: skip
    assert_frame_equal(shares, expected)
    same(trade.share_of(shares, "KAZ"), 5, "%",
         "trade with the other members over trade with the world, exports and imports, both from "
         "BACI HS22", ("m1", "m2", "w2"), ("trade_flows", "trade_totals"))  # fmt: skip
    with pytest.raises(ReckoningError, match="0 totals of AZE in 2020 by BACI HS22 V202501"):
        trade.member_shares(matrix, WORLD, 2020, TWO)
    with pytest.raises(ReckoningError, match="mixes x and y"):
        trade.member_shares(matrix.assign(edition=["x", "y"]), world, 2020, TWO)


def test_shares_through_the_years_tell_two_sources():
    rows = path(("AZE–KAZ", 2020, 1.0, 4.0, 5.0, "reported", "", "imf"),
                ("KAZ–KGZ", 2020, 1.0, 4.0, 5.0, "reconciled", "r", "baci"))  # fmt: skip
    shares = trade.share_path(rows, WORLD, TWO)
    # Azerbaijan 4 of 20; Kazakhstan 4 + 4 of 80; together 12 of 100.
    expected = pd.DataFrame(
        {"country": ["AZE", "KAZ", "OTS"], "year": 2020, "share": [20.0, 10.0, 12.0],
         "source_keys": ["imf v1", "imf baci v2", "imf baci v2"]}
    )  # fmt: skip
    assert_frame_equal(shares, expected)
    same(
        trade.share_of(shares, "KAZ", 2020),
        10,
        "%",
        "trade with the other members over trade with the world, exports and imports, our "
        "series over World Bank totals, 2020",
        ("imf", "baci", "v2"),
        (*PATH, "trade_totals"),
        2020,
    )


def test_a_group_that_is_named_by_who_joins_it_is_told_with_the_five():
    joined = Membership("with Kazakhstan", TWO.codes)
    assert trade.world_trade(WORLD, 2020, joined).rule == (
        "exports and imports of five with Kazakhstan with the world in 2020, "
        "World Development Indicators"
    )


def test_trade_with_the_world_is_both_ways():
    same(trade.world_trade(WORLD, 2020, TWO), 100, "USD billion",
         "exports and imports of two members with the world in 2020, World Development Indicators",
         ("v1", "v2"), ("trade_totals",), 2020)  # fmt: skip
    refused(
        lambda: trade.world_trade(WORLD, 2019, TWO),
        f"trade_totals: 0 totals of AZE in 2019 by {trade.WDI} (allowed: one)",
    )


def test_intensity_tells_the_flow_and_both_countries_in_the_world():
    cells = trade.intensity(MATRIX, WORLD, 2020, TWO)
    # Kazakhstan buys 40 of the world's 500, 8 %; Azerbaijan sells it 2 of 10, 20 %: 2.5 times.
    # Azerbaijan buys 5 of 500, 1 %; Kazakhstan sells it 1 of 20, 5 %: 5 times.
    expected = pd.DataFrame(
        {"exporter": ["AZE", "KAZ"], "importer": ["KAZ", "AZE"], "usd_billion": [2.0, 1.0],
         "intensity": [2.5, 5.0], "source_keys": ["m1 m2 w1 w2 w3", "m1 m2 w2 w1 w3"]}
    )  # fmt: skip
    assert_frame_equal(cells, expected)
    refused(
        lambda: trade.intensity(MATRIX.assign(year=2019), WORLD, 2020, TWO),
        "trade_flows: no flows among two members in 2020 (allowed: 2019 to 2019, where given)",
    )
    with pytest.raises(ReckoningError, match="0 totals of WLD"):
        trade.intensity(MATRIX, WORLD[:4], 2020, TWO)


# --- national reports and the ladder ------------------------------------------------------------

SUMS = pd.DataFrame(
    [("TUR", "OTS", 2020, 2024, "export", 50e9, "s1"),
     ("TUR", "OTS", 2020, 2024, "import", 30e9, "s1"),
     ("TUR", "AZE", 2020, 2024, "import", 5e9, "s2")],
    columns=["reporter", "partner", "first_year", "last_year", "flow", "value_usd", "source_keys"],
)  # fmt: skip
SAID = stated(
    ("KAZ", "OTS", 2024, 10, "turnover", 10e9, "stated", "k"),
    ("TUR", "OTS", 2024, 12, "export", 11e9, "stated", "t1"),
    ("TUR", "AZE", 2024, 12, "import", 4e9, "stated", "t2"),
    ("AZE", "KAZ", 2024, 6, "turnover", 1e9, "stated", "a"),
    ("TUR", "AZE", 2024, 12, "turnover", 7e9, "stated", "t3"),
)


def test_each_members_reports_tell_how_they_were_read():
    expected = pd.DataFrame(
        [
            # 1 in six months is 2, and 7 as Türkiye states.
            ("AZE", "central", 9.0,
             "sum of its pairs; with Türkiye by the partner's report; with Kazakhstan, 6 months "
             "scaled to 12", True, "a t3"),
            ("KAZ", "central", 12.0, "stated total, 10 months scaled to 12", True, "k"),
            ("TUR", "low", 16.0, "yearly mean of 5 years, exports and imports", True, "s1"),
            ("TUR", "central", 17.0, "exports stated for 2024, imports the yearly mean of 5 years",
             True, "t1 s1"),
            ("TUR", "stated", 17.0, "exports stated for 2024, imports the yearly mean of 5 years",
             True, "t1 s1"),
            ("TUR", "high", 20.0,
             "exports stated, imports from Azerbaijan as its minister stated them", True,
             "t1 s1 t2"),
        ],
        columns=["reporter", "reading", "usd_billion", "how", "estimate", "source_keys"],
    )  # fmt: skip
    reports = trade.national(SAID, SUMS, 2024, THREE)
    assert_frame_equal(reports, expected)
    same(trade.rebuilt(reports, 2024, "high"), 41, "USD billion",
         "sum of the 3 members' own reports of 2024, high reading",
         ("a", "t3", "k", "t1", "s1", "t2"), ("trade_stated", "trade_sums"), 2024,
         estimate=True)  # fmt: skip
    firm = reports[reports["reading"] == "central"].assign(estimate=False)
    assert not trade.rebuilt(firm, 2024).estimate
    refused(lambda: trade.rebuilt(reports, 2024, "best"),
            "reading 'best' (allowed: low, central, stated, high)")  # fmt: skip
    refused(lambda: trade.rebuilt(reports[reports["reading"] == "low"], 2024),
            "national reports: no central reading of TUR")  # fmt: skip


def test_a_member_that_stated_no_exports_is_read_by_the_mean_alone():
    mean = trade.national(SAID[SAID["source_keys"] != "t1"], SUMS, 2024, THREE)
    row = mean[mean["reporter"] == "TUR"]
    assert row[["reading", "usd_billion", "how"]].to_numpy().tolist() == [
        ["central", 16.0, "yearly mean of 5 years"]
    ]
    assert row["source_keys"].tolist() == ["s1"]
    # Exports of part of the year are no exports of the year.
    part = SAID.assign(months=[10, 11, 12, 6, 12])
    assert trade.national(part, SUMS, 2024, THREE)["reading"].tolist() == ["central"] * 3
    # A sum over years that do not hold the year asked for is no sum for it.
    later = SUMS.assign(first_year=2025, last_year=2026)
    with pytest.raises(ReckoningError) as refusal:
        trade.national(SAID[SAID["source_keys"].isin(["k", "t1", "a", "t3"])], later, 2024, THREE)
    assert str(refusal.value) == (
        "trade_stated: no report of TUR with KAZ in 2024 (allowed: a turnover by one of the two; "
        "a missing one is not a zero)"
    )
    refused(
        lambda: trade.national(SAID, SUMS[1:], 2024, THREE),
        "trade_sums: 0 sums of TUR's exports with OTS that hold 2024 (allowed: one)",
    )


def test_a_stated_turnover_tells_who_stated_it():
    same(trade.stated_by(SAID, "KAZ", "OTS", 2024), 12, "USD billion",
         "turnover of 2024 with OTS as stated by KAZ, 10 months scaled to 12",
         ("k",), ("trade_stated",), 2024, estimate=True)  # fmt: skip
    same(
        trade.stated_by(SAID, "TUR", "AZE", 2024),
        7,
        "USD billion",
        "turnover of 2024 with AZE as stated by TUR",
        ("t3",),
        ("trade_stated",),
        2024,
    )
    derived = SAID.assign(basis="derived")
    assert trade.stated_by(derived, "TUR", "AZE", 2024).estimate
    refused(lambda: trade.stated_by(SAID, "TUR", "OTS", 2024),
            "trade_stated: TUR stated no turnover with OTS in 2024 "
            "(allowed: a year with a row of the two)")  # fmt: skip


# --- words that follow from a path ----------------------------------------------------------------


def test_a_total_falls_rises_and_has_its_peak_where_it_is_largest():
    # 4 in 2014, 9 in 2016: more by 125%, and back by 5 of 9.
    same(trade.change(ROWS, 2014, 2016), 125, "%", "change of the total from 2014 to 2016", ALL,
         PATH, 2016, estimate=True)  # fmt: skip
    same(trade.absolute_change(ROWS, 2014, 2016), 125, "%", "rise of the total from 2014 to 2016",
         ALL, PATH, 2016, estimate=True)  # fmt: skip
    same(trade.absolute_change(ROWS, 2016, 2014), 100 * 5 / 9, "%",
         "fall of the total from 2016 to 2014", ("press", "baci", "baci2", "imf"), PATH, 2014,
         estimate=True)  # fmt: skip
    assert trade.direction(ROWS, 2014, 2016) == "rose"
    assert trade.direction(ROWS.assign(year=4030 - ROWS["year"]), 2014, 2016) == "fell"
    assert (trade.peak(ROWS, 2014, 2016), trade.peak(ROWS, 2014, 2015)) == (2016, 2014)
    assert trade.peak(ROWS, 2015, 2016) == 2016
    loss = Quantity(-3.0, "%", "a change", ("k",), ("t",), 2020, True)
    same(trade.size(loss), 3, "%", "a change", ("k",), ("t",), 2020, estimate=True)


def test_us_prices_rose_by_what_the_index_did():
    # 300 points after 200.
    same(trade.prices_rose(PRICES, 2014, 2016), 50, "%",
         "US consumer prices, 2016 over 2014, less 1", ("bls", "imf"), ("prices",),
         2016)  # fmt: skip
    between = pd.concat([PRICES, PRICES[:1].assign(year=2015, source_keys="other")])
    assert trade.prices_rose(between, 2014, 2016).sources == ("bls", "imf")


def test_an_amount_is_more_than_a_count_by_so_many_percent_of_the_count():
    amount = Quantity(45.0, "USD billion", "as stated", ("said", "k"), ("trade_statements",), 2024)
    count = Quantity(30.0, "USD billion", "once", ("k", "baci"), PATH, 2023, estimate=True)
    same(trade.excess(amount, count), 50, "%", "(as stated) over (once), less 1",
         ("said", "k", "baci"), PATH, 2023, estimate=True)  # fmt: skip


def test_the_matrix_is_more_than_the_path_in_all_in_a_countrys_pairs_and_in_the_others():
    beside = pd.DataFrame(
        [("AZE–KAZ", 1.0, "derived", "a"), ("KAZ–KGZ", -0.5, "reconciled", "b"),
         ("AZE–TUR", 2.0, "stated", "c a")],
        columns=["pair", "difference", "basis", "source_keys"],
    )  # fmt: skip
    rule = "CEPII's matrix of 2022 less our series, {}, each flow once"
    same(trade.matrix_over(beside, 2022), 2.5, "USD billion", rule.format("3 pairs"),
         ("a", "b", "c"), PATH, 2022, estimate=True)  # fmt: skip
    same(trade.matrix_over(beside, 2022, "TUR"), 2, "USD billion",
         rule.format("1 pairs with TUR"), ("c", "a"), PATH, 2022)  # fmt: skip
    same(trade.matrix_over(beside, 2022, without="AZE"), -0.5, "USD billion",
         rule.format("1 pairs without AZE"), ("b",), PATH, 2022)  # fmt: skip


def test_a_members_own_total_is_held_against_its_pairs_of_the_year():
    rows = [("AZE–KAZ", 1, 1.0, 1.5, 2.0, "b"), ("AZE–TUR", 1, 2.0, 2.5, 3.0, "a b"),
            ("KAZ–TUR", 1, 4.0, 5.0, 6.0, "c"), ("AZE–KAZ", 2, 8.0, 8.0, 8.0, "d")]  # fmt: skip
    names = ["pair", "year", "low", "central", "high", "source_keys"]
    by_pair = pd.DataFrame(rows, columns=names)
    said = pd.DataFrame({"reporter": ["AZE", "KAZ"], "year": [1, 2], "usd_billion": [5.0, 4.0]})
    expected = said.assign(
        low=[3.0, 8.0], central=[4.0, 8.0], high=[5.0, 8.0], ratio=[0.8, 2.0],
        path_keys=["b a", "d"],
    )  # fmt: skip
    assert_frame_equal(trade.member_totals(by_pair, said), expected)
    # Türkiye has no pair in the second year; part of a code is no member.
    for reporter in ("TUR", "AZ"):
        refused(
            lambda r=reporter: trade.member_totals(by_pair, said[1:].assign(reporter=r)),
            f"trade_member_totals: no pair of {reporter} in 2 (allowed: a member of the path, 1 "
            "to 2)",
        )


def test_a_share_by_the_partners_is_the_share_times_their_total_over_its_own():
    shares = pd.DataFrame(
        [("OTS", 2014, 4.0, "s1"), ("OTS", 2024, 6.0, "s2 s1"), ("KAZ", 2024, 9.0, "s3")],
        columns=["country", "year", "share", "source_keys"],
    )  # fmt: skip
    # Of partners' figures one is least in the first year, another in the last.
    found = pd.DataFrame(
        [("own", "own side", 10.0, 20.0, 2014, "o"), ("partners", "by A", 14.0, 25.0, 2014, "a s1"),
         ("partners", "by B", 12.0, 30.0, 2014, "b"), ("firm", "six pairs", 1.0, 1.0, 2014, "f")],
        columns=["side", "choice", "first", "last", "start", "source_keys"],
    )  # fmt: skip
    whole = "trade with the other members over trade with the world, exports and imports, "
    rule = f"({whole}our series over World Bank totals, {{}}), the numerator by: {{}}"
    tables = (*PATH, "trade_totals")
    for which, year, value, choice, keys in (
        ("least", 2024, 6 * 25 / 20, "by A", ("s2", "s1", "a")),
        ("most", 2024, 6 * 30 / 20, "by B", ("s2", "s1", "b")),
        ("least", 2014, 4 * 12 / 10, "by B", ("s1", "b")),
        ("most", 2014, 4 * 14 / 10, "by A", ("s1", "a")),
    ):
        same(trade.share_by(shares, found, which, year), value, "%", rule.format(year, choice),
             keys, tables, year, estimate=True)  # fmt: skip
    refused(lambda: trade.share_by(shares, found[:1], "least", 2024),
            "choices: no partners' figure of 2024")  # fmt: skip


def test_growth_is_told_by_each_choice_that_is_the_same_at_both_ends():
    def two(azerbaijan, other, last_basis="stated", edition="new"):
        rows = [("AZE–TUR", 2014, azerbaijan[0], "reported", "", "a1"),
                ("KAZ–TUR", 2014, other[0], "reconciled", "old", "b1"),
                ("AZE–TUR", 2024, azerbaijan[1], last_basis, "", "a2 a1"),
                ("KAZ–TUR", 2024, other[1], "reconciled", edition, "b2")]  # fmt: skip
        names = ["pair", "year", "central", "basis", "edition", "source_keys"]
        return pd.DataFrame(rows, columns=names)

    own = two((1.0, 6.0), (4.0, 6.0))
    table = pd.DataFrame(
        [("statistics", 2024, 10.0, "s a1"), ("minister", 2024, 14.0, "m"),
         ("slow", 2024, 9.0, "w"), ("minister", 2023, 99.0, "old")],
        columns=["scenario", "year", "usd_billion", "source_keys"],
    )  # fmt: skip
    # 10 over 8, 6 over 4, 14 over 8 and 12 over 5.
    partners = two((4.0, 6.0), (4.0, 6.0))
    expected = pd.DataFrame(
        [("partners", "Partners' side at both ends, 2024 by Türkiye's statistics", 8.0, 10.0, 1.25,
          2014, "s a1"),
         ("firm", "The six pairs without Azerbaijan, by CEPII at both ends, of two editions", 4.0,
          6.0, 1.5, 2014, "b2"),
         ("partners", "Partners' side at both ends, 2024 by Türkiye's minister", 8.0, 14.0, 1.75,
          2014, "m"),
         ("own", "Azerbaijan's side at both ends", 5.0, 12.0, 2.4, 2014, "a2 a1 b2")],
        columns=["side", "choice", "first", "last", "ratio", "start", "source_keys"],
    )  # fmt: skip
    assert_frame_equal(trade.choices(own, partners, table, 2014, 2024), expected)
    same(trade.choice_of(expected, "least"), 1.25, "times",
         "growth since 2014: Partners' side at both ends, 2024 by Türkiye's statistics",
         ("s", "a1"), PATH, estimate=True)  # fmt: skip
    assert trade.choice_of(expected, "most").value == 2.4
    assert trade.choice_of(expected, "most", "partners").value == 1.75
    # The partners report of the last year too: 16 over 8. One edition is not two.
    reported = two((4.0, 10.0), (4.0, 6.0), edition="old")
    found = trade.choices(
        two((1.0, 6.0), (4.0, 6.0), edition="old"), reported, table[:0], 2014, 2024
    )
    assert found[["side", "choice", "ratio"]].to_numpy().tolist() == [
        ["firm", "The six pairs without Azerbaijan, by CEPII at both ends", 1.5],
        ["partners", "Partners' side at both ends", 2.0],
        ["own", "Azerbaijan's side at both ends", 2.4],
    ]
    # Where the first year is reconciled there is one side alone; of Azerbaijan alone none is firm.
    assert trade.choices(own, own, table, 2014, 2024)["side"].tolist() == ["firm", "own"]
    alone = own[own["pair"] == "AZE–TUR"]
    assert trade.choices(alone, alone, table, 2014, 2024)["side"].tolist() == ["own"]


def test_the_share_of_another_group_tells_its_year_and_how_many_months():
    compared = pd.DataFrame(
        [("ASEAN", 21.5, 12, "a"), ("Union", 14.6, 9, "b c")],
        columns=["name", "share", "months", "source_keys"],
    )
    rule = "trade of {} with itself over all its trade, 2021"
    same(trade.share_of_group(compared, "ASEAN", 2021), 21.5, "%", rule.format("ASEAN"),
         ("a",), ("trade_groups",), 2021)  # fmt: skip
    same(trade.share_of_group(compared, "Union", 2021), 14.6, "%",
         f"{rule.format('Union')}, 9 months", ("b", "c"), ("trade_groups",), 2021)  # fmt: skip


def test_the_last_mirrored_year_has_both_sides_of_every_flow_of_the_members_alone():
    later = flows(
        ("AZE", "KAZ", 2022, "exporter", 1, "k"), ("AZE", "KAZ", 2022, "importer", 1, "k"),
        ("KAZ", "AZE", 2022, "exporter", 1, "k"),
    )  # fmt: skip
    # Two years have both sides; in 2022 a side is missing that others' flows do not replace.
    others = flows(("KAZ", "AZE", 2022, "reconciled", 1, "k"),
                   ("KAZ", "TUR", 2022, "importer", 1, "k"))  # fmt: skip
    known = pd.concat([REPORTED, REPORTED.assign(year=2019), later, others])
    assert trade.last_mirrored_year(known, TWO) == 2020
    refused(lambda: trade.last_mirrored_year(later, TWO),
            "trade_flows: no year with both sides of every flow")  # fmt: skip


def test_two_editions_are_apart_by_the_sum_of_their_pairs_without_a_sign():
    compared = pd.DataFrame(
        {"matrix": [3.0, 6.0], "series": [4.0, 8.0], "source_keys": ["a b", "b c"]}
    )
    rule = "2 pairs of 2022 by two editions of CEPII's figures, one over the other"
    tables = ("trade_flows", "trade_pairs")
    same(trade.editions_apart(compared, 2022), 25, "%", rule, ("a", "b", "c"), tables, 2022)
    swapped = compared.rename(columns={"matrix": "series", "series": "matrix"})
    same(trade.editions_apart(swapped, 2022), 100 / 3, "%", rule, ("a", "b", "c"), tables, 2022)


def test_the_rise_of_one_year_over_the_one_before_names_both():
    grew = pd.concat([REPORTED, flows(("AZE", "KAZ", 2021, "exporter", 6, "a3"))])
    same(trade.jump(grew, "AZE", "KAZ", 2021), 2, "times",
         "AZE's reported sales to KAZ, 2021 over 2020", ("a1", "a3"), ("trade_flows",),
         2021)  # fmt: skip


def test_a_scenario_says_which_years_total_it_is_and_how_it_was_reckoned():
    table = pd.DataFrame(
        [("central", 2024, 25.0, "as ten months went", "k l")],
        columns=["scenario", "year", "usd_billion", "name", "source_keys"],
    )
    for name in ("central", "lowest"):
        same(trade.scenario(table, name), 25, "USD billion",
             "five members in 2024, each flow once: as ten months went", ("k", "l"), PATH, 2024,
             estimate=True)  # fmt: skip


# --- targets and statements ---------------------------------------------------------------------


def test_the_statements_that_were_found_are_counted():
    same(trade.statements_in(pd.DataFrame({"source_keys": ["k1", "k2 k1"]})), 2, "statements",
         "statements on the group's trade that were found", ("k1", "k2"),
         ("trade_statements",))  # fmt: skip


def test_a_whole_is_the_speakers_and_one_that_was_not_stated_is_refused():
    said = pd.DataFrame(
        [("a", 860.0, NAN, "A. Speaker", "2025-02-13", "k1 k2"), ("b", NAN, NAN, "B", "2024", "k")],
        columns=["id", "whole_usd_billion", "usd_billion", "speaker", "date", "source_keys"],
    )
    same(trade.stated_whole(said, "a"), 860, "USD billion",
         "all trade, as stated by A. Speaker on 2025-02-13", ("k1", "k2"),
         ("trade_statements",))  # fmt: skip
    refused(lambda: trade.stated_whole(said, "b"), "trade_statements: b states no whole")
    refused(lambda: trade.amount_of(said, "a"), "trade_statements: a states no amount")
    same(trade.days_to_end("2024-11-06", 2024, ("k",)), 55, "days",
         "from 2024-11-06 to 2024-12-31", ("k",), ("trade_statements",), 2024)  # fmt: skip


def test_targets_are_told_the_most_demanding_first():
    targets = pd.DataFrame(
        [("A", "group", "multiple", 4, 2026, "t1"), ("B", "KAZ", "amount", 8.0, pd.NA, "t2"),
         ("C", "AZE–KAZ", "amount", 2.0, 2025, "t3")],
        columns=["who", "scope", "kind", "value", "due", "source_keys"],
    )  # fmt: skip
    rows = path(*(("AZE–KAZ", y, 0.0, v, 9.0, "stated", "", "p") for y, v in
                  ((2022, 0.25), (2024, 1.0))))  # fmt: skip
    found = trade.needed(targets, rows, WORLD, start=2022, horizon=2027, membership=TWO)
    expected = pd.DataFrame(
        [
            ("A", "group", "All ten pairs", 4.0, 1.0, 2026, True, 100.0, 100.0, "t1"),
            ("B", "KAZ", "Kazakhstan with the other four", 8.0, 1.0, 2027, False, 100.0, 100.0,
             "t2"),
            ("C", "AZE–KAZ", "Azerbaijan–Kazakhstan", 2.0, 1.0, 2025, True, 100.0, 100.0, "t3"),
        ],
        columns=["who", "scope", "name", "target", "now", "due", "dated", "past", "needed",
                 "source_keys"],
    )  # fmt: skip
    assert_frame_equal(found.sort_values("who", ignore_index=True), expected)
    unequal = targets.assign(value=[2, 8.0, 4.0])
    order = trade.needed(unequal, rows, WORLD, start=2022, horizon=2027, membership=TWO)["who"]
    assert order.tolist() == ["C", "B", "A"]  # 300, 100 and 41 percent a year
    # 8% of the 100 with the world is 8, in which each flow stands twice: 4 counted once.
    share, world = targets[:1].assign(kind="share", value=8.0), WORLD.assign(year=2024)
    found = trade.needed(share, rows, world, start=2022, horizon=2027, membership=TWO)
    assert found["target"].tolist() == pytest.approx([4])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"scope": "USA"},
         "trade_targets: scope 'USA' in 2022 (allowed: group, a member's code, or a pair of the "
         "path)"),
        ({"kind": "wish"}, "trade_targets: kind 'wish' (allowed: amount, multiple, share)"),
        ({"due": 2024}, "trade_targets: a target of A due in 2024 (allowed: > 2024)"),
    ],
)  # fmt: skip
def test_targets_that_cannot_be_tested_are_refused_with_what_can(change, words):
    row = {"who": "A", "scope": "group", "kind": "amount", "value": 4.0, "due": 2030,
           "source_keys": "t"} | change  # fmt: skip
    rows = path(*(("AZE–KAZ", y, 0.0, 1.0, 9.0, "stated", "", "p") for y in (2022, 2024)))
    refused(lambda: trade.needed(pd.DataFrame([row]), rows, WORLD, start=2022, horizon=2030), words)
