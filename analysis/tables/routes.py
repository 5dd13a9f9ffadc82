"""Models of the tables that the routes chapter rests on.

A refusal names the leg, stage or corridor besides the row.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import ClassVar

import pandas as pd

from ..geodesy import great_circle
from . import schema
from .schema import Table

_MODES = ("rail", "sea")
_BASES = ("stated", "derived")


def _ends(row: pd.Series) -> str:
    if row["start"] == row["end"]:
        return f"port {row['start']}"
    return f"leg {row['start']} to {row['end']}"


class RouteTable(Table):
    """A table whose refusals name a row by one of its columns, and whose ranges rise."""

    _named_by: ClassVar[str] = ""
    _rising: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def called(cls, row: pd.Series) -> str:
        """Name the row by its column."""
        return f"{cls._named_by} {row[cls._named_by]}" if cls._named_by else ""

    @classmethod
    def hold(cls, frame: pd.DataFrame, other: Callable[[str], pd.DataFrame]) -> None:
        """Refuse a row whose lowest, central and highest values are out of order."""
        for place, row in frame[list(cls._rising)].iterrows():
            for low, high in pairwise(cls._rising):
                if row[low] > row[high]:
                    came = f"{row[low]:g}, and {high} {row[high]:g}"
                    raise cls.breach(frame, place, low, came, " <= ".join(cls._rising))


class RoutePlaces(Table):
    """Ends of legs, and places that a leg is drawn through, with their coordinates."""

    class Config:
        """One position a place."""

        unique = ["place"]

    place: str = schema.text("Name of the city, port or station")
    country: str = schema.country("Country it lies in")
    latitude: float = schema.amount("Latitude, WGS 84", "degrees north", least=-90, le=90)
    longitude: float = schema.amount("Longitude, WGS 84", "degrees east", least=-180, le=180)


class RouteLegs(RouteTable):
    """The Trans-Caspian route cut into legs, each with one mode and one country."""

    _rising = ("km_low", "km", "km_high")

    class Config:
        """One length a leg."""

        unique = ["start", "end", "mode"]

    start: str = schema.text("Place at the eastern end")
    end: str = schema.text("Place at the western end")
    mode: str = schema.choice("How goods travel", *_MODES)
    country: str = schema.country("Country whose track it is; empty at sea", nullable=True)
    km: float = schema.amount("Length that the book uses", "km")
    km_low: float = schema.amount("Lowest length in the sources", "km")
    km_high: float = schema.amount("Highest length in the sources", "km")
    basis: str = schema.choice("Stated as it stands, or by arithmetic in the note", *_BASES)
    via: str = schema.note("Places that the leg is drawn through, separated by semicolons")
    note: str = schema.note()

    @classmethod
    def called(cls, row: pd.Series) -> str:
        """Name the leg."""
        return _ends(row)

    @classmethod
    def hold(cls, frame: pd.DataFrame, other: Callable[[str], pd.DataFrame]) -> None:
        """Refuse lengths out of order, unknown places, and a leg below its great circle."""
        super().hold(frame, other)
        at = other("route_places").set_index("place")[["latitude", "longitude"]]
        for place, row in frame.iterrows():
            for column in ("start", "end"):
                if row[column] not in at.index:
                    raise cls.breach(frame, place, column, row[column], "a place of route_places")
            straight = great_circle(at.loc[row["start"]], at.loc[row["end"]])
            if row["km_low"] < straight:
                came = f"{row['km_low']:,g} km by {row['mode']}"
                allowed = f"the great circle, {straight:,.0f} km, or more"
                raise cls.breach(frame, place, "km_low", came, allowed)


class RouteOtherLegs(RouteLegs):
    """Legs of the ways that compete with the Trans-Caspian route, and of its way beyond Poti."""


class RouteStages(RouteTable):
    """Days on each stage of a journey: legs, or several legs, or a stay at a border.

    Sources give days for stretches that cross borders, and lengths for stretches that do not.
    Hence stages beside legs.
    """

    _named_by = "stage"
    _rising = ("days_low", "days", "days_high")

    class Config:
        """One row a stage."""

        unique = ["stage"]

    stage: str = schema.text("Name of the stage")
    start: str = schema.text("Place where it starts")
    end: str = schema.text("Place where it ends; the same for a stay")
    kind: str = schema.choice("What happens on it", *_MODES, "border")
    weather: str = schema.note("Stages that share a weather; empty where weather is no matter")
    days_low: float = schema.amount("Fewest days", "days")
    days: float = schema.amount("Most likely days", "days")
    days_high: float = schema.amount("Most days", "days")
    basis: str = schema.choice("Whose the three values are", "sourced", "partly ours", "ours")
    note: str = schema.note()


class RouteCorridors(RouteTable):
    """Ways between the same markets: the stages of each, and the places that its legs touch."""

    _named_by = "corridor"

    class Config:
        """One row a corridor."""

        unique = ["corridor"]

    corridor: str = schema.text("Name of the corridor")
    market: str = schema.choice("Which corridors it competes with", "Rhine", "Georgia", "Türkiye")
    start: str = schema.text("Where the journey starts")
    end: str = schema.text("Where the journey ends")
    stages: str = schema.text("Stages in the order of travel, separated by semicolons")
    stops: str = schema.text("Ends of the legs whose length is known, separated by semicolons")
    note: str = schema.note()

    @classmethod
    def hold(cls, frame: pd.DataFrame, other: Callable[[str], pd.DataFrame]) -> None:
        """Refuse a stage that is not known, and a corridor whose stages do not join."""
        ends = other("route_stages").set_index("stage")[["start", "end"]]
        for place, row in frame.iterrows():
            at = row["start"]
            for stage in row["stages"].split(";"):
                if stage not in ends.index:
                    raise cls.breach(frame, place, "stages", stage, "a stage of route_stages")
                if ends.loc[stage, "start"] != at:
                    came = f"disconnected: {stage} starts at {ends.loc[stage, 'start']}"
                    raise cls.breach(frame, place, "stages", came, f"a stage that starts at {at}")
                at = ends.loc[stage, "end"]
            if at != row["end"]:
                raise cls.breach(frame, place, "stages", f"they end at {at}", row["end"])


class RouteCosts(RouteTable):
    """What carrying a forty-foot container costs, with the year and the ends of each rate."""

    _named_by = "corridor"
    _rising = ("low", "high")

    class Config:
        """One rate a corridor and year."""

        unique = ["corridor", "year"]

    corridor: str = schema.text("Name of the corridor, as in route_corridors")
    year: int = schema.year("Year of the rate")
    low: float = schema.amount("Lowest rate, in the row's unit", "as in column unit")
    high: float = schema.amount("Highest rate, in the row's unit", "as in column unit")
    unit: str = schema.choice(
        "Unit of the rates", "USD per FEU", "times Northern", "USD per km per FEU"
    )
    basis: str = schema.choice(
        "Stated for the way; by arithmetic on what was stated; or assumed without a public source",
        "stated",
        "derived",
        "assumed",
    )
    scope: str = schema.text("Ends and date of the rate")


class RouteStageCosts(RouteTable):
    """What single stages cost, with the year. They are of different goods and cannot be added."""

    _named_by = "stage"
    _rising = ("usd_low", "usd", "usd_high")

    class Config:
        """One cost a stage and year."""

        unique = ["stage", "year"]

    stage: str = schema.text("Name of the stage, as in route_stages")
    year: int = schema.year("Year of the cost")
    usd_low: float = schema.amount("Lowest cost, in the row's unit", "as in column unit")
    usd: float = schema.amount("Cost that the book shows, in the row's unit", "as in column unit")
    usd_high: float = schema.amount("Highest cost, in the row's unit", "as in column unit")
    unit: str = schema.choice("Unit of the costs", "USD per FEU", "USD per 20 t")
    basis: str = schema.choice("Stated as it stands, or by arithmetic in the note", *_BASES)
    note: str = schema.note()

    @classmethod
    def hold(cls, frame: pd.DataFrame, other: Callable[[str], pd.DataFrame]) -> None:
        """Refuse costs out of order, and a stage that is not known."""
        super().hold(frame, other)
        stages = set(other("route_stages")["stage"])
        for place, stage in frame["stage"].items():
            if stage not in stages:
                raise cls.breach(frame, place, "stage", stage, "a stage of route_stages")


class RouteLimits(Table):
    """What each part of the route can carry in a year: legs, and ports as places."""

    class Config:
        """One limit a part and measure."""

        unique = ["start", "end", "measure"]

    start: str = schema.text("Start of the leg, or the port")
    end: str = schema.text("End of the leg, or the port again")
    part: str = schema.text("What a reader calls it")
    measure: str = schema.choice("What is carried", "cargo", "containers")
    value: float = schema.amount("Million t, or thousand TEU for containers, a year", "as told")
    planned: float = schema.amount("The same once plans are carried out", "as told", nullable=True)
    year: int = schema.year("Year of the statement")
    basis: str = schema.choice("A stated capacity, or what was carried", "stated", "carried")
    note: str = schema.note()

    @classmethod
    def called(cls, row: pd.Series) -> str:
        """Name the leg or the port."""
        return _ends(row)

    @classmethod
    def hold(cls, frame: pd.DataFrame, other: Callable[[str], pd.DataFrame]) -> None:
        """Refuse a capacity of zero."""
        for place, value in frame["value"].items():
            if not value > 0:
                raise cls.breach(frame, place, "value", f"capacity {value:g}", "above 0")


class RouteSettings(Table):
    """Settings of the simulations, each from a source or ours with its rule."""

    class Config:
        """One row a setting."""

        unique = ["setting"]

    setting: str = schema.text("Name of the setting")
    value: float = schema.amount("Its value, in the row's unit", "as in column unit")
    unit: str = schema.text("Unit of the value")
    basis: str = schema.choice("Whose the value is", "sourced", "partly ours", "ours")
    rule: str = schema.text("Where the value comes from")


class RouteLengths(Table):
    """Lengths that sources state and that the book tests rather than uses."""

    class Config:
        """One row a stated length."""

        unique = ["start", "end", "mode", "km"]

    start: str = schema.text("Place at the eastern end")
    end: str = schema.text("Place at the western end")
    mode: str = schema.choice("What the length covers", *_MODES, "all")
    km: float = schema.amount("Length", "km")
    basis: str = schema.choice("Stated as it stands, or by arithmetic in the note", *_BASES)
    note: str = schema.note()


class RouteVolumes(Table):
    """What travelled on the route, by year and by whose count it is.

    Cargo of series A (the ministry of transport of Kazakhstan) and of series B (the route's
    association and the railway of Kazakhstan) have different scopes and are never joined.
    """

    class Config:
        """One figure a count, period, speaker and value."""

        unique = ["metric", "series", "year", "months", "speaker", "value"]

    metric: str = schema.choice(
        "What was counted",
        "cargo",
        "containers",
        "container growth",
        "trains",
        "rail China to EU and back",
    )
    series: str = schema.choice("Whose count it belongs to", "A", "B", "route", "other")
    year: int = schema.year()
    months: int = schema.amount("Months covered, from January", "months", least=1, le=12)
    value: float = schema.amount("The count, in the row's unit", "as in column unit")
    unit: str = schema.choice(
        "Unit of the value", "thousand t", "TEU", "trains", "% on the year before"
    )
    growth_percent: float = schema.amount(
        "Growth on the year before, as the speaker stated it", "%", least=-100, nullable=True
    )
    speaker: str = schema.text("Who counted, or who reported the count")
    note: str = schema.note()


class RouteCapacities(Table):
    """What parts of the route can carry in a year, as stated."""

    class Config:
        """One figure an object and year."""

        unique = ["object", "year"]

    object: str = schema.text("The part of the route")
    year: int = schema.year("Year of the statement")
    value: float = schema.amount("Capacity, in the row's unit", "as in column unit")
    unit: str = schema.choice("Unit of the value", "million t a year", "thousand TEU a year")
    note: str = schema.note()


class RoutePlans(Table):
    """Plans and forecasts for the route that name a year."""

    class Config:
        """One plan a metric, year and date of its statement."""

        unique = ["metric", "due", "said"]

    metric: str = schema.choice(
        "What was planned",
        "cargo",
        "containers",
        "containers Aktau to Alat",
        "port containers",
        "trains",
        "capacity",
        "exports",
    )
    due: int = schema.year("Year that the plan is for")
    said: str = schema.date("When it was said")
    value: float = schema.amount("The planned value, in the row's unit", "as in column unit")
    unit: str = schema.choice(
        "Unit of the value", "million t", "million t a year", "thousand TEU", "trains"
    )
    speaker: str = schema.text("Who said it, or who reported it")
    wording: str = schema.choice(
        "How firmly it was said", "plan", "forecast", "may reach", "at least", "up to"
    )
    note: str = schema.note()


class RouteTimes(RouteTable):
    """Days from end to end, as officials state them and as trains and shippers met them."""

    _rising = ("days_low", "days_high")

    class Config:
        """One range a way, kind, period and range."""

        unique = ["way", "kind", "period", "days_low", "days_high"]

    way: str = schema.text("The ends of the journey")
    kind: str = schema.choice(
        "An official schedule, plan or statement; or observed on trains or by shippers",
        "official",
        "observed",
    )
    period: str = schema.date("When it was stated, or when it was observed")
    days_low: float = schema.amount("Fewest days", "days")
    days_high: float = schema.amount("Most days", "days")
    scope: str = schema.text("What the figure covers")

    @classmethod
    def called(cls, row: pd.Series) -> str:
        """Name the ends."""
        return str(row["way"])


TABLES: dict[str, type[Table]] = {
    "route_places": RoutePlaces,
    "route_legs": RouteLegs,
    "route_other_legs": RouteOtherLegs,
    "route_stages": RouteStages,
    "route_corridors": RouteCorridors,
    "route_costs": RouteCosts,
    "route_stage_costs": RouteStageCosts,
    "route_limits": RouteLimits,
    "route_settings": RouteSettings,
    "route_lengths": RouteLengths,
    "route_volumes": RouteVolumes,
    "route_capacities": RouteCapacities,
    "route_plans": RoutePlans,
    "route_times": RouteTimes,
}
