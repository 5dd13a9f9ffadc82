"""What a reference to the book holds, from ``CITATION.cff``."""

import datetime
from dataclasses import dataclass
from pathlib import Path

import yaml

from analysis.errors import BuildError

FILE = "CITATION.cff"
#: Where the licence of text, figures and tables is to be read; code has its own, in ``LICENSE``.
LICENCES = {"CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/"}
#: Signs of TeX, as BibTeX takes them.
ESCAPED = str.maketrans({"&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_"})


@dataclass(frozen=True)
class Citation:
    """What a reference to the book holds, as in ``CITATION.cff``.

    Examples
    --------
    >>> day = datetime.date(2026, 11, 3)
    >>> book = Citation("A book: read", "Its makers", "1.0", day, "CC-BY-4.0", ())
    >>> book.line
    'Its makers (2026). A book: read. Version 1.0.'
    >>> print(book.bibtex)
    @misc{book2026,
      author = {{Its makers}},
      title = {{A book: read}},
      year = {2026},
      month = nov,
      version = {1.0},
    }
    """

    title: str
    author: str
    version: str
    #: Of the release.
    day: datetime.date
    #: SPDX name.
    licence: str
    keywords: tuple[str, ...]
    abstract: str = ""
    #: Where the repository is, once there is one.
    address: str = ""

    @property
    def line(self) -> str:
        """The reference as one plain line."""
        line = f"{self.author} ({self.day.year}). {self.title}. Version {self.version}."
        return f"{line} {self.address}" if self.address else line

    @property
    def bibtex(self) -> str:
        """The reference as an entry of BibTeX."""
        words = [word for word in self.title.lower().split() if word not in ("a", "an", "the")]
        short = "".join(letter for letter in words[0] if letter.isalnum())
        fields = {
            "author": f"{{{{{self.author.translate(ESCAPED)}}}}}",
            "title": f"{{{{{self.title.translate(ESCAPED)}}}}}",
            "year": f"{{{self.day.year}}}",
            "month": f"{self.day:%b}".lower(),
            "version": f"{{{self.version}}}",
        }
        if self.address:
            fields["url"] = f"{{{self.address}}}"
        lines = [f"  {name} = {value}," for name, value in fields.items()]
        return "\n".join([f"@misc{{{short}{self.day.year},", *lines, "}"])


def read(root: Path, address: str = "") -> Citation:
    """Read ``CITATION.cff``.

    Raises
    ------
    BuildError
        The file is missing or lacks what a reference needs.
    """
    try:
        cited = yaml.safe_load((root / FILE).read_text(encoding="utf-8"))
        return Citation(
            title=cited["title"],
            author=cited["authors"][0]["name"],
            version=str(cited["version"]),
            day=datetime.date.fromisoformat(str(cited["date-released"])),
            licence=cited["license"],
            keywords=tuple(cited["keywords"]),
            abstract=" ".join(cited["abstract"].split()),
            address=address or cited.get("repository-code", ""),
        )
    except (OSError, KeyError, IndexError, TypeError, ValueError, yaml.YAMLError) as error:
        raise BuildError(
            f"{type(error).__name__}: {error}",
            where=FILE,
            allowed="title, authors, version, date-released, license, keywords, abstract",
        ) from None
