"""One expression, several engines, equal numbers; and the peer in plain pandas agrees.

PySpark in local mode is no part of the lock, and is kept out of the environment: pandera would load
it with every table. To prove it too, install Java 17 or later, then::

    .venv/bin/python -m pip install --target .cache/pyspark pyspark
    .venv/bin/python -m pytest -n0 -m spark tests/test_refresh_engines.py
"""

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from refresh import engines, generated, plain
from refresh.release import Release
from refresh.sources import baci

ROOT = Path(__file__).resolve().parents[1]
PYSPARK = ROOT / ".cache" / "pyspark"
KEYS = ["year", "exporter", "importer", "section"]


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    folder = tmp_path_factory.mktemp("release")
    return generated.release(folder / "release.zip", [2014, 2023], 60_000)


@pytest.fixture(scope="module")
def reduced(release):
    found = baci.reduce(release)
    assert len(found) > 50
    return found


def test_plain_pandas_gives_the_same_sums(release, reduced):
    peer = plain.reduce(release)
    both = reduced.merge(peer, on=KEYS, how="outer", suffixes=("", "_peer"), validate="1:1")
    # Dollars of the one are whole; the other adds binary fractions of thousands.
    assert (both["usd"] - both["usd_peer"]).abs().max() < 0.01


def test_sqlite_gives_equal_numbers(release, reduced):
    pd.testing.assert_frame_equal(
        baci.reduce(release, engine="sqlite://"), reduced, check_exact=True
    )


@pytest.mark.spark
@pytest.mark.skipif(
    not (shutil.which("java") and (PYSPARK / "pyspark").is_dir()),
    reason="Java or .cache/pyspark is absent: how to have them, this file says at its head",
)
def test_pyspark_gives_equal_numbers(release, reduced, tmp_path):
    # In a process of its own: a session of Spark leaves a JVM behind, and warns of newer pandas.
    code = (
        "import sys; from pathlib import Path; from refresh import baci\n"
        f"baci.reduce(Path({str(release)!r}), engine='pyspark://').to_csv(sys.argv[1], index=False)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, str(tmp_path / "found.csv")], cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{PYSPARK}",
             "SPARK_LOCAL_IP": "127.0.0.1"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    text = (tmp_path / "found.csv").read_text(encoding="utf-8")
    found = pd.read_csv(io.StringIO(text), keep_default_na=False)
    pd.testing.assert_frame_equal(found, reduced, check_exact=True)


def test_the_expression_alone_leaves_out_other_countries(release, reduced):
    # The stream drops other countries' rows before the engine sees them. That is for speed: given
    # every row of the year, the expression comes to the same.
    opened = Release.open(release)
    codes = opened.named(("AZE", "HUN", "KAZ", "KGZ", "TKM", "TUR", "UZB"))
    everyone = opened.flows(2023, opened.codes.values())
    found = sorted(engines.connect(engines.DEFAULT, codes).sums(everyone))
    expected = reduced[reduced["year"] == 2023]
    assert [part[:5] for part in found] == list(expected.itertuples(index=False, name=None))


@pytest.mark.parametrize("engine", [engines.DEFAULT, "sqlite://"])
def test_an_engine_that_fails_is_told_with_its_words(release, engine, monkeypatch):
    # Without its section, the one is not the query that was asked, the other not the expression.
    monkeypatch.setattr(engines.reduction, "query", lambda *_, **__: "SELECT no_such FROM flows")
    monkeypatch.setattr(
        engines.reduction, "expression", lambda table, *_, **__: table.filter(table.no_such > 0)
    )
    flows = Release.open(release).flows(2023, (31, 792))
    with pytest.raises(engines.RefreshError, match=r"Y2023.*: engine '(duckdb|sqlite)': .*no_such"):
        engines.connect(engine, {31: "AZE", 792: "TUR"}).sums(flows)


def test_the_default_engine_leaves_pandas_arrow_and_ibis_alone(release):
    # They are what a tenth of the memory of plain pandas has no room for.
    code = (
        "import sys; from pathlib import Path; from refresh import baci\n"
        f"found = baci.rows(Path({str(release)!r}), years=[2023])\n"
        "print(len(found), sorted({'pandas', 'pyarrow', 'ibis'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split(" ", 1)[1] == "[]\n"


def test_what_ibis_cannot_tell_is_refused(monkeypatch):
    reduction = engines.reduction
    monkeypatch.setattr(reduction.sys, "executable", shutil.which("false"))
    with pytest.raises(engines.RefreshError, match="Ibis did not tell the reduction: it ended wi"):
        reduction.query({1: "NON"})
