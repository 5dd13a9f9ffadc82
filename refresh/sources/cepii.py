"""CEPII BACI: a release, reduced, as rows of the book's tables.

The release is described at cepii.fr/DATA_DOWNLOAD/baci/doc/baci_webpage.html and read by
`refresh.sources.baci`. BACI records positive flows only, so that a flow it lacks between two
countries that it covers is a zero, and is written as one.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import permutations, product
from pathlib import Path

import pandas as pd

from analysis.countries import FIVE
from analysis.errors import RefreshError

from ..delivery import CODES, Delivery, Entry
from ..fetch import Answer, Fetcher, sha256
from ..release import Release
from . import baci

_ADDRESS = "https://www.cepii.fr/CEPII/en/bdd_modele/bdd_modele_item.asp?id=37"
_EDITION = re.compile(r"BACI HS(\d{2}) V(\d{4})(\d{2}\w*)")


def read(
    place: str,
    fetcher: Fetcher,
    years: Sequence[int],
    matrices: Iterable[int],
    *,
    engine: str = "duckdb://",
    progress: Callable[[Iterable[int]], Iterable[int]] = iter,
) -> Delivery:
    """Read what a release says of trade among the members, and with the observers.

    ``place`` is the path of the zip as CEPII publishes it, or its address, from which it is fetched
    first. Years outside first and last of ``years`` are left; ``matrices`` are those whose whole
    matrix of members and observers the book holds, or is to hold. `RefreshError` as
    `refresh.sources.baci.reduce` gives it, and where the release has none of the years.
    """
    remote = place.startswith(("https://", "http://"))
    answer: Answer | None = fetcher.get(place, release=True) if remote else None
    path = answer.path if answer else Path(place)
    release = Release.open(path)
    held = release.years()
    chosen = [year for year in held if years[0] <= year <= years[-1]]
    if not chosen:
        problem, allowed = (f"{ends[0]} to {ends[-1]}" for ends in (held, years))
        raise RefreshError(
            f"the years {problem}", where=release.edition, allowed=f"one or more of {allowed}"
        )
    flows = baci.reduce(path, engine=engine, years=chosen, world=True, progress=progress)
    day = answer.day if answer else fetcher.today()
    entry = _entry(release.edition, chosen, day, answer.sha256 if answer else sha256(path))
    _refuse_absent(flows, chosen, release.edition)
    directed = flows.groupby(["exporter", "importer", "year"])["usd"].sum()
    rows = _tables(directed, chosen, [year for year in matrices if year in chosen])
    left = _left(release.edition, held, years)
    cited = {"edition": release.edition, "source_keys": entry.key}
    rows = {name: frame.assign(**cited) for name, frame in rows.items()}
    return Delivery(release.edition, (entry,), rows, left)


def _refuse_absent(flows: pd.DataFrame, years: Sequence[int], edition: str) -> None:
    """Refuse a release in which a country sells or buys nothing in all the world, in a year."""
    for side in ("exporter", "importer"):
        seen = set(zip(flows[side], flows["year"], strict=True))
        for code, year in product(CODES, years):
            if (code, year) not in seen:
                problem = f"no trade of {code} as {side} in {year}"
                raise RefreshError(problem, where=edition, allowed="a country that is covered")


def _tables(
    directed: pd.Series, years: Sequence[int], whole: Sequence[int]
) -> dict[str, pd.DataFrame]:
    """Write the flows of pairs for each year, matrix and totals for the years that have them."""

    def usd(seller: str, buyer: str, year: int) -> int:
        return round(float(directed.get((seller, buyer, year), 0.0)))

    pairs = [
        (a, b, year, usd(a, b, year) + usd(b, a, year)) for a, b in FIVE.pairs() for year in years
    ]
    flows = [
        (a, b, year, "reconciled", usd(a, b, year)) for a, b in permutations(CODES, 2)
        for year in whole
    ]  # fmt: skip
    totals = [
        (a, year, usd(a, "WLD", year), usd("WLD", a, year)) for a in FIVE.codes for year in whole
    ]
    return {
        "trade_pairs": pd.DataFrame(pairs, columns=["first", "second", "year", "value_usd"]),
        "trade_flows": pd.DataFrame(
            flows, columns=["exporter", "importer", "year", "side", "value_usd"]
        ),
        "trade_totals": pd.DataFrame(
            totals, columns=["country", "year", "exports_usd", "imports_usd"]
        ),
    }


def _entry(edition: str, years: Sequence[int], day: datetime.date, digest: str) -> Entry:
    match = _EDITION.fullmatch(edition)
    if not match:
        raise RefreshError(f"the edition {edition!r}", allowed="such as BACI HS92 V202501")
    revision, year, month = match.groups()
    return Entry(
        f"cepii{year}{month}hs{revision}",
        "CEPII",
        f"BACI HS{revision}, release V{year}{month}: reconciled trade by exporter, importer and "
        f"product, {years[0]} to {years[-1]}, summed over products",
        _ADDRESS,
        "Etalab 2.0; CEPII asks users to cite Gaulier and Zignago (2010)",
        int(year),
        day,
        digest,
    )


def _left(edition: str, held: Sequence[int], years: Sequence[int]) -> tuple[str, ...]:
    after = [year for year in held if year > years[-1]]
    which = f"{after[0]} to {after[-1]}" if len(after) > 1 else f"{after[0]}" if after else ""
    follows = f"the book follows trade to {years[-1]}, the year that the article speaks of"
    return (f"{edition} also holds {which}; {follows}",) if after else ()
