"""What the book holds to be true of the route: its legs, its counts, its plans and its times."""

import pandas as pd
import pytest

from analysis import routes, tables
from analysis.countries import Membership
from analysis.errors import ReckoningError, TableError

LEG = ["start", "end", "mode", "country", "km", "km_low", "km_high", "basis", "via", "source_keys"]


def legs(*rows):
    """(start, end, mode, country, km): lengths without a range, stated by one source."""
    return pd.DataFrame(
        [(a, b, mode, own, km, km, km, "stated", None, "src") for a, b, mode, own, km in rows],
        columns=LEG,
    )


# On the equator, one degree of longitude is 111.2 km: A, B, C, D, E stand 111 km apart.
PLACES = pd.DataFrame(
    [(name, 0.0, float(i)) for i, name in enumerate("ABCDE")],
    columns=["place", "latitude", "longitude"],
)
# Rail in Kazakhstan, the sea, rail in Azerbaijan, rail in Georgia: 550 + 120 + 200 + 130 = 1,000.
LINE = legs(
    ("A", "B", "rail", "KAZ", 550),
    ("B", "C", "sea", None, 120),
    ("C", "D", "rail", "AZE", 200),
    ("D", "E", "rail", "GEO", 130),
)


@pytest.fixture
def net():
    return routes.corridor(LINE, PLACES)


def one_leg(**changes):
    frame = legs(("A", "B", "rail", "KAZ", 300))
    return routes.corridor(frame.assign(**{k: [v] for k, v in changes.items()}), PLACES)


# --- legs ---------------------------------------------------------------------------------------


def test_a_degree_of_a_meridian_is_111_km():
    # 2 pi 6371.0088 km / 360
    assert routes.great_circle((40.0, 50.0), (41.0, 50.0)) == pytest.approx(111.195, abs=0.001)


def test_a_leg_shorter_than_its_great_circle_is_refused_by_name():
    with pytest.raises(ReckoningError, match=r"leg A to B: 100 km by rail .*great circle, 111 km"):
        one_leg(km=100, km_low=100, km_high=100)


def test_a_lowest_length_below_the_great_circle_is_refused_too():
    with pytest.raises(ReckoningError, match="leg A to B: 90 km"):
        one_leg(km_low=90)


def test_a_low_above_the_central_value_is_refused_with_its_leg():
    with pytest.raises(ReckoningError, match="leg A to B: km: low 310, central 300"):
        one_leg(km_low=310)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"mode": "road"}, "leg A to B: mode 'road' .allowed: rail, sea"),
        ({"country": "XXX"}, "leg A to B: country 'XXX'"),
        ({"country": None}, "leg A to B: country None"),
        ({"mode": "sea"}, "country 'KAZ' .allowed: none at sea"),
        ({"end": "Z"}, "no coordinates for 'Z' .allowed: A, B, C"),
        ({"via": "C;Z"}, "no coordinates for 'Z'"),
    ],
)
def test_what_no_leg_can_be_is_refused(changes, message):
    with pytest.raises(ReckoningError, match=message):
        one_leg(**changes)


def test_a_second_leg_between_two_places_is_refused_in_either_direction():
    twice = legs(("A", "B", "rail", "KAZ", 300), ("B", "A", "rail", "KAZ", 400))
    with pytest.raises(ReckoningError, match="leg B to A: a second leg"):
        routes.corridor(twice, PLACES)


# --- ways ---------------------------------------------------------------------------------------


def test_a_way_runs_in_the_direction_asked_for(net):
    back = routes.way(net, "E", "C")
    assert [leg.name for leg in back] == ["E to D", "D to C"]
    assert routes.length(back).value == 330  # 130 + 200


def test_the_shorter_of_two_ways_is_taken():
    detour = legs(
        ("A", "B", "rail", "KAZ", 200),
        ("B", "C", "rail", "KAZ", 200),
        ("A", "C", "rail", "UZB", 500),
    )
    way = routes.way(routes.corridor(detour, PLACES), "A", "C")
    assert [leg.country for leg in way] == ["KAZ", "KAZ"]


