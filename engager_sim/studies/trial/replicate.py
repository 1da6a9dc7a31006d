"""One replicate of a trial: its worlds are run, measured and analysed; a few numbers are kept."""

from collections.abc import Callable
from dataclasses import astuple, dataclass, fields

import numpy as np
import numpy.typing as npt

from engager_sim.runs.counterfactual import BothArms
from engager_sim.studies.trial.analysis import TrialEstimate, difference_in_score, odds_of_service
from engager_sim.studies.trial.measurement import Measured, TrialMeasurement
from engager_sim.studies.trial.settings import TrialStudy
from engager_sim.studies.trial.worlds import TrialWorlds
from engager_sim.world.observed import MARK_WEEKS, YEAR

CORE_OM, SERVICE = "core_om", "substance_service"
"""The outcomes that are analysed."""

type Numbers = npt.NDArray[np.float64]


ESTIMATE = tuple(field.name for field in fields(TrialEstimate))
COMPLETE = "complete_"
"""What the columns of an estimate without attrition begin with."""
ANALYSIS_COLUMNS = (
    *("replicate", "corner", "outcome", "men", "week", "true_effect"),
    *ESTIMATE,
    *(f"{COMPLETE}{name}" for name in ESTIMATE),
)

type Analysis = tuple[object, ...]
"""One outcome of one simulated trial, as ``ANALYSIS_COLUMNS`` names its values."""


@dataclass(frozen=True, slots=True)
class TrialRecord:
    """What is kept of one replicate."""

    # Of every size as delivered, all outcomes; of every other corner, CORE-OM at the primary week.
    analyses: list[Analysis]
    # (2, measures): means over all men in the programme and in usual care, with shared and with
    # separate agencies; see :func:`arm_means`. None where agencies cannot be divided.
    shared: Numbers
    separate: Numbers | None
    own_effects: Numbers  # (men,): each man's own effect at the primary week, as delivered


def simulate_replicate(
    study: TrialStudy, worlds: TrialWorlds, measurement: TrialMeasurement, replicate: int
) -> TrialRecord:
    """Run, measure and analyse one replicate; safe to call from many threads."""
    analyses: list[Analysis] = []
    delivered: BothArms | None = None
    for men, world in worlds.by_size.items():
        both = world.both_arms(replicate)
        measured = measurement.measure(both.dealt, world.site, replicate)
        weeks = range(len(study.follow_up))
        analyses += [_score(study, both, measured, index, replicate, corner=0) for index in weeks]
        analyses.append(_service(study, both, measured, replicate))
        if men == study.size:
            delivered = both
    if delivered is None:
        raise AssertionError("the study's own size is one of its sizes")
    for corner, world in enumerate(worlds.corners[1:], start=1):
        both = world.both_arms(replicate)
        measured = measurement.measure(both.dealt, world.site, replicate)
        analyses.append(_score(study, both, measured, study.primary_index, replicate, corner))
    separate = None
    if worlds.separate is not None:
        separate = arm_means(worlds.separate.both_arms(replicate), study.follow_up)
    own_effects = delivered.own_effects()[:, MARK_WEEKS.index(study.primary)]
    return TrialRecord(analyses, arm_means(delivered, study.follow_up), separate, own_effects)


def arm_means(both: BothArms, weeks: tuple[int, ...]) -> Numbers:
    """Average over all men in each arm: CORE-OM at each week, and the share seen by a service.

    Of shape (2, weeks + 1): programme, then usual care; the share, of men in need, last.
    """
    marks = [MARK_WEEKS.index(week) for week in weeks]
    means = both.in_each_arm("distress_at")[:, :, marks].mean(axis=1)
    return np.column_stack([means, _shares_seen(both)])


def _score(
    study: TrialStudy, both: BothArms, measured: Measured, index: int, replicate: int, corner: int
) -> Analysis:
    """Analyse CORE-OM; its true effect is the mean of all men's own."""
    week = study.follow_up[index]
    effect = float(both.own_effects()[:, MARK_WEEKS.index(week)].mean())
    estimates = _estimates(difference_in_score, study, measured, index)
    return (replicate, corner, CORE_OM, len(both.dealt), week, effect, *estimates)


def _service(study: TrialStudy, both: BothArms, measured: Measured, replicate: int) -> Analysis:
    """Analyse service use as delivered; its true effect is the log odds ratio over all men."""
    with np.errstate(divide="ignore", invalid="ignore"):
        programme, usual_care = _shares_seen(both)
        odds = programme / (1.0 - programme) / (usual_care / (1.0 - usual_care))
        true = float(np.log(odds))
    effect = true if np.isfinite(true) else np.nan
    estimates = _estimates(odds_of_service, study, measured, len(study.follow_up) - 1)
    return (replicate, 0, SERVICE, len(both.dealt), YEAR, effect, *estimates)


def _estimates(
    analyse: Callable[..., TrialEstimate], study: TrialStudy, measured: Measured, index: int
) -> list[object]:
    """Analyse the men who were followed up, then all men, at a week of follow-up."""
    estimates = (
        analyse(measured, index, study.adjusted_for, study.level, everybody)
        for everybody in (False, True)
    )
    return [value for estimate in estimates for value in astuple(estimate)]


def _shares_seen(both: BothArms) -> Numbers:
    """Give the share of men in need whom a substance service saw within a year, in each arm."""
    in_need = both.in_each_arm("substance_at_release") == 1.0
    week = both.in_each_arm("substance_seen_week")
    seen = in_need & (week >= 0.0) & (week < YEAR)
    return np.asarray(seen.sum(axis=1) / np.maximum(in_need.sum(axis=1), 1))
