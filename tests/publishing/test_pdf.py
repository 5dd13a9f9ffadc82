"""The printed book, made from small pages as Sphinx writes them."""

import random
import re
import shutil
import subprocess
import zlib
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import typst
import yaml
from bs4 import BeautifulSoup
from pybtex.database import parse_file
from pypdf import PdfReader
from pypdf.generic import ContentStream

from analysis.errors import BuildError
from analysis.project import ROOT
from publishing import editions
from publishing.paper import columns, pdf
from publishing.paper import page as single
from publishing.sphinx import bibliography, sections

EDITION = pdf.Edition(
    title="A small book",
    subtitle="Read for its facts",
    author="Its makers",
    line="A newspaper, 4 January 2025",
    day=date(2025, 1, 4),
    keywords=("trade", "Türkiye"),
    quotation="turnover exceeded $45 billion",
    marked="$45 billion",
    imprint=("CC BY 4.0.",),
)

SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    '<rect width="9" height="9"/></svg>'
)

FIGURE = """
<figure class="result" id="fig-trade-path">
<a class="image-reference" href="../_images/square.svg">
<img alt="A square, 9 by 9, and nothing else in it." src="../_images/square.svg"
 style="width: 96px; height: 96px;"/></a>
<figcaption><p><span class="caption-number">Figure 3 </span>
<span class="caption-text">Trade grew.</span><a class="headerlink" href="#fig-trade-path">#</a></p>
<div class="legend"><p class="provenance">Sources:
<span class="bibtex-citation" id="id1"><a href="sources.html#id9">CEPII, 2025</a></span> [A].
<a class="data reference download" href="_downloads/x.csv">Data (CSV)</a>.
<span class="made-by">Drawn by f from t.csv.</span></p></div></figcaption></figure>
"""

TABLE = """
<div class="scroll"><table class="result" id="tab-trade-t">
<caption><span class="caption-number">Table 2 </span>
<span class="caption-text">Pairs.</span></caption>
<thead><tr><th class="stub side-l" scope="col"><p>Pair</p></th>
<th class="side-r" scope="col"><p>USD billion</p></th></tr></thead>
<tbody><tr><th class="stub side-l" scope="row"><p>Kazakhstan–Türkiye</p></th>
<td class="side-r"><p>7.8</p></td></tr></tbody></table></div>
"""

REGISTER = """
<section id="where"><h3>Where the numbers come from<a class="headerlink" href="#where">#</a></h3>
<p>Each number.</p><div class="scroll"><table class="result register" id="tab-trade-register">
<caption><span class="caption-number">Table 9 </span></caption>
<tbody><tr id="number-trade-once"><td>$25.0 billion</td></tr></tbody></table></div></section>
"""

BIBLIOGRAPHY = """
<div class="citation-list" role="list"><div class="citation" id="id9" role="doc-biblioentry">
<span class="label"><span>[</span>1<span>]</span></span>
<p>CEPII. BACI. URL: <a class="github" href="https://github.com/a/b">a/b</a>.</p></div></div>
"""


def chapter(name: str, body: str) -> str:
    title = f'<h1>{name.title()}<a class="headerlink" href="#{name}">#</a></h1>'
    return f'<article class="bd-article"><section id="{name}">{title}{body}</section></article>'


@pytest.fixture
def page(tmp_path):
    """Give a function that writes a book of chapters and gives its first page."""

    def write(*chapters: str, index: str = "", folder: Path = tmp_path) -> Path:
        (folder / "chapters").mkdir(parents=True, exist_ok=True)
        (folder / "_images").mkdir(exist_ok=True)
        (folder / "_images" / "square.svg").write_text(SQUARE)
        listed = ""
        for text in chapters:
            name = re.search('<section[^>]* id="([^"]+)"', text)[1]
            listed += f'<li><a href="{name}.html">{name}</a></li>'
            path = folder / "chapters" / f"{name}.html"
            path.write_text(f"<html>{text}</html>", encoding="utf-8")
        path = folder / "chapters" / "index.html"
        path.write_text(
            '<html><nav class="bd-links"><a href="#">Answer</a><p class="caption">The reading</p>'
            f"<ul>{listed}</ul></nav>"
            f'<article class="bd-article"><section id="index"><h1>Answer</h1>{index}'
            "</section><script>kernel</script></article></html>",
            encoding="utf-8",
        )
        return path

    return write


