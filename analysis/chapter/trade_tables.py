"""Sentences and tables that follow from results of trade: captions, and the rows readers see."""

from collections.abc import Iterable

import pandas as pd

from .. import trade
from ..countries import FIVE, NAMES
from ..quantities import Quantity, keys_of
from .sentence import spans
from .table import Cite, Table


def sources(frame: pd.DataFrame, column: str) -> tuple[str, ...]:
    """List the source keys of a frame's rows."""
    return keys_of(frame[column])


def ladder(rungs: pd.DataFrame, *, claimed: float, year: int) -> str:
    """Say what the ladder of counting rules shows."""
    now = rungs[rungs["year"] == year]
    own = now["count"].str.contains(",")
    passed = now["central"] > claimed
    above, below = now[passed & ~own], now[~passed & ~own]
    counts = " or ".join(sorted(set(above["count"])))
    if not passed.any():
        how = "passed by no rule"
    elif passed.all():
        how = "passed by every rule"
    elif below.empty:
        how = "passed by every rule but the sum of the members' own reports"
    elif set(above["count"]) & set(below["count"]):
        how = "passed by some rules and not by others"
    else:
        how = (
            f"passed only when each flow is counted {counts}"
            if counts
            else "passed only by the sum of the members' own reports"
        )
    return (
        f"For {year} the claimed ${claimed:.0f} billion is {how}: trade among the members by "
        "counting rule, USD billion."
    )


def statements(beside: pd.DataFrame) -> str:
    """Say what the statements through time show."""
    once, twice = (
        beside[beside["reads"].isin((count, f"{count}+"))] for count in ("once", "twice")
    )
    until = f", all of {once['of'].max()} or before" if len(once) else ""
    since = f", all of {twice['of'].min()} or later" if len(twice) else ""
    return (
        f"{len(once)} of {len(beside)} stated totals agree with a single count of their year"
        f"{until}; {len(twice)} agree with a double count{since}: totals as stated, over what the "
        "book computes."
    )


def path(by_pair: pd.DataFrame, prices: pd.DataFrame, start: int, end: int) -> str:
    """Say what the once-counted path shows."""
    nominal = trade.growth(by_pair, start, end).value
    real = trade.growth(by_pair, start, end, prices).value
    years = trade.yearly(by_pair)
    peak = int(years.loc[years["central"].idxmax(), "year"])
    tail = f", and it fell after {peak}" if peak < end else ""
    return (
        f"Counted once, trade among the five members in {end} was {nominal:.1f} times that of "
        f"{start} in current dollars and {real:.1f} times in constant ones{tail}."
    )


def waterfall(split: pd.DataFrame, start: int, end: int) -> str:
    """Say which pairs made the change."""
    first = split.head(2)
    names = " and ".join(trade.names_of(pair) for pair in first["pair"])
    share = float(first["share"].sum())
    if split["change"].sum() <= 0:
        made = f"{trade.names_of(split.iloc[-1]['pair'])} lost most from {start} to {end}"
    elif share > 100:
        made = f"{names} added more than the whole growth from {start} to {end}"
    else:
        made = f"{names} made {share:.0f} % of the growth from {start} to {end}"
    return f"{made}: contribution of each pair, USD billion.".replace(" %", "\N{NO-BREAK SPACE}%")


def panels(by_pair: pd.DataFrame, start: int, end: int) -> str:
    """Say how the pairs moved between two years."""
    wide = by_pair.pivot(index="pair", columns="year", values="central")
    grew = int((wide[end] > wide[start]).sum())
    past = int((wide.idxmax(axis=1) < end).sum()) or "none"
    return (
        f"{_of(grew, len(wide), 'pairs')} traded more in {end} than in {start}, and {past} had "
        "traded more in an earlier year: each pair, USD billion, each panel on its own scale. "
        "Thin: as its exporters report it (dashed), and its importers (dotted)."
    )


def matrix(cells: pd.DataFrame, year: int) -> str:
    """Say what the matrix shows."""
    top = cells.loc[cells["usd_billion"].idxmax()]
    above = int((cells["intensity"] > 1).sum())
    return (
        f"{NAMES[top['exporter']]} to {NAMES[top['importer']]} was the largest flow of {year}; "
        f"{_of(above, len(cells), 'flows').lower()} were larger than the partners' size in world "
        "trade would give."
    )


