"""What a page says of itself to machines: schema.org data as JSON-LD.

Every property is one that schema.org publishes for its type; one without a value is left out.
"""

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from .. import citation as citations
from ..citation import LICENCES, Citation
from . import catalogue, results

_CONTEXT = "https://schema.org"
_CATALOGUE, _ROOT = "chapters/catalogue", "chapters/index"


def book(citation: Citation, language: str) -> dict[str, Any]:
    """Describe the book as a whole, as ``Book`` (schema.org/Book)."""
    return _work("Book", citation.title, citation.abstract, citation, language) | filled(
        {
            "author": _publisher(citation),
            "version": citation.version,
            "keywords": ", ".join(citation.keywords),
            "url": citation.address,
        }
    )


def article(name: str, description: str, citation: Citation, language: str) -> dict[str, Any]:
    """Describe a chapter as ``Article`` (schema.org/Article), part of the book."""
    return _work("Article", name, description, citation, language) | {
        "@context": _CONTEXT,
        "headline": name,
        "author": _publisher(citation),
        "isPartOf": {"@type": "Book", "name": citation.title},
    }


def dataset(
    resources: list[catalogue.Resource], citation: Citation, language: str
) -> dict[str, Any]:
    """Describe the tables as ``Dataset`` (schema.org/Dataset), each table a ``DataDownload``."""
    years = sorted(set().union(*(it.years for it in resources)))
    name = f"{citation.title.split(':')[0]}: the evidence"
    description = (
        f"{len(resources)} tables behind the figures, numbers and verdicts of the book. "
        f"{citation.abstract}"
    )
    return _work("Dataset", name, description, citation, language) | filled(
        {
            "@context": _CONTEXT,
            "creator": _publisher(citation),
            "version": citation.version,
            "isAccessibleForFree": True,
            "keywords": ", ".join(citation.keywords),
            "temporalCoverage": f"{years[0]}/{years[-1]}" if years else "",
            "variableMeasured": [it for resource in resources for it in _variables(resource)],
            "distribution": [_download(resource) for resource in resources],
            "isPartOf": {"@type": "Book", "name": citation.title},
        }
    )


def _work(
    kind: str, name: str, description: str, citation: Citation, language: str
) -> dict[str, Any]:
    """Describe what any part of the book has in common."""
    return filled(
        {
            "@type": kind,
            "name": name,
            "description": description,
            "datePublished": citation.day.isoformat(),
            "inLanguage": language,
            "license": LICENCES[citation.licence],
        }
    )


def filled(properties: dict[str, Any]) -> dict[str, Any]:
    """Leave out what has no value.

    Examples
    --------
    >>> filled({"name": "Trade", "url": "", "keywords": []})
    {'name': 'Trade'}
    """
    return {name: value for name, value in properties.items() if value not in ("", [], {}, None)}


def script(properties: dict[str, Any], kind: str = "application/ld+json") -> str:
    r"""Give JSON as an element of a page, which no text in it can end.

    Examples
    --------
    >>> script({"name": "</script>"})
    '<script type="application/ld+json">{"name":"\\u003c/script>"}</script>'
    """
    text = json.dumps(properties, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="{kind}">{text}</script>'


def description(tree: nodes.Node) -> str:
    """Describe a page by its first paragraph of its own: what it quotes may be what it denies."""
    for node in tree.findall(nodes.paragraph):
        text = " ".join(node.astext().split())
        if text and not quotes(node):
            return text
    return ""


def quotes(paragraph: nodes.paragraph) -> bool:
    """Say whether a paragraph is a quotation, as a block or as the words of a first page."""
    words = paragraph.astext().strip()
    return isinstance(paragraph.parent, nodes.block_quote) or words[:1] + words[-1:] == "“”"


def _publisher(citation: Citation) -> dict[str, str]:
    return {"@type": "Organization", "name": citation.author}


def _variables(resource: catalogue.Resource) -> list[dict[str, str]]:
    return [
        filled(
            {
                "@type": "PropertyValue",
                "name": f"{resource.described['title']}: {field['name']}",
                "description": field["description"],
                "unitText": field.get("unit", ""),
            }
        )
        for field in resource.described["schema"]["fields"]
        if field["type"] in ("number", "integer") and field.get("unit") != "year"
    ]


def _download(resource: catalogue.Resource) -> dict[str, str]:
    return {
        "@type": "DataDownload",
        "name": resource.described["title"],
        "description": resource.described["description"],
        "contentUrl": f"../{catalogue.FOLDER}/{resource.described['path']}",
        "encodingFormat": "text/csv",
        "contentSize": f"{len(resource.data)} B",
    }


def _add(app: Sphinx, name: str, template: str, context: dict[str, Any], tree: Any) -> None:
    if app.builder.name != "html" or tree is None or not name.startswith("chapters/"):
        return
    root = Path(app.srcdir)
    address = app.config.html_theme_options.get("repository_url", "")
    citation, language = citations.read(root, address), app.config.language
    title = tree.next_node(nodes.title)
    if name == _CATALOGUE:
        properties = dataset(catalogue.read(root), citation, language)
    elif name == _ROOT:
        parts = [
            {"@type": "Article", "name": it.title, "url": f"{it.docname.split('/')[-1]}.html"}
            for it in results.chapters(root)
            if it.docname != _ROOT
        ]
        properties = {"@context": _CONTEXT} | book(citation, language) | {"hasPart": parts}
    else:
        properties = article(title.astext(), description(tree), citation, language)
    context["body"] += script(properties)


def setup(app: Sphinx) -> None:
    """Add the data to every page."""
    app.connect("html-page-context", _add)
