"""Functions whose indices are known go through the same sampling and estimating as the model."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from engager_sim.designs.factors import Factor
from engager_sim.errors import UsageError
from engager_sim.studies.sensitivity.index_estimates import (
    IndexEstimates,
    Response,
    converging_estimates,
    estimate_indices,
)
from engager_sim.studies.sensitivity.methods import METHODS
from engager_sim.studies.sensitivity.study import sampled

type Function = Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]]


def factors(count: int, low: float, high: float) -> tuple[Factor, ...]:
    return tuple(
        Factor(f"x{index}", "real", low, high, (), (), "", "", "theme", "lever")
        for index in range(count)
    )


ISHIGAMI = factors(3, -np.pi, np.pi)


def ishigami(x: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Ishigami and Homma (1990), with a = 7 and b = 0.1."""
    return np.asarray(
        np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    )


def ishigami_shares() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], float]:
    """First-order and total shares, and the variance, in closed form."""
    a, b = 7.0, 0.1
    one = 0.5 * (1.0 + b * np.pi**4 / 5.0) ** 2
    two = a**2 / 8.0
    together = b**2 * np.pi**8 * (1.0 / 18.0 - 1.0 / 50.0)
    total = one + two + together
    first = np.array([one, two, 0.0]) / total
    return first, first + np.array([together, 0.0, together]) / total, total


G_WEIGHTS = np.array([0.0, 1.0, 4.5, 9.0])