def mirrors(gaps: pd.DataFrame, year: int) -> str:
    """Say what the mirror gaps show."""
    less = int((gaps["ratio"] < 1).sum())
    share = trade.gap_share(gaps, gaps.loc[gaps["gap"].abs().idxmax(), "pair"], year)
    widest = trade.names_of(gaps.loc[gaps["gap"].abs().idxmax(), "pair"])
    return (
        f"In {year} the importers of {less} of {len(gaps)} pairs reported less than the exporters; "
        f"{widest} made {share.value:.0f} % of all gaps.".replace(" %", "\N{NO-BREAK SPACE}%")
    )


def shares(found: pd.DataFrame, start: int, end: int) -> str:
    """Say how the group's share of its members' trade moved."""
    ends = [trade.share_of(found, "OTS", year).value for year in (start, end)]
    return (
        f"The members' trade with each other was {ends[0]:.1f} % of their trade with the world in "
        f"{start} and {ends[1]:.1f} % in {end}: exports and imports, by member."
    ).replace(" %", "\N{NO-BREAK SPACE}%")


def estimate(asked: pd.DataFrame, year: int) -> str:
    """Say what the simulation gives."""
    whole = asked[asked["question"] == "all"].iloc[0]
    rest = asked[asked["question"] != "all"]
    which = "the widest open question" if len(rest) else "the one open question"
    widest = rest.loc[rest["width"].idxmax(), "text"] if len(rest) else whole["text"]
    return (
        f"Nine of ten draws of the total of {year} lie between ${whole['low']:.1f} and "
        f"${whole['high']:.1f} billion; {which}: {widest[0].lower()}"
        f"{widest[1:].rstrip('?')} ({trade.DRAWS:,} draws, seed {trade.SEED})."
    )


def targets(found: pd.DataFrame, start: int, end: int) -> str:
    """Say how many targets need faster growth than the past gave."""
    faster = int((found["needed"] > found["past"]).sum()) or "None"
    return (
        f"{faster} of {len(found)} stated targets need faster growth than that of {start} to {end}:"
        " growth a year, past and needed."
    )


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
    flows: pd.DataFrame, by_pair: pd.DataFrame, rungs: pd.DataFrame, rival: Quantity
) -> Table:
    """Set out every total by every rule that the data of a year can answer.

    ``rungs`` is the ladder with reports and interval; ``rival`` the single count with observers
    that moves on what an observer reports.
    """
    last = trade.mirrored(flows)
    rules = [
        *(trade.CountingRule("once", s) for s in ("smaller", "importers", "exporters", "larger")),
        trade.CountingRule("twice", "own"),
    ]
    rows = [
        (str(last), rule.count, _SIDES[rule.side], "five", f"{q.value:.1f}", "", Cite(q.sources))
        for rule, q in ((rule, rule.total(flows, last)) for rule in rules)
    ]
    for times, count in ((1, "once"), (2, "twice")):
        q = trade.total_of(by_pair, last, times=times)
        rows.append((str(last), count, "the path", "five", f"{q.value:.1f}", "",
                     Cite(_main(q.sources))))  # fmt: skip
    for _, rung in rungs.iterrows():
        own = "," in rung["count"]
        side = "own" if own else "path" if rung["estimate"] else "reconciled"
        keys = tuple(rung["sources"].split())
        rows.append((str(rung["year"]), rung["count"].split(",")[0], _SIDES[side],
                     "five" if rung["membership"] == FIVE.name else "and two observers",
                     f"{rung['central']:.1f}", _range(rung["low"], rung["high"]),
                     Cite(keys[:3] if own else _main(keys))))  # fmt: skip
    if rival.estimate:
        rows.append((str(rival.year), "once", "the path; Hungary's own", "and two observers",
                     f"{rival.value:.1f}", "", Cite(_main(rival.sources, 4))))  # fmt: skip
    guessed = set(rungs.loc[rungs["estimate"] & ~rungs["count"].str.contains(","), "year"])
    which = "is an estimate" if len(guessed) == 1 else "are estimates"
    return Table(
        "Trade among the members by every rule that the data can answer, USD billion; the two "
        "observers are Hungary and Turkmenistan"
        f"{f', and {spans(guessed)} {which}' if guessed else ''}.",
        ("Year", "Each flow", "Whose report", "Countries", "Total", "Range", "Sources"),
        rows,
        "llllrll",
    )


