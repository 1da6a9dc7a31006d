"""A file given to the wrong command: the message names the right one, with the file."""

import os
from pathlib import Path

import pytest

from tests.command_line.command import engager_sim, one_message
from tests.designs.study_files import SENSITIVITY, SWEEP, write_study
from tests.scenarios.services import SERVICE, write
from tests.studies.trial.made_up import STUDY as TRIAL

CALIBRATION = 'question = "Which?"\nscenario = "service.toml"\n[calibration]\npoints = 8\n'
STUDIES = {"sweep": SWEEP, "sensitivity": SENSITIVITY, "trial": TRIAL, "calibrate": CALIBRATION}


@pytest.mark.parametrize("command", [*STUDIES, "run", "compare"])
@pytest.mark.parametrize("right", STUDIES)
def test_a_study_file_is_sent_to_its_command(right: str, command: str, tmp_path: Path) -> None:
    if right == command:
        pytest.skip("that is the right one")
    file = write_study(tmp_path, STUDIES[right])
    extra = {"run": ["--out", tmp_path / "out"], "compare": [file]}.get(command, [])
    message = one_message(engager_sim(command, file, *extra))
    assert message.endswith(f"engager-sim {right} {file}")


@pytest.mark.parametrize("command", ["sweep", "sensitivity", "calibrate", "report"])
def test_a_scenario_is_sent_to_run(command: str, tmp_path: Path) -> None:
    file = write(tmp_path, SERVICE)
    assert one_message(engager_sim(command, file)).endswith(f"engager-sim run {file}")


def test_a_results_folder_and_a_posterior_are_sent_on(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    for command in STUDIES:
        message = one_message(engager_sim(command, tmp_path))
        assert message.endswith(f"engager-sim report {tmp_path}")
    refused = engager_sim("run", "usual_care", "--out", tmp_path)
    assert "engager-sim report" not in one_message(refused)
    table = tmp_path / "posterior.parquet"
    table.write_bytes(b"PAR1\xb5\xfd")
    assert one_message(engager_sim("sweep", table)).endswith(f"--parameters {table}")


def test_parameters_that_cannot_be_read_are_not_sent_to_where_they_were_given(
    tmp_path: Path,
) -> None:
    table = tmp_path / "bad.parquet"
    table.write_bytes(b"PAR1\xb5\xfd")
    refused = engager_sim("sweep", write_study(tmp_path, SWEEP), "--parameters", table)
    assert "engager-sim run" not in one_message(refused)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "study.toml")
    assert "regular file" in one_message(engager_sim("sweep", tmp_path / "study.toml"))


def test_a_mistake_in_the_right_file_sends_nobody_away(tmp_path: Path) -> None:
    file = write_study(tmp_path, SWEEP.replace("replicates = 3", "replicates = 0"))
    assert "engager-sim" not in one_message(engager_sim("sweep", file))
    write(tmp_path, SERVICE.replace("leavers = 20", "leavers = -1"))
    file.write_text(SWEEP, encoding="utf-8")
    assert "engager-sim" not in one_message(engager_sim("sweep", file))
