"""Whose report of a flow is taken: the exporter's, the importer's, or CEPII's of both."""

import pandas as pd

from ..countries import FIVE, Membership, pair_name
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

    Returns
    -------
    DataFrame
        One row a flow, of which ``n`` countries have ``n (n - 1)``: ``exporter_code``,
        ``importer_code``, a column in USD for each side ``needed`` (``exporter``, ``importer``,
        ``reconciled``), which must hold every flow, and ``source_keys``.

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
    rows = flows[_among(flows, membership) & (flows["year"] == year)]
    if rows.empty:
        years = sorted(int(y) for y in flows["year"].unique())
        raise ReckoningError(
            f"no flows among {membership.name} in {year}",
            where="trade_flows",
            allowed=f"{years[0]} to {years[-1]}, where given" if years else "any year with rows",
        )
    codes = sorted(membership.codes)
    out = pd.DataFrame(
        [(a, b) for a in codes for b in codes if a != b],
        columns=["exporter_code", "importer_code"],
    )
    ways = pd.MultiIndex.from_frame(out)
    keys = []
    for side in needed:
        reports = _one_side(rows, side, year, membership)
        by_way = reports.set_index(["exporter", "importer"])["value_usd"]
        out[side] = by_way.reindex(ways).to_numpy()
        if out[side].isna().any():
            gap = out[out[side].isna()].iloc[0]
            raise ReckoningError(
                f"no {side} figure for {gap['exporter_code']} to {gap['importer_code']} in {year}",
                where="trade_flows",
                allowed="a figure for every flow; a missing one is not a zero",
            )
        keys.append(keys_of(reports["source_keys"]))
    out["source_keys"] = " ".join(merge(*keys))
    return out


def _one_side(rows: pd.DataFrame, side: str, year: int, membership: Membership) -> pd.DataFrame:
    """Choose the reports of one side, of one edition, each flow once."""
    reports = rows[rows["side"] == side]
    editions = sorted(set(reports["edition"]))
    if not editions:
        raise ReckoningError(
            f"no {side} side in {year} for {membership.name}",
            where="trade_flows",
            allowed=", ".join(sorted(rows["side"].unique())),
        )
    if len(editions) > 1:
        raise ReckoningError(
            f"the {side} side of {year} mixes {' and '.join(editions)}",
            where="trade_flows",
            allowed="one edition in a total",
        )
    twice = reports[reports.duplicated(["exporter", "importer"])]
    if len(twice):
        way = f"{twice['exporter'].iloc[0]} to {twice['importer'].iloc[0]}"
        raise ReckoningError(f"{way} stands twice in {year}", where=f"trade_flows, {side} side")
    return reports


def _among(flows: pd.DataFrame, membership: Membership) -> pd.Series:
    """Say which flows are among the members: a mask."""
    members = membership.codes
    return flows["exporter"].isin(members) & flows["importer"].isin(members)