def test_a_disconnected_corridor_is_refused_with_what_can_be_reached():
    apart = legs(("A", "B", "rail", "KAZ", 200), ("C", "D", "rail", "AZE", 200))
    with pytest.raises(ReckoningError, match=r"no way from 'A' to 'D' .allowed: from 'A': A, B"):
        routes.way(routes.corridor(apart, PLACES), "A", "D")


def test_places_that_no_leg_touches_and_ways_that_go_nowhere_are_refused(net):
    with pytest.raises(ReckoningError, match="no leg touches 'Baku'"):
        routes.way(net, "A", "Baku")
    with pytest.raises(ReckoningError, match="from 'A' to itself"):
        routes.way(net, "A", "A")


def test_days_are_refused_while_a_leg_lacks_them(net):
    with pytest.raises(ReckoningError, match="leg A to B: no days"):
        routes.total(routes.way(net, "A", "E"), "days")


def test_days_add_up_where_each_leg_has_them():
    days = LINE.assign(days_low=[5, 1, 1, 1], days=[6, 3, 2, 1], days_high=[12, 10, 4, 3])
    way = routes.way(routes.corridor(days, PLACES), "A", "E")
    assert routes.total(way, "days") == routes.Spread(8, 12, 29)


# --- shares -------------------------------------------------------------------------------------


def test_the_members_share_is_their_track_over_the_whole_way(net):
    share = routes.share_in_members(routes.way(net, "A", "E"))
    assert share.value == 75  # (550 + 200) / 1,000
    assert share.unit == "%"
    assert share.sources == ("src",)


def test_the_sea_between_two_members_may_be_counted_as_theirs(net):
    way = routes.way(net, "A", "E")
    assert routes.share_in_members(way, with_sea=True).value == 87  # (550 + 120 + 200) / 1,000


def test_the_sea_is_not_the_members_where_one_shore_is_not(net):
    only = Membership("one", ("KAZ",))
    way = routes.way(net, "A", "E")
    assert routes.share_in_members(way, members=only, with_sea=True).value == 55


def test_a_sea_at_the_end_of_a_way_has_one_shore_only(net):
    # A to C ends at sea: 550 / 670, with or without the sea.
    way = routes.way(net, "A", "C")
    for sea in (True, False):
        share = routes.share_in_members(way, with_sea=sea)
        assert share.value == pytest.approx(82.0896, abs=1e-4)


def test_the_shares_of_all_parts_are_the_whole(net):
    split = routes.split({"whole": routes.way(net, "A", "E")})
    assert split["share_percent"].sum() == pytest.approx(100)
    assert dict(zip(split["part"], split["group"], strict=True)) == {
        "KAZ": "member",
        "sea": "sea",
        "AZE": "member",
        "GEO": "other",
    }


def test_bounds_set_members_low_against_others_high():
    wide = LINE.assign(km_low=[450, 120, 200, 130], km_high=[550, 120, 200, 380])
    low, high = routes.share_bounds(routes.way(routes.corridor(wide, PLACES), "A", "E"))
    assert low.value == pytest.approx(100 * 650 / 1150)  # 450 + 200 over 650 + 120 + 380
    assert high.value == 75  # 550 + 200 over 750 + 120 + 130


def test_members_are_on_a_way_or_off_all_ways(net):
    way = routes.way(net, "A", "E")
    assert routes.members_on(way) == ("KAZ", "AZE")
    assert routes.members_off([way]) == ("KGZ", "TUR", "UZB")
    assert routes.named(("KGZ",)) == "Kyrgyzstan"
    assert routes.named(()) == "none"


def test_a_country_is_unavoidable_when_no_end_is_reached_without_it():
    fork = legs(
        ("A", "B", "rail", "KAZ", 200),
        ("B", "C", "rail", "GEO", 200),
        ("B", "D", "rail", "TUR", 300),
    )
    assert routes.unavoidable(routes.corridor(fork, PLACES), "A", ("C", "D")) == ("KAZ",)


def test_pieces_follow_the_places_a_leg_is_drawn_through():
    bent = legs(("A", "C", "rail", "KAZ", 300)).assign(via="B")
    net = routes.corridor(bent, PLACES)
    pieces = routes.pieces(net, PLACES, routes.way(net, "A", "C"))
    assert list(zip(pieces["start"], pieces["end"], strict=True)) == [("A", "B"), ("B", "C")]
    assert set(pieces["km"]) == {300}  # of the leg, not of the piece
    assert set(pieces["line"]) == {"main"}


