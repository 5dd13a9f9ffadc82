"""The last year's total as an interval: what is measured, what is open, what each question adds.

Pairs that CEPII does not give are Azerbaijan's and rest on reports that cover part of the year or
that the other side contradicts. Every open question has stated answers. A draw answers each of them
at random; the spread of the draws is the interval. The weights are ours: nobody says which answer
is right, so each is as likely as the next. Where every pair is measured and no second edition is at
hand, no question is open: every draw is the measured total, and the interval has no width.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity, keys_of, merge
from .paths import ESTIMATED, KINDS, TABLES
from .sides import BILLION, editions
from .turnovers import GROUP, MONTHS, Stated, mean_of_sum, stated_by

#: Draws of a simulation, and the seed of its random numbers: the day of the Bishkek summit.
DRAWS, SEED = 100_000, 20241106

#: Name of an open question -> what is asked.
QUESTIONS = {
    "side": "Whose figure for Azerbaijan and Türkiye?",
    "release": "Which release of BACI?",
    "months": "How do ten months become twelve?",
    "partner": "Whose figure for Azerbaijan and Kazakhstan?",
}

_TOGETHER = {2: "Both", 3: "All three", 4: "All four"}
_REPORTER, _OPEN, _OTHER = "AZE", "TUR", "KAZ"


@dataclass(frozen=True)
class Readings:
    """What is known of a year, and the stated answers to what is open.

    Parameters
    ----------
    year : int
        The year.
    measured : tuple of (float, float)
        Of each measured pair its figure in USD billion, and by how much of itself two editions of
        the data set differed for it in the last year that both hold; zero where none is compared.
    group : float
        Azerbaijan's pairs that are not measured, USD billion, at an even pace over the year.
    months : int
        Months that ``group`` rests on.
    rates : tuple of float
        Slowest and fastest `rest_of_year` over the months before it, as observed.
    rest : float
        Those pairs without Türkiye, by Azerbaijan's own figures, USD billion.
    alternatives : tuple of float
        Other stated figures of Azerbaijan and Türkiye, USD billion; none where it is measured.
    partner : float
        By how much Kazakhstan's figure for Azerbaijan passes Azerbaijan's, USD billion; zero where
        it is measured.
    sources : tuple of str
        Keys of the bibliography.

    Raises
    ------
    ReckoningError
        Months outside 1 to 12, a pace below zero, or slowest above fastest.
    """

    year: int
    measured: tuple[tuple[float, float], ...]
    group: float
    months: int
    rates: tuple[float, float]
    rest: float
    alternatives: tuple[float, ...]
    partner: float
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.months <= MONTHS:
            raise ReckoningError(f"{self.months} months", allowed=f"1 to {MONTHS}")
        slow, fast = self.rates
        if not 0 <= slow <= fast:
            raise ReckoningError(
                f"paces {slow:g} to {fast:g}", allowed="two numbers from 0 up, the smaller first"
            )

    @property
    def central(self) -> float:
        """The total with every question settled as the path settles it, USD billion."""
        return sum(value for value, _ in self.measured) + self.group

    @property
    def open(self) -> tuple[str, ...]:
        """The questions, of `QUESTIONS`, that these readings leave open."""
        answers = {
            "side": bool(self.alternatives),
            "release": any(gap for _, gap in self.measured),
            "months": bool(self.group) and self.months < MONTHS,
            "partner": bool(self.partner),
        }
        return tuple(name for name in QUESTIONS if answers[name])


def readings(
    by_pair: pd.DataFrame,
    flows: pd.DataFrame,
    pairs: pd.DataFrame,
    stated: pd.DataFrame,
    sums: pd.DataFrame,
    parts: pd.DataFrame,
    *,
    compared: int,
) -> Readings:
    """Gather the readings of the path's last year from the tables of trade.

    Two editions are ``compared`` in a year that both hold.

    Raises
    ------
    ReckoningError
        A figure is absent that an open question needs.
    """
    year = int(by_pair["year"].max())
    now = by_pair[by_pair["year"] == year].set_index("pair")
    own = now[now.index.str.contains(_REPORTER) & (now["basis"].map(KINDS) != "measured")]
    gaps = editions(flows, pairs, compared).set_index("pair")
    rates = rest_of_year(parts)["rate"]
    keys = [keys_of(now["source_keys"]), keys_of(gaps["source_keys"])]
    alternatives: tuple[float, ...] = ()
    months, partner = MONTHS, 0.0
    if own["basis"].isin(ESTIMATED).any():
        whole = Stated.of(stated).turnover(_REPORTER, GROUP, year)
        if whole is None:
            raise ReckoningError(f"{_REPORTER} stated no total of {year}", where="trade_stated")
        months = whole.months
        keys.append(whole.sources)
    if (open_pair := f"{_REPORTER}–{_OPEN}") in own.index:
        alternatives, found = _alternatives(stated, sums, year)
        keys.append(found)
    if (other_pair := f"{_REPORTER}–{_OTHER}") in own.index:
        theirs = stated_by(stated, _OTHER, _REPORTER, year)
        partner = theirs.value - float(own.loc[other_pair, "central"])
        keys.append(theirs.sources)
    if months < MONTHS:
        keys.append(keys_of(parts["source_keys"]))
    return Readings(
        year=year,
        measured=tuple(
            (
                float(now.loc[pair, "central"]),
                abs(float(gaps["difference"].get(pair, 0.0))),
            )
            for pair in now.index.difference(own.index)
        ),
        group=float(own["central"].sum()),
        months=months,
        rates=(float(rates.min()), float(rates.max())),
        rest=float(own["central"].drop(open_pair, errors="ignore").sum()),
        alternatives=alternatives,
        partner=partner,
        sources=merge(*keys),
    )


def _alternatives(
    stated: pd.DataFrame, sums: pd.DataFrame, year: int
) -> tuple[tuple[float, float], tuple[str, ...]]:
    """Give what the other side states of the open pair: its minister, and its statistics."""
    minister = stated_by(stated, _OPEN, _REPORTER, year)
    sold = Stated.of(stated).flow(_OPEN, _REPORTER, year, "export")
    if sold is None:
        raise ReckoningError(f"{_OPEN} stated no exports to {_REPORTER} in {year}",
                             where="trade_stated")  # fmt: skip
    bought = mean_of_sum(sums, _OPEN, _REPORTER, year, "import")
    keys = merge(minister.sources, sold.sources, bought.sources)
    return (minister.value, (sold.usd + bought.usd) / BILLION), keys


def rest_of_year(parts: pd.DataFrame) -> pd.DataFrame:
    """Compare a rest of year with the months before it, from the table ``trade_parts``.

    Returns
    -------
    DataFrame
        The rows with ``rate``: turnover a month after the part over turnover a month in it.

    Raises
    ------
    ReckoningError
        A part is larger than its whole.

    Examples
    --------
    Six of nine billion in eight months leave three for four: as fast as before.

    >>> parts = pd.DataFrame({"months": [8], "part_usd": [6e9], "whole_usd": [9e9]})
    >>> rest_of_year(parts)["rate"].tolist()
    [1.0]
    """
    if (parts["part_usd"] > parts["whole_usd"]).any():
        raise ReckoningError(
            "a part of a year is larger than the year", where="trade_parts", allowed="part <= whole"
        )
    after = (parts["whole_usd"] - parts["part_usd"]) / (MONTHS - parts["months"])
    return parts.assign(rate=after / (parts["part_usd"] / parts["months"]))


def observed_rate(parts: pd.DataFrame, which: str) -> Quantity:
    """Give the slowest or the fastest pace of a rest of year, in percent of that before it.

    Raises
    ------
    ReckoningError
        Neither ``slowest`` nor ``fastest`` is asked for.
    """
    if which not in ("slowest", "fastest"):
        raise ReckoningError(f"pace {which!r}", allowed="slowest, fastest")
    row = rest_of_year(parts).sort_values("rate").iloc[0 if which == "slowest" else -1]
    return Quantity.of(
        row,
        100 * row["rate"],
        "%",
        f"{which} pace after the known months over that in them: {row['reporter']} with "
        f"{row['partner']}, {row['year']}",
        ("trade_parts",),
        year=int(row["year"]),
    )


def simulate(
    readings: Readings,
    *,
    open_questions: tuple[str, ...] = tuple(QUESTIONS),
    draws: int = DRAWS,
    seed: int = SEED,
) -> np.ndarray:
    """Draw the year's total, each flow counted once, with some `QUESTIONS` left open.

    The others are settled as the path settles them.

    - ``release``: each measured pair is shifted by a part, the same for all between -1 and 1, of
      the gap that two editions showed for it;
    - ``months``: the rest of the year ran at a pace between the slowest and the fastest observed;
    - ``side``: Azerbaijan and Türkiye stand at Azerbaijan's customs figure or one of the others;
    - ``partner``: Azerbaijan and Kazakhstan stand at the one's figure or the other's.

    Returns
    -------
    ndarray of float, shape (draws,)
        Totals in USD billion.

    Raises
    ------
    ReckoningError
        An unknown question, or no draws.

    Examples
    --------
    >>> found = Readings(2024, ((10.0, 0.1),), 6.0, 10, (1.0, 1.0), 1.0, (7.0,), 0.0)
    >>> draws = simulate(found, open_questions=("side",), draws=50)
    >>> sorted(set(draws.tolist()))  # 10 + 6, or 10 + 7 + 1
    [16.0, 18.0]
    """
    if unknown := sorted(set(open_questions) - set(QUESTIONS)):
        raise ReckoningError(f"question {unknown[0]!r}", allowed=", ".join(QUESTIONS))
    if draws < 1:
        raise ReckoningError(f"{draws} draws", allowed="1 or more")
    random = np.random.default_rng(seed)
    # Every question draws its numbers, open or not, so that two runs differ by the questions alone.
    shift = random.uniform(-1, 1, draws) * ("release" in open_questions)
    drawn_rate = random.uniform(*readings.rates, draws)
    rate = np.where(np.full(draws, "months" in open_questions), drawn_rate, 1.0)
    choice = random.integers(0, 1 + len(readings.alternatives), draws) * ("side" in open_questions)
    theirs = random.integers(0, 2, draws) * ("partner" in open_questions)
    measured = sum(value * (1 + gap * shift) for value, gap in readings.measured)
    months = readings.months
    by_customs = readings.group * (months + (MONTHS - months) * rate) / MONTHS
    others = np.array([np.nan, *readings.alternatives])
    azerbaijan = np.where(choice == 0, by_customs, others[choice] + readings.rest)
    return np.asarray(measured + azerbaijan + theirs * readings.partner)


def interval(
    readings: Readings, draws: np.ndarray, share: float = 0.9
) -> tuple[Quantity, Quantity]:
    """Give the ends of the interval that holds the middle ``share`` of the draws.

    Raises
    ------
    ReckoningError
        A share outside 0 to 1.

    Examples
    --------
    >>> found = Readings(2024, (), 0.0, 10, (1.0, 1.0), 0.0, (), 0.0)
    >>> [round(q.value, 9) for q in interval(found, np.arange(101.0))]
    [5.0, 95.0]
    """
    if not 0 < share < 1:
        raise ReckoningError(f"share {share:g}", allowed="between 0 and 1")
    edge = (1 - share) / 2
    ends = np.quantile(draws, [edge, 1 - edge])
    low, high = (
        Quantity(
            value=float(end),
            unit="USD billion",
            rule=f"{word} end of the interval with {share:.0%} of {len(draws):,} draws, "
            f"seed {SEED}".replace("%", " %"),
            sources=readings.sources,
            tables=(*TABLES, "trade_sums", "trade_parts"),
            year=readings.year,
            estimate=bool(readings.open),
        )
        for end, word in zip(ends, ("lower", "upper"), strict=True)
    )
    return low, high


def questions(readings: Readings, share: float = 0.9) -> pd.DataFrame:
    """Say how much of the interval with ``share`` of the draws each open question makes.

    Returns
    -------
    DataFrame
        One row an open question and one for ``all``, widest first: ``question``, ``text``, ``low``
        and ``high`` (the interval with only this question open, USD billion), ``width`` and
        ``adds`` (by how much the interval of all questions shrinks once this one is settled). One
        open question is ``all`` there is; with none there are no rows.
    """
    columns = ["question", "text", "low", "high", "adds"]
    names = readings.open
    if not names:
        return pd.DataFrame(columns=[*columns, "width"])
    whole = interval(readings, simulate(readings), share)
    width = whole[1].value - whole[0].value
    text = f"{_TOGETHER[len(names)]} questions open" if len(names) > 1 else QUESTIONS[names[0]]
    rows = [("all", text, whole[0].value, whole[1].value, width)]
    for name in names if len(names) > 1 else ():
        alone = interval(readings, simulate(readings, open_questions=(name,)), share)
        others = tuple(other for other in QUESTIONS if other != name)
        without = interval(readings, simulate(readings, open_questions=others), share)
        adds = width - (without[1].value - without[0].value)
        rows.append((name, QUESTIONS[name], alone[0].value, alone[1].value, adds))
    out = pd.DataFrame(rows, columns=columns)
    out["width"] = out["high"] - out["low"]
    return out.sort_values("width", ascending=False, ignore_index=True, kind="stable")


def histogram(draws: np.ndarray, bins: int = 40) -> pd.DataFrame:
    """Count draws in bins of equal width.

    Returns
    -------
    DataFrame
        ``low``, ``high`` (USD billion) and ``share`` (percent of the draws) of each bin.

    Examples
    --------
    >>> histogram(np.array([0.0, 1.0, 1.0, 2.0]), 2)["share"].tolist()
    [25.0, 75.0]
    """
    counts, edges = np.histogram(draws, bins=bins)
    return pd.DataFrame(
        {"low": edges[:-1], "high": edges[1:], "share": 100 * counts / counts.sum()}
    )


def chance(readings: Readings, draws: np.ndarray, amount: float) -> Quantity:
    """Give the share of the draws, in percent, that pass an amount in USD billion."""
    low, _ = interval(readings, draws)
    return low.derived(
        100 * float(np.mean(draws > amount)),
        "%",
        f"share of {len(draws):,} draws above {amount:.1f}, seed {SEED}",
    )
