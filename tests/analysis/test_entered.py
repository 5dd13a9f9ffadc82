"""Evidence entered wrongly: what the words of the source, other tables and the seal notice."""

import pytest

from analysis import sources, tables
from analysis.errors import SourceError, TableError
from analysis.tables import agreement, entered


def edited(copy, name, old, new):
    path = copy / (name if "." in name else f"data/{name}.csv")
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_evidence_as_it_stands_passes(copy):
    entered.check(copy)
    tables.sealed(copy)


@pytest.mark.parametrize(
    ("name", "old", "new", "refusal"),
    [
        # Another amount; another share; another whole.
        ("trade_statements", "exactly,25.7,", "exactly,27.5,", "usd_billion is 27.5 USD billion"),
        ("trade_statements", "exactly,5.5,2.9,", "exactly,5.5,9.2,", "share_percent is 9.2 %"),
        ("trade_statements", ",550,,trade2021", ",505,,trade2021", "whole_usd_billion is 505"),
        # A bound told as exact, and the other way.
        ("trade_statements", "OTS countries,more than,45", "OTS countries,exactly,45",
         "tokayev2024, usd_billion is meant as 'exactly'"),
        ("trade_statements", "exactly,42.3,,,,1300", "more than,42.3,,,,1300", "as 'more than'"),
        # A year shifted.
        ("trade_statements", "Türkiye,2023,12,trade,trade,members,exactly,42",
         "Türkiye,2021,12,trade,trade,members,exactly,42", "usd_billion is of 2021"),
        # A source that did not say it.
        ("trade_statements", ",trend2023astana", ",silkway2023", "source_keys: trend2023a"),
        # Another count of events, of gas, of a stated turnover.
        ("event_counts", "KAZ,more than,80,events,whole,none found,The claim",
         "KAZ,more than,90,events,whole,none found,The claim", "count is 90"),
        ("trade_gas", "11.478", "11.748", "volume_bcm is 11.748 billion cubic metres"),
        ("trade_stated", "turnover,2166000000", "turnover,2616000000", r"value_usd is 2.616e\+09"),
        # A wording without its row; words that are too many; another unit.
        ("figure_wordings", "kocaman2024,usd", "kocaman,usd", "no figure kocaman, usd_billion"),
        ("figure_wordings", "intra-OTS trade has reached", "a b c d e f g h i j k l m n o",
         "17 words .allowed: 15"),
        ("figure_wordings", "it reached $9 billion", "it reached 9 billion tons",
         "usd_billion is in USD billion"),
        # A figure derived by other arithmetic than its note's.
        ("trade_stated", "313333333,derived", "331333333,derived", "331333333 .allowed: what"),
    ],
)  # fmt: skip
def test_a_figure_that_its_source_did_not_write_is_refused(copy, name, old, new, refusal):
    edited(copy, name, old, new)
    with pytest.raises(TableError, match=refusal):
        entered.check(copy)


def test_a_row_more_comes_with_its_words_or_is_counted(copy):
    edited(
        copy, "trade_gas", "AZE,WLD,2024,4", "AZE,HUN,2024,4,1,,,,interfax2024gas\nAZE,WLD,2024,4"
    )
    with pytest.raises(
        TableError,
        match=r"trade_gas.csv, column volume_bcm: figures without the words of their source: 1",
    ):
        entered.check(copy)


def test_of_a_row_with_two_figures_each_has_its_own_words(copy):
    edited(
        copy, "figure_wordings",
        'trade_statements,zeybekci2017,share_percent,"only $5.5 billion, or 2.9 percent, of this '
        'figure",dailysabah2017\n', "",
    )  # fmt: skip
    with pytest.raises(
        TableError, match=r"trade_statements.csv, column share_percent: figures without .*: \d+"
    ):
        entered.check(copy)


@pytest.mark.parametrize(
    ("name", "old", "new", "refusal"),
    [
        # Every source is older than the row: a year or the months shifted, an announcement.
        ("trade_gas", "AZE,TUR,2024,12", "AZE,TUR,2026,12", "year: 2026-12 .allowed: to 2026"),
        (
            "trade_stated",
            "AZE,KGZ,2023,9,",
            "AZE,KGZ,2023,12,",
            "year: 2023-12 .allowed: to 2023-11",
        ),
        (
            "priority_steps",
            "7,2024-05-10",
            "7,2024-05-12",
            "date: 2024-05-12 .allowed: to 2024-05-1",
        ),
    ],
)
def test_a_row_may_not_be_newer_than_all_its_sources(copy, name, old, new, refusal):
    edited(copy, name, old, new)
    with pytest.raises(TableError, match=refusal):
        tables.read(name, copy)


@pytest.mark.parametrize(
    ("name", "old", "new", "refusal"),
    [
        # Thousand for million.
        ("trade_pairs", "KAZ,KGZ,2006,429651000,", "KAZ,KGZ,2006,429651,", "429651 .allowed: less"),
        ("trade_totals", "AZE,2006,13015000000", "AZE,2006,13015000", "exports_usd: 13015000"),
        ("trade_stated", "KAZ,UZB,2022,12,turnover,5000000000", "KAZ,UZB,2022,12,turnover,5000000",
         "trade_stated.csv, row 24, column value_usd: 5000000 .allowed: less than 10 times"),
    ],
)  # fmt: skip
def test_a_figure_out_of_all_proportion_is_refused(copy, name, old, new, refusal):
    edited(copy, name, old, new)
    with pytest.raises(TableError, match=refusal):
        agreement.check(copy)


def test_rows_of_two_countries_exchanged_are_no_longer_what_was_described(copy):
    path = copy / "data" / "sizes.csv"
    text = path.read_text(encoding="utf-8")
    text = text.replace("KAZ,area", "?,area").replace("AZE,area", "KAZ,area")
    path.write_text(text.replace("?,area", "AZE,area"), encoding="utf-8")
    with pytest.raises(TableError, match=r"^data/sizes.csv: it is not what data/datapackage.json"):
        tables.sealed(copy)


@pytest.mark.parametrize(
    ("old", "new", "refusal"),
    [
        ("date = {2022-12-26}", "date = {2021-12-26}", "date 2021-12-26 .allowed: one of 2022"),
        ("date = {2022-12-26}", "date = {2022-11-26}", "allowed: 2022-12, as in its address"),
        ("grade = {B},\n  licence = {Press article; facts cited},\n}\n\n@misc{akipress2024",
         "grade = {A},\n  licence = {Press article; facts cited},\n}\n\n@misc{akipress2024",
         "agsaqqallar2022: grade A and the licence of the press"),
    ],
)  # fmt: skip
def test_an_entry_that_denies_its_own_address_or_licence_is_refused(copy, old, new, refusal):
    edited(copy, "references.bib", old, new)
    with pytest.raises(SourceError, match=refusal):
        sources.read(copy / "references.bib")
