"""The simulations of journeys and of the Caspian crossing, on ways whose answers are known."""

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis import simulation, tables
from analysis.simulation import Fleet, Pert, journeys
from tests.quantity_checks import refused, same

TABLES = ("route_stages", "route_corridors")


# --- days of a stage ----------------------------------------------------------------------------


def test_what_no_duration_can_be_is_refused_with_what_can():
    refused(
        lambda: Pert(1, float("nan"), 5),
        "missing days among (1, nan, 5) (allowed: three numbers of days)",
    )
    refused(
        lambda: Pert(1, 2, None), "missing days among (1, 2, None) (allowed: three numbers of days)"
    )
    for values in ((3, 2, 5), (1, 6, 5), (-1, 2, 5)):
        refused(
            lambda v=values: Pert(*v),
            f"days {', '.join(map(str, values))} (allowed: 0 <= low <= central <= high)",
        )
    assert Pert(0, 0, 0).mean == 0


def test_the_shapes_lean_to_the_likely_value():
    # 4 x 1/4 up and 4 x 3/4 down.
    assert Pert(0, 1, 4).shapes == (2, 4)
    assert Pert(3, 4, 7).shapes == (2, 4)
    assert Pert(2, 2, 2).shapes == (1, 1)
    # Mean 8/6, variance (8/6)(16/6)/7.
    assert Pert(0, 1, 4).variance == pytest.approx(8 / 6 * 16 / 6 / 7)
    assert Pert(3, 4, 7).variance == pytest.approx(8 / 6 * 16 / 6 / 7)


def test_steps_are_the_middles_of_equal_chances_to_four_decimals():
    # Beta(1, 5), low 1, five days wide: below 1 + 5 x lies 1 - (1 - x) ** 5.
    steps = Pert(1, 1, 6).quantiles(4)
    chances = np.array([0.125, 0.375, 0.625, 0.875])
    assert steps == pytest.approx(1 + 5 * (1 - (1 - chances) ** 0.2), abs=2e-3)
    assert (np.round(steps, 4) == steps).all()
    # As often early as late: the steps mirror each other about the middle.
    even = Pert(0, 5, 10).quantiles(8)
    assert even + even[::-1] == pytest.approx(10, abs=2e-4)
    assert len(Pert(0, 5, 10).quantiles()) == 4096


def test_the_mean_of_a_stage_is_the_formula_of_1959():
    # (1 + 4 x 3 + 10)/6
    assert Pert(1, 3, 10).mean == pytest.approx(23 / 6)


def test_a_stage_of_fixed_days_does_not_vary():
    days = Pert(4, 4, 4)
    assert days.variance == 0
    assert set(days.quantiles(64)) == {4}


def test_the_steps_of_a_stage_have_its_mean_and_variance():
    days = Pert(3, 9, 19)
    steps = days.quantiles()
    assert (np.diff(steps) >= 0).all()
    assert steps.mean() == pytest.approx(days.mean, abs=1e-3)
    assert steps.var() == pytest.approx(days.variance, rel=1e-3)


# --- stages and corridors -----------------------------------------------------------------------

COLUMNS = ["stage", "start", "end", "kind", "weather", "days_low", "days", "days_high", "basis",
           "source_keys"]  # fmt: skip
#: Two ways of fixed days: 2 + 1 + 4, and 9.
FIXED = pd.DataFrame(
    [
        ("land", "A", "B", "rail", None, 2.0, 2.0, 2.0, "sourced", "k1"),
        ("stay", "B", "B", "border", None, 1.0, 1.0, 1.0, "ours", "k2 k1"),
        ("sea", "B", "C", "sea", "wind", 4.0, 4.0, 4.0, "partly ours", "k3"),
        ("detour", "A", "C", "sea", None, 9.0, 9.0, 9.0, "sourced", "k4"),
    ],
    columns=COLUMNS,
)
WAYS = pd.DataFrame(
    [("straight", "Rhine", "A", "C", "land;stay;sea"), ("round", "Rhine", "A", "C", "detour")],
    columns=["corridor", "market", "start", "end", "stages"],
)


def of(frame, ways=WAYS):
    return simulation.corridors(ways, simulation.stages(frame))


@pytest.fixture(scope="module")
def found():
    return simulation.simulate(of(FIXED), 10, common=0.5)


def test_a_stage_holds_its_row():
    stages = simulation.stages(FIXED)
    assert stages["sea"] == simulation.Stage(
        "sea", "B", "C", "sea", Pert(4, 4, 4), "wind", "partly ours", ("k3",)
    )
    assert stages["stay"].sources == ("k2", "k1")
    assert stages["land"].weather == ""
    without = simulation.stages(FIXED.drop(columns="weather"))
    assert without["sea"].weather == ""


