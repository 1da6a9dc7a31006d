"""Patterns 5, 16 and 19: what the relationship needs around it."""

from collections.abc import Mapping
from functools import partial

from engager_sim.scenarios.theory_values import Value
from engager_sim.studies.validate.ensemble import Chosen, Ensemble
from engager_sim.studies.validate.worlds import (
    GOOD_SUPERVISION,
    NO_SHARED_PRACTICE,
    NO_SUPERVISION,
    SHARED_PRACTICE,
    World,
    therapy,
    trial,
    usual_care,
    with_more_agencies,
)

NEITHER = trial(NO_SHARED_PRACTICE, NO_SUPERVISION)
COLLABORATION = trial(SHARED_PRACTICE, NO_SUPERVISION)
SUPERVISION = trial(NO_SHARED_PRACTICE, GOOD_SUPERVISION)
BOTH = trial(SHARED_PRACTICE, GOOD_SUPERVISION)


def _holding(other_cases: int) -> World:
    """Usual care with a practitioner's other men varied; nobody is turned away."""
    load: Mapping[str, Value] = {
        "usual_care.client_engagement.other_cases": other_cases,
        "usual_care.client_engagement.caseload": 80.0,
        "usual_care.supervision.skill_at_start": 0.5,
    }
    return usual_care(load)


LIGHT, MIDDLE, HEAVY = (_holding(cases) for cases in (10, 30, 50))
FEW_AGENCIES = therapy(partial(with_more_agencies, more=0, lead=None))
MANY_AGENCIES = therapy(partial(with_more_agencies, more=6, lead=None))
MANY_WITH_A_LEAD = therapy(partial(with_more_agencies, more=6, lead="further charity 0"))


def trust_from_one_condition(seen: Ensemble, chosen: Chosen) -> float:
    """Trust that the better condition alone builds, as a share of what both build."""
    neither, one, other, both = _trust(seen, chosen)
    return (max(one, other) - neither) / (both - neither)


def trust_interaction(seen: Ensemble, chosen: Chosen) -> float:
    """Trust that both conditions build beyond what each builds alone."""
    neither, one, other, both = _trust(seen, chosen)
    return both - one - other + neither


def burnout_bend(seen: Ensemble, chosen: Chosen) -> float:
    """Burnout per further man above a caseload of about 45, as a ratio to below it."""
    (light, calm), (middle, tired), (heavy, worn) = (
        (_mean(seen, world, "caseload", chosen), _mean(seen, world, "staff_burnout", chosen))
        for world in (LIGHT, MIDDLE, HEAVY)
    )
    return (worn - tired) / (heavy - middle) / ((tired - calm) / (middle - light))


def rapport_under_load(seen: Ensemble, chosen: Chosen) -> float:
    """Rapport at week 12 with a caseload of about 45 less with one of about 65."""
    return _mean(seen, MIDDLE, "rapport_12w", chosen) - _mean(seen, HEAVY, "rapport_12w", chosen)


def trust_in_few_agencies(seen: Ensemble, chosen: Chosen) -> float:
    """Trust at week 12 among three agencies less among nine without a lead."""
    few, many = (_mean(seen, each, "trust_12w", chosen) for each in (FEW_AGENCIES, MANY_AGENCIES))
    return few - many


def trust_with_a_lead(seen: Ensemble, chosen: Chosen) -> float:
    """Trust at week 12 among nine agencies, with a lead less without."""
    led, many = (
        _mean(seen, each, "trust_12w", chosen) for each in (MANY_WITH_A_LEAD, MANY_AGENCIES)
    )
    return led - many


def _trust(seen: Ensemble, chosen: Chosen) -> tuple[float, float, float, float]:
    neither, one, other, both = (
        _mean(seen, world, "trust_12w_programme", chosen)
        for world in (NEITHER, COLLABORATION, SUPERVISION, BOTH)
    )
    return neither, one, other, both


def _mean(seen: Ensemble, world: World, outcome: str, chosen: Chosen) -> float:
    return float(seen.outcome(world, outcome)[chosen].mean())
