"""Who is lost to follow-up: a logistic model of the men whom researchers find again."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import expit

from engager_sim.studies.trial.settings import LossSettings
from engager_sim.world.observed import MARK_WEEKS

EVERYBODY = np.inf
"""Intercept where everybody is followed up."""
FARTHEST = 60.0
"""Log odds between which an intercept is sought."""

type Numbers = npt.NDArray[np.float64]
type Men = npt.NDArray[np.void]


@dataclass(frozen=True, slots=True)
class LossModel:
    """The chance of being followed up, of man and week.

    It is found once, in the trial as delivered; in other worlds the same men with more trust or
    less distress are followed up more often.

    Attributes
    ----------
    settings : LossSettings
        Log odds of each thing it depends on.
    weeks : tuple of int
        Weeks of follow-up.
    intercepts : float64 array, shape (weeks,)
        Chosen so that the expected share is met; infinite where everybody is followed up.
    means, spreads : float64 array, shape (2, weeks)
        Of trust and distress, among all men at each week of the trial as delivered.
    """

    settings: LossSettings
    weeks: tuple[int, ...]
    intercepts: Numbers
    means: Numbers
    spreads: Numbers

    def chance(self, men: Men) -> Numbers:
        """Give each man's chance of being followed up at each week.

        Returns
        -------
        float64 array, shape (men, weeks)
        """
        leaning = _leaning(self.settings, _states(men, self.weeks), self.means, self.spreads)
        return np.asarray(expit(self.intercepts + leaning))


def fitted_loss(settings: LossSettings, weeks: tuple[int, ...], men: Men) -> LossModel:
    """Find the intercepts with which the expected shares are those asked for.

    Parameters
    ----------
    settings : LossSettings
        Shares and log odds.
    weeks : tuple of int
        Weeks of follow-up.
    men : structured array
        Men of the trial as delivered, of several replicates.
    """
    states = _states(men, weeks)
    means = states[:2].mean(axis=1)
    found = states[:2].std(axis=1)
    spreads = np.where(found > 0.0, found, 1.0)
    leaning = _leaning(settings, states, means, spreads)
    intercepts = np.array(
        [_intercept(leaning[:, place], share) for place, share in enumerate(settings.followed_up)]
    )
    return LossModel(settings, weeks, intercepts, means, spreads)


def _states(men: Men, weeks: tuple[int, ...]) -> Numbers:
    """Gather trust, distress and whether an episode is open, shape (3, men, weeks)."""
    marks = [MARK_WEEKS.index(week) for week in weeks]
    fields = ("trust_at", "distress_at", "engaged_at")
    return np.stack([np.asarray(men[field], np.float64)[:, marks] for field in fields])


def _leaning(settings: LossSettings, states: Numbers, means: Numbers, spreads: Numbers) -> Numbers:
    """Add up the log odds, without the intercept, shape (men, weeks)."""
    trust, distress = (states[:2] - means[:, np.newaxis]) / spreads[:, np.newaxis]
    return np.asarray(
        settings.trust * trust + settings.distress * distress + settings.contact * states[2]
    )


def _intercept(leaning: Numbers, share: float) -> float:
    if share >= 1.0:
        return EVERYBODY

    def excess(intercept: float) -> float:
        return float(expit(intercept + leaning).mean()) - share

    return float(brentq(excess, -FARTHEST, FARTHEST, xtol=1e-10))
