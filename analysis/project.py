"""Where the book keeps its things, and the facts that make it this book."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from .errors import BookError

#: The folder that holds ``_config.yml``.
ROOT = Path(__file__).resolve().parents[1]


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
        The file is missing, not TOML, or lacks a fact.
    """
    path = (root or ROOT) / "seeds" / "book.toml"
    where = f"seeds/{path.name}"
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BookError("the file is missing", where=where) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BookError(" ".join(str(error).split()), where=where, allowed="TOML") from None
    names = [fact.name for fact in fields(Book)]
    for name in names:
        if not isinstance(facts.get(name), str) or not facts[name].strip():
            raise BookError(f"no {name}", where=where, allowed=f"{name} = some text")
    for name in facts:
        if name not in names:
            raise BookError(f"fact {name!r}", where=where, allowed=", ".join(names))
    return Book(**facts)
