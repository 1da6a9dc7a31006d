"""Power by the formula, and the men that it asks for: known answers."""

import numpy as np
import pytest
from scipy.stats import chi2, norm, t

from engager_sim.studies.trial.power import mean_power, men_needed, textbook_power

LEVEL = 0.05


def integrated_power(noncentrality: float, freedom: float, level: float) -> float:
    """Average the power of a z-test over the variance that the t-test divides by."""
    parts = np.linspace(0.0, 1.0, 40_001)
    roots = np.sqrt(chi2.ppf(0.5 * (parts[1:] + parts[:-1]), freedom) / freedom)
    limits = t.ppf(1.0 - level / 2.0, freedom) * roots
    return float(np.mean(norm.cdf(noncentrality - limits) + norm.cdf(-noncentrality - limits)))


@pytest.mark.parametrize(("effect", "men", "known"), [(0.5, 64.0, 0.8015), (0.8, 26.0, 0.8075)])
def test_power_is_that_of_cohens_tables(effect: float, men: float, known: float) -> None:
    assert textbook_power(effect, 1.0, (men, men), 0, LEVEL) == pytest.approx(known, abs=1e-4)


@pytest.mark.parametrize("covariates", [0, 2, 5])
@pytest.mark.parametrize(
    ("effect", "arms"),
    [
        (-2.0, (20.0, 20.0)),
        (1.1, (92.0, 80.0)),
        (8.0, (92.0, 80.0)),
        (0.1, (30_000.0, 25_000.0)),
        (40.0, (6.0, 5.5)),
    ],
)
def test_covariates_take_degrees_of_freedom(
    effect: float, arms: tuple[float, float], covariates: int
) -> None:
    noncentrality = abs(effect) / (7.4 * (1.0 / arms[0] + 1.0 / arms[1]) ** 0.5)
    known = integrated_power(noncentrality, sum(arms) - 2.0 - covariates, LEVEL)
    power = textbook_power(effect, 7.4, arms, covariates, LEVEL)
    assert power == pytest.approx(known, abs=1e-5)


@pytest.mark.parametrize("men", [100.0, 20_000.0, 900_000.0])
def test_power_without_an_effect_is_the_level_and_with_a_huge_one_certain(men: float) -> None:
    assert textbook_power(0.0, 7.0, (men, men), 2, LEVEL) == pytest.approx(LEVEL, abs=1e-9)
    assert textbook_power(50.0, 7.0, (men, men), 2, LEVEL) == pytest.approx(1.0)


def test_a_trial_of_few_men_at_a_strict_level_is_not_certain_of_any_effect() -> None:
    """7 men, 2 covariates, a level of 0.0001: the limit of the test is 28 standard errors."""
    power = textbook_power(40.0, 1.0, (3.5, 3.15), 2, 0.0001)
    assert power == pytest.approx(integrated_power(40.0 / 0.776, 2.65, 0.0001), abs=0.01)
    assert power < 0.9


def test_power_is_not_given_where_there_is_none() -> None:
    assert np.isnan(textbook_power(1.0, 7.0, (1.0, 1.0), 2, LEVEL))
    assert np.isnan(textbook_power(1.0, 0.0, (50.0, 50.0), 2, LEVEL))
    assert np.isnan(mean_power(np.array([]), 7.0, (50.0, 50.0), 2, LEVEL))


@pytest.mark.parametrize("effect", [0.2, 1.0, 4.0])
def test_the_men_needed_have_the_power_wanted(effect: float) -> None:
    men = men_needed(np.array([effect]), 7.4, 0.65, 2, LEVEL, 0.8)
    enough, too_few = 0.5 * 0.65 * men, 0.5 * 0.65 * (men - 1.0)
    assert textbook_power(effect, 7.4, (enough, enough), 2, LEVEL) >= 0.8
    assert textbook_power(effect, 7.4, (too_few, too_few), 2, LEVEL) < 0.8


def test_no_number_of_men_shows_an_effect_that_is_not_there() -> None:
    assert men_needed(np.array([0.0]), 7.4, 0.65, 2, LEVEL, 0.8) == np.inf
    assert np.isnan(men_needed(np.array([1.0]), 7.4, 0.0, 2, LEVEL, 0.8))


def test_power_over_effects_of_both_signs_is_not_that_of_their_mean() -> None:
    effects, arms = np.array([-2.0, 2.0]), (400.0, 400.0)
    assert mean_power(effects, 7.4, arms, 2, LEVEL) == pytest.approx(
        float(textbook_power(2.0, 7.4, arms, 2, LEVEL))
    )
    assert men_needed(effects, 7.4, 1.0, 2, LEVEL, 0.8) < 1_000
