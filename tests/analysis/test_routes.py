"""The route: its legs, shares, counts, plans and limits."""

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis import routes, tables
from analysis.countries import Membership
from tests.quantity_checks import refused, same
from tests.way import LEGS, NET, PLACES, WAY

NAN = float("nan")
TWO = Membership("two members", ("KAZ", "AZE"))


# --- counts of cargo and containers -------------------------------------------------------------

COUNTS = pd.DataFrame(
    [
        ("cargo", "ministry", 2023, 12, 2000.0, "thousand t", NAN, "ministry", "a3"),
        ("cargo", "ministry", 2024, 12, 3000.0, "thousand t", NAN, "ministry", "a4"),
        ("cargo", "ministry", 2025, 6, 1500.0, "thousand t", NAN, "ministry", "a5"),
        ("cargo", "association", 2024, 12, 2200.0, "thousand t", 10.0, "railway", "b1"),
        ("cargo", "association", 2024, 12, 2400.0, "thousand t", 25.0, "port", "b2 b1"),
        ("cargo", "other", 2022, 12, 900.0, "thousand t", 5.0, "paper", "o"),
        ("containers", "route", 2022, 12, 30_000.0, "TEU", NAN, "ministry", "c2"),
        ("containers", "route", 2024, 12, 50_000.0, "TEU", 150.0, "ministry", "c4 c2"),
        ("containers", "fleet", 2024, 12, 9_000.0, "TEU", 50.0, "port", "f"),
        ("trains", "route", 2024, 12, 45.0, "trains", NAN, "railway", "t"),
    ],
    columns=["metric", "series", "year", "months", "value", "unit", "growth_percent", "speaker",
             "source_keys"],
).assign(kind=["all"] * 6 + ["containers"] * 4)  # fmt: skip
VOLUMES = ("route_volumes",)


def test_the_counts_of_cargo_are_told_owner_by_owner():
    # The association: 2,200 over 1.10 and 2,400 over 1.25 are 2,000 and 1,920 in the year before.
    expected = pd.DataFrame(
        [
            ("association", 2023, 1.96, 1.92, 2.0, True, "railway and port", "b1 b2"),
            ("association", 2024, 2.3, 2.2, 2.4, False, "railway and port", "b1 b2"),
            ("ministry", 2023, 2.0, 2.0, 2.0, False, "ministry", "a3"),
            ("ministry", 2024, 3.0, 3.0, 3.0, False, "ministry", "a4"),
            ("other", 2022, 0.9, 0.9, 0.9, False, "paper", "o"),
        ],
        columns=["series", "year", "mt", "low", "high", "estimate", "speaker", "source_keys"],
    )
    assert_frame_equal(routes.cargo(COUNTS), expected)
    # Oil is a part of the whole, not another count of it.
    oil = COUNTS[:1].assign(kind="oil", series="other")
    assert_frame_equal(routes.cargo(pd.concat([COUNTS, oil])), expected)


def test_a_years_cargo_tells_whose_count_it_is():
    same(routes.cargo_in(COUNTS, "ministry", 2024), 3, "million t", "cargo as counted by ministry",
         ("a4",), VOLUMES, 2024)  # fmt: skip
    same(routes.cargo_in(COUNTS, "association", 2023), 1.96, "million t",
         "cargo as counted by railway and port; from the count of 2024 and its stated growth",
         ("b1", "b2"), VOLUMES, 2023, estimate=True)  # fmt: skip
    same(routes.cargo_growth(COUNTS, "ministry", 2024), 50, "%",
         "cargo by the ministry's count, 2024 on 2023", ("a4", "a3"), VOLUMES, 2024)  # fmt: skip
    # 2.3 on 1.96, of which the second is an estimate.
    same(routes.cargo_growth(COUNTS, "association", 2024), 100 * (2.3 / 1.96 - 1), "%",
         "cargo by the association's count, 2024 on 2023, the middle of the growth rates stated",
         ("b1", "b2"), VOLUMES, 2024, estimate=True)  # fmt: skip
    same(routes.cargo_gap(COUNTS, 2024), 0.7, "million t",
         "the ministry's count less the association's", ("a4", "b1", "b2"), VOLUMES,
         2024)  # fmt: skip
    assert routes.cargo_gap(COUNTS, 2023).estimate
    refused(
        lambda: routes.cargo_in(COUNTS, "ministry", 2022),
        "yearly cargo, series ministry: no year 2022 (allowed: 2023, 2024)",
    )
    refused(
        lambda: routes.cargo_in(COUNTS, "A", 2022),
        "yearly cargo: no series A (allowed: association, ministry, other)",
    )


