"""What is asked for and is not there is refused by the name of the table that lacks it."""

import pandas as pd
import pytest

from analysis import context, priorities, routes, simulation, tables, trade
from analysis.countries import Membership
from analysis.errors import BookError
from analysis.priorities.heritage import GATHERED
from tests.way import WAY


def rows(**columns):
    return pd.DataFrame({name: [value] for name, value in columns.items()})


SAID = rows(id="a", share_percent=6.0, usd_billion=30.0, whole_usd_billion=500.0, year=2024)
FLOW = rows(exporter="AZE", importer="TUR", side="exporter", year=2024, value_usd=1.0)
#: The flows of two members are of one edition, an observer's of another.
MATRIX = pd.DataFrame(
    [("AZE", "KAZ", "e"), ("KAZ", "AZE", "e"), ("HUN", "AZE", "f")],
    columns=["exporter", "importer", "edition"],
).assign(side="reconciled", year=2024, value_usd=1.0, source_keys="k")
GAS = rows(buyer="TUR", year=2024, months=12, volume_bcm=9.0)
PRICES = rows(kind="index", way="Land, mixed routes", year=2024)
SETTINGS = rows(setting="ships", value=6)
DAYS = rows(corridor="Middle", market="Rhine", mean=20.0)
HELD = rows(element="yurt", country="KAZ", since=2014, source_keys="k")
FUND = rows(fact="authorised capital", value=500.0)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: trade.jump(FLOW, "AZE", "UZB", 2024),
         "trade_flows, exporter AZE: no importer UZB (allowed: TUR)"),
        (lambda: trade.jump(FLOW, "AZE", "TUR", 2024),
         "trade_flows: AZE to TUR: no report of 2023 and 2024"),
        (lambda: trade.beside_others(rows(name="A", year=2021), rows(
            country="OTS", year=2020, share=4.0, source_keys="k"), 2020),
         "trade_groups: no year 2020 (allowed: 2021)"),
        (lambda: trade.share_of_group(rows(name="A", months=12), "B", 2021),
         "trade_groups: no name B (allowed: A)"),
        (lambda: trade.share_of(rows(country="AZE", share=1.0, edition="x"), "KAZ"),
         "shares: no country KAZ (allowed: AZE)"),
        (lambda: trade.share_of(rows(country="AZE", share=1.0, year=2023), "AZE", 2024),
         "shares, country AZE: no year 2024 (allowed: 2023)"),
        (lambda: routes.others(rows(place="Poti", latitude=42.0, longitude=42.0)),
         "route_places: no place Alat (allowed: each end)"),
        (lambda: trade.of_pair(FLOW.assign(pair="AZE–KAZ"), "AZE–TUR", 2024),
         "path: no figure for AZE–TUR in 2024 (allowed: AZE–KAZ)"),
        (lambda: trade.amount_of(SAID, "b"), "trade_statements: no id b (allowed: a)"),
        (lambda: trade.whole_of(SAID, "b"), "trade_statements: no id b (allowed: a)"),
        (lambda: trade.stated_whole(SAID, "b"), "trade_statements: no id b (allowed: a)"),
        (lambda: trade.stated_share(SAID, "b"), "trade_statements: no id b (allowed: a)"),
        (lambda: trade.stated_share(SAID.assign(share_percent=None), "a"),
         "trade_statements: a states no share"),
        (lambda: trade.first_of(SAID, 45), "trade_statements: nobody stated 45"),
        (lambda: trade.first_of(SAID, 30.0, 2023), "trade_statements: nobody stated 30 of 2023"),
        (lambda: trade.chain(SAID.assign(repeats="c"), "a"),
         "trade_statements, repeats: no statement 'c' (allowed: a)"),
        (lambda: trade.chain(SAID.assign(repeats="a"), "a"),
         "trade_statements, repeats: 'a' repeats itself"),
        (lambda: trade.count_of(rows(count="once", membership="m"), "thrice"),
         "counts: no count thrice (allowed: once)"),
        (lambda: trade.count_of(rows(count="once"), "once", which="middle"),
         "counts: 'middle' (allowed: low, central, high)"),
        (lambda: trade.gas_volume(GAS, "GEO", 2024), "trade_gas: no buyer GEO (allowed: TUR)"),
        (lambda: trade.gas_volume(GAS.assign(months=9), "TUR", 2024),
         "trade_gas, buyer TUR, year 2024: no months 12 (allowed: 9)"),
        (lambda: trade.gas_change(GAS, "volume", 2024), "trade_gas: no buyer WLD (allowed: TUR)"),
        (lambda: routes.cargo_by_kind(rows(metric="cargo", kind="all"), 2024),
         "route_volumes, metric cargo: no kind oil (allowed: all)"),
        (lambda: routes.emissions({"way": WAY[1:2]}, rows(corridor="way", start="B", end="C"),
                                  rows(mode="rail"), 12.0),
         "route_emissions: no mode deep sea (allowed: rail)"),
        (lambda: routes.limit_of(rows(part="port", measure="cargo"), "rail"),
         "route_limits: no part rail (allowed: port)"),
        (lambda: routes.land_over_sea(PRICES),
         "route_prices, kind index: no way Sea via Suez (allowed: Land, mixed routes)"),
        (lambda: routes.land_over_sea(PRICES.assign(way="Sea via Suez")),
         "route_prices, kind index: no way Land, mixed routes (allowed: Sea via Suez)"),
        (lambda: routes.day_in_transit("low", SETTINGS),
         "route_settings: no setting value of a day (allowed: ships)"),
        (lambda: routes.goods_of(675.0, SETTINGS),
         "route_settings: no setting value of a day (allowed: ships)"),
        (lambda: routes.cheapest(DAYS, "Türkiye", {}, 0.0),
         "corridors: no market Türkiye (allowed: Rhine)"),
        (lambda: routes.cheapest(DAYS, "Rhine", {"Sea": 1.0}, 0.0),
         "Rhine: no corridor 'Sea' (allowed: Middle)"),
        (lambda: priorities.fund_fact(FUND, "paid-in capital"),
         "figures of the fund: no fact paid-in capital (allowed: authorised capital)"),
        (lambda: priorities.acts_of(rows(field="energy"), "trade"),
         "table acts: no field trade (allowed: energy)"),
        (lambda: simulation.crossing.crossing_quantity(
            rows(setting="tugs"), tables.read("route_storms"), 1.0, "days", "a wait"),
         "route_settings: no setting load or containers or westbound or closure or lower water or "
         "train or handling or ships or fleet year (allowed: tugs)"),
        (lambda: context.compared(rows(occasion="a toast")),
         "table statement_wordings: no occasion Ana Tili interview (allowed: a toast)"),
        (lambda: trade.choices(FLOW, FLOW, FLOW, 2024, 2024),
         "growth from 2024 to 2024 (allowed: a year before 2024)"),
        (lambda: trade.rest_of_year(rows(months=8, part_usd=7.0, whole_usd=6.0)),
         "trade_parts: a part of a year is larger than the year (allowed: part <= whole)"),
        (lambda: trade.member_shares(MATRIX, SAID, 2024, Membership("two", ("AZE", "KAZ"))),
         "trade_flows: 2 editions of the reconciled matrix of 2024 (allowed: one edition in a "
         "share)"),
        (lambda: trade.observer_change(FLOW.assign(exporter="HUN"), "HUN", 2024, 2025),
         "trade_flows: 1 flows reported by HUN in 2024 (allowed: 10: both ways with every member)"),
        (lambda: priorities.steadily(pd.Series([1.0])),
         "1 years compared (allowed: a first before a last)"),
        (lambda: priorities.shared_elements(HELD, ("KAZ",), ()),
         "no year to count shared elements in (allowed: one or more)"),
        (lambda: priorities.elements(HELD, GATHERED + 1),
         f"no lists of {GATHERED + 1} (allowed: {GATHERED} or before)"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_refused_by_the_name_of_its_table(call, words):
    with pytest.raises(BookError) as refusal:
        call()
    assert str(refusal.value) == words
