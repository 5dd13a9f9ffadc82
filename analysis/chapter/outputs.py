"""The one door through which figures, tables and numbers enter a chapter.

A chapter's cells hold calls to the methods of `Chapter` and nothing else that shows. What comes
through is complete: a caption that states the finding, words for those who do not see the picture,
the sources, the data. Numbers in prose are glued under a name and lead to the chapter's register.
"""

import base64
import hashlib
import io
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
from ..charts.chart import Chart
from ..errors import ChapterError
from ..quantities import Quantity, merge
from . import mime
from .download import csv_of
from .fingerprint import fingerprint
from .sentence import Sentence
from .sentences import anchor, compose
from .table import Cite, Table

if TYPE_CHECKING:  # only two chapters show the ledger; the others need not load the claims
    from .ledger import Annotated, Ledger

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

    def number(self, name: str, quantity: Quantity, *, spec: str = "", by: str = "") -> None:
        """Glue a number for the prose: ``{glue}`name``` shows it and links to its origin.

        Parameters
        ----------
        name : str
            Unique within the chapter.
        quantity : Quantity
            The value with its rule and sources.
        spec : str, optional
            How it is written, where its unit's usual way will not do: see `analysis.formats`.
        by : str, optional
            The sentence that it stands in, if it was glued for one.

        Raises
        ------
        ChapterError
            The name is taken.
        SourceError, TableError
            A source or a table of the quantity is unknown.
        """
        if name in self._numbers:
            raise ChapterError(f"number {name!r} is glued twice", where=self.name)
        for key in quantity.sources:
            bibliography.lookup(key)
        for table in quantity.tables:
            tables.file_of(table)
        text = format(quantity, spec)
        self._numbers[name] = (quantity, text)
        number = {"target": self._anchor(name), "rule": quantity.rule}
        _glue(name, text, number=number | ({"by": by} if by else {}))

    def sentence(self, name: str, sentence: Sentence | str) -> None:
        """Glue a sentence that follows from the evidence, and the numbers in it.

        A number that the chapter has glued already leads to the same row of the register.

        Parameters
        ----------
        name : str
            Unique within the chapter.
        sentence : Sentence or str
            What a function has made of the evidence; a string has no numbers.

        Raises
        ------
        ChapterError
            The name is taken.
        SourceError, TableError
            As `number`.
        """
        self._take(name)
        sentence = Sentence(sentence) if isinstance(sentence, str) else sentence
        text = sentence.text
        for braces, field, quantity, spec in sentence.fields():
            shown = (quantity, format(quantity, spec))
            glued = next((it for it, number in self._numbers.items() if number == shown), "")
            if not glued:
                glued = f"{name}_{field}"
                self.number(glued, quantity, spec=spec, by=name)
            text = text.replace(braces, f"{{glue}}`{glued}`")
        _glue(name, text, sentence=True)

    def say(self, template: str, /, **values: Any) -> None:
        """Write sentences: Markdown whose numbers and words follow from the evidence.

        Parameters
        ----------
        template : str
            As `analysis.chapter.sentences.compose` has it.
        **values
            What stands in it, by name. The same name stands for the same number in all the chapter.

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
                    "rule": quantity.rule,
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

    def text(self, name: str, text: str) -> None:
        """Glue a text that follows from the evidence and carries no number of its own."""
        _glue(name, text)

    def rating(self, name: str, rating: str) -> None:
        """Glue the rating of a claim: a word that wears its colour and its frame.

        Raises
        ------
        ChapterError
            The ledger knows no such rating.
        """
        from ..claims.forms import RATINGS  # noqa: PLC0415  (most chapters show no rating)

        if rating not in RATINGS:
            raise ChapterError(f"rating {rating!r}", where=self.name, allowed=", ".join(RATINGS))
        _glue(name, rating, rating=rating)

    def figure(self, name: str, chart: Chart, *, evidence: str = "") -> None:
        """Draw a numbered figure, known as ``fig-<chapter>-<name>``.

        Parameters
        ----------
        name : str
            Unique within the chapter.
        chart : Chart
            The picture with its words.
        evidence : str, optional
            The heading on the chapter's page of evidence, as an anchor, that it leads to.

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
            drawn = fingerprint(figure)
            picture = _picture(figure)
        data = csv_of(chart.frame)
        description = {
            "name": f"fig-{self.name}-{name}",
            "caption": caption,
            "alt": alt,
            "sources": [[key, bibliography.lookup(key).grade] for key in keys],
            "csv": data,
            "function": f"{type(chart).__module__}.{type(chart).__qualname__}",
            "tables": {table: _digest(table) for table in chart.tables},
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
        # As HTML, for an untrusted notebook shows no SVG that stands by itself.
        outputs = {"text/html": _face(picture, caption, alt), "text/plain": text}
        display(outputs, metadata={"text/html": {"figure": description}}, raw=True)

    def table(self, name: str, table: Table) -> None:
        """Show a numbered table, known as ``tab-<chapter>-<name>`` to ``{numref}``."""
        self._take(name)
        display(
            {
                mime.TABLE: table.data(f"tab-{self.name}-{name}"),
                "text/html": table.html(),
                "text/markdown": table.markdown(),
                "text/plain": table.text(),
            },
            raw=True,
        )

    def article(self, annotated: "Annotated") -> None:
        """Show the article with its claims marked in place."""
        self._take("article")
        display({mime.ARTICLE: annotated.data(), "text/plain": annotated.text()}, raw=True)

    def ledger(self, ledger: "Ledger") -> None:
        """Show verdicts with their reasons; each can be linked to as ``claim-<name>``."""
        self._take("ledger")
        display({mime.LEDGER: ledger.data(), "text/plain": ledger.text()}, raw=True)

    def register(self) -> None:
        """Show where each number of the chapter comes from: its rule, its rows, its sources."""
        if not self._numbers:
            raise ChapterError("no number has been glued", where=self.name)
        rows = [
            (
                text,
                quantity.rule + (" (our estimate, grade E)" if quantity.estimate else ""),
                ", ".join(f"{table}.csv" for table in quantity.tables) or "the article",
                Cite(quantity.sources),
            )
            for quantity, text in self._numbers.values()
        ]
        table = Table(
            "Every number of this chapter, with its rule, its rows and its sources.",
            ("Number", "Rule", "Rows in", "Sources and grade"),
            rows,
        )
        data = table.data(f"tab-{self.name}-register")
        data["anchors"] = [self._anchor(name) for name in self._numbers]
        display(
            {mime.TABLE: data, "text/html": table.html(), "text/plain": table.text()},
            raw=True,
        )

    def _anchor(self, name: str) -> str:
        return f"number-{self.name}-{name}".replace("_", "-")

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


def _glue(name: str, text: str, **metadata: Any) -> None:
    """Show a text as Jupyter Book's ``glue`` does, under a name that prose may call."""
    place = "application/papermill.record/"
    scrapbook = {"scrapbook": {"name": name, "mime_prefix": place}}
    display({f"{place}text/plain": text}, metadata=scrapbook | metadata, raw=True)


def _digest(table: str) -> str:
    return tables.digest(table)


def _face(picture: str, caption: str, alt: str) -> str:
    """Give the face of a figure that every reader of notebooks shows: picture, words, caption."""
    data = base64.b64encode(picture.encode()).decode()
    return (
        f'<figure><img alt="{escape(alt)}" src="data:image/svg+xml;base64,{data}">'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
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
