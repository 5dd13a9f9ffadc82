"""The article is read to the letter, and what is no article is refused."""

import hashlib
import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis import article
from analysis.errors import ArticleError
from analysis.project import ROOT

SEED = ROOT / "seeds" / "azernews-2025-01-04.txt"
REPORTS = Path(__file__).parent / "reports"
#: Written by hand, from reading each report.
EXPECTED = json.loads((REPORTS / "expected.json").read_text(encoding="utf-8"))


def speech_of(report):
    return [
        (
            q.kind,
            q.speaker and q.speaker.of(report.text),
            q.verb and q.verb.of(report.text),
            q.span.of(report.text),
        )
        for q in report.speech
    ]


def amounts_of(report):
    return [
        (
            a.span.of(report.text),
            a.kind,
            a.value,
            a.unit,
            a.comparator,
            a.of and a.of.of(report.text),
        )
        for a in report.amounts
    ]


def names_of(report):
    return [(n.span.of(report.text), n.kind, n.canonical) for n in report.names]


def notes_of(report):
    return [(n.span.of(report.text), n.why) for n in report.notes]


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


# --- what the article says, counted by reading it -------------------------------------------------


def test_each_quotation_of_the_article_has_its_speaker(report):
    found = [
        (kind, who, verb, words[:12], words[-12:]) for kind, who, verb, words in speech_of(report)
    ]
    president = "Kazakh President Kassym-Jomart Tokayev"
    assert found == [
        ("reported", president, "stated", "The member c", "nd neighbors"),
        ("direct", "Tokayev", "emphasized", "During our c", "er together,"),
        ("reported", "The Kazakh President", "noted", "the signific", " past decade"),
        ("direct", "he", "said", "Over the pas", "$45 billion,"),
        ("reported", "Tokayev", "underlined", "the role of ", "nsport Route"),
        ("direct", "he", "noted", "Our countrie", "italization,"),
        ("reported", "Tokayev", "reflected on", "Kazakhstan's", ", and Energy"),
        ("direct", "he", "said", "These priori", " the Turks,'"),
        ("reported", "The President", "affirmed", "Kazakhstan's", "cal heritage"),
        ("direct", "The President", "stating", "Our country ", "al heritage."),
    ]


def test_a_pronoun_is_read_as_the_speaker_named_before_it(report):
    named = [q.named.of(report.text) for q in report.speech if q.speaker.of(report.text) == "he"]
    assert named == ["The Kazakh President", "Tokayev", "Tokayev"]


def test_the_article_holds_eight_amounts(report):
    assert amounts_of(report) == [
        ("more than 80", "count", 80, "", "more than", "events"),
        ("5th", "ordinal", 5, "", "", "World Nomad Games"),
        ("in 2021", "year", 2021, "year", "in", None),
        ("over the past decade", "period", 10, "years", "past", None),
        ("Over the past 10 years", "period", 10, "years", "past", None),
        ("in 2024", "year", 2024, "year", "in", None),
        ("exceeded $45 billion", "money", 45_000_000_000, "USD", "more than", None),
        ("eight", "count", 8, "", "", "priorities"),
    ]


def test_the_article_holds_fifteen_names_and_two_adjectives(report):
    kazakh = ("Kazakh", "adjective", "Kazakhstan")
    ots = ("OTS", "body", "Organization of Turkic States")
    route = "Trans-Caspian International Transport Route"
    kazakhstan = ("Kazakhstan", "member", "Kazakhstan")
    assert names_of(report) == [
        ("Organization of Turkic States", "body", "Organization of Turkic States"),
        ots,
        kazakh,
        ("World Nomad Games", "event", "World Nomad Games"),
        ("Astana", "place", "Astana"),
        ("Turkestan", "place", "Turkistan"),
        kazakh,
        *[ots] * 3,
        *[(route, "route", route)] * 2,
        kazakhstan,
        *[ots] * 2,
        *[kazakhstan] * 2,
    ]


def test_nothing_in_the_article_is_left_unread(report):
    assert report.notes == ()


