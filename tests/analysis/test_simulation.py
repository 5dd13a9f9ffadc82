"""What the simulations of journeys and of the Caspian crossing hold to be true."""

import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import simulation, tables
from analysis.errors import ReckoningError
from analysis.simulation import Fleet, Pert

# --- days of a stage ----------------------------------------------------------------------------


def test_the_mean_of_a_stage_is_the_formula_of_1959():
    # (1 + 4 x 3 + 10)/6
    assert Pert(1, 3, 10).mean == pytest.approx(23 / 6)


def test_a_stage_as_often_early_as_late_is_a_beta_with_equal_shapes():
    days = Pert(0, 5, 10)
    assert days.shapes == (3, 3)
    # Beta(3, 3) has the variance 3 x 3 / (6 x 6 x 7) = 1/28; ten days wide: 100/28.
    assert days.variance == pytest.approx(100 / 28)


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


def test_the_median_of_a_stage_as_often_early_as_late_is_its_middle():
    steps = Pert(2, 5, 8).quantiles(1001)
    assert steps[500] == pytest.approx(5, abs=1e-3)


@given(st.lists(st.floats(0, 60), min_size=3, max_size=3), st.integers(0, 99))
def test_no_draw_leaves_the_range(values, seed):
    low, likely, high = sorted(values)
    drawn = Pert(low, likely, high).draw(random.Random(seed))
    assert low - 1e-9 <= drawn <= high + 1e-9


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ((3, 2, 5), "days 3, 2, 5 .allowed: 0 <= low <= central <= high"),
        ((1, 6, 5), "days 1, 6, 5"),
        ((-1, 2, 5), "days -1, 2, 5"),
        ((1, float("nan"), 5), "missing days"),
        ((1, 2, None), "missing days"),
    ],
)
def test_days_out_of_order_below_zero_or_missing_are_refused(values, message):
    with pytest.raises(ReckoningError, match=message):
        Pert(*values)


# --- stages and corridors -----------------------------------------------------------------------

STAGES = pd.DataFrame(
    [
        ("land", "A", "B", "rail", None, 1.0, 2.0, 3.0, "sourced"),
        ("stay", "B", "B", "border", None, 1.0, 1.0, 1.0, "sourced"),
        ("first sea", "B", "C", "sea", "wind", 0.0, 5.0, 10.0, "ours"),
        ("second sea", "C", "D", "sea", "wind", 0.0, 5.0, 10.0, "ours"),
        ("detour", "A", "D", "sea", None, 20.0, 20.0, 20.0, "sourced"),
    ],
    columns=["stage", "start", "end", "kind", "weather", "days_low", "days", "days_high", "basis"],
).assign(source_keys="src")
WAYS = pd.DataFrame(
    [
        ("straight", "m", "A", "D", "land;stay;first sea;second sea"),
        ("round", "m", "A", "D", "detour"),
    ],
    columns=["corridor", "market", "start", "end", "stages"],
)


@pytest.fixture(scope="module")
def ways():
    return simulation.corridors(WAYS, simulation.stages(STAGES))


def changed(frame, row, **values):
    out = frame.copy()
    for name, value in values.items():
        out.loc[row, name] = value
    return out


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"days_low": 4.0}, "stage land: days 4, 2, 3"),
        ({"days_low": -1.0}, "stage land: days -1, 2, 3"),
        ({"days": float("nan")}, "stage land: missing days"),
        ({"kind": "road"}, "stage land: kind 'road' .allowed: rail, sea, border"),
        ({"end": "A"}, "stage land: rail from A to A"),
        ({"kind": "border"}, "stage land: border from A to B"),
    ],
)
def test_what_no_stage_can_be_is_refused_by_name(values, message):
    with pytest.raises(ReckoningError, match=message):
        simulation.stages(changed(STAGES, 0, **values))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"stages": "land;second sea"}, "straight, stage second sea: disconnected: it starts at C"),
        ({"stages": "land;bridge"}, "straight, stage bridge: no such stage"),
        ({"stages": "land;stay"}, "corridor straight: it ends at B .allowed: D"),
    ],
)
def test_a_disconnected_corridor_is_refused_with_its_stage(values, message):
    with pytest.raises(ReckoningError, match=message):
        simulation.corridors(changed(WAYS, 0, **values), simulation.stages(STAGES))


