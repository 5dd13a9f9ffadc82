"""However a build ends, the last good book is whole, and the next build succeeds."""

import hashlib
import json
import os
import random
import re
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import time
from zipfile import ZipFile

import pytest

from analysis.errors import BuildError, ChapterError
from publishing import build, checks, execute
from tests.copies import ROOT, chapter, put_right, replaced, started

#: Kills, spread over so many seconds of a build: its start, its chapters, its pages, the swap.
#: By hand fifty: KILLS=50 KILL_SPAN=60 pytest -n0 tests/test_failure.py -k killed_at
KILLS = int(os.environ.get("KILLS", "3"))
KILL_SPAN = float(os.environ.get("KILL_SPAN", "6"))


@pytest.fixture(scope="module")
def project(tmp_path_factory, second_book):
    """A small project with a good book in place."""
    root = second_book(tmp_path_factory.mktemp("failing"))
    release = root / "_build" / "releases" / "1"
    for edition, name in (("html", "index.html"), ("pdf", "book.pdf"), ("epub", "book.epub")):
        (release / edition).mkdir(parents=True)
        (release / edition / name).write_text("the last good book")
    build.publish(release)
    return root


def book(root):
    """Give the digest of the published book, opened as a reader opens it."""
    found = hashlib.sha256()
    for edition in ("html", "pdf", "epub"):
        place = root / "_build" / edition
        for path in sorted(place.rglob("*")):
            if path.is_file():
                found.update(path.relative_to(place).as_posix().encode() + path.read_bytes())
    return found.hexdigest()


@pytest.fixture
def good(project):
    """The book must be afterwards what it was before."""
    before = book(project)
    yield
    assert book(project) == before


def refused(done, *words):
    """One line on stderr, nothing else, exit code 2."""
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1, done.stderr
    for word in words:
        assert word in done.stderr


def started_by(build):
    """List the processes that a build has started and that still run, kernels among them."""
    found = []
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{entry}/stat") as file:
                state, *fields = file.read().rpartition(")")[2].split()
            with open(f"/proc/{entry}/environ", "rb") as file:
                kernel = f"JPY_PARENT_PID={build}\0".encode() in file.read()
        except OSError:
            continue
        if state != "Z" and (fields[2] == str(build) or kernel):
            found.append(int(entry))
    return found


@pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="processes are listed in /proc")
@pytest.mark.parametrize("seed", range(KILLS))
def test_a_build_killed_at_any_moment(project, seed):
    before = book(project)
    part = KILL_SPAN / KILLS
    moment = random.Random(seed).uniform(seed * part, (seed + 1) * part)
    running = started(project)
    try:
        running.wait(moment)
    except subprocess.TimeoutExpired:
        running.kill()
    running.communicate()
    deadline = time.monotonic() + 30
    while (remaining := started_by(running.pid)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert remaining == [], "what a killed build had started went on"
    if book(project) != before:  # killed after the swap, or done before: then the new one is whole
        checks.screen(project, (project / "_build" / "html").resolve())
        checks.printed((project / "_build" / "pdf").resolve())
        with ZipFile(project / "_build" / "epub" / "trade-at-the-border.epub") as archive:
            assert archive.testzip() is None


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="signals are told in /proc")
def test_what_kernels_are_forked_from_is_deaf_from_its_birth():
    """Told to stop as it loads, it would write a traceback beside the one line."""
    code = (
        "import signal; from multiprocessing import forkserver; from publishing import kernel\n"
        "kernel.prepare(); pid = forkserver._forkserver._forkserver_pid\n"
        "told = dict(line.split(':') for line in open(f'/proc/{pid}/status') if ':' in line[:9])\n"
        "print([int(told['SigBlk'], 16) >> (it - 1) & 1 for it in (signal.SIGINT, signal.SIGTERM)])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout == b"[1, 1]\n"


@pytest.mark.parametrize(
    ("phase", "number"), [("chapters", signal.SIGTERM), ("pages", signal.SIGINT)]
)
def test_a_build_that_is_told_to_stop_says_so_in_a_line_and_publishes_nothing(
    project, good, phase, number
):
    begun = project / "_build" / ("making/html" if phase == "pages" else "making")
    if phase == "chapters":
        begun = project / "begun"
        chapter(
            project, f"import pathlib, time\npathlib.Path({str(begun)!r}).touch()\ntime.sleep(99)"
        )
    running = started(project)
    try:
        deadline = time.monotonic() + 180
        while not begun.exists():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        # Ctrl-C goes to all that the terminal has started; SIGTERM to the one.
        if number == signal.SIGINT:
            os.killpg(running.pid, number)
        else:
            running.send_signal(number)
        out, err = running.communicate(timeout=60)
    finally:
        running.kill()
        (project / "chapters" / "trial.ipynb").unlink(missing_ok=True)
        (project / "begun").unlink(missing_ok=True)
    assert (out, err) == ("", "error: stopped; nothing more is written or published\n")
    assert running.returncode == 128 + number
    assert not (project / "_build" / "making").exists()
    assert started_by(running.pid) == []


@pytest.mark.parametrize("other", ["import os; os._exit(3)", "import time; time.sleep(60)"])
def test_two_chapters_that_fail_at_once_are_told_in_one_line(project, tmp_path, other):
    code = (
        "from pathlib import Path; from publishing import execute\n"
        "execute.refresh([Path('chapters/one.ipynb'), Path('chapters/two.ipynb')], Path())"
    )
    for name, source in (("one", "import os; os._exit(3)"), ("two", other)):
        chapter(tmp_path, source).rename(tmp_path / "chapters" / f"{name}.ipynb")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(project)},
    )  # fmt: skip
    assert done.stderr.count("Traceback") == 1, done.stderr
    assert "unhandled" not in done.stderr
    assert done.stderr.splitlines()[-1].endswith("the kernel died")


