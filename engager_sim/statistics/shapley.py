"""Shapley values: what each of several parts does, averaged over the orders of changing them.

Reference
---------
Shapley, L. S. (1953). A value for n-person games. Contributions to the Theory of Games II, 307-317.
"""

from math import factorial

import numpy as np
import numpy.typing as npt

type Numbers = npt.NDArray[np.float64]


def shapley(corners: Numbers) -> Numbers:
    """Divide the change from the first corner to the last among the parts.

    Parameters
    ----------
    corners : float64 array, shape (..., 2^parts)
        A value for each set of changed parts; bit k of a corner's number: part k is changed.

    Returns
    -------
    float64 array, shape (..., parts)
        They sum to the last corner's value less the first's.
    """
    parts = int(corners.shape[-1]).bit_length() - 1
    values = np.zeros((*corners.shape[:-1], parts))
    for part in range(parts):
        for corner in range(1 << parts):
            if corner >> part & 1:
                continue
            before = corner.bit_count()
            weight = factorial(before) * factorial(parts - before - 1) / factorial(parts)
            change = corners[..., corner | 1 << part] - corners[..., corner]
            values[..., part] += weight * change
    return values
