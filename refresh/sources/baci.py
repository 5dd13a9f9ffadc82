"""Who sold what to whom, by section: CEPII's BACI reduced, on any engine that Ibis speaks."""

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis.countries import WITH_OBSERVERS
from analysis.errors import RefreshError
from analysis.sections import NAMES

from .. import engines
from ..reduction import REST, Sum
from ..release import Release

if TYPE_CHECKING:  # a reduction does without it: half as much memory again
    import pandas as pd

_WORLD = "WLD"


class Row(NamedTuple):
    """What one country sold another in a year, of one section.

    Parameters
    ----------
    year : int
        The year.
    exporter, importer : str
        ISO alpha-3 codes; ``WLD`` for all other countries together.
    section : str
        A key of `analysis.sections.NAMES`.
    usd : int
        Current US dollars, free on board.
    """

    year: int
    exporter: str
    importer: str
    section: str
    usd: int


def rows(
    path: Path,
    *,
    engine: str = engines.DEFAULT,
    years: Iterable[int] | None = None,
    countries: Iterable[str] = WITH_OBSERVERS.codes,
    world: bool = False,
    progress: Callable[[Iterable[int]], Iterable[int]] = iter,
) -> list[Row]:
    """Read a release of BACI, year by year, and reduce it to pairs and sections.

    Memory does not grow with the number of years, nor with that of rows of other countries: each
    year's file is unpacked, sifted and parsed in blocks, and no file holds a part of another year.

    Parameters
    ----------
    path : Path
        The zip as CEPII publishes it.
    engine : str
        A connection string of Ibis.
    years : iterable of int, optional
        All that the release holds by default.
    countries : iterable of str
        ISO alpha-3 codes; the members, Hungary and Turkmenistan by default.
    world : bool
        Whether to add each country's trade with the whole world, as partner ``WLD``. A sum over the
        pairs must leave those rows out.
    progress : callable
        Wraps the years that are gone through, to show how far the work is.

    Returns
    -------
    list of Row
        One an exporter, importer, year and section with trade, in order.

    Raises
    ------
    RefreshError
        The release is not what CEPII documents (`refresh.release`); a product is in no
        chapter of the Harmonized System; a flow is given twice; the engine is unknown or fails.
    """
    release = Release.open(Path(path))
    codes = release.named(countries)
    chosen = release.years(years)
    opened = engines.connect(engine, codes, world=world)
    found: list[Row] = []
    for year in progress(chosen):
        flows = release.flows(year, codes, both=not world)
        sums = sorted(opened.sums(flows))
        _refuse(sums, flows.where)
        found += _pairs(sums)
        if world:
            found += _totals(sums)
    return sorted(found)


def reduce(path: Path, **chosen: Any) -> "pd.DataFrame":
    """Give `rows` as a frame.

    Parameters
    ----------
    path, chosen
        As `rows` takes them.

    Returns
    -------
    DataFrame
        The fields of `Row`, ``usd`` as a float.
    """
    import pandas as pd  # noqa: PLC0415

    found = pd.DataFrame(rows(path, **chosen), columns=list(Row._fields))
    text = dict.fromkeys(("exporter", "importer", "section"), "str")
    return found.astype({"year": "int64", "usd": "float64"} | text)


def _refuse(sums: list[Sum], where: str) -> None:
    """Refuse what only shows when it is added up."""
    for chapter in sorted({part.section for part in sums} - set(NAMES)):
        raise RefreshError(
            f"chapter {chapter} of the Harmonized System", where=f"{where}, column k",
            allowed="01 to 76, 78 to 99",
        )  # fmt: skip
    for part in sums:
        if REST in (part.exporter, part.importer):
            continue
        way = f"{part.exporter} to {part.importer}"
        if part.exporter == part.importer:
            raise RefreshError(way, where=where, allowed="trade of two countries")
        if part.rows != part.products:
            raise RefreshError(
                f"a product twice in {way}, section {part.section}", where=where,
                allowed="each exporter, importer and product once a year",
            )  # fmt: skip


def _pairs(sums: Iterable[Sum]) -> list[Row]:
    return [Row(*part[:5]) for part in sums if REST not in (part.exporter, part.importer)]


def _totals(sums: Iterable[Sum]) -> list[Row]:
    """Add up what each country sold to and bought from all others."""
    usd: Counter[tuple[int, str, str, str]] = Counter()
    for part in sums:
        if part.exporter != REST:
            usd[part.year, part.exporter, _WORLD, part.section] += part.usd
        if part.importer != REST:
            usd[part.year, _WORLD, part.importer, part.section] += part.usd
    return [Row(*keys, value) for keys, value in usd.items()]