def sobol_g(x: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Sobol's G function (Saltelli and Sobol 1995)."""
    return np.asarray(np.prod((np.abs(4.0 * x - 2.0) + G_WEIGHTS) / (1.0 + G_WEIGHTS), axis=1))


def sobol_g_shares() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    parts = 1.0 / (3.0 * (1.0 + G_WEIGHTS) ** 2)
    total = np.prod(1.0 + parts) - 1.0
    others = np.array([np.prod(np.delete(1.0 + parts, factor)) for factor in range(len(parts))])
    return parts / total, parts * others / total


def respond(
    name: str, function: Function, of: tuple[Factor, ...], samples: int, noise: float, seed: int
) -> Response:
    """Sample a method's design and answer it with a function and noise, common and own."""
    problem, units, values = sampled(METHODS[name], of, None, samples, seed)
    rng = np.random.default_rng(99)
    replicates = 10 if noise else 1
    common = rng.normal(0.0, noise, replicates)
    own = rng.normal(0.0, noise, (len(values), replicates))
    answers = function(values)[:, None] + common + own
    return Response([factor.path for factor in of], problem, units, answers)


def covers(estimates: IndexEstimates, index: str, truth: npt.NDArray[np.float64]) -> None:
    low, high = estimates.interval(index)
    assert (low - 0.005 <= truth).all(), (index, low, truth)
    assert (truth <= high + 0.005).all(), (index, high, truth)


@pytest.mark.parametrize("noise", [0.0, 1.5])
def test_sobol_finds_the_shares_of_ishigami(noise: float) -> None:
    response = respond("sobol", ishigami, ISHIGAMI, 2048, noise, seed=0)
    estimates = estimate_indices(METHODS["sobol"], response, 0, 80)
    first, total, variance = ishigami_shares()
    # Noise that points do not share adds to the variance that the shares are taken of.
    left = variance / (variance + noise**2 / response.values.shape[1])
    covers(estimates, "S1", first * left)
    low, high = estimates.interval("ST")
    assert ((low - 0.03 <= total) & (total <= high + 0.03)).all()
    together = estimates.values["S2"][0, 2]
    assert together == pytest.approx(total[2] - first[2], abs=0.06)


@pytest.mark.parametrize("noise", [0.0, 0.3])
def test_sobol_finds_the_shares_of_the_g_function(noise: float) -> None:
    response = respond("sobol", sobol_g, factors(4, 0.0, 1.0), 2048, noise, seed=3)
    estimates = estimate_indices(METHODS["sobol"], response, 3, 80)
    first, total = sobol_g_shares()
    low, high = estimates.interval("S1")
    assert ((low - 0.03 <= first) & (first <= high + 0.03)).all()
    low, high = estimates.interval("ST")
    assert ((low - 0.03 <= total) & (total <= high + 0.03)).all()


@pytest.mark.parametrize(("name", "samples"), [("fast", 513), ("rbd_fast", 2000)])
def test_other_methods_find_the_first_order_shares_of_ishigami(name: str, samples: int) -> None:
    response = respond(name, ishigami, ISHIGAMI, samples, 0.0, seed=1)
    estimates = estimate_indices(METHODS[name], response, 1, 60)
    first, total, _ = ishigami_shares()
    assert estimates.values["S1"] == pytest.approx(first, abs=0.03)
    if "ST" in estimates.values:
        assert estimates.values["ST"] == pytest.approx(total, abs=0.06)


SAMPLES = {
    "sobol": 128, "morris": 40, "fast": 257, "rbd_fast": 400, "delta": 300, "pawn": 300,
    "dgsm": 64, "hdmr": 1000, "regional": 300, "fractional_factorial": 1,
}  # fmt: skip


def slope(x: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """One factor matters a lot, one a little, one not at all."""
    return np.asarray(4.0 * x[:, 0] + 1.0 * x[:, 1])


@pytest.mark.parametrize("name", METHODS)
def test_every_method_ranks_factors_by_what_they_do_and_repeats_at_seed_zero(name: str) -> None:
    method = METHODS[name]
    estimates = []
    for _ in range(2):
        np.random.seed(np.random.default_rng().integers(1000))  # noqa: NPY002 - must not matter
        response = respond(name, slope, factors(3, 0.0, 1.0), SAMPLES[name], 0.0, seed=0)
        estimates.append(estimate_indices(method, response, 0, 20))
    one, two = estimates
    for index in method.meanings:
        assert np.array_equal(one.values[index], two.values[index], equal_nan=True)
        assert np.array_equal(one.bootstrap[index], two.bootstrap[index], equal_nan=True)
    main = np.abs(one.values[method.main])
    assert main[0] > main[1] > main[2]


def test_an_analysis_leaves_the_global_generator_alone() -> None:
    np.random.seed(5)  # noqa: NPY002
    expected = np.random.random()  # noqa: NPY002
    np.random.seed(5)  # noqa: NPY002
    response = respond("pawn", slope, factors(3, 0.0, 1.0), 100, 0.0, seed=2)
    estimate_indices(METHODS["pawn"], response, 2, 3)
    assert np.random.random() == expected  # noqa: NPY002


@pytest.mark.parametrize(("name", "samples"), [("sobol", 128), ("fast", 257)])
def test_noise_does_not_make_an_idle_factor_matter(name: str, samples: int) -> None:
    covered, studies = 0, 6
    for seed in range(studies):
        problem, units, values = sampled(METHODS[name], factors(3, 0.0, 1.0), None, samples, seed)
        rng = np.random.default_rng(100 + seed)
        answers = slope(values)[:, None] + rng.normal(0.0, 1.0, (len(values), 10))
        response = Response(list("abc"), problem, units, answers)
        low, high = estimate_indices(METHODS[name], response, seed, 25).interval("ST")
        covered += low[2] <= 0.005 and high[2] >= -0.005
    assert covered >= 0.75 * studies


def test_morris_knows_the_direction_of_a_change() -> None:
    response = respond("morris", lambda x: -slope(x), factors(3, 0.0, 1.0), 20, 0.0, seed=1)
    estimates = estimate_indices(METHODS["morris"], response, 1, 20)
    assert estimates.values["mu"] == pytest.approx([-4.0, -1.0, 0.0])
    assert estimates.values["mu_star"] == pytest.approx([4.0, 1.0, 0.0])


def test_more_noise_makes_wider_intervals() -> None:
    widths = []
    for noise in (0.0, 3.0):
        response = respond("sobol", slope, factors(3, 0.0, 1.0), 128, noise, seed=1)
        low, high = estimate_indices(METHODS["sobol"], response, 1, 100).interval("ST")
        widths.append((high - low).mean())
    assert widths[0] < widths[1]


def test_indices_settle_as_samples_grow() -> None:
    response = respond("sobol", ishigami, ISHIGAMI, 1024, 0.0, seed=2)
    by_samples = converging_estimates(METHODS["sobol"], response, 2, 100)
    assert sorted(by_samples) == [128, 256, 512]
    widths = [np.subtract(*by_samples[n].interval("ST")[::-1]).mean() for n in sorted(by_samples)]
    assert widths[0] > widths[1] > widths[2]


def test_blocks_with_a_failed_point_are_left_out_and_counted() -> None:
    response = respond("sobol", slope, factors(3, 0.0, 1.0), 64, 0.0, seed=1)
    response.values[13] = np.nan
    estimates = estimate_indices(METHODS["sobol"], response, 1, 20)
    assert (estimates.blocks, estimates.of) == (63, 64)
    assert estimates.values["ST"][0] > 0.8


def test_too_few_whole_parts_of_a_design_are_refused() -> None:
    response = respond("rbd_fast", slope, factors(3, 0.0, 1.0), 100, 0.0, seed=1)
    response.values[3:] = np.nan
    with pytest.raises(UsageError, match=r"found '3 of 100'.*at least 60"):
        estimate_indices(METHODS["rbd_fast"], response, 1, 5)


def test_the_regional_index_does_not_grow_with_the_number_of_points() -> None:
    means = []
    for samples in (200, 800):
        response = respond("regional", slope, factors(3, 0.0, 1.0), samples, 0.0, seed=1)
        means.append(estimate_indices(METHODS["regional"], response, 1, 3).values["mean"][0])
    assert means[0] == pytest.approx(means[1], rel=0.15)


def test_a_set_of_search_curves_with_a_failed_point_is_left_out() -> None:
    response = respond("fast", slope, factors(3, 0.0, 1.0), 257, 0.0, seed=1)
    response.values[5] = np.nan
    estimates = estimate_indices(METHODS["fast"], response, 1, 20)
    assert (estimates.blocks, estimates.of) == (7, 8)
    assert estimates.values["ST"][0] > 0.8


def test_a_point_that_lost_some_replicates_still_counts() -> None:
    response = respond("sobol", slope, factors(3, 0.0, 1.0), 64, 0.5, seed=1)
    response.values[7, 1:] = np.nan
    estimates = estimate_indices(METHODS["sobol"], response, 1, 50)
    assert estimates.blocks == estimates.of
    assert not np.isnan(estimates.bootstrap["ST"]).any()


def test_an_outcome_that_never_varies_has_no_factor_that_matters() -> None:
    response = respond("sobol", lambda x: np.zeros(len(x)), ISHIGAMI, 32, 0.0, seed=1)
    estimates = estimate_indices(METHODS["sobol"], response, 1, 20)
    assert (estimates.values["ST"] == 0.0).all()
