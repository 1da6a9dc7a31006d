"""Power by the formula, shares of trials, and Shapley values: known answers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.power import TTestIndPower

from engager_sim.scenarios.fitted_parameters import Drawn
from engager_sim.statistics.proportions import share
from engager_sim.statistics.shapley import shapley
from engager_sim.studies.trial.power import mean_power, men_needed, textbook_power


@pytest.mark.parametrize("effect", [0.05, 0.3, 0.8])
@pytest.mark.parametrize("arms", [(20.0, 20.0), (92.0, 80.0)])
def test_the_formula_is_the_one_of_statsmodels(effect: float, arms: tuple[float, float]) -> None:
    known = TTestIndPower().power(effect, arms[0], 0.05, ratio=arms[1] / arms[0])
    assert textbook_power(2.0 * effect, 2.0, arms, 0, 0.05) == pytest.approx(known, abs=1e-9)


@pytest.mark.parametrize("men", [100.0, 20_000.0, 900_000.0])
def test_power_without_an_effect_is_the_level_and_with_a_huge_one_certain(men: float) -> None:
    assert textbook_power(0.0, 7.0, (men, men), 2, 0.05) == pytest.approx(0.05, abs=1e-4)
    assert textbook_power(50.0, 7.0, (men, men), 2, 0.05) == pytest.approx(1.0)


def test_power_is_not_given_where_there_is_none() -> None:
    assert np.isnan(textbook_power(1.0, 7.0, (1.0, 1.0), 2, 0.05))
    assert np.isnan(textbook_power(1.0, 0.0, (50.0, 50.0), 2, 0.05))


@pytest.mark.parametrize("effect", [0.2, 1.0, 4.0])
def test_the_men_needed_have_the_power_wanted(effect: float) -> None:
    men = men_needed(np.array([effect]), 7.4, 0.65, 2, 0.05, 0.8)
    analysed = 0.5 * 0.65 * men
    assert textbook_power(effect, 7.4, (analysed, analysed), 2, 0.05) == pytest.approx(
        0.8, abs=0.01
    )


def test_no_number_of_men_shows_an_effect_that_is_not_there() -> None:
    assert men_needed(np.array([0.0]), 7.4, 0.65, 2, 0.05, 0.8) == np.inf


def test_power_over_effects_of_both_signs_is_not_that_of_their_mean() -> None:
    effects, arms = np.array([-2.0, 2.0]), (400.0, 400.0)
    assert mean_power(effects, 7.4, arms, 2, 0.05) == pytest.approx(
        textbook_power(2.0, 7.4, arms, 2, 0.05)
    )
    assert men_needed(effects, 7.4, 1.0, 2, 0.05, 0.8) < 1_000


def test_power_at_a_strict_level_is_not_taken_for_certain() -> None:
    """13 men and a level of 0.0001: two arms 4 standard deviations apart are often missed."""
    power = textbook_power(4.0, 1.0, (6.5, 6.5), 0, 0.0001)
    assert 0.7 < power < 0.9


def test_shares_of_trials_under_drawn_parameters_are_over_draws() -> None:
    drawn = Drawn(np.repeat(np.arange(50), 2), np.zeros(100, np.int64))
    cases = np.repeat(np.arange(50) % 2 == 0, 2)  # both trials of a draw alike
    _, low, high = share(cases, drawn)
    assert (low, high) == (0.0, 1.0)
    assert share(cases)[2] < 0.61


def test_wilsons_interval_is_the_known_one() -> None:
    middle, low, high = share(np.arange(10) < 1)
    assert (middle, low, high) == pytest.approx((0.1, 0.01788, 0.40415), abs=1e-4)
    assert share(np.zeros(50, bool))[1] == 0.0
    assert np.isnan(share(np.zeros(0, bool))).all()


CORNERS = st.lists(st.floats(-10.0, 10.0), min_size=8, max_size=8).map(np.array)


@given(CORNERS)
def test_shapley_parts_sum_to_the_whole(corners: np.ndarray) -> None:
    assert shapley(corners).sum() == pytest.approx(corners[-1] - corners[0], abs=1e-9)


@given(st.lists(st.floats(-10.0, 10.0), min_size=3, max_size=3))
def test_parts_that_only_add_get_what_they_add(adds: list[float]) -> None:
    corners = np.array([sum(adds[k] for k in range(3) if corner >> k & 1) for corner in range(8)])
    assert shapley(corners) == pytest.approx(np.array(adds), abs=1e-9)


def test_parts_that_work_only_together_share_evenly() -> None:
    corners = np.zeros((5, 8))
    corners[:, 7] = 6.0
    assert np.allclose(shapley(corners), 2.0)
    both = np.array([0.0, 0.0, 0.0, 4.0])
    assert np.allclose(shapley(both), [2.0, 2.0])
