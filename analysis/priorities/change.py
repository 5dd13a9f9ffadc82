"""What changed, and whether by more than the source's own uncertainty."""

from statistics import NormalDist

import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity, keys_of
from .values import series, told_of

#: Level of confidence at which two scores are told apart; the World Bank's own charts use it.
LEVEL = 0.90
_RULES = ("published", "yardstick", "own")
_EQUAL = 1e-9  # so that equal decimals are equal


def yardstick(indicators: pd.DataFrame, indicator: str, since: int) -> Quantity:
    """Find the largest change that any country's value made from one year to the next.

    A change over ten years that is not larger than this is not called a change: it is within what
    the indicator does in a year. The rule is the book's own (grade E). It stands in where a source
    publishes no standard errors.

    Parameters
    ----------
    indicators : DataFrame
        Table ``indicators``.
    indicator : str
        Its short name.
    since : int
        First year looked at.

    Returns
    -------
    Quantity
        In the unit of the indicator, without sign.
    """
    wide = series(indicators, indicator, since)
    rows = indicators[indicators["indicator"] == indicator]
    return Quantity(
        _largest_move(wide),
        str(rows["unit"].iloc[0]),
        f"largest move of {indicator} from one year to the next among the countries since {since}",
        keys_of(rows["source_keys"]),
        ("indicators",),
        int(wide.index[-1]),
        estimate=True,
    )


def margin(first_error: float, last_error: float, level: float = LEVEL) -> float:
    """Say how large a difference of two scores must be to be told from none.

    z · √(s₁² + s₂²), with z of the normal distribution at the level of confidence, two-sided. The
    errors are taken as independent; where they go together, as between two years of one country,
    the margin is too wide rather than too narrow. Kaufmann, Kraay and Mastruzzi (2010).

    Parameters
    ----------
    first_error, last_error : float
        Standard errors of the two scores.
    level : float, optional
        Level of confidence.

    Examples
    --------
    >>> round(margin(0.3, 0.4), 3)  # 1.645 times 0.5
    0.822
    """
    return NormalDist().inv_cdf((1 + level) / 2) * (first_error**2 + last_error**2) ** 0.5


def changes(
    indicators: pd.DataFrame,
    indicator_list: pd.DataFrame,
    chosen: tuple[str, ...],
    since: int,
    *,
    rule: str = "published",
    level: float = LEVEL,
) -> pd.DataFrame:
    """Compare each country's first and last value, and hold the change against its margin.

    Parameters
    ----------
    indicators, indicator_list : DataFrame
        The tables of those names.
    chosen : tuple of str
        Indicators in the order wanted.
    since : int
        First year looked at. An indicator starts in the first year from then in which every
        country has a value.
    rule : str, optional
        ``published``: the margin of the source's standard errors where both values have one, the
        yardstick elsewhere. ``yardstick``: the yardstick everywhere. ``own``: the largest move
        that the country itself made from one figure to the next.
    level : float, optional
        Level of confidence of the published margin.

    Returns
    -------
    DataFrame
        Columns ``indicator``, ``name``, ``unit``, ``better``, ``position``, ``country``,
        ``first_year``, ``last_year``, ``first``, ``last``, ``change``, ``margin``, ``rests_on``
        (``standard errors``, ``yardstick`` or ``own``), ``verdict`` (``rose``, ``fell``, ``no clear
        change`` or ``no later figure``), ``progress`` (``better``, ``worse``, or empty).

    Raises
    ------
    ReckoningError
        No year from then on has a value of every country; an unknown rule; see `told_of`.
    """
    if rule not in _RULES:
        raise ReckoningError(f"rule {rule!r}", allowed=", ".join(_RULES))
    found = []
    for indicator in chosen:
        told = told_of(indicator_list, indicator)
        wide = series(indicators, indicator, since)
        full = wide.dropna()
        if full.empty:
            raise ReckoningError(
                f"no year since {since} has {indicator} of every country",
                allowed="a year with a value of each",
            )
        start = int(full.index[0])
        errors = _errors(indicators, indicator)
        stick = _largest_move(wide)
        for country in wide.columns:
            last_year = int(wide[country].dropna().index[-1])
            first, last = float(wide.loc[start, country]), float(wide.loc[last_year, country])
            pair = [errors.get((country, year)) for year in (start, last_year)]
            known = rule == "published" and None not in pair
            bound, rests_on = stick, "yardstick"
            if known:
                bound, rests_on = margin(*pair, level), "standard errors"
            elif rule == "own":
                bound, rests_on = float(wide[country].dropna().diff().abs().max()), "own"
            change = last - first
            verdict, progress = "no clear change", ""
            if last_year == start:
                verdict = "no later figure"
            elif abs(change) > bound + _EQUAL:
                verdict = "rose" if change > 0 else "fell"
                progress = _progress(change, told["better"])
            found.append(
                (
                    indicator,
                    told["name"],
                    told["unit"],
                    told["better"],
                    int(told["position"]),
                    country,
                    start,
                    last_year,
                    first,
                    last,
                    change,
                    bound,
                    rests_on,
                    verdict,
                    progress,
                )
            )
    return pd.DataFrame(
        found,
        columns=[
            "indicator",
            "name",
            "unit",
            "better",
            "position",
            "country",
            "first_year",
            "last_year",
            "first",
            "last",
            "change",
            "margin",
            "rests_on",
            "verdict",
            "progress",
        ],
    )


