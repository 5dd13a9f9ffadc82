"""The tables of the trade chapter's evidence, from the frames of `analysis.trade`."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from .. import trade
from ..charts.trade import rule_name
from ..countries import FIVE, NAMES
from ..formats import capitalised, number
from ..quantities import Quantity, keys_of
from .table import SOURCE, Cell, Cite, Column, Table

#: Side of the report -> how a narrow column says it.
_SIDES = {
    "exporters": "exporters'",
    "importers": "importers'",
    "larger": "the larger",
    "smaller": "the smaller",
    "own": "each its own",
}

_ENDS = ["exporter", "importer"]


def counts_table(tables: Iterable[pd.DataFrame], amount: float) -> Table:
    """Set out every count of some years, and what the amount is over each."""
    frame = pd.concat([trade.reads(table, amount) for table in tables], ignore_index=True)
    return Table.of(
        frame,
        f"Every count, USD billion, and how much more or less than it {amount:.0f} is.",
        Column("Count", rule_name),
        Column("Year", lambda row: f"{row['year']}", align="r"),
        Column("Central", "central", spec="1"),
        Column("Range", lambda row: _range(row["low"], row["high"])),
        Column(f"{amount:.0f} is", "where"),
        Column("Over it by", lambda row: f"{row['over']:+.0f}%".replace("-", "−"), align="r"),
        SOURCE,
    )


def sides_table(flows: pd.DataFrame) -> Table:
    """Set out the five members' total of the last mirrored year by whose report is taken."""
    last = trade.last_mirrored_year(flows)
    rules = [
        *(trade.CountingRule("once", s) for s in ("smaller", "importers", "exporters", "larger")),
        trade.CountingRule("twice", "own"),
    ]
    rows = [
        (_SIDES[rule.side], rule.count, f"{q:bare}", Cite(q.sources))
        for rule, q in ((rule, rule.total(flows, last)) for rule in rules)
    ]
    return Table(
        f"Trade among the five in {last} by whose report of each flow is taken, USD billion.",
        ("Whose report", "Each flow", "Total", "Source"),
        rows,
        "llrl",
    )


def matrix_table(cells: pd.DataFrame, year: int) -> Table:
    """Set out who sells how much to whom, and how intense that is: see `trade.intensity`."""
    buyers = sorted(set(cells["importer"]))
    told = {(it.exporter, it.importer): f"{it.usd_billion:.2f} (×{it.intensity:.0f})"
            for it in cells.itertuples()}  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (NAMES[seller], *(told.get((seller, buyer), "–") for buyer in buyers),
         f"{sold['usd_billion'].sum():.2f}", Cite(keys_of(sold["source_keys"])))
        for seller, sold in cells.groupby("exporter")
    ]  # fmt: skip
    heads = ("Seller", *(f"To {NAMES[buyer]}" for buyer in buyers), "To all", "Source")
    caption = f"Who sold to whom in {year}, USD billion, and times (×) the trade intensity."
    return Table(caption, heads, rows, "l" + "r" * (len(buyers) + 1) + "l")


def scenarios_table(table: pd.DataFrame) -> Table:
    """Set out the scenarios of a year with their reasons."""
    return Table.of(
        table,
        f"The five's trade of {table['year'].iloc[0]} by scenario, each flow once, USD billion.",
        Column("Scenario", "name"),
        Column("Total", "usd_billion", spec="1"),
        Column("Reason", "reason"),
        SOURCE,
    )


def observer_table(flows: pd.DataFrame, code: str, years: tuple[int, int]) -> Table:
    """Set out what an observer reports of its trade with each member in two years."""
    usd = flows.set_index(["exporter", "importer", "year", "side"])["value_usd"]
    own = flows[flows["year"].isin(years) & (flows["side"] != "reconciled")]
    rows: list[tuple[Cell, ...]] = [
        (
            NAMES[member],
            *(f"{usd[member, code, year, 'importer'] / 1000:,.0f}" for year in years),
            *(f"{usd[code, member, year, 'exporter'] / 1000:,.0f}" for year in years),
            Cite(keys_of(own[own[_ENDS].isin({code, member}).all(axis=1)]["source_keys"])),
        )
        for member in FIVE.codes
    ]
    return Table(
        f"What {NAMES[code]} reports of its trade with each member, USD thousand.",
        (
            "Member",
            *(f"{way}, {year}" for way in ("Imports", "Exports") for year in years),
            "Source",
        ),
        rows,
        "lrrrrl",
    )


