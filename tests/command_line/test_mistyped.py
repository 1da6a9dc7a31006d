"""A number with marks of money, and a command without its group: what is meant is said."""

import pytest

from tests.command_line.command import REFUSED, engager_sim, one_message


@pytest.mark.parametrize("typed", ["45,000", "£45000", "GBP 45 000"])
def test_a_number_with_marks_is_answered_with_the_plain_one(typed: str) -> None:
    result = engager_sim("decide", "today.toml", "weekly.toml", "--budget", typed)
    assert result.exit_code == REFUSED
    said = " ".join(result.stderr.replace("│", " ").split())
    assert f"(found {typed}); write 45000" in said


@pytest.mark.parametrize("typed", ["much", "4x", "£"])
def test_what_is_no_number_is_shown_and_nothing_made_up(typed: str) -> None:
    result = engager_sim("decide", "today.toml", "weekly.toml", "--budget", typed)
    assert result.exit_code == REFUSED
    said = " ".join(result.stderr.replace("│", " ").split())
    assert f"(found {typed})" in said
    assert "write" not in said


@pytest.mark.parametrize("command", ["check", "show", "diff", "list"])
def test_a_command_of_a_group_is_sent_there(command: str) -> None:
    message = one_message(engager_sim(command, "my service/today.toml"))
    assert message.endswith(f"engager-sim scenarios {command} 'my service/today.toml'")


def test_a_command_of_no_group_is_refused_as_before() -> None:
    result = engager_sim("chek", "today.toml")
    assert result.exit_code == REFUSED
    assert "No such command" in result.stderr
