"""The pages behind the chapters, and what every page says of itself to machines.

`catalogue` describes the tables, `made` how each figure and number came about, `lists` where each
figure and table stands, `refreshes` what fresh figures have changed, `citing` how to cite the book;
each is a directive that a page of ``chapters/`` calls. `terms` links the words of the glossary
where a page first uses them, `metadata` puts schema.org data into pages, `launch` adds the buttons
for Binder and Colab.
"""

from sphinx.application import Sphinx

from . import catalogue, citing, launch, lists, made, metadata, refreshes, shape, terms


def setup(app: Sphinx) -> None:
    """Make the directives, the links and the metadata known to Sphinx."""
    for part in (shape, catalogue, made, lists, citing, refreshes, terms, metadata, launch):
        part.setup(app)
    app.add_css_file("appendices.css")
