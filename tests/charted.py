"""How tests draw one chart on a figure of the house, and read what stands on it."""

import matplotlib as mpl
from matplotlib.figure import Figure

from analysis.charts import style


def drawn(function, frame, height=3, **options):
    """Draw a frame on an axes of its own, which the function gives back."""
    with mpl.rc_context(style.HOUSE):
        figure = Figure(figsize=(style.WIDTH, height), layout="constrained")
        ax = figure.subplots()
        assert function(frame, ax=ax, **options) is ax
        figure.draw_without_rendering()
    return ax


def words(ax):
    """Give the words that stand on a drawing."""
    return [text.get_text() for text in ax.texts if text.get_text()]


def picture(chart):
    """Draw a chart with its words on an axes of its own."""
    return drawn(lambda _, ax: chart.draw(ax), chart.frame, chart.height)
