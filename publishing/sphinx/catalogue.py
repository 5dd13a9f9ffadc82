"""The catalogue of the evidence, from ``data/datapackage.json``, and the tables for download.

The data package that readers get holds more than the one in the repository: what follows from the
files as they are at the build (rows, bytes, digests, sources) would have to be renewed there with
each row.
"""

import csv
import io
import json
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from analysis import sources, tables

from .. import citation
from . import sections

#: The folder of the built book that holds the tables, and the archive of all of them.
FOLDER, ARCHIVE = "data", "turkic-states-in-figures-data.zip"
_PACKAGE = "data/datapackage.json"
#: A longer list of allowed words would fill the page, and stands in the description.
_MOST_CODES = 12
#: The least that an archive can tell of a file's day, so that its bytes repeat.
_NO_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Resource:
    """One table: its entry in ``datapackage.json``, and the bytes that readers take."""

    described: dict[str, Any]
    data: bytes

    @property
    def rows(self) -> list[dict[str, str]]:
        """The rows of the file, as text."""
        return list(csv.DictReader(io.StringIO(self.data.decode("utf-8-sig"))))

    @property
    def keys(self) -> tuple[str, ...]:
        """The sources of its rows, each once, in alphabetical order."""
        return tuple(sorted({key for row in self.rows for key in row["source_keys"].split()}))

    @property
    def years(self) -> set[int]:
        """The years that its rows are about; not those that plans are for."""
        found = [row.get("year") or row.get("date", "")[:4] for row in self.rows]
        return {int(year) for year in found if year}


def read(root: Path) -> list[Resource]:
    """Read the description of the tables and their files, in the order of their names."""
    described = json.loads((root / _PACKAGE).read_text(encoding="utf-8"))["resources"]
    return [Resource(it, tables.published(root / "data" / it["path"])) for it in described]


def package(root: Path, address: str = "") -> dict[str, Any]:
    """Describe the published tables in the Data Package form (specs.frictionlessdata.io).

    To the description in the repository come version, day and contributors, and for each table
    its bytes, its SHA-256 and its sources. ``address`` is where the repository is.
    """
    entries, book = sections.bibliography(root), citation.read(root, address)
    described = json.loads((root / _PACKAGE).read_text(encoding="utf-8"))
    resources = [
        resource.described
        | {
            "bytes": len(resource.data),
            "hash": f"sha256:{sections.digest_of(resource.data)}",
            "sources": [_source(entries[key]) for key in resource.keys],
        }
        for resource in read(root)
    ]
    return {
        **{name: described[name] for name in ("name", "title")},
        "description": "The rows that the book's numbers, figures and verdicts follow from. Every "
        "row names its sources, whose grade and licence stand in references.bib.",
        "version": book.version,
        "created": f"{book.day.isoformat()}T00:00:00Z",
        "keywords": list(book.keywords),
        **({"homepage": book.address} if book.address else {}),
        "contributors": [{"title": book.author, "role": "author"}],
        "licenses": described["licenses"],
        "resources": resources,
    }


def files(root: Path, address: str = "") -> dict[str, bytes]:
    """Give what is published for download, by name: the tables, their description, an archive."""
    described = json.dumps(package(root, address), indent=1, ensure_ascii=False) + "\n"
    found = {resource.described["path"]: resource.data for resource in read(root)}
    found |= {
        "datapackage.json": described.encode(),
        "references.bib": (root / "references.bib").read_bytes(),
        "CITATION.cff": (root / "CITATION.cff").read_bytes(),
    }
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as box:
        for name in sorted(found):
            box.writestr(zipfile.ZipInfo(name, _NO_DAY), found[name], zipfile.ZIP_DEFLATED)
    return found | {ARCHIVE: archive.getvalue()}


def anchor(table: str) -> str:
    """Say where the catalogue describes a table: ``trade_flows`` at ``table-trade-flows``."""
    return f"table-{table.replace('_', '-')}"