def source(path: Path) -> str:
    return pdf.project(single.read(path), EDITION)["main.typ"].decode()


def printed(path: Path) -> PdfReader:
    out = path.with_name("book.pdf")
    pdf.make(path, out, EDITION)
    return PdfReader(BytesIO(out.read_bytes()))


def tagged(reader: PdfReader) -> list:
    """Give every element of the tree of tags, in order."""

    def below(node):
        node = node.get_object()
        if isinstance(node, list):
            for part in node:
                yield from below(part)
        elif isinstance(node, dict) and "/S" in node:
            yield node
            if "/K" in node:
                yield from below(node["/K"])

    return list(below(reader.trailer["/Root"]["/StructTreeRoot"]["/K"]))


def table_attributes(cell) -> dict:
    return next(it.get_object() for it in cell["/A"] if it.get_object()["/O"] == "/Table")


def names_of(reader: PdfReader) -> list[str]:
    """Give the names by which elements are found, and hold that they are in order."""

    def below(node):
        node = node.get_object()
        for kid in node.get("/Kids", []):
            yield from below(kid)
        yield from node.get("/Names", [])[::2]

    found = list(below(reader.trailer["/Root"]["/StructTreeRoot"]["/IDTree"]))
    assert found == sorted(set(found))
    return found


def types_of(reader: PdfReader) -> dict[str, dict]:
    """Give the types of all pages with what describes them."""
    found = {}
    for page in reader.pages:
        for kind in page["/Resources"].get("/Font", {}).values():
            font = kind.get_object()
            (font,) = (it.get_object() for it in font.get("/DescendantFonts", [font]))
            found[font["/BaseFont"]] = font["/FontDescriptor"]
    return found


def words(path: Path) -> str:
    """Give the words of the body as the compiler understands them, by its own HTML."""
    body = source(path).split("#show: book\n", 1)[1]
    shown = typst.compile(
        f"#set smartquote(enabled: false)\n{body}".encode(), format="html"
    ).decode()
    return BeautifulSoup(shown, "html.parser").get_text()


# What must come through


def test_text_that_looks_like_typst_comes_out_as_text(page):
    hostile = [
        "#let x = 1", "$x$ and $45", "@ref", "*a* _b_", "<script>alert(1)</script>", "= a", "- b",
        "+ c", "1. d", "/ e: f", "-5 and (-5)", "...", "--- and --", "-?", "~", "a // b /* c */ d",
        "`#eval(1)`", "\\ and \\u{41}", "https://a.b/c_d#e", '"q" and \'r\'', "[x](y)", "#", "<a>",
    ]  # fmt: skip
    paragraphs = BeautifulSoup("", "html.parser")
    for text in hostile:
        paragraphs.append(paragraphs.new_tag("p", string=text))
    shown = words(page(chapter("hostile", str(paragraphs))))
    for text in hostile:
        assert text in shown


def test_signs_in_any_order_come_out_as_they_are(page):
    chance = random.Random(2025)
    signs = "ab1#[]{}()$@*_<>`~=+-/\\\"'.,:;!?&%^|"
    texts = ["".join(chance.choices(signs, k=12)) for _ in range(200)]
    paragraphs = BeautifulSoup("", "html.parser")
    for text in texts:
        line = paragraphs.new_tag("p", string=text)
        line.insert(0, paragraphs.new_tag("em", string="e"))
        line.append(paragraphs.new_tag("code", string="c"))
        paragraphs.append(line)
    shown = words(page(chapter("signs", str(paragraphs))))
    for text in texts:
        assert f"e{text}c" in shown


def test_all_letters_of_the_members_are_set_in_embedded_type(page):
    letters = "Türkiye İstanbul ığışçöü Azərbaycan Ə ñ Қазақстан әғқңөұүһі ӘҒҚҢӨҰҮҺІ Кыргызстан"
    made = printed(page(chapter("letters", f"<p>{letters}</p>")))
    fonts = {name.partition("+")[2] for name in types_of(made)}
    assert fonts
    assert fonts <= {f"LibertinusSerif-{cut}" for cut in ("Regular", "Semibold", "Bold", "Italic")}


