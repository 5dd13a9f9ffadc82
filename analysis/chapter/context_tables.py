"""The tables of the context chapter, from the frames of its evidence."""

import pandas as pd

from .. import context
from ..countries import NAMES, Membership
from ..formats import capitalised
from .table import SOURCE, Column, Table


def wordings(statements: pd.DataFrame) -> Table:
    """Set speech and interview side by side."""
    both = statements.pivot(index="topic", columns="occasion", values="wording")
    return Table.of(
        context.shared_words(statements).join(both, on="topic"),
        "The article's quotations repeat the Bishkek speech: shared words, topic by topic.",
        Column("Topic", lambda row: capitalised(row["topic"])),
        Column("Bishkek, 6 November 2024", "Bishkek summit"),
        Column("The article, January 2025", "Ana Tili interview"),
        Column("Words shared", lambda row: f"{row['shared']} of {row['words']}", spec="bare"),
        SOURCE,
    )


def members(parties: pd.DataFrame) -> Table:
    """List members and observers."""
    return Table.of(
        parties,
        "Members and observers, and since when.",
        Column("Party", "party"),
        Column("Standing", "role"),
        Column("Since", "since"),
        Column("How", "how"),
        Column("Lists agree", lambda row: "yes" if row["listing"] == "agreed" else "no"),
        SOURCE,
    )


def releases(sizes: pd.DataFrame, group: Membership, vintages: tuple[str, str]) -> Table:
    """Compare output and people of 2023 in two releases."""
    return Table.of(
        context.between_releases(sizes, group, 2023, vintages),
        "Output (USD billion, current prices) and people (million) of 2023 in the releases of "
        "October 2024 and October 2025, and the change in %.",
        Column("Country", lambda row: NAMES[row["country"]]),
        Column("Output: 2024", "gdp_first", spec="2"),
        Column("2025", "gdp_second", spec="2"),
        Column("%", lambda row: _signed(row["gdp_change"]), spec="bare"),
        Column("People: 2024", "population_first", spec="2"),
        Column("2025", "population_second", spec="2"),
        Column("%", lambda row: _signed(row["population_change"]), spec="bare"),
    )


def counts(stated: pd.DataFrame) -> Table:
    """List every count of events by date."""
    return Table.of(
        stated.sort_values("date", kind="stable"),
        "Every count of events that was found: who gave it, when, of what.",
        Column("Said", "date"),
        Column("By", lambda row: f"{row['speaker']}, {row['office']}"),
        Column("Period", lambda row: row["period"] + ", a part" * (row["covers"] == "part")),
        Column(
            "Count",
            lambda row: f"{row['bound']} {row['count']}".removeprefix("exactly "),
            spec="bare",
        ),
        Column("Of what", "counted"),
        SOURCE,
    )


def acts(on_record: pd.DataFrame) -> Table:
    """List the acts of the chairmanship, sphere by sphere."""
    done = (on_record["stage"] == "done").sum()
    return Table.of(
        on_record,
        f"Acts found in the time of the chairmanship: {done} done, {len(on_record) - done} agreed "
        "or proposed.",
        Column("Sphere", lambda row: capitalised(row["field"])),
        Column("Date", "date"),
        Column("Act", "act"),
        Column("Stage", "stage"),
        SOURCE,
    )


def games(items: pd.DataFrame) -> Table:
    """Set out the Games, every version of each item."""
    return Table.of(
        context.versions(items),
        "The fifth World Nomad Games: what was reported afterwards, and what had been announced.",
        Column("Item", lambda row: capitalised(row["item"])),
        Column("Reported", lambda row: row["reported"] or "–"),
        Column("Announced", lambda row: row["announced"] or "–"),
        Column("Sources agree", lambda row: "no" if row["disputed"] else "yes"),
        SOURCE,
    )


def turkistan(documents: pd.DataFrame) -> Table:
    """List how documents word the title of the city."""
    return Table.of(
        documents,
        "How the status of Turkistan is worded.",
        Column("Document", "document"),
        Column("Date", "date"),
        Column("Wording", "wording"),
        Column("Leaves room for others", lambda row: "yes" if row["reading"] == "shared" else "no"),
        SOURCE,
    )


def _signed(change: float) -> str:
    return f"{change:+.1f}".replace("-", "−")
