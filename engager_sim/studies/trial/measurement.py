"""What a trial gets to see of its men: scores with error, and only of those it finds again.

The errors are drawn for each man and week from seed and replicate alone, so the same man is
measured with the same error in every world of a replicate; only what happened to him differs.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engager_sim.studies.trial.attrition import LossModel
from engager_sim.world.observed import MARK_WEEKS, YEAR
from engager_sim.world.records import PROGRAMME

SCORES, FINDING = 0, 1
"""Which stream of errors: of scores, of being found again."""

type Numbers = npt.NDArray[np.float64]
type Truths = npt.NDArray[np.bool_]
type Men = npt.NDArray[np.void]


@dataclass(frozen=True, slots=True)
class Measured:
    """The data of one simulated trial.

    Attributes
    ----------
    programme : bool array, shape (men,)
        Whether a man was allocated to the programme.
    site : int64 array, shape (men,)
        His site.
    baseline : float64 array, shape (men,)
        CORE-OM at entry, before release.
    scores : float64 array, shape (men, weeks)
        CORE-OM at each week of follow-up, also of men who were not followed up.
    followed : bool array, shape (men, weeks)
        Whether he was.
    in_need : bool array, shape (men,)
        Whether he had a substance need at release.
    seen : bool array, shape (men,)
        Whether a substance service saw him within a year.
    """

    programme: Truths
    site: npt.NDArray[np.int64]
    baseline: Numbers
    scores: Numbers
    followed: Truths
    in_need: Truths
    seen: Truths


@dataclass(frozen=True, slots=True)
class Measurement:
    """How a trial measures.

    Attributes
    ----------
    error : float
        Standard deviation of one administration of CORE-OM, in points.
    left_out : float
        Standard deviation, at follow-up, of what the model leaves out of men's lives.
    loss : LossModel
        Whom it finds again.
    seed : int
        Of all errors.
    """

    error: float
    left_out: float
    loss: LossModel
    seed: int

    def of(self, men: Men, site: npt.NDArray[np.int64], replicate: int) -> Measured:
        """Measure the men of one replicate; a pure function of its arguments.

        Scores are not cut at 0 and 40, so that errors stay even and average to nothing.
        """
        weeks = self.loss.weeks
        marks = [MARK_WEEKS.index(week) for week in weeks]
        drawn = _generator(self.seed, replicate, SCORES).standard_normal((len(men), 1 + len(weeks)))
        uniforms = _generator(self.seed, replicate, FINDING).random((len(men), len(weeks)))
        spread = float(np.hypot(self.error, self.left_out))
        return Measured(
            programme=men["arm"] == PROGRAMME,
            site=site[men["team"]],
            baseline=men["distress_level"] + self.error * drawn[:, 0],
            scores=men["distress_at"][:, marks] + spread * drawn[:, 1:],
            followed=uniforms < self.loss.chance(men),
            in_need=men["substance_at_release"] == 1,
            seen=(men["substance_seen_week"] >= 0) & (men["substance_seen_week"] < YEAR),
        )


def _generator(seed: int, replicate: int, stream: int) -> np.random.Generator:
    """Make the errors of one replicate: a man's are the same however many men there are."""
    key = np.array([seed, (replicate << 8) | stream], np.uint64)
    return np.random.Generator(np.random.Philox(key=key))