def test_a_capped_stage_loses_its_highest_days_and_no_other_does():
    cut = simulation.capped(STAGES, "first sea", 1.5)
    assert cut["days_high"].tolist() == [3, 1, 7.5, 10, 20]  # 1.5 x 5 instead of 10
    # Nothing grows: three times the most likely 2 days would be more than the highest, 3.
    assert simulation.capped(STAGES, "land", 3.0)["days_high"].tolist() == [3, 1, 10, 10, 20]
    with pytest.raises(ReckoningError, match="no stage 'tunnel'"):
        simulation.capped(STAGES, "tunnel", 2)


# --- journeys -----------------------------------------------------------------------------------


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


def test_the_model_stepped_journey_by_journey_agrees(ways):
    slow = np.array(simulation.walk(ways, 20_000, common=0.4)["straight"])
    fast = simulation.simulate(ways, 200_000, common=0.4).days["straight"]
    assert slow.mean() == pytest.approx(fast.mean(), abs=0.1)
    assert slow.std() == pytest.approx(fast.std(), rel=0.03)


def test_chances_count_the_arrivals_within_so_many_days(ways):
    found = simulation.simulate(ways, 20_000, common=0.0)
    row = simulation.chances(found, (13, 19.9, 20)).set_index("corridor")
    assert row.loc["straight", "13"] == pytest.approx(50, abs=1.5)  # even about its mean of 13
    assert (row.loc["round", "19.9"], row.loc["round", "20"]) == (0, 100)
    assert simulation.chance(found, "round", 20).value == 100


def test_the_faster_corridor_is_told_departure_by_departure(ways):
    found = simulation.simulate(ways, 20_000, common=0.0)
    within = simulation.chances(found, (19.999,)).set_index("corridor").loc["straight"].iloc[0]
    assert simulation.faster(found, "straight", "round").value == pytest.approx(within, abs=0.1)


def test_a_section_counts_the_stay_where_it_starts(ways):
    found = simulation.simulate(ways, 1000, common=0.0)
    part = simulation.section(found, "straight", "B", "C")
    stages = [stage.name for stage in part.corridors["B to C"].stages]
    assert stages == ["stay", "first sea"]
    assert np.allclose(part.days["B to C"], 1 + found.parts["first sea"], atol=1e-5)
    with pytest.raises(ReckoningError, match=r"no stretch C to B .allowed: A, B, C, D"):
        simulation.section(found, "straight", "C", "B")


def test_a_miss_is_simulated_less_observed(ways):
    found = simulation.simulate(ways, 1000, common=0.0)
    part = simulation.section(found, "round", "A", "D")
    assert simulation.miss(part, [17, 16], ("other",)).value == pytest.approx(3.5)
    assert simulation.miss(part, [25], ("other",), "likely").value == pytest.approx(-5)


def test_what_was_calibrated_with_a_source_is_not_validated_with_it(ways):
    part = simulation.section(simulation.simulate(ways, 10, common=0.0), "round", "A", "D")
    with pytest.raises(ReckoningError, match="validated with its own calibration, src"):
        simulation.miss(part, [20], ("src",))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda ways: simulation.simulate(ways, 10, common=1.5), "share 1.5 of common weather"),
        (lambda ways: simulation.simulate(ways, 0, common=0.5), "0 departures"),
        (
            lambda ways: simulation.quantity(
                simulation.simulate(ways, 10, common=0.5), "tunnel", "mean"
            ),
            "no corridor 'tunnel' .allowed: straight, round",
        ),
        *(
            (
                lambda ways, call=call: call(simulation.simulate(ways, 10, common=0.5)),
                "no corridor 'tunnel' .allowed: straight, round",
            )
            for call in (
                lambda found: simulation.section(found, "tunnel", "A", "D"),
                lambda found: simulation.spread_of(found, "tunnel"),
                lambda found: simulation.share(found, "tunnel", "sea"),
            )
        ),
        (
            lambda ways: simulation.share(
                simulation.simulate(ways, 10, common=0.5), "straight", "tunnel"
            ),
            "straight: no stage 'tunnel'",
        ),
    ],
)
def test_what_cannot_be_simulated_is_refused(ways, call, message):
    with pytest.raises(ReckoningError, match=message):
        call(ways)


