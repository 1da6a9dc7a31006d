"""Components of variance: known ones are found again, and small tables are divided by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.studies.sensitivity.variance_components import variance_shares


def pairs(values: np.ndarray) -> np.ndarray:
    """Give two replicates to each draw."""
    return np.arange(values.shape[1]) // 2


def test_known_components_are_found_again() -> None:
    rng = np.random.default_rng(1)
    factors = rng.normal(0.0, 3.0, 4000)[:, None]
    common = rng.normal(0.0, 2.0, 400)[None, :]
    own = rng.normal(0.0, 1.0, (4000, 400))
    shares = variance_shares(factors + common + own)
    assert shares.factors == pytest.approx(9.0 / 14.0, abs=0.05)
    assert shares.common_noise == pytest.approx(4.0 / 14.0, abs=0.05)
    assert shares.own_noise == pytest.approx(1.0 / 14.0, abs=0.01)
    assert shares.noise_in_means == pytest.approx((1.0 / 400.0) / 9.0, rel=0.15)


def test_what_posterior_draws_do_is_told_from_noise() -> None:
    """Variances: 9 of factors, 4 and 1 of noise, 2.25 and 0.25 of draws (alike, and otherwise)."""
    rng = np.random.default_rng(3)
    points, draws = 2000, 800

    def of_draws(spread: float, rows: int) -> np.ndarray:
        return np.repeat(rng.normal(0.0, spread, (rows, draws)), 2, axis=1)

    shares = variance_shares(
        rng.normal(0.0, 3.0, (points, 1))
        + rng.normal(0.0, 2.0, (1, 2 * draws))
        + rng.normal(0.0, 1.0, (points, 2 * draws))
        + of_draws(1.5, 1)
        + of_draws(0.5, points),
        np.repeat(np.arange(draws), 2),
    )
    total = 9.0 + 4.0 + 1.0 + 2.25 + 0.25
    assert shares.factors == pytest.approx(9.0 / total, abs=0.05)
    assert shares.common_noise == pytest.approx(4.0 / total, abs=0.04)
    assert shares.own_noise == pytest.approx(1.0 / total, abs=0.01)
    assert shares.parameters == pytest.approx(2.25 / total, abs=0.04)
    assert shares.parameters_with_factors == pytest.approx(0.25 / total, abs=0.01)


def test_noise_alone_is_all_of_the_variance_and_no_noise_is_none_of_it() -> None:
    rng = np.random.default_rng(2)
    alone = variance_shares(rng.normal(0.0, 1.0, (300, 20)))
    assert alone.own_noise > 0.95
    assert alone.noise_in_means > 0.8
    none = variance_shares(np.repeat(rng.normal(0.0, 1.0, (50, 1)), 4, axis=1))
    assert none.factors == pytest.approx(1.0)
    assert none.noise_in_means == pytest.approx(0.0, abs=1e-12)


def test_one_replicate_cannot_separate_noise_from_factors() -> None:
    assert np.isnan(variance_shares(np.arange(5.0)[:, None])[:6]).all()


def test_a_crossed_table_is_divided_by_hand() -> None:
    """Means 4, 10 and 4 of points, 2 and 10 of replicates; four residuals are 2 each way.

    Own noise 16 / 2. Common noise 32 - 8 / 3. Factors 12 - 8 / 2.
    """
    shares = variance_shares(np.array([[0.0, 8.0], [4.0, 16.0], [2.0, 6.0]]))
    parts = np.array([12 - 8 / 2, 32 - 8 / 3, 8.0, 0.0, 0.0])
    assert shares[:5] == pytest.approx(parts / parts.sum())
    assert shares.noise_in_means == pytest.approx(8 / 2 / 12)


def test_a_table_of_replicates_within_draws_is_divided_by_hand() -> None:
    """Means by draw 2, 6 and 5 of one point, 10, 19 and 14 of the other.

    Residuals of these means are 1, 1.5 and 0.5 each way: 7 / 2 otherwise, 127 / 12 - 3.5 / 2
    alike; points 50. Within draws, the points share deviations of 0.5, 2 and 1, and 0.5 and 1 are
    left in the first draw and the last: own noise 5 / 3, common noise 10.5 / 3 less half of that.
    """
    values = np.array([[1.0, 3.0, 4.0, 8.0, 5.0, 5.0], [10.0, 10.0, 17.0, 21.0, 12.0, 16.0]])
    shares = variance_shares(values, pairs(values))
    own = 5.0 / 3.0
    common = 10.5 / 3.0 - own / 2.0
    draws = 127.0 / 12.0 - 3.5 / 2.0 - common / 2.0
    parts = np.array([50.0 - 3.5 / 3.0, common, own, draws, 3.5 - own / 2.0])
    assert shares[:5] == pytest.approx(parts / parts.sum())
    assert shares.noise_in_means == pytest.approx(3.5 / 3.0 / 50.0)


def test_noise_in_means_is_all_of_a_variance_that_the_factors_do_not_make() -> None:
    shares = variance_shares(np.array([[0.0, 2.0], [2.5, 0.0]]))
    assert shares.factors == 0.0
    assert shares.noise_in_means == 1.0


def test_points_that_have_one_mean_leave_no_variance_between_them_to_divide() -> None:
    shares = variance_shares(np.array([[0.1, 0.3], [0.1, 0.3 + 1e-16], [0.1 - 1e-17, 0.3]]))
    assert shares[:3] == (0.0, 1.0, 0.0)
    assert np.isnan(shares.noise_in_means)


def test_points_or_replicates_with_a_gap_are_left_out_whichever_leaves_more() -> None:
    rng = np.random.default_rng(4)
    values = rng.normal(0.0, 1.0, (6, 4))
    values[:, 1] = np.nan
    values[2, 3] = np.nan
    shares = variance_shares(values)
    assert (shares.points, shares.replicates) == (5, 3)
    whole = np.delete(np.delete(values, 2, axis=0), 1, axis=1)
    assert shares == variance_shares(whole)
    scattered = rng.normal(0.0, 1.0, (6, 4))
    scattered[np.arange(6), [0, 0, 0, 1, 1, 1]] = np.nan  # each point lacks one of two
    assert variance_shares(scattered)[6:] == (6, 2)
    by_draw = variance_shares(scattered[:, [0, 2, 1, 3]], pairs(scattered))
    assert np.isnan(by_draw[:6]).all()
    assert by_draw[6:] == (3, 2)


@pytest.mark.parametrize(
    ("values", "draws"),
    [
        (np.ones((1, 4)), None),
        (np.eye(2), np.zeros(2, int)),
        (np.eye(3), np.array([0, 0, 1])),
        (np.ones((3, 4)), None),
        (np.full((2, 2), np.nan), None),
    ],
    ids=["one point", "one draw", "one pair and one more", "all equal", "no value"],
)
def test_what_cannot_be_divided_is_not_known(values: np.ndarray, draws: np.ndarray | None) -> None:
    assert np.isnan(variance_shares(values, draws)[:6]).all()


def test_a_last_odd_replicate_tells_nothing_of_noise_and_is_left_out() -> None:
    values = np.random.default_rng(5).normal(0.0, 1.0, (8, 5))
    assert variance_shares(values, np.array([0, 0, 1, 1, 2])) == variance_shares(
        values[:, :4], np.array([0, 0, 1, 1])
    )


@given(st.integers(2, 30), st.integers(2, 10), st.integers(0, 1000))
def test_the_shares_add_up_and_ignore_points_without_a_value(
    points: int, replicates: int, seed: int
) -> None:
    values = np.random.default_rng(seed).normal(0.0, 1.0, (points, replicates))
    shares = variance_shares(values)
    assert sum(shares[:5]) == pytest.approx(1.0)
    assert shares.parameters == shares.parameters_with_factors == 0.0
    assert all(0.0 <= share <= 1.0 for share in shares[:6])
    with_gap = np.vstack([values, np.full((1, replicates), np.nan)])
    assert variance_shares(with_gap) == shares
