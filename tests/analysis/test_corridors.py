"""The corridors compared: what sources say of their legs, lengths, prices and closures."""

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis import routes, tables
from analysis.errors import TableError
from analysis.quantities import Quantity
from tests.quantity_checks import refused, same

NAN = float("nan")

#: On the equator a degree is 111 km; the places stand a degree apart.
PLACES = pd.DataFrame(
    [(name, 0.0, float(i)) for i, name in enumerate("ABCDE")],
    columns=["place", "latitude", "longitude"],
)
LEGS = pd.DataFrame(
    [
        ("A", "B", "rail", "KAZ", 550.0, 500.0, 600.0, "stated", None, "s1"),
        ("B", "C", "sea", None, 120.0, 115.0, 130.0, "derived", None, "s2 s1"),
        ("C", "D", "rail", "AZE", 200.0, 200.0, 220.0, "stated", "E", "s3"),
        ("D", "E", "rail", "GEO", 130.0, 120.0, 140.0, "stated", None, "s4"),
    ],
    columns=["start", "end", "mode", "country", "km", "km_low", "km_high", "basis", "via",
             "source_keys"],
)  # fmt: skip
NET = routes.build_network(LEGS, PLACES)
WAY = routes.way(NET, "A", "E")


def legs(*rows):
    """(start, end, mode, country, km)."""
    columns = ["start", "end", "mode", "country", "km"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(
        km_low=frame["km"], km_high=frame["km"], basis="stated", via=None, source_keys="src"
    )


def limits(*rows):
    """(start, end, part, measure, value)."""
    columns = ["start", "end", "part", "measure", "value"]
    return pd.DataFrame(rows, columns=columns).assign(source_keys="src")


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
    net = routes.build_network(table, PLACES)
    first, second = (net.edges[ends]["leg"] for ends in (("A", "B"), ("B", "C")))
    assert first.capacity == routes.Capacity(6, "cargo")
    assert (first.cost.usd, first.cost.year) == (routes.Spread(70, 80, 95), 2022)
    assert str(first.cost) == "70–95 USD per 20 t, 2022"
    assert first.details == "6 million t a year; 70–95 USD per 20 t, 2022"
    assert second.details == "none for it alone"
    assert first.sources == ("src", "new")
    assert (second.capacity, second.cost) == (None, None)


def test_a_leg_that_carries_nothing_and_one_with_costs_out_of_order_are_refused_by_name():
    table = legs(("A", "B", "rail", "KAZ", 200))
    refused(
        lambda: routes.build_network(table.assign(capacity=0.0, measure="cargo"), PLACES),
        "leg A to B: capacity 0 (allowed: above 0)",
    )
    costs = {"usd_low": 9.0, "usd": 8.0, "usd_high": 9.0, "usd_unit": "USD", "usd_year": 2022}
    refused(
        lambda: routes.build_network(table.assign(**costs), PLACES),
        "leg A to B: usd: low 9, central 8, high 9 (allowed: 0 <= low <= central <= high)",
    )


def test_a_stage_costs_what_its_row_of_the_year_says():
    costs = tables.read("route_stage_costs")
    # 0.24 USD a km over 3,200 km; 883 USD for 500 km over the same
    assert routes.stage_cost(costs, "Kazakhstan", 2016).value == pytest.approx(0.24 * 3200, abs=0.5)
    survey = routes.stage_cost(costs, "Kazakhstan", 2022)
    assert survey.value == pytest.approx(883 * 3200 / 500, abs=0.5)
    assert (survey.unit, survey.estimate) == ("USD per 20 t", True)
    refused(
        lambda: routes.stage_cost(costs, "Kazakhstan", 2020),
        "route_stage_costs, stage Kazakhstan: no year 2020 (allowed: 2016, 2022)",
    )


def test_a_share_among_the_settings_is_given_in_percent():
    settings = tables.read("route_settings")
    # 5,500 t instead of 6,500 t is 15.4 % less
    water = routes.percent_of(settings, "lower water", less=True)
    assert water.value == pytest.approx(100 * (1 - 5500 / 6500), abs=0.05)


def test_a_part_measured_by_what_it_carried_may_carry_more_in_that_measure_only():
    ports = [("C", "C", "port", "cargo", 15.0), ("C", "C", "port", "containers", 100.0)]
    parts = limits(*ports, ("A", "B", "line", "cargo", 6.0)).assign(
        basis=["stated", "carried", "stated"]
    )
    assert routes.is_lower_bound(parts, "port", "containers")
    assert routes.is_lower_bound(parts, "line and port", "containers")
    assert not routes.is_lower_bound(parts, "port", "cargo")
    assert not routes.is_lower_bound(parts, "line", "containers")


# --- the corridors compared ---------------------------------------------------------------------


def test_a_leg_takes_the_days_and_the_sources_of_its_stage():
    stages = pd.DataFrame(
        [("A", "B", 1.0, 2.0, 3.0, "d1 s1"), ("A", "D", 9.0, 9.0, 9.0, "d2")],
        columns=["start", "end", "days_low", "days", "days_high", "source_keys"],
    )
    found = routes.with_days(LEGS, stages)
    assert found["source_keys"].tolist() == ["s1 d1", "s2 s1", "s3", "s4"]
    assert found.loc[0, ["days_low", "days", "days_high"]].tolist() == [1, 2, 3]
    assert found["days"].isna().tolist() == [False, True, True, True]
    assert found[LEGS.columns[:-1].tolist()].equals(LEGS[LEGS.columns[:-1].tolist()])


CORRIDORS = pd.DataFrame(
    [("land", "m", "A", "D", "Steppe;Lake;Plain", "A;B;C;D"),
     ("back", "m", "C", "A", "Lake;Steppe", "C;B;A"),
     ("hills", "n", "D", "E", "Hills", "D;E")],
    columns=["corridor", "market", "start", "end", "stages", "stops"],
)  # fmt: skip


def test_a_corridor_follows_its_stops_in_either_direction():
    ways = routes.measured(NET, CORRIDORS)
    assert [leg.name for leg in ways["back"]] == ["C to B", "B to A"]
    assert [leg.name for leg in ways["land"]] == ["A to B", "B to C", "C to D"]
    refused(
        lambda: routes.measured(NET, CORRIDORS.assign(stops="A;C")),
        "corridor land: disconnected: no leg A to C (allowed: B)",
    )
    refused(
        lambda: routes.along(NET, ["Z", "A"]),
        "way: disconnected: no leg Z to A (allowed: a known place)",
    )


def test_lengths_are_split_by_mode_and_owner():
    found = routes.lengths({"whole": WAY, "hills": WAY[3:]})
    expected = pd.DataFrame(
        [
            ("whole", "A", "E", 1000.0, 935.0, 1090.0, 88.0, 12.0, 75.0, 13.0, 0.0, 0.0, True,
             "s1 s2 s3 s4"),
            ("hills", "D", "E", 130.0, 120.0, 140.0, 100.0, 0.0, 0.0, 100.0, 0.0, 0.0, False, "s4"),
        ],
        columns=["corridor", "start", "end", "km", "km_low", "km_high", "rail_percent",
                 "sea_percent", "members_percent", "georgia_percent", "china_percent",
                 "others_percent", "derived", "source_keys"],
    )  # fmt: skip
    assert_frame_equal(found, expected)
    owners = LEGS.assign(country=["CHN", None, "RUS", "GEO"])
    split = routes.lengths({"w": routes.way(routes.build_network(owners, PLACES), "A", "E")}).iloc[
        0
    ]
    assert split[["china_percent", "others_percent", "georgia_percent"]].tolist() == [55, 20, 13]


def test_one_share_is_given_with_its_ends_and_sources():
    lengths = routes.lengths({"whole": WAY, "hills": WAY[3:]})
    same(routes.share_of(lengths, "whole", "members"), 75, "%",
         "share of members in the way A to E, whole", ("s1", "s2", "s3", "s4"),
         ("route_legs", "route_other_legs"), estimate=True)  # fmt: skip
    assert not routes.share_of(lengths, "hills", "georgia").estimate
    refused(
        lambda: routes.share_of(lengths, "air", "members"),
        "lengths: no corridor air (allowed: hills, whole)",
    )


COSTS = pd.DataFrame(
    [
        ("Northern", 2024, 4000.0, 5000.0, "USD per FEU", "stated", "n4"),
        ("Northern", 2025, 5000.0, 6000.0, "USD per FEU", "stated", "n5"),
        ("land", 2025, 1.5, 2.0, "times Northern", "derived", "d1 n5"),
        ("hills", 2024, 2.0, 3.0, "USD per FEU and km", "assumed", "h"),
    ],
    columns=["corridor", "year", "low", "high", "unit", "basis", "source_keys"],
).assign(scope="door to door")


def test_rates_are_brought_to_one_unit():
    expected = pd.DataFrame(
        [
            ("Northern", 2024, 4000.0, 4500.0, 5000.0, "stated", "n4"),
            ("Northern", 2025, 5000.0, 5500.0, 6000.0, "stated", "n5"),
            ("land", 2025, 7500.0, 9750.0, 12000.0, "derived", "d1 n5"),
            ("hills", 2024, 260.0, 325.0, 390.0, "assumed", "h"),
        ],
        columns=["corridor", "year", "low", "usd", "high", "basis", "source_keys"],
    )
    expected.insert(6, "scope", "door to door")
    assert_frame_equal(routes.rates(COSTS, {"hills": WAY[3:]}), expected)
    refused(lambda: routes.rates(COSTS, {}), "corridor hills, 2024: no length for a rate per km")
    refused(
        lambda: routes.rates(COSTS.assign(low=9e9), {}),
        "corridor Northern, 2024: rates 9e+09 to 5000 (allowed: rising)",
    )
    refused(
        lambda: routes.rates(COSTS.assign(low=0.0), {}),
        "corridor Northern, 2024: rates 0 to 5000 (allowed: rising)",
    )
    refused(
        lambda: routes.rates(COSTS[2:], {}),
        "corridor land, 2025: no corridor Northern (allowed: hills, land)",
    )


DAYS = pd.DataFrame(
    [("slow", "m", "A to D", 40.0, 39.0), ("quick", "m", "A to D", 20.0, 21.0),
     ("other", "a", "A to E", 30.0, 30.0)],
    columns=["corridor", "market", "ends", "mean", "median"],
).assign(p10=1.0, p90=99.0)  # fmt: skip
PRICES = pd.DataFrame(
    [("slow", 2024, 900.0, 1000.0, 1100.0, "stated", "x"),
     ("quick", 2025, 3800.0, 4000.0, 4200.0, "assumed", "y x"),
     ("quick", 2024, 2800.0, 3000.0, 3200.0, "derived", "z"),
     ("other", 2024, 10.0, 20.0, 30.0, "stated", "w")],
    columns=["corridor", "year", "low", "usd", "high", "basis", "source_keys"],
).assign(scope="all")  # fmt: skip
CHOICES = routes.options(PRICES, DAYS)


def test_options_stand_by_market_days_and_year():
    assert CHOICES[["corridor", "year", "market", "mean"]].to_numpy().tolist() == [
        ["other", 2024, "a", 30], ["quick", 2024, "m", 20], ["quick", 2025, "m", 20],
        ["slow", 2024, "m", 40],
    ]  # fmt: skip
    assert routes.options(PRICES, DAYS).index.tolist() == [0, 1, 2, 3]


def test_break_evens_are_price_differences_over_days_saved():
    found = routes.break_evens(CHOICES)
    # 20 days saved: 2,000 dearer, 1,700 to 2,300 apart; or 3,000, 2,700 to 3,300.
    expected = pd.DataFrame(
        [
            ("m", "quick", 2024, "slow", 2024, 20.0, 100.0, 85.0, 115.0, "derived", "z x"),
            ("m", "quick", 2025, "slow", 2024, 20.0, 150.0, 135.0, 165.0, "assumed", "y x"),
        ],
        columns=["market", "quicker", "quicker_year", "slower", "slower_year", "days_saved", "usd",
                 "low", "high", "basis", "source_keys"],
    )  # fmt: skip
    assert_frame_equal(found, expected)
    rule = ("price of quick (2025) less price of slow (2024), over the days saved, for a "
            "forty-foot container")  # fmt: skip
    tables = ("route_costs", "route_stages")
    same(routes.break_even(found, "quick", "slow"), 150, "USD a day", rule, ("y", "x"), tables,
         estimate=True)  # fmt: skip
    assert routes.break_even(found[::-1], "quick", "slow", "high").value == 165
    refused(
        lambda: routes.break_even(found, "slow", "quick"),
        "break-evens: no quicker slow (allowed: quick)",
    )
    # Where the quicker is the cheaper, a day need be worth nothing; equal days are not compared.
    cheap = CHOICES.assign(usd=1.0, low=1.0, high=1.0)
    assert routes.break_evens(cheap)["usd"].tolist() == [0, 0]
    assert routes.break_evens(CHOICES.assign(mean=20.0)).empty


def test_what_goods_must_be_worth_is_told_to_a_thousand():
    day = Quantity(150.0, "USD a day", "rule", ("a",), ("t",))
    same(routes.worth(day, 0.7, ("b", "a")), 21_000, "USD",
         "rule; over 0.7 % of the goods' value for a day", ("a", "b"), ("t", "route_settings"),
         estimate=True)  # fmt: skip


def test_days_at_a_value_are_added_to_the_price():
    found = routes.generalised(CHOICES, (0, 200))
    # slow 1,000 and 9,000; quick 3,000 and 7,000, or 4,000 and 8,000 at an assumed price.
    expected = pd.DataFrame(
        [
            ("other", 2024, "a", "stated", 0, 20.0, True, True),
            ("quick", 2024, "m", "derived", 0, 3000.0, False, False),
            ("quick", 2025, "m", "assumed", 0, 4000.0, False, False),
            ("slow", 2024, "m", "stated", 0, 1000.0, True, True),
            ("other", 2024, "a", "stated", 200, 6020.0, True, True),
            ("quick", 2024, "m", "derived", 200, 7000.0, True, True),
            ("quick", 2025, "m", "assumed", 200, 8000.0, False, False),
            ("slow", 2024, "m", "stated", 200, 9000.0, False, False),
        ],
        columns=["corridor", "year", "market", "basis", "usd_a_day", "usd", "best", "best_of_all"],
    )
    assert_frame_equal(found, expected)


def test_the_winner_at_an_assumed_price_is_told_beside_the_winner():
    found = routes.winners(
        CHOICES, (0, 200), {"open": ("m", ()), "closed": ("m", ("quick",)), "else": ("a", ())}
    )
    # The latest price of the quick one is assumed: it wins nothing, and is told.
    expected = pd.DataFrame(
        [(0, "open", "slow", 1000.0, ""), (200, "open", "slow", 9000.0, "quick"),
         (0, "closed", "slow", 1000.0, ""), (200, "closed", "slow", 9000.0, ""),
         (0, "else", "other", 20.0, ""), (200, "else", "other", 6020.0, "")],
        columns=["usd_a_day", "case", "corridor", "usd", "with_assumed"],
    )  # fmt: skip
    assert_frame_equal(found, expected)


SETTINGS = pd.DataFrame(
    [("lower water", 0.8, "part", "sourced", "half of it", "s1 s2"),
     ("reserve", 0.3, "part", "ours", "ours", "s3")],
    columns=["setting", "value", "unit", "basis", "rule", "source_keys"],
)  # fmt: skip


def test_a_setting_tells_its_rule_and_whether_it_is_ours():
    tables = ("route_settings",)
    same(
        routes.setting_of(SETTINGS, "lower water"), 0.8, "part", "half of it", ("s1", "s2"), tables
    )
    same(routes.percent_of(SETTINGS, "reserve"), 30, "%", "ours", ("s3",), tables, estimate=True)
    same(routes.percent_of(SETTINGS, "lower water", less=True), 20, "%",
         "one less lower water: half of it", ("s1", "s2"), tables)  # fmt: skip
    refused(
        lambda: routes.setting_of(SETTINGS, "tugs"),
        "route_settings: no setting tugs (allowed: lower water, reserve)",
    )


def test_what_is_left_without_a_stage_is_told_with_what_it_costs():
    corridors = pd.DataFrame(
        [("slow", "m", "Ocean"), ("quick", "m", "Steppe;Lake"), ("third", "m", "Steppe;Hills"),
         ("other", "a", "Desert")],
        columns=["corridor", "market", "stages"],
    )  # fmt: skip
    days = pd.concat([DAYS, DAYS[:1].assign(corridor="third", median=25.0)])
    closures = {
        "nothing": (),
        "the lake": ("Lake",),
        "land": ("Steppe",),
        "all": ("Steppe", "Ocean"),
    }
    found = routes.without(corridors, days, PRICES, closures, "m")
    # The latest price of the quick one is assumed and does not count; the third has none.
    expected = pd.DataFrame(
        [
            ("nothing", "", "quick, third, slow", "quick", 21.0, 0.0, 3000.0, 0.0),
            ("the lake", "quick", "third, slow", "third", 25.0, 4.0, NAN, NAN),
            ("land", "quick, third", "slow", "slow", 39.0, 18.0, 1000.0, -2000.0),
            ("all", "quick, third, slow", "", "", NAN, NAN, NAN, NAN),
        ],
        columns=["closed", "lost", "left", "fastest", "median", "extra_days", "usd", "extra_usd"],
    )
    assert_frame_equal(found, expected)
    refused(
        lambda: routes.without(corridors, days, PRICES, {"it": ("Moon", "Lake", "Air")}, "m"),
        "it: no such stage: Air, Moon (allowed: Desert, Hills, Lake, Ocean, Steppe)",
    )
    medians = days.set_index("corridor")["median"]
    assert [routes.alternatives(row, medians) for row in found.itertuples()] == [
        "quick, 21 days, $3,000; third 25; slow 39",
        "third, 25 days (+4), no public price; slow 39",
        "slow, 39 days (+18), $1,000",
        "nothing left",
    ]
    assert routes.alternatives(next(found.itertuples())) == "quick, 21 days, $3,000"


# --- the book's own tables ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def book():
    frames = [tables.read("route_legs"), tables.read("route_other_legs")]
    net = routes.build_network(pd.concat(frames, ignore_index=True), tables.read("route_places"))
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
    net = routes.build_network(tables.read("route_legs"), tables.read("route_places"))
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
