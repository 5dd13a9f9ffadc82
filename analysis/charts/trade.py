"""Pictures of trade: the ladder of counting rules, the path through the years, what was said."""

import pandas as pd
from matplotlib.axes import Axes

from . import style

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
            0.4, position + 0.29, rung_name(row), va="bottom", ha="left", fontsize=9,
            color=style.INK, bbox={"facecolor": style.GROUND, "edgecolor": "none", "pad": 0.6},
        )  # fmt: skip
        ax.text(
            row["central"] + 1, position, f"{row['central']:.0f}", va="center", ha="left",
            fontsize=10, fontweight="bold",
        )  # fmt: skip
    ax.axvline(claimed, color=style.CLAIM, linewidth=1.6, linestyle="--")
    ax.text(
        claimed + 0.8, len(rows) - 0.18, f"claimed for {year}:\nmore than {claimed:.0f}",
        color=style.CLAIM, fontsize=9, va="bottom", ha="left",
    )  # fmt: skip
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.set_xlim(0, rows["central"].max() * 1.12)
    ax.set_ylim(-0.5, len(rows) + 0.75)
    ax.set_xlabel("USD billion (hatched: estimate)")
    style.grid(ax, "x")
    return ax


def rung_name(row: pd.Series) -> str:
    """Say one rung of the ladder in a line.

    Examples
    --------
    >>> rung_name(pd.Series({"year": 2024, "membership": "five members", "count": "once"}))
    '2024, five members, each flow once'
    """
    return f"{row['year']}, {row['membership']}, each flow {row['count']}"


def ladder_alt(frame: pd.DataFrame, *, claimed: float) -> str:
    """Say the ladder in words."""
    rows = frame.sort_values("central")
    rungs = "; ".join(f"{rung_name(row)}: {row['central']:.1f}" for _, row in rows.iterrows())
    above = int((rows["central"] > claimed).sum())
    return (
        f"Bars of trade among the members by counting rule, in USD billion, from least to most. "
        f"{rungs}. A dashed line marks the claimed {claimed:.0f}: {above} of {len(rows)} bars pass "
        "it."
    )


def path(frame: pd.DataFrame, ax: Axes, *, sources_change: int, edition_changes: int) -> Axes:
    """Draw the once-counted path with its band, its breaks and its estimates.

    Parameters
    ----------
    frame : DataFrame
        As `analysis.trade.yearly` gives it.
    ax : Axes
        Where to draw.
    sources_change, edition_changes : int
        The first year after each break of the series.
    """
    ax.fill_between(frame["year"], frame["low"], frame["high"], color=style.BAND, linewidth=0)
    ax.plot(frame["year"], frame["central"], color=style.MEASURED)
    guessed = frame[frame["estimated"] > 0]
    ax.plot(
        guessed["year"], guessed["central"], linestyle="none", marker="D", markersize=6,
        markerfacecolor=style.GROUND, markeredgecolor=style.ESTIMATE, markeredgewidth=1.6,
    )  # fmt: skip
    for year in _told_years(frame):
        value = float(frame.loc[frame["year"] == year, "central"].iloc[0])
        near = frame[frame["year"].between(year - 1, year + 1)]["central"]
        low = value == near.min()  # a trough is labelled below, where no line runs
        ax.plot(year, value, "o", color=style.MEASURED, markersize=4)
        ax.annotate(
            f"{value:.1f}", (year, value), xytext=(0, -8 if low else 8),
            textcoords="offset points", ha="center", va="top" if low else "bottom",
            fontweight="bold", fontsize=9.5,
        )  # fmt: skip
    top = float(frame["high"].max())
    for year, text in (
        (sources_change, "Azerbaijan's figures:\nfrom the press"),
        (edition_changes, "new\nrelease"),
    ):
        ax.axvline(year - 0.5, color=style.MUTED, linewidth=1, linestyle=":")
        ax.annotate(
            text, (year - 0.5, top * 1.2), xytext=(-3, 0), textcoords="offset points",
            ha="right", va="top", fontsize=8.5, color=style.MUTED,
        )  # fmt: skip
    crest = frame.loc[frame.loc[frame["year"] < 2016, "high"].idxmax()]
    ax.annotate(
        "band: smallest to largest\nfigure of each pair", (crest["year"] - 1, crest["high"]),
        xytext=(0, 10), textcoords="offset points", ha="right", fontsize=8.5, color=style.MUTED,
    )  # fmt: skip
    ax.set_ylim(0, top * 1.22)
    ax.set_xlim(frame["year"].min() - 0.3, frame["year"].max() + 0.9)
    ax.set_xticks([year for year in frame["year"] if year % 5 == 0] + [int(frame["year"].max())])
    ax.set_ylabel("USD billion")
    ax.set_xlabel("diamonds: years with an estimated part")
    style.grid(ax, "y")
    return ax


