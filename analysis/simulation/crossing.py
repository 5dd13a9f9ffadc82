"""The Caspian crossing as a queue of discrete events (SimPy): trains wait for ships at Aktau.

A block train brings its containers in one go. A ship takes those that wait, up to its load, spends
its round trip (loading, sea, unloading, and back) and comes again. It sails with what is there and
so never waits for more. While a storm closes the ports no ship sails.
"""

import math
from collections import deque
from collections.abc import Generator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import simpy

from ..errors import ReckoningError
from ..quantities import Quantity, keys_of
from ..rows import chosen, one
from ..settings import setting

#: A process of SimPy: the events that it waits for, one after the other.
Steps = Generator[simpy.Event, object, None]
YEAR = 365.0
#: Days from 1 October to 1 January: the queue fills before the year that counts begins.
WARM_UP = 92.0
_WINTER_ENDS, _WINTER_STARTS = 59.0, 334.0
#: Settings that the queue rests on.
_QUEUE = (
    "ships", "load", "fleet year", "train", "storm days a month", "storm months", "closure",
    "lower water",
)  # fmt: skip


@dataclass(frozen=True)
class Fleet:
    """Ships, their loads, and what the sea does to them.

    Parameters
    ----------
    ships : int
        How many.
    load : float
        TEU that a ship takes.
    trip : float
        Days of a round trip without storms.
    train : float
        TEU of a block train.
    outward : float, optional
        Days from the end of loading to the end of unloading, a part of the trip.
    storm_share : float, optional
        Share of winter days (December to February) on which the ports are closed.
    closure : float, optional
        Mean days of one closure.
    random_trips : bool, optional
        Draw each trip from the exponential distribution, for the check against Erlang's formula.

    Raises
    ------
    ReckoningError
        No ships; a load, a trip or a train of zero or less; a share that leaves no open day.
    """

    ships: int
    load: float
    trip: float
    train: float
    outward: float = 0.0
    storm_share: float = 0.0
    closure: float = 2.0
    random_trips: bool = False

    def __post_init__(self) -> None:
        """Refuse a fleet that cannot carry."""
        for name in ("ships", "load", "trip", "train", "closure"):
            if not getattr(self, name) > 0:
                raise ReckoningError(
                    f"{name} {getattr(self, name):g}", where="fleet", allowed="above 0"
                )
        if not 0 <= self.storm_share < 1:
            raise ReckoningError(
                f"storm share {self.storm_share:g}", where="fleet", allowed="0 to below 1"
            )
        if not 0 <= self.outward <= self.trip:
            raise ReckoningError(
                f"{self.outward:g} days outward of {self.trip:g}", where="fleet", allowed="a part"
            )

    @property
    def capacity(self) -> float:
        """TEU a year, every ship full and no storm."""
        return self.ships * self.load * YEAR / self.trip

    def with_storms(self, share: float, closure: float) -> "Fleet":
        """Give the same fleet under winter storms."""
        return replace(self, storm_share=share, closure=closure)

    def with_lower_water(self, part: float) -> "Fleet":
        """Give the same fleet with loads cut to ``part`` of what they were."""
        return replace(self, load=self.load * part)


def fleet(settings: pd.DataFrame) -> Fleet:
    """Build the feeder fleet from the table ``route_settings``.

    Its round trip is the one that gives the stated yearly capacity with full ships:
    365 x ships x load / capacity.
    """
    ships, load = int(setting(settings, "ships")), setting(settings, "load")
    trip = YEAR * ships * load / (1000 * setting(settings, "fleet year"))
    return Fleet(ships, load, trip, setting(settings, "train"), outward=trip / 2)


def storms(settings: pd.DataFrame) -> tuple[float, float]:
    """Give the share of winter days closed, and the mean days of a closure."""
    return setting(settings, "storm days a month") / 31, setting(settings, "closure")


