"""What is published is what was checked: files, libraries, compiled sources, the commit."""

import os
import subprocess
import sys
from importlib.metadata import version

import pytest

from analysis.errors import BuildError
from publishing import state
from publishing.sphinx import provenance


@pytest.fixture
def book(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "analysis").mkdir()
    (tmp_path / "data" / "prices.csv").write_text("year,index\n2024,100\n")
    return tmp_path


def test_data_that_change_while_the_book_is_made_are_refused(book):
    before = state.digests(book)
    state.moved(before, book)
    (book / "data" / "prices.csv").write_text("year,index\n2024,101\n")
    with pytest.raises(BuildError, match=r"^data/prices.csv: it changed while the book was made"):
        state.moved(before, book)
    (book / "data" / "prices.csv").unlink()
    with pytest.raises(BuildError, match=r"^data/prices.csv: it changed"):
        state.moved(before, book)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("data/prices.csv", "year,index\n<<<<<<< HEAD\n2024,100\n=======\n"),
        ("references.bib", "\n>>>>>>> theirs\n"),
        ("trade.ipynb", '{\n    "One total.\\n",\n    "<<<<<<< HEAD\\n",\n'),
    ],
)
def test_the_mark_of_a_merge_is_refused_with_its_row(book, name, text):
    path = book / ("chapters" if name.endswith("ipynb") else "") / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    with pytest.raises(BuildError, match=r", row [23]: the mark of a merge"):
        state.digests(book)


def test_a_library_that_is_not_the_locked_one_is_told(book):
    lock = book / "requirements.txt"
    lock.write_text(f"pandas=={version('pandas')} \\\n    --hash=sha256:00\n")
    state.drifted(book)
    lock.write_text(
        "nothing==1 ; python_full_version < '3'\npandas==0.1 \\\n    --hash=sha256:00\n"
    )
    with pytest.raises(BuildError, match=rf"pandas {version('pandas')} is installed .allowed: ==0"):
        state.drifted(book)
    lock.write_text("unheard-of==1\n")
    with pytest.raises(BuildError, match="unheard-of none is installed"):
        state.drifted(book)


def test_an_edit_of_the_same_second_and_size_is_not_taken_for_what_was_compiled(book):
    module = book / "analysis" / "total.py"
    told = []
    for text in ("print(25)\n", "print(45)\n"):
        module.write_text(text)
        os.utime(module, (1, 1))
        state.uncompiled(book)
        command = [sys.executable, "-c", "import analysis.total"]
        plain = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        done = subprocess.run(command, cwd=book, env=plain, capture_output=True, check=True)
        assert list(module.parent.glob("__pycache__/total*.pyc"))
        told.append(done.stdout)
    assert told == [b"25\n", b"45\n"]


def test_a_commit_is_of_its_own_clone_and_says_what_differs(book, monkeypatch):
    def git(root, *words):
        name = ["-c", "user.name=a", "-c", "user.email=a@b.org"]
        subprocess.run(["git", "-C", root, *name, *words], check=True, capture_output=True)

    for root in (book, book / "data"):
        git(root, "init", "--quiet")
        git(root, "add", "-A" if root != book else "analysis")
        git(root, "commit", "--quiet", "--allow-empty", "-m", root.name)
    at = provenance.commit(book / "data")
    monkeypatch.setenv("GIT_DIR", str(book / ".git"))
    assert provenance.commit(book / "data") == at != ""
    (book / "data" / "notes.txt").write_text("")  # nothing that a book is made of
    assert provenance.commit(book / "data") == at
    (book / "data" / "requirements.txt").write_text("")
    assert provenance.commit(book / "data") == f"{at}, changed since"
