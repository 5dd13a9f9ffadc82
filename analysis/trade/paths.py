"""The once-counted path: every pair through the years, with what each figure rests on."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from ..countries import FIVE, NAMES, Membership, pair_name
from ..errors import ReckoningError
from ..quantities import Quantity, keys_of, merge
from .sides import BILLION

MONTHS = 12


#: How the central figure of a pair and year was come by, best first.
BASES = {
    "reconciled": "CEPII's reconciled figure",
    "reported": "Azerbaijan's own reports to the IMF or the United Nations",
    "stated": "a whole-year figure stated by Azerbaijan's side",
    "derived": "arithmetic on a stated figure",
    "scaled": "part of a year, scaled to twelve months",
    "residual": "Azerbaijan's total less its other pairs",
    "substitute": "CEPII's figure, where Azerbaijan's is not known",
}
#: Bases that are estimates of ours (grade E).
ESTIMATED = ("derived", "scaled", "residual")
#: How firm a basis is: taken from trade statistics; spliced in from another kind of source, where
#: the pair's own series has stopped; estimated by us.
KINDS = {
    "reconciled": "measured",
    "reported": "measured",
    "stated": "spliced",
    "substitute": "spliced",
    **dict.fromkeys(ESTIMATED, "estimated"),
}


def path(
    pairs: pd.DataFrame,
    flows: pd.DataFrame,
    stated: pd.DataFrame,
    membership: Membership = FIVE,
) -> pd.DataFrame:
    """Follow every pair through the years, each flow counted once.

    The central figure is CEPII's reconciled one. Where that is not at hand, as for Azerbaijan's
    pairs, it is Azerbaijan's own side: its reports to the IMF as far as they go, then the figures
    its customs service gave to the press. A year of which only some months are known is scaled to
    twelve; a pair that is not known is Azerbaijan's total less its other pairs. Low and high are
    the smallest and the largest two-way figure of the pair by any side or source.

    Parameters
    ----------
    pairs, flows, stated : DataFrame
        The tables ``trade_pairs``, ``trade_flows``, ``trade_stated``.
    membership : Membership
        Held fixed over all years, whatever the organisation's members were then.

    Returns
    -------
    DataFrame
        One row a pair and year: ``pair``, ``year``, ``low``, ``central``, ``high`` (USD billion),
        ``exporters`` and ``importers``, the same by the reports of either side, missing where it
        did not report both directions; ``basis`` (a key of `BASES`), ``edition``, ``source_keys``.

    Raises
    ------
    ReckoningError
        A pair has no figure in a year that another pair has.
    """
    known = _Figures.of(pairs, flows, stated)
    years = sorted(int(year) for year in pairs["year"].unique())
    return pd.DataFrame(
        [known.pair_year(*pair, year) for year in years for pair in membership.pairs()]
    )


def by_partners(by_pair: pd.DataFrame, flows: pd.DataFrame, code: str) -> pd.DataFrame:
    """Take the pairs of one country by its partners' reports: the other choice.

    Parameters
    ----------
    by_pair : DataFrame
        As `path` gives it.
    flows : DataFrame
        The table ``trade_flows``.
    code : str
        The country whose own reports `path` used.

    Returns
    -------
    DataFrame
        The path in which every figure of ``code``'s own reports is replaced by what the partner
        reports of its exports and imports; other rows stand, and so do all in a year of which a
        partner's report is not at hand. Where nothing rests on its own reports, nothing changes.
    """
    known = flows.set_index(["exporter", "importer", "year", "side"])["value_usd"]
    out = by_pair.copy()
    for _, rows in by_pair[own_reports(by_pair, code)].groupby("year"):
        told = {}
        for index, row in rows.iterrows():
            (partner,) = set(row["pair"].split("–")) - {code}
            year = row["year"]
            told[index] = [
                (partner, code, year, "exporter"),
                (code, partner, year, "importer"),
            ]
        if all(key in known.index for keys in told.values() for key in keys):
            for index, keys in told.items():
                out.loc[index, "central"] = sum(float(known[key]) for key in keys) / BILLION
    return out


def own_reports(by_pair: pd.DataFrame, code: str) -> pd.Series:
    """Say which rows of a path rest on one country's own reports: a mask."""
    return (by_pair["basis"] == "reported") & by_pair["pair"].str.contains(code)


