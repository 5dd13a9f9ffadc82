"""What a refresh proposes, what it would do to the verdicts; and it is written whole or not."""

import contextlib
import datetime
import io
import json
import os
import shutil
import signal
import subprocess
import sys
from functools import partial

import pandas as pd
import pytest

from analysis import claims, sources, tables, trade
from analysis.claims.trade import exceeded
from analysis.errors import BuildError, RefreshError
from analysis.project import ROOT
from publishing import build, refresh_record, trial
from refresh import apply, summary
from refresh import command as refreshing
from refresh.delivery import Delivery, Entry
from refresh.fetch import Fetcher
from refresh.proposal import propose, staged
from refresh.report import Report, compare
from refresh.sources import baci, cepii
from tests.copies import CHAPTERS, EVIDENCE, chapter, copied

CLAIM = "in 2024, the volume of mutual trade turnover exceeded $45 billion"
#: The years with an estimate, those before and after them, and ten years before the last.
YEARS = (2014, 2021, 2022, 2023, 2024)


def path_of(root):
    return trade.path(
        *(tables.read(name, root) for name in ("trade_pairs", "trade_flows", "trade_stated"))
    )


def read(place, root, **options):
    fetcher = Fetcher(root / "answers", shown=False)
    return cepii.read(str(place), fetcher, range(2005, 2025), [2023, 2024], **options)


def a_delivery(**change):
    day = datetime.date(2026, 11, 26)
    entry = Entry("new2026", "Office", "Trade", "https://example.org", "free", 2026, day, "0f" * 32)
    row = {
        "first": "AZE", "second": "KAZ", "year": 2024, "value_usd": 5e8, "edition": "New",
        "source_keys": "new2026",
    }  # fmt: skip
    return Delivery("New", (entry,), {"trade_pairs": pd.DataFrame([row | change])})


# --- a release of BACI --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def neutral(release, tmp_path_factory):
    """A project's evidence, and what a release that agrees with it would make of it."""
    root = copied(tmp_path_factory.mktemp("neutral"), EVIDENCE)
    place = release(root / "BACI_HS92_V202601.zip", lambda year: 1.0)
    proposal = propose(read(place, root), root)
    with staged(proposal, root) as folder:
        yield root, proposal, folder


def test_azerbaijans_pairs_are_measured_where_the_book_had_to_estimate(neutral):
    root, _, folder = neutral
    before, after = path_of(root), path_of(folder)
    gap = {2021, 2022, 2024}
    mine = before[before["pair"].str.contains("AZE") & before["year"].isin(gap)]
    assert "reconciled" not in set(mine["basis"])
    assert set(after["basis"]) == {"reconciled"}
    assert len(after) == 10 * 20
    # A release that agrees changes no total: whole dollars each way, of ten pairs, ten at most.
    was, now = (trade.yearly(path).set_index("year") for path in (before, after))
    assert (was["central"] - now["central"]).abs().max() < 2e-8
    assert set(now["estimated"]) == {0.0}


def test_the_matrix_of_the_last_year_is_counted_and_no_longer_estimated(neutral):
    _, _, folder = neutral
    for year in (2023, 2024):
        counted = trade.counts(path_of(folder), evidence_of(folder), year)
        assert len(counted[counted["count"] != trade.OWN]) == 4
        assert not counted[counted["count"] != trade.OWN]["estimate"].any()


def test_a_release_without_a_country_is_refused_and_no_zero_is_written(release, tmp_path):
    place = release(tmp_path / "BACI_HS92_V202601.zip", lambda year: 1.0, years=(2023, 2024))
    whole = baci.reduce(place, years=[2023, 2024], world=True)
    cepii._refuse_absent(whole, [2023, 2024], "BACI HS92 V202601")
    lost = whole[(whole["exporter"] != "KGZ") | (whole["year"] != 2024)]
    with pytest.raises(RefreshError, match=r"V202601: no trade of KGZ as exporter in 2024"):
        cepii._refuse_absent(lost, [2023, 2024], "BACI HS92 V202601")


def test_every_row_cites_the_release_and_its_checksum_is_kept(neutral):
    root, proposal, folder = neutral
    entry = sources.read(folder / "references.bib")["cepii202601hs92"]
    assert entry.grade == "A"
    text = (folder / "references.bib").read_text(encoding="utf-8")
    digest = subprocess.run(
        ["sha256sum", root / "BACI_HS92_V202601.zip"], capture_output=True, text=True, check=True
    ).stdout.split()[0]
    assert f"sha256 = {{{digest}}}" in text
    assert f"urldate = {{{datetime.date.today()}}}" in text
    assert set(tables.read("trade_pairs", folder)["source_keys"]) == {"cepii202601hs92"}
    assert set(proposal.figures["edition"]) == {"BACI HS92 V202601"}


