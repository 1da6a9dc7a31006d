"""The criteria of the study's sites, and what presets and own scenarios meet of them."""

import dataclasses

import pytest

from engager_sim.scenarios.criteria import CRITERIA, criteria_met
from engager_sim.scenarios.scenario import Scenario
from tests.command_line.command import engager_sim

CONSTRUCTED = ("therapy_led", "colocated_hub", "through_the_gate", "peer_led")
MET_BY_SITES = {2, 3, 4, 5}


@pytest.mark.parametrize("name", CONSTRUCTED)
def test_a_constructed_preset_meets_as_many_criteria_as_a_site_of_the_study(name: str) -> None:
    assert len(criteria_met(Scenario.load(name))) in MET_BY_SITES


def test_usual_care_meets_none() -> None:
    assert criteria_met(Scenario.load("usual_care")) == []


def test_every_criterion_is_met_by_some_preset_and_by_some_not() -> None:
    met = [set(criteria_met(Scenario.load(name))) for name in Scenario.presets()]
    for criterion in CRITERIA:
        assert {criterion.name in names for names in met} == {True, False}


def test_a_team_without_peers_does_not_meet_the_criterion_of_peers() -> None:
    scenario = Scenario.load("peer_led")
    teams = [dataclasses.replace(team, peers=0) for team in scenario.setting.teams]
    without = dataclasses.replace(
        scenario, setting=dataclasses.replace(scenario.setting, teams=teams)
    )
    assert set(criteria_met(scenario)) - set(criteria_met(without)) == {"peers"}


def test_the_list_of_scenarios_says_which_each_meets() -> None:
    printed = " ".join(engager_sim("scenarios", "list").stdout.split())
    assert "6 of 6" in printed
    assert "met 2, 3, 4 and 5" in printed
