"""How much the trade of the group matters: shares, intensity, concentration."""

import pandas as pd

from ..countries import FIVE, Membership
from ..errors import ReckoningError
from ..quantities import Quantity, keys_of, merge
from ..rows import chosen
from .paths import TABLES
from .sides import BILLION, mirrors

#: Data sets of the totals: whichever release of BACI the table holds, and the World Bank's.
BACI, WDI = "BACI", "World Development Indicators"


def member_shares(
    flows: pd.DataFrame, totals: pd.DataFrame, year: int, membership: Membership = FIVE
) -> pd.DataFrame:
    """Give the share of each member's trade that is with the other members, from one source.

    Numerator and denominator are both reconciled figures of one release of BACI.

    Returns
    -------
    DataFrame
        One row a member, largest share first: ``country``, ``inside`` and ``world`` (exports and
        imports, USD billion), ``share`` (percent), ``edition``, ``source_keys``.

    Raises
    ------
    ReckoningError
        As `mirrors`; a member's total is absent; flows and totals are of two editions.
    """
    matrix = mirrors(flows, year, membership, ("reconciled",))
    edition = _edition(flows, year)
    rows = []
    for code in sorted(membership.codes):
        mine = matrix[(matrix["exporter_code"] == code) | (matrix["importer_code"] == code)]
        sold, bought, keys = world(totals, code, year, edition)
        inside = float(mine["reconciled"].sum()) / BILLION
        whole = (sold + bought) / BILLION
        rows.append(
            (code, inside, whole, 100 * inside / whole, edition,
             " ".join(merge(keys_of(mine["source_keys"]), keys)))
        )  # fmt: skip
    columns = ["country", "inside", "world", "share", "edition", "source_keys"]
    return pd.DataFrame(rows, columns=columns).sort_values(
        "share", ascending=False, ignore_index=True
    )


def share_path(
    by_pair: pd.DataFrame, totals: pd.DataFrame, membership: Membership = FIVE
) -> pd.DataFrame:
    """Follow those shares through the years, from two sources.

    The numerator is the once-counted path; the denominator the World Bank's merchandise totals,
    which rest on the members' own reports. The two do not match exactly, so these shares show a
    direction; `member_shares` shows a level.

    Returns
    -------
    DataFrame
        One row a member and year, and one a year for ``OTS``, the members together (each flow
        then stands in both numerator and denominator twice): ``country``, ``year``, ``share``
        (percent), ``source_keys``.

    Raises
    ------
    ReckoningError
        A member's total is absent in a year of the path.
    """
    rows = []
    for year, pairs in by_pair.groupby("year"):
        inside = whole = 0.0
        keys: tuple[str, ...] = ()
        for code in sorted(membership.codes):
            mine = pairs[pairs["pair"].str.contains(code)]
            sold, bought, found = world(totals, code, int(year), WDI)
            own, total = float(mine["central"].sum()), (sold + bought) / BILLION
            keys = merge(keys_of(mine["source_keys"]), found)
            rows.append((code, int(year), 100 * own / total, " ".join(keys)))
            inside, whole = inside + own, whole + total
        rows.append(("OTS", int(year), 100 * inside / whole, " ".join(keys)))
    return pd.DataFrame(rows, columns=["country", "year", "share", "source_keys"])


def share_of(shares: pd.DataFrame, country: str, year: int | None = None) -> Quantity:
    """Take one share from `member_shares` or, with the year, from `share_path`.

    Raises
    ------
    ReckoningError
        There is no such share.
    """
    path = "year" in shares
    rows = chosen(shares, "shares", country=country, **({"year": year} if path else {}))
    edition = "" if path else str(rows["edition"].iloc[0]).rpartition(" ")[0]
    return Quantity.of(
        rows,
        rows["share"].iloc[0],
        "%",
        "trade with the other members over trade with the world, exports and imports, "
        + (f"our series over World Bank totals, {year}" if path else f"both from {edition}"),
        (*TABLES, "trade_totals") if path else ("trade_flows", "trade_totals"),
        year=year,
    )


def share_by(shares: pd.DataFrame, found: pd.DataFrame, which: str, year: int) -> Quantity:
    """Take the five's share in a year by the partners' reports of Azerbaijan's trade.

    ``shares`` and ``found`` are as `share_path` and `analysis.trade.choices` give them, the year is
    the first or the last of ``found``; ``least`` or ``most`` of the partners' figures is taken.

    Raises
    ------
    ReckoningError
        There is no partners' figure.
    """
    end = "first" if year == found["start"].iloc[0] else "last"
    rows = found[found["side"] == "partners"].sort_values(end)
    own = found[found["side"] == "own"].iloc[0]
    if rows.empty:
        raise ReckoningError(f"no partners' figure of {year}", where="choices")
    row = rows.iloc[{"least": 0, "most": -1}[which]]
    share = share_of(shares, "OTS", year)
    return Quantity(
        value=share.value * float(row[end]) / float(own[end]), unit="%",
        rule=f"({share.rule}), the numerator by: {row['choice']}",
        sources=merge(share.sources, row["source_keys"].split()), tables=share.tables, year=year,
        estimate=True,
    )  # fmt: skip