def test_cargo_is_oil_containers_by_weight_and_the_rest():
    oil = pd.DataFrame(
        [("cargo", "other", 2024, 12, 1400.0, "thousand t", NAN, "minister", "o4", "oil")],
        columns=COUNTS.columns,
    )
    found = routes.cargo_by_kind(pd.concat([COUNTS, oil]), 2024)
    # 50 thousand TEU of 12 t are 0.6; of 3.0 million t 1.0 is left.
    assert found["kind"].tolist() == ["oil", "containers", "other"]
    assert found["mt"].tolist() == pytest.approx([1.4, 0.6, 1.0])
    assert found["estimate"].tolist() == [False, True, True]
    for kind, mt, rule, keys in (
        ("oil", 1.4, "oil from Aktau to Azerbaijan, as stated", ("o4",)),
        ("containers", 0.6, "containers of the route at 12 t a TEU", ("c4", "c2", "ktz2025xian")),
        ("other", 1.0, "the ministry's count less oil and containers", ("a4", "c4", "c2", "o4")),
    ):
        same(routes.kind_in(pd.concat([COUNTS, oil]), kind, 2024), mt, "million t", rule, keys,
             VOLUMES, 2024, estimate=kind != "oil")  # fmt: skip
    refused(
        lambda: routes.kind_in(pd.concat([COUNTS, oil]), "grain", 2024),
        "cargo by kind: no kind grain (allowed: containers, oil, other)",
    )
    refused(
        lambda: routes.cargo_by_kind(pd.concat([COUNTS, oil.assign(value=2900.0)]), 2024),
        "oil and containers of 3.5 million t in 2024 (allowed: the whole, 3, or less)",
    )


def test_containers_are_told_with_the_year_that_follows_from_growth():
    expected = pd.DataFrame(
        [(2022, 30.0, False, "c2"), (2023, 20.0, True, "c4 c2"), (2024, 50.0, False, "c4 c2")],
        columns=["year", "teu_thousand", "estimate", "source_keys"],
    )
    assert_frame_equal(routes.containers(COUNTS), expected)
    same(routes.containers_in(COUNTS, 2024), 50, "thousand TEU",
         "containers of the whole route, as stated", ("c4", "c2"), VOLUMES, 2024)  # fmt: skip
    same(routes.containers_in(COUNTS, 2023), 20, "thousand TEU",
         "containers of 2024 over 1 + their stated growth", ("c4", "c2"), VOLUMES, 2023,
         estimate=True)  # fmt: skip
    refused(
        lambda: routes.containers_in(COUNTS, 2025),
        "yearly containers: no year 2025 (allowed: 2022, 2023, 2024)",
    )


def test_a_figure_of_one_source_tells_its_speaker_and_its_months():
    same(routes.stated(COUNTS, "a5", "cargo", 2025), 1.5, "million t",
         "cargo as stated by ministry, January to June", ("a5",), VOLUMES, 2025)  # fmt: skip
    same(routes.stated(COUNTS, "b2", "cargo", 2024), 2.4, "million t", "cargo as stated by port",
         ("b2",), VOLUMES, 2024)  # fmt: skip
    assert routes.stated(COUNTS, "t", "trains", 2024).unit == "trains"
    refused(
        lambda: routes.stated(COUNTS, "b1", "cargo", 2024),
        "route_volumes, b1: 2 rows with metric cargo, year 2024 (allowed: one)",
    )


