"""A copy of what the book reads, to be spoiled by tests."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def copy(tmp_path):
    """A folder with the book's seeds, data and bibliography, and nothing else."""
    for name in ("seeds", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "references.bib", tmp_path)
    return tmp_path
