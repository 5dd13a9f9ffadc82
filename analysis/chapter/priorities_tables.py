"""The tables of the priorities chapter, from the frames of its evidence."""

import pandas as pd

from .. import priorities
from ..countries import FIVE, NAMES
from ..formats import capitalised, listed
from ..quantities import keys_of
from .table import SOURCE, Column, Link, Table

_SCOPE = {"stated": "", "inferred": "Our match: ", "not found": ""}
_SIDE = {"higher": "higher is better", "lower": "lower is better", "none": "no better side"}


def scope(
    eight: pd.DataFrame, choice: pd.DataFrame, attention: pd.DataFrame, caption: str
) -> Table:
    """Set scope, attention and evidence of each priority side by side."""
    directed = choice[choice["better"] != "none"]
    measures = directed.groupby("position")["name"].agg("; ".join)
    return Table.of(
        eight.merge(attention[["position", "sentences", "share"]], on="position"),
        caption,
        Column("Priority", "priority"),
        Column("What officials said it holds", _stated_scope),
        Column("In the article", _attention),
        Column("Our evidence", lambda row: measures.get(row["position"], "None found")),
        SOURCE,
    )


def attention(spoken: pd.DataFrame, names: pd.Series, sentences: int) -> Table:
    """List the sentences that speak to a priority."""
    rows = spoken.assign(priority=spoken["position"].map(names)).groupby("sentence")
    frame = rows.agg({"priority": ", ".join, "words": _once, "text": "first"}).reset_index()
    return Table.of(
        frame,
        f"The {len(frame)} of {sentences} sentences that speak to a priority, and the words that "
        "tell.",
        Column("Sentence", "sentence", spec="0"),
        Column("Speaks to", "priority"),
        Column("By the words", "words"),
        Column("Text", "text"),
    )


def lexicon(counted: pd.DataFrame, names: pd.Series) -> Table:
    """List every word by what it is to its priority."""
    cells = counted.assign(cell=[f"{row.word} ({row.sentences})" for row in counted.itertuples()])
    frame = cells.pivot_table(index="position", columns="basis", values="cell", aggfunc=", ".join)
    frame["source_keys"] = counted.groupby("position")["source_keys"].agg(_keys)
    return Table.of(
        frame.join(names),
        f"All {len(counted)} words that tell, with the sentences that each is found in; "
        f"{(counted['sentences'] == 0).sum()} are found in none.",
        Column("Priority", "priority"),
        Column("Its own name", "name"),
        Column("Words of its scope", "scope"),
        Column("Plain synonyms", "synonym"),
        SOURCE,
    )


def steps(by_letter: pd.DataFrame) -> Table:
    """List the steps on record, letter by letter."""
    idle = by_letter.loc[by_letter["step"] == "none found", "priority"]
    return Table.of(
        by_letter,
        f"Steps on record that fit a letter: none found for {listed(idle)}.",
        Column("Priority", "priority"),
        Column("Date", lambda row: row["date"] or "–"),
        Column("Step", lambda row: capitalised(row["step"])),
        Column("Stage", lambda row: row["stage"] or "–"),
        SOURCE,
    )


def elements(heritage: pd.DataFrame) -> Table:
    """List the shared elements of heritage with their holders."""
    rows = heritage.sort_values("since", kind="stable")
    rows["holder"] = [f"{NAMES[row.country]} {row.since}" for row in rows.itertuples()]
    by_element = rows.groupby("element", sort=False)
    return Table.of(
        by_element.agg({"holder": ", ".join, "source_keys": _keys}).reset_index(),
        "The elements that members hold together, and since when each holds them.",
        Column("Element", "element"),
        Column("Held by, since", "holder"),
        SOURCE,
    )


def invested(indicators: pd.DataFrame, years: tuple[int, int]) -> Table:
    """Set output, share and investment of two years side by side."""
    rows = priorities.invested_by(indicators, years)
    first, last = (rows[rows["year"] == year] for year in years)
    columns = [
        Column(head, f"{name}_{when}", spec="1")
        for when, year in zip(("first", "last"), years, strict=True)
        for head, name in (
            (f"Output {year}", "gdp"), ("Share, %", "share"), ("Invested", "invested"),
        )
    ]  # fmt: skip
    return Table.of(
        first.merge(last, on="country", suffixes=("_first", "_last")),
        "What each member invested: its output, the share invested, and the product, USD billion "
        "at current prices.",
        Column("Member", lambda row: NAMES[row["country"]]),
        *columns,
    )


def fund(facts: pd.DataFrame) -> Table:
    """List the dated facts of the fund."""
    return Table.of(
        facts,
        "The Turkic Investment Fund, from signature to the last report found.",
        Column("Date", "date"),
        Column("What", lambda row: capitalised(row["fact"]) + _note(row)),
        Column(
            "Amount",
            lambda row: "–" if pd.isna(row["value"]) else f"{row['value']:.0f} {row['unit']}",
            spec="bare",
        ),
        SOURCE,
    )


def term(moves: pd.DataFrame, beyond: str) -> Table:
    """Set 2024 beside 2023, member by member."""
    rows = moves.assign(
        label=[
            row.name if row.unit in row.name else f"{row.name}, {row.unit}"
            for row in moves.itertuples(index=False)
        ],
        cell=[_move(row.last, row.change) for row in moves.itertuples()],
    )
    wide = rows.pivot(index="label", columns="country", values="cell")
    return Table.of(
        wide.loc[rows["label"].unique()].reset_index(),
        f"2024, and in brackets the change from 2023: {beyond} is larger than a move in one year "
        "before.",
        Column("Indicator", "label"),
        *(Column(code, code, spec="bare") for code in FIVE.codes),
    )


