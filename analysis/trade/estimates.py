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
from .paths import ESTIMATED, KINDS, MONTHS
from .reports import stated_by
from .sides import BILLION, editions

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
    paces : tuple of float
        Slowest and fastest pace of a rest of year over the months before it, as observed.
    rest : float
        Those pairs without Türkiye, by Azerbaijan's own figures, USD billion.
    rivals : tuple of float
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
    paces: tuple[float, float]
    rest: float
    rivals: tuple[float, ...]
    partner: float
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.months <= MONTHS:
            raise ReckoningError(f"{self.months} months", allowed=f"1 to {MONTHS}")
        slow, fast = self.paces
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
            "side": bool(self.rivals),
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
    """Gather the readings of the path's last year from the tables.

    Parameters
    ----------
    by_pair : DataFrame
        As `analysis.trade.path` gives it.
    flows, pairs, stated, sums, parts : DataFrame
        The tables ``trade_flows``, ``trade_pairs``, ``trade_stated``, ``trade_sums`` and
        ``trade_parts``.
    compared : int
        The year in which two editions are compared.

    Returns
    -------
    Readings
        With nothing open where every pair is measured and no two editions are compared.

    Raises
    ------
    ReckoningError
        A figure is absent that an open question needs.
    """
    year = int(by_pair["year"].max())
    now = by_pair[by_pair["year"] == year].set_index("pair")
    own = now[now.index.str.contains(_REPORTER) & (now["basis"].map(KINDS) != "measured")]
    gaps = editions(flows, pairs, compared).set_index("pair")
    observed = paces(parts)["pace"]
    keys = [keys_of(now["source_keys"]), keys_of(gaps["source_keys"])]
    rivals: tuple[float, ...] = ()
    months, partner = MONTHS, 0.0
    if len(own):
        months, known = _months(stated, year, own)
        keys.append(known)
    if (open_pair := f"{_REPORTER}–{_OPEN}") in own.index:
        rivals, known = _rivals(stated, sums, year)
        keys.append(known)
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
        paces=(float(observed.min()), float(observed.max())),
        rest=float(own["central"].drop(open_pair, errors="ignore").sum()),
        rivals=rivals,
        partner=partner,
        sources=merge(*keys),
    )


def _months(stated: pd.DataFrame, year: int, own: pd.DataFrame) -> tuple[int, tuple[str, ...]]:
    """Say how many months the unmeasured pairs rest on: those of the reporter's own total."""
    if not own["basis"].isin(ESTIMATED).any():
        return MONTHS, ()
    rows = stated[
        (stated["reporter"] == _REPORTER) & (stated["partner"] == "OTS") & (stated["year"] == year)
    ]
    if rows.empty:
        raise ReckoningError(f"{_REPORTER} stated no total of {year}", where="trade_stated")
    return int(rows["months"].iloc[0]), keys_of(rows["source_keys"])


def _rivals(
    stated: pd.DataFrame, sums: pd.DataFrame, year: int
) -> tuple[tuple[float, ...], tuple[str, ...]]:
    """Give what the other side states of the open pair: its minister, and its statistics."""
    minister = stated_by(stated, _OPEN, _REPORTER, year)
    sold = stated[
        (stated["reporter"] == _OPEN)
        & (stated["partner"] == _REPORTER)
        & (stated["year"] == year)
        & (stated["flow"] == "export")
    ]
    bought = sums[
        (sums["reporter"] == _OPEN) & (sums["partner"] == _REPORTER) & (sums["flow"] == "import")
    ]
    if len(sold) != 1 or len(bought) != 1:
        raise ReckoningError(
            f"{len(sold)} exports of {year} and {len(bought)} sums of imports",
            where="trade_stated, trade_sums",
            allowed="one of each",
        )
    span = int(bought["last_year"].iloc[0]) - int(bought["first_year"].iloc[0]) + 1
    published = float(sold["value_usd"].iloc[0]) + float(bought["value_usd"].iloc[0]) / span
    keys = merge(minister.sources, keys_of(sold["source_keys"]), keys_of(bought["source_keys"]))
    return (minister.value, published / BILLION), keys


