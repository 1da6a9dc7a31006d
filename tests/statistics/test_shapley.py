"""Shapley values: they sum to the change, and share an interaction evenly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.statistics.shapley import shapley


def test_two_parts_share_what_they_do_only_together() -> None:
    """Alone 1 and 2, together 6: the 3 that neither does alone are shared evenly."""
    assert shapley(np.array([0.0, 1.0, 2.0, 6.0])) == pytest.approx([2.5, 3.5])


def test_three_parts_are_averaged_over_their_orders() -> None:
    """Bits of a corner's number: part 0 is 1, part 1 is 2, part 2 is 4; worked by hand."""
    corners = np.array([0.0, 6.0, 0.0, 12.0, 0.0, 6.0, 0.0, 24.0])
    # Part 0: 6 first, 12 after part 1, 6 after part 2, 24 after both, by 2, 1, 1 and 2 orders.
    first = (2 * 6.0 + 1 * 12.0 + 1 * 6.0 + 2 * 24.0) / 6.0
    # Part 1: 0 first, 6 after part 0, 0 after part 2, 18 after both.
    second = (2 * 0.0 + 1 * 6.0 + 1 * 0.0 + 2 * 18.0) / 6.0
    assert shapley(corners) == pytest.approx([first, second, 24.0 - first - second])


@given(st.lists(st.floats(-1e3, 1e3), min_size=8, max_size=8))
def test_they_sum_to_the_change_from_the_first_corner_to_the_last(corners: list[float]) -> None:
    values = shapley(np.array([corners, corners]))
    assert values.shape == (2, 3)
    assert values.sum(axis=1) == pytest.approx(corners[-1] - corners[0], abs=1e-6)


@given(st.floats(-10.0, 10.0), st.floats(-10.0, 10.0))
def test_a_part_that_changes_nothing_gets_nothing(start: float, gain: float) -> None:
    corners = np.array([start, start + gain, start, start + gain])
    assert shapley(corners) == pytest.approx([gain, 0.0], abs=1e-9)
