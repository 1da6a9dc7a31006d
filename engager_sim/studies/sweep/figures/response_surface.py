"""What an outcome does over two factors: contours, or cells where a factor is a choice."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.patheffects import Normal, Stroke
from matplotlib.ticker import MaxNLocator

from engager_sim.designs.factors import Factor
from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.designs.samplers import Numbers
from engager_sim.figures import style
from engager_sim.figures.factor_labels import axis_name, is_descending, level_names
from engager_sim.figures.line_breaks import unbroken, wrapped
from engager_sim.figures.outcome_labels import OutcomeLabel, label_outcome, question_of
from engager_sim.figures.scales import MINUS
from engager_sim.studies.sweep.figures.panels import columns_for, panel_title
from engager_sim.studies.sweep.figures.today import (
    LEGEND_ROOM,
    draw_today,
    label_positions,
    name_today,
)
from engager_sim.studies.sweep.settings import SweepSettings
from engager_sim.studies.sweep.study import Sweep

MORE = LinearSegmentedColormap.from_list("more", ["#F7FBFD", style.SKY, style.BLUE])
AROUND_NOTHING = LinearSegmentedColormap.from_list(
    "around nothing", [style.VERMILLION, "#FBFBFB", style.BLUE]
)
"""Colours are pale near 0 and strong far from it; on either side of 0 they differ."""

HALO = [Stroke(linewidth=2.0, foreground="white"), Normal()]
ISOLINES, DARK = 8, 0.45
LETTER, LINE, BAR = 0.062, 0.15, 0.13
"""Inches that small type and the colour bar take."""


class ColourScale(NamedTuple):
    """The common scale of all panels, the values at which lines are drawn, and their digits."""

    map: Colormap
    norm: Normalize
    levels: list[float]
    digits: int
    shown: tuple[float, float]
    outcome: OutcomeLabel

    @property
    def name(self) -> str:
        """What the scale is of, and between what values this picture lies."""
        low, high = map(self._replace(digits=self.digits + 1).text, self.shown)
        return f"{self.outcome.with_unit}: {unbroken(f'{low} to {high}')} in this picture"

    @property
    def note(self) -> str:
        """Say that colours run further than the values, where they do."""
        scale = self.outcome.scale
        if self.levels[-1] - self.levels[0] >= scale.least_range:
            return ""
        return (
            f" Colours run over {scale.least_range:g} {scale.of_differences} at least, so that a "
            "small difference looks small; marks on the bar: the lowest and the highest value."
        )

    def text(self, value: float) -> str:
        """Write a value of the scale."""
        return f"{value:z.{self.digits}f}".replace("-", MINUS)


def response_surface(
    sweep: Sweep, column: OutcomeColumn, what: str, note: str, today: Mapping[int, Numbers]
) -> Figure:
    """Draw an outcome over the two axes of a sweep, by panel; ``today`` is from today_by_panel."""
    settings = sweep.settings
    outcome = label_outcome(column, settings.study)
    surface = sweep.surface[sweep.surface["outcome"] == column.name]
    surface = surface.assign(value=outcome.scale.times * surface["value"])
    colours = _colour_scale(surface["value"].to_numpy(np.float64), outcome)
    layout = _layout(settings, surface["panel"].nunique(), colours.name, bool(today))
    with style.styled():
        page = style.page(layout, what, question_of(settings.study), note + colours.note)
        for panel, (_, rows) in enumerate(surface.groupby("panel")):
            axes = page.panels[panel]
            grid = rows.pivot_table("value", "down", "across", dropna=False)
            if settings.has_cells:
                _draw_cells(axes, grid, settings, colours, today.get(panel))
            else:
                _draw_contours(axes, grid, settings, colours, today.get(panel))
            _name_axes(axes, settings, layout, panel)
        _colour_bar(page, colours)
        if today:
            name_today(page, sweep)
    return page.figure


def _layout(settings: SweepSettings, count: int, name: str, has_legend: bool) -> style.Panels:
    width, height = (3.3, 2.7) if count == 1 else (2.3, 2.0)
    across, down = level_names(settings.across), level_names(settings.down)
    if settings.across.choices:
        width = max(width, LETTER * (max(map(len, across)) + 2) * len(across))
    if settings.has_cells:
        width, height = max(width, 0.6 * len(across)), max(height, 0.3 * len(down))
    down_lines = wrapped(axis_name(settings.down), height).count("\n") + 1
    across_lines = wrapped(axis_name(settings.across), width).count("\n") + 1
    bar_lines = wrapped(name, height).count("\n") + 1
    return style.Panels(
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
        under_all=LEGEND_ROOM * has_legend,
    )


def _colour_scale(values: Numbers, outcome: OutcomeLabel) -> ColourScale:
    """Choose lines at round values over all panels, and colours that do not make little look much.

    Colours run over the least range of the unit or more, however little the values differ.
    """
    low, high, least = np.nanmin(values), np.nanmax(values), 10.0**-outcome.scale.digits
    if high - low < least / 100.0:
        low, high = low - least, high + least
    levels = [float(level) for level in MaxNLocator(ISOLINES).tick_values(low, high)]
    digits = _digits(levels[1] - levels[0])
    first, last = _colour_ends(levels[0], levels[-1], outcome.scale.least_range)
    map_ = MORE if first >= 0.0 else MORE.reversed() if last <= 0.0 else AROUND_NOTHING
    return ColourScale(map_, Normalize(first, last), levels, digits, (low, high), outcome)


def _digits(step: float) -> int:
    """Count the decimals that values so far apart need."""
    return next(digits for digits in range(12) if abs(round(step, digits) - step) < 1e-3 * step)


def _colour_ends(first: float, last: float, least: float) -> tuple[float, float]:
    """Find where colours begin and end; on both sides of 0 they run as far on either."""
    if first < 0.0 < last:
        last = max(-first, last, least / 2.0)
        return -last, last
    missing = max(0.0, least - (last - first))
    if first >= 0.0:
        first = max(0.0, first - missing / 2.0)
        return first, max(last, first + least)
    last = min(0.0, last + missing / 2.0)
    return min(first, last - least), last


def _draw_cells(
    axes: Axes,
    grid: pd.DataFrame,
    settings: SweepSettings,
    colours: ColourScale,
    today: Numbers | None,
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
    if today is not None:
        cell = [factor.levels.index(at) for factor, at in zip((across, down), today, strict=True)]
        draw_today(axes, np.add(cell, (0.5, 0.16)))
    for axis, factor in ((axes.xaxis, across), (axes.yaxis, down)):
        axis.set_ticks(np.arange(len(factor.levels)) + 0.5, level_names(factor))
    axes.tick_params(length=0)


def _draw_contours(
    axes: Axes,
    grid: pd.DataFrame,
    settings: SweepSettings,
    colours: ColourScale,
    today: Numbers | None,
) -> None:
    across, down = settings.across, settings.down
    x, y = grid.columns.to_numpy(np.float64), grid.index.to_numpy(np.float64)
    z = np.ma.masked_invalid(grid.to_numpy(np.float64))
    axes.set(xlim=_ends(across, x), ylim=_ends(down, y))
    axes.contourf(x, y, z, colours.levels, cmap=colours.map, norm=colours.norm)
    if not settings.is_factorial:
        dots = [settings.values[:, settings.column(factor)] for factor in (across, down)]
        axes.scatter(dots[0], dots[1], s=4.0, color=style.INK, alpha=0.6, linewidths=0, zorder=1.5)
    if today is not None:
        draw_today(axes, today)
    inside = [level for level in colours.levels if z.min() < level < z.max()]
    if inside:
        lines = axes.contour(x, y, z, inside, colors=style.INK, linewidths=0.7, linestyles="solid")
        positions = label_positions(axes, lines.allsegs, [] if today is None else [today])
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


def _colour_bar(page: style.Page, colours: ColourScale) -> None:
    """Draw the scale of all panels to the right of them, and mark between what values they lie."""
    width, height = page.figure.get_size_inches()
    first, last = page.panels[0].get_position(), page.panels[-1].get_position()
    left = 1.0 - (page.layout.beside_all - 0.06) / width
    axes = page.figure.add_axes((left, last.y0, BAR / width, first.y1 - last.y0))
    scale = ScalarMappable(colours.norm, colours.map)
    bar = page.figure.colorbar(scale, cax=axes)
    low, high = axes.get_ylim()
    ticks = [tick for tick in MaxNLocator(ISOLINES).tick_values(low, high) if low <= tick <= high]
    written = colours._replace(digits=_digits(ticks[1] - ticks[0]))
    bar.set_ticks(ticks, labels=[written.text(tick) for tick in ticks])
    bar.ax.hlines(colours.shown, 0.0, 1.0, color=style.INK, linewidth=1.4)
    bar.set_label(wrapped(colours.name, height * (first.y1 - last.y0)))
