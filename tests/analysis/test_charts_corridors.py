"""The figures of the corridors show what their frames hold."""

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.colors import same_color, to_rgb

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
        ("Middle by Poti", "Rhine", "P to R", 32.0, 27.0, 32.0, 38.0),
        ("Sea to Georgia", "Georgia", "S to T", 37.0, 36.0, 37.0, 39.0),
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
    assert {"18 (17–19)", "32 (27–38)", "37 (36–39)"} <= set(words(ax))
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert labels == ["Northern\nP–Q", "Middle by Poti\nP–R", "Sea to Georgia\nS–T"]
    bars = [line for line in ax.lines if line.get_linewidth() == 3.2]
    assert [tuple(bar.get_xdata()) for bar in bars] == [(17, 19), (27, 38), (36, 39)]
    apart(ax)


def test_distributions_in_words_give_ends_and_ranges():
    alt = DISTRIBUTIONS.alt
    assert "Middle by Poti, P to R: median 32 days, eight in ten between 27 and 38" in alt


PARTS = pd.DataFrame(
    [
        ("schedule", "China", 3.0, None, None),
        ("schedule", "Caspian Sea", 4.0, None, None),
        ("simulated", "China", 3.5, 3.0, 4.0),
        ("simulated", "Chinese border", 2.0, 1.0, 3.0),
        ("simulated", "Caspian Sea", 5.0, 4.0, 8.0),
        ("official", "", 9.5, 8.0, 11.0),
        ("observed", "", 16.5, 16.0, 17.0),
    ],
    columns=["row", "stage", "days", "low", "high"],
).astype({"low": float, "high": float})
KINDS = {"China": "rail", "Chinese border": "border", "Caspian Sea": "sea"}


BUDGET = draw.TimeBudget(PARTS, ("k",), KINDS)


def test_the_budget_stacks_the_stages_and_spans_the_wholes():
    ax = picture(BUDGET)
    bars = [(round(p.get_x(), 3), round(p.get_width(), 3)) for p in ax.patches]
    assert bars == [(0, 3), (3, 4), (0, 3.5), (3.5, 2), (5.5, 5), (8, 3), (16, 1)]
    assert {"7.0 days", "10.5 days", "8 to 11 days", "16 to 17 days"} <= set(words(ax))


def test_the_budget_tells_kinds_by_hatch_as_well_as_colour():
    ax = picture(BUDGET)
    looks = {(to_rgb(p.get_facecolor()[:3]), p.get_hatch()) for p in ax.patches}
    assert len({hatch for _, hatch in looks}) >= 3


def test_the_budget_in_words_sums_both_rows():
    alt = BUDGET.alt
    assert "schedule 7.0 days: China 3.0, Caspian Sea 4.0" in alt
    assert "add up to 7 days without a stay at the border" in BUDGET.caption
    assert "simulated mean is 10.5; trains of the winter took 16 to 17." in BUDGET.caption
    assert "observed for the whole 16 to 17 days" in alt


SPREAD = pd.DataFrame(
    [
        ("China", 3.0, 5.0, "sourced"),
        ("Caspian Sea", 4.0, 80.0, "partly ours"),
        ("Black Sea", 5.0, 15.0, "sourced"),
    ],
    columns=["stage", "mean", "share_percent", "basis"],
)


VARIANCE = draw.VarianceShares(SPREAD, ("k",))


def test_shares_of_the_spread_are_hatched_where_days_are_ours():
    ax = picture(VARIANCE)
    assert [bar.get_width() for bar in ax.patches] == [5, 80, 15]
    assert [bar.get_hatch() for bar in ax.patches] == ["", "////", ""]
    assert "The two seas make 95 % of the spread" in VARIANCE.caption
    assert "Caspian Sea 80 % (partly ours)" in VARIANCE.alt


