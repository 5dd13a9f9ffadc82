"""A release of BACI is read as CEPII documents it, and what is odd in it is refused."""

import datetime
import zipfile

import pytest

from analysis.errors import RefreshError
from refresh.release import Release
from refresh.sources import baci, cepii
from refresh.sources.comtrade import NUMBERS

#: ISO 3166-1 numeric codes: Azerbaijan, Kazakhstan, Türkiye, Hungary, and Germany from outside.
COUNTRIES = """\
country_code,country_name,country_iso2,country_iso3
31,Azerbaijan,AZ,AZE
276,Germany,DE,DEU
348,Hungary,HU,HUN
398,Kazakhstan,KZ,KAZ
417,Kyrgyzstan,KG,KGZ
490,"Other Asia, nes",,S19
792,Türkiye,TR,TUR
795,Turkmenistan,TM,TKM
860,Uzbekistan,UZ,UZB
"""
#: Thousand dollars. What reporters did not specify is in chapter 99.
Y2022 = """\
t,i,j,k,v,q
2022,31,792,270900,1000.5,300.25
2022,31,792,250100,0.125,
2022,31,792,010121,2,1
2022,31,276,270900,70,1
2022,276,792,870323,9,1
2022,792,31,999999,3.001,
2022,792,31,9999AA,0.999,
"""
Y2023 = """\
t,i,j,k,v,q
2023,276,31,010121,5,1
2023,398,348,270900,4,1
"""
EDITION = "V202501"


