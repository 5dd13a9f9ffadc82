"""The pictures of the context chapter show what their frames hold."""

import pytest

from analysis import context, tables
from analysis.charts import context as draw
from analysis.charts import style
from analysis.countries import WITH_OBSERVERS
from tests.charted import picture, words

RELEASES = (("area", 2026, "World Factbook, May 2026"), ("gdp_ppp", 2024, "WEO October 2025"))


def count():
    history = context.count_history(tables.read("event_counts"), tables.read("events"), "KAZ")
    return draw.EventCount(history)


def sizes():
    return draw.CountrySizes(context.country_sizes(tables.read("sizes"), WITH_OBSERVERS, RELEASES))


def repeated():
    return draw.Repeated(context.shared_words(tables.read("statement_wordings")))


def area():
    fits = context.fits(tables.read("sizes"), tables.read("size_statements"))
    rows = fits[(fits["measure"] == "area") & (fits["date"] == "2024-03-10")]
    return draw.StatedArea(rows, ("apa2024",))


def test_each_passage_is_a_bar_filled_as_far_as_it_was_said_before():
    ax = picture(repeated())
    assert [bar.get_width() for bar in ax.patches[::2]] == [10, 6, 9, 10]
    assert [bar.get_width() for bar in ax.patches[1::2]] == [7, 3, 4, 1]
    assert {"10 of 17", "10 of 11", "Ten years"} <= set(words(ax)) | {
        label.get_text() for label in ax.get_yticklabels()
    }


def test_the_stated_area_is_a_band_that_no_bar_ends_in():
    chart = area()
    ax = picture(chart)
    band, *bars = ax.patches
    low, high = band.get_x(), band.get_x() + band.get_width()
    # About 4.5: a whole tenth to either side.
    assert (low, high) == pytest.approx((4.4, 4.6))
    assert [round(bar.get_width(), 2) for bar in bars] == [3.80, 4.24, 4.34, 4.73, 4.82]
    assert not any(low < bar.get_width() < high for bar in bars)
    assert chart.caption == "The stated 4.5 million km² fits no list of members and observers."
    fitting = draw.StatedArea(chart.frame.assign(fits=chart.frame["list"] == "five members"), ())
    assert fitting.caption == "The stated 4.5 million km² fits five members."


def test_each_measure_has_a_panel_and_each_country_a_bar_from_zero():
    chart = sizes()
    ax = picture(chart)
    inner = ax.get_figure().axes[1:]
    assert len(inner) == 2
    for panel, (_, rows) in zip(inner, chart.frame.groupby("measure", sort=False), strict=True):
        widths = [bar.get_width() for bar in panel.patches]
        assert widths == pytest.approx(list(rows["value"] / rows["value"].max()))
        assert all(bar.get_x() == 0 for bar in panel.patches)
        assert "Türkiye" in words(panel)
    # An observer differs from a member by its hatch too.
    panel = inner[0]
    assert [bool(bar.get_hatch()) for bar in panel.patches] == [False] * 5 + [True] * 2
    # Figures of one panel have the same decimals.
    area = [text for text in words(ax.get_figure().axes[1]) if text[0].isdigit()]
    assert area == ["0.09", "2.72", "0.20", "0.78", "0.45", "0.09", "0.49"]
    output = [text for text in words(ax.get_figure().axes[2]) if text[0].isdigit()]
    assert not any("." in text for text in output)


def test_the_count_is_drawn_on_the_day_on_which_it_was_stated():
    chart = count()
    ax = picture(chart)
    frame = chart.frame
    points = [
        (line.get_xdata()[0], line.get_ydata()[0])
        for line in ax.lines
        if line.get_marker() in "o^vs"
    ]
    assert points == list(zip(frame["day"], frame["count"], strict=True))
    assert ax.get_ylim()[0] == 0
    assert ax.get_xlabel() == "days since 3 Nov 2023"
    # The article's own is in its own colour.
    claims = [line for line in ax.lines if line.get_color() == style.CLAIM]
    assert [line.get_xdata()[0] for line in claims] == [427]  # 3 January 2025


def test_a_chart_says_in_words_what_it_draws():
    for chart, figures in (
        (sizes(), "Türkiye 3,553"),
        (count(), "day 312 (10 Sep 2024): more than 80"),
    ):
        assert figures in chart.alt, type(chart).__name__
    assert count().caption == "Events as stated: about 40 on day 246, more than 80 on day 312."
    assert "tokayev2025ana" in count().sources
