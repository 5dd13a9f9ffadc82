"""What changed, and whether by more than the source's own uncertainty."""

from statistics import NormalDist

import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity
from ..rows import chosen
from .values import listing, series

#: Level of confidence at which two scores are told apart; the World Bank's own charts use it.
LEVEL = 0.90
_RULES = ("published", "yardstick", "own")
_EQUAL = 1e-9  # so that equal decimals are equal


def yardstick(indicators: pd.DataFrame, indicator: str, since: int) -> Quantity:
    """Find the largest change that any country's value made from one year to the next.

    A change over ten years that is not larger than this is not called a change: it is within what
    the indicator does in a year. The rule is the book's own (grade E). It stands in where a source
    publishes no standard errors. The value has the indicator's unit, and no sign.
    """
    wide = series(indicators, indicator, since)
    rows = chosen(indicators, "table indicators", indicator=indicator)
    move = f"largest move of {indicator} from one year to the next"
    return Quantity.of(
        rows, _largest_move(wide), str(rows["unit"].iloc[0]),
        f"{move} among the countries since {since}", ("indicators",),
        year=int(wide.index[-1]), estimate=True,
    )  # fmt: skip


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
    joint = float((first_error**2 + last_error**2) ** 0.5)
    return NormalDist().inv_cdf((1 + level) / 2) * joint


def changes(
    indicators: pd.DataFrame,
    indicator_list: pd.DataFrame,
    names: tuple[str, ...],
    since: int,
    *,
    rule: str = "published",
    level: float = LEVEL,
) -> pd.DataFrame:
    """Compare each country's first and last value, and the change with its margin.

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
            end = int(values.index[-1])
            first, last = float(values[start]), float(values[end])
            first_error, last_error = float(errors[country, start]), float(errors[country, end])
            limit, rests_on = _largest_move(wide), "yardstick"
            if rule == "own":
                limit, rests_on = float(values.diff().abs().max()), "own"
            elif rule == "published" and not pd.isna(first_error + last_error):
                limit, rests_on = margin(first_error, last_error, level), "standard errors"
            verdict, progress = "no clear change", ""
            if end == start:
                verdict = "no later figure"
            elif abs(last - first) > limit + _EQUAL:
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


def over_term(
    indicators: pd.DataFrame,
    indicator_list: pd.DataFrame,
    names: tuple[str, ...],
    years: tuple[int, int],
) -> pd.DataFrame:
    """Set two neighbouring years side by side; where one has no figure, leave a gap.

    Returns
    -------
    DataFrame
        Columns ``indicator``, ``name``, ``unit``, ``country``, ``first``, ``last``, ``change``,
        missing where there is no figure, and ``usual``, the largest move of any country from one
        year to the next before them. An indicator without any figure in the last year is left out.
    """
    first, last = years
    parts = []
    for name in names:
        listed = listing(indicator_list, name)
        past = series(indicators, name)
        wide = past.reindex([first, last])
        if wide.loc[last].notna().any():
            both = pd.DataFrame({"first": wide.loc[first], "last": wide.loc[last]}).reset_index()
            both["change"] = both["last"] - both["first"]
            both["usual"] = _largest_move(past.loc[:first])
            parts.append(both.assign(indicator=name, name=listed["name"], unit=listed["unit"]))
    columns = ["indicator", "name", "unit", "country", "first", "last", "change", "usual"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


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

    Examples
    --------
    >>> term = pd.DataFrame({"change": [-3.0, 1.0, float("nan")], "usual": [2.0, 2.0, 2.0]})
    >>> beyond_usual(term, ("s",)).value, beyond_usual(term, ("s",), every=True).value
    (1.0, 2.0)
    """
    moves = term.dropna(subset=["change", "usual"])
    rows = moves if every else moves[moves["change"].abs() > moves["usual"]]
    rule = "moves over the chairmanship" if every else "moves larger than in any year before"
    tables = ("indicators", "shared_heritage")
    return Quantity(float(len(rows)), "moves", rule, sources, tables, estimate=not every)


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
        of countries may be given only where ``apart`` is true.

    Raises
    ------
    ReckoningError
        A country has no standard error in that year.
    """
    rows = indicators[(indicators["indicator"] == indicator) & (indicators["year"] == year)]
    rows = rows.sort_values("country")
    if rows.empty or rows["standard_error"].isna().any():
        raise ReckoningError(f"{indicator} lacks a standard error in {year}")
    scores = list(rows[["country", "value", "standard_error"]].itertuples(index=False, name=None))
    found = [
        (a, b, abs(x - y), margin(s, t, level), abs(x - y) > margin(s, t, level) + _EQUAL)
        for place, (a, x, s) in enumerate(scores)
        for b, y, t in scores[place + 1 :]
    ]
    return pd.DataFrame(found, columns=["first", "second", "difference", "margin", "apart"])


def indistinguishable(compared: pd.DataFrame, country: str) -> tuple[str, ...]:
    """List the countries that one country is not told apart from.

    Parameters
    ----------
    compared : DataFrame
        From `apart`.
    country : str
        Its code.

    Raises
    ------
    ReckoningError
        The country was not compared.

    Examples
    --------
    >>> compared = pd.DataFrame({"first": ["AZE", "AZE"], "second": ["KAZ", "UZB"],
    ...                          "apart": [True, False]})
    >>> indistinguishable(compared, "AZE"), indistinguishable(compared, "KAZ")
    (('UZB',), ())
    """
    codes = set(compared["first"]) | set(compared["second"])
    if country not in codes:
        raise ReckoningError(f"{country!r} was not compared", allowed=", ".join(sorted(codes)))
    near = compared[~compared["apart"].astype(bool)]
    own = near[(near["first"] == country) | (near["second"] == country)]
    return tuple(sorted({*own["first"], *own["second"]} - {country}))


def tell_apart(
    compared: pd.DataFrame, sources: tuple[str, ...], *, every: bool = False
) -> Quantity:
    """Count the pairs of countries that scores tell apart, or all pairs (see `apart`)."""
    count = len(compared) if every else compared["apart"].sum()
    rule = "pairs of members " + ("and score compared" if every else "told apart by a score")
    return Quantity(float(count), "pairs", rule, sources, ("indicators",), 2023)


def other_choices(
    indicators: pd.DataFrame, indicator_list: pd.DataFrame, names: tuple[str, ...], since: int
) -> pd.DataFrame:
    """Count the clear changes under each rule, the book's own first.

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
        changed = changes(indicators, indicator_list, names, since, rule=rule, level=level)
        progress = list(changed["progress"])
        found.append((name, *(progress.count(how) for how in ("better", "worse", ""))))
    return pd.DataFrame(found, columns=["rule", "better", "worse", "unclear"])


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
    flags = changed.assign(
        better=changed["progress"] == "better", worse=changed["progress"] == "worse"
    )
    counts = flags.groupby(["position", "name"], sort=False)[["better", "worse"]].sum()
    return counts.reset_index().sort_values("position", kind="stable").reset_index(drop=True)