def over_term(
    indicators: pd.DataFrame,
    indicator_list: pd.DataFrame,
    chosen: tuple[str, ...],
    years: tuple[int, int],
) -> pd.DataFrame:
    """Set two neighbouring years side by side; where one has no figure, leave a gap.

    Parameters
    ----------
    indicators, indicator_list : DataFrame
        The tables of those names.
    chosen : tuple of str
        Indicators in the order wanted.
    years : tuple of (int, int)
        First and last year.

    Returns
    -------
    DataFrame
        Columns ``indicator``, ``name``, ``unit``, ``country``, ``first``, ``last``, ``change``,
        missing where there is no figure, and ``usual``, the largest move of any country from one
        year to the next before them. An indicator without any figure in the last year is left out.
    """
    first, last = years
    found = []
    for indicator in chosen:
        told = told_of(indicator_list, indicator)
        past = series(indicators, indicator)
        wide = past.reindex([first, last])
        if wide.loc[last].isna().all():
            continue
        usual = past.loc[:first].diff().abs().max().max()
        for country in wide.columns:
            one, two = wide.loc[first, country], wide.loc[last, country]
            found.append(
                (indicator, told["name"], told["unit"], country, one, two, two - one, usual)
            )
    return pd.DataFrame(
        found, columns=["indicator", "name", "unit", "country", "first", "last", "change", "usual"]
    )


def beyond_usual(term: pd.DataFrame, sources: tuple[str, ...], *, every: bool = False) -> Quantity:
    """Count the moves over a term that are larger than any move in one year before it.

    Parameters
    ----------
    term : DataFrame
        From `over_term`.
    sources : tuple of str
        Keys of the sources of the indicators.
    every : bool, optional
        Count all the moves instead.

    Returns
    -------
    Quantity
        Moves, whole.

    Examples
    --------
    >>> term = pd.DataFrame({"change": [-3.0, 1.0, float("nan")], "usual": [2.0, 2.0, 2.0]})
    >>> beyond_usual(term, ("s",)).value, beyond_usual(term, ("s",), every=True).value
    (1.0, 2.0)
    """
    known = term.dropna(subset=["change", "usual"])
    rows = known if every else known[known["change"].abs() > known["usual"]]
    return Quantity(
        float(len(rows)),
        "moves",
        "moves over the chairmanship" if every else "moves larger than in any year before",
        sources,
        ("indicators", "shared_heritage"),
        estimate=not every,
    )


