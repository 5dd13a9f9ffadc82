"""What a source delivers: rows for the tables, and the entry that they cite."""

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import pandas as pd

from analysis import formats
from analysis.countries import WITH_OBSERVERS
from analysis.errors import RefreshError
from publishing.citation import ESCAPED

from .answers import Flow
from .fetch import Answer

#: The countries whose trade with each other the book follows.
CODES = tuple(sorted(WITH_OBSERVERS.codes))


@dataclass(frozen=True)
class Entry:
    """A source as ``references.bib`` will hold it: official or scholarly statistics, grade A.

    What another address gave as the publisher's is a secondary report. ``year`` is that of the
    release, or of the reading where there are no numbered releases;
    ``sha256`` is of the file that was read, or of the digests of all answers in order.

    Examples
    --------
    >>> day = datetime.date(2026, 11, 26)
    >>> print(Entry("a2026", "Office", "Trade & more", "https://x.org/?a=1", "free", 2026, day,
    ...             "00ff").bibtex)
    @misc{a2026,
      author = {{Office}},
      title = {{Trade \\& more}},
      year = {2026},
      url = {https://x.org/?a=1},
      note = {Read on 26 November 2026},
      urldate = {2026-11-26},
      sha256 = {00ff},
      grade = {A},
      licence = {free},
    }
    """

    key: str
    author: str
    title: str
    url: str
    licence: str
    year: int
    day: datetime.date
    sha256: str
    grade: str = "A"

    def read_at(self, address: str) -> "Entry":
        """Give the entry of what somebody else's server gave as this publisher's."""
        host = urlsplit(address).netloc
        return replace(self, author=f"{self.author}, as given by {host}", url=address, grade="C")

    @property
    def bibtex(self) -> str:
        """The entry, in the form of the file."""
        fields = {
            "author": f"{{{self.author.translate(ESCAPED)}}}",
            "title": f"{{{self.title.translate(ESCAPED)}}}",
            "year": f"{self.year}",
            "url": self.url,
            "note": f"Read on {formats.day(self.day)}",
            "urldate": self.day.isoformat(),
            "sha256": self.sha256,
            "grade": self.grade,
            "licence": self.licence.translate(ESCAPED),
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
        return "\n".join([f"@misc{{{self.key},", *lines, "}"])


@dataclass(frozen=True)
class Delivery:
    """Fresh rows, one at least: `RefreshError` otherwise."""

    #: What was read, as the report calls it; and the sources that the rows cite.
    name: str
    entries: tuple[Entry, ...]
    #: By table: every column of its model.
    rows: Mapping[str, pd.DataFrame]
    #: What was given and not taken, with the reason; a sentence each.
    left: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not sum(len(frame) for frame in self.rows.values()):
            raise RefreshError("no rows", where=self.name, allowed="one figure or more")

    def only(self, names: Iterable[str]) -> "Delivery":
        """Leave other tables' rows out; `RefreshError` for a table for which nothing came."""
        came = [name for name, frame in self.rows.items() if len(frame)]
        for name in names:
            if name not in came:
                problem = f"nothing for table {name!r}"
                raise RefreshError(problem, where=self.name, allowed=", ".join(came))
        return replace(self, rows={name: self.rows[name] for name in names})

    def read_at(self, address: str) -> "Delivery":
        """Give what came with the address it came from, which is not the publisher's own."""
        return replace(self, entries=tuple(entry.read_at(address) for entry in self.entries))


def reported(
    flows: Sequence[Flow], answers: Sequence[Answer], name: str, key: str, **described: str
) -> Delivery:
    """Deliver flows that countries report; `RefreshError` where there is none, or one twice.

    ``name`` and ``key`` are completed by the day of the answers, ``title`` by the years.
    """
    host = answers[0].host
    if not flows:
        raise RefreshError("an empty answer", where=host, allowed="one flow or more")
    for (seller, buyer, year, side), count in Counter(flow[:4] for flow in flows).items():
        if count > 1:
            problem = f"two figures for {seller} to {buyer} in {year}, {side} side"
            raise RefreshError(problem, where=host, allowed="one total a flow and side")
    columns = ["exporter", "importer", "year", "side", "value_usd"]
    frame = pd.DataFrame(sorted(flows), columns=columns)
    day = max(answer.day for answer in answers)
    edition, key = f"{name}, {day:%B %Y}", key.format(f"{day:%Y%m%d}")
    title = f"{described.pop('title')}, {min(frame['year'])} to {max(frame['year'])}"
    entry = Entry(key, title=title, year=day.year, day=day, sha256=digest_of(answers), **described)
    rows = frame.assign(edition=edition, source_keys=key)
    return Delivery(edition, (entry,), {"trade_flows": rows})


def digest_of(answers: Sequence[Answer]) -> str:
    """Give one checksum for several answers: the SHA-256 of theirs, one a line, in order."""
    lines = "".join(f"{answer.sha256}\n" for answer in answers)
    return answers[0].sha256 if len(answers) == 1 else hashlib.sha256(lines.encode()).hexdigest()
