"""What would move: chapters run with another assumption or another figure, and told in words.

Copies are run in memory and in a scratch folder. The chapters of the book and its tables stay as
they are.
"""

import ast
import multiprocessing
import os
import re
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from analysis import tables
from analysis.chapter import mime, outputs
from analysis.chapter.table import text_of
from analysis.errors import BuildError, TableError
from analysis.project import ROOT

from . import execute, links, preview, trial

_EVIDENCE = "-evidence"
#: Where one sentence ends and the next begins; a line of a list is one by itself.
_ENDS = re.compile(r"(?<=[\w)%”\]*][.?!])(?<!\b[A-Z]\.)\s+(?=[“A-Z\[*])|\n+(?=[-*] )|\n\n+")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


#: What the words of an assumption say of its value: words, kind, whether it is one, what is.
_DOMAINS: tuple[tuple[str, type | tuple[type, ...], Callable[[Any], bool], str], ...] = (
    (r"(?i)\byears?\b", int, lambda it: 1900 <= it <= 2100, "a year, 1900 to 2100"),
    (r"^percent\b", (int, float), lambda it: 0 <= it <= 100, "0 to 100"),
    (r"\(share\)", (int, float), lambda it: 0 < it < 1, "more than 0, less than 1"),
    (r"\bin USD\b", (int, float), lambda it: 0 <= it < 1e9, "dollars, 0 or more"),
    (r"\(ISO date\)", str, _is_day, "a day, as 2024-03-10"),
    (r"^first month\b", str, lambda it: _is_day(f"{it}-01"), "a month, as 2021-06"),
)


@dataclass(frozen=True)
class Assumption:
    """One name in a chapter's cell of assumptions.

    Two chapters share an assumption if they say it in the same words.
    """

    name: str
    value: Any
    words: str

    def read(self, text: str) -> Any:
        """Read another value, of the same kind and of what its words allow.

        Raises
        ------
        BuildError
            It is of another kind, or outside of what the words say.

        Examples
        --------
        >>> start, rule = Assumption("START", 2014, "first year"), Assumption("RULE", "a", "a rule")
        >>> start.read("2015"), rule.read("twice")
        (2015, 'twice')
        >>> start.read("soon")
        Traceback (most recent call last):
        analysis.errors.BuildError: START=soon (allowed: a whole number, as START=2014)
        >>> start.read("14")
        Traceback (most recent call last):
        analysis.errors.BuildError: START=14 (allowed: a year, 1900 to 2100)
        """
        value = text.strip("\"'") if isinstance(self.value, str) else self._literal(text)
        named = re.findall(r'"([^"]*)"', self.words) if isinstance(self.value, str) else []
        if "empty" in self.words:
            named.append("")
        if len(named) > 1 and value not in named:
            raise BuildError(
                f"{self.name}={text}", allowed=", ".join(it or "empty" for it in named)
            )
        for words, kind, holds, allowed in _DOMAINS:
            if isinstance(value, kind) and re.search(words, self.words) and not holds(value):
                raise BuildError(f"{self.name}={text}", allowed=allowed)
        return value

    def _literal(self, text: str) -> Any:
        try:
            value = ast.literal_eval(text)
        except (ValueError, SyntaxError):
            value = None
        wanted = (int, float) if isinstance(self.value, float) else type(self.value)
        if isinstance(value, bool) or not isinstance(value, wanted):
            kind = {int: "a whole number", float: "a number"}.get(type(self.value), "")
            kind = kind or f"a {type(self.value).__name__} of Python"
            raise BuildError(f"{self.name}={text}", allowed=f"{kind}, as {self}")
        return value

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


