"""A study killed at any moment goes on and ends with the same bytes."""

from pathlib import Path

from tests.faults.kills import kill_often

TIMES = 2


def test_a_killed_study_goes_on_and_ends_with_the_same_bytes(tmp_path: Path) -> None:
    kills = kill_often(TIMES, tmp_path)
    assert len(kills) == TIMES
    for kill in kills:
        assert kill.equal, kill
        assert kill.kept_unchanged, kill
        # What was whole when the process died is not run again: at most the chunks in flight are.
        runs_per_chunk = -(-kill.runs // kill.chunks)
        assert kill.runs_made_after <= kill.runs - (kill.chunks_kept - 1) * runs_per_chunk, kill
    assert any(0 < kill.chunks_kept < kill.chunks for kill in kills), kills
