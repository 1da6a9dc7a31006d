"""What is rounding error and no finding: one tolerance, relative to the outcome's own scale."""

import numpy as np
import numpy.typing as npt

type Numbers = npt.NDArray[np.float64]

TOLERANCE = 1e-9
"""A difference below this share of the largest value is 0; sums of doubles are off by far less."""


def least_difference(values: Numbers) -> float:
    """Give the smallest difference between such values that is not rounding; NaN is no value."""
    return TOLERANCE * float(np.nanmax(np.abs(values), initial=0.0))


def is_constant(values: Numbers) -> bool:
    """Tell whether values vary by no more than rounding along the first axis; NaN is no value.

    Nothing is constant where nothing is known.
    """
    rows = values.reshape(len(values), -1)
    known = rows[:, ~np.isnan(rows).all(axis=0)]
    spread = np.nanmax(known, axis=0) - np.nanmin(known, axis=0)
    return known.size > 0 and bool((spread <= least_difference(known)).all())


def without_rounding(numbers: Numbers, least: float) -> Numbers:
    """Set to 0 what is no larger than the smallest difference that is not rounding."""
    return np.where(np.abs(numbers) <= least, 0.0, numbers)
