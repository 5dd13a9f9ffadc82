"""Copies of what the book reads, for tests to alter; and a second book on another article."""

import hashlib
import os
import re
import shutil
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis import article, claims, tables
from tests.copies import EVIDENCE, ROOT, copied

SECOND = ROOT / "tests" / "publishing" / "second"
#: Parts of the second book; they belong to its package and not to the tests.
collect_ignore = ["publishing/second"]


@pytest.fixture
def copy(tmp_path):
    """A folder with the book's seeds, data and bibliography, and nothing else."""
    return copied(tmp_path, EVIDENCE)


@pytest.fixture(scope="session", autouse=True)
def _read_once():
    """Hold a table against its model once for each state of the evidence, wherever it lies."""
    read, known = tables.read, {}

    def state(place):
        """Give the digest of what a model looks at; no test alters the book's own."""
        files = [*sorted((place / "data").glob("*.csv")), place / "references.bib"]
        text = b"\0".join(
            path.name.encode() + path.read_bytes() for path in files if path.is_file()
        )
        return hashlib.sha256(text).digest()

    def once(name, root=None):
        key = root and state(root), name
        if key not in known:
            known[key] = read(name, root)
        tables.consulted.add(name)
        return known[key].copy()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "read", once)
        yield


@pytest.fixture(scope="session")
def report():
    """The article that the book reads."""
    return article.read()


@pytest.fixture(scope="session")
def evidence():
    """The tables that the claims are held against."""
    return claims.evidence()


@pytest.fixture(scope="session")
def entries(evidence):
    """The ledger of the book, judged once."""
    return claims.ledger(article.read(), evidence)


@pytest.fixture(scope="session")
def second_book():
    """Give the function that makes the second book's project in a folder."""
    return _second_book


@pytest.fixture(scope="session")
def command():
    """Give the function that runs the command line of a project."""
    return _command


def _second_book(root):
    """Make the project of a small book on another report, as CONTRIBUTING says under An article."""
    rooms = ("analysis", "publishing", "refresh", "data")
    copied(root, (*rooms, "_config.yml", "CITATION.cff", "requirements.txt"))
    # The article with its claims, and the facts of the book.
    (root / "seeds").mkdir()
    for path in SECOND.glob("*.t*"):
        shutil.copy(path, root / "seeds")
    # Two modules more; no source of the book is changed.
    shutil.copy(SECOND / "judges.py", root / "analysis" / "claims" / "border.py")
    shutil.copy(SECOND / "charts.py", root / "analysis" / "charts" / "border.py")
    # Its chapter with its evidence, and the sources that the rows name.
    (root / "chapters").mkdir()
    for path in SECOND.glob("*.md"):
        nbformat.write(_notebook(path), root / "chapters" / f"{path.stem}.ipynb")
    shutil.copy(ROOT / "chapters" / "bibliography.md", root / "chapters")
    (root / "_toc.yml").write_text(
        "format: jb-book\nroot: chapters/index\nparts:\n  - caption: Appendix\n    chapters:\n"
        "      - file: chapters/index-evidence\n      - file: chapters/bibliography\n"
    )
    used = {
        key for path in (root / "data").glob("*.csv")
        for key in re.findall(r"[\w-]+", path.read_text(encoding="utf-8"))
    }  # fmt: skip
    entries = re.split(r"\n(?=@)", (ROOT / "references.bib").read_text(encoding="utf-8"))
    kept = [entry for entry in entries if re.match(r"@\w+\{([\w-]+),", entry)[1] in used]
    kept.append(
        "@misc{border2024,\n  author = {{Press <b>desk</b> =1+1}},\n  title = {{Trade "
        "<script>alert('bib')</script>}},\n  year = {2024},\n  grade = {C},\n"
        "  licence = {Our own text, for a test},\n}\n"
    )
    (root / "references.bib").write_text("\n".join(kept), encoding="utf-8")
    return root


def _notebook(path):
    """Make a notebook of a text with its cells: assumptions first, then what only prepares."""
    cells = re.split(r"^%% (markdown|code)\n", path.read_text("utf-8"), flags=re.M)
    make = {"markdown": new_markdown_cell, "code": new_code_cell}
    found = [make[kind](text.strip()) for kind, text in zip(cells[1::2], cells[2::2], strict=True)]
    tags = iter(["parameters", "remove-cell"])
    for number, cell in enumerate(found):
        cell.id = f"cell-{number}"
        if cell.cell_type == "code":
            cell.metadata.tags = [next(tags, "remove-input")]
    return new_notebook(cells=found)


def _command(root, *words, **options):
    """Run the command line of a project."""
    return subprocess.run(
        [sys.executable, "-m", "analysis", *words], cwd=root, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(root)}, check=False, **options,
    )  # fmt: skip