def assumptions(path: Path) -> dict[str, Assumption]:
    """List the assumptions of a chapter, by name, with the words that say what each is."""
    code = execute.code_cells(execute.read(path))
    if not code or execute.PARAMETERS not in code[0].metadata.get("tags", ()):
        return {}
    space: dict[str, Any] = {}
    exec(code[0].source, space)
    lines = code[0].source.splitlines()
    found = {}
    for node in ast.parse(code[0].source).body:
        if not isinstance(node, ast.Assign):
            continue
        above: list[str] = []
        at = node.lineno - 2
        while at >= 0 and lines[at].startswith("#"):
            above.insert(0, lines[at].lstrip("#: "))
            at -= 1
        beside = lines[(node.end_lineno or node.lineno) - 1][node.end_col_offset or 0 :]
        words = " ".join([*above, beside.strip().lstrip("# ")]).strip()
        for target in node.targets:
            for name in ast.walk(target):
                if isinstance(name, ast.Name):
                    found[name.id] = Assumption(name.id, space[name.id], words)
    return found


@dataclass(frozen=True)
class Outcome:
    """What became of one chapter."""

    name: str
    #: What it says otherwise, a line or two each.
    moved: list[str]
    #: Why it stopped, if it did.
    stop: str = ""
    #: What each cell of code shows now.
    shown: list[list[NotebookNode]] = field(default_factory=list, repr=False)
    #: The values that it was run with in the place of its own.
    given: dict[str, Any] = field(default_factory=dict)


def run(
    chapter: str, given: Sequence[str] = (), data: Path | None = None, *, root: Path | None = None,
    html: bool = False,
) -> list[Outcome]:  # fmt: skip
    """Run a chapter with its evidence, and others as far as the change bears on them.

    Parameters
    ----------
    chapter : str
        A reading, whose assumptions are changed.
    given : sequence of str
        ``NAME=VALUE`` each.
    data : Path, optional
        A folder with changed tables, each under the name that it has in ``data/``.
    root : Path, optional
        The project.
    html : bool, optional
        Draw pictures, and build pages of the copies; a chapter that stops has its own.

    Returns
    -------
    list of Outcome
        The chapter first, then its evidence, then others; of them those that the change bears on.

    Raises
    ------
    BuildError
        An unknown chapter or name, a value of another kind, nothing to change.
    TableError
        A changed table breaks its model, or has no place in the book.
    """
    root = root or ROOT
    paths = {path.stem: path for path in execute.chapters(root)}
    chapter = chapter.removesuffix(_EVIDENCE)
    if chapter not in paths:
        readings = [name for name in paths if not name.endswith(_EVIDENCE)]
        raise BuildError(f"no chapter {chapter!r}", allowed=", ".join(readings))
    first = [name for name in (chapter, chapter + _EVIDENCE) if name in paths]
    changed = _changed([paths[name] for name in first], given)
    if not changed and data is None:
        raise BuildError("nothing to change", allowed="NAME=VALUE, or --data with changed tables")
    with tempfile.TemporaryDirectory(prefix="whatif-") as place:
        folder = Path(place)
        altered = _overlay(root, folder, data)
        tasks = []
        for name in [*first, *(it for it in paths if it not in first)]:
            values = _values(assumptions(paths[name]), changed)
            reads = set(execute.reads(execute.read(paths[name])))
            if values or altered & reads or (name in first and not changed and not altered):
                tasks.append((paths[name], values, folder, root, html))
        # Forked, for what the chapters import is loaded once, and no chapter sees another.
        workers = min(len(tasks), os.cpu_count() or 1)
        with multiprocessing.get_context("fork").Pool(workers, _quiet) as pool:
            out = pool.starmap(_outcome, tasks, chunksize=1)
        if html:
            _pages(root, folder, out)
    return out


def _changed(paths: list[Path], given: Sequence[str]) -> list[tuple[Assumption, Any]]:
    known: dict[str, Assumption] = {}
    for path in reversed(paths):
        known |= assumptions(path)
    out = []
    for word in given:
        name, sign, text = word.partition("=")
        if not sign or name not in known:
            allowed = ", ".join(map(str, known.values())) or "none: it has no assumptions"
            raise BuildError(f"{word!r} is no assumption of {paths[0].stem}", allowed=allowed)
        out.append((known[name], known[name].read(text)))
    return out