def test_a_corridor_holds_its_stages_in_the_order_of_travel():
    way = of(FIXED)["straight"]
    assert (way.name, way.market, way.start, way.end) == ("straight", "Rhine", "A", "C")
    assert [stage.name for stage in way.stages] == ["land", "stay", "sea"]
    assert way.ends == "A to C"
    assert way.sources == ("k1", "k2", "k3")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"kind": "road"}, "stage land: kind 'road' (allowed: rail, sea, border)"),
        (
            {"end": "A"},
            "stage land: rail from A to A (allowed: a border stays at its place, all else moves)",
        ),
        (
            {"kind": "border"},
            "stage land: border from A to B (allowed: a border stays at its place, all else moves)",
        ),
        ({"days": 3.0}, "stage land: days 2, 3, 2 (allowed: 0 <= low <= central <= high)"),
    ],
)
def test_what_no_stage_can_be_is_refused_with_what_can(values, words):
    refused(lambda: simulation.stages(FIXED[:1].assign(**values)), words)


@pytest.mark.parametrize(
    ("stages", "words"),
    [
        (
            "land;tunnel",
            "corridor straight, stage tunnel: no such stage (allowed: land, stay, sea, detour)",
        ),
        (
            "land;detour",
            "corridor straight, stage detour: disconnected: it starts at A (allowed: B)",
        ),
        ("land;stay", "corridor straight: it ends at B (allowed: C)"),
    ],
)
def test_what_no_corridor_can_be_is_refused_with_what_can(stages, words):
    refused(lambda: of(FIXED, WAYS.assign(stages=stages)), words)


def test_a_stage_that_is_not_there_cannot_be_capped():
    refused(
        lambda: simulation.capped(FIXED, "tunnel", 2.0),
        "route_stages: no stage tunnel (allowed: detour, land, sea, stay)",
    )
    # Nothing grows: three times the likely days would be more than the highest.
    assert simulation.capped(FIXED, "land", 3.0).equals(FIXED)
    cut = simulation.capped(FIXED.assign(days_high=[8.0, 8.0, 8.0, 8.0]), "sea", 1.5)
    assert cut["days_high"].tolist() == [8, 8, 6, 8]
    assert cut.drop(columns="days_high").equals(FIXED.drop(columns="days_high"))


# --- journeys -----------------------------------------------------------------------------------


def test_departures_are_counted_and_their_days_added(found):
    assert found.number == 10
    assert set(found.days["straight"]) == {7}
    assert set(found.days["round"]) == {9}
    assert sorted(found.parts) == ["detour", "land", "sea", "stay"]
    stepped = simulation.walk(of(FIXED), 3, common=0.5)
    assert stepped == {"straight": [7, 7, 7], "round": [9, 9, 9]}


def test_what_cannot_be_simulated_is_refused_with_what_can():
    for common in (-0.1, 1.1):
        refused(
            lambda c=common: simulation.simulate(of(FIXED), 1, common=c),
            f"share {common:g} of common weather (allowed: 0 to 1)",
        )
    refused(
        lambda: simulation.simulate(of(FIXED), 0, common=0.0), "0 departures (allowed: 1 or more)"
    )
    assert simulation.simulate(of(FIXED), 1, common=1.0).number == 1
    assert simulation.simulate(of(FIXED), 1, common=0.0).number == 1


def test_the_seed_is_the_articles_day():
    moving = of(FIXED.assign(days_high=20.0))
    told = simulation.simulate(moving, 50, common=0.5)
    assert (simulation.simulate(moving, 50, common=0.5, seed=20250104).days["round"]
            == told.days["round"]).all()  # fmt: skip
    assert simulation.walk(moving, 5, common=0.5) == simulation.walk(
        moving, 5, common=0.5, seed=20250104
    )


#: Two seas of one weather, one of another, and a land of none; all of the same range.
SEAS = pd.DataFrame(
    [
        ("one", "A", "B", "sea", "wind", 0.0, 5.0, 10.0, "sourced", "k"),
        ("two", "B", "C", "sea", "wind", 0.0, 5.0, 10.0, "sourced", "k"),
        ("other", "C", "D", "sea", "ice", 0.0, 5.0, 10.0, "sourced", "k"),
        ("land", "D", "E", "rail", None, 0.0, 5.0, 10.0, "sourced", "k"),
    ],
    columns=COLUMNS,
)
SEA_WAY = pd.DataFrame(
    [("way", "m", "A", "E", "one;two;other;land")],
    columns=["corridor", "market", "start", "end", "stages"],
)


def test_one_weather_rules_its_own_stages_and_no_others():
    under = simulation.simulate(of(SEAS, SEA_WAY), 5000, common=1.0).parts
    assert (under["one"] == under["two"]).all()
    for name in ("other", "land"):
        assert abs(np.corrcoef(under["one"], under[name])[0, 1]) < 0.05
    apart = simulation.simulate(of(SEAS, SEA_WAY), 5000, common=0.0).parts
    assert abs(np.corrcoef(apart["one"], apart["two"])[0, 1]) < 0.05


def test_journeys_stepped_one_by_one_share_their_weather_too():
    # The variance of a sea is 100/28; two under one weather deviate together.
    for common, expected in ((1.0, (4 + 2) * 100 / 28), (0.0, 4 * 100 / 28)):
        days = simulation.walk(of(SEAS, SEA_WAY), 20_000, common=common, seed=3)["way"]
        assert np.mean(days) == pytest.approx(20, abs=0.1)
        assert np.var(days) == pytest.approx(expected, rel=0.05)


