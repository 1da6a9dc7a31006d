"""Expectations under draws: what Monte Carlo error is in them is removed."""

import math

import numpy as np
import pytest

from docs.expectations import expected_quantiles

LEVELS = (0.1, 0.5, 0.9)


def test_the_spread_of_expectations_holds_no_monte_carlo_error() -> None:
    """Expectations of spread 1 under 4,000 draws, each run twice with as much noise again."""
    rng = np.random.default_rng(2)
    draws = np.repeat(np.arange(4000), 2)
    runs = rng.standard_normal(4000)[draws] + rng.standard_normal(8000)
    runs[:40] = np.nan
    assert expected_quantiles(runs, draws, LEVELS) == pytest.approx([-1.28, 0.0, 1.28], abs=0.06)


def test_noise_alone_has_no_spread_and_nothing_has_no_value() -> None:
    draws = np.repeat(np.arange(400), 2)
    runs = np.random.default_rng(3).standard_normal(800)
    low, _, high = expected_quantiles(runs, draws, LEVELS)
    assert high - low < 0.5
    assert all(math.isnan(end) for end in expected_quantiles(np.full(800, np.nan), draws, LEVELS))
