"""How a turnover that one side stated is read: the one rule for every place that asks.

A side states exports and imports together or each apart, of a whole year or of its first months,
which are scaled to twelve; or it states only one of the two; or it publishes nothing but a sum over
several years, of which the yearly mean is taken.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity, keys_of
from .sides import BILLION

MONTHS = 12
#: What stands for the other members together where a partner is named.
GROUP = "OTS"
FLOWS = ("export", "import")


@dataclass(frozen=True)
class Turnover:
    """Exports and imports together, of a whole year.

    Attributes
    ----------
    usd : float
        Scaled to twelve months where fewer were stated.
    months : int
        What was stated covers them.
    basis : {"stated", "derived", "scaled"}
        As firm as its weakest part; all but the first are estimates.
    sources : tuple of str
        Keys of the bibliography.
    """

    usd: float
    months: int
    basis: str
    sources: tuple[str, ...]

    @property
    def estimate(self) -> bool:
        """Whether arithmetic of ours or of the source's reader made it."""
        return self.basis != "stated"

    @property
    def scaling(self) -> str:
        """What a rule says of the months, if they are not all."""
        return f", {self.months} months scaled to {MONTHS}" if self.months < MONTHS else ""


@dataclass(frozen=True)
class Stated:
    """The table ``trade_stated``, its rows found by their key: a path asks for thousands."""

    rows: dict[tuple[str, str, int], list[Any]]

    @classmethod
    def of(cls, stated: pd.DataFrame) -> "Stated":
        """Sort the rows by reporter, partner and year."""
        rows: dict[tuple[str, str, int], list[Any]] = {}
        for row in stated.itertuples():
            rows.setdefault((row.reporter, row.partner, row.year), []).append(row)
        return cls(rows)

    def turnover(self, reporter: str, partner: str, year: int) -> Turnover | None:
        """Read both ways together; none where one way or both were not stated.

        Raises
        ------
        ReckoningError
            Exports and imports cover different months.
        """
        rows = self.rows.get((reporter, partner, year), [])
        both = [row for row in rows if row.flow == "turnover"] or rows
        if sorted(row.flow for row in both) not in (["turnover"], [*FLOWS]):
            return None
        months = sorted({int(row.months) for row in both})
        if len(months) > 1:
            raise ReckoningError(
                f"{reporter} with {partner} in {year} mixes months {months}",
                where="trade_stated",
                allowed="exports and imports over the same months",
            )
        derived = any(row.basis == "derived" for row in both)
        return Turnover(
            float(sum(row.value_usd for row in both)) * MONTHS / months[0],
            months[0],
            "scaled" if months[0] < MONTHS else "derived" if derived else "stated",
            keys_of(row.source_keys for row in both),
        )

    def flow(self, reporter: str, partner: str, year: int, flow: str) -> Turnover | None:
        """Read one way alone, of twelve months; none where it was not stated."""
        for row in self.rows.get((reporter, partner, year), []):
            if row.flow == flow and row.months == MONTHS:
                return Turnover(float(row.value_usd), MONTHS, row.basis, keys_of([row.source_keys]))
        return None


@dataclass(frozen=True)
class YearlyMean:
    """The mean a year, in USD, of a sum that was published over several years."""

    usd: float
    first: int
    last: int
    sources: tuple[str, ...]

    @property
    def years(self) -> int:
        """How many years the sum holds."""
        return self.last - self.first + 1


def sums_with(sums: pd.DataFrame, reporter: str, partner: str, year: int) -> pd.DataFrame:
    """Choose the rows of the table ``trade_sums`` that hold a year; there may be none."""
    return sums[
        (sums["reporter"] == reporter)
        & (sums["partner"] == partner)
        & (sums["first_year"] <= year)
        & (sums["last_year"] >= year)
    ]


def mean_of_sum(
    sums: pd.DataFrame, reporter: str, partner: str, year: int, flow: str
) -> YearlyMean:
    """Spread a sum over its years, evenly; of several that hold the year, the first that ended.

    Raises
    ------
    ReckoningError
        No sum of the flow holds the year, or two that ended together.
    """
    rows = sums_with(sums, reporter, partner, year)
    rows = rows[rows["flow"] == flow]
    rows = rows[rows["last_year"] == rows["last_year"].min()]
    if len(rows) != 1:
        raise ReckoningError(
            f"{len(rows)} sums of {reporter}'s {flow}s with {partner} that hold {year}",
            where="trade_sums",
            allowed="one",
        )
    row = rows.iloc[0]
    first, last = int(row["first_year"]), int(row["last_year"])
    usd = float(row["value_usd"]) / (last - first + 1)
    return YearlyMean(usd, first, last, keys_of([row["source_keys"]]))


def stated_by(stated: pd.DataFrame, reporter: str, partner: str, year: int) -> Quantity:
    """Take a turnover that one side stated for a pair or for the group.

    Raises
    ------
    ReckoningError
        It stated none for the year.
    """
    found = Stated.of(stated).turnover(reporter, partner, year)
    if found is None:
        raise ReckoningError(
            f"{reporter} stated no turnover with {partner} in {year}", where="trade_stated",
            allowed="a year with a row of the two",
        )  # fmt: skip
    return Quantity(
        value=found.usd / BILLION,
        unit="USD billion",
        rule=f"turnover of {year} with {partner} as stated by {reporter}{found.scaling}",
        sources=found.sources,
        tables=("trade_stated",),
        year=year,
        estimate=found.estimate,
    )


def months_stated(stated: pd.DataFrame, reporter: str, partner: str, year: int) -> Quantity:
    """Say how many months of a year a side's turnover covers; none where it stated none.

    Examples
    --------
    >>> stated = pd.DataFrame({"reporter": ["AZE"], "partner": "OTS", "year": 2024, "months": 10,
    ...     "flow": "turnover", "value_usd": 5e9, "basis": "stated", "source_keys": "k"})
    >>> [months_stated(stated, "AZE", "OTS", year).value for year in (2024, 2025)]
    [10, 0]
    """
    found = Stated.of(stated).turnover(reporter, partner, year)
    return Quantity(
        found.months if found else 0, "months", f"months of {year} that {reporter} gave",
        found.sources if found else (), ("trade_stated",), year,
    )  # fmt: skip
