"""Models of the tables that the priorities chapter rests on."""

from collections.abc import Callable

import pandas as pd

from ..stages import STAGES, done
from . import schema
from .schema import Table

_UNIT = "as the column unit says"


class Priorities(Table):
    """The eight priorities of TURKTIME in their order, with what officials said each holds."""

    _key = ("position",)

    position: int = schema.amount("Place in the slogan", "place", least=1, le=8)
    letter: str = schema.choice("Letter of the slogan", "T", "U", "R", "K", "I", "M", "E")
    priority: str = schema.text("Name, as the article gives it")
    akorda_name: str = schema.text("Name in the English text of the President's office")
    scope: str = schema.note("What it is said to hold, in our words; empty where nothing was found")
    scope_status: str = schema.choice(
        "Whether officials said what it holds, in the excerpts read",
        *("stated", "inferred", "not found"),
    )
    said: str = schema.date("Day on which it was said; empty where it was not found", nullable=True)
    needs: str = schema.text("What a good measurement of it would need")
    note: str = schema.note()
    horizon_years: int = schema.amount("Time that the priorities were made for", "years")


class IndicatorList(Table):
    """The book's own choice of indicators, with why each stands for a priority and how it fails."""

    _key = ("indicator",)

    indicator: str = schema.text("Short name, as in the table of indicators")
    position: int = schema.amount(
        "Place of its priority in the slogan; 0 where it stands for a field of the article",
        "place",
        le=8,
    )
    name: str = schema.text("Name for readers")
    unit: str = schema.text("Unit of its values")
    better: str = schema.choice("Which direction is progress", "higher", "lower", "none")
    counts: str = schema.choice(
        "Levels, which may rise and fall, or additions to a list, which cannot fall",
        *("levels", "additions"),
    )
    stands_for: str = schema.text("Why it stands for the priority")
    fails: str = schema.text("Where it fails to")


class Indicators(Table):
    """Values of the indicators for the five members."""

    _key = ("indicator", "country", "year")

    indicator: str = schema.text("Short name, as in the list of indicators")
    country: str = schema.country("Country described")
    year: int = schema.year()
    value: float = schema.amount("Value; scores may be negative", _UNIT, least=None)
    unit: str = schema.text("Unit of the value")
    basis: str = schema.choice(
        "Whether the publisher marks the figure as an estimate", "reported", "estimate"
    )
    vintage: str = schema.text("Release of the data set")
    standard_error: float = schema.amount(
        "Standard error, where the source publishes one", _UNIT, nullable=True
    )


class Fund(Table):
    """Dated facts of the Turkic Investment Fund."""

    _key = ("fact",)

    date: str = schema.date("When it happened or was stated")
    fact: str = schema.text("What happened or was stated")
    value: float = schema.amount("Its figure, where it has one", _UNIT, nullable=True)
    unit: str = schema.note("Unit of the value; empty where there is none")
    note: str = schema.note()


class SharedHeritage(Table):
    """Elements of UNESCO's lists of intangible heritage that two members or more hold together."""

    _key = ("element", "country")

    element: str = schema.text("The element, in short")
    country: str = schema.country("Member that holds it")
    since: int = schema.year("Year in which the member was inscribed with it")


class PriorityWords(Table):
    """Words by which a sentence is said to speak to a priority."""

    _key = ("position", "word")

    position: int = schema.amount("Place of the priority in the slogan", "place", least=1, le=8)
    word: str = schema.text("A word; a star at its end stands for any ending")
    basis: str = schema.choice(
        "The priority's own name, a word of its scope, or a plain synonym of one",
        *("name", "scope", "synonym"),
    )


class PrioritySteps(Table):
    """Steps on record that fit the scope of a priority, by our own match."""

    _key = ("position", "date", "step")

    position: int = schema.amount("Place of the priority in the slogan", "place", least=1, le=8)
    date: str = schema.date("Day of the step, or on which it was told")
    step: str = schema.text("What was promised, signed, brought into force or set to work")
    stage: str = schema.choice("How far it went: see analysis/stages.py", *STAGES)
    act: str = schema.note("The same act in the table acts, word for word, if it is done")
    unrecorded: str = schema.note("Why the table acts has no row for a step that is done")
    note: str = schema.note()

    @classmethod
    def hold(cls, frame: pd.DataFrame, other: Callable[[str], pd.DataFrame]) -> None:
        """Refuse a step that is done, unless the acts have it too or the row says why not.

        Verdicts count acts and the chapter counts steps: one record may not know what the other
        lacks.
        """
        acts = other("acts")
        known = set(zip(acts["date"], acts["act"], acts["stage"], strict=True))
        for place, row in done(frame).iterrows():
            if pd.isna(row["act"]) == pd.isna(row["unrecorded"]):
                came = "an empty cell" if pd.isna(row["act"]) else f"{row['act']}, and why not"
                allowed = "an act of data/acts.csv, or a reason in the column unrecorded"
                raise cls.breach(frame, place, "act", came, allowed)
            if pd.notna(row["act"]) and (row["date"], row["act"], row["stage"]) not in known:
                allowed = f"an act of {row['date']} in data/acts.csv that is {row['stage']}"
                raise cls.breach(frame, place, "act", row["act"], allowed)


class Topics(Table):
    """Fields and further topics that the article names, with the measure chosen for each."""

    _key = ("topic",)

    order: int = schema.amount("Place in the article", "place", least=1)
    topic: str = schema.text("Name for readers")
    field: str = schema.text("Name in the table of acts")
    claim: str = schema.text("Claim of the article that speaks of it")

    @classmethod
    def hold(cls, frame: pd.DataFrame, other: Callable[[str], pd.DataFrame]) -> None:
        """Refuse places other than the first, the second and so on, each once."""
        for due, (row, came) in enumerate(frame["order"].sort_values().items(), 1):
            if came != due:
                raise cls.breach(frame, row, "order", f"{came}", f"{due}, the next place")
