"""``engager-sim scenarios``: list, show, check, diff, new."""

from pathlib import Path

import pytest

from engager_sim.scenarios.scenario import Scenario
from tests.command_line.command import engager_sim, one_message
from tests.scenarios.services import changed, write


@pytest.mark.parametrize("arguments", [["scenarios"], ["scenarios", "list"]])
def test_list_shows_every_preset(arguments: list[str]) -> None:
    result = engager_sim(*arguments)
    assert result.exit_code == 0
    for name in Scenario.presets():
        assert name in result.stdout


@pytest.mark.parametrize("name", Scenario.presets())
def test_show_prints_a_file_that_comes_to_the_same(name: str, tmp_path: Path) -> None:
    result = engager_sim("scenarios", "show", name)
    assert result.exit_code == 0
    again = Scenario.load(write(tmp_path, result.stdout))
    assert again.difference(Scenario.load(name)) == []


def test_check_says_what_a_file_comes_to(small_service: Scenario) -> None:
    result = engager_sim("scenarios", "check", small_service.file)
    assert result.exit_code == 0
    assert "can be used" in result.stdout
    assert "20 leavers, 4 agencies, 2 teams" in result.stdout
    assert (
        "- red: two practitioners, 26 men each a year and 12 hours a week for men" in result.stdout
    )
    assert "- men: 60% with a need over substance use, 75% over work and money" in result.stdout
    assert "nobody serves substance use" in result.stdout
    assert f"Next: engager-sim run {small_service.file}" in result.stdout


def test_check_says_what_was_read_and_what_has_none(tmp_path: Path) -> None:
    write(tmp_path, "from,to,strength\nhelpers,housing north,0.4\n", "ties.csv")
    file = write(tmp_path, changed(('lead = "helpers"', 'ties = "ties.csv"')))
    printed = engager_sim("scenarios", "check", file).stdout
    assert "- ties.csv: 1 ties were read, 1 with strength, 0 with shared_record" in printed
    assert "- no tie was listed or read for housing south" in printed


def test_check_refuses_a_bad_file_in_one_message(tmp_path: Path) -> None:
    file = write(tmp_path, changed(("leavers = 20", "leavers = -20")))
    assert "leavers" in one_message(engager_sim("scenarios", "check", file))


def test_diff_prints_what_differs(small_service: Scenario, tmp_path: Path) -> None:
    other = write(tmp_path, changed(("interval = 2", "interval = 3")))
    result = engager_sim("scenarios", "diff", small_service.file, other)
    assert result.exit_code == 0
    assert "programme.supervision.interval" in result.stdout
    assert "leavers" not in result.stdout


def test_diff_of_equals_says_so(small_service: Scenario) -> None:
    result = engager_sim("scenarios", "diff", small_service.file, small_service.file)
    assert "come to the same" in result.stdout


@pytest.mark.parametrize("name", Scenario.presets())
def test_a_new_file_comes_to_the_same_as_the_preset_it_builds_on(name: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    result = engager_sim("scenarios", "new", file, "--based-on", name)
    assert result.exit_code == 0, result.output
    mine, preset = Scenario.load(file), Scenario.load(name)
    assert mine.difference(preset) == []
    assert mine.question != preset.question


def test_a_new_file_offers_teams_agencies_ties_and_men_too(small_service: Scenario) -> None:
    file = small_service.file.with_name("mine.toml")
    engager_sim("scenarios", "new", file, "--based-on", small_service.file)
    text = file.read_text(encoding="utf-8")
    for line in (
        '# [team."red"]', "# peers = 1 #", '# [agency."housing north"]', "# both_sides = false #",
        "# [[ties]]", '# between = ["helpers", "probation"]', "# substance_prevalence = 0.6 #",
    ):  # fmt: skip
        assert f"\n{line}" in text
    lines = text.splitlines()
    first = next(place for place, line in enumerate(lines) if line.startswith("# ["))
    file.write_text("\n".join(line.removeprefix("# ") for line in [*lines[:2], *lines[first:]]))
    assert [key for key, *_ in Scenario.load(file).difference(small_service)] == []


def test_every_lever_of_a_new_file_can_be_uncommented(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    engager_sim("scenarios", "new", file, "--based-on", "engager_trial")
    lines = file.read_text().splitlines()
    first = next(place for place, line in enumerate(lines) if line.startswith("# ["))
    levers = [line.removeprefix("# ") for line in lines[first:]]
    file.write_text("\n".join([*lines[:first], *levers]))
    assert Scenario.load(file).difference(Scenario.load("engager_trial")) == []


def test_a_new_file_may_build_on_a_file_elsewhere(small_service: Scenario, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    result = engager_sim("scenarios", "new", file, "--based-on", small_service.file)
    assert result.exit_code == 0, result.output
    assert Scenario.load(file).difference(small_service) == []


def test_new_never_overwrites(tmp_path: Path) -> None:
    file = write(tmp_path, "mine")
    message = one_message(engager_sim("scenarios", "new", file, "--based-on", "usual_care"))
    assert "exists already" in message
    assert file.read_text() == "mine"


@pytest.mark.parametrize(
    ("file", "basis", "expected"),
    [
        ("mine.txt", "usual_care", ".toml"),
        ("mine.toml", "usual_car", 'did you mean "usual_care"'),
        ("missing/mine.toml", "usual_care", "cannot be written"),
    ],
)
def test_new_refuses_what_it_cannot_begin(
    file: str, basis: str, expected: str, tmp_path: Path
) -> None:
    message = one_message(engager_sim("scenarios", "new", tmp_path / file, "--based-on", basis))
    assert expected in message
    assert list(tmp_path.iterdir()) == []
