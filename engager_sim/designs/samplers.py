"""Samplers: points of the unit cube that repeat whatever the seed, most of them drawn by SALib.

Several of SALib's functions seed numpy's global generator, and only if the seed is not 0. Here that
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

from engager_sim.runs.threads import one_thread_of_algebra

type Numbers = npt.NDArray[np.float64]
type Problem = dict[str, Any]

MORRIS_LEVELS = 4
STEP = 0.05
"""Of slopes: from 5 to 10 hundredths of a factor's range."""
FAST_SETS = 8
"""Sets of search curves, each with random phases: what a bootstrap draws."""


def problem_of(factors: int, groups: list[str] | None = None) -> Problem:
    """Describe factors on the unit interval, as SALib takes them; it refuses some names of ours."""
    names = [f"x{index}" for index in range(factors)]
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
            one_thread_of_algebra(),
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


def morris_sample(problem: Problem, samples: int, seed: int) -> Numbers:
    """Sample Morris's trajectories on four levels."""
    from SALib.sample import morris

    return np.asarray(morris.sample(problem, samples, num_levels=MORRIS_LEVELS, seed=seed))


def fast_sample(problem: Problem, samples: int, seed: int) -> Numbers:
    """Sample several sets of search curves of the extended Fourier amplitude test."""
    from SALib.sample import fast_sampler

    sets = [
        fast_sampler.sample(problem, samples, seed=seed + number) for number in range(FAST_SETS)
    ]
    return np.concatenate(sets)


def latin_sample(problem: Problem, samples: int, seed: int) -> Numbers:
    """Sample a Latin hypercube."""
    from SALib.sample import latin

    return np.asarray(latin.sample(problem, samples, seed=seed))


def dgsm_sample(problem: Problem, samples: int, seed: int) -> Numbers:
    """Sample base points with a small step along each factor.

    A step is a share of the factor's own value, so the unit interval is laid above 1 for it.
    """
    from SALib.sample import finite_diff

    above = problem | {"bounds": [[1.0, 2.0]] * problem["num_vars"]}
    return np.asarray(finite_diff.sample(above, samples, delta=STEP, seed=seed)) - 1.0


def factorial_sample(problem: Problem, _samples: int, seed: int) -> Numbers:
    """Sample a fractional factorial design of resolution IV; dummy factors fill it up."""
    from SALib.sample import ff

    return np.asarray(ff.sample(problem, seed=seed))


def latin_hypercube(factors: int, points: int, seed: int) -> Numbers:
    """Sample a Latin hypercube, of shape (points, factors)."""
    with repeatable(seed) as salib_seed:
        return latin_sample(problem_of(factors), points, salib_seed)


def sobol_sequence(factors: int, points: int, seed: int) -> Numbers:
    """Take the first points of a scrambled Sobol sequence, of shape (points, factors)."""
    from scipy.stats import qmc

    power = max(1, int(np.ceil(np.log2(points))))
    sequence = qmc.Sobol(factors, scramble=True, rng=np.random.default_rng(seed))
    return np.asarray(sequence.random_base2(power)[:points])
