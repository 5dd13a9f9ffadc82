"""Copies of the project, or of parts of it, for tests to alter."""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

ROOT = Path(__file__).resolve().parents[1]
#: What the book reads; what its chapters follow from; what it is built from.
EVIDENCE = ("seeds", "data", "references.bib")
CHAPTERS = (*EVIDENCE, "analysis", "chapters", "requirements.txt")
BOOK = (*CHAPTERS, "publishing", "refresh", "_config.yml", "_toc.yml", "CITATION.cff")


def copied(root, parts):
    """Copy parts of the project into a folder, and give the folder."""
    for name in parts:
        if (ROOT / name).is_dir():
            # What refreshes of the book have changed is no part of what a test is about.
            ignored = shutil.ignore_patterns("__pycache__", "refreshes.json")
            shutil.copytree(ROOT / name, root / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, root)
    return root


@contextmanager
def put_right(root):
    """Leave every file of a folder as it was before."""
    kept = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    try:
        yield
    finally:
        for path in root.rglob("*"):
            if path.is_file() and path not in kept:
                path.unlink()
        for path, data in kept.items():
            if not path.exists() or path.read_bytes() != data:
                path.write_bytes(data)


def started(root):
    """Start the build of a project, in a session of its own, and go on."""
    return subprocess.Popen(
        [sys.executable, "-m", "analysis", "book"], cwd=root, text=True,
        env={**os.environ, "PYTHONPATH": str(root)}, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def chapter(root, *cells):
    """Write a chapter of code, or of cells that are made already, and give its path."""
    path = root / "chapters" / "trial.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    made = [new_code_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    nbformat.write(new_notebook(cells=made), path)
    return path


def replaced(path, old, new):
    """Put other words in a file, in the place of some that stand there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
