"""A sentence that follows from the evidence, with its numbers, citations and references."""

import re
from collections.abc import Iterator
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
