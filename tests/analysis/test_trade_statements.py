"""What was said of the group's trade: whose trade, counted how, copied from whom."""

import pandas as pd
import pytest

from analysis import tables, trade
from analysis.errors import TableError
from tests.copies import replaced


@pytest.fixture(scope="module")
def said():
    path = trade.path(*(tables.read(f"trade_{it}") for it in ("pairs", "flows", "stated")))
    return trade.lines(
        tables.read("trade_statements"), tables.read("trade_totals"), trade.yearly(path),
        "tokayev2025",
    )  # fmt: skip


def row(frame, name):
    return frame[frame["id"] == name].iloc[0]


def one_statement(**fields):
    plain = {
        "id": "a", "date": "2024-01-01", "speaker": "A", "year": 2023, "measure": "trade",
        "usd_billion": 10.0, "share_percent": float("nan"), "whole_usd_billion": float("nan"),
        "source_keys": "k", "repeats": None,
    }  # fmt: skip
    return pd.DataFrame([plain | fields])


def world(exports, imports, codes="AZE KAZ KGZ TUR UZB"):
    """Each member trades as much as any other, USD billion, in 2023."""
    return pd.DataFrame(
        [(code, 2023, exports * 1e9, imports * 1e9, trade.WDI, "w") for code in codes.split()],
        columns=["country", "year", "exports_usd", "imports_usd", "edition", "source_keys"],
    )


def test_thirty_three_at_six_percent_is_exports_of_a_group_with_hungary(said):
    # 33 / 0.06 = 550: the five exported 394, with Hungary 546, with Turkmenistan too 560.
    found = row(said, "bolat2024of2022")
    assert found["whole"] == pytest.approx(550)
    assert found["fits"] == ("five with Hungary", "with Hungary and Turkmenistan")
    assert found["of"] == "exports"


def test_forty_two_at_six_percent_is_nobodys_exports(said):
    # 42 / 0.06 = 700, as exact as its digits 638 to 773: the seven exported 566 in 2023.
    found = row(said, "bolat2024of2023")
    assert (found["whole"], found["fits"], found["of"]) == (pytest.approx(700), (), "")


def test_eight_hundred_and_sixty_is_exports_and_imports_of_the_five(said):
    found = row(said, "omuraliev2025")
    assert (found["fits"][0], found["of"]) == ("five members", "exports and imports")
    assert found["total"] == pytest.approx(866.1, abs=0.05)


def test_an_amount_a_share_and_a_whole_that_do_not_go_together_are_told(said):
    # 21 of 970 is 2.2 percent, not 4.
    assert not row(said, "mfauz2022")["agrees"]
    assert row(said, "omuraliev2025")["agrees"]  # 42.3 of 860 is 4.9


def test_an_amount_and_a_share_agree_with_every_whole_that_their_digits_allow():
    # 5 is 4.5 at least and 4% at most 4.5%: a whole of 100 or more.
    said = one_statement(usd_billion=5.0, share_percent=4.0, whole_usd_billion=100.0)
    assert trade.bases(said, world(10, 30))["agrees"].item()
    assert not trade.bases(said.assign(whole_usd_billion=99.0), world(10, 30))["agrees"].item()


def test_a_total_just_outside_the_tolerance_does_not_fit():
    totals = world(10, 30)
    # Five members export 50, and export and import 200.
    exact = one_statement(usd_billion=float("nan"), share_percent=2.0, whole_usd_billion=187.0)
    # 187 is as exact as 0.5: to 187.5 and 6% more are 198.75, below 200.
    assert trade.bases(exact, totals)["fits"][0] == ()
    exact["whole_usd_billion"] = 189.0
    assert trade.bases(exact, totals)["fits"][0] == ("five members",)


def test_exports_are_held_against_exports_only():
    totals = world(10, 30)
    exports = one_statement(measure="exports", usd_billion=4.0, share_percent=2.0)
    assert "exports and imports" not in set(trade.bases(exports, totals)["of"])


def test_a_statement_without_a_year_is_held_against_the_two_years_before():
    totals = world(10, 30)
    undated = one_statement(year=pd.NA, usd_billion=float("nan"), share_percent=2.0,
                            whole_usd_billion=200.0)  # fmt: skip
    assert trade.bases(undated, totals)["fits"][0][0] == "five members"
    assert trade.bases(undated.assign(date="2026-01-01"), totals)["fits"][0] == ()


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("bolat2023", "exports"), ("bolat2024october", "exports"), ("kula2025of2023", "exports"),
        ("kocaman2023", "secretariat"), ("omuraliev2025", "secretariat"),
        ("trade2021", "once"), ("tokayev2023", "once"), ("mfakaz2023", "once"),
        ("bolat2024of2023", "claim"), ("bayramov2024october", "claim"), ("tokayev2025", "claim"),
        ("orban2025", "claim"), ("orban2025of2018", "exports"),
        ("abidov2022", "slip"), ("ministers2026", "slip"), ("bolat2025", "other"),
    ],
)  # fmt: skip
def test_statements_fall_into_lines_by_rule(said, name, line):
    assert row(said, name)["line"] == line


def test_forty_five_leads_back_to_the_ministers_forty_two():
    table = tables.read("trade_statements")
    steps = trade.chain(table, "tokayev2025")
    assert steps == ["tokayev2025", "tokayev2024", "bayramov2024october", "bayramov2024may",
                     "bolat2024of2023"]  # fmt: skip
    assert trade.first_of(table, 45)["id"] == "bayramov2024october"


def test_the_noun_and_the_members_of_every_statement_are_its_own():
    table = tables.read("trade_statements")
    assert table["noun"].str.len().gt(0).all()
    assert table[table["id"] == "bolat2025"]["members"].item() == "members and observers"
    # Exports are exports in the source's noun, or in the share that it gives.
    worded = table[table["measure"] == "exports"]
    named = worded["noun"].str.contains("xport|ihracat", regex=True)
    assert (named | (worded["share_of"] == "exports")).all()


@pytest.mark.parametrize(
    ("old", "new", "said_of_it"),
    [
        (",exactly,5.5,2.9,", ",exactly,5.5,102.9,", "102.9"),
        (",,2,trade,,,zeybekci2016,", ",,2,trade,,,zeybekci2015,", "zeybekci2015"),
        (",2016,12,exports,exports,", ",2016,12,,exports,", "noun"),
        (",2016,12,exports,exports,", ",2018,12,exports,exports,", "2018"),
    ],
)  # fmt: skip
def test_what_no_statement_can_be_is_refused(copy, old, new, said_of_it):
    replaced(copy / "data" / "trade_statements.csv", old, new)
    with pytest.raises(TableError, match=said_of_it):
        tables.read("trade_statements", copy)


def test_the_totals_that_wholes_are_held_against_are_of_the_years_that_statements_mean():
    undated = one_statement(year=pd.NA, date="2024-05-01")
    found = trade.wholes(undated, world(10, 30)).set_index(["year", "of"])
    assert list(found.index.get_level_values("year")) == [2022, 2022, 2023, 2023]
    # Five members export 50, and export and import 200; of the year before nothing is known.
    assert found.loc[(2023, "exports"), "five members"] == pytest.approx(50)
    assert found.loc[(2023, "exports and imports"), "five members"] == pytest.approx(200)
    assert found.loc[2022, "five members"].isna().all()
    assert found["five with Hungary"].isna().all()
