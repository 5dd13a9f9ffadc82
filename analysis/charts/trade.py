"""Pictures of the group's trade: the ladder of counting rules, the path, what was said."""

from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd
from matplotlib.axes import Axes

from ..countries import FIVE
from ..dates import decimal_year
from ..formats import capitalised, listed, month
from ..quantities import Quantity, keys_of, merge
from ..rows import one
from ..trade import OWN
from . import style
from .chart import Chart, stacked

#: A line of statements, as `analysis.trade.LINES` names it -> colour, marker, words of the key.
_LINES_DRAWN = {
    "exports": (style.EXPORTER_SIDE, "s", "Türkiye's ministry, chambers:\nexports, once"),
    "secretariat": (style.ESTIMATE, "D", "the Secretariat"),
    "once": ("#2e7d4f", "^", "Kazakhstan: fits five, once"),
    "claim": (style.CLAIM, "o", "42, then 45"),
    "other": (style.MUTED, ".", "others"),
}


@dataclass(frozen=True)
class Ladder(Chart):
    """Every count of a year, as `analysis.trade.counts` gives them, against a claimed amount.

    ``claimed`` is in USD billion.
    """

    frame: pd.DataFrame
    claimed: float
    tables: ClassVar[tuple[str, ...]] = (
        "trade_flows", "trade_pairs", "trade_stated", "trade_sums", "trade_parts",
    )  # fmt: skip
    height: ClassVar = 4.4

    @property
    def year(self) -> int:
        """The year that is counted."""
        return int(self.frame["year"].iloc[0])

    def draw(self, ax: Axes) -> Axes:
        """Draw bars from zero, hatched where estimated, and the claimed amount across."""
        rows = self.frame.sort_values("central", ascending=False, ignore_index=True)
        for position, row in rows.iterrows():
            estimated = bool(row["estimate"])
            ax.barh(
                position,
                row["central"],
                height=0.42,
                color=style.BAND if estimated else style.MEASURED,
                edgecolor=style.ESTIMATE if estimated else style.MEASURED,
                hatch="////" if estimated else None,
            )
            ax.text(
                0.4, position + 0.29, capitalised(rule_name(row)), va="bottom", ha="left",
                color=style.INK, bbox=style.PLATE,
            )  # fmt: skip
            if row["high"] > row["low"]:
                ax.errorbar(
                    row["central"], position,
                    xerr=[[row["central"] - row["low"]], [row["high"] - row["central"]]],
                    fmt="none", ecolor=style.INK, elinewidth=1.4, capsize=3,
                )  # fmt: skip
            ax.text(
                row["high"] + 1, position, _written(row), va="center", ha="left",
                fontweight="bold", zorder=4,
                bbox={"facecolor": style.GROUND, "edgecolor": "none", "pad": 0.8},
            )  # fmt: skip
        ax.axvline(self.claimed, color=style.CLAIM, linewidth=1.6, linestyle="--")
        ax.text(
            self.claimed + 0.8, len(rows) - 0.32,
            f"the article: more than {self.claimed:.0f}", color=style.CLAIM,
            va="bottom", ha="left",
        )  # fmt: skip
        ax.set_yticks([])
        ax.spines["left"].set_visible(False)
        ax.set_xlim(0, max(rows["central"].max(), rows["high"].max()) * 1.24)
        ax.set_ylim(-0.5, len(rows) + 0.15)
        key = " (hatched: estimate; line: its range)" if rows["estimate"].any() else ""
        ax.set_xlabel(f"USD billion, {self.year}{key}")
        style.grid(ax, "x")
        return ax

    @property
    def caption(self) -> str:
        """Say by which rules the claimed amount is passed."""
        rules = self.frame[self.frame["count"] != OWN]
        passed = rules["central"] > self.claimed
        above, below = set(rules[passed]["count"]), set(rules[~passed]["count"])
        if not above:
            how = "by none of our counts"
        elif not below:
            how = "by every count"
        elif above & below:
            how = "by some counts and not by others"
        else:
            how = f"only if each flow is counted {listed(sorted(above), 'or')}"
        return f"In {self.year}, trade exceeds ${self.claimed:.0f} billion {how}."

    @property
    def alt(self) -> str:
        """List every total, from least to most."""
        rows = self.frame.sort_values("central")
        totals = "; ".join(
            f"{rule_name(row)}: {row['central']:.1f}"
            + (f" ({row['low']:.1f} to {row['high']:.1f})" if row["high"] > row["low"] else "")
            for _, row in rows.iterrows()
        )
        above = int((rows["central"] > self.claimed).sum())
        return (
            f"Bars of trade among the members in {self.year} by counting rule, in USD billion, "
            f"from least to most: {totals}. A dashed line marks the claimed {self.claimed:.0f}: "
            f"{above} of {len(rows)} bars pass it."
        )


