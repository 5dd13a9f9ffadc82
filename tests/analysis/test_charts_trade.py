"""The pictures of the trade chapter show what their frames hold."""

import re
from dataclasses import replace
from itertools import combinations

import pytest
from matplotlib.text import Text

from analysis import tables, trade
from analysis.charts import outlook, pairs, style
from analysis.charts import trade as draw
from analysis.countries import FIVE
from tests.charted import picture, words


@pytest.fixture(scope="module")
def charts():
    """Every picture of the chapter, from the evidence."""
    read = {
        name: tables.read(f"trade_{name}")
        for name in ("flows", "pairs", "stated", "sums", "totals", "statements")
    }
    prices = tables.read("prices")
    path = trade.path(read["pairs"], read["flows"], read["stated"])
    years = trade.yearly(path)
    counted = trade.counts(path, trade.Records.of(tables.read), 2024)
    low, high = (trade.count_of(counted, "once", FIVE, it) for it in ("low", "high"))
    said = trade.lines(read["statements"], read["totals"], years, "tokayev2025")
    partners = trade.by_partners(path, read["flows"], "AZE")
    answers = trade.scenarios(path, trade.Records.of(tables.read))
    grown = trade.choices(path, partners, answers, 2014, 2024)
    ends = tuple(trade.choice_of(grown, it) for it in ("least", "most"))
    real = years.merge(trade.real(years, prices, 2024), how="left")
    shares = trade.share_path(path, read["totals"])
    return {
        "ladder": draw.Ladder(counted, 45),
        "lines": draw.Lines(said, counted, "tokayev2025", "2021-06"),
        "path": draw.Path(real, trade.breaks(path, read["flows"], since=2014), (low, high),
                          ends, ("bls",), 2014, 2024),
        "groups": outlook.Groups(
            trade.beside_others(tables.read("trade_groups"), shares, 2021), 2021
        ),
        "panels": pairs.Panels(path, 2014, 2024),
        "mirrors": pairs.Mirrors(trade.gaps(read["flows"], 2020), 2020),
    }  # fmt: skip


NAMED = ("ladder", "lines", "path", "groups", "panels", "mirrors")


@pytest.fixture(scope="module")
def figures(charts):
    """Each of them drawn once, at its height in the chapter."""
    return {name: drawn(chart) for name, chart in charts.items()}


def drawn(chart):
    return picture(chart).get_figure()


@pytest.mark.parametrize("name", NAMED)
def test_labels_stay_inside_the_picture_and_off_each_other(figures, name):
    figure = figures[name]
    width, height = figure.bbox.width, figure.bbox.height
    boxes = [
        (text.get_text(), text.get_window_extent())
        for ax in figure.axes
        if ax.axison
        for text in [*ax.texts, ax.title, ax.xaxis.label, ax.yaxis.label]
        if isinstance(text, Text) and text.get_text().strip()
    ]
    assert boxes
    for text, box in boxes:
        assert box.x0 >= -1, text
        assert box.x1 <= width + 1, text
        assert box.y0 >= -1, text
        assert box.y1 <= height + 1, text
    for (first, one), (second, other) in combinations(boxes, 2):
        wide = min(one.x1, other.x1) - max(one.x0, other.x0)
        high = min(one.y1, other.y1) - max(one.y0, other.y0)
        assert wide < 1 or high < 1.5, f"{first!r} runs into {second!r}"


@pytest.mark.parametrize("name", NAMED)
def test_no_label_is_smaller_than_a_phone_shows(figures, name):
    # At 390 px a figure of 389 points is 380 px wide: 11.3 points come out as 11 px.
    for ax in figures[name].axes:
        labels = [*ax.texts, ax.xaxis.label, ax.yaxis.label]
        if ax.axison:
            labels += [*ax.get_xticklabels(), *ax.get_yticklabels()]
        assert all(text.get_fontsize() >= 11.3 for text in labels if text.get_text().strip())


def test_the_ladder_has_a_bar_a_rung_and_the_claim_across(figures, charts):
    figure = figures["ladder"]
    ax = figure.axes[0]
    widths = sorted(bar.get_width() for bar in ax.patches)
    assert widths == pytest.approx(sorted(charts["ladder"].frame["central"]))
    assert any(list(line.get_xdata()) == [45, 45] for line in ax.lines)
    assert "Five members' own reports, added up" in words(ax)
    assert "41.4 to 48.9" in charts["ladder"].alt
    assert charts["ladder"].caption == (
        "In 2024, trade exceeds $45 billion only if each flow is counted twice."
    )


