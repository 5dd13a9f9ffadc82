"""The reduction of BACI at size, beside plain pandas: speed, memory, and how both grow.

The files are made up in BACI's shape and thrown away. Each measurement is a process of its own,
which times the reduction from an open engine on; the two ways take turns, and medians count.
Memory is the most that the process and those that it started have held at one time.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from analysis.project import ROOT

from . import baci_generated

#: Rows of a yearly file of BACI, about, and how many files: up to its longest release, or a minute.
FULL = (11_000_000, (1, 5, 25))
SMALL = (FULL[0], (1, 2))
_LAST = 2023

_MEASURED = """
import json, resource, time
from pathlib import Path
path, years = Path({path!r}), {years}
def spent():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    # ru_maxrss starts from what the process was forked from; the kernel's own mark does not.
    status = Path("/proc/self/status")
    told = status.read_text().split("VmHWM:")[1].split()[0] if status.exists() else usage.ru_maxrss
    return usage.ru_utime + usage.ru_stime, int(told) / 1024
start = time.perf_counter()
{started}
# What was started has ended by now: at most, its own most stood beside ours.
both = spent()[1] + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
{loaded}
load = time.perf_counter() - start
before, idle = spent()
start = time.perf_counter()
{work}
wall = time.perf_counter() - start
after, peak = spent()
usd = {usd}
print(json.dumps(dict(load=load, wall=wall, cpu=after - before, idle=idle, peak=max(peak, both),
                      usd=float(usd))))
