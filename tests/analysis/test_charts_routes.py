"""The figures of the routes chapter show what their frames hold."""

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import same_color
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis import routes, tables
from analysis.charts import maps, style
from analysis.charts import routes as draw
from analysis.quantities import Quantity
from tests.charted import picture, words

Q = Quantity(55.4, "%", "rule", ("k",), ("t",), 2025)

# --- the map ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pieces():
    places = tables.read("route_places")
    net = routes.build_network(tables.read("route_legs"), places)
    return routes.pieces(net, places, routes.way(net, "Xi'an", "Poti"))


@pytest.fixture(scope="module")
def map_chart(pieces):
    others = routes.others(tables.read("route_places"))
    return draw.RouteMap(pieces, ("k",), Quantity(3858, "km", "r", (), ()), Q, others)


@pytest.fixture(scope="module")
def route_map(map_chart):
    return picture(map_chart)


def test_the_ground_is_made_once_and_lies_around_43_north_68_east():
    base = maps.ground()
    assert base is maps.ground()
    # The projection's centre is the middle of the map.
    assert base.project(68.0, 43.0) == pytest.approx(tuple(side / 2 for side in base.size))


def test_the_caspian_is_water_and_the_ground_serves_two_figures(route_map):
    again = maps.draw_ground(Figure().subplots(), ("KAZ",))
    assert again.get_xlim() == route_map.get_xlim()
    x, y = maps.ground().project(50.5, 42.0)
    holds = [poly for poly in maps.ground().waters if mpl.path.Path(poly).contains_point((x, y))]
    assert len(holds) == 1


def test_members_are_shaded_and_others_are_not():
    x, y, inside = maps._territory(tuple(sorted(maps.INSIDE)))
    for name, lon, lat, shaded in (
        ("Astana", 71.4, 51.1, 1), ("Ankara", 32.9, 39.9, 1), ("Azerbaijan", 47.0, 40.5, 1),
        ("Georgia", 44.8, 41.9, 0), ("Ashgabat", 58.4, 38.0, 0),
    ):  # fmt: skip
        across, up = maps.ground().project(lon, lat)
        assert inside[np.abs(y - up).argmin(), np.abs(x - across).argmin()] == shaded, name
    assert not maps._territory(())[2].any()


def test_the_shade_reaches_the_border_but_for_its_line():
    """Kazakhstan and Uzbekistan, both shaded, part at 56° E; there the border touches three cells.

    The shade takes one of them from either side, and two if the line runs along a side of cells.
    """
    x, _, inside = maps._territory(tuple(sorted(maps.INSIDE)))
    step = x[1] - x[0]
    for lat in np.arange(42.0, 44.5, 0.1):
        (left, up), (right, _) = (maps.ground().project(lon, lat) for lon in (55.5, 56.5))
        across = inside[int(up / step), int(left / step) : int(right / step)]
        assert (across == 0).sum() <= 2, lat


def test_a_line_is_cut_to_its_window_and_an_outline_closed_along_it():
    window = Bbox.from_extents(0, 0, 100, 50)
    (line,) = maps.visible([np.array([(-50.0, 20.0), (50.0, 20.0)])], window, filled=False)
    # The cut lies a point of print outside, so that no end of a line shows within.
    point = 100 / (style.WIDTH * 72)
    assert line == pytest.approx(np.array([(-point, 20), (50, 20)]), abs=0.01)
    (area,) = maps.visible([np.array([(-50.0, 20.0), (50.0, 20.0), (50.0, 90.0), (-50.0, 20.0)])],
                        window)  # fmt: skip
    assert area.min(axis=0) == pytest.approx((0, 20), abs=0.01)
    assert area.max(axis=0) == pytest.approx((50, 50), abs=0.01)
    assert area[0] == pytest.approx(area[-1])
    assert maps.visible([np.array([(200.0, 0.0), (300.0, 9.0)])], window, filled=False) == []


def test_what_is_left_out_of_a_line_no_reader_sees():
    """Steps of a hundredth of a point become long lines; a corner of ten points stays."""
    window = Bbox.from_extents(0, 0, style.WIDTH * 72, 100)  # one metre is one point
    steps = np.column_stack([np.linspace(0, 300, 301), np.tile([10, 10.01], 151)[:301]])
    (line,) = maps.visible([steps], window, filled=False)
    assert len(line) < len(steps) / 10
    assert line[[0, -1]] == pytest.approx(steps[[0, -1]])
    (line,) = maps.visible(
        [np.array([(0.0, 0.0), (100.0, 10.0), (200.0, 0.0)])], window, filled=False
    )
    assert line == pytest.approx(np.array([(0, 0), (100, 10), (200, 0)]))