def pairs_table(by_pair: pd.DataFrame, years: Iterable[int]) -> Table:
    """Set out the pairs by year, each flow counted once."""
    years = tuple(years)
    wide = by_pair.pivot(index="pair", columns="year", values="central")
    estimated = by_pair.pivot(index="pair", columns="year", values="basis").isin(trade.ESTIMATED)
    shown = by_pair[by_pair["year"].isin(years)].groupby("pair")["source_keys"]
    rows: list[tuple[Cell, ...]] = [
        (trade.names_of(pair), *(_marked(wide.loc[pair, y], estimated.loc[pair, y]) for y in years),
         Cite(keys_of(shown.get_group(pair))))
        for pair in wide.sort_values(years[-1], ascending=False).index
    ]  # fmt: skip
    sums = wide.sum()
    rows.append(("All ten pairs", *(_marked(sums[y], estimated[y].any()) for y in years), "–"))
    return Table(
        "Trade of each pair, each flow counted once, USD billion"
        f"{'; e marks an estimate' if estimated[list(years)].any(axis=None) else ''}.",
        ("Pair", *(str(y) for y in years), "Source"),
        rows,
        "l" + "r" * len(years) + "l",
    )


def reports_table(reports: pd.DataFrame, year: int) -> Table:
    """Set out what each member reports of its trade with the others, and the sums."""
    rows: list[tuple[Cell, ...]] = [
        (NAMES[row.reporter], row.reading, _marked(row.usd_billion, row.estimate), row.how,
         Cite(keys_of([row.source_keys])))
        for row in reports.itertuples()
    ]  # fmt: skip
    for which in trade.READINGS:
        q = trade.rebuilt(reports, year, which)
        rows.append(("Sum", which, _marked(q.value, q.estimate), "each flow stands in two", "–"))
    return Table(
        f"What each member reports of its trade with the other four in {year}, USD billion; e marks"
        " an estimate.",
        ("Member", "Reading", "USD billion", "How it was reached", "Source"),
        rows,
        "llrll",
    )


def statements_table(sorted_lines: pd.DataFrame) -> Table:
    """Set out every statement, with its noun, its members as stated, and what it repeats."""
    short = dict(
        zip(sorted_lines["id"], sorted_lines["speaker"] + ", " + sorted_lines["date"], strict=True)
    )
    return Table.of(
        sorted_lines,
        "Every statement on the group's trade that was found, USD billion, in its own "
        "noun; a dash: not said.",
        Column("Said", "date"),
        Column("By", lambda row: f"{row['speaker']}, {row['office']}"),
        Column("Amount, of year", _amount_of_year),
        Column(
            "Its noun, of whom",
            lambda row: row["noun"] + f": {row['members']}" * (row["members"] != "not said"),
        ),
        Column("Share", _share),
        Column("Repeats", lambda row: "–" if pd.isna(row["repeats"]) else short[row["repeats"]]),
        Column("Line", lambda row: trade.LINES[row["line"]]),
        SOURCE,
    )


