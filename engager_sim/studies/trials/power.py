"""Power: the textbook formula, and shares of simulated trials with their Monte Carlo intervals."""

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import nctdtr, stdtrit
from statsmodels.stats.proportion import proportion_confint

MOST_MEN = 1_000_000.0
NORMAL_FROM = 10_000.0
"""Degrees of freedom from which t is as good as normal; far above, scipy gives no noncentral t."""
CERTAIN = 7.0
"""Noncentrality from which a difference is missed in less than one of 100,000 trials (not with few
men, where power is near 1 all the same)."""


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
    if away > CERTAIN:
        return 1.0
    freedom = min(freedom, NORMAL_FROM)
    limit = float(stdtrit(freedom, 1.0 - level / 2.0))
    above = 1.0 - float(nctdtr(freedom, away, limit))
    return above + float(nctdtr(freedom, away, -limit))


def men_needed(
    effect: float, residual_sd: float, followed_up: float, covariates: int, level: float,
    power: float,
) -> float:  # fmt: skip
    """Find how many men, lost ones included, give a power by the textbook formula.

    Returns
    -------
    float
        Infinite if not even a million men do; NaN if nobody is followed up or no spread is known.
    """
    if not followed_up > 0.0 or not residual_sd > 0.0:
        return float("nan")

    def excess(men: float) -> float:
        arms = (0.5 * men * followed_up, 0.5 * men * followed_up)
        return textbook_power(effect, residual_sd, arms, covariates, level) - power

    fewest = (6.0 + 2.0 * covariates) / followed_up
    if excess(MOST_MEN) < 0.0:
        return float("inf")
    return fewest if excess(fewest) > 0.0 else float(np.ceil(brentq(excess, fewest, MOST_MEN)))


def share(cases: npt.NDArray[np.bool_]) -> tuple[float, float, float]:
    """Give the share of simulated trials of which something holds, with Wilson's 95% interval."""
    if len(cases) == 0:
        return (np.nan, np.nan, np.nan)
    count = int(np.count_nonzero(cases))
    low, high = proportion_confint(count, len(cases), alpha=0.05, method="wilson")
    return (count / len(cases), float(low), float(high))
