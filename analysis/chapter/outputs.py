"""The one door through which figures, tables and numbers enter a chapter.

A chapter's cells hold calls to the methods of `Chapter` and nothing else that shows. What comes
through is complete: a caption that states the finding, words for those who do not see the picture,
the sources, the data. Numbers in prose lead to their card and to the register.
"""

import base64
import hashlib
import io
import json
import re
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from IPython import display as _ipython
from matplotlib.figure import Figure

from .. import sources as bibliography
from .. import tables
from ..charts import style
from ..charts.chart import Chart, curl
from ..countries import spelled
from ..errors import ChapterError
from ..formats import day
from ..quantities import Quantity, merge
from . import marks, mime
from .download import csv_of
from .fingerprint import fingerprint
from .sentences import Choice, anchor, compose
from .table import Cite, Table

if TYPE_CHECKING:  # only few chapters show verdicts; the others need not load the claims
    from ..article import Article
    from ..claims.forms import Entry
    from .ledger import Annotated

#: Puts an output under a cell; a trial run puts another function in its place.
display: Callable[..., None] = _ipython.display
_LEAST_ALT = 40
#: The points of a path in SVG, and a number among them.
_OUTLINE = re.compile(r'(?<= d=")[^"]*')
_FRACTION = re.compile(r"-?\d+\.\d+")


