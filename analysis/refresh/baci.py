"""Who sold what to whom, by section: CEPII's BACI reduced, on any engine that Ibis speaks."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from ..countries import WITH_OBSERVERS
from ..errors import RefreshError
from ..sections import NAMES, SECTIONS
from . import engines
from .release import Release

if TYPE_CHECKING:
    from ibis.expr.types import Table

#: What BACI counts values in, in US dollars.
_THOUSAND = 1_000
#: Every country that is not asked for, as one.
_REST = "rest"
_KEYS = ["year", "exporter", "importer", "section"]


def reduction(flows: "Table", codes: Mapping[int, str], *, world: bool = False) -> "Table":
    """Reduce product-level flows to pairs, years and sections: the one definition.

    Parameters
    ----------
    flows : Table
        An Ibis table with BACI's columns t, i, j, k and v.
    codes : mapping of int to str
        The countries that are wanted, by numeric code.
    world : bool
        Whether their trade with all other countries together is wanted too.

    Returns
    -------
    Table
        An expression: ``year``, ``exporter``, ``importer``, ``section``, ``usd`` (whole dollars),
        and, to find rows given twice, ``rows`` and ``products``.

    Notes
    -----
    BACI gives thousand dollars to three decimals, which is dollars. Each flow is taken as a whole
    number of them, so that a sum does not depend on the order of its parts, nor on the engine.
    """
    import ibis  # noqa: PLC0415  (slow to load, and the book does without it)

    def label(side: "ibis.ir.Column") -> "ibis.ir.Column":
        return side.cases(*codes.items(), else_=_REST)

    chapter = flows.k.substr(0, 2)
    sold, bought = flows.i.isin(list(codes)), flows.j.isin(list(codes))
    return (
        flows.filter((sold | bought) if world else (sold & bought))
        .mutate(
            year=flows.t,
            exporter=label(flows.i),
            importer=label(flows.j),
            section=ibis.cases(
                *((chapter.isin(section.chapters), section.number) for section in SECTIONS),
                else_=chapter,
            ),
            dollars=(flows.v * _THOUSAND).round().cast("int64"),
        )
        .group_by(_KEYS)
        .agg(
            usd=lambda table: table.dollars.sum(),
            rows=lambda table: table.count(),
            products=lambda table: table.k.nunique(),
        )
    )


def reduce(
    path: Path,
    *,
    engine: str = engines.DEFAULT,
    years: Iterable[int] | None = None,
    countries: Iterable[str] = WITH_OBSERVERS.codes,
    world: bool = False,
    progress: Callable[[Iterable[int]], Iterable[int]] = iter,
) -> pd.DataFrame:
    """Read a release of BACI, year by year, and reduce it to pairs and sections.

    Memory does not grow with the number of years, nor with that of rows: each year's file is
    unpacked, parsed and reduced in blocks, and no file holds a part of another year.

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
    DataFrame
        One row an exporter, importer, year and section with trade: ``year``, ``exporter``,
        ``importer`` (ISO alpha-3 codes), ``section`` (a key of `analysis.sections.NAMES`),
        ``usd`` (current US dollars, free on board), in that order.

    Raises
    ------
    RefreshError
        The release is not what CEPII documents (`analysis.refresh.release`); a product is in no
        chapter of the Harmonized System; a flow is given twice; the engine is unknown or fails.
    """
    release = Release.open(Path(path))
    codes = release.named(countries)
    chosen = release.years(years)
    connection = engines.connect(engine)
    found = []
    for year in progress(chosen):
        flows = release.flows(year, codes, both=not world)
        table = engines.run(connection, flows, lambda it: reduction(it, codes, world=world))
        _refuse(table, flows.where)
        found.append(_with_world(table) if world else table)
    every = pd.concat(found, ignore_index=True)[[*_KEYS, "usd"]]
    kinds = {"year": "int64", "usd": "float64"}
    return every.astype(kinds).sort_values(_KEYS, ignore_index=True)


def _refuse(table: pd.DataFrame, where: str) -> None:
    """Refuse what only shows when it is added up."""
    for chapter in sorted(set(table["section"]) - set(NAMES)):
        raise RefreshError(
            f"chapter {chapter} of the Harmonized System", where=f"{where}, column k",
            allowed="01 to 76, 78 to 99",
        )  # fmt: skip
    pairs = table[(table["exporter"] != _REST) & (table["importer"] != _REST)]
    for row in pairs[pairs["exporter"] == pairs["importer"]].itertuples():
        raise RefreshError(
            f"{row.exporter} to {row.importer}", where=where, allowed="trade of two countries"
        )
    for row in pairs[pairs["rows"] != pairs["products"]].itertuples():
        raise RefreshError(
            f"a product twice in {row.exporter} to {row.importer}, section {row.section}",
            where=where, allowed="each exporter, importer and product once a year",
        )  # fmt: skip


def _with_world(table: pd.DataFrame) -> pd.DataFrame:
    """Add what each country sold to and bought from all others, and drop the others."""
    sold = table[table["exporter"] != _REST].assign(importer="WLD")
    bought = table[table["importer"] != _REST].assign(exporter="WLD")
    totals = [side.groupby(_KEYS, as_index=False)["usd"].sum() for side in (sold, bought)]
    pairs = table[(table["exporter"] != _REST) & (table["importer"] != _REST)]
    return pd.concat([pairs, *totals], ignore_index=True)
