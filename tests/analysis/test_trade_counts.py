"""Every count of a year has one range, from one function; growth takes one side at both ends."""

import pytest

from analysis import claims, tables, trade
from analysis.countries import FIVE, WITH_OBSERVERS
from analysis.errors import ReckoningError
from tests.quantity_checks import refused

NAMES = ("flows", "pairs", "stated", "sums", "parts", "totals")


@pytest.fixture(scope="module")
def found():
    return {name: tables.read(f"trade_{name}") for name in NAMES}


@pytest.fixture(scope="module")
def records():
    return trade.Records.of(tables.read)


@pytest.fixture(scope="module")
def path(found):
    return trade.path(found["pairs"], found["flows"], found["stated"])


@pytest.fixture(scope="module")
def counted(records, path):
    return trade.counts(path, records, 2024)


@pytest.fixture(scope="module")
def scenarios(records, path):
    return trade.scenarios(path, records)


def ends(counted, count, group=FIVE):
    return [trade.count_of(counted, count, group, it).value for it in ("low", "central", "high")]


def test_a_total_that_is_needed_and_was_not_stated_is_named(path, records):
    silent = records.stated[records.stated["reporter"] != "AZE"]
    refused(
        lambda: trade.scenarios(path, records._replace(stated=silent)),
        "trade_stated: AZE stated no total of 2024 (allowed: a year with a row of the group)",
    )


@pytest.mark.parametrize(
    ("count", "group", "expected"),
    [
        # By hand: the ten pairs, 25.05; every question lowest 22.34, highest 27.74.
        ("once", FIVE, (22.34, 25.05, 27.74)),
        ("twice", FIVE, (44.67, 50.10, 55.48)),
        # Hungary 4.981 x 0.902 + Turkmenistan 2.166 + 1.913 + 0.006 = 8.63; at most 10.19 of 2023.
        ("once", WITH_OBSERVERS, (30.96, 33.68, 37.94)),
        ("twice", WITH_OBSERVERS, (61.93, 67.35, 75.87)),
        # Türkiye at 62.6 / 5; at 3.1 + 3.32 + 3.142 x 1.9 / 3.6 + 1.280 + 26 / 5; at 11.1 + 8.94.
        (trade.OWN, FIVE, (41.42, 43.46, 48.94)),
    ],
)  # fmt: skip
def test_each_count_of_2024_has_one_range(counted, count, group, expected):
    assert ends(counted, count, group) == pytest.approx(expected, abs=0.005)


def test_the_verdict_and_the_chapters_take_the_same_counts(counted):
    verdict = claims.judged("forty-five-billion")
    once, twice, observed = (quantity.value for quantity in verdict.numbers)
    assert once == trade.count_of(counted, "once").value
    assert twice == trade.count_of(counted, "twice").value
    assert observed == trade.count_of(counted, "once", WITH_OBSERVERS).value


def test_a_measured_year_has_no_range(records, path):
    before = trade.counts(path, records, 2023)
    assert set(before["count"]) == {"once", "twice"}  # no member's reports of 2023 make a total
    assert not before["estimate"].any()
    assert ends(before, "once") == pytest.approx([29.37] * 3, abs=0.005)
    with pytest.raises(ReckoningError, match=r"no count of 2022 .*allowed: 2023, 2024"):
        trade.counts(path, records, 2022)


def test_an_amount_lies_above_inside_or_below_a_count(counted):
    read = trade.reads(counted, 45.0)
    where = dict(zip(read["count"] + read["membership"], read["where"], strict=True))
    assert where["once" + FIVE.name] == where["once" + WITH_OBSERVERS.name] == "above"
    assert where["twice" + FIVE.name] == where[trade.OWN + FIVE.name] == "inside"
    assert where["twice" + WITH_OBSERVERS.name] == "below"
    assert trade.passing(counted, 45.0) == (2, 4)
    # "About a third too high for one count with observers".
    over = read[(read["count"] == "once") & (read["membership"] == WITH_OBSERVERS.name)]["over"]
    assert over.item() == pytest.approx(33.6, abs=0.05)


def test_turkiyes_exports_are_held_to_what_each_partners_trade_bears(found, path):
    stated = trade.national(found["stated"], found["sums"], 2024, by_pair=path)
    turkiye = stated[stated["reporter"] == "TUR"].set_index("reading")["usd_billion"]
    assert turkiye["stated"] == pytest.approx(11.1 + 26 / 5)
    assert turkiye["central"] == pytest.approx(3.1 + 3.32 + 3.142179 * 1.9 / 3.6 + 1.279762 + 5.2)
    # As stated, Kyrgyzstan and Uzbekistan are left more than their whole trade: 4.68 and 4.42.
    assert 11.1 - 3.1 - 3.32 > 3.142179 + 1.279762


