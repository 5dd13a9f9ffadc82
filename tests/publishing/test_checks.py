"""Each check refuses the fault that it is there for: planted here, one by one."""

import hashlib
import json
import zipfile

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_output

from analysis.chapter import mime
from analysis.chapter.outputs import svg_of
from analysis.errors import BookError, BuildError, ChapterError, SourceError, TableError
from analysis.project import ROOT
from publishing import build, checks, execute
from publishing.checks import notebooks
from publishing.checks import pages as built
from tests import small
from tests.copies import CHAPTERS, copied, put_right, replaced

# --- chapters -----------------------------------------------------------------------------------


@pytest.fixture
def trade():
    return small.reading()


def parsed(text):
    return BeautifulSoup(text, "html.parser")


def cells(notebook, kind):
    return [cell for cell in notebook.cells if cell.cell_type == kind]


def picture(notebook):
    return next(o for o in execute.outputs_of(notebook) if "text/html" in o.metadata)


def figure(notebook):
    return picture(notebook).metadata["text/html"]["figure"]


def code(notebook, number):
    return cells(notebook, "code")[number - 1]


def sentence(notebook):
    return next(o for o in execute.outputs_of(notebook) if mime.PROSE in o.data)


def added(notebook, text):
    cells(notebook, "markdown")[1].source += f"\n{text}"


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda n: code(n, 3).update(execution_count=None), "code cell 3: not executed"),
        (lambda n: code(n, 1).update(execution_count=2), "code cell 1: executed as number 2"),
        (lambda n: code(n, 2).outputs.append(
            new_output("error", ename="KeyError", evalue="2031", traceback=[])),
         "code cell 2: KeyError: 2031"),
        (lambda n: code(n, 2).outputs.append(
            new_output("stream", name="stderr", text="FutureWarning: old data")),
         "code cell 2: output to stderr: FutureWarning: old data"),
        (lambda n: code(n, 2).outputs.append(new_output("execute_result", data={})),
         "code cell 2: output to execute_result"),
        (lambda n: code(n, 2).update(source="def helper():\n    return 45\n"), "'def'"),
        (lambda n: figure(n).update(alt="_images/ladder.svg"),
         "alternative text '_images/ladder.svg'"),
        (lambda n: figure(n).update(
            alt="Bars of 2019 in USD billion: 12 counted once and 24 counted twice."),
         "'In words: Bars of 2019"),
        (lambda n: figure(n).update(caption="Trade grew five times."),
         "'Trade grew five times.' is not what was computed"),
        (lambda n: figure(n).update(csv=figure(n).csv.replace("2", "3", 1)),
         "'sha256 .*' is not what was computed"),
        (lambda n: figure(n).update(ask={"kind": "ladder"}),
         "'To ask: .*' is not what was computed"),
        (lambda n: picture(n).update(metadata={}), "an output of text/html, text/plain"),
        (lambda n: added(n, "Trade was $45 billion in that year."),
         r"'\$45' is typed in prose"),
        (lambda n: added(n, "It was {glue}`twice`."), r"'\{glue\}`' is typed in prose"),
        (lambda n: added(n, "So {cite:p}`imf2022`."), r"'\{cite:p\}`' is typed in prose"),
        (lambda n: sentence(n).data.update({"text/markdown": "It came to $26.0 billion."}),
         "a sentence with two texts"),
        (lambda n: code(n, 1).metadata.update(tags=[]), "code cell 1: code in view"),
        (lambda n: code(n, 2).metadata.update(tags=["parameters"]),
         "code cell 2: assumptions that do not stand first"),
        (lambda n: code(n, 3).metadata.pop("jupyter"), "code cell 3: code in view"),
    ],
)  # fmt: skip
def test_a_spoiled_chapter_is_refused(trade, spoil, message):
    spoil(trade)
    with pytest.raises(ChapterError, match=message) as refusal:
        checks.chapter(trade, "chapters/trade.ipynb")
    assert str(refusal.value).startswith("chapters/trade.ipynb")


def test_years_dates_quotations_and_code_are_no_typed_numbers():
    for text in ("in 2024", "on 6 November 2024", "“exceeded $45 billion”", "`4.5`", "[9.1](x)"):
        notebooks._refuse_typed(f"It was {text}.", text)


