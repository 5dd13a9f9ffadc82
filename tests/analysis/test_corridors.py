"""The corridors compared: what sources say of their legs, lengths, prices and closures."""

import json
import re

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis import routes, tables
from analysis.chapter import mime
from analysis.errors import TableError
from analysis.project import ROOT
from analysis.quantities import Quantity
from tests.copies import replaced
from tests.quantity_checks import refused
from tests.way import LEGS, NET, PLACES, WAY


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


def test_a_leg_has_the_capacity_of_its_ends():
    table = legs(("A", "B", "rail", "KAZ", 200), ("B", "C", "rail", "KAZ", 200))
    port = limits(("B", "B", "port", "cargo", 9.0), ("A", "B", "line", "cargo", 6.0))
    net = routes.build_network(routes.with_capacities(table, port), PLACES)
    first, second = (net.edges[ends]["leg"] for ends in (("A", "B"), ("B", "C")))
    assert first.capacity == routes.Capacity(6, "cargo")
    assert first.details == "6 million t a year"
    assert second.details == "none for it alone"
    assert second.capacity is None
    refused(
        lambda: routes.build_network(table.assign(capacity=0.0, measure="cargo"), PLACES),
        "leg A to B: capacity 0 (allowed: above 0)",
    )


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


# --- what a shipper asks ------------------------------------------------------------------------

FACTORS = pd.DataFrame(
    [("rail", 0.02, 0.03, "kg CO2e per t km", "f1"),
     ("deep sea", 0.1, 0.1, "kg CO2e per TEU km", "f2"),
     ("inland sea", 0.5, 1.0, "kg CO2e per TEU km", "f3")],
    columns=["mode", "low", "high", "unit", "source_keys"],
)  # fmt: skip
ASKED = pd.DataFrame(
    [("land", "Rhine", "A", "D"), ("part", "Rhine", "A", "E"), ("hills", "Black Sea", "D", "E")],
    columns=["corridor", "market", "start", "end"],
)
WAYS = {"land": WAY[:3], "part": WAY[:3], "hills": WAY[3:]}
DAYS = pd.DataFrame(
    [("land", "Rhine", 20.0, 15.0, 19.0, 30.0), ("part", "Rhine", 40.0, 35.0, 40.0, 45.0),
     ("hills", "Black Sea", 9.0, 8.0, 9.0, 10.0)],
    columns=["corridor", "market", "mean", "p10", "median", "p90"],
)  # fmt: skip
PRICES = pd.DataFrame(
    [("land", "A", "D", 2025, "spot", 3000.0, "USD"), ("land", "B", "D", 2025, "spot", 1.0, "USD"),
     ("hills", "D", "E", 2025, "index", 9.0, "points")],
    columns=["way", "start", "end", "year", "kind", "low", "unit"],
)  # fmt: skip


def test_a_container_emits_what_its_tonnes_and_kilometres_make():
    found = routes.emissions(WAYS, ASKED, FACTORS, 10.0).set_index("corridor")
    # 500 and 200 km of rail at 0.2 a TEU km, 115 km of sea at 0.1; then 600, 220 and 130.
    assert found.loc["land", "low"] == pytest.approx(700 * 0.2 + 115 * 0.1)
    assert found.loc["land", "high"] == pytest.approx(820 * 0.3 + 130 * 0.1)
    # A way that is not measured to its end has no sum.
    assert found.loc["part"].isna().all()


def test_emissions_by_land_are_told_against_those_by_sea_end_by_end():
    # At Poti the ranges touch at 3; at Istanbul land lies above, at Riga below.
    rows = [
        ("Sea", "Poti", 2.0, 3.0), ("Land", "Poti", 3.0, 4.0),
        ("Sea", "Istanbul", 2.0, 2.5), ("Land", "Istanbul", 3.0, 4.0),
        ("Sea", "Riga", 3.0, 4.0), ("Land", "Riga", 2.0, 2.5), ("Land 2", "Riga", None, None),
    ]  # fmt: skip
    # What else is known of a way, or is not, does not matter here.
    asked = pd.DataFrame(rows, columns=["corridor", "end", "low", "high"]).assign(price=None)
    expected = {"more": ["Istanbul"], "less": ["Riga"], "overlap": ["Poti"]}
    assert routes.land_against_sea(asked) == expected


