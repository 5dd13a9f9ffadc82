"""What the models of ``data/`` are written in, and how a breach is refused."""

from collections.abc import Callable
from typing import Any, ClassVar

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from ..countries import NAMES
from ..errors import TableError


class Table(pa.DataFrameModel):
    """What every table of ``data/`` has in common: exact columns, exact types, a source a row."""

    class Config:
        """Refuse columns that are not in the model; parse numbers where it names numbers."""

        strict = True
        coerce = True

    _key: ClassVar[tuple[str, ...]]

    source_keys: str = pa.Field(
        str_matches=r"^\S+( \S+)*$",
        description="Keys of references.bib that the row rests on, separated by a space",
        metadata={"allowed": "keys of references.bib, separated by one space"},
    )

    @classmethod
    def key(cls) -> list[str]:
        """Name the columns whose cells no two rows have together."""
        return list(cls._key)

    @classmethod
    def called(cls, row: pd.Series) -> str:
        """Name a row in words for a refusal; empty where its number says enough."""
        return ""

    @classmethod
    def hold(cls, frame: pd.DataFrame, other: Callable[[str], pd.DataFrame]) -> None:
        """Hold valid rows to what no single column can say; a breach raises what `breach` makes.

        ``frame`` has the types of the model; ``other`` reads another table by its name.
        """

    @classmethod
    def breach(
        cls, frame: pd.DataFrame, place: int, column: str, came: str, allowed: str
    ) -> TableError:
        """Make the refusal of one cell; the reader adds the file."""
        named = cls.called(frame.loc[place])
        where = f"row {place + 2}{', ' + named if named else ''}, column {column}"
        return TableError(came, where=where, allowed=allowed)


def country(description: str, **options: Any) -> Any:
    """Describe a column of ISO 3166-1 alpha-3 codes that the book knows."""
    metadata = {"allowed": "a code of analysis/countries.py"}
    return pa.Field(isin=sorted(NAMES), description=description, metadata=metadata, **options)


def year(description: str = "Calendar year", *, ahead: bool = False, **options: Any) -> Any:
    """Describe a column of years; ``ahead`` where they may lie ahead of the sources."""
    metadata = {"unit": "year", "allowed": "1990 to 2060", "ahead": ahead}
    return pa.Field(ge=1990, le=2060, description=description, metadata=metadata, **options)


def amount(description: str, unit: str, *, least: float | None = 0, **options: Any) -> Any:
    """Describe a column of numbers in ``unit``, none below ``least``."""
    allowed = "a number" if least is None else f"a number of {least:g} or more"
    return pa.Field(
        ge=least, description=description, metadata={"unit": unit, "allowed": allowed}, **options
    )


def choice(description: str, *values: str, **options: Any) -> Any:
    """Describe a column that holds one of a few words."""
    metadata = {"allowed": ", ".join(values)}
    return pa.Field(isin=list(values), description=description, metadata=metadata, **options)


def text(description: str, **options: Any) -> Any:
    """Describe a column of free text that may not be empty."""
    least, metadata = {"min_value": 1}, {"allowed": "some text"}
    return pa.Field(str_length=least, description=description, metadata=metadata, **options)


def note(description: str = "What a reader of the row must know") -> Any:
    """Describe a column of free text that may be empty."""
    return pa.Field(nullable=True, description=description, metadata={"allowed": "any text"})


def date(description: str, *, ahead: bool = False, **options: Any) -> Any:
    """Describe a column of dates, as exact as the source is: year, month or day.

    ``ahead`` where they may lie ahead of the sources.
    """
    return pa.Field(
        str_matches=r"^\d{4}(-\d{2}(-\d{2})?)?$",
        description=description,
        metadata={
            "unit": "ISO 8601",
            "allowed": "YYYY, YYYY-MM or YYYY-MM-DD",
            "ahead": ahead,
        },
        **options,
    )


def validate(frame: pd.DataFrame, model: type[Table], file: str) -> pd.DataFrame:
    """Hold a frame, every cell a string or missing, against its model, and give it in its types.

    `TableError` names the first breach: file, row (the header is row 1), column, what was allowed.
    """
    columns = columns_of(model)
    allowed = "the columns " + ", ".join(columns)
    for name in columns:
        if name not in frame.columns:
            raise TableError(f"column {name!r} is missing", where=file, allowed=allowed)
    for name in frame.columns:
        if name not in columns:
            raise TableError(f"column {name!r} is unknown", where=file, allowed=allowed)
    key = model.key()
    twice = frame[frame.duplicated(key)]
    if len(twice):
        problem = "a second row for " + ", ".join(str(twice.iloc[0][name]) for name in key)
        where = f"{file}, row {twice.index[0] + 2}, columns {', '.join(key)}"
        raise TableError(problem, where=where, allowed="each key once")
    try:
        return model.validate(frame, lazy=True)
    except SchemaErrors as error:
        raise _refusal(error, model, file, frame) from None


def columns_of(model: type[Table]) -> list[str]:
    """List a model's columns in the order of its file: the sources stand last."""
    return sorted(model.to_schema().columns, key=lambda name: name == "source_keys")


def _refusal(error: SchemaErrors, model: type[Table], file: str, frame: pd.DataFrame) -> TableError:
    cases = error.failure_cases
    rows = pd.to_numeric(cases["index"], errors="coerce")
    case = cases.loc[rows.idxmin()] if rows.notna().any() else cases.iloc[0]
    field = model.to_schema().columns[case["column"]]
    row, named = "?", ""
    if not pd.isna(case["index"]):
        row = str(int(case["index"]) + 2)
        named = model.called(frame.loc[int(case["index"])])
    came = "an empty cell" if pd.isna(case["failure_case"]) else f"{case['failure_case']!s}"
    return TableError(
        came,
        where=f"{file}, row {row}{', ' + named if named else ''}, column {case['column']}",
        allowed=(field.metadata or {}).get("allowed", str(case["check"])),
    )
