"""A run killed at any moment goes on and ends with the same bytes, its chunks removed."""

from pathlib import Path

from tests.faults.run_kills import PER_BLOCK, REPLICATES, kill_often

TIMES = 2


def test_a_killed_run_goes_on_and_ends_with_the_same_bytes(tmp_path: Path) -> None:
    killed = kill_often(TIMES, tmp_path)
    assert len(killed) == TIMES
    for run in killed:
        assert run.equal, run
        # What was whole when the process died is not run again.
        assert run.made_after <= REPLICATES - PER_BLOCK * run.kept, run
    assert any(0 < PER_BLOCK * run.kept < REPLICATES for run in killed), killed
    assert any(run.kept * PER_BLOCK == REPLICATES and not run.ended for run in killed), killed
    tables = {"agencies", "events", "leavers", "runs", "staff", "summary", "ties", "weekly"}
    for folder in (tmp_path / "whole", tmp_path / "killed_0"):
        assert {file.stem for file in folder.glob("*.parquet")} == tables
        assert [path.name for path in folder.iterdir() if path.is_dir()] == ["figures"]
