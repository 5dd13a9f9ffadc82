"""A release of CEPII's BACI as it is published: one zip, of which a year at a time is unpacked.

The form is the one that CEPII documents (cepii.fr, The CEPII-BACI dataset): a file for each year,
``BACI_HS92_Y2023_V202501.csv``, with the columns t (year), i and j (numeric codes of exporter and
importer), k (product, six signs of the Harmonized System, leading zeros kept), v (thousand current
USD) and q (tonnes, at times missing); ``country_codes_V202501.csv`` with each numeric code's ISO
alpha-3 code; product codes and a readme, which are not needed here.
"""

import csv
import io
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import RefreshError

COLUMNS = ("t", "i", "j", "k", "v", "q")
#: What every row must have, for messages.
SIX = "six cells, " + ", ".join(COLUMNS)
_YEAR = re.compile(r"BACI_HS(?P<hs>\d{2})_Y(?P<year>\d{4})_V(?P<version>\d{6}[a-z]?)\.csv")
_CODES = re.compile(r"country_codes_V\d{6}[a-z]?\.csv")
_FORM = "a release of BACI as CEPII publishes it, such as BACI_HS92_V202501.zip"
#: What reading a damaged zip raises.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)
#: Bytes that are unpacked at a time.
_BLOCK = 1 << 20


@dataclass(frozen=True)
class YearFile:
    """One year's file, unpacked: where it lies, its columns in order, its name for messages."""

    path: Path
    year: int
    columns: tuple[str, ...]
    where: str


@dataclass(frozen=True)
class Release:
    """One release, opened and found whole."""

    path: Path
    #: Revision of the Harmonized System and version, such as ``BACI HS92 V202501``.
    edition: str
    #: The name of each year's file in the zip.
    members: Mapping[int, str]
    #: The release's numeric code of each country, by ISO alpha-3 code.
    codes: Mapping[str, int]

    @classmethod
    def open(cls, path: Path) -> "Release":
        """Look into a zip: which years it holds, and what its countries are called.

        `RefreshError` where it is no zip, or is cut short; lacks the country codes or has no year;
        has a year or an edition too many; or the country codes are not in their form.
        """
        try:
            with zipfile.ZipFile(path) as box:
                names = box.namelist()
                years = _years(names, path)
                found = [name for name in names if _CODES.fullmatch(Path(name).name)]
                if len(found) != 1:
                    problem, allowed = "files of country codes", "one, country_codes_V and version"
                    raise RefreshError(f"{len(found)} {problem}", where=path.name, allowed=allowed)
                codes = _codes(box.read(found[0]), f"{path.name}, {found[0]}")
        except FileNotFoundError:
            raise RefreshError("no such file", where=str(path), allowed=_FORM) from None
        except _DAMAGE as error:
            problem = f"not a whole zip: {error}"
            raise RefreshError(problem, where=path.name, allowed=_FORM) from None
        editions = {f"BACI HS{match['hs']} V{match['version']}" for match in years.values()}
        if len(editions) > 1:
            problem = "files of several editions: " + ", ".join(sorted(editions))
            raise RefreshError(problem, where=path.name, allowed="one edition a release")
        members = {year: match.string for year, match in years.items()}
        return cls(path, editions.pop(), members, codes)

    def years(self, wanted: Iterable[int] | None = None) -> list[int]:
        """List the years of the release, or those that are wanted and must be in it."""
        every = sorted(self.members)
        chosen = every if wanted is None else sorted(set(wanted))
        for year in chosen:
            if year not in self.members:
                allowed = f"{every[0]} to {every[-1]}"
                raise RefreshError(f"no year {year}", where=self.path.name, allowed=allowed)
        return chosen

    def named(self, countries: Iterable[str]) -> dict[int, str]:
        """Give the ISO alpha-3 code of each wanted country by its numeric one, which must be."""
        wanted = sorted(set(countries))
        for country in wanted:
            if country not in self.codes:
                where, allowed = f"{self.path.name}, country codes", ", ".join(wanted)
                problem = f"no numeric code for {country}"
                raise RefreshError(problem, where=where, allowed=f"a row for each of {allowed}")
        return {self.codes[country]: country for country in wanted}

    @contextmanager
    def unpacked(self, year: int) -> Iterator[YearFile]:
        """Unpack a year's file into a folder that is gone afterwards.

        `RefreshError` where it is damaged, has other columns or an empty line, or there is no room.
        """
        member = self.members[year]
        where = f"{self.path.name}, {member}"
        with tempfile.TemporaryDirectory(prefix="baci-") as folder:
            path = Path(folder) / "year.csv"
            _unpack(self.path, member, path, where)
            yield YearFile(path, year, _columns(path, where), where)


def _unpack(archive: Path, member: str, path: Path, where: str) -> None:
    rows, end = 0, b""
    try:
        with (
            zipfile.ZipFile(archive) as box, box.open(member) as packed, path.open("wb") as out,
        ):  # fmt: skip
            while block := packed.read(_BLOCK):
                # DuckDB would pass over an empty line, which may stand where a flow was lost.
                if empty := re.search(rb"\n\r?\n", end + block):
                    rows += (end + block)[: empty.start() + 1].count(b"\n") - end.count(b"\n")
                    row = f"{where}, row {rows + 1}"
                    raise RefreshError("an empty line", where=row, allowed=SIX)
                rows += block.count(b"\n")
                end = block[-2:]
                out.write(block)
    except OSError as error:
        problem = f"cannot be unpacked: {(error.strerror or str(error)).lower()}"
        allowed = "a whole zip, and room for one year of it"
        raise RefreshError(problem, where=where, allowed=allowed) from None
    except _DAMAGE as error:
        problem = f"the file is damaged: {error}"
        raise RefreshError(problem, where=where, allowed="a whole zip") from None


def _columns(path: Path, where: str) -> tuple[str, ...]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="\n") as file:
        found = file.readline(1_000).strip("\r\n").split(",")
    if sorted(found) != sorted(COLUMNS):
        problem, allowed = (f"the columns {', '.join(names)}" for names in (found, COLUMNS))
        raise RefreshError(problem, where=f"{where}, row 1", allowed=allowed)
    return tuple(found)


def _years(names: Iterable[str], path: Path) -> dict[int, re.Match[str]]:
    found: dict[int, re.Match[str]] = {}
    for name in names:
        match = _YEAR.search(name)
        if not match or not name.endswith(match[0]):
            continue
        year = int(match["year"])
        if year in found:
            problem = f"the year {year} twice: {found[year].string} and {name}"
            raise RefreshError(problem, where=path.name, allowed="one file a year")
        found[year] = match
    if not found:
        raise RefreshError("no file of a year", where=path.name, allowed=_FORM)
    return found


def _codes(data: bytes, where: str) -> dict[str, int]:
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig", "replace")))
    for column in ("country_code", "country_iso3"):
        if column not in (rows.fieldnames or ()):
            allowed = "country_code and country_iso3"
            raise RefreshError(f"no column {column!r}", where=where, allowed=allowed)
    codes: dict[str, int] = {}
    for row in rows:
        number, country = row["country_code"] or "", row["country_iso3"] or ""
        place = f"{where}, row {rows.line_num}"
        if not number.isascii() or not number.isdigit():
            place += ", column country_code"
            raise RefreshError(repr(number), where=place, allowed="a whole number")
        if country in codes:
            allowed = "one numeric code a country"
            raise RefreshError(f"a second row for {country}", where=place, allowed=allowed)
        if country:
            codes[country] = int(number)
    return codes
