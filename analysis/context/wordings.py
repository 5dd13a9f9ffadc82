"""Who said what, in which words, and where it was said before."""

import re
from datetime import date

import pandas as pd

from ..dates import DAY, day
from ..errors import ReckoningError
from ..quantities import Quantity, keys_of
from ..rows import chosen, one
from ..sources import ARTICLE

#: Words from which on a text in quotation marks is a passage, not a name.
_PASSAGE = 4


def readings(wordings: pd.DataFrame) -> pd.DataFrame:
    """Count the documents of ``place_wordings``, but the article, by what they leave open.

    Returns
    -------
    DataFrame
        Columns ``reading`` (``shared``, ``sole``), ``documents``, ``own_text`` (whether the
        summit's own text is among them), ``source_keys``.
    """
    others = wordings[wordings["kind"] != "article"]
    counts = []
    for reading in ("shared", "sole"):
        rows = others[others["reading"] == reading]
        own = bool((rows["kind"] == "own text").any())
        counts.append((reading, len(rows), own, " ".join(keys_of(rows["source_keys"]))))
    return pd.DataFrame(counts, columns=["reading", "documents", "own_text", "source_keys"])


def documents(wordings: pd.DataFrame, reading: str) -> Quantity:
    """Count the documents of one reading (see `readings`); refuse another."""
    row = one(readings(wordings), "table place_wordings", reading=reading)
    rule = f"documents besides the article whose wording is {reading}"
    return Quantity.of(row, row["documents"], "documents", rule, ("place_wordings",), year=2021)


def shared_words(wordings: pd.DataFrame) -> pd.DataFrame:
    """Measure how far the article repeats the earlier speech, topic by topic.

    Table ``statement_wordings`` has each topic once in the speech and once in the interview.

    Returns
    -------
    DataFrame
        Columns ``topic``, ``words`` (distinct words of the interview), ``shared`` (those that the
        speech has too), ``share`` (per cent), ``source_keys``. Case, points and commas are ignored;
        ``V`` and ``5th`` are taken for the same word.

    Raises
    ------
    ReckoningError
        A topic lacks one of its two wordings.
    """
    topics = []
    for topic, rows in wordings.groupby("topic", sort=False):
        later, earlier = (
            _distinct(one(rows, f"topic {topic}", occasion=occasion)["wording"])
            for occasion in ("Ana Tili interview", "Bishkek summit")
        )
        common, keys = len(later & earlier), " ".join(keys_of(rows["source_keys"]))
        topics.append((topic, len(later), common, 100 * common / len(later), keys))
    return pd.DataFrame(topics, columns=["topic", "words", "shared", "share", "source_keys"])


def repetition(wordings: pd.DataFrame) -> Quantity:
    """Give the share of words repeated over all topics of `shared_words`, in per cent."""
    rows = shared_words(wordings)
    share = 100 * rows["shared"].sum() / rows["words"].sum()
    rule = "distinct words of the interview that the speech has too, over all topics compared"
    return Quantity.of(rows, share, "%", rule, ("statement_wordings",), year=2025)


def compared(wordings: pd.DataFrame) -> Quantity:
    """Count the words of the interview that stand in the passages compared."""
    rows = chosen(wordings, "table statement_wordings", occasion="Ana Tili interview")
    words = sum(len(text.split()) for text in rows["wording"])
    rule = "words of the passages compared"
    return Quantity.of(rows, words, "words", rule, ("statement_wordings",), year=2025)


def quoted(text: str) -> Quantity:
    """Count the words that a report quotes from a speaker; a name in quotation marks is none.

    Raises
    ------
    ReckoningError
        Nothing is quoted.

    Examples
    --------
    >>> quoted("He told “Ana Tili”: “The Games were held in Astana.”").value
    6.0
    """
    passages = [found.split() for found in re.findall("“([^”]*)”", text)]
    words = sum(len(found) for found in passages if len(found) >= _PASSAGE)
    if not words:
        raise ReckoningError("no quotation", allowed=f"{_PASSAGE} words in quotation marks")
    rule = f"words in quotation marks, passages of {_PASSAGE} words or more"
    return Quantity(float(words), "words", rule, (ARTICLE,), (), 2025)


def days_between(wordings: pd.DataFrame) -> Quantity:
    """Count the days from the speech to the interview."""
    first, last = min(wordings["date"]), max(wordings["date"])
    days, rule = (day(last) - day(first)).days, f"from {first} to {last}"
    year = int(last[:4])
    return Quantity.of(wordings, days, "days", rule, ("statement_wordings",), year=year)


def outlets(reports: pd.DataFrame) -> Quantity:
    """Count the outlets, besides the article's own, that reported the interview."""
    others = reports[reports["source_keys"] != ARTICLE]
    rule = "publishers besides the article's"
    return Quantity.of(others, len(others), "outlets", rule, ("interview_reports",), year=2025)


def first_report(reports: pd.DataFrame) -> date:
    """Give the earliest day on which the interview was reported."""
    exact = [text for text in reports["date"] if len(text) == DAY]
    if not exact:
        raise ReckoningError("no report of the interview is dated to the day")
    return day(min(exact))


def _distinct(text: str) -> set[str]:
    letters = "".join(c if c.isalnum() or c in "$-" else " " for c in text.lower())
    return {{"v": "5th"}.get(word, word) for word in letters.split()}
