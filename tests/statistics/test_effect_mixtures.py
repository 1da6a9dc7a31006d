"""Effects that men may have, and the shares that lie beyond a threshold: known answers."""

import numpy as np
import pytest

from engager_sim.statistics.effect_mixtures import (
    GROWTH,
    EffectAtoms,
    deconvolution,
    possible_effects,
)


@pytest.mark.parametrize(("noise", "below"), [(0.05, 12), (0.4, 5), (3.0, 3)])
def test_possible_effects_lie_on_both_sides_with_the_threshold_midway(
    noise: float, below: int
) -> None:
    effects = possible_effects(1.0, 10.0, noise)
    assert effects == pytest.approx(-effects[::-1])
    assert 0.0 in effects
    assert (effects > 0.0)[effects < 1.0].sum() == below
    inner, outer = effects[effects < 1.0][-1], effects[effects > 1.0][0]
    assert (inner + outer) / 2.0 == pytest.approx(1.0)
    assert effects[-1] == pytest.approx(10.0)


def test_steps_are_half_as_wide_as_the_noise_and_widen_far_out() -> None:
    effects = possible_effects(2.0, 40.0, 0.8)
    steps = np.diff(effects[effects >= 0.0])
    assert steps[:10] == pytest.approx(4.0 / 11)
    assert ((effects > 0.0) & (effects < 2.0)).sum() == 5
    assert effects[-2] / effects[-3] == pytest.approx(GROWTH)


def test_what_is_seen_may_be_as_unlikely_as_it_likes() -> None:
    """Only how likely atoms make it among themselves counts."""
    effects = np.append(possible_effects(1.0, 4.0, 0.8), 0.3)
    seen, logarithms = cells_of(effects, 0.8)
    atoms = EffectAtoms(effects, 0.0 * effects, 0.8)
    counts = np.exp(-0.5 * (seen - 1.0) ** 2) + np.exp(-0.5 * ((seen - 4.0) / 0.5) ** 2)
    first, other = (
        deconvolution(logarithms - less, atoms, 0.3, 1.0)(300.0 * counts) for less in (0.0, 900.0)
    )
    assert other == pytest.approx(first, abs=1e-6)


def test_no_possible_change_of_a_chance_is_beyond_certainty() -> None:
    effects = possible_effects(0.05, 1.0, 0.1)
    assert (effects[0], effects[-1]) == (-1.0, 1.0)


def test_atoms_are_spread_over_effects_nearby_and_none_stays_none() -> None:
    """As far as 0.7: effects 0.35 away weigh half as much."""
    effects = np.array([-0.35, 0.0, 0.35, 0.7, 5.0, 0.7])
    others = np.array([1.0, 1.0, 1.0, 1.0, 1.0, 2.0])
    spread = EffectAtoms(effects, others, 3.0).spread(1.0)
    assert spread.sum(axis=1) == pytest.approx(1.0)
    assert spread[1].tolist() == [0.0, 1.0, 0.0, 0.0, 0.0, 0.0]
    assert spread[2] == pytest.approx([0.0, 0.25, 0.5, 0.25, 0.0, 0.0])
    assert spread[4].tolist() == [0.0, 0.0, 0.0, 0.0, 1.0, 0.0]
    assert spread[5].tolist() == [0.0, 0.0, 0.0, 0.0, 0.0, 1.0]


def cells_of(effects: np.ndarray, noise: float) -> tuple[np.ndarray, np.ndarray]:
    """Give cells of what is seen, and the logarithms that atoms give them."""
    seen = np.linspace(-4.0, 6.0, 101)
    return seen, -0.5 * ((seen[:, np.newaxis] - effects) / noise) ** 2


def test_men_differ_only_where_what_is_seen_is_much_likelier_so() -> None:
    effects = np.append(possible_effects(1.0, 4.0, 0.8), 0.3)
    seen, logarithms = cells_of(effects, 0.8)
    shares = deconvolution(logarithms, EffectAtoms(effects, 0.0 * effects, 0.8), 0.3, 1.0)
    bell = np.exp(-0.5 * ((seen - 0.3) / 0.8) ** 2)
    assert shares(1000.0 * bell / bell.sum()) == pytest.approx([0.0, 0.0])
    mixed = 0.7 * np.exp(-0.5 * (seen / 0.8) ** 2) + 0.3 * np.exp(-0.5 * ((seen - 2.5) / 0.8) ** 2)
    assert shares(1000.0 * mixed / mixed.sum()) == pytest.approx([0.3, 0.0], abs=0.03)


def test_one_effect_of_all_beyond_the_threshold_is_had_by_all() -> None:
    effects = np.append(possible_effects(1.0, 4.0, 0.8), 1.5)
    seen, logarithms = cells_of(effects, 0.8)
    shares = deconvolution(logarithms, EffectAtoms(effects, 0.0 * effects, 0.8), 1.5, 1.0)
    assert shares(np.exp(-0.5 * ((seen - 1.5) / 0.8) ** 2) * 20.0) == pytest.approx([1.0, 0.0])
