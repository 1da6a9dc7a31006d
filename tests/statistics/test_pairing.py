"""Paired intervals: they cover at the nominal rate, and pairing saves what it says it saves."""

import math

import numpy as np
import pytest
from scipy.stats import t

from engager_sim.statistics.pairing import (
    independent_difference,
    paired_difference,
    replicates_for,
    stein_interval,
)

SETS = 1000
EXPECTED, SLACK = 0.95, 0.02
"""Three standard errors of a share of 0.95 over 1000 sets are 0.021."""
EFFECT = 0.3


def worlds(rng: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw paired replicates whose common noise is much larger than the effect."""
    common = rng.normal(0.0, 2.0, count)
    return common + rng.normal(0.0, 0.5, count), common + EFFECT + rng.normal(0.0, 0.5, count)


@pytest.mark.parametrize("replicates", [5, 20, 100])
def test_paired_intervals_cover_the_truth_at_the_nominal_rate(replicates: int) -> None:
    rng = np.random.default_rng(replicates)
    found = [paired_difference(*worlds(rng, replicates)) for _ in range(SETS)]
    covered = np.mean([each.low <= EFFECT <= each.high for each in found])
    assert covered == pytest.approx(EXPECTED, abs=SLACK)


def test_intervals_of_independent_worlds_cover_too() -> None:
    rng = np.random.default_rng(7)
    found = [
        independent_difference(rng.normal(0.0, 2.0, 30), rng.normal(EFFECT, 1.0, 30))
        for _ in range(SETS)
    ]
    covered = np.mean([each.low <= EFFECT <= each.high for each in found])
    assert covered == pytest.approx(EXPECTED, abs=SLACK)


def test_stopping_at_a_wanted_width_keeps_the_coverage_and_reaches_the_width() -> None:
    rng = np.random.default_rng(11)
    pilot, width, covered = 20, 0.1, 0
    for _ in range(SETS):
        first, second = worlds(rng, pilot)
        wanted = replicates_for(second - first, width, 100_000)
        more = worlds(rng, wanted - pilot)
        differences = np.concatenate([second - first, more[1] - more[0]])
        mean, low, high = stein_interval(differences, pilot)
        assert (high - low) / 2.0 <= width + 1e-12
        assert low < mean < high
        covered += low <= EFFECT <= high
    assert covered / SETS >= EXPECTED - SLACK


def test_a_growing_sample_watched_until_it_looks_narrow_would_not_cover() -> None:
    """The reason for two stages: this is what the naive rule does."""
    rng = np.random.default_rng(13)
    covered = 0
    for _ in range(SETS):
        drawn = rng.normal(EFFECT, 1.0, 400)
        for count in range(3, 400):
            mean, spread = drawn[:count].mean(), drawn[:count].std(ddof=1)
            half = 1.96 * spread / math.sqrt(count)
            if half <= 0.5:
                break
        covered += abs(mean - EFFECT) <= half
    assert covered / SETS < EXPECTED - SLACK


def test_pairing_saves_as_many_replicates_as_the_variances_say() -> None:
    rng = np.random.default_rng(3)
    base, other = worlds(rng, 4000)
    found = paired_difference(base, other)
    # var(base) + var(other) over var(other - base): (4.25 + 4.25) / 0.5
    assert found.independent / found.n == pytest.approx(17.0, rel=0.1)


def test_equal_worlds_have_no_difference_at_all() -> None:
    values = np.arange(9.0)
    found = paired_difference(values, values)
    assert (found.mean, found.low, found.high) == (0.0, 0.0, 0.0)
    assert found.independent == math.inf


def test_replicates_without_a_value_on_either_side_are_left_out() -> None:
    nan = math.nan
    found = paired_difference(np.array([1.0, nan, 2.0, 4.0]), np.array([2.0, 3.0, nan, 5.0]))
    assert (found.n, found.mean) == (2, 1.0)
    nothing = paired_difference(np.array([nan]), np.array([1.0]))
    assert nothing.n == 0
    assert math.isnan(nothing.mean)


def test_a_paired_interval_is_the_one_worked_by_hand() -> None:
    """Levels differ by thousands; the interval knows the differences alone."""
    base = np.array([0.0, 1000.0, -3000.0, 500.0])
    found = paired_difference(base, base + np.array([1.0, 2.0, 3.0, 6.0]))
    half = 3.18244631 * (14.0 / 3.0 / 4.0) ** 0.5
    assert (found.mean, found.low, found.high) == pytest.approx((3.0, 3.0 - half, 3.0 + half))
    assert found.n == 4
    assert found.chance == pytest.approx((14.0 / 3.0) ** 0.5)
    levels = np.var(base, ddof=1) + np.var(base + np.array([1.0, 2.0, 3.0, 6.0]), ddof=1)
    assert found.independent == pytest.approx(4.0 * levels / (14.0 / 3.0))


def test_welchs_interval_is_the_one_worked_by_hand() -> None:
    """Variances 1 and 4 of means over 3 and 4 values, Welch-Satterthwaite degrees of freedom."""
    first, second = np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0, 8.0])
    parts = np.array([1.0 / 3.0, 20.0 / 3.0 / 4.0])
    freedom = parts.sum() ** 2 / (parts[0] ** 2 / 2.0 + parts[1] ** 2 / 3.0)
    half = t.ppf(0.975, freedom) * parts.sum() ** 0.5
    found = independent_difference(first, second)
    assert (found.mean, found.low, found.high) == pytest.approx((3.0, 3.0 - half, 3.0 + half))
    assert found.n == 3


def test_independent_replicates_without_spread_have_no_width() -> None:
    found = independent_difference(np.array([1.0, 1.0]), np.array([3.0, 3.0]))
    assert (found.mean, found.low, found.high) == (2.0, 2.0, 2.0)
    alone = independent_difference(np.array([1.0]), np.array([3.0, 5.0]))
    assert alone.mean == 3.0
    assert math.isnan(alone.low)
    assert independent_difference(np.array([math.nan]), np.array([3.0])).n == 0


def test_the_second_stage_is_as_large_as_the_first_ones_spread_asks_for() -> None:
    """t(3; 0.975) = 3.1824, spread sqrt(14 / 3): (3.1824 x 2.1602 / 0.5)^2 = 189.04."""
    pilot = np.array([1.0, 2.0, 3.0, 6.0])
    assert replicates_for(pilot, 0.5, 10_000) == 190
    assert replicates_for(pilot, 0.5, 100) == 100
    assert replicates_for(pilot, 50.0, 10_000) == 4
    assert replicates_for(np.array([*pilot, math.nan, math.nan]), 0.5, 10_000) == 284
    assert replicates_for(np.array([1.0, math.nan]), 0.5, 10_000) == 2


def test_steins_interval_keeps_the_first_stages_variance_and_degrees_of_freedom() -> None:
    pilot, more = np.array([1.0, 2.0, 3.0, 6.0]), np.array([100.0, -100.0, 3.0, 3.0])
    mean, low, high = stein_interval(np.concatenate([pilot, more]), 4)
    half = 3.18244631 * (14.0 / 3.0) ** 0.5 / 8.0**0.5
    assert mean == pytest.approx(18.0 / 8.0)
    assert (low, high) == pytest.approx((mean - half, mean + half))


def test_two_replicates_are_enough_for_all_that_pairing_tells() -> None:
    """Differences 1 and 2 have the variance 0.5, levels 0.5 and 2; t(1; 0.975) = 12.7062."""
    found = paired_difference(np.array([0.0, 1.0]), np.array([1.0, 3.0]))
    assert found.independent == pytest.approx(2.0 * 2.5 / 0.5)
    pilot = np.array([1.0, 3.0])
    assert replicates_for(pilot, 5.0, 10_000) == math.ceil((12.7062047 * 2.0**0.5 / 5.0) ** 2)
    mean, low, high = stein_interval(np.array([*pilot, 5.0, 7.0]), 2)
    half = 12.7062047 * 2.0**0.5 / 2.0
    assert (mean, low, high) == pytest.approx((4.0, 4.0 - half, 4.0 + half))


def test_a_difference_without_spread_is_told_from_worlds_without_spread() -> None:
    base = np.array([0.0, 0.25, 0.5])
    assert paired_difference(base, base + 1.0).independent == math.inf
    assert paired_difference(np.ones(3), np.ones(3)).independent == 3.0
