"""The pictures of the priorities chapter show what their frames hold."""

from dataclasses import replace
from itertools import pairwise

import pandas as pd
import pytest

from analysis import priorities, tables
from analysis.charts import priorities as draw
from analysis.charts import style
from analysis.countries import NAMES
from tests.charted import picture, words

#: Türkiye's regulatory quality 0.46 to −0.23, with standard errors of 0.18 and 0.22.
FIRST = "wgi_regulatory_quality"


def panels():
    names = ("gross_capital_formation", "lpi_overall", FIRST)
    frame = priorities.panels(tables.read("indicators"), tables.read("indicator_list"), names, 2007)
    return draw.Panels(frame, ("s",), "Three indicators.")


def test_each_indicator_has_a_panel_and_each_country_a_line():
    chart = panels()
    ax = picture(chart)
    frame = chart.frame
    inner = ax.get_figure().axes[1:]
    assert [panel.get_title(loc="left").replace("\n", " ") for panel in inner] == list(
        dict.fromkeys(frame["panel"])
    )
    for panel, (_, rows) in zip(inner, frame.groupby("panel", sort=False), strict=True):
        # Countries in full; a line that ends early has its last year by its name.
        ends = rows[rows["value"].notna()].groupby("country")["year"].max()
        named = [
            NAMES[code] + (f" {year}" if year < rows["year"].max() else "")
            for code, year in ends.items()
        ]
        assert words(panel)[:-1] == named
        for code, line in rows.groupby("country"):
            drawn = [
                list(d.get_ydata())
                for d in panel.lines
                if d.get_color() == style.COUNTRIES[code].color
            ]
            assert any(pd.Series(each).equals(line["value"].reset_index(drop=True))
                       for each in drawn)  # fmt: skip


def test_the_keys_of_open_marks_and_uprights_stand_where_there_are_some():
    panels_ = picture(panels()).get_figure().axes[1:]
    # Investment has an estimate, logistics neither, governance standard errors.
    assert [panel.get_xlabel() for panel in panels_] == [
        "hollow: estimate", "", "uprights: 90% intervals",
    ]  # fmt: skip


def test_the_years_that_a_finding_tells_of_are_shaded_and_named():
    chart = replace(panels(), marked=(2014, 2016))
    for panel in picture(chart).get_figure().axes[1:]:
        (band,) = panel.patches
        assert (band.get_x(), band.get_width()) == (2014, 2)
        assert {2014, 2016} < set(panel.get_xticks())
    assert not any(panel.patches for panel in picture(panels()).get_figure().axes[1:])


def test_a_line_is_broken_where_a_year_is_missing_and_an_estimate_ends_in_an_open_mark():
    ax = picture(panels())
    panel = ax.get_figure().axes[2]  # logistics: Azerbaijan has no round after 2014
    line = next(d for d in panel.lines if d.get_color() == style.COUNTRIES["AZE"].color)
    drawn = dict(zip(line.get_xdata(), line.get_ydata(), strict=True))
    assert pd.isna(drawn[2016])
    assert pd.isna(drawn[2018])
    assert "Azerbaijan 2014" in words(panel)
    panel = ax.get_figure().axes[1]  # investment: Kazakhstan's 2024 is the publisher's estimate
    ends = [line for line in panel.lines if line.get_marker() == style.COUNTRIES["KAZ"].marker]
    assert ends[0].get_markerfacecolor() == style.GROUND
    # A standard error is an upright of 1.645 to either side.
    panel = ax.get_figure().axes[3]
    mark = style.COUNTRIES["UZB"].color
    uprights = [d.get_ydata() for d in panel.lines
                if d.get_color() == mark and len(d.get_xdata()) == 2]  # fmt: skip
    # 2013: −1.60 with a standard error of 0.16.
    assert list(uprights[0]) == pytest.approx([-1.60 - 1.645 * 0.16, -1.60 + 1.645 * 0.16])
    assert len(uprights) == 2
    # No label of a panel lies on another.
    for panel in ax.get_figure().axes[1:]:
        heights = sorted(text.get_position()[1] for text in panel.texts[:-1]
                         if not text.get_text().isdigit())  # fmt: skip
        low, high = panel.get_ylim()
        least = min(b - a for a, b in pairwise(heights))
        assert least > 0.07 * (high - low)


def steps():
    frame = pd.DataFrame(
        [("Trust", "2023-12-01", "Plan", "promised", 2023.9, "s"),
         ("Trust", "2024-05-01", "Treaty", "signed", 2024.3, "s"),
         ("Trust", "2025-05-01", "Fund", "working", 2025.3, "t")],
        columns=["priority", "date", "step", "stage", "when", "source_keys"],
    )  # fmt: skip
    return draw.Steps(frame, ("Trust", "Energy"), (2023.84, 2024.85), 2025.01)


def test_steps_stand_at_their_day_with_the_term_shaded():
    chart = steps()
    ax = picture(chart)
    band = ax.patches[0]
    assert (band.get_x(), band.get_width()) == pytest.approx((2023.84, 1.01))
    marks = [line for line in ax.lines if line.get_marker() in "osD"][:3]
    assert [line.get_xdata()[0] for line in marks] == [2023.9, 2024.3, 2025.3]
    assert [line.get_marker() for line in marks] == ["o", "s", "D"]
    assert {"chairmanship", "the article", "none matched", "in force"} <= set(words(ax))
    assert "Energy: no step found" in chart.alt
    assert "1 May 2024, Treaty: signed" in chart.alt
    assert chart.sources == ("s", "t")


def board():
    frame = pd.DataFrame(
        [("T1", "Shared", "elements", "AZE", 2025, 11.0, 1.0, "better"),
         ("T1", "Shared", "elements", "KAZ", 2025, 0.0, 0.0, ""),
         ("E8", "Intensity", "kWh a dollar", "AZE", 2021, 1.2, 0.5, "worse"),
         ("E8", "Intensity", "kWh a dollar", "KAZ", 2022, 1.6, 0.0, "")],
        columns=["letter", "name", "unit", "country", "year", "value", "level", "progress"],
    )  # fmt: skip
    verdicts = ["rose", "not tested", "fell", "no clear change"]
    return draw.Board(frame.assign(verdict=verdicts), ("s",))


def test_the_board_has_a_cell_an_indicator_and_country_stronger_towards_the_best():
    ax = picture(board())
    shades = [cell.get_alpha() for cell in ax.patches]
    assert shades == pytest.approx([0.5, 0.05, 0.275, 0.05])
    # Clear changes are triangles in the corner of a cell, an older figure has a star.
    assert {"11", "0", "1.20*", "1.60", "T", "E", "Azerbaijan"} <= set(words(ax))
    assert [line.get_marker() for line in ax.lines] == ["^", "v"]


def test_a_chart_says_in_words_what_it_draws():
    for chart, figures in (
        (panels(), "Türkiye 0.46 in 2013, −0.23 in 2023"),
        (panels(), "no figure for 2016 and 2018"),
        (board(), "Azerbaijan 11 in 2025"),  # a count has no decimals
        (board(), "Azerbaijan 1.20 in 2021, clearly worse"),
    ):
        assert figures in chart.alt, type(chart).__name__
    assert panels().caption == "Three indicators."
    assert board().caption == (
        "Of 3 pairs of indicator and member tested, one improved clearly and one worsened."
    )
    assert steps().caption == "Within the term one step went beyond a promise."
