"""``engager-sim run``: what it prints, what it writes, what it refuses."""

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from engager_sim.console import preparation
from engager_sim.errors import RangeError
from engager_sim.results import of_a_run
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.run import session as run_study
from tests.command_line.command import INTERRUPTED, REFUSED, engager_sim, one_message
from tests.scenarios.services import changed, write

PATIENCE = 60.0
"""Seconds that a process may take to begin, and to end."""

FIGURES = {
    f"figures/{name}.png"
    for name in ("agency_network", "contact_over_time", "exits_by_cause", "relationship_over_time")
}
ALWAYS = FIGURES | {
    "agencies.parquet",
    "data_dictionary.csv",
    "manifest.json",
    "provenance.json",
    "report.html",
    "runs.parquet",
    "staff.parquet",
    "ties.parquet",
    "weekly.parquet",
}


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def run(scenario: Scenario, out: Path, *more: object) -> Any:
    return engager_sim("run", scenario.file, "--replicates", 2, "--out", out, *more)


@pytest.fixture
def no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Save the time to draw where a test is about something else."""
    monkeypatch.setattr(run_study, "draw_run", lambda *_: None)


def test_a_run_prints_the_headline_and_writes_a_folder(
    small_service: Scenario, tmp_path: Path
) -> None:
    result = run(small_service, tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert files_in(tmp_path / "out") == ALWAYS
    for part in (small_service.question, "Programme", "Usual care", "Difference", "2 of 2"):
        assert part in result.stdout
    assert "Results written to" in result.stdout


@pytest.mark.usefixtures("no_figures")
def test_flags_add_tables(small_service: Scenario, tmp_path: Path) -> None:
    result = run(small_service, tmp_path / "out", "--leavers", "--events", "--format", "csv")
    assert result.exit_code == 0, result.output
    tables = ("agencies", "events", "leavers", "runs", "staff", "ties", "weekly")
    expected = ALWAYS | {f"{name}.{ending}" for name in tables for ending in ("parquet", "csv")}
    expected -= FIGURES
    assert files_in(tmp_path / "out") == expected


def test_tables_and_figures_are_equal_whatever_the_threads_and_the_place(
    small_service: Scenario, tmp_path: Path
) -> None:
    for threads, folder in ((1, "here"), (2, "there")):
        result = run(small_service, tmp_path / folder, "--threads", threads, "--check")
        assert result.exit_code == 0, result.output
    for name in ALWAYS - {"provenance.json"}:
        here, there = tmp_path / "here" / name, tmp_path / "there" / name
        assert here.read_bytes() == there.read_bytes(), name


@pytest.mark.usefixtures("no_figures")
def test_an_arm_of_its_own_is_printed_as_all_men(tmp_path: Path) -> None:
    text = changed(("allocation = [1, 1]", "allocation = [1, 0]"))
    result = run(Scenario.load(write(tmp_path, text)), tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "All men" in result.stdout
    assert "Difference" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["usual_care", "--replicates", "0"], "1 to 1,000,000"),
        (["usual_care", "--seed", "-1"], "0 to 18446744073709551615"),
        (["usual_care", "--seed", str(2**64)], "found 18446744073709551616"),
        (["usual_care", "--threads", "0"], "1 to 4096"),
        (["usual_car"], 'did you mean "usual_care"'),
        (["usual_care", "usual_care"], "two scenarios have the name usual_care"),
    ],
)
def test_what_cannot_be_run_is_refused_in_one_message(
    arguments: list[str], expected: str, tmp_path: Path
) -> None:
    message = one_message(engager_sim("run", *arguments, "--out", tmp_path / "out"))
    assert expected in message
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_use_is_refused_before_anything_is_simulated(
    small_service: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        pytest.fail("nothing may be simulated")

    monkeypatch.setattr(run_study, "simulate", never)
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


@pytest.mark.usefixtures("no_figures")
@pytest.mark.parametrize("writer", ["write_parquet", "write_csv", "write_json"])
def test_an_error_while_writing_leaves_nothing(
    writer: str, small_service: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(of_a_run, writer, full)
    assert "No space left" in one_message(run(small_service, tmp_path / "a" / "out"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["simulate", "write_run"])
def test_an_interrupt_leaves_nothing_and_says_so(
    place: str, small_service: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(run_study, place, interrupt)
    result = run(small_service, tmp_path / "out")
    assert result.exit_code == INTERRUPTED
    assert "Nothing was kept" in " ".join(result.stderr.split())
    assert list(tmp_path.iterdir()) == []


def test_a_state_out_of_range_ends_the_run_in_one_message(
    small_service: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def out_of_range(*_: object, **__: object) -> None:
        raise RangeError("trust of leaver 3 left its declared range in week 9", value=1.5)

    monkeypatch.setattr(run_study, "simulate", out_of_range)
    message = one_message(run(small_service, tmp_path / "out", "--check"))
    assert "trust of leaver 3" in message
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("no_figures")
@pytest.mark.parametrize("compiled", [True, False])
def test_the_first_compile_says_what_it_is_doing(
    compiled: bool, small_service: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparation, "is_compiled_on_disk", lambda: compiled)
    result = run(small_service, tmp_path / "out")
    assert ("Compiling the rules" in result.stderr) is not compiled


@pytest.mark.usefixtures("no_figures")
def test_brackets_in_names_and_questions_are_printed_as_they_are(tmp_path: Path) -> None:
    text = changed(("What happens in a small service?", "Is [bold]this[/bold] [red]one fine?"))
    result = run(Scenario.load(write(tmp_path, text)), tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "[bold]this[/bold] [red]one fine?" in " ".join(result.stdout.split())


def test_without_a_folder_for_results_nothing_runs() -> None:
    result = engager_sim("run", "usual_care")
    assert result.exit_code == REFUSED
    assert "--out" in result.stderr


def test_ctrl_c_ends_a_real_run_at_once_with_nothing_left(tmp_path: Path) -> None:
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
        while not list(tmp_path.iterdir()) and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.5)
        running.send_signal(signal.SIGINT)
        _, messages = running.communicate(timeout=PATIENCE)
    assert running.returncode == INTERRUPTED
    assert "Nothing was kept" in " ".join(messages.split())
    assert list(tmp_path.iterdir()) == []