def test_a_total_of_the_release_is_that_of_the_whole_world(neutral):
    _, _, folder = neutral
    totals = tables.read("trade_totals", folder)
    row = totals[(totals["edition"] == "BACI HS92 V202601") & (totals["country"] == "KAZ")]
    inside = tables.read("trade_flows", folder)
    inside = inside[(inside["exporter"] == "KAZ") & (inside["side"] == "reconciled")]
    for year in (2023, 2024):
        sold = inside.loc[inside["year"] == year, "value_usd"].sum() + 5e10  # and 50 to the rest
        assert row.loc[row["year"] == year, "exports_usd"].tolist() == [sold]
    assert "BACI HS22 V202501" not in set(totals["edition"])


def evidence_of(folder):
    return trade.Records.of(partial(tables.read, root=folder))


@pytest.mark.parametrize(
    ("scale", "rating", "word"),
    [
        # Once counted, 25.05: doubled it is 50.1, above the amount by every rule; halved, with the
        # observers and twice counted, it is 35.2, below it by every rule.
        (2.0, "supported", "By every way of counting"),
        (0.5, "contradicted", "By no way of counting"),
    ],
)
def test_a_release_may_flip_the_verdict(release, copy, scale, rating, word):
    place = release(
        copy / "baci.zip", lambda year: scale if year == 2024 else 1.0, years=(2023, 2024)
    )
    assert exceeded(CLAIM, claims.evidence(copy)).rating == "depends on definition"
    with staged(propose(read(place, copy), copy), copy) as folder:
        verdict = exceeded(CLAIM, claims.evidence(folder))
    assert verdict.rating == rating
    assert word in verdict.reason
    assert "estimate" not in verdict.reason


def test_years_that_the_article_does_not_speak_of_are_left(release, copy):
    place = release(copy / "baci.zip", lambda year: 1.0, years=range(2022, 2025))
    delivery = cepii.read(str(place), Fetcher(copy), range(2005, 2024), [2023, 2024])
    assert set(delivery.rows["trade_pairs"]["year"]) == {2022, 2023}
    assert "BACI HS92 V202601 also holds 2024" in delivery.left[0]
    with pytest.raises(RefreshError, match=r"the years 2022 to 2024 .*one or more of 2005 to 2010"):
        cepii.read(str(place), Fetcher(copy), range(2005, 2011), [2023])


def test_a_flow_that_a_release_lacks_is_a_zero(release, copy):
    place = release(copy / "baci.zip", lambda year: 1.0, years=(2023, 2024))
    rows = read(place, copy).rows["trade_flows"]
    assert len(rows) == 42 * 2
    flows = tables.read("trade_flows", copy)
    none = flows[(flows["side"] == "reconciled") & (flows["value_usd"] == 0)]
    for row in none.itertuples():
        mine = rows[(rows["exporter"] == row.exporter) & (rows["importer"] == row.importer)]
        assert mine["value_usd"].tolist() == [0, 0]


def test_a_release_is_fetched_from_an_address_and_continued(release, service, reply, copy):
    place = release(copy / "baci.zip", lambda year: 1.0, years=[2024])
    body = place.read_bytes()
    half = len(body) // 2
    tag = {"ETag": '"v202601"'}
    rest = {"Content-Range": f"bytes {half}-{len(body) - 1}/{len(body)}", **tag}
    service.replies = [
        reply(body, headers=tag, cut=half), reply(body[half:], status=206, headers=rest),
    ]  # fmt: skip
    fetcher = Fetcher(copy / "answers", wait=lambda _: None, shown=False)
    delivery = cepii.read(f"{service.address}/BACI.zip", fetcher, range(2005, 2025), [2024])
    assert delivery.name == "BACI HS92 V202601"
    assert service.asked[1][1]["Range"] == f"bytes={half}-"


# --- the tables ---------------------------------------------------------------------------------