# --- legs and ways ------------------------------------------------------------------------------

KEYS = ("s1", "s2", "s3", "s4")


def test_a_spread_rises():
    for values in ((2, 1, 3), (1, 3, 2), (-1, 1, 2)):
        refused(
            lambda v=values: routes.Spread(*v),
            "low {:g}, central {:g}, high {:g} (allowed: 0 <= low <= central <= high)".format(
                *values
            ),
        )
    assert routes.Spread(0, 0, 0).high == 0


def leg(**changes):
    parts = {
        "start": "A",
        "end": "B",
        "mode": "rail",
        "country": "KAZ",
        "km": routes.Spread(300, 300, 300),
        "straight_km": 100.0,
        "sources": ("s",),
    }
    return routes.Leg(**(parts | changes))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"mode": "road"}, "leg A to B: mode 'road' (allowed: rail, sea)"),
        ({"mode": "sea"}, "leg A to B: country 'KAZ' (allowed: none at sea)"),
        (
            {"country": "XXX"},
            "leg A to B: country 'XXX' (allowed: a code of analysis/countries.py)",
        ),
        (
            {"straight_km": 300.5, "mode": "sea", "country": None},
            "leg A to B: 300 km by sea (allowed: the great circle, 300 km, or more)",
        ),
    ],
)
def test_what_no_leg_can_be_is_refused_with_what_can(changes, words):
    refused(lambda: leg(**changes), words)


def test_a_leg_is_the_same_in_both_directions():
    there = leg(via=("P", "Q"), basis="derived", days=routes.Spread(1, 2, 3))
    back = there.turned()
    assert (back.start, back.end, back.via, back.name) == ("B", "A", ("Q", "P"), "B to A")
    assert back.turned() == there
    assert (back.basis, back.days, back.sources) == ("derived", there.days, ("s",))
    assert leg(straight_km=300.0).basis == "stated"
    # What is known of it alone: days, and what it can carry.
    assert leg().details == "none for it alone"
    timed = leg(days=routes.Spread(1, 2.5, 3), capacity=routes.legs.Capacity(2.5, "cargo"))
    assert timed.details == "1 · 2.5 · 3 days; 2.5 million t a year"


def test_the_great_circle_follows_the_haversine():
    # From 60 N 0 E to 60 N 90 E: cos c = sin² 60 + cos² 60 cos 90 = 0.75.
    assert routes.great_circle((60, 0), (60, 90)) == pytest.approx(6371.0088 * np.arccos(0.75))
    assert routes.great_circle((10, 20), (-30, 20)) == pytest.approx(6371.0088 * np.radians(40))


def test_a_net_holds_each_leg_with_what_its_row_says():
    first, sea, third, _ = WAY
    parts = (first.start, first.end, first.mode, first.country, first.km, first.sources)
    assert parts == ("A", "B", "rail", "KAZ", routes.Spread(500, 550, 600), ("s1",))
    assert first.straight_km == pytest.approx(111.195, abs=1e-3)
    assert (first.via, first.basis, first.days) == ((), "stated", None)
    assert (sea.country, sea.basis, sea.sources) == (None, "derived", ("s2", "s1"))
    assert third.via == ("E",)
    assert NET.edges["A", "B"]["km"] == 550
    timed = LEGS.assign(days_low=1.0, days=[2.0, NAN, 2.0, 2.0], days_high=3.0)
    one, two, *_ = routes.way(routes.build_network(timed, PLACES), "A", "E")
    assert (one.days, two.days) == (routes.Spread(1, 2, 3), None)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (LEGS.replace("E", "Z"),
         "leg C to D: no coordinates for 'Z' (allowed: A, B, C, D, E)"),
        (pd.concat([LEGS, LEGS[:1].assign(start="B", end="A")]),
         "leg B to A: a second leg (allowed: one leg between two places)"),
        (LEGS.assign(km_low=900.0),
         "leg A to B: km: low 900, central 550, high 600 (allowed: 0 <= low <= central <= high)"),
        (LEGS.assign(km_low=90.0),
         "leg A to B: 90 km by rail (allowed: the great circle, 111 km, or more)"),
        (LEGS.assign(days_low=3.0, days=2.0, days_high=3.0),
         "leg A to B: days: low 3, central 2, high 3 (allowed: 0 <= low <= central <= high)"),
    ],
)  # fmt: skip
def test_a_net_refuses_rows_by_the_name_of_their_leg(rows, words):
    refused(lambda: routes.build_network(rows, PLACES), words)