# --- other house styles ---------------------------------------------------------------------------


@pytest.fixture(scope="module", params=sorted(EXPECTED))
def style(request):
    return article.read(REPORTS / f"{request.param}.txt", described=False), EXPECTED[request.param]


def test_every_report_has_its_expectations():
    assert {path.stem for path in REPORTS.glob("*.txt")} == set(EXPECTED)


def test_another_house_is_dated_and_parted(style):
    found, expected = style
    assert found.date.isoformat() == expected["date"]
    assert (found.byline and found.byline.of(found.text)) == expected["byline"]
    assert len(found.sentences) == expected["sentences"]


@pytest.mark.parametrize(
    ("part", "listed"),
    [("speech", speech_of), ("amounts", amounts_of), ("names", names_of), ("notes", notes_of)],
)
def test_another_house_is_read_as_by_hand(style, part, listed):
    found, expected = style
    assert listed(found) == [tuple(row) for row in expected[part]]


def test_a_quotation_over_three_paragraphs_is_one_with_three_parts():
    found = article.read(REPORTS / "over-paragraphs.txt", described=False)
    (quotation,) = [q for q in found.speech if q.kind == "direct"]
    assert [part.of(found.text)[:10] for part in quotation.parts] == [
        "Our states",
        "The second",
        "We will fi",
    ]
    # Each part stands in a paragraph of its own, so it can be quoted exactly.
    assert [found.paragraph_of(part) for part in found.quotations] == [2, 3, 4]
    assert quotation.named.of(found.text) == "President Sadyr Ibraimov"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("cost $40 to $45 billion", [("$40", 4e10, "USD"), ("$45 billion", 4.5e10, "USD")]),
        ("grew from 800 to 2 million", [("800", 800, ""), ("2 million", 2_000_000, "")]),
        ("earned 3 trillion tenge", [("3 trillion tenge", 3e12, "KZT")]),
        ("paid two hundred million euros", [("two hundred million euros", 2e8, "EUR")]),
        ("fell by −1.5%", [("−1.5%", -1.5, "%")]),
        ("the 2023/24 season", [("2023/24", "2023/24", "year")]),
        ("met on Nov. 6", [("Nov. 6", "--11-06", "")]),
        ("no fewer than a dozen ports", [("no fewer than a dozen", 12, "")]),
        ("COVID-19 and the G20", []),
        ("one of them, no one else", []),
        ("at 12:30", []),
        (
            "met from 8 to 13 September 2024",
            [("8 to 13 September 2024", "2024-09-08/2024-09-13", "")],
        ),
        ("took 10 to 15 days", [("10", 10, "days"), ("15 days", 15, "days")]),
        ("grew 10 to 15 percent", [("10", 10, "%"), ("15 percent", 15, "%")]),
        ("held the XIV summit", [("XIV", 14, "")]),
        ("saw Nicholas II leave", []),
        ("marked the thirtieth year", [("thirtieth", 30, "")]),
        ("rose threefold", [("threefold", 3, "times")]),
        ("moved 20 two-way lanes", [("20", 20, "")]),
        ("paid R$5", []),
        ("are worth 450 million people in Baku", [("450 million", 450_000_000, "")]),
        ("rang 7-495-123-45", []),
        ("the " + "9" * 5000, []),
    ],
)
def test_a_number_is_read_with_its_scale_and_unit(words, expected):
    found = article.parse(f"date 2025-01-04 (X) They {words}.")
    assert [(a.span.of(found.text), a.value, a.unit) for a in found.amounts] == expected


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("ASTANA, January 4, 2025 (Agency) -- ", "2025-01-04"),
        ("ASTANA, Kazakhstan (Agency), 4 Jan 2025 – ", "2025-01-04"),
        ("4 January 2025\n\n", "2025-01-04"),
        ("date 2025-01-04 ", "2025-01-04"),
        ("\ufeffdate 2025-01-04\r\n\r\n", "2025-01-04"),
        ("A headline\n\nBY A. WRITER\n\nBaku, 04.01.2025 /Agency/ ", "2025-01-04"),
        ("BAKU, Azerbaijan, January 4, 2025. ", "2025-01-04"),
        ("ASTANA. January 4, 2025. AGENCY – ", "2025-01-04"),
        ("ASTANA, January 4, 2025 /AGENCY/. ", "2025-01-04"),
    ],
)
def test_a_dateline_may_be_in_many_styles(opening, day):
    found = article.parse(opening + "Trade grew.")
    assert found.date.isoformat() == day
    assert [span.of(found.text) for span in found.sentences] == ["Trade grew."]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("4 January 2025 was a cold day in Astana.", "no dateline"),
        ("ASTANA, 31 February 2025 (Agency) — Trade grew.", "31 February 2025 is no date"),
        ("ASTANA, 4 January 2025 (Agency) —  \n", "nothing after the dateline"),
        ("It was said before. More.\n\ndate 2025-01-04 (X) Trade grew.", "no dateline"),
    ],
)
def test_what_only_looks_like_a_dateline_is_refused(text, message):
    with pytest.raises(ArticleError, match=message):
        article.parse(text)


