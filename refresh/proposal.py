"""What a delivery would change: the files as they would stand, and each figure old and new.

A delivery takes the place of what it covers whole. Where it lacks a figure that the book has, in a
group that may not be of two editions, the whole group is left as it is, and the report says so: a
side of a year's matrix, or an indicator.
"""

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis import sources, tables
from analysis.countries import FIVE, pair_name
from analysis.errors import BookError, RefreshError
from analysis.tables import agreement

from .delivery import Delivery

#: How prose cites: in a Markdown cell, and in a sentence of `Chapter.say`.
_CITED = re.compile(r"\{cite(?::\w+)?\}`([^`]+)`")
_CITED_IN_WORDS = re.compile(r"[\[ ]@([\w-]+)")
#: A string in code that has the form of a key.
_QUOTED = re.compile(r'"([a-z]\w+\d{4}\w*)"')


@dataclass(frozen=True)
class _Rule:
    """How rows of a table give way to fresh ones."""

    #: Columns that say which figure it is, whatever its edition; and those that hold figures.
    key: tuple[str, ...]
    figures: tuple[str, ...]
    #: Of a row, the group that is replaced whole or not at all.
    group: Callable[[pd.Series], str]
    #: Of a row and a column of figures, what the figure is, for readers.
    name: Callable[[pd.Series, str], str]
    edition: str = "edition"


def _side(row: pd.Series) -> str:
    """A reconciled matrix is one piece; national reports of members and observers are two."""
    side = f"the {row['side']} side of {row['year']}"
    if row["side"] == "reconciled":
        return side
    inside = {row["exporter"], row["importer"]} <= set(FIVE.codes)
    return f"{side} {'among the five members' if inside else 'with the observers'}"


_RULES = {
    "trade_pairs": _Rule(
        ("first", "second", "year"),
        ("value_usd",),
        lambda row: f"{row['first']} {row['second']} {row['year']}",
        lambda row, _: f"{pair_name(row['first'], row['second'])}, both ways",
    ),
    "trade_flows": _Rule(
        ("exporter", "importer", "year", "side"),
        ("value_usd",),
        _side,
        lambda row, _: f"{row['exporter']} to {row['importer']}, {row['side']} side",
    ),
    "trade_totals": _Rule(
        ("country", "year", "family"),
        ("exports_usd", "imports_usd"),
        lambda row: f"totals of {row['year']} by {row['family']}",
        lambda row, column: f"{row['country']}, {column.removesuffix('_usd')}, {row['family']}",
    ),
    "indicators": _Rule(
        ("indicator", "country", "year"),
        ("value",),
        lambda row: f"indicator {row['indicator']}",
        lambda row, _: f"{row['indicator']}, {row['country']}",
        "vintage",
    ),
}
#: The tables that a source may change.
CHANGEABLE = tuple(_RULES)


@dataclass(frozen=True)
class Proposal:
    """The files as they would stand."""

    delivery: Delivery
    #: By path inside the project, every file that would change.
    texts: dict[str, str]
    #: Each figure that would be taken: ``table``, ``figure``, ``year``, ``unit``, ``old`` (missing
    #: where it is new), ``new``, ``old_edition``, ``edition``.
    figures: pd.DataFrame
    #: What would be left as it is, and why.
    left: tuple[str, ...]
    #: Keys of sources that nothing would rest on any more.
    dropped: tuple[str, ...]


