"""The command line says in one line what it refuses, and which book it is."""

import re
import subprocess
import sys

import pytest

from analysis import __main__ as commands
from analysis.errors import TableError
from analysis.project import ROOT
from publishing import build
from tools import __main__ as campaigns


def test_the_version_is_that_of_the_citation(capsys):
    with pytest.raises(SystemExit) as ended:
        commands.main(["--version"])
    assert ended.value.code == 0
    version = capsys.readouterr().out.strip()
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f'\nversion = "{version}"\n' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", ["mutate --sample -3", "mutate --sample x", "fuzz --cases -1"])
def test_a_negative_sample_is_refused(capsys, words):
    with pytest.raises(SystemExit, match="2"):
        campaigns.main(words.split())
    assert capsys.readouterr().err.endswith("(allowed: 0 or more)\n")


def test_a_campaign_on_an_unknown_table_is_refused_in_a_line(capsys):
    assert campaigns.main(["mutate", "trade_pears"]) == 2
    assert re.fullmatch(r"error: no table is called 'trade_pears' .*\n", capsys.readouterr().err)


def test_a_table_with_semicolons_is_named_for_what_it_is(copy):
    path = copy / "data" / "prices.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    with pytest.raises(TableError, match=r"prices.csv, row 1: semicolons .* \(allowed: commas\)"):
        build.check(copy)


@pytest.mark.parametrize("name", ["data/prices.csv", "references.bib", "seeds/*.txt"])
def test_a_file_that_cannot_be_read_is_one_line(copy, capsys, monkeypatch, name):
    path = next(copy.glob(name))
    path.unlink()
    path.mkdir()  # whoever reads: nobody can read a folder
    check = build.check
    monkeypatch.setattr(build, "check", lambda: check(copy))
    assert commands.main(["check"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(r"error: .*: is a directory\n", err)
    assert path.name in err


def test_a_command_starts_without_what_pages_alone_need():
    code = "import sys, publishing.build; print('sphinx' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
