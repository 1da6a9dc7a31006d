"""The analysis of a trial, held against textbooks: t-test, odds ratio, power, false positives."""

import math

import numpy as np
import pytest
from scipy.stats import ttest_ind

from engager_sim.studies.trial.analysis import (
    Estimate,
    covariance,
    difference_in_score,
    odds_of_service,
)
from engager_sim.studies.trial.measurement import Measured
from engager_sim.studies.trial.power import textbook_power
from tests.studies.trial.made_up import linear_trial

BOTH = ("baseline", "site")
LEVEL = 0.05
SEED = 20_260


def within_chance(share: float, expected: float, trials: int) -> bool:
    """Tell whether a share of trials lies within four standard errors of what is expected."""
    return abs(share - expected) < 4.0 * math.sqrt(expected * (1.0 - expected) / trials)


def analysed(
    count: int, effect: float, men: int = 180, followed_up: float = 0.7
) -> list[tuple[Measured, Estimate]]:
    dice = np.random.Generator(np.random.Philox(SEED))
    made = [linear_trial(dice, men, effect, 7.4, followed_up) for _ in range(count)]
    return [(each, difference_in_score(each, 0, BOTH, LEVEL)) for each in made]


@pytest.mark.parametrize("effect", [1.5, -3.0])
def test_in_the_linear_limit_power_is_the_formulas(effect: float) -> None:
    found = [estimate for _, estimate in analysed(1500, effect)]
    arms = (
        float(np.mean([each.n_programme for each in found])),
        float(np.mean([each.n_usual_care for each in found])),
    )
    expected = textbook_power(effect, 7.4, arms, len(BOTH), LEVEL)
    assert 0.1 < expected < 0.9
    assert within_chance(float(np.mean([not each.is_null for each in found])), expected, 1500)


def test_with_no_effect_one_trial_in_twenty_sees_one() -> None:
    found = [estimate for _, estimate in analysed(2000, 0.0)]
    assert within_chance(float(np.mean([not each.is_null for each in found])), LEVEL, 2000)
    assert within_chance(float(np.mean([each.p < LEVEL for each in found])), LEVEL, 2000)


def test_intervals_hold_the_effect_as_often_as_they_say_and_estimates_are_not_biased() -> None:
    found = [estimate for _, estimate in analysed(1500, 2.0)]
    held = float(np.mean([each.low <= 2.0 <= each.high for each in found]))
    assert within_chance(held, 0.95, 1500)
    estimates = np.array([each.estimate for each in found])
    assert abs(estimates.mean() - 2.0) < 4.0 * estimates.std() / math.sqrt(1500)
    assert np.mean([each.residual_sd for each in found]) == pytest.approx(7.4, rel=0.02)


def test_without_covariates_it_is_the_t_test_of_two_arms() -> None:
    dice = np.random.Generator(np.random.Philox(1))
    scores, programme = dice.normal(10.0, 3.0, 50), np.arange(50) % 3 == 0
    found = covariance(scores, programme, [], LEVEL)
    known = ttest_ind(scores[programme], scores[~programme])
    interval = known.confidence_interval(0.95)
    assert found.p == pytest.approx(known.pvalue)
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high))
    assert (found.n_programme, found.n_usual_care) == (17, 33)


def test_adjusting_for_the_baseline_narrows_the_interval() -> None:
    ((measured, adjusted),) = analysed(1, 0.0)
    bare = difference_in_score(measured, 0, (), LEVEL)
    assert adjusted.standard_error < 0.9 * bare.standard_error


def test_men_who_were_lost_are_not_analysed_unless_everybody_is() -> None:
    ((measured, seen),) = analysed(1, 0.0)
    complete = difference_in_score(measured, 0, BOTH, LEVEL, everybody=True)
    assert seen.n_programme + seen.n_usual_care == np.count_nonzero(measured.followed)
    assert complete.n_programme + complete.n_usual_care == 180


@pytest.mark.parametrize("men", [0, 1, 4])
def test_too_few_men_give_no_estimate_and_so_a_null_trial(men: int) -> None:
    found = covariance(np.arange(men, dtype=float), np.arange(men) % 2 == 0, [], LEVEL)
    assert math.isnan(found.estimate)
    assert found.is_null


def test_without_sites_the_odds_ratio_is_that_of_the_table() -> None:
    ((measured, _),) = analysed(1, 0.0)
    found = odds_of_service(measured, 0, (), LEVEL, everybody=True)
    cell = {
        (arm, seen): np.count_nonzero(
            measured.in_need & (measured.programme == arm) & (measured.seen == seen)
        )
        for arm in (True, False)
        for seen in (True, False)
    }
    odds = cell[True, True] * cell[False, False] / (cell[True, False] * cell[False, True])
    error = math.sqrt(sum(1.0 / count for count in cell.values()))
    assert found.estimate == pytest.approx(math.log(odds), abs=1e-6)
    assert found.standard_error == pytest.approx(error, rel=1e-4)


def test_a_site_where_everybody_was_seen_is_left_out_of_the_odds() -> None:
    ((measured, _),) = analysed(1, 0.0)
    measured.seen[measured.site == 1] = True
    found = odds_of_service(measured, 0, ("site",), LEVEL, everybody=True)
    here = measured.in_need & (measured.site == 0)
    assert found.n_programme + found.n_usual_care == np.count_nonzero(here)


def test_where_all_of_an_arm_were_seen_there_are_no_odds() -> None:
    ((measured, _),) = analysed(1, 0.0)
    measured.seen[measured.programme] = True
    assert math.isnan(odds_of_service(measured, 0, (), LEVEL).estimate)
    measured.seen[:] = True
    assert odds_of_service(measured, 0, ("site",), LEVEL).is_null


def test_arms_that_follow_from_their_sites_are_not_told_apart() -> None:
    programme = np.arange(40) < 20
    scores = np.random.default_rng(1).normal(size=40)
    same = [programme.astype(float)]
    assert math.isnan(covariance(scores, programme, same, LEVEL).estimate)
    assert not math.isnan(covariance(scores, programme, [], LEVEL).estimate)
