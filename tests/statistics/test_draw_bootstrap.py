"""How well parts of a spread are known, and how likely an expectation is above 0: known answers."""

import numpy as np
import pytest
from scipy.stats import norm

from engager_sim.scenarios.fitted_parameters import Drawn
from engager_sim.statistics.draw_bootstrap import FEWEST_DRAWS, DrawBootstrap
from engager_sim.statistics.intervals import estimate


def sample(
    draws: int, mean: float, expected: float, noise: float, seed: int, each: int = 2
) -> tuple[np.ndarray, Drawn]:
    """Draw values about expectations of known mean and spread, with noise of known spread."""
    rng = np.random.default_rng(seed)
    centres = np.repeat(rng.normal(mean, expected, draws), each)
    numbers = np.repeat(np.arange(draws), each)
    return centres + rng.normal(0.0, noise, draws * each), Drawn(numbers, np.zeros_like(numbers))


@pytest.mark.parametrize("noise", [0.0, 1.0, 3.0])
def test_the_probability_is_of_expectations_whatever_the_noise(noise: float) -> None:
    """A normal expectation of mean 1 and deviation 1: Phi(1) = 84%."""
    values, drawn = sample(3000, 1.0, 1.0, noise, seed=1)
    found = DrawBootstrap(drawn).probability_above_0(values)
    assert found.probability == pytest.approx(norm.cdf(1.0), abs=0.04)
    assert found.low <= norm.cdf(1.0) <= found.high


def test_more_replicates_of_each_draw_move_it_by_no_more_than_its_interval() -> None:
    for seed in range(5):
        values, drawn = sample(400, 0.6, 1.0, 2.5, seed, each=4)
        half = np.arange(len(values)) % 4 < 2
        few = DrawBootstrap(drawn.of(half)).probability_above_0(values[half])
        more = DrawBootstrap(drawn).probability_above_0(values)
        assert few.low <= more.probability <= few.high
        naive = [np.mean(values[half].reshape(-1, 2).mean(axis=1) > 0.0), np.mean(values > 0.0)]
        assert abs(naive[1] - norm.cdf(0.6)) > abs(more.probability - norm.cdf(0.6))


def test_its_interval_covers() -> None:
    inside, cases = 0, 150
    for seed in range(cases):
        values, drawn = sample(200, 0.5, 1.0, 1.0, seed)
        found = DrawBootstrap(drawn).probability_above_0(values)
        inside += found.low <= norm.cdf(0.5) <= found.high
    assert inside / cases >= 0.90


def test_two_that_are_equal_in_every_replicate_are_even() -> None:
    drawn = Drawn(np.arange(40) // 2, np.zeros(40, np.int64))
    assert DrawBootstrap(drawn).probability_above_0(np.zeros(40)) == (0.5, 0.5, 0.5)


def test_two_that_are_equal_but_for_noise_are_not_told_apart() -> None:
    """In 19 of 20 cases, as any 95% interval."""
    even = 0
    for seed in range(60):
        values, drawn = sample(200, 0.0, 0.0, 1.0, seed)
        found = DrawBootstrap(drawn).probability_above_0(values)
        even += found.low < 0.5 < found.high
    assert even >= 54


def test_none_is_certain_of_a_few_draws() -> None:
    values, drawn = sample(50, 10.0, 1.0, 0.1, seed=2)
    found = DrawBootstrap(drawn).probability_above_0(values)
    assert found.probability == 1.0
    assert found.low == pytest.approx(50 / (50 + 1.959964**2))


def test_few_draws_or_one_replicate_of_each_say_nothing() -> None:
    few, drawn = sample(FEWEST_DRAWS - 1, 1.0, 1.0, 1.0, seed=3)
    assert np.isnan(DrawBootstrap(drawn).probability_above_0(few)).all()
    assert np.isnan(DrawBootstrap(drawn).part_ends(few)).all()
    single, drawn = sample(100, 1.0, 1.0, 1.0, seed=3, each=1)
    assert np.isnan(DrawBootstrap(drawn).probability_above_0(single)).all()
    assert np.isnan(DrawBootstrap(drawn).part_ends(single)).all()
    assert np.isnan(estimate(single, drawn)[4:]).all()


def test_the_intervals_of_parts_cover_them_and_hold_the_estimate() -> None:
    inside = np.zeros(2)
    cases = 150
    for seed in range(cases):
        values, drawn = sample(150, 0.0, 1.0, 2.0, seed)
        ends, found = DrawBootstrap(drawn).part_ends(values), estimate(values, drawn)
        assert ends.chance_low <= found.chance <= ends.chance_high
        inside += [
            ends.chance_low <= 2.0 <= ends.chance_high,
            ends.parameters_low <= 1.0 <= ends.parameters_high,
        ]
    assert (inside / cases >= 0.88).all()


def test_replicates_without_a_value_are_left_out() -> None:
    values, drawn = sample(60, 1.0, 1.0, 1.0, seed=4)
    gaps = values.copy()
    gaps[::5] = np.nan
    assert 0.0 < DrawBootstrap(drawn).probability_above_0(gaps).probability < 1.0
    assert not np.isnan(DrawBootstrap(drawn).part_ends(gaps)).any()