"""
_STARTED = "from refresh.sources import baci"
_LOADED = "import ibis; ibis.duckdb.connect()"


@dataclass(frozen=True)
class Way:
    """A way to reduce a release.

    Parameters
    ----------
    name : str
        For readers.
    started, loaded : str
        What starts other processes, and what loads the libraries and opens the engine: code. So the
        time and the memory of the work itself are known.
    work : str
        What is measured: code that gives ``found`` for the files of ``years`` in ``path``.
    usd : str
        The sum of what was found: an expression.
    """

    name: str
    started: str
    loaded: str
    work: str
    usd: str


WAYS = {
    "duckdb": Way(
        "Ibis on DuckDB", _STARTED, _LOADED,
        "found = baci.reduce(path, years=years)", 'found["usd"].sum()',
    ),
    "pandas": Way(
        "plain pandas, read_csv a file", "from tools import baci_pandas", "import pyarrow",
        "found = baci_pandas.reduce(path, years=years)", 'found["usd"].sum()',
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Measure:
    """What one way needed for some yearly files: medians of its runs.

    Parameters
    ----------
    way : str
        A key of `WAYS`.
    files, rows : int
        How many files, and rows in all.
    load : float
        Seconds on the clock until its libraries were there and its engine was open.
    wall, cpu : float
        Seconds from then on, on the clock, and of all cores together.
    idle, peak : float
        MB of the process before the work, and at most.
    usd : float
        The sum of what came out.
    """

    way: str
    files: int
    rows: int
    load: float
    wall: float
    cpu: float
    idle: float
    peak: float
    usd: float


def measure(path: Path, way: str, years: list[int], rows: int) -> Measure:
    """Run one way once, in a process of its own."""
    chosen = WAYS[way]
    code = _MEASURED.format(path=str(path), years=years, **vars(chosen))
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, check=True, env=os.environ,
        capture_output=True, text=True,
    )  # fmt: skip
    return Measure(way, len(years), rows * len(years), **json.loads(done.stdout))


def median(runs: list[Measure]) -> Measure:
    """Give the median of every number of several runs of the same.

    Examples
    --------
    >>> walls = (1.0, 9.0, 2.0)
    >>> runs = [Measure("duckdb", 1, 10, 0.5, wall, 1.0, 80.0, 110.0, 7.0) for wall in walls]
    >>> median(runs).wall
    2.0
    """
    first = runs[0]
    numbers = ("load", "wall", "cpu", "idle", "peak", "usd")
    middle = {name: statistics.median(getattr(run, name) for run in runs) for name in numbers}
    return Measure(first.way, first.files, first.rows, **middle)


def line(found: Measure) -> str:
    """Tell a measure in a line.

    Examples
    --------
    >>> line(Measure("duckdb", 2, 6_000_000, 0.5, 2.0, 3.0, 80.0, 110.0, 7.0))
    '   2.0 s     3.0 s CPU     110 MB (+30)    3.0 M rows/s  2 files: Ibis on DuckDB'
    """
    many = "file" if found.files == 1 else "files"
    return (
        f"{found.wall:6.1f} s  {found.cpu:6.1f} s CPU  {found.peak:6.0f} MB "
        f"(+{found.peak - found.idle:.0f})  {found.rows / found.wall / 1e6:5.1f} M rows/s  "
        f"{found.files} {many}: {WAYS[found.way].name}"
    )


def compared(ours: Measure, theirs: Measure) -> str:
    """Tell how the two ways compare on the same files.

    Examples
    --------
    >>> ours = Measure("duckdb", 1, 10, 1.0, 2.0, 3.0, 80.0, 110.0, 7.0)
    >>> compared(ours, Measure("pandas", 1, 10, 0.5, 12.0, 11.4, 130.0, 1330.0, 7.0))
    '        6.0 times as fast (3.8 in CPU, 4.2 with the libraries loaded); memory 8 % of it'
    """
    clock, cores = theirs.wall / ours.wall, theirs.cpu / ours.cpu
    whole = (theirs.load + theirs.wall) / (ours.load + ours.wall)
    return (
        f"        {clock:.1f} times as fast ({cores:.1f} in CPU, {whole:.1f} with the libraries "
        f"loaded); memory {100 * ours.peak / theirs.peak:.0f} % of it"
    )


def growth(small: Measure, large: Measure, of: str = "wall") -> float:
    """Say how the time for a row changes from few files to many: 1 where growth is linear.

    Parameters
    ----------
    small, large : Measure
        Of the same way.
    of : str
        ``wall``, or ``cpu``, which other work on the machine changes little.

    Examples
    --------
    >>> one = Measure("duckdb", 1, 10, 0.5, 2.0, 3.0, 80.0, 110.0, 7.0)
    >>> round(growth(one, Measure("duckdb", 5, 50, 0.5, 11.0, 15.0, 80.0, 112.0, 7.0)), 9)
    1.1
    >>> growth(one, Measure("duckdb", 5, 50, 0.5, 11.0, 15.0, 80.0, 112.0, 7.0), "cpu")
    1.0
    """
    return (getattr(large, of) / large.rows) / (getattr(small, of) / small.rows)


def run(*, full: bool = False, rounds: int = 3) -> None:
    """Print both ways at every step, how they compare, and how they grow.

    Parameters
    ----------
    full : bool
        BACI's own size, 25 files of 11 million rows: an hour, and 3 GB of disk for that time.
    rounds : int
        How often both ways take turns; once only at the last step of the full size.
    """
    rows, steps = FULL if full else SMALL
    every = [_LAST - back for back in range(steps[-1])]
    print(
        f"BACI's shape, {rows:,} rows a file: clock from an open engine on, all cores; peak of the "
        "process and what it starts (above the libraries)"
    )
    with tempfile.TemporaryDirectory(dir=ROOT / "_build") as folder:
        path = baci_generated.release(Path(folder) / "release.zip", every, rows)
        first: dict[str, Measure] = {}
        for step in steps:
            turns = 1 if full and step == steps[-1] else rounds
            runs: dict[str, list[Measure]] = {way: [] for way in WAYS}
            for _ in range(turns):
                for way, found in runs.items():
                    found.append(measure(path, way, every[:step], rows))
            last = {way: median(found) for way, found in runs.items()}
            first = first or last
            for found in last.values():
                print(line(found), flush=True)
            print(compared(last["duckdb"], last["pandas"]), flush=True)
            off = last["duckdb"].usd / last["pandas"].usd - 1
            print(f"        sums apart by {abs(off):.0e} of them", flush=True)
        for way, start in first.items():
            clock, cores = (growth(start, last[way], of) for of in ("wall", "cpu"))
            print(
                f"        {WAYS[way].name}: {clock:.2f} times the seconds a row at {steps[-1]} "
                f"files ({cores:.2f} in CPU)"
            )
