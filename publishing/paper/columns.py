"""How wide the columns of a printed table are, and how small its type.

Typst shares the room evenly among columns of words, which makes the long tables of this book an
eighth higher. So widths are chosen as browsers choose them: each column gets its longest word, and
a part of the rest in proportion to what it would take to stand on one line. Numbers never break.
"""

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import typst

#: Points: the type of a table, the largest that fits is taken; the room beside a cell's text.
SIZES, GUTTER = (8.5, 7.8, 7.2, 6.6, 6.0), 9.0
#: Height of a line, as a multiple of its type; points above and below the text of a row.
_LINE, _PADDING = 1.3, 6.0
#: Ems; a longer word, such as an address, is broken rather than given a column of its own.
_LONGEST_WORD = 9.5
_BOLD = 1.06

_RULER = """
#set text(font: "Libertinus Serif", size: 10pt)
#let ems(letters) = letters.codepoints().map(it => (it, measure(it).width / 10pt))
#context [#metadata(ems(sys.inputs.letters)) <ems>]
"""


@dataclass(frozen=True)
class Layout:
    """Widths of the columns and height of the whole, in points; the size of the type.

    ``broken`` says that some word is wider than its column.
    """

    widths: tuple[float, ...]
    size: float
    height: float
    broken: bool


def measure(text: str) -> dict[str, float]:
    """Ask the compiler how wide each letter of ``text`` is, in ems of the type it will set.

    Examples
    --------
    >>> ems = measure("10 ƏI")
    >>> ems["1"] == ems["0"], ems["I"] < ems["Ə"]
    (True, True)
    """
    found = typst.query(
        _RULER.encode(), "<ems>", field="value", one=True,
        sys_inputs={"letters": "".join(sorted(set(text)))}, ignore_system_fonts=True,
    )  # fmt: skip
    return dict(json.loads(found))


def lay_out(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    sides: str,
    room: float,
    ems: Mapping[str, float],
) -> Layout:
    """Choose the widths of a table's columns.

    Parameters
    ----------
    heads : sequence of str
        One per column; empty where a column has none.
    rows : sequence of sequence of str
        The text of each cell; empty where a cell spans columns.
    sides : str
        ``r`` for a column of numbers, ``l`` for a column of words.
    room : float
        Points between the margins.
    ems : mapping of str to float
        Widths of the letters, as `measure` gives them.

    Returns
    -------
    Layout
        In the largest type in which no word and no number is broken, or else in the smallest.

    Examples
    --------
    >>> ems = measure("Year Pairs Rule each flow once 2023 10")
    >>> narrow = lay_out(["Year", "Pairs"], [["2023", "10"]], "lr", 400, ems)
    >>> narrow.size, sum(narrow.widths) < 100
    (8.5, True)
    >>> wide = lay_out(["Year", "Rule"], [["2023", "each flow once " * 20]], "rl", 400, ems)
    >>> round(sum(wide.widths)), wide.widths[0] < 40
    (400, True)
    """
    lengths = [[_width(cell, ems) for cell in row] for row in ([*heads], *rows)]
    lengths[0] = [length * _BOLD for length in lengths[0]]
    words, least, natural = [], [], []
    for i, side in enumerate(sides):
        numbers = [row[i] for row in lengths[1:]]
        longest = max(_BOLD * _longest([heads[i]], ems), _longest((row[i] for row in rows), ems))
        words.append(longest)
        if side == "r":  # a head of many words breaks, its numbers do not
            least.append(max(min(_LONGEST_WORD, longest), *numbers))
            natural.append(max(least[i], lengths[0][i] / 3))
        else:
            least.append(min(_LONGEST_WORD, longest))
            natural.append(max(least[i], lengths[0][i], *numbers))
    free = {size: (room - GUTTER * len(heads)) / size for size in SIZES}
    size = next((size for size in SIZES if sum(least) <= free[size]), SIZES[-1])
    widths = _share(least, natural, free[size])
    lines = sum(
        max(math.ceil(1.04 * length / width) for length, width in zip(row, widths, strict=True))
        for row in lengths
    )
    return Layout(
        tuple(round(width * size + GUTTER, 1) for width in widths),
        size,
        lines * size * _LINE + len(lengths) * _PADDING,
        any(word > width for word, width in zip(words, widths, strict=True)),
    )


def _share(least: Sequence[float], natural: Sequence[float], free: float) -> list[float]:
    if sum(least) > free:
        return [width * free / sum(least) for width in least]
    part = min(1.0, (free - sum(least)) / (sum(natural) - sum(least) or 1.0))
    return [low + part * (high - low) for low, high in zip(least, natural, strict=True)]


def _longest(texts: Iterable[str], ems: Mapping[str, float]) -> float:
    """Give the width of the longest piece that no line may break."""
    return max(
        _width(word, ems) for text in texts for word in re.split(r" |(?<=[-/–—])(?=[^\W\d])", text)
    )


def _width(text: str, ems: Mapping[str, float]) -> float:
    # A hair more than the letters: a number as wide as its column to the last bit would break.
    return sum(ems[letter] for letter in text) + 0.05
