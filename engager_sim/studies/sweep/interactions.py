"""Is the whole more than the sum? Bundles of levers, alone and together, paired by replicate."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.designs.factors import Factor
from engager_sim.scenarios.fitted_parameters import Drawn
from engager_sim.statistics.intervals import estimate

COLUMNS = (
    "outcome", "first", "second", "points", "of", "neither", "first_alone", "second_alone", "both",
    "whole_less_sum", "low", "high", "n", "verdict", "chance", "parameters", "structure",
)  # fmt: skip


def interactions_table(
    outcome: str,
    factors: Sequence[Factor],
    design: npt.NDArray[np.float64],
    values: npt.NDArray[np.float64],
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
    drawn : Drawn, optional
        Under which parameters each replicate was run, if they were drawn.

    Returns
    -------
    pandas.DataFrame
        A row per pair of themes: the mean outcome without either, with one alone, with both, and
        what both do together less the sum of what each does alone, with its paired 95% interval;
        ``points`` averaged in each corner, ``of`` so many; ``verdict``, whether the whole is more
        than the sum, in the direction in which the sum goes.
    """
    themes = list(dict.fromkeys(each.theme for each in factors if not each.is_setting))
    rows = []
    for first, second in combinations(themes, 2):
        corners = [
            _at_ends(factors, design, {first: one, second: two})
            for one, two in ((0, 0), (-1, 0), (0, -1), (-1, -1))
        ]
        others = [at for at, each in enumerate(factors) if each.theme not in (first, second)]
        alike = _alike(corners, design[:, others], values)
        neither, alone, other, both = corner_means = [_mean(values[each]) for each in alike]
        contrast = both - alone - other + neither
        # Only replicates that all four corners have, so that the columns add up to the contrast.
        known = ~np.isnan(contrast)
        means = [estimate(each[known]).mean for each in corner_means]
        whole_less_sum, low, high, count, *spread = estimate(contrast, drawn)
        gain = means[1] + means[2] - 2.0 * means[0]
        rows.append(
            (outcome, first, second, int(alike[0].sum()), int(corners[0].sum()), *means,
             whole_less_sum, low, high, count, verdict(gain, whole_less_sum, low, high), *spread)
        )  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)


def verdict(gain: float, whole_less_sum: float, low: float, high: float) -> str:
    """Say whether the whole is more than the sum, in the direction in which the sum goes.

    Parameters
    ----------
    gain : float
        The sum: what each alone adds, together.
    whole_less_sum, low, high : float
        What both do beyond that, and the ends of its interval.
    """
    if np.isnan(low):
        return "no interval"
    if low <= 0.0 <= high:
        return "about the sum"
    return "more than the sum" if whole_less_sum * gain >= 0.0 else "less than the sum"


def cells_table(
    outcome: str,
    axes: Sequence[Factor],
    columns: Sequence[int],
    design: npt.NDArray[np.float64],
    values: npt.NDArray[np.float64],
    drawn: Drawn | None = None,
) -> pd.DataFrame:
    """Average an outcome over everything but two or three factors.

    Parameters
    ----------
    axes : sequence of Factor
        Across, down and perhaps panels.
    columns : sequence of int
        Their columns in the design.

    Returns
    -------
    pandas.DataFrame
        A row per combination of their levels: ``across``, ``down``, ``panel`` (places among the
        levels), the ``points`` averaged ``of`` so many, the mean with its interval over replicates
        (and where the spread comes from, see :class:`engager_sim.statistics.intervals.Estimate`),
        and the difference from the first cell of the panel with its paired interval.
    """
    places = list(_places(axes))
    cells = [
        np.logical_and.reduce(
            [
                design[:, at] == axis.levels[level]
                for axis, at, level in zip(axes, columns, place, strict=True)
            ]
        )
        for place in places
    ]
    others = [at for at in range(design.shape[1]) if at not in columns]
    rows = []
    base = np.full(values.shape[1], np.nan)
    for place, cell, alike in zip(
        places, cells, _alike(cells, design[:, others], values), strict=True
    ):
        its = _mean(values[alike])
        if place[0] == 0 and place[1] == 0:
            base = its
        mean, low, high, _, *spread = estimate(its, drawn)
        difference = estimate(its - base, drawn)
        rows.append(
            (outcome, place[0], place[1], place[2] if len(place) > 2 else 0,
             int(alike.sum()), int(cell.sum()), mean, low, high, *difference[:3], *spread)
        )  # fmt: skip
    names = ["outcome", "across", "down", "panel", "points", "of", "mean", "low", "high"]
    names += ["difference", "difference_low", "difference_high"]
    names += ["chance", "parameters", "structure"]
    return pd.DataFrame(rows, columns=names)


def _places(axes: Sequence[Factor]) -> Iterator[tuple[int, ...]]:
    """Go through the levels, panel by panel so that each panel begins with its first cell."""
    panels = len(axes[2].levels) if len(axes) > 2 else 1
    for panel in range(panels):
        for across in range(len(axes[0].levels)):
            for down in range(len(axes[1].levels)):
                yield (across, down, panel) if len(axes) > 2 else (across, down)


def _at_ends(
    factors: Sequence[Factor], design: npt.NDArray[np.float64], ends: dict[str, int]
) -> npt.NDArray[np.bool_]:
    """Choose the points where the factors of each named theme stand at one end."""
    chosen = np.ones(len(design), bool)
    for place, factor in enumerate(factors):
        if factor.theme in ends:
            chosen &= design[:, place] == factor.levels[ends[factor.theme]]
    return chosen


def _alike(
    cells: Sequence[npt.NDArray[np.bool_]],
    others: npt.NDArray[np.float64],
    values: npt.NDArray[np.float64],
) -> list[npt.NDArray[np.bool_]]:
    """Keep in each cell the points whose like has a value in every cell that has any.

    Without this, a cell in which some points failed would be averaged over other values of the
    remaining factors than its neighbours, and the difference would be theirs.
    """
    known = ~np.isnan(values).all(axis=1)
    combination = np.unique(others, axis=0, return_inverse=True)[1].reshape(-1)
    whole = np.ones(combination.max() + 1, bool)
    for cell in cells:
        there = cell & known
        if there.any():
            whole &= np.bincount(combination[there], minlength=len(whole)) > 0
    return [cell & known & whole[combination] for cell in cells]


def _mean(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Average over points, replicate by replicate, those with a value at every point."""
    return values.mean(axis=0) if len(values) else np.full(values.shape[1], np.nan)
