"""The article: its text, cut into paragraphs and sentences, and what is known of it.

Spans are half-open character ranges into the text as it stands, quirks included, so
``text[start:end]`` gives every part back to the letter. Outlet, agency, title and date stand in the
``.toml`` beside the text; of the text itself only its dateline is held against them.
"""

import datetime
import re
from dataclasses import dataclass, field
from pathlib import Path

from . import seeds
from .errors import ArticleError
from .project import ROOT

_FIELDS = ("outlet", "agency", "date", "address", "title")
_PLAIN_DATELINE = re.compile(r"date ([0-9]{4}-[0-9]{2}-[0-9]{2})(?=\s)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|$)")
_STOP = re.compile(r"[.!?…]+")
_LAST_WORD = re.compile(r"(?:^|[^\w.])([^\W\d_][\w.]{0,10})$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_ABBREVIATION = re.compile(
    "(?:mr|mrs|ms|dr|prof|gen|col|sen|gov|rep|st|no|nos|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov"
    "|dec|vs|inc|ltd|co|corp|jr|sr|approx|est|fig|dept|etc|rev|hon)",
    re.IGNORECASE,
)
_CLOSERS, _STRAIGHT, _OPENERS = "”’»)]", "\"'", "“„«‘([\"'"


@dataclass(frozen=True)
class Span:
    """A part of the text, ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Give the part itself."""
        return text[self.start : self.end]


@dataclass(frozen=True)
class Article:
    """One news report.

    Attributes
    ----------
    text : str
        The file's text as it stands.
    date : datetime.date
        The day that its dateline names.
    paragraphs, sentences : tuple of Span
        Sentences tile the paragraphs but for the space between them; the dateline stands before
        the first.
    about : dict
        What is known of it: outlet, agency, date, address, title, as in the ``.toml`` beside it.
    """

    text: str
    date: datetime.date
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    about: dict[str, str] = field(default_factory=dict)

    def find(self, quotation: str) -> Span:
        """Find an exact quotation, which must stand in the text once.

        Raises
        ------
        ArticleError
            It is empty, absent, or stands there twice.
        """
        if not quotation.strip():
            raise ArticleError("an empty quotation", allowed="words of the article")
        count = self.text.count(quotation)
        if count != 1:
            raise ArticleError(
                f"quotation {quotation[:60]!r} stands in the article {count} times",
                allowed="exactly once",
            )
        start = self.text.index(quotation)
        return Span(start, start + len(quotation))

    def paragraph_of(self, span: Span) -> int:
        """Count, from 1, the paragraph that a span starts in."""
        for number, paragraph in enumerate(self.paragraphs, 1):
            if paragraph.start <= span.start < paragraph.end:
                return number
        raise ArticleError(f"position {span.start} lies in no paragraph")


def read(path: Path | None = None) -> Article:
    """Read an article and the ``.toml`` beside it.

    Parameters
    ----------
    path : Path, optional
        A UTF-8 text file that opens with its dateline, its paragraphs apart by an empty line.
        The book's article by default.

    Raises
    ------
    ArticleError
        One of the files is missing or not UTF-8; the ``.toml`` lacks the outlet, the agency, the
        title, the date or the address; or see `parse`.
    """
    path = Path(path or ROOT / "seeds" / f"{seeds.book().article}.txt")
    where = f"seeds/{path.name}"
    try:
        # newline="" keeps the file's own line ends, so that spans fit the file to the letter.
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
    except FileNotFoundError:
        raise ArticleError("the article is missing", where=where) from None
    except OSError as error:
        why = (error.strerror or "no reason given").lower()
        raise ArticleError(f"the article cannot be read: {why}", where=where) from None
    except UnicodeDecodeError as error:
        raise ArticleError(f"byte {error.start} is not UTF-8", where=where) from None
    description = path.with_suffix(".toml")
    about = seeds.read(description, ArticleError, "the article's description is missing")
    seeds.texts(about, _FIELDS, f"seeds/{description.name}", ArticleError)
    return parse(text, about, where)


def parse(text: str, about: dict[str, str] | None = None, where: str = "article") -> Article:
    """Cut an article into paragraphs and sentences.

    Parameters
    ----------
    text : str
        It opens with ``date YYYY-MM-DD``, or with the ``dateline`` that ``about`` quotes.
    about : dict, optional
        What is known of it; nothing by default.
    where : str
        The file, for a refusal.

    Raises
    ------
    ArticleError
        The text is empty, has no dateline, one with another date, or nothing after it.

    Examples
    --------
    >>> report = parse("date 2025-01-04 (AGENCY) Trade grew. “It grew by any measure,” he said.")
    >>> [span.of(report.text) for span in report.sentences]
    ['(AGENCY) Trade grew.', '“It grew by any measure,” he said.']
    """
    if not text.strip():
        raise ArticleError("the article is empty", where=where)
    about = about or {}
    date, end = _dateline(text, about, where)
    paragraphs = _paragraphs(text, end)
    if not paragraphs:
        raise ArticleError("nothing after the dateline", where=where, allowed="a report")
    sentences = tuple(span for paragraph in paragraphs for span in _sentences(text, paragraph))
    return Article(text, date, paragraphs, sentences, about)


