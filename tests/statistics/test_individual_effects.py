"""Men better and worse off: planted shares are found, whatever the noise, and none in noise."""

import numpy as np
import pytest

from engager_sim.statistics.individual_effects import (
    Shares,
    expected_chance_changes,
    expected_changes,
    expected_spread,
    realised_changes,
)

POPULATIONS, MEN = 60, 90
POINT, PERCENT_5 = 1.0, 0.05
SHAPE = (POPULATIONS, MEN)


def a_fifth(rng: np.random.Generator) -> np.ndarray:
    return rng.random(SHAPE) < 0.2


def two_halves(
    rng: np.random.Generator, expected: np.ndarray, noise: float | np.ndarray
) -> np.ndarray:
    """Draw halves about expected gains; the noise is that of a man's mean over both."""
    sizes = np.broadcast_to(noise, SHAPE)[:, :, np.newaxis] * 2.0**0.5
    return expected[:, :, np.newaxis] + sizes * rng.normal(0.0, 1.0, (*SHAPE, 2))


def lives(
    rng: np.random.Generator, better: np.ndarray | float, worse: np.ndarray | float, number: int
) -> tuple[np.ndarray, np.ndarray]:
    """Draw how many of each man's lives change for the better and for the worse."""
    uniforms = rng.random((number, *SHAPE))
    return (uniforms < better).sum(axis=0), (uniforms > 1.0 - worse).sum(axis=0)


def assert_nobody(found: Shares) -> None:
    assert found.better < 0.005
    assert found.worse < 0.005


@pytest.mark.parametrize("noise", [0.2, 0.5, 0.75])
def test_a_gain_of_two_points_for_a_fifth_is_found(noise: float) -> None:
    rng = np.random.default_rng(1)
    found = expected_changes(two_halves(rng, np.where(a_fifth(rng), 2.0, 0.0), noise), POINT)
    assert found.better == pytest.approx(0.2, abs=0.03)
    assert found.better_low <= 0.2 <= found.better_high
    assert found.worse < 0.005


def test_harm_for_a_few_is_found_beside_gain_for_many() -> None:
    rng = np.random.default_rng(2)
    expected = rng.choice([2.0, 0.0, -2.0], SHAPE, p=[0.3, 0.6, 0.1])
    found = expected_changes(two_halves(rng, expected, 0.7), POINT)
    assert found.better == pytest.approx(0.3, abs=0.03)
    assert found.worse == pytest.approx(0.1, abs=0.03)


@pytest.mark.parametrize("noise", [0.5, 1.0, 2.0])
def test_of_noise_alone_nobody_is_better_or_worse(noise: float) -> None:
    rng = np.random.default_rng(3)
    gains = two_halves(rng, np.zeros(SHAPE), noise)
    assert_nobody(expected_changes(gains, POINT))
    assert (np.abs(gains.mean(axis=2)) >= POINT).mean() > 0.04


def test_nor_where_few_men_have_all_the_noise() -> None:
    rng = np.random.default_rng(4)
    assert_nobody(expected_changes(two_halves(rng, np.zeros(SHAPE), 1.2 * a_fifth(rng)), POINT))


def test_men_whom_an_option_does_not_touch_do_not_hide_those_whom_it_helps() -> None:
    rng = np.random.default_rng(5)
    touched = a_fifth(rng)
    gains = two_halves(rng, np.where(touched, 2.0, 0.0), np.where(touched, 1.0, 0.0))
    assert expected_changes(gains, POINT).better == pytest.approx(0.2, abs=0.03)


def test_an_option_that_changes_no_life_makes_nobody_better_or_worse() -> None:
    none = np.zeros((*SHAPE, 2))
    assert expected_changes(none, POINT) == (0.0,) * 6
    counts = np.zeros(SHAPE, np.int64)
    assert expected_chance_changes(counts, counts, 16, PERCENT_5) == pytest.approx((0.0,) * 6)


def test_a_gain_without_noise_is_counted() -> None:
    gains = np.zeros((20, 10, 2))
    gains[:, :3] = 1.0
    gains[:, 3:5] = -1.5
    assert expected_changes(gains, POINT) == pytest.approx((0.3, 0.3, 0.3, 0.2, 0.2, 0.2))


def test_the_interval_covers_what_was_planted() -> None:
    """In nine of ten data sets or more: ten groups tell an error but roughly."""
    inside, rng = 0, np.random.default_rng(6)
    for _ in range(20):
        gains = two_halves(rng, np.where(a_fifth(rng), 2.0, 0.0), 0.3)
        found = expected_changes(gains, POINT)
        inside += found.better_low <= 0.2 <= found.better_high
    assert inside >= 18


