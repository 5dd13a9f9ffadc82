"""The pages behind the chapters, and what every page says of itself to machines.

`catalogue` describes the tables, `provenance` how each figure and number came about, `lists` where
each figure and table stands, `refreshes` what fresh figures have changed, `citing` how to cite it;
each is a directive that a page of ``chapters/`` calls. `glossary` links the words of the glossary
where a page first uses them, `metadata` puts schema.org data into pages.
"""

from sphinx.application import Sphinx

from . import catalogue, citing, glossary, lists, metadata, provenance, refreshes, sections


def setup(app: Sphinx) -> None:
    """Make the directives, the links and the metadata known to Sphinx."""
    for part in (sections, catalogue, provenance, lists, citing, refreshes, glossary, metadata):
        part.setup(app)
    app.add_css_file("appendices.css")
