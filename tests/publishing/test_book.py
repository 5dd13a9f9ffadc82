"""The book as readers get it: complete, and whole; what every page must hold is in test_checks."""

import re
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from analysis import claims
from analysis.errors import BuildError
from analysis.project import ROOT
from publishing import build, editions
from publishing.sphinx import results, sections
from tests.pages import HTML, PAGES, soup

pytestmark = pytest.mark.book

PDF = ROOT / "_build" / "pdf" / editions.PDF_NAME
#: The pages of the contents.
NAMES = set(re.findall(r"(?:root|file): chapters/(\S+)", (ROOT / "_toc.yml").read_text()))


def test_the_book_is_built():
    assert PAGES, "run `make book`"
    assert {path.stem for path in PAGES} == NAMES
    assert (HTML / "index.html").exists()
    assert PDF.exists()


def test_the_first_address_is_the_first_page_and_its_links_lead_on():
    text = (HTML / "index.html").read_text(encoding="utf-8")
    root, first = BeautifulSoup(text, "html.parser"), soup("index")
    assert root.article.get_text() == first.article.get_text()
    addresses = [tag[key] for key in ("href", "src") for tag in root.find_all(attrs={key: True})]
    local = [unquote(urlsplit(it).path) for it in addresses if not urlsplit(it).scheme]
    assert len(local) > 50
    assert [it for it in local if it and not (HTML / it).exists()] == []


def test_figures_are_numbered_name_their_sources_and_offer_their_data():
    for path in PAGES:
        for figure in soup(path.stem).select("figure.result"):
            where = f"{path.stem}, {figure['id']}"
            assert re.match(r"Figure \d+ ", figure.select_one(".caption-number").text + " "), where
            assert figure.select_one(".caption-text").text.endswith("."), where
            assert re.search(r"\[[ABCE]\]", figure.select_one(".provenance").text), where
            offered = {link.text: link["href"] for link in figure.select(".downloads a.download")}
            kind = urlsplit(figure.img["src"]).path.rpartition(".")[2].upper()
            assert set(offered) == {"Data (CSV)", "Picture (PNG)", f"Picture ({kind})"}, where
            for address in offered.values():
                assert (path.parent / unquote(address)).resolve().stat().st_size > 50, where


def test_every_value_of_a_figure_opens_in_place_one_a_line():
    opened = {
        figure["id"]: figure.find(id=figure.select_one("button.to-values")["popovertarget"])
        for path in PAGES
        for figure in soup(path.stem).select("figure.result")
    }
    assert len(opened) > 20
    assert all(card.has_attr("popover") for card in opened.values())
    lines = opened["fig-trade-lines"].text.splitlines()
    # An initial ends no line.
    assert "Jan 2024, Ö. Bolat: 42" in lines
    assert any(line.startswith("The Secretariat: Nov 2023, Ö. Kocaman") for line in lines)
    assert "2019: 16.9" in opened["fig-trade-path"].text.splitlines()


def test_sources_that_a_figure_only_counts_are_named_where_it_says_so_on_paper_too():
    drawn = [it for part in results.chapters(ROOT) for it in part.all("figure")]
    keys = {it.name: it.sources for it in drawn}
    counted = [
        (figure["id"], link)
        for path in PAGES
        for figure in soup(path.stem).select("figure.result")
        if (link := figure.find("a", string=re.compile("^all [0-9]+ in the evidence$")))
    ]
    links = [soup(path.stem).select("a[href*='bibliography.html#'][title]") for path in PAGES]
    places = {link["title"]: link["href"] for found in links for link in found}
    assert len(counted) > 9
    screen = "table.register, .number-card, .screen"
    for name, link in counted:
        proof = soup(link["href"].partition(".html")[0]).article
        cited = set(map(id, proof.select(f":is({screen}) a")))
        links = proof.select("a[href*='bibliography.html#']")
        named = {it["href"] for it in links if id(it) not in cited}
        titles = {sections.bibliography(ROOT)[key].title for key in keys[name]}
        assert {title for title in titles if places[title] not in named} == set(), name
        assert f"all {len(keys[name])} in" in link.text


