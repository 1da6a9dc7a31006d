"""The worlds of a trial: other sizes, undiluted parts, separate agencies."""

import dataclasses

import numpy as np
import pytest

from engager_sim.errors import UsageError
from engager_sim.runs.counterfactual import Men
from engager_sim.runs.one_run import run_once
from engager_sim.runs.plan import plan_of
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.trial.separate_agencies import COPY, separate_agencies
from engager_sim.studies.trial.sizes import resized
from engager_sim.studies.trial.undiluted_delivery import (
    DEFAULTS,
    PARTS,
    corner_scenario,
    with_changes,
)
from engager_sim.studies.trial.worlds import TrialWorld
from engager_sim.world.records import PROGRAMME, USUAL_CARE
from engager_sim.world.setting import TieSetting


@pytest.fixture(scope="module")
def engager() -> Scenario:
    return Scenario.load("engager_trial")


@pytest.fixture(scope="module")
def separate(engager: Scenario) -> Scenario:
    divided = separate_agencies(engager)
    assert divided is not None
    return divided


def men_of(scenario: Scenario) -> Men:
    plan = plan_of(scenario, 4, weekly=False, leavers=True, events=False, check=False)
    men = run_once(plan, 0).leavers
    assert men is not None
    return men


def test_recruitment_lasts_as_much_longer_as_there_are_more_men(engager: Scenario) -> None:
    people = resized(engager, 560).setting.population
    assert (people.leavers, people.recruitment_weeks) == (560, 208)
    assert resized(engager, 280) is engager


def test_recruitment_that_would_take_too_long_is_refused(engager: Scenario) -> None:
    with pytest.raises(UsageError, match=r"would take 743 weeks.*at most 1,400 men"):
        resized(engager, 2000)
    assert resized(engager, 1400).setting.population.recruitment_weeks == 520


def test_a_corner_changes_the_parts_that_are_undiluted_in_it(engager: Scenario) -> None:
    assert corner_scenario(engager, DEFAULTS, 0) == engager
    for index, part in enumerate(PARTS):
        alone = corner_scenario(engager, DEFAULTS, 1 << index)
        assert alone == with_changes(engager, DEFAULTS[part])
        assert alone != engager
    whole = corner_scenario(engager, DEFAULTS, 7)
    assert [team.practitioners for team in whole.setting.teams] == [4, 4, 1, 1]
    assert float(whole.theories()[PROGRAMME].client_engagement.gate_presence) == 1.0
    usual_care = whole.theories()[USUAL_CARE]
    assert usual_care.tobytes() == engager.theories()[USUAL_CARE].tobytes()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("relationship.trust_growth", 0.2),
        ("programme.supervision.interval", 99),
        ("programme.teams.practitioners", 0),
        ("programme.teams.practitioners", 2.5),
        ("programme.teams.practitioners", True),
        ("programme.teams.pracitioners", 2),
        ("programme.supervison.interval", 1),
    ],
)
def test_what_no_programme_can_change_is_refused(
    engager: Scenario, path: str, value: float
) -> None:
    with pytest.raises(UsageError, match=path.replace(".", r"\.")):
        with_changes(engager, {path: value})


def test_with_separate_agencies_the_arms_share_none(separate: Scenario) -> None:
    men = men_of(separate)
    served = {
        arm: set(men[men["arm"] == arm]["agency_for"].ravel().tolist()) - {-1}
        for arm in (PROGRAMME, USUAL_CARE)
    }
    assert served[PROGRAMME].isdisjoint(served[USUAL_CARE])
    names = {agency.name for agency in separate.setting.agencies}
    assert f"drug service north{COPY}" in names
    assert f"Engager north{COPY}" not in names
    assert len(names) == 12 + 10


def test_with_separate_agencies_men_and_their_random_numbers_are_the_same(
    engager: Scenario, separate: Scenario
) -> None:
    here, there = men_of(engager), men_of(separate)
    for field in ("who", "arm", "team", "entry_week", "release_week", "distress_level"):
        assert np.array_equal(here[field], there[field])


def test_with_separate_agencies_usual_care_keeps_the_numbers_of_its_agencies(
    engager: Scenario, separate: Scenario
) -> None:
    here, there = engager.template(), separate.template()
    kept = here.agencies.has_programme == 0
    assert set(here.agencies.number[kept]) < set(there.agencies.number)
    assert np.array_equal(here.teams.number, there.teams.number)


def test_listed_ties_are_kept_for_usual_care_and_copied_for_the_programme(
    engager: Scenario,
) -> None:
    ties = [
        TieSetting(["drug service north", "probation north"], 0.5),
        TieSetting(["drug service north", "Engager north"], 0.6),
    ]
    tied = dataclasses.replace(engager, setting=dataclasses.replace(engager.setting, ties=ties))
    divided = separate_agencies(tied)
    assert divided is not None
    assert [tie.between for tie in divided.setting.ties] == [
        ["drug service north", "probation north"],
        [f"drug service north{COPY}", f"probation north{COPY}"],
        [f"drug service north{COPY}", "Engager north"],
    ]
    divided.template()


def test_agencies_without_sites_can_be_divided(engager: Scenario) -> None:
    agencies = [dataclasses.replace(each, site=None) for each in engager.setting.agencies]
    teams = [dataclasses.replace(each, site=None) for each in engager.setting.teams]
    setting = dataclasses.replace(engager.setting, agencies=agencies, teams=teams)
    divided = separate_agencies(dataclasses.replace(engager, setting=setting))
    assert divided is not None
    assert len({agency.site for agency in divided.setting.agencies}) == 2
    men_of(divided)


def test_a_team_of_each_arm_in_one_agency_is_parted(engager: Scenario) -> None:
    teams = [
        dataclasses.replace(each, agency=each.agency.replace("Engager", "probation"))
        for each in engager.setting.teams
    ]
    divided = separate_agencies(
        dataclasses.replace(engager, setting=dataclasses.replace(engager.setting, teams=teams))
    )
    assert divided is not None
    assert divided.setting.teams[0].agency == f"probation north{COPY}"
    assert divided.setting.teams[2].agency == "probation north"
    men_of(divided)


def test_where_the_programme_does_not_work_nothing_is_copied(engager: Scenario) -> None:
    teams = [each for each in engager.setting.teams if each.name != "Engager team south"]
    divided = separate_agencies(
        dataclasses.replace(engager, setting=dataclasses.replace(engager.setting, teams=teams))
    )
    assert divided is not None
    copies = [each for each in divided.setting.agencies if each.name.endswith(COPY)]
    assert {each.site for each in copies} == {f"north{COPY}"}


def test_a_network_with_one_leader_cannot_be_divided(small_service: Scenario) -> None:
    assert separate_agencies(small_service) is None


def test_with_separate_agencies_swapped_men_stay_where_they_are_released(engager: Scenario) -> None:
    """Teams of both arms are neighbours by the world before its agencies were divided."""
    delivered = TrialWorld(engager, 4)
    divided = separate_agencies(engager)
    assert divided is not None
    both = TrialWorld(divided, 4, undivided=delivered).men(0).both
    site = delivered.site
    assert (site[both.dealt["team"]] == site[both.swapped["team"]]).all()
