"""What readers and programs are shown of the ledger."""

import json
import re

import nbformat
import pandas as pd
import pytest

from analysis import article, claims, sources, tables
from analysis.__main__ import main
from analysis.chapter import ledger
from analysis.chapter.ledger import Annotated, claim_review, record
from analysis.chapter.mime import VERDICT
from analysis.claims.forms import Claim, Dependence, Earlier, Entry, Verdict
from analysis.errors import ClaimError, TableError
from analysis.project import ROOT

TEXT = "date 2025-01-04 (X) Trade grew. “It exceeded $45 billion by any count,” he said."


def entry(report, name, quotation, rating="supported", about=None, **more):
    verdict = Verdict(rating, "Seen 1 time.", ("imf2022",), **more)
    claim = Claim(
        name, name.title(), quotation, "trend", "fig-trade-path", lambda *_: verdict, "2026-11-28",
        sentence="Trade grew.", **about or {},
    )  # fmt: skip
    span = report.find(quotation)
    return Entry(claim, span, report.paragraph_of(span), verdict, 1, 1)


@pytest.fixture
def report():
    return article.parse(TEXT)


@pytest.fixture(scope="module")
def real(entries):
    return article.read(), entries


def test_the_annotated_article_is_the_article_to_the_letter(real):
    report, entries = real
    pieces = Annotated(report, entries).pieces()
    for paragraph, parts in zip(report.paragraphs, pieces, strict=True):
        assert "".join(words for words, _ in parts) == paragraph.of(report.text)
    marked = [e for parts in pieces for _, e in parts if e is not None]
    assert marked == list(entries)


def test_the_chapter_of_verdicts_says_what_the_judges_say_word_for_word(real):
    """A page that was made before a change of evidence or of words would say something else."""
    report, entries = real
    cells = nbformat.read(ROOT / "chapters" / "verdicts.ipynb", 4).cells
    outputs = [output for cell in cells for output in cell.get("outputs", ())]
    shown = [it.data[VERDICT] for it in outputs if VERDICT in it.get("data", {})]
    judged = [ledger.verdict_data(entry, report) for entry in entries]
    assert shown == json.loads(json.dumps(judged))


def test_a_rating_stands_behind_its_claim_in_words(report):
    entries = [entry(report, "growth", "Trade grew"), entry(report, "sum", "exceeded $45 billion")]
    text = Annotated(report, entries).text()
    assert "[Trade grew](supported). “It [exceeded $45 billion](supported) by" in text


def test_claims_that_overlap_cannot_be_marked(report):
    entries = [entry(report, "a", "exceeded $45 billion"), entry(report, "b", "$45 billion by any")]
    with pytest.raises(ClaimError, match="claim b: it overlaps"):
        Annotated(report, entries).pieces()


def test_history_and_flip_points_are_shown(report):
    one = entry(
        report, "sum", "exceeded $45 billion",
        depends=(Dependence("the count", "twice, it is 50", "a sum of 45 would make it so"),),
        earlier=(Earlier("2024-11-06", "the speaker, in Bishkek", "more than 45", ("apa2024",)),),
    )  # fmt: skip
    text = ledger.text([one])
    assert "Depends on the count: twice, it is 50. A sum of 45 would make it so." in text
    assert "6 November 2024, the speaker, in Bishkek: more than 45" in text
    assert record(one)["earlier"] == [
        {
            "date": "2024-11-06",
            "who": "the speaker, in Bishkek",
            "words": "more than 45",
            "sources": ["apa2024"],
        }
    ]
    assert record(one)["depends"] == [
        {
            "on": "the count",
            "otherwise": "twice, it is 50",
            "changes_with": "a sum of 45 would make it so",
        }
    ]
    assert record(one)["sources"] == [{"key": "imf2022", "grade": "A"}]


