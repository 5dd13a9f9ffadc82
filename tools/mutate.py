"""Wrong evidence, tried out: is every number of ``data/`` watched by something?

Each numeric cell of each table is changed in turn, and each row left out in turn; then what depends
on the table is run again in memory. A change is noticed when the table's model refuses it, when a
chapter refuses it, when a chapter shows something else than the outputs that stand in it (another
sentence, table, caption, verdict or drawing), or when a build refuses the sums. The digests of
files, which any change breaks, do not count. What nobody notices is evidence that nothing in the
book rests on.
"""

import multiprocessing
import os
import pickle
import random
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import article, claims, priorities, simulation, tables, trade
from analysis.chapter import outputs
from analysis.errors import BookError, ChapterError
from analysis.tables import agreement, entered
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
    *((simulation, name) for name in (
        "simulate", "section", "summary", "quantity", "spread_of", "share", "densities",
        "stage_days", "scoreboard", "coverage",
    )),
]  # fmt: skip


@dataclass(frozen=True)
class Mutation:
    """One wrong cell, or one missing row: a table, a row as a spreadsheet counts, a column.

    No column is named where the whole row is left out.
    """

    table: str
    row: int
    column: str
    how: str

    def __str__(self) -> str:
        return f"data/{self.table}.csv, row {self.row}, {self.column or 'the row'} {self.how}"


@dataclass(frozen=True)
class Notice:
    """Who noticed a mutation: ``the model``, a chapter, ``the sums`` or, empty, nobody."""

    mutation: Mutation
    by: str
    #: The refusal, or where what is shown differs.
    reason: str = ""
    #: Whether a chapter stopped with an error that is not one of the book's own.
    foreign: bool = False


def mutations(names: Iterable[str] | None = None) -> list[Mutation]:
    """List every mutation of some tables, or of all.

    A number changes by a tenth and in sign, a whole number by one as well; zero, which has neither
    a tenth nor a sign, changes by one.
    """
    found = []
    for name in names or sorted(tables.models()):
        valid, raw = tables.read(name), _raw(name)
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


class _DiffersError(BaseException):
    """A chapter shows something else than what stands in it: the rest need not be run."""


class _Noting(dict[str, pd.DataFrame]):
    """Tables that note which of them were looked at."""

    def __init__(self, frames: dict[str, pd.DataFrame]) -> None:
        super().__init__(frames)
        self.looked: set[str] = set()

    def look(self, name: str) -> pd.DataFrame:
        """Give a table, and note it."""
        self.looked.add(name)
        return self[name].copy()

    def __contains__(self, name: object) -> bool:
        self.looked.add(str(name))
        return super().__contains__(name)


@dataclass
class _Trial:
    """Evidence with one table altered, or none; the verdicts on it are reached once."""

    frames: dict[str, pd.DataFrame]
    altered: str = ""
    #: By claim, its entry on unaltered evidence, and the tables that were looked at for it. A claim
    #: whose tables are unaltered is not judged again.
    unaltered: dict[str, tuple[claims.Entry, set[str]]] = field(default_factory=dict)
    #: The same on this evidence.
    judged: dict[str, tuple[claims.Entry, set[str]]] = field(default_factory=dict)
    _failure: Exception | None = None

    def frame(self, name: str) -> pd.DataFrame:
        """Give a table, of which a chapter may make what it likes."""
        return self.frames[name].copy()

    def ledger(self) -> list[claims.Entry]:
        """Judge every claim, or stop as it stopped before."""
        try:
            if not self.judged and not self._failure:
                self.judged = {claim.name: self._judge(claim) for claim in claims.CLAIMS}
        except Exception as error:
            self._failure = error
        if self._failure:
            raise self._failure
        return sorted((entry for entry, _ in self.judged.values()), key=lambda it: it.span.start)

    def _judge(self, claim: claims.Claim) -> tuple[claims.Entry, set[str]]:
        before = self.unaltered.get(claim.name)
        if before and self.altered not in before[1]:
            return before
        noting = _Noting({name: self.frame(name) for name in self.frames})
        entry = claims.enter(claim, article.read(), claims.Evidence(noting))
        return entry, noting.looked

    def judged_otherwise(self, entries: list[claims.Entry]) -> bool:
        """Say whether a verdict is another one, or none can be reached."""
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                return self.ledger() != entries
            except Exception:
                return True


