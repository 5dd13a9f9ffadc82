"""The book built by us, and beside it the peer's way: the same chapters in plain Jupyter Book.

Plain means `jupyter-book build --all` with execution forced and no settings but the title and the
bibliography, and the PDF by its own builder for TeX. Both work in copies of the project, so that a
helper can be changed and nothing of the reader's is touched.
"""

import gzip
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from analysis.project import ROOT

from . import loading

_RUNS = 3
_FOLDERS = ("analysis", "chapters", "data", "seeds")
_FILES = ("_config.yml", "_toc.yml", "CITATION.cff", "references.bib", "requirements.txt")
_PLAIN = """title: The Turkic States in Figures
author: The Turkic States in Figures project
execute:
  execute_notebooks: force
bibtex_bibfiles: [references.bib]
"""
#: A helper that every chapter draws with; a comment at its end makes each of them stale.
_HELPER = Path("analysis", "charts", "style.py")
#: One of our books made from the finished pages: their cleaning, pandoc, the compiler.
_STEP = """
import sys, pathlib
from publishing import editions
getattr(editions, sys.argv[2])(pathlib.Path.cwd(), pathlib.Path(sys.argv[1]))
"""
#: Files that are packed already; the others go over the wire by gzip.
_PACKED = {".png", ".jpg", ".woff2"}
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def run() -> None:
    """Time both ways, weigh both first views, and print what is how many times less."""
    with tempfile.TemporaryDirectory(dir=ROOT / "_build") as folder:
        ours, peers = (_copy(Path(folder) / name) for name in ("ours", "peer"))
        (peers / "_config.yml").write_text(_PLAIN, encoding="utf-8")
        clean, step = _ours(ours)
        html, pdf = _peers(peers)
        _told("HTML and PDF, from clean, with execution", clean, html + pdf if pdf else 0)
        _told("HTML, PDF and EPUB of ours, against HTML alone", clean, html)
        _told("PDF step", step, pdf)
        _weigh(ours / "_build" / "html", peers / "_build" / "html")


def _ours(root: Path) -> tuple[float, float]:
    book = [sys.executable, "-m", "analysis", "book"]

    def stale() -> None:
        with (root / _HELPER).open("a", encoding="utf-8") as file:
            file.write(f"# {time.time_ns()}\n")

    def bare() -> None:
        shutil.rmtree(root / "_build", ignore_errors=True)
        stale()

    clean = _line("ours: clean, every chapter executed; HTML, PDF, EPUB", book, root, bare)
    _line("ours: nothing to execute", book, root)
    _line("ours: one helper changed", book, root, stale)
    made = root / "_build" / "step"

    def anew() -> None:
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir()
        (made / "html").symlink_to(root / "_build" / "html", target_is_directory=True)

    step = [sys.executable, "-c", _STEP, str(made)]
    pdf = _line("ours: PDF step, from the finished pages", [*step, "pdf"], root, anew)
    _line("ours: EPUB step, from the finished pages", [*step, "epub"], root, anew)
    return clean, pdf


def _peers(root: Path) -> tuple[float, float]:
    jupyter = str(Path(sys.executable).parent / "jupyter-book")
    html = _line("plain Jupyter Book: HTML, executed", [jupyter, "build", ".", "--all"], root)
    if not shutil.which("latexmk") or not shutil.which("xelatex"):
        print(f"{'skipped':>7}  {'':20}  plain Jupyter Book: PDF (no TeX: latexmk, xelatex)")
        return html, 0
    # Its chapters are executed already, and TeX begins anew: the step alone.
    (root / "_config.yml").write_text(_PLAIN.replace("force", '"off"'), encoding="utf-8")
    pdf = _line(
        "plain Jupyter Book: PDF step by TeX",
        [jupyter, "build", ".", "--builder", "pdflatex"],
        root,
        lambda: shutil.rmtree(root / "_build" / "latex", ignore_errors=True),
        made=root / "_build" / "latex",
    )
    return html, pdf


def _copy(root: Path) -> Path:
    root.mkdir()
    for name in _FOLDERS:
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in _FILES:
        shutil.copy(ROOT / name, root)
    return root


def _line(
    name: str,
    command: list[str],
    root: Path,
    before: Callable[[], None] | None = None,
    made: Path | None = None,
) -> float:
    """Time a command in a folder; 0 where it fails and made no PDF.

    Beside the clock stand the seconds of all cores, which other work on the machine changes less.
    """
    seconds, worked = [], []
    for _ in range(_RUNS):
        if before:
            before()
        start, cores = time.perf_counter(), _cores()
        done = subprocess.run(
            command, cwd=root, check=False, env={**os.environ, "PYTHONPATH": str(root)},
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        seconds.append(time.perf_counter() - start)
        worked.append(_cores() - cores)
        if done.returncode and not (made and list(made.glob("*.pdf"))):
            said = (done.stderr.strip().splitlines() or ["nothing said"])[-1]
            print(f"{'failed':>7}  {'':20}  {name}: {said[:80]}", flush=True)
            return 0
    took = statistics.median(seconds)
    print(f"{took:7.1f} s  {statistics.median(worked):7.1f} s of cores  {name}", flush=True)
    return took


def _cores() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _told(what: str, ours: float, peers: float) -> None:
    if ours and peers:
        print(f"{peers / ours:7.1f} times {'':16}  faster: {what}", flush=True)


def _weigh(ours: Path, peers: Path) -> None:
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if not browser:
        print(f"{'skipped':>7}  {'':20}  bytes of the first view (no browser)")
        return
    ratios = []
    # One after the other: two browsers driven at once would share a loop.
    first, second = list(_views(ours, browser)), list(_views(peers, browser))
    for (name, mine), (_, plain) in zip(first, second, strict=True):
        ratios.append(plain / mine)
        print(
            f"{mine / 1024:7.0f} kB  {plain / 1024:7.0f} kB plain  first view of {name}, gzip: "
            f"{plain / mine:.1f} times less",
            flush=True,
        )
    print(
        f"{statistics.median(ratios):7.1f} times {'':16}  fewer bytes, median of the pages; "
        f"least {min(ratios):.1f}",
        flush=True,
    )
    for whose, html in (("ours", ours), ("plain Jupyter Book", peers)):
        pages = [f"chapters/{name}.html" for name, _ in first]
        told = loading.report(whose, loading.measure(html, pages, browser, _FLAGS))
        print(f"{'':30} {told}", flush=True)


def _views(html: Path, browser: str) -> Iterator[tuple[str, int]]:
    """Weigh what a browser asks for as it opens each page of the table of contents, from disk."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  (for developers)

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=browser, args=list(_FLAGS))
        for path in sorted((html / "chapters").glob("*.html")):
            asked = set[str]()
            page = chromium.new_context(offline=True).new_page()
            page.on("request", lambda request, asked=asked: asked.add(request.url))
            page.goto(path.as_uri())
            page.wait_for_timeout(1000)
            page.close()
            yield path.stem, sum(map(_wire, asked))
        chromium.close()


def _wire(address: str) -> int:
    file = Path(unquote(urlsplit(address).path))
    if not address.startswith("file:") or not file.is_file():
        return 0
    data = file.read_bytes()
    return len(data if file.suffix in _PACKED else gzip.compress(data, 6, mtime=0))