def choices(every: pd.DataFrame, governance: pd.DataFrame, caption: str) -> Table:
    """Count the clear changes by each rule, in brackets those of governance."""
    both = every.merge(governance, on="rule", suffixes=("", "_part"))
    counts = ("better", "worse", "unclear")
    cells = {
        name: [f"{a} ({b})" for a, b in zip(both[name], both[f"{name}_part"], strict=True)]
        for name in counts
    }
    heads = zip(("Better", "Worse", "Not clear"), counts, strict=True)
    columns = [Column(head, name, spec="bare") for head, name in heads]
    return Table.of(
        both.assign(**cells), caption, Column("A change counts beyond", "rule"), *columns
    )


def alternatives(by_choice: pd.DataFrame, names: pd.Series, depending: str) -> Table:
    """Set the answers of a priority's indicators side by side."""
    cells = [
        f"{row.name}: {row.better or 'none'} better, {row.worse or 'none'} worse"
        if row.better + row.worse
        else f"{row.name}: no clear change"
        for row in by_choice.itertuples(index=False)
    ]
    answers = by_choice.assign(cell=cells).groupby("position")["cell"].agg(list).reset_index()
    return Table.of(
        answers,
        f"How many members changed clearly, by each indicator: for {depending} of the "
        f"{len(answers)} priorities the answer depends on the choice.",
        Column("Priority", lambda row: names[row["position"]]),
        Column("By one indicator", lambda row: row["cell"][0]),
        Column("By another", lambda row: "; ".join(row["cell"][1:]) or "–"),
    )


def topics(record: pd.DataFrame) -> Table:
    """List the acts on record, topic by topic; each topic leads to its claim."""
    every = record["topic"].nunique()
    done = record.loc[record["stage"] == "done", "topic"].nunique()
    return Table.of(
        record,
        f"Fields and topics: {every - done} of {every} have no completed act on record.",
        Column(
            "Topic",
            lambda row: (
                Link(row["topic"], f"claim-{row['claim']}") if row["first"] else row["topic"]
            ),
        ),
        Column("Date", lambda row: row["date"] or "–"),
        Column("Act", "act"),
        Column("Stage", lambda row: row["stage"] or "–"),
        SOURCE,
    )


def measures(shown: pd.DataFrame) -> Table:
    """Give each topic its indicator, or what a measurement would need."""
    has = shown["name"].notna()
    return Table.of(
        shown.assign(source_keys=shown["source_keys"].where(has, "")),
        f"Topics in figures: {has.sum()} of {len(shown)} have one.",
        Column("Topic", "topic"),
        Column(
            "Indicator",
            lambda row: (
                f"None. It would need: {row['needs'][0].lower()}{row['needs'][1:]}"
                if pd.isna(row["name"])
                else row["name"]
            ),
        ),
        Column("Then", lambda row: _range(row, "first")),
        Column("Last", lambda row: _range(row, "last")),
        SOURCE,
    )


def indicators(choice: pd.DataFrame, values: pd.DataFrame, names: pd.Series) -> Table:
    """Describe every indicator: what it is, why it was chosen, where it fails."""
    spans = values.groupby("indicator").agg(
        first=("year", "min"), last=("year", "max"), release=("vintage", "first")
    )
    return Table.of(
        choice.join(spans, on="indicator"),
        "The book's own choice: unit, direction, years and release, why each stands for a "
        "priority, and where it fails.",
        Column("For", lambda row: names.get(row["position"], "A field of the article")),
        Column(
            "Indicator",
            lambda row: (
                f"{row['name']}, {row['unit']}; {_SIDE[row['better']]}; "
                f"{row['first']}–{row['last']}, {row['release']}"
            ),
        ),
        Column("Why it stands", "stands_for"),
        Column("Where it fails", "fails"),
        SOURCE,
    )


def needs(eight: pd.DataFrame) -> Table:
    """Say what would measure each priority well."""
    return Table.of(
        eight,
        "What a good measurement of each priority would need.",
        Column("Priority", "priority"),
        Column("It would need", "needs"),
    )


def _stated_scope(row: pd.Series) -> str:
    stated = isinstance(row["scope"], str)
    return (_SCOPE[row["scope_status"]] + row["scope"] if stated else "Not published") + _note(row)


def _attention(row: pd.Series) -> str:
    count = row["sentences"]
    plural = "" if count == 1 else "s"
    return f"{count} sentence{plural}, {row['share']:.0f} % of its words" if count else "Named only"


def _note(row: pd.Series) -> str:
    return f". {row['note']}" if isinstance(row["note"], str) else ""


def _move(last: float, change: float) -> str:
    if pd.isna(change):
        return "no figure"
    return f"{last:.1f} ({change:+.1f})".replace("-", "−") if change else f"{last:.0f} (0)"


def _range(row: pd.Series, end: str) -> str:
    low, high, year = (row[f"{end}_{part}"] for part in ("low", "high", "year"))
    if pd.isna(year):
        return "–"
    return f"{low:.0f} to {high:.0f}{' %' if row['unit'][0] == '%' else ''} ({year:.0f})"


def _once(cells: pd.Series) -> str:
    return "; ".join(dict.fromkeys(cells))


def _keys(cells: pd.Series) -> str:
    return " ".join(keys_of(cells))
