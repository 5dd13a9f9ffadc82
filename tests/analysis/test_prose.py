"""Sentences that follow the evidence say what it says: up, down or level; none, one or many."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis import sources, trade
from analysis.chapter import goods_tables as goods
from analysis.chapter import outputs
from analysis.chapter.prose import counts, uncertainty
from analysis.chapter.prose import growth as path
from analysis.chapter.sentence import Sentence
from analysis.charts.outlook import Estimate
from analysis.charts.pairs import Waterfall
from analysis.charts.trade import Ladder
from analysis.countries import FIVE, WITH_OBSERVERS
from analysis.quantities import Quantity

PRICES = pd.DataFrame({"year": [2014, 2024], "index_1982_84": [100.0, 150.0], "source_keys": "p"})


def by_pair(*rows):
    """(pair, year, billions, basis), each as low, central and high alike."""
    found = pd.DataFrame(rows, columns=["pair", "year", "central", "basis"])
    return found.assign(low=found["central"], high=found["central"], edition="e", source_keys="k")


def years(**totals):
    """One pair, measured: ``y2023=10.0`` and so on."""
    return by_pair(*(("KAZ–TUR", int(y[1:]), v, "reconciled") for y, v in totals.items()))


def usd(value, **more):
    return Quantity(value, "USD billion", "r", ("k",), (), 2024, **more)


def flows(*rows):
    columns = ["exporter", "importer", "year", "side", "value_usd", "edition", "source_keys"]
    return pd.DataFrame([(*row, "m") for row in rows], columns=columns)


#: Nothing open; everything open; and one question alone.
CLOSED = trade.Readings(2024, ((25.0, 0.0),), 0.0, 12, (1.0, 1.0), 0.0, (), 0.0)
OPEN = trade.Readings(2024, ((18.0, 0.1),), 7.0, 10, (0.6, 1.3), 1.0, (8.0, 4.0), 0.5)
ONE = trade.Readings(2024, ((25.0, 0.0),), 0.5, 12, (1.0, 1.0), 0.5, (), 0.2)


# --- up, down, level ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "said"),
    [(18.0, "fell by 10\N{NO-BREAK SPACE}%"), (36.0, "rose by 80\N{NO-BREAK SPACE}%"),
     (20.05, "stayed level")],
)  # fmt: skip
def test_a_total_fell_rose_or_stayed(now, said):
    assert str(path.change(years(y2023=20.0, y2024=now), 2023, 2024)) == said


def test_the_direction_hangs_on_the_source_where_the_sources_part():
    rows = years(y2014=10.0, y2024=16.0)  # 1.07 times after inflation by half
    assert "does not depend" in path.direction(rows, 2014, 2024, PRICES)
    rows.loc[0, "high"] = 12.0
    assert path.direction(rows, 2014, 2024, PRICES) == "The direction depends on the source."
    assert "does not depend" in path.direction(years(y2014=10.0, y2024=5.0), 2014, 2024, PRICES)


@pytest.mark.parametrize(("now", "said"), [(7.0, "fallen"), (9.0, "risen"), (8.01, "stayed")])
def test_a_pair_has_fallen_risen_or_stayed_since(now, said):
    assert said in path.since(years(y2022=8.0, y2024=now), "KAZ–TUR", 2022)


def test_growth_a_year_has_its_direction():
    assert str(path.growing(years(y2014=1.0, y2024=2.0), 2014, 2024)).startswith("grew by 7.2")
    told = str(path.growing(years(y2014=2.0, y2024=1.0), 2014, 2024))
    assert told.startswith("shrank by 6.7")
    assert told.endswith("to 0.5 times the first total")


def test_concentration_rose_fell_or_stayed():
    even = [("AZE–KAZ", 5.0), ("KAZ–TUR", 5.0)]
    odd = [("AZE–KAZ", 1.0), ("KAZ–TUR", 9.0)]

    def frame(*ends):
        rows = [(pair, y, v, "reconciled") for y, it in enumerate(ends, 1) for pair, v in it]
        return by_pair(*rows)

    assert path.spread(frame(even, odd), 1, 2) == "Concentration rose"
    assert path.spread(frame(odd, even), 1, 2) == "Concentration fell"
    assert path.spread(frame(even, even), 1, 2) == "Concentration did not change"


def test_the_largest_step_is_the_largest():
    base = {"y2014": 10.0, "y2017": 9.0, "y2020": 12.0, "y2022": 18.0, "y2023": 20.0}
    told = str(path.decade(years(**base, y2024=18.0)))
    assert "no higher than in 2014, at $9.0 billion" in told
    assert "largest step is the rise of 50\N{NO-BREAK SPACE}% from 2020 to 2022" in told
    told = str(path.decade(years(**base | {"y2017": 11.0}, y2024=40.0)))
    assert "In 2017 it was higher than in 2014" in told
    assert "largest step is the rise of 100\N{NO-BREAK SPACE}% from 2023 to 2024; that from" in told
    assert "the fall of 75" in str(path.decade(years(**base, y2024=5.0)))


def test_a_share_that_rose_for_all_for_some_or_for_none():
    def moved(group, *members):
        rows = [("OTS", 2014, 4.0), ("OTS", 2024, group)]
        for code, last in zip(sorted(FIVE.codes), members, strict=True):
            rows += [(code, 2014, 5.0), (code, 2024, last)]
        frame = pd.DataFrame(rows, columns=["country", "year", "share"]).assign(source_keys="k")
        return str(path.shares(frame, 2014, 2024))

    told = moved(5.0, 6, 6, 4, 6, 5)
    assert "grew faster" in told
    assert "rose for Azerbaijan, Kazakhstan and Türkiye; for Kyrgyzstan and Uzbekistan" in told
    assert "rose for all five" in moved(5.0, 6, 6, 6, 6, 6)
    told = moved(3.0, 4, 4, 4, 4, 4)
    assert "grew slower" in told
    assert "rose for none" in told


def test_a_target_may_be_met():
    assert str(path.ahead(Quantity(9.6, "% a year", "r", (), ()), 2030)) == (
        "met in 2030, it takes 9.6\N{NO-BREAK SPACE}% a year"
    )
    met = path.ahead(Quantity(-1.0, "% a year", "r", (), ()), 2030)
    assert str(met) == "more than that was traded already"


def test_the_makers_of_a_growth_a_shrinking_and_a_growth_undone():
    def split(**changes):
        rows = [(p.replace("_", "–"), 10.0, 10.0 + c) for p, c in changes.items()]
        frame = [(p, y, v, "reconciled") for p, a, b in rows for y, v in ((1, a), (2, b))]
        return trade.contributions(by_pair(*frame), 1, 2)

    grown = split(AZE_TUR=4.0, KAZ_TUR=3.0, KAZ_UZB=3.0)
    told = str(path.largest_contributions(grown, {}))
    assert "Türkiye is one side of the two pairs that made 70\N{NO-BREAK SPACE}%" in told
    assert "least certain" not in told
    assert "least certain" in str(path.largest_contributions(grown, {"AZE–TUR": (4.0, 8.0)}))
    assert "did not grow" in str(path.largest_contributions(split(AZE_TUR=1.0, KAZ_UZB=-3.0), {}))
    undone = split(AZE_TUR=4.0, KAZ_UZB=3.0, KAZ_TUR=-5.0)
    assert "added more than the whole growth" in str(path.largest_contributions(undone, {}))
    assert "added more than the whole growth" in Waterfall(undone, 1, 2).caption
    assert "lost most from 1 to 2" in Waterfall(split(AZE_TUR=1.0, KAZ_UZB=-3.0), 1, 2).caption


# --- none, one, many ----------------------------------------------------------------------------


def test_with_nothing_open_no_estimate_is_claimed():
    rows = years(y2022=20.0, y2023=27.0, y2024=25.0)
    drawn = trade.simulate(CLOSED, draws=10)
    ends = trade.interval(CLOSED, drawn)
    told = [
        counts.counted(rows, CLOSED, ends, usd(35.0)),
        counts.each(rows, 2024),
        counts.both(rows, 2024),
        uncertainty.reversal(CLOSED, drawn, usd(27.0)),
        uncertainty.open_questions(CLOSED, rows),
        uncertainty.spread(trade.questions(CLOSED), CLOSED, drawn, rows),
        uncertainty.band(CLOSED),
        uncertainty.settled(CLOSED, usd(25.0), 45),
        path.estimates(rows),
        uncertainty.in_short(usd(25.0)),
    ]
    text = " ".join(str(it) for it in told)
    for claimed in (
        "our estimate",
        "an estimate;",
        "partly an estimate",
        "draws in ten",
        "fig-trade-estimate",
        "tab-trade-questions",
    ):
        assert claimed not in text
    assert "$25.0 billion, every pair measured" in text
    assert "no part of its total is an estimate" in text
    assert "all draws are one total" in text
    for settled in (
        uncertainty.side(CLOSED),
        uncertainty.partner(CLOSED),
        str(uncertainty.months(CLOSED, PRICES)),
    ):
        assert settled.startswith("Settled")
    assert uncertainty.release(CLOSED).startswith("Without an answer")
    assert uncertainty.weights(CLOSED).startswith("**No interval is drawn for 2024.**")
    assert uncertainty.partly(usd(25.0)).startswith("**2024 is one reading.**")


def test_what_is_open_is_told_with_its_answers():
    rows = by_pair(
        ("AZE–TUR", 2022, 20.0, "scaled"), ("AZE–TUR", 2023, 27.0, "scaled"),
        ("AZE–TUR", 2024, 7.0, "scaled"), ("KAZ–TUR", 2024, 18.0, "reconciled"),
    )  # fmt: skip
    drawn = trade.simulate(OPEN, draws=500)
    ends = trade.interval(OPEN, drawn)
    assert "about $25.0 billion, our estimate (nine draws in ten: $" in str(
        counts.counted(rows, OPEN, ends, usd(35.0, estimate=True))
    )
    told = str(uncertainty.open_questions(OPEN, rows))
    assert "72\N{NO-BREAK SPACE}% of the total of 2024 is measured" in told
    assert told.endswith("Four questions are open, each with stated answers:")
    told = str(uncertainty.spread(trade.questions(OPEN), OPEN, drawn, rows))
    assert "with all four open and with one open at a time. Settling the first" in told
    assert "three humps" in uncertainty.side(OPEN)
    assert uncertainty.release(OPEN).startswith("One measured pair may move by")
    two = replace(OPEN, measured=((9.0, 0.1), (9.0, 0.2), (0.0, 0.0)))
    assert uncertainty.release(two).startswith("The two measured pairs may move, together,")
    assert "spans four questions" in uncertainty.weights(OPEN)
    assert uncertainty.partly(usd(25.0, estimate=True)).startswith(
        "**2024 is partly an estimate.**"
    )
    assert path.estimates(rows) == "Trade with members rests in part on estimates for 2022 to 2024."


def test_one_question_is_spoken_of_as_one():
    rows = by_pair(
        ("AZE–KAZ", 2024, 0.5, "stated"), ("KAZ–TUR", 2024, 25.0, "reconciled"),
        ("KAZ–TUR", 2023, 27.0, "reconciled"), ("KAZ–TUR", 2022, 20.0, "reconciled"),
    )  # fmt: skip
    drawn = trade.simulate(ONE, draws=500)
    asked = trade.questions(ONE)
    assert str(uncertainty.open_questions(ONE, rows)) == (
        "No part of the total of 2024 is an estimate. One question is open, with stated answers:"
    )
    told = str(uncertainty.spread(asked, ONE, drawn, rows))
    assert "with all" not in told
    assert "tab-trade-questions" not in told
    assert "the order of 2024 and the two years before does not hang on this question" in told
    caption = Estimate(asked, asked, 2024, 25.0, (2023, 27.0), ()).caption
    assert "the one open question: whose figure for Azerbaijan" in caption
    assert "spans one question and no others" in uncertainty.weights(ONE)


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        ([24.0, 26.0], "None of the answers to the open questions that we know of lifts 2024"),
        ([28.0, 30.0], "that we know of brings 2024 down to our figure for 2023"),
        ([26.0, 28.0], "It hangs on what is open: 50\N{NO-BREAK SPACE}% of our draws pass"),
    ],
)
def test_an_open_question_may_turn_a_move_about(drawn, said):
    before = Quantity(27.0, "USD billion", "r", (), (), 2023)
    assert said in str(uncertainty.reversal(OPEN, np.array(drawn), before))


# --- by which rule ------------------------------------------------------------------------------


def ladder(once, observers):
    rows = [("once", FIVE, once), ("twice", FIVE, 2 * once), ("once", WITH_OBSERVERS, observers),
            ("twice", WITH_OBSERVERS, 2 * observers)]  # fmt: skip
    return pd.DataFrame(
        [(2024, c, g.name, v, v, v, False, "k") for c, g, v in rows],
        columns=["year", "count", "membership", "low", "central", "high", "estimate", "sources"],
    )


@pytest.mark.parametrize(
    ("once", "rule", "fits", "plain"),
    [
        (25.0, "It depends on how one counts", "adds the members' own turnovers", "not false"),
        (50.0, "By every counting rule", "every count of the goods", "passed by every rule"),
        (12.0, "By none of our counts", "no count of the goods", "passed by none of our counts"),
    ],
)
def test_the_amount_is_passed_by_some_by_all_or_by_no_rule(once, rule, fits, plain):
    rungs = ladder(once, 1.4 * once)
    assert counts.by_rules(rungs, 2024, 45).startswith(rule)
    assert fits in str(counts.fits(rungs, usd(45.0), usd(once), 45))
    assert plain in counts.verdict_on_amount(rungs, 2024, 45)
    twice = "about twice the value" in str(counts.sum_of_reports(usd(45.0), usd(once), 45))
    assert twice == (once == 25.0)  # 45 is 1.8 times 25, 0.9 times 50 and 3.8 times 12


@pytest.mark.parametrize(
    ("once", "said"),
    [
        (25.0, "passed only when each flow is counted twice"),
        (30.0, "passed only when each flow is counted twice"),
        (40.0, "passed by some rules and not by others"),  # once: 56 with observers, 40 without
        (50.0, "passed by every rule"),
        (10.0, "passed by no rule"),
    ],
)
def test_the_caption_of_the_ladder_says_which_rules_pass(once, said):
    assert said in Ladder(ladder(once, 1.4 * once), claimed=45, year=2024).caption


def test_own_reports_may_be_the_one_rule_that_does_not_pass():
    reports = ladder(44.0, 44.0).head(1).assign(count="twice, own reports")
    rungs = pd.concat([ladder(50.0, 70.0), reports])
    assert "every rule but the sum of the members' own" in Ladder(rungs, 45, 2024).caption
    reports["central"] = 46.0
    rungs = pd.concat([ladder(10.0, 14.0), reports])
    assert "passed only by the sum of the members' own reports" in Ladder(rungs, 45, 2024).caption


def test_the_ratings_of_the_total_have_each_their_line():
    told = [counts.weaker(it) for it in ("supported", "contradicted", "depends on definition")]
    assert "holds by every counting rule" in told[0]
    assert "no counting rule gives" in told[1]
    assert "hangs on a rule that nobody states" in told[2]


def observed(measured, observer, rival):
    change = Quantity(measured, "%", "r", ("k",), ())
    told = counts.with_observers(10, change, Quantity(observer, "%", "r", ("k",), ()), rival, 45)
    return str(told)


def test_the_reading_with_observers_is_measured_or_carried_on():
    told = observed(-9.9, -9.8, usd(34.7, estimate=True))
    assert "went the other way: the ten pairs" in told
    assert "It cannot be excluded" in told
    assert "passes the amount, as far as" in observed(1.0, 1.0, usd(46.0, estimate=True))
    told = observed(80.0, -9.8, usd(70.5))
    assert "went both ways" in told
    assert "holds both observers: the reading comes to $70.5 billion, and passes the amount" in told
    told = observed(2.0, 3.0, usd(44.0))
    assert "went the same way" in told
    assert "does not reach the amount" in told
    assert "Turkmenistan's trade of 2024 that adds" in uncertainty.observers(
        usd(35.0, estimate=True)
    )
    assert "which is at hand" in uncertainty.observers(usd(35.0))


def stated(*rows):
    columns = ["date", "speaker", "of", "usd_billion", "reads"]
    return pd.DataFrame(rows, columns=columns)


def test_statements_part_by_year_or_do_not():
    apart = stated(("a", "x", 2020, 15.0, "once"), ("b", "y", 2024, 45.0, "twice"))
    assert counts.by_year(apart) == (
        "What was said of the years to 2020 agrees, where it agrees with anything, with a single "
        "count; what was said of 2024, with a double one"
    )
    mixed = stated(("a", "x", 2024, 45.0, "once"), ("b", "y", 2024, 70.0, "once+"),
                   ("c", "z", 2023, 50.0, "twice"))  # fmt: skip
    assert counts.by_year(mixed) == (
        "Of the 3 stated totals two agree with a single count and one agrees with a double one, "
        "and the years do not tell the two apart"
    )


@pytest.mark.parametrize(
    ("later", "before", "now", "said"),
    [
        ("twice", "once", 22.0, "mostly a change of rule"),
        ("twice", "once", 50.0, "by our single count trade grew to 5.0 times as much"),
        ("twice", "twice", 22.0, "Both read as double counts."),
        ("none", "once", 22.0, "The first agrees with no count of our path, the second with a"),
    ],
)
def test_two_totals_of_one_speaker_read_by_one_rule_or_by_two(later, before, now, said):
    rows = stated(("a", "x", 2014, 10.0, before), ("a", "x", 2024, 53.0, later))
    assert said in str(counts.two_rules(rows, "x", years(y2014=10.0, y2024=now)))


def test_the_step_between_two_totals_is_explained_by_trade_where_trade_made_it():
    assert "did not double" in str(counts.president(years(y2023=28.0, y2024=25.0), 2023, 2024))
    told = str(counts.president(years(y2023=28.0, y2024=50.0), 2023, 2024))
    assert "was 1.8 times that of 2023, so that the step needs no change" in told


def test_a_ministers_totals_fit_something_or_nothing():
    rows = stated(("d", "x", 2022, 33.0, "none"), ("d", "x", 2023, 42.0, "none"))
    assert "fit no count" in str(counts.minister(rows, "d", "x", usd(42.8)))
    rows["reads"] = ["once", "none"]
    told = str(counts.minister(rows, "d", "x", usd(42.8)))
    assert told.startswith("fit a single count for 2022 and no count of our path for 2023.")


@pytest.mark.parametrize(
    ("once", "said"),
    [
        (25.0, "fit a double count with the observers, which gives $70.0 billion"),
        (50.0, "fit a single count with the observers, which gives $70.0 billion"),
        (12.0, "come nearest to a double count with the observers, which gives $33.6 billion"),
        (35.0, "fit a double count, which gives $70.0 billion"),
    ],
)
def test_the_largest_totals_are_set_beside_the_count_they_are_nearest_to(once, said):
    rows = stated(("a", "x", 2024, 68.8, "none"), ("b", "y", 2024, 70.0, "none"))
    # At 35 once the pair of counts 49 and 98 with observers lies farther off than 70.
    assert said in str(counts.largest(rows, ladder(once, 1.4 * once), 2024))


# --- what the path rests on ---------------------------------------------------------------------


def ten(year, azerbaijan, edition="e"):
    rows = [
        (f"{a}–{b}", year, 1.0, azerbaijan if a == "AZE" else "reconciled") for a, b in FIVE.pairs()
    ]
    return by_pair(*rows).assign(edition=edition)


NONE = flows()
SERIES = pd.DataFrame({"source_keys": ["cepii1"]})


def test_the_basis_of_all_years_of_some_and_of_none_for_all_ten_pairs():
    own = flows(("AZE", "KAZ", 2020, "exporter", 1.0, "x")).assign(source_keys="imf9")
    told = str(path.basis(pd.concat([ten(2020, "reported"), ten(2021, "stated")]), own, SERIES))
    assert told.startswith(
        "For six of the ten pairs CEPII's BACI gives one reconciled figure a year, 2020 to 2021 "
        "{cite:p}`cepii1`. The public copy at hand lacks"
    )
    assert "its reports to the IMF to 2020 {cite:p}`imf9`, then the figures" in told
    assert "scaled to twelve months" not in told
    told = str(path.basis(pd.concat([ten(2023, "reconciled"), ten(2024, "scaled")]), NONE, SERIES))
    assert "`cepii1`; for all ten in 2023. For the rest the book takes Azerbaijan's own" in told
    assert "to the press for 2024. Where only part of a year" in told
    whole = pd.concat([ten(2023, "reconciled"), ten(2024, "reconciled")])
    told = str(path.basis(whole, NONE, SERIES))
    assert told == (
        "For all ten pairs CEPII's BACI gives one reconciled figure a year, 2023 to 2024 "
        "{cite:p}`cepii1`. No year is an estimate."
    )


def test_one_matrix_or_several():
    one = ("AZE", "KAZ", 2023, "reconciled", 1.0, "x")
    assert "For 2023 a full BACI matrix" in str(path.matrices(flows(one)))
    two = flows(one, ("AZE", "KAZ", 2024, "reconciled", 1.0, "x"))
    assert "For 2023 and 2024 full BACI matrices" in str(path.matrices(two))


def both_sides(*at):
    directed = [way for pair in FIVE.pairs() for way in (pair, pair[::-1])]
    sides = ("exporter", "importer")
    return flows(
        *((*way, year, side, 1.0, "x") for year in at for way in directed for side in sides)
    )


def test_the_last_year_with_both_sides_is_the_last_that_has_every_flow():
    whole = both_sides(2020)
    part = flows(("AZE", "KAZ", 2022, "exporter", 1.0, "x"))
    assert trade.last_mirrored_year(pd.concat([whole, part])) == 2020
    assert "for 2021 and 2022 are absent" in path.one_sided(pd.concat([whole, part]))
    assert path.two_sided(whole, 2020) == "the last year with both sides at hand"
    later = both_sides(2020, 2022)
    assert path.one_sided(later) == "Reports of both sides are at hand to the last year."
    assert path.two_sided(later, 2020) == "a year with both sides at hand"
    with pytest.raises(trade.rules.ReckoningError, match="no year with both sides"):
        trade.last_mirrored_year(part)


def test_the_other_side_is_a_choice_only_where_one_side_was_taken():
    whole = pd.concat([ten(2014, "reconciled"), ten(2024, "reconciled")])
    assert "no such choice" in str(path.other_side(whole, whole, 2014, 2024))
    rows = pd.concat([ten(2014, "reported"), ten(2024, "stated")], ignore_index=True)
    partners = rows.assign(central=rows["central"].where(rows["year"] == 2024, 2.0))
    told = str(path.other_side(rows, partners, 2014, 2024))
    assert told == (
        "Azerbaijan's pairs of 2024 come from its customs service through the press. By the "
        "partners' reports the start is higher, and 2024 is 0.5 times 2014."
    )
    told = str(path.other_side(rows, rows, 2014, 2024))
    assert told.endswith("Of 2014 its partners' reports change nothing.")


def test_a_young_reading_is_told_while_the_path_rests_on_it():
    known = {"imf2022": sources.lookup("imf2022")}
    with sources.using(known):
        rows = pd.concat([ten(year, "reported") for year in (2018, 2019, 2020)])
        told = str(path.vintage(rows.assign(source_keys="imf2022")))
        assert told.startswith("The IMF figures of 2019 and 2020 were read in 2022.")
        assert "40\N{NO-BREAK SPACE}% of the total of 2020" in told  # four pairs of ten alike
    assert "No figure of the path" in str(path.vintage(ten(2020, "reconciled")))


def test_editions_are_compared_or_said_to_be_one():
    rows = pd.concat([ten(2023, "stated", "BACI a"), ten(2024, "stated", "BACI b")])
    rows.loc[rows["year"] == 2024, "central"] = 0.9
    compared = pd.DataFrame(
        {"pair": ["KAZ–KGZ", "KAZ–TUR", "KGZ–TUR"], "difference": [0.02, -0.001, 0.2],
         "compared": "x", "source_keys": "k"}
    )  # fmt: skip
    rungs = ladder(10.0, 14.0).assign(year=2023)
    told = str(path.editions(compared, rows, rungs, 2023))
    assert (
        "differ by 0.1\N{NO-BREAK SPACE}% to 2\N{NO-BREAK SPACE}% for two pairs and by 20" in told
    )
    assert "for Kyrgyzstan–Türkiye" in told
    assert "between 2023 and 2024, the year of the fall" in told
    assert "the change in 2024 is \N{MINUS SIGN}10\N{NO-BREAK SPACE}%" in told  # 9 after 10
    told = str(path.editions(compared[:0], rows, rungs, 2023))
    assert "none can be compared" in told
    assert "Measured from" not in told
    one = str(path.editions(compared[:0], rows.assign(edition="BACI a"), rungs, 2023))
    assert one.endswith("The path is of one edition throughout.")


def test_two_readings_of_one_pair_are_given_where_they_are_two():
    rows = years(y2023=7.8)
    other = flows(("KAZ", "TUR", 2023, "reconciled", 4.0e9, "x"),
                  ("TUR", "KAZ", 2023, "reconciled", 4.1e9, "x"))  # fmt: skip
    told = path.two_readings(rows, other, "KAZ–TUR", 2023)
    assert str(told) == "$7.8 billion or $8.1 billion, by edition"
    other.loc[1, "value_usd"] = 3.8e9
    assert str(path.two_readings(rows, other, "KAZ–TUR", 2023)) == "$7.8 billion"


def test_own_totals_agree_are_lower_or_are_higher():
    rows = pd.DataFrame(
        [("AZE", 2020, 0.998), ("AZE", 2023, 0.91), ("KAZ", 2024, 1.17), ("TUR", 2023, 1.6)],
        columns=["reporter", "year", "ratio"],
    )
    told = str(path.own_totals(rows, usd(45.0), usd(50.0)))
    assert (
        "Azerbaijan's (2020) agrees with it; Kazakhstan's (2024) and Türkiye's (2023) are lower; "
        "another of Azerbaijan's (2023) is higher." in told
    )
    assert "add up to less than our double count" in told
    assert "add up to more than our double count" in str(
        path.own_totals(rows, usd(45.0), usd(25.0))
    )


def test_what_is_traded_is_said_to_follow_or_not():
    assert "nothing follows here" in goods.availability(shown=False)
    assert "fig-trade-goods" in goods.availability(shown=True)


# --- a sentence in a chapter --------------------------------------------------------------------


@pytest.fixture
def shown(monkeypatch):
    found = []
    keep = lambda data, metadata=None, **_: found.append((data, metadata))  # noqa: E731
    monkeypatch.setattr(outputs, "display", keep)
    return found


def test_a_sentence_glues_its_numbers_and_no_others(shown):
    chapter = outputs.Chapter("trade")
    total = Quantity(25.0, "USD billion", "r", ("imf2022",), ("trade_flows",), 2024)
    chapter.number("once", total)
    other = total.derived(50.0, "USD billion", "s")
    numbers = {"a": total, "b": other, "c": other}
    chapter.sentence("told", Sentence("From {a} to {b:0}, see {numref}`fig-trade-x`.", numbers))
    (_, once), (_, glued), (text, metadata) = shown
    assert once["number"]["target"] == "number-trade-once"
    assert glued["scrapbook"]["name"] == "told_b"
    assert glued["number"]["by"] == "told"
    assert text["application/papermill.record/text/plain"] == (
        "From {glue}`once` to {glue}`told_b`, see {numref}`fig-trade-x`."
    )
    assert metadata["sentence"]
    chapter.sentence("plain", "No number.")
    with pytest.raises(outputs.ChapterError, match="used twice"):
        chapter.sentence("plain", "Again.")
