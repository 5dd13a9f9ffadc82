"""The bibliography, read and checked.

Every source carries a grade and a licence note besides the usual fields:

======  ==========================================================
grade   meaning
======  ==========================================================
A       official or scholarly statistics
B       an official's statement, wherever reported
C       press, operator or secondary report
E       the book's own estimate, which names its inputs and its rule
======  ==========================================================
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pybtex.database import BibliographyDataError, Entry, parse_string
from pybtex.exceptions import PybtexError

from .errors import SourceError
from .places import ROOT

GRADES = {
    "A": "official or scholarly statistics",
    "B": "an official's statement, wherever reported",
    "C": "press, operator or secondary report",
    "E": "our own estimate, with its inputs and its rule",
}


@dataclass(frozen=True)
class Source:
    """One entry of ``references.bib``."""

    key: str
    title: str
    publisher: str
    year: str
    grade: str
    licence: str
    url: str = ""


def read(path: Path | None = None) -> dict[str, Source]:
    """Read the bibliography and refuse what a citation could not rest on.

    Parameters
    ----------
    path : Path, optional
        A BibTeX file; the book's own by default.

    Returns
    -------
    dict of str to Source
        By key, in the file's order.

    Raises
    ------
    SourceError
        The file is missing or not BibTeX; a key is given twice; an entry has no title, author,
        year, grade or licence note, or a grade outside A, B, C, E.
    """
    path = path or ROOT / "references.bib"
    try:
        entries = parse_string(path.read_text(encoding="utf-8"), "bibtex").entries
    except FileNotFoundError:
        raise SourceError("the file is missing", where=path.name) from None
    except UnicodeDecodeError as error:
        raise SourceError(f"byte {error.start} is not UTF-8", where=path.name) from None
    except BibliographyDataError as error:
        raise SourceError(str(error), where=path.name, allowed="each key once") from None
    except PybtexError as error:
        raise SourceError(" ".join(str(error).split()), where=path.name) from None
    return {key: _source(key, entry, path.name) for key, entry in entries.items()}


@cache
def known() -> dict[str, Source]:
    """Give the book's own bibliography, read once a process."""
    return read()


def grades(keys: tuple[str, ...]) -> str:
    """Say the grades behind some sources, best first.

    Parameters
    ----------
    keys : tuple of str
        Keys of the bibliography.

    Raises
    ------
    SourceError
        A key is not in the bibliography.
    """
    return ", ".join(sorted({lookup(key).grade for key in keys}))


def lookup(key: str) -> Source:
    """Find one source by its key.

    Raises
    ------
    SourceError
        The key is not in the bibliography.
    """
    try:
        return known()[key]
    except KeyError:
        raise SourceError(
            f"unknown source key {key!r}", allowed="a key of references.bib"
        ) from None


def _source(key: str, entry: Entry, name: str) -> Source:
    where = f"{name}, entry {key}"
    fields = entry.fields
    author = " and ".join(str(person) for person in entry.persons.get("author", []))
    found = {
        "title": fields.get("title", ""),
        "author": author,
        "year": fields.get("year", ""),
        "grade": fields.get("grade", ""),
        "licence": fields.get("licence", ""),
    }
    for field, value in found.items():
        if not value.strip():
            raise SourceError(f"no {field}", where=where, allowed=f"a {field} in every entry")
    if found["grade"] not in GRADES:
        raise SourceError(
            f"grade {found['grade']!r}", where=where, allowed="one of " + ", ".join(GRADES)
        )
    return Source(
        key=key,
        title=found["title"].strip("{}"),
        publisher=author.strip("{}"),
        year=found["year"],
        grade=found["grade"],
        licence=found["licence"],
        url=fields.get("url", ""),
    )
