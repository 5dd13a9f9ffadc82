"""What is traded comes with a release: sums of sections beside the sums of pairs."""

from functools import cache

import pandas as pd
import pytest

from analysis import tables
from refresh.fetch import Fetcher
from refresh.proposal import propose, staged
from refresh.sources import cepii

NAME = "data/trade_sections.csv"


@pytest.fixture(scope="module")
def delivered(release, tmp_path_factory):
    """Give the function that reads, from a year on, a release that agrees with the book."""
    folder = tmp_path_factory.mktemp("release")
    place = release(folder / "BACI_HS92_V202601.zip", lambda year: 1.0, years=(2014, 2024))
    fetcher = Fetcher(folder / "answers", shown=False)
    return cache(lambda first: cepii.read(str(place), fetcher, range(first, 2025), [2024]))


def test_sections_of_a_pair_add_up_to_its_trade(delivered, copy):
    proposal = propose(delivered(2005), copy)
    with staged(proposal, copy) as folder:
        sections = tables.read("trade_sections", folder)
        pairs = tables.read("trade_pairs", folder).set_index(["first", "second", "year"])
        assert '"trade-sections"' in (folder / "data/datapackage.json").read_text(encoding="utf-8")
    sums = sections.groupby(["first", "second", "year"])["value_usd"].sum()
    assert set(sections["year"]) == {2014, 2024}
    assert len(sums) == 2 * 10
    assert (sums == pairs["value_usd"].reindex(sums.index)).all()
    figures = proposal.figures[proposal.figures["table"] == "trade_sections"]
    assert len(figures) == len(sections)
    assert figures["old"].isna().all()


def test_a_release_that_does_not_reach_back_says_so(delivered, copy):
    proposal = propose(delivered(2016), copy)
    assert NAME not in proposal.texts
    assert any("does not reach back ten years" in line for line in proposal.left)


def test_years_that_are_compared_no_more_give_way(delivered, copy):
    row = {"first": "AZE", "second": "KAZ", "section": "V", "value_usd": 5, "edition": "Old",
           "source_keys": "cepii2025hs92"}  # fmt: skip
    old = pd.DataFrame([row | {"year": year} for year in (2013, 2023, 2014, 2024)])
    old.to_csv(copy / NAME, index=False)
    proposal = propose(delivered(2005), copy)
    with staged(proposal, copy) as folder:
        found = tables.read("trade_sections", folder)
    assert set(found["year"]) == {2014, 2024}
    assert "Old" not in set(found["edition"])
