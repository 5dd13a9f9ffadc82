"""The World Nomad Games, in every version that was reported."""

import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity, keys_of


def versions(games: pd.DataFrame) -> pd.DataFrame:
    """Set out the Games item by item: what was reported, what had been announced.

    Parameters
    ----------
    games : DataFrame
        Table ``games``.

    Returns
    -------
    DataFrame
        Columns ``item``, ``reported`` and ``announced`` (versions joined by " / "), ``disputed``
        (more than one version reported), ``source_keys``, in the order of the table.
    """
    found = []
    for item, rows in games.groupby("item", sort=False):
        said = rows.loc[rows["stage"] == "reported", "version"]
        told = rows.loc[rows["stage"] == "announced", "version"]
        found.append(
            (
                item,
                " / ".join(said),
                " / ".join(told),
                len(said) > 1,
                " ".join(keys_of(rows["source_keys"])),
            )
        )
    return pd.DataFrame(found, columns=["item", "reported", "announced", "disputed", "source_keys"])


def disputed(games: pd.DataFrame) -> Quantity:
    """Count the items of the Games that were reported in more than one version."""
    rows = versions(games)
    rows = rows[rows["disputed"]]
    return Quantity(
        float(len(rows)),
        "items",
        "items reported in more than one version",
        keys_of(rows["source_keys"]),
        ("games",),
        2024,
    )


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
    return Quantity(
        float(row["value"]),
        row["unit"] if isinstance(row["unit"], str) else "",
        f"{item}, as reported",
        tuple(row["source_keys"].split()),
        ("games",),
        2024,
    )
