"""Models of the tables that the trade chapter rests on."""

from collections.abc import Callable

import pandas as pd

from . import schema
from .schema import Table

_REPORTERS = ("exporter", "importer", "reconciled")


class TradeFlows(Table):
    """Directed trade in goods: what one country sold to another in one year, and who says so.

    Exporters report free on board, importers including freight and insurance; a reconciled figure
    is CEPII's own joint estimate from both reports.
    """

    _key = ("exporter", "importer", "year", "side", "edition")

    exporter: str = schema.country("Country that sold")
    importer: str = schema.country("Country that bought")
    year: int = schema.year()
    side: str = schema.choice("Whose report it is", *_REPORTERS)
    value_usd: float = schema.amount("Value of goods, current prices", "USD")
    edition: str = schema.text("Release of the data set")


class TradePairs(Table):
    """Two-way trade of a pair of countries in goods, reconciled, each flow counted once."""

    _key = ("first", "second", "year")

    first: str = schema.country("Code that comes first in the alphabet")
    second: str = schema.country("The other country of the pair")
    year: int = schema.year()
    value_usd: float = schema.amount("Value of goods both ways, current prices", "USD")
    edition: str = schema.text("Release of the data set; figures of two releases differ")


class TradeStated(Table):
    """Bilateral trade as officials, statistical offices and the press stated it, after 2020."""

    _key = ("reporter", "partner", "year", "flow")

    reporter: str = schema.country("Country whose figure it is")
    partner: str = schema.text(
        "Partner country; OTS for the other four members together; SPECA for six neighbours"
    )
    year: int = schema.year("Calendar year of the trade")
    months: int = schema.amount("Months covered, from January", "months", least=1, le=12)
    flow: str = schema.choice("Direction, seen from the reporter", "turnover", "export", "import")
    value_usd: float = schema.amount("Value of goods, current prices", "USD")
    basis: str = schema.choice(
        "Stated as it stands, or by arithmetic in the note", "stated", "derived"
    )
    note: str = schema.note()


class TradeStatements(Table):
    """What officials and others said of the trade of the whole group, by date, in their own noun.

    A statement that repeats another names it; that one reports it follows from the words, or is
    inferred where the note says so.
    """

    _key = ("id",)

    id: str = schema.text("Name of the row: speaker and year")
    date: str = schema.date("When it was said")
    speaker: str = schema.text("Who said it")
    office: str = schema.text("In what capacity")
    side: str = schema.choice(
        "Whose side the speaker is on", "Türkiye", "Kazakhstan", "Uzbekistan", "Azerbaijan",
        "Hungary", "Secretariat", "other",
    )  # fmt: skip
    year: pd.Int64Dtype = schema.year(
        "Year it was said of; empty where none was named", nullable=True
    )
    months: int = schema.amount("Months of that year that it covers", "months", least=1, le=12)
    noun: str = schema.text("What was counted, in the words of the source")
    measure: str = schema.choice(
        "Exports to each other, which hold each flow once, or trade, whose counting is not said",
        "trade",
        "exports",
    )
    members: str = schema.text("Which countries, as stated; `not said` where none were named")
    bound: str = schema.choice("How the figure was worded", "exactly", "more than")
    usd_billion: float = schema.amount(
        "Amount; empty where only a share was stated", "USD billion", nullable=True
    )
    share_percent: float = schema.amount(
        "Share stated beside it; empty where it was not", "%", nullable=True, le=100
    )
    share_of: str = schema.choice(
        "What it is a share of, as stated", "trade", "exports", nullable=True
    )
    whole_usd_billion: float = schema.amount(
        "The whole that it is a share of; empty where it was not stated",
        "USD billion",
        nullable=True,
    )
    world_usd_billion: float = schema.amount(
        "The members' trade with the whole world, stated beside it; empty where it was not",
        "USD billion",
        nullable=True,
    )
    repeats: str = schema.text("Id of the statement that it repeats; empty: none", nullable=True)
    slip: str = schema.choice(
        "Why it is not the group's trade, where it is not", "one country", "trade with the world",
        "another year", nullable=True,
    )  # fmt: skip
    note: str = schema.note()

    @classmethod
    def hold(cls, frame: pd.DataFrame, other: Callable[[str], pd.DataFrame]) -> None:
        """Refuse a repetition without its origin, one before it, and a year after the day."""
        dates = dict(zip(frame["id"], frame["date"], strict=True))
        for place, row in frame.iterrows():
            if not pd.isna(row["year"]) and int(row["year"]) > int(row["date"][:4]):
                raise cls.breach(frame, place, "year", str(row["year"]), f"to {row['date'][:4]}")
            if pd.isna(row["repeats"]):
                continue
            if row["repeats"] not in dates:
                raise cls.breach(frame, place, "repeats", row["repeats"], "an id of this table")
            if dates[row["repeats"]][:7] > row["date"][:7]:
                raise cls.breach(
                    frame, place, "repeats", row["repeats"], "a statement made before it"
                )


