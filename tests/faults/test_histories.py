"""Five hundred of the histories that ``make histories`` lets happen."""

import pytest

from tests.faults.histories import histories, never_reached

HALVES = (range(250), range(250, 500))


@pytest.mark.parametrize("half", HALVES, ids=str)
def test_no_history_loses_a_run_or_ends_otherwise_than_undisturbed(half: range) -> None:
    reached, violations = histories(half)
    assert violations == []
    assert half is not HALVES[0] or never_reached(reached) == []