def test_the_shorter_of_two_ways_is_taken():
    detour = pd.concat([LEGS, LEGS[:1].assign(end="C", km=900.0, km_high=900.0)])
    way = routes.way(routes.build_network(detour, PLACES), "A", "C")
    assert [leg.name for leg in way] == ["A to B", "B to C"]  # 550 + 120 below 900


def test_ways_that_are_not_there_are_refused_with_those_that_are():
    islands = routes.build_network(LEGS[[True, False, True, True]], PLACES)
    refused(
        lambda: routes.way(islands, "A", "D"),
        "no way from 'A' to 'D' (allowed: from 'A': A, B)",
    )
    refused(lambda: routes.way(NET, "A", "Z"), "no leg touches 'Z' (allowed: A, B, C, D, E)")
    refused(lambda: routes.way(NET, "A", "A"), "a way from 'A' to itself (allowed: two places)")
    back = routes.way(NET, "E", "C")
    assert [each.name for each in back] == ["E to D", "D to C"]


def test_lengths_add_up_all_lows_all_highs():
    assert routes.total(WAY) == routes.Spread(935, 1000, 1090)
    refused(lambda: routes.total(WAY, "days"), "leg A to B: no days (allowed: days on each)")
    same(routes.length(WAY), 1000, "km", "sum of 4 legs, A to E", KEYS, ("route_legs",),
         estimate=True)  # fmt: skip
    assert not routes.length(WAY[:1]).estimate
    # Days add up where each leg has them.
    days = LEGS.assign(days_low=[5, 1, 1, 1], days=[6, 3, 2, 1], days_high=[12, 10, 4, 3])
    way = routes.way(routes.build_network(days, PLACES), "A", "E")
    assert routes.total(way, "days") == routes.Spread(8, 12, 29)


def test_who_cannot_be_avoided_is_listed():
    fork = pd.concat(
        [LEGS, LEGS[:1].assign(start="B", end="E", country="RUS", km=900.0, km_high=950.0)]
    )
    net = routes.build_network(fork, PLACES)
    assert routes.unavoidable(net, "A", ("E",)) == ("KAZ",)
    assert routes.unavoidable(NET, "A", ("E",)) == ("AZE", "GEO", "KAZ")
    assert routes.unavoidable(NET, "A", ("D", "E")) == ("AZE", "KAZ")
    refused(
        lambda: routes.unavoidable(NET, "A", ("Z",)),
        "no leg touches 'Z' (allowed: A, B, C, D, E)",
    )


