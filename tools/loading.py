"""What a reader on a slow line waits for: the largest picture or text, what jumps, what blocks.

The line is the slow one that Lighthouse takes for a phone: 1.6 megabits a second, 150 ms away, a
core four times slower. Nothing is kept from one page to the next.
"""

import gzip
import http.server
import statistics
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

_LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}
_SLOWER = 4
#: Milliseconds after which a page that asked for nothing more has settled; and what a busy machine
#: may take until a page has come.
_SETTLED, _MOST = 1_000, 120_000
_PACKED = {".png", ".jpg", ".woff2"}
#: What the browser notes from the first byte on; a task blocks by what it takes beyond 50 ms.
_NOTED = """
window.noted = {painted: 0, jumped: 0, blocked: 0};
const note = (type, add) => new PerformanceObserver(list => list.getEntries().forEach(add))
  .observe({type, buffered: true});
note('largest-contentful-paint', e => { noted.painted = e.startTime; });
note('layout-shift', e => { noted.jumped += e.hadRecentInput ? 0 : e.value; });
note('longtask', e => { noted.blocked += Math.max(0, e.duration - 50); });
"""


@dataclass(frozen=True)
class Paint:
    """How one page came.

    Parameters
    ----------
    name : str
        File name without ending.
    painted : float
        Seconds until the largest picture or text stood (Largest Contentful Paint).
    jumped : float
        How much moved while it came (Cumulative Layout Shift); 0 is still, below 0.1 is good.
    blocked : float
        Seconds for which it would not have answered (Total Blocking Time, until it settled).
    """

    name: str
    painted: float
    jumped: float
    blocked: float


class _Packing(http.server.SimpleHTTPRequestHandler):
    """Send files as a web server does: packed where that is of use."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        data, packed = path.read_bytes(), path.suffix not in _PACKED
        body = gzip.compress(data, 6, mtime=0) if packed else data
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def measure(html: Path, pages: Sequence[str], browser: str, flags: Sequence[str]) -> list[Paint]:
    """Open pages over a slow line, each with nothing kept from before.

    Parameters
    ----------
    html : Path
        The folder that is served.
    pages : sequence of str
        Paths in it.
    browser : str
        Chromium.
    flags : sequence of str
        What it is started with.
    """
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  (for developers)

    found = []
    with _served(html) as address, sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=browser, args=list(flags))
        for name in pages:
            context = chromium.new_context(viewport={"width": 390, "height": 844})
            page = context.new_page()
            page.set_default_timeout(_MOST)
            told = context.new_cdp_session(page)
            told.send("Network.enable")
            told.send("Network.emulateNetworkConditions", _LINE)
            told.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
            page.add_init_script(_NOTED)
            page.goto(f"{address}/{name}")
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(_SETTLED)
            noted = page.evaluate("window.noted")
            context.close()
            found.append(
                Paint(
                    Path(name).stem,
                    noted["painted"] / 1000,
                    noted["jumped"],
                    noted["blocked"] / 1000,
                )
            )
        chromium.close()
    return found


def report(whose: str, paints: Sequence[Paint]) -> str:
    """Tell the pages' paints in one line: the median and the worst of each measure.

    Examples
    --------
    >>> report("ours", [Paint("a", 1.0, 0.0, 0.1), Paint("b", 2.0, 0.02, 0.0)])
    'ours, slow line: largest paint 1.5 s (b 2.0), shift 0.010 (b 0.020), blocked 0.05 s (a 0.10)'
    """
    parts = []
    for what, field, digits, unit in (
        ("largest paint", "painted", 1, " s"),
        ("shift", "jumped", 3, ""),
        ("blocked", "blocked", 2, " s"),
    ):
        middle = statistics.median(getattr(paint, field) for paint in paints)
        worst = max(paints, key=lambda paint: getattr(paint, field))
        parts.append(
            f"{what} {middle:.{digits}f}{unit} ({worst.name} {getattr(worst, field):.{digits}f})"
        )
    return f"{whose}, slow line: {', '.join(parts)}"


@contextmanager
def _served(html: Path) -> Iterator[str]:
    handler = partial(_Packing, directory=str(html))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
