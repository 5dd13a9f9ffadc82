"""Sentences written in a chapter, whose numbers and words follow from the evidence.

A sentence is Markdown with names in braces. `compose` puts in what each name stands for, refuses
what would lie by accident (a value missing, a value unused, a state without words, a number typed),
and gives text that reads well wherever Markdown is shown: a number is a link to its card, a
citation a link to its source. The pages make cards and citations of these links.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from inspect import cleandoc
from itertools import pairwise
from typing import Any
from urllib.parse import quote

from .. import sources
from ..errors import ChapterError
from ..quantities import Quantity
from .table import Badge

#: A name in braces; ``{cite:p}`key``` and its kin are roles of the page's own language.
_FIELD = re.compile(r"\{([A-Za-z_]\w*)(?::([^{}`]*))?\}(?!`)")
_CITED = re.compile(r" ?\[(@[\w-]+(?:; ?@[\w-]+)*)\]")
#: What is no figure of the evidence: quoted words, code, roles, addresses, headings, dates.
_NOT_PROSE = re.compile(
    r"^>[^\n]*$|“[^”]*”|\{[^}]*\}`[^`]*`|`[^`]*`|\]\([^)]*\)|^```.*?^```|^#[^\n]*$"
    r"|\b\d{1,2}(?: (?:and|to) \d{1,2})? (?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December)\b",
    re.M | re.S,
)
#: A unit that makes a figure of the number before it.
_UNIT = (
    r"(?:%|per ?cent|percentage points?|bn|trillion|billion|million|thousand|Mt|kt|TEU|km"
    r"|kilometres|days|weeks|hours|times|tonnes|dollars)"
)
_COUNT = (
    "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven"
    "|eigh|nine)teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|(?:a )?hundred)"
)
_TYPED = re.compile(
    rf"\$ ?\d[\d.,]*|\d[\d.,]*[\s-]?{_UNIT}|(?<![\w.-])\d+[.,]\d+"
    rf"|\b{_COUNT}(?:(?:[ -]|[ -]and[ -]){_COUNT})*[ -]"
    r"(?:trillion|billion|million|thousand|per ?cent|percentage points?|kilometres|tonnes|dollars)",
    re.I,
)
#: The unit that is written after a number; it may only complete the number's own.
_AFTER = re.compile(rf"\s*-?({_UNIT})\b", re.I)
#: Of two words a number's rule has one: a sentence about it may not have the other alone.
_CONTRARY = (
    ("exporter", "importer"), ("export", "import"), ("once", "twice"), ("five", "observer"),
    ("smallest", "largest"), ("westbound", "eastbound"),
)  # fmt: skip
_NUMBER_LINK = re.compile(r"\[([^\]]+)\]\(#(number-[\w-]+)\)")
_LINKED = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
#: The year that is written at once after a number is the number's own, whatever stands beside.
_IN_YEAR = re.compile(r"[^\w\[]{0,2}(?:billion |bn )?(?:in|for|of) ((?:19|20)\d\d)\b")
#: Years that a sentence may hold as a whole number.
_YEARS = range(1900, 2101)


def typed(text: str) -> str:
    """Find a figure of the evidence that was typed into prose; empty where there is none.

    Examples
    --------
    >>> typed("It came to $45 billion in 2024."), typed("On 6 November 2024 he said “45 billion”.")
    ('$45', '')
    >>> typed("It came to forty-five billion."), typed("a rise of 12 per cent")
    ('forty-five billion', '12 per cent')
    """
    found = _TYPED.search(_NOT_PROSE.sub("", text))
    return found[0].strip() if found else ""


@dataclass(frozen=True)
class Choice:
    """Words for each state that the evidence can be in, and the state that it is in.

    Parameters
    ----------
    state : str
        A key of ``words``.
    words : mapping of str to str
        For every state there can be; they may hold names in braces themselves.

    Raises
    ------
    ChapterError
        The state has no words.
    """

    state: str
    words: Mapping[str, str]

    def __post_init__(self) -> None:
        if self.state not in self.words:
            raise ChapterError(
                f"no words for the state {self.state!r}", allowed=", ".join(self.words)
            )

    @property
    def text(self) -> str:
        """The words for the state that the evidence is in."""
        return self.words[self.state]


def pick(state: object, choices: Mapping[Any, str] | None = None, /, **words: str) -> Choice:
    """Choose words by a state of the evidence, from a closed set that is all in view.

    The state is what was computed: a word, or ``True`` or ``False``; ``choices`` has the words of
    states that are no names. A state without words is a `ChapterError`.

    Examples
    --------
    >>> pick("fell", fell="fell by {change}", rose="rose by {change}", level="hardly moved").text
    'fell by {change}'
    >>> pick(False, {True: ", our estimate", False: ""}).text
    ''
    >>> pick("fell", rose="rose")
    Traceback (most recent call last):
    analysis.errors.ChapterError: no words for the state 'fell' (allowed: rose)
    """
    given = {**(choices or {}), **words}
    return Choice(str(state), {str(key): text for key, text in given.items()})


@dataclass(frozen=True)
class Sentence:
    """A sentence with everything put in.

    Attributes
    ----------
    text : str
        Markdown.
    numbers : dict of str to (Quantity, str)
        By name, the quantities that stand in it, and how each is first written there.
    """

    text: str
    numbers: dict[str, tuple[Quantity, str]] = field(default_factory=dict)


def compose(template: str, values: Mapping[str, Any], chapter: str) -> Sentence:
    """Put values into a sentence.

    Parameters
    ----------
    template : str
        Markdown. ``{name}`` stands for a value, ``{name:spec}`` for a number written as
        `analysis.formats.number` has it; ``[@key; @key]`` cites.
    values : mapping
        By name: a `Quantity`, a `Choice`, a `Badge`, words, or a year.
    chapter : str
        Its name, for the cards of numbers.

    Raises
    ------
    ChapterError
        A name without a value, a value without a place, a number typed, a number without its
        unit and sources.
    SourceError
        A source that the bibliography lacks.

    Examples
    --------
    >>> once = Quantity(25.04, "USD billion", "sum of ten pairs", (), ("flows",))
    >>> moved = pick("fell", fell="fell", rose="rose")
    >>> compose("In {year} trade {moved} to {once}.", {"year": 2024, "moved": moved, "once": once},
    ...         "trade").text
    'In 2024 trade fell to [$25.0 billion](#number-trade-once).'
    >>> compose("It was {total}.", {}, "trade")
    Traceback (most recent call last):
    analysis.errors.ChapterError: no value for {total} (allowed: none was given)
    """
    named = _names(template, values)
    if missing := named - set(values):
        raise ChapterError(
            f"no value for {{{min(missing)}}}", allowed=", ".join(values) or "none was given"
        )
    if unused := set(values) - named:
        raise ChapterError(f"no place for {min(unused)!r}", allowed="values that the words name")
    for words in (template, *_all_words(values)):
        if figure := typed(words):
            raise ChapterError(f"{figure!r} is typed in prose", allowed="{name} of a quantity")
    numbers: dict[str, tuple[Quantity, str]] = {}

    def put(found: re.Match[str]) -> str:
        name, spec = found[1], found[2] or ""
        match values[name]:
            case Choice() as choice:
                return _FIELD.sub(put, choice.text)
            case Quantity() as quantity:
                text = format(quantity, spec)
                numbers.setdefault(name, (quantity, text))
                return f"[{text}](#{anchor(chapter, name)})"
            case Badge(rating):
                return f"[{rating}](#rating-{rating.replace(' ', '-')})"
            case bool() | float():
                raise ChapterError(
                    f"{name} is {values[name]!r}", allowed="a Quantity: value, unit, sources"
                )
            case int() as year if year not in _YEARS:
                raise ChapterError(
                    f"{name} is {year}", allowed="a Quantity; a whole number only as a year"
                )
            case value:
                return str(value)

    text = _FIELD.sub(put, cleandoc(template))
    _hold(text, {anchor(chapter, name): it for name, (it, _) in numbers.items()})
    return Sentence(_CITED.sub(lambda found: f" ({_cite(found[1])})", text), numbers)


def _hold(text: str, numbers: Mapping[str, Quantity]) -> None:
    """Hold what a sentence says around its numbers against what they are.

    Raises
    ------
    ChapterError
        Every year that it names, or the one right after a number, is another than the number's, or
        its words are the contrary of the number's rule, or another unit follows; a range begins
        with its higher end.

    Examples
    --------
    >>> total = Quantity(25.04, "USD billion", "each flow once", (), (), 2024)
    >>> compose("In 2014 it came to {total}.", {"total": total}, "trade")
    Traceback (most recent call last):
    analysis.errors.ChapterError: $25.0 billion is of 2024 and stands with 2014
    >>> compose("Counted twice it is {total}.", {"total": total}, "trade")
    Traceback (most recent call last):
    analysis.errors.ChapterError: 'twice' beside $25.0 billion (allowed: each flow once)
    """
    for sentence in re.split(r"(?<=[.!?:;])\s+(?=[A-Z*“])|\n\s*[-*] |\n\n", text):
        found = [(it, numbers[it[2]]) for it in _NUMBER_LINK.finditer(sentence)]
        words = _LINKED.sub(r"\1", sentence).lower()
        years = set(_YEAR.findall(words))
        spoken = {year for _, quantity in found for year in _years_of(quantity)}
        for place, quantity in found:
            if quantity.year and years and not years & (spoken | _years_of(quantity)):
                raise ChapterError(
                    f"{place[1]} is of {quantity.year} and stands with {', '.join(sorted(years))}"
                )
            at = _IN_YEAR.match(sentence, place.end())
            if quantity.year and at and at[1] not in _years_of(quantity):
                raise ChapterError(f"{place[1]} is of {quantity.year} and stands with {at[1]}")
            rule = quantity.rule.lower()
            for pair in (*_CONTRARY, *((b, a) for a, b in _CONTRARY)):
                has, other = (
                    [bool(re.search(rf"\b{word}", it)) for word in pair] for it in (words, rule)
                )
                if has == [False, True] and other == [True, False]:
                    raise ChapterError(f"{pair[1]!r} beside {place[1]}", allowed=quantity.rule)
            after = _AFTER.match(sentence, place.end())
            if after and (after[1] in place[1] or after[1] not in f"{quantity.unit} dollars"):
                raise ChapterError(f"{place[1]} {after[1]}", allowed=quantity.unit)
        for low, high in pairwise(found):
            between = sentence[low[0].end() : high[0].start()]
            before = sentence[: low[0].start()].rstrip("$ ")
            if between == " to " and low[1].value > high[1].value and not before.endswith("from"):
                raise ChapterError(f"{low[0][1]} to {high[0][1]}", allowed="the lower end first")


def _years_of(quantity: Quantity) -> set[str]:
    return {str(quantity.year)} | set(_YEAR.findall(quantity.rule))


def anchor(chapter: str, name: str) -> str:
    """Name the card of a number.

    Examples
    --------
    >>> anchor("trade", "once_2024")
    'number-trade-once-2024'
    """
    return f"number-{chapter}-{name}".replace("_", "-")


def _names(template: str, values: Mapping[str, Any]) -> set[str]:
    """List every name that a sentence may come to hold, in whichever state."""
    named = {found[1] for found in _FIELD.finditer(template)}
    for value in [values.get(name) for name in sorted(named)]:
        if isinstance(value, Choice):
            for words in value.words.values():
                named |= _names(words, values)
    return named


def _all_words(values: Mapping[str, Any]) -> Iterator[str]:
    for value in values.values():
        if isinstance(value, Choice):
            yield from value.words.values()


def _cite(keys: str) -> str:
    """Write sources as links, which the pages turn into citations."""
    out = []
    for key in (part.strip().removeprefix("@") for part in keys.split(";")):
        source = sources.lookup(key)
        address = quote(source.url, safe=":/?&=#%+,;@~-._") or "#"
        out.append(f'[{source.publisher} {source.cited_year}]({address} "cite:{key}")')
    return "; ".join(out)