def test_pieces_are_told_from_place_to_place():
    rows = routes.pieces(NET, PLACES, WAY[:2])
    columns = ["leg", "line", "mode", "group", "country", "km", "start", "end", "from_lat",
               "from_lon", "to_lat", "to_lon"]  # fmt: skip
    expected = pd.DataFrame(
        [
            ("A to B", "main", "rail", "member", "KAZ", 550.0, "A", "B", 0.0, 0.0, 0.0, 1.0),
            ("B to C", "main", "sea", "sea", "", 120.0, "B", "C", 0.0, 1.0, 0.0, 2.0),
            ("C to D", "branch", "rail", "member", "AZE", 200.0, "C", "E", 0.0, 2.0, 0.0, 4.0),
            ("C to D", "branch", "rail", "member", "AZE", 200.0, "E", "D", 0.0, 4.0, 0.0, 3.0),
            ("D to E", "branch", "rail", "other", "GEO", 130.0, "D", "E", 0.0, 3.0, 0.0, 4.0),
        ],
        columns=columns,
    )
    assert_frame_equal(rows, expected)
    north = routes.pieces(NET, PLACES.assign(latitude=[50.0, 40, 30, 20, 10]), WAY)
    assert north[["from_lat", "to_lat"]].iloc[0].tolist() == [50, 40]


def test_stated_lengths_are_held_against_the_earth_and_the_book():
    stated = pd.DataFrame(
        [("A", "B", "rail", 560.0), ("A", "D", "rail", 600.0), ("A", "E", "all", 400.0),
         ("B", "C", "sea", 100.0), ("A", "Z", "all", 900.0)],
        columns=["start", "end", "mode", "km"], index=[3, 4, 5, 6, 7],
    )  # fmt: skip
    places = pd.concat([PLACES, pd.DataFrame([("Z", 0.0, 8.0)], columns=PLACES.columns)])
    found = routes.compare_lengths(stated, NET, places)
    degree = 6371.0088 * np.radians(1)
    expected = stated.assign(
        # By rail from A to D is two legs of one degree each; by all means, four degrees to E.
        straight_km=[degree, 2 * degree, 4 * degree, degree, 8 * degree],
        book_km=[550.0, 750.0, 1000.0, 120.0, NAN],
        possible=[True, True, False, False, True],
    )
    assert_frame_equal(found, expected)


# --- shares -------------------------------------------------------------------------------------

LINES = ("route_legs",)


def test_a_share_of_the_way_tells_whose_track_it_is():
    same(routes.share_in(WAY, "KAZ"), 55, "%",
         "length on the track of Kazakhstan, as a share of the whole way A to E", KEYS, LINES,
         estimate=True)  # fmt: skip
    same(
        routes.share_in(WAY, "sea"),
        12,
        "%",
        "length at sea, as a share of the whole way A to E",
        KEYS,
        LINES,
        estimate=True,
    )
    same(routes.share_in_members(WAY), 75, "%",
         "track of the five members, as a share of the whole way A to E, rail and sea", KEYS, LINES,
         estimate=True)  # fmt: skip
    assert routes.share_in_members(WAY, members=Membership("one", ("AZE",))).value == 20
    low, high = routes.share_bounds(WAY)
    # 500 + 200 over themselves and 130 + 140; 600 + 220 over themselves and 115 + 120.
    rule = "share on members' track A to E that the lengths in the sources allow"
    same(low, 100 * 700 / 970, "%", f"lowest {rule}", KEYS, LINES, estimate=True)
    same(high, 100 * 820 / 1055, "%", f"highest {rule}", KEYS, LINES, estimate=True)


def test_ways_are_split_part_by_part():
    found = routes.split({"whole": WAY, "east": WAY[2:]})
    low, high = 100 * 700 / 970, 100 * 820 / 1055
    rows = [
        ("whole", "KAZ", "member", 550.0, 55.0, 75.0, low, high),
        ("whole", "sea", "sea", 120.0, 12.0, 75.0, low, high),
        ("whole", "AZE", "member", 200.0, 20.0, 75.0, low, high),
        ("whole", "GEO", "other", 130.0, 13.0, 75.0, low, high),
    ]
    east = (100 * 200 / 330, 100 * 200 / 340, 100 * 220 / 340)
    rows += [("east", "AZE", "member", 200.0, 100 * 200 / 330, *east),
             ("east", "GEO", "other", 130.0, 100 * 130 / 330, *east)]  # fmt: skip
    columns = ["way", "part", "group", "km", "share_percent", "members_percent", "members_low",
               "members_high"]  # fmt: skip
    assert_frame_equal(found, pd.DataFrame(rows, columns=columns))
    alone = routes.split({"whole": WAY}, members=Membership("one", ("GEO",)))
    assert alone["group"].tolist() == ["other", "sea", "other", "member"]
    assert alone["members_percent"].tolist() == [13.0] * 4
    assert alone["members_low"].iloc[0] == pytest.approx(100 * 120 / (600 + 130 + 220 + 120))


