"""Charts of the context chapter."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from textwrap import fill

import pandas as pd
from matplotlib.axes import Axes

from ..countries import NAMES
from ..formats import capitalised
from ..sources import ARTICLE
from . import style
from .chart import Chart, CitedChart, panels

_BOUND_MARKERS = {"about": "o", "more than": "^", "nearly": "v", "exactly": "s"}
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


@dataclass(frozen=True)
class CountrySizes(Chart):
    """The countries as bars from zero, a small panel a measure; observers are hatched.

    The frame is that of `analysis.context.country_sizes`.
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
        places = panels(ax, len(measures), 2, hspace=0.06, wspace=0.05)
        for measure, panel in zip(measures, places, strict=True):
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
            if panel is places[0]:
                panel.text(-0.78, len(rows), "hatched: observers", color=style.MUTED)
            panel.set_xlim(-0.78, 1.42)
            panel.set_ylim(len(rows) + 0.2, -2.1)
            panel.set_axis_off()
        return ax


@dataclass(frozen=True)
class Repeated(Chart):
    """The words of each passage as bars, those that were said before filled.

    The frame is that of `analysis.context.shared_words`.
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

    The frame is the rows of `analysis.context.fits` for one statement of area.
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

    The frame is that of `analysis.context.count_history`.
    """

    frame: pd.DataFrame
    tables = ("event_counts", "events")
    height = 3.3

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


def _bounded(bound: str) -> str:
    return "" if bound == "exactly" else f"{bound} "


def _same_decimals(value: float, least: float) -> str:
    """Write a number with the decimals that the smallest of its panel needs: two digits of it."""
    return f"{value:,.{2 if least < 1 else 1 if least < 10 else 0}f}"


def _day(text: str) -> str:
    exact = date.fromisoformat(text)
    return f"{exact.day} {exact:%b %Y}"
