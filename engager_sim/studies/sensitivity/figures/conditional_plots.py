"""How an outcome depends on the factors that matter most: every point, and means along each."""

import textwrap
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from engager_sim.designs.factors import Factor
from engager_sim.figures import style
from engager_sim.figures.factor_labels import text_with_unit
from engager_sim.figures.picture import Picture
from engager_sim.studies.sensitivity.conditional_means import (
    acting_factors,
    conditional_means,
    factor_values,
    levels_of,
    swings,
)
from engager_sim.studies.sensitivity.figures.analysed_outcome import AnalysedOutcome
from engager_sim.studies.sensitivity.figures.findings import ends_finding
from engager_sim.studies.sensitivity.figures.index_marks import ROUND
from engager_sim.studies.sensitivity.figures.notes import not_shown

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


def conditional_plots(outcome: AnalysedOutcome, note: str) -> Picture:
    """Draw an outcome at every point against each of the factors that matter most."""
    acting, written = _by_importance(outcome), outcome.label
    factors = acting[:MOST_SHOWN]
    name = textwrap.wrap(written.with_unit, 30)
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
    compared = swings(outcome.sensitivity, outcome.column.name, factors)
    found = f"{written.label}: {ends_finding(outcome, compared)}"
    below = NOTE + not_shown(len(acting), MOST_SHOWN) + note
    with style.styled():
        page = outcome.page(layout, found, below)
        for panel, (axes, factor) in enumerate(zip(page.panels, factors, strict=True)):
            _draw_panel(axes, outcome, factor)
            unit = "" if factor.choices else f", {factor.unit}"
            label = f"{outcome.labels[factor.path]}{unit}"
            axes.set_xlabel("\n".join(textwrap.wrap(label, 34)))
            if panel % layout.columns == 0:
                axes.set_ylabel("\n".join(name))
    description = _description(outcome, factors) + note
    return Picture(f"conditional_means_{outcome.column.name}", found, description, page.figure)


def _by_importance(outcome: AnalysedOutcome) -> list[Factor]:
    """Order acting factors by the main index; those taken together, by how far means differ."""
    sensitivity = outcome.sensitivity
    factors = {factor.path: factor for factor in acting_factors(sensitivity, outcome.column.name)}
    if sensitivity.settings.groups == "none":
        return [factors[path] for path in outcome.ranked["factor"]]
    reach = {}
    for factor in factors.values():
        means = [part.mean for part in conditional_means(sensitivity, outcome.column.name, factor)]
        reach[factor.path] = max(means) - min(means)
    return sorted(factors.values(), key=lambda factor: -reach[factor.path])


def _draw_panel(axes: Axes, outcome: AnalysedOutcome, factor: Factor) -> None:
    sensitivity, name, times = outcome.sensitivity, outcome.column.name, outcome.label.scale.times
    x = factor_values(sensitivity, factor)
    if levels := levels_of(factor):
        x = x + STRIP * ((np.arange(len(x)) * GOLDEN) % 1.0 - 0.5)
        texts = [factor.text(level) for level in levels]
        axes.set_xticks(levels, texts, rotation=90 if _turned(factor) else 0)
        axes.set_xlim(factor.low - 0.5, factor.high + 0.5)
    else:
        axes.set_xlim(factor.low, factor.high)
        axes.xaxis.set_major_locator(ROUND())
    y = times * sensitivity.points[name].to_numpy(np.float64)
    axes.plot(x, y, "o", ms=1.6, mew=0.0, color=POINT, alpha=0.6, clip_on=False)
    low, high = float(np.nanmin(y)), float(np.nanmax(y))
    margin = 0.05 * (high - low) or 1.0
    axes.set_ylim(low - margin, high + margin)
    parts = conditional_means(sensitivity, name, factor)
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
    longest = max((len(factor.text(level)) for level in levels), default=0)
    return 0.06 * longest if (0.06 * longest + 0.08) * len(levels) > WIDTH else 0.0


def _description(outcome: AnalysedOutcome, factors: Sequence[Factor]) -> str:
    """Say the means in the first and the last part of the range of the first factors."""
    written, parts = outcome.label, []
    for factor in factors[:MOST_SAID]:
        means = conditional_means(outcome.sensitivity, outcome.column.name, factor)
        first, last = (
            f"{written.scale.number(part.mean)} at {text_with_unit(factor, part.name)}"
            for part in (means[0], means[-1])
        )
        parts.append(f"{outcome.labels[factor.path]}: mean {first}, {last}")
    return f"{written.label} ({written.unit}), by {'; by '.join(parts)}. "
