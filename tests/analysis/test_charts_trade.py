"""The pictures of the trade chapter show what their frames hold."""

from itertools import combinations

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis import tables, trade
from analysis.charts import outlook, pairs, style
from analysis.charts import trade as draw
from analysis.countries import FIVE, FOUR, NAMES, WITH_OBSERVERS


@pytest.fixture
def ax():
    return Figure(figsize=(style.WIDTH, 5), layout="constrained").subplots()


@pytest.fixture(scope="module")
def frames():
    read = {
        name: tables.read(f"trade_{name}")
        for name in ("flows", "pairs", "stated", "sums", "parts", "totals", "targets", "statements")
    }
    prices = tables.read("prices")
    path = trade.path(read["pairs"], read["flows"], read["stated"])
    years = trade.yearly(path)
    reports = trade.national(read["stated"], read["sums"], 2024)
    known = trade.readings(
        path, *(read[n] for n in ("flows", "pairs", "stated", "sums", "parts")), compared=2023
    )
    drawn = trade.simulate(known)
    ladder = trade.ladder(read["flows"], path, FIVE, WITH_OBSERVERS)
    rungs = trade.with_interval(
        trade.with_reports(ladder, reports, 2024), *trade.interval(known, drawn)
    )
    four = trade.path(read["pairs"], read["flows"], read["stated"], FOUR)
    return {
        "rungs": rungs,
        "said": trade.beside(read["statements"], path, reports, 2024, founders=four, rungs=rungs),
        "path": path,
        "years": years.merge(trade.real(years, prices, 2024), how="left"),
        "split": trade.contributions(path, 2014, 2024),
        "cells": trade.intensity(read["flows"], read["totals"], 2023),
        "gaps": trade.gaps(read["flows"], 2020),
        "shares": trade.share_path(path, read["totals"]),
        "level": trade.member_shares(read["flows"], read["totals"], 2023),
        "bins": trade.histogram(drawn),
        "asked": trade.questions(known),
        "ahead": trade.needed(read["targets"], path, read["totals"], start=2014, horizon=2030),
    }


#: Azerbaijan and Türkiye in 2024: Türkiye's statistics 4.16, its minister 8.
SPANS = {"AZE–TUR": (4.16, 8.0)}


def pictures(f):
    """Every picture of the chapter: how it is drawn, and its height there."""
    guessed = trade.ESTIMATED
    return {
        "ladder": (draw.ladder, f["rungs"], {"claimed": 45, "year": 2024}, 5.4),
        "statements": (draw.statements, f["said"], {}, 7.6),
        "path": (
            draw.path, f["years"],
            {"breaks": trade.breaks(f["path"]), "interval": (22.6, 27.4)}, 4.6,
        ),
        "waterfall": (
            pairs.waterfall, f["split"],
            {"start": 2014, "end": 2024, "guessed": guessed, "spans": SPANS}, 5.2,
        ),
        "panels": (pairs.panels, f["path"], {"guessed": guessed}, 7.2),
        "matrix": (pairs.matrix, f["cells"], {}, 4.1),
        "mirrors": (pairs.mirrors, f["gaps"], {}, 4.8),
        "shares": (outlook.shares, f["shares"], {"level": f["level"], "year": 2023}, 3.8),
        "estimate": (
            outlook.estimate, f["bins"],
            {"asked": f["asked"], "central": 25.05, "before": (2023, 27.8)}, 4.6,
        ),
        "targets": (outlook.targets, f["ahead"], {"start": 2014, "end": 2024}, 4.6),
    }  # fmt: skip


NAMED = ("ladder", "statements", "path", "waterfall", "panels", "matrix", "mirrors", "shares",
         "estimate", "targets")  # fmt: skip


def shown(name, frames):
    function, frame, options, height = pictures(frames)[name]
    with mpl.rc_context(style.HOUSE):
        figure = Figure(figsize=(style.WIDTH, height), layout="constrained")
        axes = figure.subplots()
        assert function(frame, ax=axes, **options) is axes
        figure.draw_without_rendering()
    return figure


def texts(ax):
    return [text.get_text() for text in ax.texts]


@pytest.mark.parametrize("name", NAMED)
def test_labels_stay_inside_the_picture_and_off_each_other(frames, name):
    figure = shown(name, frames)
    width, height = figure.bbox.width, figure.bbox.height
    boxes = [
        (text.get_text(), text.get_window_extent())
        for ax in figure.axes
        if ax.axison
        for text in [*ax.texts, ax.title, ax.xaxis.label, ax.yaxis.label]
        if isinstance(text, Text) and text.get_text().strip()
    ]
    assert boxes
    for words, box in boxes:
        assert box.x0 >= -1, words
        assert box.x1 <= width + 1, words
        assert box.y0 >= -1, words
        assert box.y1 <= height + 1, words
    for (first, one), (second, other) in combinations(boxes, 2):
        wide = min(one.x1, other.x1) - max(one.x0, other.x0)
        high = min(one.y1, other.y1) - max(one.y0, other.y0)
        assert wide < 1 or high < 1.5, f"{first!r} runs into {second!r}"


