"""How numbers and words are written for readers: one way for each unit, in one place."""

import datetime
import re
from collections.abc import Iterable

#: Unit -> what stands before the number, what behind it, and its usual decimals.
UNITS = {
    "USD billion": ("$", " billion", 1),
    "USD million": ("$", " million", 0),
    "USD": ("$", "", 0),
    "%": ("", "%", 0),
    "times": ("", " times", 1),
    "million t": ("", " million t", 2),
    "thousand TEU": ("", " thousand TEU", 0),
    "standard normal units": ("", " points", 2),
}
#: What may follow a unit and is left to the sentence: "USD a day", "% of GDP".
_OF = re.compile(r" (?:a|of|on|per) .*")


def number(value: float, unit: str = "", spec: str = "") -> str:
    """Write a value as its unit is written.

    Parameters
    ----------
    value : float
        In ``unit``.
    unit : str
        A key of `UNITS`, alone or with what it is counted by ("USD a day", "% of GDP"), which is
        left to the sentence; or any noun in the plural, which then follows the number.
    spec : str, optional
        Decimals, where the unit's usual ones will not do; ``+`` before them shows the sign, and
        ``bare`` after them leaves the unit to the sentence. ``words`` writes a count in words
        without its unit, ``Words`` does so at the head of a sentence.

    Raises
    ------
    ValueError
        Another ``spec``.

    Examples
    --------
    >>> number(25.04, "USD billion"), number(25.04, "USD billion", "0"), number(12.3, "days")
    ('$25.0 billion', '$25 billion', '12 days')
    >>> number(-0.3, "days", "+1"), number(11, "ships", "bare"), number(1234.5, "km")
    ('−0.3 days', '11', '1,234 km')
    >>> number(5, "members", "words"), number(2, "ships", "Words")
    ('five', 'Two')
    >>> number(402.4, "USD a day"), number(-3.14, "% of GDP", "1")
    ('$402', '−3.1%')
    """
    if spec in ("words", "Words"):
        written = in_words(round(value))
        return written.capitalize() if spec == "Words" else written
    options = re.fullmatch(r"(\+?)(\d?)\s*(bare)?", spec)
    if options is None:
        raise ValueError(f"format {spec!r} (allowed: decimals, + before them, bare after; words)")
    form = UNITS.get(unit) or UNITS.get(_OF.sub("", unit))
    before, after, usual = form or ("", f" {unit}" if unit else "", 0)
    digits = int(options[2]) if options[2] else usual
    text = f"{abs(value):,.{digits}f}"
    zero = not text.strip("0.,")
    sign = "" if zero else "\N{MINUS SIGN}" if value < 0 else options[1]
    return f"{sign}{text}" if options[3] else f"{sign}{before}{text}{after}"


def listed(words: Iterable[str], word: str = "and", empty: str = "none") -> str:
    """Join words as a sentence does, with a word before the last; ``empty`` where there are none.

    Examples
    --------
    >>> listed(["A"]), listed(["A", "B"]), listed(["A", "B", "C"], "or"), listed([])
    ('A', 'A and B', 'A, B or C', 'none')
    """
    *first, last = tuple(words) or (empty,)
    return f"{', '.join(first)} {word} {last}" if first else last


def day(date: str | datetime.date) -> str:
    """Write a date, in ISO 8601 or as such, as a reader says it, as exactly as it is known.

    Examples
    --------
    >>> day("2024-11-06"), day("2025-01"), day("2025")
    ('6 November 2024', 'January 2025', '2025')
    """
    if isinstance(date, str):
        if date.count("-") < 2:
            return f"{datetime.date.fromisoformat(f'{date}-01'):%B %Y}" if "-" in date else date
        date = datetime.date.fromisoformat(date)
    return f"{date.day} {date:%B %Y}"


def dated(date: str) -> str:
    """Say when something was, in a sentence.

    Examples
    --------
    >>> dated("2024-11-06"), dated("2025-01")
    ('on 6 November 2024', 'in January 2025')
    """
    return f"{'in' if date.count('-') < 2 else 'on'} {day(date)}"


def month(date: str) -> str:
    """Write an ISO date as a figure's label has room for: its month, or a bare year.

    Examples
    --------
    >>> month("2024-11-06"), month("2023-06"), month("2025")
    ('Nov 2024', 'Jun 2023', '2025')
    """
    return f"{datetime.date.fromisoformat(f'{date}-01'[:10]):%b %Y}" if "-" in date else date


def capitalised(text: str) -> str:
    """Write the first letter large, and the rest as it stands.

    Examples
    --------
    >>> capitalised("fund of the OTS")
    'Fund of the OTS'
    """
    return text[:1].upper() + text[1:]


_FEW = (
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip


def in_words(count: int) -> str:
    """Write a count in words up to twelve, as a newspaper does.

    Examples
    --------
    >>> in_words(0), in_words(4), in_words(13)
    ('none', 'four', '13')
    """
    return _FEW[count] if 0 <= count < len(_FEW) else str(count)


def counted(count: int, noun: str) -> str:
    """Write a count with its noun, in the plural unless it is one or none.

    Examples
    --------
    >>> counted(1, "act"), counted(2, "act"), counted(0, "act"), counted(24, "act")
    ('one act', 'two acts', 'no act', '24 acts')
    """
    return f"{in_words(count) if count else 'no'} {noun}{'' if count < 2 else 's'}"


def of_all(count: int, whole: int) -> str:
    """Write a part of a whole for the start of a sentence.

    Examples
    --------
    >>> of_all(4, 4), of_all(2, 2), of_all(2, 4), of_all(0, 4)
    ('All four', 'Both', 'Two of the four', 'None of the four')
    """
    if count == whole == 2:
        return "Both"
    if count == whole:
        return f"All {in_words(whole)}"
    return f"{in_words(count)} of the {in_words(whole)}".capitalize()
