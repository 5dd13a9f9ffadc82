"""The forms that a report is kept in: spans of its text, and what each span is."""

import datetime
from dataclasses import dataclass, field

from ..errors import ArticleError


def listed(words: str) -> tuple[str, ...]:
    """Give the words of a line one by one: a word-list as a reader would write it."""
    return tuple(words.split())


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
class Quotation:
    """Words that the report gives to a speaker.

    Attributes
    ----------
    span : Span
        The words. Of direct speech, from after the first mark to before the last.
    speaker : Span or None
        Who, as the report puts it there: ``he``, ``The Kazakh President``.
    verb : Span or None
        The word of saying; None where the speaker is carried over from the sentence before.
    kind : str
        ``direct``, between quotation marks, or ``reported``, in the reporter's words.
    parts : tuple of Span
        Of direct speech, one for each paragraph it runs through, without its marks.
    named : Span or None
        The speaker, or for a pronoun the nearest speaker before it that is none. The text does
        not say that it is the same person: this is a reading.
    """

    span: Span
    speaker: Span | None
    verb: Span | None
    kind: str
    parts: tuple[Span, ...] = ()
    named: Span | None = None


@dataclass(frozen=True)
class Amount:
    """A number in the report.

    Attributes
    ----------
    span : Span
        The number with its comparator, currency, scale and unit.
    kind : str
        ``money``, ``count``, ``percent``, ``measure``, ``ordinal``, ``year``, ``period``
        or ``date``.
    value : float or str
        With the scale worked in: 45 billion is 45e9. A date is ISO 8601, as far as it is given:
        ``2025-01-04``, ``2024-11``, ``--11-06``, from day to day ``--04-01/--04-03``; so is a span
        of two years, ``2023/24``.
    unit : str
        A currency's code, ``%``, ``km``, ``years``; empty for bare counts and ordinals.
    comparator : str
        ``more than``, ``at least``, ``less than``, ``at most``, ``almost``, ``about``; of a year
        its preposition, of a period ``past`` or ``next``; or empty.
    of : Span or None
        What is counted, as in "more than 80 events".
    """

    span: Span
    kind: str
    value: float | str
    unit: str = ""
    comparator: str = ""
    of: Span | None = None


@dataclass(frozen=True)
class Name:
    """A name that the book knows.

    Attributes
    ----------
    span : Span
        The name as it is spelt there.
    kind : str
        ``member``, ``observer``, ``adjective`` (of one of these), ``body``, ``route``, ``event`` or
        ``place``.
    canonical : str
        The one spelling that all its variants share.
    """

    span: Span
    kind: str
    canonical: str


@dataclass(frozen=True)
class Note:
    """Something that was left alone, and why."""

    span: Span
    why: str


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
        the first. Quotations are direct speech without its marks, one span a paragraph.
    about : dict
        What is known of it: outlet, agency, date, address, as in the ``.toml`` beside the file.
    dateline : Span or None
        Where the date stands, with the place and the agency if they are there.
    byline : Span or None
        A line before the dateline that names the writer.
    speech : tuple of Quotation
        Direct and reported, in the order of the text.
    amounts : tuple of Amount
        None overlaps another.
    names : tuple of Name
        None overlaps another.
    notes : tuple of Note
        What could not be read.
    """

    text: str
    date: datetime.date
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    quotations: tuple[Span, ...]
    about: dict[str, str] = field(default_factory=dict)
    dateline: Span | None = None
    byline: Span | None = None
    speech: tuple[Quotation, ...] = ()
    amounts: tuple[Amount, ...] = ()
    names: tuple[Name, ...] = ()
    notes: tuple[Note, ...] = ()

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