def written(folder, **notebooks):
    (folder / "chapters").mkdir()
    for name, notebook in notebooks.items():
        nbformat.write(notebook, folder / "chapters" / f"{name.replace('_', '-')}.ipynb")
    return folder


def test_links_that_lead_somewhere_pass(tmp_path):
    checks.destinations(written(tmp_path, trade=small.reading(), trade_evidence=small.evidence()))


@pytest.mark.parametrize(
    ("address", "cell"),
    [
        ("#fig-trade-gone", 3), ("#tab-trade-gone", 3), ("#claim-gone", 3),
        ("#number-trade-gone", 3), ("gone.ipynb", 3), ("trade-evidence.ipynb#gone", 3),
        ("#gone", 3),
    ],
)  # fmt: skip
def test_a_link_that_leads_nowhere_is_refused_with_its_cell(tmp_path, address, cell):
    reading = small.reading()
    sentence(reading).data[mime.PROSE]["text"] += f" See [it]({address})."
    root = written(tmp_path, trade=reading, trade_evidence=small.evidence())
    with pytest.raises(ChapterError, match=f"the link {address} leads nowhere") as refusal:
        checks.destinations(root)
    assert str(refusal.value).startswith(f"chapters/trade.ipynb, code cell {cell}:")


def test_a_figure_whose_evidence_has_no_such_heading_is_refused(tmp_path):
    reading = small.reading()
    figure(reading)["evidence"] = "gone"
    root = written(tmp_path, trade=reading, trade_evidence=small.evidence())
    with pytest.raises(ChapterError, match=r"trade-evidence\.ipynb#gone leads nowhere"):
        checks.destinations(root)


# --- the whole project --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A copy of what the book follows from."""
    return copied(tmp_path_factory.mktemp("whole"), CHAPTERS)


@pytest.fixture
def project(whole):
    """The copy, put right again after each fault."""
    with put_right(whole):
        yield whole


def test_a_project_as_it_stands_passes(project):
    checks.chapters(project)


def test_a_stale_chapter_is_refused(project):
    with (project / "requirements.txt").open("a", encoding="utf-8") as file:
        file.write("\n")
    with pytest.raises(ChapterError, match="stale: its outputs are not those of its code"):
        checks.chapters(project)


def touched_up(project, change):
    """Change an output of a chapter in its file, as a hand would."""
    path = project / "chapters" / "trade-evidence.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    found = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    change(found)
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")


def a_sentence(found):
    output = next(o for o in found if mime.PROSE in o["data"])
    output["data"][mime.PROSE]["text"] = "$45.0 billion"
    output["data"]["text/markdown"] = r"\$45.0 billion"


def a_number_in_a_table(found):
    output = next(o for o in found if mime.TABLE in o["data"])
    output["data"][mime.TABLE]["rows"][0][-1] = {"text": "45.0"}


def a_drawing(found):
    output = next(o for o in found if "figure" in o["metadata"].get("text/html", {}))
    face = "".join(output["data"]["text/html"])
    output["data"]["text/html"] = face.replace("base64,PD", "base64,PE", 1)


@pytest.mark.parametrize("change", [a_sentence, a_number_in_a_table, a_drawing])
def test_an_output_changed_by_hand_is_refused(project, change):
    touched_up(project, change)
    with pytest.raises(ChapterError, match=r"chapters/trade-evidence\.ipynb: stale"):
        checks.chapters(project)


NOBODY = "@misc{nobody1999, author={{X}}, title={{T}}, year={1999}, grade={A}, licence={L}}\n\n"


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        # A citation without an entry: in prose, and in a row.
        ("chapters/made.md", "# How this was made", "# How this was made\n\n{cite:p}`nobody1999`",
         "made.md: 'nobody1999' is cited and has no entry"),
        ("data/prices.csv", "bls2026", "nobody1999",
         "prices.csv, row 2, column source_keys: 'nobody1999'"),
        # An entry that nothing cites.
        ("references.bib", "@misc{bls2026,", NOBODY + "@misc{bls2026,",
         "cited nowhere: nobody1999"),
    ],
)  # fmt: skip
def test_citations_and_sources_are_held_together(project, name, old, new, message):
    replaced(project / name, old, new)
    with pytest.raises(SourceError, match=message):
        checks.citations(project)


