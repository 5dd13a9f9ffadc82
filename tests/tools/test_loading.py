"""What the benchmark says of a page on a slow line is what that page does."""

import os
import shutil

import pytest

from tools import bench_book, loading

BROWSER = next(filter(None, map(shutil.which, bench_book._BROWSERS)), None)
STILL = "<!doctype html><html lang=en><title>a</title><p style='font-size:3rem'>Still</p>"
#: Half a second after the paint a box of half the window's height pushes the text down.
JUMPS = STILL.replace("<p", "<div id=a></div><p") + (
    "<script>setTimeout(() => { a.style.height = '400px' }, 500)</script>"
)
#: Half a second of nothing but counting, once the text is there: 450 ms or more beyond the 50.
BLOCKS = STILL + (
    "<script>setTimeout(() => { const end = performance.now() + 500;"
    "while (performance.now() < end); }, 300)</script>"
)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    if not BROWSER and not os.environ.get("CI"):
        pytest.skip("no browser: install Chromium (Debian, Ubuntu: apt install chromium)")
    folder = tmp_path_factory.mktemp("pages")
    pages = {"still": STILL, "jumps": JUMPS, "blocks": BLOCKS}
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    names = [f"{name}.html" for name in pages]
    found = loading.measure(folder, names, BROWSER, bench_book._FLAGS)
    return {paint.name: paint for paint in found}


def test_the_largest_text_is_waited_for_at_least_as_long_as_the_line_is(told):
    # The answer alone is 150 ms away.
    assert all(paint.painted > 0.15 for paint in told.values())


def test_a_page_that_jumps_is_told_from_one_that_does_not(told):
    assert told["still"].jumped == 0
    # The text moves by 400 of 844 px; what it covers of the window counts with how far it moves.
    assert told["jumps"].jumped > 0


def test_a_page_that_does_not_answer_is_told_by_how_long(told):
    assert told["blocks"].blocked >= 0.45
    assert told["jumps"].blocked < 0.45


def test_the_line_names_the_middle_and_the_worst_page():
    slow, quick = loading.Paint("slow", 3.0, 0.2, 0.0), loading.Paint("quick", 1.0, 0.0, 0.6)
    assert loading.report("ours", [slow, quick]) == (
        "ours, slow line: largest paint 2.0 s (slow 3.0), shift 0.100 (slow 0.200), "
        "blocked 0.30 s (quick 0.60)"
    )
