"""The pictures of the context chapter show what their frames hold."""

from itertools import pairwise

import pytest
from matplotlib.figure import Figure

from analysis import context, tables
from analysis.charts import context as draw
from analysis.charts import style
from analysis.countries import FIVE, WITH_OBSERVERS

RELEASES = (("area", 2026, "World Factbook, May 2026"), ("population", 2024, "WEO October 2025"))


@pytest.fixture
def ax():
    return Figure(figsize=(style.WIDTH, 4)).subplots()


def texts(ax):
    return [text.get_text() for text in ax.texts]


def history():
    return context.count_history(tables.read("event_counts"), tables.read("events"), "KAZ")


def compared():
    totals = context.sums(tables.read("sizes"), (FIVE, WITH_OBSERVERS))
    return context.size_comparison(totals, tables.read("size_statements"), RELEASES)


def test_every_event_stands_on_the_line_at_its_date_and_is_named(ax):
    frame = context.timeline(tables.read("events"))
    assert draw.timeline(frame, ax=ax) is ax
    points = frame[frame["kind"] != "chairmanship"]
    drawn = [line.get_ydata()[0] for line in ax.lines if line.get_marker() in "soD"]
    assert drawn == pytest.approx(list(points["when"]))
    for label in points["label"]:
        assert any(text.endswith(label) for text in texts(ax)), label


def test_time_runs_down_and_labels_do_not_touch(ax):
    frame = context.timeline(tables.read("events"))
    draw.timeline(frame, ax=ax)
    assert ax.yaxis_inverted()
    heights = sorted(t.get_position()[1] for t in ax.texts if t.get_position()[0] == 0.08)
    assert min(b - a for a, b in pairwise(heights)) > 0.5


def test_a_term_of_the_chair_is_a_bar_as_long_as_the_term(ax):
    frame = context.timeline(tables.read("events"))
    draw.timeline(frame, ax=ax)
    ended = frame[frame["days"].notna()]
    assert [bar.get_height() for bar in ax.patches] == pytest.approx(
        list(ended["until"] - ended["when"])
    )
    assert "Kazakhstan\n369 days" in texts(ax)


def test_sums_are_bars_from_zero_and_statements_are_diamonds(ax):
    frame = compared()
    draw.sizes(frame, ax=ax)
    assert len(ax.patches) == (frame["kind"] == "sum").sum()
    assert all(bar.get_x() == 0 for bar in ax.patches)
    diamonds = [line for line in ax.lines if line.get_marker() == "D"]
    assert len(diamonds) == (frame["kind"] == "stated").sum()
    assert "about 4.50" in texts(ax)


def test_bars_of_a_measure_are_to_scale(ax):
    draw.sizes(compared(), ax=ax)
    five, wide = (bar.get_width() for bar in ax.patches[:2])
    assert five / wide == pytest.approx(4.242413 / 4.823541)  # by hand from the Factbook


def test_a_sum_with_observers_differs_by_its_hatch_too(ax):
    draw.sizes(compared(), ax=ax)
    assert [bool(bar.get_hatch()) for bar in ax.patches[:2]] == [False, True]


def test_the_count_is_drawn_on_the_day_on_which_it_was_stated(ax):
    frame = history()
    draw.event_count(frame, ax=ax)
    points = [
        (line.get_xdata()[0], line.get_ydata()[0])
        for line in ax.lines
        if line.get_marker() in "o^vs"
    ]
    assert points == list(zip(frame["day"], frame["count"], strict=True))
    assert ax.get_ylim()[0] == 0
    assert ax.get_xlabel() == "days since 3 Nov 2023"


def test_the_article_s_own_count_is_in_its_own_colour(ax):
    draw.event_count(history(), ax=ax)
    claims = [line for line in ax.lines if line.get_color() == style.CLAIM]
    assert [line.get_xdata()[0] for line in claims] == [427]  # 3 January 2025


def test_what_statements_leave_open_is_hatched(ax):
    frame = context.counts_by_period(tables.read("event_counts"))
    draw.periods(frame, ax=ax)
    open_ = [bar for bar in ax.patches if bar.get_hatch()]
    assert [bar.get_width() for bar in open_] == [4, 4, 20]  # 43 to 47, 62 to 66, 80 to 100
    assert "more than 80 to nearly 100" in texts(ax)
    assert ax.get_xlim()[0] == 0


@pytest.mark.parametrize(
    ("words", "frame", "told"),
    [
        (draw.timeline_alt, lambda: context.timeline(tables.read("events")), "Kazakhstan 369 days"),
        (draw.sizes_alt, compared, "five members: 4.24"),
        (draw.event_count_alt, history, "day 312 (10 Sep 2024): more than 80"),
        (
            draw.periods_alt,
            lambda: context.counts_by_period(tables.read("event_counts")),
            "2021: 43 to 47",
        ),
    ],
)
def test_the_picture_in_words_has_its_figures(words, frame, told):
    assert told in words(frame())


def test_the_words_follow_the_frame():
    frame = history()
    assert "day 1 " in draw.event_count_alt(frame.assign(day=1))
