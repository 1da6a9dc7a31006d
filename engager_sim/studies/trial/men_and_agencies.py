"""Whom the programme helped or harmed, and what usual care gained through shared agencies."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.outcomes.engagement import RELIABLE_CHANGE
from engager_sim.scenarios.fitted_parameters import Drawn
from engager_sim.statistics.proportions import average
from engager_sim.studies.trial.replicate import TrialRecord
from engager_sim.studies.trial.settings import TrialStudy
from engager_sim.studies.trial.tables import CORE_OM, SERVICE

RELIABLE = RELIABLE_CHANGE
NOTICED = 1.0
"""Points within which a man's own effect is counted as none; an assumption."""
GROUPS = (
    (f"gains {RELIABLE:g} points or more", -np.inf, -RELIABLE),
    (f"gains {NOTICED:g} to {RELIABLE:g} points", -RELIABLE, -NOTICED),
    (f"changes by less than {NOTICED:g} point", -NOTICED, NOTICED),
    (f"loses {NOTICED:g} to {RELIABLE:g} points", NOTICED, RELIABLE),
    (f"loses {RELIABLE:g} points or more", RELIABLE, np.inf),
)
"""Groups of men by their own effects, with the ends between which these lie."""
WIDTH, FARTHEST = 0.5, 10.0
"""Points: width of a bin of own effects, and where the outermost bins begin."""
WHOM = ("programme", "usual_care", "difference")

type Numbers = npt.NDArray[np.float64]


def individual_table(records: Sequence[TrialRecord], drawn: Drawn | None = None) -> pd.DataFrame:
    """Count the men of each group of own effects.

    Returns
    -------
    pandas.DataFrame
        A row per group: the share of men in it, mean over replicates with its interval, and the
        mean effect within it.
    """
    effects = np.stack([record.own_effects for record in records])
    rows = []
    for name, low, high in GROUPS:
        inside = _inside(effects, low, high)
        mean = float(effects[inside].mean()) if inside.any() else np.nan
        rows.append((name, *average(inside.mean(axis=1), drawn), mean))
    return pd.DataFrame(rows, columns=["group", "share", "low", "high", "mean_effect"])


def own_effects_table(records: Sequence[TrialRecord]) -> pd.DataFrame:
    """Count men by their own effects, in bins; the outermost hold all that lie beyond.

    Returns
    -------
    pandas.DataFrame
        A row per bin: its ends and the share of all men in it.
    """
    effects = np.concatenate([record.own_effects for record in records])
    edges = np.arange(-FARTHEST, FARTHEST + 0.5 * WIDTH, WIDTH)
    clipped = np.clip(effects, edges[0], edges[-1] - 1e-9)
    counts, _ = np.histogram(clipped, edges)
    return pd.DataFrame(
        {"bin_low": edges[:-1], "bin_high": edges[1:], "share": counts / len(effects)}
    )


def contamination_table(
    study: TrialStudy, records: Sequence[TrialRecord], drawn: Drawn | None = None
) -> pd.DataFrame:
    """Compare the trial's world with one where each arm has agencies of its own.

    Returns
    -------
    pandas.DataFrame
        A row per measure and whom it is about (programme, usual_care, and their difference, the
        true effect): its mean in both worlds and the difference, shared less apart, with its paired
        interval. No rows where the agencies cannot be divided.
    """
    shared = np.stack([record.shared for record in records])
    apart = np.stack([record.apart for record in records])
    rows = []
    if not np.isnan(apart).all():
        shared, apart = (
            np.concatenate([each, each[:, :1] - each[:, 1:]], axis=1) for each in (shared, apart)
        )
        outcomes = [*((CORE_OM, week) for week in study.follow_up), (SERVICE, 52)]
        for place, (outcome, week) in enumerate(outcomes):
            for row, whom in enumerate(WHOM):
                here, there = shared[:, row, place], apart[:, row, place]
                means = (float(here.mean()), float(there.mean()))
                rows.append((outcome, week, whom, *means, *average(here - there, drawn)))
    names = ["outcome", "week", "whom", "shared", "apart", "contamination", "low", "high"]
    return pd.DataFrame(rows, columns=names)


def _inside(effects: Numbers, low: float, high: float) -> npt.NDArray[np.bool_]:
    """Mark effects of a group; an end belongs to the group farther from 0."""
    above = effects > low if low < 0.0 else effects >= low
    below = effects <= high if high < 0.0 else effects < high
    return np.asarray(above & below)
