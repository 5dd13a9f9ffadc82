"""Another report goes the whole way to a small book; what looks like markup in it shows as text."""

import csv
import json
import re
import shutil
import subprocess
import time
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup

from analysis import article
from analysis.errors import BuildError
from analysis.project import ROOT
from publishing import build
from tests.barriers import barriers
from tests.copies import started

SECOND = ROOT / "tests" / "publishing" / "second"
INDEX = "_build/html/chapters/index.html"

SIGNS = (
    "We will open <script>alert('one')</script> posts, <b>bold</b> ones, #set page(fill: red) and "
    "$x^2$ and \\input{secret} and =1+1"
)


def straight(text):
    """Sphinx makes quotation marks of prose curly."""
    return re.sub("[“”]", '"', re.sub("[‘’]", "'", text))


@pytest.fixture(scope="module")
def builds(tmp_path_factory, second_book):
    """A book built where a build was killed before, and what a second build meanwhile is told."""
    root = second_book(tmp_path_factory.mktemp("türk dünyası, a second book"))
    making = root / "_build" / "making"
    (making / "html").mkdir(parents=True)
    (making / "html" / "left.html").write_text("left")
    first, told = started(root), ""
    while not told and first.poll() is None:
        # What is at work has swept away what was left.
        if making.exists() and not (making / "html" / "left.html").exists():
            with pytest.raises(BuildError) as refusal:
                build.build(root)
            told = str(refusal.value)
        time.sleep(0.05)
    out, err = first.communicate()
    assert (first.returncode, err) == (0, "")
    return root, out, told


@pytest.fixture(scope="module")
def book(builds):
    return builds[0]


@pytest.fixture(scope="module")
def page(book):
    return BeautifulSoup((book / INDEX).read_text(encoding="utf-8"), "html.parser")


@pytest.fixture(scope="module")
def printed(book):
    if not shutil.which("pdftotext"):
        pytest.skip("poppler's pdftotext is not installed")
    path = book / "_build" / "pdf" / "trade-at-the-border.pdf"
    done = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True
    )
    return " ".join(done.stdout.replace("\u00ad", "").split())


@pytest.fixture(scope="module")
def portable(book):
    """The chapters of the portable book, each a tree of XML."""
    with ZipFile(book / "_build" / "epub" / "trade-at-the-border.epub") as archive:
        names = [name for name in archive.namelist() if name.endswith(".xhtml")]
        return [ElementTree.fromstring(archive.read(name)) for name in names]


def test_the_report_is_read_as_any_other():
    report = article.read(SECOND / "border-2024-03-12.txt")
    assert report.date.isoformat() == "2024-03-12"
    assert len(report.paragraphs) == 3
    # Counted by reading it: a sentence, two, two.
    assert len(report.sentences) == 5
    assert report.find(SIGNS).of(report.text) == SIGNS


def test_of_two_builds_at_once_the_second_is_refused_and_the_first_goes_on(builds):
    root, out, told = builds
    assert "another build is at work here" in told
    assert [line.split(":")[0] for line in out.splitlines()] == ["HTML", "PDF", "EPUB"]
    names = {path.name for path in (root / "_build").iterdir()} - {".lock"}
    assert names == {"book", "html", "pdf", "epub", "releases"}
    assert len(list((root / "_build" / "releases").iterdir())) == 1


def test_it_has_a_ledger_of_its_own(book, command):
    entries = json.loads(command(book, "claims", "--json").stdout)
    assert [(entry["name"], entry["rating"]) for entry in entries] == [
        ("claim-four-billion", "supported"),  # 4.4 by the reconciled statistics
        ("claim-nine-billion", "contradicted"),
        ("claim-signs", "statement of intent"),
    ]


def test_its_page_shows_the_verdicts_and_the_marked_report(page):
    ratings = [badge.text for badge in page.select(".verdict .rating")]
    assert ratings == ["supported", "contradicted", "statement of intent"]
    assert len(page.select(".annotated .claim")) == 3
    assert [number.text for number in page.select("button.number")] == ["3 claims", "1", "3 claims"]


def test_markup_in_the_report_shows_as_text_on_the_page(page):
    assert page.select(".annotated .claim")[2].text == SIGNS
    assert SIGNS in page.select(".verdict blockquote")[2].text
    assert "<em>will</em>" in page.select(".verdict")[2].text
    scripts = [tag.string or "" for tag in page.find_all("script") if not tag.get("type")]
    assert not any("alert(" in script for script in scripts)
    assert not page.select("article b, article i:not([class])")