def test_stated_lengths_below_the_great_circle_are_told_from_the_others(net):
    stated = pd.DataFrame(
        [("A", "B", "rail", 100), ("A", "E", "rail", 800), ("A", "E", "all", 900)],
        columns=["start", "end", "mode", "km"],
    )
    found = routes.compare_lengths(stated, net, PLACES)
    assert found["possible"].tolist() == [False, True, True]
    # Rail alone: 550 + 200 + 130; all: with 120 at sea.
    assert found["book_km"].tolist() == [550, 880, 1000]
    assert found["straight_km"].iloc[1] == pytest.approx(3 * 111.195, abs=0.01)  # the sea left out


# --- cargo --------------------------------------------------------------------------------------

COUNT = ["metric", "series", "year", "months", "value", "unit", "growth_percent", "speaker"]


def counts(*rows):
    """(metric, series, year, months, value, stated growth)."""
    units = {"cargo": "thousand t", "trains": "trains"}
    return pd.DataFrame(
        [(m, s, y, n, v, units.get(m, "TEU"), g, "speaker") for m, s, y, n, v, g in rows],
        columns=COUNT,
    ).assign(source_keys="src")


CARGO = counts(
    ("cargo", "A", 2023, 12, 2000, None),
    ("cargo", "A", 2024, 12, 3000, None),
    ("cargo", "B", 2024, 12, 2200, 10),
    ("cargo", "other", 2024, 6, 900, None),
    ("cargo", "other", 2024, 12, 3100, 55),
)


def test_series_b_before_its_year_follows_from_its_stated_growth():
    before = routes.cargo_in(CARGO, "B", 2023)
    assert before.value == pytest.approx(2.0)  # 2.2 / 1.10
    assert before.estimate


def test_two_growth_rates_give_a_range_and_its_middle():
    two = pd.concat(
        [CARGO, CARGO[CARGO["series"] == "B"].assign(growth_percent=25)], ignore_index=True
    )
    row = routes.cargo(two).query("series == 'B' and year == 2023").iloc[0]
    assert row["low"] == pytest.approx(1.76)  # 2.2 / 1.25
    assert row["high"] == pytest.approx(2.0)
    assert row["mt"] == pytest.approx(1.88)


def test_series_a_and_b_are_never_joined():
    found = routes.cargo(CARGO)
    assert found.groupby("series")["year"].apply(list).to_dict() == {
        "A": [2023, 2024],
        "B": [2023, 2024],
        "other": [2024],  # the half year is left out
    }


def test_growth_is_each_series_own():
    assert routes.cargo_growth(CARGO, "A", 2024).value == pytest.approx(50)  # 3,000 over 2,000
    assert routes.cargo_growth(CARGO, "B", 2024).value == pytest.approx(10)
    assert routes.cargo_growth(CARGO, "B", 2024).estimate
    assert not routes.cargo_growth(CARGO, "A", 2024).estimate


def test_the_growth_outside_series_b_is_what_a_added_and_b_did_not():
    # A added 1,000, B added 200: 80 % of it is not in B.
    assert routes.outside_series_b(CARGO, 2024).value == pytest.approx(80)
    assert routes.cargo_gap(CARGO, 2024).value == pytest.approx(0.8)


def test_a_shrinking_series_has_no_growth_to_split():
    shrunk = CARGO.assign(value=CARGO["value"].replace(3000, 1500))
    with pytest.raises(ReckoningError, match=r"changed by -0.5 million t in 2024"):
        routes.outside_series_b(shrunk, 2024)


def test_a_year_that_a_series_lacks_is_refused():
    with pytest.raises(ReckoningError, match=r"series B has no 2019 .allowed: 2023, 2024"):
        routes.cargo_in(CARGO, "B", 2019)


