"""What a refresh changes, in words and tables: for the terminal, for a page, for the book.

Verdicts that flip stand first, then the sums that move, then pairs, then single figures.
"""

import datetime
import json
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis import trade
from analysis.chapter.table import Table
from analysis.errors import RefreshError
from analysis.quantities import Quantity

if TYPE_CHECKING:  # it judges claims, for which the build of a book need not wait
    from .report import Report

#: Where the book keeps what its refreshes have changed.
RECORD = "data/refreshes.json"
#: Rows of a table that the terminal shows, and the USD billion that bring a pair among them.
_SHOWN, _LARGE = 15, 0.05
_WIDE = 96
#: What every entry of the record has.
_PARTS = {"name", "day", "sources", "counts", "flips", "sums", "pairs", "figures", "left"}


def records(root: Path) -> list[dict[str, Any]]:
    """Read what the refreshes that were applied have changed, the last one last.

    Raises
    ------
    RefreshError
        The record is not what a refresh writes.
    """
    try:
        found = json.loads((root / RECORD).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except ValueError:
        found = None
    whole = isinstance(found, list) and all(
        isinstance(it, dict) and it.keys() >= _PARTS for it in found
    )
    if not whole:
        raise RefreshError("no list of refreshes", where=RECORD, allowed="what --apply writes")
    return found


def text(report: "Report", *, applied: bool, page: str, stops: dict[str, str] | None = None) -> str:
    """Give the report for a terminal.

    Parameters
    ----------
    report : Report
        The report.
    applied : bool
        Whether it was written.
    page : str
        Where the whole of it stands.
    stops : dict of str to str, optional
        Chapters that stop and why, if they were run.
    """
    parts = [
        f"{'Applied' if applied else 'What would change'}: {report.name}, read on {report.day}",
        _flips(report, _wrapped),
    ]
    if len(report.sums):
        parts.append(sums_table(report.sums).text())
    else:
        parts.append("No sum of the trade chapter moves.")
    size = (report.pairs["new"] - report.pairs["old"]).abs()
    if (size >= _LARGE).any():
        shown = report.pairs.loc[size[size >= _LARGE].nlargest(_SHOWN).index.sort_values()]
        parts.append(pairs_table(shown).text())
    found = report.figures
    changed = found[found["old"] != found["new"]]
    if len(changed):
        parts.append(figures_table(_largest(changed, _SHOWN), counted(report.counts())).text())
    else:
        parts.append(counted(report.counts()))
    parts.append(f"Every pair and every figure: {page}")
    parts += ["\n".join(_wrapped(f"- {words}", "  ") for words in _asides(report))]
    if stops is not None:
        lines = [f"{_many(len(stops), 'chapter')} would stop:"]
        lines += [_wrapped(f"{name}: {why}") for name, why in stops.items()]
        parts.append("\n".join(lines) if stops else "Every chapter still runs.")
    parts.append(
        "Run `make book`: figures, sentences and verdicts follow."
        if applied
        else "Nothing is written. With --apply, all of it is."
    )
    return "\n\n".join(part for part in parts if part)


def markdown(report: "Report") -> str:
    """Give the report as a page, with every figure."""
    parts = [
        f"# Fresh figures: {report.name}",
        f"Read on {report.day}.",
        "\n".join(
            f"- {it['title']}. <{it['url']}> SHA-256 `{it['sha256']}`" for it in report.sources
        ),
        "## Verdicts",
        _flips(report, lambda words, indent="": f"{words}\n"),
        "## Sums",
        sums_table(report.sums).markdown() if len(report.sums) else "None moves.",
        "## Pairs",
        pairs_table(report.pairs).markdown() if len(report.pairs) else "None moves.",
        "## Figures",
        figures_table(report.figures, counted(report.counts())).markdown(),
    ]
    if asides := _asides(report):
        parts += ["## To know", "\n".join(f"- {words}" for words in asides)]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def sums_table(sums: pd.DataFrame, *, shares: bool = True) -> Table:
    """Set out the sums that moved, a year a row; an estimate is marked by a tilde.

    Parameters
    ----------
    sums : DataFrame
        See `refresh.report.Report`.
    shares : bool
        Whether to say by how many percent, where there is room for it.

    Examples
    --------
    >>> sums = pd.DataFrame([("five, once", 2024, 25.0, 27.5, True, False)],
    ...     columns=["sum", "year", "old", "new", "old_estimate", "new_estimate"])
    >>> print(sums_table(sums, shares=False).text())
    Sums that move, USD billion; ~ holds an estimate, observers are Hungary and Turkmenistan.
    Year    five, once
    2024  ~25.0 → 27.5
    """
    cells = {
        (row.year, row.sum): (
            f"{_amount(row.old, row.old_estimate)} → {_amount(row.new, row.new_estimate)}"
            f"{_beside(row.old, row.new) if shares else ''}"
        )
        for row in sums.itertuples()
    }
    names = list(dict.fromkeys(sums["sum"]))
    rows = [
        (str(year), *(cells.get((year, name), "") for name in names))
        for year in sorted(set(sums["year"]))
    ]
    return Table(
        "Sums that move, USD billion; ~ holds an estimate, observers are Hungary and Turkmenistan.",
        ("Year", *names),
        rows,
        "l" + "r" * len(names),
    )


def pairs_table(pairs: pd.DataFrame) -> Table:
    """Set out the pairs that moved, with what their figure rests on, old and new."""
    rows = [
        (
            f"{row.pair} {row.year}",
            _amount(row.old, row.old_basis in trade.ESTIMATED, 2),
            _amount(row.new, row.new_basis in trade.ESTIMATED, 2),
            _change(row.old, row.new),
            row.old_basis if row.old_basis == row.new_basis
            else f"{row.old_basis} → {row.new_basis}",
        )
        for row in pairs.itertuples()
    ]  # fmt: skip
    return Table(
        "Pairs that move, both ways, USD billion, with what the figure rests on.",
        ("Pair", "Old", "New", "Change", "Basis"),
        rows,
        "lrrrl",
    )


def figures_table(figures: pd.DataFrame, caption: str) -> Table:
    """Set out figures, old and new, in the units of their tables, dollars in millions."""
    rows = [
        (
            str(row.year),
            str(row.figure),
            _value(row.old, row.unit),
            _value(row.new, row.unit),
            _change(row.old, row.new),
            "USD million" if row.unit == "USD" else str(row.unit),
        )
        for row in figures.itertuples()
    ]
    return Table(caption, ("Year", "Figure", "Old", "New", "Change", "Unit"), rows, "llrrrl")


def _flips(report: "Report", say: Callable[..., str]) -> str:
    flips, same = report.flips, report.reworded
    of = f"of {len(report.verdicts)} verdicts"
    lines = [f"{len(flips) or 'None'} {of} {'flips' if len(flips) < 2 else 'flip'}."]
    for row in flips.itertuples():
        lines.append(say(f"{row.title}: {row.before} → {row.after}"))
        lines.append(say(row.reason, "    "))
    if len(same):
        named = "; ".join(same["title"])
        lines.append(say(f"{_many(len(same), 'verdict')} with another reason: {named}."))
    return "\n".join(lines)


def _asides(report: "Report") -> list[str]:
    out = list(report.left)
    if odd := report.odd():
        out.insert(
            0,
            f"Look twice: {_many(odd, 'revised figure')} of {report.counts()['revised']} "
            f"{'is' if odd == 1 else 'are'} over ten times the old, or under a tenth",
        )
    if report.dropped:
        out.append("Out of references.bib, as nothing rests on them: " + ", ".join(report.dropped))
    return out


def spoken(day: str) -> str:
    """Write an ISO date as a reader says it.

    Examples
    --------
    >>> spoken("2026-11-26")
    '26 November 2026'
    """
    exact = datetime.date.fromisoformat(day)
    return f"{exact.day} {exact:%B %Y}"


def counted(told: dict[str, int]) -> str:
    """Say how many figures came, by what they change.

    Examples
    --------
    >>> counted({"new": 12, "revised": 3, "confirmed": 100})
    'Figures that came: 12 new, 3 revised, 100 the same.'
    """
    return (
        f"Figures that came: {told['new']} new, {told['revised']} revised, "
        f"{told['confirmed']} the same."
    )


def _largest(figures: pd.DataFrame, most: int) -> pd.DataFrame:
    """Keep the figures that change most, in their order: dollars by dollars, others by share."""
    size = (figures["new"] - figures["old"].fillna(0)).abs()
    share = size / figures["old"].abs().where(figures["old"] != 0)
    dollars = figures["unit"] == "USD"
    rank = pd.concat([size[dollars], share[~dollars].fillna(1)]).rank(ascending=False)
    return figures.loc[rank.nsmallest(most).index.sort_values()]


def _amount(value: float, estimate: bool, decimals: int = 1) -> str:
    if pd.isna(value):
        return "none"
    return f"{'~' if estimate else ''}{value:.{decimals}f}"


def _beside(old: float, new: float) -> str:
    told = _change(old, new)
    return f"  ({told})" if told.endswith("%") else ""


def _value(value: float, unit: str) -> str:
    if pd.isna(value):
        return "none"
    return f"{value / 1e6:,.1f}" if unit == "USD" else f"{value:g}"


def _change(old: float, new: float) -> str:
    if pd.isna(old) or pd.isna(new):
        return "new" if pd.isna(old) else "gone"
    if old == new:
        return "same"
    if not old:
        return "from 0"
    percent = 100 * (new / old - 1)
    if abs(percent) < 0.05:
        return Quantity(0, "%", "", (), ()).text("{:.1f} %")
    return Quantity(percent, "%", "", (), ()).text("{:+.1f} %")


def _many(number: int, noun: str) -> str:
    return f"{number or 'No'} {noun}{'' if number == 1 else 's'}"


def _wrapped(words: str, indent: str = "  ") -> str:
    return textwrap.fill(words, _WIDE, initial_indent=indent, subsequent_indent=indent + "  ")
