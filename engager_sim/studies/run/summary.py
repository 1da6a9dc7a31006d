"""A table of runs in a few numbers: means and their intervals across replicates."""

import numpy as np
import pandas as pd

from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.runs.tables.runs import DRAW, RIVAL, SUFFIXES
from engager_sim.scenarios.fitted_parameters import Drawn
from engager_sim.statistics.intervals import estimate

COLUMNS = (
    "scenario", "outcome", "label", "unit", "whom", "mean", "low", "high", "n", "of", "chance",
    "parameters", "structure",
)  # fmt: skip
"""Columns of a summary."""


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
        mean, low and high end of the interval, ``n`` replicates with a value ``of`` so many run,
        and the standard deviation between single runs that comes from ``chance``, ``parameters``
        and ``structure`` (the last two only where parameters were drawn; see
        :class:`engager_sim.statistics.intervals.Estimate`).
    """
    rows = []
    for scenario, its in runs.groupby("scenario", sort=False, observed=True):
        drawn = drawn_in(its)
        for outcome in OUTCOMES:
            for suffix in _suffixes_of(its):
                values = its[f"{outcome.id}{suffix}"].to_numpy(np.float64)
                what = (outcome.id, outcome.label, outcome.unit, SUFFIXES[suffix])
                found = estimate(values, drawn, level)
                rows.append((str(scenario), *what, *found[:4], len(values), *found[4:]))
    return pd.DataFrame(rows, columns=COLUMNS)


def drawn_in(runs: pd.DataFrame) -> Drawn | None:
    """Read from a table of runs which draw each replicate had; None where none were drawn."""
    if DRAW not in runs:
        return None
    return Drawn(runs[DRAW].to_numpy(np.int64), runs[RIVAL].to_numpy(np.int64))


def _suffixes_of(its: pd.DataFrame) -> list[str]:
    """List the suffixes of one scenario's columns; those of arms only where it has two."""
    first = OUTCOMES[0].id  # an outcome of all men, so that an arm with men has a value
    return [
        suffix
        for suffix in SUFFIXES
        if f"{first}{suffix}" in its and not (suffix and its[f"{first}{suffix}"].isna().all())
    ]