def test_only_what_changes_is_written_and_the_rest_stays_to_the_byte(copy):
    proposal = propose(a_delivery(), copy)
    # The description of the data holds a digest of the table.
    assert set(proposal.texts) == {
        "data/trade_pairs.csv", "data/datapackage.json", "references.bib",
    }  # fmt: skip
    before = (copy / "data" / "trade_pairs.csv").read_text(encoding="utf-8").splitlines()
    after = proposal.texts["data/trade_pairs.csv"].splitlines()
    assert [line for line in after if line not in before] == ["AZE,KAZ,2024,500000000,New,new2026"]
    assert [line for line in before if line not in after] == []
    assert after[1].startswith("AZE,KAZ,2024")  # in its place: the file is in order
    assert proposal.texts["references.bib"].endswith("@misc{new2026,\n" + proposal.delivery.entries[
        0].bibtex.split("\n", 1)[1] + "\n")  # fmt: skip


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"second": "XKX"}, "trade_pairs.csv, row 2, column second: XKX"),
        ({"value_usd": -1.0}, "trade_pairs.csv, row 2, column value_usd: -1"),
        ({"year": 3024}, "trade_pairs.csv, row 2, column year: 3024"),
        ({"source_keys": "nobody2026"}, "unknown source key 'nobody2026'"),
    ],
)
def test_rows_that_break_the_model_go_no_further(copy, digests, change, match):
    before = digests(copy)
    with (
        pytest.raises(RefreshError, match=match),
        staged(propose(a_delivery(**change), copy), copy),
    ):
        pass
    assert digests(copy) == before


def test_a_delivery_that_is_not_well_formed_is_refused(copy):
    with pytest.raises(RefreshError, match="no rows"):
        Delivery("New", (), {"trade_pairs": pd.DataFrame()})
    odd = a_delivery()
    with pytest.raises(RefreshError, match="no column 'edition'"):
        propose(Delivery("New", odd.entries, {
            "trade_pairs": odd.rows["trade_pairs"].drop(columns="edition")}), copy)  # fmt: skip
    with pytest.raises(RefreshError, match="table 'events'"):
        propose(Delivery("New", odd.entries, {"events": odd.rows["trade_pairs"]}), copy)
    twice = pd.concat([odd.rows["trade_pairs"]] * 2)
    with pytest.raises(RefreshError, match="AZE–KAZ, both ways twice in 2024"):
        propose(Delivery("New", odd.entries, {"trade_pairs": twice}), copy)


def test_what_can_take_the_place_of_nothing_is_refused(copy):
    # One flow of the twenty that the book has of that side and year.
    row = {
        "exporter": "KAZ", "importer": "TUR", "year": 2020, "side": "exporter", "value_usd": 1,
        "edition": "New", "source_keys": "new2026",
    }  # fmt: skip
    one = Delivery("New", a_delivery().entries, {"trade_flows": pd.DataFrame([row])})
    with pytest.raises(RefreshError, match=r"^New: nothing in it can take .*19 of its 20 figures"):
        propose(one, copy)


def test_evidence_that_cannot_answer_any_more_is_refused(copy):
    proposal = propose(a_delivery(), copy)
    with staged(proposal, copy) as folder:
        for name, kept in (("pairs", "year == '2024'"), ("flows", "side == 'reconciled'")):
            place = folder / "data" / f"trade_{name}.csv"
            pd.read_csv(place, dtype=str).query(kept).to_csv(place, index=False)
        with pytest.raises(RefreshError, match=r"^New, path: no year 2014 .*2024 to 2024"):
            compare(proposal, copy, folder)


def test_a_delivery_may_be_cut_to_some_tables(neutral):
    root, proposal, _ = neutral
    cut = proposal.delivery.only(["trade_pairs"])
    texts = propose(cut, root).texts
    assert set(texts) == {"data/trade_pairs.csv", "data/datapackage.json", "references.bib"}
    with pytest.raises(RefreshError, match=r"nothing for table 'prices' .*trade_pairs, trade_f"):
        proposal.delivery.only(["prices"])


def test_a_source_that_nothing_cites_any_more_leaves_the_bibliography(copy):
    # Figures that rest on a source which nothing else in the book names.
    path = copy / "data" / "trade_totals.csv"
    path.write_text(path.read_text("utf-8").replace("worldbank2025wdi", "alone2025"), "utf-8")
    with (copy / "references.bib").open("a", encoding="utf-8") as file:
        file.write("\n@misc{alone2025,\n  author = {{A}},\n  title = {{T}},\n  year = {2025},\n"
                   "  grade = {A},\n  licence = {free},\n}\n")  # fmt: skip
    bank = tables.read("trade_totals", copy)
    rows = bank[bank["edition"] == trade.WDI].assign(source_keys="new2026")
    entry = a_delivery().entries[0]
    delivery = Delivery("New", (entry,), {"trade_totals": rows})
    assert propose(delivery, copy).dropped == ("alone2025",)
    # A chapter that cites it keeps it.
    (copy / "chapters").mkdir()
    (copy / "chapters" / "a.md").write_text("See {cite:p}`imf2022,alone2025`.")
    assert propose(delivery, copy).dropped == ()
    (copy / "chapters" / "a.md").unlink()
    chapter(copy, 'chapter.say("It rose [@imf2022; @alone2025].")')
    assert propose(delivery, copy).dropped == ()


