"""A reading is read in five minutes, and everything that proves it stands on its evidence page."""

import json
import re

import pytest

from analysis.countries import NAMES
from analysis.project import ROOT

READINGS = ("context", "trade", "priorities", "routes")
pytestmark = pytest.mark.parametrize("name", READINGS)


def cells(name):
    return json.loads((ROOT / "chapters" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]


def outputs(name):
    return [output for cell in cells(name) for output in cell.get("outputs", ())]


def figures(name):
    shown = [output["metadata"].get("text/html", {}) for output in outputs(name)]
    return [face["figure"] for face in shown if "figure" in face]


def tables(name):
    kinds = (output["data"] for output in outputs(name))
    return [table for data in kinds for mime, table in data.items() if mime.endswith("table+json")]


def prose(name):
    """Every sentence that a reader sees, without addresses."""
    texts = [
        "".join(cell["source"])
        if cell["cell_type"] == "markdown"
        else "".join("".join(o["data"].get("text/markdown", ())) for o in cell["outputs"]
                     if not any(mime.endswith("table+json") for mime in o["data"]))
        for cell in cells(name)
    ]  # fmt: skip
    return "\n\n".join(re.sub(r"\]\([^)]*\)", "]", text) for text in texts if text)


def test_it_has_at_most_1200_words_one_table_of_ten_rows_and_six_figures(name):
    assert len(prose(name).split()) <= 1200
    assert 1 <= len(figures(name)) <= 6
    assert len(tables(name)) <= 1
    assert all(len(table["rows"]) <= 10 for table in tables(name))


def test_in_brief_is_four_bullets_of_at_most_25_words(name):
    brief = prose(name).split("## In brief")[1].split("\n## ")[0]
    bullets = [line for line in brief.splitlines() if line.startswith("- ")]
    assert len(bullets) == 4
    for bullet in bullets:
        assert len(bullet.removeprefix("- ").split()) <= 25, bullet


def test_every_headline_of_a_figure_has_at_most_14_words(name):
    for figure in [*figures(name), *figures(f"{name}-evidence")]:
        assert len(figure["caption"].split()) <= 14, figure["caption"]


def test_a_dollar_sign_is_money_and_no_mathematics_in_a_notebook(name):
    for page in (name, f"{name}-evidence"):
        said = [o["data"]["text/markdown"] for o in outputs(page) if "text/markdown" in o["data"]]
        texts = ["".join(text) for text in said if "](#number-" in "".join(text)]
        assert not any(re.search(r"(?<!\\)\$", text) for text in texts)


def test_no_card_tells_a_rule_in_codes_of_countries(name):
    for page in (name, f"{name}-evidence"):
        rules = [
            number["rule"]
            for output in outputs(page)
            for said in output["data"].values()
            if isinstance(said, dict)
            for number in said.get("numbers", ())
        ]
        assert rules
        assert [it for it in rules if NAMES.keys() & set(re.findall(r"\b[A-Z]{3}\b", it))] == []
