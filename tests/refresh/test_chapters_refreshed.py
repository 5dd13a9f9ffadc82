"""After a refresh the chapters run, and what they say is what the figures say.

Each state is a release of BACI made from the book's own path, applied to a copy of the project:
the gap closed with the same totals, with 2024 doubled or halved, or closed to 2023 only.
"""

import re
from collections import defaultdict

import pytest

from analysis.chapter import Chapter, outputs
from publishing import trial
from refresh import apply
from refresh.fetch import Fetcher
from refresh.proposal import propose
from refresh.sources import cepii
from tests.copies import CHAPTERS, copied

#: The years of the last estimates, and the one that the last is compared with by section.
LATE = (2014, 2021, 2022, 2023, 2024)
#: The chapters whose sentences rest on trade.
ON_TRADE = ("index", "trade", "trade-evidence")


@pytest.mark.parametrize(
    ("scale", "years", "trade", "index"),
    [
        # The gap closed: nothing is estimated.
        (1.0, LATE, ("came to $25.0 billion in 2024; counted twice, $50.1 billion",
                    "Every flow of the year is measured.",
                    "only if each flow is counted twice"), ""),
        # 50.10 after 27.79, and by every rule more than 45.
        (2.0, LATE, ("trade among the five rose by 80", "trade exceeds $45 billion by every count"),
         "By every way of counting, yes."),
        # 12.52 after 27.79; twice with observers 35.2.
        (0.5, LATE, ("trade among the five fell by 55", "$45 billion by none of our counts"),
         "By no way of counting that we know of."),
        # The gap closed in part: the rest stays open.
        (1.0, LATE[:-1], ("our estimate", "Azerbaijan's pairs are open"), ""),
    ],
)  # fmt: skip
def test_sentences_follow_a_release(release, tmp_path, monkeypatch, scale, years, trade, index):
    """A release is applied in a copy; no chapter stops, and each says what is then so."""
    root = copied(tmp_path, CHAPTERS)
    place = release(
        root / "BACI_HS92_V202601.zip", lambda y: scale if y == 2024 else 1.0, years=years
    )
    fetcher = Fetcher(root / "answers", shown=False)
    delivery = cepii.read(str(place), fetcher, range(2005, 2025), [2023, 2024])
    apply.write(propose(delivery, root).texts, root)
    if scale < 1:  # half of a total is drawn as its double is
        monkeypatch.setattr(Chapter, "figure", lambda *_, **__: None)
    said, compose = defaultdict(str), outputs.compose

    def kept(template, values, chapter):
        sentence = compose(template, values, chapter)
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", " ".join(sentence.text.split()))
        said[chapter] += f" {words}"
        return sentence

    monkeypatch.setattr(outputs, "compose", kept)
    monkeypatch.setattr(outputs, "_picture", lambda figure: "")
    with trial.evidence_of(root):
        stops = {name: trial.run(root / "chapters" / f"{name}.ipynb")[1] for name in ON_TRADE}
    assert stops == dict.fromkeys(ON_TRADE, "")
    for words in trade:
        assert words in said["trade"]
    assert index in said["index"]
    if (scale, years) == (1.0, LATE):
        assert "our estimate" not in " ".join(said.values())