def test_chapters_that_would_stop_are_told(copy, tmp_path):
    cells = {
        "calm": "from analysis import tables\nassert tables.read('trade_pairs') is not None",
        "eager": (
            "from analysis import tables, trade\npairs, flows = map(tables.read, "
            "('trade_pairs', 'trade_flows'))\n"
            "trade.path(pairs, flows[:0], tables.read('trade_stated')[:0])"
        ),
        "own": "1 / 0",
    }
    for name, source in cells.items():
        chapter(copy, source).rename(copy / "chapters" / f"{name}.ipynb")
    with staged(propose(a_delivery(), copy), copy) as folder:
        stops = trial.stops(folder, copy)
    assert stops.keys() == {"eager", "own"}
    assert "no figure for AZE–KAZ in 2005" in stops["eager"]
    assert stops["own"] == "ZeroDivisionError: division by zero"
    assert tables.read("trade_pairs")["year"].max() == 2024  # the book's own is read again
    assert not set(tables.read("trade_pairs")["first"]) & {"AZE"}


# --- whole or not at all ------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path):
    """A project of two files; a refresh changes both and adds a third."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("old a")
    (tmp_path / "references.bib").write_text("old b")
    return tmp_path


NEW = {"data/a.csv": "new a", "references.bib": "new b", "data/refreshes.json": "new c"}


def state(root):
    names = [name for name in NEW if (root / name).exists()]
    return {name: (root / name).read_text() for name in names}


OLD = {"data/a.csv": "old a", "references.bib": "old b"}


def test_all_files_are_written(small):
    apply.write(NEW, small)
    assert state(small) == NEW
    assert not apply.unsettled(small)


@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_write_that_fails_leaves_all_as_before(small, monkeypatch, at, error):
    moves, move = [], os.replace

    def replace(src, dst):
        if "new" in os.fspath(src).split(os.sep):
            moves.append(dst)
            if len(moves) == at:
                raise error
        move(src, dst)

    monkeypatch.setattr(apply.os, "replace", replace)
    expected = RefreshError if isinstance(error, OSError) else KeyboardInterrupt
    with pytest.raises(expected):
        apply.write(NEW, small)
    assert state(small) == OLD
    assert not apply.unsettled(small)


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_process_that_is_killed_is_taken_back(small, at):
    code = (
        "import os, sys, pathlib\n"
        "from refresh import apply\n"
        "move, moves = os.replace, []\n"
        "def replace(src, dst):\n"
        "    if 'new' in os.fspath(src).split(os.sep):\n"
        "        moves.append(dst)\n"
        "        if len(moves) == int(sys.argv[2]): os.kill(os.getpid(), 9)\n"
        "    move(src, dst)\n"
        "apply.os.replace = replace\n"
        f"apply.write({NEW!r}, pathlib.Path(sys.argv[1]))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, small, str(at)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert apply.unsettled(small)
    with pytest.raises(BuildError, match="a refresh was cut off between two files"):
        build.check(small)
    assert apply.settle(small)
    assert state(small) == OLD
    assert not apply.settle(small)


def test_two_refreshes_do_not_work_at_once(copy):
    with refreshing._alone(copy), pytest.raises(RefreshError, match="another refresh is at work"):
        refreshing.run(refreshing.Request("imf"), copy)


# --- the command, on a copy of the project ------------------------------------------------------


@pytest.fixture(scope="module")
def applied(release, tmp_path_factory):
    """A project in which a release that doubles the last year was looked at, then applied."""
    root = copied(tmp_path_factory.mktemp("applied"), CHAPTERS)
    # Five members counted once then pass 45 billion.
    place = release(
        root / "BACI_HS92_V202601.zip", lambda year: 2.0 if year == 2024 else 1.0, years=YEARS
    )
    before = {path.name: path.read_bytes() for path in (root / "data").iterdir()}
    seen, done = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(seen):
        refreshing.run(refreshing.Request("baci", str(place)), root)
    assert before == {path.name: path.read_bytes() for path in (root / "data").iterdir()}
    with contextlib.redirect_stdout(done):
        refreshing.run(refreshing.Request("baci", str(place), apply=True, json=True), root)
    return root, seen.getvalue(), json.loads(done.getvalue())


def test_the_report_names_the_verdict_that_flips_first(applied):
    _, seen, _ = applied
    lines = seen.splitlines()
    assert lines[0].startswith("What would change: BACI HS92 V202601, read on ")
    assert lines[2] == "1 of 22 verdicts flips."
    assert lines[3] == "  Trade exceeded $45 billion: depends on definition → supported"
    assert "~25.0 → 50.1  (+100.0%)" in seen
    assert seen.endswith("Nothing is written. With --apply, all of it is.\n")


def test_the_report_stands_on_a_page_with_every_figure_and_is_there_for_programs(applied):
    root, _, report = applied
    page = (root / "_build" / "refresh" / "report.md").read_text(encoding="utf-8")
    assert page.startswith("# Fresh figures: BACI HS92 V202601\n")
    assert page.count("USD million |") == len(report["figures"])
    assert "depends on definition → supported" in page
    assert [flip["claim"] for flip in report["flips"]] == ["forty-five-billion"]
    once = {it["year"]: it for it in report["sums"] if it["sum"] == "the five, once"}
    assert once[2024]["old_estimate"]
    assert not once[2024]["new_estimate"]
    assert once[2024]["new"] == pytest.approx(2 * once[2024]["old"])
    assert report["applied"] is True


def test_what_was_applied_passes_the_check_and_the_ledger_follows(applied):
    root, _, _ = applied
    build.check(root)
    package = (root / "data" / "datapackage.json").read_text(encoding="utf-8")
    assert package == tables.package_text(root)
    assert exceeded(CLAIM, claims.evidence(root)).rating == "supported"


def test_the_book_remembers_what_was_applied(applied):
    root, _, report = applied
    (kept,) = refresh_record.records(root)
    changed = [it for it in report["figures"] if it["old"] != it["new"]]
    assert 0 < len(changed) < len(report["figures"])
    assert kept | {"applied": True} == report | {"figures": changed}
    assert "@misc{cepii202601hs92," in (root / "references.bib").read_text(encoding="utf-8")


def page(folder):
    """What the page of the book shows of a project's record: texts of its nodes, and sources."""
    from publishing.sphinx import refreshes, sections

    class Bare(refreshes._LastRefresh):
        root = folder

        def __init__(self):
            pass

        def follow(self, *names):
            pass

    shown = Bare().run()
    cited = [one["key"] for node in shown for one in node.findall(sections.Cited)]
    return [node.astext() for node in shown], list(dict.fromkeys(cited))


