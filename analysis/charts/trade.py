"""Pictures of the group's trade: the ladder of counting rules, the path, what was said."""

import pandas as pd
from matplotlib.axes import Axes

from . import style

#: A count that is not said as "each flow ...".
_COUNTED = {"twice, own reports": "sum of their own reports"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def ladder(frame: pd.DataFrame, ax: Axes, *, claimed: float, year: int) -> Axes:
    """Draw totals by counting rule as bars from zero, the claimed amount as a line across.

    Parameters
    ----------
    frame : DataFrame
        As `analysis.trade.ladder` gives it.
    ax : Axes
        Where to draw.
    claimed : float
        USD billion.
    year : int
        The year the claim is about: its bars are drawn as estimates, the other year's plain.
    """
    rows = frame.sort_values("central", ignore_index=True)
    for position, row in rows.iterrows():
        guessed = bool(row["estimate"])
        ax.barh(
            position,
            row["central"],
            height=0.46,
            color=style.BAND if guessed else style.MEASURED,
            edgecolor=style.ESTIMATE if guessed else style.MEASURED,
            hatch="////" if guessed else None,
        )
        ax.text(
            0.4, position + 0.29, rung_name(row), va="bottom", ha="left", fontsize=9.5,
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
    ax.axvline(claimed, color=style.CLAIM, linewidth=1.6, linestyle="--")
    ax.text(
        claimed + 0.8, len(rows) - 0.18, f"claimed for {year}:\nmore than {claimed:.0f}",
        color=style.CLAIM, fontsize=9.5, va="bottom", ha="left",
    )  # fmt: skip
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.set_xlim(0, max(rows["central"].max(), rows["high"].max()) * 1.1)
    ax.set_ylim(-0.5, len(rows) + 0.75)
    guessed = " (hatched: estimate, with its range)" if rows["estimate"].any() else ""
    ax.set_xlabel(f"USD billion{guessed}")
    style.grid(ax, "x")
    return ax


def rung_name(row: pd.Series) -> str:
    """Say one rung of the ladder in a line.

    Examples
    --------
    >>> rung_name(pd.Series({"year": 2024, "membership": "five members", "count": "once"}))
    '2024, five members, each flow once'
    """
    count = _COUNTED.get(row["count"], f"each flow {row['count']}")
    return f"{row['year']}, {row['membership']}, {count}"


def ladder_alt(frame: pd.DataFrame, *, claimed: float) -> str:
    """Say the ladder in words."""
    rows = frame.sort_values("central")
    rungs = "; ".join(
        f"{rung_name(row)}: {row['central']:.1f}"
        + (f" ({row['low']:.1f} to {row['high']:.1f})" if row["high"] > row["low"] else "")
        for _, row in rows.iterrows()
    )
    above = int((rows["central"] > claimed).sum())
    return (
        f"Bars of trade among the members by counting rule, in USD billion, from least to most. "
        f"{rungs}. A dashed line marks the claimed {claimed:.0f}: {above} of {len(rows)} bars pass "
        "it."
    )


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


def path(
    frame: pd.DataFrame,
    ax: Axes,
    *,
    breaks: pd.DataFrame,
    interval: tuple[float, float],
) -> Axes:
    """Draw the once-counted path, nominal and real, over what each year rests on.

    Parameters
    ----------
    frame : DataFrame
        As `analysis.trade.yearly` gives it, with ``real`` where `analysis.trade.real` has a value.
    ax : Axes
        Its place in the figure is divided between two panels; it is itself left blank.
    breaks : DataFrame
        As `analysis.trade.breaks` gives it: the first year after each break of the series.
    interval : tuple of float
        Ends of the last year's interval, USD billion: drawn as a bar through its mark, if they
        differ.
    """
    ax.set_axis_off()
    cells = ax.get_subplotspec().subgridspec(2, 1, height_ratios=(4.2, 1), hspace=0.04)
    above = ax.get_figure().add_subplot(cells[0])
    below = ax.get_figure().add_subplot(cells[1], sharex=above)
    _lines(frame, above)
    if interval[1] > interval[0]:
        _interval(frame, above, interval)
    top = float(max(frame["high"].max(), frame["real"].max()))
    for year, kinds in breaks.groupby("year")["kind"]:
        text = "\n".join(_BREAKS[kind] for kind in kinds)
        for panel in (above, below):
            panel.axvline(year - 0.5, color=style.MUTED, linewidth=1, linestyle=":")
        above.annotate(
            text, (year - 0.5, top * 1.24), xytext=(-3, 0), textcoords="offset points",
            ha="right", va="top", fontsize=9, color=style.MUTED,
        )  # fmt: skip
    above.set_ylim(0, top * _HEAD)
    above.set_xlim(frame["year"].min() - 0.6, frame["year"].max() + 2.6)
    above.set_ylabel("USD billion")
    above.tick_params(axis="x", labelbottom=False, length=0)
    style.grid(above, "y")
    bottom = pd.Series(0.0, index=frame.index)
    for kind, (color, hatch) in _FIRMNESS.items():
        share = 100 * frame[kind] / frame["central"]
        below.bar(frame["year"], share, 0.8, bottom=bottom, color=color, hatch=hatch,
                  edgecolor=style.ESTIMATE if hatch else color, linewidth=0.6)  # fmt: skip
        bottom += share
    below.set_ylim(0, 100)
    below.set_yticks([0, 100], ["0", "100 %"])
    last = int(frame["year"].max())
    below.set_xticks([year for year in frame["year"] if year % 5 == 0] + [last])
    below.tick_params(axis="both", length=0)
    told = {"measured": "dark: measured", "spliced": "light: spliced in",
            "estimated": "hatched: estimated"}  # fmt: skip
    below.set_xlabel(" · ".join(words for kind, words in told.items() if frame[kind].any()))
    return ax


def _lines(frame: pd.DataFrame, ax: Axes) -> None:
    ax.fill_between(frame["year"], frame["low"], frame["high"], color=style.BAND, linewidth=0)
    ax.plot(frame["year"], frame["real"], color=style.INK, linestyle="--", linewidth=1.4)
    ax.plot(frame["year"], frame["central"], color=style.MEASURED)
    guessed = frame[frame["estimated"] > 0]
    ax.plot(
        guessed["year"], guessed["central"], linestyle="none", marker="D", markersize=6,
        markerfacecolor=style.GROUND, markeredgecolor=style.ESTIMATE, markeredgewidth=1.6,
    )  # fmt: skip
    for year in _told_years(frame):
        value = float(frame.loc[frame["year"] == year, "central"].iloc[0])
        if year not in set(guessed["year"]):
            ax.plot(year, value, "o", color=style.MEASURED, markersize=4)
        if year == frame["year"].max():
            where = {"xytext": (7, 0), "ha": "left", "va": "center"}
        elif year in set(guessed["year"]):
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
        spot = {"xy": (first["year"], first["central"]), "xytext": (-2, -10), "va": "top"}
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
        place = {"xy": (2015.6, 8.2), "xytext": (6, -34)}
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


def path_alt(frame: pd.DataFrame, *, interval: tuple[float, float]) -> str:
    """Say the path in words."""
    told = frame[frame["year"].isin(_told_years(frame))]
    points = "; ".join(f"{r['year']:.0f}: {r['central']:.1f}" for _, r in told.iterrows())
    constant = "; ".join(
        f"{r['year']:.0f}: {r['real']:.1f}" for _, r in told.iterrows() if not pd.isna(r["real"])
    )
    last = frame.iloc[-1]
    spread = (
        f" A bar gives the interval of {last['year']}: {interval[0]:.1f} to {interval[1]:.1f}."
        if interval[1] > interval[0]
        else ""
    )
    return (
        f"Line of trade among the five members, each flow counted once, in USD billion, "
        f"{frame['year'].min()} to {frame['year'].max()}: {points}. A dashed line gives it in "
        f"dollars of {last['year']}: {constant}. A band runs from the smallest to the largest "
        f"figure of each pair; in {last['year']} from {last['low']:.1f} to {last['high']:.1f}."
        f"{spread} Bars below show what each year rests on: in {last['year']} "
        f"{last['measured']:.1f} measured, {last['spliced']:.1f} spliced in, "
        f"{last['estimated']:.1f} estimated."
    )


def _told_years(frame: pd.DataFrame) -> list[int]:
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


def statements(frame: pd.DataFrame, ax: Axes) -> Axes:
    """Draw what was said of the group's trade, latest last, each over its year's bands.

    Parameters
    ----------
    frame : DataFrame
        As `analysis.trade.beside` gives it.
    ax : Axes
        Where to draw.
    """
    rows = frame.reset_index(drop=True)
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
                ax.barh(position + 0.16, _LEAST_BOX, 0.44, left=low - _LEAST_BOX / 2, color=edge)
        ours = position in same
        color = style.CLAIM if ours else style.INK
        marker = ">" if row["bound"] == "more than" else "s" if row["measure"] == "exports" else "o"
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
    known = [count for count in _COUNTS if not pd.isna(top[f"{count}_low"])]
    middles = [(top[f"{count}_low"] + top[f"{count}_high"]) / 2 for count in known]
    for count, place in zip(known, style.spread(middles, _NAME_WIDTH * right), strict=True):
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


def statements_alt(frame: pd.DataFrame) -> str:
    """Say the statements in words."""
    told = "; ".join(
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
        for _, row in frame.iterrows()
    )  # fmt: skip
    return (
        "Marks of stated totals of trade among the members, in USD billion, by date, over boxes of "
        f"what the book computes for the year, by way of counting. {told}."
    )


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
    return row["speaker"]


def _when(date: str) -> str:
    """Write a date as a month and a year.

    Examples
    --------
    >>> _when("2024-11-06"), _when("2025")
    ('Nov 2024', '2025')
    """
    parts = date.split("-")
    return f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}" if len(parts) > 1 else parts[0]
