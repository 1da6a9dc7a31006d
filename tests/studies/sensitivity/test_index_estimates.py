"""The bootstrap of indices: what it draws together, its intervals, and the bias it subtracts."""

import dataclasses
import itertools
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from engager_sim.errors import UsageError
from engager_sim.studies.sensitivity.index_estimates import (
    IndexEstimates,
    Response,
    converging_estimates,
    estimate_indices,
    interval_around,
)
from engager_sim.studies.sensitivity.methods import METHODS, Method

type Values = npt.NDArray[np.float64]
type Analysis = Callable[[Values, Values], float]


def method_of(analysis: Analysis, rows: int | None = 1, **more: object) -> Method:
    """Make a method of one index, ``V``, with so many rows in a block."""
    return Method(
        "test",
        "Test",
        METHODS["sobol"].sample,
        lambda _problem, units, response, _seed: {"V": np.array([analysis(units, response)])},
        {"V": "a test"},
        None if rows is None else lambda _factors, _rows: rows,
        least_samples=1,
        **more,  # type: ignore[arg-type]
    )


def response_of(values: Values, **more: object) -> Response:
    """Make a response at points that are numbered."""
    units = np.arange(len(values), dtype=np.float64)[:, None]
    return Response(["x"], {}, units, values, **more)  # type: ignore[arg-type]


def test_the_spread_of_a_bootstrap_about_its_median_is_laid_around_the_estimate() -> None:
    """Percentiles of squares: 0.065, 25 and 95.065."""
    bootstrap = (np.arange(101.0) ** 2 / 100.0)[:, None]
    low, high = interval_around(np.array([10.0]), bootstrap)
    assert low == pytest.approx([10.0 - (25.0 - 0.065)])
    assert high == pytest.approx([10.0 + (95.065 - 25.0)])
    estimates = IndexEstimates({"V": np.array([10.0])}, {"V": bootstrap}, 1, 1)
    assert estimates.interval("V") == (low, high)


def test_resamples_without_a_value_are_left_out_of_an_interval() -> None:
    bootstrap = np.array([[1.0, np.nan], [np.nan, np.nan], [3.0, np.nan]])
    low, high = interval_around(np.array([2.0, 2.0]), bootstrap)
    assert low[0] == pytest.approx(2.0 - 0.95)
    assert high[0] == pytest.approx(2.0 + 0.95)
    assert np.isnan([low[1], high[1]]).all()
    assert np.isnan(interval_around(np.array([1.0]), np.full((3, 1), np.nan))).all()


def test_replicates_of_one_draw_of_the_parameters_are_drawn_together() -> None:
    response = response_of(np.zeros((2, 8)), draws=np.repeat(np.arange(4), 2))
    seen = set()
    for seed in range(20):
        pairs = response.draw_replicates(np.random.default_rng(seed)).reshape(-1, 2)
        assert len(pairs) == 4
        assert (pairs[:, 0] % 2 == 0).all()
        assert (pairs[:, 1] == pairs[:, 0] + 1).all()
        seen |= set(pairs[:, 0].tolist())
    assert seen == {0, 2, 4, 6}


def test_the_noise_that_a_bootstrap_of_replicates_adds_is_subtracted() -> None:
    """At every corner of a cube of signs, means of replicates vary by noise alone.

    Their variance is 1/3; where one replicate is drawn twice and one not at all, as most often, it
    is (4 + 1) / 9. The bias is what lies between.
    """
    values = np.array(list(itertools.product([-1.0, 1.0], repeat=3)))
    variance = method_of(lambda _, response: float(np.var(response)))
    assert np.var(values.mean(axis=1)) == pytest.approx(1.0 / 3.0)
    estimates = estimate_indices(variance, response_of(values), seed=1, resamples=20)
    assert estimates.values["V"] == pytest.approx([1.0 / 3.0 - (5.0 / 9.0 - 1.0 / 3.0)])


def test_noise_that_all_points_share_is_no_bias() -> None:
    rng = np.random.default_rng(6)
    values = rng.normal(0.0, 1.0, (500, 1)) + rng.normal(0.0, 9.0, (1, 10))
    variance = method_of(lambda _, response: float(np.var(response)))
    estimates = estimate_indices(variance, response_of(values), seed=1, resamples=20)
    assert estimates.values["V"] == pytest.approx([np.var(values[:, 0])])


@pytest.mark.parametrize("replicates_per_draw", [1, 2])
def test_nothing_is_subtracted_where_there_is_one_draw(replicates_per_draw: int) -> None:
    values = np.random.default_rng(2).normal(0.0, 1.0, (50, replicates_per_draw))
    variance = method_of(lambda _, response: float(np.var(response)))
    response = response_of(values, draws=np.zeros(replicates_per_draw, int))
    estimates = estimate_indices(variance, response, seed=1, resamples=20)
    assert estimates.values["V"] == pytest.approx([np.var(values.mean(axis=1))])