def side_of(flows: pd.DataFrame, first: str, second: str, year: int, side: str) -> Quantity:
    """Give a pair's two-way trade by one side's reports: exporter, importer or reconciled.

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
    return Quantity.of(
        rows,
        rows["value_usd"].sum() / BILLION,
        "USD billion",
        f"{pair_name(first, second)} both ways in {year}, {side} side",
        ("trade_flows",),
        year=year,
    )


def gaps(flows: pd.DataFrame, year: int, membership: Membership = FIVE) -> pd.DataFrame:
    """Compare the two reports of every pair of a year: mirror statistics.

    Returns
    -------
    DataFrame
        One row a pair, both directions together, largest first: ``pair``, ``exporters`` and
        ``importers`` (USD billion, by whose reports), ``gap`` (exporters' less importers'),
        ``ratio`` (importers' over exporters'; above 1 where freight and insurance are all that
        parts them), ``larger``, ``smaller``, ``mean``, ``source_keys``.

    Raises
    ------
    ReckoningError
        As `mirrors`; or the exporters report nothing, so that no ratio exists.

    Examples
    --------
    >>> rows = [("AZE", "KAZ", 2020, "exporter", 3e9, "x", "a"),
    ...         ("KAZ", "AZE", 2020, "exporter", 1e9, "x", "a"),
    ...         ("AZE", "KAZ", 2020, "importer", 1e9, "x", "a"),
    ...         ("KAZ", "AZE", 2020, "importer", 1e9, "x", "a")]
    >>> columns = "exporter importer year side value_usd edition source_keys".split()
    >>> two = Membership("two", ("AZE", "KAZ"))
    >>> row = gaps(pd.DataFrame(rows, columns=columns), 2020, two).iloc[0]
    >>> [float(row[name]) for name in ("exporters", "importers", "gap", "ratio", "mean")]
    [4.0, 2.0, 2.0, 0.5, 3.0]
    """
    both = mirrors(flows, year, membership, ("exporter", "importer"))
    codes = zip(both["exporter_code"], both["importer_code"], strict=True)
    both["pair"] = [pair_name(*pair) for pair in codes]
    by_pair = both.groupby("pair")[["exporter", "importer"]].sum() / BILLION
    if (by_pair["exporter"] <= 0).any():
        raise ReckoningError(
            f"exporters report nothing for {by_pair['exporter'].idxmin()} in {year}",
            where="trade_flows",
            allowed="a figure above zero, of which a ratio can be taken",
        )
    out = pd.DataFrame({"exporters": by_pair["exporter"], "importers": by_pair["importer"]})
    out["gap"] = out["exporters"] - out["importers"]
    out["ratio"] = out["importers"] / out["exporters"]
    sides = out[["exporters", "importers"]]
    out["larger"], out["smaller"] = sides.max(axis=1), sides.min(axis=1)
    out["mean"] = sides.mean(axis=1)
    out["source_keys"] = both["source_keys"].iloc[0]
    return out.reset_index().sort_values("larger", ascending=False, ignore_index=True)


def editions(
    flows: pd.DataFrame, pairs: pd.DataFrame, year: int, membership: Membership = FIVE
) -> pd.DataFrame:
    """Compare the reconciled matrix with the reconciled pair series for a year that both hold.

    Returns
    -------
    DataFrame
        One row a pair: ``pair``, ``matrix``, ``series`` (USD billion), ``difference`` (the matrix
        over the series, less 1), ``compared`` (the two editions), ``source_keys``. Pairs of which
        the year stands in one edition only are left out; there may be no others.
    """
    matrix = flows[(flows["side"] == "reconciled") & (flows["year"] == year)]
    rows = []
    for row in pairs[pairs["year"] == year].itertuples():
        inside = {row.first, row.second} <= set(membership.codes)
        if not inside or matrix.empty or matrix["edition"].iloc[0] == row.edition:
            continue
        other = side_of(flows, row.first, row.second, year, "reconciled")
        own = row.value_usd / BILLION
        rows.append((
            pair_name(row.first, row.second), other.value, own, other.value / own - 1,
            _compared(matrix["edition"].iloc[0], row.edition),
            " ".join(merge(other.sources, row.source_keys.split())),
        ))  # fmt: skip
    columns = ["pair", "matrix", "series", "difference", "compared", "source_keys"]
    return pd.DataFrame(rows, columns=columns)


def editions_apart(compared: pd.DataFrame, year: int) -> Quantity:
    """Say by how much, in percent, two editions differ over all pairs of `editions`, unsigned."""
    return Quantity.of(
        compared, 100 * abs(compared["matrix"].sum() / compared["series"].sum() - 1), "%",
        f"{len(compared)} pairs of {year} by two editions of CEPII's figures, one over the other",
        ("trade_flows", "trade_pairs"), year=year,
    )  # fmt: skip


def last_mirrored_year(flows: pd.DataFrame, membership: Membership = FIVE) -> int:
    """Give the last year of which both sides of every flow are at hand.

    Raises
    ------
    ReckoningError
        There is none.
    """
    rows = flows[_among(flows, membership) & flows["side"].isin(("exporter", "importer"))]
    whole = 2 * len(membership.codes) * (len(membership.codes) - 1)
    counted = rows.groupby("year").size()
    years = counted.index[counted == whole]
    if not len(years):
        raise ReckoningError("no year with both sides of every flow", where="trade_flows")
    return int(years.max())


def _compared(one: str, other: str) -> str:
    """Name two editions that are compared.

    Examples
    --------
    >>> _compared("BACI HS22 V202501", "BACI HS92 V202501")
    'BACI HS22 over BACI HS92, both of release V202501'
    >>> _compared("BACI HS22 V202501", "BACI HS92 V202601")
    'BACI HS22 V202501 over BACI HS92 V202601'
    """
    (name, _, release), (other_name, _, other_release) = (it.rpartition(" ") for it in (one, other))
    if release == other_release:
        return f"{name} over {other_name}, both of release {release}"
    return f"{one} over {other}"