def propose(delivery: Delivery, root: Path) -> Proposal:
    """Put a delivery beside what the book has.

    `RefreshError` where the delivery names a table that no source may change, lacks a column, gives
    a figure twice, or holds nothing that could be taken; `BookError` where the files as they stand
    are not in order.
    """
    texts: dict[str, str] = {}
    changes: list[dict[str, object]] = []
    left = list(delivery.left)
    before: set[str] = set()
    after: set[str] = set()
    for name, fresh in delivery.rows.items():
        if name not in _RULES:
            raise RefreshError(f"table {name!r}", allowed=", ".join(_RULES))
        if fresh.empty:
            continue
        cells = _cells(fresh, name, delivery.name)
        tables.read(name, root)
        old = _raw(name, root)
        new, figures, kept = _merged(old, cells, name)
        changes += figures
        left += kept
        before |= _keys(old)
        after |= _keys(new)
        texts[f"data/{name}.csv"] = str(new.to_csv(index=False, lineterminator="\n"))
    if not changes:
        problem = "nothing in it can take the place of what the book has"
        raise RefreshError(f"{problem}: {'; '.join(left)}", where=delivery.name)
    for name in tables.models():
        if f"data/{name}.csv" not in texts:
            after |= _keys(_raw(name, root))
    dropped = tuple(sorted(before - after - _cited(root)))
    bibliography = root / "references.bib"
    entries = {entry.key: entry.bibtex for entry in delivery.entries if entry.key in after}
    was = bibliography.read_text(encoding="utf-8")
    texts["references.bib"] = _bibliography(was, entries, dropped)
    texts["data/datapackage.json"] = tables.package_text(root, texts)
    changed = {
        path: text for path, text in texts.items()
        if not (root / path).exists() or (root / path).read_text(encoding="utf-8") != text
    }  # fmt: skip
    return Proposal(delivery, changed, pd.DataFrame(changes), tuple(left), dropped)


@contextmanager
def staged(proposal: Proposal, root: Path) -> Iterator[Path]:
    """Set the project's evidence out in a folder, with the proposal in it, and check it.

    The folder has ``data/``, ``seeds/`` and ``references.bib``; it is gone afterwards. `BookError`
    where a table or the bibliography would be refused, or sums that must agree would not.
    """
    place = root / ".cache" / "refresh"
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place, prefix="staged-") as name:
        folder = Path(name)
        for part in ("data", "seeds"):
            shutil.copytree(root / part, folder / part)
        shutil.copy(root / "references.bib", folder)
        for path, text in proposal.texts.items():
            (folder / path).write_text(text, encoding="utf-8")
        sources.read(folder / "references.bib")
        with refused_for(proposal.delivery):
            for table in tables.models():
                if f"data/{table}.csv" in proposal.texts:
                    tables.read(table, folder)
            agreement.check(folder)
        yield folder


@contextmanager
def refused_for(delivery: Delivery) -> Iterator[None]:
    """Say of a refusal inside that this delivery would bring it about."""
    try:
        yield
    except BookError as error:
        where = f"{delivery.name}, {error.where}" if error.where else delivery.name
        raise RefreshError(error.problem, where=where, allowed=error.allowed) from None


def _merged(
    old: pd.DataFrame, new: pd.DataFrame, name: str
) -> tuple[pd.DataFrame, list[dict[str, object]], list[str]]:
    """Let new rows take the place of old ones, group by group."""
    rule = _RULES[name]
    was, now = (_keyed(frame, rule) for frame in (old, new))
    for _, row in now[now["key"].duplicated()].iterrows():
        figure = f"{rule.name(row, rule.figures[0])} twice in {row['year']}"
        raise RefreshError(figure, where=name, allowed="each figure once")
    absent = was[~was["key"].isin(set(now["key"])) & was["group"].isin(set(now["group"]))]
    had = was["group"].value_counts()
    left = [
        f"{name}: {group} stays as it is, for {len(rows)} of its {had[group]} figures did not come"
        for group, rows in absent.groupby("group")
    ]
    taken = now[~now["group"].isin(set(absent["group"]))]
    before = {row["key"]: row for _, row in was.iterrows()}
    figures = []
    for _, row in taken.iterrows():
        past = before.get(row["key"])
        for column in rule.figures:
            figures.append(
                {
                    "table": name, "figure": rule.name(row, column), "year": int(row["year"]),
                    "unit": str(row.get("unit", "USD")),
                    "old": float("nan") if past is None else float(past[column]),
                    "new": float(row[column]),
                    "old_edition": "" if past is None else past[rule.edition],
                    "edition": row[rule.edition],
                }
            )  # fmt: skip
    stay = was[~was["key"].isin(set(taken["key"]))]
    out = _ordered(pd.concat([stay, taken], ignore_index=True), was, name)
    return out[list(old.columns)], figures, left


