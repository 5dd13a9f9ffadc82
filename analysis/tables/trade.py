"""Models of the tables that the trade chapter rests on."""

import pandas as pd

from . import schema
from .schema import Table

_REPORTERS = ("exporter", "importer", "reconciled")


class TradeFlows(Table):
    """Directed trade in goods: what one country sold to another in one year, and who says so.

    Exporters report free on board, importers including freight and insurance; a reconciled figure
    is CEPII's own joint estimate from both reports.
    """

    class Config:
        """One figure a flow, year, side and edition."""

        unique = ["exporter", "importer", "year", "side", "edition"]

    exporter: str = schema.country("Country that sold")
    importer: str = schema.country("Country that bought")
    year: int = schema.year()
    side: str = schema.choice("Whose report it is", *_REPORTERS)
    value_usd: float = schema.amount("Value of goods, current prices", "USD")
    edition: str = schema.words("Release of the data set")


class TradePairs(Table):
    """Two-way trade of a pair of countries in goods, reconciled, each flow counted once."""

    class Config:
        """One figure a pair and year."""

        unique = ["first", "second", "year"]

    first: str = schema.country("Code that comes first in the alphabet")
    second: str = schema.country("The other country of the pair")
    year: int = schema.year()
    value_usd: float = schema.amount("Value of goods both ways, current prices", "USD")
    edition: str = schema.words("Release of the data set; figures of two releases differ")


class TradeStated(Table):
    """Bilateral trade as officials, statistical offices and the press stated it, after 2020."""

    class Config:
        """One figure a reporter, partner, year and flow."""

        unique = ["reporter", "partner", "year", "flow"]

    reporter: str = schema.country("Country whose figure it is")
    partner: str = schema.words("Partner country, or OTS for the other four members together")
    year: int = schema.year("Calendar year of the trade")
    months: int = schema.amount("Months covered, from January", "months", least=1, le=12)
    flow: str = schema.choice("Direction, seen from the reporter", "turnover", "export", "import")
    value_usd: float = schema.amount("Value of goods, current prices", "USD")
    basis: str = schema.choice(
        "Stated as it stands, or by arithmetic in the note", "stated", "derived"
    )
    note: str = schema.note()


class TradeStatements(Table):
    """What officials and others said the trade of the whole group was, by date."""

    class Config:
        """One statement a date, speaker and year described."""

        unique = ["date", "speaker", "year"]

    date: str = schema.date("When it was said")
    speaker: str = schema.words("Who said it")
    office: str = schema.words("In what capacity")
    year: pd.Int64Dtype = schema.year(
        "Year it was said of; empty where none was named", nullable=True
    )
    bound: str = schema.choice("How the figure was worded", "exactly", "more than")
    usd_billion: float = schema.amount("Trade of the group, as stated", "USD billion")
    note: str = schema.note()


class Prices(Table):
    """Consumer prices in the United States, the deflator of dollar totals."""

    class Config:
        """One figure a year."""

        unique = ["year"]

    year: int = schema.year()
    index_1982_84: float = schema.amount("CPI-U, annual mean", "index, 1982-84 = 100")


TABLES: dict[str, type[Table]] = {
    "trade_flows": TradeFlows,
    "trade_pairs": TradePairs,
    "trade_stated": TradeStated,
    "trade_statements": TradeStatements,
    "prices": Prices,
}
