"""What the book holds to be true of the corridors beside each other, and of what binds them."""

import pandas as pd
import pytest

from analysis import routes, tables
from analysis.errors import ReckoningError, TableError
from analysis.quantities import Quantity

PLACES = pd.DataFrame(
    [(name, 0.0, float(i)) for i, name in enumerate("ABCDE")],
    columns=["place", "latitude", "longitude"],
)


def legs(*rows):
    """(start, end, mode, country, km)."""
    columns = ["start", "end", "mode", "country", "km"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(
        km_low=frame["km"], km_high=frame["km"], basis="stated", via=None, source_keys="src"
    )


# A to D by land is 200 + 300 + 500; the sea from A to E is 4,000.
NET = routes.corridor(
    legs(
        ("A", "B", "rail", "CHN", 200),
        ("B", "C", "rail", "KAZ", 300),
        ("C", "D", "sea", None, 500),
        ("A", "E", "sea", None, 4000),
    ),
    PLACES,
)
CORRIDORS = pd.DataFrame(
    [
        ("land", "m", "A", "D", "China;Steppe;Lake", "A;B;C;D"),
        ("sea", "m", "A", "E", "Ocean", "A;E"),
        ("fast", "m", "A", "D", "China;Tunnel", "A;B"),
    ],
    columns=["corridor", "market", "start", "end", "stages", "stops"],
)
DAYS = pd.DataFrame(
    [("land", "m", 30.0), ("sea", "m", 40.0), ("fast", "m", 20.0)],
    columns=["corridor", "market", "mean"],
).assign(
    ends="A to D", p10=lambda d: d["mean"] - 5, median=lambda d: d["mean"], p90=lambda d: d["mean"]
)


def prices(*rows):
    """(corridor, year, low, high, unit, basis)."""
    columns = ["corridor", "year", "low", "high", "unit", "basis"]
    return pd.DataFrame(rows, columns=columns).assign(scope="A to D", source_keys="src")


COSTS = prices(
    ("land", 2025, 3900, 4100, "USD per FEU", "stated"),
    ("sea", 2025, 1000, 3000, "USD per FEU", "stated"),
    ("fast", 2025, 6000, 6000, "USD per FEU", "assumed"),
)


@pytest.fixture
def ways():
    return routes.measured(NET, CORRIDORS)


@pytest.fixture
def choices(ways):
    return routes.options(routes.rates(COSTS, ways), DAYS)


def test_a_leg_has_the_days_of_the_stage_with_its_ends():
    stages = pd.DataFrame(
        [("A", "B", 1.0, 2.0, 4.0, "src own"), ("B", "B", 1.0, 1.0, 1.0, "src")],
        columns=["start", "end", "days_low", "days", "days_high", "source_keys"],
    )
    table = legs(("A", "B", "rail", "KAZ", 200), ("B", "C", "rail", "KAZ", 200))
    net = routes.corridor(routes.with_days(table, stages), PLACES)
    assert net.edges["A", "B"]["leg"].days == routes.Spread(1, 2, 4)
    assert net.edges["A", "B"]["leg"].sources == ("src", "own")
    assert net.edges["B", "C"]["leg"].days is None


def test_a_leg_has_the_capacity_and_the_latest_cost_of_its_ends():
    table = legs(("A", "B", "rail", "KAZ", 200), ("B", "C", "rail", "KAZ", 200))
    stages = pd.DataFrame([("land", "A", "B")], columns=["stage", "start", "end"])
    costs = pd.DataFrame(
        [("land", 2022, 70.0, 80.0, 95.0, "USD per 20 t", "new"),
         ("land", 2016, 7.0, 8.0, 9.0, "USD per FEU", "old")],
        columns=["stage", "year", "usd_low", "usd", "usd_high", "unit", "source_keys"],
    )  # fmt: skip
    port = limits(("B", "B", "port", "cargo", 9.0), ("A", "B", "line", "cargo", 6.0))
    table = routes.with_costs(routes.with_capacities(table, port), stages, costs)
    net = routes.corridor(table, PLACES)
    first, second = (net.edges[ends]["leg"] for ends in (("A", "B"), ("B", "C")))
    assert first.capacity == routes.Capacity(6, "cargo")
    assert (first.cost.usd, first.cost.year) == (routes.Spread(70, 80, 95), 2022)
    assert str(first.cost) == "70–95 USD per 20 t, 2022"
    assert first.known == "6 million t a year; 70–95 USD per 20 t, 2022"
    assert second.known == "none for it alone"
    assert first.sources == ("src", "new")
    assert (second.capacity, second.cost) == (None, None)


def test_a_leg_that_carries_nothing_and_one_with_costs_out_of_order_are_refused_by_name():
    table = legs(("A", "B", "rail", "KAZ", 200))
    with pytest.raises(ReckoningError, match=r"^leg A to B: capacity 0 .allowed: above 0"):
        routes.corridor(table.assign(capacity=0.0, measure="cargo"), PLACES)
    costs = {"usd_low": 9.0, "usd": 8.0, "usd_high": 9.0, "usd_unit": "USD", "usd_year": 2022}
    with pytest.raises(ReckoningError, match=r"^leg A to B: usd: low 9, central 8"):
        routes.corridor(table.assign(**costs), PLACES)


def test_a_stage_costs_what_its_row_of_the_year_says():
    costs = tables.read("route_stage_costs")
    # 0.24 USD a km over 3,200 km; 883 USD for 500 km over the same
    assert routes.stage_cost(costs, "Kazakhstan", 2016).value == pytest.approx(0.24 * 3200, abs=0.5)
    survey = routes.stage_cost(costs, "Kazakhstan", 2022)
    assert survey.value == pytest.approx(883 * 3200 / 500, abs=0.5)
    assert (survey.unit, survey.estimate) == ("USD per 20 t", True)
    with pytest.raises(ReckoningError, match=r"no cost of 'Kazakhstan' in 2020 .allowed: Kazakh"):
        routes.stage_cost(costs, "Kazakhstan", 2020)


def test_a_setting_that_is_a_share_is_told_in_percent():
    settings = tables.read("route_settings")
    # 5,500 t instead of 6,500 t is 15.4 % less
    water = routes.percent_of(settings, "lower water", less=True)
    assert water.value == pytest.approx(100 * (1 - 5500 / 6500), abs=0.05)
    with pytest.raises(ReckoningError, match="no setting 'tugs'"):
        routes.setting_of(settings, "tugs")


# --- lengths ------------------------------------------------------------------------------------


def test_a_way_follows_its_stops_in_either_direction():
    back = routes.along(NET, ["D", "C", "B"])
    assert [leg.name for leg in back] == ["D to C", "C to B"]


def test_stops_that_no_leg_joins_are_refused_with_what_is_joined():
    with pytest.raises(ReckoningError, match=r"trial: disconnected: no leg B to D .allowed: A, C"):
        routes.along(NET, ["A", "B", "D"], "trial")


def test_a_way_is_split_by_mode_and_by_owner(ways):
    row = routes.lengths(ways).set_index("corridor").loc["land"]
    assert (row["km"], row["start"], row["end"]) == (1000, "A", "D")
    shares = row[["china_percent", "members_percent", "sea_percent", "georgia_percent"]]
    assert shares.tolist() == [20, 30, 50, 0]
    assert row["others_percent"] == 0


def test_one_share_is_told_with_its_ends_and_sources(ways):
    share = routes.share_of(routes.lengths(ways), "land", "members")
    assert (share.value, share.unit, share.sources) == (30, "%", ("src",))
    with pytest.raises(ReckoningError, match=r"no corridor 'air' .allowed: land, sea, fast"):
        routes.share_of(routes.lengths(ways), "air", "members")


# --- prices -------------------------------------------------------------------------------------


def test_a_multiple_is_of_the_northern_rate_of_its_year(ways):
    costs = prices(
        ("Northern", 2024, 100, 200, "USD per FEU", "stated"),
        ("Northern", 2025, 5000, 6000, "USD per FEU", "stated"),
        ("land", 2025, 1.2, 1.5, "times Northern", "derived"),
    )
    row = routes.rates(costs, ways).set_index("corridor").loc["land"]
    assert (row["low"], row["usd"], row["high"]) == (6000, 7500, 9000)  # 5,000 x 1.2, 6,000 x 1.5


def test_a_tariff_for_a_kilometre_is_put_on_the_measured_way(ways):
    costs = prices(("land", 2016, 0.25, 0.25, "USD per km per FEU", "assumed"))
    assert routes.rates(costs, ways)["usd"].tolist() == [250]  # 1,000 km


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("land", 2025, 5, 4, "USD per FEU", "stated"), "corridor land, 2025: rates 5 to 4"),
        (("land", 2025, 0, 4, "USD per FEU", "stated"), "corridor land, 2025: rates 0 to 4"),
        (("land", 2025, 1, 2, "times Northern", "derived"), "no Northern rate of that year"),
        (("air", 2025, 1, 2, "USD per km per FEU", "stated"), "air, 2025: no length for a rate"),
    ],
)
def test_prices_that_cannot_be_are_refused(ways, row, message):
    with pytest.raises(ReckoningError, match=message):
        routes.rates(prices(row), ways)


