"""No run spends more hours of practitioners or supervisors than their posts supply.

With the theme of client engagement switched off there is no limit to hours: contacts stand at
their reference.
"""

import dataclasses
from collections.abc import Mapping

import pytest

from engager_sim.costs.prices import WEEKS_A_YEAR
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.theory_values import Value
from engager_sim.week.engine import advance
from engager_sim.week.tallies import no_tables
from engager_sim.world.deployment import fresh
from engager_sim.world.dice import dice_for
from engager_sim.world.records import ARMS, World
from tests.costs.test_employment import employment_of

PRESETS = ("usual_care", "engager_trial", "through_the_gate", "colocated_hub", "peer_led")
CROWDED: dict[str, Value] = {
    "client_engagement.caseload": 80.0, "client_engagement.other_cases": 0,
    "client_engagement.early_contacts": 4.0, "client_engagement.later_contacts": 2.0,
    "client_engagement.prison_contacts": 2.0, "client_engagement.follow_up": 1.0,
    "client_engagement.attend_base": 1.5, "client_engagement.longest_contact": 4.0,
    "client_engagement.gate_presence": 1.0,
}  # fmt: skip
LONGEST: dict[str, Value] = {
    "supervision.session_hours": 3.0,
    "supervision.cancelled_by_burnout": 0.0,
}
LEVERS: dict[str, Mapping[str, Value]] = {
    "as it is": {},
    "few hours, many contacts": CROWDED | {"client_engagement.contact_hours": 4.0},
    "many hours, many contacts": CROWDED | {"client_engagement.contact_hours": 35.0},
    "weekly sessions, few hours": LONGEST
    | {"supervision.interval": 1.0, "supervision.supervisor_hours": 0.5},
    "weekly sessions, many hours": LONGEST
    | {"supervision.interval": 1.0, "supervision.supervisor_hours": 37.0},
    "rare sessions, few hours": LONGEST
    | {"supervision.interval": 26.0, "supervision.supervisor_hours": 0.5},
}
ROUNDING = 1.0 + 1e-9


def all_at_once(scenario: Scenario) -> Scenario:
    """Let all men enter in one week and be released in it, when their claims are not counted."""
    people = dataclasses.replace(
        scenario.setting.population,
        recruitment_weeks=1,
        shortest_to_release=0,
        longest_to_release=0,
    )
    return dataclasses.replace(
        scenario, setting=dataclasses.replace(scenario.setting, population=people)
    )


def run(scenario: Scenario, replicate: int) -> World:
    world = fresh(scenario.template())
    theories, dice = scenario.theories(), dice_for(3, replicate)
    advance(world, theories, scenario.entry(), dice, 0, scenario.weeks(), no_tables(), None)
    return world


@pytest.mark.parametrize("at_once", [False, True])
@pytest.mark.parametrize("levers", LEVERS.values(), ids=LEVERS.keys())
@pytest.mark.parametrize("preset", PRESETS)
def test_hours_spent_are_never_more_than_posts_supply(
    preset: str, levers: Mapping[str, Value], at_once: bool
) -> None:
    scenario = changed(Scenario.load(preset), levers)
    scenario = all_at_once(scenario) if at_once else scenario
    theories, weeks = scenario.theories(), scenario.weeks()
    supplied = employment_of(scenario)
    for replicate in range(2):
        world = run(scenario, replicate)
        arms_of_supervisors = world.teams["arm"][world.supervisors["team"]]
        for arm in range(len(ARMS)):
            posts = world.practitioners[world.practitioners["arm"] == arm]
            men = world.leavers[world.leavers["arm"] == arm]
            hours = theories[arm].client_engagement.contact_hours
            assert men["contact_hours"].sum() <= posts["weeks_filled"].sum() * hours * ROUNDING
            spent = world.supervisors["hours_spent"][arms_of_supervisors == arm].sum()
            employed_hours = supplied.quantity("supervisor_hour", arm) * weeks / WEEKS_A_YEAR
            assert spent <= employed_hours * ROUNDING


def test_supervision_that_is_always_wanted_uses_all_that_is_employed() -> None:
    scenario = changed(Scenario.load("colocated_hub"), LEVERS["weekly sessions, few hours"])
    spent = run(scenario, 0).supervisors["hours_spent"].sum()
    hours = employment_of(scenario).quantity("supervisor_hour")
    assert spent > 0.9 * hours * scenario.weeks() / WEEKS_A_YEAR
