"""What the book says when it refuses something.

Every refusal is one line: where it happened, what came, what was allowed.
The command line prints that line and exits with 2.
"""

from collections.abc import Iterator
from contextlib import contextmanager

#: Signs of each part of a refusal.
_MOST = 400


class BookError(Exception):
    """Something that must not reach a reader was found.

    Parameters
    ----------
    problem : str
        What came, with the offending value.
    where : str, optional
        File, row and column; or the claim, chapter or cell.
    allowed : str, optional
        What would have been accepted.

    Examples
    --------
    >>> print(BookError("value -3", where="data/x.csv, row 4, column value", allowed="0 or more"))
    data/x.csv, row 4, column value: value -3 (allowed: 0 or more)
    """

    def __init__(self, problem: str, *, where: str = "", allowed: str = "") -> None:
        self.problem, self.where, self.allowed = problem, where, allowed
        line = f"{_line(where)}: {_line(problem)}" if where else _line(problem)
        super().__init__(f"{line} (allowed: {_line(allowed)})" if allowed else line)


def _line(words: str) -> str:
    """Put what came on one line that a terminal can show: signs that steer it are spelt out."""
    cut = words if len(words) <= _MOST else f"{words[:_MOST]} …"
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in cut)


class ArticleError(BookError):
    """The article is missing, unreadable, or not a newswire report."""


class TableError(BookError):
    """A table in ``data/`` breaks its model."""


class SourceError(BookError):
    """``references.bib`` lacks an entry, or an entry lacks what the book needs."""


class ReckoningError(BookError):
    """The evidence cannot answer the question that was put to it."""


@contextmanager
def refused_at(where: str, what: str = "") -> Iterator[None]:
    """Say of a refusal inside where it happened, and to what.

    Examples
    --------
    >>> with refused_at("leg A to B", "km"):
    ...     raise ReckoningError("low 3, high 2", allowed="rising")
    Traceback (most recent call last):
    analysis.errors.ReckoningError: leg A to B: km: low 3, high 2 (allowed: rising)
    """
    try:
        yield
    except BookError as error:
        problem = f"{what}: {error.problem}" if what else error.problem
        raise type(error)(problem, where=where, allowed=error.allowed) from error


class ClaimError(BookError):
    """A claim or a verdict is not well formed."""


class ChapterError(BookError):
    """A chapter raised, or shows something it may not show."""


class RefreshError(BookError):
    """A fresh source is not what it should be, or cannot be read; nothing in ``data/`` changed."""


class BuildError(BookError):
    """The book could not be built; the last good one stays in place."""