def test_a_summary_tells_each_corridor(found):
    expected = pd.DataFrame(
        {
            "corridor": ["straight", "round"], "market": "Rhine", "ends": "A to C",
            "mean": [7.0, 9.0], "p10": [7.0, 9.0], "median": [7.0, 9.0], "p90": [7.0, 9.0],
            "likely": [7.0, 9.0], "ours": [2, 0], "stages": [3, 1],
        }
    )  # fmt: skip
    assert_frame_equal(simulation.summary(found), expected)


#: Ten departures of 1 to 10 days by one way, all of 5 by the other.
TEN = journeys.Departures(
    of(FIXED),
    {"straight": np.arange(1.0, 11.0), "round": np.full(10, 5.0)},
    {"land": np.arange(1.0, 11.0) - 3.0, "stay": np.ones(10), "sea": np.full(10, 2.0),
     "detour": np.full(10, 5.0)},
)  # fmt: skip


def test_percentiles_are_taken_at_a_tenth_a_half_and_nine_tenths():
    row = simulation.summary(TEN).iloc[0]
    # Numbers 1 to 10: a tenth of the way is 1.9, half 5.5, nine tenths 9.1.
    assert row[["mean", "p10", "median", "p90"]].tolist() == pytest.approx([5.5, 1.9, 5.5, 9.1])


def test_each_figure_of_a_corridor_tells_what_it_is():
    keys = ("k1", "k2", "k3")
    for what, value, words in (
        ("mean", 5.5, "mean of the days"),
        ("median", 5.5, "median of the days"),
        ("p10", 1.9, "exceeded by nine in ten of the days"),
        ("p90", 9.1, "exceeded by one in ten of the days"),
    ):
        rule = f"{words} A to C, straight, simulated by stages"
        same(simulation.quantity(TEN, "straight", what), value, "days", rule, keys, TABLES,
             estimate=True)  # fmt: skip
    same(simulation.quantity(TEN, "straight", "likely"), 7, "days",
         "sum of the most likely days of the stages A to C, straight", keys, TABLES,
         estimate=True)  # fmt: skip
    refused(
        lambda: simulation.quantity(TEN, "tunnel", "mean"),
        "no corridor 'tunnel' (allowed: straight, round)",
    )


def test_the_variance_is_shared_out_over_the_stages():
    expected = pd.DataFrame(
        {"stage": ["land", "stay", "sea"], "mean": [2.5, 1.0, 2.0],
         "share_percent": [100.0, 0.0, 0.0], "basis": ["sourced", "ours", "partly ours"]}
    )  # fmt: skip
    assert_frame_equal(simulation.spread_of(TEN, "straight"), expected)
    assert np.isnan(simulation.spread_of(TEN, "round")["share_percent"]).all()
    same(simulation.share(TEN, "straight", "land"), 100, "%",
         "covariance of the days of land with those of straight, over the variance of these",
         ("k1", "k2", "k3"), TABLES, estimate=True)  # fmt: skip
    refused(
        lambda: simulation.share(TEN, "straight", "detour"),
        "straight: no stage detour (allowed: land, sea, stay)",
    )


def test_chances_count_those_who_arrive_in_time():
    expected = pd.DataFrame(
        {"corridor": ["straight", "round"], "5": [50.0, 100.0], "4.5": [40.0, 0.0]}
    )
    assert_frame_equal(simulation.chances(TEN, (5, 4.5)), expected)
    # 1 to 4 days are fewer than 5; five are not.
    same(simulation.faster(TEN, "straight", "round"), 40, "%",
         "simulated departures on which straight takes fewer days than round",
         ("k1", "k2", "k3", "k4"), TABLES, estimate=True)  # fmt: skip


def test_arrivals_are_counted_in_bins_told_by_their_middles():
    few = journeys.Departures(
        {}, {"straight": np.array([2.6, 3.1, 3.2, 4.0]), "round": np.full(4, 5.0)}, {}
    )
    expected = pd.DataFrame(
        [("straight", 2.75, 25.0), ("straight", 3.25, 50.0), ("straight", 3.75, 0.0),
         ("straight", 4.25, 25.0), ("round", 5.25, 100.0)],
        columns=["corridor", "days", "percent"],
    )  # fmt: skip
    assert_frame_equal(simulation.densities(few), expected)
    assert simulation.densities(few, 2.0)["days"].tolist() == [3, 5, 5]


