"""Power by the textbook formula, and the men that it asks for."""

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from statsmodels.stats.power import TTestIndPower

type Numbers = npt.NDArray[np.float64]

MOST_MEN = 1_000_000.0
TAILS = ("larger", "smaller")


def textbook_power(
    effects: npt.ArrayLike,
    residual_sd: float,
    arms: tuple[float, float],
    covariates: int,
    level: float,
) -> Numbers:
    """Give the power of a two-sided t-test of two arms after adjustment.

    Of the noncentral t distribution, with one degree of freedom less for each covariate.

    Parameters
    ----------
    effects : array_like of float
        True differences, such as those of draws of the parameters; each has a power.
    residual_sd : float
        Standard deviation within arms, given the covariates.
    arms : tuple of float
        Men analysed in each arm. Where they are too few, or no spread is known, powers are NaN.
    covariates : int
        How many are adjusted for.
    """
    sizes = np.abs(np.asarray(effects, np.float64))
    first, second = arms
    freedom = first + second - 2.0 - covariates
    if freedom < 1.0 or min(arms) <= 0.0 or not residual_sd > 0.0:
        return np.full(sizes.shape, np.nan)
    # One tail at a time: where the far one is next to 0, statsmodels has NaN for it, and so for
    # the sum.
    near, far = (
        TTestIndPower().power(
            sizes / residual_sd, first, level / 2.0, second / first, freedom, alternative=tail
        )
        for tail in TAILS
    )
    return np.asarray(near + np.nan_to_num(far))


def mean_power(
    effects: Numbers, residual_sd: float, arms: tuple[float, float], covariates: int, level: float
) -> float:
    """Average the :func:`textbook_power` over true effects; NaN if there are none."""
    powers = textbook_power(effects, residual_sd, arms, covariates, level)
    return float(np.mean(powers)) if len(powers) else float("nan")


def men_needed(
    effects: Numbers,
    residual_sd: float,
    followed_up: float,
    covariates: int,
    level: float,
    power: float,
) -> float:
    """Find how many men, before attrition, give a mean power by the textbook formula.

    Infinite if not even a million men do; NaN if nobody is followed up or no spread is known.
    """
    if not followed_up > 0.0 or not residual_sd > 0.0:
        return float("nan")

    def excess(men: float) -> float:
        arms = (0.5 * men * followed_up, 0.5 * men * followed_up)
        return mean_power(effects, residual_sd, arms, covariates, level) - power

    fewest = (6.0 + 2.0 * covariates) / followed_up
    if excess(MOST_MEN) < 0.0:
        return float("inf")
    return fewest if excess(fewest) > 0.0 else float(np.ceil(brentq(excess, fewest, MOST_MEN)))
