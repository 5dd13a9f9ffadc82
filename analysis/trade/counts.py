"""Every count of a year with its one range: once or twice, five or seven, members' own reports."""

import pandas as pd

from ..countries import FIVE, WITH_OBSERVERS, Membership
from ..errors import ReckoningError
from ..quantities import Quantity, keys_of, merge
from ..rows import one
from .reports import READINGS, national, rebuilt
from .rules import CountingRule
from .scenarios import Records, scenario, scenarios
from .sides import BILLION, COUNTS
from .turnovers import stated_by

#: Sum of what each member says of its own trade with the others: a double count.
OWN = "twice, own reports"
ENDS = ("low", "central", "high")
_TABLES = tuple(f"trade_{name}" for name in Records._fields)
_HUNGARY, _TURKMENISTAN, _NEIGHBOURS = "HUN", "TKM", "SPECA"


def counts(by_pair: pd.DataFrame, records: Records, year: int) -> pd.DataFrame:
    """Count a year by every rule that the words allow: the one place that gives a count its range.

    A year with a reconciled matrix is measured and has no range. A year after the last of them
    has the five members' central total, and the outermost of its `scenarios` as its range; the
    observers' part is added as far as it is known of the year, and at most as it was in the matrix
    before. A flow counted twice has twice the range.

    Returns
    -------
    DataFrame
        One row a count, from the smallest: ``year``, ``count`` (of `COUNTS`, or `OWN`),
        ``membership``, ``low``, ``central``, ``high`` (USD billion), ``estimate``,
        ``source_keys``. `OWN` only where the members' reports give a total.

    Raises
    ------
    ReckoningError
        A year that is neither measured nor after the last that is; a figure is absent.
    """
    flows, stated = records.flows, records.stated
    matrices = {int(it) for it in flows.loc[flows["side"] == "reconciled", "year"]}
    later = {int(it) for it in by_pair["year"] if it > max(matrices, default=0)}
    rows: list[tuple[str, tuple[float, ...], bool, tuple[str, ...]]] = []
    if year in matrices:
        for group in (FIVE, WITH_OBSERVERS):
            q = CountingRule("once", "reconciled", group).total(flows, year)
            rows.append((group.name, (q.value,) * 3, False, q.sources))
    elif year in later:
        by_pair = by_pair[by_pair["year"] <= year]
        table = scenarios(by_pair, records)
        found = [scenario(table, name) for name in ("lowest", "central", "highest")]
        once = tuple(q.value for q in found)
        keys = merge(*(q.sources for q in found))
        added, more = observers_part(flows, stated, year)
        rows.append((FIVE.name, once, True, keys))
        both = tuple(a + b for a, b in zip(once, added, strict=True))
        rows.append((WITH_OBSERVERS.name, both, True, merge(keys, more)))
    else:
        raise ReckoningError(
            f"no count of {year}", where="trade_flows",
            allowed=", ".join(map(str, sorted({*matrices, *later}))),
        )  # fmt: skip
    out = [
        (year, count, name, *(times * value for value in ends), estimate, " ".join(keys))
        for name, ends, estimate, keys in rows
        for times, count in enumerate(COUNTS, 1)
    ]
    try:
        reports = national(stated, records.sums, year, by_pair=by_pair)
        found = [rebuilt(reports, year, it) for it in READINGS]
    except ReckoningError:  # a member's reports give no total
        found = []
    if found:
        keys = merge(*(q.sources for q in found))
        values = [q.value for q in found]
        central = rebuilt(reports, year).value
        three = (min(values), central, max(values))
        out.append((year, OWN, FIVE.name, *three, True, " ".join(keys)))
    columns = ["year", "count", "membership", *ENDS, "estimate", "source_keys"]
    table = pd.DataFrame(out, columns=columns).sort_values("central", ignore_index=True)
    refuse_crossed(table)
    return table