def test_verdicts_link_to_their_evidence():
    html = soup("verdicts")
    verdicts = html.select(".verdict")
    assert len(verdicts) == len(claims.CLAIMS)
    for verdict in verdicts:
        assert verdict.select_one(".rating").text
        assert verdict.blockquote
        assert verdict.select_one(".provenance a[href*='.html#']")


def test_the_article_is_marked_in_place_and_each_rating_opens_its_verdict(entries):
    html = soup("index")
    marks = html.select(".annotated .claim")
    assert [mark.text for mark in marks] == [e.claim.quotation for e in entries]
    openers = html.select(".annotated button.rating")
    assert len(openers) == len(marks)
    for opener in openers:
        assert opener.text in claims.RATINGS
        card = html.find(id=opener["popovertarget"])
        assert card.has_attr("popover")
        assert card.select_one(".rating").text == opener.text
        assert card.select("a[href^='verdicts.html#claim-']")


def test_a_reading_leads_to_a_claim_that_it_is_about():
    for chapter in ("context", "trade", "priorities", "routes"):
        links = soup(chapter).select("a[href*='verdicts.html#claim-']")
        linked = {link["href"].split("#")[-1].removeprefix("claim-") for link in links}
        shown = {each.name for each in claims.CLAIMS if each.shown.split("-")[1] == chapter}
        assert shown & linked, chapter


def test_each_verdict_leads_back_to_its_words_in_the_article():
    marks = {mark["id"]: mark for mark in soup("index").select(".claim")}
    verdicts = soup("verdicts").select(".verdict")
    for verdict in verdicts:
        page, _, place = verdict.find("a")["href"].partition("#")
        assert page == "index.html"
        assert marks[place].text == verdict.blockquote.strong.text


def test_each_verdict_stands_under_a_heading_of_its_own(entries):
    html = soup("verdicts")
    heads = [verdict.find_previous("h3").get_text() for verdict in html.select(".verdict")]
    titles = [" ".join(head.split()).rstrip("#") for head in heads]
    assert titles == [entry.claim.title for entry in entries]


# --- a build that fails -------------------------------------------------------------------------


def released(root, number, text):
    """Publish a release that holds little."""
    release = root / "_build" / "releases" / number
    for edition in ("html", "pdf", "epub"):
        (release / edition).mkdir(parents=True)
    (release / "html" / "index.html").write_text(text)
    build.publish(release)
    return release


def test_a_finished_release_replaces_the_old_one_whole(tmp_path):
    for number in ("1", "2"):
        released(tmp_path, number, number)
        assert (tmp_path / "_build" / "html" / "index.html").read_text() == number
    assert [p.name for p in (tmp_path / "_build" / "releases").iterdir()] == ["2"]


def test_a_folder_left_by_plain_jupyter_book_gives_way(tmp_path):
    (tmp_path / "_build" / "html").mkdir(parents=True)
    release = released(tmp_path, "1", "")
    assert (tmp_path / "_build" / "html").resolve() == release / "html"


def test_a_cover_without_a_date_is_refused(tmp_path):
    (tmp_path / "CITATION.cff").write_text("title: 'A: b'\n")
    with pytest.raises(BuildError, match=r"CITATION\.cff"):
        editions.edition(tmp_path)


def test_the_type_of_the_text_is_asked_for_before_the_style_sheets():
    """Coming late, it would set every line of a page anew under the reader's eyes."""
    for path in PAGES:
        asked = soup(path.stem).select('head link[rel="preload"]')
        cuts = [re.search(r"libertinus-serif-(\w+)\.woff2", it["href"]) for it in asked]
        assert [cut and cut[1] for cut in cuts] == ["regular", "semibold"], path.name
        assert all((path.parent / it["href"]).is_file() for it in asked)
