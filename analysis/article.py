"""The article, as data: paragraphs, sentences and quotations, each a span of the file's text.

Spans are half-open character ranges into the text as it stands, quirks included, so
``text[start:end]`` gives every part back to the letter.
"""

import datetime
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from .errors import ArticleError
from .places import ROOT

_DATELINE = re.compile(r"\s*date (\d{4}-\d{2}-\d{2}) ")
_SENTENCE_END = re.compile(r"[.!?][”\"']?(?=\s+[“\"'A-ZÀ-Þ]|“|\s*$)")
_QUOTATION = re.compile(r"“([^“”]*)”")
#: Quotations shorter than this are words under discussion, such as a newspaper's name.
_LEAST_QUOTATION = 20


@dataclass(frozen=True)
class Span:
    """A part of the text, ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Give the part itself."""
        return text[self.start : self.end]

    def holds(self, other: "Span") -> bool:
        """Tell whether ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True)
class Article:
    """One newswire report.

    Attributes
    ----------
    text : str
        The file's text as it stands.
    date : datetime.date
        From the dateline.
    paragraphs, sentences, quotations : tuple of Span
        Sentences tile the paragraphs but for the space between them; the dateline stands before
        the first. Quotations are without their marks.
    about : dict
        What is known of it: outlet, agency, date, address, as in the ``.toml`` beside the file.
    """

    text: str
    date: datetime.date
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    quotations: tuple[Span, ...]
    about: dict[str, str]

    def find(self, quotation: str) -> Span:
        """Find an exact quotation, which must stand in the text once.

        Raises
        ------
        ArticleError
            It is empty, absent, or stands there twice.
        """
        shown = f"quotation {quotation[:60]!r}"
        if not quotation.strip():
            raise ArticleError("an empty quotation", allowed="words of the article")
        found = self.text.count(quotation)
        if found != 1:
            raise ArticleError(
                f"{shown} stands in the article {found} times", allowed="exactly once"
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
    """Read a report.

    Parameters
    ----------
    path : Path, optional
        A UTF-8 text file that opens with ``date YYYY-MM-DD``, its paragraphs apart by an empty
        line, with a ``.toml`` of the same name beside it. The book's article by default.

    Returns
    -------
    Article

    Raises
    ------
    ArticleError
        The file is missing, empty, not UTF-8, or without a dateline; or its ``.toml`` is missing
        or lacks the outlet, the agency, the date or the address, or gives another date.
    """
    path = path or ROOT / "seeds" / "azernews-2025-01-04.txt"
    where = f"seeds/{path.name}"
    try:
        # newline="" keeps the file's own line ends, so that spans fit the file to the letter.
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
    except FileNotFoundError:
        raise ArticleError("the article is missing", where=where) from None
    except UnicodeDecodeError as error:
        raise ArticleError(f"byte {error.start} is not UTF-8", where=where) from None
    return parse(text, _about(path), where)


def parse(text: str, about: dict[str, str] | None = None, where: str = "article") -> Article:
    """Take a report's text apart.

    Raises
    ------
    ArticleError
        The text is empty, has no dateline, an impossible date, or nothing after it.

    Examples
    --------
    >>> report = parse("date 2025-01-04 (AGENCY) Trade grew. “It grew by any measure,” he said.")
    >>> [span.of(report.text) for span in report.sentences]
    ['(AGENCY) Trade grew.', '“It grew by any measure,” he said.']
    >>> [span.of(report.text) for span in report.quotations]
    ['It grew by any measure,']
    """
    if not text.strip():
        raise ArticleError("the article is empty", where=where)
    line = _DATELINE.match(text)
    if line is None:
        raise ArticleError(
            f"no dateline in {text.strip()[:30]!r}", where=where, allowed="date YYYY-MM-DD first"
        )
    try:
        date = datetime.date.fromisoformat(line[1])
    except ValueError:
        raise ArticleError(f"{line[1]} is no date", where=where, allowed="YYYY-MM-DD") from None
    about = about or {}
    if about and about["date"] != line[1]:
        raise ArticleError(
            f"dateline {line[1]}", where=where, allowed=f"{about['date']}, as its .toml says"
        )
    paragraphs = tuple(
        Span(max(match.start(), line.end()), match.end())
        for match in re.finditer(r"\S(?:.|\n(?!\s*\n)|\r(?!\s*\n))*", text)
        if match.end() > line.end()
    )
    paragraphs = tuple(_trimmed(text, span) for span in paragraphs)
    if not any(span.end > span.start for span in paragraphs):
        raise ArticleError("nothing after the dateline", where=where, allowed="a report")
    return Article(
        text=text,
        date=date,
        paragraphs=paragraphs,
        sentences=tuple(s for p in paragraphs for s in _sentences(text, p)),
        quotations=tuple(
            Span(match.start(1), match.end(1))
            for match in _QUOTATION.finditer(text)
            if len(match[1]) >= _LEAST_QUOTATION
        ),
        about=about,
    )


def _about(path: Path) -> dict[str, str]:
    beside = path.with_suffix(".toml")
    where = f"seeds/{beside.name}"
    try:
        about = tomllib.loads(beside.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ArticleError("the article's description is missing", where=where) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ArticleError(" ".join(str(error).split()), where=where, allowed="TOML") from None
    for field in ("outlet", "agency", "date", "address", "title"):
        if not isinstance(about.get(field), str) or not about[field].strip():
            raise ArticleError(f"no {field}", where=where, allowed=f"{field} = some text")
    return about


def _trimmed(text: str, span: Span) -> Span:
    part = span.of(text)
    return Span(
        span.start + len(part) - len(part.lstrip()), span.end - len(part) + len(part.rstrip())
    )


def _sentences(text: str, paragraph: Span) -> list[Span]:
    ends = [
        paragraph.start + match.end()
        for match in _SENTENCE_END.finditer(paragraph.of(text))
        if not _initial(text, paragraph.start + match.start())
    ]
    if not ends or ends[-1] != paragraph.end:
        ends.append(paragraph.end)
    starts = [paragraph.start, *ends[:-1]]
    return [_trimmed(text, Span(a, b)) for a, b in zip(starts, ends, strict=True)]


def _initial(text: str, dot: int) -> bool:
    """Tell whether the stop at ``dot`` ends an initial, as in "K. Tokayev"."""
    return (
        text[dot] == "."
        and re.search(r"(^|[\s(“])[A-ZÀ-Þ]$", text[max(0, dot - 2) : dot]) is not None
    )
