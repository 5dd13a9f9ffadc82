"""A sentence that follows from the evidence, with its numbers, citations and references."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..quantities import Quantity


@dataclass(frozen=True)
class Sentence:
    """Words that a function has chosen, and the numbers that stand among them.

    Parameters
    ----------
    text : str
        As prose is written in a chapter: roles such as ``{numref}`` may stand in it. A name in
        braces stands for a number, with a format where its unit's usual one will not do:
        ``{rise:1}``. Empty where there is nothing to say.
    numbers : dict
        By that name, the quantity; one that the text does not name is not shown.

    Examples
    --------
    >>> rise = Quantity(9.9, "USD billion", "rise of the total", (), ())
    >>> print(Sentence("It rose by {rise} or {rise:0}.", {"rise": rise}))
    It rose by $9.9 billion or $10 billion.
    """

    text: str
    numbers: dict[str, Quantity] = field(default_factory=dict)

    def fields(self) -> Iterator[tuple[str, str, Quantity, str]]:
        """Give each number among the words: its braces, its name, the quantity, its format."""
        for name, quantity in self.numbers.items():
            for braces, spec in re.findall(rf"(\{{{name}:?([^{{}}]*)\}})", self.text):
                yield braces, name, quantity, spec

    def __str__(self) -> str:
        """Say it in plain text."""
        text = self.text
        for braces, _, quantity, spec in self.fields():
            text = text.replace(braces, format(quantity, spec))
        return text

    def __add__(self, other: "Sentence") -> "Sentence":
        """Go on with another sentence, if it says anything."""
        text = " ".join(part for part in (self.text, other.text) if part)
        return Sentence(text, self.numbers | other.numbers)


def cite(keys: Iterable[str]) -> str:
    """Cite sources, or nothing where there is none.

    Examples
    --------
    >>> cite(("a2024", "b2025")), cite(())
    (' {cite:p}`a2024,b2025`', '')
    """
    told = ",".join(keys)
    return f" {{cite:p}}`{told}`" if told else ""


def listed(names: Iterable[str], word: str = "and") -> str:
    """Write names as a list in a sentence, with a word before the last.

    Examples
    --------
    >>> listed(["A"]), listed(["A", "B"]), listed(["A", "B", "C"], "or"), listed([])
    ('A', 'A and B', 'A, B or C', 'none')
    """
    *first, last = tuple(names) or ("none",)
    return f"{', '.join(first)} {word} {last}" if first else last


def spans(years: Iterable[int]) -> str:
    """Write years as a list of spans.

    Examples
    --------
    >>> spans([2005, 2006, 2007, 2010]), spans([2024, 2023, 2024])
    ('2005 to 2007 and 2010', '2023 and 2024')
    """
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    told: list[str] = []
    for run in runs:
        told += [f"{run[0]} to {run[-1]}"] if len(run) > 2 else [str(year) for year in run]
    return listed(told)
