"""Other assumptions, other figures: what moves is told; no sentence denies a number beside it."""

import re
from itertools import chain

import pandas as pd
import pytest

from analysis.__main__ import main
from analysis.chapter import Chapter, mime, outputs
from analysis.errors import BookError, BuildError, TableError
from analysis.project import ROOT
from publishing import execute, trial, whatif
from tests.copies import copied


@pytest.fixture(autouse=True)
def unseen(monkeypatch):
    """Pictures are composed and not written out."""
    monkeypatch.setattr(outputs, "_picture", lambda figure: "")


def changed(folder, name, change):
    """Put a table into a folder, changed by a function of its rows, all strings."""
    folder.mkdir(exist_ok=True)
    frame = pd.read_csv(ROOT / "data" / f"{name}.csv", dtype=str, keep_default_na=False)
    change(frame).to_csv(folder / f"{name}.csv", index=False)
    return folder


def times(column, factor, **rows):
    """Give the change that multiplies a column of some rows."""

    def change(frame):
        here = (frame[list(rows)] == pd.Series(rows)).all(axis=1)
        assert here.any()
        for one in column.split():
            frame.loc[here, one] = [f"{float(it) * factor:g}" for it in frame.loc[here, one]]
        return frame

    return change


# --- what is told -------------------------------------------------------------------------------


def test_another_base_year_moves_sentences_cells_and_verdicts_and_no_file():
    before = {path: path.read_bytes() for path in (*execute.chapters(), *ROOT.glob("data/*"))}
    found = {it.name: it for it in whatif.run("trade", ["START=2019"])}
    assert list(found) == ["trade", "trade-evidence", "index", "verdicts"]
    told = whatif.report(found.values())
    assert re.search(r"was: .*“Significantly strengthened”: supported\.", told)
    assert re.search(r"now: .*“Significantly strengthened”: supported in part\.", told)
    assert "“Trade strengthened over ten years”, rating: supported → supported in part" in told
    assert re.search(r"was: Growth since 2014 by .*\n *now: Growth since 2019 by", told)
    assert {path: path.read_bytes() for path in before} == before


def test_a_figure_of_a_table_moves_what_rests_on_it_and_runs_nothing_else(tmp_path):
    # Kazakhstan's 2.72 million km² once more, on top of the five members' 4.24.
    table = times("value", 2, country="KAZ", measure="area")
    found = whatif.run("context", data=changed(tmp_path / "data", "sizes", table))
    assert re.search(r"now: .*members cover 6\.97 million km²", whatif.report(found))
    assert {it.name for it in found} == {"context", "context-evidence"}


def test_a_chapter_that_stops_says_why_and_the_others_run():
    first, second = whatif.run("context", ["YEAR=2023"])
    assert first.stop
    assert second.stop
    (only,) = whatif.run("context", ["OUTPUT=2022"])
    assert whatif.report([only]) == (
        "context-evidence stops: with OUTPUT=2022, table sizes, country TKM, measure gdp, year "
        "2022: no vintage WEO October 2025 (allowed: WEO October 2024)"
    )


def test_the_same_assumption_has_the_same_value_in_every_chapter():
    every = [it for path in execute.chapters() for it in whatif.assumptions(path).values()]
    values = {}
    for it in every:
        assert values.setdefault((it.name, it.words), it.value) == it.value
    year = "calendar year that the article names"
    shared = [it for it in every if (it.name, it.words) == ("YEAR", year)]
    assert len(shared) == 4  # the trade chapter, its evidence, the first page, the verdicts


