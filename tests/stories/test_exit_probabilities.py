"""The exit probabilities of a story are those by which the rules decide."""

import math

import numpy as np

from engager_sim.mesa_model import EngagerModel
from engager_sim.stories.exit_probabilities import STATES, exit_probabilities
from engager_sim.theory.justice import AT_LIBERTY
from engager_sim.theory.ways_out import Exit
from engager_sim.world.records import OPEN


def test_exits_from_each_cause_are_as_frequent_as_their_probabilities_add_up_to() -> None:
    expected = dict.fromkeys((Exit.CRISIS, Exit.RESIGNED, Exit.OVERCONFIDENT, Exit.WITHDREW), 0.0)
    left = dict.fromkeys(expected, 0)
    for seed in range(1, 4):
        model = EngagerModel("engager_trial", rng=seed)
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
                parameters = model.plan.theories[int(leavers["arm"][leaver])].ways_out
                for cause, probability in exit_probabilities(states, parameters).items():
                    expected[cause] += probability
            for cause in left:
                left[cause] += int((voluntary & (leavers["exit"] == cause)).sum())
    for cause, count in left.items():
        assert count > 20
        assert abs(count - expected[cause]) < 3.0 * math.sqrt(expected[cause]), cause


def test_a_leaver_without_any_reason_has_an_exit_probability_of_zero() -> None:
    parameters = EngagerModel("engager_trial").plan.theories[0].ways_out
    contented = dict.fromkeys(STATES, 0.0) | {
        "trust": 1.0,
        "hope": 1.0,
        "perceived_need": 1.0,
        "rapport": 1.0,
        "understanding": 1.0,
    }
    assert set(exit_probabilities(contented, parameters).values()) == {0.0}
