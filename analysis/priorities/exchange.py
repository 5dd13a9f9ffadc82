"""Trade among the members, as an indicator beside the others."""

import pandas as pd

from ..errors import ReckoningError

NAME, UNIT = "trade_with_members", "% of goods trade"


def trade_with_members(
    shares: pd.DataFrame,
    by_pair: pd.DataFrame,
    codes: tuple[str, ...],
    estimated: tuple[str, ...],
) -> pd.DataFrame:
    """Take the share of each member's trade that is with the others from the trade chapter.

    ``shares`` and ``by_pair`` are as `analysis.trade.share_path` and `analysis.trade.path` give
    them; a share that rests on one of the ``estimated`` bases is an estimate.

    Returns
    -------
    DataFrame
        Rows as in the table ``indicators``.

    Raises
    ------
    ReckoningError
        A member has no share.

    Examples
    --------
    >>> shares = pd.DataFrame({"country": ["AZE", "KAZ"], "year": [2024, 2024],
    ...                        "share": [14.0, 9.0], "source_keys": ["a", "b"]})
    >>> pairs = pd.DataFrame({"pair": ["AZE–TUR", "KAZ–TUR"], "year": [2024, 2024],
    ...                       "basis": ["residual", "reconciled"]})
    >>> found = trade_with_members(shares, pairs, ("AZE", "KAZ"), ("residual",))
    >>> found[["country", "value", "basis"]].to_numpy().tolist()
    [['AZE', 14.0, 'estimate'], ['KAZ', 9.0, 'reported']]
    """
    missing = sorted(set(codes) - set(shares["country"]))
    if missing:
        raise ReckoningError(f"no share of {', '.join(missing)}", allowed=", ".join(codes))
    estimates = by_pair[by_pair["basis"].isin(estimated)]
    marked = {(code, row.year) for row in estimates.itertuples() for code in row.pair.split("–")}
    rows = shares[shares["country"].isin(codes)].sort_values(["country", "year"])
    basis = [
        "estimate" if (row.country, row.year) in marked else "reported" for row in rows.itertuples()
    ]
    return pd.DataFrame(
        {
            "indicator": NAME,
            "country": rows["country"],
            "year": rows["year"].astype(int),
            "value": rows["share"].astype(float),
            "unit": UNIT,
            "basis": basis,
            "vintage": "the trade chapter's once-counted path over WDI totals",
            "standard_error": float("nan"),
            "source_keys": rows["source_keys"],
        }
    ).reset_index(drop=True)
