"""Measurement: what is observed of a man is not what is.

Questionnaires have errors. Rules read a man's true state; outcomes, trials and figures that rest on
scores read the score that was observed of him.
"""

import math
from dataclasses import dataclass

from engager_sim.compilation import rule
from engager_sim.theory.circumstances import MOST_DISTRESS
from engager_sim.theory.declaration import setting, uncertainty

LOGISTIC_SD = math.pi / math.sqrt(3.0)
"""Standard deviation of the standard logistic distribution."""


@dataclass(frozen=True)
class Measurement:
    """Parameters of what is observed with error."""

    # fmt: off
    core_om_reliability: float = uncertainty(0.85, 0.75, 0.95, "share",
        "part of the variance of CORE-OM scores between men that is no error", fitted=0.818)
    alliance_reliability: float = uncertainty(0.85, 0.70, 0.95, "share",
        "part of the variance of scores of the alliance between men that is no error")
    core_om_spread: float = setting(6.5, 1.0, 15.0, "points",
        "standard deviation of true distress between men, to which its reliability refers")
    alliance_spread: float = setting(0.15, 0.02, 0.5, "share",
        "standard deviation of the true alliance between men, to which its reliability refers")


@rule
def error_of_score(spread: float, reliability: float, uniform: float) -> float:
    """Draw the error of one score: mean 0, standard deviation ``s sqrt((1 - r) / r)``.

    So that ``r = s^2 / (s^2 + error^2)``, s the standard deviation of what is true between men. A
    logistic distribution stands in for the normal one, because its inverse is exact.

    Arithmetic; it claims nothing about people. That errors are even and independent of the man and
    of the time is an assumption.
    """
    deviation = spread * math.sqrt((1.0 - reliability) / reliability)
    return deviation / LOGISTIC_SD * math.log(uniform / (1.0 - uniform))


@rule
def core_om_score(distress: float, measurement: Measurement, uniform: float) -> float:
    """Observe distress by CORE-OM: distress and an error, within 0-40 (assumption)."""
    error = error_of_score(measurement.core_om_spread, measurement.core_om_reliability, uniform)
    return min(MOST_DISTRESS, max(0.0, distress + error))


@rule
def alliance_score(alliance: float, measurement: Measurement, uniform: float) -> float:
    """Observe the alliance by a questionnaire: alliance and an error, within 0-1 (assumption)."""
    spread, reliability = measurement.alliance_spread, measurement.alliance_reliability
    return min(1.0, max(0.0, alliance + error_of_score(spread, reliability, uniform)))
