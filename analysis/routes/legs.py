"""Legs: one stretch of a route with one mode and one country."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..countries import NAMES
from ..errors import ReckoningError

MODES = ("rail", "sea")
#: Mean radius of the Earth, km (IUGG).
EARTH_RADIUS = 6371.0088

Way = tuple["Leg", ...]


@dataclass(frozen=True)
class Spread:
    """A value between the lowest and the highest that the sources allow.

    Raises
    ------
    ReckoningError
        The values are not in order, or one is below zero.

    Examples
    --------
    >>> Spread(420, 468, 508).central
    468
    """

    low: float
    central: float
    high: float

    def __post_init__(self) -> None:
        """Refuse values out of order."""
        if not 0 <= self.low <= self.central <= self.high:
            raise ReckoningError(
                f"low {self.low:g}, central {self.central:g}, high {self.high:g}",
                allowed="0 <= low <= central <= high",
            )


@dataclass(frozen=True)
class Leg:
    """One stretch of the route with one mode and one country.

    Parameters
    ----------
    start, end : str
        Places at its ends.
    mode : str
        ``"rail"`` or ``"sea"``.
    country : str or None
        Whose track it is; nobody's at sea.
    km : Spread
        Length.
    straight_km : float
        Great circle between the ends.
    sources : tuple of str
        Keys of ``references.bib``.
    via : tuple of str, optional
        Places that it is drawn through.
    basis : str, optional
        ``"stated"``, or ``"derived"`` by the arithmetic in the row's note.
    days : Spread, optional
        Time on the leg; a sum of days refuses a leg without it.

    Raises
    ------
    ReckoningError
        An unknown mode or country, track that belongs to nobody, sea that belongs to somebody, or
        a length below the great circle.
    """

    start: str
    end: str
    mode: str
    country: str | None
    km: Spread
    straight_km: float
    sources: tuple[str, ...]
    via: tuple[str, ...] = ()
    basis: str = "stated"
    days: Spread | None = None

    @property
    def name(self) -> str:
        """What a reader calls the leg."""
        return f"{self.start} to {self.end}"

    def __post_init__(self) -> None:
        """Refuse what no leg can be."""
        where = f"leg {self.name}"
        if self.mode not in MODES:
            raise ReckoningError(f"mode {self.mode!r}", where=where, allowed=", ".join(MODES))
        if self.mode == "sea" and self.country is not None:
            raise ReckoningError(f"country {self.country!r}", where=where, allowed="none at sea")
        if self.mode == "rail" and self.country not in NAMES:
            raise ReckoningError(
                f"country {self.country!r}", where=where, allowed="a code of analysis/countries.py"
            )
        if self.km.low < self.straight_km:
            raise ReckoningError(
                f"{self.km.low:,.0f} km by {self.mode}",
                where=where,
                allowed=f"the great circle, {self.straight_km:,.0f} km, or more",
            )

    def turned(self) -> "Leg":
        """Give the same leg travelled the other way."""
        parts = vars(self) | {"start": self.end, "end": self.start, "via": self.via[::-1]}
        return Leg(**parts)


def great_circle(
    first: tuple[float, float] | pd.Series, second: tuple[float, float] | pd.Series
) -> float:
    """Measure the shortest way over a sphere of the Earth's mean radius (haversine formula).

    Parameters
    ----------
    first, second : pair of float
        Latitude and longitude in degrees.

    Returns
    -------
    float
        Kilometres.

    Examples
    --------
    A quarter of the way round the equator:

    >>> round(great_circle((0, 0), (0, 90)))
    10008
    """
    (lat1, lon1), (lat2, lon2) = np.radians([tuple(first), tuple(second)])
    half = np.sin((lat2 - lat1) / 2) ** 2
    half += np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return float(2 * EARTH_RADIUS * np.arcsin(np.sqrt(half)))
