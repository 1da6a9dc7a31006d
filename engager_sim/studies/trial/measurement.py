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
from engager_sim.studies.trial.streams import FOLLOW_UP, SCORES, random_numbers
from engager_sim.studies.trial.trial_men import NOBODY, alive_at
from engager_sim.world.observed import MARK_WEEKS, YEAR
from engager_sim.world.records import PROGRAMME

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
    # (men, weeks): whether he lived to that week. Who died before has no score to analyse.
    alive: Truths
    # (men,): who was first given him, a number of each practitioner; -1 where men of his arm count
    # as individuals, or where nobody was.
    practitioner: npt.NDArray[np.int64]
    in_need: Truths  # (men,): whether he had a substance need at release
    seen: Truths  # (men,): whether a substance service saw him within a year

    def analysed(self, week: int, everybody: bool) -> Truths:
        """Mark whose score is analysed at one week of follow-up, by its index.

        Those who were followed up; with ``everybody``, all who lived to that week.
        """
        return self.alive[:, week] if everybody else self.followed[:, week]


@dataclass(frozen=True, slots=True)
class TrialMeasurement:
    """How a trial measures."""

    left_out: float  # standard deviation, at follow-up, of what the model leaves out of men's lives
    attrition: AttritionModel  # whom it follows up
    seed: int  # of all that it draws

    def measure(
        self,
        men: Men,
        site: npt.NDArray[np.int64],
        replicate: int,
        practitioner: npt.NDArray[np.int64] | None = None,
    ) -> Measured:
        """Measure the men of one replicate; a pure function of its arguments.

        What is added to scores is not cut at 0 and 40, so that it averages to nothing. All follows
        from their records at the end of a run, the site of each team, and who was first given each
        man; all men count as individuals unless that is told.
        """
        weeks = self.attrition.weeks
        marks = [MARK_WEEKS.index(week) for week in weeks]
        drawn = random_numbers(self.seed, replicate, SCORES).standard_normal((len(men), len(weeks)))
        uniforms = random_numbers(self.seed, replicate, FOLLOW_UP).random((len(men), len(weeks)))
        return Measured(
            programme=men["arm"] == PROGRAMME,
            site=site[men["team"]],
            baseline=men["core_om_at_entry"],
            scores=men["core_om_at"][:, marks] + self.left_out * drawn,
            followed=uniforms < self.attrition.chance(men),
            alive=alive_at(men, weeks),
            practitioner=np.full(len(men), NOBODY) if practitioner is None else practitioner,
            in_need=men["substance_at_release"] == 1,
            seen=(men["substance_seen_week"] >= 0) & (men["substance_seen_week"] < YEAR),
        )


def unfitted_measurement(study: TrialStudy) -> TrialMeasurement:
    """Measure without attrition or added variation: for what is done before these are fitted."""
    attrition = no_attrition(study.attrition, study.follow_up)
    return TrialMeasurement(0.0, attrition, study.seed)
