"""Who said what, in which words, and where it was said before."""

from datetime import date

import pandas as pd

from ..errors import ReckoningError
from ..quantities import Quantity, keys_of
from .dates import DAY, day


def readings(wordings: pd.DataFrame) -> pd.DataFrame:
    """Count the documents, other than the article, by what their wording leaves open.

    Parameters
    ----------
    wordings : DataFrame
        Table ``place_wordings``.

    Returns
    -------
    DataFrame
        Columns ``reading`` (``shared``, ``sole``), ``documents``, ``own_text`` (whether the
        summit's own text is among them), ``source_keys``.
    """
    others = wordings[wordings["kind"] != "article"]
    found = []
    for reading in ("shared", "sole"):
        rows = others[others["reading"] == reading]
        found.append(
            (
                reading,
                len(rows),
                bool((rows["kind"] == "own text").any()),
                " ".join(keys_of(rows["source_keys"])),
            )
        )
    return pd.DataFrame(found, columns=["reading", "documents", "own_text", "source_keys"])


def documents(wordings: pd.DataFrame, reading: str) -> Quantity:
    """Count the documents of one reading (see `readings`).

    Raises
    ------
    ReckoningError
        No such reading.
    """
    rows = readings(wordings)
    rows = rows[rows["reading"] == reading]
    if rows.empty:
        raise ReckoningError(f"no reading {reading!r}", allowed="shared, sole")
    return Quantity(
        float(rows.iloc[0]["documents"]),
        "documents",
        f"documents besides the article whose wording is {reading}",
        tuple(rows.iloc[0]["source_keys"].split()),
        ("place_wordings",),
        2021,
    )


def shared_words(wordings: pd.DataFrame) -> pd.DataFrame:
    """Measure how far the article repeats the earlier speech, topic by topic.

    Parameters
    ----------
    wordings : DataFrame
        Table ``statement_wordings``: each topic once in the speech and once in the interview.

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
    found = []
    for topic, rows in wordings.groupby("topic", sort=False):
        said = dict(zip(rows["occasion"], rows["wording"], strict=True))
        try:
            later, earlier = _words(said["Ana Tili interview"]), _words(said["Bishkek summit"])
        except KeyError as missing:
            raise ReckoningError(f"no wording for {missing}", where=f"topic {topic}") from None
        common = len(later & earlier)
        found.append(
            (
                topic,
                len(later),
                common,
                100 * common / len(later),
                " ".join(keys_of(rows["source_keys"])),
            )
        )
    return pd.DataFrame(found, columns=["topic", "words", "shared", "share", "source_keys"])


def repetition(wordings: pd.DataFrame) -> Quantity:
    """Give the share of words repeated over all topics of `shared_words`, in per cent."""
    rows = shared_words(wordings)
    return Quantity(
        float(100 * rows["shared"].sum() / rows["words"].sum()),
        "%",
        "distinct words of the interview that the speech has too, over all topics compared",
        keys_of(rows["source_keys"]),
        ("statement_wordings",),
        2025,
    )


def days_between(wordings: pd.DataFrame) -> Quantity:
    """Count the days from the speech to the interview."""
    dates = sorted(set(wordings["date"]))
    return Quantity(
        float((day(dates[-1]) - day(dates[0])).days),
        "days",
        f"from {dates[0]} to {dates[-1]}",
        keys_of(wordings["source_keys"]),
        ("statement_wordings",),
        int(dates[-1][:4]),
    )


def outlets(reports: pd.DataFrame) -> Quantity:
    """Count the outlets, besides the article's own, that reported the interview."""
    others = reports[reports["source_keys"] != "tokayev2025ana"]
    return Quantity(
        float(len(others)),
        "outlets",
        "publishers besides the article's",
        keys_of(others["source_keys"]),
        ("interview_reports",),
        2025,
    )


def first_report(reports: pd.DataFrame) -> date:
    """Give the earliest day on which the interview was reported."""
    exact = [text for text in reports["date"] if len(text) == DAY]
    if not exact:
        raise ReckoningError("no report of the interview is dated to the day")
    return day(min(exact))


def _words(text: str) -> set[str]:
    plain = "".join(c if c.isalnum() or c in "$-" else " " for c in text.lower())
    return {{"v": "5th"}.get(word, word) for word in plain.split()}