def apart(
    indicators: pd.DataFrame, indicator: str, year: int, level: float = LEVEL
) -> pd.DataFrame:
    """Say which pairs of countries a score tells apart in one year.

    Parameters
    ----------
    indicators : DataFrame
        Table ``indicators``.
    indicator : str
        An indicator with standard errors.
    year : int
        The year.
    level : float, optional
        Level of confidence.

    Returns
    -------
    DataFrame
        Columns ``first`` and ``second`` (codes), ``difference``, ``margin``, ``apart``. An order
        of countries may be told only where ``apart`` is true.

    Raises
    ------
    ReckoningError
        A country has no standard error in that year.
    """
    rows = indicators[(indicators["indicator"] == indicator) & (indicators["year"] == year)]
    rows = rows.sort_values("country")
    if rows.empty or rows["standard_error"].isna().any():
        raise ReckoningError(f"{indicator} lacks a standard error in {year}")
    told = list(rows[["country", "value", "standard_error"]].itertuples(index=False, name=None))
    found = [
        (a, b, abs(x - y), margin(s, t, level), abs(x - y) > margin(s, t, level) + _EQUAL)
        for place, (a, x, s) in enumerate(told)
        for b, y, t in told[place + 1 :]
    ]
    return pd.DataFrame(found, columns=["first", "second", "difference", "margin", "apart"])


def beside(told: pd.DataFrame, country: str) -> tuple[str, ...]:
    """List the countries that one country is not told apart from.

    Parameters
    ----------
    told : DataFrame
        From `apart`.
    country : str
        Its code.

    Raises
    ------
    ReckoningError
        The country was not compared.

    Examples
    --------
    >>> told = pd.DataFrame({"first": ["AZE", "AZE"], "second": ["KAZ", "UZB"],
    ...                      "apart": [True, False]})
    >>> beside(told, "AZE"), beside(told, "KAZ")
    (('UZB',), ())
    """
    known = set(told["first"]) | set(told["second"])
    if country not in known:
        raise ReckoningError(f"{country!r} was not compared", allowed=", ".join(sorted(known)))
    near = told[~told["apart"].astype(bool)]
    mine = near[(near["first"] == country) | (near["second"] == country)]
    return tuple(sorted({*mine["first"], *mine["second"]} - {country}))


def tell_apart(told: pd.DataFrame, sources: tuple[str, ...], *, every: bool = False) -> Quantity:
    """Count the pairs of countries that scores tell apart, or all pairs (see `apart`)."""
    return Quantity(
        float(len(told) if every else told["apart"].sum()),
        "pairs",
        "pairs of members and score compared"
        if every
        else "pairs of members told apart by a score",
        sources,
        ("indicators",),
        2023,
    )


def other_choices(
    indicators: pd.DataFrame, indicator_list: pd.DataFrame, chosen: tuple[str, ...], since: int
) -> pd.DataFrame:
    """Count the clear changes under each rule, the book's own first.

    Parameters
    ----------
    indicators, indicator_list : DataFrame
        The tables of those names.
    chosen : tuple of str
        Indicators.
    since : int
        First year looked at.

    Returns
    -------
    DataFrame
        Columns ``rule``, ``better``, ``worse``, ``unclear``. Each row counts every pair of
        indicator and country once.
    """
    rules = (
        ("the source's errors at 90 %, else the largest move of any member", "published", LEVEL),
        ("the same, at 95 %", "published", 0.95),
        ("the largest move of any member", "yardstick", LEVEL),
        ("the largest move of the member itself", "own", LEVEL),
    )
    found = []
    for name, rule, level in rules:
        told = changes(indicators, indicator_list, chosen, since, rule=rule, level=level)
        better = int((told["progress"] == "better").sum())
        worse = int((told["progress"] == "worse").sum())
        found.append((name, better, worse, len(told) - better - worse))
    return pd.DataFrame(found, columns=["rule", "better", "worse", "unclear"])


