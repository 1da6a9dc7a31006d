"""Marks with intervals in rows of factors or groups, on an axis that shows 0."""

import textwrap
from functools import partial
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, StrMethodFormatter

from engager_sim.designs.samplers import Numbers
from engager_sim.figures import style
from engager_sim.studies.sensitivity.figures.analysed_outcome import SHARE_OF_VARIANCE

ROW, LETTER = 0.2, 0.062
"""Inches that a row and a letter of a factor's name take."""

SHADE, RULE = "#F4F4F4", "#DDDDDD"
TINY = 1e-3
ROUND = partial(MaxNLocator, 5, steps=[1, 2, 2.5, 5, 10])
"""Makes what puts at most five ticks at round numbers."""


def draw_marks(axes: Axes, rows: Numbers, numbers: Numbers, looks: tuple[str, str]) -> None:
    """Draw values with their intervals, hollow where the interval holds 0.

    Parameters
    ----------
    rows : float64 array, shape (marks,)
        Rows in which they stand, counted from above.
    numbers : float64 array, shape (marks, 3)
        Values, and lower and upper ends of their intervals.
    """
    (colour, marker), (value, low, high) = looks, numbers.T
    axes.hlines(rows, low, high, color=colour, linewidth=1.4)
    is_clear = ~((low <= 0.0) & (high >= 0.0))
    for chosen, face in ((is_clear, colour), (~is_clear, style.PAPER)):
        look: Any = {"mfc": face, "mec": colour, "mew": 1.2}
        axes.plot(value[chosen], rows[chosen], marker, ms=4.5, **look)


def show_from_zero(axes: Axes, numbers: Numbers, label: str) -> None:
    """Show all numbers and 0; those that no share can have lie beyond a line at 0 or 1."""
    low, high = np.nanmin(numbers, initial=0.0), np.nanmax(numbers, initial=0.0)
    margin = 0.04 * (high - low) or 1.0
    for whole in (0.0, 1.0):
        if whole == 0.0 or (label == SHARE_OF_VARIANCE and high > 1.0):
            axes.axvline(whole, color=style.FAINT, linewidth=0.8, zorder=1.5)
    axes.set_xlim(low - margin, high + margin)
    axes.xaxis.set_major_locator(ROUND())
    if max(-low, high) < TINY:  # in full, because a factor at the axis's end meets its label
        axes.xaxis.set_major_formatter(StrMethodFormatter("{x:.1g}"))
    inches = axes.get_window_extent().width / axes.figure.dpi
    axes.set_xlabel("\n".join(textwrap.wrap(label, round(inches / LETTER))))
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
