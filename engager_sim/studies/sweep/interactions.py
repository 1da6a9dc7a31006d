"""Is the whole more than the sum? Bundles of levers, alone and together, paired by replicate."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.designs.factors import Factor
from engager_sim.designs.samplers import Numbers
from engager_sim.scenarios.fitted_parameters import Drawn
from engager_sim.statistics.intervals import estimate
from engager_sim.statistics.rounding import least_difference, without_rounding
from engager_sim.studies.factor_study import NO_EFFECT

type Chosen = npt.NDArray[np.bool_]
"""Which points of a design are meant."""

CORNERS = ((0, 0), (-1, 0), (0, -1), (-1, -1))
"""Ends of the first and the second theme's levels: neither, first alone, second alone, both."""

ONE_HAS_NO_EFFECT = "one has no effect here"
NO_VALUE, NO_INTERVAL = "no value", "no interval"
"""Verdicts where no replicate has a value at all four ends, or too few have."""
WITHOUT_EFFECT = (NO_EFFECT, ONE_HAS_NO_EFFECT)
"""Verdicts where both themes, or one of them, change nothing."""


def interactions_table(
    outcome: str,
    factors: Sequence[Factor],
    design: Numbers,
    values: Numbers,
    drawn: Drawn | None = None,
) -> pd.DataFrame:
    """Compare themes at their first and last levels, alone and together.

    The levels of a factor are taken as the study lists them: the first is "without", the last is
    "with". Factors of other themes, and settings, go through all levels and are averaged over.

    Parameters
    ----------
    design : float64 array, shape (points, factors)
        A full factorial design.
    values : float64 array, shape (points, replicates)
        The outcome.
    """
    least = least_difference(values)
    themes = list(dict.fromkeys(factor.theme for factor in factors if not factor.is_setting))
    rows = []
    for first, second in combinations(themes, 2):
        corners = [_at_ends(factors, design, {first: one, second: other}) for one, other in CORNERS]
        others = [
            column for column, factor in enumerate(factors) if factor.theme not in (first, second)
        ]
        matched = _matched_points(corners, design[:, others], values)
        corner_means = [_mean(values[corner]) for corner in matched]
        neither, first_alone, second_alone, both = corner_means
        contrast = both - first_alone - second_alone + neither
        contrast = without_rounding(contrast, least)
        # Only replicates that all four corners have, so that the columns add up to the contrast.
        known = ~np.isnan(contrast)
        means = [estimate(corner[known]).mean for corner in corner_means]
        beyond = estimate(contrast, drawn)._asdict()
        whole_less_sum, gain = beyond.pop("mean"), means[1] + means[2] - 2.0 * means[0]
        judgement = verdict(gain, whole_less_sum, beyond["low"], beyond["high"])
        alone = without_rounding(np.array([means[1] - means[0], means[2] - means[0]]), least)
        if whole_less_sum == beyond["low"] == beyond["high"] == 0.0 and (alone == 0.0).any():
            judgement = NO_EFFECT if (alone == 0.0).all() else ONE_HAS_NO_EFFECT
        rows.append(
            {
                "outcome": outcome,
                "first": first,
                "second": second,
                "points": int(matched[0].sum()),
                "of": int(corners[0].sum()),
                **dict(zip(("neither", "first_alone", "second_alone", "both"), means, strict=True)),
                "whole_less_sum": whole_less_sum,
                **{name: beyond.pop(name) for name in ("low", "high", "n")},
                "verdict": judgement,
                **beyond,
            }
        )
    return pd.DataFrame(rows)


def verdict(gain: float, whole_less_sum: float, low: float, high: float) -> str:
    """Say whether the whole is more than the sum, in the direction in which the sum goes.

    ``gain`` is what each alone adds, together; the others what both do beyond that, and its
    interval.
    """
    if np.isnan(whole_less_sum):
        return NO_VALUE
    if np.isnan(low):
        return NO_INTERVAL
    if low <= 0.0 <= high:
        return "about the sum"
    return "more than the sum" if whole_less_sum * gain >= 0.0 else "less than the sum"