@pytest.mark.parametrize("opening", ["ALMATY, Jan 4 (Agency) - ", "BAKU, January 4. ", "4 Jan – "])
def test_a_dateline_without_a_year_takes_it_from_the_description(opening):
    about = {"date": "2025-01-04"}
    assert article.parse(opening + "Trade grew.", about).date.isoformat() == "2025-01-04"
    with pytest.raises(ArticleError, match="names no year"):
        article.parse(opening + "Trade grew.")
    with pytest.raises(ArticleError, match="allowed: 2025-02-04"):
        article.parse(opening + "Trade grew.", {"date": "2025-02-04"})


def test_a_quotation_goes_on_where_a_line_opens_with_its_mark_again():
    found = article.parse("date 2025-01-04 (X) “It grew.\n“It grew again,” Omar said.")
    (quotation,) = found.speech
    assert [part.of(found.text) for part in quotation.parts] == ["It grew.", "It grew again,"]


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("“We will see it done,” Omar on Monday said.", "Omar"),
        ("“We will see it done,” Omar, speaking in Baku, said.", "Omar"),
        ("“We will see it done,” the agency quoted Omar as saying.", "Omar"),
        ("Omar: “We will see it done.”", "Omar"),
        ("Trade grew, people close to the ministry said.", "people close to the ministry"),
        ("Trade grew, Omar told the Weekly on Monday.", "Omar"),
    ],
)
def test_a_speaker_is_found_where_newswires_put_him(words, speaker):
    found = article.parse("date 2025-01-04 (X) " + words)
    (quotation,) = found.speech
    assert quotation.speaker.of(found.text) == speaker
    assert quotation.span.of(found.text).rstrip(",.") in ("We will see it done", "Trade grew")


@pytest.mark.parametrize(
    "words", ["Omar said this at a briefing.", "He signed the Law “On the Common Transport Area”."]
)
def test_words_that_say_nothing_themselves_are_no_speech(words):
    assert article.parse("date 2025-01-04 (X) " + words).speech == ()


def test_what_the_reporter_says_himself_is_given_to_nobody_before():
    found = article.parse("date 2025-01-04 (X) Omar said trade grew. We said that it fell.")
    assert [q.named and q.named.of(found.text) for q in found.speech] == ["Omar", None]


def test_a_report_without_a_description_can_be_read(tmp_path):
    path = tmp_path / "other.txt"
    path.write_text("date 2025-01-04 (X) Trade grew.", encoding="utf-8")
    assert article.read(path, described=False).about == {}
    with pytest.raises(ArticleError, match="description is missing"):
        article.read(path)
    with pytest.raises(ArticleError, match=r"other2.txt: the article is missing"):
        article.read(tmp_path / "other2.txt", described=False)
    with pytest.raises(ArticleError, match="cannot be read"):
        article.read(tmp_path, described=False)