def tally(changed: pd.DataFrame, verdict: str, sources: tuple[str, ...]) -> Quantity:
    """Count the pairs of indicator and country with a verdict (see `changes`)."""
    return Quantity(
        float((changed["verdict"] == verdict).sum()),
        "pairs",
        f"pairs of indicator and country: {verdict}",
        sources,
        ("indicators", "indicator_list"),
    )


def progressed(changed: pd.DataFrame, how: str, sources: tuple[str, ...]) -> Quantity:
    """Count the pairs of indicator and country that changed clearly, ``better`` or ``worse``.

    Examples
    --------
    >>> changed = pd.DataFrame({"progress": ["better", "", "worse", "better"]})
    >>> progressed(changed, "better", ("s",)).value
    2.0
    """
    return Quantity(
        float((changed["progress"] == how).sum()),
        "pairs",
        f"pairs of indicator and country that changed clearly for the {how}",
        sources,
        ("indicators", "indicator_list", "shared_heritage", "trade_pairs", "trade_totals"),
        estimate=True,
    )


def by_indicator(changed: pd.DataFrame) -> pd.DataFrame:
    """Count for every indicator the countries that changed clearly for the better and the worse.

    Parameters
    ----------
    changed : DataFrame
        From `changes`.

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
    held = changed.assign(
        better=changed["progress"] == "better", worse=changed["progress"] == "worse"
    )
    told = held.groupby(["position", "name"], sort=False)[["better", "worse"]].sum()
    return told.reset_index().sort_values("position", kind="stable").reset_index(drop=True)


def choice_matters(told: pd.DataFrame, sources: tuple[str, ...]) -> Quantity:
    """Count the priorities whose indicators do not tell the same numbers of better and of worse.

    Parameters
    ----------
    told : DataFrame
        From `by_indicator`.
    sources : tuple of str
        Keys of the sources of the indicators.

    Returns
    -------
    Quantity
        Priorities, whole.

    Examples
    --------
    >>> told = pd.DataFrame({"position": [3, 3, 4, 4], "better": [1, 1, 4, 1], "worse": 0})
    >>> choice_matters(told, ("s",)).value
    1.0
    """
    kinds = told.drop_duplicates(["position", "better", "worse"])["position"].value_counts()
    return Quantity(
        float((kinds > 1).sum()),
        "priorities",
        "priorities whose indicators tell different numbers of clear changes",
        sources,
        ("indicators", "indicator_list", "shared_heritage"),
        estimate=True,
    )


def pairs(changed: pd.DataFrame, sources: tuple[str, ...]) -> Quantity:
    """Count all pairs of indicator and country that `changes` compared."""
    return Quantity(
        float(len(changed)),
        "pairs",
        "pairs of indicator and country compared",
        sources,
        ("indicators", "indicator_list"),
    )


def who(changed: pd.DataFrame, verdict: str) -> pd.DataFrame:
    """Count the verdicts of each country.

    Returns
    -------
    DataFrame
        Columns ``country``, ``indicators``; countries without that verdict are left out.
    """
    rows = changed[changed["verdict"] == verdict].groupby("country").size()
    return rows.rename("indicators").reset_index()


def steady(changed: pd.DataFrame) -> tuple[str, ...]:
    """Name the indicators in which no country changed clearly."""
    moved = set(changed.loc[changed["verdict"].isin(("rose", "fell")), "name"])
    return tuple(name for name in dict.fromkeys(changed["name"]) if name not in moved)


def _largest_move(wide: pd.DataFrame) -> float:
    return float(wide.diff().abs().max().max())


def _errors(indicators: pd.DataFrame, indicator: str) -> dict[tuple[str, int], float]:
    rows = indicators[(indicators["indicator"] == indicator) & indicators["standard_error"].notna()]
    return {(row.country, int(row.year)): float(row.standard_error) for row in rows.itertuples()}


def _progress(change: float, better: str) -> str:
    if better == "none":
        return ""
    return "better" if (change > 0) == (better == "higher") else "worse"
