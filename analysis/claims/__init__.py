"""The ledger: what the article claims, and what the evidence says of it.

The claims are data: they stand in ``seeds/NAME.claims.toml`` beside the article. A verdict is a
function of evidence, which the claim names: change the tables and it may change.
"""

import inspect
import pkgutil
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd

from .. import article as articles
from .. import seeds, sources, tables
from ..article import Article
from ..errors import ClaimError, SourceError
from ..project import ROOT
from .forms import (
    CHECKABLE,
    KINDS,
    RATINGS,
    Assumed,
    Claim,
    Entry,
    Evidence,
    Framing,
    Judge,
    Verdict,
    amount,
    enter,
)

_FIELDS = {
    "claim": ("name", "title", "quotation", "kind", "shown", "judge", "checked"),
    "framing": ("quotation", "why"),
}
#: Fields that a claim may have; which it must is said by `Claim`.
_MORE = {"claim": ("sentence", "voice", "settle", "ask", "first"), "framing": ()}


def read(path: Path | None = None) -> tuple[tuple[Claim, ...], tuple[Framing, ...]]:
    """Read the claims of an article, and the sentences that claim nothing.

    Parameters
    ----------
    path : Path, optional
        A TOML file of ``[[claim]]`` and ``[[framing]]``; the book's own by default.

    Raises
    ------
    ClaimError
        The file is missing or not TOML, holds no claim or something else; a field is missing or
        unknown; a name, a title or a quotation is given twice; a kind or a judge is unknown.
    """
    path = path or ROOT / "seeds" / f"{seeds.book().article}.claims.toml"
    file = f"seeds/{path.name}"
    found = seeds.read(path, ClaimError)
    for name in found:
        if name not in _FIELDS:
            raise ClaimError(f"{name!r}", where=file, allowed="[[claim]] and [[framing]]")
    claims = _rows(found, "claim", file)
    framing = _rows(found, "framing", file)
    if not claims:
        raise ClaimError("no claim", where=file, allowed="one [[claim]] or more")
    for name in ("name", "title", "quotation"):
        given = [row[name] for row in (*claims, *framing) if name in row]
        if twice := [value for value in given if given.count(value) > 1]:
            raise ClaimError(f"{name} {twice[0][:60]!r} given twice", where=file, allowed="once")
    return tuple(_claim(row, file) for row in claims), tuple(
        Framing(**row, where=f"{file}, framing") for row in framing
    )


def _claim(row: dict[str, Any], file: str) -> Claim:
    where = f"{file}, claim {row['name']}"
    if row.get("first"):
        try:
            sources.lookup(row["first"])
        except SourceError as error:
            raise ClaimError(error.problem, where=where, allowed=error.allowed) from None
    return Claim(**row | {"judge": _judge(row["judge"], where)}, where=where)


def _rows(found: dict[str, Any], kind: str, file: str) -> list[dict[str, str]]:
    """Give the entries of one kind, each with its fields and no other."""
    rows = found.get(kind, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ClaimError(f"{kind!r} is no list of entries", where=file, allowed=f"[[{kind}]]")
    for number, row in enumerate(rows, 1):
        where = f"{file}, {kind} {row.get('name', number)}"
        more = [name for name in _MORE[kind] if name in row]
        seeds.texts(row, (*_FIELDS[kind], *more), where, ClaimError, only=True)
    return rows


def _judge(name: str, where: str) -> Judge:
    """Find the function that a claim names, as ``trade.exceeded``, in a module of this package."""
    modules = sorted({module.name for module in pkgutil.iter_modules(__path__)} - {"forms"})
    module, _, function = name.partition(".")
    if module not in modules:
        allowed = f"MODULE.FUNCTION, its module one of {', '.join(modules)}"
        raise ClaimError(f"judge {name!r}", where=where, allowed=allowed)
    judges: dict[str, Judge] = {
        key: value
        for key, value in vars(import_module(f".{module}", __package__)).items()
        if inspect.isfunction(value) and inspect.signature(value).return_annotation is Verdict
        if not key.startswith("_")
    }
    if function not in judges:
        raise ClaimError(f"judge {name!r}", where=where,
                         allowed=", ".join(f"{module}.{key}" for key in judges))  # fmt: skip
    return judges[function]


CLAIMS, FRAMING = read()


def evidence(root: Path | None = None, **assumed: Any) -> Evidence:
    """Give the tables of the book, or of another folder with its form, each read when asked for.

    ``assumed`` is what `Assumed` has.
    """
    return Evidence(_AsAsked(root), Assumed(**assumed))


def judged(name: str, **assumed: Any) -> Verdict:
    """Judge one claim of the book by its name, reading only the tables that its judge asks for.

    Raises
    ------
    ClaimError
        There is no such claim.
    """
    claim = _named(name)
    return claim.judge(claim.quotation, evidence(**assumed))


def says(name: str, *words: object) -> bool:
    """Say whether the quotation of a claim holds each of some words: a year, an amount.

    Examples
    --------
    >>> says("forty-five-billion", 2024, "$45 billion"), says("forty-five-billion", 2023)
    (True, False)
    """
    return all(str(word) in _named(name).quotation for word in words)


def stated(name: str) -> float:
    """Read the one amount or count that the quotation of a claim names.

    Examples
    --------
    >>> stated("eighty-events")
    80.0
    """
    return amount(_named(name).quotation)


def _named(name: str) -> Claim:
    found = [claim for claim in CLAIMS if claim.name == name]
    if not found:
        raise ClaimError(f"claim {name!r}", allowed=", ".join(claim.name for claim in CLAIMS))
    return found[0]


class _AsAsked(Mapping[str, pd.DataFrame]):
    """The tables of a folder, each read once, when it is asked for: only those are looked at."""

    def __init__(self, root: Path | None) -> None:
        self._root = root
        self._read: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._read:
            self._read[name] = tables.read(name, self._root)
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in tables.models()

    def __iter__(self) -> Iterator[str]:
        return iter(tables.models())

    def __len__(self) -> int:
        return len(tables.models())


def ledger(
    article: Article | None = None, found: Evidence | None = None, **assumed: Any
) -> list[Entry]:
    """Judge every claim, in the order of the article.

    The article and the evidence are the book's own by default; ``assumed`` is what `Assumed` has.
    A `ClaimError` is raised as by `analysis.claims.forms.enter`.
    """
    article = article or articles.read()
    found = found or evidence(**assumed)
    entries = [enter(claim, article, found) for claim in CLAIMS]
    return sorted(entries, key=lambda entry: entry.span.start)


__all__ = [
    "CHECKABLE", "CLAIMS", "FRAMING", "KINDS", "RATINGS", "Assumed", "Claim", "Entry", "Evidence",
    "Framing", "enter", "evidence", "judged", "ledger", "read", "says", "stated",
]  # fmt: skip
