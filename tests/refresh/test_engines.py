"""One expression, several engines, equal numbers; and the peer in plain pandas agrees.

PySpark in local mode is no part of the lock, and is kept out of the environment: pandera would load
it with every table. To prove it too, install Java 17 or later, then::

    .venv/bin/python -m pip install --target .cache/pyspark pyspark
    .venv/bin/python -m pytest -n0 -m spark tests/refresh/test_engines.py
"""

import io
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

import pandas as pd
import pytest

from analysis.errors import RefreshError
from analysis.project import ROOT
from refresh import engines
from refresh.sources import baci
from tools import baci_generated, baci_pandas

PYSPARK = ROOT / ".cache" / "pyspark"
KEYS = ["year", "exporter", "importer"]


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    folder = tmp_path_factory.mktemp("release")
    return baci_generated.release(folder / "release.zip", [2014, 2023], 60_000)


@pytest.fixture(scope="module")
def reduced(release):
    found = baci.reduce(release)
    assert len(found) > 50
    return found


def test_plain_pandas_gives_the_same_sums_to_the_dollar(release, reduced):
    peer = baci_pandas.reduce(release)
    both = reduced.merge(peer, on=KEYS, how="outer", suffixes=("", "_peer"), validate="1:1")
    # Dollars of the one are whole; the other adds binary fractions of thousands.
    assert (both["usd"] - both["usd_peer"]).abs().max() < 0.01


def test_sqlite_gives_equal_numbers(release, reduced):
    found = baci.reduce(release, engine="sqlite://")
    pd.testing.assert_frame_equal(found, reduced, check_exact=True)


def test_an_engine_is_closed_when_all_is_added_up_and_when_it_fails(release, monkeypatch):
    opened = []
    connect = engines.connect
    monkeypatch.setattr(engines, "connect", lambda it: opened.append(connect(it)) or opened[-1])
    baci.reduce(release, engine="sqlite://", years=[2014])
    monkeypatch.setattr(baci, "sums", lambda flows, codes: flows.filter(flows.no_such > 0))
    with pytest.raises(RefreshError):
        baci.reduce(release, engine="sqlite://", years=[2014])
    for backend in opened:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            backend.con.execute("select 1")
    assert len(opened) == 2


@pytest.mark.spark
@pytest.mark.skipif(
    not (shutil.which("java") and (PYSPARK / "pyspark").is_dir()),
    reason="Java or .cache/pyspark is absent: how to have them, this file says at its head",
)
def test_pyspark_gives_equal_numbers(release, reduced, tmp_path):
    # In a process of its own: a session of Spark leaves a JVM behind, and warns of newer pandas.
    code = (
        "import sys; from pathlib import Path; from refresh.sources import baci\n"
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


def test_what_is_unpacked_is_gone_afterwards(release, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    baci.reduce(release, years=[2014])
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(RefreshError, match="engine 'abacus'"):
        baci.reduce(release, engine="abacus://")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("engine", ["duckdb://", "sqlite://"])
def test_an_engine_that_fails_is_quoted(release, engine, monkeypatch):
    monkeypatch.setattr(baci, "sums", lambda flows, codes: flows.filter(flows.no_such > 0))
    with pytest.raises(RefreshError, match=r"Y2014.*: engine '(duckdb|sqlite)': .*no_such"):
        baci.reduce(release, engine=engine)