@dataclass(frozen=True)
class Year:
    """One simulated year of the queue.

    Attributes
    ----------
    waits : ndarray
        Days from a train's arrival to the sailing of its containers less loading, one value for
        each part of a train that shares a ship.
    teu : ndarray
        TEU of each of those parts.
    left : float
        TEU that wait at the end.
    """

    waits: np.ndarray
    teu: np.ndarray
    left: float

    @property
    def mean(self) -> float:
        """Mean wait of a container, in days."""
        return float(np.average(self.waits, weights=self.teu)) if self.teu.sum() else 0.0


class _Harbour:
    """The port of Aktau while one year runs."""

    def __init__(self, ships: Fleet, a_day: float, days: float, warm: float, seed: int) -> None:
        self.fleet, self.a_day, self.warm = ships, a_day, warm
        self.dice = np.random.Generator(np.random.PCG64(seed))
        self.world = simpy.Environment()
        self.queue: deque[list[float]] = deque()
        self.came = self.world.event()
        self.open: simpy.Event | None = None  # set while the ports are closed
        self.waits: list[float] = []
        self.teu: list[float] = []
        self.world.process(self.trains())
        for _ in range(ships.ships):
            self.world.process(self.ship())
        if ships.storm_share:
            self.world.process(self.weather())
        self.world.run(until=warm + days)

    def trains(self) -> Steps:
        """Bring trains at random, so many a day on average."""
        while True:
            yield self.world.timeout(self.dice.exponential(1 / self.a_day))
            self.queue.append([self.world.now, self.fleet.train])
            came, self.came = self.came, self.world.event()
            came.succeed()

    def ship(self) -> Steps:
        """Load, cross, come back, again and again."""
        ships, world = self.fleet, self.world
        while True:
            while not self.queue:
                yield self.came
            taken, room = [], ships.load
            while self.queue and room > 1e-9:
                first = self.queue[0]
                part = min(first[1], room)
                taken.append((first[0], part))
                room -= part
                first[1] -= part
                if first[1] <= 1e-9:
                    self.queue.popleft()
            start = world.now
            trip = self.dice.exponential(ships.trip) if ships.random_trips else ships.trip
            ashore = (trip - ships.outward) if ships.outward else 0.0
            if ashore:
                yield world.timeout(ashore / 2)
            while self.open is not None:
                yield self.open
            held = world.now - start - ashore / 2
            if start >= self.warm:
                for arrived, part in taken:
                    self.waits.append(start - arrived + held)
                    self.teu.append(part)
            yield world.timeout(trip - ashore / 2)

    def weather(self) -> Steps:
        """Close the ports in winter, so that the stated share of its days is closed."""
        share, closure = self.fleet.storm_share, self.fleet.closure
        calm = closure * (1 - share) / share
        while True:
            yield self.world.timeout(self.dice.exponential(calm))
            day = (self.world.now - WARM_UP) % YEAR
            if not (day < _WINTER_ENDS or day >= _WINTER_STARTS):
                continue
            self.open = self.world.event()
            yield self.world.timeout(self.dice.exponential(closure))
            opened, self.open = self.open, None
            opened.succeed()


def run_year(
    ships: Fleet, teu: float, *, seed: int, days: float = YEAR, warm: float = WARM_UP
) -> Year:
    """Run one year of the queue.

    Parameters
    ----------
    ships : Fleet
        What carries.
    teu : float
        Containers that come in a year, in TEU.
    seed : int
        Of the generator; the same seed gives the same year.
    days, warm : float, optional
        Length of the run that counts, and of the one before it.

    Raises
    ------
    ReckoningError
        Nothing comes.
    """
    if not teu > 0:
        raise ReckoningError(f"{teu:g} TEU a year", allowed="above 0")
    port = _Harbour(ships, teu / ships.train / YEAR, days, warm, seed)
    left = sum(part for _, part in port.queue)
    return Year(np.array(port.waits), np.array(port.teu), left)


