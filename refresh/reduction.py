"""Product-level flows reduced to pairs, years and sections: written once, for any engine.

``python -m refresh.reduction`` tells it as a query of DuckDB. That is how `query` asks for
it: Ibis and what it loads take 50 MB, more than the reading of a release, and a process of its own
gives them back before the reading starts.
"""

import functools
import json
import subprocess
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from analysis.errors import RefreshError
from analysis.project import ROOT
from analysis.sections import SECTIONS

if TYPE_CHECKING:
    from ibis.expr.types import Table

#: BACI's year, exporter, importer, product and value, and their kinds as Ibis names them.
FLOWS = {"t": "int16", "i": "int16", "j": "int16", "k": "string", "v": "float64"}
#: What BACI counts values in, in US dollars.
_THOUSAND = 1_000
#: Every country that is not asked for, as one.
REST = "rest"
_KEYS = ("year", "exporter", "importer", "section")


class Sum(NamedTuple):
    """What one country sold another in a year, of one section.

    Parameters
    ----------
    year : int
        The year.
    exporter, importer : str
        ISO alpha-3 codes, or `REST`.
    section : str
        A key of `analysis.sections.NAMES`, or a chapter that is in none.
    usd : int
        Current US dollars.
    rows, products : int
        How many flows were added up, and of how many products: to find rows given twice.
    """

    year: int
    exporter: str
    importer: str
    section: str
    usd: int
    rows: int
    products: int


def expression(flows: "Table", codes: Mapping[int, str], *, world: bool = False) -> "Table":
    """Reduce product-level flows: the one definition.

    Parameters
    ----------
    flows : Table
        An Ibis table with the columns `FLOWS`.
    codes : mapping of int to str
        The countries that are wanted, by numeric code.
    world : bool
        Whether their trade with all other countries together is wanted too.

    Returns
    -------
    Table
        An expression with the columns of `Sum`.

    Notes
    -----
    BACI gives thousand dollars to three decimals, which is dollars. Each flow is taken as a whole
    number of them, so that a sum does not depend on the order of its parts, nor on the engine.
    """
    import ibis  # noqa: PLC0415  (slow to load, and the book does without it)

    def label(side: "ibis.ir.Column") -> "ibis.ir.Column":
        return side.cases(*codes.items(), else_=REST)

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


def query(codes: Mapping[int, str], *, world: bool = False) -> str:
    """Tell the expression as a query of DuckDB, on a table ``flows``.

    Parameters
    ----------
    codes, world
        As in `expression`.

    Raises
    ------
    RefreshError
        Ibis is not installed, or cannot say it.

    Examples
    --------
    >>> query({31: "AZE", 792: "TUR"}).split()[-5:]
    ['BY', '1,', '2,', '3,', '4']
    """
    return _asked(json.dumps({"codes": dict(codes), "world": world}))


@functools.cache
def _asked(wish: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", __name__], cwd=ROOT, input=wish, capture_output=True,
        encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode:
        told = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
        raise RefreshError(f"Ibis did not tell the reduction: {told[-1]}")
    return done.stdout


def _told(wish: str) -> str:
    import ibis  # noqa: PLC0415

    asked = json.loads(wish)
    codes = {int(code): country for code, country in asked["codes"].items()}
    table = ibis.table(FLOWS, name="flows")
    return ibis.to_sql(expression(table, codes, world=asked["world"]), dialect="duckdb")


if __name__ == "__main__":
    sys.stdout.write(_told(sys.stdin.read()))
