"""How an outcome depends on the factors that matter most: every point, and means along each."""

import itertools
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from scipy.special import stdtrit

from engager_sim.designs.factors import Factor
from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.figures import style
from engager_sim.figures.picture import Picture
from engager_sim.figures.scales import scale_of
from engager_sim.runs.tables.runs import DIFFERENCE
from engager_sim.studies.sensitivity.figures.index_words import (
    outcome_words,
    ranked,
)
from engager_sim.studies.sensitivity.figures.sensitivity_bars import left_out
from engager_sim.studies.sensitivity.study import Sensitivity

type Numbers = npt.NDArray[np.float64]

PARTS, MOST_LEVELS = 10, 10
"""Equal parts into which a range is divided; so few values are parts by themselves."""

MOST_SHOWN, SAID, COLUMNS = 9, 3, 3
LEVEL = 0.975
POINT = "#9DB8CC"

WIDTH = 2.05
"""Inches."""

STRIP, GOLDEN = 0.56, 0.6180339887498949
"""Width of a strip of points, and the step by which points are spread over it."""

PLAIN_UNITS = ("choice", "on/off")


class Conditional(NamedTuple):
    """The mean of an outcome over the points in one part of a factor's range.

    ``pulls`` is what each block of points adds to the mean's error, missing for blocks without a
    point there. Points of a block resemble each other, so that blocks are what is independent.
    """

    name: str
    middle: float
    mean: float
    pulls: Numbers

    @property
    def blocks(self) -> int:
        """How many blocks have a point there."""
        return int((~np.isnan(self.pulls)).sum())

    @property
    def half_width(self) -> float:
        """Half the width of the mean's 95% interval."""
        return half_width(np.nan_to_num(self.pulls), self.blocks)


def half_width(pulls: Numbers, blocks: int) -> float:
    """Give half the width of a 95% interval from what independent blocks add to the error."""
    if blocks < 2:
        return np.nan
    error = np.sqrt((pulls**2).sum() * blocks / (blocks - 1))
    return float(stdtrit(blocks - 1, LEVEL) * error)


def unit_of(sensitivity: Sensitivity, column: OutcomeColumn) -> str:
    """Name the unit of an outcome, or of differences in it."""
    scale = scale_of(column.outcome.unit)
    is_difference = column.whom == DIFFERENCE or len(sensitivity.design.scenarios) > 1
    return scale.of_differences if is_difference else scale.unit


def means_along(
    sensitivity: Sensitivity, column: OutcomeColumn, factor: Factor
) -> list[Conditional]:
    """Average an outcome over the points in each part of a factor's range that has some.

    Parameters
    ----------
    sensitivity : Sensitivity
        A study whose points fill the factors' ranges.
    column : OutcomeColumn
        The outcome.
    factor : Factor
        One of the study's factors.

    Returns
    -------
    list of Conditional
        In order: each tenth of a range, or each value where there are few.
    """
    plan = sensitivity.plan
    outcome = sensitivity.points[column.name].to_numpy(np.float64)
    rows_per_block = plan.method.rows_per_block
    size = rows_per_block(len(plan.names), len(outcome)) if rows_per_block is not None else 1
    blocks = np.arange(len(outcome)) // size
    found = []
    for name, middle, is_in in _parts(factor, _values(sensitivity, factor)):
        chosen = is_in & ~np.isnan(outcome)
        count = int(chosen.sum())
        if count:
            mean = float(outcome[chosen].mean())
            apart = np.bincount(blocks[chosen], outcome[chosen] - mean, blocks[-1] + 1) / count
            is_there = np.bincount(blocks[chosen], minlength=blocks[-1] + 1) > 0
            found.append(Conditional(name, middle, mean, np.where(is_there, apart, np.nan)))
    return found


def conditional_means(
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
    factors = _most_important(sensitivity, column)
    unit = unit_of(sensitivity, column).replace(" ", "\N{NO-BREAK SPACE}")
    name = textwrap.wrap(f"{outcome_words(sensitivity, column)} ({unit})", 30)
    layout = style.Panels(
        len(factors), min(COLUMNS, len(factors)), width=WIDTH, height=1.75, left=0.45, right=0.1,
        above=0.25, below=0.62 + max(_turned(factor) for factor in factors),
        before_all=0.05 + 0.14 * len(name),
    )  # fmt: skip
    asked = f"{outcome_words(sensitivity, column)}: how does it depend on what matters most?"
    study, count = sensitivity.plan.study, len(sensitivity.design.factors)
    with style.styled():
        page = style.page(
            layout, asked, {study.scenario.name: study.question},
            _note() + left_out(count, len(factors)) + note,
        )  # fmt: skip
        for place, (axes, factor) in enumerate(zip(page.panels, factors, strict=True)):
            _draw_panel(axes, sensitivity, column, factor)
            of = "" if factor.unit in PLAIN_UNITS else f", {factor.unit}"
            axes.set_xlabel("\n".join(textwrap.wrap(f"{labels[factor.path]}{of}", 34)))
            if place % layout.columns == 0:
                axes.set_ylabel("\n".join(name))
    words = _words(sensitivity, column, factors, labels) + note
    return Picture(f"conditional_means_{column.name}", asked, words, page.figure)


def _values(sensitivity: Sensitivity, factor: Factor) -> Numbers:
    return sensitivity.design.values[:, sensitivity.design.factors.index(factor)]


def _has_levels(factor: Factor) -> bool:
    return factor.kind != "real" and factor.high - factor.low < MOST_LEVELS


def _parts(factor: Factor, values: Numbers) -> Iterator[tuple[str, float, npt.NDArray[np.bool_]]]:
    """Yield the name and middle of each part of a factor's range, and which values are in it."""
    if _has_levels(factor):
        for level in np.arange(factor.low, factor.high + 1.0):
            yield factor.text(level), float(level), values == level
        return
    edges = np.linspace(factor.low, factor.high, PARTS + 1)
    part = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, PARTS - 1)
    for number, (low, high) in enumerate(itertools.pairwise(edges)):
        yield f"{low:.3g} to {high:.3g}", float(low + high) / 2.0, part == number


