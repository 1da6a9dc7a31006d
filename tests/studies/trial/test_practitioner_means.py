"""The main analysis: worked by hand, against Welch, and where there is nothing to find."""

import dataclasses
import math

import numpy as np
import numpy.typing as npt
import pytest
from scipy.stats import ttest_ind

from docs.false_positives import ICCS, drawn_trial, false_positives
from engager_sim.studies.trial.analysis import difference_in_score
from engager_sim.studies.trial.mixed_model import difference_in_mixed_model
from engager_sim.studies.trial.practitioner_means import (
    PartOfDifference,
    compare_practitioners,
    difference_between_practitioners,
    intraclass_correlation,
    satterthwaite,
    weighted_mean,
)

LEVEL = 0.05
TRIALS = 200


def trial_of(
    means: list[float], men: int, individuals: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
    """Make scores whose practitioners have so many men, spread about these means."""
    spread = np.linspace(-1.0, 1.0, men)
    scores = np.concatenate([*(mean + spread for mean in means), individuals])
    practitioner = np.repeat(np.arange(len(means)), men)
    practitioner = np.concatenate([practitioner, np.full(len(individuals), -1)])
    return scores, practitioner >= 0, practitioner


def test_the_freedom_of_a_sum_is_satterthwaites() -> None:
    """Variances 4 and 1 of 2 and 8 degrees: 5^2 / (16/2 + 1/8) = 25 / 8.125 = 3.0769."""
    parts = [PartOfDifference(0.0, 4.0, 2.0), PartOfDifference(0.0, 1.0, 8.0)]
    variance, freedom = satterthwaite(parts)
    assert variance == 5.0
    assert freedom == pytest.approx(25.0 / 8.125)


def test_equal_weights_give_the_variance_of_a_mean_and_one_degree_less_than_units() -> None:
    means = np.array([1.0, 2.0, 4.0, 9.0])
    part = weighted_mean(means, np.full(4, 7.0))
    assert part.mean == 4.0
    assert part.variance == pytest.approx(np.var(means, ddof=1) / 4.0)
    assert part.freedom == pytest.approx(3.0)


def test_unequal_weights_are_worked_by_hand() -> None:
    """Weights 1/2, 1/4, 1/4, so a = 1/2, 1/12, 1/12.

    Mean of 4, 0, 8: 4; squares about it 0, 16, 16; variance 2 * 16 / 12. Freedom: 1 / (3/8 + 4/9 -
    19/72) = 1 / (5/9) = 1.8.
    """
    part = weighted_mean(np.array([4.0, 0.0, 8.0]), np.array([2.0, 1.0, 1.0]))
    assert part.mean == pytest.approx(4.0)
    assert part.variance == pytest.approx(32.0 / 12.0)
    assert part.freedom == pytest.approx(1.8)


def test_the_variance_of_an_unequally_weighted_mean_is_not_biased() -> None:
    dice = np.random.default_rng(3)
    weights = np.array([1.0, 2.0, 5.0])
    spreads = weights**-0.5
    parts = [weighted_mean(dice.normal(0.0, spreads), weights) for _ in range(20_000)]
    expected = float(((weights / weights.sum()) ** 2 * spreads**2).sum())
    assert np.mean([part.variance for part in parts]) == pytest.approx(expected, rel=0.03)


def test_practitioners_with_equally_many_men_are_compared_by_welch() -> None:
    means = [1.0, 4.0, 5.0, 9.0]
    individuals = np.random.default_rng(2).normal(3.0, 2.0, 30)
    estimate = compare_practitioners(*trial_of(means, 6, individuals), None, LEVEL)
    known = ttest_ind(means, individuals, equal_var=False)
    interval = known.confidence_interval(0.95)
    assert estimate.p == pytest.approx(known.pvalue)
    assert estimate.freedom == pytest.approx(known.df)
    assert (estimate.low, estimate.high) == pytest.approx((interval.low, interval.high))
    assert (estimate.n_programme, estimate.n_usual_care) == (24, 30)


def test_two_clustered_arms_are_compared_by_welch_of_their_means() -> None:
    scores, _, practitioner = trial_of([1.0, 4.0, 5.0, 9.0, 2.0, 8.0, 3.0], 6, np.zeros(0))
    programme = practitioner < 4
    estimate = compare_practitioners(scores, programme, practitioner, None, LEVEL)
    known = ttest_ind([1.0, 4.0, 5.0, 9.0], [2.0, 8.0, 3.0], equal_var=False)
    assert estimate.p == pytest.approx(known.pvalue)
    assert estimate.freedom == pytest.approx(known.df)


def test_means_that_agree_by_chance_are_not_taken_for_well_known() -> None:
    individuals = np.random.default_rng(2).normal(3.0, 1.0, 30)
    scores, programme, practitioner = trial_of([4.0, 4.0, 4.0], 6, individuals)
    estimate = compare_practitioners(scores, programme, practitioner, None, LEVEL)
    inside = np.concatenate([scores[programme] - 4.0, individuals - individuals.mean()])
    within = float(inside @ inside) / (len(scores) - 4)
    variance = within / 18.0 + float(np.var(individuals, ddof=1)) / 30.0
    assert estimate.standard_error == pytest.approx(variance**0.5)


def test_men_whom_nobody_was_given_count_in_their_arm() -> None:
    dice = np.random.default_rng(4)
    scores, programme, practitioner = trial_of([1.0, 4.0, 6.0], 5, dice.normal(3.0, 1.0, 40))
    programme[-10:] = True
    estimate = compare_practitioners(scores, programme, practitioner, None, LEVEL)
    expected = scores[programme].mean() - scores[~programme].mean()
    assert estimate.estimate == pytest.approx(expected)
    assert (estimate.n_programme, estimate.n_usual_care) == (25, 30)


def test_a_baseline_that_scores_follow_is_taken_out() -> None:
    scores, programme, practitioner = trial_of([0.0, 0.5, 1.0, 1.5], 8, np.linspace(-1, 1, 32))
    baseline = np.random.default_rng(5).normal(0.0, 4.0, 64)
    bare = compare_practitioners(scores, programme, practitioner, None, LEVEL)
    follows = compare_practitioners(scores + baseline, programme, practitioner, baseline, LEVEL)
    blind = compare_practitioners(scores + baseline, programme, practitioner, None, LEVEL)
    assert abs(follows.estimate - bare.estimate) < 0.2
    assert follows.residual_sd < 0.3 * blind.residual_sd


def test_the_intraclass_correlation_is_that_of_the_analysis_of_variance() -> None:
    """Two practitioners of two men: 0, 2 and 4, 6. B = 16, W = 2: (16 - 2) / (16 + 2) = 7/9."""
    scores, clustered = np.array([0.0, 2.0, 4.0, 6.0]), np.array([0, 0, 1, 1])
    programme = np.ones(4, bool)
    assert intraclass_correlation(scores, programme, clustered) == pytest.approx(7.0 / 9.0)
    assert math.isnan(intraclass_correlation(scores, programme, np.full(4, -1)))


@pytest.mark.parametrize("whose", [[0] * 10, [-1] * 10])
def test_one_practitioner_gives_no_estimate_and_none_is_a_comparison_of_men(
    whose: list[int],
) -> None:
    scores = np.random.default_rng(6).normal(0.0, 1.0, 20)
    programme = np.arange(20) < 10
    practitioner = np.array([*whose, *[-1] * 10])
    estimate = compare_practitioners(scores, programme, practitioner, None, LEVEL)
    if whose[0] == 0:
        assert math.isnan(estimate.estimate)
    else:
        assert estimate.estimate == pytest.approx(scores[:10].mean() - scores[10:].mean())
        assert estimate.freedom == pytest.approx(18.0)


@pytest.mark.parametrize("practitioners", [4, 12])
@pytest.mark.parametrize("icc", ICCS[:3])
def test_without_an_effect_the_main_analysis_seldom_finds_one(
    icc: float, practitioners: int
) -> None:
    """At most 6.5%, and what 200 data sets leave open: three standard errors."""
    found = false_positives(difference_between_practitioners, practitioners, icc, TRIALS)
    assert found <= 0.065 + 3.0 * math.sqrt(0.065 * 0.935 / TRIALS)


def test_men_taken_as_independent_find_too_much_where_they_are_alike() -> None:
    found = false_positives(difference_in_score, 4, 0.1, TRIALS)
    assert found > 0.065 + 2.0 * math.sqrt(0.065 * 0.935 / TRIALS)


def test_the_mixed_model_finds_the_spread_between_practitioners() -> None:
    """The programme's men vary by 0.7 about their practitioner, the others by 1: 0.85 of all."""
    dice = np.random.default_rng(7)
    found = [
        difference_in_mixed_model(drawn_trial(dice, 12, 0.3), 0, ("baseline",), LEVEL, True)
        for _ in range(20)
    ]
    iccs = [one.icc for one in found]
    assert np.mean(iccs) == pytest.approx(0.3 / (0.3 + 0.85), abs=0.06)
    errors = [one.standard_error for one in found]
    assert abs(np.mean([one.estimate for one in found])) < 4.0 * np.mean(errors) / math.sqrt(20)


def test_where_practitioners_do_not_differ_the_mixed_model_is_that_of_individuals() -> None:
    dice = np.random.default_rng(8)
    trial = drawn_trial(dice, 4, 0.0)
    level = trial.scores.copy()
    for number in range(4):
        own = trial.practitioner == number
        level[own] += 20.0 - level[own].mean()
    flat = dataclasses.replace(trial, scores=level)
    mixed = difference_in_mixed_model(flat, 0, (), LEVEL, True)
    plain = difference_in_score(flat, 0, (), LEVEL, True)
    assert mixed.icc == pytest.approx(0.0, abs=1e-3)
    assert mixed.estimate == pytest.approx(plain.estimate, abs=1e-2)