def test_hungarys_fall_is_mostly_energy_that_leaves_its_record(found):
    whole = trade.observer_change(found["flows"], "HUN", 2023, 2024)
    rest = trade.observer_change(found["flows"], "HUN", 2023, 2024, leaving_out=("AZE", "KAZ"))
    assert (whole.value, rest.value) == (
        pytest.approx(-9.8, abs=0.05),
        pytest.approx(-3.0, abs=0.05),
    )


def test_scenarios_have_names_and_reasons_and_lie_between_the_outermost(scenarios):
    assert scenarios[["name", "reason"]].notna().all(axis=None)
    totals = scenarios.set_index("scenario")["usd_billion"]
    # By hand: the pair at 4.16 and at 8, for 6.131.
    assert totals["statistics"] == pytest.approx(25.048 - 6.131 + 4.16, abs=0.001)
    assert totals["minister"] == pytest.approx(25.048 - 6.131 + 8.0, abs=0.001)
    assert totals["lowest"] == totals.min()
    assert totals["highest"] == totals.max()
    assert trade.scenario(scenarios, "central").value == totals["central"]


def test_with_every_pair_measured_nothing_is_open(path, records):
    measured = path.assign(basis="reconciled")
    none = records.flows[records.flows["side"] != "reconciled"]
    table = trade.scenarios(measured, records._replace(flows=none))
    assert table["scenario"].tolist() == ["central"]
    assert trade.scenario(table, "highest").value == trade.scenario(table, "central").value


def test_growth_takes_the_same_side_at_both_ends(found, path, scenarios):
    partners = trade.by_partners(path, found["flows"], "AZE")
    table = trade.choices(path, partners, scenarios, 2014, 2024)
    # By the partners 13.21 in 2014, and 23.08 or 26.92 in 2024; by Azerbaijan 11.52 and 25.05.
    assert table["ratio"].round(2).tolist() == [1.75, 1.93, 2.04, 2.18]
    assert trade.choice_of(table, "least").value == pytest.approx(23.0768 / 13.2142, abs=0.001)
    assert trade.choice_of(table, "most").value == pytest.approx(25.0476 / 11.5158, abs=0.001)


def test_2014_to_2015_is_a_break_in_azerbaijans_record(found, path):
    # 0.502 billion sold to Türkiye in 2014, 1.477 in 2015, while the members' total fell.
    assert trade.jump(found["flows"], "AZE", "TUR", 2015).value == pytest.approx(2.94, abs=0.005)
    marked = trade.breaks(path, found["flows"], since=2014)
    assert (marked["kind"] == "gas").tolist().count(True) == 1
    assert marked[marked["kind"] == "gas"]["year"].tolist() == [2015]
    assert trade.change(path, 2014, 2015).value < 0


def test_half_of_the_fall_is_a_pair_whose_gas_rose_in_volume(path):
    gas = tables.read("trade_gas")
    # 7.60 to 6.13 of 27.79 to 25.05.
    assert trade.part_of_fall(path, "AZE–TUR", 2023, 2024).value == pytest.approx(53.5, abs=0.05)
    assert trade.gas_volume(gas, "TUR", 2024).value > trade.gas_volume(gas, "TUR", 2023).value
    assert trade.gas_change(gas, "volume", 2024).value == 18.3
    assert trade.gas_change(gas, "value", 2024).value == -49.1


def test_the_members_trade_with_the_world_grew_by_42_percent(found):
    # By hand from the World Bank: 866.1 over 608.9.
    assert trade.world_growth(found["totals"], 2014, 2024).value == pytest.approx(1.42, abs=0.005)


def test_groups_are_compared_in_one_year_by_one_count(found, path):
    shares = trade.share_path(path, found["totals"])
    table = trade.beside_others(tables.read("trade_groups"), shares, 2021)
    # Twice 19.20 over 678.5.
    assert table["share"].round(1).tolist() == [5.7, 14.6, 21.3]


def test_a_groups_intensity_is_its_share_in_itself_over_its_share_in_the_world(found):
    # By hand: 58.75 / 906.6 over 906.6 / 48,336.
    assert trade.group_intensity(found["flows"], found["totals"], 2023).value == pytest.approx(
        3.45, abs=0.005
    )


@pytest.mark.parametrize(
    ("amount", "state"),
    # The single counts end at 33.7; the members' own reports, a double count, begin at 41.4.
    [(20, "all"), (30, "mixed"), (40, "twice"), (45, "some twice"), (70, "none")],
)
def test_a_verdict_flips_with_the_amount(counted, amount, state):
    assert trade.verdict_of(counted, amount) == state


def test_a_range_whose_ends_cross_is_refused(counted):
    trade.refuse_crossed(counted)
    with pytest.raises(ReckoningError, match=r"once, 2024: a range from 30\.0 to 27\.7"):
        trade.refuse_crossed(counted.head(1).assign(low=30.0))
