"""Models of the tables that the priorities chapter rests on."""

from . import schema
from .schema import Table


class Priorities(Table):
    """The eight priorities of TURKTIME in their order, with what officials said each holds."""

    class Config:
        """One row a position."""

        unique = ["position"]

    position: int = schema.amount("Place in the slogan", "place", least=1, le=8)
    letter: str = schema.choice("Letter of the slogan", "T", "U", "R", "K", "I", "M", "E")
    priority: str = schema.words("Name, as the article gives it")
    akorda_name: str = schema.words("Name in the English text of the President's office")
    scope: str = schema.note("What it is said to hold, in our words; empty where nothing was found")
    scope_status: str = schema.choice(
        "Whether officials said what it holds", "stated", "inferred", "not found"
    )
    note: str = schema.note()
    horizon_years: int = schema.amount("Time that the priorities were made for", "years")


class IndicatorList(Table):
    """The book's own choice of indicators, with why each stands for a priority and how it fails."""

    class Config:
        """One row an indicator."""

        unique = ["indicator"]

    indicator: str = schema.words("Short name, as in the table of indicators")
    position: int = schema.amount("Place of its priority in the slogan", "place", least=1, le=8)
    name: str = schema.words("Name for readers")
    unit: str = schema.words("Unit of its values")
    better: str = schema.choice("Which direction is progress", "higher", "lower", "none")
    form: str = schema.choice("Years enough for a trend, or one year alone", "series", "snapshot")
    stands_for: str = schema.words("Why it stands for the priority")
    fails: str = schema.words("Where it fails to")


class Indicators(Table):
    """Values of the indicators for the five members."""

    class Config:
        """One figure an indicator, country and year."""

        unique = ["indicator", "country", "year"]

    indicator: str = schema.words("Short name, as in the list of indicators")
    country: str = schema.country("Country described")
    year: int = schema.year()
    value: float = schema.amount(
        "Value; scores may be negative", "as the column unit says", least=None
    )
    unit: str = schema.words("Unit of the value")
    basis: str = schema.choice(
        "Whether the publisher marks the figure as an estimate", "reported", "estimate"
    )
    vintage: str = schema.words("Release of the data set")


class Fund(Table):
    """Dated facts of the Turkic Investment Fund."""

    class Config:
        """One row a fact."""

        unique = ["fact"]

    date: str = schema.date("When it happened or was stated")
    fact: str = schema.words("What happened or was stated")
    value: float = schema.amount(
        "Its figure, where it has one", "as the column unit says", nullable=True
    )
    unit: str = schema.note("Unit of the value; empty where there is none")
    note: str = schema.note()


TABLES: dict[str, type[Table]] = {
    "priorities": Priorities,
    "indicator_list": IndicatorList,
    "indicators": Indicators,
    "fund": Fund,
}
