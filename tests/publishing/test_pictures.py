"""A figure's PNG is its drawing: the same size, the same marks, read back from the dots."""

import io
import re
from types import SimpleNamespace

import numpy as np
import pytest
from matplotlib import image

from analysis.chapter.outputs import svg_of
from publishing import pictures
from publishing.sphinx import pages
from tests.small import reading


@pytest.fixture(scope="module")
def offered():
    """The files beside the small chapter's figure, by kind."""
    (face,) = (
        (output["data"]["text/html"], output["metadata"]["text/html"]["figure"])
        for cell in reading().cells
        for output in cell.get("outputs", ())
        if "figure" in output.get("metadata", {}).get("text/html", {})
    )
    svg = svg_of(face[0])
    files = {}

    def keep(names, content, **_):
        files[names[0].rpartition(".")[2]] = content
        return names[0]

    renderer = SimpleNamespace(write_file=keep)
    pages._downloads(renderer, svg, {**face[1], "evidence": ""})
    return files


def test_the_png_has_the_size_of_the_drawing_and_its_margin(offered):
    size = [float(re.search(rf'<svg[^>]* {side}="([\d.]+)pt"', offered["svg"].decode())[1])
            for side in ("width", "height")]  # fmt: skip
    high, wide, _ = image.imread(io.BytesIO(offered["png"])).shape
    for dots, points in ((wide, size[0]), (high, size[1])):
        # Six points at each side, 200 dots to 72 points.
        assert dots == pytest.approx((points + 12) * 200 / 72, abs=1.5)


def test_bars_of_25_and_50_are_one_to_two_in_the_dots_as_well(offered):
    picture = image.imread(io.BytesIO(offered["png"]))[:, :, :3]
    flat = (picture * 255).round().astype(int).reshape(-1, 3)
    colours, counts = np.unique(flat, axis=0, return_counts=True)
    coloured = np.ptp(colours, axis=1) > 30  # neither ground nor ink
    bar = colours[coloured][counts[coloured].argmax()]
    heights = (np.abs(picture * 255 - bar) < 2).all(axis=2).sum(axis=0)
    low, high = (
        np.median(heights[part])
        for part in (slice(0, len(heights) // 2), slice(len(heights) // 2, None))
    )
    assert high == pytest.approx(2 * low, abs=4)
    assert pictures.png(offered["svg"]) == offered["png"]
