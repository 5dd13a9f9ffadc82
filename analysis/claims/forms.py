"""Claims, verdicts and ratings: the forms that the ledger is written in."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from .. import sources
from ..article import Article, Span
from ..errors import ArticleError, ClaimError, SourceError
from ..quantities import Quantity

#: Ratings, from the firmest support to what cannot be rated, with what each means.
RATINGS = {
    "supported": "the evidence agrees with the words as they stand",
    "supported in part": "a part of the words holds, another goes beyond the evidence",
    "depends on definition": "true under one reading that the words allow, false under another",
    "unverifiable": "no evidence that could settle it is public",
    "contradicted": "the evidence disagrees with the words",
    "statement of intent": "says what somebody will do; not true or false yet",
    "opinion": "a judgement; not a matter of true or false",
}
KINDS = ("quantity", "event", "attribution", "trend", "opinion", "intent")


@dataclass(frozen=True)
class Dependence:
    """Something that a verdict hangs on, and what it would be otherwise.

    ``on`` is the assumption, as a noun phrase; ``otherwise`` what follows if it is taken another
    way; ``flips`` the value at which the rating would change, where there is one.
    """

    on: str
    otherwise: str
    flips: str = ""


@dataclass(frozen=True)
class Earlier:
    """The same thing said before, or later.

    ``date`` is ISO 8601, as exact as the source; ``who`` the speaker and the occasion.
    """

    date: str
    who: str
    statement: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """What the evidence says of a claim.

    ``rating`` is a key of `RATINGS`, ``reason`` a sentence or two built from computed values, the
    ``numbers``; ``depends`` says what would change it, and ``earlier`` is the claim's own history.
    """

    rating: str
    reason: str
    sources: tuple[str, ...]
    depends: tuple[Dependence, ...] = ()
    numbers: tuple[Quantity, ...] = ()
    earlier: tuple[Earlier, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """Everything a verdict may look at."""

    tables: Mapping[str, pd.DataFrame]

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Give a table by its name in ``data/``, or refuse with a `ClaimError`."""
        if name not in self.tables:
            raise ClaimError(f"no evidence called {name!r}", allowed=", ".join(sorted(self.tables)))
        return self.tables[name]


Judge = Callable[[str, Evidence], Verdict]


@dataclass(frozen=True)
class Claim:
    """One thing that the article says and that may be held against evidence.

    Attributes
    ----------
    name : str
        Short, for links: ``forty-five-billion``.
    title : str
        What is claimed, in a few words.
    quotation : str
        The article's own words, which stand there exactly once.
    kind : str
        One of `KINDS`.
    shown : str
        The label of the section or figure of the book that shows the evidence.
    judge : callable
        ``judge(quotation, evidence)`` gives the `Verdict`.
    where : str, optional
        What a refusal calls it: the file and the claim's name.
    """

    name: str
    title: str
    quotation: str
    kind: str
    shown: str
    judge: Judge
    where: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "where", self.where or f"claim {self.name}")
        if self.kind not in KINDS:
            raise ClaimError(f"kind {self.kind!r}", where=self.where, allowed=", ".join(KINDS))

    def find(self, article: Article) -> Span:
        """Find its words, which must stand in the article once; a `ClaimError` names the claim."""
        return _find(article, self.quotation, self.where)


@dataclass(frozen=True)
class Framing:
    """A sentence, or a part of one, that claims nothing which evidence could touch.

    ``quotation`` stands in the article exactly once, and ``why`` says why it is no claim.
    """

    quotation: str
    why: str
    where: str = "framing"

    def find(self, article: Article) -> Span:
        """Find its words, which must stand in the article once."""
        return _find(article, self.quotation, self.where)


def _find(article: Article, quotation: str, where: str) -> Span:
    try:
        return article.find(quotation)
    except ArticleError as error:
        raise ClaimError(error.problem, where=where, allowed=error.allowed) from None


@dataclass(frozen=True)
class Entry:
    """A claim with its place in the article and its verdict.

    ``paragraph`` is counted from 1; ``independent`` counts the origins behind the verdict's
    sources: reports that repeat each other are one.
    """

    claim: Claim
    span: Span
    paragraph: int
    verdict: Verdict
    independent: int


