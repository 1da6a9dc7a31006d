"""Why an outcome was left out of a sensitivity study."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.designs.samplers import Numbers
from engager_sim.statistics.rounding import least_difference

SAME_EVERYWHERE = "it is the same at every point: nothing that was varied changed it in any run"


def is_constant(values: Numbers) -> bool:
    """Tell whether each replicate has one value at all points, so that no variance is to divide."""
    known = values[:, ~np.isnan(values).all(axis=0)]
    spread = np.nanmax(known, axis=0) - np.nanmin(known, axis=0)
    return known.size > 0 and bool((spread <= least_difference(known)).all())


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


def remarks_table(left_out: Mapping[str, str]) -> pd.DataFrame:
    """Make the table of outcomes that were not analysed, and why."""
    remarks = [(name, f"not analysed: {why}") for name, why in left_out.items()]
    return pd.DataFrame(remarks, columns=["outcome", "remark"])
