"""A refresh: asked for on the command line, told there and on a page, applied if so wished.

`analysis.refresh` reads and weighs; this module says what came of it: verdicts that flip first,
then sums that moved, then figures.
"""

import json
import os
import sys
import textwrap
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from filelock import FileLock, Timeout

from .. import tables, trade
from ..errors import RefreshError
from ..places import ROOT
from ..quantities import Quantity
from ..refresh import apply, cepii, comtrade, imf, worldbank
from ..refresh.delivery import Delivery
from ..refresh.fetch import Fetcher, Manners
from ..refresh.proposal import RECORD, Proposal, propose, staged
from ..refresh.report import Report, weigh
from .faces import Table

#: Rows of a table that the terminal shows, and the USD billion that bring a pair among them.
_SHOWN, _LARGE = 15, 0.05
_WIDE = 96
#: Name of the sub-command -> what it reads.
SOURCES = {
    "baci": "CEPII BACI: reconciled trade of all ten pairs, from the release as CEPII publishes it",
    "imf": "IMF, International Trade in Goods by partner country: each country's own reports",
    "worldbank": "World Bank: trade with the whole world, and indicators of the priorities",
    "comtrade": f"UN Comtrade: each country's own reports; key in {comtrade.KEY}, if there is one",
}


@dataclass(frozen=True)
class Wish:
    """What is asked of a refresh.

    Parameters
    ----------
    source : str
        A key of `SOURCES`.
    baci : str
        Path or address of the release; for ``baci`` alone.
    engine : str
        A connection string of Ibis; for ``baci`` alone.
    server : str
        Another address of the service, such as a mirror's.
    years : str
        First and last year, ``2005:2024``; those of the book by default.
    apply : bool
        Whether to write what is proposed.
    json : bool
        Whether to print the report for programs.
    again : bool
        Whether to ask even where today's answer is at hand.
    minutes : float
        How long one answer may take.

    Raises
    ------
    RefreshError
        Years that are none, or in the wrong order.
    """

    source: str
    baci: str = ""
    engine: str = "duckdb://"
    server: str = ""
    years: str = ""
    apply: bool = False
    json: bool = False
    again: bool = False
    minutes: float = 15.0

    def __post_init__(self) -> None:
        if self.years:
            self.span()

    def span(self) -> list[int]:
        """The years asked for; none where the book's own are."""
        first, _, last = self.years.partition(":")
        ends = [first, last or first]
        if not all(len(end) == 4 and end.isdigit() for end in ends) or ends[0] > ends[1]:
            raise RefreshError(f"years {self.years!r}", allowed="such as 2024 or 2005:2024")
        return list(range(int(ends[0]), int(ends[1]) + 1))


def run(wish: Wish, root: Path | None = None, fetcher: Fetcher | None = None) -> Report:
    """Read a source, weigh what it would change, say so, and write it if that is wished.

    Parameters
    ----------
    wish : Wish
        What is asked.
    root : Path, optional
        The project's folder.
    fetcher : Fetcher, optional
        One that keeps its answers in ``.cache/refresh`` by default.

    Returns
    -------
    Report
        What was printed, and written to ``_build/refresh/report.md``.

    Raises
    ------
    BookError
        Nothing in ``data/`` has changed then.
    """
    root = root or ROOT
    fetcher = fetcher or Fetcher(
        root / ".cache" / "refresh", Manners(limit=60 * wish.minutes), again=wish.again
    )
    with _alone(root):
        if apply.settle(root):
            print("An earlier refresh was cut off; its changes are taken back.", file=sys.stderr)
        proposal = propose(_deliver(wish, fetcher, root), root)
        with staged(proposal, root) as folder:
            report = weigh(proposal, root, folder)
        page = root / "_build" / "refresh" / "report.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(markdown(report), encoding="utf-8")
        if wish.apply:
            apply.write(_with_record(proposal, report, root), root)
    if wish.json:
        print(json.dumps(report.data() | {"applied": wish.apply}, ensure_ascii=False, indent=1))
    else:
        print(text(report, applied=wish.apply, page=page.relative_to(root).as_posix()))
    return report


def undo(root: Path | None = None) -> None:
    """Take back what a refresh that was cut off has changed."""
    root = root or ROOT
    with _alone(root):
        found = apply.settle(root)
    print("Taken back." if found else "No refresh was cut off.")


