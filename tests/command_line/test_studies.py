"""The study commands: what they write, that they go on, and what they refuse."""

from pathlib import Path

import pandas as pd
import pytest

from engager_sim.designs.execution.outcome_runs import OutcomeRuns
from engager_sim.results.atomic_write import UNFINISHED
from tests.command_line.command import INTERRUPTED, engager_sim, one_message
from tests.designs.study_files import SENSITIVITY, SWEEP, write_study
from tests.scenarios.services import SERVICE, write

WITHOUT_PROGRAMME = SERVICE.replace("allocation = [1, 1]", "allocation = [0, 1]").replace(
    'arm = "programme"', 'arm = "usual_care"'
)


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Write a service and the same with weekly supervision."""
    service = write(tmp_path, SERVICE)
    better = (
        'question = "Weekly?"\nbased_on = "service.toml"\n[programme.supervision]\ninterval = 1\n'
    )
    return service, write(tmp_path, better, "better.toml")


def files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name not in (".lock", "provenance.jsonl")
    }


def test_compare_writes_tables_and_pictures_and_goes_on(
    two: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    result = engager_sim("compare", *two, "--replicates", 5, "--out", out)
    assert result.exit_code == 0, result.output
    assert "10 of 10 runs done" in result.stdout
    for name in ("differences.parquet", "differences.csv", "fates.csv", "report.html"):
        assert (out / name).exists()
    before = files(out)
    again = engager_sim("compare", *two, "--replicates", 5, "--out", out)
    assert again.exit_code == 0, again.output
    assert files(out) == before


def test_a_study_gives_the_same_bytes_whatever_the_threads(tmp_path: Path) -> None:
    study = write_study(tmp_path, SENSITIVITY)
    for threads in (1, 2):
        result = engager_sim(
            "sensitivity", study, "--threads", threads, "--out", tmp_path / str(threads)
        )
        assert result.exit_code == 0, result.output
    assert files(tmp_path / "1") == files(tmp_path / "2")


def test_every_column_is_described(two: tuple[Path, Path], tmp_path: Path) -> None:
    commands = {
        "compare": ("compare", *two, "--replicates", 3),
        "sweep": ("sweep", write_study(tmp_path, SWEEP)),
        "sensitivity": ("sensitivity", write_study(tmp_path, SENSITIVITY)),
    }
    for name, command in commands.items():
        if name == "sensitivity":
            write_study(tmp_path, SENSITIVITY)
        elif name == "sweep":
            write_study(tmp_path, SWEEP)
        out = tmp_path / name
        result = engager_sim(*command, "--out", out)
        assert result.exit_code == 0, result.output
        described = pd.read_csv(out / "data_dictionary.csv", keep_default_na=False)
        known = set(zip(described["table"], described["column"], strict=True))
        for file in out.glob("*.parquet"):
            for column in pd.read_parquet(file).columns:
                assert (file.stem, column) in known
        for column in pd.read_parquet(out / "runs").columns:
            assert ("runs", column) in known


def test_a_dry_run_says_the_cost_and_writes_nothing(tmp_path: Path) -> None:
    study = write_study(tmp_path, SWEEP)
    out = tmp_path / "out"
    result = engager_sim("sweep", study, "--dry-run", "--out", out)
    assert result.exit_code == 0, result.output
    assert "24 runs" in result.stdout
    assert "Nothing was written" in " ".join(result.stdout.split())
    assert not out.exists()


def test_other_inputs_in_the_same_folder_are_refused(tmp_path: Path) -> None:
    study = write_study(tmp_path, SWEEP)
    out = tmp_path / "out"
    assert engager_sim("sweep", study, "--out", out).exit_code == 0
    before = files(out)
    study.write_text(SWEEP.replace("seed = 5", "seed = 6"), encoding="utf-8")
    assert "seed was 5, is 6" in one_message(engager_sim("sweep", study, "--out", out))
    assert files(out) == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("compare", "usual_care", "engager_trial"), "about different men"),
        (("compare", "usual_care", "usual_care"), "have the name usual_care"),
        (("compare", "usual_care", "usual_car"), "no preset"),
        (("compare", "usual_care", "peer_led", "--replicates", "0"), "out of range"),
        (("compare", "usual_care", "peer_led", "--unpaired", "--precision", "x"), "no precision"),
        (
            ("compare", "usual_care", "usual_care_shared_practice", "--precision", "trust_12w=-1"),
            "no precision",
        ),
        (("compare", "usual_care", "usual_care_shared_practice", "--tls", "x.pem"), "cluster"),
        (("sweep", "usual_care"), "scenario, not a study"),
        (("sweep", "missing.toml"), "missing.toml"),
        (("sensitivity", "missing.toml"), "missing.toml"),
        (("report", "missing"), "no results folder"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line_and_nothing_is_written(
    arguments: tuple[str, ...], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert told in one_message(engager_sim(*arguments))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["run", "compare"])
def test_names_that_are_shown_alike_are_refused(command: str, tmp_path: Path) -> None:
    files = [write(tmp_path, SERVICE, name) for name in ("a_b.toml", "a b.toml", "A b.toml")]
    for other in files[1:]:
        message = one_message(engager_sim(command, files[0], other, "--out", tmp_path / "out"))
        assert f"show the names a_b and {other.stem} alike, as A b" in message
        assert f"rename one; the other is {files[0]}" in message
    assert not (tmp_path / "out").exists()


def test_a_lever_of_an_arm_without_men_is_told_and_identical_worlds_are_said_to_be_so(
    two: tuple[Path, Path], tmp_path: Path
) -> None:
    two[0].write_text(WITHOUT_PROGRAMME)
    said = "programme.supervision.interval from 2 to 1 cannot act: nobody is in the arm"
    checked = engager_sim("scenarios", "check", two[1])
    assert said in " ".join(checked.stdout.split())
    out = tmp_path / "out"
    result = engager_sim("compare", *two, "--replicates", 3, "--out", out)
    assert result.exit_code == 0, result.output
    assert said in " ".join(result.stderr.split())
    assert "better and service are identical" in " ".join(result.stdout.split())
    report = (out / "report.html").read_text()
    assert said in report
    assert "are identical" in report


def test_a_study_in_which_nothing_varies_ends_well(tmp_path: Path) -> None:
    text = SENSITIVITY.replace('_programme"]', '_usual_care"]')
    study = write_study(tmp_path, text.replace("collaboration.initial_tie", "peers.hours"))
    write(tmp_path, WITHOUT_PROGRAMME)
    result = engager_sim("sensitivity", study, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    notes = " ".join(result.stderr.split())
    assert notes.count("cannot act: nobody is in the arm programme") == 2
    assert "it is the same at every point" in " ".join(result.stdout.split())
    assert "it is the same at every point" in (tmp_path / "out" / "report.html").read_text()


def test_an_interrupt_keeps_what_is_done_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = write_study(tmp_path, SWEEP)
    out = tmp_path / "out"
    calls = []
    real = OutcomeRuns.run_block

    def interrupted(*given: object) -> object:
        calls.append(given)
        if len(calls) > 1:
            raise KeyboardInterrupt
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("engager_sim.designs.execution.blocks.LEAVER_WEEKS_PER_BLOCK", 3_000)
    monkeypatch.setattr(OutcomeRuns, "run_block", interrupted)
    monkeypatch.setattr("engager_sim.studies.pipeline.effect_notes", lambda *_: [])
    result = engager_sim("sweep", study, "--threads", 1, "--out", out)
    assert result.exit_code == INTERRUPTED
    assert "are kept in" in " ".join(result.stderr.split())
    assert not list(out.rglob(f"*{UNFINISHED}"))
    monkeypatch.setattr(OutcomeRuns, "run_block", real)
    assert engager_sim("sweep", study, "--out", out).exit_code == 0


def test_a_disk_error_while_writing_is_one_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = write_study(tmp_path, SWEEP)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("engager_sim.results.study_folder.write_named", full)
    told = one_message(engager_sim("sweep", study, "--out", tmp_path / "out"))
    assert "No space left on device" in told
    assert "the same command goes on" in told
