"""Wrong evidence, tried out: is every number of ``data/`` watched by something?

Each numeric cell of each table is changed in turn, and each row left out in turn; then what depends
on the table is run again in memory. A change is noticed when the table's model refuses it, when a
chapter refuses it, when a chapter shows something else than the outputs that stand in it (another
number, table, caption, verdict or drawing), or when a build refuses the sums. The digests of files,
which any change breaks, do not count. What nobody notices is evidence that nothing in the book
rests on.
"""

import multiprocessing
import random
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pandas as pd
from tqdm import tqdm

from analysis import claims, tables
from analysis.chapter import outputs
from analysis.errors import BookError, ChapterError
from analysis.project import ROOT
from analysis.tables import agreement
from publishing.trial import Script, compared, instead, script_of

#: How a cell is changed; a row is left out.
_BY_A_TENTH, _BY_ONE, _SIGN, _LEFT_OUT = "by a tenth", "by one", "in sign", "left out"
_MODEL, _SUMS, _LEDGER = "the model", "the sums", "the ledger"


@dataclass(frozen=True)
class Mutation:
    """One wrong cell, or one missing row.

    Parameters
    ----------
    table : str
        Name of the table.
    row : int
        As a spreadsheet counts, the header being row 1.
    column : str
        Empty where the whole row is left out.
    how : str
        What is done to it.
    """

    table: str
    row: int
    column: str
    how: str

    def __str__(self) -> str:
        """Say it with its place."""
        return f"data/{self.table}.csv, row {self.row}, {self.column or 'the row'} {self.how}"


@dataclass(frozen=True)
class Notice:
    """Who noticed a mutation.

    Parameters
    ----------
    mutation : Mutation
        What was changed.
    by : str
        ``the model``, the name of a chapter, ``the sums`` of tables that a build holds against one
        another, or empty: nobody.
    reason : str
        The refusal, or where the shown thing differs.
    foreign : bool
        True where a chapter stopped with an error that is not one of the book's own.
    """

    mutation: Mutation
    by: str
    reason: str = ""
    foreign: bool = False


def mutations(names: Iterable[str] = ()) -> list[Mutation]:
    """List every mutation of some tables, or of all.

    A number changes by a tenth and in sign, a whole number by one as well; zero, which has neither
    a tenth nor a sign, changes by one.
    """
    found = []
    for name in names or sorted(tables.models()):
        valid, raw = tables.read(name), _raw(name)
        for column in valid.select_dtypes("number"):
            whole = pd.api.types.is_integer_dtype(valid[column])
            for row, text in enumerate(raw[column], start=2):
                if pd.isna(text):
                    continue
                ways = [_BY_A_TENTH, _SIGN] if float(text) else []
                if whole or not ways:
                    ways.append(_BY_ONE)
                found += [Mutation(name, row, column, how) for how in ways]
        found += [Mutation(name, row, "", _LEFT_OUT) for row in range(2, len(raw) + 2)]
    return found


def changed(text: str, how: str) -> str:
    """Change one number, as it stands in a file.

    Examples
    --------
    >>> changed("17.5", "by a tenth"), changed("-3", "in sign"), changed("2014", "by one")
    ('19.25', '3', '2015')

    A whole number stays whole, and changes by one at least:

    >>> changed("4", "by a tenth")
    '5'
    """
    try:
        number: int | float = int(text)
    except ValueError:
        number = float(text)
    if how == _SIGN:
        return f"{-number}"
    if how == _BY_ONE:
        return f"{number + 1}"
    if isinstance(number, int):
        step = max(1, round(abs(number) / 10))
        return f"{number + step if number > 0 else number - step}"
    return f"{number * 1.1:.12g}"


class _Differs(BaseException):
    """A chapter shows something else than what stands in it: the rest need not be run."""


