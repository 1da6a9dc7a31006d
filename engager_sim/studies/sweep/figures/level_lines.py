"""What each level of a sweep's two axes changes."""

import dataclasses
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.figures import style
from engager_sim.figures.factor_labels import axis_name, level_names, name_with_unit
from engager_sim.figures.line_breaks import unbroken, wrapped
from engager_sim.figures.outcome_labels import label_outcome, question_of
from engager_sim.figures.scales import MARKERS
from engager_sim.studies.sweep.figures.panels import (
    columns_for,
    panel_title,
    room_before,
    share_value_axis,
    show_levels,
)
from engager_sim.studies.sweep.settings import SweepSettings
from engager_sim.studies.sweep.study import Sweep

APART = 0.05
"""Share of the way to the next level between the intervals of two lines, at most."""
SHADES = LinearSegmentedColormap.from_list("levels", [style.SKY, style.BLUE, "#002B45"])


def level_lines(sweep: Sweep, column: OutcomeColumn, what: str, note: str) -> Figure:
    """Draw what each level of a sweep's two axes changes, by panel."""
    settings = sweep.settings
    scale = label_outcome(column, settings.study).scale
    cells = sweep.cells[sweep.cells["outcome"] == column.name]
    count = cells["panel"].nunique()
    width, height = (3.3, 2.5) if count == 1 else (2.2, 1.9)
    lines = [f"{name_with_unit(settings.down)}: {level}" for level in level_names(settings.down)]
    name = f"Difference ({unbroken(scale.of_differences)})"
    across = axis_name(settings.across)
    layout = style.Panels(
        count,
        columns_for(count),
        width=width,
        height=height,
        left=0.16,
        above=0.3 if settings.panels else 0.18,
        before_all=room_before(name, height),
        below=0.38 + 0.14 * len(wrapped(across, width).splitlines()),
    )
    columns = max(1, int(layout.whole_width / (0.066 * max(map(len, lines)) + 0.7)))
    rows = -(-len(lines) // columns)
    layout = dataclasses.replace(layout, under_all=0.05 + 0.19 * rows)
    with style.styled():
        page = style.page(layout, what, question_of(settings.study), note)
        for panel, axes in enumerate(page.panels):
            _draw_levels(axes, cells[cells["panel"] == panel], settings, scale.times)
            axes.set(title=panel_title(settings, panel), xlabel=wrapped(across, width))
        share_value_axis(page, name)
        page.legend_below(page.panels[0].get_lines()[: len(lines)], lines, columns)
    return page.figure


def _draw_levels(axes: Axes, cells: pd.DataFrame, settings: SweepSettings, times: float) -> None:
    """Draw a line for each level down, over the levels across."""
    across, down = settings.across, settings.down
    x = np.array(across.levels)
    # All lines together take less than half the way to the next level.
    step = np.diff(np.sort(x)).min() * min(APART, 0.5 / len(down.levels))
    middle_line = (len(down.levels) - 1) / 2.0
    for level, of_level in cells.groupby("down"):
        line = int(str(level))
        colour: Any = SHADES(line / (len(down.levels) - 1))
        if down.choices:
            colour = style.LINES[line % len(style.LINES)]
        middle, low, high = (
            times * of_level.sort_values("across")[name].to_numpy(np.float64)
            for name in ("difference", "difference_low", "difference_high")
        )
        aside = step * (line - middle_line)
        marker = MARKERS[line % len(MARKERS)]
        axes.plot(x + aside, middle, color=colour, marker=marker, markersize=4, zorder=3)
        axes.vlines(x + aside, low, high, color=colour, linewidth=1.2)
    axes.axhline(0.0, color=style.INK, linewidth=0.7, zorder=1)
    show_levels(axes, across, step * middle_line)
