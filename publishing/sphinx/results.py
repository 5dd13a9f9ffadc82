"""What the chapters show, read from the outputs that are published."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from analysis.chapter import mime

from .. import execute


@dataclass(frozen=True)
class Result:
    """A figure, a table or a number of a chapter."""

    kind: str
    #: Its anchor on its page.
    name: str
    #: The caption, or the number as it is shown.
    text: str
    #: Module and name of the function that drew a figure.
    function: str = ""
    #: The data tables behind it; for a figure with the SHA-256 that they had.
    tables: tuple[tuple[str, str], ...] = ()
    #: Keys of the bibliography.
    sources: tuple[str, ...] = ()
    #: How a number follows from its rows, and whether the book estimated it.
    rule: str = ""
    estimate: bool = False


@dataclass(frozen=True)
class Chapter:
    """A chapter: the name of its page, its title, and what it shows, in order."""

    docname: str
    title: str
    results: tuple[Result, ...]
    #: Whether it shows the register of its numbers.
    registers: bool = False
    #: Its headings, as they are written.
    headings: tuple[str, ...] = ()

    @property
    def page(self) -> str:
        """The name of its page, without folder and ending."""
        return self.docname.split("/")[-1]

    @property
    def short(self) -> str:
        """The title without what follows its colon, where that tells no page from another."""
        return self.title if self.page.endswith("-evidence") else self.title.split(":")[0]

    def all(self, kind: str) -> list[Result]:
        """List its figures, its tables or its numbers."""
        return [it for it in self.results if it.kind == kind]


@cache
def chapters(root: Path) -> tuple[Chapter, ...]:
    """Read the book's notebooks, in the order of its contents."""
    return tuple(
        read(path, docname)
        for docname in _order(root)
        if (path := root / f"{docname}.ipynb").is_file()
    )


def read(path: Path, docname: str) -> Chapter:
    """Read one notebook."""
    notebook = execute.read(path)
    heads = re.findall(r"(?m)^#+ (.+)$", "\n".join(execute.prose(notebook)))
    outputs = execute.outputs_of(notebook)
    registers = any(mime.REGISTER in output.get("data", {}) for output in outputs)
    return Chapter(docname, heads[0], tuple(_results(outputs)), registers, tuple(heads[1:]))


def _order(root: Path) -> list[str]:
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    chapters = [chapter for part in toc["parts"] for chapter in part["chapters"]]
    below = [[it, *it.get("sections", ())] for it in chapters]
    return [toc["root"], *(it["file"] for group in below for it in group)]


def _results(outputs: Iterable[dict[str, Any]]) -> Iterator[Result]:
    seen = set()
    for output in outputs:
        data, metadata = output.get("data", {}), output.get("metadata", {})
        for value in metadata.values():
            if isinstance(value, dict) and "figure" in value:
                yield _figure(value["figure"])
        if mime.TABLE in data:
            yield Result("table", data[mime.TABLE]["name"], data[mime.TABLE]["caption"])
        for number in data.get(mime.PROSE, {}).get("numbers", ()):
            if number["anchor"] not in seen:
                seen.add(number["anchor"])
                yield _number(number)


def _figure(figure: dict[str, Any]) -> Result:
    return Result(
        "figure",
        figure["name"],
        figure["caption"],
        figure["function"].removeprefix("analysis."),
        tuple(figure["tables"].items()),
        tuple(key for key, _ in figure["sources"]),
    )


def _number(number: dict[str, Any]) -> Result:
    return Result(
        "number",
        number["anchor"],
        number["text"],
        tables=tuple((name, "") for name in number["tables"]),
        sources=tuple(key for key, _ in number["sources"]),
        rule=number["rule"],
        estimate=number["estimate"],
    )
