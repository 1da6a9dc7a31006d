"""Coverage of the posterior's intervals: known truths, fitted as if they were not known."""

import numpy as np
import pandas as pd

from engager_sim.studies.calibrate.posterior import Fitting


def coverage_table(fitting: Fitting, truths: int, seed: int) -> pd.DataFrame:
    """Fit simulated truths and count how often 90% intervals hold them.

    Each truth is a point of the reference table; its figures, with errors of observation, stand for
    the published ones, and the point itself is left out of the fit. The row of all parameters
    takes each truth's intervals together for its standard error.
    """
    names = ["parameter", "truths", "inside", "standard_error"]
    if truths == 0:
        return pd.DataFrame(columns=names)
    points = len(fitting.summaries)
    drawn = np.random.Generator(np.random.Philox(seed)).choice(
        points, min(truths, points), replace=False
    )
    inside = np.empty((len(drawn), len(fitting.table.factors)))
    for index, point in enumerate(drawn):
        posterior = fitting.without(int(point)).posterior([fitting.summaries[point]])
        low, _, high = posterior.quantiles()
        truth = fitting.table.units[point]
        inside[index] = (low <= truth) & (truth <= high)
    rows = [
        (factor.path, len(drawn), share, np.sqrt(share * (1.0 - share) / len(drawn)))
        for factor, share in zip(fitting.table.factors, inside.mean(axis=0), strict=True)
    ]
    pooled = inside.mean(axis=1)
    error = pooled.std(ddof=1) / np.sqrt(len(pooled)) if len(pooled) > 1 else np.nan
    rows.append(("all", len(drawn), float(pooled.mean()), float(error)))
    return pd.DataFrame(rows, columns=names)
