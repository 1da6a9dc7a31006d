"""A study that asks for more goes on from what is there, and ends with a fresh study's bytes."""

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from engager_sim.designs.execution import blocks as blocks_module
from engager_sim.designs.execution.outcome_runs import OutcomeRuns
from engager_sim.results.contents import runs_kept
from engager_sim.results.digests import digest_of
from engager_sim.results.manifest import read_manifest
from engager_sim.results.study_folder import StudyFolder
from engager_sim.studies import pipeline
from engager_sim.studies.trial import pilot
from tests.command_line.command import engager_sim, one_message
from tests.designs.study_files import SENSITIVITY, SWEEP, sampled, write_study
from tests.faults.kills import files_of
from tests.scenarios.services import SERVICE, write
from tests.studies.trial.made_up import STUDY as TRIAL

SOBOL = sampled(SWEEP, points=24)
LATIN = SOBOL.replace('"sobol"', '"latin_hypercube"')


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make blocks of a few runs, so that their borders differ between a study and a larger one."""
    monkeypatch.setattr(blocks_module, "LEAVER_WEEKS_PER_BLOCK", 10_000)


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out pictures and report, which follow from the tables and take most of the time."""

    def note(
        _kind: object, _prepared: object, folder: StudyFolder, *_: object
    ) -> tuple[list[str], list[str]]:
        folder.note_digests()
        return [], []

    monkeypatch.setattr(pipeline, "_draw", note)


def carried_out(*arguments: object) -> None:
    result = engager_sim(*arguments)
    assert result.exit_code == 0, result.output


def runs_made(folder: Path) -> int:
    """Read how many runs the last session made."""
    sessions = (folder / "provenance.jsonl").read_text(encoding="utf-8").splitlines()
    return int(json.loads(sessions[-1])["runs_made"])


def study(kind: str, text: str, folder: Path) -> Callable[[Path], None]:
    """Give what carries a study file out into a folder."""

    def carry_out(out: Path) -> None:
        carried_out(kind, write_study(folder, text), "--out", out)

    return carry_out


def grown(tmp_path: Path, small: Callable[[Path], None], large: Callable[[Path], None]) -> int:
    """Let a study grow, compare it with a fresh one, and count the runs that it made again."""
    small(tmp_path / "grown")
    large(tmp_path / "fresh")
    large(tmp_path / "grown")
    assert files_of(tmp_path / "grown") == files_of(tmp_path / "fresh")
    return runs_made(tmp_path / "grown") - runs_made(tmp_path / "fresh")


def more(text: str, *changes: tuple[str, str]) -> str:
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return text


REPLICATES = ("replicates = 3", "replicates = 7")
CASES: Sequence[tuple[str, str, Sequence[tuple[str, str]], int]] = [
    ("sweep", SWEEP, [REPLICATES], 8 * 3),
    ("sweep", SWEEP, [("Do supervision and ties work", "Do they really work")], 8 * 3),
    ("sweep", SWEEP, [('"engaged_12w"', '"engaged_12w", "core_om_change_26w"')], 0),
    ("sweep", SOBOL, [("points = 24", "points = 50"), REPLICATES], 24 * 3),
    ("sensitivity", SENSITIVITY, [("samples = 16", "samples = 32")], 96 * 2),
    ("trial", TRIAL, [("replicates = 6", "replicates = 9")], 6 * 18),
]


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize(("kind", "text", "changes", "reused"), CASES)
def test_a_study_that_grows_ends_as_a_fresh_one(
    kind: str,
    text: str,
    changes: Sequence[tuple[str, str]],
    reused: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pilot, "MOST_PILOT_REPLICATES", 6)
    saved = grown(
        tmp_path, study(kind, text, tmp_path), study(kind, more(text, *changes), tmp_path)
    )
    assert saved == -reused


@pytest.mark.usefixtures("undrawn")
def test_a_run_grows_from_its_whole_tables(tmp_path: Path) -> None:
    tables = ("--leavers", "--events", "--format", "csv")
    one, other = write(tmp_path, SERVICE), write(tmp_path, SERVICE, "other.toml")

    def run(replicates: int) -> Callable[[Path], None]:
        return lambda out: carried_out(
            "run", one, other, "--replicates", replicates, *tables, "--out", out
        )

    assert grown(tmp_path, run(2), run(5)) == -4
    assert [path for path in (tmp_path / "grown").iterdir() if path.is_dir()] == []


