"""Expectations by draw from a few replicates of each: the covariance of their noise is removed.

The mean of a draw's replicates scatters more between draws than what is expected under each draw
does. Which option is best is then decided by noise too: no option looks sure enough, and knowing
more looks worth too much.
"""

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

type Numbers = npt.NDArray[np.float64]

DEPENDENT = 1e-9
"""Eigenvalues below this share of the largest are directions in which nothing varies."""
ERRORS: Numbers = ndtri((np.arange(100) + 0.5) / 100.0)
"""A hundred equally likely errors of a mean, in standard errors."""


def expectations(values: Numbers) -> Numbers:
    """Give the expectation of each option under each draw.

    Differences from the first option are drawn together about their means until they vary, and vary
    together, as expectations do. The means stay, and so do the first option's values: only what
    options differ by has its noise removed. Options that are equal in all replicates stay equal.

    Parameters
    ----------
    values : float64 array, shape (..., options, draws, replicates)
        The same replicates under all options; none is NaN. Leading axes are quantities (effects and
        costs) that are drawn together, so that what is computed from both agrees.

    Returns
    -------
    float64 array, shape (..., options, draws)

    Raises
    ------
    ValueError
        With one replicate per draw, which cannot tell noise from anything.

    References
    ----------
    Louis, T. A. (1984). Estimating a population of parameter values using Bayes and empirical Bayes
    methods. Journal of the American Statistical Association 79, 393-398.
    """
    *_, draws, replicates = values.shape
    if replicates < 2:
        raise ValueError("expectations need two or more replicates per draw")
    differences = values - values[..., :1, :, :]
    rows, which = np.unique(
        differences.reshape(-1, draws * replicates), axis=0, return_inverse=True
    )
    rows = rows.reshape(-1, draws, replicates)
    of_draws = rows.mean(axis=-1)
    within = (rows - of_draws[:, :, np.newaxis]).reshape(len(rows), -1)
    noise = within @ within.T / (draws * (replicates - 1)) / replicates
    expected = without_noise(of_draws, noise)[which.reshape(-1)]
    first = values[..., :1, :, :].mean(axis=-1)
    return first + expected.reshape(differences.shape[:-1])


def with_error_of_mean(expected: Numbers, runs: Numbers) -> Numbers:
    """Give draws' expectations with the Monte Carlo error that is left in their mean.

    Where draws hardly differ, expectations without noise lie close together about a mean that is
    itself not known: an interval of them alone would take its error for a finding.

    Parameters
    ----------
    expected : float64 array, shape (draws,)
        From :func:`expectations`, as a difference between two options.
    runs : float64 array, shape (draws, replicates)
        The same difference run by run.

    Returns
    -------
    float64 array, shape (draws, 100)
        Each expectation under a hundred equally likely errors of the mean.
    """
    error = np.sqrt(runs.var(axis=1, ddof=1).mean() / runs.size)
    return np.asarray(np.add.outer(expected, error * ERRORS))


def without_noise(values: Numbers, noise: Numbers) -> Numbers:
    """Draw values together about their means until the covariance of noise has left them.

    In the directions in which values and their noise are uncorrelated, each deviation is multiplied
    by the square root of the share of its variance that is not noise. These directions do not
    depend on units, nor on the option that others are compared with. Where noise alone would vary
    as much, nothing is left.

    Parameters
    ----------
    values : float64 array, shape (quantities, draws)
    noise : float64 array, shape (quantities, quantities)
        Covariance that noise adds.
    """
    means = values.mean(axis=1, keepdims=True)
    off = values - means
    scales = np.sqrt((off**2).mean(axis=1))
    varies = scales > 0.0
    if not varies.any():
        return values
    scales, off = scales[varies], off[varies]
    unit = off / scales[:, np.newaxis]
    sizes, axes = np.linalg.eigh(unit @ unit.T / (off.shape[1] - 1))
    spans = sizes > DEPENDENT * sizes[-1]
    axes, sizes = axes[:, spans], np.sqrt(sizes[spans])
    whitened = axes / sizes
    shares, turned = np.linalg.eigh(
        whitened.T @ (noise[np.ix_(varies, varies)] / np.outer(scales, scales)) @ whitened
    )
    kept = (turned * np.sqrt(np.maximum(0.0, 1.0 - shares))) @ turned.T
    drawn = np.zeros_like(values)
    drawn[varies] = scales[:, np.newaxis] * ((axes * sizes) @ kept @ (whitened.T @ unit))
    return means + drawn