def test_the_rows_of_a_block_are_drawn_together_and_blocks_with_replacement() -> None:
    drawn: list[list[float]] = []

    def keep(units: Values, _: Values) -> float:
        drawn.append(units[:, 0].tolist())
        return 0.0

    values = np.arange(12.0)[:, None]
    estimates = estimate_indices(method_of(keep, rows=3), response_of(values), 1, 30)
    assert drawn[0] == list(range(12))
    resamples = [np.array(rows).reshape(-1, 3) for rows in drawn[1:]]
    assert len(resamples) == 30
    for blocks in resamples:
        assert (blocks[:, 0] % 3 == 0).all()
        assert (np.diff(blocks, axis=1) == 1.0).all()
    assert any(len(set(blocks[:, 0])) < 4 for blocks in resamples)
    assert {first for blocks in resamples for first in blocks[:, 0]} == {0.0, 3.0, 6.0, 9.0}
    assert (estimates.blocks, estimates.of) == (4, 4)


def test_a_design_of_which_nothing_can_be_left_out_is_never_resampled() -> None:
    drawn: list[list[float]] = []

    def keep(units: Values, response: Values) -> float:
        drawn.append(units[:, 0].tolist())
        return float(response.mean())

    values = np.array([[1.0, 3.0], [2.0, 8.0]])
    estimates = estimate_indices(method_of(keep, rows=None), response_of(values), 1, 40)
    assert drawn == [[0.0, 1.0]] * len(drawn)
    # Means of replicates: 1.5 and 5.5 alone, 3.5 together.
    assert set(estimates.bootstrap["V"][:, 0]) == {1.5, 3.5, 5.5}


def test_blocks_with_a_point_without_a_value_are_left_out() -> None:
    values = np.arange(12.0)[:, None]
    values[4] = np.nan
    rows = method_of(lambda units, _: float(units[:, 0].sum()), rows=3)
    estimates = estimate_indices(rows, response_of(values), 1, 5)
    assert (estimates.blocks, estimates.of) == (3, 4)
    assert estimates.values["V"] == pytest.approx([66.0 - 3.0 - 4.0 - 5.0])


def test_a_point_without_a_value_in_any_drawn_replicate_stands_at_its_mean() -> None:
    values = np.array([[1.0, 3.0], [5.0, np.nan]])
    last = method_of(lambda _, response: float(response[-1]), rows=None)
    estimates = estimate_indices(last, response_of(values), 1, 40)
    assert set(estimates.bootstrap["V"][:, 0]) == {5.0}


def test_a_design_that_needs_every_point_refuses_one_without_a_value() -> None:
    whole = method_of(lambda _, response: float(response.mean()), rows=None)
    with pytest.raises(UsageError, match="1 have none"):
        estimate_indices(whole, response_of(np.array([[1.0], [np.nan]])), 1, 5)


def test_an_analysis_that_fails_says_why_and_on_how_much() -> None:
    def fail(_units: Values, _response: Values) -> float:
        raise ValueError("no spectrum")

    with pytest.raises(UsageError, match=r"cannot analyse this: no spectrum.*4 blocks"):
        estimate_indices(method_of(fail), response_of(np.arange(4.0)[:, None]), 1, 5)


def test_indices_are_estimated_again_from_the_first_parts_of_the_samples() -> None:
    values = np.arange(32.0)[:, None]
    rows = method_of(lambda units, _: float(units[:, 0].max()), rows=2)
    by_samples = converging_estimates(rows, response_of(values), 1, 3)
    assert {samples: int(found.values["V"][0]) for samples, found in by_samples.items()} == {
        2: 3,
        4: 7,
        8: 15,
    }
    fewest = dataclasses.replace(rows, least_samples=4)
    assert list(converging_estimates(fewest, response_of(values), 1, 3)) == [4, 8]
    never = dataclasses.replace(rows, settles=False)
    assert converging_estimates(never, response_of(values), 1, 3) == {}


def test_rounding_is_no_index() -> None:
    """Changes are measured by the outcome's scale, shares by 1."""
    indices = {"mu_star": np.array([4e-14, 0.1]), "ST": np.array([1e-17, 0.5])}
    method = dataclasses.replace(
        method_of(lambda *_: 0.0),
        analyse=lambda *_: indices,
        meanings={"mu_star": "a change", "ST": "a share"},
    )
    values = np.array([[100.0], [101.0], [102.0]])
    response = dataclasses.replace(response_of(values), names=["x", "y"])
    estimates = estimate_indices(method, response, 1, 20)
    assert estimates.values["mu_star"].tolist() == [0.0, 0.1]
    assert estimates.values["ST"].tolist() == [0.0, 0.5]
    assert (estimates.bootstrap["mu_star"][:, 0] == 0.0).all()


def test_means_that_differ_by_rounding_alone_are_one_mean() -> None:
    values = 0.3 + np.array([[0.0], [1e-16], [-1e-16], [5e-17]])
    analysed = estimate_indices(
        method_of(lambda _, means: np.ptp(means)), response_of(values), 1, 20
    )
    assert analysed.values["V"].tolist() == [0.0]
