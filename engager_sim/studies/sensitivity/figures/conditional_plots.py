"""How an outcome depends on the factors that matter most: every point, and means along each."""

import textwrap
from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from engager_sim.designs.factors import Factor
from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.figures import style
from engager_sim.figures.factor_labels import text_with_unit
from engager_sim.figures.outcome_labels import label_outcome, question_of
from engager_sim.figures.picture import Picture
from engager_sim.figures.scales import scale_of
from engager_sim.studies.sensitivity.conditional_means import (
    conditional_means,
    factor_values,
    levels_of,
)
from engager_sim.studies.sensitivity.figures.index_axes import ranked
from engager_sim.studies.sensitivity.figures.notes import not_shown
from engager_sim.studies.sensitivity.study import Sensitivity

MOST_SHOWN, MOST_SAID, COLUMNS = 9, 3, 3
POINT = "#9DB8CC"

WIDTH = 2.05
"""Inches."""

STRIP, GOLDEN = 0.56, 0.6180339887498949
"""Width of a strip of points, and the step by which points are spread over it."""

NOTE = (
    "Dots: points, their means over replicates. Large marks: means of the points in each tenth of "
    "the range or at each value, with 95% intervals over independent blocks of the design, cut "
    "where they leave the points, none where only one block is. "
)


def conditional_plots(
    sensitivity: Sensitivity, column: OutcomeColumn, labels: Mapping[str, str], note: str
) -> Picture:
    """Draw an outcome at every point against each of the factors that matter most.

    Parameters
    ----------
    sensitivity : Sensitivity
        A study whose points fill the factors' ranges.
    column : OutcomeColumn
        The outcome.
    labels : mapping of str to str
        Each factor's name in words.
    note : str
        What was run.
    """
    study = sensitivity.settings.study
    factors = _most_important(sensitivity, column)
    outcome = label_outcome(column, study)
    name = textwrap.wrap(outcome.with_unit, 30)
    layout = style.Panels(
        len(factors),
        min(COLUMNS, len(factors)),
        width=WIDTH,
        height=1.75,
        left=0.45,
        right=0.1,
        above=0.25,
        below=0.62 + max(_turned(factor) for factor in factors),
        before_all=0.05 + 0.14 * len(name),
    )
    asked = f"{outcome.label}: how does it depend on what matters most?"
    note_below = NOTE + not_shown(len(sensitivity.design.factors), len(factors)) + note
    with style.styled():
        page = style.page(layout, asked, question_of(study), note_below)
        for panel, (axes, factor) in enumerate(zip(page.panels, factors, strict=True)):
            _draw_panel(axes, sensitivity, column, factor)
            unit = "" if factor.choices else f", {factor.unit}"
            axes.set_xlabel("\n".join(textwrap.wrap(f"{labels[factor.path]}{unit}", 34)))
            if panel % layout.columns == 0:
                axes.set_ylabel("\n".join(name))
    description = _description(sensitivity, column, factors, labels) + note
    return Picture(f"conditional_means_{column.name}", asked, description, page.figure)


def _most_important(sensitivity: Sensitivity, column: OutcomeColumn) -> list[Factor]:
    """Take factors by the main index; where factors are taken together, by how means differ."""
    factors = {factor.path: factor for factor in sensitivity.design.factors}
    if sensitivity.settings.groups == "none":
        return [factors[path] for path in ranked(sensitivity, column)["factor"][:MOST_SHOWN]]
    reach = {}
    for factor in factors.values():
        means = [part.mean for part in conditional_means(sensitivity, column.name, factor)]
        reach[factor.path] = max(means) - min(means)
    return sorted(factors.values(), key=lambda factor: -reach[factor.path])[:MOST_SHOWN]


def _draw_panel(
    axes: Axes, sensitivity: Sensitivity, column: OutcomeColumn, factor: Factor
) -> None:
    times = scale_of(column.outcome.unit).times
    values = factor_values(sensitivity, factor)
    if levels := levels_of(factor):
        values = values + STRIP * ((np.arange(len(values)) * GOLDEN) % 1.0 - 0.5)
        texts = [factor.text(level) for level in levels]
        axes.set_xticks(levels, texts, rotation=90 if _turned(factor) else 0)
        axes.set_xlim(factor.low - 0.5, factor.high + 0.5)
    else:
        axes.set_xlim(factor.low, factor.high)
        axes.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    outcome = times * sensitivity.points[column.name].to_numpy(np.float64)
    axes.plot(
        values,
        outcome,
        linestyle="none",
        marker="o",
        markersize=1.6,
        markeredgewidth=0.0,
        color=POINT,
        alpha=0.6,
        clip_on=False,
    )
    low, high = float(np.nanmin(outcome)), float(np.nanmax(outcome))
    margin = 0.05 * (high - low) or 1.0
    axes.set_ylim(low - margin, high + margin)
    parts = conditional_means(sensitivity, column.name, factor)
    axes.errorbar(
        [part.middle for part in parts],
        [times * part.mean for part in parts],
        [np.nan_to_num(times * part.half_width) for part in parts],
        color=style.VERMILLION,
        linewidth=0.0 if factor.choices else 1.2,
        elinewidth=1.3,
        marker="o",
        markersize=3.6,
        zorder=4,
    )
    axes.grid(axis="y", color="#E6E6E6", linewidth=0.6)
    axes.set_axisbelow(True)


def _turned(factor: Factor) -> float:
    """Give the inches that names of values take when turned; 0 if they fit side by side."""
    levels = levels_of(factor)
    if not levels:
        return 0.0
    longest = max(len(factor.text(level)) for level in levels)
    return 0.06 * longest if (0.06 * longest + 0.08) * len(levels) > WIDTH else 0.0


def _description(
    sensitivity: Sensitivity,
    column: OutcomeColumn,
    factors: Sequence[Factor],
    labels: Mapping[str, str],
) -> str:
    """Say the means in the first and the last part of the range of the first factors."""
    outcome, parts = label_outcome(column, sensitivity.settings.study), []
    for factor in factors[:MOST_SAID]:
        means = conditional_means(sensitivity, column.name, factor)
        first, last = (
            f"{outcome.scale.number(part.mean)} at {text_with_unit(factor, part.name)}"
            for part in (means[0], means[-1])
        )
        parts.append(f"{labels[factor.path]}: mean {first}, {last}")
    return f"{outcome.label} ({outcome.unit}), by {'; by '.join(parts)}. "
