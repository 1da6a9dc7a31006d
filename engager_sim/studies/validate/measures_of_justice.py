"""Patterns 6, 12, 14, 15 and 18: reoffending, recall, and what they go with."""

import numpy as np

from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.validate.ensemble import Chosen, Ensemble
from engager_sim.studies.validate.measures_of_the_trial import TRIAL
from engager_sim.studies.validate.worlds import hub
from engager_sim.world.observed import Mark
from engager_sim.world.records import PROGRAMME

LITTLE = 0.25


def _seen_little(scenario: Scenario) -> Scenario:
    """Plan a quarter of the contacts after release."""
    engagement = scenario.theories()[PROGRAMME].client_engagement
    contacts = {
        f"programme.client_engagement.{each}": LITTLE * float(engagement[each])
        for each in ("early_contacts", "later_contacts")
    }
    return changed(scenario, contacts)


HUB = hub()
HUB_SEEN_LITTLE = hub(shape=_seen_little)
WEEKS = np.array([4.0, 13.0, 26.0, 52.0])


def reoffending_shape(seen: Ensemble, chosen: Chosen) -> float:
    """Weibull shape of reoffending in usual care: slope of log cumulative hazard on log time."""
    shares = np.array(
        [seen.outcome(TRIAL, f"reoffended_{week:.0f}w_usual_care")[chosen].mean() for week in WEEKS]
    )
    return float(np.polyfit(np.log(WEEKS), np.log(-np.log(1.0 - shares)), 1)[0])


def trust_and_desistance(seen: Ensemble, chosen: Chosen) -> float:
    """Odds ratio of reoffending in weeks 26 to 52 per SD of trust at week 26.

    Of men who have not reoffended before; housing and needs at release and sentence held equal.
    """
    import statsmodels.api as sm

    men = seen.men(TRIAL)[chosen].ravel()
    weeks = men["first_offence_week"]
    men = men[(weeks < 0) | (weeks >= 26)]
    again = men["first_offence_week"] >= 0
    trust = men["trust_at"][:, Mark.WEEK_26]
    terms = np.stack(
        [
            (trust - trust.mean()) / trust.std(),
            men["housed_first"],
            men["needs_at_entry"],
            men["short_sentence"],
        ],
        axis=1,
    )
    fit = sm.Logit(again.astype(float), sm.add_constant(terms)).fit(disp=False)
    return float(np.exp(fit.params[1]))


def recalls_for_lost_contact(seen: Ensemble, chosen: Chosen) -> float:
    """Recalls for lost contact, as a share of a man's recalls."""
    return float(np.nanmean(seen.outcome(TRIAL, "recall_lost_contact_share")[chosen]))


def breach_found_by_contact(seen: Ensemble, chosen: Chosen) -> float:
    """Recalls for breach per 100 men of the hub, with contact as planned less a quarter of it."""
    planned, little = (
        100.0 * float(seen.men(world)["recalls_breach"][chosen].mean())
        for world in (HUB, HUB_SEEN_LITTLE)
    )
    return planned - little


def reoffending_by_housing(seen: Ensemble, chosen: Chosen) -> float:
    """Reoffending within a year, men unhoused in the week of release less men housed."""
    unhoused, housed = (
        float(seen.outcome(TRIAL, f"reoffended_52w_{where}")[chosen].mean())
        for where in ("unhoused", "housed")
    )
    return unhoused - housed
