"""A server on this machine that speaks each source's documented form, and can fail in every way.

The forms are the publishers': CEPII's page on BACI, SDMX-ML 2.1 as the IMF's portal gives it, the
World Bank's Indicators API, UN Comtrade's API. Every figure here is made up.
"""

import hashlib
import json
import threading
import zipfile
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from analysis import tables, trade
from analysis.countries import FIVE, WITH_OBSERVERS
from refresh.fetch import Fetcher, Limits

CODES = sorted(WITH_OBSERVERS.codes)
NUMBERS = {"AZE": 31, "HUN": 348, "KAZ": 398, "KGZ": 417, "TKM": 795, "TUR": 792, "UZB": 860}


@dataclass
class Reply:
    """What the server says once: ``cut`` sends so many bytes of a longer answer, then hangs up."""

    body: bytes = b""
    status: int = 200
    headers: dict = field(default_factory=dict)
    cut: int | None = None
    silent: bool = False
    drip: float = 0.0


class Service:
    """A server whose replies are a list: each is used once, and the last for good."""

    def __init__(self):
        self.replies, self.asked = [], []
        self.closing = threading.Event()
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                service.asked.append((self.path, dict(self.headers)))
                reply = service.replies[0]
                if len(service.replies) > 1:
                    service.replies.pop(0)
                service.say(self, reply(self) if callable(reply) else reply)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def say(self, handler, reply):
        if reply.silent:
            self.closing.wait(10)
            return
        handler.send_response(reply.status)
        for name, value in ({"Content-Length": str(len(reply.body))} | reply.headers).items():
            handler.send_header(name, value)
        handler.end_headers()
        body = reply.body if reply.cut is None else reply.body[: reply.cut]
        if not reply.drip:
            handler.wfile.write(body)
            return
        for place in range(len(body)):
            if self.closing.wait(reply.drip):
                return
            try:
                handler.wfile.write(body[place : place + 1])
            except OSError:
                return

    def close(self):
        self.closing.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def service():
    made = Service()
    yield made
    made.close()


@pytest.fixture
def waits():
    return []


@pytest.fixture
def fetcher(tmp_path, waits):
    """One that waits in no time and writes down how long it would have."""
    return Fetcher(tmp_path / "answers", Limits(total=20), wait=waits.append, shown=False)


@pytest.fixture
def reply():
    return Reply


@pytest.fixture
def form():
    """The functions that write each source's form."""
    return Form


