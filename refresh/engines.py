"""The engines that can do the reduction: DuckDB by itself, or whichever Ibis knows."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from analysis.errors import RefreshError

from . import reduction
from .flows import Flows
from .reduction import Sum

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from ibis import BaseBackend

#: In this process, without a server.
DEFAULT = "duckdb://"
#: Its memory has a bound that the reduction stays far below. One thread is enough for the rows that
#: stay; another core unpacks. The order of rows is not kept, and no bar is drawn on the terminal.
_SETTINGS = (
    "SET memory_limit = '1GB'",
    "SET threads = 1",
    "SET preserve_insertion_order = false",
    "SET enable_progress_bar = false",
)
_ALLOWED = "a connection string of Ibis, such as duckdb:// or pyspark://"


class Engine(Protocol):
    """What reduces a year's flows."""

    def sums(self, flows: Flows) -> list[Sum]:
        """Reduce flows, in any order.

        Raises
        ------
        RefreshError
            What was found in the file; or the engine's own words, where it failed.
        """


def connect(engine: str, codes: Mapping[int, str], *, world: bool = False) -> Engine:
    """Open an engine.

    Parameters
    ----------
    engine : str
        A connection string as ``ibis.connect`` reads it. It may hold a password, so that no message
        repeats more of it than its scheme.
    codes, world
        As in `refresh.reduction.expression`.

    Raises
    ------
    RefreshError
        Ibis does not know it, its driver is not installed, or it cannot be reached.

    Examples
    --------
    >>> connect("abacus://", {31: "AZE"})
    Traceback (most recent call last):
    analysis.errors.RefreshError: engine 'abacus': ...
    """
    if engine == DEFAULT:
        return _DuckDB(reduction.query(codes, world=world))
    return _Spoken(_connected(engine), codes, world=world)


class _DuckDB:
    """The default: asked what Ibis would ask it, without Ibis, pandas and Arrow in memory."""

    def __init__(self, query: str) -> None:
        self._query = query
        self._connection = _duckdb()

    def sums(self, flows: Flows) -> list[Sum]:
        try:
            flows.into(self._connection)
            return [Sum(*row) for row in self._connection.execute(self._query).fetchall()]
        except RefreshError:
            raise
        except Exception as error:
            raise _failed("duckdb", flows, error) from error


class _Spoken:
    """Any other: DuckDB reads a year's rows of the wanted countries, and hands them on.

    They are about one row in a hundred of a year's file, in one piece.
    """

    def __init__(self, connection: "BaseBackend", codes: Mapping[int, str], *, world: bool) -> None:
        self._connection, self._codes, self._world = connection, codes, world
        self._reader = _duckdb()

    def sums(self, flows: Flows) -> list[Sum]:
        import ibis  # noqa: PLC0415

        try:
            flows.into(self._reader)
            table = ibis.memtable(self._reader.table("flows").to_arrow_table())
            told = reduction.expression(table, self._codes, world=self._world)
            found = self._connection.to_pyarrow(told).select(Sum._fields)
            return [Sum(**row) for row in found.to_pylist()]
        except RefreshError:
            raise
        except Exception as error:
            raise _failed(self._connection.name, flows, error) from error


def _duckdb() -> "DuckDBPyConnection":
    import duckdb  # noqa: PLC0415  (the book does without it)

    connection = duckdb.connect()
    for setting in _SETTINGS:
        connection.execute(setting)
    return connection


def _connected(engine: str) -> "BaseBackend":
    import ibis  # noqa: PLC0415  (slow to load, and the book does without it)

    name = f"engine {engine.partition(':')[0]!r}"
    try:
        return ibis.connect(engine)
    except ImportError as error:
        told = f"{name}: {error.name or 'a package'} is not installed"
        raise RefreshError(told, allowed=_ALLOWED) from None
    except Exception as error:
        told = f"{name}: {_first_line(error, engine)}"
        raise RefreshError(told, allowed=_ALLOWED) from None


def _failed(name: str, flows: Flows, error: Exception) -> RefreshError:
    return RefreshError(f"engine {name!r}: {_first_line(error)}", where=flows.where)


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
