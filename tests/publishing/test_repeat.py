"""Two builds of one commit give the same bytes, wherever and whenever they are made."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.copies import BOOK, ROOT, copied

EDITIONS = ("html", "pdf", "epub")
#: Bytes that are those of the first build need not be looked at again: it was.
BUILD = """
from publishing import build, checks

checks.chapters = checks.screen = checks.printed = lambda *_: None
build.build()
"""
#: Read by Python before anything else: there it is 400 days later, in every process.
LATER = """
import time

_time, _ns, _local, _utc = time.time, time.time_ns, time.localtime, time.gmtime
_shift = 400 * 86400
time.time = lambda: _time() + _shift
time.time_ns = lambda: _ns() + _shift * 10**9
time.localtime = lambda seconds=None: _local(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: _utc(time.time() if seconds is None else seconds)
"""


def digests(build: Path) -> dict[str, str]:
    book = (build / "book").resolve()
    return {
        path.relative_to(book).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(book.rglob("*"))
        if path.is_file()
    }


@pytest.mark.book
def test_the_book_repeats_in_another_folder_on_another_day(tmp_path):
    # The first build is the one that `make test` has just made in the project's own folder.
    root = tmp_path / "another place"
    root.mkdir()
    copied(root, (*BOOK, "LICENSE", ".gitignore"))
    if (ROOT / ".git").exists():
        # Of the same commit, which a page of the book names.
        answer = ["git", "-C", str(ROOT), "rev-parse", "--absolute-git-dir"]
        place = subprocess.run(answer, capture_output=True, text=True, check=True).stdout.strip()
        (root / ".git").write_text(f"gitdir: {place}\n")
    (tmp_path / "later").mkdir()
    (tmp_path / "later" / "sitecustomize.py").write_text(LATER)
    elsewhere = {
        "PYTHONPATH": os.pathsep.join([str(root), str(tmp_path / "later")]),
        "PYTHONHASHSEED": "4711",
        "SOURCE_DATE_EPOCH": "1900000000",
        "TZ": "Asia/Almaty",
        "LANG": "C",
        "LC_ALL": "C",
    }
    done = subprocess.run(
        [sys.executable, "-c", BUILD], cwd=root, check=False,
        env={**os.environ, **elsewhere}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    first, second = digests(ROOT / "_build"), digests(root / "_build")
    assert {name.split("/")[0] for name in first} == set(EDITIONS)
    assert len(first) > 50
    assert sorted(first) == sorted(second)
    assert not [name for name in first if first[name] != second[name]]


def test_the_clock_of_the_second_build_does_run_ahead(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(LATER)
    answer = subprocess.run(
        [sys.executable, "-c", "import datetime; print(datetime.date.today().toordinal())"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    from datetime import date

    assert 399 <= int(answer.stdout) - date.today().toordinal() <= 401