class Watch:
    """The chapters, loaded once, to be run on evidence that is altered in memory.

    What cannot depend on the altered table is not made again: the verdicts that did not look at
    it, the pictures asked for in the very same words and numbers, the paths through the same rows,
    the queues of the same ships. With ``whole`` all is made again, to hold the shorter way against
    it. `ChapterError` where a chapter does not give the outputs that stand in it even now.
    """

    def __init__(self, *, whole: bool = False) -> None:
        self._whole = whole
        self._frames = {name: tables.read(name) for name in tables.models()}
        self._raw = {name: _raw(name) for name in self._frames}
        #: By table, those whose models look at it.
        self._looking: dict[str, list[str]] = {}
        for name, frame in self._frames.items():
            looked = _Noting(self._frames)
            tables.models()[name].hold(frame.copy(), looked.look)
            for other in looked.looked:
                self._looking.setdefault(other, []).append(name)
        self._scripts = [script_of(path) for path in execute.chapters()]
        #: By chapter, the tables that its cells read, and the ledger if they show verdicts.
        self._reads: dict[str, set[str]] = {}
        self._drawn: dict[tuple[str, bytes], dict[str, Any]] = {}
        self._reckoned: dict[tuple[str, bytes], Any] = {}
        trial = _Trial(self._frames)
        for script in self._scripts:
            self._learn(script, trial)
        self._entries = trial.ledger()
        self._unaltered = {} if whole else trial.judged

    def _learn(self, script: Script, trial: _Trial) -> None:
        """Run a chapter on unaltered evidence, and note what it reads."""
        read = self._reads[script.name] = set()
        if reason := self._run(script, trial, read):
            raise ChapterError(
                f"other outputs than stand in it: {reason}",
                where=f"chapters/{script.name}.ipynb",
                allowed="what `make run` gives",
            )

    def notice(self, mutation: Mutation) -> Notice:
        """Say who notices a mutation first."""
        table, raw = mutation.table, self._raw[mutation.table].copy()
        if mutation.column:
            cell = raw.index[mutation.row - 2], mutation.column
            raw.loc[cell] = changed(str(raw.loc[cell]), mutation.how)
        else:
            raw = raw.drop(index=raw.index[mutation.row - 2]).reset_index(drop=True)
        try:
            frame = tables.accept(raw, table)
            trial = _Trial(self._frames | {table: frame}, table, self._unaltered)
            for name in self._looking.get(table, ()):
                tables.models()[name].hold(trial.frame(name), trial.frame)
        except BookError as error:
            return Notice(mutation, _MODEL, str(error))
        for script in self._likeliest(table, trial):
            try:
                reason = self._run(script, trial, set())
            except BookError as error:
                return Notice(mutation, script.name, str(error))
            except Exception as error:
                words = " ".join(f"{type(error).__name__}: {error}".split())[:120]
                return Notice(mutation, script.name, words, foreign=True)
            if reason:
                return Notice(mutation, script.name, reason)
        try:
            if table in agreement.HELD:
                agreement.hold(trial.frame)
            if table in (*entered.WITHOUT, "figure_wordings"):
                with instead(entered, "read", lambda name, root=None: trial.frame(name)):
                    entered.check()
        except BookError as error:
            return Notice(mutation, _SUMS, str(error))
        return Notice(mutation, "")

    def _likeliest(self, table: str, trial: _Trial) -> Iterator[Script]:
        """Give the chapters that may notice: the likeliest first, and of those the quickest."""
        mine = [script for script in self._scripts if table in self._reads[script.name]]
        yield from sorted(mine, key=lambda script: len(self._reads[script.name] - {_LEDGER}))
        # The others know the table from the verdicts alone.
        if self._whole or trial.judged_otherwise(self._entries):
            yield from (
                script
                for script in self._scripts
                if script not in mine and _LEDGER in self._reads[script.name]
            )

    def _run(self, script: Script, trial: _Trial, asked: set[str]) -> str:
        """Run a chapter up to the first thing shown that differs, and say where that is."""
        shown = map(_compared, script.outputs)
        draw = outputs.Chapter.figure
        last: dict[str, Any] = {}

        def read(name: str, root: Path | None = None) -> pd.DataFrame:
            asked.add(name)
            return trial.frame(name)

        def ledger(report: Any = None, found: Any = None, **assumed: Any) -> list[claims.Entry]:
            asked.add(_LEDGER)
            return trial.ledger()

        def display(data: dict[str, Any], **_: Any) -> None:
            last.update(data=data)
            if _compared(data) != next(shown, None):
                raise _DiffersError(_words(data))

        def figure(chapter: outputs.Chapter, name: str, chart: Any, **named: Any) -> None:
            key = name, pickle.dumps((chart, named))
            if key in self._drawn and not self._whole:
                chapter._check_figure(name, chart.caption, chart.alt, chart.sources)
                return display(self._drawn[key])
            draw(chapter, name, chart, **named)
            if not trial.altered:
                self._drawn[key] = last["data"]

        with ExitStack() as stack:
            for owner, name, other in (
                (tables, "read", read),
                (claims, "ledger", ledger),
                (outputs, "display", display),
                (outputs.Chapter, "figure", figure),
                # Files of pictures are never compared; what was drawn is, by its fingerprint.
                (outputs, "_picture", lambda figure: ""),
            ):
                stack.enter_context(instead(owner, name, other))
            for module, name in _SLOW if not self._whole else ():
                once = partial(self._reckon, getattr(module, name), keep=not trial.altered)
                stack.enter_context(instead(module, name, once))
            stack.enter_context(warnings.catch_warnings())
            # A chapter may not write to stderr. Unaltered, it was watched when it was executed;
            # what it imports may warn, once.
            warnings.simplefilter("error" if trial.altered else "ignore")
            space: dict[str, Any] = {"__name__": "__main__"}
            try:
                for cell in script.cells:
                    exec(cell, space)
            except _DiffersError as difference:
                return str(difference)
        rest = next(shown, None)
        return "" if rest is None else f"{_words(rest)} is no longer shown"

    def _reckon(self, make: Callable[..., Any], /, *given: Any, keep: bool, **named: Any) -> Any:
        """Reckon once what is reckoned from the same rows, and with the same dice."""
        # A million departures are known by the object that holds them: it is kept, so that no
        # other takes its place in memory.
        held = [id(one) if isinstance(one, simulation.Departures) else one for one in given]
        key = make.__qualname__, pickle.dumps((held, named))
        if keep and key not in self._reckoned:
            self._reckoned[key] = (given, make(*given, **named))
        _, found = self._reckoned.get(key) or (given, make(*given, **named))
        return found.copy() if isinstance(found, pd.DataFrame) else found


