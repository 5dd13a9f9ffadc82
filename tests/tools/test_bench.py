"""What the benchmark measures, and that its models still run."""

import re
import subprocess
import sys

import pytest

from analysis.project import ROOT
from tools import bench


def test_a_command_is_timed_and_its_memory_is_that_of_its_largest_process():
    # From a small process: what a large one starts is counted with the memory it was forked from.
    held = "import time; block = b'x' * 200_000_000; time.sleep(.2)"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {held!r}])"
    code = (
        "import sys; from dataclasses import astuple; from tools import bench\n"
        f"print(*astuple(bench.cost([sys.executable, '-c', {child!r}])))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    seconds, _, memory = map(float, done.stdout.split())
    assert seconds > 0.2
    assert 200 < memory < 300  # MB


def test_a_command_that_fails_stops_the_campaign(tmp_path):
    with pytest.raises(subprocess.CalledProcessError):
        bench.cost([sys.executable, "-c", "raise SystemExit(3)"], tmp_path)


def test_the_models_run_on_the_evidence():
    named = re.findall(r"bench\.(\w+)\(\)", " ".join(bench._MODELS.values()))
    assert named == ["trade_counts", "journeys", "queue"]
    bench.trade_counts()
    bench.journeys(1_000)
    bench.queue(years=1)
