"""The share of chance: known components of variance are found again."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.studies.sensitivity.noise import chance_shares


def test_known_components_are_found_again() -> None:
    rng = np.random.default_rng(1)
    factors = rng.normal(0.0, 3.0, 4000)[:, None]
    common = rng.normal(0.0, 2.0, 400)[None, :]
    own = rng.normal(0.0, 1.0, (4000, 400))
    found = chance_shares(factors + common + own)
    assert found.factors == pytest.approx(9.0 / 14.0, abs=0.05)
    assert found.common_luck == pytest.approx(4.0 / 14.0, abs=0.05)
    assert found.own_luck == pytest.approx(1.0 / 14.0, abs=0.01)
    assert found.chance_in_means == pytest.approx((1.0 / 400.0) / 9.0, rel=0.15)


def test_what_draws_of_the_parameters_do_is_told_from_luck() -> None:
    """Variances: 9 of factors, 4 and 1 of luck, 2.25 and 0.25 of draws (alike, and otherwise)."""
    rng = np.random.default_rng(3)
    points, draws = 2000, 800

    def of_draws(spread: float, rows: int) -> np.ndarray:
        return np.repeat(rng.normal(0.0, spread, (rows, draws)), 2, axis=1)

    found = chance_shares(
        rng.normal(0.0, 3.0, (points, 1))
        + rng.normal(0.0, 2.0, (1, 2 * draws))
        + rng.normal(0.0, 1.0, (points, 2 * draws))
        + of_draws(1.5, 1)
        + of_draws(0.5, points),
        lucks=2,
    )
    total = 9.0 + 4.0 + 1.0 + 2.25 + 0.25
    assert found.factors == pytest.approx(9.0 / total, abs=0.05)
    assert found.common_luck == pytest.approx(4.0 / total, abs=0.04)
    assert found.own_luck == pytest.approx(1.0 / total, abs=0.01)
    assert found.parameters == pytest.approx(2.25 / total, abs=0.04)
    assert found.parameters_with_factors == pytest.approx(0.25 / total, abs=0.01)


def test_luck_alone_is_all_chance_and_no_luck_is_none() -> None:
    rng = np.random.default_rng(2)
    alone = chance_shares(rng.normal(0.0, 1.0, (300, 20)))
    assert alone.own_luck > 0.95
    assert alone.chance_in_means > 0.8
    none = chance_shares(np.repeat(rng.normal(0.0, 1.0, (50, 1)), 4, axis=1))
    assert none.factors == pytest.approx(1.0)
    assert none.chance_in_means == pytest.approx(0.0, abs=1e-12)


def test_one_replicate_cannot_tell_chance_from_factors() -> None:
    assert np.isnan(chance_shares(np.arange(5.0)[:, None])).all()


@given(st.integers(2, 30), st.integers(2, 10), st.integers(0, 1000))
def test_the_shares_add_up_and_ignore_points_without_a_value(
    points: int, replicates: int, seed: int
) -> None:
    values = np.random.default_rng(seed).normal(0.0, 1.0, (points, replicates))
    found = chance_shares(values)
    assert sum(found[:5]) == pytest.approx(1.0)
    assert found.parameters == found.parameters_with_factors == 0.0
    assert all(0.0 <= share <= 1.0 for share in found)
    with_gap = np.vstack([values, np.full((1, replicates), np.nan)])
    assert chance_shares(with_gap) == found
