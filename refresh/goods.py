"""What is traded: rows of the table ``trade_sections`` from a reduced release."""

import pandas as pd

from analysis.countries import FIVE
from analysis.trade.goods import APART

_COLUMNS = ["first", "second", "year", "section", "value_usd"]


def rows(flows: pd.DataFrame, **constant: str) -> pd.DataFrame:
    """Add up what the members sold each other, in the last year and ten years before.

    Parameters
    ----------
    flows : DataFrame
        As `refresh.sources.baci.reduce` gives it; rows of other partners are left out.
    constant : str
        Columns that are the same in every row: ``edition``, ``source_keys``.

    Returns
    -------
    DataFrame
        Rows of ``trade_sections``; none where the earlier year is not among the flows.
    """
    last = flows["year"].max()
    kept = flows[
        flows["year"].isin([last - APART, last])
        & flows["exporter"].isin(FIVE.codes)
        & flows["importer"].isin(FIVE.codes)
    ]
    if kept["year"].nunique() < 2:
        return pd.DataFrame(columns=[*_COLUMNS, *constant])
    ends = kept[["exporter", "importer"]]
    both = kept.assign(first=ends.min(axis=1), second=ends.max(axis=1))
    sums = both.groupby(_COLUMNS[:-1], as_index=False)["usd"].sum()
    whole = sums.rename(columns={"usd": "value_usd"}).astype({"value_usd": "int64"})
    return whole.assign(**constant)
