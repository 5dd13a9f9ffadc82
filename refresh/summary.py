"""What a refresh changes, in words and tables: for the terminal, and as a page with every figure.

Verdicts that flip stand first, then the sums that change, then pairs, then single figures.
"""

import textwrap
from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from analysis.chapter.table import Table
from publishing.refresh_record import LARGE, change, counts_sentence, pairs_table, sums_table

if TYPE_CHECKING:
    from .report import Report

#: Rows of a table that the terminal shows, and its width.
_SHOWN, _WIDTH = 15, 96


def text(report: "Report", *, applied: bool, page: str, stops: dict[str, str] | None = None) -> str:
    """Give the report for a terminal: whether it was written, and where all of it stands.

    ``stops`` are chapters that stop, and why, if they were run.
    """
    parts = [
        f"{'Applied' if applied else 'What would change'}: {report.name}, read on {report.day}",
        _flips(report, _wrapped),
    ]
    sums = sums_table(report.sums).text() if len(report.sums) else ""
    parts.append(sums or "No sum of the trade chapter moves.")
    size = (report.pairs["new"] - report.pairs["old"]).abs()
    if (size >= LARGE).any():
        shown = report.pairs.loc[size[size >= LARGE].nlargest(_SHOWN).index.sort_values()]
        parts.append(pairs_table(shown).text())
    counts = counts_sentence(report.counts())
    changed = report.figures[report.figures["old"] != report.figures["new"]]
    parts.append(figures_table(_largest(changed), counts).text() if len(changed) else counts)
    parts.append(f"Every pair and every figure: {page}")
    parts.append("\n".join(_wrapped(f"- {words}", "  ") for words in notes(report)))
    if stops:
        lines = [f"{_counted(len(stops), 'chapter')} would stop:"]
        lines += [_wrapped(f"{name}: {why}") for name, why in stops.items()]
        parts.append("\n".join(lines))
    elif stops is not None:
        parts.append("Every chapter still runs.")
    follows = "Run `make book`: figures, sentences and verdicts follow."
    parts.append(follows if applied else "Nothing is written. With --apply, all of it is.")
    return "\n\n".join(part for part in parts if part)


def markdown(report: "Report") -> str:
    """Give the report as a page, with every figure."""
    parts = [
        f"# Fresh figures: {report.name}",
        f"Read on {report.day}.",
        "\n".join(
            f"- {source['title']}. <{source['url']}> SHA-256 `{source['sha256']}`"
            for source in report.sources
        ),
        "## Verdicts",
        _flips(report, lambda words, indent="": f"{words}\n"),
        "## Sums",
        sums_table(report.sums).markdown() if len(report.sums) else "None moves.",
        "## Pairs",
        pairs_table(report.pairs).markdown() if len(report.pairs) else "None moves.",
        "## Figures",
        figures_table(report.figures, counts_sentence(report.counts())).markdown(),
    ]
    if lines := notes(report):
        parts += ["## To know", "\n".join(f"- {words}" for words in lines)]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def figures_table(figures: pd.DataFrame, caption: str) -> Table:
    """Set out figures, old and new, in the units of their tables, dollars in millions."""
    rows = [
        (
            str(row.year), str(row.figure), _value(row.old, row.unit), _value(row.new, row.unit),
            change(row.old, row.new), "USD million" if row.unit == "USD" else str(row.unit),
        )
        for row in figures.itertuples()
    ]  # fmt: skip
    return Table(caption, ("Year", "Figure", "Old", "New", "Change", "Unit"), rows, "llrrrl")


def notes(report: "Report") -> list[str]:
    """Say what was left as it is, what looks odd, and which sources leave the bibliography."""
    out = list(report.left)
    if odd := report.odd():
        figures = f"{_counted(odd, 'revised figure')} of {report.counts()['revised']}"
        size = f"{'is' if odd == 1 else 'are'} over ten times the old, or under a tenth"
        out.insert(0, f"Look twice: {figures} {size}")
    if report.dropped:
        out.append("Out of references.bib, as nothing rests on them: " + ", ".join(report.dropped))
    return out


def _flips(report: "Report", line: Callable[..., str]) -> str:
    flips, same = report.flips, report.reworded
    of = f"of {len(report.verdicts)} verdicts"
    lines = [f"{len(flips) or 'None'} {of} {'flips' if len(flips) < 2 else 'flip'}."]
    for row in flips.itertuples():
        lines.append(line(f"{row.title}: {row.before} → {row.after}"))
        lines.append(line(row.reason, "    "))
    if len(same):
        titles = "; ".join(same["title"])
        lines.append(line(f"{_counted(len(same), 'verdict')} with another reason: {titles}."))
    return "\n".join(lines)


def _largest(figures: pd.DataFrame) -> pd.DataFrame:
    """Keep the figures that change most, in their order: dollars by dollars, others by share."""
    size = (figures["new"] - figures["old"].fillna(0)).abs()
    share = size / figures["old"].abs().where(figures["old"] != 0)
    dollars = figures["unit"] == "USD"
    rank = pd.concat([size[dollars], share[~dollars].fillna(1)]).rank(ascending=False)
    return figures.loc[rank.nsmallest(_SHOWN).index.sort_values()]


def _value(value: float, unit: str) -> str:
    if pd.isna(value):
        return "none"
    return f"{value / 1e6:,.1f}" if unit == "USD" else f"{value:g}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _wrapped(words: str, indent: str = "  ") -> str:
    return textwrap.fill(words, _WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")