def refuse_crossed(table: pd.DataFrame) -> None:
    """Refuse a range whose ends cross, or whose middle is outside.

    Raises
    ------
    ReckoningError
        The range is none; the message names the count.
    """
    for row in table.itertuples():
        if not row.low <= row.central <= row.high:
            raise ReckoningError(
                f"a range from {row.low:.1f} to {row.high:.1f} about {row.central:.1f}",
                where=f"{row.membership}, {row.count}, {row.year}",
                allowed="low <= central <= high",
            )


def count_of(
    table: pd.DataFrame, count: str, membership: Membership = FIVE, which: str = "central"
) -> Quantity:
    """Take one count, or an end of its range, from `counts`.

    Raises
    ------
    ReckoningError
        There is no such count, or no such end.
    """
    if which not in ENDS:
        raise ReckoningError(f"{which!r}", where="counts", allowed=", ".join(ENDS))
    row = one(table, "counts", count=count, membership=membership.name)
    how = "sum of members' own reports" if count == OWN else f"each flow counted {count}"
    end = {"low": ", low end of its range", "high": ", high end of its range"}.get(which, "")
    return Quantity.of(
        row, row[which], "USD billion", f"{membership.name} in {row['year']}, {how}{end}", _TABLES,
        year=int(row["year"]),
    )  # fmt: skip


def passing(table: pd.DataFrame, amount: float) -> tuple[int, int]:
    """Count the rules whose central total is more than an amount, and all rules.

    The sum of own reports is a double count whose parts are not comparable, and no rule.

    Examples
    --------
    >>> table = pd.DataFrame({"count": ["once", "twice", OWN], "central": [25.0, 50.0, 46.0]})
    >>> passing(table, 45)
    (1, 2)
    """
    totals = table.loc[table["count"] != OWN, "central"]
    return int((totals > amount).sum()), len(totals)


def verdict_of(table: pd.DataFrame, amount: float) -> str:
    """Say which rules an amount is passed by: ``all``, ``none``, ``twice`` only, or ``mixed``.

    ``some twice``: by double counts alone, and not by each of them from the low end of its range,
    the members' own reports among them.

    Examples
    --------
    >>> table = pd.DataFrame({"count": ["once", "twice"], "low": [22.0, 44.0],
    ...                       "central": [25.0, 50.0]})
    >>> [verdict_of(table, amount) for amount in (43, 45, 20, 60)]
    ['twice', 'some twice', 'all', 'none']
    """
    rules = table[table["count"] != OWN]
    passed = rules["central"] > amount
    if passed.all():
        return "all"
    if not passed.any():
        return "none"
    above, below = set(rules[passed]["count"]), set(rules[~passed]["count"])
    if above != {"twice"} or "twice" in below:
        return "mixed"
    return "twice" if (table.loc[table["count"] != "once", "low"] > amount).all() else "some twice"


def reads(table: pd.DataFrame, amount: float) -> pd.DataFrame:
    """Say of each count where an amount lies: below its range, inside it, or above it.

    Examples
    --------
    >>> table = pd.DataFrame({"count": ["once", "twice"], "low": [22.0, 44.0],
    ...                       "central": [25.0, 50.0], "high": [28.0, 56.0]})
    >>> reads(table, 45)[["where", "over"]].round(1).values.tolist()
    [['above', 80.0], ['inside', -10.0]]
    """
    where = ["above" if amount > row.high else "below" if amount < row.low else "inside"
             for row in table.itertuples()]  # fmt: skip
    return table.assign(where=where, over=100 * (amount / table["central"] - 1))


def excess(amount: Quantity, count: Quantity) -> Quantity:
    """Say by how much, in percent of a count, an amount is more than it."""
    return Quantity(
        value=100 * (amount.value / count.value - 1), unit="%",
        rule=f"({amount.rule}) over ({count.rule}), less 1", tables=count.tables,
        sources=merge(amount.sources, count.sources), year=count.year, estimate=count.estimate,
    )  # fmt: skip


