"""For whom an option does more: planted groups are found, and hardly any in shuffled data."""

import numpy as np
import pytest

from engager_sim.statistics.subgroups import Condition, Subgroup, _Rules, find_subgroups

POPULATIONS, MEN = 20, 60
AGE, TROUBLE, HOMELESS = 0, 1, 4


def traits_of(rng: np.random.Generator) -> np.ndarray:
    """Draw six traits: some tied to others, some of a few values."""
    traits = rng.normal(0.0, 1.0, (POPULATIONS, MEN, 6))
    traits[..., 2] += traits[..., AGE]
    traits[..., 3] = np.round(traits[..., 3])
    traits[..., HOMELESS] = rng.random((POPULATIONS, MEN)) < 0.3
    return traits


def gains_of(rng: np.random.Generator, expected: np.ndarray) -> np.ndarray:
    """Draw two noisy halves about expected gains, and what all of a population have in common."""
    common = rng.normal(0.5, 0.5, (POPULATIONS, 1))
    return (common + expected)[:, :, np.newaxis] + rng.normal(0.0, 2.0, (POPULATIONS, MEN, 2))


def planted(seed: int, gain: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw men of whom those without a home gain more."""
    rng = np.random.default_rng(seed)
    traits = traits_of(rng)
    inside = traits[..., HOMELESS] > 0.0
    return gains_of(rng, gain * inside), traits, inside


def test_a_planted_group_is_found_in_nine_of_ten_data_sets_and_is_the_right_one() -> None:
    found, right = 0, 0
    for seed in range(40):
        gains, traits, inside = planted(seed, 1.2)
        groups = find_subgroups(gains, traits)
        found += len(groups) > 0
        right += len(groups) > 0 and (groups[0].holds(traits) == inside).mean() > 0.95
    assert found >= 36
    assert right >= 36


def test_in_shuffled_data_hardly_a_group_is_found() -> None:
    """In at most 8% of 200: gains of a planted data set, dealt out anew within populations."""
    found = 0
    for seed in range(200):
        gains, traits, _ = planted(seed, 1.2)
        order = np.random.default_rng(1000 + seed).random((POPULATIONS, MEN)).argsort(axis=1)
        shuffled = np.take_along_axis(gains, order[:, :, np.newaxis], axis=1)
        found += len(find_subgroups(shuffled, traits)) > 0
    assert found <= 16


def test_a_group_is_told_with_its_rule_its_counts_and_its_gains() -> None:
    gains, traits, inside = planted(1, 1.5)
    (group,) = find_subgroups(gains, traits)
    assert group.conditions == (Condition(HOMELESS, 0.0, above=True),)
    assert (group.men, group.others) == (inside.sum(), (~inside).sum())
    assert group.difference[0] == pytest.approx(1.5, abs=0.4)
    assert group.difference[1] < 1.5 < group.difference[2]
    assert group.inside[0] - group.outside[0] == pytest.approx(group.difference[0])
    judged = gains[1::2, :, 1]
    means = [np.mean(row[kept]) for row, kept in zip(judged, inside[1::2], strict=True)]
    assert group.inside[0] == pytest.approx(np.mean(means))


def test_two_conditions_that_both_must_hold_are_found() -> None:
    rng = np.random.default_rng(2)
    traits = traits_of(rng)
    inside = (traits[..., HOMELESS] > 0.0) & (traits[..., AGE] <= 0.0)
    group = find_subgroups(gains_of(rng, 3.0 * inside), traits)[0]
    assert {condition.trait for condition in group.conditions} == {HOMELESS, AGE}
    assert (group.holds(traits) == inside).mean() > 0.95


def test_men_whom_an_option_harms_are_a_group_too() -> None:
    rng = np.random.default_rng(3)
    traits = traits_of(rng)
    inside = (traits[..., HOMELESS] > 0.0) & (traits[..., AGE] <= 0.0)
    group = find_subgroups(gains_of(rng, -3.0 * inside), traits)[0]
    assert (group.holds(traits) == inside).mean() > 0.95
    assert group.difference[2] < 0.0


def test_a_second_group_is_sought_among_those_outside_the_first() -> None:
    rng = np.random.default_rng(4)
    traits = traits_of(rng)
    homeless, troubled = traits[..., HOMELESS] > 0.0, traits[..., TROUBLE] > 0.8
    first, second = find_subgroups(gains_of(rng, 4.0 * homeless + 1.8 * troubled), traits)
    assert first.conditions == (Condition(HOMELESS, 0.0, above=True),)
    assert [condition.trait for condition in second.conditions] == [TROUBLE]
    assert second.men + second.others == first.others


def test_an_option_that_does_the_same_for_all_has_no_group() -> None:
    traits = traits_of(np.random.default_rng(5))
    assert find_subgroups(np.zeros((POPULATIONS, MEN, 2)), traits) == []
    assert find_subgroups(np.full((POPULATIONS, MEN, 2), 0.1), traits) == []


def test_traits_that_do_not_vary_divide_nobody() -> None:
    gains, traits, _ = planted(6, 1.5)
    assert find_subgroups(gains, np.ones_like(traits)) == []


def test_men_without_a_value_belong_to_no_group() -> None:
    gains, traits, inside = planted(7, 2.0)
    gains[:, ::5, 1] = np.nan
    group = find_subgroups(gains, traits)[0]
    kept = np.ones((POPULATIONS, MEN), bool)
    kept[:, ::5] = False
    assert (group.men, group.others) == ((inside & kept).sum(), (~inside & kept).sum())


def test_one_population_or_no_men_have_no_group() -> None:
    gains, traits, _ = planted(8, 2.0)
    assert find_subgroups(gains[:1], traits[:1]) == []
    assert find_subgroups(np.full_like(gains, np.nan), traits) == []


def test_the_same_data_give_the_same_groups() -> None:
    gains, traits, _ = planted(9, 1.2)
    assert find_subgroups(gains, traits) == find_subgroups(gains, traits)


def test_a_rule_is_told_by_its_conditions() -> None:
    traits = np.array([[1.0, 5.0], [2.0, 5.0], [2.0, 4.0]])
    rule = (Condition(0, 1.5, above=True), Condition(1, 4.5, above=False))
    group = Subgroup(rule, 1, 2, (0.0,) * 3, (0.0,) * 3, (0.0,) * 3)
    assert group.holds(traits).tolist() == [False, False, True]


def test_what_all_men_gain_changes_no_group() -> None:
    gains, traits, _ = planted(1, 1.5)
    (group,) = find_subgroups(gains, traits)
    (shifted,) = find_subgroups(gains + 50.0, traits)
    assert shifted.conditions == group.conditions
    assert shifted.difference == pytest.approx(group.difference)


def test_one_condition_is_chosen_for_whom_gains_are_higher_however_small_they_are() -> None:
    """It stands for those who gain more, so that its sign is 1."""
    traits = np.arange(20.0)[:, np.newaxis]
    gains = np.where(traits[:, 0] < 10.0, 0.001, -0.001)
    (condition,), sign = _Rules(traits).best(gains) or ((), 0.0)
    assert (condition.above, sign) == (False, 1.0)
    assert (condition.holds(traits) == (gains > 0.0)).mean() > 0.9
