"""The plain model is an oracle: without a compiler, the same uniforms give the same records."""

import dataclasses
from collections.abc import Mapping

import numpy as np
import pytest

from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.theory_values import Value
from engager_sim.world.records import World
from tests.benchmarks.benchmark import plan_of
from tests.benchmarks.large_world import LEAVERS, large_trial
from tests.benchmarks.plain_model import DrawnBefore, PlainModel, as_records, hand_over, write_down
from tests.week.worlds import lived, small_trial

RECORDS = ("leavers", "practitioners", "supervisors", "peers", "teams", "ties")
REVERSED: Mapping[str, Value] = {
    "relationship.coupling": "additive",
    "supervision.mode": "shared",
    "turnover.overlap": True,
    "peers.hours": 20.0,
}
ALL_OFF: Mapping[str, Value] = {
    f"{theme}.on": False
    for theme in (
        "collaboration", "client_engagement", "client_motivation", "supervision",
        "therapeutic_approach", "peers", "preparations_for_ending",
    )
}  # fmt: skip


def plainly_lived(scenario: Scenario, seed: int = 7, replicate: int = 0) -> PlainModel:
    plan = dataclasses.replace(plan_of(scenario), seed=seed)
    model = PlainModel(plan, DrawnBefore(seed, replicate))
    model.run_for(plan.weeks)
    return model


def assert_same_records(plain: PlainModel, world: World) -> None:
    for name in RECORDS:
        compiled = getattr(world, name)
        written = as_records(getattr(plain.world, name), compiled)
        different = [
            field
            for field in compiled.dtype.names
            if written[field].tobytes() != compiled[field].tobytes()
        ]
        assert different == [], name


@pytest.mark.parametrize("changes", [{}, REVERSED, ALL_OFF], ids=["as it is", "changed", "all off"])
def test_plain_mesa_and_the_compiled_engine_end_in_the_same_records(
    changes: Mapping[str, Value],
) -> None:
    scenario = changed(small_trial(40), changes)
    world, _ = lived(scenario)
    assert_same_records(plainly_lived(scenario), world)


@pytest.mark.parametrize("preset", ["peer_led", "through_the_gate"])
def test_presets_end_in_the_same_records(preset: str) -> None:
    scenario = Scenario.load(preset)
    people = dataclasses.replace(scenario.setting.population, leavers=40)
    setting = dataclasses.replace(scenario.setting, population=people)
    scenario = dataclasses.replace(scenario, setting=setting)
    world, _ = lived(scenario, seed=3, replicate=1)
    assert_same_records(plainly_lived(scenario, seed=3, replicate=1), world)


def test_uniforms_handed_over_in_turn_are_those_looked_up() -> None:
    plan = plan_of(small_trial(10))
    uniforms = DrawnBefore(plan.seed, 0)
    first = PlainModel(plan, uniforms, write_down)
    first.run_for(plan.weeks)
    again = PlainModel(plan, iter(uniforms.asked), hand_over)
    again.run_for(plan.weeks)
    like = plan.template.leavers
    written, rewritten = (as_records(m.world.leavers, like) for m in (first, again))
    assert written.tobytes() == rewritten.tobytes()


def test_no_plain_rule_goes_through_a_compiled_one_or_touches_numpy() -> None:
    plan = plan_of(small_trial(10))
    model = PlainModel(plan, DrawnBefore(plan.seed, 0))
    model.run_for(plan.weeks)
    for man in model.world.leavers:
        numbers = [value for value in vars(man).values() if isinstance(value, np.generic)]
        assert numbers == []


def test_the_large_world_is_staffed_as_the_trial_is() -> None:
    trial, large = Scenario.load("engager_trial").setting, large_trial().setting
    men = [setting.population.leavers for setting in (trial, large)]
    staff = [sum(team.practitioners for team in setting.teams) for setting in (trial, large)]
    assert men[1] == LEAVERS
    assert men[1] / staff[1] == pytest.approx(men[0] / staff[0], rel=0.03)
