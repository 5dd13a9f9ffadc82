"""Which corridors are left when a part of the routes closes."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from ..errors import ReckoningError


def without(
    corridors: pd.DataFrame,
    days: pd.DataFrame,
    prices: pd.DataFrame,
    closures: Mapping[str, Iterable[str]],
    market: str,
) -> pd.DataFrame:
    """Take stages away and see which corridors of a market are left.

    Parameters
    ----------
    corridors : DataFrame
        As the table ``route_corridors``.
    days : DataFrame
        ``corridor``, ``median``.
    prices : DataFrame
        As `rates` gives it; the latest of a corridor counts, assumed ones do not.
    closures : mapping of str to iterable of str
        What is closed in words, and the stages that this takes away.
    market : str
        Whose corridors.

    Returns
    -------
    DataFrame
        ``closed``, ``lost`` and ``left`` (names, by days), ``fastest``, ``median`` (its days),
        ``extra_days`` over the fastest when all is open, ``usd`` (its price), ``extra_usd``; empty
        or missing where nothing is left or no price is known.

    Raises
    ------
    ReckoningError
        A stage that no corridor has.
    """
    stages = {stage for cell in corridors["stages"] for stage in cell.split(";")}
    of_market = corridors[corridors["market"] == market].set_index("corridor")["stages"]
    medians = days.set_index("corridor")["median"]
    public = prices[prices["basis"] != "assumed"].sort_values("year")
    usd = public.groupby("corridor")["usd"].last()
    order = sorted(of_market.index, key=medians.__getitem__)
    first = order[0]
    rows = []
    for closed, taken_away in closures.items():
        gone = set(taken_away)
        if gone - stages:
            raise ReckoningError(
                f"no such stage: {', '.join(sorted(gone - stages))}",
                where=closed,
                allowed=", ".join(sorted(stages)),
            )
        left = [name for name in order if not gone & set(of_market[name].split(";"))]
        best = left[0] if left else ""
        median, price = medians.get(best, np.nan), usd.get(best, np.nan)
        rows.append(
            {
                "closed": closed,
                "lost": ", ".join(name for name in order if name not in left),
                "left": ", ".join(left),
                "fastest": best,
                "median": median,
                "extra_days": median - medians[first],
                "usd": price,
                "extra_usd": price - usd.get(first, np.nan),
            }
        )
    return pd.DataFrame(rows)


def alternatives(row: Any, medians: Mapping[str, float] | None = None) -> str:
    """Say what a closure leaves: the fastest corridor with its days and price, then the others.

    Parameters
    ----------
    row : named tuple
        A row of `without`.
    medians : mapping of str to float, optional
        Days by corridor; without them the others are left out.

    Examples
    --------
    >>> row = pd.DataFrame(
    ...     [("x", "far, by sea", 31.2, 13.0, 5675.0)],
    ...     columns=["fastest", "left", "median", "extra_days", "usd"],
    ... ).itertuples()
    >>> alternatives(next(row), {"by sea": 45})
    'x, 31 days (+13), $5,675; by sea 45'
    """
    if not row.fastest:
        return "nothing left"
    text = f"{row.fastest}, {row.median:.0f} days"
    if row.extra_days:
        text += f" ({row.extra_days:+.0f})"
    text += ", no public price" if pd.isna(row.usd) else f", ${row.usd:,.0f}"
    if medians is not None:
        others = row.left.split(", ")[1:]
        text += "".join(f"; {name} {medians[name]:.0f}" for name in others)
    return text
