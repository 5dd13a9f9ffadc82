"""Lines of a year's file, split into cells, checked and kept by DuckDB, many lines at a time."""

import csv
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from analysis.errors import RefreshError

if TYPE_CHECKING:  # the book does without them, and need not load them
    import numpy as np
    from duckdb import DuckDBPyConnection

COLUMNS = ("t", "i", "j", "k", "v", "q")
_TABLE = "CREATE OR REPLACE TABLE flows (t SMALLINT, i SMALLINT, j SMALLINT, k VARCHAR, v DOUBLE)"
#: Only the two codes of every line are read; the rest is for rows that stay.
_SPLIT = """
CREATE OR REPLACE TEMP TABLE cells AS
WITH lines AS (SELECT string_split($lines, chr(10)) AS line),
split AS (
    SELECT generate_subscripts(line, 1) AS place, string_split(unnest(line), ',') AS cell
    FROM lines
),
named AS (SELECT place, len(cell) AS many, {named} FROM split),
coded AS (SELECT *, {sold} AS sold, {bought} AS bought FROM named),
wished AS (SELECT *, {wanted} AS wanted FROM coded)
SELECT *, CASE
    WHEN many <> 6 THEN 'many' WHEN sold IS NULL THEN 'i' WHEN bought IS NULL THEN 'j'
    WHEN NOT wanted THEN NULL
    WHEN t <> '{year}' THEN 't'
    WHEN NOT regexp_full_match(k, '[0-9]{{4}}[0-9A-Z]{{2}}') THEN 'k'
    WHEN NOT regexp_full_match(v, '[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{{1,2}})?') THEN 'v'
    WHEN NOT coalesce(isfinite(TRY_CAST(v AS DOUBLE)), false) THEN 'v'
END AS fault FROM wished
"""
_CODE = "CASE WHEN regexp_full_match({0}, ' *-?[0-9]+ *') THEN TRY_CAST({0} AS SMALLINT) END"
_FAULT = """
SELECT place, fault, many, CASE fault WHEN 't' THEN t WHEN 'i' THEN i WHEN 'j' THEN j
    WHEN 'k' THEN k WHEN 'v' THEN v END
FROM cells WHERE fault IS NOT NULL ORDER BY place LIMIT 1
"""
_KEEP = "INSERT INTO flows SELECT t::SMALLINT, sold, bought, k, v::DOUBLE FROM cells WHERE wanted"


class Cells:
    """Fills a table ``flows`` of DuckDB with what the lines of one year say.

    Parameters
    ----------
    connection : DuckDBPyConnection
        Whose table ``flows`` is begun anew.
    columns : sequence of str
        `COLUMNS`, in the order of the file.
    year : int
        Which year every row that stays must be of.
    countries : iterable of int
        Numeric codes of the countries that are wanted.
    both : bool
        Whether exporter and importer must both be among them, or one of the two.
    where : str
        The file, for messages.
    """

    def __init__(
        self, connection: "DuckDBPyConnection", columns: Sequence[str], year: int,
        countries: Iterable[int], *, both: bool, where: str,
    ) -> None:  # fmt: skip
        codes = ", ".join(str(int(code)) for code in countries)
        self._connection, self._where = connection, where
        self._split = _SPLIT.format(
            named=", ".join(f"cell[{place}] AS {name}" for place, name in enumerate(columns, 1)),
            sold=_CODE.format("i"),
            bought=_CODE.format("j"),
            wanted=f"sold IN ({codes}) {'AND' if both else 'OR'} bought IN ({codes})",
            year=year,
        )
        self._allowed = {
            "t": f"{year}", "i": "a whole number", "j": "a whole number",
            "k": "six signs, of which the first four are digits", "v": "a number of 0 or more",
        }  # fmt: skip
        connection.execute(_TABLE)

    def add(self, lines: list[bytes], rows: "np.ndarray") -> None:
        """Keep the rows of wanted countries.

        Parameters
        ----------
        lines : list of bytes
            Each of them ended.
        rows : ndarray of int
            Which rows of the file they are.

        Raises
        ------
        RefreshError
            A line has other than six cells, or a code that is no whole number; a row that stays is
            of another year, or has no product or no value.
        """
        text = b"".join(lines).decode("utf-8", "replace").replace("\r\n", "\n").removesuffix("\n")
        if '"' in text:
            text = "\n".join(map(_unquoted, text.split("\n")))
        self._connection.execute(self._split, {"lines": text})
        if found := self._connection.execute(_FAULT).fetchone():
            place, fault, many, came = found
            row = f"{self._where}, row {rows[place - 1]}"
            if fault == "many":
                came = f"{many} cell" if many == 1 else f"{many} cells"
                raise RefreshError(came, where=row, allowed="six, " + ", ".join(COLUMNS))
            raise RefreshError(
                repr(came), where=f"{row}, column {fault}", allowed=self._allowed[fault]
            )
        self._connection.execute(_KEEP)


def _unquoted(line: str) -> str:
    """Take the quotes off cells; what is not quoted soundly stays, for the check to refuse.

    Examples
    --------
    >>> _unquoted('2023,"31",398,"270900"'), _unquoted('2023,"31,398'), _unquoted('"31,398"')
    ('2023,31,398,270900', '2023,"31,398', '31;398')
    """
    try:
        cells = next(csv.reader([line], strict=True), [])
    except csv.Error:
        return line
    return ",".join(cell.replace(",", ";") for cell in cells)
