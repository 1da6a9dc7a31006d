"""Whether levers together do more than the sum of each alone, and what each level changes."""

import dataclasses
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.figures import style
from engager_sim.figures.scales import MARKERS, Scale
from engager_sim.studies.sweep.figures.factor_words import (
    axis_name,
    columns_for,
    falls,
    level_names,
    measure_of,
    panel_title,
    question_of,
    unbroken,
    with_unit,
    wrapped,
)
from engager_sim.studies.sweep.settings import SweepPlan
from engager_sim.studies.sweep.study import Sweep

LETTER, BESIDE, TWO_LINES = 0.058, 0.26, 0.27
"""Inches: a letter, from the end of a line to its name, and a name of two lines."""

WITHOUT, WITH, SUM = style.FAINT, style.BLUE, style.VERMILLION
DASHES, RULE = (0, (3, 2)), "#E4E4E4"
SHADES = LinearSegmentedColormap.from_list("levels", [style.SKY, style.BLUE, "#002B45"])


def interaction_plot(sweep: Sweep, column: OutcomeColumn, what: str, note: str) -> Figure:
    """Draw an outcome without and with each of two themes, for every pair of themes.

    Parameters
    ----------
    sweep : Sweep
        Of a factorial design with several themes.
    column : OutcomeColumn
        One of its outcomes.
    what, note : str
        What is shown, and how to read it.
    """
    plan, measure = sweep.plan, measure_of(column, sweep.plan.study)
    rows = sweep.interactions[sweep.interactions["outcome"] == column.name]
    longest = max(len(style.in_words(name)) for name in rows["second"])
    layout = style.Panels(
        len(rows), columns_for(len(rows)), width=1.6 if len(rows) > 1 else 2.4, height=1.75,
        left=0.16, right=BESIDE + LETTER * max(len("without"), longest) + 0.1, above=0.56,
        below=0.6, before_all=_before(measure.with_unit, 1.75),
    )  # fmt: skip
    with style.styled():
        page = style.page(layout, what, question_of(plan), note)
        pairs: list[Any] = list(_in_units(rows, measure.scale.times).itertuples())
        for axes, row in zip(page.panels, pairs, strict=True):
            _draw_pair(axes, row)
        _share_heights(page, measure.with_unit)
        for axes, row in zip(page.panels, pairs, strict=True):
            _label_pair(axes, row, layout.height)
            _head_pair(axes, row, measure.scale, layout.height)
    return page.figure


def _in_units(rows: pd.DataFrame, times: float) -> pd.DataFrame:
    """Scale the numbers of the table of interactions, and say where the sum would be."""
    rows = rows.copy()
    numbers = ["neither", "first_alone", "second_alone", "both", "whole_less_sum", "low", "high"]
    rows[numbers] *= times
    return rows.assign(total=rows["first_alone"] + rows["second_alone"] - rows["neither"])


def _draw_pair(axes: Axes, row: Any) -> None:
    without: Any = {"color": WITHOUT, "marker": "s", "markersize": 4}
    with_it: Any = {"color": WITH, "marker": "o", "markersize": 4.5}
    axes.plot([0, 1], [row.neither, row.first_alone], linewidth=1.5, **without)
    axes.plot([0, 1], [row.second_alone, row.both], linewidth=1.5, **with_it)
    axes.plot(
        [0, 1], [row.second_alone, row.total], linestyle=DASHES, linewidth=1.1,
        markerfacecolor=style.PAPER, markevery=[1], zorder=1.9, **(with_it | {"color": SUM}),
    )  # fmt: skip
    ends = [row.total + row.low, row.total + row.high]
    axes.plot([1, 1], ends, color=style.INK, linewidth=1.0, marker="_", markersize=6, zorder=3)
    first = style.in_words(row.first)
    axes.set_xticks([0, 1], [f"without\n{first}", f"with\n{first}"])
    axes.set_xlim(-0.25, 1.12)


def _label_pair(axes: Axes, row: Any, height: float) -> None:
    """Name the ends of the lines beside the panel, without overlap."""
    second = style.in_words(row.second)
    ends = sorted(
        [
            (row.first_alone, f"without\n{second}", WITHOUT),
            (row.both, f"with\n{second}", WITH),
            (row.total, "the sum", SUM),
        ]
    )
    low, high = axes.get_ylim()
    gap = TWO_LINES / height * (high - low)
    places = style.spread([end for end, _, _ in ends], gap, low + gap / 2.0, high - gap / 2.0)
    for place, (end, text, colour) in zip(places, ends, strict=True):
        axes.annotate(
            text, (1.0, end), (1.22, place), color=colour, size=7.2, va="center", linespacing=1.0,
            annotation_clip=False,
            arrowprops={
                "arrowstyle": "-", "color": colour, "linewidth": 0.6, "shrinkA": 1, "shrinkB": 3,
                "relpos": (0.0, 0.5),
            },
        )  # fmt: skip


