"""Trade among the members: counting rules, the once-counted path, growth.

A total of "mutual trade" depends on three choices: whether each flow is counted once (as exports
from one member to another) or twice (in the turnover of both), whose report is taken, and which
countries belong. `CountingRule` holds the choices; `path` gives one series that counts each flow
once, with the smallest and the largest figure that any side or source gives.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .countries import FIVE, NAMES, Membership, pair_name
from .errors import ReckoningError
from .quantities import Quantity, keys_of, merge

BILLION = 1e9
_YEAR = 12  # months

#: Side of the report -> how a reader would say it.
SIDES = {
    "exporters": "exporters' reports",
    "importers": "importers' reports",
    "larger": "larger of the two reports",
    "smaller": "smaller of the two reports",
    "reconciled": "reports reconciled by CEPII",
    "own": "each member's own reports",
}
_COUNTS = ("once", "twice")


@dataclass(frozen=True)
class CountingRule:
    """One way to count the trade of a group of countries with each other.

    Parameters
    ----------
    count : {"once", "twice"}
        Once: the exports of every member to every other. Twice: the sum of the members' own
        turnovers, in which each flow stands as an export of one and as an import of the other.
    side : {"exporters", "importers", "larger", "smaller", "reconciled", "own"}
        Whose report of each flow is taken. ``own`` takes exports from the exporter and imports
        from the importer, as national statistics do, so it only goes with ``twice``.
    membership : Membership
        The countries counted.

    Raises
    ------
    ReckoningError
        An unknown count or side; ``own`` with ``once``.

    Examples
    --------
    >>> CountingRule("once", "importers").name
    "each flow once, importers' reports, five members"
    """

    count: str
    side: str
    membership: Membership = FIVE

    def __post_init__(self) -> None:
        if self.count not in _COUNTS:
            raise ReckoningError(f"count {self.count!r}", allowed=", ".join(_COUNTS))
        if self.side not in SIDES:
            raise ReckoningError(f"side {self.side!r}", allowed=", ".join(SIDES))
        if self.side == "own" and self.count == "once":
            raise ReckoningError(
                "each member's own reports hold every flow twice",
                where="CountingRule(count='once', side='own')",
                allowed="count='twice' with side='own'",
            )

    @property
    def name(self) -> str:
        """The rule as a reader would say it."""
        return f"each flow {self.count}, {SIDES[self.side]}, {self.membership.name}"

    def total(self, flows: pd.DataFrame, year: int) -> Quantity:
        """Count the group's trade in one year.

        Parameters
        ----------
        flows : DataFrame
            The table ``trade_flows``: directed flows in USD.
        year : int
            The year counted.

        Returns
        -------
        Quantity
            In USD billion.

        Raises
        ------
        ReckoningError
            The year is absent, a flow is absent from the side asked for (never taken as zero), a
            flow is given twice, or the side mixes two editions.
        """
        told = mirrors(flows, year, self.membership, needed=_needed(self.side))
        match self.side:
            case "exporters":
                once = told["exporter"].sum()
            case "importers":
                once = told["importer"].sum()
            case "reconciled":
                once = told["reconciled"].sum()
            case "larger":
                once = told[["exporter", "importer"]].max(axis=1).sum()
            case "smaller":
                once = told[["exporter", "importer"]].min(axis=1).sum()
            case "own":
                once = (told["exporter"].sum() + told["importer"].sum()) / 2
        times = 2 if self.count == "twice" else 1
        return Quantity(
            value=times * once / BILLION,
            unit="USD billion",
            rule=f"{len(told)} flows of {year}: {self.name}",
            sources=keys_of(told["source_keys"]),
            tables=("trade_flows",),
            year=year,
        )


def mirrors(
    flows: pd.DataFrame, year: int, membership: Membership, needed: tuple[str, ...]
) -> pd.DataFrame:
    """Set the two reports of each flow of a year side by side.

    Parameters
    ----------
    flows : DataFrame
        The table ``trade_flows``.
    year : int
        The year.
    membership : Membership
        The countries: ``n`` countries have ``n (n - 1)`` directed flows.
    needed : tuple of {"exporter", "importer", "reconciled"}
        The sides that must hold every flow.

    Returns
    -------
    DataFrame
        One row a flow: ``exporter_code``, ``importer_code``, a column in USD for each side needed,
        and ``source_keys``.

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
    codes = list(membership.codes)
    rows = flows[
        flows["exporter"].isin(codes) & flows["importer"].isin(codes) & (flows["year"] == year)
    ]
    if rows.empty:
        years = sorted(int(y) for y in flows["year"].unique())
        raise ReckoningError(
            f"no flows among {membership.name} in {year}",
            where="trade_flows",
            allowed=f"{years[0]} to {years[-1]}, where given" if years else "any year with rows",
        )
    out = pd.DataFrame(
        [(a, b) for a in sorted(codes) for b in sorted(codes) if a != b],
        columns=["exporter_code", "importer_code"],
    )
    keys = []
    for side in needed:
        told = rows[rows["side"] == side]
        if told.empty:
            raise ReckoningError(
                f"no {side} side in {year} for {membership.name}",
                where="trade_flows",
                allowed=", ".join(sorted(rows["side"].unique())),
            )
        if len(set(told["edition"])) > 1:
            raise ReckoningError(
                f"the {side} side of {year} mixes "
                + " and ".join(sorted(told["edition"].unique())),
                where="trade_flows",
                allowed="one edition in a total",
            )
        twice = told[told.duplicated(["exporter", "importer"])]
        if len(twice):
            raise ReckoningError(
                f"{_flow(twice.iloc[0])} stands twice in {year}", where=f"trade_flows, {side} side"
            )
        by_flow = told.set_index(["exporter", "importer"])["value_usd"]
        column = by_flow.reindex(pd.MultiIndex.from_frame(out)).to_numpy()
        out[side] = column
        if out[side].isna().any():
            gap = out[out[side].isna()].iloc[0]
            raise ReckoningError(
                f"no {side} figure for {gap['exporter_code']} to {gap['importer_code']} in {year}",
                where="trade_flows",
                allowed="a figure for every flow; a missing one is not a zero",
            )
        keys.append(keys_of(told["source_keys"]))
        out = out[["exporter_code", "importer_code", *needed[: needed.index(side) + 1]]]
    out["source_keys"] = " ".join(merge(*keys))
    return out


