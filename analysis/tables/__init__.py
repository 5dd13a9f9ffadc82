"""The tables of ``data/``: read, held against their models, described as a data package."""

import codecs
import hashlib
import inspect
import json
import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd

from .. import sources
from ..errors import TableError
from ..project import ROOT
from .schema import Table, columns_of, validate

# Where pyarrow is installed, pandas would hold strings in its arrays: row by row, as the ledger
# reads them, that takes an eighth more time.
pd.set_option("mode.string_storage", "python")

_ROOMS = ("trade", "context", "priorities", "routes", "claims", "entered")
#: The tables that were asked for in this process: what an executed chapter depends on.
consulted: set[str] = set()


@cache
def models() -> dict[str, type[Table]]:
    """List the model of every table, by the table's name: `RouteLegs` is that of ``route_legs``."""
    return {
        re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower(): model
        for room in _ROOMS
        for name, model in vars(import_module(f".{room}", __package__)).items()
        if inspect.isclass(model) and issubclass(model, Table) and hasattr(model, "_key")
    }


def file_of(name: str, root: Path | None = None) -> Path:
    """Say where a table lies; `TableError` where none has that name."""
    if name not in models():
        raise TableError(f"no table is called {name!r}", allowed=", ".join(sorted(models())))
    consulted.add(name)
    return (root or ROOT) / "data" / f"{name}.csv"


def read(name: str, root: Path | None = None) -> pd.DataFrame:
    """Read a table, every row of which is valid and has a source.

    Parameters
    ----------
    name : str
        The file's name in ``data/``, without its ending.
    root : Path, optional
        The folder that holds ``data/``; the book's own by default.

    Returns
    -------
    DataFrame
        In the types and units of its model (``analysis/tables``).

    Raises
    ------
    TableError
        The file is missing, empty or not UTF-8; a column is missing or unknown; a value is outside
        its range; a country, a source key is unknown; a row is given twice; rows break what the
        model holds them to together, or against another table.
    """
    path = file_of(name, root)
    where = f"data/{path.name}"
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""])
    except FileNotFoundError:
        raise TableError("the file is missing", where=where) from None
    except UnicodeDecodeError as error:
        raise TableError(f"byte {error.start} is not UTF-8", where=where) from None
    except (pd.errors.EmptyDataError, pd.errors.ParserError) as error:
        problem = " ".join(str(error).split())
        raise TableError(problem, where=where, allowed="comma-separated rows") from None
    if not isinstance(frame.index, pd.RangeIndex):
        problem = "rows have more cells than the header"
        raise TableError(problem, where=where, allowed="one cell a column")
    return accept(frame, name, root)


def accept(frame: pd.DataFrame, name: str, root: Path | None = None) -> pd.DataFrame:
    """Hold rows as they stand in a file, every cell a string or missing, against a table's model.

    ``root`` holds the bibliography that the rows cite. Returns and refuses as `read` does.
    """
    where = f"data/{name}.csv"
    if frame.empty:
        raise TableError("no rows", where=where, allowed="one row or more")
    valid = validate(frame, models()[name], where)
    _refuse_odd_numbers(frame, valid, where)
    _refuse_formulas(frame, where)
    _refuse_unknown_sources(valid, where, root)
    _refuse_older_sources(valid, models()[name], where, root)
    try:
        models()[name].hold(valid, lambda other: read(other, root))
    except TableError as error:
        if error.where.startswith("row "):
            place = f"{where}, {error.where}"
            raise TableError(error.problem, where=place, allowed=error.allowed) from None
        raise
    return valid


def published(path: Path) -> bytes:
    """Give a CSV file as readers take it: spreadsheets know UTF-8 by its byte order mark alone."""
    return codecs.BOM_UTF8 + path.read_bytes()


def digest(name: str, root: Path | None = None) -> str:
    """Give the SHA-256 of a table as it is published, as 64 hexadecimal digits."""
    return hashlib.sha256(published(file_of(name, root))).hexdigest()


