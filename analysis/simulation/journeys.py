"""Journeys by Monte Carlo: stages drawn one by one, all corridors under the same circumstances.

Every stage is drawn once for a departure, and serves each corridor that uses it: two corridors can
so be compared departure by departure. Stages depend on one another in two ways. Stages that share a
weather fall, on a stated share of the departures, at the same point of their ranges. Stages that
share a regime are quick or slow together: their days are multiplied by one draw, the pace, between
the quickest train and the most congested year that was seen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from ..errors import ReckoningError, refused_at
from ..quantities import Quantity, keys_of, merge
from ..rows import one
from ..settings import setting
from .pert import STEPS, Empirical, Pert, halves

KINDS = ("rail", "sea", "border")
_TABLES = ("route_stages", "route_corridors", "route_settings")
_ENDS = ("low", "value", "high")


@dataclass(frozen=True)
class Stage:
    """One stage of a journey, as a row of ``route_stages``; a stay has the same place at its ends.

    Stages with the same ``weather`` share one, and those with the same ``regime`` one pace;
    either is empty for none.
    """

    name: str
    start: str
    end: str
    kind: str
    days: Pert | Empirical
    weather: str = ""
    regime: str = ""
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


@dataclass(frozen=True)
class Circumstances:
    """What rules several stages at once.

    Parameters
    ----------
    common : float
        Share of departures on which one weather rules all stages that share it, 0 to 1.
    paces : tuple of (str, Empirical), optional
        By regime, what the days of all its stages are multiplied by: one draw a departure.

    Raises
    ------
    ReckoningError
        A share outside 0 to 1.
    """

    common: float
    paces: tuple[tuple[str, Empirical], ...] = ()

    def __post_init__(self) -> None:
        """Refuse a share that nothing can have."""
        if not 0 <= self.common <= 1:
            raise ReckoningError(f"share {self.common:g} of common weather", allowed="0 to 1")


def circumstances(settings: pd.DataFrame, common: str = "value") -> Circumstances:
    """Read from the table ``route_settings`` what rules several stages at once.

    Half of the departures are quicker than the usual pace and half slower, evenly as far as the
    quickest and the slowest that were seen. ``common`` may be ``"low"`` or ``"high"`` for the share
    of common weather instead of its central value.
    """
    paces = tuple(
        (regime, halves(*(setting(settings, f"pace, {regime}", end) for end in _ENDS)))
        for regime in ("Middle", "Northern")
    )
    return Circumstances(setting(settings, "common weather", common) / 100, paces)


def stages(
    frame: pd.DataFrame, simulated: Mapping[str, Empirical] | None = None
) -> dict[str, Stage]:
    """Read stages from the table ``route_stages``, by name.

    ``simulated`` has the days of the stages that the table leaves to a model of their own.

    Raises
    ------
    ReckoningError
        Naming the stage: an unknown kind; days missing, below zero or out of order; a stay that
        moves, or a stage that does not; a stage left to a model that gives no days for it.
    """
    models = simulated or {}
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
        days: Pert | Empirical
        if row["basis"] == "simulated":
            if row["stage"] not in models:
                raise ReckoningError("no days simulated", where=where, allowed=", ".join(models))
            days = models[row["stage"]]
        else:
            with refused_at(where):
                days = Pert(row["days_low"], row["days"], row["days_high"])
        weather, regime = (
            value if isinstance(value := row.get(name), str) else ""
            for name in ("weather", "regime")
        )
        found[row["stage"]] = Stage(
            name=row["stage"],
            start=row["start"],
            end=row["end"],
            kind=row["kind"],
            days=days,
            weather=weather,
            regime=regime,
            basis=row["basis"],
            sources=keys_of([row["source_keys"]]),
        )
    return found


def own_stages(frame: pd.DataFrame) -> tuple[Quantity, Quantity]:
    """Count the stages whose days are ours, wholly or in part, and all stages."""
    own = frame[frame["basis"].isin(("ours", "partly ours"))]
    rule = "stages of the journeys"
    return (
        Quantity.of(own, len(own), "stages", f"{rule}, ours or partly ours", _TABLES[:1]),
        Quantity.of(frame, len(frame), "stages", rule, _TABLES[:1]),
    )


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
    ways: dict[str, Corridor], number: int, at: Circumstances, *, seed: int = 20250104
) -> Departures:
    """Send so many departures over every corridor at once; a `ReckoningError` for none.

    The same seed, of the generator SFC 64, gives the same days.
    """
    if number < 1:
        raise ReckoningError(f"{number} departures", allowed="1 or more")
    dice = np.random.Generator(np.random.SFC64(seed))
    rulers: dict[str, np.ndarray] = {}
    shared = dice.random(number, dtype=np.float32) < at.common
    paces = {
        regime: pace.quantiles().astype(np.float32)[
            dice.integers(0, STEPS, number, dtype=np.uint16)
        ]
        for regime, pace in at.paces
    }
    parts: dict[str, np.ndarray] = {}
    for stage in _all(ways):
        steps = dice.integers(0, STEPS, number, dtype=np.uint16)
        if stage.weather in rulers:
            steps = np.where(shared, rulers[stage.weather], steps)
        elif stage.weather:
            rulers[stage.weather] = steps
        days = stage.days.quantiles().astype(np.float32)[steps]
        if stage.regime in paces:
            days *= paces[stage.regime]
        parts[stage.name] = days
    return Departures(ways, {name: _days(way, parts) for name, way in ways.items()}, parts)


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
    alone = replace(found, corridors={corridor: way}, days={corridor: found.days[corridor]})
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
        Where one of its stages starts, or that stage by its name, and where one ends. A stay at
        ``start`` counts.

    Raises
    ------
    ReckoningError
        No such corridor, or no stage of it starts or ends there.
    """
    way = found.way(corridor)
    starts = [place for place, stage in enumerate(way.stages) if start in (stage.start, stage.name)]
    ends = [place for place, stage in enumerate(way.stages) if stage.end == end]
    if not starts or not ends or starts[0] > ends[-1]:
        raise ReckoningError(
            f"no stretch {start} to {end}",
            where=f"corridor {corridor}",
            allowed=", ".join([way.start, *dict.fromkeys(stage.end for stage in way.stages)]),
        )
    cut = way.stages[starts[0] : ends[-1] + 1]
    start = cut[0].start
    name = f"{start} to {end}"
    part = Corridor(name, way.market, start, end, cut)
    return Departures({name: part}, {name: _days(part, found.parts)}, found.parts)


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


def _simulated(value: float, unit: str, rule: str, *ways: Corridor) -> Quantity:
    keys = merge(*(way.sources for way in ways))
    return Quantity(float(value), unit, rule, keys, _TABLES, estimate=True)


def _days(way: Corridor, parts: Mapping[str, np.ndarray]) -> np.ndarray:
    return np.asarray(sum(parts[stage.name] for stage in way.stages))


def _all(ways: dict[str, Corridor]) -> list[Stage]:
    return list({stage.name: stage for way in ways.values() for stage in way.stages}.values())
