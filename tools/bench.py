"""Timings of the book's own work: its builds, its models, the reduction of BACI, its pages.

A line gives the medians of three runs of a whole process, libraries loaded: the clock, the seconds
of all cores, which other work on the machine lengthens little, and the most memory that any one
process held. Nothing here is a test: machines differ.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.project import ROOT

from . import loading

_RUNS = 3
#: Rows of a yearly file of BACI, and the first of its years that are made up.
_ROWS, _FIRST_YEAR = 11_000_000, 1999
_FOLDERS = ("analysis", "publishing", "refresh", "chapters", "data", "seeds")
_FILES = ("_config.yml", "_toc.yml", "CITATION.cff", "references.bib", "requirements.txt")
_PLAIN_CONFIG = """title: The Turkic States in Figures
author: The Turkic States in Figures project
execute:
  execute_notebooks: force
bibtex_bibfiles: [references.bib]
"""
_EDITION = (
    "from publishing import editions; editions.{name}(Path.cwd(), Path('_build/{name}-step'))"
)


_MODELS = {
    "the libraries of the analysis, loaded": "import analysis.simulation, analysis.trade",
    "every count of a year's trade": "from tools import bench; bench.trade_counts()",
    "1,000,000 departures, over all corridors": "from tools import bench; bench.journeys()",
    "a year of the Caspian queue, 200 times": "from tools import bench; bench.queue()",
}


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds on the clock and of all cores, MB of its largest process."""

    seconds: float
    cores: float
    memory: float


def run(parts: Collection[str], *, peer: bool = False, full: bool = False) -> None:
    """Print a table of the parts ``models``, ``baci`` and ``book``, all of them by default.

    With ``peer`` plain Jupyter Book builds the chapters as well; with ``full`` BACI has 25 files,
    as its longest release has, in place of two: an hour, and 4 GB of disk meanwhile.
    """
    parts = parts or ("models", "baci", "book")
    print(f"{'clock':>9} {'cores':>9} {'memory':>10}")
    (ROOT / "_build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "_build") as name:
        folder = Path(name)
        if "models" in parts:
            for work, code in _MODELS.items():
                _repeated(work, _python(code))
        if "baci" in parts:
            _baci(folder / "release.zip", range(_FIRST_YEAR, _FIRST_YEAR + (25 if full else 2)))
        if "book" in parts:
            _book(folder / "book")
        if "book" in parts and peer:
            _peer(folder / "peer")


def cost(command: list[str], root: Path = ROOT) -> Cost:
    """Run a command once in a project's folder; `CalledProcessError` where it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=root, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(root)}
    )
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    # The kernel counts in KB, that of macOS in bytes.
    memory = used.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    return Cost(seconds, used.ru_utime + used.ru_stime, memory)


def line(name: str, costs: list[Cost]) -> str:
    """Write the medians of several runs.

    Examples
    --------
    >>> line("a build", [Cost(2.0, 3.0, 110.0), Cost(9.0, 3.5, 112.0), Cost(1.0, 3.1, 111.0)])
    '    2.0 s     3.1 s     111 MB  a build'
    """
    seconds, cores, memory = (
        statistics.median(getattr(one, field) for one in costs)
        for field in ("seconds", "cores", "memory")
    )
    return f"{seconds:7.1f} s {cores:7.1f} s {memory:7.0f} MB  {name}"


def trade_counts() -> None:
    """Count the trade of the last year by every rule."""
    from analysis import tables, trade  # noqa: PLC0415  (each part loads its own libraries)

    records = trade.Records.of(tables.read)
    path = trade.path(records.pairs, records.flows, records.stated)
    trade.counts(path, records, int(path["year"].max()))


def journeys(number: int = 1_000_000) -> None:
    """Send departures over every corridor."""
    from analysis import simulation  # noqa: PLC0415

    model = _model(number)
    simulation.summary(model.departures)


def queue(years: int = 200) -> None:
    """Run years of the Caspian crossing, storms included."""
    from analysis import simulation  # noqa: PLC0415

    simulation.replicate(_model(1).sea, years)


def _model(number: int) -> Any:
    from analysis import simulation, tables  # noqa: PLC0415

    settings, storms, stages, corridors = (
        tables.read(f"route_{name}") for name in ("settings", "storms", "stages", "corridors")
    )
    return simulation.Model(settings, storms, stages, corridors, number=number)


def _repeated(
    name: str, command: list[str], root: Path = ROOT, before: Callable[[], None] | None = None
) -> None:
    costs = []
    for _ in range(_RUNS):
        if before:
            before()
        costs.append(cost(command, root))
    print(line(name, costs), flush=True)


def _python(code: str) -> list[str]:
    # What this process holds would count as its child's memory: so it loads no large library.
    return [sys.executable, "-W", "ignore", "-c", f"from pathlib import Path; {code}"]


def _baci(path: Path, years: range) -> None:
    given = f"Path({str(path)!r}), years={list(years)}"
    rows = f"from tools import baci_generated; baci_generated.release({given}, rows={_ROWS})"
    subprocess.run(_python(rows), cwd=ROOT, check=True)
    size = f"BACI, {len(years)} files of {_ROWS / 1e6:.0f} million rows"
    ours = f"from refresh.sources import baci; baci.reduce({given})"
    pandas = f"from tools import baci_pandas; baci_pandas.reduce({given})"
    _repeated(f"{size}: Ibis on DuckDB", _python(ours))
    _repeated(f"{size}: plain pandas", _python(pandas))


def _book(root: Path) -> None:
    """Build a copy, so that nothing of the reader's is touched."""
    _copy(root)
    book = [sys.executable, "-m", "analysis", "book"]

    def bare() -> None:
        shutil.rmtree(root / "_build", ignore_errors=True)
        # Another lock makes every chapter stale.
        with (root / "requirements.txt").open("a", encoding="utf-8") as lock:
            lock.write(f"# {time.time_ns()}\n")

    _repeated("the book from clean, every chapter executed", book, root, bare)
    _repeated("the book with nothing to execute", book, root)
    for name in ("pdf", "epub"):
        release = root / "_build" / f"{name}-step"

        def anew(release: Path = release) -> None:
            shutil.rmtree(release, ignore_errors=True)
            release.mkdir()
            (release / "html").symlink_to(root / "_build" / "html", target_is_directory=True)

        work = _python(_EDITION.format(name=name))
        _repeated(f"its {name.upper()} alone, from the finished pages", work, root, anew)
    _pages(root / "_build" / "html")


def _peer(root: Path) -> None:
    """Build the same chapters with no settings but a title and the bibliography."""
    _copy(root)
    (root / "_config.yml").write_text(_PLAIN_CONFIG, encoding="utf-8")
    jupyter_book = str(Path(sys.executable).with_name("jupyter-book"))
    command = [jupyter_book, "build", ".", "--all"]
    _repeated("plain Jupyter Book: HTML, every chapter executed", command, root)
    _pages(root / "_build" / "html")


def _copy(root: Path) -> None:
    root.mkdir()
    for name in _FOLDERS:
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in _FILES:
        shutil.copy(ROOT / name, root)


def _pages(html: Path) -> None:
    browser = loading.browser()
    if not browser:
        print("no page weighed: no Chromium found")
        return
    pages = [str(path.relative_to(html)) for path in sorted(html.glob("chapters/*.html"))]
    print(loading.report(loading.measure(html, pages, browser)), flush=True)
