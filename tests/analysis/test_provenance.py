"""Each number says what it is, by which rule, from which rows and of which year.

One row for each function; the path and the counts of trade have theirs in test_trade_provenance.
"""

import pandas as pd
import pytest

from analysis import context, priorities, routes, simulation, trade
from analysis.countries import Membership
from analysis.quantities import Quantity
from tests.quantity_checks import same

TWO = Membership("two members", ("AZE", "KAZ"))


def rows(columns, *found):
    return pd.DataFrame(found, columns=columns.split())


SAID = rows("occasion wording source_keys",
            ("Ana Tili interview", "The V Games, 80 events!", "v1 v2"),
            ("Ana Tili interview", "over $45 billion", "v2"),
            ("Bishkek summit", "the 5th Games", "v3"))  # fmt: skip
TESTED = pd.DataFrame({"verdict": ["rose", "fell", "no clear change", "not tested"]})
MOVED = pd.DataFrame({"progress": ["better", "worse", "", "better"]})
HELD = rows("element country since source_keys", ("yurt", "KAZ", 2014, "u1"),
            ("yurt", "KGZ", 2014, "u1"), ("kite", "KAZ", 2015, "u2"),
            ("kite", "UZB", 2016, "u3 u2"))  # fmt: skip
BOARD = rows("signed working source_keys", ("a step", "", "k1"), ("another", "a third", "k2 k1"))
STEPS = rows("date stage source_keys", ("2023-11-03", "signed", "s1"),
             ("2024-11-06", "working", "s2"), ("2024-01-01", "promised", "s3"),
             ("2024-11-07", "signed", "s4"), ("2023-11-02", "in force", "s5"))  # fmt: skip
LIMITS = rows("part measure value planned others as_of direction shared source_keys",
              ("port", "containers", 140.0, 240.0, 9.0, "2025-06", "both", "cars", "l1 l2"),
              ("line", "cargo", 48.0, 60.0, 13.3, "2024", "westbound", "grain", "l3"))  # fmt: skip
SETTINGS = rows("setting value low high unit rule basis source_keys",
                ("value of a day", 1.35, 0.6, 2.1, "%", "share of the goods", "sourced", "g1 g2"),
                ("load", 225.0, 200.0, 250.0, "thousand TEU", "as stated", "ours",
                 "g3"))  # fmt: skip
PRICES = rows("kind way start end year low source_keys",
              ("index", "Land, mixed routes", "Xi'an", "Duisburg", 2024, 3000.0, "p1"),
              ("index", "Sea via Suez", "Shanghai", "Rotterdam", 2024, 2000.0, "p2 p1"),
              ("spot", "Sea via Suez", "Shanghai", "Rotterdam", 2024, 1.0, "p3"))  # fmt: skip
RANKED = rows("corridor price days", ("part", 1000.0, 40.0), ("land", 3000.0, 20.0))
BOARDED = rows("counts median days hit source_keys", ("test", 20.0, 21.0, True, "j1"),
               ("test", 20.0, 40.0, False, "j2"), ("test", 20.0, 30.0, False, "j2 j3"),
               ("test", 20.0, 9.0, False, "j1"),
               ("calibration", 20.0, 9.0, False, "j4"))  # fmt: skip
GAS = rows("buyer year months volume_bcm volume_change_percent value_change_percent source_keys",
           ("TUR", 2024, 12, 9.5, None, None, "g1"), ("TUR", 2024, 9, 7.0, None, None, "g2"),
           ("WLD", 2024, 10, 20.0, 18.3, -49.1, "g3 g1"))  # fmt: skip
COUNTS = rows("year count membership low central high estimate source_keys",
              (2024, "once", "two members", 20.0, 25.0, 28.0, True, "c1"),
              (2023, trade.OWN, "two members", 40.0, 46.0, 48.0, False, "c2 c1"))  # fmt: skip
FIVE = ("AZE", "KAZ", "KGZ", "TUR", "UZB")
#: Hungary sells 1 to each member and buys 2 of each; in the next year 3 of each.
HUNGARY = rows("exporter importer year side value_usd source_keys",
               *((a, b, year, side, value, f"h{year}") for year, bought in ((1, 2.0), (2, 3.0))
                 for code in FIVE for a, b, side, value in (
                     ("HUN", code, "exporter", 1.0), (code, "HUN", "importer", bought),
                     (code, "HUN", "exporter", 99.0))))  # fmt: skip
MATRIX = rows("exporter importer year side value_usd edition source_keys",
              ("AZE", "KAZ", 2024, "reconciled", 2e9, "e", "m1"),
              ("KAZ", "AZE", 2024, "reconciled", 3e9, "e", "m2"))  # fmt: skip
WORLD = rows("country year exports_usd imports_usd edition source_keys",
             *((code, year, sold * 1e9, bought * 1e9, trade.WDI, key) for code, year, sold, bought,
               key in (("AZE", 2024, 10, 15, "w1"), ("KAZ", 2024, 15, 10, "w2 w1"),
                       ("WLD", 2024, 300, 200, "w3"), ("AZE", 2014, 5, 5, "w4"),
                       ("KAZ", 2014, 5, 10, "w5"))))  # fmt: skip
