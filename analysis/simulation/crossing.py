"""The crossing from Aktau to Alat, by direction: trains wait for ships, and storms close the ports.

A block train brings its containers in one go. A ship at Aktau takes those that wait, up to its
load, and sails; where none wait, it waits for the next train. At Alat it takes what is there and
returns at once. A ship that is ready while the ports are closed sails when they open. The same
model gives the wait at Aktau, the use of the ships, and the days of the Caspian stage.
"""

import heapq
import math
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity
from ..rows import chosen
from ..settings import setting
from .pert import STEPS, Empirical

YEAR = 365.0
#: Days from 1 October to 1 January: the queue fills before the year that counts begins.
WARM_UP = 92.0
MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
#: The day on which each month begins, from 1 January.
_STARTS = tuple(sum(MONTHS[:month]) for month in range(12))
#: Settings whose range is tried one by one.
TRIED = ("load", "containers", "westbound", "closure", "lower water", "train", "handling")
_TABLES = ("route_settings", "route_storms")


@dataclass(frozen=True)
class Crossing:
    """Ships, what comes for them, and the days on which the ports are closed.

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
    westbound, eastbound : float
        TEU that come in a year, at Aktau and at Alat.
    outward : pair of float, optional
        Fewest and most days from the start of loading to the end of unloading, storms aside.
    closed : tuple of float, optional
        Share of the days of each month, from January, on which the ports are closed.
    closure : float, optional
        Mean days of one closure; lengths are exponential.
    random_trips : bool, optional
        Draw each trip from the exponential distribution, for the check against Erlang's formula.

    Raises
    ------
    ReckoningError
        A number that no crossing can have.
    """

    ships: int
    load: float
    trip: float
    train: float
    westbound: float
    eastbound: float = 0.0
    outward: tuple[float, float] = (0.0, 0.0)
    closed: tuple[float, ...] = (0.0,) * 12
    closure: float = 2.0
    random_trips: bool = False

    def __post_init__(self) -> None:
        """Refuse a crossing that cannot carry."""
        for name in ("ships", "load", "trip", "train", "westbound", "closure"):
            if not getattr(self, name) > 0:
                raise ReckoningError(
                    f"{name} {getattr(self, name):g}", where="crossing", allowed="above 0"
                )
        if self.eastbound < 0:
            raise ReckoningError(
                f"eastbound {self.eastbound:g}", where="crossing", allowed="0 or more"
            )
        if len(self.closed) != len(MONTHS) or not all(0 <= part < 1 for part in self.closed):
            raise ReckoningError(
                f"closed {self.closed}", where="crossing", allowed="12 shares, 0 to below 1"
            )
        low, high = self.outward
        if not 0 <= low <= high <= self.trip:
            raise ReckoningError(
                f"{low:g} to {high:g} days outward of {self.trip:g}",
                where="crossing",
                allowed="a part of the trip",
            )

    @property
    def capacity(self) -> float:
        """TEU a year in one direction, every ship full and no storm."""
        return self.ships * self.load * YEAR / self.trip

    @property
    def use(self) -> float:
        """Westbound containers in % of the capacity in that direction."""
        return 100 * self.westbound / self.capacity

    @property
    def use_eastbound(self) -> float:
        """Eastbound containers in % of the capacity in that direction."""
        return 100 * self.eastbound / self.capacity

    def calm(self) -> "Crossing":
        """Give the same crossing without storms."""
        return replace(self, closed=(0.0,) * 12)