def test_members_are_on_the_way_or_off():
    assert routes.members_on(WAY) == ("KAZ", "AZE")
    assert routes.members_on(WAY, members=Membership("one", ("GEO",))) == ("GEO",)
    assert routes.members_off([WAY]) == ("KGZ", "TUR", "UZB")
    assert routes.members_off([WAY[:1]], members=TWO) == ("AZE",)


# --- limits -------------------------------------------------------------------------------------

LIMITS = pd.DataFrame(
    [
        ("A", "B", "steppe", "cargo", 6.0, "l1"), ("B", "B", "harbour", "cargo", 9.0, "l2"),
        ("B", "B", "harbour boxes", "containers", 300.0, "l3"),
        ("C", "D", "plain", "cargo", 6.0, "l4"),
        ("C", "D", "second plain", "cargo", 8.0, "l5"), ("D", "E", "hills", "cargo", 12.0, "l6"),
    ],
    columns=["start", "end", "part", "measure", "value", "source_keys"],
).assign(others=NAN, direction="westbound")  # fmt: skip


def test_what_binds_is_widened_until_nothing_does():
    flow = routes.flow_network(NET, LIMITS, ("E",), "cargo", 14.0)
    order = routes.binding_order(flow, "A")
    # Steppe and plain carry 6 each: one of them binds, then the other at the same 6.
    assert order["step"].tolist() == [1, 2, 3, 4]
    assert order["capacity"].tolist() == [6, 6, 9, 12]
    assert sorted(order["parts"][:2]) == ["plain", "steppe"]
    assert order["parts"][2:].tolist() == ["harbour", "hills"]
    tables = ("route_limits", "route_legs")
    same(routes.binding(order, LIMITS, "cargo", 3), 9, "million t a year",
         "minimum cut of the route's limits, harbour, once what binds before is widened (step 3)",
         ("l2",), tables)  # fmt: skip
    first = routes.binding(order, LIMITS, "cargo")
    assert first.rule == f"minimum cut of the route's limits, {order['parts'][0]}"
    assert first.unit == "million t a year"
    refused(
        lambda: routes.binding(order, LIMITS, "cargo", 5),
        "what binds: no step 5 (allowed: 1, 2, 3, 4)",
    )


