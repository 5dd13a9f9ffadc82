"""What stands on a picture is what its data say."""

from dataclasses import dataclass, field

import pandas as pd
import pytest
from matplotlib.figure import Figure

from analysis.chapter import marks
from analysis.charts.chart import Chart
from analysis.errors import ChapterError

FRAME = pd.DataFrame({"name": ["once", "twice"], "value": [25.04, 50.08]})


@dataclass(frozen=True)
class Bars(Chart):
    """Two bars with their numbers."""

    frame: pd.DataFrame = field(default_factory=FRAME.copy)
    numbers = ("25.0", "50.1")
    alt = "Two bars: 25 counted once and 50 counted twice, 75.1 in all."
    caption = "Twice is more than once."
    sources = ("imf2022",)
    start = ""

    def draw(self, ax):
        """Draw them."""
        ax.bar(self.frame["name"], self.frame["value"])
        for place, number in enumerate(self.numbers):
            ax.text(place, 1, number)
        if self.start:
            ax.set_ylim(float(self.start.split()[0]), 60)
        return ax


def held(frame=FRAME, **changes):
    chart, figure = type("Other", (Bars,), changes)(frame), Figure()
    chart.draw(figure.subplots())
    marks.hold(figure, chart, "trade, figure bars")


def test_values_as_rounded_counts_and_sums_may_stand_on_it():
    held()
    held(numbers=("2 bars", "25.0"))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        # An axis that does not begin at zero.
        ({"start": "10 "}, "^trade, figure bars: a bar from 0 to 25.04 on an axis from 10 to 60"),
        # A label, and words, of another frame.
        ({"numbers": ("24.0", "50.1")}, "24.0 stands in the picture .allowed: a value of its data"),
        ({"alt": "Two bars: 25 counted once and 51 counted twice."}, "51 stands in its words"),
        # A drawing of another frame than the labels and the words.
        ({"frame": FRAME.assign(value=[31.0, 62.0])}, "stands in the picture"),
        # Thousand for million.
        ({"frame": FRAME.assign(value=[0.02504, 0.05008])}, "stands in the picture"),
    ],
)
def test_a_picture_that_says_another_thing_than_its_data_is_refused(changes, refusal):
    with pytest.raises(ChapterError, match=refusal):
        held(**changes)
