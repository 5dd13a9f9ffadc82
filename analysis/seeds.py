"""The files in ``seeds/`` that say what the book is about: read, and refused in one line."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from .errors import BookError
from .project import ROOT


@dataclass(frozen=True)
class Book:
    """The facts in ``seeds/book.toml``, where each is explained."""

    article: str
    source: str
    file: str
    identifier: str
    question: str
    reviewer: str


def book(root: Path | None = None) -> Book:
    """Read ``seeds/book.toml``.

    Raises
    ------
    BookError
        The file is missing or not TOML, lacks a fact, or has another.
    """
    path = (root or ROOT) / "seeds" / "book.toml"
    facts = read(path, BookError)
    names = [fact.name for fact in fields(Book)]
    texts(facts, names, f"seeds/{path.name}", BookError, only=True)
    return Book(**facts)


def read(path: Path, refusal: type[BookError], missing: str = "the file is missing") -> Any:
    """Read a TOML file, or refuse it: by ``missing`` if it is not there."""
    where = f"seeds/{path.name}"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise refusal(missing, where=where) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise refusal(" ".join(str(error).split()), where=where, allowed="TOML") from None


def texts(
    facts: Mapping[str, Any],
    names: Iterable[str],
    where: str,
    refusal: type[BookError],
    *,
    only: bool = False,
) -> None:
    """Refuse facts that lack a text of one of these names, or have ``only`` these and another."""
    names = list(names)
    for name in names:
        if not isinstance(facts.get(name), str) or not facts[name].strip():
            raise refusal(f"no {name}", where=where, allowed=f"{name} = some text")
    for name in facts if only else ():
        if name not in names:
            raise refusal(f"unknown {name!r}", where=where, allowed=", ".join(names))
