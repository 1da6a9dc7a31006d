"""The same men in both arms: common random numbers, no effect of a programme that does nothing."""

import dataclasses

import numpy as np
import pytest

from engager_sim.runs.counterfactual import BothArms, both_arms
from engager_sim.runs.plan import Plan, plan_of
from engager_sim.scenarios.scenario import Scenario
from engager_sim.world.records import PROGRAMME
from tests.runs.alike import arms_alike

SEED = 11


def plan_for(scenario: Scenario) -> Plan:
    return plan_of(scenario, SEED, weekly=False, leavers=True, events=False, check=False)


@pytest.fixture(scope="module")
def trial() -> Scenario:
    return Scenario.load("engager_trial")


@pytest.fixture(scope="module")
def both(trial: Scenario) -> BothArms:
    return both_arms(plan_for(trial), 3)


def test_every_man_is_in_both_arms_at_his_own_site(trial: Scenario, both: BothArms) -> None:
    site = plan_for(trial).template.teams.site
    assert np.array_equal(both.dealt["arm"] + both.swapped["arm"], np.ones(280))
    assert np.array_equal(site[both.dealt["team"]], site[both.swapped["team"]])
    assert np.array_equal(both.dealt["agency_for"], both.swapped["agency_for"])


@pytest.mark.parametrize(
    "field", ["who", "entry_week", "release_week", "distress_level", "needs_at_entry"]
)
def test_swapping_arms_changes_nothing_that_a_man_brings(both: BothArms, field: str) -> None:
    assert np.array_equal(both.dealt[field], both.swapped[field])


def test_a_field_in_each_arm_comes_from_the_world_where_he_was_in_it(both: BothArms) -> None:
    programme, usual_care = both.in_each_arm("distress_at")
    man = int(np.flatnonzero(both.arm == PROGRAMME)[0])
    other = int(np.flatnonzero(both.arm != PROGRAMME)[0])
    assert np.array_equal(programme[man], both.dealt["distress_at"][man])
    assert np.array_equal(usual_care[man], both.swapped["distress_at"][man])
    assert np.array_equal(programme[other], both.swapped["distress_at"][other])
    assert np.array_equal(both.own_effects(), programme - usual_care)
    assert both.in_each_arm("trust").shape == (2, 280)


def test_where_the_programme_does_nothing_no_man_has_an_effect(trial: Scenario) -> None:
    """Then no rule can tell one arm from the other: a man's whole record is the same in both."""
    both = both_arms(plan_for(arms_alike(trial)), 0)
    assert np.array_equal(both.own_effects(), np.zeros((280, 6)))
    differ = [
        name
        for name in both.dealt.dtype.names or ()
        if both.dealt[name].tobytes() != both.swapped[name].tobytes()
    ]
    assert differ == ["arm", "team", "post"]


def test_where_it_does_something_men_have_effects_of_their_own(both: BothArms) -> None:
    assert (both.own_effects() != 0.0).mean() > 0.5


def test_where_the_other_arm_has_no_team_at_a_site_the_dice_choose(small_service: Scenario) -> None:
    both = both_arms(plan_for(small_service), 0)
    assert np.array_equal(both.dealt["arm"] + both.swapped["arm"], np.ones(20))


def test_several_teams_at_a_site_share_the_swapped_men(trial: Scenario) -> None:
    setting = trial.setting
    more = dataclasses.replace(setting.teams[0], name="Engager second team north", practitioners=4)
    crowded = dataclasses.replace(trial, setting=dataclasses.replace(
        setting, teams=[*setting.teams, more]))  # fmt: skip
    both = both_arms(plan_for(crowded), 0)
    joined = both.swapped[both.swapped["arm"] == PROGRAMME]["team"]
    counts = np.bincount(joined, minlength=5)
    assert counts[0] > 0
    assert counts[4] > counts[0]
