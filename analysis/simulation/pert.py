"""Days that lie between a lowest and a highest value: the PERT distribution.

Given the lowest value a, the most likely m and the highest b, the days are a + (b - a) B, where B
is beta distributed with the shapes 1 + 4 (m - a)/(b - a) and 1 + 4 (b - m)/(b - a). Its mean is
(a + 4 m + b)/6, the formula of Malcolm, Roseboom, Clark and Fazar (1959).
"""

import math
from dataclasses import dataclass

import numpy as np

from ..errors import ReckoningError

#: Steps of equal chance that stand for a distribution. At 4,096 the mean is exact to 1e-5 days.
STEPS = 4096


@dataclass(frozen=True)
class Pert:
    """Days with a lowest, a most likely and a highest value.

    Raises
    ------
    ReckoningError
        A value is missing or below zero, or they are out of order.

    Examples
    --------
    >>> Pert(1, 3, 10).mean
    3.8333333333333335
    """

    low: float
    likely: float
    high: float

    def __post_init__(self) -> None:
        """Refuse what no duration can be."""
        values = (self.low, self.likely, self.high)
        if any(value is None or math.isnan(value) for value in values):
            raise ReckoningError(f"missing days among {values}", allowed="three numbers of days")
        if not 0 <= self.low <= self.likely <= self.high:
            raise ReckoningError(
                f"days {self.low:g}, {self.likely:g}, {self.high:g}",
                allowed="0 <= low <= central <= high",
            )

    @property
    def shapes(self) -> tuple[float, float]:
        """The two shapes of the beta distribution."""
        wide = self.high - self.low
        if wide == 0:
            return 1.0, 1.0
        up = 4 * (self.likely - self.low) / wide
        return 1 + up, 5 - up

    @property
    def mean(self) -> float:
        """In days."""
        return (self.low + 4 * self.likely + self.high) / 6

    def quantiles(self, steps: int = STEPS) -> np.ndarray:
        """Give the days at the middles of steps of equal chance, rising.

        They are rounded to four decimals, so that no machine's last bit moves a result.
        """
        first, second = self.shapes
        edges = np.linspace(0.0, 1.0, 16 * steps + 1)
        middles = (edges[1:] + edges[:-1]) / 2
        density = middles ** (first - 1) * (1 - middles) ** (second - 1)
        below = np.concatenate([[0.0], np.cumsum(density)])
        chances = (np.arange(steps) + 0.5) / steps
        points = np.interp(chances, below / below[-1], edges)
        return np.round(self.low + (self.high - self.low) * points, 4)


@dataclass(frozen=True)
class Empirical:
    """Days as another model found them: values of equal chance, rising.

    Raises
    ------
    ReckoningError
        Not `STEPS` values, or they fall.

    Examples
    --------
    >>> Empirical(np.full(STEPS, 2.0)).mean
    2.0
    """

    table: np.ndarray

    def __post_init__(self) -> None:
        """Refuse what no distribution can be."""
        if len(self.table) != STEPS or (np.diff(self.table) < 0).any():
            raise ReckoningError(
                f"{len(self.table)} values", allowed=f"{STEPS} values that never fall"
            )

    @property
    def low(self) -> float:
        """The fewest days."""
        return float(self.table[0])

    @property
    def likely(self) -> float:
        """The days in the middle: half take fewer, half more."""
        return float(np.median(self.table))

    @property
    def high(self) -> float:
        """The most days."""
        return float(self.table[-1])

    @property
    def mean(self) -> float:
        """In days."""
        return float(self.table.mean())

    def quantiles(self) -> np.ndarray:
        """Give the days at the middles of steps of equal chance."""
        return self.table


def halves(low: float, middle: float, high: float) -> Empirical:
    """Spread values evenly on both sides of a middle: half below it, half above.

    Examples
    --------
    >>> found = halves(0.5, 1.0, 2.0).quantiles()
    >>> [round(float(found[place]), 2) for place in (STEPS // 4, 3 * STEPS // 4)]
    [0.75, 1.5]
    """
    Pert(low, middle, high)
    chances = (np.arange(STEPS) + 0.5) / STEPS
    return Empirical(np.round(np.interp(chances, (0, 0.5, 1), (low, middle, high)), 4))