def test_chapters_run_without_any_network(project, tmp_path):
    """In a namespace of its own even the loopback network is down."""
    if os.geteuid() or not shutil.which("unshare") or subprocess.call(["unshare", "-n", "true"]):
        pytest.skip("needs a network namespace of its own")
    code = (
        "from pathlib import Path; from publishing import execute\n"
        "execute.refresh([Path('chapters/trial.ipynb')], Path())"
    )
    path = chapter(tmp_path, "print(6 * 7)")
    done = subprocess.run(
        ["unshare", "-n", sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(project)}, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert execute.read(path).cells[0].outputs[0].text == "42\n"


def test_a_full_disk(project, good, command, monkeypatch):
    # Python itself keeps a module that it could compile but not write whole.
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")

    def little_room():
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))

    refused(command(project, "book", preexec_fn=little_room), "Jupyter Book, ", "File too large")


def test_a_folder_that_cannot_be_written(project, good):
    line = f"{shlex.quote(sys.executable)} -m analysis book"
    if os.geteuid() == 0:  # whom no permission stops, but a read-only mount does
        if not shutil.which("unshare") or subprocess.call(["unshare", "-m", "true"]):
            pytest.skip("needs a mount of its own")
        line = f"mount --bind _build _build && mount -o remount,ro,bind _build && {line}"
    else:
        line = f"chmod a-w _build && ({line}; code=$?; chmod u+w _build; exit $code)"
    shell = ["unshare", "-m"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*shell, "sh", "-c", line], cwd=project, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(project)},
    )  # fmt: skip
    refused(done, "_build", "the system refuses: ")


def test_a_fault_in_the_evidence(project, good, command):
    """Each rule's own refusals stand with it."""
    with put_right(project / "data"):
        replaced(project / "data" / "trade_pairs.csv", "359697344", "-359697344")
        refused(command(project, "book"), "trade_pairs.csv, row 2, column value_usd")


def test_a_file_where_the_folder_should_be(tmp_path):
    (tmp_path / "_build").write_text("mine")
    with pytest.raises(BuildError, match="_build: the system refuses: file exists"):
        build.build(tmp_path)
    assert (tmp_path / "_build").read_text() == "mine"


@pytest.mark.parametrize(
    ("source", "limit", "message"),
    [
        ("while True: pass", 2, r"chapters/trial.ipynb, code cell 1: the cell does not end"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", 60, "the kernel died"),
    ],
)
def test_a_chapter_that_never_ends_and_a_kernel_that_dies(
    tmp_path, monkeypatch, source, limit, message
):
    path = chapter(tmp_path, source)
    before = path.read_bytes()
    monkeypatch.setattr(execute, "CELL_LIMIT", limit)
    with pytest.raises(ChapterError, match=message):
        execute.refresh([path], tmp_path)
    assert path.read_bytes() == before
    assert [left.name for left in path.parent.iterdir()] == ["trial.ipynb"]


def test_a_worker_of_the_build_that_is_killed(project, good):
    """As a machine that is short of memory does."""
    running = started(project)
    deadline = time.monotonic() + 60
    workers = []
    while not workers and time.monotonic() < deadline:
        for pid in started_by(running.pid):
            with open(f"/proc/{pid}/cmdline") as file:
                if "spawn_main" in file.read():
                    workers.append(pid)
        time.sleep(0.05)
    os.kill(workers[0], signal.SIGKILL)
    out, err = running.communicate(timeout=120)
    assert (running.returncode, out) == (2, "")
    assert re.fullmatch(r"error: a process of the build was killed; .*\n", err), err


def test_what_a_killed_build_left_is_swept_away(tmp_path):
    place = tmp_path / "_build"
    for name in ("making/html", ".old-html"):
        (place / name).mkdir(parents=True)
    (place / ".book-123").symlink_to("releases/1")
    path = chapter(tmp_path, "1")
    (path.parent / ".trial-x7").write_text(json.dumps({})[:1])
    with build._alone(tmp_path):
        assert {left.name for left in place.iterdir()} <= {".lock"}
        assert [left.name for left in path.parent.iterdir()] == ["trial.ipynb"]