def test_lines_count_for_containers_and_ports_only_by_their_own():
    flow = routes.flow_network(NET, LIMITS, ("E",), "containers", 20.0)
    order = routes.binding_order(flow, "A")
    # 6 million t are 300 thousand TEU of 20 t, as the harbour's boxes; hills 600.
    assert order["capacity"].tolist() == [300, 300, 300, 600]
    assert sorted(order["parts"][:3]) == ["harbour boxes", "plain", "steppe"]
    assert routes.binding(order, LIMITS, "containers", 4).unit == "thousand TEU a year"
    # Others leave 4 of the plain's 6 million t; of what counts both ways three quarters go west.
    shared = LIMITS.assign(others=LIMITS["part"].map({"plain": 2.0}))
    less = routes.flow_network(NET, shared, ("E",), "containers", 20.0)
    assert routes.binding_order(less, "A").loc[0, ["parts", "capacity"]].tolist() == ["plain", 200]
    both_ways = LIMITS.assign(direction="both")
    west = routes.flow_network(NET, both_ways, ("E",), "containers", 20.0, 0.75)
    assert routes.binding_order(west, "A")["capacity"].tolist() == [225, 225, 225, 450]
    # A part's name may be of several words.
    alone = LIMITS[:1].assign(part="feeder ships")
    first = routes.binding_order(routes.flow_network(NET, alone, ("E",), "cargo", 14.0), "A")
    assert routes.binding(first, alone, "cargo").sources == ("l1",)
    # Of two limits the lower counts, whichever stands first.
    turned = routes.flow_network(NET, LIMITS[::-1], ("E",), "containers", 20.0)
    assert routes.binding_order(turned, "A")["capacity"].tolist() == [300, 300, 300, 600]
    # The flow may leave at either of two ends; two lines in a cut are told together.
    fork = routes.build_network(
        pd.concat([LEGS, LEGS[:1].assign(start="B", end="E", km=900.0, km_high=950.0)]), PLACES
    )
    more = pd.concat([LIMITS, LIMITS[:1].assign(start="B", end="E", part="detour", value=1.0)])
    wide = more.assign(value=more["value"].where(more["part"] != "steppe", 50.0))
    wide = wide[~wide["part"].str.startswith("harbour")]
    both = routes.binding_order(routes.flow_network(fork, wide, ("E",), "cargo", 1.0), "A")
    assert both.loc[0, "capacity"] == 7
    assert set(both.loc[0, "parts"].split(" and ")) == {"plain", "detour"}
    widest = routes.binding(both, wide, "cargo")
    assert set(widest.sources) == {"l4", "l1"}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"value": 0.0}, "leg A to B: capacity 0 (allowed: above 0)"),
        ({"value": -1.0, "end": "A"}, "port A: capacity -1 (allowed: above 0)"),
        ({"end": "C"}, "leg A to C: the route has no such part"),
        ({"start": "Z", "end": "Z"}, "port Z: the route has no such part"),
    ],
)
def test_limits_of_what_is_not_there_are_refused(values, words):
    rows = LIMITS[:1].assign(**values)
    refused(lambda: routes.flow_network(NET, rows, ("E",), "cargo", 14.0), words)


# --- the book's own tables ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def book():
    return routes.build_network(tables.read("route_legs"), tables.read("route_places"))


def test_the_sections_of_baku_tbilisi_kars_are_its_stated_whole():
    # RailTurkey gives 838.6 km: 503 from Baku to the border, and the three legs after it.
    table = tables.read("route_legs").set_index("start")["km"]
    branch = tables.read("route_legs").query("start == 'Boyuk Kesik' and end == 'Akhalkalaki'")
    assert 503 + branch["km"].iloc[0] + table["Akhalkalaki"] + table["Kartsakhi"] == 838.6


def test_the_length_in_china_that_is_below_the_great_circle_is_called_impossible(book):
    found = routes.compare_lengths(tables.read("route_lengths"), book, tables.read("route_places"))
    row = found[(found["start"] == "Xi'an") & (found["km"] == 2100)].iloc[0]
    assert not row["possible"]
    assert row["straight_km"] == pytest.approx(2680, abs=10)


def test_the_ships_bind_containers_before_any_port_or_railway(book):
    limits = tables.read("route_limits")
    flow = routes.flow_network(book, limits, ("Poti", "Istanbul"), "containers", 12.0, 0.75)
    order = routes.binding_order(flow, "Xi'an")
    assert order["parts"][:2].tolist() == ["feeder ships", "port of Aktau"]
    assert order["capacity"][:2].tolist() == [89, 105]
    # If every container comes back, the port of Aktau binds at half of its 140.
    even = routes.flow_network(book, limits, ("Poti", "Istanbul"), "containers", 12.0, 0.5)
    assert routes.binding_order(even, "Xi'an").loc[0, ["parts", "capacity"]].tolist() == [
        "port of Aktau", 70,
    ]  # fmt: skip