def test_a_stretch_runs_from_a_stay_at_its_start_to_its_last_end():
    part = simulation.section(TEN, "straight", "B", "C")
    (way,) = part.corridors.values()
    assert (way.name, way.market, way.start, way.end) == ("B to C", "Rhine", "B", "C")
    assert [stage.name for stage in way.stages] == ["stay", "sea"]
    assert set(part.days["B to C"]) == {3}
    assert part.parts is TEN.parts
    whole = simulation.section(TEN, "straight", "A", "C")
    assert whole.days["A to C"].tolist() == np.arange(1.0, 11.0).tolist()
    one = simulation.section(TEN, "straight", "A", "B")  # with the stay at its end
    assert [stage.name for stage in one.corridors["A to B"].stages] == ["land", "stay"]
    for start, end in (("C", "B"), ("A", "D"), ("D", "C")):
        refused(
            lambda s=start, e=end: simulation.section(TEN, "straight", s, e),
            f"corridor straight: no stretch {start} to {end} (allowed: A, B, C)",
        )


def test_a_corridor_that_is_not_there_is_refused_everywhere():
    for call in (
        lambda: simulation.section(TEN, "tunnel", "A", "C"),
        lambda: simulation.spread_of(TEN, "tunnel"),
        lambda: simulation.share(TEN, "tunnel", "sea"),
        lambda: simulation.faster(TEN, "straight", "tunnel"),
    ):
        refused(call, "no corridor 'tunnel' (allowed: straight, round)")


def test_a_miss_tells_what_it_was_held_against():
    part = simulation.section(TEN, "round", "A", "C")
    same(simulation.miss(part, [2, 5], ("o1", "o2")), 5 - 3.5, "days",
         "mean of the days A to C, A to C, simulated by stages, less the mean of 2 observations "
         "kept out of the calibration",
         ("k4", "o1", "o2"), (*TABLES, "route_times"), estimate=True)  # fmt: skip
    assert simulation.miss(part, [2], ("o1",), "likely").value == 9 - 2
    refused(
        lambda: simulation.miss(part, [2], ("o1", "k4")),
        "A to C: validated with its own calibration, k4",
    )


def test_a_budget_leaves_borders_out_of_the_schedule():
    part = simulation.section(TEN, "straight", "A", "C")
    rows = simulation.budget(part, (5.0, 8.0), (6.0, 11.0))
    expected = pd.DataFrame(
        [
            ("schedule", "land", 2.0, np.nan, np.nan),
            ("schedule", "sea", 4.0, np.nan, np.nan),
            ("simulated", "land", 2.5, -1.1, 6.1),  # of -2 to 7
            ("simulated", "stay", 1.0, 1.0, 1.0),
            ("simulated", "sea", 2.0, 2.0, 2.0),
            ("official", "", 6.5, 5.0, 8.0),
            ("observed", "", 8.5, 6.0, 11.0),
        ],
        columns=["row", "stage", "days", "low", "high"],
    )
    assert_frame_equal(rows, expected)


#: A way whose two seas share a weather, and one of fixed days.
MOVING = pd.DataFrame(
    [
        ("land", "A", "B", "rail", None, 1.0, 2.0, 3.0, "sourced"),
        ("stay", "B", "B", "border", None, 1.0, 1.0, 1.0, "sourced"),
        ("first sea", "B", "C", "sea", "wind", 0.0, 5.0, 10.0, "ours"),
        ("second sea", "C", "D", "sea", "wind", 0.0, 5.0, 10.0, "ours"),
        ("detour", "A", "D", "sea", None, 20.0, 20.0, 20.0, "sourced"),
    ],
    columns=["stage", "start", "end", "kind", "weather", "days_low", "days", "days_high", "basis"],
).assign(source_keys="src")
MOVING_WAYS = pd.DataFrame(
    [
        ("straight", "m", "A", "D", "land;stay;first sea;second sea"),
        ("round", "m", "A", "D", "detour"),
    ],
    columns=["corridor", "market", "start", "end", "stages"],
)


@pytest.fixture(scope="module")
def ways():
    return simulation.corridors(MOVING_WAYS, simulation.stages(MOVING))


def test_the_days_of_a_corridor_are_the_sum_of_its_stages(ways):
    found = simulation.simulate(ways, 2000, common=0.5)
    parts = [found.parts[name] for name in ("land", "stay", "first sea", "second sea")]
    assert np.allclose(found.days["straight"], sum(parts), atol=1e-4)
    assert set(found.days["round"]) == {20}


def test_the_mean_is_the_sum_of_the_means_whatever_the_weather(ways):
    for common in (0.0, 1.0):
        found = simulation.simulate(ways, 200_000, common=common)
        # 2 + 1 + 5 + 5; its standard error is below 0.01 days.
        assert simulation.quantity(found, "straight", "mean").value == pytest.approx(13, abs=0.05)


def test_apart_the_variances_add_and_together_the_deviations_do(ways):
    # A sea has the variance 100/28, the land 4/28: apart 204/28; together 4 x 100/28 + 4/28.
    for common, expected in ((0.0, 204 / 28), (1.0, 404 / 28)):
        found = simulation.simulate(ways, 200_000, common=common)
        assert found.days["straight"].var() == pytest.approx(expected, rel=0.02)


def test_a_shared_weather_leaves_each_sea_as_it_is(ways):
    found = simulation.simulate(ways, 200_000, common=0.4)
    seas = [found.parts[name] for name in ("first sea", "second sea")]
    for days in seas:
        assert days.var() == pytest.approx(100 / 28, rel=0.02)
    assert np.corrcoef(*seas)[0, 1] == pytest.approx(0.4, abs=0.01)


