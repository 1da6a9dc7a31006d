"""The pictures of a calibration."""

from engager_sim.figures.picture import Picture
from engager_sim.studies.calibrate.figures.priors_and_posteriors import priors_and_posteriors
from engager_sim.studies.calibrate.figures.targets_met import targets_met
from engager_sim.studies.calibrate.figures.tied_pairs import tied_pairs
from engager_sim.studies.calibrate.study import Calibration


def pictures(calibration: Calibration) -> list[Picture]:
    """Draw predictions of the targets, priors against posteriors, and tied parameters."""
    settings = calibration.settings
    note = (
        f"{calibration.design.points:,} points from the prior, {settings.study.replicates} "
        f"replicates each, {100.0 * settings.accepted:g}% accepted; {settings.draws:,} draws."
    )
    drawn = [targets_met(calibration, note), priors_and_posteriors(calibration, note)]
    return [*drawn, tied_pairs(calibration, note)] if len(calibration.ties) else drawn
