"""Expectations by draw: noise leaves their spread, and nothing else changes."""

import numpy as np
import pytest
from scipy.stats import norm

from engager_sim.statistics.decisions import chance_of_best, perfect_information
from engager_sim.statistics.expectations import expectations, without_noise


def sample(
    draws: int, seed: int, noise: float = 2.0, replicates: int = 2
) -> tuple[np.ndarray, np.ndarray]:
    """Draw three options: today, one whose expectation is N(0.5, 1), one that differs by noise."""
    rng = np.random.default_rng(seed)
    expected = np.zeros((3, draws))
    expected[1] = rng.normal(0.5, 1.0, draws)
    expected[2] = 0.2
    shared = rng.normal(0.0, 5.0, (draws, replicates))
    values = expected[:, :, np.newaxis] + shared + rng.normal(0.0, noise, (3, draws, replicates))
    return values, expected


@pytest.mark.parametrize("noise", [0.1, 1.0, 3.0])
def test_differences_vary_as_expectations_do_whatever_the_noise(noise: float) -> None:
    values, _ = sample(4000, seed=1, noise=noise)
    found = expectations(values)
    assert (found[1] - found[0]).std() == pytest.approx(1.0, abs=0.12)
    assert (found[2] - found[0]).std() == pytest.approx(0.0, abs=0.5 * noise)


def test_means_stay() -> None:
    values, _ = sample(60, seed=2)
    assert expectations(values).mean(axis=1) == pytest.approx(values.mean(axis=(1, 2)))


def test_without_noise_nothing_changes() -> None:
    _, expected = sample(50, seed=3)
    found = expectations(np.repeat(expected[:, :, np.newaxis], 2, axis=2))
    assert found == pytest.approx(expected)


def test_chances_and_information_are_those_of_the_expectations() -> None:
    """Of N(0.5, 1) against 0: Phi(0.5) and phi(0.5) - 0.5 Phi(-0.5)."""
    values, _ = sample(4000, seed=4, noise=1.0)
    found = expectations(values[:2])
    assert chance_of_best(found)[1] == pytest.approx(norm.cdf(0.5), abs=0.04)
    worth = norm.pdf(0.5) - 0.5 * norm.cdf(-0.5)
    assert perfect_information(found) == pytest.approx(worth, abs=0.04)
    assert perfect_information(values[:2].mean(axis=2)) > 1.4 * worth


def test_options_that_are_equal_stay_equal_to_the_last_bit() -> None:
    values, _ = sample(40, seed=5)
    values = values[[0, 1, 0, 2, 1]]
    found = expectations(values)
    assert (found[2] == found[0]).all()
    assert (found[4] == found[1]).all()
    assert (expectations(values[[0, 0, 0]]) == values[0].mean(axis=1)).all()


def test_an_option_that_differs_by_the_same_amount_everywhere_keeps_it() -> None:
    values, _ = sample(40, seed=6)
    values[2] = values[0] + 3.0
    found = expectations(values)
    assert found[2] - found[0] == pytest.approx(np.full(40, 3.0))


def test_differences_do_not_depend_on_which_option_is_first() -> None:
    values, _ = sample(80, seed=7)
    found, other = expectations(values), expectations(values[[2, 0, 1]])
    assert found[1] - found[2] == pytest.approx(other[2] - other[0])


def test_what_varies_by_noise_alone_is_the_same_under_all_draws() -> None:
    """On average over data sets: half of them vary less than their noise, and have no spread."""
    none = 0
    for seed in range(60):
        noise = np.random.default_rng(seed).normal(0.0, 1.0, (2, 200, 2))
        found = expectations(noise)
        none += (found[1] - found[0]).std() < 1e-12
    assert 18 <= none <= 42


def test_quantities_are_drawn_together() -> None:
    """So that the variance of any sum of them is that of the expectations of the sum."""
    rng = np.random.default_rng(8)
    gain = rng.normal(0.0, 1.0, 3000)
    expected = np.array([[np.zeros(3000), gain], [np.zeros(3000), 2.0 - gain]])
    values = expected[..., np.newaxis] + rng.normal(0.0, 1.0, (2, 2, 3000, 2))
    gains, costs = expectations(values)
    assert np.var(gains[1] - gains[0]) == pytest.approx(1.0, abs=0.15)
    assert np.var(gains[1] + costs[1] - gains[0] - costs[0]) == pytest.approx(0.0, abs=0.2)


def test_one_replicate_of_each_draw_tells_nothing() -> None:
    with pytest.raises(ValueError, match="two or more replicates"):
        expectations(np.zeros((2, 10, 1)))


def test_noise_larger_than_what_varies_leaves_nothing() -> None:
    values = np.array([[1.0, 2.0, 3.0], [5.0, 5.0, 5.0]])
    assert without_noise(values, np.diag([2.0, 0.0])) == pytest.approx(
        np.array([[2.0, 2.0, 2.0], [5.0, 5.0, 5.0]])
    )