def _dateline(text: str, about: dict[str, str], where: str) -> tuple[datetime.date, int]:
    """Give the day that the dateline names, and where the report begins."""
    start = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    quoted = about.get("dateline", "")
    if quoted and text.startswith(quoted, start):
        date = _calendar(about.get("date", ""), where)
        if not _names(quoted, date):
            raise _other_date(quoted, about, where)
        return date, start + len(quoted)
    dated = _PLAIN_DATELINE.match(text, start)
    if quoted or dated is None:
        raise ArticleError(
            f"no dateline in {text.strip()[:30]!r}",
            where=where,
            allowed="date YYYY-MM-DD first, or the dateline = that its .toml quotes",
        )
    if about.get("date", dated[1]) != dated[1]:
        _calendar(dated[1], where)
        raise _other_date(dated[1], about, where)
    return _calendar(dated[1], where), dated.end()


def _other_date(dateline: str, about: dict[str, str], where: str) -> ArticleError:
    allowed = f"{about['date']}, as its .toml says"
    return ArticleError(f"dateline {dateline}", where=where, allowed=allowed)


def _calendar(date: str, where: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(date)
    except ValueError:
        raise ArticleError(f"{date} is no date", where=where, allowed="YYYY-MM-DD") from None


def _names(dateline: str, date: datetime.date) -> bool:
    """Tell whether a dateline names a day and its month, and no other year: many leave it out.

    Examples
    --------
    >>> day = datetime.date(2024, 3, 12)
    >>> [_names(line, day) for line in ("BAKU, 12 March 2024 —", "BAKU, Mar. 12 —", "12.03.2024")]
    [True, True, True]
    >>> [_names(line, day) for line in ("BAKU, 12 March 2023 —", "BAKU, April 12 —", "March 1")]
    [False, False, False]
    """
    numbers = {int(digits) for digits in re.findall(r"\d+", dateline)}
    month = f"{date:%b}".lower() in dateline.lower() or date.month in numbers
    return month and date.day in numbers and {n for n in numbers if n > 31} <= {date.year}


def _paragraphs(text: str, start: int) -> tuple[Span, ...]:
    r"""Part a text where a line is empty.

    Examples
    --------
    >>> [span.of("One\ntwo\r\n\r\nthree") for span in _paragraphs("One\ntwo\r\n\r\nthree", 0)]
    ['One\ntwo', 'three']
    """
    found: list[Span] = []
    open_paragraph = False
    # Line by line: a look-ahead for the empty line took 40 s on 50,000 carriage returns.
    for line in _LINE.finditer(text, start):
        if words := line[0].strip():
            first = line.start() + line[0].index(words)
            if open_paragraph:
                first = found.pop().start
            found.append(Span(first, line.start() + len(line[0].rstrip())))
        open_paragraph = bool(words)
    return tuple(found)


def _sentences(text: str, paragraph: Span) -> list[Span]:
    """Part a paragraph after its full stops.

    Examples
    --------
    >>> text = "K. Tokayev met Dr. Omar. Trade grew 1.2 times.“It grew!” he said."
    >>> [span.of(text) for span in _sentences(text, Span(0, len(text)))]
    ['K. Tokayev met Dr. Omar.', 'Trade grew 1.2 times.', '“It grew!” he said.']
    """
    found, start = [], paragraph.start
    for stop in _STOP.finditer(text, paragraph.start, paragraph.end):
        end = _after_closers(text, stop.end(), paragraph.end)
        following = end
        while following < paragraph.end and text[following].isspace():
            following += 1
        if following == paragraph.end:
            break
        if _begins(text[following], following > end) and not _abbreviated(text, stop, paragraph):
            found.append(Span(start, end))
            start = following
    return [*found, Span(start, paragraph.end)]


def _after_closers(text: str, at: int, end: int) -> int:
    """Pass over closing marks; a straight one closes unless a word begins right after it."""
    while at < end and (
        text[at] in _CLOSERS
        or (text[at] in _STRAIGHT and not (at + 1 < end and text[at + 1].isalnum()))
    ):
        at += 1
    return at


def _begins(mark: str, spaced: bool) -> bool:
    """Tell whether a sentence may begin with ``mark``; without a space, only a quotation may."""
    if mark in _OPENERS:
        return spaced or mark not in "(["
    return spaced and mark.isalnum() and not mark.islower()


def _abbreviated(text: str, stop: re.Match[str], paragraph: Span) -> bool:
    """Tell whether a full stop ends an initial or an abbreviation, as in "K. Tokayev"."""
    if stop[0] != ".":
        return False
    word = _LAST_WORD.search(text[max(paragraph.start, stop.start() - 13) : stop.start()])
    if word is None:
        return False
    if word[1].lower() == "no":
        return text[stop.end() : stop.end() + 2].strip()[:1].isdigit()
    initials = _INITIALS.fullmatch(word[1]) and (len(word[1]) > 1 or word[1].isupper())
    return bool(initials or _ABBREVIATION.fullmatch(word[1]))
