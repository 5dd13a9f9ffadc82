"""What changed, and whether by more than the source's own uncertainty."""

from collections.abc import Sequence
from itertools import combinations
from statistics import NormalDist

import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity
from .values import listing, series

#: Level of confidence at which two scores are told apart; the World Bank's own charts use it.
LEVEL = 0.90
_RULES = ("published", "jump", "own")
_EQUAL = 1e-9  # so that equal decimals are equal
#: Figures below which no order of them could be told from chance at `LEVEL`.
LEAST = 4


def margin(first_error: float, last_error: float, level: float = LEVEL) -> float:
    """Say how large a difference of two scores must be to be told from none.

    z · √(s₁² + s₂²), of their standard errors s, with z of the normal distribution at the level of
    confidence, two-sided. The errors are taken as independent; where they go together, as between
    two years of one country, the margin is too wide rather than too narrow. Kaufmann, Kraay and
    Mastruzzi (2010).

    Examples
    --------
    >>> round(margin(0.3, 0.4), 3)  # 1.645 times 0.5
    0.822
    """
    joint = float((first_error**2 + last_error**2) ** 0.5)
    return NormalDist().inv_cdf((1 + level) / 2) * joint


def trend(values: Sequence[float]) -> float:
    """Give the probability that chance alone would order figures so much one way, or more so.

    The test of Mann (1945): S counts the later figures above each figure less those below it; with
    n figures its variance is n (n − 1) (2n + 5) / 18, less t (t − 1) (2t + 5) / 18 for each t equal
    figures. Two-sided, by the normal approximation with a correction for continuity. One large jump
    counts as much as a small one. Neighbouring years resemble each other, so the test finds
    somewhat more than it should.

    Examples
    --------
    Five figures that rise each time: S = 10, its variance 16.7, z = 9 / 4.08 = 2.20.

    >>> round(trend([1.0, 2.0, 3.0, 4.0, 5.0]), 3)
    0.027
    >>> trend([1.0, 3.0, 2.0, 3.0, 1.0])
    1.0
    """
    figures = list(values)
    n = len(figures)
    score = sum((b > a + _EQUAL) - (b < a - _EQUAL) for a, b in combinations(figures, 2))
    ties = [figures.count(figure) for figure in set(figures)]
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
    if abs(score) <= 1:
        return 1.0
    return float(2 * (1 - NormalDist().cdf((abs(score) - 1) / variance**0.5)))


def steadily(values: pd.Series, level: float = LEVEL) -> str:
    """Say whether figures by year rise or fall more steadily than chance would arrange.

    Raises
    ------
    ReckoningError
        Fewer than two years.

    Examples
    --------
    >>> figures = [1.0, 2.0, 3.0, 4.0, 5.0]
    >>> steadily(pd.Series(figures)), steadily(pd.Series(figures[::-1])), steadily(
    ...     pd.Series([1.0, 3.0, 2.0]))
    ('rise', 'fall', 'neither')

    A first step down leaves it a rise: of 21 pairs of years 20 rise.

    >>> steadily(pd.Series([2.0, 1.0, 3.0, 4.0, 5.0, 6.0, 7.0]))
    'rise'
    """
    if len(values) < 2:
        raise ReckoningError(f"{len(values)} years compared", allowed="a first before a last")
    if trend(list(values)) >= 1 - level:
        return "neither"
    return "rise" if values.iloc[-1] > values.iloc[0] else "fall"