def test_stages_share_the_variance_by_their_own_when_apart(ways):
    rows = simulation.spread_of(simulation.simulate(ways, 200_000, common=0.0), "straight")
    shares = rows.set_index("stage")["share_percent"]
    assert shares.sum() == pytest.approx(100)
    assert shares["land"] == pytest.approx(100 * 4 / 204, abs=0.5)
    assert shares["stay"] == pytest.approx(0, abs=1e-6)
    assert shares["first sea"] == pytest.approx(100 * 100 / 204, abs=1)


def test_stages_that_share_a_weather_share_what_it_adds_to_the_variance(ways):
    # Always together, each sea has 100/28 of its own and as much again of the covariance; the
    # whole is 404/28. At a share of 0.4 the covariance is 40/28: 140/28 each of 284/28.
    for common, expected in ((1.0, 200 / 404), (0.4, 140 / 284)):
        rows = simulation.spread_of(simulation.simulate(ways, 200_000, common=common), "straight")
        shares = rows.set_index("stage")["share_percent"]
        assert shares.sum() == pytest.approx(100)
        assert shares["first sea"] == pytest.approx(100 * expected, abs=1)
        assert shares["second sea"] == pytest.approx(100 * expected, abs=1)


def test_the_same_seed_gives_the_same_days_and_another_seed_others(ways):
    first, again, other = (
        simulation.simulate(ways, 500, common=0.3, seed=seed).days["straight"] for seed in (1, 1, 2)
    )
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


# --- the queue ----------------------------------------------------------------------------------

SETTINGS = pd.DataFrame(
    [
        ("ships", 2.0, "s1"), ("load", 100.0, "s2"), ("fleet year", 7.3, "s3"),
        ("train", 50.0, "s4"), ("storm days a month", 6.2, "s5"), ("storm months", 3.0, "s6"),
        ("closure", 3.0, "s7"), ("lower water", 0.8, "s8"), ("common weather", 0.2, "s9"),
    ],
    columns=["setting", "value", "source_keys"],
)  # fmt: skip


def test_a_fleet_is_built_from_its_settings():
    # 365 x 2 x 100 / 7300 are 10 days round, half of them outward.
    fleet = simulation.fleet(SETTINGS)
    assert fleet == Fleet(2, 100.0, 10.0, 50.0, outward=5.0)
    assert simulation.storms(SETTINGS) == (pytest.approx(0.2), 3)
    assert fleet.with_storms(0.2, 3.0) == Fleet(2, 100.0, 10.0, 50.0, 5.0, 0.2, 3.0)
    assert fleet.with_lower_water(0.8).load == 80
    assert Fleet(1, 1, 1, 1).closure == 2
    refused(
        lambda: simulation.setting(SETTINGS[:2], "tugs"),
        "route_settings: no setting tugs (allowed: load, ships)",
    )


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"ships": 0}, "fleet: ships 0 (allowed: above 0)"),
        ({"load": 0.0}, "fleet: load 0 (allowed: above 0)"),
        ({"trip": 0.0}, "fleet: trip 0 (allowed: above 0)"),
        ({"train": -1.0}, "fleet: train -1 (allowed: above 0)"),
        ({"closure": 0.0}, "fleet: closure 0 (allowed: above 0)"),
        ({"storm_share": 1.0}, "fleet: storm share 1 (allowed: 0 to below 1)"),
        ({"storm_share": -0.1}, "fleet: storm share -0.1 (allowed: 0 to below 1)"),
        ({"outward": 11.0}, "fleet: 11 days outward of 10 (allowed: a part)"),
        ({"outward": -1.0}, "fleet: -1 days outward of 10 (allowed: a part)"),
    ],
)
def test_a_fleet_that_cannot_carry_is_refused_with_what_can(values, words):
    refused(lambda: Fleet(**({"ships": 2, "load": 100, "trip": 10, "train": 50} | values)), words)


def test_a_fleet_may_be_outward_all_its_trip_or_never():
    assert Fleet(1, 1, 10, 1, outward=10).outward == 10
    assert Fleet(1, 1, 10, 1).outward == 0


def test_the_formulas_of_waiting_refuse_a_queue_without_end():
    for use in (0, 1):
        words = f"utilisation {use} (allowed: above 0 and below 1)"
        refused(lambda u=use: simulation.erlang_wait(1, u, 1.0), words)
    # Three servers, two erlang: terms 1 + 2 + 2 and 8/6 x 3 = 4, so 4/9 wait; 4/9 / (3 x 1/3).
    assert simulation.erlang_wait(3, 2 / 3, 1.0) == pytest.approx(4 / 9)
    refused(
        lambda: simulation.run_year(Fleet(1, 1, 1, 1), 0.0, seed=1),
        "0 TEU a year (allowed: above 0)",
    )


def year(waits, teu, left=0.0):
    return simulation.crossing.Year(np.array(waits), np.array(teu), left)