def test_a_way_back_alone_under_a_heading_stays_with_what_follows_it(page):
    back = '<p class="back"><a href="trade.html">Back to the reading</a></p>'
    text = source(page(chapter("trade", f"<section><h2>Pairs</h2>{back}<p>Ten.</p></section>")))
    assert text.count('#line-of("back")') == 1


def test_a_fold_of_a_verdict_is_open_on_paper_and_called_nothing(page):
    fold = "<details><summary>Sources</summary><p>Two.</p></details>"
    text = source(page(chapter("verdicts", f'<div class="verdict"><p>So.</p>{fold}</div>')))
    assert "Two" in text
    assert "Sources" not in text


def test_the_notes_of_a_table_are_one_paragraph(page):
    note = '<p class="provenance note" id="n-{0}"><sup>{0}</sup> <a href="b.html#c">CEPII</a>.</p>'
    notes = f'<div class="notes docutils">{note.format(1)}{note.format(2)}</div>'
    text = source(page(chapter("trade", f'<a href="#n-2">2</a>{notes}')))
    assert text.count('#line-of("provenance")') == 1
    assert re.search(r"CEPII\\\. #anchor\(\"to-\d+\"\)#super\[2\]", text)


def test_figures_and_tables_keep_number_caption_and_source(page):
    text = source(page(chapter("trade", FIGURE + TABLE), chapter("sources", BIBLIOGRAPHY)))
    assert 'name: "Figure 3", number: "3"' in text
    assert "caption: [Trade grew\\.]" in text
    assert 'alt: "A square, 9 by 9, and nothing else in it."' in text
    assert re.search(r"legend: \[#line-of\(\"provenance\"\)\[Sources\\: #link\(<to-\d+>\)", text)
    assert 'name: "Table 2", number: "2"' in text
    assert 'sides: "lr"' in text
    assert "table.header([Pair], [USD billion]" in text


def test_what_does_nothing_on_paper_is_dropped(page):
    number = '<p>Once <a class="number" href="#number-trade-once">$25.0 billion</a>.</p>'
    code = '<div class="cell"><div class="cell_input"><pre>f()</pre></div></div>'
    text = source(page(chapter("trade", number + code + FIGURE + REGISTER)))
    assert "$25" not in text.replace("\\$", "")
    assert "\\$25\\.0 billion" in text
    dropped = ("Table 9", "Where the", "f()", "Data", "Drawn by", "kernel", "number-trade")
    assert not [it for it in dropped if it in text]


def test_what_is_for_the_screen_alone_is_left_out_and_what_is_for_paper_alone_comes_in(page):
    column = TABLE.replace('class="side-r"', 'class="side-r screen"')
    parts = (
        '<section class="screen" id="a"><h2>Downloads</h2><p>On screen.</p></section>'
        '<section class="screen" id="b"><h2>More</h2><section id="c"><h3>Still more</h3></section>'
        '</section><template class="paper"><p>On <em>paper</em>.</p></template>'
        '<template><p>For a script.</p></template><p><a href="#c">there</a></p>'
    )
    text = source(
        page(
            chapter("made", parts + column),
            chapter("lists", "").replace("<section", '<section class="screen-only"'),
        )
    )
    for gone in ("Downloads", "On screen", "More", "Still more", "script", "USD billion", "7\\.8"):
        assert gone not in text
    assert "= Lists" not in text
    assert "On #emph[paper]" in text
    assert 'sides: "l"' in text
    assert "\nthere" in text


def test_links_lead_where_they_led_on_screen(page):
    limits = (
        '<section id="limits"><h3>{0} limits</h3>'
        '<p id="id9"><a href="{1}">{0} link</a></p></section>'
    )
    text = source(
        page(
            chapter("one", limits.format("one", "#limits") + FIGURE),
            chapter("two", limits.format("two", "#limits")),
            chapter("three", limits.format("three", "two.html")),
            chapter("sources", BIBLIOGRAPHY + '<p><a href="#nowhere">lost</a></p>'),
        )
    )

    def target(name: str) -> str:
        return re.search(rf"#link\(<([\w-]+)>\)\[{name}\]", text)[1]

    assert re.search(rf"== one limits\n<{target('one link')}>", text)
    assert re.search(rf"== two limits\n<{target('two link')}>", text)
    assert re.search(rf"= Two\n<{target('three link')}>", text)
    # A chapter has an id9 of its own; the citation means the source.
    assert f'#anchor("{target("CEPII.*2025")}")CEPII\\. BACI' in text
    assert "lost" in text
    # On screen the theme shortens the address.
    assert 'link("https://github.com/a/b")[https\\:\\/\\/github\\.com\\/a\\/b]' in text


