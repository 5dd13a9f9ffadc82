"""Verdicts as readers and programs see them, and what is said of them as a whole."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pandas as pd

from .. import seeds, sources
from ..article import Article
from ..claims.forms import RATINGS, Claim, Dependence, Entry, Verdict
from ..errors import ClaimError
from ..formats import capitalised, counted, day
from ..quantities import Quantity
from .table import Badge, Cite, Column, Link, Links, Table

#: Things that a verdict is said to depend on; programs get them all.
MOST_DEPENDENCES = 3
#: What an agency puts before the first sentence of a report.
_DATELINE = re.compile(r"^\([^)]*\)\s*")
#: Ratings that a document or an answer could still change.
_OPEN = ("supported in part", "depends on definition", "unverifiable")


def gist(reason: str) -> str:
    """Give the first sentence of a reason.

    Examples
    --------
    >>> gist("It was $25.0 billion, K.-J. Tokayev said. It fell.")
    'It was $25.0 billion, K.-J. Tokayev said.'
    """
    return re.split(r"(?<=[a-z0-9%)”]\.) (?=[A-Z“])", reason, maxsplit=1)[0]


def verdict_data(entry: Entry, article: Article) -> dict[str, Any]:
    """Give what a page shows of a verdict, and its review for catalogues of fact-checks."""
    claim, verdict = entry.claim, entry.verdict
    return {
        "name": _name(claim),
        "title": claim.title,
        "kind": claim.kind,
        "quotation": _in_place(entry, article),
        "words_of": _words_of(claim, article),
        "paragraph": entry.paragraph,
        "speaker": _speaker(claim, article),
        "address": article.about.get("address", ""),
        "outlet": article.about.get("outlet", ""),
        "rating": verdict.rating,
        "reason": verdict.reason,
        "depends": [[d.on, _hangs(d)] for d in verdict.depends[:MOST_DEPENDENCES]],
        "earlier": [
            [day(e.date), e.who, e.statement, [[k, sources.lookup(k).grade] for k in e.sources]]
            for e in verdict.earlier
        ],
        "count": capitalised(_counted(entry)),
        "sources": [[key, sources.lookup(key).grade] for key in _by_publisher(verdict)],
        "checked": day(claim.checked),
        "settle": _lower(claim.settle) if verdict.rating in _OPEN else "",
        "ask": claim.ask,
        "shown": claim.shown,
        "review": claim_review(entry, article) if claim.checkable else None,
    }


def verdict_markdown(entry: Entry, article: Article) -> str:
    """Write a verdict as Markdown, for whoever reads the notebook."""
    claim, verdict, about = entry.claim, entry.verdict, article.about
    parts = [
        f"**{verdict.rating.capitalize()}** · {_words_of(claim, article)}, paragraph "
        f"{entry.paragraph}",
        "> {}**{}**{}".format(*_in_place(entry, article)),
        verdict.reason,
    ]
    if verdict.depends:
        parts += [
            "It depends on:",
            "\n".join(f"- *{d.on}*: {_hangs(d)}" for d in verdict.depends[:MOST_DEPENDENCES]),
        ]
    if verdict.earlier:
        said = (
            f"- {day(e.date)}, {e.who}: {e.statement} ({Cite(e.sources)})" for e in verdict.earlier
        )
        parts += ["Its history:", "\n".join(said)]
    if claim.settle and verdict.rating in _OPEN:
        parts.append(
            f"What would settle it: {_lower(claim.settle)}. Who could say: {claim.ask} (not asked)."
        )
    parts.append(f"{capitalised(_counted(entry))}: {_publishers(verdict)}.")
    chapter = claim.shown.split("-")[1]
    foot = f"Checked on {day(claim.checked)}. Evidence: [{chapter}]({chapter}.ipynb)."
    if about:
        foot += f" The original: [{about['outlet']}]({about['address']})."
    parts.append(foot)
    return "\n\n".join(parts)


def text(entries: Sequence[Entry]) -> str:
    """Give the ledger for a terminal, in the article's order."""
    lines = []
    for entry in entries:
        claim, verdict = entry.claim, entry.verdict
        lines += [
            f"{verdict.rating.upper()}: {claim.title} (paragraph {entry.paragraph}, {claim.kind})",
            f"  “{claim.quotation}”",
            f"  {verdict.reason}",
            *(f"  Depends on {d.on}: {_hangs(d)}" for d in verdict.depends),
            *(f"  {day(e.date)}, {e.who}: {e.statement}" for e in verdict.earlier),
            f"  {capitalised(_counted(entry))}: {_publishers(verdict)}.",
            f"  Checked on {day(claim.checked)}.",
        ]
    return "\n".join(lines)