def test_a_mean_wait_weighs_by_containers():
    assert year([1.0, 4.0], [300.0, 100.0]).mean == 1.75
    assert year([], []).mean == 0


def test_a_container_in_ten_waits_longer_than_the_ninth(monkeypatch):
    told = year([5.0, 1.0, 3.0], [10.0, 80.0, 10.0], left=7.0)
    seeds = []

    def run(ships, teu, *, seed, **options):
        seeds.append((seed, teu, options))
        return told if seed % 2 else year([], [])

    monkeypatch.setattr(simulation.crossing, "run_year", run)
    found = simulation.replicate(Fleet(1, 1, 1, 1), 99.0, 2, seed=3, days=8.0)
    # Sorted: 80 wait 1 day, 10 wait 3 and 10 wait 5; nine in ten wait 3 or less. Mean 1.6.
    assert_frame_equal(
        found, pd.DataFrame({"wait": [0.0, 1.6], "p90": [0.0, 3.0], "left": [0.0, 7.0]})
    )
    assert seeds == [(3000, 99.0, {"days": 8.0}), (3001, 99.0, {"days": 8.0})]


def test_an_interval_is_two_standard_errors_either_side():
    # 2, 4, 6, 8: mean 5, variance 20/3 with three degrees, error sqrt(20/3/4).
    error = 2 * (20 / 3 / 4) ** 0.5
    assert simulation.interval(pd.Series([2.0, 4.0, 6.0, 8.0])) == pytest.approx(
        (5, 5 - error, 5 + error)
    )


class Clock:
    """Dice that give the mean every time."""

    def exponential(self, mean):
        return mean


@pytest.fixture
def clockwork(monkeypatch):
    monkeypatch.setattr(simulation.crossing.np.random, "Generator", lambda bits: Clock())


def test_the_queue_of_one_ship_is_followed_by_hand(clockwork):
    # A train of 50 each day from day 1. The ship takes 80, loads for half a day, and is back 1.75
    # days after it sailed: loads begin on days 1, 3.25 and 5.5.
    ship = Fleet(1, load=80, trip=2.25, train=50, outward=1.25)
    told = simulation.run_year(ship, 50 * 365.0, seed=1, days=6.5, warm=0.0)
    # 50 of day 1; 50 of day 2 and 30 of day 3; the other 20, 50 of day 4 and 10 of day 5.
    assert told.teu.tolist() == [50, 50, 30, 20, 50, 10]
    assert told.waits.tolist() == [0, 1.25, 0.25, 2.5, 1.5, 0.5]
    assert told.left == 40 + 50  # of day 5 and of day 6
    # What was loaded before the year began does not count.
    later = simulation.run_year(ship, 50 * 365.0, seed=1, days=3.25, warm=3.25)
    assert later.teu.tolist() == told.teu[1:].tolist()


def test_a_storm_holds_what_is_ready_to_sail(clockwork):
    # A train each ten days. Ports close in winter only, half of the time, for 61 days: the first
    # day of December is day 61, so they are closed from then to day 122. On day 183 it is April.
    ship = Fleet(1, load=1000, trip=4, train=50, outward=2, storm_share=0.5, closure=61)
    told = simulation.run_year(ship, 5 * 365.0, seed=1, days=185.0, warm=0.0)
    # The train of day 60 is loaded on day 61, and held for 61; the ship is back on day 125.
    assert told.waits.tolist() == [0] * 5 + [61, 55, 45, 35, 25, 15, 5] + [0] * 6
    assert set(told.teu) == {50}
    assert told.left == 0


def test_storms_come_again_after_calm_months(clockwork):
    # Closed every other 30 days, in winter only: day 30 and day 60 are in autumn, so the ports are
    # closed from day 90 to 120, and on day 150, the 58th of the year, once more.
    ship = Fleet(1, load=1000, trip=4, train=50, outward=2, storm_share=0.5, closure=30)
    told = simulation.run_year(ship, 5 * 365.0, seed=1, days=185.0, warm=0.0)
    storm = [29, 23, 13, 3]  # of day 90 to 120; the ship is back on day 123
    assert told.waits.tolist() == [0] * 8 + storm + [0, 0] + storm


def test_the_last_container_of_a_train_is_taken_too(clockwork):
    # The ship takes 49 of 50, a trip of a quarter of a day: one is left for the next.
    ship = Fleet(1, load=49, trip=0.25, train=50)
    told = simulation.run_year(ship, 50 * 365.0, seed=1, days=2.5, warm=0.0)
    assert told.teu.tolist() == [49, 1, 49, 1]
    assert told.waits.tolist() == [0, 0.25, 0, 0.25]


def test_random_trips_are_drawn_with_the_mean_of_the_fleet(clockwork):
    ship = Fleet(1, load=50, trip=3, train=50, random_trips=True)
    told = simulation.run_year(ship, 50 * 365.0, seed=1, days=5.5, warm=0.0)
    assert told.waits.tolist() == [0, 2]  # loads begin on days 1 and 4
    assert told.left == 150


