"""Patterns 1 to 4 and 21: what the trial's arms differ by, and what happens at release."""

import math

import numpy as np

from engager_sim.outcomes.engagement import RELIABLE_CHANGE
from engager_sim.studies.validate.declaration import difference_of_means, mean_of, observes
from engager_sim.studies.validate.observations import Men, MenFields, Numbers, RunOutcome
from engager_sim.studies.validate.variants import trial, with_arms_swapped
from engager_sim.world.records import PROGRAMME

TRIAL = trial("engager_trial")
NOBODY_AT_THE_GATE = trial("nobody_at_the_gate", {"programme.client_engagement.gate_presence": 0.0})
SOMEBODY_AT_THE_GATE = trial(
    "somebody_at_the_gate", {"programme.client_engagement.gate_presence": 1.0}
)
SPREAD = 7.4
"""Residual standard deviation of CORE-OM at six months (derived from Byng et al. 2022)."""
LOGISTIC = math.sqrt(3.0) / math.pi
"""Turns a log odds ratio into standard deviations of a logistic variable."""

CORE_OM = RunOutcome(TRIAL, "core_om_26w_difference")
SUBSTANCE_SERVICE = (
    RunOutcome(TRIAL, "substance_service_52w_programme"),
    RunOutcome(TRIAL, "substance_service_52w_usual_care"),
)
DISTRESS = "distress_at_week_26"


@observes(CORE_OM)
def core_om_difference(difference: Numbers) -> Numbers:
    """CORE-OM at six months, programme less usual care, replicate by replicate."""
    return difference


@observes(MenFields(TRIAL, ("arm", DISTRESS)), MenFields(with_arms_swapped(TRIAL), (DISTRESS,)))
def men_who_gain(dealt: Men, swapped: Men) -> float:
    """Share of men who are five points better than in usual care, random numbers in common."""
    in_programme = dealt["arm"] == PROGRAMME
    programme = np.where(in_programme, dealt[DISTRESS], swapped[DISTRESS])
    usual_care = np.where(in_programme, swapped[DISTRESS], dealt[DISTRESS])
    return float((programme - usual_care <= -RELIABLE_CHANGE).mean())


@observes(*SUBSTANCE_SERVICE)
def substance_service_log_odds(programme: Numbers, usual_care: Numbers) -> float:
    """Log odds ratio of meeting a substance service within a year."""
    return _log_odds(programme) - _log_odds(usual_care)


qaly_difference = mean_of(RunOutcome(TRIAL, "qaly_52w_difference"))
"""Quality-adjusted life years over the year, programme less usual care."""


@observes(*SUBSTANCE_SERVICE, CORE_OM)
def access_beyond_symptoms(programme: Numbers, usual_care: Numbers, core_om: Numbers) -> float:
    """Gain in access less gain in symptoms, both in standard deviations."""
    access = LOGISTIC * (_log_odds(programme) - _log_odds(usual_care))
    symptoms = -float(core_om.mean()) / SPREAD
    return access - symptoms


@observes(RunOutcome(TRIAL, "community_contact_programme"))
def no_community_contact(contact: Numbers) -> float:
    """Share of the programme's men who are never seen outside."""
    return 1.0 - float(contact.mean())


gate_keeps = difference_of_means(
    RunOutcome(NOBODY_AT_THE_GATE, "exit_lost_at_gate_programme"),
    RunOutcome(SOMEBODY_AT_THE_GATE, "exit_lost_at_gate_programme"),
)
"""Men lost at the gate when nobody meets them, less when somebody always does."""


engaged_6w_difference = mean_of(RunOutcome(TRIAL, "engaged_6w_difference"))
"""Engaged at week 6, programme less usual care."""


engaged_26w_difference = mean_of(RunOutcome(TRIAL, "engaged_26w_difference"))
"""Engaged at week 26, programme less usual care."""


engaged_52w_difference = mean_of(RunOutcome(TRIAL, "engaged_52w_difference"))
"""Engaged at week 52, programme less usual care."""


@observes(MenFields(TRIAL, ("arm", "distress_at_release")))
def core_om_at_release(men: Men) -> float:
    """CORE-OM in the week of release, programme less usual care."""
    return _less_usual_care(men, "distress_at_release")


@observes(MenFields(TRIAL, ("arm", "distress_at_week_4")))
def core_om_at_week_4(men: Men) -> float:
    """CORE-OM four weeks after release, programme less usual care."""
    return _less_usual_care(men, "distress_at_week_4")


def _less_usual_care(men: Men, name: str) -> float:
    in_programme = men["arm"] == PROGRAMME
    return float(men[name][in_programme].mean() - men[name][~in_programme].mean())


def _log_odds(shares: Numbers) -> float:
    share = float(shares.mean())
    return float(np.log(share / (1.0 - share)))