def test_the_page_shows_what_refreshes_changed_or_that_there_is_none(applied, tmp_path):
    assert page(tmp_path) == (["No refresh has been applied to this edition of the book."], [])
    root, _, report = applied
    texts, cited = page(root)
    text = "\n".join(texts)
    assert cited == ["cepii202601hs92"]
    assert "Trade exceeded $45 billion: depends on definition → supported" in text
    assert "~25.0 → 50.1" in text
    assert f"{report['counts']['new']} new" in text
    assert "Earlier refreshes" not in text
    (tmp_path / "data").mkdir()
    shutil.copy(root / "references.bib", tmp_path)
    (record,) = refresh_record.records(root)
    older = record | {"name": "IMF IMTS, May 2026", "day": "2026-05-02", "flips": []}
    (tmp_path / "data" / "refreshes.json").write_text(json.dumps([older, record]))
    texts, _ = page(tmp_path)
    assert "IMF IMTS, May 2026\n\n2 May 2026\n\n0" in texts[-1]


def test_figures_of_another_size_are_pointed_out():
    values = [(100.0, 1001.0), (100.0, 9.0), (100.0, 1000.0), (100.0, 10.0), (0.0, 5.0)]
    figures = pd.DataFrame([*values, (float("nan"), 7.0)], columns=["old", "new"]).assign(
        table="trade_pairs", figure="KAZ–TUR", year=2024, unit="USD"
    )
    none = pd.DataFrame(columns=["claim", "title", "before", "after", "was", "reason"])
    moved = pd.DataFrame(columns=["old", "new"])
    report = Report("New", "2026-11-26", [], none, moved, moved, figures, ("Left",), ())
    assert report.odd() == 2
    assert summary.notes(report) == [
        "Look twice: 2 revised figures of 5 are over ten times the old, or under a tenth", "Left",
    ]  # fmt: skip


def test_an_odd_record_is_refused(tmp_path):
    assert refresh_record.records(tmp_path) == []
    (tmp_path / "data").mkdir()
    for odd in ('{"a": 1}', '[{"name": "BACI"}]', "[1]", "[", ""):
        (tmp_path / "data" / "refreshes.json").write_text(odd)
        with pytest.raises(RefreshError, match="no list of refreshes"):
            refresh_record.records(tmp_path)