def test_a_verdict_is_told_in_plain_words_with_its_place_and_its_date(report):
    depends = tuple(Dependence(f"part {n}", "so it is") for n in range(5))
    about = {"settle": "The table", "ask": "the ministry"}
    one = entry(report, "sum", "exceeded $45 billion", "unverifiable", about, depends=depends)
    text = ledger.verdict_markdown(one, article.parse(TEXT, article.read().about))
    assert "> It **exceeded $45 billion** by any count,” he said." in text  # the whole sentence
    assert text.startswith("**Unverifiable** · Kassym-Jomart Tokayev in AzerNews, 4 January 2025")
    # Three dependences are what a reader can hold in mind.
    assert text.count("so it is") == 3
    assert "What would settle it: the table. Who could say: the ministry (not asked)." in text
    assert "One source from one publisher: International Monetary Fund 2022 [A]." in text
    assert "Checked on 28 November 2026. Evidence: [trade](trade.ipynb)." in text
    # What is settled needs nothing more.
    settled = entry(report, "sum", "exceeded $45 billion", "supported", about)
    assert "settle" not in ledger.verdict_markdown(settled, report)


def test_one_publisher_is_named_once_and_texts_that_repeat_each_other_are_counted_once(real):
    report, entries = real
    found = {one.claim.name: ledger.verdict_markdown(one, report) for one in entries}
    assert "Six sources from six publishers, two different texts: " in found["interview"]
    for name, text in found.items():
        names = re.findall(
            r"(?<=[;:] )[^;:\[\]]+?(?= \d{4}[a-z]? \[)", text.split(" publisher")[-1]
        )
        assert len(names) == len(set(names)), name


def test_each_rating_is_defined_once_with_the_claims_that_have_it(real):
    _, entries = real
    rows = ledger.ratings(entries).rows
    assert [row[0].rating for row in rows] == list(claims.RATINGS)
    named = [link.text for row in rows if row[2] != "None" for link in row[2].links]
    assert sorted(named) == sorted(entry.claim.title for entry in entries)
    assert [row[0].rating for row in rows if row[2] == "None"] == ["contradicted"]


def test_no_sentence_says_more_than_its_first_full_stop():
    assert ledger.gist("It rose to 2.2 times. Then it fell.") == "It rose to 2.2 times."
    assert ledger.gist("The U.S. and K.-J. Tokayev agreed.") == "The U.S. and K.-J. Tokayev agreed."
    assert ledger.gist("It was “a”. It is.") == "It was “a”."


# --- for catalogues of fact-checks ----------------------------------------------------------------

#: schema.org/ClaimReview, and the properties of the things inside it, as published.
PROPERTIES = {
    "ClaimReview": {
        "url", "claimReviewed", "author", "reviewBody", "reviewRating", "itemReviewed",
        "datePublished",
    },
    "Rating": {"alternateName", "ratingExplanation"},
    "Claim": {"author", "datePublished", "appearance", "firstAppearance", "text"},
    "NewsArticle": {"headline", "url", "datePublished", "publisher"},
    "CreativeWork": {"name", "url", "datePublished", "publisher"},
    "Person": {"name"},
    "Organization": {"name", "url"},
}  # fmt: skip
#: What Google asks for, but for the review's address, which only a published book has; and what it
#: recommends: https://developers.google.com/search/docs/appearance/structured-data/factcheck.
REQUIRED = {"claimReviewed", "reviewRating"}
RECOMMENDED = {"author", "datePublished", "itemReviewed"}


def visit(thing):
    if isinstance(thing, dict):
        yield thing
        for value in thing.values():
            yield from visit(value)


def test_claim_reviews_use_published_properties_and_leave_none_empty(real):
    report, entries = real
    reviews = [ledger.verdict_data(found, report)["review"] for found in entries]
    assert [review is not None for review in reviews] == [e.claim.checkable for e in entries]
    for review in filter(None, reviews):
        assert set(review) >= REQUIRED | RECOMMENDED
        assert set(review["itemReviewed"]) >= {"author", "datePublished", "appearance"}
        assert review["@context"] == "https://schema.org"
        assert "url" not in review  # before the book's own address is known, no address
        assert review["datePublished"] > review["itemReviewed"]["datePublished"]
        for thing in visit(review):
            extra = set(thing) - PROPERTIES[thing["@type"]] - {"@type", "@context"}
            assert not extra
            assert all(value != "" for value in thing.values())
        assert json.dumps(review)


