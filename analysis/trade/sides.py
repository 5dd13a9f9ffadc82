"""Whose report of a flow is taken: the exporter's, the importer's, or CEPII's of both."""

import pandas as pd

from ..countries import Membership, pair_name
from ..errors import ReckoningError
from ..quantities import Quantity, keys_of, merge

BILLION = 1e9


#: Side of the report -> how a reader would say it.
SIDES = {
    "exporters": "exporters' reports",
    "importers": "importers' reports",
    "larger": "larger of the two reports",
    "smaller": "smaller of the two reports",
    "reconciled": "reports reconciled by CEPII",
    "own": "each member's own reports",
}
COUNTS = ("once", "twice")


def mirrors(
    flows: pd.DataFrame, year: int, membership: Membership, needed: tuple[str, ...]
) -> pd.DataFrame:
    """Set the two reports of each flow of a year side by side.

    Parameters
    ----------
    flows : DataFrame
        The table ``trade_flows``.
    year : int
        The year.
    membership : Membership
        The countries: ``n`` countries have ``n (n - 1)`` directed flows.
    needed : tuple of {"exporter", "importer", "reconciled"}
        The sides that must hold every flow.

    Returns
    -------
    DataFrame
        One row a flow: ``exporter_code``, ``importer_code``, a column in USD for each side needed,
        and ``source_keys``.

    Raises
    ------
    ReckoningError
        See `CountingRule.total`.

    Examples
    --------
    >>> rows = [("AZE", "KAZ", 2020, "exporter", 3.0, "x", "a"),
    ...         ("KAZ", "AZE", 2020, "exporter", 4.0, "x", "a")]
    >>> columns = "exporter importer year side value_usd edition source_keys".split()
    >>> pair = Membership("two", ("AZE", "KAZ"))
    >>> both = mirrors(pd.DataFrame(rows, columns=columns), 2020, pair, ("exporter",))
    >>> float(both["exporter"].sum())
    7.0
    """
    codes = list(membership.codes)
    rows = flows[
        flows["exporter"].isin(codes) & flows["importer"].isin(codes) & (flows["year"] == year)
    ]
    if rows.empty:
        years = sorted(int(y) for y in flows["year"].unique())
        raise ReckoningError(
            f"no flows among {membership.name} in {year}",
            where="trade_flows",
            allowed=f"{years[0]} to {years[-1]}, where given" if years else "any year with rows",
        )
    out = pd.DataFrame(
        [(a, b) for a in sorted(codes) for b in sorted(codes) if a != b],
        columns=["exporter_code", "importer_code"],
    )
    keys = []
    for side in needed:
        told = rows[rows["side"] == side]
        if told.empty:
            raise ReckoningError(
                f"no {side} side in {year} for {membership.name}",
                where="trade_flows",
                allowed=", ".join(sorted(rows["side"].unique())),
            )
        if len(set(told["edition"])) > 1:
            raise ReckoningError(
                f"the {side} side of {year} mixes "
                + " and ".join(sorted(told["edition"].unique())),
                where="trade_flows",
                allowed="one edition in a total",
            )
        twice = told[told.duplicated(["exporter", "importer"])]
        if len(twice):
            raise ReckoningError(
                f"{_flow(twice.iloc[0])} stands twice in {year}", where=f"trade_flows, {side} side"
            )
        by_flow = told.set_index(["exporter", "importer"])["value_usd"]
        column = by_flow.reindex(pd.MultiIndex.from_frame(out)).to_numpy()
        out[side] = column
        if out[side].isna().any():
            gap = out[out[side].isna()].iloc[0]
            raise ReckoningError(
                f"no {side} figure for {gap['exporter_code']} to {gap['importer_code']} in {year}",
                where="trade_flows",
                allowed="a figure for every flow; a missing one is not a zero",
            )
        keys.append(keys_of(told["source_keys"]))
        out = out[["exporter_code", "importer_code", *needed[: needed.index(side) + 1]]]
    out["source_keys"] = " ".join(merge(*keys))
    return out


def side_of(flows: pd.DataFrame, first: str, second: str, year: int, side: str) -> Quantity:
    """Give a pair's two-way trade by one side's reports.

    Parameters
    ----------
    flows : DataFrame
        The table ``trade_flows``.
    first, second : str
        Country codes.
    year : int
        The year.
    side : {"exporter", "importer", "reconciled"}
        Whose reports.

    Raises
    ------
    ReckoningError
        The side does not give both directions.
    """
    rows = flows[
        flows["exporter"].isin((first, second))
        & flows["importer"].isin((first, second))
        & (flows["year"] == year)
        & (flows["side"] == side)
    ]
    if len(rows) != 2:
        raise ReckoningError(
            f"no {side} side for {pair_name(first, second)} in {year}", where="trade_flows"
        )
    return Quantity(
        value=float(rows["value_usd"].sum()) / BILLION,
        unit="USD billion",
        rule=f"{pair_name(first, second)} both ways in {year}, {side} side",
        sources=keys_of(rows["source_keys"]),
        tables=("trade_flows",),
        year=year,
    )


def _flow(row: pd.Series) -> str:
    return f"{row['exporter']} to {row['importer']}"
