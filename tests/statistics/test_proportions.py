"""Means and shares over simulated trials: known intervals, missing values, bounds."""

import numpy as np
import pytest

from engager_sim.scenarios.fitted_parameters import Drawn
from engager_sim.statistics.intervals import estimate
from engager_sim.statistics.proportions import average, difference_of_shares, share


def test_a_share_has_wilsons_interval() -> None:
    """3 of 10, z = 1.96: centre (0.3 + z^2 / 20) / (1 + z^2 / 10)."""
    z = 1.959964
    centre = (0.3 + z * z / 20.0) / (1.0 + z * z / 10.0)
    half = z / (1.0 + z * z / 10.0) * (0.3 * 0.7 / 10.0 + z * z / 400.0) ** 0.5
    found = share(np.arange(10) < 3)
    assert found == pytest.approx((0.3, centre - half, centre + half), abs=1e-6)


def test_a_share_of_nothing_has_no_value() -> None:
    assert np.isnan(share(np.array([], bool))).all()


def test_with_drawn_parameters_a_share_has_the_interval_of_the_expected_one_within_bounds() -> None:
    cases = np.array([True, True, True, True, True, False, True, True])
    drawn = Drawn(np.arange(8) // 2, np.zeros(8, np.int64))
    expected = estimate(cases.astype(float), drawn)
    assert expected.high > 1.0
    assert share(cases, drawn) == (expected.mean, max(0.0, expected.low), 1.0)


def test_of_none_or_all_there_is_no_spread_to_expect_anything_from() -> None:
    drawn = Drawn(np.arange(20) // 2, np.zeros(20, np.int64))
    none = np.zeros(20, bool)
    assert share(none, drawn) == share(none)
    assert share(none, drawn)[2] > 0.15
    mean, low, high = difference_of_shares(none, none, drawn)
    assert (mean, low, high) == (0.0, -share(none)[2], share(none)[2])
    some = np.arange(20) < 4
    assert difference_of_shares(some, none, drawn) == average(some.astype(float), drawn)


def test_an_average_leaves_out_what_has_no_value() -> None:
    mean, low, high = average(np.array([1.0, np.nan, 3.0]), None)
    assert mean == 2.0
    half = 12.7062047 * 1.0
    assert (low, high) == pytest.approx((2.0 - half, 2.0 + half), rel=1e-6)


def test_with_drawn_parameters_an_average_is_the_estimate_over_draws() -> None:
    values = np.array([0.0, 2.0, 3.0, 5.0, 9.0, 11.0])
    drawn = Drawn(np.arange(6) // 2, np.zeros(6, np.int64))
    assert average(values, drawn) == estimate(values, drawn)[:3]
