"""What an outcome does over two factors: contours, or cells where a factor is a choice."""

import dataclasses
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import Normal, Stroke
from matplotlib.ticker import MaxNLocator

from engager_sim.designs.factors import Factor
from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.figures import style
from engager_sim.figures.scales import MINUS
from engager_sim.studies.sweep.figures.factor_words import (
    Measure,
    axis_name,
    columns_for,
    falls,
    level_names,
    measure_of,
    panel_title,
    question_of,
    wrapped,
)
from engager_sim.studies.sweep.settings import SweepPlan
from engager_sim.studies.sweep.study import Sweep

type Floats = npt.NDArray[np.float64]

MORE = LinearSegmentedColormap.from_list("more", ["#F7FBFD", style.SKY, style.BLUE])
AROUND_NOTHING = LinearSegmentedColormap.from_list(
    "around nothing", [style.VERMILLION, "#FBFBFB", style.BLUE]
)
"""Colours are pale near 0 and strong far from it; on either side of 0 they differ."""

ISOLINES, DARK = 8, 0.45
CLEAR = 0.17
"""Inches around the label of a line in which nothing else stands."""

NEAR, DIRECTIONS = (0.14, 0.2, 0.28, 0.4, 0.55), 16
"""Where the number of a preset may stand: inches from its dot, and in how many directions."""

LETTER, LINE, BAR = 0.062, 0.15, 0.13
DIGIT, LINE_OF_DIGITS, DOT = 0.066, 0.14, 0.05
"""Inches that small type, the colour bar, numbers and dots of presets take."""

HALO = [Stroke(linewidth=2.0, foreground="white"), Normal()]


class Colours(NamedTuple):
    """The common scale of all panels, the values at which lines are drawn, and their digits."""

    map: Colormap
    norm: Normalize
    levels: list[float]
    digits: int

    def text(self, value: float) -> str:
        """Write a value of the scale."""
        return f"{value:z.{self.digits}f}".replace("-", MINUS)


def response_surface(sweep: Sweep, column: OutcomeColumn, what: str, note: str) -> Figure:
    """Draw an outcome over the two axes of a sweep, by panel.

    Parameters
    ----------
    sweep : Sweep
        Carried out.
    column : OutcomeColumn
        One of its outcomes.
    what, note : str
        What is shown, and how to read it.
    """
    plan, measure = sweep.plan, measure_of(column, sweep.plan.study)
    surface = sweep.surface[sweep.surface["outcome"] == column.name]
    surface = surface.assign(value=measure.scale.times * surface["value"])
    presets = presets_within(sweep)
    layout = _layout(plan, surface["panel"].nunique(), measure, presets)
    colours = _colours(surface["value"].to_numpy(np.float64), measure)
    with style.styled():
        page = style.page(layout, what, question_of(plan), note)
        for place, (_, its) in enumerate(surface.groupby("panel")):
            axes = page.panels[place]
            grid = its.pivot_table("value", "down", "across", dropna=False)
            if has_cells(plan):
                _draw_cells(axes, grid, plan, colours)
            else:
                _draw_contours(axes, grid, sweep, colours, presets)
            _name_axes(axes, plan, layout, place)
        _colour_bar(page, colours, measure)
        _list_presets(page, presets)
    return page.figure


def has_cells(plan: SweepPlan) -> bool:
    """Tell whether cells are drawn: between choices there is nothing to interpolate."""
    return plan.kind == "factorial" and bool(plan.across.choices or plan.down.choices)


