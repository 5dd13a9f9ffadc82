"""Spoiled files by the hundred: whatever comes, the book reads it or refuses it in one line.

A case is a file of the book, changed by chance: cut, doubled, shuffled, in another encoding, with
signs in it that break programs. The same seed gives the same cases.
"""

import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis import article, claims, sources, tables
from analysis.errors import BookError
from analysis.project import ROOT
from analysis.seeds import book

_SIGNS = [
    "\0", "\r", "\t", "\n", "\n\n", "\ufeff", "\u202e", "\u2028", "\x85", "\x1b[2J",
    "“", "”", '"', '""', "'",
    ",", ";", "|", "\\", "{", "}", "@", "%", "$", "#", "&", "<script>alert(1)</script>",
    "</article>",
    "=1+1", "@SUM(A1)", "-", "−", "+", "NaN", "nan", "inf", "-inf", "1e999", "1e-999", "9" * 400,
    "0x10",
    "1_000", "٣", "𝟜", "½", "five", "None", "True", "$x^2$", "\\input{x}",
    "#import 'x'", "${HOME}", "%s",
    "{0}", "../../etc/passwd", "e\u0301" * 50, "🦄",
    "a" * 100_000, "(" * 2_000, "“" * 2_000, "1," * 2_000,
]  # fmt: skip
_NOTHING = [b"", b" ", b"\n" * 50, b"\0" * 50, b"\xff\xfe", b"PK\x03\x04", b"<html>"]
_ENCODINGS = ["utf-16", "utf-32", "cp1251", "utf-7", "utf-8-sig"]
_LINE_ENDS = ["\r\n", "\r", "\n\n", "\v", " "]


@dataclass(frozen=True)
class Case:
    """A file of the book, spoiled: its place in the project, what was done, what it then holds."""

    number: int
    name: str
    how: str
    data: bytes


@dataclass(frozen=True)
class Outcome:
    """How a case was met: ``read``, ``refused`` or, which must not be, ``raised``; and why."""

    case: Case
    met: str
    reason: str = ""


def cases(count: int, seed: int) -> Iterator[Case]:
    """Make spoiled files, the same ones for the same seed."""
    chance = random.Random(seed)
    seeds, rows = sorted((ROOT / "seeds").iterdir()), sorted((ROOT / "data").glob("*.csv"))
    groups = [seeds, rows, rows, [ROOT / "references.bib"]]
    for number in range(count):
        path = chance.choice(chance.choice(groups))
        how = chance.choice(sorted(_WAYS))
        data = _WAYS[how](path.read_text(encoding="utf-8"), chance)
        data = data.encode() if isinstance(data, str) else data
        yield Case(number, path.relative_to(ROOT).as_posix(), how, data)


def meet(case: Case, folder: Path) -> Outcome:
    """Let the book read a spoiled file in a copy of its own, which is put right again."""
    path = folder / case.name
    kept = path.read_bytes()
    path.write_bytes(case.data)
    try:
        if path.suffix == ".csv":
            tables.read(path.stem, folder)
        elif path.suffix == ".bib":
            sources.read(path)
        else:
            facts = book(folder)
            article.read(folder / "seeds" / f"{facts.article}.txt")
            claims.read(folder / "seeds" / f"{facts.article}.claims.toml")
    except BookError as error:
        # A message is a line for a terminal: whatever came, it has one line and an end.
        fault = not str(error).isprintable() or len(str(error)) > 1500
        return Outcome(case, "raised" if fault else "refused", str(error))
    except Exception as error:
        return Outcome(case, "raised", f"{type(error).__name__}: {error}")
    else:
        return Outcome(case, "read")
    finally:
        path.write_bytes(kept)


def run(cases: int, seed: int) -> None:
    """Print how many cases were met."""
    print(report(campaign(cases, seed)))


def campaign(count: int, seed: int) -> list[Outcome]:
    """Meet many cases, in a folder of their own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("seeds", "data"):
            shutil.copytree(ROOT / part, folder / part)
        shutil.copy(ROOT / "references.bib", folder)
        return [meet(case, folder) for case in cases(count, seed)]


def report(outcomes: list[Outcome]) -> str:
    """Count how the cases were met, and name those that were not met well."""
    met = Counter(outcome.met for outcome in outcomes)
    lines = [
        f"{len(outcomes)} spoiled files: {met['refused']} refused in a line, {met['read']} read"
    ]
    for case, how, reason in ((it.case, it.met, it.reason) for it in outcomes):
        if how == "raised":
            lines.append(f"  case {case.number}, {case.name}, {case.how}: {reason[:120]!r}")
    return "\n".join(lines)


def _part(text: str, chance: random.Random, copies: int) -> str:
    """Leave a part out, or repeat it."""
    start = chance.randrange(len(text) + 1)
    end = start + chance.choice([1, 5, 50, 500])
    return text[:start] + text[start:end] * copies + text[end:]


def _signs(text: str, chance: random.Random, count: int) -> str:
    """Put one sign in, or short ones in the place of others."""
    for _ in range(count):
        at = chance.randrange(len(text) + 1)
        sign = chance.choice(_SIGNS if count == 1 else _SIGNS[:-4])
        text = text[:at] + sign + text[at + (count > 1) :]
    return text


def _cell(text: str, chance: random.Random) -> str:
    """Put a sign in place of what stands between two commas, or two spaces."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    mark = "," if "," in lines[at] else " "
    parts = lines[at].split(mark)
    parts[chance.randrange(len(parts))] = chance.choice(_SIGNS)
    lines[at] = mark.join(parts)
    return "\n".join(lines)


def _lines(text: str, chance: random.Random, shuffled: bool) -> str:
    """Shuffle the lines, or repeat one."""
    lines = text.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    order = chance.sample(lines, len(lines)) if shuffled else [*lines[: at + 1], *lines[at:]]
    return "".join(order)


def _bytes(text: str, chance: random.Random) -> bytes:
    data = bytearray(text.encode())
    for _ in range(chance.choice([1, 10, 1000])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


_WAYS: dict[str, Callable[[str, random.Random], str | bytes]] = {
    "cut": lambda text, chance: text[: chance.randrange(len(text) + 1)],
    "without a part": lambda text, chance: _part(text, chance, 0),
    "a part twice": lambda text, chance: _part(text, chance, 2),
    "with a sign": lambda text, chance: _signs(text, chance, 1),
    "with signs": lambda text, chance: _signs(text, chance, 20),
    "another cell": _cell,
    "lines shuffled": lambda text, chance: _lines(text, chance, True),
    "a line twice": lambda text, chance: _lines(text, chance, False),
    "other bytes": _bytes,
    "another encoding": lambda text, chance: text.encode(chance.choice(_ENCODINGS), "replace"),
    "other line ends": lambda text, chance: text.replace("\n", chance.choice(_LINE_ENDS)),
    "nothing in it": lambda text, chance: chance.choice(_NOTHING),
}
