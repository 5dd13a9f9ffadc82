"""IMF, International Trade in Goods by partner country (IMTS): what each country reports.

SDMX 2.1 as the IMF's data portal serves it (data.imf.org/en/Resource-Pages/IMF-API; the dataset:
data.imf.org/en/datasets/IMF.STA:IMTS), read with ``sdmx1``. A key has four parts, ``COUNTRY``,
``INDICATOR``, ``COUNTERPART_COUNTRY`` and ``FREQUENCY``, joined by points, codes by ``+``;
countries are ISO alpha-3. Exports are free on board, imports include freight and insurance. Values
are whole US dollars: the attribute ``SCALE`` says how the portal shows them, and multiplies
nothing.
"""

import io
import logging
import re
from collections.abc import Sequence
from contextlib import redirect_stdout
from typing import Any

from analysis.errors import RefreshError

from ..answers import Flow, Reports, cells, kind_of, one_of
from ..delivery import CODES, Delivery, reported
from ..fetch import Answer, Fetcher

SERVER = "https://api.imf.org/external/sdmx/2.1"
_FLOW = "IMF.STA,IMTS"
#: As the standard names it (SDMX 2.1, section 7, web services).
_KIND = "application/vnd.sdmx.structurespecificdata+xml;version=2.1"
#: How such a message begins. Under another encoding a DOCTYPE would not be seen.
_XML = re.compile(
    rb"""(\xef\xbb\xbf)?\s*<\?xml version=["']1\.0["']( encoding=["']utf-8["'])?"""
    rb"""( standalone=["']\w+["'])?\s*\?>""",
    re.IGNORECASE,
)
_REPORTS = Reports(
    ("COUNTRY", "COUNTERPART_COUNTRY", "INDICATOR", "TIME_PERIOD", "OBS_VALUE"),
    dict(zip(CODES, CODES, strict=True)),
    "indicator",
    {"XG_FOB_USD": ("exporter", True), "MG_CIF_USD": ("importer", False)},
)


def read(fetcher: Fetcher, years: Sequence[int], server: str = SERVER) -> Delivery:
    """Ask for every flow among the members and observers, by both reports.

    `RefreshError` as `Fetcher.get` gives it, and where the answer is not SDMX, lacks a part of the
    key, holds a country or an indicator that was not asked for, or no figure.
    """
    codes = "+".join(CODES)
    answers: list[Answer] = []

    def parse(answer: Answer) -> list[Flow]:
        answers.append(answer)
        where = f"{answer.host}, dataflow {_FLOW}"
        rows = _observations(answer.path.read_bytes(), where)
        for row in rows:
            (frequency,) = cells(row, ["FREQUENCY"], where)
            one_of("frequency", frequency, ["A"], where)
        flows = _REPORTS.flows((row for row in rows if "OBS_VALUE" in row), where)
        return [flow for flow in flows if years[0] <= flow[2] <= years[-1]]

    flows = fetcher.read(
        f"{server}/data/{_FLOW}/{codes}.{'+'.join(_REPORTS.sides)}.{codes}.A",
        parse,
        parameters={"startPeriod": str(years[0]), "endPeriod": str(years[-1])},
        headers={"Accept": _KIND},
    )
    return reported(
        flows, answers, "IMF IMTS", "imf{}imts",
        author="International Monetary Fund",
        title="International Trade in Goods by partner country (IMTS): exports (f.o.b.) and "
        "imports (c.i.f.), annual",
        url="https://data.imf.org/en/datasets/IMF.STA:IMTS",
        licence="IMF data terms of use; a few figures cited",
    )  # fmt: skip


def _observations(data: bytes, where: str) -> list[dict[str, str]]:
    """Read a message with ``sdmx1``: by observation, its dimensions and its value if it has one.

    The structure of the data is inferred: a message may carry attributes that a structure of ours
    would not know.
    """
    import sdmx  # noqa: PLC0415  (seconds to load, and only here)

    xml = _XML.match(data)
    if xml and b"<!DOCTYPE" in data:
        # SDMX has none, and one could name files that the reader would open.
        raise RefreshError("XML with a DOCTYPE came", where=where, allowed="SDMX-ML 2.1")
    if not xml:
        raise RefreshError(f"{kind_of(data)} came", where=where, allowed="SDMX-ML 2.1")
    logging.getLogger("sdmx").setLevel(logging.ERROR)  # it warns that it infers the structure
    try:
        with redirect_stdout(io.StringIO()):  # it prints its state before it raises
            message: Any = sdmx.read_sdmx(io.BytesIO(data))
            found = [observation for dataset in message.data for observation in dataset.obs]
    except Exception as error:
        # A dozen kinds of error come from what is cut off, is no XML, or is no SDMX.
        cause = error.__cause__ or error
        problem = f"{type(cause).__name__}: {cause}".splitlines()[0]
        raise RefreshError(problem, where=where, allowed="SDMX-ML 2.1") from None
    rows = []
    for observation in found:
        row = {name: str(part.value) for name, part in observation.key.values.items()}
        if observation.value not in (None, "NaN"):  # SDMX writes a missing value as NaN
            row["OBS_VALUE"] = str(observation.value)
        rows.append(row)
    if rows and not any("OBS_VALUE" in row for row in rows):
        raise RefreshError("no OBS_VALUE", where=where, allowed="a value for one year or more")
    return rows