def test_a_growth_that_is_interrupted_tells_what_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    run = ("run", write(tmp_path, SERVICE), "--leavers", "--out", out, "--replicates")
    carried_out(*run, 3)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    for module, name in ((pipeline, "capacity_notes"), (pipeline, "make_whole")):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, interrupt)
            told = " ".join(engager_sim(*run, 8).stderr.split())
        kept = {"capacity_notes": 3, "make_whole": 8}[name]
        assert f"{kept} of 8 runs are kept in" in told
        assert runs_kept(out, read_manifest(out)) == kept
        carried_out("report", out)
        assert f"{kept} of 8 runs" in (out / "report.html").read_text(encoding="utf-8")


def test_a_finished_study_simulates_nothing_and_keeps_its_notes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    idle = SWEEP.rpartition("[[factors]]")[0]
    idle = more(idle, ("programme.supervision.interval", "supervision.men_discussed"))
    study("sweep", idle, tmp_path)(out)
    before = files_of(out)
    assert "No effect found" in (out / "standing.json").read_text(encoding="utf-8")

    def never(*_: object) -> None:
        raise AssertionError("something is simulated")

    with monkeypatch.context() as patch:
        patch.setattr(OutcomeRuns, "compile", never)
        patch.setattr(OutcomeRuns, "run_block", never)
        patch.setattr(pipeline, "capacity_notes", never)
        again = engager_sim("sweep", tmp_path / "study.toml", "--out", out)
    assert again.exit_code == 0, again.output
    assert "No effect found" in " ".join(again.stderr.split())
    assert files_of(out) == before
    (out / "standing.json").write_text("{}", encoding="utf-8")
    carried_out("sweep", tmp_path / "study.toml", "--out", out)
    assert files_of(out) == before


def test_a_comparison_grows(tmp_path: Path) -> None:
    service = write(tmp_path, SERVICE)
    better = write(
        tmp_path,
        'question = "Better?"\nbased_on = "service.toml"\n[programme.supervision]\ninterval = 1\n',
        "better.toml",
    )

    def compare(replicates: int) -> Callable[[Path], None]:
        return lambda out: carried_out(
            "compare", service, better, "--replicates", replicates, "--out", out
        )

    assert grown(tmp_path, compare(4), compare(9)) == -8


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize(
    ("text", "change", "told"),
    [
        (SWEEP, ("replicates = 3", "replicates = 2"), "replicates was 3, is 2"),
        (SWEEP, (', "engaged_12w"', ""), "outcomes had engaged_12w too"),
        (SWEEP, ("seed = 5", "seed = 6"), "seed was 5, is 6"),
        (LATIN, ("points = 24", "points = 30"), "Latin hypercube"),
        (SOBOL, ("points = 24", "points = 16"), "points was 24, is 16"),
    ],
)
def test_what_cannot_go_on_says_why_and_changes_nothing(
    text: str, change: tuple[str, str], told: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    study("sweep", text, tmp_path)(out)
    before = files_of(out)
    refused = engager_sim("sweep", write_study(tmp_path, more(text, change)), "--out", out)
    assert told in one_message(refused)
    assert files_of(out) == before


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("other", ["seed", "design", "stranger", "nameless"])
def test_a_chunk_of_another_study_is_named_and_not_averaged(other: str, tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    study("sweep", LATIN, tmp_path)(ours)
    change = {"seed": ("seed = 5", "seed = 6")}.get(other, ("points = 24", "points = 30"))
    study("sweep", more(LATIN, change), tmp_path)(theirs)
    chunk = min((theirs / "runs").iterdir())
    name = {"stranger": "mine.parquet", "nameless": "000001-0123456789abcdef.parquet"}
    foreign = ours / "runs" / name.get(other, chunk.name)
    if other == "nameless":
        pq.write_table(pq.read_table(chunk).replace_schema_metadata(None), foreign)
        foreign = foreign.rename(foreign.with_name(f"000001-{digest_of(foreign)}.parquet"))
    else:
        shutil.copy(chunk, foreign)
    refused = one_message(engager_sim("sweep", write_study(tmp_path, LATIN), "--out", ours))
    assert foreign.name in refused
    assert "move it out" in refused
    assert foreign.exists()
    foreign.unlink()
    study("sweep", LATIN, tmp_path)(ours)