def test_the_map_shows_the_rivals_and_the_other_crossings():
    found = routes.others(tables.read("route_places"))
    assert set(found["way"]) == {
        "Northern Corridor", "Southern Corridor", "Poti to Constanta by sea",
        "Kuryk to Alat by ferry", "Turkmenbashi to Alat by sea",
    }  # fmt: skip


def test_a_capacity_is_said_with_the_unit_of_its_measure():
    assert str(routes.legs.Capacity(60, "containers")) == "60 thousand TEU"
    assert str(routes.legs.Capacity(2.5, "cargo")) == "2.5 million t"


# --- plans --------------------------------------------------------------------------------------

PLANS = pd.DataFrame(
    [("cargo", 2024, 4.0, "p1"), ("cargo", 2023, 2.0, "p2 p1"), ("cargo", 2030, 9.0, "p3"),
     ("containers", 2024, 40.0, "p4"), ("containers", 2023, 25.0, "p5"),
     ("trains", 2024, 50.0, "p6"), ("capacity", 2024, 10.0, "p7"), ("capacity", 2023, 5.0, "p8"),
     ("capacity", 2021, 5.0, "p9"), ("capacity", 2030, 5.0, "p10")],
    columns=["metric", "due", "value", "source_keys"], index=range(5, 15),
)  # fmt: skip
CAPACITIES = pd.DataFrame(
    [("whole route, cargo", 2024, 9.0, "s4"), ("whole route, cargo", 2022, 6.0, "s2"),
     ("port", 2023, 1.0, "s3")],
    columns=["object", "year", "value", "source_keys"],
)  # fmt: skip


def test_a_plan_is_held_against_the_count_of_its_own_measure_and_year():
    found = routes.plans_against_outcomes(PLANS, COUNTS, CAPACITIES)
    assert_frame_equal(found[PLANS.columns], PLANS)
    expected = pd.DataFrame(
        [
            # The ministry counted 3.0 of 4.0 planned, the association 2.3; in 2023 2.0 and 1.96.
            (3.0, 2024, 75.0, 57.5, False, "a4"), (2.0, 2023, 100.0, 98.0, False, "a3"),
            (NAN, None, NAN, NAN, True, ""),
            # 50 thousand TEU after a growth of 150% were 20 thousand in the year before.
            (50.0, 2024, 125.0, NAN, False, "c4 c2"), (20.0, 2023, 80.0, NAN, False, "c4 c2"),
            (45.0, 2024, 90.0, NAN, False, "t"),
            # The last capacity stated by then, of the whole route; before 2022 none was stated.
            (9.0, 2024, 90.0, NAN, False, "s4"), (6.0, 2022, 120.0, NAN, False, "s2"),
            (NAN, None, NAN, NAN, False, ""), (NAN, None, NAN, NAN, True, ""),
        ],
        columns=["outcome", "outcome_year", "percent", "percent_association", "open",
                 "outcome_keys"],
        index=PLANS.index,
    ).astype({"outcome_year": "Int64"})  # fmt: skip
    assert_frame_equal(found[expected.columns], expected)


def test_a_plan_is_judged_by_an_outcome_of_its_own_year_and_met_by_all_of_it():
    met, judged = routes.plans_met(routes.plans_against_outcomes(PLANS, COUNTS, CAPACITIES))
    rule = "plans whose year has passed and whose outcome was published in the same measure"
    # Not judged: three without an outcome, and the capacity of 2023, last stated for 2022.
    keys = ("p1", "p2", "p4", "p5", "p6", "p7", "a4", "a3", "c4", "c2", "t", "s4")
    both = ("route_plans", "route_volumes")
    same(judged, 6, "plans", rule, keys, both)
    same(met, 2, "plans", f"{rule}, with an outcome of 100% or more", keys, both)
