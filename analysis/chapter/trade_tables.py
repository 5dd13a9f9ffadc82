"""The tables of the trade chapter, from the frames of `analysis.trade`."""

from collections.abc import Iterable, Sequence

import pandas as pd

from .. import trade
from ..countries import FIVE, NAMES
from ..formats import spans
from ..quantities import Quantity, keys_of
from .table import Cell, Cite, Column, Table

#: Side of the report -> how a narrow column says it.
_SIDES = {
    "exporters": "exporters'",
    "importers": "importers'",
    "larger": "the larger",
    "smaller": "the smaller",
    "reconciled": "reconciled",
    "own": "each its own",
    "path": "the path",
}


def rules_table(
    flows: pd.DataFrame, by_pair: pd.DataFrame, ladder: pd.DataFrame, with_observers: Quantity
) -> Table:
    """Set out every total by every rule that the data of a year can answer.

    ``ladder`` has reports and interval; ``with_observers`` is the single count that moves on what
    an observer reports.
    """
    last = trade.last_mirrored_year(flows)
    rules = [
        *(trade.CountingRule("once", s) for s in ("smaller", "importers", "exporters", "larger")),
        trade.CountingRule("twice", "own"),
    ]
    rows = [
        (str(last), rule.count, _SIDES[rule.side], "five", f"{q:bare}", "", Cite(q.sources))
        for rule, q in ((rule, rule.total(flows, last)) for rule in rules)
    ]
    for times, count in enumerate(("once", "twice"), 1):
        q = trade.total_of(by_pair, last, times=times)
        keys = Cite(_main(q.sources))
        rows.append((str(last), count, "the path", "five", f"{q:bare}", "", keys))
    for row in ladder.itertuples():
        count, _, own = row.count.partition(",")
        side = "own" if own else "path" if row.estimate else "reconciled"
        keys = row.sources.split()
        rows.append((
            str(row.year), count, _SIDES[side],
            "five" if row.membership == FIVE.name else "and two observers",
            f"{row.central:.1f}", _range(row.low, row.high),
            Cite(tuple(keys[:3]) if own else _main(keys)),
        ))  # fmt: skip
    if with_observers.estimate:
        year, keys = str(with_observers.year), Cite(_main(with_observers.sources, 4))
        rows.append((year, "once", "the path; Hungary's own", "and two observers",
                     f"{with_observers:bare}", "", keys))  # fmt: skip
    estimated = set(ladder.loc[ladder["estimate"] & ~ladder["count"].str.contains(","), "year"])
    which = "is an estimate" if len(estimated) == 1 else "are estimates"
    return Table(
        "Trade among the members by every rule that the data can answer, USD billion; the two "
        "observers are Hungary and Turkmenistan"
        f"{f', and {spans(estimated)} {which}' if estimated else ''}.",
        ("Year", "Each flow", "Whose report", "Countries", "Total", "Range", "Sources"),
        rows,
        "llllrll",
    )


def observer_table(flows: pd.DataFrame, code: str, years: tuple[int, int]) -> Table:
    """Set out what an observer reports of its trade with each member in two years."""
    usd = flows.set_index(["exporter", "importer", "year", "side"])["value_usd"]
    rows = [
        (
            NAMES[member],
            *(f"{usd[member, code, year, 'importer'] / 1000:,.0f}" for year in years),
            *(f"{usd[code, member, year, 'exporter'] / 1000:,.0f}" for year in years),
        )
        for member in FIVE.codes
    ]
    return Table(
        f"What {NAMES[code]} reports of its trade with each member, USD thousand.",
        ("Member", *(f"{way} {year}" for way in ("Imports from", "Exports to") for year in years)),
        rows,
        "lrrrr",
    )


