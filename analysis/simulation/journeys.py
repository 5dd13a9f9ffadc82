"""Journeys by Monte Carlo: stages drawn one by one, all corridors under the same weather.

Every stage is drawn once for a departure, and serves each corridor that uses it: two corridors can
so be compared departure by departure. Stages that share a weather fall, on a stated share of the
departures, at the same point of their ranges; on the others each stage is drawn on its own. This
keeps the distribution of each stage as it is, whatever the share.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..errors import ReckoningError, refused_at
from ..quantities import Quantity, keys_of, merge
from ..rows import chosen, one
from .pert import STEPS, Pert

KINDS = ("rail", "sea", "border")
_TABLES = ("route_stages", "route_corridors")


@dataclass(frozen=True)
class Stage:
    """One stage of a journey, as a row of ``route_stages``; a stay has the same place at its ends.

    Stages with the same ``weather`` share one; it is empty for none.
    """

    name: str
    start: str
    end: str
    kind: str
    days: Pert
    weather: str = ""
    basis: str = "sourced"
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Corridor:
    """Stages in the order of travel, between two ends."""

    name: str
    market: str
    start: str
    end: str
    stages: tuple[Stage, ...]

    @property
    def ends(self) -> str:
        """Where it starts and ends, in words."""
        return f"{self.start} to {self.end}"

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys behind its stages."""
        return merge(*(stage.sources for stage in self.stages))


def stages(frame: pd.DataFrame) -> dict[str, Stage]:
    """Read stages from the table ``route_stages``, by name.

    Raises
    ------
    ReckoningError
        Naming the stage: an unknown kind; days missing, below zero or out of order; a stay that
        moves, or a stage that does not.
    """
    found = {}
    for row in frame.to_dict("records"):
        where = f"stage {row['stage']}"
        if row["kind"] not in KINDS:
            raise ReckoningError(f"kind {row['kind']!r}", where=where, allowed=", ".join(KINDS))
        if (row["start"] == row["end"]) != (row["kind"] == "border"):
            raise ReckoningError(
                f"{row['kind']} from {row['start']} to {row['end']}",
                where=where,
                allowed="a border stays at its place, all else moves",
            )
        with refused_at(where):
            days = Pert(row["days_low"], row["days"], row["days_high"])
        weather = row.get("weather")
        found[row["stage"]] = Stage(
            row["stage"],
            row["start"],
            row["end"],
            row["kind"],
            days,
            weather if isinstance(weather, str) else "",
            row["basis"],
            keys_of([row["source_keys"]]),
        )
    return found


def corridors(frame: pd.DataFrame, by_name: dict[str, Stage]) -> dict[str, Corridor]:
    """Join stages to corridors as the table ``route_corridors`` says.

    Raises
    ------
    ReckoningError
        Naming corridor and stage: a stage that is not there, or that does not start where the one
        before it ended.
    """
    found = {}
    for row in frame.to_dict("records"):
        name, at, parts = row["corridor"], row["start"], []
        for stage_name in row["stages"].split(";"):
            where = f"corridor {name}, stage {stage_name}"
            if stage_name not in by_name:
                raise ReckoningError("no such stage", where=where, allowed=", ".join(by_name))
            stage = by_name[stage_name]
            if stage.start != at:
                raise ReckoningError(
                    f"disconnected: it starts at {stage.start}", where=where, allowed=at
                )
            at = stage.end
            parts.append(stage)
        if at != row["end"]:
            raise ReckoningError(
                f"it ends at {at}", where=f"corridor {name}", allowed=str(row["end"])
            )
        found[name] = Corridor(name, row["market"], row["start"], at, tuple(parts))
    return found


def capped(frame: pd.DataFrame, stage: str, times: float) -> pd.DataFrame:
    """Cut a stage's highest days to so many times its most likely ones, to see what they matter.

    Raises
    ------
    ReckoningError
        No such stage.
    """
    chosen(frame, "route_stages", stage=stage)
    cut = (times * frame["days"]).where(frame["stage"] == stage, frame["days_high"])
    return frame.assign(days_high=cut.clip(upper=frame["days_high"]))


