"""Attrition: a logistic model of the men who are followed up."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import expit

from engager_sim.studies.trial.settings import AttritionSettings
from engager_sim.world.observed import MARK_WEEKS, NOT_YET

STATES = ("trust", "distress", "engaged", "alive")
"""What attrition depends on, as it stands at each week of follow-up; the last two are 0 or 1."""
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
    # (2, weeks): of trust and distress, among all men at each week of the trial as delivered.
    means: Numbers
    spreads: Numbers

    def chance(self, men: Men) -> Numbers:
        """Give the chance of being followed up, shape (men, weeks)."""
        states = follow_up_states(men, self.weeks)
        log_odds = _log_odds(self.settings, states, self.means, self.spreads)
        return np.asarray((states[3] * expit(self.intercepts[:, np.newaxis] + log_odds)).T)


def follow_up_states(men: Men, weeks: tuple[int, ...]) -> Numbers:
    """Gather what attrition depends on, shape (4, weeks, men), in the order of ``STATES``."""
    marks = [MARK_WEEKS.index(week) for week in weeks]
    kept = [np.asarray(men[f"{state}_at"], np.float64).T[marks] for state in STATES[:3]]
    died = men["died_week"]
    alive = [(died == NOT_YET) | (died >= week) for week in weeks]
    return np.stack([*kept, np.array(alive, np.float64)])


def fit_attrition(
    settings: AttritionSettings, weeks: tuple[int, ...], states: Numbers
) -> AttritionModel:
    """Find the intercepts with which the expected shares, of all men, are those asked for.

    From the :func:`follow_up_states` of several replicates of the trial as delivered.
    """
    means = states[:2].mean(axis=2)
    deviations = states[:2].std(axis=2)
    spreads = np.where(deviations > 0.0, deviations, 1.0)
    log_odds = _log_odds(settings, states, means, spreads)
    intercepts = [
        _intercept(at_week, alive, share)
        for at_week, alive, share in zip(log_odds, states[3], settings.followed_up, strict=True)
    ]
    return AttritionModel(settings, weeks, np.array(intercepts), means, spreads)


def no_attrition(settings: AttritionSettings, weeks: tuple[int, ...]) -> AttritionModel:
    """Make the model with which all are followed up who are alive, whatever is asked for."""
    shape = (2, len(weeks))
    intercepts = np.full(len(weeks), EVERYBODY)
    return AttritionModel(settings, weeks, intercepts, np.zeros(shape), np.ones(shape))


def _log_odds(
    settings: AttritionSettings, states: Numbers, means: Numbers, spreads: Numbers
) -> Numbers:
    """Add up the log odds, without the intercept, shape (weeks, men)."""
    trust, distress = (states[:2] - means[..., np.newaxis]) / spreads[..., np.newaxis]
    return np.asarray(
        settings.trust * trust + settings.distress * distress + settings.contact * states[2]
    )


def _intercept(log_odds: Numbers, alive: Numbers, share: float) -> float:
    if share >= alive.mean():
        return EVERYBODY

    def excess(intercept: float) -> float:
        return float((alive * expit(intercept + log_odds)).mean()) - share

    return float(brentq(excess, -FARTHEST, FARTHEST, xtol=1e-10))
