"""More men for the same staff: nobody is seen more for it."""

import dataclasses
from collections.abc import Mapping

import numpy as np
import pytest

from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.theory_values import Value
from tests.benchmarks.benchmark import plan_of
from tests.benchmarks.plain_model import DrawnBefore, PlainModel
from tests.week.worlds import lived

FEW, MANY = 30, 60
WORLDS: dict[str, Mapping[str, Value]] = {
    "defaults": {},
    "few places": {"programme.client_engagement.caseload": 5},
    "few hours": {"programme.client_engagement.contact_hours": 4.0},
    "hard ways out": {
        "programme.client_engagement.caseload": 5, "ways_out.crisis_hazard": 0.3,
        "ways_out.withdrawal_hazard": 0.2, "ways_out.missed_hazard": 2.0,
        "ways_out.gate_loss": 0.5,
    },
    "easy return": {
        "programme.client_engagement.caseload": 5, "ways_out.recontact": 0.15,
        "ways_out.gate_loss": 0.5, "programme.client_engagement.follow_up": 0.0,
    },
}  # fmt: skip
"""Worlds in which waiting, thin contact, leaving and coming back weigh most."""
MARGIN, CONTACTS = 0.005, 0.1
"""Of the share seen outside, and of contacts per man."""


def service(men: int) -> Scenario:
    """Give a service of few staff so many men within half a year."""
    scenario = Scenario.load("through_the_gate")
    people = dataclasses.replace(scenario.setting.population, leavers=men, recruitment_weeks=26)
    setting = dataclasses.replace(scenario.setting, population=people)
    return dataclasses.replace(scenario, setting=setting)


def seen_plain(men: int, changes: Mapping[str, Value], seed: int) -> tuple[float, float]:
    """Run it uncompiled; give the share of the first men seen outside, and their contacts."""
    plan = dataclasses.replace(plan_of(changed(service(men), dict(changes))), seed=seed)
    model = PlainModel(plan, DrawnBefore(seed, 0))
    model.run_for(plan.weeks)
    common = model.world.leavers[:FEW]
    outside = [man.attended_free for man in common]
    return float(np.mean([seen > 0 for seen in outside])), float(np.mean(outside))


def seen_compiled(men: int, changes: Mapping[str, Value], seed: int) -> tuple[float, float]:
    world, _ = lived(service(men), changes, seed)
    outside = world.leavers["attended_free"][:FEW]
    return float((outside > 0).mean()), float(outside.mean())


@pytest.mark.parametrize("name", WORLDS)
def test_more_men_for_the_same_staff_raise_neither_the_share_seen_nor_contacts(name: str) -> None:
    pairs = [
        np.subtract(seen_compiled(MANY, WORLDS[name], seed), seen_compiled(FEW, WORLDS[name], seed))
        for seed in range(40)
    ]
    share, contacts = np.mean(pairs, axis=0)
    assert share <= MARGIN
    assert contacts <= CONTACTS


def test_the_rules_say_so_without_a_compiler_too() -> None:
    pairs = [
        np.subtract(
            seen_plain(MANY, WORLDS["few places"], seed),
            seen_plain(FEW, WORLDS["few places"], seed),
        )
        for seed in range(3)
    ]
    share, contacts = np.mean(pairs, axis=0)
    assert share <= MARGIN
    assert contacts <= CONTACTS
