"""The exit probabilities of a story are those by which the rules decide."""

import math

import numpy as np
import pytest

from engager_sim.mesa_model import EngagerModel
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.stories.exit_probabilities import STATES, exit_probabilities
from engager_sim.theory.justice import AT_LIBERTY
from engager_sim.theory.ways_out import Exit
from engager_sim.world.records import OPEN


@pytest.mark.parametrize("on", [True, False])
def test_exits_from_each_cause_are_as_frequent_as_their_probabilities_add_up_to(on: bool) -> None:
    scenario = changed(Scenario.load("engager_trial"), {"client_engagement.on": on})
    expected = dict.fromkeys((Exit.CRISIS, Exit.RESIGNED, Exit.OVERCONFIDENT, Exit.WITHDREW), 0.0)
    left = dict.fromkeys(expected, 0)
    for seed in range(1, 4):
        model = EngagerModel(scenario, rng=seed)
        for _ in range(120):
            model.step()
            leavers = model.world.leavers
            this_week = leavers["release_week"] + leavers["exit_week"] == model.week - 1
            voluntary = (
                this_week & (leavers["episode"] != OPEN) & np.isin(leavers["exit"], list(left))
            )
            at_risk = (leavers["place"] == AT_LIBERTY) & ((leavers["episode"] == OPEN) | voluntary)
            for leaver in np.flatnonzero(at_risk & (leavers["entry_week"] < model.week)):
                states = {name: float(leavers[name][leaver]) for name in STATES}
                theory = model.plan.theories[int(leavers["arm"][leaver])]
                for cause, probability in exit_probabilities(states, theory).items():
                    expected[cause] += probability
            for cause in left:
                left[cause] += int((voluntary & (leavers["exit"] == cause)).sum())
    for cause, count in left.items():
        assert count > 20
        assert abs(count - expected[cause]) < 3.0 * math.sqrt(expected[cause]), cause


def test_a_leaver_without_any_reason_has_an_exit_probability_of_zero() -> None:
    theory = EngagerModel("engager_trial").plan.theories[0]
    contented = dict.fromkeys(STATES, 0.0) | {
        "trust": 1.0,
        "hope": 1.0,
        "perceived_need": 1.0,
        "rapport": 1.0,
        "understanding": 1.0,
    }
    assert set(exit_probabilities(contented, theory).values()) == {0.0}
