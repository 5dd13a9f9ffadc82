"""Nothing enters a chapter without its caption, its words, its sources and its data."""

import re
from dataclasses import replace

import matplotlib.pyplot as plt
import pytest

from analysis import article
from analysis.chapter import mime, outputs
from analysis.chapter.fingerprint import artists, fingerprint
from analysis.chapter.sentences import pick
from analysis.chapter.table import Cite, Link, Table
from analysis.charts.chart import curl
from analysis.errors import ArticleError, ChapterError, SourceError, TableError
from analysis.project import ROOT
from analysis.quantities import Quantity
from tests.small import BARS


@pytest.fixture
def shown(monkeypatch):
    """What a chapter displays, caught: (bundle, metadata)."""
    caught = []
    monkeypatch.setattr(
        outputs, "display", lambda data, metadata=None, raw=False: caught.append((data, metadata))
    )
    return caught


def figure(chapter, **changes):
    chapter.figure("bars", replace(BARS, **changes), evidence="every-rule")


def test_a_figure_carries_words_sources_with_grades_data_and_maker(shown):
    figure(outputs.Chapter("trade"), caption="Once < twice.")
    ((bundle, metadata),) = shown
    described = metadata["text/html"]["figure"]
    assert described["name"] == "fig-trade-bars"
    assert described["alt"] == BARS.alt
    assert described["sources"] == [["imf2022", "A"]]
    assert described["csv"] == "name,value\nonce,25\ntwice,50\n"
    assert described["function"].endswith(".Bars")
    # nbval compares text and not metadata, so the text holds what must not change unseen.
    assert BARS.alt in bundle["text/plain"]
    assert "sha256" in bundle["text/plain"]
    # It is a picture that names itself and leads to its evidence.
    assert f'<img alt="{BARS.alt}"' in bundle["text/html"]
    svg = outputs.svg_of(bundle["text/html"])
    assert '<svg role="img"' in svg
    assert "<title>Once &lt; twice.</title>" in svg
    assert described["evidence"] == "every-rule"
    # Outlines have two decimals, for no eye sees more.
    outlines = re.findall(r' d="([^"]*)"', svg)
    numbers = [number for path in outlines for number in re.findall(r"\.(\d+)", path)]
    assert {len(decimals) for decimals in numbers} == {2}


def test_drawing_again_gives_the_same_bytes_and_leaves_no_figure_open_and_no_setting(shown):
    before = dict(plt.rcParams)
    for _ in range(2):
        figure(outputs.Chapter("trade"))
    assert shown[0] == shown[1]
    assert plt.get_fignums() == []
    assert dict(plt.rcParams) == before


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"alt": "_images/bars.svg 1"}, "alternative text"),
        ({"alt": "A picture of some bars without any figure at all in it."}, "alternative text"),
        ({"caption": "Bars"}, "caption"),
        ({"sources": ()}, "no sources"),
    ],
)
def test_an_incomplete_figure_is_refused(shown, changes, message):
    with pytest.raises(ChapterError, match=message):
        figure(outputs.Chapter("trade"), **changes)
    assert not shown


def test_an_unknown_source_or_table_is_refused(shown):
    with pytest.raises(SourceError, match="nobody1999"):
        figure(outputs.Chapter("trade"), sources=("nobody1999",))
    with pytest.raises(TableError, match="no table"):
        figure(outputs.Chapter("trade"), tables=("no_such_table",))


def test_a_name_is_used_once(shown):
    chapter = outputs.Chapter("trade")
    figure(chapter)
    with pytest.raises(ChapterError, match="used twice"):
        figure(chapter)


def quantity(**changes):
    parts = {"value": 25.04, "unit": "USD billion", "rule": "sum", "sources": ("imf2022",),
             "tables": ("trade_flows",), "year": 2024} | changes  # fmt: skip
    return Quantity(**parts)