class TradeGas(Table):
    """Natural gas that Azerbaijan sold: volume and value apart, as far as published."""

    _key = ("buyer", "year", "months")

    seller: str = schema.country("Country that sold")
    buyer: str = schema.country("Country that bought, or WLD for all")
    year: int = schema.year()
    months: int = schema.amount("Months covered, from January", "months", least=1, le=12)
    volume_bcm: float = schema.amount("Volume", "billion cubic metres", nullable=True)
    volume_change_percent: float = schema.amount(
        "Change of the volume on the year before", "%", least=None, nullable=True
    )
    value_change_percent: float = schema.amount(
        "Change of the value on the year before", "%", least=None, nullable=True
    )
    note: str = schema.note()


class TradeGroups(Table):
    """Share of other groups' trade that is with each other, each flow in both parts twice."""

    _key = ("name", "year")

    name: str = schema.text("Group of countries")
    year: int = schema.year()
    months: int = schema.amount("Months covered, from January", "months", least=1, le=12)
    share_percent: float = schema.amount("Share of trade with each other in all trade", "%", le=100)
    note: str = schema.note()


class TradeMemberTotals(Table):
    """What one member's side said that its trade with the other members was in a whole year."""

    _key = ("reporter", "year", "who")

    reporter: str = schema.country("Member whose trade it is")
    year: int = schema.year()
    who: str = schema.text("Who stated it")
    usd_billion: float = schema.amount("Exports and imports, as stated", "USD billion")
    note: str = schema.note()


class TradeTotals(Table):
    """Trade in goods with the whole world, by country; WLD is the world itself."""

    _key = ("country", "year", "edition")

    country: str = schema.country("Country, or WLD for the sum of all countries")
    year: int = schema.year()
    exports_usd: float = schema.amount("Exports of goods, current prices", "USD")
    imports_usd: float = schema.amount("Imports of goods, current prices", "USD")
    edition: str = schema.text("Data set; figures of two of them differ")


class TradeSums(Table):
    """Trade that was published only as a sum over several years."""

    _key = ("reporter", "partner", "first_year", "last_year", "flow")

    reporter: str = schema.country("Country whose figure it is")
    partner: str = schema.text("Partner country, or OTS for the other four members together")
    first_year: int = schema.year("First year of the sum")
    last_year: int = schema.year("Last year of the sum")
    flow: str = schema.choice("Direction, seen from the reporter", "export", "import")
    value_usd: float = schema.amount("Value of goods, current prices", "USD")


class TradeParts(Table):
    """Part of a year beside the whole: how well twelve months follow from fewer.

    It holds the pairs and groups of more than a billion dollars of which eight months or more are
    known, the latest part of a year.
    """

    _key = ("reporter", "partner", "year")

    reporter: str = schema.country("Country whose figures they are")
    partner: str = schema.text("Partner country, or OTS for the other four members together")
    year: int = schema.year()
    months: int = schema.amount(
        "Months covered by the part, from January", "months", least=1, le=11
    )
    part_usd: float = schema.amount("Turnover of those months, current prices", "USD")
    whole_usd: float = schema.amount("Turnover of the whole year, current prices", "USD")
    note: str = schema.note()

    @classmethod
    def hold(cls, frame: pd.DataFrame, other: Callable[[str], pd.DataFrame]) -> None:
        """Refuse a part that is more than its whole."""
        for place, row in frame.iterrows():
            if row["part_usd"] > row["whole_usd"]:
                allowed = f"{row['whole_usd']:.0f} or less, as in the whole year"
                raise cls.breach(frame, place, "part_usd", f"{row['part_usd']:.0f}", allowed)


class TradeTargets(Table):
    """What governments and officials said that trade should reach."""

    _key = ("date", "scope")

    date: str = schema.date("When it was said")
    who: str = schema.text("Who set it")
    scope: str = schema.text(
        "A pair of codes, one code for a member's trade with the rest, or group"
    )
    kind: str = schema.choice(
        "An amount in USD billion, a multiple of the trade of the time, or a share of all external "
        "trade in percent",
        "amount",
        "multiple",
        "share",
    )
    value: float = schema.amount("The target, in the unit of its kind", "see kind")
    due: pd.Int64Dtype = schema.year(
        "Year it is due; empty where none was named", ahead=True, nullable=True
    )
    note: str = schema.note()


class Prices(Table):
    """Prices in the United States, the deflators of dollar totals."""

    _key = ("year",)

    year: int = schema.year()
    index_1982_84: float = schema.amount("CPI-U, annual mean", "index, 1982-84 = 100")
    gdp_deflator_2017: float = schema.amount("GDP deflator", "index, 2017 = 100")
