"""The pages in a real browser, from disk, with the network off."""

import os
import shutil

import pytest

from analysis.places import ROOT

HTML = ROOT / "_build" / "html"
PAGES = sorted((HTML / "chapters").glob("*.html"))
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
pytestmark = [
    pytest.mark.book,
    pytest.mark.browser,
    pytest.mark.skipif(
        not BROWSER and not os.environ.get("CI"),
        reason="no browser: install Chromium (Debian, Ubuntu: apt install chromium)",
    ),
]


@pytest.fixture(scope="module")
def browser():
    assert BROWSER, "CI needs Chromium: apt install chromium"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(params=["light", "dark"])
def looks(request):
    return request.param


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_opens_from_disk_fits_its_width_and_asks_nobody(browser, path, width, looks):
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=looks, offline=True
    )
    page = context.new_page()
    asked, faults = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(path.as_uri())
    try:
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
        assert faults == []
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        ), "the page scrolls sideways"
        broken = page.evaluate(
            "[...document.querySelectorAll('article img')]"
            ".filter(i => !i.complete || !i.naturalWidth).map(i => i.src)"
        )
        assert broken == []
        narrow = page.evaluate(
            "[...document.querySelectorAll('article img')]"
            ".filter(i => i.getBoundingClientRect().right > innerWidth).map(i => i.src)"
        )
        assert narrow == []
        assert page.evaluate("document.documentElement.dataset.theme") == looks
    finally:
        context.close()


def test_a_number_leads_to_its_rule_and_its_sources_in_two_clicks(browser):
    page = browser.new_page()
    page.goto((HTML / "chapters" / "trade.html").as_uri())
    page.locator("a.number", has_text="$50.1 billion").first.click()
    row = page.locator("tr:target")
    assert "each flow counted twice" in row.inner_text()
    row.locator("a[href*='bibliography.html']").first.click()
    assert "bibliography.html" in page.url
    page.close()
