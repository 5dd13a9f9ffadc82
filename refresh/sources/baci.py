"""Who sold how much to whom: a release of CEPII's BACI, added up.

Each year's file is unpacked into a temporary folder and read by DuckDB through Ibis. One line in a
hundred concerns the members: those rows are checked and kept (`kept_rows`), and the engine that was
chosen adds them up (`sums`). Of other countries' rows only the two country codes are read.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.countries import WITH_OBSERVERS
from analysis.errors import RefreshError

from .. import engines
from ..release import COLUMNS, SIX, Release, YearFile

if TYPE_CHECKING:  # slow to load, and the book does without it
    from ibis.expr.types import Column, Table

_WORLD, _REST = "WLD", "rest"
_KEYS = ["year", "exporter", "importer"]
#: What BACI counts values in, in US dollars.
_THOUSAND = 1_000
#: A product of the Harmonized System: chapter 77 is kept free; 98 and 99 are for national use, and
#: hold what reporters did not specify, such as 9999AA.
_PRODUCT = "^(0[1-9]|[1-689][0-9]|7[0-689])[0-9]{2}[0-9A-Z]{2}$"
#: A line of BACI has some thirty signs.
_LONGEST = 1_000
#: A cell too many, so that a row of seven is seen; and what no cell holds, so that an empty cell
#: differs from one that is not there.
_EXTRA, _ABSENT = "extra", "(absent)"
_ALLOWED = {
    "i": "a whole number", "j": "a whole number",
    "k": "six signs, a chapter 01 to 76 or 78 to 99 first", "v": "a number of 0 or more",
}  # fmt: skip


def reduce(
    path: Path,
    *,
    engine: str = engines.DEFAULT,
    years: Iterable[int] | None = None,
    countries: Iterable[str] = WITH_OBSERVERS.codes,
    world: bool = False,
    progress: Callable[[Iterable[int]], Iterable[int]] = iter,
) -> pd.DataFrame:
    """Add up a release by exporter, importer and year.

    Memory does not grow with the number of years, and the temporary folder holds one at a time.

    Parameters
    ----------
    path : Path
        The zip as CEPII publishes it.
    engine : str
        A connection string of Ibis.
    years, countries : iterable, optional
        All years of the release by default; members and observers, by their ISO alpha-3 codes.
    world : bool
        Whether to add each country's trade with the whole world, as partner ``WLD``. A sum over the
        pairs must leave those rows out.
    progress : callable
        Wraps the years that are gone through, to show how far the work is.

    Returns
    -------
    DataFrame
        ``year``, ``exporter``, ``importer``, ``usd`` (current US dollars, free on board); a row
        for each three with trade, in order.

    Raises
    ------
    RefreshError
        The release is not what CEPII documents (`refresh.release`); a row of a wanted country is
        of another year, or has no product of the Harmonized System or no value; a flow is given
        twice; the engine is unknown or fails.
    """
    release = Release.open(Path(path))
    codes = release.named(countries)
    chosen = release.years(years)
    parts = []
    with engines.connected(engine) as backend:
        for year in progress(chosen):
            with release.unpacked(year) as file:
                found = _added_up(file, backend, codes, world=world)
            _refuse(found, file.where)
            parts.append(found[(found["exporter"] != _REST) & (found["importer"] != _REST)])
            if world:
                parts += _totals(found)
    out = pd.concat(parts)[[*_KEYS, "usd"]].sort_values(_KEYS, ignore_index=True)
    text = dict.fromkeys(("exporter", "importer"), "str")
    return out.astype({"year": "int64", "usd": "float64"} | text)


def kept_rows(lines: "Table", year: int, codes: Mapping[int, str], *, world: bool) -> "Table":
    """Select the rows of some countries, and every row that has a fault.

    ``lines`` is an Ibis table of strings: `refresh.release.COLUMNS`, and one column for a cell too
    many. With ``world`` one side among the wanted ``codes`` is enough, else both must be. Added are
    ``exporter`` and ``importer`` (numbers), ``row``, counted with the header, and ``fault``: the
    column that is wrong, or ``cells`` where there are not six.
    """
    import ibis  # noqa: PLC0415

    def code(cell: "Column") -> "Column":
        return ibis.cases((cell.re_search("^ *-?[0-9]+ *$"), cell.try_cast("int16")))

    def missing(cell: "Column") -> "Column":
        return cell.isnull()  # noqa: PD003

    # Releases have padded their cells with spaces.
    lines = lines.mutate(**{name: lines[name].strip() for name in ("t", "k", "v")})
    exporter, importer = code(lines.i), code(lines.j)
    sold, bought = exporter.isin(list(codes)), importer.isin(list(codes))
    value = lines.v.try_cast("float64")
    numeric = lines.v.re_search(r"^[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?$")
    fault = ibis.cases(
        (~missing(lines[_EXTRA]) | missing(lines[lines.columns[-2]]), "cells"),
        (missing(exporter), "i"),
        (missing(importer), "j"),
        (~((sold | bought) if world else (sold & bought)), "not wanted"),
        (lines.t != str(year), "t"),
        (~lines.k.re_search(_PRODUCT), "k"),
        (~numeric | missing(value) | value.isinf(), "v"),
        else_="none",
    )
    every = lines.mutate(
        exporter=exporter, importer=importer, fault=fault, row=ibis.row_number() + 2
    )
    return every.filter(every.fault != "not wanted")


def sums(flows: "Table", codes: Mapping[int, str]) -> "Table":
    """Add up product-level flows: the one definition, for any engine.

    ``flows`` is an Ibis table with ``exporter`` and ``importer`` (numbers), ``t``, ``k`` and ``v``
    (strings: year, product, thousand US dollars); countries that ``codes`` does not name count as
    one, ``rest``. Beside the sum ``usd`` stand ``rows`` and ``products``, how many flows were added
    up and of how many products, to find rows given twice.

    Notes
    -----
    Values come with three decimals of a thousand dollars: whole dollars. Each is rounded to one
    before the sum, so that the sum is exact and does not depend on the order of rows.
    """

    def label(side: "Column") -> "Column":
        return side.cases(*codes.items(), else_=_REST)

    return (
        flows.mutate(
            year=flows.t.cast("int64"),
            exporter=label(flows.exporter),
            importer=label(flows.importer),
            dollars=(flows.v.cast("float64") * _THOUSAND).round().cast("int64"),
        )
        .group_by(_KEYS)
        .agg(
            usd=lambda table: table.dollars.sum(),
            rows=lambda table: table.count(),
            products=lambda table: table.k.nunique(),
        )
    )


def _added_up(file: YearFile, backend: Any, codes: Mapping[int, str], *, world: bool) -> Any:
    import ibis  # noqa: PLC0415

    name, reader = "duckdb", engines.reader(file.path.parent)
    try:
        lines = reader.read_csv(
            file.path, columns=dict.fromkeys((*file.columns, _EXTRA), "VARCHAR"), skip=1,
            header=False, auto_detect=False, delim=",", quote='"', escape='"', strict_mode=True,
            null_padding=True, nullstr=_ABSENT, max_line_size=_LONGEST,
        )  # fmt: skip
        rows = kept_rows(lines, file.year, codes, world=world)
        flows = reader.create_table("flows", rows, temp=True)
        faults = flows.filter(flows.fault != "none").order_by("row").limit(1)
        for row in faults.to_pyarrow().to_pylist():
            raise _fault(row, file)
        if backend is None:
            return reader.to_pyarrow(sums(flows, codes)).to_pandas()
        name = backend.name
        return backend.to_pyarrow(sums(ibis.memtable(flows.to_pyarrow()), codes)).to_pandas()
    except RefreshError:
        raise
    except Exception as error:
        raise _failed(name, error, file.where) from error
    finally:
        reader.disconnect()


def _fault(row: Mapping[str, Any], file: YearFile) -> RefreshError:
    where, column = f"{file.where}, row {row['row']}", row["fault"]
    if column == "cells":
        count = sum(row[name] is not None for name in (*COLUMNS, _EXTRA))
        return RefreshError(f"{count} cell{'s' * (count > 1)}", where=where, allowed=SIX)
    allowed = _ALLOWED.get(column, str(file.year))
    return RefreshError(repr(row[column]), where=f"{where}, column {column}", allowed=allowed)


def _failed(name: str, error: Exception, where: str) -> RefreshError:
    """Say what an engine says; of a file that DuckDB cannot part into cells, with the row."""
    message = str(error)
    if row := re.search(r"CSV Error on Line: (\d+)", message):
        where = f"{where}, row {row[1]}"
        if cells := re.search(r"Expected Number of Columns: \d+ Found: (\d+)", message):
            return RefreshError(f"{cells[1]} cells or more", where=where, allowed=SIX)
        if reason := re.search(r"Value with unterminated quote|Maximum line size[^.\n]*", message):
            return RefreshError(reason[0].lower(), where=where, allowed=SIX)
    return RefreshError(f"engine {name!r}: {engines.first_line(error)}", where=where)


def _refuse(found: pd.DataFrame, where: str) -> None:
    """Refuse what only shows when it is added up."""
    ours = found[(found["exporter"] != _REST) & (found["importer"] != _REST)]
    for part in ours.sort_values(_KEYS).itertuples():
        way = f"{part.exporter} to {part.importer}"
        if part.exporter == part.importer:
            raise RefreshError(way, where=where, allowed="trade of two countries")
        if part.rows != part.products:
            problem = f"a product twice in {way}"
            allowed = "each exporter, importer and product once a year"
            raise RefreshError(problem, where=where, allowed=allowed)


def _totals(found: pd.DataFrame) -> list[pd.DataFrame]:
    """Add up what each country sold to and bought from all others."""
    out = []
    for side, partner in (("exporter", "importer"), ("importer", "exporter")):
        own = found[found[side] != _REST].groupby(["year", side], as_index=False)
        out.append(own["usd"].sum().assign(**{partner: _WORLD}))
    return out
