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
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from typing import Any

from analysis.errors import RefreshError

from ..delivery import CODES, Delivery, Flow, dollars, reported, year_of
from ..fetch import Answer, Fetcher, kind_of

SERVER = "https://api.imf.org/external/sdmx/2.1"
_FLOW = "IMF.STA,IMTS"
#: As the standard names it (SDMX 2.1, section 7, web services).
_KIND = "application/vnd.sdmx.structurespecificdata+xml;version=2.1"
_PARTS = ("COUNTRY", "INDICATOR", "COUNTERPART_COUNTRY", "FREQUENCY", "TIME_PERIOD")
#: Indicator -> whose report it is; and whether the reporter sold.
SIDES = {"XG_FOB_USD": ("exporter", True), "MG_CIF_USD": ("importer", False)}


def read(fetcher: Fetcher, years: Sequence[int], server: str = SERVER) -> Delivery:
    """Ask for every flow among the members and observers, by both reports.

    Raises
    ------
    RefreshError
        See `Fetcher.get`; the answer is not SDMX, lacks a part of the key, holds a country or an
        indicator that was not asked for, a figure that is none, or nothing.
    """
    codes = "+".join(CODES)
    answers: list[Answer] = []

    def parse(answer: Answer) -> list[Flow]:
        answers.append(answer)
        return list(_flows(answer, years))

    flows = fetcher.read(
        f"{server}/data/{_FLOW}/{codes}.{'+'.join(SIDES)}.{codes}.A",
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


def _flows(answer: Answer, years: Sequence[int]) -> Iterator[Flow]:
    where = f"{answer.host}, dataflow {_FLOW}"
    for row in _observations(answer, where):
        reporter, indicator, partner, frequency, period, value = row
        if frequency != "A":
            raise RefreshError(f"frequency {frequency!r}", where=where, allowed="A, by year")
        for code in (reporter, partner):
            if code not in CODES:
                raise RefreshError(f"country {code!r}", where=where, allowed=", ".join(CODES))
        if indicator not in SIDES:
            raise RefreshError(f"indicator {indicator!r}", where=where, allowed=", ".join(SIDES))
        year = year_of(period, where)
        if reporter == partner or not years[0] <= year <= years[-1]:
            continue
        side, sold = SIDES[indicator]
        seller, buyer = (reporter, partner) if sold else (partner, reporter)
        yield seller, buyer, year, side, dollars(value, f"{where}, {reporter} {partner} {year}")


def _observations(answer: Answer, where: str) -> Iterator[tuple[str, ...]]:
    """Read the message with ``sdmx1``: the parts of the key, the period, the value.

    The structure of the data is inferred: a message may carry attributes that a structure of ours
    would not know, and only the five dimensions are looked at.
    """
    import sdmx  # noqa: PLC0415  (seconds to load, and only here)

    data = answer.path.read_bytes()
    if data.lstrip().startswith(b"<?xml") and b"<!DOCTYPE" in data:
        # SDMX has none, and one could name files that the reader would open.
        raise RefreshError("XML with a DOCTYPE came", where=where, allowed="SDMX-ML 2.1")
    logging.getLogger("sdmx").setLevel(logging.ERROR)  # it warns that it infers the structure
    try:
        with redirect_stdout(io.StringIO()):  # it prints its state before it raises
            message: Any = sdmx.read_sdmx(io.BytesIO(data))
            found = [observation for dataset in message.data for observation in dataset.obs]
    except Exception as error:
        # A dozen kinds of error come from what is cut off, is no XML, or is no SDMX.
        cause = error.__cause__ or error
        problem = f"{type(cause).__name__}: {cause}".splitlines()[0]
        raise RefreshError(
            problem if data.lstrip().startswith(b"<?xml") else f"{kind_of(data)} came",
            where=where,
            allowed="SDMX-ML 2.1",
        ) from None
    valued = 0
    for observation in found:
        key = {name: str(part.value) for name, part in observation.key.values.items()}
        for part in _PARTS:
            if part not in key:
                raise RefreshError(f"no {part}", where=where, allowed=", ".join(_PARTS))
        if observation.value not in (None, "NaN"):  # SDMX writes a missing value as NaN
            valued += 1
            yield (*(key[part] for part in _PARTS), str(observation.value))
    if found and not valued:
        raise RefreshError("no OBS_VALUE", where=where, allowed="a value for one year or more")