def observer_table(flows: pd.DataFrame, code: str, years: tuple[int, int]) -> Table:
    """Set out what an observer reports of its trade with each member in two years."""
    told = flows.set_index(["exporter", "importer", "year", "side"])
    keys = {
        member: ((member, code, "importer"), (code, member, "exporter")) for member in FIVE.codes
    }
    rows = [
        (NAMES[member],
         *(f"{told.loc[(a, b, year, side), 'value_usd'] / 1000:,.0f}"
           for a, b, side in flow for year in years))
        for member, flow in keys.items()
    ]  # fmt: skip
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
    guessed = by_pair.pivot(index="pair", columns="year", values="basis").isin(trade.ESTIMATED)
    rows = [
        (trade.names_of(pair), *(_marked(wide.loc[pair, y], guessed.loc[pair, y]) for y in years))
        for pair in wide.sort_values(years[-1], ascending=False).index
    ]
    sums = wide.sum()
    rows.append(("All ten pairs", *(_marked(sums[y], guessed[y].any()) for y in years)))
    return Table(
        "Trade of each pair, each flow counted once, USD billion"
        f"{'; e marks an estimate' if guessed[list(years)].any(axis=None) else ''}.",
        ("Pair", *(str(y) for y in years)),
        rows,
        "l" + "r" * len(years),
    )


def reports_table(reports: pd.DataFrame, year: int) -> Table:
    """Set out what each member reports of its trade with the others, and the sum."""
    rows = [
        (NAMES[row.reporter], _marked(row.usd_billion, row.estimate), row.how,
         Cite(keys_of([row.source_keys])))
        for row in reports.itertuples()
    ]  # fmt: skip
    for which, name in (("low", "lowest"), ("central", "central"), ("high", "highest")):
        q = trade.rebuilt(reports, year, which)
        rows.append((f"Sum, {name} reading", _marked(q.value, q.estimate),
                     "each flow stands in two reports", ""))  # fmt: skip
    return Table(
        f"What each member reports of its trade with the other four in {year}, USD billion; e marks"
        " an estimate.",
        ("Member", "USD billion", "How it was come by", "Sources"),
        rows,
        "lrll",
    )


def statements_table(beside: pd.DataFrame) -> Table:
    """Set out what was said, and what the book computes for the year it was said of."""
    rows = [
        (row["date"], str(row["of"]) if row["named"] else f"({row['of']})",
         f"{'> ' if row['bound'] == 'more than' else ''}{row['usd_billion']:g}"
         + (" x" if row["measure"] == "exports" else ""),
         trade.COUNTS[row["reads"]],
         "; ".join(_whole(row[f"{c}_low"], row[f"{c}_high"]) for c in ("once", "twice")),
         f"{row['speaker']}, {row['office']}", Cite(keys_of([row["source_keys"]])))
        for _, row in beside.iterrows()
    ]  # fmt: skip
    return Table(
        "What was said of the group's trade, USD billion, beside what the book computes for that "
        "year (to 2019 of the founding four); in brackets a year that was not said; x: exports.",
        ("Said", "Of", "Stated", "Agrees with", "Once; twice", "By", "Source"),
        rows,
        "llrllll",
    )


def members_table(checked: pd.DataFrame) -> Table:
    """Set the path beside what members' sides said of their own totals."""
    rows = [
        (NAMES[row.reporter], str(row.year), f"{row.usd_billion:.1f}", row.who,
         f"{row.central:.1f}", f"{row.low:.1f}–{row.high:.1f}", f"{row.ratio:.2f}",
         Cite(keys_of([row.source_keys])))
        for row in checked.itertuples()
    ]  # fmt: skip
    return Table(
        "What members' sides said of their own trade with the other four, beside the path's pairs "
        "of the member, USD billion; ratio: the path over the stated.",
        ("Member", "Year", "Stated", "By", "Path", "Band", "Ratio", "Source"),
        rows,
        "lrrlrlrl",
    )


