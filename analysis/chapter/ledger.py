"""The ledger as readers see it, and what is said of it as a whole."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .. import seeds, sources
from ..article import Article
from ..claims.forms import RATINGS, Dependence, Entry
from ..errors import ClaimError
from ..formats import day
from ..quantities import Quantity, merge
from .table import Badge, Cite, Link, Links, Table


@dataclass(frozen=True)
class Ledger:
    """Verdicts by rating, each with its words, its reason, what it hangs on and its sources."""

    entries: Sequence[Entry]
    article: Article | None = None

    def groups(self) -> list[tuple[str, list[Entry]]]:
        """Sort the entries by rating, firmest first, ratings without a verdict left out."""
        found = [(r, [e for e in self.entries if e.verdict.rating == r]) for r in RATINGS]
        return [(rating, entries) for rating, entries in found if entries]

    def text(self) -> str:
        """Give the ledger for a terminal and a screen reader."""
        lines = []
        for rating, entries in self.groups():
            lines.append(f"{rating.upper()} ({len(entries)}): {RATINGS[rating]}")
            for entry in entries:
                lines += [
                    f"- {entry.claim.title} (paragraph {entry.paragraph}, {entry.claim.kind})",
                    f"  “{entry.claim.quotation}”",
                    f"  {entry.verdict.reason}",
                    *(f"  Depends on {_dependence(d)}" for d in entry.verdict.depends),
                    *(f"  {_when(e.date)}, {e.who}: {e.statement}" for e in entry.verdict.earlier),
                    f"  Sources: {Cite(entry.verdict.sources)}. Independent of each other: "
                    f"{entry.independent} of {len(entry.verdict.sources)}.",
                ]
        return "\n".join(lines)

    def data(self) -> dict[str, Any]:
        """Give what the book is made from."""
        return {
            "groups": [
                {
                    "rating": rating,
                    "meaning": RATINGS[rating],
                    "whole": len(self.entries),
                    "claims": [_entry(entry) for entry in entries],
                }
                for rating, entries in self.groups()
            ],
            "reviews": [claim_review(entry, self.article) for entry in self.entries]
            if self.article
            else [],
        }


def record(entry: Entry) -> dict[str, Any]:
    """Give an entry of the ledger as plain data, for programs.

    ``start`` and ``end`` are characters of the article, ``changes_with`` is the value at which the
    rating would be another, ``independent`` counts the sources that do not repeat another.
    """
    verdict = entry.verdict
    return _entry(entry) | {
        "start": entry.span.start,
        "end": entry.span.end,
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
        "sources": [{"key": k, "grade": sources.lookup(k).grade} for k in verdict.sources],
    }


#: Where a rating stands on the scale of ClaimReview; the others have a name and no number.
_SCALE = {"supported": 4, "supported in part": 3, "depends on definition": 2, "contradicted": 1}


def claim_review(entry: Entry, article: Article) -> dict[str, Any]:
    """Describe a verdict as schema.org ``ClaimReview`` (schema.org/ClaimReview).

    A rating that is no degree of truth has a name and no number.
    """
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": entry.verdict.rating}
    if entry.verdict.rating in _SCALE:
        rating |= {
            "ratingValue": _SCALE[entry.verdict.rating],
            "bestRating": max(_SCALE.values()),
            "worstRating": min(_SCALE.values()),
        }
    about = article.about
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"verdicts.html#claim-{entry.claim.name}",
        "claimReviewed": entry.claim.quotation,
        "author": {"@type": "Organization", "name": seeds.book().reviewer},
        "reviewBody": entry.verdict.reason,
        "reviewRating": rating,
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": about.get("speaker", "")},
            "datePublished": article.date.isoformat(),
            "appearance": {
                "@type": "NewsArticle",
                "headline": about.get("title", ""),
                "url": about.get("address", ""),
                "datePublished": article.date.isoformat(),
                "publisher": {"@type": "Organization", "name": about.get("outlet", "")},
            },
        },
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


def _piece(text: str, entry: Entry | None) -> dict[str, str]:
    if entry is None:
        return {"text": text}
    return {"text": text, "name": f"claim-{entry.claim.name}", "rating": entry.verdict.rating}


def _dependence(dependence: Dependence) -> str:
    tail = f" The rating would change with {dependence.flips}." if dependence.flips else ""
    return f"{dependence.on}: {dependence.otherwise}.{tail}"


def _when(date: str) -> str:
    """Write a date as exactly as it is known."""
    parts = date.split("-")
    if len(parts) == 3:
        return day(date)
    return f"{calendar.month_name[int(parts[1])]} {parts[0]}" if len(parts) == 2 else date


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "name": f"claim-{entry.claim.name}",
        "title": entry.claim.title,
        "kind": entry.claim.kind,
        "quotation": entry.claim.quotation,
        "paragraph": entry.paragraph,
        "reason": entry.verdict.reason,
        "rating": entry.verdict.rating,
        "depends": [[d.on, d.otherwise, d.flips] for d in entry.verdict.depends],
        "earlier": [
            [_when(e.date), e.who, e.statement, [[k, sources.lookup(k).grade] for k in e.sources]]
            for e in entry.verdict.earlier
        ],
        "independent": entry.independent,
        "sources": [[key, sources.lookup(key).grade] for key in entry.verdict.sources],
        "shown": entry.claim.shown,
    }


def claims_judged(entries: list[Entry]) -> Quantity:
    """Count the claims of the article that the ledger holds."""
    return Quantity(float(len(entries)), "claims", "entries of the ledger", (sources.ARTICLE,), ())


def claims_rated(entries: list[Entry], rating: str) -> Quantity:
    """Count the claims with a rating; that none has it counts as 0."""
    found = sum(entry.verdict.rating == rating for entry in entries)
    return Quantity(float(found), "claims", f"claims rated {rating}", (sources.ARTICLE,), ())


def behind(entries: list[Entry]) -> tuple[str, ...]:
    """List every source that a verdict rests on."""
    return merge(*(entry.verdict.sources for entry in entries))


def scoreboard(entries: list[Entry]) -> Table:
    """Set out the verdicts by rating."""
    rows = [
        (Badge(rating), str(len(group)), Links(tuple(_verdict(entry) for entry in group)))
        for rating, group in Ledger(entries).groups()
    ]
    return Table("Verdicts by rating.", ("Rating", "Claims", "Which"), rows, "lrl")


def _verdict(entry: Entry) -> Link:
    return Link(entry.claim.title, f"claim-{entry.claim.name}")


def ratings_table() -> Table:
    """Say what each rating means."""
    return Table("What the ratings mean.", ("Rating", "Meaning"),
                 [(Badge(rating), meaning) for rating, meaning in RATINGS.items()])  # fmt: skip
