"""Pictures of what trade weighs: its share, the last year's interval, the targets ahead."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
from matplotlib.axes import Axes

from ..countries import NAMES
from ..formats import in_words
from ..quantities import keys_of, merge
from . import style
from .chart import Chart


@dataclass(frozen=True)
class Shares(Chart):
    """The share of each member's trade that is with the others, through the years.

    ``frame`` is as `analysis.trade.share_path` gives it; ``level`` as `member_shares` does for
    ``year``; ``start`` and ``end`` are compared.
    """

    frame: pd.DataFrame
    level: pd.DataFrame
    year: int
    start: int
    end: int
    tables: ClassVar = ("trade_pairs", "trade_flows", "trade_stated", "trade_totals")
    height: ClassVar = 3.8

    def draw(self, ax: Axes) -> Axes:
        """Draw a line a member, and an open mark for its level."""
        last = int(self.frame["year"].max())
        ends = {}
        for code, rows in self.frame.groupby("country"):
            group = code == "OTS"
            ax.plot(
                rows["year"],
                rows["share"],
                color=style.INK if group else style.COUNTRIES[code].color,
                linestyle="-" if group else style.COUNTRIES[code].line,
                linewidth=2.6 if group else 1.7,
            )
            ends[code] = float(rows.loc[rows["year"] == last, "share"].iloc[0])
        for row in self.level.itertuples():
            mark = style.COUNTRIES[row.country]
            ax.plot(self.year, row.share, mark.marker, markersize=7, markerfacecolor=style.GROUND,
                    markeredgecolor=mark.color, markeredgewidth=1.6)  # fmt: skip
        placed = style.spread(list(ends.values()), 2.3)
        for (code, value), height in zip(ends.items(), placed, strict=True):
            color = style.INK if code == "OTS" else style.COUNTRIES[code].color
            ax.text(
                last + 0.5,
                height,
                f"{'all five' if code == 'OTS' else NAMES[code]} {value:.0f}%",
                color=color,
                va="center",
                ha="left",
                fontweight="bold" if code == "OTS" else "normal",
            )
        ax.set_xlim(self.frame["year"].min() - 0.3, last + 8.2)
        ax.set_ylim(0, float(self.frame["share"].max()) * 1.06)
        ax.set_xticks(
            [y for y in range(int(self.frame["year"].min()), last - 1) if y % 5 == 0] + [last]
        )
        ax.set_ylabel("% of trade with the world")
        ax.set_xlabel(f"open marks: {self.year} from one source (BACI)")
        style.grid(ax, "y")
        return ax

    @property
    def caption(self) -> str:
        """Say how the group's share moved."""
        group = self.frame[self.frame["country"] == "OTS"].set_index("year")["share"]
        return (
            f"The members' share went from {group[self.start]:.1f}% in {self.start} to "
            f"{group[self.end]:.1f}% in {self.end}."
        )

    @property
    def alt(self) -> str:
        """List the share of each member, now and ten years before."""
        last = int(self.frame["year"].max())
        parts = []
        for code, rows in self.frame.groupby("country"):
            by_year = rows.set_index("year")["share"]
            name = "all five together" if code == "OTS" else NAMES[code]
            parts.append(
                f"{name} {by_year[last - 10]:.1f}% in {last - 10}, {by_year[last]:.1f}% in {last}"
            )
        rings = ", ".join(
            f"{NAMES[row.country]} {row.share:.1f}%" for row in self.level.itertuples()
        )
        return (
            "Lines of the share of each member's trade with the world that is with the other "
            f"members: {'; '.join(parts)}. Open marks give {self.year} from one source: {rings}."
        )

    @property
    def sources(self) -> tuple[str, ...]:
        """Those of its rows and of the level."""
        return merge(keys_of(self.frame["source_keys"]), keys_of(self.level["source_keys"]))


