"""World Bank: trade in goods with the whole world, and indicators of the priorities chapter.

The Indicators API, version 2 (datahelpdesk.worldbank.org/knowledgebase/articles/898581, 1886674):
``/country/AZE;KAZ/indicator/CODE?format=json&source=2&date=2005:2024`` gives a list of two, first
what the pages are (``page``, ``pages``, ``per_page``, ``total``, ``lastupdated``), then the rows
(``countryiso3code``, ``date``, ``value``, empty where there is none). A request that cannot be
served gives a list of one, with a ``message``.

The governance indicators have been asked for under two names of late, ``GOV_WGI_CC.EST`` and before
that ``CC.EST``; both are tried, each with its own standard errors.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.countries import FIVE
from analysis.errors import RefreshError

from ..answers import cells, dollars, number, one_of, other_form, whole_json, year_of
from ..delivery import Delivery, Entry, digest_of
from ..fetch import Answer, Fetcher

SERVER = "https://api.worldbank.org/v2"
#: The edition that `analysis.trade.shares` asks for.
_EDITION = "World Development Indicators"
_EXPORTS, _IMPORTS = "TX.VAL.MRCH.CD.WT", "TM.VAL.MRCH.CD.WT"
_PAGE = 1000
#: Pages of an answer; five members' years fill one.
_PAGES = 100
_FIELDS = ("countryiso3code", "date", "value")
_Values = dict[tuple[str, int], float]


@dataclass(frozen=True)
class _Source:
    """A data base of the API: its number, its name, the end of its key."""

    number: int
    name: str
    short: str


_WDI = _Source(2, "World Development Indicators", "wdi")
_WGI = _Source(3, "Worldwide Governance Indicators", "wgi")


@dataclass(frozen=True)
class _Series:
    """An indicator of ours: source, names of its code, unit, decimals, first year.

    A name that ends in ``.EST`` has a series of standard errors, ``.STD.ERR``, beside it.
    """

    source: _Source
    codes: tuple[str, ...]
    unit: str
    decimals: int
    since: int = 2013


class _NoSeriesError(RefreshError):
    """The service knows the request and does not have the series, or not whole."""


def _governance(code: str) -> _Series:
    return _Series(_WGI, (f"GOV_WGI_{code}.EST", f"{code}.EST"), "standard normal units", 2)


#: Our short name -> the series. Codes as the API lists them (api.worldbank.org/v2/indicator).
SERIES = {
    "lpi_overall": _Series(_WDI, ("LP.LPI.OVRL.XQ",), "score, 1 to 5", 3, since=2007),
    "internet_users": _Series(_WDI, ("IT.NET.USER.ZS",), "% of population", 1),
    "manufacturing": _Series(_WDI, ("NV.IND.MANF.ZS",), "% of GDP", 1),
    "wgi_control_of_corruption": _governance("CC"),
    "wgi_government_effectiveness": _governance("GE"),
    "wgi_political_stability": _governance("PV"),
    "wgi_regulatory_quality": _governance("RQ"),
    "wgi_rule_of_law": _governance("RL"),
}


def read(
    fetcher: Fetcher, years: Sequence[int], server: str = SERVER, world: Iterable[int] = ()
) -> Delivery:
    """Ask for the totals of trade, and for every indicator of `SERIES`.

    Of the years in ``world`` the sum of all countries is wanted too. `RefreshError` as
    `Fetcher.get` gives it, and where the answer has another form, a country that was not asked for,
    or no figure.
    """
    service = _Service(fetcher, server)
    span = (years[0], years[-1])
    rows, left = {}, []
    try:
        rows["trade_totals"] = _totals(service, span, set(world))
    except _NoSeriesError as error:
        left.append(_stays("trade_totals", error))
    indicators, missing = _indicators(service, span)
    left += missing
    if len(indicators):
        rows["indicators"] = indicators
    if not rows:
        raise RefreshError("; ".join(left), where="World Bank", allowed="one series or more")
    entries = tuple(service.entry(source) for source in (_WDI, _WGI) if source in service.answers)
    return Delivery(
        f"World Bank, {max(entry.day for entry in entries):%B %Y}",
        entries,
        rows,
        tuple(left),
    )


def _stays(what: str, error: RefreshError) -> str:
    return f"{what} stays as it is; {error.where} says: {error.problem}"


@dataclass
class _Service:
    """What was asked of the service, and by source what came and when it was last updated."""

    fetcher: Fetcher
    server: str
    answers: dict[_Source, list[Answer]] = field(default_factory=dict)
    updated: dict[_Source, str] = field(default_factory=dict)

    def values(
        self, source: _Source, code: str, countries: Sequence[str], span: tuple[int, int]
    ) -> _Values:
        """Ask for one series, page by page."""

        def parse(answer: Answer) -> tuple[int, _Values]:
            where = f"{answer.host}, {code}"
            pages, updated, rows = _page(whole_json(answer), where)
            values = _rows(rows, countries, where)
            self.answers.setdefault(source, []).append(answer)
            self.updated[source] = max(updated, self.updated.get(source, ""))
            return pages, values

        found: _Values = {}
        page = pages = 1
        while page <= pages:
            pages, values = self.fetcher.read(
                f"{self.server}/country/{';'.join(countries)}/indicator/{code}",
                parse,
                parameters={
                    "format": "json", "source": str(source.number), "page": str(page),
                    "date": f"{span[0]}:{span[1]}", "per_page": str(_PAGE),
                },
            )  # fmt: skip
            found |= values
            page += 1
        if not found:
            where = f"World Bank, {code}"
            raise _NoSeriesError("an empty answer", where=where, allowed="one value or more")
        return found

    def with_errors(self, series: _Series, span: tuple[int, int]) -> tuple[_Values, _Values]:
        """Ask for a series under each of its names in turn, and for its errors under the same."""
        for code in series.codes:
            try:
                values = self.values(series.source, code, FIVE.codes, span)
                if not code.endswith(".EST"):
                    return values, {}
                name = code.removesuffix(".EST") + ".STD.ERR"
                errors = self.values(series.source, name, FIVE.codes, span)
                for country, year in sorted(values.keys() - errors.keys()):
                    # An estimate without its error says less than the book has.
                    problem = f"no value for {country} in {year}"
                    raise _NoSeriesError(problem, where=f"World Bank, {name}")
                return values, errors
            except _NoSeriesError as error:
                refusal = error
        raise refusal

    def entry(self, source: _Source) -> Entry:
        """Describe a source as it was read."""
        day = max(answer.day for answer in self.answers[source])
        return Entry(
            f"worldbank{day:%Y%m%d}{source.short}",
            "World Bank",
            f"{source.name}, through the Indicators API; update of {self.updated[source]}",
            f"https://api.worldbank.org/v2/sources/{source.number}",
            "CC BY 4.0, unless a series says otherwise",
            day.year,
            day,
            digest_of(self.answers[source]),
        )


def _page(message: Any, where: str) -> tuple[int, str, list[Any]]:
    match message:
        case [{"message": [{"value": str(words)}, *_]}, *_]:
            raise _NoSeriesError(words, where=where, allowed="a series that the service has")
        case [{"pages": int(pages), **head}, list() | None as rows]:
            if pages > _PAGES:
                raise RefreshError(f"{pages} pages", where=where, allowed=f"{_PAGES} at most")
            match head.get("lastupdated"):
                case str(updated) if updated.strip():
                    return pages, updated, rows or []
            raise _NoSeriesError("no lastupdated", where=where, allowed="the day of an update")
    raise other_form(message, where, "[{pages, lastupdated}, [rows]]")


def _rows(rows: list[Any], countries: Sequence[str], where: str) -> _Values:
    found: _Values = {}
    for row in rows:
        country, date, value = cells(row, _FIELDS, where)
        one_of("country", country, countries, where)
        year = year_of(date, where)
        if value is not None:
            read = dollars if where.endswith((_EXPORTS, _IMPORTS)) else number
            found[country, year] = read(value, f"{where}, {country} {year}")
    return found


def _totals(service: _Service, span: tuple[int, int], world: set[int]) -> pd.DataFrame:
    countries = (*FIVE.codes, "WLD")
    sold = service.values(_WDI, _EXPORTS, countries, span)
    bought = service.values(_WDI, _IMPORTS, countries, span)
    rows = [
        (country, year, round(sold[country, year]), round(bought[country, year]))
        for country, year in sorted(set(sold) & set(bought))
        if country != "WLD" or year in world
    ]
    frame = pd.DataFrame(rows, columns=["country", "year", "exports_usd", "imports_usd"])
    return frame.assign(edition=_EDITION, source_keys=service.entry(_WDI).key)


def _indicators(service: _Service, span: tuple[int, int]) -> tuple[pd.DataFrame, list[str]]:
    """Ask for every series; one that the service does not have is left, and named."""
    rows, left = [], []
    for name, series in SERIES.items():
        first = max(span[0], series.since)
        if first > span[1]:
            continue
        try:
            values, errors = service.with_errors(series, (first, span[1]))
        except _NoSeriesError as error:
            left.append(_stays(f"indicators: {name}", error))
            continue
        for (country, year), value in sorted(values.items()):
            rows.append(
                {
                    "indicator": name, "country": country, "year": year,
                    "value": round(value, series.decimals), "unit": series.unit,
                    "basis": "reported",
                    "standard_error": round(errors.get((country, year), float("nan")), 2),
                    "vintage": f"{series.source.name}, update of {service.updated[series.source]}",
                    "source_keys": service.entry(series.source).key,
                }
            )  # fmt: skip
    return pd.DataFrame(rows), left
