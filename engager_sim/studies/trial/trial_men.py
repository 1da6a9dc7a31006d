"""The men of one replicate of a trial: what became of each in both arms, and who had him first."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engager_sim.runs.counterfactual import BothArms
from engager_sim.runs.tables.events import LoggedRun
from engager_sim.week.event_log import Event, column_of
from engager_sim.world.observed import MARK_WEEKS, NOT_YET

HOLDERS = 1_000_000
"""More people than ever hold one post."""
NOBODY = -1

type Numbers = npt.NDArray[np.float64]
type Whole = npt.NDArray[np.int64]
type Truths = npt.NDArray[np.bool_]
type Men = npt.NDArray[np.void]


@dataclass(frozen=True, slots=True)
class TrialMen:
    """One replicate as the trial has it, and with every man in the other arm."""

    both: BothArms
    practitioner: Whole  # (men,): who was first given him as dealt, in clustered arms; else -1

    @property
    def dealt(self) -> Men:
        """The men's records in the arms that they were dealt."""
        return self.both.dealt

    def own_effects(self, week: int) -> Numbers:
        """Give each man's own effect on his distress at a week, shape (men,).

        NaN for who died before that week in one of the two worlds: he has no score to compare.
        """
        effects = self.both.own_effects()[:, MARK_WEEKS.index(week)]
        weeks = (week,)
        alive = alive_at(self.both.dealt, weeks) & alive_at(self.both.swapped, weeks)
        return np.where(alive[:, 0], effects, np.nan)


def alive_at(men: Men, weeks: tuple[int, ...]) -> Truths:
    """Mark the men who lived to each week after release, shape (men, weeks)."""
    died = np.asarray(men["died_week"])[:, np.newaxis]
    return np.asarray((died == NOT_YET) | (died >= np.array(weeks)))


def first_practitioners(run: LoggedRun) -> Whole:
    """Give a number of the practitioner whom each man was first given, shape (men,); -1 for none.

    Practitioners are people and not posts: who follows another in a post is somebody else. A man is
    given a post once; who held it then follows from those who had left it before.
    """
    rows = run.rows[np.isin(run.rows["event"], (Event.ALLOCATED, Event.WORKER_LEFT))]
    given = rows["event"] == Event.ALLOCATED
    posts = column_of(rows, Event.ALLOCATED, "post").astype(np.int64)
    place = np.flatnonzero(given)
    left = {
        post: np.flatnonzero(~given & (rows["who"] == who))
        for post, who in enumerate(run.world.practitioners["who"])
    }
    holders = [
        int(post) * HOLDERS + int(np.searchsorted(left[int(post)], at))
        for post, at in zip(posts, place, strict=True)
    ]
    number = dict(zip(rows["who"][given].tolist(), holders, strict=True))
    return np.array([number.get(int(who), NOBODY) for who in run.world.leavers["who"]], np.int64)