# --- break-even ---------------------------------------------------------------------------------


def test_the_break_even_is_the_price_of_a_day_saved(choices):
    pairs = routes.break_evens(choices)
    even = routes.break_even(pairs, "land", "sea")
    assert even.value == 200  # (4,000 - 2,000) / (40 - 30)
    assert even.estimate
    row = pairs[(pairs["quicker"] == "land") & (pairs["slower"] == "sea")].iloc[0]
    assert (row["low"], row["high"]) == (90, 310)  # 3,900 - 3,000 and 4,100 - 1,000, over ten days


def test_the_quicker_and_cheaper_wins_at_any_value(choices):
    cheap = choices.assign(
        low=choices["low"].where(choices["corridor"] != "land", 500),
        usd=choices["usd"].where(choices["corridor"] != "land", 600),
        high=choices["high"].where(choices["corridor"] != "land", 700),
    )
    assert routes.break_even(routes.break_evens(cheap), "land", "sea").value == 0


def test_a_break_even_with_an_assumed_price_is_called_assumed(choices):
    pairs = routes.break_evens(choices).set_index(["quicker", "slower"])["basis"]
    assert pairs["fast", "land"] == "assumed"
    assert pairs["land", "sea"] == "stated"


def test_corridors_of_other_markets_are_not_compared(choices):
    other = choices.assign(market=["m", "m", "n"])
    with pytest.raises(
        ReckoningError, match=r"no break-even of land over sea .allowed: fast over land"
    ):
        routes.break_even(routes.break_evens(other), "land", "sea")