def rule_name(row: pd.Series) -> str:
    """Say the rule of one total in a line.

    Examples
    --------
    >>> rule_name(pd.Series({"membership": "five members", "count": "once"}))
    'five members, each flow once'
    """
    if row["count"] == OWN:
        return "five members' own reports, added up"
    who = "five members" if row["membership"] == FIVE.name else "with two observers"
    return f"{who}, each flow {row['count']}"


def _written(row: pd.Series) -> str:
    ends = f" ({row['low']:.0f} to {row['high']:.0f})" if row["high"] > row["low"] else ""
    return f"{row['central']:.0f}{ends}"


#: How much higher than its highest figure the path's panel is; and from which part of that height
#: on a label of one line, or of two, has room under a line.
_HEAD, _ROOM_FOR_ONE, _ROOM_FOR_TWO = 1.42, 0.07, 0.15
#: A kind of break, as `analysis.trade.breaks` names it -> what is written beside it.
_BREAKS = {
    "statements": "Azerbaijan's\nfigures: from\nthe press",
    "edition": "new\nrelease",
    "gas": "2015: gas\nenters (inferred)",
}
#: How firm a part of a total is -> colour and hatch of its bar.
_FIRMNESS = {
    "measured": (style.MEASURED, None),
    "spliced": (style.BAND, None),
    "estimated": (style.GROUND, "////"),
}


@dataclass(frozen=True)
class Path(Chart):
    """The once-counted path by year, as `analysis.trade.yearly` gives it.

    ``frame`` has ``real`` where `analysis.trade.real` has a value; ``breaks`` are those of
    `analysis.trade.breaks`; ``interval`` is the last year's, drawn if it has a width; ``prices``
    are the sources of the deflator; ``start`` and ``end`` are compared; ``grown`` is the least and
    the most growth between them, by whose reports are taken.
    """

    frame: pd.DataFrame
    breaks: pd.DataFrame
    interval: tuple[Quantity, Quantity]
    grown: tuple[Quantity, Quantity]
    prices: tuple[str, ...]
    start: int
    end: int
    tables: ClassVar = (
        "trade_pairs", "trade_flows", "trade_stated", "trade_sums", "trade_parts", "prices",
    )  # fmt: skip
    height: ClassVar = 5.2

    @property
    def ends(self) -> tuple[float, float]:
        """The interval, in USD billion."""
        low, high = self.interval
        return low.value, high.value

    def draw(self, ax: Axes) -> Axes:
        """Draw the line, nominal and real, over what each year rests on; the ax is left blank."""
        above, below = stacked(ax, (4.2, 1), hspace=0.04)
        _lines(self.frame, above)
        if self.ends[1] > self.ends[0]:
            _interval(self.frame, above, self.ends)
        top = float(max(self.frame["high"].max(), self.frame["real"].max()))
        for place, (year, kinds) in enumerate(self.breaks.groupby("year")["kind"]):
            text = "\n".join(_BREAKS[kind] for kind in kinds)
            for panel in (above, below):
                panel.axvline(year - 0.5, color=style.MUTED, linewidth=1, linestyle=":")
            above.annotate(
                text, (year - 0.5, top * (_HEAD - 0.02)), xytext=(-3, -32 * (place % 2 == 0)),
                textcoords="offset points",
                ha="right", va="top", color=style.MUTED,
            )  # fmt: skip
        above.set_ylim(0, top * _HEAD)
        above.set_xlim(self.frame["year"].min() - 0.6, self.frame["year"].max() + 2.6)
        above.set_ylabel("USD billion")
        above.tick_params(axis="x", labelbottom=False, length=0)
        style.grid(above, "y")
        bottom = pd.Series(0.0, index=self.frame.index)
        for kind, (color, hatch) in _FIRMNESS.items():
            share = 100 * self.frame[kind] / self.frame["central"]
            below.bar(self.frame["year"], share, 0.8, bottom=bottom, color=color, hatch=hatch,
                      edgecolor=style.ESTIMATE if hatch else color, linewidth=0.6)  # fmt: skip
            bottom += share
        below.set_ylim(0, 100)
        below.set_yticks([0, 100], ["0", "100%"])
        last = int(self.frame["year"].max())
        below.set_xticks([year for year in self.frame["year"] if year % 5 == 0] + [last])
        below.tick_params(axis="both", length=0)
        keys = {"measured": "strong: measured", "spliced": "faint: spliced in",
                "estimated": "hatched: estimated"}  # fmt: skip
        below.set_xlabel(" · ".join(key for kind, key in keys.items() if self.frame[kind].any()))
        return ax

    @property
    def caption(self) -> str:
        """Say how the last total compares with the first and with the peak."""
        peak = int(self.frame.loc[self.frame["central"].idxmax(), "year"])
        least, most = (f"{it.value:.2f}" for it in self.grown)
        times = most if least == most else f"{least} to {most}"
        tail = f", after a {peak} peak" if peak < self.end else ""
        return f"The five's trade was {times} times {self.start}'s{tail}."

    @property
    def alt(self) -> str:
        """List every year, nominal and real."""
        points, constant = (
            "; ".join(f"{year:.0f}: {value:.1f}" for year, value in column.dropna().items())
            for column in (self.frame.set_index("year")[name] for name in ("central", "real"))
        )
        last = self.frame.iloc[-1]
        spread = (
            f" A bar gives the interval of {last['year']}: {self.ends[0]:.1f} to "
            f"{self.ends[1]:.1f}."
            if self.ends[1] > self.ends[0]
            else ""
        )
        return (
            f"Line of trade among the five members, each flow counted once, in USD billion, "
            f"{self.frame['year'].min()} to {self.frame['year'].max()}: {points}. A dashed "
            f"line gives it in dollars of {last['year']}: {constant}. A band runs from the "
            f"smallest to the largest figure of each pair; in {last['year']} from "
            f"{last['low']:.1f} to {last['high']:.1f}."
            f"{spread} Bars below show what each year rests on: in {last['year']} "
            f"{last['measured']:.1f} measured, {last['spliced']:.1f} spliced in, "
            f"{last['estimated']:.1f} estimated."
        )

    @property
    def sources(self) -> tuple[str, ...]:
        """Those of its rows, of the deflator, of the interval and of the growth."""
        return merge(keys_of(self.frame["source_keys"]), self.prices, self.interval[0].sources,
                     *(it.sources for it in self.grown))  # fmt: skip