def cells_table(
    outcome: str,
    axes: Sequence[Factor],
    columns: Sequence[int],
    design: Numbers,
    values: Numbers,
    drawn: Drawn | None = None,
    bounds: tuple[float, float] = (-np.inf, np.inf),
) -> pd.DataFrame:
    """Average an outcome over everything but one to three factors, level by level.

    Parameters
    ----------
    axes : sequence of Factor
        Across, and perhaps down and panels; ``columns`` are their columns in the design.
    design : float64 array, shape (points, factors)
        A full factorial design.
    values : float64 array, shape (points, replicates)
        The outcome.
    bounds : tuple of float
        Between which every mean of it lies.
    """
    least = least_difference(values)
    positions = list(_positions(axes))
    cells = [_in_cell(axes, columns, design, position) for position in positions]
    others = [column for column in range(design.shape[1]) if column not in columns]
    matched = _matched_points(cells, design[:, others], values)
    rows = []
    first = np.full(values.shape[1], np.nan)
    for (across, down, panel), cell, points in zip(positions, cells, matched, strict=True):
        means = _mean(values[points])
        if across == 0 and down == 0:
            first = means
        mean = estimate(means, drawn).within(*bounds)
        difference = estimate(without_rounding(means - first, least), drawn)
        rows.append(
            {
                "outcome": outcome,
                "across": across,
                "down": down,
                "panel": panel,
                "points": int(points.sum()),
                "of": int(cell.sum()),
                "mean": mean.mean,
                "low": mean.low,
                "high": mean.high,
                "difference": difference.mean,
                "difference_low": difference.low,
                "difference_high": difference.high,
                "chance": mean.chance,
                "parameters": mean.parameters,
                "structure": mean.structure,
            }
        )
    return pd.DataFrame(rows)


def _positions(axes: Sequence[Factor]) -> Iterator[tuple[int, int, int]]:
    """Go through the levels, panel by panel so that each panel begins with its first cell."""
    panels = len(axes[2].levels) if len(axes) > 2 else 1
    for panel in range(panels):
        for across in range(len(axes[0].levels)):
            for down in range(len(axes[1].levels) if len(axes) > 1 else 1):
                yield across, down, panel


def _in_cell(
    axes: Sequence[Factor], columns: Sequence[int], design: Numbers, position: Sequence[int]
) -> Chosen:
    """Choose the points where the axes stand at the levels of one cell."""
    chosen = np.ones(len(design), bool)
    for axis, column, level in zip(axes, columns, position, strict=False):
        chosen &= design[:, column] == axis.levels[level]
    return chosen


def _at_ends(factors: Sequence[Factor], design: Numbers, ends: Mapping[str, int]) -> Chosen:
    """Choose the points where the factors of each named theme stand at one end."""
    chosen = np.ones(len(design), bool)
    for column, factor in enumerate(factors):
        if factor.theme in ends:
            chosen &= design[:, column] == factor.levels[ends[factor.theme]]
    return chosen


def _matched_points(cells: Sequence[Chosen], others: Numbers, values: Numbers) -> list[Chosen]:
    """Keep in each cell the points whose like has a value in every cell that has any.

    Without this, a cell in which some points failed would be averaged over other values of the
    remaining factors than its neighbours, and the difference would be theirs.
    """
    known = ~np.isnan(values).all(axis=1)
    combination = np.unique(others, axis=0, return_inverse=True)[1].reshape(-1)
    whole = np.ones(combination.max() + 1, bool)
    for cell in cells:
        in_cell = cell & known
        if in_cell.any():
            whole &= np.bincount(combination[in_cell], minlength=len(whole)) > 0
    return [cell & known & whole[combination] for cell in cells]


def _mean(values: Numbers) -> Numbers:
    """Average over points, replicate by replicate, those with a value at every point."""
    return values.mean(axis=0) if len(values) else np.full(values.shape[1], np.nan)
