"""What the appendices say: of the data, of how results were made, of the book itself."""

import io
import json
import re
import shutil
import zipfile
from datetime import date

import pandas as pd
import pytest
import yaml
from bs4 import BeautifulSoup
from docutils import nodes
from pybtex.database import parse_file, parse_string
from pybtex.richtext import Text

from analysis import sources, tables
from analysis.errors import BuildError, SourceError
from analysis.project import ROOT
from publishing import citation, execute
from publishing.sphinx import catalogue, metadata, provenance, results, sections
from publishing.sphinx import glossary as terms

BOOK = citation.Citation(
    "A small book: read for its facts", "Its makers", "1.2", date(2025, 1, 4),
    "CC-BY-4.0", ("trade",), "What it is.",
)  # fmt: skip


# --- data ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    for name, data in catalogue.files(ROOT).items():
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.filterwarnings("ignore")  # of the validator's own libraries
def test_the_published_data_package_is_valid_under_the_frictionless_standard(published):
    """Its own validator holds the description against the standard, and each row against it."""
    from frictionless import validate

    described = validate(str(published / "datapackage.json"))
    assert described.valid, described.flatten(["title", "message"])
    assert len(described.tasks) == len(tables.models())


def test_a_spreadsheet_and_pandas_read_the_letters_of_a_published_table(published):
    """A spreadsheet takes a CSV for its own code page, unless a byte order mark says UTF-8."""
    raw = (published / "trade_targets.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    for path in published.glob("*.csv"):
        pd.testing.assert_frame_equal(
            pd.read_csv(path), pd.read_csv(ROOT / "data" / path.name), obj=path.name
        )


@pytest.mark.filterwarnings("ignore")
def test_a_row_outside_its_constraints_makes_the_package_invalid(published, tmp_path):
    """So the validator does read the rows: a year of 1889 is before every table's least year."""
    from frictionless import validate

    folder = shutil.copytree(published, tmp_path / "spoiled")
    path = folder / "prices.csv"
    path.write_text(path.read_text().replace("2009,", "1889,", 1))
    described = json.loads((folder / "datapackage.json").read_text())
    for resource in described["resources"]:
        resource.pop("hash")
        resource.pop("bytes")
    (folder / "datapackage.json").write_text(json.dumps(described))
    found = validate(str(folder / "datapackage.json")).flatten(["type", "fieldName"])
    assert found == [["constraint-error", "year"]]


def test_a_number_is_described_as_a_number_also_where_it_may_be_missing():
    """A nullable integer was once called a string, which no range can hold."""
    for resource in tables.package()["resources"]:
        for field in resource["schema"]["fields"]:
            if {"minimum", "maximum"} & set(field["constraints"]):
                assert field["type"] in {"integer", "number"}, (resource["name"], field["name"])


def test_the_constraints_say_what_the_model_allows():
    fields = {
        (resource["name"], field["name"]): field["constraints"]
        for resource in tables.package()["resources"]
        for field in resource["schema"]["fields"]
    }
    assert fields["route-places", "latitude"] == {"required": True, "minimum": -90, "maximum": 90}
    assert fields["route-legs", "mode"] == {"required": True, "enum": ["rail", "sea"]}
    assert fields["route-legs", "note"] == {"required": False}


def test_each_table_names_its_sources_and_the_digest_of_its_file(published):
    described = json.loads((published / "datapackage.json").read_text(encoding="utf-8"))
    paths = [resource["path"] for resource in described["resources"]]
    assert paths == [f"{name}.csv" for name in sorted(tables.models())]
    for resource in described["resources"]:
        name = resource["path"].removesuffix(".csv")
        assert resource["hash"] == f"sha256:{tables.digest(name)}"
        assert resource["bytes"] == (published / resource["path"]).stat().st_size
        keys = {key for cell in tables.read(name)["source_keys"] for key in cell.split()}
        assert len(resource["sources"]) == len(keys)


def test_the_archive_holds_what_is_published_and_repeats_to_the_byte(published):
    archive = published / catalogue.ARCHIVE
    assert archive.read_bytes() == catalogue.files(ROOT)[catalogue.ARCHIVE]
    with zipfile.ZipFile(io.BytesIO(archive.read_bytes())) as box:
        names = {path.name for path in published.iterdir()} - {catalogue.ARCHIVE}
        assert set(box.namelist()) == names
        assert box.read("prices.csv") == tables.published(ROOT / "data" / "prices.csv")


# --- how results were made ----------------------------------------------------------------------


def test_every_figure_and_number_of_the_chapters_has_its_function_files_and_sources():
    known, found = set(tables.models()), results.chapters(ROOT)
    assert {it.docname for it in found} == {f"chapters/{p.stem}" for p in execute.chapters()}
    for chapter in found:
        for result in (it for it in chapter.results if it.kind != "table"):
            where = f"{chapter.docname}, {result.name}"
            assert result.sources, where
            assert {table for table, _ in result.tables} <= known, where
            assert result.function or result.kind == "number", where
            for table, digest in result.tables:
                assert digest in ("", tables.digest(table)), where


def test_a_publisher_is_named_once_with_all_its_years_and_their_grade():
    """Seven times "Trend 2024 [C]" says no more than once, and takes a paragraph."""
    found = sections.cited(["imf2022", "cepii2026hs12", "cepii2025hs22", "cepii2025hs92"], ROOT)
    text = "".join(node.astext() for node in found)
    assert text == "CEPII 2025a, 2025b, 2026 [A]; International Monetary Fund 2022 [A]"


def test_a_folder_that_is_no_clone_has_no_commit(tmp_path):
    assert provenance.commit(tmp_path) == ""


def test_versions_are_those_of_the_lock(tmp_path):
    (tmp_path / "requirements.txt").write_text(
        "numpy==2.3.5 ; python_full_version < '3.12' \\\n    --hash=sha256:00\n"
        "numpy==2.4.0 ; python_full_version >= '3.12'\npandas==3.1.1\nother==1\n"
    )
    assert provenance.versions(tmp_path) == {"pandas": "3.1.1", "numpy": "2.3.5 or 2.4.0"}


# --- how to cite --------------------------------------------------------------------------------

#: What the schema of CFF 1.2.0 requires, and the values that it allows where it lists them.
_CFF_REQUIRED = {"cff-version", "message", "title", "authors"}
_CFF_KEYS = _CFF_REQUIRED | {
    "abstract", "commit", "contact", "date-released", "doi", "identifiers", "keywords", "license",
    "license-url", "preferred-citation", "references", "repository", "repository-artifact",
    "repository-code", "type", "url", "version",
}  # fmt: skip
_CFF_ENTITY = {
    "address", "alias", "city", "country", "date-end", "date-start", "email", "fax", "location",
    "name", "orcid", "post-code", "region", "tel", "website",
}  # fmt: skip


def test_the_citation_file_keeps_the_rules_of_cff():
    described = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert set(described) >= _CFF_REQUIRED
    assert set(described) <= _CFF_KEYS
    assert described["cff-version"] == "1.2.0"
    assert described["type"] in {"software", "dataset"}
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", described["date-released"])
    # One, for converters make one of two: "https://spdx.org/licenses/['MIT', 'CC-BY-4.0']".
    assert described["license"] == "CC-BY-4.0"
    assert len(set(described["keywords"])) == len(described["keywords"]) > 0
    for author in described["authors"]:
        assert author["name"]
        assert set(author) <= _CFF_ENTITY
    for name in ("message", "title", "abstract", "version"):
        assert isinstance(described[name], str)
        assert described[name].strip()


def test_the_entry_for_bibtex_is_read_by_a_reader_of_bibtex():
    book = citation.read(ROOT)
    ((key, entry),) = parse_string(book.bibtex, "bibtex").entries.items()
    assert key == f"turkic{book.day.year}"
    assert entry.fields["title"] == f"{{{book.title}}}"
    assert str(entry.persons["author"][0]) == f"{{{book.author}}}"
    assert "url" not in entry.fields


def test_citation_managers_read_every_title_of_the_bibliography_whole():
    """Pandoc reads BibTeX as citation managers do: a bare dollar would begin a formula."""
    import pypandoc

    read = json.loads(pypandoc.convert_file(ROOT / "references.bib", "csljson", format="bibtex"))
    shown = {it["id"]: BeautifulSoup(it["title"], "html.parser").text for it in read}
    ours = {key: source.title for key, source in sources.read().items()}
    assert {key: _letters(title) for key, title in shown.items()} == {
        key: _letters(title) for key, title in ours.items()
    }
    assert sum("$" in title for title in shown.values()) >= 5
    entries = parse_file(ROOT / "references.bib", "bibtex").entries
    # All at once, for to begin takes this reader of TeX longer than to read.
    read = Text.from_latex("¦".join(entry.fields["title"] for entry in entries.values()))
    titles = read.render_as("text").split("¦")
    for key, title in zip(entries, titles, strict=True):
        assert _letters(title) == _letters(ours[key])


def _letters(text):
    """Drop what readers set their own way: quotes, dashes, spaces."""
    return re.sub(r"[\W_]", "", text.replace("$", "USD").replace("%", "percent")).casefold()


def test_a_bare_sign_of_tex_in_a_title_is_refused(tmp_path):
    text = (ROOT / "references.bib").read_text(encoding="utf-8")
    (tmp_path / "references.bib").write_text(text.replace(r"\$70", "$70"), encoding="utf-8")
    with pytest.raises(SourceError, match=r"'\$' in title \(allowed: \\\$\)"):
        sources.read(tmp_path / "references.bib")


def test_signs_of_tex_are_escaped_and_an_address_is_named_once_there_is_one():
    book = citation.Citation("R&D: 45 %", "A_b", "1", date(2025, 1, 4), "", (), "", "https://x.org")
    assert r"title = {{R\&D: 45 \%}}" in book.bibtex
    assert "url = {https://x.org}" in book.bibtex
    assert book.line.endswith("Version 1. https://x.org")


def test_a_citation_file_without_an_abstract_is_refused(tmp_path):
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8").replace("abstract:", "summary:")
    (tmp_path / "CITATION.cff").write_text(text, encoding="utf-8")
    with pytest.raises(BuildError, match=r"CITATION\.cff: KeyError: 'abstract'"):
        citation.read(tmp_path)


# --- words of the glossary ----------------------------------------------------------------------


def test_forms_belong_to_words_that_the_glossary_has():
    text = (ROOT / "chapters" / "glossary.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```\{glossary\}\n(.*?)```", text, re.DOTALL)
    known = {line for block in blocks for line in block.splitlines() if line[:1].strip()}
    assert set(terms.FORMS) <= known
    assert {"c.i.f.", "f.o.b.", "TEU", "FEU", "kt", "BACI", "BTK", "TITR"} <= known


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Turnovers and a dwell time", ["turnover", "dwell time"]),
        ("two rules of counting", ["counting rule"]),
        ("20 TEU, 10 kt, c.i.f. prices", ["TEU", "kt", "c.i.f."]),
        ("kilowatt, claimed, disclaimers, non-claim", []),
        ("“turnover” in quotation marks", []),
        ("the Organization of Turkic States", ["OTS"]),
        ("P10 and P90", ["P10 to P90", "P10 to P90"]),
        ("otS and teu are no words", []),
    ],
)
def test_words_are_found_whole_in_their_forms_and_not_in_quotations(text, found):
    words = ["turnover", "dwell time", "counting rule", "TEU", "kt", "c.i.f.", "OTS", "claim",
             "P10 to P90"]  # fmt: skip
    described = [terms.term_of(match) for match in terms.pattern(words).finditer(text)]
    assert [term for term in described if term] == found


