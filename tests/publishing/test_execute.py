"""Chapters are run in order, hold calls, and are published only with the outputs they give."""

import inspect
import io
import json
import os
import re
from types import SimpleNamespace

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_markdown_cell

from analysis.errors import ChapterError
from analysis.project import ROOT
from publishing import checks, execute
from publishing.sphinx import theme
from tests import copies
from tests.copies import chapter

CHAPTERS = execute.chapters()


def test_the_readings_have_their_evidence_beside_them():
    names = {path.stem for path in CHAPTERS}
    readings = {"context", "trade", "priorities", "routes"}
    evidence = {f"{name}-evidence" for name in readings}
    assert names == readings | evidence | {"index", "verdicts", "about"}


# --- what makes a chapter stale -----------------------------------------------------------------


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of what the chapters follow from."""
    return copies.copied(tmp_path_factory.mktemp("project"), copies.CHAPTERS)


def stale_with(root, name, text="\n"):
    """Say which chapters a longer file makes stale; it is put right again."""
    path = root / name
    kept = path.read_bytes() if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(text)
    try:
        return {chapter.stem for chapter in execute.stale(root)}
    finally:
        path.unlink() if kept is None else path.write_bytes(kept)


#: They show every verdict, and so rest on whatever a judge looks at.
JUDGING = {"index", "about", "verdicts"}


def test_a_table_makes_exactly_its_readers_stale(project):
    every = {path.stem for path in CHAPTERS}
    for name, readers in {
        "data/route_legs.csv": JUDGING | {"routes", "routes-evidence"},
        "data/trade_flows.csv": JUDGING | {"trade", "trade-evidence", "priorities-evidence"},
        "data/sizes.csv": {"context", "context-evidence"},  # no judge looks at it
        "data/trade_groups.csv": {"trade"},
        "data/route_lengths.csv": {"routes-evidence"},
        "data/priority_steps.csv": {"priorities", "priorities-evidence"},
        "data/unheard_of.csv": set(),
    }.items():
        assert stale_with(project, name) == readers, name
    for name in ("seeds/azernews-2025-01-04.txt", "references.bib", "requirements.txt"):
        assert stale_with(project, name) == every, name


def test_a_helper_makes_exactly_those_stale_that_import_it(project):
    every = {path.stem for path in CHAPTERS}
    routes = {"routes", "routes-evidence"}
    assert stale_with(project, "analysis/simulation/__init__.py") == routes
    assert stale_with(project, "analysis/claims/trade.py") == every - {
        "routes-evidence", "trade-evidence",
    }  # fmt: skip
    assert stale_with(project, "analysis/quantities.py") == every
    for name in ("analysis/__main__.py", "publishing/build.py", "refresh/x.py", "tools/x.py"):
        assert stale_with(project, name) == set(), name


def test_what_a_chapter_imports_and_reads_late_is_recorded_as_well(tmp_path):
    """An import within a function that is called, and a table that is asked for and not there."""
    (tmp_path / "analysis" / "tables").mkdir(parents=True)
    (tmp_path / "analysis" / "__init__.py").write_text("")
    (tmp_path / "analysis" / "late.py").write_text("x = 1\n")
    (tmp_path / "analysis" / "never.py").write_text("x = 1\n")
    (tmp_path / "analysis" / "tables" / "__init__.py").write_text("consulted = set()\n")
    code = "from analysis import tables\ndef f():\n    from analysis import late\n"
    path = chapter(tmp_path, f"{code}f()\ntables.consulted.add('absent')")
    execute.refresh([path], tmp_path)
    assert execute.read(path).metadata["evidence"]["reads"] == [
        "analysis/__init__.py", "analysis/late.py", "analysis/tables/__init__.py",
        "data/absent.csv",
    ]  # fmt: skip
    assert stale_with(tmp_path, "analysis/late.py") == {"trial"}
    assert stale_with(tmp_path, "analysis/never.py") == set()
    assert stale_with(tmp_path, "data/absent.csv") == {"trial"}
    assert stale_with(tmp_path, "data/other.csv") == set()


def test_a_chapter_is_fresh_until_its_code_or_its_outputs_change_and_repeats_to_the_byte(tmp_path):
    path = chapter(tmp_path, "print('one')")
    execute.refresh([path], tmp_path)
    assert execute.stale(tmp_path) == []
    text = path.read_text(encoding="utf-8")
    for old, new in (("one\\n", "two\\n"), ("print('one')", "print('two')")):
        path.write_text(text.replace(old, new), encoding="utf-8")
        assert execute.stale(tmp_path) == [path]
    execute.refresh([path], tmp_path)
    assert "two\\n" in path.read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    execute.refresh([path], tmp_path)
    assert path.read_text(encoding="utf-8") == text
    assert len(json.loads(text)["cells"]) == 1


def test_what_other_programs_leave_in_a_chapter_makes_it_neither_stale_nor_refused(tmp_path):
    """As `jupyter execute` does; what papermill and JupyterLab leave is put in by hand."""
    path = chapter(tmp_path, new_markdown_cell("# One"), "print('one')", "print('two')")
    execute.refresh([path], tmp_path)
    kept = path.read_bytes()
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, kernel_name="python3").execute()
    assert "execution" in notebook.cells[1].metadata  # its times
    assert "version" in notebook.metadata.language_info
    notebook.metadata.papermill = {"duration": 2.5, "parameters": {}}
    for cell in notebook.cells:
        cell.metadata.update({"papermill": {"status": "completed"}, "collapsed": False})
        cell.metadata.setdefault("jupyter", {}).update({"outputs_hidden": False})
    nbformat.write(notebook, path)
    assert path.read_bytes() != kept
    assert execute.stale(tmp_path) == []
    assert execute.tidy(tmp_path) == [path]
    assert path.read_bytes() == kept
    assert execute.tidy(tmp_path) == []


def test_a_committed_chapter_with_its_noise_passes_and_is_put_right():
    for path in CHAPTERS:
        notebook = execute.read(path)
        for cell in execute.code_cells(notebook):
            cell.metadata.execution = {"iopub.execute_input": "2026-11-28T20:00:00Z"}
            cell.metadata.trusted = True
        notebook.metadata.language_info.version = "3.13.1"
        assert execute.is_fresh(notebook), path
        checks.chapter(notebook, path.name)


# --- running ------------------------------------------------------------------------------------


def test_a_chapter_that_raises_is_refused_with_its_cell_and_left_as_it_was(tmp_path):
    path = chapter(tmp_path, "1", new_markdown_cell("words"), "raise ValueError('no such year')")
    before = path.read_bytes()
    with pytest.raises(ChapterError, match="code cell 2: ValueError: no such year") as refusal:
        execute.refresh([path], tmp_path)
    assert str(refusal.value).startswith("chapters/trial.ipynb")
    assert path.read_bytes() == before


def test_a_slip_in_a_sentence_is_one_line_that_names_chapter_and_cell(tmp_path):
    """Which slips are refused, and with what words, is in the tests of sentences."""
    head = "from analysis.chapter import Chapter\nchapter = Chapter('trial')"
    path = chapter(tmp_path, "YEAR = 2024", head, 'chapter.say("It was {total}.", year=YEAR)')
    with pytest.raises(ChapterError) as refusal:
        execute.refresh([path], ROOT)
    assert str(refusal.value) == (
        "chapters/trial.ipynb, code cell 3: ChapterError: no value for {total} (allowed: year)"
    )


def test_a_chapter_shows_what_jupyter_shows_of_it_in_the_same_order(tmp_path):
    """Printed text, displays, the last value of a cell; errors are in the tests above."""
    path = chapter(
        tmp_path,
        "import os, sys\nfrom IPython.display import Markdown, display",
        "print('a', 'b')\nprint('c')\ndisplay(Markdown('*d*'), metadata={'e': 1})\nprint('f')\n7",
        "os.getcwd().endswith('chapters'), sys.flags.hash_randomization",
    )
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    ).execute(env={**os.environ, "PYTHONHASHSEED": "0"})
    execute.refresh([path], tmp_path)
    ours = execute.read(path)
    assert [it.outputs for it in ours.cells] == [it.outputs for it in notebook.cells]
    assert [it.execution_count for it in ours.cells] == [1, 2, 3]


def test_a_warning_on_stderr_is_refused(tmp_path):
    path = chapter(tmp_path, "import warnings; warnings.warn('old data')")
    with pytest.raises(ChapterError, match=r"code cell 1: stderr: .*old data"):
        execute.refresh([path], tmp_path)


def test_what_is_no_notebook_is_refused(tmp_path):
    path = tmp_path / "x.ipynb"
    path.write_text("{}")
    with pytest.raises(ChapterError, match="not a notebook"):
        execute.read(path)


def test_plain_sphinx_warns_of_the_chapters_that_are_stale_and_of_no_other(project):
    """`jupyter-book build .` asks nobody else; `make book` has looked already."""
    from sphinx.application import Sphinx

    said = io.StringIO()

    def load(**suppressed):
        said.truncate(said.seek(0))
        build = project / "_build"
        Sphinx(
            project, None, build, build / "trees", "dummy", warning=said, status=None,
            confoverrides={"extensions": ["myst_nb", "publishing.sphinx.pages"], **suppressed},
        )  # fmt: skip
        warned = r"chapters/([\w-]+)\S* WARNING: stale: .* `make run` gives them"
        return re.findall(warned, said.getvalue())

    assert load() == []
    path = project / "data" / "route_lengths.csv"
    kept = path.read_bytes()
    path.write_bytes(kept + b"\n")
    assert load() == ["routes-evidence"]
    assert load(suppress_warnings=["book.stale"]) == []
    path.write_bytes(kept)


def test_a_second_build_does_not_ask_for_the_index_that_the_first_one_dropped():
    from sphinx.builders.html import StandaloneHTMLBuilder

    # Sphinx warns of an index that is not there, and every warning is a failure.
    assert "couldn't be loaded" in inspect.getsource(StandaloneHTMLBuilder.load_indexer)
    builder = SimpleNamespace(load_indexer=StandaloneHTMLBuilder.load_indexer)
    theme._read_no_index(SimpleNamespace(builder=builder))
    assert builder.load_indexer(["index"]) is None
