"""Some of the files that ``make fuzz`` makes wrong; results folders are left to it."""

from tests.faults.fuzz import fuzz

COUNT = 1_500


def test_a_file_made_wrong_is_accepted_whole_or_refused_in_one_line() -> None:
    counted, violations = fuzz(range(COUNT))
    assert violations == []
    assert counted["scenarios run"] > 0