# --- data for machines --------------------------------------------------------------------------


def test_no_text_can_end_the_script_that_holds_it():
    text = metadata.script({"name": "a</script><script>b<!--"})
    assert text.lower().count("</script") == 1
    assert text.endswith("</script>")
    inside = text.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in inside
    assert json.loads(inside)["name"] == "a</script><script>b<!--"


def test_a_page_is_described_by_its_first_paragraph_and_never_by_what_it_quotes():
    quoted = nodes.block_quote("", nodes.paragraph("", "It exceeded 45."))
    own = nodes.paragraph("", "It did \n not.")
    assert metadata.description(nodes.section("", quoted, own)) == "It did not."
    assert metadata.description(nodes.section("", quoted)) == ""


def test_the_dataset_offers_every_table_and_says_what_was_measured():
    rows = b"year,value,source_keys\n2021,3,a\n2019,4,b\n"
    described = {
        "name": "flows", "title": "Flows", "path": "flows.csv", "description": "What flowed.",
        "schema": {"fields": [
            {"name": "year", "type": "integer", "unit": "year", "description": "Year"},
            {"name": "value", "type": "number", "unit": "t", "description": "Weight"},
        ]},
    }  # fmt: skip
    found = metadata.dataset([catalogue.Resource(described, rows)], BOOK, "en")
    assert found["temporalCoverage"] == "2019/2021"
    assert found["variableMeasured"] == [
        {"@type": "PropertyValue", "name": "Flows: value", "description": "Weight", "unitText": "t"}
    ]
    assert found["distribution"][0]["contentUrl"] == "../data/flows.csv"
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"


# --- Binder -----------------------------------------------------------------------------------


def test_binder_installs_the_lock_and_a_version_of_python_that_the_book_runs_on():
    lines = (ROOT / ".binder" / "requirements.txt").read_text().splitlines()
    named = [line.removeprefix("-r ") for line in lines if line.startswith("-r ")]
    assert [(ROOT / ".binder" / name).resolve() for name in named] == [ROOT / "requirements.txt"]
    runtime = (ROOT / ".binder" / "runtime.txt").read_text().strip()
    assert runtime in {"python-3.11", "python-3.12", "python-3.13"}
    script = ROOT / ".binder" / "postBuild"
    assert script.stat().st_mode & 0o111, "Binder runs it"
    assert "-r requirements-lab.txt" in script.read_text()


def test_the_two_locks_agree_so_that_one_environment_holds_both():
    pins = [
        dict(re.findall(r"(?m)^([a-z0-9-]+)==([^\s;]+)(?= \\)", (ROOT / name).read_text()))
        for name in ("requirements.txt", "requirements-lab.txt")
    ]
    both = set(pins[0]) & set(pins[1])
    assert both
    assert {name: pins[0][name] for name in both} == {name: pins[1][name] for name in both}