def world(
    totals: pd.DataFrame, country: str, year: int, edition: str
) -> tuple[float, float, tuple[str, ...]]:
    """Find a country's exports and imports with the world.

    Returns
    -------
    tuple
        Exports and imports in USD, and the source keys.

    Raises
    ------
    ReckoningError
        The table lacks them.
    """
    row = _total(totals, country, year, edition)
    keys = tuple(row["source_keys"].split())
    return float(row["exports_usd"]), float(row["imports_usd"]), keys


def world_trade(
    totals: pd.DataFrame,
    year: int,
    membership: Membership = FIVE,
    edition: str = WDI,
    *,
    exports_only: bool = False,
) -> Quantity:
    """Add up the members' trade with the whole world: exports and imports of each, or exports.

    Raises
    ------
    ReckoningError
        A member's total is absent.
    """
    found = [world(totals, code, year, edition) for code in membership.codes]
    what = "exports" if exports_only else "exports and imports"
    name = f"{'five ' * membership.name.startswith('with ')}{membership.name}"
    return Quantity(
        value=sum(sold + (0 if exports_only else bought) for sold, bought, _ in found) / BILLION,
        unit="USD billion",
        rule=f"{what} of {name} with the world in {year}, {edition}",
        sources=merge(*(keys for _, _, keys in found)),
        tables=("trade_totals",),
        year=year,
    )


def intensity(
    flows: pd.DataFrame, totals: pd.DataFrame, year: int, membership: Membership = FIVE
) -> pd.DataFrame:
    """Say how many times more two members trade than their size in world trade would give.

    The index of a flow is the partner's share in the exporter's exports over the partner's share
    in the exports of the whole world, ``(x_ij / X_i) / (X_wj / X_w)`` (Mikic and Gilbert 2009,
    chapter on the direction of trade; after Brown 1949 and Kojima 1964). Above 1 the exporter
    sells more to the partner than the world on average does.

    Returns
    -------
    DataFrame
        One row a directed flow: ``exporter``, ``importer``, ``usd_billion``, ``intensity``,
        ``source_keys``.

    Raises
    ------
    ReckoningError
        As `mirrors`; a total is absent.

    Notes
    -----
    ``x_ij``, ``X_i`` and ``X_wj`` (the partner's imports) are BACI's; ``X_w``, the world's exports,
    is the World Bank's, as the copy of BACI at hand lacks it. ``X_w`` scales all values alike.
    """
    matrix = mirrors(flows, year, membership, ("reconciled",))
    edition = _edition(flows, year)
    everything, _, w_keys = world(totals, "WLD", year, WDI)
    rows = []
    for row in matrix.itertuples():
        sold, _, i_keys = world(totals, row.exporter_code, year, edition)
        _, bought, j_keys = world(totals, row.importer_code, year, edition)
        rows.append(
            (row.exporter_code, row.importer_code, row.reconciled / BILLION,
             (row.reconciled / sold) / (bought / everything),
             " ".join(merge(row.source_keys.split(), i_keys, j_keys, w_keys)))
        )  # fmt: skip
    columns = ["exporter", "importer", "usd_billion", "intensity", "source_keys"]
    return pd.DataFrame(rows, columns=columns)


def _total(totals: pd.DataFrame, country: str, year: int, edition: str) -> pd.Series:
    """Find the one row of a country and year in a data set, or in one release of it."""
    keys = zip(totals["country"], totals["year"], totals["edition"], strict=True)
    places = [
        place for place, (*key, release) in enumerate(keys)
        if key == [country, year] and f"{release} ".startswith(f"{edition} ")
    ]  # fmt: skip
    if len(places) != 1:
        raise ReckoningError(
            f"{len(places)} totals of {country} in {year} by {edition}",
            where="trade_totals",
            allowed="one",
        )
    return totals.iloc[places[0]]


def _edition(flows: pd.DataFrame, year: int) -> str:
    """Name the one edition of a year's reconciled matrix."""
    rows = flows[(flows["side"] == "reconciled") & (flows["year"] == year)]
    found = sorted(set(rows["edition"]))
    if len(found) != 1:
        raise ReckoningError(
            f"{len(found)} editions of the reconciled matrix of {year}",
            where="trade_flows",
            allowed="one edition in a share",
        )
    return str(found[0])
