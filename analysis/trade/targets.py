"""What trade should reach, by those who set a target, against how fast it has grown.

Nothing here is a forecast. A target is put beside the growth of the last ten years: by how much a
year trade would have to grow to meet it, and by how much it did.
"""

import pandas as pd

from ..countries import FIVE, NAMES, Membership
from ..errors import ReckoningError
from .shares import world_trade

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
    """Put each target beside the trade of the path's last year and its growth since ``start``.

    A target without a date is put to the test by ``horizon``, a choice of ours.

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
        target = _amount(row.kind, float(row.value), now, totals, last, membership)
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
    kind: str,
    value: float,
    now: float,
    totals: pd.DataFrame,
    year: int,
    membership: Membership,
) -> float:
    if kind not in _KINDS:
        raise ReckoningError(f"kind {kind!r}", where="trade_targets", allowed=", ".join(_KINDS))
    if kind == "amount":
        return value
    if kind == "multiple":
        return value * now
    return value / 100 * world_trade(totals, year, membership).value / 2


def _name(scope: str) -> str:
    if scope == "group":
        return "All ten pairs"
    names = [NAMES[code] for code in scope.split("–")]
    return "–".join(names) if len(names) > 1 else f"{names[0]} with the other four"