def breaks(by_pair: pd.DataFrame) -> pd.DataFrame:
    """Find the years in which a path goes on from another kind of figure.

    Parameters
    ----------
    by_pair : DataFrame
        As `path` gives it.

    Returns
    -------
    DataFrame
        ``year`` and ``kind``: ``statements``, where a pair that was measured in the year before
        rests on what was stated or estimated; ``edition``, where the reconciled pairs are of no
        edition of the year before.

    Examples
    --------
    >>> by_pair = pd.DataFrame({"pair": ["a", "b"] * 2, "year": [1, 1, 2, 2],
    ...     "basis": ["reported", "reconciled", "stated", "reconciled"],
    ...     "edition": ["", "x", "", "y"]})
    >>> breaks(by_pair).values.tolist()
    [[2, 'statements'], [2, 'edition']]
    """
    rows = []
    before = by_pair.iloc[:0]
    for year, now in by_pair.groupby("year", sort=True):
        loose = set(now.loc[now["basis"].map(KINDS) != "measured", "pair"])
        if loose & set(before.loc[before["basis"].map(KINDS) == "measured", "pair"]):
            rows.append((int(year), "statements"))
        was, named = (set(frame["edition"]) - {""} for frame in (before, now))
        if was and named and not was & named:
            rows.append((int(year), "edition"))
        before = now
    return pd.DataFrame(rows, columns=["year", "kind"])


def yearly(by_pair: pd.DataFrame) -> pd.DataFrame:
    """Sum a path over its pairs.

    Parameters
    ----------
    by_pair : DataFrame
        As `path` gives it.

    Returns
    -------
    DataFrame
        One row a year, in USD billion: ``year``, ``low``, ``central``, ``high``; ``measured``,
        ``spliced`` and ``estimated``, the parts of ``central`` by `KINDS`; ``edition`` (of the
        reconciled pairs), ``source_keys``.

    Notes
    -----
    Low adds the smallest figure of every pair, high the largest: the band is a bound, wider than
    any single source would give.
    """
    kinds = by_pair["basis"].map(KINDS)
    parts = {
        kind: by_pair["central"].where(kinds == kind, 0.0)
        for kind in ("measured", "spliced", "estimated")
    }
    grouped = by_pair.assign(**parts).groupby("year", sort=True)
    out = grouped[["low", "central", "high", *parts]].sum()
    out["edition"] = grouped["edition"].agg(lambda column: " / ".join(sorted(set(column) - {""})))
    out["source_keys"] = grouped["source_keys"].agg(lambda column: " ".join(keys_of(column)))
    return out.reset_index()


def total_of(
    by_pair: pd.DataFrame, year: int, *, times: int = 1, which: str = "central"
) -> Quantity:
    """Take one year's total from a path.

    Parameters
    ----------
    by_pair : DataFrame
        As `path` gives it.
    year : int
        The year.
    times : {1, 2}
        How often each flow is counted.
    which : {"low", "central", "high"}
        Which figure of each pair.

    Raises
    ------
    ReckoningError
        The path lacks the year.
    """
    rows = by_pair[by_pair["year"] == year]
    if rows.empty:
        raise ReckoningError(
            f"no year {year}",
            where="path",
            allowed=f"{by_pair['year'].min()} to {by_pair['year'].max()}",
        )
    count = "once" if times == 1 else "twice"
    kind = {"low": "smallest figures of", "central": "sum of", "high": "largest figures of"}[which]
    return Quantity(
        value=times * float(rows[which].sum()),
        unit="USD billion",
        rule=f"{kind} {len(rows)} pairs in {year}, each flow counted {count}",
        sources=keys_of(rows["source_keys"]),
        tables=("trade_pairs", "trade_flows", "trade_stated"),
        year=year,
        estimate=bool(rows["basis"].isin(ESTIMATED).any()),
    )


def of_pair(by_pair: pd.DataFrame, pair: str, year: int) -> Quantity:
    """Take one pair's figure of a year from a path.

    Raises
    ------
    ReckoningError
        The path lacks the pair or the year.
    """
    rows = by_pair[(by_pair["pair"] == pair) & (by_pair["year"] == year)]
    if len(rows) != 1:
        raise ReckoningError(
            f"no figure for {pair} in {year}",
            where="path",
            allowed=", ".join(sorted(set(by_pair["pair"]))),
        )
    return total_of(rows, year).like(
        float(rows["central"].iloc[0]), "USD billion", f"{names_of(pair)} in {year}, by the path"
    )


def through(by_pair: pd.DataFrame, year: int, months: int) -> Quantity:
    """Give the part of a year's total that its first months hold at an even pace.

    Raises
    ------
    ReckoningError
        The path lacks the year, or the months are not 1 to 12.

    Examples
    --------
    >>> by_pair = pd.DataFrame({"pair": ["AZE–KAZ"], "year": 2023, "central": 24.0,
    ...                         "basis": "stated", "source_keys": "k"})
    >>> through(by_pair, 2023, 10).value
    20.0
    """
    if not 1 <= months <= MONTHS:
        raise ReckoningError(f"{months} months", allowed=f"1 to {MONTHS}")
    whole = total_of(by_pair, year)
    return replace(
        whole.like(
            whole.value * months / MONTHS,
            "USD billion",
            f"total of {year} times {months} over {MONTHS}: {months} months at an even pace",
        ),
        estimate=True,
    )


