"""A sentence that follows from the evidence, with its numbers, citations and references."""

from dataclasses import dataclass, field

from .. import formats
from ..quantities import Quantity


@dataclass(frozen=True)
class Sentence:
    """Words that a function has chosen, and the numbers that stand among them.

    Parameters
    ----------
    text : str
        As prose is written in a chapter: roles such as ``{numref}`` may stand in it. A name in
        braces stands for a number. Empty where there is nothing to say.
    numbers : dict
        By that name, the quantity and the pattern that shows it; one that the text does not name
        is not shown.

    Examples
    --------
    >>> fell = Quantity(9.9, "%", "fall of the total", (), ())
    >>> print(Sentence("It fell by {fall}.", {"fall": (fell, "{:.0f} per cent")}))
    It fell by 10 per cent.
    """

    text: str
    numbers: dict[str, tuple[Quantity, str]] = field(default_factory=dict)

    def __str__(self) -> str:
        """Say it in plain text."""
        text = self.text
        for name, (quantity, pattern) in self.numbers.items():
            text = text.replace(f"{{{name}}}", quantity.text(pattern))
        return text

    def __add__(self, other: "Sentence") -> "Sentence":
        """Go on with another sentence, if it says anything."""
        text = " ".join(part for part in (self.text, other.text) if part)
        return Sentence(text, self.numbers | other.numbers)


# Old names of what `analysis.formats` writes.
cite, listed, spans = formats.cite, formats.listed, formats.spans
