"""Runs that have no value of an outcome: how many, why, and what that does to means of points."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.runs.tables.column import Column

RUN_COUNTS = (
    ("runs", "runs that were asked for"),
    ("failed", "runs that failed"),
    ("no_value", "other runs, which have no value of this outcome"),
)
POINT_COUNTS = (
    ("points", "points of the design"),
    ("short", "points that are averaged over some of the replicates"),
    ("empty", "points that no replicate has a value at"),
    ("replicates", "replicates that were asked for"),
)
MISSING: Sequence[Column] = (
    Column("outcome", "name of an outcome of which a run has no value", "name"),
    *(Column(name, meaning, "number") for name, meaning in RUN_COUNTS),
    Column("reason", "why a run that did not fail has no value of it", "text"),
    *(Column(name, meaning, "number") for name, meaning in POINT_COUNTS),
    Column("alike", "whether all points are averaged over the same replicates", "true/false"),
)


def missing_table(
    columns: Sequence[OutcomeColumn], values: npt.NDArray[np.float64], failed: Mapping[str, int]
) -> pd.DataFrame:
    """Count the runs without a value; a row per outcome that has some.

    Parameters
    ----------
    values : float64 array, shape (outcomes, scenarios, points, replicates)
        NaN where a run has no value; a point's mean is over replicates with one in each scenario.
    failed : mapping of str to int
        Reasons of runs that failed, and how many.
    """
    rows = []
    for column, results in zip(columns, values, strict=True):
        lacks = np.isnan(results)
        if not lacks.any():
            continue
        known = ~lacks.any(axis=0)
        counts, failures = known.sum(axis=1), sum(failed.values())
        row = (column.name, lacks.size, failures, int(lacks.sum()) - failures)
        point_counts = (
            int(((counts > 0) & (counts < known.shape[1])).sum()),
            int((counts == 0).sum()),
        )
        alike = bool((known == known[0]).all())
        about = (column.outcome.missing, known.shape[0], *point_counts, known.shape[1], alike)
        rows.append((*row, *about))
    return pd.DataFrame(rows, columns=[column.name for column in MISSING])
