"""Wrong evidence is noticed: a seeded sample here, every cell in `make mutate`."""

import re
from copy import copy
from dataclasses import replace

import pytest

from analysis import simulation, tables
from analysis.errors import ChapterError
from analysis.project import ROOT
from analysis.simulation import crossing
from tools import mutants, mutate
from tools.mutate import Mutation

SAMPLE = 30
#: Tables whose changes are noticed at different places, none of them after long reckoning.
QUICK = {"corrections", "figure_wordings", "fund", "indicator_list", "route_places",
         "size_statements", "sizes", "trade_sums"}  # fmt: skip


@pytest.mark.parametrize("words", [["--sample", "-1"], ["--sample", "ten"], ["--processes", "-2"]])
def test_less_than_none_is_no_sample(words, capsys):
    with pytest.raises(SystemExit):
        mutants.main(words)
    assert f"{words[1]!r} (allowed: 0 or more)" in capsys.readouterr().err


def test_no_answer_of_other_code_is_kept_for_a_mutant(monkeypatch):
    # The years of the crossing are run once in a process; a mutant of `run_year` runs its own.
    sea = simulation.Crossing(ships=1, load=100, trip=10, train=50, westbound=1000)
    own = simulation.replicate(sea, 2)["left"].tolist()
    year = simulation.run_year(sea, seed=1000)
    monkeypatch.setattr(crossing, "run_year", lambda *_, **__: replace(year, left=-1.0))
    assert simulation.replicate(sea, 2)["left"].tolist() == own
    mutants.forget()
    assert simulation.replicate(sea, 2)["left"].tolist() == [-1, -1]
    mutants.forget()


@pytest.fixture(scope="module")
def watch():
    return mutate.Watch()


def test_each_number_and_each_row_is_changed_in_turn():
    found = mutate.mutations(["route_places"])
    places = len(tables.read("route_places"))
    # Latitude and longitude, each by a tenth and in sign; and the row left out.
    assert len(found) == places * (2 + 2 + 1)
    assert found[0] == Mutation("route_places", 2, "latitude", "by a tenth")
    assert str(found[-1]) == f"data/route_places.csv, row {places + 1}, the row left out"


@pytest.mark.parametrize(
    ("mutation", "by"),
    [
        # A year of 2210 and prices below zero are no rows of the model.
        (Mutation("prices", 2, "year", "by a tenth"), "the model"),
        (Mutation("prices", 2, "index_1982_84", "in sign"), "the model"),
        # A figure of Kazakhstan and Uzbekistan moves the first page; so does another source that
        # steps in without it.
        (Mutation("trade_pairs", 60, "value_usd", "by a tenth"), "index"),
        (Mutation("trade_pairs", 60, "", "left out"), "index"),
        # With an indicator of Investments moved to Mediation, no priority is left without one, and
        # the chapter has nothing to name: that, too, is another thing than what stands in it.
        (Mutation("indicator_list", 13, "position", "by one"), "priorities-evidence"),
    ],
)
def test_wrong_evidence_is_noticed(watch, mutation, by):
    assert watch.notice(mutation).by == by


def test_a_row_that_rows_of_another_table_need_is_noticed_by_the_other_s_model(watch):
    # A step that is done stands among the acts, too.
    acts = tables.read("acts")
    place = acts.index[acts["act"] == "Simplified Customs Corridor in force"][0]
    notice = watch.notice(Mutation("acts", place + 2, "", "left out"))
    assert (notice.by, "data/acts.csv" in notice.reason) == ("the model", True)


def test_evidence_as_it_stands_shows_what_stands_in_the_chapters(watch):
    assert {script.name for script in watch._scripts} == {
        path.stem for path in (ROOT / "chapters").glob("*.ipynb")
    }


def test_what_is_not_made_again_would_be_noticed_by_the_same(watch):
    # The shorter way leaves out what cannot depend on the changed table; the longer one makes it.
    longer = copy(watch)
    longer._whole, longer._unaltered = True, {}
    one_a_table = {m.table: m for m in mutate.drawn(mutate.mutations(QUICK), 2000, seed=8)}
    notices = (watch.notice(mutation) for mutation in one_a_table.values())
    held = [notice for notice in notices if notice.by != "the model"]
    assert len({notice.by for notice in held}) >= 4  # chapters, the sums
    assert [longer.notice(notice.mutation) for notice in held] == held


def test_a_verdict_that_did_not_look_at_a_table_is_not_judged_again(watch):
    trial = mutate._Trial(watch._frames, "prices", watch._unaltered)
    trial.ledger()
    again = [name for name, found in trial.judged.items() if found is not watch._unaltered[name]]
    assert 0 < len(again) < len(watch._entries)
    assert all("prices" in watch._unaltered[name][1] for name in again)


def test_the_sums_that_a_build_holds_are_a_notice_too(watch, monkeypatch):
    # With no chapter to look: a country that sells one dollar to the world, and more to the others.
    monkeypatch.setattr(watch, "_likeliest", lambda table, trial: [])
    totals = tables.read("trade_totals")
    at = totals[(totals["country"] == "KGZ") & (totals["edition"].str.contains("BACI"))].index[0]
    cell = Mutation("trade_totals", at + 2, "exports_usd", "by a tenth")
    monkeypatch.setattr(mutate, "changed", lambda text, how: "1")
    assert watch.notice(cell).by == "the sums"


def test_a_chapter_with_other_outputs_than_it_gives_is_refused(watch):
    script = mutate.script_of(ROOT / "chapters" / "verdicts.ipynb")
    script.outputs[0] = {"text/plain": "$45.0 billion"}
    with pytest.raises(ChapterError, match=r"verdicts.ipynb: other outputs than stand in it"):
        watch._learn(script, mutate._Trial(watch._frames))


def test_a_sample_of_wrong_evidence_is_noticed(watch):
    found = mutate.mutations()
    chosen = mutate.drawn(found, SAMPLE, seed=2025)
    assert chosen == mutate.drawn(found, SAMPLE, seed=2025)
    notices = [watch.notice(mutation) for mutation in chosen]
    unseen = [notice for notice in notices if not notice.by]
    # The whole campaign gives the exact share and the list; here one in ten may be unwatched.
    assert len(unseen) <= SAMPLE // 10, mutate.report(notices)


def test_every_listed_mutant_of_the_code_has_a_reason():
    listed = mutants.rules()
    assert listed
    for rule in listed:
        assert len(rule.reason) > 30
        assert rule.was or rule.now, "a rule for every change of a function is no rule"
        for pattern in (rule.function, rule.was, rule.now):
            re.compile(pattern)
