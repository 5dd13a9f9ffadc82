"""The page of one chapter as it is being written."""

import re

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell


@pytest.fixture(scope="module")
def root(tmp_path_factory, second_book, command):
    """A small project with its chapters run."""
    root = second_book(tmp_path_factory.mktemp("page"))
    assert command(root, "run").returncode == 0
    return root


def test_a_page_alone_is_made_anew_with_its_new_words_and_figures(root, command):
    chapter, pages = root / "chapters" / "index.ipynb", root / "_build" / "page" / "html"
    before = chapter.read_bytes()
    assert command(root, "page", "index").returncode == 0
    assert chapter.read_bytes() == before
    proof = (pages / "chapters" / "index-evidence.html").stat().st_mtime_ns

    notebook = nbformat.read(chapter, 4)
    drawn = next(cell for cell in notebook.cells if "chapter.figure(" in cell.source)
    again = re.sub(r'figure\("[\w-]+"', 'figure("again"', drawn.source, count=1)
    notebook.cells += [
        new_markdown_cell("A sentence that was not there."),
        new_code_cell(again, metadata={"tags": ["remove-input"]}),
    ]
    nbformat.write(notebook, chapter)
    assert command(root, "page", "index").returncode == 0
    shown = BeautifulSoup((pages / "chapters" / "index.html").read_bytes(), "html.parser")
    assert "A sentence that was not there." in shown.text
    assert [it.text.strip() for it in shown.select("figcaption .caption-number")] == [
        "Figure 1", "Figure 2",
    ]  # fmt: skip
    assert (pages / "chapters" / "index-evidence.html").stat().st_mtime_ns == proof


def test_a_chapter_that_stops_and_one_that_is_not_there_are_one_line(root, command):
    done = command(root, "page", "trade")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: no chapter 'trade' (allowed: index-evidence, index)\n"
    chapter = root / "chapters" / "index.ipynb"
    notebook = nbformat.read(chapter, 4)
    notebook.cells.append(new_code_cell("1 / 0"))
    nbformat.write(notebook, chapter)
    done = command(root, "page", "index")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "index.ipynb, code cell" in done.stderr
    assert "ZeroDivisionError: division by zero" in done.stderr
