"""What a reader on a slow line waits for: bytes, the largest picture or text, jumps, blocks.

The line is the slow one that Lighthouse takes for a phone: 1.6 megabits a second, 150 ms away, a
core four times slower. Nothing is kept from one page to the next.
"""

import gzip
import http.server
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

_LINE = {
    "offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}  # fmt: skip
_SLOWER = 4
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
#: Milliseconds after which a page that asked for nothing more has settled; and what a busy machine
#: may take until a page has come.
_SETTLED, _MOST = 1_000, 120_000
#: Files that are packed already; a web server sends the others by gzip.
_PACKED = {".png", ".jpg", ".woff2"}
#: What the browser notes from the first byte on; a task blocks by what it takes beyond 50 ms.
_NOTED = """
window.noted = {painted: 0, jumped: 0, blocked: 0};
const note = (type, add) => new PerformanceObserver(list => list.getEntries().forEach(add))
  .observe({type, buffered: true});
note('largest-contentful-paint', e => { noted.painted = e.startTime / 1000; });
note('layout-shift', e => { noted.jumped += e.hadRecentInput ? 0 : e.value; });
note('longtask', e => { noted.blocked += Math.max(0, e.duration - 50) / 1000; });
"""


@dataclass(frozen=True)
class Load:
    """How one page came; by the browser's own measures, in seconds."""

    #: File name without ending.
    name: str
    #: Bytes over the line, headers left out.
    sent: int
    #: Until the largest picture or text stood (Largest Contentful Paint).
    painted: float
    #: How much moved while it came (Cumulative Layout Shift); 0 is still, below 0.1 is good.
    jumped: float
    #: For how long it would not have answered (Total Blocking Time, until it settled).
    blocked: float


class _Packing(http.server.SimpleHTTPRequestHandler):
    """Send files as a web server does, packed where that is of use, and note how much."""

    sizes: list[int]

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        body, packed = path.read_bytes(), path.suffix not in _PACKED
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        if packed:
            body = gzip.compress(body, 6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.sizes.append(len(body))

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def browser() -> str | None:
    """Find Chromium."""
    return next(filter(None, map(shutil.which, _BROWSERS)), None)


def measure(html: Path, pages: Sequence[str], chromium: str) -> list[Load]:
    """Open pages of a folder over a slow line."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  (for developers)

    loads = []
    sizes: list[int] = []
    with _served(html, sizes) as address, sync_playwright() as play:
        started = play.chromium.launch(executable_path=chromium, args=_FLAGS)
        for name in pages:
            sizes.clear()
            context = started.new_context(viewport={"width": 390, "height": 844})
            page = context.new_page()
            page.set_default_timeout(_MOST)
            session = context.new_cdp_session(page)
            session.send("Network.enable")
            session.send("Network.emulateNetworkConditions", _LINE)
            session.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
            page.add_init_script(_NOTED)
            page.goto(f"{address}/{name}")
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(_SETTLED)
            noted = page.evaluate("window.noted")
            context.close()
            loads.append(Load(Path(name).stem, sum(sizes), **noted))
        started.close()
    return loads


def report(loads: Sequence[Load]) -> str:
    """Write a line a page.

    Examples
    --------
    >>> print(report([Load("trade", 204_800, 1.25, 0.02, 0.1)]))
      sent     paint   shift  blocked
      200 kB   1.2 s   0.020   0.10 s  trade, first view over a slow line
    """
    lines = ["  sent     paint   shift  blocked"]
    for it in loads:
        lines.append(
            f"{it.sent / 1024:5.0f} kB {it.painted:5.1f} s {it.jumped:7.3f} {it.blocked:6.2f} s  "
            f"{it.name}, first view over a slow line"
        )
    return "\n".join(lines)


@contextmanager
def _served(html: Path, sizes: list[int]) -> Iterator[str]:
    packing = type("Packing", (_Packing,), {"sizes": sizes})
    handler = partial(packing, directory=str(html))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
