"""The list of figures and tables: number, caption, chapter."""

from docutils import nodes
from sphinx.application import Sphinx

from . import results, sections


class _Lists(sections.Appendix):
    """``{figures-and-tables}``: what the chapters show, in order."""

    def run(self) -> list[nodes.Node]:
        chapters = results.chapters(self.root)
        self.follow(*(f"{it.docname}.ipynb" for it in chapters))
        return [
            self._list(chapters, "figure", "Figures"),
            self._list(chapters, "table", "Tables"),
        ]

    def _list(self, chapters: tuple[results.Chapter, ...], kind: str, title: str) -> nodes.Node:
        rows = [
            (
                sections.numbered(result.name, self.env.docname),
                result.text,
                sections.link(it.short, f"{it.docname.split('/')[-1]}.html"),
            )
            for it in chapters
            for result in it.all(kind)
        ]
        heads = (title.removesuffix("s"), "What it shows", "Chapter")
        table = sections.grid(f"All {title.lower()}", heads, rows, kind="list")
        return sections.section(f"all-{title.lower()}", title, table)


def setup(app: Sphinx) -> None:
    """Make the directive known."""
    app.add_directive("figures-and-tables", _Lists)