@pytest.mark.parametrize("name", NAMED)
def test_no_label_is_smaller_than_a_phone_shows(frames, name):
    # At 390 px a figure is 366 px wide and 5.4 inches in print: 9 points come out as 8.5 px.
    for ax in shown(name, frames).axes:
        labels = [*ax.texts, ax.xaxis.label, ax.yaxis.label]
        if ax.axison:
            labels += [*ax.get_xticklabels(), *ax.get_yticklabels()]
        assert all(text.get_fontsize() >= 9 for text in labels if text.get_text().strip())


def test_the_ladder_has_a_bar_a_rung_and_the_claim_across(frames):
    figure = shown("ladder", frames)
    ax = figure.axes[0]
    widths = sorted(bar.get_width() for bar in ax.patches)
    assert widths == pytest.approx(sorted(frames["rungs"]["central"]))
    assert any(list(line.get_xdata()) == [45, 45] for line in ax.lines)
    assert "2024, five members, sum of their own reports" in texts(ax)
    assert "41.4 to 49.0" in draw.ladder_alt(frames["rungs"], claimed=45)


def test_each_statement_stands_over_the_bands_of_its_year(frames):
    ax = shown("statements", frames).axes[0]
    said = frames["said"]
    points = [line.get_xdata()[0] for line in ax.lines]
    assert points == said["usd_billion"].tolist()
    bars = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in ax.patches]
    for _, row in said.iterrows():
        for count in ("once", "once+", "twice", "twice+"):
            low, high = row[f"{count}_low"], row[f"{count}_high"]
            if low < high:
                assert (low, high) in [pytest.approx(bar) for bar in bars]
    # BACI's 39.6 for 2023, once with observers, has no range: a thin mark in its middle.
    thin = [bar for bar in ax.patches if bar.get_width() == pytest.approx(0.5)]
    assert {round(bar.get_x() + 0.25, 1) for bar in thin} == {39.6, 79.1}
    # Squares are what was said of exports alone.
    squares = [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "s"]
    assert squares == [5.5, 35.6]
    # The claim and the speech whose words it repeats are drawn in its colour.
    red = [line for line in ax.lines if line.get_color() == style.CLAIM]
    assert [line.get_xdata()[0] for line in red] == [45, 45]


def test_the_path_shows_nominal_real_and_what_each_year_rests_on(frames):
    figure = shown("path", frames)
    above, below = figure.axes[1:]
    years = frames["years"]
    drawn = [list(line.get_ydata()) for line in above.lines]
    assert years["central"].tolist() in drawn
    # Each year's three parts fill the bar to a hundred.
    assert sum(bar.get_height() for bar in below.patches) == pytest.approx(100 * len(years))
    assert {"in dollars of 2024", "in dollars of each year", "22.6", "27.4"} <= set(texts(above))
    assert any(tuple(line.get_ydata()) == (22.6, 27.4) for line in above.lines)


def test_without_an_estimate_no_picture_speaks_of_one(frames):
    years = frames["years"].assign(measured=frames["years"]["central"], spliced=0.0, estimated=0.0)
    none = trade.breaks(frames["path"].assign(basis="reconciled", edition="one"))
    axes = Figure(figsize=(style.WIDTH, 5), layout="constrained").subplots()
    draw.path(years, axes, breaks=none, interval=(25.0, 25.0))
    above, below = axes.figure.axes[1:]
    assert below.get_xlabel() == "dark: measured"
    assert not any(tuple(line.get_ydata()) == (25.0, 25.0) for line in above.lines)
    assert not any(line.get_linestyle() == ":" for line in above.lines)
    assert "interval" not in draw.path_alt(years, interval=(25.0, 25.0))
    axes = Figure().subplots()
    draw.ladder(frames["rungs"].assign(estimate=False), axes, claimed=45, year=2024)
    assert axes.get_xlabel() == "USD billion"
    axes = Figure().subplots()
    split = frames["split"].assign(basis="reconciled")
    pairs.waterfall(split, axes, start=2014, end=2024, guessed=trade.ESTIMATED, spans={})
    assert axes.get_xlabel() == "USD billion, each flow once"


def test_a_target_beside_trade_that_shrank_stands_left_of_zero(frames):
    axes = Figure().subplots()
    ahead = frames["ahead"].assign(past=-2.0)
    outlook.targets(ahead, axes, start=2014, end=2024)
    assert axes.get_xlim()[0] < -2


