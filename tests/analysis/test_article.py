"""The article is read to the letter, and what is no article is refused."""

import hashlib

import pytest

from analysis import article
from analysis.errors import ArticleError, BookError
from analysis.project import ROOT
from analysis.seeds import book

SEED = ROOT / "seeds" / "azernews-2025-01-04.txt"


def sentences(text, about=None):
    found = article.parse(text, about)
    return [span.of(found.text) for span in found.sentences]


def test_the_text_is_the_article_byte_for_byte(report):
    assert report.text.encode() == SEED.read_bytes()
    digest = hashlib.sha256(SEED.read_bytes()).hexdigest()
    assert digest == "cd78c117a75c7c9ded28815a177b73dcf1b4120747ea6e89fdfa5b39c5d577c7"


def test_it_is_of_4_january_2025_and_has_six_paragraphs_and_fifteen_sentences(report):
    # Counted by reading the article.
    assert report.date.isoformat() == "2025-01-04"
    assert (len(report.paragraphs), len(report.sentences)) == (6, 15)


def test_sentences_tile_the_paragraphs_but_for_spaces(report):
    joined = "".join(span.of(report.text) for span in report.sentences)
    whole = "".join(span.of(report.text) for span in report.paragraphs)
    assert joined.replace(" ", "") == whole.replace(" ", "")
    for before, after in zip(report.sentences, report.sentences[1:], strict=False):
        assert before.end <= after.start


def test_sentences_end_where_a_reader_ends_them(report):
    found = [span.of(report.text) for span in report.sentences]
    # "...over the past decade.“Over the past 10 years" has no space at the quirk.
    assert any(text.startswith("“Over the past 10 years") for text in found)
    # An exclamation mark in a name ends none.
    (slogan,) = [text for text in found if "TURKTIME!" in text]
    assert slogan.endswith("and Energy.")
    for text, count in (
        ("Trade grew. It doubled.", 2), ("He met Dr. Omar on Nov. 6 in U.S. Steel.", 1),
        ("See No. 4 of it. No. It fell.", 3), ("Trade grew (by 3%). “So it did.” He left.", 3),
        ("He said 'it grew.' Then he left.", 2), ("It rose 1.2 times. in part", 1),
    ):  # fmt: skip
        assert len(sentences(f"date 2025-01-04 {text}")) == count, text


def test_paragraphs_are_apart_by_an_empty_line_whatever_ends_a_line():
    for end in ("\n", "\r\n", "\r"):
        text = f"\ufeffdate 2025-01-04{end}{end}One{end}two{end} {end}{end}three {end}"
        found = article.parse(text)
        assert [span.of(text) for span in found.paragraphs] == [f"One{end}two", "three"]


def test_a_quotation_is_found_with_its_paragraph(report):
    span = report.find("exceeded $45 billion")
    assert span.of(report.text) == "exceeded $45 billion"
    assert report.paragraph_of(span) == 3
    with pytest.raises(ArticleError, match="position 1 lies in no paragraph"):
        report.paragraph_of(article.Span(1, 3))


@pytest.mark.parametrize(
    ("words", "message"),
    [(" ", "empty"), ("exceeded $46 billion", "0 times"), ("Tokayev", "4 times")],
)
def test_words_that_are_not_there_exactly_once_are_refused(report, words, message):
    with pytest.raises(ArticleError, match=message):
        report.find(words)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the article is empty"),
        (b"\xff\xfe text", "is not UTF-8"),
        (b"No dateline here. Only words.", "no dateline in 'No dateline here"),
        (b"It was said before.\n\ndate 2025-01-04 (X) Trade grew.", "no dateline"),
        (b"date 2025-13-04 (X) Words.", "2025-13-04 is no date"),
        (b"date 2025-01-05 (X) Words.", "allowed: 2025-01-04, as its .toml says"),
        (b"date 2025-01-04 ", "nothing after the dateline"),
    ],
)
def test_what_is_no_article_is_refused_with_its_file(copy, content, message):
    path = copy / "seeds" / SEED.name
    path.write_bytes(content)
    with pytest.raises(ArticleError, match=message) as refusal:
        article.read(path)
    assert str(refusal.value).startswith(f"seeds/{SEED.name}")