def package(root: Path | None = None, texts: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Describe all tables in the Frictionless Data Package form (specs.frictionlessdata.io).

    ``texts`` are tables as they are about to stand, by their path.
    """
    return {
        "name": "turkic-states-in-figures",
        "title": "The Turkic States in Figures: the evidence",
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "resources": [
            _resource(name, _bytes(_path(name), root, texts or {})) for name in sorted(models())
        ],
        "bibliography": _hash(_bytes(_BIBLIOGRAPHY, root, texts or {})),
    }


def package_text(root: Path | None = None, texts: Mapping[str, str] | None = None) -> str:
    """Give ``data/datapackage.json`` as it must stand in the repository."""
    return json.dumps(package(root, texts), indent=1, ensure_ascii=False) + "\n"


def sealed(root: Path | None = None) -> None:
    """Hold the bibliography and every table against the digests that the data package names.

    Raises
    ------
    TableError
        The first that nobody has meant to change.
    """
    path = (root or ROOT) / "data" / "datapackage.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    digests = {f"data/{it['path']}": it.get("hash") for it in described["resources"]}
    digests[_BIBLIOGRAPHY] = described.get("bibliography")
    for name in [_BIBLIOGRAPHY, *map(_path, models())]:
        if digests.get(name) != _hash(_bytes(name, root, {})):
            raise TableError(
                "it is not what data/datapackage.json describes",
                where=name,
                allowed="`python -m analysis describe`, once every change is meant",
            )


_BIBLIOGRAPHY = "references.bib"


def _path(name: str) -> str:
    return f"data/{name}.csv"


def _bytes(path: str, root: Path | None, texts: Mapping[str, str]) -> bytes:
    text = texts.get(path)
    return ((root or ROOT) / path).read_bytes() if text is None else text.encode()


def _hash(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


#: Python would also read 1_000, ٣, inf and nan as numbers.
_NUMBER = r"-?[0-9]{1,20}(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?"


def _refuse_odd_numbers(raw: pd.DataFrame, valid: pd.DataFrame, where: str) -> None:
    for column in valid.columns:
        if pd.api.types.is_numeric_dtype(valid[column]):
            odd = raw[column].notna() & ~raw[column].astype(str).str.fullmatch(_NUMBER)
            allowed = "digits, with a point and a minus sign where needed"
            _refuse_first(raw[column][odd], where, allowed)


#: What a spreadsheet takes for a formula. A number with its sign is none.
FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d.]+$)")


def _refuse_formulas(raw: pd.DataFrame, where: str) -> None:
    """Keep text out that would be run by the spreadsheet that opens the table."""
    for column in raw.columns:
        text = raw[column].dropna().astype(str)
        odd = text[text.str.match(FORMULA) & ~text.str.fullmatch(_NUMBER)]
        _refuse_first(odd, where, "text that no spreadsheet takes for a formula")


def _refuse_older_sources(
    valid: pd.DataFrame, model: type[Table], where: str, root: Path | None
) -> None:
    """Refuse a row of which every source is older than the time that it speaks of."""
    known, fields = _sources(root), model.to_schema().columns
    newest = valid["source_keys"].map(
        lambda cell: max(known[key].date or known[key].year for key in cell.split())
    )
    for column in valid.columns:
        described = fields[column].metadata or {}
        if described.get("unit") not in ("year", "ISO 8601") or described.get("ahead"):
            continue
        times = valid[column].dropna().astype(str)
        if column == "year" and "months" in valid and "date" not in valid:
            times += valid["months"].map("-{:02}".format)
        for place, told in times.items():
            source = newest[place]
            if source[: len(told)] < told[: len(source)]:
                where = f"{where}, row {place + 2}, column {column}"
                raise TableError(told, where=where, allowed=f"to {source}, as its newest source")


def _refuse_first(odd: pd.Series, where: str, allowed: str) -> None:
    for row, cell in odd.items():
        place = f"{where}, row {row + 2}, column {odd.name}"
        raise TableError(str(cell), where=place, allowed=allowed)


def _refuse_unknown_sources(frame: pd.DataFrame, where: str, root: Path | None) -> None:
    keys = _sources(root)
    for row, cell in zip(frame.index, frame["source_keys"], strict=True):
        for key in cell.split():
            if key not in keys:
                place = f"{where}, row {row + 2}, column source_keys"
                allowed = "keys of references.bib, separated by one space"
                raise TableError(f"unknown source key {key!r}", where=place, allowed=allowed)


def _sources(root: Path | None) -> Mapping[str, sources.Source]:
    return sources.bibliography() if root is None else sources.read(root / "references.bib")


_TYPES = {"int64": "integer", "Int64": "integer", "float64": "number", "bool": "boolean"}


def _resource(name: str, data: bytes) -> dict[str, Any]:
    schema = models()[name].to_schema()
    fields = []
    for column in columns_of(models()[name]):
        field = schema.columns[column]
        entry = {
            "name": column,
            "type": _TYPES.get(str(field.dtype), "string"),
            "description": field.description,
            "constraints": {"required": not field.nullable} | _limits(field),
        }
        if unit := (field.metadata or {}).get("unit"):
            entry["unit"] = unit
        fields.append(entry)
    return {
        "name": name.replace("_", "-"),
        "title": name.replace("_", " ").capitalize(),
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": _hash(data),
        "description": " ".join((models()[name].__doc__ or "").split()),
        "schema": {"fields": fields, "primaryKey": models()[name].key()},
    }


#: Checks of pandera, and the constraint that says the same in a Table Schema.
_LIMITS = {
    "greater_than_or_equal_to": {"min_value": "minimum"},
    "less_than_or_equal_to": {"max_value": "maximum"},
    "isin": {"allowed_values": "enum"},
    "str_matches": {"pattern": "pattern"},
    "str_length": {"min_value": "minLength", "max_value": "maxLength"},
}


def _limits(field: Any) -> dict[str, Any]:
    """Give what a column's checks allow, as constraints of a Table Schema.

    `TableError` for a check without one: the description would promise less than the model holds.
    """
    found: dict[str, Any] = {}
    for check in field.checks:
        if check.name not in _LIMITS:
            problem, where = f"check {check.name!r} cannot be described", f"column {field.name}"
            raise TableError(problem, where=where, allowed=", ".join(_LIMITS))
        for name, constraint in _LIMITS[check.name].items():
            if (value := check.statistics.get(name)) is not None:
                found[constraint] = list(value) if constraint == "enum" else value
    return found