def _values(
    own: Mapping[str, Assumption], changed: Iterable[tuple[Assumption, Any]]
) -> dict[str, Any]:
    """Choose what is changed here too: what stands here in the same words."""
    return {it.name: value for it, value in changed if own.get(it.name) == it}


def _overlay(root: Path, folder: Path, data: Path | None) -> set[str]:
    """Lay changed tables over the book's; every one of them is held against its model.

    Returns the names of the files that changed.
    """
    shutil.copytree(root / "data", folder / "data")
    shutil.copy2(root / "references.bib", folder)
    if data is None:
        return set()
    if not data.is_dir():
        raise TableError("no such folder", where=str(data), allowed="a folder with changed tables")
    altered = set()
    for path in sorted(data.iterdir()):
        if path.name == "references.bib":
            shutil.copy2(path, folder)
        elif path.suffix == ".csv" and path.stem in tables.models():
            shutil.copy2(path, folder / "data")
            own = root / "data" / path.name
            if not own.is_file() or own.read_bytes() != path.read_bytes():
                altered.add(f"data/{path.name}")
        elif path.name != "datapackage.json":
            names = ", ".join(f"{name}.csv" for name in sorted(tables.models()))
            raise TableError(f"{path.name} is no table of the book", where=str(data), allowed=names)
    for name in tables.models():
        tables.read(name, folder)
    return altered


