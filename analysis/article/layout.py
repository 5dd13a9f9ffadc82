"""Dateline, paragraphs and sentences."""

import datetime
import re
from dataclasses import dataclass

from ..errors import ArticleError
from .forms import Span, listed

#: Months by their first three letters.
MONTHS = {
    name: number
    for number, name in enumerate(
        listed("jan feb mar apr may jun jul aug sep oct nov dec"), start=1
    )
}
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?)"
)
_DATE = (
    r"(?P<date>(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    rf"|(?P<d1>[0-9]{{1,2}}) (?P<m1>{MONTH}),? (?P<y1>[0-9]{{4}})"
    rf"|(?P<m2>{MONTH}) (?P<d2>[0-9]{{1,2}}),? (?P<y2>[0-9]{{4}})"
    r"|(?P<d3>[0-9]{1,2})\.(?P<m3>[0-9]{1,2})\.(?P<y3>[0-9]{4})"
    rf"|(?:(?P<m4>{MONTH}) (?P<d4>[0-9]{{1,2}})|(?P<d5>[0-9]{{1,2}}) (?P<m5>{MONTH}))(?!,? ?[0-9]))"
    r"(?![0-9])"
)
_PLAIN_DATELINE = re.compile(r"[ \t\ufeff]*date (?P<date>(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2}))\s")
_AGENCY = r"(?:[,.]? ?(?P<agency{}>\([^()\n\r]{{1,60}}\)|/[^/\n\r]{{1,60}}/))"
_DATELINE = re.compile(
    r"[ \t\ufeff]*(?:[^\W\d_][^\n\r\d()/]{0,60}?"
    rf"{_AGENCY.format(1)}?[,.]?(?: ?[-–—]{{1,2}})? )?{_DATE}"
    rf"(?:(?:, ?[^\W\d_][^\n\r\d()/]{{0,40}}?)?{_AGENCY.format(2)}\.?)?"
    r"(?P<end>\.?\s(?-i:[A-Z][A-Z. ]{1,30}[A-Z])\s?(?:—|–|--|-)\s|\s?(?:—|–|--|-|:)\s?"
    r"|[ \t]*(?=[\r\n]|$))?(?P<stop>\.(?=\s))?",
    re.IGNORECASE,
)
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_LINE = re.compile(r"[^\r\n]+")
_BYLINE = re.compile(r"\s*by\s", re.IGNORECASE)
#: A headline, a byline and a line of the section may stand before the dateline, and no more.
_LINES_BEFORE, _LONGEST_BEFORE = 3, 200
_BLANK = re.compile(r"\r\n|\n|\r")
_STOP = re.compile(r"[.!?…]+")
_SPACE = re.compile(r"\s*")
_LAST_WORD = re.compile(r"(?:^|[^\w.])([^\W\d_][\w.]{0,10})$")
_LETTERS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_ABBREVIATIONS = frozenset(
    listed(
        "mr mrs ms dr prof gen col sen gov rep st no nos jan feb mar apr jun jul aug sep sept oct "
        "nov dec vs inc ltd co corp jr sr approx est fig dept etc rev hon"
    )
)
_CLOSERS, _STRAIGHT, _OPENERS = "”’»)]", "\"'", "“„«‘([\"'"


@dataclass(frozen=True)
class Dateline:
    """The line that dates a report, and the lines before it."""

    date: datetime.date
    written: str
    span: Span
    byline: Span | None


def dateline(text: str, where: str, known: str = "") -> Dateline:
    """Find the dateline in a report's first lines.

    Parameters
    ----------
    text : str
        The report.
    where : str
        Its name, for an error.
    known : str
        The date as known from elsewhere, ISO 8601; many houses leave the year out.

    Raises
    ------
    ArticleError
        There is none, it names no year and none is known, or its date is not in the calendar.

    Examples
    --------
    >>> found = dateline("By A. Writer\\nASTANA, 4 January 2025 (Agency) — Trade grew.", "here")
    >>> found.date.isoformat(), found.span, found.byline
    ('2025-01-04', Span(start=13, end=46), Span(start=0, end=12))
    >>> dateline("ALMATY, Jan 4 (Agency) - Trade grew.", "here", "2025-01-04").date.isoformat()
    '2025-01-04'
    """
    byline, before, at, yearless = None, 0, 0, ""
    while before <= _LINES_BEFORE and (line := _LINE.search(text, at)):
        at = line.end()
        if not line[0].strip():
            continue
        found = _PLAIN_DATELINE.match(text, line.start()) or _DATELINE.match(text, line.start())
        if found and (found.re is _PLAIN_DATELINE or _ends(found)):
            if date := _date(found, where, known):
                span = trimmed(text, Span(line.start(), found.end()))
                return Dateline(date, found["date"], span, byline)
            yearless = yearless or found["date"]
        if len(line[0]) > _LONGEST_BEFORE:
            break
        if _BYLINE.match(line[0]):
            byline = trimmed(text, Span(*line.span()))
        elif line[0].rstrip().endswith((".", ",", ";", "”", '"')):
            break  # a sentence of the report: it has begun without a date
        before += 1
    if yearless:
        raise ArticleError(
            f"the dateline {yearless} names no year",
            where=where,
            allowed="a year, or a .toml beside the report that gives its date",
        )
    raise ArticleError(
        f"no dateline in {text.strip()[:30]!r}",
        where=where,
        allowed="date YYYY-MM-DD first, or PLACE, DAY MONTH YEAR (AGENCY) —",
    )


