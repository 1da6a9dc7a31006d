"""The pictures of a trial."""

from engager_sim.figures.picture import Picture
from engager_sim.studies.trial.figures.estimates import estimates
from engager_sim.studies.trial.figures.own_effects import own_effects
from engager_sim.studies.trial.figures.power_by_size import power_by_size
from engager_sim.studies.trial.figures.why_null import why_null
from engager_sim.studies.trial.study import Trials


def pictures(trials: Trials) -> list[Picture]:
    """Draw estimates, why the trial looks null, power, and men's own effects."""
    causes = [why_null(trials)] if len(trials.null) else []
    own = [own_effects(trials)] if len(trials.own_effects) else []
    return [estimates(trials), *causes, power_by_size(trials), *own]