def test_at_the_break_even_value_both_cost_the_same(choices):
    costs = routes.generalised(choices, [200]).set_index("corridor")["usd"]
    assert costs["land"] == costs["sea"] == 10_000  # 4,000 + 30 x 200 and 2,000 + 40 x 200


def test_an_assumed_price_wins_nothing_but_is_told(choices):
    found = routes.winners(choices, [0, 1000], {"all": ("m", ()), "no land": ("m", ("land",))})
    found = found.set_index(["usd_a_day", "case"])
    assert found.loc[(0, "all"), "corridor"] == "sea"
    # At 1,000 a day: land 34,000, sea 42,000; the assumed fast one would be 26,000.
    assert found.loc[(1000, "all"), "corridor"] == "land"
    assert found.loc[(1000, "all"), "with_assumed"] == "fast"
    assert found.loc[(1000, "no land"), "corridor"] == "sea"
    assert found.loc[(0, "all"), "with_assumed"] == ""


def test_goods_are_worth_a_day_over_what_a_day_costs_of_them():
    day = Quantity(402, "USD a day", "rule", (), ())
    assert routes.worth(day, 2.1, ()).value == 19_000  # 19,143 to the thousand
    assert routes.worth(day, 0.6, ()).value == 67_000


# --- closures -----------------------------------------------------------------------------------


