"""How the group compares: its share and intensity of trade with itself, beside other groups'."""

import pandas as pd

from ..countries import FIVE, Membership
from ..quantities import Quantity, merge
from ..rows import chosen, one
from .rules import CountingRule
from .shares import BACI, WDI, share_of, world_trade


def beside_others(groups: pd.DataFrame, shares: pd.DataFrame, year: int) -> pd.DataFrame:
    """Set the five members' share of a year beside other groups', each by the same count.

    Each share is of exports and imports together: a flow inside a group stands twice in both parts.
    ``shares`` are as `share_path` gives them.

    Returns
    -------
    DataFrame
        The smallest first: ``name``, ``share`` (percent), ``months``, ``note``, ``source_keys``.

    Raises
    ------
    ReckoningError
        Another group's share is absent in the year.
    """
    mine = share_of(shares, "OTS", year)
    rows = [("Turkic states, five members", mine.value, 12, "", " ".join(mine.sources))]
    others = chosen(groups, "trade_groups", year=year)
    rows += [(row.name_, row.share_percent, row.months, row.note, row.source_keys)
             for row in others.rename(columns={"name": "name_"}).itertuples()]  # fmt: skip
    columns = ["name", "share", "months", "note", "source_keys"]
    return pd.DataFrame(rows, columns=columns).sort_values("share", ignore_index=True)


def share_of_group(compared: pd.DataFrame, name: str, year: int) -> Quantity:
    """Take the share of one other group from `beside_others`."""
    row = one(compared, "trade_groups", name=name)
    months = "" if row["months"] == 12 else f", {row['months']} months"
    return Quantity.of(
        row, row["share"], "%", f"trade of {name} with itself over all its trade, {year}{months}",
        ("trade_groups",), year=year,
    )  # fmt: skip


def group_intensity(
    flows: pd.DataFrame, totals: pd.DataFrame, year: int, membership: Membership = FIVE
) -> Quantity:
    """Say how many times more a group trades with itself than its size in world trade would give.

    ``(T_ii / T_i) / (T_i / T_w)``: the group's trade with itself over its trade, over its share in
    the trade of the world (Hamanaka 2015); exports and imports throughout, so that ``T_ii`` holds
    each flow twice. At 1 the group has no leaning to itself.

    Raises
    ------
    ReckoningError
        The matrix or a total is absent.
    """
    inside = CountingRule("twice", "reconciled", membership).total(flows, year)
    edition = BACI if membership == FIVE else WDI
    group = world_trade(totals, year, membership, edition)
    world = world_trade(totals, year, Membership("the world", ("WLD",)), WDI)
    return Quantity(
        value=(inside.value / group.value) / (group.value / world.value),
        unit="times",
        rule=f"share of {membership.name} in their trade over their share in the world's, {year}",
        sources=merge(inside.sources, group.sources, world.sources),
        tables=("trade_flows", "trade_totals"),
        year=year,
    )


def world_growth(
    totals: pd.DataFrame, start: int, end: int, membership: Membership = FIVE
) -> Quantity:
    """Say how many times the members' trade with the whole world of ``start`` that of ``end`` is.

    Raises
    ------
    ReckoningError
        A member's total is absent.
    """
    first, last = (world_trade(totals, year, membership) for year in (start, end))
    return last.derived(
        last.value / first.value, "times",
        f"exports and imports of {membership.name} with the world, {end} over {start}", first,
    )  # fmt: skip