def _quiet() -> None:
    """Let a worker end without a word: who asked it to has said why."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _outcome(path: Path, values: dict[str, Any], folder: Path, root: Path, drawn: bool) -> Outcome:
    notebook = execute.read(path)
    draw = outputs._picture if drawn else lambda figure: ""
    with trial.instead(outputs, "_picture", draw):
        before = execute.outputs_of(notebook)
        if not execute.is_fresh(notebook, root):
            before = [output for cell in trial.run(path)[0] for output in cell]
        with trial.evidence_of(folder):
            shown, stop = trial.run(path, values)
    if stop:
        named = ", ".join(f"{name}={value}" for name, value in values.items())
        return Outcome(path.stem, [], f"with {named}, {stop}" if named else stop)
    after = [output for cell in shown for output in cell]
    return Outcome(path.stem, list(moved(before, after)), "", shown, values)


# --- in words -----------------------------------------------------------------------------------


def report(outcomes: Iterable[Outcome]) -> str:
    """Tell what moved, chapter by chapter."""
    lines = []
    for it in outcomes:
        if it.stop:
            lines.append(f"{it.name} stops: {it.stop}")
        else:
            many = f"{len(it.moved)} changes" if len(it.moved) > 1 else "1 change"
            lines.append(f"{it.name}: {many if it.moved else 'nothing moved'}")
            lines += [f"  {line}" for part in it.moved for line in part.splitlines()]
    return "\n".join(lines)


def moved(before: Iterable[NotebookNode], after: Iterable[NotebookNode]) -> Iterator[str]:
    """Tell in words what differs between two sets of outputs.

    Yields
    ------
    str
        A sentence before and after; a caption; a cell of a table; a verdict.
    """
    was, now = _told(before), _told(after)
    yield from _sentences(was.pop("", []), now.pop("", []))
    for name in dict.fromkeys([*was, *now]):
        old, new = was.get(name), now.get(name)
        if old is None or new is None:
            yield f"{name} is {'no longer' if new is None else 'now'} shown"
        elif isinstance(old, dict) and isinstance(new, dict):
            yield from _parts(name, old, new)


def _told(shown: Iterable[NotebookNode]) -> dict[str, Any]:
    """Read outputs: sentences under the empty name, and by its name whatever has one."""
    found: dict[str, Any] = {"": []}
    for output in shown:
        data = output.get("data", {})
        figure = output.get("metadata", {}).get("text/html", {}).get("figure")
        if figure:
            caption, rows = figure["caption"], figure["csv"].splitlines()
            found[figure["name"]] = {"caption": caption, **dict(enumerate(rows))}
        elif mime.PROSE in data:
            found[""] += sentences(data[mime.PROSE]["text"])
        elif mime.TABLE in data:
            found[data[mime.TABLE]["name"]] = _cells(data[mime.TABLE])
        elif mime.VERDICT in data:
            told = data[mime.VERDICT]
            depends = {
                f"depends on {on}": "; ".join(filter(None, words)) for on, *words in told["depends"]
            }
            found[f"“{told['title']}”"] = {
                "rating": told["rating"], "reason": told["reason"], **depends,
            }  # fmt: skip
    return found


def sentences(text: str) -> list[str]:
    """Cut prose of Markdown into sentences as a reader sees them.

    Examples
    --------
    >>> sentences("It came to [$25.0 billion](#number-trade-once) in 2024. It **fell**.")
    ['It came to $25.0 billion in 2024.', 'It fell.']
    """
    plain = links.WORDS.sub(r"\1", text).replace("**", "")
    return [" ".join(part.split()) for part in _ENDS.split(plain) if part.strip()]


def _cells(table: Mapping[str, Any]) -> dict[Any, str]:
    """List the cells of a table, each by the head of its row and of its column."""
    words = [[text_of(cell) for cell in row] for row in table["rows"]]
    heads = Counter(row[0] for row in words)
    seen: Counter[str] = Counter()
    out: dict[Any, str] = {"caption": table["caption"]}
    for row in words:
        seen[row[0]] += 1
        head = row[0] if heads[row[0]] == 1 else f"{row[0]} ({seen[row[0]]})"
        for column, cell in zip(table["columns"][1:], row[1:], strict=True):
            out[head, column] = cell
    return out


def _sentences(was: list[str], now: list[str]) -> Iterator[str]:
    for kind, i, j, k, m in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind != "equal":
            told = [("was", " ".join(was[i:j])), ("now", " ".join(now[k:m]))]
            yield "\n".join(f"{when}: {words or 'nothing'}" for when, words in told)


def _parts(name: str, old: dict[Any, str], new: dict[Any, str]) -> Iterator[str]:
    """Tell what of one result differs; cells of a row in one line, of a picture its caption."""
    differ = [it for it in dict.fromkeys([*old, *new]) if old.get(it) != new.get(it)]
    for part in ("caption", "reason"):
        if part in differ:
            yield f"{name}, {part}\nwas: {old.get(part)}\nnow: {new.get(part)}"
    if any(isinstance(it, int) for it in differ) and "caption" not in differ:
        yield f"{name}: other data under the caption “{new['caption']}”"
    rows: dict[str, list[str]] = {}
    for part in differ:
        told = f"{old.get(part) or 'nothing'} → {new.get(part) or 'nothing'}"
        if isinstance(part, tuple):
            rows.setdefault(part[0], []).append(f"{part[1]} {told}")
        elif isinstance(part, str) and part not in ("caption", "reason"):
            yield f"{name}, {part}: {told}"
    for head, cells in rows.items():
        yield f"{name}, {head}: {'; '.join(cells)}"


def _pages(root: Path, folder: Path, outcomes: Sequence[Outcome]) -> None:
    """Build pages of the copies beside the book, with what was assumed in their first cell."""
    copies = {}
    for it in outcomes:
        if it.stop:
            continue
        notebook = execute.read(root / "chapters" / f"{it.name}.ipynb")
        lines = [f"{name} = {value!r}  # assumed" for name, value in it.given.items()]
        first = execute.code_cells(notebook)[0]
        first.source = "\n".join([first.source, *lines])
        copies[it.name] = _with_outputs(notebook, it.shown)
    shutil.rmtree(root / preview.WHATIF, ignore_errors=True)
    preview.pages(root, root / preview.WHATIF, copies, folder / "data", outcomes[0].name)


def _with_outputs(notebook: NotebookNode, shown: Iterable[list[NotebookNode]]) -> NotebookNode:
    """Put outputs into a chapter, as if it had been executed."""
    for number, (cell, of_cell) in enumerate(
        zip(execute.code_cells(notebook), shown, strict=True), 1
    ):
        cell.outputs, cell.execution_count = of_cell, number
    return notebook
