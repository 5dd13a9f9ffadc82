"""Legs: one stretch of a route with one mode and one country."""

from dataclasses import dataclass, replace

from ..countries import NAMES
from ..errors import ReckoningError

MODES = ("rail", "sea")

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
class Capacity:
    """What a leg can carry in a year: million t of cargo, or thousand TEU of containers.

    Raises
    ------
    ReckoningError
        A capacity of zero or less.

    Examples
    --------
    >>> str(Capacity(6, "cargo"))
    '6 million t'
    """

    value: float
    measure: str

    def __post_init__(self) -> None:
        """Refuse a leg that carries nothing."""
        if not self.value > 0:
            raise ReckoningError(f"capacity {self.value:g}", allowed="above 0")

    def __str__(self) -> str:
        """Say it with its unit."""
        return f"{self.value:g} {'million t' if self.measure == 'cargo' else 'thousand TEU'}"


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
        Whose track it is; none at sea, and where several countries share a leg.
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
    days, capacity : optional
        Where a source gives them for this leg alone; a sum of days refuses a leg without them.

    Raises
    ------
    ReckoningError
        An unknown mode or country, sea that belongs to somebody, or a length below the great
        circle.
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
    capacity: Capacity | None = None

    @property
    def name(self) -> str:
        """What a reader calls the leg."""
        return f"{self.start} to {self.end}"

    @property
    def details(self) -> str:
        """What sources say for this leg alone: days, capacity."""
        parts = []
        if self.days:
            parts.append(f"{self.days.low:g} · {self.days.central:g} · {self.days.high:g} days")
        if self.capacity:
            parts.append(f"{self.capacity} a year")
        return "; ".join(parts) or "none for it alone"

    def __post_init__(self) -> None:
        """Refuse what no leg can be."""
        where = f"leg {self.name}"
        if self.mode not in MODES:
            raise ReckoningError(f"mode {self.mode!r}", where=where, allowed=", ".join(MODES))
        if self.mode == "sea" and self.country is not None:
            raise ReckoningError(f"country {self.country!r}", where=where, allowed="none at sea")
        if self.mode == "rail" and self.country is not None and self.country not in NAMES:
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
        return replace(self, start=self.end, end=self.start, via=self.via[::-1])
