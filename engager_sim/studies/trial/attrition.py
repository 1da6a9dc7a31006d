"""Attrition: a logistic model of the men who are followed up."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import expit

from engager_sim.studies.trial.settings import AttritionSettings
from engager_sim.studies.trial.trial_men import alive_at
from engager_sim.world.observed import MARK_WEEKS

STATES = ("trust", "distress", "baseline", "score", "engaged", "alive")
"""What attrition depends on, as it stands at each week of follow-up: ``SCALED`` of them count by
standard deviations, the last two are 0 or 1. Baseline and score are CORE-OM as observed."""
SCALED = 4
ALIVE = STATES.index("alive")
EVERYBODY = np.inf
"""Intercept where every man alive is followed up."""
FARTHEST = 60.0
"""Log odds between which an intercept is sought."""

type Numbers = npt.NDArray[np.float64]
type Men = npt.NDArray[np.void]


@dataclass(frozen=True, slots=True)
class AttritionModel:
    """The chance of being followed up, by man and week.

    It is fitted once, to the trial as delivered; in other worlds the same men with more trust or
    less distress are followed up more often. Who has died is not followed up.
    """

    settings: AttritionSettings  # log odds of everything that it depends on
    weeks: tuple[int, ...]  # weeks of follow-up
    # (weeks,): chosen so that the expected share is met; infinite where everybody is followed up.
    intercepts: Numbers
    # (SCALED, weeks): of the men alive at each week of the trial as delivered.
    means: Numbers
    spreads: Numbers

    def chance(self, men: Men) -> Numbers:
        """Give the chance of being followed up, shape (men, weeks)."""
        states = follow_up_states(men, self.weeks)
        log_odds = _log_odds(self.settings, states, self.means, self.spreads)
        return np.asarray((states[ALIVE] * expit(self.intercepts[:, np.newaxis] + log_odds)).T)


def follow_up_states(men: Men, weeks: tuple[int, ...]) -> Numbers:
    """Gather what attrition depends on, in the order of ``STATES``.

    The shape is (states, weeks, men).
    """
    marks = [MARK_WEEKS.index(week) for week in weeks]
    trust, distress, score, engaged = (
        np.asarray(men[f"{state}_at"], np.float64).T[marks]
        for state in ("trust", "distress", "core_om", "engaged")
    )
    baseline = np.broadcast_to(np.asarray(men["core_om_at_entry"], np.float64), score.shape)
    alive = alive_at(men, weeks).T.astype(np.float64)
    return np.stack([trust, distress, baseline, score, engaged, alive])


def fit_attrition(
    settings: AttritionSettings, weeks: tuple[int, ...], states: Numbers
) -> AttritionModel:
    """Find the intercepts with which the expected shares, of all men, are those asked for.

    From the :func:`follow_up_states` of several replicates of the trial as delivered.
    """
    living = states[ALIVE] / np.maximum(states[ALIVE].sum(axis=1, keepdims=True), 1.0)
    means = (states[:SCALED] * living).sum(axis=2)
    squares = (states[:SCALED] - means[..., np.newaxis]) ** 2 * living
    deviations = squares.sum(axis=2) ** 0.5
    spreads = np.where(deviations > 0.0, deviations, 1.0)
    log_odds = _log_odds(settings, states, means, spreads)
    intercepts = [
        _intercept(at_week, alive, share)
        for at_week, alive, share in zip(log_odds, states[ALIVE], settings.followed_up, strict=True)
    ]
    return AttritionModel(settings, weeks, np.array(intercepts), means, spreads)


def no_attrition(settings: AttritionSettings, weeks: tuple[int, ...]) -> AttritionModel:
    """Make the model with which all are followed up who are alive, whatever is asked for."""
    shape = (SCALED, len(weeks))
    intercepts = np.full(len(weeks), EVERYBODY)
    return AttritionModel(settings, weeks, intercepts, np.zeros(shape), np.ones(shape))


def _log_odds(
    settings: AttritionSettings, states: Numbers, means: Numbers, spreads: Numbers
) -> Numbers:
    """Add up the log odds, without the intercept, shape (weeks, men)."""
    scaled = (states[:SCALED] - means[..., np.newaxis]) / spreads[..., np.newaxis]
    odds = np.array([settings.trust, settings.distress, settings.baseline, settings.score])
    return np.asarray(np.tensordot(odds, scaled, 1) + settings.contact * states[SCALED])


def _intercept(log_odds: Numbers, alive: Numbers, share: float) -> float:
    if share >= alive.mean():
        return EVERYBODY

    def excess(intercept: float) -> float:
        return float((alive * expit(intercept + log_odds)).mean()) - share

    return float(brentq(excess, -FARTHEST, FARTHEST, xtol=1e-10))