def paces(parts: pd.DataFrame) -> pd.DataFrame:
    """Compare the pace of a rest of year with that of the months before it.

    Parameters
    ----------
    parts : DataFrame
        The table ``trade_parts``.

    Returns
    -------
    DataFrame
        The rows with ``pace``: turnover a month after the part over turnover a month in it.

    Raises
    ------
    ReckoningError
        A part is larger than its whole.

    Examples
    --------
    Six of nine billion in eight months leave three for four: as fast as before.

    >>> parts = pd.DataFrame({"months": [8], "part_usd": [6e9], "whole_usd": [9e9]})
    >>> paces(parts)["pace"].tolist()
    [1.0]
    """
    if (parts["part_usd"] > parts["whole_usd"]).any():
        raise ReckoningError(
            "a part of a year is larger than the year", where="trade_parts", allowed="part <= whole"
        )
    after = (parts["whole_usd"] - parts["part_usd"]) / (MONTHS - parts["months"])
    return parts.assign(pace=after / (parts["part_usd"] / parts["months"]))


def observed_pace(parts: pd.DataFrame, which: str) -> Quantity:
    """Give the slowest or the fastest pace of a rest of year, in percent of that before it.

    Raises
    ------
    ReckoningError
        Neither ``slowest`` nor ``fastest`` is asked for.
    """
    if which not in ("slowest", "fastest"):
        raise ReckoningError(f"pace {which!r}", allowed="slowest, fastest")
    found = paces(parts).sort_values("pace").iloc[0 if which == "slowest" else -1]
    return Quantity(
        value=100 * float(found["pace"]),
        unit="%",
        rule=f"{which} pace after the known months over that in them: {found['reporter']} with "
        f"{found['partner']}, {found['year']}",
        sources=keys_of([found["source_keys"]]),
        tables=("trade_parts",),
        year=int(found["year"]),
    )


def simulate(
    known: Readings,
    *,
    asked: tuple[str, ...] = tuple(QUESTIONS),
    draws: int = DRAWS,
    seed: int = SEED,
) -> np.ndarray:
    """Draw the year's total with some questions left open.

    - ``release``: each measured pair is shifted by a part, the same for all between -1 and 1, of
      the gap that two editions showed for it;
    - ``months``: the rest of the year ran at a pace between the slowest and the fastest observed;
    - ``side``: Azerbaijan and Türkiye stand at Azerbaijan's customs figure or one of the rivals;
    - ``partner``: Azerbaijan and Kazakhstan stand at the one's figure or the other's.

    Parameters
    ----------
    known : Readings
        The figures.
    asked : tuple of str
        Questions left open, of `QUESTIONS`; the others are settled as the path settles them.
    draws, seed : int
        How many totals to draw, and where the random numbers start.

    Returns
    -------
    ndarray of float, shape (draws,)
        Totals in USD billion, each flow counted once.

    Raises
    ------
    ReckoningError
        An unknown question, or no draws.

    Examples
    --------
    >>> known = Readings(2024, ((10.0, 0.1),), 6.0, 10, (1.0, 1.0), 1.0, (7.0,), 0.0)
    >>> sorted(set(simulate(known, asked=("side",), draws=50).tolist()))  # 10 + 6, or 10 + 7 + 1
    [16.0, 18.0]
    """
    unknown = sorted(set(asked) - set(QUESTIONS))
    if unknown:
        raise ReckoningError(f"question {unknown[0]!r}", allowed=", ".join(QUESTIONS))
    if draws < 1:
        raise ReckoningError(f"{draws} draws", allowed="1 or more")
    random = np.random.default_rng(seed)
    # Every question draws its numbers, open or not, so that two runs differ only in what is asked.
    shift = random.uniform(-1, 1, draws) * ("release" in asked)
    pace = np.where(np.full(draws, "months" in asked), random.uniform(*known.paces, draws), 1.0)
    choice = random.integers(0, 1 + len(known.rivals), draws) * ("side" in asked)
    theirs = random.integers(0, 2, draws) * ("partner" in asked)
    measured = sum(value * (1 + gap * shift) for value, gap in known.measured)
    by_customs = known.group * (known.months + (MONTHS - known.months) * pace) / MONTHS
    rivals = np.array([np.nan, *known.rivals])
    azerbaijan = np.where(choice == 0, by_customs, rivals[choice] + known.rest)
    return measured + azerbaijan + theirs * known.partner


