"""Chances, hazards and clocks, as the document has them."""

import math


def happens(hazard: float, uniform: float) -> bool:
    """Tell whether an event of this hazard over the week happens: ``P = 1 - exp(-h)``."""
    return uniform < 1.0 - math.exp(-hazard)


def clock(hazard: float, uniform: float) -> float:
    """Give the weeks until an event of this weekly hazard: ``-log(u) / h``."""
    return -math.log(uniform) / hazard if hazard > 0.0 else math.inf


def logistic(log_odds: float) -> float:
    """Turn log-odds into a chance."""
    return 1.0 / (1.0 + math.exp(-log_odds))


def logit(chance: float) -> float:
    """Turn a chance into log-odds."""
    return math.log(chance / (1.0 - chance))


def weibull(year: float, shape: float, week: float) -> float:
    """Give the hazard over week t: ``L ((t+1)^k - t^k) / 52^k``, ``L = -log(1 - p_year)``."""
    grown: float = (week + 1.0) ** shape - week**shape
    return float(-math.log(1.0 - year) * grown / 52.0**shape)


def spread_around(median: float, spread: float, uniform: float) -> float:
    """Draw a trait: ``odds = odds(median) (u / (1 - u))^spread``."""
    odds = median / (1.0 - median) * (uniform / (1.0 - uniform)) ** spread
    return float(odds / (1.0 + odds))


def limited(value: float, low: float = 0.0, high: float = 1.0) -> float:
    """Hold a number within its bounds."""
    return min(high, max(low, value))
