"""Which option is best, and how sure that is: cases worked by hand, and planted ones."""

import numpy as np
import pytest
from scipy.stats import norm

from engager_sim.statistics.decisions import (
    acceptability,
    chance_of_best,
    expected_regret,
    find_best,
    perfect_information,
    worst_case,
)
from engager_sim.statistics.expectations import expectations

BENEFITS = np.array([[0.0, 0.0, 0.0, 0.0], [4.0, -2.0, 1.0, 0.0], [1.0, 1.0, 1.0, -5.0]])
"""Three options under four draws: means 0, 0.75 and -0.5."""


def test_what_is_alike_in_every_draw_is_one_choice() -> None:
    same = np.array([1.0, 3.0, 2.0, 2.0])
    other = np.array([2.0, 1.0, 2.0, 0.0])
    assert chance_of_best(np.array([same, other])).tolist() == [0.625, 0.375]
    assert chance_of_best(np.array([same, other, same])).tolist() == [0.625, 0.375, 0.625]


def test_chances_of_being_best_share_ties() -> None:
    """Best: the second, the third, the second or third, the first or second."""
    assert chance_of_best(BENEFITS) == pytest.approx([0.5 / 4, 2.0 / 4, 1.5 / 4])


def test_each_of_many_decisions_shares_its_own_ties() -> None:
    first = np.array([[2.0, 2.0], [1.0, 1.0]])
    both = np.stack([np.ones((2, 2)), first])
    assert chance_of_best(both).tolist() == [[1.0, 1.0], [1.0, 0.0]]


def test_equal_options_are_equally_likely_best() -> None:
    assert chance_of_best(np.ones((4, 7))) == pytest.approx([1.0] * 4)


def test_regret_and_perfect_information() -> None:
    """The best of each draw: 4, 1, 1, 0, which is 1.5 on average."""
    assert expected_regret(BENEFITS) == pytest.approx([1.5, 0.75, 2.0])
    assert perfect_information(BENEFITS) == pytest.approx(0.75)


def test_information_of_a_normal_difference_is_its_closed_form() -> None:
    """Between 0 and N(1, 2): 2 phi(1/2) - Phi(-1/2)."""
    draws = norm.ppf((np.arange(20_000) + 0.5) / 20_000, 1.0, 2.0)
    found = perfect_information(np.array([np.zeros_like(draws), draws]))
    assert found == pytest.approx(2.0 * norm.pdf(0.5) - norm.cdf(-0.5), rel=1e-3)


def test_information_is_nil_where_one_option_is_always_best() -> None:
    assert perfect_information(np.array([[0.0, 1.0], [2.0, 1.5]])) == 0.0


def test_acceptability_follows_what_an_effect_is_worth() -> None:
    """An effect of 1, 2 or 3 for a cost of 30: worth buying above 30, 15 or 10."""
    effects = np.array([[0.0, 0.0, 0.0], [1.0, 2.0, 3.0]])
    costs = np.array([[0.0, 0.0, 0.0], [30.0, 30.0, 30.0]])
    found = acceptability(effects, costs, np.array([0.0, 10.0, 20.0, 40.0]))
    assert found[:, 1] == pytest.approx([0.0, 0.5 / 3.0, 2.0 / 3.0, 1.0])
    assert found.sum(axis=1) == pytest.approx(1.0)


def test_the_worst_case_is_the_lowest_mean_of_any_group() -> None:
    found = worst_case(BENEFITS, np.array([0, 3, 0, 3]))
    assert found.groups.tolist() == [0, 3]
    assert found.means == pytest.approx(np.array([[0.0, 2.5, 1.0], [0.0, -1.0, -2.0]]))
    assert found.worst == pytest.approx([0.0, -1.0, -2.0])
    assert found.group.tolist() == [0, 3, 3]


def test_the_best_is_told_from_others_that_are_clearly_worse() -> None:
    rng = np.random.default_rng(1)
    draws = np.array([np.zeros(200), rng.normal(3.0, 1.0, 200), rng.normal(1.0, 1.0, 200)])
    assert find_best(draws, draws) == (1, (), 2)
    assert find_best(draws, draws).is_told_apart


def test_an_option_that_is_best_in_little_more_than_half_of_the_draws_has_rivals() -> None:
    """However surely its mean is higher: Phi(0.25) is 60%."""
    draws = norm.ppf((np.arange(1000) + 0.5) / 1000, 0.25, 1.0)
    benefits = np.array([np.zeros_like(draws), draws])
    assert find_best(benefits, benefits) == (1, (0,), 0)


def test_a_difference_that_may_be_noise_leaves_rivals() -> None:
    values = np.random.default_rng(2).normal(0.0, 1.0, (2, 40))
    means = np.array([np.zeros(40), values[1] - values[1].mean() + 0.2])
    assert find_best(np.array([np.zeros(40), np.full(40, 0.2)]), means).rivals == (0,)


def test_equal_options_are_rivals_and_the_first_is_named() -> None:
    assert find_best(np.zeros((3, 20)), np.zeros((3, 20))) == (0, (1, 2), 1)


def test_one_option_is_best_and_has_no_rival() -> None:
    assert find_best(np.zeros((1, 20)), np.zeros((1, 20))) == (0, (), None)


def plant(rng: np.random.Generator, gains: np.ndarray, draws: int) -> np.ndarray:
    """Draw options whose expectations differ by parameters, two noisy replicates of each draw."""
    expected = gains[:, np.newaxis] + rng.normal(0.0, 0.5, (len(gains), draws))
    return expected[:, :, np.newaxis] + rng.normal(0.0, 2.0, (len(gains), draws, 2))


def test_with_half_the_replicates_no_other_option_is_told_best() -> None:
    """Over many planted cases, most of them close: what is told apart stays best."""
    rng, told = np.random.default_rng(3), 0
    for _ in range(120):
        values = plant(rng, rng.normal(0.0, 0.2, 4), 200)
        all_of_them, half = (
            find_best(expectations(some), some.mean(axis=2)) for some in (values, values[:, :100])
        )
        same = all_of_them.option == half.option
        assert same or not (all_of_them.is_told_apart and half.is_told_apart)
        told += all_of_them.is_told_apart
    assert told >= 5


def test_a_planted_best_option_is_told_best_and_a_worse_one_hardly_ever() -> None:
    rng, right, wrong = np.random.default_rng(4), 0, 0
    for _ in range(100):
        values = plant(rng, np.array([0.0, 0.4, 1.4]), 150)
        clear = find_best(expectations(values), values.mean(axis=2))
        right += clear.is_told_apart and clear.option == 2
        values = plant(rng, np.zeros(3), 150)
        wrong += find_best(expectations(values), values.mean(axis=2)).is_told_apart
    assert right >= 95
    assert wrong <= 5


def test_two_thirds_of_the_draws_are_enough() -> None:
    draws = np.array([3.0, 3.0, -1.0] * 100)
    benefits = np.array([np.zeros_like(draws), draws])
    assert find_best(benefits, benefits).is_told_apart