@pytest.mark.parametrize("path", execute.chapters(), ids=lambda path: path.stem)
def test_what_a_chapter_assumes_it_explains_and_uses(path):
    """Else a re-runner changes a value, and nothing moves."""
    rest = "\n".join(cell.source for cell in execute.code_cells(execute.read(path))[1:])
    for name, it in whatif.assumptions(path).items():
        assert it.words, it
        assert re.search(rf"\b{name}\b", rest), f"{name} is used nowhere in {path.stem}"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["trad", "START=2015"], r"no chapter 'trad' \(allowed: .*trade"),
        (["trade"], r"nothing to change \(allowed: NAME=VALUE"),
        (
            ["trade", "STRAT=2015"],
            r"'STRAT=2015' is no assumption of trade \(allowed: .*START=2014",
        ),
        (["trade", "START"], "'START' is no assumption of trade"),
        (["trade", "START=early"], r"START=early \(allowed: a whole number, as START=2014\)"),
        (["trade", "START=2015.5"], "allowed: a whole number"),
        (["routes", "PRICE=9000"], "allowed: a dict of Python"),
        (["about", "YEAR=2024"], r"allowed: none: it has no assumptions"),
        (["trade", "--data", "/nowhere"], r"no such folder \(allowed: a folder with changed"),
    ],
)
def test_what_cannot_be_assumed_is_refused_in_a_line(words, line, capsys):
    assert main(["whatif", *words]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert re.search(line, said)


def test_a_folder_with_what_is_no_table_or_breaks_its_model_is_refused(tmp_path):
    (tmp_path / "pairs.csv").write_text("a,b\n")
    with pytest.raises(TableError, match=r"pairs\.csv is no table of the book"):
        whatif.run("trade", data=tmp_path)
    wrong = changed(tmp_path / "data", "trade_pairs", times("value_usd", -1, year="2024"))
    with pytest.raises(TableError, match=r"data/trade_pairs\.csv, row 21, column value_usd"):
        whatif.run("trade", data=wrong)


def test_a_member_more_or_fewer_is_refused_whole(tmp_path):
    def joined(frame):
        return frame.assign(role=frame["role"].mask(frame["country"] == "HUN", "member"))

    with pytest.raises(TableError, match=r"HUN as a member .*no row in trade_pairs, borders"):
        whatif.run("trade", data=changed(tmp_path / "more", "members", joined))
    fewer = changed(tmp_path / "fewer", "members", lambda frame: frame[frame["country"] != "UZB"])
    lost = r"all: trade_stated \(4\), trade_sums \(2\), trade_parts \(1\), trade_statements \(22\)"
    with pytest.raises(TableError, match=rf"UZB not a member \(allowed: all of .*{lost}, size"):
        whatif.run("trade", data=fewer)


def test_a_rule_and_a_threshold_turn_their_verdicts():
    path = ROOT / "chapters" / "verdicts.ipynb"

    def ratings(**given):
        with trial.evidence_of(ROOT):
            shown, stop = trial.run(path, given)
        assert stop == ""
        moved = whatif.moved(execute.outputs_of(execute.read(path)), chain.from_iterable(shown))
        return dict(re.findall("“(.*)”, rating: (.*)", "\n".join(moved)))

    amount, role = "Trade exceeded $45 billion", "An important role in the Trans-Caspian route"
    # Members own 81% of the way to Poti.
    assert ratings(RULE="once", MOST=80) == {amount: "depends on definition → contradicted"}
    assert ratings(RULE="twice", MOST=82) == {
        amount: "depends on definition → supported", role: "supported → supported in part",
    }  # fmt: skip
    with pytest.raises(BuildError, match="allowed: a whole number"):
        whatif.run("verdicts", ["MOST=half"])


# --- no sentence denies a number beside it ------------------------------------------------------


def drawn(chapter, folder=ROOT, **given):
    """Give the sentences of a chapter, one after the other; `BookError` where it stops."""
    with trial.evidence_of(folder):
        shown, stop = trial.run(ROOT / "chapters" / f"{chapter}.ipynb", given)
    if stop:
        raise BookError(stop)
    return sentences(chain.from_iterable(shown))


def sentences(shown):
    texts = (it.data[mime.PROSE]["text"] for it in shown if mime.PROSE in it.get("data", {}))
    return " ".join(sentence for text in texts for sentence in whatif.sentences(text))


def printed(chapter):
    """Give the sentences of a chapter as it stands in the book."""
    return sentences(execute.outputs_of(execute.read(ROOT / "chapters" / f"{chapter}.ipynb")))


def said(chapter, folder=ROOT, **given):
    """Give what `drawn` gives, without drawing or laying out anything, and captions after it."""
    texts = []
    with (
        trial.instead(Chapter, "figure", lambda _, name, chart, **__: texts.append(chart.caption)),
        trial.instead(Chapter, "table", lambda *_, **__: None),
    ):
        return " ".join([drawn(chapter, folder, **given), *texts])


def the_only(pattern, text):
    """Give the groups of the one place that matches, numbers as numbers."""
    (found,) = re.findall(pattern, text)
    parts = (found,) if isinstance(found, str) else found
    return [float(it) if re.fullmatch(r"-?\d+(\.\d+)?", it) else it for it in parts]


#: What goes up or down, is won or lost, comes before or after: its number has no sign.
SIGNED = re.compile(
    r"\b(?:rose|risen|fell|fallen|grew|grown|shrunk|saves?|above|below|before|after|longer)\b"
    r"[^.;]{0,20} −\d"
)


def holds_together(text, year, start, amount=45.0):
    """Hold sentences of the trade chapter against each other and the years asked for."""
    assert not SIGNED.search(text)
    once, at, twice, both = the_only(
        r"members' trade came to \$([\d.]+) billion in (\d+)[^;]*; counted twice, \$([\d.]+) "
        r"billion; once with two observers, \$([\d.]+) billion", text,
    )  # fmt: skip
    assert at == year
    assert twice == pytest.approx(2 * once, abs=0.15)
    assert both > once
    for count, whose in ((once, "a single count of the five"), (both, "the group with observers")):
        for percent in re.findall(rf"(\d+)% above (?:a single count of )?{whose}", text):
            assert float(percent) == pytest.approx(100 * (amount / count - 1), abs=1)
    how = the_only(r"trade exceeds \$[\d.]+ billion (.*?) \(Figure\)", text)[0]
    assert (how == "by every count") == (amount < once)
    # Growth: its words, its years, and the world's beside it.
    low, high, since = the_only(r"was ([\d.]+) to ([\d.]+) times that of (\d+) in current", text)
    assert since == start
    assert low <= high
    assert ("has grown" in text) == (low > 1)
    assert ("has shrunk" in text) == (high < 1)
    world = the_only(r"against ([\d.]+) times for their trade with the whole world", text)[0]
    if "on every measure, trade among the five grew faster" in text.lower():
        assert low >= world
    elif "on every measure, trade among the five grew more slowly" in text.lower():
        assert high <= world
    else:
        assert low <= world <= high
    first, then, *rest = re.search(
        r"went from \$([\d.]+) billion in (\d+) to (?:\$([\d.]+) billion in (\d+) and )?"
        r"\$([\d.]+) billion in (\d+) \(Figure\)", text,
    ).groups()  # fmt: skip
    assert int(then) == start
    assert int(rest[3]) == year
    assert float(rest[2]) == pytest.approx(once, rel=0.06)
    if rest[0]:  # a peak is between them, and above both
        assert start < int(rest[1]) < year
        assert float(rest[0]) >= max(float(first), float(rest[2]))
    # The year and the one before it.
    way = re.search(
        r"In (\d+) trade among the five (fell|rose|hardly changed)(?: by (\d+)%)?", text
    )
    assert int(way[1]) == year
    assert (way[3] is None) == (way[2] == "hardly changed")
    # Ratings that follow.
    rating = the_only(r"“Significantly strengthened”: ([a-z ]+)\.", text)[0]
    assert (rating == "contradicted") == (high <= max(world, 1) or high < 1 or "contra" in rating)
    assert (rating == "supported") <= (low > world)
    told = the_only(r"“Exceeded \$45 billion”(.*?): ([a-z ]+)\.", text)
    assert bool(told[0]) == (year != 2024 or amount != 45)
    assert (told[1] == "supported") == (how == "by every count")
    assert (told[1] == "contradicted") == (how == "by none of our counts")
    assert ("days before" in text) == ("cannot rest on statistics of the whole year" in text)
    return way[2]


@pytest.mark.parametrize("start", [2010, 2015, 2023])
def test_every_base_year_is_told_without_contradiction(start):
    assert holds_together(said("trade", START=start), 2024, start) == "fell"


def test_a_measured_year_can_be_judged():
    text = said("trade", YEAR=2023, START=2013)
    assert holds_together(text, 2023, 2013) == "rose"
    assert "Every flow of the year is measured." in text
    assert "estimate" not in text


@pytest.mark.parametrize(("year", "start"), [(2024, 2024), (2024, 2025), (2022, 2014)])
def test_years_that_cannot_be_told_stop_the_chapter_whole(year, start):
    with pytest.raises(BookError, match=r"\(allowed: "):
        said("trade", YEAR=year, START=start)


@pytest.mark.parametrize(("pair", "factor"), [("KAZ TUR", 2.0), ("TUR UZB", 0.2)])
def test_another_figure_of_a_pair_is_told_without_contradiction(tmp_path, pair, factor):
    first, second = pair.split()
    table = times("value_usd", factor, first=first, second=second, year="2024")
    copied(tmp_path, ("data", "references.bib"))
    changed(tmp_path / "data", "trade_pairs", table)
    text = said("trade", tmp_path)
    holds_together(text, 2024, 2014)
    if factor > 1:  # 25.04 + 7.05 more
        assert "five members' trade came to $32.1 billion in 2024" in text


@pytest.mark.parametrize("column", ["volume_change_percent", "value_change_percent"])
def test_gas_that_did_not_rise_in_volume_and_fall_in_value_does_not_explain_by_price(
    tmp_path, column
):
    assert "in volume and fell" in printed("trade")
    copied(tmp_path, ("data", "references.bib"))
    changed(tmp_path / "data", "trade_gas", times(column, -1, buyer="WLD"))
    text = said("trade", tmp_path)
    assert "price explains" not in text
    assert "in volume and fell" not in text


@pytest.mark.parametrize("billion", [3.0, 9.5])
def test_a_full_year_in_the_place_of_ten_months_is_no_longer_called_ten_months(tmp_path, billion):
    def whole(frame):
        here = (
            (frame["reporter"] == "AZE") & (frame["partner"] == "OTS") & (frame["year"] == "2024")
        )
        frame.loc[here, ["months", "value_usd", "basis"]] = ["12", f"{billion * 1e9:.0f}", "stated"]
        return frame

    copied(tmp_path, ("data", "references.bib"))
    changed(tmp_path / "data", "trade_stated", whole)
    text = said("trade", tmp_path)
    holds_together(text, 2024, 2014)
    assert "months, Türkiye's minister" not in text
    assert "customs figures reach us for ten months" in printed("trade")


#: What a year added by hand needs.
OF_A_YEAR = ("trade_flows", "trade_gas", "trade_pairs", "trade_parts", "trade_stated",
             "trade_totals", "prices")  # fmt: skip
#: A source of August 2026: one that is older could not know the year.
NEW = "imf2026imts"


@pytest.fixture(scope="module")
def with_2025(tmp_path_factory):
    """The book's tables with a year more, in which every figure of 2024 is a tenth higher."""
    root = tmp_path_factory.mktemp("year")
    copied(root, ("data", "references.bib"))

    def added(frame):
        rows = frame[frame["year"] == "2024"].assign(year="2025")
        rows["source_keys"] += f" {NEW}"
        for column in rows.columns.intersection(["value_usd", "exports_usd", "imports_usd"]):
            rows[column] = [f"{float(it) * 1.1:.0f}" for it in rows[column]]
        old = frame[frame["year"] != "2025"] if "partner" in frame and "flow" in frame else frame
        return pd.concat([old, rows])

    for name in OF_A_YEAR:
        changed(root / "data", name, added)
    later = {"first_year": "2021", "last_year": "2025", "source_keys": NEW}
    changed(root / "data", "trade_sums", lambda frame: pd.concat([frame, frame.assign(**later)]))
    return root


def test_a_year_added_by_hand_can_be_judged_and_leaves_the_article_s_year_as_it_was(with_2025):
    text = drawn("trade", with_2025, YEAR=2025, START=2015)
    assert holds_together(text, 2025, 2015) == "rose"
    assert "In 2025 trade among the five rose by 10%" in text
    for chapter in ("trade", "index", "verdicts"):
        assert said(chapter, with_2025).startswith(printed(chapter)), chapter


def test_another_statement_is_judged_by_its_own_amount():
    text = said("trade", CLAIM="tokayev2024march")
    assert "read as $42.3 billion in 2024" in text
    holds_together(text, 2024, 2014, amount=42.3)


@pytest.mark.parametrize("factor", [0.5, 5])
def test_a_leg_quicker_or_slower_is_told_without_contradiction(tmp_path, factor):
    copied(tmp_path, ("data", "references.bib"))
    slower = times("days_low days days_high", factor, stage="Kazakhstan")
    changed(tmp_path / "data", "route_stages", slower)
    text = (drawn if factor > 1 else said)("routes", tmp_path, VALUE_OF_A_DAY=250)
    assert not SIGNED.search(text)
    assert "−" not in re.sub(r"−\d+%", "", text)
    middle, north, sea = the_only(
        r"takes (\d+) days at the median, (\d+) days through Russia and (\d+) days or more", text
    )
    saved = re.search(r"saves (\d+) days on the Cape\. .*? worth \$([\d,]+)", text)
    if saved:
        assert float(saved[2].replace(",", "")) == 250 * int(saved[1])
    else:
        assert "saves no day on the Cape" in text
        assert middle > sea
    quick, slow = (f"{way} than the range" in text for way in ("quicker", "slower"))
    tests, hits = the_only(r"Of (\d+) journeys whose ends the model knows, (\d+) lie between", text)
    assert "misses" in text or hits == tests
    assert quick or slow or "on both sides" in text
    assert north < sea


def test_the_ways_rank_by_the_prices_and_days_that_are_entered():
    prices = {"Middle via Poti": 9000, "Sea via the Cape": 4000}
    for day, first in ((0, "Sea via the Cape"), (2000, "Middle via Poti")):
        text = said("routes", PRICE=prices, VALUE_OF_A_DAY=day)
        assert re.search(rf"rank, cheapest first: {first}", text), day


# --- the other chapters: no sentence denies a number beside it ----------------------------------


#: A level at which more and fewer changes are clear; years of trade that rise, fall and neither.
PRIORITIES = [
    {}, {"LEVEL": 0.99, "LISTED": 2023, "FIRST": 2008},
    {"LEVEL": 0.5, "LISTED": 2022, "FIRST": 2022, "LAST": 2024},
    {"LISTED": 2021, "FIRST": 2023, "FARMED": 2013, "SCHOOLED": 2014},
]  # fmt: skip


@pytest.mark.parametrize("given", PRIORITIES, ids=str)
def test_the_priorities_are_told_without_contradiction(given):
    assumed = {it.name: it.value for it in whatif.assumptions(EVIDENCE).values()} | given
    text = said("priorities-evidence", **given)
    assert not SIGNED.search(text)
    # What chance would bring is the tests times what the level leaves.
    tested, better, since, worse, alarms = the_only(
        r"Of (\d+) pairs tested, (\d+) changed clearly for the better since (\d+) and ([a-z]+|\d+) "
        r"for the worse\. .*? brought about ([a-z]+|\d+)\.", text,
    )  # fmt: skip
    assert since == assumed["START"]
    assert number_of(better) + number_of(worse) <= tested
    assert number_of(alarms) == pytest.approx(tested * (1 - assumed["LEVEL"]), abs=0.51)
    scored, apart, pairs = the_only(
        r"in (\d+) the governance scores tell (\d+) of (\d+) pairs of members apart", text
    )
    assert (scored, pairs) == (2023, 5 * 10)
    assert apart <= pairs
    assert f"In {scored:.0f} the scores tell {apart:.0f} of {pairs:.0f} pairs" in text
    # Shared heritage: what came is what there is less what there was.
    together, once = the_only(
        r"hold (\d+) elements .*? together, against ([a-z]+|\d+) in \d+\.", text
    )
    came = re.search(r"Of the (\d+) added, (\w+) came in 2022 and 2023", text)
    assert bool(came) == (assumed["LISTED"] >= 2023)
    if came:
        assert int(came[1]) == together - number_of(once)
        assert number_of(came[2]) <= int(came[1])
        half = "Half of the elements" in text
        assert half == (2 * number_of(came[2]) == int(came[1]))
    assert ("Uzbekistan joined" in text) == (assumed["LISTED"] == 2025)
    # The group's share: its years, and the way that its figures go.
    share, first, after, last, way = the_only(
        r"all five, ([\d.]+)% was with each other in (\d+) and ([\d.]+)% in (\d+); the yearly "
        r"figures (rise more|fall more|do not rise)", text,
    )  # fmt: skip
    assert (first, last) == (assumed["FIRST"], assumed["LAST"])
    assert way != "rise more" or after > share
    assert way != "fall more" or after < share
    assert ("in part a break" in text) == (first < 2015)


EVIDENCE = ROOT / "chapters" / "priorities-evidence.ipynb"


def number_of(word):
    """Read a count that a sentence writes out."""
    words = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    return words.index(word) if word in words else float(word)


#: Sizes: of which country, of what, by how much: stated sums above, between and below the lists'.
SIZES = [("KAZ", "area", 2), ("KAZ", "area", 0.5), ("TUR", "population", 0.3), ("TUR", "gdp", 0.2),
         ("HUN", "area", 30)]  # fmt: skip


@pytest.mark.parametrize("change", SIZES, ids=str)
def test_other_sizes_are_told_without_contradiction(tmp_path, change):
    copied(tmp_path, ("data", "references.bib"))
    country, measure, factor = change
    rows = {"country": country, "measure": measure}
    changed(tmp_path / "data", "sizes", times("value", factor, **rows))
    text, proof = (said(name, tmp_path) for name in ("context", "context-evidence"))
    assert not SIGNED.search(text + proof)
    stated, five, wide, lies = the_only(
        r"at about ([\d.]+) million km² .*?members cover ([\d.]+) million km²; with Hungary and "
        r"Turkmenistan it is ([\d.]+) million km²\. The stated area (is below both|lies between "
        r"the two|is above both)", text,
    )  # fmt: skip
    assert five < wide
    assert (lies == "is below both") == (stated < five)
    assert (lies == "is above both") == (stated > wide)
    low, how, high, way = the_only(
        r"figure is ([\d.]+)% (above|below) the sum of the five, and .*? is ([\d.]+)% "
        r"(above|below) the stated figure", proof,
    )  # fmt: skip
    assert (how == "above") == (stated > five)
    assert (way == "above") == (wide > stated)
    assert low == pytest.approx(100 * abs(stated / five - 1), abs=0.3)
    assert high == pytest.approx(100 * abs(wide / stated - 1), abs=0.3)
    produced, year, over, holds = the_only(
        r"the five produced \$([\d.]+) billion in (\d+) .*?“Over \$([\d.]+) billion” (holds|does "
        r"not hold)", proof.replace(",", ""),
    )  # fmt: skip
    assert year == 2023
    assert (holds == "holds") == (produced > over)
    # Kazakhstan has 64% of the land and, halved, 47%; Türkiye over half of people and output.
    uneven = "most of the land is in one country, most of the people and most of the output in "
    assert (uneven in text) == (change in (("KAZ", "area", 2), ("HUN", "area", 30)))


# --- every input of every chapter ---------------------------------------------------------------

#: Values that an assumption of a kind may be given by mistake.
WRONG = {
    int: ["1899", "-1", "1e9", "2024.5", "soon", "True", "[]", "", "99999999999"],
    float: ["-0.1", "1.0", "nan", "1e999", "high", ""],
    str: ["\x00", "-", "a word"],
    dict: ["9000", "[]", "{", "soon"],
}


@pytest.mark.parametrize("path", execute.chapters(), ids=lambda path: path.stem)
def test_a_value_that_an_assumption_cannot_have_is_refused_by_its_name(path):
    for name, it in whatif.assumptions(path).items():
        for text in WRONG[type(it.value)]:
            if name == "VALUE_OF_A_DAY" and text == "1899":
                continue  # dollars
            if name == "CLAIM":
                continue  # the chapter knows the statements: see below
            with pytest.raises(BuildError, match=rf"^{name}=.*\(allowed: ") as no:
                it.read(text)
            assert "\n" not in str(no.value)


#: What is of the kind, and of what the evidence has no answer for.
BEYOND = [
    ("context", "STATED", "2024-03-11"), ("context", "YEAR", 2023), ("context", "EDITION", 2025),
    ("context-evidence", "OUTPUT", 2022), ("index", "YEAR", 2022), ("index", "MEASURED", 2022),
    ("index", "START", 2025), ("index", "CLAIM", "a word"), ("priorities-evidence", "START", 2019),
    ("priorities-evidence", "FIRST", 2024), ("priorities-evidence", "LAST", 2030),
    ("priorities-evidence", "LISTED", 2026), ("priorities-evidence", "LISTED", 2000),
    ("priorities-evidence", "SCHOOLED", 2023), ("routes", "PRICE", {"Middle via Poti": "a lot"}),
    ("trade", "CLAIM", "a word"), ("trade", "RULE", "thrice"), ("trade", "COMPARED", 1990),
    ("trade-evidence", "YEAR", 2022), ("verdicts", "CLAIM", "a word"), ("verdicts", "YEAR", 2022),
]  # fmt: skip


@pytest.mark.parametrize(("chapter", "name", "value"), BEYOND, ids=str)
def test_what_the_evidence_cannot_answer_stops_with_a_line_of_our_own(chapter, name, value):
    """A line of a library's says nothing of what may be assumed."""
    with pytest.raises(BookError, match=r"^(?!\w+(Error|Warning)\b)[^\n]*\(allowed: [^\n]+$"):
        said(chapter, **{name: value})


def test_a_year_between_the_first_and_the_last_can_head_the_first_page():
    # The measured year was once refused as "{amount} stands for two numbers".
    assert "The answer is for $45 billion in 2023" in said("index", YEAR=2023)


def test_a_worker_that_has_nothing_left_to_do_ends_without_a_word(capfd):
    # Idle workers are ended by a signal, which the command line takes for a reader's.
    assert main(["whatif", "context", "EDITION=2025"]) == 0
    assert capfd.readouterr().err == ""
