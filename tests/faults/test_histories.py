"""The first of the histories that ``make histories`` lets happen."""

from tests.faults.histories import histories, never_reached


def test_no_history_loses_a_run_or_ends_otherwise_than_undisturbed() -> None:
    reached, violations = histories(range(250))
    assert violations == []
    assert never_reached(reached) == []
