"""Pictures of the group's trade: the ladder of counting rules, the path, what was said."""

from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd
from matplotlib.axes import Axes

from ..quantities import Quantity, keys_of, merge
from . import style
from .chart import Chart, stacked

#: A count that is not said as "each flow ...".
_COUNTED = {"twice, own reports": "sum of their own reports"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Ladder(Chart):
    """Totals by counting rule, as `analysis.trade.ladder` gives them, against a claimed amount.

    ``claimed`` is in USD billion, of ``year``.
    """

    frame: pd.DataFrame
    claimed: float
    year: int
    tables: ClassVar[tuple[str, ...]] = (
        "trade_flows", "trade_pairs", "trade_stated", "trade_sums",
    )  # fmt: skip
    height: ClassVar = 5.4

    def draw(self, ax: Axes) -> Axes:
        """Draw bars from zero, hatched where estimated, and the claimed amount across."""
        rows = self.frame.sort_values("central", ignore_index=True)
        for position, row in rows.iterrows():
            estimated = bool(row["estimate"])
            ax.barh(
                position,
                row["central"],
                height=0.46,
                color=style.BAND if estimated else style.MEASURED,
                edgecolor=style.ESTIMATE if estimated else style.MEASURED,
                hatch="////" if estimated else None,
            )
            ax.text(
                0.4, position + 0.29, rule_name(row), va="bottom", ha="left", fontsize=9.5,
                color=style.INK, bbox={"facecolor": style.GROUND, "edgecolor": "none", "pad": 0.6},
            )  # fmt: skip
            if row["high"] > row["low"]:
                ax.errorbar(
                    row["central"], position,
                    xerr=[[row["central"] - row["low"]], [row["high"] - row["central"]]],
                    fmt="none", ecolor=style.INK, elinewidth=1.4, capsize=3,
                )  # fmt: skip
            ax.text(
                row["high"] + 1, position, f"{row['central']:.0f}", va="center", ha="left",
                fontsize=10, fontweight="bold",
            )  # fmt: skip
        ax.axvline(self.claimed, color=style.CLAIM, linewidth=1.6, linestyle="--")
        ax.text(
            self.claimed + 0.8,
            len(rows) - 0.18,
            f"claimed for {self.year}:\nmore than {self.claimed:.0f}",
            color=style.CLAIM,
            fontsize=9.5,
            va="bottom",
            ha="left",
        )
        ax.set_yticks([])
        ax.spines["left"].set_visible(False)
        ax.set_xlim(0, max(rows["central"].max(), rows["high"].max()) * 1.1)
        ax.set_ylim(-0.5, len(rows) + 0.75)
        key = " (hatched: estimate, with its range)" if rows["estimate"].any() else ""
        ax.set_xlabel(f"USD billion{key}")
        style.grid(ax, "x")
        return ax

    @property
    def caption(self) -> str:
        """Say by which rules the claimed amount is passed."""
        now = self.frame[self.frame["year"] == self.year]
        own = now["count"].str.contains(",")
        passed = now["central"] > self.claimed
        above, below = now[passed & ~own], now[~passed & ~own]
        counts = " or ".join(sorted(set(above["count"])))
        if not passed.any():
            how = "passed by no rule"
        elif passed.all():
            how = "passed by every rule"
        elif below.empty:
            how = "passed by every rule but the sum of the members' own reports"
        elif set(above["count"]) & set(below["count"]):
            how = "passed by some rules and not by others"
        else:
            how = (
                f"passed only when each flow is counted {counts}"
                if counts
                else "passed only by the sum of the members' own reports"
            )
        return (
            f"For {self.year} the claimed ${self.claimed:.0f} billion is {how}: trade among the "
            "members by counting rule, USD billion."
        )

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
            "Bars of trade among the members by counting rule, in USD billion, from least to most. "
            f"{totals}. A dashed line marks the claimed {self.claimed:.0f}: {above} of {len(rows)} "
            "bars pass it."
        )

    @property
    def sources(self) -> tuple[str, ...]:
        """Those of its rows."""
        return keys_of(self.frame["sources"])


class FirstLadder(Ladder):
    """The ladder of the first page, without the members' own reports."""

    tables: ClassVar = ("trade_flows", "trade_pairs", "trade_stated")
    height: ClassVar = 4.1


