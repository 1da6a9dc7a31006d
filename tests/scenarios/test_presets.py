"""The presets: complete, honest about what they are, and within the table they come from."""

import tomllib
from typing import Any

import pytest

from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.scenario_file import preset_files
from engager_sim.scenarios.setting_tables import THEORY_TABLES
from engager_sim.scenarios.theory_values import declared
from engager_sim.studies.run.study import simulate
from engager_sim.theory.declaration import Role
from engager_sim.world.records import ARMS

PRESETS = (
    "colocated_hub",
    "engager_trial",
    "engager_trial_shared_practice",
    "engager_trial_shared_practice_and_weekly_supervision",
    "engager_trial_weekly_supervision",
    "peer_led",
    "therapy_led",
    "through_the_gate",
    "usual_care",
    "usual_care_shared_practice",
    "usual_care_shared_practice_and_weekly_supervision",
    "usual_care_weekly_supervision",
)
CONSTRUCTED = ("colocated_hub", "peer_led", "therapy_led", "through_the_gate")
AGENCIES_AROUND_A_TEAM = {
    "therapy_led": (2, 3),
    "colocated_hub": (5, 8),
    "through_the_gate": (4, 6),
    "peer_led": (3, 5),
    "usual_care": (3, 6),
    "engager_trial": (4, 6),
}

SHARED, WEEKLY = "shared_practice", "weekly_supervision"
BOTH = f"{SHARED}_and_{WEEKLY}"
FEET = {"engager_trial": "programme", "usual_care": "usual_care"}
"""What each ladder stands on, and the arm that its rungs change."""

RUNGS = [(foot, rung) for foot in FEET for rung in (SHARED, WEEKLY, BOTH)]
SHARED_PRACTICE = {
    "collaboration.initial_tie": 0.65,
    "collaboration.shared_record": 1.0,
    "collaboration.joint_formulation": 1.0,
    "collaboration.colocation": 1.0,
}
WEEKLY_SUPERVISION = {"supervision.interval": 1.0, "supervision.quality": 0.8}
REFLECTIVE = {"supervision.mode": "reflective"}
CHANGED = {
    ("engager_trial", SHARED): SHARED_PRACTICE,
    ("engager_trial", WEEKLY): WEEKLY_SUPERVISION,
    ("usual_care", SHARED): SHARED_PRACTICE,
    ("usual_care", WEEKLY): WEEKLY_SUPERVISION | REFLECTIVE,
}
"""Levers of each rung with one parent; the trial's supervision is reflective from the start."""

BROUGHT_BY_MEN = [
    "number", "arm", "team", "entry_week", "release_week", "prior_trust", "autonomous_at_entry",
    "needs_at_entry", "distress_level", "short_sentence",
]  # fmt: skip


def _text(name: str) -> str:
    return preset_files()[name].read_text(encoding="utf-8")


def _said(name: str) -> dict[str, Any]:
    """Read what a preset's own file says, without those it builds on."""
    return tomllib.loads(_text(name))


def _changes(foot: str, other: str) -> dict[str, Any]:
    """Name everything in which a scenario differs from another, with its value there."""
    return {key: value for key, _, value in Scenario.load(foot).difference(Scenario.load(other))}


def test_the_presets_are_those_that_the_documents_name() -> None:
    assert Scenario.presets() == list(PRESETS)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_loads_and_deploys(name: str) -> None:
    scenario = Scenario.load(name)
    world = scenario.template()
    assert scenario.name == name
    assert len(world.given) == scenario.setting.population.leavers
    assert len(world.teams) == len(scenario.setting.teams)
    assert scenario.theories().shape == (2,)


@pytest.mark.parametrize("name", PRESETS)
def test_the_first_line_of_a_preset_is_the_question_it_asks(name: str) -> None:
    first = _text(name).split("\n", 1)[0]
    assert first.startswith('question = "')
    assert Scenario.load(name).question.endswith("?")


@pytest.mark.parametrize("name", CONSTRUCTED)
def test_a_constructed_preset_says_that_it_is_no_site_of_the_study(name: str) -> None:
    heading = _text(name).split("[population]")[0]
    assert "Constructed from the selection criteria" in heading
    assert "NOT one of the study's sites" in heading


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_makes_no_claim_about_people_and_says_where_each_value_comes_from(
    name: str,
) -> None:
    said = _said(name)
    assert "theory" not in said
    for table in set(THEORY_TABLES) & set(said):
        for group, chosen in said[table].items():
            section = _text(name).split(f"[{table}.{group}]")[1].split("[")[0]
            for parameter in chosen:
                assert declared()[group][parameter].role is not Role.UNCERTAINTY
                line = next(line for line in section.split("\n") if line.startswith(parameter))
                assert "# table value" in line or "# assumption" in line


@pytest.mark.parametrize("name", PRESETS)
def test_as_many_agencies_stand_around_a_team_as_the_table_says(name: str) -> None:
    foot = next((foot for foot in FEET if name.startswith(foot)), name)
    fewest, most = AGENCIES_AROUND_A_TEAM[foot]
    for team in Scenario.load(name).template().teams:
        assert fewest <= team.agencies <= most