def test_a_number_in_a_sentence_carries_its_rule_its_rows_and_its_sources(shown):
    outputs.Chapter("trade").say("It was {once_2024}.", once_2024=quantity(estimate=True))
    ((bundle, _),) = shown
    assert bundle[mime.PROSE]["text"] == "It was [$25.0 billion](#number-trade-once-2024)."
    # Two bare dollar signs would be mathematics in JupyterLab.
    assert bundle["text/markdown"] == r"It was [\$25.0 billion](#number-trade-once-2024)."
    assert bundle[mime.PROSE]["numbers"] == [
        {
            "anchor": "number-trade-once-2024", "text": "$25.0 billion", "rule": "sum",
            "estimate": True, "tables": ["trade_flows"], "sources": [["imf2022", "A"]],
        }
    ]  # fmt: skip


def test_a_register_lists_the_numbers_of_its_notebook(shown):
    chapter = outputs.Chapter("trade-evidence")
    chapter.say("It was {once}, that is {once:0}.", once=quantity(estimate=True))
    chapter.register()
    bundle, _ = shown[1]
    assert bundle[mime.REGISTER] == {"chapter": "trade-evidence"}
    assert bundle["text/markdown"] == (
        r"- **\$25.0 billion**: sum, our estimate (grade E). Rows in: trade_flows.csv. "
        "Sources: International Monetary Fund 2022 [A]."
    )


def test_a_register_without_numbers_and_a_number_from_nowhere_are_refused(shown):
    with pytest.raises(ChapterError, match="no number has been shown"):
        outputs.Chapter("empty").register()
    with pytest.raises(SourceError):
        outputs.Chapter("trade").say("It was {it}.", it=quantity(sources=("nobody1999",)))


def test_a_negative_number_has_a_minus_sign():
    assert format(quantity(value=-3.0, unit="%")) == "\u22123%"


# --- tables -------------------------------------------------------------------------------------


def test_a_table_is_text_in_every_face():
    table = Table("A <b>caption</b>.", ("Rule", "USD"), [("<script>|x", "1")], "lr")
    assert "<script>" not in table.html()
    assert "&lt;script&gt;" in table.html()
    assert '<th scope="col" style="text-align:left">Rule</th>' in table.html()
    assert '<th scope="row" style="text-align:left">' in table.html()
    assert "<caption>" in table.html()
    assert "<script>\\|x" in table.markdown()


def test_sources_of_a_table_are_notes_under_it_best_grade_first():
    mixed = Cite(("tokayev2025ana", "imf2022"))  # B, A
    rows = [("flows", "1", Cite(("imf2022",))), ("words", "2", mixed), ("all", "3", mixed)]
    table = Table("Sources.", ("What", "Rows", "Source"), rows, "lrl")
    imf, azernews = "International Monetary Fund 2022 [A]", "AzerNews 2025 [B]"
    assert table.markdown().splitlines() == [
        "Sources.", "", "| What | Rows |", "| :--- | ---: |", "| flows ¹ | 1 |", "| words ² | 2 |",
        "| all ² | 3 |", "", f"¹ {imf}", "", f"² {imf}; {azernews}",
    ]  # fmt: skip
    assert table.html().endswith(f"<p><sup>1</sup> {imf}<br><sup>2</sup> {imf}; {azernews}</p>")
    assert ">words&nbsp;<sup>2</sup></th>" in table.html()
    data = table.data("t")
    assert data["columns"] == ["What", "Rows"]
    assert data["rows"][1] == [{"text": "words", "notes": [2]}, {"text": "2"}]
    assert data["notes"][1] == {"cite": [["imf2022", "A"], ["tokayev2025ana", "B"]]}


def test_where_two_columns_cite_each_note_stands_at_the_cell_before():
    one, other = Cite(("imf2022",)), Cite(("tokayev2025ana",))
    heads = ("Year", "Ours", "Source", "Theirs", "Its source")
    table = Table("Two.", heads, [("2024", "1", one, "2", other), ("2023", "3", one, "4", "–")])
    assert table.text().splitlines()[1:4] == [
        "Year  Ours  Theirs", "2024  1 ¹   2 ²", "2023  3 ¹   4",
    ]  # fmt: skip


def test_a_cell_that_cites_among_others_keeps_its_column():
    table = Table("Some.", ("What", "Basis"), [("flows", Cite(("imf2022",))), ("rest", "ours")])
    assert table.data("t")["rows"] == [
        [{"text": "flows"}, {"text": "", "notes": [1]}], [{"text": "rest"}, {"text": "ours"}],
    ]  # fmt: skip
    assert str(Link("see", "sec-x")) == "see"