def test_what_is_reviewed_is_a_whole_sentence_and_no_rating_ranks_by_a_number(real):
    report, entries = real
    for found in entries:
        if found.claim.checkable:
            review = claim_review(found, report)
            assert re.fullmatch(r"[A-Z].+\.", review["claimReviewed"])
            assert review["itemReviewed"]["text"] == found.claim.quotation
            assert review["reviewRating"]["alternateName"].lower() == found.verdict.rating


def test_the_newspapers_own_words_are_the_newspapers(real):
    report, entries = real
    theirs = {
        found.claim.name for found in entries if found.claim.checkable
        and claim_review(found, report)["itemReviewed"]["author"]["name"] == "AzerNews"
    }  # fmt: skip
    # What stands outside quotation marks and is not reported as said.
    assert theirs == {"interview", "slogan", "eight-priorities"}


def test_a_first_appearance_is_older_than_the_article_and_is_not_the_article(real):
    report, entries = real
    known = [found for found in entries if found.claim.first]
    assert known
    for found in known:
        first = claim_review(found, report)["itemReviewed"]["firstAppearance"]
        assert first["datePublished"] < report.date.isoformat()
        assert found.claim.first != sources.ARTICLE


@pytest.mark.parametrize(
    ("base", "address"),
    [("https://example.org/book/", "https://example.org/book/chapters/v.html#claim-sum"),
     ("", None)],
)  # fmt: skip
def test_text_that_looks_like_a_script_cannot_end_the_page(base, address):
    from publishing.sphinx import verdicts

    described = {"claimReviewed": "</script><b>", "author": {"name": "X"}}
    raw = verdicts.review(described, base, "chapters/v.html#claim-sum").astext()
    assert raw.count("</") == 1
    found = json.loads(raw[35:-9])
    assert found["claimReviewed"] == "</script><b>"
    # Who reviews has the book's own address, once there is one.
    assert found["author"].get("url", "") == base
    assert found.get("url") == address


# --- the page on the project ----------------------------------------------------------------------


def test_corrections_say_where_what_and_why():
    rows = tables.read("corrections")
    table = ledger.corrections(rows)
    assert table.columns == ("Where and when", "It said", "It says", "Why", "Source")
    assert len(table.rows) == len(rows)
    assert (rows["was"] != rows["is"]).all()


#: What each place of a correction shows, as its executed chapter has it.
SHOWN = {
    "Verdicts, the count of ratings": "Of the 16 that can be checked, seven are supported",
    "Verdicts, “More than 80 events”": "Six sources from three publishers, five different texts",
    "Verdicts, “vital” and “neighbors”": "Azerbaijan faces it across the Caspian Sea",
    "Verdicts, interest of the entire community": "None says how the interest of an entire",
    "Verdicts, interest beyond the members": "We found nobody outside the member states",
    "Verdicts, the Altai concept": "**Position** · Kassym-Jomart Tokayev in AzerNews",
    "Verdicts, opinions and intents": "**Opinion** · Kassym-Jomart Tokayev in AzerNews",
    "Trade, totals of 2024": "$25.0 billion in 2024, our estimate; counted twice, $50.1 billion",
    "Trade, the decade": "1.75 to 2.18 times that of 2014",
    "Trade, what the amount is": "It is probably an earlier figure, $42 billion for 2023, carried",
    "Trade, the single count with observers": "once with two observers, $33.7 billion",
    "Trade, the members' own reports": "add up to $43.5 billion (41.4 to 48.9 billion)",
    "Trade, the five in 2023": "matrix of all flows gives $29.4 billion, not $27.8 billion",
    "Trade, the Secretary General's share": "his share does not show how it was counted",
    "Trade, Kazakhstan's figures": "figures fit a single count of the five",
    "Routes, prices": "Two indices of January 2026, in points",
    "Routes, the counts of cargo": "is cargo through the Kazakh and Azerbaijani seaports",
    "Routes, containers on the Caspian": "all carriers moved about 63 thousand TEU, our estimate",
    "Routes, what binds": "if 75% of what the port of Aktau can handle both ways",
    "Routes, railways compared": "6 million t a year for this route. Georgia's main line can take",
    "Routes, whose track it is": "Members own the track on 81% of the way",
    "Routes, value of the days saved": "for goods of $50,000 the middle is $675 a day",
    "Routes, Southern via Iran": "| Southern via Iran",
    "Routes, the fleet on the Caspian": "How many went west is not published. If half did",
    "Routes, who carries the line": "Kazakhstan and Azerbaijan carry the main line and Türkiye the",
    "Routes, the growth of 2024": "the ministry's count rose 62%, the association's about 20%",
    "Routes, journey times": "hold the result against every journey and average that we found",
    "Priorities, Reforms": "Regulations on Permanent Representatives adopted (6 November 2024)",
    "Priorities, when a change is clear": "If nothing had changed at all, chance alone",
    "Priorities, Trust": "| Trust ⁵ | Not in the excerpts read |",
    "Priorities, who took the words up": "the declarations of Astana, Karabakh and Bishkek among",
    "Priorities, Mediation": "were hosted as good offices",
    "Priorities, the forum on the Altai": "First conference, 8 and 9 October, in the Altai",
    "Verdicts, special attention": "at least as many in transport and culture, so “special” goes",
    "Verdicts, concrete results": "16 acts of the chairmanship, in five fields, went beyond",
    "Context, the stated population": "The five had 158.3 million people in 2023, just under",
    "Context, one statement made twice": "they hold 54 of the 213 words that the article quotes",
}
#: Said to programs alone: see the tests of reviews.
UNSEEN = {"Verdicts, data for catalogues of fact-checks"}