def changes(
    indicators: pd.DataFrame,
    indicator_list: pd.DataFrame,
    names: tuple[str, ...],
    since: int,
    *,
    rule: str = "published",
    level: float = LEVEL,
) -> pd.DataFrame:
    """Compare each country's first and last value, and say whether the change is clear.

    Parameters
    ----------
    indicators, indicator_list : DataFrame
        The tables of those names.
    names : tuple of str
        Indicators in the order wanted.
    since : int
        First year looked at. An indicator starts in the first year from then in which every
        country has a value.
    rule : str, optional
        ``published``: the margin of the source's standard errors where both values have one,
        elsewhere `trend` over all the years. ``jump``: the largest move of any country from one
        figure to the next. ``own``: the largest that the country itself made.
    level : float, optional
        Level of confidence of the margin and of the trend.

    Returns
    -------
    DataFrame
        Columns ``indicator``, ``name``, ``unit``, ``better``, ``position``, ``country``,
        ``first_year``, ``last_year``, ``first``, ``last``, ``change``, ``margin`` (missing for a
        trend), ``rests_on`` (``standard errors``, ``trend``, ``jump``, ``own`` or ``not tested``),
        ``verdict`` (``rose``, ``fell``, ``no clear change``, ``not tested``: the indicator counts
        additions, which cannot fall, or ``too few figures``), ``progress`` (``better``, ``worse``,
        or empty).

    Raises
    ------
    ReckoningError
        No year from then on has a value of every country; an unknown rule; see `listing`.
    """
    if rule not in _RULES:
        raise ReckoningError(f"rule {rule!r}", allowed=", ".join(_RULES))
    found = []
    for name in names:
        listed = listing(indicator_list, name)
        wide = series(indicators, name, since)
        full = wide.dropna()
        if full.empty:
            raise ReckoningError(
                f"no year since {since} has {name} of every country",
                allowed="a year with a value of each",
            )
        start = int(full.index[0])
        errors = indicators[indicators["indicator"] == name].set_index(["country", "year"])
        errors = errors["standard_error"]
        for country in wide.columns:
            values = wide[country].dropna()
            values = values[values.index >= start]
            end = int(values.index[-1])
            first, last = float(values[start]), float(values[end])
            joint = float(errors[country, start] + errors[country, end])
            limit = float("nan")
            if listed["counts"] == "additions":
                rests_on, clear = "not tested", None
            elif rule == "published" and not pd.isna(joint):
                limit = margin(float(errors[country, start]), float(errors[country, end]), level)
                rests_on, clear = "standard errors", abs(last - first) > limit + _EQUAL
            elif rule == "published":
                rests_on = "trend"
                clear = trend(list(values)) < 1 - level if len(values) >= LEAST else None
            else:
                limit = _largest_move(wide if rule == "jump" else wide[[country]])
                rests_on, clear = rule, abs(last - first) > limit + _EQUAL
            if end == start:
                clear = None
            verdict, progress = "no clear change", ""
            if clear is None:
                verdict = "not tested" if rests_on == "not tested" else "too few figures"
            elif clear:
                verdict = "rose" if last > first else "fell"
                progress = _progress(last - first, listed["better"])
            found.append(
                {
                    "indicator": name,
                    **{key: listed[key] for key in ("name", "unit", "better", "position")},
                    "country": country,
                    "first_year": start,
                    "last_year": end,
                    "first": first,
                    "last": last,
                    "change": last - first,
                    "margin": limit,
                    "rests_on": rests_on,
                    "verdict": verdict,
                    "progress": progress,
                }
            )
    return pd.DataFrame(found)


def apart(
    indicators: pd.DataFrame, indicator: str, year: int, level: float = LEVEL
) -> pd.DataFrame:
    """Say which pairs of countries a score that has standard errors tells apart in one year.

    Returns
    -------
    DataFrame
        Columns ``first`` and ``second`` (codes), ``year``, ``difference``, ``margin``, ``apart``.
        An order of countries may be given only where ``apart`` is true.

    Raises
    ------
    ReckoningError
        A country has no standard error in that year.
    """
    rows = indicators[(indicators["indicator"] == indicator) & (indicators["year"] == year)]
    rows = rows.sort_values("country")
    if rows.empty or rows["standard_error"].isna().any():
        named = indicators[indicators["indicator"] == indicator]
        whole = named["standard_error"].notna().groupby(named["year"]).all()
        raise ReckoningError(
            f"{indicator} lacks a standard error in {year}",
            allowed=", ".join(str(it) for it in whole.index[whole]) or "a year that has each",
        )
    scores = list(rows[["country", "value", "standard_error"]].itertuples(index=False, name=None))
    found = [
        (a, b, year, abs(x - y), margin(s, t, level), abs(x - y) > margin(s, t, level) + _EQUAL)
        for (a, x, s), (b, y, t) in combinations(scores, 2)
    ]
    return pd.DataFrame(found, columns=["first", "second", "year", "difference", "margin", "apart"])


def tell_apart(
    compared: pd.DataFrame, sources: tuple[str, ...], *, every: bool = False
) -> Quantity:
    """Count the pairs of countries that scores tell apart, or all pairs (see `apart`)."""
    count = len(compared) if every else compared["apart"].sum()
    rule = "pairs of members " + ("and score compared" if every else "told apart by a score")
    year = int(compared["year"].max())
    return Quantity(float(count), "pairs", rule, sources, ("indicators",), year)


def other_choices(
    indicators: pd.DataFrame, indicator_list: pd.DataFrame, names: tuple[str, ...], since: int
) -> pd.DataFrame:
    """Count the clear changes under each rule, the book's own first.

    Returns
    -------
    DataFrame
        Columns ``rule``, ``better``, ``worse``, ``unclear``, ``untested``. Each row counts every
        pair of indicator and country once.
    """
    rules = (
        ("the source's errors, elsewhere a trend, at 90%", "published", LEVEL),
        ("the same, at 95%", "published", 0.95),
        ("the largest move of any member in a year", "jump", LEVEL),
        ("the largest move of the member itself in a year", "own", LEVEL),
    )
    found = []
    for name, rule, level in rules:
        changed = changes(indicators, indicator_list, names, since, rule=rule, level=level)
        clear = [int((changed["progress"] == how).sum()) for how in ("better", "worse")]
        compared = len(tested(changed))
        found.append((name, *clear, compared - sum(clear), len(changed) - compared))
    return pd.DataFrame(found, columns=["rule", "better", "worse", "unclear", "untested"])


