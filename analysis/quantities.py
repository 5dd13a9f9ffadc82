"""A number with everything a reader may ask of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from . import formats


@dataclass(frozen=True)
class Quantity:
    """A value with its unit, its year, the rule that made it and the sources behind it.

    Parameters
    ----------
    value : float
        In ``unit``.
    unit : str
        As a reader would say it: ``"USD billion"``, ``"%"``, ``"days"``.
    rule : str
        How the value follows from the rows, in a few plain words.
    sources : tuple of str
        Keys of ``references.bib``.
    tables : tuple of str
        Names of the tables in ``data/`` whose rows it used.
    year : int, optional
        The year it describes.
    estimate : bool
        True where the book estimated it (grade E); its rule then says how.

    Examples
    --------
    >>> q = Quantity(25.04, "USD billion", "sum of ten pairs", ("a",), ("flows",), 2024)
    >>> f"{q}"
    '$25.0 billion'
    """

    value: float
    unit: str
    rule: str
    sources: tuple[str, ...]
    tables: tuple[str, ...]
    year: int | None = None
    estimate: bool = False

    @classmethod
    def of(
        cls,
        rows: pd.DataFrame | pd.Series,
        value: float,
        unit: str,
        rule: str,
        tables: tuple[str, ...],
        **more: Any,
    ) -> "Quantity":
        """Take the sources, and whether it is an estimate, from the rows that the value rests on.

        Parameters
        ----------
        rows : DataFrame or Series
            One row or several, with ``source_keys`` and, where some are estimates, ``estimate``.
        value, unit, rule, tables, **more
            As the class has them.

        Examples
        --------
        >>> rows = pd.DataFrame({"source_keys": ["a", "b a"], "estimate": [False, True]})
        >>> found = Quantity.of(rows, 3.0, "days", "sum of two legs", ("legs",))
        >>> found.sources, found.estimate
        (('a', 'b'), True)
        """
        frame = rows.to_frame().T if isinstance(rows, pd.Series) else rows
        guessed = bool(frame["estimate"].any()) if "estimate" in frame else False
        more.setdefault("estimate", guessed)
        return cls(float(value), unit, rule, keys_of(frame["source_keys"]), tables, **more)

    def __format__(self, spec: str) -> str:
        """Write it as its unit is written; ``spec`` as `analysis.formats.number` has it.

        Examples
        --------
        >>> once = Quantity(25.04, "USD billion", "sum of ten pairs", ("a",), ("flows",))
        >>> f"{once} or {once:0}; {once:bare}"
        '$25.0 billion or $25 billion; 25.0'
        """
        return formats.number(self.value, self.unit, spec)

    def derived(self, value: float, unit: str, rule: str, *others: "Quantity") -> "Quantity":
        """Give another value that follows from the same rows, and from those of others."""
        every = (self, *others)
        return replace(
            self, value=value, unit=unit, rule=rule,
            sources=merge(*(it.sources for it in every)),
            tables=merge(*(it.tables for it in every)),
            estimate=any(it.estimate for it in every),
        )  # fmt: skip


def merge(*groups: Iterable[str]) -> tuple[str, ...]:
    """Join groups of keys into one, each key once, in order of first sight.

    Examples
    --------
    >>> merge(["b", "a"], ["a", "c"])
    ('b', 'a', 'c')
    """
    return tuple(dict.fromkeys(key for group in groups for key in group))


def keys_of(column: Iterable[str]) -> tuple[str, ...]:
    """List the source keys that a column of a table names (a row may name several).

    Examples
    --------
    >>> keys_of(["imf2022", "cepii2025 imf2022"])
    ('imf2022', 'cepii2025')
    """
    return merge(*(cell.split() for cell in column))


def last_digit(value: float) -> float:
    """Give the worth of the last digit that a figure states; closing zeros state nothing.

    Examples
    --------
    >>> last_digit(4.5), last_digit(160.0), last_digit(178.0), last_digit(2110.0)
    (0.1, 10.0, 1.0, 10.0)
    """
    text = f"{value:.6f}".rstrip("0")
    whole, _, part = text.partition(".")
    if part:
        return round(10.0 ** -len(part), 6)
    return 10.0 ** (len(whole) - len(whole.rstrip("0")))