def interval(known: Readings, drawn: np.ndarray, share: float = 0.9) -> tuple[Quantity, Quantity]:
    """Give the ends of the interval that holds the middle ``share`` of the draws.

    Raises
    ------
    ReckoningError
        A share outside 0 to 1.

    Examples
    --------
    >>> known = Readings(2024, (), 0.0, 10, (1.0, 1.0), 0.0, (), 0.0)
    >>> [round(q.value, 9) for q in interval(known, np.arange(101.0))]
    [5.0, 95.0]
    """
    if not 0 < share < 1:
        raise ReckoningError(f"share {share:g}", allowed="between 0 and 1")
    edge = (1 - share) / 2
    ends = np.quantile(drawn, [edge, 1 - edge])
    low, high = (
        Quantity(
            value=float(end),
            unit="USD billion",
            rule=f"{word} end of the interval with {share:.0%} of {len(drawn):,} draws, "
            f"seed {SEED}".replace("%", " %"),
            sources=known.sources,
            tables=(
                "trade_pairs", "trade_flows", "trade_stated", "trade_sums", "trade_parts",
            ),
            year=known.year,
            estimate=bool(known.open),
        )
        for end, word in zip(ends, ("lower", "upper"), strict=True)
    )  # fmt: skip
    return low, high


def questions(known: Readings, share: float = 0.9) -> pd.DataFrame:
    """Say how much of the interval each open question makes.

    Parameters
    ----------
    known : Readings
        The figures.
    share : float
        Share of the draws that an interval holds.

    Returns
    -------
    DataFrame
        One row an open question and one for ``all``, widest first: ``question``, ``text``, ``low``
        and ``high`` (the interval with only this question open, USD billion), ``width`` and
        ``adds`` (by how much the interval of all questions shrinks once this one is settled). One
        open question is ``all`` there is; with none there are no rows.
    """
    columns = ["question", "text", "low", "high", "adds"]
    asked = known.open
    if not asked:
        return pd.DataFrame(columns=[*columns, "width"])
    whole = interval(known, simulate(known), share)
    width = whole[1].value - whole[0].value
    text = QUESTIONS[asked[0]] if len(asked) == 1 else f"{_TOGETHER[len(asked)]} questions open"
    rows = [("all", text, whole[0].value, whole[1].value, width)]
    for name in asked if len(asked) > 1 else ():
        alone = interval(known, simulate(known, asked=(name,)), share)
        others = tuple(other for other in QUESTIONS if other != name)
        without = interval(known, simulate(known, asked=others), share)
        adds = width - (without[1].value - without[0].value)
        rows.append((name, QUESTIONS[name], alone[0].value, alone[1].value, adds))
    out = pd.DataFrame(rows, columns=columns)
    out["width"] = out["high"] - out["low"]
    return out.sort_values("width", ascending=False, ignore_index=True, kind="stable")


def histogram(drawn: np.ndarray, bins: int = 40) -> pd.DataFrame:
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
    counts, edges = np.histogram(drawn, bins=bins)
    return pd.DataFrame(
        {"low": edges[:-1], "high": edges[1:], "share": 100 * counts / counts.sum()}
    )


def chance(known: Readings, drawn: np.ndarray, amount: float) -> Quantity:
    """Give the share of the draws, in percent, that pass an amount in USD billion."""
    low, _ = interval(known, drawn)
    return low.like(
        100 * float(np.mean(drawn > amount)),
        "%",
        f"share of {len(drawn):,} draws above {amount:.1f}, seed {SEED}",
    )
