"""Contamination: what usual care, and the effect, gain through shared agencies."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.scenarios.fitted_parameters import Drawn
from engager_sim.statistics.proportions import average

WHOM = ("programme", "usual_care", "difference")

type Numbers = npt.NDArray[np.float64]


def contamination_table(
    measures: list[tuple[str, int]],
    shared: Numbers,
    separate: Numbers | None,
    drawn: Drawn | None = None,
) -> pd.DataFrame:
    """Compare the trial's world with one where the arms have separate agencies.

    Parameters
    ----------
    measures : list of tuple of str and int
        Outcome and week of each measure.
    shared, separate : float64 array, shape (replicates, 2, measures)
        Means over all men in the programme and in usual care; None where agencies cannot be
        divided, and then the table has no rows.
    """
    rows = []
    if separate is not None:
        here, there = _with_difference(shared), _with_difference(separate)
        for index, (outcome, week) in enumerate(measures):
            for row, whom in enumerate(WHOM):
                pair = here[:, row, index], there[:, row, index]
                means = [float(values.mean()) for values in pair]
                rows.append((outcome, week, whom, *means, *average(pair[0] - pair[1], drawn)))
    names = ["outcome", "week", "whom", "shared", "apart", "contamination", "low", "high"]
    return pd.DataFrame(rows, columns=names)


def _with_difference(means: Numbers) -> Numbers:
    """Add programme less usual care to the means of both."""
    return np.concatenate([means, means[:, :1] - means[:, 1:]], axis=1)
