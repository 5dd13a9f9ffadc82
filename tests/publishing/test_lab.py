"""A chapter opened fresh and untrusted in JupyterLab: its sentences with numbers, its pictures."""

import os
import shutil
import socket
import subprocess
import sys
import time
from importlib.util import find_spec
from urllib.error import URLError
from urllib.request import urlopen

import nbformat
import pytest

from tests import small

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not find_spec("jupyterlab"),
        reason="no JupyterLab: `make lab` installs requirements-lab.txt",
    ),
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab that has seen none of the notebooks before."""
    folder = tmp_path_factory.mktemp("lab")
    nbformat.write(small.reading(), folder / "trade.ipynb")
    nbformat.write(small.evidence(), folder / "trade-evidence.ipynb")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {name: str(folder / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")}
    command = [
        sys.executable, "-m", "jupyterlab", "--allow-root", "--no-browser", f"--port={port}",
        "--IdentityProvider.token=", "--ServerApp.password=", f"--ServerApp.root_dir={folder}",
    ]  # fmt: skip
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, env={**os.environ, **own}, **quiet)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urlopen(f"{address}/api").close()
                break
            except URLError:
                time.sleep(0.5)
        yield address
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def test_the_answer_and_its_number_are_on_screen_and_the_picture_has_words(browser, lab):
    page = browser.new_page(viewport={"width": 1400, "height": 1600})
    page.goto(f"{lab}/doc/tree/trade.ipynb")
    page.wait_for_selector(".jp-Notebook .jp-RenderedHTMLCommon img", timeout=60_000)
    shown = page.locator(".jp-Notebook")
    assert "It came to $25.0 billion in 2024 (International Monetary Fund 2022)" in " ".join(
        shown.inner_text().split()
    )
    picture = shown.locator(".jp-OutputArea img")
    assert picture.get_attribute("alt") == small.BARS.alt
    assert picture.evaluate("image => image.complete && image.naturalWidth > 100")
    # What a re-runner may change is in view; other code is folded.
    assert shown.locator(".jp-CodeCell .jp-InputArea-editor:visible").count() == 1


def test_the_register_and_a_table_with_its_notes_are_on_screen(browser, lab):
    page = browser.new_page(viewport={"width": 1400, "height": 1600})
    page.goto(f"{lab}/doc/tree/trade-evidence.ipynb")
    page.wait_for_selector(".jp-Notebook table", timeout=60_000)
    page.get_by_text("Rows in:").wait_for(timeout=60_000)
    text = " ".join(page.locator(".jp-Notebook").inner_text().split())
    assert "1 International Monetary Fund 2022 [A]" in text
    assert "$25.0 billion: sum of ten pairs. Rows in: trade_flows.csv." in text
