"""After a refresh the chapters run, and what they say is what the figures say.

Each state is a release of BACI made from the book's own path, applied to a copy of the project:
the gap closed with the same totals, with 2024 doubled or halved, or closed to 2023 only.
"""

import re
import shutil

from analysis.chapter import outputs
from analysis.project import ROOT
from publishing import trial
from refresh import apply
from refresh.fetch import Fetcher
from refresh.proposal import propose
from refresh.sources import cepii

ALL, TO_2023 = range(2005, 2025), range(2005, 2024)
#: The years of the last estimates, and the one that the last is compared with by section.
LATE = (2014, 2021, 2022, 2023, 2024)
#: The chapters whose sentences rest on trade; the others are run in one state.
ON_TRADE = ("index.ipynb", "trade.ipynb", "trade-evidence.ipynb")


def state(release, root, monkeypatch, scale, years):
    """Apply a release in a copy, run chapters there, and give what stops with what is said."""
    for name in ("analysis", "seeds", "data", "chapters"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "references.bib", root)
    place = release(
        root / "BACI_HS92_V202601.zip", lambda y: scale if y == 2024 else 1.0, years=years
    )
    fetcher = Fetcher(root / "answers", shown=False)
    delivery = cepii.read(str(place), fetcher, range(2005, 2025), [2023, 2024])
    apply.write(propose(delivery, root).texts, root)
    for path in (root / "chapters").glob("*.ipynb"):
        if path.name not in ON_TRADE:
            path.unlink()
    said, compose = {}, outputs.compose

    def told(template, values, chapter):
        sentence = compose(template, values, chapter)
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", " ".join(sentence.text.split()))
        said[chapter] = f"{said.get(chapter, '')} {plain}"
        return sentence

    monkeypatch.setattr(outputs, "compose", told)
    return trial.stops(root, root), said


def test_a_gap_that_is_closed_leaves_no_estimate_to_speak_of(release, tmp_path, monkeypatch):
    stops, said = state(release, tmp_path, monkeypatch, 1.0, ALL)
    assert stops == {}
    assert "our estimate" not in " ".join(said.values())
    assert "came to $25.0 billion in 2024; counted twice, $50.1 billion" in said["trade"]
    assert "Every flow of the year is measured." in said["trade"]
    assert "only when each flow is counted twice" in said["trade"]


def test_a_year_that_doubles_is_said_to_rise_and_passes_every_count(release, tmp_path, monkeypatch):
    stops, said = state(release, tmp_path, monkeypatch, 2.0, LATE)
    assert stops == {}
    # 50.10 after 27.79, and by every rule more than 45.
    assert "trade among the five rose by 80" in said["trade"]
    assert "the amount is passed by every count" in said["trade"]
    assert "By every way of counting, yes." in said["index"]


def test_a_year_that_halves_is_said_to_fall_and_passes_none(release, tmp_path, monkeypatch):
    stops, said = state(release, tmp_path, monkeypatch, 0.5, LATE)
    assert stops == {}
    # 12.52 after 27.79; twice with observers 35.2.
    assert "trade among the five fell by 55" in said["trade"]
    assert "the amount is passed by none of our counts" in said["trade"]
    assert "By no way of counting that we know of." in said["index"]


def test_a_gap_that_is_closed_in_part_leaves_the_rest_open(release, tmp_path, monkeypatch):
    stops, said = state(release, tmp_path, monkeypatch, 1.0, TO_2023)
    assert stops == {}
    assert "our estimate" in said["trade"]
    assert "Azerbaijan's pairs are open" in said["trade"]