def totals(flows: pd.DataFrame, rules: list[CountingRule], year: int) -> pd.DataFrame:
    """Count one year by several rules.

    Returns
    -------
    DataFrame
        One row a rule: ``rule``, ``count``, ``side``, ``membership``, ``usd_billion``, ``sources``.
    """
    counted = [(rule, rule.total(flows, year)) for rule in rules]
    return pd.DataFrame(
        {
            "rule": [rule.name for rule, _ in counted],
            "count": [rule.count for rule, _ in counted],
            "side": [rule.side for rule, _ in counted],
            "membership": [rule.membership.name for rule, _ in counted],
            "year": year,
            "usd_billion": [q.value for _, q in counted],
            "sources": [" ".join(q.sources) for _, q in counted],
        }
    )


#: How the central figure of a pair and year was come by, best first.
BASES = {
    "reconciled": "CEPII's reconciled figure",
    "reported": "Azerbaijan's own reports to the IMF",
    "stated": "a whole-year figure stated by Azerbaijan's side",
    "derived": "arithmetic on a stated figure",
    "scaled": "part of a year, scaled to twelve months",
    "residual": "Azerbaijan's total less its other pairs",
    "substitute": "CEPII's figure, where Azerbaijan's is not known",
}
#: Bases that are estimates of ours (grade E).
ESTIMATED = ("derived", "scaled", "residual")


