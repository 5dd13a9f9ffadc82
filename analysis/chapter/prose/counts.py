"""What the ways of counting give, and which of them a stated amount agrees with."""

import pandas as pd

from ... import trade
from ...countries import FIVE, WITH_OBSERVERS
from ...formats import cite, in_words, listed
from ...quantities import Quantity
from ..sentence import Sentence

#: Between these the one amount is about twice the other.
_TWICE = 1.5, 2.5
#: By no more than this an amount that fits a count parts from it.
_NEAR = 0.05
#: A way of counting, as `analysis.trade.COUNTS` names it -> how a sentence says it.
_READS = {
    "once": "a single count", "twice": "a double one", "once+": "a single count with the observers",
    "twice+": "a double count with the observers", "none": "no count of our path",
}  # fmt: skip


def by_rules(ladder: pd.DataFrame, year: int, amount: float) -> str:
    """Say whether it hangs on the rule that an amount is passed.

    Examples
    --------
    >>> ladder = pd.DataFrame({"year": [1, 1], "central": [40.0, 50.0]})
    >>> by_rules(ladder, 1, 45)
    'It depends on how one counts, and no speaker says how.'
    >>> by_rules(ladder, 1, 55)
    'By none of our counts does it pass the amount.'
    >>> by_rules(ladder, 1, 35)
    'By every counting rule it passes the amount.'
    """
    above, rules = trade.rules_passing(ladder, year, amount)
    if not above:
        return "By none of our counts does it pass the amount."
    if above == rules:
        return "By every counting rule it passes the amount."
    return "It depends on how one counts, and no speaker says how."


def counted(
    by_pair: pd.DataFrame,
    readings: trade.Readings,
    ends: tuple[Quantity, Quantity],
    observed: Quantity,
) -> Sentence:
    """Give the last year's total once, twice, and once with the observers, and how sure it is."""
    once = trade.total_of(by_pair, readings.year)
    between = " (nine draws in ten: {low} to {high})" if readings.open else ""
    certainty = (
        "about {once}, our estimate"
        if once.estimate
        else "{once}, a part of it as stated"
        if readings.group
        else "{once}, every pair measured"
    )
    text = (
        f"Counted once, what the five members sold each other in {readings.year} came to "
        f"{certainty}{between}. Counted twice, as an export and again as an import, it came to "
        "{twice}. Once with two observers it comes to "
        f"{'about ' if observed.estimate else ''}{{rival}}."
    )
    return Sentence(
        text,
        {
            "once": once,
            "low": ends[0],
            "high": ends[1],
            "twice": trade.total_of(by_pair, readings.year, times=2),
            "rival": observed,
        },
    )


def answer(ladder: pd.DataFrame, year: int, amount: float) -> str:
    """Say in a line what the rules make of an amount.

    Examples
    --------
    >>> ladder = pd.DataFrame({"year": [1, 1], "central": [40.0, 50.0]})
    >>> [answer(ladder, 1, amount) for amount in (35, 45, 55)]
    ['By every counting rule, yes.', 'It depends on the counting.', 'By none of our counts.']
    """
    above, rules = trade.rules_passing(ladder, year, amount)
    if not above:
        return "By none of our counts."
    return "By every counting rule, yes." if above == rules else "It depends on the counting."


def each(by_pair: pd.DataFrame, year: int) -> Sentence:
    """Give the two counts of a year, in a line for the first page."""
    once = trade.total_of(by_pair, year)
    return Sentence(
        f"Each flow once: about {{once:0}}{_guess(once)}. Each flow twice: about {{twice:0}}.",
        {"once": once, "twice": trade.total_of(by_pair, year, times=2)},
    )


def both(by_pair: pd.DataFrame, year: int) -> Sentence:
    """Give the two counts of a year, as a finding."""
    once = trade.total_of(by_pair, year)
    return Sentence(
        f"Counted once, trade among the five members was about {{once:0}} in {year}{_guess(once)}; "
        "counted twice, about {twice:0}. No speaker says which is meant.",
        {"once": once, "twice": trade.total_of(by_pair, year, times=2)},
    )


