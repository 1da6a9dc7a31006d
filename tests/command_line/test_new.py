"""``engager-sim new``: asks a person, takes options and defaults from anybody else."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engager_sim.command_line import new
from engager_sim.command_line.main import app
from engager_sim.scenarios.option_files import OFFERS
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.service_narrative import service_narrative
from engager_sim.scenarios.service_vocabulary import KNOWN_AS, NEEDS, ON_OFFER
from tests.command_line.command import engager_sim, one_message

ALL_FILES = {"today.toml", *(offer.file for offer in OFFERS)}
TYPED = [
    "Harbour", "x", "0", "4", "", "", "1", "120", "drink 9", "substance 90%, housing 85%", "",
    "shred", "shared", "many", "3", "1,44", "1 job", "weekly peers",
]  # fmt: skip
"""What somebody types: some answers that cannot be used, and an empty line for a default."""


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new, "at_terminal", lambda: True)


def told(folder: Path, typed: list[str], *options: str) -> Result:
    lines = "".join(f"{line}\n" for line in typed)
    return CliRunner().invoke(app, ["new", str(folder), *options], input=lines)


@pytest.mark.usefixtures("somebody")
def test_a_person_is_asked_again_until_an_answer_can_be_used(tmp_path: Path) -> None:
    result = told(tmp_path, TYPED)
    assert result.exit_code == 0, result.output
    for part in ("found 'x'", "allowed: 0.2 to 2000", 'did you mean "shared"', "allowed: 1 to 9"):
        assert part in result.output
    assert "--" not in result.output.partition("Wrote")[0]
    assert "12: as in the preset usual_care" in result.output
    assert {file.name for file in tmp_path.iterdir()} == {"today.toml", "weekly.toml", "peers.toml"}
    today = Scenario.load(tmp_path / "today.toml")
    assert today.theories()["supervision"]["supervisor_hours"][0] == 3.0
    assert "90% with a need over substance use" in str(service_narrative(today))
    setting = today.setting
    (team,) = setting.teams
    assert (team.practitioners, team.supervisors, team.peers) == (4, 1, 1)
    assert [agency.name for agency in setting.agencies] == [
        "Harbour", "prison healthcare", "job centre",
    ]  # fmt: skip


@pytest.mark.usefixtures("somebody")
def test_a_person_is_not_asked_what_an_option_says(tmp_path: Path) -> None:
    given = ("--name", "Harbour", "--practitioners", "2", "--supervisors", "1", "--peers", "0")
    given += ("--men", "30", "--interval", "4", "--mode", "reflective", "--buy", "peers")
    given += ("--contact-hours", "20", "--need", "work=0.5", "--supervisor-hours", "1")
    result = told(tmp_path, ["2"], *given)
    assert result.exit_code == 0, result.output
    assert "Which agencies" in result.output
    assert "?" not in result.output.replace("Which agencies may your men need?", "")
    assert {file.name for file in tmp_path.iterdir()} == {"today.toml", "peers.toml"}


@pytest.mark.usefixtures("somebody")
@pytest.mark.parametrize("typed", ["probation, drugs, housing=Harbour", "2 3, housing=Harbour"])
def test_agencies_are_chosen_by_words_and_numbers_and_may_be_named(
    typed: str, tmp_path: Path
) -> None:
    result = told(tmp_path, [*[""] * 10, typed, "half one-provider"])
    assert result.exit_code == 0, result.output
    agencies = Scenario.load(tmp_path / "today.toml").setting.agencies
    assert [each.name for each in agencies[1:]] == ["probation", "drug service", "Harbour"]
    assert (tmp_path / "half_practitioner.toml").exists()
    assert (tmp_path / "one_provider.toml").exists()


@pytest.mark.usefixtures("somebody")
def test_who_stops_answering_leaves_nothing_behind(tmp_path: Path) -> None:
    result = told(tmp_path / "mine", ["Harbour", "3"])
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert not (tmp_path / "mine").exists()


@pytest.mark.usefixtures("somebody")
def test_a_person_may_have_the_defaults_unasked(tmp_path: Path) -> None:
    assert told(tmp_path, [], "--defaults").exit_code == 0
    assert {file.name for file in tmp_path.iterdir()} == ALL_FILES


def test_nobody_is_asked_where_nobody_is_and_defaults_are_said(tmp_path: Path) -> None:
    folder = tmp_path / "a service"
    result = engager_sim("new", folder, "--men", 30, "--agency", "housing=Harbour House")
    assert result.exit_code == 0, result.output
    taken, wrote, look, following = result.stdout.splitlines()
    assert taken.startswith(
        "Taken, because nothing was said: --name our service; --practitioners 3;"
    )
    assert "--men" not in taken
    assert "--agency" not in taken
    assert f"--buy {', '.join(ON_OFFER)}" in taken
    assert "--contact-hours 25" in taken
    assert "--need housing 38%, substance 60%" in taken
    assert all(name in wrote for name in ALL_FILES)
    assert "guess" in look
    assert following == f"Next: engager-sim scenarios check '{folder / 'today.toml'}'"


def test_each_command_says_the_next_and_that_one_can_be_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    command = "engager-sim new --men 30 --buy weekly --buy peers"
    for _ in range(2):
        result = engager_sim(*command.split()[1:])
        assert result.exit_code == 0, result.output
        command = result.stdout.splitlines()[-1].removeprefix("Next: ")
    assert command == "engager-sim decide today.toml peers.toml weekly.toml"
    checked = engager_sim("scenarios", "check", "weekly.toml").stdout
    assert "add --budget with its pounds" in checked
    assert "decide today.toml weekly.toml\n" in checked
    assert "supervised every week (reflective)" in checked


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--men", "0"), "--men: this number is out of range"),
        (("--mode", "weekly"), "--mode: "),
        (("--agency", "hosing"), 'did you mean "housing"'),
        (("--buy", "time"), "--buy: this is none of the names that can be chosen"),
        (("--name", "probation"), "two agencies have the same name"),
        (("--need", "substance=90"), "did you mean 90%?"),
        (("--need", "drink=0.9"), "--need: this is none of the names that can be chosen"),
        (("--contact-hours", "50"), "--contact-hours: this number is out of range"),
        (("--practitioners", "0.2", "--contact-hours", "12"), "allowed: 20 to 35"),
    ],
)
def test_what_cannot_be_used_is_refused_before_anything_is_written(
    options: tuple[str, ...], message: str, tmp_path: Path
) -> None:
    assert message in one_message(engager_sim("new", tmp_path / "mine", *options))
    assert not (tmp_path / "mine").exists()


def test_a_service_that_is_there_is_left_alone(tmp_path: Path) -> None:
    assert engager_sim("new", tmp_path).exit_code == 0
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    message = one_message(engager_sim("new", tmp_path, "--men", 10))
    assert "today.toml: this exists already and is not overwritten" in message
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    message = one_message(engager_sim("new", tmp_path / "file" / "mine"))
    assert "file/mine: this cannot be written" in message


def test_a_scenario_that_builds_on_none_is_begun_with_new(tmp_path: Path) -> None:
    message = one_message(engager_sim("scenarios", "new", tmp_path / "mine.toml"))
    assert "--based-on" in message
    assert message.endswith("engager-sim new")


def test_help_lists_all_that_can_be_named() -> None:
    shown = " ".join(engager_sim("new", "--help").stdout.split())
    for names in (KNOWN_AS, NEEDS, ON_OFFER):
        assert f"{', '.join(names)}." in shown


def test_hours_that_supervisors_keep_are_not_taken_from_them_by_an_option(tmp_path: Path) -> None:
    told(tmp_path, [], "--defaults", "--supervisor-hours", "9", "--practitioners", "4")

    def hours(name: str) -> float:
        theories = Scenario.load(tmp_path / name).theories()
        return float(theories["supervision"]["supervisor_hours"][0])

    today = (tmp_path / "today.toml").read_text()
    (line,) = (each for each in today.splitlines() if each.startswith("supervisor_hours"))
    assert "guess" not in line
    assert {hours(name) for name in ("today.toml", "weekly.toml", "practitioner.toml")} == {9.0}


def test_hours_beyond_a_supervisors_week_are_refused_by_their_option(tmp_path: Path) -> None:
    result = engager_sim("new", tmp_path, "--defaults", "--supervisor-hours", "90")
    assert "--supervisor-hours: this number is out of range" in one_message(result)
