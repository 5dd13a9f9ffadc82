"""The once-counted path: every pair through the years, with what each figure rests on."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from ..countries import FIVE, NAMES, Membership, pair_name
from ..errors import ReckoningError
from ..quantities import Quantity, keys_of, merge
from ..rows import chosen
from .sides import BILLION, side_of
from .turnovers import GROUP, Stated, Turnover

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
#: Tables that a path is made from.
TABLES = ("trade_pairs", "trade_flows", "trade_stated")
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
    the smallest and the largest two-way figure of the pair by any side or source. The membership is
    held fixed over all years, whatever the organisation's members were then.

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
    figures = _Figures.of(pairs, flows, stated)
    years = sorted(int(year) for year in pairs["year"].unique())
    return pd.DataFrame(
        [figures.pair_year(*pair, year) for year in years for pair in membership.pairs()]
    )


def by_partners(by_pair: pd.DataFrame, flows: pd.DataFrame, code: str) -> pd.DataFrame:
    """Take the pairs of one country by its partners' reports: the other choice.

    Every figure of ``code``'s own reports is replaced by what the partner reports of its exports
    and imports; other rows stand, and so do all in a year that lacks a partner's report.
    """
    reported = flows.set_index(["exporter", "importer", "year", "side"])["value_usd"]
    out = by_pair.copy()
    for year, rows in by_pair[own_reports(by_pair, code)].groupby("year"):
        ways = {}
        for index, pair in rows["pair"].items():
            (partner,) = set(pair.split("–")) - {code}
            ways[index] = [(partner, code, year, "exporter"), (code, partner, year, "importer")]
        if all(way in reported.index for both in ways.values() for way in both):
            for index, both in ways.items():
                out.loc[index, "central"] = sum(float(reported[way]) for way in both) / BILLION
    return out


def own_reports(by_pair: pd.DataFrame, code: str) -> pd.Series:
    """Say which rows of a path rest on one country's own reports: a mask."""
    return (by_pair["basis"] == "reported") & by_pair["pair"].str.contains(code)


#: From one year to the next, by its own reports, a flow that grows so many times is a break.
JUMP = 2.5


def jump(flows: pd.DataFrame, exporter: str, importer: str, year: int) -> Quantity:
    """Say how many times the flow of the year before the exporter reports for a year.

    Raises
    ------
    ReckoningError
        A report is absent.

    Examples
    --------
    >>> flows = pd.DataFrame({"exporter": "AZE", "importer": "TUR", "side": "exporter",
    ...                       "year": [1, 2], "value_usd": [0.5, 1.5], "source_keys": "k"})
    >>> jump(flows, "AZE", "TUR", 2).value
    3.0
    """
    rows = chosen(
        flows, "trade_flows", exporter=exporter, importer=importer, side="exporter",
        year=(year - 1, year),
    )  # fmt: skip
    by_year = rows.set_index("year")["value_usd"]
    if len(by_year) < 2:
        raise ReckoningError(f"{exporter} to {importer}: no report of {year - 1} and {year}",
                             where="trade_flows")  # fmt: skip
    return Quantity.of(
        rows, by_year[year] / by_year[year - 1], "times",
        f"{exporter}'s reported sales to {importer}, {year} over {year - 1}", ("trade_flows",),
        year=year,
    )  # fmt: skip


def breaks(
    by_pair: pd.DataFrame, flows: pd.DataFrame | None = None, *, since: int = 0
) -> pd.DataFrame:
    """Find the years in which a path goes on from another kind of figure.

    Returns
    -------
    DataFrame
        ``year`` and ``kind``: ``statements``, where a pair that was measured in the year before
        rests on what was stated or estimated; ``edition``, where the reconciled pairs are of no
        edition of the year before; ``gas``, where ``flows`` show what Azerbaijan reports of its
        sales to Türkiye grow `JUMP` times or more in a year, in a year after ``since``.

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
    for year, now in by_pair.groupby("year"):
        loose = set(now.loc[now["basis"].map(KINDS) != "measured", "pair"])
        if loose & set(before.loc[before["basis"].map(KINDS) == "measured", "pair"]):
            rows.append((int(year), "statements"))
        was, named = (set(frame["edition"]) - {""} for frame in (before, now))
        if was and named and not was & named:
            rows.append((int(year), "edition"))
        if flows is not None and int(year) > since and not before.empty:
            try:
                if jump(flows, "AZE", "TUR", int(year)).value >= JUMP:
                    rows.append((int(year), "gas"))
            except ReckoningError:  # a year without its report
                pass
        before = now
    return pd.DataFrame(rows, columns=["year", "kind"])


def yearly(by_pair: pd.DataFrame) -> pd.DataFrame:
    """Sum a path over its pairs.

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
    grouped = by_pair.assign(**parts).groupby("year")
    out = grouped[["low", "central", "high", *parts]].sum()
    out["edition"] = grouped["edition"].agg(lambda column: " / ".join(sorted(set(column) - {""})))
    out["source_keys"] = grouped["source_keys"].agg(lambda column: " ".join(keys_of(column)))
    return out.reset_index()