def test_each_statement_is_a_mark_joined_to_the_one_it_repeats(figures, charts):
    ax = figures["lines"].axes[0]
    shown = charts["lines"].shown
    marks = [line for line in ax.lines if line.get_linestyle() == "None" and len(line.get_xdata())]
    assert sorted(y for line in marks for y in line.get_ydata()) == sorted(shown["usd_billion"])
    joined = [line for line in ax.lines if line.get_linewidth() == 0.9]
    assert len(joined) == shown["repeats"].isin(shown["id"]).sum()
    # Red: the article's own line, from 42 to 45, and nothing of one country's trade or the world's.
    (red,) = [line for line in marks if line.get_color() == style.CLAIM]
    assert set(red.get_ydata()) == {42, 42.3, 45}
    assert not {8.4, 9.4, 11.9, 1200} & set(shown["usd_billion"])
    assert charts["lines"].caption == "We trace the article's figure to a minister's 42."


def test_bars_of_groups_are_their_shares(figures, charts):
    bars = [bar.get_width() for bar in figures["groups"].axes[0].patches]
    assert bars == charts["groups"].frame["share"].tolist()


def test_the_path_shows_nominal_real_and_what_each_year_rests_on(figures, charts):
    figure = figures["path"]
    above, below = figure.axes[1:]
    years = charts["path"].frame
    drawn = [list(line.get_ydata()) for line in above.lines]
    assert years["central"].tolist() in drawn
    # Each year's three parts fill the bar to a hundred.
    assert sum(bar.get_height() for bar in below.patches) == pytest.approx(100 * len(years))
    assert {"in dollars of 2024", "in dollars of each year", "22.3", "27.7"} <= set(words(above))
    ends = charts["path"].ends
    assert ends == pytest.approx((22.3, 27.7), abs=0.05)
    assert any(tuple(line.get_ydata()) == ends for line in above.lines)


def test_without_an_estimate_no_picture_speaks_of_one(charts):
    chart = charts["path"]
    years = chart.frame.assign(measured=chart.frame["central"], spliced=0.0, estimated=0.0)
    none = trade.breaks(charts["panels"].frame.assign(basis="reconciled", edition="one"))
    same = replace(chart.interval[0], value=25.0)
    settled = replace(chart, frame=years, breaks=none, interval=(same, same))
    above, below = drawn(settled).axes[1:]
    assert below.get_xlabel() == "strong: measured"
    assert not any(tuple(line.get_ydata()) == (25.0, 25.0) for line in above.lines)
    assert not any(line.get_linestyle() == ":" for line in above.lines)
    assert "interval" not in settled.alt
    ladder = charts["ladder"]
    (ax,) = drawn(replace(ladder, frame=ladder.frame.assign(estimate=False))).axes
    assert ax.get_xlabel() == "USD billion, 2024"


def test_every_pair_has_a_panel_from_zero(figures):
    *inner, key = figures["panels"].axes[1:]
    assert len(inner) == 10
    (words_of_key,) = words(key)
    assert {"USD billion", "band", "dashed", "dotted", "diamond"} <= set(
        re.findall(r"USD billion|\w+", words_of_key)
    )
    assert inner[0].get_title(loc="left") == "Kazakhstan–Türkiye"
    assert all(panel.get_ylim()[0] == 0 for panel in inner)


def test_a_mirror_bar_is_the_gap_between_two_reports(figures, charts):
    ax = figures["mirrors"].axes[0]
    gaps = charts["mirrors"].frame["gap"]
    bars = [bar.get_width() for bar in ax.patches]
    assert bars == sorted(gaps, key=abs, reverse=True)
    assert "Azerbaijan–Türkiye: 4.68 and 1.97" in words(ax)


@pytest.mark.parametrize(
    ("name", "figure"),
    [("lines", "Tokayev: more than 45"), ("path", "27.8"), ("groups", "21.3%"),
     ("panels", "7 in 2024"), ("mirrors", "+2.7")],
)  # fmt: skip
def test_words_tell_the_figures_that_the_pictures_hold(charts, name, figure):
    assert figure in charts[name].alt


def test_a_chart_names_the_sources_of_all_that_it_shows(charts):
    assert charts["path"].sources[0] in charts["path"].frame["source_keys"].iloc[0].split()
    assert "bls" in charts["path"].sources