def _lines(frame: pd.DataFrame, ax: Axes) -> None:
    ax.fill_between(frame["year"], frame["low"], frame["high"], color=style.BAND, linewidth=0)
    ax.plot(frame["year"], frame["real"], color=style.INK, linestyle="--", linewidth=1.4)
    ax.plot(frame["year"], frame["central"], color=style.MEASURED)
    estimated = frame[frame["estimated"] > 0]
    ax.plot(
        estimated["year"], estimated["central"], linestyle="none", marker="D", markersize=6,
        markerfacecolor=style.GROUND, markeredgecolor=style.ESTIMATE, markeredgewidth=1.6,
    )  # fmt: skip
    for year in _written_years(frame):
        value = float(frame.loc[frame["year"] == year, "central"].iloc[0])
        if year not in set(estimated["year"]):
            ax.plot(year, value, "o", color=style.MEASURED, markersize=4)
        if year == frame["year"].max():
            where: dict[str, Any] = {"xytext": (7, 0), "ha": "left", "va": "center"}
        elif year in set(estimated["year"]):
            where = {"xytext": (4, 9), "ha": "right", "va": "bottom"}
        else:
            where = {"xytext": (0, -8), "ha": "center", "va": "top"}
        ax.annotate(
            f"{value:.1f}", (year, value), textcoords="offset points", fontweight="bold",
            **where,
            bbox={"facecolor": style.GROUND, "alpha": 0.75, "edgecolor": "none", "pad": 0.4},
        )  # fmt: skip
    first, top = frame.iloc[0], float(max(frame["high"].max(), frame["real"].max())) * _HEAD
    # Where later years dwarf the first ones, there is no room for it under the first of them.
    if first["central"] > _ROOM_FOR_ONE * top:
        spot: dict[str, Any] = {
            "xy": (first["year"], first["central"]),
            "xytext": (-2, -10),
            "va": "top",
        }
    else:
        spot = {"xy": (2015, 0), "xytext": (0, 3), "va": "bottom"}
    ax.annotate(
        "in dollars of each year", textcoords="offset points", ha="left",
        color=style.MEASURED, **spot,
    )  # fmt: skip
    early = frame[frame["year"] < 2016]
    crest = early.loc[early["real"].idxmax()]
    ax.annotate(
        f"in dollars of {frame['year'].max()}", (2014.3, crest["real"]), xytext=(0, 5),
        textcoords="offset points", ha="right", va="bottom",
    )  # fmt: skip
    least = float(frame.loc[frame["year"].between(2015, 2020), "low"].min())
    if least > _ROOM_FOR_TWO * top:
        place: dict[str, Any] = {"xy": (2015.6, 8.2), "xytext": (6, -34)}
    else:
        place = {"xy": (2004.8, top), "xytext": (0, -6), "va": "top"}
    ax.annotate(
        "band: smallest to largest\nfigure of each pair", textcoords="offset points", ha="left",
        color=style.MUTED, **place,
    )  # fmt: skip


