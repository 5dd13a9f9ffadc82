"""What a page says of itself to machines: schema.org data as JSON-LD.

Every property is one that schema.org publishes for its type; one without a value is left out.
"""

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from . import catalogue, citing, results

_CONTEXT = "https://schema.org"
_CATALOGUE, _ROOT = "chapters/catalogue", "chapters/index"
_CSV = "text/csv"


def book(citation: citing.Citation, language: str) -> dict[str, Any]:
    """Describe the book as a whole, as ``Book`` (schema.org/Book)."""
    return filled(
        {
            "@type": "Book",
            "name": citation.title,
            "description": citation.abstract,
            "author": _maker(citation),
            "datePublished": citation.day.isoformat(),
            "version": citation.version,
            "inLanguage": language,
            "license": _licence(citation),
            "keywords": ", ".join(citation.keywords),
            "url": citation.address,
        }
    )


def article(
    name: str, description: str, citation: citing.Citation, language: str
) -> dict[str, Any]:
    """Describe a chapter as ``Article`` (schema.org/Article), part of the book."""
    return filled(
        {
            "@context": _CONTEXT,
            "@type": "Article",
            "name": name,
            "headline": name,
            "description": description,
            "author": _maker(citation),
            "datePublished": citation.day.isoformat(),
            "inLanguage": language,
            "license": _licence(citation),
            "isPartOf": {"@type": "Book", "name": citation.title},
        }
    )


def dataset(
    resources: list[catalogue.Resource], citation: citing.Citation, language: str
) -> dict[str, Any]:
    """Describe the tables as ``Dataset`` (schema.org/Dataset), each table a ``DataDownload``."""
    years = sorted(set().union(*(it.years for it in resources)))
    return filled(
        {
            "@context": _CONTEXT,
            "@type": "Dataset",
            "name": f"{citation.title.split(':')[0]}: the evidence",
            "description": f"{len(resources)} tables behind the figures, numbers and verdicts of "
            f"the book. {citation.abstract}",
            "creator": _maker(citation),
            "datePublished": citation.day.isoformat(),
            "version": citation.version,
            "inLanguage": language,
            "license": _licence(citation),
            "isAccessibleForFree": True,
            "keywords": ", ".join(citation.keywords),
            "temporalCoverage": f"{years[0]}/{years[-1]}" if years else "",
            "variableMeasured": [it for resource in resources for it in _variables(resource)],
            "distribution": [_download(resource) for resource in resources],
            "isPartOf": {"@type": "Book", "name": citation.title},
        }
    )


def filled(told: dict[str, Any]) -> dict[str, Any]:
    """Leave out what has no value.

    Examples
    --------
    >>> filled({"name": "Trade", "url": "", "keywords": []})
    {'name': 'Trade'}
    """
    return {name: value for name, value in told.items() if value not in ("", [], {}, None)}


def script(told: dict[str, Any]) -> str:
    r"""Give JSON-LD as an element of a page, which no text in it can end.

    Examples
    --------
    >>> script({"name": "</script>"})
    '<script type="application/ld+json">{"name":"\\u003c/script>"}</script>'
    """
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'


def description(tree: nodes.Node) -> str:
    """Describe a page by its first finding, or else by its first paragraph."""
    kinds = (nodes.list_item, nodes.paragraph)
    inside = [part for part in tree.findall(nodes.section) if "in-brief" in part["ids"]]
    for part in [*inside, tree]:
        for kind in kinds if part in inside else kinds[1:]:
            for node in part.findall(kind):
                if text := " ".join(node.astext().split()):
                    return text
    return ""


def _maker(citation: citing.Citation) -> dict[str, str]:
    return {"@type": "Organization", "name": citation.author}


def _licence(citation: citing.Citation) -> str:
    """Give the licence of text and data; that of the code is not a page's."""
    return next(citing.LICENCES[name] for name in citation.licences if name.startswith("CC"))


def _variables(resource: catalogue.Resource) -> list[dict[str, str]]:
    return [
        filled(
            {
                "@type": "PropertyValue",
                "name": f"{resource.told['title']}: {field['name']}",
                "description": field["description"],
                "unitText": field.get("unit", ""),
            }
        )
        for field in resource.told["schema"]["fields"]
        if field["type"] in ("number", "integer") and field.get("unit") != "year"
    ]


def _download(resource: catalogue.Resource) -> dict[str, str]:
    return {
        "@type": "DataDownload",
        "name": resource.told["title"],
        "description": resource.told["description"],
        "contentUrl": f"../{catalogue.FOLDER}/{resource.told['path']}",
        "encodingFormat": _CSV,
        "contentSize": f"{len(resource.data)} B",
    }


def _add(app: Sphinx, name: str, template: str, context: dict[str, Any], tree: Any) -> None:
    if app.builder.name != "html" or tree is None or not name.startswith("chapters/"):
        return
    root = Path(app.srcdir)
    address = app.config.html_theme_options.get("repository_url", "")
    citation, language = citing.read(root, address), app.config.language
    title = tree.next_node(nodes.title)
    if name == _CATALOGUE:
        told = dataset(catalogue.read(root), citation, language)
    elif name == _ROOT:
        parts = [
            {"@type": "Article", "name": it.title, "url": f"{it.docname.split('/')[-1]}.html"}
            for it in results.chapters(root)
            if it.docname != _ROOT
        ]
        told = {"@context": _CONTEXT} | book(citation, language) | {"hasPart": parts}
    else:
        told = article(title.astext(), description(tree), citation, language)
    context["body"] += script(told)


def setup(app: Sphinx) -> None:
    """Add the data to every page."""
    app.connect("html-page-context", _add)
