"""What the glossary says of a rule is what the code does: each entry is held twice."""

import re
from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest

from analysis import routes, tables, trade
from analysis.claims.forms import RATINGS, UNCHECKED
from analysis.countries import FIVE, NAMES
from analysis.formats import listed
from analysis.project import ROOT
from analysis.simulation.crossing import by_month, erlang_wait
from analysis.simulation.pert import STEPS, Empirical, Pert

TEXT = (ROOT / "chapters" / "glossary.md").read_text(encoding="utf-8")
ENTRIES = {
    term: " ".join(words.split())
    for block in re.findall(r"```\{glossary\}\n(.*?)```", TEXT, re.DOTALL)
    for term, words in re.findall(r"^(\S[^\n]*)\n((?:  [^\n]*\n?)+)", block, re.MULTILINE)
}


def twice():
    """Count the matrix of 2023 once and twice."""
    flows = tables.read("trade_flows")
    rules = [trade.CountingRule(count, "reconciled") for count in ("once", "twice")]
    once, both = (rule.total(flows, 2023) for rule in rules)
    return both.value == pytest.approx(2 * once.value)


def quantiles():
    """Take the first and the last tenth of cases spread evenly from 0 to 100."""
    evenly = Empirical(np.arange(STEPS) * 100 / STEPS)
    row = by_month({1: evenly}).iloc[0]
    return [row["p10"], row["p90"]] == pytest.approx([10, 90], abs=0.1)


def cost():
    """Add ten days at 100 dollars each to a price of 4000."""
    days = pd.DataFrame({"corridor": ["Sea"], "market": ["Rhine"], "mean": [10.0]})
    return routes.cheapest(days, "Rhine", {"Sea": 4000}, 100)["cost"].tolist() == [5000]


#: An entry, the words of it that state a rule, and whether the code follows it.
RULES = {
    "turnover": ("hold each delivery among them twice", twice),
    "OTS": (
        f"Members: {listed(sorted(NAMES[code] for code in FIVE.codes))}.",
        lambda: len(FIVE.codes) == 5,
    ),
    "rating": (
        "from *supported* to *contradicted*",
        lambda: [it for it in RATINGS if it not in UNCHECKED.values()][:: len(RATINGS) - 4]
        == ["supported", "contradicted"],
    ),
    "TURKTIME": (
        ": " + ", ".join(tables.read("priorities").sort_values("position")["priority"]) + ".",
        lambda: "".join(tables.read("priorities").sort_values("position")["letter"]) == "TURKTIME",
    ),
    "deflator": (
        "consumer prices of the United States",
        lambda: trade.inflation(tables.read("prices"), 2014, 2024) == pytest.approx(1.325, 2e-3),
    ),
    "P10 to P90": ("From the value that one case in ten stays below", quantiles),
    "standard error": (
        "within twice as far, in about 19 of 20 cases",
        lambda: NormalDist().cdf(2) - NormalDist().cdf(-2) == pytest.approx(19 / 20, abs=0.01),
    ),
    "PERT": (
        "the least, the likeliest and the most",
        lambda: Pert(1.0, 2.0, 6.0).mean == pytest.approx((1 + 4 * 2 + 6) / 6),
    ),
    # A single server busy for 80% of its time: 0.8 / 0.2 of a service.
    "utilisation": (
        "Queues grow long well before it is 100%",
        lambda: erlang_wait(1, 0.8, 1) == pytest.approx(4),
    ),
    "generalised cost": ("each day on the way valued", cost),
}  # fmt: skip


@pytest.mark.parametrize("term", RULES)
def test_an_entry_states_the_rule_that_the_code_follows(term):
    words, follows = RULES[term]
    assert words in ENTRIES[term]
    assert follows()


def test_each_year_of_an_entry_is_of_an_event():
    events = tables.read("events")
    founded = events.loc[events["kind"] == "founding", "date"].iloc[0][:4]
    assert f"founded in {founded}" in ENTRIES["OTS"]
