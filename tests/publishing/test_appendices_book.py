"""The appendices as readers get them."""

import gzip
import json
import re

import pandas as pd
import pytest

from analysis import sources, tables
from analysis.project import ROOT
from publishing import citation, execute, refresh_record
from publishing.checks.words import letters
from publishing.sphinx import catalogue, results
from tests.pages import HTML, PAGES, soup

pytestmark = pytest.mark.book

#: Properties that schema.org publishes for each type, as far as the book uses the type.
_THING = {"@type", "@context", "name", "description", "url"}
_WORK = _THING | {
    "author", "datePublished", "version", "inLanguage", "license", "keywords", "isPartOf",
    "hasPart", "creator", "isAccessibleForFree", "temporalCoverage", "headline",
}  # fmt: skip
PROPERTIES = {
    "Book": _WORK,
    "Article": _WORK,
    "Dataset": _WORK | {"variableMeasured", "distribution"},
    "DataDownload": _WORK | {"contentUrl", "encodingFormat", "contentSize"},
    "PropertyValue": _THING | {"unitText"},
    "Organization": _THING,
}


def metadata_of(page):
    scripts = page.find_all("script", type="application/ld+json")
    return [value for script in scripts if isinstance(value := json.loads(script.string), dict)]


def parts(value):
    """Every object within some JSON-LD."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for it in value:
            yield from parts(it)


def test_the_catalogue_describes_every_table_and_offers_its_file():
    page = soup("catalogue")
    for name in tables.models():
        part = page.find(id=catalogue.anchor(name))
        assert tables.digest(name) in part.text
        assert part.find("a", href=f"../data/{name}.csv")
        frame = pd.read_csv(tables.file_of(name))
        assert f"{len(frame):,} row{'s' * (len(frame) > 1)}," in part.text
        fields = [row.th.text.replace("\u200b", "") for row in part.select("tbody tr")]
        assert sorted(fields) == sorted(frame.columns)


def test_what_a_citation_says_names_one_source():
    """On paper it is no link, and a publisher may have many reports of a year."""
    meant = {}
    for path in (HTML / "chapters").glob("*.html"):
        for link in soup(path.stem).select("a[href*='bibliography.html#id']"):
            # In a list a publisher is named once, before all its years.
            if not re.match(r"\d{4}", words := re.sub(r" \[[A-E]\]$", "", link.text)):
                meant.setdefault(words.replace(",", ""), set()).add(link["href"].split("#")[1])
    assert len(meant) > 300
    assert {words: found for words, found in meant.items() if len(found) > 1} == {}
    entries = soup("bibliography")
    for words, (found,) in meant.items():
        assert f" {words.split()[-1]}." in entries.find(id=found).text, words


def test_every_title_is_printed_as_it_reads():
    shown = letters(soup("bibliography").find("article").text)
    for source in sources.read().values():
        assert letters(source.title) in shown


def test_every_figure_is_on_the_page_that_says_how_it_was_made():
    page = soup("made")
    for chapter in results.chapters(ROOT):
        figures = {it.name for it in chapter.all("figure")}
        part = page.find(id=f"made-{chapter.page}")
        shown = {link["href"].split("#")[1] for link in part.select("th a")} if part else set()
        assert figures <= shown, chapter.page
    assert execute.inputs_digest(ROOT) in page.text


def test_that_page_stays_small():
    data = (HTML / "chapters" / "made.html").read_bytes()
    assert len(gzip.compress(data, mtime=0)) < 60_000


def test_the_list_of_figures_and_tables_is_complete_and_numbered_as_the_chapters_are():
    page, chapters = soup("figures"), results.chapters(ROOT)
    for kind, word in (("figure", "Figure"), ("table", "Table")):
        rows = page.find(id=f"all-{kind}s").select("tbody tr")
        shown = [it for chapter in chapters for it in chapter.results if it.kind == kind]
        assert [row.th.text for row in rows] == [f"{word} {n + 1}" for n in range(len(shown))]
        assert [row.th.a["href"].split("#")[1] for row in rows] == [it.name for it in shown]


def test_a_word_of_the_glossary_is_linked_once_a_page_and_only_in_running_text():
    found = 0
    for path in PAGES:
        links = soup(path.stem).select("a.term")
        targets = [link["href"] for link in links]
        assert len(targets) == len(set(targets)), path.stem
        for link in links:
            kept = ["h1", "h2", "h3", "figcaption", "blockquote", "table", "code", "pre", "strong"]
            assert not link.find_parent(kept), (path.stem, link.text)
            assert not link.find_parent(class_=re.compile("annotated|provenance|rating"))
        found += len(links)
    assert found
    assert not soup("glossary").select("a.term")


def test_the_page_on_fresh_figures_tells_of_the_last_refresh():
    text = " ".join(soup("refresh").text.split())
    for command in ("refresh baci --baci PATH", "refresh imf", "refresh worldbank"):
        assert command in text
    found = refresh_record.records(ROOT)
    assert (found[-1]["name"] if found else "No refresh has been applied") in text


def test_the_page_on_citing_gives_the_line_and_the_entry_to_copy():
    text, book = soup("citing").text, citation.read(ROOT)
    assert book.line in text
    assert book.bibtex in text


def test_every_page_says_to_machines_what_it_is():
    kinds = {"index": "Book", "catalogue": "Dataset"}
    for path in PAGES:
        found = metadata_of(soup(path.stem))
        (page,) = (one for one in found if one["@type"] != "ClaimReview")
        assert (len(found) > 1) is (path.stem == "verdicts"), path.stem
        assert page["@type"] == kinds.get(path.stem, "Article"), path.stem
        for part in parts(page):
            assert set(part) <= PROPERTIES[part["@type"]], path.stem
            assert all(value not in ("", [], {}, None) for value in part.values()), part
        assert {"name", "description", "datePublished", "license", "inLanguage"} <= set(page)
        if page["@type"] == "Dataset":
            assert len(page["distribution"]) == len(tables.models())
            for file in page["distribution"]:
                assert (path.parent / file["contentUrl"]).resolve().is_file()


def test_a_chapter_offers_its_notebook_and_no_service_while_there_is_no_repository():
    for path in execute.chapters():
        page = (HTML / "chapters" / f"{path.stem}.html").read_text(encoding="utf-8")
        assert "mybinder.org" not in page
        assert f'href="../_sources/chapters/{path.name}"' in page
