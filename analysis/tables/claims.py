"""Models of the tables that verdicts and the page on the project rest on."""

from . import schema
from .schema import Table


class MottoResponses(Table):
    """Texts in which somebody other than the chair names TURKTIME or takes up its priorities."""

    _key = ("date", "what")

    date: str = schema.date("Date of the text")
    who: str = schema.text("Whose text it is")
    standing: str = schema.choice(
        "Where they stand: an institute speaks for itself, whatever its country",
        *("heads of state", "body", "state", "institute"),
    )
    country: str = schema.country(
        "Country of a state or an institute; empty for joint texts and bodies", nullable=True
    )
    what: str = schema.text("The text")
    how: str = schema.choice(
        "What it does with the motto",
        *("named it as its theme", "took up all eight words", "praised what was done under it"),
    )


class Corrections(Table):
    """What the book has corrected since its first edition."""

    _key = ("date", "place", "was")

    date: str = schema.date("Day of the correction", ahead=True)
    place: str = schema.text("Page and part of the book")
    was: str = schema.text("What it said")
    # `is` is a word of the language that the models are written in.
    now: str = schema.text("What it says", alias="is")
    why: str = schema.text("Why it was wrong")
