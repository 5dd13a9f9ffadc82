"""What readers and programs are shown of the ledger."""

import json

import pytest

from analysis import article, claims
from analysis.__main__ import main
from analysis.chapter.ledger import Annotated, Ledger, claim_review, record
from analysis.claims.forms import Claim, Dependence, Earlier, Entry, Verdict
from analysis.errors import ClaimError

TEXT = "date 2025-01-04 (X) Trade grew. “It exceeded $45 billion by any count,” he said."


def entry(report, name, quotation, rating="supported", **more):
    verdict = Verdict(rating, "Seen 1 time.", ("imf2022",), **more)
    claim = Claim(name, name.title(), quotation, "trend", "fig-trade-path", lambda *_: verdict)
    span = report.find(quotation)
    return Entry(claim, span, report.paragraph_of(span), verdict, 1)


@pytest.fixture
def report():
    return article.parse(TEXT)


@pytest.fixture(scope="module")
def real():
    found = article.read()
    return found, claims.ledger(found)


def test_the_annotated_article_is_the_article_to_the_letter(real):
    report, entries = real
    pieces = Annotated(report, entries).pieces()
    for paragraph, parts in zip(report.paragraphs, pieces, strict=True):
        assert "".join(words for words, _ in parts) == paragraph.of(report.text)
    marked = [e for parts in pieces for _, e in parts if e is not None]
    assert marked == list(entries)


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
        depends=(Dependence("the count", "twice: 50", "45 billion"),),
        earlier=(Earlier("2024-11-06", "the speaker, in Bishkek", "more than 45", ("apa2024",)),),
    )  # fmt: skip
    text = Ledger([one]).text()
    assert "Depends on the count: twice: 50. The rating would change with 45 billion." in text
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
        {"on": "the count", "otherwise": "twice: 50", "changes_with": "45 billion"}
    ]
    assert record(one)["sources"] == [{"key": "imf2022", "grade": "A"}]


#: schema.org/ClaimReview, and the properties of the things inside it, as published.
PROPERTIES = {
    "ClaimReview": {
        "url", "claimReviewed", "author", "reviewBody", "reviewRating", "itemReviewed",
        "datePublished",
    },
    "Rating": {"alternateName", "ratingValue", "bestRating", "worstRating"},
    "Claim": {"author", "datePublished", "appearance"},
    "NewsArticle": {"headline", "url", "datePublished", "publisher"},
    "Person": {"name"},
    "Organization": {"name"},
}  # fmt: skip


def visit(thing):
    if isinstance(thing, dict):
        yield thing
        for value in thing.values():
            yield from visit(value)


def test_claim_reviews_use_published_properties_and_leave_none_empty(real):
    report, entries = real
    for found in entries:
        review = claim_review(found, report)
        assert review["@context"] == "https://schema.org"
        for thing in visit(review):
            extra = set(thing) - PROPERTIES[thing["@type"]] - {"@type", "@context"}
            assert not extra
            assert all(value != "" for value in thing.values())


def test_only_degrees_of_truth_have_a_number(report):
    for rating, value in (("supported", 4), ("contradicted", 1), ("unverifiable", None)):
        found = entry(report, "sum", "exceeded $45 billion", rating)
        about = article.read().about
        review = claim_review(found, article.parse(TEXT, about))
        assert review["reviewRating"]["alternateName"] == rating
        assert review["reviewRating"].get("ratingValue") == value


def test_text_that_looks_like_a_script_cannot_end_the_page(report):
    from publishing.sphinx import pages

    class Data:
        content = {  # noqa: RUF012
            "reviews": [{"claimReviewed": "</script><b>", "url": "verdicts.html#claim-sum"}],
            "groups": [],
        }
        line = 0

    class Renderer:
        class renderer:
            class sphinx_env:
                docname = "chapters/verdicts"

                class config:
                    html_baseurl = "https://example.org/book/"

    (raw,) = pages._ledger(Renderer, Data)
    assert raw.astext().count("</") == 1
    (review,) = json.loads(raw.astext()[35:-9].replace("<\\/", "</"))
    # Where the book's address is known, a review has the whole of its own.
    assert review["url"] == "https://example.org/book/chapters/verdicts.html#claim-sum"


def test_the_ledger_prints_for_people_and_for_programs(capsys):
    assert main(["claims", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    report = article.read()
    assert len(found) == len(claims.CLAIMS)
    for one in found:
        assert report.text[one["start"] : one["end"]] == one["quotation"]
        assert one["rating"] in claims.RATINGS
        assert 1 <= one["independent"] <= len(one["sources"])