class _Trial:
    """Every table, one of them perhaps altered; the verdicts on them are reached once."""

    def __init__(self, frames: dict[str, pd.DataFrame]) -> None:
        self._frames = frames
        self._judge = claims.ledger
        self._entries: list[claims.Entry] | Exception | None = None

    def frame(self, name: str) -> pd.DataFrame:
        """Give a table, of which a chapter may make what it likes."""
        return self._frames[name].copy()

    def ledger(self) -> list[claims.Entry]:
        """Judge every claim, or stop as it stopped before."""
        if self._entries is None:
            evidence = claims.Evidence({name: self.frame(name) for name in self._frames})
            try:
                self._entries = self._judge(None, evidence)
            except Exception as error:
                self._entries = error
        if isinstance(self._entries, Exception):
            raise self._entries
        return list(self._entries)

    def differs(self, entries: list[claims.Entry]) -> bool:
        """Say whether a verdict is another one, or none can be reached."""
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                return self.ledger() != entries
            except Exception:
                return True


class Watch:
    """The chapters, loaded once, to be run on evidence that is altered in memory.

    A chapter that neither reads the altered table nor shows a verdict that it changes is not run.

    Raises
    ------
    ChapterError
        A chapter does not give the outputs that stand in it even now.
    """

    def __init__(self) -> None:
        self.frames = {name: tables.read(name) for name in tables.models()}
        self.scripts = [script_of(path) for path in sorted((ROOT / "chapters").glob("*.ipynb"))]
        self._raw = {name: _raw(name) for name in self.frames}
        self._reads: dict[str, set[str]] = {}
        trial = _Trial(self.frames)
        for script in self.scripts:
            # What a chapter imports may warn once; the chapter itself was executed without.
            self._reads[script.name], difference = _run(script, trial, "ignore")
            if difference:
                raise ChapterError(
                    f"other outputs than stand in it: {difference}",
                    where=f"chapters/{script.name}.ipynb",
                    allowed="what `make run` gives",
                )
        self._entries = trial.ledger()

    def notice(self, mutation: Mutation) -> Notice:
        """Say who notices a mutation first."""
        raw = self._raw[mutation.table].copy()
        if mutation.column:
            cell = raw.index[mutation.row - 2], mutation.column
            raw.loc[cell] = changed(str(raw.loc[cell]), mutation.how)
        else:
            raw = raw.drop(index=raw.index[mutation.row - 2]).reset_index(drop=True)
        try:
            frame = tables.accept(raw, mutation.table)
        except BookError as error:
            return Notice(mutation, _MODEL, str(error))
        trial = _Trial(self.frames | {mutation.table: frame})
        for script in self._concerned(mutation.table, trial):
            try:
                _, difference = _run(script, trial, "error")
            except BookError as error:
                return Notice(mutation, script.name, str(error))
            except Exception as error:
                said = " ".join(f"{type(error).__name__}: {error}".split())[:120]
                return Notice(mutation, script.name, said, foreign=True)
            if difference:
                return Notice(mutation, script.name, difference)
        if mutation.table in agreement.HELD:
            try:
                agreement.hold(trial.frame)
            except BookError as error:
                return Notice(mutation, _SUMS, str(error))
        return Notice(mutation, "")

    def _concerned(self, table: str, trial: _Trial) -> Iterator[Script]:
        """Give the chapters that may notice: those that read little first, they are quick."""
        readers = [script for script in self.scripts if table in self._reads[script.name]]
        yield from sorted(readers, key=lambda script: len(self._reads[script.name]))
        # The others know the table from the verdicts alone.
        if trial.differs(self._entries):
            others = (script for script in self.scripts if script not in readers)
            yield from (script for script in others if _LEDGER in self._reads[script.name])


