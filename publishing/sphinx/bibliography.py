"""The bibliography: in the order of names, a person's and a publisher's alike, by cited years."""

from pathlib import Path
from typing import Any
from unicodedata import normalize

from pybtex.database import Person
from pybtex.plugin import register_plugin
from pybtex.style.formatting.plain import Style
from pybtex.style.sorting.author_year_title import SortingStyle
from sphinx.application import Sphinx

from . import sections


class Alphabetical(SortingStyle):
    """Authors, then years, then titles; marks on letters and braces around names count for none."""

    def person_key(self, person: Person) -> str:
        """Give what a person or a publisher is sorted by."""
        return folded(super().person_key(person))


class Listed(Style):
    """Entries written as the plain style writes them, in that order."""

    default_sorting_style = "alphabetical"


def folded(name: str) -> str:
    """Leave letters, digits and spaces, without the marks on them.

    Examples
    --------
    >>> folded("{Çanakkale Haber}"), folded("{İHA}"), folded("sarı")
    ('canakkale haber', 'iha', 'sari')
    """
    letters = normalize("NFKD", name.lower()).replace("ı", "i")
    return "".join(letter for letter in letters if letter.isalnum() or letter == " ")


def _as_printed(app: Sphinx, *_: Any) -> None:
    """Give entries the years that citations tell them by, 2025a and 2025b, and plain dollars.

    On paper a citation is no link: without a letter it may mean any of a publisher's reports. The
    file escapes dollars for citation managers, and this reader of TeX leaves them so.
    """
    domain: Any = app.env.get_domain("cite")
    entries = domain.bibdata.data.entries
    for key, source in sections.bibliography(Path(app.srcdir)).items():
        fields = entries[key].fields
        fields["year"] = source.cited_year
        fields["title"] = fields["title"].replace(r"\$", "$")


def setup(app: Sphinx) -> dict[str, Any]:
    """Offer the style to sphinxcontrib-bibtex, which the settings ask for by its name."""
    register_plugin("pybtex.style.sorting", "alphabetical", Alphabetical)
    register_plugin("pybtex.style.formatting", "listed", Listed)
    app.connect("env-before-read-docs", _as_printed)
    return {"parallel_read_safe": True}
