"""The presets: complete, honest about what they are, and within the table they come from."""

import pytest

from engager_sim.studies.scenario import Scenario
from engager_sim.studies.scenario_file import preset_files
from engager_sim.studies.theory_values import declared
from engager_sim.theory.declaration import Role

PRESETS = (
    "colocated_hub",
    "engager_trial",
    "peer_led",
    "therapy_led",
    "through_the_gate",
    "usual_care",
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


def _text(name: str) -> str:
    return preset_files()[name].read_text(encoding="utf-8")


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
    values = Scenario.load(name).values
    for table, groups in values.items():
        assert table != "theory"
        for group, chosen in groups.items():
            section = _text(name).split(f"[{table}.{group}]")[1].split("[")[0]
            for parameter in chosen:
                assert declared()[group][parameter].role is not Role.UNCERTAINTY
                line = next(line for line in section.split("\n") if line.startswith(parameter))
                assert "# table value" in line or "# assumption" in line


@pytest.mark.parametrize("name", PRESETS)
def test_as_many_agencies_stand_around_a_team_as_the_table_says(name: str) -> None:
    fewest, most = AGENCIES_AROUND_A_TEAM[name]
    for team in Scenario.load(name).template().teams:
        assert fewest <= team.agencies <= most


@pytest.mark.parametrize("name", PRESETS)
def test_every_supervisor_has_somebody_and_time_for_them(name: str) -> None:
    scenario = Scenario.load(name)
    programme = scenario.theories()[0].supervision
    for supervisor in scenario.template().supervisors:
        assert supervisor.supervisees >= 1
        team = scenario.setting.teams[supervisor.team]
        if team.arm == "programme":
            wanted = supervisor.supervisees * programme.session_hours / programme.interval
            assert wanted <= programme.supervisor_hours


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