def enter(claim: Claim, article: Article, evidence: Evidence) -> Entry:
    """Find a claim in the article and judge it.

    Raises
    ------
    ClaimError
        The quotation is empty, absent or stands twice; the verdict has an unknown rating, no
        reason, no source or an unknown one. The message names the claim.
    """
    where, span = claim.where, claim.find(article)
    verdict = claim.judge(claim.quotation, evidence)
    if verdict.rating not in RATINGS:
        raise ClaimError(f"rating {verdict.rating!r}", where=where, allowed=", ".join(RATINGS))
    if not verdict.reason.strip():
        raise ClaimError("a verdict without a reason", where=where)
    if not verdict.sources:
        raise ClaimError("a verdict without a source", where=where, allowed="one source or more")
    try:
        origins = sources.independent(verdict.sources)
    except SourceError as error:
        raise ClaimError(error.problem, where=where, allowed=error.allowed) from None
    return Entry(claim, span, article.paragraph_of(span), verdict, origins)


def scoreboard(entries: list[Entry]) -> pd.DataFrame:
    """Count the verdicts by rating, in the order of `RATINGS`, ratings without a verdict left out.

    Columns ``rating``, ``claims`` (a count), ``meaning``.
    """
    found = [entry.verdict.rating for entry in entries]
    rows = [
        (rating, found.count(rating), meaning)
        for rating, meaning in RATINGS.items()
        if rating in found
    ]
    return pd.DataFrame(rows, columns=["rating", "claims", "meaning"])


def sources_by_grade(entries: list[Entry], grades: Mapping[str, str]) -> pd.DataFrame:
    """Count the sources behind each verdict by their grade.

    One row a claim: ``claim`` (its title) and a count for each grade found; ``grades`` gives the
    grade of each source key.
    """
    found = sorted({grades[key] for entry in entries for key in entry.verdict.sources})
    rows = [
        (entry.claim.title, *(sum(grades[k] == g for k in entry.verdict.sources) for g in found))
        for entry in entries
    ]
    return pd.DataFrame(rows, columns=["claim", *found])


def history(
    rows: pd.DataFrame, who: Callable[[pd.Series], str], statement: Callable[[pd.Series], str]
) -> tuple[Earlier, ...]:
    """Read a claim's history from rows with a date and source keys, in the rows' order.

    ``rows`` have ``date`` (ISO 8601), ``source_keys`` and what the two functions read: the speaker
    and what was said.

    Examples
    --------
    >>> rows = pd.DataFrame([("2024-07", "Omar", "40 events", "a b")],
    ...                     columns=["date", "speaker", "said", "source_keys"])
    >>> history(rows, lambda row: row["speaker"], lambda row: row["said"])
    (Earlier(date='2024-07', who='Omar', statement='40 events', sources=('a', 'b')),)
    """
    return tuple(
        Earlier(row["date"], who(row), statement(row), tuple(row["source_keys"].split()))
        for _, row in rows.iterrows()
    )


def amount(quotation: str) -> float:
    """Read the one number with a scale, or the one plain count, that a quotation names.

    Raises
    ------
    ClaimError
        There is none, or more than one.

    Examples
    --------
    >>> amount("in 2024 turnover exceeded $45 billion")
    45000000000.0
    >>> amount("more than 80 events")
    80.0
    """
    scales = {"": 1.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
    found = [
        (digits, scale)
        for digits, scale in re.findall(
            r"(?<![\w.,])\$?(\d+(?:\.\d+)?)(?!\d|th\b)\s*(thousand|million|billion|trillion)?",
            quotation,
        )
        if scale or not re.fullmatch(r"(19|20)\d\d", digits)  # a year is no amount
    ]
    if len(found) != 1:
        raise ClaimError(
            f"{len(found)} amounts in {quotation[:60]!r}", allowed="a quotation with one amount"
        )
    ((digits, scale),) = found
    return float(digits) * scales[scale]
