"""Pictures of the ledger: verdicts by rating, sources by grade."""

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from ..sources import ARTICLE
from . import style
from .chart import Chart

#: Rating -> colour and hatch, so that grey print and colour-blind readers keep them apart.
_RATINGS = {
    "supported": ("#2e7d4f", None),
    "supported in part": ("#0b6e99", "///"),
    "depends on definition": ("#e0a526", "xxx"),
    "unverifiable": ("#9aa5ad", "..."),
    "contradicted": ("#b3261e", "\\\\\\"),
    "statement of intent": ("#8a5fb0", "---"),
    "opinion": ("#cdb7e6", "+++"),
}
_GRADES = {"A": "#0b6e99", "B": "#e0a526", "C": "#9aa5ad", "E": "#8a5fb0"}


@dataclass(frozen=True)
class Scoreboard(Chart):
    """How many claims have each rating: a frame as `analysis.claims.scoreboard` gives it."""

    frame: pd.DataFrame
    height = 2.9

    def draw(self, ax: Axes) -> Axes:
        """Draw a bar for each rating, the first on top."""
        most = int(self.frame["claims"].max())
        rows = self.frame.iloc[::-1].reset_index(drop=True)
        for position, row in rows.iterrows():
            color, hatch = _RATINGS[row["rating"]]
            ax.barh(position, row["claims"], color=color, hatch=hatch, edgecolor=style.GROUND,
                    height=0.6)  # fmt: skip
            ax.text(row["claims"] + 0.08, position, f"{row['claims']}", va="center",
                    fontweight="bold")  # fmt: skip
        ax.set_yticks(range(len(rows)), rows["rating"])
        ax.tick_params(axis="y", length=0, labelcolor=style.INK)
        ax.set_xlim(0, most + 0.6)
        ax.set_xticks(range(most + 1))
        ax.set_xlabel("claims")
        style.grid(ax, "x")
        return ax

    @property
    def caption(self) -> str:
        """Say how many have the firmest rating."""
        first, whole = self.frame.iloc[0], self.frame["claims"].sum()
        return (
            f"{first['claims']} of {whole} claims are {first['rating']}; the others need a "
            "reservation."
        )

    @property
    def alt(self) -> str:
        """Give the number of each rating."""
        counts = "; ".join(f"{row['rating']}: {row['claims']}" for _, row in self.frame.iterrows())
        whole = self.frame["claims"].sum()
        return f"Bars of the number of claims by rating, {whole} in all. {counts}."

    @property
    def sources(self) -> tuple[str, ...]:
        """The article alone: its claims are counted."""
        return (ARTICLE,)


@dataclass(frozen=True)
class Grades(Chart):
    """How many sources of each grade stand behind each verdict.

    Attributes
    ----------
    frame : DataFrame
        As `analysis.claims.sources_by_grade` gives it.
    behind : tuple of str
        Those sources, by their keys.
    """

    frame: pd.DataFrame
    behind: tuple[str, ...]
    height = 8.6

    def draw(self, ax: Axes) -> Axes:
        """Draw a bar for each claim, in pieces by grade."""
        rows = self.frame.iloc[::-1].reset_index(drop=True)
        for position, row in rows.iterrows():
            left = 0
            for grade, count in self._counts(row):
                ax.barh(position, count, left=left, height=0.42, color=_GRADES[grade],
                        edgecolor=style.GROUND)  # fmt: skip
                ax.text(left + count / 2, position, grade, ha="center", va="center", fontsize=9,
                        color=style.GROUND if grade in "AE" else style.INK)  # fmt: skip
                left += count
            ax.text(0, position + 0.27, row["claim"], va="bottom", ha="left", fontsize=9)
        ax.set_yticks([])
        ax.spines["left"].set_visible(False)
        ax.set_ylim(-0.5, len(rows) - 0.1)
        ax.set_xlabel("sources, by grade")
        style.grid(ax, "x")
        return ax

    @property
    def caption(self) -> str:
        """Say behind how many verdicts official or scholarly statistics stand."""
        firm = sum("A" in dict(self._counts(row)) for _, row in self.frame.iterrows())
        return (
            f"Official or scholarly statistics (grade A) stand behind {firm} of {len(self.frame)} "
            "verdicts; the others rest on statements and reports."
        )

    @property
    def alt(self) -> str:
        """Give the numbers behind each verdict."""
        counts = "; ".join(
            f"{row['claim']}: " + ", ".join(f"{n} {grade}" for grade, n in self._counts(row))
            for _, row in self.frame.iterrows()
        )
        return f"Stacked bars of the number of sources behind each verdict, by grade. {counts}."

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that are counted."""
        return self.behind

    def _counts(self, row: pd.Series) -> list[tuple[str, int]]:
        """Give the grades behind a verdict, with their numbers."""
        return [(grade, int(row[grade])) for grade in _GRADES if row.get(grade)]
