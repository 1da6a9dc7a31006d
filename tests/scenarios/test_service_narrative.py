"""What a scenario comes to is said in words, and what can be decided about it is found."""

from pathlib import Path

from engager_sim.scenarios.options_beside import today_and_options
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.scenario_file import find_scenario, read_layers
from engager_sim.scenarios.service_narrative import counted, every, service_narrative
from tests.scenarios.services import SERVICE, changed, write

OPTION = 'question = "Weekly?"\nbased_on = "service.toml"\n[programme.supervision]\ninterval = 1\n'


def test_a_team_has_its_staff_men_and_supervision(small_service: Scenario) -> None:
    red, blue, *_ = service_narrative(small_service)
    assert red == (
        "red: two practitioners, 26 men each a year and 12 hours a week for men, supervised every "
        "two weeks (managerial) by "
        "one supervisor, one peer"
    )
    assert blue == (
        "blue: one practitioner, 52 men each a year and 12 hours a week for men, supervised every "
        "eight weeks (managerial) by "
        "one supervisor, no peers"
    )


def test_each_need_has_who_serves_it_first_or_nobody(tmp_path: Path) -> None:
    # The helpers, a voluntary service, take on what has no agency of its own, but for substances.
    *_, said = service_narrative(Scenario.load(write(tmp_path, SERVICE)))
    assert said == (
        "needs: housing north or housing south serves housing; nobody serves substance use; "
        "helpers serves work and money; helpers serves relationships"
    )
    alone = changed(('kind = "voluntary_sector"', 'kind = "resettlement"'))
    *_, said = service_narrative(Scenario.load(write(tmp_path, alone)))
    assert "nobody serves work and money; nobody serves relationships" in said
    full = changed(('name = "housing north"', 'name = "housing north"\nplaces = 0'))
    *_, said = service_narrative(Scenario.load(write(tmp_path, full)))
    assert "needs: housing south serves housing" in said


def test_every_site_has_its_own_agencies(tmp_path: Path) -> None:
    at_sites = changed(
        ("peers = 1", 'peers = 1\nsite = "north"'),
        ('agency = "probation"', 'agency = "probation"\nsite = "south"'),
    )
    *_, north, south = service_narrative(Scenario.load(write(tmp_path, at_sites)))
    assert north.startswith("needs at north: housing north serves housing; ")
    assert south.startswith("needs at south: housing south serves housing; ")


def test_the_men_are_said_once_or_of_each_arm(tmp_path: Path) -> None:
    usual = (
        "60% with a need over substance use, 75% over work and money, 50% over relationships; "
        "{}% in stable accommodation on release; median age 32"
    )
    _, _, men, _ = service_narrative(Scenario.load(write(tmp_path, SERVICE)))
    assert men == f"men: {usual.format(62)}"
    text = SERVICE + "\n[usual_care.circumstances]\nhoused_at_release = 0.15\n"
    _, _, programme, others, _ = service_narrative(Scenario.load(write(tmp_path, text)))
    assert programme == f"men of the arm programme: {usual.format(62)}"
    assert others == f"men of the arm usual_care: {usual.format(15)}"


def test_other_cases_and_an_arm_without_men() -> None:
    officers, _, needs = service_narrative(Scenario.load("usual_care"))
    assert officers.startswith(
        "probation officers: two practitioners, 70 men each a year beside 32"
    )
    assert needs.startswith("needs: ")


def test_numbers_are_words_as_long_as_they_are_small_and_whole() -> None:
    assert counted(0, "peer") == "no peers"
    assert counted(1, "peer") == "one peer"
    assert counted(13, "peer") == "13 peers"
    assert (every(1.0), every(6.0), every(1.5)) == (
        "every week",
        "every six weeks",
        "every 1.5 weeks",
    )


def test_options_of_a_service_are_the_files_beside_it_that_build_on_it(tmp_path: Path) -> None:
    today = write(tmp_path, SERVICE)
    weekly = write(tmp_path, OPTION, "weekly.toml")
    write(tmp_path, OPTION.replace("service.toml", "weekly.toml"), "more_than_weekly.toml")
    write(tmp_path, 'question = "', "unfinished.toml")
    write(tmp_path, SERVICE, "another.toml")
    assert today_and_options(read_layers(today)) == (today, [weekly])
    assert today_and_options(read_layers(weekly)) == (tmp_path / "service.toml", [weekly])


def test_a_preset_has_no_options_and_nor_has_what_builds_on_one(tmp_path: Path) -> None:
    preset = find_scenario("usual_care")
    assert today_and_options(read_layers(preset)) == (preset, [])
    mine = write(tmp_path, OPTION.replace("service.toml", "engager_trial"))
    assert today_and_options(read_layers(mine)) == (mine, [])