def crossing_of(settings: pd.DataFrame, closures: pd.DataFrame, **ends: str) -> Crossing:
    """Build the crossing from the tables ``route_settings`` and ``route_storms``.

    A ship's round trip is the one that gives the stated yearly capacity, in one direction, with
    full ships; lower water cuts the load and leaves the trip.

    Parameters
    ----------
    settings, closures : DataFrame
        The tables.
    **ends : str
        ``"low"`` or ``"high"`` for a setting that is not to have its central value (blanks in
        its name as underscores); ``storms`` for the closures.
    """

    def value(name: str) -> float:
        return setting(settings, name, ends.get(name.replace(" ", "_"), "value"))

    ships, load = int(value("ships")), value("load")
    trip = YEAR * ships * load / (1000 * value("fleet year"))
    least = value("handling") + value("sailing")
    both, west = 1000 * value("containers"), value("westbound") / 100
    days = {"value": "days", "low": "days_low", "high": "days_high"}[ends.get("storms", "value")]
    by_month = closures.set_index("month")[days]
    return Crossing(
        ships=ships,
        load=load * value("lower water") / 100,
        trip=trip,
        train=value("train"),
        westbound=both * west,
        eastbound=both * (1 - west),
        outward=(least, max(least, trip / 2)),
        closed=tuple(
            float(by_month[month]) / length for month, length in enumerate(MONTHS, start=1)
        ),
        closure=value("closure"),
    )


@dataclass(frozen=True)
class Year:
    """One simulated year: a row for each part of a train that shares a ship, westbound.

    Attributes
    ----------
    arrived : ndarray
        Day of the year on which it came to Aktau; below zero before the year.
    waits : ndarray
        Days from then to the sailing of its ship, less loading.
    days : ndarray
        Days from then to the end of unloading at Alat.
    teu : ndarray
        TEU.
    left : float
        TEU that wait at Aktau at the end.
    carried_back : float
        TEU taken from Alat.
    """

    arrived: np.ndarray
    waits: np.ndarray
    days: np.ndarray
    teu: np.ndarray
    left: float
    carried_back: float

    @property
    def mean(self) -> float:
        """Mean wait of a container, in days."""
        return float(np.average(self.waits, weights=self.teu)) if len(self.teu) else 0.0


def run_year(sea: Crossing, *, seed: int, days: float = YEAR, warm: float = WARM_UP) -> Year:
    """Run one year of the crossing, or so many ``days``, after ``warm`` days that do not count.

    The same seed gives the same year.
    """
    dice = np.random.Generator(np.random.PCG64(seed))
    end = warm + days
    west, east = (_arrivals(dice, teu, sea.train, end) for teu in (sea.westbound, sea.eastbound))
    shut, opened = _closures(dice, sea, warm, end)
    free = [(float(at), ship) for ship, at in enumerate(dice.uniform(0, sea.trip, sea.ships))]
    if sea.random_trips:
        free = [(0.0, ship) for ship in range(sea.ships)]
    heapq.heapify(free)
    low, high = sea.outward
    waiting: deque[list[float]] = deque()
    back: deque[list[float]] = deque()
    found: list[tuple[float, float, float, float]] = []
    came, came_back, carried_back = 0, 0, 0.0
    spans = _drawn(lambda: dice.uniform(low, high, 4096))
    trips = _drawn(lambda: dice.exponential(sea.trip, 65536))
    while free[0][0] < end:
        now, ship = heapq.heappop(free)
        while came < len(west) and west[came] <= now:
            waiting.append([west[came], sea.train])
            came += 1
        if not waiting:
            if came == len(west):
                break
            now = west[came]
            waiting.append([now, sea.train])
            came += 1
        taken = _load(waiting, sea.load)
        outward, trip = next(spans), next(trips) if sea.random_trips else sea.trip
        sails = _when_open(now, shut, opened)
        if now >= warm and now < end:
            found += [(at - warm, sails - at, sails - at + outward, part) for at, part in taken]
        there = sails + trip / 2
        while came_back < len(east) and east[came_back] <= there:
            back.append([east[came_back], sea.train])
            came_back += 1
        carried_back += sum(part for _, part in _load(back, sea.load))
        heapq.heappush(free, (_when_open(there, shut, opened) + trip / 2, ship))
    left = sum(part for _, part in waiting)
    left += sea.train * sum(1 for at in west[came:] if at < end)
    columns = np.array(found).reshape(-1, 4).T
    return Year(columns[0], columns[1], columns[2], columns[3], left, carried_back)