def _most_important(sensitivity: Sensitivity, column: OutcomeColumn) -> list[Factor]:
    """Take factors by the main index; where factors are taken together, by how means differ."""
    factors = {factor.path: factor for factor in sensitivity.design.factors}
    if sensitivity.plan.groups == "none":
        return [factors[path] for path in ranked(sensitivity, column)["factor"][:MOST_SHOWN]]
    reach = {}
    for factor in factors.values():
        means = [part.mean for part in means_along(sensitivity, column, factor)]
        reach[factor.path] = max(means) - min(means)
    return sorted(factors.values(), key=lambda factor: -reach[factor.path])[:MOST_SHOWN]


def _draw_panel(
    axes: Axes, sensitivity: Sensitivity, column: OutcomeColumn, factor: Factor
) -> None:
    times = scale_of(column.outcome.unit).times
    values = _values(sensitivity, factor)
    if _has_levels(factor):
        values = values + STRIP * ((np.arange(len(values)) * GOLDEN) % 1.0 - 0.5)
        levels = np.arange(factor.low, factor.high + 1.0)
        axes.set_xticks(
            levels, [factor.text(level) for level in levels],
            rotation=90 if _turned(factor) else 0,
        )  # fmt: skip
        axes.set_xlim(factor.low - 0.5, factor.high + 0.5)
    else:
        axes.set_xlim(factor.low, factor.high)
        axes.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    outcome = times * sensitivity.points[column.name].to_numpy(np.float64)
    axes.plot(
        values, outcome, linestyle="none", marker="o", markersize=1.6, markeredgewidth=0.0,
        color=POINT, alpha=0.6, clip_on=False,
    )  # fmt: skip
    low, high = float(np.nanmin(outcome)), float(np.nanmax(outcome))
    margin = 0.05 * (high - low) or 1.0
    axes.set_ylim(low - margin, high + margin)
    parts = means_along(sensitivity, column, factor)
    axes.errorbar(
        [part.middle for part in parts], [times * part.mean for part in parts],
        [np.nan_to_num(times * part.half_width) for part in parts],
        color=style.VERMILLION, linewidth=0.0 if factor.choices else 1.2, elinewidth=1.3,
        marker="o", markersize=3.6, zorder=4,
    )  # fmt: skip
    axes.grid(axis="y", color="#E6E6E6", linewidth=0.6)
    axes.set_axisbelow(True)


def _turned(factor: Factor) -> float:
    """Give the inches that names of values take when turned; 0 if they fit side by side."""
    if not _has_levels(factor):
        return 0.0
    count = round(factor.high - factor.low) + 1
    longest = max(len(factor.text(factor.low + level)) for level in range(count))
    return 0.06 * longest if (0.06 * longest + 0.08) * count > WIDTH else 0.0


def _note() -> str:
    return (
        "Dots: points, their means over replicates. Large marks: means of the points in each tenth "
        "of the range or at each value, with 95% intervals over independent blocks of the design, "
        "cut where they leave the points, none where only one block is. "
    )


def _words(
    sensitivity: Sensitivity,
    column: OutcomeColumn,
    factors: Sequence[Factor],
    labels: Mapping[str, str],
) -> str:
    scale, said = scale_of(column.outcome.unit), []
    for factor in factors[:SAID]:
        first, *_, last = means_along(sensitivity, column, factor)
        unit = "" if factor.unit in PLAIN_UNITS else f" {factor.unit}"
        said.append(
            f"{labels[factor.path]}: mean {scale.number(first.mean)} at {first.name}{unit}, "
            f"{scale.number(last.mean)} at {last.name}{unit}"
        )
    outcome = f"{outcome_words(sensitivity, column)} ({unit_of(sensitivity, column)})"
    return f"{outcome}, by {'; by '.join(said)}. "