def test_what_is_left_without_a_stage_is_the_next_fastest(ways):
    closures = {"nothing": (), "lake": ("Lake",), "China": ("China",)}
    rates = routes.rates(COSTS, ways)
    found = routes.without(CORRIDORS, DAYS, rates, closures, "m").set_index("closed")
    assert found.loc["nothing", "fastest"] == "fast"
    assert found.loc["lake", "left"] == "fast, sea"
    assert found.loc["China", ["fastest", "median", "extra_days"]].tolist() == ["sea", 40, 20]
    assert pd.isna(found.loc["nothing", "usd"])  # its price is assumed, and counts for nothing
    assert found.loc["China", "usd"] == 2000


def test_what_is_left_is_said_in_words(ways):
    closures = {"nothing": (), "China": ("China",), "all": ("China", "Ocean")}
    found = routes.without(CORRIDORS, DAYS, routes.rates(COSTS, ways), closures, "m")
    medians = DAYS.set_index("corridor")["median"]
    told = [routes.left_in_words(row, medians) for row in found.itertuples()]
    assert told == [
        "fast, 20 days, no public price; land 30; sea 40",
        "sea, 40 days (+20), $2,000",
        "nothing left",
    ]
    assert routes.left_in_words(next(found.itertuples())) == "fast, 20 days, no public price"


def test_a_market_may_lose_every_corridor(ways):
    closures = {"all": ("China", "Ocean")}
    row = routes.without(CORRIDORS, DAYS, routes.rates(COSTS, ways), closures, "m").iloc[0]
    assert (row["fastest"], row["left"]) == ("", "")
    assert pd.isna(row["median"])


def test_a_stage_that_no_corridor_has_cannot_close(ways):
    with pytest.raises(ReckoningError, match=r"bridge: no such stage: Bridge .allowed: China"):
        routes.without(CORRIDORS, DAYS, routes.rates(COSTS, ways), {"bridge": ("Bridge",)}, "m")


# --- what binds ---------------------------------------------------------------------------------

FORK = routes.corridor(
    legs(
        ("A", "B", "rail", "KAZ", 200),
        ("B", "C", "sea", None, 200),
        ("C", "D", "rail", "GEO", 200),
        ("C", "E", "rail", "TUR", 300),
    ),
    PLACES,
)


def limits(*rows):
    """(start, end, part, measure, value)."""
    columns = ["start", "end", "part", "measure", "value"]
    return pd.DataFrame(rows, columns=columns).assign(source_keys="src")


PARTS = limits(
    ("A", "B", "line", "cargo", 6.0),
    ("B", "B", "port", "cargo", 9.0),
    ("B", "B", "port for boxes", "containers", 50.0),
    ("C", "D", "north", "cargo", 7.0),
    ("C", "E", "south", "cargo", 1.0),
)


def order(parts, measure, tonnes=10.0):
    return routes.binding_order(routes.flow_network(FORK, parts, ("D", "E"), measure, tonnes), "A")


def test_the_narrowest_cut_binds_first_and_parallel_branches_bind_together():
    found = order(PARTS, "cargo")
    # 6 on the line; then north and south together, 7 + 1; then the port, 9.
    assert found["capacity"].tolist() == [6, 8, 9]
    assert found["parts"].tolist() == ["line", "north and south", "port"]


