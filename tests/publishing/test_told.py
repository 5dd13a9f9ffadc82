"""What leaves the pages for paper and for readers of EPUB: every block of words arrives there."""

import re
import shutil
import subprocess
import zipfile

import pytest
from bs4 import BeautifulSoup

from analysis.project import ROOT
from publishing import editions
from publishing.paper import page as single

BUILD = ROOT / "_build"
BLOCKS = ["p", "li", "td", "th", "h1", "h2", "h3", "caption", "dt", "dd"]


def letters(text):
    """Letters, digits, units and signs; hyphens come and go where lines break."""
    return re.sub(r"[^\w%$.,−]", "", text.replace("\u00ad", "").replace("-", "")).lower()


def blocks(chapters):
    """The innermost blocks, each as its words, in order, but for those with a formula."""
    for chapter in chapters:
        for block in chapter.find_all(BLOCKS):
            if block.find(BLOCKS) or block.find(class_="formula"):
                continue
            # Words for paper alone stand in templates, which `get_text` leaves out.
            text = "".join(block.find_all(string=True))
            if words := [*filter(None, map(letters, text.split()))]:
                yield words


def untold(found, text):
    """The blocks that a book lacks: whole, parted where a page ends, or a head by its words."""
    for words in found:
        whole = "".join(words)
        parts = ((whole[:at], whole[at:]) for at in range(8, len(whole) - 8))
        head = len(words) < 4 and all(word in text for word in words)
        if whole not in text and not head and not any(a in text and b in text for a, b in parts):
            yield whole


def test_a_block_that_lost_a_unit_a_sign_or_a_sentence_is_found():
    page = BeautifulSoup(
        "<p>It fell by −3.5% to $25 billion, less a tenth.</p><p>A limit.</p>", "lxml"
    )
    whole = "Part I It fell by −3.5% to $25 bil- lion, less a tenth. A limit."
    assert list(untold(blocks([page]), letters(whole))) == []
    assert list(untold(blocks([page]), letters(whole.replace("$25 ", "12 Trade $25 ")))) == []
    for old, new in (("3.5%", "3.5"), ("−3", "3"), ("$25", "25"), ("A limit.", ""), ("less", "")):
        assert list(untold(blocks([page]), letters(whole.replace(old, new))))


@pytest.fixture(scope="module")
def told():
    """The blocks of the pages, as the books are made from them."""
    return list(blocks(single.read(BUILD / "html" / "chapters" / "index.html").chapters))


@pytest.mark.book
def test_the_portable_book_tells_every_block_of_the_pages_in_their_order(told):
    with zipfile.ZipFile(BUILD / "epub" / editions.EPUB_NAME) as book:
        names = sorted(name for name in book.namelist() if re.search(r"/ch\d+\.xhtml", name))
        pages = (BeautifulSoup(book.read(name), "html.parser").get_text() for name in names)
        text = "".join(map(letters, pages))
    assert list(untold(told, text)) == []


@pytest.mark.book
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler's pdftotext is not installed")
def test_the_printed_book_tells_every_block_of_the_pages(told):
    command = ["pdftotext", BUILD / "pdf" / editions.PDF_NAME, "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert list(untold(told, letters(text))) == []
