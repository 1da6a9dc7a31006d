"""The response surface over two factors: cell means of a grid, or a fitted quadratic."""

import numpy as np
import pandas as pd

from engager_sim.designs.factors import Factor
from engager_sim.designs.samplers import Numbers
from engager_sim.statistics.rounding import is_constant

STEPS = 25
COLUMNS = ("outcome", "panel", "across", "down", "value", "explained")


def surface_of_cells(cells: pd.DataFrame, across: Factor, down: Factor) -> pd.DataFrame:
    """Take a surface from the means of a factorial design's cells."""
    return pd.DataFrame(
        {
            "outcome": cells["outcome"],
            "panel": cells["panel"],
            "across": np.array(across.levels)[cells["across"].to_numpy()],
            "down": np.array(down.levels)[cells["down"].to_numpy()],
            "value": cells["mean"],
            "explained": np.nan,
        }
    )


def fitted_surface(
    outcome: str, across: Factor, down: Factor, points: Numbers, means: Numbers
) -> pd.DataFrame:
    """Fit a quadratic in two factors by least squares and read it off on a grid.

    Parameters
    ----------
    points : float64 array, shape (points, 2)
        Values of the two factors.
    means : float64 array, shape (points,)
        The outcome's mean at each point; all other factors vary too, so what the two do not
        explain is left out.

    Returns
    -------
    pandas.DataFrame
        The surface; ``explained`` is the share of the means' variance that it explains (R squared).
    """
    low = np.array([across.low, down.low])
    width = np.array([across.high, down.high]) - low
    known = ~np.isnan(means)
    terms = _quadratic((points[known] - low) / width)
    weights, *_ = np.linalg.lstsq(terms, means[known], rcond=None)
    residuals = means[known] - terms @ weights
    explained = np.nan  # there is nothing to explain
    if not is_constant(means):
        explained = 1.0 - float(np.var(residuals) / np.var(means[known]))
    one = np.linspace(0.0, 1.0, STEPS)
    grid = np.stack([axis.ravel() for axis in np.meshgrid(one, one, indexing="ij")], axis=1)
    positions = low + grid * width
    values = _quadratic(grid) @ weights
    rows = [
        (outcome, 0, *position, value, explained)
        for position, value in zip(positions, values, strict=True)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _quadratic(units: Numbers) -> Numbers:
    x, y = units.T
    return np.stack([np.ones_like(x), x, y, x * x, y * y, x * y], axis=1)
