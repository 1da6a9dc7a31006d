"""Traits: a spread around a median that keeps everybody's rank."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.theory.traits import (
    first_normal,
    joined,
    place_among_men,
    second_normal,
    spread_around,
)
from tests.strategies import ROUNDING, SHARES, UNIFORMS, ordered

MEDIANS = st.floats(0.01, 0.99)
EVERYDAY_UNIFORMS = st.floats(1e-9, 1.0 - 1e-9)


def log_odds(share: float) -> float:
    return math.log(share / (1.0 - share))


@given(MEDIANS, SHARES)
def test_half_of_all_people_lie_below_the_median(median: float, spread: float) -> None:
    assert spread_around(median, spread, 0.5) == pytest.approx(median, abs=ROUNDING)


@given(MEDIANS, SHARES, UNIFORMS)
def test_a_trait_is_a_share_and_only_the_very_rarest_can_be_at_an_end(
    median: float, spread: float, uniform: float
) -> None:
    trait = spread_around(median, spread, uniform)
    assert 0.0 < trait <= 1.0
    if 1e-9 <= uniform <= 1.0 - 1e-9:
        assert trait < 1.0


@given(ordered(MEDIANS), SHARES, ordered(UNIFORMS))
def test_everybody_keeps_his_rank(
    medians: tuple[float, float], spread: float, uniforms: tuple[float, float]
) -> None:
    low, high = (spread_around(medians[0], spread, uniform) for uniform in uniforms)
    assert low <= high + ROUNDING
    assert low <= spread_around(medians[1], spread, uniforms[0]) + ROUNDING


@given(MEDIANS, st.floats(0.01, 1.0), EVERYDAY_UNIFORMS)
def test_the_log_odds_of_a_trait_follow_a_logistic_distribution(
    median: float, spread: float, uniform: float
) -> None:
    trait = spread_around(median, spread, uniform)
    standard = (log_odds(trait) - log_odds(median)) / spread
    assert standard == pytest.approx(log_odds(uniform), abs=1e-4)


@given(MEDIANS, UNIFORMS)
def test_without_spread_everybody_is_alike(median: float, uniform: float) -> None:
    assert spread_around(median, 0.0, uniform) == pytest.approx(median, abs=ROUNDING)


NORMALS = st.floats(-9.0, 9.0)


def test_two_uniforms_make_two_independent_standard_normal_numbers() -> None:
    uniforms = np.random.default_rng(3).random((20_000, 2))
    pairs = np.array([(first_normal(u, v), second_normal(u, v)) for u, v in uniforms])
    assert pairs.mean(axis=0) == pytest.approx(0.0, abs=0.03)
    assert np.cov(pairs.T) == pytest.approx(np.eye(2), abs=0.04)
    assert np.quantile(pairs[:, 0], 0.975) == pytest.approx(1.96, abs=0.06)


@given(NORMALS, NORMALS, SHARES)
def test_joined_numbers_keep_their_variance(own: float, shared: float, part: float) -> None:
    assert joined(own, shared, 0.0) == own
    assert joined(own, shared, 1.0) == shared
    weights = joined(1.0, 0.0, part), joined(0.0, 1.0, part)
    assert weights[0] ** 2 + weights[1] ** 2 == pytest.approx(1.0)


@given(ordered(NORMALS))
def test_a_place_among_men_is_a_uniform_number_that_keeps_rank(
    normals: tuple[float, float],
) -> None:
    low, high = (place_among_men(normal) for normal in normals)
    assert 0.0 < low <= high < 1.0
    assert place_among_men(-normals[1]) == pytest.approx(1.0 - high, abs=ROUNDING)


def test_known_places_among_men() -> None:
    assert place_among_men(0.0) == 0.5
    assert place_among_men(1.959963984540054) == pytest.approx(0.975, abs=1e-9)
