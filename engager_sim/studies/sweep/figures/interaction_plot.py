"""Whether levers together do more than the sum of each alone."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.figures import style
from engager_sim.figures.outcome_labels import label_outcome, question_of
from engager_sim.figures.scales import Scale
from engager_sim.studies.sweep.figures.panels import columns_for, room_before, share_value_axis
from engager_sim.studies.sweep.interactions import NO_EFFECT, ONE_HAS_NO_EFFECT
from engager_sim.studies.sweep.study import Sweep

LETTER, BESIDE, TWO_LINES = 0.058, 0.26, 0.27
"""Inches: a letter, from the end of a line to its name, and a name of two lines."""

WITHOUT, WITH, SUM = style.FAINT, style.BLUE, style.VERMILLION
DASHES = (0, (3, 2))


def interaction_plot(sweep: Sweep, column: OutcomeColumn, what: str, note: str) -> Figure:
    """Draw an outcome without and with each of two themes, for every pair of themes."""
    study = sweep.settings.study
    outcome = label_outcome(column, study)
    rows = sweep.interactions[sweep.interactions["outcome"] == column.name]
    longest = max(len(style.spaced(name)) for name in rows["second"])
    layout = style.Panels(
        len(rows),
        columns_for(len(rows)),
        width=1.6 if len(rows) > 1 else 2.4,
        height=1.75,
        left=0.16,
        right=BESIDE + LETTER * max(len("without"), longest) + 0.1,
        above=0.56,
        below=0.6,
        before_all=room_before(outcome.with_unit, 1.75),
    )
    with style.styled():
        page = style.page(layout, what, question_of(study), note)
        pairs: list[Any] = list(_in_units(rows, outcome.scale.times).itertuples())
        for axes, row in zip(page.panels, pairs, strict=True):
            _draw_pair(axes, row)
        share_value_axis(page, outcome.with_unit)
        for axes, row in zip(page.panels, pairs, strict=True):
            _label_pair(axes, row, layout.height)
            _head_pair(axes, row, outcome.scale, layout.height)
    return page.figure


def _in_units(rows: pd.DataFrame, times: float) -> pd.DataFrame:
    """Scale the numbers of the table of interactions, and say where the sum would be."""
    rows = rows.copy()
    numbers = ["neither", "first_alone", "second_alone", "both", "whole_less_sum", "low", "high"]
    rows[numbers] *= times
    return rows.assign(total=rows["first_alone"] + rows["second_alone"] - rows["neither"])


def _draw_pair(axes: Axes, row: Any) -> None:
    without: Any = {"color": WITHOUT, "marker": "s", "markersize": 4}
    with_second: Any = {"color": WITH, "marker": "o", "markersize": 4.5}
    axes.plot([0, 1], [row.neither, row.first_alone], linewidth=1.5, **without)
    axes.plot([0, 1], [row.second_alone, row.both], linewidth=1.5, **with_second)
    total = with_second | {"color": SUM, "markerfacecolor": style.PAPER, "markevery": [1]}
    axes.plot([0, 1], [row.second_alone, row.total], ls=DASHES, lw=1.1, zorder=1.9, **total)
    ends = [row.total + row.low, row.total + row.high]
    axes.plot([1, 1], ends, color=style.INK, linewidth=1.0, marker="_", markersize=6, zorder=3)
    first = style.spaced(row.first)
    axes.set_xticks([0, 1], [f"without\n{first}", f"with\n{first}"])
    axes.set_xlim(-0.25, 1.12)


def _label_pair(axes: Axes, row: Any, height: float) -> None:
    """Name the ends of the lines beside the panel, without overlap."""
    second = style.spaced(row.second)
    ends = sorted(
        [
            (row.first_alone, f"without\n{second}", WITHOUT),
            (row.both, f"with\n{second}", WITH),
            (row.total, "the sum", SUM),
        ]
    )
    low, high = axes.get_ylim()
    gap = TWO_LINES / height * (high - low)
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
    if row.verdict not in (NO_EFFECT, ONE_HAS_NO_EFFECT):
        numbers = scale._replace(times=1.0).with_interval(row.whole_less_sum, row.low, row.high)
        text += f": {numbers}"
    axes.text(0.0, 1.0 + 0.07 / height, text, transform=axes.transAxes, size=7.2)
