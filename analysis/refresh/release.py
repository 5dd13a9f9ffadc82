"""A release of CEPII's BACI as it is published: one zip, read without unpacking it to disk.

The form is the one that CEPII documents (cepii.fr, The CEPII-BACI dataset): a file for each year,
``BACI_HS92_Y2023_V202501.csv``, with the columns t (year), i and j (numeric codes of exporter and
importer), k (product, six signs of the Harmonized System, leading zeros kept), v (thousand current
USD) and q (tonnes, at times missing); ``country_codes_V202501.csv`` with each numeric code's ISO
alpha-3 code; product codes and a readme, which are not needed here.
"""

import csv
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import RefreshError

if TYPE_CHECKING:  # the book does without it, and need not load it
    import pyarrow as pa

COLUMNS = ("t", "i", "j", "k", "v", "q")
_YEAR = re.compile(r"BACI_HS(?P<hs>\d{2})_Y(?P<year>\d{4})_V(?P<version>\d{6}[a-z]?)\.csv")
_CODES = re.compile(r"country_codes_V\d{6}[a-z]?\.csv")
_FORM = "a release of BACI as CEPII publishes it, such as BACI_HS92_V202501.zip"
#: What reading a damaged zip raises.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)
#: Bytes of a year's file that are parsed at a time: what is held in memory follows from it.
_BLOCK = 1 << 19


@dataclass(frozen=True)
class Release:
    """One release, opened and found whole.

    Parameters
    ----------
    path : Path
        The zip.
    edition : str
        Revision of the Harmonized System and version, such as ``BACI HS92 V202501``.
    members : dict
        The name of each year's file in the zip.
    codes : dict
        The release's numeric code of each country, by ISO alpha-3 code.
    """

    path: Path
    edition: str
    members: Mapping[int, str]
    codes: Mapping[str, int]

    @classmethod
    def open(cls, path: Path) -> "Release":
        """Look into a zip: which years it holds, and what its countries are called.

        Raises
        ------
        RefreshError
            It is no zip, or is cut short; it lacks the country codes or has no year; it has a year
            twice; the country codes are not in their form.
        """
        try:
            with zipfile.ZipFile(path) as box:
                names = box.namelist()
                years = _years(names, path)
                found = [name for name in names if _CODES.fullmatch(Path(name).name)]
                if len(found) != 1:
                    raise RefreshError(
                        f"{len(found)} files of country codes", where=path.name,
                        allowed="one, country_codes_V and the version",
                    )  # fmt: skip
                codes = _codes(box.read(found[0]), f"{path.name}, {found[0]}")
        except FileNotFoundError:
            raise RefreshError("no such file", where=str(path), allowed=_FORM) from None
        except _DAMAGE as error:
            told = f"not a whole zip: {error}"
            raise RefreshError(told, where=path.name, allowed=_FORM) from None
        editions = {f"BACI HS{match['hs']} V{match['version']}" for match in years.values()}
        if len(editions) > 1:
            raise RefreshError(
                "files of several editions: " + ", ".join(sorted(editions)), where=path.name,
                allowed="one edition a release",
            )  # fmt: skip
        members = {year: match.string for year, match in years.items()}
        return cls(path, editions.pop(), members, codes)

    def years(self, wanted: Iterable[int] | None = None) -> list[int]:
        """List the years of the release, or those of them that are wanted.

        Raises
        ------
        RefreshError
            A wanted year is not in it.
        """
        known = sorted(self.members)
        chosen = known if wanted is None else sorted(set(wanted))
        for year in chosen:
            if year not in self.members:
                raise RefreshError(
                    f"no year {year}", where=self.path.name, allowed=f"{known[0]} to {known[-1]}"
                )
        return chosen

    def named(self, countries: Iterable[str]) -> dict[int, str]:
        """Give the ISO alpha-3 code of each wanted country by its numeric one.

        Raises
        ------
        RefreshError
            The release has no code for a country.
        """
        wanted = sorted(set(countries))
        for country in wanted:
            if country not in self.codes:
                raise RefreshError(
                    f"no numeric code for {country}", where=f"{self.path.name}, country codes",
                    allowed="a row for each of " + ", ".join(wanted),
                )  # fmt: skip
        return {self.codes[country]: country for country in wanted}

    def flows(self, year: int, countries: Iterable[int], *, both: bool = True) -> "Flows":
        """Read a year's rows that concern some countries, in bounded memory, once.

        Parameters
        ----------
        year : int
            One that the release holds.
        countries : iterable of int
            Numeric codes. Other countries' rows are dropped as soon as their codes are parsed, and
            what stands in them is not looked at.
        both : bool
            Whether exporter and importer must both be among them, or one of the two.
        """
        return Flows(self, year, tuple(countries), both)


