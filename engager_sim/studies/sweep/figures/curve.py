"""What an outcome does over the levels of one factor: its means, and differences from the first."""

from typing import Any

import numpy as np
import pandas as pd

from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.figures import style
from engager_sim.figures.factor_labels import axis_name, text_with_unit
from engager_sim.figures.line_breaks import wrapped
from engager_sim.figures.outcome_labels import OutcomeLabel, label_outcome, question_of
from engager_sim.figures.picture import Picture
from engager_sim.figures.scales import counted
from engager_sim.reports.missing_text import missing_note
from engager_sim.studies.sweep.figures.captions import interval_words
from engager_sim.studies.sweep.figures.findings import curve_finding
from engager_sim.studies.sweep.figures.panels import room_before, rule, show_levels
from engager_sim.studies.sweep.settings import SweepSettings
from engager_sim.studies.sweep.study import Sweep

WIDTH, HEIGHT = 2.9, 2.5
"""Of a panel, in inches."""


def curve(sweep: Sweep, column: OutcomeColumn, cells: pd.DataFrame) -> Picture:
    """Draw an outcome's mean at each level, and its paired difference from the first level."""
    settings, outcome = sweep.settings, label_outcome(column, sweep.settings.study)
    factor = settings.across
    change = f"Difference ({outcome.scale.of_differences})"
    layout = style.Panels(
        2,
        2,
        width=WIDTH,
        height=HEIGHT,
        left=room_before(outcome.with_unit, HEIGHT),
        above=0.3,
        below=0.38 + 0.14 * len(wrapped(axis_name(factor), WIDTH).splitlines()),
    )
    title = curve_finding(settings, cells, outcome)
    note = _note(settings, cells) + missing_note(sweep.missing, column.name)
    panels = (("mean", "low", "high"), ("difference", "difference_low", "difference_high"))
    with style.styled():
        page = style.page(layout, title, question_of(settings.study), note)
        for axes, names, label in zip(
            page.panels, panels, (outcome.with_unit, change), strict=True
        ):
            _draw(axes, settings, outcome.scale.times * cells[list(names)].to_numpy(np.float64))
            axes.set_xlabel(wrapped(axis_name(factor), WIDTH))
            axes.set_ylabel(wrapped(label, HEIGHT))
        page.panels[1].axhline(0.0, color=style.INK, linewidth=0.7, zorder=1)
    description = _description(settings, outcome, cells)
    return Picture(f"curve_{column.name}", title, f"{description} {note}", page.figure)


def _draw(axes: Any, settings: SweepSettings, numbers: "np.ndarray[Any, Any]") -> None:
    """Draw values with the band of their intervals."""
    factor, (middle, low, high) = settings.across, numbers.T
    x = np.array(factor.levels)
    axes.plot(x, middle, "o-" if not factor.choices else "o", color=style.BLUE, markersize=4)
    if factor.choices:
        axes.vlines(x, low, high, color=style.BLUE, linewidth=1.2)
    else:
        axes.fill_between(x, low, high, color=style.BLUE, alpha=0.25, linewidth=0)
    rule(axes)
    show_levels(axes, factor)


def _note(settings: SweepSettings, cells: pd.DataFrame) -> str:
    first = settings.across.text(settings.across.levels[0])
    return (
        f"Left: means over {counted(settings.study.replicates)}; right: differences from "
        f"{settings.across.name} {first}, paired by replicate."
        f"{interval_words(settings, cells, 'Bands')}"
    )


def _description(settings: SweepSettings, outcome: OutcomeLabel, cells: pd.DataFrame) -> str:
    """Say the outcome at each level, and how far it is from the first."""
    factor, scale, parts = settings.across, outcome.scale, []
    rows: list[Any] = list(cells.itertuples())
    for row in rows:
        level = text_with_unit(factor, factor.text(factor.levels[int(row.across)]))
        text = f"{scale.number(row.mean)} at {level}"
        if row.across:
            change = (row.difference, row.difference_low, row.difference_high)
            text += f" ({scale.with_interval(*change)})"
        parts.append(text)
    unit = f"{outcome.unit}; differences in {scale.of_differences}"
    return f"{outcome.label}, {unit}: {'; '.join(parts)}."