def test_a_price_of_other_ends_or_in_points_is_no_price():
    corridors = ASKED.assign(source_keys="k")
    found = routes.for_a_shipper(corridors, DAYS, PRICES, routes.emissions(WAYS, ASKED, FACTORS, 1))
    assert found["corridor"].tolist() == ["hills", "land", "part"]
    assert found["prices"].tolist() == [0, 1, 0]


def test_the_ways_stand_in_the_order_of_the_markets_and_of_days():
    # By their names the markets would stand as Black Sea, Rhine, Türkiye.
    corridors = ASKED.assign(market=["Rhine", "Rhine", "Türkiye"])
    days = DAYS.assign(median=[40.0, 19.0, 90.0])
    found = routes.for_a_shipper(corridors, days, PRICES, routes.emissions(WAYS, ASKED, FACTORS, 1))
    assert found["corridor"].tolist() == ["hills", "part", "land"]


def test_no_price_of_the_book_is_between_a_shippers_own_ends():
    prices, corridors = tables.read("route_prices"), tables.read("route_corridors")
    assert all(routes.price_for(prices, row).empty for _, row in corridors.iterrows())
    # 11,317 points over 3,258.
    ratio = routes.land_over_sea(prices)
    assert ratio.value == pytest.approx(3.47, abs=0.005)
    later = prices.assign(year=prices["year"] + prices["way"].eq("Sea via Suez"))
    refused(lambda: routes.land_over_sea(later), "indices of 2026 and 2027 (allowed: one year)")


def test_a_reader_who_enters_prices_and_the_value_of_a_day_reads_which_way_wins():
    entered = {"land": 3000, "part": 1000}
    # 20 days saved for 2,000 dollars: at 100 a day both cost the same.
    dear = routes.cheapest(DAYS, "Rhine", entered, 101)
    cheap = routes.cheapest(DAYS, "Rhine", entered, 99)
    assert dear["corridor"].tolist() == ["land", "part"]
    assert cheap["corridor"].tolist() == ["part", "land"]
    assert dear["cost"].tolist() == [3000 + 20 * 101, 1000 + 40 * 101]
    assert routes.cheapest(DAYS, "Rhine", {}, 100).empty
    for price, value, words in (
        ({"land": 0}, 1, "land: price 0 (allowed: a number above 0)"),
        ({"land": 5}, -1, "value of a day -1 (allowed: 0 or more)"),
    ):
        refused(lambda p=price, v=value: routes.cheapest(DAYS, "Rhine", p, v), words)


def test_two_ways_cost_the_same_at_the_value_of_a_day_that_their_prices_and_days_give():
    means = {
        name: Quantity(days, "days", name, (name,), ("t",), estimate=True)
        for name, days in (("land", 20), ("part", 40))
    }

    def even(price, value=100):
        return routes.break_even(routes.cheapest(DAYS, "Rhine", price, value), means)

    # 2,000 dollars for 20 days, whichever wins.
    for value in (50, 150):
        found = even({"land": 3000, "part": 1000}, value)
        assert (found.value, found.unit, found.estimate) == (100, "USD", True)
        assert set(found.sources) == {"land", "part"}
    # One price is no comparison; what is cheaper and quicker wins at any value.
    assert even({"land": 3000}) is even({"land": 900, "part": 1000}) is None
    assert even({"land": 1000, "part": 1000}) is None


def test_a_reader_ranks_ways_by_whole_days_as_the_page_shows_them():
    half = DAYS.assign(mean=DAYS["mean"] + 0.4)
    entered = {"land": 3000, "part": 1000}
    assert_frame_equal(
        routes.cheapest(half, "Rhine", entered, 99), routes.cheapest(DAYS, "Rhine", entered, 99)
    )


def test_days_saved_are_worth_whole_days():
    saved = Quantity(23.96, "days", "saved", (), ("t",), estimate=True)
    refused(lambda: routes.worth(saved, -1), "value of a day -1 (allowed: 0 or more)")
    settings = tables.read("route_settings")
    low, high = (routes.day_in_transit(end, settings) for end in ("low", "high"))
    assert [low.value, high.value] == [0.6, 2.1]
    # 1.35% of 50,000 dollars is 675; 24 days at 0.6% and at 2.1% of them are 7,200 and 25,200.
    goods = routes.goods_of(675, settings)
    assert goods.value == 50_000
    worths = [routes.worth_of_goods(saved, goods, percent).value for percent in (low, high)]
    assert worths == pytest.approx([7200, 25_200])