def _deliver(wish: Wish, fetcher: Fetcher, root: Path) -> Delivery:
    held = tables.read("trade_pairs", root)["year"]
    years = wish.span() if wish.years else list(range(int(held.min()), int(held.max()) + 1))
    match wish.source:
        case "baci":
            flows = tables.read("trade_flows", root)
            matrices = set(flows.loc[flows["side"] == "reconciled", "year"]) | {int(held.max())}
            return cepii.read(
                wish.baci, fetcher, years, sorted(matrices), engine=wish.engine, progress=_bar
            )
        case "imf":
            return imf.read(fetcher, years, wish.server or imf.SERVER)
        case "worldbank":
            return worldbank.read(fetcher, years, wish.server or worldbank.SERVER)
        case "comtrade":
            if not wish.years:
                years = _unreported(years, root)
            key = os.environ.get(comtrade.KEY, "")
            return comtrade.read(fetcher, years, wish.server or comtrade.SERVER, key)
    raise RefreshError(f"source {wish.source!r}", allowed=", ".join(SOURCES))


def _unreported(years: list[int], root: Path) -> list[int]:
    """Leave the years for which the book has the members' reports already."""
    flows = tables.read("trade_flows", root)
    five = flows[flows["side"].isin(("exporter", "importer"))].groupby("year").size()
    full = {int(year) for year, count in five.items() if count >= 40}
    return [year for year in years if year not in full] or years[-1:]


def _bar(years: Iterable[int]) -> Iterable[int]:
    from tqdm import tqdm  # noqa: PLC0415

    return tqdm(years, desc="BACI", unit="year", leave=False, disable=None)


def _with_record(proposal: Proposal, report: Report, root: Path) -> dict[str, str]:
    """Add to the files what they were changed by: the page of the book reads it."""
    told = [*records(root), report.data()]
    return proposal.texts | {RECORD: json.dumps(told, ensure_ascii=False, indent=1) + "\n"}


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
    if not isinstance(found, list) or not all(isinstance(it, dict) for it in found):
        raise RefreshError("no list of refreshes", where=RECORD, allowed="what --apply writes")
    return found


@contextmanager
def _alone(root: Path):
    place = root / ".cache" / "refresh"
    place.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(place / ".lock", blocking=False):
            yield
    except Timeout:
        raise RefreshError(
            "another refresh is at work here", where=str(place), allowed="one at a time"
        ) from None


# --- what is said -------------------------------------------------------------------------------


def text(report: Report, *, applied: bool, page: str) -> str:
    """Give the report for a terminal."""
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
        parts.append(figures_table(_largest(changed, _SHOWN), _counts(report)).text())
    else:
        parts.append(_counts(report))
    parts.append(f"Every pair and every figure: {page}")
    parts += ["\n".join(_wrapped(f"- {words}", "  ") for words in _asides(report))]
    parts.append(
        "Run `make run`; a chapter whose words no longer fit the figures says so and stops."
        if applied
        else "Nothing is written. With --apply, all of it is."
    )
    return "\n\n".join(part for part in parts if part)


def markdown(report: Report) -> str:
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
        figures_table(report.figures, _counts(report)).markdown(),
    ]
    if asides := _asides(report):
        parts += ["## Left as it is", "\n".join(f"- {words}" for words in asides)]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def sums_table(sums: pd.DataFrame) -> Table:
    """Set out the sums that moved, a year a row; an estimate is marked by a tilde.

    Examples
    --------
    >>> sums = pd.DataFrame([("five, once", 2024, 25.0, 27.5, True, False)],
    ...     columns=["sum", "year", "old", "new", "old_estimate", "new_estimate"])
    >>> print(sums_table(sums).text())
    Sums that move, USD billion; ~ holds an estimate, observers are Hungary and Turkmenistan.
    Year               five, once
    2024  ~25.0 → 27.5  (+10.0 %)
    """
    cells = {
        (row.year, row.sum): (
            f"{_amount(row.old, row.old_estimate)} → {_amount(row.new, row.new_estimate)}"
            f"{_beside(row.old, row.new)}"
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


def _flips(report: Report, say: Callable[..., str]) -> str:
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


def _asides(report: Report) -> list[str]:
    out = list(report.left)
    if report.dropped:
        out.append("Out of references.bib, as nothing rests on them: " + ", ".join(report.dropped))
    return out


def _counts(report: Report) -> str:
    told = report.counts()
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
