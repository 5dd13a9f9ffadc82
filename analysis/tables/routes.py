"""Models of the tables that the routes chapter rests on.

A refusal names the leg, stage or corridor besides the row.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Any, ClassVar

import pandas as pd

from ..geodesy import great_circle
from . import schema
from .schema import Table

_MODES = ("rail", "sea")
_BASES = ("stated", "derived")
_WHOSE = ("sourced", "partly ours", "ours")
#: What a value of the book's own cites.
_OURS = "book2026stages"


def _say_whose(model: type[Table], frame: pd.DataFrame, place: Any) -> None:
    """Refuse a value that is called sourced and rests on ours, or the other way round."""
    row = frame.loc[place]
    keys = row["source_keys"].split()
    own, alone = _OURS in keys, keys == [_OURS]
    if {"sourced": own, "partly ours": not own or alone, "ours": not alone}[row["basis"]]:
        raise model.breach(frame, place, "basis", row["basis"], f"what its sources say: {keys}")


class RouteTable(Table):
    """A table whose refusals name a row by a column or by its two ends, and whose ranges rise."""

    _named_by: ClassVar[str] = ""
    _rising: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def called(cls, row: pd.Series) -> str:
        """Name the row by its column; else the leg, or the port where both ends are one."""
        if cls._named_by:
            return f"{cls._named_by} {row[cls._named_by]}"
        start, end = row["start"], row["end"]
        return f"port {start}" if start == end else f"leg {start} to {end}"

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

    _key = ("place",)

    place: str = schema.text("Name of the city, port or station")
    country: str = schema.country("Country it lies in")
    latitude: float = schema.amount("Latitude, WGS 84", "degrees north", least=-90, le=90)
    longitude: float = schema.amount("Longitude, WGS 84", "degrees east", least=-180, le=180)


class RouteLegs(RouteTable):
    """The Trans-Caspian route cut into legs, each with one mode and one country."""

    _rising = ("km_low", "km", "km_high")
    _key = ("start", "end", "mode")

    start: str = schema.text("Place at the eastern end")
    end: str = schema.text("Place at the western end")
    mode: str = schema.choice("How goods travel", *_MODES)
    country: str = schema.country(
        "Country whose track it is; empty at sea, and for several", nullable=True
    )
    km: float = schema.amount("Length that the book uses", "km")
    km_low: float = schema.amount("Lowest length in the sources", "km")
    km_high: float = schema.amount("Highest length in the sources", "km")
    basis: str = schema.choice("Stated as it stands, or by arithmetic in the note", *_BASES)
    via: str = schema.note("Places that the leg is drawn through, separated by semicolons")
    note: str = schema.note()

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
    _key = ("stage",)

    stage: str = schema.text("Name of the stage")
    start: str = schema.text("Place where it starts")
    end: str = schema.text("Place where it ends; the same for a stay")
    kind: str = schema.choice("What happens on it", *_MODES, "border")
    weather: str = schema.note("Stages that share a weather; empty where weather is no matter")
    regime: str = schema.note("Stages that share a pace; empty for none")
    days_low: float = schema.amount("Fewest days", "days", nullable=True)
    days: float = schema.amount("Most likely days", "days", nullable=True)
    days_high: float = schema.amount("Most days", "days", nullable=True)
    basis: str = schema.choice("Whose the three values are", *_WHOSE, "simulated")
    note: str = schema.note()

    @classmethod
    def hold(cls, frame: pd.DataFrame, other: Callable[[str], pd.DataFrame]) -> None:
        """Refuse days out of order, days without a model, and our own values that do not say so."""
        super().hold(frame, other)
        for place, row in frame.iterrows():
            if pd.isna(row["days"]) != (row["basis"] == "simulated"):
                raise cls.breach(
                    frame, place, "days", f"{row['days']}, {row['basis']}", "days, or a model's"
                )
            if not pd.isna(row["days"]):
                _say_whose(cls, frame, place)


class RouteCorridors(RouteTable):
    """Ways between the same markets: the stages of each, and the places that its legs touch."""

    _named_by = "corridor"
    _key = ("corridor",)

    corridor: str = schema.text("Name of the corridor")
    market: str = schema.choice("Which corridors it competes with", "Rhine", "Black Sea", "Türkiye")
    start: str = schema.text("Where the journey starts")
    end: str = schema.text("Where the journey ends")
    stages: str = schema.text("Stages in the order of travel, separated by semicolons")
    stops: str = schema.text("Ends of the legs whose length is known, separated by semicolons")
    transshipments: int = schema.amount("How often containers change train or ship", "times")
    gauge_breaks: int = schema.amount("How often the railway's gauge changes", "times")
    borders: int = schema.amount("Customs borders, the European Union as one", "borders")
    closes: str = schema.text("What can close it")
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


class RoutePrices(RouteTable):
    """What carrying a container costs, with the ends, the year and the kind of each price."""

    _named_by = "way"
    _rising = ("low", "high")
    _key = ("way", "start", "end", "year", "kind")

    way: str = schema.text("The corridor, or what else the price is for")
    start: str = schema.text("Where the price begins, in the source's words")
    end: str = schema.text("Where it ends, in the source's words")
    year: int = schema.year("Year of the price")
    kind: str = schema.choice(
        "What kind of price", "through rate", "spot", "agency", "offer", "index"
    )
    container: str = schema.choice("Which container", "20 ft", "40 ft")
    low: float = schema.amount("Lowest, in the row's unit", "as in column unit")
    high: float = schema.amount("Highest, in the row's unit", "as in column unit")
    unit: str = schema.choice("Unit of the price", "USD", "points")
    note: str = schema.note()


class RouteEmissions(RouteTable):
    """What carrying a tonne, or a container, a kilometre emits, from the well to the wheel."""

    _named_by = "mode"
    _rising = ("low", "high")
    _key = ("mode",)

    mode: str = schema.choice("How goods travel", "rail", "deep sea", "inland sea")
    low: float = schema.amount("Lowest factor", "as in column unit")
    high: float = schema.amount("Highest factor", "as in column unit")
    unit: str = schema.choice("Unit of the factor", "kg CO2e per t km", "kg CO2e per TEU km")
    note: str = schema.text("Whose the two ends are")


class RouteEvents(Table):
    """What changed on the routes after the interview, by date."""

    _key = ("what",)

    when: str = schema.date("When it happened, or when it was said")
    what: str = schema.text("What happened")
    changes: str = schema.text("Which way it concerns, and how")


class RouteStorms(RouteTable):
    """Days of each month on which the ports of the crossing are closed by weather."""

    _named_by = "month"
    _rising = ("days_low", "days", "days_high")
    _key = ("month",)

    month: int = schema.amount("Month, from January", "month", least=1, le=12)
    days_low: float = schema.amount("Fewest days", "days", le=27)
    days: float = schema.amount("Days that the model takes", "days", le=27)
    days_high: float = schema.amount("Most days", "days", le=27)
    basis: str = schema.choice("Whose the three values are", *_WHOSE)
    note: str = schema.text("Where the values come from")

    @classmethod
    def hold(cls, frame: pd.DataFrame, other: Callable[[str], pd.DataFrame]) -> None:
        """Refuse days out of order, a month that is missing, and our values that do not say so."""
        super().hold(frame, other)
        if missing := set(range(1, 13)) - set(frame["month"]):
            raise cls.breach(frame, 0, "month", f"no month {min(missing)}", "each of the 12 once")
        for place in frame.index:
            _say_whose(cls, frame, place)


class RouteLimits(RouteTable):
    """What each part of the route can carry in a year: legs, and ports as places."""

    _key = ("start", "end", "measure")

    start: str = schema.text("Start of the leg, or the port")
    end: str = schema.text("End of the leg, or the port again")
    part: str = schema.text("What a reader calls it")
    measure: str = schema.choice("What is carried", "cargo", "containers")
    value: float = schema.amount("Million t, or thousand TEU for containers, a year", "as told")
    planned: float = schema.amount("The same once plans are carried out", "as told", nullable=True)
    as_of: str = schema.date("When that was so")
    direction: str = schema.choice("Which direction it counts", "westbound", "both")
    others: float = schema.amount(
        "What runs on it besides containers of the route", "million t a year", nullable=True
    )
    shared: str = schema.note("What shares it")
    basis: str = schema.choice("A stated capacity, or what was carried", "stated", "carried")
    note: str = schema.note()

    @classmethod
    def hold(cls, frame: pd.DataFrame, other: Callable[[str], pd.DataFrame]) -> None:
        """Refuse a capacity of zero, and others that leave nothing."""
        for place, row in frame.iterrows():
            if not row["value"] > 0:
                raise cls.breach(frame, place, "value", f"capacity {row['value']:g}", "above 0")
            if row["others"] >= row["value"]:
                raise cls.breach(frame, place, "others", f"{row['others']:g}", "below the capacity")


class RouteSettings(RouteTable):
    """Settings of the simulations, each with its range, from a source or ours with its rule."""

    _named_by = "setting"
    _rising = ("low", "value", "high")
    _key = ("setting",)

    setting: str = schema.text("Name of the setting")
    low: float = schema.amount("Its lowest value, in the row's unit", "as in column unit")
    value: float = schema.amount("The value that is used, in the row's unit", "as in column unit")
    high: float = schema.amount("Its highest value, in the row's unit", "as in column unit")
    unit: str = schema.text("Unit of the value")
    basis: str = schema.choice("Whose the values are", *_WHOSE)
    rule: str = schema.text("Where the values come from")

    @classmethod
    def hold(cls, frame: pd.DataFrame, other: Callable[[str], pd.DataFrame]) -> None:
        """Refuse values out of order, and our own that do not say so."""
        super().hold(frame, other)
        for place in frame.index:
            _say_whose(cls, frame, place)


class RouteLengths(Table):
    """Lengths that sources state and that the book tests rather than uses."""

    _key = ("start", "end", "mode", "km")

    start: str = schema.text("Place at the eastern end")
    end: str = schema.text("Place at the western end")
    mode: str = schema.choice("What the length covers", *_MODES, "all")
    km: float = schema.amount("Length", "km")
    basis: str = schema.choice("Stated as it stands, or by arithmetic in the note", *_BASES)
    note: str = schema.note()


class RouteVolumes(Table):
    """What travelled on the route, by year and by whose count it is.

    The counts of Kazakhstan's transport ministry (the whole route) and of the route's association
    (through the seaports; Kazakhstan's railway states it too) differ in scope and are never joined.
    """

    _key = ("metric", "series", "kind", "year", "months", "speaker", "value")

    metric: str = schema.choice(
        "What was counted",
        "cargo",
        "containers",
        "container growth",
        "carrier's share",
        "trains",
        "rail China to EU and back",
    )
    series: str = schema.choice(
        "Whose count it belongs to", "ministry", "association", "route", "other"
    )
    kind: str = schema.choice("What was carried", "all", "oil", "grain", "exports", "containers")
    year: int = schema.year()
    months: int = schema.amount("Months covered, from January", "months", least=1, le=12)
    value: float = schema.amount("The count, in the row's unit", "as in column unit")
    unit: str = schema.choice(
        "Unit of the value", "thousand t", "TEU", "trains", "%", "% on the year before"
    )
    growth_percent: float = schema.amount(
        "Growth on the year before, as the speaker stated it", "%", least=-100, nullable=True
    )
    speaker: str = schema.text("Who counted, or who reported the count")
    note: str = schema.note()


class RouteCapacities(Table):
    """What parts of the route can carry in a year, as stated."""

    _key = ("object", "year")

    object: str = schema.text("The part of the route")
    year: int = schema.year("Year of the statement")
    value: float = schema.amount("Capacity, in the row's unit", "as in column unit")
    unit: str = schema.choice("Unit of the value", "million t a year", "thousand TEU a year")
    note: str = schema.note()


class RoutePlans(Table):
    """Plans and forecasts for the route that name a year."""

    _key = ("metric", "due", "said")

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
    due: int = schema.year("Year that the plan is for", ahead=True)
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


class RouteJourneys(RouteTable):
    """Journeys and averages with their ends, their dates, the days stated and the days taken."""

    _named_by = "journey"
    _key = ("journey",)

    journey: str = schema.text("What a reader calls it")
    kind: str = schema.choice("Trains, an average, or a statement", "train", "average", "statement")
    counts: str = schema.choice(
        "A test of the model; what calibrates it; another part of a train that is tested; a journey"
        " whose ends the model lacks; a statement",
        "test",
        "calibration",
        "same train",
        "other ends",
        "statement",
    )
    direction: str = schema.choice("Which way it went", "westbound", "eastbound")
    start: str = schema.text("Where it started")
    end: str = schema.text("Where it ended")
    departed: str = schema.date("When it left, as far as known", nullable=True)
    arrived: str = schema.date("When it arrived, or the time that is described")
    told_low: float = schema.amount("Fewest days planned or stated", "days", nullable=True)
    told_high: float = schema.amount("Most days planned or stated", "days", nullable=True)
    days_low: float = schema.amount("Fewest days taken", "days")
    days_high: float = schema.amount("Most days taken", "days")
    corridor: str = schema.note("Corridor that it is held against")
    model_start: str = schema.note("Place, or stage, where the model's stretch starts")
    model_end: str = schema.note("Place where it ends")
    note: str = schema.note()

    @classmethod
    def hold(cls, frame: pd.DataFrame, other: Callable[[str], pd.DataFrame]) -> None:
        """Refuse what ends before it starts, days that its dates deny, and a test without ends."""
        for place, row in frame.iterrows():
            for low, high in (("told_low", "told_high"), ("days_low", "days_high")):
                if row[low] > row[high]:
                    came = f"{row[low]:g}, and {high} {row[high]:g}"
                    raise cls.breach(frame, place, low, came, f"{high} or fewer")
            if isinstance(row["departed"], str):
                cls._hold_dates(frame, place)
            if row["counts"] == "test" and not isinstance(row["corridor"], str):
                raise cls.breach(frame, place, "corridor", "a test without it", "a corridor")

    @classmethod
    def _hold_dates(cls, frame: pd.DataFrame, place: Any) -> None:
        row = frame.loc[place]
        left, arrived = row["departed"], row["arrived"]
        short = min(len(left), len(arrived))
        if arrived[:short] < left[:short]:
            raise cls.breach(frame, place, "arrived", arrived, f"{left} or later")
        if short == len("2025-07-21"):
            took = (pd.Timestamp(arrived) - pd.Timestamp(left)).days
            if not row["days_low"] - 1 <= took <= row["days_high"] + 1:
                came = f"{row['days_low']:g} to {row['days_high']:g}"
                raise cls.breach(frame, place, "days_low", came, f"{took} by its dates")
