"""Models of the tables that the context chapter rests on."""

import re
from collections.abc import Callable

import pandas as pd

from ..countries import FIVE
from ..errors import TableError
from ..stages import STAGES
from . import schema
from .schema import Table

#: Tables that need a row of every member.
_COUNTED = ("trade_pairs", "trade_flows", "trade_totals", "sizes", "borders", "indicators")
#: Tables with figures stated of all members together, and the column and word that say so.
_TOGETHER = {
    "trade_stated": ("partner", "OTS"), "trade_sums": ("partner", "OTS"),
    "trade_parts": ("partner", "OTS"), "trade_statements": ("members", "members"),
    "size_statements": ("covers", "members"),
}  # fmt: skip
_MEASURES = ("area", "population", "gdp")
_SIZES = (*_MEASURES, "gdp_ppp")
_EVENTS = ("founding", "summit", "informal", "accession", "chairmanship", "statement")
_BOUNDS = ("exactly", "about", "nearly", "more than")
_FIELDS = (
    "political", "trade-economic", "transport-logistics", "cultural-humanitarian", "education",
    "energy", "industry", "agriculture", "digitalization", "Altai", "heritage", "TURKTIME",
)  # fmt: skip


class Members(Table):
    """Members and observers of the Organization of Turkic States, with the date of each."""

    _key = ("party",)

    party: str = schema.text("State or organisation, as the admitting decision names it")
    country: str = schema.country(
        "Its code; empty where the book has no series for it", nullable=True
    )
    role: str = schema.choice("Standing in the organisation", "member", "observer")
    since: str = schema.date("Date of standing")
    how: str = schema.text("How it came about")
    listing: str = schema.choice(
        "Whether sources that list the parties agree on it", "agreed", "disputed"
    )

    @classmethod
    def hold(cls, frame: pd.DataFrame, other: Callable[[str], pd.DataFrame]) -> None:
        """Hold the members to those that every total and every sentence counts.

        One more or fewer here alone would change a part of the book; the refusal names the tables
        that lack the country, or the figures that nobody has stated without it.
        """
        for place, row in frame.iterrows():
            if row["role"] == "member" and row["country"] not in FIVE.codes:
                lack = [name for name in _COUNTED if row["country"] not in other(name).to_numpy()]
                raise cls.breach(
                    frame, place, "role", f"{row['country']} as a member",
                    f"{', '.join(FIVE.codes)}, the members of `analysis.countries`; of "
                    f"{row['country']} there is no row in {', '.join(lack) or 'no other table'}",
                )  # fmt: skip
        named = set(frame.loc[frame["role"] == "member", "country"])
        if missing := sorted(set(FIVE.codes) - named):
            rows = {name: other(name)[column].eq(word).sum() for name, (column, word)
                    in _TOGETHER.items()}  # fmt: skip
            lost = ", ".join(f"{name} ({number})" for name, number in rows.items() if number)
            raise TableError(
                f"{', '.join(missing)} not a member", where="data/members.csv",
                allowed=f"all of {', '.join(FIVE.codes)}, the members of `analysis.countries`; of "
                f"the rest alone nobody stated what these rows hold of all: {lost}",
            )  # fmt: skip


class Events(Table):
    """Dated events of the organisation: founding, summits, changes of the chair."""

    _key = ("date", "kind")

    date: str = schema.date("Day of the event, the last one where it took two")
    kind: str = schema.choice("What sort of event", *_EVENTS)
    event: str = schema.text("What happened")
    place: str = schema.note("Where; empty where no place is given")
    country: str = schema.country(
        "The state that takes the chair; empty for other events", nullable=True
    )
    note: str = schema.note()


class Sizes(Table):
    """Area, population and output of members, observers and the world, by release."""

    _key = ("country", "measure", "year", "vintage")

    country: str = schema.country("Country described")
    measure: str = schema.choice(
        "What is measured; gdp at current prices, gdp_ppp at purchasing power", *_SIZES
    )
    year: int = schema.year("Calendar year; for area, the year of the edition")
    value: float = schema.amount(
        "Area in km², population in million, GDP in USD billion or billion international dollars",
        "as the column unit says",
    )
    unit: str = schema.choice(
        "Unit of the value", "km²", "million", "USD billion", "international dollar billion"
    )
    vintage: str = schema.text("Release of the data set; GDP differs between releases")
    basis: str = schema.choice(
        "Whether the publisher marks the figure as an estimate", "reported", "estimate"
    )


