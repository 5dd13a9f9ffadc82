"""Every table is what its model says, and a spoiled one is refused with its place."""

import json

import pytest

from analysis import sources, tables
from analysis.countries import FIVE, WITH_OBSERVERS
from analysis.errors import SourceError, TableError
from analysis.project import ROOT
from tests.copies import replaced

NAMES = sorted(tables.models())


@pytest.mark.parametrize("name", NAMES)
def test_a_table_is_valid_and_every_row_has_a_source(name):
    frame = tables.read(name)
    assert len(frame)
    assert frame["source_keys"].str.len().gt(0).all()


def test_every_file_of_data_has_a_model():
    assert sorted(path.stem for path in (ROOT / "data").glob("*.csv")) == NAMES


def test_the_data_package_is_what_the_models_say():
    text = (ROOT / "data" / "datapackage.json").read_text(encoding="utf-8")
    assert text == tables.package_text(), "run `python -m analysis describe`"


def test_the_data_package_names_a_unit_for_every_number():
    for resource in json.loads(tables.package_text())["resources"]:
        for field in resource["schema"]["fields"]:
            assert field["description"], (resource["name"], field["name"])
            if field["type"] == "number":
                assert field.get("unit"), (resource["name"], field["name"])


def test_an_unknown_table_is_refused():
    with pytest.raises(TableError, match="no table is called 'trade'"):
        tables.read("trade")


FIRST = "AZE,KAZ,2005,exporter,17166100,"


@pytest.mark.parametrize(
    ("spoil", "place", "message"),
    [
        (lambda s: s.replace("value_usd", "value", 1), "", "column 'value_usd' is missing"),
        (lambda s: s.replace("edition", "edition,extra", 1), "", "column 'extra' is unknown"),
        (lambda s: s.replace(FIRST, "AZE,KAZ,2005,exporter,-5,"), "row 3, column value_usd", "-5"),
        (lambda s: s.replace(FIRST, "AZE,KAZ,2005,exporter,,"), "row 3, column value_usd", "empty"),
        (lambda s: s.replace(FIRST, "AZE,KAZ,2005,exporter,x,"), "row 3, column value_usd", "x"),
        (lambda s: s.replace(FIRST, FIRST.replace("AZE", "AZX")), "row 3, column exporter", "AZX"),
        (lambda s: s.replace(FIRST, FIRST.replace("2005", "1805")), "row 3, column year", "1805"),
        (lambda s: s.replace("imf2022", "imf1922", 1), "row 3, column source_keys", "imf1922"),
        (lambda s: s + s.splitlines()[1] + "\n", ", columns exporter, importer", "a second row"),
        (lambda s: s.replace("IMF DOTS", "=1+1", 1), "row 3, column edition", "=1"),
        (lambda s: s.splitlines()[0] + "\n", "", "no rows"),
        (lambda s: "", "", "No columns"),
        (lambda s: s.replace("AZE", "AZÉ", 1).encode("latin-1"), "", "not UTF-8"),
    ],
)
def test_a_spoiled_table_is_refused_with_file_row_column_and_what_was_allowed(
    copy, spoil, place, message
):
    path = copy / "data" / "trade_flows.csv"
    spoiled = spoil(path.read_text(encoding="utf-8"))
    path.write_bytes(spoiled if isinstance(spoiled, bytes) else spoiled.encode())
    with pytest.raises(TableError, match=message) as refusal:
        tables.read("trade_flows", copy)
    text = str(refusal.value)
    assert text.startswith("data/trade_flows.csv")
    assert place in text
    assert "\n" not in text


@pytest.mark.parametrize(
    ("table", "was", "is_now", "message"),
    [
        # The second topic at the first place: two at one place, and a gap.
        ("topics", "\n2,Industry", "\n1,Industry", "row 3, column order: 1 .allowed: 2, the next"),
        ("topics", "\n6,Common", "\n7,Common", "row 7, column order: 7 .allowed: 6, the next"),
        # Eleven months of more than the year.
        ("trade_parts", "11,4100000000,", "11,4700000000,", "column part_usd: 4700000000"),
        # The number says another thing than the words that it is taken from.
        ("games", '"4,000",4000.0', '"4,000",4400.0', "row 10, column value: 4400 .allowed: 4,000"),
        ("indicator_list", ",higher,", ",,", "row 2, column better"),
        ("indicator_list", ",higher,", ",up,", "row 2, column better"),
        ("indicator_list", ",elements,", ",,", "row 2, column unit"),
        (
            "priority_steps",
            ",signed,",
            ",done,",
            "row 2, column stage: done .allowed: promised, signed",
        ),
        # A step that is done is an act on record, or the row says why not.
        (
            "priority_steps",
            "signed,Protocol on cooperation in metrology signed",
            "signed,",
            "column act: an empty cell .allowed: an act of data/acts.csv, or a reason",
        ),
        (
            "priority_steps",
            "signed,Protocol on cooperation in metrology signed",
            "signed,Protocol on peace signed",
            "column act: Protocol on peace signed .allowed: an act of 2023-11-03 in data/acts.csv",
        ),
        (
            "priority_steps",
            'working,,"The',
            'working,Book,"The',
            "column act: Book, and why not .allowed: an act",
        ),
        ("prices", "2009,214.537", "2009,", "row 2, column index_1982_84: an empty cell"),
        ("prices", ",bls2026 imf2025weo", ",", "row 2, column source_keys: an empty cell"),
    ],
)
def test_rows_that_cannot_stand_together_are_refused(copy, table, was, is_now, message):
    replaced(copy / "data" / f"{table}.csv", was, is_now)
    with pytest.raises(TableError, match=message):
        tables.read(table, copy)