def test_all_entries_that_nothing_cites_are_listed_at_once_and_one_that_is_planned_is_not(project):
    other = NOBODY.replace("nobody1999", "noone1998")
    replaced(project / "references.bib", "@misc{bls2026,", NOBODY + other + "@misc{bls2026,")
    with pytest.raises(SourceError, match="cited nowhere: nobody1999, noone1998 "):
        checks.citations(project, planned=True)
    notebook = nbformat.read(project / "chapters" / "trade.ipynb", 4)
    notebook.cells.append(nbformat.v4.new_code_cell('chapter.say("As said [@nobody1999].")'))
    nbformat.write(notebook, project / "chapters" / "trade.ipynb")
    with pytest.raises(SourceError, match="cited nowhere: noone1998 "):
        checks.citations(project, planned=True)
    with pytest.raises(SourceError, match="cited nowhere: nobody1999, noone1998 "):
        checks.citations(project)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        # One digit too many in a pair: 78 billion, where its two flows add up to 8.06.
        ("trade_pairs", "KAZ,TUR,2023,7808794000,", "KAZ,TUR,2023,78087940000,",
         r"trade_pairs.csv, row \d+, column value_usd: 78087940000 .allowed: 8059176794, its two"),
        # One digit too few in a total: 0.38 billion with the world, and more within the group.
        ("trade_totals", "KGZ,2023,3775787", "KGZ,2023,377578",
         r"trade_totals.csv, row \d+: 3775\d+, with the world .allowed: \d+ or more, as exporter"),
    ],
)  # fmt: skip
def test_a_sum_that_no_longer_agrees_is_refused(project, name, old, new, message):
    replaced(project / "data" / f"{name}.csv", old, new)
    with pytest.raises(TableError, match=message):
        build.check(project)


# --- pages --------------------------------------------------------------------------------------

PAGE = (
    '<html><head><link rel="stylesheet" href="book.css"></head><body><article id="top">'
    '<h1 id="head">Trade</h1>BODY</article></body></html>'
)
PICTURE = '<img src="a.svg" alt="Bars in USD billion: 25 counted once and 50 counted twice.">'


@pytest.fixture
def page(tmp_path):
    (tmp_path / "book.css").write_text("p { color: black }")
    (tmp_path / "a.svg").write_text("<svg/>")

    def written(body):
        path = tmp_path / "trade.html"
        path.write_text(PAGE.replace("BODY", body), encoding="utf-8")
        return path

    return written


def test_a_page_of_its_own_passes(page):
    checks.page(page(f'{PICTURE}<a href="#head">up</a> <a href="https://www.un.org/">UN</a>'))


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('<script src="https://cdn.example.org/x.js"></script>', "asks cdn.example.org"),
        ('<img src="//example.org/x.png">', "<img> asks example.org"),
        ('<link rel="preload" href="https://example.org/f.woff2">', "<link> asks example.org"),
        ('<img srcset="https://example.org/x.png 2x">', "<img> asks example.org"),
        ('<p style="background: url(https://example.org/x)">', "asks example.org"),
        ("<style>@import 'https://example.org/x.css';</style>", "asks example.org"),
        ('<script>fetch("https://example.org/count")</script>', "asks example.org"),
        ('<img src="gone.svg" alt="">', "<img> of gone.svg finds nothing"),
        ('<button popovertarget="gone">25</button>', "'25' opens nothing"),
        ('<a href="gone.html">see</a>', "the link gone.html leads nowhere"),
        ('<a href="#gone">see</a>', "the link #gone has no such anchor"),
        (PICTURE.replace("Bars in USD billion", "x").replace(": 25", ""), "has the words"),
        (PICTURE.replace("25", "few").replace("50", "many"), "has the words"),
        ("<pre>Traceback (most recent call last):</pre>", "a traceback"),
        ('<div class="cell_input">x = 1</div>', "a cell of code"),
        ('<table class="result"><tr><th>Year</th></tr></table>', "a head 'Year'"),
        ("x" * built.PAGE_WEIGHT, "bytes .allowed: 600000 a page"),
    ],
)
def test_a_spoiled_page_is_refused(page, body, message):
    with pytest.raises(BuildError, match=message) as refusal:
        checks.page(page(body))
    assert str(refusal.value).startswith("trade.html")