class Flows:
    """The rows of one year, as a stream of Arrow batches that can be read once.

    An engine that reads the stream may swallow what went wrong in it: `fault` keeps it.

    Parameters
    ----------
    release : Release
        Where they are.
    year : int
        Which year.
    countries : tuple of int
        Numeric codes of the countries that are wanted.
    both : bool
        See `Release.flows`.
    """

    def __init__(self, release: Release, year: int, countries: tuple[int, ...], both: bool) -> None:
        import pyarrow as pa  # noqa: PLC0415

        self.year, self.countries, self.both = year, countries, both
        self.path, self.member = release.path, release.members[year]
        self.where = f"{release.path.name}, {self.member}"
        self.schema = pa.schema(
            {"t": pa.int16(), "i": pa.int16(), "j": pa.int16(), "k": pa.string(), "v": pa.float64()}
        )
        self.fault: RefreshError | None = None

    def reader(self) -> "pa.RecordBatchReader":
        """Give the stream."""
        import pyarrow as pa  # noqa: PLC0415

        return pa.RecordBatchReader.from_batches(self.schema, self._kept())

    def _kept(self) -> Iterator["pa.RecordBatch"]:
        try:
            with zipfile.ZipFile(self.path) as box:
                yield from self._batches(box)
        except RefreshError as error:
            self.fault = error
            raise
        except _DAMAGE as error:
            self.fault = RefreshError(
                f"the file is damaged: {error}", where=self.where, allowed="a whole zip"
            )
            raise self.fault from None

    def _batches(self, box: zipfile.ZipFile) -> Iterator["pa.RecordBatch"]:
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.compute as pc  # noqa: PLC0415
        from pyarrow import csv as arrow  # noqa: PLC0415

        with box.open(self.member) as head:
            self._refuse_columns(head.readline())
        wanted = pa.array(self.countries, pa.int16())
        # Only the two codes are read as numbers; the rest costs time, and is for rows that stay.
        kinds = dict.fromkeys("tkv", pa.binary()) | dict.fromkeys("ij", pa.int16())
        options = {
            "read_options": arrow.ReadOptions(block_size=_BLOCK),
            "convert_options": arrow.ConvertOptions(
                column_types=kinds, include_columns=self.schema.names, null_values=[]
            ),
        }
        row = 2
        try:
            with _unpacked(box, self.member) as file:
                for batch in arrow.open_csv(file, **options):
                    sold, bought = (pc.is_in(batch[side], wanted) for side in "ij")
                    kept = (pc.and_ if self.both else pc.or_)(sold, bought)
                    if pc.any(kept).as_py():
                        rows = pc.add(pc.indices_nonzero(kept).cast("int64"), row)
                        yield self._read(batch.filter(kept), rows)
                    row += batch.num_rows
        except pa.ArrowInvalid as error:
            raise RefreshError(
                str(error).splitlines()[0], where=f"{self.where}, after row {row - 1}",
                allowed="six columns in every row, i and j whole numbers",
            ) from None  # fmt: skip

    def _read(self, batch: "pa.RecordBatch", rows: "pa.Array") -> "pa.RecordBatch":
        """Turn the cells of rows that stay into what they must be."""
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.compute as pc  # noqa: PLC0415

        cells = {name: batch[name] for name in self.schema.names}
        for name, pattern, allowed in (
            ("t", str(self.year), f"{self.year}"),
            ("k", r"[0-9]{4}[0-9A-Z]{2}", "six signs, of which the first four are digits"),
            ("v", r"[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?", "a number of 0 or more"),
        ):
            sound = pc.match_substring_regex(cells[name], f"^(?:{pattern})$")
            if (place := sound.index(False).as_py()) >= 0:
                came = cells[name][place].as_py().decode("utf-8", "replace")
                raise RefreshError(
                    repr(came), where=f"{self.where}, row {rows[place].as_py()}, column {name}",
                    allowed=allowed,
                )  # fmt: skip
            cells[name] = cells[name].cast(pa.string())
        columns = [cells[field.name].cast(field.type) for field in self.schema]
        return pa.record_batch(columns, schema=self.schema)

    def _refuse_columns(self, line: bytes) -> None:
        found = line.decode("utf-8", "replace").strip("\ufeff\r\n").split(",")
        if sorted(found) != sorted(COLUMNS):
            raise RefreshError(
                f"the columns {', '.join(found)}", where=f"{self.where}, row 1",
                allowed="the columns " + ", ".join(COLUMNS),
            )  # fmt: skip


