"""What the members trade: sections of the Harmonized System, together and pair by pair."""

import pandas as pd

from ..countries import pair_name
from ..errors import ReckoningError
from ..quantities import keys_of
from ..sections import NAMES
from .sides import BILLION

#: Years between the two that are compared.
APART = 10
#: What the smaller sections are together.
OTHERS = "Other sections"


def span(sections: pd.DataFrame) -> tuple[int, int]:
    """Give the last year of the table ``trade_sections``, after the year ten years before it.

    Raises
    ------
    ReckoningError
        That year is not in it.
    """
    years = set(sections["year"])
    last = int(max(years))
    if last - APART not in years:
        raise ReckoningError(
            f"no year {last - APART}",
            where="trade_sections",
            allowed=f"{last} and ten years before",
        )
    return last - APART, last


def by_section(sections: pd.DataFrame, *, most: int = 10) -> pd.DataFrame:
    """Add all pairs up, section by section, in the two years that are compared.

    Parameters
    ----------
    sections : DataFrame
        The table ``trade_sections``.
    most : int
        How many sections stand by themselves, the largest of the last year; the rest are one row.

    Returns
    -------
    DataFrame
        The largest first, the rest last: ``section`` (its number, or empty), ``name``, ``start``,
        ``end``, ``change`` (USD billion), ``share`` (of the last year, in percent),
        ``source_keys``.
    """
    wide = _wide(sections, ["section"])
    wide = wide.sort_values(["end", "section"], ascending=[False, True], ignore_index=True)
    wide["name"] = wide["section"].map(NAMES)
    if len(wide) > most + 1:
        rest = wide.iloc[most:][["start", "end"]].sum()
        rest = pd.DataFrame([{"section": "", "name": OTHERS, **rest}])
        wide = pd.concat([wide.iloc[:most], rest], ignore_index=True)
    return _compared(wide, sections, wide["end"].sum())[
        ["section", "name", "start", "end", "change", "share", "source_keys"]
    ]


def by_pair(sections: pd.DataFrame) -> pd.DataFrame:
    """Compare each pair's sections in the two years.

    Returns
    -------
    DataFrame
        One row a pair and section, pairs and sections in order of the last year, the largest first:
        ``pair``, ``section``, ``name``, ``start``, ``end``, ``change`` (USD billion), ``share`` (of
        the pair's trade in the last year, in percent), ``total`` (of the pair), ``source_keys``.
    """
    named = [pair_name(*pair) for pair in zip(sections["first"], sections["second"], strict=True)]
    wide = _wide(sections.assign(pair=named), ["pair", "section"])
    wide["name"] = wide["section"].map(NAMES)
    wide["total"] = wide.groupby("pair")["end"].transform("sum")
    found = _compared(wide, sections, wide["total"])
    order = ["total", "pair", "end", "section"]
    return found.sort_values(order, ascending=[False, True, False, True], ignore_index=True)[
        ["pair", "section", "name", "start", "end", "change", "share", "total", "source_keys"]
    ]


def _wide(sections: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    start, end = span(sections)
    sums = sections.groupby([*keys, "year"])["value_usd"].sum().div(BILLION).unstack(fill_value=0.0)
    return sums[[start, end]].set_axis(["start", "end"], axis=1).reset_index()


def _compared(wide: pd.DataFrame, sections: pd.DataFrame, whole: pd.Series | float) -> pd.DataFrame:
    return wide.assign(
        change=wide["end"] - wide["start"],
        share=100 * wide["end"] / whole,
        source_keys=" ".join(keys_of(sections["source_keys"])),
    )
