"""The crossing and the journeys together: one model, asked for the year or for a month."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from ..quantities import Quantity
from .crossing import Crossing, crossing_of, crossing_quantity, replicate, stage_days
from .journeys import Circumstances, Departures, circumstances, corridors, simulate, stages
from .pert import Empirical

#: The stage whose days the model of the crossing gives.
CROSSED = "Caspian Sea"


@dataclass(frozen=True)
class Model:
    """What the tables say, and what follows from it.

    Parameters
    ----------
    settings, storms, stages, corridors : DataFrame
        The tables ``route_settings``, ``route_storms``, ``route_stages``, ``route_corridors``.
    years : int, optional
        Years of the crossing that are simulated.
    number, by_month : int, optional
        Departures over the year, and for a month of the scoreboard.
    seed : int, optional
        Of both simulations.
    """

    settings: pd.DataFrame
    storms: pd.DataFrame
    stages: pd.DataFrame
    corridors: pd.DataFrame
    years: int = 400
    number: int = 1_000_000
    by_month: int = 100_000
    seed: int = 20250104

    @cached_property
    def sea(self) -> Crossing:
        """The crossing at the central values."""
        return crossing_of(self.settings, self.storms)

    @cached_property
    def rules(self) -> Circumstances:
        """What rules several stages at once."""
        return circumstances(self.settings)

    @cached_property
    def stage(self) -> dict[int, Empirical]:
        """Days of the crossing by month of arrival at Aktau; 0 is the year."""
        return stage_days(self.sea, self.years, seed=self.seed % 997)

    @cached_property
    def departures(self) -> Departures:
        """Departures over the whole year."""
        return self._simulated(0, self.number)

    @cached_property
    def _months(self) -> dict[int, Departures]:
        return {}

    def in_month(self, month: int) -> Departures:
        """Give departures whose crossing falls into one month; 0 is the year."""
        if month not in self._months:
            self._months[month] = self._simulated(month, self.by_month)
        return self._months[month]

    def wait(self, *, calm: bool = False) -> Quantity:
        """Give the mean wait at Aktau over the year, in days."""
        sea = self.sea.calm() if calm else self.sea
        found = replicate(sea, self.years, seed=self.seed % 997)["wait"].mean()
        rule = "mean wait of a container at Aktau" + (", without storms" if calm else "")
        return self.of_crossing(float(found), "days", f"{rule}, simulated")

    def use(self, **ends: str) -> Quantity:
        """Give the use of the ships westbound, in % of their stated capacity in that direction."""
        sea = crossing_of(self.settings, self.storms, **ends)
        rule = "containers going west over the stated yearly capacity of the ships going west"
        return self.of_crossing(sea.use, "%", rule)

    def use_eastbound(self) -> Quantity:
        """Give the use of the ships eastbound, empty containers included, in %."""
        rule = "containers going east over the yearly capacity of the ships going east"
        return self.of_crossing(self.sea.use_eastbound, "%", rule)

    def of_crossing(self, value: float, unit: str, rule: str) -> Quantity:
        """Give what the crossing found as a quantity."""
        return crossing_quantity(self.settings, self.storms, value, unit, rule)

    def _simulated(self, month: int, number: int) -> Departures:
        by_name = stages(self.stages, {CROSSED: self.stage[month]})
        ways = corridors(self.corridors, by_name)
        return simulate(ways, number, self.rules, seed=self.seed)
