"""The analysis of a trial, held against textbooks: t-test, odds ratio, power, false positives."""

import math

import numpy as np
import pytest
from scipy.stats import ttest_ind

from engager_sim.studies.trial.analysis import (
    TrialEstimate,
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


def within_noise(share: float, expected: float, trials: int) -> bool:
    """Tell whether a share of trials lies within four standard errors of what is expected."""
    return abs(share - expected) < 4.0 * math.sqrt(expected * (1.0 - expected) / trials)


def is_null(estimate: TrialEstimate) -> bool:
    return not (estimate.low > 0.0 or estimate.high < 0.0)


def analysed(
    count: int, effect: float, men: int = 180, followed_up: float = 0.7
) -> list[tuple[Measured, TrialEstimate]]:
    dice = np.random.Generator(np.random.Philox(SEED))
    trials = [linear_trial(dice, men, effect, 7.4, followed_up) for _ in range(count)]
    return [(measured, difference_in_score(measured, 0, BOTH, LEVEL)) for measured in trials]


@pytest.mark.parametrize("effect", [1.5, -3.0])
def test_in_the_linear_limit_power_is_the_formulas(effect: float) -> None:
    estimates = [estimate for _, estimate in analysed(1500, effect)]
    arms = (
        float(np.mean([estimate.n_programme for estimate in estimates])),
        float(np.mean([estimate.n_usual_care for estimate in estimates])),
    )
    expected = float(textbook_power(effect, 7.4, arms, len(BOTH), LEVEL))
    assert 0.1 < expected < 0.9
    power = float(np.mean([not is_null(estimate) for estimate in estimates]))
    assert within_noise(power, expected, 1500)


def test_with_no_effect_one_trial_in_twenty_sees_one() -> None:
    estimates = [estimate for _, estimate in analysed(2000, 0.0)]
    seen = float(np.mean([not is_null(estimate) for estimate in estimates]))
    assert within_noise(seen, LEVEL, 2000)
    assert within_noise(float(np.mean([one.p < LEVEL for one in estimates])), LEVEL, 2000)


def test_intervals_hold_the_effect_as_often_as_they_say_and_estimates_are_not_biased() -> None:
    estimates = [estimate for _, estimate in analysed(1500, 2.0)]
    held = float(np.mean([one.low <= 2.0 <= one.high for one in estimates]))
    assert within_noise(held, 0.95, 1500)
    middles = np.array([estimate.estimate for estimate in estimates])
    assert abs(middles.mean() - 2.0) < 4.0 * middles.std() / math.sqrt(1500)
    assert np.mean([one.residual_sd for one in estimates]) == pytest.approx(7.4, rel=0.02)


def test_without_covariates_it_is_the_t_test_of_two_arms() -> None:
    dice = np.random.Generator(np.random.Philox(1))
    scores, programme = dice.normal(10.0, 3.0, 50), np.arange(50) % 3 == 0
    estimate = covariance(scores, programme, [], LEVEL)
    known = ttest_ind(scores[programme], scores[~programme])
    interval = known.confidence_interval(0.95)
    assert estimate.p == pytest.approx(known.pvalue)
    assert (estimate.low, estimate.high) == pytest.approx((interval.low, interval.high))
    assert (estimate.n_programme, estimate.n_usual_care) == (17, 33)


def test_adjusting_for_the_baseline_narrows_the_interval() -> None:
    ((measured, adjusted),) = analysed(1, 0.0)
    bare = difference_in_score(measured, 0, (), LEVEL)
    assert adjusted.standard_error < 0.9 * bare.standard_error


def test_men_lost_to_attrition_are_not_analysed_unless_everybody_is() -> None:
    ((measured, seen),) = analysed(1, 0.0)
    complete = difference_in_score(measured, 0, BOTH, LEVEL, everybody=True)
    assert seen.n_programme + seen.n_usual_care == np.count_nonzero(measured.followed)
    assert complete.n_programme + complete.n_usual_care == 180


@pytest.mark.parametrize("men", [0, 1, 4])
def test_too_few_men_give_no_estimate_and_so_a_null_trial(men: int) -> None:
    estimate = covariance(np.arange(men, dtype=float), np.arange(men) % 2 == 0, [], LEVEL)
    assert math.isnan(estimate.estimate)
    assert is_null(estimate)


def test_without_sites_the_odds_ratio_is_that_of_the_table() -> None:
    ((measured, _),) = analysed(1, 0.0)
    estimate = odds_of_service(measured, 0, (), LEVEL, everybody=True)
    cell = {
        (arm, seen): np.count_nonzero(
            measured.in_need & (measured.programme == arm) & (measured.seen == seen)
        )
        for arm in (True, False)
        for seen in (True, False)
    }
    odds = cell[True, True] * cell[False, False] / (cell[True, False] * cell[False, True])
    error = math.sqrt(sum(1.0 / count for count in cell.values()))
    assert estimate.estimate == pytest.approx(math.log(odds), abs=1e-6)
    assert estimate.standard_error == pytest.approx(error, rel=1e-4)


def test_a_site_where_everybody_was_seen_is_left_out_of_the_odds() -> None:
    ((measured, _),) = analysed(1, 0.0)
    measured.seen[measured.site == 1] = True
    estimate = odds_of_service(measured, 0, ("site",), LEVEL, everybody=True)
    here = measured.in_need & (measured.site == 0)
    assert estimate.n_programme + estimate.n_usual_care == np.count_nonzero(here)


def test_where_all_of_an_arm_were_seen_there_are_no_odds() -> None:
    ((measured, _),) = analysed(1, 0.0)
    measured.seen[measured.programme] = True
    assert math.isnan(odds_of_service(measured, 0, (), LEVEL).estimate)
    measured.seen[:] = True
    assert is_null(odds_of_service(measured, 0, ("site",), LEVEL))


def test_arms_that_follow_from_their_sites_are_not_told_apart() -> None:
    programme = np.arange(40) < 20
    scores = np.random.default_rng(1).normal(size=40)
    same = [programme.astype(float)]
    assert math.isnan(covariance(scores, programme, same, LEVEL).estimate)
    assert not math.isnan(covariance(scores, programme, [], LEVEL).estimate)
