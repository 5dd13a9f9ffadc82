"""The sieve drops a line only where it plainly begins with other countries."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from refresh import flows
from refresh.release import Release
from refresh.sieve import Sieve, _ends
from refresh.sources import baci

MEMBERS = [31, 398, 4]
CODE = st.sampled_from([4, 5, 12, 31, 39, 40, 312, 398, 399, 842])


def kept(lines, *, both=True, year=2023):
    block = "".join(f"{line}\n" for line in lines).encode()
    found, rows, count = Sieve(year, MEMBERS, both=both).lines(block)
    assert count == len(lines)
    assert [line.decode().rstrip("\n") for line in found] == [lines[row] for row in rows]
    return rows.tolist()


@given(st.lists(st.tuples(CODE, CODE), min_size=1), st.booleans())
def test_plain_lines_pass_by_their_two_codes(pairs, both):
    lines = [f"2023,{i},{j},010121,1.5,{j}" for i, j in pairs]
    join = all if both else any
    expected = [row for row, pair in enumerate(pairs) if join(code in MEMBERS for code in pair)]
    assert kept(lines, both=both) == expected


@given(st.lists(st.text("ab\n", max_size=30)))
def test_line_ends_are_found_however_close_they_lie(words):
    block = "".join(f"{word}\n" for word in ["", *words]).encode()
    assert _ends(block).tolist() == [place + 1 for place, sign in enumerate(block) if sign == 10]


@pytest.mark.parametrize(
    "odd",
    [
        "2022,5,5,010121,1,1",  # another year
        "2023, 5,5,010121,1,1",
        '2023,"5",5,010121,1,1',
        "2023,005,5,010121,1,1",
        "2023,1005,5,010121,1,1",
        "2023,5.5,5,010121,1,1",
        "2023,-5,5,010121,1,1",
        "2023,3:1,5,010121,1,1",
        "2023,5/,5,010121,1,1",
        '"2023","5","5",010121,1,1',
        "2023",
        "",
        "<html>",
    ],
)
def test_a_line_that_is_not_plain_passes_whatever_its_countries(odd):
    other, wanted = "2023,5,12,010121,1,1", "2023,31,398,010121,1,1"
    for both in (True, False):
        assert kept([other, odd, wanted], both=both) == [1, 2]
        assert kept([wanted, odd, other], both=both) == [0, 1]
        assert kept([odd], both=both) == [0]


def test_an_importer_that_is_not_plain_passes_where_it_matters():
    lines = ["2023,31,+398,010121,1,1", "2023,5,+398,010121,1,1"]
    assert kept(lines, both=True) == [0]  # the other's exporter is not wanted, whoever buys
    assert kept(lines, both=False) == [0, 1]


def a_release(folder, text):
    import zipfile

    path = folder / "release.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("BACI_HS92_Y2023_V202501.csv", text)
        box.writestr(
            "country_codes_V202501.csv", "country_code,country_iso3\n31,AZE\n398,KAZ\n5,OTH\n"
        )
    return path


@pytest.mark.parametrize("line", ['2023,"31","398",270900,2.5,1', "2023,031,398,270900,2.5,1"])
def test_codes_in_another_spelling_are_read_all_the_same(tmp_path, line):
    path = a_release(tmp_path, f"t,i,j,k,v,q\n2023,5,5,270900,1,1\n{line}\n")
    found = baci.reduce(path, countries=["AZE", "KAZ"])
    assert found["usd"].tolist() == [2500.0]


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
@pytest.mark.parametrize("block", [40, 64, 1000])
def test_lines_that_lie_across_blocks_are_read_once(tmp_path, monkeypatch, block, end):
    monkeypatch.setattr(flows.unpacking, "BLOCK", block)
    lines = [f"2023,{31 if n % 3 else 5},398,27{n:04d},1.{n:03d},1" for n in range(200)]
    newline = end or "\n"
    path = a_release(tmp_path, newline.join(["t,i,j,k,v,q", *lines]) + end)
    found = baci.reduce(path, countries=["AZE", "KAZ"])
    assert found["usd"].tolist() == [sum(1000 + n for n in range(200) if n % 3)]


def test_the_row_that_is_told_is_the_row_of_the_file(tmp_path):
    lines = ["2023,5,398,270900,1,1"] * 20_000 + ["2023,31,398,270900,-1,1"]
    path = a_release(tmp_path, "\n".join(["t,i,j,k,v,q", *lines]) + "\n")
    with pytest.raises(baci.RefreshError, match=r"row 20002, column v: '-1'"):
        baci.reduce(path, countries=["AZE", "KAZ"])


def test_a_line_without_end_is_refused(tmp_path):
    path = a_release(tmp_path, "t,i,j,k,v,q\n" + "2023,31," * 100_000)
    with pytest.raises(baci.RefreshError, match="a line of more than 1000 signs"):
        baci.reduce(path, countries=["AZE", "KAZ"])


def test_rows_that_are_kept_are_told_to_duckdb_as_what_they_are(tmp_path):
    text = "t,i,j,k,v,q\n2023,31,398,270900,1,1\n2023,5,5,270900,1,1\n2023,398,31,270900,2,1\n"
    connection = duckdb.connect()
    Release.open(a_release(tmp_path, text)).flows(2023, (31, 398)).into(connection)
    assert connection.table("flows").fetchall() == [
        (2023, 31, 398, "270900", 1.0), (2023, 398, 31, "270900", 2.0),
    ]  # fmt: skip
