"""What the benchmark says of a page on a slow line is what that page does."""

import gzip
import os

import pytest

from tools import loading

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
#: A style sheet is sent by gzip, a picture as it is; what is not there weighs nothing.
STYLE, PICTURE = "p{top:0}" * 500, b"p" * 500
HEAVY = "<link rel=stylesheet href=a.css><link rel=icon href=data:,><img src=a.png><img src=b.png>"


@pytest.fixture(scope="module")
def loads(tmp_path_factory):
    browser = loading.browser()
    if not browser and not os.environ.get("CI"):
        pytest.skip("no browser: install Chromium (Debian, Ubuntu: apt install chromium)")
    folder = tmp_path_factory.mktemp("pages")
    pages = {"still": STILL, "jumps": JUMPS, "blocks": BLOCKS, "heavy": STILL + HEAVY}
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    (folder / "a.css").write_text(STYLE, encoding="utf-8")
    (folder / "a.png").write_bytes(PICTURE)
    found = loading.measure(folder, [f"{name}.html" for name in pages], browser)
    return {load.name: load for load in found}


def test_the_largest_text_is_waited_for_at_least_as_long_as_the_line_is(loads):
    # The answer alone is 150 ms away.
    assert all(load.painted > 0.15 for load in loads.values())


def test_a_page_that_jumps_differs_from_one_that_does_not(loads):
    assert loads["still"].jumped == 0
    # The text moves by 400 of 844 px; what it covers of the window counts with how far it moves.
    assert loads["jumps"].jumped > 0


def test_a_page_that_does_not_answer_shows_for_how_long(loads):
    assert loads["blocks"].blocked >= 0.45
    assert loads["jumps"].blocked < loads["blocks"].blocked


def test_text_is_weighed_packed_and_pictures_as_they_are(loads):
    packed = sum(len(gzip.compress(text.encode(), 6)) for text in (STILL + HEAVY, STYLE))
    assert loads["heavy"].sent == packed + len(PICTURE)
