"""The article, as data: what a newswire report says, each part a span of the file's text.

Spans are half-open character ranges into the text as it stands, quirks included, so
``text[start:end]`` gives every part back to the letter. What is read follows from the text alone:
no model, no list from elsewhere, the same every time, and in a time that grows as the text does.
"""

import textwrap
import tomllib
from collections.abc import Iterable
from pathlib import Path

from ..errors import ArticleError
from ..project import ROOT
from . import layout
from .amounts import amounts
from .forms import Amount, Article, Name, Note, Quotation, Span
from .names import names
from .speech import speech

#: The report that the book is about, in ``seeds/``; beside it lies what is known of it.
SEED = "azernews-2025-01-04.txt"

__all__ = [
    "SEED",
    "Amount",
    "Article",
    "Name",
    "Note",
    "Quotation",
    "Span",
    "outline",
    "parse",
    "read",
]


def read(path: Path | None = None, *, described: bool = True) -> Article:
    """Read a report.

    Parameters
    ----------
    path : Path, optional
        A UTF-8 text file that opens with a dateline, its paragraphs apart by an empty line.
        The book's article by default.
    described : bool
        Whether a ``.toml`` of the same name beside it says what is known of the report.

    Returns
    -------
    Article

    Raises
    ------
    ArticleError
        The file is missing, empty, not UTF-8, or without a dateline; or its ``.toml`` is missing
        or lacks the outlet, the agency, the date or the address, or gives another date.
    """
    path = Path(path or ROOT / "seeds" / SEED)
    where = f"seeds/{path.name}" if described or path.parent.name == "seeds" else str(path)
    try:
        # newline="" keeps the file's own line ends, so that spans fit the file to the letter.
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
    except FileNotFoundError:
        raise ArticleError("the article is missing", where=where) from None
    except OSError as error:
        raise ArticleError(
            f"the article cannot be read: {(error.strerror or 'no reason given').lower()}",
            where=where,
        ) from None
    except UnicodeDecodeError as error:
        raise ArticleError(f"byte {error.start} is not UTF-8", where=where) from None
    return parse(text, _about(path) if described else None, where)


def parse(text: str, about: dict[str, str] | None = None, where: str = "article") -> Article:
    """Take a report's text apart.

    Raises
    ------
    ArticleError
        The text is empty, has no dateline, no year, an impossible date, or nothing after it.

    Examples
    --------
    >>> report = parse("date 2025-01-04 (AGENCY) Trade grew. “It grew by any measure,” he said.")
    >>> [span.of(report.text) for span in report.sentences]
    ['(AGENCY) Trade grew.', '“It grew by any measure,” he said.']
    >>> [span.of(report.text) for span in report.quotations]
    ['It grew by any measure,']
    """
    if not text.strip():
        raise ArticleError("the article is empty", where=where)
    about = about or {}
    line = layout.dateline(text, where, about.get("date", ""))
    if about.get("date", line.date.isoformat()) != line.date.isoformat():
        raise ArticleError(
            f"dateline {line.written}", where=where, allowed=f"{about['date']}, as its .toml says"
        )
    paragraphs = layout.paragraphs(text, line.span.end)
    if not paragraphs:
        raise ArticleError("nothing after the dateline", where=where, allowed="a report")
    sentences = tuple(s for paragraph in paragraphs for s in layout.sentences(text, paragraph))
    spoken, unpaired = speech(text, paragraphs, sentences)
    numbers, unread = amounts(text, paragraphs)
    return Article(
        text=text,
        date=line.date,
        paragraphs=paragraphs,
        sentences=sentences,
        quotations=tuple(part for quotation in spoken for part in quotation.parts),
        about=about,
        dateline=line.span,
        byline=line.byline,
        speech=spoken,
        amounts=numbers,
        names=names(text, paragraphs),
        notes=tuple(sorted([*unpaired, *unread], key=lambda note: note.span.start)),
    )


