"""A release of BACI is read as CEPII documents it, and what is odd in it is refused."""

import zipfile

import pytest

from analysis.refresh import baci
from analysis.refresh.release import Release

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
#: Thousand dollars. Chapters 27 and 25 are in section V, 01 in I, 99 in none.
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


def test_flows_add_up_to_pairs_and_sections_in_dollars(release):
    assert rows(baci.reduce(release)) == [
        (2022, "AZE", "TUR", "I", 2_000.0),
        (2022, "AZE", "TUR", "V", 1_000_625.0),  # 1,000,500 of oil and 125 of salt
        (2022, "TUR", "AZE", "none", 4_000.0),  # 3,001 and 999
        (2023, "KAZ", "HUN", "V", 4_000.0),
    ]


def test_the_columns_and_their_kinds_are_those_promised(release):
    found = baci.reduce(release)
    assert list(found.columns) == ["year", "exporter", "importer", "section", "usd"]
    assert [found[name].dtype.kind for name in ("year", "usd")] == ["i", "f"]


def test_a_year_can_be_chosen(release):
    assert set(baci.reduce(release, years=[2023])["year"]) == {2023}


def test_countries_can_be_chosen(release):
    assert rows(baci.reduce(release, countries=["AZE", "DEU"], years=[2022])) == [
        (2022, "AZE", "DEU", "V", 70_000.0)
    ]


def test_trade_with_the_world_counts_every_partner(release):
    found = baci.reduce(release, world=True, years=[2022], countries=["AZE", "TUR"])
    assert rows(found[(found["exporter"] == "WLD") | (found["importer"] == "WLD")]) == [
        (2022, "AZE", "WLD", "I", 2_000.0),
        (2022, "AZE", "WLD", "V", 1_070_625.0),  # Germany's oil too
        (2022, "TUR", "WLD", "none", 4_000.0),
        (2022, "WLD", "AZE", "none", 4_000.0),
        (2022, "WLD", "TUR", "I", 2_000.0),
        (2022, "WLD", "TUR", "V", 1_000_625.0),
        (2022, "WLD", "TUR", "XVII", 9_000.0),  # the German car
    ]
    pairs = found[(found["exporter"] != "WLD") & (found["importer"] != "WLD")]
    assert rows(pairs) == rows(baci.reduce(release, years=[2022], countries=["AZE", "TUR"]))


def test_the_edition_is_read_from_the_names(release):
    assert Release.open(release).edition == "BACI HS92 V202501"


def test_a_folder_in_the_zip_does_not_matter(tmp_path, release):
    moved = tmp_path / "moved.zip"
    with zipfile.ZipFile(release) as old, zipfile.ZipFile(moved, "w") as new:
        for name in old.namelist():
            new.writestr(f"BACI_HS92/{name}", old.read(name))  # and not packed, but stored
    assert rows(baci.reduce(moved)) == rows(baci.reduce(release))
