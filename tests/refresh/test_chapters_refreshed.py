"""After a refresh the chapters run, and what they say is what the figures say.

Each state is a release of BACI made from the book's own path, applied to a copy of the project:
the gap closed with the same totals, with 2024 doubled or halved, or closed to 2023 only.
"""

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
ON_TRADE = ("index.ipynb", "trade.ipynb")
PERCENT = "\N{NO-BREAK SPACE}%"


def state(release, root, monkeypatch, scale, years, *, chapters=ON_TRADE):
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
        if chapters and path.name not in chapters:
            path.unlink()
    said, glue = {}, outputs.Chapter.sentence

    def sentence(self, name, told):
        said[self.name, name] = str(told)
        glue(self, name, told)

    monkeypatch.setattr(outputs.Chapter, "sentence", sentence)
    return trial.stops(root, root), said


#: What may be said only where a part of 2024 is an estimate.
GUESSED = ("our estimate", ", an estimate", "partly an estimate", "draws in ten",
           "fig-trade-estimate", "questions are open", "three humps")  # fmt: skip


def test_a_gap_that_is_closed_leaves_no_estimate_to_speak_of(release, tmp_path, monkeypatch):
    stops, said = state(release, tmp_path, monkeypatch, 1.0, ALL)
    assert stops == {}
    text = " ".join(said.values())
    assert not [words for words in GUESSED if words in text]
    # 25.05 after 27.79.
    assert said["trade", "moved"] == said["index", "moved"] == f"fell by 10{PERCENT}"
    assert "came to $25.0 billion, every pair measured." in said["trade", "counted"]
    assert said["trade", "by_rules"].startswith("It depends on how one counts")
    assert said["trade", "basis"].startswith("For all ten pairs")
    assert "`cepii202601hs92`" in said["trade", "basis"]
    assert said["trade", "side"] == "Settled: the pair is measured."
    assert "fig-trade-goods" in said["trade", "goods_here"]


def test_a_year_that_doubles_is_said_to_rise_and_every_chapter_runs(release, tmp_path, monkeypatch):
    stops, said = state(release, tmp_path, monkeypatch, 2.0, LATE, chapters=())
    assert stops == {}
    # 50.10 after 27.79, and by every rule more than 45.
    assert said["trade", "moved"] == said["index", "moved"] == f"rose by 80{PERCENT}"
    assert said["trade", "by_rules"] == "By every counting rule it passes the amount."
    assert said["index", "answer"] == "By every counting rule, yes."
    assert "about $50 billion in 2024; counted twice" in said["index", "both"]
    assert "trade total holds by every counting rule" in said["verdicts", "weaker"]
    assert said["trade", "since"] == "has risen since"
    assert "the rise of 80" in said["trade", "decade"]
    assert "the year of the fall" not in said["trade", "editions"]
    assert "did not double" not in said["trade", "president"]
    assert "about twice the value" not in said["trade", "plainest"] + said["trade", "fits"]
    assert said["trade", "faster"].endswith("The share rose for all five.")
    assert said["priorities", "estimates"] == "No figure of trade with members is an estimate."


def test_a_year_that_halves_is_said_to_fall_below_what_it_was(release, tmp_path, monkeypatch):
    stops, said = state(release, tmp_path, monkeypatch, 0.5, LATE)
    assert stops == {}
    # 12.52 after 27.79; twice with observers 35.2.
    assert said["trade", "moved"] == f"fell by 55{PERCENT}"
    assert said["trade", "by_rules"] == "By none of our counts does it pass the amount."
    assert said["index", "plain"] == ("The amount in the article is passed by none of our counts.")
    # 12.52 over 11.52, and prices rose by a third.
    assert said["trade", "growing"].startswith("grew by 0.8")
    assert said["trade", "direction"] == "The direction depends on the source."
    assert "grew slower" in said["trade", "faster"]


def test_a_gap_that_is_closed_in_part_leaves_the_rest_open(release, tmp_path, monkeypatch):
    stops, said = state(release, tmp_path, monkeypatch, 1.0, TO_2023)
    assert stops == {}
    assert "our estimate (nine draws in ten" in said["trade", "counted"]
    assert "for all ten in 2005 to 2023. For the rest" in said["trade", "basis"]
    # No second edition of a year is left; the other three questions stand.
    assert "Three questions are open" in said["trade", "how_sure"]
    assert said["trade", "release"].startswith("Without an answer")
    assert "three humps" in said["trade", "side"]
    assert said["trade", "partly"].startswith("**2024 is partly an estimate.**")