def record(entry: Entry) -> dict[str, Any]:
    """Give an entry of the ledger as plain data, for programs.

    ``start`` and ``end`` are characters of the article, ``changes_with`` says at what value the
    rating would be another, ``texts`` counts the sources that do not repeat another.
    """
    claim, verdict = entry.claim, entry.verdict
    return {
        "name": _name(claim),
        "title": claim.title,
        "kind": claim.kind,
        "checkable": claim.checkable,
        "quotation": claim.quotation,
        "voice": claim.voice,
        "paragraph": entry.paragraph,
        "start": entry.span.start,
        "end": entry.span.end,
        "rating": verdict.rating,
        "reason": verdict.reason,
        "checked": claim.checked,
        "settle": claim.settle or None,
        "depends": [
            {"on": d.on, "otherwise": d.otherwise, "changes_with": d.flips or None}
            for d in verdict.depends
        ],
        "numbers": [
            {"value": n.value, "unit": n.unit, "rule": n.rule, "year": n.year}
            for n in verdict.numbers
        ],
        "earlier": [
            {"date": e.date, "who": e.who, "words": e.statement, "sources": list(e.sources)}
            for e in verdict.earlier
        ],
        "publishers": entry.publishers,
        "texts": entry.texts,
        "sources": [{"key": k, "grade": sources.lookup(k).grade} for k in verdict.sources],
        "shown": claim.shown,
    }


def claim_review(entry: Entry, article: Article) -> dict[str, Any]:
    """Describe a verdict as ``ClaimReview``, as schema.org has it and Google's rules ask.

    Of claims that can be checked alone. The rules (https://developers.google.com/search/docs/
    appearance/structured-data/factcheck) require ``claimReviewed``, ``reviewRating`` and ``url``,
    and recommend ``author``, ``datePublished`` and ``itemReviewed``. The rating has words and no
    number, as its words are no degrees on one scale. The addresses are the page's to give: they
    need the book's own.
    """
    claim, about = entry.claim, article.about
    newspaper = {"@type": "Organization", "name": about.get("outlet", "")}
    speaker = {"@type": "Person", "name": about.get("speaker", "")}
    item: dict[str, Any] = {
        "@type": "Claim",
        "author": newspaper if claim.voice == "newspaper" else speaker,
        "text": claim.quotation,
        "datePublished": article.date.isoformat(),
        "appearance": {
            "@type": "NewsArticle",
            "headline": about.get("title", ""),
            "url": about.get("address", ""),
            "datePublished": article.date.isoformat(),
            "publisher": newspaper,
        },
    }
    if claim.first:
        source = sources.lookup(claim.first)
        item["firstAppearance"] = {
            name: value
            for name, value in (
                ("@type", "CreativeWork"),
                ("name", source.title),
                ("url", source.url),
                ("datePublished", source.date),
                ("publisher", {"@type": "Organization", "name": source.publisher}),
            )
            if value
        }
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": claim.sentence,
        "datePublished": claim.checked,
        "author": {"@type": "Organization", "name": seeds.book().reviewer},
        "reviewBody": entry.verdict.reason,
        "reviewRating": {
            "@type": "Rating",
            "alternateName": entry.verdict.rating.capitalize(),
            "ratingExplanation": gist(entry.verdict.reason),
        },
        "itemReviewed": item,
    }


