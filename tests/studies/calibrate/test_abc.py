"""The computation behind a calibration, against known answers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from engager_sim.studies.calibrate.abc import (
    Accepted,
    accept,
    bandwidth_for,
    distances,
    from_logits,
    resampled,
    to_logits,
    weighted_quantiles,
    with_observation_error,
)

LEVELS = np.array([0.05, 0.5, 0.95])
type Numbers = np.ndarray


def nearest_accepted(
    summaries: Numbers, observed: Numbers, errors: Numbers, count: int
) -> Accepted:
    distance = distances(summaries, observed, errors)
    return accept(summaries, observed, errors, distance, bandwidth_for(distance, count))


def test_a_linear_model_has_the_posterior_that_algebra_gives() -> None:
    """One figure that is the parameter itself: a normal likelihood over an even prior."""
    rng = np.random.default_rng(1)
    units = rng.random((40_000, 2))
    errors, noise = np.array([0.08]), np.array([0.0])
    summaries = with_observation_error(units[:, [0]], errors, noise, 1, np.eye(1))
    accepted = nearest_accepted(summaries, np.array([0.55]), errors, 2_000)
    moved = from_logits(accepted.adjusted(to_logits(units[accepted.rows])))
    quantiles = weighted_quantiles(moved, accepted.weights, LEVELS)
    expected = stats.norm(0.55, 0.08).ppf(LEVELS)
    np.testing.assert_allclose(quantiles[:, 0], expected, atol=0.015)
    np.testing.assert_allclose(quantiles[:, 1], LEVELS, atol=0.04)


def test_noise_of_replicates_is_not_counted_twice() -> None:
    """Figures that are already as unsure as the published ones are left as they are."""
    summaries = np.zeros((50_000, 2))
    errors, noise = np.array([0.5, 0.5]), np.array([0.3, 0.5])
    with_errors = with_observation_error(summaries, errors, noise, 3, np.eye(2))
    assert with_errors[:, 0].std() == pytest.approx(0.4, rel=0.02)
    assert (with_errors[:, 1] == 0.0).all()


def test_errors_of_one_sample_are_correlated_as_asked() -> None:
    """What is added has the published errors' covariance, less what Monte Carlo error has."""
    errors, noise = np.array([0.5, 2.0, 1.0]), np.array([0.1, 0.4, 0.2])
    correlations = np.array([[1.0, 0.5, 0.0], [0.5, 1.0, 0.0], [0.0, 0.0, 1.0]])
    added = with_observation_error(np.zeros((200_000, 3)), errors, noise, 3, correlations)
    expected = np.outer(errors, errors) * correlations - np.diag(noise**2)
    np.testing.assert_allclose(np.cov(added, rowvar=False), expected, atol=0.02)


def test_adjusted_points_stay_within_the_prior() -> None:
    rng = np.random.default_rng(2)
    units = rng.random((5_000, 3))
    summaries = units @ rng.normal(size=(3, 2)) * 10.0
    errors, observed = np.ones(2), summaries.max(axis=0) * 1.5
    accepted = nearest_accepted(summaries, observed, errors, 300)
    moved = from_logits(accepted.adjusted(to_logits(units[accepted.rows])))
    assert ((moved >= 0.0) & (moved <= 1.0)).all()
    assert len(moved) == 300


@given(values=st.lists(st.floats(-100, 100), min_size=1, max_size=30), level=st.floats(0.01, 0.99))
def test_equal_weights_give_quantiles_between_the_ends(values: list[float], level: float) -> None:
    column = np.array(values)[:, np.newaxis]
    quantiles = weighted_quantiles(column, np.ones(len(values)), np.array([level]))
    assert min(values) <= quantiles[0, 0] <= max(values)


def test_a_weight_of_two_is_two_values() -> None:
    once = weighted_quantiles(np.array([[1.0], [2.0], [2.0], [5.0]]), np.ones(4), LEVELS)
    middle = weighted_quantiles(np.array([[1.0], [2.0], [5.0]]), np.array([1.0, 2.0, 1.0]), LEVELS)
    assert once[1, 0] == middle[1, 0] == 2.0


def test_resampling_keeps_shares_to_within_one_draw() -> None:
    weights = np.array([0.5, 0.25, 0.2, 0.05])
    counts = np.bincount(resampled(weights, 1000, 5), minlength=4)
    assert (np.abs(counts - 1000 * weights) <= 1.0).all()
    assert (np.bincount(resampled(weights, 1000, 5), minlength=4) == counts).all()


def test_a_sharp_figure_counts_for_more_than_a_vague_one() -> None:
    """Two figures at the same distance in points: the one known more sharply is farther."""
    distance = distances(np.array([[1.0, 0.0], [0.0, 1.0]]), np.zeros(2), np.array([0.1, 10.0]))
    assert distance.tolist() == pytest.approx([10.0, 0.1])
