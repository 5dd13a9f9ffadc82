"""What is traded: sums of sections by hand, the picture, the table, and the chapter's own cell."""

import numpy as np
import pandas as pd
import pytest

from analysis import tables
from analysis.countries import FIVE
from analysis.errors import ReckoningError, TableError
from analysis.sections import NAMES
from analysis.trade import goods
from refresh.sources.cepii import sections_traded

EDITION = {"edition": "BACI HS92 V202501", "source_keys": "cepii2025hs92"}


def table(*rows):
    columns = ["first", "second", "year", "section", "value_usd"]
    return pd.DataFrame(rows, columns=columns).assign(**EDITION)


@pytest.fixture
def small():
    """Two pairs. Minerals 3 and 2 billion, before 4 and nothing; textiles 1, before 0.5."""
    return table(
        ("AZE", "TUR", 2014, "V", 4e9), ("AZE", "TUR", 2024, "V", 3e9),
        ("KAZ", "TUR", 2024, "V", 2e9), ("KAZ", "TUR", 2024, "XI", 1e9),
        ("KAZ", "TUR", 2014, "XI", 0.5e9), ("KAZ", "TUR", 2019, "XI", 9e9),
    )  # fmt: skip


@pytest.fixture(scope="module")
def made():
    """Invented figures of all pairs and sections, for pictures only."""
    chance = np.random.default_rng(5)
    return table(
        *((*pair, year, section, float(round(1e6 * np.exp(chance.normal(3, 2)))))
          for pair in FIVE.pairs() for year in (2014, 2024) for section in NAMES)
    )  # fmt: skip


def test_sections_add_up_over_pairs_for_the_last_year_and_ten_years_before(small):
    found = goods.by_section(small)
    assert goods.span(small) == (2014, 2024)
    assert found[["section", "start", "end", "change"]].to_numpy().tolist() == [
        ["V", 4.0, 5.0, 1.0],
        ["XI", 0.5, 1.0, 0.5],
    ]
    assert found["share"].tolist() == pytest.approx([500 / 6, 100 / 6])
    assert set(found["source_keys"]) == {"cepii2025hs92"}


def test_small_sections_are_one_row_and_nothing_is_lost(made):
    found = goods.by_section(made, most=4)
    assert found["name"].tolist()[-1] == "Other sections"
    assert len(found) == 5
    assert found["end"].sum() == pytest.approx(
        made.loc[made["year"] == 2024, "value_usd"].sum() / 1e9
    )
    assert found["share"].sum() == pytest.approx(100)


def test_a_pair_has_its_sections_the_largest_first(small):
    found = goods.by_pair(small)
    # Both pairs traded 3 billion; the alphabet decides.
    assert found[["pair", "section", "start", "end", "total"]].to_numpy().tolist() == [
        ["AZE–TUR", "V", 4.0, 3.0, 3.0],
        ["KAZ–TUR", "V", 0.0, 2.0, 3.0],
        ["KAZ–TUR", "XI", 0.5, 1.0, 3.0],
    ]
    assert found["share"].tolist() == pytest.approx([100, 200 / 3, 100 / 3])


def test_without_the_year_ten_years_before_there_is_no_comparison(small):
    with pytest.raises(ReckoningError, match=r"no year 2014 \(allowed: 2024 and ten years before"):
        goods.span(small[small["year"] != 2014])


def test_rows_for_the_table_come_from_a_reduced_release():
    flows = pd.DataFrame(
        [
            (2013, "TUR", "AZE", "V", 10.0), (2023, "TUR", "AZE", "V", 5.0),
            (2023, "AZE", "TUR", "V", 7.0), (2022, "AZE", "TUR", "V", 99.0),
            (2023, "AZE", "HUN", "V", 99.0), (2023, "AZE", "WLD", "V", 111.0),
        ],
        columns=["year", "exporter", "importer", "section", "usd"],
    )  # fmt: skip
    found = sections_traded(flows).assign(**EDITION)
    assert found.drop(columns=list(EDITION)).to_numpy().tolist() == [
        ["AZE", "TUR", 2013, "V", 10],
        ["AZE", "TUR", 2023, "V", 12],  # both ways; Hungary and the world are left out
    ]
    accepted = tables.accept(found.astype(str), "trade_sections")
    assert accepted["value_usd"].tolist() == [10.0, 12.0]
    assert sections_traded(flows[flows["year"] != 2013]).empty


def test_the_book_does_without_the_table_and_takes_it_once_it_is_there(copy, small):
    assert not tables.has("trade_sections", copy)
    assert "trade_sections" not in tables.models(copy)
    assert "trade-sections" not in tables.package_text(copy)
    small.to_csv(copy / "data" / "trade_sections.csv", index=False)
    assert "trade_sections" in tables.models(copy)
    assert "trade-sections" in tables.package_text(copy)
    assert len(tables.read("trade_sections", copy)) == 6


def test_a_section_that_is_none_is_refused(copy, small):
    small.replace("XI", "XXII").to_csv(copy / "data" / "trade_sections.csv", index=False)
    with pytest.raises(TableError, match=r"row 5, column section: XXII \(allowed: I, II, "):
        tables.read("trade_sections", copy)
