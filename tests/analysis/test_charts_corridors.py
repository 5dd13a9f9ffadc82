"""The figures of the corridors show what their frames hold."""

import matplotlib as mpl
import pandas as pd

from analysis import tables
from analysis.charts import corridors as draw
from analysis.charts import style
from analysis.quantities import Quantity
from tests.charted import picture, words


def apart(ax):
    """No two texts of a figure touch."""
    texts = [text for text in ax.texts if text.get_text()]
    with mpl.rc_context(style.HOUSE):
        boxes = [mpl.text.Text.get_window_extent(text) for text in texts]
    for i, box in enumerate(boxes):
        for j, other in enumerate(boxes[:i]):
            assert not box.overlaps(other), (texts[i].get_text(), texts[j].get_text())


def test_every_corridor_of_the_table_has_a_look_of_its_own():
    names = tables.read("route_corridors")["corridor"]
    assert set(names) == set(draw.CORRIDORS)
    assert len({look.marker for look in draw.CORRIDORS.values()}) == len(names)


SUMMARY = pd.DataFrame(
    [
        ("Northern", "Rhine", "P to Q", 18.0, 17.0, 18.0, 19.0),
        ("Middle via Poti", "Rhine", "P to R", 32.0, 27.0, 32.0, 38.0),
        ("Sea to Poti", "Black Sea", "S to T", 37.0, 36.0, 37.0, 39.0),
    ],
    columns=["corridor", "market", "ends", "mean", "p10", "median", "p90"],
)
BINS = pd.DataFrame(
    [(name, day + step, 20.0) for name, _, _, day, *_ in SUMMARY.itertuples(index=False)
     for step in range(-2, 3)],
    columns=["corridor", "days", "percent"],
)  # fmt: skip


DISTRIBUTIONS = draw.Distributions(BINS, ("k",), SUMMARY)


def test_distributions_show_each_corridor_with_its_ends_median_and_range():
    ax = picture(DISTRIBUTIONS)
    assert {"18 (17 to 19)", "32 (27 to 38)", "37 (36 to 39)"} <= set(words(ax))
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert labels == ["Northern", "Middle via Poti", "Sea to Poti"]
    # Ends that corridors share are named once, over them.
    assert {"To the Rhine: P to Q", "To the Rhine: P to R"} <= set(words(ax))
    bars = [line for line in ax.lines if line.get_linewidth() == 3.2]
    assert [tuple(bar.get_xdata()) for bar in bars] == [(17, 19), (27, 38), (36, 39)]
    apart(ax)
    alt = DISTRIBUTIONS.alt
    assert "Middle via Poti, P to R: median 32 days, eight in ten between 27 and 38" in alt


BOARD = pd.DataFrame(
    [
        ("a train", 10.0, 10.0, 12.0, 8.0, 11.0, 15.0, 10.0, True),
        ("an average", 20.0, 22.0, float("nan"), 8.0, 11.0, 15.0, 21.0, False),
    ],
    columns=["journey", "days_low", "days_high", "told_high", "p10", "median", "p90", "days",
             "hit"],
)  # fmt: skip
SCORE = draw.Scoreboard(
    BOARD, ("k",), Quantity(1, "journeys", "r", (), ()), Quantity(2, "journeys", "r", (), ())
)


def test_a_hit_and_a_miss_differ_by_mark_as_well_as_colour():
    ax = picture(SCORE)
    assert [line.get_marker() for line in ax.lines if line.get_marker() in "DX"] == ["D", "X"]
    bars = [line for line in ax.lines if line.get_linewidth() == 7]
    assert [list(bar.get_xdata()) for bar in bars] == [[8, 15], [8, 15]]
    planned = [line for line in ax.lines if line.get_marker() == "o"]
    assert [list(line.get_xdata()) for line in planned] == [[12]]
    assert ax.get_xlim()[0] == 0
    assert "a train: 10 days, model 8 to 15, hit" in SCORE.alt
    assert "an average: 20 to 22 days, model 8 to 15, miss" in SCORE.alt
    assert SCORE.caption == (
        "The model's range, meant to cover four in five journeys, covers 1 of 2."
    )


MONTHS = pd.DataFrame(
    [(month, 1.5, 2.6, 3.9 + (month == 12), 1.0, 0.0, 2.0) for month in range(1, 13)],
    columns=["month", "p10", "median", "p90", "closed", "closed_low", "closed_high"],
)


def test_the_crossing_stands_over_the_closures_month_by_month():
    chart = draw.CrossingByMonth(MONTHS, ("k",))
    figure = picture(chart).get_figure()
    above, below = figure.axes[1:]
    assert above.get_ylim()[0] == 0
    assert [bar.get_height() for bar in below.patches] == [1] * 12
    assert len(below.get_xticklabels()) == 12
    assert (
        chart.caption == "One in ten containers takes five days or more in December, four in July."
    )
    assert "December: median 2.5, P90 5, days with the ports closed 1" in chart.alt


TRIED = pd.DataFrame(
    [("westbound", 0.7, 1.2, 2.3), ("storms", 0.8, 1.2, 1.9), ("handling", 1.2, 1.2, 1.22)],
    columns=["setting", "low", "value", "high"],
)


def test_the_widest_setting_is_named_and_every_range_is_drawn_from_zero():
    chart = draw.Sensitivity(TRIED, ("k",))
    ax = picture(chart)
    assert ax.get_xlim()[0] == 0
    assert [(bar.get_x(), round(bar.get_width(), 1)) for bar in ax.patches] == [
        (0.7, 1.6), (0.8, 1.1), (1.2, 0.0),
    ]  # fmt: skip
    # A bar too thin to see is told in words, and no other.
    assert [text.get_text() for text in ax.texts] == ["hardly any effect"]
    assert chart.caption == "Share going west and days of storm matter most for the wait."
    assert "Share going west 0.5 to 2.5" in chart.alt