def test_the_containers_of_the_caspian_are_one_carriers_over_its_share():
    volumes = tables.read("route_volumes")
    largest = routes.stated(volumes, "kmtf2025", "containers", 2025)
    share = routes.stated(volumes, "turksam2025", "carrier's share", 2024)
    found = routes.setting_of(tables.read("route_settings"), "containers")
    assert (largest.value, largest.unit, share.value) == (59.4, "thousand TEU", 94)
    assert found.value == pytest.approx(100 * largest.value / share.value, abs=0.05)
    assert found.estimate
    exports = routes.stated(volumes, "ice2025titr", "cargo", 2024, kind="exports")
    assert (exports.value, exports.unit) == (3.2, "million t")


def test_what_is_left_without_a_stage_is_told_by_days():
    corridors = pd.DataFrame(
        [("slow", "m", "Ocean"), ("quick", "m", "Steppe;Lake"), ("third", "m", "Steppe;Hills"),
         ("other", "a", "Desert")],
        columns=["corridor", "market", "stages"],
    )  # fmt: skip
    days = pd.DataFrame(
        [("slow", 39.0), ("quick", 21.0), ("third", 25.0), ("other", 1.0)],
        columns=["corridor", "median"],
    )
    closures = {"nothing": (), "the lake": ("Lake",), "all": ("Steppe", "Ocean")}
    expected = pd.DataFrame(
        [
            ("nothing", "quick, third, slow", "quick", 21.0, 0.0),
            ("the lake", "third, slow", "third", 25.0, 4.0),
            ("all", "", "", float("nan"), float("nan")),
        ],
        columns=["closed", "left", "fastest", "median", "extra_days"],
    )
    assert_frame_equal(routes.without(corridors, days, closures, "m"), expected)
    refused(
        lambda: routes.without(corridors, days, {"it": ("Moon", "Lake", "Air")}, "m"),
        "it: no such stage: Air, Moon (allowed: Desert, Hills, Lake, Ocean, Steppe)",
    )


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
    sea = {leg.name: leg.km for way in ("Sea via Suez", "Sea via the Cape") for leg in book[way]}
    suez = sea["Shanghai to Suez Canal"].central + sea["Suez Canal to Rotterdam"].central
    cape = sea["Shanghai to Cape of Good Hope"].low + sea["Cape of Good Hope to Rotterdam"].low
    assert suez == pytest.approx(19_631, rel=0.005)
    assert cape == pytest.approx(25_558, abs=1)
    assert ways.loc["Sea via the Cape", "km"] > ways.loc["Sea via Suez", "km"]