@pytest.mark.parametrize("name", PRESETS)
def test_every_supervisor_has_somebody_and_time_for_them(name: str) -> None:
    scenario = Scenario.load(name)
    theories = scenario.theories()
    for supervisor in scenario.template().supervisors:
        assert supervisor.supervisees >= 1
        team = scenario.setting.teams[supervisor.team]
        planned = theories[ARMS.index(team.arm)].supervision
        wanted = supervisor.supervisees * planned.session_hours / planned.interval
        assert wanted <= planned.supervisor_hours


def test_usual_care_leaves_every_lever_at_its_reference_and_has_no_programme() -> None:
    scenario = Scenario.load("usual_care")
    usual = scenario.theories()[1]
    for group, names in declared().items():
        for name, parameter in names.items():
            if parameter.role is Role.LEVER:
                assert usual[group][name] == parameter.default
    assert scenario.setting.population.allocation == [0, 1]


def test_the_trial_has_the_published_size_and_staff() -> None:
    setting = Scenario.load("engager_trial").setting
    programme = [team for team in setting.teams if team.arm == "programme"]
    assert setting.population.leavers == 280
    assert setting.population.allocation == [1, 1]
    assert (setting.population.shortest_to_release, setting.population.longest_to_release) == (
        4,
        20,
    )
    assert [(team.practitioners, team.supervisors) for team in programme] == [(2, 1), (2, 1)]
    assert len({team.site for team in programme}) == 2


def test_men_in_usual_care_are_never_served_by_the_trials_own_team() -> None:
    setting = Scenario.load("engager_trial").setting
    kinds = {agency.name: agency.kind for agency in setting.agencies}
    home = {kinds[team.agency] for team in setting.teams if team.arm == "programme"}
    others = [kind for name, kind in kinds.items() if not name.startswith("Engager")]
    assert home.isdisjoint(others)
    # Resettlement stands in only where there is no prison healthcare.
    assert home == {"resettlement"}
    assert others.count("prison_healthcare") == 2


@pytest.mark.parametrize("name", CONSTRUCTED)
def test_a_constructed_preset_is_programme_only_and_its_caseload_can_fill(name: str) -> None:
    scenario = Scenario.load(name)
    people = scenario.setting.population
    posts = sum(team.practitioners for team in scenario.setting.teams)
    inside = (people.shortest_to_release + people.longest_to_release) / 2
    theory = scenario.theories()[0]
    longest_stay = inside + theory.preparations_for_ending.support_weeks
    most_at_once = people.leavers / people.recruitment_weeks * longest_stay / posts
    assert people.allocation == [1, 0]
    assert 120 <= people.leavers <= 200
    assert most_at_once >= 0.9 * theory.client_engagement.caseload


@pytest.mark.parametrize(("foot", "rung"), RUNGS)
def test_a_rung_says_only_what_differs_and_builds_on_the_rung_below(foot: str, rung: str) -> None:
    said = _said(f"{foot}_{rung}")
    below = f"{foot}_{SHARED}" if rung == BOTH else foot
    assert said["based_on"] == below
    assert list(said) == ["question", "based_on", FEET[foot]]
    repeated = {
        f"{table}.{parameter}": value
        for table, chosen in said[FEET[foot]].items()
        for parameter, value in chosen.items()
    }
    assert repeated == CHANGED[foot, WEEKLY if rung == BOTH else rung]
    assert len(_changes(below, f"{foot}_{rung}")) == len(repeated)


@pytest.mark.parametrize(("foot", "rung"), CHANGED)
def test_a_rung_differs_from_the_foot_in_exactly_the_levers_meant(foot: str, rung: str) -> None:
    expected = CHANGED[foot, rung]
    assert _changes(foot, f"{foot}_{rung}") == {
        f"{FEET[foot]}.{lever}": value for lever, value in expected.items()
    }
    for lever in expected:
        theme, parameter = lever.split(".")
        assert declared()[theme][parameter].role is Role.LEVER


@pytest.mark.parametrize("foot", FEET)
def test_the_top_rung_is_the_union_of_the_two_below(foot: str) -> None:
    shared, weekly, both = (_changes(foot, f"{foot}_{rung}") for rung in (SHARED, WEEKLY, BOTH))
    assert shared.keys().isdisjoint(weekly)
    assert both == shared | weekly


@pytest.mark.parametrize("foot", FEET)
def test_all_rungs_of_a_ladder_are_about_the_same_men(foot: str) -> None:
    names = [foot, *(f"{foot}_{rung}" for rung in (SHARED, WEEKLY, BOTH))]
    one, *others = (
        simulate(
            name, 1, seed=1, threads=1, weekly=False, leavers=True, parameters="defaults"
        ).leavers
        for name in names
    )
    assert one is not None
    for name, other in zip(names[1:], others, strict=True):
        assert Scenario.load(name).setting == Scenario.load(foot).setting
        assert other is not None
        assert other[BROUGHT_BY_MEN].equals(one[BROUGHT_BY_MEN])


@pytest.mark.parametrize(("foot", "rung"), RUNGS)
def test_a_rung_says_that_we_constructed_it(foot: str, rung: str) -> None:
    heading = _text(f"{foot}_{rung}").split(f"[{FEET[foot]}.")[0]
    assert "constructed by us" in heading
    assert "an assumption, NOT a site" in heading
