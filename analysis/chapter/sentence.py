"""A sentence that follows from the evidence, with its numbers, citations and references."""

from collections.abc import Iterable
from dataclasses import dataclass, field

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