@dataclass(frozen=True)
class Departures:
    """Simulated departures: days by corridor and by stage, each an array of equal length."""

    corridors: dict[str, Corridor]
    days: dict[str, np.ndarray]
    parts: dict[str, np.ndarray]

    @property
    def number(self) -> int:
        """How many departures each corridor saw."""
        return len(next(iter(self.days.values())))

    def way(self, corridor: str) -> Corridor:
        """Give a corridor by its name, or refuse."""
        if corridor not in self.corridors:
            raise ReckoningError(f"no corridor {corridor!r}", allowed=", ".join(self.corridors))
        return self.corridors[corridor]


def simulate(
    ways: dict[str, Corridor], number: int, *, common: float, seed: int = 20250104
) -> Departures:
    """Send departures over every corridor at once.

    Parameters
    ----------
    ways : dict of str to Corridor
        As `corridors` gives them.
    number : int
        Departures, each over every corridor.
    common : float
        Share of departures on which one weather rules all stages that share it, 0 to 1.
    seed : int, optional
        Of the generator (PCG 64); the same seed gives the same days.

    Raises
    ------
    ReckoningError
        The share is not between 0 and 1, or no departure is asked for.
    """
    if not 0 <= common <= 1:
        raise ReckoningError(f"share {common:g} of common weather", allowed="0 to 1")
    if number < 1:
        raise ReckoningError(f"{number} departures", allowed="1 or more")
    dice = np.random.Generator(np.random.PCG64(seed))
    rulers: dict[str, np.ndarray] = {}
    shared = dice.random(number, dtype=np.float32) < common
    parts: dict[str, np.ndarray] = {}
    for stage in _all(ways):
        steps = dice.integers(0, STEPS, number, dtype=np.uint16)
        if stage.weather in rulers:
            steps = np.where(shared, rulers[stage.weather], steps)
        elif stage.weather:
            rulers[stage.weather] = steps
        parts[stage.name] = stage.days.quantiles().astype(np.float32)[steps]
    days = {}
    for name, way in ways.items():
        total = parts[way.stages[0].name].copy()
        for stage in way.stages[1:]:
            total += parts[stage.name]
        days[name] = total
    return Departures(ways, days, parts)


def walk(
    ways: dict[str, Corridor], number: int, *, common: float, seed: int = 20250104
) -> dict[str, list[float]]:
    """Do what `simulate` does, journey by journey in plain Python: slower, and easy to follow."""
    dice = random.Random(seed)
    order = [(stage, stage.days.quantiles().tolist()) for stage in _all(ways)]
    routes = {name: [stage.name for stage in way.stages] for name, way in ways.items()}
    days: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(number):
        shared = dice.random() < common
        rulers: dict[str, int] = {}
        parts = {}
        for stage, table in order:
            step = int(dice.random() * STEPS)
            if stage.weather in rulers:
                step = rulers[stage.weather] if shared else step
            elif stage.weather:
                rulers[stage.weather] = step
            parts[stage.name] = table[step]
        for name, names in routes.items():
            days[name].append(sum(parts[stage] for stage in names))
    return days


def summary(found: Departures) -> pd.DataFrame:
    """Sum up each corridor.

    Returns
    -------
    DataFrame
        ``corridor``, ``market``, ``ends``, ``mean``, ``p10``, ``median``, ``p90`` (days),
        ``likely`` (the sum of the most likely days of its stages), ``ours`` (how many of its
        stages rest on the book's own values), ``stages``; in the order of the corridors.
    """
    rows = []
    for name, way in found.corridors.items():
        low, middle, high = np.percentile(found.days[name], (10, 50, 90))
        rows.append(
            {
                "corridor": name,
                "market": way.market,
                "ends": way.ends,
                "mean": float(found.days[name].mean(dtype=np.float64)),
                "p10": float(low),
                "median": float(middle),
                "p90": float(high),
                "likely": sum(stage.days.likely for stage in way.stages),
                "ours": sum(stage.basis != "sourced" for stage in way.stages),
                "stages": len(way.stages),
            }
        )
    return pd.DataFrame(rows)


