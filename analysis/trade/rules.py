"""Counting rules: each flow once or twice, by whose report, among which countries."""

from dataclasses import dataclass

import pandas as pd

from ..countries import FIVE, Membership
from ..errors import ReckoningError
from ..quantities import Quantity
from .sides import BILLION, COUNTS, SIDES, mirrors


@dataclass(frozen=True)
class CountingRule:
    """One way to count the trade of a group of countries with each other.

    Parameters
    ----------
    count : {"once", "twice"}
        Once: the exports of every member to every other. Twice: the sum of the members' own
        turnovers, in which each flow stands as an export of one and as an import of the other.
    side : {"exporters", "importers", "larger", "smaller", "reconciled", "own"}
        Whose report of each flow is taken. ``own`` takes exports from the exporter and imports
        from the importer, as national statistics do, so it only goes with ``twice``.
    membership : Membership
        The countries counted.

    Raises
    ------
    ReckoningError
        An unknown count or side; ``own`` with ``once``.

    Examples
    --------
    >>> CountingRule("once", "importers").name
    "each flow once, importers' reports, five members"
    """

    count: str
    side: str
    membership: Membership = FIVE

    def __post_init__(self) -> None:
        if self.count not in COUNTS:
            raise ReckoningError(f"count {self.count!r}", allowed=", ".join(COUNTS))
        if self.side not in SIDES:
            raise ReckoningError(f"side {self.side!r}", allowed=", ".join(SIDES))
        if self.side == "own" and self.count == "once":
            raise ReckoningError(
                "each member's own reports hold every flow twice",
                where="CountingRule(count='once', side='own')",
                allowed="count='twice' with side='own'",
            )

    @property
    def name(self) -> str:
        """The rule as a reader would say it."""
        return f"each flow {self.count}, {SIDES[self.side]}, {self.membership.name}"

    def total(self, flows: pd.DataFrame, year: int) -> Quantity:
        """Count the group's trade in one year, from the table ``trade_flows``, in USD billion.

        Raises
        ------
        ReckoningError
            The year is absent, a flow is absent from the side asked for (never taken as zero), a
            flow is given twice, or the side mixes two editions.
        """
        both = mirrors(flows, year, self.membership, needed=_needed(self.side))
        match self.side:
            case "exporters" | "importers":
                once = both[self.side.removesuffix("s")].sum()
            case "reconciled":
                once = both["reconciled"].sum()
            case "larger":
                once = both[["exporter", "importer"]].max(axis=1).sum()
            case "smaller":
                once = both[["exporter", "importer"]].min(axis=1).sum()
            case _:
                once = (both["exporter"].sum() + both["importer"].sum()) / 2
        return Quantity.of(
            both,
            (2 if self.count == "twice" else 1) * once / BILLION,
            "USD billion",
            f"{len(both)} flows of {year}: {self.name}",
            ("trade_flows",),
            year=year,
        )


def _needed(side: str) -> tuple[str, ...]:
    return {
        "exporters": ("exporter",),
        "importers": ("importer",),
        "reconciled": ("reconciled",),
    }.get(side, ("exporter", "importer"))
