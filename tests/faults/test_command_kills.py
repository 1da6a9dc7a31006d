"""A command killed at any moment goes on and ends with the same bytes."""

from pathlib import Path

import pytest

from tests.faults.command_kills import KILLABLE, kill_often

TIMES = 2


@pytest.mark.parametrize("name", KILLABLE)
def test_a_killed_command_goes_on_and_ends_with_the_same_bytes(name: str, tmp_path: Path) -> None:
    killed = kill_often(name, TIMES, tmp_path)
    assert len(killed) == TIMES
    runs = KILLABLE[name].runs
    for command in killed:
        assert command.equal, command
        # What was whole when the process died is not run again.
        assert command.made_after <= runs - command.kept, command
    assert any(0 < command.kept < runs for command in killed), killed
    assert any(command.kept == runs and not command.ended for command in killed), killed
    for folder in (tmp_path / "whole", tmp_path / "killed_0"):
        left = sorted(path.name for path in folder.iterdir() if path.is_dir())
        assert left == [*KILLABLE[name].folders]
