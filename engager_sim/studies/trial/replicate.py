"""One replicate of a trial: its worlds are run, measured and analysed; a few numbers are kept."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engager_sim.runs.counterfactual import BothArms
from engager_sim.studies.trial.analysis import Estimate, difference_in_score, odds_of_service
from engager_sim.studies.trial.measurement import Measured, Measurement
from engager_sim.studies.trial.settings import TrialStudy
from engager_sim.studies.trial.worlds import TrialWorld, Worlds
from engager_sim.world.observed import MARK_WEEKS, YEAR

type Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Analysed:
    """One outcome of one simulated trial.

    Attributes
    ----------
    week : int
        Week after release.
    true_effect : float
        The mean of all men's own effects; for service use, the log odds ratio over all men.
    seen : Estimate
        From the men who were followed up.
    complete : Estimate
        From all men, as if none had been lost.
    """

    week: int
    true_effect: float
    seen: Estimate
    complete: Estimate


@dataclass(frozen=True, slots=True)
class TrialRecord:
    """What is kept of one replicate.

    Attributes
    ----------
    scores, services : dict of int to list of Analysed, dict of int to Analysed
        By number of men: CORE-OM at each week, and service use.
    corners : list of Analysed
        CORE-OM at the primary week with each set of ideal parts.
    own_effects : float64 array, shape (men,)
        Each man's own effect at the primary week, as delivered.
    shared, apart : float64 array, shape (2, measures)
        Means over all men in the programme and in usual care, with shared agencies and with
        agencies of each arm's own; see :func:`measures`. NaN where agencies cannot be divided.
    """

    scores: dict[int, list[Analysed]]
    services: dict[int, Analysed]
    corners: list[Analysed]
    own_effects: Numbers
    shared: Numbers
    apart: Numbers


def one_replicate(
    study: TrialStudy, worlds: Worlds, measurement: Measurement, replicate: int
) -> TrialRecord:
    """Run, measure and analyse one replicate; safe to call from many threads."""
    scores: dict[int, list[Analysed]] = {}
    services: dict[int, Analysed] = {}
    delivered: BothArms | None = None
    for men, world in worlds.of_size.items():
        both = world.both_arms(replicate)
        measured = measurement.of(both.dealt, world.site, replicate)
        scores[men] = [_score(study, both, measured, at) for at in range(len(study.follow_up))]
        services[men] = _service(study, both, measured)
        if men == study.size:
            delivered = both
    if delivered is None:
        raise AssertionError("the study's own size is one of its sizes")
    corners = [scores[study.size][study.at_primary]]
    corners += [_corner(study, world, measurement, replicate) for world in worlds.corners[1:]]
    shared = measures(delivered, study.follow_up)
    apart = np.full(shared.shape, np.nan)
    if worlds.apart is not None:
        apart = measures(worlds.apart.both_arms(replicate), study.follow_up)
    own = delivered.own_effects()[:, MARK_WEEKS.index(study.primary)]
    return TrialRecord(scores, services, corners, own, shared, apart)


def measures(both: BothArms, weeks: tuple[int, ...]) -> Numbers:
    """Average over all men in each arm: CORE-OM at each week, and the share seen by a service.

    Returns
    -------
    float64 array, shape (2, weeks + 1)
        Programme, then usual care; the share, of men with a substance need, last.
    """
    marks = [MARK_WEEKS.index(week) for week in weeks]
    means = both.in_each_arm("distress_at")[:, :, marks].mean(axis=1)
    return np.column_stack([means, _shares_seen(both)])


def _corner(
    study: TrialStudy, world: TrialWorld, measurement: Measurement, replicate: int
) -> Analysed:
    both = world.both_arms(replicate)
    measured = measurement.of(both.dealt, world.site, replicate)
    return _score(study, both, measured, study.at_primary)


def _score(study: TrialStudy, both: BothArms, measured: Measured, at: int) -> Analysed:
    week = study.follow_up[at]
    seen, complete = (
        difference_in_score(measured, at, study.adjusted_for, study.level, everybody)
        for everybody in (False, True)
    )
    effects = both.own_effects()[:, MARK_WEEKS.index(week)]
    return Analysed(week, float(effects.mean()), seen, complete)


def _service(study: TrialStudy, both: BothArms, measured: Measured) -> Analysed:
    last = len(study.follow_up) - 1
    seen, complete = (
        odds_of_service(measured, last, study.adjusted_for, study.level, everybody)
        for everybody in (False, True)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        programme, usual_care = _shares_seen(both)
        odds = programme / (1.0 - programme) / (usual_care / (1.0 - usual_care))
        true = float(np.log(odds))
    return Analysed(YEAR, true if np.isfinite(true) else np.nan, seen, complete)


def _shares_seen(both: BothArms) -> Numbers:
    """Give the share of men in need whom a substance service saw within a year, in each arm."""
    in_need = both.in_each_arm("substance_at_release") == 1.0
    week = both.in_each_arm("substance_seen_week")
    seen = in_need & (week >= 0.0) & (week < YEAR)
    return np.asarray(seen.sum(axis=1) / np.maximum(in_need.sum(axis=1), 1))
