"""A world as the page watches it: the Mesa model, the history of its states, and the last week."""

from typing import Any

import numpy as np
import numpy.typing as npt

from engager_sim.errors import UsageError
from engager_sim.mesa_model import EngagerModel
from engager_sim.mesa_model.event_record import EventRecord
from engager_sim.mesa_model.influences import Influence, influences, references
from engager_sim.scenarios.fitted_parameters import shipped_posterior
from engager_sim.scenarios.scenario import Scenario
from engager_sim.world.records import World

MAX_LEAVERS = 3000
"""The page draws every leaver and cannot show more."""

_RECORDED = {
    "leavers": "trust prior_trust rapport understanding autonomous coverage shared_practice "
    "growth_speed coping hope perceived_need missed_in_a_row open_rupture crisis engaged episode "
    "first_exit",
    "practitioners": "skill fidelity burnout vacancy",
    "supervisors": "strain vacancy",
    "ties": "strength",
}
"""The states whose history is kept, by kind of record."""

type History = npt.NDArray[np.float32]


class WatchedWorld:
    """One world, stepped week by week, with the history that the page needs.

    Parameters
    ----------
    scenario : Scenario
        The world's scenario.
    seed : int
        Its random seed.
    draw : int, optional
        The posterior draw at which it stands; at central values unless given.

    Attributes
    ----------
    model : EngagerModel
        The world in its current week.
    history : dict
        For each kind of record and state, an array of shape (weeks + 1, records): row w holds the
        values after w weeks. It is allocated whole at the start, so that playing takes no more
        memory.

    Raises
    ------
    ScenarioError
        If the scenario cannot be used.
    UsageError
        If it has too many leavers to be drawn.
    """

    def __init__(self, scenario: Scenario, seed: int, draw: int | None = None) -> None:
        leavers = scenario.setting.population.leavers
        if leavers > MAX_LEAVERS:
            raise UsageError(
                "the page draws every man, and cannot draw so many",
                key="population.leavers",
                value=leavers,
                allowed=f"up to {MAX_LEAVERS:,}",
                fix="lower the number for the page, or simulate it with: engager-sim run",
            )
        drawn: dict[str, Any] = {} if draw is None else {"parameters": shipped_posterior()}
        self.model = EngagerModel(scenario, rng=seed, events=True, draw=draw, **drawn)
        self.history: dict[str, dict[str, History]] = {
            kind: {
                name: np.zeros((self.model.weeks + 1, len(getattr(self.world, kind))), np.float32)
                for name in names.split()
            }
            for kind, names in _RECORDED.items()
        }
        self._references = references(self.model.plan, self.model.dice)
        self._record_states()

    @property
    def world(self) -> World:
        """The world's records in its current week."""
        world: World = self.model.world
        return world

    @property
    def event_record(self) -> EventRecord:
        """The events so far."""
        record = self.model.event_record
        assert record is not None  # the model was made to keep events
        return record

    @property
    def week(self) -> int:
        """How many weeks have passed."""
        return self.model.week

    def step(self) -> None:
        """Simulate one week, unless the last has passed."""
        if self.week < self.model.weeks:
            self.model.step()
            self._record_states()

    def influences(self, arm: int | None) -> list[Influence]:
        """Measure the influences between themes in the last week; none before the first."""
        model, before = self.model, self.event_record.before
        if before is None:
            return []
        return influences(model.plan, model.dice, before, self.world, self._references, arm)

    def in_arm(self, arm: int | None) -> npt.NDArray[np.bool_]:
        """Tell which leavers belong to an arm; all of them if none is named."""
        arms = self.world.leavers["arm"]
        members: npt.NDArray[np.bool_] = np.ones(len(arms), bool) if arm is None else arms == arm
        return members

    def _record_states(self) -> None:
        for kind, histories in self.history.items():
            for name, history in histories.items():
                history[self.week] = getattr(self.world, kind)[name]
