"""The pictures of a calibration."""

from engager_sim.figures.picture import Picture
from engager_sim.studies.calibrate.figures.priors_and_posteriors import priors_and_posteriors
from engager_sim.studies.calibrate.figures.targets_met import targets_met
from engager_sim.studies.calibrate.figures.tied_pairs import tied_pairs
from engager_sim.studies.calibrate.study import Calibration


def pictures_of_calibration(found: Calibration) -> list[Picture]:
    """Draw predictions of the targets, priors against posteriors, and what is tied."""
    plan = found.plan
    note = (
        f"{found.design.points:,} points from the prior, {plan.study.replicates} replicates each, "
        f"{100.0 * plan.accepted:g}% accepted; {plan.draws:,} draws."
    )
    pictures = [targets_met(found, note), priors_and_posteriors(found, note)]
    return [*pictures, tied_pairs(found, note)] if len(found.ties) else pictures
