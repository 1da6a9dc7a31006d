"""A world as the page watches it: the Mesa model, its course so far, and the week just passed."""

import numpy as np
import numpy.typing as npt

from engager_sim.errors import UsageError
from engager_sim.mesa_model import EngagerModel
from engager_sim.mesa_model.event_record import EventRecord
from engager_sim.mesa_model.influences import Influence, influences, references
from engager_sim.scenarios.scenario import Scenario
from engager_sim.world.records import World

MOST_MEN = 3000
"""A page that draws every man cannot show more."""

OF_MEN = (
    "trust",
    "rapport",
    "understanding",
    "autonomous",
    "shared_practice",
    "growth_speed",
    "coping",
    "hope",
    "perceived_need",
    "missed_in_a_row",
    "open_rupture",
    "crisis",
    "engaged",
    "episode",
    "first_exit",
)
OF_POSTS = ("skill", "fidelity", "burnout", "vacancy")
OF_TIES = ("strength",)
COURSES = {"leavers": OF_MEN, "practitioners": OF_POSTS, "ties": OF_TIES}
"""The states whose course is kept, by kind of record."""

type Course = npt.NDArray[np.float32]


class WatchedWorld:
    """One world, stepped week by week, with what the page needs to remember of it.

    Parameters
    ----------
    scenario : Scenario
        What the world is.
    seed : int
        Its seed.

    Attributes
    ----------
    model : EngagerModel
        The world as it stands.
    course : dict
        For each kind of record and state, an array of shape (weeks + 1, records): row w is how
        things stood when w weeks had passed. Made whole at the start, so that playing takes no
        more memory.

    Raises
    ------
    ScenarioError
        If the scenario cannot be used.
    UsageError
        If it has too many men to be drawn.
    """

    def __init__(self, scenario: Scenario, seed: int) -> None:
        men = scenario.setting.population.leavers
        if men > MOST_MEN:
            raise UsageError(
                "the page draws every man, and cannot draw so many",
                key="population.leavers",
                value=men,
                allowed=f"up to {MOST_MEN:,}",
                fix="lower the number for the page, or simulate it with: engager-sim run",
            )
        self.model = EngagerModel(scenario, rng=seed, events=True)
        self.course: dict[str, dict[str, Course]] = {
            kind: {
                name: np.zeros((self.model.weeks + 1, len(getattr(self.world, kind))), np.float32)
                for name in names
            }
            for kind, names in COURSES.items()
        }
        self._references = references(self.model.plan, self.model.dice)
        self._remember()

    @property
    def world(self) -> World:
        """The world's records as they stand."""
        world: World = self.model.world
        return world

    @property
    def record(self) -> EventRecord:
        """What has happened to whom."""
        record = self.model.event_record
        assert record is not None  # the model was made to keep events
        return record

    @property
    def week(self) -> int:
        """How many weeks have passed."""
        return self.model.week

    def step(self) -> None:
        """Let one week pass, unless the last has passed."""
        if self.week < self.model.weeks:
            self.model.step()
            self._remember()

    def influences(self, arm: int | None) -> list[Influence]:
        """Measure what ran between the themes in the week just passed; nothing before the first."""
        model, before = self.model, self.record.before
        if before is None:
            return []
        return influences(model.plan, model.dice, before, self.world, self._references, arm)

    def men_of(self, arm: int | None) -> npt.NDArray[np.bool_]:
        """Tell who is of an arm; everybody if none is named."""
        arms = self.world.leavers["arm"]
        found: npt.NDArray[np.bool_] = np.ones(len(arms), bool) if arm is None else arms == arm
        return found

    def _remember(self) -> None:
        for kind, courses in self.course.items():
            for name, course in courses.items():
                course[self.week] = getattr(self.world, kind)[name]