def test_one_source_is_read_as_it_stands():
    assert routes.stated(CARGO[-1:], "src", "cargo", 2024).value == pytest.approx(3.1)
    assert routes.stated(CARGO[-1:], "src", "cargo", 2024, "growth_percent").value == 55
    with pytest.raises(ReckoningError, match="4 rows of cargo in 2024 by 'src'"):
        routes.stated(CARGO, "src", "cargo", 2024)


# --- containers and capacity --------------------------------------------------------------------

BOXES = counts(
    ("containers", "route", 2022, 12, 30000, None),
    ("containers", "route", 2024, 12, 50000, 150),
    ("containers", "route", 2025, 12, 60000, None),
    ("trains", "route", 2025, 12, 45, None),
)
ROOM = pd.DataFrame(
    [
        ("feeder fleet Aktau to Alat", 2025, 80.0, "thousand TEU a year", "src"),
        ("whole route, cargo", 2024, 6.0, "million t a year", "src"),
        ("whole route, containers", 2024, 100.0, "thousand TEU a year", "src"),
    ],
    columns=["object", "year", "value", "unit", "source_keys"],
)
PLANS = pd.DataFrame(
    [
        ("containers", 2025, "2025-01", 100.0, "thousand TEU"),
        ("containers Aktau to Alat", 2025, "2025-01", 80.0, "thousand TEU"),
        ("cargo", 2024, "2023", 2.5, "million t"),
        ("capacity", 2025, "2022", 10.0, "million t a year"),
        ("capacity", 2030, "2024", 10.0, "million t a year"),
        ("trains", 2025, "2024", 50.0, "trains"),
    ],
    columns=["metric", "due", "said", "value", "unit"],
).assign(wording="plan", speaker="speaker", source_keys="src")


def test_a_missing_year_follows_from_the_next_years_growth_and_a_stated_one_does_not():
    found = routes.containers(BOXES).set_index("year")
    assert found["teu_thousand"].to_dict() == {2022: 30, 2023: 20, 2024: 50, 2025: 60}
    assert found["estimate"].to_dict() == {2022: False, 2023: True, 2024: False, 2025: False}
    assert routes.container_growth(BOXES, 2025).value == pytest.approx(20)


def test_the_feeder_ships_are_fullest_if_every_container_takes_one():
    low, high = routes.feeder_use(BOXES, ROOM, PLANS, 2025)
    assert high.value == 75  # 60 of 80 thousand TEU
    assert low.value == 60  # 75 x 80 / 100, the planned share for Aktau to Alat
    assert low.estimate
    assert high.estimate


def test_what_the_ships_could_carry_besides_is_what_their_use_leaves():
    fewest, most = routes.spare(BOXES, ROOM, PLANS, 2025)
    assert (fewest.value, most.value) == pytest.approx((20, 32))  # 80 less 75 %, 80 less 60 %
    assert (fewest.unit, fewest.estimate) == ("thousand TEU", True)


def test_all_rail_ways_are_counted_in_thousand_teu():
    rows = counts(("rail China to EU and back", "other", 2025, 12, 310_000, -14))
    assert routes.rail_beside(rows, 2025).value == 310
    with pytest.raises(ReckoningError, match="no count of containers by all rail ways in 2024"):
        routes.rail_beside(rows, 2024)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: routes.containers_in(BOXES, 1999), "no containers in 1999 .allowed: 2022, 2023"),
        (lambda: routes.capacity(ROOM, "tunnel", 2025), "no capacity of 'tunnel' in 2025"),
        (lambda: routes.planned(PLANS, "cargo", 1999), "no plan of cargo for 1999"),
    ],
)
def test_what_was_not_published_is_refused(call, message):
    with pytest.raises(ReckoningError, match=message):
        call()


def test_a_ratio_needs_one_unit():
    fleet = routes.capacity(ROOM, "feeder fleet Aktau to Alat", 2025)
    whole = routes.capacity(ROOM, "whole route, containers", 2024)
    assert routes.ratio(fleet, whole).value == 80
    with pytest.raises(ReckoningError, match="over 'million t a year'"):
        routes.ratio(fleet, routes.capacity(ROOM, "whole route, cargo", 2024))


# --- plans --------------------------------------------------------------------------------------


@pytest.fixture
def outcomes():
    a_2025 = counts(("cargo", "A", 2025, 12, 2900, None))
    return routes.plans_against_outcomes(PLANS, pd.concat([CARGO, a_2025, BOXES]), ROOM)