def replicate(
    ships: Fleet, teu: float, years: int, *, seed: int = 1, **options: float
) -> pd.DataFrame:
    """Run the same year many times.

    Returns
    -------
    DataFrame
        One row a run: ``wait`` (mean of its containers, days), ``p90`` (days), ``left`` (TEU).
    """
    rows = []
    for number in range(years):
        year = run_year(ships, teu, seed=1000 * seed + number, **options)
        order = np.argsort(year.waits, kind="stable")
        below = np.cumsum(year.teu[order])
        late = order[np.searchsorted(below, 0.9 * below[-1])] if len(order) else 0
        rows.append((year.mean, float(year.waits[late]) if len(order) else 0.0, year.left))
    return pd.DataFrame(rows, columns=["wait", "p90", "left"])


def interval(values: pd.Series) -> tuple[float, float, float]:
    """Give the mean of independent runs and its interval of 95 % confidence.

    Two standard errors either side, which from 12 runs on is within a tenth of Student's factor.

    Returns
    -------
    tuple of float
        Mean, lower end, upper end.
    """
    mean = float(values.mean())
    error = 2.0 * float(values.std(ddof=1)) / math.sqrt(len(values))
    return mean, mean - error, mean + error


def erlang_wait(servers: int, use: float, service: float) -> float:
    """Give the mean wait in a queue with random arrivals, random service and some servers (M/M/c).

    With a = c u offered, the chance to wait is Erlang's C, and the mean wait C s/(c (1 - u))
    (Erlang 1917).

    Parameters
    ----------
    servers : int
        c.
    use : float
        u, the utilisation, below 1.
    service : float
        s, mean time of a service.

    Raises
    ------
    ReckoningError
        The utilisation is not between 0 and 1: the queue has no steady state.

    Examples
    --------
    One server used by half waits as long as it serves:

    >>> erlang_wait(1, 0.5, 2.0)
    2.0
    """
    if not 0 < use < 1:
        raise ReckoningError(f"utilisation {use:g}", allowed="above 0 and below 1")
    offered = servers * use
    terms = [offered**k / math.factorial(k) for k in range(servers)]
    last = offered**servers / math.factorial(servers) / (1 - use)
    waits = last / (sum(terms) + last)
    return waits * service / (servers * (1 - use))


def check(
    servers: int, use: float, *, runs: int, days: float, seed: int = 7
) -> tuple[float, float, float, float]:
    """Run the queue as one whose answer is known: single trains, random trips, no storms.

    Returns
    -------
    tuple of float
        Erlang's mean wait; the simulated mean and the two ends of its interval, in trips.
    """
    ships = Fleet(servers, load=1.0, trip=1.0, train=1.0, random_trips=True)
    found = replicate(ships, use * servers * YEAR, runs, seed=seed, days=days, warm=days / 5)
    return (erlang_wait(servers, use, 1.0), *interval(found["wait"]))


def curve(settings: pd.DataFrame, uses: list[float], years: int) -> pd.DataFrame:
    """Run the fleet at several utilisations: as stated, under storms, and at lower water too.

    Utilisation is of the stated capacity, in every case.

    Parameters
    ----------
    settings : DataFrame
        As the table ``route_settings``.
    uses : list of float
        Utilisations in %.
    years : int
        Simulated at each.

    Returns
    -------
    DataFrame
        ``sea`` (``"calm"``, ``"storms"``, ``"storms, lower water"``), ``use_percent``, ``wait``,
        ``low``, ``high`` (95 % interval), ``p90``, ``left`` (TEU at the end of the year),
        ``load_percent`` (of what the fleet could carry in that case; the queue has no steady state
        at 100 or more).
    """
    calm = fleet(settings)
    stormy = calm.with_storms(*storms(settings))
    low = stormy.with_lower_water(setting(settings, "lower water"))
    rows = []
    for sea, ships in (("calm", calm), ("storms", stormy), ("storms, lower water", low)):
        for use in uses:
            teu = use / 100 * calm.capacity
            found = replicate(ships, teu, years, seed=round(10 * use))
            mean, lower, upper = interval(found["wait"])
            rows.append(
                {
                    "sea": sea,
                    "use_percent": use,
                    "wait": mean,
                    "low": max(lower, 0.0),
                    "high": upper,
                    "p90": float(found["p90"].mean()),
                    "left": float(found["left"].mean()),
                    "load_percent": 100 * teu / yearly(ships),
                }
            )
    return pd.DataFrame(rows).round(3)


