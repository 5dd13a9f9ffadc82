"""Charts of the context chapter."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from textwrap import fill
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from ..countries import NAMES
from ..formats import capitalised, month, of_all
from ..quantities import keys_of
from ..sources import ARTICLE
from . import style
from .chart import Chart, CitedChart

#: Years between the ticks of the timeline, and the height of one line of its labels, in years.
_ROUND, _LINE = 5, 0.4

_EVENT_MARKERS = {
    "founding": "s", "summit": "o", "informal": "o", "accession": "P", "statement": "D",
}  # fmt: skip
_BOUND_MARKERS = {"about": "o", "more than": "^", "nearly": "v", "exactly": "s"}
_LIST_MARKERS = {
    "four founding members": "v",
    "five members": "o",
    "five members and Hungary": "<",
    "five members and Turkmenistan": ">",
    "with Hungary and Turkmenistan": "D",
}
_TITLES = {
    "area": "Area",
    "population": "Population",
    "gdp": "GDP at current prices",
    "gdp_ppp": "GDP at purchasing power",
}
_UNITS_WITH_YEAR = {
    "area": "million km²",
    "population": "million, 2024",
    "gdp": "USD billion, 2024",
    "gdp_ppp": "billion int. dollars, 2024",
}
_UNITS = {"area": "million km²", "population": "million"}


@dataclass(frozen=True)
class Timeline(CitedChart):
    """The organisation's events down an axis of years, with the terms of the chair at its side.

    The longest term is the dark one; an open marker is an informal summit.

    Parameters
    ----------
    frame : DataFrame
        From `analysis.context.timeline`.
    """

    tables = ("events",)
    height = 8.8

    @property
    def caption(self) -> str:
        """How long Kazakhstan held the chair, beside the terms around it."""
        ended = self._ended
        own = list(ended["label"]).index(NAMES["KAZ"])
        (before, days, after), terms = ended["days"].iloc[own - 1 : own + 2], ended["label"]
        return (
            f"In the chair: {terms.iloc[own - 1]} {before} days, {terms.iloc[own]} {days}, "
            f"{terms.iloc[own + 1]} {after}."
        )

    @property
    def alt(self) -> str:
        """Founding, summits and terms."""
        frame = self.frame
        summits = frame.loc[frame["kind"] == "summit", "date"]
        founding = frame[frame["kind"] == "founding"].iloc[0]
        chairs = "; ".join(f"{row.label} {row.days} days" for row in self._ended.itertuples())
        return (
            f"A line of time from {founding['date'][:4]} to {frame['date'].max()[:4]}. "
            f"{founding['label']} on {_day(founding['date'])}; {len(summits)} regular summits, the "
            f"first in {summits.iloc[0][:4]}, the latest in {summits.iloc[-1][:4]}. "
            f"Ended chairmanships: {chairs}."
        )

    @property
    def _ended(self) -> pd.DataFrame:
        return self.frame[self.frame["days"].notna()]

    def draw(self, ax: Axes) -> Axes:
        """Draw years downwards: terms left of the axis, names of events right of it."""
        frame, ended = self.frame, self._ended
        points = frame[frame["kind"] != "chairmanship"]
        first, last = frame["when"].min(), frame["when"].max() + 0.35
        until = ended["when"].min() - 1 if len(ended) else last
        text = partial(ax.text, va="center")
        ax.plot([0, 0], [first - 0.3, last], color=style.MUTED, linewidth=1.2)
        for year in range(int(first) + 1, int(until) + 1):
            if year % _ROUND == 0:
                ax.plot([-0.02, 0], [year, year], color=style.MUTED, linewidth=1)
                text(-0.03, year, str(year), ha="right", color=style.MUTED)
        for row in points.itertuples():
            colour = style.CLAIM if row.kind == "statement" else style.MEASURED
            ax.plot(
                [0], [row.when], _EVENT_MARKERS[row.kind], color=colour, markersize=6.5, zorder=3,
                markerfacecolor=style.GROUND if row.kind == "informal" else colour,
            )  # fmt: skip
        places = style.spread(list(points["when"]), _LINE)
        for row, place in zip(points.itertuples(), places, strict=True):
            leader = [row.when, place, place]
            ax.plot([0.012, 0.05, 0.07], leader, color=style.GRID, linewidth=0.9, zorder=1)
            name = f"{month(row.date)}  {row.label}"
            text(0.08, place, name, color=style.CLAIM if row.kind == "statement" else style.INK)
        for row in ended.itertuples():
            longest = row.days == ended["days"].max()
            middle = (row.when + row.until) / 2
            ax.barh(
                middle, 0.5, row.until - row.when, left=-0.53, linewidth=1.5,
                color=style.MEASURED if longest else style.BAND, edgecolor=style.GROUND,
            )  # fmt: skip
            text(
                -0.28, middle, f"{row.label}\n{row.days} days", ha="center", linespacing=1.1,
                color=style.GROUND if longest else style.INK,
            )  # fmt: skip
        if len(ended):
            top = ended["when"].min() - 0.12
            text(-0.28, top, "In the chair", ha="center", va="bottom", color=style.MUTED)
        text(-0.53, first + 2, "open mark:\ninformal\nsummit", color=style.MUTED)
        ax.set_xlim(-0.53, 1.95)
        ax.set_ylim(last + 0.2, first - 0.4)
        ax.set_axis_off()
        return ax


@dataclass(frozen=True)
class CountrySizes(Chart):
    """The countries as bars from zero, a small panel a measure; observers are hatched.

    Parameters
    ----------
    frame : DataFrame
        From `analysis.context.country_sizes`.
    """

    frame: pd.DataFrame
    sources = ("cia2026factbook", "imf2025weo")
    tables = ("sizes",)
    height = 4.6

    @property
    def caption(self) -> str:
        """Whose the land and the people are."""
        share = self.frame.set_index(["measure", "country"])["share"]
        return (
            f"Kazakhstan has {share['area', 'KAZ']:.0f}% of the five members' area, Türkiye "
            f"{share['population', 'TUR']:.0f}% of their people."
        )

    @property
    def alt(self) -> str:
        """Every bar with its value."""
        parts = []
        for measure, rows in self.frame.groupby("measure", sort=False):
            least = rows["value"].min()
            bars = "; ".join(
                f"{NAMES[row.country]} {_same_decimals(row.value, least)}"
                for row in rows.itertuples()
            )
            parts.append(f"{_TITLES[measure]} in {rows['unit'].iloc[0]}: {bars}.")
        return "Bars, a panel a measure, observers hatched. " + " ".join(parts)

    def draw(self, ax: Axes) -> Axes:
        """Draw two panels a row; the ax itself is left blank."""
        measures = list(dict.fromkeys(self.frame["measure"]))
        panels = style.divide(ax, len(measures), 2, hspace=0.06, wspace=0.05)
        for measure, panel in zip(measures, panels, strict=True):
            rows = self.frame[self.frame["measure"] == measure]
            top, least = rows["value"].max(), rows["value"].min()
            for height, row in enumerate(rows.itertuples()):
                length = row.value / top
                panel.barh(
                    height, length, 0.68, color=style.MEASURED if row.member else style.BAND,
                    hatch=None if row.member else "///", edgecolor=style.MEASURED, linewidth=0.8,
                )  # fmt: skip
                text = partial(panel.text, y=height, va="center")
                text(x=-0.03, s=NAMES[row.country], ha="right")
                text(x=length + 0.03, s=_same_decimals(row.value, least))
            title = f"{_TITLES[measure]},\n{_UNITS_WITH_YEAR[measure]}"
            panel.text(-0.78, -1.35, title, fontweight="bold", va="center", linespacing=1.1)
            if panel is panels[0]:
                panel.text(-0.78, len(rows), "hatched: observers", color=style.MUTED)
            panel.set_xlim(-0.78, 1.42)
            panel.set_ylim(len(rows) + 0.2, -2.1)
            panel.set_axis_off()
        return ax


@dataclass(frozen=True)
class StatedSizes(CitedChart):
    """How far the sum over each list lies from each stated figure, and what the figure allows.

    The band of a row is what the wording and the last digit allow; a filled marker lies within it.

    Parameters
    ----------
    frame : DataFrame
        From `analysis.context.fits`.
    """

    tables = ("sizes", "size_statements")
    height = 9.6

    @property
    def further(self) -> tuple[float, ...]:
        """What is written in trillions."""
        return tuple(self.frame["stated"] / 1000)

    @property
    def caption(self) -> str:
        """Whether any list of countries gives the stated area."""
        area = self.frame[self.frame["measure"] == "area"]
        fitting = list(dict.fromkeys(area.loc[area["fits"], "list"]))
        if fitting:
            return f"The stated area fits {fitting[0]}."
        return "No list of countries adds up to the stated area."

    @property
    def alt(self) -> str:
        """Which lists each statement fits, and how far off the nearest is."""
        parts = []
        for (_, when, who), rows in self.frame.groupby(["measure", "date", "speaker"], sort=False):
            fitting = list(rows.loc[rows["fits"], "list"])
            nearest = rows.loc[rows["off"].abs().idxmin()]
            parts.append(
                f"{who}, {month(when)}, {_stated(rows.iloc[0])}: "
                + (
                    f"fits {' and '.join(fitting)}"
                    if fitting
                    else f"fits none, nearest {nearest['list']} at {nearest['off']:+.1f}%"
                )
            )
        return "Stated sizes against sums over five lists. " + "; ".join(parts) + "."

    def draw(self, ax: Axes) -> Axes:
        """Draw a key of the lists, then a row a statement, measure by measure."""
        frame, left = self.frame, -72.0
        low, high = frame["off"].min() - 3, max(frame["off"].max(), frame["high"].max()) + 3
        text = partial(ax.text, va="center")
        place = 0.0
        for name in dict.fromkeys(frame["list"]):
            ax.plot([left + 2], [place], _LIST_MARKERS[name], color=style.INK, markersize=6)
            text(left + 6, place, capitalised(name))
            place += 0.8
        place += 0.3
        key = "filled: the sum fits the statement; band: what its wording allows"
        text(left, place, key, color=style.MUTED)
        place += 0.5
        first = place
        for measure, part in frame.groupby("measure", sort=False):
            place += 0.5
            text(left, place, _TITLES[measure], fontweight="bold")
            place += 1.1
            for _, rows in part.groupby(["date", "speaker"], sort=False):
                row = rows.iloc[0]
                who = fill(f"{row['speaker'].split('. ')[-1]}, {month(row['date'])}", 26)
                place += 0.25 * who.count("\n")
                ax.barh(
                    place, row["high"] - row["low"], 0.9, left=row["low"], color=style.BAND,
                    edgecolor=style.MEASURED, linewidth=0.6,
                )  # fmt: skip
                for each in rows.itertuples():
                    ax.plot(
                        [each.off], [place], _LIST_MARKERS[each.list], markersize=6,
                        color=style.INK, markeredgewidth=1.1,
                        markerfacecolor=style.INK if each.fits else style.GROUND,
                    )  # fmt: skip
                text(left, place, f"{_stated(row)}\n{who}", linespacing=1.05)
                if not rows["fits"].any():
                    text(high, place, "no list fits", ha="right")
                place += 1.35 + 0.25 * who.count("\n")
        ax.plot([0, 0], [first, place - 0.6], color=style.MUTED, linewidth=1, zorder=0.5)
        ax.set_xlim(left - 1, high)
        ax.set_ylim(place - 0.5, -0.7)
        ax.set_yticks([])
        ax.set_xticks([tick for tick in (-30, -20, -10, 0, 10, 20) if low < tick < high])
        ax.spines["left"].set_visible(False)
        ax.spines["bottom"].set_bounds(low, high)
        ax.set_xlabel("sum over the list, % above the stated figure", loc="right")
        return ax


@dataclass(frozen=True)
class Repeated(Chart):
    """The words of each passage as bars, those that were said before filled.

    Parameters
    ----------
    frame : DataFrame
        From `analysis.context.shared_words`.
    """

    frame: pd.DataFrame
    tables = ("statement_wordings",)
    height = 2.3

    @property
    def caption(self) -> str:
        """How many words of the passages had been said before."""
        shared, words = self.frame["shared"].sum(), self.frame["words"].sum()
        return f"Of {words} distinct words compared, {shared} stood in the Bishkek speech."

    @property
    def alt(self) -> str:
        """Every passage with its words."""
        bars = "; ".join(
            f"{row.topic}: {row.shared} of {row.words}" for row in self.frame.itertuples()
        )
        return f"Bars of the distinct words of each passage of the article, said before: {bars}."

    def draw(self, ax: Axes) -> Axes:
        """Draw a bar a passage: filled what was said before, hatched what was not."""
        for place, row in enumerate(self.frame.itertuples()):
            ax.barh(place, row.shared, 0.62, color=style.MEASURED)
            ax.barh(
                place, row.words - row.shared, 0.62, left=row.shared, color=style.BAND,
                hatch="///", edgecolor=style.MEASURED, linewidth=0.8,
            )  # fmt: skip
            ax.text(row.words + 0.3, place, f"{row.shared} of {row.words}", va="center")
        style.rows(ax, [capitalised(topic) for topic in self.frame["topic"]])
        ax.set_xlim(0, self.frame["words"].max() * 1.25)
        ax.set_xticks(range(0, int(self.frame["words"].max()) + 1, 5))
        ax.set_xlabel("distinct words; filled: also in the speech", loc="right")
        return ax


@dataclass(frozen=True)
class StatedArea(CitedChart):
    """One stated area as a band across the sums over each list of countries.

    Parameters
    ----------
    frame : DataFrame
        Rows of `analysis.context.fits` for one statement of area.
    """

    tables = ("sizes", "size_statements")
    height = 2.9

    @property
    def caption(self) -> str:
        """Whether the stated area fits a list."""
        stated = self.frame["stated"].iloc[0]
        fitting = list(self.frame.loc[self.frame["fits"], "list"])
        if fitting:
            return f"The stated {stated:.1f} million km² fits {' and '.join(fitting)}."
        return f"The stated {stated:.1f} million km² fits no list of members and observers."

    @property
    def alt(self) -> str:
        """Every sum beside the stated figure."""
        sums = "; ".join(f"{row.list} {row.sum:.2f}" for row in self.frame.itertuples())
        return (
            f"Bars of area in million square kilometres: {sums}. A band at the stated "
            f"{self.frame['bound'].iloc[0]} {self.frame['stated'].iloc[0]:.1f}."
        )

    def draw(self, ax: Axes) -> Axes:
        """Draw a bar a list, and the band that the wording allows."""
        frame, stated = self.frame, self.frame["stated"].iloc[0]
        low, high = (stated * (1 + frame[side].iloc[0] / 100) for side in ("low", "high"))
        ax.axvspan(low, high, color=style.CLAIM, alpha=0.22, linewidth=0)
        said = f"stated: {frame['bound'].iloc[0]} {stated:.1f}"
        ax.text(low - 0.05, -0.62, said, color=style.CLAIM, ha="right", va="bottom")
        for place, row in enumerate(frame.itertuples()):
            ax.barh(place, row.sum, 0.6, color=style.MEASURED if row.fits else style.BAND,
                    edgecolor=style.MEASURED, linewidth=0.8)  # fmt: skip
            ax.text(0.06, place, f"{row.sum:.2f}", va="center",
                    color=style.GROUND if row.fits else style.INK)  # fmt: skip
        names = [fill(capitalised(name), 24) for name in frame["list"]]
        style.rows(ax, names, 1.2)
        ax.set_xlim(0, max(high, frame["sum"].max()) * 1.05)
        ax.set_xlabel("million km²; band: what the wording allows", loc="right")
        return ax


@dataclass(frozen=True)
class EventCount(Chart):
    """The stated number of events of one chairmanship against the days of the term.

    Parameters
    ----------
    frame : DataFrame
        From `analysis.context.count_history`.
    """

    frame: pd.DataFrame
    tables = ("event_counts", "events")
    height = 3.3

    @property
    def sources(self) -> tuple[str, ...]:
        """Those of the statements."""
        return keys_of(self.frame["source_keys"])

    @property
    def caption(self) -> str:
        """The first and the second number, with their days."""
        days, counts = self.frame["day"], self.frame["count"]
        return (
            f"Events as stated: about {counts.iloc[0]} on day {days.iloc[0]}, more than "
            f"{counts.iloc[1]} on day {days.iloc[1]}."
        )

    @property
    def alt(self) -> str:
        """Every statement with its day."""
        steps = "; ".join(
            f"day {row.day} ({_day(row.date)}): {_bounded(row.bound)}{row.count}"
            for row in self.frame.itertuples()
        )
        term = self.frame["term"].iloc[0]
        return f"Stated number of events against days of a term of {term} days: {steps}."

    def draw(self, ax: Axes) -> Axes:
        """Draw steps over the band of the term; each number is named where it is first stated."""
        frame = self.frame
        term = frame["term"].iloc[0]
        ax.axvspan(0, term, color=style.BAND, alpha=0.45, linewidth=0)
        band = f"chairmanship, {term} days"
        ax.text(term / 2, 3, band, ha="center", color=style.MUTED)
        ax.plot(
            frame["day"], frame["count"], color=style.MEASURED, linewidth=1.4, linestyle=":",
            drawstyle="steps-post",
        )  # fmt: skip
        label = partial(ax.annotate, textcoords="offset points", linespacing=1.05)
        repeated = frame["count"].duplicated()
        for row, again in zip(frame.itertuples(), repeated, strict=True):
            claim = ARTICLE in row.source_keys
            colour = style.CLAIM if claim else style.MEASURED
            ax.plot([row.day], [row.count], _BOUND_MARKERS[row.bound], markersize=8, color=colour)
            point = (row.day, row.count)
            if not again:
                words = f"{_bounded(row.bound)}{row.count}\n{_day(row.date)}"
                label(words, point, (-9, 0), ha="right", va="center")
            elif claim:
                words = f"the article,\n{_day(row.date)}"
                label(words, point, (4, -8), va="top", color=style.CLAIM)
        style.grid(ax, "y")
        ax.set_ylim(0, frame["count"].max() * 1.18)
        ax.set_xlim(0, frame["day"].max() + 25)
        ax.set_xlabel(f"days since {_day(frame['start'].iloc[0])}")
        ax.set_ylabel("events, as stated")
        return ax


@dataclass(frozen=True)
class EventPeriods(Chart):
    """The number of events of each period as bars, hatched where statements differ.

    Parameters
    ----------
    frame : DataFrame
        From `analysis.context.counts_by_period`.
    """

    frame: pd.DataFrame
    tables = ("event_counts",)
    height = 3.3

    @property
    def sources(self) -> tuple[str, ...]:
        """Those of the statements."""
        return keys_of(self.frame["source_keys"])

    @property
    def caption(self) -> str:
        """How many periods have two figures."""
        frame = self.frame
        twice = int((frame["highest"] > frame["lowest"]).sum())
        return f"{of_all(twice, len(frame))} periods have two figures; none has a list."

    @property
    def alt(self) -> str:
        """Every period with its lowest and highest number."""
        parts = "; ".join(f"{row.period}: {_range(row)}" for row in self.frame.itertuples())
        return f"Bars of the number of events stated for each period. {parts}."

    def draw(self, ax: Axes) -> Axes:
        """Draw a bar a period."""
        frame = self.frame
        for place, row in enumerate(frame.itertuples()):
            ax.barh(place, row.lowest, 0.62, color=style.MEASURED)
            if row.highest > row.lowest:
                ax.barh(
                    place, row.highest - row.lowest, 0.62, left=row.lowest, color=style.BAND,
                    hatch="///", edgecolor=style.MEASURED, linewidth=0.8,
                )  # fmt: skip
            ax.text(row.highest + 2, place, _range(row), va="center")
        style.rows(ax, [capitalised(fill(period, 20)) for period in frame["period"]])
        ax.set_xlim(0, frame["highest"].max() * 1.6)
        ax.set_xticks(range(0, int(frame["highest"].max()) + 1, 25))
        ax.set_xlabel("events, as stated; hatched: where statements differ")
        return ax


def _bounded(bound: str) -> str:
    return "" if bound == "exactly" else f"{bound} "


def _range(row: Any) -> str:
    highest = f"{_bounded(row.bound)}{row.highest}"
    low = f"{_bounded(row.lowest_bound)}{row.lowest} to " if row.highest > row.lowest else ""
    return low + highest


def _stated(row: pd.Series) -> str:
    """Write a stated size as short as it allows.

    Examples
    --------
    >>> _stated(pd.Series({"measure": "area", "stated": 4.5, "bound": "about"}))
    'about 4.5 million km²'
    >>> _stated(pd.Series({"measure": "population", "stated": 160.0, "bound": "exactly"}))
    '160 million'
    >>> _stated(pd.Series({"measure": "gdp", "stated": 2110.0, "bound": "more than"}))
    'more than $2.11 trillion'
    """
    value, unit = float(row["stated"]), _UNITS.get(row["measure"])
    dollars = f"${value / 1000:g} trillion" if value >= 1000 else f"${value:g} billion"
    return f"{_bounded(row['bound'])}{f'{value:g} {unit}' if unit else dollars}"


def _same_decimals(value: float, least: float) -> str:
    """Write a number with the decimals that the smallest of its panel needs: two digits of it."""
    return f"{value:,.{2 if least < 1 else 1 if least < 10 else 0}f}"


def _day(text: str) -> str:
    exact = date.fromisoformat(text)
    return f"{exact.day} {exact:%b %Y}"