def packed(path, files=None, years=None):
    """A release of two years; `files` replaces parts of it, or drops those that are None."""
    years = {2022: Y2022, 2023: Y2023} | (years or {})
    found = {f"BACI_HS92_Y{year}_{EDITION}.csv": text for year, text in years.items()}
    found |= {
        f"country_codes_{EDITION}.csv": COUNTRIES,
        f"product_codes_HS92_{EDITION}.csv": "code,description\n270900,Crude oil\n",
        "Readme.txt": "A test.",
    }
    found |= files or {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as box:
        for name, text in found.items():
            if text is not None:
                box.writestr(name, text)
    return path


@pytest.fixture
def release(tmp_path):
    return packed(tmp_path / "BACI_HS92_V202501.zip")


def rows(frame):
    return list(frame.itertuples(index=False, name=None))


def test_flows_add_up_in_dollars(release):
    found = baci.reduce(release)
    assert Release.open(release).edition == "BACI HS92 V202501"
    assert list(found.columns) == ["year", "exporter", "importer", "usd"]
    assert [found[name].dtype.kind for name in ("year", "usd")] == ["i", "f"]
    assert rows(found) == [
        (2022, "AZE", "TUR", 1_002_625.0),  # 1,000,500 of oil, 125 of salt, 2,000 of horses
        (2022, "TUR", "AZE", 4_000.0),  # 3,001 and 999
        (2023, "KAZ", "HUN", 4_000.0),
    ]


def test_years_and_countries_can_be_chosen(release):
    assert set(baci.reduce(release, years=[2023])["year"]) == {2023}
    assert rows(baci.reduce(release, countries=["AZE", "DEU"], years=[2022])) == [
        (2022, "AZE", "DEU", 70_000.0)
    ]


def test_trade_with_the_world_counts_every_partner(release):
    found = baci.reduce(release, world=True, years=[2022], countries=["AZE", "TUR"])
    assert rows(found[(found["exporter"] == "WLD") | (found["importer"] == "WLD")]) == [
        (2022, "AZE", "WLD", 1_072_625.0),  # Germany's oil too
        (2022, "TUR", "WLD", 4_000.0),
        (2022, "WLD", "AZE", 4_000.0),
        (2022, "WLD", "TUR", 1_011_625.0),  # the German car too
    ]
    pairs = found[(found["exporter"] != "WLD") & (found["importer"] != "WLD")]
    assert rows(pairs) == rows(baci.reduce(release, years=[2022], countries=["AZE", "TUR"]))


def test_a_folder_in_the_zip_does_not_matter(tmp_path, release):
    nested = tmp_path / "moved.zip"
    with zipfile.ZipFile(release) as old, zipfile.ZipFile(nested, "w") as new:
        for name in old.namelist():
            new.writestr(f"BACI_HS92/{name}", old.read(name))  # and not packed, but stored
    assert rows(baci.reduce(nested)) == rows(baci.reduce(release))


def year(*lines):
    """A year's file of 2022."""
    return "\n".join(("t,i,j,k,v,q", "2022,31,792,270900,1,1", *lines)) + "\n"


def refused(tmp_path, match, **parts):
    with pytest.raises(RefreshError, match=match):
        baci.reduce(packed(tmp_path / "release.zip", **parts))


@pytest.mark.parametrize(
    ("line", "match"),
    [
        ("2022,31,792,250100,lots,1", r"row 3, column v: 'lots' \(allowed: a number of 0 or more"),
        ("2022,31,792,250100,,1", r"row 3, column v: ''"),
        ("2022,31,792,250100,nan,1", r"row 3, column v: 'nan'"),
        ("2022,31,792,250100,inf,1", r"row 3, column v: 'inf'"),
        ("2022,31,792,250100,-0.5,1", r"row 3, column v: '-0.5'"),
        ("2021,31,792,250100,1,1", r"row 3, column t: '2021' \(allowed: 2022\)"),
        ("2022,31,792,10121,1,1", r"row 3, column k: '10121' \(allowed: six signs"),
        (
            "2022,31,792,770100,1,1",
            r"row 3, column k: '770100' \(allowed: six signs, a chapter 01",
        ),
        ("2022,31,792,001000,1,1", r"row 3, column k: '001000'"),
        ("2022,31,792,270900,2,1", r"a product twice in AZE to TUR"),
        ("2022,31,31,250100,2,1", r"AZE to AZE"),
        ("2022,31,792,250100,1", r"row 3: 5 cells \(allowed: six cells, t, i, j, k, v, q\)"),
        ("", r"row 3: an empty line \(allowed: six"),
        ("2022,31," + "9" * 2_000, r"row 3: maximum line size of 1000"),
        ("2022,31,792,250100,1,1,", r"row 3: 7 cells"),
        ('2022,31,792,"250100,1,1', r"row 3: value with unterminated quote"),
        ('2022,31,792,25"0100,1,1', r"row 3, column k: '25\"0100'"),
        ("2022,31,792,250100,1\r,1", r"engine 'duckdb': .*invalid state"),
        ("2022,31,792,25\x000100,1,1", r"row 3, column k: '25\\x000100'"),
        ("2022,31,99999,250100,1,1", r"row 3, column j: '99999'"),
        (f"2022,31,792,250100,{'9' * 400},1", r"row 3, column v: '9999"),
        ("2022,AZ,792,250100,1,1", r"row 3, column i: 'AZ' \(allowed: a whole number\)"),
    ],
)
def test_a_row_of_a_member_is_refused_in_a_line_that_says_where(tmp_path, line, match):
    refused(tmp_path, rf"Y2022_V202501.csv.*{match}", years={2022: year(line)})


def test_a_fault_far_down_is_told_with_its_row_among_those_of_other_countries(tmp_path):
    others = ["2022,276,490,270900,1,1"] * 3
    lines = [line for n in range(20_000) for line in (*others, f"2022,31,348,{100_000 + n},1,1")]
    # After the header and the first row of `year`, 80,000 rows: the next is row 80,003.
    refused(tmp_path, r"row 80003, column k: '1'",
            years={2022: year(*lines, "2022,31,792,1,1,1")})  # fmt: skip


def test_a_cell_may_stand_in_quotes(tmp_path):
    quoted = packed(tmp_path / "a.zip", years={2022: year('2022,"31",792,"250100",2.5,"1,0"')})
    assert baci.reduce(quoted, years=[2022])["usd"].tolist() == [3_500.0]


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_file_may_end_its_lines_in_either_way_or_leave_the_last_open(tmp_path, end):
    newline = end or "\n"
    text = newline.join(["t,i,j,k,v,q", "2022,031,792,270900,1,1", "2022,31,792,250100,2,"]) + end
    found = baci.reduce(packed(tmp_path / "a.zip", years={2022: text}), years=[2022])
    assert found["usd"].tolist() == [3_000.0]


def test_cells_may_be_padded(tmp_path):
    codes = COUNTRIES.replace("31,", " 31 ,").replace(",AZE", ", AZE ")
    text = year(" 2022 , 31, 792 , 250100 ,     2.500,       NA")
    found = packed(tmp_path / "a.zip", {f"country_codes_{EDITION}.csv": codes}, {2022: text})
    assert baci.reduce(found, years=[2022])["usd"].tolist() == [3_500.0]


def test_former_states_and_the_older_names_of_columns_are_read(tmp_path):
    # 810 was the Soviet Union and 278 East Germany; lists have named them as their successors.
    names = {number: code for code, number in NUMBERS.items()} | {276: "DEU"}
    codes = "country_code,country_name_abbreviation,country_name_full,iso_2digit_alpha,"
    codes += "iso_3digit_alpha\n" + "".join(f"{n},{it},{it},,{it}\n" for n, it in names.items())
    codes += "278,East,East,,DEU\n810,USSR,USSR,SU,RUS\n643,Russia,Russia,RU,RUS\n"
    found = packed(tmp_path / "a.zip", {f"country_codes_{EDITION}.csv": codes})
    assert baci.reduce(found, years=[2023])["usd"].tolist() == [4_000.0]


def test_rows_of_other_countries_are_not_looked_at(tmp_path):
    odd = packed(tmp_path / "odd.zip", years={2022: year("2022,276,490,77,lots,")})
    assert baci.reduce(odd, years=[2022])["usd"].tolist() == [1_000.0]


@pytest.mark.parametrize(
    ("header", "match"),
    [
        ("t,i,j,k,v", r"row 1: the columns t, i, j, k, v \(allowed: the columns t, i, j, k, v, q"),
        ("t,i,j,hs6,v,q", r"row 1: the columns t, i, j, hs6, v, q"),
        ("t,i,j,k,v,q,w", r"row 1: the columns t, i, j, k, v, q, w"),
        ("t;i;j;k;v;q", r"row 1: semicolons between the cells \(allowed: commas"),
        ("<html>", r"row 1: the columns <html>"),
    ],
)
def test_other_columns_are_refused(tmp_path, header, match):
    refused(tmp_path, match, years={2023: f"{header}\n2023,31,792,270900,1,1\n"})


def test_columns_in_another_order_are_read_by_their_names(tmp_path):
    text = "t,k,i,j,q,v\n2022,270900,31,792,,1\n"
    found = baci.reduce(packed(tmp_path / "a.zip", years={2022: text}), years=[2022])
    assert rows(found) == [(2022, "AZE", "TUR", 1_000.0)]


@pytest.mark.parametrize(
    ("files", "match"),
    [
        ({f"country_codes_{EDITION}.csv": None}, r"^release.zip: 0 files of country codes"),
        ({"country_codes_V202401b.csv": COUNTRIES}, r"^release.zip: 2 files of country codes"),
        (
            {f"country_codes_{EDITION}.csv": COUNTRIES.replace("country_iso3", "iso")},
            r"country_codes_V202501.csv: no column 'country_iso3'",
        ),
        (
            {f"country_codes_{EDITION}.csv": COUNTRIES.replace("31,", "AZ,")},
            r"country_codes_V202501.csv, row 2, column country_code: 'AZ'",
        ),
        (
            {f"country_codes_{EDITION}.csv": COUNTRIES + "32,Azerbaijan,AZ,AZE\n"},
            r"country codes: 2 codes for AZE: 31, 32 \(allowed: one numeric code a country",
        ),
        (
            {f"country_codes_{EDITION}.csv": COUNTRIES + "31,Another,XX,XXX\n"},
            r"country codes: code 31 for AZE and XXX \(allowed: one country a numeric code",
        ),
        (
            {f"country_codes_{EDITION}.csv": COUNTRIES.replace(",", ";")},
            r"country_codes_V202501.csv: semicolons between the cells \(allowed: commas",
        ),
        (
            {f"country_codes_{EDITION}.csv": COUNTRIES + "\n" * 1_000_000},
            r"country_codes_V202501.csv: \d+ bytes or more",
        ),
        (
            {f"country_codes_{EDITION}.csv": COUNTRIES.replace("UZB", "UZK")},
            r"country codes: no numeric code for UZB \(allowed: a row for each of AZE, HUN",
        ),
        ({f"old/BACI_HS92_Y2023_{EDITION}.csv": Y2023}, r"the year 2023 twice: .* \(allowed: one"),
        ({f"BACI_HS22_Y2024_{EDITION}.csv": Y2023}, r"several editions: BACI HS22.*, BACI HS92"),
    ],
)
def test_a_release_that_is_not_in_its_form_is_refused(tmp_path, files, match):
    refused(tmp_path, match, files=files)


def test_what_is_no_whole_release_is_refused(tmp_path, release):
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as box:
        box.writestr(f"country_codes_{EDITION}.csv", COUNTRIES)
    page, cut = tmp_path / "page.zip", tmp_path / "cut.zip"
    page.write_text("<html>404 Not Found</html>")
    cut.write_bytes(release.read_bytes()[:-100])
    for path, match in (
        (other, r"^other.zip: no file of a year \(allowed: a release"),
        (page, r"^page.zip: not a whole zip: .*\(allowed: a release"),
        (cut, r"^cut.zip: not a whole zip"),
        (tmp_path / "none.zip", r"none.zip: no such file"),
    ):
        with pytest.raises(RefreshError, match=match):
            baci.reduce(path)


def test_a_release_in_the_older_form_is_named(tmp_path):
    path = tmp_path / "baci92.zip"
    with zipfile.ZipFile(path, "w") as box:
        box.writestr("baci92_2015.csv", "t,hs6,i,j,v,q\n")
    with pytest.raises(RefreshError, match=r"a release in BACI's older form \(allowed: a release"):
        Release.open(path)


def test_a_small_zip_that_unpacks_to_a_large_file_is_given_up(tmp_path, monkeypatch):
    bomb = packed(tmp_path / "bomb.zip", years={2022: "t,i,j,k,v,q\n" + "0" * 20_000_000})
    assert bomb.stat().st_size < 30_000
    with pytest.raises(RefreshError, match=r"Y2022.*out of \d+ \(allowed: 200 times\)"):
        baci.reduce(bomb)
    monkeypatch.setattr("refresh.release._LARGEST", 20)
    refused(tmp_path, r"Y2022.*: \d+ bytes or more \(allowed: 20 at most\)")


def repacked(path, packing):
    """Write the release with another packing, and give where a year lies in it."""
    whole = packed(path.with_name("whole.zip"))
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w", packing) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        return new.getinfo(f"BACI_HS92_Y2022_{EDITION}.csv")


def test_a_packing_without_a_limit_is_refused(tmp_path):
    repacked(tmp_path / "odd.zip", zipfile.ZIP_LZMA)
    with pytest.raises(RefreshError, match=r"packing method 14 \(allowed: 0, stored"):
        Release.open(tmp_path / "odd.zip")


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_a_zip_with_damaged_bytes_is_refused(tmp_path, packing):
    # A digit is changed where it lies: the file still parses, and only its checksum tells.
    path = tmp_path / "damaged.zip"
    entry = repacked(path, packing)
    middle = entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2
    data = bytearray(path.read_bytes())
    data[middle] ^= 1
    path.write_bytes(data)
    with pytest.raises(RefreshError, match=r"damaged.zip, .*Y2022.*: the file is damaged: "):
        baci.reduce(path)


def test_packed_bytes_that_cannot_be_unpacked_are_refused(tmp_path):
    path = packed(tmp_path / "damaged.zip")
    with zipfile.ZipFile(path) as box:
        entry = box.getinfo(f"BACI_HS92_Y2022_{EDITION}.csv")
    data = bytearray(path.read_bytes())
    # The two bits after the first say how a block is packed; RFC 1951 leaves 11 an error.
    data[entry.header_offset + 30 + len(entry.filename)] |= 0b110
    path.write_bytes(data)
    with pytest.raises(
        RefreshError, match=r"Y2022.*: the file is damaged: .*\(allowed: a whole zip"
    ):
        baci.reduce(path)


def test_a_year_that_is_not_there_is_refused(release):
    with pytest.raises(RefreshError, match=r"no year 1990 \(allowed: 2022 to 2023\)"):
        baci.reduce(release, years=[1990])


@pytest.mark.parametrize("engine", ["abacus://", "no engine at all", "", "postgres://me:pw@::1:x"])
def test_an_engine_that_ibis_does_not_know_is_refused(release, engine):
    with pytest.raises(RefreshError, match=r"^engine .*allowed: a connection string") as refusal:
        baci.reduce(release, engine=engine)
    assert "pw" not in str(refusal.value)


def test_a_zip_that_cannot_be_read_any_more_is_refused(release):
    found = Release.open(release)
    release.unlink()
    with (
        pytest.raises(RefreshError, match=r"Y2022.*: cannot be unpacked: no such file"),
        found.unpacked(2022),
    ):
        pass


def test_an_edition_of_another_form_has_no_entry():
    with pytest.raises(RefreshError, match=r"the edition 'BACI 2025' \(allowed: such as BACI HS92"):
        cepii._entry("BACI 2025", [2024], datetime.date(2026, 11, 26), "0f")
