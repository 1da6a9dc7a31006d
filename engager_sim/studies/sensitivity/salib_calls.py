"""Calls to SALib that repeat whatever the seed, and leave numpy's global generator alone.

Several of SALib's analyses seed numpy's global generator, and only if the seed is not 0. Here that
generator is seeded before each call and put back afterwards, and so is the way in which Python
writes warnings, which one analysis replaces. Linear algebra gets one thread, because with several
its last digits depend on how many there are.
"""

import contextlib
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

type Numbers = npt.NDArray[np.float64]
type Indices = dict[str, Numbers]
type Problem = dict[str, Any]

FEWEST_RESAMPLES = 2
"""Resamples of SALib's own bootstrap, whose intervals are not used: it knows no replicates."""
RSA_BINS = 10
STEP = 0.05
"""Of slopes: from 5 to 10 hundredths of a factor's range."""
ROWS_OF_A_BLOCK = "rows_of_a_block"
"""A key that is added to a problem: how many rows of the design belong together."""
FAST_SETS = 8
"""Sets of search curves, each with random phases: what is resampled for intervals."""


def problem_of(factors: int, groups: list[str] | None = None) -> Problem:
    """Describe factors on the unit interval, as SALib wants it; it refuses some names of ours."""
    names = [f"x{place}" for place in range(factors)]
    problem: Problem = {"num_vars": factors, "names": names, "bounds": [[0.0, 1.0]] * factors}
    if groups is not None:
        problem["groups"] = groups
    return problem


@contextlib.contextmanager
def repeatable(seed: int) -> Iterator[int]:
    """Seed numpy's global generator for a while; yield a seed that SALib does not take for none."""
    state = np.random.get_state()  # noqa: NPY002 - SALib draws from the global generator
    write_warning = warnings.formatwarning
    word = int(np.random.SeedSequence(seed).generate_state(1)[0])
    try:
        np.random.seed(word)  # noqa: NPY002
        # Recorded rather than ignored: an analysis sets filters of its own.
        with (
            warnings.catch_warnings(record=True),
            np.errstate(all="ignore"),
            threadpool_limits(limits=1),
        ):
            warnings.simplefilter("always")
            yield max(1, word)
    finally:
        np.random.set_state(state)  # noqa: NPY002
        warnings.formatwarning = write_warning


def sobol_sample(problem: Problem, samples: int, seed: int) -> Numbers:
    """Sample Saltelli's design on a Sobol sequence, for first, total and second order."""
    from SALib.sample import sobol

    return np.asarray(sobol.sample(problem, samples, calc_second_order=True, seed=seed))


def sobol_analyse(problem: Problem, _units: Numbers, response: Numbers, seed: int) -> Indices:
    """Estimate first-order, total and second-order shares of variance."""
    from SALib.analyze import sobol

    found = sobol.analyze(
        problem, response, calc_second_order=True, num_resamples=FEWEST_RESAMPLES, seed=seed
    )
    return {name: np.asarray(found[name]) for name in ("S1", "ST", "S2")}


def morris_sample(problem: Problem, samples: int, seed: int) -> Numbers:
    """Sample Morris's trajectories on four levels."""
    from SALib.sample import morris

    return np.asarray(morris.sample(problem, samples, num_levels=4, seed=seed))


def morris_analyse(problem: Problem, units: Numbers, response: Numbers, seed: int) -> Indices:
    """Average elementary effects, their sizes and their spread."""
    from SALib.analyze import morris

    grouped = "groups" in problem  # asked now, because the analysis adds groups of its own
    found = morris.analyze(
        problem, units, response, num_resamples=FEWEST_RESAMPLES, num_levels=4, seed=seed
    )
    indices = {
        name: np.asarray(np.ma.filled(found[name], np.nan), np.float64)
        for name in ("mu_star", "mu", "sigma")
    }
    if grouped:  # factors that move together, some up and some down, have no direction
        indices["mu"] = np.full_like(indices["mu"], np.nan)
    return indices


def fast_sample(problem: Problem, samples: int, seed: int) -> Numbers:
    """Sample several sets of search curves of the extended Fourier amplitude test."""
    from SALib.sample import fast_sampler

    sets = [fast_sampler.sample(problem, samples, seed=seed + each) for each in range(FAST_SETS)]
    return np.concatenate(sets)


