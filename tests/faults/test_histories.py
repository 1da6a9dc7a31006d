"""Three hundred of the histories that ``make histories`` lets happen."""

from tests.faults.histories import histories, never_reached

COUNT = 300


def test_no_history_loses_a_run_or_ends_otherwise_than_undisturbed() -> None:
    reached, violations = histories(range(COUNT))
    assert violations == []
    assert never_reached(reached) == []