def test_markup_in_tables_figures_and_sources_shows_as_text_on_the_page(book, page):
    cells = [straight(row.th.text.strip()) for row in page.select("#tab-index-signs tbody tr")]
    assert cells == [
        '=HYPERLINK("x")', "<script>alert('cell')</script>", "#set page(fill: red) $x^2$",
        "\\input{secret} | *bold* _i_ `c`",
    ]  # fmt: skip
    figure = page.select_one("figure.result")
    assert "<b>3</b> years" in figure.img["alt"]
    assert "<i>three</i> years, as $x^2$ is." in figure.select_one(".caption-text").text
    sources = (book / "_build" / "html" / "chapters" / "bibliography.html").read_text("utf-8")
    assert "&lt;script&gt;alert(" in sources
    assert "<script>alert(" not in sources


def test_the_scripts_of_claim_reviews_end_where_they_should(page):
    scripts = page.find_all("script", type="application/ld+json")
    found = [json.loads(script.string) for script in scripts]  # each is whole, whatever it quotes
    reviews = [one for one in found if one["@type"] == "ClaimReview"]
    assert len(reviews) == 2  # the plan cannot be checked
    assert reviews[0]["claimReviewed"].endswith("in 2023 </script>.")
    headline = reviews[0]["itemReviewed"]["appearance"]["headline"]
    assert headline == "Trade </script><script>alert('title')</script> & #set text(red)"


def test_no_cell_of_the_data_is_a_formula(book, page):
    link = page.select_one("figure.result a.csv")["href"]
    text = (book / "_build" / "html" / "chapters" / link).read_text(encoding="utf-8")
    labels = [row["label"] for row in csv.DictReader(text.splitlines())]
    assert labels == ["'=1+1", "$x^2$ <b>", "'@sum #set"]


def test_markup_shows_as_text_in_print(printed):
    for words in (
        "<script>alert(", "<b>bold</b> ones, #set page(fill: red)", "$x^2$ and \\input{secret}",
        '=HYPERLINK("x")', "<em>will</em>", "<i>three</i>",
    ):  # fmt: skip
        assert words in straight(printed), words


def test_markup_shows_as_text_in_the_portable_book(portable):
    text = straight(" ".join(" ".join(" ".join(tree.itertext()) for tree in portable).split()))
    for words in (
        "<script>alert('one')</script> posts, <b>bold</b> ones, #set page(fill: red)",
        "<script>alert('cell')</script>", "<script>alert('bib')</script>", "=1+1",
        "$x^2$ and \\input{secret}", '=HYPERLINK("x")', "<em>will</em>", "<i>three</i> years",
    ):  # fmt: skip
        assert words in text, words
    tags = {element.tag.rpartition("}")[2] for tree in portable for element in tree.iter()}
    assert not tags & {"script", "b", "math", "iframe", "object"}


# --- a number's card in a real browser: it opens in place, and leads to its row ------------------


@pytest.fixture(params=[1280, 390], ids="{} px".format)
def tab(browser, book, request):
    # No script runs: a card needs none.
    size = {"width": request.param, "height": 800}
    context = browser.new_context(offline=True, viewport=size, java_script_enabled=False)
    found = context.new_page()
    found.goto((book / INDEX).as_uri())
    yield found
    context.close()


CARD = "#number-index-judged"


@pytest.mark.browser
@pytest.mark.parametrize("how", ["click", "Enter"])
def test_a_card_opens_in_place_and_closes_by_escape(tab, how):
    number, card = tab.locator("button.number").first, tab.locator(CARD)
    assert not card.is_visible()
    if how == "click":
        number.click()
    else:
        number.focus()
        tab.keyboard.press(how)
    assert card.is_visible()
    assert "3 claims" in card.inner_text()
    box, size = card.bounding_box(), tab.viewport_size
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"]
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= size["height"]
    assert number.is_visible()
    tab.keyboard.press("Escape")
    assert not card.is_visible()


@pytest.mark.browser
def test_a_card_leads_to_the_row_of_its_number(tab):
    tab.locator("button.number").first.click()
    tab.locator(CARD).get_by_text("Its row in the evidence").click()
    assert tab.url.endswith("index-evidence.html#row-number-index-judged")
    assert "3 claims" in tab.locator("#row-number-index-judged").inner_text()


@pytest.mark.browser
def test_a_figure_shows_its_evidence(tab):
    tab.get_by_text("Show the evidence").click()
    assert tab.url.endswith("index-evidence.html#rows-by-year")
    assert tab.locator("#rows-by-year").is_visible()


@pytest.mark.browser
@pytest.mark.parametrize("looks", ["light", "dark"])
def test_axe_finds_no_barrier_in_an_open_card(browser, book, looks):
    context = browser.new_context(offline=True, color_scheme=looks)
    page = context.new_page()
    page.goto((book / INDEX).as_uri())
    page.locator("button.number").first.click()
    assert barriers(page, ["wcag2a", "wcag2aa", "wcag22aa"], context=CARD) == []
    context.close()
