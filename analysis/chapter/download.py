"""The data behind a figure, as a file that a reader opens in a spreadsheet."""

import pandas as pd

from ..tables import FORMULA


def csv_of(frame: pd.DataFrame) -> str:
    """Write a frame as CSV whose every text is read as text.

    A cell that a spreadsheet would take for a formula is given an apostrophe in front, as
    spreadsheets themselves write a text that looks like one. The index is left out.

    Examples
    --------
    >>> print(csv_of(pd.DataFrame({"who": ["=1+1", "-5", "Kazakhstan"], "value": [-1.5, 2, 3]})))
    who,value
    '=1+1,-1.5
    -5,2
    Kazakhstan,3
    <BLANKLINE>
    """
    safe = frame.map(_text).rename(columns=_text)
    return str(safe.to_csv(index=False, lineterminator="\n", float_format="%.6g"))


def _text(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell
