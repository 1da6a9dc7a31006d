"""What an outcome does over two factors: contours, or cells where a factor is a choice."""

import dataclasses
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from engager_sim.designs.factors import Factor
from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.designs.samplers import Numbers
from engager_sim.figures import style
from engager_sim.figures.factor_labels import axis_name, is_descending, level_names
from engager_sim.figures.line_breaks import wrapped
from engager_sim.figures.outcome_labels import OutcomeLabel, label_outcome, question_of
from engager_sim.figures.scales import MINUS
from engager_sim.studies.sweep.figures.panels import columns_for, panel_title
from engager_sim.studies.sweep.figures.preset_marks import (
    HALO,
    draw_presets,
    label_positions,
    list_columns,
    list_presets,
    presets_within,
)
from engager_sim.studies.sweep.settings import SweepSettings
from engager_sim.studies.sweep.study import Sweep

MORE = LinearSegmentedColormap.from_list("more", ["#F7FBFD", style.SKY, style.BLUE])
AROUND_NOTHING = LinearSegmentedColormap.from_list(
    "around nothing", [style.VERMILLION, "#FBFBFB", style.BLUE]
)
"""Colours are pale near 0 and strong far from it; on either side of 0 they differ."""

ISOLINES, DARK = 8, 0.45
LETTER, LINE, BAR = 0.062, 0.15, 0.13
"""Inches that small type and the colour bar take."""


class ColourScale(NamedTuple):
    """The common scale of all panels, the values at which lines are drawn, and their digits."""

    map: Colormap
    norm: Normalize
    levels: list[float]
    digits: int

    def text(self, value: float) -> str:
        """Write a value of the scale."""
        return f"{value:z.{self.digits}f}".replace("-", MINUS)


def response_surface(sweep: Sweep, column: OutcomeColumn, what: str, note: str) -> Figure:
    """Draw an outcome over the two axes of a sweep, by panel."""
    settings = sweep.settings
    outcome = label_outcome(column, settings.study)
    surface = sweep.surface[sweep.surface["outcome"] == column.name]
    surface = surface.assign(value=outcome.scale.times * surface["value"])
    presets = presets_within(sweep)
    layout = _layout(settings, surface["panel"].nunique(), outcome, presets)
    colours = _colour_scale(surface["value"].to_numpy(np.float64), outcome)
    with style.styled():
        page = style.page(layout, what, question_of(settings.study), note)
        for panel, (_, rows) in enumerate(surface.groupby("panel")):
            axes = page.panels[panel]
            grid = rows.pivot_table("value", "down", "across", dropna=False)
            if _has_cells(settings):
                _draw_cells(axes, grid, settings, colours)
            else:
                _draw_contours(axes, grid, settings, colours, presets)
            _name_axes(axes, settings, layout, panel)
        _colour_bar(page, colours, outcome)
        list_presets(page, presets)
    return page.figure


def _has_cells(settings: SweepSettings) -> bool:
    """Tell whether cells are drawn: between choices there is nothing to interpolate."""
    return settings.is_factorial and bool(settings.across.choices or settings.down.choices)


