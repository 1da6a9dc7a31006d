"""What is rounding is 0, by the scale of the values; what is small and true stays."""

import numpy as np

from engager_sim.statistics.rounding import is_constant, least_difference, without_rounding


def test_what_sums_of_doubles_leave_is_0_and_a_small_difference_stays() -> None:
    values = np.array([0.3, np.nan, -900.0])
    least = least_difference(values)
    noise = 900.0 + 0.1 - 0.1 - 900.0 + 1e-12
    assert without_rounding(np.array([noise, 1e-5, -1e-5]), least).tolist() == [0.0, 1e-5, -1e-5]


def test_values_are_constant_where_each_column_varies_by_rounding_alone() -> None:
    assert is_constant(np.array([0.3, np.nan, 0.1 + 0.2]))
    assert not is_constant(np.array([0.3, 0.3001]))
    assert is_constant(np.array([[1.0, 2.0, np.nan], [1.0, 2.0, np.nan]]))
    assert not is_constant(np.array([[1.0, 2.0], [2.0, 1.0]]))  # their means are
    assert not is_constant(np.full(2, np.nan))


def test_values_of_0_and_no_values_have_no_scale() -> None:
    assert least_difference(np.zeros(3)) == least_difference(np.full(2, np.nan)) == 0.0
    assert is_constant(np.zeros(3))


def test_what_is_as_large_as_rounding_is_rounding() -> None:
    assert without_rounding(np.array([0.5, -0.5, 0.75]), 0.5).tolist() == [0.0, 0.0, 0.75]