def observers_part(
    flows: pd.DataFrame, stated: pd.DataFrame, year: int
) -> tuple[tuple[float, float, float], tuple[str, ...]]:
    """Give what the two observers add to a single count of a year that has no matrix.

    Hungary's part is that of the last matrix, moved on by the change in its own reports.
    Turkmenistan's is what Türkiye's side stated, with its trade with its six neighbours, which
    holds a little more than the members. High is the matrix's year unchanged; low drops the
    neighbours to the pace at which Turkmenistan's trade with Türkiye moved, where that is less.

    Returns
    -------
    tuple
        Low, central and high, USD billion; and the source keys.

    Raises
    ------
    ReckoningError
        A report is absent.
    """
    before = int(flows.loc[flows["side"] == "reconciled", "year"].max())
    matrix = flows[(flows["year"] == before) & (flows["side"] == "reconciled")]
    hungary, turkmenistan = (_with_members(matrix, it) for it in (_HUNGARY, _TURKMENISTAN))
    ends = {_HUNGARY, _TURKMENISTAN}
    between = matrix[matrix["exporter"].isin(ends) & matrix["importer"].isin(ends)]
    small = _billion(between)
    ratio, ratio_keys = _own_change(flows, _HUNGARY, before, year)
    with_turkiye = stated_by(stated, "TUR", _TURKMENISTAN, year)
    neighbours = stated_by(stated, _TURKMENISTAN, _NEIGHBOURS, year)
    then = _billion(turkmenistan[(turkmenistan[["exporter", "importer"]] == "TUR").any(axis=1)])
    others = _billion(turkmenistan) - then
    unchanged = _billion(hungary) + _billion(turkmenistan) + small
    central = _billion(hungary) * ratio + with_turkiye.value + neighbours.value + small
    slower = min(neighbours.value, others * with_turkiye.value / then)
    low = central - neighbours.value + slower
    keys = merge(
        keys_of(matrix["source_keys"]), ratio_keys, with_turkiye.sources, neighbours.sources
    )
    return (low, central, max(central, unchanged)), keys


def observer_change(
    flows: pd.DataFrame, code: str, before: int, after: int, *, leaving_out: tuple[str, ...] = ()
) -> Quantity:
    """Give the change, in percent, of what one observer reports of its trade with the members.

    ``leaving_out`` names members whose sales to the observer are not counted: energy that the
    record shows in one year and not in the other.

    Raises
    ------
    ReckoningError
        A report is absent.
    """
    ratio, keys = _own_change(flows, code, before, after, leaving_out)
    return Quantity(
        100 * (ratio - 1), "%",
        f"trade of {code} with the members, {after} over {before}, by its own reports"
        + (f", without its imports from {' and '.join(leaving_out)}" if leaving_out else ""),
        keys, ("trade_flows",), after,
    )  # fmt: skip


def _own_change(
    flows: pd.DataFrame, code: str, before: int, after: int, leaving_out: tuple[str, ...] = ()
) -> tuple[float, tuple[str, ...]]:
    totals, keys = [], []
    for year in (before, after):
        own = ((flows["exporter"] == code) & (flows["side"] == "exporter")) | (
            (flows["importer"] == code) & (flows["side"] == "importer")
        )
        rows = _with_members(flows[own & (flows["year"] == year)], code)
        if len(rows) != 2 * len(FIVE.codes):
            raise ReckoningError(
                f"{len(rows)} flows reported by {code} in {year}", where="trade_flows",
                allowed=f"{2 * len(FIVE.codes)}: both ways with every member",
            )  # fmt: skip
        kept = rows[~((rows["importer"] == code) & rows["exporter"].isin(leaving_out))]
        totals.append(float(kept["value_usd"].sum()))
        keys.append(keys_of(rows["source_keys"]))
    return totals[1] / totals[0], merge(*keys)


def _with_members(flows: pd.DataFrame, country: str) -> pd.DataFrame:
    """Choose the flows between a country and the five members."""
    return flows[
        ((flows["exporter"] == country) & flows["importer"].isin(FIVE.codes))
        | ((flows["importer"] == country) & flows["exporter"].isin(FIVE.codes))
    ]


def _billion(flows: pd.DataFrame) -> float:
    return float(flows["value_usd"].sum()) / BILLION