def _interval(frame: pd.DataFrame, ax: Axes, ends: tuple[float, float]) -> None:
    """Draw the last year's interval, and write its ends beside it."""
    year = int(frame["year"].max())
    ax.plot([year, year], ends, color=style.ESTIMATE, linewidth=2.2, solid_capstyle="butt",
            zorder=1.5)  # fmt: skip
    for value, place in zip(ends, ("top", "bottom"), strict=True):
        ax.annotate(
            f"{value:.1f}", (year, value), xytext=(7, 0), textcoords="offset points", ha="left",
            va=place, color=style.ESTIMATE,
        )  # fmt: skip


def _written_years(frame: pd.DataFrame) -> list[int]:
    """Choose the years whose value is written beside the line."""
    peak = int(frame.loc[frame["central"].idxmax(), "year"])
    last = int(frame["year"].max())
    return sorted({2010, last - 10, 2020, peak, last} & set(frame["year"]))


#: How many points of the picture of statements a billion is high.
_POINTS_A_BILLION = 4.5


@dataclass(frozen=True)
class Lines(Chart):
    """Who said what, when, and after whom; as `analysis.trade.lines` sorts the statements.

    ``counts`` are those of `analysis.trade.counts`, drawn at the edge as what each would be;
    ``claim`` is the id of the statement that the article reports; ``since`` is the first day shown,
    ISO 8601.
    """

    frame: pd.DataFrame
    counts: pd.DataFrame
    claim: str
    since: str
    tables: ClassVar = ("trade_statements", "trade_totals", "trade_flows", "trade_pairs",
                        "trade_stated", "trade_sums", "trade_parts")  # fmt: skip
    height: ClassVar = 5.7

    @property
    def shown(self) -> pd.DataFrame:
        """The statements that give an amount of the group's trade, since that day."""
        rows = self.frame[
            self.frame["usd_billion"].notna()
            & (self.frame["line"] != "slip")
            & (self.frame["date"] >= self.since)
        ]
        return rows.assign(day=rows["date"].map(decimal_year))

    def draw(self, ax: Axes) -> Axes:
        """Draw a mark a statement, a line to the one that it repeats, and today's counts."""
        rows = self.shown
        place = rows.set_index("id")[["day", "usd_billion"]]
        for row in rows.itertuples():
            if row.repeats in place.index:
                before = place.loc[row.repeats]
                ax.plot([before["day"], row.day], [before["usd_billion"], row.usd_billion],
                        color=_LINES_DRAWN[row.line][0], linewidth=0.9, alpha=0.7)  # fmt: skip
        for line, (color, marker, _) in _LINES_DRAWN.items():
            mine = rows[rows["line"] == line]
            ax.plot(mine["day"], mine["usd_billion"], marker, color=color, linestyle="none",
                    markersize=9 if marker == "." else 6.5, markeredgecolor=style.GROUND,
                    markeredgewidth=0.7)  # fmt: skip
        for row in _labelled(rows).itertuples():
            ax.annotate(
                f"{_surname(row.speaker)} {row.usd_billion:g}", (row.day, row.usd_billion),
                xytext=(row.dx, row.dy), textcoords="offset points",
                ha="right" if row.dx < 0 else "left", va="center", color=_LINES_DRAWN[row.line][0],
            )  # fmt: skip
        for row in rows[rows["id"] == self.claim].itertuples():
            ax.annotate(
                "the article", (row.day, row.usd_billion), xytext=(0, 9),
                textcoords="offset points", fontweight="bold", color=style.CLAIM,
            )  # fmt: skip
        first, last = rows["day"].min(), rows["day"].max()
        edge = last + 0.6
        for row in self.counts[self.counts["count"] != OWN].itertuples():
            ax.plot([edge, edge], [row.low, row.high], color=style.MUTED, linewidth=3,
                    solid_capstyle="butt")  # fmt: skip
            who = "five" if row.membership == FIVE.name else "seven"
            ax.text(edge + 0.09, row.central, f"{who},\n{row.count}", va="center",
                    ha="left", color=style.MUTED, linespacing=0.95)  # fmt: skip
        for color, marker, name in _LINES_DRAWN.values():
            ax.plot([], [], marker, color=color, linestyle="none", label=name, markersize=6.5)
        ax.legend(loc="upper left", handletextpad=0.2, borderaxespad=0, frameon=True,
                  facecolor=style.GROUND, edgecolor="none", framealpha=1)  # fmt: skip
        ax.set_xlim(first - 1.35, edge + 1.0)
        ax.set_ylim(
            0, max(float(rows["usd_billion"].max()), float(self.counts["high"].max())) * 1.03
        )
        years = range(int(first), int(last) + 1)
        ax.set_xticks(list(years), [str(year) for year in years])
        ax.set_ylabel("USD billion, as stated")
        ax.set_xlabel("date of the statement; right: our counts of "
                      f"{int(self.counts['year'].iloc[0])}")  # fmt: skip
        style.grid(ax, "y")
        return ax

    @property
    def caption(self) -> str:
        """Say which figure we trace the article's to."""
        origin = one(self.frame, "statements", id=self.claim)["origin"]
        if origin == self.claim:
            return "We found no earlier figure that the article's repeats."
        first = one(self.frame, "statements", id=origin)
        whose = (
            "a minister's" if str(first["office"]).startswith("Minister")
            else f"{first['speaker']}'s"
        )  # fmt: skip
        return f"We trace the article's figure to {whose} {first['usd_billion']:g}."

    @property
    def alt(self) -> str:
        """List the statements, by line."""
        rows = self.shown
        lines = []
        for line, (_, _, name) in _LINES_DRAWN.items():
            mine = rows[rows["line"] == line]
            said = "; ".join(
                f"{month(row.date)}, {row.speaker}: "
                f"{'more than ' if row.bound == 'more than' else ''}{row.usd_billion:g}"
                for row in mine.itertuples()
            )
            if said:
                lines.append(capitalised(name).replace("\n", " ") + f": {said}")
        return (
            "Marks of stated totals of trade among the members, in USD billion, by date, each "
            f"joined to the one that it repeats. {'. '.join(lines)}."
        )

    @property
    def sources(self) -> tuple[str, ...]:
        """Those of its rows and of the counts."""
        return merge(keys_of(self.shown["source_keys"]), keys_of(self.counts["source_keys"]))


