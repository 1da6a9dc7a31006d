"""The table of points: what each point sets, and its mean outcomes."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.designs.design import Design
from engager_sim.designs.draw_groups import replicates_by_draw
from engager_sim.designs.factors import Factor

ERROR = "_standard_error"

type Numbers = npt.NDArray[np.float64]


def points_table(design: Design, values: npt.NDArray[np.float64]) -> pd.DataFrame:
    """Make the table of points.

    Parameters
    ----------
    values : float64 array, shape (outcomes, points, replicates)

    Returns
    -------
    pandas.DataFrame
        ``point``; a column per factor; for each outcome its mean over replicates and that mean's
        standard error, missing with fewer than two values; ``n``, the fewest replicates with one.
    """
    columns: dict[str, object] = {"point": np.arange(design.points)}
    for index, factor in enumerate(design.factors):
        columns[factor.path] = _values(factor, design.values[:, index])
    means, counts = _means(values, axis=2)
    errors = _standard_errors(_means_of_draws(values, design.draws(values.shape[2])))
    for index, column in enumerate(design.columns):
        columns[column.name] = means[index]
        columns[f"{column.name}{ERROR}"] = errors[index]
    columns["n"] = counts.min(axis=0) if len(counts) else np.zeros(design.points, np.int64)
    return pd.DataFrame(columns)


def _means(values: Numbers, axis: int) -> tuple[Numbers, npt.NDArray[np.int64]]:
    """Average what is known along an axis, and count it."""
    counts = (~np.isnan(values)).sum(axis=axis)
    return np.nansum(values, axis=axis) / np.where(counts > 0, counts, np.nan), counts


def _means_of_draws(values: Numbers, draws: npt.NDArray[np.int64]) -> Numbers:
    """Average what is known over the replicates of each draw, which are one observation of it."""
    groups = replicates_by_draw(draws)
    return np.stack([_means(values[..., group], axis=-1)[0] for group in groups], axis=-1)


def _standard_errors(values: Numbers) -> Numbers:
    """Estimate how unsure means over the last axis are; NaN with fewer than two values."""
    means, counts = _means(values, axis=-1)
    squares = np.nansum((values - means[..., np.newaxis]) ** 2, axis=-1)
    enough = np.where(counts > 1, counts, np.nan)
    return np.asarray(np.sqrt(squares / (enough - 1.0) / enough))


def _values(factor: Factor, numbers: npt.NDArray[np.float64]) -> object:
    if factor.choices:
        texts = [factor.text(choice) for choice in range(len(factor.choices))]
        return pd.Categorical.from_codes(
            numbers.astype(np.int64).tolist(), pd.Index(texts, dtype=object)
        )
    return numbers.astype(np.int64) if factor.kind == "integer" else numbers