def test_the_outline_fits_a_terminal(report):
    lines = article.outline(report).splitlines()
    assert lines[0] == "Date 2025-01-04: 6 paragraphs, 15 sentences"
    assert [line for line in lines if line.endswith(")") and not line.startswith(" ")] == [
        "Speech (10)",
        "Amounts (8)",
        "Names (17)",
        "Notes (0)",
    ]
    assert max(map(len, lines)) < 140


def test_more_groups_than_a_number_has_are_no_one_number():
    """A thousand groups of three digits end, and none of them is taken for the whole."""
    found = article.parse("date 2025-01-04 " + "123 456 " * 1000)
    assert len(found.amounts) + len(found.notes) >= 1000 / 3
    assert max(amount.value for amount in found.amounts if amount.kind == "count") < 1e18


def test_a_pipe_that_closes_early_is_no_error(tmp_path):
    path = tmp_path / "long.txt"
    path.write_text("date 2025-01-04 " + "Trade grew 5% to $4 billion. " * 9000, encoding="utf-8")
    command = [sys.executable, "-m", "analysis", "article", str(path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as reading:
        assert reading.stdout.read(4) == b"Date"
        reading.stdout.close()
        assert reading.stderr.read() == b""
    assert reading.returncode == 0


# --- any text at all ------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *"“”„‘’«»\"'.,:;!?()[]<>&-–—$€₸%\n\r\t ",
        *("\n\n", "\r\n\r\n", "\u00a0", "\u2028", "\ufeff", "\0", "<p>", "</p>", "&quot;"),
        *("he said", "Omar, the minister, said", "stating,", "according to", "told", "“A,” "),
        *("$45 billion", "more than 80", "over the past 10 years", "5th", "1,234.5", "2024", "US$"),
        *("XI summit", "11 a.m.", "1-3 April", "No. 5", "’24", "mid-2024", "3½", "\n“", "titled “"),
        *("on Monday said", "quoted him as saying", "people close to the ", "Omar: “", " – in "),
        *("half a", "decade", "twenty-", "one", "hundred and", "45 млрд", "٤٥", "4 January", "May"),
        *(
            "Organization of Turkic States",
            "Trans-Caspian",
            "Turkey",
            "TÜRKİYE",
            "OTS",
            "K. ",
            "U.S.",
        ),
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=200))
OPENINGS = st.sampled_from(["date 2025-01-04 ", "ASTANA, 4 January 2025 (A) — ", "By A\ndate "])


@settings(deadline=None, max_examples=150, database=None)
@given(OPENINGS, TEXTS)
@example("date 2025-01-04 ", "according to’")  # a mark where a speaker should stand
def test_any_text_is_read_or_refused(opening, body):
    text = opening + body
    try:
        found = article.parse(text)
    except ArticleError:
        return
    items = (*found.speech, *found.amounts, *found.names, *found.notes)
    further = [s for q in found.speech for s in (q.speaker, q.verb, q.named, *q.parts) if s]
    further += [a.of for a in found.amounts if a.of]
    spans = [item.span for item in items] + further + list(found.sentences)
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert span.of(text).strip()
    groups = {
        "direct": [q.span for q in found.speech if q.kind == "direct"],
        "reported": [q.span for q in found.speech if q.kind == "reported"],
        "quotations": found.quotations,
        "amounts": [a.span for a in found.amounts],
        "names": [n.span for n in found.names],
        "sentences": found.sentences,
        "paragraphs": found.paragraphs,
    }
    for kind, group in groups.items():
        for before, after in itertools.pairwise(group):
            assert before.end <= after.start, kind
    for sentence in found.sentences:
        assert any(paragraph.holds(sentence) for paragraph in found.paragraphs)
    sentences = "".join("".join(span.of(text).split()) for span in found.sentences)
    assert sentences == "".join(text[found.dateline.end :].split())
    assert article.outline(found)


@settings(deadline=None, max_examples=150, database=None)
@given(TEXTS)
def test_any_beginning_is_read_or_refused(text):
    try:
        assert article.parse(text).sentences
    except ArticleError:
        return