def total_of(by_pair: pd.DataFrame, year: int, *, times: int = 1) -> Quantity:
    """Take one year's total from a path, each flow counted so many ``times``.

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
    return Quantity.of(
        rows,
        times * rows["central"].sum(),
        "USD billion",
        f"sum of {len(rows)} pairs in {year}, each flow counted "
        f"{'once' if times == 1 else 'twice'}",
        TABLES,
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
    total = total_of(rows, year)
    return total.derived(total.value, total.unit, f"{names_of(pair)} in {year}, in our series")


def beside_matrix(by_pair: pd.DataFrame, flows: pd.DataFrame, year: int) -> pd.DataFrame:
    """Set the path beside CEPII's matrix of a year, pair by pair: two figures for one thing.

    Returns
    -------
    DataFrame
        One row a pair, largest difference first: ``pair``, ``matrix``, ``series``, ``difference``
        (the matrix less the series; USD billion), ``matrix_edition``, ``basis``, ``edition``,
        ``source_keys``.

    Raises
    ------
    ReckoningError
        The matrix of the year lacks a flow.

    Examples
    --------
    >>> by_pair = pd.DataFrame({"pair": ["AZE–KAZ"], "year": 1, "central": 3.0, "basis": "stated",
    ...                         "edition": "", "source_keys": "k"})
    >>> flows = pd.DataFrame({"exporter": ["AZE", "KAZ"], "importer": ["KAZ", "AZE"], "year": 1,
    ...     "side": "reconciled", "value_usd": [3e9, 1e9], "edition": "x", "source_keys": "m"})
    >>> beside_matrix(by_pair, flows, 1)[["matrix", "series", "difference"]].values.tolist()
    [[4.0, 3.0, 1.0]]
    """
    rows = []
    named = " / ".join(
        sorted(set(flows[(flows["year"] == year) & (flows["side"] == "reconciled")]["edition"]))
    )
    for row in by_pair[by_pair["year"] == year].itertuples():
        first, second = row.pair.split("–")
        whole = side_of(flows, first, second, year, "reconciled")
        rows.append((
            row.pair, whole.value, row.central, whole.value - row.central, named, row.basis,
            row.edition, " ".join(merge(whole.sources, row.source_keys.split())),
        ))  # fmt: skip
    columns = ["pair", "matrix", "series", "difference", "matrix_edition", "basis", "edition",
               "source_keys"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).sort_values("difference", ascending=False)


def matrix_over(beside: pd.DataFrame, year: int, code: str = "", *, without: str = "") -> Quantity:
    """Add up by how much the matrix is more than the path: of all pairs, a country's, the others'.

    ``beside`` is as `beside_matrix` gives it.
    """
    rows = beside[beside["pair"].str.contains(code)]
    rows = rows[~rows["pair"].str.contains(without)] if without else rows
    whose = f" with {code}" if code else f" without {without}" if without else ""
    return Quantity.of(
        rows, rows["difference"].sum(), "USD billion",
        f"CEPII's matrix of {year} less our series, {len(rows)} pairs{whose}, each flow once",
        TABLES, year=year, estimate=bool(rows["basis"].isin(ESTIMATED).any()),
    )  # fmt: skip


def editions_between(by_pair: pd.DataFrame, start: int, end: int) -> bool:
    """Say whether the reconciled pairs of two years are of different editions of CEPII."""
    first, last = (set(by_pair.loc[by_pair["year"] == it, "edition"]) - {""} for it in (start, end))
    return first != last


def member_totals(by_pair: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Hold the path against what members' sides said of their own totals: a check, not a source.

    Returns
    -------
    DataFrame
        The rows of the table ``trade_member_totals`` with ``low``, ``central`` and ``high``, the
        member's pairs added up (USD billion), ``ratio`` (the path's central over the stated) and
        ``path_keys``.

    Raises
    ------
    ReckoningError
        The path lacks a year or a member.

    Examples
    --------
    >>> by_pair = pd.DataFrame({"pair": ["AZE–KAZ", "AZE–TUR", "KAZ–TUR"], "year": 1,
    ...     "low": [1.0, 2.0, 4.0], "central": [1.0, 3.0, 5.0], "high": [2.0, 3.0, 6.0],
    ...     "source_keys": "k"})
    >>> totals = pd.DataFrame({"reporter": ["AZE"], "year": 1, "usd_billion": [5.0]})
    >>> member_totals(by_pair, totals)[["low", "central", "high", "ratio"]].values.tolist()
    [[3.0, 4.0, 5.0, 0.8]]
    """
    rows = []
    for row in totals.to_dict("records"):
        year = by_pair[by_pair["year"] == row["year"]]
        mine = year[year["pair"].map(lambda pair, code=row["reporter"]: code in pair.split("–"))]
        if mine.empty:
            raise ReckoningError(
                f"no pair of {row['reporter']} in {row['year']}",
                where="trade_member_totals",
                allowed=f"a member of the path, {by_pair['year'].min()} to {by_pair['year'].max()}",
            )
        sums = {end: float(mine[end].sum()) for end in ("low", "central", "high")}
        ratio = sums["central"] / row["usd_billion"]
        rows.append(
            row | sums | {"ratio": ratio, "path_keys": " ".join(keys_of(mine["source_keys"]))}
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
    stated: Stated

    @classmethod
    def of(cls, pairs: pd.DataFrame, flows: pd.DataFrame, stated: pd.DataFrame) -> "_Figures":
        return cls(
            pairs={
                (row.first, row.second, row.year): (
                    float(row.value_usd),
                    row.edition,
                    tuple(row.source_keys.split()),
                )
                for row in pairs.itertuples()
            },
            flows={
                (row.exporter, row.importer, row.year, row.side): (
                    float(row.value_usd),
                    tuple(row.source_keys.split()),
                )
                for row in flows.itertuples()
            },
            stated=Stated.of(stated),
        )

    def pair_year(self, first: str, second: str, year: int) -> dict[str, object]:
        """Give a row of the path."""
        others = list(self.by_everybody(first, second, year))
        central, basis, edition, keys = self.central(first, second, year)
        values = [central, *(value for value, _ in others)]
        return {
            "pair": pair_name(first, second),
            "year": year,
            "low": min(values) / BILLION,
            "central": central / BILLION,
            "high": max(values) / BILLION,
            **{f"{side}s": self.billion(first, second, year, side) for side in _SIDES},
            "basis": basis,
            "edition": edition,
            "source_keys": " ".join(merge(keys, *(k for _, k in others))),
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
        own = self.stated.turnover(first, second, year) or self.residual(first, second, year)
        if own:
            return own.usd, own.basis, "", own.sources
        matrix = self.side(first, second, year, "reconciled")
        if matrix:
            return matrix[0], "substitute", "", matrix[1]
        raise ReckoningError(
            f"no figure for {pair_name(first, second)} in {year}",
            where="trade_pairs, trade_flows, trade_stated",
            allowed="one figure or more for every pair and year",
        )

    def by_everybody(self, first: str, second: str, year: int) -> Iterator[_Figure]:
        """Give every two-way figure that somebody has stated or reported."""
        if (first, second, year) in self.pairs:
            value, _, keys = self.pairs[first, second, year]
            yield value, keys
        for side in (*_SIDES, "reconciled"):
            if figure := self.side(first, second, year, side):
                yield figure
        for reporter, partner in ((first, second), (second, first)):
            stated = self.stated.turnover(reporter, partner, year)
            if stated and not stated.estimate:
                yield stated.usd, stated.sources

    def side(self, first: str, second: str, year: int, side: str) -> _Figure | None:
        """Add up both directions by one side, where it gives both."""
        there = self.flows.get((first, second, year, side))
        back = self.flows.get((second, first, year, side))
        return (there[0] + back[0], merge(there[1], back[1])) if there and back else None

    def billion(self, first: str, second: str, year: int, side: str) -> float:
        """Give `side` in USD billion, or nan."""
        figure = self.side(first, second, year, side)
        return figure[0] / BILLION if figure else float("nan")

    def residual(self, reporter: str, partner: str, year: int) -> Turnover | None:
        """Give a pair as the reporter's total with the group less its other pairs."""
        whole = self.stated.turnover(reporter, GROUP, year)
        others = [code for code in FIVE.codes if code not in (reporter, partner)]
        found = [self.stated.turnover(reporter, code, year) for code in others]
        parts = [part for part in found if part]
        if whole is None or len(parts) < len(others):
            return None
        usd = whole.usd - sum(part.usd for part in parts)
        keys = merge(whole.sources, *(part.sources for part in parts))
        return Turnover(usd, whole.months, "residual", keys)


def names_of(pair: str) -> str:
    """Write a pair's name with the countries' names.

    Examples
    --------
    >>> names_of("AZE–TUR")
    'Azerbaijan–Türkiye'
    """
    return "–".join(NAMES[code] for code in pair.split("–"))