def pairs_table(by_pair: pd.DataFrame, years: Iterable[int]) -> Table:
    """Set out the pairs by year, each flow counted once."""
    years = tuple(years)
    wide = by_pair.pivot(index="pair", columns="year", values="central")
    estimated = by_pair.pivot(index="pair", columns="year", values="basis").isin(trade.ESTIMATED)
    rows = [
        (trade.names_of(pair), *(_marked(wide.loc[pair, y], estimated.loc[pair, y]) for y in years))
        for pair in wide.sort_values(years[-1], ascending=False).index
    ]
    sums = wide.sum()
    rows.append(("All ten pairs", *(_marked(sums[y], estimated[y].any()) for y in years)))
    return Table(
        "Trade of each pair, each flow counted once, USD billion"
        f"{'; e marks an estimate' if estimated[list(years)].any(axis=None) else ''}.",
        ("Pair", *(str(y) for y in years)),
        rows,
        "l" + "r" * len(years),
    )


def reports_table(reports: pd.DataFrame, year: int) -> Table:
    """Set out what each member reports of its trade with the others, and the sum."""
    rows: list[tuple[Cell, ...]] = [
        (NAMES[row.reporter], _marked(row.usd_billion, row.estimate), row.how, cited(row))
        for row in reports.itertuples()
    ]
    for which, name in (("low", "lowest"), ("central", "central"), ("high", "highest")):
        q = trade.rebuilt(reports, year, which)
        total = _marked(q.value, q.estimate)
        rows.append((f"Sum, {name} reading", total, "each flow stands in two reports", ""))
    return Table(
        f"What each member reports of its trade with the other four in {year}, USD billion; e marks"
        " an estimate.",
        ("Member", "USD billion", "How it was come by", "Sources"),
        rows,
        "lrll",
    )


def statements_table(compared: pd.DataFrame) -> Table:
    """Set out what was said, and what the book computes for the year it was said of."""

    def amount(row: pd.Series) -> str:
        more = "> " if row["bound"] == "more than" else ""
        return f"{more}{row['usd_billion']:g}{' x' if row['measure'] == 'exports' else ''}"

    def counts(row: pd.Series) -> str:
        return "; ".join(_whole(row[f"{c}_low"], row[f"{c}_high"]) for c in ("once", "twice"))

    return Table.of(
        compared,
        "What was said of the group's trade, USD billion, beside what the book computes for that "
        "year (to 2019 of the founding four); in brackets a year that was not said; x: exports.",
        Column("Said", "date"),
        Column("Of", lambda row: str(row["of"]) if row["named"] else f"({row['of']})"),
        Column("Stated", amount, align="r"),
        Column("Agrees with", lambda row: trade.COUNTS[row["reads"]]),
        Column("Once; twice", counts),
        Column("By", lambda row: f"{row['speaker']}, {row['office']}"),
        Column("Source", cited),
    )


def members_table(checked: pd.DataFrame) -> Table:
    """Set the path beside what members' sides said of their own totals."""
    return Table.of(
        checked,
        "What members' sides said of their own trade with the other four, beside the path's pairs "
        "of the member, USD billion; ratio: the path over the stated.",
        Column("Member", lambda row: NAMES[row["reporter"]]),
        Column("Year", lambda row: str(row["year"]), align="r"),
        Column("Stated", "usd_billion", spec="1"),
        Column("By", "who"),
        Column("Path", "central", spec="1"),
        Column("Band", lambda row: f"{row['low']:.1f}–{row['high']:.1f}"),
        Column("Ratio", "ratio", spec="2"),
        Column("Source", cited),
    )


def questions_table(questions: pd.DataFrame, readings: trade.Readings) -> Table:
    """Set out how wide each open question makes the interval, and what settling it takes off."""
    return Table.of(
        questions,
        f"The interval of {readings.year} that each open question makes alone, and by how much "
        "that of all shrinks once it is settled, USD billion.",
        Column("Open question", lambda row: row["text"].rstrip("?")),
        Column("Alone", lambda row: f"{row['low']:.1f} to {row['high']:.1f}"),
        Column("Width", "width", spec="1"),
        Column("Settled, less by",
               lambda row: "" if row["question"] == "all" else f"{row['adds']:.1f}", align="r"),
        Column("Main sources", lambda row: Cite(_main(readings.sources))),
    )  # fmt: skip