def fast_analyse(problem: Problem, _units: Numbers, response: Numbers, seed: int) -> Indices:
    """Estimate first-order and total shares of variance from the spectrum, averaged over sets."""
    from SALib.analyze import fast

    found = [
        fast.analyze(problem, its, num_resamples=FEWEST_RESAMPLES, seed=seed)
        for its in response.reshape(-1, problem[ROWS_OF_A_BLOCK])
    ]
    return {name: np.mean([each[name] for each in found], axis=0) for name in ("S1", "ST")}


def latin_sample(problem: Problem, samples: int, seed: int) -> Numbers:
    """Sample a Latin hypercube."""
    from SALib.sample import latin

    return np.asarray(latin.sample(problem, samples, seed=seed))


def rbd_fast_analyse(problem: Problem, units: Numbers, response: Numbers, seed: int) -> Indices:
    """Estimate first-order shares of variance by random balance designs."""
    from SALib.analyze import rbd_fast

    found = rbd_fast.analyze(problem, units, response, num_resamples=FEWEST_RESAMPLES, seed=seed)
    return {"S1": np.asarray(found["S1"])}


def delta_analyse(problem: Problem, units: Numbers, response: Numbers, seed: int) -> Indices:
    """Estimate how far knowing a factor moves the distribution of the outcome."""
    from SALib.analyze import delta

    found = delta.analyze(
        problem, units, response, num_resamples=FEWEST_RESAMPLES, seed=seed, method="delta"
    )
    return {"delta": np.asarray(found["delta_raw"])}


def pawn_analyse(problem: Problem, units: Numbers, response: Numbers, seed: int) -> Indices:
    """Compare conditional with unconditional distributions of the outcome."""
    from SALib.analyze import pawn

    found = pawn.analyze(problem, units, response, S=10, seed=seed)
    return {name: np.asarray(found[name], np.float64) for name in ("median", "maximum")}


def dgsm_sample(problem: Problem, samples: int, seed: int) -> Numbers:
    """Sample base points with a small step along each factor.

    A step is a share of the factor's own value, so the unit interval is laid above 1 for it.
    """
    from SALib.sample import finite_diff

    above = problem | {"bounds": [[1.0, 2.0]] * problem["num_vars"]}
    return np.asarray(finite_diff.sample(above, samples, delta=STEP, seed=seed)) - 1.0


def dgsm_analyse(problem: Problem, units: Numbers, response: Numbers, seed: int) -> Indices:
    """Average squared slopes, and the bound that they set on the total share of variance."""
    from SALib.analyze import dgsm

    found = dgsm.analyze(problem, units, response, num_resamples=FEWEST_RESAMPLES, seed=seed)
    return {name: np.asarray(found[name]) for name in ("dgsm", "vi")}


def hdmr_analyse(problem: Problem, units: Numbers, response: Numbers, seed: int) -> Indices:
    """Fit a high-dimensional model representation and share out its variance."""
    from SALib.analyze import enhanced_hdmr

    found = enhanced_hdmr.analyze(problem, units, response, max_order=2, bootstrap=1, seed=seed)
    count = problem["num_vars"]
    first = np.asarray(found["S"], np.float64)[:count]
    return {"ST": np.asarray(found["ST"], np.float64)[:count], "S1": first}


def regional_analyse(problem: Problem, units: Numbers, response: Numbers, seed: int) -> Indices:
    """Compare a factor's values behind each tenth of the outcome with those behind the rest.

    SALib's Cramer-von Mises statistic grows with the number of points; here it is taken per point.
    """
    from SALib.analyze import rsa

    found = rsa.analyze(problem, units, response, bins=RSA_BINS, target="Y", seed=seed)
    table = np.stack([np.asarray(found[name], np.float64) for name in problem["names"]], axis=1)
    table /= len(response)
    return {"mean": np.nanmean(table, axis=0), "maximum": np.nanmax(table, axis=0)}


def factorial_sample(problem: Problem, _samples: int, seed: int) -> Numbers:
    """Sample a fractional factorial design of resolution IV; dummy factors fill it up."""
    from SALib.sample import ff

    return np.asarray(ff.sample(problem, seed=seed))


def factorial_analyse(problem: Problem, units: Numbers, response: Numbers, seed: int) -> Indices:
    """Average the outcome at each factor's upper end less its lower end."""
    from SALib.analyze import ff

    count = problem["num_vars"]
    found = ff.analyze(problem, units, response, second_order=False, seed=seed)
    return {"ME": np.asarray(found["ME"])[:count]}
