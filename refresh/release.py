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

from .fetch import refuse_bomb

COLUMNS = ("t", "i", "j", "k", "v", "q")
#: What every row must have, for messages.
SIX = "six cells, " + ", ".join(COLUMNS)
_YEAR = re.compile(r"BACI_HS(?P<hs>\d{2})_Y(?P<year>\d{4})_V(?P<version>\d{6}[a-z]?)\.csv")
_OLDER = re.compile(r"baci\d\d_\d{4}\.(csv|zip|rar|7z)")
_OLDER_ISO3 = "iso_3digit_alpha"
_CODES = re.compile(r"country_codes_V\d{6}[a-z]?\.csv")
_FORM = "a release of BACI as CEPII publishes it, such as BACI_HS92_V202501.zip"
#: What reading a damaged zip raises.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)
#: Bytes that are unpacked at a time; that a year's file may have (they have some 300 million), and
#: the list of countries.
_BLOCK, _LARGEST, _LARGEST_CODES = 1 << 20, 4_000_000_000, 1_000_000
#: Cells apart, as a spreadsheet writes them where a comma is the sign of decimals.
_SEMICOLONS = "semicolons between the cells"


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
    #: The release's numeric codes of each country, by ISO alpha-3 code: one, but of former states.
    codes: Mapping[str, list[int]]

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
                where = f"{path.name}, {found[0]}"
                data = b"".join(_blocks(box, found[0], _LARGEST_CODES, where))
                codes = _codes(data, where)
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
        """Give each wanted country's ISO alpha-3 code by its numeric one, which it has alone."""
        wanted = sorted(set(countries))
        for country in wanted:
            where = f"{self.path.name}, country codes"
            found = self.codes.get(country, [])
            if not found:
                problem, allowed = f"no numeric code for {country}", ", ".join(wanted)
                raise RefreshError(problem, where=where, allowed=f"a row for each of {allowed}")
            if len(found) > 1:
                problem = f"{len(found)} codes for {country}: {', '.join(map(str, found))}"
                raise RefreshError(problem, where=where, allowed="one numeric code a country")
        named = {self.codes[country][0]: country for country in wanted}
        for code, country in named.items():
            others = [it for it, numbers in self.codes.items() if code in numbers]
            if others != [country]:
                problem = f"code {code} for {' and '.join(others)}"
                raise RefreshError(problem, where=where, allowed="one country a numeric code")
        return named

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
        with zipfile.ZipFile(archive) as box, path.open("wb") as out:
            for block in _blocks(box, member, _LARGEST, where):
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


def _blocks(box: zipfile.ZipFile, member: str, largest: int, where: str) -> Iterator[bytes]:
    """Unpack a file piece by piece; `RefreshError` from the moment that it is too large."""
    entry, size = box.getinfo(member), 0
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # Python unpacks the others without a limit.
        raise RefreshError(
            f"packing method {entry.compress_type}", where=where, allowed="0, stored, or 8, deflate"
        )
    with box.open(entry) as packed:
        while block := packed.read(_BLOCK):
            size += len(block)
            refuse_bomb(size, entry.compress_size, largest, where)
            yield block


def _columns(path: Path, where: str) -> tuple[str, ...]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="\n") as file:
        found = file.readline(1_000).strip("\r\n").split(",")
    if ";" in found[0]:
        raise RefreshError(_SEMICOLONS, where=f"{where}, row 1", allowed="commas")
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
        older = any(_OLDER.fullmatch(Path(name).name) for name in names)
        problem = "a release in BACI's older form" if older else "no file of a year"
        raise RefreshError(problem, where=path.name, allowed=_FORM)
    return found


def _codes(data: bytes, where: str) -> dict[str, list[int]]:
    """Read the numeric codes of each country: a former state may share its successor's name."""
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig", "replace")))
    names = [name.strip() for name in rows.fieldnames or ()]
    rows.fieldnames = ["country_iso3" if name == _OLDER_ISO3 else name for name in names]
    if ";" in "".join(names):
        raise RefreshError(_SEMICOLONS, where=where, allowed="commas")
    for column in ("country_code", "country_iso3"):
        if column not in rows.fieldnames:
            allowed = "country_code and country_iso3"
            raise RefreshError(f"no column {column!r}", where=where, allowed=allowed)
    codes: dict[str, list[int]] = {}
    for row in rows:
        number = (row["country_code"] or "").strip()
        country = (row["country_iso3"] or "").strip()
        if not re.fullmatch("[0-9]{1,4}", number):
            place = f"{where}, row {rows.line_num}, column country_code"
            raise RefreshError(repr(number), where=place, allowed="a whole number")
        if country:
            codes.setdefault(country, []).append(int(number))
    return codes
