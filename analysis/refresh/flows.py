"""The rows of one year of BACI that concern some countries, as a stream in bounded memory."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import RefreshError
from . import unpacking
from .sieve import Sieve

if TYPE_CHECKING:  # the book does without it, and need not load it
    import numpy as np
    import pyarrow as pa

COLUMNS = ("t", "i", "j", "k", "v", "q")
#: The largest code that the sieve can tell by its signs.
_SIFTED = 999
#: A line of BACI has some thirty signs.
_LONGEST = 1_000
_ROW = re.compile(r"Row #(\d+)")


class Flows:
    """The rows of one year, as a stream of Arrow batches that can be read once.

    An engine that reads the stream may swallow what went wrong in it: `fault` keeps it.

    Parameters
    ----------
    path : Path
        The zip.
    member : str
        The year's file in it.
    year : int
        Which year it must be of.
    countries : tuple of int
        Numeric codes of the countries that are wanted.
    both : bool
        Whether exporter and importer must both be among them, or one of the two.
    """

    def __init__(
        self, path: Path, member: str, year: int, countries: tuple[int, ...], *, both: bool
    ) -> None:
        import pyarrow as pa  # noqa: PLC0415

        self.path, self.member, self.year = path, member, year
        self.countries, self.both = countries, both
        self.where = f"{path.name}, {member}"
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
        except unpacking.DAMAGE as error:
            self.fault = RefreshError(
                f"the file is damaged: {error}", where=self.where, allowed="a whole zip"
            )
            raise self.fault from None

    def _batches(self, box: zipfile.ZipFile) -> Iterator["pa.RecordBatch"]:
        import numpy as np  # noqa: PLC0415

        blocks = self._blocks(box)
        header = next(blocks, b"")
        columns = self._columns(header)
        sifted = columns[:3] == ["t", "i", "j"] and max(self.countries) <= _SIFTED
        sieve = Sieve(self.year, self.countries, both=self.both)
        lines: list[bytes] = []
        rows: list[np.ndarray] = []
        start = 2
        for block in blocks:
            if sifted:
                found, which, count = sieve.lines(block)
            else:
                found = block.splitlines(keepends=True)
                count = len(found)
                which = np.arange(count)
            if found:
                lines += found
                rows.append(which + start)
            start += count
            if len(lines) * 32 > unpacking.BLOCK:
                yield from self._parsed(columns, lines, np.concatenate(rows))
                lines, rows = [], []
        if lines:
            yield from self._parsed(columns, lines, np.concatenate(rows))

    def _blocks(self, box: zipfile.ZipFile) -> Iterator[bytes]:
        """Give the header, then whole lines, many at a time, each of them ended."""
        rest, first = b"", True
        for part in unpacking.blocks(box, self.member):
            block = rest + part
            if first and (end := block.find(b"\n") + 1):
                yield block[:end]
                first, block = False, block[end:]
            end = block.rfind(b"\n") + 1
            rest = block[end:]
            if len(rest) > _LONGEST:
                raise RefreshError(
                    f"a line of more than {_LONGEST} signs", where=self.where,
                    allowed="lines of six columns",
                )  # fmt: skip
            if end and not first:
                yield block[:end]
        if rest:
            yield rest + b"\n"

    def _columns(self, line: bytes) -> list[str]:
        found = line.decode("utf-8", "replace").strip("\ufeff\r\n").split(",")
        if sorted(found) != sorted(COLUMNS):
            raise RefreshError(
                f"the columns {', '.join(found)}", where=f"{self.where}, row 1",
                allowed="the columns " + ", ".join(COLUMNS),
            )  # fmt: skip
        return found

    def _parsed(
        self, columns: list[str], lines: list[bytes], rows: "np.ndarray"
    ) -> Iterator["pa.RecordBatch"]:
        """Split lines into columns, and keep those of the wanted countries."""
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.compute as pc  # noqa: PLC0415
        from pyarrow import csv as arrow  # noqa: PLC0415

        # Only the two codes are read as numbers; the rest costs time, and is for rows that stay.
        kinds = dict.fromkeys("tkv", pa.binary()) | dict.fromkeys("ij", pa.int16())
        try:
            table = arrow.read_csv(
                pa.py_buffer(b"".join(lines)),
                arrow.ReadOptions(column_names=columns, use_threads=False),
                arrow.ParseOptions(ignore_empty_lines=False),
                arrow.ConvertOptions(
                    column_types=kinds, include_columns=self.schema.names, null_values=[]
                ),
            )
        except pa.ArrowInvalid as error:
            # Arrow counts the rows that it is given, from 1.
            told = str(error).splitlines()[0]
            told = _ROW.sub(lambda match: f"row {rows[int(match[1]) - 1]}", told)
            raise RefreshError(
                told, where=self.where, allowed="six columns in every row, i and j whole numbers"
            ) from None
        sold, bought = (
            pc.is_in(table[side], pa.array(self.countries, pa.int16())) for side in "ij"
        )
        kept = (pc.and_ if self.both else pc.or_)(sold, bought)
        if pc.any(kept).as_py():
            stay = table.filter(kept).combine_chunks().to_batches()[0]
            yield self._read(stay, rows[kept.to_numpy()])

    def _read(self, batch: "pa.RecordBatch", rows: "np.ndarray") -> "pa.RecordBatch":
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
                    repr(came), where=f"{self.where}, row {rows[place]}, column {name}",
                    allowed=allowed,
                )  # fmt: skip
            cells[name] = cells[name].cast(pa.string())
        columns = [cells[field.name].cast(field.type) for field in self.schema]
        return pa.record_batch(columns, schema=self.schema)
