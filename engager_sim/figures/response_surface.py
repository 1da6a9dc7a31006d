"""What an outcome does over two factors: contours, or cells where a factor is a choice."""

import dataclasses
import textwrap
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, LinearSegmentedColormap, Normalize
from matplotlib.patheffects import Normal, Stroke
from matplotlib.ticker import MaxNLocator

from engager_sim.figures import style
from engager_sim.figures.interaction_plot import (
    Measure,
    axis_name,
    columns_for,
    measure_of,
    panel_title,
)
from engager_sim.figures.paired_differences import MINUS
from engager_sim.figures.picture import Picture
from engager_sim.studies.designs.factors import Factor
from engager_sim.studies.designs.outcome_columns import OutcomeColumn
from engager_sim.studies.designs.points_table import ERROR
from engager_sim.studies.sweeps.plan import SweepPlan
from engager_sim.studies.sweeps.sweep import Sweep

type Floats = npt.NDArray[np.float64]

MORE = LinearSegmentedColormap.from_list("more", ["#F7FBFD", style.SKY, style.BLUE])
AROUND_NOTHING = LinearSegmentedColormap.from_list(
    "around nothing", [style.VERMILLION, "#FBFBFB", style.BLUE]
)
"""Colours of values, and of differences, which are pale where there is none."""

ISOLINES = 8
CLEAR = 0.2
"""Inches around the label of a line in which nothing else stands."""

NEAR, DIRECTIONS = (0.14, 0.24, 0.36, 0.5), 12
"""Where the number of a preset may stand: inches from its dot, and in how many directions."""

DIGIT, LINE_OF_DIGITS, DOT = 0.066, 0.12, 0.05
LETTER, LINE = 0.06, 0.15
BAR, SLANT = 0.13, 35
"""Inches that small type and the colour bar take; degrees of slanting names."""

HALO = [Stroke(linewidth=2.0, foreground="white"), Normal()]


class Colours(NamedTuple):
    """The common scale of all panels, and the values at which lines are drawn."""

    map: Colormap
    norm: Normalize
    levels: list[float]


def response_surface(sweep: Sweep, column: OutcomeColumn) -> Picture:
    """Draw an outcome over the two axes of a sweep, by panel.

    Parameters
    ----------
    sweep : Sweep
        Carried out.
    column : OutcomeColumn
        One of its outcomes.
    """
    plan, measure = sweep.plan, measure_of(column, sweep.plan.study)
    surface = sweep.surface[sweep.surface["outcome"] == column.name]
    surface = surface.assign(value=measure.scale.times * surface["value"])
    presets = _presets_within(sweep)
    layout = _layout(plan, surface["panel"].nunique(), measure, presets)
    what = f"{measure.label} over {plan.across.name} and {plan.down.name}"
    colours = _colours(surface["value"].to_numpy(np.float64), measure)
    with style.styled():
        page = style.page(
            layout, what, {plan.study.scenario.name: plan.study.question},
            _note(sweep, column, surface, measure, len(presets)),
        )  # fmt: skip
        for place, (_, its) in enumerate(surface.groupby("panel")):
            axes, grid = page.panels[place], its.pivot_table("value", "down", "across", dropna=False)
            if _has_cells(plan):
                _draw_cells(axes, grid, plan, colours)
            else:
                _draw_contours(axes, grid, sweep, colours, presets)
            _name_axes(axes, plan, place % layout.columns == 0)
            if plan.kind == "factorial":
                axes.set_title(panel_title(plan, place))
        _colour_bar(page, colours, measure)
        _list_presets(page, presets)
    name = f"response_surface_{column.name}"
    return Picture(name, what, _words(plan, surface, measure), page.figure)


def _has_cells(plan: SweepPlan) -> bool:
    """Tell whether cells are drawn: between choices there is nothing to interpolate."""
    return plan.kind == "factorial" and bool(plan.across.choices or plan.down.choices)


def _layout(plan: SweepPlan, count: int, measure: Measure, presets: pd.DataFrame) -> style.Panels:
    width, height = (3.3, 2.7) if count == 1 else (2.3, 2.0)
    if _has_cells(plan):
        width = max(width, 0.6 * len(plan.across.levels))
        height = max(height, 0.36 * len(plan.down.levels))
    longest = max(map(len, _tick_names(plan.down)), default=4)
    slant = np.sin(np.radians(SLANT)) * LETTER * max(map(len, _tick_names(plan.across)), default=0)
    layout = style.Panels(
        count, columns_for(count), width=width, height=height,
        left=0.2 + LINE * _lines(axis_name(plan.down), height).count("\n") + LETTER * longest,
        above=0.3 if plan.panels else 0.18,
        below=0.5 + LINE * _lines(axis_name(plan.across), width).count("\n"),
        beside_all=0.75 + BAR + LINE * _lines(_bar_label(measure), height).count("\n"),
    )  # fmt: skip
    if _is_crowded(plan.across, width):
        layout = dataclasses.replace(layout, below=layout.below + float(slant))
    rows = _list_shape(layout.whole_width, presets)[0]
    return dataclasses.replace(layout, under_all=LINE * (rows + 1) + 0.06 if rows else 0.0)


