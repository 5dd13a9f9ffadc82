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

from collections.abc import Sequence
from typing import Any

from analysis.errors import RefreshError

from ..answers import Flow, Reports, one_of, other_form, whole_json
from ..delivery import CODES, Delivery, reported
from ..fetch import Answer, Fetcher, words_of

SERVER = "https://comtradeapi.un.org"
#: The variable of the environment that holds the key, if there is one.
KEY = "COMTRADE_API_KEY"
NUMBERS = {"AZE": 31, "HUN": 348, "KAZ": 398, "KGZ": 417, "TKM": 795, "TUR": 792, "UZB": 860}
_REPORTS = Reports(
    ("reporterCode", "partnerCode", "flowCode", "period", "primaryValue"),
    {number: code for code, number in NUMBERS.items()},
    "flow",
    {"X": ("exporter", True), "M": ("importer", False)},
)
#: Rows that the service gives at most without a key.
_MOST = 500


def read(fetcher: Fetcher, years: Sequence[int], server: str = SERVER, key: str = "") -> Delivery:
    """Ask for every flow among the members and observers, year by year, by both reports.

    Without the key of a subscription the public preview is asked.

    `RefreshError` as `Fetcher.get` gives it, and where the answer has another form, says an error
    of its own, is cut at the most rows, holds a country that was not asked for, or no figure.
    """
    numbers = ",".join(str(NUMBERS[code]) for code in CODES)
    answers: list[Answer] = []
    flows: list[Flow] = []
    for year in years:

        def parse(answer: Answer, year: int = year) -> list[Flow]:
            found = _flows(whole_json(answer), f"{answer.host}, {year}", year, bool(key))
            answers.append(answer)
            return found

        flows += fetcher.read(
            f"{server}/data/v1/get/C/A/HS" if key else f"{server}/public/v1/preview/C/A/HS",
            parse,
            parameters={
                "reporterCode": numbers, "partnerCode": numbers, "period": str(year),
                "flowCode": ",".join(_REPORTS.sides), "cmdCode": "TOTAL", "partner2Code": "0",
                "customsCode": "C00", "motCode": "0",
            },
            headers={"Ocp-Apim-Subscription-Key": key} if key else None,
        )  # fmt: skip
    return reported(
        flows, answers, "UN Comtrade", "un{}comtrade",
        author="United Nations Statistics Division",
        title="UN Comtrade: exports and imports of all goods by partner",
        url="https://comtradeplus.un.org",
        licence="UN Comtrade terms of use; a few figures cited",
    )  # fmt: skip


def _flows(message: Any, where: str, year: int, whole: bool) -> list[Flow]:
    if words := words_of(message):
        raise RefreshError(words, where=where, allowed="an answer without an error")
    match message:
        case {"data": list(rows)}:
            pass
        case _:
            raise other_form(message, where, "data, a list")
    if not whole and len(rows) >= _MOST:
        problem = f"{len(rows)} rows, the most that come without a key"
        raise RefreshError(problem, where=where, allowed=f"fewer, or a key in {KEY}")
    flows = list(_REPORTS.flows(rows, where))
    for flow in flows:
        one_of("the year", flow[2], [year], where)
    return flows
