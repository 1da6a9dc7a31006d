"""Traits: a spread around a median that keeps everybody's rank."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.theory.traits import spread_around
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
