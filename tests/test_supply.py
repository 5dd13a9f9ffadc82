"""What the book runs is what its lock names, and no data is ever run."""

import ast
import re
import shutil
import subprocess
import tomllib

import pytest

from analysis.project import ROOT

LOCKS = ("requirements.txt", "requirements-lab.txt", "requirements-mutants.txt")
ROOMS = ("analysis", "publishing", "refresh")
#: Calls that turn data into code, or into objects of any kind.
BUILT_IN = {"eval", "exec", "compile"}
LOADING = {"loads", "load", "read_pickle", "unsafe_load", "full_load"}
#: Chapters are the book's own code; JSON and TOML hold plain values, and the editions load Sphinx.
RUN_CHAPTERS = {"trial.py", "whatif.py"}
PLAIN = {"json", "tomllib", "editions"}


def test_no_data_is_run():
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            place = f"{path.relative_to(ROOT)}, line {node.lineno}"
            if isinstance(node.func, ast.Name) and node.func.id in BUILT_IN:
                assert path.name in RUN_CHAPTERS, f"{place}: {node.func.id}"
            elif isinstance(node.func, ast.Attribute) and node.func.attr in LOADING:
                owner = getattr(node.func.value, "id", "")
                assert owner in PLAIN, f"{place}: {owner}.{node.func.attr}"


def locked(name):
    """The lines of a lock, each with its hashes."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def test_every_requirement_is_pinned_and_has_its_hashes():
    for name in LOCKS:
        assert locked(name)
        for line in locked(name):
            assert re.match(r"[\w.\[\]-]+==\S+", line), f"{name}: {line}"
            assert "--hash=sha256:" in line, f"{name}: {line}"


def test_the_lock_holds_what_pyproject_names():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    wanted = [
        *project["project"]["dependencies"],
        *(name for group in groups.values() for name in group),
    ]
    names = {line.partition("==")[0] for lock in LOCKS for line in locked(lock)}
    for requirement in wanted:
        name = re.match(r"[\w-]+", requirement)[0].replace("_", "-")
        assert name in names, f"{requirement} is not locked: `make lock`"


def test_hashes_are_verified_on_install():
    installs = re.findall(r"pip install .*-r .*", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert len(installs) >= 3
    for line in installs:
        assert "--require-hashes" in line, line


#: In the place of Python: it says where it is, makes an environment slowly, and installs what may
#: be installed; everything else it leaves to Python.
PYTHON = """\
#!/bin/sh
case "$*" in
*_base_executable*) echo "$PWD/python" ;;
*fcntl*) exec python3 "$@" ;;
*"-m venv"*) echo begun >> log; sleep 0.3; mkdir -p .venv/bin
  cp python .venv/bin; cp python .venv/bin/uv ;;
*"pip install --quiet --python"*) ! grep -q offline requirements.txt && echo ended >> log ;;
esac
"""


@pytest.fixture
def folder(tmp_path):
    """A project with nothing but what `make setup` reads; its name means something to a shell."""
    root = tmp_path / "a \"b' $HOME `c`"
    root.mkdir()
    shutil.copy(ROOT / "Makefile", root)
    for name in ("requirements.txt", "pyproject.toml"):
        (root / name).write_text("")
    (root / "python").write_text(PYTHON)
    (root / "python").chmod(0o755)
    if not shutil.which("make"):
        pytest.skip("needs make")
    return root


def set_up(root):
    asked = ["make", "setup", "PYTHON=./python"]
    return subprocess.Popen(asked, cwd=root, text=True, stderr=subprocess.PIPE)


def ended(running):
    words = running.communicate()[1]
    return running.returncode, words


def test_a_set_up_writes_into_its_own_folder_whatever_that_is_called(folder):
    before = set(folder.parent.iterdir())
    assert ended(set_up(folder)) == (0, "")
    assert (folder / ".venv" / "ready").exists()
    assert set(folder.parent.iterdir()) == before


def test_two_set_ups_at_once_wait_for_each_other_and_make_one_environment(folder):
    both = [set_up(folder), set_up(folder)]
    assert [ended(it) for it in both] == [(0, ""), (0, "")]
    # Two steps of one set-up end: what the lock names, and the book itself.
    assert (folder / "log").read_text().split() == ["begun", "ended", "ended"]


def test_a_changed_lock_that_cannot_be_installed_keeps_the_old_environment(folder):
    assert ended(set_up(folder)) == (0, "")
    (folder / ".venv" / "old").touch()
    (folder / ".venv" / "ready").unlink()
    (folder / "requirements.txt").write_text("offline")
    for _ in range(2):
        code, words = ended(set_up(folder))
        assert code == 2
        assert "the old environment stays" in words
        assert (folder / ".venv" / "old").exists()
    # A set-up that was killed has left the old one aside.
    (folder / ".venv").rename(folder / ".cache" / "venv.old")
    (folder / ".venv").mkdir()
    assert ended(set_up(folder))[0] == 2
    assert (folder / ".venv" / "old").exists()
    (folder / "requirements.txt").write_text("")
    assert ended(set_up(folder)) == (0, "")
    assert not (folder / ".venv" / "old").exists()
    assert not (folder / ".cache" / "venv.old").exists()


def test_a_clone_has_the_same_bytes_whatever_git_makes_of_the_ends_of_lines(tmp_path):
    """A chapter would be stale, and a table not the one described, on a machine with autocrlf."""
    if not shutil.which("git"):
        pytest.skip("needs git")
    files = {"a.ipynb": b'{"a":\n 1}\n', "a.csv": b"a,b\n1,2\n", "a.woff2": b"wOF2\r\n\n\0\r"}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    shutil.copy(ROOT / ".gitattributes", tmp_path)
    for words in ("init -q", "add -A", "checkout-index -qaf"):
        asked = ["git", "-c", "core.autocrlf=true", "-c", "core.safecrlf=false", *words.split()]
        if words.startswith("checkout"):
            for name in files:
                (tmp_path / name).unlink()
        subprocess.run(asked, cwd=tmp_path, check=True)
    assert {name: (tmp_path / name).read_bytes() for name in files} == files