def test_a_check_runs_single_trains_with_random_trips(monkeypatch):
    asked = {}

    def replicate(ships, teu, years, **options):
        asked.update(ships=ships, teu=teu, years=years, **options)
        return pd.DataFrame({"wait": [1.0, 3.0]})

    monkeypatch.setattr(simulation.crossing, "replicate", replicate)
    found = simulation.check(2, 0.5, runs=12, days=100.0)
    assert asked == {
        "ships": Fleet(2, 1.0, 1.0, 1.0, random_trips=True), "teu": 365.0, "years": 12,
        "seed": 7, "days": 100.0, "warm": 20.0,
    }  # fmt: skip
    # Erlang's third of a service; mean 2, and two errors of sqrt(2)/sqrt(2) either side.
    assert found == pytest.approx((1 / 3, 2, 0, 4))


def test_a_check_is_told_with_both_answers():
    told = simulation.check_quantities((0.5, 0.6, 0.4, 0.8), 2, 0.7)
    stem = "mean wait with 2 servers at 70 % use, in trips, "
    names = ("Erlang's formula", "simulated", "simulated, lower end of 95 %", "upper end of 95 %")
    for place, (value, name) in enumerate(zip((0.5, 0.6, 0.4, 0.8), names, strict=True)):
        same(told[place], value, "trips", stem + name, ("erlang1917",), (), estimate=place > 0)
    assert len(told) == 4


CURVE = pd.DataFrame(
    [("calm", 50.0, 1.5, 1.0, 2.0, 3.0, 40.0, 50.0),
     ("storms", 50.0, 2.5, 2.0, 3.0, 6.0, 90.0, 53.0)],
    columns=["sea", "use_percent", "wait", "low", "high", "p90", "left", "load_percent"],
)  # fmt: skip


def test_a_curve_runs_each_sea_at_each_use(monkeypatch):
    asked = []

    def replicate(ships, teu, years, *, seed):
        asked.append((ships, teu, years, seed))
        return pd.DataFrame({"wait": [0.0, 1.0], "p90": [2.0, 3.0], "left": [10.0, 30.0]})

    monkeypatch.setattr(simulation.crossing, "replicate", replicate)
    found = simulation.curve(SETTINGS, [50.0, 80.0], 2)
    calm = simulation.fleet(SETTINGS)
    stormy = calm.with_storms(6.2 / 31, 3.0)
    assert asked == [
        (ships, pytest.approx(teu), 2, seed)
        for ships in (calm, stormy, stormy.with_lower_water(0.8))
        for teu, seed in ((3650, 500), (5840, 800))
    ]
    assert found["sea"].tolist() == [
        sea for sea in ("calm", "storms", "storms, lower water") for _ in range(2)
    ]
    assert found["use_percent"].tolist() == [50, 80] * 3
    # Half a day, and two errors of half a day: the lower end stops at nothing.
    assert found.loc[0, ["wait", "low", "high", "p90", "left"]].tolist() == [0.5, 0, 1.5, 2.5, 20]
    # Storms close a fifth of 90 winter days; lower water leaves 80 of 100 of each load.
    open_part = 1 - 0.2 * 90 / 365
    assert found["load_percent"].tolist() == pytest.approx(
        [50, 80, 50 / open_part, 80 / open_part, 62.5 / open_part, 100 / open_part], abs=1e-3
    )


def test_a_figure_of_the_curve_tells_the_sea_and_the_use():
    tables = ("route_settings", "route_volumes", "route_capacities")
    keys = tuple(f"s{n}" for n in range(1, 9))
    tail = ", simulated, storms, ships at 50 % of their stated capacity"
    for what, value, unit, words in (
        ("wait", 2.5, "days", "mean wait of a container at Aktau"),
        ("p90", 6, "days", "wait at Aktau that one container in ten exceeds"),
        ("load_percent", 53, "%", "arrivals over what the fleet can carry in that sea"),
        ("left", 90, "TEU", "containers that wait at the end of the year"),
    ):
        same(simulation.wait(CURVE, SETTINGS, "storms", 50.0, what), value, unit, words + tail,
             keys, tables, estimate=True)  # fmt: skip
    assert simulation.wait(CURVE, SETTINGS, "storms", 50.0005).value == 2.5
    refused(
        lambda: simulation.wait(CURVE, SETTINGS, "calm", 50.01),
        "no run at 50.01 % (allowed: 50 %)",
    )
    refused(
        lambda: simulation.wait(CURVE, SETTINGS, "ice", 50.0),
        "runs at 50 %: no sea ice (allowed: calm, storms)",
    )


def test_ships_for_a_plan_tell_the_plan():
    # 3.65 thousand a ship: 7.3 are two ships, at half use four; a little more is one more.
    rule = "7.3 thousand TEU over the yearly capacity of one ship, at 50 % use"
    same(simulation.ships_for(SETTINGS, 7.3, 50, "p1 p2"), 4, "ships", rule,
         ("p1", "p2", "s1", "s3"), ("route_settings", "route_plans"), estimate=True)  # fmt: skip
    assert simulation.ships_for(SETTINGS, 7.3, 100, "p").value == 2
    assert simulation.ships_for(SETTINGS, 7.31, 100, "p").value == 3