def _layout(
    settings: SweepSettings, count: int, outcome: OutcomeLabel, presets: pd.DataFrame
) -> style.Panels:
    width, height = (3.3, 2.7) if count == 1 else (2.3, 2.0)
    across, down = level_names(settings.across), level_names(settings.down)
    if settings.across.choices:
        width = max(width, LETTER * (max(map(len, across)) + 2) * len(across))
    if _has_cells(settings):
        width, height = max(width, 0.6 * len(across)), max(height, 0.3 * len(down))
    down_lines = wrapped(axis_name(settings.down), height).count("\n") + 1
    across_lines = wrapped(axis_name(settings.across), width).count("\n") + 1
    bar_lines = wrapped(outcome.with_unit, height).count("\n") + 1
    layout = style.Panels(
        count,
        columns_for(count),
        width=width,
        height=height,
        left=0.22,
        right=0.12,
        above=0.3 if panel_title(settings, 0) else 0.18,
        below=0.36 + LINE * across_lines,
        before_all=0.1 + LINE * down_lines + LETTER * max(map(len, down), default=4),
        beside_all=0.6 + BAR + LINE * bar_lines,
    )
    rows = -(-len(presets) // list_columns(layout, presets))
    return dataclasses.replace(layout, under_all=0.19 * rows + 0.1 * bool(rows))


def _colour_scale(values: Numbers, outcome: OutcomeLabel) -> ColourScale:
    """Choose lines at round values over all panels."""
    low, high, least = np.nanmin(values), np.nanmax(values), 10.0**-outcome.scale.digits
    if high - low < least / 100.0:
        low, high = low - least, high + least
    levels = [float(level) for level in MaxNLocator(ISOLINES).tick_values(low, high)]
    step = levels[1] - levels[0]
    digits = next(digits for digits in range(12) if abs(round(step, digits) - step) < 1e-3 * step)
    first, last, map_ = levels[0], levels[-1], MORE if levels[0] >= 0.0 else MORE.reversed()
    if first < 0.0 < last:
        last, map_ = max(-first, last), AROUND_NOTHING
        first = -last
    return ColourScale(map_, Normalize(first, last), levels, digits)


def _draw_cells(
    axes: Axes, grid: pd.DataFrame, settings: SweepSettings, colours: ColourScale
) -> None:
    across, down = settings.across, settings.down
    values = grid.loc[list(down.levels), list(across.levels)].to_numpy(np.float64)
    look: Any = {"cmap": colours.map, "norm": colours.norm, "edgecolors": style.PAPER}
    axes.pcolormesh(np.ma.masked_invalid(values), linewidth=1.2, **look)
    finer = colours._replace(digits=colours.digits + 1)
    for (row, column), value in np.ndenumerate(values):
        if not np.isnan(value):
            red, green, blue, _ = colours.map(colours.norm(value))
            is_dark = 0.21 * red + 0.72 * green + 0.07 * blue < DARK
            ink = style.PAPER if is_dark else style.INK
            text = finer.text(value)
            axes.text(column + 0.5, row + 0.5, text, color=ink, ha="center", va="center")
    for axis, factor in ((axes.xaxis, across), (axes.yaxis, down)):
        axis.set_ticks(np.arange(len(factor.levels)) + 0.5, level_names(factor))
    axes.tick_params(length=0)


def _draw_contours(
    axes: Axes,
    grid: pd.DataFrame,
    settings: SweepSettings,
    colours: ColourScale,
    presets: pd.DataFrame,
) -> None:
    across, down = settings.across, settings.down
    x, y = grid.columns.to_numpy(np.float64), grid.index.to_numpy(np.float64)
    z = np.ma.masked_invalid(grid.to_numpy(np.float64))
    axes.set(xlim=_ends(across, x), ylim=_ends(down, y))
    axes.contourf(x, y, z, colours.levels, cmap=colours.map, norm=colours.norm)
    if not settings.is_factorial:
        dots = [settings.values[:, settings.column(factor)] for factor in (across, down)]
        axes.scatter(dots[0], dots[1], s=4.0, color=style.INK, alpha=0.6, linewidths=0, zorder=1.5)
    obstacles = draw_presets(axes, presets)
    inside = [level for level in colours.levels if z.min() < level < z.max()]
    if inside:
        lines = axes.contour(x, y, z, inside, colors=style.INK, linewidths=0.7, linestyles="solid")
        positions = label_positions(axes, lines.allsegs, obstacles)
        lines.clabel(inside, fmt=colours.text, fontsize=7.0, manual=positions)
        for text in lines.labelTexts:
            text.set_path_effects(HALO)
    for axis, factor in ((axes.xaxis, across), (axes.yaxis, down)):
        if factor.choices or (settings.is_factorial and len(factor.levels) <= 6):
            axis.set_ticks(factor.levels, level_names(factor))


def _ends(factor: Factor, values: Numbers) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    return (high, low) if is_descending(factor) else (low, high)


def _name_axes(axes: Axes, settings: SweepSettings, layout: style.Panels, panel: int) -> None:
    axes.set_title(panel_title(settings, panel))
    axes.set_xlabel(wrapped(axis_name(settings.across), layout.width))
    if panel % layout.columns == 0:
        axes.set_ylabel(wrapped(axis_name(settings.down), layout.height))
    else:
        axes.tick_params(labelleft=False)


def _colour_bar(page: style.Page, colours: ColourScale, outcome: OutcomeLabel) -> None:
    """Draw the scale of all panels to the right of them, in the bands of the contours."""
    width, height = page.figure.get_size_inches()
    first, last = page.panels[0].get_position(), page.panels[-1].get_position()
    left = 1.0 - (page.layout.beside_all - 0.06) / width
    axes = page.figure.add_axes((left, last.y0, BAR / width, first.y1 - last.y0))
    scale = ScalarMappable(colours.norm, colours.map)
    bar = page.figure.colorbar(scale, cax=axes, boundaries=colours.levels, ticks=colours.levels)
    bar.set_ticks(colours.levels, labels=[colours.text(level) for level in colours.levels])
    bar.set_label(wrapped(outcome.with_unit, height * (first.y1 - last.y0)))
