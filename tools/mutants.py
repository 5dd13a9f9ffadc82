"""Wrong code, tried out: does a test fail for every change of the reckoning floor?

``make mutants`` lets mutmut change the functions of the reckoning rooms one small step at a time
(another number, another comparison, an argument left out, another word) and run the tests that
reach each change. A mutant is killed when one of them fails. One that survives shows a rule that no
test holds, or changes nothing that matters; the latter are listed with the reason in
``tools/survivors.toml``. Constants of modules and decorated functions are not mutated.

This module is also the plugin that makes pytest work on mutated code.
"""

import argparse
import os
import random
import re
import subprocess
import sys
import tomllib
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / ".cache" / "mutants"
ROOMS = ("trade", "claims", "routes", "priorities", "simulation", "context")
#: What the tests of these rooms read, and what mutmut itself reads.
NEEDED = (
    "analysis", "publishing", "refresh", "tools", "tests", "data", "seeds", "chapters",
    "references.bib", "requirements.txt", "pyproject.toml",
)  # fmt: skip
#: Exit codes of pytest under mutmut where no test failed: none did, or none reaches the function.
SURVIVED = {0, 33}


@dataclass(frozen=True)
class Mutant:
    """One change of one function, named by mutmut: pytest's exit code, lines out, lines in."""

    name: str
    code: int | None
    was: str = ""
    now: str = ""

    @property
    def room(self) -> str:
        """Name the room of the reckoning floor."""
        return self.name.split(".")[1]

    @property
    def function(self) -> str:
        """Say where it is, without the signs that mutmut adds."""
        where = self.name.partition("__mutmut_")[0]
        return re.sub(r"\.x[_ǁ]([^.]*)$", r".\1", where).replace("ǁ", ".")


@dataclass(frozen=True)
class Rule:
    """Why mutants may survive whose function and lines have these patterns."""

    reason: str
    function: str = ""
    was: str = ""
    now: str = ""

    def covers(self, mutant: Mutant) -> bool:
        """Tell whether a mutant is one of these."""
        parts = ("function", "was", "now")
        return all(re.search(getattr(self, name), getattr(mutant, name)) for name in parts)


def rules() -> list[Rule]:
    """Read the list of mutants that may survive."""
    text = (ROOT / "tools" / "survivors.toml").read_text(encoding="utf-8")
    return [Rule(**entry) for entry in tomllib.loads(text)["survivor"]]


def report(mutants: Sequence[Mutant], listed: Sequence[Rule]) -> str:
    """Count the mutants of each room, and show those that survive for no stated reason.

    Examples
    --------
    >>> one = Mutant("analysis.trade.rules.x_once__mutmut_1", 1, "a + b", "a - b")
    >>> two = Mutant("analysis.trade.rules.x_once__mutmut_2", 0, "a > b", "a >= b")
    >>> print(report([one, two], [Rule("equal amounts were left out before", was="a > b")]))
    room         tried  killed  listed    open  killed or listed
    trade            2       1       1       0            100.0%
    all              2       1       1       0            100.0%
    >>> print(report([two], []).partition("0.0%\\nall")[2].partition("\\n")[2])
    analysis.trade.rules.once
      - a > b
      + a >= b
    """
    lines = [f"{'room':10}{'tried':>8}{'killed':>8}{'listed':>8}{'open':>8}  killed or listed"]
    tried = [mutant for mutant in mutants if mutant.code is not None]
    for room in (*(room for room in ROOMS if any(m.room == room for m in tried)), "all"):
        own = [m for m in tried if room in (m.room, "all")]
        alive = [m for m in own if m.code in SURVIVED]
        left = [m for m in alive if not any(rule.covers(m) for rule in listed)]
        share = f"{100 * (1 - len(left) / len(own)) if own else 0:.1f}%"
        counts = len(own), len(own) - len(alive), len(alive) - len(left), len(left)
        lines.append(f"{room:10}" + "".join(f"{count:8}" for count in counts) + f"{share:>18}")
    for function, group in groupby(left, lambda mutant: mutant.function):
        lines.append(function)
        for mutant in group:
            lines += [f"  - {line.strip()}" for line in mutant.was.splitlines()]
            lines += [f"  + {line.strip()}" for line in mutant.now.splitlines()]
    return "\n".join(lines)


def prepare() -> None:
    """Make the folder in which mutmut works, out of the way of the book."""
    WORK.mkdir(parents=True, exist_ok=True)
    for name in NEEDED:
        if not (WORK / name).is_symlink():
            (WORK / name).symlink_to(ROOT / name, target_is_directory=(ROOT / name).is_dir())
    # mutmut adds to its copies, and takes nothing out that has left the book.
    copies = WORK / "mutants"
    for path in copies.rglob("*.py"):
        if not (ROOT / path.relative_to(copies)).is_file():
            path.unlink()


