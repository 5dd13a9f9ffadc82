"""World Bank: trade in goods with the whole world, and indicators of the priorities chapter.

The Indicators API, version 2 (datahelpdesk.worldbank.org/knowledgebase/articles/898581, 1886674):
``/country/AZE;KAZ/indicator/CODE?format=json&source=2&date=2005:2024`` gives a list of two, first
what the pages are (``page``, ``pages``, ``per_page``, ``total``, ``lastupdated``), then the rows
(``countryiso3code``, ``date``, ``value``, empty where there is none). A request that cannot be
served gives a list of one, with a ``message``.

The governance indicators have been asked for under two names of late, ``GOV_WGI_CC.EST`` and before
that ``CC.EST``; both are tried, each with its own standard errors.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.countries import FIVE
from analysis.errors import RefreshError

from ..delivery import Delivery, Entry, digest_of, number, year_of
from ..fetch import Answer, Fetcher, whole_json

SERVER = "https://api.worldbank.org/v2"
#: The edition that `analysis.trade.shares` asks for.
_EDITION = "World Development Indicators"
_EXPORTS, _IMPORTS = "TX.VAL.MRCH.CD.WT", "TM.VAL.MRCH.CD.WT"
_PAGE = 1000


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


class _NoSeries(RefreshError):
    """The service knows the request and has no such series."""


#: Our short name -> the series. Codes as the API lists them (api.worldbank.org/v2/indicator).
SERIES = {
    "lpi_overall": _Series(_WDI, ("LP.LPI.OVRL.XQ",), "score, 1 to 5", 3, since=2007),
    "internet_users": _Series(_WDI, ("IT.NET.USER.ZS",), "% of population", 1),
    "manufacturing": _Series(_WDI, ("NV.IND.MANF.ZS",), "% of GDP", 1),
    **{
        f"wgi_{name}": _Series(
            _WGI, (f"GOV_WGI_{code}.EST", f"{code}.EST"), "standard normal units", 2
        )
        for name, code in (
            ("control_of_corruption", "CC"),
            ("government_effectiveness", "GE"),
            ("political_stability", "PV"),
            ("regulatory_quality", "RQ"),
            ("rule_of_law", "RL"),
        )
    },
}

_Values = dict[tuple[str, int], float]


def read(
    fetcher: Fetcher, years: Sequence[int], server: str = SERVER, world: Iterable[int] = ()
) -> Delivery:
    """Ask for the totals of trade, and for every indicator of `SERIES`.

    Of the years in ``world`` the sum of all countries is wanted too.

    Raises
    ------
    RefreshError
        See `Fetcher.get`; the answer has another form, a country that was not asked for, a figure
        that is none, or nothing.
    """
    service = _Service(fetcher, server)
    span = (years[0], years[-1])
    totals = _totals(service, span, set(world))
    indicators, left = _indicators(service, span)
    day = max(answer.day for answers in service.answers.values() for answer in answers)
    return Delivery(
        f"World Bank, {day:%B %Y}",
        tuple(_entry(source, service) for source in (_WDI, _WGI) if source in service.answers),
        {"trade_totals": totals, "indicators": indicators},
        left,
    )


class _Service:
    """What was asked of the service, and what came, by source."""

    def __init__(self, fetcher: Fetcher, server: str) -> None:
        self._fetcher, self._server = fetcher, server
        self.answers: dict[_Source, list[Answer]] = {}
        self.updated: dict[_Source, str] = {}

    def values(
        self, source: _Source, code: str, countries: Sequence[str], span: tuple[int, int]
    ) -> _Values:
        """Ask for one series, page by page."""
        found: _Values = {}
        page = pages = 1
        while page <= pages:
            pages, rows = self._fetcher.read(
                f"{self._server}/country/{';'.join(countries)}/indicator/{code}",
                self._parser(source, code, countries),
                parameters={
                    "format": "json", "source": str(source.number), "page": str(page),
                    "date": f"{span[0]}:{span[1]}", "per_page": str(_PAGE),
                },
            )  # fmt: skip
            found |= rows
            page += 1
        if not found:
            raise RefreshError(
                "an empty answer", where=f"World Bank, {code}", allowed="one value or more"
            )
        return found

    def day(self, source: _Source) -> datetime.date:
        """Say when a source was read."""
        return max(answer.day for answer in self.answers[source])

    def key(self, source: _Source) -> str:
        """Give the key of its entry in the bibliography."""
        return f"worldbank{self.day(source):%Y%m%d}{source.short}"

    def vintage(self, source: _Source) -> str:
        """Name the release: by the day of its last update."""
        return f"{source.name}, update of {self.updated[source]}"

    def _parser(
        self, source: _Source, code: str, countries: Sequence[str]
    ) -> Callable[[Answer], tuple[int, _Values]]:
        def parse(answer: Answer) -> tuple[int, _Values]:
            where = f"{answer.host}, {code}"
            pages, updated, rows = _page(whole_json(answer), where)
            read = _rows(rows, countries, where)
            self.answers.setdefault(source, []).append(answer)
            self.updated[source] = max(updated, self.updated.get(source, ""))
            return pages, read

        return parse


def _page(message: Any, where: str) -> tuple[int, str, list[Any]]:
    match message:
        case [{"message": [{"value": str(words)}, *_]}, *_]:
            raise _NoSeries(words, where=where, allowed="a series that the service has")
        case [{"pages": pages, "lastupdated": str(updated)}, rows] if str(pages).isdigit():
            return int(pages), updated, rows or []
    raise RefreshError(
        f"JSON of another form: {str(message)[:60]!r}",
        where=where,
        allowed="[{pages, lastupdated}, [rows]]",
    )


def _rows(rows: list[Any], countries: Sequence[str], where: str) -> _Values:
    found: _Values = {}
    for row in rows:
        match row:
            case {"countryiso3code": country, "date": date, "value": value}:
                pass
            case _:
                raise RefreshError(
                    f"a row of another form: {str(row)[:60]!r}",
                    where=where,
                    allowed="countryiso3code, date, value",
                )
        if country not in countries:
            raise RefreshError(f"country {country!r}", where=where, allowed=", ".join(countries))
        year = year_of(date, where)
        if value is not None:
            found[country, year] = number(value, f"{where}, {country} {year}")
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
    return frame.assign(edition=_EDITION, source_keys=service.key(_WDI))


def _indicators(service: _Service, span: tuple[int, int]) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Ask for every series; one that the service does not have is left, and told."""
    parts, left = [], []
    for name, series in SERIES.items():
        first = max(span[0], series.since)
        if first > span[1]:
            continue
        try:
            values, errors = _with_errors(service, series, (first, span[1]))
        except _NoSeries as error:
            left.append(f"indicators: {name} stays as it is; {error.where} says: {error.problem}")
            continue
        rows = [
            (name, country, year, round(value, series.decimals), series.unit, "reported",
             round(errors[country, year], 2) if (country, year) in errors else None)
            for (country, year), value in sorted(values.items())
        ]  # fmt: skip
        columns = ["indicator", "country", "year", "value", "unit", "basis", "standard_error"]
        part = pd.DataFrame(rows, columns=columns)
        part["vintage"] = service.vintage(series.source)
        part["source_keys"] = service.key(series.source)
        parts.append(part)
    if not parts:
        return pd.DataFrame(), tuple(left)
    return pd.concat([part.astype({"standard_error": float}) for part in parts]), tuple(left)


def _with_errors(
    service: _Service, series: _Series, span: tuple[int, int]
) -> tuple[_Values, _Values]:
    """Ask for a series under each of its names in turn, and for its errors under the same."""
    *earlier, last = series.codes
    for code in earlier:
        try:
            return _under(service, series, code, span)
        except _NoSeries:
            continue
    return _under(service, series, last, span)


def _under(
    service: _Service, series: _Series, code: str, span: tuple[int, int]
) -> tuple[_Values, _Values]:
    values = service.values(series.source, code, FIVE.codes, span)
    if not code.endswith(".EST"):
        return values, {}
    errors = code.removesuffix(".EST") + ".STD.ERR"
    return values, service.values(series.source, errors, FIVE.codes, span)


def _entry(source: _Source, service: _Service) -> Entry:
    day = service.day(source)
    return Entry(
        service.key(source),
        "World Bank",
        f"{source.name}, through the Indicators API; update of {service.updated[source]}",
        f"https://api.worldbank.org/v2/sources/{source.number}",
        "CC BY 4.0, unless a series says otherwise",
        day.year,
        day,
        digest_of(service.answers[source]),
    )
