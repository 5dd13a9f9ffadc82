"""Plans that name a year, held against what came of them."""

import numpy as np
import pandas as pd

from ..quantities import Quantity, keys_of
from .volumes import cargo, containers


def plans_against_outcomes(
    plans: pd.DataFrame, volumes: pd.DataFrame, capacities: pd.DataFrame
) -> pd.DataFrame:
    """Hold each plan against what happened in the year it was for.

    Cargo is held against the ministry's count, and the association's where that has the year;
    containers and trains against the counts of the whole route; capacity against the last one
    stated by that year.

    Returns
    -------
    DataFrame
        The rows of ``plans`` with ``outcome`` in the plan's unit, ``outcome_year`` and
        ``percent`` of the plan, missing where nothing comparable was published or the year has not
        passed; ``percent_association``, the same against the association's count; ``open``, true
        where the year lies after the last one that the ministry counted; and ``outcome_keys``.
    """
    counts = cargo(volumes)
    last = int(counts.loc[counts["series"] == "ministry", "year"].max())
    boxes, trains = containers(volumes), volumes[volumes["metric"] == "trains"]
    stated = _by_year(capacities[capacities["object"] == "whole route, cargo"], "value")
    outcomes = {
        "cargo": _by_year(counts[counts["series"] == "ministry"], "mt"),
        "containers": _by_year(boxes, "teu_thousand"),
        "trains": _by_year(trains, "value"),
    }
    by_association = _by_year(counts[counts["series"] == "association"], "mt")
    rows = []
    for plan in plans.itertuples():
        year, found = plan.due, outcomes.get(plan.metric, {}).get(plan.due)
        by_then = [year for year in stated if year <= plan.due]
        if plan.metric == "capacity" and plan.due <= last and by_then:
            year = max(by_then)
            found = stated[year]
        outcome, keys = found or (np.nan, "")
        other = by_association.get(plan.due, (np.nan, ""))[0] if plan.metric == "cargo" else np.nan
        rows.append(
            {
                "outcome": outcome,
                "outcome_year": year if found else pd.NA,
                "percent": 100 * outcome / plan.value,
                "percent_association": 100 * other / plan.value,
                "open": plan.due > last,
                "outcome_keys": keys,
            }
        )
    return plans.join(pd.DataFrame(rows, index=plans.index).astype({"outcome_year": "Int64"}))


def plans_met(outcomes: pd.DataFrame) -> tuple[Quantity, Quantity]:
    """Count the plans that were met, and those that can be held against an outcome.

    A plan of `plans_against_outcomes` is judged by an outcome of the very year it was for; 100 % or
    more of the plan meets it.
    """
    judged = outcomes[outcomes["outcome_year"] == outcomes["due"]]
    met = judged[judged["percent"] >= 100]
    keys = keys_of([*judged["source_keys"], *judged["outcome_keys"]])
    tables = ("route_plans", "route_volumes")
    rule = "plans whose year has passed and whose outcome was published in the same measure"
    return (
        Quantity(len(met), "plans", f"{rule}, with an outcome of 100% or more", keys, tables),
        Quantity(len(judged), "plans", rule, keys, tables),
    )


def _by_year(rows: pd.DataFrame, column: str) -> dict[int, tuple[float, str]]:
    return {
        int(row["year"]): (float(row[column]), row["source_keys"])
        for row in rows.to_dict("records")
    }
