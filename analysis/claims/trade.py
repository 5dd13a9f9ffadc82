"""Verdicts on what the article says of trade."""

from dataclasses import dataclass

import pandas as pd

from .. import sources, trade
from ..countries import FIVE, FOUR, WITH_OBSERVERS, Membership
from ..errors import ReckoningError
from ..formats import day, of_all
from ..quantities import merge
from .acts import said_before
from .forms import Dependence, Earlier, Evidence, Verdict, amount, history

_DECADE = 10
_SPEAKER = "K.-J. Tokayev"


def exceeded(quotation: str, evidence: Evidence) -> Verdict:
    """Judge "exceeded $45 billion" by every counting rule that the words allow.

    Supported if the total passes the amount under each rule, contradicted if under none, and
    otherwise dependent on the definition, which no speaker gives.
    """
    threshold = amount(quotation) / trade.BILLION
    by_pair = _path(evidence)
    ladder = trade.ladder(evidence["trade_flows"], by_pair, FIVE, WITH_OBSERVERS)
    year = int(by_pair["year"].max())
    ladder = ladder[ladder["year"] == year]
    above, rules = trade.rules_passing(ladder, year, threshold)
    rating = "supported" if above == rules else "depends on definition" if above else "contradicted"
    once, twice = (trade.total_of(by_pair, year, times=times) for times in (1, 2))
    needed = _needed(ladder, once.value, threshold)
    guess = " (our estimate)" if once.estimate else ""
    timing, first_said = _timing(evidence["trade_statements"], year, threshold)
    own = _own_reports(evidence, year, threshold)
    return Verdict(
        rating=rating,
        reason=(
            f"Counted once, trade among the five members came to about {once:0} "
            f"in {year}{guess}; counted twice, to about {twice:0}. "
            f"{of_all(above, rules)} counting rules pass the amount, and no speaker "
            f"says which one is meant. {own.reason}{timing}"
        ),
        sources=merge(once.sources, *ladder["sources"].str.split(), own.sources, first_said),
        depends=(
            Dependence(
                "the once-counted total of the five members",
                f"{once:0}{' by our estimate' if once.estimate else ''}",
                f"more than ${max(needed):.1f} billion, with which every rule passes (supported), "
                f"or ${min(needed):.1f} billion at most, with which none does (contradicted)",
            ),
            *(
                Dependence(
                    f"{row['membership']}, each flow {row['count']}",
                    f"${row['central']:.0f} billion, {_side(row['central'], threshold)} the "
                    "amount; this rule passes it where the five members' trade, counted once, is "
                    f"above ${least:.1f} billion",
                )
                for (_, row), least in zip(ladder.iterrows(), needed, strict=True)
            ),
            *own.depends,
        ),
        numbers=(once, twice),
        earlier=_totals_before(evidence["trade_statements"], year),
    )


def strengthened(_quotation: str, evidence: Evidence) -> Verdict:
    """Judge "Over the past 10 years, trade relations … significantly strengthened".

    Supported if trade grew in constant dollars even from the highest figure of the first year to
    the lowest of the last; in part if only the central figures grew.
    """
    by_pair, prices = _path(evidence), evidence["prices"]
    end = int(by_pair["year"].max())
    start = end - _DECADE
    nominal = trade.growth(by_pair, start, end)
    real = trade.growth(by_pair, start, end, prices)
    worst, best = trade.extremes(by_pair, start, end, prices)
    guess = " (our estimate)" if nominal.estimate else ""
    four = trade.growth(_path(evidence, FOUR), start, end)
    rating = (
        "supported"
        if worst.value > 1
        else "supported in part"
        if real.value > 1
        else "contradicted"
    )
    rise = trade.inflation(prices, start, end)
    by_year = trade.yearly(by_pair).set_index("year")["central"]
    peak = int(by_year.idxmax())
    tail = (
        f" It peaked in {peak} and was {trade.absolute_change(by_pair, peak, end)} lower in "
        f"{end}, in current dollars."
        if peak != end
        else ""
    )
    return Verdict(
        rating=rating,
        reason=(
            f"Counted once, with today's five members throughout, trade of {end}{guess} "
            f"was {nominal} that of {start} in current dollars and "
            f"{real} in constant ones. From the highest figure for {start} to the "
            f"lowest for {end} it is {worst} in constant dollars, so the direction "
            f"{'hangs' if worst.value <= 1 < best.value else 'does not hang'} on the source.{tail} "
            "From what growth on it is “significant”, the article does not say."
        ),
        sources=merge(nominal.sources, real.sources),
        depends=(
            Dependence(
                "dollars of the day or constant dollars",
                f"{nominal:bare} or {real}; prices rose {rise:.2f} times",
                _flips(rating, worst.value * rise, nominal.value),
            ),
            Dependence(
                "today's five members throughout",
                f"without Uzbekistan, a member since 2019, it is {four} in current dollars",
            ),
            *_ending(by_year, peak, end),
        ),
        numbers=(nominal, real, worst, four),
        earlier=said_before(evidence, "ten years"),
    )