def test_arrivals_of_each_corridor_add_up_to_all(ways):
    bins = simulation.densities(simulation.simulate(ways, 5000, common=0.2))
    assert bins.groupby("corridor")["percent"].sum().to_dict() == pytest.approx(
        {"straight": 100, "round": 100}
    )


# --- the queue ----------------------------------------------------------------------------------

CALM = Fleet(ships=2, load=100, trip=10, train=50)


def test_a_fleet_carries_its_loads_as_often_as_it_comes_round():
    # 2 ships x 100 TEU x 36.5 trips
    assert CALM.capacity == pytest.approx(7300)
    assert CALM.with_lower_water(0.8).capacity == pytest.approx(5840)


def test_the_books_fleet_has_the_stated_capacity():
    assert simulation.fleet(tables.read("route_settings")).capacity == pytest.approx(89_000)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"ships": 0}, "fleet: ships 0"),
        ({"load": 0.0}, "fleet: load 0"),
        ({"trip": -1.0}, "fleet: trip -1"),
        ({"storm_share": 1.0}, "fleet: storm share 1"),
        ({"outward": 11.0}, "fleet: 11 days outward of 10"),
    ],
)
def test_a_fleet_that_cannot_carry_is_refused(values, message):
    with pytest.raises(ReckoningError, match=message):
        Fleet(**({"ships": 2, "load": 100, "trip": 10, "train": 50} | values))


def test_one_server_used_by_half_waits_as_long_as_it_serves():
    # M/M/1: u s/(1 - u); M/D/1: half of it.
    assert simulation.erlang_wait(1, 0.5, 3.0) == pytest.approx(3)
    assert simulation.fixed_wait(0.5, 3.0) == pytest.approx(1.5)


def test_two_servers_used_by_half_wait_a_third_of_a_service():
    # Two servers, one erlang: C = (1/2 x 2)/(1 + 1 + 1) = 1/3; wait = C s/(c (1 - u)) = s/3.
    assert simulation.erlang_wait(2, 0.5, 1.0) == pytest.approx(1 / 3)


def test_a_queue_without_end_has_no_steady_wait():
    for wait in (
        lambda: simulation.erlang_wait(6, 1.0, 1.0),
        lambda: simulation.fixed_wait(1.2, 1),
    ):
        with pytest.raises(ReckoningError, match=r"utilisation .* below 1"):
            wait()


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


def test_ships_for_a_plan_are_whole():
    settings = tables.read("route_settings")
    # 300 over 89/6 = 14.83 a ship is 20.2; at 87 %, 23.2.
    assert simulation.ships_for(settings, 300, 100, "report2026titr").value == 21
    assert simulation.ships_for(settings, 300, 87, "report2026titr").value == 24


def test_a_wait_that_was_not_run_and_a_setting_that_is_not_there_are_refused():
    settings = tables.read("route_settings")
    with pytest.raises(ReckoningError, match=r"no run at 60 % in 'calm' .allowed: calm 50 %"):
        simulation.wait(simulation.curve(settings, [50], 2), settings, "calm", 60)
    with pytest.raises(ReckoningError, match="no setting 'tugs'"):
        simulation.setting(settings, "tugs")
    with pytest.raises(ReckoningError, match="0 TEU a year"):
        simulation.run_year(CALM, 0, seed=1)


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
