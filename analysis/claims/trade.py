"""Verdicts on what the article says of trade."""

import re

import pandas as pd

from .. import sources, trade
from ..countries import FIVE, FOUR, WITH_OBSERVERS, Membership
from ..dates import DAY
from ..errors import ClaimError, ReckoningError
from ..formats import counted, dated, listed
from ..quantities import merge
from ..rows import one
from .acts import said_before
from .forms import Dependence, Earlier, Evidence, Verdict, amount, history

_DECADE, _MONTHS = 10, 12
_SPEAKER = "K.-J. Tokayev"
_ANSWERS = {
    "supported": "By every way of counting that we know of, trade in {year} passed {amount}.",
    "depends on definition": "Whether trade in {year} passed {amount} depends on how it is "
    "counted, and no speaker has said how.",
    "contradicted": "By no way of counting that we know of did trade in {year} pass {amount}.",
}
#: The same, where one way of counting is meant: who is counted still differs.
_ANSWERS_BY_RULE = {
    "supported": "Counted {rule}, trade in {year} passed {amount}, with the observers or without.",
    "depends on definition": "Counted {rule}, trade in {year} passed {amount} with the observers "
    "and did not without.",
    "contradicted": "Counted {rule}, trade in {year} did not pass {amount}, with the observers or "
    "without.",
}
#: How growth stands beside prices and trade with the world.
_AGAINST = {
    "supported": "By all of them trade grew faster than",
    "supported in part": "By some of them alone trade grew faster than both",
    "contradicted": "By none of them did trade grow faster than both",
}


def exceeded(quotation: str, evidence: Evidence) -> Verdict:
    """Judge "in 2024 … exceeded $45 billion" by every counting rule that the words allow.

    Supported if the total passes the amount under each rule, contradicted if under none, and
    otherwise dependent on the definition, which no speaker gives. What the amount most likely is
    stands beside the rating and does not enter it.
    """
    assumed = evidence.assumed
    threshold = (assumed.amount or amount(quotation)) / trade.BILLION
    year = assumed.year or named_year(quotation)
    table = counts_of(evidence, year)
    meant = _meant(table, assumed.rule)
    above, rules = trade.passing(meant, threshold)
    rating = "supported" if above == rules else "depends on definition" if above else "contradicted"
    read = trade.reads(table, threshold)
    once, observed = (trade.count_of(table, "once", group) for group in (FIVE, WITH_OBSERVERS))
    twice = trade.count_of(table, "twice")
    origin, heard = _origin(evidence["trade_statements"], year, threshold)
    answer = (_ANSWERS_BY_RULE if assumed.rule else _ANSWERS)[rating].format(
        year=year, amount=f"${threshold:.0f} billion", rule=assumed.rule
    )
    return Verdict(
        rating=rating,
        reason=(
            f"{answer} On our data the amount is {listed(_place(row) for row in _main(read))}. "
            f"{origin}"
        ),
        sources=merge(*table["source_keys"].str.split(), heard),
        depends=(
            Dependence(
                "how often each flow is counted",
                f"once, it is {_both(table, 'once')}; twice, {_both(table, 'twice')}",
                _needed(meant["central"], threshold),
            ),
            *(
                Dependence(
                    "whose reports are used",
                    f"the members' own, a double count too, add up to ${row.central:.1f} billion "
                    f"(${row.low:.1f} to {row.high:.1f} billion)",
                )
                for row in table[table["count"] == trade.OWN].itertuples()
            ),
        ),
        numbers=(once, twice, observed),
        earlier=_totals_before(evidence["trade_statements"], year),
    )