def test_rail_limits_in_tonnes_bind_containers_too_and_ports_in_tonnes_do_not():
    found = order(PARTS, "containers")
    # Port 50; the line 6 Mt / 10 t = 600 thousand TEU; the branches 700 + 100. The port of 9 Mt
    # is told in containers of its own.
    assert found["capacity"].tolist() == [50, 600, 800]


def test_a_part_known_by_what_it_carried_may_carry_more_in_that_measure_only():
    told = [("C", "C", "port", "cargo", 15.0), ("C", "C", "port", "containers", 100.0)]
    parts = limits(*told, ("A", "B", "line", "cargo", 6.0)).assign(
        basis=["stated", "carried", "stated"]
    )
    assert routes.known_by_use(parts, "port", "containers")
    assert routes.known_by_use(parts, "line and port", "containers")
    assert not routes.known_by_use(parts, "port", "cargo")
    assert not routes.known_by_use(parts, "line", "containers")


def test_the_binding_part_is_a_quantity_with_its_source():
    found = routes.binding(order(PARTS, "cargo"), PARTS, "cargo", 2)
    assert (found.value, found.unit, found.sources) == (8, "million t a year", ("src",))
    with pytest.raises(ReckoningError, match=r"no step 9 .allowed: 1 to 3"):
        routes.binding(order(PARTS, "cargo"), PARTS, "cargo", 9)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("A", "B", "line", "cargo", 0.0), "leg A to B: capacity 0 .allowed: above 0"),
        (("B", "B", "port", "cargo", -1.0), "port B: capacity -1"),
        (("A", "D", "line", "cargo", 5.0), "leg A to D: the route has no such part"),
        (("Z", "Z", "port", "cargo", 5.0), "port Z: the route has no such part"),
    ],
)
def test_limits_that_cannot_be_are_refused_with_their_leg(row, message):
    with pytest.raises(ReckoningError, match=message):
        order(limits(row), "cargo")


# --- the book's own tables ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def book():
    frames = [tables.read("route_legs"), tables.read("route_other_legs")]
    net = routes.corridor(pd.concat(frames, ignore_index=True), tables.read("route_places"))
    return routes.measured(net, tables.read("route_corridors"))


def test_shared_out_lengths_add_up_to_what_was_stated(book):
    north = {leg.country: leg.km.central for leg in book["Northern"]}
    assert north["KAZ"] + north["RUS"] + north["BLR"] == 5300
    assert north["POL"] + north["DEU"] == 1300


def test_the_sea_by_suez_is_the_stated_way_and_the_cape_adds_a_third(book):
    ways = routes.lengths(book).set_index("corridor")
    # 10,600 nautical miles of 1.852 km are 19,631 km; 13,800 are 25,558.
    assert ways.loc["Sea by Suez", "km"] == pytest.approx(19_631, rel=0.005)
    assert ways.loc["Sea by the Cape", "km_low"] == pytest.approx(25_558, abs=1)


def test_the_whole_route_binds_where_its_railway_does_at_what_was_stated_for_the_whole():
    net = routes.corridor(tables.read("route_legs"), tables.read("route_places"))
    flow = routes.flow_network(net, tables.read("route_limits"), ("Poti", "Istanbul"), "cargo", 14)
    first = routes.binding_order(flow, "Xi'an").iloc[0]
    whole = routes.capacity(tables.read("route_capacities"), "whole route, cargo", 2024)
    assert first["capacity"] == whole.value
    assert first["parts"] == "railway in Kazakhstan"


def test_the_southern_price_is_assumed_and_no_other():
    costs = tables.read("route_costs")
    assert costs.loc[costs["basis"] == "assumed", "corridor"].tolist() == ["Southern by Iran"]


# --- wrong evidence is refused as it is read, by the name of its leg ---------------------------

