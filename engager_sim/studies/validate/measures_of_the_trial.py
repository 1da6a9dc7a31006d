"""Patterns 1 to 4: what the trial's arms differ by, and what happens at release."""

import math

import numpy as np

from engager_sim.outcomes.engagement import RELIABLE_CHANGE
from engager_sim.studies.validate.ensemble import Chosen, Ensemble, Numbers
from engager_sim.studies.validate.worlds import trial

TRIAL = trial()
NOBODY_AT_THE_GATE = trial({"programme.client_engagement.gate_presence": 0.0})
SOMEBODY_AT_THE_GATE = trial({"programme.client_engagement.gate_presence": 1.0})
SPREAD = 7.4
"""Residual standard deviation of CORE-OM at six months (derived from Byng et al. 2022)."""
LOGISTIC = math.sqrt(3.0) / math.pi
"""Turns a log odds ratio into standard deviations of a logistic variable."""


def core_om_difference(seen: Ensemble, chosen: Chosen) -> Numbers:
    """CORE-OM at six months, programme less usual care, run by run."""
    return seen.outcome(TRIAL, "core_om_26w_difference")[chosen]


def men_who_gain(seen: Ensemble, chosen: Chosen) -> float:
    """Share of men who are five points better than in usual care with the same luck."""
    return float((seen.own_effects(TRIAL)[chosen] <= -RELIABLE_CHANGE).mean())


def substance_service_log_odds(seen: Ensemble, chosen: Chosen) -> float:
    """Log odds ratio of meeting a substance service within a year."""
    programme, usual_care = (
        float(seen.outcome(TRIAL, f"substance_service_52w_{arm}")[chosen].mean())
        for arm in ("programme", "usual_care")
    )
    return _log_odds(programme) - _log_odds(usual_care)


def qaly_difference(seen: Ensemble, chosen: Chosen) -> float:
    """Quality-adjusted life years over the year, programme less usual care."""
    return float(seen.outcome(TRIAL, "qaly_52w_difference")[chosen].mean())


def access_beyond_symptoms(seen: Ensemble, chosen: Chosen) -> float:
    """Gain in access less gain in symptoms, both in standard deviations."""
    access = LOGISTIC * substance_service_log_odds(seen, chosen)
    symptoms = -float(core_om_difference(seen, chosen).mean()) / SPREAD
    return access - symptoms


def no_community_contact(seen: Ensemble, chosen: Chosen) -> float:
    """Share of the programme's men who are never seen outside."""
    return 1.0 - float(seen.outcome(TRIAL, "community_contact_programme")[chosen].mean())


def gate_keeps(seen: Ensemble, chosen: Chosen) -> float:
    """Men lost at the gate when nobody meets them, less when somebody always does."""
    never, always = (
        float(seen.outcome(world, "exit_lost_at_gate_programme")[chosen].mean())
        for world in (NOBODY_AT_THE_GATE, SOMEBODY_AT_THE_GATE)
    )
    return never - always


def engaged_6w_difference(seen: Ensemble, chosen: Chosen) -> float:
    """Engaged at week 6, programme less usual care."""
    return float(seen.outcome(TRIAL, "engaged_6w_difference")[chosen].mean())


def engaged_26w_difference(seen: Ensemble, chosen: Chosen) -> float:
    """Engaged at week 26, programme less usual care."""
    return float(seen.outcome(TRIAL, "engaged_26w_difference")[chosen].mean())


def engaged_52w_difference(seen: Ensemble, chosen: Chosen) -> float:
    """Engaged at week 52, programme less usual care."""
    return float(seen.outcome(TRIAL, "engaged_52w_difference")[chosen].mean())


def _log_odds(share: float) -> float:
    return float(np.log(share / (1.0 - share)))
