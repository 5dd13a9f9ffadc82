"""The reduction of BACI at size, beside plain pandas: speed, memory, and how both grow.

The files are made up in BACI's shape and thrown away. Each measurement is a process of its own,
which times the reduction from an open interpreter on; the two ways take turns, and medians count.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from ..places import ROOT
from ..refresh import generated

#: Rows of a yearly file of BACI, and yearly files of its longest release, about.
FULL = (11_000_000, (1, 5, 25))
SMALL = (1_000_000, (1, 2, 4))
_LAST = 2023

_MEASURED = """
import json, resource, time
from pathlib import Path
from analysis.refresh import {way}
def spent():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    # ru_maxrss starts from what the process was forked from; the kernel's own mark does not.
    status = Path("/proc/self/status")
    told = status.read_text().split("VmHWM:")[1].split()[0] if status.exists() else usage.ru_maxrss
    return usage.ru_utime + usage.ru_stime, int(told) / 1024
{ready}
before, idle = spent()
start = time.perf_counter()
found = {way}.reduce(Path({path!r}), years={years})
after, peak = spent()
print(json.dumps(dict(wall=time.perf_counter() - start, cpu=after - before, idle=idle, peak=peak,
                      usd=float(found["usd"].sum()))))
"""
#: What each way loads, so that its memory before the work is known: the libraries' own.
_READY = {
    "baci": "import numpy, pyarrow.csv, pyarrow.compute, zlib_ng\n"
    "from analysis.refresh import engines\nengines.connect()",
    "plain": "import pyarrow",
}
_NAMES = {"baci": "Ibis on DuckDB", "plain": "plain pandas, read_csv a file"}


@dataclass(frozen=True)
class Measure:
    """What one way needed for some yearly files: medians of its runs.

    Parameters
    ----------
    way : str
        A module of ``analysis.refresh``.
    files, rows : int
        How many files, and rows in all.
    wall, cpu : float
        Seconds on the clock, and of all cores together.
    idle, peak : float
        MB of the process before the work, and at most.
    usd : float
        The sum of what came out.
    """

    way: str
    files: int
    rows: int
    wall: float
    cpu: float
    idle: float
    peak: float
    usd: float


def measure(path: Path, way: str, years: list[int], rows: int) -> Measure:
    """Run one way once, in a process of its own."""
    code = _MEASURED.format(way=way, path=str(path), years=years, ready=_READY[way])
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, check=True, env=os.environ,
        capture_output=True, text=True,
    )  # fmt: skip
    return Measure(way, len(years), rows * len(years), **json.loads(done.stdout))


def median(runs: list[Measure]) -> Measure:
    """Give the median of every number of several runs of the same.

    Examples
    --------
    >>> runs = [Measure("baci", 1, 10, wall, 1.0, 100.0, 150.0, 7.0) for wall in (1.0, 9.0, 2.0)]
    >>> median(runs).wall
    2.0
    """
    first = runs[0]
    numbers = ("wall", "cpu", "idle", "peak", "usd")
    middle = {name: statistics.median(getattr(run, name) for run in runs) for name in numbers}
    return Measure(first.way, first.files, first.rows, **middle)


def line(found: Measure) -> str:
    """Tell a measure in a line.

    Examples
    --------
    >>> line(Measure("baci", 2, 6_000_000, 2.0, 3.0, 190.0, 290.0, 7.0))
    '   2.0 s     3.0 s CPU     290 MB (+100)    3.0 M rows/s  2 files: Ibis on DuckDB'
    """
    many = "file" if found.files == 1 else "files"
    return (
        f"{found.wall:6.1f} s  {found.cpu:6.1f} s CPU  {found.peak:6.0f} MB "
        f"(+{found.peak - found.idle:.0f})  {found.rows / found.wall / 1e6:5.1f} M rows/s  "
        f"{found.files} {many}: {_NAMES[found.way]}"
    )


def compared(ours: Measure, theirs: Measure) -> str:
    """Tell how the two ways compare on the same files.

    Examples
    --------
    >>> ours = Measure("baci", 1, 10, 2.0, 3.0, 190.0, 290.0, 7.0)
    >>> compared(ours, Measure("plain", 1, 10, 12.0, 11.4, 130.0, 1330.0, 7.0))
    '        6.0 times as fast (3.8 in CPU); memory 22 % of it, above the libraries 8 %'
    """
    clock, cores = theirs.wall / ours.wall, theirs.cpu / ours.cpu
    whole = 100 * ours.peak / theirs.peak
    above = 100 * (ours.peak - ours.idle) / (theirs.peak - theirs.idle)
    return (
        f"        {clock:.1f} times as fast ({cores:.1f} in CPU); memory {whole:.0f} % of it, "
        f"above the libraries {above:.0f} %"
    )


def growth(small: Measure, large: Measure) -> float:
    """Say how the time for a row changes from few files to many: 1 where growth is linear.

    Examples
    --------
    >>> one = Measure("baci", 1, 10, 2.0, 3.0, 190.0, 290.0, 7.0)
    >>> round(growth(one, Measure("baci", 5, 50, 11.0, 15.0, 190.0, 292.0, 7.0)), 9)
    1.1
    """
    return (large.wall / large.rows) / (small.wall / small.rows)


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
    print(f"BACI's shape, {rows:,} rows a file: clock, all cores, peak (above the libraries)")
    with tempfile.TemporaryDirectory(dir=ROOT / "_build") as folder:
        path = generated.release(Path(folder) / "release.zip", every, rows)
        first: dict[str, Measure] = {}
        for step in steps:
            turns = 1 if full and step == steps[-1] else rounds
            runs: dict[str, list[Measure]] = {way: [] for way in _NAMES}
            for _ in range(turns):
                for way, found in runs.items():
                    found.append(measure(path, way, every[:step], rows))
            last = {way: median(found) for way, found in runs.items()}
            first = first or last
            for found in last.values():
                print(line(found), flush=True)
            print(compared(last["baci"], last["plain"]), flush=True)
            off = last["baci"].usd / last["plain"].usd - 1
            print(f"        sums apart by {abs(off):.0e} of them", flush=True)
        for way, start in first.items():
            grown = growth(start, last[way])
            print(
                f"        {_NAMES[way]}: {grown:.2f} times the seconds a row at {steps[-1]} files"
            )
