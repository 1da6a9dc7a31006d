"""Power by the textbook formula, and the men that it asks for."""

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import nctdtr, stdtrit

type Numbers = npt.NDArray[np.float64]

MOST_MEN = 1_000_000.0
NORMAL_FROM = 10_000.0
"""Degrees of freedom from which t is as good as normal; far above, scipy gives no noncentral t."""
CERTAIN = 7.0
"""How far beyond the limit of the test a noncentrality makes power as good as 1."""


def textbook_power(
    effect: float, residual_sd: float, arms: tuple[float, float], covariates: int, level: float
) -> float:
    """Give the power of a two-sided t-test of two arms after adjustment.

    ``power = P(|T| > t)`` with T noncentral t with noncentrality ``effect / (sd sqrt(1/n + 1/m))``.

    Parameters
    ----------
    effect : float
        True difference.
    residual_sd : float
        Standard deviation within arms, given the covariates.
    arms : tuple of float
        Men analysed in each arm.
    covariates : int
        How many are adjusted for.
    level : float
        Of the test.
    """
    first, second = arms
    freedom = first + second - 2.0 - covariates
    if freedom < 1.0 or min(arms) <= 0.0 or not residual_sd > 0.0:
        return float("nan")
    away = abs(effect) / (residual_sd * (1.0 / first + 1.0 / second) ** 0.5)
    freedom = min(freedom, NORMAL_FROM)
    limit = float(stdtrit(freedom, 1.0 - level / 2.0))
    if away > limit + CERTAIN:
        return 1.0
    above = 1.0 - float(nctdtr(freedom, away, limit))
    below = float(nctdtr(freedom, away, -limit))
    return above + (0.0 if np.isnan(below) else below)  # scipy gives none where it is next to 0


def mean_power(
    effects: Numbers, residual_sd: float, arms: tuple[float, float], covariates: int, level: float
) -> float:
    """Average the textbook power over true effects, such as those of draws of the parameters.

    Parameters
    ----------
    effects : float64 array
        True differences; the others as for :func:`textbook_power`.
    """
    powers = [textbook_power(each, residual_sd, arms, covariates, level) for each in effects]
    return float(np.mean(powers)) if powers else float("nan")


def men_needed(
    effects: Numbers, residual_sd: float, followed_up: float, covariates: int, level: float,
    power: float,
) -> float:  # fmt: skip
    """Find how many men, lost ones included, give a mean power by the textbook formula.

    Returns
    -------
    float
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
