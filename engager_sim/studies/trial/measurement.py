"""What a trial observes of its men: their scores, and only of those who are followed up.

The model observes every score with its error. What a trial adds is drawn for each man and week from
seed and replicate alone, so it is the same in every world of a replicate; only what happened to the
man differs.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engager_sim.studies.trial.attrition import AttritionModel, no_attrition
from engager_sim.studies.trial.settings import TrialStudy
from engager_sim.world.observed import MARK_WEEKS, YEAR
from engager_sim.world.records import PROGRAMME

SCORES, FOLLOW_UP = 0, 1
"""Which stream of random numbers: variation of scores that the model leaves out, follow-up."""

type Numbers = npt.NDArray[np.float64]
type Truths = npt.NDArray[np.bool_]
type Men = npt.NDArray[np.void]


@dataclass(frozen=True, slots=True)
class Measured:
    """The data of one simulated trial."""

    programme: Truths  # (men,): whether a man was allocated to the programme
    site: npt.NDArray[np.int64]  # (men,)
    baseline: Numbers  # (men,): CORE-OM at entry, before release
    # (men, weeks): CORE-OM at each week of follow-up, also of men who were not followed up.
    scores: Numbers
    followed: Truths  # (men, weeks): whether he was
    in_need: Truths  # (men,): whether he had a substance need at release
    seen: Truths  # (men,): whether a substance service saw him within a year


@dataclass(frozen=True, slots=True)
class TrialMeasurement:
    """How a trial measures."""

    left_out: float  # standard deviation, at follow-up, of what the model leaves out of men's lives
    attrition: AttritionModel  # whom it follows up
    seed: int  # of all that it draws

    def measure(self, men: Men, site: npt.NDArray[np.int64], replicate: int) -> Measured:
        """Measure the men of one replicate; a pure function of its arguments.

        What is added to scores is not cut at 0 and 40, so that it averages to nothing. All follows
        from their records at the end of a run, and the site of each team.
        """
        weeks = self.attrition.weeks
        marks = [MARK_WEEKS.index(week) for week in weeks]
        drawn = _generator(self.seed, replicate, SCORES).standard_normal((len(men), len(weeks)))
        uniforms = _generator(self.seed, replicate, FOLLOW_UP).random((len(men), len(weeks)))
        return Measured(
            programme=men["arm"] == PROGRAMME,
            site=site[men["team"]],
            baseline=men["core_om_at_entry"],
            scores=men["core_om_at"][:, marks] + self.left_out * drawn,
            followed=uniforms < self.attrition.chance(men),
            in_need=men["substance_at_release"] == 1,
            seen=(men["substance_seen_week"] >= 0) & (men["substance_seen_week"] < YEAR),
        )


def unfitted_measurement(study: TrialStudy) -> TrialMeasurement:
    """Measure without attrition or added variation: for what is done before these are fitted."""
    attrition = no_attrition(study.attrition, study.follow_up)
    return TrialMeasurement(0.0, attrition, study.seed)


def _generator(seed: int, replicate: int, stream: int) -> np.random.Generator:
    """Make the random numbers of one replicate: a man's are the same however many men there are."""
    key = np.array([seed, (replicate << 8) | stream], np.uint64)
    return np.random.Generator(np.random.Philox(key=key))