def test_a_rating_in_a_table_is_strong_and_without_a_frame(page):
    badge = '<span class="rating rating-supported">supported</span>'
    text = source(page(chapter("one", f"<p>{badge}</p>" + TABLE.replace("7.8", badge))))
    assert text.count('#rating("rating-supported")') == 1
    assert re.search(r"\[(#strong\[supported\]|\*supported\*)\]", text)


def test_chapters_stand_in_their_parts_and_their_headings_begin_at_one(page):
    clean = single.read(page(chapter("trade", "<section id='a'><h3>Data</h3></section>")))
    assert re.findall(r"<(h\d)[^>]*>(\w+)", clean.html) == [
        ("h1", "Answer"), ("h1", "Trade"), ("h2", "Data"),
    ]  # fmt: skip
    assert clean.parts == {"chapter-2": "The reading"}


def test_a_formula_keeps_its_words(page):
    formula = '<p><math alttext="a squared"><msup><mi>a</mi><mn>2</mn></msup></math></p>'
    path = page(chapter("methods", formula))
    assert '#set math.equation(alt: "a squared");$a^2$' in source(path)
    (element,) = [it for it in tagged(printed(path)) if it["/S"] == "/Formula"]
    assert element["/Alt"] == "a squared"


# What the file is


def test_the_pdf_is_tagged_named_and_dated_by_the_edition(page):
    made = printed(page(chapter("trade", FIGURE + TABLE)))
    said = made.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in said
    assert '<rdf:li xml:lang="x-default">A small book</rdf:li>' in said
    assert "<xmp:CreateDate>2025-01-04T00:00:00Z</xmp:CreateDate>" in said
    assert made.trailer["/Root"]["/Lang"] == "en"
    elements = tagged(made)
    kinds = [it["/S"] for it in elements]
    assert [kinds.count(kind) for kind in ("/Figure", "/Table", "/Caption")] == [1, 1, 2]
    (figure,) = [it for it in elements if it["/S"] == "/Figure"]
    assert figure["/Alt"] == "A square, 9 by 9, and nothing else in it."


def test_a_cell_names_the_heads_of_its_column_and_of_its_row(page):
    body = TABLE.replace(
        "</tr></tbody>",
        "</tr><tr><td>No pair</td><td>1</td></tr>"
        '<tr><th scope="row">Azerbaijan–Türkiye</th><td>6.3</td></tr></tbody>',
    )
    made = printed(page(chapter("trade", "<p>No table.</p>"), chapter("tables", body)))
    cells = [it for it in tagged(made) if it["/S"] in ("/TH", "/TD")]
    assert [it["/S"] for it in cells] == [
        "/TH", "/TH", "/TH", "/TD", "/TD", "/TD", "/TH", "/TD",
    ]  # fmt: skip
    told = [table_attributes(it) for it in cells]
    assert [it.get("/Scope") for it in told] == [
        "/Column", "/Column", "/Row", None, None, None, "/Row", None,
    ]  # fmt: skip
    first, second = (cells[n]["/ID"] for n in (0, 1))
    one, other = (cells[n]["/ID"] for n in (2, 6))
    assert [it["/Headers"] for it in told[2:]] == [
        [first], [second, one], [first], [second], [first], [second, other],
    ]  # fmt: skip
    assert {first, second, one, other} == set(names_of(made))


def test_nothing_of_the_machine_is_in_the_file(page, tmp_path):
    made = printed(page(chapter("trade", FIGURE))).stream.getvalue()
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL)
    opened = made + b"".join(zlib.decompress(s) for s in streams if s[:1] == b"x")
    assert b"A square, 9 by 9" in opened
    assert str(tmp_path).encode() not in opened
    assert str(Path.home()).encode() not in opened


