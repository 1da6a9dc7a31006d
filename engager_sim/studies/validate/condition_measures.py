"""Patterns 5, 16, 19 and 22 to 24: what the relationship needs around it."""

from functools import partial

from engager_sim.studies.validate.declaration import difference_of_means, observes
from engager_sim.studies.validate.observations import Numbers, RunOutcome
from engager_sim.studies.validate.trial_measures import TRIAL
from engager_sim.studies.validate.variants import (
    GOOD_SUPERVISION,
    NO_SHARED_PRACTICE,
    NO_SUPERVISION,
    SHARED_PRACTICE,
    Variant,
    therapy,
    trial,
    usual_care,
    with_another_kind,
    with_more_agencies,
    with_more_men,
    with_ties_across_the_wall,
)

NEITHER = trial("neither_condition", NO_SHARED_PRACTICE, NO_SUPERVISION)
COLLABORATION = trial("shared_practice_alone", SHARED_PRACTICE, NO_SUPERVISION)
SUPERVISION = trial("supervision_alone", NO_SHARED_PRACTICE, GOOD_SUPERVISION)
BOTH = trial("both_conditions", SHARED_PRACTICE, GOOD_SUPERVISION)


def _holding(other_cases: int) -> Variant:
    """Usual care with a practitioner's other men varied; nobody is turned away."""
    return usual_care(
        f"usual_care_with_{other_cases}_other_cases",
        {
            "usual_care.client_engagement.other_cases": other_cases,
            "usual_care.client_engagement.caseload": 80.0,
            "usual_care.supervision.skill_at_start": 0.5,
        },
    )


LIGHT, MIDDLE, HEAVY = (_holding(cases) for cases in (10, 30, 50))
FEW_AGENCIES = therapy("three_agencies", shape=partial(with_more_agencies, more=0, lead=None))
MANY_AGENCIES = therapy("nine_agencies", shape=partial(with_more_agencies, more=6, lead=None))
MANY_WITH_A_LEAD = therapy(
    "nine_agencies_with_a_lead", shape=partial(with_more_agencies, more=6, lead="further charity 0")
)
CLOSE_ACROSS_THE_WALL = trial(
    "close_ties_across_the_wall",
    shape=partial(with_ties_across_the_wall, strength=0.8, recorded=True),
)
NONE_ACROSS_THE_WALL = trial(
    "no_ties_across_the_wall",
    shape=partial(with_ties_across_the_wall, strength=0.0, recorded=False),
)
WITHOUT_THE_ONLY_AGENCY = trial(
    "without_the_only_substance_service",
    # As many agencies, so that coordinating them is as heavy; resettlement serves no need.
    shape=partial(with_another_kind, kind="substance_misuse", instead="resettlement"),
)
TWICE_THE_MEN = trial("twice_the_men", shape=partial(with_more_men, times=2))

TRUST = [
    RunOutcome(variant, "trust_12w_programme")
    for variant in (NEITHER, COLLABORATION, SUPERVISION, BOTH)
]
BURNOUT_BY_LOAD = [
    RunOutcome(variant, name)
    for variant in (LIGHT, MIDDLE, HEAVY)
    for name in ("caseload", "staff_burnout")
]


@observes(*TRUST)
def trust_from_one_condition(
    neither: Numbers, collaboration: Numbers, supervision: Numbers, both: Numbers
) -> float:
    """Trust that the better condition alone builds, as a share of what both build."""
    better = max(float(collaboration.mean()), float(supervision.mean()))
    return (better - float(neither.mean())) / (float(both.mean()) - float(neither.mean()))


@observes(*TRUST)
def trust_interaction(
    neither: Numbers, collaboration: Numbers, supervision: Numbers, both: Numbers
) -> float:
    """Trust that both conditions build beyond what each builds alone."""
    alone = float(both.mean()) - float(collaboration.mean()) - float(supervision.mean())
    return alone + float(neither.mean())


@observes(*BURNOUT_BY_LOAD)
def burnout_bend(*loads_and_burnouts: Numbers) -> float:
    """Burnout per further man above a caseload of about 45, as a ratio to below it."""
    means = [float(values.mean()) for values in loads_and_burnouts]
    (light, middle, heavy), (calm, tired, worn) = means[::2], means[1::2]
    return (worn - tired) / (heavy - middle) / ((tired - calm) / (middle - light))


rapport_under_load = difference_of_means(
    RunOutcome(MIDDLE, "rapport_12w"), RunOutcome(HEAVY, "rapport_12w")
)
"""Rapport at week 12 with a caseload of about 45 less with one of about 65."""


trust_in_few_agencies = difference_of_means(
    RunOutcome(FEW_AGENCIES, "trust_12w"), RunOutcome(MANY_AGENCIES, "trust_12w")
)
"""Trust at week 12 among three agencies less among nine without a lead."""


trust_with_a_lead = difference_of_means(
    RunOutcome(MANY_WITH_A_LEAD, "trust_12w"), RunOutcome(MANY_AGENCIES, "trust_12w")
)
"""Trust at week 12 among nine agencies, with a lead less without."""


starts_by_ties_across_the_wall = difference_of_means(
    RunOutcome(CLOSE_ACROSS_THE_WALL, "treated_3w"), RunOutcome(NONE_ACROSS_THE_WALL, "treated_3w")
)
"""Substance treatment within three weeks of release, both arms: close ties less none."""


trust_without_the_only_agency = difference_of_means(
    RunOutcome(WITHOUT_THE_ONLY_AGENCY, "trust_12w_programme"),
    RunOutcome(TRIAL, "trust_12w_programme"),
)
"""Trust at week 12 where nobody treats substance use less where one agency does."""


seen_with_twice_the_men = difference_of_means(
    RunOutcome(TWICE_THE_MEN, "community_contact_programme"),
    RunOutcome(TRIAL, "community_contact_programme"),
)
"""Share of the programme's men who are seen outside, twice the men for the same staff less once."""
