"""Numbers that are no amounts: a time of day, an age, the number of a law, and what is not read."""

import re
import unicodedata
from string import ascii_uppercase

from .forms import Note, Span
from .units import BEFORE_A_YEAR, SPACE

DATED = re.compile(rf"(?<![\w-])({BEFORE_A_YEAR}){SPACE}{{1,3}}$", re.IGNORECASE)
REST = re.compile(r"(?:-?\w)*")
_CLOCK = re.compile(rf"{SPACE}?(?:GMT|UTC|[ap]\.m\.|[ap]m)(?!\w)")
_TIME_OF_DAY = re.compile(r"[0-9]{1,2}[:.][0-9]{2}")
_NUMBERED = re.compile(
    r"(?:(?<!\w)(?:Nos?\.|(?:Agenda|Airbus|Annex|Article|Boeing|Chapter|Clause|Decree|Flight|Gate"
    r"|Highway|Law|Order|Paragraph|Phase|Resolution|Room|Section|Terminal)s?\s)|№|#)\s?$"
)
_AGED = re.compile(r"[A-Z][\w.’'-]*,\s$")


def unread(
    text: str, span: Span, number: float | str | None, ahead: str, bounds: Span
) -> Note | None:
    """Say why a number is left alone, if it is.

    Parameters
    ----------
    text : str
        The report.
    span : Span
        The figures.
    number : float, str or None
        What they say; None if they cannot be read.
    ahead : str
        What stands right before them; empty after a currency that is known.
    bounds : Span
        The paragraph.

    Examples
    --------
    >>> text = "signed under No. 118 at 11 a.m."
    >>> whole = Span(0, len(text))
    >>> unread(text, Span(17, 20), 118, "under No. ", whole).span.of(text)
    'No. 118'
    >>> unread(text, Span(24, 26), 11, "No. 118 at ", whole).why
    'a time of day'
    """
    if number is None:
        clock = _TIME_OF_DAY.fullmatch(span.of(text)[:6])
        why = "a time of day" if clock else "a number written in a way that is not read"
        return Note(span, why)
    # Most numbers stand after a word and before one, and are none of these.
    if ahead and not ahead[-1].isspace():
        return _beside(span, ahead)
    if numbered := _NUMBERED.search(ahead):
        end = REST.match(text, span.end, bounds.end).end()
        start = span.start - len(ahead) + numbered.start()
        return Note(Span(start, end), "a number that names and does not count")
    if text[span.end : span.end + 1] == "," and span.end - span.start == 2 and _AGED.search(ahead):
        return Note(span, "a number between commas after a name, as an age is")
    clock = _CLOCK.match(text, span.end, bounds.end)
    return Note(Span(span.start, clock.end()), "a time of day") if clock else None


def _beside(span: Span, ahead: str) -> Note | None:
    """Look at a sign that stands right before a number, without a space."""
    sign = ahead[-1]
    if unicodedata.category(sign) == "Sc":
        letters = len(ahead) - len(ahead[:-1].rstrip(ascii_uppercase))
        why = f"the currency {ahead[-letters:]} is not known"
        return Note(Span(span.start - letters, span.end), why)
    if sign in "'’" and span.end - span.start == 2 and DATED.search(ahead[:-1]):
        return Note(Span(span.start - 1, span.end), "a year of two figures")
    if sign in "№#":
        return Note(Span(span.start - 1, span.end), "a number that names and does not count")
    return None