def limits(field: dict[str, Any]) -> str:
    """Say in words what a field's constraints are.

    Examples
    --------
    >>> limits({"constraints": {"required": True, "minimum": 1990, "maximum": 2060}})
    '1990 to 2060'
    >>> limits({"constraints": {"required": False, "enum": ["sea", "rail"]}})
    'one of: sea, rail; may be empty'
    """
    allowed = field["constraints"]
    parts = []
    low, high = allowed.get("minimum"), allowed.get("maximum")
    if low is not None and high is not None:
        parts.append(f"{low:g} to {high:g}")
    elif low is not None:
        parts.append(f"{low:g} or more")
    elif high is not None:
        parts.append(f"at most {high:g}")
    codes = allowed.get("enum", [])
    if len(codes) > _MOST_CODES:
        parts.append(f"one of {len(codes)} codes, listed in datapackage.json")
    elif codes:
        parts.append(f"one of: {', '.join(codes)}")
    if allowed.get("pattern"):
        dates = field.get("unit") == "ISO 8601"
        parts.append("YYYY, YYYY-MM or YYYY-MM-DD" if dates else "words separated by one space")
    if not allowed["required"]:
        parts.append("may be empty")
    elif not parts:
        parts.append("never empty")
    return "; ".join(parts)


def _source(source: sources.Source) -> dict[str, str]:
    title = f"{source.publisher} ({source.year}): {source.title} [{source.grade}]"
    return {"title": title} | ({"path": source.url} if source.url else {})


def _counted(number: int, one: str) -> str:
    return f"{number:,} {one}{'' if number == 1 else 's'}"


class _Catalogue(sections.Appendix):
    """``{data-catalogue}``: every table with its fields, sources, digest and file."""

    def run(self) -> list[nodes.Node]:
        found = read(self.root)
        self.follow(_PACKAGE, "references.bib", *(f"data/{it.described['path']}" for it in found))
        return [self._whole(), self._overview(found), *map(self._table, found)]

    def _whole(self) -> nodes.Node:
        return sections.paragraph(
            "Everything at once: ",
            _file(ARCHIVE, "all tables (ZIP)"), ", with their description ",
            _file("datapackage.json"), " and their sources ", _file("references.bib"), ".",
            classes=[sections.SCREEN],
        )  # fmt: skip

    def _overview(self, found: list[Resource]) -> nodes.Node:
        rows = [
            (
                sections.link(it.described["title"], f"#{anchor(it.described['name'])}"),
                it.described["description"],
                f"{len(it.rows):,}",
                f"{len(it.keys)}",
                _file(it.described["path"], "CSV", f"{it.described['title']} (CSV)"),
            )
            for it in found
        ]
        heads = ("Table", "Holds", "Rows", "Sources", "File")
        return sections.grid("All tables", heads, rows, "llrrl", kind="overview", screen={"File"})

    def _table(self, resource: Resource) -> nodes.Node:
        table, schema = resource.described, resource.described["schema"]
        key = ", ".join(schema.get("primaryKey", [])) or "the whole row"
        size = f"{_counted(len(resource.rows), 'row')}, {_counted(len(schema['fields']), 'field')}"
        digest = nodes.literal("", sections.digest_of(resource.data), classes=["digest"])
        facts = sections.definitions(
            ("Download", [_file(table["path"]), f" ({len(resource.data):,} bytes)"], []),
            ("Size", [f"{size}; no two rows share: {key}"], []),
            ("Sources", sections.cited(resource.keys, self.root), []),
            ("SHA-256", [digest], []),
        )
        fields = sections.grid(
            f"Fields of {table['title']}",
            ("Field", "Type", "Unit", "Meaning", "Allowed"),
            [
                (
                    sections.code(field["name"], "_"),
                    field["type"],
                    field.get("unit", "–"),
                    field["description"],
                    limits(field),
                )
                for field in schema["fields"]
            ],
            kind="fields",
        )
        opening = nodes.paragraph("", table["description"])
        return sections.section(
            anchor(table["name"]), table["title"], opening, facts, fields, classes=[sections.SCREEN]
        )


def _file(name: str, text: str = "", label: str = "") -> nodes.reference:
    found = sections.link(text or name, f"../{FOLDER}/{name}", "file")
    if label:
        found["reftitle"] = label
    return found


def _publish(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name != "html":
        return
    place = Path(app.outdir) / FOLDER
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    address = app.config.html_theme_options.get("repository_url", "")
    for name, data in files(Path(app.srcdir), address).items():
        (place / name).write_bytes(data)


def setup(app: Sphinx) -> None:
    """Make the directive known, and publish the files."""
    app.add_directive("data-catalogue", _Catalogue)
    app.connect("build-finished", _publish)
