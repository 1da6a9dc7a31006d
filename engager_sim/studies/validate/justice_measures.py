"""Patterns 6, 12, 14, 15 and 18: reoffending, recall, and what they go with."""

from functools import partial

import numpy as np

from engager_sim.studies.validate.declaration import difference_of_means, observes
from engager_sim.studies.validate.observations import Men, MenFields, Numbers, RunOutcome
from engager_sim.studies.validate.trial_measures import TRIAL
from engager_sim.studies.validate.variants import hub, with_fewer_contacts

HUB = hub("colocated_hub")
HUB_SEEN_LITTLE = hub(
    "colocated_hub_with_few_contacts", shape=partial(with_fewer_contacts, share=0.25)
)
WEEKS = (4, 13, 26, 52)
HALF_YEAR = 26
HELD_EQUAL = ("housed_first", "needs_at_entry", "short_sentence")


@observes(*(RunOutcome(TRIAL, f"reoffended_{week}w_usual_care") for week in WEEKS))
def reoffending_shape(*reoffended: Numbers) -> float:
    """Weibull shape of reoffending in usual care: slope of log cumulative hazard on log time."""
    shares = np.array([values.mean() for values in reoffended])
    weeks = np.array(WEEKS, np.float64)
    return float(np.polyfit(np.log(weeks), np.log(-np.log(1.0 - shares)), 1)[0])


@observes(MenFields(TRIAL, ("first_offence_week", "trust_at_week_26", *HELD_EQUAL)))
def trust_and_desistance(men: Men) -> float:
    """Odds ratio of reoffending in weeks 26 to 52 per SD of trust at week 26.

    Of men who have not reoffended before; housing and needs at release and sentence held equal.
    """
    import statsmodels.api as sm

    weeks = men["first_offence_week"]
    men = men[(weeks < 0) | (weeks >= HALF_YEAR)]
    again = men["first_offence_week"] >= 0
    trust = men["trust_at_week_26"]
    terms = np.stack(
        [(trust - trust.mean()) / trust.std(), *(men[name] for name in HELD_EQUAL)], axis=1
    )
    fit = sm.Logit(again.astype(float), sm.add_constant(terms)).fit(disp=False)
    return float(np.exp(fit.params[1]))


@observes(RunOutcome(TRIAL, "recall_lost_contact_share"))
def recalls_for_lost_contact(share: Numbers) -> float:
    """Recalls for lost contact, as a share of a man's recalls."""
    return float(np.nanmean(share))


@observes(MenFields(HUB, ("recalls_breach",)), MenFields(HUB_SEEN_LITTLE, ("recalls_breach",)))
def breach_found_by_contact(planned: Men, little: Men) -> float:
    """Recalls for breach per 100 men of the hub, with contact as planned less a quarter of it."""
    per_100, per_100_seen_little = (
        100.0 * float(men["recalls_breach"].mean()) for men in (planned, little)
    )
    return per_100 - per_100_seen_little


reoffending_by_housing = difference_of_means(
    RunOutcome(TRIAL, "reoffended_52w_unhoused"), RunOutcome(TRIAL, "reoffended_52w_housed")
)
"""Reoffending within a year, men unhoused in the week of release less men housed."""
