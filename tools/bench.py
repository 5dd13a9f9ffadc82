"""Timings of the book's own work, beside the way of a plain Jupyter Book.

Each line gives the median of a few runs of a whole process, and the highest memory of any one
process in it. The simulations are timed inside their process, five times, on one core: by the
clock, and by the time that the core spent on them, which a busy machine does not lengthen. Nothing
here is a test: machines differ. Two campaigns come then and take minutes: spoiled files by the
thousand, and every number of the evidence changed in turn.
"""

import os
import resource
import statistics
import subprocess
import sys
import time

from analysis.project import ROOT

from . import bench_book, fuzz, mutate

_RUNS = 3
_INNER_RUNS = 5
#: Spoiled files that the book must read, or refuse in a line.
_SPOILED = 5_000


def run() -> None:
    """Print a table of medians."""
    python = sys.executable
    (ROOT / "_build").mkdir(exist_ok=True)
    _line("one run of the ladder of counting rules", [python, "-c", _LADDER])
    _line("1 MB of newswire read", [python, "-c", _NEWSWIRE])
    for piece in _HOSTILE:
        _grows(piece)
    quick = _inner("1,000,000 departures, each over all corridors, one core", _JOURNEYS)
    slow = _inner("beside it: the same journey by journey in plain Python", _STEPPED, times=10)
    print(f"{slow / quick:7.0f} times as long, by the time of the core", flush=True)
    _inner("a year of the Caspian queue, 200 replications", _QUEUE)
    bench_book.run()
    print(fuzz.report(fuzz.campaign(_SPOILED, seed=1)), flush=True)
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


#: What no newswire is made of, and what takes the reader the longest a byte.
_HOSTILE = ('"', "1 ", "$1 ", "5% ", "1 to 2 ", "said, ", '"a\n\n')
_READ = """
import statistics, time
from analysis import article
def seconds(size):
    text = "date 2025-01-04 (X) a " + {piece!r} * (size // len({piece!r}))
    start = time.process_time()
    article.parse(text)
    return time.process_time() - start
small, large = (statistics.median(seconds(n) for _ in range(5)) for n in (250_000, 1_000_000))
print(large, large / small)
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
start = time.perf_counter(), time.process_time()
"""
_TOLD = "print(time.perf_counter() - start[0], time.process_time() - start[1])"
_JOURNEYS = f"""{_WAYS}
simulation.summary(simulation.simulate(ways, 1_000_000, common=common))
{_TOLD}
"""
_STEPPED = f"""{_WAYS}
simulation.walk(ways, 100_000, common=common)
{_TOLD}
"""
_QUEUE = f"""{_WAYS}
fleet = simulation.fleet(settings).with_storms(*simulation.storms(settings))
simulation.replicate(fleet, 77_000, 200)
{_TOLD}
"""


def _inner(name: str, code: str, times: int = 1) -> float:
    """Time what the code times itself; a part of the work counts as many times as it is less.

    Returns
    -------
    float
        Median of the seconds that the core spent.
    """
    clock, core = [], []
    for _ in range(_INNER_RUNS):
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, check=True, env=os.environ,
            capture_output=True, text=True,
        )  # fmt: skip
        for seconds, told in zip((clock, core), done.stdout.split(), strict=True):
            seconds.append(times * float(told))
    note = f" ({times} times a part of it)" if times > 1 else ""
    spent = statistics.median(core)
    print(f"{statistics.median(clock):7.2f} s  {spent:8.2f} s of core  {name}{note}", flush=True)
    return spent


def _grows(piece: str) -> None:
    """Time 1 MB of one thing over and over, and say how much longer than a quarter of it takes."""
    done = subprocess.run(
        [sys.executable, "-c", _READ.format(piece=piece)], cwd=ROOT, check=True, env=os.environ,
        capture_output=True, text=True,
    )  # fmt: skip
    whole, ratio = map(float, done.stdout.split())
    print(
        f"{whole:7.2f} s  {'':16}  1 MB of {piece!r} read, {ratio:.1f} times a quarter", flush=True
    )


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