# What is refused


@pytest.mark.parametrize("alt", ["", "square.svg", "_images/square.svg"])
def test_a_figure_without_alternative_text_is_refused_by_name(page, alt):
    body = re.sub(r'alt="[^"]*"', f'alt="{alt}"', FIGURE)
    with pytest.raises(BuildError, match=r"^Figure 3: no alternative text for square\.svg$"):
        printed(page(chapter("trade", body)))


def test_a_picture_that_is_not_there_is_refused_by_name(page):
    path = page(chapter("trade", FIGURE))
    shutil.rmtree(path.parent.parent / "_images")
    with pytest.raises(BuildError, match=r"^Figure 3: no picture '\.\./_images/square\.svg'"):
        printed(path)


def test_a_formula_without_words_is_refused_with_its_place(page):
    with pytest.raises(
        BuildError, match=r"^Methods: a formula without words: a \(allowed: alttext"
    ):
        printed(page(chapter("methods", "<p><math><mi>a</mi></math></p>")))


def test_a_letter_that_no_type_holds_is_refused_with_its_place(page):
    with pytest.raises(BuildError, match=r"^Letters, at '.*漢.*could not be displayed"):
        printed(page(chapter("letters", "<p>A sign: 漢</p>")))


def test_a_page_that_is_missing_or_no_book_is_refused(page, tmp_path):
    path = page(chapter("trade", ""), chapter("sources", ""))
    path.with_name("trade.html").unlink()
    with pytest.raises(BuildError, match=r"^trade\.html: no page"):
        printed(path)
    with pytest.raises(BuildError, match=r"^none\.html: no page"):
        printed(tmp_path / "none.html")
    (tmp_path / "a.html").write_text("<p>text</p>")
    with pytest.raises(BuildError, match=r"^a\.html: no article"):
        printed(tmp_path / "a.html")
    (tmp_path / "a.html").write_text("<article><section><h1>A</h1></section></article>")
    with pytest.raises(BuildError, match=r"^a\.html: no list of the book's pages"):
        printed(tmp_path / "a.html")


def test_a_refusal_leaves_the_last_good_file(page):
    path = page(chapter("trade", FIGURE))
    printed(path)
    good = path.with_name("book.pdf").read_bytes()
    trade = path.with_name("trade.html")
    trade.write_text(trade.read_text().replace("A square, 9 by 9, and nothing else in it.", ""))
    with pytest.raises(BuildError):
        printed(path)
    assert path.with_name("book.pdf").read_bytes() == good


def test_an_edition_says_who_and_what_and_marks_words_that_stand_in_its_quotation():
    with pytest.raises(BuildError, match="no title"):
        replace(EDITION, title="")
    with pytest.raises(BuildError, match="marked words '45'"):
        replace(EDITION, quotation="45 and 45", marked="45")


# How tables are set

EMS = columns.measure("Kazakhstan–Türkiye 0123456789.,− abcdefghijklmnopqrstuvwxyz USD")


def test_numbers_are_never_broken_and_words_share_the_rest():
    rows = [["Kazakhstan–Türkiye", "1,234.5", "each flow counted once " * 12, "once " * 40]] * 3
    layout = columns.lay_out(["a", "b", "c", "d"], rows, "lrll", 420, EMS)
    assert sum(layout.widths) == pytest.approx(420, abs=1)
    number = sum(EMS[letter] for letter in "1,234.5") * layout.size + columns.GUTTER
    assert layout.widths[1] == pytest.approx(number, abs=1)
    assert layout.size == columns.SIZES[0]
    assert not layout.broken


def test_a_table_too_wide_for_its_numbers_is_set_smaller():
    rows = [["1,234,567.8"] * 10]
    assert columns.lay_out(["a"] * 10, rows, "r" * 10, 420, EMS).size < columns.SIZES[0]


def test_cells_that_span_keep_the_others_in_their_columns():
    table = BeautifulSoup(
        '<table><tr><td rowspan="2">a</td><td colspan="2">b</td></tr>'
        "<tr><td>c</td><td>d</td></tr></table>",
        "html.parser",
    )
    assert list(single._grid(table.find_all("tr"))) == [["a", "", ""], ["", "c", "d"]]


