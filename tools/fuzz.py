"""Spoiled files by the hundred: whatever comes, the book reads it or refuses it in one line.

A case is a file of the book, changed by chance: cut, doubled, shuffled, in another encoding, with
signs in it that break programs. The same seed gives the same cases.
"""

import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
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


@dataclass(frozen=True)
class Case:
    """A file of the book, spoiled.

    Parameters
    ----------
    number : int
        Of the case among those of its seed.
    name : str
        The file, from the project's folder.
    how : str
        What was done to it.
    data : bytes
        What it then holds.
    """

    number: int
    name: str
    how: str
    data: bytes


@dataclass(frozen=True)
class Outcome:
    """How a case was met: ``read``, ``refused`` or, which must not be, ``raised``."""

    case: Case
    met: str
    told: str = ""


def cases(count: int, seed: int, root: Path | None = None) -> Iterator[Case]:
    """Make spoiled files, the same ones for the same seed."""
    root, chance = root or ROOT, random.Random(seed)
    texts = sorted((root / "seeds").iterdir())
    rows = sorted((root / "data").glob("*.csv"))
    rooms = [texts, rows, rows, [root / "references.bib"]]
    for number in range(count):
        path = chance.choice(chance.choice(rooms))
        how = chance.choice(sorted(_WAYS))
        data = _WAYS[how](path.read_text(encoding="utf-8"), chance)
        yield Case(number, path.relative_to(root).as_posix(), how, data)


def meet(case: Case, folder: Path) -> Outcome:
    """Let the book read a spoiled file.

    Parameters
    ----------
    case : Case
        What to read.
    folder : Path
        A copy of ``seeds``, ``data`` and ``references.bib``; it is put right again.
    """
    path = folder / case.name
    kept = path.read_bytes()
    path.write_bytes(case.data)
    try:
        if path.suffix in (".txt", ".toml"):
            facts = book(folder)
            article.read(folder / "seeds" / f"{facts.article}.txt")
            claims.read(folder / "seeds" / f"{facts.article}.claims.toml")
        elif path.suffix == ".csv":
            tables.read(path.stem, folder)
        else:
            sources.read(path)
    except BookError as error:
        # A message is a line for a terminal: whatever came, it has one line and an end.
        fault = not str(error).isprintable() or len(str(error)) > 1500
        return Outcome(case, "raised" if fault else "refused", f"{error}"[:1100])
    except Exception as error:
        return Outcome(case, "raised", f"{type(error).__name__}: {error}")
    else:
        return Outcome(case, "read")
    finally:
        path.write_bytes(kept)


def campaign(count: int, seed: int, root: Path | None = None) -> list[Outcome]:
    """Meet many cases, in a folder of their own."""
    root = root or ROOT
    (root / "_build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root / "_build") as name:
        folder = Path(name)
        for part in ("seeds", "data"):
            shutil.copytree(root / part, folder / part)
        shutil.copy(root / "references.bib", folder)
        return [meet(case, folder) for case in cases(count, seed, root)]


def report(outcomes: list[Outcome]) -> str:
    """Count how the cases were met, and name those that were not met well."""
    met = Counter(outcome.met for outcome in outcomes)
    lines = [
        f"{len(outcomes)} spoiled files: {met['refused']} refused in a line, {met['read']} read"
    ]
    for outcome in outcomes:
        if outcome.met == "raised":
            case = outcome.case
            lines.append(f"  case {case.number}, {case.name}, {case.how}: {outcome.told[:120]!r}")
    return "\n".join(lines)


def _place(text: str, chance: random.Random) -> int:
    return chance.randrange(len(text) + 1)


def _slice(text: str, chance: random.Random) -> tuple[int, int]:
    start = _place(text, chance)
    return start, min(len(text), start + chance.choice([1, 5, 50, 500]))


def _cut(text: str, chance: random.Random) -> bytes:
    return text[: _place(text, chance)].encode()


def _without(text: str, chance: random.Random) -> bytes:
    start, end = _slice(text, chance)
    return (text[:start] + text[end:]).encode()


def _doubled(text: str, chance: random.Random) -> bytes:
    start, end = _slice(text, chance)
    return (text[:end] + text[start:]).encode()


def _sign(text: str, chance: random.Random) -> bytes:
    at = _place(text, chance)
    return (text[:at] + chance.choice(_SIGNS) + text[at:]).encode()


def _signs(text: str, chance: random.Random) -> bytes:
    for _ in range(20):
        at = _place(text, chance)
        text = text[:at] + chance.choice(_SIGNS[:60]) + text[at + 1 :]
    return text.encode()


def _cell(text: str, chance: random.Random) -> bytes:
    """Put a sign in place of what stands between two commas, or two spaces."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    mark = "," if "," in lines[at] else " "
    parts = lines[at].split(mark)
    parts[chance.randrange(len(parts))] = chance.choice(_SIGNS)
    lines[at] = mark.join(parts)
    return "\n".join(lines).encode()


def _lines(text: str, chance: random.Random) -> bytes:
    lines = text.splitlines(keepends=True)
    chance.shuffle(lines)
    return "".join(lines).encode()


def _line_twice(text: str, chance: random.Random) -> bytes:
    lines = text.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    return "".join([*lines[:at], lines[at], *lines[at:]]).encode()


def _bytes(text: str, chance: random.Random) -> bytes:
    data = bytearray(text.encode())
    for _ in range(chance.choice([1, 10, 1000])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def _encoded(text: str, chance: random.Random) -> bytes:
    return text.encode(
        chance.choice(["utf-16", "utf-32", "cp1251", "utf-7", "utf-8-sig"]), "replace"
    )


def _line_ends(text: str, chance: random.Random) -> bytes:
    return text.replace("\n", chance.choice(["\r\n", "\r", "\n\n", "\v", " "])).encode()


def _nothing(text: str, chance: random.Random) -> bytes:
    return chance.choice([b"", b" ", b"\n" * 50, b"\0" * 50, b"\xff\xfe", b"PK\x03\x04", b"<html>"])


_WAYS = {
    "cut": _cut, "without a part": _without, "a part twice": _doubled, "with a sign": _sign,
    "with signs": _signs, "another cell": _cell, "lines shuffled": _lines,
    "a line twice": _line_twice,
    "other bytes": _bytes, "another encoding": _encoded, "other line ends": _line_ends,
    "nothing in it": _nothing,
}  # fmt: skip
