"""The events of a Mesa model, kept week by week while it steps."""

import numpy as np
import numpy.typing as npt

from engager_sim.mesa_model.world_copies import copy_world, restore_world
from engager_sim.week.engine import advance
from engager_sim.week.event_log import ROW, empty_log
from engager_sim.week.tallies import no_tables
from engager_sim.world.dice import Dice
from engager_sim.world.population import Entry
from engager_sim.world.records import World

ROWS_PER_LEAVER, EXTRA_ROWS = 8, 1000
"""Initial capacity for a week's events; it grows as soon as a week needs more."""


class EventRecord:
    """The events of the weeks that have passed; how many leavers there are decides its capacity."""

    def __init__(self, leavers: int) -> None:
        self.weeks: list[npt.NDArray[np.void]] = []  # each week's rows
        self.before: World | None = None  # as it stood when the week just passed opened
        self._log = empty_log(EXTRA_ROWS + ROWS_PER_LEAVER * leavers)

    def pass_week(
        self, world: World, theories: np.recarray, entry: Entry, dice: Dice, week: int
    ) -> None:
        """Simulate a week and keep its events.

        If its events outgrow the log, the world is restored and the week repeated with a larger
        log.
        """
        before = self.before = copy_world(world)
        while True:
            self._log.used[0] = 0
            advance(world, theories, entry, dice, week, week + 1, no_tables(), self._log)
            used = int(self._log.used[0])
            if used <= len(self._log.rows):
                break
            restore_world(world, before)
            self._log = empty_log(2 * used)
        self.weeks.append(self._log.rows[:used].copy())

    def rows(self) -> npt.NDArray[np.void]:
        """Give all rows so far, in the order of the events."""
        return np.concatenate(self.weeks) if self.weeks else np.zeros(0, ROW)
