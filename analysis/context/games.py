"""The World Nomad Games, in every version that was reported."""

import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity, keys_of

_YEAR = 2024


def versions(games: pd.DataFrame) -> pd.DataFrame:
    """Set out the Games item by item: what was reported, what had been announced.

    Returns
    -------
    DataFrame
        Columns ``item``, ``reported`` and ``announced`` (versions joined by " / "), ``disputed``
        (more than one version reported), ``source_keys``, in the order of the table ``games``.
    """
    items = []
    for item, rows in games.groupby("item", sort=False):
        reported, announced = (
            rows.loc[rows["stage"] == stage, "version"] for stage in ("reported", "announced")
        )
        keys = " ".join(keys_of(rows["source_keys"]))
        items.append((item, " / ".join(reported), " / ".join(announced), len(reported) > 1, keys))
    return pd.DataFrame(items, columns=["item", "reported", "announced", "disputed", "source_keys"])


def disputed(games: pd.DataFrame) -> Quantity:
    """Count the items of the Games that were reported in more than one version."""
    rows = versions(games)
    rows = rows[rows["disputed"]]
    rule = "items reported in more than one version"
    return Quantity.of(rows, len(rows), "items", rule, ("games",), year=_YEAR)


def reported(games: pd.DataFrame, item: str) -> Quantity:
    """Give a figure of the Games that sources agree on.

    Raises
    ------
    ReckoningError
        The item is not reported, not a figure, or reported in several versions.
    """
    rows = games[(games["item"] == item) & (games["stage"] == "reported")]
    if len(rows) != 1 or rows["value"].isna().any():
        raise ReckoningError(
            f"{len(rows)} reported versions of {item!r}", allowed="one version, with a figure"
        )
    row = rows.iloc[0]
    unit = row["unit"] if isinstance(row["unit"], str) else ""
    return Quantity.of(row, row["value"], unit, f"{item}, as reported", ("games",), year=_YEAR)