def campaign(chosen: Sequence[Mutation], processes: int) -> Iterator[Notice]:
    """Try mutations one by one, in processes that are forked: the chapters are loaded once."""
    _kept.append(Watch())
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        yield from pool.imap(_notice, chosen, chunksize=16)


#: The watch that forked processes find; code cannot be sent with each mutation.
_kept: list[Watch] = []


def _notice(mutation: Mutation) -> Notice:
    return _kept[-1].notice(mutation)


def drawn(found: Sequence[Mutation], count: int, seed: int) -> list[Mutation]:
    """Draw mutations, the same ones for the same seed."""
    return random.Random(seed).sample(list(found), min(count, len(found)))


def report(notices: Sequence[Notice]) -> str:
    """Set out the shares noticed by table, and what nobody noticed.

    Examples
    --------
    >>> one, two = Mutation("prices", 2, "year", "by one"), Mutation("prices", 3, "year", "in sign")
    >>> print(report([Notice(one, "trade"), Notice(two, "")]))
    table                  tried  noticed  by a rule  by a chapter
    prices                     2    50.0%          0             1
    all                        2    50.0%          0             1
    nobody noticed data/prices.csv, row 3, year in sign
    """
    groups = {name: list(group) for name, group in groupby(notices, lambda n: n.mutation.table)}
    lines = [f"{'table':20}  {'tried':>6}  noticed  by a rule  by a chapter"]
    for name, group in [*groups.items(), ("all", list(notices))]:
        rule = sum(n.by in (_MODEL, _SUMS) for n in group)
        seen = sum(bool(n.by) for n in group)
        share = f"{100 * seen / len(group):.1f}%"
        lines.append(f"{name:20}  {len(group):6}  {share:>7}  {rule:9}  {seen - rule:12}")
    lines += [f"nobody noticed {n.mutation}" for n in notices if not n.by]
    if foreign := [n for n in notices if n.foreign]:
        lines.append(f"{len(foreign)} stopped a chapter with another error than the book's own:")
        lines += [f"  {n.mutation}: {n.reason}" for n in foreign[:20]]
    return "\n".join(lines)


def run(tables: Sequence[str] = (), sample: int = 0, seed: int = 0) -> None:
    """Try every mutation of some tables or of all, or a sample, and print the report."""
    from tqdm import tqdm  # noqa: PLC0415

    chosen = mutations(tables or None)
    if sample:
        chosen = sorted(drawn(chosen, sample, seed), key=lambda m: (m.table, m.column, m.row))
    tried = campaign(chosen, processes=os.cpu_count() or 1)
    bar = tqdm(tried, total=len(chosen), unit="mutation", leave=False, disable=None)
    print(report(list(bar)), flush=True)


def _raw(name: str) -> pd.DataFrame:
    return pd.read_csv(tables.file_of(name), dtype=str, keep_default_na=False, na_values=[""])


def _compared(data: dict[str, Any]) -> dict[str, Any]:
    """Leave out HTML, which holds pictures and says what the plain text says."""
    return {kind: value for kind, value in compared(data).items() if kind != "text/html"}


def _words(data: dict[str, Any]) -> str:
    kinds = [*(kind for kind in data if kind.endswith("text/plain")), "text/markdown"]
    words = next((str(data[kind]) for kind in kinds if kind in data), "output")
    return " ".join(words.split())[:80] or "nothing, in the place of something"