def rule_name(row: pd.Series) -> str:
    """Say the rule of one total in a line.

    Examples
    --------
    >>> rule_name(pd.Series({"year": 2024, "membership": "five members", "count": "once"}))
    '2024, five members, each flow once'
    """
    count = _COUNTED.get(row["count"], f"each flow {row['count']}")
    return f"{row['year']}, {row['membership']}, {count}"


#: How much higher than its highest figure the path's panel is; and from which part of that height
#: on a label of one line, or of two, has room under a line.
_HEAD, _ROOM_FOR_ONE, _ROOM_FOR_TWO = 1.26, 0.07, 0.15
#: A kind of break, as `analysis.trade.breaks` names it -> what is written beside it.
_BREAKS = {"statements": "Azerbaijan's figures:\nfrom the press", "edition": "new\nrelease"}
#: How firm a part of a total is -> colour and hatch of its bar.
_FIRMNESS = {
    "measured": (style.MEASURED, None),
    "spliced": (style.BAND, None),
    "estimated": (style.GROUND, "////"),
}
#: The lines: in dollars of each year, and of one.
_LINES = ("central", "real")


@dataclass(frozen=True)
class Path(Chart):
    """The once-counted path by year, as `analysis.trade.yearly` gives it.

    ``frame`` has ``real`` where `analysis.trade.real` has a value; ``breaks`` are those of
    `analysis.trade.breaks`; ``interval`` is the last year's, drawn if it has a width; ``prices``
    are the sources of the deflator; ``start`` and ``end`` are compared.
    """

    frame: pd.DataFrame
    breaks: pd.DataFrame
    interval: tuple[Quantity, Quantity]
    prices: tuple[str, ...]
    start: int
    end: int
    tables: ClassVar = (
        "trade_pairs", "trade_flows", "trade_stated", "trade_sums", "trade_parts", "prices",
    )  # fmt: skip
    height: ClassVar = 4.6

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
        for year, kinds in self.breaks.groupby("year")["kind"]:
            text = "\n".join(_BREAKS[kind] for kind in kinds)
            for panel in (above, below):
                panel.axvline(year - 0.5, color=style.MUTED, linewidth=1, linestyle=":")
            above.annotate(
                text, (year - 0.5, top * 1.24), xytext=(-3, 0), textcoords="offset points",
                ha="right", va="top", fontsize=9, color=style.MUTED,
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
        below.set_yticks([0, 100], ["0", "100 %"])
        last = int(self.frame["year"].max())
        below.set_xticks([year for year in self.frame["year"] if year % 5 == 0] + [last])
        below.tick_params(axis="both", length=0)
        keys = {"measured": "dark: measured", "spliced": "light: spliced in",
                "estimated": "hatched: estimated"}  # fmt: skip
        below.set_xlabel(" · ".join(key for kind, key in keys.items() if self.frame[kind].any()))
        return ax

    @property
    def caption(self) -> str:
        """Say how many times the first total the last is, and when it peaked."""
        by_year = self.frame.set_index("year")
        nominal, real = (by_year.loc[self.end, it] / by_year.loc[self.start, it] for it in _LINES)
        peak = int(by_year["central"].idxmax())
        tail = f", and it fell after {peak}" if peak < self.end else ""
        return (
            f"Counted once, trade among the five members in {self.end} was {nominal:.1f} times "
            f"that of {self.start} in current dollars and {real:.1f} times in constant ones{tail}."
        )

    @property
    def alt(self) -> str:
        """List the years whose value is written beside the line."""
        written = self.frame[self.frame["year"].isin(_written_years(self.frame))]
        points = "; ".join(f"{r['year']:.0f}: {r['central']:.1f}" for _, r in written.iterrows())
        constant = "; ".join(
            f"{r['year']:.0f}: {r['real']:.1f}"
            for _, r in written.iterrows()
            if not pd.isna(r["real"])
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
        """Those of its rows, of the deflator and of the interval."""
        return merge(keys_of(self.frame["source_keys"]), self.prices, self.interval[0].sources)


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
            fontsize=9.5, **where,
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
        "in dollars of each year", textcoords="offset points", ha="left", fontsize=9,
        color=style.MEASURED, **spot,
    )  # fmt: skip
    early = frame[frame["year"] < 2016]
    crest = early.loc[early["real"].idxmax()]
    ax.annotate(
        f"in dollars of {frame['year'].max()}", (crest["year"], crest["real"]), xytext=(0, 5),
        textcoords="offset points", ha="center", va="bottom", fontsize=9,
    )  # fmt: skip
    least = float(frame.loc[frame["year"].between(2015, 2020), "low"].min())
    if least > _ROOM_FOR_TWO * top:
        place: dict[str, Any] = {"xy": (2015.6, 8.2), "xytext": (6, -34)}
    else:
        place = {"xy": (2004.8, top), "xytext": (0, -6), "va": "top"}
    ax.annotate(
        "band: smallest to largest\nfigure of each pair", textcoords="offset points", ha="left",
        fontsize=9, color=style.MUTED, **place,
    )  # fmt: skip


def _interval(frame: pd.DataFrame, ax: Axes, ends: tuple[float, float]) -> None:
    """Draw the last year's interval, and write its ends beside it."""
    year = int(frame["year"].max())
    ax.plot([year, year], ends, color=style.ESTIMATE, linewidth=2.2, solid_capstyle="butt",
            zorder=1.5)  # fmt: skip
    for value, place in zip(ends, ("top", "bottom"), strict=True):
        ax.annotate(
            f"{value:.1f}", (year, value), xytext=(7, 0), textcoords="offset points", ha="left",
            va=place, fontsize=9, color=style.ESTIMATE,
        )  # fmt: skip


def _written_years(frame: pd.DataFrame) -> list[int]:
    """Choose the years whose value is written beside the line."""
    peak = int(frame.loc[frame["central"].idxmax(), "year"])
    last = int(frame["year"].max())
    return sorted({2010, last - 10, 2020, peak, last} & set(frame["year"]))


#: A way of counting -> fill, edge and line of its box, and what is written under it.
_COUNTS = {
    "once": (style.BAND, style.BAND, "-", "once", style.MEASURED),
    "once+": (style.GROUND, style.MEASURED, ":", "once, with\nobservers", style.MEASURED),
    "twice": (style.GROUND, style.MUTED, "-", "twice", style.MUTED),
    "twice+": (style.GROUND, style.MUTED, ":", "twice, with\nobservers", style.MUTED),
}
#: Part of the picture's width that the name of a count needs.
_NAME_WIDTH = 0.145
#: How wide a measured count is drawn, which has no range; USD billion.
_LEAST_BOX = 0.5


@dataclass(frozen=True)
class Statements(Chart):
    """What was said of the group's trade, as `analysis.trade.compare_statements` gives it."""

    frame: pd.DataFrame
    tables: ClassVar = (
        "trade_statements", "trade_flows", "trade_pairs", "trade_stated", "trade_sums",
    )  # fmt: skip
    height: ClassVar = 7.6

    def draw(self, ax: Axes) -> Axes:
        """Draw each statement over the boxes of its year, the latest last."""
        rows = self.frame.reset_index(drop=True)
        same = _claim_rows(rows)
        for position, row in rows.iterrows():
            for count, (fill, edge, line, _, _) in _COUNTS.items():
                low, high = row[f"{count}_low"], row[f"{count}_high"]
                if pd.isna(low):
                    continue
                if high > low:
                    ax.barh(position + 0.16, high - low, 0.44, left=low, color=fill, edgecolor=edge,
                            linewidth=1.0, linestyle=line)  # fmt: skip
                else:
                    ax.barh(
                        position + 0.16, _LEAST_BOX, 0.44, left=low - _LEAST_BOX / 2, color=edge
                    )
            ours = position in same
            color = style.CLAIM if ours else style.INK
            marker = (
                ">" if row["bound"] == "more than" else "s" if row["measure"] == "exports" else "o"
            )
            ax.plot(row["usd_billion"], position + 0.16, marker, color=color,
                    markersize=9 if ours else 6.5, markeredgecolor=style.GROUND,
                    markeredgewidth=0.8)  # fmt: skip
            ax.text(
                0.5, position - 0.33, f"{_when(row['date'])}, {_who(row)}, {_of_what(row)}: "
                f"{row['usd_billion']:g}", ha="left", va="center", fontsize=9.5, color=color,
                fontweight="bold" if ours else "normal",
            )  # fmt: skip
        ends = rows[[f"{count}_high" for count in _COUNTS]].max().max()
        right = max(float(rows["usd_billion"].max()), float(ends)) * 1.05
        top = rows.iloc[-1]
        there = [count for count in _COUNTS if not pd.isna(top[f"{count}_low"])]
        middles = [(top[f"{count}_low"] + top[f"{count}_high"]) / 2 for count in there]
        for count, place in zip(there, style.spread(middles, _NAME_WIDTH * right), strict=True):
            _, _, _, name, color = _COUNTS[count]
            ax.text(place, len(rows) - 0.5, name, ha="center", va="top", fontsize=9.5,
                    color=color, linespacing=0.95)  # fmt: skip
        ax.set_yticks([])
        ax.spines["left"].set_visible(False)
        ax.set_ylim(len(rows) + 0.55, -0.75)
        ax.set_xlim(0, right)
        ax.set_xlabel("USD billion (triangle: “more than”; square: exports only;\n"
                      "boxes: computed for that year)")  # fmt: skip
        style.grid(ax, "x")
        return ax

    @property
    def caption(self) -> str:
        """Say how many statements agree with which count, and of which years."""
        once, twice = (
            self.frame[self.frame["reads"].isin((count, f"{count}+"))]
            for count in ("once", "twice")
        )
        until = f", all of {once['of'].max()} or before" if len(once) else ""
        since = f", all of {twice['of'].min()} or later" if len(twice) else ""
        return (
            f"{len(once)} of {len(self.frame)} stated totals agree with a single count of their "
            f"year{until}; {len(twice)} agree with a double count{since}: totals as stated, over "
            "what the book computes."
        )

    @property
    def alt(self) -> str:
        """List the statements with what the book computes."""
        said = "; ".join(
            f"{_when(row['date'])}, {_who(row)}, {_of_what(row)}: "
            f"{'more than ' if row['bound'] == 'more than' else ''}{row['usd_billion']:g}, against "
            + ", ".join(
                f"{_ends(row[f'{count}_low'], row[f'{count}_high'])} {name}"
                for count, name in (
                    ("once", "once"), ("once+", "once with observers"), ("twice", "twice"),
                    ("twice+", "twice with observers"),
                )
                if not pd.isna(row[f"{count}_low"])
            )
            + f" in {row['of']}"
            for _, row in self.frame.iterrows()
        )  # fmt: skip
        return (
            "Marks of stated totals of trade among the members, in USD billion, by date, over "
            f"boxes of what the book computes for the year, by way of counting. {said}."
        )

    @property
    def sources(self) -> tuple[str, ...]:
        """Those of its rows."""
        return keys_of(self.frame["path_keys"])


def _of_what(row: pd.Series) -> str:
    """Say what a statement is about: the year, the goods where they are named, the members.

    Examples
    --------
    >>> row = {"measure": "exports", "named": True, "of": 2016, "members": "founding four"}
    >>> _of_what(pd.Series(row)), _of_what(pd.Series(row | {"measure": "trade", "named": False}))
    ('exports of 2016, four members', 'year not said, four members')
    """
    of = f"of {row['of']}" if row["named"] else "year not said"
    what = f"exports {of}" if row["measure"] == "exports" else of
    return f"{what}, four members" if row["members"] == "founding four" else what


def _ends(low: float, high: float) -> str:
    """Write a range in whole numbers, or one of them.

    Examples
    --------
    >>> _ends(23.7, 26.9), _ends(39.6, 39.6)
    ('24 to 27', '40')
    """
    ends = f"{low:.0f}", f"{high:.0f}"
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def _claim_rows(rows: pd.DataFrame) -> set[int]:
    """Find the statement that the article reports and the ones in the same words."""
    same = rows[rows.duplicated(["speaker", "year", "usd_billion"], keep=False)]
    return set(same.index)


def _who(row: pd.Series) -> str:
    """Name a speaker; of a ministry, whose it is.

    Examples
    --------
    >>> _who(pd.Series({"speaker": "Ministry of Trade", "office": "Kazakhstan"}))
    "Kazakhstan's ministry"
    """
    if row["speaker"].startswith("Ministry"):
        return f"{row['office']}'s ministry"
    return str(row["speaker"])


def _when(date: str) -> str:
    """Write a date as a month and a year.

    Examples
    --------
    >>> _when("2024-11-06"), _when("2025")
    ('Nov 2024', '2025')
    """
    parts = date.split("-")
    return f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}" if len(parts) > 1 else parts[0]