@lru_cache(maxsize=24)  # the days of the stage and the wait are of the same years
def _run(sea: Crossing, years: int, seed: int, **options: float) -> tuple[Year, ...]:
    return tuple(run_year(sea, seed=1000 * seed + number, **options) for number in range(years))


@lru_cache(maxsize=128)  # the same years are asked for by sentences, pictures and the evidence
def replicate(sea: Crossing, years: int, *, seed: int = 1, **options: float) -> pd.DataFrame:
    """Run the same year many times.

    Returns
    -------
    DataFrame
        One row a run: ``wait`` (mean of its containers, days), ``p90`` (days), ``left`` (TEU).
    """
    rows = []
    for year in _run(sea, years, seed, **options):
        late = _quantiles(year.waits, year.teu, np.array([0.9]))[0] if len(year.teu) else 0.0
        rows.append((year.mean, late, year.left))
    return pd.DataFrame(rows, columns=["wait", "p90", "left"])


@lru_cache(maxsize=8)
def stage_days(sea: Crossing, years: int, *, seed: int = 1) -> dict[int, Empirical]:
    """Give the days from Aktau to Alat, waiting included, by month of arrival; 0 is the year.

    Returns
    -------
    dict of int to Empirical
        By month from 1, and 0 for all of them.
    """
    runs = _run(sea, years, seed)
    arrived = np.concatenate([run.arrived for run in runs])
    days = np.concatenate([run.days for run in runs])
    teu = np.concatenate([run.teu for run in runs])
    month = np.searchsorted(_STARTS, np.mod(arrived, YEAR), side="right")
    chances = (np.arange(STEPS) + 0.5) / STEPS
    found = {0: Empirical(_quantiles(days, teu, chances))}
    for number in range(1, 13):
        part = month == number
        found[number] = Empirical(_quantiles(days[part], teu[part], chances))
    return found


def by_month(stage: dict[int, Empirical]) -> pd.DataFrame:
    """Sum up `stage_days` by month: ``month``, ``p10``, ``median``, ``p90``, ``mean``, days."""
    rows = [
        (month, *np.percentile(days.table, (10, 50, 90)), days.mean)
        for month, days in stage.items()
        if month
    ]
    return pd.DataFrame(rows, columns=["month", "p10", "median", "p90", "mean"])


def sensitivity(settings: pd.DataFrame, storms: pd.DataFrame, years: int) -> pd.DataFrame:
    """Try both ends of each setting's range, the others at their central values.

    Returns
    -------
    DataFrame
        ``setting``, ``low``, ``high`` (shortest and longest mean wait at its ends, days), ``value``
        (at the centre); the setting that matters most comes first.
    """

    def wait(**ends: str) -> float:
        return float(replicate(crossing_of(settings, storms, **ends), years)["wait"].mean())

    centre, rows = wait(), []
    for name in (*TRIED, "storms"):
        waits = [wait(**{name.replace(" ", "_"): end}) for end in ("low", "high")]
        rows.append((name, min(waits), centre, max(waits)))
    found = pd.DataFrame(rows, columns=["setting", "low", "value", "high"])
    return found.iloc[(found["low"] - found["high"]).argsort(kind="stable")].reset_index(drop=True)


def crossing_quantity(
    settings: pd.DataFrame, storms: pd.DataFrame, value: float, unit: str, rule: str
) -> Quantity:
    """Give what the model of the crossing found as a quantity, with all that it rests on."""
    rows = pd.concat(
        [chosen(settings, "route_settings", setting=(*TRIED, "ships", "fleet year")), storms]
    )
    return Quantity.of(rows, value, unit, rule, _TABLES, estimate=True)


