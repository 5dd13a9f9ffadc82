"""The article is read to the letter, and what is no article is refused."""

import hashlib

import pytest

from analysis import article
from analysis.errors import ArticleError
from analysis.places import ROOT

SEED = ROOT / "seeds" / "azernews-2025-01-04.txt"


@pytest.fixture(scope="module")
def report():
    return article.read()


def test_the_seed_is_the_article_byte_for_byte():
    digest = hashlib.sha256(SEED.read_bytes()).hexdigest()
    assert digest == "cd78c117a75c7c9ded28815a177b73dcf1b4120747ea6e89fdfa5b39c5d577c7"


def test_the_text_is_the_file(report):
    assert report.text.encode() == SEED.read_bytes()


def test_it_has_six_paragraphs_fifteen_sentences_and_five_quotations(report):
    # Counted by reading the article.
    assert len(report.paragraphs) == 6
    assert len(report.sentences) == 15
    assert len(report.quotations) == 5


def test_it_is_dated_4_january_2025(report):
    assert report.date.isoformat() == "2025-01-04"


def test_sentences_tile_the_paragraphs_but_for_spaces(report):
    joined = "".join(span.of(report.text) for span in report.sentences)
    whole = "".join(span.of(report.text) for span in report.paragraphs)
    assert joined.replace(" ", "") == whole.replace(" ", "")
    for before, after in zip(report.sentences, report.sentences[1:], strict=False):
        assert before.end <= after.start


def test_a_sentence_may_end_inside_a_quotation_without_a_space_after_it(report):
    # "...over the past decade.“Over the past 10 years" has no space at the quirk.
    starts = [span.of(report.text)[:9] for span in report.sentences]
    assert "“Over the" in starts


def test_an_exclamation_mark_in_a_name_ends_no_sentence(report):
    (slogan,) = [s.of(report.text) for s in report.sentences if "TURKTIME!" in s.of(report.text)]
    assert slogan.endswith("and Energy.")


def test_a_quotation_is_found_with_its_paragraph(report):
    span = report.find("exceeded $45 billion")
    assert span.of(report.text) == "exceeded $45 billion"
    assert report.paragraph_of(span) == 3


@pytest.mark.parametrize(
    ("words", "message"),
    [("", "empty"), ("exceeded $46 billion", "0 times"), ("Tokayev", "times")],
)
def test_words_that_are_not_there_exactly_once_are_refused(report, words, message):
    with pytest.raises(ArticleError, match=message):
        report.find(words)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the article is empty"),
        (b"\xff\xfe text", "is not UTF-8"),
        (b"No dateline here. Only words.", "no dateline"),
        (b"date 2025-13-04 (X) Words.", "is no date"),
        (b"date 2025-01-05 (X) Words.", "allowed: 2025-01-04"),
        (b"date 2025-01-04 ", "no dateline|nothing after"),
    ],
)
def test_what_is_no_article_is_refused_with_its_file(copy, content, message):
    path = copy / "seeds" / SEED.name
    path.write_bytes(content)
    with pytest.raises(ArticleError, match=message) as refusal:
        article.read(path)
    assert str(refusal.value).startswith(f"seeds/{SEED.name}")


def test_a_missing_article_is_refused(copy):
    path = copy / "seeds" / SEED.name
    path.unlink()
    with pytest.raises(ArticleError, match="the article is missing"):
        article.read(path)


def test_a_description_without_an_address_is_refused(copy):
    beside = (copy / "seeds" / SEED.name).with_suffix(".toml")
    text = beside.read_text(encoding="utf-8")
    beside.write_text(text.replace("address =", "adress ="), encoding="utf-8")
    with pytest.raises(ArticleError, match="no address"):
        article.read(copy / "seeds" / SEED.name)