def bases_table(sorted_lines: pd.DataFrame) -> Table:
    """Set out the whole behind each stated share, and whose total it fits."""
    return Table.of(
        sorted_lines[sorted_lines["whole"].notna()],
        "The whole behind each stated share, USD billion, and whose exports, or exports and "
        f"imports, are within {trade.TOLERANCE:.0%} of it; it adds up if the share is the amount "
        "over the whole.",
        Column("Said", lambda row: f"{row['date']}, {row['speaker']}"),
        Column("Amount", _amount, align="r"),
        Column("Amount is", lambda row: "repeated" if row["borrowed"] else
               "–" if pd.isna(row["usd_billion"]) else "own"),
        Column("Share", _share),
        Column("Whole", "whole", spec="0"),
        Column("Range by rounding", lambda row: f"{row['low']:,.0f} to {row['high']:,.0f}"),
        Column("The whole fits", lambda row: "; ".join(row["fits"]) or "none"),
        Column("Nearest", lambda row: f"{row['total']:,.0f}, {row['of']}" if row["of"] else "–"),
        Column("Adds up", lambda row: "yes" if row["agrees"] else "no"),
        SOURCE,
    )  # fmt: skip


def wholes_table(totals: pd.DataFrame) -> Table:
    """Set out the totals that the wholes are held against."""
    return Table.of(
        totals,
        "What the wholes are held against, USD billion: trade with the world by the World Bank.",
        Column("Year", lambda row: str(row["year"])),
        Column("Of", "of"),
        *(Column(capitalised(it.name), it.name, spec="1") for it in trade.GROUPS),
        SOURCE,
    )


def choices_table(found: pd.DataFrame, rise: float) -> Table:
    """Set out the growth by each choice that is the same at both ends."""
    return Table.of(
        found.assign(real=found["ratio"] / rise),
        f"Growth since {found['start'].iloc[0]} by each choice that is the same at both ends, "
        "USD billion.",
        Column("Choice", "choice"),
        Column("First", "first", spec="1"),
        Column("Last", "last", spec="1"),
        Column("Times", "ratio", spec="2"),
        Column("Times, constant dollars", "real", spec="2"),
        SOURCE,
    )


def members_table(checked: pd.DataFrame) -> Table:
    """Set our series beside what members' sides said of their own totals."""
    return Table.of(
        checked,
        "What members' sides said of their own trade with the other four, beside our pairs "
        "of the member, USD billion; ratio: ours over the stated.",
        Column("Member", lambda row: NAMES[row["reporter"]]),
        Column("Year", lambda row: str(row["year"]), align="r"),
        Column("Stated", "usd_billion", spec="1"),
        Column("By", "who"),
        Column("Ours", "central", spec="1"),
        Column("Band", lambda row: _range(row["low"], row["high"])),
        Column("Ratio", "ratio", spec="2"),
        SOURCE,
    )


def shares_table(level: pd.DataFrame, by_year: pd.DataFrame, year: int) -> Table:
    """Set the shares from one source beside those from two."""
    both = {code: trade.share_of(by_year, code, year) for code in level["country"]}
    return Table.of(
        level,
        f"Trade with the other members and with the world in {year} by BACI, USD billion; its "
        "share in %, and the share from two sources.",
        Column("Member", lambda row: NAMES[row["country"]]),
        Column("Members", "inside", spec="1"),
        Column("World", "world", spec="1"),
        Column("Share", "share", spec="1"),
        Column("Share, two sources", lambda row: both[row["country"]].value, spec="1"),
        Column(
            "Source", lambda row: Cite(keys_of([row["source_keys"], *both[row["country"]].sources]))
        ),
    )


