"""What measures each part of a pattern, by the name that the parts give."""

from collections.abc import Callable

from engager_sim.studies.validate import measures_of_conditions as of_conditions
from engager_sim.studies.validate import measures_of_justice as of_justice
from engager_sim.studies.validate import measures_of_leaving as of_leaving
from engager_sim.studies.validate import measures_of_practice as of_practice
from engager_sim.studies.validate import measures_of_the_trial as of_the_trial
from engager_sim.studies.validate.ensemble import Chosen, Ensemble, Numbers

type Measure = Callable[[Ensemble, Chosen], float | Numbers]

MEASURES: dict[str, Measure] = {
    measure.__name__: measure
    for measure in (
        of_the_trial.core_om_difference,
        of_the_trial.men_who_gain,
        of_the_trial.substance_service_log_odds,
        of_the_trial.qaly_difference,
        of_the_trial.access_beyond_symptoms,
        of_the_trial.no_community_contact,
        of_the_trial.gate_keeps,
        of_the_trial.engaged_6w_difference,
        of_the_trial.engaged_26w_difference,
        of_the_trial.engaged_52w_difference,
        of_conditions.trust_from_one_condition,
        of_conditions.trust_interaction,
        of_justice.reoffending_shape,
        of_leaving.rarest_way_out,
        of_leaving.commonest_way_out,
        of_practice.first_month_of_learning,
        of_practice.falling_back_in_hard_times,
        of_leaving.depth_beyond_dose,
        of_leaving.dose_after_planned_endings,
        of_practice.trust_lost_with_worker,
        of_practice.overlap_softens,
        of_practice.contact_lost_with_worker,
        of_leaving.dropout_by_alliance,
        of_leaving.dropout_step,
        of_justice.trust_and_desistance,
        of_leaving.lost_after_missing_once,
        of_leaving.follow_up_keeps,
        of_justice.recalls_for_lost_contact,
        of_justice.breach_found_by_contact,
        of_conditions.burnout_bend,
        of_conditions.rapport_under_load,
        of_practice.hope_from_peers,
        of_practice.trust_from_peers,
        of_practice.symptoms_from_peers,
        of_justice.reoffending_by_housing,
        of_conditions.trust_in_few_agencies,
        of_conditions.trust_with_a_lead,
    )
}
"""Every measure, in the order of the patterns."""
