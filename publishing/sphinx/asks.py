"""What a reader may ask on a page: plain controls, hidden until `ask.js` can answer.

The values come from the output of the chapter's cell, whole; paper and e-readers have none of it.
"""

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from analysis.formats import capitalised

from . import metadata

_CLASS = "asked"


def form(name: str, ask: Mapping[str, Any] | None) -> list[nodes.Node]:
    """Give the controls under the figure or table ``name``, and what they are answered from."""
    if not ask:
        return []
    label, controls = _KINDS[ask["kind"]](name, ask)
    text = (
        f'<form class="ask" data-kind="{ask["kind"]}" aria-label="{label}" hidden>'
        f'<p class="ask-head" aria-hidden="true">{label}</p>{controls}'
        f"{metadata.script(dict(ask), 'application/json')}</form>"
    )
    return [nodes.raw("", text, format="html", classes=[_CLASS])]


def _ladder(name: str, ask: Mapping[str, Any]) -> tuple[str, str]:
    def kinds(key: str) -> list[Any]:
        return list(dict.fromkeys(row[key] for row in ask["rows"]))

    years = sorted(kinds("year"))
    groups = "".join(
        _choices(f"{name}-{key}", key, legend, options)
        for key, legend, options in (
            ("count", "Each flow counted", sorted(kinds("count"))),
            ("membership", "Who belongs", sorted(kinds("membership"))),
            ("year", "Year", years[::-1]),
        )
    )
    return "Choose how to count", (
        f'<div class="ask-row">{groups}</div><output></output>'
        '<div class="ask-bars" aria-hidden="true"></div>'
    )


def _choices(name: str, key: str, legend: str, options: Iterable[Any]) -> str:
    buttons = "".join(
        f'<label><input type="radio" name="{name}" data-key="{key}" value="{escape(str(it))}"'
        f"{' checked' * (number == 0)} /><span>{escape(capitalised(str(it)))}</span></label>"
        for number, it in enumerate(options)
    )
    return f"<fieldset><legend>{legend}</legend><div>{buttons}</div></fieldset>"


def _shipper(name: str, ask: Mapping[str, Any]) -> tuple[str, str]:
    markets = dict.fromkeys(row["market"] for row in ask["rows"])
    options = "".join(
        f"<option{' selected' * (it == ask['market'])}>{escape(it)}</option>" for it in markets
    )
    prices = "".join(
        f'<label data-market="{escape(row["market"])}">{escape(row["corridor"])}'
        f" <small>{row['days']} days</small>"
        f'<span>$ <input type="number" min="1" step="any" inputmode="decimal"'
        f' data-way="{escape(row["corridor"])}"'
        f' value="{ask["prices"].get(row["corridor"], "")}" /></span></label>'
        for row in ask["rows"]
    )
    return "Enter your prices: which way wins?", (
        f'<div class="ask-row"><label>Market <select name="market">{options}</select></label>'
        "<label>A day in transit is worth"
        f'<span>$ <input type="number" name="value" min="0" step="any" inputmode="decimal"'
        f' value="{ask["value"]:g}" /></span></label></div>'
        "<fieldset><legend>Price of one container from the same door to the same door; leave blank"
        " what you do not know. Days are our model’s averages.</legend>"
        f'<div class="ask-row">{prices}</div></fieldset>'
        "<output></output>"
    )


def _verdicts(name: str, ask: Mapping[str, Any]) -> tuple[str, str]:
    options = "".join(
        f'<option value="{rating.replace(" ", "-")}">{capitalised(rating)} ({count})</option>'
        for rating, count in ask["ratings"].items()
    )
    return "Find a verdict", (
        '<div class="ask-row"><label>Words in it <input type="search" name="words" /></label>'
        '<label>Rating <select name="rating"><option value="">Any rating</option>'
        f"{options}</select></label></div><output></output>"
    )


_KINDS: dict[str, Callable[[str, Mapping[str, Any]], tuple[str, str]]] = {
    "ladder": _ladder,
    "shipper": _shipper,
    "verdicts": _verdicts,
}


def _add(app: Sphinx, name: str, template: str, context: dict[str, Any], tree: Any) -> None:
    """Put the script on the pages that ask."""
    if tree is not None and any(_CLASS in it["classes"] for it in tree.findall(nodes.raw)):
        app.add_js_file("ask.js", loading_method="defer")


def setup(app: Sphinx) -> None:
    """Let pages have the script."""
    app.connect("html-page-context", _add)
