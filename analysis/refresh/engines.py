"""The engines that can do the reduction: whichever Ibis knows, by a connection string."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from ..errors import RefreshError
from .flows import Flows

if TYPE_CHECKING:
    from ibis import BaseBackend
    from ibis.expr.types import Table

#: In this process, without a server.
DEFAULT = "duckdb://"
#: Its memory has a bound that the reduction stays far below; the order of rows is not kept, and it
#: draws no bar of its own on the terminal.
_DUCKDB = (
    "SET memory_limit = '1GB'",
    "SET preserve_insertion_order = false",
    "SET enable_progress_bar = false",
)
_ALLOWED = "a connection string of Ibis, such as duckdb:// or pyspark://"


def connect(engine: str = DEFAULT) -> "BaseBackend":
    """Open an engine.

    Parameters
    ----------
    engine : str
        A connection string as ``ibis.connect`` reads it. It may hold a password, so that no message
        repeats more of it than its scheme.

    Raises
    ------
    RefreshError
        Ibis does not know it, its driver is not installed, or it cannot be reached.

    Examples
    --------
    >>> connect().name
    'duckdb'
    >>> connect("abacus://")
    Traceback (most recent call last):
    analysis.errors.RefreshError: engine 'abacus': ...
    """
    import ibis  # noqa: PLC0415  (slow to load, and the book does without it)

    name = f"engine {engine.partition(':')[0]!r}"
    try:
        connection = ibis.connect(engine)
    except ImportError as error:
        told = f"{name}: {error.name or 'a package'} is not installed"
        raise RefreshError(told, allowed=_ALLOWED) from None
    except Exception as error:
        told = f"{name}: {_first_line(error, engine)}"
        raise RefreshError(told, allowed=_ALLOWED) from None
    if connection.name == "duckdb":
        for setting in _DUCKDB:
            connection.raw_sql(setting)
    return connection


def run(
    connection: "BaseBackend", flows: Flows, reduction: Callable[["Table"], "Table"]
) -> pd.DataFrame:
    """Have an engine reduce a stream of flows.

    DuckDB reads the stream itself, batch by batch. Other engines are given one year's rows of the
    wanted countries, about one row in a hundred of a year's file, in one piece.

    Parameters
    ----------
    connection : BaseBackend
        As `connect` gives it.
    flows : Flows
        Not yet read.
    reduction : callable
        Takes the table of flows and gives the expression.

    Raises
    ------
    RefreshError
        What was found in the stream; or the engine's own words, where it failed.
    """
    import ibis  # noqa: PLC0415

    try:
        if connection.name == "duckdb":
            connection.con.register("flows", flows.reader())
            try:
                return connection.to_pyarrow(reduction(connection.table("flows"))).to_pandas()
            finally:
                connection.con.unregister("flows")
        table = ibis.memtable(flows.reader().read_all())
        return connection.to_pyarrow(reduction(table)).to_pandas()
    except Exception as error:
        if flows.fault:
            raise flows.fault from None
        raise RefreshError(
            f"engine {connection.name!r}: {_first_line(error)}", where=flows.where
        ) from error


def _first_line(error: Exception, secret: str = "") -> str:
    """Give what an error says first, without what stands between a scheme and a host.

    Examples
    --------
    >>> _first_line(ValueError("no host in x://me:word@\\nand more"), "x://me:word@")
    'ValueError: no host in x://…'
    """
    lines = (str(error) or "no reason given").splitlines()
    rest = secret.partition("://")[2]
    told = lines[0].replace(rest, "…") if rest else lines[0]
    return f"{type(error).__name__}: {told}"
