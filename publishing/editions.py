"""The three editions of the book: its pages, and from them the printed and the portable book."""

import contextlib
import gc
import importlib
import io
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from analysis import article, formats
from analysis.errors import BuildError
from analysis.project import ROOT
from analysis.seeds import book

from . import citation
from .paper import epub as binding
from .paper import pdf as printing

#: File name of the printed book.
PDF_NAME = f"{book().file}.pdf"
#: File name of the portable book.
EPUB_NAME = f"{book().file}.epub"
_RIGHTS = "Text, figures and our own tables: Creative Commons Attribution 4.0. Code: MIT."
#: The first page in the folder of a release.
_FIRST = Path("html", "chapters", "index.html")
#: What Sphinx asks for as it starts: two seconds.
_LOADED = (
    "jupyter_book.sphinx",
    "myst_nb",
    "sphinx_book_theme",
    "sphinxcontrib.bibtex",
    "publishing.sphinx.pages",
)


def edition(root: Path | None = None) -> printing.Edition:
    """Say what goes on the cover, from ``CITATION.cff``, ``_config.yml`` and the article.

    The day of the edition is the release's, never the day of the build, so bytes repeat.

    Raises
    ------
    BuildError
        ``CITATION.cff`` lacks what a cover needs.
    """
    root = root or ROOT
    cited = citation.read(root)
    title, _, subtitle = cited.title.partition(": ")
    if not subtitle:
        raise BuildError(f"title {title!r}", where=citation.FILE, allowed="a title: a subtitle")
    report = article.read(root / "seeds" / f"{book().article}.txt")
    when = formats.day(report.date)
    return printing.Edition(
        title=title,
        subtitle=formats.capitalised(subtitle),
        author=cited.author,
        line=f"{report.about['outlet']}, {when}",
        day=cited.day,
        keywords=cited.keywords,
        quotation=report.about.get("cover", ""),
        marked=report.about.get("marked", ""),
        question=book().question,
        identifier=book().identifier,
        rights=_RIGHTS,
        imprint=(
            f"The article: {report.about['outlet']}, “{report.about['title']}”, {when}. It stays "
            "its publisher's and is quoted for analysis.",
            _RIGHTS,
            f"To cite: {cited.line}",
        ),
    )


def load() -> None:
    """Load what `html` needs, before there is anything to make pages of."""
    for name in _LOADED:
        importlib.import_module(name)


def html(root: Path, release: Path) -> None:
    """Make ``html`` in the folder of a release, from a clean folder.

    Raises
    ------
    BuildError
        The first warning of Sphinx: every warning is a failure.
    """
    unfinished = release / "made" / "html"
    with _uncollected():
        sphinx(root, unfinished)
    (unfinished / ".buildinfo").unlink(missing_ok=True)  # holds a digest of this folder's name
    os.replace(unfinished, release / "html")


def join(root: Path, release: Path) -> None:
    """Lay the whole book, and the card that others show of it, beside the finished pages."""
    from . import pictures  # noqa: PLC0415  (made once a build)

    shutil.copy2(release / "pdf" / PDF_NAME, release / "html")
    shutil.copy2(release / "epub" / EPUB_NAME, release / "html")
    this = edition(root)
    card = pictures.card(
        {name: getattr(this, name) for name in ("line", "title", "quotation", "marked", "question")}
    )
    (release / "html" / "_static" / "card.png").write_bytes(card)


def pdf(root: Path, release: Path) -> None:
    """Make ``pdf`` in the folder of a release, from its pages.

    Raises
    ------
    BuildError
        What the printed book may not hold.
    """
    (release / "pdf").mkdir()
    printing.make(release / _FIRST, release / "pdf" / PDF_NAME, edition(root))


def epub(root: Path, release: Path) -> None:
    """Make ``epub`` in the folder of a release, from its pages.

    Raises
    ------
    BuildError
        What neither the printed nor the portable book may hold.
    """
    (release / "epub").mkdir()
    binding.make(release / _FIRST, release / "epub" / EPUB_NAME, edition(root))


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Let Python look for no garbage: it takes Sphinx a quarter of its time and saves 100 MB."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def sphinx(root: Path, out: Path, *, draft: str = "") -> None:
    """Let Jupyter Book make pages: all of them, or those that changed since it made them there.

    A draft is made for the sake of one page, named without its ending: where there are pages
    already, it alone is read and written, and what their search knows is not made anew.

    Raises
    ------
    BuildError
        The first warning: every warning is a failure.
    """
    # Sphinx takes two seconds to load, which the other editions and other commands are spared.
    from jupyter_book.sphinx import build_sphinx  # noqa: PLC0415

    messages = io.StringIO()
    only = [root / f"{draft}.ipynb"] if draft and (out / f"{draft}.html").exists() else []
    with contextlib.redirect_stderr(messages), contextlib.redirect_stdout(io.StringIO()):
        result = build_sphinx(
            root,
            out,
            path_config=root / "_config.yml",
            noconfig=True,
            confoverrides={
                "external_toc_path": (root / "_toc.yml").as_posix(),
                "latex_individualpages": False,
                "nitpicky": True,
                "book_draft": draft,
                # Who builds with this has looked, or wants to see what is not fresh.
                "suppress_warnings": ["etoc.toctree", "book.stale"],
            },
            builder="html",
            filenames=only,
            warningiserror=True,
            keep_going=True,
            quiet=True,
        )
    if result == 0:
        return
    lines = [
        re.sub(r"\x1b\[[\d;]*m", "", line).strip() for line in messages.getvalue().splitlines()
    ]
    faults = [line for line in lines if "WARNING" in line or "rror:" in line or "ERROR" in line]
    first = (faults or [" ".join([*filter(None, lines)][:2]) or repr(result)])[0]
    raise BuildError(first.replace(f"{root}/", ""), where="Jupyter Book, html")
