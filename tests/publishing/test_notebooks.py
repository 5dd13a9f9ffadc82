"""Chapters are run in order, hold calls, and are published only with the outputs they give."""

import json
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.errors import ChapterError
from analysis.project import ROOT
from publishing import notebooks

CHAPTERS = notebooks.chapters()


@pytest.fixture(params=CHAPTERS, ids=lambda path: path.stem)
def chapter(request):
    return json.loads(request.param.read_text(encoding="utf-8"))


def code(chapter):
    return [cell for cell in chapter["cells"] if cell["cell_type"] == "code"]


def prose(chapter):
    return ["".join(c["source"]) for c in chapter["cells"] if c["cell_type"] == "markdown"]


def test_the_six_chapters_are_there():
    assert {p.stem for p in CHAPTERS} == {
        "index", "context", "trade", "priorities", "routes", "verdicts",
    }  # fmt: skip


def test_no_chapter_is_stale():
    assert [path.name for path in notebooks.stale()] == [], "run `make run`"


def test_chapters_have_their_parts():
    for path in CHAPTERS:
        heads = re.findall(r"^## (.+)$", "\n".join(prose(json.loads(path.read_text()))), re.M)
        assert heads[0] == "In brief", path.name
        assert "Limitations" in heads, path.name
        if path.stem not in {"index", "verdicts"}:
            assert "What would change our mind" in heads, path.name


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_figures_and_tables_are_enough(path):
    chapter = json.loads(path.read_text(encoding="utf-8"))
    outputs = [output for cell in code(chapter) for output in cell["outputs"]]
    figures = [o for o in outputs if {"image/svg+xml", "image/png"} & set(o["data"])]
    tables_ = [o for o in outputs if "application/vnd.turkic-states.table+json" in o["data"]]
    assert len(figures) >= (1 if path.stem == "index" else 2)
    assert tables_
    for output in figures:
        mime = next(m for m in ("image/svg+xml", "image/png") if m in output["data"])
        alt = output["metadata"][mime]["figure"]["alt"]
        assert len(alt) >= 40
        assert re.search(r"\d", alt)
        assert not re.search(r"\.(svg|png)\b|_images", alt)


# --- running ------------------------------------------------------------------------------------


def written(tmp_path, *cells):
    path = tmp_path / "chapters" / "trial.ipynb"
    path.parent.mkdir()
    book = new_notebook(cells=[c if not isinstance(c, str) else new_code_cell(c) for c in cells])
    nbformat.write(book, path)
    (tmp_path / "analysis").mkdir()
    (tmp_path / "analysis" / "a.py").write_text("x = 1\n")
    return path


def test_a_chapter_that_raises_is_refused_with_its_cell_and_left_as_it_was(tmp_path):
    path = written(tmp_path, "1", new_markdown_cell("words"), "raise ValueError('no such year')")
    before = path.read_bytes()
    with pytest.raises(ChapterError, match="code cell 2: ValueError: no such year") as refusal:
        notebooks.refresh([path], tmp_path)
    assert str(refusal.value).startswith("chapters/trial.ipynb")
    assert path.read_bytes() == before


def test_a_warning_on_stderr_is_refused(tmp_path):
    path = written(tmp_path, "import warnings; warnings.warn('old data')")
    with pytest.raises(ChapterError, match=r"code cell 1: stderr: .*old data"):
        notebooks.refresh([path], tmp_path)


def test_a_chapter_is_fresh_until_its_code_its_outputs_or_its_inputs_change(tmp_path):
    path = written(tmp_path, "print('one')")
    notebooks.refresh([path], tmp_path)
    assert notebooks.stale(tmp_path) == []
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("one\\n", "two\\n"), encoding="utf-8")  # an output touched up
    assert notebooks.stale(tmp_path) == [path]
    path.write_text(text.replace("print('one')", "print('two')"), encoding="utf-8")
    assert notebooks.stale(tmp_path) == [path]
    path.write_text(text, encoding="utf-8")
    assert notebooks.stale(tmp_path) == []
    (tmp_path / "analysis" / "a.py").write_text("x = 2\n")  # a helper edited
    assert notebooks.stale(tmp_path) == [path]


def test_a_chapter_run_twice_is_the_same_to_the_byte(tmp_path):
    path = written(tmp_path, "print('one')")
    notebooks.refresh([path], tmp_path)
    once = path.read_bytes()
    notebooks.refresh([path], tmp_path)
    assert path.read_bytes() == once


def test_what_is_no_notebook_is_refused(tmp_path):
    path = tmp_path / "x.ipynb"
    path.write_text("{}")
    with pytest.raises(ChapterError, match="not a notebook"):
        notebooks.read(path)


def test_the_digest_covers_the_book_and_not_its_leavings():
    digest = notebooks.inputs_digest()
    leaving = ROOT / "analysis" / "__pycache__" / "leaving.pyc"
    leaving.parent.mkdir(exist_ok=True)
    leaving.write_bytes(b"x")
    try:
        assert notebooks.inputs_digest() == digest
    finally:
        leaving.unlink()