def _layout(plan: SweepPlan, count: int, measure: Measure, presets: pd.DataFrame) -> style.Panels:
    width, height = (3.3, 2.7) if count == 1 else (2.3, 2.0)
    across, down = level_names(plan.across), level_names(plan.down)
    if plan.across.choices:
        width = max(width, LETTER * (max(map(len, across)) + 2) * len(across))
    if has_cells(plan):
        width, height = max(width, 0.6 * len(across)), max(height, 0.3 * len(down))
    down_lines = wrapped(axis_name(plan.down), height).count("\n") + 1
    across_lines = wrapped(axis_name(plan.across), width).count("\n") + 1
    bar_lines = wrapped(measure.with_unit, height).count("\n") + 1
    layout = style.Panels(
        count, columns_for(count), width=width, height=height,
        left=0.22, right=0.12, above=0.3 if panel_title(plan, 0) else 0.18,
        below=0.36 + LINE * across_lines,
        before_all=0.1 + LINE * down_lines + LETTER * max(map(len, down), default=4),
        beside_all=0.6 + BAR + LINE * bar_lines,
    )  # fmt: skip
    rows = -(-len(presets) // _list_columns(layout, presets))
    return dataclasses.replace(layout, under_all=0.19 * rows + 0.1 * bool(rows))


def _list_columns(layout: style.Panels, presets: pd.DataFrame) -> int:
    """Find in how many columns the names of presets fit below the panels."""
    longest = max(map(len, presets["preset"]), default=0)
    return max(1, int(layout.whole_width / (0.066 * (longest + 4) + 0.7)))


def _list_presets(page: style.Page, presets: pd.DataFrame) -> None:
    dot = Line2D([], [], color=style.INK, marker="o", markersize=4.0, linestyle="none")
    names = [style.in_words(str(name)) for name in presets["preset"]]
    numbered = [f"{number}  {name}" for number, name in enumerate(names, start=1)]
    if names:
        columns = _list_columns(page.layout, presets)
        page.legend_below([dot] * len(names), numbered, columns)


def _colours(values: Floats, measure: Measure) -> Colours:
    """Choose lines at round values over all panels."""
    low, high, least = np.nanmin(values), np.nanmax(values), 10.0**-measure.scale.digits
    if high - low < least / 100.0:
        low, high = low - least, high + least
    levels = [float(level) for level in MaxNLocator(ISOLINES).tick_values(low, high)]
    step = levels[1] - levels[0]
    digits = next(digits for digits in range(12) if abs(round(step, digits) - step) < 1e-3 * step)
    first, last, map_ = levels[0], levels[-1], MORE if levels[0] >= 0.0 else MORE.reversed()
    if first < 0.0 < last:
        last, map_ = max(-first, last), AROUND_NOTHING
        first = -last
    return Colours(map_, Normalize(first, last), levels, digits)


def _draw_cells(axes: Axes, grid: pd.DataFrame, plan: SweepPlan, colours: Colours) -> None:
    values = grid.loc[list(plan.down.levels), list(plan.across.levels)].to_numpy(np.float64)
    axes.pcolormesh(
        np.ma.masked_invalid(values), cmap=colours.map, norm=colours.norm,
        edgecolors=style.PAPER, linewidth=1.2,
    )  # fmt: skip
    finer = colours._replace(digits=colours.digits + 1)
    for (row, column), value in np.ndenumerate(values):
        if not np.isnan(value):
            at = (column + 0.5, row + 0.5)
            red, green, blue, _ = colours.map(colours.norm(value))
            is_dark = 0.21 * red + 0.72 * green + 0.07 * blue < DARK
            ink = style.PAPER if is_dark else style.INK
            axes.text(*at, finer.text(value), color=ink, ha="center", va="center")
    for axis, factor in ((axes.xaxis, plan.across), (axes.yaxis, plan.down)):
        axis.set_ticks(np.arange(len(factor.levels)) + 0.5, level_names(factor))
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
        at = [plan.values[:, plan.place(factor)] for factor in (plan.across, plan.down)]
        axes.scatter(at[0], at[1], s=4.0, color=style.INK, alpha=0.6, linewidths=0, zorder=1.5)
    dots = presets[["across", "down"]].drop_duplicates().to_numpy(np.float64)
    stands = _draw_presets(axes, presets, dots)
    inside = [level for level in colours.levels if z.min() < level < z.max()]
    if inside:
        lines = axes.contour(x, y, z, inside, colors=style.INK, linewidths=0.7, linestyles="solid")
        places = _places_on_lines(axes, lines.allsegs, [*_inches(axes, dots), *stands])
        lines.clabel(inside, fmt=colours.text, fontsize=7.0, manual=places)
        for text in lines.labelTexts:
            text.set_path_effects(HALO)
    for axis, factor in ((axes.xaxis, plan.across), (axes.yaxis, plan.down)):
        if factor.choices or (plan.kind == "factorial" and len(factor.levels) <= 6):
            axis.set_ticks(factor.levels, level_names(factor))


def _ends(factor: Factor, values: Floats) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    return (high, low) if falls(factor) else (low, high)


def _inches(axes: Axes, points: Floats) -> Floats:
    """Turn places on the axes into inches from their lower left corner."""
    box = axes.get_window_extent()
    return np.asarray(axes.transData.transform(points) - (box.x0, box.y0)) / axes.figure.dpi


def _corner(axes: Axes) -> Floats:
    """Find how wide and high the axes are, in inches."""
    return _inches(axes, np.array([axes.get_xlim()[1], axes.get_ylim()[1]]))


def _places_on_lines(
    axes: Axes, lines: Sequence[Sequence[Floats]], obstacles: Sequence[Floats]
) -> list[tuple[float, float]]:
    """Find where each line has most room for its label, if it has enough anywhere."""
    taken, places = list(obstacles), []
    share = np.linspace(0.0, 1.0, 8)[:, None, None]
    for pieces in lines:
        points = np.concatenate(
            [(piece[:-1] + share * np.diff(piece, axis=0)).reshape(-1, 2) for piece in pieces]
        )
        at = _inches(axes, points)
        room = np.minimum(at, _corner(axes) - at).min(axis=1)
        for other in taken:
            room = np.minimum(room, np.hypot(*(at - other).T))
        best = int(np.argmax(room))
        if room[best] >= CLEAR:
            places.append((float(points[best, 0]), float(points[best, 1])))
            taken.append(at[best])
    return places


def presets_within(sweep: Sweep) -> pd.DataFrame:
    """Take the presets that stand on the axes, and number them."""
    its = sweep.presets
    for name in ("across", "down"):
        its = its[its[name].between(sweep.surface[name].min(), sweep.surface[name].max())]
    return its.assign(number=np.arange(1, len(its) + 1))


def _draw_presets(axes: Axes, presets: pd.DataFrame, dots: Floats) -> list[Floats]:
    """Draw dots where presets stand, with their numbers; return where the numbers stand."""
    at, taken = _inches(axes, dots), list[tuple[Floats, Floats]]()
    line = {"arrowstyle": "-", "color": style.INK, "linewidth": 0.5, "shrinkA": 0, "shrinkB": 0}
    for dot, place in zip(dots, at, strict=True):
        here = (presets[["across", "down"]] == dot).all(axis=1)
        text = ", ".join(map(str, presets.loc[here, "number"]))
        half = np.array([DIGIT * len(text), LINE_OF_DIGITS]) / 2.0
        stand = _free_place(place, half, _corner(axes), at, taken)
        taken.append((stand, half))
        axes.annotate(
            text, dot, 72.0 * (stand - place), textcoords="offset points", size=7.0,
            weight="bold", ha="center", va="center", path_effects=HALO, zorder=5, arrowprops=line,
        )  # fmt: skip
        axes.plot(*dot, "o", color=style.INK, mec="white", ms=4.5, clip_on=False, zorder=4)
    return [stand for stand, _ in taken]


def _free_place(
    place: Floats, half: Floats, corner: Floats, dots: Floats, taken: list[tuple[Floats, Floats]]
) -> Floats:
    """Find the nearest place for a number that covers nothing and is inside, if it can be."""
    turns = 2.0 * np.pi * np.arange(DIRECTIONS) / DIRECTIONS
    around = np.stack([np.cos(turns), np.sin(turns)], axis=1)
    tried = np.concatenate([place + around * (near + half - half[1]) for near in NEAR])
    faults = (np.abs(tried[:, None] - dots) < half + DOT).all(axis=2).sum(axis=1)
    for other, its_half in taken:
        faults += (np.abs(tried - other) < half + its_half).all(axis=1)
    faults += ((tried < half) | (tried > corner - half)).any(axis=1)
    return np.asarray(tried[np.argmin(faults)])


def _name_axes(axes: Axes, plan: SweepPlan, layout: style.Panels, place: int) -> None:
    axes.set_title(panel_title(plan, place))
    axes.set_xlabel(wrapped(axis_name(plan.across), layout.width))
    if place % layout.columns == 0:
        axes.set_ylabel(wrapped(axis_name(plan.down), layout.height))
    else:
        axes.tick_params(labelleft=False)


def _colour_bar(page: style.Page, colours: Colours, measure: Measure) -> None:
    """Draw the scale of all panels to the right of them, in the bands of the contours."""
    width, height = page.figure.get_size_inches()
    first, last = page.panels[0].get_position(), page.panels[-1].get_position()
    left = 1.0 - (page.layout.beside_all - 0.06) / width
    axes = page.figure.add_axes((left, last.y0, BAR / width, first.y1 - last.y0))
    scale = ScalarMappable(colours.norm, colours.map)
    bar = page.figure.colorbar(scale, cax=axes, boundaries=colours.levels, ticks=colours.levels)
    bar.set_ticks(colours.levels, labels=[colours.text(level) for level in colours.levels])
    bar.set_label(wrapped(measure.with_unit, height * (first.y1 - last.y0)))