@dataclass(frozen=True)
class Groups(Chart):
    """Groups by the share of their trade that is with each other.

    ``frame`` is as `analysis.trade.beside_others` gives it for ``year``.
    """

    frame: pd.DataFrame
    year: int
    tables: ClassVar = ("trade_groups", "trade_pairs", "trade_flows", "trade_stated",
                        "trade_totals")  # fmt: skip
    height: ClassVar = 2.8

    def draw(self, ax: Axes) -> Axes:
        """Draw a bar a group from zero."""
        for position, row in enumerate(self.frame.itertuples()):
            mine = not row.note
            ax.barh(position, row.share, 0.42, color=style.MEASURED if mine else style.BAND,
                    edgecolor=style.MEASURED)  # fmt: skip
            months = "" if row.months == 12 else f" (first {row.months} months)"
            ax.text(0.2, position - 0.37, f"{row.name}{months}", va="center", bbox=style.PLATE,
                    fontweight="bold" if mine else "normal")  # fmt: skip
            ax.text(row.share + 0.3, position, f"{row.share:.1f}%", va="center",
                    fontweight="bold")  # fmt: skip
        ax.set_yticks([])
        ax.spines["left"].set_visible(False)
        ax.set_ylim(len(self.frame) - 0.5, -0.7)
        ax.set_xlim(0, float(self.frame["share"].max()) * 1.15)
        ax.set_xlabel(f"% of the members' trade with the world, {self.year}; exports and imports")
        style.grid(ax, "x")
        return ax

    @property
    def caption(self) -> str:
        """Say how the five compare with each of the others."""
        mine = self.frame[self.frame["note"] == ""].iloc[0]["share"]
        others = self.frame[self.frame["note"] != ""]
        return (
            f"In {self.year} the five's share was {mine:.1f}%, "
            + ", ".join(
                f"{'the ' * (' ' in row.name)}{row.name}'s {row.share:.1f}%"
                for row in others[["name", "share"]].itertuples(index=False)
            )
            + "."
        )

    @property
    def alt(self) -> str:
        """List the shares."""
        parts = "; ".join(
            f"{row['name']} {row['share']:.1f}%"
            + ("" if row["months"] == 12 else f" in the first {row['months']} months")
            for _, row in self.frame.iterrows()
        )
        return (
            "Bars of the share of groups' trade with the world that is with their own members, "
            f"exports and imports, {self.year}: {parts}."
        )


@dataclass(frozen=True)
class Targets(Chart):
    """The yearly growth that each target needs beside that of the past.

    ``frame`` is as `analysis.trade.needed` gives it, with past growth between ``start`` and
    ``end``; ``path`` are the sources of the path.
    """

    frame: pd.DataFrame
    start: int
    end: int
    path: tuple[str, ...]
    tables: ClassVar = (
        "trade_targets", "trade_pairs", "trade_flows", "trade_stated", "trade_totals",
    )  # fmt: skip
    height: ClassVar = 4.6

    def draw(self, ax: Axes) -> Axes:
        """Draw a dot for the past and a diamond for what is needed."""
        left = min(0.0, 1.1 * float(self.frame[["past", "needed"]].min().min()))
        for position, row in self.frame.iterrows():
            ax.plot([row["past"], row["needed"]], [position + 0.16] * 2, color=style.MUTED,
                    linewidth=1.3)  # fmt: skip
            ax.plot(row["past"], position + 0.16, "o", color=style.MEASURED, markersize=7)
            ax.plot(row["needed"], position + 0.16, "D", markersize=7, markeredgewidth=1.6,
                    markeredgecolor=style.CLAIM,
                    markerfacecolor=style.CLAIM if row["dated"] else style.GROUND)  # fmt: skip
            who = "" if "–" in row["scope"] else f" ({row['who']})"
            amounts = f"${_amount(row['now'])} to ${_amount(row['target'])} billion"
            ax.text(left + 0.1, position - 0.3, f"{row['name']}{who}: {amounts}",
                    va="center", ha="left", bbox=style.PLATE)  # fmt: skip
            right = max(row["past"], row["needed"])
            needed = f"{row['needed']:.0f}%".replace("-", "\N{MINUS SIGN}")
            ax.text(right + 0.7, position + 0.16, needed, va="center",
                    fontweight="bold", ha="left")  # fmt: skip
        ax.set_yticks([])
        ax.spines["left"].set_visible(False)
        ax.set_ylim(len(self.frame) - 0.4, -0.7)
        ax.set_xlim(left, max(1.0, float(self.frame[["past", "needed"]].max().max()) * 1.14))
        ax.set_xlabel(
            f"growth a year, % (dot: {self.start} to {self.end}; diamond: needed to\nmeet the "
            "target by 2030, filled where the source names that year)"
        )
        style.grid(ax, "x")
        return ax

    @property
    def caption(self) -> str:
        """Say how many targets need faster growth than the past gave."""
        faster = in_words(int((self.frame["needed"] > self.frame["past"]).sum())).capitalize()
        return (
            f"{faster} of {in_words(len(self.frame))} stated targets need faster growth than "
            f"{self.start} to {self.end} saw."
        )

    @property
    def alt(self) -> str:
        """List the growth of each target."""
        parts = "; ".join(
            f"{row.name_}: {row.target:.3g} billion ({row.who}), {row.needed:.1f}% a year to "
            f"{row.due} against {row.past:.1f}%"
            for row in self.frame.rename(columns={"name": "name_"}).itertuples()
        )
        return f"Growth a year that each target needs, against that of the past ten years. {parts}."

    @property
    def sources(self) -> tuple[str, ...]:
        """Those of its rows and of the path."""
        return merge(keys_of(self.frame["source_keys"]), self.path)


def _amount(value: float) -> str:
    """Write an amount with two digits, or whole from ten on.

    Examples
    --------
    >>> _amount(0.126), _amount(9.46), _amount(100.2)
    ('0.13', '9.5', '100')
    """
    return f"{value:.0f}" if value >= 10 else f"{value:.2g}"
