"""Which parameters carry an outcome: planted ones are found, and nothing is found in noise."""

import numpy as np
import pytest

from engager_sim.statistics.carriers import MOST, find_carriers

DRAWS, PARAMETERS, OFTEN = 400, 120, 0.8


def drawn(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(0.0, 3.0, (DRAWS, PARAMETERS))


def test_planted_parameters_are_named_with_their_effects() -> None:
    """Per standard deviation of 3: 6, -3 and 3 points, with noise of 6."""
    x = drawn(1)
    y = 2.0 * x[:, 0] - x[:, 7] + x[:, 100] + np.random.default_rng(2).normal(0.0, 6.0, DRAWS)
    found = find_carriers(x, y[:, np.newaxis])
    named = np.flatnonzero(found.frequency[:, 0] >= OFTEN)
    assert named.tolist() == [0, 7, 100]
    assert found.effect[named, 0] == pytest.approx([6.0, -3.0, 3.0], abs=0.8)
    assert found.explained[0] == pytest.approx(0.6, abs=0.08)
    assert found.frequency.sum(axis=0) == pytest.approx([MOST])


def test_of_pure_noise_hardly_a_parameter_is_named_and_nothing_is_explained() -> None:
    noise = np.random.default_rng(3).normal(0.0, 1.0, (DRAWS, 40))
    found = find_carriers(drawn(4), noise)
    assert (found.frequency >= OFTEN).sum() <= 8  # of 40 outcomes
    assert found.explained.max() < 0.05


def test_a_parameter_that_is_only_tied_to_a_carrier_is_not_named() -> None:
    x = drawn(5)
    x[:, 1] = 0.7 * x[:, 0] + 0.7 * x[:, 1]
    y = x[:, 0] + np.random.default_rng(6).normal(0.0, 1.0, DRAWS)
    found = find_carriers(x, y[:, np.newaxis])
    assert found.frequency[0, 0] == 1.0
    assert found.frequency[1, 0] < OFTEN


def test_what_does_not_vary_is_not_chosen_and_has_no_carriers() -> None:
    x = drawn(7)
    x[:, 3] = 0.5
    y = np.column_stack([np.full(DRAWS, 2.0), x[:, 0], np.where(x[:, 0] > 6.0, np.nan, x[:, 0])])
    found = find_carriers(x, y)
    assert (found.frequency[3] == 0.0).all()
    assert (found.frequency[:, 0] == 0.0).all()
    assert np.flatnonzero(found.frequency[:, 1]).tolist() == [0]
    assert found.frequency[0, 2] == 1.0