def wait(
    found: pd.DataFrame, settings: pd.DataFrame, sea: str, use: float, what: str = "wait"
) -> Quantity:
    """Give one figure of a `curve` as a quantity.

    Parameters
    ----------
    found, settings : DataFrame
        As `curve` gives it, and the table ``route_settings``.
    sea : str
        ``"calm"``, ``"storms"`` or ``"storms, lower water"``.
    use : float
        A utilisation of the curve, in %.
    what : str, optional
        ``"wait"`` or ``"p90"`` (days), ``"load_percent"`` (%), ``"left"`` (TEU).

    Raises
    ------
    ReckoningError
        The curve was not run there.
    """
    runs = found[np.isclose(found["use_percent"], use, atol=1e-3)]
    if runs.empty:
        uses = ", ".join(f"{value:g} %" for value in sorted(set(found["use_percent"])))
        raise ReckoningError(f"no run at {use:g} %", allowed=uses)
    row = one(runs, f"runs at {use:g} %", sea=sea)
    rule, unit = {
        "wait": ("mean wait of a container at Aktau", "days"),
        "p90": ("wait at Aktau that one container in ten exceeds", "days"),
        "load_percent": ("arrivals over what the fleet can carry in that sea", "%"),
        "left": ("containers that wait at the end of the year", "TEU"),
    }[what]
    return Quantity.of(
        chosen(settings, "route_settings", setting=_QUEUE),
        row[what],
        unit,
        f"{rule}, simulated, {sea}, ships at {use:.0f} % of their stated capacity",
        ("route_settings", "route_volumes", "route_capacities"),
        estimate=True,
    )


def check_quantities(
    found: tuple[float, float, float, float], servers: int, use: float
) -> list[Quantity]:
    """Give a `check` as quantities: Erlang's wait, the simulated one, the ends of its interval."""
    rule = f"mean wait with {servers} servers at {100 * use:.0f} % use, in trips"
    names = ("Erlang's formula", "simulated", "simulated, lower end of 95 %", "upper end of 95 %")
    return [
        Quantity(value, "trips", f"{rule}, {name}", ("erlang1917",), (), estimate=bool(place))
        for place, (value, name) in enumerate(zip(found, names, strict=True))
    ]


def yearly(ships: Fleet) -> float:
    """Give TEU a year with full ships, less what storms take from the winter.

    A closure holds ships that are ready to sail; those loading or at sea go on. The closed share of
    90 days in 365 is thus the most that a year can lose, and is what is taken off here.
    """
    return ships.capacity * (1 - ships.storm_share * (YEAR - _WINTER_STARTS + _WINTER_ENDS) / YEAR)


def ships_for(settings: pd.DataFrame, teu_thousand: float, use: float, keys: str) -> Quantity:
    """Give how many ships of today's kind carry a plan at a utilisation, in calm sea.

    Parameters
    ----------
    settings : DataFrame
        As the table ``route_settings``.
    teu_thousand, use : float
        The plan, in thousand TEU a year; utilisation in %.
    keys : str
        Source keys of the plan.
    """
    ships = fleet(settings)
    each = ships.capacity / ships.ships / 1000
    rows = chosen(settings, "route_settings", setting=("ships", "fleet year"))
    return Quantity(
        math.ceil(teu_thousand / each / (use / 100) - 1e-9),
        "ships",
        f"{teu_thousand:g} thousand TEU over the yearly capacity of one ship, at {use:.0f} % use",
        keys_of([keys, *rows["source_keys"]]),
        ("route_settings", "route_plans"),
        estimate=True,
    )