def path_alt(frame: pd.DataFrame) -> str:
    """Say the path in words."""
    told = frame[frame["year"].isin(_told_years(frame))]
    points = "; ".join(f"{r['year']:.0f}: {r['central']:.1f}" for _, r in told.iterrows())
    last = frame.iloc[-1]
    return (
        f"Line of trade among the five members, each flow counted once, in USD billion, "
        f"{frame['year'].min()} to {frame['year'].max()}: {points}. A band around it runs from the "
        f"smallest to the largest figure of each pair; in {last['year']} from {last['low']:.1f} to "
        f"{last['high']:.1f}, where {last['estimated']:.1f} of the total is estimated."
    )


def _told_years(frame: pd.DataFrame) -> list[int]:
    """Choose the years whose value is written beside the line."""
    peak = int(frame.loc[frame["central"].idxmax(), "year"])
    last = int(frame["year"].max())
    return sorted({2010, last - 10, 2020, peak, last} & set(frame["year"]))


def statements(frame: pd.DataFrame, ax: Axes, *, once: tuple[float, float],
               twice: tuple[float, float]) -> Axes:  # fmt: skip
    """Draw what was said of the group's trade, latest last, over the computed totals.

    Parameters
    ----------
    frame : DataFrame
        The table ``trade_statements``.
    ax : Axes
        Where to draw.
    once, twice : tuple of float
        The lowest and highest computed total of the last two years, in USD billion.
    """
    rows = frame.sort_values("date", ignore_index=True)
    count = len(rows)
    for (low, high), text in ((once, "counted once"), (twice, "counted twice")):
        ax.axvspan(low, high, color=style.BAND, linewidth=0)
        ax.text((low + high) / 2, -1.05, text, ha="center", va="center", fontsize=8.5,
                color=style.MEASURED)  # fmt: skip
    for position, row in rows.iterrows():
        value, more = row["usd_billion"], row["bound"] == "more than"
        ours = bool(row["source_keys"] == rows.loc[_claim_row(rows), "source_keys"])
        color = style.CLAIM if ours else style.INK
        ax.plot(value, position, marker=">" if more else "o", color=color, markersize=7,
                linestyle="none")  # fmt: skip
        year = "year not said" if pd.isna(row["year"]) else f"of {row['year']}"
        left = value > 48
        ax.annotate(
            f"{row['speaker']}, {year}: {value:g}", (value, position),
            xytext=(-8 if left else 8, 0), textcoords="offset points",
            ha="right" if left else "left", va="center", fontsize=8.5, color=color,
        )  # fmt: skip
    ax.set_yticks(range(count), [_when(date) for date in rows["date"]])
    ax.set_ylim(count - 0.4, -1.6)
    ax.set_xlim(0, 78)
    ax.tick_params(axis="y", length=0)
    ax.set_xlabel("USD billion, as stated (triangle: “more than”)")
    style.grid(ax, "x")
    return ax


def statements_alt(frame: pd.DataFrame, *, once: tuple[float, float],
                   twice: tuple[float, float]) -> str:  # fmt: skip
    """Say the statements in words."""
    rows = frame.sort_values("date")
    told = "; ".join(
        f"{_when(row['date'])}, {row['speaker']}: {row['bound'].replace('exactly ', '')} "
        f"{row['usd_billion']:g}".replace("exactly ", "")
        for _, row in rows.iterrows()
    )
    return (
        f"Dots of stated totals of trade among the members, in USD billion, by date. {told}. "
        f"Shaded: the computed totals of the last two years, {once[0]:.0f} to {once[1]:.0f} "
        f"counted once, {twice[0]:.0f} to {twice[1]:.0f} counted twice."
    )


def _claim_row(rows: pd.DataFrame) -> int:
    """Find the statement that the article reports: the second of the same words."""
    same = rows[rows.duplicated(["speaker", "year", "usd_billion"])]
    return int(same.index[0]) if len(same) else 0


def _when(date: str) -> str:
    """Write a date as a month and a year.

    Examples
    --------
    >>> _when("2024-11-06"), _when("2025")
    ('Nov 2024', '2025')
    """
    parts = date.split("-")
    return f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}" if len(parts) > 1 else parts[0]