@pytest.mark.parametrize(
    ("caption", "columns", "rows", "message"),
    [
        ("", ("a",), [("x",)], "without a caption"),
        ("C.", ("a", " "), [("x", "y")], "empty column head"),
        ("C.", ("a",), [], "no rows"),
        ("C.", ("a", "b"), [("x",)], "row 1 has 1 cells"),
        ("C.", ("a",), [(3.0,)], "3.0 in row 1"),
    ],
)
def test_a_table_that_would_mislead_is_refused(caption, columns, rows, message):
    with pytest.raises(ChapterError, match=message):
        Table(caption, columns, rows)


# --- what is drawn ------------------------------------------------------------------------------


def drawn(**options):
    described, ax = plt.subplots()
    ax.plot([1, 2], [3, options.get("last", 4)])
    ax.fill_between([1, 2], [0, 0], [1, options.get("band", 1)])
    ax.set_title(options.get("title", "t"))
    ax.set_xlim(0, options.get("limit", 3))
    plt.close(described)
    return described


def test_the_fingerprint_changes_with_data_labels_and_limits():
    one = fingerprint(drawn())
    assert fingerprint(drawn()) == one
    for change in ({"last": 5}, {"band": 2}, {"title": "u"}, {"limit": 4}):
        assert fingerprint(drawn(**change)) != one, change


def test_the_fingerprint_does_not_change_with_the_last_digit_of_a_machine():
    assert fingerprint(drawn(last=4)) == fingerprint(drawn(last=4 + 1e-12))
    assert "line 1,3,2,4" in artists(drawn())


def test_the_head_of_the_first_page_is_the_articles_words_and_an_answer(shown):
    outputs.Chapter("index").hero(pick("twice", twice="Only if counted twice.", all="Yes."))
    ((bundle, _),) = shown
    # As the article has it, and as its description names for the cover.
    assert bundle[mime.HERO] == {
        "origin": "AzerNews, 4 January 2025",
        "quotation": [
            "“in 2024, the volume of mutual trade turnover ",
            "exceeded $45 billion",
            "”",
        ],
        "answer": "Only if counted twice.",
    }
    assert r"**exceeded \$45 billion**”" in bundle["text/markdown"]


def test_a_head_with_a_number_typed_or_words_that_the_article_lacks_is_refused(shown, monkeypatch):
    with pytest.raises(ChapterError, match="'34%' is typed in prose"):
        outputs.Chapter("index").hero(pick(True, {True: "Yes.", False: "It is 34% above."}))
    report = article.read()
    for words, error, refusal in (
        ({"cover": "", "marked": ""}, ChapterError, "index: no words for the cover"),
        ({"cover": "trade fell", "marked": "fell"}, ArticleError, "stands in the article 0 times"),
    ):
        other = replace(report, about=report.about | words)
        monkeypatch.setattr(article, "read", lambda other=other: other)
        with pytest.raises(error, match=refusal):
            outputs.Chapter("index").hero(pick(True, {True: "Yes.", False: "No."}))
    assert not shown


def test_a_picture_writes_its_apostrophes_as_the_text_around_it_does():
    drawn = plt.figure()
    ax = drawn.add_subplot(xlabel="members' trade")
    ax.set_yticks([0, 1], ["Xi'an", "Baku"])
    ax.text(0, 0, "the article's 45")
    curl(drawn)
    drawn.canvas.draw()
    assert ax.get_xlabel() == "members’ trade"
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Xi’an", "Baku"]
    assert [text.get_text() for text in ax.texts] == ["the article’s 45"]
    plt.close(drawn)


def test_a_citation_in_jupyterlab_names_one_source():
    meant = {}
    for path in (ROOT / "chapters").glob("*.ipynb"):
        cited = re.findall(r'\[([^\[\]]+)\]\([^)\s]* \\"cite:(\w+)', path.read_text("utf-8"))
        for words, key in cited:
            meant.setdefault(words, set()).add(key)
    assert "Trend 2025g" in meant
    assert {words: keys for words, keys in meant.items() if len(keys) > 1} == {}