def shares_table(level: pd.DataFrame, by_year: pd.DataFrame, year: int) -> Table:
    """Set the shares from one source beside those from two."""
    return Table.of(
        level,
        f"Trade with the other members and with the world in {year} by BACI, USD billion; its "
        "share in percent, and the share from two sources.",
        Column("Member", lambda row: NAMES[row["country"]]),
        Column("Members", "inside", spec="1"),
        Column("World", "world", spec="1"),
        Column("Share", "share", spec="1"),
        Column("Share, two sources",
               lambda row: trade.share_of(by_year, row["country"], year).value, spec="1"),
        Column("Sources", cited),
    )  # fmt: skip


def real_table(years: pd.DataFrame, prices: pd.DataFrame, base: int) -> Table:
    """Set out the years of a path in the dollars of one year by each deflator.

    A year without prices is left out.
    """
    rows = years[years["year"].isin(prices["year"])]
    for name in trade.DEFLATORS:
        rows = rows.merge(trade.real(years, prices, base, name).rename(columns={"real": name}))
    return Table.of(
        rows,
        f"The total by year, each flow counted once, USD billion: at current prices, and at prices "
        f"of {base} by {' and by '.join(trade.DEFLATORS.values())}.",
        Column("Year", lambda row: f"{row['year']:.0f}", align="r"),
        Column("Current prices", "central", spec="2"),
        *(Column(head, name, spec="2") for name, head in trade.DEFLATORS.items()),
    )


def rest_of_year_table(parts: pd.DataFrame) -> Table:
    """Set out how fast a year went on after its known months, the slowest rest first."""

    def pair(row: pd.Series) -> str:
        return f"{NAMES[row['reporter']]} with {NAMES.get(row['partner'], 'the other four')}"

    def part(row: pd.Series) -> str:
        return f"{row['part_usd'] / trade.BILLION:.2f} in {row['months']} months"

    return Table.of(
        trade.rest_of_year(parts).sort_values("rate"),
        "A part of a year beside the whole, USD billion, and the pace of the rest in percent of "
        "that before it.",
        Column("Turnover of", pair),
        Column("Year", lambda row: str(row["year"]), align="r"),
        Column("Part", part, align="r"),
        Column("Whole", lambda row: row["whole_usd"] / trade.BILLION, spec="2"),
        Column("Pace of the rest", lambda row: 100 * row["rate"], spec="0"),
        Column("Sources", cited),
    )


def cited(row: pd.Series) -> Cite:
    """Cite the sources of a row."""
    return Cite(keys_of([row.source_keys]))


def _range(low: float, high: float) -> str:
    """Write a range with one decimal, or nothing where there is none.

    Examples
    --------
    >>> _range(1.0, 2.0), _range(1.0, 1.0)
    ('1.0 to 2.0', '')
    """
    return f"{low:.1f} to {high:.1f}" if high > low else ""


def _whole(low: float, high: float) -> str:
    """Write a range in whole numbers, or one of them, or nothing.

    Examples
    --------
    >>> _whole(23.7, 26.9), _whole(39.6, 39.6), _whole(float("nan"), float("nan"))
    ('24–27', '40', '')
    """
    if pd.isna(low):
        return ""
    ends = f"{low:.0f}", f"{high:.0f}"
    return ends[0] if ends[0] == ends[1] else "–".join(ends)


def _marked(value: float, estimate: bool) -> str:
    return f"{value:.2f} e" if estimate else f"{value:.2f}"


def _main(keys: Sequence[str], most: int = 3) -> tuple[str, ...]:
    """Keep the statistical sources of a long list; the register holds them all."""
    first = tuple(k for k in keys if k.startswith(("cepii", "imf")))
    return (first or tuple(keys))[:most]