def test_a_missing_table_is_refused(copy):
    (copy / "data" / "prices.csv").unlink()
    with pytest.raises(TableError, match="the file is missing"):
        tables.read("prices", copy)


# --- the bibliography ---------------------------------------------------------------------------


ENTRY = "@misc{a, author={{X}}, title={{T}}, year={2024}, grade={A}, licence={L}}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ENTRY + ENTRY, "repeated"),
        (ENTRY.replace("grade={A}", "grade={D}"), "grade 'D' .allowed: one of A, B, C, E"),
        (ENTRY.replace(" licence={L}", ""), "entry a: no licence"),
        (ENTRY.replace("year={2024}, ", ""), "entry a: no year"),
        ("@misc{a, author=", "references.bib"),
        (
            ENTRY.replace("licence", "repeats={b}, licence"),
            "entry a: repeats 'b' .allowed: the key",
        ),
        (ENTRY.replace("licence", "repeats={a}, licence"), "entry a: repeats 'a'"),
    ],
)
def test_a_spoiled_bibliography_is_refused(tmp_path, text, message):
    path = tmp_path / "references.bib"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=message):
        sources.read(path)


def test_reports_that_repeat_an_original_count_once():
    # Four reports of one interview; the first of them carries its whole text.
    reports = ("mundo2025", "nca2025interview", "vlast2025", "tokayev2025ana")
    assert sources.independent(reports) == 1
    assert sources.independent((*reports, "kt2024bishkek")) == 2
    assert sources.independent(("vlast2025",)) == 1  # its original need not be among them
    assert sources.independent(()) == 0
    with pytest.raises(SourceError, match="unknown source key 'nobody'"):
        sources.independent(("nobody",))


def test_a_source_repeats_an_original_and_not_a_repetition(tmp_path):
    path = tmp_path / "references.bib"
    second = ENTRY.replace("{a,", "{b,").replace("licence", "repeats={a}, licence")
    path.write_text(ENTRY + second, encoding="utf-8")
    assert sources.read(path)["b"].repeats == "a"
    third = ENTRY.replace("{a,", "{c,").replace("licence", "repeats={b}, licence")
    path.write_text(ENTRY + second + third, encoding="utf-8")
    with pytest.raises(SourceError, match=r"entry c: repeats 'b' .allowed: the key of an entry"):
        sources.read(path)


def test_reports_of_one_publisher_and_year_are_told_apart_by_letters(tmp_path):
    def entry(key, author, title, year):
        fields = f"author={{{{{author}}}}}, title={{{{{title}}}}}, year={{{year}}}"
        return f"@misc{{{key}, {fields}, grade={{C}}, licence={{L}}}}\n"

    path = tmp_path / "references.bib"
    path.write_text(
        entry("late", "Trend", "Ports", 2024) + entry("early", "Trend", "gas", 2024)
        + entry("other", "Trend", "Gas", 2023) + entry("namesake", "Report", "Gas", 2024)
    )  # fmt: skip
    cited = {key: source.cited_year for key, source in sources.read(path).items()}
    assert cited == {"late": "2024b", "early": "2024a", "other": "2023", "namesake": "2024"}


def test_a_missing_bibliography_is_refused(tmp_path):
    with pytest.raises(SourceError, match="the file is missing"):
        sources.read(tmp_path / "references.bib")


def test_trade_holds_every_pair_of_members_and_observers():
    flows = tables.read("trade_flows")
    reconciled = flows[flows["side"] == "reconciled"]
    n = len(WITH_OBSERVERS.codes)
    assert len(reconciled) == n * (n - 1)
    assert len(FIVE.pairs()) == 10