def test_effects_that_differ_smoothly_about_the_threshold_are_counted_on_the_right_side() -> None:
    """Not moved to a few points: N(0.3, 0.6) lies above 1 in 12%, and N(3%, 5%) above 5% in 34%."""
    points, chances = [], []
    for seed in range(6):
        rng = np.random.default_rng(seed)
        found = expected_changes(two_halves(rng, rng.normal(0.3, 0.6, SHAPE), 0.5), POINT)
        points.append(found.better)
        chance = rng.normal(0.03, 0.05, SHAPE)
        won, lost = lives(rng, 0.2 + chance / 2.0, 0.2 - chance / 2.0, 40)
        chances.append(expected_chance_changes(won, lost, 40, PERCENT_5).better)
    assert np.mean(points) == pytest.approx(0.122, abs=0.03)
    assert np.mean(chances) == pytest.approx(0.345, abs=0.06)
    assert np.std(points) < 0.05
    assert np.std(chances) < 0.12


def test_men_without_a_value_are_left_out_and_one_population_has_no_interval() -> None:
    rng = np.random.default_rng(7)
    gains = two_halves(rng, np.where(a_fifth(rng), 2.0, 0.0), 0.3)
    gains[:, ::9] = np.nan
    assert expected_changes(gains, POINT).better == pytest.approx(0.2, abs=0.03)
    one = expected_changes(gains[:1], POINT)
    assert one.better == pytest.approx(0.2, abs=0.1)
    assert np.isnan([one.better_low, one.better_high, one.worse_low, one.worse_high]).all()


@pytest.mark.parametrize("others", [0.02, 0.12])
def test_a_chance_that_rises_for_a_fifth_is_found_whatever_else_changes(others: float) -> None:
    rng = np.random.default_rng(8)
    won, lost = lives(rng, np.where(a_fifth(rng), others + 0.2, others), others, 24)
    found = expected_chance_changes(won, lost, 24, PERCENT_5)
    assert found.better == pytest.approx(0.2, abs=0.03)
    assert found.worse < 0.01


@pytest.mark.parametrize("everybody", [True, False])
def test_lives_that_change_both_ways_alike_make_no_chance_higher(everybody: bool) -> None:
    rng = np.random.default_rng(9)
    either = 0.15 * (np.ones(SHAPE) if everybody else a_fifth(rng))
    assert_nobody(expected_chance_changes(*lives(rng, either, either, 24), 24, PERCENT_5))


def test_a_small_chance_for_everybody_is_told_from_a_large_one_for_a_few() -> None:
    """Two in a hundred of everybody's lives: nobody reaches five in a hundred."""
    rng = np.random.default_rng(10)
    won, lost = lives(rng, 0.02, 0.0, 24)
    assert (won / 24 >= PERCENT_5).mean() > 0.05
    assert_nobody(expected_chance_changes(won, lost, 24, PERCENT_5))


def test_good_and_bad_changed_about_changes_better_and_worse_about() -> None:
    rng = np.random.default_rng(12)
    won, lost = lives(rng, np.where(a_fifth(rng), 0.3, 0.05), 0.05, 24)
    found, other = (
        expected_chance_changes(*both, 24, PERCENT_5) for both in ((won, lost), (lost, won))
    )
    assert (found.better, found.worse) == pytest.approx((other.worse, other.better), abs=1e-6)
    assert found.better > 0.1


def test_the_spread_between_men_is_that_of_expected_gains() -> None:
    rng = np.random.default_rng(11)
    expected = rng.normal(0.0, 0.6, SHAPE) + rng.normal(0.0, 3.0, (POPULATIONS, 1))
    assert expected_spread(two_halves(rng, expected, 1.0)) == pytest.approx(0.6, abs=0.06)
    assert expected_spread(two_halves(rng, np.zeros(SHAPE), 1.0)) < 0.2


def test_realised_changes_stand_beside_those_between_unrelated_lives() -> None:
    """Five points: of N(0, 3^2 + 3^2) more in 2 Phi(-5 / sqrt 18), half of them for the better."""
    rng = np.random.default_rng(12)
    today = rng.normal(15.0, 3.0, (*SHAPE, 4))
    found = realised_changes(today, today, 5.0)
    assert found.shares == (0.0,) * 6
    assert found.by_noise == pytest.approx(0.1193, abs=0.006)
    option = today.copy()
    option[:, :9, :] += 6.0
    option[:, 9:12, ::2] -= 6.0
    found = realised_changes(today, option, 5.0)
    assert found.shares[:3] == pytest.approx((0.1, 0.1, 0.1))
    assert found.shares.worse == pytest.approx(3 / 180)
    assert found.by_noise == pytest.approx(0.1193, abs=0.006)
