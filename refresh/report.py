"""What a proposal would do: verdicts that flip, sums that move, figures old and new."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import claims, sources, trade
from analysis.claims import Entry
from analysis.countries import WITH_OBSERVERS
from analysis.errors import ReckoningError

from .proposal import Proposal, refused_for

#: USD billion under which a sum has not moved: what a book that shows one decimal could not show.
_STILL = 0.0005


@dataclass(frozen=True)
class Report:
    """What a proposal would change."""

    #: What was read, and on which day, ISO 8601.
    name: str
    day: str
    #: ``key``, ``title``, ``url``, ``sha256`` of each entry that rows would cite.
    sources: list[dict[str, str]]
    #: Every claim: ``claim``, ``title``, ``before`` and ``after`` (ratings), ``was`` and ``reason``
    #: (the reasons).
    verdicts: pd.DataFrame
    #: Every sum that changes: ``sum``, ``year``, ``old``, ``new`` (USD billion, missing where there
    #: is none), ``old_estimate``, ``new_estimate``.
    sums: pd.DataFrame
    #: Every pair of the five whose figure changes or rests on something else: ``pair``, ``year``,
    #: ``old``, ``new`` (USD billion), ``old_basis``, ``new_basis`` (of `analysis.trade.BASES`).
    pairs: pd.DataFrame
    #: See `refresh.proposal.Proposal`.
    figures: pd.DataFrame
    left: tuple[str, ...]
    dropped: tuple[str, ...]

    @property
    def flips(self) -> pd.DataFrame:
        """Verdicts whose rating changes."""
        return self.verdicts[self.verdicts["before"] != self.verdicts["after"]]

    @property
    def reworded(self) -> pd.DataFrame:
        """Verdicts that keep their rating and give another reason."""
        same = self.verdicts["before"] == self.verdicts["after"]
        return self.verdicts[same & (self.verdicts["was"] != self.verdicts["reason"])]

    def counts(self) -> dict[str, int]:
        """Count the figures: ``new``, ``revised``, and ``confirmed`` to the digit."""
        new = self.figures["old"].isna()
        same = self.figures["old"] == self.figures["new"]
        counts = {"new": new, "revised": ~new & ~same, "confirmed": same}
        return {name: int(rows.sum()) for name, rows in counts.items()}

    def odd(self) -> int:
        """Count revised figures that are over ten times the old ones, or under a tenth.

        One or two are a country's late report; many are another unit, or the wrong file.
        """
        old, new = self.figures["old"], self.figures["new"]
        return int(((old > 0) & ((new > 10 * old) | (10 * new < old))).sum())

    def data(self) -> dict[str, Any]:
        """Give it as plain values, for JSON; a figure that is missing is null."""
        frames = ("flips", "reworded", "sums", "pairs", "figures")
        return {
            "name": self.name, "day": self.day, "sources": self.sources,
            "counts": self.counts(), "odd": self.odd(),
            **{name: _records(getattr(self, name)) for name in frames},
            "left": list(self.left), "dropped": list(self.dropped),
        }  # fmt: skip


def compare(proposal: Proposal, root: Path, staged: Path) -> Report:
    """Judge every claim and add up every sum: in the project, and in the folder that is staged.

    `RefreshError` where the proposed evidence cannot answer a claim or give a sum.
    """
    before = claims.evidence(root)
    was = {entry.claim.name: entry.verdict for entry in _judged(before, root)}
    with refused_for(proposal.delivery):
        after = claims.evidence(staged)
        judged = _judged(after, staged)
        sums = _changed(_sums(before.tables), _sums(after.tables))
        pairs = _changed_pairs(_path(before.tables), _path(after.tables))
    verdicts = pd.DataFrame(
        [
            {
                "claim": claim.name, "title": claim.title,
                "before": was[claim.name].rating, "after": verdict.rating,
                "was": was[claim.name].reason, "reason": verdict.reason,
            }
            for claim, verdict in ((entry.claim, entry.verdict) for entry in judged)
        ]
    )  # fmt: skip
    entries = proposal.delivery.entries
    cited = [{name: getattr(it, name) for name in ("key", "title", "url", "sha256")}
             for it in entries]  # fmt: skip
    return Report(
        proposal.delivery.name, max(entry.day for entry in entries).isoformat(), cited, verdicts,
        sums, pairs, proposal.figures, proposal.left, proposal.dropped,
    )  # fmt: skip


def _judged(found: claims.Evidence, folder: Path) -> list[Entry]:
    with sources.using(sources.read(folder / "references.bib")):
        return claims.ledger(found=found)


#: Name and year of a sum -> USD billion, and whether a part of it is an estimate.
_Sums = dict[tuple[str, int], tuple[float, bool]]


def _sums(found: Mapping[str, pd.DataFrame]) -> _Sums:
    """Give the sums of the trade chapter, by year."""
    out: _Sums = {}
    flows, totals = found["trade_flows"], found["trade_totals"]
    path = _path(found)
    years = sorted({int(year) for year in path["year"]})
    for year in years:
        for times, count in ((1, "once"), (2, "twice")):
            total = trade.total_of(path, year, times=times)
            out[f"the five, {count}", year] = total.value, total.estimate
    matrices = {int(year) for year in flows.loc[flows["side"] == "reconciled", "year"]}
    for year in sorted({*matrices, max(years)}):
        counted = trade.counts(path, trade.Records.of(found.__getitem__), year)
        for row in counted[counted["membership"] == WITH_OBSERVERS.name].itertuples():
            out[f"with observers, {row.count}", year] = row.central, bool(row.estimate)
    for year in sorted({int(year) for year in totals["year"]}):
        try:
            total = trade.world_trade(totals, year)
        except ReckoningError:  # a year that not every member has yet
            continue
        out["the five with the world", year] = total.value, total.estimate
    return out


def _changed(before: _Sums, after: _Sums) -> pd.DataFrame:
    nothing = (float("nan"), False)
    rows = []
    for name, year in dict.fromkeys([*before, *after]):
        old, new = before.get((name, year), nothing), after.get((name, year), nothing)
        still = abs(new[0] - old[0]) < _STILL and old[1] == new[1]
        if not still:
            rows.append((name, year, old[0], new[0], old[1], new[1]))
    columns = ["sum", "year", "old", "new", "old_estimate", "new_estimate"]
    return pd.DataFrame(rows, columns=columns)


def _path(found: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    return trade.path(found["trade_pairs"], found["trade_flows"], found["trade_stated"])


def _changed_pairs(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    sides = [
        path.set_index(["pair", "year"])[["central", "basis"]].set_axis([value, basis], axis=1)
        for path, value, basis in ((before, "old", "old_basis"), (after, "new", "new_basis"))
    ]
    both = sides[0].join(sides[1], how="outer")
    still = (both["new"] - both["old"]).abs() < _STILL
    changed = both[~(still & (both["old_basis"] == both["new_basis"]))].reset_index()
    return changed[["pair", "year", "old", "new", "old_basis", "new_basis"]]


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    plain = frame.astype(object)
    return list(plain.where(plain.notna(), None).to_dict("records"))
