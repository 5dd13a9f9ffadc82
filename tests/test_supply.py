"""What the book runs is what its lock names, and no data is ever run."""

import ast
import re

import pytest

from analysis.project import ROOT

MODULES = sorted((ROOT / "analysis").rglob("*.py"))
#: Calls that turn data into code, or into objects of any kind.
BUILT_IN = {"eval", "exec", "compile"}
RUNS = {"loads", "load", "read_pickle", "unsafe_load", "full_load"}
#: By module: chapters are the book's own code; JSON and TOML hold plain values.
ALLOWED = {"mutate.py": {"exec", "compile"}}
PLAIN = {"json", "tomllib"}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_data_is_run(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        owner = getattr(getattr(node.func, "value", None), "id", "")
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        built_in = isinstance(node.func, ast.Name) and name in BUILT_IN
        if built_in or (name in RUNS and owner not in PLAIN):
            assert name in ALLOWED.get(path.name, set()), f"{owner}.{name}, line {node.lineno}"


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-lab.txt", "requirements-mutants.txt"]
)
def test_every_requirement_is_pinned_and_has_its_hashes(name):
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert lines
    for line in lines:
        assert re.match(r"[\w.\[\]-]+==\S+", line), line
        assert "--hash=sha256:" in line, line
    assert "index-url" not in text


def test_hashes_are_verified_on_install():
    installs = re.findall(r"pip install .*-r .*", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert len(installs) >= 3
    for line in installs:
        assert "--require-hashes" in line, line


def test_recipes_hold_in_a_folder_with_spaces():
    """An unquoted path with a space makes folders beside the project."""
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    recipes = [line for line in lines if line.startswith("\t")]
    assert any("$(CACHE)" in line for line in recipes)
    for line in recipes:
        bare = re.sub(r'"[^"]*"', "", line)
        assert "$(CACHE)" not in bare, line
        assert "$(CURDIR)" not in bare, line
