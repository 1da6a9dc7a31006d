"""What is settled before a trial is run again and again: whom it finds, and how men vary."""

from functools import partial

import numpy as np

from engager_sim.runs.one_run import run_once
from engager_sim.runs.threads import in_order
from engager_sim.studies.trial.analysis import difference_in_score
from engager_sim.studies.trial.attrition import fitted_loss
from engager_sim.studies.trial.measurement import Measurement, Men
from engager_sim.studies.trial.settings import TrialStudy
from engager_sim.studies.trial.worlds import TrialWorld

MOST_LOOKED_AT = 100
"""Replicates of the trial as delivered from which the loss model and men's variation are found."""


def prepared(study: TrialStudy, delivered: TrialWorld, threads: int) -> Measurement:
    """Find the loss model, and what must be added to men's variation.

    Both are found from the first replicates of the trial as delivered and then hold in all worlds.

    Parameters
    ----------
    study : TrialStudy
        The study.
    delivered : TrialWorld
        The trial of the study's own size.
    threads : int
        Runs at a time.
    """
    looked_at = min(study.replicates, MOST_LOOKED_AT)
    dealt = in_order(partial(_dealt, delivered), looked_at, threads)
    loss = fitted_loss(study.loss, study.follow_up, np.concatenate(dealt))
    measurement = Measurement(study.measurement_error, 0.0, loss, study.seed)
    if study.residual_sd is None:
        return measurement
    variances = [
        difference_in_score(
            measurement.of(men, delivered.site, replicate), study.at_primary,
            study.adjusted_for, study.level, everybody=True,
        ).residual_sd ** 2
        for replicate, men in enumerate(dealt)
    ]  # fmt: skip
    missing = study.residual_sd**2 - float(np.nanmean(variances))
    left_out = max(0.0, missing) ** 0.5
    return Measurement(study.measurement_error, left_out, loss, study.seed)


def _dealt(delivered: TrialWorld, replicate: int) -> Men:
    men = run_once(delivered.plan, replicate).leavers
    if men is None:
        raise AssertionError("the plan asks for the men's records")
    return men