def test_the_close_up_draws_nothing_outside_of_itself(route_map):
    (near,) = route_map.child_axes
    (left, right), (low, high) = near.get_xlim(), near.get_ylim()
    for layer in near.collections:
        for path in layer.get_paths():
            assert path.vertices[:, 0].min() > left - 0.01 * (right - left)
            assert path.vertices[:, 0].max() < right + 0.01 * (right - left)
            assert path.vertices[:, 1].min() > low - 0.01 * (high - low)
            assert path.vertices[:, 1].max() < high + 0.01 * (high - low)


def test_every_leg_is_drawn_in_the_line_style_of_its_owner_in_both_panels(pieces, route_map):
    for panel in (route_map, *route_map.child_axes):
        lines = [line for line in panel.lines if line.get_linewidth() in (2.6, 1.5)]
        assert len(lines) == len(pieces)
        for group, (color, _, _) in draw.LEGS.items():
            found = [line for line in lines if same_color(line.get_color(), color)]
            assert len(found) == (pieces["group"] == group).sum()
    assert len({line for _, line, _ in draw.LEGS.values()}) == 3
    # The shade carries a pattern besides its colour.
    for panel in (route_map, *route_map.child_axes):
        assert [patch.get_hatch() for patch in panel.patches if patch.get_hatch()] == ["////"]
    # Lengths on the map are those of the legs.
    shown = [t.get_text() for panel in (route_map, *route_map.child_axes) for t in panel.texts]
    lengths = [text for text in shown if text.endswith("km")]
    expected = ["2,223 km", "3,200 km", "3,450 km", "358 km", "430 km", "468 km"]
    assert sorted(lengths) == expected
    # The key names every line and the shade.
    shown = [text.get_text() for text in route_map.get_legend().get_texts()]
    assert shown == [
        "Rail in a member state", "Rail elsewhere", "Sea", "Rivals and other crossings",
        "Member state",
    ]  # fmt: skip
    title = route_map.get_legend().get_title().get_text()
    assert "Borders: World Data Bank II as in GSHHG" in title


def test_no_two_names_on_a_panel_touch_and_none_leaves_it(route_map):
    (near,) = route_map.child_axes
    for panel, places in ((route_map, draw.WHOLE.places), (near, draw.CLOSE_UP.places)):
        bold = [t for t in panel.texts if t.get_fontweight() == "bold"]
        assert {t.get_text() for t in bold} == set(places)
        with mpl.rc_context(style.HOUSE):
            boxes = {t.get_text(): mpl.text.Text.get_window_extent(t) for t in panel.texts}
        edge = panel.bbox
        for name, box in boxes.items():
            assert edge.x0 <= box.x0, name
            assert box.x1 <= edge.x1, name
            assert edge.y0 <= box.y0, name
            assert box.y1 <= edge.y1, name
            touched = [
                shown for shown, other in boxes.items() if shown != name and box.overlaps(other)
            ]
            assert not touched, f"{name} touches {touched}"


def test_the_close_up_holds_the_way_from_sea_to_sea_and_is_framed_on_the_map(route_map):
    (near,) = route_map.child_axes
    (frame,) = [patch for patch in route_map.patches if patch.get_linewidth() == 1]
    assert (frame.get_x(), frame.get_x() + frame.get_width()) == near.get_xlim()
    assert (frame.get_y(), frame.get_y() + frame.get_height()) == near.get_ylim()
    for lon, lat in ((51.17, 43.64), (41.67, 42.14), (43.09, 40.61)):  # Aktau, Poti, Kars
        x, y = maps.ground().project(lon, lat)
        assert near.get_xlim()[0] < x < near.get_xlim()[1]
        assert near.get_ylim()[0] < y < near.get_ylim()[1]