def test_the_waterfall_leads_from_the_first_total_to_the_last(frames):
    ax = shown("waterfall", frames).axes[0]
    bars = ax.patches
    assert bars[0].get_width() == pytest.approx(frames["split"]["start"].sum())
    assert bars[-1].get_width() == pytest.approx(frames["split"]["end"].sum())
    right = bars[0].get_width()
    for bar in bars[1:-1]:
        assert bar.get_x() == pytest.approx(right)  # each step begins where the last one ended
        right = bar.get_x() + bar.get_width()
    assert right == pytest.approx(bars[-1].get_width())


def test_an_open_step_shows_where_its_other_figures_would_lead(frames):
    # 1.79 in 2014: 4.16 would make a step of 2.37, 8 one of 6.21.
    assert "+4.34 (+2.37 to +6.21)" in texts(shown("waterfall", frames).axes[0])


def test_a_pair_that_fell_steps_back():
    split = pd.DataFrame(
        {"pair": ["AZE–KAZ"], "start": [3.0], "end": [1.0], "change": [-2.0], "basis": "stated"}
    )
    axes = Figure().subplots()
    pairs.waterfall(split, axes, start=1, end=2, guessed=(), spans={})
    assert "\N{MINUS SIGN}2.00" in texts(axes)
    assert axes.patches[1].get_width() == -2


def test_every_pair_has_a_panel_from_zero(frames):
    inner = shown("panels", frames).axes[1:]
    assert len(inner) == 10
    assert inner[0].get_title(loc="left") == "Kazakhstan–Türkiye"
    assert all(panel.get_ylim()[0] == 0 for panel in inner)


def test_the_matrix_has_no_cell_of_a_country_with_itself(frames):
    ax = shown("matrix", frames).axes[0]
    assert len(ax.patches) == 20
    amounts = [f"{value:.2f}" for value in frames["cells"]["usd_billion"]]
    assert all(amount in texts(ax) for amount in amounts)
    assert "29.4" in texts(ax)


def test_mirror_marks_stand_at_the_two_reports(frames):
    ax = shown("mirrors", frames).axes[0]
    for side, color in (("exporters", style.EXPORTER_SIDE), ("importers", style.IMPORTER_SIDE)):
        marks = [line.get_xdata()[0] for line in ax.lines if line.get_color() == color]
        assert marks == frames["gaps"][side].tolist()
    assert ax.get_xscale() == "log"
    assert {"42 %", "Azerbaijan–Türkiye: 4.68 and 1.97", "exporters'", "importers'"} <= set(
        texts(ax)
    )


def test_every_member_has_its_line_and_its_ring(frames):
    ax = shown("shares", frames).axes[0]
    for code in FIVE.codes:
        rows = frames["shares"][frames["shares"]["country"] == code]
        assert any(list(line.get_ydata()) == rows["share"].tolist() for line in ax.lines)
        assert any(label.startswith(NAMES[code]) for label in texts(ax))
    rings = [line for line in ax.lines if len(line.get_xdata()) == 1]
    assert [ring.get_ydata()[0] for ring in rings] == frames["level"]["share"].tolist()


def test_the_histogram_holds_all_draws_and_each_question_its_interval(frames):
    above, below = shown("estimate", frames).axes[1:]
    assert sum(bar.get_height() for bar in above.patches) == pytest.approx(100)
    spans = [tuple(line.get_xdata()) for line in below.lines]
    for row in frames["asked"].itertuples():
        assert (row.low, row.high) in spans


def test_only_a_target_with_a_date_of_its_own_is_filled(frames):
    ax = shown("targets", frames).axes[0]
    diamonds = [line for line in ax.lines if line.get_marker() == "D"]
    filled = [d.get_xdata()[0] for d in diamonds if d.get_markerfacecolor() == style.CLAIM]
    dated = frames["ahead"][frames["ahead"]["dated"]]
    assert filled == dated["needed"].tolist()
    assert len(diamonds) == len(frames["ahead"])


def test_words_tell_the_figures_that_the_pictures_hold(frames):
    told = {
        "45": draw.statements_alt(frames["said"]),
        "27.8": draw.path_alt(frames["years"], interval=(22.6, 27.4)),
        "+4.34": pairs.waterfall_alt(frames["split"], start=2014, end=2024, spans=SPANS),
        "7 in 2024": pairs.panels_alt(frames["path"]),
        "5.46": pairs.matrix_alt(frames["cells"]),
        "42 %": pairs.mirrors_alt(frames["gaps"]),
        "18.0 %": outlook.shares_alt(frames["shares"], level=frames["level"], year=2023),
        "22.6 to 27.4": outlook.estimate_alt(frames["bins"], asked=frames["asked"], central=25.0),
        "12.2 % a year": outlook.targets_alt(frames["ahead"]),
    }
    for figure, words in told.items():
        assert figure in words