def _flips(rating: str, worst: float, nominal: float) -> str:
    """Say at which rise of prices a decade's growth would be rated otherwise.

    Examples
    --------
    >>> _flips("supported", 1.5, 2.0)
    'prices risen 1.50 times (supported in part) or 2.00 times (contradicted)'
    >>> _flips("contradicted", 1.0, 1.25)
    'prices risen by less than 1.25 times (supported in part) or 1.00 times (supported)'
    """
    return {
        "supported": f"prices risen {worst:.2f} times (supported in part) or {nominal:.2f} times "
        "(contradicted)",
        "supported in part": f"prices risen by less than {worst:.2f} times (supported) or "
        f"{nominal:.2f} times (contradicted)",
        "contradicted": f"prices risen by less than {nominal:.2f} times (supported in part) or "
        f"{worst:.2f} times (supported)",
    }[rating]


def _ending(by_year: pd.Series, peak: int, end: int) -> tuple[Dependence, ...]:
    """Say what a decade that ends in the best year gives, if that is another one."""
    if peak == end or peak - _DECADE not in by_year.index:
        return ()
    return (
        Dependence(
            "the year that the decade ends in",
            f"to {peak} instead of {end}: {by_year[peak] / by_year[peak - _DECADE]:.1f} times "
            "in current dollars",
        ),
    )


@dataclass(frozen=True)
class _Own:
    """What the members' own reports add to a verdict; nothing where they give no total."""

    reason: str = ""
    sources: tuple[str, ...] = ()
    depends: tuple[Dependence, ...] = ()


def _own_reports(evidence: Evidence, year: int, threshold: float) -> _Own:
    """Add up what each member reports of its own trade with the others: a double count."""
    try:
        reports = trade.national(evidence["trade_stated"], evidence["trade_sums"], year)
        low, central, high = (
            trade.rebuilt(reports, year, which) for which in ("low", "central", "high")
        )
    except ReckoningError:
        return _Own()
    total = f"{central:0} (${low:0 bare} to {high:0})"
    return _Own(
        f"What each member reports of its own trade with the others adds up to about {total} in "
        f"{year}, and each flow stands in two of these reports. ",
        merge(low.sources, central.sources, high.sources),
        (
            Dependence(
                "the sum of the members' own reports",
                f"{total}, by the central reading {_side(central.value, threshold)} the amount",
            ),
        ),
    )


def _path(evidence: Evidence, members: Membership = FIVE) -> pd.DataFrame:
    return trade.path(
        evidence["trade_pairs"], evidence["trade_flows"], evidence["trade_stated"], members
    )


def _timing(statements: pd.DataFrame, year: int, billions: float) -> tuple[str, tuple[str, ...]]:
    try:
        first = trade.first_statement(statements, year, billions)
    except ReckoningError:
        return "It is not found in an earlier statement.", ()
    left = trade.days_left(statements, year, billions)
    said = f"first said on {day(str(first['date']))}"
    if left.value <= 0:
        return f"It was {said}.", left.sources
    return f"The same words were {said}, {left} before the year was over.", left.sources


def _side(total: float, threshold: float) -> str:
    return "above" if total > threshold else "not above"


def _needed(ladder: pd.DataFrame, once: float, threshold: float) -> list[float]:
    """Say for each rule what the five members counted once must pass for the rule to pass.

    Its total is ``times * (once + added)``, where ``added`` is the observers' part.
    """
    times = [{"once": 1, "twice": 2}[count] for count in ladder["count"]]
    return [
        threshold / n - (central / n - once)
        for n, central in zip(times, ladder["central"], strict=True)
    ]


def _totals_before(statements: pd.DataFrame, year: int) -> tuple[Earlier, ...]:
    """List what the speaker said of any year, and others of this one, by date."""
    rows = statements[
        ((statements["speaker"] == _SPEAKER) | (statements["year"] == year))
        & (statements["source_keys"] != sources.ARTICLE)
    ]
    return history(
        rows.sort_values("date"),
        lambda row: f"{row['speaker']}, {row['office']}",
        lambda row: (
            f"{'' if row['bound'] == 'exactly' else row['bound'] + ' '}"
            f"${row['usd_billion']:g} billion, "
            f"{'year not stated' if pd.isna(row['year']) else 'of ' + str(int(row['year']))}"
        ),
    )
