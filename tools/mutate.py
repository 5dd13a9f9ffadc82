"""Wrong evidence, tried out: is every number of ``data/`` watched by something?

Each numeric cell of each table is changed in turn, and each row left out in turn; then what depends
on the table is run again in memory. A change is noticed when the table's model refuses it, when a
chapter refuses it, when a chapter shows something else than the outputs that stand in it (another
glued number, table, caption, verdict or drawing), or when a build refuses the sums. The digests of
files, which any change breaks, do not count. What nobody notices is evidence that nothing in the
book rests on.
"""

import multiprocessing
import os
import pickle
import random
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import article, claims, priorities, simulation, tables, trade
from analysis.chapter import outputs
from analysis.errors import BookError, ChapterError
from analysis.tables import agreement
from publishing import execute
from publishing.trial import Script, compared, instead, script_of

#: How a cell is changed; a row is left out.
_BY_A_TENTH, _BY_ONE, _SIGN, _LEFT_OUT = "by a tenth", "by one", "in sign", "left out"
_MODEL, _SUMS, _LEDGER = "the model", "the sums", "the ledger"
#: What takes long, and is the same again for the same arguments.
_SLOW = [
    (trade, "path"),
    (trade, "share_path"),
    (priorities, "shared_elements"),
    (simulation.crossing, "replicate"),
    *((simulation, name) for name in ("simulate", "section", "summary", "quantity", "spread_of")),
    *(
        (simulation, name)
        for name in ("share", "densities", "stage_days", "scoreboard", "coverage")
    ),
]


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
    told : str
        The refusal, or where the shown thing differs.
    foreign : bool
        True where a chapter stopped with an error that is not one of the book's own.
    """

    mutation: Mutation
    by: str
    told: str = ""
    foreign: bool = False


def mutations(names: Iterable[str] | None = None, root: Path | None = None) -> list[Mutation]:
    """List every mutation of some tables, or of all.

    A number changes by a tenth and in sign, a whole number by one as well; zero, which has neither
    a tenth nor a sign, changes by one.
    """
    found = []
    for name in names or sorted(tables.models()):
        valid, raw = tables.read(name, root), _raw(name, root)
        for column in valid.columns:
            if not pd.api.types.is_numeric_dtype(valid[column]):
                continue
            whole = pd.api.types.is_integer_dtype(valid[column])
            for at in range(len(raw)):
                if pd.isna(raw[column].iloc[at]):
                    continue
                ways = [_BY_A_TENTH, _SIGN] if float(raw[column].iloc[at]) else []
                if whole or not ways:
                    ways.append(_BY_ONE)
                found += [Mutation(name, at + 2, column, how) for how in ways]
        found += [Mutation(name, at + 2, "", _LEFT_OUT) for at in range(len(raw))]
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
    """Evidence with one table altered, or none; the verdicts on it are reached once.

    Parameters
    ----------
    frames : dict of str to DataFrame
        Every table as it stands.
    altered : dict of str to DataFrame
        Instead of those.
    known : dict of str to (Entry, set of str)
        By claim, what was found on unaltered evidence and the tables that were looked at for it.
        A claim whose tables are unaltered is not judged again.
    """

    def __init__(
        self,
        frames: dict[str, pd.DataFrame],
        altered: dict[str, pd.DataFrame],
        known: dict[str, tuple[claims.Entry, set[str]]],
    ) -> None:
        self.altered = altered
        self._frames = frames | altered
        self._known = known
        self._told: list[claims.Entry] | Exception | None = None
        self.looked: dict[str, set[str]] = {}

    def frame(self, name: str) -> pd.DataFrame:
        """Give a table, of which a chapter may make what it likes."""
        return self._frames[name].copy()

    def ledger(self) -> list[claims.Entry]:
        """Judge every claim, or stop as it stopped before."""
        if self._told is None:
            try:
                self._told = self._judge(article.read())
            except Exception as error:
                self._told = error
        if isinstance(self._told, Exception):
            raise self._told
        return list(self._told)

    def _judge(self, report: article.Article) -> list[claims.Entry]:
        found = []
        for claim in claims.CLAIMS:
            entry, looked = self._known.get(claim.name, (None, set(self._frames)))
            if entry is None or not looked.isdisjoint(self.altered):
                evidence = _Looked({name: self.frame(name) for name in self._frames})
                entry = claims.enter(claim, report, claims.Evidence(evidence))
                self.looked[claim.name] = evidence.looked
            found.append(entry)
        return sorted(found, key=lambda entry: entry.span.start)

    def judged_otherwise(self, entries: list[claims.Entry]) -> bool:
        """Say whether a verdict is another one, or none can be reached."""
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                return self.ledger() != entries
            except Exception:
                return True


class _Looked(dict[str, pd.DataFrame]):
    """Tables that know which of them were looked at."""

    def __init__(self, frames: dict[str, pd.DataFrame]) -> None:
        super().__init__(frames)
        self.looked: set[str] = set()

    def __contains__(self, name: object) -> bool:
        self.looked.add(str(name))
        return super().__contains__(name)

    def __getitem__(self, name: str) -> pd.DataFrame:
        self.looked.add(name)
        return super().__getitem__(name)


class Watch:
    """The chapters, loaded once, to be run on evidence that is altered in memory.

    What cannot depend on the altered table is not made again: the verdicts that did not look at
    it, the pictures asked for in the very same words and numbers, the paths through the same rows,
    the queues of the same ships.

    Parameters
    ----------
    root : Path, optional
        The project's folder.
    whole : bool, optional
        Make everything again all the same, to hold the shorter way against it.

    Raises
    ------
    ChapterError
        A chapter does not give the outputs that stand in it even now.
    """

    def __init__(self, root: Path | None = None, *, whole: bool = False) -> None:
        self._root = root
        self._whole = whole
        self._frames = {name: tables.read(name, root) for name in tables.models()}
        self._raw = {name: _raw(name, root) for name in self._frames}
        self._scripts = [script_of(path) for path in execute.chapters(root)]
        self._known: dict[str, tuple[claims.Entry, set[str]]] = {}
        self._drawn: dict[tuple[str, bytes], dict[str, Any]] = {}
        self._reckoned: dict[tuple[str, bytes], Any] = {}
        trial = self._trial({})
        for script in self._scripts:
            asked: set[str] = set()
            if told := self._run(script, trial, asked):
                raise ChapterError(
                    f"other outputs than stand in it: {told}",
                    where=f"chapters/{script.name}.ipynb",
                    allowed="what `make run` gives",
                )
            script.judges = _LEDGER in asked
            script.reads = frozenset(asked - {_LEDGER})
        self._entries = trial.ledger()
        self._known = {e.claim.name: (e, trial.looked[e.claim.name]) for e in self._entries}

    def notice(self, mutation: Mutation) -> Notice:
        """Say who notices a mutation first."""
        raw = self._raw[mutation.table].copy()
        if mutation.column:
            cell = raw.index[mutation.row - 2], mutation.column
            raw.loc[cell] = changed(str(raw.loc[cell]), mutation.how)
        else:
            raw = raw.drop(index=raw.index[mutation.row - 2]).reset_index(drop=True)
        try:
            frame = tables.accept(raw, mutation.table, self._root)
        except BookError as error:
            return Notice(mutation, _MODEL, str(error))
        trial = self._trial({mutation.table: frame})
        for script in self._asked(mutation.table, trial):
            try:
                told = self._run(script, trial, set())
            except BookError as error:
                return Notice(mutation, script.name, str(error))
            except Exception as error:
                said = " ".join(f"{type(error).__name__}: {error}".split())[:120]
                return Notice(mutation, script.name, said, foreign=True)
            if told:
                return Notice(mutation, script.name, told)
        if mutation.table in agreement.HELD:
            try:
                agreement.hold(trial.frame)
            except BookError as error:
                return Notice(mutation, _SUMS, str(error))
        return Notice(mutation, "")

    def _trial(self, altered: dict[str, pd.DataFrame]) -> _Trial:
        return _Trial(self._frames, altered, {} if self._whole else self._known)

    def _asked(self, table: str, trial: _Trial) -> Iterator[Script]:
        """Give the chapters that may notice: the likeliest first, and of those the quickest."""
        mine = [script for script in self._scripts if table in script.reads]
        yield from sorted(mine, key=lambda script: len(script.reads))
        # The others know the table from the verdicts alone.
        if self._whole or trial.judged_otherwise(self._entries):
            yield from (s for s in self._scripts if s.judges and s not in mine)

    def _run(self, script: Script, trial: _Trial, asked: set[str]) -> str:
        """Run a chapter up to the first thing shown that differs, and say where that is."""
        shown = iter(script.outputs)
        draw = outputs.Chapter.figure
        last: dict[str, Any] = {}

        def read(name: str, root: Path | None = None) -> pd.DataFrame:
            asked.add(name)
            return trial.frame(name)

        def ledger(report: Any = None, found: Any = None) -> list[claims.Entry]:
            asked.add(_LEDGER)
            return trial.ledger()

        def display(data: dict[str, Any], **_: Any) -> None:
            last.update(data=data)
            if compared(data) != next(shown, None):
                raise _Differs(_told(data))

        def figure(chapter: outputs.Chapter, name: str, *given: Any, **told: Any) -> None:
            if "sources" in told:
                told["sources"] = tuple(told["sources"])
            asked_for = name, pickle.dumps((given, told))
            if asked_for in self._drawn and not self._whole:
                # A chart carries its words; a function that draws is given them.
                parts = ("caption", "alt", "sources")
                words = (told.get(part) or getattr(given[0], part) for part in parts)
                chapter._check_figure(name, *words)
                return display(self._drawn[asked_for])
            draw(chapter, name, *given, **told)
            if not trial.altered:
                self._drawn[asked_for] = last["data"]

        with (
            instead(tables, "read", read),
            instead(claims, "ledger", ledger),
            instead(outputs, "display", display),
            instead(outputs.Chapter, "figure", figure),
            self._remembering(trial),
            # Files of pictures are never compared; what was drawn is, by its fingerprint.
            instead(outputs, "_picture", lambda figure: ""),
            warnings.catch_warnings(),
        ):
            # A chapter may not write to stderr. Unaltered, it was watched when it was executed;
            # what it imports may warn, once.
            warnings.simplefilter("error" if trial.altered else "ignore")
            space: dict[str, Any] = {"__name__": "__main__"}
            try:
                for cell in script.cells:
                    exec(cell, space)
            except _Differs as difference:
                return str(difference)
        rest = next(shown, None)
        return "" if rest is None else f"{_told(rest)} is no longer shown"

    @contextmanager
    def _remembering(self, trial: _Trial) -> Iterator[None]:
        """Reckon once what is reckoned from the same rows, and with the same dice."""
        with ExitStack() as stack:
            for module, name in _SLOW if not self._whole else ():
                made = partial(self._reckon, getattr(module, name), keep=not trial.altered)
                stack.enter_context(instead(module, name, made))
            yield

    def _reckon(self, make: Callable[..., Any], /, *given: Any, keep: bool, **told: Any) -> Any:
        # A million departures are known by the object that holds them: it is kept, so that no
        # other takes its place in memory.
        held = [id(one) if isinstance(one, simulation.Departures) else one for one in given]
        asked_for = make.__qualname__, pickle.dumps((held, told))
        if keep and asked_for not in self._reckoned:
            self._reckoned[asked_for] = (given, make(*given, **told))
        _, found = self._reckoned.get(asked_for) or (given, make(*given, **told))
        return found.copy() if isinstance(found, pd.DataFrame) else found


def campaign(
    chosen: Sequence[Mutation], root: Path | None = None, processes: int = 1
) -> Iterator[Notice]:
    """Try mutations one by one.

    Parameters
    ----------
    chosen : sequence of Mutation
        See `mutations`.
    root : Path, optional
        The project's folder.
    processes : int, optional
        How many work side by side; they are forked, so the chapters are loaded once.
    """
    watch = Watch(root)
    if processes == 1:
        yield from map(watch.notice, chosen)
        return
    fork = multiprocessing.get_context("fork")
    with fork.Pool(processes, initializer=_keep, initargs=(watch,)) as pool:
        yield from pool.imap(_notice, chosen, chunksize=16)


#: The watch of a process that works for a campaign; code cannot be sent with each mutation.
_kept: list[Watch] = []


def _keep(watch: Watch) -> None:
    _kept.append(watch)


def _notice(mutation: Mutation) -> Notice:
    return _kept[0].notice(mutation)


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
        lines.append(
            f"nobody noticed data/{table}.csv, {column or 'the row'} {how}: rows {_ranges(rows)}"
        )
    if foreign := [n for n in notices if n.foreign]:
        lines.append(f"{len(foreign)} stopped a chapter with another error than the book's own:")
        lines += [f"  {n.mutation}: {n.told}" for n in foreign[:20]]
    return "\n".join(lines)


def run(names: Sequence[str] = (), count: int = 0, seed: int = 0) -> None:
    """Try every mutation of some tables or of all, or a sample, and print the report."""
    from tqdm import tqdm  # noqa: PLC0415

    chosen = mutations(names or None)
    if count:
        chosen = sorted(sample(chosen, count, seed), key=lambda m: (m.table, m.column, m.row))
    tried = campaign(chosen, processes=os.cpu_count() or 1)
    bar = tqdm(tried, total=len(chosen), unit="mutation", leave=False, disable=None)
    print(report(list(bar)), flush=True)


def _raw(name: str, root: Path | None) -> pd.DataFrame:
    return pd.read_csv(tables.file_of(name, root), dtype=str, keep_default_na=False, na_values=[""])


def _told(data: dict[str, Any]) -> str:
    words = next((str(data[kind]) for kind in data if kind.endswith("text/plain")), "output")
    return " ".join(words.split())[:80] or "nothing, in the place of something"


def _ranges(rows: list[int]) -> str:
    """Write row numbers shortly: 2, 4–6."""
    rows = sorted(rows)
    starts = [rows[0], *(b for a, b in pairwise(rows) if b > a + 1)]
    ends = [*(a for a, b in pairwise(rows) if b > a + 1), rows[-1]]
    return ", ".join(f"{a}" if a == b else f"{a}–{b}" for a, b in zip(starts, ends, strict=True))