@dataclass(frozen=True)
class Annotated:
    """The article with its claims marked in place, each with its rating in words."""

    article: Article
    entries: Sequence[Entry]

    def pieces(self) -> list[list[tuple[str, Entry | None]]]:
        """Cut the paragraphs into pieces: a claim's own words, or what lies between two.

        Raises
        ------
        ClaimError
            Two claims overlap.
        """
        text, out = self.article.text, []
        ordered = sorted(self.entries, key=lambda entry: entry.span.start)
        for paragraph in self.article.paragraphs:
            at, pieces = paragraph.start, []
            for entry in ordered:
                if not paragraph.start <= entry.span.start < paragraph.end:
                    continue
                if entry.span.start < at:
                    raise ClaimError(
                        "it overlaps the claim before it", where=f"claim {entry.claim.name}"
                    )
                pieces += [(text[at : entry.span.start], None), (entry.span.of(text), entry)]
                at = entry.span.end
            pieces.append((text[at : paragraph.end], None))
            out.append([(words, entry) for words, entry in pieces if words])
        return out

    def markdown(self) -> str:
        """Give the article as a quotation, the rating of each claim in bold behind it."""
        return "\n>\n".join(
            "> "
            + "".join(
                words if entry is None else f"{words} **[{entry.verdict.rating}]**"
                for words, entry in pieces
            ).strip()
            for pieces in self.pieces()
        )

    def text(self) -> str:
        """Give the article with each claim in brackets and its rating behind it."""
        return "\n\n".join(
            "".join(
                words if entry is None else f"[{words}]({entry.verdict.rating})"
                for words, entry in pieces
            )
            for pieces in self.pieces()
        )

    def data(self) -> dict[str, Any]:
        """Give what the book is made from."""
        return {"paragraphs": [[_piece(*piece) for piece in pieces] for pieces in self.pieces()]}


def _piece(words: str, entry: Entry | None) -> dict[str, str]:
    if entry is None:
        return {"text": words}
    return {
        "text": words,
        "name": _name(entry.claim),
        "title": entry.claim.title,
        "rating": entry.verdict.rating,
        "gist": gist(entry.verdict.reason),
    }


# --- as a whole -----------------------------------------------------------------------------------


def tally(entries: Sequence[Entry]) -> dict[str, Quantity]:
    """Count the claims, and the ratings over those that can be checked.

    Returns
    -------
    dict of str to Quantity
        ``claims``, ``checkable``, ``unchecked`` (opinions, positions and intents), and for each
        rating its count by its name with underscores, a rating that no claim has as 0.

    Examples
    --------
    >>> tally([])["supported_in_part"].rule
    'claims that can be checked and are rated supported in part'
    """
    checked = [entry for entry in entries if entry.claim.checkable]
    found = {
        "claims": _count(len(entries), "entries of the ledger"),
        "checkable": _count(len(checked), "claims of fact: no opinion, no position, no intent"),
        "unchecked": _count(len(entries) - len(checked), "opinions, positions and intents"),
    }
    for rating in RATINGS:
        number = sum(entry.verdict.rating == rating for entry in entries)
        able = rating not in ("opinion", "position", "statement of intent")
        rule = f"claims {'that can be checked and are ' if able else ''}rated {rating}"
        found[rating.replace(" ", "_")] = _count(number, rule)
    return found


def _count(number: int, rule: str) -> Quantity:
    return Quantity(float(number), "claims", rule, (sources.ARTICLE,), ())


def ratings(entries: Sequence[Entry]) -> Table:
    """Say what each rating means, and which claims have it, in the article's order."""
    rows = []
    for rating, meaning in RATINGS.items():
        found = [entry.claim for entry in entries if entry.verdict.rating == rating]
        links = Links(tuple(Link(claim.title, _name(claim)) for claim in found))
        rows.append((Badge(rating), meaning, links if found else "None"))
    caption = "What each rating means, and the claims that have it."
    return Table(caption, ("Rating", "Meaning", "Claims"), rows)


