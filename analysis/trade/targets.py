"""What trade should reach, by those who set a target, against how fast it has grown.

Nothing here is a forecast. A target is put beside the growth of the last ten years: by how much a
year trade would have to grow to meet it, and by how much it did.
"""

import math

import pandas as pd

from ..countries import FIVE, NAMES, Membership
from ..errors import ReckoningError
from ..quantities import Quantity, keys_of
from .shares import WDI, world
from .sides import BILLION

_KINDS = ("amount", "multiple", "share")


def needed(
    targets: pd.DataFrame,
    by_pair: pd.DataFrame,
    totals: pd.DataFrame,
    *,
    start: int,
    horizon: int,
    membership: Membership = FIVE,
) -> pd.DataFrame:
    """Put each target beside the trade of the path's last year and its past growth.

    Parameters
    ----------
    targets, by_pair, totals : DataFrame
        The table ``trade_targets``; the path; the table ``trade_totals``.
    start : int
        First year of the past growth; the path's last year ends it.
    horizon : int
        The year by which a target without a date is put to the test: our choice.
    membership : Membership
        The members, for a target that is a share of their trade with the world.

    Returns
    -------
    DataFrame
        One row a target, the most demanding first: ``who``, ``scope``, ``name``, ``target`` and
        ``now`` (USD billion, each flow once), ``due``, ``dated`` (whether the source names the
        year), ``past`` and ``needed`` (percent a year), ``source_keys``.

    Raises
    ------
    ReckoningError
        A scope that the path lacks; an unknown kind; a year that is not after the path's last.

    Notes
    -----
    A share of the members' trade with the world is met, at today's world trade, when twice the
    once-counted total is that share of it. ``needed`` is ``(target / now) ** (1 / years) - 1``.
    """
    last = int(by_pair["year"].max())
    rows = []
    for row in targets.itertuples():
        then, now = (_scope(by_pair, row.scope, year) for year in (start, last))
        dated = not pd.isna(row.due)
        due = int(row.due) if dated else horizon
        if due <= last:
            raise ReckoningError(
                f"a target of {row.who} due in {due}", where="trade_targets", allowed=f"> {last}"
            )
        target = _amount(row, now, totals, last, membership)
        rows.append((
            row.who, row.scope, _name(row.scope), target, now, due, dated,
            100 * ((now / then) ** (1 / (last - start)) - 1),
            100 * ((target / now) ** (1 / (due - last)) - 1),
            row.source_keys,
        ))  # fmt: skip
    columns = ["who", "scope", "name", "target", "now", "due", "dated", "past", "needed",
               "source_keys"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).sort_values(
        "needed", ascending=False, ignore_index=True
    )


def target_of(found: pd.DataFrame, who: str, column: str) -> Quantity:
    """Take one figure of a target: its amount, or the growth it needs.

    Raises
    ------
    ReckoningError
        Nobody of that name set one.
    """
    row = found[found["who"] == who]
    if len(row) != 1:
        raise ReckoningError(
            f"{len(row)} targets of {who}", where="targets", allowed=", ".join(found["who"])
        )
    only = row.iloc[0]
    growth = column in ("past", "needed")
    return Quantity(
        value=float(only[column]),
        unit="% a year" if growth else "USD billion",
        rule=f"{column}: {only['name']}, target of {who}, to {only['due']}"
        + ("" if only["dated"] else ", a year that we set"),
        sources=keys_of([only["source_keys"]]),
        tables=("trade_targets", "trade_pairs", "trade_flows", "trade_stated", "trade_totals"),
        estimate=True,
    )


def years_at(now: float, target: float, pace: float) -> float:
    """Count the years in which growth of ``pace`` percent leads from ``now`` to ``target``.

    Raises
    ------
    ReckoningError
        A pace of zero or less never leads there.

    Examples
    --------
    >>> years_at(1.0, 4.0, 100.0)
    2.0
    """
    if pace <= 0:
        raise ReckoningError(f"a pace of {pace:g} % a year", allowed="growth above zero")
    return math.log(target / now) / math.log(1 + pace / 100)


def _scope(by_pair: pd.DataFrame, scope: str, year: int) -> float:
    rows = by_pair[by_pair["year"] == year]
    if scope != "group":
        rows = rows[rows["pair"].map(lambda pair: scope in (pair, *pair.split("–")))]
    if rows.empty:
        raise ReckoningError(
            f"scope {scope!r} in {year}",
            where="trade_targets",
            allowed="group, a member's code, or a pair of the path",
        )
    return float(rows["central"].sum())


def _amount(
    row: object, now: float, totals: pd.DataFrame, year: int, membership: Membership
) -> float:
    kind, value = row.kind, float(row.value)  # type: ignore[attr-defined]
    if kind not in _KINDS:
        raise ReckoningError(f"kind {kind!r}", where="trade_targets", allowed=", ".join(_KINDS))
    if kind == "amount":
        return value
    if kind == "multiple":
        return value * now
    found = [world(totals, code, year, WDI) for code in membership.codes]
    everything = sum(sold + bought for sold, bought, _ in found) / BILLION
    return value / 100 * everything / 2


def _name(scope: str) -> str:
    if scope == "group":
        return "All ten pairs"
    names = [NAMES[code] for code in scope.split("–")]
    return "–".join(names) if len(names) > 1 else f"{names[0]} with the other four"