CURVE = pd.DataFrame(
    [
        (sea, use, wait, wait - 0.1, wait + 0.1, load)
        for sea, waits in (
            ("calm", ((50, 1, 50), (80, 2, 80), (95, 5, 95))),
            ("storms", ((50, 1.5, 55), (80, 3, 88), (95, 7, 104))),
            ("storms, lower water", ((50, 2, 65), (80, 7, 103), (95, 40, 120))),
        )
        for use, wait, load in waits
    ],
    columns=["sea", "use_percent", "wait", "low", "high", "load_percent"],
)


WAITING = draw.Waiting(
    CURVE, ("k",), (79.0, 87.0), 98.9, Quantity(2.04, "days", "r", (), ()),
    Quantity(3.01, "days", "r", (), ()), 30,
)  # fmt: skip


def test_waiting_is_drawn_from_zero_by_state_of_the_sea():
    ax = picture(WAITING)
    assert ax.get_ylim()[0] == 0
    lines = [line for line in ax.lines if line.get_linewidth() == 1.8]
    assert [line.get_linestyle() for line in lines] == ["-", "--", ":"]
    assert list(lines[0].get_ydata()) == [1, 2, 5]
    assert "planned for\n2025: 99 %" in words(ax)
    assert "wait 2.0 days in a calm sea and 3.0 with winter storms" in WAITING.caption


def test_a_wait_without_a_steady_state_is_hollow():
    ax = picture(WAITING)
    red = draw.SEAS["storms, lower water"][0]
    filled = [
        line for line in ax.lines
        if line.get_marker() == "D" and same_color(line.get_markerfacecolor(), red)
    ]  # fmt: skip
    assert [list(line.get_xdata()) for line in filled] == [[50]]
    assert "80 % 7.0 (no steady state)" in WAITING.alt


CHOICES = pd.DataFrame(
    [
        ("Northern", 2025, 5000.0, 5500.0, 6000.0, "stated", 18.0, 17.0, 19.0),
        ("Middle by Poti", 2025, 7000.0, 8000.0, 9000.0, "derived", 32.0, 27.0, 38.0),
        ("Sea by the Cape", 2025, 2000.0, 3000.0, 4000.0, "stated", 45.0, 40.0, 50.0),
        ("Southern by Iran", 2016, 1900.0, 1900.0, 1900.0, "assumed", 31.0, 29.0, 33.0),
    ],
    columns=["corridor", "year", "low", "usd", "high", "basis", "mean", "p10", "p90"],
)
LINES = pd.DataFrame(
    [("Middle by Poti", 2025, "Sea by the Cape", 2025, 384.6)],
    columns=["quicker", "quicker_year", "slower", "slower_year", "usd"],
)


CHOICE = draw.ChoiceToTheRhine(CHOICES, ("k",), LINES, Quantity(402.4, "USD a day", "r", (), ()))


@pytest.fixture
def choice():
    return picture(CHOICE)


def test_an_assumed_price_is_marked_in_the_picture_and_is_grey(choice):
    assert "Southern by Iran\n2016, ASSUMED" in words(choice)
    assert "Middle by Poti\n2025, derived" in words(choice)
    diamond = [line for line in choice.lines if line.get_marker() == "D"]
    assert len(diamond) == 1
    assert same_color(diamond[0].get_markerfacecolor(), "white")
    assert not same_color(diamond[0].get_color(), draw.CORRIDORS["Southern by Iran"].color)


def test_a_break_even_line_joins_its_two_corridors(choice):
    ends = [
        (tuple(line.get_xdata()), tuple(line.get_ydata()))
        for line in choice.lines
        if line.get_linewidth() == 0.9 and len(line.get_xdata()) == 2
    ]
    assert ((32, 45), (8, 3)) in ends
    assert "$385 a day" in words(choice)
    assert choice.get_ylim()[0] == choice.get_xlim()[0] == 0


def test_names_of_the_corridors_do_not_touch(choice):
    apart(choice)


def test_the_choice_in_words_gives_days_price_year_and_break_even():
    alt = CHOICE.alt
    assert "pays once a day is worth $402 for" in CHOICE.caption
    assert "Southern by Iran 31 days, 1,900 USD in 2016 (assumed)" in alt
    assert "Middle by Poti (2025) over Sea by the Cape 385 USD a day" in alt
