"""``engager-sim run`` when it is stopped, refused or in error: what stays, and what it says."""

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from engager_sim.designs.execution.blocks import Block
from engager_sim.errors import RangeError
from engager_sim.results import study_folder, study_results
from engager_sim.results.atomic_write import UNFINISHED
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.run.course_runs import CourseRuns
from tests.command_line.command import INTERRUPTED, one_message
from tests.command_line.test_run import contents, files_in, never, no_figures, run, small_blocks

__all__ = ["no_figures", "small_blocks"]

PATIENCE = 60.0
"""Seconds that a process may take to begin, and to end."""


def test_a_folder_in_use_is_refused_before_anything_is_simulated(
    small_service: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CourseRuns, "run_block", never)
    (tmp_path / "mine.txt").write_text("mine")
    assert "not empty" in one_message(run(small_service, tmp_path))
    assert "in the way" in one_message(run(small_service, tmp_path / "mine.txt"))
    assert files_in(tmp_path) == {"mine.txt"}


def test_a_place_that_cannot_be_written_is_refused_before_anything_is_simulated(
    small_service: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", denied)
    message = one_message(run(small_service, tmp_path / "out"))
    assert "Permission denied" in message
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("no_figures", "small_blocks")
@pytest.mark.parametrize(
    ("module", "writer"),
    [
        (study_folder, "write_parquet"),
        ("engager_sim.results.whole_tables", "_write_parquet"),
        ("engager_sim.studies.run.study", "write_parquet"),
        (study_results, "write_csv"),
        (study_results, "write_json"),
    ],
)
def test_an_error_while_writing_keeps_what_is_whole_and_the_same_command_goes_on(
    module: Any, writer: str, small_service: Scenario, tmp_path: Path
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    assert run(small_service, tmp_path / "undisturbed").exit_code == 0
    with pytest.MonkeyPatch.context() as patch:
        target = f"{module}.{writer}" if isinstance(module, str) else module
        patch.setattr(target, *(() if isinstance(module, str) else (writer,)), full)
        message = one_message(run(small_service, tmp_path / "a" / "out"))
    assert "No space left" in message
    assert "the same command goes on" in message
    assert not list(tmp_path.rglob(f"*{UNFINISHED}"))
    assert run(small_service, tmp_path / "a" / "out").exit_code == 0
    assert contents(tmp_path / "a" / "out") == contents(tmp_path / "undisturbed")


@pytest.mark.usefixtures("no_figures", "small_blocks")
def test_an_interrupt_keeps_what_is_done_and_says_so(
    small_service: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = CourseRuns.run_block

    def interrupted(workload: CourseRuns, block: Block) -> Any:
        if block.number == 1:
            raise KeyboardInterrupt
        return real(workload, block)

    monkeypatch.setattr(CourseRuns, "run_block", interrupted)
    result = run(small_service, tmp_path / "out", "--threads", 1)
    assert result.exit_code == INTERRUPTED
    assert "1 of 2 runs are kept in" in " ".join(result.stderr.split())
    monkeypatch.setattr(CourseRuns, "run_block", real)
    assert run(small_service, tmp_path / "out").exit_code == 0


@pytest.mark.usefixtures("small_blocks")
def test_a_state_out_of_range_ends_the_run_in_one_message(
    small_service: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def out_of_range(_: CourseRuns, block: Block) -> None:
        raise RangeError(f"trust of leaver 3 left its declared range (replicate {block.number})")

    monkeypatch.setattr(CourseRuns, "run_block", out_of_range)
    message = one_message(run(small_service, tmp_path / "out", "--check", "--threads", 2))
    assert "trust of leaver 3" in message
    assert "replicate 0" in message
    assert not list(tmp_path.rglob("*.parquet"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_a_real_run_at_once_and_keeps_what_is_done(
    number: signal.Signals, tmp_path: Path
) -> None:
    # A shell that starts the tests in the background has told its children to ignore interrupts.
    program = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "from engager_sim.command_line.main import main; main()"
    )
    command = ["run", "usual_care", "--replicates", "100000", "--out", str(tmp_path / "out")]
    with subprocess.Popen(
        [sys.executable, "-c", program, *command], stderr=subprocess.PIPE, text=True
    ) as running:
        deadline = time.monotonic() + PATIENCE
        while not (tmp_path / "out").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.5)
        running.send_signal(number)
        _, messages = running.communicate(timeout=PATIENCE)
    assert running.returncode == 128 + number
    assert "The same command goes on from there" in " ".join(messages.split())
    assert not list(tmp_path.rglob(f"*{UNFINISHED}"))