def spread_of(found: Departures, corridor: str) -> pd.DataFrame:
    """Split the variance of a corridor's days over its stages.

    A stage's share is its covariance with the whole over the variance of the whole. The shares add
    up to one, also where stages share a weather; without a shared weather a stage's share is its
    own variance over the sum of all.

    Returns
    -------
    DataFrame
        ``stage``, ``mean`` (days), ``share_percent``, ``basis``; in the order of travel.
    """
    stages = found.way(corridor).stages
    total = found.days[corridor].astype(np.float64)
    centred = total - total.mean()
    whole = float(centred @ centred)
    rows = []
    for stage in stages:
        part = found.parts[stage.name].astype(np.float64)
        share = 100 * float(part @ centred) / whole if whole else float("nan")
        rows.append((stage.name, float(part.mean()), share, stage.basis))
    return pd.DataFrame(rows, columns=["stage", "mean", "share_percent", "basis"])


def chances(found: Departures, within: Iterable[float]) -> pd.DataFrame:
    """Give the chance, in %, of arriving within so many days, a row for each corridor.

    Returns
    -------
    DataFrame
        ``corridor``, and a column for each number of days.
    """
    limits = list(within)
    rows = []
    for name, days in found.days.items():
        row: dict[str, object] = {"corridor": name}
        for limit in limits:
            row[f"{limit:g}"] = 100 * float(np.count_nonzero(days <= limit)) / found.number
        rows.append(row)
    return pd.DataFrame(rows)


def faster(found: Departures, first: str, second: str) -> Quantity:
    """Give the share of departures on which one corridor is faster than another, in %."""
    ways = found.way(first), found.way(second)
    share = 100 * float(np.count_nonzero(found.days[first] < found.days[second])) / found.number
    rule = f"simulated departures on which {first} takes fewer days than {second}"
    return _simulated(share, "%", rule, *ways)


def densities(found: Departures, step: float = 0.5) -> pd.DataFrame:
    """Count arrivals by day for drawing.

    Returns
    -------
    DataFrame
        ``corridor``, ``days`` (middle of a bin), ``percent`` of departures in it; empty bins at
        either end are left out.
    """
    rows = []
    for name, days in found.days.items():
        first = np.floor(days.min() / step)
        bins = ((days / step).astype(np.int64) - int(first)).clip(min=0)
        counts = np.bincount(bins)
        rows += [
            (name, (first + place + 0.5) * step, 100 * count / found.number)
            for place, count in enumerate(counts.tolist())
        ]
    return pd.DataFrame(rows, columns=["corridor", "days", "percent"])


def quantity(found: Departures, corridor: str, what: str) -> Quantity:
    """Give one figure of a corridor: ``"mean"``, ``"p10"``, ``"median"``, ``"p90"``, ``"likely"``.

    Raises
    ------
    ReckoningError
        No such corridor.
    """
    way = found.way(corridor)
    alone = Departures({corridor: way}, {corridor: found.days[corridor]}, found.parts)
    names = {"p10": "exceeded by nine in ten", "p90": "exceeded by one in ten"}
    rule = f"{names.get(what, what)} of the days {way.ends}, {corridor}, simulated by stages"
    if what == "likely":
        rule = f"sum of the most likely days of the stages {way.ends}, {corridor}"
    return _simulated(summary(alone)[what].iloc[0], "days", rule, way)