# The published file, opened by another library than made it. veraPDF, the judge of PDF/UA, is Java
# and not among the tools of this book: these checks look for the same faults in the file itself.


@pytest.fixture(scope="module")
def reader():
    return PdfReader(ROOT / "_build" / "pdf" / editions.PDF_NAME)


@pytest.fixture(scope="module")
def elements(reader):
    return tagged(reader)


#: Operators that put ink on the page.
PAINTING = {
    b"Tj", b"TJ", b"'", b'"', b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh",
    b"Do", b"BI", b"INLINE IMAGE",
}  # fmt: skip


def untagged(stream):
    """Give the painting operators that are neither tagged nor marked as an artifact."""
    marks, found = [], []
    for operands, operator in stream.operations:
        if operator in (b"BDC", b"BMC"):
            properties = operands[1] if operator == b"BDC" else {}
            marks.append(operands[0] == "/Artifact" or "/MCID" in properties)
        elif operator == b"EMC":
            marks.pop()
        elif operator in PAINTING and not any(marks):
            found.append(operator)
    assert not marks
    return found


@pytest.mark.book
def test_the_file_says_its_title_and_language_and_that_it_is_tagged(reader):
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "The Turkic States in Figures"
    for page in reader.pages:
        assert page["/Tabs"] == "/S" or "/Annots" not in page
        assert [round(side) for side in page.mediabox] == [0, 0, 595, 842]  # A4, in points


@pytest.fixture(scope="module")
def kinds_of_page(reader):
    """Pages of every kind by their numbers, from 0: of the front and of each chapter, two."""
    chapters = [entry for entry in reader.outline if not isinstance(entry, list)]
    first = {0, *map(reader.get_destination_page_number, chapters)}
    return {n: reader.pages[n] for it in first for n in (it, it + 1) if n < len(reader.pages)}


@pytest.mark.book
def test_nothing_is_on_a_page_that_is_neither_tagged_nor_an_artifact(reader, kinds_of_page):
    for number, page in kinds_of_page.items():
        assert not untagged(ContentStream(page.get_contents(), reader)), f"page {number + 1}"


def test_ink_outside_of_every_tag_is_found():
    class Stream:
        operations = (
            (["/P", {"/MCID": 0}], b"BDC"), ([], b"Tj"), ([], b"EMC"), ([], b"f"),
            (["/Artifact"], b"BMC"), ([], b"S"), ([], b"EMC"),
        )  # fmt: skip

    assert untagged(Stream) == [b"f"]


@pytest.mark.book
def test_every_figure_of_the_file_has_words_and_every_table_heads(elements):
    figures = [it for it in elements if it["/S"] == "/Figure"]
    assert figures
    for figure in figures:
        assert len(figure["/Alt"]) >= 40
    letters = {"/Table": "T", "/TR": "r", "/TH": "h", "/TD": "d"}
    tables = "".join(letters.get(it["/S"], "") for it in elements)
    assert tables.startswith("T")
    for table in tables.split("T")[1:]:
        assert re.fullmatch("(rh+)+(rh?d+)+", table)
    assert "rhd" in tables


@pytest.mark.book
def test_every_head_that_a_cell_names_is_found_by_its_name(reader, elements):
    cells = [it for it in elements if it["/S"] in ("/TH", "/TD")]
    heads = {it["/ID"] for it in cells if it["/S"] == "/TH"}
    assert set(names_of(reader)) == heads
    for cell in cells:
        assert set(table_attributes(cell).get("/Headers", [])) <= heads


@pytest.mark.book
def test_every_chapter_and_section_has_a_bookmark(reader, elements):
    kinds = [it["/S"] for it in elements]
    assert len(bookmarks(reader)) == sum(kinds.count(f"/H{n}") for n in range(1, 7))


@pytest.mark.book
def test_every_type_is_embedded(reader):
    fonts = types_of(reader)
    assert fonts
    for name, descriptor in fonts.items():
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor), name


