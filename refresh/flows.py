"""The rows of one year of BACI that concern some countries, read in bounded memory."""

import contextlib
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from analysis.errors import RefreshError

from . import unpacking
from .cells import COLUMNS, Cells
from .sieve import Sieve

if TYPE_CHECKING:  # the book does without it, and need not load it
    from duckdb import DuckDBPyConnection

#: The largest code that the sieve can tell by its signs.
_SIFTED = 999
#: A line of BACI has some thirty signs.
_LONGEST = 1_000
#: Lines that DuckDB is given at a time: some 20 ms of work, and 3 ms to begin with.
_BATCH = 16_000


class Flows:
    """The rows of one year.

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
        self.path, self.member, self.year = path, member, year
        self.countries, self.both = countries, both
        self.where = f"{path.name}, {member}"

    def into(self, connection: "DuckDBPyConnection") -> None:
        """Fill a table ``flows`` of DuckDB, begun anew, with the rows.

        While a block is sifted, the next one is unpacked on another core.

        Raises
        ------
        RefreshError
            The file is damaged, or has other columns; see `refresh.cells.Cells.add`.
        """
        with contextlib.closing(unpacking.ahead(self._read())) as blocks:
            columns = self._columns(next(blocks, b""))
            cells = Cells(
                connection, columns, self.year, self.countries, both=self.both, where=self.where
            )
            for lines, rows in self._batches(blocks, columns):
                cells.add(lines, rows)

    def _batches(
        self, blocks: Iterable[bytes], columns: list[str]
    ) -> Iterator[tuple[list[bytes], np.ndarray]]:
        """Give lines that may concern the countries, and which rows of the file they are."""
        sifted = columns[:3] == ["t", "i", "j"] and max(self.countries) <= _SIFTED
        sieve = Sieve(self.year, self.countries, both=self.both) if sifted else None
        lines: list[bytes] = []
        rows: list[np.ndarray] = []
        start = 2
        for block in blocks:
            if sieve:
                found, which, count = sieve.lines(block)
            else:
                found = block.splitlines(keepends=True)
                count = len(found)
                which = np.arange(count)
            if found:
                lines += found
                rows.append(which + start)
            start += count
            if len(lines) >= _BATCH:
                yield lines, np.concatenate(rows)
                lines, rows = [], []
        if lines:
            yield lines, np.concatenate(rows)

    def _read(self) -> Iterator[bytes]:
        try:
            with zipfile.ZipFile(self.path) as box:
                yield from self._blocks(unpacking.parts(box, self.member))
        except unpacking.DAMAGE as error:
            raise RefreshError(
                f"the file is damaged: {error}", where=self.where, allowed="a whole zip"
            ) from None

    def _blocks(self, parts: Iterable[bytes]) -> Iterator[bytes]:
        """Give the header, then whole lines, many at a time, each of them ended."""
        held: list[bytes] = []
        size, first = 0, True
        for part in parts:
            held.append(part)
            size += len(part)
            if size < unpacking.BLOCK and not first:
                continue
            block = b"".join(held)
            if first and (end := block.find(b"\n") + 1):
                yield block[:end]
                first, block = False, block[end:]
            end = block.rfind(b"\n") + 1
            held, size = [block[end:]], len(block) - end
            if size > _LONGEST:
                raise RefreshError(
                    f"a line of more than {_LONGEST} signs", where=self.where,
                    allowed="lines of six columns",
                )  # fmt: skip
            if end and not first:
                yield block[:end]
        if rest := b"".join(held):
            yield rest if rest.endswith(b"\n") else rest + b"\n"

    def _columns(self, line: bytes) -> list[str]:
        found = line.decode("utf-8", "replace").strip("\ufeff\r\n").split(",")
        if sorted(found) != sorted(COLUMNS):
            raise RefreshError(
                f"the columns {', '.join(found)}", where=f"{self.where}, row 1",
                allowed="the columns " + ", ".join(COLUMNS),
            )  # fmt: skip
        return found