def _lines(text: str, inches: float) -> str:
    return "\n".join(textwrap.wrap(text, round(inches * 15.0)))


def _bar_label(measure: Measure) -> str:
    return f"{measure.label} ({measure.unit})"


def _tick_names(factor: Factor) -> list[str]:
    return [factor.text(level) for level in factor.levels]


def _is_crowded(factor: Factor, width: float) -> bool:
    """Tell whether the names of choices would touch if they stood side by side."""
    names = _tick_names(factor)
    return bool(factor.choices) and max(map(len, names)) * LETTER > 0.95 * width / len(names)


def _colours(values: Floats, measure: Measure) -> Colours:
    """Choose lines at round values over all panels; differences are pale around 0."""
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    if high - low < 10.0 ** -(measure.scale.digits + 1):
        low, high = low - 10.0**-measure.scale.digits, high + 10.0**-measure.scale.digits
    levels = [float(level) for level in MaxNLocator(ISOLINES).tick_values(low, high)]
    if not measure.is_difference:
        return Colours(MORE, Normalize(levels[0], levels[-1]), levels)
    most = max(abs(levels[0]), abs(levels[-1]))
    return Colours(AROUND_NOTHING, Normalize(-most, most), levels)


def _draw_cells(axes: Axes, grid: pd.DataFrame, plan: SweepPlan, colours: Colours) -> None:
    values = grid.loc[list(plan.down.levels), list(plan.across.levels)].to_numpy(np.float64)
    axes.pcolormesh(
        np.ma.masked_invalid(values), cmap=colours.map, norm=colours.norm,
        edgecolors=style.PAPER, linewidth=1.2,
    )  # fmt: skip
    step = colours.levels[1] - colours.levels[0]
    digits = max(0, 1 - int(np.floor(np.log10(step))))
    for (row, column), value in np.ndenumerate(values):
        if not np.isnan(value):
            text = f"{value:z.{digits}f}".replace("-", MINUS)
            axes.text(
                column + 0.5, row + 0.5, text, ha="center", va="center", path_effects=HALO
            )
    for axis, factor in ((axes.xaxis, plan.across), (axes.yaxis, plan.down)):
        axis.set_ticks(np.arange(len(factor.levels)) + 0.5, _tick_names(factor))
    axes.tick_params(length=0)


def _draw_contours(
    axes: Axes, grid: pd.DataFrame, sweep: Sweep, colours: Colours, presets: pd.DataFrame
) -> None:
    plan = sweep.plan
    x, y = grid.columns.to_numpy(np.float64), grid.index.to_numpy(np.float64)
    z = np.ma.masked_invalid(grid.to_numpy(np.float64))
    axes.set(xlim=_ends(plan.across, x), ylim=_ends(plan.down, y))
    axes.contourf(x, y, z, colours.levels, cmap=colours.map, norm=colours.norm)
    if plan.kind != "factorial":
        at = [plan.place(factor) for factor in (plan.across, plan.down)]
        axes.scatter(*plan.values[:, at].T, s=1.5, color=style.FAINT, linewidths=0, zorder=1.5)
    dots = presets[["across", "down"]].drop_duplicates().to_numpy(np.float64)
    stands = _draw_presets(axes, presets, dots)
    inside = [level for level in colours.levels if z.min() < level < z.max()]
    if inside:
        lines = axes.contour(x, y, z, inside, colors=style.INK, linewidths=0.7)
        places = _places_on_lines(axes, lines.allsegs, [*_inches(axes, dots), *stands])
        lines.clabel(inside, fmt=_level_text, fontsize=7.0, manual=places, colors=style.INK)
        for text in lines.labelTexts:
            text.set_path_effects(HALO)
    for axis, factor in ((axes.xaxis, plan.across), (axes.yaxis, plan.down)):
        if factor.choices:
            axis.set_ticks(np.arange(len(factor.choices)), _tick_names(factor))
        elif plan.kind == "factorial" and len(factor.levels) <= 6:
            axis.set_ticks(factor.levels, _tick_names(factor))


def _ends(factor: Factor, values: Floats) -> tuple[float, float]:
    """Find the ends of an axis; levels that fall go from the first to the last all the same."""
    low, high = float(values.min()), float(values.max())
    falls = len(factor.levels) > 1 and factor.levels[0] > factor.levels[-1]
    return (high, low) if falls else (low, high)


def _level_text(level: float) -> str:
    return f"{level:g}".replace("-", MINUS)


def _inches(axes: Axes, points: Floats) -> Floats:
    """Turn places on the axes into inches from their corner."""
    box = axes.get_window_extent()
    dots_per_inch = axes.figure.dpi
    return np.asarray(axes.transData.transform(points) - (box.x0, box.y0)) / dots_per_inch


def _places_on_lines(axes, segments, obstacles):
    """Find where each line has most room for its label, if anywhere."""