class Chapter:
    """What one chapter shows.

    Parameters
    ----------
    name : str
        The chapter's file name without ending; names of figures and numbers start with it.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._numbers: dict[str, tuple[Quantity, str]] = {}
        self._shown: set[str] = set()

    def say(self, template: str, /, **values: Any) -> None:
        """Write sentences: Markdown whose numbers and words follow from the evidence.

        ``template`` and ``values`` are as `analysis.chapter.sentences.compose` has them. A name
        stands for the same number in all the chapter.

        Raises
        ------
        ChapterError
            See `compose`; a name that stands for two numbers.
        SourceError, TableError
            A source or a table of a number is unknown.
        """
        sentence = compose(template, values, self.name)
        numbers = []
        for name, (quantity, text) in sentence.numbers.items():
            before, _ = self._numbers.setdefault(name, (quantity, text))
            if before != quantity:
                raise ChapterError(f"{{{name}}} stands for two numbers", where=self.name)
            for table in quantity.tables:
                tables.file_of(table)
            numbers.append(
                {
                    "anchor": anchor(self.name, name),
                    "text": text,
                    "rule": spelled(quantity.rule),
                    "estimate": quantity.estimate,
                    "tables": list(quantity.tables),
                    "sources": [[key, bibliography.lookup(key).grade] for key in quantity.sources],
                }
            )
        display(
            {
                mime.PROSE: {"text": sentence.text, "numbers": numbers},
                # Two bare dollar signs in a paragraph are mathematics in JupyterLab and nbconvert.
                "text/markdown": sentence.text.replace("$", r"\$"),
            },
            raw=True,
        )

    def figure(
        self, name: str, chart: Chart, *, evidence: str = "", ask: dict[str, Any] | None = None
    ) -> None:
        """Draw a numbered figure, known as ``fig-<chapter>-<name>``.

        Parameters
        ----------
        name : str
            Unique within the chapter.
        chart : Chart
            The picture with its words.
        evidence : str, optional
            The heading on the chapter's page of evidence, as an anchor, that it leads to; on
            another's, after its notebook and a ``#``.
        ask : dict, optional
            What the page's script answers from: ``kind``, ``rows`` and what a kind needs.

        Raises
        ------
        ChapterError
            A name used twice, a caption or an alternative text that does not do its work.
        """
        keys = merge(chart.sources)
        caption, alt = chart.caption, chart.alt
        self._check_figure(name, caption, alt, keys)
        # A label with two dollar signs is money, not mathematics.
        with mpl.rc_context(style.HOUSE | {"text.parse_math": False}):
            figure = Figure(figsize=(style.WIDTH, chart.height), layout="constrained")
            chart.draw(figure.subplots())
            curl(figure)
            drawn = fingerprint(figure)
            marks.hold(figure, chart, f"{self.name}, figure {name}")
            picture = _titled(_picture(figure), caption)
        data = csv_of(chart.frame)
        description = {
            "name": f"fig-{self.name}-{name}",
            "caption": caption,
            "alt": alt,
            "sources": [[key, bibliography.lookup(key).grade] for key in keys],
            "csv": data,
            "function": f"{type(chart).__module__}.{type(chart).__qualname__}",
            "tables": {table: tables.digest(table) for table in chart.tables},
            "size": [style.WIDTH, chart.height],
            "evidence": evidence,
        }
        text = "\n".join(
            [
                f"Figure {description['name']}. {caption}",
                f"In words: {alt}",
                f"Sources: {Cite(keys)}",
                f"Drawn by {description['function']} from "
                f"{', '.join(chart.tables) or 'the ledger'}",
                f"Data: sha256 {hashlib.sha256(data.encode()).hexdigest()[:16]}; drawn: {drawn}",
            ]
        )
        if ask:
            description["ask"] = ask
            text += f"\nTo ask: {digest_of(ask)}"
        # As HTML, for an untrusted notebook shows no SVG that stands by itself.
        outputs = {"text/html": _face(picture, caption, alt), "text/plain": text}
        display(outputs, metadata={"text/html": {"figure": description}}, raw=True)

    def table(self, name: str, table: Table, *, ask: dict[str, Any] | None = None) -> None:
        """Show a numbered table, known as ``tab-<chapter>-<name>`` to ``{numref}``.

        ``ask`` is what the page's script answers from, as for a figure.
        """
        self._take(name)
        data = table.data(f"tab-{self.name}-{name}")
        display(
            {
                mime.TABLE: data | {"ask": ask} if ask else data,
                "text/html": table.html(),
                "text/markdown": table.markdown(),
                "text/plain": table.text(),
            },
            raw=True,
        )

    def hero(self, answer: Choice) -> None:
        """Open the book: where the article says it, its words for the cover, and the answer.

        Raises
        ------
        ArticleError
            The words for the cover do not stand in the article once.
        ChapterError
            The article has no words for the cover; see `compose`.
        """
        from .. import article  # noqa: PLC0415  (the first page alone has one)

        report = article.read()
        words, marked = (report.about.get(name, "") for name in ("cover", "marked"))
        if not marked or marked not in words:
            raise ChapterError(
                "no words for the cover", where=self.name, allowed="cover, and marked among them"
            )
        report.find(words)
        before, _, after = words.partition(marked)
        lines = {
            "origin": f"{report.about['outlet']}, {day(report.date.isoformat())}",
            "quotation": [f"“{before}", marked, f"{after}”"],
            "answer": compose("{answer}", {"answer": answer}, self.name).text,
        }
        text = f"{lines['origin']}\n\n> “{before}**{marked}**{after}”\n\n{lines['answer']}"
        display({mime.HERO: lines, "text/markdown": text.replace("$", r"\$")}, raw=True)

    def article(self, annotated: "Annotated") -> None:
        """Show the article with its claims marked in place, each opening its verdict."""
        self._take("article")
        display(
            {
                mime.ARTICLE: annotated.data(),
                "text/markdown": annotated.markdown(),
                "text/plain": annotated.text(),
            },
            raw=True,
        )

    def verdict(self, entry: "Entry", report: "Article | None" = None) -> None:
        """Show the verdict on a claim, made in the book's own article unless another is given.

        It can be linked to as ``claim-<name>``; a `ChapterError` where it is shown already.
        """
        from .. import article  # noqa: PLC0415  (few chapters show verdicts)
        from .ledger import verdict_data, verdict_markdown  # noqa: PLC0415

        report = report or article.read()
        self._take(f"claim-{entry.claim.name}")
        display(
            {
                mime.VERDICT: verdict_data(entry, report),
                "text/markdown": verdict_markdown(entry, report),
            },
            raw=True,
        )

    def register(self) -> None:
        """Show where each number of the chapter comes from: its rule, its rows, its sources.

        A notebook lists its own numbers; the page shows those of the reading and of its evidence.
        """
        if not self._numbers:
            raise ChapterError("no number has been shown", where=self.name)
        lines = [
            f"- **{text}**: {spelled(quantity.rule)}"
            f"{', our estimate (grade E)' * quantity.estimate}. "
            f"Rows in: {', '.join(f'{table}.csv' for table in quantity.tables) or 'the article'}. "
            f"Sources: {Cite(quantity.sources) if quantity.sources else 'none'}."
            for quantity, text in self._numbers.values()
        ]
        display(
            {
                mime.REGISTER: {"chapter": self.name},
                "text/markdown": "\n".join(lines).replace("$", r"\$"),
            },
            raw=True,
        )

    def _take(self, name: str) -> None:
        if name in self._shown:
            raise ChapterError(f"the name {name!r} is used twice", where=self.name)
        self._shown.add(name)

    def _check_figure(self, name: str, caption: str, alt: str, keys: tuple[str, ...]) -> None:
        self._take(name)
        where = f"{self.name}, figure {name}"
        if not caption.rstrip().endswith("."):
            raise ChapterError(f"caption {caption!r}", where=where, allowed="a sentence")
        if len(alt) < _LEAST_ALT or not any(c.isdigit() for c in alt):
            raise ChapterError(
                f"alternative text {alt!r}",
                where=where,
                allowed=f"{_LEAST_ALT} characters or more, with the figures that matter",
            )
        if not keys:
            raise ChapterError("no sources", where=where, allowed="keys of references.bib")


def digest_of(ask: dict[str, Any]) -> str:
    """Give the digest of what may be asked, which nbval compares in its place."""
    return hashlib.sha256(json.dumps(ask, sort_keys=True).encode()).hexdigest()[:16]


def _face(picture: str, caption: str, alt: str) -> str:
    """Give the face of a figure that every reader of notebooks shows: headline, picture, words."""
    data = base64.b64encode(picture.encode()).decode()
    return (
        f"<figure><figcaption><strong>{escape(caption)}</strong></figcaption>"
        f'<img alt="{escape(alt)}" src="data:image/svg+xml;base64,{data}"></figure>'
    )


def _titled(picture: str, title: str) -> str:
    """Let a picture say what it is wherever it is opened by itself.

    Examples
    --------
    >>> _titled('<svg width="2"><g/></svg>', "A < B.")
    '<svg role="img" width="2"><title>A &lt; B.</title><g/></svg>'
    """
    words = escape(title, quote=False)
    return re.sub(
        r"<svg\b([^>]*)>",
        lambda tag: f'<svg role="img"{tag[1]}><title>{words}</title>',
        picture,
        count=1,
    )


def svg_of(face: str) -> str:
    """Give the SVG that the face of a figure holds.

    Raises
    ------
    ChapterError
        It holds none.

    Examples
    --------
    >>> svg_of(_face("<svg/>", "A finding.", "Bars"))
    '<svg/>'
    """
    found = re.search(r'src="data:image/svg\+xml;base64,([\w+/=]+)"', face)
    if not found:
        raise ChapterError("a figure without its picture", allowed="what `Chapter.figure` shows")
    return base64.b64decode(found[1]).decode()


def _picture(figure: Figure) -> str:
    """Draw a figure as SVG, its outlines to a hundredth of a point: no eye sees finer digits."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return _OUTLINE.sub(
        lambda path: _FRACTION.sub(lambda number: f"{float(number[0]):.2f}", path[0]),
        buffer.getvalue().decode(),
    )
