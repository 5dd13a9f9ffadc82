"""How sure the last year's total is: what is open, what is settled, and what would settle it."""

import numpy as np
import pandas as pd

from ... import trade
from ...formats import in_words
from ...quantities import Quantity
from ..sentence import Sentence


def open_questions(readings: trade.Readings, by_pair: pd.DataFrame) -> Sentence:
    """Say how much of the last year's total is an estimate, and how much is left to ask."""
    year, still = readings.year, len(readings.open)
    part = trade.estimated(by_pair, year)
    ask = (
        f"{in_words(still).capitalize()} question{' is' if still == 1 else 's are'} open, "
        f"{'' if still == 1 else 'each '}with stated answers:"
    )
    if part.value:
        return Sentence(
            f"{{measured}} of the total of {year} is measured, and {{part}} of it is an estimate. "
            + ask,
            {
                "measured": trade.basis_of(by_pair, year, kind="measured"),
                "part": part,
            },
        )
    if still:
        return Sentence(f"No part of the total of {year} is an estimate. {ask}")
    return Sentence(
        f"Every pair of {year} is measured, so no part of its total is an estimate and no interval "
        "is drawn. What an estimate would leave open stands so:"
    )


def side(readings: trade.Readings) -> str:
    """Say whose figure may hold for Azerbaijan and Türkiye."""
    if "side" not in readings.open:
        return "Settled: the pair is measured."
    own = "Azerbaijan's customs, scaled from ten months" if readings.months < 12 else (
        "Azerbaijan's customs"
    )  # fmt: skip
    return (
        f"{own}; the Turkish minister's figure; or TurkStat's exports with its mean imports. Each "
        "is as likely as the next, so the draws form three humps."
    )


def release(readings: trade.Readings) -> str:
    """Say by how much another edition may move the measured pairs."""
    count = sum(bool(gap) for _, gap in readings.measured)
    if not count:
        return (
            "Without an answer: no second edition of a year is at hand that would show by how much "
            "one parts from another."
        )
    if count == 1:
        return "One measured pair may move by up to the gap that two editions showed for it."
    return (
        f"The {in_words(count)} measured pairs may move, together, by up to the gap that two "
        "editions showed for each."
    )


def months(readings: trade.Readings, parts: pd.DataFrame) -> Sentence:
    """Say at which pace the rest of a year may have run."""
    if "months" not in readings.open:
        return Sentence("Settled: nothing is scaled from a part of the year.")
    return Sentence(
        "The rest of a year ran at {slow} to {fast} of the pace before it, in the "
        f"{in_words(len(parts))} cases of more than a billion dollars where eight months or more "
        "and the whole year are known ({numref}`tab-trade-paces`).",
        {
            "slow": trade.observed_rate(parts, "slowest"),
            "fast": trade.observed_rate(parts, "fastest"),
        },
    )


def partner(readings: trade.Readings) -> str:
    """Say whose figure may hold for Azerbaijan and Kazakhstan."""
    if "partner" not in readings.open:
        return "Settled: the pair is measured."
    return "Azerbaijan's figure, or Kazakhstan's half-year doubled."


def spread(
    questions: pd.DataFrame, readings: trade.Readings, draws: np.ndarray, by_pair: pd.DataFrame
) -> Sentence:
    """Say what the draws show, and which question makes most of their spread."""
    if not readings.open:
        return Sentence(
            "With nothing open, all draws are one total: the figure and the table that would show "
            "their spread are left out."
        )
    alone = len(readings.open) == 1
    before, earlier = (trade.total_of(by_pair, readings.year - back) for back in (1, 2))
    passed = [trade.chance(readings, draws, total.value) for total in (before, earlier)]
    text = "{numref}`fig-trade-estimate` gives the spread"
    if not alone:
        rest = questions[questions["question"] != "all"]
        most = rest.loc[rest["adds"].idxmax()]
        part = "most" if most["adds"] > questions["width"].max() / 2 else "the largest part"
        text += (
            f" with all {in_words(len(readings.open))} open and with one open at a time. Settling "
            f"{_NAMED[most['question']]} would remove {part} of it "
            "({numref}`tab-trade-questions`)"
        )
    hangs = _hangs([it.value for it in passed], readings.year, alone=alone)
    text += (
        f". {{passed}} of the draws pass our figure for {before.year}, and {{earlier}} that for "
        f"{earlier.year}: {hangs}. The equal weights are ours; nobody says which answer is right."
    )
    return Sentence(text, {"passed": passed[0], "earlier": passed[1]})


