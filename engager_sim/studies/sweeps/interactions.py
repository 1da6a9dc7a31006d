"""Is the whole more than the sum? Bundles of levers, alone and together, paired by replicate."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.studies.designs.factors import Factor
from engager_sim.studies.summary import mean_and_interval

COLUMNS = (
    "outcome", "first", "second", "neither", "first_alone", "second_alone", "both",
    "whole_less_sum", "low", "high", "n",
)  # fmt: skip


def interactions_table(
    outcome: str,
    factors: Sequence[Factor],
    design: npt.NDArray[np.float64],
    values: npt.NDArray[np.float64],
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

    Returns
    -------
    pandas.DataFrame
        A row per pair of themes: the mean outcome without either, with one alone, with both, and
        what both do together less the sum of what each does alone, with its paired 95% interval.
    """
    themes = list(dict.fromkeys(each.theme for each in factors if not each.is_setting))
    rows = []
    for first, second in combinations(themes, 2):
        corners = [
            _corner(factors, design, values, {first: one, second: two})
            for one, two in ((0, 0), (-1, 0), (0, -1), (-1, -1))
        ]
        neither, alone, other, both = corners
        contrast = both - alone - other + neither
        contrast = contrast[~np.isnan(contrast)]
        means = [float(np.nanmean(corner)) if corner.size else np.nan for corner in corners]
        rows.append((outcome, first, second, *means, *mean_and_interval(contrast), len(contrast)))
    return pd.DataFrame(rows, columns=COLUMNS)


def cells_table(
    outcome: str,
    axes: Sequence[Factor],
    columns: Sequence[int],
    design: npt.NDArray[np.float64],
    values: npt.NDArray[np.float64],
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
        levels), the mean with its interval over replicates, and the difference from the first cell
        of the panel with its paired interval.
    """
    rows = []
    base: npt.NDArray[np.float64] | None = None
    for places in _places(axes):
        chosen = np.ones(len(design), bool)
        for factor, column, place in zip(axes, columns, places, strict=True):
            chosen &= design[:, column] == factor.levels[place]
        its = np.nanmean(values[chosen], axis=0) if chosen.any() else values[:0].sum(axis=0)
        if places[0] == 0 and places[1] == 0:
            base = its
        difference = its - base if base is not None else its * np.nan
        rows.append(
            (outcome, places[0], places[1], places[2] if len(places) > 2 else 0,
             *mean_and_interval(its[~np.isnan(its)]),
             *mean_and_interval(difference[~np.isnan(difference)]))
        )  # fmt: skip
    names = ["outcome", "across", "down", "panel", "mean", "low", "high"]
    names += ["difference", "difference_low", "difference_high"]
    return pd.DataFrame(rows, columns=names)


def _places(axes: Sequence[Factor]) -> Iterator[tuple[int, ...]]:
    """Go through the levels, panel by panel so that each panel begins with its first cell."""
    panels = len(axes[2].levels) if len(axes) > 2 else 1
    for panel in range(panels):
        for across in range(len(axes[0].levels)):
            for down in range(len(axes[1].levels)):
                yield (across, down, panel) if len(axes) > 2 else (across, down)


def _corner(
    factors: Sequence[Factor],
    design: npt.NDArray[np.float64],
    values: npt.NDArray[np.float64],
    ends: dict[str, int],
) -> npt.NDArray[np.float64]:
    """Average over the points where the factors of each named theme stand at one end."""
    chosen = np.ones(len(design), bool)
    for place, factor in enumerate(factors):
        if factor.theme in ends:
            chosen &= design[:, place] == factor.levels[ends[factor.theme]]
    return np.asarray(np.nanmean(values[chosen], axis=0))