def verdict_on_amount(ladder: pd.DataFrame, year: int, amount: float) -> str:
    """Say what is to be made of the amount in the article."""
    above, rules = trade.rules_passing(ladder, year, amount)
    if not above:
        return "The amount in the article is passed by none of our counts."
    if above == rules:
        return "The amount in the article is passed by every rule that we know of, once or twice."
    return (
        "The amount in the article is not false and not plainly true. It fits a total that adds up "
        "each member's own turnover, in which every delivery stands twice."
    )


def weaker(rating: str) -> str:
    """Say what the claims that count something rest on, by the rating of the trade total."""
    if rating == "supported":
        return (
            "What is counted is less even: the trade total holds by every counting rule, the "
            "number of events hangs on a list that nobody shows."
        )
    total = (
        "no counting rule gives the trade total"
        if rating == "contradicted"
        else "the trade total hangs on a rule that nobody states"
    )
    return (
        f"What is counted is weaker: {total}, the number of events hangs on a list that nobody "
        "shows."
    )


def _guess(total: Quantity) -> str:
    return ", an estimate" if total.estimate else ""


def sum_of_reports(reports: Quantity, once: Quantity, amount: float) -> Sentence:
    """Say whether the sum of the members' reports is about twice what moved."""
    if _about_twice(reports, once):
        return Sentence(
            f"This is the plainest way to “more than ${amount:.0f} billion”: about twice the value "
            "of the goods that moved."
        )
    return Sentence(
        "By our single count the goods that moved were worth {once}: the sum is not about twice "
        "that.",
        {"once": once},
    )


def fits(ladder: pd.DataFrame, reports: Quantity, once: Quantity, amount: float) -> Sentence:
    """Say what we infer of the stated amount from the rules that pass it."""
    above, rules = trade.rules_passing(ladder, once.year or 0, amount)
    said = f"“More than ${amount:.0f} billion” fits"
    if above == rules:
        return Sentence(f"{said} every count of the goods that we can make: no choice is needed.")
    if not above:
        return Sentence(
            f"{said} no count of the goods that we can make. The sum of the members' own reports "
            "comes to {reports}.",
            {"reports": reports},
        )
    twice = _about_twice(reports, once)
    return Sentence(
        f"{said} a total that adds the members' own turnovers. That is a common way of speaking: a "
        "ministry knows its own country's turnover best. It is a fair figure for that sum"
        f"{', and about twice the value of the goods that moved' if twice else ''}."
    )


def _about_twice(amount: Quantity, once: Quantity) -> bool:
    low, high = _TWICE
    return low <= amount.value / once.value <= high


def with_observers(
    pairs: int, measured: Quantity, observer: Quantity, single_count: Quantity, amount: float
) -> Sentence:
    """Say how the reading with the observers fared after the year in which it was stated.

    Parameters
    ----------
    pairs : int
        How many pairs are measured in both years.
    measured, observer, single_count : Quantity
        As `analysis.trade.measured_change`, `observer_change` and `single_count_with_observers`
        give them.
    amount : float
        USD billion.
    """
    fell = {measured.value < 0, observer.value < 0}
    way = "both ways" if len(fell) > 1 else "the other way" if fell == {True} else "the same way"
    passes = single_count.value > amount
    text = (
        f"What can be measured went {way}: the {in_words(pairs)} pairs that are measured in both "
        "years moved by {measured:+1}, Hungary's trade with the members by {observer:+1} in its "
        f"own reports{cite(observer.sources)} ({{numref}}`tab-trade-observer`). "
    )
    if single_count.estimate:
        text += (
            "With Turkmenistan's trade held at its level of 2023 the reading comes to {rival} in "
            f"{single_count.year}. "
            + (
                "It passes the amount, as far as Turkmenistan's trade did not fall."
                if passes
                else "It cannot be excluded, as Turkmenistan's 2024 is not at hand; it would have "
                "to hold a large surprise."
            )
        )
    else:
        text += (
            f"BACI's matrix of {single_count.year} holds both observers: the reading comes to "
            f"{{rival}}, and {'passes' if passes else 'does not reach'} the amount."
        )
    return Sentence(text, {"measured": measured, "observer": observer, "rival": single_count})


