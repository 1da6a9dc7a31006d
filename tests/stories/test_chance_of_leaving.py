"""The chance of leaving that a story tells is the one by which the rules decide."""

import numpy as np
import pytest

from engager_sim.mesa_model import EngagerModel
from engager_sim.stories.chance_of_leaving import STATES, chances_of_leaving
from engager_sim.theory.justice import AT_LIBERTY
from engager_sim.theory.ways_out import Exit
from engager_sim.world.records import OPEN


def test_men_leave_by_each_route_about_as_often_as_the_chances_add_up_to() -> None:
    expected = dict.fromkeys((Exit.CRISIS, Exit.RESIGNED, Exit.OVERCONFIDENT, Exit.WITHDREW), 0.0)
    left = dict.fromkeys(expected, 0)
    for seed in range(1, 4):
        model = EngagerModel("engager_trial", rng=seed)
        for _ in range(120):
            model.step()
            men = model.world.leavers
            this_week = men["release_week"] + men["exit_week"] == model.week - 1
            by_himself = this_week & (men["episode"] != OPEN) & np.isin(men["exit"], list(left))
            free = (men["place"] == AT_LIBERTY) & ((men["episode"] == OPEN) | by_himself)
            for place in np.flatnonzero(free & (men["entry_week"] < model.week)):
                states = {name: float(men[name][place]) for name in STATES}
                ways_out = model.plan.theories[int(men["arm"][place])].ways_out
                for cause, chance in chances_of_leaving(states, ways_out).items():
                    expected[cause] += chance
            for cause in left:
                left[cause] += int((by_himself & (men["exit"] == cause)).sum())
    for cause, count in left.items():
        assert count > 20
        assert count == pytest.approx(expected[cause], rel=0.3), cause


def test_a_man_without_any_reason_has_no_chance() -> None:
    ways_out = EngagerModel("engager_trial").plan.theories[0].ways_out
    content = dict.fromkeys(STATES, 0.0) | {
        "trust": 1.0, "hope": 1.0, "perceived_need": 1.0, "rapport": 1.0, "understanding": 1.0,
    }  # fmt: skip
    assert set(chances_of_leaving(content, ways_out).values()) == {0.0}
