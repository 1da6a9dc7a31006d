"""The pictures of a calibration."""

from engager_sim.figures.picture import Picture
from engager_sim.studies.calibrate.figures.priors_and_posteriors import priors_and_posteriors
from engager_sim.studies.calibrate.figures.ranks_of_truths import ranks_of_truths
from engager_sim.studies.calibrate.figures.targets_met import targets_met
from engager_sim.studies.calibrate.figures.tied_pairs import tied_pairs
from engager_sim.studies.calibrate.study import Calibration


def pictures(calibration: Calibration) -> list[Picture]:
    """Draw predictions, priors against posteriors, tied parameters, and ranks of truths."""
    settings = calibration.settings
    note = (
        f"{calibration.design.points:,} points from the prior, {settings.study.replicates} "
        f"replicates each, {100.0 * settings.accepted:g}% accepted; {settings.draws:,} draws."
    )
    drawn = [targets_met(calibration, note), priors_and_posteriors(calibration, note)]
    if len(calibration.ties):
        drawn.append(tied_pairs(calibration, note))
    if len(calibration.ranks):
        drawn.append(ranks_of_truths(calibration, note))
    return drawn