def path(
    pairs: pd.DataFrame,
    flows: pd.DataFrame,
    stated: pd.DataFrame,
    membership: Membership = FIVE,
) -> pd.DataFrame:
    """Follow every pair through the years, each flow counted once.

    The central figure is CEPII's reconciled one; for Azerbaijan's pairs, which that public series
    lacks, it is Azerbaijan's own side throughout: its reports to the IMF to 2020, then the figures
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
        ``basis`` (a key of `BASES`), ``edition``, ``source_keys``.

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


def yearly(by_pair: pd.DataFrame) -> pd.DataFrame:
    """Sum a path over its pairs.

    Parameters
    ----------
    by_pair : DataFrame
        As `path` gives it.

    Returns
    -------
    DataFrame
        One row a year: ``year``, ``low``, ``central``, ``high`` and ``estimated`` in USD billion
        (the part of ``central`` whose basis is an estimate), ``edition`` (of the reconciled
        pairs), ``source_keys``.

    Notes
    -----
    Low adds the smallest figure of every pair, high the largest: the band is a bound, wider than
    any single source would give.
    """
    guessed = by_pair["central"].where(by_pair["basis"].isin(ESTIMATED), 0.0)
    grouped = by_pair.assign(estimated=guessed).groupby("year", sort=True)
    out = grouped[["low", "central", "high", "estimated"]].sum()
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


def growth(
    by_pair: pd.DataFrame, start: int, end: int, prices: pd.DataFrame | None = None
) -> Quantity:
    """Say how many times the trade of ``start`` that of ``end`` is.

    Parameters
    ----------
    by_pair : DataFrame
        As `path` gives it.
    start, end : int
        Years.
    prices : DataFrame, optional
        The table ``prices``; with it the ratio is in constant dollars (US CPI-U).

    Returns
    -------
    Quantity
        A ratio.

    Raises
    ------
    ReckoningError
        The path or the prices lack a year.
    """
    first, last = total_of(by_pair, start), total_of(by_pair, end)
    ratio, how, keys, tables = last.value / first.value, "current dollars", (), ()
    if prices is not None:
        ratio /= inflation(prices, start, end)
        how = "constant dollars (US CPI-U)"
        keys, tables = keys_of(prices["source_keys"]), ("prices",)
    return Quantity(
        value=ratio,
        unit="times",
        rule=f"total of {end} over total of {start}, each flow once, {how}",
        sources=merge(first.sources, last.sources, keys),
        tables=(*last.tables, *tables),
        year=end,
        estimate=first.estimate or last.estimate,
    )


def change(by_pair: pd.DataFrame, start: int, end: int) -> Quantity:
    """Give the change of the total between two years, in percent of the first.

    Raises
    ------
    ReckoningError
        The path lacks a year.
    """
    ratio = growth(by_pair, start, end)
    return ratio.like(100 * (ratio.value - 1), "%", f"change of the total from {start} to {end}")


def fall(by_pair: pd.DataFrame, start: int, end: int) -> Quantity:
    """Give by how many percent the total fell between two years.

    Raises
    ------
    ReckoningError
        It did not fall, or the path lacks a year.
    """
    moved = change(by_pair, start, end)
    if moved.value >= 0:
        raise ReckoningError(f"no fall from {start} to {end}", where="path", allowed="a fall")
    return moved.like(-moved.value, "%", f"fall of the total from {start} to {end}")


def estimated(by_pair: pd.DataFrame, year: int) -> Quantity:
    """Give the part of a year's total that rests on estimates."""
    rows = by_pair[by_pair["basis"].isin(ESTIMATED)]
    part = float(rows.loc[rows["year"] == year, "central"].sum())
    whole = total_of(by_pair, year)
    return whole.like(part, "USD billion", f"pairs of {year} whose figure is an estimate")


def said(statements: pd.DataFrame, date: str, speaker: str) -> Quantity:
    """Take what somebody said the group's trade was.

    Raises
    ------
    ReckoningError
        Nobody of that name is in the table on that date.
    """
    row = statements[(statements["date"] == date) & (statements["speaker"] == speaker)]
    if len(row) != 1:
        raise ReckoningError(
            f"{len(row)} statements of {speaker} on {date}", where="trade_statements", allowed="one"
        )
    only = row.iloc[0]
    return Quantity(
        value=float(only["usd_billion"]),
        unit="USD billion",
        rule=f"as stated by {speaker} on {date}",
        sources=tuple(only["source_keys"].split()),
        tables=("trade_statements",),
        year=None if pd.isna(only["year"]) else int(only["year"]),
    )


def days_left(statements: pd.DataFrame, year: int, billions: float) -> Quantity:
    """Count the days from the first statement of an amount to the end of the year it is about.

    Parameters
    ----------
    statements : DataFrame
        The table ``trade_statements``.
    year : int
        The year described.
    billions : float
        The amount stated, in USD billion.

    Raises
    ------
    ReckoningError
        Nobody stated it, or not to the day.

    Examples
    --------
    >>> said = pd.DataFrame({"date": ["2024-11-06"], "year": [2024], "usd_billion": [45.0],
    ...                      "source_keys": ["a"]})
    >>> days_left(said, 2024, 45).value
    55.0
    """
    same = statements[(statements["year"] == year) & (statements["usd_billion"] == billions)]
    dates = sorted(date for date in same["date"] if len(date) == len("2024-11-06"))
    if not dates:
        raise ReckoningError(
            f"nobody stated {billions:g} of {year} on a known day", where="trade_statements"
        )
    first = same[same["date"] == dates[0]]
    days = (pd.Timestamp(year=year, month=12, day=31) - pd.Timestamp(dates[0])).days
    return Quantity(
        value=float(days),
        unit="days",
        rule=f"from {dates[0]} to 31 December {year}",
        sources=keys_of(first["source_keys"]),
        tables=("trade_statements",),
        year=year,
    )


def inflation(prices: pd.DataFrame, start: int, end: int) -> float:
    """Give the ratio of US consumer prices between two years.

    Raises
    ------
    ReckoningError
        A year is absent.

    Examples
    --------
    >>> inflation(pd.DataFrame({"year": [1, 2], "index_1982_84": [200.0, 250.0]}), 1, 2)
    1.25
    """
    index = prices.set_index("year")["index_1982_84"]
    for year in (start, end):
        if year not in index:
            raise ReckoningError(
                f"no price index for {year}",
                where="prices",
                allowed=f"{index.index.min()} to {index.index.max()}",
            )
    return float(index[end] / index[start])