#: A question of `analysis.trade.QUESTIONS` -> how a sentence names it.
_NAMED = {
    "side": "the first", "release": "that of the release", "months": "that of the months",
    "partner": "that of Azerbaijan and Kazakhstan",
}  # fmt: skip


def _hangs(passed: list[float], year: int, *, alone: bool = False) -> str:
    """Say which order of two years the open questions leave unsettled.

    Examples
    --------
    >>> _hangs([0.0, 34.0], 2024)
    'the order of 2024 and 2023 does not hang on these questions, that of 2024 and 2022 does'
    >>> _hangs([100.0, 100.0], 2024)
    'the order of 2024 and the two years before does not hang on these questions'
    """
    these = "this question" if alone else "these questions"
    settled = [value in (0.0, 100.0) for value in passed]
    if all(settled):
        return f"the order of {year} and the two years before does not hang on {these}"
    if not any(settled):
        return f"the order of {year} and the two years before hangs on {these}"
    first, second = (year - 1, year - 2) if settled[0] else (year - 2, year - 1)
    return (
        f"the order of {year} and {first} does not hang on {these}, that of {year} and {second} "
        "does"
    )


def reversal(readings: trade.Readings, draws: np.ndarray, before: Quantity) -> Sentence:
    """Say whether an answer to what is open turns the last year's move about."""
    if not readings.open:
        return Sentence(f"No part of {readings.year} is an estimate.")
    chance = trade.chance(readings, draws, before.value)
    answers = "None of the answers to the open questions that we know of"
    if draws.max() <= before.value:
        return Sentence(f"{answers} lifts {readings.year} to our figure for {before.year}.")
    if draws.min() >= before.value:
        return Sentence(f"{answers} brings {readings.year} down to our figure for {before.year}.")
    return Sentence(
        f"It hangs on what is open: {{chance}} of our draws pass the figure for {before.year}.",
        {"chance": chance},
    )


def partly(total: Quantity) -> str:
    """Say, as a limitation, how firm the last year is; the first words are its head."""
    if total.estimate:
        return (
            f"**{total.year} is partly an estimate.** BACI or IMF figures for all ten pairs would "
            "replace it."
        )
    return (
        f"**{total.year} is one reading.** No pair is an estimate; a later release may revise them."
    )


def weights(readings: trade.Readings) -> str:
    """Say, as a limitation, what the interval leaves out, where there is one."""
    if not readings.open:
        return (
            f"**No interval is drawn for {readings.year}.** A later revision, or an error that the "
            "reports behind a reconciled figure share, cannot be shown."
        )
    return (
        "**Equal weights are a convention.** They say that we do not know, not that the truth is "
        f"equally near to each. The interval spans {in_words(len(readings.open))} question"
        f"{'' if len(readings.open) == 1 else 's'} and no others: a later revision, or an error "
        "that both editions of BACI share, is outside it."
    )


def band(readings: trade.Readings) -> str:
    """Say, as a limitation, what the band holds, and what guides better where something does."""
    better = (
        f" The interval of {{numref}}`fig-trade-estimate` is the better guide for {readings.year}."
        if readings.open
        else ""
    )
    return (
        "**The band is lopsided after 2020.** It holds only the figures that somebody stated for "
        f"the whole year.{better}"
    )


def settled(readings: trade.Readings, total: Quantity, amount: float) -> str:
    """Say which figures would change our mind, or that they are at hand."""
    if total.estimate or readings.group:
        return (
            f"IMF or BACI figures of {readings.year} for all ten pairs. If they passed the amount "
            "with each flow counted once, the verdict would be *supported*."
        )
    passes = "pass" if total.value > amount else "do not pass"
    return (
        f"A revision. Figures of {readings.year} for all ten pairs are at hand and {passes} the "
        "amount with each flow counted once; a later release may say otherwise."
    )


def in_short(total: Quantity) -> str:
    """Say, as a limitation of the whole book, how firm the last year's total is."""
    if total.estimate:
        return f"Trade in {total.year} is partly an estimate, marked as such wherever it appears."
    return f"Trade in {total.year} is the reading of one release; a later one may revise it."


def observers(single_count: Quantity) -> str:
    """Say what of the observers' trade would change our mind, or that it is at hand."""
    if single_count.estimate:
        return (
            f"A source for Turkmenistan's trade of {single_count.year} that adds to the single "
            "count with observers what it now lacks."
        )
    return f"A revision of the observers' trade of {single_count.year}, which is at hand."
