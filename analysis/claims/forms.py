"""Claims, verdicts and ratings: the forms that the ledger is written in."""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from .. import sources
from ..article import Article, Span
from ..errors import ArticleError, ClaimError, SourceError
from ..quantities import Quantity

#: Ratings, from the firmest support to what cannot be rated, with what each means.
RATINGS = {
    "supported": "the evidence agrees with the words as they stand",
    "supported in part": "the evidence bears out a part of the words; another part goes beyond it",
    "depends on definition": "true under one reading that the words allow, false under another",
    "unverifiable": "no public evidence could settle it",
    "contradicted": "the evidence disagrees with the words",
    "statement of intent": "says what somebody will do; neither true nor false yet",
    "position": "says where somebody stands; the words themselves show it",
    "opinion": "a judgement; not a matter of true or false",
}
#: What can be held against evidence, and what cannot, with the one rating that it has.
CHECKABLE = ("quantity", "event", "attribution", "trend", "fact")
UNCHECKED = {"opinion": "opinion", "position": "position", "intent": "statement of intent"}
KINDS = (*CHECKABLE, *UNCHECKED)
#: Whose words a claim is: the speaker's, or those of the newspaper that reports him.
VOICES = ("speaker", "newspaper")


@dataclass(frozen=True)
class Dependence:
    """Something that a verdict hangs on, and what it would be otherwise.

    ``on`` is the assumption, as a noun phrase; ``otherwise`` what follows if it is taken another
    way; ``flips`` a clause that names the value at which the rating would change, and the rating.
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
class Assumed:
    """What a re-runner assumes in the place of what a quotation says or the book takes.

    Attributes
    ----------
    year, start : int, optional
        The year that is judged, and the one it is compared with; those of the words by default.
    amount : float, optional
        What an amount is taken for, in USD; that of the words by default.
    rule : str
        The one way of counting that is meant, of `analysis.trade.COUNTS`; any by default.
    most : float
        Percent of a way from which it is mostly somebody's.
    """

    year: int | None = None
    start: int | None = None
    amount: float | None = None
    rule: str = ""
    most: float = 50.0


@dataclass(frozen=True)
class Evidence:
    """Everything a verdict may look at, and what is assumed."""

    tables: Mapping[str, pd.DataFrame]
    assumed: Assumed = field(default_factory=Assumed)

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
    checked : str
        The day on which the verdict was last held against its evidence, in ISO 8601.
    sentence : str, optional
        The claim as a whole sentence, for catalogues of fact-checks; of what can be checked alone.
    voice : str, optional
        One of `VOICES`.
    settle, ask : str, optional
        What would settle an open verdict, and to whom the question goes.
    first : str, optional
        Key of the source in which the claim is first found, where that is known.
    where : str, optional
        What a refusal calls it: the file and the claim's name.
    """

    name: str
    title: str
    quotation: str
    kind: str
    shown: str
    judge: Judge
    checked: str
    sentence: str = ""
    voice: str = VOICES[0]
    settle: str = ""
    ask: str = ""
    first: str = ""
    where: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "where", self.where or f"claim {self.name}")
        if self.kind not in KINDS:
            raise ClaimError(f"kind {self.kind!r}", where=self.where, allowed=", ".join(KINDS))
        if self.voice not in VOICES:
            raise ClaimError(f"voice {self.voice!r}", where=self.where, allowed=", ".join(VOICES))
        try:
            datetime.date.fromisoformat(self.checked)
        except ValueError:
            raise ClaimError(
                f"checked {self.checked!r}" if self.checked else "no date checked",
                where=self.where, allowed="the day of the last check, as 2026-11-28",
            ) from None  # fmt: skip
        if self.checkable and not re.fullmatch(r"[A-Z“].*\.", self.sentence):
            raise ClaimError(
                f"sentence {self.sentence[:60]!r}", where=self.where, allowed="a whole sentence"
            )

    @property
    def checkable(self) -> bool:
        """Whether evidence could show it to be true or false."""
        return self.kind in CHECKABLE

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

    ``paragraph`` is counted from 1; ``publishers`` counts those behind the verdict's sources, and
    ``texts`` the texts: reports that repeat each other are one.
    """

    claim: Claim
    span: Span
    paragraph: int
    verdict: Verdict
    publishers: int
    texts: int


def enter(claim: Claim, article: Article, evidence: Evidence) -> Entry:
    """Find a claim in the article and judge it.

    Raises
    ------
    ClaimError
        The quotation is empty, absent or stands twice; the verdict has an unknown rating or one
        that its kind cannot have, no reason, no source or an unknown one, the article as a source,
        or a threshold on what cannot be checked. The message names the claim.
    """
    where, span = claim.where, claim.find(article)
    verdict = claim.judge(claim.quotation, evidence)
    allowed = [
        rating
        for rating in RATINGS
        if rating == UNCHECKED.get(claim.kind, rating)
        if rating not in UNCHECKED.values() or not claim.checkable
    ]
    if verdict.rating not in allowed:
        raise ClaimError(f"rating {verdict.rating!r}", where=where, allowed=", ".join(allowed))
    if not verdict.reason.strip():
        raise ClaimError("a verdict without a reason", where=where)
    if not verdict.sources:
        raise ClaimError("a verdict without a source", where=where, allowed="one source or more")
    flips = next((it.flips for it in verdict.depends if it.flips), "")
    if flips and not claim.checkable:
        raise ClaimError(
            f"a threshold, {flips[:60]!r}, though it is of kind {claim.kind}", where=where,
            allowed="none: no evidence turns it true or false",
        )  # fmt: skip
    try:
        found = [sources.lookup(key) for key in verdict.sources]
    except SourceError as error:
        raise ClaimError(error.problem, where=where, allowed=error.allowed) from None
    # Who said it is the one thing that the reports of a text are evidence of.
    if claim.kind != "attribution" and (own := article_among(verdict.sources)):
        raise ClaimError(
            f"{own[0]!r} is the article itself or repeats its text", where=where,
            allowed="sources other than what is judged",
        )  # fmt: skip
    publishers = len({source.publisher for source in found})
    texts = sources.independent(verdict.sources)
    return Entry(claim, span, article.paragraph_of(span), verdict, publishers, texts)


def article_among(keys: Iterable[str]) -> list[str]:
    """Find the article among some sources, and whatever carries the same text."""
    text = sources.lookup(sources.ARTICLE).repeats or sources.ARTICLE
    return [key for key in keys if text in (key, sources.lookup(key).repeats)]


def besides_article(keys: Iterable[str]) -> tuple[str, ...]:
    """Leave the article, and whatever carries the same text, out of some sources."""
    keys = tuple(keys)
    own = article_among(keys)
    return tuple(key for key in keys if key not in own)


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