def test_an_article_that_is_not_there_is_refused(copy):
    with pytest.raises(ArticleError, match="seeds: the article cannot be read"):
        article.read(copy / "seeds")
    path = copy / "seeds" / SEED.name
    path.unlink()
    with pytest.raises(ArticleError, match="the article is missing"):
        article.read(path)


@pytest.mark.parametrize(
    ("was", "now", "message"),
    [
        ("address =", "adress =", "no address"),
        ('outlet = "AzerNews"', 'outlet = " "', "no outlet .allowed: outlet = some text"),
        ("outlet =", "outlet", "allowed: TOML"),
    ],
)
def test_a_description_that_lacks_something_is_refused(copy, was, now, message):
    beside = (copy / "seeds" / SEED.name).with_suffix(".toml")
    beside.write_text(beside.read_text("utf-8").replace(was, now), encoding="utf-8")
    with pytest.raises(ArticleError, match=message) as refusal:
        article.read(copy / "seeds" / SEED.name)
    assert str(refusal.value).startswith(f"seeds/{beside.name}: ")
    beside.unlink()
    with pytest.raises(ArticleError, match="description is missing"):
        article.read(copy / "seeds" / SEED.name)


@pytest.mark.parametrize(
    "dateline",
    [
        "ASTANA, January 4, 2025 (Agency) -- ", "4 January 2025\n\n", "ALMATY, Jan 4 (Agency) - ",
        "Baku, 04.01.2025 /Agency/ ", "ASTANA. January 4. AGENCY – ",
    ],
)  # fmt: skip
def test_a_dateline_in_another_style_is_quoted_and_held_against_the_date(dateline):
    about = {"dateline": dateline, "date": "2025-01-04"}
    assert sentences(dateline + "Trade grew.", about) == ["Trade grew."]
    for date in ("2025-01-05", "2025-02-04"):
        with pytest.raises(ArticleError, match=f"allowed: {date}, as its .toml says"):
            article.parse(dateline + "Trade grew.", about | {"date": date})
    with pytest.raises(ArticleError, match="no dateline"):
        article.parse("Trade grew.", about)
    with pytest.raises(ArticleError, match="soon is no date"):
        article.parse(dateline + "Trade grew.", about | {"date": "soon"})


def test_a_long_text_is_read_in_a_time_that_grows_as_the_text_does():
    # Looking ahead for the empty line took 40 s on 50,000 carriage returns.
    assert len(article.parse("date 2025-01-04 x" + "\r" * 200_000 + "y").paragraphs) == 2
    assert len(sentences("date 2025-01-04 " + "No. " * 50_000)) > 1


# --- the facts of the book ------------------------------------------------------------------------


def test_the_book_names_an_article_that_is_there_and_its_source(copy):
    facts = book(copy)
    assert (facts.article, facts.source) == ("azernews-2025-01-04", "tokayev2025ana")
    assert article.read(copy / "seeds" / f"{facts.article}.txt").about["outlet"] == "AzerNews"


@pytest.mark.parametrize(
    ("was", "now", "message"),
    [
        ("source =", "sauce =", "seeds/book.toml: no source .allowed: source = some text"),
        ("question =", 'colour = "red"\nquestion =', "unknown 'colour' .allowed: article, source"),
        ("source =", "source", "seeds/book.toml: .* .allowed: TOML"),
    ],
)
def test_facts_that_are_not_those_of_a_book_are_refused(copy, was, now, message):
    path = copy / "seeds" / "book.toml"
    path.write_text(path.read_text("utf-8").replace(was, now), encoding="utf-8")
    with pytest.raises(BookError, match=message):
        book(copy)
    path.unlink()
    with pytest.raises(BookError, match=r"seeds/book.toml: the file is missing"):
        book(copy)
