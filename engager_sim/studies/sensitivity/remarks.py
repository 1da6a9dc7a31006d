"""What to know of an outcome before its indices are read: what it lacks, why it was left out."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.designs.samplers import Numbers

SAME_EVERYWHERE = "it is the same at every point: nothing that was varied changed it in any run"


def is_constant(values: Numbers) -> bool:
    """Tell whether each replicate has one value at all points, so that no variance is to divide."""
    known = values[:, ~np.isnan(values).all(axis=0)]
    return known.size > 0 and bool((np.nanmax(known, axis=0) == np.nanmin(known, axis=0)).all())


def commonest_reason(column: OutcomeColumn, values: Numbers, failed: Mapping[str, int]) -> str:
    """Say how many runs have no value of an outcome, and the commonest reason.

    Parameters
    ----------
    values : float64 array, shape (points, replicates)
    failed : mapping of str to int
        The reasons of runs that failed, and how many.
    """
    missing = int(np.isnan(values).sum())
    reasons = {**failed, column.outcome.missing: missing - sum(failed.values())}
    reason, count = max(reasons.items(), key=lambda each: each[1])
    return (
        f"{missing:,} of {values.size:,} runs have no value; the commonest reason ({count:,} "
        f"runs): {reason}"
    )


def remarks_table(
    columns: Sequence[OutcomeColumn],
    values: Numbers,
    left_out: Mapping[str, str],
    failed: Mapping[str, int],
) -> pd.DataFrame:
    """Make the table of remarks; it has a row per outcome of which there is something to know."""
    remarks = {name: f"not analysed: {why}" for name, why in left_out.items()}
    for column, of_outcome in zip(columns, values, strict=True):
        if np.isnan(of_outcome).any():
            lacks = commonest_reason(column, of_outcome, failed)
            remarks.setdefault(
                column.name, f"points stand on different replicates, because {lacks}"
            )
    return pd.DataFrame(list(remarks.items()), columns=["outcome", "remark"])
