"""Samplers fill the unit cube evenly, repeat, and leave numpy's global generator alone."""

import contextlib
import warnings
from collections.abc import Callable

import numpy as np
import pytest

from engager_sim.designs import samplers
from engager_sim.designs.samplers import problem_of, repeatable

CUBES = {"latin hypercube": samplers.latin_hypercube, "Sobol": samplers.sobol_sequence}


@pytest.mark.parametrize("kind", CUBES)
def test_sampled_points_fill_the_cube_evenly_and_repeat(kind: str) -> None:
    sample = CUBES[kind]
    units = sample(3, 64, 0)
    assert units.shape == (64, 3)
    assert np.array_equal(units, sample(3, 64, 0))
    assert not np.array_equal(units, sample(3, 64, 1))
    for column in units.T:
        counts, _ = np.histogram(column, bins=8, range=(0.0, 1.0))
        assert counts.min() == counts.max() == 8


def test_a_sobol_sequence_of_any_length_is_the_beginning_of_a_longer_one() -> None:
    assert np.array_equal(samplers.sobol_sequence(2, 20, 4), samplers.sobol_sequence(2, 32, 4)[:20])


@pytest.mark.parametrize(
    ("sample", "samples", "rows"),
    [
        (samplers.sobol_sample, 16, 16 * 8),
        (samplers.morris_sample, 5, 5 * 4),
        (samplers.fast_sample, 65, 8 * 3 * 65),
        (samplers.latin_sample, 20, 20),
        (samplers.dgsm_sample, 6, 6 * 4),
    ],
)
def test_a_design_has_its_rows_in_the_unit_cube(
    sample: Callable[..., np.ndarray], samples: int, rows: int
) -> None:
    with repeatable(7) as seed:
        units = sample(problem_of(3), samples, seed)
    assert units.shape == (rows, 3)
    assert units.min() >= 0.0
    assert units.max() <= 1.0 + 2.0 * samplers.STEP


def test_the_global_generator_and_the_form_of_warnings_are_put_back() -> None:
    np.random.seed(5)  # noqa: NPY002
    expected, form = np.random.random(), warnings.formatwarning  # noqa: NPY002
    np.random.seed(5)  # noqa: NPY002
    with contextlib.suppress(RuntimeError), repeatable(3):
        np.random.random(10)  # noqa: NPY002
        warnings.formatwarning = str  # type: ignore[assignment]
        raise RuntimeError
    assert np.random.random() == expected  # noqa: NPY002
    assert warnings.formatwarning is form


def test_no_seed_is_taken_for_none() -> None:
    with repeatable(0) as zero, repeatable(1) as one:
        assert zero > 0
        assert one > 0
        assert zero != one