def questions_table(asked: pd.DataFrame, known: trade.Readings) -> Table:
    """Set out how wide each open question makes the interval, and what settling it would take off.

    ``known`` are the readings that the draws were made from.
    """
    rows = [
        (row.text.rstrip("?"), f"{row.low:.1f} to {row.high:.1f}", f"{row.width:.1f}",
         "" if row.question == "all" else f"{row.adds:.1f}", Cite(_main(known.sources)))
        for row in asked.itertuples()
    ]  # fmt: skip
    return Table(
        f"The interval of {known.year} that each open question makes alone, and by how much that "
        "of all shrinks once it is settled, USD billion.",
        ("Open question", "Alone", "Width", "Settled, less by", "Main sources"),
        rows,
        "llrrl",
    )


def shares_table(level: pd.DataFrame, found: pd.DataFrame, year: int) -> Table:
    """Set the shares from one source beside those from two."""
    rows = [
        (NAMES[row.country], f"{row.inside:.1f}", f"{row.world:.1f}", f"{row.share:.1f}",
         f"{trade.share_of(found, row.country, year).value:.1f}", Cite(keys_of([row.source_keys])))
        for row in level.itertuples()
    ]  # fmt: skip
    return Table(
        f"Trade with the other members and with the world in {year} by BACI, USD billion; its "
        "share in percent, and the share from two sources.",
        ("Member", "Members", "World", "Share", "Share, two sources", "Sources"),
        rows,
        "lrrrrl",
    )  # fmt: skip


def real_table(years: pd.DataFrame, prices: pd.DataFrame, base: int) -> Table:
    """Set out the path in the dollars of one year by each deflator, beside current dollars.

    ``years`` is the path by year; a year without prices is left out.
    """
    of = {name: trade.real(years, prices, base, name).set_index("year")["real"]
          for name in trade.DEFLATORS}  # fmt: skip
    rows = [
        (str(row.year), f"{row.central:.2f}", *(f"{real[row.year]:.2f}" for real in of.values()))
        for row in years.itertuples()
        if row.year in set(prices["year"])
    ]
    return Table(
        f"The total by year, each flow counted once, USD billion: at current prices, and at prices "
        f"of {base} by {' and by '.join(trade.DEFLATORS.values())}.",
        ("Year", "Current prices", *trade.DEFLATORS.values()),
        rows,
        "r" * (2 + len(of)),
    )


def paces_table(parts: pd.DataFrame) -> Table:
    """Set out how fast a year went on after its known months, the slowest rest first."""
    rows = [
        (f"{NAMES[row.reporter]} with {NAMES.get(row.partner, 'the other four')}", str(row.year),
         f"{row.part_usd / trade.BILLION:.2f} in {row.months} months",
         f"{row.whole_usd / trade.BILLION:.2f}", f"{100 * row.pace:.0f}",
         Cite(keys_of([row.source_keys])))
        for row in trade.paces(parts).sort_values("pace").itertuples()
    ]  # fmt: skip
    return Table(
        "A part of a year beside the whole, USD billion, and the pace of the rest in percent of "
        "that before it.",
        ("Turnover of", "Year", "Part", "Whole", "Pace of the rest", "Sources"),
        rows,
        "lrrrrl",
    )


def _of(some: int, all_: int, what: str) -> str:
    """Say how many of a number, or that it is all of them.

    Examples
    --------
    >>> _of(8, 10, "pairs"), _of(10, 10, "pairs")
    ('8 of 10 pairs', 'All 10 pairs')
    """
    return f"All {all_} {what}" if some == all_ else f"{some} of {all_} {what}"


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


def _main(keys: tuple[str, ...], most: int = 3) -> tuple[str, ...]:
    """Keep the statistical sources of a long list; the register holds them all."""
    first = tuple(k for k in keys if k.startswith(("cepii", "imf")))
    return (first or keys)[:most]