def _keyed(frame: pd.DataFrame, rule: _Rule) -> pd.DataFrame:
    out = frame.copy()
    if "family" in rule.key:
        # Releases of BACI are one data set; figures of two data sets stand side by side.
        out["family"] = out["edition"].str.replace("^BACI .*", "BACI", regex=True)
    out["key"] = list(zip(*(out[column] for column in rule.key), strict=True))
    out["group"] = [rule.group(row) for _, row in out.iterrows()]
    return out


def _ordered(rows: pd.DataFrame, old: pd.DataFrame, name: str) -> pd.DataFrame:
    """Sort as the file is sorted; if it is not, a figure stands where it stood, a new one last."""
    key = tables.models()[name].key()
    if old.sort_values(key, kind="stable").index.equals(old.index):
        return rows.sort_values(key, kind="stable", ignore_index=True)
    places = {key: place for place, key in enumerate(old["key"])}
    order = sorted(rows.index, key=lambda at: places.get(rows["key"][at], len(places)))
    return rows.loc[order].reset_index(drop=True)


def _raw(name: str, root: Path) -> pd.DataFrame:
    """Read a table as it stands, every cell a string, empty where it is."""
    return pd.read_csv(tables.file_of(name, root), dtype=str, keep_default_na=False)


def _cells(frame: pd.DataFrame, name: str, where: str) -> pd.DataFrame:
    """Write fresh rows as the file writes them."""
    columns = tables.schema.columns_of(tables.models()[name])
    for column in columns:
        if column not in frame:
            raise RefreshError(f"no column {column!r}", where=f"{where}, {name}")
    return frame[columns].map(_cell).reset_index(drop=True)


def _cell(value: object) -> str:
    """Write one cell.

    >>> [_cell(value) for value in (12.0, 0.25, 1.5e10, float("nan"), "AZE", 2024)]
    ['12', '0.25', '15000000000', '', 'AZE', '2024']
    """
    if isinstance(value, float):
        if value != value:  # noqa: PLR0124  (missing)
            return ""
        return str(int(value)) if value.is_integer() else f"{value:.12f}".rstrip("0")
    return str(value)


def _keys(frame: pd.DataFrame) -> set[str]:
    return {key for cell in frame["source_keys"] for key in cell.split()}


def _cited(root: Path) -> set[str]:
    """Find the sources that the chapters or the code name: written there, not shown."""
    texts = [path.read_text(encoding="utf-8") for path in (root / "chapters").glob("*.md")]
    texts += [path.read_text(encoding="utf-8") for path in (root / "analysis").rglob("*.py")]
    for path in (root / "chapters").glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        texts += ["".join(cell["source"]) for cell in cells]
    found = {sources.ARTICLE}
    for text in texts:
        found |= {*_QUOTED.findall(text), *_CITED_IN_WORDS.findall(text)}
        found |= {key.strip() for keys in _CITED.findall(text) for key in keys.split(",")}
    return found


def _bibliography(text: str, new: dict[str, str], dropped: tuple[str, ...]) -> str:
    """Take entries out of a BibTeX file and put others in: in place if they were there, or last.

    Examples
    --------
    >>> was = "@misc{a,\\n  x = {1},\\n}\\n\\n@misc{b,\\n  x = {2},\\n}\\n"
    >>> print(_bibliography(was, {"c": "@misc{c,\\n}"}, ("a",)))
    @misc{b,
      x = {2},
    }
    <BLANKLINE>
    @misc{c,
    }
    <BLANKLINE>
    """
    rest = dict(new)
    kept = []
    for entry in re.split(r"\n(?=@)", text):
        head = re.match(r"@\w+\{([^,\s]+),", entry)
        key = head[1] if head else ""
        if key not in dropped:
            # What stands between entries, such as a comment, stays before the next one.
            kept.append(rest.pop(key, entry).rstrip("\n") + "\n")
    return "\n".join([*kept, *(f"{entry}\n" for entry in rest.values())])