def test_a_link_to_a_book_that_is_still_in_the_making_passes_and_no_other(page, tmp_path):
    page('<a href="book.pdf#nameddest=chapter-2">This page</a>')
    checks.screen(tmp_path / "no chapters", tmp_path, ["book.pdf"])
    with pytest.raises(BuildError, match=r"the link book\.pdf#nameddest=chapter-2 leads nowhere"):
        checks.screen(tmp_path / "no chapters", tmp_path, ["book.epub"])


def test_what_a_page_loads_counts_to_its_weight(page, tmp_path):
    (tmp_path / "a.svg").write_bytes(b"x" * built.VIEW_WEIGHT)
    with pytest.raises(BuildError, match="with all that it loads"):
        checks.page(page(PICTURE))


READING = """<article><h1>Trade</h1><h2>The answer</h2><p>It came to
<button class="number" popovertarget="number-trade-once">$25.0 billion</button> in 2024 [IMF, 2022];
see <a href="#fig-trade-bars">Figure 1</a>.</p>
<div popover id="number-trade-once" class="number-card"><strong>$25.0 billion</strong>
<a href="trade-evidence.html#row-number-trade-once">Its row in the evidence</a></div>
<figure class="result" id="fig-trade-bars"><img src="bars.svg" alt="ALT">
<span class="caption-text">Twice is more than once.</span><p class="provenance">Sources: IMF [A]</p>
<a class="csv" href="fig-trade-bars.csv">Data</a></figure></article>"""
EVIDENCE = """<article><h1>Trade: the evidence</h1><h2>Rows</h2><p>Again
<button class="number" popovertarget="number-trade-evidence-once">$25.0 billion</button>.</p>
<div popover id="number-trade-evidence-once" class="number-card"><strong>$25.0 billion</strong>
<a href="trade-evidence.html#row-number-trade-evidence-once">Its row in the evidence</a></div>
<table class="result" id="tab-trade-evidence-rows"><caption><span class="caption-text">Rows.</span>
</caption><thead><tr><th>Rule</th><th>USD</th></tr></thead><tbody><tr>
<th>once <sup class="note"><a href="#n">1</a></sup></th><td>25</td></tr></tbody></table>
<p id="tab-trade-evidence-rows-note-1"><sup>1</sup> IMF 2022 [A].</p>
<table class="register"><tr id="row-number-trade-once"><th><strong>$25.0 billion</strong></th></tr>
<tr id="row-number-trade-evidence-once"><th><strong>$25.0 billion</strong></th></tr></table>
</article>"""


@pytest.fixture
def held(tmp_path):
    """Give the function that writes both pages, spoiled, and holds them against their chapters."""
    chapters = {"trade": small.reading(), "trade-evidence": small.evidence()}
    shown = picture(chapters["trade"])
    (tmp_path / "bars.svg").write_text(svg_of(shown.data["text/html"]), encoding="utf-8")
    (tmp_path / "other.svg").write_text("<svg/>")
    csv = figure(chapters["trade"])["csv"]
    (tmp_path / "fig-trade-bars.csv").write_text(csv, encoding="utf-8")

    def hold(old="", new=""):
        texts = {"trade": READING.replace("ALT", small.BARS.alt), "trade-evidence": EVIDENCE}
        assert old in "".join(texts.values())
        for name, text in texts.items():
            (tmp_path / f"{name}.html").write_text(text.replace(old, new, 1) if old else text)
        pages = built.Pages(tmp_path)
        for name, notebook in chapters.items():
            path = tmp_path / f"{name}.html"
            checks.same(notebook, pages.read(path), path)
            built._rows(pages, path)

    return hold


