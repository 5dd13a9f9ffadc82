"""How much of a report speaks to each priority, by rule."""

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from ..article import Article
from ..quantities import Quantity

#: A sentence that names as many priorities as this lists them, and speaks to none of them.
_LISTED = 4


def speaks(report: Article, vocabulary: pd.DataFrame) -> pd.DataFrame:
    """Find the sentences that hold a word of a priority.

    A word matches at its start, whatever its case; a star at its end stands for any ending. A
    sentence that names four priorities or more is the list itself, and is left out. ``vocabulary``
    is the table ``priority_words``.

    Returns
    -------
    DataFrame
        Columns ``sentence`` (from 1), ``position``, ``words`` (those found, joined by ", "),
        ``text``, by sentence and position.
    """
    found = []
    for number, text, matches in _matches(report, vocabulary):
        hits: dict[int, list[str]] = {}
        for row, match in matches:
            hits.setdefault(int(row.position), []).append(match.lower())
        found += [
            (number, position, ", ".join(dict.fromkeys(hits[position])), text)
            for position in sorted(hits)
        ]
    return pd.DataFrame(found, columns=["sentence", "position", "words", "text"])


def _matches(report: Article, vocabulary: pd.DataFrame) -> Iterator[tuple[int, str, list[Any]]]:
    """Give each sentence with the rows of the words that stand in it, and how they stand there."""
    rows = [(row, _pattern(row.word)) for row in vocabulary.itertuples()]
    for number, span in enumerate(report.sentences, 1):
        text = span.of(report.text)
        found = [(row, match.group()) for row, form in rows if (match := form.search(text))]
        named = {int(row.position) for row, _ in found if row.basis == "name"}
        if len(named) < _LISTED:
            yield number, text, found


def attention(report: Article, spoken: pd.DataFrame, priorities: pd.DataFrame) -> pd.DataFrame:
    """Measure the attention that a report gives to each priority; ``spoken`` is from `speaks`.

    Returns
    -------
    DataFrame
        Columns ``position``, ``priority``, ``sentences`` (how many), ``which`` (their numbers),
        ``share`` (per cent of the report's words that stand in them). A sentence may speak to two
        priorities, so the shares need not add up.
    """
    lengths = [len(span.of(report.text).split()) for span in report.sentences]
    found = []
    for row in priorities.sort_values("position").itertuples():
        which = sorted(spoken.loc[spoken["position"] == row.position, "sentence"])
        share = 100 * sum(lengths[number - 1] for number in which) / sum(lengths)
        found.append((row.position, row.priority, len(which), tuple(which), share))
    return pd.DataFrame(found, columns=["position", "priority", "sentences", "which", "share"])


def spoken_to(given: pd.DataFrame, sources: tuple[str, ...]) -> Quantity:
    """Count the priorities that a report speaks to (see `attention`)."""
    count = float((given["sentences"] > 0).sum())
    rule = "priorities with a word of their scope in a sentence that does not merely list them"
    return Quantity(count, "priorities", rule, sources, ("priority_words",), 2025, estimate=True)


def _pattern(word: str) -> re.Pattern[str]:
    stem = word.removesuffix("*")
    return re.compile(rf"\b{re.escape(stem)}{'[a-z]*' if word.endswith('*') else ''}\b", re.I)
