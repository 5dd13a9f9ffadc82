"""A page that is being written: it alone is read and written, where the others have been before."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors.toctree import TocTreeCollector

_number_all = TocTreeCollector.assign_figure_numbers
#: The numbers of the page before it is read anew: kind -> name -> number.
_numbers: dict[str, dict[str, tuple[int, ...]]] = {}


def _alone(app: Sphinx, env: BuildEnvironment, names: list[str]) -> None:
    page = app.config.book_draft
    _numbers.clear()
    _numbers.update(env.toc_fignumbers.get(page, {}))
    if page and env.all_docs.keys() >= {page, *names}:
        names[:] = [name for name in names if name == page]


def _number(self: TocTreeCollector, env: BuildEnvironment) -> list[str]:
    """Number figures and tables, for which every page is loaded, unless those of the page stay."""
    page, found = env.config.book_draft, dict[str, list[str]]()
    domain: Any = env.get_domain("std")
    for node in env.get_doctree(page).findall(nodes.Element) if page else ():
        kind = domain.get_enumerable_node_type(node)
        if kind and node["ids"] and domain.get_numfig_title(node):
            found.setdefault(kind, []).append(node["ids"][0])
    if not page or found != {kind: list(names) for kind, names in _numbers.items()}:
        return _number_all(self, env)
    env.toc_fignumbers[page] = dict(_numbers)
    return []


def setup(app: Sphinx) -> None:
    """Let ``book_draft`` name the page, as Sphinx names it; without it all are made."""
    app.add_config_value("book_draft", "", "")
    app.connect("env-before-read-docs", _alone)
    TocTreeCollector.assign_figure_numbers = _number  # type: ignore[method-assign]