def choice_matters(counts: pd.DataFrame, sources: tuple[str, ...]) -> Quantity:
    """Count the priorities whose indicators give different numbers of better and of worse.

    Parameters
    ----------
    counts : DataFrame
        From `by_indicator`.
    sources : tuple of str
        Keys of the sources of the indicators.

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


def pairs(changed: pd.DataFrame, sources: tuple[str, ...]) -> Quantity:
    """Count all pairs of indicator and country that `changes` compared."""
    rule = "pairs of indicator and country compared"
    return Quantity(float(len(changed)), "pairs", rule, sources, ("indicators", "indicator_list"))


def by_country(changed: pd.DataFrame, verdict: str) -> pd.DataFrame:
    """Count a verdict country by country.

    Returns
    -------
    DataFrame
        Columns ``country``, ``indicators``; countries without that verdict are left out.
    """
    rows = changed[changed["verdict"] == verdict].groupby("country").size()
    return rows.rename("indicators").reset_index()


def steady(changed: pd.DataFrame) -> tuple[str, ...]:
    """Name the indicators in which no country changed clearly."""
    clear = set(changed.loc[changed["verdict"].isin(("rose", "fell")), "name"])
    return tuple(name for name in dict.fromkeys(changed["name"]) if name not in clear)


def _largest_move(wide: pd.DataFrame) -> float:
    return float(wide.diff().abs().max().max())


def _progress(change: float, better: str) -> str:
    if better == "none":
        return ""
    return "better" if (change > 0) == (better == "higher") else "worse"