class Form:
    """How each source writes its figures."""

    @staticmethod
    def imf(flows, partner="COUNTERPART_COUNTRY", value="OBS_VALUE"):
        """SDMX-ML 2.1, by structure. ``flows``: (reporter, indicator, partner, year) -> USD."""
        urn = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=IMF.STA:IMTS(1.0.0)"
        base = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
        series = {}
        for (reporter, indicator, other, year), usd in flows.items():
            series.setdefault((reporter, indicator, other), []).append((year, usd))
        body = "".join(
            f'<Series COUNTRY="{a}" INDICATOR="{i}" {partner}="{b}" FREQUENCY="A" SCALE="6">'
            + "".join(f'<Obs TIME_PERIOD="{y}" {value}="{usd}" STATUS="A"/>' for y, usd in found)
            + "</Series>"
            for (a, i, b), found in series.items()
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<message:StructureSpecificData '
            f'xmlns:message="{base}/message" xmlns:ss="{base}/data/structurespecific" '
            f'xmlns:common="{base}/common" xmlns:ns1="{urn}:ObsLevelDim:TIME_PERIOD" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><message:Header>'
            "<message:ID>IMTS</message:ID><message:Test>false</message:Test>"
            '<message:Prepared>2026-11-26T08:00:00</message:Prepared><message:Sender id="IMF"/>'
            f'<message:Structure structureID="IMTS" namespace="{urn}:ObsLevelDim:TIME_PERIOD" '
            'dimensionAtObservation="TIME_PERIOD"><common:StructureUsage>'
            '<Ref agencyID="IMF.STA" id="IMTS" version="1.0.0"/></common:StructureUsage>'
            "</message:Structure></message:Header>"
            '<message:DataSet ss:dataScope="DataStructure" xsi:type="ns1:DataSetType" '
            f'ss:structureRef="IMTS">{body}</message:DataSet></message:StructureSpecificData>'
        ).encode()

    @staticmethod
    def worldbank(rows, page=1, pages=1, value="value"):
        """The API's JSON. ``rows``: (ISO alpha-3, year, value or None)."""
        values = [
            {
                "indicator": {"id": "X", "value": "Of a test"},
                "country": {"id": code[:2], "value": code}, "countryiso3code": code,
                "date": str(year), value: number, "unit": "", "obs_status": "", "decimal": 0,
            }
            for code, year, number in rows
        ]  # fmt: skip
        head = {
            "page": page, "pages": pages, "per_page": 1000, "total": len(rows), "sourceid": "2",
            "lastupdated": "2026-10-08",
        }  # fmt: skip
        return json.dumps([head, values]).encode()

    @staticmethod
    def comtrade(rows, error=""):
        """The API's JSON. ``rows``: (reporter, flow, partner, year, USD), countries as numbers."""
        data = [
            {
                "typeCode": "C", "freqCode": "A", "refYear": year, "period": str(year),
                "reporterCode": a, "flowCode": flow, "partnerCode": b, "partner2Code": 0,
                "cmdCode": "TOTAL", "customsCode": "C00", "motCode": 0, "primaryValue": usd,
            }
            for a, flow, b, year, usd in rows
        ]  # fmt: skip
        return json.dumps(
            {"elapsedTime": "0.1 secs", "count": len(data), "data": data, "error": error}
        ).encode()

    @staticmethod
    def query(handler):
        """The path of a request and its query."""
        parts = urlsplit(handler.path)
        return unquote(parts.path), {k: v[0] for k, v in parse_qs(parts.query).items()}


@pytest.fixture(scope="session")
def release():
    """Give the function that writes a release of BACI from the book's own path.

    ``scale`` says for each year by what the trade of every pair is multiplied. Half of a pair's
    trade goes either way; observers trade as in the matrix of the book; there is a rest of the
    world, so that totals are larger than the trade inside.
    """
    return _release


@cache
def _known():
    """The book's path and its reconciled matrix."""
    pairs, flows, stated = map(tables.read, ("trade_pairs", "trade_flows", "trade_stated"))
    return trade.path(pairs, flows, stated), flows[flows["side"] == "reconciled"]


def _release(path, scale, *, years=range(2005, 2025), revision="92", version="202601"):
    names = {**NUMBERS, "DEU": 276}
    by_pair, matrix = _known()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as box:
        for year in years:
            thousands = {}
            for row in by_pair[by_pair["year"] == year].itertuples():
                a, b = row.pair.split("–")
                thousands[a, b] = thousands[b, a] = row.central / 2 * 1e6 * scale(year)
            for row in matrix.itertuples():
                if not {row.exporter, row.importer} <= set(FIVE.codes):
                    thousands[row.exporter, row.importer] = row.value_usd / 1e3 * scale(year)
            for code in CODES:
                thousands[code, "DEU"], thousands["DEU", code] = 5e7, 9e7
            lines = ["t,i,j,k,v,q"]
            lines += [
                f"{year},{names[a]},{names[b]},270900,{value:.3f},1.000"
                for (a, b), value in sorted(thousands.items())
                if value > 0
            ]
            box.writestr(f"BACI_HS{revision}_Y{year}_V{version}.csv", "\n".join(lines) + "\n")
        codes = "".join(f"{number},{code},{code[:2]},{code}\n" for code, number in names.items())
        head = "country_code,country_name,country_iso2,country_iso3\n"
        box.writestr(f"country_codes_V{version}.csv", head + codes)
        box.writestr(
            f"product_codes_HS{revision}_V{version}.csv",
            "code,description\n270900,Petroleum oils\n",
        )
        box.writestr("Readme.txt", "Made up, for a test.\n")
    return path


@pytest.fixture
def digests():
    """Give the function that says what a project's evidence is, byte by byte."""
    return lambda root: {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted([*(root / "data").iterdir(), root / "references.bib"])
    }
