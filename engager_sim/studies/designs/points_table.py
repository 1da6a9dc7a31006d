"""The table of points: what each point sets, and what came of it."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.studies.designs.design import Design
from engager_sim.studies.designs.factors import Factor

ERROR = "_standard_error"


def points_table(design: Design, values: npt.NDArray[np.float64]) -> pd.DataFrame:
    """Make the table of points.

    Parameters
    ----------
    values : float64 array, shape (outcomes, points, replicates)

    Returns
    -------
    pandas.DataFrame
        ``point``; a column per factor; for each outcome its mean over replicates and that mean's
        standard error, missing with one replicate; ``n``, the fewest replicates with a value.
    """
    columns: dict[str, object] = {"point": np.arange(design.points)}
    for place, factor in enumerate(design.factors):
        columns[factor.path] = _values(factor, design.values[:, place])
    counts = (~np.isnan(values)).sum(axis=2)
    with np.errstate(invalid="ignore", divide="ignore"):
        means = np.nansum(values, axis=2) / np.where(counts > 0, counts, np.nan)
        squares = np.nansum((values - means[:, :, None]) ** 2, axis=2)
        errors = np.sqrt(squares / np.where(counts > 1, counts - 1, np.nan) / counts)
    for place, column in enumerate(design.columns):
        columns[column.name] = means[place]
        columns[f"{column.name}{ERROR}"] = errors[place]
    columns["n"] = counts.min(axis=0) if len(counts) else np.zeros(design.points, np.int64)
    return pd.DataFrame(columns)


def _values(factor: Factor, numbers: npt.NDArray[np.float64]) -> object:
    if factor.choices:
        texts = [factor.text(place) for place in range(len(factor.choices))]
        return pd.Categorical.from_codes(
            numbers.astype(np.int64).tolist(), pd.Index(texts, dtype=object)
        )
    return numbers.astype(np.int64) if factor.kind == "integer" else numbers