CALM = Fleet(ships=2, load=100, trip=10, train=50)


def test_a_fleet_carries_its_loads_as_often_as_it_comes_round():
    # 2 ships x 100 TEU x 36.5 trips
    assert CALM.capacity == pytest.approx(7300)
    assert CALM.with_lower_water(0.8).capacity == pytest.approx(5840)


def test_the_books_fleet_has_the_stated_capacity():
    assert simulation.fleet(tables.read("route_settings")).capacity == pytest.approx(89_000)


# Four queues are held against their formulas at once: three standard errors each, so that a sound
# queue passes all four 99 times in 100. A wide interval would prove nothing: it must be narrow.
def holds(interval, expected):
    mean, low, high = interval
    return abs(mean - expected) < 1.5 * (high - low) / 2 and (high - low) / expected < 0.2


@pytest.mark.parametrize(("servers", "use"), [(1, 0.5), (2, 0.7), (6, 0.8)])
def test_the_simulated_queue_waits_as_erlang_says(servers, use):
    expected, *found = simulation.check(servers, use, runs=36, days=1500)
    assert holds(found, expected)


def test_the_simulated_queue_with_fixed_trips_waits_as_the_formula_says():
    ship = Fleet(1, load=1, trip=1, train=1)
    found = simulation.replicate(ship, 0.7 * 365, 36, seed=5, days=1500.0, warm=300.0)
    assert holds(simulation.interval(found["wait"]), 7 / 6)  # 0.7 / (2 x 0.3)


def test_fuller_ships_storms_and_lower_water_each_make_a_longer_wait():
    settings = tables.read("route_settings")
    found = simulation.curve(settings, [50, 85], 6).set_index(["sea", "use_percent"])["wait"]
    assert found["calm", 50] < found["calm", 85] < found["storms", 85]
    assert found["storms", 85] < found["storms, lower water", 85]


def test_a_fleet_that_gets_more_than_it_can_take_leaves_the_rest_behind():
    # Half as much again as the ships carry in a year: a third of what came waits at its end.
    year = simulation.run_year(CALM, 1.5 * CALM.capacity, seed=1)
    came = 1.5 * CALM.capacity * (365 + 92) / 365
    assert year.left == pytest.approx(came / 3, rel=0.15)


def test_all_that_came_was_taken_or_waits():
    year = simulation.run_year(CALM, 0.5 * CALM.capacity, seed=4, warm=0.0)
    dice = np.random.Generator(np.random.PCG64(4))
    came, now = 0.0, dice.exponential(2 * 365 * 50 / CALM.capacity)
    while now < 365:
        came += 50
        now += dice.exponential(2 * 365 * 50 / CALM.capacity)
    # A ship that loads when the year ends holds what it took: no more than two loads.
    assert came - 200 <= year.teu.sum() + year.left <= came


def test_the_same_seed_gives_the_same_year():
    first, again = (simulation.run_year(CALM, 5000, seed=9) for _ in range(2))
    assert np.array_equal(first.waits, again.waits)


def test_storms_take_their_share_of_the_winter_from_the_year():
    stormy = CALM.with_storms(0.5, 2.0)
    # Half of 90 winter days in 365
    assert simulation.yearly(stormy) == pytest.approx(7300 * (1 - 45 / 365))


# --- the book's own stages ----------------------------------------------------------------------


def test_the_observed_trains_calibrate_no_stage():
    kept = {"trend2026xian", "railfreight2025trains"}
    for stage in simulation.stages(tables.read("route_stages")).values():
        assert not kept & set(stage.sources), stage.name


def test_no_stage_is_calibrated_with_days_from_xian_to_baku_after_2024():
    times = tables.read("route_times")
    late = times[times["way"].str.startswith("Xi'an to") & (times["period"] >= "2025")]
    # Of these sources one is cited by a stage: for the storm days it names, not for its days.
    keys = {key for cell in late["source_keys"] for key in cell.split()}
    cited = [
        (row.stage, key)
        for row in tables.read("route_stages").itertuples()
        for key in row.source_keys.split()
        if key in keys
    ]
    assert cited == [("Caspian Sea", "inbusiness2026storms")]
    caspian = tables.read("route_stages").set_index("stage").loc["Caspian Sea"]
    settings = tables.read("route_settings")
    assert caspian["days_high"] == simulation.setting(settings, "storm days a month")


def test_every_stage_with_a_value_of_ours_says_so_and_cites_it():
    for row in tables.read("route_stages").itertuples():
        assert ("book2026stages" in row.source_keys) == (row.basis != "sourced"), row.stage


def test_the_common_weather_is_the_share_of_storm_days():
    settings = tables.read("route_settings")
    storm = simulation.setting(settings, "storm days a month")
    assert simulation.setting(settings, "common weather") == pytest.approx(storm / 31, abs=1e-3)