def estimated(by_pair: pd.DataFrame, year: int) -> Quantity:
    """Give the part of a year's total that rests on estimates."""
    rows = by_pair[by_pair["basis"].isin(ESTIMATED)]
    part = float(rows.loc[rows["year"] == year, "central"].sum())
    whole = total_of(by_pair, year)
    return whole.like(part, "USD billion", f"pairs of {year} whose figure is an estimate")


def member_totals(by_pair: pd.DataFrame, said: pd.DataFrame) -> pd.DataFrame:
    """Hold the path against what members' sides said of their own totals: a check, not a source.

    Parameters
    ----------
    by_pair : DataFrame
        As `path` gives it.
    said : DataFrame
        The table ``trade_member_totals``.

    Returns
    -------
    DataFrame
        The rows of ``said`` with ``low``, ``central`` and ``high``, the member's pairs added up
        (USD billion), ``ratio`` (the path's central over the stated) and ``path_keys``.

    Raises
    ------
    ReckoningError
        The path lacks a year or a member.

    Examples
    --------
    >>> by_pair = pd.DataFrame({"pair": ["AZE–KAZ", "AZE–TUR", "KAZ–TUR"], "year": 1,
    ...     "low": [1.0, 2.0, 4.0], "central": [1.0, 3.0, 5.0], "high": [2.0, 3.0, 6.0],
    ...     "source_keys": "k"})
    >>> said = pd.DataFrame({"reporter": ["AZE"], "year": 1, "usd_billion": [5.0]})
    >>> member_totals(by_pair, said)[["low", "central", "high", "ratio"]].values.tolist()
    [[3.0, 4.0, 5.0, 0.8]]
    """
    rows = []
    for row in said.to_dict("records"):
        year = by_pair[by_pair["year"] == row["year"]]
        mine = year[year["pair"].map(lambda pair, code=row["reporter"]: code in pair.split("–"))]
        if mine.empty:
            raise ReckoningError(
                f"no pair of {row['reporter']} in {row['year']}",
                where="trade_member_totals",
                allowed=f"a member of the path, {by_pair['year'].min()} to {by_pair['year'].max()}",
            )
        sums = {end: float(mine[end].sum()) for end in ("low", "central", "high")}
        rows.append(
            row
            | sums
            | {
                "ratio": sums["central"] / row["usd_billion"],
                "path_keys": " ".join(keys_of(mine["source_keys"])),
            }
        )
    return pd.DataFrame(rows)


#: Who reports a flow, as the table ``trade_flows`` says.
_SIDES = ("exporter", "importer")
#: A two-way figure of a pair: USD, and the keys of its sources.
_Figure = tuple[float, tuple[str, ...]]


