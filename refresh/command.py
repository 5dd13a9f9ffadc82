"""A refresh, as the command line asks for it: read, compared, reported, and applied if wished.

Nothing else in the book asks the network for anything.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd
from filelock import FileLock, Timeout
from tqdm import tqdm

from analysis import tables
from analysis.errors import RefreshError
from analysis.project import ROOT
from publishing.refresh_record import RECORD, records

from . import apply, engines
from .delivery import Delivery
from .fetch import Fetcher, Limits
from .proposal import CHANGEABLE, Proposal, propose, staged
from .report import Report, compare
from .sources import cepii, comtrade, imf, worldbank
from .summary import markdown, text

#: What `Request.source` may be.
SOURCES = ("baci", "imf", "worldbank", "comtrade")
#: Minutes in a day: no answer is waited for longer.
_LONGEST = 1440
#: The publishers' own hosts.
_OWN = {"www.cepii.fr", *(urlsplit(it.SERVER).netloc for it in (imf, worldbank, comtrade))}


@dataclass(frozen=True)
class Request:
    """What is asked of a refresh; `RefreshError` for years, tables or minutes that are none."""

    #: One of `SOURCES`.
    source: str
    #: Path or address of the release, and a connection string of Ibis: for ``baci`` alone.
    baci: str = ""
    engine: str = engines.DEFAULT
    #: Another address of the service, such as a mirror's.
    server: str = ""
    #: Tables that may change, such as ``trade_pairs,trade_flows``; all that came by default.
    only: str = ""
    #: First and last year, ``2005:2024``; those of the book by default.
    years: str = ""
    #: Whether to run the chapters on what is proposed; to write it; to report for programs; and to
    #: ask even where today's answer is in the cache.
    chapters: bool = False
    apply: bool = False
    json: bool = False
    again: bool = False
    #: How long one answer may take.
    minutes: float = 15.0

    def __post_init__(self) -> None:
        if self.years:
            self.span()
        for name in self.only.split(",") if self.only else ():
            if name not in CHANGEABLE:
                raise RefreshError(f"table {name!r}", allowed=", ".join(CHANGEABLE))
        self.limits()

    def limits(self) -> Limits:
        """How long an answer may take."""
        if not 0 < self.minutes <= _LONGEST:
            allowed = f"above 0, {_LONGEST} at most"
            raise RefreshError(f"{self.minutes:g} minutes", allowed=allowed)
        total = 60 * self.minutes
        return Limits(total=total, silence=min(Limits.silence, total))

    def span(self) -> list[int]:
        """The years that are asked for."""
        first, _, last = self.years.partition(":")
        ends = [first, last or first]
        if not all(len(end) == 4 and end.isdigit() for end in ends) or ends[0] > ends[1]:
            raise RefreshError(f"years {self.years!r}", allowed="such as 2024 or 2005:2024")
        return list(range(int(ends[0]), int(ends[1]) + 1))


def run(request: Request, root: Path | None = None, fetcher: Fetcher | None = None) -> Report:
    """Read a source, report what it would change, and write it if that is wished.

    The report is printed, and written to ``_build/refresh/report.md``. Answers are kept in
    ``.cache/refresh`` unless a fetcher keeps them elsewhere. After a `BookError` nothing in
    ``data/`` has changed.
    """
    root = root or ROOT
    cache = root / ".cache" / "refresh"
    fetcher = fetcher or Fetcher(cache, request.limits(), again=request.again)
    with _alone(root):
        if apply.settle(root):
            print("An earlier refresh was cut off; its changes are taken back.", file=sys.stderr)
        delivery = _deliver(request, fetcher, root)
        address = request.server or request.baci
        if address.startswith("http") and urlsplit(address).netloc not in _OWN:
            delivery = delivery.read_at(address)
        if request.only:
            delivery = delivery.only(request.only.split(","))
        proposal = propose(delivery, root)
        with staged(proposal, root) as folder:
            report = compare(proposal, root, folder)
            stops = None
            if request.chapters:
                from publishing import trial  # noqa: PLC0415  (drawing is slow to load)

                stops = trial.stops(folder, root)
        page = root / "_build" / "refresh" / "report.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(markdown(report), encoding="utf-8")
        if request.apply:
            apply.write(_files(proposal, report, root), root)
    if request.json:
        fields = report.data() | {"applied": request.apply}
        fields |= {} if stops is None else {"stops": stops}
        print(json.dumps(fields, ensure_ascii=False, indent=1))
    else:
        place = page.relative_to(root).as_posix()
        print(text(report, applied=request.apply, page=place, stops=stops))
    return report


def undo() -> None:
    """Take back what a refresh that was cut off has changed."""
    with _alone(ROOT):
        settled = apply.settle(ROOT)
    print("Taken back." if settled else "No refresh was cut off.")


def _deliver(request: Request, fetcher: Fetcher, root: Path) -> Delivery:
    held = tables.read("trade_pairs", root)["year"]
    years = request.span() if request.years else list(range(int(held.min()), int(held.max()) + 1))
    flows = tables.read("trade_flows", root)
    matrices = sorted(set(flows.loc[flows["side"] == "reconciled", "year"]) | {int(held.max())})
    match request.source:
        case "baci":
            bar = partial(tqdm, desc="BACI", unit="year", leave=False, disable=None)
            place, engine = request.baci, request.engine
            return cepii.read(place, fetcher, years, matrices, engine=engine, progress=bar)
        case "imf":
            return imf.read(fetcher, years, request.server or imf.SERVER)
        case "worldbank":
            return worldbank.read(fetcher, years, request.server or worldbank.SERVER, matrices)
        case "comtrade":
            if not request.years:
                years = _unreported(years, flows)
            key = os.environ.get(comtrade.KEY, "").strip()
            return comtrade.read(fetcher, years, request.server or comtrade.SERVER, key)
    raise RefreshError(f"source {request.source!r}", allowed=", ".join(SOURCES))


def _unreported(years: list[int], flows: pd.DataFrame) -> list[int]:
    """Leave the years for which the book has the members' reports already."""
    five = flows[flows["side"].isin(("exporter", "importer"))].groupby("year").size()
    full = {int(year) for year, count in five.items() if count >= 40}
    return [year for year in years if year not in full] or years[-1:]


def _files(proposal: Proposal, report: Report, root: Path) -> dict[str, str]:
    """List the files as they are to stand, and the record for the book's page: what changed."""
    entry = report.data()
    entry["figures"] = [it for it in entry["figures"] if it["old"] != it["new"]]
    record = json.dumps([*records(root), entry], ensure_ascii=False, indent=1)
    return proposal.texts | {RECORD: record + "\n"}


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    place = root / ".cache" / "refresh"
    place.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(place / ".lock", blocking=False):
            yield
    except Timeout:
        problem = "another refresh is at work here"
        raise RefreshError(problem, where=str(place), allowed="one at a time") from None
