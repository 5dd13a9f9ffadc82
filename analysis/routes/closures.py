"""Which corridors are left when a part of the routes closes."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from ..errors import ReckoningError


def without(
    corridors: pd.DataFrame,
    days: pd.DataFrame,
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
    closures : mapping of str to iterable of str
        What is closed in words, and the stages that this takes away.
    market : str
        Whose corridors.

    Returns
    -------
    DataFrame
        ``closed``, ``left`` (names, by days), ``fastest``, ``median`` (its days), ``extra_days``
        over the fastest when all is open; empty or missing where nothing is left.

    Raises
    ------
    ReckoningError
        A stage that no corridor has.
    """
    stages = {stage for cell in corridors["stages"] for stage in cell.split(";")}
    of_market = corridors[corridors["market"] == market].set_index("corridor")["stages"]
    medians = days.set_index("corridor")["median"]
    order = sorted(of_market.index, key=medians.__getitem__)
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
        median = medians.get(best, np.nan)
        rows.append((closed, ", ".join(left), best, median, median - medians[order[0]]))
    columns = ["closed", "left", "fastest", "median", "extra_days"]
    return pd.DataFrame(rows, columns=columns)
