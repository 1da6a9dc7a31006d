"""A table of runs in a few numbers: means and their intervals across replicates."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import stdtrit

from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.studies.tables.of_runs import SUFFIXES

HEADLINE: tuple[str, ...] = (
    "community_contact",
    "engaged_6w",
    "engaged_12w",
    "engaged_26w",
    "attendance_rate",
    "planned_ending",
    "trust_12w",
    "core_om_change_26w",
    "treated_3w",
    "settled_housing_13w",
    "reoffended_52w",
    "recalled_52w",
    "staff_burnout",
    "caseload",
    "cost_per_leaver",
)
"""The outcomes that a first look is about."""


COLUMNS = ("scenario", "outcome", "label", "unit", "whom", "mean", "low", "high", "n", "of")
"""Columns of a summary."""


def mean_and_interval(
    values: npt.NDArray[np.float64], level: float = 0.95
) -> tuple[float, float, float]:
    """Average over replicates, with Student's t-interval; one replicate has no interval.

    Parameters
    ----------
    values : float64 array
        One value per replicate, none of them NaN.
    level : float
        Coverage of the interval.

    Returns
    -------
    mean, low, high : float
        NaN where there is nothing to say.
    """
    count = len(values)
    if count == 0:
        return (np.nan, np.nan, np.nan)
    mean = float(np.mean(values))
    if count == 1:
        return (mean, np.nan, np.nan)
    half = float(stdtrit(count - 1, 0.5 + level / 2.0) * np.std(values, ddof=1) / count**0.5)
    return (mean, mean - half, mean + half)


def summarise(runs: pd.DataFrame, level: float = 0.95) -> pd.DataFrame:
    """Summarise a table of runs.

    Parameters
    ----------
    runs : pandas.DataFrame
        A row per scenario and replicate.
    level : float
        Coverage of the intervals.

    Returns
    -------
    pandas.DataFrame
        A row per scenario, outcome and whom it is about (all, programme, usual_care, difference):
        mean, low and high end of the interval across replicates, ``n`` replicates with a value
        ``of`` so many run.
    """
    rows = []
    for scenario, its in runs.groupby("scenario", sort=False, observed=True):
        for outcome in OUTCOMES:
            for suffix in _suffixes_of(its):
                values = its[f"{outcome.id}{suffix}"].to_numpy(np.float64)
                what = (outcome.id, outcome.label, outcome.unit, SUFFIXES[suffix])
                rows.append((str(scenario), *what, *_numbers(values, level)))
    return pd.DataFrame(rows, columns=COLUMNS)


def _suffixes_of(its: pd.DataFrame) -> list[str]:
    """List the suffixes of one scenario's columns; those of arms only where it has two."""
    first = OUTCOMES[0].id  # an outcome of all men, so that an arm with men has a value
    return [
        suffix
        for suffix in SUFFIXES
        if f"{first}{suffix}" in its and not (suffix and its[f"{first}{suffix}"].isna().all())
    ]


def _numbers(values: npt.NDArray[np.float64], level: float) -> tuple[float, float, float, int, int]:
    known = values[~np.isnan(values)]
    return (*mean_and_interval(known, level), len(known), len(values))