STATED = rows("id usd_billion speaker date year source_keys",
              ("a", 45.0, "A. Speaker", "2024-10-03", None, "t1 t2"),
              ("b", 42.0, "B", "2024-05", 2023, "t3"))  # fmt: skip
TURNOVERS = rows("reporter partner year months flow value_usd basis source_keys",
                 ("AZE", "KAZ", 2024, 10, "export", 2e9, "stated", "k1"),
                 ("AZE", "KAZ", 2024, 10, "import", 3e9, "stated", "k2 k1"))  # fmt: skip
PATH = rows("pair year central basis source_keys", ("AZE–TUR", 2024, 6.0, "residual", "b1 b2"),
            ("AZE–KAZ", 2024, 1.0, "stated", "b3"))  # fmt: skip
SLOW = Quantity(57.6, "days", "slow", ("d1",), ("route_stages",), estimate=True)
QUICK = Quantity(20.0, "days", "quick", ("d2", "d1"), ("route_corridors",))
FIVE_GOODS = Quantity(50_000.0, "USD", "goods", (), ("route_settings",), estimate=True)
ROUTE_SETTINGS, TESTS = ("route_settings",), ("route_journeys", "route_stages", "route_storms")
COUNTED = ("trade_flows", "trade_pairs", "trade_stated", "trade_sums", "trade_parts")
HUNGARYS = "trade of HUN with the members, 2 over 1, by its own reports"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        # Five and three words.
        (lambda: context.compared(SAID),
         (8, "words", "words of the passages compared", ("v1", "v2"), ("statement_wordings",),
          2025)),
        (lambda: context.quoted("“One two three four”, of “Ana Tili”"),
         (4, "words", "words in quotation marks, passages of 4 words or more", ("tokayev2025ana",),
          (), 2025)),
        (lambda: priorities.false_alarms(TESTED, ("k",)),
         (0.3, "pairs", "pairs tested × 0.10", ("k",), ("indicators", "indicator_list"), None,
          True)),
        (lambda: priorities.progressed(MOVED, "better", ("k",)),
         (2, "pairs", "pairs of indicator and country that changed clearly for the better", ("k",),
          ("indicators", "indicator_list", "shared_heritage", "trade_pairs", "trade_totals"), None,
          True)),
        (lambda: priorities.added(HELD, 2014, 2016),
         (1, "elements", "elements that two members or more were inscribed with by 2016, less "
          "those by 2014", ("u1", "u2", "u3"), ("shared_heritage",), 2016)),
        (lambda: priorities.reached(BOARD, "working"),
         (1, "priorities", "priorities with a step on record that is working", ("k1", "k2"),
          ("priorities", "priority_steps"))),
        (lambda: priorities.steps_within(STEPS, "2023-11-03", "2024-11-06"),
         (2, "steps", "steps signed, in force or working, 2023-11-03 to 2024-11-06",
          ("s1", "s2", "s3", "s4", "s5"), ("priority_steps",))),
        (lambda: routes.limit_of(LIMITS, "port"),
         (140, "thousand TEU a year", "port, as of 2025-06, both", ("l1", "l2"),
          ("route_limits",), 2025)),
        (lambda: routes.limit_of(LIMITS, "line", "planned"),
         (60, "million t a year", "line, planned", ("l3",), ("route_limits",), 2024)),
        (lambda: routes.limit_of(LIMITS, "line", "others"),
         (13.3, "million t a year", "line, used by grain", ("l3",), ("route_limits",), 2024)),
        (lambda: routes.setting_of(SETTINGS, "load"),
         (225, "thousand TEU", "as stated", ("g3",), ROUTE_SETTINGS, None, True)),
        (lambda: routes.setting_of(SETTINGS, "value of a day"),
         (1.35, "%", "share of the goods", ("g1", "g2"), ROUTE_SETTINGS)),
        (lambda: routes.day_in_transit("low", SETTINGS),
         (0.6, "%", "share of the goods, lowest", ("g1", "g2"), ROUTE_SETTINGS)),
        (lambda: routes.day_in_transit("high", SETTINGS),
         (2.1, "%", "share of the goods, highest", ("g1", "g2"), ROUTE_SETTINGS)),
        (lambda: routes.goods_of(675.0, SETTINGS),
         (50_000, "USD", "the value of a day that the reader enters, over its share of the goods' "
          "value", ("g1", "g2"), ROUTE_SETTINGS, None, True)),
        # 58 whole days.
        (lambda: routes.worth(SLOW, 10.0),
         (580, "USD", "slow, in whole days, times the value of a day that the reader enters",
          ("d1",), ("route_stages",), None, True)),
        (lambda: routes.worth_of_goods(SLOW, FIVE_GOODS, Quantity(0.6, "%", "a share", ("g1",),
                                                          ROUTE_SETTINGS)),
         (58 * 300, "USD", "slow, in whole days, at 0.6% a day of goods worth $50,000",
          ("d1", "g1"), ("route_stages", "route_settings"), None, True)),
        (lambda: routes.days_saved(SLOW, QUICK),
         (37.6, "days", "slow, less quick", ("d1", "d2"), ("route_stages", "route_corridors"), None,
          True)),
        (lambda: routes.break_even(RANKED, {"part": SLOW, "land": QUICK}),
         (100, "USD", "difference of the prices of part and land over that of their days",
          ("d1", "d2"), ("route_stages", "route_corridors"), None, True)),
        (lambda: routes.land_over_sea(PRICES),
         (1.5, "times", "index of a 20 ft container by land, Xi'an to Duisburg, over that by sea, "
          "Shanghai to Rotterdam", ("p1", "p2"), ("route_prices",), 2024)),
        *((lambda name=name: simulation.coverage(BOARDED)[name],
           (value, unit, rule, ("j1", "j2", "j3"), TESTS, None, name != "tests"))
          for name, value, unit, rule in (
              ("tests", 4, "journeys", "observed journeys and averages that set no value of the "
               "model"),
              ("hits", 1, "journeys", "of them between the model's P10 and P90"),
              ("misses", 3, "journeys", "of them outside of the model's P10 to P90"),
              ("slower", 2, "journeys", "of them above the model's P90"),
              ("quicker", 1, "journeys", "of them below the model's P10"),
              ("share", 25, "%", "hits in % of the journeys tested"))),
        (lambda: trade.gas_volume(GAS, "TUR", 2024),
         (9.5, "billion cubic metres", "gas from Azerbaijan to TUR in 2024", ("g1",),
          ("trade_gas",), 2024)),
        *((lambda what=what: trade.gas_change(GAS, what, 2024),
           (value, "%", f"change of the {what} of Azerbaijan's gas exports, first 10 months of "
            "2024", ("g3", "g1"), ("trade_gas",), 2024))
          for what, value in (("volume", 18.3), ("value", -49.1))),
        *((lambda end=end: trade.count_of(COUNTS, "once", TWO, end),
           (value, "USD billion", f"two members in 2024, each flow counted once{words}", ("c1",),
            COUNTED, 2024, True))
          for end, value, words in (("low", 20, ", low end of its range"), ("central", 25, ""),
                                    ("high", 28, ", high end of its range"))),
        (lambda: trade.count_of(COUNTS, trade.OWN, TWO),
         (46, "USD billion", "two members in 2023, sum of members' own reports", ("c2", "c1"),
          COUNTED, 2023)),
        # 15 became 20; without what is bought of two members 11 became 14.
        (lambda: trade.observer_change(HUNGARY, "HUN", 1, 2),
         (100 * 5 / 15, "%", HUNGARYS, ("h1", "h2"), ("trade_flows",), 2)),
        (lambda: trade.observer_change(HUNGARY, "HUN", 1, 2, leaving_out=("AZE", "KAZ")),
         (100 * 3 / 11, "%", f"{HUNGARYS}, without its imports from AZE and KAZ", ("h1", "h2"),
          ("trade_flows",), 2)),
        # Twice 5 of 50 are a fifth; 50 of the world's 500 a tenth.
        (lambda: trade.group_intensity(MATRIX, WORLD, 2024, TWO),
         (2, "times", "share of two members in their trade over their share in the world's, 2024",
          ("m1", "m2", "w1", "w2", "w3"), ("trade_flows", "trade_totals"), 2024)),
        (lambda: trade.world_growth(WORLD, 2014, 2024, TWO),
         (2, "times", "exports and imports of two members with the world, 2024 over 2014",
          ("w1", "w2", "w4", "w5"), ("trade_totals",), 2024)),
        (lambda: trade.of_pair(PATH, "AZE–TUR", 2024),
         (6, "USD billion", "Azerbaijan–Türkiye in 2024, in our series", ("b1", "b2"),
          ("trade_pairs", "trade_flows", "trade_stated"), 2024, True)),
        (lambda: trade.months_stated(TURNOVERS, "AZE", "KAZ", 2024),
         (10, "months", "months of 2024 that AZE gave", ("k1", "k2"), ("trade_stated",), 2024)),
        (lambda: trade.months_stated(TURNOVERS, "AZE", "KAZ", 2023),
         (0, "months", "months of 2023 that AZE gave", (), ("trade_stated",), 2023)),
        (lambda: trade.amount_of(STATED, "a"),
         (45, "USD billion", "as stated by A. Speaker on 2024-10-03", ("t1", "t2"),
          ("trade_statements",))),
        (lambda: trade.amount_of(STATED, "b"),
         (42, "USD billion", "as stated by B on 2024-05", ("t3",), ("trade_statements",), 2023)),
    ],
)  # fmt: skip
def test_a_number_says_what_it_is_and_what_it_rests_on(found, expected):
    *whole, year, estimate = (*expected, *(None, False)[len(expected) - 5 :])
    same(found(), *whole, year, estimate=estimate)