class SizeStatements(Table):
    """What officials and others said the area, population and output of the group are."""

    _key = ("date", "speaker", "measure")

    date: str = schema.date("When it was said")
    speaker: str = schema.text("Who said it")
    office: str = schema.text("In what capacity")
    measure: str = schema.choice("What is measured", *_MEASURES)
    bound: str = schema.choice("How the figure was worded", *_BOUNDS)
    value: float = schema.amount("As stated", "as the column unit says")
    unit: str = schema.choice("Unit of the value", "million km²", "million", "USD billion")
    covers: str = schema.choice(
        "Whose total it is, as stated", "members", "members and observers", "not stated"
    )
    of_year: int = schema.year(
        "Year whose sums it is held against: the year stated, or the last full one before; "
        "for area, the year of the edition",
        ahead=True,
    )
    note: str = schema.note()


class EventCounts(Table):
    """How many events were held in the organisation, as stated, by date, speaker and period."""

    _key = ("date", "speaker", "period")

    date: str = schema.date("When it was said")
    speaker: str = schema.text("Who said it")
    office: str = schema.text("In what capacity")
    period: str = schema.text("Period that is counted")
    chair: str = schema.country(
        "State in the chair, where a chairmanship is counted", nullable=True
    )
    bound: str = schema.choice("How the figure was worded", *_BOUNDS)
    count: int = schema.amount("Events, as stated", "events")
    counted: str = schema.text("What was counted, in the words of the source")
    covers: str = schema.choice(
        "Whether the number is of the whole period or of the part gone by", "whole", "part"
    )
    list_published: str = schema.choice(
        "Whether a list of the events was found", "none found", "found"
    )
    note: str = schema.note()


class Games(Table):
    """The World Nomad Games of 2024: each item, in every version that was found."""

    _key = ("item", "stage", "version")

    item: str = schema.text("What is described")
    stage: str = schema.choice("Said of what was to come, or of what was", "announced", "reported")
    version: str = schema.text("What the sources say")
    value: float = schema.amount(
        "The same as a number, where it is one", "as the column unit says", nullable=True
    )
    unit: str = schema.note("Unit of the value; empty where there is none")
    note: str = schema.note()

    @classmethod
    def hold(cls, frame: pd.DataFrame, other: Callable[[str], pd.DataFrame]) -> None:
        """Refuse a number that does not stand in the words it is taken from."""
        for place, row in frame[frame["value"].notna()].iterrows():
            numbers = re.findall(r"\d[\d,]*(?:\.\d+)?", row["version"])
            if numbers and row["value"] not in [float(n.replace(",", "")) for n in numbers]:
                raise cls.breach(frame, place, "value", f"{row['value']:g}", row["version"])


class PlaceWordings(Table):
    """How documents and reports word the status that Turkistan was given in 2021."""

    _key = ("document",)

    date: str = schema.date("Date of the document")
    document: str = schema.text("Document or report")
    kind: str = schema.choice(
        "The summit's own text, a report, or the article", "own text", "report", "article"
    )
    wording: str = schema.text("The status, quoted")
    reading: str = schema.choice(
        "Whether the wording leaves room for other cities", "shared", "sole"
    )
    note: str = schema.note()


class StatementWordings(Table):
    """The same matter in two places: the Bishkek speech and the article, quoted."""

    _key = ("topic", "occasion")

    topic: str = schema.text("What is spoken of")
    occasion: str = schema.choice("Where it was said", "Bishkek summit", "Ana Tili interview")
    date: str = schema.date("When it was said")
    wording: str = schema.text("The words, quoted in English as reported")


class InterviewReports(Table):
    """Who reported the interview with Ana Tili, and when."""

    _key = ("outlet",)

    date: str = schema.date("Date of the report")
    outlet: str = schema.text("Publisher")
    form: str = schema.choice("What it prints of the interview", "text", "summary", "mention")
    note: str = schema.note()


class Borders(Table):
    """Borders of Kazakhstan with other members, by land and by sea."""

    _key = ("country", "neighbour")

    country: str = schema.country("Country")
    neighbour: str = schema.country("Country across the border")
    across: str = schema.choice("A border by land, or one by sea alone", "land", "sea")


class Acts(Table):
    """Acts on record in the fields that the article names: done, proposed or announced."""

    _key = ("date", "act")

    date: str = schema.date("Day of the act")
    field: str = schema.choice("Field of the article it belongs to", *_FIELDS)
    act: str = schema.text("What was done or said; verdicts put “the” before a noun that opens it")
    stage: str = schema.choice("How far it went: see analysis/stages.py", *STAGES)
    by: str = schema.country(
        "The state that acted; empty where several acted together, or a body", nullable=True
    )
    note: str = schema.note()