def _labelled(rows: pd.DataFrame) -> pd.DataFrame:
    """Choose the statements that are named, and where their names stand, in points.

    The first of each amount in a line is named, the earliest first; a name moves up or down until
    it is clear of those before it, and to the right of its mark if there is no room on the left.
    """
    named = rows[rows["line"] != "other"].drop_duplicates(["line", "usd_billion"])
    taken: list[tuple[float, float, float]] = []
    places = []
    for row in named.itertuples():
        wide = 0.215 * len(f"{_surname(row.speaker)} {row.usd_billion:g}") / 1.9
        for dx, dy in ((-6, 0), (6, 0), (-6, 9), (-6, -11), (6, 9), (6, -11), (-6, 19),
                       (-6, -19), (6, 19), (6, -19)):  # fmt: skip
            low = row.day - wide - 0.1 if dx < 0 else row.day + 0.1
            height = row.usd_billion + dy / _POINTS_A_BILLION
            clear = all(
                low + wide < x or x + w < low or abs(height - y) > 12 / _POINTS_A_BILLION
                for x, w, y in taken
            )
            marks = all(
                not (low < other.day < low + wide) or abs(height - other.usd_billion) > 1.7
                for other in rows.itertuples()
            )
            if clear and marks and low + wide < rows["day"].max() + 0.3:
                break
        else:
            continue
        taken.append((low, wide, height))
        places.append((row.id, dx, dy))
    return named.merge(pd.DataFrame(places, columns=["id", "dx", "dy"]), on="id")


def _surname(speaker: str) -> str:
    """Give what a label has room for.

    Examples
    --------
    >>> _surname("K.-J. Tokayev"), _surname("Ministry of Trade")
    ('Tokayev', 'ministry')
    """
    return (
        "ministry"
        if speaker.startswith(("Ministry", "Embassy", "not"))
        else speaker.rsplit(maxsplit=1)[-1]
    )