def test_the_whole_route_binds_where_its_railway_does_at_what_was_stated_for_the_whole():
    net = routes.build_network(tables.read("route_legs"), tables.read("route_places"))
    flow = routes.flow_network(net, tables.read("route_limits"), ("Poti", "Istanbul"), "cargo", 14)
    first = routes.binding_order(flow, "Xi'an").iloc[0]
    stated = tables.read("route_capacities").set_index(["object", "year"])["value"]
    assert first["capacity"] == stated["whole route, cargo", 2024]
    assert first["parts"] == "railway in Kazakhstan"


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
        "route_stages", "border,,Middle,0.75,", "border,,Middle,-0.75,",
        r"row 3, stage Chinese border, column days_low: -0.75 .allowed: a number of 0 or more",
    ),
    "a stage without days or a model": (
        "route_stages", "border,,Middle,0.75,2.3,3.25", "border,,Middle,,,",
        r"row 3, stage Chinese border, column days: nan, sourced .allowed: days, or a model's",
    ),
    "a stage of ours that is called sourced": (
        "route_stages", "0.5,1,3,ours,Change of gauge", "0.5,1,3,sourced,Change of gauge",
        r"stage Akhalkalaki to Kars, column basis: sourced .allowed: what its sources say: ",
    ),
    "a capacity without a direction": (
        "route_limits", "89,,2025-03,westbound,", "89,,2025-03,,",
        r"row 9, leg Aktau to Alat, column direction: an empty cell",
    ),
    "a capacity without a date": (
        "route_limits", "89,,2025-03,westbound,", "89,,,westbound,",
        r"row 9, leg Aktau to Alat, column as_of: an empty cell",
    ),
    "others that leave nothing": (
        "route_limits", "48,,2025-09,both,13.3", "48,,2025-09,both,48",
        r"leg Boyuk Kesik to Poti, column others: 48 .allowed: below the capacity",
    ),
    "a price without its end": (
        "route_prices", "Shanghai,Poti,2025", "Shanghai,,2025",
        r"row 7, way Sea to Poti, column end: an empty cell",
    ),
    "a journey that ends before it starts": (
        "route_journeys", "2025-06-29,2025-07-21", "2025-06-29,2025-05-21",
        r"journey Chongqing to Istanbul, first of a regular service, column arrived: 2025-05-21 "
        r".allowed: 2025-06-29 or later",
    ),
    "days that the dates deny": (
        "route_journeys", "2025-06-29,2025-07-21,15,15,22,22", "2025-06-29,2025-07-21,15,15,15,15",
        r"column days_low: 15 to 15 .allowed: 22 by its dates",
    ),
    "a month that is missing": (
        "route_storms", "12,5,10,15", "11,5,10,15", r"row 13, columns month: a second row for 11",
    ),
    "low days above the most likely": (
        "route_stages", "border,,Middle,0.75,", "border,,Middle,2.75,",
        r"row 3, stage Chinese border, column days_low: 2.75, and days 2.3",
    ),
    "a disconnected corridor": (
        "route_corridors", "Kazakhstan;Caspian Sea;Azerbaijan to Tbilisi;Tbilisi to Poti;Black",
        "Kazakhstan;Azerbaijan to Tbilisi;Tbilisi to Poti;Black",
        r"row 2, corridor Middle via Poti, column stages: disconnected: Azerbaijan to Tbilisi "
        r"starts at Alat .allowed: a stage that starts at Aktau",
    ),
    "an unknown stage": (
        "route_corridors", "Khorgos to Poland;Poland", "Khorgos to Poland;A bridge;Poland",
        r"corridor Northern, column stages: A bridge .allowed: a stage of route_stages",
    ),
    "stages that end elsewhere": (
        "route_corridors", ";Akhalkalaki to Kars;Kars to Istanbul,", ";Akhalkalaki to Kars,",
        r"corridor Middle via Kars, column stages: they end at Kars .allowed: Istanbul",
    ),
    "a capacity of zero": (
        "route_limits", "railway in Kazakhstan,cargo,6,", "railway in Kazakhstan,cargo,0,",
        r"row 2, leg Khorgos to Aktau, column value: capacity 0 .allowed: above 0",
    ),
    "a low price above the high one": (
        "route_prices", "40 ft,5250,", "40 ft,7250,",
        r"row 4, way Northern, column low: 7250, and high 6100 .allowed: low <= high",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_wrong_evidence_is_refused_as_it_is_read_with_its_row_and_name(copy, case):
    table, good, bad, message = WRONG[case]
    replaced(copy / "data" / f"{table}.csv", good, bad)
    with pytest.raises(TableError, match=rf"^data/{table}.csv, .*{message}"):
        tables.read(table, copy)


def test_days_that_one_sentence_compares_have_the_same_ends():
    notebook = json.loads((ROOT / "chapters" / "routes.ipynb").read_text(encoding="utf-8"))
    said = [
        output["data"][mime.PROSE]
        for cell in notebook["cells"]
        for output in cell.get("outputs", ())
        if mime.PROSE in output["data"]
    ]
    compared = []
    for prose in said:
        rules = {f"#{it['anchor']}": it["rule"] for it in prose["numbers"]}
        for block in re.split(r"\n\n|\n- ", prose["text"]):
            found = [rules.get(anchor, "") for anchor in re.findall(r"#number-[\w-]+", block)]
            compared.append(set(re.findall(r"of the days (.+? to .+?),", " ".join(found))))
    assert [ends for ends in compared if len(ends) > 1] == []
    assert {"Xi'an to Duisburg"} in compared
