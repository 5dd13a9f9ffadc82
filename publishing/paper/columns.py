"""How wide the columns of a printed table are, and how small its type.

Numbers are never broken; columns of words share what the numbers leave, so that the table comes
out as low as it can.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import typst

#: Points: the type of a table, the largest that fits is taken; the room beside a cell's text.
SIZES, GUTTER = (8.5, 7.8, 7.2, 6.6, 6.0), 9.0
#: Height of a line, as a multiple of its type; points above and below the text of a row.
_LINE, _PADDING = 1.3, 6.0
_STEPS = 48
#: A step looks at so many rows: a table of a thousand rows is judged by its first.
_MOST_ROWS = 60
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

    ``broken`` tells that some word is wider than its column.
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
    letters = "".join(sorted(set(text)))
    found = typst.query(
        {"main.typ": _RULER.encode()}, "<ems>", field="value", one=True,
        sys_inputs={"letters": letters}, ignore_system_fonts=True,
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
    need = [[_width(cell, ems) for cell in row] for row in rows]
    head = [_width(text, ems) * _BOLD for text in heads]
    least = [_longest_word(text, ems) * _BOLD for text in heads]
    natural = list(head)
    for i, side in enumerate(sides):
        column = [row[i] for row in need]
        if side == "r":  # a head of many words breaks, its numbers do not
            least[i] = max([least[i], *column])
            natural[i] = max(least[i], head[i] / 3)
        else:
            least[i] = max([least[i], *(_longest_word(row[i], ems) for row in rows)])
            natural[i] = max([least[i], head[i], *column])
    size, widths = SIZES[-1], least
    for size in SIZES:
        free = (room - GUTTER * len(heads)) / size
        if sum(natural) <= free:
            widths = natural
            break
        if sum(least) <= free:
            widths = _share(least, natural, [head, *need[:_MOST_ROWS]], free)
            break
    else:
        widths = [width * free / sum(least) for width in least]
    lines = sum(_lines(row, widths) for row in [head, *need])
    points = tuple(round(width * size + GUTTER, 1) for width in widths)
    words = [max(_words(row[i], ems)) for row in [heads, *rows] for i in range(len(heads))]
    columns = widths * (len(rows) + 1)
    return Layout(
        points,
        size,
        lines * size * _LINE + (len(rows) + 1) * _PADDING,
        any(word > width for word, width in zip(words, columns, strict=True)),
    )


def _share(
    least: Sequence[float], natural: Sequence[float], rows: Sequence[Sequence[float]], free: float
) -> list[float]:
    """Give each column its least, and the rest step by step to where it saves most lines."""
    widths = list(least)
    step = (free - sum(least)) / _STEPS
    for _ in range(_STEPS):
        saved = [1e-9 * (most - width) for most, width in zip(natural, widths, strict=True)]
        for row in rows:
            heights = [need / width for need, width in zip(row, widths, strict=True)]
            tallest = max(range(len(heights)), key=heights.__getitem__)
            rest = max([1.0, *heights[:tallest], *heights[tallest + 1 :]])
            after = row[tallest] / (widths[tallest] + step)
            saved[tallest] += max(0.0, heights[tallest] - max(rest, after))
        widths[max(range(len(widths)), key=saved.__getitem__)] += step
    return widths


def _lines(row: Sequence[float], widths: Sequence[float]) -> int:
    return max(math.ceil(1.04 * need / width) for need, width in zip(row, widths, strict=True))


def _longest_word(text: str, ems: Mapping[str, float]) -> float:
    return min(_LONGEST_WORD, max(_words(text, ems)))


def _words(text: str, ems: Mapping[str, float]) -> list[float]:
    return [_width(word, ems) for word in re.split(r" |(?<=[-/–—])(?=[^\W\d])", text)]


def _width(text: str, ems: Mapping[str, float]) -> float:
    # A hair more than the letters: a number as wide as its column to the last bit would break.
    return sum(ems[letter] for letter in text) + 0.05