def by_year(compared: pd.DataFrame) -> str:
    """Say of which years a single count was stated, and of which a double one."""
    once, twice = (
        compared[compared["reads"].isin((it, f"{it}+"))]["of"] for it in ("once", "twice")
    )
    if len(once) and len(twice) and once.max() < twice.min():
        later = twice.max() > twice.min()
        return (
            f"What was said of the years to {once.max()} agrees, where it agrees with anything, "
            f"with a single count; what was said of {twice.min()}"
            f"{' and later' if later else ''}, with a double one"
        )
    some = [
        f"{_many(len(found))} with {_READS[name]}"
        for name, found in (("once", once), ("twice", twice))
    ]
    return (
        f"Of the {len(compared)} stated totals {' and '.join(some)}, and the years do not tell the "
        "two apart"
    )


def _many(number: int) -> str:
    return f"{in_words(number)} {'agrees' if number == 1 else 'agree'}"


def two_rules(compared: pd.DataFrame, speaker: str, by_pair: pd.DataFrame) -> Sentence:
    """Say by which rules the two totals of one speaker read, the later year's first."""
    rows = compared[compared["speaker"] == speaker].sort_values("of", ascending=False)
    later, before = (str(reads).rstrip("+") for reads in rows["reads"])
    (end, high), (start, low) = (
        (int(row["of"]), row["usd_billion"]) for row in rows.to_dict("records")
    )
    if later == before != "none":
        return Sentence(f"Both read as {'single' if later == 'once' else 'double'} counts.")
    if (later, before) != ("twice", "once"):
        return Sentence(f"The first agrees with {_READS[later]}, the second with {_READS[before]}.")
    growth = trade.growth(by_pair, start, end)
    why = (
        ", so the rise between them is mostly a change of rule: an inference."
        if growth.value * _TWICE[0] <= high / low
        else "; by our single count trade grew to {growth} as much between them."
    )
    return Sentence(
        f"The first reads as a double count and the second as a single one{why}",
        {"growth": growth},
    )


def president(by_pair: pd.DataFrame, start: int, end: int) -> Sentence:
    """Say whether the trade of two years explains the step between two stated totals."""
    growth = trade.growth(by_pair, start, end)
    if growth.value < _TWICE[0]:
        return Sentence(
            "Trade did not double between them. A change in what is counted explains the step more "
            "simply: an inference."
        )
    return Sentence(
        f"By our single count trade of {end} was {{growth}} that of {start}, so that the step "
        "needs no change in what is counted.",
        {"growth": growth},
    )


def minister(compared: pd.DataFrame, date: str, speaker: str, mixed: Quantity) -> Sentence:
    """Say which counts the totals of one day fit, and what else may be behind them."""
    rows = compared[(compared["date"] == date) & (compared["speaker"] == speaker)]
    if set(rows["reads"]) == {"none"}:
        return Sentence(
            "fit no count of our path. But what members report of their own totals parts from the "
            "path too ({numref}`tab-trade-members`). For 2023 the own totals of Azerbaijan and "
            "Türkiye are at hand; with the other three's reports of 2024 they add up to {mixed}. "
            "The figure for 2023 may thus be such a sum too: an inference, from a sum that mixes "
            "two years.",
            {"mixed": mixed},
        )
    fits = [f"{_READS[row['reads']]} for {row['of']}" for _, row in rows.iterrows()]
    return Sentence(
        f"fit {listed(fits)}. The own totals of Azerbaijan and Türkiye for 2023, with the other "
        "three's reports of 2024, add up to {mixed}.",
        {"mixed": mixed},
    )


def largest(compared: pd.DataFrame, ladder: pd.DataFrame, year: int) -> Sentence:
    """Say which count the two largest stated totals fit, or come nearest to."""
    amounts = compared["usd_billion"].nlargest(2)
    counts = {
        f"{count}{'' if group is FIVE else '+'}": trade.ladder_total(ladder, year, count, group)
        for count in ("once", "twice")
        for group in (FIVE, WITH_OBSERVERS)
    }
    far = {name: abs(amounts / total.value - 1).max() for name, total in counts.items()}
    name = min(far, key=lambda it: far[it])
    reads = "a double count" if name == "twice" else _READS[name]
    return Sentence(
        f"{'fit' if far[name] <= _NEAR else 'come nearest to'} {reads}, which gives {{total}} for "
        f"{year}; nobody who stated them says so.",
        {"total": counts[name]},
    )