def section(found: Departures, corridor: str, start: str, end: str) -> Departures:
    """Cut a stretch out of a corridor, under the same draws.

    Parameters
    ----------
    found : Departures
        As `simulate` gives it.
    corridor : str
        The corridor to cut from; the stretch is named by its ends.
    start, end : str
        Where one of its stages starts, and where one ends. A stay at ``start`` counts.

    Raises
    ------
    ReckoningError
        No such corridor, or no stage of it starts or ends there.
    """
    way = found.way(corridor)
    starts = [place for place, stage in enumerate(way.stages) if stage.start == start]
    ends = [place for place, stage in enumerate(way.stages) if stage.end == end]
    if not starts or not ends or starts[0] > ends[-1]:
        raise ReckoningError(
            f"no stretch {start} to {end}",
            where=f"corridor {corridor}",
            allowed=", ".join([way.start, *dict.fromkeys(stage.end for stage in way.stages)]),
        )
    cut = way.stages[starts[0] : ends[-1] + 1]
    name = f"{start} to {end}"
    days = sum(found.parts[stage.name] for stage in cut)
    return Departures(
        {name: Corridor(name, way.market, start, end, cut)}, {name: np.asarray(days)}, found.parts
    )


def miss(
    part: Departures, observed: Iterable[float], keys: Iterable[str], what: str = "mean"
) -> Quantity:
    """Give the simulated days less the mean of those observed: above zero is too slow.

    Parameters
    ----------
    part : Departures
        Of one corridor, as `section` gives it.
    observed : iterable of float
        Days observed, that no stage was calibrated with.
    keys : iterable of str
        Their sources.
    what : str, optional
        ``"mean"`` of the simulated days, or ``"likely"``, the sum of the most likely days.

    Raises
    ------
    ReckoningError
        A stage rests on a source of the observations.
    """
    (name,) = part.corridors
    days, kept = quantity(part, name, what), tuple(keys)
    shared = set(kept) & set(days.sources)
    if shared:
        raise ReckoningError(
            f"validated with its own calibration, {', '.join(sorted(shared))}", where=name
        )
    seen = list(observed)
    return Quantity(
        days.value - sum(seen) / len(seen),
        "days",
        f"{days.rule}, less the mean of {len(seen)} observations kept out of the calibration",
        merge(days.sources, kept),
        (*days.tables, "route_times"),
        estimate=True,
    )


def share(found: Departures, corridor: str, stage: str) -> Quantity:
    """Give the share of a corridor's variance that one stage makes, in %.

    Raises
    ------
    ReckoningError
        The corridor has no such stage.
    """
    row = one(spread_of(found, corridor), corridor, stage=stage)
    rule = f"covariance of the days of {stage} with those of {corridor}, over the variance of these"
    return _simulated(row["share_percent"], "%", rule, found.way(corridor))


def budget(
    part: Departures, official: tuple[float, float], observed: tuple[float, float]
) -> pd.DataFrame:
    """Set the days of a stretch stage by stage against what was stated and observed for the whole.

    Parameters
    ----------
    part : Departures
        Of one corridor, as `section` gives it.
    official, observed : pair of float
        Fewest and most days for the whole.

    Returns
    -------
    DataFrame
        ``row`` (``"schedule"``, ``"simulated"``, ``"official"``, ``"observed"``), ``stage``
        (empty for a whole), ``days``, ``low``, ``high``. The schedule takes each stage's most
        likely days, without stays at borders, which no schedule tells.
    """
    (way,) = part.corridors.values()
    rows: list[tuple[str, str, float, float, float]] = []
    for stage in way.stages:
        if stage.kind != "border":
            rows.append(("schedule", stage.name, stage.days.likely, np.nan, np.nan))
    for stage in way.stages:
        low, high = np.percentile(part.parts[stage.name], (10, 90))
        mean = float(part.parts[stage.name].mean(dtype=np.float64))
        rows.append(("simulated", stage.name, mean, float(low), float(high)))
    for name, (low, high) in (("official", official), ("observed", observed)):
        rows.append((name, "", (low + high) / 2, low, high))
    return pd.DataFrame(rows, columns=["row", "stage", "days", "low", "high"])


def _simulated(value: float, unit: str, rule: str, *ways: Corridor) -> Quantity:
    keys = merge(*(way.sources for way in ways))
    return Quantity(float(value), unit, rule, keys, _TABLES, estimate=True)


def _all(ways: dict[str, Corridor]) -> list[Stage]:
    return list({stage.name: stage for way in ways.values() for stage in way.stages}.values())
