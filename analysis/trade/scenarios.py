"""The last year's total by scenario: each open question answered one way, with its reason.

Pairs that CEPII does not give are Azerbaijan's. They rest on reports that cover part of the year or
that the other side contradicts. Nobody says which answer is right, so a scenario has a name and a
reason, and no probability; where every pair is measured and no second edition is at hand, nothing
is open.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, Self

import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity, keys_of, merge
from ..rows import one
from .paths import ESTIMATED, KINDS, TABLES
from .sides import BILLION, editions
from .turnovers import GROUP, MONTHS, Stated, mean_of_sum, stated_by

_REPORTER, _OPEN, _OTHER = "AZE", "TUR", "KAZ"
#: Scenario -> what a reader is told of it.
NAMES = {
    "central": "Azerbaijan's ten months at an even pace",
    "statistics": "Azerbaijan–Türkiye with the yearly mean of Türkiye's recorded imports",
    "minister": "Azerbaijan–Türkiye as Türkiye's minister stated it",
    "slow": "The slowest rest of a year seen after ten months",
    "fast": "The fastest rest of a year seen after ten months",
    "partner": "Azerbaijan–Kazakhstan as Kazakhstan's half-year has it",
    "release low": "Another release of CEPII, every pair lower",
    "release high": "Another release of CEPII, every pair higher",
    "lowest": "Every question at its lowest answer",
    "highest": "Every question at its highest answer",
}
REASONS = {
    "central": "The side that records the gas; the January to November figure agrees",
    "statistics": "Very probably lacks gas: it is a fifth of what Azerbaijan reports",
    "minister": "Said in round figures; no table was found behind it",
    "slow": "Azerbaijan with Türkiye in 2023",
    "fast": "Azerbaijan with Türkiye in 2021",
    "partner": "January to June, doubled",
    "release low": "By as much as two releases differed for the pair in the year before",
    "release high": "By as much as two releases differed for the pair in the year before",
    "lowest": "An outer bound: the answers need not come together",
    "highest": "An outer bound: the answers need not come together",
}


class Records(NamedTuple):
    """The tables ``trade_flows`` and so on that a count rests on, as they are, of every year."""

    flows: pd.DataFrame
    pairs: pd.DataFrame
    stated: pd.DataFrame
    sums: pd.DataFrame
    parts: pd.DataFrame

    @classmethod
    def of(cls, read: Callable[[str], pd.DataFrame]) -> Self:
        """Read each of them by its name."""
        return cls(*(read(f"trade_{name}") for name in cls._fields))


def scenarios(by_pair: pd.DataFrame, records: Records) -> pd.DataFrame:
    """Give the five members' total of the path's last year, each flow once, by scenario.

    Returns
    -------
    DataFrame
        ``scenario`` (of `NAMES`; only those that are open, ``central`` always, ``lowest`` and
        ``highest`` where anything is), ``name``, ``reason``, ``usd_billion``, ``source_keys``.

    Raises
    ------
    ReckoningError
        A figure is absent that an open question needs.
    """
    flows, pairs, stated, sums, parts = records
    year = int(by_pair["year"].max())
    now = by_pair[by_pair["year"] == year].set_index("pair")
    central = float(now["central"].sum())
    keys = keys_of(now["source_keys"])
    own = now[now.index.str.contains(_REPORTER) & (now["basis"].map(KINDS) != "measured")]
    if year in set(flows.loc[flows["side"] == "reconciled", "year"]):
        # Its matrix leaves nothing open.
        own, pairs = own.iloc[:0], pairs.iloc[:0]
    #: What each answer adds to the central total, by question, with its sources.
    answers: dict[str, dict[str, float]] = {}
    found: dict[str, tuple[str, ...]] = {}
    rest = float(own["central"].sum())
    if (pair := f"{_REPORTER}–{_OPEN}") in own.index:
        said, found["side"] = _other_side(stated, sums, year)
        here = float(own.loc[pair, "central"])
        answers["side"] = {name: value - here for name, value in said.items()}
        rest -= here
    if own["basis"].isin(ESTIMATED).any():
        whole = Stated.of(stated).turnover(_REPORTER, GROUP, year)
        if whole is None:
            raise ReckoningError(f"{_REPORTER} stated no total of {year}", where="trade_stated",
                                 allowed="a year with a row of the group")  # fmt: skip
        if whole.months < MONTHS:
            paces = rest_of_year(parts)["rate"]
            group = float(own["central"].sum())
            part = (MONTHS - whole.months) / MONTHS
            answers["months"] = {
                "slow": group * part * (paces.min() - 1), "fast": group * part * (paces.max() - 1)
            }  # fmt: skip
            found["months"] = merge(whole.sources, keys_of(parts["source_keys"]))
    if (pair := f"{_REPORTER}–{_OTHER}") in own.index:
        theirs = stated_by(stated, _OTHER, _REPORTER, year)
        answers["partner"] = {"partner": theirs.value - float(own.loc[pair, "central"])}
        found["partner"] = theirs.sources
    apart, compared = _releases(flows, pairs, now.index.difference(own.index), now)
    if apart:
        answers["release"] = {"release low": -apart, "release high": apart}
        found["release"] = compared
    rows: list[tuple[Any, ...]] = [("central", central, keys)]
    rows += [
        (name, central + added, merge(keys, found[question]))
        for question, choices in answers.items()
        for name, added in choices.items()
    ]
    if answers:
        everything = merge(keys, *found.values())
        for name, end in (("lowest", min), ("highest", max)):
            total = central
            for question, choices in answers.items():
                added = end(0.0, *choices.values())
                if question == "months" and "side" in answers:
                    # Türkiye's figures are of the whole year: only the other pairs are scaled.
                    added *= rest / float(own["central"].sum())
                total += added
            rows.append((name, total, everything))
    out = pd.DataFrame(rows, columns=["scenario", "usd_billion", "keys"])
    out["name"], out["reason"] = out["scenario"].map(NAMES), out["scenario"].map(REASONS)
    out["year"], out["source_keys"] = year, out.pop("keys").map(" ".join)
    return out


def scenario(table: pd.DataFrame, name: str) -> Quantity:
    """Take the total of one scenario; where nothing is open, the ends are the central total."""
    row = one(table, "scenarios", scenario=name if name in set(table["scenario"]) else "central")
    return Quantity.of(
        row, row["usd_billion"], "USD billion",
        f"five members in {row['year']}, each flow once: {row['name']}", TABLES,
        year=int(row["year"]), estimate=True,
    )  # fmt: skip


def _releases(
    flows: pd.DataFrame, pairs: pd.DataFrame, measured: pd.Index, now: pd.DataFrame
) -> tuple[float, tuple[str, ...]]:
    """Say by how much two releases of CEPII would differ in the last year, and from what."""
    matrices = flows.loc[flows["side"] == "reconciled", "year"]
    if matrices.empty:
        return 0.0, ()
    gaps = editions(flows, pairs, int(matrices.max())).set_index("pair")
    apart = sum(
        float(now.loc[pair, "central"]) * abs(float(gaps["difference"].get(pair, 0.0)))
        for pair in measured
    )
    return apart, keys_of(gaps["source_keys"]) if len(gaps) else ()


def _other_side(
    stated: pd.DataFrame, sums: pd.DataFrame, year: int
) -> tuple[dict[str, float], tuple[str, ...]]:
    """Give what the other side states of the open pair: its statistics, and its minister."""
    minister = stated_by(stated, _OPEN, _REPORTER, year)
    sold = Stated.of(stated).flow(_OPEN, _REPORTER, year, "export")
    if sold is None:
        raise ReckoningError(
            f"{_OPEN} stated no exports to {_REPORTER} in {year}", where="trade_stated",
            allowed="a year with a row of the two",
        )  # fmt: skip
    bought = mean_of_sum(sums, _OPEN, _REPORTER, year, "import")
    found = {"statistics": (sold.usd + bought.usd) / BILLION, "minister": minister.value}
    return found, merge(minister.sources, sold.sources, bought.sources)


def rest_of_year(parts: pd.DataFrame) -> pd.DataFrame:
    """Compare a rest of year with the months before it, from the table ``trade_parts``.

    Returns
    -------
    DataFrame
        The rows with ``rate``: turnover a month after the part over turnover a month in it.

    Raises
    ------
    ReckoningError
        A part is larger than its whole.

    Examples
    --------
    Six of nine billion in eight months leave three for four: as fast as before.

    >>> parts = pd.DataFrame({"months": [8], "part_usd": [6e9], "whole_usd": [9e9]})
    >>> rest_of_year(parts)["rate"].tolist()
    [1.0]
    """
    if (parts["part_usd"] > parts["whole_usd"]).any():
        raise ReckoningError(
            "a part of a year is larger than the year", where="trade_parts", allowed="part <= whole"
        )
    after = (parts["whole_usd"] - parts["part_usd"]) / (MONTHS - parts["months"])
    return parts.assign(rate=after / (parts["part_usd"] / parts["months"]))