@pytest.fixture(scope="module")
def words_of_pages():
    """The words of every page, line by line."""
    if not shutil.which("pdftotext"):
        pytest.skip("poppler's pdftotext is not installed")
    command = ["pdftotext", "-layout", ROOT / "_build" / "pdf" / editions.PDF_NAME, "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.split("\f")[:-1]


@pytest.mark.book
def test_every_page_says_what_was_read_and_the_day_of_the_edition(words_of_pages):
    edition = editions.edition()
    assert len(words_of_pages) > 50
    for number, page in enumerate(words_of_pages[2:], 3):
        words = " ".join(page.split())
        assert edition.line in words, f"page {number}"
        assert f"Edition of {edition.day.day} {edition.day:%B %Y}" in words, f"page {number}"


def bookmarks(reader):
    """Give each bookmark's title and the page that it leads to, from 0."""

    def each(entries):
        for entry in entries:
            if isinstance(entry, list):
                yield from each(entry)
            else:
                yield entry.title, reader.get_destination_page_number(entry)

    return list(each(reader.outline))


def left_alone(lines, titles):
    """Say which heading is the last thing on a page above its foot, if one is."""
    text = [line.strip() for line in lines if line.strip()]
    if len(text) < 2:
        return None
    # A long heading is set on two lines.
    return next((title for title in titles if title.endswith(text[-2])), None)


@pytest.mark.book
def test_no_heading_stands_alone_at_the_foot_of_a_page(reader, words_of_pages):
    assert len(words_of_pages) == len(reader.pages)
    titles = {}
    for title, number in bookmarks(reader):
        titles.setdefault(number, []).append(title)
    assert len(titles) > 50
    for number, page in enumerate(words_of_pages):
        assert left_alone(page.splitlines(), titles.get(number, [])) is None, f"page {number + 1}"


def test_a_heading_left_alone_is_found():
    foot = "AzerNews, 4 January 2025      12     Edition of 23 November 2026"
    assert left_alone(["Its text.", "", " The data", "", foot], ["The data"]) == "The data"
    assert left_alone([" The data", "Its text.", foot], ["The data"]) is None


@pytest.mark.book
def test_the_front_has_two_pages_and_the_reading_at_most_thirty_five(reader):
    pages = dict(bookmarks(reader))
    assert pages["The Turkic States in Figures"] == 2
    assert pages["Context: the evidence"] - 2 <= 35


@pytest.mark.book
def test_the_bibliography_is_in_alphabetical_order():
    page = BeautifulSoup(
        (ROOT / "_build" / "html" / "chapters" / "bibliography.html").read_text(encoding="utf-8"),
        "html.parser",
    )
    # People stand by their surnames among publishers, and Ç beside C.
    authors = parse_file(str(ROOT / "references.bib")).entries.values()
    people = {
        " ".join(it.first_names + it.middle_names): it.last_names[0]
        for entry in authors
        for it in entry.persons.get("author", [])[:1]
        if it.first_names
    }
    named = [it.get_text(" ", strip=True).replace("\xa0", " ") for it in page.select(".citation p")]
    sorted_by = [
        next((last for first, last in people.items() if name.startswith(f"{first} ")), name)
        for name in named
    ]
    letters = [bibliography.folded(name)[0] for name in sorted_by]
    assert len(letters) > 300
    assert letters == sorted(letters)
    assert {"Cohen", "Hummels"} <= set(sorted_by)


@pytest.mark.book
def test_every_chapter_has_a_name_that_links_from_the_pages_lead_to(reader):
    places = reader.named_destinations
    chapters = [(title, page) for title, page in bookmarks(reader) if title != "Contents"]
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    (reading, rest) = ([it["file"] for it in part["chapters"]] for part in toc["parts"])
    proofs = [f"{name}-evidence" for name in reading if name != "chapters/verdicts"]
    names = [toc["root"], *reading, *proofs, *rest]
    order = [name for name in names if name not in sections.SCREEN_ONLY]
    for number, name in enumerate(order, 1):
        href = f"../{editions.PDF_NAME}#nameddest=chapter-{number}"
        html = (ROOT / "_build" / "html" / f"{name}.html").read_text(encoding="utf-8")
        assert f'href="{href}"' in html
        page = BeautifulSoup(html, "html.parser")
        title = page.select_one("article h1")
        title.select_one(".headerlink").decompose()
        at = reader.get_destination_page_number(places[f"chapter-{number}"])
        assert (" ".join(title.get_text().split()), at) in chapters
