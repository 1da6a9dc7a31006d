"""Surveyed ties: what stays of a survey, and what the levers move."""

import pytest
from hypothesis import given

from engager_sim.theory.surveyed_ties import share_outdated, surveyed_strength
from tests.strategies import ROUNDING, SHARES, SWITCHES, ordered


@given(SHARES, SHARES)
def test_at_the_levels_of_the_survey_everything_is_as_surveyed(share: float, level: float) -> None:
    assert surveyed_strength(share, level, level) == share
    assert share_outdated(0, level, level) == share_outdated(1, level, level) == 0.0


@given(SHARES, SHARES, ordered(SHARES))
def test_a_higher_lever_never_weakens_a_surveyed_tie(
    strength: float, then: float, levels: tuple[float, float]
) -> None:
    weak, strong = (surveyed_strength(strength, then, level) for level in levels)
    assert weak <= strong + ROUNDING


def test_a_tie_as_strong_as_the_lever_was_is_as_strong_as_the_lever_is() -> None:
    assert surveyed_strength(0.15, 0.15, 0.6) == pytest.approx(0.6)
    assert 0.0 < surveyed_strength(0.0, 0.15, 0.6) < 0.6 < surveyed_strength(1.0, 0.15, 0.6) == 1.0


@given(SHARES, SHARES, SWITCHES)
def test_surveyed_pairs_move_as_the_share_does(then: float, level: float, answer: int) -> None:
    outdated = share_outdated(answer, then, level)
    assert 0.0 <= outdated <= 1.0 + ROUNDING
    assert outdated == 0.0 or (level > then) == (answer == 0)
    with_record = then * (1.0 - share_outdated(1, then, level)) + level * (
        then * share_outdated(1, then, level) + (1.0 - then) * share_outdated(0, then, level)
    )
    assert with_record == pytest.approx(level)