def ask(entries: Sequence[Entry]) -> dict[str, Any]:
    """Let a reader choose verdicts by their words and their rating."""
    given = [entry.verdict.rating for entry in entries]
    ratings = {rating: given.count(rating) for rating in RATINGS if rating in given}
    return {"kind": "verdicts", "ratings": ratings}


def questions(entries: Sequence[Entry]) -> Table:
    """List what would settle the verdicts that are open, and whom to ask."""
    rows = [
        (
            Link(entry.claim.title, _name(entry.claim)),
            entry.claim.settle,
            capitalised(entry.claim.ask),
            "Not asked",
        )
        for entry in entries
        if entry.claim.settle and entry.verdict.rating in _OPEN
    ]
    return Table("What would settle the open verdicts, and who could say.",
                 ("Claim", "What would settle it", "Who could say", "State"), rows)  # fmt: skip


def corrections(rows: pd.DataFrame) -> Table:
    """List what was corrected, the latest first."""
    return Table.of(
        rows.sort_values("date", ascending=False, kind="stable"),
        "What the book has corrected since its first edition.",
        Column("Where and when", "{place}, {date}".format_map),
        Column("It said", "was"),
        Column("It says", "is"),
        Column("Why", "why"),
        Column("Source", Cite.row),
    )


# --- words ----------------------------------------------------------------------------------------


def _name(claim: Claim) -> str:
    return f"claim-{claim.name}"


def _words_of(claim: Claim, article: Article) -> str:
    when, outlet = day(article.date.isoformat()), article.about.get("outlet", "the article")
    where = "" if claim.voice == "newspaper" else f" in {outlet}"
    return f"{_speaker(claim, article)}{where}, {when}"


def _speaker(claim: Claim, article: Article) -> str:
    if claim.voice == "newspaper":
        return f"{article.about.get('outlet', 'the article')} in its own words"
    return str(article.about.get("speaker", "the speaker"))


def _counted(entry: Entry) -> str:
    """Count the sources, their publishers, and their texts where some repeat each other.

    The numbers stand apart: one publisher may print many texts, and many publishers one.
    """
    number = len(entry.verdict.sources)
    first = f"{_few(number, 'source')} from {_few(entry.publishers, 'publisher')}"
    return first if entry.texts == number else f"{first}, {_few(entry.texts, 'different text')}"


def _few(number: int, noun: str) -> str:
    """Write a count in words up to nine, and in digits from ten."""
    return counted(number, noun) if number < 10 else f"{number} {noun}s"


def _publishers(verdict: Verdict) -> str:
    """Name each publisher once, with the years and grades of what it printed."""
    found = [sources.lookup(key) for key in _by_publisher(verdict)]
    return "; ".join(
        f"{publisher} {', '.join(f'{source.cited_year} [{source.grade}]' for source in group)}"
        for publisher, group in groupby(found, key=lambda source: source.publisher)
    )


def _in_place(entry: Entry, article: Article) -> list[str]:
    """Give the article's sentence to the letter: what stands before the claim, it, and the rest."""
    text, span = article.text, entry.span
    around = [s for s in article.sentences if s.start < span.end and span.start < s.end]
    start = min([span.start, *(s.start for s in around)])
    end = max([span.end, *(s.end for s in around)])
    before, after = text[start : span.start].lstrip("“"), text[span.end : end].rstrip("”")
    before = _DATELINE.sub("", before)
    return [before, span.of(text), after]


def _by_publisher(verdict: Verdict) -> tuple[str, ...]:
    """Put what one publisher printed together, the best grade first."""
    found = [sources.lookup(key) for key in verdict.sources]
    best: dict[str, str] = {}
    for source in found:
        best[source.publisher] = min(source.grade, best.get(source.publisher, "Z"))
    found.sort(key=lambda s: (best[s.publisher], s.publisher, s.grade, s.cited_year))
    return tuple(source.key for source in found)


def _hangs(dependence: Dependence) -> str:
    """Say what follows from a dependence, and at what value the rating would change."""
    flips = f" {capitalised(dependence.flips)}." if dependence.flips else ""
    return f"{dependence.otherwise}.{flips}"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
