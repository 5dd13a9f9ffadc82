"""UN Comtrade: what each country reports to the United Nations, all goods together.

The API, version 1 (comtradedeveloper.un.org; the Division's own package comtradeapicall shows it):
``/data/v1/get/C/A/HS`` for goods, by year, in the Harmonized System, with a key in the header
``Ocp-Apim-Subscription-Key``; ``/public/v1/preview/C/A/HS`` gives the same without a key, 500 rows
at most. Countries are numbers (M49, with a few of Comtrade's own), flows ``X`` and ``M``;
``primaryValue`` is in US dollars, free on board for exports, with freight and insurance for
imports.

The package ``comtradeapicall`` is not used: its server's address stands fixed in it, it prints a
failure and gives nothing back, and it neither waits nor tries again.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from analysis.errors import RefreshError

from ..delivery import CODES, Delivery, Entry, digest_of, number, year_of
from ..fetch import Answer, Fetcher, whole_json

SERVER = "https://comtradeapi.un.org"
#: The variable of the environment that holds the key, if there is one.
KEY = "COMTRADE_API_KEY"
NUMBERS = {"AZE": 31, "HUN": 348, "KAZ": 398, "KGZ": 417, "TKM": 795, "TUR": 792, "UZB": 860}
_SIDES = {"X": ("exporter", True), "M": ("importer", False)}
_FIELDS = ("reporterCode", "partnerCode", "flowCode", "period", "primaryValue")
#: Rows that the service gives at most without a key.
_MOST = 500


def read(fetcher: Fetcher, years: Sequence[int], server: str = SERVER, key: str = "") -> Delivery:
    """Ask for every flow among the members and observers, year by year, by both reports.

    Parameters
    ----------
    fetcher : Fetcher
        Asks.
    years : sequence of int
        The years.
    server : str, optional
        The address of the service.
    key : str, optional
        Of a subscription; without one the public preview is asked.

    Raises
    ------
    RefreshError
        See `Fetcher.get`; the answer has another form, says an error of its own, is cut at the
        most rows, holds a country that was not asked for, a figure that is none, or nothing.
    """
    numbers = ",".join(str(NUMBERS[code]) for code in CODES)
    answers: list[Answer] = []
    flows: list[tuple[str, str, int, str, float]] = []
    for year in years:

        def parse(answer: Answer, year: int = year) -> list[tuple[str, str, int, str, float]]:
            found = list(_flows(whole_json(answer), answer.host, year, most=0 if key else _MOST))
            answers.append(answer)
            return found

        flows += fetcher.read(
            f"{server}/data/v1/get/C/A/HS" if key else f"{server}/public/v1/preview/C/A/HS",
            parse,
            parameters={
                "reporterCode": numbers, "partnerCode": numbers, "period": str(year),
                "flowCode": ",".join(_SIDES), "cmdCode": "TOTAL", "partner2Code": "0",
                "customsCode": "C00", "motCode": "0",
            },
            headers={"Ocp-Apim-Subscription-Key": key} if key else None,
        )  # fmt: skip
    if not flows:
        raise RefreshError("an empty answer", where=answers[0].host, allowed="one flow or more")
    frame = pd.DataFrame(
        sorted(flows), columns=["exporter", "importer", "year", "side", "value_usd"]
    )
    twice = frame[frame.duplicated(["exporter", "importer", "year", "side"])]
    if len(twice):
        first = twice.iloc[0]
        raise RefreshError(
            f"two figures for {first['exporter']} to {first['importer']} in {first['year']}",
            where=answers[0].host,
            allowed="one total a flow and side",
        )
    day = max(answer.day for answer in answers)
    edition, entry_key = f"UN Comtrade, {day:%B %Y}", f"un{day:%Y%m%d}comtrade"
    entry = Entry(
        entry_key,
        "United Nations Statistics Division",
        f"UN Comtrade: exports and imports of all goods by partner, {min(frame['year'])} to "
        f"{max(frame['year'])}",
        "https://comtradeplus.un.org",
        "UN Comtrade terms of use; a few figures cited",
        day.year,
        day,
        digest_of(answers),
    )
    rows = frame.assign(edition=edition, source_keys=entry_key)
    return Delivery(edition, (entry,), {"trade_flows": rows})


def _flows(
    message: Any, host: str, year: int, most: int
) -> Iterator[tuple[str, str, int, str, float]]:
    where = f"{host}, {year}"
    match message:
        case {"error": str(words)} if words.strip():
            raise RefreshError(words, where=where, allowed="an answer without an error")
        case {"data": list(rows)}:
            pass
        case _:
            raise RefreshError(
                f"JSON of another form: {str(message)[:60]!r}", where=where, allowed="data, a list"
            )
    if most and len(rows) >= most:
        raise RefreshError(
            f"{len(rows)} rows, the most that come without a key",
            where=where,
            allowed=f"fewer, or a key in {KEY}",
        )
    for row in rows:
        for field in _FIELDS:
            if not isinstance(row, dict) or field not in row:
                raise RefreshError(
                    f"no {field} in {str(row)[:60]!r}", where=where, allowed=", ".join(_FIELDS)
                )
        reporter, partner = (_country(row[f"{who}Code"], where) for who in ("reporter", "partner"))
        if row["flowCode"] not in _SIDES:
            raise RefreshError(f"flow {row['flowCode']!r}", where=where, allowed=", ".join(_SIDES))
        if year_of(row["period"], where) != year:
            raise RefreshError(f"the year {row['period']}", where=where, allowed=str(year))
        if reporter == partner:  # goods that came back
            continue
        side, sold = _SIDES[row["flowCode"]]
        seller, buyer = (reporter, partner) if sold else (partner, reporter)
        value = number(row["primaryValue"], f"{where}, {reporter} {partner}")
        if value < 0:
            raise RefreshError(f"{value:g} dollars", where=where, allowed="0 or more")
        yield seller, buyer, year, side, round(value)


def _country(number: object, where: str) -> str:
    for code, allowed in NUMBERS.items():
        if number == allowed:
            return code
    allowed = ", ".join(f"{number} ({code})" for code, number in NUMBERS.items())
    raise RefreshError(f"country {number!r}", where=where, allowed=allowed)
