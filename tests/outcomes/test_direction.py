"""Directions are said of declared outcomes, and only where every man counts."""

from engager_sim.outcomes.direction import DIRECTIONS, LESS_IS_BETTER, MORE_IS_BETTER
from engager_sim.outcomes.measurement import MEANS


def test_each_outcome_with_a_direction_is_a_mean_over_all_men() -> None:
    means = {outcome.id: outcome for outcome in MEANS}
    assert set(DIRECTIONS) <= set(means)
    assert {means[name].denominator for name in DIRECTIONS} == {"all men"}


def test_no_outcome_is_better_both_ways() -> None:
    assert not set(MORE_IS_BETTER) & set(LESS_IS_BETTER)
