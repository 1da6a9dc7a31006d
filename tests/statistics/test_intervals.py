"""Means and intervals: chance, parameters and structure are told apart."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from engager_sim.scenarios.fitted_parameters import REPLICATES_PER_DRAW, Drawn
from engager_sim.statistics.intervals import estimate, mean_and_interval

RNG_SEED = 11


def nested(
    draws: int, chance: float, parameters: float, structure: float, seed: int = RNG_SEED
) -> tuple[np.ndarray, Drawn]:
    """Values whose sources of spread are known: two theories, draws within, noise within these."""
    rng = np.random.default_rng(seed)
    rivals = rng.integers(0, 2, draws)
    centres = np.array([-1.0, 1.0])[rivals] * structure + rng.normal(0.0, parameters, draws)
    values = np.repeat(centres, REPLICATES_PER_DRAW) + rng.normal(
        0.0, chance, draws * REPLICATES_PER_DRAW
    )
    return values, Drawn(
        np.repeat(np.arange(draws), REPLICATES_PER_DRAW), np.repeat(rivals, REPLICATES_PER_DRAW)
    )


def test_the_mean_is_that_of_replicates_and_a_last_odd_one_weighs_less() -> None:
    """Draws with means 1, 5 and 9, the last of one replicate: weights 2/5, 2/5, 1/5."""
    drawn = Drawn(np.array([0, 0, 1, 1, 2]), np.zeros(5, np.int64))
    found = estimate(np.array([0.0, 2.0, 4.0, 6.0, 9.0]), drawn)
    assert found.mean == pytest.approx(4.2)
    assert found.chance == pytest.approx(2.0**0.5)


def test_a_spread_far_from_0_loses_no_digits() -> None:
    values, drawn = nested(60, 1.0, 0.5, 0.3)
    near, far = (estimate(values + offset, drawn) for offset in (0.0, 1e8))
    assert far.high - far.low == pytest.approx(near.high - near.low, rel=1e-6)


def test_draws_that_are_reused_are_no_new_draws() -> None:
    """Ten draws without noise, each used four times, are known as ten are, not as forty."""
    values = np.random.default_rng(3).normal(0.0, 1.0, 10)
    once = Drawn(np.arange(10).repeat(2), np.zeros(20, np.int64))
    again = Drawn(np.tile(once.draws, 4), np.zeros(80, np.int64))
    first = estimate(values.repeat(2), once)
    more = estimate(np.tile(values.repeat(2), 4), again)
    assert (more.low, more.high) == pytest.approx((first.low, first.high))


def test_intervals_cover_where_draws_are_reused_unevenly() -> None:
    """Twelve draws, eight of them used twice: one more expectation lies inside in 95% of cases."""
    rng, inside, cases = np.random.default_rng(4), 0, 1500
    draws = (np.arange(40) // 2) % 12
    for _ in range(cases):
        values = rng.normal(0.0, 1.0, 12)[draws] + rng.normal(0.0, 1.0, 40)
        found = estimate(values, Drawn(draws, np.zeros(40, np.int64)))
        inside += found.low <= rng.normal(0.0, 1.0) <= found.high
    assert inside / cases == pytest.approx(0.95, abs=0.02)


@pytest.mark.parametrize(
    ("chance", "parameters", "structure"),
    [(1.0, 0.0, 0.0), (1.0, 2.0, 0.0), (0.5, 1.0, 2.0), (0.0, 1.0, 0.0), (2.0, 0.0, 1.0)],
)
def test_the_three_sources_of_a_known_spread_are_found(
    chance: float, parameters: float, structure: float
) -> None:
    values, drawn = nested(4000, chance, parameters, structure)
    found = estimate(values, drawn)
    largest = max(chance, parameters, structure)
    assert found.chance == pytest.approx(chance, abs=0.05 * largest)
    assert found.parameters == pytest.approx(parameters, abs=0.2 * largest)
    assert found.structure == pytest.approx(structure, abs=0.2 * largest)


def test_the_interval_covers_the_expectation_of_a_new_draw() -> None:
    """Nominal 95%: over 400 small samples, between 92% and 98% of new expectations lie inside."""
    inside = 0
    for seed in range(400):
        values, drawn = nested(20, 1.0, 1.0, 0.0, seed)
        new = np.random.default_rng([seed, 1]).normal(0.0, 1.0)
        found = estimate(values, drawn)
        inside += found.low <= new <= found.high
    assert 0.92 <= inside / 400 <= 0.98


@pytest.mark.parametrize("draws", [10, 50, 200])
def test_the_interval_covers_where_chance_hides_what_parameters_do(draws: int) -> None:
    """In many such samples the estimate of what parameters do is 0; the interval allows for it."""
    inside = hidden = 0
    for seed in range(400):
        values, drawn = nested(draws, 6.0, 1.7, 0.0, seed)
        new = np.random.default_rng([seed, 1]).normal(0.0, 1.7)
        found = estimate(values, drawn)
        inside += found.low <= new <= found.high
        hidden += found.parameters == 0.0
    assert hidden > 40
    assert inside / 400 >= 0.92


def test_without_parameters_drawn_the_interval_is_students() -> None:
    values = np.array([1.0, 2.0, np.nan, 4.0])
    found = estimate(values)
    assert found[:3] == mean_and_interval(np.array([1.0, 2.0, 4.0]))
    assert found.n == 3
    assert np.isnan([found.parameters, found.structure]).all()


def test_where_parameters_do_nothing_the_interval_closes_as_replicates_grow() -> None:
    widths = []
    for draws in (40, 40_000):
        found = estimate(*nested(draws, 1.0, 0.0, 0.0))
        widths.append(found.high - found.low)
    assert widths[1] < 0.4 * widths[0]


def test_more_replicates_shrink_chance_and_not_what_is_unknown() -> None:
    """Of a spread of 1 between draws, plus and minus 1.96 stay however many there are."""
    many = estimate(*nested(20_000, 1.0, 1.0, 0.0))
    assert many.high - many.low == pytest.approx(2.0 * 1.96, abs=0.15)


@given(st.lists(st.floats(-1e3, 1e3), min_size=8, max_size=8), st.integers(0, 7))
@settings(max_examples=60)
def test_missing_values_are_left_out_and_nothing_fails(values: list[float], gap: int) -> None:
    its = np.array(values)
    its[gap] = np.nan
    drawn = Drawn(np.arange(8) // REPLICATES_PER_DRAW, np.array([0, 0, 0, 0, 1, 1, 1, 1]))
    found = estimate(its, drawn)
    assert found.n == 7
    assert found.low <= found.mean <= found.high
    assert min(found.chance, found.parameters, found.structure) >= 0.0


def test_one_draw_of_each_theory_does_not_tell_structure_from_parameters() -> None:
    drawn = Drawn(np.array([0, 0, 1, 1]), np.array([0, 0, 1, 1]))
    found = estimate(np.array([0.0, 0.1, 4.0, 4.1]), drawn)
    assert found.structure == 0.0
    assert found.parameters == pytest.approx(2.83, abs=0.05)


def test_no_value_at_all_is_said() -> None:
    assert estimate(np.full(4, np.nan)).n == 0


def test_the_interval_of_a_small_sample_is_the_one_worked_by_hand() -> None:
    """Three draws of one theory with two replicates each, and Student's t by its table.

    Means 1, 4 and 10 have the variance 21 between draws; replicates differ by 2 within each, so
    noise has the variance 2, and 1 of a mean of two. The standard error of 21 - 1 is
    sqrt(2 (21^2 / 2 + 1^2 / 3)) = 21.016; a normal distribution about 20 with it, cut off below 0,
    has the mean 26.4276. The half width is t(2; 0.975) sqrt(26.4276 + 21 / 3).
    """
    values = np.array([0.0, 2.0, 3.0, 5.0, 9.0, 11.0])
    drawn = Drawn(np.array([0, 0, 1, 1, 2, 2]), np.zeros(6, np.int64))
    found = estimate(values, drawn)
    error = (2.0 * (21.0**2 / 2.0 + 1.0 / 3.0)) ** 0.5
    ratio = 20.0 / error
    cut = 20.0 + error * norm.pdf(ratio) / norm.cdf(ratio)
    assert cut == pytest.approx(26.4276, abs=1e-3)
    half = 4.30265273 * (cut + 7.0) ** 0.5
    assert found.mean == pytest.approx(5.0)
    assert (found.low, found.high) == pytest.approx((5.0 - half, 5.0 + half), rel=1e-6)
    assert found.chance == pytest.approx(2.0**0.5)
    assert found.parameters == pytest.approx(20.0**0.5)
    assert found.structure == 0.0


def test_structure_is_the_variance_between_theories_less_what_draws_make_of_it() -> None:
    """Two draws of each theory without noise: worked by hand."""
    values = np.repeat([0.0, 2.0, 10.0, 12.0], 2)
    drawn = Drawn(np.repeat(np.arange(4), 2), np.repeat([0, 0, 1, 1], 2))
    found = estimate(values, drawn)
    # Within a theory the draws' variance is 2; centres 1 and 11 lie 5 from their mean, of which
    # 0.5 (1 - 0.5) 2 / 2 twice is what two draws of each would make alone.
    assert found.parameters**2 == pytest.approx(2.0)
    assert found.structure**2 == pytest.approx(25.0 - 0.5)
    assert found.chance == 0.0


def test_students_interval_is_the_one_of_the_table() -> None:
    mean, low, high = mean_and_interval(np.array([1.0, 2.0, 3.0, 6.0]))
    half = 3.18244631 * (14.0 / 3.0 / 4.0) ** 0.5
    assert (mean, low, high) == pytest.approx((3.0, 3.0 - half, 3.0 + half))
    assert np.isnan(mean_and_interval(np.array([]))).all()
    alone = mean_and_interval(np.array([2.0]))
    assert alone[0] == 2.0
    assert np.isnan(alone[1:]).all()


def test_of_single_runs_the_spread_is_their_standard_deviation_and_one_run_has_none() -> None:
    assert estimate(np.array([1.0, 3.0])).chance == pytest.approx(2.0**0.5)
    alone = estimate(np.array([np.nan, 2.0]))
    assert (alone.mean, alone.n) == (2.0, 1)
    assert np.isnan([alone.low, alone.high, alone.chance]).all()


def test_an_interval_is_the_same_in_any_unit() -> None:
    values, drawn = nested(6, 1.0, 1.0, 1.0)
    found, scaled = estimate(values, drawn), estimate(3.0 * values, drawn)
    assert scaled.n == found.n
    assert 3.0 * np.delete(found, 3) == pytest.approx(np.delete(scaled, 3))


def test_noise_is_known_where_one_draw_at_least_has_two_replicates() -> None:
    found = estimate(np.array([0.0, 2.0, 9.0]), Drawn(np.array([0, 0, 1]), np.zeros(3, np.int64)))
    assert found.chance == pytest.approx(2.0**0.5)
    # Draws of means 1 and 9 have the variance 32, of which 2 (1 / 2 + 1) / 2 is noise.
    assert found.parameters**2 == pytest.approx(32.0 - 1.5)
    single = estimate(np.array([1.0, 9.0]), Drawn(np.arange(2), np.zeros(2, np.int64)))
    assert np.isnan([single.chance, single.parameters]).all()


def test_three_theories_have_a_structure_too() -> None:
    """Centres 1, 11 and 21 of two draws each; a draw's variance within a theory is 2."""
    values = np.repeat([0.0, 2.0, 10.0, 12.0, 20.0, 22.0], 2)
    found = estimate(values, Drawn(np.repeat(np.arange(6), 2), np.repeat([0, 1, 2], 4)))
    assert found.structure**2 == pytest.approx(200.0 / 3.0 - 3 * (1.0 / 3.0) * (2.0 / 3.0) * 1.0)


def test_widths_from_400_draws_are_those_from_ten_times_as_many_within_a_tenth() -> None:
    """Noise twice as large as what draws do: a default comparison's differences are about so."""
    many, few = [], []
    for seed in range(40):
        values, drawn = nested(4000, 2.0, 1.0, 0.0, seed)
        first = np.arange(800)
        many.append(estimate(values, drawn))
        few.append(estimate(values[first], Drawn(drawn.draws[first], drawn.rivals[first])))
    ratios = np.array([(a.high - a.low) / (b.high - b.low) for a, b in zip(few, many, strict=True)])
    assert np.mean(np.abs(ratios - 1.0) <= 0.1) >= 0.5
    assert np.median(ratios) == pytest.approx(1.0, abs=0.05)


def test_without_much_noise_nearly_all_widths_are() -> None:
    ratios = []
    for seed in range(40):
        values, drawn = nested(4000, 0.5, 1.0, 0.0, seed)
        first = np.arange(800)
        many = estimate(values, drawn)
        few = estimate(values[first], Drawn(drawn.draws[first], drawn.rivals[first]))
        ratios.append((few.high - few.low) / (many.high - many.low))
    assert np.mean(np.abs(np.array(ratios) - 1.0) <= 0.1) >= 0.95