WRONG = {
    "a leg below its great circle": (
        "route_legs", "CHN,3450,3332,", "CHN,3450,2100,",
        r"row 2, leg Xi'an to Khorgos, column km_low: 2,100 km by rail "
        r".allowed: the great circle, 2,685 km, or more",
    ),
    "a low above the central length": (
        "route_legs", "KAZ,3200,3200,3468", "KAZ,3200,3300,3468",
        r"row 3, leg Khorgos to Aktau, column km_low: 3300, and km 3200 "
        r".allowed: km_low <= km <= km_high",
    ),
    "an unknown mode": (
        "route_legs", "Khorgos,Aktau,rail", "Khorgos,Aktau,road",
        r"row 3, leg Khorgos to Aktau, column mode: road .allowed: rail, sea",
    ),
    "an unknown country": (
        "route_legs", "Khorgos,Aktau,rail,KAZ", "Khorgos,Aktau,rail,KAX",
        r"row 3, leg Khorgos to Aktau, column country: KAX",
    ),
    "an unknown place": (
        "route_other_legs", "Poti,Constanta,sea", "Poti,Atlantis,sea",
        r"row 2, leg Poti to Atlantis, column end: Atlantis .allowed: a place of route_places",
    ),
    "negative days": (
        "route_stages", "border,,0.75,", "border,,-0.75,",
        r"row 3, stage Chinese border, column days_low: -0.75 .allowed: a number of 0 or more",
    ),
    "missing days": (
        "route_stages", "border,,0.75,", "border,,,",
        r"row 3, stage Chinese border, column days_low: an empty cell",
    ),
    "low days above the most likely": (
        "route_stages", "border,,0.75,", "border,,2.75,",
        r"row 3, stage Chinese border, column days_low: 2.75, and days 2.3",
    ),
    "a disconnected corridor": (
        "route_corridors", "Kazakhstan;Caspian Sea;Azerbaijan to Tbilisi;Tbilisi to Poti;Black",
        "Kazakhstan;Azerbaijan to Tbilisi;Tbilisi to Poti;Black",
        r"row 2, corridor Middle by Poti, column stages: disconnected: Azerbaijan to Tbilisi "
        r"starts at Alat .allowed: a stage that starts at Aktau",
    ),
    "an unknown stage": (
        "route_corridors", "Khorgos to Poland;Poland", "Khorgos to Poland;A bridge;Poland",
        r"corridor Northern, column stages: A bridge .allowed: a stage of route_stages",
    ),
    "stages that end elsewhere": (
        "route_corridors", ";Akhalkalaki to Kars;Kars to Istanbul,", ";Akhalkalaki to Kars,",
        r"corridor Middle by Kars, column stages: they end at Kars .allowed: Istanbul",
    ),
    "a capacity of zero": (
        "route_limits", "railway in Kazakhstan,cargo,6,", "railway in Kazakhstan,cargo,0,",
        r"row 2, leg Khorgos to Aktau, column value: capacity 0 .allowed: above 0",
    ),
    "a low rate above the high one": (
        "route_costs", "Northern,2025,5250,", "Northern,2025,7250,",
        r"row 2, corridor Northern, column low: 7250, and high 6100 .allowed: low <= high",
    ),
    "fewest days above the most": (
        "route_times", "official,2024-09,8,10,", "official,2024-09,18,10,",
        r"row 2, Xi'an to Baku, column days_low: 18, and days_high 10",
    ),
    "a cost of a stage that is not there": (
        "route_stage_costs", "Kazakhstan,2016", "Kazakstan,2016",
        r"row 2, stage Kazakstan, column stage: Kazakstan .allowed: a stage of route_stages",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_wrong_evidence_is_refused_as_it_is_read_with_its_row_and_name(copy, case):
    table, good, bad, message = WRONG[case]
    path = copy / "data" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(good) == 1
    path.write_text(text.replace(good, bad), "utf-8")
    with pytest.raises(TableError, match=rf"^data/{table}.csv, .*{message}"):
        tables.read(table, copy)
