"""What happened to whom, kept week by week while a Mesa model steps."""

import numpy as np
import numpy.typing as npt

from engager_sim.mesa_model.stepping import copy_of, pass_week, put_back
from engager_sim.week.event_log import ROW, empty_log
from engager_sim.week.tallies import no_tables
from engager_sim.world.dice import Dice
from engager_sim.world.records import World

ROWS_PER_MAN, ROWS_BESIDES = 8, 1000
"""Room for a week's events to begin with; it grows as soon as a week needs more."""


class EventRecord:
    """The events of the weeks that have passed.

    Parameters
    ----------
    men : int
        How many men there are, which decides how much room a week is given at first.

    Attributes
    ----------
    weeks : list of structured array
        Each week's rows.
    before : World or None
        The world as it stood when the week just passed opened.
    """

    def __init__(self, men: int) -> None:
        self.weeks: list[npt.NDArray[np.void]] = []
        self.before: World | None = None
        self._log = empty_log(ROWS_BESIDES + ROWS_PER_MAN * men)

    def pass_week(self, world: World, theories: np.recarray, dice: Dice, week: int) -> None:
        """Let a week pass and keep its events.

        A week whose events outgrow the log is put back and passes again with a larger one.
        """
        before = self.before = copy_of(world)
        while True:
            self._log.used[0] = 0
            pass_week(world, theories, dice, week, no_tables(), self._log)
            used = int(self._log.used[0])
            if used <= len(self._log.rows):
                break
            put_back(world, before)
            self._log = empty_log(2 * used)
        self.weeks.append(self._log.rows[:used].copy())

    def rows(self) -> npt.NDArray[np.void]:
        """Give all rows so far, in the order in which things happened."""
        return np.concatenate(self.weeks) if self.weeks else np.zeros(0, ROW)