def test_a_page_as_its_chapter_has_it_passes(held):
    held()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("It came to", "It rose to", "'It came to .25.0 billion in 2024 ?' is not on the page"),
        ("in 2024 [", "[", "is not on the page"),
        ('">$25.0', '">$26.0', "is not on the page"),
        ('<button class="number" popovertarget="number-trade-once">', "<button>",
         "the number number-trade-once reads nothing"),
        ("Again", '<button class="number" popovertarget="x">9</button> Again',
         "the number x reads 9 .allowed: none, as it was computed"),
        ("<strong>$25.0", "<strong>$26.0", "the card number-trade-once has no row of its own"),
        ("#row-number-trade-once", "#row-x", "the card number-trade-once has no row of its own"),
        ('id="row-number-trade-evidence-once"', "", "card number-trade-evidence-once has no row"),
        ("<td>25", "<td>26", "row 1: '26' .allowed: '25', as it was computed"),
        ("<tbody>", "<tbody><tr></tr>", "has 2 rows"),
        ("Two bars", "Few bars", "other words"),
        ("Twice is more", "Twice is less", "another caption"),
        ('id="fig-trade-bars"', "", "is not on the page"),
        ("bars.svg", "other.svg", "is another picture"),
        ("fig-trade-bars.csv", "other.csv", "offers other data"),
        # What was typed, and what stands around a table and a figure.
        ("<h2>The answer</h2>", "", "'The answer' is not on the page"),
        ("<th>USD", "<th>EUR", "table tab-trade-evidence-rows: 'EUR' .allowed: 'USD'"),
        (">Rows.<", ">Rows of 2014.<", "table tab-trade-evidence-rows: 'Rows of 2014.'"),
        ("IMF 2022 [A]", "IMF 2022", "rows, note 1 names too few sources of grade A"),
        ("IMF [A]", "", "fig-trade-bars names too few sources of grade A"),
        ("IMF [A]", "IMF; all 1 in the evidence", "fig-trade-bars names too few sources"),
    ],
)  # fmt: skip
def test_a_page_that_differs_from_its_chapter_is_refused(held, old, new, message):
    with pytest.raises(BuildError, match=message) as refusal:
        held(old, new)
    assert str(refusal.value).startswith("chapters/trade")


VERDICT = {
    "name": "claim-trade", "rating": "supported", "quotation": ["", "Trade grew", ""],
    "reason": "It rose by a tenth.", "depends": [], "sources": [["imf2022", "A"]],
    "review": {"@type": "ClaimReview", "claimReviewed": "Trade grew."},
}  # fmt: skip
VERDICT_PAGE = (
    '<article><div id="claim-trade"><span class="rating">supported</span><blockquote>'
    "<strong>Trade grew</strong></blockquote><p>It rose by a tenth.</p><p>IMF [A]</p></div>"
    '<script type="application/ld+json">{"@type":"ClaimReview","claimReviewed":"Trade grew.",'
    '"url":"x"}</script></article><meta name="description" content="It rose by …">'
)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("", "", ""),
        (">supported", ">unverifiable", "claim-trade lacks 'supported'"),
        ("Trade grew<", "Trade fell<", "claim-trade lacks 'Trade grew'"),
        ("rose by a tenth.</p>", "fell.</p>", "is described as|lacks 'It rose by a tenth.'"),
        ("IMF [A]", "IMF", "claim-trade names too few sources of grade A"),
        ('d":"Trade grew.', 'd":"Trade fell.', "a review for programs: Trade fell."),
        ('content="It rose by …', 'content="Trade grew', "it is described as 'Trade grew'"),
    ],
)
def test_a_verdict_reaches_readers_programs_and_search_engines_as_it_was_reached(
    tmp_path, old, new, message
):
    shown = new_output("display_data", data={mime.VERDICT: VERDICT})
    cell = nbformat.v4.new_code_cell("chapter.verdict()", outputs=[shown])
    notebook = nbformat.v4.new_notebook(cells=[cell])
    page = parsed(VERDICT_PAGE.replace(old, new, 1) if old else VERDICT_PAGE)
    if not old:
        checks.same(notebook, page, tmp_path / "verdicts.html")
        return
    with pytest.raises(BuildError, match=message):
        checks.same(notebook, page, tmp_path / "verdicts.html")


