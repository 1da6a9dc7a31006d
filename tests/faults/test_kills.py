"""A study killed at any moment goes on and ends with the same bytes."""

from pathlib import Path

from tests.faults.kills import kill_often

TIMES = 2


def test_a_killed_study_goes_on_and_ends_with_the_same_bytes(tmp_path: Path) -> None:
    found = kill_often(TIMES, tmp_path)
    assert len(found) == TIMES
    for each in found:
        assert each.equal, each
        assert each.kept_unchanged, each
        # What was whole when the process died is not run again: at most the chunks in flight are.
        runs_per_chunk = -(-each.runs // each.chunks)
        assert each.runs_made_after <= each.runs - (each.chunks_kept - 1) * runs_per_chunk, each
    assert any(0 < each.chunks_kept < each.chunks for each in found), found