def tally(changed: pd.DataFrame, verdict: str, sources: tuple[str, ...]) -> Quantity:
    """Count the pairs of indicator and country with a verdict (see `changes`)."""
    count = float((changed["verdict"] == verdict).sum())
    rule = f"pairs of indicator and country: {verdict}"
    return Quantity(count, "pairs", rule, sources, ("indicators", "indicator_list"))


def progressed(changed: pd.DataFrame, how: str, sources: tuple[str, ...]) -> Quantity:
    """Count the pairs of indicator and country that changed clearly, ``better`` or ``worse``.

    Examples
    --------
    >>> changed = pd.DataFrame({"progress": ["better", "", "worse", "better"]})
    >>> progressed(changed, "better", ("s",)).value
    2.0
    """
    count = float((changed["progress"] == how).sum())
    rule = f"pairs of indicator and country that changed clearly for the {how}"
    tables = ("indicators", "indicator_list", "shared_heritage", "trade_pairs", "trade_totals")
    return Quantity(count, "pairs", rule, sources, tables, estimate=True)


def by_indicator(changed: pd.DataFrame) -> pd.DataFrame:
    """Count for every indicator the countries that changed clearly for the better and the worse.

    Returns
    -------
    DataFrame
        Columns ``position``, ``name``, ``better``, ``worse``, in the order of the priorities.

    Examples
    --------
    >>> changed = pd.DataFrame({"position": [4, 4, 4], "name": ["A", "A", "B"],
    ...                         "progress": ["better", "better", "worse"]})
    >>> by_indicator(changed).to_numpy().tolist()
    [[4, 'A', 2, 0], [4, 'B', 0, 1]]
    """
    ways = ["better", "worse"]
    flags = changed.assign(**{way: changed["progress"] == way for way in ways})
    counts = flags.groupby(["position", "name"], sort=False)[ways].sum().reset_index()
    return counts.sort_values("position", kind="stable", ignore_index=True)


def choice_matters(counts: pd.DataFrame, sources: tuple[str, ...]) -> Quantity:
    """Count the priorities whose indicators give different numbers of better and of worse.

    ``counts`` are as `by_indicator` gives them.

    Examples
    --------
    >>> counts = pd.DataFrame({"position": [3, 3, 4, 4], "better": [1, 1, 4, 1], "worse": 0})
    >>> choice_matters(counts, ("s",)).value
    1.0
    """
    kinds = counts.drop_duplicates(["position", "better", "worse"])["position"].value_counts()
    rule = "priorities whose indicators tell different numbers of clear changes"
    tables = ("indicators", "indicator_list", "shared_heritage")
    return Quantity(float((kinds > 1).sum()), "priorities", rule, sources, tables, estimate=True)


def tested(changed: pd.DataFrame) -> pd.DataFrame:
    """Take the pairs of indicator and country that a test could find changed.

    Examples
    --------
    >>> changed = pd.DataFrame({"verdict": ["rose", "too few figures", "no clear change"]})
    >>> len(tested(changed))
    2
    """
    return changed[changed["verdict"].isin(("rose", "fell", "no clear change"))]


def pairs(changed: pd.DataFrame, sources: tuple[str, ...]) -> Quantity:
    """Count the pairs of indicator and country that were tested: see `tested`."""
    rule = "pairs of indicator and country tested"
    count = float(len(tested(changed)))
    return Quantity(count, "pairs", rule, sources, ("indicators", "indicator_list"))


def false_alarms(changed: pd.DataFrame, sources: tuple[str, ...], level: float = LEVEL) -> Quantity:
    """Say how many clear changes chance alone would bring if nothing had changed at all.

    Each test errs in one case of so many: 25 tests at 90% bring two or three.

    Examples
    --------
    >>> changed = pd.DataFrame({"verdict": ["no clear change"] * 25})
    >>> round(false_alarms(changed, ("s",)).value, 1)
    2.5
    """
    expected = len(tested(changed)) * (1 - level)
    rule = f"pairs tested × {1 - level:.2f}"
    return Quantity(
        expected, "pairs", rule, sources, ("indicators", "indicator_list"), estimate=True
    )


def by_country(changed: pd.DataFrame, verdict: str) -> pd.DataFrame:
    """Count a verdict country by country.

    Returns
    -------
    DataFrame
        Columns ``country``, ``indicators``; countries without that verdict are left out.
    """
    rows = changed[changed["verdict"] == verdict].groupby("country").size()
    return rows.rename("indicators").reset_index()


def _largest_move(wide: pd.DataFrame) -> float:
    return float(wide.diff().abs().max().max())


def _progress(change: float, better: str) -> str:
    if better == "none":
        return ""
    return "better" if (change > 0) == (better == "higher") else "worse"