def test_tables_in_another_order_are_refused():
    notebook = small.evidence()
    table = next(o for o in execute.outputs_of(notebook) if mime.TABLE in o.data)
    other = json.loads(json.dumps(table.data[mime.TABLE]).replace("-rows", "-more"))
    more = new_output("display_data", data={mime.TABLE: other})
    code(notebook, 3).outputs.append(more)
    start, end = EVIDENCE.index("<table"), EVIDENCE.index('<table class="register')
    shown = EVIDENCE[start:end]
    second = shown.replace("evidence-rows", "evidence-more")
    checks.same(notebook, parsed(EVIDENCE.replace(shown, shown + second)), ROOT / "x.html")
    with pytest.raises(BuildError, match="figures and tables in another order"):
        checks.same(notebook, parsed(EVIDENCE.replace(shown, second + shown)), ROOT / "x.html")


@pytest.mark.parametrize("spoil", ["data/prices.csv", "data/datapackage.json", "data/all.zip"])
def test_a_table_that_is_not_the_books_own_is_refused_where_it_is_taken(tmp_path, spoil):
    root, html = tmp_path, tmp_path / "html"
    table = "\ufeffyear\n2024\n"
    for place, text in ((root, "year\n2024\n"), (html, table)):
        (place / "data").mkdir(parents=True)
        (place / "data" / "prices.csv").write_text(text)
    digest = hashlib.sha256(table.encode()).hexdigest()
    described = {"resources": [{"path": "prices.csv", "hash": f"sha256:{digest}"}]}
    (html / "data" / "datapackage.json").write_text(json.dumps(described))
    with zipfile.ZipFile(html / "data" / "all.zip", "w") as box:
        box.writestr("prices.csv", table)
    checks.files(root, html)
    if spoil.endswith("zip"):
        with zipfile.ZipFile(html / spoil, "w") as box:
            box.writestr("prices.csv", table.replace("2024", "2023"))
    else:
        text = (html / spoil).read_text()
        (html / spoil).write_text(text.replace("2024", "2023").replace(digest, "0"))
    with pytest.raises(BuildError, match=r"^data/prices.csv: it is not the book's own table"):
        checks.files(root, html)


SAID = "“Exceeded $45 billion”: [depends on definition](#rating-depends-on-definition)."


@pytest.mark.parametrize(
    ("cell", "text", "call", "message"),
    [
        # A block that is not in the article, by a word; so in a sentence.
        ("> “Our countries play a leading role.”", "", checks.quotations,
         "'“Our countries play a leading role.”' is quoted .allowed: words of the article"),
        ("", "He said “a special part in bringing” them.", checks.quotations,
         "'a special part in bringing' is quoted .allowed: words of the article or of a row"),
        # Another claim's rating, beside its words and beside a link to it.
        ("", SAID.replace("depends on definition", "supported"), checks.ratings,
         "'supported' beside claim-forty-five-billion .allowed: depends on definition"),
        ("", "See [it](#claim-altai): [supported](#rating-supported).", checks.ratings,
         "'supported' beside claim-altai .allowed: position"),
        # A citation that exists and is another chapter's.
        ("", '([SIA 2025](https://sia.az "cite:sia2025feeder"))', checks.citations,
         "'sia2025feeder' is cited, a source of route"),
    ],
)  # fmt: skip
def test_what_a_chapter_takes_from_elsewhere_is_held_there(project, cell, text, call, message):
    call(project)
    path = project / "chapters" / "priorities.ipynb"
    notebook = nbformat.read(path, as_version=4)
    if cell:
        notebook.cells.insert(1, nbformat.v4.new_markdown_cell(cell))
    else:
        sentence(notebook).data[mime.PROSE]["text"] += f" {text}"
    nbformat.write(notebook, path)
    with pytest.raises(BookError, match=message) as refusal:
        call(project)
    assert str(refusal.value).startswith("chapters/priorities.ipynb: ")


def test_a_printed_book_that_is_missing_cut_short_or_untagged_is_refused(tmp_path):
    with pytest.raises(BuildError, match="0 files"):
        checks.printed(tmp_path)
    for data in (b"%PDF-1.7 pdfuaid:part 1", b"%PDF-1.7 %%EOF"):
        (tmp_path / "book.pdf").write_bytes(data)
        with pytest.raises(BuildError, match="no whole and tagged PDF"):
            checks.printed(tmp_path)
    (tmp_path / "book.pdf").write_bytes(
        b"%PDF-1.7 pdfuaid:part" + b" " * built.PDF_WEIGHT + b"%%EOF"
    )
    with pytest.raises(BuildError, match="bytes"):
        checks.printed(tmp_path)
