"""Tables of the trade chapter, from tiny frames that can be worked out by hand."""

import pandas as pd

from analysis.chapter import Cite, trade_tables
from analysis.countries import FIVE


def test_each_year_stands_in_the_dollars_of_one_year_by_both_deflators():
    years = pd.DataFrame(
        {"year": [2008, 2014, 2024], "central": [5.0, 12.0, 25.0], "source_keys": "imf2022"}
    )
    prices = pd.DataFrame(
        {"year": [2014, 2024], "index_1982_84": [240.0, 300.0], "gdp_deflator_2017": [100.0, 130.0]}
    )
    table = trade_tables.real_table(years, prices, 2024)
    # 12 times 300/240 and times 130/100; there are no prices of 2008.
    assert [row[:-1] for row in table.rows] == [
        ("2014", "12.00", "15.00", "15.60"),
        ("2024", "25.00", "25.00", "25.00"),
    ]
    assert table.columns[:-1] == ("Year", "Current prices", "US CPI-U", "US GDP deflator")


def test_the_slowest_rest_of_a_year_stands_first():
    parts = pd.DataFrame(
        [("KAZ", "OTS", 2024, 8, 6e9, 12e9, "kt2025bektenov"),
         ("AZE", "TUR", 2021, 9, 9e9, 10e9, "azernews2021tur")],
        columns=["reporter", "partner", "year", "months", "part_usd", "whole_usd", "source_keys"],
    )  # fmt: skip
    rows = trade_tables.rest_of_year_table(parts).rows
    # 1 in three months after 9 in nine: a third as fast. 6 in four after 6 in eight: twice as fast.
    assert [row[:5] for row in rows] == [
        ("Azerbaijan with Türkiye", "2021", "9.00 in 9 months", "10.00", "33"),
        ("Kazakhstan with the other four", "2024", "6.00 in 8 months", "12.00", "200"),
    ]


def test_an_observer_s_two_ways_stand_beside_each_other_by_year():
    rows = [
        (*ends, year, side, value * size * year, "imf2026imts" if year < 4 else "cepii2025hs22")
        for size, member in enumerate(FIVE.codes, 1)
        for ends, side, value in (
            ((member, "HUN"), "importer", 1e3), (("HUN", member), "exporter", 2e3),
        )
        for year in (1, 3, 4)
    ]  # fmt: skip
    columns = ["exporter", "importer", "year", "side", "value_usd", "source_keys"]
    table = trade_tables.observer_table(pd.DataFrame(rows, columns=columns), "HUN", (1, 3))
    assert table.columns == (
        "Member", "Imports, 1", "Imports, 3", "Exports, 1", "Exports, 3", "Source"
    )  # fmt: skip
    # What is not shown, here a later year, is not cited.
    shown = Cite(("imf2026imts",))
    assert table.rows[0] == ("Azerbaijan", "1", "3", "2", "6", shown)
    assert table.rows[4] == ("Uzbekistan", "5", "15", "10", "30", shown)


def test_an_amount_that_was_not_said_leaves_its_year_and_no_dash():
    statements = pd.DataFrame(
        [("a", 45.0, 2024, "more than"), ("b", 42.0, None, ""), ("c", None, 2024, ""),
         ("d", None, None, "")],
        columns=["id", "usd_billion", "year", "bound"],
    ).astype({"year": "Int64"}).assign(
        speaker="S", office="O", date="2025", noun="trade", members="not said", share_percent=None,
        repeats=None, line="other", source_keys="imf2022",
    )  # fmt: skip
    rows = trade_tables.statements_table(statements).rows
    assert [row[2] for row in rows] == ["> 45, 2024", "42", "of 2024", "–"]


def test_every_count_has_one_row_with_its_range_and_where_the_amount_lies():
    counted = pd.DataFrame(
        {"year": 2024, "count": ["once", "twice"], "membership": "five members",
         "low": [22.0, 44.0], "central": [25.0, 50.0], "high": [28.0, 56.0],
         "source_keys": "imf2022"}
    )  # fmt: skip
    rows = trade_tables.counts_table([counted], 45).rows
    assert [row[:6] for row in rows] == [
        ("five members, each flow once", "2024", "25.0", "22.0 to 28.0", "above", "+80%"),
        ("five members, each flow twice", "2024", "50.0", "44.0 to 56.0", "inside", "−10%"),
    ]


def test_who_sells_to_whom_has_a_row_a_seller_and_no_cell_of_a_country_with_itself():
    cells = pd.DataFrame(
        [("AZE", "KAZ", 2.0, 2.5, "imf2022"), ("KAZ", "AZE", 1.0, 5.0, "imf2022"),
         ("KAZ", "TUR", 3.5, 1.2, "imf2022")],
        columns=["exporter", "importer", "usd_billion", "intensity", "source_keys"],
    )  # fmt: skip
    table = trade_tables.matrix_table(cells, 2023)
    assert table.columns[:-1] == (
        "Seller", "To Azerbaijan", "To Kazakhstan", "To Türkiye", "To all"
    )  # fmt: skip
    assert [row[:-1] for row in table.rows] == [
        ("Azerbaijan", "–", "2.00 (×2)", "–", "2.00"),
        ("Kazakhstan", "1.00 (×5)", "–", "3.50 (×1)", "4.50"),
    ]
