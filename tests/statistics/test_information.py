"""What it is worth to know a parameter, and where it changes the choice: closed forms."""

import numpy as np
import pytest
from scipy.stats import norm

from engager_sim.statistics.information import (
    FREQUENT,
    RESAMPLES,
    curve_basis,
    partial_information,
    thresholds,
)


def worth_of(mean: float, deviation: float) -> float:
    """Give the value of knowing N(mean, deviation) before choosing between it and 0."""
    ratio = mean / deviation
    return float(deviation * norm.pdf(ratio) + mean * norm.cdf(ratio) - max(0.0, mean))


def drawn(draws: int, parameters: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(0.0, 1.0, (draws, parameters))


def against_nothing(gain: np.ndarray) -> np.ndarray:
    return np.array([np.zeros_like(gain), gain])


@pytest.mark.parametrize("mean", [0.0, 1.0])
def test_a_normal_gain_has_its_closed_form(mean: float) -> None:
    """Two parameters of weights 2 and 1, and noise: both within 2%, and so are both together.

    Samples are made to have the moments of what they are drawn from. The value of the weaker is a
    twentieth of the spread that it is told from, and scatters by 4%: it is averaged.
    """
    found = []
    for seed in range(12):
        x = drawn(20_000, 4, seed)
        x = np.linalg.qr(x - x.mean(axis=0))[0] * len(x) ** 0.5
        gain = mean + 2.0 * x[:, 0] + x[:, 1] + x[:, 3]
        ones, (both,) = partial_information(against_nothing(gain), x[:, :3], [[0, 1]])
        assert ones[0] == pytest.approx(worth_of(mean, 2.0), rel=0.02)
        assert both == pytest.approx(worth_of(mean, 5.0**0.5), rel=0.02)
        assert ones[2] < 0.02 * ones[0]
        found.append(ones[1])
    assert np.mean(found) == pytest.approx(worth_of(mean, 1.0), rel=0.02)


def test_a_parameter_that_bends_a_gain_is_worth_as_much_as_its_curve() -> None:
    """A gain of x^2 - 1: positive beyond 1, on either side, where it is 2 phi(1) on average."""
    x = norm.ppf((np.arange(4000) + 0.5) / 4000)[:, np.newaxis]
    ones, _ = partial_information(against_nothing(x[:, 0] ** 2 - 1.0), x)
    assert ones[0] == pytest.approx(2.0 * norm.pdf(1.0), rel=0.05)


def test_of_several_options_the_best_at_each_value_is_chosen() -> None:
    """Gains x and -x over the first: |x| is had, sqrt(2 / pi) on average."""
    x = norm.ppf((np.arange(4000) + 0.5) / 4000)[:, np.newaxis]
    ones, _ = partial_information(np.array([0.0 * x[:, 0], x[:, 0], -x[:, 0]]), x)
    assert ones[0] == pytest.approx((2.0 / np.pi) ** 0.5, rel=0.02)


def test_what_tells_nothing_is_worth_next_to_nothing() -> None:
    x = drawn(400, 60, seed=3)
    gain = 0.2 + np.random.default_rng(4).normal(0.0, 1.0, 400)
    ones, groups = partial_information(against_nothing(gain), x, [range(10), range(10, 60)])
    assert ones.mean() < 0.003
    assert np.median(ones) == 0.0
    assert groups.max() < 0.05
    assert (np.append(ones, groups) >= 0.0).all()


def test_with_a_few_hundred_draws_it_is_right_on_average() -> None:
    found = []
    for seed in range(30):
        x = drawn(400, 1, seed)
        noise = np.random.default_rng(100 + seed).normal(0.0, 1.0, 400)
        found.append(partial_information(against_nothing(0.3 + 0.7 * x[:, 0] + noise), x)[0][0])
    assert np.mean(found) == pytest.approx(worth_of(0.3, 0.7), rel=0.08)


def test_a_group_is_worth_no_less_than_a_member() -> None:
    x = drawn(300, 40, seed=5)
    gain = x[:, 0] + np.random.default_rng(6).normal(0.0, 2.0, 300)
    ones, groups = partial_information(against_nothing(gain), x, [range(40), [0, 7]])
    assert (groups >= ones[0]).all()


def test_options_that_never_differ_and_parameters_that_never_vary_are_worth_nothing() -> None:
    x = drawn(100, 2, seed=7)
    x[:, 1] = 3.0
    ones, groups = partial_information(np.ones((3, 100)), x, [[0, 1]])
    assert (ones == 0.0).all()
    assert (groups == 0.0).all()
    ones, _ = partial_information(against_nothing(x[:, 0]), x)
    assert ones[0] > 0.0
    assert ones[1] == 0.0


def test_it_depends_neither_on_which_option_is_first_nor_on_units_of_parameters() -> None:
    x = drawn(300, 2, seed=8)
    benefits = np.array([0.0 * x[:, 0], x[:, 0], 0.3 - x[:, 1]])
    ones, _ = partial_information(benefits, x)
    others, _ = partial_information(benefits[[1, 2, 0]], 5.0 + 3.0 * x)
    assert others == pytest.approx(ones)


def test_curves_hold_straight_lines_and_the_constant() -> None:
    values = drawn(200, 1, seed=9)[:, 0]
    for freedom in (1, 2, 3, 4):
        basis = curve_basis(values, values, freedom)
        assert basis.shape == (200, freedom + 1)
        assert basis.sum(axis=1) == pytest.approx(1.0)
        line = basis @ np.linalg.lstsq(basis, values)[0]
        assert line == pytest.approx(values)


def test_a_threshold_is_where_the_lead_is_lost() -> None:
    """A lead of 0.5 - x is lost at 0.5, and one of 0.4 + x below -0.4; others never turn."""
    x = drawn(400, 30, seed=10)
    lead = 0.5 - x[:, 0] + np.random.default_rng(11).normal(0.0, 0.7, 400)
    (found,) = thresholds(lead, x)
    assert (found.parameter, found.above) == (0, True)
    assert found.value == pytest.approx(0.5, abs=0.1)
    assert found.frequency == 1.0
    (found,) = thresholds(lead - 0.1 + 2.0 * x[:, 0], x)
    assert (found.parameter, found.above) == (0, False)
    assert found.value == pytest.approx(-0.4, abs=0.1)


def test_beyond_the_central_values_there_is_no_threshold() -> None:
    """A lead of 2 - x is lost where 2 in 100 draws are."""
    x = drawn(400, 1, seed=12)
    assert thresholds(2.0 - x[:, 0], x) == []


def test_of_parameters_that_tell_nothing_hardly_one_has_a_threshold() -> None:
    """Not even where the two options cannot be told apart."""
    close, clear = 0, 0
    for seed in range(5):
        x = drawn(200, 60, seed)
        noise = np.random.default_rng(50 + seed).normal(0.0, 1.0, 200)
        close += len(thresholds(0.1 + noise - noise.mean(), x))
        clear += len(thresholds(0.3 + noise - noise.mean(), x))
    assert close <= 0.08 * 300
    assert clear <= 1
    assert FREQUENT > 0.5


def test_a_parameter_with_a_few_values_may_have_a_threshold() -> None:
    x = np.repeat([0.0, 1.0], 100)[:, np.newaxis]
    noise = np.random.default_rng(13).normal(0.0, 0.2, 200)
    (found,) = thresholds(0.5 - x[:, 0] + noise, x)
    assert 0.0 < found.value < 1.0


def test_a_straight_lead_is_lost_exactly_where_it_is_0() -> None:
    x = drawn(400, 1, seed=14)
    (found,) = thresholds(0.25 - 0.5 * x[:, 0], x)
    assert (found.value, found.above) == (pytest.approx(0.5, abs=1e-6), True)


def test_direction_and_frequency_are_those_of_all_draws_and_of_every_resample() -> None:
    """Whatever a single resample says: some of them turn elsewhere, or not at all."""
    frequencies = []
    for seed in range(8):
        x = drawn(120, 1, seed=20 + seed)
        lead = 0.55 - 0.5 * x[:, 0] + np.random.default_rng(40 + seed).normal(0.0, 0.6, 120)
        for found in thresholds(lead, x):
            assert found.above
            frequencies.append(found.frequency * RESAMPLES)
    assert any(frequency < RESAMPLES for frequency in frequencies)
    assert frequencies == pytest.approx(np.round(frequencies), abs=1e-9)
