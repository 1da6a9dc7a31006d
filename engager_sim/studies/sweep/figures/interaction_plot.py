"""Whether levers together do more than the sum of each alone."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from engager_sim.designs.factors import Factor
from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.figures import style
from engager_sim.figures.drawn_text import fitting_lines
from engager_sim.figures.factor_labels import name_with_unit
from engager_sim.figures.outcome_labels import label_outcome, question_of
from engager_sim.figures.scales import Scale
from engager_sim.studies.sweep.figures.panels import columns_for, room_before, share_value_axis
from engager_sim.studies.sweep.interactions import WITHOUT_EFFECT
from engager_sim.studies.sweep.study import Sweep

BESIDE, NAME, NAME_LINE = 0.26, 1.05, 0.125
"""Inches: from the end of a line to its name, and that a name and each of its lines take."""

FIRST, LAST, SUM = style.FAINT, style.BLUE, style.VERMILLION
DASHES = (0, (3, 2))


def interaction_plot(sweep: Sweep, column: OutcomeColumn, what: str, note: str) -> Figure:
    """Draw an outcome at the first and the last levels of two themes, for every pair of themes."""
    study = sweep.settings.study
    outcome = label_outcome(column, study)
    rows = sweep.interactions[sweep.interactions["outcome"] == column.name]
    ends = {name: _level_names(study.factors, name) for name in {*rows["first"], *rows["second"]}}
    lines = max(len(text.split("\n")) for texts in ends.values() for text in texts)
    layout = style.Panels(
        len(rows),
        columns_for(len(rows)),
        width=1.6 if len(rows) > 1 else 2.4,
        height=max(1.75, 3.3 * NAME_LINE * lines),
        left=0.16,
        right=BESIDE + NAME + 0.1,
        above=0.56,
        below=0.3 + NAME_LINE * lines,
        before_all=room_before(outcome.with_unit, 1.75),
    )
    with style.styled():
        page = style.page(layout, what, question_of(study), note)
        pairs: list[Any] = list(_in_units(rows, outcome.scale.times).itertuples())
        for axes, row in zip(page.panels, pairs, strict=True):
            _draw_pair(axes, row, ends[row.first])
        share_value_axis(page, outcome.with_unit)
        for axes, row in zip(page.panels, pairs, strict=True):
            _label_pair(axes, row, ends[row.second], layout.height)
            _head_pair(axes, row, outcome.scale, layout.height)
    return page.figure


def _in_units(rows: pd.DataFrame, times: float) -> pd.DataFrame:
    """Scale the numbers of the table of interactions, and say where the sum would be."""
    rows = rows.copy()
    numbers = ["neither", "first_alone", "second_alone", "both", "whole_less_sum", "low", "high"]
    rows[numbers] *= times
    return rows.assign(total=rows["first_alone"] + rows["second_alone"] - rows["neither"])


def _level_names(factors: Sequence[Factor], theme: str) -> list[str]:
    """Name the first and the last levels of a theme, in lines; those of several factors in short.

    The note below the picture says what these are.
    """
    of_theme = [factor for factor in factors if factor.theme == theme]
    texts = [f"{theme}: first levels", f"{theme}: last levels"]
    if len(of_theme) == 1:
        (factor,) = of_theme
        texts = [f"{theme}: {_level_text(factor, at)}" for at in (0, -1)]
    return ["\n".join(fitting_lines(style.words(text), NAME, style.SMALL)) for text in texts]


def _level_text(factor: Factor, at: int) -> str:
    text = factor.text(factor.levels[at])
    if factor.name == "on":
        return {"yes": "on", "no": "off"}[text]
    return f"{name_with_unit(factor)} {text}"


def _draw_pair(axes: Axes, row: Any, ends: Sequence[str]) -> None:
    at_first: Any = {"color": FIRST, "marker": "s", "markersize": 4}
    at_last: Any = {"color": LAST, "marker": "o", "markersize": 4.5}
    axes.plot([0, 1], [row.neither, row.first_alone], linewidth=1.5, **at_first)
    axes.plot([0, 1], [row.second_alone, row.both], linewidth=1.5, **at_last)
    total = at_last | {"color": SUM, "markerfacecolor": style.PAPER, "markevery": [1]}
    axes.plot([0, 1], [row.second_alone, row.total], ls=DASHES, lw=1.1, zorder=1.9, **total)
    interval = [row.total + row.low, row.total + row.high]
    axes.plot([1, 1], interval, color=style.INK, linewidth=1.0, marker="_", markersize=6, zorder=3)
    axes.set_xticks([0, 1], ends)
    axes.set_xlim(-0.25, 1.12)


def _label_pair(axes: Axes, row: Any, names: Sequence[str], height: float) -> None:
    """Name the ends of the lines beside the panel, without overlap."""
    ends = sorted(
        [
            (row.first_alone, names[0], FIRST),
            (row.both, names[1], LAST),
            (row.total, "the sum", SUM),
        ]
    )
    low, high = axes.get_ylim()
    lines = max(name.count("\n") + 1 for name in names)
    gap = NAME_LINE * lines / height * (high - low)
    moved = style.spread([end for end, _, _ in ends], gap, low + gap / 2.0, high - gap / 2.0)
    look: Any = {"size": 7.2, "va": "center", "linespacing": 1.0, "annotation_clip": False}
    line = {"arrowstyle": "-", "linewidth": 0.6, "shrinkA": 1, "shrinkB": 3, "relpos": (0.0, 0.5)}
    for beside, (end, text, colour) in zip(moved, ends, strict=True):
        arrow = line | {"color": colour}
        axes.annotate(text, (1.0, end), (1.22, beside), color=colour, arrowprops=arrow, **look)


def _head_pair(axes: Axes, row: Any, scale: Scale, height: float) -> None:
    pair = f"{style.spaced(row.first)} and {style.spaced(row.second)}"
    axes.set_title(pair[:1].upper() + pair[1:], pad=17.0)
    text = row.verdict.capitalize()
    if row.verdict not in WITHOUT_EFFECT:
        numbers = scale._replace(times=1.0).with_interval(row.whole_less_sum, row.low, row.high)
        text += f": {numbers}"
    axes.text(0.0, 1.0 + 0.07 / height, text, transform=axes.transAxes, size=7.2)