def interval(values: pd.Series) -> tuple[float, float, float]:
    """Give the mean of independent runs and its interval of 95% confidence.

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

    With c servers, the utilisation u and a mean ``service`` s, a = c u is offered, the chance to
    wait is Erlang's C, and the mean wait C s/(c (1 - u)) (Erlang 1917).

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


def check(servers: int, use: float, *, runs: int, days: float) -> tuple[float, float, float, float]:
    """Run the queue as one whose answer is known: single trains, random trips, no storms.

    Returns
    -------
    tuple of float
        Erlang's mean wait; the simulated mean and the two ends of its interval, in trips.
    """
    single = Crossing(
        servers, load=1.0, trip=1.0, train=1.0, westbound=use * servers * YEAR, random_trips=True
    )
    found = replicate(single, runs, seed=7, days=days, warm=days / 5)
    return (erlang_wait(servers, use, 1.0), *interval(found["wait"]))


def check_quantities(
    found: tuple[float, float, float, float], servers: int, use: float
) -> list[Quantity]:
    """Give a `check` as quantities: Erlang's wait, the simulated one, the ends of its interval."""
    rule = f"mean wait with {servers} servers at {100 * use:.0f}% use, in trips"
    names = ("Erlang's formula", "simulated", "simulated, lower end of 95%", "upper end of 95%")
    return [
        Quantity(value, "trips", f"{rule}, {name}", ("erlang1917",), (), estimate=bool(place))
        for place, (value, name) in enumerate(zip(found, names, strict=True))
    ]


def _drawn(draw: Callable[[], np.ndarray]) -> Iterator[float]:
    """Draw so many at a time, as they are used up."""
    while True:
        yield from draw().tolist()


def _arrivals(dice: np.random.Generator, teu: float, train: float, end: float) -> list[float]:
    """Draw the days on which trains come, at random, so many a year on average."""
    if not teu:
        return []
    number = round(teu / train / YEAR * end * 1.5) + 50
    days = np.cumsum(dice.exponential(train * YEAR / teu, number))
    return list(map(float, days[: np.searchsorted(days, end)]))


def _closures(
    dice: np.random.Generator, sea: Crossing, warm: float, end: float
) -> tuple[list[float], list[float]]:
    """Draw when the ports close and open, so that each month's share of its days is closed."""
    shut: list[float] = []
    opened: list[float] = []
    most = max(sea.closed)
    now = 0.0
    while most and now < end:
        # Candidates at the rate of the stormiest month; a calmer month keeps a part of them.
        now += dice.exponential(sea.closure * (1 - most) / most)
        part = sea.closed[bisect_right(_STARTS, (now - warm) % YEAR) - 1]
        if dice.random() < (part / (1 - part)) / (most / (1 - most)):
            shut.append(now)
            now += dice.exponential(sea.closure)
            opened.append(now)
    return shut, opened


def _when_open(now: float, shut: list[float], opened: list[float]) -> float:
    place = bisect_right(shut, now) - 1
    return max(now, opened[place]) if place >= 0 else now


def _load(queue: deque[list[float]], room: float) -> list[tuple[float, float]]:
    """Take what waits from a queue, the first first, until a ship is full."""
    taken = []
    while queue and room > 1e-9:
        first = queue[0]
        part = min(first[1], room)
        taken.append((first[0], part))
        room -= part
        first[1] -= part
        if first[1] <= 1e-9:
            queue.popleft()
    return taken


def _quantiles(values: np.ndarray, weights: np.ndarray, chances: np.ndarray) -> np.ndarray:
    """Give quantiles of weighted values, rounded so that no machine's last bit moves a result."""
    order = np.argsort(values, kind="stable")
    below = np.cumsum(weights[order])
    places = np.searchsorted(below, chances * below[-1]).clip(max=len(values) - 1)
    found: np.ndarray = np.round(values[order][places], 4)
    return found