def real_table(years: pd.DataFrame, prices: pd.DataFrame, base: int) -> Table:
    """Set out the years of a series in the dollars of one year by each deflator.

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
        SOURCE,
    )


def rest_of_year_table(parts: pd.DataFrame) -> Table:
    """Set out how fast a year went on after its known months, the slowest rest first."""

    def pair(row: pd.Series) -> str:
        return f"{NAMES[row['reporter']]} with {NAMES.get(row['partner'], 'the other four')}"

    def part(row: pd.Series) -> str:
        return f"{row['part_usd'] / trade.BILLION:.2f} in {row['months']} months"

    return Table.of(
        trade.rest_of_year(parts).sort_values("rate"),
        "A part of a year beside the whole, USD billion, and the pace of the rest in % of "
        "that before it.",
        Column("Turnover of", pair),
        Column("Year", lambda row: str(row["year"]), align="r"),
        Column("Part", part, align="r"),
        Column("Whole", lambda row: row["whole_usd"] / trade.BILLION, spec="2"),
        Column("Pace of the rest", lambda row: 100 * row["rate"], spec="0"),
        SOURCE,
    )


def beside_table(beside: pd.DataFrame, year: int) -> Table:
    """Set CEPII's matrix of a year beside the series, with what the series rests on."""
    return Table.of(
        beside,
        f"Each pair in {year}, USD billion: CEPII's matrix ({beside['matrix_edition'].iloc[0]}), "
        "the series, and what the series rests on.",
        Column("Pair", lambda row: trade.names_of(row["pair"])),
        Column("Matrix", "matrix", spec="2"),
        Column("Series", "series", spec="2"),
        Column("Matrix over series",
               lambda row: f"{100 * row['difference'] / row['series']:+.1f}%".replace("-", "−"),
               align="r"),
        Column("The series rests on", lambda row: row["edition"] or trade.BASES[row["basis"]]),
        SOURCE,
    )  # fmt: skip


def targets_table(ahead: pd.DataFrame) -> Table:
    """Set out the targets with the growth that each needs."""
    return Table.of(
        ahead,
        "Targets, USD billion, with past and needed growth in % a year; in brackets, a year of our "
        "choice.",
        Column("Set by", "who"),
        Column("Of", "name"),
        Column("Target", "target", spec="0"),
        Column("Now", "now", spec="1"),
        Column("Due", lambda row: f"{row['due']}" if row["dated"] else f"({row['due']})"),
        Column("Past", "past", spec="1"),
        Column("Needed", "needed", spec="1"),
        SOURCE,
    )


def _amount(row: pd.Series) -> str:
    if pd.isna(row["usd_billion"]):
        return "–"
    return f"{'> ' if row['bound'] == 'more than' else ''}{row['usd_billion']:,g}"


def _amount_of_year(row: pd.Series) -> str:
    if pd.isna(row["year"]):
        return _amount(row)
    return f"of {row['year']}" if pd.isna(row["usd_billion"]) else f"{_amount(row)}, {row['year']}"


def _share(row: pd.Series) -> str:
    if pd.isna(row["share_percent"]):
        return "–"
    whole = "" if pd.isna(row["whole_usd_billion"]) else f" of {row['whole_usd_billion']:,g}"
    return f"{row['share_percent']:g}%{whole or ' of ' + str(row['share_of'])}"


def _range(low: float, high: float) -> str:
    """Write a range with one decimal, one number where both ends round to it, a dash for none.

    Examples
    --------
    >>> _range(1.0, 2.0), _range(1.0, 1.01), _range(1.0, 1.0)
    ('1.0 to 2.0', '1.0', '–')
    """
    ends = list(dict.fromkeys((f"{low:.1f}", f"{high:.1f}")))
    return " to ".join(ends) if high > low else "–"


def _marked(value: float, estimate: bool) -> str:
    return f"{value:.2f} e" if estimate else f"{value:.2f}"


def ask(tables: Iterable[pd.DataFrame], claimed: Quantity) -> dict[str, Any]:
    """Let a reader choose a way of counting and a year, from `trade.counts` of several years."""
    frame = pd.concat(tables, ignore_index=True)
    rows = trade.reads(frame[frame["count"] != trade.OWN], claimed.value)
    return {
        "kind": "ladder",
        "amount": claimed.value,
        "said": f"{claimed:0}",
        "rows": [
            {
                "year": int(row["year"]), "count": row["count"], "membership": row["membership"],
                **{end: round(row[end], 2) for end in ("low", "central", "high")},
                "text": number(row["central"], "USD billion"),
                "range": f"{row['low']:.1f} to {row['high']:.1f}" * (row["high"] > row["low"]),
                "estimate": bool(row["estimate"]), "where": row["where"],
            }
            for _, row in rows.iterrows()
        ],
    }  # fmt: skip
