"""Pictures of the ledger: verdicts by rating, sources by grade."""

import pandas as pd
from matplotlib.axes import Axes

from . import style

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


def scoreboard(frame: pd.DataFrame, ax: Axes) -> Axes:
    """Draw how many claims have each rating.

    Parameters
    ----------
    frame : DataFrame
        As `analysis.claims.scoreboard` gives it.
    ax : Axes
        Where to draw.
    """
    rows = frame.iloc[::-1].reset_index(drop=True)
    for position, row in rows.iterrows():
        color, hatch = _RATINGS[row["rating"]]
        ax.barh(
            position, row["claims"], color=color, hatch=hatch, edgecolor=style.GROUND, height=0.6
        )
        ax.text(row["claims"] + 0.08, position, f"{row['claims']}", va="center", fontweight="bold")
    ax.set_yticks(range(len(rows)), rows["rating"])
    ax.tick_params(axis="y", length=0, labelcolor=style.INK)
    ax.set_xlim(0, frame["claims"].max() + 0.6)
    ax.set_xticks(range(int(frame["claims"].max()) + 1))
    ax.set_xlabel("claims")
    style.grid(ax, "x")
    return ax


def scoreboard_alt(frame: pd.DataFrame) -> str:
    """Say the scoreboard in words."""
    told = "; ".join(f"{row['rating']}: {row['claims']}" for _, row in frame.iterrows())
    return f"Bars of the number of claims by rating, {frame['claims'].sum()} in all. {told}."


def grades(frame: pd.DataFrame, ax: Axes) -> Axes:
    """Draw how many sources of each grade stand behind each verdict.

    Parameters
    ----------
    frame : DataFrame
        One row a claim: ``claim``, and a count in a column for each grade.
    ax : Axes
        Where to draw.
    """
    rows = frame.iloc[::-1].reset_index(drop=True)
    grades_ = [grade for grade in _GRADES if grade in rows.columns]
    for position, row in rows.iterrows():
        left = 0
        for grade in grades_:
            count = int(row[grade])
            if not count:
                continue
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


def grades_alt(frame: pd.DataFrame) -> str:
    """Say the grades in words."""
    grades_ = [grade for grade in _GRADES if grade in frame.columns]
    told = "; ".join(
        f"{row['claim']}: " + ", ".join(f"{row[g]} {g}" for g in grades_ if row[g])
        for _, row in frame.iterrows()
    )
    return f"Stacked bars of the number of sources behind each verdict, by grade. {told}."
