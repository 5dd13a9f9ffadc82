"""What the benchmark beside a plain Jupyter Book counts, and what it says where it cannot."""

import gzip
import sys

import pytest

from tools import bench_book


@pytest.fixture
def once(monkeypatch):
    monkeypatch.setattr(bench_book, "_RUNS", 1)


def test_text_is_weighed_packed_and_pictures_as_they_are(tmp_path):
    text, picture = tmp_path / "a b.css", tmp_path / "a.png"
    text.write_bytes(b"p{top:0}" * 500)
    picture.write_bytes(b"p" * 500)
    assert (
        bench_book._wire(text.as_uri() + "?v=1") == len(gzip.compress(text.read_bytes(), 6)) < 100
    )
    assert bench_book._wire(picture.as_uri()) == 500


def test_what_is_not_on_disk_weighs_nothing(tmp_path):
    assert bench_book._wire((tmp_path / "lost.css").as_uri()) == 0
    assert bench_book._wire("https://example.org/a.css") == 0


def test_a_command_is_timed(once, tmp_path, capsys):
    assert (
        bench_book._line("naps", [sys.executable, "-c", "import time; time.sleep(.2)"], tmp_path)
        > 0.2
    )
    assert "naps" in capsys.readouterr().out


def test_a_command_that_fails_counts_for_nothing_and_says_why(once, tmp_path, capsys):
    assert (
        bench_book._line("halts", [sys.executable, "-c", "raise SystemExit('no TeX')"], tmp_path)
        == 0
    )
    assert "failed" in (said := capsys.readouterr().out)
    assert said.rstrip().endswith("halts: no TeX")


def test_tex_that_grumbles_and_makes_its_file_is_timed(once, tmp_path):
    (tmp_path / "book.pdf").touch()
    command = [sys.executable, "-c", "raise SystemExit(1)"]
    assert bench_book._line("grumbles", command, tmp_path, made=tmp_path) > 0


def test_a_ratio_is_told_only_where_both_were_timed(capsys):
    bench_book._told("it", 2.0, 0)
    assert capsys.readouterr().out == ""
    bench_book._told("it", 2.0, 7.0)
    assert "3.5 times" in capsys.readouterr().out