def _ends(found: re.Match[str]) -> bool:
    """Tell a dateline from a sentence that begins with a date.

    "BAKU, April 4, 2024." ends with a full stop alone: then its place stands in capitals.
    """
    if any(found[name] is not None for name in ("agency1", "agency2", "end")):
        return True
    first = _FIRST_WORD.search(found[0])[0]
    return found["stop"] is not None and first.isupper() and len(first) > 2


def _date(found: re.Match[str], where: str, known: str) -> datetime.date | None:
    """Give the date; None if it names no year and none is known."""
    parts = found.groupdict()
    try:
        if parts["iso"]:
            return datetime.date.fromisoformat(parts["iso"])
        for number in "12345":
            if parts["d" + number]:
                year, month = parts.get("y" + number) or known[:4], parts["m" + number]
                if not year:
                    return None
                return datetime.date(
                    int(year),
                    int(month) if month.isdigit() else MONTHS[month[:3].lower()],
                    int(parts["d" + number]),
                )
    except ValueError:
        pass
    raise ArticleError(f"{found['date']} is no date", where=where, allowed="YYYY-MM-DD")


def trimmed(text: str, span: Span) -> Span:
    """Take the space off both ends of a span."""
    part = span.of(text)
    start = span.start + len(part) - len(part.lstrip())
    return Span(start, max(start, span.end - len(part) + len(part.rstrip())))


def paragraphs(text: str, start: int) -> tuple[Span, ...]:
    r"""Part a text where a line is empty.

    Examples
    --------
    >>> [span.of("One\ntwo\r\n\r\nthree") for span in paragraphs("One\ntwo\r\n\r\nthree", 0)]
    ['One\ntwo', 'three']
    """
    found: list[Span] = []
    first = last = None
    at = start
    # Line by line: a look-ahead for the empty line took 40 s on 50,000 carriage returns.
    while at <= len(text):
        end = _BLANK.search(text, at)
        stop = end.start() if end else len(text)
        if text[at:stop].strip():
            first, last = (at if first is None else first), stop
        elif first is not None and last is not None:
            found.append(trimmed(text, Span(first, last)))
            first = None
        if end is None:
            break
        at = end.end()
    if first is not None and last is not None:
        found.append(trimmed(text, Span(first, last)))
    return tuple(found)


def sentences(text: str, paragraph: Span) -> list[Span]:
    """Part a paragraph after its full stops.

    Examples
    --------
    >>> text = "K. Tokayev met Dr. Omar. Trade grew 1.2 times.“It grew!” he said."
    >>> [span.of(text) for span in sentences(text, Span(0, len(text)))]
    ['K. Tokayev met Dr. Omar.', 'Trade grew 1.2 times.', '“It grew!” he said.']
    """
    found, start = [], paragraph.start
    for stop in _STOP.finditer(text, paragraph.start, paragraph.end):
        end = _after_closers(text, stop.end(), paragraph.end)
        following = _SPACE.match(text, end, paragraph.end).end()
        if following == paragraph.end:
            break
        if _begins(text[following], following > end) and not _abbreviated(text, stop, paragraph):
            found.append(Span(start, end))
            start = following
    return [*found, Span(start, paragraph.end)]


def _after_closers(text: str, at: int, end: int) -> int:
    while at < end and (
        text[at] in _CLOSERS
        # A straight mark closes unless a word begins right after it.
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
    initial = _LETTERS.fullmatch(word[1]) and (len(word[1]) > 1 or word[1].isupper())
    return bool(initial) or word[1].lower() in _ABBREVIATIONS