def words_of(chapter):
    """Give what a chapter and its page of evidence show, in one line, links as their words."""
    texts = []
    for path in sorted((ROOT / "chapters").glob(f"{chapter.lower()}*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            shown = [out.data.get("text/markdown", "") for out in cell.get("outputs", [])]
            texts += [cell.source] if cell.cell_type == "markdown" else shown
    linked = re.sub(r"\[([^\]]*)\]\([^)\s]*(?: \"[^\"]*\")?\)", r"\1", " ".join(texts))
    return " ".join(linked.replace("\\$", "$").split())


def test_what_was_corrected_stands_in_its_place_as_it_is_said_to():
    places = set(tables.read("corrections")["place"])
    assert places == SHOWN.keys() | UNSEEN
    text = {chapter: words_of(chapter) for chapter in {it.partition(",")[0] for it in places}}
    missing = {it: said for it, said in SHOWN.items() if said not in text[it.partition(",")[0]]}
    assert not missing


@pytest.mark.parametrize("column", ["date", "place", "was", "is", "why"])
def test_a_correction_that_lacks_a_part_is_refused(copy, column):
    path = copy / "data" / "corrections.csv"
    rows = pd.read_csv(path, dtype=str)
    rows.loc[1, column] = None
    rows.to_csv(path, index=False)
    with pytest.raises(TableError) as refusal:
        tables.read("corrections", copy)
    assert str(refusal.value).startswith(
        f"data/corrections.csv, row 3, column {column}: an empty cell (allowed: "
    )


def test_open_verdicts_have_a_question_and_somebody_to_ask(real):
    _, entries = real
    asked = {row[0].text for row in ledger.questions(entries).rows}
    for found in entries:
        if found.verdict.rating in ("unverifiable", "depends on definition"):
            assert found.claim.title in asked, found.claim.name
        assert bool(found.claim.settle) == bool(found.claim.ask)
    assert {row[-1] for row in ledger.questions(entries).rows} == {"Not asked"}


def test_the_ledger_prints_for_people_and_for_programs(capsys):
    assert main(["claims", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    report = article.read()
    assert len(found) == len(claims.CLAIMS)
    for one in found:
        assert report.text[one["start"] : one["end"]] == one["quotation"]
        assert one["rating"] in claims.RATINGS
        assert 1 <= one["texts"] <= len(one["sources"])
        assert 1 <= one["publishers"] <= len(one["sources"])
