"""The bibliography, read and checked.

Every source carries one of the `GRADES` and a licence note besides the usual fields. An entry may
say that it ``repeats`` another: it carries the same speech, interview, data release or agency text.
However many reports repeat one original, they are one voice.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from string import ascii_lowercase

from pybtex.database import BibliographyDataError, Entry, parse_string
from pybtex.exceptions import PybtexError

from . import seeds
from .errors import SourceError
from .project import ROOT

#: The entry of the article that the book is about.
ARTICLE = seeds.book().source

#: The day in an address, as many publishers write it.
_DATED = re.compile(r"/((?:19|20)\d\d)/(\d\d)(?:/\d\d)?/")
#: Signs of TeX: a bare one spoils a title for whoever reads BibTeX as it is meant.
_BARE = re.compile(r"(?<!\\)[$%&#]")

GRADES = {
    "A": "official or scholarly statistics",
    "B": "an official's statement, wherever reported",
    "C": "press, operator or secondary report",
    "E": "our own estimate, with its inputs and its rule",
}


@dataclass(frozen=True)
class Source:
    """One entry of ``references.bib``.

    Attributes
    ----------
    key, title, publisher, year, grade, licence, url : str
        As in the file.
    repeats : str
        Key of the entry that carries the same matter; empty for an original.
    date : str
        ISO 8601, where the day or the month is known.
    letter : str
        Tells it from what the same publisher published in the same year, in the order of titles;
        empty where there is nothing else.
    """

    key: str
    title: str
    publisher: str
    year: str
    grade: str
    licence: str
    url: str = ""
    repeats: str = ""
    date: str = ""
    letter: str = ""

    @property
    def cited_year(self) -> str:
        """The year as a citation gives it, such as 2025b."""
        return self.year + self.letter


def read(path: Path | None = None) -> dict[str, Source]:
    """Read a BibTeX file, the book's own by default, and refuse what a citation cannot rest on.

    Returns
    -------
    dict of str to Source
        By key, in the file's order.

    Raises
    ------
    SourceError
        The file is missing or not BibTeX; a key is given twice; an entry has no title, author,
        year, grade or licence note, or a grade outside A, B, C, E; an entry repeats one that is
        not there or that is no original itself.
    """
    path = path or ROOT / "references.bib"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SourceError("the file is missing", where=path.name) from None
    except UnicodeDecodeError as error:
        raise SourceError(f"byte {error.start} is not UTF-8", where=path.name) from None
    return dict(_parsed(text, path.name))


@lru_cache(maxsize=2)  # a folder's tables, read one by one, all ask for the same file
def _parsed(text: str, name: str) -> dict[str, Source]:
    try:
        entries = parse_string(text, "bibtex").entries
    except BibliographyDataError as error:
        raise SourceError(str(error), where=name, allowed="each key once") from None
    except PybtexError as error:
        raise SourceError(" ".join(str(error).split()), where=name) from None
    found = {key: _source(key, entry, name) for key, entry in entries.items()}
    for source in found.values():
        if not source.repeats:
            continue
        original = found.get(source.repeats)
        if original is None or original.repeats:
            raise SourceError(
                f"repeats {source.repeats!r}",
                where=f"{name}, entry {source.key}",
                allowed="the key of an entry that repeats none",
            )
    ordered = sorted(found.values(), key=lambda it: (*_told(it), it.title.casefold(), it.key))
    for _, group in groupby(ordered, key=_told):
        if len(alike := list(group)) > 1:
            letters = zip(alike, ascii_lowercase, strict=False)
            found |= {it.key: replace(it, letter=letter) for it, letter in letters}
    return found


def _told(source: Source) -> tuple[str, str]:
    """Give what a citation tells of a source."""
    return source.publisher, source.year


def bibliography() -> Mapping[str, Source]:
    """Give the book's own bibliography, read once a process; or the one that `using` has lent."""
    return _lent.get() or _own()


@contextmanager
def using(lent: Mapping[str, Source]) -> Iterator[None]:
    """Judge with another bibliography meanwhile: proposed evidence cites what ours lacks.

    Examples
    --------
    >>> with using({"new2026": Source("new2026", "Trade", "Office", "2026", "A", "open")}):
    ...     lookup("new2026").publisher
    'Office'
    """
    token = _lent.set(lent)
    try:
        yield
    finally:
        _lent.reset(token)


_lent: ContextVar[Mapping[str, Source] | None] = ContextVar("lent", default=None)


@cache
def _own() -> dict[str, Source]:
    return read()


def independent(keys: Iterable[str]) -> int:
    """Count the origins behind some sources: reports that repeat one original count once.

    A key that is not in the bibliography is a `SourceError`.

    Examples
    --------
    Two reports of one interview are one voice, the summit speech is another:

    >>> independent(["tokayev2025ana", "vlast2025"])
    1
    >>> independent(["tokayev2025ana", "vlast2025", "kt2024bishkek"])
    2
    """
    return len({lookup(key).repeats or key for key in keys})


def lookup(key: str) -> Source:
    """Find one source by its key.

    Raises
    ------
    SourceError
        The key is not in the bibliography.
    """
    try:
        return bibliography()[key]
    except KeyError:
        raise SourceError(
            f"unknown source key {key!r}", allowed="a key of references.bib"
        ) from None


def _plain(text: str) -> str:
    r"""Give a field as it is read aloud.

    Examples
    --------
    >>> _plain(r"{A target of \$5 billion}")
    'A target of $5 billion'
    """
    return re.sub(r"\\([$%&#])", r"\1", text.strip("{}"))


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
        if sign := _BARE.search(value):
            raise SourceError(f"{sign[0]!r} in {field}", where=where, allowed=f"\\{sign[0]}")
    if found["grade"] not in GRADES:
        raise SourceError(
            f"grade {found['grade']!r}", where=where, allowed="one of " + ", ".join(GRADES)
        )
    date, url = fields.get("date", ""), fields.get("url", "")
    dated = _DATED.search(url)
    if not date.startswith(found["year"]) and date:
        raise SourceError(f"date {date}", where=where, allowed=f"one of {found['year']}")
    if dated and date and not "-".join(dated.groups()).startswith(date[:7]):
        allowed = f"{dated[1]}-{dated[2]}, as in its address"
        raise SourceError(f"date {date}", where=where, allowed=allowed)
    if found["grade"] == "A" and found["licence"].startswith("Press") and not fields.get("note"):
        raise SourceError(
            "grade A and the licence of the press", where=where,
            allowed="B or C, or a note that says whose statistics it prints",
        )  # fmt: skip
    return Source(
        key=key,
        title=_plain(found["title"]),
        publisher=_plain(author),
        year=found["year"],
        grade=found["grade"],
        licence=_plain(found["licence"]),
        url=url,
        repeats=fields.get("repeats", "").strip(),
        date=date,
    )