def test_a_plan_is_held_against_the_same_measure_of_its_own_year(outcomes):
    percent = outcomes.set_index(["metric", "due"])["percent"]
    assert percent["cargo", 2024] == pytest.approx(120)  # 3.0 of series A over 2.5
    assert percent["containers", 2025] == 60
    assert percent["trains", 2025] == 90
    assert pd.isna(percent["containers Aktau to Alat", 2025])


def test_a_plan_met_by_series_a_may_be_missed_by_series_b(outcomes):
    row = outcomes[outcomes["metric"] == "cargo"].iloc[0]
    assert row["percent_b"] == pytest.approx(88)  # 2.2 over 2.5


def test_capacity_is_held_against_the_last_statement_and_not_counted_as_an_outcome(outcomes):
    row = outcomes[(outcomes["metric"] == "capacity") & (outcomes["due"] == 2025)].iloc[0]
    assert (row["outcome"], row["outcome_year"], row["percent"]) == (6, 2024, 60)
    met, judged = routes.plans_met(outcomes)
    assert (met.value, judged.value) == (1, 3)  # cargo 2024; and containers and trains of 2025


def test_a_plan_whose_year_has_not_passed_is_open(outcomes):
    assert outcomes.loc[outcomes["open"], "due"].tolist() == [2030]
    with pytest.raises(ReckoningError, match="no outcome for the plan of capacity in 2030"):
        routes.plan_outcome(outcomes, "capacity", 2030)


# --- times --------------------------------------------------------------------------------------

TIMES = pd.DataFrame(
    [
        ("X to Y", "official", "2024-09", 8.0, 11.0),
        ("X to Y", "observed", "2024-01", 11.0, 11.0),
        ("X to Y", "observed", "2025-12", 15.0, 17.0),
    ],
    columns=["way", "kind", "period", "days_low", "days_high"],
).assign(source_keys="src")


def test_days_are_the_fewest_and_the_most_of_their_kind_and_period():
    assert [day.value for day in routes.days(TIMES, "X to Y", "official")] == [8, 11]
    assert [day.value for day in routes.days(TIMES, "X to Y", "observed")] == [11, 17]
    assert [d.value for d in routes.days(TIMES, "X to Y", "observed", since="2025")] == [15, 17]
    with pytest.raises(ReckoningError, match=r"no observed days 'X to Z' .allowed: X to Y"):
        routes.days(TIMES, "X to Z", "observed")


# --- the book's own tables ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def book():
    return routes.corridor(tables.read("route_legs"), tables.read("route_places"))


def test_the_sections_of_baku_tbilisi_kars_are_its_stated_whole():
    # RailTurkey gives 838.6 km: 503 from Baku to the border, and the three legs after it.
    table = tables.read("route_legs").set_index("start")["km"]
    branch = tables.read("route_legs").query("start == 'Boyuk Kesik' and end == 'Akhalkalaki'")
    assert 503 + branch["km"].iloc[0] + table["Akhalkalaki"] + table["Kartsakhi"] == 838.6


def test_the_main_line_is_carried_by_two_members_and_the_branch_by_three(book):
    assert routes.members_on(routes.way(book, "Khorgos", "Poti")) == ("KAZ", "AZE")
    assert routes.members_on(routes.way(book, "Khorgos", "Istanbul")) == ("KAZ", "AZE", "TUR")


def test_the_length_in_china_that_is_below_the_great_circle_is_called_impossible(book):
    found = routes.compare_lengths(tables.read("route_lengths"), book, tables.read("route_places"))
    row = found[(found["start"] == "Xi'an") & (found["km"] == 2100)].iloc[0]
    assert not row["possible"]
    assert row["straight_km"] == pytest.approx(2680, abs=10)


def test_a_leg_of_an_unknown_mode_is_refused_with_its_row(copy):
    path = copy / "data" / "route_legs.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",sea,", ",ferry,", 1), "utf-8")
    with pytest.raises(TableError, match=r"route_legs.csv, row 4, leg .*, column mode: ferry"):
        tables.read("route_legs", copy)