@dataclass(frozen=True)
class _Figures:
    """Every figure of a pair and year, found by its key: the path asks for thousands."""

    pairs: dict[tuple[str, str, int], tuple[float, str, tuple[str, ...]]]
    flows: dict[tuple[str, str, int, str], _Figure]
    stated: dict[tuple[str, str, int], list[Any]]

    @classmethod
    def of(cls, pairs: pd.DataFrame, flows: pd.DataFrame, stated: pd.DataFrame) -> "_Figures":
        rows: dict[tuple[str, str, int], list[Any]] = {}
        for row in stated.itertuples():
            rows.setdefault((row.reporter, row.partner, row.year), []).append(row)
        return cls(
            pairs={
                (first, second, year): (float(value), edition, tuple(keys.split()))
                for first, second, year, value, edition, keys in zip(
                    pairs["first"], pairs["second"], pairs["year"], pairs["value_usd"],
                    pairs["edition"], pairs["source_keys"], strict=True,
                )
            },
            flows={
                (row.exporter, row.importer, row.year, row.side): (
                    float(row.value_usd),
                    tuple(row.source_keys.split()),
                )
                for row in flows.itertuples()
            },
            stated=rows,
        )  # fmt: skip

    def pair_year(self, first: str, second: str, year: int) -> dict[str, object]:
        """Give a row of the path."""
        known = list(self.everybody(first, second, year))
        central, basis, edition, keys = self.central(first, second, year)
        values = [central, *(value for value, _ in known)]
        return {
            "pair": pair_name(first, second),
            "year": year,
            "low": min(values) / BILLION,
            "central": central / BILLION,
            "high": max(values) / BILLION,
            **{f"{side}s": self.billion(first, second, year, side) for side in _SIDES},
            "basis": basis,
            "edition": edition,
            "source_keys": " ".join(merge(keys, *(k for _, k in known))),
        }

    def central(
        self, first: str, second: str, year: int
    ) -> tuple[float, str, str, tuple[str, ...]]:
        """Choose the best figure: value, basis, edition, sources."""
        if (first, second, year) in self.pairs:
            value, edition, keys = self.pairs[first, second, year]
            return value, "reconciled", edition, keys
        sold = self.flows.get((first, second, year, "exporter"))
        bought = self.flows.get((second, first, year, "importer"))
        if sold and bought:
            return sold[0] + bought[0], "reported", "", merge(sold[1], bought[1])
        found = self.by(first, second, year) or self.residual(first, second, year)
        if found:
            return found[0], found[1], "", found[2]
        matrix = self.side(first, second, year, "reconciled")
        if matrix:
            return matrix[0], "substitute", "", matrix[1]
        raise ReckoningError(
            f"no figure for {pair_name(first, second)} in {year}",
            where="trade_pairs, trade_flows, trade_stated",
            allowed="one figure or more for every pair and year",
        )

    def everybody(self, first: str, second: str, year: int) -> Iterator[_Figure]:
        """Give every two-way figure that somebody has stated or reported."""
        if (first, second, year) in self.pairs:
            value, _, keys = self.pairs[first, second, year]
            yield value, keys
        for side in (*_SIDES, "reconciled"):
            if found := self.side(first, second, year, side):
                yield found
        for reporter, partner in ((first, second), (second, first)):
            stated = self.by(reporter, partner, year)
            if stated and stated[1] == "stated":
                yield stated[0], stated[2]

    def side(self, first: str, second: str, year: int, side: str) -> _Figure | None:
        """Add up both directions by one side, where it gives both."""
        there = self.flows.get((first, second, year, side))
        back = self.flows.get((second, first, year, side))
        return (there[0] + back[0], merge(there[1], back[1])) if there and back else None

    def billion(self, first: str, second: str, year: int, side: str) -> float:
        """Give `side` in USD billion, or nan."""
        found = self.side(first, second, year, side)
        return found[0] / BILLION if found else float("nan")

    def by(
        self, reporter: str, partner: str, year: int
    ) -> tuple[float, str, tuple[str, ...]] | None:
        """Give what one side stated, scaled to twelve months where it must be."""
        rows = self.stated.get((reporter, partner, year), [])
        both = [row for row in rows if row.flow == "turnover"] or rows
        if sorted(row.flow for row in both) not in (["turnover"], ["export", "import"]):
            return None
        months = {row.months for row in both}
        if len(months) > 1:
            raise ReckoningError(
                f"{pair_name(reporter, partner)} in {year} mixes months {sorted(months)}",
                where="trade_stated",
                allowed="exports and imports over the same months",
            )
        (covered,) = months
        derived = any(row.basis == "derived" for row in both)
        basis = "scaled" if covered < MONTHS else "derived" if derived else "stated"
        value = sum(row.value_usd for row in both) * MONTHS / covered
        return value, basis, keys_of(row.source_keys for row in both)

    def residual(
        self, reporter: str, partner: str, year: int
    ) -> tuple[float, str, tuple[str, ...]] | None:
        """Give a pair as the reporter's total with the group less its other pairs."""
        whole = self.by(reporter, "OTS", year)
        others = [
            self.by(reporter, code, year) for code in FIVE.codes if code not in (reporter, partner)
        ]
        if whole is None or None in others:
            return None
        parts = [other for other in others if other]
        value = whole[0] - sum(part[0] for part in parts)
        return value, "residual", merge(whole[2], *(part[2] for part in parts))


def basis_of(by_pair: pd.DataFrame, year: int, *, kind: str) -> Quantity:
    """Give the share of a year's total that is measured, spliced or estimated, in percent.

    Parameters
    ----------
    by_pair : DataFrame
        As `path` gives it.
    year : int
        The year.
    kind : {"measured", "spliced", "estimated"}
        A value of `KINDS`.

    Raises
    ------
    ReckoningError
        An unknown kind, or a year that the path lacks.
    """
    kinds = sorted(set(KINDS.values()))
    if kind not in kinds:
        raise ReckoningError(f"kind {kind!r}", allowed=", ".join(kinds))
    whole = total_of(by_pair, year)
    rows = by_pair[(by_pair["year"] == year) & (by_pair["basis"].map(KINDS) == kind)]
    share = 100 * float(rows["central"].sum()) / whole.value
    return whole.like(share, "%", f"share of the total of {year} that is {kind}")


def names_of(pair: str) -> str:
    """Write a pair's name with the countries' names.

    Examples
    --------
    >>> names_of("AZE–TUR")
    'Azerbaijan–Türkiye'
    """
    return "–".join(NAMES[code] for code in pair.split("–"))
