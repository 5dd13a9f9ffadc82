"""Engines that can add up a release: DuckDB in this process, or whichever Ibis connects to."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import RefreshError

if TYPE_CHECKING:  # slow to load, and the book does without it
    from ibis import BaseBackend

#: In this process, without a server.
DEFAULT = "duckdb://"
#: A year of BACI is ten times as large on disk; what does not fit goes into the folder.
_MEMORY = "1GB"


def reader(folder: Path) -> Any:
    """Open the DuckDB that reads files: its memory has a bound, and what is over goes to disk."""
    import ibis  # noqa: PLC0415

    return ibis.duckdb.connect(memory_limit=_MEMORY, temp_directory=str(folder))


@contextmanager
def connected(engine: str) -> Iterator["BaseBackend | None"]:
    """Open an engine as `connect` does, and close it in the end."""
    backend = connect(engine)
    try:
        yield backend
    finally:
        if backend is not None:
            backend.disconnect()


def connect(engine: str) -> "BaseBackend | None":
    """Open an engine by its connection string; none where DuckDB, which reads, is to add up too.

    The string may hold a password: no message repeats more of it than its scheme. `RefreshError`
    where Ibis does not know the engine, its driver is not installed, or it cannot be reached.

    Examples
    --------
    >>> connect("abacus://")
    Traceback (most recent call last):
    analysis.errors.RefreshError: engine 'abacus': ...
    """
    if engine == DEFAULT:
        return None
    import ibis  # noqa: PLC0415

    scheme, _, secret = engine.partition(":")
    try:
        return ibis.connect(engine)
    except ImportError as error:
        problem = f"{error.name or 'a package'} is not installed"
    except Exception as error:
        problem = first_line(error)
        for part in (engine, secret, secret.removeprefix("//")):
            problem = problem.replace(part, "…") if part else problem
    raise RefreshError(
        f"engine {scheme!r}: {problem}",
        allowed="a connection string of Ibis, such as duckdb:// or pyspark://",
    )


def first_line(error: Exception) -> str:
    """Give what an error says first."""
    return f"{type(error).__name__}: {(str(error) or 'no reason given').splitlines()[0]}"
