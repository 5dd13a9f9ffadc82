"""The pages of the built book, each read once; nobody may alter them."""

from functools import cache

from bs4 import BeautifulSoup

from analysis.project import ROOT

HTML = ROOT / "_build" / "html"
PAGES = sorted((HTML / "chapters").glob("*.html"))


@cache
def soup(name):
    """Give a page of the book by its name."""
    text = (HTML / "chapters" / f"{name}.html").read_text(encoding="utf-8")
    return BeautifulSoup(text, "html.parser")