def _years(names: Iterable[str], path: Path) -> dict[int, re.Match[str]]:
    found: dict[int, re.Match[str]] = {}
    for name in names:
        match = _YEAR.search(name)
        if not match or not name.endswith(match[0]):
            continue
        year = int(match["year"])
        if year in found:
            raise RefreshError(
                f"the year {year} twice: {found[year].string} and {name}", where=path.name,
                allowed="one file a year",
            )  # fmt: skip
        found[year] = match
    if not found:
        raise RefreshError("no file of a year", where=path.name, allowed=_FORM)
    return found


def _codes(data: bytes, where: str) -> dict[str, int]:
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig", "replace")))
    for column in ("country_code", "country_iso3"):
        if column not in (rows.fieldnames or ()):
            raise RefreshError(
                f"no column {column!r}", where=where, allowed="country_code and country_iso3"
            )
    codes: dict[str, int] = {}
    for row in rows:
        told, country = row["country_code"] or "", row["country_iso3"] or ""
        if not told.isascii() or not told.isdigit():
            raise RefreshError(
                f"{told!r}", where=f"{where}, row {rows.line_num}, column country_code",
                allowed="a whole number",
            )  # fmt: skip
        if country in codes:
            raise RefreshError(
                f"a second row for {country}", where=f"{where}, row {rows.line_num}",
                allowed="one numeric code a country",
            )  # fmt: skip
        if country:
            codes[country] = int(told)
    return codes


def _unpacked(box: zipfile.ZipFile, name: str) -> io.BufferedIOBase:
    told = box.getinfo(name)
    plain = told.compress_type == zipfile.ZIP_DEFLATED and not told.flag_bits & 1
    return io.BufferedReader(_Deflated(box, told), _BLOCK) if plain else box.open(name)


class _Deflated(io.RawIOBase):
    """A packed file, unpacked as it is read, in half the time that `zipfile` takes.

    Parameters
    ----------
    box : ZipFile
        Open, and with a name in the file system.
    told : ZipInfo
        The file, packed by the usual method.
    """

    def __init__(self, box: zipfile.ZipFile, told: zipfile.ZipInfo) -> None:
        from zlib_ng import zlib_ng  # noqa: PLC0415

        self._ng, self._told = zlib_ng, told
        self._inflate, self._check, self._rest = zlib_ng.decompressobj(-zlib.MAX_WBITS), 0, b""
        self._file = Path(box.filename or "").open("rb")  # noqa: SIM115  (`close` closes it)
        # The packed bytes follow a header of 30 bytes, a name and an extra field.
        self._file.seek(told.header_offset)
        header = self._file.read(30)
        if not header.startswith(b"PK\x03\x04"):
            raise zipfile.BadZipFile(f"no header of {told.filename}")
        self._file.seek(sum(struct.unpack("<HH", header[26:30])), io.SEEK_CUR)
        self._left = told.compress_size

    def readable(self) -> bool:
        """Say yes: it is for reading."""
        return True

    def readinto(self, room: Any) -> int:
        """Unpack the next bytes, as many as there is room for; none at the end.

        Raises
        ------
        BadZipFile
            The packed bytes end too early, or are not those that were packed.
        """
        while not self._inflate.eof:
            packed = self._rest or self._file.read(min(self._left, _BLOCK // 4))
            if not self._rest:
                self._left -= len(packed)
            out = self._inflate.decompress(packed, len(room))
            self._rest = self._inflate.unconsumed_tail
            if out:
                self._check = self._ng.crc32(out, self._check)
                room[: len(out)] = out
                return len(out)
            if not packed and not self._inflate.eof:
                raise zipfile.BadZipFile(f"{self._told.filename} is cut short")
        if self._check != self._told.CRC:
            raise zipfile.BadZipFile(f"bad checksum of {self._told.filename}")
        return 0

    def close(self) -> None:
        """Let go of the zip."""
        if hasattr(self, "_file"):
            self._file.close()
        super().close()