def outline(article: Article) -> str:
    """List what was read, for a terminal: each line its characters, what it is, and its words.

    Examples
    --------
    >>> print(outline(parse("date 2025-01-04 (X) In 2024 Turkey held 80 events. “All went well "
    ...                     "for everyone,” he said.")))
    Date 2025-01-04: 1 paragraph, 2 sentences
    <BLANKLINE>
    Speech (1)
      52–79  direct  he, said  All went well for everyone,
    <BLANKLINE>
    Amounts (2)
      20–27  year   2024  In 2024
      40–42  count    80  80 (events)
    <BLANKLINE>
    Names (1)
      28–34  member  Türkiye  Turkey
    <BLANKLINE>
    Notes (0)
    """
    text = article.text
    head = f"Date {article.date}: " + ", ".join(
        f"{len(part)} {name}{'' if len(part) == 1 else 's'}"
        for name, part in (("paragraph", article.paragraphs), ("sentence", article.sentences))
    )
    byline = [f"Byline: {_line(article.byline.of(text))}"] if article.byline else []
    groups = {
        "Speech": [(q.span, q.kind, _speaker(text, q), _line(q.span.of(text)))
                   for q in article.speech],
        "Amounts": [(a.span, a.kind, _value(a), _counted(text, a)) for a in article.amounts],
        "Names": [(n.span, n.kind, n.canonical, _line(n.span.of(text))) for n in article.names],
        "Notes": [(n.span, _line(n.span.of(text)), n.why) for n in article.notes],
    }  # fmt: skip
    lines = [head, *byline]
    for title, rows in groups.items():
        lines += ["", f"{title} ({len(rows)})"]
        lines += _columns([f"{span.start}–{span.end}", *cells] for span, *cells in rows)
    return "\n".join(lines)


def _speaker(text: str, quotation: Quotation) -> str:
    if quotation.speaker is None:
        return "nobody named"
    who = _line(quotation.speaker.of(text))
    if quotation.named not in (None, quotation.speaker):
        who += f" ({_line(quotation.named.of(text))}?)"
    if quotation.verb:
        return f"{who}, {_line(quotation.verb.of(text))}"
    introduced = text[quotation.speaker.end : quotation.span.start].startswith(":")
    return f"{who}:" if introduced else f"{who}, carried over"


def _value(amount: Amount) -> str:
    plain = amount.kind in {"year", "date", "ordinal"} or isinstance(amount.value, str)
    value = str(amount.value) if plain else f"{amount.value:,}"
    return value if amount.kind == "year" else f"{value} {amount.unit}".rstrip()


def _counted(text: str, amount: Amount) -> str:
    words = _line(amount.span.of(text))
    return f"{words} ({_line(amount.of.of(text))})" if amount.of else words


def _line(words: str) -> str:
    """Put words on one line, cut to what a terminal shows; control characters do not get there."""
    plain = "".join(c if c.isprintable() else " " for c in words[:400])
    return textwrap.shorten(plain, 60, placeholder=" …") or plain.strip()[:60]


def _columns(rows: Iterable[list[str]]) -> list[str]:
    """Line up rows; numbers to the right."""
    rows = list(rows)
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if cell[:1].isdigit() or cell[:1] == "-" else cell.ljust(width)
            for cell, width in zip(row[:-1], widths, strict=False)
        ]
        lines.append("  " + "  ".join([*cells, row[-1]]).rstrip())
    return lines


def _about(path: Path) -> dict[str, str]:
    beside = path.with_suffix(".toml")
    where = f"seeds/{beside.name}"
    try:
        about = tomllib.loads(beside.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ArticleError("the article's description is missing", where=where) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ArticleError(" ".join(str(error).split()), where=where, allowed="TOML") from None
    for field in ("outlet", "agency", "date", "address", "title"):
        if not isinstance(about.get(field), str) or not about[field].strip():
            raise ArticleError(f"no {field}", where=where, allowed=f"{field} = some text")
    return about