def _run(script: Script, trial: _Trial, on_warning: Any) -> tuple[set[str], str]:
    """Run a chapter up to the first output that differs.

    Returns the tables that were read, with the ledger, and where the difference is.
    """
    expected = iter(script.outputs)
    reads: set[str] = set()

    def read(name: str, root: object = None) -> pd.DataFrame:
        reads.add(name)
        return trial.frame(name)

    def ledger(*_: object) -> list[claims.Entry]:
        reads.add(_LEDGER)
        return trial.ledger()

    def display(data: dict[str, Any], **_: object) -> None:
        if compared(data) != next(expected, None):
            raise _Differs(_text(data))

    with (
        instead(tables, "read", read),
        instead(claims, "ledger", ledger),
        instead(outputs, "display", display),
        # Files of pictures are never compared; what was drawn is, by its fingerprint.
        instead(outputs, "_picture", lambda figure: ""),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter(on_warning)
        space: dict[str, Any] = {"__name__": "__main__"}
        try:
            for cell in script.cells:
                exec(cell, space)
        except _Differs as difference:
            return reads, str(difference)
    rest = next(expected, None)
    return reads, "" if rest is None else f"{_text(rest)} is no longer shown"


#: The watch of this process and of those forked from it; code cannot be sent with each mutation.
_watch: list[Watch] = []


def _notice(mutation: Mutation) -> Notice:
    return _watch[0].notice(mutation)


def run(names: Sequence[str] = (), count: int = 0, seed: int = 0) -> None:
    """Try every mutation of some tables or of all, or a sample, and print the report."""
    chosen = mutations(names)
    if count:
        chosen = sorted(sample(chosen, count, seed), key=lambda m: (m.table, m.column, m.row))
    _watch[:] = [Watch()]
    with multiprocessing.get_context("fork").Pool() as pool:
        tried = pool.imap(_notice, chosen, chunksize=4)
        notices = list(tqdm(tried, total=len(chosen), leave=False, disable=None))
    print(report(notices), flush=True)


def sample(found: Sequence[Mutation], count: int, seed: int) -> list[Mutation]:
    """Draw mutations, the same ones for the same seed."""
    return random.Random(seed).sample(list(found), min(count, len(found)))


def report(notices: Sequence[Notice]) -> str:
    """Set out the shares noticed by table, and what nobody noticed.

    Examples
    --------
    >>> one, two = Mutation("prices", 2, "year", "by one"), Mutation("prices", 3, "year", "in sign")
    >>> print(report([Notice(one, "trade"), Notice(two, "")]))
    table     tried  noticed  by a rule  by a chapter
    prices        2    50.0%          0             1
    all           2    50.0%          0             1
    nobody noticed data/prices.csv, year in sign: rows 3
    """
    groups = {name: list(group) for name, group in groupby(notices, lambda n: n.mutation.table)}
    wide = max(len(name) for name in [*groups, "table"])
    lines = [f"{'table':{wide}}    tried  noticed  by a rule  by a chapter"]
    for name, group in [*groups.items(), ("all", list(notices))]:
        rule = sum(n.by in (_MODEL, _SUMS) for n in group)
        seen = sum(bool(n.by) for n in group)
        share = f"{100 * seen / len(group):.1f}%"
        lines.append(f"{name:{wide}}  {len(group):7}  {share:>7}  {rule:9}  {seen - rule:12}")
    unseen: dict[tuple[str, str, str], list[int]] = {}
    for notice in notices:
        if not notice.by:
            at = notice.mutation
            unseen.setdefault((at.table, at.column, at.how), []).append(at.row)
    for (table, column, how), rows in unseen.items():
        places = ", ".join(map(str, sorted(rows)))
        lines.append(f"nobody noticed data/{table}.csv, {column or 'the row'} {how}: rows {places}")
    if foreign := [n for n in notices if n.foreign]:
        lines.append(f"{len(foreign)} stopped a chapter with another error than the book's own:")
        lines += [f"  {n.mutation}: {n.reason}" for n in foreign[:20]]
    return "\n".join(lines)


def _raw(name: str) -> pd.DataFrame:
    return pd.read_csv(tables.file_of(name), dtype=str, keep_default_na=False, na_values=[""])


def _text(data: dict[str, Any]) -> str:
    words = next((str(data[kind]) for kind in data if kind.endswith("text/plain")), "output")
    return " ".join(words.split())[:80] or "nothing, in the place of something"
