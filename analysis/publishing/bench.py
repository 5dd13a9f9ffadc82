"""Timings of the book's own work, beside the way of a plain Jupyter Book.

Each line gives the median of a few runs of a whole process, and the highest memory of any one
process in it. Nothing here is a test: machines differ. Two campaigns come then and take minutes:
spoiled files by the thousand, and every number of the evidence changed in turn.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ..places import ROOT
from . import mutate, spoil

_RUNS = 3
#: Spoiled files that the book must read, or refuse in a line.
_SPOILED = 5_000


def run() -> None:
    """Print a table of medians."""
    python = sys.executable
    with tempfile.TemporaryDirectory(dir=ROOT / "_build") as folder:
        config = Path(folder) / "_config.yml"
        text = (ROOT / "_config.yml").read_text(encoding="utf-8")
        config.write_text(text.replace('execute_notebooks: "off"', "execute_notebooks: force"))
        peer = [
            str(Path(python).parent / "jupyter-book"), "build", ".", "-qq", "--all",
            "--config", str(config), "--path-output", folder,
        ]  # fmt: skip
        _line("one run of the ladder of counting rules", [python, "-c", _LADDER])
        _line("1 MB of newswire read", [python, "-c", _NEWSWIRE])
        _inner("1,000,000 departures, each over all corridors, one core", _JOURNEYS)
        _inner("beside it: the same journey by journey in plain Python", _STEPPED, times=10)
        _inner("a year of the Caspian queue, 200 replications", _QUEUE)
        _line("every chapter executed", [python, "-m", "analysis", "run"])
        _line("HTML and PDF, chapters fresh", [python, "-m", "analysis", "book"])
        _line("beside it: plain Jupyter Book, HTML with execution", peer)
        shutil.rmtree(folder, ignore_errors=True)
        Path(folder).mkdir(exist_ok=True)
    print(spoil.report(spoil.campaign(_SPOILED, seed=1)), flush=True)
    mutate.run()


_LADDER = """
from analysis import tables, trade
from analysis.countries import FIVE, WITH_OBSERVERS
flows, pairs, stated = map(tables.read, ("trade_flows", "trade_pairs", "trade_stated"))
trade.ladder(flows, trade.path(pairs, flows, stated), FIVE, WITH_OBSERVERS)
"""


_NEWSWIRE = """
from analysis import article
text = article.read().text
head, body = text[:16], text[16:]
article.parse(head + (body + chr(10) * 2) * (1_000_000 // len(body) + 1))
"""


_WAYS = """
import os, time
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
from analysis import simulation, tables
stages = simulation.stages(tables.read("route_stages"))
ways = simulation.corridors(tables.read("route_corridors"), stages)
settings = tables.read("route_settings")
common = simulation.setting(settings, "common weather")
start = time.perf_counter()
"""
_JOURNEYS = f"""{_WAYS}
simulation.summary(simulation.simulate(ways, 1_000_000, common=common))
print(time.perf_counter() - start)
"""
_STEPPED = f"""{_WAYS}
simulation.walk(ways, 100_000, common=common)
print(time.perf_counter() - start)
"""
_QUEUE = f"""{_WAYS}
fleet = simulation.fleet(settings).with_storms(*simulation.storms(settings))
simulation.replicate(fleet, 77_000, 200)
print(time.perf_counter() - start)
"""


def _inner(name: str, code: str, times: int = 1) -> None:
    """Time what the code times itself; a part of the work counts as many times as it is less."""
    seconds = []
    for _ in range(_RUNS):
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, check=True, env=os.environ,
            capture_output=True, text=True,
        )  # fmt: skip
        seconds.append(times * float(done.stdout))
    note = f" ({times} times a part of it)" if times > 1 else ""
    print(f"{statistics.median(seconds):7.2f} s  {'':16}  {name}{note}", flush=True)


def _line(name: str, command: list[str]) -> None:
    seconds = []
    for _ in range(_RUNS):
        start = time.perf_counter()
        subprocess.run(
            command, cwd=ROOT, check=True, env=os.environ,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        seconds.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{statistics.median(seconds):7.1f} s  {peak:6.0f} MB so far  {name}", flush=True)