def _head_pair(axes: Axes, row: Any, scale: Scale, height: float) -> None:
    pair = f"{style.in_words(row.first)} and {style.in_words(row.second)}"
    axes.set_title(pair[:1].upper() + pair[1:], pad=17.0)
    numbers = scale._replace(times=1.0).with_interval(row.whole_less_sum, row.low, row.high)
    text = f"{row.verdict.capitalize()}: {numbers}"
    axes.text(0.0, 1.0 + 0.07 / height, text, transform=axes.transAxes, size=7.2)


def _before(name: str, height: float) -> float:
    """Find how much room the values and the name of the vertical axis need."""
    return 0.5 + 0.14 * len(wrapped(name, height).splitlines())


def _share_heights(page: style.Page, name: str) -> None:
    """Give all panels one vertical axis, named at the first of each row."""
    low = min(axes.dataLim.y0 for axes in page.panels)
    high = max(axes.dataLim.y1 for axes in page.panels)
    margin = 0.08 * (high - low) or 1.0
    for place, axes in enumerate(page.panels):
        axes.set_ylim(low - margin, high + margin)
        axes.grid(axis="y", color=RULE, linewidth=0.6)
        axes.set_axisbelow(True)
        if place % page.layout.columns == 0:
            axes.set_ylabel(wrapped(name, page.layout.height))
        else:
            axes.tick_params(labelleft=False)


def level_lines(sweep: Sweep, column: OutcomeColumn, what: str, note: str) -> Figure:
    """Draw what each level of a sweep's two axes changes, by panel.

    Parameters
    ----------
    sweep : Sweep
        Of a factorial design.
    column : OutcomeColumn
        One of its outcomes.
    what, note : str
        What is shown, and how to read it.
    """
    plan, measure = sweep.plan, measure_of(column, sweep.plan.study)
    cells = sweep.cells[sweep.cells["outcome"] == column.name]
    count = cells["panel"].nunique()
    width, height = (3.3, 2.5) if count == 1 else (2.2, 1.9)
    lines = [f"{with_unit(plan.down)}: {level}" for level in level_names(plan.down)]
    name = f"Difference ({unbroken(measure.scale.of_differences)})"
    across = axis_name(plan.across)
    layout = style.Panels(
        count, columns_for(count), width=width, height=height, left=0.16,
        above=0.3 if plan.panels else 0.18, before_all=_before(name, height),
        below=0.38 + 0.14 * len(wrapped(across, width).splitlines()),
    )  # fmt: skip
    columns = max(1, int(layout.whole_width / (0.066 * max(map(len, lines)) + 0.7)))
    rows = -(-len(lines) // columns)
    layout = dataclasses.replace(layout, under_all=0.05 + 0.19 * rows)
    with style.styled():
        page = style.page(layout, what, question_of(plan), note)
        for place, axes in enumerate(page.panels):
            its = cells[cells["panel"] == place]
            _draw_levels(axes, its, plan, measure.scale.times)
            axes.set(title=panel_title(plan, place), xlabel=wrapped(across, width))
        _share_heights(page, name)
        page.legend_below(page.panels[0].get_lines()[: len(lines)], lines, columns)
    return page.figure


def _draw_levels(axes: Axes, cells: pd.DataFrame, plan: SweepPlan, times: float) -> None:
    """Draw a line for each level down, over the levels across."""
    across, down = plan.across, plan.down
    x = np.array(across.levels)
    for place, its in cells.groupby("down"):
        line = int(str(place))
        colour: Any = SHADES(line / (len(down.levels) - 1))
        if down.choices:
            colour = style.LINES[line % len(style.LINES)]
        middle, low, high = (
            times * its.sort_values("across")[name].to_numpy(np.float64)
            for name in ("difference", "difference_low", "difference_high")
        )
        axes.plot(
            x, middle, color=colour, marker=MARKERS[line % len(MARKERS)], markersize=4, zorder=3
        )
        axes.fill_between(x, low, high, color=colour, alpha=0.25, linewidth=0)
    axes.axhline(0.0, color=style.INK, linewidth=0.7, zorder=1)
    axes.set_xticks(x, level_names(across))
    margin = 0.06 * (x.max() - x.min())
    ends = (x.min() - margin, x.max() + margin)
    axes.set_xlim(ends[::-1] if falls(across) else ends)
