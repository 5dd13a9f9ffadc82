"""The ledger as readers see it, and what is said of it as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .. import sources
from ..claims.forms import RATINGS, Entry
from ..quantities import Quantity, merge
from .faces import Cite, Table

_ARTICLE = "tokayev2025ana"


@dataclass(frozen=True)
class Ledger:
    """Verdicts by rating, each with its words, its reason, what it hangs on and its sources."""

    entries: Sequence[Entry]

    def groups(self) -> list[tuple[str, list[Entry]]]:
        """Sort the entries by rating, firmest first, ratings without a verdict left out."""
        found = [(r, [e for e in self.entries if e.verdict.rating == r]) for r in RATINGS]
        return [(rating, entries) for rating, entries in found if entries]

    def text(self) -> str:
        """Give the ledger for a terminal and a screen reader."""
        lines = []
        for rating, entries in self.groups():
            lines.append(f"{rating.upper()}: {RATINGS[rating]}")
            for entry in entries:
                lines += [
                    f"- {entry.claim.title} (paragraph {entry.paragraph})",
                    f"  “{entry.claim.quotation}”",
                    f"  {entry.verdict.reason}",
                    *(f"  Depends on {d.on}: {d.otherwise}" for d in entry.verdict.depends),
                    f"  Sources: {Cite(entry.verdict.sources)}",
                ]
        return "\n".join(lines)

    def data(self) -> dict[str, Any]:
        """Give the face that the book is made from."""
        return {
            "groups": [
                {
                    "rating": rating,
                    "meaning": RATINGS[rating],
                    "claims": [_entry(entry) for entry in entries],
                }
                for rating, entries in self.groups()
            ]
        }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "name": f"claim-{entry.claim.name}",
        "title": entry.claim.title,
        "kind": entry.claim.kind,
        "quotation": entry.claim.quotation,
        "paragraph": entry.paragraph,
        "reason": entry.verdict.reason,
        "depends": [[d.on, d.otherwise] for d in entry.verdict.depends],
        "sources": [[key, sources.lookup(key).grade] for key in entry.verdict.sources],
        "shown": entry.claim.shown,
    }


def claims_judged(entries: list[Entry]) -> Quantity:
    """Count the claims of the article that the ledger holds."""
    return Quantity(float(len(entries)), "claims", "entries of the ledger", (_ARTICLE,), (), 2025)


def claims_rated(entries: list[Entry], rating: str) -> Quantity:
    """Count the claims with a rating; that none has it counts as 0."""
    found = sum(entry.verdict.rating == rating for entry in entries)
    return Quantity(float(found), "claims", f"claims rated {rating}", (_ARTICLE,), (), 2025)


def behind(entries: list[Entry]) -> tuple[str, ...]:
    """List every source that a verdict rests on."""
    return merge(*(entry.verdict.sources for entry in entries))


def scoreboard(entries: list[Entry]) -> Table:
    """Set out the verdicts by rating."""
    rows = [
        (rating, str(len(group)), "; ".join(entry.claim.title for entry in group))
        for rating, group in Ledger(entries).groups()
    ]
    return Table("Verdicts by rating.", ("Rating", "Claims", "Which"), rows, "lrl")


def scoreboard_caption(board: pd.DataFrame) -> str:
    """Say what the scoreboard shows."""
    count, whole = int(board.iloc[0]["claims"]), int(board["claims"].sum())
    return (
        f"{count} of {whole} claims are {board.iloc[0]['rating']}; the others need a reservation."
    )


def grades_caption(grades: pd.DataFrame) -> str:
    """Say what the sources by grade show."""
    counts = grades.set_index("claim")
    firm = counts.index[counts.get("A", 0) > 0]
    return (
        f"Official or scholarly statistics (grade A) stand behind {len(firm)} of {len(counts)} "
        "verdicts; the others rest on statements and reports."
    )


def ratings_table() -> Table:
    """Say what each rating means."""
    return Table("What the ratings mean.", ("Rating", "Meaning"), list(RATINGS.items()))