def strengthened(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge "Over the past 10 years, trade relations … significantly strengthened".

    Supported if trade grew in constant dollars, and faster than the members' trade with the whole
    world, by every choice that is the same in the first year and the last; in part if by some.
    """
    by_pair, prices = _path(evidence), evidence["prices"]
    assumed = evidence.assumed
    end = assumed.year or int(sources.lookup(sources.ARTICLE).year) - 1
    start = assumed.start or end - _DECADE
    found = growth_choices(evidence, start, end)
    least, most = (trade.choice_of(found, which) for which in ("least", "most"))
    rise = trade.inflation(prices, start, end)
    world = trade.world_growth(evidence["trade_totals"], start, end)
    bar = max(rise, world.value)
    rating = (
        "supported"
        if least.value > bar
        else "supported in part"
        if most.value > bar
        else "contradicted"
    )
    four = trade.growth(_path(evidence, FOUR), start, end)
    gas = trade.breaks(by_pair, evidence["trade_flows"]).query("kind == 'gas'")
    by_year = trade.yearly(by_pair).set_index("year")["central"]
    by_year = by_year[by_year.index <= end]
    peak = int(by_year.idxmax())
    crossed = (
        "; the two years come from different editions of CEPII's data"
        if trade.editions_between(by_pair, peak, end)
        else ""
    )
    tail = (
        f" Trade peaked in {peak} and was {trade.absolute_change(by_pair, peak, end)} lower in "
        f"{end}{crossed}."
        if peak != end
        else ""
    )
    had = "risen by", "fallen by"
    span = f"{least:2 bare} to {most:2 bare}" if f"{least:2}" != f"{most:2}" else f"{most:2 bare}"
    return Verdict(
        rating=rating,
        reason=(
            f"Trade among today's five members, each flow counted once, was {span} times as large "
            f"in {end} as in {start}, in current dollars; the range comes from whose reports are "
            f"used. {_AGAINST[rating]} US prices, {_by(rise)}, and the members' trade with the "
            f"whole world, {_by(world.value)}.{tail} The article does not say how much growth "
            "counts as “significant”."
        ),
        sources=merge(*found["source_keys"].str.split(), world.sources,
                      *prices["source_keys"].str.split()),
        depends=(
            Dependence(
                "what growth is measured against",
                "we ask that it pass both prices and trade with the world",
                f"if either had {_by(least.value, *had)}, it would be supported in part; if it had "
                f"{_by(most.value, *had)}, contradicted",
            ),
            Dependence(
                "whose reports of Azerbaijan's trade with Türkiye are used",
                f"a break in Azerbaijan's own series between {start} and {start + 1} lifts the "
                "higher figure" if start + 1 in gas["year"].to_numpy() else f"it is {span} times",
            ),
            Dependence(
                "which countries are counted",
                f"without Uzbekistan, a member since 2019, trade was {four} as large, in current "
                "dollars",
            ),
            *_ending(by_year, peak, end, end - start),
        ),
        numbers=(least, most, world, four),
        earlier=said_before(evidence, "ten years"),
    )  # fmt: skip


def named_year(quotation: str) -> int:
    """Read the one year that a quotation names.

    Raises
    ------
    ClaimError
        It names none, or more than one.

    Examples
    --------
    >>> named_year("in 2024, turnover exceeded $45 billion")
    2024
    """
    found = set(re.findall(r"\b(?:19|20)\d\d\b", quotation))
    if len(found) != 1:
        raise ClaimError(f"{len(found)} years in {quotation[:60]!r}", allowed="one year")
    return int(found.pop())


def counts_of(evidence: Evidence, year: int) -> pd.DataFrame:
    """Give every count of a year: `analysis.trade.counts` of the evidence."""
    return trade.counts(_path(evidence), trade.Records.of(evidence.__getitem__), year)


def growth_choices(evidence: Evidence, start: int, end: int) -> pd.DataFrame:
    """Give the growth by every consistent choice: `analysis.trade.choices` of the evidence."""
    by_pair = _path(evidence).query("year <= @end")
    table = trade.scenarios(by_pair, trade.Records.of(evidence.__getitem__))
    partners = trade.by_partners(by_pair, evidence["trade_flows"], "AZE")
    return trade.choices(by_pair, partners, table, start, end)


def _meant(table: pd.DataFrame, rule: str) -> pd.DataFrame:
    """Keep the counts by one rule, if one is assumed."""
    if rule and rule not in trade.COUNTS:
        raise ClaimError(f"counting rule {rule!r}", allowed=", ".join(trade.COUNTS))
    return table[table["count"] == rule] if rule else table


def _ending(by_year: pd.Series, peak: int, end: int, years: int) -> tuple[Dependence, ...]:
    """Say what as many years that end in the best one give, if that is another one."""
    if peak == end or peak - years not in by_year.index:
        return ()
    return (
        Dependence(
            "the year in which the decade ends" if years == _DECADE else "the last year",
            f"in {peak} trade was {by_year[peak] / by_year[peak - years]:.1f} times as large as in "
            f"{peak - years}, in current dollars",
        ),
    )


def _main(read: pd.DataFrame) -> list[pd.Series]:
    """Choose the counts that a verdict speaks of: five once, seven once, five twice."""
    kept = [("once", FIVE), ("once", WITH_OBSERVERS), ("twice", FIVE)]
    rows = [read[(read["count"] == c) & (read["membership"] == g.name)].iloc[0] for c, g in kept]
    return sorted(rows, key=lambda row: float(row["over"]), reverse=True)


def _place(row: pd.Series) -> str:
    """Say where the amount lies by one count."""
    who = "the five members" if row["membership"] == FIVE.name else "the group with observers"
    of = f"{'a single count' if row['count'] == 'once' else 'a double count'} of {who}"
    ends = f"; range {row['low']:.1f} to {row['high']:.1f}" if row["low"] < row["high"] else ""
    if row["where"] == "inside":
        return f"inside the range of {of} (${row['central']:.1f} billion{ends})"
    return f"{abs(row['over']):.0f}% {row['where']} {of} (${row['central']:.1f} billion{ends})"


def _both(table: pd.DataFrame, count: str) -> str:
    """Give the totals of one count, for the members alone and with the observers."""
    rows = table[table["count"] == count].set_index("membership")["central"]
    return f"${rows[FIVE.name]:.1f} billion, or ${rows[WITH_OBSERVERS.name]:.1f} with the observers"


def _needed(totals: pd.Series, threshold: float) -> str:
    """Say by how much all totals together would have to be others for the rating to change."""
    least, most = threshold / totals.min() - 1, threshold / totals.max() - 1
    parts = [
        f"with every total {least:.0%} higher it would be supported" if least > 0 else "",
        f"with every total {-most:.0%} lower it would be contradicted" if most < 0 else "",
    ]
    return "; ".join(filter(None, parts))


def _by(times: float, rose: str = "up", fell: str = "down") -> str:
    """Say a growth factor as a rise or a fall.

    Examples
    --------
    >>> _by(1.334), _by(0.93, "risen by", "fallen by")
    ('up 33%', 'fallen by 7%')
    """
    return f"{rose if times >= 1 else fell} {abs(times - 1):.0%}"


def _path(evidence: Evidence, members: Membership = FIVE) -> pd.DataFrame:
    return trade.path(
        evidence["trade_pairs"], evidence["trade_flows"], evidence["trade_stated"], members
    )


def _origin(statements: pd.DataFrame, year: int, billions: float) -> tuple[str, tuple[str, ...]]:
    """Say when the amount was first heard, and what it most likely repeats."""
    try:
        first = trade.first_of(statements, billions)
    except ReckoningError:
        return "We did not find it in an earlier statement.", ()
    heard = f"It was first heard {dated(str(first['date']))}"
    try:
        named = trade.first_of(statements, billions, year)
    except ReckoningError:
        named = first
    later = (
        f" For {year} itself it was first given {dated(str(named['date']))}."
        if named["id"] != first["id"] and pd.isna(first["year"])
        else ""
    )
    exact = len(str(first["date"])) == DAY
    left = (pd.Timestamp(year=year, month=12, day=31) - pd.Timestamp(str(first["date"]))).days
    when = f", {counted(left, 'day')} before the year was over" if exact and left > 0 else ""
    steps = trade.chain(statements, str(first["id"]))
    rows = statements[statements["id"].isin((steps[0], steps[-1]))]
    keys = merge(*rows["source_keys"].str.split())
    if later:
        keys = merge(keys, str(named["source_keys"]).split())
    if len(steps) == 1:
        return f"{heard}{when}.{later}", keys
    before, source = (trade.amount_of(statements, it) for it in (steps[1], steps[-1]))
    month = f"{pd.Timestamp(str(one(statements, 'trade_statements', id=steps[1])['date'])):%B %Y}"
    return (
        f"{heard}{when}, in a text that in {month} had said {before:0}.{later} We infer that it is "
        f"most likely a minister's {source:0} for {source.year} carried forward."
    ), keys


def _totals_before(statements: pd.DataFrame, year: int) -> tuple[Earlier, ...]:
    """List what the speaker said of any year, and others of this one, by date."""
    rows = statements[
        ((statements["speaker"] == _SPEAKER) | (statements["year"] == year))
        & (statements["source_keys"] != sources.ARTICLE)
        & statements["usd_billion"].notna()
        & statements["slip"].isna()
    ]
    rows = rows.sort_values("date").drop_duplicates(["speaker", "year", "usd_billion"])
    return history(
        rows,
        lambda row: f"{row['speaker']}, {row['office']}",
        lambda row: (
            f"{'' if row['bound'] == 'exactly' else row['bound'] + ' '}"
            f"${row['usd_billion']:g} billion, "
            f"{'year not stated' if pd.isna(row['year']) else 'of ' + str(int(row['year']))}"
            f"{' so far' if row['months'] < _MONTHS else ''}"
        ),
    )