def test_the_map_in_words_gives_each_leg_once_with_its_length(map_chart):
    alt = map_chart.alt
    assert "Khorgos to Poti measures 3,858 km" in alt
    assert "Kuryk to Alat by ferry, Turkmenbashi to Alat by sea" in alt
    assert "Khorgos to Aktau 3,200 km by rail in Kazakhstan" in alt
    assert "Aktau to Alat 468 km by sea" in alt
    assert alt.count("Khorgos to Aktau") == 1
    assert alt.index("Boyuk Kesik to Poti") < alt.index("Branch:") < alt.index("Kars to Istanbul")


# --- volumes ------------------------------------------------------------------------------------

CARGO = pd.DataFrame(
    [
        ("ministry", 2022, 1.0, 1.0, 1.0, False),
        ("ministry", 2023, 2.0, 2.0, 2.0, False),
        ("ministry", 2024, 4.0, 4.0, 4.0, False),
        ("association", 2023, 1.9, 1.8, 2.0, True),
        ("association", 2024, 3.0, 3.0, 3.0, False),
        ("other", 2022, 1.5, 1.5, 1.5, False),
    ],
    columns=["series", "year", "mt", "low", "high", "estimate"],
)


VOLUMES = draw.Volumes(CARGO.assign(source_keys="k j"), Q, Q)


def test_no_line_joins_the_two_series():
    ax = picture(VOLUMES)
    joined = [line for line in ax.lines if line.get_linestyle() in ("-", "--")]
    assert [line.get_xdata().tolist() for line in joined] == [[2022, 2023, 2024], [2023, 2024]]
    assert [line.get_linestyle() for line in joined] == ["-", "--"]
    # An estimate is hollow, and its range is drawn.
    hollow = [line for line in ax.lines if line.get_markerfacecolor() == "white"]
    assert [x for line in hollow for x in line.get_xdata()] == [2023]
    ranges = [seg for c in ax.collections for seg in c.get_segments() if seg[0, 1] != seg[1, 1]]
    assert [seg[:, 1].tolist() for seg in ranges] == [[1.8, 2.0]]
    assert ax.get_ylim()[0] == 0
    assert ax.get_ylim()[1] > 4
    shown = " ".join(words(ax))
    assert "Kazakhstan's transport ministry" in shown
    assert "route association" in shown
    assert "other statements" in shown
    alt = VOLUMES.alt
    assert VOLUMES.sources == ("k", "j")
    assert VOLUMES.caption.startswith("In 2025 one count grew by 55")
    assert "Ministry: 2022 1.00, 2023 2.00, 2024 4.00" in alt
    assert "2023 1.90 (estimate)" in alt


# --- plans --------------------------------------------------------------------------------------

PLANS = pd.DataFrame(
    [
        ("cargo", 2020, 13.5, "million t", 2020, 6.0, np.nan),
        ("cargo", 2024, 4.2, "million t", 2024, 107.0, 79.0),
        ("capacity", 2025, 10.0, "million t a year", 2024, 60.0, np.nan),
        ("containers", 2025, 96.0, "thousand TEU", 2025, 80.0, np.nan),
        ("exports", 2028, 10.0, "million t", None, np.nan, np.nan),
    ],
    columns=["metric", "due", "value", "unit", "outcome_year", "percent", "percent_association"],
)


OUTCOMES = draw.Plans(
    PLANS.assign(source_keys="k", outcome_keys="j"),
    Quantity(1, "plans", "r", (), ()),
    Quantity(3, "plans", "r", (), ()),
)


def test_only_plans_with_an_outcome_of_their_own_year_are_drawn():
    ax = picture(OUTCOMES)
    assert [bar.get_width() for bar in ax.patches] == [6, 107, 80]
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert labels == ["2020: 13.5 Mt", "2024: 4.2 Mt", "2025: 96 k TEU"]
    assert ax.get_xlim()[0] == 0
    assert ax.lines[-1].get_xdata() == [100, 100]
    assert "plan" in words(ax)
    # A plan met differs by pattern, the other series is a square.
    assert [bar.get_hatch() for bar in ax.patches] == ["\\\\\\", "", "\\\\\\"]
    (square,) = [line for line in ax.lines if line.get_marker() == "s"]
    assert list(square.get_xdata()) == [79]
    assert "79% by the association" in words(ax)
    alt = OUTCOMES.alt
    assert "2024: 4.2 Mt: 107% by the ministry, 79% by the association" in alt
    assert "2028" not in alt
    assert OUTCOMES.sources == ("k", "j")
    assert OUTCOMES.caption == "Of three plans with an outcome for their year, one was met."