def ladder(
    flows: pd.DataFrame, by_pair: pd.DataFrame, membership: Membership, observers: Membership
) -> pd.DataFrame:
    """Count the last two years by every rule that five members or seven allow.

    For the last year of ``flows`` with reconciled figures the totals are measured. For the last
    year of the path, the observers' trade is not known: that of the measured year is added, which
    is an estimate.

    Parameters
    ----------
    flows : DataFrame
        The table ``trade_flows``.
    by_pair : DataFrame
        As `path` gives it.
    membership, observers : Membership
        The members, and the members with observers.

    Returns
    -------
    DataFrame
        One row a rule and year: ``year``, ``count``, ``membership``, ``low``, ``central``,
        ``high`` (USD billion), ``estimate``, ``sources`` (keys separated by spaces).
    """
    measured = int(flows.loc[flows["side"] == "reconciled", "year"].max())
    last = int(by_pair["year"].max())
    rows = []
    for group in (membership, observers):
        for count in _COUNTS:
            q = CountingRule(count, "reconciled", group).total(flows, measured)
            rows.append((measured, count, group.name, q.value, q.value, q.value, False, q.sources))
    inner = CountingRule("once", "reconciled", membership).total(flows, measured)
    outer = CountingRule("once", "reconciled", observers).total(flows, measured)
    for group, added in ((membership, 0.0), (observers, outer.value - inner.value)):
        for times, count in enumerate(_COUNTS, 1):
            found = [
                total_of(by_pair, last, times=times, which=w) for w in ("low", "central", "high")
            ]
            low, central, high = (q.value + times * added for q in found)
            keys = merge(found[1].sources, outer.sources if added else ())
            rows.append((last, count, group.name, low, central, high, True, keys))
    columns = ["year", "count", "membership", "low", "central", "high", "estimate", "sources"]
    out = pd.DataFrame(rows, columns=columns)
    out["sources"] = out["sources"].map(" ".join)
    return out.sort_values(["year", "central"], ignore_index=True)


def rung(rungs: pd.DataFrame, year: int, count: str, membership: Membership) -> Quantity:
    """Take one total from the ladder.

    Raises
    ------
    ReckoningError
        The ladder has no such rung.
    """
    row = rungs[
        (rungs["year"] == year)
        & (rungs["count"] == count)
        & (rungs["membership"] == membership.name)
    ]
    if row.empty:
        raise ReckoningError(
            f"no rung for {year}, {count}, {membership.name}",
            where="ladder",
            allowed="; ".join(
                f"{r['year']} {r['count']} {r['membership']}" for _, r in rungs.iterrows()
            ),
        )
    only = row.iloc[0]
    guess = bool(only["estimate"])
    return Quantity(
        value=float(only["central"]),
        unit="USD billion",
        rule=f"{membership.name} in {year}, each flow counted {count}"
        + (", from the path; the observers' part as in the year before" if guess else ", BACI"),
        sources=tuple(only["sources"].split()),
        tables=("trade_flows", "trade_pairs", "trade_stated") if guess else ("trade_flows",),
        year=year,
        estimate=guess,
    )


def side_of(flows: pd.DataFrame, first: str, second: str, year: int, side: str) -> Quantity:
    """Give a pair's two-way trade by one side's reports.

    Parameters
    ----------
    flows : DataFrame
        The table ``trade_flows``.
    first, second : str
        Country codes.
    year : int
        The year.
    side : {"exporter", "importer", "reconciled"}
        Whose reports.

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
    return Quantity(
        value=float(rows["value_usd"].sum()) / BILLION,
        unit="USD billion",
        rule=f"{pair_name(first, second)} both ways in {year}, {side} side",
        sources=keys_of(rows["source_keys"]),
        tables=("trade_flows",),
        year=year,
    )


def _needed(side: str) -> tuple[str, ...]:
    return {
        "exporters": ("exporter",),
        "importers": ("importer",),
        "reconciled": ("reconciled",),
    }.get(side, ("exporter", "importer"))


def _flow(row: pd.Series) -> str:
    return f"{row['exporter']} to {row['importer']}"


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
        for side in ("exporter", "importer", "reconciled"):
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
        basis = "scaled" if covered < _YEAR else "derived" if derived else "stated"
        value = sum(row.value_usd for row in both) * _YEAR / covered
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


def names_of(pair: str) -> str:
    """Write a pair's name with the countries' names.

    Examples
    --------
    >>> names_of("AZE–TUR")
    'Azerbaijan–Türkiye'
    """
    return "–".join(NAMES[code] for code in pair.split("–"))