def _files(room: str) -> list[Path]:
    return sorted(Path("analysis", room).rglob("*.py"))


def drawn(room: str, count: int, seed: int) -> list[str]:
    """Draw mutants of a room, as mutmut calls them, the same ones for the same seed."""
    from mutmut.mutation.file_mutation import mutate_file_contents
    from mutmut.utils.format_utils import get_mutant_name

    found = []
    for path in _files(room):
        mutated = mutate_file_contents(str(path), path.read_text(encoding="utf-8"))
        found += [get_mutant_name(path, name) for name in mutated.mutant_names]
    return random.Random(seed).sample(found, min(len(found), count))


def tried(rooms: Sequence[str]) -> list[Mutant]:
    """Read what became of the mutants."""
    from mutmut.mutation.data import SourceFileMutationData
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    found = []
    for path in (path for room in rooms for path in _files(room)):
        data = SourceFileMutationData(path=path)
        data.load()
        for name, code in data.exit_code_by_key.items():
            # Only the lines of those that survive are shown: a diff takes a while.
            diff = get_diff_for_mutant(name, path=path) if code in SURVIVED else ""
            lines = diff.splitlines()[2:]
            was, now = ("\n".join(x[1:] for x in lines if x[0] == sign) for sign in "-+")
            found.append(Mutant(name, code, was, now))
    return found


def count(text: str) -> int:
    """Read how many; argparse refuses in a line what is none."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} (allowed: 0 or more)")
    return int(text)


def main(arguments: Sequence[str] | None = None) -> None:
    """Try the mutants of some rooms, all by default, or a sample of each room."""
    parser = argparse.ArgumentParser(prog="make mutants", description=main.__doc__)
    parser.add_argument("rooms", nargs="*", default=ROOMS, metavar="room")
    parser.add_argument("--sample", type=count, default=0, help="so many of each room")
    parser.add_argument("--seed", type=int, default=0, help="of the sample")
    parser.add_argument("--processes", type=count, default=os.cpu_count() or 1)
    chosen = parser.parse_args(arguments)
    prepare()
    os.chdir(WORK)
    patterns = [f"analysis.{room}.*" for room in chosen.rooms]
    if chosen.sample:
        patterns = [n for room in chosen.rooms for n in drawn(room, chosen.sample, chosen.seed)]
    elif set(chosen.rooms) == set(ROOMS):
        patterns = []  # mutmut then goes on where it was stopped
    mutmut = Path(sys.executable).with_name("mutmut")
    ran = [str(mutmut), "run", "--max-children", str(chosen.processes), *patterns]
    done = subprocess.run(ran, check=False, capture_output=True, text=True)
    if done.returncode:
        (WORK / "output.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
        sys.exit(f"error: mutmut gave up, and says why in {WORK / 'output.txt'}")
    # mutmut keeps what it found before of functions that are as they were.
    found = [it for it in tried(chosen.rooms) if not chosen.sample or it.name in patterns]
    print(report(found, rules()))


def forget() -> None:
    """Empty the caches of the subject: mutmut runs all in one process, or in copies of it."""
    for module in [module for name, module in sys.modules.items() if name.startswith("analysis.")]:
        for kept in vars(module).values():
            if callable(clear := getattr(kept, "cache_clear", None)):
                clear()


#: What fixtures of several tests reached, which mutmut would credit to the first of these alone.
_REACHED: dict[Any, set[str]] = {}


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: Any) -> Generator[None, Any, Any]:
    """Note which functions a fixture reaches."""
    from mutmut.state import state

    hits = state()._stats
    before = hits.copy()
    hits.clear()
    made = yield
    _REACHED[fixturedef] = hits.copy()
    hits |= before
    return made


def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Credit a test with what its fixtures reached, for whichever test they were made."""
    from mutmut.state import state

    fixtures = getattr(item, "_fixtureinfo", None)
    for named in fixtures.name2fixturedefs.values() if fixtures else ():
        for fixture in named:
            state()._stats.update(_REACHED.get(fixture, ()))


def pytest_sessionstart() -> None:
    """Let nothing stay that was computed with other code: no answers, and no tests as imported."""
    forget()
    for name in [name for name in sys.modules if name.startswith("tests.analysis.test_")]:
        del sys.modules[name]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the examples of a function once, though each of its mutants has them."""
    items[:] = [item for item in items if not re.search(r"__mutmut_\d", item.name)]


if __name__ == "__main__":
    main()
